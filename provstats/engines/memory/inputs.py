"""Inputs: what may be compared, an id, a series, a frame of rows or a panel of one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from provstats.engines.memory.frames import is_foreign
from provstats.engines.memory.panel import Panel
from provstats.engines.recognise import find_engine
from provstats.errors import IncomparableError, SchemaError
from provstats.indicators import TELLING, IndicatorSeries, add_suffix, indicator, make_average_id
from provstats.store.keys import FACT
from provstats.store.observations import load

if TYPE_CHECKING:
    from provstats.engines.memory.arrays import Ints
    from provstats.engines.memory.frames import HasColumns

    Comparable = str | IndicatorSeries | pd.DataFrame

__all__ = [
    "make_panel",
    "make_panel_with_context",
    "mark_outcome_periods",
    "prepare_frame",
    "prepare_rows_by_position",
    "resolve_rows_and_context",
]


def resolve_rows_and_context(
    x: Comparable | Panel | HasColumns,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows to compare, and all rows that may serve as benchmark or base.

    A shipped indicator finds these in the shipped data, a frame only in itself.
    """
    rows = _resolve_rows(x)
    if isinstance(x, str):
        return rows, load(nature=None)
    return rows, _load_context(x) if isinstance(x, IndicatorSeries) else rows


def _resolve_rows(x: Comparable | Panel | HasColumns) -> pd.DataFrame:
    """Return the rows to compare."""
    if engine := find_engine(x):
        msg = (
            "rank, gap_to_national, share_of_national and yoy alone take a lazy frame; "
            f"collect that of {engine}"
        )
        raise NotImplementedError(msg)
    if isinstance(x, str):
        places, asked = _find_shipped_rows(indicator(x).id)
        return _require_rows(load(nature=None).iloc[places[:asked]], x).reset_index(drop=True)
    if isinstance(x, IndicatorSeries):
        if x.vintage is None:
            msg = "a series of all vintages cannot be compared; choose one, such as vintage='first'"
            raise IncomparableError(msg)
        return _require_rows(x.data, x.indicator.id)
    if not isinstance(x, pd.DataFrame):
        hint = "; .to_pandas() gives one" if is_foreign(x) else ""
        msg = f"an IndicatorSeries, an indicator id or a DataFrame is needed, got {type(x)}{hint}"
        raise SchemaError(msg)
    return x


def _load_context(x: IndicatorSeries) -> pd.DataFrame:
    """Return the rows of a series, and after them the others of its vintage."""
    return pd.concat([x.data, load(nature=None, vintage=x.vintage)]).drop_duplicates(FACT)


def _require_rows(rows: pd.DataFrame, id_: str) -> pd.DataFrame:
    if rows.empty:
        msg = (
            f"no region reports {id_!r} for what was asked; ps.load(nature=None) has what there is"
        )
        raise IncomparableError(msg)
    return rows


def mark_outcome_periods(rows: pd.DataFrame) -> pd.Series:
    """Mark the rows of periods that have an outcome; all rows, if none has."""
    periods = rows.loc[rows["nature"] == "outcome", "period"]
    return rows["period"].isin(periods) | periods.empty


def make_panel(x: Comparable | Panel | HasColumns) -> Panel:
    """Return the rows to compare, checked and prepared; a panel is taken as it is."""
    if isinstance(x, Panel):
        return x
    return Panel(x if is_foreign(x) else _resolve_rows(x))


def make_panel_with_context(x: Comparable | Panel | HasColumns) -> Panel:
    """Return the rows to compare beside those that may serve as benchmark or base."""
    if isinstance(x, str):
        places, asked = _find_shipped_rows(indicator(x).id)
        rows = load(nature=None).iloc[places if asked else []]
        rows = _require_rows(rows, x).reset_index(drop=True)
        return Panel.from_first_rows(rows, asked, _load_vintages(indicator(x).id))
    if not isinstance(x, IndicatorSeries):
        return make_panel(x)
    rows, id_ = _resolve_rows(x), x.indicator.id
    return Panel.from_rows_and_context(
        rows, _load_related_rows(id_, x.vintage), _load_vintages(id_)
    )


def _list_related_ids(id_: str) -> list[str]:
    """Return the id, and the ids of what is stated about it."""
    return [id_, make_average_id(id_), *(add_suffix(id_, suffix) for suffix in TELLING)]


@cache
def _load_related_rows(id_: str, vintage: str | None) -> pd.DataFrame:
    """Return the shipped rows of a vintage that tell of an indicator."""
    shipped = load(nature=None, vintage=vintage)
    return shipped[shipped["indicator"].isin(_list_related_ids(id_))]


@cache
def _load_vintages(id_: str) -> pd.DataFrame:
    """Return what all documents state of an indicator."""
    data = load(nature=None, vintage=None)
    return data[data["indicator"] == id_]


@cache
def _find_shipped_rows(id_: str) -> tuple[Ints, int]:
    """Return the places of the shipped rows that tell of an indicator, and how many are its own."""
    data = load(nature=None)
    own = np.flatnonzero(data["indicator"] == id_)
    own = own[mark_outcome_periods(data.iloc[own])]
    near = np.flatnonzero(data["indicator"].isin(_list_related_ids(id_)))
    return np.append(own, np.setdiff1d(near, own)), len(own)


# --- frames ---------------------------------------------------------------------------------------


def prepare_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Check a caller's tidy frame and complete what comparing needs.

    Bounds default to the value, nature to ``outcome``, unit to that of the catalogue or ``""``;
    period labels are the canonical ones. ``among`` stays where it is given.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {"region": ["CN-BJ"], "indicator": ["jobs"], "period": [2024], "value": [3]}
    ... )
    >>> print(prepare_frame(frame).to_string(index=False))
    region indicator period  nature unit  value  lower  upper
     CN-BJ      jobs   2024 outcome         3.0    3.0    3.0
    """
    return Panel(frame).complete_rows()


def prepare_rows_by_position(frame: pd.DataFrame) -> pd.DataFrame:
    """Check a frame; its rows are known by their position from here on."""
    return prepare_frame(frame).reset_index(drop=True)
