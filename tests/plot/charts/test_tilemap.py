"""Tile maps: every province once, honest steps, doubt shown, texts that can be read."""

from __future__ import annotations

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawings import assert_readable, frame
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import same_color, to_rgb
from matplotlib.figure import Figure

import provstats as ps
from provstats.plot.parts.cells import BLUES, STANDINGS, ink_on
from provstats.plot.parts.classes import steps_of
from provstats.plot.parts.tiles import TILES
from provstats.store.regions import mainland, provinces


@pytest.fixture
def growth():
    """Five rates; one was printed as a whole percent."""
    return ps.series("industrial_value_added_growth", period="2024-01/2024-11")


@pytest.fixture
def intensity():
    """Thirty-one shares."""
    return ps.series("rd_intensity", period="2023")


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.tilemap(x, **{"lang": "en", **options})


def words(ax):
    """Return what stands in the tiles, by code."""
    ax.figure.canvas.draw()
    places = {(column, row): code for code, (row, column) in TILES.items()}
    found = {}
    for text in ax.texts:
        if text.xycoords == "data":
            found.setdefault(places[text.xy], []).append(text.get_text())
    return found


def tile_steps(ax):
    """Return the step of each tile that has one, by column and row."""
    tiles = ax.collections[0]
    middles = [tuple(np.mean(path.vertices[:4], axis=0)) for path in tiles.get_paths()]
    colors = [
        next(i for i, blue in enumerate(BLUES) if same_color(blue, c)) for c in tiles.get_fc()
    ]
    return dict(zip(middles, colors, strict=True))


def step(ax, code):
    """Return the step of one province."""
    row, column = TILES[code]
    return tile_steps(ax)[column, row]


# --- the layout ---------------------------------------------------------------------------------


def test_every_province_has_one_tile():
    """All 34, each once, none on another."""
    assert set(TILES) == provinces()
    assert len(set(TILES.values())) == 34


def test_every_tile_has_name_and_value(intensity):
    """The name in full and the value as printed; without a value a dash."""
    found = words(draw(intensity))
    assert set(found) == provinces()
    assert found["CN-BJ"] == ["Beijing", "6.73"]
    assert found["CN-XZ"] == ["Xizang", "0.30"]
    assert found["CN-NM"] == ["Inner\nMongolia", "0.93"]
    assert found["CN-TW"] == ["Taiwan", "—"]


def test_missing_tiles_are_dashed(growth):
    """The 29 without a value are drawn empty."""
    missing = draw(growth).collections[1]
    assert len(missing.get_paths()) == 29
    assert missing.get_linestyle()[0][1] is not None
    assert len(missing.get_facecolor()) == 0


# --- the steps ----------------------------------------------------------------------------------


def test_fifths_hold_a_fifth(intensity):
    """Thirty-one provinces fall into groups of six or seven, by value."""
    ax = draw(intensity)
    counts = np.bincount(list(tile_steps(ax).values()))
    assert counts.tolist() == [7, 6, 6, 6, 6]
    assert (step(ax, "CN-XZ"), step(ax, "CN-BJ")) == (0, 4)


def test_few_provinces_have_equal_steps(growth):
    """Five values are not made into five ranks: from 7 to 8.3 each step is 0.26 wide."""
    ax = draw(growth)
    found = [step(ax, f"CN-{code}") for code in ("BJ", "HI", "ZJ", "CQ", "SD")]
    assert found == [0, 0, 1, 2, 4]
    assert ax.get_legend().get_title().get_text() == "Equal steps (%)"


def test_key_names_real_ends(intensity, growth):
    """Each step from its least to its greatest value, so that no edge is shared."""
    labels = [text.get_text() for text in draw(intensity).get_legend().get_texts()]
    assert labels[:2] == ["0.30–1.15", "1.16–1.61"]
    assert labels[-1] == "No value"
    labels = [text.get_text() for text in draw(growth).get_legend().get_texts()]
    assert labels == ["7–7.2", "7.3", "7.6", "8.3", "No value"]


def test_key_has_plain_numbers():
    """A sign before one end would not go with the dash."""
    key = draw(ps.series("little_giants", period="2024")).get_legend()
    assert [text.get_text() for text in key.get_texts()][:2] == ["35–85", "857–1,000"]


def test_key_of_negative_values():
    """A dash beside a minus sign would be taken for another."""
    labels = [text.get_text() for text in draw(frame([-3, -2.9, 4])).get_legend().get_texts()]
    assert labels[0] == "−3.0 to −2.9"


def test_doubt_shows_in_a_corner(growth):
    """Beijing's 7% may be 7.5%, which is in the third step: its upper corner has that colour."""
    corners = draw(growth).collections[2]
    (path,) = corners.get_paths()
    row, column = TILES["CN-BJ"]
    assert path.vertices[1].tolist() == [column + 0.5, row - 0.5]
    assert same_color(corners.get_facecolor()[0], BLUES[2])


def test_no_doubt_no_corner(intensity):
    """Where no interval crosses an edge nothing is marked, and no note explains it."""
    ax = draw(intensity)
    assert not ax.collections[2].get_paths()
    assert not any("Corner" in text.get_text() for text in ax.texts)


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=31),
    st.lists(st.integers(0, 20), min_size=31, max_size=31),
)
def test_steps_are_monotone(values, widths):
    """More is never lighter, equals are alike, and an interval reaches no less than its value."""
    half = np.array(widths[: len(values)]) / 2
    rows = frame(values).assign(lower=values - half, upper=values + half)
    found = steps_of(rows.set_index("region", drop=False))
    for one, value in zip(found.of, values, strict=True):
        assert found.down[one] <= found.of[one] <= found.up[one]
        for other, more in zip(found.of, values, strict=True):
            assert found.of[one] <= found.of[other] or value > more
            assert value != more or found.of[one] == found.of[other]
    for code in found.doubted:
        row = rows.set_index("region").loc[code]
        others = rows[(rows["lower"] <= row["upper"]) & (rows["upper"] >= row["lower"])]
        assert len(others) > 1 or row["upper"] > row["lower"]


# --- colours ------------------------------------------------------------------------------------


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2 defines it, worked out another way."""
    lights = []
    for color in (one, other):
        channel = np.array(to_rgb(color))
        linear = np.where(channel > 0.04045, ((channel + 0.055) / 1.055) ** 2.4, channel / 12.92)
        lights.append(linear @ [0.2126, 0.7152, 0.0722] + 0.05)
    return max(lights) / min(lights)


@pytest.mark.parametrize("color", [*BLUES, *STANDINGS.values()])
def test_texts_stand_out(color):
    """Every text has the contrast of 4.5 that WCAG asks for, and the better of the two inks."""
    assert contrast(ink_on(color), color) >= 4.5
    assert contrast(ink_on(color), color) == max(contrast(c, color) for c in ("black", "white"))


def test_steps_grow_darker():
    """Neighbouring steps are told apart by lightness alone."""
    lights = [contrast(color, "black") for color in BLUES]
    assert all(a / b >= 1.3 for a, b in pairwise(lights))


def test_highlight_is_framed(intensity):
    """A highlighted province, by any name, has a frame within its tile."""
    frames = draw(intensity, highlight=["渝", "Beijing"]).collections[3]
    middles = {tuple(np.mean(path.vertices[:4], axis=0).round(6)) for path in frames.get_paths()}
    assert middles == {(c, r) for r, c in (TILES["CN-CQ"], TILES["CN-BJ"])}
    assert same_color(frames.get_edgecolor()[0], "#F46A25")


# --- the words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "width", "title"),
    [
        ([5, 3, 3], 0, "Of 3 provinces, highest in Beijing"),
        ([5, 5, 3], 0, "Of 3 provinces, highest in Beijing and Tianjin"),
        ([5, 4.9, 3, 1], 0.2, "Of 4 provinces, highest in Beijing, Tianjin and Hebei"),
        ([5, 4.9, 4.8, 4.7], 0.2, "Ratio of R&D expenditure to GDP"),
        ([5, 5], 0, "Ratio of R&D expenditure to GDP"),
        ([5], 0, "Ratio of R&D expenditure to GDP"),
    ],
)
def test_title_names_who_is_certainly_highest(values, width, title):
    """Those named are above all others whatever the intervals hold; their order is not said."""
    assert draw(frame(values, width=width)).get_title(loc="left") == title


def test_subtitle_and_notes(growth):
    """Indicator, unit, period, how many, the nation; doubt and who is not covered below."""
    label = " ".join(ps.plot.alt_text(draw(growth)).split())
    assert "(%) · January–November 2024 · 5 of 31 provinces · China 5.8% (implied)" in label
    assert "Corner: step that the interval reaches into · Hong Kong, Macao and Taiwan not" in label


def test_beyond_the_mainland():
    """Who has a value is not called uncovered, and has a coloured tile."""
    ax = draw(frame([3, 4], regions=["CN-BJ", "CN-HK"]))
    assert words(ax)["CN-HK"] == ["Hong\nKong", "4"]
    assert "not included" not in ps.plot.alt_text(ax)


def test_chinese_words(growth):
    """All words are Chinese."""
    ax = draw(growth, lang="zh")
    assert ax.get_title(loc="left") == "所列5个省份中山东、重庆最高"
    assert words(ax)["CN-NM"] == ["内蒙古", "—"]
    assert [t.get_text() for t in ax.get_legend().get_texts()][-1] == "无数据"
    assert "不含港澳台" in ps.plot.alt_text(ax)
    assert_readable(ax)


def test_bounds_have_signs():
    """What was printed as a bound or about so does not pass for exact."""
    ax = draw(ps.series("little_giants", period="2024"))
    assert words(ax)["CN-BJ"] == ["Beijing", "≥1,000"]


# --- layout -------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", ["rd_intensity", "rd_expenditure"])
def test_own_figure_is_readable(id_):
    """Names are 10 points high, nothing overlaps."""
    ax = draw(ps.series(id_, period="2023"))
    assert_readable(ax)
    tiles = [t for t in ax.texts if t.xycoords == "data" and t.get_text() in ("Beijing", "Hubei")]
    assert {text.get_fontsize() for text in tiles} == {10}


@pytest.mark.parametrize("layout", [None, "constrained"])
def test_part_of_a_figure_is_readable(intensity, layout):
    """In a row of three, names become short and values give way, with a warning."""
    axes = plt.subplots(1, 2, figsize=(7, 4), layout=layout)[1]
    with pytest.warns(UserWarning, match="so the chart lacks values in its tiles"):
        ax = draw(intensity, ax=axes[1])
    assert words(ax)["CN-NM"] == ["NM"]
    assert_readable(ax)


def test_tiny_axes_show_colours_alone(intensity):
    """Rather no text than one that cannot be read."""
    ax = plt.figure(figsize=(1.8, 1.5)).subplots()
    with pytest.warns(UserWarning, match="^the axes are") as caught:
        draw(intensity, ax=ax)
    said = " ".join(str(warning.message) for warning in caught)
    assert "lacks names and values in its tiles and the key to its colours" in said
    assert not words(ax)
    assert len(tile_steps(ax)) == len(mainland())


def test_tiles_are_neither_flat_nor_narrow(intensity):
    """In wide and in high axes tiles keep a shape in which names can be read."""
    for size in ((16, 7), (7, 16)):
        ax = draw(intensity, ax=Figure(size).subplots())
        box = ax.get_window_extent()
        wide = box.width / np.ptp(ax.get_xlim())
        high = box.height / np.ptp(ax.get_ylim())
        assert 1 / 1.11 < wide / high < 1.51


def test_axes_given_are_axes_returned(intensity):
    """Only these axes are drawn in."""
    left, right = Figure((14, 7)).subplots(1, 2)
    assert draw(intensity, ax=left) is left
    assert not plt.get_fignums()
    assert not right.collections
