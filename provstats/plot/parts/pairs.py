"""Pairs: what was in a first period and is in a last one, and the change between them."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.analysis.parts.balance import periods_in_balance
from provstats.compare import rank, yoy
from provstats.engines.memory.changes import change_from
from provstats.engines.memory.intervals import TOUCH, Interval
from provstats.errors import IncomparableError, first_rows
from provstats.plot.parts.selections import compared, one_indicator, periods_of_one_kind
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.reading.changes import unit_of_change
from provstats.reading.periods import parse_period
from provstats.reading.units import DIFFERENCES
from provstats.store.regions import provinces
from provstats.words.numbers import scale_of

if TYPE_CHECKING:
    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.inputs import Comparable
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["Pairs", "change_between", "change_scale", "paired"]

_BOUNDS: Final = ["value", "lower", "upper"]
_PREVIOUS: Final = ["previous", "previous_lower", "previous_upper"]
_CHANGE: Final = ["yoy", "yoy_lower", "yoy_upper"]
_YEAR: Final = 12


class Pairs(NamedTuple):
    """What was before, what is now, and the change: three tables with one row a province."""

    before: pd.DataFrame
    now: pd.DataFrame
    change: pd.DataFrame
    #: The provinces left out because their series was measured anew in between.
    broken: list[str]

    def sorted_by(self, table: pd.DataFrame) -> Pairs:
        """Return the pairs by the values of one of the tables, the greatest first."""
        order = table["value"].sort_values(ascending=False, kind="stable").index
        before, now, change = (of.loc[order].reset_index(drop=True) for of in self[:3])
        return Pairs(before, now, change, self.broken)


def paired(x: Comparable, breaks: Breaks | None = None, *, across_breaks: bool = False) -> Pairs:
    """Pair the last period with the first, a single one with the year before.

    Of an id the periods are those that leave the largest table without gaps.
    """
    rows = one_indicator(compared(x, rank))
    if isinstance(x, str):
        rows = rows[rows["period"].isin(periods_in_balance(rows))]
    periods = periods_of_one_kind(rows)
    options = {"breaks": breaks, "across_breaks": across_breaks}
    if len(periods) == 1:
        now, before, change, broken = _over_year(one_indicator(compared(x, yoy, **options)))
    else:
        first, last = (rows[rows["period"] == period] for period in (periods[0], periods[-1]))
        both = last[last["region"].isin(first["region"])]
        anew = SeriesBreaks.of(rows, breaks, across_breaks=across_breaks)
        ends = periods[0], periods[-1]
        broken = [code for code in both["region"] if anew.lie_between(code, *ends)]
        now = both[~both["region"].isin(broken)].set_index("region", drop=False)
        before = first.set_index("region", drop=False).reindex(now.index)
        change = change_between(now, before)
    change = now.assign(
        unit=change["yoy_unit"],
        **{end: change[column] for end, column in zip(_BOUNDS, _CHANGE, strict=True)},
    )
    kept = change.index[change["value"].notna()]
    if kept.empty:
        raise IncomparableError(_nothing(rows, broken, periods))
    before, now, change = (
        table.loc[kept].reset_index(drop=True) for table in (before, now, change)
    )
    return Pairs(before, now, change, broken)


def _nothing(rows: pd.DataFrame, broken: list[str], periods: list[str]) -> str:
    if not broken:
        return f"no province has two values to compare:{first_rows(rows)}"
    first = periods[0] if len(periods) > 1 else "the year before"
    return (
        f"{rows['indicator'].iloc[0]} of all {len(broken)} provinces was measured anew between "
        f"{first} and {periods[-1]} (ps.breaks() says why); choose periods on one side, or "
        "across_breaks=True"
    )


def _over_year(
    changes: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, list[str]]:
    """Return the levels now and before, and the change, of provinces that have all.

    Those that were measured anew in between are named.
    """
    own = changes[changes["region"].isin(provinces())]
    now = own[own["previous"].notna()]
    broken = own.loc[own["reason"] == "break", "region"].to_list() if "reason" in own else []
    earlier = {label: str(parse_period(label).previous_year) for label in now["period"].unique()}
    is_year = (now["months"] == _YEAR).all()
    periods = now["period"].map(earlier) if is_year else ""
    columns = (column if column in now else "previous" for column in _PREVIOUS)
    ends: dict[str, Any] = {end: now[column] for end, column in zip(_BOUNDS, columns, strict=True)}
    return now, now.assign(period=periods, **ends), now, broken


def change_scale(change: pd.DataFrame, voice: Voice) -> Scale:
    """Print changes with the digits that the narrowest interval leaves them."""
    widths = (change["upper"] - change["lower"]).loc[lambda width: width > TOUCH]
    digits = max(0, -floor(log10(widths.min()))) if len(widths) else 1
    digits = min(digits, 1) if change["unit"].iloc[0] == "percent" else digits
    return scale_of(change, voice)._replace(digits=digits, signed=True)


def change_between(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the change of checked rows from others, row by row, with ``yoy_unit``."""
    new, old = (
        Interval.of(*rows[["value", "lower", "upper"]].to_numpy().T) for rows in (now, before)
    )
    rates = now["unit"].isin(DIFFERENCES).to_numpy()
    found = change_from(new, old, np.zeros(len(now), np.int64), rates)
    ends = {name: column for (name,), column in found.amount.columns("yoy").items()}
    changed = pd.DataFrame({**ends, "previous": found.previous.value}, index=now.index)
    return changed.assign(yoy_unit=now["unit"].map(unit_of_change))
