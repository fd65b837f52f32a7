"""Growth over several years: literal cases, a slow twin over dict rows, and what holds for it."""

from __future__ import annotations

from math import inf

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import assert_same, at, frame_from, frame_of, key_of, row_of, scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import STEPS, panels

from provstats import (
    Panel,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
    growth,
    indicator,
    series,
)

PROPERTY = settings(max_examples=15, deadline=None)
GROWN = ["growth", "growth_lower", "growth_upper"]
BASE = ["base", "base_lower", "base_upper"]
ADDED = [*BASE, *GROWN, "method", "prices", "reported", "reported_lower", "reported_upper",
         "conflict", "reason", "left_out"]  # fmt: skip


def last(*rows, years=2, **more):
    """Return what is said of the last of some rows."""
    return growth(frame_of(*rows), years=years, **more).iloc[-1]


# --- literal --------------------------------------------------------------------------------------


def test_of_levels():
    """The root of the quotient of two levels, and of the ends of their intervals."""
    found = last(
        ("CN-BJ", "jobs", "2022", 100.0, 100.0, 100.0),
        ("CN-BJ", "jobs", "2024", 121.0, 100.0, 144.0),
    )
    assert found[GROWN].to_list() == pytest.approx([10, 0, 20])
    assert found[BASE].to_list() == [100, 100, 100]
    assert found[["method", "reason", "conflict"]].to_list() == ["levels", "", False]


def test_of_the_same_months():
    """Spans within a year have the same months of another year as their base."""
    rows = [("CN-BJ", "jobs", f"{year}-01/{year}-11", value) for year, value in
            ((2022, 100.0), (2024, 121.0))]  # fmt: skip
    assert last(*rows)["growth"] == pytest.approx(10)


def test_chained():
    """Without a level so long before, the rates of all these years make one."""
    rows = [("CN-BJ", "jobs_growth", "2023", 0.0, -10.0, 10.0),
            ("CN-BJ", "jobs_growth", "2024", 21.0, 10.0, 32.0),
            ("CN-BJ", "jobs", "2024", 5.0, 5.0, 5.0)]  # fmt: skip
    found = last(*rows)
    expected = [10, (0.9 * 1.1) ** 0.5 * 100 - 100, (1.1 * 1.32) ** 0.5 * 100 - 100]
    assert found[GROWN].to_list() == pytest.approx(expected)
    assert found["method"] == "chained"
    assert np.isnan(found["base"])
    assert last(*rows[:2])["growth"] == pytest.approx(10)


def test_indices_of_the_year_before_are_chained():
    """An index of the year before is itself the rate."""
    frame = frame_of(("CN-BJ", "prices", "2023", 100.0), ("CN-BJ", "prices", "2024", 121.0))
    found = growth(frame.assign(unit="上年=100"), years=2)
    assert found["growth"].iloc[1] == pytest.approx(10)
    assert found[["method", "reason"]].iloc[0].isna().to_list() == [True, False]


def test_beside_what_is_reported():
    """What a document states of just these years stands beside it, and may contradict it."""
    rows = [("CN-BJ", "jobs_average_growth", "2023/2024", 12.0, 11.5, 12.5),
            ("CN-BJ", "jobs", "2022", 100.0, 100.0, 100.0),
            ("CN-BJ", "jobs", "2024", 121.0, 121.0, 121.0)]  # fmt: skip
    found = last(*rows)
    assert found["reported"] == 12
    assert found["conflict"]
    assert not last(("CN-BJ", "jobs_average_growth", "2023/2024", 12.0, 9.5, 12.5), *rows[1:])[
        "conflict"
    ]
    assert np.isnan(last(*rows, years=1)["reported"])


def test_other_prices_are_no_conflict():
    """Growth at constant prices is not held against levels at current ones."""
    assert [indicator(id_).prices for id_ in ("gdp", "gdp_average_growth")] == [
        "current", "constant",
    ]  # fmt: skip
    found = last(
        ("CN-BJ", "gdp_average_growth", "2023/2024", 5.0),
        ("CN-BJ", "gdp", "2022", 100.0),
        ("CN-BJ", "gdp", "2024", 121.0),
    )
    assert found[["prices", "reported", "conflict"]].to_list() == ["current", 5.0, False]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("CN-BJ", "jobs", "2024", 5.0)], "no_base"),
        ([("CN-BJ", "jobs", "2022", 0.0), ("CN-BJ", "jobs", "2024", 5.0)], "base_not_positive"),
        ([("CN-BJ", "jobs", "2022", 5.0), ("CN-BJ", "jobs", "2024", -5.0)], "base_not_positive"),
        ([("CN-BJ", "rd_intensity", "2022", 5.0), ("CN-BJ", "rd_intensity", "2024", 6.0)], "unit"),
        ([("CN-BJ", "jobs", "2022", 5.0), ("CN-BJ", "jobs", "2024", None)], "missing"),
        ([("CN-BJ", "jobs_growth", "2024", 5.0)], "no_base"),
        ([("CN-BJ", "jobs", "2021/2024", 5.0)], "no_base"),
    ],
)
def test_reasons(rows, reason):
    """Where there is no growth it is said why, and nothing is told."""
    found = last(*rows)
    assert found["reason"] == reason
    assert found[[*GROWN, *BASE, "method"]].isna().all()


def test_other_units():
    """Levels in two units have no quotient."""
    frame = frame_of(("CN-BJ", "jobs", "2022", 5.0), ("CN-BJ", "jobs", "2024", 6.0))
    assert growth(frame.assign(unit=["t", "km"]), years=2)["reason"].iloc[1] == "unit"


def test_breaks():
    """Levels are not compared across a break; rates that are reported are chained across it."""
    rows = [("CN-BJ", "jobs", "2022", 100.0), ("CN-BJ", "jobs", "2024", 121.0)]
    anew = pd.DataFrame([("jobs", "*", "2022", "2023")],
                        columns=["indicator", "region", "before", "after"])  # fmt: skip
    assert last(*rows, breaks=anew)["reason"] == "break"
    assert last(*rows, breaks=anew, across_breaks=True)["growth"] == pytest.approx(10)
    assert last(*rows, breaks=anew.assign(region="CN-SH"))["growth"] == pytest.approx(10)
    assert last(*rows, breaks=anew.assign(before="2020", after="2021"))["reason"] == ""
    rates = [("CN-BJ", "jobs_growth", "2023", 0.0), ("CN-BJ", "jobs_growth", "2024", 21.0)]
    assert last(*rates, *rows, breaks=anew)["method"] == "chained"
    own = anew.assign(indicator="jobs_growth", before="2023", after="2024")
    assert last(*rates, breaks=own)["reason"] == "break"
    assert last(*rates[1:], breaks=own, years=1)["growth"] == pytest.approx(21)


def test_breaks_of_an_index_whatever_stands_beside_it():
    """An index is its own rate, and its break counts even if others have growth rates."""
    index = [{"region": "CN-BJ", "indicator": "output_index", "period": str(year), "value": 102.0,
              "unit": "上年=100"} for year in (2022, 2023, 2024)]  # fmt: skip
    rates = [{"region": "CN-BJ", "indicator": "jobs_growth", "period": "2024", "value": 3.0,
              "unit": "%"}]  # fmt: skip
    anew = pd.DataFrame([("output_index", "*", "2023", "2024")],
                        columns=["indicator", "region", "before", "after"])  # fmt: skip
    alone, among = (
        growth(pd.DataFrame(rows), years=2, breaks=anew) for rows in (index, index + rates)
    )
    assert alone["reason"].to_list() == ["no_base", "", "break"] == among["reason"].to_list()[:3]


def test_shipped_breaks():
    """Spending that was measured anew grows by its reported rates, or by levels if so told."""
    spent = series("science_function_expenditure", period=2022)
    assert set(growth(spent, years=3)["method"]) == {"chained"}
    assert set(growth(spent, years=3, across_breaks=True)["method"]) == {"levels"}
    alone = spent.data.assign(period="2020"), spent.data
    found = growth(pd.concat(alone, ignore_index=True), years=2)
    assert found["reason"].to_list() == ["no_base", "break"]


def test_kinds_of_input():
    """Ids, series, panels and frames of polars and Arrow answer with the same columns."""
    frame = frame_of(("CN-BJ", "jobs", "2022", 100.0), ("CN-BJ", "jobs", "2024", 121.0))
    expected = growth(frame, years=2)
    assert list(expected.columns) == [*frame.columns, *ADDED]
    pd.testing.assert_frame_equal(growth(Panel(frame), years=2), expected)
    polars = growth(pl.from_pandas(frame), years=2)
    assert polars["growth"].to_list() == [None, pytest.approx(10)]
    arrow = growth(pa.Table.from_pandas(frame), years=2).to_pydict()
    assert arrow["method"] == [None, "levels"]
    id_ = "basic_research_expenditure"
    one, other = (growth(x, years=2).set_index(["region", "period"]) for x in (id_, series(id_)))
    pd.testing.assert_frame_equal(one[ADDED], other.loc[one.index, ADDED])


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("years", [0, -2, 1.5, "5", None, True])
def test_wrong_years(years):
    """Over how many years is a whole number of one or more."""
    with pytest.raises(SchemaError, match="years must be a whole number"):
        growth("rd_expenditure", years=years)


def test_refused():
    """Bad input has its named error."""
    with pytest.raises(UnknownIndicatorError, match="rd_expenditure"):
        growth("rd_expenditures", years=2)
    with pytest.raises(UnknownRegionError, match="CN-XX"):
        growth(frame_of(("CN-XX", "jobs", "2024", 1.0)), years=2)
    with pytest.raises(SchemaError, match="'value'"):
        growth(frame_of(("CN-BJ", "jobs", "2024", "few")), years=2)
    with pytest.raises(NotImplementedError, match="lazy"):
        growth(pl.LazyFrame({"region": ["CN-BJ"]}), years=2)


# --- a slow twin ----------------------------------------------------------------------------------

ROWS = panels(
    ids=("jobs", "jobs_growth", "jobs_average_growth"), regions=("CN-BJ", "CN"),
    periods=("2021", "2022", "2023", "2024", "2023/2024", "2022/2024"), values=(-3, 40), least=6,
    most=20,
)  # fmt: skip


def root(factor, years):
    """Return the yearly rate, in percent, that makes a factor of these years."""
    return (max(factor, 0) ** (1 / years) - 1) * 100


def quotient(now, base):
    """Return the least and the greatest quotient of two intervals; a base may reach to nothing."""
    corners = [
        end / by if by > 0 else inf if end > 0 else -inf if end < 0 else float("nan")
        for end in (now["lower"], now["upper"])
        for by in (max(base["lower"], 0), base["upper"])
    ]
    return np.nanmin(corners), np.nanmax(corners)


def slowly(row, rows, years):
    """Work out one row by looking for the others it needs."""
    find = {(r["region"], r["indicator"], r["period"]): r for r in rows}
    nothing = dict.fromkeys([*BASE, *GROWN, "method"], None) | {"reason": "no_base"}
    if row["indicator"] == "jobs_average_growth":
        return nothing | {"reason": "unit"}
    if "/" in row["period"]:
        return nothing
    last_year = int(row["period"])
    base = find.get((row["region"], row["indicator"], str(last_year - years)))
    if row["indicator"] == "jobs" and base and base["value"] > 0 and row["value"] >= 0:
        low, high = quotient(row, base)
        ends = row["value"] / base["value"], low, high
        told = {name: base[name.replace("base_", "").replace("base", "value")] for name in BASE}
        return told | {
            "method": "levels", "reason": "",
            **dict(zip(GROWN, [root(end, years) for end in ends], strict=True)),
        }  # fmt: skip
    rates = [
        find.get((row["region"], "jobs_growth", str(last_year - back))) for back in range(years)
    ]
    if None in rates:
        is_bad = base and row["indicator"] == "jobs"
        return nothing | ({"reason": "base_not_positive"} if is_bad else {})
    products = [
        np.prod([max(1 + rate[end] / 100, 0) for rate in rates])
        for end in ("value", "lower", "upper")
    ]
    ends = [root(product, years) for product in products]
    return nothing | {
        "method": "chained", "reason": "", **dict(zip(GROWN, ends, strict=True)),
    }  # fmt: skip


@PROPERTY
@given(ROWS, st.integers(1, 3))
def test_agrees_with_a_slow_twin(rows, years):
    """Growth, base, method and reason are those of looking row by row."""
    found = growth(frame_from(rows), years=years).to_dict("records")
    for row, answer in zip(rows, found, strict=True):
        expected = slowly(row, rows, years)
        assert_same([answer], [expected], [*BASE, *GROWN, "method", "reason"])


@PROPERTY
@given(ROWS, STEPS, st.integers(1, 3))
def test_holds_for_any_values(rows, steps, years):
    """Wherever the values lie in their intervals, the growth lies within its ends."""
    true = at(rows, steps[: len(rows)])
    for end in ("lower", "upper"):
        true = [row | {end: row["value"]} for row in true]
    one, other = (growth(frame_from(data), years=years) for data in (rows, true))
    same = one["method"].notna() & (one["method"] == other["method"])
    low, high = one["growth_lower"][same] - 1e-9, one["growth_upper"][same] + 1e-9
    assert (low <= other["growth"][same]).all()
    assert (other["growth"][same] <= high).all()


@PROPERTY
@given(ROWS, st.sampled_from([0.5, 4.0, 1024.0]), st.integers(1, 3))
def test_any_unit(rows, factor, years):
    """Levels in another unit grow alike."""
    one, other = (
        growth(frame_from(data), years=years)[GROWN]
        for data in (rows, scaled(rows, factor, ids=["jobs"]))
    )
    assert np.allclose(one, other, equal_nan=True)


def test_order_does_not_matter():
    """Rows may stand in any order."""
    rows = [row_of("CN-BJ", "jobs", float(year), period=str(year)) for year in (2024, 2021, 2022)]
    one, other = (growth(frame_from(data), years=2) for data in (rows, rows[::-1]))
    told = (
        {key_of(r): str(r["growth"]) for r in answer.to_dict("records")} for answer in (one, other)
    )
    first, second = told
    assert first == second
