"""Extents: no text overlaps another or leaves the figure, whoever is followed, at every size.

There are 31 provinces, two languages and three sizes for each chart; the suite draws a few of them,
others for each chart, so that every province is seen.
"""

from __future__ import annotations

import warnings
from itertools import product

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawings import MAINLAND, assert_readable, frame

import provstats as ps

PANEL = ps.series("rd_intensity", period=[*range(2019, 2024)])
LAST = ps.series("rd_intensity", period=2023)
PEOPLE = frame(np.geomspace(4e6, 127e6, 31), period="2023", indicator="population", unit="count")
COUNTS = PEOPLE.assign(indicator="green_factories").assign(
    **{
        end: (PEOPLE["value"] * np.tile([2e-6, 3e-6, 1e-6, 2e-6], 8)[:31]).round()
        for end in ("value", "lower", "upper")
    }
)
#: Every chart, with the province that it follows.
CHARTS = {
    "ranking": lambda code, **how: ps.plot.ranking(LAST, highlight=code, **how),
    "gap": lambda code, **how: ps.plot.gap(LAST, highlight=code, **how),
    "change": lambda code, **how: ps.plot.change(PANEL, highlight=code, **how),
    "trend": lambda code, **how: ps.plot.trend(PANEL, highlight=code, **how),
    "bump": lambda code, **how: ps.plot.bump(PANEL, highlight=code, **how),
    "strip": lambda code, **how: ps.plot.strip(PANEL, highlight=code, **how),
    "tilemap": lambda code, **how: ps.plot.tilemap(LAST, highlight=code, **how),
    "cartogram": lambda code, **how: ps.plot.cartogram(LAST, PEOPLE, highlight=code, **how),
    "funnel": lambda code, **how: ps.plot.funnel(COUNTS, PEOPLE, highlight=code, **how),
    "panels": lambda code, **how: ps.plot.panels(PANEL, highlight=code, **how),
    "scorecard": lambda code, **how: ps.plot.scorecard(highlight=code, **how),
    "profile": ps.plot.profile,
    "coverage": lambda code, **how: ps.plot.coverage(highlight=code, **how),
}
#: A column, a page, and a figure as a notebook has it.
SIZES = {"column": 3.3, "page": 6.5, "notebook": None}
CASES = [*product(MAINLAND, ("zh", "en"), SIZES)]
# Each chart draws every so many cases, beginning with another.
STEP = 31


def draw(name, code, lang, size):
    """Draw a chart; in the axes of a notebook it may say what has no room."""
    if SIZES[size] is not None:
        return CHARTS[name](code, lang=lang, width=SIZES[size])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return CHARTS[name](code, lang=lang, ax=plt.figure().subplots())


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_overlaps_another(name):
    """A sample of all provinces, languages and sizes."""
    for code, lang, size in CASES[5 * list(CHARTS).index(name) % STEP :: STEP]:
        assert_readable(draw(name, code, lang, size))
        plt.close("all")
