"""Tiers and the first k: literal cases, a slow search for all groups, and what holds for values."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import at, frame_from, frame_of, renamed, scaled
from hypothesis import given, settings
from strategies import RENAMINGS, STEPS, panels

from provstats import (
    IncomparableError,
    Panel,
    SchemaError,
    UnknownIndicatorError,
    rank,
    series,
    tiers,
    top,
)

PROPERTY = settings(max_examples=15, deadline=None)
ROWS = panels(least=2)
KS = (1, 2, 3, 7)


def jobs(**ends):
    """Return one row a region of the unknown indicator jobs, each with the ends of its interval."""
    rows = [
        (f"CN-{code}", "jobs", "2024", (low + high) / 2, low, high)
        for code, (low, high) in ends.items()
    ]
    return frame_of(*rows)


def told(frame, column):
    """Return what is told of each region."""
    return dict(zip(frame["region"].str.removeprefix("CN-"), frame[column], strict=True))


# --- literal --------------------------------------------------------------------------------------


def test_tiers_part_what_is_surely_apart():
    """An interval between two others holds them together; touching parts nobody."""
    frame = jobs(BJ=(9, 10), SH=(6, 9.5), GD=(6, 7), SD=(4, 5), GS=(3, 4), HE=(1, 2))
    assert told(tiers(frame), "tier") == {"BJ": 1, "SH": 1, "GD": 1, "SD": 2, "GS": 2, "HE": 3}


def test_tiers_of_equal_values():
    """Equal exact values are one tier, and so is everybody if nobody can be told apart."""
    frame = jobs(BJ=(3, 3), SH=(3, 3), GD=(2, 2))
    assert told(tiers(frame), "tier") == {"BJ": 1, "SH": 1, "GD": 2}
    assert told(tiers(jobs(BJ=(1, 9), SH=(2, 3), GD=(4, 5))), "tier") == dict.fromkeys(
        ("BJ", "SH", "GD"), 1
    )


@pytest.mark.parametrize("direction", ["higher", "lower", "neutral"])
def test_tiers_begin_on_the_better_side(direction):
    """The first tier is the least where less is better, else the greatest."""
    frame = jobs(BJ=(1, 1), SH=(2, 2)).assign(direction=direction)
    first = "BJ" if direction == "lower" else "SH"
    assert told(tiers(frame), "tier")[first] == 1
    assert told(top(frame, 1), "top")[first] == "surely"


def test_top():
    """Who is surely, possibly and surely not among the first; level with the last is among them."""
    frame = jobs(BJ=(9, 10), SH=(6, 9.5), GD=(6, 7), SD=(5, 5), GS=(5, 5), HE=(1, 2))
    words = {k: [*told(top(frame, k), "top").values()] for k in (1, 2, 4)}
    assert words[1] == ["possibly", "possibly", *["surely_not"] * 4]
    assert words[2] == ["surely", "possibly", "possibly", *["surely_not"] * 3]
    assert words[4] == [*["surely"] * 5, "surely_not"]


def test_top_of_all_provinces():
    """Among all provinces nobody is surely first while others do not report."""
    frame = jobs(BJ=(9, 9), SH=(1, 1))
    assert told(top(frame, 1, universe="all"), "top") == {"BJ": "possibly", "SH": "surely_not"}


def test_groups_are_apart():
    """Indicators and periods are grouped each by itself, rows in the caller's order."""
    one = frame_of(
        ("CN-BJ", "jobs", "2024", 1.0), ("CN-BJ", "jobs", "2023", 5.0),
        ("CN-SH", "jobs", "2023", 4.0), ("CN-SH", "jobs", "2024", 2.0),
        ("CN-GD", "jobs", "2024", 0.5), ("CN", "jobs", "2024", 3.0),
    )  # fmt: skip
    found = tiers(one.set_axis([*"abcdef"]))
    assert found["tier"].to_dict() == {"a": 2, "b": 1, "c": 2, "d": 1, "e": 3}


@pytest.mark.parametrize("call", [tiers, lambda x: top(x, 2)], ids=["tiers", "top"])
def test_kinds_of_input(call):
    """Ids, series, panels and frames of polars and Arrow answer alike, in their own kind."""
    assert len(call("rd_intensity")) == len(call(series("rd_intensity")))
    frame = jobs(BJ=(9, 10), SH=(6, 9.5), GD=(1, 2))
    expected = call(frame)
    pd.testing.assert_frame_equal(call(Panel(frame)), expected)
    assert call(pl.from_pandas(frame)).to_dict(as_series=False) == expected.to_dict("list")
    assert call(pa.Table.from_pandas(frame)).to_pydict() == expected.to_dict("list")
    assert list(expected.columns[:6]) == list(frame.columns)
    assert expected.iloc[:, -1].notna().all()


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [0, -1, 1.5, "3", None, True])
def test_wrong_k(k):
    """How many are the first is a whole number of one or more."""
    with pytest.raises(SchemaError, match="k must be a whole number"):
        top("rd_intensity", k)


@pytest.mark.parametrize("call", [tiers, lambda x: top(x, 2)], ids=["tiers", "top"])
def test_refused(call):
    """Bad input has the named errors of rank."""
    with pytest.raises(IncomparableError, match="min_n=2"):
        call(jobs(BJ=(1, 2)))
    with pytest.raises(UnknownIndicatorError, match="rd_intensity"):
        call("rd_intensitty")
    with pytest.raises(SchemaError, match="'value'"):
        call(jobs(BJ=(1, 2)).drop(columns="value"))
    with pytest.raises(NotImplementedError, match="lazy"):
        call(pl.LazyFrame({"region": ["CN-BJ"]}))


def test_wrong_universe():
    """Another universe is refused, with those there are."""
    with pytest.raises(SchemaError, match="reporting"):
        top("rd_intensity", 2, universe="some")


# --- laws -----------------------------------------------------------------------------------------


def groups_of(rows):
    """Return the rows of each indicator and period that make a ranking."""
    found = {}
    for row in rows:
        found.setdefault((row["indicator"], row["period"]), []).append(row)
    return [group for group in found.values() if len(group) > 1]


def parted(rows):
    """Grow groups until nobody of another group may be level: slow, by pairs."""
    sets = [{row["region"]} for row in rows]
    for one in rows:
        for other in rows:
            if one["lower"] <= other["upper"] and other["lower"] <= one["upper"]:
                mine, its = (next(s for s in sets if r["region"] in s) for r in (one, other))
                if mine is not its:
                    sets.remove(its)
                    mine |= its
    most = {row["region"]: row["upper"] for row in rows}
    return sorted(sets, key=lambda group: -max(most[region] for region in group))


def answered(call, rows):
    """Return what is answered, by period and region; nothing if no group is a ranking."""
    try:
        found = call(frame_from(rows))
    except IncomparableError:
        return {}
    return {(row["period"], row["region"]): row for row in found.to_dict("records")}


@PROPERTY
@given(ROWS, RENAMINGS)
def test_tiers_are_the_finest_groups(rows, names):
    """Tiers are what a search by pairs finds, whatever the unit and the names."""
    expected = {
        (group[0]["period"], region): number
        for group in groups_of(rows)
        for number, regions in enumerate(parted(group), 1)
        for region in regions
    }
    for changed, back in ((rows, {}), (scaled(rows, 4.0), {}), (renamed(rows, names), names)):
        found = {key: row["tier"] for key, row in answered(tiers, changed).items()}
        swapped = {(when, back.get(code, code)): tier for (when, code), tier in expected.items()}
        assert found == swapped


@PROPERTY
@given(ROWS, STEPS)
def test_tiers_and_top_hold_for_any_values(rows, steps):
    """Wherever the values lie in their intervals, tiers stand in order and sure words are right."""
    true = at(rows, steps[: len(rows)])
    ranks = answered(rank, [row | {"lower": row["value"], "upper": row["value"]} for row in true])
    grouped = answered(tiers, rows)
    for one in grouped:
        for other in grouped:
            if one[0] == other[0] and grouped[one]["tier"] < grouped[other]["tier"]:
                assert ranks[one]["rank"] < ranks[other]["rank"]
    for k in KS:
        for key, row in answered(lambda frame, k=k: top(frame, k), rows).items():
            is_first = ranks[key]["rank"] <= k
            assert row["top"] == "possibly" or is_first == (row["top"] == "surely")
