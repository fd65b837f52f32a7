"""Codes: what the texts of a frame say of its rows, as queries of DuckDB.

Texts are few and rows are many, so each text is read once and joined to the rows. What Python knows
of ids and units is laid before the engine as tables; only what nobody can list beforehand, the
labels of periods and the units of a caller's own, is read by expressions.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from provstats.engines.memory.yoy import INDEX, RATE, RATIO, VAGUE, is_vague, unit_of_change, way_of
from provstats.indicators import NOT_ADDED, PER_SOMETHING, SUFFIXES, known_indicator, listed
from provstats.reading.index_units import FIXED_YEAR, YEAR_BEFORE
from provstats.reading.periods import parse_period
from provstats.reading.units import UNITS, unit_of_distance, unit_word
from provstats.store.keys import NATURES
from provstats.store.regions import NATION, mainland, provinces, registry

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AREAS", "MAINLAND", "PROVINCES", "KINDS", "SPANS", "last_month", "table_of_ids", "table_of_units", "text"]
