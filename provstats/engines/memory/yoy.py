"""Changes over a year: as reported, of two levels, of a level and its additions, or an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from provstats.engines.memory.breaks import find_broken_cells
from provstats.engines.memory.changes import (
    METHODS,
    REASONS,
    Change,
    Rows,
    apply_methods,
    compare_methods,
    find_reasons,
)
from provstats.engines.memory.frames import decode_texts
from provstats.engines.memory.intervals import Interval, choose_values
from provstats.engines.memory.selection import select_first_nature
from provstats.engines.memory.threads import build_columns
from provstats.engines.memory.ways import PRICES, find_ways, list_change_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.engines.memory.arrays import Ints, Values
    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel


__all__ = ["measure_changes"]


def measure_changes(
    panel: Panel, breaks: Breaks | None, *, across_breaks: bool
) -> tuple[Ints | slice, Columns]:
    """Return the rows whose change is asked, and the columns of `provstats.yoy`."""
    chosen, ways = panel.compute_once(select_first_nature), panel.compute_once(find_ways)
    broken = find_broken_cells(panel, ways.earlier, breaks)[: 0 if across_breaks else None]
    may_lapse = bool(ways.new and ways.lapses.any())

    def build_block(block: slice) -> dict[tuple[str, ...], Values]:
        places = chosen.find_places(block)
        rows = Rows.from_panel(panel, places, broken)
        found = apply_methods(rows)
        first, method = _choose_first_method(found, rows, may_lapse=may_lapse)
        is_none, reason = method < 0, np.zeros(len(method), np.int8)
        if is_none.any():
            rest: Ints = np.flatnonzero(is_none)
            rest = rest + places.start if isinstance(places, slice) else places[rest]
            reason[is_none], most = find_reasons(Rows.from_panel(panel, rest, broken))
            if first.amount.ends is not None:
                first.amount.ends[1][is_none] = most
        own = np.where(method == 0, ways.prices_of_growth[rows.line], ways.prices[rows.line])
        return {
            **first.previous.name_columns("previous"),
            **first.amount.name_columns("yoy"),
            ("method",): method,
            ("months",): first.months,
            ("reason",): reason,
            ("conflict",): ~compare_methods(found, rows)[0],
            ("prices",): np.where(is_none, 0, own),
        }

    told: dict[tuple[str, ...], Any] = build_columns(build_block, chosen.size)
    method, months, reason, conflict, prices = (
        told.pop((name,)) for name in ("method", "months", "reason", "conflict", "prices")
    )
    return chosen.rows, {
        **told,
        ("yoy_unit",): list_change_units(panel, chosen),
        ("method",): decode_texts(METHODS, method),
        ("months",): pd.arrays.IntegerArray(months, method < 0),
        ("reason",): decode_texts(REASONS, reason),
        ("conflict",): conflict,
        ("prices",): decode_texts(PRICES, prices),
        ("left_out",): chosen.count_left_out(panel),
    }


def _choose_first_method(
    found: Mapping[str, Change], rows: Rows, *, may_lapse: bool
) -> tuple[Change, Ints]:
    """Return each row's change by the first method that applies, and the place of this method."""
    method, nothing = np.full(len(rows.line), -1, np.int8), rows.nothing
    none = nothing if rows.now.is_exact else Interval.from_ends(*(nothing.value,) * 3)
    amount = Interval.from_ends(*(nothing.value,) * 3) if may_lapse else none
    first = Change(amount, none, np.zeros(len(rows.line), np.int64))
    for name, change in reversed([*found.items()]):
        applies = ~np.isnan(change.amount.value)
        method[applies] = METHODS.index(name)
        first = Change(
            choose_values(applies, change.amount, first.amount),
            choose_values(applies, change.previous, first.previous),
            np.where(applies, change.months, first.months),
        )
    if len(found) > 1 and "levels" in found:  # a base that is reported goes before any other
        earlier = found["levels"].previous
        is_there = ~np.isnan(earlier.value) & (method >= 0)
        first = first._replace(previous=choose_values(is_there, earlier, first.previous))
    return first, method
