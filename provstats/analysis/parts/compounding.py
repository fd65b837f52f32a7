"""Averages over several years: of two levels, or of yearly rates, one chained to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from provstats.engines.memory.breaks import broken_cells
from provstats.engines.memory.changes import values_led_to
from provstats.engines.memory.codes import codes_in
from provstats.engines.memory.frames import texts
from provstats.engines.memory.intervals import Interval, after, masked, where
from provstats.engines.memory.selection import of_first_nature
from provstats.engines.memory.ways import kinds_of, label_before
from provstats.indicators import CLAIMS, GROWTHS, average_id, linked_id, prices_of, split_id
from provstats.reading.changes import INDEX, RATIO
from provstats.reading.periods import MONTHS_OF_YEAR, Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from provstats.engines.memory.arrays import Bools, Floats, Ints, Values
    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel


__all__ = ["METHODS", "REASONS", "Average", "averages", "averages_by_method"]

#: How an average is known; the method to trust first stands first.
METHODS: Final = ("levels", "chained")
#: Why there is none.
REASONS: Final = ("", "no_base", "base_not_positive", "break", "unit", "missing")

# What is no level, whatever its unit.
_NO_LEVELS: Final = (*GROWTHS, *CLAIMS, "change")


class Average(NamedTuple):
    """The averages of some rows by one method, NaN where it does not apply, and why it does not."""

    amount: Interval
    base: Interval
    prices: Values
    why: Ints


def averages(
    panel: Panel, years: int, breaks: Breaks | None, *, across_breaks: bool
) -> tuple[Ints | slice, Columns]:
    """Return the rows whose average is asked, and the columns of `provstats.growth`."""
    chosen = panel.once(of_first_nature)
    places = np.arange(len(panel))[chosen.rows]
    found = averages_by_method(panel, places, years, breaks, across_breaks=across_breaks)
    levels, chained = (found[method] for method in METHODS)
    has_levels, has_chain = (~np.isnan(average.amount.value) for average in (levels, chained))
    method = np.where(has_levels, 0, np.where(has_chain, 1, -1))
    said, prices = _reported(panel, places, years)
    # What is measured at other prices is no contradiction.
    is_apart = (
        _apart(levels, levels.prices == chained.prices, chained.amount)
        | _apart(levels, levels.prices == prices, said)
        | _apart(chained, chained.prices == prices, said)
    )
    return chosen.rows, {
        **masked(levels.base, ~has_levels).columns("base"),
        **where(has_levels, levels.amount, chained.amount).columns("growth"),
        ("method",): texts(METHODS, method),
        ("prices",): np.where(
            has_levels, levels.prices, np.where(has_chain, chained.prices, "")
        ).astype(object),
        **said.columns("reported"),
        ("conflict",): is_apart,
        ("reason",): texts(REASONS, np.where(method >= 0, 0, _why(panel, places, levels, chained))),
        ("left_out",): chosen.left_out_of_rows(panel),
    }  # fmt: skip


def averages_by_method(
    panel: Panel, places: Ints, years: int, breaks: Breaks | None, *, across_breaks: bool
) -> dict[str, Average]:
    """Return the average growth a year of rows by each method."""
    ids = panel.indicator.labels
    earlier = (panel.lines_to(ids, _before(panel, back)) for back in (years, years - 1))
    broken = [broken_cells(panel, to, breaks)[: 0 if across_breaks else None] for to in earlier]
    return {
        "levels": _of_levels(panel, places, years, broken[0]),
        "chained": _chained(panel, places, years, broken[1]),
    }


def _apart(one: Average, is_alike: Bools, other: Interval) -> Bools:
    """Tell where two averages at the same prices have intervals that do not meet."""
    some = one.amount
    apart = (some.lower > after(other.upper)) | (other.lower > after(some.upper))
    return np.asarray(is_alike, bool) & apart


def _why(panel: Panel, places: Ints, levels: Average, chained: Average) -> Ints:
    """Return why there is no average: the more serious reason; for rates, that of the chain."""
    is_chain = _is(panel, places, ("growth",)) | (kinds_of(panel, places) == INDEX)
    of_levels = np.where(levels.why > 1, levels.why, np.maximum(levels.why, chained.why))
    return np.where(is_chain, chained.why, of_levels)


# --- the methods ----------------------------------------------------------------------------------


def _of_levels(panel: Panel, places: Ints, years: int, broken: Ints) -> Average:
    """Return the average growth a year from one level to another: the root of their quotient."""
    now, ids = panel.interval.at(places), panel.indicator.labels
    has_quotient = (kinds_of(panel, places) == RATIO) & ~_is(panel, places, _NO_LEVELS)
    to = panel.lines_to(ids, _before(panel, years))
    before, is_other = values_led_to(panel, places, to)
    why = _reasons(~np.isnan(before.value), {
        "base_not_positive": (before.value <= 0) | (now.value < 0),
        "break": np.isin(panel.cells_of(places), broken),
        "unit": is_other,
    })  # fmt: skip
    why[~has_quotient] = REASONS.index("unit")
    why[np.isnan(now.value)] = REASONS.index("missing")
    base = masked(before, why > 0)
    ratio = now.over(base)
    amount = masked(ratio.each(lambda end: _rate(end, years)), why > 0)
    return Average(amount, base, _prices(panel, places), why)


def _chained(panel: Panel, places: Ints, years: int, broken: Ints) -> Average:
    """Chain the rates of as many years, of which each is reported, or an index of the year before.

    That a level was measured anew does not matter to rates, which are reported on one basis.
    """
    rates, is_other = _rates(panel, places, years)
    why = _reasons(
        ~np.logical_or.reduce([np.isnan(rate.value) for rate in rates]),
        {
            "base_not_positive": np.logical_or.reduce([rate.value < -100 for rate in rates]),  # noqa: PLR2004
            "break": np.isin(_cells_of_rates(panel, places), broken),
            "unit": is_other,
        },
    )
    why[np.isnan(panel.interval.value[places])] = REASONS.index("missing")
    product = _product(rates)
    amount = masked(product.each(lambda end: _rate(end, years)), why > 0)
    nothing = Interval(np.full(len(places), np.nan))
    return Average(amount, nothing, _prices(panel, places, _growth_id), why)


def _product(rates: list[Interval]) -> Interval:
    factors = [rate.each(lambda end: np.maximum(1 + end / 100, 0)) for rate in rates]
    ends = ("value", "lower", "upper")
    return Interval.of(
        *(np.multiply.reduce([getattr(one, end) for one in factors]) for end in ends)
    )


def _rates(panel: Panel, places: Ints, years: int) -> tuple[list[Interval], Bools]:
    """Return the rates of each year, the last first, and where their unit differs."""
    is_index = np.broadcast_to(kinds_of(panel, places) == INDEX, len(places))
    found, other = [], np.zeros(len(places), bool)
    for back in range(years):
        periods = _before(panel, back)
        own, growth = (
            values_led_to(panel, places, panel.lines_to(ids, periods))
            for ids in (panel.indicator.labels, _growths(panel))
        )
        found.append(where(is_index, own[0].each(lambda end: end - 100), growth[0]))
        other |= is_index & own[1]
    return found, other


def _growths(panel: Panel) -> list[str]:
    return [*map(_growth_id, panel.indicator.labels)]


def _cells_of_rates(panel: Panel, places: Ints) -> Ints:
    """Return the cells of the rates of rows in their own period; -1 where there is none."""
    to = panel.lines_to(_growths(panel))
    cells = panel.cells_of(places).astype(np.int64)
    if to is None:
        return cells
    line = cells % panel.lines
    return np.where(to[line] < panel.lines - 1, cells + to[line] - line, -1)


# --- what goes with them --------------------------------------------------------------------------


def _is(panel: Panel, places: Ints, suffixes: Collection[str]) -> Bools:
    """Tell which rows are of indicators whose ids end in one of some suffixes."""
    is_of = np.array([split_id(id_)[1] in suffixes for id_ in panel.indicator.labels])
    found: Bools = is_of[panel.indicator.codes[places]]
    return found


def _reasons(is_there: Bools, doubts: dict[str, Bools]) -> Ints:
    """Return the places in `REASONS` of why there is no average; later doubts replace others."""
    why = np.where(is_there, 0, REASONS.index("no_base"))
    for reason, applies in doubts.items():
        why[is_there & applies] = REASONS.index(reason)
    return why


def _rate(factor: Floats, years: int) -> Floats:
    rate: Floats = (np.maximum(factor, 0) ** (1 / years) - 1) * 100
    return rate


def _before(panel: Panel, years: int) -> Ints:
    """Return the codes of the periods so many years before those of the panel."""
    labels = panel.period.labels
    return codes_in([label_before(parse_period(label), years) for label in labels], labels)


def _reported(panel: Panel, places: Ints, years: int) -> tuple[Interval, Values]:
    """Return the reported average of the years that end with each row, and its prices."""
    labels = panel.period.labels
    ids = [average_id(id_) for id_ in panel.indicator.labels]
    spans = codes_in([_span_label(parse_period(label), years) for label in labels], labels)
    said, _ = values_led_to(panel, places, panel.lines_to(ids, spans))
    return said, _prices(panel, places, average_id)


def _span_label(last: Period, years: int) -> str:
    if last.months != MONTHS_OF_YEAR or last.start.month != 1 or last.end.year <= years:
        return ""
    return str(Period.of_months((last.end.year - years + 1, 1), (last.end.year, 12)))


def _growth_id(id_: str) -> str:
    return linked_id(id_, "growth")


def _prices(panel: Panel, places: Ints, linked: Callable[[str], str] = str) -> Values:
    """Return at which prices an indicator, or what is linked to it, is measured, where known."""
    prices = np.array([prices_of(linked(id_)) for id_ in panel.indicator.labels], object)
    return prices[panel.indicator.codes[places]]
