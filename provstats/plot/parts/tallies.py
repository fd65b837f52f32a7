"""Tallies: how much is reported of what, by rows and columns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.engines.memory.inputs import prepare_frame, resolve_rows_and_context
from provstats.errors import IncomparableError, format_first_rows
from provstats.indicators import indicator
from provstats.reading.periods import parse_period
from provstats.store.observations import load
from provstats.store.regions import list_mainland_codes, list_province_codes, load_regions

if TYPE_CHECKING:
    import pandas as pd

    from provstats.engines.memory.inputs import Comparable

__all__ = ["Tally", "build_tally", "collect_province_rows"]

# How many indicators have room in one chart.
_MOST: Final = 16


class Tally(NamedTuple):
    """What is in the rows and in the columns, and what is reported of both."""

    down: str
    across: str
    rows: list[str]
    columns: list[str]
    #: The numbers of outcomes, and of forecasts and targets, by row and column.
    outcomes: dict[tuple[str, str], int]
    plans: dict[tuple[str, str], int]
    #: How many rows are left out because all columns of theirs are reported.
    full: int = 0

    def count_reported_cells(self) -> tuple[list[int], list[int]]:
        """Return how many cells of each row, and of each column, are reported."""
        by_row = Counter(row for row, _ in self.outcomes)
        by_column = Counter(column for _, column in self.outcomes)
        return [by_row[row] for row in self.rows], [by_column[column] for column in self.columns]


def collect_province_rows(x: Comparable | None) -> pd.DataFrame:
    """Return the checked rows of provinces that have a value, of every nature."""
    data = load(nature=None)
    if x is None:
        frame = data[~data["indicator"].str.contains("_(?:gap|rank)$")]
    elif isinstance(x, str):
        frame = data[data["indicator"] == indicator(x).id]
    else:
        frame = resolve_rows_and_context(x)[0]
    checked = prepare_frame(frame)
    kept = checked["region"].isin(list_province_codes()) & checked["value"].notna()
    if not kept.any():
        msg = f"no province has a value:{format_first_rows(checked)}"
        raise IncomparableError(msg)
    return checked.assign(source=frame.get("source", ""))[kept]


def build_tally(rows: pd.DataFrame) -> Tally:
    """Count provinces by periods for one indicator, indicators by provinces for several."""
    return (
        _build_tally_by_period if len(rows["indicator"].unique()) == 1 else _build_tally_by_region
    )(rows)


def _build_tally_by_period(rows: pd.DataFrame) -> Tally:
    periods = sorted(rows["period"].unique(), key=lambda label: parse_period(label).end)
    return Tally(
        "region",
        "period",
        _list_regions(rows),
        periods,
        *_count_outcomes_and_plans(rows, "region", "period"),
    )


def _build_tally_by_region(rows: pd.DataFrame) -> Tally:
    """Put first the indicators that most provinces report, and the provinces that report most.

    Where all that have room would be reported by all, these are counted and the others shown.
    """
    ids = rows["indicator"].unique().tolist()
    grid = Tally(
        "indicator",
        "region",
        ids,
        _list_regions(rows),
        *_count_outcomes_and_plans(rows, "indicator", "region"),
    )
    sizes = dict(zip(ids, grid.count_reported_cells()[0], strict=True))
    full = [id_ for id_ in ids if sizes[id_] == len(grid.columns)]
    if full == ids or len(full) < _MOST:
        full = []
    first = sorted((id_ for id_ in ids if id_ not in full), key=lambda id_: -sizes[id_])[:_MOST]
    outcomes, plans = (
        {cell: number for cell, number in numbers.items() if cell[0] in first}
        for numbers in (grid.outcomes, grid.plans)
    )
    grid = grid._replace(rows=first, outcomes=outcomes, plans=plans, full=len(full))
    sizes = dict(zip(grid.columns, grid.count_reported_cells()[1], strict=True))
    return grid._replace(columns=sorted(grid.columns, key=lambda code: -sizes[code]))


def _list_regions(rows: pd.DataFrame) -> list[str]:
    known = list_mainland_codes() | set(rows["region"].unique())
    return [code for code in load_regions() if code in known]


def _count_outcomes_and_plans(
    rows: pd.DataFrame, down: str, across: str
) -> tuple[dict[Any, int], dict[Any, int]]:
    """Count outcomes, and other figures, of each row and column."""
    is_outcome = rows["nature"] == "outcome"
    outcomes, plans = (
        rows[kept].groupby([down, across]).size().to_dict() for kept in (is_outcome, ~is_outcome)
    )
    return outcomes, plans
