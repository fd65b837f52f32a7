"""Vintages: what all documents state, each with the day on which it was published."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from provstats.engines.memory.checks import encode_words
from provstats.engines.memory.inputs import prepare_rows_by_position
from provstats.errors import IncomparableError, SchemaError, format_first_rows
from provstats.indicators import IndicatorSeries, indicator
from provstats.store.keys import FACT
from provstats.store.observations import load
from provstats.store.sources import find_last_day, load_publication_dates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.engines.memory.inputs import Comparable

__all__ = ["collect_statements", "find_first_and_last"]

# What a caller's frame says of its indicators.
_TOLD = ("direction",)
# Joins the universe of a row and its document; no such text contains it.
_JOINT = "\ue000"


def collect_statements(x: Comparable | None) -> pd.DataFrame:
    """Return the checked rows of all documents that are asked about, and the day of each."""
    frame = _select_all_vintages(x)
    if isinstance(frame, pd.DataFrame) and "source" not in frame and len(frame):
        msg = f"column 'source' is missing, the document of each row; the frame has {list(frame)}"
        raise SchemaError(msg)
    if not isinstance(frame, pd.DataFrame) or not len(frame):
        prepare_rows_by_position(frame)
    rows = _check_all_vintages(frame)
    rows["vintage"] = _find_publication_days(frame)
    return rows[rows["value"].notna()].reset_index(drop=True)


def find_first_and_last(x: Comparable) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the first and the last statement of each fact; the same rows for one vintage."""
    if not isinstance(x, pd.DataFrame | str | IndicatorSeries) or (
        isinstance(x, pd.DataFrame) and not x.duplicated(_list_present_columns(FACT, x)).any()
    ):
        return (rows := _check_one_vintage(x)), rows
    if isinstance(x, IndicatorSeries) and x.vintage not in {"latest", None}:
        return (rows := _check_one_vintage(x.data)), rows
    rows = collect_statements(x).sort_values("vintage", kind="stable")
    first, last = (rows.drop_duplicates(FACT, keep=end) for end in ("first", "last"))
    return first.sort_index(), last.sort_index()


def _list_present_columns(columns: Iterable[str], frame: pd.DataFrame) -> list[str]:
    return [column for column in columns if column in frame]


def _check_one_vintage(frame: pd.DataFrame) -> pd.DataFrame:
    """Check rows, and keep the columns in which a caller describes them."""
    rows = prepare_rows_by_position(frame)
    told = {
        column: frame[column].to_numpy()
        for column in _list_present_columns(("source", *_TOLD), frame)
    }
    return rows.assign(**told)


def _select_all_vintages(x: Comparable | None) -> pd.DataFrame:
    """Return the rows of all vintages: of an indicator, of a series, or the caller's own."""
    if isinstance(x, pd.DataFrame) or not (x is None or isinstance(x, str | IndicatorSeries)):
        return x
    shipped = load(nature=None, vintage=None)
    if x is None:
        return shipped
    id_ = x.indicator.id if isinstance(x, IndicatorSeries) else indicator(x).id
    rows = shipped[shipped["indicator"] == id_]
    if isinstance(x, IndicatorSeries):
        rows = rows[rows["period"].isin(x.periods) & rows["region"].isin(x.regions)]
    if rows.empty:
        msg = f"the data hold no row of {id_!r}; ps.catalog() has what there is"
        raise IncomparableError(msg)
    return rows


def _check_all_vintages(frame: pd.DataFrame) -> pd.DataFrame:
    """Check rows in which several documents may state the same fact."""
    code, source = pd.factorize(frame["source"], use_na_sentinel=False)
    is_text = np.array([isinstance(text, str) and text != "" for text in source])
    if not is_text.all():
        wrong = frame[~is_text[code]]
        msg = f"column 'source' must hold texts:{format_first_rows(wrong, column='source')}"
        raise SchemaError(msg)
    whom, among = encode_words(frame, "among")
    pair, place = np.unique(whom.astype(np.int64) * len(source) + code, return_inverse=True)
    among, source = (
        np.array([*words], object)[at]
        for words, at in ((among, pair // len(source)), (source, pair % len(source)))
    )
    joint = pd.Categorical.from_codes(place, among + _JOINT + source)
    told = {column: frame[column].to_numpy() for column in _list_present_columns(_TOLD, frame)}
    rows = prepare_rows_by_position(frame.assign(among=joint))
    return rows.assign(among=among[place], source=source[place], **told)


def _find_publication_days(frame: pd.DataFrame) -> list[str]:
    """Return the day on which the document of each row was published."""
    known = {id_: find_last_day(text) for id_, text in load_publication_dates().items()}
    if "vintage" in frame:
        place, given = pd.factorize(frame["vintage"], use_na_sentinel=False)
        return [*np.array([_complete_day(str(day)) for day in given], object)[place]]
    days = frame["source"].map(known)
    if days.isna().any():
        shown = format_first_rows(frame[days.isna()], column="source")
        msg = (
            "column 'vintage' is missing, the day on which a document was published; it is known "
            f"of those of ps.sources() alone:{shown}"
        )
        raise SchemaError(msg)
    return [*days]


@cache
def _complete_day(given: str) -> str:
    """Return a day as a text; of a month or a year the last one."""
    try:
        return find_last_day(given[: len("2024-10-02")])
    except ValueError as error:
        msg = f"column 'vintage' must hold days, such as 2024-10-02, got {given!r}"
        raise SchemaError(msg) from error
