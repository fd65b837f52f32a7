"""Extents: no text overlaps another or leaves the figure, whoever is followed, at every size.

There are 31 provinces, two languages and three sizes for each chart; the suite draws a few of them,
others for each chart, so that every province is seen.
"""

from __future__ import annotations

import warnings
from itertools import product

import matplotlib.pyplot as plt
import pytest
from drawings import FOLLOWED, MAINLAND, assert_readable

#: A column, a page, and a figure as a notebook has it.
SIZES = {"column": 3.3, "page": 6.5, "notebook": None}
CASES = [*product(MAINLAND, ("zh", "en"), SIZES)]
# Each chart draws every so many cases, beginning with another.
STEP = 31


def draw(name, code, lang, size):
    """Draw a chart; in the axes of a notebook it may say what has no room."""
    if SIZES[size] is not None:
        return FOLLOWED[name](code, lang=lang, width=SIZES[size])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return FOLLOWED[name](code, lang=lang, ax=plt.figure().subplots())


@pytest.mark.parametrize("name", FOLLOWED)
def test_no_text_overlaps_another(name):
    """A sample of all provinces, languages and sizes."""
    for code, lang, size in CASES[5 * list(FOLLOWED).index(name) % STEP :: STEP]:
        assert_readable(draw(name, code, lang, size))
        plt.close("all")
