"""Breaks: the rows since a series was last measured anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from provstats.engines.memory.breaks import breaks_of
from provstats.reading.periods import parse_period
from provstats.store.breaks import known_breaks
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    from provstats.engines.memory.breaks import Breaks
    from provstats.store.breaks import Break

__all__ = ["is_across_break", "is_made_anew", "since_last_break"]


def since_last_break(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep, of each indicator, the rows after its last break; known breaks are those of our data.

    A break of one province ends the comparison of all: they are compared with one another.
    """
    is_broken = rows["indicator"].isin(known_breaks()) & rows["source"].isin(source_ids())
    last = _last_of_old(rows[is_broken])
    groups = rows[["indicator", "period"]].drop_duplicates().itertuples(index=False)
    old = [(id_, label) for id_, label in groups if id_ in last and _end(label) <= last[id_]]
    keys = pd.MultiIndex.from_frame(rows[["indicator", "period"]])
    kept: pd.DataFrame = rows[~keys.isin(old)] if old else rows
    return kept


def is_across_break(rows: pd.DataFrame, own: Breaks | None, before: str, after: str) -> bool:
    """Tell whether two periods lie on two sides of a break, for any of the rows compared."""
    of_caller = breaks_of(own, rows["region"].unique())
    source = rows["source"] if "source" in rows else pd.Series("", rows.index)
    ours = rows.assign(source=source)[source.isin(source_ids())]
    return any(
        _has_sides(of, one, before, after)
        for of, listed in ((ours, known_breaks()), (rows.assign(source=""), of_caller))
        for id_ in of["indicator"].unique()
        for one in listed.get(str(id_), ())
    )


def _has_sides(rows: pd.DataFrame, one: Break, before: str, after: str) -> bool:
    """Tell whether a region has an old value in the first period and a new one in the second."""
    sides: dict[bool, set[str]] = {}
    for region, period, source in rows[["region", "period", "source"]].itertuples(index=False):
        if one.holds_for(region) and period in (before, after):
            is_anew = one.is_anew(period, source)
            if is_anew is not None and is_anew == (period == after):
                sides.setdefault(is_anew, set()).add(region)
    return bool(sides.get(True, set()) & sides.get(False, set()))


def is_made_anew(id_: str, region: str, period: str, sources: tuple[str, str]) -> bool:
    """Tell whether the second of two documents states a value of a measure that is new."""
    return any(
        one.holds_for(region)
        and not one.is_anew(period, sources[0])
        and bool(one.is_anew(period, sources[1]))
        for one in known_breaks().get(id_, ())
    )


def _last_of_old(rows: pd.DataFrame) -> dict[str, date]:
    """Return the last day measured the old way, of indicators that have rows on both sides."""
    last: dict[str, date] = {}
    for id_, own in rows.groupby("indicator", sort=False):
        stated = own[["region", "period", "source"]].drop_duplicates()
        found = [_last_before(stated, one) for one in known_breaks().get(str(id_), ())]
        last[str(id_)] = max(found, default=date.min)
    return last


def _last_before(stated: pd.DataFrame, one: Break) -> date:
    """Return the last day of what is on the old side of a break, if anything is on the new one."""
    near = stated[stated["region"].map(one.holds_for)]
    sides = {
        (label, source): one.is_anew(label, source)
        for label, source in near[["period", "source"]].drop_duplicates().itertuples(index=False)
    }
    if True not in sides.values():
        return date.min
    return max((_end(label) for (label, _), side in sides.items() if side is False),
               default=date.min)  # fmt: skip


def _end(label: str) -> date:
    return parse_period(label).end
