"""Funnels: rates, the limits of chance, and who is certainly outside of them."""

from __future__ import annotations

from math import comb, exp, lgamma, log

import numpy as np
import pytest
from drawings import MAINLAND, assert_readable, frame, named, names, title
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

import provstats as ps
from provstats.plot.parts.limits import INNER, OUTER, compute_chance_limits
from provstats.plot.parts.places import Named, place_names

PEOPLE = np.array(
    [22, 14, 74, 35, 24, 42, 23, 31, 25, 85, 66, 61, 42, 45, 101, 98, 58, 66, 127, 50, 10, 32,
     84, 39, 47, 3.6, 40, 25, 5.9, 7.3, 26]
) * 1e6  # fmt: skip


def people(**columns):
    """Make a frame of populations for 2024."""
    return frame(PEOPLE, **{"indicator": "population", "unit": "count", **columns})


def firms(values, **columns):
    """Make a frame of counts for 2024."""
    return frame(values, **{"indicator": "little_giants", "unit": "count", **columns})


@pytest.fixture
def counts():
    """Two firms a million, but three in the first province and one in the 19th."""
    values = 2e-6 * PEOPLE
    values[0], values[18] = 66, 127
    return firms(values.round())


def draw(x, denominator=None, **options):
    """Draw in English, unless told otherwise."""
    denominator = people() if denominator is None else denominator
    return ps.plot.funnel(x, denominator, **{"lang": "en", **options})


def points(ax, corners):
    """Return where marks of so many corners are: triangles have 4, dots more."""
    found = [c for c in ax.collections if isinstance(c, PathCollection) and c.get_zorder() == 3]
    return [
        tuple(map(float, offset))
        for c in found
        if (len(c.get_paths()[0].vertices) == 4) == (corners == 3)
        for offset in c.get_offsets()
    ]


# --- limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize("expected", [5, 20, 100])
def test_limits_of_counts_leave_what_they_say(expected):
    """About 95 and 99.8 of a hundred of Poisson's counts are within."""
    weights = {n: exp(n * log(expected) - expected - lgamma(n + 1)) for n in range(400)}
    for deviation, part, leeway in ((INNER, 0.95, 0.03), (OUTER, 0.998, 0.006)):
        low, high = compute_chance_limits(1.0, [expected], deviation, is_share=False)
        within = sum(w for n, w in weights.items() if low[0] <= n / expected <= high[0])
        assert abs(within - part) < leeway


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_limits_of_shares_leave_what_they_say(rate):
    """So are those of shares."""
    n = 400
    weights = {k: comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(n + 1)}
    for deviation, part, leeway in ((INNER, 0.95, 0.02), (OUTER, 0.998, 0.002)):
        low, high = compute_chance_limits(rate, [n], deviation, is_share=True)
        assert abs(sum(w for k, w in weights.items() if low[0] <= k / n <= high[0]) - part) < leeway


@given(st.floats(0.01, 0.99), st.booleans())
def test_limits_close_in(rate, is_share):
    """The larger, the nearer to the rate, which is always within."""
    low, high = compute_chance_limits(rate, [10, 100, 1e4, 1e6], INNER, is_share=is_share)
    assert (low <= rate).all()
    assert (high >= rate).all()
    assert (np.diff(high - low) <= 1e-12).all()


# --- rates --------------------------------------------------------------------------------------


def test_rates_are_quotients(counts):
    """Against the root of the denominator, per amount that makes the average one at least."""
    ax = draw(counts)
    found = sorted(points(ax, 0) + points(ax, 3))
    wanted = sorted(zip(np.sqrt(PEOPLE), counts["value"] / PEOPLE * 1e6, strict=True))
    assert np.allclose(found, wanted)
    assert "per 1 m of population" in named(ax, "subtitle")[0].replace("\n", " ")
    assert "每100万常住人口" in named(draw(counts, lang="zh"), "subtitle")[0].replace("\n", "")
    assert named(ax, "nation") == ["Average", "1.93"]


def test_outside_are_triangles(counts):
    """And they are named; the words count them."""
    ax = draw(counts)
    assert len(points(ax, 3)) == 2
    assert {"Beijing", "Guangdong"} <= {*names(ax)}
    said = "For their population, 1 province has more “little giants” than chance would give"
    assert title(ax) == f"{said}, 1 fewer, 2024"
    zh = title(draw(counts, lang="zh"))
    assert zh == "2024年按常住人口计，1个省份专精特新“小巨人”企业偏多，1个偏少"
    told = ps.plot.alt_text(ax)
    assert "More than chance gives: Beijing. Less: Guangdong. " in told


def test_what_may_be_inside_is_not_outside(counts):
    """With an interval that reaches within the limits nothing is said of a province."""
    wide = counts.assign(lower=counts["lower"].where(counts["region"] != "CN-BJ", 40))
    assert "no province" not in title(draw(wide))
    assert "1 province has fewer" in title(draw(wide))
    even = firms((2e-6 * PEOPLE).round())
    assert title(draw(even)) == (
        "For their population, no province stands out in “little giants” beyond chance, 2024"
    )


def test_forecasts_claim_nothing(counts):
    """What is no outcome has the measure for a title, and hollow marks."""
    assert "per 1 m of population" in title(draw(counts.assign(nature="target")))


def test_shares():
    """Shares of a count have binomial limits around their weighted mean."""
    asked = frame([1e3] * 30 + [1e4], indicator="asked", unit="count")
    shares = frame([40.0] * 29 + [60, 40], indicator="own")
    ax = draw(shares, asked)
    assert title(ax) == "1 province has a higher own than chance would give, 2024"
    assert named(ax, "nation")[1] == "40.5%"
    assert "(binomial)" in named(ax, "source")[0].replace("\n", " ")


def test_without_a_denominator(counts):
    """A province without one is left out, and named."""
    ax = draw(counts, people().head(30))
    assert "Without a denominator: Xinjiang" in named(ax, "source")[0].replace("\n", " ")
    assert "30 of 31 provinces" in named(ax, "subtitle")[0].replace("\n", " ")


def test_highlight(counts):
    """A highlighted province within the limits is named in bold."""
    ax = draw(counts, highlight="皖")
    (text,) = (t for t in ax.texts if t.get_text() == "Anhui")
    assert text.get_weight() == "bold"


# --- places of names ----------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200), st.booleans()), max_size=31))
def test_names_do_not_overlap(wanted):
    """Nor do they lie over a point or leave the room."""
    found = [Named(x, y, 40.0, 9.0, must) for x, y, must in wanted]
    places = place_names(found, np.empty((0, 2)), (300, 200), 6.0)
    boxes = [
        (p.start, p.middle - 4.5, p.start + 40, p.middle + 4.5) for p in places if p is not None
    ]
    for place, one in enumerate(boxes):
        assert one[0] >= 0 <= one[1]
        assert one[2] <= 300
        assert one[3] <= 200
        assert not any(
            one[0] < b[2] and b[0] < one[2] and one[1] < b[3] and b[1] < one[3]
            for b in boxes[:place]
        )
        assert not any(one[0] < n.x < one[2] and one[1] < n.y < one[3] for n in found)


# --- bad input ----------------------------------------------------------------------------------


def test_only_counts_and_shares():
    """Amounts and growth vary by more than chance."""
    money = frame([5e9] * 3, indicator="rd_expenditure", unit="CNY")
    with pytest.raises(ps.IncomparableError, match=r"'rd_expenditure' is in 'CNY'; ps\.per"):
        draw(money)
    growth = frame([5.0] * 3, indicator="industrial_value_added_growth")
    with pytest.raises(ps.IncomparableError, match="is no share"):
        draw(growth)
    shares = frame([40.0] * 3, indicator="own")
    with pytest.raises(ps.IncomparableError, match="denominator of a share must be a count"):
        draw(shares, people(unit="CNY"))


def test_denominators_that_there_are_not(counts):
    """What there is is listed."""
    with pytest.raises(ps.IncomparableError, match=r"for 2024; it has \{'2020': 31\}"):
        draw(counts, people(period="2020"))
    with pytest.raises(ps.IncomparableError, match="those that have one are"):
        draw(counts.head(2), people().tail(5))
    with pytest.raises(ps.UnknownIndicatorError, match="population"):
        draw(counts, "populaton")


# --- layout -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(counts, lang, width):
    """From the column of a paper to a page, in both languages, with all outside and with none."""
    random = np.random.default_rng(1)
    apart = firms(random.poisson(PEOPLE * 4e-6 * random.uniform(0.3, 2, 31)).astype(float))
    for data in (counts, apart):
        assert_readable(draw(data, lang=lang, width=width))


def test_small_axes():
    """Names without a place are said to be missing."""
    random = np.random.default_rng(1)
    apart = firms(random.poisson(PEOPLE * 4e-5 * random.uniform(0.3, 2, 31)).astype(float))
    ax = Figure((2.2, 2.2)).subplots()
    with pytest.warns(UserWarning, match="lacks the names of|too low"):
        draw(apart, ax=ax)
    assert len(names(ax)) < len(MAINLAND)
