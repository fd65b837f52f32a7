"""Changes over a year: what is reported, the quotient of two levels, a level less its additions."""

from __future__ import annotations

from itertools import combinations, zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.engines.memory.codes import codes_in
from provstats.engines.memory.frames import texts
from provstats.engines.memory.intervals import TOUCH, Interval
from provstats.engines.memory.selection import of_first_nature, unit_texts
from provstats.engines.memory.threads import each_block
from provstats.errors import PeriodError
from provstats.indicators import known_indicator
from provstats.reading.periods import Period, parse_period
from provstats.reading.units import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = [
    "METHODS", "Change", "agreement", "change_between", "changes", "implied_base", "is_rate",
    "unit_of_changes", "yoys",
]  # fmt: skip

#: How the change over a year is known; the method to trust first stands first.
METHODS: Final = ("reported", "levels", "level_minus_new")
# Months of a year.
_YEAR: Final = 12
# The percent by which what falls to nothing changes.
_ALL_LOST: Final = -100


class Change(NamedTuple):
    """The change of some rows by one method, the level before, and the months really covered.

    The values are NaN and the months 0 where the method does not apply.
    """

    interval: Interval
    previous: Floats
    months: Ints


def yoys(panel: Panel) -> tuple[Ints | None, Columns]:
    """Return the rows whose change is asked, and the columns of `provstats.yoy`."""
    chosen = panel.once(of_first_nature)
    size, ways = chosen.size(panel), panel.once(_ways)
    is_exact = panel.by_slot.is_exact
    values, previous = Interval.empty(size, exact=is_exact), np.empty(size)
    months, method = np.empty(size, np.int64), np.empty(size, np.int8)
    conflict = np.empty(size, bool)

    def work(block: slice) -> None:
        found = changes(panel, chosen.places(block), ways)
        first, method[block] = _first(found, block.stop - block.start)
        values.fill(block, first.interval)
        previous[block], months[block] = first.previous, first.months
        conflict[block] = ~agreement(found.values(), block.stop - block.start)[0]

    each_block(work, size)
    return chosen.rows, {
        ("previous",): previous,
        **values.columns("yoy"),
        ("yoy_unit",): unit_of_changes(panel, chosen),
        ("method",): texts(METHODS, method),
        ("months",): pd.arrays.IntegerArray(months, method < 0),
        ("conflict",): conflict,
        ("left_out",): chosen.left_out_of_rows(panel),
    }


def _first(found: Mapping[str, Change], count: int) -> tuple[Change, Ints]:
    """Return each row's change by the first method that applies, and the place of this method."""
    method, none = np.full(count, -1, np.int8), np.full(count, np.nan)
    first = Change(Interval(none), none, np.zeros(count, np.int64))
    for name, change in reversed([*found.items()]):
        applies = ~np.isnan(change.interval.value)
        method[applies] = METHODS.index(name)
        first = Change(
            _where(applies, change.interval, first.interval),
            np.where(applies, change.previous, first.previous),
            np.where(applies, change.months, first.months),
        )
    if len(found) > 1 and "levels" in found:
        earlier = found["levels"].previous
        first = first._replace(previous=np.where(np.isnan(earlier), first.previous, earlier))
    return first, method


def _where(applies: Bools, some: Interval, others: Interval) -> Interval:
    value = np.where(applies, some.value, others.value)
    if some.is_exact and others.is_exact:
        return Interval(value)
    lower, upper = (np.where(applies, *ends) for ends in (
        (some.lower, others.lower), (some.upper, others.upper)))  # fmt: skip
    return Interval.of(value, lower, upper)


def agreement(found: Collection[Change], count: int) -> tuple[Bools, Bools]:
    """Tell whether all methods over the same span have intervals that meet, and where two are."""
    agree, is_known = np.ones(count, bool), np.zeros(count, bool)
    for one, other in combinations(found, 2):
        some, others = one.interval, other.interval
        both = ~np.isnan(some.value) & ~np.isnan(others.value) & (one.months == other.months)
        apart = (some.lower > others.upper + TOUCH) | (others.lower > some.upper + TOUCH)
        agree &= ~(both & apart)
        is_known |= both
    return agree, is_known


def unit_of_changes(panel: Panel, chosen: Selection) -> Any:  # noqa: ANN401 - an array of pandas
    """Return the unit of each row's change: of growth it is the unit of the growth itself."""
    is_growth = np.array([id_.endswith("_growth") for id_ in panel.indicator.labels])
    if not is_growth.any():
        return unit_texts(panel, chosen, _unit_of_change)
    words = ["percent", *map(_unit_of_change, panel.unit.labels)]
    rows = chosen.places(slice(len(panel)))
    is_own = is_growth[panel.indicator.codes[rows]]
    return texts(words, np.where(is_own, 0, panel.unit.codes[rows].astype(np.int32) + 1))


def _unit_of_change(unit: str) -> str:
    return DIFFERENCES.get(unit, "percent")


# --- ways to the rows that tell of a change -------------------------------------------------------


class _Ways(NamedTuple):
    """By line: the lines that tell of its change, None where none does, and what it is."""

    growth: Ints | None
    difference: Ints | None
    earlier: Ints | None
    new: list[tuple[Ints, Ints]]  # and the months that they cover, the longest first
    months: Ints
    is_growth: Bools
    is_stock: Bools


def _ways(panel: Panel) -> _Ways:
    """Find the lines that tell of the change of each line."""
    ids, labels = panel.indicator.labels, panel.period.labels
    spans = [parse_period(label) for label in labels]
    indicator, _, period = (np.append(codes, -1) for codes in panel.axes)
    known = [known_indicator(id_) for id_ in ids]
    added = (
        (panel.lines_to([f"{id_}_new" for id_ in ids], codes), np.append(months, 0)[period])
        for codes, months in _ending_with(spans)
    )
    return _Ways(
        growth=panel.lines_to([f"{id_.removesuffix('_growth')}_growth" for id_ in ids]),
        difference=panel.lines_to([f"{id_}_change" for id_ in ids]),
        earlier=panel.lines_to(ids, codes_in(map(_year_before, spans), labels)),
        new=[(lines, months) for lines, months in added if lines is not None],
        months=np.array([*(span.months for span in spans), 0])[period],
        is_growth=np.array([*(id_.endswith("_growth") for id_ in ids), False])[indicator],
        is_stock=np.array([*(id_ is None or id_.measure != "flow" for id_ in known), False])[
            indicator
        ],
    )  # fmt: skip


def _year_before(span: Period) -> str:
    """Return the label of a span a year before; of more than a year there is none."""
    try:
        return str(span.previous_year) if span.months <= _YEAR else ""
    except PeriodError:
        return ""


def _ending_with(spans: list[Period]) -> Iterator[tuple[Ints, Ints]]:
    """Return, for each span, the codes of those that end with it, the longest first.

    All longest ones make one array, all second ones another, beside the months that they cover.
    """
    ends: dict[date, list[tuple[int, int]]] = {}
    for code, span in enumerate(spans):
        if span.months <= _YEAR:
            ends.setdefault(span.end, []).append((-span.months, code))
    found = [sorted(ends.get(span.end, [])) for span in spans]
    for each in zip_longest(*found, fillvalue=(0, -1)):
        yield np.array([code for _, code in each]), -np.array([months for months, _ in each])


# --- the methods ----------------------------------------------------------------------------------


class _Rows(NamedTuple):
    """Some rows, and what is known of them; one value may stand for all."""

    places: Ints | slice
    line: Ints
    now: Interval
    is_rate: Bools
    is_growth: Bools


def changes(panel: Panel, places: Ints | slice, ways: _Ways | None = None) -> dict[str, Change]:
    """Return the change of rows by each method that the data allow to any row."""
    ways = ways or panel.once(_ways)
    line = panel.line_of(places)
    rows = _Rows(
        places, line, panel.interval.at(places), is_rate(panel, places), _at(ways.is_growth, line)
    )
    has_growth = ways.growth is not None or ways.difference is not None
    found = {
        "reported": _reported(panel, rows, ways) if has_growth else None,
        "levels": _of_levels(panel, rows, ways.earlier) if ways.earlier is not None else None,
        "level_minus_new": _less_new(panel, rows, ways) if ways.new else None,
    }
    return {method: change for method, change in found.items() if change is not None}


def is_rate(panel: Panel, places: Ints | slice) -> Bools:
    """Tell which rows change by a difference; one value stands for all that are alike."""
    rates = np.array([word in DIFFERENCES for word in panel.unit.labels])
    return rates if len(rates) == 1 else rates[panel.unit.codes[places]]


def _at(known: Bools, line: Ints) -> Bools:
    """Return what is known of the lines of rows; where it holds of none, one False for all."""
    return known[line] if known.any() else np.zeros(1, bool)


def _reported(panel: Panel, rows: _Rows, ways: _Ways) -> Change:
    """Take a growth rate as the change that it is; of others, the growth or the difference."""
    nothing = np.full(panel.lines, panel.lines - 1)
    growth, difference = (
        panel.by_slot.at(panel.found(rows.places, nothing if to is None else to))
        for to in (ways.growth, ways.difference)
    )
    found = _where(rows.is_rate & ~rows.is_growth, difference, growth)
    is_ratio = ~rows.is_rate & ~rows.is_growth & (found.value > _ALL_LOST)
    with np.errstate(divide="ignore", invalid="ignore"):
        previous = np.where(is_ratio, rows.now.value / (1 + found.value / 100), np.nan)
    return Change(found, previous, np.maximum(ways.months[rows.line], _YEAR))


def _of_levels(panel: Panel, rows: _Rows, earlier: Ints) -> Change:
    before = _of_same_unit(panel, rows, earlier)
    if rows.is_growth.any():
        before = before.each(lambda end: np.where(rows.is_growth, np.nan, end))
    return _change(rows.now, before, np.broadcast_to(_YEAR, len(rows.line)), rows.is_rate)


def _less_new(panel: Panel, rows: _Rows, ways: _Ways) -> Change:
    """Take what was added since the start of a span from the level at its end."""
    months = np.zeros(len(rows.line), np.int64)
    new = Interval(np.full(len(rows.line), np.nan))
    # What is added within a span adds to a stock; from a flow it cannot be taken.
    is_stock = ~rows.is_rate & ways.is_stock[rows.line]
    for to, lengths in ways.new:
        other = _of_same_unit(panel, rows, to)
        is_first = is_stock & np.isnan(new.value) & ~np.isnan(other.value)
        new = _where(is_first, other, new)
        months[is_first] = lengths[rows.line[is_first]]
    return _change(rows.now, rows.now.minus(new), months, rows.is_rate)


def _of_same_unit(panel: Panel, rows: _Rows, to: Ints) -> Interval:
    """Return the values to which lines lead, where these have the unit of the rows."""
    slots = panel.found(rows.places, to)
    found = panel.by_slot.at(slots)
    if len(panel.unit.labels) == 1:
        return found
    unit = panel.unit.codes.take(panel.row_by_slot.take(slots), mode="clip")
    is_other = unit != panel.unit.codes[rows.places]
    return found.each(lambda end: np.where(is_other, np.nan, end))


def _change(now: Interval, before: Interval, months: Ints, is_rate: Bools) -> Change:
    """Return the change from one interval to another; a base of zero or less has no ratio."""
    base = before._replace(value=np.where(is_rate | (before.value > 0), before.value, np.nan))
    if is_rate.all():
        values = now.minus(base)
    else:
        values = now.over(base).each(_percent)
        if is_rate.any():
            values = _where(is_rate, now.minus(base), values)
    if values.ends is not None:
        for end in values.ends:
            np.copyto(end, np.nan, where=np.isnan(values.value))
    return Change(values, base.value, months)


def _percent(ratio: Floats) -> Floats:
    ratio -= 1
    ratio *= 100
    return ratio


# --- for other comparisons ------------------------------------------------------------------------


def change_between(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the change of checked rows from others, row by row, with ``yoy_unit``."""
    new, old = (
        Interval.of(*rows[["value", "lower", "upper"]].to_numpy().T) for rows in (now, before)
    )
    found = _change(
        new, old, np.zeros(len(now), np.int64), now["unit"].isin(DIFFERENCES).to_numpy()
    )
    ends = (found.interval.value, found.interval.lower, found.interval.upper)
    columns = dict(zip(("yoy", "yoy_lower", "yoy_upper"), ends, strict=True))
    changed = pd.DataFrame({**columns, "previous": found.previous}, index=now.index)
    return changed.assign(yoy_unit=now["unit"].map(_unit_of_change))


def implied_base(now: Interval, is_rate: Bools, reported: Interval) -> Interval:
    """Return the base that a reported change implies: by the growth, or less the difference."""
    known = np.where(reported.lower > _ALL_LOST, 1.0, np.nan)
    factor = reported.each(lambda end: 1 + known * end / 100)
    ratio, difference = now.over(factor), now.minus(reported)
    return _where(is_rate, difference, ratio)
