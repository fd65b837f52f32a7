"""Why a rank moved: literal moves, a slow twin that walks the same way, sums, and bad input."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import frame_from, frame_of
from hypothesis import given, settings
from hypothesis import strategies as st

from provstats import (
    IncomparableError,
    PeriodError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
    explain_rank,
    parse_period,
    rank,
    series,
)

PROPERTY = settings(max_examples=15, deadline=None)
PARTS = ["own", "others", "revision", "reports"]


def two_years(before, after, **more):
    """Return rows of the unknown indicator jobs in 2023 and 2024."""
    rows = [
        (f"CN-{code}", "jobs", year, float(value))
        for year, values in (("2023", before), ("2024", after))
        for code, value in values.items()
    ]
    return frame_of(*rows).assign(**more)


def moved(frame, code="BJ", **options):
    """Return by how many places each part moves Beijing, and whom it passes or who passes it."""
    found = explain_rank(f"CN-{code}", frame, "2023", "2024", **options)
    assert found["part"].to_list() == PARTS
    total = found["rank_after"] - found["rank_before"]
    assert total.eq(found["places"].sum()).all()
    return found.set_index("part")


# --- literal --------------------------------------------------------------------------------------


def test_own_change_and_others():
    """First the own value changes, then those of others; together they are the move."""
    found = moved(two_years({"BJ": 5, "SH": 6, "GD": 4, "SD": 1}, {"BJ": 7, "SH": 8, "GD": 9,
                                                                   "SD": 1}))  # fmt: skip
    assert found["places"].to_dict() == {"own": -1, "others": 2, "revision": 0, "reports": 0}
    assert found["fell_behind"]["own"] == ("CN-SH",)
    assert found["came_ahead"]["others"] == ("CN-GD", "CN-SH")
    assert found[["rank_before", "rank_after", "n_before", "n_after"]].iloc[0].to_list() == [
        2, 3, 4, 4,
    ]  # fmt: skip


def test_who_reports():
    """Who is ahead and reports in one of the periods only moves the rank by that."""
    found = moved(two_years({"BJ": 5, "SH": 6, "GD": 7}, {"BJ": 5, "SD": 9, "GS": 8, "GD": 7}))
    assert found["places"].to_dict() == {"own": 0, "others": 0, "revision": 0, "reports": 1}
    assert found.loc["reports", ["came_ahead", "fell_behind"]].to_list() == [
        ("CN-GS", "CN-SD"), ("CN-SH",),
    ]  # fmt: skip


def test_revisions():
    """What a later document makes of the earlier period is a part of its own."""
    first = two_years({"BJ": 5, "SH": 6}, {}).assign(source="a", vintage="2024")
    later = two_years({"BJ": 7}, {"BJ": 7, "SH": 6}).assign(source="b", vintage="2025")
    found = moved(pd.concat([later, first], ignore_index=True))
    assert found["places"].to_dict() == {"own": 0, "others": 0, "revision": -1, "reports": 0}
    assert found["fell_behind"]["revision"] == ("CN-SH",)
    assert found["rank_before"].iloc[0] == 2


def test_less_may_be_better():
    """Where less is better a fall is a rise."""
    frame = two_years({"BJ": 5, "SH": 4}, {"BJ": 3, "SH": 4}, direction="lower")
    assert moved(frame)["places"].to_dict() == {"own": -1, "others": 0, "revision": 0,
                                                "reports": 0}  # fmt: skip


def test_what_intervals_allow():
    """The range of both ranks stands beside them."""
    frame = two_years({"BJ": 5, "SH": 6}, {"BJ": 7, "SH": 6}).assign(lower=4.0, upper=9.0)
    told = moved(frame)[["rank_before_best", "rank_before_worst", "rank_after_best",
                         "rank_after_worst"]]  # fmt: skip
    assert told.iloc[0].to_list() == [1, 2, 1, 2]


def test_sentences():
    """Each part says in both languages what it did, and who passed whom."""
    found = moved(two_years({"BJ": 5, "SH": 6, "GD": 4}, {"BJ": 7, "SH": 6, "GD": 9}))
    assert found["en"].to_list()[:3] == [
        "Beijing’s own change moved it up 1 rank (Shanghai fell behind it).",
        "The change of others moved it down 1 rank (Guangdong came ahead of it).",
        "Revisions of the earlier figures did not move its rank.",
    ]
    assert found["zh"].to_list()[:2] == [
        "北京自身数值的变化使其位次上升1位（上海落到其后）。",
        "其他省份的变化使北京位次下降1位（广东升到其前）。",
    ]


def test_shipped():
    """An id, its series and a frame of it explain alike, and in the terms of rank."""
    found = explain_rank("渝", "rd_intensity", 2019, parse_period("2022"))
    ranked = rank("rd_intensity").query("region == 'CN-CQ'").set_index("period")["rank"]
    assert found["places"].sum() == ranked["2022"] - ranked["2019"]
    for x in (series("rd_intensity"), series("rd_intensity").data):
        pd.testing.assert_frame_equal(explain_rank("CN-CQ", x, "2019年", 2022), found)


@pytest.mark.parametrize("kind", [pl.from_pandas, pa.Table.from_pandas])
def test_other_kinds_of_frames(kind):
    """Frames of polars and Arrow are explained as those of pandas."""
    frame = two_years({"BJ": 5, "SH": 6}, {"BJ": 7, "SH": 6})
    pd.testing.assert_frame_equal(moved(kind(frame)), moved(frame))


# --- refused --------------------------------------------------------------------------------------

GOOD = two_years({"BJ": 5, "SH": 6}, {"BJ": 7, "SH": 6})
ANEW = pd.DataFrame([("jobs", "CN-SH", "2023", "2024")],
                    columns=["indicator", "region", "before", "after"])  # fmt: skip


def test_breaks():
    """Periods on two sides of a break are refused, unless told."""
    with pytest.raises(IncomparableError, match="two sides of a break"):
        moved(GOOD, breaks=ANEW)
    assert moved(GOOD, breaks=ANEW, across_breaks=True)["places"].sum() == -1
    assert moved(GOOD, breaks=ANEW.assign(region="CN-GD"))["places"].sum() == -1
    with pytest.raises(IncomparableError, match="two sides of a break"):
        explain_rank("CN-CQ", "rd_intensity", 2018, 2019)


BAD = {
    "absent": ((GOOD, "CN-GD", "2023", "2024"), IncomparableError, "CN-GD is not ranked in 2023"),
    "nation": ((GOOD, "CN", "2023", "2024"), IncomparableError, "CN is not ranked"),
    "region": ((GOOD, "Atlantis", "2023", "2024"), UnknownRegionError, "Atlantis"),
    "no period": ((GOOD, "CN-BJ", "2022", "2024"), PeriodError, "2022"),
    "unreadable": ((GOOD, "CN-BJ", "soon", "2024"), PeriodError, "soon"),
    "order": ((GOOD, "CN-BJ", "2024", "2023"), PeriodError, "must end after"),
    "several": ((pd.concat([GOOD, GOOD.assign(indicator="x")]), "CN-BJ", "2023", "2024"),
                SchemaError, "one indicator"),
    "length": ((GOOD.assign(period=["2023-H1"] * 2 + ["2024"] * 2), "CN-BJ", "2023-H1", "2024"),
               IncomparableError, "different length"),
    "unit": ((GOOD.assign(unit=["t", "t", "km", "km"]), "CN-BJ", "2023", "2024"),
             IncomparableError, "differ in unit"),
    "nature": ((GOOD.assign(nature=["outcome"] * 2 + ["target"] * 2), "CN-BJ", "2023", "2024"),
               IncomparableError, "differ in nature"),
    "no value": ((GOOD.drop(columns="value"), "CN-BJ", "2023", "2024"), SchemaError, "'value'"),
    "typo": (("rd_intensitty", "CN-BJ", "2023", "2024"), UnknownIndicatorError, "rd_intensity"),
    "number": ((7, "CN-BJ", "2023", "2024"), SchemaError, "int"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "error", "words"), BAD.values(), ids=BAD)
def test_bad_input(given, error, words):
    """Each bad input has its named error."""
    x, region, before, after = given
    with pytest.raises(error, match=words):
        explain_rank(region, x, before, after)


# --- laws -----------------------------------------------------------------------------------------

CODES = ["CN-BJ", "CN-SH", "CN-GD", "CN-SD", "CN-GS"]
VALUES = st.dictionaries(st.sampled_from(CODES[1:]), st.integers(0, 4), min_size=1)


@st.composite
def histories(draw):
    """Draw two years of Beijing and others, and what a later document made of the earlier one."""
    old, new = (draw(VALUES) | {"CN-BJ": draw(st.integers(0, 4))} for _ in range(2))
    revised = {code: draw(st.integers(0, 4)) for code in old if draw(st.booleans())}
    parts = ((old, "2023", "a", "2024"), (revised, "2023", "b", "2025"), (new, "2024", "b", "2025"))
    rows = [
        {"region": code, "indicator": "jobs", "period": period, "value": value, "lower": value,
         "upper": value, "source": source, "vintage": vintage}
        for values, period, source, vintage in parts for code, value in values.items()
    ]  # fmt: skip
    return old, revised, new, rows


def ahead(values):
    """Return how many are ahead of Beijing."""
    return sum(value > values["CN-BJ"] for value in values.values())


@PROPERTY
@given(histories(), st.randoms(use_true_random=False))
def test_parts_are_those_of_walking_the_way(history, chance):
    """Each part is the difference of two counts on the way from one rank to the other."""
    old, revised, new, rows = history
    chance.shuffle(rows)
    found = moved(frame_from(rows))
    now = old | revised
    shared = now.keys() & new.keys()
    old_shared, new_shared = ({code: ranks[code] for code in shared} for ranks in (now, new))
    own = old_shared | {"CN-BJ": new["CN-BJ"]}
    expected = {
        "own": ahead(own) - ahead(old_shared), "others": ahead(new_shared) - ahead(own),
        "revision": ahead(now) - ahead(old),
        "reports": ahead(new) - ahead(new_shared) - (ahead(now) - ahead(old_shared)),
    }  # fmt: skip
    assert found["places"].to_dict() == expected
    assert found["rank_before"].eq(1 + ahead(old)).all()
    assert found["rank_after"].eq(1 + ahead(new)).all()
    for row in found.itertuples():
        assert row.places == len(row.came_ahead) - len(row.fell_behind)
        assert not set(row.came_ahead) & set(row.fell_behind) or row.Index == "reports"
