"""Profiles: one province among all others, each of which can be counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, frame, named, names, title
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import same_color
from matplotlib.figure import Figure

import provstats as ps


@pytest.fixture
def mixed():
    """Return a growth with a nation, an intensity that is to be low, and one of no direction."""
    growth = frame([8, 5, 6, 4], regions=[*MAINLAND[:3], "CN"], width=1,
                   indicator="industrial_value_added_growth")  # fmt: skip
    energy = frame([9, 3, 7], regions=["CN-TJ", "CN-BJ", "CN"], indicator="energy_intensity",
                   unit="tce")  # fmt: skip
    fields = frame([7, 3, 5], indicator="future_industry_fields", unit="count")
    return pd.concat([growth, energy, fields], ignore_index=True)


def draw(region, *x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.profile(region, *x, **{"lang": "en", **options})


def ticks(ax, row):
    """Return the ticks of a row: their places and lengths."""
    (found,) = (c for c in ax.collections if type(c) is LineCollection and c.get_zorder() == 1)
    return [
        (s[0][0], abs(s[1][1] - s[0][1]))
        for s in found.get_segments()
        if abs(s.mean(axis=0)[1] - row) < 0.5
    ]


def own(ax):
    """Return the places of the province."""
    return next(
        c for c in ax.collections if isinstance(c, PathCollection) and c.get_zorder() == 3
    ).get_offsets()


def test_rows_run_from_the_lowest_to_the_highest(mixed):
    """Whatever is better: the ends are named, the rank says the rest."""
    ax = draw("京", mixed)
    assert own(ax).tolist() == [[1, 0], [0, 1], [1, 2]]
    ends = named(ax, "end")
    assert ends[:4] == ["Tianjin 5", "Beijing 8", "Beijing 3", "Tianjin 9"]
    assert named(ax, "number") == ["1 of 3", "1 of 2", "1 of 3"]
    assert named(ax, "value") == ["8", "3", "7"]


def test_every_province_has_a_tick():
    """Those of equal values are cut into pieces, as many as there are."""
    ax = draw("京", frame([1, 2, 2, 2, 3, 3]))
    found = ticks(ax, 0)
    assert len(found) == 6
    assert [round(x, 6) for x, _ in found] == [0, 0.5, 0.5, 0.5, 1, 1]
    assert found[1][1] < found[0][1] / 2
    assert {"Beijing 1", "3 (2 provinces)"} <= set(named(ax, "end"))
    shipped = draw("重庆")
    assert len(ticks(shipped, 0)) == 31


def test_the_nation_is_a_line_of_its_own(mixed):
    """Orange, across the strip, with its value; of a sum or of nothing known there is none."""
    ax = draw("北京", mixed)
    lines = [c for c in ax.collections if c.get_zorder() == 2.1]
    assert len(lines) == 1  # the nation's growth is below all, so it is not on the strip
    assert all(same_color(c.get_colors()[0], ps.plot.palette["nation"]) for c in lines)
    assert named(ax, "nation") == ["China 7"]


def test_rows_without_the_province_are_left_out(mixed):
    """Hebei has no figure on energy."""
    ax = draw("冀", mixed)
    assert len(named(ax, "number")) == 2
    assert not any("nergy" in name for name in names(ax))


def test_alone_it_cannot_be_compared():
    """A value that nobody else has is no row; if there is no other, it is refused."""
    with pytest.raises((ps.UnknownRegionError, ps.IncomparableError)):
        draw("北京", frame([3]))


@pytest.mark.parametrize("name", ["China", "京津冀", "Atlantis", "香港"])
def test_only_provinces_with_values(name):
    """The nation, areas, unknown regions and those without values are refused."""
    with pytest.raises(ps.UnknownRegionError):
        draw(name)


def test_equal_values_stand_in_the_middle():
    """Where all are alike nobody is lowest or highest."""
    assert own(draw("北京", frame([3, 3]))).tolist() == [[0.5, 0]]


def test_forecasts_are_hollow():
    """What is no outcome is no filled dot."""
    ax = draw("北京", frame([3, 4], nature="forecast"))
    (dots,) = (c for c in ax.collections if isinstance(c, PathCollection))
    assert same_color(dots.get_facecolor()[0], "white")
    assert "forecast" in named(ax, "subtitle")[0].lower()


def test_highlighted_regions_are_rings(mixed):
    """A ring around each value of the region, and its name in the key."""
    ax = draw("北京", mixed, highlight="天津")
    rings = [c for c in ax.collections if isinstance(c, PathCollection) and c.get_zorder() == 2.8]
    assert sum(len(c.get_offsets()) for c in rings) == 3
    assert named(ax, "key") == ["Tianjin"]


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("BJ", "Beijing was better than the nation on 2 of 2 measures"),
        ("TJ", "Tianjin was worse than the nation on 1 of 2 measures"),
    ],
)
def test_titles_count_what_is_certain(mixed, region, said):
    """Only what has a nation is counted, and nothing that the intervals leave open."""
    assert title(draw(region, mixed)) == said


def test_title_without_a_nation():
    """Where nothing is judged the title is the name."""
    assert title(draw("BJ", frame([3, 3.05, 3.1]))) == "Beijing"


def test_chinese_words():
    """All words are Chinese, and each row of another period says which."""
    ax = draw("重庆", lang="zh")
    assert title(ax).startswith("重庆：")
    assert "项指标中" in title(ax)
    assert any("年，" in name for name in names(ax))
    assert_readable(ax)


@pytest.mark.parametrize("region", ["甘肃", "广东", "西藏"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shipped_data_are_readable(region, lang):
    """At least the R&D panel and its changes for every province, at every width."""
    for width in (3.3, 5.0, 7.2):
        ax = draw(region, lang=lang, width=width, highlight="京")
        assert len(named(ax, "number")) >= 4
        assert_readable(ax)


def test_rows_by_default_are_few():
    """A page is a page, however much is reported."""
    assert len(named(draw("广东"), "number")) <= 12


def test_given_axes_are_readable():
    """Only these axes are drawn in."""
    left, right = Figure((14, 10), layout="constrained").subplots(1, 2)
    assert draw("广东", ax=left) is left
    assert not right.texts
    assert_readable(left)


def test_small_axes_lack_values():
    """Where values would touch they are left out, and a warning says so."""
    with pytest.warns(UserWarning, match="lacks the values at its strips"):
        ax = draw("广东", source="", ax=Figure((7, 4)).subplots())
    assert named(ax, "value") == []
    assert np.isfinite(own(ax)).all()
    assert_readable(ax)
