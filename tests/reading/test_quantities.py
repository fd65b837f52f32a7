"""Quantities: fractions, ranges and units, what is counted and what is measured."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import interval, read, refusal
from strategies import SCALES, numbers

import provstats as ps

# --- fractions -----------------------------------------------------------------------------------


def percent(share: int, parts: int) -> float:
    """Return a fraction in percent, by whole numbers."""
    return float(Fraction(100 * share, parts))


@pytest.mark.parametrize(
    ("text", "bounds", "qualifier"),
    [
        ("近1/5", (20, percent(1, 6), 20), "nearly"),
        ("约1/4", (25, 20, percent(1, 3)), "about"),
        ("1/4", (25, 22.5, float(Fraction(175, 6))), "exact"),
        ("超1/3", (percent(1, 3), percent(1, 3), 50), "over"),
        ("1/10以上", (10, 10, percent(1, 9)), "over"),
        ("不足1/3", (percent(1, 3), 25, percent(1, 3)), "under"),
        ("近2/3", (percent(2, 3), 50, percent(2, 3)), "nearly"),
        ("约2/3", (percent(2, 3), 50, 100), "about"),
        ("近1/200", (0.5, percent(1, 201), 0.5), "nearly"),
        ("近五分之一", (20, percent(1, 6), 20), "nearly"),
        ("四分之三", (75, 67.5, 87.5), "exact"),
        ("占全国的1/4", (25, 22.5, float(Fraction(175, 6))), "exact"),
        ("每4辆…1辆", (25, 20, percent(1, 3)), "about"),
    ],
)
def test_fractions(text: str, bounds: tuple[float, ...], qualifier: str) -> None:
    """A fraction reaches to the fractions of the same numerator, however it is written."""
    assert read(text) == (*bounds, "percent", qualifier, "outcome")


@settings(deadline=None)
@given(st.integers(1, 900), st.integers(1, 900))
def test_neighbours_of_fractions(share: int, more: int) -> None:
    """The neighbours have one part more and one part less; exact is half way to both."""
    parts = share + more
    below, value, above = (Fraction(100 * share, parts + step) for step in (1, 0, -1))
    expected = {
        "": ((below + value) / 2, (value + above) / 2), "近": (below, value),
        "超": (value, above), "不足": (below, value), "约": (below, above),
    }  # fmt: skip
    for word, bounds in expected.items():
        assert interval(f"{word}{share}/{parts}") == tuple(map(float, (value, *bounds)))


@pytest.mark.parametrize(
    "text",
    ["2021/2024", "2024/11", "11/2024", "1/2024", "2024/12/31", "1/0", "0/5", "5/4", "1/1", "1/4.5",
     "1.5/4", "1/4/5", "1/4家", "四分之五", "三分之1.5", "1//4"],
)  # fmt: skip
def test_no_fraction(text: str) -> None:
    """Dates and labels of periods, and what is no part of a whole, are no fractions."""
    assert refusal(text)


# --- ranges --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bounds", "unit"),
    [
        ("5%—5.5%", (5.25, 5, 5.5), "percent"),
        ("5.0至5.5个百分点", (5.25, 5, 5.5), "percentage_point"),
        ("5%到6%", (5.5, 5, 6), "percent"),
        ("5-6%", (5.5, 5, 6), "percent"),
        ("4.5-5%", (4.75, 4.5, 5), "percent"),
        ("5~6家", (5.5, 5, 6), "count"),
        ("5——6家", (5.5, 5, 6), "count"),
        ("1-2个", (1.5, 1, 2), "count"),
        ("两到三成", (25, 20, 30), "percent"),
        ("三至四成", (35, 30, 40), "percent"),
        ("百分之三至百分之五", (4, 3, 5), "percent"),
        ("3-5年", (4, 3, 5), "year"),
        ("5-6万家", (55000, 50000, 60000), "count"),
        ("5万-6万家", (55000, 50000, 60000), "count"),
        ("3000-5000亿元", (4e11, 3e11, 5e11), "CNY"),
        ("3000亿元—5000亿元", (4e11, 3e11, 5e11), "CNY"),
        ("8000-1万家", (9000, 8000, 10000), "count"),
        ("5家—1万家", (5002.5, 5, 10000), "count"),
        ("5千克至1吨", (0.5025, 0.005, 1), "t"),
        ("增长5%—5.5%", (5.25, 5, 5.5), "percent"),
        ("同比增长5%至6%", (5.5, 5, 6), "percent"),
        ("下降3%至5%", (-4, -5, -3), "percent"),
        ("下降0%至5%", (-2.5, -5, 0), "percent"),
        ("-3%至5%", (1, -3, 5), "percent"),
        ("-5%—-3%", (-4, -5, -3), "percent"),
        ("高于全国1至2个百分点", (1.5, 1, 2), "percentage_point"),
        ("在5%至6%之间", (5.5, 5, 6), "percent"),
        ("5%至6%区间", (5.5, 5, 6), "percent"),
    ],
)
def test_ranges(text: str, bounds: tuple[float, ...], unit: str) -> None:
    """A range has its ends as printed, and their middle as value."""
    assert read(text) == (*bounds, unit, "range", "outcome")


def test_ranges_have_natures() -> None:
    """A range may be aimed at or expected."""
    assert read("预期目标5%—5.5%")[4:] == ("range", "target")
    assert read("预计增长5%—5.5%")[4:] == ("range", "forecast")


@pytest.mark.parametrize(
    "text",
    ["6%—5%", "5%—5%", "5%--6%", "5%—", "—5%", "5—6", "约5%—6%", "5%—6%左右", "超5%—6%",
     "5%—6%以上", "5%—6%—7%", "5家—6%", "5元至6个百分点", "2021—2025年", "1—11月", "两三个",
     "两三成", "从5%到6%", "下降-3%至5%", "第3至5位", "5%之间"],
)  # fmt: skip
def test_no_range(text: str) -> None:
    """What does not run from a lower to a higher number of one unit is no range."""
    assert refusal(text)


@settings(deadline=None)
@given(
    numbers(), numbers(), st.sampled_from("-—~至到"), st.sampled_from(["%", "家", "亿元", "万人"])
)
def test_ranges_have_their_ends(first: str, second: str, dash: str, unit: str) -> None:
    """Two numbers are a range if the first is lower, each with its unit or both with one."""
    scale = SCALES.get(unit[0], 1)
    low, high = Fraction(first) * scale, Fraction(second) * scale
    texts = f"{first}{unit}{dash}{second}{unit}", f"{first}{dash}{second}{unit}"
    if low < high:
        assert {interval(text) for text in texts} == {
            (float((low + high) / 2), float(low), float(high))
        }
    else:
        assert refusal(texts[0])


# --- what is counted, measured, scaled -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("857家", 857, 857),
        ("20天", 20, 20),
        ("20.2天", 20.15, 20.25),
        ("1.5年", 1.45, 1.55),
        ("2.5个月", 2.45, 2.55),
        ("2.3人", 2.25, 2.35),
        ("2.0家", 1.95, 2.05),
        ("12年", 12, 12),
        ("80岁", 79.5, 80.5),
        ("80.1岁", 80.05, 80.15),
        ("5小时", 4.5, 5.5),
        ("5公里", 4.5, 5.5),
        ("12元", 11.5, 12.5),
        ("8万家", 75000, 85000),
        ("13万2千人", 131500, 132500),
        ("一百九十万零三千九百七十一人", 1903970.5, 1903971.5),
        ("1亿2000万元", 119995000, 120005000),
        ("3百家", 300, 300),
        ("0家", 0, 0),
        ("0%", -0.5, 0.5),
        ("0.0%", -0.05, 0.05),
    ],
)
def test_counted_or_measured(text: str, lower: float, upper: float) -> None:
    """A count in full is exact; decimals show that a value was measured."""
    assert interval(text)[1:] == (lower, upper)


@pytest.mark.parametrize("word", ["百", "千", "万", "亿", "百万", "万亿"])
def test_a_bare_scale(word: str) -> None:
    """A bare 万 is a number only after a qualifier."""
    assert refusal(f"{word}元")
    assert read(f"超{word}元")[4] == "over"


# --- a unit that is given ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("43,760.7", "亿元", (4376070000000, 4376065000000, 4376075000000, "CNY", "exact")),
        ("43760.7", "亿元", (4376070000000, 4376065000000, 4376075000000, "CNY", "exact")),
        ("857", "家", (857, 857, 857, "count", "exact")),
        ("857", "count", (857, 857, 857, "count", "exact")),
        ("857", "万人", (8570000, 8565000, 8575000, "count", "exact")),
        ("85.7", "万人", (857000, 856500, 857500, "count", "exact")),
        ("12.5", "人", (12.5, 12.45, 12.55, "count", "exact")),
        ("7.6", "%", (7.6, 7.55, 7.65, "percent", "exact")),
        ("7.6", "percent", (7.6, 7.55, 7.65, "percent", "exact")),
        ("6.39", "‰", (0.639, 0.6385, 0.6395, "percent", "exact")),
        ("-3.9", "%", (-3.9, -3.95, -3.85, "percent", "exact")),
        ("下降3.9", "%", (-3.9, -3.95, -3.85, "percent", "exact")),
        ("102.3", "index", (102.3, 102.25, 102.35, "index", "exact")),
        ("13", "rank", (13, 13, 13, "rank", "exact")),
        ("超8万", "个", (80000, 80000, 90000, "count", "over")),
        ("8万以上", "个", (80000, 80000, 90000, "count", "over")),
        ("8万余", "个", (80000, 80000, 90000, "count", "over")),
        ("两百", "家", (200, 200, 200, "count", "exact")),
        ("5-6", "%", (5.5, 5, 6, "percent", "range")),
        ("5-6", "万家", (55000, 50000, 60000, "count", "range")),
        ("4,376", "百亿元", (43760000000000, 43755000000000, 43765000000000, "CNY", "exact")),
        # A unit in the text goes before it.
        ("1.1万家", "亿元", (11000, 10500, 11500, "count", "exact")),
        ("7.6%", "亿元", (7.6, 7.55, 7.65, "percent", "exact")),
        ("居全国首位", "%", (1, 1, 1, "rank", "exact")),
    ],
)  # fmt: skip
def test_unit(text: str, unit: str, expected: tuple[object, ...]) -> None:
    """A number without a unit takes the one that is given, as a cell that of its heading."""
    assert read(text, unit=unit) == (*expected, "outcome")


@pytest.mark.parametrize(
    ("text", "unit"),
    [("1.2万", "万元"), ("1.2万", "亿元"), ("5", "bananas"), ("5", ""), ("5", "万"),
     ("5", "亿percent"), ("", "家"), ("…", "家"), ("--", "家"), ("2 3", "家"), ("2024", "年"),
     ("nan", "%"), ("第3", "percent "), ("1/4", "家"), ("四分之一", "亿元")],
)  # fmt: skip
def test_unit_refused(text: str, unit: str) -> None:
    """An unknown unit, a scale on a scale, and what is no number are refused."""
    assert refusal(text, unit=unit)


def test_unknown_unit_is_named_with_the_nearest() -> None:
    """The refusal names the unit, and one that is near."""
    assert "'percents' is no unit; did you mean 'percent'" in refusal("5", unit="percents")


@pytest.mark.parametrize("unit", [5, 7.5, ["%"], b"%"])
def test_unit_is_a_text(unit: object) -> None:
    """A unit that is no text raises FigureError and is named."""
    with pytest.raises(ps.FigureError) as caught:
        ps.parse_figure("5", unit=unit)  # type: ignore[arg-type]
    assert repr(unit) in str(caught.value)


@settings(deadline=None)
@given(numbers(), st.sampled_from(["家", "%", "亿元", "万人", "个百分点", "公里", "‰"]))
def test_a_given_unit_is_the_printed_one(number: str, unit: str) -> None:
    """A number with its unit beside it is the same as with the unit in its heading."""
    for before in ("", "超", "近", "约", "不足", "下降"):
        if before in {"", "下降"} or Fraction(number):
            assert read(before + number, unit=unit) == read(before + number + unit)
