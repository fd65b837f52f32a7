"""Ranks: how few are none, which end is first, what only touches, what is no number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
from frames import frame_of

import provstats as ps


def values(**by_region):
    """Return one row a region (BJ=1.0) of the unknown indicator jobs in 2024."""
    return frame_of(*[(f"CN-{key}", "jobs", "2024", value) for key, value in by_region.items()])


def test_one_value_is_no_ranking():
    """A province alone is left out, and of another period the rows stay."""
    frame = pd.concat([values(BJ=1.0, SH=2.0), values(GD=3.0).assign(period="2023")])
    frame = frame.reset_index(drop=True)
    assert ps.rank(frame)["period"].tolist() == ["2024", "2024"]
    assert ps.rank(frame, min_n=1)["n"].tolist() == [2, 2, 1]


def test_no_ranking_says_how_many_report():
    """If nothing is left the error lists the periods and how many report in each."""
    frame = pd.concat([values(BJ=1.0, SH=2.0), values(GD=3.0).assign(period="2023")])
    with pytest.raises(ps.IncomparableError) as raised:
        ps.rank(frame.reset_index(drop=True), min_n=3)
    assert "jobs 2023 (1 report)" in str(raised.value)
    assert "jobs 2024 (2 report)" in str(raised.value)


def test_min_n_may_be_a_number_of_numpy():
    """As `k` and `years` may be."""
    assert ps.rank(values(BJ=1.0, SH=2.0), min_n=np.int64(2))["n"].tolist() == [2, 2]


@pytest.mark.parametrize("min_n", [0, -1, 1.5, True, "2", None])
def test_min_n_is_a_whole_number(min_n):
    """What is no whole number of one or more is refused."""
    with pytest.raises(ps.SchemaError, match="min_n must be a whole number"):
        ps.rank(values(BJ=1.0, SH=2.0), min_n=min_n)


@pytest.mark.parametrize(
    ("id_", "direction", "order", "first"),
    [
        ("jobs", "lower", None, "CN-BJ"),
        ("jobs", "higher", None, "CN-SH"),
        ("jobs", "neutral", None, "CN-SH"),
        ("jobs", "", None, "CN-SH"),
        ("jobs", None, None, "CN-SH"),
        ("jobs", "lower", "descending", "CN-SH"),
        ("little_giants_rank", "", None, "CN-BJ"),
        ("little_giants_rank", "higher", None, "CN-SH"),
    ],
)
def test_direction_of_the_caller(id_, direction, order, first):
    """Which end is first: as asked, else as a column says, else as the catalogue does."""
    frame = values(BJ=1.0, SH=2.0).assign(indicator=id_, direction=direction)
    ranked = ps.rank(frame, order=order).set_index("rank")
    assert ranked.loc[1, "region"] == first


def test_direction_is_one_of_three_and_one_for_all():
    """Another word, and two words within one indicator and period, are refused with their rows."""
    frame = values(BJ=1.0, SH=2.0)
    with pytest.raises(ps.SchemaError, match="'direction' must be of") as raised:
        ps.rank(frame.assign(direction=["lower", "up"]))
    assert "CN-SH" in str(raised.value)
    with pytest.raises(ps.SchemaError, match="the same for all rows"):
        ps.rank(frame.assign(direction=["lower", "higher"]))
    assert ps.rank(frame.assign(direction=["lower", ""]))["rank"].tolist() == [1, 2]


@pytest.mark.parametrize("scale", [1.0, 1e-3, 1e6, 1e12])
@pytest.mark.parametrize("low", [7.3, 2.1, 0.7])
def test_intervals_that_touch_are_not_decided_by_binary_noise(low, scale):
    """7.3 and 7.4, rounded to 0.1, only touch, whatever the last bits say, and in any unit."""
    frame = values(BJ=low * scale, SH=(low + 0.1) * scale)
    half = 0.05 * scale
    frame = frame.assign(lower=frame["value"] - half, upper=frame["value"] + half)
    ranked = ps.rank(frame)
    assert ranked["rank_best"].tolist() == [1, 1]
    assert ranked["rank_worst"].tolist() == [2, 1]


def test_rows_without_a_value_stand_ahead_of_nobody():
    """Their bounds, if they have some, count for nothing."""
    frame = values(BJ=3.0, TJ=None, SH=2.0)
    frame = frame.assign(lower=[2.5, 8.0, 1.5], upper=[3.5, 9.0, 2.4])
    ranked = ps.rank(frame)
    assert ranked[["rank_best", "rank_worst", "n", "left_out"]].to_numpy().tolist() == [
        [1, 1, 2, 1], [2, 2, 2, 1],
    ]  # fmt: skip


@pytest.mark.parametrize("number", [Fraction(7, 2), Decimal("3.5"), np.float32(3.5)])
def test_numbers_of_any_type(number):
    """Fractions and decimals are numbers like others."""
    frame = values(BJ=1.0, TJ=0.0, SH=2.0)
    frame["value"] = pd.Series([1, number, 2], dtype=object)
    assert ps.rank(frame)["rank"].tolist() == [3, 1, 2]


@pytest.mark.parametrize(
    ("column", "cell"),
    [("region", ["CN-BJ"]), ("unit", ["%"]), ("nature", {}), ("value", 10**400), ("period", [2024]),
     ("value", Decimal("sNaN")), ("value", Decimal("Infinity")), ("value", 1j), ("value", True),
     ("lower", "few"), ("indicator", ("jobs",))],
)  # fmt: skip
def test_odd_cells_are_named(column, cell):
    """Whatever stands in a cell, the error names the column and shows the row."""
    frame = values(TJ=1.0, BJ=2.0).assign(unit="t", nature="outcome", lower=1.0).astype(object)
    frame[column] = pd.Series([frame[column][0], cell], dtype=object)
    with pytest.raises(ps.ProvstatsError, match=f"'{column}'") as raised:
        ps.rank(frame)
    shown = str(raised.value).splitlines()
    assert shown[2].startswith("1")
    assert len(shown) == 3


def test_a_type_that_cannot_be_read_is_named():
    """Whole numbers of 128 bits have no equal in Arrow."""
    frame = pl.DataFrame(
        {"region": ["CN-BJ"], "indicator": ["x"], "period": ["2024"], "value": [1]},
        schema_overrides={"value": pl.Int128},
    )
    with pytest.raises(ps.SchemaError, match="Int128"):
        ps.rank(frame)
