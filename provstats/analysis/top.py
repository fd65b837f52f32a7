"""Top: who is surely, possibly and surely not among the first."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Final, overload

import numpy as np

from provstats.engines.memory.frames import build_answer, decode_texts
from provstats.engines.memory.inputs import make_panel
from provstats.engines.memory.rank import rank_rows
from provstats.errors import SchemaError, require_one_of

if TYPE_CHECKING:
    import pandas as pd

    from provstats.compare import Universe
    from provstats.engines.memory.frames import Frame, HasColumns
    from provstats.engines.memory.inputs import Comparable
    from provstats.engines.memory.panel import Panel

__all__ = ["top"]

_WORDS: Final = ("surely", "possibly", "surely_not")


@overload
def top(x: Comparable | Panel, k: int, *, universe: Universe = ...) -> pd.DataFrame: ...
@overload
def top(x: Frame, k: int, *, universe: Universe = ...) -> Frame: ...
def top(
    x: Comparable | Panel | HasColumns, k: int, *, universe: Universe = "reporting"
) -> pd.DataFrame | HasColumns:
    """Say who is surely, possibly and surely not among the first ``k`` of an indicator and period.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
        As for `rank`; of pandas, polars or Arrow.
    k : int
        How many are the first. Who is level with the last of them is among them too, as its rank
        says.
    universe : {"reporting", "all"}
        Whether they are the first of those that report, ``n`` of them, or of all 31 mainland
        provinces, where any that does not report may be ahead.

    Returns
    -------
    DataFrame
        The rows and columns of `rank`, and ``top``: ``surely`` (``rank_worst`` is at most ``k``,
        whatever the values are within their intervals), ``possibly`` (``rank_best`` is) or
        ``surely_not``. None is missing.

    Raises
    ------
    SchemaError
        If ``k`` is no whole number of 1 or more, or the frame does not hold.
    IncomparableError, UnknownIndicatorError, UnknownRegionError, PeriodError
        As for `rank`.
    NotImplementedError
        If it is a lazy frame.

    Examples
    --------
    >>> import provstats as ps
    >>> first = top(ps.series("rd_intensity", period=2023, vintage="nbs-rd-bulletin-2023"), 24)
    >>> first.query("24 <= rank <= 26")[["region", "value", "top"]].values.tolist()
    [['CN-SX', 1.16, 'surely'], ['CN-GZ', 1.01, 'surely_not'], ['CN-YN', 1.15, 'possibly']]
    """
    if not isinstance(k, Integral) or isinstance(k, bool) or k < 1:
        msg = f"k must be a whole number of 1 or more, got {k!r}"
        raise SchemaError(msg)
    require_one_of("universe", universe, ("reporting", "all"))
    panel = make_panel(x)
    rows, columns = rank_rows(panel, None, ties="min", universe=universe, bounds=True, min_n=2)
    ends = {name: column for names, column in columns.items() for name in names}
    codes = np.where(ends["rank_worst"] <= k, 0, np.where(ends["rank_best"] <= k, 1, 2))
    return build_answer(panel.given, rows, {**columns, ("top",): decode_texts(_WORDS, codes)})
