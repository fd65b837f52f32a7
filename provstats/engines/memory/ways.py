"""Ways: the lines that tell of the change of another line, and what is known of that line."""

from __future__ import annotations

from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from provstats.engines.memory.codes import find_codes
from provstats.engines.memory.frames import decode_texts
from provstats.engines.memory.selection import convert_units
from provstats.errors import PeriodError
from provstats.indicators import (
    add_suffix,
    find_prices,
    look_up_indicator,
    make_linked_id,
    split_id,
)
from provstats.reading.changes import RATE, classify_change, find_change_unit, is_vague
from provstats.reading.periods import MONTHS_OF_YEAR, Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from provstats.engines.memory.arrays import Bools, Ints, Values
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection


__all__ = [
    "PRICES",
    "Ways",
    "classify_changes",
    "find_earlier_label",
    "find_ways",
    "list_change_units",
]

#: At what prices a change is.
PRICES: Final = ("", "constant", "current")


class Ways(NamedTuple):
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


def find_ways(panel: Panel) -> Ways:
    """Find the lines that tell of the change of each line."""
    ids, labels, whom = panel.indicator.labels, panel.period.labels, panel.among.labels
    spans = [parse_period(label) for label in labels]
    known = [look_up_indicator(id_) for id_ in ids]
    growths = [make_linked_id(id_, "growth") for id_ in ids]
    differences, added = ([add_suffix(id_, end) for id_ in ids] for end in ("change", "new"))
    indicator, *_, period = (np.append(codes, -1) for codes in panel.axes)

    def map_to_lines(of_ids: Iterable[Any]) -> Values:
        by_line: Values = np.array([*of_ids, 0])[indicator]
        return by_line

    prices, prices_of_growth = (
        map_to_lines(PRICES.index(find_prices(id_)) for id_ in some) for some in (ids, growths)
    )
    months = np.array([*(span.months for span in spans), 0])
    new = (
        (panel.find_linked_lines(added, ends), np.append(lengths, 0))
        for ends, lengths in _group_spans_by_end(spans)
    )
    claims = (panel.find_linked_lines(ids, whom=one) for one in whom if one)
    return Ways(
        growth=panel.find_linked_lines(growths),
        difference=panel.find_linked_lines(differences),
        unsaid=panel.find_linked_lines(differences, whom="")
        if len(whom) > 1 and "" in whom
        else None,
        claims=[lines for lines in claims if lines is not None],
        earlier=panel.find_linked_lines(
            ids, find_codes([find_earlier_label(span, 1) for span in spans], labels)
        ),
        new=[(lines, lengths[period]) for lines, lengths in new if lines is not None],
        months=months[period],
        is_growth=map_to_lines(map(_is_growth, ids)).astype(bool),
        is_stock=map_to_lines(entry is None or entry.measure != "flow" for entry in known).astype(
            bool
        ),
        lapses=map_to_lines(entry is not None and entry.lapses for entry in known).astype(bool),
        prices=prices.astype(np.int8),
        prices_of_growth=prices_of_growth.astype(np.int8),
        is_apart=prices != prices_of_growth,
    )


def find_earlier_label(span: Period, years: int) -> str:
    """Return the label of a span so many years before; of more than a year there is none."""
    if span.months > MONTHS_OF_YEAR:
        return ""
    ends = ((day.year - years, day.month) for day in (span.start, span.end))
    with suppress(PeriodError):  # before the first year there is nothing
        return str(Period.of_months(*ends))
    return ""


def _group_spans_by_end(spans: list[Period]) -> Iterator[tuple[Ints, Ints]]:
    """Return, for each span, the codes of those that end with it, the longest first.

    All longest ones make one array, all second ones another, beside the months that they cover.
    """
    ends: dict[date, list[tuple[int, int]]] = {}
    for code, span in enumerate(spans):
        if span.months <= MONTHS_OF_YEAR:
            ends.setdefault(span.end, []).append((-span.months, code))
    found = [sorted(ends.get(span.end, [])) for span in spans]
    for each in zip_longest(*found, fillvalue=(0, -1)):
        months, codes = np.array(each).T
        yield codes, -months


# --- how changes are told -------------------------------------------------------------------------


def _is_growth(id_: str) -> bool:
    """Tell the growth over a year from growth over several, and from all else."""
    return split_id(id_)[1] == "growth"


def _is_diffusion(id_: str) -> bool:
    """Tell an index that is the balance of opinions: of it only a difference says something."""
    return "pmi" in id_.lower().split("_")


def _is_point(panel: Panel, places: Ints | slice) -> Bools | None:
    """Tell which rows are the balance of opinions, and change by points; None if none is."""
    is_diffusion = np.array([*map(_is_diffusion, panel.indicator.labels)])
    if not is_diffusion.any():
        return None
    vague = np.array([*map(is_vague, panel.unit.labels)])
    found: Bools = vague[panel.unit.codes[places]] & is_diffusion[panel.indicator.codes[places]]
    return found


def classify_changes(panel: Panel, places: Ints | slice) -> Ints:
    """Return how changes of rows are told; one value stands for all that are alike."""
    of_unit, point = np.array([*map(classify_change, panel.unit.labels)]), _is_point(panel, places)
    if len(of_unit) == 1 and point is None:
        return of_unit
    kinds = of_unit[panel.unit.codes[places]]
    return kinds if point is None else np.where(point, RATE, kinds)


def list_change_units(panel: Panel, chosen: Selection) -> Any:  # noqa: ANN401 - an array of pandas
    """Return the unit of each row's change: of growth it is the unit of the growth itself."""
    rows = chosen.rows
    growth, point = np.array([*map(_is_growth, panel.indicator.labels)]), _is_point(panel, rows)
    if point is None and not growth.any():
        return convert_units(panel, chosen, find_change_unit)
    words = ["percent", "point", *map(find_change_unit, panel.unit.labels)]
    own = panel.unit.codes[rows].astype(np.int32) + 2
    own = own if point is None else np.where(point, 1, own)
    return decode_texts(words, np.where(growth[panel.indicator.codes[rows]], 0, own))
