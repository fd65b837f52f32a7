"""Cells: where a row stands in a table of regions down and lines across.

A line is an indicator, a nature and a period. Where rows are dense enough the table is a matrix,
and finding a row is one look at its cell; where the matrix would be mostly empty, the cells are
sorted and searched, with the same answers.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from provstats.engines.memory.threads import each_block, width

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = ["DENSE", "SMALL", "Cells", "Matrix", "Sorted", "cells_of"]

#: So many cells for each row are worth their memory.
DENSE: Final = 8
#: A matrix of so few cells always is.
SMALL: Final = 1 << 16


class Cells(Protocol):
    """The rows of a panel by their cells."""

    cells: Ints
    lines: int
    regions: int

    @property
    def total(self) -> Ints:
        """How many rows each line has."""

    def twice(self) -> Bools | None:
        """Return which rows share a cell with another one, or None where none does."""

    def counts(self, regions: Bools) -> Ints:
        """Return how many rows of the regions each line has."""

    def find(self, cells: Ints) -> Ints:
        """Return the row in each cell, -1 where there is none."""


def cells_of(cells: Ints, regions: int, lines: int) -> Cells:
    """Return the rows by their cells, in a matrix if they fill enough of it.

    Parameters
    ----------
    cells : array of int
        The cell of each row: the number of its region times that of lines, and the line's number.
    regions, lines : int
        How many there are.
    """
    size = regions * lines
    kind = Matrix if size <= max(DENSE * len(cells), SMALL) else Sorted
    return kind(cells, regions, lines)


class Matrix:
    """A matrix of row numbers: regions down, lines across, -1 where there is no row."""

    def __init__(self, cells: Ints, regions: int, lines: int) -> None:
        self.cells, self.regions, self.lines = cells, regions, lines
        rows = np.empty(regions * lines, np.min_scalar_type(-len(cells)))

        def empty(block: slice) -> None:
            rows[block] = -1

        def fill(block: slice) -> None:
            numbers = np.arange(block.start, block.stop, dtype=rows.dtype)
            np.put(rows, cells[block], numbers, mode="clip")

        each_block(empty, len(rows))
        each_block(fill, len(cells))
        self.rows = rows.reshape(regions, lines)

    @cached_property
    def total(self) -> Ints:
        """How many rows each line has."""
        return self._counts(np.ones(self.regions, bool))

    def twice(self) -> Bools | None:
        """Return which rows share a cell with another one, or None where none does."""
        if self.total.sum() == len(self.cells):
            return None
        return Sorted(self.cells, self.regions, self.lines).twice()

    def counts(self, regions: Bools) -> Ints:
        """Return how many rows of the regions each line has."""
        if 2 * np.count_nonzero(regions) > len(regions):
            return self.total - self._counts(~regions)
        return self._counts(regions)

    def _counts(self, regions: Bools) -> Ints:
        chosen = np.flatnonzero(regions)
        kind = np.min_scalar_type(len(chosen))

        def work(block: slice) -> Ints:
            is_there = self.rows[chosen, block] >= 0
            counts: Ints = np.add.reduce(is_there.view(np.uint8), axis=0, dtype=kind)
            return counts

        found = np.concatenate(each_block(work, self.lines, width(len(chosen))))
        return found.astype(np.int64)

    def find(self, cells: Ints) -> Ints:
        """Return the row in each cell, -1 where there is none."""
        return self.rows.ravel().take(cells, mode="clip")


class Sorted:
    """The cells in order, and the rows that stand in them."""

    def __init__(self, cells: Ints, regions: int, lines: int) -> None:
        self.cells, self.regions, self.lines = cells, regions, lines
        self._order = cells.argsort(kind="stable")
        self._sorted = cells[self._order]

    @cached_property
    def total(self) -> Ints:
        """How many rows each line has."""
        return self.counts(np.ones(self.regions, bool))

    def twice(self) -> Bools | None:
        """Return which rows share a cell with another one, or None where none does."""
        alike = self._sorted[1:] == self._sorted[:-1]
        if not alike.any():
            return None
        rows = np.zeros(len(self.cells), bool)
        rows[self._order[1:][alike]] = rows[self._order[:-1][alike]] = True
        return rows

    def counts(self, regions: Bools) -> Ints:
        """Return how many rows of the regions each line has."""
        region, line = np.divmod(self.cells, self.lines)
        return np.bincount(line[regions[region]], minlength=self.lines)

    def find(self, cells: Ints) -> Ints:
        """Return the row in each cell, -1 where there is none."""
        places = np.minimum(np.searchsorted(self._sorted, cells), len(self._sorted) - 1)
        return np.where(self._sorted[places] == cells, self._order[places], -1)
