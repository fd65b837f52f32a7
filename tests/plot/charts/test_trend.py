"""Trends: lines, gaps, breaks, and names at the ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import assert_readable, frame, named, title, words
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.plot.parts.timelines import build_line_pieces, convert_end_to_years

PALETTE = ps.plot.palette
# What was printed before the newest break of the intensity is of one measure.
OLD = "nbs-rd-bulletin-2023"


def over(*years, width=0.0, periods=("2021", "2022", "2023"), **columns):
    """Make a frame with one list of values a year."""
    frames = [
        frame(v, width=width, period=p, **columns) for v, p in zip(years, periods, strict=True)
    ]
    return pd.concat(frames, ignore_index=True).dropna(subset="value")


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.trend(x, **{"lang": "en", **options})


def lines(ax, *depths):
    """Return the lines drawn at some depths: those of others, of highlighted ones, the nation's."""
    depths = depths or (1.5, 2.1)
    found = [c for c in ax.collections if type(c) is LineCollection and c.get_zorder() in depths]
    return [segment.tolist() for collection in found for segment in collection.get_segments()]


@pytest.fixture
def intensity():
    """Four years of all provinces and the nation, between two censuses."""
    return ps.series("rd_intensity", period=[*range(2019, 2023)])


# --- lines --------------------------------------------------------------------------------------


def test_a_line_a_region():
    """Each goes through its values at the ends of the years."""
    ax = draw(over([5.0, 1.0], [6.0, 2.0], [7.0, 1.5]))
    assert lines(ax) == [
        [[2021, 5], [2022, 6], [2023, 7]],
        [[2021, 1], [2022, 2], [2023, 1.5]],
    ]


def test_missing_values_are_gaps():
    """A line breaks where its region has no value, and a lone value is a piece of its own."""
    rows = over([5.0, 1.0], [np.nan, 2.0], [7.0, 1.5], source=OLD)
    pieces = build_line_pieces(rows, "value", SeriesBreaks.from_rows(rows))
    assert pieces["CN-BJ"] == [[(2021, 5)], [(2023, 7)]]
    assert pieces["CN-TJ"] == [[(2021, 1), (2022, 2), (2023, 1.5)]]


def test_what_follows():
    """Years follow years, months months, the same months of years; what is missing parts."""

    def parts(*periods):
        values = [[float(place)] for place, _ in enumerate(periods)]
        rows = over(*values, periods=periods, source=OLD)
        return len(build_line_pieces(rows, "value", SeriesBreaks.from_rows(rows))["CN-BJ"])

    assert parts("2021", "2023") == 2
    assert parts("2023-11", "2023-12", "2024-01") == 1
    assert parts("2023-01/2023-11", "2024-01/2024-11") == 1


def test_shipped_lines_are_the_table(intensity):
    """The lines hold every value of the bulletins."""
    drawn = {tuple(y for _, y in line) for line in lines(draw(intensity), 1.5, 2.1, 2.6)}
    assert {tuple(row) for row in intensity.to_wide().to_numpy().tolist()} == drawn


def test_lines_end_where_the_series_was_measured_anew():
    """No line leads from 2022 to 2023, from 2018 to 2019 the nation's, unless the caller asks."""
    seven = ps.series("rd_intensity", period=[*range(2018, 2025)])
    ax = draw(seven)
    for first in (2019, 2023):
        assert not any(line[0][0] < first <= line[-1][0] for line in lines(ax))
    assert [line[0] for line in lines(ax, 2.6)] == [[2018, 2.14], [2023, 2.58]]
    told = "Lines end after 2018 and 2022, where the series was measured anew"
    assert told in named(ax, "source")[0]
    whole = draw(seven, across_breaks=True)
    assert sum(line[0][0] == 2018 for line in lines(whole)) == 31
    assert "measured anew" not in named(whole, "source")[0]


def test_lines_lead_on_in_what_was_printed_before_the_break():
    """The intensities of 2023 as first printed go on from 2022, those of 2024 do not."""
    rows = ps.load(vintage=None).sort_values("vintage")
    rows = rows[rows["source"].str.startswith("nbs-rd-") & rows["indicator"].eq("rd_intensity")]
    rows = rows[rows["period"].between("2021", "2024")]
    ax = draw(rows.drop_duplicates(["region", "period"]).drop(columns="vintage"))
    assert {(line[0][0], line[-1][0]) for line in lines(ax)} == {(2021, 2023), (2024, 2024)}
    assert "Lines end after 2023, where" in named(ax, "source")[0]


# --- highlights and names -----------------------------------------------------------------------


def test_highlighted_lines_are_coloured_and_named(intensity):
    """The others are grey and named all the same; the nation is dashed and named."""
    ax = draw(intensity, highlight=["皖", "湘"])
    assert {"Anhui", "Hunan", "China", "Beijing", "2.56", "2.41"} <= set(words(ax))
    (own,) = (c for c in ax.collections if c.get_zorder() == 2.1)
    inks = [same_color(own.get_colors()[0], PALETTE["lines"][0]),
            same_color(own.get_colors()[1], PALETTE["lines"][1])]  # fmt: skip
    assert inks == [True, True]
    (nation,) = (c for c in ax.collections if c.get_zorder() == 2.6)
    assert nation.get_linestyles()[0][1] is not None
    assert [y for _, y in lines(ax, 2.6)[0]] == [2.24, 2.41, 2.43, 2.56]


@pytest.mark.parametrize("count", [2, 4, 5, 6])
def test_few_lines_are_all_named(count):
    """Up to six provinces and the nation have names, provinces with colours of their own."""
    codes = ["京", "藏", "皖", "渝", "川", "豫"][:count]
    series = ps.series("rd_intensity", regions=[*codes, "CN"], period=[*range(2019, 2023)])
    ax = draw(series)
    assert set(named(ax, "name")) == {ps.region(code).name_en for code in (*codes, "CN")}
    own = {ps.region(code).name_en for code in codes}
    inks = [t.get_color() for t in ax.texts if t.get_gid() == "name" and t.get_text() in own]
    assert len(set(inks)) == (count if count <= 4 else 1)
    assert not any(same_color(ink, PALETTE["nation_text"]) for ink in inks)
    assert_readable(ax)


def test_all_thirty_one_are_named(intensity):
    """A figure of our own has room for all."""
    assert len(named(draw(intensity), "name")) == 32
    assert len(named(draw(intensity, width=3.3), "name")) == 32


def test_nation_beyond_the_provinces_is_not_drawn():
    """The nation is no line beside its parts."""
    assert "China" not in words(draw("rd_expenditure", highlight="粤"))


def test_bands_of_highlighted_intervals():
    """The range of a highlighted line is a band."""
    data = over([5.0, 2.0], [6.0, 2.0], [7.0, 1.5], width=1)
    ax = draw(data, highlight="京")
    (band,) = (c for c in ax.collections if c.get_zorder() == 1.4)
    ends = band.get_paths()[0].vertices
    assert (ends[:, 1].min(), ends[:, 1].max()) == (4.5, 7.5)


def test_logarithmic_scale(intensity):
    """Where one leads by far the scale is logarithmic, and the subtitle says so."""
    ax = draw(intensity)
    assert ax.get_yscale() == "log"
    assert "logarithmic scale" in named(ax, "subtitle")[0].replace("\n", " ")
    assert {"4", "2", "1", "0.5"} <= set(named(ax, "tick"))
    few = draw(over([5.0, 1.0], [6.0, 2.0], [7.0, 1.5]))
    assert few.get_yscale() == "linear"
    zero = over([5.0, 0.0], [60.0, 2.0], [7.0, 1.5])
    assert draw(zero).get_yscale() == "linear"


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "options", "en", "zh"),
    [
        (([5, 1], [6, 2], [7, 1.5]), {"highlight": "京"},
         "Beijing’s R&D intensity rose from 5.0% to 7.0%, 2021–2023",
         "2021—2023年北京研发强度由5.0%升至7.0%"),
        (([5, 3], [6, 2], [7, 1.5]), {"highlight": "津"},
         "Tianjin’s R&D intensity fell from 3.0% to 1.5%, 2021–2023",
         "2021—2023年天津研发强度由3.0%降至1.5%"),
        (([5, 3], [6, 2], [7, 2.8]), {"highlight": "津"},
         "Beijing had the highest R&D intensity throughout, of 2 provinces with data, 2021–2023",
         "2021—2023年有数据的2个省份中，北京研发强度始终最高"),
        (([5, 6], [6, 2], [7, 1.5]), {},
         "Beijing has the highest R&D intensity, of 2 provinces with data, 2023",
         "2023年有数据的2个省份中，研发强度最高的是北京"),
        (([5, 6], [6, 2], [7, 6.9]), {}, "Ratio of R&D expenditure to GDP",
         "研究与试验发展(R&D)经费投入强度"),
    ],
)  # fmt: skip
def test_title_claims_what_is_certain(years, options, en, zh):
    """A rise, a fall, a leader throughout; else the title names the indicator."""
    data = over(*years, width=0.5)
    assert title(draw(data, **options)) == en
    assert title(draw(data, lang="zh", **options)) == zh


def test_no_rise_across_a_break():
    """What went up across the census is no finding."""
    said = title(draw("rd_intensity", highlight="津"))
    assert "rose" not in said
    assert "fell" not in said


def test_forecasts_are_hollow():
    """A forecast beside outcomes is hollow, and the note says so."""
    data = over([5.0, 1.0], [6.0, 2.0], [7.0, 1.5])
    ax = draw(data.assign(nature=np.where(data["period"] == "2023", "forecast", "outcome")))
    dots = [c for c in ax.collections if isinstance(c, PathCollection) and c.get_zorder() == 3.5]
    assert dots[0].get_offsets()[:, 0].tolist() == [2023, 2023]
    assert all(same_color(face, "white") for face in dots[0].get_facecolors())
    assert "Hollow: forecast" in named(ax, "source")[0]
    assert title(ax) == "Ratio of R&D expenditure to GDP"


def test_one_period_is_no_trend():
    """A single period is refused, with what draws it."""
    with pytest.raises(
        ps.IncomparableError, match=r"two periods, got 2023 alone; ps\.plot\.ranking"
    ):
        draw(ps.series("rd_intensity", period=2023))


def test_periods_of_two_kinds():
    """Years and months do not stand side by side."""
    both = over([5.0], [6.0], periods=("2023", "2024-01/2024-11"))
    with pytest.raises(ps.IncomparableError, match="of one length"):
        draw(both)


def test_axis_of_months():
    """Months stand at their ends, and as many are named as have room, both ends always."""
    periods = [f"2023-{month:02d}" for month in range(1, 13)]
    ax = draw(over(*([v, 1.0] for v in range(12)), periods=periods))
    ticks = named(ax, "tick")
    assert {"Jan 2023", "Dec 2023"} <= set(ticks)
    assert sum("2023" in tick for tick in ticks) < 12
    assert convert_end_to_years("2023-06") == pytest.approx(2022.5)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(lang, width):
    """From the column of a paper to a page, in both languages."""
    for id_ in ("rd_intensity", "rd_expenditure"):
        assert_readable(draw(id_, lang=lang, width=width, highlight=["京", "藏"]))
