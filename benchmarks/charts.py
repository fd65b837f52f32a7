"""What a chart costs, as a ratio to plain Matplotlib drawing as many marks and texts in one run.

Run it with ``python benchmarks/charts.py`` on a machine at rest; names of charts as arguments
choose some. Each case is the median of several pictures of 100 dpi, from the call to the bytes of
the PNG. The plain figure has the size of the chart, each of its texts a ``text`` in Matplotlib's
own font, and its marks in collections, without a layout. The two are drawn in turn, so that a noisy
moment meets both. Goals: at most 1.5 times plain, and 3 times for panels, scorecard and coverage.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection
from matplotlib.text import Text

import provstats as ps
from provstats.store.regions import list_mainland_codes

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

ROUNDS = 11
DPI = 100
GOALS = {"panels": 3.0, "scorecard": 3.0, "coverage": 3.0}
GOAL = 1.5

LATEST = ps.series("rd_intensity", period=2023)
PANEL = ps.series("rd_intensity", period=[*range(2019, 2023)])
CODES = sorted(list_mainland_codes())


def make_rows(values: ArrayLike, indicator: str) -> pd.DataFrame:
    """Make a table of counts of the 31 provinces."""
    fixed = {"period": "2023", "unit": "count", "indicator": indicator}
    return pd.DataFrame({"region": CODES, "value": values, **fixed})


PEOPLE = make_rows(np.geomspace(4e6, 127e6, 31), "population")
COUNTS = make_rows(
    (PEOPLE["value"] * np.tile([2e-6, 3e-6, 1e-6], 11)[:31]).round(), "green_factories"
)

CHARTS: dict[str, Callable[[], Axes]] = {
    "ranking": lambda: ps.plot.ranking(LATEST, lang="en"),
    "gap": lambda: ps.plot.gap(LATEST, lang="en"),
    "change": lambda: ps.plot.change(PANEL, lang="en"),
    "trend": lambda: ps.plot.trend(PANEL, lang="en", highlight=["北京", "重庆"]),
    "bump": lambda: ps.plot.bump(PANEL, lang="en"),
    "strip": lambda: ps.plot.strip(PANEL, lang="en", highlight="重庆"),
    "tilemap": lambda: ps.plot.tilemap(LATEST, lang="en"),
    "cartogram": lambda: ps.plot.cartogram(LATEST, PEOPLE, lang="en"),
    "funnel": lambda: ps.plot.funnel(COUNTS, PEOPLE, lang="en"),
    "profile": lambda: ps.plot.profile("重庆", lang="en"),
    "panels": lambda: ps.plot.panels(PANEL, lang="en"),
    "scorecard": lambda: ps.plot.scorecard(lang="en"),
    "coverage": lambda: ps.plot.coverage(lang="en"),
}


def copy_plainly(ax: Axes) -> Callable[[], Figure]:
    """Return what draws the marks and texts of a chart again, as anyone would."""
    texts = [
        (*text.get_transform().transform(text.get_position()), text.get_text(), text.get_fontsize())
        for text in ax.figure.findobj(Text)
        if text.get_visible() and text.get_text()
    ]
    size, marks = ax.figure.get_size_inches(), [_copy_marks(mark) for mark in ax.collections]

    def draw() -> Figure:
        figure = plt.figure(figsize=size)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, size[0] * DPI), ylim=(0, size[1] * DPI))
        axes.axis("off")
        for make in marks:
            make(axes)
        for x, y, words, points in texts:
            axes.text(x, y, words, fontsize=points)
        return figure

    return draw


def _copy_marks(mark: Collection) -> Callable[[Axes], Any]:
    """Return what adds as many marks of the kind in the same places, in pixels."""
    to_pixels = mark.get_transform().transform
    if isinstance(mark, PathCollection):
        at = mark.get_offset_transform().transform(mark.get_offsets())
        looks = {"s": mark.get_sizes(), "c": mark.get_facecolors()}
        return lambda axes: axes.scatter(*at.T, **looks)
    if isinstance(mark, PolyCollection):
        shapes = [to_pixels(path.vertices) for path in mark.get_paths()]
        return lambda axes: axes.add_collection(
            PolyCollection(shapes, facecolors=mark.get_facecolors())
        )
    lines = [to_pixels(path.vertices) for path in mark.get_paths()]
    return lambda axes: axes.add_collection(LineCollection(lines, colors=mark.get_colors()))


def measure_seconds(draw: Callable[[], Axes | Figure]) -> float:
    """Return the time from the call to the picture."""
    start = time.perf_counter()
    drawn = draw()
    figure = drawn.figure if hasattr(drawn, "figure") and drawn.figure else drawn
    figure.savefig(io.BytesIO(), dpi=DPI)
    spent = time.perf_counter() - start
    plt.close(figure)
    return spent


def main(names: list[str]) -> None:
    """Measure each chart, and print it with its goal."""
    mpl.use("agg")
    print(f"{'chart':10} {'texts':>5} {'marks':>5} {'ms':>6} {'plain':>6} {'ratio':>6} {'goal':>5}")
    for name in names or CHARTS:
        ax = CHARTS[name]()
        ax.figure.canvas.draw()
        again = copy_plainly(ax)
        texts = sum(bool(text.get_text()) for text in ax.figure.findobj(Text))
        marks = sum(max(len(mark.get_paths()), len(mark.get_offsets())) for mark in ax.collections)
        pairs = [(measure_seconds(CHARTS[name]), measure_seconds(again)) for _ in range(ROUNDS)]
        own, other = (1e3 * median(times) for times in zip(*pairs, strict=True))
        goal = GOALS.get(name, GOAL)
        print(
            f"{name:10} {texts:5} {marks:5} {own:6.0f} {other:6.0f} {own / other:6.2f} {goal:5.1f}"
            f"{'' if own <= goal * other else '  missed'}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
