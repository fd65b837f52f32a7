"""Panels: one a province, with its change, at a scale that the subtitle names."""

from __future__ import annotations

import numpy as np
import pytest
from drawings import CHARTS, assert_readable, named, title, words
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.parts.tiles import TILES
from provstats.store.regions import list_province_codes


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.panels(x, **{"lang": "en", **options})


def heights(ax):
    """Return how high the line of each panel reaches, in the order of drawing."""
    lines = next(c for c in ax.collections if type(c) is LineCollection and c.get_zorder() == 2)
    return [np.ptp(segment[:, 1]) for segment in lines.get_segments()]


def places(ax):
    """Return where the name of each panel stands."""
    return {t.get_text(): t.get_position() for t in ax.texts if t.get_gid() == "name"}


@pytest.fixture(scope="module")
def intensity():
    """Four years of all provinces and the nation, between two censuses."""
    return ps.series("rd_intensity", period=[*range(2019, 2023)])


def test_every_province_has_a_panel(intensity):
    """All 31 and the nation, each with its change and its first and last value."""
    ax = draw(intensity)
    assert len(named(ax, "name")) == 32
    assert named(ax, "name")[-1] == "China"
    assert named(ax, "change")[-1] == "+0.32"
    wide = intensity.to_wide()
    assert {"6.31", "6.83"} <= set(named(ax, "number"))
    assert len(named(ax, "number")) == 2 * len(wide)


def test_sorted_by_change(intensity):
    """By default the greatest change comes first."""
    changes = [float(text.replace("−", "-")) for text in named(draw(intensity), "change")][:-1]
    assert changes == sorted(changes, reverse=True)
    assert named(draw(intensity, order="value"), "name")[:2] == ["Beijing", "Shanghai"]


def test_places_are_those_of_a_map(intensity):
    """North is above south, and west left of east."""
    at = places(draw(intensity, order="map"))
    assert at["Heilongjiang"][1] < at["Jilin"][1] < at["Liaoning"][1]
    assert at["Xinjiang"][0] < at["Gansu"][0] < at["Shandong"][0] < at["Shanghai"][0]
    assert at["Hainan"][1] == max(y for _, y in at.values())


def test_heights_are_comparable(intensity):
    """By default a difference is as high in every panel; on scales of their own it is not."""
    wide = intensity.to_wide()
    spans = (wide.max(axis=1) - wide.min(axis=1)).sort_values().to_numpy()
    drawn = np.sort(heights(draw(intensity)))
    assert drawn / drawn[-1] == pytest.approx(spans / spans[-1])
    own = heights(draw(intensity, share="own"))
    assert own == pytest.approx([own[0]] * 32)


def test_what_is_shared_is_said(intensity):
    """The subtitle says which scale it is; a common one has ticks at every row."""
    assert "every panel is 0.54 pp high" in named(draw(intensity), "subtitle")[0].replace("\n", " ")
    common = draw(intensity, share="common")
    assert "one scale for all panels" in named(common, "subtitle")[0].replace("\n", " ")
    assert named(common, "tick").count("5%") == 4
    assert "0.54" not in named(common, "subtitle")[0]


def test_others_stand_behind(intensity):
    """On a common scale the lines of all others are faint behind each."""
    ax = draw(intensity, share="common")
    (behind,) = (c for c in ax.collections if c.get_zorder() == 1)
    assert len(behind.get_segments()) == 32 * 31


def test_lines_end_at_a_break():
    """Of seven years the first stands alone, and no change leads across."""
    ax = draw("rd_intensity")
    assert named(ax, "change") == []
    assert "Lines end after 2017, 2018 and 2022" in named(ax, "source")[0]
    assert title(ax) == "Ratio of R&D expenditure to GDP"


def test_highlight(intensity):
    """What is highlighted has the accent, the others do not."""
    ax = draw(intensity, highlight="皖")
    accent = ps.plot.palette["accent"]
    inks = {t.get_text(): t.get_color() for t in ax.texts if t.get_gid() == "name"}
    assert [name for name, ink in inks.items() if same_color(ink, accent)] == ["Anhui"]


def test_forecasts_are_hollow():
    """A forecast is a hollow dot, and the footer says so."""
    chart = CHARTS["panels"]
    data = chart.sample(3)
    data["nature"] = np.where(data["period"] == "2023", "forecast", "outcome")
    ax = chart(data)
    dots = [c for c in ax.collections if isinstance(c, PathCollection)]
    faces = [face for c in dots for face in c.get_facecolors()]
    assert sum(same_color(face, "white") for face in faces) >= 3
    assert "Hollow: forecast" in " ".join(words(ax))


@pytest.mark.parametrize("option", [{"order": "size"}, {"share": "nothing"}])
def test_unknown_options(intensity, option):
    """Other orders and scales are refused."""
    with pytest.raises(ps.SchemaError, match="must be one of"):
        draw(intensity, **option)


def test_one_figure_in_a_notebook(intensity):
    """What is returned are axes, which a notebook does not show a second time."""
    ax = draw(intensity)
    assert not hasattr(ax, "_repr_png_")
    assert not hasattr(ax, "_repr_html_")


def test_tiles_are_the_provinces():
    """All 34 have a tile of their own."""
    assert set(TILES) == list_province_codes()
    assert len(set(TILES.values())) == 34


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
@pytest.mark.parametrize("share", ["span", "common", "own"])
def test_every_width_is_readable(lang, width, share):
    """From the column of a paper to a page, in both languages."""
    order = "map" if share == "common" and width > 5 else "change"
    assert_readable(draw("rd_expenditure", lang=lang, width=width, share=share, order=order))
