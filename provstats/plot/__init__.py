"""Charts: what a comparison found, drawn with its doubt left in.

Every function draws into the axes given, or into a new figure, and returns them. Nothing global is
touched: no rcParams, no backend. Three charts are drawn by Vega-Lite too, with tooltips, for pages
and notebooks (``engine="vega"``). What a chart shows, `alt_text` says in words.
"""

from __future__ import annotations

from provstats.plot.charts.bump import bump
from provstats.plot.charts.cartogram import cartogram
from provstats.plot.charts.change import change
from provstats.plot.charts.coverage import coverage
from provstats.plot.charts.funnel import funnel
from provstats.plot.charts.gap import gap
from provstats.plot.charts.panels import panels
from provstats.plot.charts.profile import profile
from provstats.plot.charts.ranking import ranking
from provstats.plot.charts.scorecard import scorecard
from provstats.plot.charts.strip import strip
from provstats.plot.charts.tilemap import tilemap
from provstats.plot.charts.trend import trend
from provstats.plot.parts.alt_text import alt_text
from provstats.plot.parts.palette import palette
from provstats.plot.vega.interactive import InteractiveChart
from provstats.words.fonts import chinese_families

__all__ = [
    "InteractiveChart",
    "alt_text",
    "bump",
    "cartogram",
    "change",
    "chinese_families",
    "coverage",
    "funnel",
    "gap",
    "palette",
    "panels",
    "profile",
    "ranking",
    "scorecard",
    "strip",
    "tilemap",
    "trend",
]


def __dir__() -> list[str]:
    return __all__
