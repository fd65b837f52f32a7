"""Confidence sets for ranks: known cases, the method written out pair by pair, laws, bad input."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provstats import Panel, SchemaError, rank
from provstats.engines import confidence
from provstats.engines.confidence import BAR, Estimates, compute_rank_sets

PROPERTY = settings(max_examples=15, deadline=None)
SETS = [
    "rank_marginal_lower", "rank_marginal_upper",
    "rank_simultaneous_lower", "rank_simultaneous_upper",
]  # fmt: skip
CODES = ["CN-BJ", "CN-SH", "CN-GD", "CN-SD", "CN-GS", "CN-HE"]


def survey(values, errors, **more):
    """Return estimates of the unknown indicator score, one a region."""
    return pd.DataFrame({
        "region": CODES[: len(values)], "indicator": "score", "period": "2024",
        "value": values, "se": errors, **more,
    })  # fmt: skip


def sets_of(frame, **options):
    """Return the marginal and the simultaneous set of each region."""
    return rank(frame, se="se", **options)[SETS].to_numpy().tolist()


# --- known cases ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("difference", "is_known"), [(0.0, False), (1.7, False), (2.3, True), (9.0, True)]
)
def test_two_are_told_apart_by_the_usual_test(difference, is_known):
    """Of two, the bar is the 1.96 standard errors of a two-sided test of their difference."""
    frame = survey([difference * 5, 0.0], [3.0, 4.0])
    known = [[1, 1, 1, 1], [2, 2, 2, 2]]
    assert sets_of(frame) == (known if is_known else [[1, 2, 1, 2]] * 2)


def test_more_comparisons_need_more_distance():
    """What two could be told by, many cannot: all of them are tested together."""
    pair = survey([2.3, 0.0], [2**-0.5] * 2)
    many = survey([2.3, 0.0, 0.0, 0.0, 0.0, 0.0], [2**-0.5] * 6)
    assert sets_of(pair)[0] == [1, 1, 1, 1]
    assert sets_of(many)[0] == [1, 6, 1, 6]


def test_exact_values_are_ranked_exactly():
    """Without errors the sets are the range that intervals allow."""
    frame = survey([3.0, 2.0, 2.0, 1.0], [0.0] * 4, lower=[3.0, 2.0, 2.0, 0.5],
                   upper=[3.0, 2.0, 2.0, 2.5])  # fmt: skip
    found = rank(frame, se="se")
    both = found[["rank_best", "rank_worst"]].to_numpy()
    # Who is level is not ahead, but cannot be told to be behind.
    assert (found[SETS[:2]].to_numpy()[:, 0] == both[:, 0]).all()
    assert (found[SETS[:2]].to_numpy()[:, 1] >= both[:, 1]).all()


def test_options():
    """Order, bounds and universe mean what they mean to the rank itself."""
    frame = survey([9.0, 5.0, 1.0], [0.1] * 3, lower=[4.0, 4.0, 1.0], upper=[10.0, 6.0, 1.0])
    assert sets_of(frame) == [[1, 2, 1, 2], [1, 2, 1, 2], [3, 3, 3, 3]]
    exact = [[1, 1, 1, 1], [2, 2, 2, 2], [3, 3, 3, 3]]
    assert sets_of(frame, bounds=False) == exact
    assert sets_of(frame, bounds=False, order="ascending") == exact[::-1]
    assert sets_of(frame, bounds=False, universe="all")[2] == [3, 31, 3, 31]


def test_groups_are_apart():
    """Each indicator and period has sets of its own, in the caller's order."""
    one = survey([9.0, 5.0, 1.0], [0.1, 3.0, 3.0])
    other = survey([1.0, 5.0, 9.0], [0.1, 3.0, 3.0]).assign(period="2023")
    mixed = pd.concat([one, other]).sample(frac=1, random_state=1)
    found = rank(mixed, se="se").set_index(["period", "region"])
    for alone in (one, other):
        expected = rank(alone, se="se").set_index(["period", "region"])
        pd.testing.assert_frame_equal(found.loc[expected.index, SETS], expected[SETS])


@pytest.mark.parametrize("kind", [pl.from_pandas, pa.Table.from_pandas, Panel])
def test_kinds_of_frames(kind):
    """Frames of polars and Arrow and panels answer alike; the rest of the answer is the rank."""
    frame = survey([9.0, 5.0, 1.0], [0.1, 3.0, 3.0])
    expected, found = rank(frame, se="se"), rank(kind(frame), se="se")
    for column in SETS:
        assert list(found[column].to_numpy()) == list(expected[column])
    pd.testing.assert_frame_equal(expected.drop(columns=SETS), rank(frame))


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("se", [0.1, "error", True, ["se"]])
def test_no_column(se):
    """Standard errors are named by their column."""
    with pytest.raises(SchemaError, match="se must name a column"):
        rank(survey([1.0, 2.0], [1.0, 1.0]), se=se)


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf, "few", "1.0", None, True])
def test_bad_errors(bad):
    """What is no standard error is shown."""
    frame = survey([1.0, 2.0], [1.0, 1.0])
    frame["se"] = pd.Series([1.0, bad], dtype=object)
    with pytest.raises(SchemaError, match="'se' must hold standard errors") as raised:
        rank(frame, se="se")
    assert "CN-SH" in str(raised.value)
    assert "CN-BJ" not in str(raised.value)


def test_lazy_frames():
    """A lazy frame is refused by name."""
    with pytest.raises(NotImplementedError, match="polars"):
        rank(pl.LazyFrame(survey([1.0, 2.0], [1.0, 1.0]).to_dict("list")), se="se")


# --- the method, pair by pair ---------------------------------------------------------------------

ESTIMATES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 2), st.integers(0, 4)), min_size=2, max_size=6,
    unique=True,
)  # fmt: skip


def estimates_of(drawn):
    """Return drawn middles, half widths and standard errors as estimates, the best last."""
    value, half, error = np.array(sorted(drawn, key=lambda e: (e[0] + e[1], e[0] - e[1], e[2])),
                                  float).T  # fmt: skip
    return Estimates(value - half, value + half, error / 4)


def slowly(estimates, family):
    """Test all ordered pairs of a family, again and again less those that are told apart."""
    count = len(estimates.error)
    noise = confidence._draw_noise(count) * estimates.error[:, None]

    def scaled(ahead, behind, numbers):
        error = np.hypot(estimates.error[ahead], estimates.error[behind])
        return numbers / error if error > 0 else np.zeros(len(noise[0]))

    pairs = {pair for pair in permutations(range(count), 2) if set(pair) & set(family)}
    told = set()
    while True:
        draws = [scaled(a, b, noise[a] - noise[b]) for a, b in pairs - told]
        most = np.max([*draws, np.zeros(len(noise[0]))], axis=0)
        bar = np.sort(most)[BAR]
        more = {
            (a, b) for a, b in pairs
            if estimates.lower[a] - estimates.upper[b]
            > bar * np.hypot(estimates.error[a], estimates.error[b]) + 1e-6
        }  # fmt: skip
        if more <= told:
            break
        told |= more
    return [
        [1 + sum(b == one for _, b in told), count - sum(a == one for a, _ in told)]
        for one in family
    ]


@PROPERTY
@given(ESTIMATES)
def test_sets_are_those_of_the_method(drawn):
    """Each set alone, and all together, are those of testing pair by pair."""
    estimates = estimates_of(drawn)
    everyone = list(range(len(drawn)))
    alone = np.transpose(compute_rank_sets(estimates)).tolist()
    assert alone == [slowly(estimates, [one])[0] for one in everyone]
    assert np.transpose(compute_rank_sets(estimates, together=True)).tolist() == slowly(
        estimates, everyone
    )


@PROPERTY
@given(ESTIMATES, st.randoms(use_true_random=False), st.sampled_from([0.25, 4.0]))
def test_laws(drawn, chance, factor):
    """Sets hold the rank and its range, all together are wider, order and unit do not matter."""
    estimates = estimates_of(drawn)
    places = list(range(len(drawn)))
    chance.shuffle(places)
    low, high = compute_rank_sets(estimates)
    for together in (False, True):
        found = compute_rank_sets(estimates, together=together)
        moved = compute_rank_sets(Estimates(*(factor * column[places] for column in estimates)),
                                  together=together)  # fmt: skip
        assert [column[places].tolist() for column in found] == [one.tolist() for one in moved]
        assert (found[0] <= low).all()
        assert (found[1] >= high).all()
    middle = (estimates.lower + estimates.upper) / 2
    best = 1 + (estimates.lower[:, None] > estimates.upper[None, :]).sum(axis=0)
    place = 1 + (middle[:, None] > middle[None, :]).sum(axis=0)
    assert (low <= best).all()
    assert ((low <= place) & (place <= high)).all()


def test_many_regions(monkeypatch):
    """Where differences of noise are not kept, the answer is the same."""
    values = np.arange(6.0)
    estimates = Estimates(values, values, np.full(6, 0.7))
    expected = [compute_rank_sets(estimates, together=together) for together in (False, True)]
    monkeypatch.setattr(confidence, "_FEW", 2)
    found = [compute_rank_sets(estimates, together=together) for together in (False, True)]
    assert np.array_equal(found, expected)
