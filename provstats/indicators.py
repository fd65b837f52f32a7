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
    can_add_up,
    find_prices,
    load_indicators,
    look_up_indicator,
)
from provstats.catalogue.ids import (
    CLAIMS,
    GROWTHS,
    SUFFIXES,
    TELLING,
    Measure,
    add_suffix,
    find_concept,
    find_stem,
    is_average_by_name,
    make_average_id,
    make_linked_id,
    make_ratio_id,
    split_id,
    split_rank_or_gap,
)
from provstats.catalogue.names import indicator
from provstats.catalogue.search import search
from provstats.catalogue.series import IndicatorSeries, coverage, describe_periods, series
from provstats.catalogue.table import catalog

__all__ = [
    "CLAIMS", "GROWTHS", "SUFFIXES", "TELLING", "Direction", "Indicator", "IndicatorSeries",
    "Measure", "Prices", "add_suffix", "can_add_up", "catalog", "coverage", "describe_periods",
    "find_concept", "find_prices", "find_stem", "indicator", "is_average_by_name",
    "load_indicators", "look_up_indicator", "make_average_id", "make_linked_id", "make_ratio_id",
    "search", "series", "split_id", "split_rank_or_gap",
]  # fmt: skip
