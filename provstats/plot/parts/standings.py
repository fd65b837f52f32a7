"""Standings: where provinces are against the nation or the middle, as far as intervals allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.meanings import are_additive, find_directions
from provstats.analysis.parts.national import build_national_columns
from provstats.analysis.scorecard import find_standings
from provstats.compare import rank
from provstats.engines.memory.inputs import resolve_rows_and_context
from provstats.engines.memory.intervals import TOUCH
from provstats.errors import IncomparableError
from provstats.indicators import make_linked_id
from provstats.plot.parts.selections import collect_compared_rows
from provstats.store.keys import GROUP, KEY
from provstats.store.observations import load
from provstats.store.regions import list_province_codes

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.memory.inputs import Comparable

__all__ = ["build_standings"]

_NATIONAL: Final = ["national", "national_lower", "national_upper"]
_RANKS: Final = ["rank", "rank_best", "rank_worst"]
# How many columns an error shows.
_SHOWN: Final = 3
# A grade is a part of so many.
_FIFTH: Final = 5


def build_standings(
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
    own, around = resolve_rows_and_context(given)
    _refuse_many_columns(own, most)
    rows = collect_compared_rows(given, rank)
    if x is None:
        around = pd.concat([around, load(nature=None)]).drop_duplicates(KEY)
    order = rows.groupby(GROUP, sort=False).ngroup().sort_values(kind="stable").index
    return _add_standings_and_grades(rows.loc[order].reset_index(drop=True), around)


def _refuse_many_columns(rows: pd.DataFrame, most: float) -> None:
    if not {*GROUP, "region", "value"} <= {*rows.columns}:  # the comparison says what is missing
        return
    groups = rows[GROUP].drop_duplicates()
    if len(groups) > most:
        kept = rows[rows["region"].isin(list_province_codes()) & rows["value"].notna()]
        groups = kept[GROUP].drop_duplicates()
    if len(groups) > most:
        first = ", ".join(" ".join(map(str, group)) for group in groups.to_numpy()[:_SHOWN])
        msg = (
            f"this chart has at most {most} columns, got {len(groups)} indicators and periods "
            f"({first} ...); choose some of them"
        )
        raise IncomparableError(msg)


def _add_standings_and_grades(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(**rows[_RANKS].fillna(1))  # who is alone is first
    known = _add_national_values(rows, around)
    known = known.assign(direction=find_directions(known))
    standing = find_standings(known).fillna("")
    is_first = known["rank_worst"] * _FIFTH <= known["n"]
    is_last = (known["n"] + 1 - known["rank_best"]) * _FIFTH <= known["n"]
    grade = standing.mask((standing == "better") & is_first, "best")
    grade = grade.mask((standing == "worse") & is_last, "worst")
    return known.assign(standing=standing, grade=grade)


def _add_national_values(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Add the nation's values, missing if unknown, contradicted or the sum of the provinces."""
    if not {*_NATIONAL} <= {*rows}:
        rows = rows.join(_collect_national_values(rows, around))
    is_known = (rows["national_lower"] <= rows["national_upper"] + TOUCH) & ~are_additive(rows)
    source = rows.get("national_source", pd.Series("", rows.index)).where(is_known)
    national = rows[_NATIONAL].where(is_known)
    return rows.assign(**national, national_source=source.fillna(""))


def _collect_national_values(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the nation's values that the rows around state or imply."""
    ids = rows["indicator"].unique()
    telling = {make_linked_id(id_, end) for id_ in ids for end in ("gap", "share")}.union(ids)
    return build_national_columns(rows, around[around["indicator"].isin(telling)])
