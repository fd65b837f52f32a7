"""Benchmarks: the national value that provinces are measured against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.engines.memory.comparables import GROUP, check, units
from provstats.indicators import known_indicator
from provstats.reading.units import unit_of_distance
from provstats.store.regions import NATION, provinces

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["OF_UNIT", "base_of", "intersected", "national_values", "statement", "statements"]

_OF_NATURE: Final = [*GROUP, "nature"]
OF_UNIT: Final = [*_OF_NATURE, "unit"]


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
    base = base_of(around)
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
    base = base_of(around[around["indicator"].isin([*ids, *(f"{id_}_gap" for id_ in ids)])])
    reported = _reported_nation(base[base["indicator"].isin(ids)])
    implied = _as_marks(intersected(_by_gap(base), _OF_NATURE), "implied")
    return pd.concat([reported, implied[~implied.index.isin(reported.index)]])


def base_of(around: pd.DataFrame) -> pd.DataFrame:
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


def intersected(said: pd.DataFrame, by: list[str]) -> pd.DataFrame:
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
