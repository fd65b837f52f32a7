"""Changes: what a level or a rate did over a year, by each method that the data allow."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.engines.memory.comparables import TOUCH, units
from provstats.engines.memory.intervals import Interval
from provstats.engines.memory.selection import units_of
from provstats.reading.units import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from numpy.typing import NDArray

    from provstats.engines.memory.panel import Panel

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = [
    "ALL_LOST", "METHODS", "YEAR", "Change", "agreement", "change", "change_between",
    "change_units", "first_change", "implied_base", "rates",
]  # fmt: skip

#: How the change over a year is known; the method to trust first stands first.
METHODS: Final = ("reported", "levels", "level_minus_new")
#: Months of a year.
YEAR: Final = 12
#: The percent by which what falls to nothing changes.
ALL_LOST: Final = -100


class Change(NamedTuple):
    """The change of some rows by one method; NaN where it does not apply.

    Parameters
    ----------
    yoy, yoy_lower, yoy_upper : array of float
        The change and its interval; of exact values one array.
    previous : array of float
        The level a year before.
    months : array of int
        The span that is really covered; 0 where it is not known.
    """

    yoy: Floats
    yoy_lower: Floats
    yoy_upper: Floats
    previous: Floats
    months: Ints


def rates(panel: Panel) -> Bools:
    """Tell, by indicator and stated unit, what changes by a difference.

    Parameters
    ----------
    panel : Panel
        The rows.
    """
    table, words = panel.once(units_of)
    return np.array([word in DIFFERENCES for word in words])[table]


def change(now: Interval, before: Interval, months: Ints, is_rate: Bools) -> Change:
    """Return the change from one interval to another; a base of zero or less has no ratio.

    Parameters
    ----------
    now, before : Interval
        The values of rows, and those to compare them with.
    months : array of int
        The span between them.
    is_rate : array of bool
        Which change by a difference; one value may stand for all.
    """
    base = np.where(is_rate | (before.value > 0), before.value, np.nan)
    yoy = _by_unit(is_rate, lambda: now.value - base, lambda: now.value / base)
    if now.is_exact and before.is_exact:
        return Change(yoy, yoy, yoy, base, months)
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.where(before.lower > 0, before.lower, 0.0)
        ends = [end / by for end in (now.lower, now.upper) for by in (least, before.upper)]
    lower = _by_unit(is_rate, lambda: now.lower - before.upper, lambda: np.fmin.reduce(ends))
    upper = _by_unit(is_rate, lambda: now.upper - before.lower, lambda: np.fmax.reduce(ends))
    for end in (lower, upper):
        np.copyto(end, np.nan, where=np.isnan(yoy))
    return Change(yoy, lower, upper, base, months)


def change_between(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the change of rows from others, as `change` does.

    Parameters
    ----------
    now, before : DataFrame
        ``value``, ``lower`` and ``upper``, row by row; the first has checked keys and units too.

    Returns
    -------
    DataFrame
        The index of ``now``; ``yoy``, ``yoy_lower``, ``yoy_upper``, ``yoy_unit`` and ``previous``.
    """
    unit = units(now)
    old, new = (Interval(*rows[["value", "lower", "upper"]].to_numpy().T) for rows in (before, now))
    found = change(new, old, np.zeros(len(now), np.int64), unit.isin(DIFFERENCES).to_numpy())
    columns = pd.DataFrame(found._asdict(), index=now.index).drop(columns="months")
    return columns.assign(yoy_unit=unit.map(_unit_of_change))


def _by_unit(
    is_rate: Bools, difference: Callable[[], Floats], ratio: Callable[[], Floats]
) -> Floats:
    """Return the difference of rates, of all others the percent by which a ratio exceeds one."""
    if is_rate.all():
        return difference()
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = ratio()
        percent -= 1
        percent *= 100
    return np.where(is_rate, difference(), percent) if is_rate.any() else percent


def first_change(changes: Mapping[str, Change], count: int) -> dict[str, NDArray[Any]]:
    """Return each row's change by the first method that applies, and whether methods conflict.

    Parameters
    ----------
    changes : mapping of Change
        By method, those of `Bases.changes`.
    count : int
        How many rows there are.

    Returns
    -------
    dict of arrays
        ``previous``, ``yoy``, ``yoy_lower``, ``yoy_upper`` (NaN where no method applies),
        ``method`` (its place in `METHODS`, -1 for none), ``months`` and ``conflict``.
    """
    if not changes:
        nothing = np.full(count, np.nan)
        changes = {
            METHODS[0]: Change(nothing, nothing, nothing, nothing, np.zeros(count, np.int64))
        }
    (name, first), *others = reversed(list(changes.items()))
    method = np.where(np.isnan(first.yoy), -1, METHODS.index(name)).astype(np.int8)
    for name, change in others:
        applies = ~np.isnan(change.yoy)
        method[applies] = METHODS.index(name)
        first = Change(*_either(applies, change, first))
    if others and "levels" in changes:
        earlier = changes["levels"].previous
        first = first._replace(previous=np.where(np.isnan(earlier), first.previous, earlier))
    agree, _ = agreement(changes.values(), count)
    return {**first._asdict(), "method": method, "conflict": ~agree}


def _either(applies: Bools, change: Change, other: Change) -> Iterator[NDArray[Any]]:
    """Return the columns of a change where it applies, else of the other."""
    chosen = {
        (id(own), id(others)): np.where(applies, own, others)
        for own, others in zip(change, other, strict=True)
    }
    for own, others in zip(change, other, strict=True):
        yield chosen[id(own), id(others)]


def agreement(changes: Collection[Change], count: int) -> tuple[Bools, Bools]:
    """Tell whether all methods over the same span have intervals that meet, and where two are.

    Parameters
    ----------
    changes : collection of Change
        The changes of some rows.
    count : int
        How many rows there are.
    """
    agree, is_known = np.ones(count, bool), np.zeros(count, bool)
    for one, other in combinations(changes, 2):
        both = ~np.isnan(one.yoy) & ~np.isnan(other.yoy) & (one.months == other.months)
        apart = (one.yoy_lower > other.yoy_upper + TOUCH) | (
            other.yoy_lower > one.yoy_upper + TOUCH
        )
        agree &= ~(both & apart)
        is_known |= both
    return agree, is_known


def change_units(panel: Panel) -> tuple[Ints, list[str]]:
    """Return the codes of the units of changes, by indicator and stated unit, and those units.

    Parameters
    ----------
    panel : Panel
        The rows.
    """
    table, words = panel.once(units_of)
    units = ["percent", *map(_unit_of_change, words)]
    is_growth = [[id_.endswith("_growth")] for id_ in panel.indicator.labels]
    return np.where(is_growth, 0, table + 1), units


def _unit_of_change(unit: str) -> str:
    return DIFFERENCES.get(unit, "percent")


def implied_base(rows: Interval, is_rate: Bools, reported: Change) -> Interval:
    """Return the base that a reported change implies: by the growth, or less the difference.

    Parameters
    ----------
    rows : Interval
        The values of rows.
    is_rate : array of bool
        Which of them change by a difference.
    reported : Change
        Their change as reported; NaN where it is not.
    """
    known = np.where(reported.yoy_lower > ALL_LOST, 1.0, np.nan)
    factors = [1 + known * end / 100 for end in reported[:3]]
    ends = [end / factor for end in (rows.lower, rows.upper) for factor in factors[1:]]
    return Interval(
        np.where(is_rate, rows.value - reported.yoy, rows.value / factors[0]),
        np.where(is_rate, rows.lower - reported.yoy_upper, np.minimum.reduce(ends)),
        np.where(is_rate, rows.upper - reported.yoy_lower, np.maximum.reduce(ends)),
    )
