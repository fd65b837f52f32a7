"""Cells: filled rectangles in rows and columns, and how a figure is written in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from provstats.words.numbers import Scale

__all__ = ["format_qualified_value", "list_box_corners"]

# How a figure is marked that is printed without its interval.
_SIGNS: Final = {"over": "≥", "nearly": "≤", "under": "≤", "about": "~"}


def list_box_corners(
    left: float, right: float, top: float, bottom: float
) -> list[tuple[float, float]]:
    """Return the corners of a rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def format_qualified_value(row: pd.Series, scale: Scale) -> str:
    """Print a value; a bound or an approximation has a sign instead of its interval."""
    label = scale.format_value(row["value"], row["lower"], row["upper"])
    return _SIGNS.get(row["qualifier"], "") + label
