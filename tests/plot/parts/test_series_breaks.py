"""Breaks of charts: known ones of our documents, a caller's own, and vintages."""

from __future__ import annotations

import json
import re

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from drawings import frame
from frames import breaks_of

import provstats as ps
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.plot.parts.timelines import build_line_pieces
from provstats.words.voices import Voice

YEARS = ("2019", "2020", "2021")


def years(**columns):
    """Return three years of three provinces in an indicator of one's own."""
    each = [frame([3.0, 2.0, 1.0], width=0.1, period=year, indicator="jobs") for year in YEARS]
    return pd.concat(each, ignore_index=True).assign(source="", **columns)


ANEW = breaks_of("jobs", region="CN-TJ", before="2019", after="2020")


def test_a_line_ends_where_a_caller_says_so():
    """The line of the region that was measured anew is in two pieces, the others are whole."""
    pieces = build_line_pieces(years(), "value", SeriesBreaks.from_rows(years(), ANEW))
    assert {code: len(parts) for code, parts in pieces.items()} == {
        "CN-BJ": 1,
        "CN-TJ": 2,
        "CN-HE": 1,
    }
    whole = build_line_pieces(
        years(), "value", SeriesBreaks.from_rows(years(), ANEW, across_breaks=True)
    )
    assert {len(parts) for parts in whole.values()} == {1}


def test_all_ends_are_told():
    """Each period after which any of the series is measured anew is told, in order of time."""
    assert SeriesBreaks.from_rows(years(), ANEW).list_break_periods() == ["2019"]
    twice = pd.concat([breaks_of("jobs", region="CN-BJ", before="2020", after="2021"), ANEW])
    anew = SeriesBreaks.from_rows(years().iloc[::-1], twice)
    assert anew.list_break_periods() == ["2019", "2020"]
    assert anew.say_break_periods(Voice("en", ())).startswith(
        "Lines end after 2019 and 2020, where"
    )
    assert anew.say_break_periods(Voice("zh", ())).startswith("2019年、2020年后口径或核算有变")
    assert (
        SeriesBreaks.from_rows(years(), twice, across_breaks=True).say_break_periods(
            Voice("en", ())
        )
        == ""
    )


def test_known_breaks_are_those_of_our_documents():
    """Rows of one's own may be measured in another way."""
    own = ps.series("rd_intensity", period=[2018, 2019]).data
    told = [
        SeriesBreaks.from_rows(rows).has_break_between("CN-TJ", "2018", "2019")
        for rows in (own, own.assign(source="yearbook"))
    ]
    assert told == [True, False]


def test_documents_decide_where_vintages_are_mixed():
    """The nation of 2018 was printed before the census first, and revised for it later."""
    data = ps.load(vintage=None)
    nation = data[(data["indicator"] == "rd_intensity") & (data["region"] == "CN")]
    told = [
        SeriesBreaks.from_rows(rows).has_break_between("CN", "2018", "2019")
        for rows in (
            nation.drop_duplicates("period"),
            nation.drop_duplicates("period", keep="last"),
        )
    ]
    assert told == [True, False]


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.from_pandas, pa.Table.from_pandas])
@pytest.mark.parametrize(
    "draw", [ps.plot.trend, ps.plot.bump, ps.plot.panels, ps.plot.change, ps.plot.strip]
)
def test_charts_take_breaks(draw, kind):
    """All that draw several periods take a caller's breaks, and say that they do not reach."""
    ax = draw(years(), breaks=kind(ANEW), lang="en")
    said = " ".join(text.get_text() for text in ax.figure.figure.findobj(match=_is_text))
    assert ("Tianjin" if draw is ps.plot.change else "2019") in said
    assert "measured anew" in said.lower()


def _is_text(artist):
    return hasattr(artist, "get_text")


@pytest.mark.parametrize(("options", "count"), [({}, 2), ({"across_breaks": True}, 1)])
def test_interactive_lines_end_there_too(options, count):
    """The line of the region that was measured anew is in two pieces."""
    spec = ps.plot.trend(years(), engine="vega", breaks=ANEW, lang="en", **options).spec
    assert len(set(re.findall("CN-TJ [0-9]", json.dumps(spec)))) == count
    assert ("measured anew" in json.dumps(spec)) is (count == 2)


def test_values_of_an_older_document_are_not_joined_with_newer_ones():
    """Which of two is the later one does not matter: both are on two sides of the break."""
    rows = pd.DataFrame({
        "region": "CN-TJ", "indicator": "rd_intensity", "period": ["2023", "2024"],
        "source": ["nbs-rd-bulletin-2024", "nbs-rd-bulletin-2023"],
    })  # fmt: skip
    assert SeriesBreaks.from_rows(rows).has_break_between("CN-TJ", "2023", "2024")


def test_a_change_over_a_year_does_not_reach_either():
    """Of a single period the change is that of `yoy`, with its breaks."""
    rows = years()
    shown = ps.yoy(rows, breaks=ANEW).query("period == '2020'")
    ax = ps.plot.change(shown, lang="en")
    assert "Tianjin" in " ".join(text.get_text() for text in ax.texts)
    series = ps.series("rd_intensity", period=2019)
    with pytest.raises(ps.IncomparableError, match="measured anew"):
        ps.plot.change(series)
    assert ps.plot.change(series, across_breaks=True)


@pytest.mark.parametrize("breaks", [7, ANEW.drop(columns="after")])
def test_breaks_that_do_not_hold(breaks):
    """What is no break is refused."""
    with pytest.raises(ps.SchemaError, match="breaks"):
        ps.plot.trend(years(), breaks=breaks)
