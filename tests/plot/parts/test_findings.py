"""Findings: what every true value within the intervals agrees with."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provstats.plot.parts.end_labels import move_numbers_apart
from provstats.plot.parts.findings import find_certain_cuts


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_cuts_are_those_that_every_pair_allows(rows):
    """A cut is certain if each before it is above each behind it, whatever the true values are."""
    rows.sort(reverse=True)
    lower, upper = ([v + sign * w for v, *ws in rows for w in [ws[place]]]
                    for place, sign in enumerate((-1, 1)))  # fmt: skip
    certain = [
        k
        for k in range(1, len(rows))
        if all(low > high for low, high in product(lower[:k], upper[k:]))
    ]
    assert find_certain_cuts(lower, upper) == certain


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12), st.floats(1, 20))
def test_spread(wanted, gap):
    """Names keep their order and their distance, move no more than they must, and stay balanced."""
    wanted.sort()
    moved = move_numbers_apart(wanted, gap)
    assert (np.diff(moved) >= gap - 1e-9).all()
    assert sum(moved) == pytest.approx(sum(wanted))
    if all(np.diff(wanted) >= gap):
        assert moved == pytest.approx(wanted)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6), st.floats(1, 20))
def test_spread_within(wanted, gap):
    """Between two ends, if there is room for all."""
    wanted.sort()
    moved = move_numbers_apart(wanted, gap, 100)
    assert (np.diff(moved) >= gap - 1e-9).all()
    assert moved[0] >= -1e-9
    assert moved[-1] <= 100 + 1e-9
