"""Peers: the provinces most like one."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.breaks import keep_since_last_break
from provstats.analysis.parts.inputs import prepare_rows_without_claims
from provstats.analysis.scorecard import explain_no_values
from provstats.errors import IncomparableError, SchemaError
from provstats.store.keys import GROUP
from provstats.store.regions import region as find_region

if TYPE_CHECKING:
    from provstats.analysis.parts.inputs import Asked
    from provstats.engines.memory.breaks import Breaks

__all__ = ["peers"]

_ENDS: Final = ["value", "lower", "upper"]


def peers(
    region: str | int,
    n: int = 5,
    x: Asked | None = None,
    *,
    breaks: Breaks | None = None,
    across_breaks: bool = False,
) -> pd.DataFrame:
    """Return the provinces most like one, on the indicators that all provinces have.

    Every value is standardised: less the mean of all provinces, over their standard deviation (of
    the population). The distance is the root of the mean square of the differences, first over the
    periods of an indicator, then over indicators, so that each indicator counts the same. Provinces
    as far apart as two drawn by chance usually are have a distance of about 1.4. Ranks and gaps
    that reports claim are not counted.

    Parameters
    ----------
    region : str or int
        The province, by any name or code.
    n : int
        How many.
    x : DataFrame, optional
        A tidy frame, as for `rank`, of pandas, polars or Arrow; the shipped data by default.
    breaks : DataFrame, optional
        Where a caller's series was measured anew, as for `yoy`.
    across_breaks : bool
        Whether periods before a break of the series are used too; by default only those after the
        last one.

    Returns
    -------
    DataFrame
        The nearest first: ``region``, ``distance``, ``distance_lower``, ``distance_upper`` (what
        the intervals of the values allow, mean and deviation being those of the values), and
        ``indicators`` and ``values`` (how many of each the distance rests on, int64).

    Raises
    ------
    UnknownRegionError
        If there is no such region.
    IncomparableError
        If the province has no value, or there is no indicator that all provinces have and in which
        they differ.
    SchemaError, PeriodError
        If ``n`` is not a positive whole number, or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> rows = ps.series("rd_intensity", vintage="nbs-rd-bulletin-2023").data
    >>> print(peers("重庆", 3, rows)[["region", "distance"]].round(2).to_string(index=False))
    region  distance
     CN-HN      0.05
     CN-HB      0.10
     CN-LN      0.12
    """
    code = find_region(region).code
    if not isinstance(n, Integral) or isinstance(n, bool) or n < 1:
        msg = f"n must be a whole number of 1 or more, got {n!r}"
        raise SchemaError(msg)
    rows = prepare_rows_without_claims(x)
    if code not in rows["region"].unique():
        raise IncomparableError(explain_no_values(code))
    rows = keep_since_last_break(rows, breaks, across_breaks=across_breaks)
    panel = _standardize_values(rows)
    weights = _weigh_periods(panel["value"].columns)
    apart = _measure_differences(panel, code)
    distances = {name: np.sqrt((by**2) @ weights) for name, by in apart.items()}
    table = pd.DataFrame(distances).rename_axis("region").reset_index()
    counts = {"indicators": weights.index.get_level_values(0).nunique(), "values": len(weights)}
    return table.assign(**counts).nsmallest(n, "distance", keep="first").reset_index(drop=True)


def _standardize_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Return standardised values and bounds where all provinces have one, and they differ."""
    of_all = rows.groupby(GROUP)["region"].transform("size") == rows["region"].nunique()
    wide = rows[of_all].pivot(index="region", columns=GROUP, values=_ENDS)  # noqa: PD010
    value = wide.reindex(columns=["value"], level=0).droplevel(0, axis="columns")
    mean, spread = value.mean(), value.std(ddof=0)
    differ = value.columns[value.max() > value.min()]  # the deviation may be a rounding error
    if differ.empty:
        n = rows["region"].nunique()
        msg = f"no indicator is there for all {n} provinces of the data, or they are alike in all"
        raise IncomparableError(msg)
    ends = {end: (wide[end][differ] - mean[differ]) / spread[differ] for end in _ENDS}
    return pd.concat(ends, axis="columns")


def _weigh_periods(groups: pd.Index) -> pd.Series:
    """Weigh the periods of an indicator so that each indicator counts the same."""
    ids = groups.get_level_values("indicator").to_series(index=groups)
    return 1 / (ids.groupby(ids).transform("size") * ids.nunique())


def _measure_differences(panel: pd.DataFrame, code: str) -> dict[str, pd.DataFrame]:
    """Return how far the others are from one province, also at least and at most."""
    others = panel.drop(index=code)
    own = {end: panel[end].loc[code] for end in _ENDS}
    over = others["lower"] - own["upper"]
    under = own["lower"] - others["upper"]
    return {
        "distance": others["value"] - own["value"],
        "distance_lower": np.maximum(over, under).clip(lower=0),
        "distance_upper": np.maximum(-over, -under),
    }
