"""Gaps: signs, colours and words that the intervals allow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, frame, names, title, words
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.parts.findings import signs
from provstats.words.languages import signed_text

ABOVE, BELOW = "#12436D", "#F46A25"


def gaps(*values, nation=5.0, width=0.2, **columns):
    """Make provinces and a nation whose intervals are as wide."""
    return frame(
        [*values, nation], regions=[*MAINLAND[: len(values)], "CN"], width=width, **columns
    )


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.gap(x, **{"lang": "en", **options})


def dots(ax):
    """Return the collection of dots."""
    return next(c for c in ax.collections if len(c.get_offsets()) == len(ax.get_yticks()))


@pytest.fixture
def growth():
    """Rates, with an implied national value."""
    return ps.series("industrial_value_added_growth", period="2024-01/2024-11")


def test_lollipops(growth):
    """Each reaches from the nation to the province, in its row, with its interval behind."""
    ax = draw(growth)
    assert names(ax) == ["Shandong", "Chongqing", "Zhejiang", "Hainan", "Beijing"]
    assert dots(ax).get_offsets()[:, 0].round(9).tolist() == [2.5, 1.8, 1.5, 1.4, 1.2]
    intervals, stems, _ = ax.collections
    assert np.round(intervals.get_segments()[0], 9).tolist() == [[2.35, 0], [2.65, 0]]
    assert np.round(stems.get_segments()[0], 9).tolist() == [[0, 0], [2.5, 0]]
    assert ax.lines[0].get_xdata() == [0, 0]


def test_labels_are_signed():
    """Signs are true signs, and what is nothing has none."""
    said = words(draw(gaps(7, 5, 4)))
    assert {"+2", "0", "−1"} <= set(said)


@given(st.floats(-1000, 1000, allow_subnormal=False), st.integers(0, 3))
def test_no_signed_zero(value, digits):
    """A difference that is printed as zero has no sign; any other has one."""
    text = signed_text(value, digits)
    assert (text[0] in "+−") == any(c in "123456789" for c in text)
    assert "-" not in text


def test_hues_and_hollows():
    """Above is blue, below orange; what may be either is grey and hollow."""
    ax = draw(gaps(7, 5.1, 4.9, 3))
    edges, faces = dots(ax).get_edgecolors(), dots(ax).get_facecolors()
    assert same_color(edges[0], ABOVE)
    assert same_color(edges[3], BELOW)
    assert not any(same_color(edge, hue) for edge in edges[1:3] for hue in (ABOVE, BELOW))
    assert [same_color(face, "white") for face in faces] == [False, True, True, False]
    assert any("Hollow: too close to call" in text for text in words(ax))


@pytest.mark.parametrize(
    ("values", "en", "zh"),
    [
        ([7], "Beijing is above the nation", "北京高于全国"),
        ([7, 8], "Both provinces shown are above the nation", "所列2个省份均高于全国"),
        ([2, 3, 1], "All 3 provinces shown are below the nation", "所列3个省份均低于全国"),
        ([7, 3, 2], "1 of the 3 provinces shown is above the nation, 2 below",
         "所列3个省份中1个高于全国，2个低于全国"),
        ([7, 8, 5, 1],
         "2 of the 4 provinces shown are above the nation, 1 below, 1 too close to call",
         "所列4个省份中2个高于全国，1个低于全国，1个难分高低"),
        ([5, 4.9, 2], "1 of the 3 provinces shown is below the nation, 2 too close to call",
         "所列3个省份中1个低于全国，2个难分高低"),
        ([9] * 31, "All 31 provinces are above the nation", "31个省份均高于全国"),
        ([5, 5.1], "Ratio of R&D expenditure to GDP, gap to the nation",
         "研究与试验发展(R&D)经费投入强度与全国之差"),
    ],
)  # fmt: skip
def test_title_counts_what_is_certain(values, en, zh):
    """Counted are those beyond doubt, the others are said to be in doubt."""
    assert title(draw(gaps(*values))) == en
    assert title(draw(gaps(*values), lang="zh")) == zh


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1))
def test_signs_are_those_of_every_true_value(ends):
    """A sign is certain if each value of the interval has it."""
    lower, upper = (pd.Series(side) / 10 for side in zip(*map(sorted, ends), strict=True))
    every = [{int(np.sign(n)) for n in range(min(pair), max(pair) + 1)} for pair in ends]
    certain = [sign.pop() if len(sign) == 1 else 0 for sign in every]
    assert signs(lower, upper).tolist() == certain


def test_nation_is_said(growth):
    """The subtitle has the national value and where it comes from, the line its name."""
    said = " ".join(words(draw(growth)))
    assert "China 5.8% (implied)" in said
    assert "(pp)" in said
    assert "China" in words(draw(growth))


def test_highlight_fades_the_others():
    """What is highlighted keeps its hue, the others are pale."""
    ax = draw(gaps(7, 3, 2), highlight="冀")
    edges = dots(ax).get_edgecolors()
    assert same_color(edges[2], BELOW)
    assert not any(same_color(edge, hue) for edge in edges[:2] for hue in (ABOVE, BELOW))


def test_result_of_gap_to_national(growth):
    """What the comparison returned is drawn as the series is; a benchmark given is said."""
    assert words(draw(ps.gap_to_national(growth))) == words(draw(growth))
    given_ = ps.gap_to_national(growth, national=8.0)
    assert "China 8% (given)" in " ".join(words(draw(given_)))


def test_periods_without_a_benchmark_are_left_out():
    """Of an id the one period that has a national value is drawn."""
    data = pd.concat([gaps(7, 3), gaps(7, 3, period="2023").query("region != 'CN'")])
    assert "2024" in " ".join(words(draw(data)))


def test_no_benchmark():
    """Without a national value there is no gap, and the periods that have one are listed."""
    with pytest.raises(ps.IncomparableError, match="there is no national value"):
        draw(gaps(7, 3).query("region != 'CN'"))
    empty = ps.gap_to_national(gaps(7, 3)).assign(gap=np.nan)
    with pytest.raises(ps.IncomparableError, match="no row has a gap to the nation"):
        draw(empty)


def test_amounts():
    """Gaps of amounts are in the steps of amounts."""
    data = gaps(2e12, 5e11, nation=1e12, width=0, indicator="software_revenue", unit="CNY")
    assert {"+1.0", "−0.5"} <= set(words(draw(data)))
    assert "(CNY trn)" in " ".join(words(draw(data)))


@pytest.mark.parametrize("chart", [ps.plot.gap, ps.plot.ranking])
@pytest.mark.parametrize(("vintage", "is_told"), [("latest", True), ("first", False)])
def test_a_nation_that_was_revised_is_told(chart, vintage, is_told):
    """Provinces as first stated beside a nation as revised later: the chart says so."""
    drawn = chart(ps.series("rd_intensity", period=2018, vintage=vintage), lang="en")
    assert ("as revised in a later document" in " ".join(words(drawn))) is is_told


def test_title_counts_as_the_bulletin_does():
    """In the vintage of the bulletin itself six provinces are above the nation, as it says."""
    drawn = draw(ps.series("rd_intensity", period=2018, vintage="first"))
    assert title(drawn).startswith("6 of 31 provinces are above the nation")
