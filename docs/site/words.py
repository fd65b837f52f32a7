"""Words: what the pages say, in Chinese and in English."""

from __future__ import annotations

from typing import Final

from meanings import LANGS, Lang

__all__ = ["LANGS", "Lang", "say"]


def say(lang: Lang, key: str, **values: object) -> str:
    """Return a phrase."""
    return _PHRASES[key][LANGS.index(lang)].format(**values)


_PHRASES: Final[dict[str, tuple[str, str]]] = {
    # sections of the site
    "indicators": ("指标", "Indicators"),
    "provinces": ("省份", "Provinces"),
    "documents": ("文件", "Documents"),
    "guide": ("指南", "Guide"),
    "gallery": ("图集", "Gallery"),
    "examples": ("示例", "Examples"),
    "data_model": ("数据模型", "Data model"),
    "api": ("接口", "API"),
    "changelog": ("更新记录", "Changelog"),
    # joints
    "colon": ("：", ": "),
    # facts of an indicator
    "id": ("代号", "Id"), "unit": ("单位", "Unit"), "measure": ("量", "Measure"),
    "family": ("同族", "Family"), "prices": ("价格", "Prices"),
    "direction": ("方向", "Direction"), "scope": ("范围", "Scope"), "domain": ("领域", "Domain"),
    "reported_by": ("报告省份", "Reported by"), "periods": ("时期", "Periods"),
    "n_of_31": ("31个中的{n}个", "{n} of 31 provinces"),
    "periods_of": ("{first}—{last}（{n}期）", "{first} to {last} ({n})"),
    "adds_up": ("可加总", "Adds up"),
    "yes_adds": ("各省相加为全国", "the provinces add up to the nation"),
    "no_adds": ("各省不能相加", "the provinces do not add up"),
    "also": ("又称", "Also called"),
    # an indicator's figures
    "of_period": ("{period}：{n}个省份", "{period}: {n} provinces"),
    "latest_each": ("各省最近一期", "The latest of each province"),
    "claimed_ranks": (
        "这些是报告自称的位次，照录而不再排位。",
        "These are ranks that reports claim: they stand as claimed, and are not ranked again.",
    ),
    "no_ranking": (
        "没有两个省份报告同一时期，所以不排位。各省最近一期如下。",
        ("No two provinces report one and the same period, so there is no ranking. The latest "
        "figure of each:"),
    ),
    "rank": ("位次", "Rank"), "region": ("地区", "Region"), "printed": ("原文", "As printed"),
    "source": ("出处", "Source"),
    "interval_told": (
        "区间是印出的写法所允许的范围；位次写成范围时，区间分不出先后。",
        ("The interval is what the printed figure allows. A rank is a range where intervals do not "
        "decide the order."),
    ),
    "among": ("比较范围", "Among"),
    "all_from": ("出处均为{document}。", "All from {document}."),
    "exact_told": (
        "这些数字是确切的，没有取值区间。",
        "These figures are exact: there is no interval.",
    ),
    "silent": ("哪些省份没有报告", "Who is silent"),
    "nobody_silent": ("31个省份都有这一期的数字。", "All 31 provinces report this period."),
    "silent_rest": (
        "数据中没有这些省份的这一指标（{n}个）：{names}。",
        "The data hold nothing of it from these ({n}): {names}.",
    ),
    "silent_other": (
        "这一期没有，但有其他相近的数（{n}个）：",
        "Not in this period, but elsewhere ({n}):",
    ),
    "province": ("省份", "Province"), "why": ("原因", "Why"), "has": ("现有数据", "What there is"),
    "over_time": ("历年", "Over time"),
    "over_time_told": (
        "至少两个省份有数的最近{n}期；全部{m}行见 [CSV]({csv})。",
        ("The last {n} periods that two or more provinces report; all {m} rows are in "
        "[the CSV file]({csv})."),
    ),
    "csv_told": ("全部{m}行见 [CSV]({csv})。", "All {m} rows are in [the CSV file]({csv})."),
    "breaks": ("断点", "Breaks"),
    "breaks_told": (
        "序列的口径或核算在此有变，两侧的数字不能直接比较；`ps.yoy` 与图表都不跨断点。",
        ("The series was measured anew here. Figures of the two sides are not compared: neither "
        "`ps.yoy` nor a chart reaches across."),
    ),
    "before": ("之前", "Before"), "after": ("之后", "After"), "reason": ("理由", "Reason"),
    "all_regions": ("全部", "all"),
    "claims": ("报告的说法", "What reports claim of it"), "claim": ("说法", "Claim"),
    "verdict": ("判断", "Verdict"),
    "notes": ("须知", "Notes on figures"), "rows": ("行数", "Rows"), "note": ("说明", "Note"),
    "cite": ("来源与引用", "Sources, and how to cite"),
    "cite_more": ("其他时期出自另外{n}份文件。", "Other periods come from {n} more documents."),
    "no_address": ("无公开网址", "no public address"),
    "beside": ("相关指标", "Beside it"),
    "domains_told": (
        "共收录{all}个指标，其中{pages}个由至少两个省份报告，各有一页；其余列在各领域的表中。",
        ("The data hold {all} indicators. The {pages} that two or more provinces report have a "
        "page each; the tables of the domains list the others too."),
    ),
    "domain_told": (
        "{n}个指标，其中{pages}个有页面。",
        "{n} indicators, {pages} of them with a page.",
    ),
    "all_of_domain": ("本领域全部{n}个指标", "All {n} of this domain"),
    "indicator": ("指标", "Indicator"), "provinces_n": ("省份数", "Provinces"),
    "definition": ("定义", "Definition"),
    # provinces
    "provinces_told": (
        "31个省份，各有概貌、主要指标、说法核对、目标对照，以及全部指标的最新数字。",
        ("Each of the 31 provinces with its profile, headline indicators, claims checked, targets "
        "against outcomes, and its latest figure of every indicator."),
    ),
    "code": ("代码", "Code"), "adcode": ("行政区划代码", "GB/T 2260"),
    "abbreviations": ("简称", "Short for"), "groups": ("所属区域", "Groups"),
    "figures": ("数字", "Figures"), "profile": ("概貌", "Profile"),
    "headline": ("主要指标", "Headline indicators"),
    "period": ("时期", "Period"), "value": ("数值", "Value"),
    "national": ("全国", "China"), "gap": ("与全国之差", "Gap to China"),
    "standing": ("与全国相比", "Against China"),
    "claims_checked": ("说法核对", "Claims checked"),
    "claims_about": (
        "报告自称的位次、与全国之差、年均增速，用数据能印证的{yes}条，矛盾的{no}条，无法判定的{open}条。",
        ("Of what its reports claim of ranks, distances from the nation and averages, the data "
        "bear out {yes}, contradict {no}, and cannot decide {open}."),
    ),
    "no_claims": ("报告中没有可核对的说法。", "Its reports make no claim that can be checked."),
    "targets": ("目标与结果", "Targets and outcomes"),
    "target": ("目标", "Target"), "outcome": ("结果", "Outcome"),
    "all_figures": ("全部指标", "Every indicator"),
    "all_figures_told": (
        "每个指标取最近可比的一期；位次是在当期有数的省份中。",
        ("Of each indicator the last period that can be compared; ranks are among the provinces "
        "that report it."),
    ),
    "latest_told": ("每个指标取最近一期。", "Of each indicator the latest period."),
    "its_documents": ("载有该省份数字的文件", "Documents with its figures"),
    "scorecard_told": (
        "全国与各省对照：主要指标都有31个省份。",
        "The nation and the provinces in what all 31 report.",
    ),
    # documents
    "documents_told": (
        "{n}份文件，共{m}个数字。每份列出逐段的数字，以及略去了什么。",
        ("{n} documents with {m} figures. Each page lists the figures by paragraph, and what was "
        "left out."),
    ),
    "title": ("标题", "Title"), "publisher": ("发布者", "Publisher"),
    "published": ("日期", "Published"), "address": ("网址", "Address"),
    "accessed": ("查阅日期", "Accessed"), "digest": ("原文摘要（SHA-256）", "Digest (SHA-256)"),
    "licence": ("副本许可", "Licence of the copy"), "encoded": ("收录范围", "Encoded"),
    "figures_n": ("数字", "Figures"),
    "none_stated": ("未注明", "none stated"),
    "reports": ("报告、公报与方案", "Reports, bulletins and plans"),
    "tables": ("官方统计表", "Official tables"),
    "work_reports": ("政府工作报告", "Work reports of governments"),
    "releases": ("全国发布", "National releases"),
    "by_paragraph": ("逐段的数字", "Figures by paragraph"),
    "by_indicator": ("逐指标的数字", "Figures by indicator"),
    "table_told": (
        "这是一张多地区的表；各数字见指标页和其中的CSV，段落号即表中的行号。",
        ("This is a table of many regions. Its cells are in the CSV files on the pages of the "
        "indicators; their paragraph is the line of the table."),
    ),
    "lines": ("行", "Lines"),
    "nature": ("性质", "Nature"),
    "excluded": ("略去的", "What was left out"),
    "excluded_all": (
        "文中每个数字不是收录，就是列在这里并说明理由。",
        "Every numeral of the text is a row, or stands here with the reason.",
    ),
    "excluded_headline": (
        "这份文件只收录主要指标。下列写法看似主要指标，其实不是：",
        ("Only headline indicators of this document are encoded. These read like one of them, and "
        "are not:"),
    ),
    "excluded_cells": ("表中这些单元格没有收录：", "These cells of the table are no rows:"),
    "nothing_excluded": ("没有略去什么。", "Nothing was left out."),
    "nothing_headline": (
        "这份文件只收录主要指标；没有容易误读的写法。",
        "Only headline indicators of this document are encoded; nothing else reads like one.",
    ),
    "paragraph": ("段", "Paragraph"), "regions": ("地区", "Regions"),
    # the data model
    "data_model_told": (
        "一行一个数字。以下各表取自程序包本身的结构，行数取自数据版本{version}。",
        ("One row is one figure. The lists below are those of the package itself; rows are counted "
        "in data version {version}."),
    ),
    "columns": ("观测值的列", "Columns of the observations"), "column": ("列", "Column"),
    "type": ("类型", "Type"), "meaning": ("含义", "Meaning"), "example": ("例", "Example"),
    "answers": ("比较结果的列", "Columns that answers add"),
    "answers_told": (
        "{call} 在原有的列之后增加：", "{call} adds, behind the columns of what it was given:",
    ),
    "list_nature": ("性质 `nature`", "Natures"),
    "list_qualifier": ("限定 `qualifier`", "Qualifiers"),
    "list_basis": ("依据 `basis`", "Bases"),
    "list_measure": ("量 `measure`", "Measures"),
    "list_suffix": ("代号的后缀", "Suffixes of ids"),
    "list_unit": ("单位 `unit`", "Units"),
    "list_prices": ("价格 `prices`", "Prices"),
    "list_direction": ("方向 `direction`", "Directions"),
    "list_domain": ("领域 `domain`", "Domains"),
    "list_kind": ("地区的类别 `kind`", "Kinds of region"),
    "list_method": ("同比的方法 `method`", "Methods of `ps.yoy`"),
    "list_no_change": ("没有同比的理由 `reason`", "Reasons of `ps.yoy` for no change"),
    "list_left_out": ("不参与比较的理由", "Reasons of `ps.comparable` for what is not compared"),
    "list_verdict": ("说法的判断 `verdict`", "Verdicts of `ps.check_claims`"),
    "list_claim_reason": ("说法无法判定的理由", "Reasons of `ps.check_claims`"),
    "list_target": ("目标的判断 `verdict`", "Verdicts of `ps.targets`"),
    "list_target_reason": ("目标无法判定的理由", "Reasons of `ps.targets`"),
    "list_standing": ("与全国相比 `standing`", "Standings of `ps.scorecard`"),
    "list_encoded": ("收录范围 `encoded`", "How far documents are encoded"),
    "list_exclusion": ("略去的理由", "Reasons for leaving a numeral out"),
    "notes_all": ("数据中的说明", "Notes in the data"),
    "notes_all_told": (
        "列 `note` 说明读数时须知的事，原为英文；共{n}种，这里列出用得最多的{m}种。",
        ("The column `note` says what a reader must know. Of {n} notes these are the {m} most "
        "frequent."),
    ),
    "areas": ("其他区域", "Other areas"), "groups_of": ("省份的分组", "Groups of provinces"),
    "members": ("成员", "Members"),
    "breaks_all": ("断点", "Breaks"),
    # the API
    "api_told": (
        "每个公开名称一页，取自它的文档字符串（英文）。按所回答的问题分组。",
        "A page for each public name, from its docstring, by the question that it answers.",
    ),
    "name": ("名称", "Name"),
    "room_catalogue": ("查找与取数", "Finding and loading"),
    "room_store": ("地区、文件、断点", "Regions, documents, breaks"),
    "room_compare": ("比较", "Comparing"),
    "room_analysis": ("分析", "Analysing"),
    "room_tables": ("自己的表、给人看的表", "Tables in and out"),
    "room_reading": ("读数", "Reading figures"),
    "room_reports": ("读报告", "Reading reports"),
    "room_formats": ("开放格式", "Open formats"),
    "room_words": ("语言", "Language"),
    "room_errors": ("错误", "Errors"),
    "room_plot": ("图表", "Charts"),
    # gallery and examples
    "gallery_told": (
        "每张图由它上方的一行代码画成。数据取自：",
        "Each chart is drawn by the line of code above it, from this data:",
    ),
    "examples_told": (
        "笔记本按原样运行过，正文为英文。",
        "Notebooks, shown as they were run.",
    ),
    "changelog_told": ("更新记录为英文。", "What changed, as people who use it see it."),
}  # fmt: skip
