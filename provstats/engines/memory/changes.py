"""Changes: the four ways to know the change of a row over a year, and why there may be none."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from provstats.engines.memory.intervals import Interval, after, masked, where
from provstats.engines.memory.ways import kinds_of, ways_of
from provstats.reading.changes import INDEX, RATE, RATIO, VAGUE
from provstats.reading.periods import MONTHS_OF_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.engines.memory.arrays import Bools, Floats, Ints
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.ways import Ways


__all__ = [
    "ALL_LOST", "METHODS", "REASONS", "Change", "Rows", "agreement", "change_from", "changes",
    "reasons_of", "values_led_to",
]  # fmt: skip

#: How the change over a year is known; the method to trust first stands first.
METHODS: Final = ("reported", "levels", "level_minus_new", "index")
#: Why there is no change.
REASONS: Final = ("", "no_base", "base_not_positive", "break", "unit", "lapses", "missing")
#: The percent by which what falls to nothing changes.
ALL_LOST: Final = -100


class Change(NamedTuple):
    """The change of some rows by one method, the level before, and the months really covered.

    The amount is NaN where the method does not apply.
    """

    amount: Interval
    previous: Interval
    months: Ints


class Rows(NamedTuple):
    """Some rows, and what is known of them; one value may stand for all."""

    panel: Panel
    places: Ints | slice
    ways: Ways
    line: Ints
    now: Interval
    is_growth: Bools
    kind: Ints
    #: The cells, of all, that a break parts from those a year before.
    broken: Ints

    @classmethod
    def of(cls, panel: Panel, places: Ints | slice, broken: Ints | tuple[()] = ()) -> Rows:
        """Return the rows at some places."""
        ways, line = panel.once(ways_of), panel.line_of(places)
        is_growth = ways.is_growth[line] if ways.is_growth.any() else np.zeros(1, bool)
        now, kind = panel.interval.at(places), kinds_of(panel, places)
        return cls(panel, places, ways, line, now, is_growth, kind, np.asarray(broken, np.int64))

    @property
    def is_broken(self) -> Bools:
        """Whether the level a year before lies across a break."""
        if not len(self.broken):
            return np.zeros(1, bool)
        return np.isin(self.panel.cells_of(self.places), self.broken)

    def at(self, to: Ints | None) -> Interval:
        """Return the values of the same regions in the lines that ``to`` gives for theirs."""
        if to is None:
            return self.nothing
        return self.panel.by_slot.at(self.panel.found(self.places, to))

    @property
    def nothing(self) -> Interval:
        """No value for any of them."""
        return Interval(np.full(len(self.line), np.nan))


def changes(rows: Rows) -> dict[str, Change]:
    """Return the change of rows by each method that the data allow to any row."""
    ways = rows.ways
    has_growth = any(lines is not None for lines in (ways.growth, ways.difference, ways.unsaid))
    found = {
        "reported": _reported(rows) if has_growth else None,
        "levels": _of_levels(rows) if ways.earlier is not None else None,
        "level_minus_new": _less_new(rows)[0] if ways.new else None,
        "index": _of_index(rows) if (rows.kind == INDEX).any() else None,
    }
    return {method: change for method, change in found.items() if change is not None}


def agreement(found: Mapping[str, Change], rows: Rows) -> tuple[Bools, Bools]:
    """Tell whether all methods over one span have intervals that meet, and where two are.

    Growth that is reported at other prices than the levels is compared with nothing.
    """
    agree, is_known = np.ones(len(rows.line), bool), np.zeros(len(rows.line), bool)
    for (name, one), (_, other) in combinations(found.items(), 2):
        some, others = one.amount, other.amount
        both = ~np.isnan(some.value) & ~np.isnan(others.value) & (one.months == other.months)
        both = both & ~rows.ways.is_apart[rows.line] if name == "reported" else both
        apart = (some.lower > after(others.upper)) | (others.lower > after(some.upper))
        agree &= ~(both & apart)
        is_known |= both
    return agree, is_known


# --- reported -------------------------------------------------------------------------------------


def _reported(rows: Rows) -> Change:
    """Take a growth rate as the change that it is; of others, the growth or the difference."""
    is_rate, is_ratio = ((rows.kind == kind) & ~rows.is_growth for kind in (RATE, RATIO))
    found = where(is_rate, _difference(rows), rows.at(rows.ways.growth))
    is_ratio = is_ratio & (found.value > ALL_LOST) & ~rows.ways.is_apart[rows.line]
    factor = found.each(lambda end: np.where(is_ratio, 1 + end / 100, np.nan))
    previous = where(is_rate, rows.now.minus(found), rows.now.over(factor))
    return Change(found, masked(previous, ~is_ratio & ~is_rate), _months(rows))


def _difference(rows: Rows) -> Interval:
    """Return the differences stated; of ranks, one without a group is that of the only claim."""
    found = rows.at(rows.ways.difference)
    if rows.ways.unsaid is None:
        return found
    claims = sum(~np.isnan(rows.at(to).value) for to in rows.ways.claims)
    return where(np.isnan(found.value) & (claims == 1), rows.at(rows.ways.unsaid), found)


def _months(rows: Rows) -> Ints:
    months: Ints = np.maximum(rows.ways.months[rows.line], MONTHS_OF_YEAR)
    return months


# --- levels ---------------------------------------------------------------------------------------


def _of_levels(rows: Rows) -> Change:
    before, is_other = values_led_to(rows.panel, rows.places, rows.ways.earlier)
    is_none = is_other | rows.is_growth | (rows.kind >= INDEX) | rows.is_broken
    before = masked(before, is_none) if is_none.any() else before
    months = np.broadcast_to(MONTHS_OF_YEAR, len(rows.line))
    return change_from(rows.now, before, months, rows.kind == RATE)


def values_led_to(panel: Panel, places: Ints | slice, to: Ints | None) -> tuple[Interval, Bools]:
    """Return the values in the lines of ``to``, and whether their unit is not that of the row."""
    if to is None:
        return Interval(np.full(len(panel.cells_of(places)), np.nan)), np.zeros(1, bool)
    slots = panel.found(places, to)
    found = panel.by_slot.at(slots)
    if len(panel.unit.labels) == 1:
        return found, np.zeros(1, bool)
    unit = panel.unit.codes.take(panel.row_by_slot.take(slots), mode="clip")
    return found, unit != panel.unit.codes[places]


def change_from(now: Interval, before: Interval, months: Ints, is_rate: Bools) -> Change:
    """Return the change from one interval to another; a base of zero or less has no ratio."""
    is_none = ~is_rate & (before.value <= 0)
    base = masked(before, is_none) if is_none.any() else before
    if is_rate.all():
        values = now.minus(base)
    else:
        values = now.over(base).each(_percent)
        values = where(is_rate, now.minus(base), values) if is_rate.any() else values
    for end in values.ends or ():
        np.copyto(end, np.nan, where=np.isnan(values.value))
    return Change(values, base, months)


def _percent(ratio: Floats) -> Floats:
    ratio -= 1
    ratio *= 100
    return ratio


# --- level less additions -------------------------------------------------------------------------


def _less_new(rows: Rows) -> tuple[Change, Floats]:
    """Take what was added since the start of a span from the level at its end.

    Of titles that lapse this is no change; the second answer is what it then is at most.
    """
    new, months, _ = _additions(rows)
    found, lapses = _added(rows.now, new, months), rows.ways.lapses[rows.line]
    most = np.where(lapses, found.amount.upper, np.nan)
    if not lapses.any():
        return found, most
    return Change(masked(found.amount, lapses), masked(found.previous, lapses), months), most


def _additions(rows: Rows) -> tuple[Interval, Ints, Bools]:
    """Return what was added in the longest span, its months, and where only in another unit."""
    new, months = rows.nothing, np.zeros(len(rows.line), np.int64)
    is_there = np.zeros(len(rows.line), bool)
    # What is added within a span adds to a stock; from a flow it cannot be taken.
    is_stock = (rows.kind == RATIO) & rows.ways.is_stock[rows.line]
    for to, lengths in rows.ways.new:
        other, is_other = values_led_to(rows.panel, rows.places, to)
        is_known = is_stock & ~np.isnan(other.value)
        is_there |= is_known
        is_first = is_known & np.isnan(new.value) & ~is_other
        new = where(is_first, other, new)
        months[is_first] = lengths[rows.line[is_first]]
    return new, months, is_there & np.isnan(new.value)


def _added(now: Interval, new: Interval, months: Ints) -> Change:
    """Return the growth by what is added to a level; the level at the end is one number."""
    found = change_from(now, now.minus(new), months, np.zeros(1, bool))
    if found.amount.is_exact:
        return found
    with np.errstate(divide="ignore", invalid="ignore"):
        corners = [
            np.where(level > more, 100 * more / (level - more), np.inf)
            for level, more in product((now.lower, now.upper), (new.lower, new.upper))
        ]
    value = found.amount.value
    least, most = (
        np.where(np.isnan(value), np.nan, function.reduce(corners))
        for function in (np.fmin, np.fmax)
    )
    return found._replace(amount=Interval.of(value, np.fmin(least, value), np.fmax(most, value)))


# --- index ----------------------------------------------------------------------------------------


def _of_index(rows: Rows) -> Change:
    """Take an index of the year before as the growth that it is."""
    values = masked(rows.now.each(lambda end: end - 100), rows.kind != INDEX)
    return Change(values, rows.nothing, _months(rows))


# --- none -----------------------------------------------------------------------------------------


def reasons_of(rows: Rows) -> tuple[Ints, Floats]:
    """Return why rows have no change, as places in `REASONS`, and the most that it may be."""
    why, most = np.full(len(rows.line), REASONS.index("no_base"), np.int8), rows.nothing.value
    if rows.ways.new:
        new, _, is_other = _additions(rows)
        _, most = _less_new(rows)
        why[is_other] = REASONS.index("unit")
        why[rows.now.value <= new.value] = REASONS.index("base_not_positive")
        why[~np.isnan(most)] = REASONS.index("lapses")
    if rows.ways.earlier is not None:
        before, is_other = values_led_to(rows.panel, rows.places, rows.ways.earlier)
        is_there = ~np.isnan(before.value) & ~rows.is_growth
        is_none = (rows.kind == RATIO) & (before.value <= 0)
        why[is_there & is_none] = REASONS.index("base_not_positive")
        why[is_there & rows.is_broken] = REASONS.index("break")
        why[is_there & is_other] = REASONS.index("unit")
    why[np.broadcast_to(rows.kind == VAGUE, why.shape)] = REASONS.index("unit")
    why[np.isnan(rows.now.value)] = REASONS.index("missing")
    return why, most
