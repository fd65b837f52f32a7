"""Statements: what provinces imply about the nation, without mere ways of speaking."""

from __future__ import annotations

import numpy as np
import pandas as pd

from provstats.engines.memory.panel import Panel
from provstats.engines.memory.statements import WAY_OF_SPEAKING, statements

__all__ = ["implied_by"]


def implied_by(around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values that provinces imply, by their gap to it or their share of it."""
    if "printed" in around:
        printed = around["printed"].astype(object).fillna("").astype(str)
        around = around[~printed.str.startswith(WAY_OF_SPEAKING)]
    panel = Panel(around)
    panel.sources(np.arange(len(panel)))  # one that is partly missing is refused
    return pd.concat([statements(panel, "gap"), statements(panel, "share")], ignore_index=True)
