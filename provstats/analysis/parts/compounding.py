"""Averages over several years: of two levels, or of yearly rates, one chained to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from provstats.engines.memory.breaks import find_broken_cells
from provstats.engines.memory.changes import find_linked_values
from provstats.engines.memory.codes import find_codes
from provstats.engines.memory.frames import decode_texts
from provstats.engines.memory.intervals import Interval, add_tolerance, choose_values, mask_values
from provstats.engines.memory.selection import select_first_nature
from provstats.engines.memory.ways import classify_changes, find_earlier_label
from provstats.indicators import (
    CLAIMS,
    GROWTHS,
    find_prices,
    make_average_id,
    make_linked_id,
    split_id,
)
from provstats.reading.changes import INDEX, RATIO
from provstats.reading.periods import MONTHS_OF_YEAR, Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from provstats.engines.memory.arrays import Bools, Floats, Ints, Values
    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel


__all__ = ["METHODS", "REASONS", "Average", "compute_average_growth", "compute_averages_by_method"]

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


def compute_average_growth(
    panel: Panel, years: int, breaks: Breaks | None, *, across_breaks: bool
) -> tuple[Ints | slice, Columns]:
    """Return the rows whose average is asked, and the columns of `provstats.growth`."""
    chosen = panel.compute_once(select_first_nature)
    places = np.arange(len(panel))[chosen.rows]
    found = compute_averages_by_method(panel, places, years, breaks, across_breaks=across_breaks)
    levels, chained = (found[method] for method in METHODS)
    has_levels, has_chain = (~np.isnan(average.amount.value) for average in (levels, chained))
    method = np.where(has_levels, 0, np.where(has_chain, 1, -1))
    said, prices = _find_reported_averages(panel, places, years)
    # What is measured at other prices is no contradiction.
    is_apart = (
        _are_in_conflict(levels, levels.prices == chained.prices, chained.amount)
        | _are_in_conflict(levels, levels.prices == prices, said)
        | _are_in_conflict(chained, chained.prices == prices, said)
    )
    return chosen.rows, {
        **mask_values(levels.base, ~has_levels).name_columns("base"),
        **choose_values(has_levels, levels.amount, chained.amount).name_columns("growth"),
        ("method",): decode_texts(METHODS, method),
        ("prices",): np.where(
            has_levels, levels.prices, np.where(has_chain, chained.prices, "")
        ).astype(object),
        **said.name_columns("reported"),
        ("conflict",): is_apart,
        ("reason",): decode_texts(
            REASONS, np.where(method >= 0, 0, _choose_reasons(panel, places, levels, chained))
        ),
        ("left_out",): chosen.count_left_out(panel),
    }


def compute_averages_by_method(
    panel: Panel, places: Ints, years: int, breaks: Breaks | None, *, across_breaks: bool
) -> dict[str, Average]:
    """Return the average growth a year of rows by each method."""
    ids = panel.indicator.labels
    earlier = (
        panel.find_linked_lines(ids, _encode_earlier_periods(panel, back))
        for back in (years, years - 1)
    )
    broken = [
        find_broken_cells(panel, to, breaks)[: 0 if across_breaks else None] for to in earlier
    ]
    return {
        "levels": _compute_from_levels(panel, places, years, broken[0]),
        "chained": _chain_rates(panel, places, years, broken[1]),
    }


def _are_in_conflict(one: Average, is_alike: Bools, other: Interval) -> Bools:
    """Tell where two averages at the same prices have intervals that do not meet."""
    some = one.amount
    apart = (some.lower > add_tolerance(other.upper)) | (other.lower > add_tolerance(some.upper))
    return np.asarray(is_alike, bool) & apart


def _choose_reasons(panel: Panel, places: Ints, levels: Average, chained: Average) -> Ints:
    """Return why there is no average: the more serious reason; for rates, that of the chain."""
    is_chain = _has_suffix(panel, places, ("growth",)) | (classify_changes(panel, places) == INDEX)
    of_levels = np.where(levels.why > 1, levels.why, np.maximum(levels.why, chained.why))
    return np.where(is_chain, chained.why, of_levels)


# --- the methods ----------------------------------------------------------------------------------


def _compute_from_levels(panel: Panel, places: Ints, years: int, broken: Ints) -> Average:
    """Return the average growth a year from one level to another: the root of their quotient."""
    now, ids = panel.interval.take(places), panel.indicator.labels
    has_quotient = (classify_changes(panel, places) == RATIO) & ~_has_suffix(
        panel, places, _NO_LEVELS
    )
    to = panel.find_linked_lines(ids, _encode_earlier_periods(panel, years))
    before, is_other = find_linked_values(panel, places, to)
    why = _encode_reasons(~np.isnan(before.value), {
        "base_not_positive": (before.value <= 0) | (now.value < 0),
        "break": np.isin(panel.find_cells(places), broken),
        "unit": is_other,
    })  # fmt: skip
    why[~has_quotient] = REASONS.index("unit")
    why[np.isnan(now.value)] = REASONS.index("missing")
    base = mask_values(before, why > 0)
    ratio = now.divide(base)
    amount = mask_values(ratio.map(lambda end: _compute_yearly_rate(end, years)), why > 0)
    return Average(amount, base, _list_prices(panel, places), why)


def _chain_rates(panel: Panel, places: Ints, years: int, broken: Ints) -> Average:
    """Chain the rates of as many years, of which each is reported, or an index of the year before.

    That a level was measured anew does not matter to rates, which are reported on one basis.
    """
    rates, is_other = _list_rates(panel, places, years)
    why = _encode_reasons(
        ~np.logical_or.reduce([np.isnan(rate.value) for rate in rates]),
        {
            "base_not_positive": np.logical_or.reduce([rate.value < -100 for rate in rates]),  # noqa: PLR2004
            "break": np.isin(_find_cells_of_rates(panel, places), broken),
            "unit": is_other,
        },
    )
    why[np.isnan(panel.interval.value[places])] = REASONS.index("missing")
    product = _multiply_rates(rates)
    amount = mask_values(product.map(lambda end: _compute_yearly_rate(end, years)), why > 0)
    nothing = Interval(np.full(len(places), np.nan))
    return Average(amount, nothing, _list_prices(panel, places, _make_growth_id), why)


def _multiply_rates(rates: list[Interval]) -> Interval:
    factors = [rate.map(lambda end: np.maximum(1 + end / 100, 0)) for rate in rates]
    ends = ("value", "lower", "upper")
    return Interval.from_ends(
        *(np.multiply.reduce([getattr(one, end) for one in factors]) for end in ends)
    )


def _list_rates(panel: Panel, places: Ints, years: int) -> tuple[list[Interval], Bools]:
    """Return the rates of each year, the last first, and where their unit differs."""
    is_index = np.broadcast_to(classify_changes(panel, places) == INDEX, len(places))
    found, other = [], np.zeros(len(places), bool)
    for back in range(years):
        periods = _encode_earlier_periods(panel, back)
        own, growth = (
            find_linked_values(panel, places, panel.find_linked_lines(ids, periods))
            for ids in (panel.indicator.labels, _list_growth_ids(panel))
        )
        found.append(choose_values(is_index, own[0].map(lambda end: end - 100), growth[0]))
        other |= is_index & own[1]
    return found, other


def _list_growth_ids(panel: Panel) -> list[str]:
    return [*map(_make_growth_id, panel.indicator.labels)]


def _find_cells_of_rates(panel: Panel, places: Ints) -> Ints:
    """Return the cells of the rates of rows, of an index its own; -1 where there is none."""
    cells = panel.find_cells(places).astype(np.int64)
    to = panel.find_linked_lines(_list_growth_ids(panel))
    if to is None:
        return cells
    line = cells % panel.lines
    linked = np.where(to[line] < panel.lines - 1, cells + to[line] - line, -1)
    return np.where(classify_changes(panel, places) == INDEX, cells, linked)


# --- what goes with them --------------------------------------------------------------------------


def _has_suffix(panel: Panel, places: Ints, suffixes: Collection[str]) -> Bools:
    """Tell which rows are of indicators whose ids end in one of some suffixes."""
    is_of = np.array([split_id(id_)[1] in suffixes for id_ in panel.indicator.labels])
    found: Bools = is_of[panel.indicator.codes[places]]
    return found


def _encode_reasons(is_there: Bools, doubts: dict[str, Bools]) -> Ints:
    """Return the places in `REASONS` of why there is no average; later doubts replace others."""
    why = np.where(is_there, 0, REASONS.index("no_base"))
    for reason, applies in doubts.items():
        why[is_there & applies] = REASONS.index(reason)
    return why


def _compute_yearly_rate(factor: Floats, years: int) -> Floats:
    rate: Floats = (np.maximum(factor, 0) ** (1 / years) - 1) * 100
    return rate


def _encode_earlier_periods(panel: Panel, years: int) -> Ints:
    """Return the codes of the periods so many years before those of the panel."""
    labels = panel.period.labels
    return find_codes([find_earlier_label(parse_period(label), years) for label in labels], labels)


def _find_reported_averages(panel: Panel, places: Ints, years: int) -> tuple[Interval, Values]:
    """Return the reported average of the years that end with each row, and its prices."""
    labels = panel.period.labels
    ids = [make_average_id(id_) for id_ in panel.indicator.labels]
    spans = find_codes([_label_span(parse_period(label), years) for label in labels], labels)
    said, _ = find_linked_values(panel, places, panel.find_linked_lines(ids, spans))
    return said, _list_prices(panel, places, make_average_id)


def _label_span(last: Period, years: int) -> str:
    if last.months != MONTHS_OF_YEAR or last.start.month != 1 or last.end.year <= years:
        return ""
    return str(Period.of_months((last.end.year - years + 1, 1), (last.end.year, 12)))


def _make_growth_id(id_: str) -> str:
    return make_linked_id(id_, "growth")


def _list_prices(panel: Panel, places: Ints, linked: Callable[[str], str] = str) -> Values:
    """Return at which prices an indicator, or what is linked to it, is measured, where known."""
    prices = np.array([find_prices(linked(id_)) for id_ in panel.indicator.labels], object)
    return prices[panel.indicator.codes[places]]
