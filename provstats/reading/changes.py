"""Changes: how a change over time is told of values in a unit."""

from __future__ import annotations

from typing import Final

from provstats.reading.index_units import classify_index_base
from provstats.reading.units import DIFFERENCES

__all__ = ["INDEX", "RATE", "RATIO", "VAGUE", "classify_change", "find_change_unit", "is_vague"]

#: How a change is told: by a quotient, by a difference, as the value itself, or not.
RATIO, RATE, INDEX, VAGUE = range(4)
_OF_INDEX: Final = {"year_before": INDEX, "unknown": VAGUE}


def classify_change(unit: str) -> int:
    """Return how a change of values in a unit is told.

    Examples
    --------
    >>> [classify_change(unit) for unit in ("CNY", "percent", "上年=100", "index")]
    [0, 1, 2, 3]
    """
    return RATE if unit in DIFFERENCES else _OF_INDEX.get(classify_index_base(unit), RATIO)


def find_change_unit(unit: str) -> str:
    """Return the unit of a change of values in a unit.

    Examples
    --------
    >>> find_change_unit("CNY"), find_change_unit("percent")
    ('percent', 'percentage_point')
    """
    return DIFFERENCES.get(unit, "percent")


def is_vague(unit: str) -> bool:
    """Tell whether a unit leaves open what is measured, or is an index of an unknown base.

    Examples
    --------
    >>> is_vague(""), is_vague("index"), is_vague("CNY")
    (True, True, False)
    """
    return not unit or classify_index_base(unit) == "unknown"
