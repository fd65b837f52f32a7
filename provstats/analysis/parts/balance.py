"""Balance: which periods leave the largest table without gaps, of provinces by periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEWEST", "find_balanced_periods"]

#: What is compared over time needs two provinces and two periods.
FEWEST: Final = 2


def find_balanced_periods(rows: pd.DataFrame) -> list[str]:
    """Return the periods that leave most values where every province has one in each of them.

    Periods that equally few provinces report are dropped together, so that one which few have does
    not cost the others theirs; all stay where no two periods have two provinces in common.

    Examples
    --------
    >>> from provstats import series
    >>> rows = series("rd_intensity", period=[2023, 2024, 2025]).data
    >>> find_balanced_periods(rows[rows["region"] != "CN"])
    ['2023', '2024']
    """
    held = rows.groupby("period")["region"].agg(frozenset)
    counts = held.map(len)
    tables = [(0, 0, held.index.to_list())]
    for least in counts.unique():
        kept = held[counts >= least]
        n = len(frozenset.intersection(*kept))
        if min(n, len(kept)) >= FEWEST:
            tables.append((n * len(kept), n, kept.index.to_list()))
    return max(tables)[-1]
