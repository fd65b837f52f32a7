"""Heads: what the columns of observations and answers are called, and what their codes mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from provstats.words.languages import Language

__all__ = ["FINDINGS", "HEADS", "translate_code", "translate_column_name"]

#: What a column is called, in Chinese and in English, in the order in which tables have them.
HEADS: Final = {
    "region": ("地区", "Region"), "indicator": ("指标", "Indicator"), "period": ("时期", "Period"),
    "first": ("起始期", "First"), "last": ("末期", "Last"), "periods": ("期数", "Periods"),
    "nature": ("性质", "Nature"), "text": ("文字", "Text"), "value": ("数值", "Value"),
    "range": ("区间", "Range"), "unit": ("单位", "Unit"), "rank": ("位次", "Rank"),
    "n": ("参与排位数", "Ranked"), "tier": ("档次", "Tier"), "top": ("前列", "Among the first"),
    "score": ("得分", "Score"),
    "weightings": ("权重组数", "Weightings"), "national": ("全国", "China"),
    "gap": ("与全国之差", "Gap to China"), "share": ("占全国比重（%）", "Share of China (%)"),
    "previous": ("上年同期", "Year before"), "yoy": ("同比变化", "Change on the year before"),
    "standing": ("与全国相比", "Against China"), "compared": ("可比", "Compared"),
    "implied": ("推算值", "Implied"), "reported": ("公布值", "Reported"),
    "levels": ("按水平推算", "From levels"),
    "level_minus_new": ("按水平减新增推算", "From level less additions"),
    "implied_base": ("推算基数", "Implied base"), "regions": ("地区", "Regions"),
    "statements": ("表述", "Statements"), "outcome": ("实际", "Outcome"),
    "outcome_period": ("实际时期", "Period of the outcome"), "verdict": ("判断", "Verdict"),
    "data": ("按数据", "By the data"), "reason": ("原因", "Reason"), "detail": ("说明", "Detail"),
    "needs": ("尚缺", "Lacking"), "refused": ("拒绝", "Refused"),
    "agree": ("相符", "Agree"), "conflict": ("矛盾", "Conflict"),
    "distance": ("距离", "Distance"), "indicators": ("指标数", "Indicators"),
    "values": ("数值个数", "Values"), "mean": ("均值", "Mean"),
    "cv": ("变异系数", "Coefficient of variation"), "gini": ("基尼系数", "Gini"),
    "theil": ("泰尔指数", "Theil"), "p90_p10": ("90/10分位比", "90/10 ratio"),
    "minimum": ("最小值", "Minimum"), "maximum": ("最大值", "Maximum"),
    "sigma": ("对数标准差", "Sigma"), "sigma_first": ("起始σ", "Sigma, first"),
    "sigma_last": ("末期σ", "Sigma, last"), "change": ("变化", "Change"),
    "slope": ("斜率", "Slope"), "converging": ("收敛", "Converging"),
    "before_break": ("断点前期数", "Periods before a break"),
    "sparse": ("未采用的时期", "Periods not used"),
    "growth": ("年均增长", "Average growth"), "prices": ("价格", "Prices"),
    "certainty": ("把握", "Certainty"),
    "before": ("之前", "Before"),
    "after": ("之后", "After"), "qualifier": ("限定", "Qualifier"),
    "printed": ("原文", "As printed"), "source": ("来源", "Source"),
    "paragraph": ("段落", "Paragraph"), "left_out": ("未列入", "Left out"),
}  # fmt: skip
#: What an answer found: a frame that has one of these is no mere list of observations.
FINDINGS: Final = {
    "rank", "tier", "top", "score", "gap", "share", "yoy", "standing", "compared", "implied",
    "levels", "outcome", "verdict", "agree", "growth", "certainty",
}  # fmt: skip
_COUNT: Final = ("个数", "Number")
_SPREAD: Final = ("极差", "Range")
# What codes in cells mean.
_CODES: Final = {
    "better": ("优于", "better"), "worse": ("劣于", "worse"), "similar": ("相近", "similar"),
    "above": ("高于", "above"), "below": ("低于", "below"), "outcome": ("实际", "outcome"),
    "forecast": ("预计", "forecast"), "target": ("目标", "target"),
    "met": ("完成", "met"), "missed": ("未完成", "missed"), "open": ("未到期", "open"),
    "undecidable": ("无法判定", "undecidable"), "consistent": ("相符", "consistent"),
    "contradicted": ("矛盾", "contradicted"), "supported": ("有据", "supported"),
    "grounded": ("有据", "grounded"), "undecided": ("未定", "undecided"),
    "unknown": ("未知", "unknown"), "surely": ("确定", "surely"),
    "possibly": ("可能", "possibly"), "surely_not": ("确定不在", "surely not"),
    "sure": ("确定", "sure"), "check": ("待核", "to check"),
    "constant": ("不变价", "constant"), "current": ("现价", "current"),
    "True": ("是", "yes"), "False": ("否", "no"),
}  # fmt: skip
# What codes of one column mean; elsewhere they may mean something else. In English they are shown
# as they are. The reason "nation" means that it has no value, or that it is no province.
_CHINESE: Final = {
    "method": {
        "reported": "文件公布", "levels": "按水平推算", "level_minus_new": "按水平减新增推算",
        "index": "指数",
    },
    "reason": {
        "no_base": "没有基期数值", "base_not_positive": "基期数值不是正数", "break": "其间口径有变",
        "unit": "单位不同", "lapses": "称号复核会失效", "missing": "无数值",
        "own_value": "缺本地区数值", "silent": "可能在前的省份没有数据",
        "universe": "比较范围不是省份", "no_outcome": "没有实际值",
        "part_of_period": "实际值只有部分时期", "interval": "取值区间分不出",
        "below": "价格低于目标，目标是否为上限不明", "nation": "全国", "area": "不是省份的区域",
        "other_unit": "单位不同", "other_among": "比较范围不同",
        "other_scope": "报告口径相近的另一指标", "other_period": "只报告其他时期",
    },
    "qualifier": {
        "exact": "确数", "over": "超过", "under": "不到", "nearly": "接近", "about": "约",
        "range": "区间",
    },
}  # fmt: skip


def translate_code(name: str, code: str, language: Language) -> str:
    """Return what a code means in a column of this name; what is no code stays as it is."""
    chinese = _CHINESE.get(name, {}).get(code)
    pair = (chinese, code) if chinese else _CODES.get(code, (code, code))
    return pair[language.lang == "en"]


def translate_column_name(name: str, rows: pd.DataFrame, language: Language) -> str:
    """Return what a column of these rows is called; its own name, where none is known."""
    pair = HEADS.get(name, (name, name))
    if name == "n" and "rank" not in rows:
        pair = _COUNT
    if name == "range" and "range" in rows:
        pair = _SPREAD
    return pair[language.lang == "en"]
