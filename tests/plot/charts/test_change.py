"""Changes: pairs of periods, and the change between two intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import assert_readable, frame, named, names, shapes, title, words
from frames import breaks_of
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PathCollection
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.parts.captions import say_sparse_periods
from provstats.plot.parts.pairs import Unused, _choose_compared_rows, pair_periods
from provstats.words.voices import Voice

UP, DOWN = ps.plot.palette["accent"], ps.plot.palette["down"]


def two(old, new, *, width=0.1, **columns):
    """Make a frame of two years."""
    years = [frame(v, width=width, period=p, **columns) for v, p in ((old, "2019"), (new, "2023"))]
    return pd.concat(years, ignore_index=True)


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.change(x, **{"lang": "en", **options})


def both(ax):
    """Return the dots of the first and of the last period."""
    return [c for c in ax.collections if isinstance(c, PathCollection)]


def test_dots_of_both_periods():
    """Sorted by the change, each row has the value of then, a ring, and of now."""
    ax = draw(two([5.0, 6.0, 2.0], [5.5, 5.0, 3.0]))
    assert names(ax) == ["Hebei", "Beijing", "Tianjin"]
    old, new = both(ax)
    assert old.get_offsets().tolist() == [[2, 0], [5, 1], [6, 2]]
    assert new.get_offsets().tolist() == [[3, 0], [5.5, 1], [5, 2]]
    assert all(same_color(face, "white") for face in old.get_facecolors())
    assert not any(same_color(face, "white") for face in new.get_facecolors())


@pytest.mark.parametrize(
    ("sort", "first"), [("change", "Hebei"), ("last", "Beijing"), ("first", "Tianjin")]
)
def test_sorts(sort, first):
    """Rows are sorted by what is asked for, and the subtitle says so."""
    ax = draw(two([5.0, 6.0, 2.0], [5.5, 5.0, 3.0]), sort=sort)
    assert names(ax)[0] == first
    by = {"change": "the change", "last": "2023", "first": "2019"}[sort]
    assert f"sorted by {by}" in named(ax, "subtitle")[0].replace("\n", " · ")


def test_unknown_sort():
    """Other orders are refused."""
    with pytest.raises(ps.SchemaError, match="sort must be one of"):
        draw(two([5.0], [5.5]), sort="size")


def test_wedges_point_to_the_end():
    """Between old and new a wedge is thick where it ends."""
    wedge = shapes(draw(two([5.0, 6.0], [5.5, 5.0])), 2)[0]
    thick = {x: np.ptp(wedge[wedge[:, 0] == x, 1]) for x in (5.0, 5.5)}
    assert thick[5.5] > 3 * thick[5.0]


def test_changes_are_printed_with_their_sign():
    """Rates change by points; up is blue, down is orange."""
    ax = draw(two([5.0, 6.0], [5.5, 5.0]))
    assert {"Change (pp)", "+0.5", "−1.0", "2019", "2023"} <= set(words(ax))
    faces = both(ax)[1].get_facecolors()
    assert same_color(faces[0], UP)
    assert same_color(faces[1], DOWN)


def test_growth_changes_by_points():
    """From a growth of 5% to one of 5.5% it is half a point, not half a percent."""
    ax = draw(two([5.0, 6.0], [5.5, 5.0], indicator="industrial_value_added_growth"))
    assert {"Change (pp)", "+0.5", "−1.0"} <= set(words(ax))


def test_a_sign_in_doubt_is_a_range():
    """Where it may have gone up or down, the range is printed and nothing is counted."""
    ax = draw(two([5.0, 3.0, 2.0], [5.05, 4.0, 1.0], width=0.2))
    assert "−0.2 to +0.3" in words(ax)
    said = "R&D intensity rose in 1 of 3 provinces with data and fell in 1, 2019–2023"
    assert title(ax) == said


@given(
    st.lists(st.tuples(st.integers(10, 30), st.integers(10, 30)), min_size=1, max_size=6),
    st.integers(0, 4),
)
def test_change_holds_every_true_change(pairs, width):
    """Its interval has the difference of any two true values, and its ends are reached."""
    old, new = zip(*pairs, strict=True)
    change = pair_periods(two(old, new, width=width)).change.set_index("region")
    for region, before, now in zip(
        ["CN-BJ", "CN-TJ", "CN-HE", "CN-SX", "CN-NM", "CN-LN"], old, new, strict=False
    ):
        row = change.loc[region]
        assert (row["lower"], row["upper"]) == (now - before - width, now - before + width)


def test_shipped_changes():
    """All 31 changes of four years are the differences of the bulletins."""
    series = ps.series("rd_intensity", period=[2019, 2023], vintage="nbs-rd-bulletin-2023")
    change = pair_periods(series).change.set_index("region")["value"]
    wide = series.to_wide().drop(index="CN")
    assert change.sort_index().round(9).equals((wide["2023"] - wide["2019"]).sort_index().round(9))
    said = "R&D intensity rose in all 31 provinces, most in Anhui and Guangdong, 2019–2023"
    assert title(draw(series)) == said
    assert "Each change is known to ±0.01 pp" in named(draw(series), "source")[0]


def test_amounts_change_by_percent():
    """Levels change by percent, and the fastest is named."""
    data = two([1e11, 2e11, 4e11], [2e11, 3e11, 5e11], indicator="software_revenue", unit="CNY")
    ax = draw(data.assign(lower=data["value"], upper=data["value"]))
    assert {"Change", "+100.0%", "+50.0%", "+25.0%"} <= set(words(ax))
    said = "Software revenue rose in all 3 provinces with data, fastest in Beijing, 2019–2023"
    assert title(ax) == said


# --- breaks -------------------------------------------------------------------------------------


def test_breaks_are_not_crossed():
    """What was measured anew in between is no change, unless the caller wants it."""
    for first, last in ((2018, 2019), (2022, 2023), (2018, 2023)):
        series = ps.series("rd_intensity", period=[first, last])
        with pytest.raises(ps.IncomparableError, match=f"anew between {first} and {last}"):
            draw(series)
    printed = ps.series("rd_intensity", period=[2022, 2023], vintage="first")
    assert len(names(draw(printed))) == 31
    assert len(names(draw(series, across_breaks=True))) == 31
    own = series.data.drop(columns="source")  # the breaks are those of our documents
    assert len(names(draw(own))) == 31


def test_some_that_are_broken_are_left_out():
    """Those that are broken are left out by name, the others stay."""
    anew = breaks_of("rd_intensity", region="CN-TJ", before="2019", after="2023")
    ax = draw(two([5.0, 6.0, 2.0], [5.5, 5.0, 3.0]), breaks=anew)
    assert names(ax) == ["Hebei", "Beijing"]
    assert "Measured anew in between, so left out: Tianjin" in " ".join(words(ax))


# --- periods of an id that are not shown --------------------------------------------------------


def footer(x, lang, **options):
    """Return the notes of a chart in one line, without its sources."""
    said = named(draw(x, lang=lang, **options), "source")[0]
    said = said.replace("\n", " " if lang == "en" else "")
    return said.split("Source:")[0].split("资料来源：")[0].strip()


@pytest.mark.parametrize(
    ("id_", "span", "zh", "en"),
    [
        ("gdp", ["2006", "2024"],
         "2025年未列入：31个省份中仅17个有数据",
         "2025 not shown: data for 17 of 31 provinces"),
        ("technology_contracts", ["2005", "2023"],
         "2000年未列入：31个省份中仅28个有数据",
         "2000 not shown: data for 28 of 31 provinces"),
        ("technology_contract_turnover", ["2005", "2024"],
         "2000年、2021—2025年、2025年未列入：31个省份中有数据的分别为28、1、3个",
         "2000, 2021–2025 and 2025 not shown: data for 28, 1 and 3 of 31 provinces"),
        ("websites", ["2017", "2018"],
         "2016年未列入：其后上海口径或核算有变",
         "2016 not shown: measured anew since in Shanghai"),
        ("natural_gas_output", ["2021", "2024"],
         "2016—2020年未列入：其后北京、内蒙古、陕西口径或核算有变",
         "2016–2020 not shown: measured anew since in Beijing, Inner Mongolia and Shaanxi"),
        ("rd_intensity", ["2023", "2024"],
         "2011—2022年未列入：其后31个省份口径或核算有变；2025年未列入：31个省份中仅4个有数据",
         ("2011–2022 not shown: measured anew since in 31 provinces. "
          "2025 not shown: data for 4 of 31 provinces")),
    ],
)  # fmt: skip
def test_periods_of_an_id_that_are_not_shown_are_told(id_, span, zh, en):
    """What an id leaves out, before a break and for balance, stands in the footer."""
    for lang, said in (("zh", zh), ("en", en)):
        assert footer(id_, lang).replace("； ", "；").endswith(said)
    pairs = pair_periods(id_)
    assert [table["period"].iloc[0] for table in pairs[:2]] == span
    trend = ps.convergence(id_).iloc[0]
    assert trend[["first", "last"]].tolist() == span
    assert " ".join(pairs.unused.sparse) == trend["sparse"]


@pytest.mark.parametrize("id_", ["gdp", "rd_intensity"])
def test_a_series_is_the_callers_own_choice(id_):
    """Of a series every period counts, so that none is told to be left out."""
    chosen = ps.series(id_, period=[2023, 2024, 2025])
    assert pair_periods(chosen).unused == pair_periods(chosen.data).unused == Unused()
    assert pair_periods(chosen).now["period"].unique().tolist() == ["2025"]
    assert "not shown" not in footer(chosen, "en")


def test_many_periods_that_are_not_shown_are_counted():
    """Of more than six the footer says how many there are, and the most that any has."""
    held = {str(year): year - 1990 for year in range(2000, 2007)}
    assert say_sparse_periods(held, Voice("en", ())) == (
        "7 more periods not shown: data for 16 of 31 provinces at most"
    )
    said = say_sparse_periods(held, Voice("zh", ()))
    assert said == "另有7期未列入：31个省份中有数据的最多16个"


def test_a_break_before_the_last_period_leaves_its_provinces_out_by_name():
    """Where one period is left after it, the others are compared over all of them."""
    anew = breaks_of("websites", region="CN-TJ", before="2017", after="2018")
    pairs = pair_periods("websites", anew)
    assert pairs.before["period"].unique().tolist() == ["2016"]
    assert pairs.broken == ["CN-TJ", "CN-SH"]
    assert not any(pairs.unused)


def test_a_break_of_all_that_nobody_bridges_is_told_of_those_before_it():
    """Whoever has old values only was measured anew too, for the break is of all."""
    rows = ps.rank(ps.series("hightech_manufacturing_revenue", period=[2016, 2021, 2022]))
    is_north = rows["region"].isin(["CN-HE", "CN-SX"])
    own = rows[(rows["period"] == "2016") == is_north]
    kept, unused = _choose_compared_rows(own, None, across_breaks=False)
    assert set(kept["period"]) == {"2021", "2022"}
    assert (unused.old, sorted(unused.anew), unused.sparse) == (["2016"], ["CN-HE", "CN-SX"], {})


def test_across_breaks_an_id_reaches_back():
    """Only what unbalances the table is left out then."""
    pairs = pair_periods("rd_intensity", across_breaks=True)
    assert [table["period"].iloc[0] for table in pairs[:2]] == ["2011", "2024"]
    assert footer("rd_intensity", "en", across_breaks=True).endswith(
        "2025 not shown: data for 4 of 31 provinces"
    )


# --- which pairs --------------------------------------------------------------------------------


def test_first_and_last_of_several_periods():
    """Periods between are not drawn."""
    years = [*range(2018, 2024)]
    ax = draw(ps.series("rd_expenditure", regions=["京", "沪"], period=years))
    assert {"2018", "2023"} <= set(words(ax))
    assert "2020" not in words(ax)


def test_only_provinces_with_both_values():
    """Who lacks one is left out, and the number says so."""
    data = two([5.0, 6.0, 2.0], [5.5, 5.0, 3.0]).drop(index=1)
    ax = draw(data)
    assert names(ax) == ["Hebei", "Beijing"]
    assert "2 of 31 provinces" in " ".join(words(ax))


def test_a_single_period_is_compared_with_the_year_before():
    """The level before is that of `yoy`, and its result is drawn alike."""
    both_years = two([5.0, 6.0], [5.5, 5.0]).replace({"period": {"2019": "2022"}})
    result = ps.yoy(both_years).query("period == '2023'")
    assert {"2022", "2023", "+0.5", "−1.0"} <= set(words(draw(result)))


def test_nothing_before():
    """Without a second value there is no change."""
    with pytest.raises(ps.IncomparableError, match="no province has two values"):
        draw(ps.series("industrial_value_added_growth", period="2024-01/2024-11"))


def test_periods_of_two_kinds():
    """A year and eleven months are not compared."""
    months = two([5.0], [5.5]).replace({"period": {"2023": "2023-01/2023-11"}})
    with pytest.raises(ps.IncomparableError, match="of one length, got: 2019, 2023-01/2023-11;"):
        draw(months)


def test_forecasts_are_hollow():
    """The last value may be a forecast: its dot is hollow, and the footer says so."""
    data = two([5.0, 6.0], [5.5, 5.0]).assign(nature=["outcome"] * 2 + ["forecast"] * 2)
    ax = draw(data)
    assert all(same_color(face, "white") for face in both(ax)[1].get_facecolors())
    assert "Hollow: forecast" in named(ax, "source")[0]


@pytest.mark.parametrize("pair", [([6.83, 1.0], [6.73, 1.2]), ([1.0, 0.9], [1.01, 0.2])])
@pytest.mark.parametrize("width", [3.3, 7.2])
def test_names_of_periods_stand_side_by_side(pair, width):
    """The two names above the first row do not touch, wherever its dots are."""
    ax = draw(two(*pair, width=0.0))
    assert set(named(ax, "period")) == {"2019", "2023"}
    assert_readable(draw(two(*pair, width=0.0), lang="zh", highlight="京"))
    assert_readable(ps.plot.change(two(*pair, width=0.0), lang="en", width=width))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(lang, width):
    """From the column of a paper to a page, in both languages."""
    for id_ in ("rd_intensity", "rd_expenditure"):
        series = ps.series(id_, period=[2019, 2023], vintage="nbs-rd-bulletin-2023")
        assert_readable(draw(series, lang=lang, width=width, highlight=["京"]))
