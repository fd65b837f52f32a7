"""Breaks: where a series was measured anew, so that no line and no change leads across."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from provstats.reading.periods import parse_period
from provstats.store.breaks import breaks
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

__all__ = ["is_broken", "last_before", "may_be_crossed"]


def is_broken(indicator: str, region: str, first: str, last: str) -> bool:
    """Tell whether the series of a region was measured anew between two periods.

    Examples
    --------
    >>> (
    ...     is_broken("rd_intensity", "CN-TJ", "2018", "2023"),
    ...     is_broken("rd_intensity", "CN", "2018", "2023"),
    ... )
    (True, False)
    """
    start, end = parse_period(first).end, parse_period(last).end
    known = _breaks().get((indicator, region), ()) + _breaks().get((indicator, "*"), ())
    return any(start <= before and end >= after for before, after in known)


def may_be_crossed(rows: pd.DataFrame, *, asked: bool) -> bool:
    """Tell whether lines may lead across breaks: if asked to, and where rows are not our own.

    The breaks that are known are those of the documents of the shipped data.
    """
    return asked or not rows["source"].isin(source_ids()).any()


def last_before(indicator: str, codes: list[str], labels: list[str]) -> str:
    """Return the last of the periods after which none of the regions is measured anew, or none."""
    broken = [
        one
        for one in labels[:-1]
        if any(is_broken(indicator, code, one, labels[-1]) for code in codes)
    ]
    return broken[-1] if broken else ""


@cache
def _breaks() -> dict[tuple[str, str], tuple[tuple[date, date], ...]]:
    """Return the ends of the last period measured the old way and of the first measured anew."""
    found: dict[tuple[str, str], tuple[tuple[date, date], ...]] = {}
    for row in breaks().itertuples():
        key = str(row.indicator), str(row.region)
        ends = parse_period(str(row.before)).end, parse_period(str(row.after)).end
        found[key] = (*found.get(key, ()), ends)
    return found
