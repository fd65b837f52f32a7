"""Cumulative figures and single periods: literal answers, a slow second implementation, laws."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from provstats import (
    IncomparableError,
    PeriodError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
    catalog,
    indicator,
    load,
    parse_figure,
    parse_period,
    rank,
    series,
    to_cumulative,
    to_periods,
)

COLUMNS = [
    "region", "indicator", "period", "value", "lower", "upper", "unit", "nature", "basis", "months",
    "refused", "left_out", "printed", "source", "paragraph",
]  # fmt: skip
KEY = ["region", "indicator", "period", "nature"]
ENDS = ["value", "lower", "upper"]
PROPERTY = settings(max_examples=60, deadline=None)
BOTH = pytest.mark.parametrize("turn", [to_periods, to_cumulative])


def totals(values, indicator="jobs", region="CN-BJ", **columns):
    """Return a frame of periods and values of one region."""
    return pd.DataFrame({
        "region": region, "indicator": indicator, "period": list(values),
        "value": list(values.values()), **columns,
    })  # fmt: skip


def of_printed(texts, **columns):
    """Return a frame of periods and printed figures, in base units and with their bounds."""
    figures = {period: parse_figure(text) for period, text in texts.items()}
    bounds = {
        end: [getattr(figure, end) for figure in figures.values()] for end in ("lower", "upper")
    }
    return totals({p: figure.value for p, figure in figures.items()}, **bounds, **columns)


def by_period(result, column="value"):
    """Return a column as a plain mapping from period."""
    return dict(zip(result["period"], result[column].tolist(), strict=True))


# --- real figures -------------------------------------------------------------------------------

# Profits of industrial enterprises above designated size, as the National Bureau of Statistics
# first printed them.
PROFITS_2018 = {
    "2018-01/2018-02": "9689亿元", "2018-Q1": "15533.2亿元", "2018-01/2018-04": "21271.7亿元",
    "2018-01/2018-05": "27298.3亿元", "2018-01/2018-07": "39038.1亿元",
    "2018-01/2018-10": "55211.8亿元", "2018": "66351.4亿元",
}  # fmt: skip
PROFITS_2013 = {
    "2013-H1": "25836.6亿元", "2013-01/2013-07": "30032.2亿元", "2013-01/2013-08": "34863.9亿元",
}  # fmt: skip


def test_profits_of_2018():
    """Totals of 2018 give single periods, which span what lies between two totals."""
    periods = to_periods(of_printed(PROFITS_2018, indicator="industrial_profit", region="CN"))
    assert {p: round(value / 1e8, 1) for p, value in by_period(periods).items()} == {
        "2018-01/2018-02": 9689.0,
        "2018-03": 5844.2,
        "2018-04": 5738.5,
        "2018-05": 6026.6,
        "2018-06/2018-07": 11739.8,
        "2018-08/2018-10": 16173.7,
        "2018-11/2018-12": 11139.6,
    }
    assert periods["basis"].tolist() == ["reported"] + ["derived"] * 6
    assert periods["months"].tolist() == [2, 1, 1, 1, 2, 3, 2]
    assert set(periods["refused"]) == {""}


@pytest.mark.parametrize(("month", "printed"), [("07", "4195.5亿元"), ("08", "4831.7亿元")])
def test_differences_agree_with_the_months_that_the_bureau_printed(month, printed):
    """In 2013 the bureau printed July and August as well: the differences allow for both."""
    frame = of_printed(PROFITS_2013, indicator="industrial_profit", region="CN")
    periods = to_periods(frame).set_index("period")
    figure = parse_figure(printed)
    assert periods.loc[f"2013-{month}", "lower"] <= figure.upper
    assert periods.loc[f"2013-{month}", "upper"] >= figure.lower


def test_an_interval_allows_for_rounding_and_not_for_revision():
    """April 2018 was printed as 5760.3 after a revision that the totals do not show."""
    frame = of_printed(PROFITS_2018, indicator="industrial_profit", region="CN")
    april = to_periods(frame).set_index("period").loc["2018-04"]
    assert april["upper"] < parse_figure("5760.3亿元").lower


def test_profits_may_be_losses():
    """The losses of the steel industry in 2024 grew to April and shrank in May: both stand."""
    losses = {"2024-Q1": -213.6, "2024-01/2024-04": -222.2, "2024-01/2024-05": -127.2}
    periods = to_periods(totals(losses, indicator="industrial_profit", region="CN"))
    assert by_period(periods) == {"2024-Q1": -213.6, "2024-04": -8.6, "2024-05": 95.0}
    assert set(periods["refused"]) == {""}


# --- literal examples -----------------------------------------------------------------------------

YEAR = {
    "2024-01/2024-02": 20, "2024-Q1": 30, "2024-01/2024-05": 50, "2024-H1": 61,
    "2024-01/2024-09": 90, "2024": 120,
}  # fmt: skip
SINGLE = {
    "2024-01/2024-02": 20, "2024-03": 10, "2024-04/2024-05": 20, "2024-06": 11, "2024-Q3": 29,
    "2024-Q4": 30,
}  # fmt: skip


def test_columns():
    """Both functions return the same columns, of the same kinds, whatever the frame has more."""
    for turn, values in ((to_periods, YEAR), (to_cumulative, SINGLE)):
        result = turn(totals(values, printed="20", source="made up", memo=1))
        assert list(result) == COLUMNS
        assert result[["months", "left_out"]].dtypes.astype(str).tolist() == ["int64"] * 2
        assert result[ENDS].dtypes.astype(str).tolist() == ["float64"] * 3


def test_a_year_of_totals():
    """Quarters and halves get their labels, and what is missing is spanned."""
    assert by_period(to_periods(totals(YEAR))) == SINGLE


def test_a_year_of_periods():
    """Single periods add up to the totals from which they come."""
    sums = to_cumulative(totals(SINGLE))
    assert by_period(sums) == YEAR
    assert by_period(sums, "months") == dict(zip(YEAR, [2, 3, 5, 6, 9, 12], strict=True))
    assert sums["basis"].tolist() == ["reported"] + ["derived"] * 5


def test_quarters_add_up():
    """Quarters give half a year, three quarters and a year."""
    quarters = {"2024-Q1": 1, "2024-Q2": 2, "2024-Q3": 3, "2024-Q4": 4}
    assert by_period(to_cumulative(totals(quarters))) == {
        "2024-Q1": 1, "2024-H1": 3, "2024-01/2024-09": 6, "2024": 10,
    }  # fmt: skip


def test_periods_as_printed():
    """Names of periods are read as reports print them, in any order, and come out as labels."""
    frame = totals({"2024年前三季度": 90, "2024年1—2月": 20, "2024年上半年": 61, "2024年": 120})
    assert to_periods(frame)[["period", "value"]].to_numpy().tolist() == [
        ["2024-Q3", 29], ["2024-01/2024-02", 20], ["2024-03/2024-06", 41], ["2024-Q4", 30],
    ]  # fmt: skip


def test_intervals_of_differences():
    """The least is this lower less the upper before, the greatest the reverse."""
    frame = totals({"2024-Q1": 10.0, "2024-H1": 25.0}, lower=[9.5, 24.0], upper=[10.5, 27.0])
    assert to_periods(frame)[ENDS].to_numpy().tolist() == [[10, 9.5, 10.5], [15, 13.5, 17.5]]


def test_intervals_of_sums():
    """Bounds add up as values do."""
    frame = totals({"2024-Q1": 10.0, "2024-Q2": 15.0}, lower=[9.5, 14.0], upper=[10.5, 17.0])
    assert to_cumulative(frame)[ENDS].to_numpy().tolist() == [[10, 9.5, 10.5], [25, 23.5, 27.5]]


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [(15533.2, 21271.7, 5738.5), (0.1, 0.3, 0.2), (0.0, 0.7, 0.7), (6e12, 6e12 + 0.25, 0.25)],
)
def test_decimal_figures_have_decimal_differences(first, second, answer):
    """No digits of binary arithmetic are left, and none of the figures is lost."""
    frame = totals({"2024-Q1": first, "2024-H1": second})
    assert by_period(to_periods(frame))["2024-Q2"] == answer
    assert by_period(to_cumulative(to_periods(frame))) == {"2024-Q1": first, "2024-H1": second}


@PROPERTY
@given(st.lists(st.integers(0, 10**13), min_size=2, max_size=11), st.integers(0, 4))
def test_figures_of_fifteen_digits_are_exact(months, decimals):
    """Totals of up to 15 digits give the periods, and these the totals, to the last digit."""
    counts = [Fraction(sum(months[: n + 1]), 10**decimals) for n in range(len(months))]
    labels = [str(parse_period(f"2024-01/2024-{n:02d}")) for n in range(2, 2 + len(months))]
    periods = to_periods(totals(dict(zip(labels, map(float, counts), strict=True))))
    assert periods["value"].tolist() == [float(Fraction(n, 10**decimals)) for n in months]
    assert to_cumulative(periods)["value"].tolist() == [float(count) for count in counts]


def test_january_and_february_are_never_split():
    """January alone is left out and counted, and neither March nor a quarter starts from it."""
    with_both = to_periods(totals({"2024-01": 12, "2024-01/2024-02": 20, "2024-Q1": 30}))
    assert by_period(with_both) == {"2024-01/2024-02": 20, "2024-03": 10}
    assert with_both["left_out"].tolist() == [1, 1]
    assert by_period(to_periods(totals({"2024-01": 12, "2024-Q1": 30}))) == {"2024-Q1": 30}


def test_january_and_february_may_be_added():
    """What is given month by month is added month by month."""
    sums = to_cumulative(totals({"2024-01": 12, "2024-02": 8, "2024-03": 10}))
    assert by_period(sums) == {"2024-01": 12, "2024-01/2024-02": 20, "2024-Q1": 30}


def test_what_is_not_cumulative_is_left_out_and_counted():
    """Months, later quarters, several years and missing values are no totals of their year."""
    frame = totals({
        "2024-01/2024-02": 20, "2024-03": 10, "2024-Q1": 30, "2024-Q2": 31, "2023/2024": 200,
        "2024-01/2024-05": None, "2024-H1": 61, "2023": 80, "2022/2023": 150,
    })  # fmt: skip
    periods = to_periods(frame)
    assert by_period(periods) == {"2024-01/2024-02": 20, "2024-03": 10, "2024-Q2": 31, "2023": 80}
    assert periods["left_out"].tolist() == [4, 4, 4, 1]


def test_left_out_counts_other_regions():
    """A region that has single months only is counted beside the others of its indicator."""
    frame = pd.concat([totals({"2024-03": 10}, region="CN-SH"), totals(YEAR)])
    periods = to_periods(frame)
    assert set(periods["region"]) == {"CN-BJ"}
    assert set(periods["left_out"]) == {1}


def test_years_stay_apart():
    """Each year begins anew, and a period that began in the year before is left out of a sum."""
    frame = totals({"2023": 100, "2024-Q1": 30})
    assert by_period(to_periods(frame)) == {"2023": 100, "2024-Q1": 30}
    sums = to_cumulative(totals({"2023-Q4": 1, "2023-12/2024-01": 9, "2024-Q1": 2, "2024-Q2": 3}))
    assert by_period(sums, "refused") == {"2023": "gap", "2024-Q1": "", "2024-H1": ""}
    assert sums["left_out"].tolist() == [0, 1, 1]


def test_natures_stay_apart():
    """A forecast is no total from which an outcome is taken."""
    frame = totals(
        {"2024-Q1": 10, "2024-H1": 30, "2024": 70}, nature=["outcome", "outcome", "forecast"]
    )
    assert by_period(to_periods(frame)) == {"2024-Q1": 10, "2024-Q2": 20, "2024": 70}


@pytest.mark.parametrize("turn", [to_periods, to_cumulative])
def test_mixed_units_are_refused(turn):
    """Tonnes are not taken from pieces, nor added to them; those of another year may differ."""
    units = totals({"2023": 1, "2024-Q1": 10, "2024-H1": 30}, unit=["t", "count", "t"])
    with pytest.raises(IncomparableError, match=r"(?s)different units:.*2024-Q1.*2024-H1"):
        turn(units)
    assert len(turn(units.iloc[:2])) == 2


def test_a_missing_unit_is_the_catalogues():
    """Rows with and without the unit of the catalogue belong together."""
    frame = totals({"2024-Q1": 10, "2024-H1": 30}, "industrial_profit", unit=[None, "元"])
    periods = to_periods(frame)
    assert by_period(periods) == {"2024-Q1": 10, "2024-Q2": 20}
    assert set(periods["unit"]) == {"CNY"}


@pytest.mark.parametrize(
    "values",
    [
        {"2024-01/2024-02": 20, "2024-04": 10, "2024-05": 10},
        {"2024-01/2024-02": 20, "2024-03": None, "2024-04": 10},
    ],
)
def test_a_gap_ends_the_sums_of_its_year(values):
    """From a missing period or value on, sums are refused and nothing is filled."""
    sums = to_cumulative(totals({**values, "2025-Q1": 7}))
    assert sums["refused"].tolist() == ["", "gap", "gap", ""]
    assert sums[ENDS].isna().all(axis="columns").tolist() == [False, True, True, False]
    assert sums["value"].dropna().tolist() == [20, 7]


def test_a_year_that_does_not_begin_in_january():
    """Without a start there is no sum."""
    sums = to_cumulative(totals({"2024-Q2": 1, "2024-Q3": 2}))
    assert by_period(sums, "refused") == {"2024-H1": "gap", "2024-01/2024-09": "gap"}


# --- what can fall ------------------------------------------------------------------------------

FALL = {"2024-Q1": 30.0, "2024-H1": 25.0, "2024-01/2024-09": 40.0}


@pytest.mark.parametrize("id_", ["nev_output", "industrial_investment", "little_giants_new"])
def test_what_only_adds_up_cannot_fall(id_):
    """A fall is refused with its reason, and the next period starts from the revised total."""
    periods = to_periods(totals(FALL, id_))
    assert by_period(periods, "refused") == {"2024-Q1": "", "2024-Q2": "revised", "2024-Q3": ""}
    assert periods[ENDS].isna().all(axis="columns").tolist() == [False, True, False]
    assert periods["value"].dropna().tolist() == [30, 15]


@pytest.mark.parametrize("id_", ["industrial_profit", "industrial_profit_new", "jobs"])
def test_a_balance_or_an_unknown_figure_may_fall(id_):
    """Profits may turn into losses, and of an unknown indicator nothing is presumed."""
    periods = to_periods(totals(FALL, id_))
    assert by_period(periods) == {"2024-Q1": 30, "2024-Q2": -5, "2024-Q3": 15}
    assert set(periods["refused"]) == {""}


def test_the_caller_knows_better():
    """The caller's word stands above the catalogue's."""
    assert "revised" in set(to_periods(totals(FALL), can_fall=False)["refused"])
    assert by_period(to_periods(totals(FALL, "nev_output"), can_fall=True))["2024-Q2"] == -5


def test_a_fall_within_the_bounds_is_no_fall():
    """Where the bounds allow for zero, what lies below it is cut off, the value with it."""
    frame = totals(
        {"2024-Q1": 12.0, "2024-H1": 11.0}, "nev_output", lower=[11.0, 10.0], upper=[13.0, 12.0]
    )
    assert to_periods(frame)[ENDS].to_numpy().tolist()[1] == [0, 0, 1]
    assert to_periods(frame, can_fall=True)[ENDS].to_numpy().tolist()[1] == [-1, -3, 1]
    assert set(to_periods(frame)["refused"]) == {""}


def test_the_first_of_a_year_stands_as_given():
    """Nothing is cut off what was reported."""
    frame = totals({"2024-Q1": 1.0}, "nev_output", lower=-1.0, upper=2.0)
    assert to_periods(frame)[ENDS].to_numpy().tolist() == [[1, -1, 2]]


def test_a_refused_period_is_a_gap_in_the_sum():
    """What was refused is not added up again."""
    sums = to_cumulative(to_periods(totals(FALL, "nev_output")))
    assert by_period(sums, "refused") == {
        "2024-Q1": "", "2024-H1": "gap", "2024-01/2024-09": "gap",
    }  # fmt: skip


def test_what_may_fall_in_the_catalogue():
    """Of all flows and additions in the catalogue, profits alone are balances."""
    ids = [id_ for id_ in catalog()["id"] if indicator(id_).measure in ("flow", "new")]
    averages = {id_ for id_ in ids if "_per_" in id_}
    periods = to_periods(pd.concat([totals(FALL, id_) for id_ in ids if id_ not in averages]))
    cannot = set(periods.loc[periods["refused"] == "revised", "indicator"])
    assert len(ids) > 200
    assert set(ids) - cannot - averages == {
        "industrial_profit", "hightech_manufacturing_profit",
        "computers_communication_electronics_profit",
        "computers_communication_electronics_operating_profit",
        "electronics_profit", "equipment_manufacturing_profit", "software_profit",
    }  # fmt: skip


# --- what is refused ------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    "id_",
    [
        "industrial_value_added_growth", "rd_intensity", "little_giants_rank", "jobs_growth",
        "industrial_value_added_growth_gap", "industrial_gdp_contribution_share", "jobs_share",
        "rd_expenditure_per_fte",
    ],
)  # fmt: skip
def test_rates_have_no_difference(turn, id_):
    """Growth, shares, ranks, gaps and averages are refused by name, and a way out is told."""
    frame = pd.concat([totals(YEAR), totals({"2024-Q1": 7.5}, id_, region="CN-SD")])
    with pytest.raises(IncomparableError, match=rf"'{id_}' is one; take the levels(.|\n)*CN-SD"):
        turn(frame)


@BOTH
@pytest.mark.parametrize("unit", ["percent", "%", "个百分点", "rank"])
def test_units_of_rates_are_refused(turn, unit):
    """Whatever the name of an indicator, percentages are not subtracted or added."""
    with pytest.raises(IncomparableError, match="has no difference or sum, and 'jobs' is one"):
        turn(totals(YEAR, unit=unit))


@BOTH
def test_stocks_are_refused(turn):
    """A stock does not cumulate; the message leads to what measures its change."""
    with pytest.raises(IncomparableError, match=r"a stock does not add up(.|\n)*ps\.yoy has"):
        turn(totals(YEAR, "base_stations_5g"))


@BOTH
def test_other_measures_are_refused(turn):
    """Of what is none of these the catalogue does not say that it adds up."""
    with pytest.raises(IncomparableError, match="'annual_investment_plan_lead' is not known"):
        turn(totals(YEAR, "annual_investment_plan_lead"))


def test_nothing_cumulative():
    """A frame of single months has no totals."""
    months = totals({"2024-03": 1, "2024-04": 2, "2024-01": 1})
    with pytest.raises(IncomparableError, match=r"two months and more(.|\n)*2024-03"):
        to_periods(months)


def test_nothing_within_a_year():
    """Several years together are no part of one."""
    with pytest.raises(IncomparableError, match=r"within a year(.|\n)*2021/2023"):
        to_cumulative(totals({"2021/2023": 1}))


@pytest.mark.parametrize(
    "values",
    [
        YEAR,
        {"2024-01": 1, "2024-01/2024-02": 2},
        {"2024-Q1": 1, "2024-Q2": 2, "2024-05": 3},
        {"2024": 10, "2024-03": 1},
    ],
)
def test_overlaps_are_refused(values):
    """Months beside their quarter, and totals, would be counted twice; both rows are named."""
    with pytest.raises(IncomparableError, match=r"overlap(.|\n)*CN-BJ(.|\n)*CN-BJ"):
        to_cumulative(totals(values))


@BOTH
@pytest.mark.parametrize(
    ("frame", "error", "match"),
    [
        (totals(YEAR).drop(columns="period"), SchemaError, "'period'"),
        (totals(YEAR).iloc[:0], SchemaError, "no rows"),
        (totals(YEAR).assign(value="20"), SchemaError, "no finite number"),
        (totals({"2024-Q1": 1, "2024年一季度": 2}), SchemaError, "stand twice"),
        (totals(YEAR, lower=1000), SchemaError, "must hold the value"),
        (totals(YEAR, region="北京"), UnknownRegionError, "CN-BJ|region"),
        (totals({"2024-13": 1}), PeriodError, "2024-13"),
        (totals(YEAR).to_dict(), SchemaError, "DataFrame is needed"),
        ("no_such_id", UnknownIndicatorError, "no_such_id"),
        ("automobile_exports", IncomparableError, "no region reports"),
        (series("rd_expenditure", vintage=None), IncomparableError, "all vintages"),
    ],
)
def test_bad_input(turn, frame, error, match):
    """What no comparison accepts is not accepted here either."""
    with pytest.raises(error, match=match):
        turn(frame)


@pytest.mark.parametrize("can_fall", ["no", 1, 0.0, ["jobs"]])
def test_bad_option(can_fall):
    """can_fall is a yes, a no, or left to the catalogue."""
    with pytest.raises(SchemaError, match="can_fall must be True, False or None"):
        to_periods(totals(YEAR), can_fall=can_fall)


# --- shipped data -------------------------------------------------------------------------------


@BOTH
def test_id_series_and_frame_give_the_same(turn):
    """An id, its series and its rows are turned alike."""
    own = load().query("indicator == 'patents_granted'").reset_index(drop=True)
    pd.testing.assert_frame_equal(turn("patents_granted"), turn(own))
    pd.testing.assert_frame_equal(turn("patents_granted"), turn(series("patents_granted")))


def test_every_shipped_flow():
    """Each shipped total stands as given; what follows of two of them is the nation's but once."""
    data = load(nature=None)
    kinds = {id_: indicator(id_).measure for id_ in data["indicator"].unique()}
    flows = data[data["indicator"].map(kinds).isin(["flow", "new"])]
    flows = flows[~flows["indicator"].str.contains("_per_")]
    periods = to_periods(flows)
    assert len(periods) > 400
    derived = periods["basis"] == "derived"
    key = ["region", "indicator", "period"]
    followed = periods.loc[derived & (periods["region"] != "CN"), key]
    assert followed.to_numpy().tolist() == [["CN-GD", "software_revenue", "2024-12"]]
    periods = periods[~derived]
    pd.testing.assert_frame_equal(
        periods[[*KEY, *ENDS, "unit"]], flows.loc[periods.index, [*KEY, *ENDS, "unit"]]
    )


def test_single_periods_can_be_ranked():
    """Results are tidy frames, as comparisons take them."""
    frame = pd.concat([totals(YEAR), totals(YEAR, region="CN-SH").assign(value=range(0, 60, 10))])
    ranked = rank(to_periods(frame)).query("period == '2024-03'")
    assert dict(zip(ranked["region"], ranked["rank"], strict=True)) == {"CN-BJ": 1, "CN-SH": 1}


# --- laws ---------------------------------------------------------------------------------------

IDS = {"jobs": True, "industrial_profit": True, "nev_output": False, "sme_clusters_new": False}


@st.composite
def chains(draw, *, ids=tuple(IDS), fall=True):
    """Draw totals of some regions, indicators, natures and years, in tenths, with their bounds."""
    keys = draw(st.lists(
        st.tuples(
            st.sampled_from(["CN", "CN-BJ", "CN-SD", "ningbo"]), st.sampled_from(ids),
            st.sampled_from(["outcome", "target"]), st.integers(2023, 2024),
        ),
        min_size=1, max_size=4, unique=True,
    ))  # fmt: skip
    rows = []
    for region, id_, nature, year in keys:
        total = 0
        for month in sorted(draw(st.sets(st.integers(2, 12), min_size=1, max_size=5))):
            total += draw(st.integers(-20 if fall else 0, 60))
            down, up = draw(st.integers(0, 9)), draw(st.integers(0, 9))
            rows.append({
                "region": region, "indicator": id_, "nature": nature,
                "period": str(parse_period(f"{year}-01/{year}-{month:02d}")),
                "value": total / 10, "lower": (total - down) / 10, "upper": (total + up) / 10,
            })  # fmt: skip
    return pd.DataFrame(draw(st.permutations(rows)))


@st.composite
def singles(draw):
    """Draw single periods that follow one another from January on."""
    rows = []
    for region in draw(st.sets(st.sampled_from(["CN", "CN-BJ"]), min_size=1)):
        for year in draw(st.sets(st.integers(2022, 2024), min_size=1)):
            start = 1
            for last in sorted(draw(st.sets(st.integers(2, 12), min_size=1))):
                value, less = draw(st.integers(-50, 50)), draw(st.integers(0, 9))
                rows.append({
                    "region": region, "indicator": "jobs",
                    "period": str(parse_period(f"{year}-{start:02d}/{year}-{last:02d}")),
                    "value": value / 10, "lower": (value - less) / 10, "upper": value / 10,
                })  # fmt: skip
                start = last + 1
    return pd.DataFrame(draw(st.permutations(rows)))


def slow_periods(frame):
    """Take each total less the greatest earlier one, row by row, in fractions."""
    rows = [
        row | {end: Fraction(round(row[end] * 10), 10) for end in ENDS}
        | {"year": span.end.year, "month": span.months}
        for row in frame.to_dict("records") for span in [parse_period(row["period"])]
    ]  # fmt: skip
    answers = []
    for row in rows:
        same = [
            r for r in rows
            if all(r[k] == row[k] for k in ("region", "indicator", "nature", "year"))
            and r["month"] < row["month"]
        ]  # fmt: skip
        answer = {"value": row["value"], "lower": row["lower"], "upper": row["upper"]}
        start, refused = 1, ""
        if same:
            before = max(same, key=lambda r: r["month"])
            start = before["month"] + 1
            answer = {
                "value": row["value"] - before["value"],
                "lower": row["lower"] - before["upper"],
                "upper": row["upper"] - before["lower"],
            }
            if not IDS[row["indicator"]]:
                refused = "revised" if answer["upper"] < 0 else ""
                answer = {end: max(amount, Fraction(0)) for end, amount in answer.items()}
        label = f"{row['year']}-{start:02d}/{row['year']}-{row['month']:02d}"
        amounts = [None if refused else float(answer[end]) for end in ENDS]
        answers.append([str(parse_period(label)), *amounts, refused, row["month"] - start + 1])
    return answers


@PROPERTY
@given(chains())
def test_periods_agree_with_counting(frame):
    """Periods, numbers, refusals and months agree with fractions worked out row by row, exactly."""
    before = frame.copy(deep=True)
    got = to_periods(frame)
    pd.testing.assert_frame_equal(frame, before, check_exact=True)
    cells = got[["period", *ENDS, "refused", "months"]].astype(object)
    assert cells.where(cells.notna(), None).to_numpy().tolist() == slow_periods(frame)


@PROPERTY
@given(chains())
def test_rows_order_and_index_are_the_callers(frame):
    """Each total keeps its place and its label, so that results can be joined."""
    frame.index = [f"r{i}" for i in range(len(frame))]
    periods = to_periods(frame)
    assert periods.index.tolist() == frame.index.tolist()
    same = ["region", "indicator", "nature"]
    pd.testing.assert_frame_equal(periods[same], frame[same], check_dtype=False)


@PROPERTY
@given(chains(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(frame, random):
    """Permuting the rows permutes the result, and no more."""
    order = list(range(len(frame)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(to_periods(frame.iloc[order]), to_periods(frame).iloc[order])


@PROPERTY
@given(singles(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_sum(frame, random):
    """Permuting the rows permutes the sums, and no more."""
    order = list(range(len(frame)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(
        to_cumulative(frame.iloc[order]), to_cumulative(frame).iloc[order]
    )


def least_possible(totals):
    """Return the lower bounds of totals; of what cannot fall, no later one is below an earlier."""
    ordered = totals.assign(year=totals["period"].str[:4]).sort_values("period", key=ends_of)
    rising = ordered.groupby(["region", "indicator", "nature", "year"])["lower"].cummax()
    return totals["lower"].where(totals["indicator"].map(IDS), rising)


def ends_of(labels):
    """Return the last days of periods."""
    return labels.map(lambda label: parse_period(label).end)


@PROPERTY
@given(chains(fall=False))
@example(pd.DataFrame({
    "region": "CN", "indicator": "nev_output", "nature": "outcome", "value": [5.0, 5.0],
    "period": ["2023", "2023-01/2023-02"], "lower": [4.7, 4.8], "upper": [5.0, 5.0],
}))  # fmt: skip
def test_totals_come_back(frame):
    """Periods add up to the totals from which they were taken, and hold what these may be."""
    back = to_cumulative(to_periods(frame))
    assert back["period"].tolist() == frame["period"].tolist()
    assert back["value"].tolist() == frame["value"].tolist()
    assert (back["lower"] <= least_possible(frame)).all()
    assert (back["upper"] >= frame["upper"]).all()
    assert set(back["refused"]) == {""}


@PROPERTY
@given(singles())
def test_periods_come_back(frame):
    """Sums give back the periods that were added, and bounds that hold theirs."""
    back = to_periods(to_cumulative(frame))
    assert back["period"].tolist() == frame["period"].tolist()
    assert back["value"].tolist() == frame["value"].tolist()
    assert (back["lower"] <= frame["lower"]).all()
    assert (back["upper"] >= frame["upper"]).all()


@PROPERTY
@given(singles())
def test_sums_agree_with_counting(frame):
    """Each sum is that of all periods of its region and year that end no later, exactly."""
    sums = to_cumulative(frame)
    spans = [parse_period(label) for label in frame["period"]]
    for place, span in enumerate(spans):
        own = [
            at for at, other in enumerate(spans)
            if frame["region"][at] == frame["region"][place]
            and other.end.year == span.end.year and other.end <= span.end
        ]  # fmt: skip
        for end in ENDS:
            total = sum(Fraction(round(frame[end][at] * 10), 10) for at in own)
            assert sums[end][place] == float(total)


@PROPERTY
@given(chains(ids=("nev_output",), fall=False), st.data())
def test_true_periods_lie_within_their_bounds(frame, data):
    """Wherever the true totals lie in their intervals, what was added lies in the result's."""
    steps = data.draw(st.lists(st.integers(0, 4), min_size=len(frame), max_size=len(frame)))
    shares = pd.Series(steps) / 4
    true = frame.assign(value=frame["lower"] + (frame["upper"] - frame["lower"]) * shares)
    added = to_periods(true[[*KEY, "value"]], can_fall=True)
    # Totals that fall are not what the truth can be.
    assume(((added["value"] >= 0) | (added["basis"] == "reported")).all())
    periods = to_periods(frame)
    assert (periods["lower"] <= added["value"] + 1e-9).all()
    assert (periods["upper"] >= added["value"] - 1e-9).all()


@PROPERTY
@given(chains(), st.data())
def test_widening_an_interval_never_narrows_a_result(frame, data):
    """Less certainty about one total gives no more about any period; a refusal may be lifted."""
    place = data.draw(st.integers(0, len(frame) - 1))
    wider = frame.copy()
    wider.loc[place, "lower"] -= data.draw(st.integers(0, 30)) / 10
    wider.loc[place, "upper"] += data.draw(st.integers(0, 30)) / 10
    before, after = to_periods(frame), to_periods(wider)
    stood = before["refused"] == ""
    assert (after["refused"][stood] == "").all()
    assert (after["lower"][stood] <= before["lower"][stood]).all()
    assert (after["upper"][stood] >= before["upper"][stood]).all()
    assert after["value"][stood].tolist() == before["value"][stood].tolist()


@PROPERTY
@given(chains(), st.sampled_from([1e-4, 0.1, 1e4, 1e8]))
def test_scaling_units_scales(frame, factor):
    """In another unit the numbers are other numbers, and nothing else changes."""
    scaled = frame.assign(**{end: frame[end] * factor for end in ENDS})
    one, other = to_periods(frame), to_periods(scaled)
    assert other["refused"].tolist() == one["refused"].tolist()
    for end in ENDS:
        assert other[end].tolist() == pytest.approx(
            (one[end] * factor).tolist(), rel=1e-9, nan_ok=True
        )


@PROPERTY
@given(chains())
def test_names_of_regions_do_not_matter(frame):
    """Renaming regions changes nothing but their names."""
    names = {"CN": "CN-GD", "CN-BJ": "CN", "CN-SD": "CN-XZ", "ningbo": "CN-BJ"}
    renamed = frame.assign(region=frame["region"].map(names))
    expected = to_periods(frame)
    expected = expected.assign(region=expected["region"].map(names))
    pd.testing.assert_frame_equal(to_periods(renamed), expected)
