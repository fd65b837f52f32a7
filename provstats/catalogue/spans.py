"""Spans: the order of periods, and which of those that are there someone asks for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, SupportsFloat

from provstats.errors import PeriodError
from provstats.reading.periods import MONTHS_OF_YEAR, Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Collection

    # A year may be a number of any kind, and a period a date: all of its month.
    Wish = str | int | float | date | Period | range
    Wishes = Wish | Iterable[Wish]

__all__ = ["Wishes", "find_asked_labels", "make_end_key"]

_YEARS: Final = re.compile(r"\s*(\d{4})年?\s*[-‐‑‒–—―~〜～至到]{1,2}\s*(\d{4})年?\s*")


@lru_cache(maxsize=4096)
def make_end_key(label: str) -> tuple[date, date]:
    """Return a key that sorts labels by the end of their period, and then by its start."""
    period = parse_period(label)
    return period.end, period.start


def find_asked_labels(wishes: Wishes, held: Collection[str]) -> dict[str, list[str]]:
    """Return which of the labels that there are each wish asks for; maybe none."""
    if isinstance(wishes, str | range) or not isinstance(wishes, Iterable):
        return {str(wishes): _find_labels(wishes, held)}
    return {str(wish): _find_labels(wish, held) for wish in wishes}


def _find_labels(wish: object, held: Collection[str]) -> list[str]:
    if isinstance(wish, range):
        return _find_labels_in_years(wish, held)
    if getattr(getattr(wish, "dtype", None), "kind", "") == "M":  # a date of numpy, or a year
        text = str(wish)[: len("2024-12-31")]
        wish = date.fromisoformat(text) if len(text) == len("2024-12-31") else text
    if isinstance(wish, date):
        return _find_labels_ending_in_month(wish, held)
    text = _format_wish(wish)
    if years := _YEARS.fullmatch(text):
        first, last = map(int, years.groups())
        return _find_labels_in_years(range(first, last + 1), held)
    label = str(parse_period(text))
    return [label] if label in held else []


def _format_wish(wish: object) -> str:
    """Return a period as text; a year may be a number of any kind."""
    if isinstance(wish, str | Period) or not isinstance(wish, SupportsFloat):
        return str(wish)
    if isinstance(wish, bool) or not float(wish).is_integer():
        msg = f"a period is a label such as '2024-H1', a year, a date or a Period, got {wish!r}"
        raise PeriodError(msg)
    return str(int(float(wish)))


def _find_labels_in_years(years: range, held: Collection[str]) -> list[str]:
    """Return the years of a range and the span of all; if there are none, all periods within."""
    if not years:
        msg = f"there is no year in {years}; the first stands before the last"
        raise PeriodError(msg)
    spans = {label: parse_period(label) for label in held}
    within = {
        label: span for label, span in spans.items()
        if {span.start.year, span.end.year} <= set(years)
    }  # fmt: skip
    whole = [label for label, span in within.items() if _is_year_or_all(span, years)]
    return whole or list(within)


def _is_year_or_all(span: Period, years: range) -> bool:
    if span.months == MONTHS_OF_YEAR:
        return span.start.month == 1
    return span.months == len(years) * MONTHS_OF_YEAR and span.start.month == 1


def _find_labels_ending_in_month(day: date, held: Collection[str]) -> list[str]:
    """Return the periods at the end of the month of a day."""
    end = date(day.year, day.month, monthrange(day.year, day.month)[1])
    return [label for label in held if make_end_key(label)[0] == end]
