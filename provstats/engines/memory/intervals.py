"""Intervals: values with the ends between which they lie; exact values need no ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.memory.arrays import Bools, Floats, Ints


__all__ = ["TOUCH", "Interval", "add_tolerance", "choose_values", "mask_values"]

#: Two intervals touch if they are this near: it absorbs the rounding of binary arithmetic.
TOUCH: Final = 1e-9


def add_tolerance(end: Floats) -> Floats:
    """Return the ends beyond which another one does not merely touch."""
    return end + TOUCH * np.maximum(1.0, np.abs(end))


class Interval(NamedTuple):
    """Values, and the lower and the upper ends of their intervals; None where all are exact."""

    value: Floats
    ends: tuple[Floats, Floats] | None = None

    @classmethod
    def from_ends(cls, value: Floats, lower: Floats, upper: Floats) -> Interval:
        """Return values with their ends."""
        return cls(value, (lower, upper))

    @property
    def is_exact(self) -> bool:
        """Whether the values need no ends."""
        return self.ends is None

    @property
    def lower(self) -> Floats:
        """The lower ends."""
        return self.value if self.ends is None else self.ends[0]

    @property
    def upper(self) -> Floats:
        """The upper ends."""
        return self.value if self.ends is None else self.ends[1]

    @property
    def all(self) -> tuple[Floats, Floats, Floats]:
        """The values, the lower and the upper ends."""
        return self.value, self.lower, self.upper

    def map(self, work: Callable[[Floats], Floats]) -> Interval:
        """Return what the work makes of the values and of each of their ends."""
        if self.ends is None:
            return Interval(work(self.value))
        return Interval(work(self.value), (work(self.ends[0]), work(self.ends[1])))

    def take(self, places: Ints | slice) -> Interval:
        """Return the values at some places; those of a slice are views."""
        if isinstance(places, slice):
            return self.map(lambda end: end[places])
        return self.map(lambda end: end.take(places, mode="clip"))

    def subtract(self, other: Interval) -> Interval:
        """Return the differences from other values, from the least one to the greatest."""
        value = self.value - other.value
        if self.is_exact and other.is_exact:
            return Interval(value)
        return Interval.from_ends(value, self.lower - other.upper, self.upper - other.lower)

    def divide(self, base: Interval) -> Interval:
        """Return the quotients by positive bases, from the least one to the greatest."""
        with np.errstate(divide="ignore", invalid="ignore"):
            value = self.value / base.value
            if self.is_exact and base.is_exact:
                return Interval(value)
            least = np.where(base.lower > 0, base.lower, 0.0)
            corners = [end / by for end in (self.lower, self.upper) for by in (least, base.upper)]
        return Interval.from_ends(value, np.fmin.reduce(corners), np.fmax.reduce(corners))

    def name_columns(self, name: str) -> dict[tuple[str, ...], Floats]:
        """Return the values and their ends by the names of columns; exact ones are one column."""
        names = (name, f"{name}_lower", f"{name}_upper")
        if self.ends is None:
            return {names: self.value}
        return {
            (name,): numbers for name, numbers in zip(names, (self.value, *self.ends), strict=True)
        }


def choose_values(applies: Bools, some: Interval, others: Interval) -> Interval:
    """Return some values where something applies, and others elsewhere."""
    value = np.where(applies, some.value, others.value)
    if some.is_exact and others.is_exact:
        return Interval(value)
    lower = np.where(applies, some.lower, others.lower)
    return Interval.from_ends(value, lower, np.where(applies, some.upper, others.upper))


def mask_values(values: Interval, is_none: Bools) -> Interval:
    """Return values less some of them."""
    return values.map(lambda end: np.where(is_none, np.nan, end))
