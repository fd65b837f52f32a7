"""The unread: every numeral of a report that is in no row, and what kind of thing it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.errors import FigureError
from provstats.reading.figures import parse_figure
from provstats.reading.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provstats.reports.texts import Line

__all__ = ["Numeral", "find_unread_numerals"]

_DIGITS: Final = "0-9０-９"
_UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_WORDS: Final = "[零〇一二两三四五六七八九十百千万亿]"
# Digits wherever they stand; number words where a unit makes a figure of them.
_NUMERAL: Final = re.compile(
    rf"[{_DIGITS}]+(?:[.,．，][{_DIGITS}]+)*"
    rf"|{_WORDS}+分之{_WORDS}+|第{_WORDS}+|{_WORDS}{{1,9}}(?=(?:{_UNIT}))|[两三四]位数|翻[一两]?番|首位"
)
_KINDS: Final[tuple[tuple[str, str, str], ...]] = (
    ("date", "", r"年(?!来|均|度?间)|月|日|年代|[-—–~至][0-9]{1,2}月|[-—–][0-9]{4}年"),
    ("ordinal", "(?:第|No\\.?)$", ""),
    ("ordinal", "^[（(]?$", "[、.．)）]"),
    ("name", "[A-Za-z“”+]$", ""),
    ("name", "", "[A-Za-z”+×]"),
)


class Numeral(NamedTuple):
    """A numeral that no row took: its place in the printed paragraph, text and kind."""

    paragraph: int
    start: int
    end: int
    text: str
    kind: str


def find_unread_numerals(line: Line, taken: list[tuple[int, int]]) -> Iterator[Numeral]:
    """Return the numerals of a paragraph that stand outside the places taken."""
    for found in _NUMERAL.finditer(line.printed):
        start, end = found.span()
        if not any(first <= start and end <= last for first, last in taken):
            yield Numeral(
                line.number, start, end, found[0], _classify_numeral(line.printed, start, end)
            )


def _classify_numeral(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 3) : start], text[end : end + 8]
    if text[start] == "第" or text[start:end] == "首位":
        return "ordinal"
    for kind, left, right in _KINDS:
        if (not left or re.search(left, before if start > 2 else text[:start])) and (  # noqa: PLR2004
            not right or re.match(right, after)
        ):
            return kind
    return "other figure" if _is_figure(text[start:end], after) else "other numeral"


def _is_figure(numeral: str, after: str) -> bool:
    unit = re.match(rf"(?:万亿|[百千]?[万亿])?[余多]?(?:{_UNIT})", after)
    if not unit:
        return False
    try:
        parse_figure(numeral + unit[0])
    except FigureError:
        return False
    return True
