"""Ranks: places within the columns of a matrix, counted for many columns at once.

Counting who is ahead takes the square of the rows of a column, and is still quicker than sorting:
for some thirty regions it is a few instructions of the processor for each pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.uint8]

__all__ = ["TIES", "above", "range_of_ranks"]


def above(values: Floats, marks: Floats, compare: Any = np.greater) -> Counts:  # noqa: ANN401 - a ufunc
    """Count, for each mark, the values of its column that are above it.

    Parameters
    ----------
    values, marks : array of float
        Rows by columns, of one shape and at most 255 rows; NaN is above nothing, and nothing is
        above it.
    compare : ufunc
        Another comparison of a value with a mark.

    Examples
    --------
    >>> above(np.array([[3.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [2.0]])).tolist()
    [[2], [0], [1]]
    """
    counts = np.zeros(marks.shape, np.uint8)
    is_above = np.empty(marks.shape, bool)
    for turn in range(len(marks)):  # every mark meets the value so many rows further on
        rest = len(marks) - turn
        compare(values[turn:], marks[:rest], out=is_above[:rest])
        compare(values[:turn], marks[rest:], out=is_above[rest:])
        counts += is_above.view(np.uint8)
    return counts


def range_of_ranks(low: Floats, high: Floats) -> tuple[Counts, Counts]:
    """Return the best and the worst rank that intervals allow; who only touches is not ahead.

    Parameters
    ----------
    low, high : array of float
        Rows by columns, the ends of the intervals.
    """
    best = 1 + above(low, high)
    worst = 1 + above(high, low) - (high > low)
    return best, worst


def _min(value: Floats) -> Counts:
    return 1 + above(value, value)


def _max(value: Floats) -> Counts:
    return above(value, value, np.greater_equal)


def _dense(value: Floats) -> Counts:
    """Count only the first of those that are equal."""
    first = value.copy()
    for row in range(1, len(value)):
        np.copyto(first[row], np.nan, where=(value[:row] == value[row]).any(axis=0))
    return 1 + above(first, value)


#: The rank of equal values; the average is twice what it says, to stay whole.
TIES: Final[dict[str, Callable[[Floats], Counts]]] = {
    "min": _min,
    "max": _max,
    "average": lambda value: _min(value) + _max(value),
    "dense": _dense,
}
