"""Printed figures: what the words allow, in every dress, and what is refused."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import (
    FIGURE_ALPHABET,
    FIGURE_WORDS,
    SCALES,
    Printed,
    bodies,
    numbers,
    printed_figures,
)

import provstats as ps
from provstats.reading.figures import Figure, normal_text, parse_figure

TRILLION = 10**12


def read(text: str) -> tuple[float, float, float, str, str, str]:
    """Return the fields of a parsed figure, less the text."""
    return dataclasses.astuple(parse_figure(text))[:6]


# --- the documented table ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "lower", "upper", "unit", "qualifier"),
    [
        ("7.6%", 7.6, 7.55, 7.65, "percent", "exact"),
        ("10%", 10, 9.5, 10.5, "percent", "exact"),
        ("1.1万家", 11000, 10500, 11500, "count", "exact"),
        ("857家", 857, 857, 857, "count", "exact"),
        ("54家", 54, 54, 54, "count", "exact"),
        ("2089家", 2089, 2089, 2089, "count", "exact"),
        ("超8万个", 80000, 80000, 90000, "count", "over"),
        ("8万个以上", 80000, 80000, 90000, "count", "over"),
        ("8万余个", 80000, 80000, 90000, "count", "over"),
        ("突破1000家", 1000, 1000, 2000, "count", "over"),
        ("超2.7万家", 27000, 27000, 28000, "count", "over"),
        ("近1000亿元", 1e11, 9e10, 1e11, "CNY", "nearly"),
        ("近四成", 40, 30, 40, "percent", "nearly"),
        ("四成以上", 40, 40, 50, "percent", "over"),
        ("近1/5", 20, 10, 20, "percent", "nearly"),
        ("增长近3倍", 300, 200, 300, "percent", "nearly"),
        ("约4.3万亿元", 4.3e12, 4.2e12, 4.4e12, "CNY", "about"),
        ("7%左右", 7, 6, 8, "percent", "about"),
        ("约100家", 100, 90, 110, "count", "about"),
        ("不足5%", 5, 4, 5, "percent", "under"),
        ("两位数", 10, 10, 100, "percent", "over"),
        ("第13位", 13, 13, 13, "rank", "exact"),
        ("居全国首位", 1, 1, 1, "rank", "exact"),
        ("西部第二", 2, 2, 2, "rank", "exact"),
        ("1.8个百分点", 1.8, 1.75, 1.85, "percentage_point", "exact"),
        ("下降3.9%", -3.9, -3.95, -3.85, "percent", "exact"),
        ("3482亿元", 348.2e9, 348.15e9, 348.25e9, "CNY", "exact"),
        ("7%", 7, 6.5, 7.5, "percent", "exact"),
    ],
)
def test_documented_table(  # noqa: PLR0913, PLR0917
    text: str, value: float, lower: float, upper: float, unit: str, qualifier: str
) -> None:
    """Every row of the documented interval table is read as it says."""
    assert read(text) == (value, lower, upper, unit, qualifier, "outcome")


@pytest.mark.parametrize(
    ("text", "value", "upper", "nature"),
    [
        ("预计…有望突破4.2万家", 42000, 43000, "forecast"),
        ("预计突破4.2万家", 42000, 43000, "forecast"),
        ("有望超4.2万家", 42000, 43000, "forecast"),
        ("将突破4.2万家", 42000, 43000, "forecast"),
        ("力争突破4.2万家", 42000, 43000, "target"),
        ("目标超5%", 5, 6, "target"),
        ("突破4.2万家", 42000, 43000, "outcome"),
    ],
)
def test_nature(text: str, value: float, upper: float, nature: str) -> None:
    """Words of expectation make a forecast, words of intent a target."""
    figure = parse_figure(text)
    assert (figure.value, figure.lower, figure.upper) == (value, value, upper)
    assert (figure.qualifier, figure.nature) == ("over", nature)


@pytest.mark.parametrize(
    ("text", "value", "lower", "upper", "qualifier"),
    [
        ("下降超3.9%", -3.9, -4.0, -3.9, "over"),
        ("下降近3.9%", -3.9, -3.9, -3.8, "nearly"),
        ("下降不足4%", -4, -4, -3, "under"),
        ("下降约4%", -4, -5, -3, "about"),
        ("-3.9%", -3.9, -3.95, -3.85, "exact"),
        ("−3.9%", -3.9, -3.95, -3.85, "exact"),
        ("负3.9%", -3.9, -3.95, -3.85, "exact"),
        ("低于全国1.8个百分点", -1.8, -1.85, -1.75, "exact"),
        ("高于全国1.8个百分点", 1.8, 1.75, 1.85, "exact"),
        ("高出全国平均水平1.8个百分点", 1.8, 1.75, 1.85, "exact"),
        ("高于5%", 5, 5, 6, "over"),
        ("低于5%", 5, 4, 5, "under"),
        ("不低于5%", 5, 5, 6, "over"),
        ("不超过5%", 5, 4, 5, "under"),
        ("0%", 0, -0.5, 0.5, "exact"),
    ],
)
def test_signs(text: str, value: float, lower: float, upper: float, qualifier: str) -> None:
    """A fall is negative, and 高于 is a sign before 全国 but a bound before a number."""
    figure = parse_figure(text)
    assert (figure.value, figure.lower, figure.upper) == (value, lower, upper)
    assert figure.qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("７．６％", "7.6%"),
        ("超５，０００家", "超5000家"),
        ("12,345家", "12345家"),
        ("1,234,567元", "1234567元"),
        ("超 8 万 个", "超8万个"),
        ("超\u30008万\u00a0个", "超8万个"),
        ("三个", "3个"),
        ("两百家", "200家"),
        ("十五家", "15家"),
        ("近千家", "近1000家"),
        ("千余家", "1000余家"),
        ("20余亿元", "20亿余元"),
        ("百分之7.6", "7.6%"),
        ("百分之三点五", "3.5%"),
        ("三成半", "35%"),
        ("三成五", "35%"),
        ("近半数", "近五成"),
        ("过半", "超五成"),
        ("近五分之一", "近1/5"),
        ("四分之三", "3/4"),
        ("翻一番", "增长1倍"),
        ("翻两番", "增长3倍"),
        ("3482億元", "3482亿元"),
        ("約4.3萬億元", "约4.3万亿元"),
        ("預計…有望突破4.2萬家", "预计…有望突破4.2万家"),
        ("超8萬(wan)個", "超8万个"),
        ("超8萬（wan）個(ge)", "超8万个"),
        ("１．８個(ge)百分點(dian)", "1.8个百分点"),
        ("下降(jiang)3.9%", "下降3.9%"),
        ("增長3.9%", "增长3.9%"),
        ("減少兩百家", "减少200家"),
        ("8萬餘個", "8万余个"),
        ("兩位數", "两位数"),
        ("高於全國1.8個百分點", "高于全国1.8个百分点"),
        ("不低於5%", "不低于5%"),
        ("計劃超5%", "计划超5%"),
        ("負3.9%", "负3.9%"),
        ("拉動增長1.8個百分點", "拉动增长1.8个百分点"),
        ("約20公頃", "约20公顷"),
        ("5億千瓦時", "5亿千瓦时"),
    ],
)
def test_dresses(text: str, plain: str) -> None:
    """A figure in another dress is the same figure, and keeps the text as printed."""
    figure = parse_figure(text)
    # 半 and 成 print one more digit than the percentage, so only the value is one.
    fields = 1 if plain == "35%" else 6
    assert read(text)[:fields] == read(plain)[:fields]
    assert (figure.printed, str(figure)) == (text, text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第13位", 13),
        ("第十三位", 13),
        ("第1名", 1),
        ("全国第三", 3),
        ("居首位", 1),
        ("位居榜首", 1),
        ("规模居西部第二", 2),
        ("居全國首位", 1),
        ("第１３位", 13),
    ],
)
def test_ranks(text: str, place: int) -> None:
    """A rank is exact whatever it is a rank among."""
    assert read(text) == (place, place, place, "rank", "exact", "outcome")


@pytest.mark.parametrize("text", ["前10位", "全国前10", "前十名"])
def test_among_the_first(text: str) -> None:
    """Among the first ten is any rank from 1 to 10."""
    assert read(text) == (10, 1, 10, "rank", "under", "outcome")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5亿元", "CNY"), ("5亿美元", "USD"), ("5公里", "km"), ("5平方公里", "km2"), ("5米", "m"),
        ("5万亩", "mu"), ("5公顷", "ha"), ("5万吨", "t"), ("5万吨标准煤", "tce"), ("5立方米", "m3"),
        ("5万千瓦", "kW"), ("5兆瓦", "MW"), ("5GW", "GW"), ("5ＧＷ", "GW"), ("5亿千瓦时", "kWh"),
        ("5P", "PFLOPS"), ("5E", "EFLOPS"), ("5年", "year"), ("5个月", "month"), ("5天", "day"),
        ("5台(套)", "count"), ("5万人次", "count"),
    ],
)  # fmt: skip
def test_units(text: str, unit: str) -> None:
    """Each unit word gives its unit."""
    assert parse_figure(text).unit == unit


@pytest.mark.parametrize("text", ["近1/200", "不足1/500", "约1/1000", "近1/3", "超1/300"])
def test_small_fractions_keep_their_sign(text: str) -> None:
    """The interval of a part of the whole never reaches below nothing."""
    figure = parse_figure(text)
    assert 0 <= figure.lower <= figure.value <= figure.upper


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # vague numbers and ways of speaking
        "两三个", "三四成", "数十家", "几十家", "十几家", "一百五家", "一万五家", "两到三成",
        "多家",
        # ranges and two figures
        "5%—6%", "5%-6%", "5%至6%", "5~6家", "增长5%，居全国第3位", "增长五成居全国第3位", "2 3个",
        # no number, no unit, unknown unit
        "", " ", "超", "家", "%", "123", "１２３", "超123", "3482亿", "5升", "1.8pct", "5‰",
        "nan", "inf%",
        # malformed numbers
        "1,23家", "1,2345家", "1.家", ".5%", "1.2.3%", "1e5家", "一九九五家", "1/0", "١٢家",
        # contradictory qualifiers
        "超近5%", "近超5%", "约超5%", "超5%左右", "超5%以内", "约5%以上", "不足5%以上",
        "8万多家左右",
        # more than one figure's words
        "居全国首位。", "增长3.9%和", "超8万个(含)", "第0位", "第1.5位", "倒数第一",
        "不是第一", "第一批",
        # what has no neighbours, or no such count of places
        "超0%", "近0家", "零位数", "1.5位数", "5000位数", "9999999位数",
    ],
)  # fmt: skip
def test_refused(text: str) -> None:
    """What cannot be read without guessing raises, and the message names what was given."""
    with pytest.raises(ps.FigureError) as caught:
        parse_figure(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("5%—6%", "character 3: '—6%'"),
        ("超123", "character 2: '123'"),
        ("两三个", "'两三' is not how one number is written"),
        ("超5%左右", "contradict one another"),
        ("第0位", "ranks begin at 1"),
    ],
)
def test_message_says_what_and_where(text: str, what: str) -> None:
    """The message says what could not be read, and where it stands."""
    with pytest.raises(ps.FigureError) as caught:
        parse_figure(text)
    assert what in str(caught.value)


@pytest.mark.parametrize("given_", [None, 5, 7.6, b"7.6%", ["7.6%"]])
def test_not_a_text(given_: object) -> None:
    """What is no text raises FigureError, and the message names it."""
    with pytest.raises(ps.FigureError) as caught:
        parse_figure(given_)  # type: ignore[arg-type]
    assert repr(given_) in str(caught.value)


def test_figure_error_is_a_value_error() -> None:
    """FigureError is a leaf of ProvstatsError that also passes as ValueError."""
    assert issubclass(ps.FigureError, ps.ProvstatsError)
    assert issubclass(ps.FigureError, ValueError)


# --- the record ----------------------------------------------------------------------------------


def test_figure_is_frozen_and_hashable() -> None:
    """A figure cannot be changed, and equal figures are one in a set."""
    figure = parse_figure("超8万个")
    with pytest.raises(dataclasses.FrozenInstanceError):
        figure.value = 1.0  # type: ignore[misc]
    assert {figure, parse_figure("超8万个")} == {figure}


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("lower", 8.0),
        ("upper", 6.0),
        ("value", nan),
        ("upper", inf),
        ("unit", "bananas"),
        ("qualifier", "roughly"),
        ("nature", "rumour"),
    ],
)
def test_figure_checks_itself(field: str, bad: object) -> None:
    """A figure outside its interval or with a word of no vocabulary is refused by name."""
    good = parse_figure("7%")
    with pytest.raises(ps.FigureError) as caught:
        dataclasses.replace(good, **{field: bad})
    assert str(bad) in str(caught.value)


def test_same_function_everywhere() -> None:
    """The package gives the parser and the record under their public names."""
    assert (ps.parse_figure, ps.Figure) == (parse_figure, Figure)


# --- properties ----------------------------------------------------------------------------------


@settings(deadline=None, max_examples=1000)
@given(printed_figures())
def test_format_then_parse(printed: Printed) -> None:
    """A figure printed in any dress is read as the value, unit, qualifier and nature it was."""
    value, lower, upper, *words = read(printed.text)
    assert value == float(printed.value)
    assert words == [printed.unit, printed.qualifier, printed.nature]
    assert lower <= value <= upper


@settings(deadline=None, max_examples=300)
@given(bodies())
def test_decline_mirrors_rise(body: Printed) -> None:
    """A fall has the value and the interval of the same rise, mirrored at zero."""
    rise, fall = parse_figure(f"增长{body.text}"), parse_figure(f"下降{body.text}")
    assert (fall.value, fall.lower, fall.upper) == (-rise.value, -rise.upper, -rise.lower)
    assert (fall.unit, fall.qualifier, fall.nature) == (rise.unit, rise.qualifier, rise.nature)


@settings(deadline=None)
@given(numbers(places=(0,)), st.sampled_from(["万", "亿"]), st.sampled_from("超近约"))
def test_scale_words_agree_with_digits(number: str, scale: str, word: str) -> None:
    """超8万个 and 超80000个 are the same figure, for every scale and qualifier."""
    digits = int(number) * SCALES[scale]
    if digits < TRILLION:
        assert read(f"{word}{number}{scale}个") == read(f"{word}{digits}个")
    assert parse_figure(f"{number}{scale}个").value == digits


@settings(deadline=None)
@given(numbers(places=(1, 2)), st.sampled_from(["万", "亿", "万亿"]))
def test_scaled_decimals(number: str, scale: str) -> None:
    """A scaled decimal has the scaled value, to half a unit of its last printed digit."""
    half = Fraction(SCALES[scale], 2 * 10 ** len(number.partition(".")[2]))
    value = Fraction(number) * SCALES[scale]
    if value:
        expected = tuple(map(float, (value, value - half, value + half)))
        assert read(f"{number}{scale}元")[:3] == expected


def neighbours(number: str) -> tuple[Fraction, Fraction]:
    """Search the numbers with as many significant digits for those next to the given one."""
    digits = number.replace(".", "").lstrip("0")
    length = len(digits if "." in number else digits.rstrip("0"))
    value = Fraction(number)
    grid = {
        m * Fraction(10) ** exponent
        for exponent in range(-8, 16)
        for about in [value // Fraction(10) ** exponent]
        for m in (about - 1, about, about + 1, 10 ** (length - 1), 10**length - 1)
        if len(str(m)) == length and m > 0
    }
    return max(n for n in grid if n < value), min(n for n in grid if n > value)


@pytest.mark.parametrize(
    ("number", "below", "above"),
    [("1000", 900, 2000), ("2.7", "2.6", "2.8"), ("999", 998, 1000), ("0.10", "0.099", "0.11")],
)
def test_neighbours_by_hand(number: str, below: object, above: object) -> None:
    """The search for neighbours finds the documented own examples."""
    assert neighbours(number) == (Fraction(str(below)), Fraction(str(above)))


@settings(deadline=None, max_examples=500)
@given(numbers(), st.sampled_from(["家", "%", "亿元"]))
def test_qualifiers_reach_to_the_neighbours(number: str, unit: str) -> None:
    """超 reaches to next, 近 and 不足 to prev, 约 as far up as down, by an independent search."""
    factor = SCALES["亿"] if unit == "亿元" else 1
    value, (below, above) = Fraction(number), neighbours(number)
    expected = {
        "超": (value, above),
        "近": (below, value),
        "不足": (below, value),
        "约": (below, 2 * value - below),
    }
    for word, bounds in expected.items():
        figure = parse_figure(f"{word}{number}{unit}")
        assert (figure.lower, figure.upper) == tuple(float(b * factor) for b in bounds)


def check_reads_or_refuses(text: str) -> None:
    """Check that the text raises FigureError and names it, or gives a figure that holds."""
    try:
        figure = parse_figure(text)
    except ps.FigureError as error:
        assert repr(text) in str(error)  # noqa: PT017
    else:
        assert figure.lower <= figure.value <= figure.upper
        assert figure.printed == text


@settings(deadline=None, max_examples=2000)
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Any text gives a figure or FigureError, and never anything else."""
    check_reads_or_refuses(text)


@settings(deadline=None, max_examples=2000)
@given(st.text(FIGURE_ALPHABET, max_size=12))
def test_any_text_of_the_alphabet_is_read_or_refused(text: str) -> None:
    """Any text of the grammar's own characters gives a figure or FigureError."""
    check_reads_or_refuses(text)


@settings(deadline=None, max_examples=2000)
@given(st.lists(st.sampled_from(FIGURE_WORDS), max_size=7).map("".join))
def test_any_chain_of_words_is_read_or_refused(text: str) -> None:
    """Any chain of the grammar's own words gives a figure or FigureError."""
    check_reads_or_refuses(text)


@settings(deadline=None, max_examples=500)
@given(printed_figures() | st.text(FIGURE_ALPHABET, max_size=12))
def test_normal_text_is_idempotent(given_: Printed | str) -> None:
    """The one dress of a text is its own dress."""
    plain = normal_text(given_.text if isinstance(given_, Printed) else given_)
    assert normal_text(plain) == plain


@pytest.mark.parametrize(
    ("text", "value", "lower", "upper", "qualifier"),
    [
        ("加快3.5个百分点", 3.5, 3.45, 3.55, "exact"),
        ("放缓0.3个百分点", -0.3, -0.35, -0.25, "exact"),
        ("比上月上升1.4个百分点", 1.4, 1.35, 1.45, "exact"),
        ("比全国高1.8个百分点", 1.8, 1.75, 1.85, "exact"),
        ("较全国平均水平低0.5个百分点", -0.5, -0.55, -0.45, "exact"),
        ("占全国四成以上", 40, 40, 50, "over"),
        ("均超99%", 99, 99, 100, "over"),
        ("保持20%以上", 20, 20, 30, "over"),
        ("两位数增长", 10, 10, 100, "over"),
        ("预期目标5%左右", 5, 4, 6, "about"),
        ("降幅3.9%", -3.9, -3.95, -3.85, "exact"),
        ("年均增长5%", 5, 4.5, 5.5, "exact"),
        ("百分之百", 100, 99.5, 100.5, "exact"),
        ("近半", 50, 40, 50, "nearly"),
        ("上百家", 100, 100, 200, "over"),
        ("过万家", 10000, 10000, 20000, "over"),
        ("不高于5%", 5, 4, 5, "under"),
    ],
)  # fmt: skip
def test_phrases_of_communiques(text, value, lower, upper, qualifier):
    """What reports and communiqués put around a figure is read with it."""
    figure = ps.parse_figure(text)
    read = (figure.value, figure.lower, figure.upper, figure.qualifier)
    assert read == (value, lower, upper, qualifier)


@pytest.mark.parametrize("text", ["第一第二", "2024年", "两十个", "百家", "亿元"])
def test_what_only_looks_like_a_figure(text):
    """Two ranks, a date, a way of speaking, a bare hundred or 亿 are refused."""
    with pytest.raises(ps.FigureError, match=text):
        ps.parse_figure(text)
