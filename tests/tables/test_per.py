"""Figures a head and per unit of another: the same region and period, and bounds that hold all."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats as ps


def row(value, lower, upper, indicator="gdp", unit="CNY", *, period="2023", **more):  # noqa: PLR0913
    """Return one figure of Beijing."""
    return pd.DataFrame(
        {"region": ["CN-BJ"], "indicator": indicator, "period": period, "value": [value],
         "lower": [lower], "upper": [upper], "unit": unit, **more}
    )  # fmt: skip


PEOPLE = row(20.0, 19.0, 21.0, "population", "count")


def test_a_head():
    """The quotient with the least and the greatest that the intervals allow, in its own unit."""
    got = ps.per(row(100.0, 90.0, 110.0), PEOPLE).iloc[0]
    assert got[["indicator", "value", "lower", "upper", "unit"]].tolist() == [
        "gdp_per_capita", 5.0, 90 / 21, 110 / 19, "CNY",
    ]  # fmt: skip
    assert got[["denominator", "denominator_upper", "basis"]].tolist() == [20.0, 21.0, "derived"]


def test_a_ratio_of_one_unit_is_a_percentage():
    """What has the unit of its denominator is a share of it."""
    got = ps.per(row(2.0, 2.0, 2.0, "rd_expenditure"), row(50.0, 50.0, 50.0)).iloc[0]
    assert got[["indicator", "value", "unit"]].tolist() == [
        "rd_expenditure_per_gdp",
        4.0,
        "percent",
    ]


def test_other_units():
    """Units that differ stand over one another."""
    got = ps.per(row(10.0, 10.0, 10.0, "power", "kWh"), row(5.0, 5.0, 5.0)).iloc[0]
    assert got[["value", "unit"]].tolist() == [2.0, "kWh/CNY"]


def test_a_denominator_among_the_rows():
    """An id finds the denominator among the rows themselves, which is not divided by itself."""
    got = ps.per(pd.concat([row(100.0, 100.0, 100.0), PEOPLE]), "population")
    assert got["indicator"].tolist() == ["gdp_per_capita"]


@settings(max_examples=50)
@given(
    st.floats(-100, 100), st.floats(0, 10), st.floats(1, 100), st.floats(0, 0.9),
    st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_bounds_hold_all_quotients(value, half, base, share, at, below):  # noqa: PLR0913, PLR0917
    """Every quotient of values of the two intervals lies between the bounds."""
    figure = row(value, value - half, value + half)
    people = row(base, base * (1 - share), base * (1 + share), "population", "count")
    got = ps.per(figure, people).iloc[0]
    one = figure["lower"].iloc[0] + at * 2 * half
    other = people["lower"].iloc[0] + below * 2 * share * base
    assert got["lower"] - 1e-9 <= one / other <= got["upper"] + 1e-9


def test_another_period_is_refused():
    """A denominator of another period is none."""
    with pytest.raises(ps.IncomparableError, match="no row has a figure of 'population'"):
        ps.per(row(1.0, 1.0, 1.0, period="2022"), PEOPLE)


def test_rows_without_a_denominator_are_counted():
    """They are left out, and it is said how many."""
    frame = pd.concat([row(1.0, 1.0, 1.0), row(1.0, 1.0, 1.0, period="2022")])
    got = ps.per(frame, PEOPLE)
    assert got[["period", "left_out"]].to_numpy().tolist() == [["2023", 1]]


def test_the_vintage_of_the_row_counts():
    """Of several documents the row's own gives the denominator; others are refused."""
    people = pd.concat([PEOPLE.assign(source="a"), PEOPLE.assign(source="b", value=19.5)])
    assert ps.per(row(39.0, 39.0, 39.0, source="b"), people)["value"].tolist() == [2.0]
    with pytest.raises(ps.IncomparableError, match=r"several figures .* choose one vintage"):
        ps.per(row(39.0, 39.0, 39.0, source="c"), people)


def test_a_denominator_around_zero_is_refused():
    """Nothing is divided by an interval that reaches zero."""
    with pytest.raises(ps.IncomparableError, match="above zero"):
        ps.per(row(1.0, 1.0, 1.0), row(1.0, 0.0, 2.0, "population", "count"))
