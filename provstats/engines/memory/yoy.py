"""Bases: where the growth, the additions and the earlier levels of rows are found."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from provstats.engines.memory.changes import ALL_LOST, METHODS, YEAR, Change, change, rates
from provstats.engines.memory.codes import codes_in
from provstats.engines.memory.routes import Route, route
from provstats.engines.memory.selection import unit_codes, units_of
from provstats.errors import PeriodError
from provstats.indicators import known_indicator
from provstats.reading.periods import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from numpy.typing import NDArray

    from provstats.engines.memory.intervals import Interval
    from provstats.engines.memory.panel import Panel

    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = ["Bases"]


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
        return route(self._panel, self._around, to)

    def changes(self, places: Ints | slice) -> dict[str, Change]:
        """Return the change of rows by each method that the data around allow to any row.

        Parameters
        ----------
        places : array of int or slice
            Which rows of the panel.
        """
        cells = self._panel.cells_at(places)
        line = self._panel.line_of(cells)
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
        previous = np.where(is_ratio & (growth.value > ALL_LOST), previous, np.nan)
        return Change(*growth, previous, np.maximum(self._months[rows.line], YEAR))

    def _of_levels(self, rows: _Rows, earlier: Route) -> Change:
        found = self._of_same_unit(rows, earlier)
        if rows.is_growth.any():
            found = np.where(rows.is_growth, -1, found)
        year = np.broadcast_to(YEAR, len(found))
        return change(rows.now, self._around.interval(found), year, rows.is_rate)

    def _less_new(self, rows: _Rows) -> Change:
        """Take what was added since the start of a span from the level at its end."""
        found, months = np.full(len(rows.line), -1), np.zeros(len(rows.line), np.int64)
        for way, lengths in self._new:  # the longest first
            other = self._of_same_unit(rows, way)
            is_first = (found < 0) & (other >= 0)
            found = np.where(is_first, other, found)
            months = np.where(is_first, lengths[rows.line], months)
        # What is added within a span adds to a stock; from a flow it cannot be taken.
        is_stock = ~rows.is_rate & ~_at(self._is_flow, rows.line)
        new = self._around.interval(np.where(is_stock, found, -1))
        return change(rows.now, rows.now.less(new), months, rows.is_rate)


_NOWHERE: Final = np.zeros(1, bool)


def _at(known: Bools, line: Ints) -> Bools:
    """Return what is known of the lines of rows; where it holds of none, one False for all."""
    return known[line] if known.any() else _NOWHERE


def _is_flow(id_: str) -> bool:
    of = known_indicator(id_)
    return of is not None and of.measure == "flow"


def _year_before(span: Period) -> str:
    """Return the label of a span a year before; of more than a year there is none."""
    try:
        return str(span.previous_year) if span.months <= YEAR else ""
    except PeriodError:
        return ""


def _ending_with(spans: Iterable[Period], labels: Iterable[str]) -> Iterator[tuple[Ints, Ints]]:
    """Return, for each span, the codes of those that end with it, the longest first.

    All longest ones make one array, all second ones another, beside the months that they cover.
    """
    ends: dict[date, list[tuple[int, int]]] = {}
    for code, label in enumerate(labels):
        if (span := parse_period(label)).months <= YEAR:
            ends.setdefault(span.end, []).append((-span.months, code))
    found = [sorted(ends.get(span.end, [])) for span in spans]
    for each in zip_longest(*found, fillvalue=(0, -1)):
        yield np.array([code for _, code in each]), -np.array([months for months, _ in each])
