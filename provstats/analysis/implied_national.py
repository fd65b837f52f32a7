"""Implied national values: what provinces' statements say of the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.inputs import select_rows_and_context
from provstats.analysis.parts.statements import derive_implied_values
from provstats.engines.memory.inputs import prepare_rows_by_position
from provstats.engines.memory.intervals import TOUCH, Interval
from provstats.engines.memory.statements import describe_statement, intersect_by_group, join_texts
from provstats.indicators import split_id
from provstats.store.keys import GROUP, KEY
from provstats.store.observations import load
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from provstats.analysis.parts.inputs import Asked

__all__ = ["implied_national"]

_OF_UNIT: Final = [*GROUP, "nature", "unit"]
_IMPLIED: Final = {"value": "implied", "lower": "implied_lower", "upper": "implied_upper"}
_REPORTED: Final = {"value": "reported", "lower": "reported_lower", "upper": "reported_upper"}
_COLUMNS: Final = [
    *_OF_UNIT, *_IMPLIED.values(), "n", "regions", "statements", *_REPORTED.values(),
    "conflict",
]  # fmt: skip
_TEXTS: Final = {"regions": "str", "statements": "str", "conflict": "bool"}


def implied_national(x: Asked | None = None) -> pd.DataFrame:
    """Return every national value that provinces imply, beside the reported one.

    7.6%, "1.8 points above the nation", implies 5.8%; 60 firms, "half of the nation's", imply 120.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        Whose statements, as for `rank`, a frame of pandas, polars or Arrow; all of the shipped data
        by default. A province states its value and, for the same period, ``<indicator>_gap`` or its
        ``<indicator>_share`` of the nation. What is printed as a way of speaking (每4辆…1辆)
        implies nothing.

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
    >>> columns = ["period", "implied", "implied_lower", "implied_upper", "regions", "reported"]
    >>> print(implied[columns].round(2).to_string(index=False))
             period  implied  implied_lower  implied_upper           regions  reported
    2024-01/2024-11      5.8            5.7            5.9 CN-CQ CN-SD CN-ZJ       NaN
    2024-01/2024-10      5.8            5.7            5.9             CN-GS       NaN
               2024      5.8            5.7            5.9       CN-HN CN-SD       5.8
               2025      5.9            5.8            6.0 CN-GX CN-QH CN-SD       5.9
    """
    rows, around = (load(nature=None),) * 2 if x is None else select_rows_and_context(x)
    own = None if x is None else prepare_rows_by_position(rows)[KEY]
    around = _keep_claims_and_values(around, own)
    said = derive_implied_values(around) if len(around) else _make_empty_rows()
    said = said if own is None else said.merge(own)
    nation = _intersect_statements(said).reset_index()
    nation["statements"] = _join_statement_texts(said)
    nation = nation.merge(_find_reported_values(around, nation), on=_OF_UNIT, how="left")
    return _mark_conflicts(nation)[_COLUMNS].astype(_TEXTS)


def _intersect_statements(said: pd.DataFrame) -> pd.DataFrame:
    """Return what all statements of a national value allow, their number, and who makes them."""
    each = said.groupby(_OF_UNIT, sort=False)
    number = each.ngroup().to_numpy()
    groups, nation = intersect_by_group(
        number, Interval.from_ends(*(said[c].to_numpy() for c in _IMPLIED))
    )
    ends = dict(zip(_IMPLIED.values(), nation.all, strict=True))
    regions = join_texts(groups, number, said["region"])
    return pd.DataFrame({**ends, "n": each.size(), "regions": regions})


def _keep_claims_and_values(around: pd.DataFrame, own: pd.DataFrame | None) -> pd.DataFrame:
    """Keep the rows of claimed gaps and shares, and of the values that they are about."""
    asked_for = None if own is None else {*own["indicator"]}
    claims = {id_: split_id(id_) for id_ in map(str, around["indicator"].unique())}
    ids = {
        id_ for claim, (stem, suffix) in claims.items()
        if suffix in ("gap", "share") and (asked_for is None or stem in asked_for)
        for id_ in (claim, stem)
    }  # fmt: skip
    return around[around["indicator"].isin(ids)]


def _make_empty_rows() -> pd.DataFrame:
    numbers = dict.fromkeys(("value", "lower", "upper"), 0.0)
    row = dict.fromkeys((*KEY, "unit", "source"), "") | numbers
    return pd.DataFrame([row]).head(0)


def _join_statement_texts(said: pd.DataFrame) -> list[str]:
    """Return the statements of each national value, in the order in which values first occur."""
    told: dict[object, list[str]] = {}
    for row in said.itertuples():
        told.setdefault(tuple(getattr(row, c) for c in _OF_UNIT), []).append(
            describe_statement(row)
        )
    return ["; ".join(each) for each in told.values()]


def _find_reported_values(around: pd.DataFrame, nation: pd.DataFrame) -> pd.DataFrame:
    """Return what the nation itself reports for the implied values."""
    is_own = (around["region"] == NATION) & around["indicator"].isin(nation["indicator"])
    values = (
        prepare_rows_by_position(around[is_own]).dropna(subset="value")
        if is_own.any()
        else _make_empty_rows()
    )
    return values[[*_OF_UNIT, *_REPORTED]].rename(columns=_REPORTED)


def _mark_conflicts(nation: pd.DataFrame) -> pd.DataFrame:
    """Mark contradictions among statements or with reports; drop what the first imply."""
    apart = nation["implied_lower"] > nation["implied_upper"] + TOUCH
    low = np.maximum(nation["implied_lower"], nation["reported_lower"])
    high = np.minimum(nation["implied_upper"], nation["reported_upper"])
    conflict = apart | (low > high + TOUCH)
    implied = {name: nation[name].where(~apart) for name in _IMPLIED.values()}
    return nation.assign(conflict=conflict, **implied)
