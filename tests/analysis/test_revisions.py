"""Revisions: literal cases, a slow twin over dict rows, and what holds for any documents."""

from __future__ import annotations

from datetime import date
from math import isnan

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import ENDS, assert_same, frame_from, frame_of, renamed, scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RENAMINGS, WIDTHS

from provstats import (
    IncomparableError,
    PeriodError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
    revisions,
    series,
)

PROPERTY = settings(max_examples=15, deadline=None)
COLUMNS = ["region", "value", "lower", "upper", "source", "vintage"]
FIRST, LATER = ("a", "2023-01-01"), ("b", "2024-01-01")


def stated(*rows):
    """Return a frame of what documents state of jobs in 2022."""
    frame = pd.DataFrame([list(row) for row in rows], columns=COLUMNS)
    return frame.assign(indicator="jobs", period="2022")


# --- literal --------------------------------------------------------------------------------------


def test_kinds():
    """What a later document changes, repeats, adds and drops."""
    frame = stated(
        ("CN-BJ", 10.0, 9.0, 11.0, *FIRST), ("CN-SH", 5.0, 5.0, 5.0, *FIRST),
        ("CN-GD", 7.0, 7.0, 7.0, *FIRST), ("CN-BJ", 14.0, 13.0, 15.0, *LATER),
        ("CN-SH", 5.0, 5.0, 5.0, *LATER), ("CN-SD", 3.0, 3.0, 3.0, *LATER),
    )  # fmt: skip
    found = revisions(frame).set_index("region")
    assert found["kind"].to_dict() == {
        "CN-BJ": "changed", "CN-SH": "unchanged", "CN-SD": "added", "CN-GD": "dropped",
    }  # fmt: skip
    changed = found.loc["CN-BJ"]
    assert changed[["change", "change_lower", "change_upper"]].to_list() == [4, 2, 6]
    assert changed[["direction", "of_interval", "within"]].to_list() == ["up", 2.0, False]
    assert changed[["previous_source", "source"]].to_list() == ["a", "b"]
    assert found["within"].dropna().to_dict() == {"CN-BJ": False, "CN-SH": True}
    assert found.loc["CN-GD", ["previous", "source", "vintage"]].to_list() == [7, "b", LATER[1]]
    assert found.loc[["CN-GD", "CN-SD"], ["value", "previous"]].isna().to_numpy().tolist() == [
        [True, False], [False, True],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "direction", "within"),
    [
        ((9.6, 9.5, 9.7), "up", False), ((5.0, 4.0, 6.0), "down", False),
        ((9.5, 8.5, 9.7), "open", False), ((8.5, 8.4, 8.6), "open", True),
    ],
)  # fmt: skip
def test_directions(after, direction, within):
    """A direction is told where the intervals leave no doubt."""
    frame = stated(("CN-BJ", 8.0, 7.0, 9.0, *FIRST), ("CN-BJ", *after, *LATER))
    assert revisions(frame)[["direction", "within"]].to_numpy().tolist() == [[direction, within]]


def test_each_statement_is_held_against_the_one_before():
    """Of three documents the third is compared with the second, in order of their days."""
    frame = stated(
        ("CN-BJ", 3.0, 3.0, 3.0, "c", "2025"), ("CN-BJ", 1.0, 1.0, 1.0, "a", "2023"),
        ("CN-BJ", 2.0, 2.0, 2.0, "b", "2024-05"),
    )  # fmt: skip
    found = revisions(frame)
    assert found[["previous", "value", "change"]].to_numpy().tolist() == [[1, 2, 1], [2, 3, 1]]
    assert found["of_interval"].isna().all()
    days = frame.assign(vintage=[date(2025, 1, 1), date(2023, 1, 1), pd.Timestamp("2024-05-31")])
    assert revisions(days)["value"].to_list() == [2, 3]


def test_the_nation_and_the_provinces_are_two_tables():
    """Who restates the nation alone drops no province."""
    frame = stated(
        ("CN-BJ", 10.0, 9.0, 11.0, *FIRST), ("CN", 5.0, 5.0, 5.0, *FIRST),
        ("CN", 6.0, 6.0, 6.0, *LATER),
    )  # fmt: skip
    assert revisions(frame)["region"].to_list() == ["CN"]


def test_a_document_drops_only_what_it_has_figures_of():
    """A report of ten provinces says nothing of an eleventh; a bulletin of all would."""
    earlier, report, bulletin = (
        "nbs-rd-bulletin-2023", "cena-2025-ten-provinces", "nbs-rd-bulletin-2022",
    )  # fmt: skip
    rows = [("CN-BJ", 1.0, 1.0, 1.0, earlier, "2024-10-02"),
            ("CN-TJ", 1.0, 1.0, 1.0, earlier, "2024-10-02"),
            ("CN-SH", 1.0, 1.0, 1.0, earlier, "2024-10-02")]  # fmt: skip
    for later, dropped in ((report, {"CN-SH"}), (bulletin, {"CN-SH", "CN-TJ"})):
        found = revisions(stated(*rows, ("CN-BJ", 2.0, 2.0, 2.0, later, "2025-02")))
        assert set(found.loc[found["kind"] == "dropped", "region"]) == dropped


def test_other_units_have_no_difference():
    """What is restated in another unit is changed, and nobody knows by how much."""
    frame = stated(("CN-BJ", 1.0, 1.0, 1.0, *FIRST), ("CN-BJ", 2.0, 2.0, 2.0, *LATER))
    found = revisions(frame.assign(unit=["t", "km"])).iloc[0]
    assert found[["kind", "direction", "unit"]].to_list() == ["changed", "", "km"]
    assert found[["change", "of_interval", "within"]].isna().all()


def test_shipped():
    """The nation's intensity of 2018 was revised, as was that of its series, and no province's."""
    for x in ("rd_intensity", series("rd_intensity", period=2018), None):
        found = revisions(x).query(
            "indicator == 'rd_intensity' and period == '2018' and source == 'nbs-rd-bulletin-2019'"
        )
        assert found[["region", "previous", "value"]].to_numpy().tolist() == [["CN", 2.19, 2.14]]


@pytest.mark.parametrize("kind", [pl.from_pandas, pa.Table.from_pandas])
def test_other_kinds_of_frames(kind):
    """Frames of polars and Arrow answer as those of pandas do."""
    frame = stated(("CN-BJ", 1.0, 1.0, 1.0, *FIRST), ("CN-BJ", 2.0, 2.0, 2.0, *LATER))
    pd.testing.assert_frame_equal(revisions(kind(frame)), revisions(frame))


# --- refused --------------------------------------------------------------------------------------

GOOD = stated(("CN-BJ", 1.0, 1.0, 1.0, *FIRST), ("CN-BJ", 2.0, 2.0, 2.0, *LATER))
BAD = {
    "one document": (GOOD.iloc[:1], IncomparableError, "no document restates"),
    "no source": (GOOD.drop(columns="source"), SchemaError, "'source'"),
    "no text": (GOOD.assign(source=[1, 2]), SchemaError, "'source' must hold texts"),
    "no day": (GOOD.drop(columns="vintage"), SchemaError, "'vintage' is missing"),
    "bad day": (GOOD.assign(vintage="soon"), (SchemaError, PeriodError), "soon"),
    "twice": (GOOD.assign(source="a"), SchemaError, "twice"),
    "no value": (GOOD.drop(columns="value"), SchemaError, "'value'"),
    "region": (GOOD.assign(region="北京"), UnknownRegionError, "北京"),
    "empty": (GOOD.iloc[:0], SchemaError, "no rows"),
    "number": (7, SchemaError, "int"),
    "typo": ("rd_intensitty", UnknownIndicatorError, "rd_intensity"),
}


@pytest.mark.parametrize(("x", "error", "words"), BAD.values(), ids=BAD)
def test_bad_input(x, error, words):
    """Each bad input has its named error."""
    with pytest.raises(error, match=words):
        revisions(x)


# --- laws -----------------------------------------------------------------------------------------


@st.composite
def documents(draw):
    """Draw what up to four documents state of some regions in two years, in quarters."""
    key = st.tuples(
        st.sampled_from(["CN", "CN-BJ", "CN-SH", "CN-GD"]), st.sampled_from(["2021", "2022"]),
        st.sampled_from([("a", "2023-05"), ("b", "2024"), ("c", "2023-05-31"), ("d", "2022")]),
    )  # fmt: skip
    rows = []
    for region, period, (source, vintage) in draw(st.lists(key, min_size=2, unique=True)):
        value, down, up = draw(st.integers(0, 8)), draw(WIDTHS), draw(WIDTHS)
        rows.append({
            "region": region, "indicator": "jobs", "period": period, "nature": "outcome",
            "value": value / 4, "lower": (value - down) / 4, "upper": (value + up) / 4,
            "source": source, "vintage": vintage,
        })  # fmt: skip
    return rows


ORDER = "dacb"  # of the documents by their days: the end of 2022, May 2023 twice, 2024


def slowly(rows):
    """Go through the documents of each table, one fact at a time."""
    found = []
    for period in ("2021", "2022"):
        for is_nation in (True, False):
            known = {}
            for source in ORDER:
                now = {
                    r["region"]: r for r in rows
                    if (r["period"], r["source"], r["region"] == "CN")
                    == (period, source, is_nation)
                }  # fmt: skip
                if set(now) & set(known):
                    found += [
                        ((region, period, source), known.get(region), now.get(region))
                        for region in sorted({*now, *known})
                    ]
                    known = {}
                known = {**known, **now}
    return found


def kind_of(before, after):
    """Say what became of a fact."""
    if before is None or after is None:
        return "added" if before is None else "dropped"
    return "unchanged" if all(before[end] == after[end] for end in ENDS) else "changed"


def answered(rows):
    """Return the rows of the answer by region, period and document; none if it is refused."""
    try:
        found = revisions(frame_from(rows)).to_dict("records")
    except IncomparableError:
        return {}
    return {(row["region"], row["period"], row["source"]): row for row in found}


@PROPERTY
@given(documents())
def test_agrees_with_a_slow_twin(rows):
    """Kind, difference and direction are those of going through the documents."""
    expected = {key: pair for key, *pair in slowly(rows)}
    found = answered(rows)
    assert found.keys() == expected.keys()
    for key, (before, after) in expected.items():
        assert found[key]["kind"] == kind_of(before, after)
        if before is None or after is None:
            assert isnan(found[key]["change"])
            continue
        low, high = after["lower"] - before["upper"], after["upper"] - before["lower"]
        told = {"change": after["value"] - before["value"], "change_lower": low,
                "change_upper": high}  # fmt: skip
        assert_same([found[key]], [told], told)
        sure = "up" if low > 0 else "down" if high < 0 else "open"
        is_same = found[key]["kind"] == "unchanged"
        assert found[key]["direction"] == ("" if is_same else sure)
        assert found[key]["within"] == (before["lower"] <= after["value"] <= before["upper"])


@PROPERTY
@given(documents(), RENAMINGS, st.sampled_from([0.5, 4.0]))
def test_names_units_and_order_do_not_matter(rows, names, factor):
    """Other names, another unit and another order change nothing but these."""
    one = answered(rows)
    other = answered(scaled(renamed(rows[::-1], names), factor))
    back = {names.get(key[0], key[0]): key[0] for key in one}
    assert {(back[key[0]], *key[1:]) for key in other} == set(one)
    for (region, *rest), row in other.items():
        mine = one[back[region], *rest]
        assert row["kind"] == mine["kind"]
        assert_same([row], [{"of_interval": mine["of_interval"]}], ["of_interval"])


def test_only_columns_that_are_needed():
    """Bounds, unit, nature and among are optional."""
    bare = GOOD[["region", "indicator", "period", "value", "source", "vintage"]]
    assert list(revisions(bare).columns) == list(revisions(GOOD).columns)
    assert len(revisions(frame_of(*bare.to_numpy(), columns=[*bare.columns]))) == 1
