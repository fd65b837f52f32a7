"""Tables for readers: names, units, decimals as printed, ranks with their ranges."""

from __future__ import annotations

import pandas as pd
import pytest
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
