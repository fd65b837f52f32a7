"""Scorecards: cells say what the intervals allow against the benchmark, and no more."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, frame, names
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import same_color
from matplotlib.figure import Figure

import provstats as ps
from provstats.plot.parts.cells import STANDINGS
from provstats.plot.parts.standings import full_panel, latest_groups, standings


@pytest.fixture
def ragged():
    """Two indicators, each of which lacks a province of the other."""
    growth = frame([8, 5, 6], width=1, indicator="industrial_value_added_growth")
    nation = frame([5.2], regions=["CN"], width=0.1, indicator="industrial_value_added_growth")
    energy = frame([3, 9], regions=["CN-TJ", "CN-SX"], indicator="energy_intensity", unit="tce")
    return pd.concat([growth, nation, energy], ignore_index=True)


def draw(*x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.scorecard(*x, **{"lang": "en", **options})


def grades(ax, column):
    """Return the grades of one column by row, and None where there is no cell."""
    cells = ax.collections[column]
    middles = [tuple(np.mean(path.vertices[:4], axis=0).round(6)) for path in cells.get_paths()]
    found = {
        row: next(grade for grade, ink in STANDINGS.items() if same_color(ink, color))
        for (at, row), color in zip(middles, cells.get_facecolor(), strict=True)
        if at == column
    }
    return [found.get(row) for row in range(len(ax.get_yticks()))]


def values(ax, column):
    """Return what stands in the cells of one column, by row."""
    found = [text for text in ax.texts if text.xycoords == "data" and text.xy[0] == column]
    return [text.get_text() for text in sorted(found, key=lambda text: text.xy[1])]


def heads(ax):
    """Return the heads of the columns, each on one line."""
    top = (t for t in ax.texts if t.xycoords != "data" and t.xy[1] == 1 and t.get_ha() == "center")
    return [text.get_text().replace("\n", " ") for text in top]


# --- standings ----------------------------------------------------------------------------------


def test_cells_are_coloured_against_the_nation(ragged):
    """7.5 to 8.5 is better than 5.2, 5.5 to 6.5 too; 4.5 to 5.5 may be either."""
    ax = draw(ragged)
    assert names(ax) == ["Beijing", "Hebei", "Tianjin", "Shanxi"]
    assert grades(ax, 0) == ["better", "better", "similar", None]
    assert values(ax, 0) == ["8", "6", "5", "—"]


def test_less_may_be_better(ragged):
    """Of energy per output less is better; of two the median is 6."""
    assert grades(draw(ragged), 1) == [None, None, "better", "worse"]


def test_first_and_last_fifth_are_strong():
    """Of ten the two ahead of all others and the two behind, where that is certain."""
    exact = grades(draw(frame(range(10, 0, -1))), 0)
    assert exact == [*["best"] * 2, *["better"] * 3, *["worse"] * 3, *["worst"] * 2]
    wide = grades(draw(frame(range(10, 0, -1), width=1.2)), 0)
    assert wide[:2] == ["best", "better"]
    assert wide[4:6] == ["similar", "similar"]


@pytest.mark.parametrize("id_", ["future_industry_fields", "robots per head"])
def test_without_a_direction_cells_are_grey(id_):
    """Where neither is better, or the catalogue does not know, nothing is judged."""
    ax = draw(frame([3, 2], indicator=id_, unit="count"))
    assert grades(ax, 0) == ["neutral", "neutral"]
    assert "Median" not in heads(ax)[0]
    assert "coloured" not in ps.plot.alt_text(ax)


def test_a_total_is_no_benchmark():
    """The nation's spending is the sum of that of provinces: each is set against the median."""
    found = standings("rd_expenditure", full_panel).query("period == '2023'")
    assert set(found["benchmark_basis"]) == {"median"}
    assert found["benchmark"].iloc[0] == found["value"].median()
    assert (found["standing"] == "similar").sum() == 1


def test_a_rate_outside_the_values_is_one():
    """All five are above the implied national 5.8%, which is a benchmark all the same."""
    growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    found = standings(growth, full_panel)
    assert set(found["benchmark_basis"]) == {"implied"}
    assert set(found["standing"]) == {"better"}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), min_size=2, max_size=12))
def test_standings_hold_whatever_the_intervals_hold(pairs):
    """Who is better than the median is so for the ends of every interval."""
    middle, half = np.array(pairs).T
    rows = frame(middle).assign(lower=middle - half, upper=middle + half)
    found = standings(rows, full_panel)
    lows, highs = np.median(found["lower"]), np.median(found["upper"])
    assert (found["benchmark_lower"] == lows).all()
    assert (found["benchmark_upper"] == highs).all()
    for row in found.itertuples():
        assert row.standing == (
            "better" if row.lower > highs else "worse" if row.upper < lows else "similar"
        )
        ahead, behind = (found["lower"] > row.upper).sum(), (found["upper"] < row.lower).sum()
        possible = len(found) - behind - 1
        assert row.grade != "best" or possible < len(found) / 5
        assert row.grade != "worst" or len(found) - ahead - 1 < len(found) / 5


# --- the shipped data ---------------------------------------------------------------------------


def test_full_panel():
    """What all 31 report, of 2023, and its change since 2022, which holds the exact quotient."""
    panel = full_panel()
    ids = ["rd_intensity", "rd_intensity_change", "rd_expenditure", "rd_expenditure_growth"]
    assert list(panel["indicator"].unique()) == ids
    assert panel.groupby("indicator").size().to_list() == [32] * 4
    assert set(panel["period"]) == {"2023"}
    spent = ps.series("rd_expenditure", period=["2022", "2023"]).to_wide()
    growth = panel[panel["indicator"] == ids[3]].set_index("region")
    exact = (100 * (spent["2023"] / spent["2022"] - 1)).drop("CN")
    assert growth["lower"].drop("CN").le(exact).all()
    assert growth["upper"].drop("CN").ge(exact).all()
    assert growth.loc["CN-XJ", "value"] == 26.9


def test_latest_groups():
    """Each indicator once, in its latest period that enough provinces report."""
    found = latest_groups(5)
    assert not found.duplicated(["region", "indicator"]).any()
    sizes = found[found["region"].isin(MAINLAND)].groupby("indicator").size()
    assert sizes.min() >= 5
    assert sizes["little_giants"] == 5


def test_without_data_the_panel_is_shown():
    """Thirty-one rows by intensity, four columns; blue are seven, as the bulletin counts."""
    ax = draw()
    assert len(names(ax)) == 31
    assert names(ax)[:2] == ["Beijing", "Shanghai"]
    assert heads(ax)[0] == "Ratio of R&D expenditure to GDP (%) China 2.65"
    assert heads(ax)[2] == "R&D expenditure (CNY bn) Median 67.64"
    assert sum(grade in ("best", "better") for grade in grades(ax, 0)) == 7
    assert ax.get_title(loc="left") == "Better on all 4 measures:\nJiangsu, Anhui and Guangdong"
    assert "Change of R&D intensity (pp): 13 better, 7 similar, 11 worse" in ps.plot.alt_text(ax)
    assert_readable(ax)


def test_chinese_words():
    """All words are Chinese."""
    ax = draw(lang="zh", highlight="沪")
    assert ax.get_title(loc="left") == "江苏、安徽、广东4项指标均优于基准"
    assert heads(ax)[0].replace(" ", "").endswith("全国2.65")
    assert [t.get_text() for t in ax.get_legend().get_texts()][2] == "相近"
    assert_readable(ax)


# --- columns and words --------------------------------------------------------------------------


def test_columns_of_one_indicator_are_its_periods():
    """The name is the title, the heads are years."""
    ax = draw("rd_intensity")
    assert ax.get_title(loc="left") == "Ratio of R&D expenditure to GDP"
    assert [head.split()[0] for head in heads(ax)] == [
        "2018",
        "2019",
        "2020",
        "2021",
        "2022",
        "2023",
    ]
    assert_readable(ax)


def test_columns_of_two_periods_say_which(ragged):
    """Where periods differ each column has its own."""
    both = pd.concat([ragged, frame([5, 6], period="2023")])
    assert [" 2023 " in head for head in heads(draw(both))] == [False, False, True]


def test_titles_name_whom_no_interval_denies(ragged):
    """Nobody has both, so the title counts; it never says that nobody is better."""
    assert draw(ragged).get_title(loc="left") == "4 provinces on 2 measures"
    more = frame([1, 5], regions=["CN-BJ", "CN-TJ"], indicator="energy_intensity", unit="tce")
    both = pd.concat([ragged[ragged["indicator"] != "energy_intensity"], more])
    assert draw(both).get_title(loc="left") == "Better on all 2 measures: Beijing"


def test_highlight_is_framed(ragged):
    """A highlighted row has a frame across its columns."""
    frames = draw(ragged, highlight="河北").collections[-1]
    (path,) = frames.get_paths()
    assert path.get_extents().extents.tolist() == [-0.5, 0.5, 1.5, 1.5]


def test_too_many_columns():
    """A table that no page holds is refused, with what to do."""
    with pytest.raises(ps.IncomparableError, match=r"at most 16 columns, got \d{3} .*choose some"):
        draw(ps.load())


# --- layout -------------------------------------------------------------------------------------


def test_narrow_axes_lose_heads_and_rows_that_cannot_be_read():
    """In a column of a paper what is left out is said, and the rest can be read."""
    ax = Figure((3.5, 7)).subplots()
    with pytest.warns(UserWarning, match=r"lacks the heads|only every 2th") as caught:
        draw(ax=ax)
    assert len(caught) == 2
    assert {warning.filename for warning in caught} == {__file__}
    assert_readable(ax)


def test_tiny_axes_show_colours_alone():
    """Where there is no room for words there are none."""
    ax = Figure((2, 2)).subplots()
    with pytest.warns(UserWarning, match="^the axes are") as caught:
        draw(ax=ax)
    said = " ".join(str(warning.message) for warning in caught)
    assert "lacks its values and the heads of its columns and the key to its colours" in said
    assert not [text for text in ax.texts if text.xycoords == "data"]
    assert ax.get_legend() is None


def test_parts_of_a_figure_are_readable():
    """Only the axes given are drawn in."""
    left, right = Figure((11, 9), layout="constrained").subplots(1, 2)
    assert draw(ax=left) is left
    assert not right.texts
    assert_readable(left)
