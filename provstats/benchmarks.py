"""Benchmarks: the national value that provinces are measured against."""

from __future__ import annotations

from math import isfinite
from numbers import Real
from typing import Final

import pandas as pd

from provstats.comparables import GROUP, TOUCH, check, units
from provstats.errors import IncomparableError, SchemaError
from provstats.figures import Figure
from provstats.places import NATION, provinces

__all__ = ["benchmarks", "given"]

_OF_NATURE: Final = [*GROUP, "nature"]


def given(rows: pd.DataFrame, national: float | Figure) -> pd.DataFrame:
    """Return the caller's own national value for each row.

    Parameters
    ----------
    rows : DataFrame
        The rows to measure.
    national : float or Figure
        A number is exact, a figure keeps its interval.

    Raises
    ------
    IncomparableError
        If the figure has another unit than the rows.
    SchemaError
        If it is neither.
    """
    if isinstance(national, Figure):
        ends = (national.value, national.lower, national.upper)
        other = units(rows).loc[lambda unit: ~unit.isin(["", national.unit])]
        if len(other):
            msg = f"national is in {national.unit}, the rows are in {other.iloc[0]}"
            raise IncomparableError(msg)
    elif isinstance(national, Real) and not isinstance(national, bool) and isfinite(national):
        ends = (float(national),) * 3
    else:
        msg = f"national must be a number or a Figure (ps.parse_figure), got {national!r}"
        raise SchemaError(msg)
    columns = ["national", "national_lower", "national_upper"]
    marks = pd.DataFrame([ends] * len(rows), index=rows.index, columns=columns)
    return marks.assign(national_source="", national_basis="given")


def benchmarks(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the national value for each row: reported, else implied by what provinces say.

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
        period has no benchmark), ``national_source`` and ``national_basis``.

    Raises
    ------
    IncomparableError
        If no row has a benchmark, or provinces contradict one another.
    """
    ids = rows["indicator"].unique()
    related = around[around["indicator"].isin([*ids, *(f"{id_}_gap" for id_ in ids)])]
    sources = related["source"].to_numpy() if "source" in related else ""
    base = check(related).assign(source=sources)
    base = base.dropna(subset="value")
    base = base.assign(unit=units(base))
    reported = _reported_nation(base[base["indicator"].isin(ids)])
    implied = _implied_nation(base)
    marks = pd.concat([reported, implied[~implied.index.isin(reported.index)]])
    wanted = pd.MultiIndex.from_frame(rows[_OF_NATURE])
    if not wanted.isin(marks.index).any():
        known = sorted(f"{id_} {period}" for id_, period, _ in marks.index) or ["none"]
        asked = sorted(f"{id_} {period}" for id_, period, _ in set(wanted))
        msg = (
            f"there is no national value for {asked}; there is one for: {', '.join(known)}. "
            "A frame is compared only within itself; pass a series, or national="
        )
        raise IncomparableError(msg)
    marks = marks.reindex(wanted).set_axis(rows.index)
    _refuse_contradictions(marks, base)
    return marks


def _reported_nation(base: pd.DataFrame) -> pd.DataFrame:
    return _as_marks(base[base["region"] == NATION].set_index(_OF_NATURE), "reported")


def _as_marks(nation: pd.DataFrame, basis: str) -> pd.DataFrame:
    columns = ["value", "lower", "upper", "source"]
    marks = nation[columns].assign(basis=basis).add_prefix("national_")
    return marks.rename(columns={"national_value": "national"})


def _implied_nation(base: pd.DataFrame) -> pd.DataFrame:
    """Intersect what provinces imply; the ends cross where they contradict one another."""
    by_group = _sayings(base).groupby(_OF_NATURE)
    nation = by_group.agg(
        value=("value", "median"),
        lower=("lower", "max"),
        upper=("upper", "min"),
        source=("source", lambda ids: " ".join(sorted(set(ids)))),
    )
    nation["value"] = nation["value"].clip(nation["lower"], nation["upper"])
    return _as_marks(nation, "implied")


def _sayings(base: pd.DataFrame) -> pd.DataFrame:
    """Return the national value that each province implies by its distance from it."""
    own = base[base["region"].isin(provinces())]
    claims = own[own["indicator"].str.endswith("_gap")]
    claims = claims.assign(indicator=claims["indicator"].str.removesuffix("_gap"))
    said = own.merge(claims, on=["region", *_OF_NATURE], suffixes=("", "_gap"))
    said = said[said["unit_gap"].isin(["percentage_point", ""]) | (said["unit"] != "percent")]
    return said.assign(
        value=(said["value"] - said["value_gap"]).round(9),
        lower=(said["lower"] - said["upper_gap"]).round(9),
        upper=(said["upper"] - said["lower_gap"]).round(9),
    )


def _refuse_contradictions(marks: pd.DataFrame, base: pd.DataFrame) -> None:
    apart = marks["national_lower"] > marks["national_upper"] + TOUCH
    if not apart.any():
        return
    mark = marks[apart].iloc[0]
    said = _sayings(base)
    ends = said[
        (said["lower"] == mark["national_lower"]) | (said["upper"] == mark["national_upper"])
    ]
    sides = " but ".join(
        f"{row.region} implies {row.lower:g} to {row.upper:g} ({row.indicator}, {row.period})"
        for row in ends.itertuples()
    )
    msg = f"reports contradict one another on the national value: {sides}"
    raise IncomparableError(msg)
