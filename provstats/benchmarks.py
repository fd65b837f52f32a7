"""Benchmarks: the national value that provinces are measured against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from provstats.comparables import GROUP, TOUCH, check, rows_of, units
from provstats.indicators import known_indicator
from provstats.keys import KEY
from provstats.observations import load
from provstats.places import NATION, provinces
from provstats.units import unit_of_distance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.comparables import Comparable

__all__ = ["implied_national", "national_values", "statement", "statements"]

_OF_NATURE: Final = [*GROUP, "nature"]
_OF_UNIT: Final = [*_OF_NATURE, "unit"]
_IMPLIED: Final = {"value": "implied", "lower": "implied_lower", "upper": "implied_upper"}
_REPORTED: Final = {"value": "reported", "lower": "reported_lower", "upper": "reported_upper"}
_COLUMNS: Final = [
    *_OF_UNIT, *_IMPLIED.values(), "n", "regions", "statements", *_REPORTED.values(),
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
    base, said = _base(around), statements(around).merge(check(asked)[KEY])
    nation = _intersected(said, _OF_UNIT).rename(columns=_IMPLIED)
    told = pd.Series([statement(row) for row in said.itertuples()], said.index, dtype="str")
    nation["statements"] = told.groupby([said[c] for c in _OF_UNIT]).agg("; ".join)
    reported = base[base["region"] == NATION].set_index(_OF_UNIT)[list(_REPORTED)]
    nation = nation.join(reported.rename(columns=_REPORTED))
    apart = nation["implied_lower"] > nation["implied_upper"] + TOUCH
    nation["conflict"] = apart | (
        nation[["implied_lower", "reported_lower"]].max(axis="columns", skipna=False)
        > nation[["implied_upper", "reported_upper"]].min(axis="columns", skipna=False) + TOUCH
    )
    nation.loc[apart, list(_IMPLIED.values())] = np.nan
    return nation.reset_index()[_COLUMNS]


def statements(around: pd.DataFrame) -> pd.DataFrame:
    """Return the national value that each province implies, by its gap to it or its share of it.

    Parameters
    ----------
    around : DataFrame
        Rows of the data or of a caller.

    Returns
    -------
    DataFrame
        One row a statement: ``region``, ``indicator``, ``period``, ``nature``, ``unit``,
        ``value``, ``lower``, ``upper``, ``source``; further columns are the province's own.
    """
    base = _base(around)
    return pd.concat([_by_gap(base), _by_share(base)], ignore_index=True)


def statement(row: Any) -> str:  # noqa: ANN401 - a named tuple of pandas
    """Return what a province implies, in words.

    Parameters
    ----------
    row : named tuple
        A row of `statements`.
    """
    return f"{row.region} implies {row.lower:.10g} to {row.upper:.10g}"


def national_values(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the national value for each row as `benchmarks` does, refusing nothing.

    Parameters
    ----------
    rows : DataFrame
        The checked rows to measure, of one nature in each indicator and period.
    around : DataFrame
        Where the nation's values and the provinces' claims of their gap are found.

    Returns
    -------
    DataFrame
        The index of ``rows``; ``national``, ``national_lower``, ``national_upper`` (NaN where the
        period has no benchmark), ``national_source`` and ``national_basis``; where provinces
        contradict one another, lower lies above upper.
    """
    marks = _known(rows, around).reindex(pd.MultiIndex.from_frame(rows[_OF_NATURE]))
    return marks.set_axis(rows.index)


def _known(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values of the indicators of rows, by what a benchmark is known by."""
    ids = rows["indicator"].unique()
    base = _base(around[around["indicator"].isin([*ids, *(f"{id_}_gap" for id_ in ids)])])
    reported = _reported_nation(base[base["indicator"].isin(ids)])
    implied = _as_marks(_intersected(_by_gap(base), _OF_NATURE), "implied")
    return pd.concat([reported, implied[~implied.index.isin(reported.index)]])


def _base(around: pd.DataFrame) -> pd.DataFrame:
    """Check the rows that tell of the nation; each keeps its document."""
    base = check(around)
    base["source"] = around["source"].to_numpy() if "source" in around else ""
    base = base.dropna(subset="value")
    return base.assign(unit=units(base))


def _reported_nation(base: pd.DataFrame) -> pd.DataFrame:
    return _as_marks(base[base["region"] == NATION].set_index(_OF_NATURE), "reported")


def _as_marks(nation: pd.DataFrame, basis: str) -> pd.DataFrame:
    columns = ["value", "lower", "upper", "source"]
    marks = nation[columns].assign(basis=basis).add_prefix("national_")
    return marks.rename(columns={"national_value": "national"})


def _intersected(said: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Intersect what provinces imply; the ends cross where they contradict one another."""
    by_group = said.groupby(by, sort=False)
    nation = by_group.agg(
        value=("value", "median"),
        lower=("lower", "max"),
        upper=("upper", "min"),
        source=("source", _set_of),
        regions=("region", _set_of),
        n=("region", "size"),
    )
    nation["value"] = nation["value"].clip(nation["lower"], nation["upper"])
    return nation


def _set_of(texts: Iterable[str]) -> str:
    return " ".join(sorted(set(texts)))


def _by_gap(base: pd.DataFrame) -> pd.DataFrame:
    """Return the national value that each province implies by its distance from it."""
    said = _claimed(base, "_gap")
    distance = said["unit"].map(unit_of_distance)
    said = said[(said["unit_claim"] == distance) | (said[["unit", "unit_claim"]] == "").any(axis=1)]
    return said.assign(
        value=(said["value"] - said["value_claim"]).round(9),
        lower=(said["lower"] - said["upper_claim"]).round(9),
        upper=(said["upper"] - said["lower_claim"]).round(9),
    )


def _by_share(base: pd.DataFrame) -> pd.DataFrame:
    """Return the national value that each province implies by its share of it."""
    said = _claimed(base, "_share")
    is_part = (said["lower"] >= 0) & (said["lower_claim"] > 0)
    said = said[said["indicator"].map(_is_share_of_nation).astype(bool) & is_part]
    return said.assign(
        value=said["value"] / said["value_claim"] * 100,
        lower=said["lower"] / said["upper_claim"] * 100,
        upper=said["upper"] / said["lower_claim"] * 100,
    )


def _is_share_of_nation(id_: str) -> bool:
    of = known_indicator(f"{id_}_share")
    return of is not None and of.name_zh.endswith("占全国比重")


def _claimed(base: pd.DataFrame, suffix: str) -> pd.DataFrame:
    """Pair each province's value with what the province says of it."""
    own = base[base["region"].isin(provinces())]
    claims = own[own["indicator"].str.endswith(suffix)]
    claims = claims.assign(indicator=claims["indicator"].str.removesuffix(suffix))
    return own.merge(claims, on=["region", *_OF_NATURE], suffixes=("", "_claim"))
