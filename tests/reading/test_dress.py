"""Dress: every dress of a figure is the same figure, and digits are never joined by undressing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import read, refusal
from strategies import FIGURE_ALPHABET, Printed, printed_figures

from provstats.reading.dress import normalize_characters, normalize_text
from provstats.reading.script import simplify_characters
from provstats.reading.units import UNITS
from provstats.reading.vocabulary import _AFTER, _BEFORE


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("７．６％", "7.6%"),
        ("超５，０００家", "超5000家"),
        ("12,345家", "12345家"),
        ("1,234,567元", "1234567元"),
        ("1,234,567.89元", "1234567.89元"),
        ("超 8 万 个", "超8万个"),
        ("超\u30008万\u00a0个", "超8万个"),
        ("超\t8\r\n万个 ", "超8万个"),
        ("\ufeff超8万\u200b个", "超8万个"),
        ("第 13 位", "第13位"),
        ("下降  3.9  %", "下降3.9%"),
        ("3482億元", "3482亿元"),
        ("約4.3萬億元", "约4.3万亿元"),
        ("預計…有望突破4.2萬家", "预计…有望突破4.2万家"),
        ("佔全國的三分之一", "占全国的三分之一"),
        ("超8萬(wan)個", "超8万个"),
        ("超8萬（wan）個(ge)", "超8万个"),
        ("超8萬(wàn)個(gè)", "超8万个"),
        ("超8萬 (wan) 個 (Ge)", "超8万个"),
        ("１．８個(ge)百分點(dian)", "1.8个百分点"),
        ("下降(jiang)3.9%", "下降3.9%"),
        ("十(shi)五(wu)家", "十五家"),
        ("減少兩百家", "减少200家"),
        ("8萬餘個", "8万余个"),
        ("兩位數", "两位数"),
        ("高於全國1.8個百分點", "高于全国1.8个百分点"),
        ("拉動增長1.8個百分點", "拉动增长1.8个百分点"),
        ("約20公頃", "约20公顷"),
        ("5億千瓦時", "5亿千瓦时"),
        ("與上年持平", "与上年持平"),
        ("虧損18.4億元", "亏损18.4亿元"),
        ("3萬歐元", "3万欧元"),
        ("排名上升3位", "排名上升3位"),
        ("居全國首位", "居全国首位"),
        ("⼀百家", "一百家"),  # a radical, as PDF files have it
        ("5﹪", "5%"),
        ("−3.9%", "-3.9%"),
        ("–3.9%", "-3.9%"),
        ("－3.9％", "-3.9%"),
        ("5%–5.5%", "5%—5.5%"),
        ("5%──5.5%", "5%—5.5%"),
        ("5%～5.5%", "5%—5.5%"),
        ("5%〜5.5%", "5%—5.5%"),
        ("5%-5.5%", "5%—5.5%"),
        ("+3.9%", "3.9%"),
        ("＋3.9%", "3.9%"),
    ],
)
def test_dresses(text: str, plain: str) -> None:
    """A figure in another dress is the same figure, and keeps the text as printed."""
    assert read(text) == read(plain)


@pytest.mark.parametrize(
    "text",
    [
        "2 3个", "2  3个", "2\u30003家", "2\u3000\u30003家", "2\n\n3家", "2\u200b3个", "2\ufeff3个",
        "2(er)3个", "2 (er) 3个", "2（er）3个", "二 三个", "十 五家", "1,234  567家", "1 234家",
        "1.234,567%", "1234,567家", "1,23家", "1,2345家", "1,,234家", ",234家", "1,234,家",
        "1, 234家", "1 ,234家", "1. 5%", "1 .5%", "1 /5", "1/ 5", "8万 5千家", "1亿 2000万元",
        "2万(wan)3个", "007家", "0,123家", "00%", "-",
    ],
)  # fmt: skip
def test_digits_are_not_joined(text: str) -> None:
    """Two numerals with a blank, a pinyin or a stray separator between are not one number."""
    assert refusal(text)


@pytest.mark.parametrize("text", ["5(ge)", "5(km)", "(wan)5个", "8(x)万个"])
def test_brackets_that_are_no_pinyin(text: str) -> None:
    """Letters in brackets are taken off only after a character, of which they are the pinyin."""
    assert refusal(text, unit="元")


@settings(deadline=None, max_examples=200)
@given(printed_figures() | st.text(FIGURE_ALPHABET, max_size=12))
def test_normal_text_is_idempotent(given_: Printed | str) -> None:
    """The one dress of a text is its own dress."""
    plain = normalize_text(given_.text if isinstance(given_, Printed) else given_)
    assert normalize_text(plain) == plain


def test_the_grammar_is_written_in_plain_characters() -> None:
    """No word of the grammar is of characters that undressing replaces, so that it can be met."""
    for words in (*_BEFORE.values(), *_AFTER.values(), *UNITS):
        assert simplify_characters(words) == words


@pytest.mark.parametrize(
    ("text", "plain"),
    [("內蒙古１", "内蒙古1"), ("專精特新「小巨人」", "专精特新「小巨人」"), ("", "")],
)
def test_plain_characters(text: str, plain: str) -> None:
    """Characters alone are made plain: blanks, brackets and separators stay."""
    assert normalize_characters(f" {text},(a) ") == f" {plain},(a) "
