"""Columns: what a caller's frame must hold, each label judged once instead of each row."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from math import inf, nan
from numbers import Real
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from provstats.engines.memory.codes import (
    Codes,
    encode_column,
    encode_period_column,
    format_period,
)
from provstats.engines.memory.frames import is_foreign
from provstats.engines.memory.intervals import Interval
from provstats.engines.memory.threads import build_column, map_blocks
from provstats.engines.recognise import find_engine
from provstats.errors import (
    PeriodError,
    SchemaError,
    UnknownRegionError,
    format_first_rows,
    suggest_nearest,
)
from provstats.indicators import look_up_indicator
from provstats.reading.periods import parse_period
from provstats.reading.units import normalize_unit
from provstats.store.groups import load_regions_and_groups
from provstats.store.keys import NATURES
from provstats.store.regions import NATION, load_regions

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from provstats.engines.memory.arrays import Bools, Floats, Ints


__all__ = [
    "encode_allowed_words", "encode_natures", "encode_periods", "encode_texts", "encode_units",
    "encode_words", "read_intervals", "read_own_regions", "refuse_columns", "refuse_doubled",
    "refuse_no_frame", "refuse_odd_cells", "refuse_unknown_regions",
]  # fmt: skip


# Columns of texts that may be missing.
_WORDS: Final = ("unit", "nature", "among", "source", "qualifier", "printed")


def refuse_no_frame(x: object) -> None:
    """Refuse what is no frame in memory of pandas, polars or Arrow."""
    if isinstance(x, pd.DataFrame):
        return
    if engine := find_engine(x):
        msg = f"a panel is of rows in memory; collect those of {engine}, or compare the lazy frame"
        raise NotImplementedError(msg)
    if not is_foreign(x):
        msg = f"an IndicatorSeries, an indicator id or a DataFrame is needed, got {type(x)}"
        raise SchemaError(msg)


def refuse_columns(names: Sequence[object], length: int) -> None:
    """Refuse a frame that lacks a column, has one twice, or has no rows."""
    missing = [c for c in ("region", "indicator", "period", "value") if c not in names]
    if missing:
        hints = "".join(suggest_nearest(c, [str(name) for name in names]) for c in missing)
        msg = f"column(s) {missing} are missing; the frame has {list(names)}{hints}"
        raise SchemaError(msg)
    if not length:
        msg = "the frame has no rows; nothing can be compared"
        raise SchemaError(msg)
    refuse_doubled(names)


def refuse_odd_cells(frame: pd.DataFrame, words: Iterable[str] = _WORDS) -> None:
    """Refuse cells of the usual columns, where there are any, that are not of their kind."""
    if not len(frame):
        return
    refuse_doubled([*frame.columns])
    for column in ("region", "indicator"):
        if column in frame:
            encode_texts(frame, column)
    if "period" in frame:
        encode_periods(frame)
    for column in words:
        encode_words(frame, column)
    for column in ("value", "lower", "upper"):
        if column in frame:
            _read_numbers(frame, column)


def refuse_doubled(names: Sequence[object]) -> None:
    """Refuse a frame that has a column twice."""
    if len(set(names)) < len(names):
        msg = f"each column may stand once; the frame has {list(names)}"
        raise SchemaError(msg)


def read_own_regions(codes: Collection[str]) -> frozenset[str]:
    """Return the codes of the regions that a caller compares; the nation is none of them."""
    is_collection = isinstance(codes, Collection) and not isinstance(codes, str)
    are_codes = is_collection and all(isinstance(code, str) for code in codes)
    own = frozenset(codes if are_codes else ()) - {NATION}
    if not own:
        msg = f"regions must be a collection of the codes of some regions, got {codes!r:.60}"
        raise SchemaError(msg)
    return own


# --- keys ---------------------------------------------------------------------------------------


def _find_wrong_rows(
    column: Codes, is_right: Iterable[bool], *, is_needed: bool = True
) -> Bools | None:
    """Return the rows whose label is not right, or that have none; None if there are none."""
    wrong = np.array([*(not right for right in is_right), is_needed])
    if not wrong[:-1].any() and (not is_needed or column.codes.min() >= 0):
        return None
    rows = build_column(lambda block: wrong[column.codes[block]], len(column.codes))
    return rows if rows.any() else None


def encode_texts(frame: pd.DataFrame, column: str) -> Codes:
    """Return the codes of a column in which each row must have a text."""
    found = encode_column(frame[column])
    is_right = [isinstance(label, str) for label in found.labels]
    if (wrong := _find_wrong_rows(found, is_right)) is None:
        return found if all(is_right) else found.drop_unused()
    rows = frame[wrong]
    msg = (
        f"column {column!r} must hold texts, got {rows[column].iloc[0]!r}:{format_first_rows(rows)}"
    )
    raise (UnknownRegionError if column == "region" else SchemaError)(msg)


def refuse_unknown_regions(frame: pd.DataFrame, found: Codes, own: Container[str]) -> None:
    """Refuse codes that neither the registry knows nor the caller."""
    is_known = (label in load_regions_and_groups() or label in own for label in found.labels)
    if (wrong := _find_wrong_rows(found, is_known)) is None:
        return
    rows = frame[wrong]
    hint = suggest_nearest(str(rows["region"].iloc[0]), list(load_regions()))
    hint = hint or "; ps.region(name).code finds a code, ps.Panel(frame, regions=codes) takes yours"
    msg = f"column 'region' holds unknown codes{hint}:{format_first_rows(rows)}"
    raise UnknownRegionError(msg)


def encode_periods(frame: pd.DataFrame) -> Codes:
    """Return the codes of periods and their labels: what is written in two ways is one period."""
    found = encode_period_column(frame["period"])
    labels = [_parse_label(str(text)) for text in found.labels]
    if (wrong := _find_wrong_rows(found, (label is not None for label in labels))) is not None:
        first = int(wrong.argmax())
        rows = frame[found.codes == found.codes[first]]
        try:
            parse_period(format_period(frame["period"].iloc[first]))
        except PeriodError as error:
            msg = f"column 'period': {error}{format_first_rows(rows)}"
            raise PeriodError(msg) from None
    if None in labels:  # of a label that no row has
        found = found.drop_unused()
        labels = [_parse_label(str(text)) for text in found.labels]
    return found.relabel([label for label in labels if label])


def _parse_label(text: str) -> str | None:
    try:
        return str(parse_period(text))
    except PeriodError:
        return None


def _repeat_label(label: str, length: int) -> Codes:
    return Codes(np.broadcast_to(np.int8(0), length), [label])


def encode_natures(frame: pd.DataFrame) -> Codes:
    """Return the natures in use, the one that is compared first at the head; else all outcomes."""
    if "nature" not in frame:
        return _repeat_label("outcome", len(frame))
    found = encode_column(frame["nature"])
    if (wrong := _find_wrong_rows(found, (label in NATURES for label in found.labels))) is not None:
        msg = f"column 'nature' must be of {list(NATURES)}:{format_first_rows(frame[wrong])}"
        raise SchemaError(msg)
    found = found.drop_unused()
    return found.relabel(found.labels, sorted(found.labels, key=NATURES.index))


def encode_words(frame: pd.DataFrame, column: str, word: Callable[[str], str] = str.strip) -> Codes:
    """Return a column of texts, each changed by ``word``, empty where there is none."""
    if column not in frame:
        return _repeat_label("", len(frame))
    found = encode_column(frame[column])
    texts = [label if isinstance(label, str) else "" for label in found.labels]
    is_right = (label is None or isinstance(label, str) for label in found.labels)
    if (wrong := _find_wrong_rows(found, is_right, is_needed=False)) is not None:
        msg = f"column {column!r} must hold texts:{format_first_rows(frame[wrong], column=column)}"
        raise SchemaError(msg)
    words = [*map(word, texts), *([""] if found.codes.min() < 0 else [])]
    return found.relabel(words).drop_unused()


def encode_units(frame: pd.DataFrame, indicator: Codes) -> Codes:
    """Return the units as the data write them; where none is stated, that of the catalogue."""
    known = [entry.unit if (entry := look_up_indicator(id_)) else "" for id_ in indicator.labels]
    catalogued = indicator.relabel(known)
    if len(catalogued.labels) == 1:
        catalogued = _repeat_label(catalogued.labels[0], len(frame))
    stated = encode_words(frame, "unit", normalize_unit)
    if "" not in stated.labels:
        return stated
    if stated.labels == [""]:
        return catalogued
    words = [*dict.fromkeys([*stated.labels, *catalogued.labels])]
    meant, other = (units.relabel(units.labels, words).codes for units in (stated, catalogued))
    return Codes(np.where(meant == words.index(""), other, meant), words).drop_unused()


def encode_allowed_words(
    frame: pd.DataFrame, column: str, allowed: Collection[str]
) -> Codes | None:
    """Return the allowed words in a caller's column, empty where it has none; None without it."""
    if column not in frame:
        return None
    told = encode_words(frame.assign(**{column: _convert_booleans(frame[column])}), column)
    is_right = (label in {"", *allowed} for label in told.labels)
    if (wrong := _find_wrong_rows(told, is_right)) is not None:
        shown = format_first_rows(frame[wrong], column=column)
        msg = f"column {column!r} must be of {list(allowed)}:{shown}"
        raise SchemaError(msg)
    return told


def _convert_booleans(told: pd.Series) -> Any:  # noqa: ANN401 - a column of pandas
    """Return a column with words for truth values; one of booleans is converted at once."""
    if told.dtype == bool:
        words = pd.CategoricalDtype(["false", "true"])
        return pd.Categorical.from_codes(told.to_numpy().astype(np.int8), dtype=words)
    return told.astype(object).map(_convert_boolean_cell)


def _convert_boolean_cell(cell: object) -> object:
    return str(cell).lower() if isinstance(cell, bool | np.bool_) else cell


# --- numbers ------------------------------------------------------------------------------------


def read_intervals(frame: pd.DataFrame) -> tuple[Interval, Ints]:
    """Return the values and their bounds, by default themselves, and the rows without a value."""
    value, missing = _read_numbers(frame, "value")
    if "lower" not in frame and "upper" not in frame:
        return Interval(value), missing
    bounds = (_read_bound(frame, end, value, missing) for end in ("lower", "upper"))
    values = Interval.from_ends(value, *bounds)
    lower, upper = values.lower, values.upper
    outside = build_column(lambda at: (lower[at] > value[at]) | (value[at] > upper[at]), len(frame))
    if outside.any():
        msg = f"columns 'lower' and 'upper' must hold the value:{format_first_rows(frame[outside])}"
        raise SchemaError(msg)
    return values, missing


def _read_bound(frame: pd.DataFrame, column: str, value: Floats, without: Ints) -> Floats:
    """Return a bound; one that is missing is the value, and of no value there is none."""
    if column not in frame:
        return value
    bound, missing = _read_numbers(frame, column)
    if len(missing) or len(without):
        bound = bound.copy()
        bound[missing], bound[without] = value[missing], np.nan
    return bound


def _read_numbers(frame: pd.DataFrame, column: str) -> tuple[Floats, Ints]:
    """Return a column of finite numbers as floats, and the rows in which they are missing."""
    given = frame[column]
    if not pd.api.types.is_numeric_dtype(given) or given.dtype.kind in "bc":
        given = pd.Series([*map(_convert_to_float, given)], dtype=np.float64)
    numbers: Floats = given.to_numpy(np.float64, na_value=np.nan)
    missing = np.concatenate(map_blocks(
        lambda block: np.flatnonzero(~np.isfinite(numbers[block])) + block.start, len(numbers)
    ))  # fmt: skip
    if len(wrong := missing[np.isinf(numbers[missing])]):
        msg = f"column {column!r} holds what is no finite number (parse_figure reads texts):"
        raise SchemaError(msg + format_first_rows(frame.iloc[wrong]))
    return numbers, missing


def _convert_to_float(cell: object) -> float:
    """Return a cell as a float; infinite if it is no number."""
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return nan
    if not isinstance(cell, Real | Decimal) or isinstance(cell, bool):
        return inf
    try:
        return float(cell)
    except (OverflowError, ValueError):
        return inf
