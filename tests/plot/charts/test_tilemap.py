"""Tile maps: every province once, honest classes, doubt shown, texts that can be read."""

from __future__ import annotations

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawings import MAINLAND, assert_readable, frame, named, names, title
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.colors import same_color
from matplotlib.figure import Figure

import provstats as ps
from provstats.plot.parts.classes import build_classes
from provstats.plot.parts.palette import Palette, compute_contrast
from provstats.store.regions import list_province_codes

BELOW, ABOVE = ps.plot.palette["below"], ps.plot.palette["above"]


@pytest.fixture
def growth():
    """Five rates; one was printed as a whole percent."""
    return ps.series("industrial_value_added_growth", period="2024-01/2024-11")


@pytest.fixture
def intensity():
    """Thirty-one shares and the nation."""
    return ps.series("rd_intensity", period="2023", vintage="nbs-rd-bulletin-2023")


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.tilemap(x, **{"lang": "en", **options})


def polygons(ax, zorder):
    """Return the shapes of a depth, one collection each."""
    return [c for c in ax.collections if type(c) is PolyCollection and c.get_zorder() == zorder]


# --- tiles --------------------------------------------------------------------------------------


def test_every_tile_has_name_and_value(intensity):
    """The name in full and the value as printed; without a value a dash."""
    ax = draw(intensity)
    assert len(names(ax)) >= 34
    numbers = named(ax, "number")
    assert numbers.count("—") == 3
    assert {"6.73", "0.30", "0.93"} <= set(numbers)


def test_missing_tiles_are_empty(growth):
    """The 29 without a value are drawn empty."""
    known, missing, *_ = polygons(draw(growth), 1)
    assert (len(known.get_paths()), len(missing.get_paths())) == (5, 29)
    assert all(same_color(face, "white") for face in missing.get_facecolors())


# --- classes ------------------------------------------------------------------------------------


def test_the_nation_is_a_boundary(intensity):
    """Seven are above, in blue, the others below in orange, the farther the darker."""
    ax = draw(intensity)
    shades = {str(face) for face in polygons(ax, 1)[0].get_facecolors().round(3).tolist()}
    assert len(shades) == 5
    counts = [int(text) for text in named(ax, "key") if text.isdigit() and len(text) < 3]
    assert sum(counts[3:5]) == 7
    assert sum(counts[:5]) == 31
    assert {"1%", "2%", "2.65%", "China"} <= set(named(ax, "key"))


@given(
    st.lists(st.floats(0.01, 9999).map(lambda v: float(f"{v:.4g}")), min_size=2, max_size=31),
    st.one_of(st.none(), st.floats(0.01, 9999)),
)
def test_classes_part_values_as_they_say(values, nation):
    """Each value is between the boundaries of its class; no class is empty; shades are in order."""
    rows = frame(values, indicator="own", unit="GW")
    found = build_classes(rows, nation, Palette())
    assert sorted(found.edges) == found.edges
    assert len(found.shades) == len(found.edges) + 1
    assert min(found.counts) > 0
    ends = [-np.inf, *found.edges, np.inf]
    for code, value in zip(MAINLAND, values, strict=False):
        place = found.class_of[code]
        assert ends[place] <= value < ends[place + 1]
    if nation is not None and min(values) < nation < max(values):
        assert found.edges[found.nation] == nation
    else:
        assert found.nation is None


def test_boundaries_are_round():
    """Numbers that people remember: 1, 2, 2.5, 5 and so on."""
    shares = ps.series("rd_intensity", period=2023, vintage="nbs-rd-bulletin-2023").data
    found = build_classes(shares.query("region != 'CN'"), 2.65, Palette())
    assert found.edges == [1, 2, 2.65, 4]


def test_doubt_shows_in_a_corner():
    """A value whose interval reaches above the nation has a corner in the colour of that class."""
    rows = frame([5.1, 4.9, 9, 1, 5.0], regions=[*MAINLAND[:4], "CN"], width=0.6)
    ax = draw(rows)
    corners = [shape for shapes in polygons(ax, 1.2) for shape in shapes.get_paths()]
    assert len(corners) == 2
    assert "Corners: another class" in named(ax, "source")[0]
    exact = draw(frame([5.1, 4.9, 9, 1, 5.0], regions=[*MAINLAND[:4], "CN"]))
    assert not polygons(exact, 1.2)


@pytest.mark.parametrize("shades", [BELOW, ABOVE, ps.plot.palette["one_hue"]])
def test_shades_are_told_apart(shades):
    """Neighbours differ in light, in order, so that they do in grey too."""
    light = [compute_contrast(shade, "black") for shade in shades]
    assert light in (sorted(light), sorted(light, reverse=True))
    assert all(max(a, b) / min(a, b) > 1.2 for a, b in pairwise(light))


def test_highlight_is_framed(intensity):
    """A highlighted tile has a frame."""
    ((frame_,),) = (c.get_paths() for c in polygons(draw(intensity, highlight="渝"), 1.4))
    tile = next(t for t in draw(intensity).texts if t.get_text() == "Chongqing")
    assert frame_.contains_point(tile.get_position())


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "width", "said"),
    [
        ([9, 5, 4], 0, "Beijing has the highest R&D intensity, of 3 provinces with data, 2024"),
        ([9, 8.9, 4], 0.5,
         "Beijing and Tianjin have the highest R&D intensity, of 3 provinces with data, 2024"),
        ([9, 8.9, 8.8], 0.5, "Ratio of R&D expenditure to GDP"),
    ],
)  # fmt: skip
def test_title_names_who_is_certainly_highest(values, width, said):
    """Without a nation up to three provinces whose intervals are above those of all others."""
    assert title(draw(frame(values, width=width))) == said


def test_title_counts_against_the_nation(intensity):
    """With one it counts."""
    said = "Only 7 of 31 provinces were above the nation in R&D intensity, 24 below, 2023"
    assert title(draw(intensity)) == said


def test_beyond_the_mainland():
    """Hong Kong, Macao and Taiwan have tiles; that they are not included is said."""
    note = "Hong Kong, Macao and Taiwan not included"
    assert note in named(draw(frame([1, 2])), "source")[0].replace("\n", " ")
    with_macao = frame([1, 2], regions=["CN-BJ", "CN-MO"])
    assert note not in named(draw(with_macao), "source")[0].replace("\n", " ")


def test_chinese_words(growth):
    """All words are Chinese."""
    ax = draw(growth, lang="zh")
    assert {"北京", "黑龙江", "内蒙古", "台湾"} <= set(names(ax))
    assert named(ax, "key")[0] == "省份数"


def test_bounds_have_signs():
    """What was printed as a bound has a sign."""
    assert "≥1,000" in named(draw(ps.series("little_giants", period="2024")), "number")


# --- layout -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(lang, width):
    """From the column of a paper to a page, in both languages."""
    for id_ in ("rd_intensity", "rd_expenditure", "little_giants"):
        assert_readable(draw(id_, lang=lang, width=width))


@pytest.mark.parametrize("layout", [None, "constrained", "tight"])
def test_part_of_a_figure_is_readable(intensity, layout):
    """Two maps side by side."""
    figure, axes = plt.subplots(1, 2, figsize=(13, 7), layout=layout)
    for ax in axes:
        assert draw(intensity, ax=ax) is ax
    assert_readable(figure.axes[0])


def test_small_tiles_have_abbreviations(intensity):
    """Where names have no room their letters stand, and where nothing has room nothing does."""
    ax = draw(intensity, title="", subtitle="", ax=Figure((3.2, 3.4)).subplots())
    assert {"BJ", "HL"} <= set(names(ax))
    with pytest.warns(UserWarning, match="lacks|too low"):
        tiny = draw(intensity, ax=Figure((1.4, 1.6)).subplots())
    assert not {"6.73", "Beijing"} & set(named(tiny, "number"))


def test_all_34_have_a_tile():
    """Each once."""
    found = names(draw(frame([1, 2])))
    assert {name.replace("-", "") for name in found} >= {
        ps.region(code).name_en
        for code in list_province_codes()
        if " " not in ps.region(code).name_en
    }
