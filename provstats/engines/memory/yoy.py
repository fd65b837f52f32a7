"""Changes over a year: as reported, of two levels, of a level and its additions, or an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from provstats.engines.memory.breaks import broken_cells
from provstats.engines.memory.changes import (
    METHODS,
    REASONS,
    Change,
    Rows,
    agreement,
    changes,
    reasons_of,
)
from provstats.engines.memory.frames import texts
from provstats.engines.memory.intervals import Interval, where
from provstats.engines.memory.selection import of_first_nature
from provstats.engines.memory.threads import columns_of
from provstats.engines.memory.ways import PRICES, unit_of_changes, ways_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.engines.memory.arrays import Ints, Values
    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel


__all__ = ["yoys"]


def yoys(
    panel: Panel, breaks: Breaks | None, *, across_breaks: bool
) -> tuple[Ints | slice, Columns]:
    """Return the rows whose change is asked, and the columns of `provstats.yoy`."""
    chosen, ways = panel.once(of_first_nature), panel.once(ways_of)
    broken = broken_cells(panel, ways.earlier, breaks)[: 0 if across_breaks else None]
    may_lapse = bool(ways.new and ways.lapses.any())

    def work(block: slice) -> dict[tuple[str, ...], Values]:
        places = chosen.places(block)
        rows = Rows.of(panel, places, broken)
        found = changes(rows)
        first, method = _first(found, rows, may_lapse=may_lapse)
        is_none, reason = method < 0, np.zeros(len(method), np.int8)
        if is_none.any():
            rest: Ints = np.flatnonzero(is_none)
            rest = rest + places.start if isinstance(places, slice) else places[rest]
            reason[is_none], most = reasons_of(Rows.of(panel, rest, broken))
            if first.amount.ends is not None:
                first.amount.ends[1][is_none] = most
        own = np.where(method == 0, ways.prices_of_growth[rows.line], ways.prices[rows.line])
        return {
            **first.previous.columns("previous"),
            **first.amount.columns("yoy"),
            ("method",): method,
            ("months",): first.months,
            ("reason",): reason,
            ("conflict",): ~agreement(found, rows)[0],
            ("prices",): np.where(is_none, 0, own),
        }

    told: dict[tuple[str, ...], Any] = columns_of(work, chosen.size)
    method, months, reason, conflict, prices = (
        told.pop((name,)) for name in ("method", "months", "reason", "conflict", "prices")
    )
    return chosen.rows, {
        **told,
        ("yoy_unit",): unit_of_changes(panel, chosen),
        ("method",): texts(METHODS, method),
        ("months",): pd.arrays.IntegerArray(months, method < 0),
        ("reason",): texts(REASONS, reason),
        ("conflict",): conflict,
        ("prices",): texts(PRICES, prices),
        ("left_out",): chosen.left_out_of_rows(panel),
    }


def _first(found: Mapping[str, Change], rows: Rows, *, may_lapse: bool) -> tuple[Change, Ints]:
    """Return each row's change by the first method that applies, and the place of this method."""
    method, nothing = np.full(len(rows.line), -1, np.int8), rows.nothing
    none = nothing if rows.now.is_exact else Interval.of(*(nothing.value,) * 3)
    amount = Interval.of(*(nothing.value,) * 3) if may_lapse else none
    first = Change(amount, none, np.zeros(len(rows.line), np.int64))
    for name, change in reversed([*found.items()]):
        applies = ~np.isnan(change.amount.value)
        method[applies] = METHODS.index(name)
        first = Change(
            where(applies, change.amount, first.amount),
            where(applies, change.previous, first.previous),
            np.where(applies, change.months, first.months),
        )
    if len(found) > 1 and "levels" in found:  # a base that is reported goes before any other
        earlier = found["levels"].previous
        is_there = ~np.isnan(earlier.value) & (method >= 0)
        first = first._replace(previous=where(is_there, earlier, first.previous))
    return first, method
