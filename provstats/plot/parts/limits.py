"""Limits: how far rates lie apart by chance alone, the less the larger what they are rates of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["INNER", "OUTER", "compute_chance_limits"]

#: Between these deviations lie 95% and 99.8% of what is left to chance.
INNER: Final = 1.96
OUTER: Final = 3.09


def compute_chance_limits(
    rate: float, sizes: ArrayLike, deviation: float, *, is_share: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the greatest rate that chance leaves to each size.

    Counts vary as Poisson's do, with the root of what is expected made steady; shares as binomial
    ones, so that what lies outside is what a score test (Wilson's interval) tells apart.

    Examples
    --------
    >>> low, high = compute_chance_limits(0.5, [100], 1.96, is_share=True)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.402], [0.598])
    >>> low, high = compute_chance_limits(2.0, [2, 50], 1.96, is_share=False)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.52, 1.63], [4.44, 2.41])
    """
    known = np.asarray(sizes, dtype=float)
    if is_share:
        half = deviation * np.sqrt(rate * (1 - rate) / known)
        return np.clip(rate - half, 0, 1), np.clip(rate + half, 0, 1)
    root = np.sqrt(rate * known)
    low = np.maximum(root - deviation / 2, 0) ** 2 / known
    return low, (root + deviation / 2) ** 2 / known
