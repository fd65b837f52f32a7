"""Indicators: what a figure measures, in both languages; and the series of one indicator.

The catalogue is a table of ids; the growth, the change, the addition, the claimed rank and the
claimed gap of any of them have ids by rule (``x_growth``, ``x_new``, ``x_rank``, ``x_gap``), so
that comparisons can link them. What the room `provstats.catalogue` has for others is here.
"""

from __future__ import annotations

from provstats.catalogue.entries import (
    Direction,
    Indicator,
    Prices,
    adds_up,
    known_indicator,
    listed,
    prices_of,
)
from provstats.catalogue.ids import (
    CLAIMS,
    GROWTHS,
    SUFFIXES,
    TELLING,
    Measure,
    average_id,
    claim_of,
    concept_of,
    linked_id,
    ratio_id,
    says_average,
    split_id,
    stem_of,
    with_suffix,
)
from provstats.catalogue.names import indicator
from provstats.catalogue.search import search
from provstats.catalogue.series import IndicatorSeries, coverage, series, told_periods
from provstats.catalogue.table import catalog

__all__ = [
    "CLAIMS", "GROWTHS", "SUFFIXES", "TELLING", "Direction", "Indicator", "IndicatorSeries",
    "Measure", "Prices", "adds_up", "average_id", "catalog", "claim_of", "concept_of", "coverage",
    "indicator", "known_indicator", "linked_id", "listed", "prices_of", "ratio_id", "says_average",
    "search", "series", "split_id", "stem_of", "told_periods", "with_suffix",
]  # fmt: skip
