"""Titles: which place a document is about, and which years it plans, by its first lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provstats.reports.places import PLACE
from provstats.reports.scopes import (
    Scope,
    find_plan_years,
    find_reviewed_year,
    find_year_in_heading,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provstats.reports.texts import Line

__all__ = ["find_document_place", "find_other_reviewed_year", "find_plan_in_titles"]

#: A title stands in one of so many first paragraphs, and is no longer than this.
_FIRST: Final = 3
_LONGEST: Final = 60
_HEAD: Final = re.compile("^# ?(?:TITLE[:：] ?)?|[|].*")
_PLAN: Final = re.compile("(?:计划|规划|方案|纲要)(?:[（(].*)?$")
_GENRE: Final = re.compile("计划|规划|方案|纲要|意见|公报|报告|措施|办法|要点|运行情况|发布会")
_PART: Final = re.compile("[一-龥]{2,8}?(?:市|自治州|盟|自治县|县|(?<!地)区)(?!域)")
_YEARS: Final = re.compile("(20[0-9]{2})年?[-—–~至到]{1,2}(20[0-9]{2})年?")


def find_document_place(lines: list[Line], own: tuple[str, ...]) -> str:
    """Return the city or district that a document is of, or an empty text."""
    parts = (_find_place_in_title(title, own) for _, title in _find_titles(lines, _GENRE))
    return next(filter(None, parts), "")


def _find_place_in_title(title: str, own: tuple[str, ...]) -> str:
    """Return the place that a title begins with, 吉林市 in 吉林 too, unless it is the region."""
    place = PLACE.match(title)
    if place and place[0] not in own:
        return place[0]
    part = None if any(name in title for name in own) else _PART.match(title)
    return part[0] if part else ""


def find_plan_in_titles(lines: list[Line]) -> tuple[Scope | None, int]:
    """Return the years that a document plans, by its title, and the number of that line."""
    plans = ((_read_plan(title), number) for number, title in _find_titles(lines, _PLAN))
    return next((plan for plan in plans if plan[0]), (None, 0))


def _read_plan(title: str) -> Scope | None:
    years = _YEARS.search(title)
    named = (int(years[1]), int(years[2])) if years else find_plan_years(title)
    return Scope(*named, "target") if named else None


def find_other_reviewed_year(lines: list[Line], year: int) -> int | None:
    """Return the year that a title or a heading says is reviewed, if none names the one given."""
    titled = [find_reviewed_year(title) for _, title in _find_titles(lines, _GENRE)]
    years = {*titled, *(find_year_in_heading(line.text) for line in lines)} - {None}
    return None if year in years else next(iter(sorted(filter(None, years))), None)


def _find_titles(lines: list[Line], genre: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for line in [line for line in lines if line.text][:_FIRST]:
        title = re.sub(r"[\s“”\"《》]", "", _HEAD.sub("", line.printed))
        if len(title) <= _LONGEST and genre.search(title):
            yield line.number, title
