"""Phrases: what charts and sentences say, in Chinese and in English."""

from __future__ import annotations

from typing import Final, Literal, get_args

__all__ = ["LANGS", "MONTHS", "PHRASES", "SCALES", "Lang"]

Lang = Literal["zh", "en"]
#: The languages, in the order of the pairs below.
LANGS: Final[tuple[Lang, ...]] = get_args(Lang)

#: Each phrase in Chinese and in English.
PHRASES: Final[dict[str, tuple[str, str]]] = {
    # joints
    "and": ("，", " · "),
    "stop": ("。", ". "),
    "notes": ("。", " · "),
    "or": ("；", "; "),
    "list": ("、", ", "),
    "list_end": ("、", " and "),
    "to": ("至", " to "),
    # natures and bases
    "outcome": ("", ""),
    "forecast": ("预计", "forecast"),
    "target": ("目标", "target"),
    "nation": ("全国", "China"),
    "implied": ("推算值", "implied"),
    "reported": ("公布值", "reported"),
    "given": ("给定值", "given"),
    # claims
    "claim": (
        "{name}称{indicator}（{period}）{claim}：{verdict}。",
        "{name} claims {claim} ({indicator}, {period}): {verdict}.",
    ),
    "claims_rank": ("居第{rank}位", "rank {rank} among {among}"),
    "claims_top": ("居前{rank}位", "a rank in the top {rank} among {among}"),
    "claims_above": ("高于全国{gap}", "{gap} above the nation"),
    "claims_below": ("低于全国{gap}", "{gap} below the nation"),
    "claim_consistent": ("与数据相符（按数据为{span}）", "consistent with the data ({span})"),
    "claim_contradicted": ("与数据矛盾（按数据为{span}）", "contradicted by the data ({span})"),
    "claim_silent": (
        "无法判定，{all}个省份中有{n}个公布数值，其中{ahead}个确定在前，另有{silent}个可能在前",
        "undecidable, for {n} of {all} report, {ahead} of them surely ahead, {silent} more may be",
    ),
    "claim_own_value": ("无法判定，缺本地区数值", "undecidable, for its own value is missing"),
    "claim_nation": ("无法判定，缺全国数值", "undecidable, for the national value is missing"),
    "claim_universe": (
        "无法判定，数据不能在其比较范围内排位",
        "undecidable, for the data cannot rank it among {among}",
    ),
    # periods
    "year": ("{a.year}年", "{a.year}"),
    "span_of_years": ("{a}—{b}", "{a}–{b}"),
    "years": ("{a.year}—{b.year}年", "{a.year}–{b.year}"),
    "month": ("{a.year}年{a.month}月", "{first} {a.year}"),
    "months": ("{a.year}年{a.month}—{b.month}月", "{first}–{last} {a.year}"),
    "across": (
        "{a.year}年{a.month}月—{b.year}年{b.month}月",
        "{first} {a.year}–{last} {b.year}",
    ),
    "H1": ("{a.year}年上半年", "first half of {a.year}"),
    "H2": ("{a.year}年下半年", "second half of {a.year}"),
    "Q1": ("{a.year}年一季度", "Q1 {a.year}"),
    "Q2": ("{a.year}年二季度", "Q2 {a.year}"),
    "Q3": ("{a.year}年三季度", "Q3 {a.year}"),
    "Q4": ("{a.year}年四季度", "Q4 {a.year}"),
    # around every chart
    "n": ("{all}个省份中的{n}个", "{n} of {all} provinces"),
    "n_all": ("全部{all}个省份", "all {all} provinces"),
    "source": ("资料来源：", "Source: "),
    "bars": ("横线为取值区间", "Bars: range of each value"),
    "span": ("{label}（{lower}至{upper}）", "{label} ({lower} to {upper})"),
    "ends": ("最高：{most}；最低：{least}", "Highest: {most}; lowest: {least}"),
    "alone": ("{most}", "{most}"),
    "but": ("，", ", "),
    # maps and tables
    "highest_in": ("{names}最高", "Highest in {names}"),
    "highest_in_of": ("所列{n}个省份中{names}最高", "Of {n} provinces, highest in {names}"),
    "fifths": ("五分位", "Fifths of the provinces"),
    "equal": ("等距分级", "Equal steps"),
    "missing": ("无数据", "No value"),
    "corner": ("角标：区间可及的色级", "Corner: step that the interval reaches into"),
    "beyond": ("不含港澳台", "Hong Kong, Macao and Taiwan not included"),
    "median": ("中位数", "Median"),
    "best": ("前五分之一", "Top fifth"),
    "better": ("优于基准", "Better"),
    "similar": ("相近", "Similar"),
    "worse": ("劣于基准", "Worse"),
    "worst": ("后五分之一", "Bottom fifth"),
    "neutral": ("无优劣之分", "Neither is better"),
    "scored": ("{n}个省份的{many}项指标", "{n} provinces on {many} measures"),
    "all_better": ("{names}{many}项指标均优于基准", "Better on all {many} measures: {names}"),
    "coloured": ("颜色：比全国或中位数", "coloured against China, else the median"),
    "by_first": ("按首列排序", "sorted by the first column"),
    "stands": (
        "{name}：优于基准{better}个，相近{similar}个，劣于基准{worse}个",
        "{name}: {better} better, {similar} similar, {worse} worse",
    ),
    # profiles
    "rank_of": ("{rank} / {n}", "{rank} of {n}"),
    "ranked": ("{name} {value}，位次 {rank}", "{name} {value}, rank {rank}"),
    "worse_end": ("较差", "Worse"),
    "better_end": ("较好", "Better"),
    "others": ("其他省份", "Other provinces"),
    "rescaled": ("每行由最差到最好", "Each row from the worst to the best"),
    "starred": ("*无优劣之分，右侧为多", "*Neither is better; more is at the right"),
    "profiled": ("{name}", "{name}"),
    "profiled_better": (
        "{name}：{n}项指标中{better}项优于基准",
        "{name}: better than the benchmark on {better} of {n} measures",
    ),
    "profiled_worse": (
        "{name}：{n}项指标中{worse}项劣于基准",
        "{name}: worse than the benchmark on {worse} of {n} measures",
    ),
    "profiled_better_worse": (
        "{name}：{n}项指标中{better}项优于基准，{worse}项劣于基准",
        "{name}: better than the benchmark on {better} of {n} measures, worse on {worse}",
    ),
    # coverages
    "is_reported": ("已公布", "Reported"),
    "is_planned": ("仅有预计或目标", "Forecast or target only"),
    "is_absent": ("未公布", "Not reported"),
    "periods_told": ("数字为期数", "Numbers: periods"),
    "edges": ("边缘数字为已公布的格数", "At the edges: how many are reported"),
    "covered_partly": ("{n}个省份中{k}个已公布", "{k} of {n} provinces report"),
    "covered_all": ("全部{n}个省份均已公布", "All {n} provinces report throughout"),
    "covered_full": (
        "{n}个省份中{k}个公布了全部{p}期",
        "{k} of {n} provinces report all {p} periods",
    ),
    "complete": (
        "{many}项指标中{k}项由全部{n}个省份公布",
        "{k} of {many} indicators are reported by all {n} provinces",
    ),
    "most_reported": ("公布省份最多的{n}项", "The {n} that most provinces report"),
    "report_it": ("{name}：{all}个省份中的{n}个", "{name}: {n} of {all} provinces"),
    # rankings; where less is better the first is the lowest
    "rank": ("位次", "Rank"),
    "growth": ("增速", ""),
    "new": ("新增数", ""),
    "among": ("所列{n}个省份中", " the {n} provinces shown"),
    "of_among": ("所列{n}个省份中", " of the {n} provinces shown"),
    "leads": ("{among}{name}{what}居首", "{name} leads{among}"),
    "lowest": ("{of_among}{name}{what}最低", "{name} is lowest{of_among}"),
    "last": ("{name}居末", "{name} is last"),
    "highest": ("{name}最高", "{name} is highest"),
    "top_2": ("{of_among}{names}{what}居前两位", "{names} are the top two{of_among}"),
    "top_3": ("{of_among}{names}{what}居前三位", "{names} are the top three{of_among}"),
    "lowest_2": ("{of_among}{names}{what}最低", "{names} are the lowest two{of_among}"),
    "lowest_3": ("{of_among}{names}{what}最低", "{names} are the lowest three{of_among}"),
    # how many are above or below, or went up or down; what is neither is equal or in doubt
    "shown": ("所列{n}个省份", "{n} provinces shown"),
    "shown_all": ("{n}个省份", "{n} provinces"),
    "of_shown": ("所列{n}个省份中", "the {n} provinces shown"),
    "of_shown_all": ("{n}个省份中", "{n} provinces"),
    "be_one": ("", "is"),
    "be": ("", "are"),
    "gap_one_up": ("{name}高于全国", "{name} is above the nation"),
    "gap_one_down": ("{name}低于全国", "{name} is below the nation"),
    "gap_both_up": ("{shown}均高于全国", "Both provinces shown are above the nation"),
    "gap_both_down": ("{shown}均低于全国", "Both provinces shown are below the nation"),
    "gap_all_up": ("{shown}均高于全国", "All {shown} are above the nation"),
    "gap_all_down": ("{shown}均低于全国", "All {shown} are below the nation"),
    "gap_up": ("{of_shown}{k}个高于全国", "{k} of {of_shown} {be} above the nation"),
    "gap_down": ("{of_shown}{k}个低于全国", "{k} of {of_shown} {be} below the nation"),
    "gap_rest_down": ("{k}个低于全国", "{k} below"),
    "gap_rest": ("{k}个难分高低", "{k} too close to call"),
    "change_one_up": ("{name}上升", "{name} is up"),
    "change_one_down": ("{name}下降", "{name} is down"),
    "change_both_up": ("{shown}均上升", "Up in both provinces shown"),
    "change_both_down": ("{shown}均下降", "Down in both provinces shown"),
    "change_all_up": ("{shown}均上升", "Up in all {shown}"),
    "change_all_down": ("{shown}均下降", "Down in all {shown}"),
    "change_up": ("{of_shown}{k}个上升", "Up in {k} of {of_shown}"),
    "change_down": ("{of_shown}{k}个下降", "Down in {k} of {of_shown}"),
    "change_rest_down": ("{k}个下降", "down in {k}"),
    "change_rest": ("{k}个升降难定", "too close to call in {k}"),
    "revised": ("全国数为后来修订的数值", "China: as revised in a later document"),
    # gaps
    "gap_name": ("{name}与全国之差", "{name}, gap to the nation"),
    "gap_hollow": ("空心为难分高低", "Hollow: too close to call"),
    # changes
    "change": ("变化", "Change"),
    "change_of": ("变化（{unit}）", "Change ({unit})"),
    "between": ("{old}至{new}", "{old} to {new}"),
    "sorted": ("按{new}排序", "sorted by {new}"),
    "before": ("此前", "before"),
    "most_up": ("{name}升幅最大", "most in {name}"),
    "fastest_up": ("{name}增长最快", "fastest in {name}"),
    # trends
    "throughout": ("{among}{name}{what}始终居首", "{name} leads{among} throughout"),
    "lowest_throughout": (
        "{of_among}{name}{what}始终最低",
        "{name} is lowest{of_among} throughout",
    ),
    "when": ("{period}{finding}", "{finding} ({period})"),
    "rose": ("{name}由{old}升至{new}", "{name} rose from {old} to {new}"),
    "fell": ("{name}由{old}降至{new}", "{name} fell from {old} to {new}"),
    "place": ("第{rank}位", "rank {rank}"),
    "rank_name": ("{name}的位次", "{name}, rank"),
    "bands": ("色带为取值区间", "Bands: range of each value"),
    "rank_bands": ("色带为位次区间", "Bands: range of each rank"),
    "hollow": ("空心为{nature}", "Hollow: {nature}"),
    "from_to": ("{name}：{first}{old}，{last}{new}", "{name}: {old} in {first}, {new} in {last}"),
    # panels
    "dashed": ("虚线为全国", "Dashed: China"),
    "grey": ("灰线为其他省份", "Grey: the other provinces"),
    "same": ("各图刻度相同", "the same scale in all panels"),
}

# Not strftime: the caller's locale would choose the language.
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

#: The steps in which a unit is printed, the greatest first; other units follow their number.
SCALES: Final[dict[Lang, dict[str, tuple[tuple[float, str], ...]]]] = {
    "zh": {
        "percent": ((1, "{}%"),), "percentage_point": ((1, "{}个百分点"),),
        "count": ((1, "{}"),), "rank": ((1, "{}"),),
        "CNY": ((1e12, "{}万亿元"), (1e8, "{}亿元")),
        "USD": ((1e12, "{}万亿美元"), (1e8, "{}亿美元")),
    },
    "en": {
        "percent": ((1, "{}%"),), "percentage_point": ((1, "{} pp"),),
        "count": ((1, "{}"),), "rank": ((1, "{}"),),
        "CNY": ((1e12, "CNY {} trn"), (1e9, "CNY {} bn")),
        "USD": ((1e12, "USD {} trn"), (1e9, "USD {} bn")),
    },
}  # fmt: skip
