"""Gaps and shares: how far each province is from the nation, and which part of it it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.engines.memory.frames import decode_texts
from provstats.engines.memory.intervals import Interval
from provstats.engines.memory.national import BASES, find_benchmarks
from provstats.engines.memory.selection import (
    convert_units,
    find_additive_lines,
    keep_lines,
    list_lines,
    select_provinces,
)
from provstats.engines.memory.threads import build_columns
from provstats.errors import IncomparableError
from provstats.reading.units import find_difference_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.memory.arrays import Ints, Values
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.national import Benchmark
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection


__all__ = ["measure_gaps", "measure_shares"]

_NO_GAP: Final = (
    "provinces add up to the nation in {}: a gap to the sum is no finding; share_of_national(x) "
    "gives the part of each"
)
_NO_SHARE: Final = (
    "provinces do not add up to the nation in {}; gap_to_national(x) gives the distance of each"
)


def measure_gaps(panel: Panel, national: Benchmark) -> tuple[Ints | slice, Columns]:
    """Return the rows that are measured, and the columns of `provstats.gap_to_national`."""
    chosen = _select_by_additive(panel, _NO_GAP, additive=False)
    columns = _measure_rows(panel, chosen, national, "gap", Interval.subtract)
    left_out = columns.pop(("left_out",))
    unit = convert_units(panel, chosen, find_difference_unit)
    return chosen.rows, {**columns, ("gap_unit",): unit, ("left_out",): left_out}


def measure_shares(panel: Panel, national: Benchmark) -> tuple[Ints | slice, Columns]:
    """Return the rows that are measured, and the columns of `provstats.share_of_national`."""
    chosen = _select_by_additive(panel, _NO_SHARE, additive=True)
    return chosen.rows, _measure_rows(panel, chosen, national, "share", _compute_share)


def _compute_share(value: Interval, nation: Interval) -> Interval:
    """Return values in percent of the nation's; NaN where that of the nation is not positive."""
    is_positive = nation.value > 0
    share = value.divide(nation.map(lambda end: np.where(is_positive, end, np.nan)))
    return share.map(lambda end: np.where(is_positive, end * 100, np.nan))


def _select_by_additive(panel: Panel, why: str, *, additive: bool) -> Selection:
    """Keep what adds up to the nation, or what does not; refuse if nothing is left."""
    chosen = panel.compute_once(select_provinces)
    found = keep_lines(panel, chosen, panel.compute_once(find_additive_lines) == additive)
    if not (found.size or panel.is_part):
        raise IncomparableError(why.format(list_lines(panel, chosen.is_compared)))
    return found


def _measure_rows(
    panel: Panel,
    chosen: Selection,
    national: Benchmark,
    name: str,
    measure: Callable[[Interval, Interval], Interval],
) -> dict[tuple[str, ...], Any]:
    """Return the columns of the nation, those of the measure, and how many rows are left out."""
    known = find_benchmarks(panel, chosen, national, name)

    def build_block(block: slice) -> dict[tuple[str, ...], Values]:
        places = chosen.find_places(block)
        line = panel.find_lines(places)
        at = line if known.places is None else known.places[places]
        mark = known.marks.take(at)
        return {
            **mark.name_columns("national"),
            ("national_basis",): known.basis.take(at, mode="clip"),
            ("national_source",): known.source.take(at, mode="clip"),
            **measure(panel.interval.take(places), mark).name_columns(name),
            ("left_out",): chosen.left_out.take(line, mode="clip").astype(np.int32),
        }

    columns: dict[tuple[str, ...], Any] = build_columns(build_block, chosen.size)
    for column, words in (("national_basis",), BASES), (("national_source",), known.sources):
        columns[column] = decode_texts(words, columns[column])
    return columns
