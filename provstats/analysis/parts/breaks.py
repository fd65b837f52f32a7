"""Breaks: the rows since a series was last measured anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from provstats.engines.memory.breaks import Measured, day_of, listed_breaks
from provstats.errors import one_of
from provstats.reading.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provstats.engines.memory.breaks import Break, Breaks

__all__ = ["since_last_break"]


def since_last_break(
    rows: pd.DataFrame, own: Breaks | None = None, *, across_breaks: bool = False
) -> pd.DataFrame:
    """Keep, of each indicator, the periods since its last break, a known or a caller's own.

    A break of one province ends the comparison of all: they are compared with one another.
    """
    one_of("across_breaks", across_breaks, (True, False))
    listed = listed_breaks(own, rows["region"].unique())
    if across_breaks:
        return rows
    near = [one for one in listed if one.indicator in set(rows["indicator"])]
    old = {key for one in near for key in _of_old(rows, one)}
    keys = pd.MultiIndex.from_frame(rows[["indicator", "period"]])
    kept: pd.DataFrame = rows[~keys.isin([*old])] if old else rows
    return kept


def _of_old(rows: pd.DataFrame, one: Break) -> Iterator[tuple[str, str]]:
    """Return indicator and period of what is measured the old way, where there is a new way too."""
    values = [*_measured(rows, one)]
    if any(one.is_new(value) for _, value in values):
        yield from ((one.indicator, label) for label, value in values if one.is_old(value))


def _measured(rows: pd.DataFrame, one: Break) -> Iterable[tuple[str, Measured]]:
    """Return the values of the regions that a break is of; known ones are of our documents."""
    own = rows[(rows["indicator"] == one.indicator) & rows["region"].map(one.is_of)]
    for label, source in own[["period", "source"]].drop_duplicates().itertuples(index=False):
        if (day := day_of(source)) or not one.day:
            yield label, Measured(parse_period(label).end, day)
