"""Standings: where provinces are against the nation or the middle, as far as intervals allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.meanings import are_added, directions_of
from provstats.analysis.parts.national import national_values
from provstats.analysis.scorecard import standing_of
from provstats.compare import rank
from provstats.engines.memory.inputs import rows_of
from provstats.engines.memory.intervals import TOUCH
from provstats.errors import IncomparableError
from provstats.indicators import linked_id
from provstats.plot.parts.selections import compared
from provstats.store.keys import GROUP, KEY
from provstats.store.observations import load
from provstats.store.regions import provinces

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.memory.inputs import Comparable

__all__ = ["standings"]

_NATIONAL: Final = ["national", "national_lower", "national_upper"]
_RANKS: Final = ["rank", "rank_best", "rank_worst"]
# How many columns an error shows.
_SHOWN: Final = 3
# A grade is a part of so many.
_FIFTH: Final = 5


def standings(
    x: Comparable | None, shipped: Callable[[], pd.DataFrame], most: float = np.inf
) -> pd.DataFrame:
    """Rank provinces, and add the nation's value and the standing and the grade of each.

    A standing is ``better`` or ``worse`` than the nation where the intervals do not meet, ``above``
    or ``below`` where neither is better, ``similar`` where they meet, and empty where the nation is
    unknown or the sum of the provinces. A grade is the same, but ``best`` and ``worst`` for those
    that are certainly in the first or last fifth. Without ``x`` what `shipped` returns is taken,
    and the nation is looked for in all shipped data. A frame that has ranks or the nation's values,
    as `scorecard` gives it, keeps them. More indicators and periods than `most` are refused before
    anything is compared.
    """
    given = shipped() if x is None else x
    own, around = rows_of(given)
    _refuse_many(own, most)
    rows = compared(given, rank)
    if x is None:
        around = pd.concat([around, load(nature=None)]).drop_duplicates(KEY)
    order = rows.groupby(GROUP, sort=False).ngroup().sort_values(kind="stable").index
    return _judged(rows.loc[order].reset_index(drop=True), around)


def _refuse_many(rows: pd.DataFrame, most: float) -> None:
    if not {*GROUP, "region", "value"} <= {*rows.columns}:  # the comparison says what is missing
        return
    groups = rows[GROUP].drop_duplicates()
    if len(groups) > most:
        kept = rows[rows["region"].isin(provinces()) & rows["value"].notna()]
        groups = kept[GROUP].drop_duplicates()
    if len(groups) > most:
        first = ", ".join(" ".join(map(str, group)) for group in groups.to_numpy()[:_SHOWN])
        msg = (
            f"this chart has at most {most} columns, got {len(groups)} indicators and periods "
            f"({first} ...); choose some of them"
        )
        raise IncomparableError(msg)


def _judged(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(**rows[_RANKS].fillna(1))  # who is alone is first
    known = _with_nation(rows, around)
    known = known.assign(direction=directions_of(known))
    standing = standing_of(known).fillna("")
    is_first = known["rank_worst"] * _FIFTH <= known["n"]
    is_last = (known["n"] + 1 - known["rank_best"]) * _FIFTH <= known["n"]
    grade = standing.mask((standing == "better") & is_first, "best")
    grade = grade.mask((standing == "worse") & is_last, "worst")
    return known.assign(standing=standing, grade=grade)


def _with_nation(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Add the nation's values, missing if unknown, contradicted or the sum of the provinces."""
    if not {*_NATIONAL} <= {*rows}:
        rows = rows.join(_nation_of(rows, around))
    is_known = (rows["national_lower"] <= rows["national_upper"] + TOUCH) & ~are_added(rows)
    source = rows.get("national_source", pd.Series("", rows.index)).where(is_known)
    national = rows[_NATIONAL].where(is_known)
    return rows.assign(**national, national_source=source.fillna(""))


def _nation_of(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return what is told of the nation's values."""
    ids = rows["indicator"].unique()
    telling = {linked_id(id_, end) for id_ in ids for end in ("gap", "share")}.union(ids)
    return national_values(rows, around[around["indicator"].isin(telling)])
