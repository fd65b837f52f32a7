"""Series of one indicator: filters, wide tables, the latest rows, how they show themselves."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats
from provstats import (
    IncomparableError,
    IndicatorSeries,
    PeriodError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
    coverage,
    indicator,
    load,
    parse_period,
    rank,
    regions,
    series,
)
from provstats.catalogue.series import describe_periods

GROWTH = "industrial_value_added_growth"
SPAN = "2024-01/2024-11"
ORDER = regions()["code"].tolist()


def made(*rows, **changes):
    """Return a series of literal rows: region, period, value, and a nature."""
    frame = pd.DataFrame([
        {"region": r[0], "indicator": "little_giants", "period": r[1], "value": float(r[2]),
         "lower": float(r[2]), "upper": float(r[2]), "unit": "count", "qualifier": "exact",
         "nature": r[3] if len(r) > 3 else "outcome", "basis": "reported", "source": "mine",
         "paragraph": 1, "printed": f"{r[2]}家", "note": ""}
        for r in rows
    ])  # fmt: skip
    return IndicatorSeries(indicator("little_giants"), frame.assign(**changes))


# --- filters ------------------------------------------------------------------------------------


def test_series_holds_the_rows_of_its_indicator():
    """Without filters a series is all outcomes of the indicator, in the data's order."""
    own = series(GROWTH)
    expected = load().query("indicator == @GROWTH").reset_index(drop=True)
    pd.testing.assert_frame_equal(own.data, expected)
    assert own.indicator == indicator(GROWTH)
    assert type(own.data) is pd.DataFrame
    assert own.data.attrs == {}


def test_every_series_is_complete():
    """Over all indicators the series hold every row of the data once."""
    data = load(nature=None)
    ids = data["indicator"].unique()
    total = sum(len(series(id_, nature=None)) for id_ in ids[:100])
    assert total == data["indicator"].isin(ids[:100]).sum()


@pytest.mark.parametrize(
    "period",
    [SPAN, parse_period(SPAN), [SPAN], (parse_period(SPAN),), "2024年1—11月", {SPAN},
     iter([SPAN]), date(2024, 11, 30), pd.Timestamp("2024-11-05")],
    ids=["label", "Period", "list", "tuple", "printed", "set", "iterator", "date", "Timestamp"],
)  # fmt: skip
def test_period_filter(period):
    """A period is found by its label, as a Period, as printed, alone or among several."""
    own = series(GROWTH, period=period)
    of_span = own.data.query("period == @SPAN")
    assert of_span["region"].tolist() == ["CN-BJ", "CN-CQ", "CN-SD", "CN-ZJ", "CN-HI"]
    # A day is in its month too, of which the nation tells.
    assert own.periods in ([SPAN], [SPAN, "2024-11"] if isinstance(period, date) else [SPAN])


def test_several_periods():
    """Several periods are all kept."""
    own = series(GROWTH, period=[SPAN, "2024-01/2024-10"])
    assert own.periods == ["2024-01/2024-10", SPAN]
    assert len(own) == 6


@pytest.mark.parametrize(
    "period",
    ["2018-2023", "2018—2023年", "2018至2023", range(2018, 2024), "2015-2023",
     range(2018, 2040), np.arange(2018, 2024), pd.Series(range(2018, 2024)),
     [2018, 2019.0, np.int64(2020), np.float64(2021), np.datetime64("2022"), "2023年"],
     [*range(2018, 2023), np.datetime64("2023-12-31")],
     [2018, 2019.0, np.int64(2020), np.float64(2021), "2022年", date(2023, 12, 31)]],
)  # fmt: skip
def test_years(period):
    """A range of years is those that there are, and a year may be a number of any kind."""
    own = series("rd_expenditure", period=period, vintage="nbs-rd-bulletin-2023")
    assert own.periods == [str(year) for year in range(2018, 2024)]


@pytest.mark.parametrize(
    ("period", "found"),
    [("2023-2025", ["2023/2024"]), ("2023/2024", ["2023/2024"]), ("2023-2024", ["2023/2024"]),
     (range(2023, 2030), ["2023/2024", "2025/2026"]), (2026, None), ("2024-2026", ["2025/2026"])],
)  # fmt: skip
def test_a_range_of_years_has_what_lies_within(period, found):
    """Where there are no years, a range has the spans within; a label is its span alone."""
    asked = {"period": period, "nature": "target", "regions": "CN"}
    if found is None:
        with pytest.raises(PeriodError, match="2025/2026"):
            series("electronics_value_added_average_growth", **asked)
    else:
        assert series("electronics_value_added_average_growth", **asked).periods == found


@pytest.mark.parametrize("name", ["规上工业增加值增速", "Value-added of industry, growth"])
def test_a_name_is_an_id(name):
    """A name or alias that is one indicator's alone stands for it."""
    pd.testing.assert_frame_equal(series(name).data, series(GROWTH).data)


@pytest.mark.parametrize(
    "wanted",
    [["CN-SH", "CN-GD"], ["上海", "广东省"], ["沪", "粤"], ["Shanghai", "guangdong"],
     ["310000", "440000"], ("上海市", "廣東"), iter(["上海", "广东"]), ["上海", "上海", "广东"]],
    ids=["codes", "short", "one character", "English", "adcodes", "traditional", "iterator",
         "twice"],
)  # fmt: skip
def test_regions_filter(wanted):
    """Regions are found by any of their names."""
    own = series("little_giants", regions=wanted)
    assert own.regions == ["CN-SH", "CN-GD"]
    assert own.data["value"].tolist() == [857.0, 2089.0]


def test_one_region_as_a_text():
    """A single name is one region and not a row of characters."""
    assert series("little_giants", regions="上海").regions == ["CN-SH"]


@pytest.mark.parametrize(
    ("nature", "expected"),
    [("outcome", ["CN-GD", "CN-YN", "CN-GS"]), ("forecast", ["CN-SD"]),
     (None, ["CN-GD", "CN-SD", "CN-YN", "CN-GS"])],
)  # fmt: skip
def test_nature_filter(nature, expected):
    """Outcomes and forecasts are apart unless both are asked for."""
    own = series("designated_size_enterprises", nature=nature)
    of_departments = own.data.query("source == 'cena-2025-ten-provinces'")
    assert of_departments["region"].tolist() == expected
    assert set(own.data["nature"]) == {nature} or nature is None


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"period": "1999"}, PeriodError, ["1999", "2024: 3 regions"]),
        ({"period": ["2024", "1999"]}, PeriodError, ["of 1999;", "2024: 3 regions"]),
        ({"period": range(1990, 2000)}, PeriodError, ["range(1990, 2000)", "2024: 3 regions"]),
        ({"period": "1990-1999"}, PeriodError, ["1990-1999", "2024: 3 regions"]),
        ({"period": []}, PeriodError, ["empty list", "2024: 3 regions"]),
        ({"period": date(1999, 12, 31)}, PeriodError, ["1999-12-31", "2024: 3 regions"]),
        ({"regions": []}, UnknownRegionError, ["empty list", "of CN CN-GD CN-"]),
        ({"regions": ["广东", "台湾"]}, UnknownRegionError, ["台湾 (CN-TW)", "of CN CN-GD CN-"]),
        ({"nature": "target"}, IncomparableError, ["no target", "2024 (forecast): 1 region"]),
        ({"vintage": "2000"}, IncomparableError, ["vintage", "2024: 3 regions"]),
    ],
)  # fmt: skip
def test_nothing_comes_back_empty(options, error, told):
    """What nobody reports is refused, with what there is and of how many."""
    with pytest.raises(error) as raised:
        series("designated_size_enterprises", **options)
    assert "'designated_size_enterprises'" in str(raised.value)
    for text in told:
        assert text in str(raised.value)


def test_an_indicator_without_rows_names_its_kin():
    """Of an indicator that only names what follows from it, that is named."""
    with pytest.raises(IncomparableError, match="telecom_services_growth_change"):
        series("telecom_services")


def test_many_periods_are_not_all_told():
    """An error about a long series stays short."""
    rows = pd.DataFrame({
        "period": [f"{year}-{month:02d}" for year in range(2000, 2010) for month in range(1, 13)],
        "nature": "outcome", "region": "CN-BJ",
    })  # fmt: skip
    told = describe_periods(rows)
    assert told.startswith("2000-01: 1 region, ")
    assert told.endswith("2009-12: 1 region")
    assert "... 96 more ..." in told


@pytest.mark.parametrize(
    ("options", "error", "word"),
    [
        ({"period": "2024-13"}, PeriodError, "13"),
        ({"period": ["2024", "soon"]}, PeriodError, "soon"),
        ({"period": "11月"}, PeriodError, "year"),
        ({"regions": ["吉林市"]}, UnknownRegionError, "吉林"),
        ({"regions": ["Guangdon"]}, UnknownRegionError, "Guangdong"),
        ({"regions": ["CN-BJ", ""]}, UnknownRegionError, "''"),
        ({"nature": "outcom"}, SchemaError, "outcome"),
        ({"period": True}, PeriodError, "True"),
        ({"period": 2024.5}, PeriodError, "2024.5"),
        ({"period": float("nan")}, PeriodError, "nan"),
        ({"period": "2023-2018"}, PeriodError, "2023"),
    ],
)
def test_unknown_words_are_refused(options, error, word):
    """An unknown period, region or nature is refused by name, with what is allowed."""
    with pytest.raises(error, match=word):
        series("little_giants", **options)


@pytest.mark.parametrize("given_id", ["litle_giants", None, 5])
def test_unknown_indicator_is_refused(given_id):
    """A series of what is no indicator is refused by name."""
    with pytest.raises(UnknownIndicatorError):
        series(given_id)


def test_series_is_the_callers_own():
    """Changing a series' data changes neither the shipped data nor the next series."""
    before, shipped = series(GROWTH).data, load()
    mine = series(GROWTH)
    mine.data.loc[:, "value"] = 0.0
    del mine.data["note"]
    pd.testing.assert_frame_equal(series(GROWTH).data, before)
    pd.testing.assert_frame_equal(load(), shipped)


def test_series_is_frozen():
    """A series keeps its indicator and its frame."""
    own = series(GROWTH)
    with pytest.raises(FrozenInstanceError):
        own.indicator = indicator("little_giants")


# --- periods, regions, wide and latest ----------------------------------------------------------


def test_periods_are_in_the_order_of_their_ends():
    """Periods run by their end and then by their start."""
    labels = ["2024", "2023", "2024-11", SPAN, "2024-Q4", "2024-H1", "2021/2024"]
    own = made(*[("CN-BJ", label, 1) for label in labels])
    assert own.periods == ["2023", "2024-H1", SPAN, "2024-11", "2021/2024", "2024", "2024-Q4"]


def test_regions_are_in_the_order_of_the_registry():
    """Regions run as in the registry, whatever the order of the rows."""
    own = made(("ningbo", "2024", 1), ("CN-GD", "2024", 1), ("CN", "2024", 1), ("CN-BJ", "2024", 1))
    assert own.regions == ["CN", "CN-BJ", "CN-GD", "ningbo"]
    assert own.regions == [code for code in ORDER if code in own.regions]


def test_wide_table():
    """Regions stand down, periods across, and what is not reported is missing."""
    own = made(("CN-GD", "2024", 3), ("CN-BJ", "2023", 1), ("CN-BJ", "2024", 2))
    wide = own.to_wide()
    assert wide.index.tolist() == ["CN-BJ", "CN-GD"]
    assert wide.columns.tolist() == ["2023", "2024"]
    assert wide.loc["CN-BJ"].tolist() == [1.0, 2.0]
    assert pd.isna(wide.loc["CN-GD", "2023"])
    assert wide.loc["CN-GD", "2024"] == 3.0


def test_wide_table_keeps_natures_apart():
    """Forecasts get columns of their own and never fill the place of an outcome."""
    own = made(("CN-BJ", "2024", 1), ("CN-BJ", "2024", 9, "forecast"))
    wide = own.to_wide()
    assert wide.loc["CN-BJ", ("2024", "outcome")] == 1.0
    assert wide.loc["CN-BJ", ("2024", "forecast")] == 9.0
    assert wide.shape == (1, 2)


def test_wide_table_of_shipped_growth():
    """Gansu's October figure and the others' November figures stand in columns of their own."""
    wide = series(GROWTH, nature="outcome").to_wide()
    assert wide.loc["CN-GS", "2024-01/2024-10"] == 11.4
    assert pd.isna(wide.loc["CN-GS", SPAN])
    assert wide.loc["CN-SD", SPAN] == 8.3
    assert wide.notna().sum().sum() == len(series(GROWTH))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["CN-BJ", "CN-GD", "CN", "ningbo"]),
            st.sampled_from(["2023", "2024", SPAN, "2024-11", "2024-Q4"]),
            st.integers(0, 99),
        ),
        min_size=1, unique_by=lambda row: row[:2],
    )
)  # fmt: skip
def test_wide_and_latest_agree_with_loops(rows):
    """Each value stands in its cell, and the latest row of a region is the one that ends last."""
    own = made(*rows)
    wide = own.to_wide()
    cells = {(region, period): float(value) for region, period, value in rows}
    for region in wide.index:
        for period in wide.columns:
            found = cells.get((region, period))
            assert (
                pd.isna(wide.loc[region, period])
                if found is None
                else (wide.loc[region, period] == found)
            )
    latest = own.latest()
    for code in own.regions:
        spans = [parse_period(period) for region, period, _ in rows if region == code]
        last = max(spans, key=lambda span: (span.end, span.months))
        chosen = latest[latest["region"] == code]
        assert chosen["period"].tolist() == [str(last)]
        assert chosen["value"].tolist() == [cells[code, str(last)]]
    assert len(latest) == len(own.regions)
    assert latest.index.is_monotonic_increasing


def test_latest_keeps_natures_apart():
    """A target for a later year does not hide the latest outcome."""
    own = made(("CN-BJ", "2023", 1), ("CN-BJ", "2024", 2), ("CN-BJ", "2025", 9, "target"))
    assert own.latest()["value"].tolist() == [2.0, 9.0]


def test_latest_has_the_columns_of_the_data():
    """The latest rows are rows of the data, unchanged."""
    own = series(GROWTH)
    latest = own.latest()
    pd.testing.assert_frame_equal(latest, own.data.loc[latest.index])


def test_latest_and_wide_leave_the_series_alone():
    """Looking at a series does not change it."""
    own = made(("CN-GD", "2024", 3), ("CN-BJ", "2023", 1))
    before = own.data.copy(deep=True)
    latest, wide = own.latest(), own.to_wide()
    latest.loc[:, "value"] = 0.0
    wide.loc[:, :] = 0.0
    assert repr(own)
    assert own._repr_html_()
    pd.testing.assert_frame_equal(own.data, before)


# --- how a series shows itself ------------------------------------------------------------------


def test_repr_says_what_it_is():
    """The text names the indicator, its unit, how much there is and when."""
    text = repr(series("little_giants"))
    own = series("little_giants")
    for word in ("IndicatorSeries", "little giant", "little_giants", "count",
                 f"{len(own)} observations", f"{len(own.regions)} regions", "2024"):  # fmt: skip
        assert word in text
    assert all(len(line) < 160 for line in text.splitlines())


class _Tags(HTMLParser):
    """Collect the tags and the text of a piece of HTML."""

    def __init__(self):
        super().__init__()
        self.tags = set()
        self.words = []

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        del attrs
        self.tags.add(tag)

    def handle_data(self, data):
        """Note a text."""
        self.words.append(data)


def shown(own):
    """Return the parsed notebook view of a series."""
    tags = _Tags()
    tags.feed(own._repr_html_())
    return tags


def test_html_shows_names_and_figures():
    """A notebook shows both names, the unit, regions by name and what was printed."""
    view = shown(series("little_giants"))
    text = " ".join(view.words)
    for word in ("小巨人", "little giant", "count", "上海", "CN-SH", "857", "突破1000家", "2024"):
        assert word in text
    entry = indicator("little_giants")
    assert {entry.definition, entry.definition_zh} <= set(view.words)
    assert "table" in view.tags


def test_html_escapes_what_the_data_say():
    """Texts of the data and of the catalogue are shown and never run."""
    evil = "<script>alert('x')</script>"
    own = made(("CN-BJ", "2024", 1), printed=evil, note=evil)
    own = IndicatorSeries(
        replace(
            own.indicator,
            name_en=f"A & B {evil}",
            name_zh=f"甲{evil}",
            definition=evil,
            definition_zh=evil,
        ),
        own.data,
    )
    html = own._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "A &amp; B" in html
    assert "script" not in shown(own).tags


def test_html_prints_numbers_and_intervals_as_people_read_them():
    """No exponent, separators, both ends of an interval, and none where there is no doubt."""
    known = {"vintage": "nbs-rd-bulletin-2023"}
    words = shown(series("rd_expenditure", period=2023, regions=["北京"], **known)).words
    assert "294,710,000,000" in words
    assert "294,705,000,000 to 294,715,000,000" in words
    words = shown(series("little_giants", regions=["北京", "上海"])).words
    assert "1,000 to 2,000" in words
    assert "857 to 857" not in words


@pytest.mark.parametrize(
    ("options", "told"),
    [({}, set()), ({"nature": None}, {"nature"}), ({"vintage": None}, {"vintage"})],
    ids=["outcomes", "natures", "vintages"],
)
def test_html_tells_nature_and_vintage_only_where_they_differ(options, told):
    """A column that says the same in every row is left out."""
    words = shown(series("designated_size_enterprises", **options)).words
    assert {"nature", "vintage"} & set(words) == told


def test_html_of_many_rows_stays_short():
    """A long series does not flood the notebook."""
    own = made(*[("CN-BJ", str(1000 + i), i) for i in range(500)])
    assert own._repr_html_().count("<tr") < 80


# --- coverage -----------------------------------------------------------------------------------


def test_coverage_agrees_with_a_loop():
    """Each cell lists exactly the periods with an outcome."""
    cells = {}
    for row in load().itertuples():
        cells.setdefault((row.region, row.indicator), set()).add(row.period)
    table = coverage()
    assert set(table.index) == {region for region, _ in cells}
    assert set(table.columns) == {id_ for _, id_ in cells}
    found = {
        (region, id_): set(labels.split(", "))
        for region, row in zip(table.index, table.to_numpy(), strict=True)
        for id_, labels in zip(table.columns, row, strict=True)
        if labels
    }
    assert found == cells


def test_coverage_order():
    """Regions run as in the registry, and a cell's periods by their ends."""
    table = coverage()
    assert table.index.tolist() == [code for code in ORDER if code in set(table.index)]
    assert table.loc["CN-SD", "single_champions"] == "2024, 2025"
    assert table.loc["CN-GS", GROWTH] == "2024-01/2024-10, 2024, 2025"
    assert not table.isna().any(axis=None)


def test_coverage_is_the_callers_own():
    """Changing the table changes nothing for the next caller."""
    before = coverage()
    mine = coverage()
    mine.loc[:, :] = "x"
    pd.testing.assert_frame_equal(coverage(), before)


# --- names of the package -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    ["load()", "rank('little_giants')", "coverage()", "sources()", "series('little_giants')",
     "regions()", "search('5G')"],
)  # fmt: skip
def test_no_call_hides_another_name(first):
    """Whatever was called first, every name of the package is still what the documentation says."""
    code = (
        f"import provstats as ps\nps.{first}\n"
        "assert len(ps.regions()) > 34, ps.regions\n"
        "assert len(ps.sources()) >= 1, ps.sources\n"
        "assert len(ps.series('little_giants')) >= 5, ps.series\n"
        "assert ps.indicator('little_giants').unit == 'count'\n"
        "assert len(ps.catalog()) > 100\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=Path(provstats.__file__).parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_series_of_the_caller_is_ranked():
    """A series made from a caller's own rows is compared like any other."""
    own = made(("CN-BJ", "2024", 1), ("CN-GD", "2024", 2))
    assert rank(own)["rank"].tolist() == [2, 1]


@pytest.mark.parametrize(
    "names",
    [
        np.array(["CN-BJ", "CN-TJ"]), pd.Index(["京", "津"]), pd.Series(["北京", "天津"]),
        np.array([110000, 120000]), [np.int64(110000), 120000.0], pl.Series(["京", "津"]),
        pa.array(["京", "津"]), pd.Categorical(["CN-BJ", "CN-TJ"]), {"京", "津"},
        iter(["京", "津"]),
        [provstats.region("京"), provstats.region("津")],
    ],
    ids=lambda names: type(names).__name__,
)  # fmt: skip
def test_regions_in_any_collection(names):
    """Regions may stand in an array or an index; a code may be a number of any kind."""
    assert series("rd_intensity", period=2023, regions=names).regions == ["CN-BJ", "CN-TJ"]


@pytest.mark.parametrize(
    "name", ["京", 110000, 11, np.int64(110000), 110000.0, provstats.region("京")]
)
def test_one_region(name):
    """One may stand alone."""
    assert series("rd_intensity", period=2023, regions=name).regions == ["CN-BJ"]


@pytest.mark.parametrize("name", [None, 110000.5, True, np.nan, ["京", None]])
def test_what_is_no_region(name):
    """What names none is refused by name."""
    names = name if isinstance(name, list) else [name]
    with pytest.raises(UnknownRegionError):
        series("rd_intensity", regions=names)
