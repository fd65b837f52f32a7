"""Figures of groups: sums and weighted means with bounds, and who is missing."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats as ps

DELTA = ["CN-SH", "CN-JS", "CN-ZJ", "CN-AH"]


def rows(values, indicator="widgets", *, unit="count", regions=DELTA, period="2023", half=0.0):  # noqa: PLR0913
    """Return one figure for each region."""
    values = np.array(values, dtype=float)
    return pd.DataFrame(
        {"region": regions[: len(values)], "indicator": indicator, "period": period,
         "value": values, "lower": values - half, "upper": values + half, "unit": unit}
    )  # fmt: skip


def test_sums():
    """Counts and amounts are added, and so are their ends."""
    got = ps.aggregate(rows([1, 2, 3, 4], half=0.5), by="长三角").iloc[0]
    assert got[["region", "value", "lower", "upper", "basis"]].tolist() == [
        "yangtze-river-delta", 10.0, 8.0, 12.0, "derived",
    ]  # fmt: skip
    assert got["members"].split() == DELTA


def test_means_need_a_weight():
    """A rate has no sum; without a denominator its mean is refused."""
    rates = rows([1, 2, 3, 4], unit="percent")
    with pytest.raises(ps.IncomparableError, match=r"'widgets' does not add up .* weights="):
        ps.aggregate(rates, by="长三角")
    got = ps.aggregate(rates, by="长三角", weights=rows([1, 1, 1, 5], "people")).iloc[0]
    assert got[["value", "weight"]].tolist() == [26 / 8, "given"]


SPANS = st.tuples(st.floats(-50, 50), st.floats(0, 5))
WEIGHTS = st.tuples(st.floats(1, 100), st.floats(0, 0.9))


@settings(max_examples=50)
@given(st.lists(st.tuples(SPANS, WEIGHTS), min_size=4, max_size=4))
def test_means_hold_every_corner(pairs):
    """The bounds of a mean are the least and greatest over all corners of the intervals."""
    values = [(v - h, v + h) for (v, h), _ in pairs]
    weights = [(w - w * share, w + w * share) for _, (w, share) in pairs]
    frame = rows([v for (v, _), _ in pairs], unit="percent").assign(
        lower=[low for low, _ in values], upper=[high for _, high in values]
    )
    base = rows([w for _, (w, _) in pairs], "people").assign(
        lower=[low for low, _ in weights], upper=[high for _, high in weights]
    )
    got = ps.aggregate(frame, by="长三角", weights=base).iloc[0]
    corners = [np.dot(v, w) / np.sum(w) for v in product(*values) for w in product(*weights)]
    assert got["lower"] == pytest.approx(min(corners), abs=1e-9)
    assert got["upper"] == pytest.approx(max(corners), abs=1e-9)
    assert got["lower"] - 1e-9 <= got["value"] <= got["upper"] + 1e-9


def test_a_missing_member_refuses():
    """Without a member there is no sum, and it is said who is missing."""
    with pytest.raises(ps.IncomparableError, match="yangtze-river-delta, widgets, 2023: CN-AH"):
        ps.aggregate(rows([1, 2, 3]), by="长三角")


def test_a_missing_member_widens():
    """What the nation leaves bounds the missing member; nothing is what it has at least."""
    nation = rows([10], regions=["CN"])
    other = rows([2], regions=["CN-BJ"])
    got = ps.aggregate(pd.concat([rows([1, 2, 3]), nation, other]), by="长三角", missing="widen")
    assert got.iloc[0][["value", "lower", "upper", "qualifier"]].tolist() == [
        7.0,
        6.0,
        8.0,
        "range",
    ]


def test_periods_without_all_members_are_counted():
    """A period without a figure is left out, and counted."""
    frame = pd.concat([rows([1, 2, 3, 4]), rows([1, 2, 3], period="2022")])
    got = ps.aggregate(frame, by="长三角")
    assert got[["period", "left_out"]].to_numpy().tolist() == [["2023", 1]]


def test_growth_of_a_group_follows_from_its_levels():
    """`yoy` of the sums is the growth of the group."""
    frame = pd.concat([rows([1, 2, 3, 4], period="2022"), rows([2, 2, 3, 4])])
    changes = ps.yoy(ps.aggregate(frame, by="长三角")).set_index("period")
    assert changes.loc["2023", "yoy"] == pytest.approx(10.0)


def test_groups_of_ones_own():
    """A mapping names one's own groups."""
    got = ps.aggregate(rows([1, 2, 3, 4]), by={"沪苏": ["上海", "江苏"]})
    assert got[["region", "value"]].to_numpy().tolist() == [["沪苏", 3.0]]


def test_shipped_data():
    """The four economic regions add up to the provinces of the shipped data."""
    data = ps.series("rd_expenditure", period="2023").data
    provinces = data[data["region"] != "CN"]
    got = ps.aggregate("rd_expenditure").query("period == '2023'")
    assert got["value"].sum() == pytest.approx(provinces["value"].sum())


def test_refused():
    """Unknown groups, two figures of one member and unknown words are refused."""
    with pytest.raises(
        ps.UnknownRegionError, match=r"unknown group '长三'; did you mean '长三角'\?"
    ):
        ps.aggregate(rows([1, 2, 3, 4]), by="长三")
    with pytest.raises(ps.SchemaError, match="two figures are of"):
        ps.aggregate(pd.concat([rows([1]), rows([2])]), by="长三角")
    with pytest.raises(ps.SchemaError, match="missing must be"):
        ps.aggregate(rows([1]), by="长三角", missing="fill")
    with pytest.raises(ps.SchemaError, match=r"columns .* are missing"):
        ps.aggregate(rows([1]).drop(columns="value"), by="长三角")


def test_a_group_without_members():
    """A sum of nothing is no figure."""
    with pytest.raises(ps.UnknownRegionError, match=r"groups need members.*\['mine'\]"):
        ps.aggregate("gdp", by={"mine": [], "both": ["京", "沪"]})


def test_a_member_that_is_named_twice_counts_once():
    """Two names of one province are one member."""
    both = ps.aggregate("gdp", by={"a": ["京", "北京市", "沪"], "b": ["京", "沪"]})
    sums = both.groupby("region")["value"].agg(list)
    assert sums["a"] == sums["b"]
