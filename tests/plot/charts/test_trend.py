"""Trends: lines, gaps, ranks, and names at the ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import frame, title, words
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.parts.end_labels import spread
from provstats.plot.parts.timelines import time_of, timeline

ACCENT, NATION = "#12436D", "#F46A25"


def over(*years, width=0.0, periods=("2021", "2022", "2023"), **columns):
    """Make a frame with one list of values a year."""
    frames = [
        frame(v, width=width, period=p, **columns) for v, p in zip(years, periods, strict=True)
    ]
    return pd.concat(frames, ignore_index=True).dropna(subset="value")


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.trend(x, **{"lang": "en", **options})


def lines(ax):
    """Return what is drawn of each line, those of markers alone left out."""
    solid = [line for line in ax.lines if line.get_linestyle() != "None"]
    return [line.get_xydata().tolist() for line in solid]


@pytest.fixture
def intensity():
    """Six years of all provinces and the nation."""
    return ps.series("rd_intensity", period=[*range(2018, 2024)])


def test_a_line_a_region():
    """Each goes through its values at the ends of the years."""
    ax = draw(over([5.0, 1.0], [6.0, 2.0], [7.0, 1.5]))
    assert lines(ax) == [
        [[2021, 5], [2022, 6], [2023, 7]],
        [[2021, 1], [2022, 2], [2023, 1.5]],
    ]


def test_missing_values_are_gaps():
    """A line breaks where its region has no value, and a lone value is a dot."""
    ax = draw(over([5.0, 1.0], [np.nan, 2.0], [7.0, 1.5]))
    assert np.isnan(lines(ax)[0][1][1])
    lone = next(line for line in ax.lines if line.get_linestyle() == "None")
    assert lone.get_xydata().tolist() == [[2021, 5], [2023, 7]]


def test_missing_years_are_gaps():
    """Nobody reports 2022: nothing joins 2021 and 2023, nor are they neighbours on the axis."""
    table = timeline(over([5.0], [6.0], periods=("2021", "2023")), "value")
    assert table.index.tolist() == [2021, 2022, 2023]
    assert table["CN-BJ"].isna().tolist() == [False, True, False]
    months = over([5.0], [6.0], [7.0], periods=("2023-11", "2023-12", "2024-01"))
    assert timeline(months, "value").notna().all(axis=None)
    spans = over([5.0], [6.0], periods=("2023-01/2023-11", "2024-01/2024-11"))
    assert len(timeline(spans, "value")) == 2


def test_shipped_lines_are_the_table(intensity):
    """The lines hold every value of the bulletins."""
    drawn = {tuple(y for _, y in line) for line in lines(draw(intensity))}
    wide = intensity.to_wide()
    assert {tuple(row) for row in wide.to_numpy().tolist()} == drawn


def test_highlighted_lines_are_coloured_and_named(intensity):
    """The others are grey and have no names; the nation is dashed and named."""
    ax = draw(intensity, highlight=["皖", "湘"])
    assert {"Anhui 2.69%", "Hunan 2.57%", "China 2.65%"} <= set(words(ax))
    assert not any("Beijing 6" in text for text in words(ax))
    hues = [line.get_color() for line in ax.lines]
    assert sum(same_color(hue, ACCENT) for hue in hues) == 2  # a line and its dots
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert [same_color(line.get_color(), NATION) for line in dashed] == [True]
    assert dashed[0].get_ydata().tolist() == [2.14, 2.24, 2.41, 2.43, 2.56, 2.65]


def test_nation_beyond_the_provinces_is_not_drawn():
    """A national total would press all provinces to the ground."""
    ax = draw("rd_expenditure", highlight="粤")
    assert not any("China" in text for text in words(ax))


def test_bands_of_highlighted_intervals():
    """The range of a highlighted line is a band, and is said to be one."""
    data = over([5.0, 1.0], [6.0, 2.0], [7.0, 1.5], width=1)
    ax = draw(data, highlight="京")
    (band,) = (c for c in ax.collections if len(c.get_paths()))
    ends = band.get_paths()[0].vertices
    assert (ends[:, 1].min(), ends[:, 1].max()) == (4.5, 7.5)
    assert any("Bands: range of each value" in text for text in words(ax))
    assert not any("Bands" in text for text in words(draw(data)))


@pytest.mark.parametrize(
    ("years", "options", "en", "zh"),
    [
        (([5, 1], [6, 2], [7, 1.5]), {"highlight": "京"}, "Beijing rose from 5.0% to 7.0%",
         "北京由5.0%升至7.0%"),
        (([5, 3], [6, 2], [7, 1.5]), {"highlight": "津"}, "Tianjin fell from 3.0% to 1.5%",
         "天津由3.0%降至1.5%"),
        (([5, 3], [6, 2], [7, 2.8]), {"highlight": "津"},
         "Beijing leads the 2 provinces shown throughout", "所列2个省份中北京始终居首"),
        (([5, 6], [6, 2], [7, 1.5]), {}, "Beijing leads the 2 provinces shown (2023)",
         "2023年所列2个省份中北京居首"),
        (([5, 6], [6, 2], [7, 6.9]), {}, "Ratio of R&D expenditure to GDP",
         "研究与试验发展(R&D)经费投入强度"),
        (([5, 6], [6, 2], [7, 1.5]), {"highlight": "京", "ranks": True},
         "Beijing rose from rank 2 to rank 1", "北京由第2位升至第1位"),
        (([5, 6], [6, 2], [7, 1.5]), {"highlight": "津", "ranks": True},
         "Tianjin fell from rank 1 to rank 2", "天津由第1位降至第2位"),
        (([5, 6], [6], [7, 6.9]), {"highlight": "京", "ranks": True},
         "Ratio of R&D expenditure to GDP, rank", "研究与试验发展(R&D)经费投入强度的位次"),
    ],
)  # fmt: skip
def test_title_claims_what_is_certain(years, options, en, zh):
    """A rise, a fall, a leader throughout or at the end; else the title names the indicator."""
    data = over(*years, width=0.5)
    assert title(draw(data, **options)) == en
    assert title(draw(data, lang="zh", **options)) == zh


def test_ranks_are_lines_from_the_top(intensity):
    """With ranks the first is on top, and each line is that of `rank`."""
    ax = draw(intensity, ranks=True)
    assert ax.yaxis_inverted()
    ranked = ps.rank(intensity)
    wide = ranked.pivot_table(index="region", columns="period", values="rank")
    assert {tuple(y for _, y in line) for line in lines(ax)} == {*map(tuple, wide.to_numpy())}
    assert {f"{name} {rank}" for name, rank in (("Beijing", 1), ("Xizang", 31))} <= set(words(ax))


def test_rules_end_with_the_lines(intensity):
    """No rule runs behind a name."""
    ax = draw(intensity)
    ax.figure.canvas.draw()
    end = ax.transData.transform((2023, 0))[0]
    rules = [line.get_window_extent().x1 for line in ax.get_ygridlines() if line.get_visible()]
    assert max(rules) <= end + 2


def test_all_ranks_are_named(intensity):
    """A chart of ranks of our own has room for all names."""
    said = words(draw(intensity, ranks=True))
    named = [ps.region(code).name_en for code in intensity.regions if code != "CN"]
    assert all(any(text.startswith(f"{name} ") for text in said) for name in named)


def test_forecasts_are_hollow():
    """A forecast beside outcomes is hollow, and the note says so."""
    data = over([5.0, 1.0], [6.0, 2.0], [7.0, 1.5])
    ax = draw(data.assign(nature=np.where(data["period"] == "2023", "forecast", "outcome")))
    (dots,) = (c for c in ax.collections if len(c.get_offsets()) == 2)
    assert dots.get_offsets()[:, 0].tolist() == [2023, 2023]
    assert all(same_color(face, "white") for face in dots.get_facecolors())
    assert any("Hollow: forecast" in text for text in words(ax))
    assert title(ax) == "Ratio of R&D expenditure to GDP"


def test_one_period_is_no_trend():
    """A single period is refused, with what draws it."""
    with pytest.raises(
        ps.IncomparableError, match=r"two periods, got 2023 alone; ps\.plot\.ranking"
    ):
        draw(ps.series("rd_intensity", period=2023))


def test_periods_of_two_kinds():
    """Years and months do not stand side by side."""
    with pytest.raises(ps.IncomparableError, match="of one length"):
        draw("technical_upgrade_investment_growth")


def test_axis_of_months():
    """Months stand at their ends, and as many are named as have room."""
    periods = [f"2023-{month:02d}" for month in range(1, 13)]
    ax = draw(over(*([v, 1.0] for v in range(12)), periods=periods))
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels[-1] == "Dec 2023"
    assert len(labels) < 12
    assert ax.get_xticks()[-1] == 2023
    assert time_of("2023-06") == pytest.approx(2022.5)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12), st.floats(1, 20))
def test_spread(wanted, gap):
    """Names keep their order and their distance, move no more than they must, and stay balanced."""
    wanted.sort()
    moved = spread(wanted, gap)
    steps = np.diff(moved)
    assert (steps >= gap - 1e-9).all()
    assert sum(moved) == pytest.approx(sum(wanted))
    if all(np.diff(wanted) >= gap):
        assert moved == pytest.approx(wanted)
