"""The nation: columns with its values for rows, whoever states or implies these values."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from provstats.engines.memory.national import BASES, known_national
from provstats.engines.memory.panel import Panel

__all__ = ["NATIONAL", "national_values"]

#: The columns of a national value.
NATIONAL: Final = ("national", "national_lower", "national_upper", "national_basis",
                   "national_source")  # fmt: skip


def national_values(
    rows: pd.DataFrame, around: pd.DataFrame, vintages: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the `NATIONAL` columns for each row; NaN where there is no value.

    The vintages are rows of all documents, as `load` returns them; the rows then state their
    ``source``. Where provinces contradict one another, lower lies above upper.
    """
    base = Panel(around)
    stated = base.checked().assign(source=base.sources(np.arange(len(base))))
    panel = Panel.beside(rows, stated.dropna(subset="value"), vintages)
    found = known_national(panel)
    at = panel.line_of(slice(len(rows))) if found.places is None else found.places
    basis, source = (
        np.array([*words, np.nan], object)[codes]
        for words, codes in ((BASES, found.basis), (found.sources, found.source))
    )
    told = (found.marks.value, found.marks.lower, found.marks.upper, basis, source)
    return pd.DataFrame(
        {name: column[at] for name, column in zip(NATIONAL, told, strict=True)}, index=rows.index
    )
