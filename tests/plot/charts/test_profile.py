"""Profiles: each row from the worst to the best, the province with its doubt, the benchmark."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import assert_readable, frame, names
from matplotlib.colors import same_color, to_rgba
from matplotlib.figure import Figure

import provstats as ps

ACCENT, NATION = "#12436D", "#F46A25"


@pytest.fixture
def mixed():
    """Return a growth with a nation, an intensity that is to be low, and one of no direction."""
    growth = frame([8, 5, 6], width=1, indicator="industrial_value_added_growth")
    nation = frame([4], regions=["CN"], width=0.1, indicator="industrial_value_added_growth")
    energy = frame([9, 3], regions=["CN-TJ", "CN-BJ"], indicator="energy_intensity", unit="tce")
    fields = frame([7, 3, 5], indicator="future_industry_fields", unit="count")
    return pd.concat([growth, nation, energy, fields], ignore_index=True)


def draw(region, *x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.profile(region, *x, **{"lang": "en", **options})


def dots(ax, ink):
    """Return the dots of a colour, row by row."""
    return [
        (round(x, 6), row)
        for c in ax.collections
        if len(c.get_offsets()) and hasattr(c, "get_sizes")
        for (x, row), color in zip(
            c.get_offsets(), np.resize(c.get_edgecolor(), (len(c.get_offsets()), 4)), strict=True
        )
        if same_color(color, ink)
    ]


def segments(ax, ink):
    """Return the ends of the lines of a colour."""
    return [
        np.round(segment, 6).tolist()
        for c in ax.collections
        if hasattr(c, "get_segments")
        for segment, color in zip(
            c.get_segments(), np.resize(c.get_colors(), (len(c.get_segments()), 4)), strict=True
        )
        if same_color(color, ink)
    ]


def column(ax, first):
    """Return one column of texts from the first row."""
    at = [text.get_text() for text in ax.texts].index(first)
    return [text.get_text() for text in ax.texts[at : at + len(ax.get_yticks())]]


# --- the marks ----------------------------------------------------------------------------------


def test_rows_run_from_the_worst_to_the_best(mixed):
    """Growth from 3.95 (the nation, which is below all) to 8.5; of energy less is at the right."""
    ax = draw("京", mixed)
    least, most = 4.0, 8.5
    places = [pytest.approx((8 - least) / (most - least)), 1, 1]
    assert [x for x, _ in sorted(dots(ax, ACCENT), key=lambda dot: dot[1])] == places
    assert [x for x, row in dots(draw("津", mixed), ACCENT) if row == 1] == [0]


def test_the_interval_is_drawn(mixed):
    """The bar of the province reaches from 7.5 to 8.5."""
    bar = segments(draw("北京", mixed), to_rgba(ACCENT, 0.3))[0]
    assert bar == [[round(3.5 / 4.5, 6), 0], [1, 0]]


def test_benchmarks_are_marked(mixed):
    """The nation's mark has its colour; a median is grey."""
    ax = draw("北京", mixed)
    assert segments(ax, NATION) == [[[0, -0.3], [0, 0.3]]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "Beijing", "Other provinces", "China", "Median",
    ]  # fmt: skip


def test_values_and_ranks_are_printed(mixed):
    """With units, with the range of ranks, and among how many."""
    ax = draw("北京", mixed)
    assert column(ax, "1 of 3") == ["1 of 3", "1 of 2", "1 of 3"]
    assert column(ax, "8%") == ["8%", "3 tce", "7"]


def test_rows_without_the_province_are_left_out(mixed):
    """Hebei has no figure on energy."""
    found = names(draw("冀", mixed))
    assert len(found) == 2
    assert not any("nergy" in name for name in found)


def test_alone_it_cannot_be_compared():
    """A value that nobody else has is no row; if there is no other, it is refused."""
    with pytest.raises(ps.UnknownRegionError, match="CN-BJ has no value that could be set against"):
        draw("北京", frame([3]))


@pytest.mark.parametrize("name", ["China", "京津冀", "Atlantis", "香港"])
def test_only_provinces_with_values(name):
    """The nation, areas, unknown regions and those without values are refused."""
    with pytest.raises(ps.UnknownRegionError):
        draw(name)


def test_equal_values_stand_in_the_middle():
    """Where all are alike nobody is best or worst."""
    ax = draw("北京", frame([3, 3]))
    assert dots(ax, ACCENT) == [(0.5, 0)]


def test_forecasts_are_hollow():
    """What is no outcome is no filled dot."""
    ax = draw("北京", frame([3, 4], nature="forecast"))
    last = ax.collections[-1]
    assert same_color(last.get_facecolor()[0], ax.get_facecolor())


def test_highlighted_regions_are_rings(mixed):
    """A ring around each value of the region, and its name in the key."""
    ax = draw("北京", mixed, highlight="天津")
    assert [row for _, row in dots(ax, "black")] == [0, 1, 2]
    assert ax.get_legend().get_texts()[1].get_text() == "Tianjin"


# --- the words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "title"),
    [
        ("BJ", "Beijing: better than the benchmark on 2 of 2 measures"),
        (
            "TJ",
            "Tianjin: better than the benchmark on 1 of 2 measures, worse on 1",
        ),
    ],
)
def test_titles_count_what_is_certain(mixed, region, title):
    """Neutral indicators are not counted, nor is what the intervals leave open."""
    assert draw(region, mixed).get_title(loc="left") == title
    both = frame([3, 3.05, 3.1], width=0.2)
    assert draw(region, both).get_title(loc="left") == title.split(":")[0]


def test_neutral_rows_are_starred(mixed):
    """A row in which neither is better says so."""
    ax = draw("北京", mixed)
    assert names(ax)[2].replace("\n", " ") == "Future industry fields*"
    assert "*Neither is better" in ps.plot.alt_text(ax)


def test_chinese_words():
    """All words are Chinese, and each row of another period says which."""
    ax = draw("重庆", lang="zh")
    assert ax.get_title(loc="left").replace("\n", "") == "重庆：6项指标中4项优于基准，2项劣于基准"
    assert names(ax)[0].replace("\n", "").endswith("，2023年")
    assert_readable(ax)


# --- the shipped data and layout ----------------------------------------------------------------


@pytest.mark.parametrize("region", ["甘肃", "广东", "西藏"])
def test_shipped_data_are_readable(region):
    """At least the R&D panel and its changes for every province."""
    ax = draw(region)
    assert len(names(ax)) >= 4
    assert_readable(ax)


def test_words_begin_with_the_names():
    """Title and subtitle stand flush with the longest name."""
    ax = draw("广东")
    ax.figure.canvas.draw()
    start = min(label.get_window_extent().x0 for label in ax.get_yticklabels())
    assert ax._left_title.get_window_extent().x0 == pytest.approx(start, abs=3)


def test_given_axes_are_readable():
    """Only these axes are drawn in."""
    left, right = Figure((13, 8), layout="constrained").subplots(1, 2)
    assert draw("广东", ax=left) is left
    assert not right.texts
    assert_readable(left)


def test_small_axes_name_fewer_rows():
    """Where names would touch, only some stay, and a warning says so."""
    ax = Figure((7, 3)).subplots()
    with pytest.warns(UserWarning, match="^the axes are") as caught:
        draw("广东", ax=ax)
    said = " ".join(str(warning.message) for warning in caught)
    assert "of 9 rows is named" in said
    assert_readable(ax)
