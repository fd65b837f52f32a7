"""Captions: a value as it is printed lies within the range that is printed beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from provstats.plot.parts.captions import format_value_with_interval, say_national_value
from provstats.words.numbers import Scale
from provstats.words.voices import Voice

EN, PERCENT = Voice("en", ()), Scale(1.0, "{}%")


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((8.3, 8.25, 8.35), "8.3% (8.25 to 8.35)"),
        ((24.4983, 24.4971, 24.4998), "24.5% (24.4 to 24.5)"),
        ((-24.4983, -24.4998, -24.4971), "−24.5% (−24.5 to −24.4)"),
        ((7.0, 7.0, 7.0), "7%"),
    ],
)
def test_a_value_with_its_range(ends, said):
    """Beside what was rounded the ends are rounded outwards; what was printed keeps its own."""
    row = pd.Series(dict(zip(("value", "lower", "upper"), ends, strict=True)))
    assert format_value_with_interval(row, PERCENT, EN) == said


def test_what_is_implied_of_the_nation():
    """The nation's value that was worked out lies within its range too."""
    nation = pd.Series(
        {
            "national": 24.4983, "national_lower": 24.4971, "national_upper": 24.4998,
            "national_basis": "implied",
        }
    )  # fmt: skip
    assert "24.5%" in say_national_value(nation, PERCENT, EN)
    assert "24.4–24.5" in say_national_value(nation, PERCENT, EN)
