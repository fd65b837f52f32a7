"""Matrices of values: regions down, lines across, NaN where there is none.

A line is an indicator, a nature and a period, a cell is a region in a line, and a slot is where the
value of a cell is kept. Where rows are dense enough every cell has a slot; where most cells would
be empty, those that are filled have theirs in order and are searched, with the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.engines.memory.threads import choose_block_width, map_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.memory.arrays import Bools, Ints, Values

    # It gets the place of some columns in what `reshape_to_table` returns, and their lines.
    Work = Callable[[Any, Ints | slice], None]

__all__ = ["Matrix", "is_dense_enough"]

# So many cells for each row are worth their memory; a matrix of so few cells always is.
_DENSE: Final = 8
_SMALL: Final = 1 << 16


def is_dense_enough(size: int, rows: int) -> bool:
    """Tell whether so many cells may each have a slot."""
    return size <= max(_DENSE * rows, _SMALL)


class Matrix:
    """The slots of rows by their cells, each of which is region times lines and line."""

    def __init__(self, cells: Ints, regions: int, lines: int) -> None:
        self.lines, self.is_dense = lines, is_dense_enough(regions * lines, len(cells))
        self.slots, self.size = cells, regions * lines
        if not self.is_dense:  # after the last cell there is a slot that stays empty
            self._cells, self.slots = np.unique(cells, return_inverse=True)
            self.size = len(self._cells) + 1

    def find(self, cells: Ints) -> Ints:
        """Return the slots of cells, an empty one where there is no row."""
        if self.is_dense:
            return cells
        slots = np.minimum(np.searchsorted(self._cells, cells), self.size - 2)
        return np.where(self._cells[slots] == cells, slots, self.size - 1)

    def spread(self, column: Values, nothing: float = np.nan) -> Values:
        """Return the values of rows by slot."""
        spread = np.empty(self.size, column.dtype)

        def clear(block: slice) -> None:
            spread[block] = nothing

        def fill(block: slice) -> None:
            np.put(spread, self.slots[block], column[block], mode="clip")

        map_blocks(clear, self.size)
        map_blocks(fill, len(column))
        return spread

    def reshape_to_table(self, spread: Values) -> Values:
        """Return values by slot as a table of regions and lines, or as they are if they are few."""
        return spread.reshape(-1, self.lines) if self.is_dense else spread

    def apply_to_columns(self, work: Work, regions: Bools, rows: Ints | slice) -> None:
        """Do work on the cells of regions, or of rows, for some lines at a time."""
        if self.is_dense:
            chosen = np.flatnonzero(regions)
            map_blocks(
                lambda some: work((chosen, some), some), self.lines, choose_block_width(len(chosen))
            )
            return
        slots = self.slots[rows]
        line = self._cells[slots] % self.lines
        count = np.bincount(line, minlength=self.lines)
        order = np.lexsort((line, count[line]))
        sizes = count[line[order]]
        for size in np.unique(sizes):  # side by side are lines that have as many rows
            first, last = np.searchsorted(sizes, [size, size + 1])
            alike = slots[order[first:last]].reshape(-1, size).T

            def apply_to_block(block: slice, alike: Ints = alike) -> None:
                part = np.ascontiguousarray(alike[:, block])
                work(part, self._cells[part[0]] % self.lines)

            map_blocks(apply_to_block, alike.shape[1], choose_block_width(size))
