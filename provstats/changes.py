"""Changes: what a level or a rate did over a year, by each method that the data allow."""

from __future__ import annotations

from itertools import combinations, zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from provstats.comparables import TOUCH
from provstats.errors import PeriodError
from provstats.groups import unit_codes, units_of
from provstats.indicators import known_indicator
from provstats.panels import Interval, Route, codes_in
from provstats.periods import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from provstats.panels import Panel

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = ["METHODS", "Bases", "Change", "agreement", "change_units", "first_change",
           "implied_base", "rates"]  # fmt: skip

#: How the change over a year is known; the method to trust first stands first.
METHODS: Final = ("reported", "levels", "level_minus_new")
# Changes of these are counted as differences, of all others as ratios.
_DIFFERENCES: Final = {
    "percent": "percentage_point", "percentage_point": "percentage_point", "rank": "rank",
}  # fmt: skip
_YEAR: Final = 12
_ALL_LOST: Final = -100


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


class _Rows(NamedTuple):
    """Some rows of a panel, and what is known of them."""

    places: Ints | slice
    cells: Ints
    line: Ints
    now: Interval
    is_growth: Bools
    is_rate: Bools


class Bases:
    """Where the growth, the additions and the earlier levels of a panel's rows are found.

    Parameters
    ----------
    panel : Panel
        The rows whose change is asked.
    around : Panel
        Where to look; it may be the same one.
    """

    def __init__(self, panel: Panel, around: Panel) -> None:
        self._panel, self._around = panel, around
        indicator, _, period = panel.lines
        ids = panel.indicator.labels
        spans = [parse_period(label) for label in panel.period.labels]
        self._months = np.array([span.months for span in spans])[period]
        self._is_growth = np.array([id_.endswith("_growth") for id_ in ids])[indicator]
        self._is_flow = np.array([_is_flow(id_) for id_ in ids])[indicator]
        self._is_rate = rates(panel)
        same = codes_in(panel.period.labels, around.period.labels)
        before = codes_in(map(_year_before, spans), around.period.labels)
        growth = [id_ if id_.endswith("_growth") else f"{id_}_growth" for id_ in ids]
        self._growth = self._route(growth, same)
        self._difference = self._route([f"{id_}_change" for id_ in ids], same)
        self._earlier = self._route(ids, before)
        new = [f"{id_}_new" for id_ in ids]
        added = (
            (self._route(new, codes), months[period])
            for codes, months in _ending_with(spans, around.period.labels)
        )
        self._new = [(route, months) for route, months in added if route is not None]

    def _route(self, ids: Iterable[str], periods: Ints) -> Route | None:
        """Return the way to the rows around of other indicators and periods; None if none is."""
        codes = codes_in(ids, self._around.indicator.labels)
        if (codes < 0).all() or (periods < 0).all():
            return None
        indicator, nature, period = self._panel.lines
        natures = codes_in(self._panel.nature.labels, self._around.nature.labels)
        to = self._around.lines_of(codes[indicator], natures[nature], periods[period])
        return self._around.route(self._panel, to)

    def changes(self, places: Ints | slice) -> dict[str, Change]:
        """Return the change of rows by each method that the data around allow to any row.

        Parameters
        ----------
        places : array of int or slice
            Which rows of the panel.
        """
        cells = self._panel.cells_at(places)
        line = cells % self._panel.cells.lines
        rows = _Rows(
            places, cells, line, self._panel.interval(places),
            _at(self._is_growth, line), self._rates_of(places),
        )  # fmt: skip
        found = dict(zip(METHODS, self._by_each(rows), strict=True))
        return {method: change for method, change in found.items() if change is not None}

    def _by_each(self, rows: _Rows) -> Iterator[Change | None]:
        has_growth = self._growth is not None or self._difference is not None
        yield self._reported(rows) if has_growth else None
        yield self._of_levels(rows, self._earlier) if self._earlier else None
        yield self._less_new(rows) if self._new else None

    def _rates_of(self, places: Ints | slice) -> Bools:
        if not self._is_rate.any():
            return _NOWHERE
        return self._is_rate[self._panel.indicator.codes[places], self._panel.unit.codes[places]]

    def _of_same_unit(self, rows: _Rows, route: Route) -> Ints:
        """Return the rows around to which a way leads and that have the unit of the rows."""
        found = route.rows(rows.cells, rows.line)
        if self._around is self._panel and len(self._panel.unit.labels) == 1:
            return found
        _, words = self._panel.once(units_of)
        _, others = self._around.once(units_of)
        unit = codes_in(words, others)[unit_codes(self._panel, rows.places)]
        return np.where(unit_codes(self._around, found) == unit, found, -1)

    def _reported(self, rows: _Rows) -> Change:
        """Take a growth rate as the change that it is; of others, the growth or the difference."""
        is_ratio = ~rows.is_rate & ~rows.is_growth
        by_growth, by_difference = (
            -1 if route is None else route.rows(rows.cells, rows.line)
            for route in (self._growth, self._difference)
        )
        is_difference = np.broadcast_to(rows.is_rate & ~rows.is_growth, len(rows.line))
        found = np.where(is_difference, by_difference, by_growth)
        growth = self._around.interval(found)
        with np.errstate(divide="ignore", invalid="ignore"):
            previous = rows.now.value / (1 + growth.value / 100)
        previous = np.where(is_ratio & (growth.value > _ALL_LOST), previous, np.nan)
        return Change(*growth, previous, np.maximum(self._months[rows.line], _YEAR))

    def _of_levels(self, rows: _Rows, earlier: Route) -> Change:
        found = self._of_same_unit(rows, earlier)
        if rows.is_growth.any():
            found = np.where(rows.is_growth, -1, found)
        year = np.broadcast_to(_YEAR, len(found))
        return _change(rows, self._around.interval(found), year)

    def _less_new(self, rows: _Rows) -> Change:
        """Take what was added since the start of a span from the level at its end."""
        found, months = np.full(len(rows.line), -1), np.zeros(len(rows.line), np.int64)
        for route, lengths in self._new:  # the longest first
            other = self._of_same_unit(rows, route)
            is_first = (found < 0) & (other >= 0)
            found = np.where(is_first, other, found)
            months = np.where(is_first, lengths[rows.line], months)
        # What is added within a span adds to a stock; from a flow it cannot be taken.
        is_stock = ~rows.is_rate & ~_at(self._is_flow, rows.line)
        new = self._around.interval(np.where(is_stock, found, -1))
        return _change(rows, rows.now.less(new), months)


_NOWHERE: Final = np.zeros(1, bool)


def _at(known: Bools, line: Ints) -> Bools:
    """Return what is known of the lines of rows; where it holds of none, one False for all."""
    return known[line] if known.any() else _NOWHERE


def rates(panel: Panel) -> Bools:
    """Tell, by indicator and stated unit, what changes by a difference."""
    table, words = panel.once(units_of)
    return np.array([word in _DIFFERENCES for word in words])[table]


def _is_flow(id_: str) -> bool:
    of = known_indicator(id_)
    return of is not None and of.measure == "flow"


def _year_before(span: Period) -> str:
    """Return the label of a span a year before; of more than a year there is none."""
    try:
        return str(span.previous_year) if span.months <= _YEAR else ""
    except PeriodError:
        return ""


def _ending_with(spans: Iterable[Period], labels: Iterable[str]) -> Iterator[tuple[Ints, Ints]]:
    """Return, for each span, the codes of those that end with it, the longest first.

    All longest ones make one array, all second ones another, beside the months that they cover.
    """
    ends: dict[date, list[tuple[int, int]]] = {}
    for code, label in enumerate(labels):
        if (span := parse_period(label)).months <= _YEAR:
            ends.setdefault(span.end, []).append((-span.months, code))
    found = [sorted(ends.get(span.end, [])) for span in spans]
    for each in zip_longest(*found, fillvalue=(0, -1)):
        yield np.array([code for _, code in each]), -np.array([months for months, _ in each])


def _change(rows: _Rows, before: Interval, months: Ints) -> Change:
    """Return the change from one interval to another; a base of zero or less has no ratio."""
    now, is_rate = rows.now, rows.is_rate
    base = before.value
    np.copyto(base, np.nan, where=~(is_rate | (base > 0)))
    yoy = _by_unit(is_rate, now.value - base, lambda: now.value / base)
    if now.is_exact and before.is_exact:
        return Change(yoy, yoy, yoy, base, months)
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.where(before.lower > 0, before.lower, 0.0)
        ends = [end / by for end in (now.lower, now.upper) for by in (least, before.upper)]
    lower = _by_unit(is_rate, now.lower - before.upper, lambda: np.fmin.reduce(ends))
    upper = _by_unit(is_rate, now.upper - before.lower, lambda: np.fmax.reduce(ends))
    for end in (lower, upper):
        np.copyto(end, np.nan, where=np.isnan(yoy))
    return Change(yoy, lower, upper, base, months)


def _by_unit(is_rate: Bools, difference: Floats, ratio: Callable[[], Floats]) -> Floats:
    """Return the difference of rates, of all others the percent by which a ratio exceeds one."""
    if is_rate.all():
        return difference
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = ratio()
        percent -= 1
        percent *= 100
    return np.where(is_rate, difference, percent) if is_rate.any() else percent


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
        changes = {METHODS[0]: Change(*[nothing] * 4, np.zeros(count, np.int64))}
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


def agreement(changes: Iterable[Change], count: int) -> tuple[Bools, Bools]:
    """Tell whether all methods over the same span have intervals that meet, and where two are.

    Parameters
    ----------
    changes : iterable of Change
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
    return _DIFFERENCES.get(unit, "percent")


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
    known = np.where(reported.yoy_lower > _ALL_LOST, 1.0, np.nan)
    factors = [1 + known * end / 100 for end in reported[:3]]
    ends = [end / factor for end in (rows.lower, rows.upper) for factor in factors[1:]]
    return Interval(
        np.where(is_rate, rows.value - reported.yoy, rows.value / factors[0]),
        np.where(is_rate, rows.lower - reported.yoy_upper, np.minimum.reduce(ends)),
        np.where(is_rate, rows.upper - reported.yoy_lower, np.maximum.reduce(ends)),
    )
