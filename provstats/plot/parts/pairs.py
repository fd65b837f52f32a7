"""Pairs: what was in a first period and is in a last one, and the change between them."""

from __future__ import annotations

from math import floor, log10
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.analysis.parts.balance import FEWEST, find_balanced_periods
from provstats.analysis.parts.breaks import keep_since_last_break
from provstats.compare import rank, yoy
from provstats.engines.memory.changes import compute_change
from provstats.engines.memory.intervals import TOUCH, Interval
from provstats.errors import IncomparableError, format_first_rows
from provstats.plot.parts.selections import (
    collect_compared_rows,
    list_periods_of_one_length,
    require_one_indicator,
)
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.reading.changes import find_change_unit
from provstats.reading.periods import MONTHS_OF_YEAR, parse_period
from provstats.reading.units import DIFFERENCES
from provstats.store.regions import list_province_codes
from provstats.words.numbers import choose_scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.inputs import Comparable
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["Pairs", "Unused", "choose_change_scale", "compute_row_changes", "pair_periods"]

_BOUNDS: Final = ["value", "lower", "upper"]
_PREVIOUS: Final = ["previous", "previous_lower", "previous_upper"]
_CHANGE: Final = ["yoy", "yoy_lower", "yoy_upper"]


class Unused(NamedTuple):
    """The periods of an id that are not among those compared, by time."""

    #: Those before the series was last measured anew, and the provinces of which it was.
    old: Sequence[str] = ()
    anew: Sequence[str] = ()
    #: How many provinces have a value in each of the others, which would cost more than they give.
    sparse: Mapping[str, int] = MappingProxyType({})


class Pairs(NamedTuple):
    """What was before, what is now, and the change: three tables with one row a province."""

    before: pd.DataFrame
    now: pd.DataFrame
    change: pd.DataFrame
    #: The provinces left out because their series was measured anew in between.
    broken: list[str]
    #: The periods of an id that neither are compared nor lie between the two, and why.
    unused: Unused

    def sort_by(self, table: pd.DataFrame) -> Pairs:
        """Return the pairs by the values of one of the tables, the greatest first."""
        order = table["value"].sort_values(ascending=False, kind="stable").index
        before, now, change = (part.loc[order].reset_index(drop=True) for part in self[:3])
        return self._replace(before=before, now=now, change=change)


def pair_periods(
    x: Comparable, breaks: Breaks | None = None, *, across_breaks: bool = False
) -> Pairs:
    """Pair the last period with the first, a single one with the year before.

    Of an id the periods are those since the last break that leave the largest table without gaps.
    """
    rows, unused = require_one_indicator(collect_compared_rows(x, rank)), Unused()
    if isinstance(x, str):
        rows, unused = _choose_compared_rows(rows, breaks, across_breaks=across_breaks)
    periods = list_periods_of_one_length(rows)
    options = {"breaks": breaks, "across_breaks": across_breaks}
    if len(periods) == 1:
        now, before, change, broken = _pair_with_year_before(
            require_one_indicator(collect_compared_rows(x, yoy, **options))
        )
    else:
        first, last = (rows[rows["period"] == period] for period in (periods[0], periods[-1]))
        both = last[last["region"].isin(first["region"])]
        anew = SeriesBreaks.from_rows(rows, breaks, across_breaks=across_breaks)
        ends = periods[0], periods[-1]
        broken = [code for code in both["region"] if anew.has_break_between(code, *ends)]
        now = both[~both["region"].isin(broken)].set_index("region", drop=False)
        before = first.set_index("region", drop=False).reindex(now.index)
        change = compute_row_changes(now, before)
    change = now.assign(
        unit=change["yoy_unit"],
        **{end: change[column] for end, column in zip(_BOUNDS, _CHANGE, strict=True)},
    )
    kept = change.index[change["value"].notna()]
    if kept.empty:
        raise IncomparableError(_explain_no_pairs(rows, broken, periods))
    before, now, change = (
        table.loc[kept].reset_index(drop=True) for table in (before, now, change)
    )
    return Pairs(before, now, change, broken, unused)


def _choose_compared_rows(
    rows: pd.DataFrame, breaks: Breaks | None, *, across_breaks: bool
) -> tuple[pd.DataFrame, Unused]:
    """Return the rows of an id that are compared, and which periods are beyond them."""
    since = keep_since_last_break(rows, breaks, across_breaks=across_breaks)
    if since["period"].nunique() < FEWEST:  # whoever was measured anew is left out by name
        since = rows
    kept = since[since["period"].isin(find_balanced_periods(since))]
    beyond, held = _list_unused_periods(rows, kept), since["period"].value_counts()
    old = [label for label in beyond if label not in held]
    anew = SeriesBreaks.from_rows(
        rows, breaks, across_breaks=across_breaks
    ).list_remeasured_regions(old)
    return kept, Unused(old, anew, {label: int(held[label]) for label in beyond if label in held})


def _list_unused_periods(rows: pd.DataFrame, kept: pd.DataFrame) -> list[str]:
    """Return, by time, the periods of rows outside the span or length of those kept."""
    spans = {label: parse_period(label) for label in rows["period"].unique()}
    ends = [spans[label] for label in kept["period"].unique()]
    lengths = {span.months for span in ends}
    return [
        label
        for label in sorted(spans, key=spans.__getitem__)
        if spans[label].months not in lengths or not min(ends) <= spans[label] <= max(ends)
    ]


def _explain_no_pairs(rows: pd.DataFrame, broken: list[str], periods: list[str]) -> str:
    if not broken:
        return f"no province has two values to compare:{format_first_rows(rows)}"
    first = periods[0] if len(periods) > 1 else "the year before"
    return (
        f"{rows['indicator'].iloc[0]} of all {len(broken)} provinces was measured anew between "
        f"{first} and {periods[-1]} (ps.breaks() says why); choose periods on one side, or "
        "across_breaks=True"
    )


def _pair_with_year_before(
    changes: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, list[str]]:
    """Return the levels now and before, and the change, of provinces that have all.

    Those that were measured anew in between are named.
    """
    own = changes[changes["region"].isin(list_province_codes())]
    now = own[own["previous"].notna()]
    broken = own.loc[own["reason"] == "break", "region"].to_list() if "reason" in own else []
    earlier = {label: str(parse_period(label).previous_year) for label in now["period"].unique()}
    is_year = (now["months"] == MONTHS_OF_YEAR).all()
    periods = now["period"].map(earlier) if is_year else ""
    columns = (column if column in now else "previous" for column in _PREVIOUS)
    ends: dict[str, Any] = {end: now[column] for end, column in zip(_BOUNDS, columns, strict=True)}
    return now, now.assign(period=periods, **ends), now, broken


def choose_change_scale(change: pd.DataFrame, voice: Voice) -> Scale:
    """Choose the scale of changes, with the decimals that the narrowest interval leaves them."""
    widths = (change["upper"] - change["lower"]).loc[lambda width: width > TOUCH]
    digits = max(0, -floor(log10(widths.min()))) if len(widths) else 1
    digits = min(digits, 1) if change["unit"].iloc[0] == "percent" else digits
    return choose_scale(change, voice)._replace(digits=digits, signed=True)


def compute_row_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the change of checked rows from others, row by row, with ``yoy_unit``."""
    new, old = (
        Interval.from_ends(*rows[["value", "lower", "upper"]].to_numpy().T)
        for rows in (now, before)
    )
    rates = now["unit"].isin(DIFFERENCES).to_numpy()
    found = compute_change(new, old, np.zeros(len(now), np.int64), rates)
    ends = {name: column for (name,), column in found.amount.name_columns("yoy").items()}
    changed = pd.DataFrame({**ends, "previous": found.previous.value}, index=now.index)
    return changed.assign(yoy_unit=now["unit"].map(find_change_unit))
