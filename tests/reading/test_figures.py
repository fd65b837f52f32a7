"""Printed figures: the documented table, the record, and what holds of any text."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import read, refusal
from strategies import FIGURE_ALPHABET, FIGURE_WORDS, SCALES, Printed, numbers, printed_figures

import provstats as ps
from provstats.reading.figures import Figure, parse_figure

TRILLION = 10**12

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
        ("近1/5", 20, 100 / 6, 20, "percent", "nearly"),
        ("约1/4", 25, 20, 100 / 3, "percent", "about"),
        ("1/4", 25, 22.5, 175 / 6, "percent", "exact"),
        ("5%—5.5%", 5.25, 5, 5.5, "percent", "range"),
        ("5.0至5.5个百分点", 5.25, 5, 5.5, "percentage_point", "range"),
        ("与全国持平", 0, 0, 0, "percent", "exact"),
        ("与上年持平", 0, 0, 0, "percent", "exact"),
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


def test_expected() -> None:
    """A figure that is expected is a forecast."""
    assert read("预计…有望突破4.2万家") == (42000, 42000, 43000, "count", "over", "forecast")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("三个", "3个"),
        ("两百家", "200家"),
        ("十五家", "15家"),
        ("近千家", "近1000家"),
        ("千余家", "1000余家"),
        ("20余亿元", "20亿余元"),
        ("20多万亿元", "超20万亿元"),
        ("三十万多亿元", "超30万亿元"),
        ("三百五十万亿元", "350万亿元"),
        ("百分之7.6", "7.6%"),
        ("百分之三点五", "3.5%"),
        ("百分之百", "100%"),
        ("千分之6.39", "6.39‰"),
        ("三成半", "三点五成"),
        ("三成五", "三点五成"),
        ("近半", "近五成"),
        ("近半数", "近五成"),
        ("过半", "超五成"),
        ("一半以上", "五成以上"),
        ("近五分之一", "近1/5"),
        ("翻番", "增长约100%"),
        ("翻一番", "增长约100%"),
        ("翻了一番", "增长约100%"),
        ("翻两番", "增长约300%"),
        ("翻近一番", "增长近100%"),
        ("接近翻番", "增长接近100%"),
        ("翻了一番多", "增长超100%"),
        ("实现翻番", "翻番"),
        ("十万零一千人", "10万1千人"),
        ("一百九十万零三千九百七十一人", "190万3971人"),
        ("13万2千人", "13.2万人"),
        ("1亿2000万元", "12000万元"),
        ("100000万美元", "100000万美元"),
        ("5千米", "5公里"),
        ("3万元人民币", "3万元"),
    ],
)
def test_other_ways_to_print(text: str, plain: str) -> None:
    """A figure in other words is the same figure."""
    assert read(text) == read(plain)


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # vague numbers and ways of speaking
        "两三个", "三四成", "三四十家", "七八万家", "数十家", "几十家", "十几家", "一百五家",
        "一万五家",
        "两万五人", "百十家", "一千零五百家", "两十个", "多家", "百家", "亿元", "一批", "新建一批",
        "一期",
        "迈上两个台阶",
        # two figures
        "增长5%，居全国第3位", "增长五成居全国第3位", "5%和6%", "5%、6%", "8万个超9万个",
        "3万元欧元",
        # no number, no unit, unknown unit
        "", " ", "超", "家", "%", "123", "１２３", "超123", "3482亿", "5升", "1.8pct", "5度",
        "5位次",
        "nan", "inf%", "N/A",
        # malformed numbers
        "1.家", ".5%", "1.2.3%", "1e5家", "一九九五家", "١٢家", "13万2家", "1亿20000万元",
        "1.5亿2000万元",
        "1万500元",
        # dates
        "2024年", "2024年11月", "1500年", "1000年", "2024-11", "11月",
        # more than one figure's words
        "增长3.9%和", "超8万个(含)", "5元/吨", "5个国家", "为上年的3倍",
        # no such count of places
        "零位数", "1.5位数", "5000位数", "9999999位数",
    ],
)  # fmt: skip
def test_refused(text: str) -> None:
    """What cannot be read without guessing raises, and the message names what was given."""
    assert refusal(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("5%—4%", "'5%—4%' is no range"),
        ("超123", "no number with a unit, at character 2: '123'"),
        ("两三个", "'两三' is not how one number is written"),
        ("超5%左右", "contradict one another: about and over"),
        ("第0位", "ranks begin at 1"),
        ("5%a", "nothing may follow the unit, at character 3: 'a'"),
        ("近五年", "a span of time is a period"),
        ("2024年", "'2024年' is a date"),
        ("3个位次", "need a word for where they move"),
        ("比上年5%", "needs a word for more or less"),
        ("收窄5%", "is a rate, by points"),
        ("低于全国下降5%", "contradict one another: fall and fall"),
        ("百家", "it cannot be exact: only over or nearly"),
        ("约5%—6%", "contradict one another: about and range"),
        ("超0%", "it cannot be over: only exact"),
    ],
)
def test_message_says_what_and_where(text: str, what: str) -> None:
    """The message says what could not be read, and where it stands."""
    assert what in refusal(text)


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


@settings(deadline=None, max_examples=400)
@given(printed_figures())
def test_format_then_parse(printed: Printed) -> None:
    """A figure printed in any dress is read as the value, unit, qualifier and nature it was."""
    value, lower, upper, *words = read(printed.text)
    assert value == float(printed.value)
    assert words == [printed.unit, printed.qualifier, printed.nature]
    assert lower <= value <= upper


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


@settings(deadline=None, max_examples=200)
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


def check_reads_or_refuses(text: str, unit: str | None = None) -> None:
    """Check that the text raises FigureError and names it, or gives a figure that holds."""
    try:
        figure = parse_figure(text, unit=unit)
    except ps.FigureError as error:
        assert repr(text) in str(error)  # noqa: PT017
    else:
        assert figure.lower <= figure.value <= figure.upper
        assert figure.printed == text


@settings(deadline=None, max_examples=500)
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Any text gives a figure or FigureError, and never anything else."""
    check_reads_or_refuses(text)


@settings(deadline=None, max_examples=500)
@given(st.text(FIGURE_ALPHABET, max_size=12), st.sampled_from([None, "亿元", "家", "rank", "%"]))
def test_any_text_of_the_alphabet_is_read_or_refused(text: str, unit: str | None) -> None:
    """Any text of the grammar's own characters gives a figure or FigureError."""
    check_reads_or_refuses(text, unit)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(FIGURE_WORDS), max_size=7).map("".join))
def test_any_chain_of_words_is_read_or_refused(text: str) -> None:
    """Any chain of the grammar's own words gives a figure or FigureError."""
    check_reads_or_refuses(text)


@pytest.mark.parametrize(
    "piece", ["1", " ", "1 ", "增长", "…", "1,234", "全国", "-", "零", "万", "(a)", "第一", "“"]
)
def test_long_texts_are_refused(piece: str) -> None:
    """A text of a million characters is refused unread; one of the longest length is looked at."""
    with pytest.raises(ps.FigureError) as caught:
        parse_figure(piece * (1_000_000 // len(piece)))
    assert len(str(caught.value)) < 400
    assert "at most 200 characters" in str(caught.value) or not piece.strip()
    check_reads_or_refuses(piece * (200 // len(piece)))
