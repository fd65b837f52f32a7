"""Breaks: the rows since a series was last measured anew, and what lies on two sides."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from provstats.engines.memory.breaks import list_breaks
from provstats.errors import IncomparableError, require_one_of
from provstats.store.breaks import Measured, load_breaks
from provstats.store.keys import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from provstats.engines.memory.breaks import Breaks
    from provstats.store.breaks import Break

__all__ = ["is_across_break", "is_measured_anew", "keep_since_last_break"]


class _Value(NamedTuple):
    """The region and the period of a value, and when it was measured."""

    region: str
    label: str
    measured: Measured


def keep_since_last_break(
    rows: pd.DataFrame, own: Breaks | None = None, *, across_breaks: bool = False
) -> pd.DataFrame:
    """Keep the periods of each indicator since its last break, known or of the caller.

    A break of one province ends the comparison of all: they are compared with one another.
    """
    require_one_of("across_breaks", across_breaks, (True, False))
    near = _find_breaks(rows, own)
    if across_breaks:
        return rows
    stated = _group_stated_values(rows, near)
    old = {key for one in near for key in _find_outdated_keys(stated[one.indicator], one)}
    kept = rows[~_are_in_groups(rows, old)]
    if kept.empty and len(rows):
        msg = (
            f"in each period of {sorted({id_ for id_, _ in old})[:8]} some provinces are measured "
            "as before a break (ps.breaks() says why); take one vintage, or across_breaks=True"
        )
        raise IncomparableError(msg)
    return kept


def is_across_break(rows: pd.DataFrame, own: Breaks | None, before: str, after: str) -> bool:
    """Tell whether two periods lie on two sides of a break, for any of the regions compared."""
    near = _find_breaks(rows, own)
    stated = _group_stated_values(rows if "source" in rows else rows.assign(source=""), near)
    return any(_has_values_on_both_sides(stated[one.indicator], one, before, after) for one in near)


def is_measured_anew(id_: str, region: str, period: str, sources: tuple[str, str]) -> bool:
    """Tell whether the second of two documents states a value of a measure that is new."""
    old, new = (Measured.from_period(period, source) for source in sources)
    listed = (one for one in load_breaks() if one.indicator == id_ and one.is_of_region(region))
    return any(one.is_old(old) and one.is_new(new) for one in listed)


def _find_breaks(rows: pd.DataFrame, own: Breaks | None) -> list[Break]:
    """Return the breaks of the indicators of rows."""
    ids = set(rows["indicator"].unique())
    return [one for one in list_breaks(own, rows["region"].unique()) if one.indicator in ids]


def _are_in_groups(rows: pd.DataFrame, keys: set[tuple[str, str]]) -> NDArray[np.bool_]:
    """Tell the rows of some indicators and periods."""
    found = rows["indicator"].isin({id_ for id_, _ in keys}).to_numpy(bool, copy=True)
    near = rows.loc[found, GROUP].itertuples(index=False, name=None)
    found[found] = [key in keys for key in near]
    return found


def _group_stated_values(rows: pd.DataFrame, near: list[Break]) -> Mapping[str, list[_Value]]:
    """Return the values of the indicators that have breaks, by indicator."""
    own = rows[rows["indicator"].isin({one.indicator for one in near})]
    found: defaultdict[str, list[_Value]] = defaultdict(list)
    told = own[[*GROUP, "region", "source"]].drop_duplicates()
    for id_, label, region, source in told.itertuples(index=False, name=None):
        found[id_].append(_Value(region, label, Measured.from_period(label, source)))
    return found


def _has_values_on_both_sides(
    stated: Iterable[_Value], one: Break, before: str, after: str
) -> bool:
    """Tell whether a region has an old value in the first period and a new one in the second."""
    told = [*_keep_values_of_break(stated, one)]
    old = {value.region for value in told if value.label == before and one.is_old(value.measured)}
    new = {value.region for value in told if value.label == after and one.is_new(value.measured)}
    return bool(old & new)


def _find_outdated_keys(stated: Iterable[_Value], one: Break) -> Iterator[tuple[str, str]]:
    """Return indicator and period of old measures, where a new measure has values too."""
    told = [*_keep_values_of_break(stated, one)]
    if any(one.is_new(value.measured) for value in told):
        yield from ((one.indicator, value.label) for value in told if one.is_old(value.measured))


def _keep_values_of_break(stated: Iterable[_Value], one: Break) -> Iterator[_Value]:
    """Return the values of the regions of a break; of a known one, only from our documents."""
    return (
        value
        for value in stated
        if one.is_of_region(value.region) and (value.measured.day or not one.day)
    )
