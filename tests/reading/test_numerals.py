"""Numerals: digits and Chinese words, their significant digits and their neighbours."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provstats.errors import FigureError
from provstats.reading.figures import parse_figure
from provstats.reading.numerals import NUMERAL, Numeral, parse_numeral, spell_number

WORDS = "零〇一二两三四五六七八九十百千万亿"


@pytest.mark.parametrize(
    ("text", "value", "last", "significant"),
    [
        ("0", 0, 1, 1),
        ("7", 7, 1, 1),
        ("857", 857, 1, 1),
        ("1000", 1000, 1, 1000),
        ("1200", 1200, 1, 100),
        ("80000", 80000, 1, 10000),
        ("7.6", "7.6", "0.1", "0.1"),
        ("7.0", "7.0", "0.1", "0.1"),
        ("7.60", "7.60", "0.01", "0.01"),
        ("0.05", "0.05", "0.01", "0.01"),
        ("2.7万", 27000, 1000, 1000),
        ("8万", 80000, 10**4, 10**4),
        ("10万", 10**5, 10**4, 10**5),
        ("4.3万亿", 43 * 10**11, 10**11, 10**11),
        ("3482亿", 3482 * 10**8, 10**8, 10**8),
        ("2千万", 2 * 10**7, 10**7, 10**7),
        ("3百", 300, 100, 100),
    ],
)
def test_digits(text: str, value: object, last: object, significant: object) -> None:
    """Digits with a scale give the value and the units of the last and last significant digit."""
    read = parse_numeral(text)
    assert (read.value, read.last, read.significant) == tuple(
        Decimal(str(n)) for n in (value, last, significant)
    )


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("零", 0),
        ("〇", 0),
        ("三", 3),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("一十五", 15),
        ("二十", 20),
        ("九十九", 99),
        ("百", 100),
        ("两百", 200),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百五十", 150),
        ("两千", 2000),
        ("一千零五", 1005),
        ("一千零九十五", 1095),
        ("一千〇五", 1005),
        ("一千零五十", 1050),
        ("一千二百零五", 1205),
        ("一万零五百", 10500),
        ("一万五千", 15000),
        ("十万", 10**5),
        ("百万", 10**6),
        ("三千万", 3 * 10**7),
        ("五百亿", 5 * 10**10),
        ("万亿", 10**12),
        ("一万五千亿", 15 * 10**11),
        ("一亿零三", 10**8 + 3),
        ("一万亿零五", 10**12 + 5),
        ("两万三千亿零四百万", 23 * 10**11 + 4 * 10**6),
        # an extra 零 where no place is skipped, and 十 for 一十
        ("十万零一千", 101_000),
        ("一百九十万零三千九百七十一", 1_903_971),
        ("一亿零三千万", 13 * 10**7),
        ("一万零十二", 10012),
        ("一万零一十二", 10012),
        ("三百五十万亿", 35 * 10**13),
        # digits and words
        ("13万2千", 132_000),
        ("13万2000", 132_000),
        ("13万2346", 132_346),
        ("1亿2000万", 12 * 10**7),
        ("2亿5千万", 25 * 10**7),
        ("3千5百万", 35 * 10**6),
        ("1万零500", 10500),
    ],
)
def test_words(words: str, number: int) -> None:
    """A number in Chinese words is read as that number."""
    assert parse_numeral(words).value == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三点五", "3.5"),
        ("十二点零六", "12.06"),
        ("零点三", "0.3"),
        ("〇点三", "0.3"),
        ("两点五万", "25000"),
        ("四点三万亿", "4300000000000"),
    ],
)
def test_spoken_decimals(words: str, value: str) -> None:
    """Decimals in words are read digit by digit and scaled."""
    assert parse_numeral(words).value == Decimal(value)


@pytest.mark.parametrize(
    "words",
    [
        "两三",
        "三四",
        "一百五",
        "一万五",
        "二百五",
        "一千零五百",
        "零三",
        "三零",
        "一九九五",
        "十百",
        "百十",
        "千百",
        "万万",
        "五十六七",
        "一百零零五",
        "一千五十",
        "七八万",
        "两万五",
        "亿一千",
        "一亿一千",
        "三四十",
        "二百十",
        "两十",
        "13万2",
        "1万500",
        "1亿20000万",
        "10万万",
        "2千3百5",
    ],
)
def test_ways_of_speaking_are_refused(words: str) -> None:
    """Words that are not how one number is written are refused, and the message names them."""
    with pytest.raises(FigureError, match=words):
        parse_numeral(words)


@pytest.mark.parametrize(
    ("text", "last", "significant"),
    [
        ("一百", 1, 100),
        ("两万五千", 1000, 1000),
        ("二十万", 10**4, 10**5),
        ("十万零一千", 1000, 1000),
        ("一百九十万零三千九百七十一", 1, 1),
        ("13万2千", 1000, 1000),
        ("13万2000", 1, 1000),
        ("1亿2000万", 10**4, 10**7),
    ],
)
def test_last_printed(text: str, last: int, significant: int) -> None:
    """A number in words or in both has the unit of its last word; digits are printed in full."""
    read = parse_numeral(text)
    assert (read.last, read.significant) == (last, significant)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (9, "九"),
        (10, "一十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1095, "一千零九十五"),
        (10995, "一万零九百九十五"),
        (1010, "一千零一十"),
        (10010, "一万零一十"),
        (20500, "二万零五百"),
        (10**8 + 1, "一亿零一"),
        (205000, "二十万五千"),
        (10**12, "一万亿"),
        (1234567890, "一十二亿三千四百五十六万七千八百九十"),
    ],
)
def test_in_words(number: int, words: str) -> None:
    """A whole number is written in words with 零 where places are skipped."""
    assert spell_number(number) == words


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 10**15) | st.integers(0, 10**5))
def test_words_round_trip(number: int) -> None:
    """Writing a number in words and reading it gives the number back."""
    assert parse_numeral(spell_number(number)).value == number


@settings(deadline=None)
@given(st.integers(0, 10**15) | st.integers(0, 10**5))
def test_dresses_of_words_agree(number: int) -> None:
    """两 for 二, 〇 for 零 and a bare leading 十 change nothing."""
    words = spell_number(number)
    dresses = {
        re.sub("二(?=[百千万亿])", "两", words),
        words.replace("零", "〇"),
        re.sub("^一(?=十)", "", words),
        re.sub("零一十", "零十", words),
        re.sub("(?<=[万亿])(?=.千)", "零", words),
    }
    assert {parse_numeral(dress).value for dress in dresses} == {number}


@settings(deadline=None, max_examples=500)
@given(st.text(WORDS, min_size=1, max_size=20))
def test_random_words_are_one_number_or_refused(words: str) -> None:
    """Random numeral words are refused, or are exactly how the number read is written."""
    try:
        number = int(parse_numeral(words).value)
    except FigureError as error:
        assert words in str(error)  # noqa: PT017
    else:
        plain = words.replace("两", "二").replace("〇", "零").replace("零十", "零一十")
        said = re.sub("(?<=[万亿])零(?=.千)", "", plain)
        assert spell_number(number).removeprefix("一") == said.removeprefix("一")


@pytest.mark.parametrize(
    ("text", "below", "above"),
    [
        ("1000", "900", "2000"),
        ("1100", "1000", "1200"),
        ("9", "8", "10"),
        ("10", "9", "20"),
        ("1", "0.9", "2"),
        ("99", "98", "100"),
        ("101", "100", "102"),
        ("2.7万", "26000", "28000"),
        ("1万", "9000", "20000"),
        ("1.0万", "9900", "11000"),
        ("1.0", "0.99", "1.1"),
        ("10.0", "9.99", "10.1"),
        ("0.1", "0.09", "0.2"),
        ("0.10", "0.099", "0.11"),
        ("一百", "90", "200"),
        ("一万五千", "14000", "16000"),
    ],
)
def test_neighbours(text: str, below: str, above: str) -> None:
    """The neighbours have as many significant digits, and shrink below a power of ten."""
    read = parse_numeral(text)
    assert (read.prev, read.next) == (Decimal(below), Decimal(above))


@settings(deadline=None)
@given(st.integers(1, 999_999), st.sampled_from([1, 10, 100, 10**4, 10**8]))
def test_neighbours_scale_with_the_number(number: int, factor: int) -> None:
    """A numeral times a factor has the neighbours times that factor."""
    read = parse_numeral(str(number))
    scaled = read * factor
    assert (scaled.value, scaled.last, scaled.significant) == (
        read.value * factor, read.last * factor, read.significant * factor
    )  # fmt: skip
    assert (scaled.prev, scaled.next) == (read.prev * factor, read.next * factor)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("857", True),
        ("2.7万", True),
        ("1.3万亿", True),
        ("两百", True),
        ("三点五亿", True),
        ("", False),
        (".5", False),
        ("1.", False),
        ("1e5", False),
        ("几十", False),
        ("١٢", False),
        ("3十", False),
        ("01", False),
        ("13万2千", True),
        ("1亿2000万", True),
        ("1.5亿2000万", False),
        ("13 2", False),
    ],
)
def test_pattern(text: str, *, whole: bool) -> None:
    """The pattern for one numeral matches numerals and nothing else."""
    assert bool(re.fullmatch(NUMERAL, text)) is whole


def test_numeral_is_frozen() -> None:
    """A numeral cannot be changed."""
    numeral = Numeral.from_whole_number(Decimal(80000))
    with pytest.raises(dataclasses.FrozenInstanceError):
        numeral.value = Decimal(1)  # type: ignore[misc]
    assert numeral.value == Decimal(80000)


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [("十万零一千", 101_000, 500), ("一百九十万零三千九百七十一", 1_903_971, 0.5),
     ("13万2千", 132_000, 500), ("两万五千", 25_000, 500), ("一万零十二", 10_012, 0.5)],
)  # fmt: skip
def test_a_number_of_several_parts_counts_without_a_unit(text, value, half):
    """Spelt out it is plain; one with a bare scale or in figures alone still needs a unit."""
    figure = parse_figure(text)
    assert (figure.value, figure.unit, figure.qualifier) == (value, "count", "exact")
    assert figure.upper - figure.value == figure.value - figure.lower == half


@pytest.mark.parametrize("text", ["1.1万", "十五", "一万", "857", "两万五", "两三万", "1亿2000"])
def test_a_bare_number_still_needs_its_unit(text):
    """Nothing is guessed."""
    with pytest.raises(FigureError):
        parse_figure(text)
