"""Blocks: long columns are worked on piece by piece, so that a piece stays in the cache.

numpy frees the interpreter's lock inside its loops, so two pieces run on two cores.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import current_thread
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from provstats.engines.memory.arrays import Values


__all__ = ["ROWS", "build_column", "build_columns", "choose_block_width", "map_blocks"]

T = TypeVar("T")
Name = TypeVar("Name", bound="Hashable")

_NAME: Final = "provstats"

#: Rows of a block: a column of it fits the second cache, and a call to numpy is small beside it.
ROWS: Final = 1 << 18
# Cells of a block of a matrix: their values fit the second cache.
_CELLS: Final = 1 << 17
# Columns of such a block at least, for they lie side by side.
_COLUMNS: Final = 16
# More do not help: what numpy does between its loops holds the lock.
_THREADS: Final = min(4, os.cpu_count() or 1)


def map_blocks(work: Callable[[slice], T], length: int, rows: int = ROWS) -> list[T]:
    """Return what the work makes of each block of a length, in order.

    Examples
    --------
    >>> map_blocks(lambda block: block.stop - block.start, 5, rows=2)
    [2, 2, 1]
    """
    blocks = [slice(first, min(first + rows, length)) for first in range(0, length, rows)]
    # Blocks within a block: its thread would wait for itself, were they handed to the threads.
    if len(blocks) == 1 or current_thread().name.startswith(_NAME):
        return [work(block) for block in blocks]
    return list(_make_threads(os.getpid()).map(work, blocks))


def build_columns(
    work: Callable[[slice], Mapping[Name, Values]], length: int
) -> dict[Name, Values]:
    """Return the columns of which the work makes a block at a time; an empty one tells their types.

    Examples
    --------
    >>> int(build_columns(lambda block: {"twice": 2 * np.arange(9)[block]}, 9)["twice"].sum())
    72
    """
    if length <= ROWS:
        return {name: np.array(part) for name, part in work(slice(0, length)).items()}
    columns = {name: np.empty(length, part.dtype) for name, part in work(slice(0, 0)).items()}

    def fill(block: slice) -> None:
        for name, part in work(block).items():
            columns[name][block] = part

    map_blocks(fill, length)
    return columns


def build_column(work: Callable[[slice], Values], length: int) -> Values:
    """Return the column of which the work makes a block at a time."""
    return build_columns(lambda block: {"": work(block)}, length)[""]


def choose_block_width(rows: int) -> int:
    """Return how many columns a block of a matrix of so many rows has.

    Examples
    --------
    >>> choose_block_width(32), choose_block_width(100_000)
    (4096, 16)
    """
    return max(_COLUMNS, _CELLS // max(1, rows))


@cache
def _make_threads(process: int) -> ThreadPoolExecutor:  # noqa: ARG001 - a fork has none of its parent's
    """Return the threads of a process: to start them anew takes longer than a block."""
    return ThreadPoolExecutor(_THREADS, _NAME)
