"""Meanings: what a caller's columns say of an indicator, else the catalogue."""

from __future__ import annotations

import pandas as pd

from provstats.indicators import adds_up, known_indicator

__all__ = ["are_added", "directions_of"]


def directions_of(rows: pd.DataFrame) -> pd.Series:
    """Return what is better, by the column ``direction`` where there is one, else as catalogued."""
    known = {id_: known_indicator(id_) for id_ in rows["indicator"].unique()}
    words = {id_: of.direction if of else "neutral" for id_, of in known.items()}
    catalogued = rows["indicator"].map(words).astype(object)
    if "direction" not in rows:
        return catalogued
    return rows["direction"].astype(object).where(rows["direction"].notna(), catalogued)


def are_added(rows: pd.DataFrame) -> pd.Series:
    """Tell the rows of which provinces add up to the nation, by the column ``additive`` if any."""
    pairs = zip(rows["indicator"], rows["unit"], strict=True)
    added = pd.Series([adds_up(id_, unit) for id_, unit in pairs], rows.index, bool)
    if "additive" not in rows:
        return added
    stated = rows["additive"].map(lambda cell: str(cell).casefold() == "true")
    found: pd.Series = stated.where(rows["additive"].notna(), added).astype(bool)
    return found
