"""Breaks: the rows since a series was last measured anew."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from provstats.engines.memory.breaks import checked_breaks
from provstats.reading.periods import parse_period
from provstats.store.breaks import breaks as known_breaks
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    from provstats.engines.memory.breaks import Breaks

__all__ = ["is_across_break", "since_last_break"]

_ALL = "*"


def since_last_break(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep, of each indicator, the rows after its last break; known breaks are those of our data.

    A break of one province ends the comparison of all: they are compared with one another.
    """
    last = _last_of_old(rows[rows["source"].isin(source_ids())], _known())
    groups = rows[["indicator", "period"]].drop_duplicates().itertuples(index=False)
    old = [(id_, label) for id_, label in groups if id_ in last and _end(label) <= last[id_]]
    keys = pd.MultiIndex.from_frame(rows[["indicator", "period"]])
    kept: pd.DataFrame = rows[~keys.isin(old)] if old else rows
    return kept


def is_across_break(rows: pd.DataFrame, own: Breaks | None, before: str, after: str) -> bool:
    """Tell whether a break lies between two periods, for any of the rows that are compared."""
    ours = rows[rows["source"].isin(source_ids())] if "source" in rows else rows.head(0)
    given = _known().head(0) if own is None else checked_breaks(own, rows["region"].unique())
    return any(
        row.indicator in set(known["indicator"])
        and (row.region == _ALL or row.region in set(known["region"]))
        and _end(before) <= _end(str(row.before))
        and _end(str(row.after)) <= _end(after)
        for known, listed in ((ours, _known()), (rows, given))
        for row in listed.itertuples()
    )


@cache
def _known() -> pd.DataFrame:
    return known_breaks()


def _last_of_old(rows: pd.DataFrame, breaks: pd.DataFrame) -> dict[str, date]:
    """Return the last day measured the old way, of indicators that have rows on both sides."""
    near = breaks[breaks["indicator"].isin(rows["indicator"].unique())]
    near = near[near["region"].isin([_ALL, *rows["region"].unique()])]
    last: dict[str, date] = {}
    for id_, label in near[["indicator", "before"]].drop_duplicates().itertuples(index=False):
        periods = rows.loc[rows["indicator"] == id_, "period"].unique()
        if any(_end(period) > _end(label) for period in periods):
            last[id_] = max(_end(label), last.get(id_, date.min))
    return last


def _end(label: str) -> date:
    return parse_period(label).end
