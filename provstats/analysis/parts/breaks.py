"""Breaks: the rows since a series was last measured anew."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd

from provstats.reading.periods import parse_period
from provstats.store.breaks import breaks as known_breaks
from provstats.store.sources import source_ids

__all__ = ["since_last_break"]

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
