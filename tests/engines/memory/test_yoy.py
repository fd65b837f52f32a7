"""Changes: breaks, index numbers, titles that lapse, bases and their intervals, and the reasons."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import frame_of

import provstats as ps

ENDS = ["yoy", "yoy_lower", "yoy_upper"]
PREVIOUS = ["previous", "previous_lower", "previous_upper"]


def two_years(before, now, id_="jobs", unit="", **more):
    """Return the values of 2023 and 2024 of Beijing."""
    return frame_of(("CN-BJ", id_, "2023", before), ("CN-BJ", id_, "2024", now)).assign(
        unit=unit, **more
    )


def last(frame, **options):
    """Return the change of the last row."""
    return ps.yoy(frame, **options).iloc[-1]


# --- breaks ---------------------------------------------------------------------------------------

ANEW = pd.DataFrame({"indicator": ["jobs"], "region": ["*"], "before": ["2023"], "after": ["2024"]})


def test_no_change_reaches_across_a_known_break():
    """Tianjin's intensity of 2018 rests on a product that the census revised: it did not rise."""
    changes = ps.yoy("rd_intensity").set_index(["region", "period"])
    tianjin = changes.loc[("CN-TJ", "2019")]
    assert pd.isna(tianjin["yoy"])
    assert tianjin["reason"] == "break"
    assert not tianjin["conflict"]
    across = ps.yoy("rd_intensity", across_breaks=True).set_index(["region", "period"])
    assert across.loc[("CN-TJ", "2019"), "yoy"] == pytest.approx(0.66)
    assert changes.loc[("CN-TJ", "2020"), "method"] == "levels"


def test_known_breaks_hold_for_shipped_rows_in_a_frame():
    """A frame of the data knows them; a caller's own rows may be measured in one way."""
    rows = ps.load().query("indicator == 'rd_intensity' and region == 'CN-TJ'")
    rows = rows[rows["period"].isin(["2018", "2019"])]
    assert last(rows)["reason"] == "break"
    assert last(rows.drop(columns="source"))["method"] == "levels"
    assert last(rows.assign(source="yearbook"))["method"] == "levels"


@pytest.mark.parametrize(
    ("vintage", "reasons"),
    [
        ("latest", {"2019": "break", "2022": "", "2023": "break", "2024": ""}),
        ("first", {"2019": "break", "2022": "", "2023": "", "2024": "break"}),
        ("nbs-rd-bulletin-2023", {"2019": "break", "2022": "", "2023": ""}),
        ("nbs-rd-bulletin-2018", {"2018": "no_base"}),
    ],
)
def test_a_value_printed_before_a_break_is_of_the_old_measure(vintage, reasons):
    """A break parts what the bulletins of 2019 and 2024 revised, not what was printed before."""
    changes = ps.yoy(ps.series("rd_intensity", vintage=vintage)).query("region == 'CN-TJ'")
    told = changes.set_index("period")["reason"]
    assert told[list(reasons)].to_dict() == reasons
    data = ps.load(vintage=vintage).query("indicator == 'rd_intensity' and region == 'CN-TJ'")
    assert ps.yoy(data).set_index("period")["reason"][list(reasons)].to_dict() == reasons


@pytest.mark.parametrize(
    ("documents", "reason"),
    [
        ((2023, 2023), ""), ((2023, 2024), "break"), ((2024, 2024), ""), ((2024, 2023), "break"),
        ((2024, None), ""),
    ],
)  # fmt: skip
def test_documents_tell_the_measure(documents, reason):
    """Of two values after a break both are of the new measure, or both printed before it."""
    sources = ["yearbook" if year is None else f"nbs-rd-bulletin-{year}" for year in documents]
    frame = two_years(2.5, 2.7, "rd_intensity", "percent", source=sources)
    assert last(frame)["reason"] == reason
    own = frame.assign(source="mine")
    anew = pd.DataFrame({"indicator": ["rd_intensity"], "region": ["*"], "before": ["2022"],
                         "after": ["2023"], "source": ["nbs-rd-bulletin-2024"]})  # fmt: skip
    assert last(own, breaks=anew)["reason"] == ""


def test_breaks_consider_the_document_where_vintages_are_mixed():
    """What was printed before the census was told of is measured the old way, of any period."""
    rows = ps.load(vintage="first")
    rows = rows[(rows["indicator"] == "rd_intensity") & (rows["region"] == "CN")]
    first = ps.yoy(rows).set_index("period")["reason"]
    assert first[["2018", "2019", "2020"]].tolist() == ["", "break", ""]
    latest = ps.yoy("rd_intensity").query("region == 'CN'").set_index("period")["reason"]
    assert latest[["2019", "2020"]].tolist() == ["", ""]


@pytest.mark.parametrize("kind", [lambda f: f, pl.from_pandas, pa.Table.from_pandas])
def test_breaks_of_the_caller(kind):
    """Levels on two sides of a break are not compared, unless the caller says so."""
    frame = two_years(100.0, 70.0)
    assert last(frame)["yoy"] == pytest.approx(-30.0)
    found = last(frame, breaks=kind(ANEW))
    assert (found["reason"], pd.isna(found["yoy"]), pd.isna(found["previous"])) == (
        "break", True, True,
    )  # fmt: skip
    assert last(frame, breaks=kind(ANEW), across_breaks=True)["yoy"] == pytest.approx(-30.0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, "break"), ({"region": "CN-BJ"}, "break"), ({"region": "CN-SH"}, ""),
        ({"indicator": "other"}, ""), ({"before": "2023-12", "after": "2024-01"}, "break"),
        ({"before": "2022", "after": "2023"}, ""), ({"before": "2024", "after": "2025"}, ""),
        ({"before": "2023-Q4", "after": "2024-Q1"}, "break"),
        ({"before": "2024-06", "after": "2024-07"}, "break"),
        ({"before": "2023-06", "after": "2023-07"}, ""),
    ],
)  # fmt: skip
def test_which_changes_a_break_parts(change, reason):
    """Those whose base ends by the last old period and that end within the new ones."""
    assert last(two_years(100.0, 70.0), breaks=ANEW.assign(**change))["reason"] == reason


def test_a_break_between_years_parts_their_months():
    """A month of the first new year is measured anew."""
    months = two_years(100.0, 70.0).assign(period=["2023-03", "2024-03"])
    assert last(months, breaks=ANEW)["reason"] == "break"


def test_what_is_reported_across_a_break_stays_true():
    """Growth that a document states, and what was added since, are no comparison of two levels."""
    frame = two_years(100.0, 70.0)
    growth = frame_of(("CN-BJ", "jobs_growth", "2024", 4.0)).assign(unit="percent")
    found = ps.yoy(pd.concat([frame, growth]), breaks=ANEW).iloc[1]
    assert (found["yoy"], found["method"], found["conflict"]) == (4.0, "reported", False)
    assert found["previous"] == pytest.approx(70 / 1.04)
    added = frame_of(("CN-BJ", "jobs_new", "2024", 20.0)).assign(unit="")
    found = ps.yoy(pd.concat([frame, added]), breaks=ANEW).iloc[1]
    assert (found["yoy"], found["method"]) == (pytest.approx(40.0), "level_minus_new")


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (7, "breaks must be a frame"), (ANEW.drop(columns="after"), "'after'"),
        (ANEW.assign(region="Beijing"), "'region' of breaks"), (ANEW.assign(before="soon"), "soon"),
        (ANEW.assign(before="2025"), "must end before"), (ANEW.assign(indicator=7), "'indicator'"),
    ],
)  # fmt: skip
def test_breaks_that_do_not_hold(breaks, words):
    """What is no break is refused."""
    with pytest.raises(ps.ProvstatsError, match=words):
        ps.yoy(two_years(1.0, 2.0), breaks=breaks)


def test_no_breaks_are_fine():
    """An empty frame of breaks parts nothing."""
    assert last(two_years(1.0, 2.0), breaks=ANEW.iloc[:0])["yoy"] == 100.0


# --- index numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit", ["上年=100", "上年同月=100", "上年同期＝100", "previous year = 100", "(上年=100)",
             "same month of the previous year=100"],
)  # fmt: skip
def test_an_index_of_the_year_before_is_the_growth(unit):
    """105.2 is a growth of 5.2 percent, whatever it was a year before."""
    frame = two_years(101.5, 105.2, "cpi_food", unit)
    frame = frame.assign(lower=frame["value"] - 0.05, upper=frame["value"] + 0.05)
    found = last(frame)
    assert found[ENDS].tolist() == pytest.approx([5.2, 5.15, 5.25])
    assert found[["method", "months", "yoy_unit", "reason"]].tolist() == [
        "index", 12, "percent", "",
    ]  # fmt: skip
    assert found[PREVIOUS].isna().all()


def test_a_reported_growth_beside_an_index_must_agree():
    """Growth of 5.2% agrees with an index of 105.2, growth of 3.6% does not."""
    frame = frame_of(("CN-BJ", "food", "2024", 105.2), ("CN-BJ", "food_growth", "2024", 5.2))
    frame = frame.assign(unit=["上年=100", "percent"])
    assert ps.yoy(frame)[["method", "conflict"]].to_numpy().tolist()[0] == ["reported", False]
    other = frame.assign(value=[105.2, 3.6])
    assert ps.yoy(other)["conflict"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("id_", "unit", "yoy", "yoy_unit", "reason"),
    [
        ("food", "index", None, "percent", "unit"), ("food", "指数", None, "percent", "unit"),
        ("food", "上月=100", None, "percent", "unit"),
        ("food", "2020=100", 25.0, "percent", ""),
        ("manufacturing_pmi", "index", 10.0, "point", ""), ("pmi", "", 10.0, "point", ""),
        ("pmi", "diffusion index", 10.0, "point", ""), ("orders", "扩散指数", 10.0, "point", ""),
        ("PMI", "percent", 10.0, "percentage_point", ""), ("food", "", 25.0, "percent", ""),
    ],
)  # fmt: skip
def test_which_index_changes_how(id_, unit, yoy, yoy_unit, reason):
    """A fixed base has a quotient, a balance of opinions a difference, a bare index nothing."""
    found = last(two_years(40.0, 50.0, id_, unit))
    assert (found["yoy_unit"], found["reason"]) == (yoy_unit, reason)
    assert pd.isna(found["yoy"]) if yoy is None else found["yoy"] == yoy


def test_an_index_is_no_rate():
    """An index of a fixed base changes by a quotient, as an amount does."""
    assert last(two_years(100.0, 110.0, unit="2015=100"))["yoy"] == pytest.approx(10.0)


# --- titles that lapse ----------------------------------------------------------------------------


def test_of_titles_that_lapse_the_additions_are_a_bound():
    """Of 120 little giants 40 are new: a year before there were 80 or more, so 50% is the most."""
    frame = frame_of(
        ("CN-BJ", "little_giants", "2024", 120.0), ("CN-BJ", "little_giants_new", "2024", 40.0)
    )
    found = ps.yoy(frame).iloc[0]
    assert found["reason"] == "lapses"
    assert found[["yoy", "yoy_lower", "method", "previous"]].isna().all()
    assert found["yoy_upper"] == pytest.approx(50.0)


def test_levels_and_growth_of_titles_are_compared():
    """Two levels of titles, and a growth that is stated, are changes."""
    frame = pd.concat([
        two_years(100.0, 120.0, "little_giants"),
        frame_of(("CN-BJ", "little_giants_new", "2024", 40.0)).assign(unit=""),
    ])  # fmt: skip
    found = ps.yoy(frame).iloc[1]
    assert (found["yoy"], found["method"], found["reason"]) == (pytest.approx(20.0), "levels", "")
    assert found["yoy_upper"] == pytest.approx(20.0)


def test_additions_to_a_stock_have_the_tight_interval():
    """The level at the end is one number: 24.2 and 4 ten thousand allow 16.9 to 22.9 percent."""
    found = ps.yoy("base_stations_5g").set_index("region").loc["CN-SD"]
    assert found[ENDS].tolist() == pytest.approx([19.8, 16.9, 22.9], abs=0.05)
    level, new = (24.15, 24.25), (3.5, 4.5)
    assert found["yoy_lower"] == pytest.approx(100 * new[0] / (level[1] - new[0]))
    assert found["yoy_upper"] == pytest.approx(100 * new[1] / (level[0] - new[1]))


# --- the level before -----------------------------------------------------------------------------


def test_the_level_before_has_an_interval():
    """It is the reported one, else the level less what was added, else what growth implies."""
    levels = frame_of(
        ("CN-BJ", "jobs", "2023", 100.0, 90.0, 110.0),
        ("CN-BJ", "jobs", "2024", 120.0, 115.0, 125.0),
    )  # fmt: skip
    assert last(levels)[PREVIOUS].tolist() == [100.0, 90.0, 110.0]
    added = pd.concat([levels.iloc[1:], frame_of(("CN-BJ", "jobs_new", "2024", 20.0, 19.0, 21.0))])
    assert ps.yoy(added).iloc[0][PREVIOUS].tolist() == [100.0, 94.0, 106.0]
    grown = pd.concat([
        levels.iloc[1:], frame_of(("CN-BJ", "jobs_growth", "2024", 20.0, 15.0, 25.0)),
    ])  # fmt: skip
    assert ps.yoy(grown).iloc[0][PREVIOUS].tolist() == pytest.approx(
        [100.0, 115 / 1.25, 125 / 1.15]
    )


def test_growth_that_may_have_lost_all_has_no_upper_base():
    """A fall whose lower end is exactly all may have come from any height."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 5.0, 5.0, 5.0),
        ("CN-BJ", "jobs_growth", "2024", -95.0, -100.0, -90.0),
    )  # fmt: skip
    found = ps.yoy(frame).iloc[0]
    assert found[PREVIOUS].tolist() == pytest.approx([100.0, 50.0, float("inf")])
    implied = ps.reconcile(frame).iloc[0]
    assert implied[["implied_base", "implied_base_lower"]].isna().all()


def test_where_all_was_lost_there_is_no_base():
    """From growth of -100% no level before follows."""
    frame = frame_of(("CN-BJ", "jobs", "2024", 0.0), ("CN-BJ", "jobs_growth", "2024", -100.0))
    found = ps.yoy(frame).iloc[0]
    assert (found["yoy"], found["method"]) == (-100.0, "reported")
    assert found[PREVIOUS].isna().all()


def test_where_no_method_applies_nothing_is_told():
    """A value that is missing has no change and no level before."""
    found = last(two_years(2.0, None))
    assert found["reason"] == "missing"
    assert found[[*PREVIOUS, *ENDS, "method", "months"]].isna().all()


# --- spans and ids --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "months"),
    [("2023-12/2024-12", 13), ("2023-01/2024-06", 18), ("2023/2024", 24), ("2024", 12),
     ("2024-11", 12)],
)  # fmt: skip
def test_reported_growth_covers_its_span(period, months):
    """A month and a year cover a year, longer spans what they say."""
    frame = frame_of(("CN-BJ", "jobs_growth", period, 4.0))
    assert ps.yoy(frame)["months"].tolist() == [months]


@pytest.mark.parametrize("period", ["2023-12/2024-12", "2023-01/2024-06", "2023/2024"])
def test_spans_of_more_than_a_year_have_no_year_before(period):
    """Thirteen to 24 months overlap with those a year before, and their additions are no year's."""
    span = ps.parse_period(period)
    label = f"{span.start.year - 1}-{span.start.month:02d}/{span.end.year - 1}-{span.end.month:02d}"
    label = str(ps.parse_period(label))
    frame = frame_of(("CN-BJ", "jobs", label, 1.0), ("CN-BJ", "jobs", period, 2.0))
    assert last(frame)["reason"] == "no_base"
    added = frame_of(
        ("CN-BJ", "jobs", str(ps.Period.of_months((span.end.year, span.end.month),
                                                  (span.end.year, span.end.month))), 9.0),
        ("CN-BJ", "jobs_new", period, 2.0),
    )  # fmt: skip
    assert ps.yoy(added)["method"].isna().all()


def test_average_growth_is_no_growth_over_a_year():
    """An average over several years is neither its own change nor that of a level."""
    frame = frame_of(
        ("CN-BJ", "jobs_average_growth", "2021/2024", 6.0), ("CN-BJ", "jobs", "2021/2024", 5.0)
    ).assign(unit=["percent", ""])
    assert ps.yoy(frame)["reason"].tolist() == ["no_base", "no_base"]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("jobs", "2024", 5.0, "CNY")], "no_base"),
        ([("jobs", "2023", 0.0, "CNY"), ("jobs", "2024", 5.0, "CNY")], "base_not_positive"),
        ([("jobs", "2023", -2.0, "CNY"), ("jobs", "2024", 5.0, "CNY")], "base_not_positive"),
        ([("jobs", "2023", 5.0, "USD"), ("jobs", "2024", 5.0, "CNY")], "unit"),
        ([("jobs_new", "2024", 5.0, "CNY"), ("jobs", "2024", 5.0, "CNY")], "base_not_positive"),
        ([("jobs_new", "2024", 1.0, "USD"), ("jobs", "2024", 5.0, "CNY")], "unit"),
        ([("jobs", "2023", -2.0, "percent"), ("jobs", "2024", 5.0, "percent")], ""),
    ],
)
def test_reasons(rows, reason):
    """Each row without a change says why, and no other does."""
    frame = frame_of(*(("CN-BJ", *row) for row in rows),
                     columns=["region", "indicator", "period", "value", "unit"])  # fmt: skip
    assert last(frame)["reason"] == reason


def test_the_change_of_a_claimed_rank_has_the_sign_of_the_rank():
    """From place 21 to place 5 it is -16, and what is stated so agrees."""
    frame = two_years(21.0, 5.0, "jobs_rank", "rank", among="provinces")
    found = last(frame)
    assert (found["yoy"], found["yoy_unit"]) == (-16.0, "rank")
    stated = frame_of(("CN-BJ", "jobs_rank_change", "2024", -16.0))
    stated = stated.assign(unit="rank", among="provinces")
    both = ps.yoy(pd.concat([frame, stated])).iloc[1]
    assert (both["yoy"], both["method"], both["conflict"]) == (-16.0, "reported", False)


def test_a_change_that_names_nobody_is_that_of_the_only_claim():
    """What says 提高16位 stands beside one claim; beside two nobody knows of which it speaks."""
    rows = [["x_rank", 5.0, "provinces"], ["x_rank_change", -16.0, ""]]
    frame = pd.DataFrame(rows, columns=["indicator", "value", "among"])
    frame = frame.assign(region="CN-BJ", period="2024", unit="rank")
    found = ps.yoy(frame).iloc[0]
    assert found[["yoy", "previous", "method"]].tolist() == [-16.0, 21.0, "reported"]
    other = frame.iloc[:1].assign(among="western provinces")
    assert ps.yoy(pd.concat([frame, other]))["reason"].tolist()[0] == "no_base"
    elsewhere = ps.yoy(pd.concat([frame, other.assign(region="CN-CQ")]))
    assert elsewhere["reason"].tolist() == ["", "no_base", "no_base"]
    shipped = ps.yoy("technical_upgrade_investment_growth_rank").query("region == 'CN-CQ'").iloc[0]
    assert shipped[["value", "yoy", "previous"]].tolist() == [5.0, -16.0, 21.0]


def test_a_stated_difference_works_out_the_level_before():
    """2.40 percent, up by 0.16 points, was 2.24."""
    frame = frame_of(("CN-BJ", "x", "2024", 2.4, 2.395, 2.405),
                     ("CN-BJ", "x_change", "2024", 0.16, 0.155, 0.165))  # fmt: skip
    found = ps.yoy(frame.assign(unit=["percent", "percentage_point"])).iloc[0]
    ends = found[["previous", "previous_lower", "previous_upper"]].tolist()
    assert ends == pytest.approx([2.24, 2.23, 2.25])


def test_ranks_among_different_ones_are_no_base():
    """Place 2 in the west says nothing of a place in the nation."""
    frame = two_years(2.0, 5.0, "jobs_rank", "rank", among=["western provinces", "provinces"])
    assert last(frame)["reason"] == "no_base"


# --- prices ---------------------------------------------------------------------------------------


def product(id_="gdp", *, grown=5.0, levels=(100.0, 103.0)):
    """Return the levels of two years, and the growth reported for the second."""
    return pd.DataFrame(
        [
            ["CN-BJ", id_, "2023", levels[0]],
            ["CN-BJ", id_, "2024", levels[1]],
            ["CN-BJ", f"{id_}_growth", "2024", grown],
        ],
        columns=["region", "indicator", "period", "value"],
    )


@pytest.mark.parametrize(
    ("id_", "conflict", "prices"),
    [
        ("gdp", False, "constant"), ("industrial_value_added", False, "constant"),
        ("tea_value_added", False, "constant"), ("gdp_per_capita", False, "constant"),
        ("retail_sales", True, "current"), ("telecom_services", True, "constant"),
        ("jobs", True, ""),
    ],
)  # fmt: skip
def test_real_growth_is_not_held_against_levels_at_current_prices(id_, conflict, prices):
    """Growth of value added is real: with that of amounts it need not agree, and says so."""
    found = last(product(id_).iloc[[0, 2, 1]])
    assert (found["yoy"], found["method"]) == (5.0, "reported")
    assert (found["conflict"], found["prices"], found["previous"]) == (conflict, prices, 100.0)
    told = ps.reconcile(product(id_)).iloc[-1]
    assert told["conflict"] == conflict
    assert pd.isna(told["agree"]) == (not conflict)
    assert pd.isna(told["implied_base"]) == (not conflict)
    assert told["reported_prices"] == prices


def test_real_growth_works_out_no_base():
    """Without a level of the year before there is none: 103 less real growth is no amount."""
    found = last(product().iloc[[2, 1]])
    assert (found["yoy"], found["prices"]) == (5.0, "constant")
    assert pd.isna(found["previous"])
    assert last(product("retail_sales").iloc[[2, 1]])["previous"] == pytest.approx(103 / 1.05)


def test_changes_of_levels_are_at_the_prices_of_the_levels():
    """Of two levels at current prices the change is nominal; where there is none it has none."""
    assert ps.yoy(product().iloc[:2])["prices"].tolist() == ["", "current"]
    shares = two_years(3.0, 4.0).assign(indicator="rd_intensity")
    assert last(shares)["prices"] == ""


@pytest.mark.parametrize(
    ("id_", "prices"),
    [
        ("gdp", "current"), ("gdp_growth", "constant"), ("gdp_average_growth", "constant"),
        ("industrial_value_added_growth", "constant"), ("rd_intensity", ""),
        ("hightech_manufacturing_value_added_growth", "constant"), ("retail_sales", "current"),
        ("equipment_manufacturing_value_added_growth", "constant"),
        ("retail_sales_growth", "current"), ("digital_economy_value_added_growth", ""),
    ],
)  # fmt: skip
def test_the_catalogue_knows_the_prices(id_, prices):
    """Growth of value added is real, but for that of which the sources do not say so."""
    assert ps.indicator(id_).prices == prices


def test_growth_at_unknown_prices_is_held_against_nothing():
    """Nobody knows whether growth of the digital economy is real."""
    found = last(product("digital_economy_value_added").iloc[[0, 2, 1]])
    assert (found["yoy"], found["conflict"], found["prices"]) == (5.0, False, "")


def test_all_growth_of_value_added_is_real():
    """No row of the catalogue makes an exception, unless its sources say nothing of prices."""
    table = ps.catalog()
    grown = table[table["id"].str.contains("(?:^|_)(?:value_added|gdp)_growth$")]
    is_silent = grown["definition"].str.contains("do not say whether at constant prices")
    assert set(grown.loc[~is_silent, "prices"]) == {"constant"}
