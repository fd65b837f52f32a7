"""Ranks: places within the columns of a matrix, counted for many columns at once.

Counting who is ahead takes the square of the rows of a column, and is still quicker than sorting
for some thirty regions: it is a few instructions of the processor for each pair. Of hundreds each
column is sorted and searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.unsignedinteger[Any]]

__all__ = ["TIES", "above", "counts_up_to", "range_of_ranks"]

# From so many rows on a column is sorted.
_MANY: Final = 256


def counts_up_to(rows: int) -> np.dtype[np.unsignedinteger[Any]]:
    """Return the smallest type that holds twice a rank among so many rows.

    Parameters
    ----------
    rows : int
        How many there are.

    Examples
    --------
    >>> counts_up_to(31), counts_up_to(3000)
    (dtype('uint8'), dtype('uint16'))
    """
    return np.min_scalar_type(2 * rows + 1)


def above(values: Floats, marks: Floats, *, or_equal: bool = False) -> Counts:
    """Count, for each mark, the values of its column that are above it.

    Parameters
    ----------
    values, marks : array of float
        Rows by columns, of one shape; NaN is above nothing, and nothing is above it.
    or_equal : bool
        Whether those that are equal to it count too.

    Examples
    --------
    >>> above(np.array([[3.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [2.0]])).tolist()
    [[2], [0], [1]]
    """
    counts = np.zeros(marks.shape, counts_up_to(len(marks)))
    (_count if len(marks) < _MANY else _search)(values, marks, counts, or_equal)
    return counts


def _count(values: Floats, marks: Floats, counts: Counts, or_equal: bool) -> None:  # noqa: FBT001
    compare = np.greater_equal if or_equal else np.greater
    is_above = np.empty(marks.shape, bool)
    for turn in range(len(marks)):  # every mark meets the value so many rows further on
        rest = len(marks) - turn
        compare(values[turn:], marks[:rest], out=is_above[:rest])
        compare(values[:turn], marks[rest:], out=is_above[rest:])
        counts += is_above.view(np.uint8)


def _search(values: Floats, marks: Floats, counts: Counts, or_equal: bool) -> None:  # noqa: FBT001
    in_order = np.sort(values.T)
    known = np.count_nonzero(~np.isnan(in_order), axis=1)  # NaN stand at the end
    for column, (some, count) in enumerate(zip(in_order, known, strict=True)):
        below = some[:count].searchsorted(marks[:, column], "left" if or_equal else "right")
        counts[:, column] = count - below


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
    return above(value, value, or_equal=True)


def _dense(value: Floats) -> Counts:
    """Count only the first of those that are equal."""
    order = value.argsort(axis=0, kind="stable")
    in_order = np.take_along_axis(value, order, axis=0)
    in_order[1:][in_order[1:] == in_order[:-1]] = np.nan
    first = np.empty_like(value)
    np.put_along_axis(first, order, in_order, axis=0)
    return 1 + above(first, value)


#: The rank of equal values; the average is twice what it says, to stay whole.
TIES: Final[dict[str, Callable[[Floats], Counts]]] = {
    "min": _min,
    "max": _max,
    "average": lambda value: _min(value) + _max(value),
    "dense": _dense,
}
