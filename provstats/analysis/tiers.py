"""Tiers: groups of provinces that the intervals surely tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

import numpy as np

from provstats.engines.memory.frames import build_answer
from provstats.engines.memory.inputs import make_panel
from provstats.engines.memory.rank import rank_rows

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from provstats.engines.memory.frames import Frame, HasColumns
    from provstats.engines.memory.inputs import Comparable
    from provstats.engines.memory.panel import Panel

    Ints = NDArray[np.integer[Any]]

__all__ = ["assign_tiers", "tiers"]


@overload
def tiers(x: Comparable | Panel) -> pd.DataFrame: ...
@overload
def tiers(x: Frame) -> Frame: ...
def tiers(x: Comparable | Panel | HasColumns) -> pd.DataFrame | HasColumns:
    """Group the provinces of each indicator and period into tiers that intervals surely part.

    Every province of a tier is surely ahead of every province of the next one: whatever their
    values are within their intervals. These are the finest groups of which that is true.

    Within a tier no order is claimed. Not told apart is not equal: two of a tier may differ, and
    some of them may surely do so, with a third between them that cannot be told from either;
    ``rank_best`` and ``rank_worst`` say what is known of each. Intervals that only touch may be
    equal, and are of one tier.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
        As for `rank`; of pandas, polars or Arrow.

    Returns
    -------
    DataFrame
        The rows and columns of `rank`, and ``tier`` (int64): 1 for the best side of the
        indicator's direction, the greatest of a neutral one. None is missing. Tiers are among the
        provinces that report, ``n`` of them.

    Raises
    ------
    IncomparableError, SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        As for `rank`.
    NotImplementedError
        If it is a lazy frame.

    Examples
    --------
    >>> import provstats as ps
    >>> grouped = tiers(ps.series("rd_intensity", period=2023, vintage="nbs-rd-bulletin-2023"))
    >>> near = grouped[grouped["tier"].between(23, 25)].sort_values("rank")
    >>> print(near[["region", "value", "rank", "tier"]].to_string(index=False))
    region  value  rank  tier
     CN-HI   1.19    23    23
     CN-SX   1.16    24    24
     CN-YN   1.15    25    24
     CN-GZ   1.01    26    25
    """
    panel = make_panel(x)
    rows, columns = rank_rows(panel, None, ties="min", universe="reporting", bounds=True, min_n=2)
    best = next(column for names, column in columns.items() if "rank_best" in names)
    line = panel.find_lines(rows)
    return build_answer(panel.given, rows, {**columns, ("tier",): assign_tiers(best, line)})


def assign_tiers(best: Ints, line: Ints) -> Ints:
    """Return the tier of each row by its best rank among the rows of its line.

    A tier begins where as many are surely ahead as stand before: all of them are.

    Examples
    --------
    >>> assign_tiers(np.array([3, 1, 1, 3]), np.array([0, 0, 0, 0])).tolist()
    [2, 1, 1, 2]
    """
    order = np.lexsort((best, line))
    is_first = np.append(True, np.diff(line[order]) > 0)
    starts = np.flatnonzero(is_first)
    place = 1 + np.arange(len(order)) - starts[np.cumsum(is_first) - 1]
    begun = np.cumsum(best[order] == place)
    tier = np.empty(len(order), np.int64)
    tier[order] = begun - (begun[starts] - 1)[np.cumsum(is_first) - 1]
    return tier
