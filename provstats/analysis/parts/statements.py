"""Statements: what provinces imply of the nation, less what is only a way of speaking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provstats.engines.memory.national import all_statements

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["implied_by"]

# One in every four is a picture, and no share from which a total follows.
_WAY_OF_SPEAKING = "每"


def implied_by(around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values that provinces imply, by their gap to it or their share of it."""
    if "printed" in around:
        printed = around["printed"].astype(object).fillna("").astype(str)
        around = around[~printed.str.startswith(_WAY_OF_SPEAKING)]
    return all_statements(around)
