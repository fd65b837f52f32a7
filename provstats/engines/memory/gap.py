"""Gaps and shares: how far each province is from the nation, and which part of it it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.engines.memory.frames import texts
from provstats.engines.memory.intervals import Interval
from provstats.engines.memory.national import BASES, benchmarks
from provstats.engines.memory.selection import (
    additive_lines,
    compared_provinces,
    listed,
    narrowed,
    unit_texts,
)
from provstats.engines.memory.threads import columns_of
from provstats.errors import IncomparableError
from provstats.reading.units import unit_of_distance

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.memory.arrays import Ints, Values
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.national import Benchmark
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection


__all__ = ["gaps", "shares"]

_NO_GAP: Final = (
    "provinces add up to the nation in {}: a gap to the sum is no finding; share_of_national(x) "
    "gives the part of each"
)
_NO_SHARE: Final = (
    "provinces do not add up to the nation in {}; gap_to_national(x) gives the distance of each"
)


def gaps(panel: Panel, national: Benchmark) -> tuple[Ints | slice, Columns]:
    """Return the rows that are measured, and the columns of `provstats.gap_to_national`."""
    chosen = _chosen(panel, _NO_GAP, additive=False)
    columns = _measured(panel, chosen, national, "gap", Interval.minus)
    left_out = columns.pop(("left_out",))
    unit = unit_texts(panel, chosen, unit_of_distance)
    return chosen.rows, {**columns, ("gap_unit",): unit, ("left_out",): left_out}


def shares(panel: Panel, national: Benchmark) -> tuple[Ints | slice, Columns]:
    """Return the rows that are measured, and the columns of `provstats.share_of_national`."""
    chosen = _chosen(panel, _NO_SHARE, additive=True)
    return chosen.rows, _measured(panel, chosen, national, "share", _share)


def _share(value: Interval, nation: Interval) -> Interval:
    """Return values in percent of the nation's; NaN where that of the nation is not positive."""
    is_positive = nation.value > 0
    share = value.over(nation.each(lambda end: np.where(is_positive, end, np.nan)))
    return share.each(lambda end: np.where(is_positive, end * 100, np.nan))


def _chosen(panel: Panel, why: str, *, additive: bool) -> Selection:
    """Keep what adds up to the nation, or what does not; refuse if nothing is left."""
    chosen = panel.once(compared_provinces)
    found = narrowed(panel, chosen, panel.once(additive_lines) == additive)
    if not (found.size or panel.is_part):
        raise IncomparableError(why.format(listed(panel, chosen.is_compared)))
    return found


def _measured(
    panel: Panel,
    chosen: Selection,
    national: Benchmark,
    name: str,
    measure: Callable[[Interval, Interval], Interval],
) -> dict[tuple[str, ...], Any]:
    """Return the columns of the nation, those of the measure, and how many rows are left out."""
    known = benchmarks(panel, chosen, national, name)

    def work(block: slice) -> dict[tuple[str, ...], Values]:
        places = chosen.places(block)
        line = panel.line_of(places)
        at = line if known.places is None else known.places[places]
        mark = known.marks.at(at)
        return {
            **mark.columns("national"),
            ("national_basis",): known.basis.take(at, mode="clip"),
            ("national_source",): known.source.take(at, mode="clip"),
            **measure(panel.interval.at(places), mark).columns(name),
            ("left_out",): chosen.left_out.take(line, mode="clip").astype(np.int32),
        }

    columns: dict[tuple[str, ...], Any] = columns_of(work, chosen.size)
    for column, words in (("national_basis",), BASES), (("national_source",), known.sources):
        columns[column] = texts(words, columns[column])
    return columns
