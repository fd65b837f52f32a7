"""Statements: what provinces imply about the nation, without mere ways of speaking."""

from __future__ import annotations

import numpy as np
import pandas as pd

from provstats.engines.memory.panel import Panel
from provstats.engines.memory.statements import WAY_OF_SPEAKING, list_statements

__all__ = ["derive_implied_values"]


def derive_implied_values(around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values that provinces imply, by their gap to it or their share of it."""
    if "printed" in around:
        printed = around["printed"].astype(object).fillna("").astype(str)
        around = around[~printed.str.startswith(WAY_OF_SPEAKING)]
    panel = Panel(around)
    panel.find_sources(np.arange(len(panel)))  # one that is partly missing is refused
    return pd.concat(
        [list_statements(panel, "gap"), list_statements(panel, "share")], ignore_index=True
    )
