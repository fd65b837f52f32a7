"""Strips over time: a tick for each province in each period, and the course of those followed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from drawings import assert_readable, frame, named, names, title
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import same_color

import provstats as ps


def over(*years, width=0.0, **columns):
    """Make a frame with one list of values a year from 2021 on."""
    frames = [
        frame(v, width=width, period=str(2021 + place), **columns) for place, v in enumerate(years)
    ]
    return pd.concat(frames, ignore_index=True).dropna(subset="value")


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.strip(x, **{"lang": "en", **options})


def lines(ax, zorder):
    """Return the segments of a depth."""
    found = [c for c in ax.collections if type(c) is LineCollection and c.get_zorder() == zorder]
    return [segment for collection in found for segment in collection.get_segments()]


def dots(ax):
    """Return the dots of those that are followed, one collection each."""
    return [c for c in ax.collections if isinstance(c, PathCollection) and c.get_zorder() == 3]


@pytest.fixture(scope="module")
def intensity():
    """Four years of all provinces, between two censuses."""
    return ps.series("rd_intensity", period=[*range(2019, 2023)])


def test_every_province_is_counted(intensity):
    """Thirty-one ticks a year, those that lie together in pieces above one another."""
    for width in (7.2, 3.3):
        ticks = lines(draw(intensity, width=width), 1)
        rows = [round(float(np.mean(tick[:, 1]))) for tick in ticks]
        assert [rows.count(year) for year in range(4)] == [31] * 4


def test_ticks_of_equal_values_do_not_overlap():
    """Three of one value are a tick in three pieces."""
    ticks = [t for t in lines(draw(over([5, 3, 3, 3], [5, 4, 4, 1])), 1) if t[0, 1] < 0.5]
    equal = sorted((t[:, 1].min(), t[:, 1].max()) for t in ticks if t[0, 0] == 3)
    assert len(equal) == 3
    assert all(end < start for (_, end), (start, _) in pairwise(equal))


def test_the_followed_one(intensity):
    """Its dots are its values, and its values and ranks stand in columns."""
    ax = draw(intensity, highlight="皖")
    ((own,),) = ([c.get_offsets()[:, 0].tolist() for c in dots(ax)],)
    assert own == [2.03, 2.28, 2.34, 2.56]
    assert named(ax, "head")[:2] == ["Rank", "Anhui"]
    assert named(ax, "number")[:4] == ["10–11", "10", "7–9", "7"]
    assert named(ax, "number")[4:] == ["2.03", "2.28", "2.34", "2.56"]
    assert names(ax) == ["2019", "2020", "2021", "2022"]


def test_the_certain_first_is_followed_by_default(intensity):
    """Where intervals meet in the last period, nobody is."""
    assert named(draw(intensity), "head")[1] == "Beijing"
    assert not dots(draw(over([5, 4], [5, 4.9], width=0.3)))


def test_several_have_a_key(intensity):
    """A hue each, none that of the nation, and no columns."""
    ax = draw(intensity, highlight=["皖", "渝"])
    assert named(ax, "key") == ["Anhui", "Chongqing"]
    assert not named(ax, "number")
    hues = [collection.get_facecolors()[0] for collection in dots(ax)]
    assert not any(same_color(hue, ps.plot.palette["nation"]) for hue in hues)


def test_ends_are_named(intensity):
    """The lowest and the highest of each year, with their values."""
    assert named(draw(intensity), "end")[:2] == ["Xizang 0.26", "Beijing 6.31"]
    equal = draw(over([5, 3, 3], [5, 4, 1]))
    assert named(equal, "end")[:2] == ["3 (2 provinces)", "Beijing 5"]


def test_the_nation_is_a_line(intensity):
    """Across each strip, with its value."""
    ax = draw(intensity)
    assert [round(float(line[0, 0]), 2) for line in lines(ax, 2.1)] == [2.24, 2.41, 2.43, 2.56]
    assert "China 2.24" in named(ax, "nation")
    assert "the orange line" in named(ax, "subtitle")[0].replace("\n", " ")


def test_courses_end_at_a_break():
    """No line leads from 2022 to 2023, unless it is asked for."""
    series = ps.series("rd_intensity", period=[2021, 2022, 2023])
    ax = draw(series, highlight="皖")
    assert [line[:, 1].tolist() for line in lines(ax, 2.4) if len(line) > 1] == [[0, 1]]
    assert "Lines end after 2022" in named(ax, "source")[0]
    across = draw(series, highlight="皖", across_breaks=True)
    assert [line[:, 1].tolist() for line in lines(across, 2.4)] == [[0, 1, 2]]


def test_gaps_have_no_line():
    """A year without a value parts the course; its cell has a dash."""
    ax = draw(over([5, 4], [np.nan, 4], [6, 4]), highlight="京")
    assert len(dots(ax)[0].get_offsets()) == 2
    assert not [line for line in lines(ax, 2.4) if len(line) > 1]
    assert "—" in named(ax, "number")


@pytest.mark.parametrize(
    ("years", "highlight", "en", "zh"),
    [
        (([5, 4], [6, 4]), "京", "Beijing’s R&D intensity rose from 5% to 6%, 2021–2022",
         "2021—2022年北京研发强度由5%升至6%"),
        (([5, 4], [6, 4]), (),
         "Beijing had the highest R&D intensity throughout, of 2 provinces with data, 2021–2022",
         "2021—2022年有数据的2个省份中，北京研发强度始终最高"),
    ],
)  # fmt: skip
def test_titles(years, highlight, en, zh):
    """How the one followed moved, or who is first throughout."""
    assert title(draw(over(*years), highlight=highlight)) == en
    assert title(draw(over(*years), highlight=highlight, lang="zh")) == zh


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
@pytest.mark.parametrize("highlight", ["皖", "京", "藏", ["皖", "渝", "辽"]])
def test_every_width_is_readable(intensity, lang, width, highlight):
    """From the column of a paper to a page, in both languages, whoever is followed."""
    assert_readable(draw(intensity, lang=lang, width=width, highlight=highlight))


def test_many_periods():
    """Rows of many periods are lower, without the names of ends."""
    many = pd.concat([frame([5, 4, 3], period=f"2024-{month:02}") for month in range(1, 13)]
                     + [frame([5, 4, 3], period="2025-01")])  # fmt: skip
    ax = draw(many)
    assert len(names(ax)) == 13
    assert not named(ax, "end")
    assert_readable(ax)
