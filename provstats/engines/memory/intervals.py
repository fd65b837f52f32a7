"""Intervals: columns of values with their ends, of which exact values need only one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]

__all__ = ["Interval", "taken"]


class Interval(NamedTuple):
    """Values with the ends of their intervals; of exact values all three are one array."""

    value: Floats
    lower: Floats
    upper: Floats

    @property
    def is_exact(self) -> bool:
        """Whether the ends are the values themselves."""
        return self.lower is self.value and self.upper is self.value

    def at(self, places: Ints) -> Interval:
        """Return the values at some places.

        Parameters
        ----------
        places : array of int
            Where.
        """
        value = self.value.take(places, mode="clip")
        if self.is_exact:
            return Interval(value, value, value)
        return Interval(value, *(bound.take(places, mode="clip") for bound in self[1:]))

    def less(self, other: Interval) -> Interval:
        """Return the differences from other values, from the least one to the greatest.

        Parameters
        ----------
        other : Interval
            What is subtracted.
        """
        value = self.value - other.value
        if self.is_exact and other.is_exact:
            return Interval(value, value, value)
        return Interval(value, self.lower - other.upper, self.upper - other.lower)


def taken(values: Floats, rows: Ints | slice) -> Floats:
    """Return the values of rows, NaN for a row of -1.

    Parameters
    ----------
    values : array of float
        A column.
    rows : array of int or slice
        Which rows; a slice is a view.
    """
    if isinstance(rows, slice):
        return values[rows]
    found = values.take(rows, mode="clip")
    np.copyto(found, np.nan, where=rows < 0)
    return found
