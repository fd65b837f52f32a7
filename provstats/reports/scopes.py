"""Scopes: which years a stretch of a report speaks of, and whether it reviews or promises.

Headings open a scope; the first words of a paragraph or a sentence may switch between the year and
the years of the plan. A scope that no heading and no switch has settled carries its doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from provstats.reading.figures import Nature

__all__ = [
    "Scope", "build_year_scope", "choose_next_scope", "explain_year_doubt", "find_plan_years",
    "find_reviewed_year", "find_year_in_heading", "is_end", "read_heading_scope",
    "read_sentence_scope",
]  # fmt: skip

#: So many years has a plan; the last of each ends in 0 or 5.
_PLAN: Final = 5
_LONGEST_HEADING: Final = 45
_HEADING: Final = re.compile(
    "[一二三四五六七八九十]{1,3}、|第[一二三四五]部分|[0-9]{4}年|十[二三四五六]五|过去五年|今年|今后五年"
)
_END: Final = re.compile(
    "(?:附件|附[:：]|附表|附录|名词解释|注释|注[:：]|名词注释|有关名词|部分名词|政府工作报告名词)"
)
_DATE: Final = re.compile("[0-9]{1,2}月[0-9]{1,2}日")
_PLANS: Final = {
    f"十{digit}五|第十{digit}个五年": first
    for digit, first in zip("二三四五六", range(2011, 2032, 5), strict=True)
}
_REVIEW: Final = "回顾|执行情况|成就|成绩|过去|总结|完成情况|发展基础|发展现状|现状"
#: The one year that a heading says is reviewed.
_REVIEWED: Final = re.compile(
    "(?<![0-9—–~至-])([0-9]{4})年[^0-9]{0,20}(?:回顾|总结|统计公报|执行情况)"
)
_FIVE: Final = (
    "五年来|过去五年|过去的五年|这五年|五年间|的五年|回望五年|回首五年|5年来|过去5年|这5年"
)
_YEAR: Final = "刚刚过去的|这一年|过去一年|过去的一年|一年来|去年"
_TARGETS: Final = re.compile(
    "(?:预期目标|主要目标|目标)(?:初步安排|安排|建议)?(?:是|[:：])|(?:预期|主要)目标(?:初步)?(?:安排|建议)?为"
)


_COMING: Final = "(?:今后|未来)(?:的)?(?:五|5)年"
_EITHER: Final = "the year or the five years of the plan"
#: The doubt of a heading such as 2024年重点工作: it may have been written before that year.
_PLANNED: Final = "the heading may name a plan of the year"
_PAST: Final = "the past told in a part about what is to come"


class Scope(NamedTuple):
    """Years and nature of what is said; ``doubt`` is why that may be wrong, or empty."""

    first: int
    last: int
    nature: Nature
    doubt: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it covers several years."""
        return self.first < self.last


def build_year_scope(year: int) -> Scope:
    """Return the scope before any heading: the year that the report reviews."""
    return Scope(year, year, "outcome")


def is_end(text: str) -> bool:
    """Tell whether a paragraph opens annexes and glossaries, which repeat and define."""
    return bool(_END.match(text)) and len(text) <= _LONGEST_HEADING


def compute_five_years(year: int) -> tuple[int, int]:
    """Return the years that ``the past five years`` are, seen from the year reviewed."""
    return year - 4, year


def find_reviewed_year(text: str) -> int | None:
    """Return the one year that a title says is reviewed."""
    found = _REVIEWED.search(text)
    return int(found[1]) if found else None


def find_year_in_heading(text: str) -> int | None:
    """Return the one year that a paragraph says is reviewed, if it is a heading."""
    return find_reviewed_year(text) if _is_heading(text) else None


def explain_year_doubt(told: int, year: int) -> str:
    """Return the doubt about what stands under a heading, or in a text, of another year."""
    return f"the heading reviews {told}, not {year}"


def _is_heading(text: str) -> bool:
    is_short = len(text) <= _LONGEST_HEADING and _HEADING.match(text)
    return bool(is_short) and not re.search("[。；]", text) and not _DATE.search(text)


def read_heading_scope(text: str, year: int) -> Scope | None:
    """Return the scope that a heading opens, or None where a paragraph is no heading of a part."""
    if not _is_heading(text):
        return None
    if (told := find_reviewed_year(text)) and told != year:
        return build_year_scope(year)._replace(doubt=explain_year_doubt(told, year))
    plan = _read_plan_scope(text, year)
    if re.search(f"{_REVIEW}|{year}年|{_FIVE}", text):
        return _read_reviewed_scope(text, year)._replace(
            doubt=_explain_heading_doubt(text, year, plan)
        )
    if plan:
        return plan
    return (
        Scope(year + 1, year + 1, "target")
        if re.search(_build_next_year_pattern(year), text)
        else None
    )


def _explain_heading_doubt(text: str, year: int, plan: Scope | None) -> str:
    """Return why a heading that names the year reviewed may be about the future."""
    if plan:
        return "the heading names past and future"
    is_told = re.search(f"{_REVIEW}|{_FIVE}", text)
    is_planned = re.search(f"{_build_next_year_pattern(year)}|(?:要点|重点|主要工作|建议)$", text)
    return _PLANNED if is_planned and not is_told else ""


def _build_next_year_pattern(year: int) -> str:
    work = "(?:的|政府|重点|主要)?(?:工作|目标|任务|经济|发展|预期|总体|政府)"
    return f"{year + 1}年|今年{work}|(?:安排|任务|目标|部署|打算|重点工作|要求|思路|考虑|展望)$"


def find_plan_years(text: str, after: int = 0) -> tuple[int, int] | None:
    """Return the years of the plan that a text names, if it begins after a year."""
    firsts = (first for name, first in _PLANS.items() if re.search(name, text) and first > after)
    first = next(firsts, None)
    return (first, first + _PLAN - 1) if first else None


def _read_plan_scope(text: str, year: int) -> Scope | None:
    """Return the scope of the plan, or of the five years, to come that a text names."""
    if named := find_plan_years(text, year):
        return Scope(*named, "target")
    if not re.search(_COMING, text):
        return None
    next_year = re.search(f"{year + 1}年|今年", text)
    return Scope(year + 1, year + _PLAN, "target", _EITHER if next_year else "")


def _read_reviewed_scope(text: str, year: int) -> Scope:
    """Return the scope reviewed; of a year and five years in one heading, the first counts."""
    own = re.search(f"{year}年|去年|过去一年", text)
    five = re.search(f"{_FIVE}|十[二三四五]五", text)
    if five and (own is None or five.start() < own.start()):
        return Scope(*compute_five_years(year), "outcome")
    return build_year_scope(year)


def read_sentence_scope(opening: str, scope: Scope, year: int, *, fresh: bool) -> Scope:
    """Return the scope after the opening words of a sentence; fresh is right below a heading."""
    told = _read_opening_scope(opening, scope, year, fresh=fresh)
    return told._replace(doubt=_PLANNED) if scope.doubt == _PLANNED else told


def _read_opening_scope(opening: str, scope: Scope, year: int, *, fresh: bool) -> Scope:
    if re.match(f"(?:总的看，)?{_COMING}", opening):
        return Scope(year + 1, year + _PLAN, "target")
    if "纲要草案" in opening and _read_plan_scope("十五五", year):
        return _read_plan_scope("十五五", year) or scope
    if _TARGETS.search(opening) and not re.search("完成|实现了|达到", opening[:12]):
        return _read_target_scope(opening, scope, year)
    if scope.nature == "target":
        return _read_past_scope(opening, scope, year)
    return _switch_scope(opening, scope, year, fresh=fresh)


def _read_target_scope(opening: str, scope: Scope, year: int) -> Scope:
    if scope.nature == "target" and not re.search(f"{year + 1}年|今年", opening):
        return _read_plan_scope(opening, year) or scope
    return _read_plan_scope(opening, year) or Scope(year + 1, year + 1, "target")


def _read_past_scope(opening: str, scope: Scope, year: int) -> Scope:
    """Return the scope in a part about the future; where it speaks of the past, with a doubt."""
    if re.search(f"{_FIVE}|十四五期间|十四五时期", opening) and not re.search(
        "未来|今后|十五五", opening
    ):
        return Scope(*compute_five_years(year), "outcome", _PAST)
    if re.match(f"{year}年(?:以来)?[,，]", opening):
        return build_year_scope(year)._replace(doubt=_PAST)
    return scope


def choose_next_scope(before: Scope, told: Scope) -> Scope:
    """Return the scope after a paragraph: a part about the future goes on, with the new doubt."""
    is_between = (before.nature, told.nature) == ("target", "outcome")
    return before._replace(doubt=told.doubt) if is_between else told


def _switch_scope(opening: str, scope: Scope, year: int, *, fresh: bool) -> Scope:
    is_five = re.search(_FIVE, opening) is not None
    if re.search("刚刚过去的|过去一年|过去的一年", opening) and not is_five:
        return build_year_scope(year)
    if "收官之年" in opening and not is_five:
        # Right below the heading it praises the year, later on it leads over to the five years.
        return scope if fresh else scope._replace(doubt=_EITHER)
    closing = year % _PLAN == 0 and re.search("十[二三四五]五(?:时期|期间|以来)", opening)
    if closing or is_five:
        return Scope(*compute_five_years(year), "outcome")
    if re.match(f"{year + 1}年[,，]", opening):
        return Scope(year + 1, year + 1, "target")
    told = re.match(f".{{0,6}}(?:{_YEAR})|.{{0,3}}{year}年(?!的)", opening)
    return build_year_scope(year) if told else scope
