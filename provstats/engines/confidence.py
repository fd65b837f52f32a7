"""Confidence sets for ranks of what a sample estimates.

The method is that of Mogstad, Romano, Shaikh and Wilhelm, "Inference for Ranks with Applications to
Mobility across Neighbourhoods and Academic Achievement across Countries", Review of Economic
Studies 91(1), 2024. Whether one is ahead of another is a hypothesis on their difference, over its
standard error; all of a family are tested together against the greatest of as many differences of
noise, and those that are rejected make room for the next step, as long as there are any. A rank
lies between those who are thus ahead and those who are thus behind.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.engines.memory.frames import wrap_columns
from provstats.engines.memory.intervals import Interval, add_tolerance
from provstats.engines.memory.rank import find_ascending_lines, negate_ascending
from provstats.engines.memory.selection import count_missing_regions
from provstats.errors import SchemaError, format_first_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provstats.engines.memory.arrays import Bools, Floats, Ints
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel

    Noise = NDArray[np.float32]

__all__ = ["BAR", "COVERAGE", "Estimates", "compute_confidence_sets", "compute_rank_sets"]

#: How often a set holds the rank: in so many of all samples.
COVERAGE: Final = 0.95
# As many draws of noise, always the same ones: the same table has the same answer.
_DRAWS: Final = 1000
#: So many of the draws lie below the bar: two standard errors more than the share of the coverage,
#: for their own noise must not make the sets too small.
BAR: Final = ceil(COVERAGE * _DRAWS + 2 * sqrt(COVERAGE * (1 - COVERAGE) * _DRAWS))
# Of so few all differences of noise are kept.
_FEW: Final = 128
_NAMES: Final = (
    ("rank_marginal_lower",), ("rank_marginal_upper",),
    ("rank_simultaneous_lower",), ("rank_simultaneous_upper",),
)  # fmt: skip


class Estimates(NamedTuple):
    """What is ranked, so that the greater is ahead: ends of the values, and standard errors."""

    lower: Floats
    upper: Floats
    error: Floats


def compute_confidence_sets(  # noqa: PLR0913 - those of `provstats.rank`
    panel: Panel, places: Ints | slice, column: object, *, order: str | None, universe: str,
    bounds: bool,
) -> Columns:  # fmt: skip
    """Return the columns that the standard errors of a column add to the ranking of rows."""
    rows = np.arange(len(panel))[places]
    line, values = panel.find_lines(rows), panel.interval.take(rows)
    values = negate_ascending(
        values if bounds else Interval(values.value), find_ascending_lines(panel, order)[line]
    )
    estimates = Estimates(values.lower, values.upper, _read_standard_errors(panel, column, rows))
    found = np.empty((4, len(line)), np.int64)
    by_line = np.argsort(line, kind="stable")
    for some in np.split(by_line, np.flatnonzero(np.diff(line[by_line])) + 1):
        part = Estimates(*(numbers[some] for numbers in estimates))
        found[:, some] = [*compute_rank_sets(part), *compute_rank_sets(part, together=True)]
    if universe == "all":  # any of those who do not report may be ahead
        found[1::2] += count_missing_regions(panel)[line]
    return dict(zip(_NAMES, found, strict=True))


def _read_standard_errors(panel: Panel, column: object, rows: Ints) -> Floats:
    """Return the standard errors of rows, which must be there and not below zero."""
    names, frame = wrap_columns(panel.given, [column] if isinstance(column, str) else [])
    if not isinstance(column, str) or column not in names:
        msg = f"se must name a column of standard errors, got {column!r}; there are {names}"
        raise SchemaError(msg)
    told = frame[column].astype(object).iloc[rows]
    errors = pd.to_numeric(told, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    wrong = ~(np.isfinite(errors) & (errors >= 0)) | told.map(_is_no_number).to_numpy(bool)
    if wrong.any():
        shown = panel.frame.iloc[rows[wrong]].assign(**{column: told[wrong].to_numpy()})
        msg = f"column {column!r} must hold standard errors, numbers of 0 or more:"
        raise SchemaError(msg + format_first_rows(shown, column=column))
    return errors


def _is_no_number(cell: object) -> bool:
    return isinstance(cell, str | bool | np.bool_)


def compute_rank_sets(estimates: Estimates, *, together: bool = False) -> tuple[Ints, Ints]:
    """Return the ends of the sets for the ranks: each by itself, or all of them together.

    Examples
    --------
    >>> values, errors = np.array([9.0, 5.0, 4.8]), np.array([0.1, 0.1, 0.1])
    >>> low, high = compute_rank_sets(Estimates(values, values, errors))
    >>> low.tolist(), high.tolist()
    ([1, 2, 2], [1, 3, 3])
    """
    # Draws go to the rows by what they are: order and names do not matter.
    order = np.lexsort((estimates.error, estimates.lower, estimates.upper))
    sorted_ = Estimates(*(column[order] for column in estimates))
    pairs = _Pairs(sorted_)
    every = range(len(order))
    families = [every] if together else [[one] for one in every]
    low, high = np.empty((2, len(order)), np.int64)
    for family in families:
        ahead, behind = pairs.find_ahead_and_behind(family)
        low[order[family]] = 1 + ahead.sum(axis=1)
        high[order[family]] = len(order) - behind.sum(axis=1)
    return low, high


class _Pairs:
    """How far each is surely below each other one by their intervals, and the noise of both."""

    def __init__(self, estimates: Estimates) -> None:
        count = len(estimates.error)
        # Ends that only touch are not apart.
        self.distance = estimates.lower[None, :] - add_tolerance(estimates.upper)[:, None]
        np.fill_diagonal(self.distance, -np.inf)
        self.error = np.hypot(estimates.error[:, None], estimates.error[None, :])
        self._noise = _draw_noise(count) * estimates.error[:, None].astype(np.float32)
        self._known = (
            [self._standardize_noise(row) for row in range(count)] if count <= _FEW else []
        )

    def find_ahead_and_behind(self, family: Sequence[int]) -> tuple[Bools, Bools]:
        """Return who is surely ahead of each of a family and who behind, step by step."""
        rows = np.asarray(family)
        ahead, behind = np.zeros((2, len(rows), len(self.error)), bool)
        while True:
            bar = self._compute_critical_value(rows, ~ahead, ~behind)
            more = self.distance[rows] > bar * self.error[rows]
            less = (self.distance[:, rows] > bar * self.error[:, rows]).T
            if not ((more & ~ahead).any() or (less & ~behind).any()):
                return ahead, behind
            ahead |= more
            behind |= less

    def _compute_critical_value(
        self, rows: Ints, may_be_ahead: Bools, may_be_behind: Bools
    ) -> float:
        """Return what the greatest noise in the pairs not yet decided rarely exceeds."""
        most = np.zeros(_DRAWS, np.float32)
        for row, up, down in zip(rows, may_be_ahead, may_be_behind, strict=True):
            between = self._known[row] if self._known else self._standardize_noise(row)
            for untold, greatest, sign in ((up, np.max, 1), (down, np.min, -1)):
                if untold.any():
                    np.maximum(most, sign * greatest(between[untold], axis=0), out=most)
        return float(np.partition(most, BAR)[BAR])

    def _standardize_noise(self, row: int) -> Noise:
        """Return the noise of all less that of one, over the standard errors of both."""
        error = self.error[row].astype(np.float32)[:, None]
        difference = self._noise - self._noise[row]
        # What is known exactly has no noise, nor has one from itself.
        found: Noise = np.divide(difference, error, out=np.zeros_like(difference), where=error > 0)
        return found


@lru_cache(maxsize=8)
def _draw_noise(count: int) -> Noise:
    return np.random.default_rng(0).standard_normal((count, _DRAWS), np.float32)
