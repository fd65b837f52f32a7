"""The nation: columns with its values for rows, whoever states or implies these values."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from provstats.engines.memory.national import BASES, find_national_values
from provstats.engines.memory.panel import Panel

__all__ = ["NATIONAL", "build_national_columns"]

#: The columns of a national value.
NATIONAL: Final = ("national", "national_lower", "national_upper", "national_basis",
                   "national_source")  # fmt: skip


def build_national_columns(
    rows: pd.DataFrame, around: pd.DataFrame, vintages: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the `NATIONAL` columns for each row; NaN where there is no value.

    The vintages are rows of all documents, as `load` returns them; the rows then state their
    ``source``. Where provinces contradict one another, lower lies above upper.
    """
    base = Panel(around)
    stated = base.complete_rows().assign(source=base.find_sources(np.arange(len(base))))
    panel = Panel.from_rows_and_context(rows, stated.dropna(subset="value"), vintages)
    found = find_national_values(panel)
    at = panel.find_lines(slice(len(rows))) if found.places is None else found.places
    basis, source = (
        np.array([*words, np.nan], object)[codes]
        for words, codes in ((BASES, found.basis), (found.sources, found.source))
    )
    told = (found.marks.value, found.marks.lower, found.marks.upper, basis, source)
    return pd.DataFrame(
        {name: column[at] for name, column in zip(NATIONAL, told, strict=True)}, index=rows.index
    )
