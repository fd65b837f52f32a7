"""Spans: whether a table's months and quarters stand for themselves or for all since January."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from provstats.errors import PeriodError
from provstats.tables.units import is_rate_name

if TYPE_CHECKING:
    import pandas as pd

    from provstats.tables.labels import Label

__all__ = ["infer_cumulative_flags"]

_CUMULATIVE: Final = re.compile("累计|year[- ]to[- ]date|ytd|accumulated|cumulative", re.IGNORECASE)
_SINGLE: Final = re.compile(
    "当[月期季]|本[月季]|同比|环比|同月|[月期]末|存量|保有量|余额|人口|失业率|PMI|指数"
    "|monthly|of the month|index|population|stock|unemployment", re.IGNORECASE
)  # fmt: skip
#: A series since January rises in nearly every month and falls in nearly every January.
_NEARLY_ALL: Final = 0.97
_MOST: Final = 0.9


def infer_cumulative_flags(
    cells: pd.DataFrame, labels: list[Label], *, said: bool | None
) -> dict[str, bool]:
    """Return for each indicator whether its months and quarters begin in January.

    `cells` have ``region``, ``indicator``, ``period`` (a place in `labels`), ``value`` and
    ``unit``. If neither the caller, a name nor the data tell, an error asks.
    """
    is_open = np.array([label.is_open for label in labels])[cells["period"].to_numpy()]
    found: dict[str, bool] = {}
    for indicator, rows in cells[is_open].groupby("indicator", sort=False):
        doubtful = [
            labels[place] for place in rows["period"].unique() if _is_doubtful(labels[place])
        ]
        if not doubtful:
            continue
        answer = said if said is not None else _infer_from_name(str(indicator), rows)
        answer = False if answer is None and _has_both(cells, indicator, labels) else answer
        answer = _infer_from_data(rows, labels) if answer is None else answer
        if answer is None:
            raise PeriodError(_explain_ambiguous_period(str(indicator), doubtful[0]))
        found[str(indicator)] = answer
    return found


def _has_both(cells: pd.DataFrame, indicator: object, labels: list[Label]) -> bool:
    """Tell whether a table has a month beside all months up to it: then it stands for itself."""
    places = cells.loc[cells["indicator"] == indicator, "period"].unique()
    spans = {labels[place].period for place in places if not labels[place].is_open}
    return any(labels[place].is_open and labels[place].whole in spans for place in places)


def _is_doubtful(label: Label) -> bool:
    return label.period != label.whole


def _infer_from_name(indicator: str, rows: pd.DataFrame) -> bool | None:
    units = "".join(map(str, rows["unit"].unique()))
    if _CUMULATIVE.search(indicator):
        return True
    if _SINGLE.search(indicator) or "=100" in units:
        return False
    is_growth = re.search("增长|增速|growth", indicator, re.IGNORECASE)
    return False if ("percent" in units or is_rate_name(indicator)) and not is_growth else None


def _infer_from_data(rows: pd.DataFrame, labels: list[Label]) -> bool | None:
    """Return whether levels look cumulative: these rise within a year and fall in January."""
    if rows["unit"].isin(["percent", "percentage_point"]).any():
        return None
    ends = [labels[place].period.end for place in rows["period"]]
    series = rows.assign(end=ends, year=[end.year for end in ends]).sort_values(["region", "end"])
    before = series.shift()
    same_region = series["region"] == before["region"]
    same_year = series["year"] == before["year"]
    within = (series["value"] >= before["value"])[same_region & same_year]
    into = (series["value"] < before["value"])[same_region & ~same_year]
    if len(within) and within.mean() < _MOST:
        return False
    if not len(into) or not len(within):
        return None
    if within.mean() >= _NEARLY_ALL and into.mean() >= _MOST:
        return True
    return False if into.mean() < 1 - _MOST else None


def _explain_ambiguous_period(indicator: str, label: Label) -> str:
    return (
        f"the periods of {indicator!r} can be read in two ways: a label such as that of "
        f"{label.period} may mean {label.period} alone (cumulative=False) or {label.whole}, all "
        f"since January (cumulative=True); neither the name nor the values tell which"
    )
