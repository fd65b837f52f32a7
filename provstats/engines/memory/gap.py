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
from provstats.engines.memory.threads import each_block
from provstats.errors import IncomparableError
from provstats.reading.units import unit_of_distance

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.national import Benchmark
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection

    Ints = NDArray[np.integer[Any]]

__all__ = ["gaps", "shares"]

_NO_GAP: Final = (
    "provinces add up to the nation in {}: a gap to the sum is no finding; share_of_national(x) "
    "gives the part of each"
)
_NO_SHARE: Final = (
    "provinces do not add up to the nation in {}; gap_to_national(x) gives the distance of each"
)


def gaps(panel: Panel, national: Benchmark) -> tuple[Ints | None, Columns]:
    """Return the rows that are measured, and the columns of `provstats.gap_to_national`."""
    chosen = _chosen(panel, _NO_GAP, additive=False)
    told, left_out = _measured(panel, chosen, national, "gap", Interval.minus)
    told["gap_unit",] = unit_texts(panel, chosen, unit_of_distance)
    return chosen.rows, {**told, ("left_out",): left_out}


def shares(panel: Panel, national: Benchmark) -> tuple[Ints | None, Columns]:
    """Return the rows that are measured, and the columns of `provstats.share_of_national`."""
    chosen = _chosen(panel, _NO_SHARE, additive=True)
    told, left_out = _measured(panel, chosen, national, "share", _share)
    return chosen.rows, {**told, ("left_out",): left_out}


def _share(value: Interval, nation: Interval) -> Interval:
    """Return values in percent of the nation's, of which nothing is a part where it is not more."""
    is_positive = nation.value > 0
    share = value.over(nation.each(lambda end: np.where(is_positive, end, np.nan)))
    return share.each(lambda end: np.where(is_positive, end * 100, np.nan))


def _chosen(panel: Panel, why: str, *, additive: bool) -> Selection:
    """Keep what adds up to the nation, or what does not; refuse if nothing is left."""
    chosen = panel.once(compared_provinces)
    found = narrowed(panel, chosen, panel.once(additive_lines) == additive)
    if not (found.size(panel) or panel.is_part):
        raise IncomparableError(why.format(listed(panel, chosen.lines & (chosen.n > 0))))
    return found


def _measured(
    panel: Panel,
    chosen: Selection,
    national: Benchmark,
    name: str,
    measure: Callable[[Interval, Interval], Interval],
) -> tuple[dict[tuple[str, ...], Any], Ints]:
    """Return the columns of the nation, those of the measure, and how many rows are left out."""
    known = benchmarks(panel, chosen, national, f"_{name}")
    size = chosen.size(panel)
    nation = Interval.empty(size, exact=known.marks.is_exact)
    found = Interval.empty(size, exact=known.marks.is_exact and panel.interval.is_exact)
    basis, source = np.empty(size, np.int8), np.empty(size, np.int32)
    left_out = np.empty(size, np.int32)

    def work(block: slice) -> None:
        places = chosen.places(block)
        line = panel.line_of(places)
        at = line if known.places is None else known.places[places]
        mark = known.marks.at(at)
        nation.fill(block, mark)
        found.fill(block, measure(panel.interval.at(places), mark))
        basis[block] = known.basis.take(at, mode="clip")
        source[block] = known.source.take(at, mode="clip")
        left_out[block] = chosen.left_out.take(line, mode="clip")

    each_block(work, size)
    return {
        **nation.columns("national"),
        ("national_basis",): texts(BASES, basis),
        ("national_source",): texts(known.sources, source),
        **found.columns(name),
    }, left_out
