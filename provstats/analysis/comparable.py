"""Comparable: how many provinces can be compared, what falls out, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from provstats.engines.memory.inputs import by_outcomes, check, rows_of
from provstats.engines.memory.selection import reasons
from provstats.store.keys import GROUP
from provstats.store.regions import provinces

if TYPE_CHECKING:
    from provstats.engines.memory.inputs import Comparable

__all__ = ["comparable"]


def comparable(x: Comparable) -> pd.DataFrame:
    """Say how many provinces can be compared, what falls out, and why.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`.

    Returns
    -------
    DataFrame
        By indicator and period, a row for each row of the input and, beside other provinces, for
        each province that has a value only elsewhere: ``indicator``, ``period``, ``region``,
        ``nature``, ``unit``, ``value`` (NaN for a province without a row here), ``compared``
        (bool), ``reason`` (empty for what is compared, else a code of
        ``provstats.engines.memory.selection.REASONS``), ``detail`` (the other periods or
        indicators that the province has, joined by blanks) and ``n`` (how many provinces are
        compared; int64). Units are not refused here but told: ``other_unit`` marks the rows that
        `rank` refuses. Of another
        scope are two ids of which one is the other with words before it, such as ``sme_clusters``
        and ``equipment_sme_clusters``.

    Raises
    ------
    IncomparableError
        If nobody reports the indicator.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> found = comparable("industrial_value_added_growth").query("period == '2024-01/2024-11'")
    >>> found["n"].iloc[0].item()
    5
    >>> found.loc[~found["compared"], ["region", "reason", "detail"]].values.tolist()
    [['CN-GS', 'other_period', '2024-01/2024-10']]
    """
    frame, around = rows_of(x)
    checked = check(around[around["indicator"] == x] if isinstance(x, str) else frame)
    why = reasons(checked)
    if isinstance(x, str):  # a period that has no outcome is not asked for, but shown
        why = why.where((why != "") | by_outcomes(checked), checked["nature"])
    own = checked.assign(compared=why == "", reason=why, detail="")
    found = pd.concat([own, _elsewhere(own, check(around))], ignore_index=True)
    found["n"] = found.groupby(GROUP)["compared"].transform("sum").astype("int64")
    by_group = found.groupby(GROUP, sort=False).ngroup().sort_values(kind="stable")
    columns = [*GROUP, "region", "nature", "unit", "value", "compared", "reason", "detail", "n"]
    return found.loc[by_group.index, columns].reset_index(drop=True)


def _elsewhere(own: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the provinces that are not in a group of provinces, but have a value elsewhere."""
    groups = own.loc[own["region"].isin(provinces()), GROUP].drop_duplicates()
    known = around[around["region"].isin(provinces()) & around["value"].notna()]
    scopes = known.merge(_near_ids(groups, known), on="indicator").assign(reason="other_scope")
    scopes = scopes.rename(columns={"indicator": "detail", "near": "indicator"})
    periods = known.rename(columns={"period": "detail"}).assign(reason="other_period")
    periods = periods.merge(groups, on="indicator")
    place = [*GROUP, "region"]
    found = pd.concat([scopes.merge(groups, on=GROUP), periods])[[*place, "reason", "detail"]]
    present = pd.MultiIndex.from_frame(own[place])
    found = found[~pd.MultiIndex.from_frame(found[place]).isin(present)].drop_duplicates()
    # The first reason is the nearer one: the same period.
    first = found.groupby(place)["reason"].transform("first")
    details = found[found["reason"] == first].groupby([*place, "reason"], sort=False)["detail"]
    return details.agg(" ".join).reset_index().assign(nature="", unit="", compared=False)


def _near_ids(groups: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Pair ids of which one is the other with a word before it: of the same noun, another thing."""
    pairs = [
        (other, id_)
        for id_ in groups["indicator"].unique()
        for other in known["indicator"].unique()
        if other.endswith(f"_{id_}") or id_.endswith(f"_{other}")
    ]
    return pd.DataFrame(pairs, columns=["indicator", "near"], dtype=object)
