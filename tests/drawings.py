"""Drawings: what the tests of charts share, and the list of charts that all must pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.text import Text

import provstats as ps
from provstats.store.regions import list_mainland_codes, load_regions

if TYPE_CHECKING:
    from collections.abc import Callable

MAINLAND = [code for code in load_regions() if code in list_mainland_codes()]


def frame(values, *, regions=MAINLAND, width=0.0, **columns):
    """Make a tidy frame of one indicator and period."""
    values = np.asarray(values, dtype=float)
    rows = dict(region=regions[: len(values)], value=values)
    bounds = dict(lower=values - width / 2, upper=values + width / 2)
    fixed = dict(indicator="rd_intensity", period="2024", unit="percent")
    return pd.DataFrame({**rows, **bounds, **fixed, **columns})


class Chart(NamedTuple):
    """A chart function, with what it needs to be drawn."""

    draw: Callable[..., Any]
    periods: tuple[str, ...] = ("2019", "2021", "2022", "2023")

    def sample(self, n=5, **columns):
        """Make a frame of n provinces and the nation for the periods of the chart."""
        rng = np.random.default_rng(n)
        start = rng.normal(3, 1, n + 1).clip(0.3)
        frames = [
            frame(
                (start * (1 + 0.1 * step) + rng.normal(0, 0.1, n + 1)).round(1).clip(0.1),
                regions=[*MAINLAND[:n], "CN"], width=0.1, period=period,
                **{"source": f"nbs-rd-bulletin-{period}", **columns},
            )
            for step, period in enumerate(self.periods)
        ]  # fmt: skip
        return pd.concat(frames, ignore_index=True)

    def __call__(self, x=None, **options):
        """Draw in English, unless told otherwise."""
        return self.draw(self.sample() if x is None else x, **{"lang": "en", **options})


#: Every chart of one indicator; each passes the tests of ``test_plot_all.py``.
CHARTS = {
    "ranking": Chart(ps.plot.ranking, periods=("2023",)),
    "gap": Chart(ps.plot.gap, periods=("2023",)),
    "change": Chart(ps.plot.change),
    "trend": Chart(ps.plot.trend),
    "bump": Chart(ps.plot.bump),
    "panels": Chart(ps.plot.panels),
    "strip": Chart(ps.plot.strip),
}


PANEL = ps.series("rd_intensity", period=[*range(2019, 2023)])
LAST = ps.series("rd_intensity", period=2023)
PEOPLE = frame(np.geomspace(4e6, 127e6, 31), period="2023", indicator="population", unit="count")
COUNTS = PEOPLE.assign(indicator="green_factories").assign(
    **{
        end: (PEOPLE["value"] * np.tile([2e-6, 3e-6, 1e-6, 2e-6], 8)[:31]).round()
        for end in ("value", "lower", "upper")
    }
)
#: Every chart, drawn of all provinces, with the one that it follows.
FOLLOWED = {
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


def figure_of(drawn):
    """Return the figure of what a chart function returned."""
    return drawn.figure.figure


def texts(drawn):
    """Return all texts that are seen."""
    found = (
        text for text in figure_of(drawn).findobj(Text) if text.get_visible() and text.get_text()
    )
    return {id(text): text for text in found}.values()


def words(drawn):
    """Return what is written, without line breaks."""
    return [text.get_text().replace("\n", " ") for text in texts(drawn)]


def title(drawn):
    """Return the title, without line breaks."""
    return drawn.get_title(loc="left").replace("\n", " ")


def named(ax, gid):
    """Return the texts of one kind, in the order of drawing."""
    return [text.get_text() for text in ax.texts if text.get_gid() == gid]


def names(ax):
    """Return the names of the rows, from the first."""
    return named(ax, "name")


def dots(ax):
    """Return the places of the first dots drawn on the axes."""
    return next(c for c in ax.collections if isinstance(c, PathCollection)).get_offsets()


def shapes(ax, zorder):
    """Return the corners of the shapes drawn at a depth."""
    found = [c for c in ax.collections if type(c) is PolyCollection and c.get_zorder() == zorder]
    return [path.vertices for collection in found for path in collection.get_paths()]


def assert_readable(drawn):
    """No text overlaps another, leaves the figure, or is too small to read on paper."""
    figure = figure_of(drawn)
    figure.draw_without_rendering()
    # Axis labels that are switched off are found too, but have no place.
    boxes = {text: text.get_window_extent() for text in texts(drawn) if _is_drawn(text)}
    assert not _overlapping(boxes)
    room = figure.bbox
    for text, box in boxes.items():
        assert room.x0 <= box.x0 <= box.x1 <= room.x1, text
        assert room.y0 <= box.y0 <= box.y1 <= room.y1, text
    assert min(text.get_fontsize() for text in boxes) >= 6.5


def _overlapping(boxes):
    """Return the pairs of texts that share more than a pixel of their empty margins."""
    found, ends = list(boxes), np.array([box.padded(-0.5).extents for box in boxes.values()])
    low, high = ends[:, None, :2], ends[None, :, 2:]
    meets = (low < high).all(axis=-1)
    one, other = np.nonzero(np.triu(meets & meets.T, k=1))
    return [(found[a].get_text(), found[b].get_text()) for a, b in zip(one, other, strict=True)]


def _is_drawn(text):
    """Tell whether a text is among what its axes draw: ticks out of sight are not."""
    axes = text.axes
    if axes is None:
        return True
    shown = [label for axis in (axes.xaxis, axes.yaxis) for label in axis.get_ticklabels()]
    ticks = {id(t.label1) for axis in (axes.xaxis, axes.yaxis) for t in axis.get_major_ticks()}
    return id(text) not in ticks or text in shown


def close():
    """Close all figures."""
    plt.close("all")
