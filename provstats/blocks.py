"""Blocks: long columns are worked on piece by piece, so that a piece stays in the cache.

numpy frees the interpreter's lock inside its loops, so two pieces run on two cores.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import current_thread
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["COLUMNS", "ROWS", "THREADS", "each_block"]

T = TypeVar("T")

_NAME: Final = "provstats"

#: Rows of a block: a column of it fits the second cache, and a call to numpy is small beside it.
ROWS: Final = 1 << 18
#: Columns of a block of a matrix of regions: what some rows say of all fits the second cache.
COLUMNS: Final = 1 << 12
#: More do not help: what numpy does between its loops holds the lock.
THREADS: Final = min(4, os.cpu_count() or 1)


def each_block(work: Callable[[slice], T], length: int, rows: int = ROWS) -> list[T]:
    """Return what the work makes of each block of a length, in order.

    Parameters
    ----------
    work : callable
        It gets the slice of a block; it may run beside another.
    length : int
        How many rows there are in all.
    rows : int
        How many of them one block has.

    Examples
    --------
    >>> each_block(lambda block: block.stop - block.start, 5, rows=2)
    [2, 2, 1]
    """
    blocks = [slice(first, min(first + rows, length)) for first in range(0, length, rows)]
    # Blocks within a block: its thread would wait for itself, were they handed to the threads.
    if len(blocks) == 1 or current_thread().name.startswith(_NAME):
        return [work(block) for block in blocks]
    return list(_threads(os.getpid()).map(work, blocks))


@cache
def _threads(process: int) -> ThreadPoolExecutor:  # noqa: ARG001 - a fork has none of its parent's
    """Return the threads of a process: to start them anew takes longer than a block."""
    return ThreadPoolExecutor(THREADS, _NAME)
