"""Passages: a report sentence by sentence, each with a clock that knows its scope.

Headings and the openings of sentences move the scope; months named in a sentence hold for the next
ones of its paragraph. Annexes and glossaries end the report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.reading.periods import parse_period
from provstats.reports.scopes import (
    first_scope,
    heading_scope,
    is_end,
    scope_after,
    sentence_scope,
)
from provstats.reports.texts import sentences
from provstats.reports.times import Clock

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from provstats.reports.scopes import Scope
    from provstats.reports.texts import Line
    from provstats.store.regions import Region

__all__ = ["Passage", "own_names", "passages"]

#: So many characters open a sentence; so many paragraphs lie right below a heading.
_OPENING: Final = 34
_FRESH: Final = 3
_LAST_MONTH: Final = 12
_NUMERAL: Final = re.compile("[0-9一二三四五六七八九十两半]|首位|榜首|翻番|持平")


class Passage(NamedTuple):
    """A sentence with a numeral: its line, its place in the dressed text, its clock."""

    line: Line
    start: int
    end: int
    clock: Clock


def passages(lines: Iterable[Line], year: int) -> Iterator[Passage]:
    """Return the sentences of a report; each clock is to be used before the next is asked for."""
    scope, opened, unsaid = first_scope(year), 0, ""
    for line in lines:
        if is_end(line.text):
            return
        if line.printed.startswith("#"):
            continue
        if heading := heading_scope(line.text, year):
            scope, opened, unsaid = heading, line.number, ""
            continue
        fresh = line.number - opened <= _FRESH
        told, months = yield from _of_line(line, scope, year, unsaid, fresh=fresh)
        scope = scope_after(scope, told)
        if not opened:
            unsaid = _doubt_of_year(months) or unsaid


def _of_line(
    line: Line, scope: Scope, year: int, unsaid: str, *, fresh: bool
) -> Generator[Passage, None, tuple[Scope, str]]:
    months = ""
    for start, end in sentences(line):
        opening = line.text[start : min(end, start + _OPENING)]
        scope = sentence_scope(opening, scope, year, fresh=fresh)
        if _NUMERAL.search(line.text, start, end):
            clock = Clock(scope, year, months=months, carried=bool(months), unsaid=unsaid)
            yield Passage(line, start, end, clock)
            months = clock.months
    return scope, months


def _doubt_of_year(months: str) -> str:
    """Return the doubt of a year left unsaid, behind months of it that are not its last ones."""
    is_over = not months or parse_period(months).end.month == _LAST_MONTH
    return "" if is_over else "months are named before, and the year is not over"


def own_names(of: Region) -> tuple[str, ...]:
    """Return how a report may call the region that it is of."""
    names = {
        of.name_full,
        of.name_zh,
        f"{of.name_zh}地区",
        *(("我国", "中国") if of.kind == "nation" else ()),
    }
    return tuple(sorted(names, key=len, reverse=True))
