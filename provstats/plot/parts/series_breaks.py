"""Breaks: where a series was measured anew, so that no line and no change leads across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provstats.store.breaks import known_breaks
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Stamp", "is_broken", "last_before", "may_be_crossed"]

#: The period of a value and the document that states it.
Stamp = tuple[str, str]


def is_broken(indicator: str, region: str, old: Stamp, new: Stamp) -> bool:
    """Tell whether the series of a region was measured anew between two values.

    Examples
    --------
    >>> first, last = (f"nbs-rd-bulletin-{year}" for year in (2018, 2023))
    >>> (
    ...     is_broken("rd_intensity", "CN-TJ", ("2018", first), ("2023", last)),
    ...     is_broken("rd_intensity", "CN-TJ", ("2019", first), ("2019", first)),
    ... )
    (True, False)
    """
    return any(
        one.holds_for(region) and {one.is_anew(*old), one.is_anew(*new)} == {False, True}
        for one in known_breaks().get(indicator, ())
    )


def may_be_crossed(rows: pd.DataFrame, *, asked: bool) -> bool:
    """Tell whether lines may lead across breaks: if asked to, and where rows are not our own.

    The breaks that are known are those of the documents of the shipped data.
    """
    return asked or not rows["source"].isin(source_ids()).any()


def last_before(rows: pd.DataFrame, labels: list[str]) -> str:
    """Return the last of the periods after which none of the regions is measured anew, or none."""
    id_, codes = rows["indicator"].iloc[0], rows["region"].unique().tolist()
    by_key = rows.drop_duplicates(["region", "period"]).set_index(["region", "period"])["source"]
    sources = by_key.to_dict()

    def stamp(code: str, label: str) -> Stamp:
        return label, sources.get((code, label), "")

    broken = [
        one
        for one in labels[:-1]
        if any(is_broken(id_, code, stamp(code, one), stamp(code, labels[-1])) for code in codes)
    ]
    return broken[-1] if broken else ""
