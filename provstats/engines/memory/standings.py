"""Standings: the rank of every row in its indicator and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from provstats.engines.memory.intervals import Interval, taken
from provstats.engines.memory.matrix import Matrix
from provstats.engines.memory.rank import TIES, counts_up_to, range_of_ranks
from provstats.engines.memory.threads import each_block, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Group

    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]
    Counts = NDArray[np.unsignedinteger[Any]]

__all__ = ["Standings", "standings"]


class Standings(NamedTuple):
    """Tables of ranks: the rank, and where they differ from it the best and the worst one.

    Parameters
    ----------
    tables : list of array
        One, two (the range is a point) or three tables.
    is_by_cell : bool
        Whether they are by cell; otherwise by row.
    """

    tables: list[Counts]
    is_by_cell: bool

    def at(self, places: Ints | slice, cells: Ints) -> tuple[Counts, Counts, Counts]:
        """Return the rank, the best and the worst one of rows and of their cells.

        Parameters
        ----------
        places : array of int or slice
            The rows.
        cells : array of int
            Their cells.
        """
        if self.is_by_cell:
            found = [table.take(cells, mode="clip") for table in self.tables]
        else:
            found = [table[places] for table in self.tables]
        rank, *ranges = found
        best, *worst = ranges or [rank]
        return rank, best, worst[0] if worst else best


def standings(
    panel: Panel, group: Group, ascending: Bools, *, ties: str, bounds: bool
) -> Standings:
    """Rank the rows of a group.

    Parameters
    ----------
    panel : Panel
        The rows.
    group : Group
        Which of them are ranked.
    ascending : array of bool
        For each line, whether the least value is first.
    ties : str
        One of `provstats.engines.memory.rank.TIES`; an average rank is doubled.
    bounds : bool
        Whether the range uses the bounds.
    """
    tables = _Tables(panel, group, ascending, ties, is_ranged=bounds and not panel.values.is_exact)
    if isinstance(panel.cells, Matrix):
        return tables.of_matrix(panel.cells)
    return tables.of_sorted()


class _Tables:
    """The rows of a group as matrices of values, ranked some columns at a time."""

    def __init__(
        self, panel: Panel, group: Group, ascending: Bools, ties: str, *, is_ranged: bool
    ) -> None:
        self._panel, self._group, self._ascending = panel, group, ascending
        self._ties, self._is_ranged = ties, is_ranged

    def _ranked(self, ends: Interval, lines: Ints | slice) -> Iterator[Counts]:
        """Rank values within each column; NaN is none."""
        if self._ascending[lines].any():
            ends = _turned(ends, self._ascending[lines])
        yield TIES[self._ties](ends.value)
        if self._is_ranged:
            yield from range_of_ranks(ends.lower, ends.upper)
        elif self._ties != "min":
            yield TIES["min"](ends.value)

    def of_matrix(self, cells: Matrix) -> Standings:
        """Rank the regions of each line of a matrix."""
        regions = np.flatnonzero(self._group.regions)
        kind = counts_up_to(len(regions))
        tables = [np.zeros(cells.rows.shape, kind) for _ in range(self._count)]

        def work(lines: slice) -> None:
            if not self._group.lines[lines].any():
                return
            ends = self._ends(cells.rows[regions, lines])
            for table, ranks in zip(tables, self._ranked(ends, lines), strict=True):
                table[regions, lines] = ranks

        each_block(work, cells.lines, width(len(regions)))
        return Standings([table.ravel() for table in tables], is_by_cell=True)

    def _ends(self, rows: Ints) -> Interval:
        """Return the values of rows, with the ends of their intervals if these are asked for."""
        if self._is_ranged:
            return self._panel.interval(rows)
        value = taken(self._panel.value, rows)
        return Interval(value, value, value)

    @property
    def _count(self) -> int:
        return 3 if self._is_ranged else 1 if self._ties == "min" else 2

    def of_sorted(self) -> Standings:
        """Rank the rows of each line, put into columns of lines that have as many rows."""
        cells, lines = self._panel.cells.cells, self._panel.cells.lines
        rows = np.arange(len(cells)) if self._group.rows is None else self._group.rows
        line = cells[rows] % lines
        count = np.bincount(line, minlength=lines)
        order = np.lexsort((line, count[line]))
        tables = [np.zeros(len(cells), counts_up_to(count.max())) for _ in range(self._count)]
        sizes = count[line[order]]
        for size in np.unique(sizes):
            of_size = rows[
                order[np.searchsorted(sizes, size) : np.searchsorted(sizes, size, "right")]
            ]
            matrix = of_size.reshape(-1, size).T

            def work(some: slice, matrix: Ints = matrix) -> None:
                part = np.ascontiguousarray(matrix[:, some])
                of_lines = cells[part[0]] % lines
                for table, ranks in zip(
                    tables, self._ranked(self._ends(part), of_lines), strict=True
                ):
                    table[part] = ranks

            each_block(work, matrix.shape[1], width(size))
        return Standings(tables, is_by_cell=False)


def _turned(ends: Interval, ascending: Bools) -> Interval:
    """Turn the values of some columns so that the greater is ahead."""
    sign = np.where(ascending, -1.0, 1.0)
    if ends.is_exact:
        value = ends.value * sign
        return Interval(value, value, value)
    lower = np.where(ascending, -ends.upper, ends.lower)
    upper = np.where(ascending, -ends.lower, ends.upper)
    return Interval(ends.value * sign, lower, upper)
