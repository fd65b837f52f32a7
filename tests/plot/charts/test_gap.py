"""Gaps: blocks, bars and words that the intervals allow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, frame, named, names, shapes, title, words
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.parts.findings import find_certain_signs

UP, DOWN = ps.plot.palette["up"], ps.plot.palette["down"]


def gaps(*values, nation=5.0, width=0.2, **columns):
    """Make provinces and a nation whose intervals are as wide."""
    return frame(
        [*values, nation], regions=[*MAINLAND[: len(values)], "CN"], width=width, **columns
    )


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.gap(x, **{"lang": "en", **options})


def bars(ax):
    """Return the bars: corners and colours."""
    return next(c for c in ax.collections if type(c) is PolyCollection and c.get_zorder() == 2)


@pytest.fixture
def growth():
    """Rates, with an implied national value."""
    return ps.series("industrial_value_added_growth", period="2024-01/2024-11")


def test_bars_reach_to_the_nearer_end_and_taper_to_the_farther(growth):
    """Each begins at the nation, and its tapering end is the interval."""
    ax = draw(growth)
    assert names(ax) == ["Shandong", "Chongqing", "Zhejiang", "Hainan", "Beijing"]
    first = shapes(ax, 2)[0]
    assert sorted(set(first[:, 0].round(9))) == [0, 2.35, 2.65]
    thick = {x: np.ptp(first[first[:, 0].round(9) == x, 1]) for x in (0, 2.35, 2.65)}
    assert thick[0] == pytest.approx(thick[2.35])
    assert thick[2.65] < thick[2.35] / 4


def test_values_are_ticks(growth):
    """The black tick in a bar is the value."""
    ax = draw(growth)
    (ticks,) = (c for c in ax.collections if c.get_zorder() == 2.7)
    at = [segment[0][0] for segment in ticks.get_segments()]
    assert np.round(at, 9).tolist() == [2.5, 1.8, 1.5, 1.4, 1.2]


def test_labels_are_signed():
    """Signs are true signs, and what is nothing has none."""
    assert named(draw(gaps(7, 5, 4)), "number") == ["+2", "0", "−1"]


def test_blocks():
    """Above, in doubt and below stand apart, by value within; what is in doubt is hollow."""
    ax = draw(gaps(4.9, 3, 7, 5.1, 9))
    assert named(ax, "number") == ["+4.0", "+2.0", "+0.1", "−0.1", "−2.0"]
    places = [text.get_position()[1] for text in ax.texts if text.get_gid() == "name"]
    steps = np.diff(places)
    assert (steps.round(6) > 1).tolist() == [False, True, False, True]
    faces = bars(ax).get_facecolors()
    assert [same_color(face, UP) for face in faces[:3]] == [True, True, False]
    assert same_color(faces[2], DOWN)
    hollow = next(c for c in ax.collections if isinstance(c, PathCollection))
    assert len(hollow.get_offsets()) == 2
    assert same_color(hollow.get_facecolors()[0], "white")
    assert "Hollow: cannot be told apart" in " ".join(words(ax))


@pytest.mark.parametrize(
    ("values", "en", "zh"),
    [
        ([7], "Beijing was above the nation in R&D intensity, 2024", "2024年北京研发强度高于全国"),
        ([2, 3, 1], "All 3 provinces with data were below the nation in R&D intensity, 2024",
         "2024年有数据的3个省份研发强度均低于全国"),
        ([7, 3, 2],
         "1 of 3 provinces with data was above the nation in R&D intensity, 2 below, 2024",
         "2024年有数据的3个省份中1个研发强度高于全国，2个低于全国"),
        ([5, 4.9, 2], "1 of 3 provinces with data was below the nation in R&D intensity, 2024",
         "2024年有数据的3个省份中1个研发强度低于全国"),
        ([9] * 31, "All 31 provinces were above the nation in R&D intensity, 2024",
         "2024年31个省份研发强度均高于全国"),
        ([9] * 3 + [1] * 28,
         "Only 3 of 31 provinces were above the nation in R&D intensity, 28 below, 2024",
         "2024年31个省份中仅3个研发强度高于全国，28个低于全国"),
        ([5, 5.1], "Ratio of R&D expenditure to GDP, gap to the nation",
         "研究与试验发展(R&D)经费投入强度与全国之差"),
    ],
)  # fmt: skip
def test_title_counts_what_is_certain(values, en, zh):
    """Counted are those beyond doubt; the subtitle says how many others there are."""
    assert title(draw(gaps(*values))) == en
    assert title(draw(gaps(*values), lang="zh")).replace(" ", "") == zh.replace(" ", "")
    open_ = sum(abs(value - 5) <= 0.2 for value in values)
    said = "cannot be told apart" in (named(draw(gaps(*values)), "subtitle") or [""])[0]
    assert said is (0 < open_ < len(values))


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1))
def test_signs_are_those_of_every_true_value(ends):
    """A sign is certain if each value of the interval has it."""
    lower, upper = (pd.Series(side) / 10 for side in zip(*map(sorted, ends), strict=True))
    every = [{int(np.sign(n)) for n in range(min(pair), max(pair) + 1)} for pair in ends]
    certain = [sign.pop() if len(sign) == 1 else 0 for sign in every]
    assert find_certain_signs(lower, upper).tolist() == certain


def test_nation_is_said(growth):
    """The subtitle has the national value and how it is known, the line its name."""
    ax = draw(growth)
    assert "China 5.8% (implied, 5.7–5.9)" in named(ax, "subtitle")[0].replace("\n", " ")
    assert named(ax, "nation") == ["China"]
    assert "above →" in named(ax, "head")


def test_highlight_keeps_every_hue():
    """What is highlighted is bold; no other loses its colour."""
    plain, marked = draw(gaps(7, 3, 2)), draw(gaps(7, 3, 2), highlight="冀")
    assert np.array_equal(bars(plain).get_facecolors(), bars(marked).get_facecolors())
    bold = [text.get_text() for text in marked.texts if text.get_gid() == "name"
            and text.get_weight() == "bold"]  # fmt: skip
    assert bold == ["Hebei"]


def test_result_of_gap_to_national(growth):
    """What the comparison returned is drawn as the series is; a benchmark given is said."""
    assert words(draw(ps.gap_to_national(growth))) == words(draw(growth))
    given_ = ps.gap_to_national(growth, national=8.0)
    assert "China 8% (given)" in " ".join(words(draw(given_)))


def test_periods_without_a_benchmark_are_left_out():
    """Of a frame the one period that has a national value is drawn."""
    data = pd.concat([gaps(7, 3), gaps(7, 3, period="2023").query("region != 'CN'")])
    assert "2024" in " ".join(words(draw(data)))


def test_no_benchmark():
    """Without a national value there is no gap, and the periods that have one are listed."""
    with pytest.raises(ps.IncomparableError, match="there is no national value"):
        draw(gaps(7, 3).query("region != 'CN'"))
    empty = ps.gap_to_national(gaps(7, 3)).assign(gap=np.nan)
    with pytest.raises(ps.IncomparableError, match="no row has a gap to the nation"):
        draw(empty)


def test_no_false_decimals():
    """A gap of money a head has the decimals that its size bears."""
    rows = gaps(43377.0, 21142.0, nation=32261.604, width=0, indicator="own", unit="元/人")
    assert named(draw(rows, lang="zh"), "number") == ["+11,115", "−11,120"]


@pytest.mark.parametrize("chart", [ps.plot.gap, ps.plot.ranking, ps.plot.tilemap])
def test_a_nation_that_was_revised_is_told(chart):
    """Provinces beside a nation as revised later: the chart says so, and else not."""
    rows = ps.load(vintage="first").query("indicator == 'rd_intensity' and period == '2018'")
    later = ps.load(vintage="latest").query("indicator == 'rd_intensity' and period == '2018'")
    mixed = pd.concat([rows[rows["region"] != "CN"], later[later["region"] == "CN"]])
    told = "as revised in a later document"
    assert told in " ".join(words(chart(mixed, lang="en")))
    assert told not in " ".join(words(chart(rows, lang="en")))


def test_title_counts_as_the_bulletin_does():
    """In the vintage of the bulletin itself six provinces are above the nation, as it says."""
    drawn = draw(ps.series("rd_intensity", period=2018, vintage="first"))
    assert title(drawn).startswith("Only 6 of 31 provinces were above the nation")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(growth, lang, width):
    """From the column of a paper to a page, in both languages."""
    for data in (growth, "rd_intensity", gaps(7, 5.1, 4.9, 3)):
        assert_readable(draw(data, lang=lang, width=width, highlight=["京"]))
