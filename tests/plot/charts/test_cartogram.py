"""Cartograms: squares of areas in proportion, none over another, and who has which part."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, frame, named, names, title
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

import provstats as ps
from provstats.catalogue.entries import load_indicators
from provstats.plot.parts.squares import place_squares
from provstats.plot.parts.tiles import TILES

# As unequal as populations and products are, and more so.
SIZES = [22, 14, 74, 35, 24, 42, 23, 31, 25, 85, 66, 61, 42, 45, 101, 98, 58, 66, 127, 50, 10, 32,
         84, 39, 47, 3.6, 40, 25, 5.9, 7.3, 26]  # fmt: skip


def sizes(values=SIZES, *, width=0.0, **columns):
    """Make a frame of sizes for 2024."""
    return frame(values, width=width, **{"indicator": "population", "unit": "count", **columns})


def draw(x, size=None, **options):
    """Draw in English, unless told otherwise."""
    size = sizes() if size is None else size
    return ps.plot.cartogram(x, size, **{"lang": "en", **options})


@pytest.fixture
def shares():
    """Thirty-one shares, of which those of the first two are above the nation's."""
    return frame([9, 8, *[5] * 29, 6], regions=[*MAINLAND, "CN"], width=0.1)


def squares(ax):
    """Return the corners of all squares, those with a value first."""
    found = [c for c in ax.collections if type(c) is PolyCollection and c.get_zorder() == 1]
    return [path.vertices[:4] for collection in found[:2] for path in collection.get_paths()]


# --- squares ------------------------------------------------------------------------------------


def test_areas_are_in_proportion(shares):
    """The area of each square is its part of the size, in the order of the map."""
    drawn = squares(draw(shares))[:31]
    areas = [float(np.ptp(s[:, 0]) * np.ptp(s[:, 1])) for s in drawn]
    wanted = [SIZES[MAINLAND.index(code)] for code in TILES if code in MAINLAND]
    assert np.allclose(np.array(areas) / areas[0], np.array(wanted) / wanted[0])


@settings(max_examples=25)
@given(st.lists(st.floats(0.01, 100), min_size=31, max_size=31))
def test_no_square_lies_over_another(values):
    """However unequal they are, and none leaves the box."""
    found = place_squares(dict(zip(MAINLAND, values, strict=True)))
    for one, other in combinations(found.middles, 2):
        apart = np.abs(np.subtract(found.middles[one], found.middles[other])).max()
        assert apart > (found.sides[one] + found.sides[other]) / 2
    for code, (x, y) in found.middles.items():
        half = found.sides[code] / 2
        assert -1e-9 <= x - half <= x + half <= found.wide + 1e-9
        assert -1e-9 <= y - half <= y + half <= found.high + 1e-9


def test_equal_sizes_stay_at_home():
    """Squares that have room stand as in the map of tiles."""
    found = place_squares(dict.fromkeys(TILES, 1.0))
    at = {code: (round(x, 6), round(y, 6)) for code, (x, y) in found.middles.items()}
    start = at["CN-XJ"][0], at["CN-HL"][1]
    assert at == {
        code: (round(start[0] + column, 6), round(start[1] + row, 6))
        for code, (row, column) in TILES.items()
    }


def test_without_a_size(shares):
    """A province without a size is a small square, and is named."""
    ax = draw(shares, sizes(SIZES[:30]))
    assert "Without a size: Xinjiang" in named(ax, "source")[0].replace("\n", " ")
    assert len(squares(ax)) == 34
    many = draw(shares, sizes(SIZES[:10]))
    assert "21 provinces are without a size" in named(many, "source")[0].replace("\n", " ")


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "part"), [(0, "3"), (10, "2–4")])
def test_title_says_which_part(shares, width, part):
    """The part of the sum that those have, as a range where the sizes leave one."""
    size = sizes().assign(lower=np.array(SIZES) - width / 2, upper=np.array(SIZES) + width / 2)
    size["lower"] = size["lower"].clip(0.1)
    en, zh = (title(draw(shares, size, lang=lang)) for lang in ("en", "zh"))
    start = "The 2 provinces above the nation in R&D intensity account for "
    assert en == f"{start}{part}% of total population, 2024"
    assert zh == f"2024年研发强度高于全国的2个省份，常住人口合计占{part}%"


def test_title_where_something_is_not_known(shares):
    """With a value in doubt, or a size lacking, it counts as the map of tiles does."""
    counts = "Only 2 of 31 provinces were above the nation in R&D intensity, 29 below, 2024"
    assert title(draw(shares, sizes(SIZES[:30]))) == counts
    doubt = shares.assign(upper=shares["upper"].where(shares["region"] != "CN-XJ", 6.2))
    assert "28 below" in title(draw(doubt))
    nobody = frame([9, 5, 4])
    assert title(draw(nobody)) == (
        "Beijing has the highest R&D intensity, of 3 provinces with data, 2024"
    )


def test_the_size_is_named(shares):
    """By its indicator, else as given; its document is cited."""
    ax = draw(shares, sizes(source="my census"))
    assert "areas in proportion to population" in named(ax, "subtitle")[0].replace("\n", " ")
    assert named(ax, "source")[0].endswith("my census")
    bare = sizes().drop(columns=["indicator", "unit", "lower", "upper"])
    assert "to the size given" in named(draw(shares, bare), "subtitle")[0].replace("\n", " ")
    assert "of total" not in title(draw(shares, bare))


def test_size_of_the_catalogue():
    """An indicator of the shipped data is a size, by its name too."""
    intensity = ps.series("rd_intensity", period=2023, vintage="first")
    by_id = draw(intensity, "rd_expenditure")
    assert title(by_id) == title(draw(intensity, ps.indicator("rd_expenditure").name_zh))
    assert "account for 56% of total R&D spending" in title(by_id)
    assert len(names(by_id)) >= 30


# --- bad input ----------------------------------------------------------------------------------


def test_sizes_that_there_are_not(shares):
    """What there is is listed: the periods of a size, or the indicators that all report."""
    long_ago = frame([1.0], period="1950")
    with pytest.raises(ps.IncomparableError, match=r"for 1950; it has \{.*'2023': 31"):
        draw(long_ago, "rd_expenditure")
    with pytest.raises(ps.IncomparableError, match=r"for 2024; it has \{'2020': 31\}"):
        draw(shares, sizes(period="2020"))
    with pytest.raises(ps.IncomparableError, match="no province reports"):
        draw(ps.series("rd_intensity", period=2023, vintage="first"), unreported())
    with pytest.raises(ps.UnknownIndicatorError, match="population"):
        draw(shares, "populaton")
    with pytest.raises(ps.SchemaError, match="region, period and value, got int"):
        draw(shares, 7)
    with pytest.raises(ps.IncomparableError, match="above zero"):
        draw(shares, sizes([0.0, *SIZES[1:]]))
    with pytest.raises(ps.IncomparableError, match="several figures"):
        draw(shares, pd.concat([sizes(), sizes(SIZES[::-1])]))


def unreported():
    """Return an indicator of the catalogue of which no province has an outcome."""
    data = ps.load(nature="outcome")
    known = set(data["indicator"][data["region"] != "CN"])
    return next(id_ for id_ in load_indicators() if id_ not in known)


# --- layout -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(shares, lang, width):
    """From the column of a paper to a page, in both languages."""
    for size in (sizes(), sizes(SIZES[::-1])):
        ax = draw(shares, size, lang=lang, width=width)
        assert_readable(ax)
        assert len(names(ax)) >= 31


def test_wide_axes(shares):
    """In axes that are wide and low the squares stand beside the key."""
    ax = draw(shares, ax=Figure((8, 4)).subplots())
    assert_readable(ax)
    key = max(t.get_position()[0] for t in ax.texts if t.get_gid() == "key")
    assert min(corners[:, 0].min() for corners in squares(ax)) > key
