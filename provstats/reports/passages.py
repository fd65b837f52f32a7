"""Passages: a report sentence by sentence, each with a clock that knows its scope.

Headings and the openings of sentences move the scope; months named in a sentence hold for the next
ones of its paragraph. Annexes and glossaries end the report.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.reports.scopes import (
    build_year_scope,
    choose_next_scope,
    explain_year_doubt,
    is_end,
    read_heading_scope,
    read_sentence_scope,
)
from provstats.reports.texts import split_sentences
from provstats.reports.times import Clock
from provstats.reports.titles import find_other_reviewed_year, find_plan_in_titles
from provstats.reports.vocabulary import WHOLES, YEAR

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from provstats.reports.scopes import Scope
    from provstats.reports.texts import Line
    from provstats.store.regions import Region

__all__ = ["Passage", "list_own_region_names", "split_into_passages"]

#: So many characters open a sentence; so many paragraphs lie right below a heading.
_OPENING: Final = 34
_FRESH: Final = 3
_MONTHS: Final = re.compile("[上下]半年|季度|[0-9]月|前[0-9一二三]{1,2}个")
_NUMERAL: Final = re.compile(
    "[0-9一二三四五六七八九十两半]|[百千万]亿|[百千]万|首位|榜首|翻番|持平"
)


#: The doubts of what a plan does not say, and of months of a paragraph before.
_PLANNED: Final = "which years of the plan"
_FAR: Final = "the period is carried over from a paragraph before"


class Passage(NamedTuple):
    """A sentence with a numeral: its line, its place in the normalized text, its clock."""

    line: Line
    start: int
    end: int
    clock: Clock


def split_into_passages(lines: list[Line], year: int) -> Iterator[Passage]:
    """Return the sentences of a report; use each clock before you ask for the next."""
    planned, title = find_plan_in_titles(lines)
    scope, opened, unsaid = planned or build_year_scope(year), 0, _PLANNED if planned else ""
    whole_year, months = _build_whole_year_pattern(year), ""
    dated, other = False, find_other_reviewed_year(lines, year)
    doubt = explain_year_doubt(other, year) if other else ""
    for line in lines:
        if is_end(line.text):
            return
        if line.printed.startswith("#") or line.number == title:
            continue
        tells_of_months = bool(months or _MONTHS.search(line.text))
        dated = dated or bool(whole_year.search(line.text))
        dated = dated or (not tells_of_months and "去年" in line.text)
        if heading := read_heading_scope(line.text, year):
            is_planned = planned is not None and heading.nature == "target"
            scope, unsaid = (planned, _PLANNED) if planned and is_planned else (heading, "")
            opened, dated = line.number, dated or not _MONTHS.search(line.text)
            continue
        opens = Clock(scope, year, unsaid=unsaid, dated=dated, misdated=doubt)
        if months and not dated:
            opens = replace(opens, months=months, main=months, carried=_FAR)
        told, last = yield from _split_line(line, opens, fresh=line.number - opened <= _FRESH)
        scope = choose_next_scope(scope, told)
        months = last or months


def _build_whole_year_pattern(year: int) -> re.Pattern[str]:
    """Return the pattern of words for the whole year, and not for some of its months."""
    named = f"{year}年(?![0-9前上下一二三四第]|以来)|过去一年|一年来"
    return re.compile(f"{named}|(?<![上去]年){YEAR}(?!增长)")


def _split_line(
    line: Line, opens: Clock, *, fresh: bool
) -> Generator[Passage, None, tuple[Scope, str]]:
    clock, scope, closes = opens, opens.scope, "。"
    for start, end in split_sentences(line):
        opening = line.text[start : min(end, start + _OPENING)]
        scope = read_sentence_scope(opening, scope, opens.year, fresh=fresh)
        if (scope.nature, opens.scope.nature) == ("target", "outcome") and not opens.dated:
            scope = scope._replace(doubt="this year may be the one after")
        if _NUMERAL.search(line.text, start, end):
            clock = clock.build_next_clock(scope, goes_on=closes in "；;")
            yield Passage(line, start, end, clock)
        closes = line.text[end - 1]
    return scope, clock.main


def list_own_region_names(region: Region) -> tuple[str, ...]:
    """Return the names by which a report may call its own region."""
    names = {
        region.name_full,
        region.name_zh,
        f"{region.name_zh}地区",
        *WHOLES.get(region.name_full[-1], ()),
        *(("我国", "中国") if region.kind == "nation" else ()),
    }
    return tuple(sorted(names, key=len, reverse=True))
