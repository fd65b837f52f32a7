"""Changes over a year: as reported, of two levels, of a level and its additions, or an index."""

from __future__ import annotations

from itertools import combinations, product, zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.engines.memory.breaks import broken_cells
from provstats.engines.memory.codes import codes_in
from provstats.engines.memory.frames import texts
from provstats.engines.memory.intervals import Interval, after, where
from provstats.engines.memory.selection import of_first_nature, unit_texts
from provstats.engines.memory.threads import each_block
from provstats.errors import PeriodError
from provstats.indicators import known_indicator, linked_id, prices_of, split_id
from provstats.reading.index_units import base_of_index
from provstats.reading.periods import Period, parse_period
from provstats.reading.units import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = [
    "INDEX", "METHODS", "RATIO", "REASONS", "VAGUE", "Change", "agreement", "change_between",
    "changes", "implied_base", "is_rate", "kinds_of", "masked", "prices_of_rows",
    "unit_of_changes", "values_led_to", "yoys",
]  # fmt: skip

#: How the change over a year is known; the method to trust first stands first.
METHODS: Final = ("reported", "levels", "level_minus_new", "index")
#: Why there is no change.
REASONS: Final = ("", "no_base", "base_not_positive", "break", "unit", "lapses", "missing")
#: At what prices a change is.
PRICES: Final = ("", "constant", "current")
# Months of a year.
_YEAR: Final = 12
# The percent by which what falls to nothing changes.
_ALL_LOST: Final = -100
#: How changes of a unit are told: by a quotient, by a difference, as the value itself, or not.
RATIO, RATE, INDEX, VAGUE = range(4)


class Change(NamedTuple):
    """The change of some rows by one method, the level before, and the months really covered.

    The amount is NaN where the method does not apply.
    """

    amount: Interval
    previous: Interval
    months: Ints


def yoys(
    panel: Panel, breaks: Breaks | None, *, across_breaks: bool
) -> tuple[Ints | None, Columns]:
    """Return the rows whose change is asked, and the columns of `provstats.yoy`."""
    chosen = panel.once(of_first_nature)
    size, ways = chosen.size(panel), panel.once(_ways)
    broken = broken_cells(panel, ways.earlier, breaks)[: 0 if across_breaks else None]
    is_exact = panel.by_slot.is_exact
    values = Interval.empty(size, exact=is_exact and not (ways.new and ways.lapses.any()))
    previous = Interval.empty(size, exact=is_exact)
    months, method = np.empty(size, np.int64), np.empty(size, np.int8)
    reason, conflict = np.zeros(size, np.int8), np.empty(size, bool)
    prices = np.zeros(size, np.int8)

    def work(block: slice) -> None:
        places, count = chosen.places(block), block.stop - block.start
        found = _changes(panel, _rows_at(panel, places, ways), ways, broken)
        first, method[block] = _first(found, count)
        values.fill(block, first.amount)
        previous.fill(block, first.previous)
        months[block] = first.months
        line = panel.line_of(places)
        conflict[block] = ~agreement(found, count, ways.is_apart[line])[0]
        is_reported, is_none = method[block] == 0, method[block] < 0
        own = np.where(is_reported, ways.prices_of_growth[line], ways.prices[line])
        prices[block] = np.where(is_none, 0, own)
        if len(without := np.flatnonzero(method[block] < 0)):
            rest = without + block.start if chosen.rows is None else chosen.rows[block][without]
            why, most = _reasons(panel, _rows_at(panel, rest, ways), ways, broken)
            reason[block][without] = why
            if values.ends is not None:
                values.ends[1][block][without] = most

    each_block(work, size)
    return chosen.rows, {
        **previous.columns("previous"),
        **values.columns("yoy"),
        ("yoy_unit",): unit_of_changes(panel, chosen),
        ("method",): texts(METHODS, method),
        ("months",): pd.arrays.IntegerArray(months, method < 0),
        ("reason",): texts(REASONS, reason),
        ("conflict",): conflict,
        ("prices",): texts(PRICES, prices),
        ("left_out",): chosen.left_out_of_rows(panel),
    }


def _first(found: Mapping[str, Change], count: int) -> tuple[Change, Ints]:
    """Return each row's change by the first method that applies, and the place of this method."""
    method, none = np.full(count, -1, np.int8), Interval(np.full(count, np.nan))
    first = Change(none, none, np.zeros(count, np.int64))
    for name, change in reversed([*found.items()]):
        applies = ~np.isnan(change.amount.value)
        method[applies] = METHODS.index(name)
        first = Change(
            where(applies, change.amount, first.amount),
            where(applies, change.previous, first.previous),
            np.where(applies, change.months, first.months),
        )
    if len(found) > 1 and "levels" in found:  # a base that is reported goes before any other
        earlier = found["levels"].previous
        is_there = ~np.isnan(earlier.value) & (method >= 0)
        first = first._replace(previous=where(is_there, earlier, first.previous))
    return first, method


def agreement(found: Mapping[str, Change], count: int, is_apart: Bools) -> tuple[Bools, Bools]:
    """Tell whether all methods over the same span have intervals that meet, and where two are.

    Of rows that are apart the growth reported is at other prices, and is held against nothing.
    """
    agree, is_known = np.ones(count, bool), np.zeros(count, bool)
    for (name, one), (_, other) in combinations(found.items(), 2):
        some, others = one.amount, other.amount
        both = ~np.isnan(some.value) & ~np.isnan(others.value) & (one.months == other.months)
        both = both & ~is_apart if name == "reported" else both
        apart = (some.lower > after(others.upper)) | (others.lower > after(some.upper))
        agree &= ~(both & apart)
        is_known |= both
    return agree, is_known


# --- units ----------------------------------------------------------------------------------------


def unit_of_changes(panel: Panel, chosen: Selection) -> Any:  # noqa: ANN401 - an array of pandas
    """Return the unit of each row's change: of growth it is the unit of the growth itself."""
    ids, units = panel.indicator.labels, panel.unit.labels
    is_growth, is_diffusion = (np.array([*map(of, ids)]) for of in (_is_growth, _is_diffusion))
    if not (is_growth | is_diffusion).any():
        return unit_texts(panel, chosen, _unit_of_change)
    words = ["percent", "point", *map(_unit_of_change, units)]
    rows = chosen.places(slice(len(panel)))
    indicator, unit = panel.indicator.codes[rows], panel.unit.codes[rows]
    is_point = is_diffusion[indicator] & np.array([*map(_is_vague, units)])[unit]
    own = np.where(is_growth[indicator], 0, np.where(is_point, 1, unit.astype(np.int32) + 2))
    return texts(words, own)


def _unit_of_change(unit: str) -> str:
    return DIFFERENCES.get(unit, "percent")


def _is_growth(id_: str) -> bool:
    """Tell the growth over a year from growth over several, and from all else."""
    return split_id(id_)[1] == "growth"


def _is_diffusion(id_: str) -> bool:
    """Tell an index that is the balance of opinions: of it only a difference says something."""
    return "pmi" in id_.lower().split("_")


def _is_vague(unit: str) -> bool:
    return not unit or base_of_index(unit) == "unknown"


def _kind(unit: str) -> int:
    bases = {"year_before": INDEX, "unknown": VAGUE}
    return RATE if unit in DIFFERENCES else bases.get(base_of_index(unit), RATIO)


def kinds_of(panel: Panel, places: Ints | slice) -> Ints:
    """Return how changes of rows are told; one value stands for all that are alike."""
    of_unit = np.array([*map(_kind, panel.unit.labels)])
    is_diffusion = np.array([*map(_is_diffusion, panel.indicator.labels)])
    if len(of_unit) == 1 and not is_diffusion.any():
        return of_unit
    unit = panel.unit.codes[places]
    is_vague = np.array([*map(_is_vague, panel.unit.labels)])[unit]
    return np.where(is_vague & is_diffusion[panel.indicator.codes[places]], RATE, of_unit[unit])


def is_rate(panel: Panel, places: Ints | slice) -> Bools:
    """Tell which rows change by a difference; one value stands for all that are alike."""
    rates: Bools = kinds_of(panel, places) == RATE
    return rates


# --- ways to the rows that tell of a change -------------------------------------------------------


class _Ways(NamedTuple):
    """By line: the lines that tell of its change, None where none does, and what it is."""

    growth: Ints | None
    difference: Ints | None
    #: The difference of ranks that does not say whom it is among, and all claims of each rank.
    unsaid: Ints | None
    claims: list[Ints]
    earlier: Ints | None
    new: list[tuple[Ints, Ints]]  # and the months that they cover, the longest first
    months: Ints
    is_growth: Bools
    is_stock: Bools
    lapses: Bools
    #: The places in `PRICES` of its own prices and of those of its growth, and where they differ.
    prices: Ints
    prices_of_growth: Ints
    is_apart: Bools


def _ways(panel: Panel) -> _Ways:
    """Find the lines that tell of the change of each line."""
    ids, labels = panel.indicator.labels, panel.period.labels
    spans = [parse_period(label) for label in labels]
    indicator, _, _, period = (np.append(codes, -1) for codes in panel.axes)
    known = [*map(known_indicator, ids), None]
    own, grown = (
        _prices(ids)[indicator],
        _prices([linked_id(id_, "growth") for id_ in ids])[indicator],
    )
    new_ids = [f"{id_}_new" for id_ in ids]
    added = (
        (panel.lines_to(new_ids, codes), np.append(months, 0)[period])
        for codes, months in _ending_with(spans)
    )
    return _Ways(
        growth=panel.lines_to([linked_id(id_, "growth") for id_ in ids]),
        difference=panel.lines_to([f"{id_}_change" for id_ in ids]),
        unsaid=_unsaid(panel),
        claims=_claims(panel),
        earlier=panel.lines_to(ids, codes_in(map(year_before, spans), labels)),
        new=[(lines, months) for lines, months in added if lines is not None],
        months=np.array([*(span.months for span in spans), 0])[period],
        is_growth=np.array([*map(_is_growth, ids), False])[indicator],
        is_stock=np.array([of is None or of.measure != "flow" for of in known])[indicator],
        lapses=np.array([of is not None and of.lapses for of in known])[indicator],
        prices=own,
        prices_of_growth=grown,
        is_apart=grown != own,
    )


def _unsaid(panel: Panel) -> Ints | None:
    """Return the lines of differences that do not say among whom, for lines that do."""
    if len(panel.among.labels) == 1 or "" not in panel.among.labels:
        return None
    return panel.lines_to([f"{id_}_change" for id_ in panel.indicator.labels], whom="")


def _claims(panel: Panel) -> list[Ints]:
    """Return for each whom that is named the lines of the same rank among them."""
    found = (
        panel.lines_to(panel.indicator.labels, whom=whom) for whom in panel.among.labels if whom
    )
    return [lines for lines in found if lines is not None]


def _prices(ids: Sequence[str]) -> Ints:
    """Return the places of the prices of ids, and that of none."""
    return np.array([*(PRICES.index(prices_of(id_)) for id_ in ids), 0], np.int8)


def prices_of_rows(panel: Panel, places: Ints | slice) -> tuple[Any, Any, Bools]:
    """Return the prices of rows, those of their growth, and where they differ."""
    ways, line = panel.once(_ways), panel.line_of(places)
    own, grown = (texts(PRICES, of[line]) for of in (ways.prices, ways.prices_of_growth))
    return own, grown, ways.is_apart[line]


def year_before(span: Period) -> str:
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
    is_growth: Bools
    kind: Ints


def _rows_at(panel: Panel, places: Ints | slice, ways: _Ways) -> _Rows:
    line = panel.line_of(places)
    is_growth = ways.is_growth[line] if ways.is_growth.any() else np.zeros(1, bool)
    return _Rows(places, line, panel.interval.at(places), is_growth, kinds_of(panel, places))


def changes(panel: Panel, places: Ints | slice) -> dict[str, Change]:
    """Return the change of rows by each method that the data allow to any row."""
    ways = panel.once(_ways)
    return _changes(panel, _rows_at(panel, places, ways), ways, np.zeros(0, np.int64))


def _changes(panel: Panel, rows: _Rows, ways: _Ways, broken: Ints) -> dict[str, Change]:
    told = (ways.growth, ways.difference, ways.unsaid)
    has_growth = any(lines is not None for lines in told)
    found = {
        "reported": _reported(panel, rows, ways) if has_growth else None,
        "levels": _of_levels(panel, rows, ways.earlier, broken),
        "level_minus_new": _less_new(panel, rows, ways)[0] if ways.new else None,
        "index": _of_index(rows, ways) if (rows.kind == INDEX).any() else None,
    }
    return {method: change for method, change in found.items() if change is not None}


def _reported(panel: Panel, rows: _Rows, ways: _Ways) -> Change:
    """Take a growth rate as the change that it is; of others, the growth or the difference."""
    growth, difference = _at(panel, rows, ways.growth), _difference(panel, rows, ways)
    is_rate = (rows.kind == RATE) & ~rows.is_growth
    found = where(is_rate, difference, growth)
    is_ratio = (rows.kind == RATIO) & ~rows.is_growth & (found.value > _ALL_LOST)
    is_ratio = is_ratio & ~ways.is_apart[rows.line]
    factor = found.each(lambda end: np.where(is_ratio, 1 + end / 100, np.nan))
    previous = where(is_rate, rows.now.minus(found), rows.now.over(factor))
    months = np.maximum(ways.months[rows.line], _YEAR)
    return Change(found, masked(previous, ~is_ratio & ~is_rate), months)


def _difference(panel: Panel, rows: _Rows, ways: _Ways) -> Interval:
    """Return the differences stated; one of ranks that names nobody is that of the only claim."""
    found = _at(panel, rows, ways.difference)
    if ways.unsaid is None:
        return found
    claims = sum(~np.isnan(_at(panel, rows, to).value) for to in ways.claims)
    is_its = np.isnan(found.value) & (claims == 1)
    return where(is_its, _at(panel, rows, ways.unsaid), found)


def _at(panel: Panel, rows: _Rows, to: Ints | None) -> Interval:
    """Return the values of the same regions in the lines to which those of rows lead."""
    lines = np.full(panel.lines, panel.lines - 1) if to is None else to
    return panel.by_slot.at(panel.found(rows.places, lines))


def _of_levels(panel: Panel, rows: _Rows, earlier: Ints | None, broken: Ints) -> Change | None:
    if earlier is None:
        return None
    before, is_other = values_led_to(panel, rows.places, earlier)
    is_none = is_other | rows.is_growth | (rows.kind >= INDEX)
    if len(broken):
        is_none = is_none | np.isin(panel.cells_of(rows.places), broken)
    before = masked(before, is_none) if is_none.any() else before
    return _change(rows.now, before, np.broadcast_to(_YEAR, len(rows.line)), rows.kind == RATE)


def _less_new(panel: Panel, rows: _Rows, ways: _Ways) -> tuple[Change, Floats]:
    """Take what was added since the start of a span from the level at its end.

    Of titles that lapse this is no change; the second answer is what it then is at most.
    """
    new, months, _ = _additions(panel, rows, ways)
    found, lapses = _added(rows.now, new, months), ways.lapses[rows.line]
    most = np.where(lapses, found.amount.upper, np.nan)
    if not lapses.any():
        return found, most
    return Change(masked(found.amount, lapses), masked(found.previous, lapses), months), most


def _additions(panel: Panel, rows: _Rows, ways: _Ways) -> tuple[Interval, Ints, Bools]:
    """Return what was added in the longest span, its months, and where only in another unit."""
    months = np.zeros(len(rows.line), np.int64)
    new, is_there = Interval(np.full(len(rows.line), np.nan)), np.zeros(len(rows.line), bool)
    # What is added within a span adds to a stock; from a flow it cannot be taken.
    is_stock = (rows.kind == RATIO) & ways.is_stock[rows.line]
    for to, lengths in ways.new:
        other, is_other = values_led_to(panel, rows.places, to)
        is_there |= is_stock & ~np.isnan(other.value)
        is_first = is_stock & np.isnan(new.value) & ~np.isnan(other.value) & ~is_other
        new = where(is_first, other, new)
        months[is_first] = lengths[rows.line[is_first]]
    return new, months, is_there & np.isnan(new.value)


def _added(now: Interval, new: Interval, months: Ints) -> Change:
    """Return the growth by what is added to a level; the level at the end is one number."""
    found = _change(now, now.minus(new), months, np.zeros(1, bool))
    if found.amount.is_exact:
        return found
    with np.errstate(divide="ignore", invalid="ignore"):
        corners = [
            np.where(level > more, 100 * more / (level - more), np.inf)
            for level, more in product((now.lower, now.upper), (new.lower, new.upper))
        ]
    value = found.amount.value
    least, most = (
        np.where(np.isnan(value), np.nan, of.reduce(corners)) for of in (np.fmin, np.fmax)
    )
    return found._replace(amount=Interval.of(value, np.fmin(least, value), np.fmax(most, value)))


def _of_index(rows: _Rows, ways: _Ways) -> Change:
    """Take an index of the year before as the growth that it is."""
    values = masked(rows.now.each(lambda end: end - 100), rows.kind != INDEX)
    nothing = Interval(np.full(len(rows.line), np.nan))
    return Change(values, nothing, np.maximum(ways.months[rows.line], _YEAR))


def values_led_to(panel: Panel, places: Ints | slice, to: Ints) -> tuple[Interval, Bools]:
    """Return the values to which lines lead, and whether they are of another unit than the row."""
    slots = panel.found(places, to)
    found = panel.by_slot.at(slots)
    if len(panel.unit.labels) == 1:
        return found, np.zeros(1, bool)
    unit = panel.unit.codes.take(panel.row_by_slot.take(slots), mode="clip")
    return found, unit != panel.unit.codes[places]


def masked(values: Interval, is_none: Bools) -> Interval:
    """Return values less some of them."""
    return values.each(lambda end: np.where(is_none, np.nan, end))


def _change(now: Interval, before: Interval, months: Ints, is_rate: Bools) -> Change:
    """Return the change from one interval to another; a base of zero or less has no ratio."""
    is_none = ~is_rate & (before.value <= 0)
    base = masked(before, is_none) if is_none.any() else before
    if is_rate.all():
        values = now.minus(base)
    else:
        values = now.over(base).each(_percent)
        values = where(is_rate, now.minus(base), values) if is_rate.any() else values
    if values.ends is not None:
        for end in values.ends:
            np.copyto(end, np.nan, where=np.isnan(values.value))
    return Change(values, base, months)


def _percent(ratio: Floats) -> Floats:
    ratio -= 1
    ratio *= 100
    return ratio


def _reasons(panel: Panel, rows: _Rows, ways: _Ways, broken: Ints) -> tuple[Ints, Floats]:
    """Return why rows have no change, as places in `REASONS`, and the most that it may be."""
    why = np.full(len(rows.line), REASONS.index("no_base"), np.int8)
    most = np.full(len(rows.line), np.nan)
    is_ratio = rows.kind == RATIO
    if ways.new:
        new, _, is_other = _additions(panel, rows, ways)
        why[is_other] = REASONS.index("unit")
        why[rows.now.value <= new.value] = REASONS.index("base_not_positive")
        _, most = _less_new(panel, rows, ways)
        why[~np.isnan(most)] = REASONS.index("lapses")
    if ways.earlier is not None:
        before, is_other = values_led_to(panel, rows.places, ways.earlier)
        is_there = ~np.isnan(before.value) & ~rows.is_growth
        why[is_there & is_ratio & (before.value <= 0)] = REASONS.index("base_not_positive")
        why[is_there & np.isin(panel.cells_of(rows.places), broken)] = REASONS.index("break")
        why[is_there & is_other] = REASONS.index("unit")
    why[np.broadcast_to(rows.kind == VAGUE, why.shape)] = REASONS.index("unit")
    why[np.isnan(rows.now.value)] = REASONS.index("missing")
    return why, most


# --- for other comparisons ------------------------------------------------------------------------


def change_between(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the change of checked rows from others, row by row, with ``yoy_unit``."""
    new, old = (
        Interval.of(*rows[["value", "lower", "upper"]].to_numpy().T) for rows in (now, before)
    )
    rates = now["unit"].isin(DIFFERENCES).to_numpy()
    found = _change(new, old, np.zeros(len(now), np.int64), rates)
    ends = (found.amount.value, found.amount.lower, found.amount.upper)
    columns = dict(zip(("yoy", "yoy_lower", "yoy_upper"), ends, strict=True))
    changed = pd.DataFrame({**columns, "previous": found.previous.value}, index=now.index)
    return changed.assign(yoy_unit=now["unit"].map(_unit_of_change))


def implied_base(now: Interval, is_rate: Bools, reported: Interval) -> Interval:
    """Return the base that a reported change implies: by the growth, or less the difference."""
    known = np.where(reported.lower > _ALL_LOST, 1.0, np.nan)
    factor = reported.each(lambda end: 1 + known * end / 100)
    return where(is_rate, now.minus(reported), now.over(factor))
