"""Changes: what a level or a rate did over a year, by each method that the data allow."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.comparables import TOUCH, check, units
from provstats.indicators import known_indicator
from provstats.periods import parse_period
from provstats.units import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "agreement", "by_method", "change_between", "change_over_year", "change_units", "implied_base",
]  # fmt: skip

_YEAR: Final = 12
# What a row has in common with its base, besides the time.
_KEY: Final = ["region", "indicator", "unit", "nature"]
_ALL_LOST: Final = -100


def change_over_year(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return each row's change over a year by the first method that applies, and its conflicts.

    Parameters
    ----------
    rows : DataFrame
        Checked rows, of one nature in each indicator and period.
    around : DataFrame
        Where growth, additions and earlier levels are found.

    Returns
    -------
    DataFrame
        The index of ``rows``; the columns that `provstats.yoy` adds.
    """
    rows = rows.assign(unit=units(rows))
    changes = by_method(rows, around)
    first, *others = (change.assign(method=name) for name, change in changes.items())
    for other in others:
        first = first.where(first["yoy"].notna(), other)
    earlier = changes["levels"]["previous"]
    return pd.DataFrame({
        "previous": earlier.where(earlier.notna(), first["previous"]),
        **first[["yoy", "yoy_lower", "yoy_upper"]],
        "yoy_unit": change_units(rows),
        "method": first["method"].where(first["yoy"].notna()),
        "months": first["months"].where(first["yoy"].notna()).astype("Int64"),
        "conflict": ~agreement(changes.values()).fillna(value=True).astype(bool),
    })  # fmt: skip


def by_method(rows: pd.DataFrame, around: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each row's change over a year by every method, the one to trust first at the head.

    Parameters
    ----------
    rows, around : DataFrame
        As for `change_over_year`.

    Returns
    -------
    dict of DataFrame
        By method, with the index of ``rows``: ``yoy``, ``yoy_lower``, ``yoy_upper``, ``previous``
        and ``months``; NaN where the method does not apply.
    """
    rows = rows.assign(unit=units(rows))
    base = _base(rows, around)
    return {name: method(rows, base) for name, method in _METHODS.items()}


def implied_base(rows: pd.DataFrame, reported: pd.DataFrame) -> pd.DataFrame:
    """Return the base that a reported change implies, with its interval.

    Parameters
    ----------
    rows : DataFrame
        Checked rows.
    reported : DataFrame
        Their change as reported, from `by_method`.

    Returns
    -------
    DataFrame
        The index of ``rows``; ``implied_base``, ``implied_base_lower``, ``implied_base_upper``: the
        level by the growth, or the rate less its difference; NaN where nothing is reported.
    """
    names = {"yoy": "value", "yoy_lower": "lower", "yoy_upper": "upper"}
    change = reported[list(names)].rename(columns=names)
    factor = 1 + change.where(change["lower"] > _ALL_LOST) / 100
    ends = [rows[end] / factor[by] for end in ("lower", "upper") for by in ("lower", "upper")]
    quotient = pd.DataFrame({
        "value": rows["value"] / factor["value"],
        "lower": np.minimum.reduce(ends),
        "upper": np.maximum.reduce(ends),
    }, index=rows.index)  # fmt: skip
    difference = pd.DataFrame({
        "value": rows["value"] - change["value"],
        "lower": rows["lower"] - change["upper"],
        "upper": rows["upper"] - change["lower"],
    })  # fmt: skip
    base = quotient.where(~units(rows).isin(DIFFERENCES), difference)
    return base.rename(columns=lambda end: f"implied_base_{end}".removesuffix("_value"))


def _base(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    ids = [
        f"{id_}{suffix}"
        for id_ in rows["indicator"].unique()
        for suffix in ("", "_growth", "_new", "_change")
    ]
    found = check(around[around["indicator"].isin(ids)])
    return found.assign(unit=units(found)).dropna(subset="value")


def _at(base: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Return the base's values at each row of keys, NaN where the base has none."""
    found = base.set_index(list(keys))[["value", "lower", "upper"]]
    return found.reindex(pd.MultiIndex.from_frame(keys)).set_axis(keys.index)


def _is_growth(rows: pd.DataFrame) -> pd.Series:
    return rows["indicator"].str.endswith("_growth")


def _months(labels: pd.Series) -> pd.Series:
    return labels.map({label: parse_period(label).months for label in labels.unique()})


def change_units(rows: pd.DataFrame) -> pd.Series:
    """Return the unit of each row's change: percent, of rates percentage points.

    Parameters
    ----------
    rows : DataFrame
        Checked rows.
    """
    unit = units(rows).map(DIFFERENCES).fillna("percent")
    return unit.where(~_is_growth(rows), "percent")


def _reported_change(rows: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Take a growth rate as the change that it is; of others, the growth or the difference."""
    is_rate = rows["unit"].isin(DIFFERENCES)
    ids = rows["indicator"] + np.where(is_rate, "_change", "_growth")
    ids = rows["indicator"].where(_is_growth(rows), ids)
    growth = _at(base, rows[["region", "period", "nature"]].assign(indicator=ids))
    is_ratio = ~_is_growth(rows) & ~rows["unit"].isin(DIFFERENCES) & (growth["value"] > _ALL_LOST)
    return pd.DataFrame({
        "previous": (rows["value"] / (1 + growth["value"] / 100)).where(is_ratio),
        "yoy": growth["value"],
        "yoy_lower": growth["lower"],
        "yoy_upper": growth["upper"],
        "months": _months(rows["period"]).clip(lower=_YEAR),
    })  # fmt: skip


def _change_of_levels(rows: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    earlier = {
        label: str(period.previous_year)
        for label in rows["period"].unique()
        if (period := parse_period(label)).months <= _YEAR
    }
    keys = rows[_KEY].assign(period=rows["period"].map(earlier))
    before = _at(base, keys).where(~_is_growth(rows))
    return change_between(rows, before).assign(months=float(_YEAR))


def _change_less_new(rows: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Take what was added since the start of a span from the level at its end."""
    ends = {label: parse_period(label).end for label in {*rows["period"], *base["period"]}}
    added = base[base["indicator"].str.endswith("_new") & (_months(base["period"]) <= _YEAR)]
    added = added.assign(
        indicator=added["indicator"].str.removesuffix("_new"),
        end=added["period"].map(ends),
        months=_months(added["period"]),
    ).sort_values("months")
    keys = rows[_KEY].assign(end=rows["period"].map(ends))
    longest = added.drop_duplicates(list(keys), keep="last")
    # What is added within a span adds to a stock; from a flow it cannot be taken.
    flows = [id_ for id_ in rows["indicator"].unique() if _is_flow(id_)]
    is_stock = ~rows["unit"].isin(DIFFERENCES) & ~rows["indicator"].isin(flows)
    new = _at(longest, keys).where(is_stock)
    before = pd.DataFrame({
        "value": rows["value"] - new["value"],
        "lower": rows["lower"] - new["upper"],
        "upper": rows["upper"] - new["lower"],
    })  # fmt: skip
    spans = longest.set_index(list(keys))["months"].reindex(pd.MultiIndex.from_frame(keys))
    return change_between(rows, before).assign(months=spans.to_numpy())


def _is_flow(id_: str) -> bool:
    of = known_indicator(id_)
    return of is not None and of.measure == "flow"


def change_between(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the change from one interval to another; a base of zero or less has no ratio.

    Parameters
    ----------
    now : DataFrame
        ``value``, ``lower``, ``upper`` and ``unit``.
    before : DataFrame
        The same index; ``value``, ``lower`` and ``upper``.

    Returns
    -------
    DataFrame
        ``yoy``, ``yoy_lower``, ``yoy_upper`` and ``previous``; percent, of rates the difference.
    """
    is_ratio = ~now["unit"].isin(DIFFERENCES)
    base = before.where(~is_ratio | (before["value"] > 0))
    least = base["lower"].where(base["lower"] > 0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = [now[end].to_numpy() / base_end.to_numpy() for end in ("lower", "upper")
                for base_end in (least, base["upper"])]  # fmt: skip
        ratios = pd.DataFrame({
            "yoy": now["value"] / base["value"],
            "yoy_lower": np.fmin.reduce(ends),
            "yoy_upper": np.fmax.reduce(ends),
        }, index=now.index)  # fmt: skip
    differences = pd.DataFrame({
        "yoy": now["value"] - base["value"],
        "yoy_lower": now["lower"] - base["upper"],
        "yoy_upper": now["upper"] - base["lower"],
    })  # fmt: skip
    change = ((ratios - 1) * 100).where(is_ratio, differences)
    return change.where(base["value"].notna()).assign(previous=base["value"])


def agreement(changes: Iterable[pd.DataFrame]) -> pd.Series:
    """Tell whether all methods over the same span have intervals that meet.

    Parameters
    ----------
    changes : iterable of DataFrame
        The changes of `by_method`.

    Returns
    -------
    Series of boolean
        NA where there are no two methods to compare.
    """
    pairs = pd.concat([_meet(*pair) for pair in combinations(changes, 2)], axis="columns")
    agree: pd.Series = pairs.all(axis="columns").where(pairs.notna().any(axis="columns"))
    return agree


def _meet(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """Tell whether two changes over the same span have intervals that meet."""
    apart = (one["yoy_lower"] > other["yoy_upper"] + TOUCH) | (
        other["yoy_lower"] > one["yoy_upper"] + TOUCH
    )
    both = one["yoy"].notna() & other["yoy"].notna() & (one["months"] == other["months"])
    return (~apart).astype("boolean").where(both)


# The method to trust first stands first.
_METHODS: Final = {
    "reported": _reported_change,
    "levels": _change_of_levels,
    "level_minus_new": _change_less_new,
}
