"""Columns in a terminal: a Chinese character takes two cells."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provstats.shell.columns import count_cells, format_lines


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("GDP", 3), ("山东", 4), ("5G基站", 6), ("（%）", 5), ("3–5", 3), ("é", 1)],
)
def test_width(text, width):
    """A character is one cell, a wide one two, a mark above another none."""
    assert count_cells(text) == width


def test_lines():
    """Texts stand at the left, figures and ranges at the right, each under its head."""
    frame = pd.DataFrame(
        {"地区": ["北京", "内蒙古"], "位次": ["3–5", "12"], "Printed": ["突破1000家", "7%左右"]}
    )
    assert [*format_lines(frame)] == [
        "地区    位次  Printed",
        "北京     3–5  突破1000家",
        "内蒙古    12  7%左右",
    ]


def test_one_line_a_row():
    """A text with breaks stays in its line."""
    assert [*format_lines(pd.DataFrame({"note": ["a\nb\tc"]}))] == ["note", "a b c"]


WORDS = st.text(st.sampled_from("ab山東（1–%"), min_size=1, max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_second_column_begins_or_ends_at_one_place(rows):
    """Whatever stands in the first column, the second is aligned, by the count of cells."""
    frame = pd.DataFrame(rows, columns=["x", "y"], dtype=object)
    heads, *lines = format_lines(frame)
    widest = max(count_cells(cell) for cell in ["x", *frame["x"]])
    for line, (_, last) in zip([heads, *lines], [("x", "y"), *rows], strict=True):
        before = line[: len(line) - len(last)]
        assert line.endswith(last)
        assert count_cells(before) >= widest + 2
