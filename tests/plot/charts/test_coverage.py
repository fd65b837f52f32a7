"""Coverages: every cell tells what is reported, what is only planned, and what is not there."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, frame, names
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

import provstats as ps
from provstats.plot.parts.tallies import rows_reported, tally_of


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


def cells(ax):
    """Return the places of the cells that are not reported, reported and only planned."""
    return [
        {tuple(map(int, np.mean(path.vertices[:4], axis=0).round())) for path in part.get_paths()}
        for part in ax.collections[:3]
    ]


def heads(ax):
    """Return the heads of the columns."""
    found = (t for t in ax.texts if t.xycoords != "data" and t.xy[1] == 1 and t.xyann == (0, 5))
    return [text.get_text() for text in found]


def totals(ax):
    """Return the counts at the right of the rows, and those below the columns."""
    right = [text.get_text() for text in ax.texts if text.xyann == (6, 0)]
    below = [text.get_text() for text in ax.texts if text.xyann == (0, -4)]
    return right, below


# --- one indicator ------------------------------------------------------------------------------


def test_one_indicator_is_provinces_by_periods():
    """All 31 provinces in the order of the registry, periods by their end."""
    ax = draw("industrial_value_added_growth")
    assert names(ax)[:3] == ["Beijing", "Tianjin", "Hebei"]
    assert len(names(ax)) == 31
    assert [head.replace("\n", " ") for head in heads(ax)] == [
        "January–October 2024", "January–November 2024",
    ]  # fmt: skip
    row = {name: place for place, name in enumerate(names(ax))}
    until_november = ("Beijing", "Chongqing", "Shandong", "Zhejiang", "Hainan")
    assert cells(ax)[1] == {*((1, row[name]) for name in until_november), (0, row["Gansu"])}


def test_every_cell_is_drawn_once(plans):
    """The three states share all cells between them."""
    ax = draw(plans)
    absent, reported, planned = cells(ax)
    assert len(absent) + len(reported) + len(planned) == 2 * 31
    assert absent | reported | planned == set(product(range(31), range(2)))


@given(st.sets(st.tuples(st.sampled_from(MAINLAND), st.sampled_from("1234")), min_size=1))
def test_counts_are_those_of_the_table(keys):
    """Counts of rows and columns agree with a pivot table."""
    rows = pd.DataFrame(
        [(region, "jobs", f"202{year}", 1.0) for region, year in sorted(keys)],
        columns=["region", "indicator", "period", "value"],
    )
    grid = tally_of(rows_reported(rows))
    wide = rows.pivot_table("value", "region", "period", "count", fill_value=0)
    assert grid.totals()[0] == wide.sum(axis=1).reindex(MAINLAND, fill_value=0).to_list()
    assert grid.totals()[1] == wide.sum().to_list()


def test_title_of_a_complete_panel():
    """Who is complete is counted."""
    assert draw("rd_intensity").get_title(loc="left") == "All 31 provinces report throughout"
    assert draw("little_giants").get_title(loc="left") == "5 of 31 provinces report"
    both = pd.concat([frame([1, 2]), frame([3], period="2023")])
    assert draw(both).get_title(loc="left") == "1 of 31 provinces report all 2 periods"


# --- several indicators -------------------------------------------------------------------------


def test_plans_are_hollow(plans):
    """A forecast beside an outcome is an outcome; alone it is a hollow cell, and no count."""
    ax = draw(plans)
    assert [name.split()[0] for name in names(ax)] == ["Output", "National-level"]
    assert heads(ax)[:3] == ["Beijing", "Tianjin", "Hebei"]
    assert cells(ax)[1:] == [{(0, 0), (1, 0)}, {(2, 0), (0, 1)}]
    assert totals(ax)[0] == ["2", "0"]
    assert totals(ax)[1][:3] == ["1", "1", "0"]
    assert ax.get_title(loc="left") == "0 of 2 indicators are reported by all 31 provinces"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "Reported", "Forecast or target only", "Not reported",
    ]  # fmt: skip


def test_without_data_all_observations_are_shown():
    """The twenty that most provinces report, with the numbers of periods, and no claims."""
    ax = draw()
    assert len(names(ax)) == 20
    assert totals(ax)[0][:3] == ["31", "31", "6"]
    assert [text.get_text() for text in ax.texts if text.xycoords == "data"] == ["6"] * 62
    assert not any("claimed" in name for name in names(ax))
    assert_readable(ax)


def test_counts_agree_with_the_table_of_coverage():
    """`ps.coverage`, which is made another way, has the same regions."""
    table = ps.coverage()
    grid = tally_of(rows_reported(None))
    for row, total in zip(grid.rows, grid.totals()[0], strict=True):
        assert (table.loc[MAINLAND, row] != "").sum() == total


def test_provinces_that_report_most_come_first():
    """Columns are sorted by what they report."""
    counts = [int(total) for total in totals(draw())[1]]
    assert counts == sorted(counts, reverse=True)


def test_chinese_words():
    """In Chinese the names of provinces stand upright, one character a line."""
    ax = draw(lang="zh")
    assert heads(ax)[0] == "广\n东"
    assert ax.get_title(loc="left").endswith("项指标中2项由全部31个省份公布")
    assert_readable(ax)


# --- what is given ------------------------------------------------------------------------------


def test_a_series_and_its_frame_are_alike():
    """An id, a series and a frame of the same rows give the same cells."""
    series = ps.series("srdi_smes_new", nature=None)
    assert cells(draw(series)) == cells(draw("srdi_smes_new")) == cells(draw(series.data))


def test_highlight(plans):
    """A region is set off in the rows or in the columns, wherever it is."""
    accent = to_rgba("#12436D")
    inks = [
        to_rgba(label.get_color())
        for label in draw(frame([1, 2]), highlight="津").get_yticklabels()
    ]
    assert [ink == accent for ink in inks[:3]] == [False, True, False]
    upright = [text for text in draw(plans, highlight="津").texts if text.get_text() == "Tianjin"]
    assert [to_rgba(text.get_color()) for text in upright] == [accent]
    with pytest.raises(ps.UnknownRegionError):
        draw(plans, highlight="沪")


def test_only_shown_indicators_are_cited():
    """Documents of indicators that found no room are not named."""
    ids = [f"count of {number:02}" for number in range(25)]
    rows = pd.concat([frame([1], indicator=id_, source=f"Book {id_[-2:]}") for id_ in ids])
    label = ps.plot.alt_text(draw(rows))
    assert "Book 19" in label
    assert "Book 20" not in label


# --- layout -------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", ["rd_intensity", "srdi_smes_new"])
def test_own_figures_are_readable(id_):
    """From one period to six."""
    assert_readable(draw(id_))


def test_parts_of_a_figure_are_readable():
    """Only the axes given are drawn in."""
    left, right = Figure((11, 9), layout="constrained").subplots(1, 2)
    assert draw("rd_intensity", ax=left) is left
    assert not right.texts
    assert_readable(left)


def test_tiny_axes_show_colours_alone():
    """Where there is no room for words there are none."""
    ax = Figure((2, 2)).subplots()
    with pytest.warns(UserWarning, match="^the axes are") as caught:
        draw(ax=ax)
    said = " ".join(str(warning.message) for warning in caught)
    assert (
        "lacks the numbers of periods and the heads of its columns and the key to its colours"
        in said
    )
    assert not heads(ax)
    assert not totals(ax)[1]
    assert ax.get_legend() is None
