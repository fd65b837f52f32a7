"""Changes: the four ways to know the change of a row over a year, and why there may be none."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from provstats.engines.memory.intervals import Interval, add_tolerance, choose_values, mask_values
from provstats.engines.memory.ways import classify_changes, find_ways
from provstats.reading.changes import INDEX, RATE, RATIO, VAGUE
from provstats.reading.periods import MONTHS_OF_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.engines.memory.arrays import Bools, Floats, Ints
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.ways import Ways


__all__ = [
    "ALL_LOST", "METHODS", "REASONS", "Change", "Rows", "apply_methods", "compare_methods",
    "compute_change", "find_linked_values", "find_reasons",
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
    def from_panel(cls, panel: Panel, places: Ints | slice, broken: Ints | tuple[()] = ()) -> Rows:
        """Return the rows at some places."""
        ways, line = panel.compute_once(find_ways), panel.find_lines(places)
        is_growth = ways.is_growth[line] if ways.is_growth.any() else np.zeros(1, bool)
        now, kind = panel.interval.take(places), classify_changes(panel, places)
        return cls(panel, places, ways, line, now, is_growth, kind, np.asarray(broken, np.int64))

    @property
    def is_broken(self) -> Bools:
        """Whether the level a year before lies across a break."""
        if not len(self.broken):
            return np.zeros(1, bool)
        return np.isin(self.panel.find_cells(self.places), self.broken)

    def find_values(self, to: Ints | None) -> Interval:
        """Return the values of the same regions in the lines that ``to`` gives for theirs."""
        if to is None:
            return self.nothing
        return self.panel.by_slot.take(self.panel.find_linked_slots(self.places, to))

    @property
    def nothing(self) -> Interval:
        """No value for any of them."""
        return Interval(np.full(len(self.line), np.nan))


def apply_methods(rows: Rows) -> dict[str, Change]:
    """Return the change of rows by each method that the data allow to any row."""
    ways = rows.ways
    has_growth = any(lines is not None for lines in (ways.growth, ways.difference, ways.unsaid))
    found = {
        "reported": _apply_reported(rows) if has_growth else None,
        "levels": _apply_levels(rows) if ways.earlier is not None else None,
        "level_minus_new": _apply_level_minus_new(rows)[0] if ways.new else None,
        "index": _apply_index(rows) if (rows.kind == INDEX).any() else None,
    }
    return {method: change for method, change in found.items() if change is not None}


def compare_methods(found: Mapping[str, Change], rows: Rows) -> tuple[Bools, Bools]:
    """Tell whether all methods over one span have intervals that meet, and where two are.

    Growth that is reported at other prices than the levels is compared with nothing.
    """
    agree, is_known = np.ones(len(rows.line), bool), np.zeros(len(rows.line), bool)
    for (name, one), (_, other) in combinations(found.items(), 2):
        some, others = one.amount, other.amount
        both = ~np.isnan(some.value) & ~np.isnan(others.value) & (one.months == other.months)
        both = both & ~rows.ways.is_apart[rows.line] if name == "reported" else both
        apart = (some.lower > add_tolerance(others.upper)) | (
            others.lower > add_tolerance(some.upper)
        )
        agree &= ~(both & apart)
        is_known |= both
    return agree, is_known


# --- reported -------------------------------------------------------------------------------------


def _apply_reported(rows: Rows) -> Change:
    """Take a growth rate as the change that it is; of others, the growth or the difference."""
    is_rate, is_ratio = ((rows.kind == kind) & ~rows.is_growth for kind in (RATE, RATIO))
    found = choose_values(is_rate, _find_difference(rows), rows.find_values(rows.ways.growth))
    is_ratio = is_ratio & (found.value > ALL_LOST) & ~rows.ways.is_apart[rows.line]
    factor = found.map(lambda end: np.where(is_ratio, 1 + end / 100, np.nan))
    previous = choose_values(is_rate, rows.now.subtract(found), rows.now.divide(factor))
    return Change(found, mask_values(previous, ~is_ratio & ~is_rate), _count_months(rows))


def _find_difference(rows: Rows) -> Interval:
    """Return the differences stated; of ranks, one without a group is that of the only claim."""
    found = rows.find_values(rows.ways.difference)
    if rows.ways.unsaid is None:
        return found
    claims = sum(~np.isnan(rows.find_values(to).value) for to in rows.ways.claims)
    return choose_values(
        np.isnan(found.value) & (claims == 1), rows.find_values(rows.ways.unsaid), found
    )


def _count_months(rows: Rows) -> Ints:
    months: Ints = np.maximum(rows.ways.months[rows.line], MONTHS_OF_YEAR)
    return months


# --- levels ---------------------------------------------------------------------------------------


def _apply_levels(rows: Rows) -> Change:
    before, is_other = find_linked_values(rows.panel, rows.places, rows.ways.earlier)
    is_none = is_other | rows.is_growth | (rows.kind >= INDEX) | rows.is_broken
    before = mask_values(before, is_none) if is_none.any() else before
    months = np.broadcast_to(MONTHS_OF_YEAR, len(rows.line))
    return compute_change(rows.now, before, months, rows.kind == RATE)


def find_linked_values(
    panel: Panel, places: Ints | slice, to: Ints | None
) -> tuple[Interval, Bools]:
    """Return the values in the lines of ``to``, and whether their unit is not that of the row."""
    if to is None:
        return Interval(np.full(len(panel.find_cells(places)), np.nan)), np.zeros(1, bool)
    slots = panel.find_linked_slots(places, to)
    found = panel.by_slot.take(slots)
    if len(panel.unit.labels) == 1:
        return found, np.zeros(1, bool)
    unit = panel.unit.codes.take(panel.row_by_slot.take(slots), mode="clip")
    return found, unit != panel.unit.codes[places]


def compute_change(now: Interval, before: Interval, months: Ints, is_rate: Bools) -> Change:
    """Return the change from one interval to another; a base of zero or less has no ratio."""
    is_none = ~is_rate & (before.value <= 0)
    base = mask_values(before, is_none) if is_none.any() else before
    if is_rate.all():
        values = now.subtract(base)
    else:
        values = now.divide(base).map(_convert_to_percent)
        values = choose_values(is_rate, now.subtract(base), values) if is_rate.any() else values
    for end in values.ends or ():
        np.copyto(end, np.nan, where=np.isnan(values.value))
    return Change(values, base, months)


def _convert_to_percent(ratio: Floats) -> Floats:
    ratio -= 1
    ratio *= 100
    return ratio


# --- level less additions -------------------------------------------------------------------------


def _apply_level_minus_new(rows: Rows) -> tuple[Change, Floats]:
    """Take what was added since the start of a span from the level at its end.

    Of titles that lapse this is no change; the second answer is what it then is at most.
    """
    new, months, _ = _find_additions(rows)
    found, lapses = _compute_growth_from_new(rows.now, new, months), rows.ways.lapses[rows.line]
    most = np.where(lapses, found.amount.upper, np.nan)
    if not lapses.any():
        return found, most
    return Change(
        mask_values(found.amount, lapses), mask_values(found.previous, lapses), months
    ), most


def _find_additions(rows: Rows) -> tuple[Interval, Ints, Bools]:
    """Return what was added in the longest span, its months, and where only in another unit."""
    new, months = rows.nothing, np.zeros(len(rows.line), np.int64)
    is_there = np.zeros(len(rows.line), bool)
    # What is added within a span adds to a stock; from a flow it cannot be taken.
    is_stock = (rows.kind == RATIO) & rows.ways.is_stock[rows.line]
    for to, lengths in rows.ways.new:
        other, is_other = find_linked_values(rows.panel, rows.places, to)
        is_known = is_stock & ~np.isnan(other.value)
        is_there |= is_known
        is_first = is_known & np.isnan(new.value) & ~is_other
        new = choose_values(is_first, other, new)
        months[is_first] = lengths[rows.line[is_first]]
    return new, months, is_there & np.isnan(new.value)


def _compute_growth_from_new(now: Interval, new: Interval, months: Ints) -> Change:
    """Return the growth by what is added to a level; the level at the end is one number."""
    found = compute_change(now, now.subtract(new), months, np.zeros(1, bool))
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
    return found._replace(
        amount=Interval.from_ends(value, np.fmin(least, value), np.fmax(most, value))
    )


# --- index ----------------------------------------------------------------------------------------


def _apply_index(rows: Rows) -> Change:
    """Take an index of the year before as the growth that it is."""
    values = mask_values(rows.now.map(lambda end: end - 100), rows.kind != INDEX)
    return Change(values, rows.nothing, _count_months(rows))


# --- none -----------------------------------------------------------------------------------------


def find_reasons(rows: Rows) -> tuple[Ints, Floats]:
    """Return why rows have no change, as places in `REASONS`, and the most that it may be."""
    why, most = np.full(len(rows.line), REASONS.index("no_base"), np.int8), rows.nothing.value
    if rows.ways.new:
        new, _, is_other = _find_additions(rows)
        _, most = _apply_level_minus_new(rows)
        why[is_other] = REASONS.index("unit")
        why[rows.now.value <= new.value] = REASONS.index("base_not_positive")
        why[~np.isnan(most)] = REASONS.index("lapses")
    if rows.ways.earlier is not None:
        before, is_other = find_linked_values(rows.panel, rows.places, rows.ways.earlier)
        is_there = ~np.isnan(before.value) & ~rows.is_growth
        is_none = (rows.kind == RATIO) & (before.value <= 0)
        why[is_there & is_none] = REASONS.index("base_not_positive")
        why[is_there & rows.is_broken] = REASONS.index("break")
        why[is_there & is_other] = REASONS.index("unit")
    why[np.broadcast_to(rows.kind == VAGUE, why.shape)] = REASONS.index("unit")
    why[np.isnan(rows.now.value)] = REASONS.index("missing")
    return why, most
