"""Breaks: the rows since a series was last measured anew, and what lies on two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from provstats.engines.memory.breaks import listed_breaks
from provstats.errors import IncomparableError, one_of
from provstats.store.breaks import Measured, known_breaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provstats.engines.memory.breaks import Breaks
    from provstats.store.breaks import Break

__all__ = ["is_across_break", "is_made_anew", "since_last_break"]


def since_last_break(
    rows: pd.DataFrame, own: Breaks | None = None, *, across_breaks: bool = False
) -> pd.DataFrame:
    """Keep, of each indicator, the periods since its last break, a known or a caller's own.

    A break of one province ends the comparison of all: they are compared with one another.
    """
    one_of("across_breaks", across_breaks, (True, False))
    near = _near(rows, own)
    if across_breaks:
        return rows
    stated = _stated(rows, near)
    old = {key for one in near for key in _of_old(stated, one)}
    keys = pd.MultiIndex.from_frame(rows[["indicator", "period"]])
    kept: pd.DataFrame = rows[~keys.isin([*old])] if old else rows
    if kept.empty and len(rows):
        msg = (
            f"in each period of {sorted({id_ for id_, _ in old})[:8]} some provinces are measured "
            "as before a break (ps.breaks() says why); take one vintage, or across_breaks=True"
        )
        raise IncomparableError(msg)
    return kept


def is_across_break(rows: pd.DataFrame, own: Breaks | None, before: str, after: str) -> bool:
    """Tell whether two periods lie on two sides of a break, for any of the regions compared."""
    near = _near(rows, own)
    stated = _stated(rows if "source" in rows else rows.assign(source=""), near)
    return any(_has_sides(stated, one, before, after) for one in near)


def is_made_anew(id_: str, region: str, period: str, sources: tuple[str, str]) -> bool:
    """Tell whether the second of two documents states a value of a measure that is new."""
    old, new = (Measured.of(period, source) for source in sources)
    listed = (one for one in known_breaks() if one.indicator == id_ and one.is_of(region))
    return any(one.is_old(old) and one.is_new(new) for one in listed)


def _near(rows: pd.DataFrame, own: Breaks | None) -> list[Break]:
    """Return the breaks of the indicators of rows."""
    ids = set(rows["indicator"])
    return [one for one in listed_breaks(own, rows["region"].unique()) if one.indicator in ids]


def _stated(rows: pd.DataFrame, near: list[Break]) -> pd.DataFrame:
    """Return which document states what of the indicators that have breaks."""
    own = rows[rows["indicator"].isin({one.indicator for one in near})]
    return own[["indicator", "region", "period", "source"]].drop_duplicates()


def _has_sides(stated: pd.DataFrame, one: Break, before: str, after: str) -> bool:
    """Tell whether a region has an old value in the first period and a new one in the second."""
    told = [*_measured(stated, one)]
    old = {region for region, label, value in told if label == before and one.is_old(value)}
    new = {region for region, label, value in told if label == after and one.is_new(value)}
    return bool(old & new)


def _of_old(stated: pd.DataFrame, one: Break) -> Iterator[tuple[str, str]]:
    """Return indicator and period of what is measured the old way, where there is a new way too."""
    told = [*_measured(stated, one)]
    if any(one.is_new(value) for *_, value in told):
        yield from ((one.indicator, label) for _, label, value in told if one.is_old(value))


def _measured(stated: pd.DataFrame, one: Break) -> Iterable[tuple[str, str, Measured]]:
    """Return the values of the regions that a break is of; known ones are of our documents."""
    own = stated[stated["indicator"] == one.indicator]
    for region, label, source in own[["region", "period", "source"]].itertuples(index=False):
        value = Measured.of(label, source)
        if one.is_of(region) and (value.day or not one.day):
            yield region, label, value
