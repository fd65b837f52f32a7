"""Standings: where provinces are against the nation, as far as intervals allow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, frame
from hypothesis import given
from hypothesis import strategies as st

import provstats as ps
from provstats.plot.parts.shipped import load_full_panel, load_latest_groups
from provstats.plot.parts.standings import build_standings


def with_nation(values, nation, **columns):
    """Make provinces and a nation."""
    return frame([*values, nation], regions=[*MAINLAND[: len(values)], "CN"], **columns)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), min_size=2, max_size=12),
    st.tuples(st.integers(0, 20), st.integers(0, 3)),
)
def test_standings_hold_whatever_the_intervals_hold(pairs, nation):
    """Who is better than the nation is so for the ends of every interval."""
    middle, half = np.array([*pairs, nation]).T
    rows = with_nation(middle[:-1], middle[-1]).assign(lower=middle - half, upper=middle + half)
    found = build_standings(rows, load_full_panel)
    low, high = middle[-1] - half[-1], middle[-1] + half[-1]
    for row in found.itertuples():
        expected = "better" if row.lower > high else "worse" if row.upper < low else "similar"
        assert row.standing == expected
        # Intervals that only touch may be equal, and an equal one is not ahead.
        maybe_ahead = (found["upper"] > row.lower).sum() - (row.upper > row.lower)
        maybe_behind = (found["lower"] < row.upper).sum() - (row.upper > row.lower)
        assert row.grade != "best" or maybe_ahead < len(found) / 5
        assert row.grade != "worst" or maybe_behind < len(found) / 5


def test_less_may_be_better():
    """Of energy per output less is better."""
    rows = with_nation([3, 9], 6, indicator="energy_intensity", unit="tce")
    found = build_standings(rows, load_full_panel)
    assert found.set_index("region")["standing"].to_dict() == {"CN-BJ": "better", "CN-TJ": "worse"}


def test_without_a_direction_it_is_above_or_below():
    """Where neither is better nothing is judged."""
    rows = with_nation([3, 9], 6, indicator="own_share", unit="percent")
    assert build_standings(rows, load_full_panel)["standing"].to_list() == ["above", "below"][::-1]


def test_a_sum_is_no_benchmark():
    """The nation's spending is the sum of the provinces': nobody is set against it."""
    found = build_standings("rd_expenditure", load_full_panel)
    assert set(found["standing"]) == {""}
    assert found["national"].isna().all()


def test_standings_are_those_of_the_scorecard():
    """The table `ps.scorecard` and the chart judge alike, whatever the indicator."""
    rows = build_standings(ps.load(), load_full_panel).query("region == 'CN-CQ'")
    card = ps.scorecard("重庆")
    both = rows.merge(card, on=["indicator", "period"], suffixes=("", "_card"))
    judged = both[both["standing_card"].isin(["better", "worse", "similar"])]
    assert len(judged) > 3
    chart = judged["standing"].replace({"": np.nan})
    assert (chart == judged["standing_card"]).all()


def test_full_panel():
    """What all 31 report, and its change over the year, which holds the exact quotient."""
    panel = load_full_panel()
    ids = ["rd_intensity", "rd_intensity_change", "rd_expenditure", "rd_expenditure_growth"]
    assert set(ids) <= set(panel["indicator"])
    assert panel["indicator"].nunique() <= 6
    growth = panel[panel["indicator"] == ids[3]].set_index("region")
    last = int(growth["period"].iloc[0])
    spent = ps.series("rd_expenditure", period=[last - 1, last]).to_wide()
    # Where a work report states the growth, it is that of a first count.
    stated = ps.series("rd_expenditure_growth", period=last).data["region"]
    exact = (100 * (spent[str(last)] / spent[str(last - 1)] - 1)).drop(stated)
    assert len(exact) > 20
    assert growth["lower"].drop(stated).le(exact).all()
    assert growth["upper"].drop(stated).ge(exact).all()


def test_latest_groups():
    """Each indicator once, in its latest period that enough provinces report."""
    found = load_latest_groups(5)
    assert not found.duplicated(["region", "indicator"]).any()
    sizes = found[found["region"].isin(MAINLAND)].groupby("indicator").size()
    assert sizes.min() >= 5
    assert sizes["little_giants"] >= 5


def test_too_many_are_refused_before_anything_is_compared(monkeypatch):
    """Nothing is ranked of what will not be drawn."""
    with monkeypatch.context() as patched:
        patched.setattr("provstats.plot.parts.standings.rank", None)
        with pytest.raises(ps.IncomparableError, match=r"at most 16 columns, got \d{3,} .*some"):
            build_standings(ps.load(), load_full_panel, 16)
    with pytest.raises(ps.SchemaError, match="column"):
        build_standings(pd.DataFrame({"region": ["CN-BJ"]}), load_full_panel, 16)
