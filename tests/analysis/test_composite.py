"""Composites against a plain second implementation, draws from the intervals and invariances."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan
from statistics import fmean, pstdev

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from provstats import (
    IncomparableError,
    PeriodError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
    composite,
    load,
    parse_period,
    rank,
    series,
    weightings,
)

COLUMNS = [
    "region", "period", "score", "score_lower", "score_upper", "rank", "rank_best", "rank_worst",
    "n", "weightings", "left_out",
]  # fmt: skip
RANKS = ["rank", "rank_best", "rank_worst"]
PROVINCES = ["CN-BJ", "CN-SH", "CN-GD", "CN-SD", "CN-ZJ"]
# One is better when lower, one is unknown to the catalogue and so neutral.
IDS = ["little_giants", "little_giants_rank", "jobs"]
SIGN = {"little_giants": 1, "little_giants_rank": -1, "jobs": 1}
R_AND_D = {"rd_intensity": 2, "rd_expenditure": 1}
TOUCH = 1e-9
PROPERTY = settings(max_examples=60, deadline=None)


def frame_of(table, period="2024"):
    """Return the tidy frame of {indicator: {region: value or (value, lower, upper)}}."""
    rows = [
        (code, id_, period, *(cell if isinstance(cell, tuple) else (cell, cell, cell)))
        for id_, cells in table.items()
        for code, cell in cells.items()
    ]
    return pd.DataFrame(rows, columns=["region", "indicator", "period", "value", "lower", "upper"])


def jobs_and_farms(jobs, farms):
    """Return the frame of two unknown indicators, one value a province each."""
    cells = [dict(zip(PROVINCES, values, strict=False)) for values in (jobs, farms)]
    return frame_of(dict(zip(["jobs", "farms"], cells, strict=True)))


# --- weightings ----------------------------------------------------------------------------------


def test_weightings_of_three():
    """As given, equal, without each, each doubled and halved; every row is of sum one."""
    got = weightings({"a": 2, "b": 1, "c": 1})
    assert got.index.name == "weighting"
    assert list(got) == ["a", "b", "c"]
    expected = {
        "as given": [2, 1, 1], "equal": [1, 1, 1],
        "without a": [0, 1, 1], "a doubled": [4, 1, 1], "a halved": [1, 1, 1],
        "without b": [2, 0, 1], "b doubled": [2, 2, 1], "b halved": [2, 0.5, 1],
        "without c": [2, 1, 0], "c doubled": [2, 1, 2], "c halved": [2, 1, 0.5],
    }  # fmt: skip
    assert got.index.tolist() == list(expected)
    for name, row in expected.items():
        assert got.loc[name].tolist() == pytest.approx([weight / sum(row) for weight in row])


def test_one_indicator_cannot_be_left_out():
    """With a single indicator there is no weighting without it."""
    got = weightings({"a": 0.3})
    assert got.index.tolist() == ["as given", "equal", "a doubled", "a halved"]
    assert got["a"].tolist() == [1.0] * 4


def test_great_weights_keep_their_proportions():
    """Only proportions matter, so no weight is too great or too small."""
    for scale in (1e308, 1e-300):
        assert weightings({"a": scale, "b": scale}).loc["as given"].tolist() == [0.5, 0.5]


@pytest.mark.parametrize("make", [weightings, lambda weights: composite(weights, period=2023)])
@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({}, r"weights must map indicator ids to numbers.*got \{\}"),
        (["rd_intensity"], r"must map indicator ids"),
        ("rd_intensity", r"must map indicator ids"),
        (None, r"must map indicator ids"),
        ({1: 2}, r"must map indicator ids"),
        ({"a": 1, "b": 0}, r"positive finite numbers, got \{'b': 0\}; leave out"),
        ({"a": -1}, r"positive finite numbers, got \{'a': -1\}"),
        ({"a": nan, "b": inf}, r"positive finite numbers, got \{'a': nan, 'b': inf\}"),
        ({"a": "2"}, r"positive finite numbers, got \{'a': '2'\}"),
        ({"a": True}, r"positive finite numbers, got \{'a': True\}"),
        ({"a": None}, r"positive finite numbers, got \{'a': None\}"),
    ],
)
def test_bad_weights(make, weights, words):
    """What is no positive finite number is no weight, and the error says which."""
    with pytest.raises(SchemaError, match=words):
        make(weights)


# --- a plain second implementation ---------------------------------------------------------------


def slow_scores(table, weights):
    """Return the weighted means of z-scores of {region: {indicator: value}}."""
    scores = dict.fromkeys(table, 0.0)
    for id_, weight in weights.items():
        values = [row[id_] for row in table.values()]
        for code, row in table.items():
            z = (row[id_] - fmean(values)) / pstdev(values)
            scores[code] += SIGN[id_] * z * weight / sum(weights.values())
    return scores


def slow_ranks(scores):
    """Return ranks by counting those ahead; what is nearly equal is equal."""
    return {
        code: 1 + sum(other > mine + TOUCH for other in scores.values())
        for code, mine in scores.items()
    }


def slow_weightings(weights):
    """Return the stated set as mappings, one by one."""
    rows = [weights, dict.fromkeys(weights, 1)]
    for id_, weight in weights.items():
        rows += [weights | {id_: weight * times} for times in ([0] if len(weights) > 1 else [])]
        rows += [weights | {id_: weight * times} for times in (2, 0.5)]
    return rows


def varied(table):
    """Tell whether no indicator is the same everywhere."""
    ids = next(iter(table.values()))
    return all(pstdev([row[id_] for row in table.values()]) > 1e-6 for id_ in ids)


@st.composite
def tables(draw, widest=8):
    """Draw weights and {region: {indicator: (value, lower, upper)}}, in quarters."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    codes = draw(st.lists(st.sampled_from(PROVINCES), min_size=2, unique=True))
    weights = {id_: draw(st.integers(1, 5)) for id_ in ids}
    width = st.integers(0, widest)
    table = {}
    for code in codes:
        values = {id_: draw(st.integers(-20, 20)) for id_ in ids}
        table[code] = {
            id_: (value / 4, (value - draw(width)) / 4, (value + draw(width)) / 4)
            for id_, value in values.items()
        }
    assume(varied(values_of(table)))
    return weights, table


def values_of(table):
    """Return the values without their intervals."""
    return {code: {id_: cell[0] for id_, cell in row.items()} for code, row in table.items()}


def tidy(table, period="2024"):
    """Return the tidy frame of {region: {indicator: cell}}."""
    ids = next(iter(table.values()))
    return frame_of({id_: {code: row[id_] for code, row in table.items()} for id_ in ids}, period)


@PROPERTY
@given(tables())
def test_scores_and_ranks_agree_with_counting(drawn):
    """Scores, their intervals, ranks and counts are those of the plain implementation."""
    weights, table = drawn
    got = composite(weights, tidy(table)).set_index("region")
    values = values_of(table)
    scores = slow_scores(values, weights)
    assert got["score"].to_dict() == pytest.approx(scores, abs=1e-9)
    assert got["rank"].to_dict() == slow_ranks(scores)
    assert got.index.tolist() == list(table)
    assert set(got["n"]) == {len(table)}
    assert set(got["weightings"]) == {len(slow_weightings(weights))}
    for code, row in table.items():
        ends = [0.0, 0.0]
        for id_, (_, low, high) in row.items():
            column = [other[id_] for other in values.values()]
            for place, end in enumerate((low, high) if SIGN[id_] > 0 else (high, low)):
                z = SIGN[id_] * (end - fmean(column)) / pstdev(column)
                ends[place] += z * weights[id_] / sum(weights.values())
        found = got.loc[code, ["score_lower", "score_upper"]].tolist()
        assert found == pytest.approx(ends, abs=1e-9)


@PROPERTY
@given(tables(widest=0))
def test_range_of_exact_values_is_that_over_the_weightings(drawn):
    """Without intervals the range is the least and the greatest rank over the stated set."""
    weights, table = drawn
    values = values_of(table)
    got = composite(weights, tidy(table)).set_index("region")
    ranks = [slow_ranks(slow_scores(values, row)) for row in slow_weightings(weights)]
    for code in table:
        found = [row[code] for row in ranks]
        assert got.loc[code, ["rank_best", "rank_worst"]].tolist() == [min(found), max(found)]


@settings(PROPERTY, max_examples=150)
@given(tables(), st.data())
def test_true_rank_lies_in_the_range(drawn, data):
    """Values anywhere inside their intervals, standardised anew, under any stated weighting."""
    weights, table = drawn
    got = composite(weights, tidy(table)).set_index("region")
    true = {
        code: {
            id_: low + (high - low) * data.draw(st.sampled_from([0, 0, 1, 2, 3, 4, 4])) / 4
            for id_, (_, low, high) in row.items()
        }
        for code, row in table.items()
    }
    assume(varied(true))
    for row in slow_weightings(weights):
        for code, place in slow_ranks(slow_scores(true, row)).items():
            assert got.loc[code, "rank_best"] <= place <= got.loc[code, "rank_worst"]


@PROPERTY
@given(tables(), st.data())
def test_widening_an_interval_never_narrows_a_range(drawn, data):
    """Less certainty about one value leaves scores and ranks, and no range closer."""
    weights, table = drawn
    code = data.draw(st.sampled_from(list(table)))
    id_ = data.draw(st.sampled_from(list(weights)))
    down, up = data.draw(st.tuples(st.integers(0, 9), st.integers(0, 9)))
    value, low, high = table[code][id_]
    wider = table | {code: table[code] | {id_: (value, low - down / 4, high + up / 4)}}
    before, after = composite(weights, tidy(table)), composite(weights, tidy(wider))
    pd.testing.assert_frame_equal(after[["score", "rank"]], before[["score", "rank"]])
    for least in ("score_lower", "rank_best"):
        assert (after[least] <= before[least] + 1e-12).all()
    for most in ("score_upper", "rank_worst"):
        assert (after[most] >= before[most] - 1e-12).all()


# --- invariances ---------------------------------------------------------------------------------


@PROPERTY
@given(tables(), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(drawn, random):
    """Permuting rows permutes the answer and changes nothing else."""
    weights, table = drawn
    frame = tidy(table)
    mixed = frame.sample(frac=1, random_state=random.randrange(2**32))
    one, other = (composite(weights, x).set_index("region") for x in (frame, mixed))
    pd.testing.assert_frame_equal(other.loc[one.index], one, rtol=1e-9, atol=1e-9)


@PROPERTY
@given(tables(), st.data())
def test_units_of_indicators_do_not_matter(drawn, data):
    """Another unit or origin of one indicator changes no score and no rank."""
    weights, table = drawn
    id_ = data.draw(st.sampled_from(list(weights)))
    factor = data.draw(st.sampled_from([0.01, 0.3, 7, 10_000]))
    shift = data.draw(st.sampled_from([0, -3, 1000]))
    frame = tidy(table)
    ends = ["value", "lower", "upper"]
    frame.loc[frame["indicator"] == id_, ends] *= factor
    frame.loc[frame["indicator"] == id_, ends] += shift * factor
    pd.testing.assert_frame_equal(
        composite(weights, frame), composite(weights, tidy(table)), rtol=1e-6, atol=1e-8
    )


@PROPERTY
@given(tables(), st.floats(1e-6, 1e6))
def test_only_proportions_of_weights_matter(drawn, factor):
    """Multiplying all weights changes nothing."""
    weights, table = drawn
    scaled = {id_: weight * factor for id_, weight in weights.items()}
    pd.testing.assert_frame_equal(composite(scaled, tidy(table)), composite(weights, tidy(table)))


@PROPERTY
@given(tables(widest=0))
def test_one_weighting_of_exact_values_leaves_no_range(drawn):
    """With nothing uncertain and no other weighting there is one rank."""
    weights, table = drawn
    got = composite(weights, tidy(table), over=weightings(weights).iloc[:1])
    assert got["rank_best"].equals(got["rank"])
    assert got["rank_worst"].equals(got["rank"])
    assert set(got["weightings"]) == {1}


@PROPERTY
@given(tables())
def test_the_range_holds_the_rank(drawn):
    """The score lies in its interval, the rank in its range."""
    weights, table = drawn
    got = composite(weights, tidy(table))
    assert (got["score_lower"] <= got["score"]).all()
    assert (got["score"] <= got["score_upper"]).all()
    assert (got["rank_best"] <= got["rank"]).all()
    assert (got["rank"] <= got["rank_worst"]).all()


@PROPERTY
@given(tables())
def test_more_weightings_never_narrow_a_range(drawn):
    """The range over a part of the set lies inside the range over all of it."""
    weights, table = drawn
    every = weightings(weights)
    ranges = [composite(weights, tidy(table), over=every.head(n)) for n in (1, 3, len(every))]
    for fewer, more in pairwise(ranges):
        assert (more["rank_best"] <= fewer["rank_best"]).all()
        assert (more["rank_worst"] >= fewer["rank_worst"]).all()


# --- literal cases -------------------------------------------------------------------------------


def test_two_provinces_are_one_deviation_apart():
    """Of two values one is at +1, the other at -1, whatever they are."""
    got = composite({"jobs": 3, "farms": 1}, jobs_and_farms([10, 20], [5.0, 1.0]))
    assert list(got) == COLUMNS
    assert got["score"].tolist() == pytest.approx([-0.5, 0.5])
    assert got[["rank", "rank_best", "rank_worst"]].to_numpy().tolist() == [[2, 1, 2], [1, 1, 2]]
    assert (got.dtypes[[*RANKS, "n", "weightings", "left_out"]] == "int64").all()


def test_lower_is_better_where_the_catalogue_says_so():
    """A rank of one is good: the sign is turned, and the interval with it."""
    frame = frame_of({"little_giants_rank": {"CN-BJ": (1, 1, 1), "CN-SH": (9, 5, 10)}})
    got = composite({"little_giants_rank": 1}, frame).set_index("region")
    assert got["rank"].to_dict() == {"CN-BJ": 1, "CN-SH": 2}
    assert got.loc["CN-SH", ["score", "score_lower", "score_upper"]].tolist() == [-1, -1.25, 0]


def test_one_indicator_is_ranked_as_by_rank():
    """A composite of one indicator has the ranks and the ranges that rank gives."""
    got = composite({"rd_intensity": 5}, period=2023).set_index("region")[RANKS]
    ranked = rank(series("rd_intensity", period=2023)).set_index("region")[RANKS]
    pd.testing.assert_frame_equal(got, ranked.loc[got.index])


def test_ties_share_the_better_rank():
    """Equal scores share a rank; to tie is not to be behind."""
    got = composite({"jobs": 1, "farms": 1}, jobs_and_farms([1, 2, 0, 3], [2, 1, 0, 3]))
    assert got["rank"].tolist() == [2, 2, 4, 1]
    assert got["rank_best"].tolist() == [2, 2, 4, 1]
    assert got["rank_worst"].tolist() == [3, 3, 4, 1]


def test_another_provinces_interval_can_turn_two_ranks():
    """If Guangdong's value may lie far out, its indicator decides less, and ranks may turn."""
    table = {
        "CN-BJ": {"little_giants": (2.0, 2.0, 2.0), "jobs": (1.0, 1.0, 1.0)},
        "CN-SH": {"little_giants": (1.0, 1.0, 1.0), "jobs": (2.0, 2.0, 2.0)},
        "CN-GD": {"little_giants": (0.0, -50.0, 0.0), "jobs": (5.0, 5.0, 5.0)},
    }
    weights = {"little_giants": 1, "jobs": 1}
    got = composite(weights, tidy(table), over=weightings(weights).head(1)).set_index("region")
    assert got["rank"].to_dict() == {"CN-BJ": 1, "CN-GD": 2, "CN-SH": 3}
    far = values_of(table) | {"CN-GD": {"little_giants": -50.0, "jobs": 5.0}}
    assert slow_ranks(slow_scores(far, weights)) == {"CN-SH": 1, "CN-GD": 2, "CN-BJ": 3}
    assert got.loc["CN-BJ", ["rank_best", "rank_worst"]].tolist() == [1, 3]
    assert got.loc["CN-SH", ["rank_best", "rank_worst"]].tolist() == [1, 3]


def test_a_spread_that_may_vanish_leaves_its_leads_without_limit():
    """If all may be alike in one indicator, it may decide as well as not."""
    frame = frame_of({
        "jobs": {"CN-BJ": (1.0, 0.0, 3.0), "CN-SH": (2.0, 0.0, 3.0), "CN-GD": (3.0, 0.0, 3.0)},
        "farms": {"CN-BJ": 9.0, "CN-SH": 5.0, "CN-GD": 1.0},
    })  # fmt: skip
    got = composite({"jobs": 1, "farms": 9}, frame)
    assert got[["rank_best", "rank_worst"]].to_numpy().tolist() == [[1, 3]] * 3


def test_own_weightings():
    """The caller's set takes the place of the usual one; the weights given stay in it."""
    frame = jobs_and_farms([3, 2, 1], [1, 2, 30])
    own = pd.DataFrame({"farms": [1], "jobs": [0]}, index=["farms alone"])
    before = own.copy(deep=True)
    got = composite({"jobs": 9, "farms": 1}, frame, over=own)
    assert got["rank"].tolist() == [1, 2, 3]
    assert got[["rank_best", "rank_worst"]].to_numpy().tolist() == [[1, 3], [2, 2], [1, 3]]
    assert set(got["weightings"]) == {2}
    pd.testing.assert_frame_equal(own, before)
    usual = weightings({"jobs": 9, "farms": 1})
    pd.testing.assert_frame_equal(
        composite({"jobs": 9, "farms": 1}, frame, over=usual),
        composite({"jobs": 9, "farms": 1}, frame),
    )


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"jobs": 1, "farms": 1}, "over must be a frame"),
        (pd.DataFrame({"jobs": [1.0]}), r"the columns \['jobs', 'farms'\].*got \['jobs'\]"),
        (pd.DataFrame({"jobs": [1.0], "farms": [1.0], "x": [1.0]}), "over must be a frame"),
        (pd.DataFrame({"jobs": [], "farms": []}), "with rows"),
        (pd.DataFrame([[1, 2, 3]], columns=["jobs", "farms", "jobs"]), "over must be a frame"),
        (pd.DataFrame({"jobs": [1, -1], "farms": [1, 2]}), "zero or more"),
        (pd.DataFrame({"jobs": [1, 0], "farms": [1, 0]}), "one above zero in each row"),
        (pd.DataFrame({"jobs": [nan], "farms": [1]}), "zero or more"),
        (pd.DataFrame({"jobs": [inf], "farms": [1]}), "zero or more"),
        (pd.DataFrame({"jobs": ["1"], "farms": [1]}), "zero or more"),
        (pd.DataFrame({"jobs": [True], "farms": [1]}), "zero or more"),
    ],
)
def test_bad_weightings(over, words):
    """A set of weightings has a number for each indicator and none below zero."""
    with pytest.raises(SchemaError, match=words):
        composite({"jobs": 1, "farms": 1}, jobs_and_farms([1, 2], [3, 4]), over=over)


def test_who_lacks_an_indicator_is_left_out_and_counted():
    """Only provinces with all indicators in one period are scored; nothing is filled."""
    frame = pd.concat([
        jobs_and_farms([1, 2, 3, 4], [5, 6, 8]),
        frame_of({"jobs": {"CN": 9.0, "CN-GS": nan, "CN-JS": 7.0}, "mines": {"CN-QH": 1.0}}),
    ], ignore_index=True)  # fmt: skip
    frame["nature"] = np.where(frame["region"] == "CN-JS", "forecast", "outcome")
    before = frame.copy(deep=True)
    got = composite({"jobs": 1, "farms": 1}, frame)
    assert got["region"].tolist() == PROVINCES[:3]
    assert got[["n", "left_out"]].to_numpy().tolist() == [[3, 1]] * 3
    pd.testing.assert_frame_equal(frame, before)


def test_periods_are_scored_apart():
    """Each period has its own mean and deviation; periods that cannot be scored are absent."""
    frame = pd.concat([
        frame_of({"jobs": {"CN-BJ": 1.0, "CN-SH": 2.0}}, "2022"),
        frame_of({"jobs": {"CN-BJ": 900.0, "CN-SH": 100.0, "CN-GD": 500.0}}, "2020"),
        frame_of({"jobs": {"CN-BJ": 1.0}}, "2021"),
    ])  # fmt: skip
    got = composite({"jobs": 1}, frame)
    assert got[["period", "region", "rank"]].to_numpy().tolist() == [
        ["2022", "CN-BJ", 2], ["2022", "CN-SH", 1],
        ["2020", "CN-BJ", 1], ["2020", "CN-SH", 3], ["2020", "CN-GD", 2],
    ]  # fmt: skip
    assert got.index.tolist() == list(range(5))
    alone = composite({"jobs": 1}, frame, period=2020)
    pd.testing.assert_frame_equal(alone, got.iloc[2:].reset_index(drop=True))


@pytest.mark.parametrize("period", [2023, "2023", "2023年", parse_period("2023")])
def test_period_in_any_form(period):
    """A period is a label, a year, as printed, or a Period."""
    assert set(composite(R_AND_D, period=period)["period"]) == {"2023"}


def test_shipped_composite():
    """Of 31 provinces Beijing leads by the weights given, and need not by others."""
    got = composite(R_AND_D, period=2023).set_index("region")
    assert set(got["n"]) == {31}
    assert set(got["left_out"]) == {0}
    assert got.loc["CN-BJ", RANKS].tolist() == [1, 1, 3]
    assert got.loc["CN-XZ", RANKS].tolist() == [31, 31, 31]
    wide = [series(id_, period=2023).to_wide().drop("CN") for id_ in R_AND_D]
    intensity, expenditure = (stats.zscore(table["2023"].to_numpy()) for table in wide)
    scores = dict(zip(wide[0].index, (2 * intensity + expenditure) / 3, strict=True))
    assert got["score"].to_dict() == pytest.approx(scores)
    assert got["score"].mean() == pytest.approx(0, abs=1e-12)


def test_shipped_data_and_its_frame_agree():
    """The default is the outcomes of the shipped data, in their latest vintage."""
    every = composite(R_AND_D)
    assert sorted(every["period"].unique()) == [str(year) for year in range(2011, 2025)]
    pd.testing.assert_frame_equal(every, composite(R_AND_D, load()))


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "x", "period", "error", "words"),
    [
        ({"rd_intensty": 1}, None, None, UnknownIndicatorError, "'rd_intensity'"),
        ({"job": 1}, jobs_and_farms([1, 2], [3, 4]), None, SchemaError,
         r"no rows of \['job'\], which have a weight; did you mean 'jobs'"),
        ({"jobs": 1, "farms": 1}, jobs_and_farms([1], [3, 4]), None, IncomparableError,
         r"no two provinces have all of \['jobs', 'farms'\] in one period"),
        ({"jobs": 1, "farms": 1}, jobs_and_farms([1, 1], [3, 4]), None, IncomparableError,
         r"\['jobs'\] cannot be scored: in 2024 the 2 provinces to rank are all alike in it"),
        (R_AND_D, None, 2031, IncomparableError, r"has a row of 2031, only of .*'2017'"),
        (R_AND_D, None, "soon", PeriodError, "soon"),
        ({"jobs": 1}, 7, None, SchemaError, "DataFrame"),
        ({"jobs": 1}, frame_of({"jobs": {"CN-XX": 1.0}}), None, UnknownRegionError, "CN-XX"),
        ({"jobs": 1}, frame_of({"jobs": {"CN": 1.0}}), None, IncomparableError, "no province"),
        ({"jobs": 1, "farms": 1},
         jobs_and_farms([1, 2], [3, 4]).assign(nature=["outcome"] * 2 + ["target"] * 2), None,
         IncomparableError, "outcomes, forecasts and targets do not make one score"),
        ({"jobs": 1}, jobs_and_farms([1, 2], [3, 4]).assign(unit=["t", "km", "t", "t"]), None,
         IncomparableError, "different units"),
    ],
)  # fmt: skip
def test_refusals(weights, x, period, error, words):
    """What has no honest score is refused, with what was given and what there is."""
    with pytest.raises(error, match=words):
        composite(weights, x, period=period)


# --- names and directions -------------------------------------------------------------------------


def three(**columns):
    """Return incomes and unemployment of three provinces."""
    rows = pd.DataFrame({
        "region": ["CN-BJ", "CN-TJ", "CN-HE"] * 2, "period": "2024",
        "indicator": ["income"] * 3 + ["unemployment"] * 3, "value": [2, 3, 4, 4.1, 3.6, 5.9],
    })  # fmt: skip
    return rows.assign(**columns)


EQUAL = {"income": 1, "unemployment": 1}


@pytest.mark.parametrize("told", [["lower"] * 3, [None, "lower", None], ["", "lower", "lower"]])
@pytest.mark.parametrize("kind", [pd.DataFrame, pl.from_pandas])
def test_direction_of_a_callers_own(told, kind):
    """One row of an indicator says for all what is better."""
    scores = composite(EQUAL, kind(three(direction=[None] * 3 + told)))
    assert scores["score"].round(3).tolist() == [-0.393, 0.472, -0.079]
    assert scores["rank"].tolist() == [3, 1, 2]


@pytest.mark.parametrize("told", [["higher", "lower", None], ["up"] * 3, [5] * 3])
def test_directions_that_do_not_hold(told):
    """Words of a column that contradict one another, or are none, are refused."""
    with pytest.raises(SchemaError, match="'direction' must"):
        composite(EQUAL, three(direction=[None] * 3 + told))


def test_an_indicator_has_one_weight():
    """Two names of one indicator are two weights."""
    with pytest.raises(SchemaError, match=r"one weight.*'rd_intensity', '研发投入强度'"):
        composite({"rd_intensity": 2, "研发投入强度": 1, "rd_expenditure": 1}, period=2023)


def test_weightings_of_any_frame():
    """Other weightings may come from polars too."""
    over = pd.DataFrame({"income": [1, 2], "unemployment": [1, 1]})
    one, other = (
        composite(EQUAL, three(), over=kind(over)) for kind in (pd.DataFrame, pl.DataFrame)
    )
    assert one.equals(other)
