"""Lines: no text is lost, no line is too long, and marks stand where they may."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provstats.plot.parts.line_breaks import wrap_text

TEXTS = st.text("ab Z9，。（）“”省份比较(%), ·年", min_size=1, max_size=60)


def wide(text):
    """Return how wide a text is: a Chinese character is as wide as two letters."""
    return sum(2.0 if char in "，。（）省份比较年“”" else 1.0 for char in text)


def lines(text, room):
    """Break a text into lines."""
    return wrap_text(text, room, wide).split("\n")


def letters(text):
    """Return a text without blanks, and without the dots at some of which it may be broken."""
    return "".join(text.replace("·", "").split())


@given(TEXTS, st.floats(0.1, 100))
@example(" ·9", 1.0)
@example("99 ·", 1.0)
def test_nothing_is_lost(text, room):
    """Breaking adds and drops nothing but blanks and the dots at the ends of lines."""
    found = wrap_text(text, room, wide)
    assert letters(found) == letters(text)
    within_words = len(re.findall(r"(?<=\S)·(?=\S)", text))
    assert within_words <= found.count("·") <= text.count("·")


@given(TEXTS, st.floats(2, 100))
def test_no_line_is_longer_than_its_room(text, room):
    """Each line fits, but for a single character that does not, with the marks that go with it."""
    for line in lines(text, room):
        assert wide(line.rstrip()) <= room or len(line.strip("（“(，。）”)年 ·")) <= 1


@pytest.mark.parametrize("room", [14, 20, 24, 34, 44])
def test_marks_stay_with_their_words(room):
    """No line starts with a closing mark or ends with an opening one."""
    found = lines("研究与试验发展(R&D)经费投入强度（全国），2023年，全部31个省份。", room)
    assert not any(line[0] in "，。）)" for line in found)
    assert not any(line[-1] in "（(" for line in found)


@pytest.mark.parametrize("room", [16, 20, 26])
def test_numbers_stay_with_what_they_count(room):
    """Neither 2024年 nor 31个省份 nor 第13位 is torn."""
    found = "|".join(
        lines("2024年1—11月31个省份中的5个，重庆居第13位，增长7.6%，达3.5万亿元", room)
    )
    for whole in ("2024年1—11月", "31个省份", "5个", "第13位", "7.6%", "3.5万亿元"):
        assert whole in found


def test_no_line_ends_with_a_separator():
    """Between parts that stand in two lines no dot is needed."""
    assert wrap_text("China · 2023 · all", 14, len) == "China\n2023 · all"


def test_parts_and_clauses_are_kept_together():
    """A break stands between parts, else between clauses, where that takes no more lines."""
    assert (
        wrap_text("研发强度，% · 2023年 · 全部31个省份", 18, len)
        == "研发强度，%\n2023年 · 全部31个省份"
    )
    assert (
        wrap_text("5G基站，2024年，31个省份中的2个", 14, len) == "5G基站，2024年，\n31个省份中的2个"
    )


def test_no_line_is_much_shorter():
    """A clause of a few letters gets no line of its own."""
    assert (
        wrap_text("So it is, that all of them rose by some points", 30, len).split("\n")[0]
        != "So it is,"
    )
