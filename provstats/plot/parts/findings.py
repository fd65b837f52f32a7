"""Findings: what the intervals leave no doubt of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provstats.engines.memory.intervals import TOUCH

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

__all__ = ["find_certain_cuts", "find_certain_signs", "find_rank_cuts"]


def find_certain_cuts(lower: ArrayLike, upper: ArrayLike) -> list[int]:
    """Return after how many intervals, greatest first, all others are certainly less.

    Such as only touch may be equal, so there is no cut between them.

    Examples
    --------
    >>> find_certain_cuts([8.25, 7.25, 7.15], [8.35, 7.35, 7.25])
    [1]
    """
    ahead = np.minimum.accumulate(np.asarray(lower))[:-1]
    behind = np.maximum.accumulate(np.asarray(upper)[::-1])[-2::-1]
    return [int(place) + 1 for place in np.flatnonzero(ahead > behind + TOUCH)]


def find_rank_cuts(ranked: pd.DataFrame) -> tuple[bool, list[int]]:
    """Tell whether the first is the lowest, and after how many rows by rank there is a cut."""
    value, lower, upper = (ranked[column].to_numpy() for column in ("value", "lower", "upper"))
    is_rising = bool(value[0] < value[-1])
    return is_rising, find_certain_cuts(-upper, -lower) if is_rising else find_certain_cuts(
        lower, upper
    )


def find_certain_signs(lower: pd.Series, upper: pd.Series) -> NDArray[np.int64]:
    """Return 1 for what is certainly above zero, -1 for below, and 0 for what is not certain."""
    return (lower > TOUCH).to_numpy(np.int64) - (upper < -TOUCH).to_numpy(np.int64)
