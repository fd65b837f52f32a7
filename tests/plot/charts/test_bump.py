"""Bumps: ranks, curves, and names at both ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import assert_readable, frame, named, title
from matplotlib.collections import LineCollection
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
    return ps.plot.bump(x, **{"lang": "en", **options})


def curves(ax):
    """Return all curves, those of highlighted ones last."""
    found = [
        c for c in ax.collections if type(c) is LineCollection and c.get_zorder() in (1.5, 2.1)
    ]
    return [segment for collection in found for segment in collection.get_segments()]


@pytest.fixture(scope="module")
def intensity():
    """Four years of all provinces, between two censuses."""
    return ps.series("rd_intensity", period=[*range(2019, 2023)])


def test_curves_are_ranks(intensity):
    """The first is on top, and each curve meets the rank of each year."""
    ax = draw(intensity)
    assert ax.yaxis_inverted()
    ranked = ps.rank(intensity)
    ranked = ranked.sort_values(["period", "rank"], kind="stable")
    place = ranked.groupby("period").cumcount()
    wide = ranked.assign(place=place).pivot_table(index="region", columns="period", values="place")
    found = {
        tuple(float(curve[curve[:, 0] == year, 1][0]) for year in range(2019, 2023))
        for curve in curves(ax)
    }
    assert found == {*map(tuple, wide.to_numpy().tolist())}


def test_equal_ranks_have_places_of_their_own():
    """None lies over another, and the footer names them."""
    ax = draw(over([5, 5, 3], [6, 4, 2]))
    ends = sorted(float(curve[0, 1]) for curve in curves(ax))
    assert ends == [0, 1, 2]
    assert named(ax, "number")[:3] == ["1", "1", "3"]
    assert (
        "Equal values: 2021 Beijing and Tianjin" in named(ax, "source")[0]
        if named(ax, "source")
        else True
    )


def test_all_are_named_at_both_ends(intensity):
    """Thirty-one names on each side, with ranks, ranges where intervals leave one."""
    for width in (7.2, 3.3):
        ax = draw(intensity, width=width)
        assert len(named(ax, "name")) == 62
        assert named(ax, "number").count("23–24") == 1
        assert_readable(ax)


def test_no_grid(intensity):
    """A rank that does not change is a string of beads, not a rule."""
    ax = draw(intensity)
    assert not [line for line in ax.get_ygridlines() if line.get_visible()]
    (beads,) = (c for c in ax.collections if c.get_zorder() == 1.6)
    assert len(beads.get_offsets()) == 30 * 4


def test_curves_end_at_a_break():
    """No curve leads from 2018 to 2019 or 2022 to 2023, and no move is counted across."""
    seven = ps.series("rd_intensity", period=[*range(2018, 2025)])
    ax = draw(seven)
    for first in (2019, 2023):
        assert not any(curve[0][0] < first <= curve[-1][0] for curve in curves(ax))
    assert "Lines end after 2018 and 2022" in named(ax, "source")[0]
    assert any(c[0][0] == 2018 for c in curves(draw(seven, across_breaks=True)))


@pytest.mark.parametrize(
    ("years", "options", "en", "zh"),
    [
        (([5, 4, 3], [3, 5, 4]), {},
         "By R&D intensity, Tianjin and Hebei rose 1 rank and Beijing fell 2 ranks, 2021–2022",
         "2021—2022年研发强度位次：天津、河北升1位，北京降2位"),
        (([5, 4, 3], [3, 5, 4]), {"highlight": "京"},
         "By R&D intensity, Beijing fell 2 ranks, 2021–2022", "2021—2022年研发强度位次：北京降2位"),
        (([5, 4, 3], [5, 4, 3]), {}, "Ratio of R&D expenditure to GDP, rank",
         "研究与试验发展(R&D)经费投入强度的位次"),
        (([5, 4, 3], [3, np.nan, 4]), {}, "Ratio of R&D expenditure to GDP, rank",
         "研究与试验发展(R&D)经费投入强度的位次"),
    ],
)  # fmt: skip
def test_title_names_certain_moves(years, options, en, zh):
    """Those that moved most, or the highlighted; nothing where the provinces are not the same."""
    data = over(*years)
    assert title(draw(data, **options)) == en
    assert title(draw(data, lang="zh", **options)) == zh


def test_ranks_in_doubt_are_no_move():
    """Where intervals meet at an end, nothing is said."""
    data = over([5, 4.9, 3], [4.8, 5, 3], width=0.3)
    assert title(draw(data)) == "Ratio of R&D expenditure to GDP, rank"


def test_highlight(intensity):
    """What the title names is in colour by default, else what is asked for."""
    ax = draw(intensity, highlight=["渝", "皖"])
    bold = {t.get_text() for t in ax.texts if t.get_gid() == "name" and t.get_weight() == "bold"}
    assert bold == {"Chongqing", "Anhui"}
    (own,) = {tuple(c.get_colors()[0]) for c in ax.collections if c.get_zorder() == 2.1
              and same_color(c.get_colors()[0], ps.plot.palette["lines"][0])}  # fmt: skip
    assert own


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(lang, width):
    """From the column of a paper to a page, in both languages."""
    for data in ("rd_intensity", over([5, 4, 3], [3, 5, 4])):
        assert_readable(draw(data, lang=lang, width=width))
