"""Changes: pairs of periods, and the change between two intervals."""

from __future__ import annotations

import pandas as pd
import pytest
from drawings import frame, names, title, words
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.charts.change import paired

UP, DOWN = "#12436D", "#F46A25"


def two(old, new, *, width=0.1, **columns):
    """Make a frame of two years."""
    years = [frame(v, width=width, period=p, **columns) for v, p in ((old, "2018"), (new, "2023"))]
    return pd.concat(years, ignore_index=True)


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.change(x, **{"lang": "en", **options})


def dots(ax):
    """Return the dots of the first and of the last period."""
    n = len(ax.get_yticks())
    return [c for c in ax.collections if len(c.get_offsets()) == n]


def test_dots_of_both_periods():
    """Sorted by the last value, each row has the value of then and of now."""
    ax = draw(two([5.0, 6.0, 2.0], [5.5, 5.0, 3.0]))
    assert names(ax) == ["Beijing", "Tianjin", "Hebei"]
    old, new = dots(ax)
    assert old.get_offsets().tolist() == [[5, 0], [6, 1], [2, 2]]
    assert new.get_offsets().tolist() == [[5.5, 0], [5, 1], [3, 2]]


def test_changes_are_printed_with_their_sign():
    """Rates change by points; up is blue, down is orange."""
    ax = draw(two([5.0, 6.0], [5.5, 5.0]))
    assert {"Change (pp)", "+0.5", "−1.0", "2018", "2023"} <= set(words(ax))
    edges = dots(ax)[1].get_edgecolors()
    assert same_color(edges[0], UP)
    assert same_color(edges[1], DOWN)


def test_growth_changes_by_points():
    """From a growth of 5% to one of 5.5% it is half a point, not half a percent."""
    ax = draw(two([5.0, 6.0], [5.5, 5.0], indicator="industrial_value_added_growth"))
    assert {"Change (pp)", "+0.5", "−1.0"} <= set(words(ax))


def test_a_sign_in_doubt_is_a_range():
    """Where it may have gone up or down, the range is printed and nothing is counted."""
    ax = draw(two([5.0, 3.0, 2.0], [5.05, 4.0, 1.0], width=0.2))
    assert "−0.2 to +0.3" in words(ax)
    assert title(ax) == "Up in 1 of the 3 provinces shown, down in 1, too close to call in 1"


@given(
    st.lists(st.tuples(st.integers(10, 30), st.integers(10, 30)), min_size=1, max_size=6),
    st.integers(0, 4),
)
def test_change_holds_every_true_change(pairs, width):
    """Its interval has the difference of any two true values, and its ends are reached."""
    old, new = zip(*pairs, strict=True)
    change = paired(two(old, new, width=width)).change.set_index("region")
    for region, before, now in zip(
        ["CN-BJ", "CN-TJ", "CN-HE", "CN-SX", "CN-NM", "CN-LN"], old, new, strict=False
    ):
        row = change.loc[region]
        assert (row["lower"], row["upper"]) == (now - before - width, now - before + width)


def test_shipped_changes():
    """All 31 changes of five years are the differences of the bulletins."""
    series = ps.series("rd_intensity", period=[2018, 2023])
    change = paired(series).change.set_index("region")["value"]
    wide = series.to_wide().drop(index="CN")
    assert change.sort_index().round(9).equals((wide["2023"] - wide["2018"]).sort_index().round(9))
    assert title(draw(series)) == "Up in all 31 provinces, most in Tianjin"


def test_amounts_change_by_percent():
    """Levels change by percent, and the fastest is named."""
    data = two([1e11, 2e11, 4e11], [2e11, 3e11, 5e11], indicator="software_revenue", unit="CNY")
    ax = draw(data.assign(lower=data["value"], upper=data["value"]))
    assert {"Change (%)", "+100.0", "+50.0", "+25.0"} <= set(words(ax))
    assert title(ax) == "Up in all 3 provinces shown, fastest in Beijing"


def test_first_and_last_of_several_periods():
    """Periods between are not drawn."""
    ax = draw(ps.series("rd_intensity", regions=["京", "沪"]))
    assert {"2018", "2023"} <= set(words(ax))
    assert "2020" not in words(ax)


def test_only_provinces_with_both_values():
    """Who lacks one is left out, and the number says so."""
    data = two([5.0, 6.0, 2.0], [5.5, 5.0, 3.0]).drop(index=1)
    ax = draw(data)
    assert names(ax) == ["Beijing", "Hebei"]
    assert "2 of 31 provinces" in " ".join(words(ax))


def test_a_single_period_is_compared_with_the_year_before():
    """The level before is that of `yoy`, and its result is drawn alike."""
    ax = draw("base_stations_5g")
    assert dots(ax)[0].get_offsets().tolist() == [[202000, 0], [58000, 1]]
    assert {"2023", "2024", "+20", "+31"} <= set(words(ax))
    assert words(draw(ps.yoy("base_stations_5g"))) == words(ax)


def test_nothing_before():
    """Without a second value there is no change."""
    with pytest.raises(ps.IncomparableError, match="no province has two values"):
        draw(ps.series("industrial_value_added_growth", period="2024-01/2024-11"))


def test_periods_of_two_kinds():
    """A year and eleven months are not compared."""
    with pytest.raises(ps.IncomparableError, match="of one length, got: 2024-01/2024-11, 2024;"):
        draw("technical_upgrade_investment_growth")


def test_forecasts_are_hollow():
    """The last value may be a forecast: its dot is hollow, the one before is not."""
    data = two([5.0, 6.0], [5.5, 5.0]).assign(nature=["outcome"] * 2 + ["forecast"] * 2)
    old, new = dots(draw(data))
    assert not any(same_color(face, "white") for face in old.get_facecolors())
    assert all(same_color(face, "white") for face in new.get_facecolors())


@pytest.mark.parametrize("pair", [([6.83, 1.0], [6.73, 1.2]), ([1.0, 0.9], [1.01, 0.2])])
def test_names_of_periods_stand_side_by_side(pair):
    """The two names above the first row do not touch, wherever its dots are."""
    ax = draw(two(*pair, width=0.0))
    ax.figure.canvas.draw()
    old, new = (t.get_window_extent() for t in ax.texts if t.get_text() in ("2018", "2023"))
    assert not old.overlaps(new)
