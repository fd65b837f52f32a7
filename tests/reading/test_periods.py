"""Periods: one label for each span of months, and the many ways in which reports name it."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import PERIOD_ALPHABET, month_spans

import provstats as ps
from provstats.reading.periods import Period, parse_period

Month = tuple[int, int]
DASHES = "-‐‑‒–—―−－~～〜至到"


def months_between(first: Month, last: Month) -> list[Month]:
    """Walk from the first month to the last, one month at a time."""
    walk = [first]
    while walk[-1] != last:
        year, month = walk[-1]
        walk.append((year, month + 1) if month < 12 else (year + 1, 1))
    return walk


# --- labels --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ((2024, 1), (2024, 12), "2024"),
        ((2024, 1), (2024, 6), "2024-H1"),
        ((2024, 7), (2024, 12), "2024-H2"),
        ((2024, 1), (2024, 3), "2024-Q1"),
        ((2024, 4), (2024, 6), "2024-Q2"),
        ((2024, 7), (2024, 9), "2024-Q3"),
        ((2024, 10), (2024, 12), "2024-Q4"),
        ((2024, 11), (2024, 11), "2024-11"),
        ((2024, 1), (2024, 11), "2024-01/2024-11"),
        ((2024, 1), (2024, 9), "2024-01/2024-09"),
        ((2024, 2), (2024, 4), "2024-02/2024-04"),
        ((2024, 4), (2024, 9), "2024-04/2024-09"),
        ((2023, 11), (2024, 2), "2023-11/2024-02"),
        ((2023, 7), (2024, 6), "2023-07/2024-06"),
        ((2023, 11), (2024, 1), "2023-11/2024-01"),
        ((2021, 1), (2024, 12), "2021/2024"),
        ((2021, 1), (2024, 6), "2021-01/2024-06"),
    ],
)
def test_labels(first: Month, last: Month, label: str) -> None:
    """A whole year, half or quarter takes that label, any other span its first and last month."""
    period = Period.of_months(first, last)
    assert str(period) == label
    assert parse_period(label) == period


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024-01/2024-12", "2024"),
        ("2024-01/2024-06", "2024-H1"),
        ("2024-10/2024-12", "2024-Q4"),
        ("2024-05/2024-05", "2024-05"),
        ("2021-01/2024-12", "2021/2024"),
        ("2024/2024", "2024"),
    ],
)
def test_each_span_has_one_label(text: str, label: str) -> None:
    """A span that is written the long way takes its one label."""
    assert str(parse_period(text)) == label


def test_labels_of_all_spans_of_three_years() -> None:
    """All 666 spans within three years have labels of their own, which parse back to them."""
    months = months_between((2023, 1), (2025, 12))
    spans = [Period.of_months(*ends) for ends in combinations_with_replacement(months, 2)]
    labels = {str(span) for span in spans}
    assert len(labels) == len(spans) == 666
    assert [parse_period(str(span)) for span in spans] == spans


def test_months_of_all_spans_of_three_years() -> None:
    """The months counted are those that a walk from month to month passes."""
    months = months_between((2023, 1), (2025, 12))
    for first, last in combinations_with_replacement(months, 2):
        assert Period.of_months(first, last).months == len(months_between(first, last))


@settings(deadline=None, max_examples=200)
@given(month_spans())
def test_round_trip(span: tuple[Month, Month]) -> None:
    """Any span of any years parses back from its label."""
    period = Period.of_months(*span)
    assert parse_period(str(period)) == period


@settings(deadline=None, max_examples=200)
@given(month_spans(years=(2, 9999)))
def test_dates_and_months(span: tuple[Month, Month]) -> None:
    """A period runs from the first day to the last, and counts its months."""
    (year, month), (last_year, last_month) = span
    period = Period.of_months(*span)
    assert (period.start.year, period.start.month, period.start.day) == (year, month, 1)
    assert (period.end.year, period.end.month) == (last_year, last_month)
    if period.end < date.max:
        assert date.fromordinal(period.end.toordinal() + 1).day == 1
    assert period.months == 12 * (last_year - year) + (13 - month) - (12 - last_month)


@settings(deadline=None)
@given(month_spans(years=(2, 9999)))
def test_previous_year(span: tuple[Month, Month]) -> None:
    """The same months of the year before are as many, and a year earlier."""
    period = Period.of_months(*span)
    before = period.previous_year
    assert before.months == period.months
    assert (before.start.month, before.end.month) == (period.start.month, period.end.month)
    assert (before.start.year, before.end.year) == (period.start.year - 1, period.end.year - 1)


@pytest.mark.parametrize(
    ("label", "last_day"),
    [
        ("2024-02", 29), ("2023-02", 28), ("2000-02", 29), ("1900-02", 28), ("2024-04", 30),
        ("2024-Q1", 31), ("2024-H1", 30), ("2024", 31),
    ],
)  # fmt: skip
def test_last_day(label: str, last_day: int) -> None:
    """A period ends on the last day of its last month, leap years included."""
    assert parse_period(label).end.day == last_day


# --- reports' names ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1—11月", "2024-01/2024-11"),
        ("１—１１月", "2024-01/2024-11"),
        ("1月—11月", "2024-01/2024-11"),
        ("1—2月份", "2024-01/2024-02"),
        ("1—3月", "2024-Q1"),
        ("1—6月", "2024-H1"),
        ("1—12月", "2024"),
        ("7—12月", "2024-H2"),
        ("11月", "2024-11"),
        ("11月份", "2024-11"),
        ("11月底", "2024-11"),
        ("截至11月底", "2024-11"),
        ("十月", "2024-10"),
        ("十一月", "2024-11"),
        ("十二月", "2024-12"),
        ("全年", "2024"),
        ("年内", "2024"),
        ("上半年", "2024-H1"),
        ("下半年", "2024-H2"),
        ("一季度", "2024-Q1"),
        ("第一季度", "2024-Q1"),
        ("四季度", "2024-Q4"),
        ("前三季度", "2024-01/2024-09"),
        ("前两季度", "2024-H1"),
        ("前11个月", "2024-01/2024-11"),
        ("前两个月", "2024-01/2024-02"),
        ("“十四五”以来", "2021/2024"),
        (" 1 — 11 月 ", "2024-01/2024-11"),
        ("1月份—11月份", "2024-01/2024-11"),
        ("元月", "2024-01"),
        ("年初至11月", "2024-01/2024-11"),
        ("1—11月累计", "2024-01/2024-11"),
        ("4季度", "2024-Q4"),
        ("第1-4季度", "2024"),
        ("一至三季度", "2024-01/2024-09"),
        ("第一至第三季度", "2024-01/2024-09"),
        ("2021年以来", "2021/2024"),
        ("2021年至今", "2021/2024"),
        ("2024年以来", "2024"),
        ("近五年", "2020/2024"),
        ("近5年", "2020/2024"),
        ("近三年来", "2022/2024"),
        ("最近两年", "2023/2024"),
        ("过去五年", "2020/2024"),
        ("过去的十年", "2015/2024"),
        ("年內", "2024"),
        ("前11個月", "2024-01/2024-11"),
        ("前兩個月", "2024-01/2024-02"),
        ("“十四五”以來", "2021/2024"),
    ],
)
def test_spans_without_a_year(text: str, label: str) -> None:
    """A name without a year takes the year of the report."""
    assert str(parse_period(text, year=2024)) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024年", "2024"),
        ("２０２４年", "2024"),
        ("2024年全年", "2024"),
        ("2024年底", "2024"),
        ("截至2024年底", "2024"),
        ("2024年上半年", "2024-H1"),
        ("2024年一季度", "2024-Q1"),
        ("2024年前三季度", "2024-01/2024-09"),
        ("2024年1—11月", "2024-01/2024-11"),
        ("2024年11月", "2024-11"),
        ("2023—2024年", "2023/2024"),
        ("2021年至2024年", "2021/2024"),
        ("十三五", "2016/2020"),
        ("“十四五”期间", "2021/2025"),
        ("十四五時期", "2021/2025"),
        ("“十五五”", "2026/2030"),
        ("“十一五”规划", "2006/2010"),
        ("“十四五”前四年", "2021/2024"),
        ("“十三五”末", "2020"),
        ("2022年第1-4季度", "2022"),
        ("2022年第1-2季度", "2022-H1"),
        ("2022年1-3季度", "2022-01/2022-09"),
        ("2022年第一至三季度", "2022-01/2022-09"),
        ("2022年前3季度", "2022-01/2022-09"),
        ("2019年第1季度", "2019-Q1"),
        ("2019Q1", "2019-Q1"),
        ("2019 Q1", "2019-Q1"),
        ("2019年04月份", "2019-04"),
        ("202412", "2024-12"),
        ("2019.04", "2019-04"),
        ("2024.10", "2024-10"),
        ("2024/11", "2024-11"),
        ("2024/1", "2024-01"),
        ("2024-12-31", "2024-12"),
        ("2024-12-01", "2024-12"),
        ("2024-12-31 00:00:00", "2024-12"),
        ("2024-12-31T00:00:00.000000000", "2024-12"),
        ("20190430", "2019-04"),
        ("2024/2/29", "2024-02"),
        ("2024年12月31日", "2024-12"),
        ("截至2024年12月31日", "2024-12"),
        ("2023.0", "2023"),
        ("二〇二四年", "2024"),
        ("二○二四年", "2024"),
        ("二零二四年十一月", "2024-11"),
        ("到2025年", "2025"),
        ("2024年年末", "2024"),
        ("2018-2023", "2018/2023"),
        ("2021/2024", "2021/2024"),
        ("2023年11月至2024年1月", "2023-11/2024-01"),
        ("2023年四季度至2024年一季度", "2023-10/2024-03"),
        ("2024-Q1/2024-Q3", "2024-01/2024-09"),
        ("202401-202411", "2024-01/2024-11"),
        ("2024-01-31/2024-12-31", "2024"),
    ],
)
def test_spans_with_a_year(text: str, label: str) -> None:
    """A name that states its years needs no other, and no other year overrides them."""
    assert str(parse_period(text)) == label
    assert str(parse_period(text, year=1999)) == label


@pytest.mark.parametrize("dash", DASHES)
def test_any_dash(dash: str) -> None:
    """Any dash, and 至 or 到, joins the months of a span."""
    assert str(parse_period(f"1{dash}11月", year=2024)) == "2024-01/2024-11"


@settings(deadline=None)
@given(month_spans(years=(1000, 9999)), st.sampled_from("-–—－~至"))
def test_names_round_trip(span: tuple[Month, Month], dash: str) -> None:
    """A span within one year is read from its Chinese name, with or without its year."""
    (year, first), (_, last) = span
    first, last = sorted((first, last))
    period = Period.of_months((year, first), (year, last))
    assert parse_period(f"{year}年{first}{dash}{last}月") == period
    assert parse_period(f"{first}{dash}{last}月", year=year) == period


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2024-13", "2024-00", "2024-Q5", "2024-Q0", "2024-H3", "2024-H0", "0000", "0000-01",
        "2024-11/2024-01", "2024-12/2024-13", "2024/2021", "2024—2023年", "2024年13月",
        "2024年11—1月", "2024年五季度", "2024年前13个月", "202413", "2024/13", "2024.13",
        "2024-13-31",
        "2021/24", "2022年第1-5季度", "20240001",
    ],
)  # fmt: skip
def test_impossible(text: str) -> None:
    """A period that no calendar has raises PeriodError, and the message says why."""
    with pytest.raises(ps.PeriodError, match=r"there is no|cannot end before it starts"):
        parse_period(text)


@pytest.mark.parametrize("text", ["2024-13", "2024-Q5", "2024-H0", "2024-11/2024-01", "2024年13月"])
def test_impossible_is_named(text: str) -> None:
    """The message about an impossible period names what was given, not only what came of it."""
    with pytest.raises(ps.PeriodError, match=text):
        parse_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "去年", "近年来", "近两三年", "24年", "2024-1", "2024-Q", "2024-011", "2024.1",
        "20245", "2024/", "/2024", "2024//2025", "nan", "NaT", "None", "True", "-2024", "两三月",
        "-Q1",
        "1 2月", "1  2月", "1(er)2月", "2024年1  1月", "20 24", "2024 11", "1、2月", "度", "累计",
        "末", "以来",
        "五年", "十五", "2021年3月以来", "2024-11-30 12:00:00",
    ],
)  # fmt: skip
def test_unreadable(text: str) -> None:
    """What is no period raises PeriodError, names what was given and shows what is allowed."""
    with pytest.raises(ps.PeriodError) as caught:
        parse_period(text, year=2024)
    assert repr(text) in str(caught.value)
    assert "2024-01/2024-11" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["2024-12-15", "2024-11-31", "20241215", "2024/2/28", "2024年1月1日", "2024年12月15日"]
)
def test_days_within_a_month(text: str) -> None:
    """A day that neither begins nor ends a month is no period, and the message says so."""
    with pytest.raises(ps.PeriodError, match="within a month") as caught:
        parse_period(text, year=2024)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "1—11月",
        "全年",
        "上半年",
        "一季度",
        "11月底",
        "“十四五”以来",
        "2021年以来",
        "2021年至今",
        "近五年",
        "第1-4季度",
    ],
)
def test_year_is_not_guessed(text: str) -> None:
    """A name without a year is refused where no year is given, and the message says so."""
    with pytest.raises(ps.PeriodError, match="year=") as caught:
        parse_period(text)
    assert repr(text) in str(caught.value)


def test_long_texts_are_refused_fast() -> None:
    """A text of a million characters is refused at once, and shown by its beginning."""
    with pytest.raises(ps.PeriodError) as caught:
        parse_period("2024/" * 200_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["近0年", "2025年以来", "“十五五”以来"])
def test_spans_that_end_before_they_start(text: str) -> None:
    """A span up to the year of the report cannot begin after it."""
    with pytest.raises(ps.PeriodError, match="cannot end before it starts"):
        parse_period(text, year=2024)


@pytest.mark.parametrize(
    ("given_", "label"),
    [
        (2024, "2024"),
        (2024.0, "2024"),
        (202411, "2024-11"),
        (np.int64(2024), "2024"),
        (date(2024, 11, 30), "2024-11"),
        (datetime(2024, 11, 1), "2024-11"),  # noqa: DTZ001
        (pd.Timestamp("2024-11-30"), "2024-11"),
        (np.datetime64("2024-11-30"), "2024-11"),
        (pd.Period("2024Q1"), "2024-Q1"),
        (Period.of_months((2021, 1), (2024, 12)), "2021/2024"),
    ],
)
def test_what_tables_hold_for_periods(given_: object, label: str) -> None:
    """Numbers, dates and periods of other libraries are read by what they print."""
    assert str(parse_period(given_)) == label  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [0, 10000])
def test_impossible_year(year: int) -> None:
    """A year that no calendar has raises PeriodError and is named."""
    with pytest.raises(ps.PeriodError, match=str(year)):
        parse_period("1—11月", year=year)


def test_none_is_no_period() -> None:
    """None raises PeriodError, and the message names it."""
    with pytest.raises(ps.PeriodError, match="None"):
        parse_period(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (date(2024, 1, 2), date(2024, 1, 31), "whole months"),
        (date(2024, 2, 1), date(2024, 2, 28), "whole months"),
        (date(2024, 3, 1), date(2024, 2, 29), "before it starts"),
    ],
)
def test_period_checks_itself(start: date, end: date, why: str) -> None:
    """A period of other than whole months in order is refused, and the dates are named."""
    with pytest.raises(ps.PeriodError, match=why) as caught:
        Period(start, end)
    assert str(start) in str(caught.value)
    assert str(end) in str(caught.value)


def check_reads_or_refuses(text: str, year: int | None) -> None:
    """Check that the text raises PeriodError, or gives a period whose label parses back."""
    try:
        period = parse_period(text, year=year)
    except ps.PeriodError as error:
        assert str(error)  # noqa: PT017
    else:
        assert parse_period(str(period)) == period


@settings(deadline=None, max_examples=500)
@given(st.text(max_size=20), st.none() | st.integers(1, 9999))
def test_any_text_is_read_or_refused(text: str, year: int | None) -> None:
    """Any text gives a period or PeriodError, and never anything else."""
    check_reads_or_refuses(text, year)


@settings(deadline=None, max_examples=500)
@given(
    st.text(PERIOD_ALPHABET, max_size=10)
    | st.from_regex(r"[0-9]{4}(-[QH]?[0-9]{1,2})?(/[0-9]{4}(-[0-9]{2})?)?", fullmatch=True)
    | st.from_regex(
        r"([12][0-9]{3}年?)?(前|第)?[0-9一二三四五六七八九十]{1,2}(月|季度|个月)?", fullmatch=True
    ),
    st.sampled_from([None, 2024]),
)
def test_any_text_of_the_alphabet_is_read_or_refused(text: str, year: int | None) -> None:
    """Any text of the grammar's own characters gives a period or PeriodError."""
    check_reads_or_refuses(text, year)


# --- the record ----------------------------------------------------------------------------------


def test_period_is_frozen_hashable_and_ordered() -> None:
    """A period cannot be changed, equal ones are one in a set, and they sort by time."""
    period = parse_period("2024")
    with pytest.raises(dataclasses.FrozenInstanceError):
        period.start = date(2023, 1, 1)  # type: ignore[misc]
    assert {period, parse_period("2024年")} == {period}
    labels = ["2024-Q2", "2023", "2024-01", "2024", "2024-Q1"]
    ordered = [str(p) for p in sorted(map(parse_period, labels))]
    assert ordered == ["2023", "2024-01", "2024-Q1", "2024", "2024-Q2"]


def test_same_function_everywhere() -> None:
    """The package gives the parser and the record under their public names."""
    assert (ps.parse_period, ps.Period) == (parse_period, Period)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024年以来", "2024"), ("今年以来", "2024"), ("今年1—11月", "2024-01/2024-11"),
        ("2024年度", "2024"), ("一季度末", "2024-Q1"), ("「十四五」以來", "2021/2024"),
    ],
)  # fmt: skip
def test_more_that_reports_print(text, label):
    """A year so far, the current one, the end of a quarter, other quotation marks."""
    assert str(parse_period(text, year=2024)) == label
