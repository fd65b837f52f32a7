"""Coverages: every cell tells what there is, what is only planned, and what there is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, frame, named, names, shapes, title
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

import provstats as ps
from provstats.plot.parts.tallies import build_tally, collect_province_rows


@pytest.fixture
def plans():
    """Two indicators: one reported and forecast, one only a target."""
    reported = frame([1, 2, np.nan], indicator="nev_output", unit="count", nature="outcome")
    forecast = frame([3, 4], regions=["CN-TJ", "CN-HE"], indicator="nev_output", unit="count")
    target = frame([5], indicator="little_giants", unit="count", period="2025", nature="target")
    return pd.concat([reported, forecast.assign(nature="forecast"), target], ignore_index=True)


def draw(*x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.coverage(*x, **{"lang": "en", **options})


def counts(ax):
    """Return how many cells are filled or framed, and how many are dots."""
    dots = [c for c in ax.collections if isinstance(c, PathCollection)]
    return len(shapes(ax, 1)), max((len(c.get_offsets()) for c in dots), default=0)


# --- one indicator ------------------------------------------------------------------------------


def test_one_indicator_is_provinces_by_periods():
    """Provinces with figures in the order of the registry, the others folded into one row."""
    months = ["2024-01/2024-10", "2024-01/2024-11"]
    ax = draw(ps.series("industrial_value_added_growth", period=months))
    assert names(ax) == [
        "Beijing", "Zhejiang", "Shandong", "Hainan", "Chongqing", "Gansu", "25 other provinces",
    ]  # fmt: skip
    assert [head.replace("\n", " ") for head in named(ax, "head")] == [
        "Jan–Oct 2024", "Jan–Nov 2024",
    ]  # fmt: skip
    assert counts(ax) == (6, 8)


@given(st.sets(st.tuples(st.sampled_from(MAINLAND), st.sampled_from("1234")), min_size=1))
def test_counts_are_those_of_the_table(keys):
    """Counts of rows and columns agree with a pivot table."""
    rows = pd.DataFrame(
        [(region, "jobs", f"202{year}", 1.0) for region, year in sorted(keys)],
        columns=["region", "indicator", "period", "value"],
    )
    grid = build_tally(collect_province_rows(rows))
    wide = rows.pivot_table("value", "region", "period", "count", fill_value=0)
    assert (
        grid.count_reported_cells()[0] == wide.sum(axis=1).reindex(MAINLAND, fill_value=0).to_list()
    )
    assert grid.count_reported_cells()[1] == wide.sum().to_list()


def test_title_says_what_the_data_hold():
    """It speaks of figures, not of what provinces do."""
    assert (
        title(draw(ps.series("rd_intensity", period=[*range(2018, 2024)])))
        == "There are figures of all 31 provinces throughout"
    )
    growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    assert title(draw(growth)) == "There are figures of 5 of 31 provinces"
    both = pd.concat([frame([1, 2]), frame([3], period="2023")])
    assert title(draw(both)) == "There are figures of 1 of 31 provinces for all 2 periods"


def test_what_is_complete_is_one_row():
    """All 31 alike need no 31 rows."""
    ax = draw(ps.series("rd_intensity", period=[*range(2018, 2024)]))
    assert names(ax) == ["all 31 provinces"]
    assert named(ax, "number") == ["all"] * 6


# --- several indicators -------------------------------------------------------------------------


def test_plans_are_hollow(plans):
    """A forecast beside an outcome is an outcome; alone it is a hollow cell, and no count."""
    ax = draw(plans)
    assert names(ax) == ["Output of new energy vehicles", "“Little giants”"]
    assert named(ax, "head") == ["Beijing", "Tianjin", "Hebei", "28\nothers"]
    assert named(ax, "number")[:2] == ["2", "0"]
    assert title(ax) == "For 0 of 2 indicators there are figures of all 31 provinces"
    assert named(ax, "key") == ["Figures", "Forecast or target only", "None"]
    assert counts(ax) == (4, 4)


def test_without_data_all_observations_are_shown():
    """The sixteen of most provinces, with the numbers of periods, and no claims."""
    ax = draw()
    assert len(build_tally(collect_province_rows(None)).rows) == 16
    assert not any("claimed" in name for name in names(ax))
    assert any("others" in head for head in named(ax, "head")) or len(named(ax, "head")) == 31
    assert_readable(ax)


def test_counts_agree_with_the_table_of_coverage():
    """`ps.coverage`, which is made another way, has the same regions."""
    table = ps.coverage()
    grid = build_tally(collect_province_rows(None))
    for row, total in zip(grid.rows, grid.count_reported_cells()[0], strict=True):
        assert (table.loc[MAINLAND, row] != "").sum() == total


def test_the_folded_have_no_more_than_all():
    """Who has something of his own, or is highlighted, has a column, as long as there is room."""
    rows = pd.concat([frame([1.0] * 31), frame([2.0, 3.0], indicator="own")])
    heads = named(draw(rows), "head")
    assert heads == ["Beijing", "Tianjin", "29\nothers"]
    assert "Xinjiang" in named(draw(rows, highlight="新"), "head")
    cells = named(draw(rows), "number")
    assert cells.count("all") == 1


def test_chinese_words():
    """All words are Chinese."""
    ax = draw(lang="zh")
    assert "数据齐全" in title(ax)
    assert not any(name.isascii() for name in names(ax))
    assert_readable(ax)


# --- what is given ------------------------------------------------------------------------------


def test_a_series_and_its_frame_are_alike():
    """An id, a series and a frame of the same rows give the same cells."""
    series = ps.series("srdi_smes_new", nature=None)
    drawn = [draw(x) for x in (series, "srdi_smes_new", series.data)]
    assert counts(drawn[0]) == counts(drawn[1]) == counts(drawn[2])


def test_highlight(plans):
    """A region is set off in the rows or in the columns, wherever it is."""
    for data in (frame([1, 2]), plans):
        ax = draw(data, highlight="津")
        bold = [t.get_text() for t in ax.texts if t.get_weight() == "bold"]
        assert "Tianjin" in bold
    with pytest.raises(ps.UnknownRegionError):
        draw(plans, highlight="沪")


def test_only_shown_indicators_are_cited():
    """Documents of indicators that found no room are not named."""
    ids = [f"count of {number:02}" for number in range(25)]
    rows = pd.concat([frame([1], indicator=id_, source=f"Book {id_[-2:]}") for id_ in ids])
    label = ps.plot.alt_text(draw(rows))
    assert "Book 15" in label
    assert "Book 16" not in label


# --- layout -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(lang, width):
    """From the column of a paper to a page, in both languages."""
    for x in (None, "rd_intensity", "srdi_smes_new"):
        assert_readable(draw(x, lang=lang, width=width))


def test_parts_of_a_figure_are_readable():
    """Only the axes given are drawn in."""
    left, right = Figure((11, 9), layout="constrained").subplots(1, 2)
    assert draw("rd_intensity", ax=left) is left
    assert not right.texts
    assert_readable(left)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_subtitle_promises_stands_in_the_cells(lang):
    """Columns are as wide as what is written in them, in either language."""
    ax = ps.plot.coverage(lang=lang)
    written = named(ax, "number")
    assert ("格内为期数" if lang == "zh" else "numbers of periods") in named(ax, "subtitle")[0]
    assert {"全部" if lang == "zh" else "all", "20/21", "9", "14"} <= set(written)


def test_tiny_axes_show_colours_alone():
    """Where there is no room for words there are none, and it is said."""
    ax = Figure((2, 2)).subplots()
    with pytest.warns(UserWarning, match="the axes have") as caught:
        draw(ax=ax)
    assert "lacks" in " ".join(str(warning.message) for warning in caught)
    assert_readable(ax)


def test_what_all_report_is_counted_where_it_would_fill_the_chart():
    """Of seventeen indicators that all report and two others, the two are shown."""
    full = [frame(range(1, 32), indicator=f"full_{place}") for place in range(17)]
    rest = [frame([1, 2, 3], indicator="three"), frame([1, 2], indicator="two")]
    ax = draw(pd.concat(full + rest))
    assert names(ax) == ["three", "two"]
    assert title(ax) == "For 17 of 19 indicators there are figures of all 31 provinces"
    assert "Of the other indicators the 2 with most" in named(ax, "subtitle")[0].replace("\n", " ")
    assert len(names(draw(pd.concat(full)))) == 16
