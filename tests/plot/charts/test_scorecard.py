"""Scorecards: cells say what the intervals allow against the nation, and no more."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, frame, named, names, shapes, title, words
from matplotlib.collections import PolyCollection
from matplotlib.colors import same_color
from matplotlib.figure import Figure

import provstats as ps

HEAT = ps.plot.palette["heat"]


@pytest.fixture
def ragged():
    """Two indicators, each of which lacks a province of the other."""
    growth = frame([8, 5, 6, 5.2], regions=[*MAINLAND[:3], "CN"],
                   indicator="industrial_value_added_growth").assign(
                       lower=[7.5, 4.5, 5.5, 5.15], upper=[8.5, 5.5, 6.5, 5.25])  # fmt: skip
    energy = frame([3, 9, 6], regions=["CN-TJ", "CN-SX", "CN"], indicator="energy_intensity",
                   unit="tce")  # fmt: skip
    return pd.concat([growth, energy], ignore_index=True)


def draw(*x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.scorecard(*x, **{"lang": "en", **options})


def faces(ax):
    """Return which shades of the heat scale are there, by number."""
    found = [c for c in ax.collections if type(c) is PolyCollection and c.get_zorder() == 1]
    inks = [face for collection in found for face in collection.get_facecolors()]
    return [sum(same_color(ink, shade) for ink in inks) for shade in HEAT]


def test_cells_are_coloured_against_the_nation(ragged):
    """7.5 to 8.5 is better than 5.2, 5.5 to 6.5 too; 4.5 to 5.5 may be either; less energy is."""
    ax = draw(ragged)
    assert names(ax) == ["China", "Beijing", "Hebei", "Tianjin", "Shanxi"]
    assert faces(ax) == [0, 1, 1, 3, 0]
    assert named(ax, "number") == ["8", "6", "5", "—", "—", "—", "3", "9"]
    assert named(ax, "nation") == ["5.2", "6"]


def test_pale_cells_have_a_strip(ragged):
    """What is pale says at which edge: at the left worse, at the right better."""
    strips = [s for s in shapes(draw(ragged), 1) if np.ptp(s[:, 0]) < 4]
    assert len(strips) == 4


def test_strong_colours_are_for_the_ends():
    """Of ten the two certainly ahead of all others and the two behind."""
    rows = frame([*range(10, 0, -1), 5.5], regions=[*MAINLAND[:10], "CN"])
    assert faces(draw(rows)) == [2, 3, 0, 3, 2]


def test_sizes_have_bars_and_no_colour():
    """What adds up to the nation is a number with a bar, as long as the number is great."""
    ax = draw(ps.series("rd_expenditure", period=2023))
    assert sum(faces(ax)) == 0
    wide = sorted(np.ptp(bar[:, 0]) for bar in shapes(ax, 1))
    assert len(wide) == 31
    assert wide[-1] > 20 * wide[0]
    assert "coloured" not in named(ax, "subtitle")[0]
    assert named(ax, "nation") == []


def test_without_a_nation_there_is_no_colour():
    """Nothing is judged against a middle."""
    ax = draw(frame([3, 2, 1]))
    assert sum(faces(ax)) == 0
    assert "Median" not in words(ax)
    assert "China" not in words(ax)


def panel():
    """Return the intensity and the amount of a year of which all provinces have both."""
    return pd.concat(
        [ps.series(id_, period=2023).data for id_ in ("rd_intensity", "rd_expenditure")]
    )


def test_without_data_the_panel_is_shown():
    """What all thirty-one provinces report, each in its column, against the nation."""
    ax = draw()
    assert names(ax)[0] == "China"
    assert len(names(ax)) == 32
    assert len(named(ax, "head")) > 1
    assert "better than China" in ps.plot.alt_text(ax)
    assert_readable(ax)


def test_counts_are_those_of_the_bulletin():
    """Thirty-one rows by intensity; blue are seven, as the bulletin counts."""
    ax = draw(panel())
    assert names(ax)[:3] == ["China", "Beijing", "Shanghai"]
    told = ps.plot.alt_text(ax)
    assert "R&D intensity, %: 7 better than China, 0 cannot be told apart, 24 worse" in told


def test_titles_name_whom_no_interval_denies(ragged):
    """Who is better in all columns is named; else the title counts."""
    assert title(draw(ragged)) == "4 provinces on 2 measures"
    more = frame([1, 5, 3], regions=["CN-BJ", "CN-TJ", "CN"], indicator="energy_intensity",
                 unit="tce")  # fmt: skip
    both = pd.concat([ragged[ragged["indicator"] != "energy_intensity"], more])
    assert title(draw(both)) == "Better than the nation on all 2 measures: Beijing"
    assert title(draw(both, lang="zh")) == "2项指标都优于全国：北京"


def test_columns_of_one_indicator_are_its_periods():
    """The name is the title, the heads are years."""
    ax = draw("rd_intensity")
    assert title(ax) == "Ratio of R&D expenditure to GDP"
    years = [head.split(",")[0] for head in named(ax, "head")]
    assert years == sorted(years)
    assert {"2018", "2019", "2020", "2021", "2022", "2023"} <= {*years}
    assert_readable(ax)


def test_columns_of_two_periods_say_which(ragged):
    """Where periods differ each column has its own."""
    both = pd.concat([ragged, frame([5, 6], period="2023")])
    assert ["2023" in head for head in named(draw(both), "head")] == [False, False, True]


def test_highlight_is_framed(ragged):
    """A highlighted row has a frame across its columns, and a bold name."""
    ax = draw(ragged, highlight="河北")
    (frame_,) = shapes(ax, 3)
    name = next(t for t in ax.texts if t.get_text() == "Hebei")
    assert frame_[:, 1].min() < name.get_position()[1] < frame_[:, 1].max()
    assert name.get_weight() == "bold"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(lang, width):
    """From the column of a paper to a page, in both languages."""
    assert_readable(draw(panel(), lang=lang, width=width, highlight="沪"))


def test_tiny_axes_show_colours_alone():
    """Where there is no room for words there are none, and it is said."""
    ax = Figure((2, 2)).subplots()
    with pytest.warns(UserWarning, match="the axes have") as caught:
        draw(ax=ax)
    said = " ".join(str(warning.message) for warning in caught)
    assert "rows is named" in said
    assert {warning.filename for warning in caught} == {__file__}
    assert named(ax, "number") == []
    assert sum(faces(ax)) > 60


def test_parts_of_a_figure_are_readable():
    """Only the axes given are drawn in."""
    left, right = Figure((13, 9), layout="constrained").subplots(1, 2)
    assert draw(ax=left) is left
    assert not right.texts
    assert_readable(left)


def test_cards_keep_their_ranks_among_all():
    """Of a scorecard of some provinces the colours are those that they have among all."""
    rows = frame([*range(10, 0, -1), 5.5], regions=[*MAINLAND[:10], "CN"])
    ax = draw(ps.scorecard([MAINLAND[1], MAINLAND[4], MAINLAND[9]], rows))
    assert names(ax) == ["China", *(ps.region(MAINLAND[place]).name_en for place in (1, 4, 9))]
    assert faces(ax) == [1, 0, 0, 1, 1]
    assert named(ax, "nation") == ["5.5"]
    assert_readable(draw(ps.scorecard("长三角", panel())))


def test_gaps_keep_the_nation_that_they_are_measured_against(ragged):
    """A benchmark of one's own is the nation of the chart."""
    growth = ragged[ragged["indicator"] == "industrial_value_added_growth"]
    assert named(draw(ps.gap_to_national(growth, national=7.0)), "nation") == ["7"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_columns_are_as_wide_as_their_widest_text(lang):
    """A figure of our own has room for every number, bars beside it, and the words above."""
    rows = pd.concat([
        frame([1234567890.0, 98765432.0, 5.0], indicator=name, unit=unit).assign(qualifier="over")
        for name, unit in (("enterprises", "count"), ("recommendations", ""), ("b", "kWh"))
    ])  # fmt: skip
    ax = draw(rows, lang=lang)
    assert len(named(ax, "number")) == 9
    assert_readable(ax)
    narrow = draw(rows[rows["indicator"] == "b"], lang=lang).figure.get_size_inches()[0]
    assert narrow < ax.figure.get_size_inches()[0]
