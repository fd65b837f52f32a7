"""Reasons: why a row is to be checked, in Chinese for the review sheet.

The reader gives its reasons in English; ``{}`` stands for the words of the report in them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

__all__ = ["translate_reasons"]

_REASONS: Final = {
    "{} alone may be something else": "“{}”单独出现，可能另有所指",
    "an owner or area is named before: {}": "前文提到“{}”，数字可能属于它",
    "unknown words stand before the name in its clause": "分句中名称之前有未识别的词",
    "unknown words follow the figure: {}": "数字之后有未识别的词“{}”",
    "one figure after several names": "几个名称之后只有一个数字",
    "one rank after several names": "几个名称之后只有一个位次",
    "several figures for one name": "一个名称之后有几个数字",
    "unknown names share the figure": "未识别的名称共用这个数字",
    "an unknown name in the list": "并列的名称中有未识别的",
    "one word after the last figure may hold for all": "最后的“左右”“以上”可能管全部数字",
    "the figure stands before its noun": "数字在名词之前",
    "added in the period or in all": "本期新增还是累计不明",
    "an addition, as a total follows": "后面另有累计数，此为新增",
    "of what was said before, which may be an addition": "属于前一项之中，可能是新增",
    "a step, not a level": "是台阶，不是具体水平",
    "held over the years, or reached at their end": "多年保持，还是期末达到",
    "one year's or all years'": "一年的，还是各年合计的",
    "growth of a year or of all years": "一年的增长，还是多年的增长",
    "which years the average covers": "平均涵盖哪些年份不明",
    "an average over years": "多年的平均数",
    "a level or its change": "水平还是变动不明",
    "a share of the nation": "占全国的比重",
    "the change of a share": "比重的变动",
    "the gap of a level or of its growth": "水平的差距，还是增速的差距",
    "of what the rank is": "是什么的位次不明",
    "of the level or of the growth": "总量的位次，还是增速的位次",
    "among whom the rank is": "在什么范围内排位不明",
    "the year at which it starts is not named": "没有写明起始年份",
    "the period is carried over from a sentence before": "时期沿用前一句",
    "this year may be the one after": "“今年”可能是下一年",
    "which years of the plan": "规划中的哪一年不明",
    "the period is carried over from a paragraph before": "时期沿用前一段",
    "a period is named in the sentence before": "前一句讲的是另一时期",
    "so many years in a row": "连续多年",
    "per year or per head": "每年或人均",
    "since the end of a year": "自上年末以来的增长",
    "to date, which may be in the next year": "截至目前的数，可能已在次年",
    "the end of the plan, or a year before": "规划期末，还是之前某年",
    "since when it is counted": "从何时起计不明",
    "the past told in a part about what is to come": "在讲今后的部分里回顾过去",
    "a past year in a part about what is to come": "在讲今后的部分里提到过去的年份",
    "the heading names past and future": "标题同时讲过去和今后",
    "the heading may name a plan of the year": "标题可能讲的是当年的计划",
    "the heading reviews {}, not {}": "标题回顾的是{}年，不是{}年",
    "the year or the five years of the plan": "讲的是一年，还是规划的五年",
    "an expectation earlier in the sentence": "句子前面有“预计”",
    "a promise among what is reviewed": "回顾部分里的目标",
    "the report states it twice, and differently": "报告中两处说法不同",
    "the catalogue does not know this indicator": "目录中没有这个指标",
    "the catalogue has it in {}": "目录中的单位是 {}",
}


@cache
def _compile_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(re.escape(english).replace(r"\{\}", "(.*)")), chinese)
        for english, chinese in _REASONS.items()
    )


def translate_reasons(reason: str) -> str:
    """Return a row's reasons, which semicolons part, in Chinese."""
    return "；".join(map(_translate_reason, filter(None, reason.split("; "))))


def _translate_reason(reason: str) -> str:
    for english, chinese in _compile_patterns():
        if found := english.fullmatch(reason):
            return chinese.format(*found.groups())
    return reason
