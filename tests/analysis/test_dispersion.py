"""Dispersion and convergence against other implementations, exhaustive search and invariances."""

from __future__ import annotations

from itertools import product
from math import exp, inf, isnan, log, nan
from statistics import fmean, pstdev, quantiles

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import breaks_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from provstats import (
    IncomparableError,
    PeriodError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
    convergence,
    dispersion,
    load,
    rank,
    series,
)
from provstats.analysis.parts.balance import find_balanced_periods

MEASURES = ["mean", "cv", "gini", "theil", "p90_p10", "minimum", "maximum", "range", "sigma"]
FREE_OF_UNIT = ["cv", "gini", "theil", "p90_p10", "sigma"]
IN_UNIT = ["mean", "minimum", "maximum", "range"]
BOUNDS = [f"{name}_{end}" for name in MEASURES for end in ("lower", "upper")]
COLUMNS = ["indicator", "period", "unit", "n", *MEASURES, *BOUNDS, "left_out"]
TRENDS = ["sigma_first", "sigma_last", "change", "slope"]
TREND_COLUMNS = [
    "indicator", "first", "last", "periods", "n", *TRENDS, "converging",
    *(f"{name}_{end}" for name in TRENDS for end in ("lower", "upper")), "left_out",
    "before_break", "sparse",
]  # fmt: skip
PROVINCES = [
    "CN-BJ", "CN-SH", "CN-GD", "CN-SD", "CN-ZJ", "CN-GS", "CN-QH", "CN-NX", "CN-XJ", "CN-XZ",
    "CN-YN",
]  # fmt: skip
YEARS = [str(year) for year in range(2018, 2024)]
# The vintage of the bulletin on the last of them.
SIXTH = "nbs-rd-bulletin-2023"
PROPERTY = settings(max_examples=60, deadline=None)
# Mean incomes of ten classes, United States 1968: the example of R's package ineq.
INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


def frame_of(rows, indicator="jobs", period="2024"):
    """Return the frame of values, or of (value, lower, upper), one a province."""
    triples = [row if isinstance(row, tuple) else (row, row, row) for row in rows]
    return pd.DataFrame(triples, columns=["value", "lower", "upper"]).assign(
        region=PROVINCES[: len(triples)], indicator=indicator, period=period
    )


def measured(rows, **how):
    """Return the only row of the dispersion of values."""
    return dispersion(frame_of(rows, **how)).iloc[0]


# --- plain second implementations ----------------------------------------------------------------


def slow_gini(values):
    """Return half the relative mean difference, pair by pair."""
    gaps = sum(abs(one - other) for one, other in product(values, values))
    return gaps / (2 * len(values) ** 2 * fmean(values))


def slow_theil(values):
    """Return Theil's T as the entropy that shares lack."""
    total, n = sum(values), len(values)
    shares = [value / total for value in values]
    return log(n) + sum(share * log(share) for share in shares if share > 0)


def slow_ratio(values):
    """Return the ratio of the outer deciles."""
    deciles = quantiles(values, n=10, method="inclusive")
    return deciles[-1] / deciles[0] if deciles[0] > 0 else nan


SLOW = {
    "mean": fmean,
    "cv": lambda values: pstdev(values) / fmean(values) if any(values) else nan,
    "gini": lambda values: slow_gini(values) if any(values) else nan,
    "theil": lambda values: slow_theil(values) if any(values) else nan,
    "p90_p10": slow_ratio,
    "minimum": min,
    "maximum": max,
    "range": lambda values: max(values) - min(values),
    "sigma": lambda values: pstdev(map(log, values)) if min(values) > 0 else nan,
}


@st.composite
def intervals(draw, most=6, least_value=0, widest=12):
    """Draw two or more (value, lower, upper) in quarters."""
    widths = st.integers(0, widest)
    rows = []
    for _ in range(draw(st.integers(2, most))):
        value = draw(st.integers(least_value, 40))
        down, up = draw(widths), draw(widths)
        rows.append((value / 4, max(value - down, 0) / 4, (value + up) / 4))
    return rows


def holds(row, name, value):
    """Tell whether the bounds of a measure hold a value, which may not be defined."""
    slack = 1e-9 * max(1, abs(value)) if not isnan(value) else 0
    return isnan(value) or row[f"{name}_lower"] - slack <= value <= row[f"{name}_upper"] + slack


# --- the measures --------------------------------------------------------------------------------


@PROPERTY
@given(intervals())
def test_measures_agree_with_textbook_formulas(rows):
    """Each measure of the values is what its definition gives, term by term."""
    row = measured(rows)
    values = [value for value, *_ in rows]
    for name, slow in SLOW.items():
        assert row[name] == pytest.approx(slow(values), rel=1e-9, abs=1e-9, nan_ok=True), name


@PROPERTY
@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=11))
def test_measures_agree_with_scipy(values):
    """Variation, quantiles and geometric deviation are those of scipy."""
    assume(max(values) > 1.001 * min(values))  # of values more alike scipy warns
    row = measured(values)
    low, high = stats.mstats.mquantiles(values, [0.1, 0.9], alphap=1, betap=1)
    assert row["cv"] == pytest.approx(stats.variation(values), abs=1e-9)
    assert row["p90_p10"] == pytest.approx(high / low)
    assert row["sigma"] == pytest.approx(log(stats.gstd(values, ddof=0)), abs=1e-9)
    assert row["mean"] == pytest.approx(np.mean(values))


def test_measures_agree_with_r():
    """Gini and Theil of the example that R's package ineq documents are what it gives."""
    row = measured(INCOMES)
    assert row["gini"] == pytest.approx(0.462091130267624, rel=1e-12)
    assert row["theil"] == pytest.approx(0.3623412, abs=5e-8)


@pytest.mark.parametrize(
    ("indicator", "period", "gini", "theil"),
    [
        ("rd_intensity", "2018", 0.341276415636, 0.198360213763),
        ("rd_intensity", "2023", 0.309183376925, 0.160647731871),
        ("rd_expenditure", "2018", 0.558674773709, 0.538197834961),
        ("rd_expenditure", "2023", 0.55411809441, 0.526244777599),
    ],
)
def test_shipped_measures_agree_with_pysal(indicator, period, gini, theil):
    """Gini and Theil of the panel are those that PySAL's inequality 1.1.2 gives for its values."""
    row = dispersion(series(indicator, vintage=SIXTH)).set_index("period").loc[period]
    assert (row["n"], row["left_out"]) == (31, 1)
    assert row["gini"] == pytest.approx(gini, rel=1e-10)
    assert row["theil"] == pytest.approx(theil, rel=1e-10)


def test_all_shipped_measures_agree_with_textbook_formulas():
    """For every indicator and period the measures are those of the rows that rank compares."""
    ranked = rank(load(), min_n=1)
    rows = dispersion(load()).set_index(["indicator", "period"])
    keys = ranked[["indicator", "period"]].drop_duplicates()
    assert rows.index.tolist() == list(keys.itertuples(index=False, name=None))
    for key, group in ranked.groupby(["indicator", "period"], sort=False):
        values = group["value"].to_list()
        row = rows.loc[key]
        assert (row["n"], row["left_out"]) == (len(values), group["left_out"].iloc[0])
        defined = [name for name in MEASURES if not isnan(row[name])]
        assert set(IN_UNIT) <= set(defined)
        assert {name: row[name] for name in defined} == pytest.approx(
            {name: SLOW[name](values) for name in defined}, rel=1e-9, abs=1e-12
        )
        assert all(row[f"{c}_lower"] <= row[c] <= row[f"{c}_upper"] for c in defined)


# --- where a measure means nothing ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "undefined"),
    [
        ([1.0, 2.0], []),
        ([5.0], FREE_OF_UNIT),
        ([-1.0, 2.0], FREE_OF_UNIT),
        ([0.0, 0.0], FREE_OF_UNIT),
        ([0.0, 2.0], ["sigma"]),
        ([0.0, 0.0, 2.0], ["p90_p10", "sigma"]),
    ],
)
def test_undefined_measures(values, undefined):
    """A measure that means nothing is missing, with its bounds; the others are there."""
    row = measured(values)
    assert [name for name in MEASURES if isnan(row[name])] == undefined
    for name in MEASURES:
        ends = row[[f"{name}_lower", f"{name}_upper"]].isna()
        assert ends.tolist() == [isnan(row[name])] * 2


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("jobs_growth", "percent"), ("jobs_change", "count"), ("jobs_gap", "CNY"),
        ("jobs_rank", ""), ("jobs_contribution", "percent"), ("jobs", "percentage_point"),
        ("jobs", "rank"), ("industrial_value_added_growth", "percent"),
    ],
)  # fmt: skip
def test_what_may_be_negative_has_no_relative_measure(indicator, unit):
    """Growth of 4% is not twice growth of 2%: only extents in the unit are given."""
    row = dispersion(frame_of([2.0, 4.0], indicator=indicator).assign(unit=unit)).iloc[0]
    assert row[FREE_OF_UNIT].isna().all()
    assert row[IN_UNIT].tolist() == [3.0, 2.0, 4.0, 2.0]


def test_zero_has_no_share():
    """What has nothing adds nothing to Theil's measure."""
    row = measured([0.0, 3.0])
    assert row["theil"] == pytest.approx(log(2))
    assert row["gini"] == pytest.approx(1 / 2)


def test_intervals_that_reach_zero_leave_some_measures_without_limit():
    """Where a value may be zero, ratio and sigma may be as great as one likes, Gini may not."""
    row = measured([(1.0, 0.0, 1.0), (2.0, 2.0, 2.0)])
    assert (row["sigma_upper"], row["gini_upper"]) == (inf, 0.5)
    assert row["sigma_lower"] == pytest.approx(log(2) / 2)
    assert measured([(1.0, -1.0, 1.0), (2.0, 2.0, 2.0)])["gini_upper"] == 0.5


# --- bounds --------------------------------------------------------------------------------------


@PROPERTY
@given(intervals(most=4), st.data())
def test_bounds_hold_every_measure(rows, data):
    """Wherever the true values lie inside their intervals, the true measures are in bounds."""
    row = measured(rows)
    steps = data.draw(st.lists(st.integers(0, 7), min_size=len(rows), max_size=len(rows)))
    true = [low + (high - low) * step / 7 for (_, low, high), step in zip(rows, steps, strict=True)]
    values = [value for value, *_ in rows]
    for name, slow in SLOW.items():
        if not isnan(slow(values)):
            assert holds(row, name, slow(true)), name


@PROPERTY
@given(intervals(most=3, least_value=1, widest=6))
def test_bounds_hold_all_points_of_a_grid(rows):
    """No point of a grid over all intervals, both ends in it, lies outside the bounds."""
    row = measured(rows)
    for true in product(*(np.linspace(low, high, 5).tolist() for _, low, high in rows)):
        for name in MEASURES:
            assert holds(row, name, SLOW[name](true)), (name, true)


@settings(PROPERTY, max_examples=30)
@given(intervals(most=5, least_value=1))
def test_lower_bounds_are_reached(rows):
    """Drawing all values to one level, as far as intervals go, comes down to the lower bound."""
    row = measured(rows)
    ends = [end for _, low, high in rows for end in (low, high)]
    fine = np.linspace(min(ends), max(ends), 801).tolist()
    for name in ["cv", "gini", "theil", "p90_p10", "sigma", "range"]:
        least = inf
        for level in [*ends, *fine]:
            found = SLOW[name]([min(max(level, low), high) for _, low, high in rows])
            least = least if isnan(found) else min(least, found)
        assert row[f"{name}_lower"] - 1e-9 <= least <= row[f"{name}_lower"] + 2e-3 * max(1, least)


@PROPERTY
@given(st.lists(st.integers(2, 60), min_size=2, max_size=7), st.integers(0, 8))
def test_upper_bounds_are_reached_where_all_are_rounded_alike(values, width):
    """With intervals of one width the upper bounds are those of the worst of all 2^n corners."""
    rows = [(v / 4, (v - width / 8) / 4, (v + width / 8) / 4) for v in values]
    row = measured(rows)
    corners = list(product(*((low, high) for _, low, high in rows)))
    for name in MEASURES:
        worst = max(SLOW[name](corner) for corner in corners)
        assert row[f"{name}_upper"] == pytest.approx(worst, rel=1e-9, abs=1e-9), name


@PROPERTY
@given(intervals(most=5), st.data())
def test_widening_an_interval_never_narrows_a_bound(rows, data):
    """Less certainty about one province leaves every measure, and none with closer bounds."""
    place = data.draw(st.integers(0, len(rows) - 1))
    down, up = data.draw(st.tuples(st.integers(0, 9), st.integers(0, 9)))
    value, low, high = rows[place]
    wider = [*rows]
    wider[place] = (value, low - down / 4, high + up / 4)
    before, after = measured(rows), measured(wider)
    assert after[MEASURES].equals(before[MEASURES])
    for name in MEASURES:
        if not isnan(before[name]):
            assert after[f"{name}_lower"] <= before[f"{name}_lower"] + 1e-9
            assert after[f"{name}_upper"] >= before[f"{name}_upper"] - 1e-9


def test_range_has_bounds():
    """The range may shrink until the intervals meet, and grow until they end."""
    row = measured([(1.0, 0.0, 3.0), (5.0, 4.0, 7.0)])
    assert row[["range", "range_lower", "range_upper"]].tolist() == [4.0, 1.0, 7.0]
    row = measured([(1.0, 0.0, 3.0), (2.0, 2.0, 7.0)])
    assert row[["range", "range_lower", "range_upper"]].tolist() == [1.0, 0.0, 7.0]


def test_exact_values_leave_no_doubt():
    """Without intervals the bounds are the measures themselves."""
    row = measured(INCOMES)
    for name in MEASURES:
        assert row[name] == row[f"{name}_lower"] == row[f"{name}_upper"]


# --- invariances ---------------------------------------------------------------------------------


@PROPERTY
@given(intervals(), st.floats(0.001, 1000))
def test_scale(rows, factor):
    """Another unit scales the extents and leaves all other measures and their bounds."""
    scaled = [tuple(end * factor for end in row) for row in rows]
    before, after = measured(rows), measured(scaled)
    for name in MEASURES:
        times = factor if name in IN_UNIT else 1
        for column in (name, f"{name}_lower", f"{name}_upper"):
            expected = pytest.approx(before[column] * times, rel=1e-7, abs=1e-7, nan_ok=True)
            assert after[column] == expected, column


@PROPERTY
@given(intervals(), st.randoms(use_true_random=False))
def test_order_and_names_do_not_matter(rows, random):
    """Dispersion belongs to the values, whatever their order and whoever reports them."""
    pd.testing.assert_series_equal(measured(random.sample(rows, len(rows))), measured(rows))


def test_adding_the_same_again_changes_nothing():
    """Gini, Theil, cv and sigma are those of a distribution: doubling the people leaves them."""
    names = ["cv", "gini", "theil", "sigma"]
    one, two = measured([1.0, 2.0, 6.0]), measured([1.0, 2.0, 6.0] * 2)
    assert two[names].tolist() == pytest.approx(one[names].tolist())


# --- the frame -----------------------------------------------------------------------------------


def test_columns_and_order():
    """One row for each indicator and period, as they come, with columns in a fixed order."""
    frame = pd.concat([
        frame_of([1.0, 2.0], period="2024"), frame_of([3.0], indicator="farms"),
        frame_of([5.0, 6.0, 7.0], period="2023"),
    ])  # fmt: skip
    got = dispersion(frame)
    assert list(got) == COLUMNS
    keys = got[["indicator", "period", "n"]].to_numpy().tolist()
    assert keys == [["jobs", "2024", 2], ["farms", "2024", 1], ["jobs", "2023", 3]]
    assert got.index.tolist() == [0, 1, 2]
    assert got.dtypes[["n", "left_out"]].tolist() == ["int64", "int64"]
    assert (got.dtypes[[*MEASURES, *BOUNDS]] == "float64").all()


def test_what_is_not_compared_is_counted():
    """The nation, a city, a forecast and a missing value are left out, and counted."""
    more = pd.DataFrame({
        "region": ["CN", "ningbo", "CN-JS", "CN-HA"], "indicator": "jobs", "period": "2024",
        "value": [99.0, 9.0, 8.0, nan], "nature": ["outcome", "outcome", "forecast", "outcome"],
    })  # fmt: skip
    frame = pd.concat([frame_of([1.0, 3.0]).assign(nature="outcome"), more], ignore_index=True)
    before = frame.copy(deep=True)
    row = dispersion(frame).iloc[0]
    assert row[["n", "left_out", "mean"]].tolist() == [2, 4, 2.0]
    pd.testing.assert_frame_equal(frame, before)


def test_unit_is_told():
    """The unit is the row's own, else that of the catalogue, else empty."""
    units = [
        dispersion(frame_of([1.0, 2.0], indicator=id_).assign(**how))["unit"].item()
        for id_, how in [("jobs", {"unit": "posts"}), ("rd_intensity", {}), ("jobs", {})]
    ]
    assert units == ["posts", "percent", ""]


@pytest.mark.parametrize(
    ("measure", "periods"), [(dispersion, None), (convergence, ["2023", "2024"])]
)
def test_id_series_and_frame_agree(measure, periods):
    """An id, its series and the rows of the data give one answer, of the same periods."""
    # An id is asked among forecasts and targets, which are left out and counted; of an id
    # `convergence` chooses the periods: after a break, and not narrowed by few regions.
    apart = ["left_out"] + ["sparse", "before_break"] * (measure is convergence)
    by_id = measure("rd_intensity").drop(columns=apart)
    own = series("rd_intensity", period=periods)
    for rows in (own, load().merge(own.data[["indicator", "period", "region"]])):
        pd.testing.assert_frame_equal(by_id, measure(rows).drop(columns=apart))


@pytest.mark.parametrize("measure", [dispersion, convergence])
@pytest.mark.parametrize(
    ("x", "error", "words"),
    [
        ("rd_intensit", UnknownIndicatorError, "did you mean 'rd_intensity'"),
        (7, SchemaError, "an IndicatorSeries, an indicator id or a DataFrame"),
        (frame_of([1.0]).drop(columns="value"), SchemaError, r"\['value'\] are missing"),
        (frame_of(["1"]), SchemaError, "no finite number"),
        (frame_of([1.0]).assign(region="CN-XX"), UnknownRegionError, "CN-XX"),
        (frame_of([1.0], period="soon"), PeriodError, "soon"),
        (frame_of([1.0]).assign(region="CN"), IncomparableError, "no province has a value"),
        (frame_of([1.0, 2.0]).assign(unit=["t", "km"]), IncomparableError, "different units"),
    ],
)
def test_refusals(measure, x, error, words):
    """What rank refuses is refused here, in the same words."""
    with pytest.raises(error, match=words):
        measure(x)


# --- convergence ---------------------------------------------------------------------------------


def panel(*columns, periods=None):
    """Return the frame of a panel, one list of values, or of triples, a period."""
    periods = periods or YEARS[: len(columns)]
    return pd.concat(
        [frame_of(column, period=label) for column, label in zip(columns, periods, strict=True)],
        ignore_index=True,
    )


def trend(*columns, **how):
    """Return the only row of the convergence of a panel."""
    return convergence(panel(*columns, **how)).iloc[0]


@pytest.mark.parametrize(
    ("indicator", "first", "last", "change", "slope"),
    [
        ("rd_intensity", 0.663247, 0.628037, -5.3087, -0.007613),
        ("rd_expenditure", 1.505571, 1.452802, -3.5049, -0.011784),
    ],
)
def test_shipped_panel_converges(indicator, first, last, change, slope):
    """From 2018 to 2023 all 31 provinces grew more alike, by more than rounding explains."""
    row = convergence(series(indicator, vintage=SIXTH), across_breaks=True).iloc[0]
    known = ["first", "last", "periods", "n", "left_out", "converging"]
    assert row[known].tolist() == ["2018", "2023", 6, 31, 0, True]
    assert row[TRENDS].tolist() == pytest.approx([first, last, change, slope], abs=1e-4)
    assert row["change_upper"] < 0
    assert row["slope_upper"] < 0
    values = series(indicator, period=YEARS, vintage=SIXTH).to_wide().drop(index="CN")
    sigmas = np.log(values).std(ddof=0)
    assert row["sigma_first"] == pytest.approx(sigmas["2018"])
    assert row["slope"] == pytest.approx(stats.linregress(range(6), sigmas).slope)


def test_a_trend_does_not_reach_across_a_break():
    """The intensities of 2018 were measured anew in 2019; expenditure was not."""
    panel = [series(id_, vintage=SIXTH) for id_ in ("rd_intensity", "rd_expenditure")]
    rows = [convergence(own).iloc[0] for own in panel]
    told = [row[["first", "periods", "before_break"]].tolist() for row in rows]
    assert told == [["2019", 5, 1], ["2018", 6, 0]]
    across = convergence(panel[0], across_breaks=True).iloc[0]
    assert across[["first", "periods", "before_break"]].tolist() == ["2018", 6, 0]


def test_a_trend_is_of_one_measure():
    """The intensities of 2023 are compared with earlier ones only as they were first printed."""
    latest = convergence(series("rd_intensity", period=range(2018, 2025))).iloc[0]
    assert (latest["first"], latest["converging"]) == ("2023", True)
    with pytest.raises(IncomparableError, match=r"needs two periods or more.*\['2024'\]"):
        convergence(first_printed())


def test_a_period_of_two_measures_is_of_the_old_one():
    """Where some provinces of each period are measured as before, nothing is left to compare."""
    rows = first_printed()
    is_late = rows["period"].eq("2024") & rows["region"].eq("CN-BJ")
    rows.loc[is_late, "source"] = "nbs-rd-bulletin-2023"
    with pytest.raises(IncomparableError, match=r"each period of \['rd_intensity'\].*as before"):
        convergence(rows)


def first_printed():
    """Return the intensities of seven years as the bulletins printed them first."""
    rows = load(vintage=None)
    is_told = rows["indicator"].eq("rd_intensity") & rows["source"].str.startswith("nbs-rd-")
    rows = rows[is_told & rows["period"].between("2018", "2024")]
    return rows.sort_values("source", kind="stable").drop_duplicates(["region", "period"])


def test_breaks_are_those_of_our_own_documents():
    """Rows of one's own may be measured in another way; no break is known of them."""
    own = series("rd_intensity", vintage=SIXTH).data
    told = [
        convergence(rows)["first"].item()
        for rows in (own, own.drop(columns="source"), own.assign(source="yearbook"))
    ]
    assert told == ["2019", "2018", "2018"]


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.from_pandas, pa.Table.from_pandas])
def test_a_trend_does_not_reach_across_a_break_of_the_caller(kind):
    """Where the caller's own series was measured anew, its trend begins."""
    own = series("rd_expenditure", vintage=SIXTH).data.drop(columns="source")
    anew = breaks_of("rd_expenditure", region="CN-BJ", before="2020", after="2021")
    rows = [convergence(own, breaks=kind(anew), across_breaks=on).iloc[0] for on in (False, True)]
    told = [row[["first", "periods", "before_break"]].tolist() for row in rows]
    assert told == [["2021", 3, 3], ["2018", 6, 0]]


@PROPERTY
@given(st.floats(0.5, 1.5), st.lists(st.floats(-2, 2), min_size=2, max_size=7))
def test_planted_contraction_is_found(ratio, places):
    """Where deviations of the logs shrink by a ratio each year, so does sigma."""
    assume(pstdev(places) > 0.01 and abs(ratio - 1) > 1e-6)
    columns = [[exp(place * ratio**year) for place in places] for year in range(4)]
    row = trend(*columns)
    assert row["change"] == pytest.approx((ratio**3 - 1) * 100, rel=1e-6)
    assert row["converging"] == (ratio < 1)
    sigmas = [pstdev(places) * ratio**year for year in range(4)]
    assert row["slope"] == pytest.approx(stats.linregress(range(4), sigmas).slope, rel=1e-6)


@PROPERTY
@given(st.integers(2, 4), st.data())
def test_trend_bounds_hold_every_trend(n, data):
    """Values anywhere inside their intervals have their trend inside the bounds, and its sign."""
    step = st.integers(4, 40)
    columns = [
        [
            (value / 4, (value - down) / 4, (value + up) / 4)
            for value, down, up in data.draw(st.lists(
                st.tuples(step, st.integers(0, 3), st.integers(0, 3)), min_size=n, max_size=n,
            ))
        ]
        for _ in range(3)
    ]  # fmt: skip
    assume(all(len({value for value, *_ in column}) > 1 for column in columns))
    true = [
        [low + (high - low) * data.draw(st.integers(0, 4)) / 4 for _, low, high in column]
        for column in columns
    ]
    row = trend(*columns)
    sigmas = [SLOW["sigma"](column) for column in true]
    assert holds(row, "sigma_first", sigmas[0])
    assert holds(row, "sigma_last", sigmas[-1])
    assert holds(row, "slope", stats.linregress(range(3), sigmas).slope)
    if sigmas[0] > 0:
        assert holds(row, "change", (sigmas[-1] / sigmas[0] - 1) * 100)
    if row["converging"] is not pd.NA:
        assert row["converging"] == (sigmas[-1] < sigmas[0] - 1e-9)


@pytest.mark.parametrize(
    ("last", "converging"),
    [
        ([(2.0, 2.0, 2.0), (3.0, 3.0, 3.0)], True),
        ([(2.0, 2.0, 2.0), (5.0, 5.0, 5.0)], False),
        ([(2.0, 2.0, 2.0), (4.0, 4.0, 4.0)], False),
        ([(2.0, 1.9, 2.1), (3.9, 3.7, 4.3)], pd.NA),
        ([(20.0, 20.0, 20.0), (40.0, 40.0, 40.0)], False),
        ([(2.0, 2.0, 2.0), (0.0, 0.0, 0.0)], pd.NA),
    ],
)
def test_converging_has_three_answers(last, converging):
    """Sigma fell, did not fall, or may have: only what rounding cannot explain is a change."""
    got = convergence(panel([2.0, 4.0], last))
    assert got["converging"].dtype == "boolean"
    assert got["converging"].item() is converging or got["converging"].item() == converging


def test_trend_of_literals():
    """Sigma of two values is half the log of their ratio; a year is the unit of time."""
    row = trend([1.0, exp(2)], [1.0, exp(1)], periods=["2018", "2020"])
    assert row[TRENDS].tolist() == pytest.approx([1.0, 0.5, -50.0, -0.25])
    assert list(row.index) == TREND_COLUMNS


def test_spans_within_years_are_compared_by_the_time_between_them():
    """January to November with the same months a year later; quarters lie a quarter apart."""
    spans = ["2024-01/2024-11", "2023-01/2023-11"]
    row = trend([1.0, exp(1)], [1.0, exp(2)], periods=spans)
    assert row[["first", "last"]].tolist() == [spans[1], spans[0]]
    assert row["slope"] == pytest.approx(-0.5)
    quarters = trend([1.0, exp(2)], [1.0, exp(1)], periods=["2023-Q4", "2024-Q1"])
    assert quarters["slope"] == pytest.approx(-0.5 * 4)


def test_only_the_balanced_panel_is_used():
    """A province that misses a period is left out of all, and counted."""
    frame = panel([1.0, 2.0, 900.0], [1.0, 2.0], [1.0, 2.0, 0.1, 7.0])
    row = convergence(frame).iloc[0]
    assert row[["n", "left_out"]].tolist() == [2, 2]
    assert row[["change", "slope"]].tolist() == pytest.approx([0, 0])


def test_each_indicator_has_a_row():
    """Indicators come in their order, each with periods of its own."""
    farms = panel([1.0, 2.0], [1.0, 2.0], periods=["2001", "2002"]).assign(indicator="farms")
    got = convergence(pd.concat([panel([1.0, 2.0], [2.0, 3.0]), farms]))
    first = got[["indicator", "first", "last"]].to_numpy().tolist()
    assert first == [["jobs", "2018", "2019"], ["farms", "2001", "2002"]]


def test_without_sigma_there_is_no_trend():
    """Growth rates have no sigma; the row says so by what it lacks."""
    row = convergence(panel([1.0, 2.0], [1.0, 3.0]).assign(indicator="jobs_growth")).iloc[0]
    assert row[TRENDS].isna().all()
    assert row["converging"] is pd.NA


def test_from_no_dispersion_there_is_no_change_in_percent():
    """All alike first, apart later: no percentage, but plainly no convergence."""
    row = trend([2.0, 2.0], [2.0, 3.0])
    assert isnan(row["change"])
    assert not row["converging"]
    assert row["slope"] == pytest.approx(log(3 / 2) / 2)


def test_first_intervals_that_overlap_leave_the_rise_without_limit():
    """If all may have been alike at first, dispersion may have grown by any factor."""
    row = trend([(2.0, 1.0, 3.0), (2.5, 2.0, 3.0)], [1.0, 9.0])
    assert row["sigma_first_lower"] == pytest.approx(0)
    assert row["change_upper"] == inf


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (panel([1.0, 2.0], [1.0, 2.0], periods=["2023", "2024-01/2024-11"]),
         r"2023 \(months 12\), 2024-01/2024-11 \(months 11\)"),
        (panel([1.0, 2.0], [1.0, 2.0]).assign(nature=["outcome"] * 2 + ["target"] * 2),
         r"2018 \(nature outcome\), 2019 \(nature target\)"),
        (panel([1.0, 2.0], [1.0, 2.0]).assign(unit=["t"] * 2 + ["km"] * 2),
         r"2018 \(unit t\), 2019 \(unit km\)"),
        (panel([1.0, 2.0]), r"two periods or more; 'jobs' has only \['2018'\]"),
        (panel([1.0, 2.0], [1.0]), r"fewer than two provinces have 'jobs' in each of"),
    ],
    ids=["lengths", "natures", "units", "one period", "no panel"],
)  # fmt: skip
def test_what_is_no_panel_is_refused(frame, words):
    """A trend is of periods of one kind, and of provinces that are in all of them."""
    with pytest.raises(IncomparableError, match=words):
        convergence(frame)


def test_shipped_spans_of_different_length_are_refused():
    """Growth to October and to November are no panel."""
    with pytest.raises(IncomparableError, match="2024-01/2024-10"):
        convergence(series("industrial_value_added_growth"))


def test_a_period_that_few_report_does_not_narrow_the_trend_of_an_id():
    """An id leaves sparse periods out and names them; a series keeps what was chosen."""
    own = convergence("rd_intensity").iloc[0]
    assert own[["first", "last", "n", "sparse"]].tolist() == ["2023", "2024", 31, "2025"]
    chosen = convergence(series("rd_intensity", period=[2023, 2024, 2025])).iloc[0]
    assert chosen[["last", "n", "left_out", "sparse"]].tolist() == ["2025", 4, 27, ""]
    spans = convergence("industrial_value_added_growth").iloc[0]
    assert spans["sparse"] == "2024-01/2024-10 2024-01/2024-11"


@pytest.mark.parametrize(
    ("held", "kept"),
    [
        (["ABC", "ABC", "A"], [0, 1]),
        (["ABC", "ABC", "AB"], [0, 1]),  # of as many values those of more provinces
        (["ABC", "ABC", "ABC", "AB", "AB"], [0, 1, 2, 3, 4]),
        (["ABCD", "ABCD", "AB"], [0, 1]),
        (["A", "ABC", "ABC", "AB", "ABC"], [1, 2, 4]),
        (["ABC", "DE", "DE"], [0, 1, 2]),
        (["AB", "CD"], [0, 1]),
        (["ABC"], [0]),
    ],
)
def test_periods_in_balance(held, kept):
    """Those periods are kept that leave most values without a gap."""
    rows = pd.DataFrame([(str(2020 + year), code) for year, codes in enumerate(held)
                         for code in codes], columns=["period", "region"])  # fmt: skip
    assert find_balanced_periods(rows) == [str(2020 + year) for year in kept]


@PROPERTY
@given(st.floats(0.001, 1000), st.permutations(range(8)))
def test_trend_is_free_of_scale_and_order(factor, order):
    """Another unit and another order of rows leave the trend."""
    frame = panel([1.0, 2.0, 4.0, 9.0], [2.0, 2.5, 4.0, 8.0])
    before = convergence(frame)
    scaled = frame.assign(**{c: frame[c] * factor for c in ("value", "lower", "upper")})
    after = convergence(scaled.iloc[list(order)])
    pd.testing.assert_frame_equal(before, after, rtol=1e-7)
