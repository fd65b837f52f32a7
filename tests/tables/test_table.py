"""Tables for readers: names, units, decimals as printed, ranks with their ranges."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from results import RESULTS

import provstats as ps

OWN = pd.DataFrame(
    [
        ["CN-BJ", "gdp", "2023", 43760.7e8, 43760.65e8, 43760.75e8, "CNY", "exact"],
        ["CN-TJ", "gdp", "2023", 16737.3e8, 16737.25e8, 16737.35e8, "CNY", "exact"],
        ["CN-BJ", "gdp", "2022", 41540.0e8, 41539.95e8, 41540.05e8, "CNY", "exact"],
    ],
    columns=["region", "indicator", "period", "value", "lower", "upper", "unit", "qualifier"],
)

WITHOUT_SERIES = {name: result for name, result in RESULTS.items() if name != "series"}


def cells(frame):
    """Return heads and rows."""
    return [[*frame.columns], *frame.to_numpy().tolist()]


def test_periods_side_by_side():
    """Observations of several periods have these side by side, the earliest first."""
    assert cells(ps.table(OWN, lang="zh")) == [
        ["地区", "指标", "2022年（亿元）", "2023年（亿元）"],
        ["北京", "地区生产总值", "41,540.0", "43,760.7"],
        ["天津", "地区生产总值", "—", "16,737.3"],
    ]


def test_regions_side_by_side():
    """Any label can stand across."""
    assert cells(ps.table(OWN, lang="en", columns="region")) == [
        ["Indicator", "Period", "Beijing (CNY billion)", "Tianjin (CNY billion)"],
        ["Gross regional product", "2023", "4,376.07", "1,673.73"],
        ["Gross regional product", "2022", "4,154.00", "—"],
    ]


def test_a_unit_of_ones_own():
    """The caller's unit changes the number, and not what was printed."""
    last = ps.table(OWN, lang="zh", unit="万亿元").iloc[0, -1]
    assert last == "4.37607"
    with pytest.raises(ps.IncomparableError, match="unit='万人' is no unit of 'gdp'"):
        ps.table(OWN, unit="万人")


def test_ranks_have_ranges():
    """A rank that is not certain is a range; the value keeps its decimals and its word."""
    growth = pd.DataFrame(
        {
            "region": ["CN-BJ", "CN-TJ", "CN-SH"], "indicator": "a", "period": "2023",
            "value": [7.0, 7.3, 9.0], "lower": [6.5, 7.25, 8.95], "upper": [7.5, 7.35, 9.05],
            "unit": "percent", "qualifier": ["exact", "exact", "over"],
        }
    )  # fmt: skip
    shown = ps.table(ps.rank(growth, order="descending"), lang="en")
    assert cells(shown[["Region", "Value (%)", "Rank"]]) == [
        ["Region", "Value (%)", "Rank"], ["Beijing", "7", "2–3"], ["Tianjin", "7.3", "2–3"],
        ["Shanghai", "over 9.0", "1"],
    ]  # fmt: skip


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_results(result, lang):
    """Every result becomes a table of texts, none of them missing, that prints as it is."""
    shown = ps.table(result(), lang=lang)
    assert len(shown) > 0
    assert shown.map(lambda cell: isinstance(cell, str)).all(axis=None)
    assert not shown.isin(["nan", "<NA>", "None"]).any(axis=None)
    assert "|" in shown.head(2).to_markdown()
    assert "tabular" in shown.head(2).to_latex()


def test_what_was_found_is_shown():
    """Verdicts and reasons stand beside the figures, with what the intervals allow behind them."""
    claims = pd.DataFrame(
        [["CN-BJ", "a", "2024", 1.0, 1.0, 1.0, "rank", "undecidable", 1.0, 30.0, "silent"]],
        columns=["region", "indicator", "period", "value", "lower", "upper", "unit", "verdict",
                 "data_lower", "data_upper", "reason"],
    )  # fmt: skip
    assert cells(ps.table(claims, lang="en")) == [
        ["Region", "Value", "Verdict", "By the data", "Reason"],
        ["Beijing", "1", "undecidable", "1–30", "silent"],
    ]
    assert ps.table(claims, lang="zh").iloc[0, 2] == "无法判定"


def test_sentences_that_name_nothing():
    """A figure of a text that is of no known region, indicator or period has dashes for these."""
    found = ps.check_text("2022年，北京研发强度为6.83%。天气好，增长3%。")
    columns = ["region", "indicator", "period", "text", "verdict"]
    assert cells(ps.table(found, lang="en", columns=columns))[1:] == [
        ["Beijing", "Ratio of R&D expenditure to GDP", "2022", "6.83%", "supported"],
        ["—", "—", "2022", "3%", "unknown"],
    ]
    alone = ps.table(ps.check_text("天气好，增长3%。"), lang="en")
    assert cells(alone)[1][:2] == ["—", "3%"]


def test_what_was_worked_out_has_its_range():
    """Bounds stand in the cell of their number, and not in columns of their own."""
    spread = pd.DataFrame(
        {
            "indicator": ["a", "a"], "period": ["2022", "2023"], "n": [31, 31],
            "cv": [0.36, 0.5], "cv_lower": [0.354, 0.5], "cv_upper": [0.366, 0.5],
            "range": [6.0, 5.0], "range_lower": [5.9, 4.9], "range_upper": [6.1, 5.1],
        }
    )  # fmt: skip
    assert cells(ps.table(spread, lang="en")) == [
        ["Indicator", "Period", "Number", "Coefficient of variation", "Range"],
        ["a", "2022", "31", "0.36 (0.354–0.366)", "6 (5.9–6.1)"],
        ["a", "2023", "31", "0.5", "5 (4.9–5.1)"],
    ]


def one_row(**found):
    """Return one row of an indicator, with what was found of it."""
    row = {"region": "CN-BJ", "indicator": "a", "period": "2023", "value": 1.0, "unit": "percent"}
    return pd.DataFrame([{**row, **found}])


WORKED_OUT = {
    "yoy": "Change on the year before", "gap": "Gap to China", "share": "Share of China (%)",
    "growth": "Average growth",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "ends", "shown"),
    [
        # What was rounded would stand outside of finer ends.
        ("yoy", (24.4983, 24.4971, 24.4998), "+24.5 (+24.4–+24.5)"),
        ("gap", (-24.4983, -24.4998, -24.4971), "−24.5 (−24.5–−24.4)"),
        ("share", (12.34567, 12.34512, 12.34598), "12.35 (12.34–12.35)"),
        ("growth", (6.13468, 6.13464, 6.13472), "6.135 (6.134–6.135)"),
        # What is printed as it is has the ends that it has.
        ("yoy", (8.3, 8.25, 8.35), "+8.3 (+8.25–+8.35)"),
        ("yoy", (200.0, 0.0, float("inf")), "+200 (0–+∞)"),
        ("growth", (200.0, float("-inf"), 300.5), "200 (−∞–300.5)"),
    ],
)
def test_the_printed_range_holds_the_printed_value(name, ends, shown):
    """Beside a value that was rounded its ends are rounded outwards, where it was."""
    found = dict(zip((name, f"{name}_lower", f"{name}_upper"), ends, strict=True))
    assert ps.table(one_row(**found), lang="en")[WORKED_OUT[name]].tolist() == [shown]


def numbers_in(text):
    """Return the numbers that a cell shows."""
    return [
        Decimal(number.replace("−", "-").replace(",", ""))
        for number in re.findall(r"(?:(?<!\d)[+−])?\d[\d,.]*|−∞", text.replace("∞", "9" * 40))
    ]


SIZES = st.floats(-1e13, 1e13) | st.floats(-200, 200) | st.floats(-1, 1)


@given(
    value=SIZES,
    around=st.tuples(*[st.floats(0, 1e13) | st.floats(0, 1) | st.floats(0, 1e-5)] * 2),
    name=st.sampled_from([*WORKED_OUT]),
)
def test_no_printed_value_is_outside_of_its_printed_range(value, around, name):
    """However fine the interval is."""
    below, above = around
    found = {name: value, f"{name}_lower": value - below, f"{name}_upper": value + above}
    shown = ps.table(one_row(**found), lang="en")[WORKED_OUT[name]].iloc[0]
    printed, *ends = numbers_in(shown)
    assert not ends or ends[0] <= printed <= ends[1], shown


def test_amounts_that_stand_alone_keep_their_ends():
    """The range of a figure is what it allows, with more decimals than the figure."""
    rows = one_row(value=8.3, lower=8.25, upper=8.35)
    assert ps.table(rows, lang="en", columns=["value", "range"]).iloc[0].tolist() == [
        "8.3", "8.25–8.35",
    ]  # fmt: skip


def test_a_change_without_an_upper_end():
    """From nothing any change may be: its upper end is infinite."""
    jobs = pd.DataFrame(
        [["CN-BJ", "jobs", "2023", 1.0, 0.0, 2.0, "count"],
         ["CN-BJ", "jobs", "2024", 3.0, 2.0, 4.0, "count"]],
        columns=["region", "indicator", "period", "value", "lower", "upper", "unit"],
    )  # fmt: skip
    shown = ps.table(ps.yoy(jobs), lang="en")["Change on the year before"]
    assert shown.tolist() == ["—", "+200 (0–+∞)"]


@pytest.mark.parametrize(
    ("column", "code", "zh", "en"),
    [
        ("reason", "below", "价格低于目标，目标是否为上限不明", "below"),
        ("standing", "below", "低于", "below"), ("reason", "unit", "单位不同", "unit"),
        ("reason", "no_outcome", "没有实际值", "no_outcome"),
        ("reason", "other_period", "只报告其他时期", "other_period"),
        ("method", "level_minus_new", "按水平减新增推算", "level_minus_new"),
        ("verdict", "missed", "未完成", "missed"), ("reason", "forecast", "预计", "forecast"),
        ("reason", "a text", "a text", "a text"),
    ],
)  # fmt: skip
def test_codes_mean_what_their_column_says(column, code, zh, en):
    """A code is said in Chinese as its column means it."""
    for lang, word in {"zh": zh, "en": en}.items():
        shown = ps.table(one_row(**{column: code}), lang=lang, columns=[column])
        assert shown.iloc[0, 0] == word


@pytest.mark.parametrize("result", WITHOUT_SERIES.values(), ids=WITHOUT_SERIES)
def test_no_rows(result):
    """Of no rows there are the heads."""
    shown = ps.table(result().head(0), lang="en")
    assert shown.empty
    assert len(shown.columns) > 0


def test_a_text_without_figures():
    """A text that says nothing in figures has a table without rows."""
    shown = ps.table(ps.check_text("今天天气很好。"), lang="en")
    assert shown.empty
    assert {"Region", "Verdict"} <= {*shown}


@pytest.mark.parametrize("across", ["region", "indicator", "period"])
def test_no_rows_side_by_side(across):
    """Of no rows nothing stands side by side."""
    assert ps.table(OWN.iloc[:0], columns=across).empty


def test_scores_have_ranks_with_ranges():
    """The rank of a score has its range too, and no columns for the ends of it."""
    shown = ps.table(RESULTS["composite"](), lang="en")
    assert [*shown.columns][3:5] == ["Rank", "Ranked"]
    assert shown["Rank"].str.contains("–").any()


def test_rows_with_names_keep_them():
    """A frame whose rows are named by regions has these as its first column."""
    assert ps.table(ps.coverage(), lang="en").iloc[0, 0] == "China"


def test_unknown_columns():
    """A column that is not there is refused with those that are."""
    with pytest.raises(ps.SchemaError, match=r"columns \['rank'\] are not in the rows"):
        ps.table(OWN, columns=["region", "rank"])
    with pytest.raises(ps.SchemaError, match="columns must be one of"):
        ps.table(OWN, columns="unit")


def test_two_rows_in_one_cell():
    """Rows that differ by what is not shown cannot stand side by side."""
    with pytest.raises(ps.SchemaError, match="two rows would stand in one cell"):
        ps.table(pd.concat([OWN, OWN]), columns="period")


def test_a_change_of_value_added_says_at_which_prices_it_is():
    """What is real and what is not stand in one column, each with its word."""
    changes = ps.yoy(ps.series("gdp", period=2023, regions=["粤", "全国"]))
    got = ps.table(changes, lang="en")
    assert dict(zip(got["Region"], got["Prices"], strict=True)) == {
        "Guangdong": "current",
        "China": "constant",
    }
    assert "Prices" not in ps.table(ps.yoy("rd_expenditure"), lang="en")
