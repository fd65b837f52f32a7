"""Meanings: what a caller's columns say of an indicator, else the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pandas as pd

from provstats.engines.memory.panel import Panel
from provstats.engines.memory.selection import read_words_by_line
from provstats.indicators import Direction, can_add_up, look_up_indicator

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["are_additive", "find_directions"]


def find_directions(rows: pd.DataFrame) -> pd.Series:
    """Return the better direction: of the column ``direction`` if any, else of the catalogue."""
    known = {id_: look_up_indicator(id_) for id_ in rows["indicator"].unique()}
    words = {id_: found.direction if found else "neutral" for id_, found in known.items()}
    catalogued = rows["indicator"].map(words).astype(object)
    told = _read_given_column(rows, "direction", get_args(Direction))
    return catalogued if told is None else told.where(told != "", catalogued)


def are_additive(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows are additive: by the column ``additive`` if any, else the catalogue."""
    pairs = [*zip(rows["indicator"], rows["unit"], strict=True)]
    adds = {pair: can_add_up(*pair) for pair in {*pairs}}
    added = pd.Series([adds[pair] for pair in pairs], rows.index, bool)
    told = _read_given_column(rows, "additive", ("true", "false"))
    return added if told is None else (told == "true").where(told != "", added).astype(bool)


def _read_given_column(
    rows: pd.DataFrame, column: str, allowed: Collection[str]
) -> pd.Series | None:
    """Return the words of a caller's column, the same for all of an indicator and period."""
    if column not in rows:
        return None
    panel = Panel(rows)
    words = read_words_by_line(panel, column, allowed)
    return None if words is None else pd.Series(words[panel.find_lines(slice(None))], rows.index)
