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
    "n": ("{all}省份中的{n}个", "{n} of {all} provinces"),
    "source": ("资料来源：", "Source: "),
    "bars": ("横线为取值区间", "Bars: range of each value"),
    "span": ("{label}（{lower}至{upper}）", "{label} ({lower} to {upper})"),
    "ends": ("最高：{most}；最低：{least}", "Highest: {most}; lowest: {least}"),
    "alone": ("{most}", "{most}"),
    # rankings
    "rank": ("位次", "Rank"),
    "leads": ("所列{n}个省份中{name}居首", "{name} leads the {n} provinces shown"),
    "leads_all": ("{name}居首", "{name} leads"),
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
