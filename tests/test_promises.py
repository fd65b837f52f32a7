"""Promises: what the public functions say of themselves, one small literal case for each."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from frames import breaks_of, frame_of

import provstats as ps

# --- frames of the caller's own -------------------------------------------------------------------

THREE = frame_of(
    ("CN-BJ", "widgets", "2024", 5.0), ("CN-SH", "widgets", "2024", 7.0),
    ("CN-GD", "widgets", "2024", 6.0),
)  # fmt: skip
LEVEL = frame_of(
    *((f"CN-{code}", "w", "2024", value) for code, value in
      {"BJ": 5.0, "SH": 7.0, "GD": 7.0, "ZJ": 7.0, "JS": 9.0}.items()),
)  # fmt: skip

RANKS = {
    "neutral descends": (THREE, {}, [3, 1, 2]),
    "order": (THREE, {"order": "ascending"}, [1, 3, 2]),
    "direction": (THREE.assign(direction="lower"), {}, [1, 3, 2]),
    "order before direction": (
        THREE.assign(direction="lower"), {"order": "descending"}, [3, 1, 2],
    ),
    "unused odd category": (
        THREE.assign(period=pd.Categorical(["2024"] * 3, ["soon", "2024"])), {}, [3, 1, 2],
    ),
    "labels of one year": (
        THREE.assign(period=["2024年", 2024, "2024-01/2024-12"]), {}, [3, 1, 2],
    ),
    "months of pandas": (THREE.assign(period=pd.period_range("2024-03", periods=1).repeat(3)),
                         {}, [3, 1, 2]),
    "a column of this name": (THREE.assign(rank=9), {}, [3, 1, 2]),
    "min": (LEVEL, {"ties": "min"}, [5, 2, 2, 2, 1]),
    "max": (LEVEL, {"ties": "max"}, [5, 4, 4, 4, 1]),
    "average": (LEVEL, {"ties": "average"}, [5, 3, 3, 3, 1]),
    "dense": (LEVEL, {"ties": "dense"}, [3, 2, 2, 2, 1]),
    "zeros": (frame_of(("CN-BJ", "w", "2024", 0.0), ("CN-SH", "w", "2024", -0.0)), {}, [1, 1]),
    "a claimed rank": (
        frame_of(("CN-BJ", "gdp_rank", "2024", 3.0), ("CN-SH", "gdp_rank", "2024", 1.0)), {},
        [2, 1],
    ),
    "unemployment": (
        frame_of(("CN-BJ", "urban_unemployment_rate", "2024", 5.1),
                 ("CN-SH", "urban_unemployment_rate", "2024", 4.2)), {}, [2, 1],
    ),
    "among whom": (
        LEVEL.assign(indicator="gdp_rank", value=[1.0, 2, 3, 1, 2],
                     among=["provinces"] * 3 + ["western provinces"] * 2), {}, [1, 2, 3, 1, 2],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("frame", "options", "expected"), RANKS.values(), ids=RANKS)
def test_ranks(frame, options, expected):
    """Rows of the caller's own are ranked, and the frame is as it was."""
    before = frame.copy(deep=True)
    assert ps.rank(frame, **options)["rank"].tolist() == expected
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("lower", "upper", "options", "expected"),
    [
        ([4.0, np.nan, 6], [8.0, np.nan, 6], {}, [(1, 3), (1, 2), (2, 3)]),
        ([0.0] * 3, [10.0] * 3, {}, [(1, 3)] * 3),
        ([0.0] * 3, [10.0] * 3, {"bounds": False}, [(3, 3), (1, 1), (2, 2)]),
        ([5.0, 7, 6], [5.0, 7, 6], {"universe": "all"}, [(3, 31), (1, 29), (2, 30)]),
        ([4.0, 6, 6], [6.0, 8, 6], {}, [(1, 3), (1, 1), (1, 2)]),
    ],
    ids=["missing bounds", "wide", "values alone", "all", "touching"],
)
def test_ranges_of_ranks(lower, upper, options, expected):
    """Certainly ahead is above all of an interval; who only touches may be level."""
    got = ps.rank(THREE.assign(lower=lower, upper=upper), **options)
    assert [*zip(got["rank_best"], got["rank_worst"], strict=True)] == expected


def test_the_nation_and_areas_are_never_ranked():
    """A total beside its parts is left out, and so is a city."""
    more = frame_of(("CN", "widgets", "2024", 99.0), ("ningbo", "widgets", "2024", 98.0))
    got = ps.rank(pd.concat([THREE, more], ignore_index=True))
    assert got["region"].tolist() == ["CN-BJ", "CN-SH", "CN-GD"]


# --- the nation -----------------------------------------------------------------------------------

RATES = frame_of(
    ("CN-BJ", "x_rate", "2024", 7.6, 7.55, 7.65), ("CN-SH", "x_rate", "2024", 6.0, 5.95, 6.05),
    ("CN", "x_rate", "2024", 5.8, 5.75, 5.85),
).assign(unit="percent")  # fmt: skip
BOTH_YEARS = pd.concat([RATES, RATES.assign(period="2023")], ignore_index=True)
OF_YEARS = pd.DataFrame({"period": ["2024年", 2023], "value": [5.0, 6.0]})

GAPS = {
    "its own": (RATES, None, [1.8, 0.2], "reported"),
    "latest": (RATES, "latest", [1.8, 0.2], "reported"),
    "number": (RATES, 5, [2.6, 1.0], "given"),
    "figure": (RATES, ps.parse_figure("约5%"), [2.6, 1.0], "given"),
    "frame": (BOTH_YEARS, OF_YEARS, [2.6, 1.0, 1.6, 0.0], "given"),
    "not additive": (RATES.assign(unit="count", additive=False), None, [1.8, 0.2], "reported"),
}


@pytest.mark.parametrize(("frame", "national", "gap", "basis"), GAPS.values(), ids=GAPS)
def test_gaps(frame, national, gap, basis):
    """The nation is that of the frame, or what the caller gives."""
    got = ps.gap_to_national(frame, national=national)
    np.testing.assert_allclose(got["gap"], gap, atol=1e-12)
    assert set(got["national_basis"]) == {basis}


def test_bounds_of_a_gap_to_a_figure():
    """About 5% is 4 to 6: the gap of 7.55 to 7.65 is 1.55 to 3.65."""
    got = ps.gap_to_national(RATES, national=ps.parse_figure("约5%")).iloc[0]
    np.testing.assert_allclose([got["gap_lower"], got["gap_upper"]], [1.55, 3.65])


@pytest.mark.parametrize(
    ("national", "error", "word"),
    [
        ("newest", ps.SchemaError, "'latest'"), (float("nan"), ps.SchemaError, "nan"),
        (float("inf"), ps.SchemaError, "inf"), (True, ps.SchemaError, "True"),
        ([5], ps.SchemaError, "[5]"), (OF_YEARS[["period"]], ps.SchemaError, "value"),
        (pd.concat([OF_YEARS, OF_YEARS]), ps.SchemaError, "2024"),
        (ps.parse_figure("5个"), ps.IncomparableError, "count"),
    ],
    ids=["word", "NaN", "infinite", "truth", "list", "no value", "twice", "unit"],
)  # fmt: skip
def test_a_nation_that_is_none(national, error, word):
    """What is no national value is refused, with what was given or what it lacks."""
    with pytest.raises(error) as raised:
        ps.gap_to_national(RATES, national=national)
    assert word in str(raised.value)


def test_a_target_of_the_nation_is_no_benchmark_of_outcomes():
    """Nor is anything of another nature."""
    natures = ["outcome", "outcome", "target"]
    with pytest.raises(ps.IncomparableError, match="no national value"):
        ps.gap_to_national(RATES.assign(nature=natures))


def test_each_indicator_goes_to_its_own_comparison():
    """What adds up has no gap, and what does not has no share; the others are left out."""
    jobs = RATES.assign(indicator="jobs", unit="count")
    mixed = pd.concat([RATES, jobs], ignore_index=True)
    assert set(ps.gap_to_national(mixed)["indicator"]) == {"x_rate"}
    assert set(ps.share_of_national(mixed)["indicator"]) == {"jobs"}
    with pytest.raises(ps.IncomparableError, match="share_of_national"):
        ps.gap_to_national(jobs)
    with pytest.raises(ps.IncomparableError, match="gap_to_national"):
        ps.share_of_national(RATES)


@pytest.mark.parametrize(
    ("part", "whole"),
    [((3, 2, 4), (10, 8, 12)), ((0, -2, 1), (10, 9, 11)), ((-3, -4, -2), (10, 8, 12))],
    ids=str,
)
def test_a_share_holds_all_quotients(part, whole):
    """Of all values within both intervals, and of no more."""
    rows = frame_of(("CN-BJ", "jobs", "2024", *part), ("CN", "jobs", "2024", *whole))
    got = ps.share_of_national(rows.assign(unit="count")).iloc[0]
    all_of_them = [100 * a / b for a, b in itertools.product(part[1:], whole[1:])]
    ends = [got["share"], got["share_lower"], got["share_upper"]]
    np.testing.assert_allclose(
        ends, [100 * part[0] / whole[0], min(all_of_them), max(all_of_them)], atol=1e-12
    )


# --- the change over a year -----------------------------------------------------------------------


def two_years(before, now, id_="jobs", unit="count"):
    """Return a value of 2023 and one of 2024."""
    rows = frame_of(("CN-BJ", id_, "2023", before), ("CN-BJ", id_, "2024", now))
    return rows.assign(unit=unit)


def beside(id_, value, unit="percent"):
    """Return a row of 2024 that tells of a level."""
    return frame_of(("CN-BJ", id_, "2024", value)).assign(unit=unit)


LEVELS = two_years(100.0, 110.0)
CHANGES = {
    "levels": (LEVELS, {}, 10.0, "percent", "levels", ""),
    "a rate": (two_years(7.0, 6.5, "x", "percent"), {}, -0.5, "percentage_point", "levels", ""),
    "claimed rank": (two_years(20.0, 4.0, "gdp_rank", "rank"), {}, -16, "rank", "levels", ""),
    "reported": (
        pd.concat([LEVELS, beside("jobs_growth", 10.0)]), {}, 10.0, "percent", "reported", "",
    ),
    "index": (two_years(105.0, 103.0, "i", "上年=100"), {}, 3.0, "percent", "index", ""),
    "bare index": (two_years(105.0, 103.0, "i", "index"), {}, None, None, None, "unit"),
    "no base": (LEVELS.iloc[1:], {}, None, None, None, "no_base"),
    "two years back": (
        LEVELS.assign(period=["2022", "2024"]), {}, None, None, None, "no_base",
    ),
    "base of zero": (two_years(0.0, 5.0), {}, None, None, None, "base_not_positive"),
    "base below zero": (two_years(-1.0, 5.0), {}, None, None, None, "base_not_positive"),
    "unit": (LEVELS.assign(unit=["CNY", "USD"]), {}, None, None, None, "unit"),
    "break": (
        LEVELS, {"breaks": breaks_of("jobs", before="2023", after="2024")},
        None, None, None, "break",
    ),
    "break of another": (
        LEVELS, {"breaks": breaks_of("jobs", before="2023", after="2024", region="CN-SH")},
        10.0, "percent", "levels", "",
    ),
    "across": (
        LEVELS, {"breaks": breaks_of("jobs", before="2023", after="2024"), "across_breaks": True},
        10.0, "percent", "levels", "",
    ),
    "additions": (
        pd.concat([LEVELS.iloc[1:], beside("jobs_new", 10.0, "count")]), {},
        10.0, "percent", "level_minus_new", "",
    ),
    "titles that lapse": (
        pd.concat([beside("little_giants", 110.0, "count"),
                   beside("little_giants_new", 10.0, "count")]), {}, None, None, None, "lapses",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("frame", "options", "change", "unit", "method", "reason"), CHANGES.values(), ids=CHANGES
)
def test_changes(frame, options, change, unit, method, reason):  # noqa: PLR0913, PLR0917 - columns
    """Each method and each reason, one by one."""
    got = ps.yoy(frame, **options)
    row = got[got["period"] == "2024"].iloc[0]
    assert row["reason"] == reason
    assert not row["conflict"]
    if change is None:
        assert np.isnan(row["yoy"])
        assert pd.isna(row["method"])
    else:
        assert row["yoy"] == pytest.approx(change)
        assert (row["yoy_unit"], row["method"]) == (unit, method)


def test_titles_that_lapse_have_a_bound():
    """110 with 10 new grew by 10% at the most."""
    frame, *_ = CHANGES["titles that lapse"]
    got = ps.yoy(frame).iloc[0]
    np.testing.assert_allclose([got["yoy_lower"], got["yoy_upper"]], [np.nan, 10])


def test_two_methods_that_do_not_meet_conflict():
    """A growth of 30% and levels of 100 and 110 contradict one another."""
    got = ps.yoy(pd.concat([LEVELS, beside("jobs_growth", 30.0)], ignore_index=True))
    assert got["conflict"].tolist() == [False, True, False]


def test_the_same_columns_whatever_the_input():
    """Also where nothing has a change."""
    assert [*ps.yoy(LEVELS.iloc[1:])] == [*ps.yoy(LEVELS)]


# --- several years, tiers -------------------------------------------------------------------------


def test_growth_of_five_years():
    """100 (90 to 110) became 161.051 (160 to 170): 10% a year, between two roots."""
    rows = frame_of(("CN-BJ", "w", "2019", 100, 90, 110), ("CN-BJ", "w", "2024", 161.051, 160, 170))
    got = ps.growth(rows, years=5).iloc[1]
    ends = [got["growth"], got["growth_lower"], got["growth_upper"]]
    np.testing.assert_allclose(ends, [10, 7.7818067, 13.5641572])


@pytest.mark.parametrize("given", [0, -1, 1.5, "3", True, None])
def test_numbers_that_are_none(given):
    """Years and first places are whole numbers of 1 or more."""
    with pytest.raises(ps.SchemaError):
        ps.growth("gdp", years=given)
    with pytest.raises(ps.SchemaError):
        ps.top("gdp", given)


def test_tiers_and_first_places():
    """A tier ends where all of it is surely ahead of all that follows."""
    rows = LEVEL.assign(value=[9.0, 8, 8, 5, 4], lower=[8.5, 7, 7.5, 5, 3], upper=[9.5, 9, 8, 5, 5])
    assert ps.tiers(rows)["tier"].tolist() == [1, 1, 1, 2, 2]
    first = ps.top(rows, 2)["top"].tolist()
    assert first == ["surely", "possibly", "possibly", "surely_not", "surely_not"]


def test_parts_of_a_move_add_up():
    """Shanghai falls behind, Guangdong leaves and Zhejiang comes."""
    told = {"2023": {"BJ": 1.0, "SH": 2.0, "GD": 3.0}, "2024": {"BJ": 5.0, "SH": 2.0, "ZJ": 9.0}}
    rows = frame_of(*(
        (f"CN-{code}", "w", period, value)
        for period, values in told.items() for code, value in values.items()
    ))  # fmt: skip
    got = ps.explain_rank("京", rows, 2023, 2024)
    assert dict(zip(got["part"], got["places"], strict=True)) == {
        "own": -1, "others": 0, "revision": 0, "reports": 0,
    }  # fmt: skip
    assert got["rank_before"].iloc[0] + got["places"].sum() == got["rank_after"].iloc[0]


# --- tables ---------------------------------------------------------------------------------------

SITE = (
    "数据库：分省年度数据\n指标：地区生产总值(亿元)\n时间：最近10年\n地区,2023年,2022年\n"
    "北京市,43760.7,41540.9\n河北省,41988.0,--\n数据来源：国家统计局\n"
)


@pytest.mark.parametrize(
    "encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_file_of_the_office_in_any_encoding(tmp_path, encoding):
    """A figure is rounded to its last printed digit, also where this is a zero."""
    path = tmp_path / "a.csv"
    path.write_bytes(SITE.encode(encoding))
    got = ps.tidy(path)
    columns = ["region", "period", "lower", "upper", "printed"]
    assert [*got[columns].itertuples(index=False, name=None)] == [
        ("CN-BJ", "2023", 4376065000000, 4376075000000, "43760.7"),
        ("CN-BJ", "2022", 4154085000000, 4154095000000, "41540.9"),
        ("CN-HE", "2023", 4198795000000, 4198805000000, "41988.0"),
    ]


@pytest.mark.parametrize(
    ("label", "cumulative", "expected"),
    [
        ("2022年第1-4季度", False, "2022"), ("201904", False, "2019-04"), ("2024.0", False, "2024"),
        ("2019-04-30", False, "2019-04"), ("2023年4月", True, "2023-01/2023-04"),
        ("2023年12月", True, "2023"), ("2023年6月", True, "2023-H1"),
        ("2023年1月", True, "2023-01"), ("2022年第1-3季度", False, "2022-01/2022-09"),
        ("Mar 2022", False, "2022-03"),
    ],
)  # fmt: skip
def test_labels_of_sites(label, cumulative, expected):
    """Labels mean what sites mean by them."""
    rows = pd.DataFrame({"region": ["京"], "period": [label], "value": [1.5]})
    got = ps.tidy(rows, indicator="rd_intensity", cumulative=cumulative)
    assert got["period"].tolist() == [expected]


# --- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2023年北京研发强度为6.22%。", "supported"),
        ("2023年北京研发强度为9.99%。", "contradicted"),
        ("2023年上海研发强度为6.22%。", "contradicted"), ("2035年北京研发强度为6.7%。", "unknown"),
        ("2023年，广东地区生产总值居全国第1位。", "supported"),
        ("2023年，江苏地区生产总值居全国第1位。", "contradicted"),
        ("2023年广东GDP超过13万亿元。", "supported"),
        ("2023年广东GDP超过20万亿元。", "contradicted"),
        ("2023年广东工业增加值为46177.6亿元。", "supported"),
        ("2023年四川蟹黄产量为5万吨。", "unknown"),
        ("In 2023, Beijing's R&D intensity was 6.22%.", "supported"),
        ("In 2023, Beijing's R&D intensity was 9.99%.", "contradicted"),
        ("In 2023, Jiangsu ranked first in GDP.", "contradicted"),
    ],
)  # fmt: skip
def test_sentences_against_the_data(text, verdict):
    """True ones are supported, false ones contradicted, and of the rest nothing is guessed."""
    assert ps.check_text(text)["verdict"].tolist() == [verdict]


# --- what is loaded, and what the shell answers ---------------------------------------------------


def answer_of(*command):
    """Run a command of Python; return its status, what it printed and what it complained of."""
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_figures_periods_and_regions_need_no_frames():
    """Reading a figure, a period and a region loads neither pandas nor Matplotlib."""
    code = (
        "import sys, provstats as ps; ps.parse_figure('超8万个'); ps.region('渝');"
        "ps.parse_period('1—11月', year=2024);"
        "print({'pandas', 'matplotlib', 'polars'} & {*sys.modules})"
    )
    assert answer_of("-W", "error", "-c", code) == (0, "set()\n", "")


def test_the_shell_answers_with_records():
    """JSON is a list of records that any reader takes."""
    status, printed, complaint = answer_of(
        "-m", "provstats", "yoy", "base_stations_5g", "--format", "json"
    )
    records = json.loads(printed, parse_constant=pytest.fail)
    assert (status, complaint) == (0, "")
    assert {"region", "value", "yoy", "reason"} <= set(records[0])
