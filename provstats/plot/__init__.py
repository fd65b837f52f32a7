"""Charts: what a comparison found, drawn with Matplotlib and with its doubt left in.

Every function draws into the axes given, or into a new figure, and returns them. Nothing global is
touched: no rcParams, no backend. What a chart shows, `alt_text` says in words.
"""

from __future__ import annotations

from provstats.fonts import chinese_families
from provstats.plot.alternatives import alt_text
from provstats.plot.changes import change
from provstats.plot.coverages import coverage
from provstats.plot.gaps import gap
from provstats.plot.multiples import panels
from provstats.plot.profiles import profile
from provstats.plot.rankings import ranking
from provstats.plot.scorecards import scorecard
from provstats.plot.tilemaps import tilemap
from provstats.plot.trends import trend

__all__ = [
    "alt_text", "change", "chinese_families", "coverage", "gap", "panels", "profile", "ranking",
    "scorecard", "tilemap", "trend",
]  # fmt: skip
