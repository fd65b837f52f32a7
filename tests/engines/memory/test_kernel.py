"""Comparisons of panels by the kernel and by the slow reference, dense and sparse."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import reference
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats as ps
from provstats.engines.memory import codes, frames
from provstats.engines.memory import matrix as cells
from provstats.engines.memory import threads as blocks
from provstats.store.regions import list_mainland_codes

COMPARISONS = {
    "rank": ps.rank, "gap_to_national": ps.gap_to_national,
    "share_of_national": ps.share_of_national, "yoy": ps.yoy,
}  # fmt: skip
#: These compare what adds up to the nation and what does not.
OF_RATES = ["rank", "gap_to_national", "yoy"]
IDS = ["jobs", "jobs_growth", "jobs_new", "jobs_gap", "jobs_change", "little_giants_rank",
       "rd_intensity", "rd_intensity_change", "industrial_profit", "industrial_profit_new",
       "little_giants", "little_giants_new", "little_giants_share", "jobs_average_growth",
       "rd_intensity_gap", "pmi"]  # fmt: skip
LABELS = ["2022", "2023", "2024", "2023-11", "2024-11", "2023-01/2023-11", "2024-01/2024-11",
          "2023-Q4", "2024-Q4", "2024-H1", "2023-H1", "2024-12", "2021/2024",
          "2024-01/2024-12"]  # fmt: skip
REGIONS = ["CN", "CN-BJ", "CN-SH", "CN-GD", "CN-HK", "ningbo"]
PROPERTY = settings(max_examples=20, deadline=None)


#: What a caller may say of rows; direction and additivity are those of whole indicators elsewhere.
TOLD = {"among": ["", "provinces", "cities", None], "printed": ["7", "每4辆…1辆"]}


@st.composite
def panels_of_rows(draw):
    """Draw a panel: gaps, ties, nulls, natures, units, bounds, in any order."""
    keys = draw(st.lists(
        st.tuples(
            st.sampled_from(REGIONS),
            st.sampled_from(IDS[: draw(st.sampled_from([1, 4, 10, 16]))]),
            st.sampled_from(LABELS[: draw(st.sampled_from([1, 5, 13]))]),
            st.sampled_from(["outcome"] * 4 + ["forecast", "target"]),
        ),
        min_size=1, max_size=40, unique=True,
    ))  # fmt: skip
    values = st.one_of(st.integers(-3, 9).map(float), st.none())
    frame = pd.DataFrame(keys, columns=["region", "indicator", "period", "nature"])
    frame["value"] = pd.Series([draw(values) for _ in keys], dtype="float64")
    if draw(st.booleans()):
        widths = [draw(st.sampled_from([0.0, 0.5, 2.0])) for _ in keys]
        frame["lower"], frame["upper"] = frame["value"] - widths, frame["value"] + widths[::-1]
    if draw(st.booleans()):
        several = ["%", "count", None, "家", "上年=100", "index", "2020=100"]
        units = st.sampled_from(draw(st.sampled_from([several[:4], several, ["个"]])))
        frame["unit"] = pd.Series([draw(units) for _ in keys], dtype=object)
    if draw(st.booleans()):
        frame["source"] = [draw(st.sampled_from(["a", "b"])) for _ in keys]
    for column, words in TOLD.items():
        if draw(st.sampled_from([False] * 4 + [True])):
            frame[column] = [draw(st.sampled_from(words)) for _ in keys]
    return frame if draw(st.booleans()) else frame.drop(columns="nature").drop_duplicates(
        ["region", "indicator", "period"])  # fmt: skip


def unordered(texts):
    """Return categories in another order than they appear, one of them unused and unknown."""
    return pd.Categorical(texts, categories=["Atlantis", *sorted(set(texts), reverse=True)])


def dictionary(texts):
    """Return a column of an Arrow dictionary."""
    return pd.array(texts, dtype=pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string())))


def in_chunks(texts, rows=2):
    """Return a column whose chunks have dictionaries of their own, as files of several parts do."""
    parts = [
        pa.array(texts[at : at + rows]).dictionary_encode().cast(dictionary([]).dtype.pyarrow_dtype)
        for at in range(0, len(texts), rows)
    ]
    return pd.arrays.ArrowExtensionArray(pa.chunked_array(parts))


DRESSES = {
    "texts": lambda texts: texts,
    "objects": lambda texts: np.array(texts, object),
    "categories": unordered,
    "Arrow texts": lambda texts: pd.array(texts, dtype=pd.ArrowDtype(pa.string())),
    "Arrow dictionaries": dictionary,
    "Arrow dictionaries in chunks": in_chunks,
}


def dressed(frame, dress):
    """Return the frame with its keys in another dress."""
    keys = ("region", "indicator", "period")
    return frame.assign(**{key: DRESSES[dress](frame[key].tolist()) for key in keys})


def answer_of(compare, frame, **options):
    """Return the answer, or None where the comparison is refused."""
    try:
        return compare(frame, **options)
    except ps.IncomparableError:
        return None


def assert_alike(name, frame, regions=None, **options):
    """Assert that the kernel answers as the reference, or that both refuse."""
    panel = frame if regions is None else ps.Panel(frame, regions=regions)
    within = {} if regions is None or name == "yoy" else {"regions": regions}
    got = answer_of(COMPARISONS[name], panel, **options)
    expected = answer_of(getattr(reference, name), frame, **within, **options)
    assert (got is None) == (expected is None)
    if got is not None:
        pd.testing.assert_frame_equal(
            got, expected, check_dtype=False, check_index_type=False, rtol=1e-12, atol=1e-9
        )


def make_sparse(monkeypatch):
    """Give no panel a slot for each cell, however few they are."""
    monkeypatch.setattr(cells, "_SMALL", 0)
    monkeypatch.setattr(cells, "_DENSE", 0)


@pytest.fixture(params=["dense", "sorted", "in blocks"])
def way(request, monkeypatch):
    """Take each way through the kernel, whatever the size of the panel."""
    if request.param == "sorted":
        make_sparse(monkeypatch)
    if request.param == "in blocks":
        monkeypatch.setattr(blocks.map_blocks, "__defaults__", (3,))
        for module in (blocks, frames, codes):
            monkeypatch.setattr(module, "ROWS", 3)
        for module in (frames, codes):
            monkeypatch.setattr(module, "_TEXTS", 3)
    return request.param


@pytest.mark.parametrize("name", ["gap_to_national", "share_of_national", "yoy"])
@pytest.mark.usefixtures("way")
def test_comparisons_agree_with_the_reference(name):
    """Whatever the keys are, and however full the panel is, the answers are the same."""

    @PROPERTY
    @given(panels_of_rows(), st.sampled_from([*DRESSES]))
    def property_holds(frame, dress):
        distinct = frame[~labels_twice(frame)]
        assert_alike(name, dressed(distinct, dress))

    property_holds()


@pytest.mark.usefixtures("way")
def test_ranks_agree_with_the_reference():
    """Every option, with bounds and without, ranks as the reference does."""

    @PROPERTY
    @given(
        panels_of_rows(),
        st.sampled_from([None, "ascending", "descending"]),
        st.sampled_from(["min", "max", "average", "dense"]),
        st.sampled_from(["reporting", "all"]),
        st.booleans(),
        st.integers(1, 3),
        st.sampled_from([*DRESSES]),
    )
    def property_holds(frame, order, ties, universe, bounds, min_n, dress):  # noqa: PLR0913, PLR0917
        assert_alike(
            "rank", dressed(frame[~labels_twice(frame)], dress),
            order=order, ties=ties, universe=universe, bounds=bounds, min_n=min_n,
        )  # fmt: skip

    property_holds()


def labels_twice(frame):
    """Tell the rows whose key stands twice, as 2024 and as its twelve months."""
    same = frame.assign(period=frame["period"].replace("2024-01/2024-12", "2024"))
    keys = [key for key in ("region", "indicator", "period", "nature") if key in frame]
    return same.duplicated(keys)


@pytest.mark.parametrize("name", COMPARISONS)
@pytest.mark.usefixtures("way")
def test_a_panel_answers_as_its_frame(name):
    """What is prepared once answers as the frame, as often as it is asked."""

    @PROPERTY
    @given(panels_of_rows())
    def property_holds(frame):
        frame = frame[~labels_twice(frame)]
        panel, compare = ps.Panel(frame), COMPARISONS[name]
        expected = answer_of(compare, frame)
        for _ in range(2):
            got = answer_of(compare, panel)
            assert (got is None) == (expected is None)
            if got is not None:
                pd.testing.assert_frame_equal(got, expected)

    property_holds()


# --- regions of one's own -------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMPARISONS)
@pytest.mark.usefixtures("way")
def test_regions_of_ones_own_agree_with_the_reference(name):
    """Counties and some of the provinces are compared among themselves, beside the nation."""
    own = {"CN-BJ": "110105", "CN-SH": "310115"}

    @PROPERTY
    @given(panels_of_rows(), st.sets(st.sampled_from(["CN", "CN-GD", "CN-HK", "ningbo", "x"])))
    def property_holds(frame, others):
        frame = frame[~labels_twice(frame)].replace({"region": own})
        assert_alike(name, frame, regions={*own.values(), *others})

    property_holds()


def counties(number, seed=0):
    """Return a shuffled panel of so many counties and the nation, with gaps, ties and bounds."""
    random = np.random.default_rng(seed)
    codes = ["CN", *(f"c{county}" for county in range(number))]
    frame = (
        pd.MultiIndex.from_product(
            [codes, ["jobs", "rd_intensity"], ["2023", "2024"]],
            names=["region", "indicator", "period"],
        )
        .to_frame(index=False)
        .sample(frac=0.9, random_state=seed)
    )
    value = random.integers(0, number // 3, len(frame)) / 4
    value[random.random(len(frame)) < 0.05] = np.nan
    width = random.integers(0, 3, len(frame)) / 4
    return frame.assign(value=value, lower=value - width, upper=value + width[::-1])


@pytest.mark.parametrize("ties", ["min", "max", "average", "dense"])
@pytest.mark.parametrize("number", [100, 300])
@pytest.mark.usefixtures("way")
def test_hundreds_of_counties_are_ranked_as_by_the_reference(number, ties):
    """So many that their ranks are sorted and not counted, and that a byte holds no rank."""
    frame = counties(number)
    regions = frame["region"].unique()
    for order in ("ascending", "descending"):
        assert_alike("rank", frame, regions, ties=ties, order=order, universe="all")


def test_a_hundred_thousand_regions(monkeypatch):
    """Where regions are many and periods few, the matrix and the search agree."""
    number = 100_000
    values = 1.0 + np.random.default_rng(1).permutation(number)
    regions = [f"c{county}" for county in range(number)]
    frame = pd.DataFrame({
        "region": regions * 2, "indicator": "jobs", "period": np.repeat(["2023", "2024"], number),
        "value": [*values, *(2 * values)],
    })  # fmt: skip
    ranked = ps.rank(ps.Panel(frame, regions=regions))
    assert (ranked["rank"] == number + 1 - np.tile(values, 2)).all()
    assert ranked["n"].eq(number).all()
    changed = ps.yoy(ps.Panel(frame, regions=regions))
    assert changed["yoy"].isna().sum() == number
    assert changed["yoy"].iloc[number:].eq(100.0).all()
    make_sparse(monkeypatch)
    panel = ps.Panel(frame, regions=regions)
    pd.testing.assert_frame_equal(ps.rank(panel), ranked)
    pd.testing.assert_frame_equal(ps.yoy(panel), changed)


@pytest.mark.parametrize("regions", [[], ["CN"], "c1", [1, 2], 7, [["c1"]]])
def test_regions_must_be_codes(regions):
    """One text, numbers, and nobody to compare are refused."""
    with pytest.raises(ps.SchemaError, match="regions must be a collection of the codes"):
        ps.Panel(counties(3), regions=regions)


def test_a_region_that_nobody_knows_is_refused():
    """What is neither in the registry nor among the caller's own is named, with the way to it."""
    frame = counties(3)
    with pytest.raises(ps.UnknownRegionError, match=r"Panel\(frame, regions=codes\)"):
        ps.rank(frame)
    with pytest.raises(ps.UnknownRegionError, match="c2"):
        ps.Panel(frame, regions=["c0", "c1"])


def test_counties_without_the_nation_have_no_benchmark():
    """What is missing is named as for provinces; a number of the caller's own will do."""
    frame = counties(3).query("region != 'CN'")
    panel = ps.Panel(frame, regions=["c0", "c1", "c2"])
    with pytest.raises(ps.IncomparableError, match="there is one for: none"):
        ps.gap_to_national(panel)
    assert ps.gap_to_national(panel, national=1.0)["national_basis"].eq("given").all()


def test_mixed_units_of_counties_are_shown():
    """The rows are shown that differ in unit, of the caller's own regions too."""
    frame = counties(3)
    frame["unit"] = np.where(frame["region"] == "c1", "%", "个")
    with pytest.raises(ps.IncomparableError, match="have different units") as raised:
        ps.rank(ps.Panel(frame, regions=["c0", "c1", "c2"]))
    assert " c1 " in str(raised.value)


# --- periods in every dress -----------------------------------------------------------------------

MONTHS = ["2023-11", "2024-11", "2024-12", "2023-12", "2024-01"]


def monthly(periods):
    """Return a panel of two provinces and the nation in five months, periods as given."""
    codes = ["CN", "CN-BJ", "CN-SH"]
    frame = pd.DataFrame({
        "region": np.repeat(codes, len(MONTHS)), "indicator": "jobs",
        "value": np.arange(15.0) % 7,
    })  # fmt: skip
    return frame.assign(period=pd.concat([pd.Series(periods)] * 3, ignore_index=True))


DATES = [f"{month}-{day:02d}" for month, day in zip(MONTHS, (1, 30, 31, 15, 1), strict=True)]
PERIODS = {
    "seconds": np.array(DATES, "datetime64[s]"),
    "nanoseconds": pd.DatetimeIndex(DATES).as_unit("ns"),
    "zone": pd.DatetimeIndex(DATES).tz_localize("Asia/Shanghai"),
    "dates": [date.fromisoformat(text) for text in DATES],
    "stamps": pd.Series([pd.Timestamp(text) for text in DATES], dtype=object),
    "categories of dates": pd.Categorical(pd.DatetimeIndex(DATES)),
    "Arrow dates": pd.array(pd.DatetimeIndex(DATES), dtype=pd.ArrowDtype(pa.timestamp("us"))),
    "periods": pd.PeriodIndex(MONTHS, freq="M"),
    "days": pd.PeriodIndex(DATES, freq="D"),
    "period objects": pd.Series([pd.Period(month, freq="M") for month in MONTHS], dtype=object),
}


@pytest.mark.parametrize("name", OF_RATES)
@pytest.mark.parametrize("kind", PERIODS)
def test_a_date_stands_for_its_month(name, kind):
    """Dates, datetimes and months of pandas are read as the labels of their months."""
    compare = COMPARISONS[name]
    got, expected = compare(monthly(PERIODS[kind])), compare(monthly(MONTHS))
    pd.testing.assert_frame_equal(
        got.drop(columns="period"), expected.drop(columns="period"), check_exact=True
    )
    assert got["period"].dtype == monthly(PERIODS[kind])["period"].dtype


@pytest.mark.parametrize(
    ("periods", "labels"),
    [(pd.PeriodIndex(["2023Q1", "2024Q1"], freq="Q"), ["2023-Q1", "2024-Q1"]),
     (pd.PeriodIndex(["2023", "2024"], freq="Y"), ["2023", "2024"]),
     ([2023, 2024], ["2023", "2024"]), (np.array([2023, 2024], "uint16"), ["2023", "2024"])],
    ids=["quarters", "years", "whole numbers", "small whole numbers"],
)  # fmt: skip
def test_quarters_and_years(periods, labels):
    """Longer periods of pandas and years as numbers have the labels of their spans."""
    frame = pd.DataFrame({"region": "CN-BJ", "indicator": "jobs", "value": [1.0, 2.0]})
    panel = ps.Panel(frame.assign(period=periods))
    assert panel.complete_rows()["period"].tolist() == labels
    assert ps.yoy(panel)["yoy"].tolist()[1] == 100.0


@pytest.mark.parametrize("period", [pd.NaT, pd.Period("2024-01-29/2024-02-04", freq="W"), 5])
def test_what_is_no_period_is_refused(period):
    """A missing date, a week over two months and other numbers are named, not guessed."""
    frame = pd.DataFrame({"region": ["CN-BJ"], "indicator": ["jobs"], "value": [1.0]})
    with pytest.raises(ps.PeriodError, match="column 'period'"):
        ps.rank(frame.assign(period=pd.Series([period])))


def test_two_days_of_one_month_are_one_period():
    """A month stands once for a region, whatever day is written."""
    frame = monthly(PERIODS["seconds"]).iloc[[0, 0]].reset_index(drop=True)
    frame["period"] = np.array(["2024-01-01", "2024-01-31"], "datetime64[s]")
    with pytest.raises(ps.SchemaError, match="twice"):
        ps.Panel(frame)


# --- large panels ---------------------------------------------------------------------------------


def large(indicators, months, *, kept, seed=0):
    """Return a shuffled panel of all provinces and the nation, of which some rows are kept."""
    random = np.random.default_rng(seed)
    codes = ["CN", *sorted(list_mainland_codes())]
    cell = random.permutation(len(codes) * indicators * months)
    cell = cell[: max(1, round(len(cell) * kept))]
    region, rest = cell % len(codes), cell // len(codes)
    indicator, month = rest % indicators, rest // indicators
    value = random.integers(0, 40, len(cell)) / 4
    value[random.random(len(cell)) < 0.02] = np.nan
    return pd.DataFrame({
        "region": np.array(codes)[region],
        "indicator": np.array([f"id_{i}" for i in range(indicators)])[indicator],
        "period": (np.datetime64("2001-01", "M") + month).astype(str),
        "value": value, "lower": value - random.integers(0, 3, len(cell)) / 4,
        "upper": value + random.integers(0, 3, len(cell)) / 4,
    })  # fmt: skip


@pytest.mark.parametrize("kept", [0.95, 0.05, 0.001], ids=["dense", "sparse", "very sparse"])
@pytest.mark.parametrize("name", OF_RATES)
def test_large_panels_agree_with_the_reference(name, kept):
    """Some thousand groups of any density are compared as the reference compares them."""
    assert_alike(name, large(30, 60, kept=kept))


@pytest.mark.parametrize("name", OF_RATES)
def test_many_indicators_of_few_rows(name, monkeypatch):
    """A panel too sparse for a matrix of all its labels is compared like any other."""
    monkeypatch.setattr(cells, "_SMALL", 0)
    frame = large(3000, 300, kept=0.00005)
    assert not ps.Panel(frame).matrix.is_dense
    again = pd.concat(
        [frame, frame.assign(period="2024-12").drop_duplicates(["region", "indicator", "period"])]
    ).drop_duplicates(["region", "indicator", "period"])
    frame = pd.concat([again, again.assign(period="2023-12").drop_duplicates(
        ["region", "indicator", "period"])]).drop_duplicates(
        ["region", "indicator", "period"], ignore_index=True)  # fmt: skip
    assert_alike(name, frame)


@pytest.mark.usefixtures("way")
def test_rows_that_stand_twice_are_shown():
    """A key that stands twice is refused, with its rows and no others."""
    frame = large(3, 5, kept=0.9)
    twice = pd.concat([frame, frame.iloc[[7]]], ignore_index=True)
    with pytest.raises(ps.SchemaError, match="stand twice") as raised:
        ps.Panel(twice)
    shown = str(raised.value).splitlines()[2:]
    assert [int(line.split()[0]) for line in shown] == [7, len(frame)]


def test_panel_keeps_what_it_was_given():
    """Changing the frame afterwards changes no answer of the panel."""
    frame = large(2, 24, kept=0.9)
    panel = ps.Panel(frame)
    expected = ps.rank(frame)
    frame.loc[:, "value"] = 0.0
    frame.loc[:, "region"] = "CN-BJ"
    pd.testing.assert_frame_equal(ps.rank(panel), expected)


@pytest.mark.usefixtures("way")
def test_columns_that_are_alike_are_changed_apart():
    """Exact values have one column for rank, best and worst, until one of them is changed."""
    frame = large(2, 24, kept=0.9).drop(columns=["lower", "upper"])
    ranked = ps.rank(frame)
    before = ranked.copy(deep=True)
    ranked.loc[:, "rank_best"] = 0
    pd.testing.assert_frame_equal(
        ranked.drop(columns="rank_best"), before.drop(columns="rank_best")
    )


def run_apart(code):
    """Return the lines that code prints in a process of its own, which may not hang."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True,
                          text=True, check=True, timeout=600)  # fmt: skip
    return done.stdout.splitlines()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")
def test_a_forked_process_has_threads_of_its_own():
    """Work in blocks goes on in a process that was forked after threads had been started."""
    code = (
        "import os\n"
        "from provstats.engines.memory.threads import map_blocks\n"
        "starts = lambda: map_blocks(lambda block: block.start, 9, rows=3)\n"
        "print(starts(), flush=True)\n"
        "child = os.fork()\n"
        "print(starts() if not child else os.waitpid(child, 0)[1], flush=True)\n"
    )
    assert run_apart(code) == ["[0, 3, 6]", "[0, 3, 6]", "0"]


def test_blocks_within_blocks_do_not_wait_for_one_another():
    """Work in a block may itself be done in blocks, in as many of them as there are."""
    code = (
        "from provstats.engines.memory.threads import map_blocks\n"
        "inner = lambda outer: map_blocks(lambda block: block.start + outer.start, 4, rows=2)\n"
        "print(map_blocks(inner, 30, rows=10))\n"
    )
    assert run_apart(code) == ["[[0, 2], [10, 12], [20, 22]]"]


WHOLE = {"rank": "int64", "rank_best": "int64", "rank_worst": "int64", "n": "int32",
         "left_out": "int32"}  # fmt: skip


@pytest.mark.usefixtures("way")
def test_counts_have_the_promised_types():
    """Counts are of the same types in every answer, however it was come by."""
    frame = large(2, 24, kept=0.9)
    assert ps.rank(frame).dtypes.astype(str).loc[list(WHOLE)].to_dict() == WHOLE
    assert ps.rank(frame, ties="average")["rank"].dtype == "float64"
    for compare in (ps.gap_to_national, ps.yoy, ps.reconcile):
        assert compare(frame)["left_out"].dtype == "int32"
    assert ps.yoy(frame)["months"].dtype == "Int64"


def test_memory_is_taken_for_lines_that_are_there():
    """Of thousands of indicators, groups and periods few of all thinkable lines are there."""
    labels = [f"{year}-{month:02d}" for year in range(1900, 2067) for month in range(1, 13)]
    rows = pd.DataFrame({
        "region": "CN-BJ", "indicator": [f"x{place}" for place in range(20_000)],
        "period": (labels * 10)[:20_000], "among": [f"y{place}" for place in range(20_000)],
        "value": 1.0,
    })  # fmt: skip
    assert ps.Panel(rows).lines == 20_001


def test_chunks_may_have_more_labels_together_than_apart():
    """Each chunk has 100 indicators of its own in codes of eight bits, all have 300."""
    ids = [f"indicator_{number}" for number in range(300)]
    frame = pd.DataFrame({
        "region": "CN-BJ", "indicator": in_chunks(ids, rows=100), "period": "2024",
        "value": np.arange(300.0),
    })  # fmt: skip
    got = ps.yoy(frame)
    assert got["indicator"].tolist() == ids
    assert ps.Panel(frame).indicator.labels == ids
