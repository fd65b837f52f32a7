"""Gaps and shares: what has a gap, which value of the nation is meant, what is refused."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import frame_of

import provstats as ps
from provstats.engines.memory.national import read_given_interval

ENDS = ["national", "national_lower", "national_upper"]
GAP = ["gap", "gap_lower", "gap_upper"]
SHARE = ["share", "share_lower", "share_upper"]


def jobs(**by_region):
    """Return one row a region (BJ=1.0) of the unknown indicator jobs in 2024."""
    codes = {"CN": "CN", **{key: f"CN-{key}" for key in by_region if key != "CN"}}
    return frame_of(*[(codes[key], "jobs", "2024", value) for key, value in by_region.items()])


# --- what has a gap -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "unit", "told", "additive"),
    [
        ("jobs", "count", None, True),
        ("jobs", "CNY", None, True),
        ("jobs", "USD", None, True),
        ("jobs", "GW", None, True),
        ("jobs", "percent", None, False),
        ("jobs", "percentage_point", None, False),
        ("jobs", "", None, False),
        ("jobs_per_head", "CNY", None, False),
        ("jobs", "count", False, False),
        ("jobs", "percent", True, True),
        ("jobs", "", True, True),
        ("rd_expenditure", "", None, True),
        ("rd_intensity", "", None, False),
        ("income", "", None, False),
        ("little_giants", "", None, True),
    ],
)
def test_what_adds_up_has_a_share_and_no_gap(id_, unit, told, additive):
    """By the catalogue, by a column of the caller, else by the unit."""
    frame = jobs(CN=10.0, BJ=4.0).assign(indicator=id_, unit=unit)
    frame = frame if told is None else frame.assign(additive=told)
    has, has_not = (ps.share_of_national, ps.gap_to_national)[:: 1 if additive else -1]
    assert has(frame)["national"].tolist() == [10.0]
    with pytest.raises(ps.IncomparableError, match=has.__name__):
        has_not(frame)


def test_rows_that_add_up_are_left_out():
    """Of several indicators those have a gap that a province can share with the nation."""
    frame = pd.concat([
        jobs(CN=9.0, BJ=4.0).assign(unit="count"),
        jobs(CN=9.0, BJ=4.0).assign(indicator="rate", unit="percent"),
    ], ignore_index=True)  # fmt: skip
    assert ps.gap_to_national(frame)["indicator"].tolist() == ["rate"]
    assert ps.share_of_national(frame)["indicator"].tolist() == ["jobs"]


@pytest.mark.parametrize("told", [["true", "false"], [1, 0], ["yes", "no"]])
def test_additive_is_true_or_false_and_one_for_all(told):
    """Other words are refused, and two answers within one indicator and period."""
    frame = jobs(BJ=4.0, SH=5.0).assign(additive=pd.Series(told, dtype=object))
    with pytest.raises(ps.SchemaError, match="'additive'"):
        ps.gap_to_national(frame, national=3.0)


def test_totals_of_the_data_have_shares():
    """Guangdong spends a seventh of what the nation spends on R&D."""
    with pytest.raises(ps.IncomparableError, match="share_of_national"):
        ps.gap_to_national("rd_expenditure")
    shares = ps.share_of_national("rd_expenditure").query("period == '2023'")
    assert shares["share"].sum() == pytest.approx(100, abs=0.01)
    guangdong = shares.set_index("region").loc["CN-GD"]
    assert guangdong["share"] == pytest.approx(14.4, abs=0.05)
    assert guangdong["share_lower"] < guangdong["share"] < guangdong["share_upper"]
    assert guangdong["national_source"] == guangdong["source"]


# --- shares ---------------------------------------------------------------------------------------


def test_a_share_is_a_quotient_of_intervals():
    """From the least part of the most to the most part of the least."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 10.0, 9.0, 11.0), ("CN", "jobs", "2024", 40.0, 36.0, 50.0)
    ).assign(unit="count")
    answer = ps.share_of_national(frame)
    assert answer[SHARE].iloc[0].tolist() == pytest.approx([25.0, 100 * 9 / 50, 100 * 11 / 36])
    assert list(answer)[-9:] == [*ENDS, "national_basis", "national_source", *SHARE, "left_out"]


@pytest.mark.parametrize("nation", [0.0, -5.0])
def test_of_nothing_there_is_no_share(nation):
    """A total of zero or less has no parts."""
    answer = ps.share_of_national(jobs(CN=nation, BJ=10.0).assign(unit="CNY"))
    assert answer[SHARE].isna().all(axis=None)
    assert answer["national"].tolist() == [nation]


def test_a_total_that_may_be_nothing_has_an_open_share():
    """The part of a total that may be next to nothing has no upper end."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 1.0, 1.0, 1.0), ("CN", "jobs", "2024", 4.0, -1.0, 5.0)
    ).assign(unit="CNY")
    assert ps.share_of_national(frame)[SHARE].iloc[0].tolist() == [25.0, 20.0, float("inf")]


def test_a_way_of_speaking_implies_nothing():
    """每4辆…1辆 is no share that was worked out; a share that was implies the total."""
    frame = frame_of(
        ("CN-GD", "automobile_output", "2024", 3e6, 2.9e6, 3.1e6),
        ("CN-GD", "automobile_output_share", "2024", 25.0, 24.5, 25.5),
    ).assign(printed=["300万辆", "25%"])
    answer = ps.share_of_national(frame).iloc[0]
    assert (answer["national"], answer["national_basis"]) == (pytest.approx(12e6), "implied")
    assert answer["national_lower"] == pytest.approx(2.9e6 / 0.255)
    assert answer["national_upper"] == pytest.approx(3.1e6 / 0.245)
    with pytest.raises(ps.IncomparableError, match="no national value for automobile_output 2024"):
        ps.share_of_national(frame.assign(printed=["300万辆", "每4辆…1辆"]))


# --- which value of the nation --------------------------------------------------------------------


def gap_of(region, period, **options):
    """Return the gap of a province's R&D intensity."""
    answer = ps.gap_to_national("rd_intensity", **options)
    return answer.set_index(["region", "period"]).loc[(region, period)]


@pytest.mark.parametrize(
    ("period", "national", "newest"),
    [("2018", 2.19, 2.14), ("2021", 2.44, 2.43), ("2022", 2.54, 2.56), ("2024", 2.69, 2.69)],
)
def test_the_documents_own_value_goes_first(period, national, newest):
    """A province is set against the nation of its own bulletin, or of the newest if asked for."""
    own, latest = gap_of("CN-BJ", period), gap_of("CN-BJ", period, national="latest")
    assert own["national"] == national
    assert own["national_source"] == f"nbs-rd-bulletin-{period}"
    assert latest["national"] == newest
    assert own["national_basis"] == latest["national_basis"] == "reported"


def test_a_restated_value_meets_the_nation_restated_beside_it():
    """The bulletin of 2024 states the intensities of 2023 anew, the nation's among them."""
    own = gap_of("CN-BJ", "2023")
    assert (own["national"], own["national_source"]) == (2.58, "nbs-rd-bulletin-2024")
    assert own["gap"] == pytest.approx(6.22 - 2.58)


def test_as_many_are_above_the_nation_as_the_bulletins_say():
    """Six provinces in 2018 and seven in 2022; against the revised nation it would be others."""
    answer = ps.gap_to_national("rd_intensity")
    above = answer[answer["gap"] > 0].groupby("period").size()
    assert (above["2018"], above["2022"]) == (6, 7)


def test_a_series_of_the_first_vintage_meets_the_first_nation():
    """What was said first is set against what was said of the nation beside it."""
    first = ps.series("rd_intensity", vintage="first", period="2019", regions=["北京"])
    assert ps.gap_to_national(first)["national"].tolist() == [2.23]
    assert ps.gap_to_national(first, national="latest")["national"].tolist() == [2.24]


def test_in_force_is_what_had_been_reported_by_then(monkeypatch):
    """Another document's row meets the latest report before it, and a later one for want of any."""
    from provstats.analysis.parts.national import build_national_columns
    from provstats.engines.memory import national

    days = {"a": "2020-01-01", "b": "2021-01-01", "c": "2022-01-01", "p": "2021-06-01",
            "q": "2019-01-01"}  # fmt: skip
    monkeypatch.setattr(national, "find_source_day", lambda source: days.get(source, ""))
    columns = ["region", "indicator", "period", "value", "source"]
    said, rows = (
        frame_of(*((region, "g", "2018", *row) for region, *row in told), columns=columns).assign(
            lower=lambda frame: frame["value"], upper=lambda frame: frame["value"], unit="",
            nature="outcome",
        )
        for told in (
            [("CN", 1.0, "a"), ("CN", 2.0, "b"), ("CN", 3.0, "c")],
            [("CN-BJ", 9.0, "p"), ("CN-SH", 9.0, "q"), ("CN-GD", 9.0, "a")],
        )
    )  # fmt: skip
    answer = build_national_columns(rows, said.iloc[[2]], said)
    assert answer["national"].tolist() == [2.0, 3.0, 1.0]
    assert answer["national_source"].tolist() == ["b", "c", "a"]


@pytest.mark.parametrize("kind", [lambda f: f, pl.from_pandas, pa.Table.from_pandas])
def test_a_frame_of_ones_own_by_period(kind):
    """The caller's value of each period, with its bounds and its document."""
    frame = pd.concat([jobs(BJ=5.0), jobs(BJ=7.0).assign(period="2023"), jobs(BJ=9.0).assign(
        period="2022")], ignore_index=True)  # fmt: skip
    own = pd.DataFrame({
        "period": ["2024", "2023-01/2023-12"], "value": [4.0, 5.0], "lower": [3.0, 5.0],
        "upper": [5.0, 6.0], "source": ["mine", "theirs"],
    })  # fmt: skip
    answer = ps.gap_to_national(frame, national=kind(own))
    assert answer["gap"].tolist()[:2] == [1.0, 2.0]
    assert answer["gap_lower"].tolist()[:2] == [0.0, 1.0]
    assert answer["national_source"].tolist()[:2] == ["mine", "theirs"]
    assert answer["national_basis"].tolist()[:2] == ["given", "given"]
    assert answer.loc[2, ["national", "national_basis", "gap"]].isna().all()


@pytest.mark.parametrize(
    ("national", "error", "words"),
    [
        (pd.DataFrame({"value": [1.0]}), ps.SchemaError, "period and value"),
        (pd.DataFrame({"period": [], "value": []}), ps.SchemaError, "period and value"),
        (pd.DataFrame({"period": ["2024"] * 2, "value": [1.0, 2.0]}), ps.SchemaError, "one value"),
        (pd.DataFrame({"period": ["2024"], "value": [None]}), ps.SchemaError, "one value"),
        (pd.DataFrame({"period": ["soon"], "value": [1.0]}), ps.PeriodError, "soon"),
        (pd.DataFrame({"period": ["2020"], "value": [1.0]}), ps.IncomparableError,
         "2020, and the rows are of jobs 2024"),
        (pd.DataFrame({"period": ["2024"], "value": [1.0], "unit": "%"}), ps.IncomparableError,
         "national is in percent, the rows are in km"),
        ("first", ps.SchemaError, "'latest'"),
        (True, ps.SchemaError, "'latest'"),
        (float("nan"), ps.SchemaError, "'latest'"),
    ],
)  # fmt: skip
def test_a_benchmark_that_does_not_hold(national, error, words):
    """What is no value of the nation, and one of another unit or period, is refused."""
    frame = jobs(BJ=1.0).assign(unit="km", additive=False)
    with pytest.raises(error, match=words):
        ps.gap_to_national(frame, national=national)


@pytest.mark.parametrize(
    ("national", "ends"),
    [(3, (3.0, 3.0, 3.0)), (ps.parse_figure("5.8%"), (5.8, 5.75, 5.85))],
)
def test_interval_of_a_callers_value(national, ends):
    """A number is exact, a figure keeps its interval."""
    assert read_given_interval(national) == pytest.approx(ends)


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "claimed", "national"),
    [("percent", "percentage_point", 5.0), ("percent", "percent", None), ("", "km", 5.0),
     ("km", "", 5.0), ("km", "km", 5.0), ("km", "m", None)],
)  # fmt: skip
def test_the_unit_of_a_claimed_gap(unit, claimed, national):
    """A distance is claimed in points of a rate, else in the unit itself, or in none."""
    frame = frame_of(("CN-BJ", "g_per_head", "2024", 7.0), ("CN-BJ", "g_per_head_gap", "2024", 2.0))
    frame = frame.assign(unit=[unit, claimed])
    if national is None:
        with pytest.raises(ps.IncomparableError, match="no national value"):
            ps.gap_to_national(frame)
        return
    answer = ps.gap_to_national(frame)
    assert answer.loc[answer["indicator"] == "g_per_head", "national"].tolist() == [national]


@pytest.mark.parametrize("compare", [ps.rank, ps.gap_to_national])
def test_the_nations_unit_must_be_the_same(compare):
    """A nation in dollars is no benchmark of provinces in yuan."""
    frame = jobs(CN=5.0, BJ=7.0, SH=6.0).assign(unit=["USD", "CNY", "CNY"], additive=False)
    with pytest.raises(ps.IncomparableError, match="different units") as raised:
        compare(frame)
    assert "USD" in str(raised.value) or "CNY" in str(raised.value)


def test_a_contradiction_in_a_nature_that_is_not_compared():
    """Targets that contradict one another are no matter where outcomes are compared."""
    rows = [("CN-BJ", "g", 7.0), ("CN-BJ", "g_gap", 1.0), ("CN-SH", "g", 8.0),
            ("CN-SH", "g_gap", 5.0)]  # fmt: skip
    targets = frame_of(*((r, i, "2024", v) for r, i, v in rows)).assign(nature="target")
    outcomes = jobs(CN=3.0, BJ=4.0, SH=5.0).assign(indicator="g", nature="outcome")
    answer = ps.gap_to_national(pd.concat([targets, outcomes], ignore_index=True))
    assert answer.query("indicator == 'g'")["gap"].tolist() == [1.0, 2.0]
    with pytest.raises(ps.IncomparableError, match="contradict"):
        ps.gap_to_national(targets)


@pytest.mark.parametrize("cells", [["a", "a", None, None], ["a", "a", 7, 7], ["a", "a", "b", None]])
@pytest.mark.parametrize("compare", [ps.gap_to_national, ps.implied_national])
def test_a_document_is_a_text(compare, cells):
    """Documents that are partly missing, or numbers, are refused with their rows."""
    frame = frame_of(
        ("CN-BJ", "g", "2024", 7.6), ("CN-BJ", "g_gap", "2024", 1.8),
        ("CN-TJ", "g", "2024", 7.0), ("CN-TJ", "g_gap", "2024", 1.2),
    ).assign(source=pd.Series(cells, dtype=object))  # fmt: skip
    if cells[2] == "b" and compare is ps.gap_to_national:  # what rests on no missing one
        assert len(compare(frame))
        return
    with pytest.raises(ps.SchemaError, match="'source' must hold texts") as raised:
        compare(frame)
    assert "CN-TJ" in str(raised.value)
