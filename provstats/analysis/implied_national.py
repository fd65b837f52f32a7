"""Implied national values: what provinces' statements say of the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.engines.memory.inputs import check, rows_of
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.national import (
    OF_UNIT,
    all_statements,
    base_of,
    intersected,
    statement,
)
from provstats.store.keys import KEY
from provstats.store.observations import load
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from provstats.engines.memory.inputs import Comparable

__all__ = ["implied_national"]

_IMPLIED: Final = {"value": "implied", "lower": "implied_lower", "upper": "implied_upper"}
_REPORTED: Final = {"value": "reported", "lower": "reported_lower", "upper": "reported_upper"}
_COLUMNS: Final = [
    *OF_UNIT, *_IMPLIED.values(), "n", "regions", "statements", *_REPORTED.values(),
    "conflict",
]  # fmt: skip


def implied_national(x: Comparable | None = None) -> pd.DataFrame:
    """Return every national value that provinces imply, beside the reported one.

    7.6%, "1.8 points above the nation", implies 5.8%; 60 firms, "half of the nation's", imply 120.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        Whose statements, as for `rank`; all of the shipped data by default. A province states its
        value and, for the same period, ``<indicator>_gap`` or its ``<indicator>_share`` of the
        nation.

    Returns
    -------
    DataFrame
        One row a national value in one unit: ``indicator``, ``period``, ``nature``, ``unit``,
        ``implied`` (the median of what statements imply, as far as all allow it),
        ``implied_lower``, ``implied_upper`` (the intersection of all statements; NaN where they
        contradict one another), ``n`` (how many statements; int64), ``regions`` (who makes them,
        codes joined by blanks), ``statements`` (what each implies), ``reported``,
        ``reported_lower``, ``reported_upper`` (NaN where the nation reports none) and ``conflict``
        (bool: the statements contradict one another or the reported value). Without statements
        there is no row.

    Raises
    ------
    IncomparableError
        If nobody reports the indicator.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> implied = implied_national("industrial_value_added_growth")
    >>> columns = ["period", "implied", "implied_lower", "implied_upper", "regions"]
    >>> print(implied[columns].round(2).to_string(index=False))
             period  implied  implied_lower  implied_upper           regions
    2024-01/2024-11      5.8            5.7            5.9 CN-CQ CN-SD CN-ZJ
    2024-01/2024-10      5.8            5.7            5.9             CN-GS
    """
    asked, around = (load(nature=None),) * 2 if x is None else rows_of(x)
    base, said = base_of(around), all_statements(around).merge(check(asked)[KEY])
    nation = intersected(said, OF_UNIT).rename(columns=_IMPLIED)
    told = pd.Series([statement(row) for row in said.itertuples()], said.index, dtype="str")
    nation["statements"] = told.groupby([said[c] for c in OF_UNIT]).agg("; ".join)
    reported = base[base["region"] == NATION].set_index(OF_UNIT)[list(_REPORTED)]
    nation = nation.join(reported.rename(columns=_REPORTED))
    apart = nation["implied_lower"] > nation["implied_upper"] + TOUCH
    nation["conflict"] = apart | (
        nation[["implied_lower", "reported_lower"]].max(axis="columns", skipna=False)
        > nation[["implied_upper", "reported_upper"]].min(axis="columns", skipna=False) + TOUCH
    )
    nation.loc[apart, list(_IMPLIED.values())] = np.nan
    return nation.reset_index()[_COLUMNS].astype({"regions": "str", "statements": "str"})
