"""Matrices of values: regions down, lines across, NaN where there is none.

A line is an indicator, a nature and a period, a cell is a region in a line, and a slot is where the
value of a cell is kept. Where rows are dense enough every cell has a slot; where most cells would
be empty, those that are filled have theirs in order and are searched, with the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.engines.memory.threads import each_block, width

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]
    Values = NDArray[Any]
    # It gets the place of some columns in a `table`, and their lines.
    Work = Callable[[Any, Ints | slice], None]

__all__ = ["DENSE", "SMALL", "Dense", "Sparse", "matrix_of"]

#: So many cells for each row are worth their memory.
DENSE: Final = 8
#: A matrix of so few cells always is.
SMALL: Final = 1 << 16


def matrix_of(cells: Ints, regions: int, lines: int) -> Dense | Sparse:
    """Return the slots of rows by their cells, which are region times lines and line."""
    is_dense = regions * lines <= max(DENSE * len(cells), SMALL)
    return Dense(cells, regions, lines) if is_dense else Sparse(cells, lines)


class Dense:
    """A slot for each cell."""

    def __init__(self, cells: Ints, regions: int, lines: int) -> None:
        self.slots, self.lines, self.size = cells, lines, regions * lines

    def find(self, cells: Ints) -> Ints:
        """Return the slots of cells."""
        return cells

    def spread(self, column: Values, nothing: float = np.nan) -> Values:
        """Return the values of rows by slot."""
        spread = np.empty(self.size, column.dtype)

        def clear(block: slice) -> None:
            spread[block] = nothing

        def fill(block: slice) -> None:
            np.put(spread, self.slots[block], column[block], mode="clip")

        each_block(clear, self.size)
        each_block(fill, len(column))
        return spread

    def is_doubled(self, spread: Values, missing: Ints) -> bool:
        """Tell whether two rows have one cell, by their values and the rows without any."""
        counts = each_block(lambda block: np.count_nonzero(~np.isnan(spread[block])), self.size)
        empty = self.slots[missing]
        return (
            sum(map(int, counts)) + len(missing) < len(self.slots)
            or len(np.unique(empty)) < len(empty)
            or bool((~np.isnan(spread[empty])).sum())
        )

    def table(self, spread: Values) -> Values:
        """Return values by slot as a table of regions and lines."""
        return spread.reshape(-1, self.lines)

    def each_columns(self, work: Work, regions: Bools, lines: Bools, _: Ints | slice) -> None:
        """Do work on the cells of regions, for some lines at a time."""
        chosen = np.flatnonzero(regions)

        def some(block: slice) -> None:
            if lines[block].any():
                work((chosen, block), block)

        each_block(some, self.lines, width(len(chosen)))


class Sparse:
    """A slot for each row, in the order of their cells, and one more that is empty."""

    def __init__(self, cells: Ints, lines: int) -> None:
        order = cells.argsort(kind="stable")
        self.lines, self.size = lines, len(cells) + 1
        self._cells = cells[order]
        self.slots = np.empty_like(order)
        self.slots[order] = np.arange(len(order))

    def find(self, cells: Ints) -> Ints:
        """Return the slots of cells, the empty one where there is no row."""
        slots = np.minimum(np.searchsorted(self._cells, cells), self.size - 2)
        return np.where(self._cells[slots] == cells, slots, self.size - 1)

    def spread(self, column: Values, nothing: float = np.nan) -> Values:
        """Return the values of rows by slot."""
        spread = np.full(self.size, nothing, column.dtype)
        spread[self.slots] = column
        return spread

    def is_doubled(self, _: Values, __: Ints) -> bool:
        """Tell whether two rows have one cell."""
        return bool((self._cells[1:] == self._cells[:-1]).any())

    def table(self, spread: Values) -> Values:
        """Return values by slot as they are."""
        return spread

    def each_columns(self, work: Work, _: Bools, __: Bools, rows: Ints | slice) -> None:
        """Do work on the slots of rows, side by side those of lines that have as many rows."""
        slots = self.slots[rows]
        line = self._cells[slots] % self.lines
        count = np.bincount(line, minlength=self.lines)
        order = np.lexsort((line, count[line]))
        sizes = count[line[order]]
        for size in np.unique(sizes):
            first, last = np.searchsorted(sizes, [size, size + 1])
            alike = slots[order[first:last]].reshape(-1, size).T

            def some(block: slice, alike: Ints = alike) -> None:
                part = np.ascontiguousarray(alike[:, block])
                work(part, self._cells[part[0]] % self.lines)

            each_block(some, alike.shape[1], width(size))
