"""Where a series was measured anew."""

from __future__ import annotations

import pytest

import provstats as ps
from provstats.store.breaks import Measured, load_breaks
from provstats.store.regions import list_mainland_codes


@pytest.fixture(scope="module")
def breaks():
    """Return the shipped breaks."""
    return ps.breaks()


def test_columns_are_those_as_documented(breaks):
    """All cells are texts, and none is empty."""
    assert list(breaks) == ["indicator", "region", "before", "after", "reason", "source"]
    assert (breaks != "").all(axis=None)


def test_provinces_were_measured_anew_after_the_census(breaks):
    """The intensities of 2018 rest on products that the fourth census revised: all 31 of them."""
    anew = breaks[(breaks["indicator"] == "rd_intensity") & (breaks["before"] == "2018")]
    assert set(anew["region"]) == set(list_mainland_codes())
    assert set(anew["after"]) == {"2019"}
    assert set(anew["source"]) == {"nbs-rd-bulletin-2019"}


def test_the_nation_was_revised_with_the_census_already(breaks):
    """The nation's intensity of 2018 is revised, that of 2017 is not."""
    nation = breaks[(breaks["indicator"] == "rd_intensity") & (breaks["region"] == "CN")]
    assert nation[["before", "after"]].to_numpy().tolist() == [["2017", "2018"]]


def test_growth_on_a_comparable_basis_marks_a_break(breaks):
    """Where a bulletin prints a growth on a comparable basis, its amounts are on none."""
    data = ps.load(vintage=None)
    own = data["source"].str.startswith("nbs-rd") & data["note"].str.contains("comparable basis")
    rows = data[own]
    printed = {(row.indicator.removesuffix("_growth"), row.period) for row in rows.itertuples()}
    marked = breaks[breaks["reason"].str.contains("comparable basis")]
    assert printed == {
        (row.indicator.removesuffix("_share"), row.after) for row in marked.itertuples()
    }


def test_a_break_stands_once(breaks):
    """No break is listed twice."""
    assert not breaks.duplicated(["indicator", "region", "before", "after"]).any()


def test_answers_are_the_callers_own(breaks):
    """What a caller does to the answer changes no later one."""
    mine = ps.breaks()
    mine.loc[:, "reason"] = ""
    assert ps.breaks().equals(breaks)


def test_all_were_measured_anew_after_the_fifth_census(breaks):
    """The intensities of 2023 were stated anew on the product that the census revised."""
    anew = breaks[(breaks["indicator"] == "rd_intensity") & (breaks["before"] == "2022")]
    assert anew[["region", "after", "source"]].to_numpy().tolist() == [
        ["*", "2023", "nbs-rd-bulletin-2024"]
    ]


@pytest.mark.parametrize(
    ("period", "year", "is_anew"),
    [
        ("2022", 2022, False), ("2022", 2024, False), ("2023", 2023, False), ("2023", 2024, True),
        ("2024", 2024, True), ("2023-H1", 2024, True), ("2023-H1", 2023, False),
    ],
)  # fmt: skip
def test_a_value_is_of_the_new_measure_by_its_period_and_its_document(period, year, is_anew):
    """What was printed before a break was known is of the old measure, whatever its period."""
    (census,) = (one for one in load_breaks() if one[:2] == ("rd_intensity", "*"))
    value = Measured.from_period(period, f"nbs-rd-bulletin-{year}")
    assert (census.is_new(value), census.is_old(value)) == (is_anew, not is_anew)


def test_documents_that_are_not_ours_tell_no_measure():
    """What another document states is old by its period, and never known to be new."""
    (census,) = (one for one in load_breaks() if one[:2] == ("rd_intensity", "*"))
    told = [
        (census.is_old(value), census.is_new(value))
        for value in (Measured.from_period(period, "yearbook") for period in ("2022", "2023"))
    ]
    assert told == [(True, False), (False, False)]
