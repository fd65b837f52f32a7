"""Inequalities: how far values lie apart, and the range that their intervals leave to that.

Values stand along the last axis, ascending. A transfer from a lower value to a higher one lowers no
measure (Schur-convexity: Marshall, Olkin and Arnold 2011, *Inequalities*), and none is greater
between two ends of an interval than at both. So two kinds of candidates hold the extremes:

- Least apart are values drawn to one level as far as their intervals let them: from these,
  transfers lead to all others of the same sum. The best level is an end of an interval, or a mean
  of the values that cannot reach it.
- Most apart are values at the ends of their intervals, the low ones at their lower ends, the high
  ones at their upper ends. So it is if no interval lies inside another; elsewhere the greatest
  inequality can be hard to find (that of the variance is NP-hard: Ferson and others 2002), and a
  bound is taken: the i-th least value lies between the i-th least lower and upper ends.

The ratio of deciles is not Schur-convex, but rises with the high values and falls with the low
ones, which leads to the same candidates.
"""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Measure = Callable[[Floats], Floats]

__all__ = [
    "EXTENTS",
    "INEQUALITIES",
    "bound_measure",
    "compute_deviation",
    "find_extreme_candidates",
]


def find_extreme_candidates(value: Floats, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Return the candidates for the least and for the greatest inequality.

    Parameters
    ----------
    value, lower, upper : array of shape (n,)
        Values and the ends of their intervals.

    Returns
    -------
    tuple of array of shape (any, n)
        One candidate a row, in ascending order; the values themselves are the first of both.
    """
    value, lower, upper = np.sort(value), np.sort(lower), np.sort(upper)
    alike = np.clip(_find_candidate_levels(lower, upper)[:, None], lower, upper)
    places = np.arange(len(value))
    apart = np.where(places < np.arange(len(value) + 1)[:, None], lower, upper)
    return np.vstack([value, alike]), np.vstack([value, apart])


def _find_candidate_levels(lower: Floats, upper: Floats) -> Floats:
    """Return the levels at which a measure can be least: where its slope changes or vanishes."""
    ends = np.unique([lower, upper])
    between = (ends[:-1, None] + ends[1:, None]) / 2
    at_end = (lower > between) | (upper < between)
    fixed = np.clip(between, lower, upper)
    logs = np.log(fixed, out=np.zeros_like(fixed), where=fixed > 0)
    # The slope vanishes at a mean of the fixed values: for the standard deviation the arithmetic,
    # for sigma the geometric; for cv and Theil the same two, weighted by the values.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        means = [
            mean
            for weight in (at_end, at_end * fixed)
            for mean in (
                (weight * fixed).sum(-1) / weight.sum(-1),
                np.exp((weight * logs).sum(-1) / weight.sum(-1)),
            )
        ]
    levels: Floats = np.concatenate([ends, *means])
    return levels[np.isfinite(levels)]


def bound_measure(
    measure: Measure, candidates: tuple[Floats, Floats]
) -> tuple[float, float, float]:
    """Return a measure of the values, and its bounds for any values inside the intervals.

    Parameters
    ----------
    measure : callable
        Takes candidates, one a row.
    candidates : tuple of array
        What `find_extreme_candidates` returns.

    Returns
    -------
    tuple of float
        Value, lower and upper; all NaN where the values have no such measure. The bounds are for
        what inside the intervals has one.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = map(measure, candidates)
    if not isfinite(low[0]):
        return nan, nan, nan
    return float(low[0]), float(np.fmin.reduce(low)), float(np.fmax.reduce(high))


def compute_deviation(values: Floats) -> Floats:
    """Return the population standard deviation.

    Parameters
    ----------
    values : array
        Values along the last axis.
    """
    return np.asarray(values.std(axis=-1))


def _compute_cv(values: Floats) -> Floats:
    return np.asarray(compute_deviation(values) / values.mean(axis=-1))


def _compute_gini(values: Floats) -> Floats:
    n = values.shape[-1]
    balance = 2 * np.arange(1, n + 1) - n - 1
    return np.asarray((balance * values).sum(axis=-1) / (n * values.sum(axis=-1)))


def _compute_theil(values: Floats) -> Floats:
    shares = values / values.mean(axis=-1, keepdims=True)
    # A share of zero adds zero: x log x goes to zero with x.
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray((shares * logs).mean(axis=-1).clip(min=0))


def _compute_decile_ratio(values: Floats) -> Floats:
    low, high = np.quantile(values, [0.1, 0.9], axis=-1)
    return np.asarray(high / low)


def _compute_sigma(values: Floats) -> Floats:
    # Towards a value of zero, sigma grows without end.
    return np.where(values[:, 0] == 0, np.inf, compute_deviation(np.log(values)))


#: Measures in the unit of the values.
EXTENTS: Final[dict[str, Measure]] = {
    "mean": lambda values: values.mean(axis=-1),
    "minimum": lambda values: values[:, 0],
    "maximum": lambda values: values[:, -1],
    "range": lambda values: values[:, -1] - values[:, 0],
}

#: Measures free of the unit, for values that cannot be negative.
INEQUALITIES: Final[dict[str, Measure]] = {
    "cv": _compute_cv,
    "gini": _compute_gini,
    "theil": _compute_theil,
    "p90_p10": _compute_decile_ratio,
    "sigma": _compute_sigma,
}
