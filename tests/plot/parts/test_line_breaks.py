"""Lines: no text is lost, no line is too long, and marks stand where they may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provstats.plot.parts.line_breaks import broken

TEXTS = st.text("ab Z9，。（）“”省份比較(%), ", min_size=1, max_size=60)
SHARES = st.floats(0.01, 1.5)


def letters(text):
    """Return a text without its blanks."""
    return "".join(text.split())


@given(TEXTS, SHARES)
def test_nothing_is_lost(text, share):
    """Breaking adds and drops nothing but blanks."""
    assert letters(broken(text, share)) == letters(text)


@given(TEXTS, st.floats(0.1, 1.0))
def test_no_line_is_longer_than_its_room(text, share):
    """Counted at two a Chinese character, each line fits, however little room there is."""
    room = max(share * sum(2 if wide(c) else 1.1 for c in text.rstrip()), 2)
    for line in broken(text, share).split("\n"):
        assert sum(2 if wide(c) else 1.1 for c in line) <= room + 1e-9


def wide(char):
    """Tell whether a character is as wide as a Chinese one."""
    return char in "，。（）省份比較"


@pytest.mark.parametrize("share", [0.3, 0.4, 0.5, 0.7, 0.9])
def test_marks_stay_with_their_words(share):
    """No line starts with a closing mark or ends with an opening one."""
    lines = broken("研究与试验发展(R&D)经费投入强度（全国），2023年，全部31个省份。", share).split(
        "\n"
    )
    assert not any(line[0] in "，。）)" for line in lines)
    assert not any(line[-1] in "（(" for line in lines)


def test_no_line_ends_with_a_separator():
    """Between parts that stand in two lines no dot is needed."""
    assert broken("China · 2023 · all", 0.8) == "China\n2023 · all"


def test_clauses_are_kept_together():
    """A break stands between clauses where that takes no more lines."""
    assert broken("5G基站，2024年，31个省份中的2个", 0.6) == "5G基站，2024年，\n31个省份中的2个"
