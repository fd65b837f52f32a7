"""Spans: places in a text, and what they cover."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["DIGITS", "Span", "Spans", "assign_places", "find_figure_places", "find_numerals"]

Span = tuple[int, int]

#: What a number is made of, in half and in full width.
DIGITS: Final = "0-9０-９"

_NUMERAL: Final = re.compile(f"[{DIGITS}]+(?:[.,．，][{DIGITS}]+)*")


class Spans:
    """Some places in a text, in order; what they cover is found without going through them all."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self.spans = ordered
        self._starts = [start for start, _ in ordered]
        self._ends = [*accumulate((end for _, end in ordered), max)]

    def is_covering(self, span: Span) -> bool:
        """Tell whether one of the places holds all of a span."""
        before = bisect_right(self._starts, span[0])
        return before > 0 and self._ends[before - 1] >= span[1]

    def list_spans_within(self, span: Span) -> list[Span]:
        """Return the places that lie within a span, where no two places overlap."""
        first, last = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        inside = zip(self._starts[first:last], self._ends[first:last], strict=True)
        return [(start, end) for start, end in inside if end <= span[1]]


def find_figure_places(text: str, printed: str) -> Iterator[list[Span]]:
    """Find where a figure stands; its parts around ``…`` stand in one sentence.

    Examples
    --------
    >>> [*find_figure_places("分别超过90%、70%。超过8%", "超过…70%")]
    [[(2, 4), (8, 11)]]
    """
    parts = [re.compile(_build_part_pattern(part)) for part in printed.split("…")]
    start = 0
    while found := _find_first_place(text, parts, start):
        yield found
        start = found[-1][1]


def _build_part_pattern(part: str) -> str:
    """Return a pattern for a part of a figure; it finds no number inside another one."""
    return (rf"(?<![{DIGITS}.．])" if re.match(f"[{DIGITS}]", part) else "") + re.escape(part)


def _find_first_place(text: str, parts: list[re.Pattern[str]], start: int) -> list[Span]:
    """Find the first place from a position on; nothing where there is none."""
    while first := parts[0].search(text, start):
        spans, end = [first.span()], text.find("。", first.end())
        end = len(text) if end < 0 else end
        for part in parts[1:]:
            found = part.search(text, spans[-1][1], end)
            spans += [found.span()] if found else []
        if len(spans) == len(parts):
            return spans
        start = end
    return []


def find_numerals(text: str) -> Spans:
    """Return where the digit numerals of a text stand."""
    return Spans(found.span() for found in _NUMERAL.finditer(text))


def assign_places(text: str, printed: list[str], numerals: Spans) -> tuple[list[str], list[Span]]:
    """Give each row its place; rows printed alike share the places that exist, in order.

    Longer texts choose first, so that 4个 is not found inside 4个百分点. Returned are the texts
    without a place, and the places.
    """
    missing: list[str] = []
    claimed: list[Span] = []
    taken = bytearray(len(text))
    for figure, rows in sorted(Counter(printed).items(), key=lambda item: -len(item[0])):
        places_ = [_choose_anchors(place, numerals) for place in find_figure_places(text, figure)]
        free = [place for place in places_ if not any(any(taken[s:e]) for s, e in place)]
        missing += [figure] * (rows if not free else 0)
        for start, end in (span for place in free[:rows] for span in place):
            taken[start:end] = b"\1" * (end - start)
            claimed.append((start, end))
    return missing, claimed


def _choose_anchors(place: list[Span], numerals: Spans) -> list[Span]:
    """Return what a figure claims for itself: its numerals, or its words where it has none."""
    return [span for part in place for span in numerals.list_spans_within(part)] or place
