"""Statements: what provinces imply of the nation by their distance from it, or their share of it.

7.6%, "1.8 points above the nation", implies 5.8%; 60 firms, "half of the nation's", imply 120.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.engines.memory.intervals import Interval
from provstats.indicators import find_stem, look_up_indicator
from provstats.reading.units import find_difference_unit
from provstats.store.regions import list_province_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from provstats.engines.memory.arrays import Bools, Ints
    from provstats.engines.memory.panel import Panel


__all__ = [
    "WAY_OF_SPEAKING",
    "describe_statement",
    "find_implied_values",
    "intersect_by_group",
    "join_texts",
    "list_statements",
]

#: What is said so is no share that was worked out: 每4辆…1辆, one in four.
WAY_OF_SPEAKING: Final = "每"


def find_implied_values(panel: Panel, claim: str) -> tuple[Ints, Interval]:
    """Return the rows of provinces that claim a gap or a share, and the nation each implies."""
    own, claims = _pair_claims(panel, claim)
    values, claimed = panel.interval.take(own), panel.interval.take(claims)
    if claim == "gap":
        is_meant = _is_distance(panel, own, claims)
        nation = values.subtract(claimed).map(lambda end: end.round(9))
    else:
        is_meant = _is_share(panel, claims) & (values.lower >= 0) & (claimed.lower > 0)
        nation = values.divide(claimed).map(lambda end: end * 100)
    return own[is_meant], nation.map(lambda end: end[is_meant])


def intersect_by_group(group: Ints, values: Interval) -> tuple[Ints, Interval]:
    """Return the groups, and what all statements of each allow: their interval and median.

    The ends cross where statements contradict one another.
    """
    order = np.lexsort((values.value, group))
    groups, first, n = np.unique(group[order], return_index=True, return_counts=True)
    sorted_ = values.take(order)
    lower = np.maximum.reduceat(sorted_.lower, first)
    upper = np.minimum.reduceat(sorted_.upper, first)
    middle = (sorted_.value[first + (n - 1) // 2] + sorted_.value[first + n // 2]) / 2
    return groups, Interval.from_ends(np.clip(middle, lower, upper), lower, upper)


def join_texts(groups: Ints, group: Ints, texts: Iterable[str]) -> list[str]:
    """Return the different texts of each of some groups, joined by blanks."""
    found: dict[int, set[str]] = {}
    for number, text in zip(group.tolist(), texts, strict=True):
        found.setdefault(number, set()).add(text)
    return [" ".join(sorted(found[number])) for number in groups.tolist()]


def list_statements(panel: Panel, claim: str) -> pd.DataFrame:
    """Return the national values that provinces imply by a gap or a share.

    Each is the row in which the province states its own value, as `prepare_frame` returns it, with
    its ``source`` and ``line``; ``value``, ``lower`` and ``upper`` are the nation's.
    """
    own, nation = find_implied_values(panel, claim)
    return panel.complete_rows(own).assign(
        value=nation.value, lower=nation.lower, upper=nation.upper,
        source=panel.find_sources(own), line=panel.find_lines(own),
    )  # fmt: skip


def describe_statement(row: Any) -> str:  # noqa: ANN401 - a named tuple of pandas
    """Return what a row of `list_statements` says, in words."""
    return f"{row.region} implies {row.lower:.10g} to {row.upper:.10g}"


def _pair_claims(panel: Panel, claim: str) -> tuple[Ints, Ints]:
    """Pair the rows of provinces' values with those of their claims, in the order of values."""
    to = panel.find_linked_lines(find_stem(id_, claim) for id_ in panel.indicator.labels)
    if to is None:
        return (np.zeros(0, np.intp),) * 2
    is_province = np.array([code in list_province_codes() for code in panel.region.labels])
    leads = (to < panel.lines - 1)[panel.find_lines(slice(None))]
    claims = np.flatnonzero(leads & is_province[panel.region.codes])
    own = panel.row_by_slot[panel.find_linked_slots(claims, to)]
    is_known = (own >= 0) & ~np.isnan(panel.interval.value[own] + panel.interval.value[claims])
    own, claims = own[is_known], claims[is_known]
    order = own.argsort(kind="stable")
    return own[order], claims[order]


def _is_distance(panel: Panel, own: Ints, claims: Ints) -> Bools:
    """Tell the claims whose unit is that of distances between values of the unit of rows."""
    words = np.array(panel.unit.labels, object)
    distances = np.array([*map(find_difference_unit, words)], object)
    unit, said = panel.unit.codes[own], panel.unit.codes[claims]
    is_blank = words == ""
    meant: Bools = (words[said] == distances[unit]) | is_blank[said] | is_blank[unit]
    return meant


def _is_share(panel: Panel, claims: Ints) -> Bools:
    """Tell the claims of a share of the nation that are no way of speaking."""
    known = map(look_up_indicator, panel.indicator.labels)
    of_nation = np.array([entry is not None and entry.of_nation for entry in known])
    is_share: Bools = of_nation[panel.indicator.codes[claims]]
    if "printed" in panel.frame:
        printed = panel.frame["printed"].iloc[claims].astype(str)
        is_share &= ~printed.str.contains(WAY_OF_SPEAKING).to_numpy(bool)
    return is_share
