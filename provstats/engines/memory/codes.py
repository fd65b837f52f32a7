"""Codes: a column as small whole numbers, and the labels that they stand for.

What is said of a column of keys is said of its labels once, not of each row: ten million rows have
some thousand labels. Codes that a column already has, of categories or of an Arrow dictionary, are
taken as they are.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from provstats.engines.memory.threads import ROWS, build_column, map_blocks
from provstats.errors import PeriodError
from provstats.reading.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from provstats.engines.memory.arrays import Ints

__all__ = ["Codes", "encode_column", "encode_period_column", "find_codes", "format_period"]

# A dictionary of the whole column grows slowly; one of so many rows stays in the cache. Shorter
# columns are encoded in some parts, so that both cores have work.
_TEXTS: Final = 1 << 20
_PARTS: Final = 4
# So many years, months or other periods that lie near one another have a table.
_NEAR: Final = 1 << 12
_DAYS_OF_MONTH: Final = 31
# Codes of texts, before it is known how many there are.
_LONG: Final = pa.int32()
# What a missing time is, as a number.
_MISSING: Final = np.iinfo(np.int64).min


class Codes(NamedTuple):
    """A column of few labels."""

    codes: Ints
    labels: Sequence[Any]

    def relabel(self, labels: Sequence[Any], order: Iterable[Any] = ()) -> Codes:
        """Return the codes of new labels, equal ones as one; one label more is that of -1."""
        numbers = {label: number for number, label in enumerate(dict.fromkeys([*order, *labels]))}
        to = [*(numbers[label] for label in labels), -1]
        if to[:-1] == [*range(len(self.labels))]:
            return Codes(self.codes, [*numbers])
        return Codes(self._map_codes(to[: len(self.labels) + 1]), [*numbers])

    def drop_unused(self) -> Codes:
        """Return these less the labels that no row has."""
        if len(self.labels) == 1:
            return self
        is_used = np.zeros(len(self.labels) + 1, bool)  # the last one is that of -1
        map_blocks(
            lambda rows: np.put(is_used, self.codes[rows], np.True_, mode="wrap"), len(self.codes)
        )
        if is_used[:-1].all():
            return self
        labels = [label for label, has_rows in zip(self.labels, is_used, strict=False) if has_rows]
        return Codes(self._map_codes([*(np.cumsum(is_used[:-1]) - 1), -1]), labels)

    def _map_codes(self, to: Sequence[int]) -> Ints:
        small = np.array(to, _choose_code_type(len(to)))
        return build_column(lambda rows: small[self.codes[rows]], len(self.codes))


def encode_column(column: pd.Series) -> Codes:
    """Return a column's codes.

    Examples
    --------
    >>> encode_column(pd.Series(["CN-BJ", "CN", "CN-BJ"])).codes.tolist()
    [0, 1, 0]
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Codes(column.array.codes, column.cat.categories.tolist())
    if hasattr(column.array, "__arrow_array__") and _is_text(column.dtype):
        return _encode_arrow(column.array.__arrow_array__())
    if column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) == "string":
        return _encode_arrow(pa.array(column.to_numpy(), type=pa.large_string(), from_pandas=True))
    try:
        codes, labels = pd.factorize(column)
    except TypeError:  # a list or a dict among the cells, which no column may hold
        codes, labels = pd.factorize(column.map(_make_hashable))
    return Codes(codes, labels.tolist())


def _make_hashable(cell: object) -> object:
    """Return a cell that can be hashed as it is, else a tuple with its text."""
    try:
        hash(cell)
    except TypeError:
        return (repr(cell),)
    return cell


def _is_text(dtype: Any) -> bool:  # noqa: ANN401 - a dtype of numpy or of pandas
    if isinstance(dtype, pd.ArrowDtype):
        kind = dtype.pyarrow_dtype
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
    return isinstance(dtype, pd.StringDtype)


def _encode_arrow(texts: pa.Array | pa.ChunkedArray) -> Codes:
    """Give codes to the texts of each block by itself, and bring their labels together."""
    if isinstance(texts, pa.ChunkedArray) and texts.num_chunks == 1:
        texts = texts.chunk(0)
    if not pa.types.is_dictionary(texts.type):
        rows = min(max(len(texts) // _PARTS, ROWS), _TEXTS)
        texts = _join_parts(
            map_blocks(lambda at: _encode_block(texts[at.start : at.stop]), len(texts), rows)
        )
    elif isinstance(texts, pa.ChunkedArray):
        texts = _join_parts(texts.chunks)
    places, labels = texts.indices, texts.dictionary.to_pylist()
    places = places.cast(pa.int64()).fill_null(-1) if places.null_count else places
    small = places.to_numpy(zero_copy_only=False).astype(_choose_code_type(len(labels)), copy=False)
    return Codes(small, labels).relabel(labels)


def _join_parts(parts: Sequence[pa.DictionaryArray]) -> pa.DictionaryArray:
    """Join the parts of a column; all labels together may need longer codes than those of one."""
    longer = [
        pa.DictionaryArray.from_arrays(part.indices.cast(_LONG), part.dictionary) for part in parts
    ]
    return pa.chunked_array(longer).unify_dictionaries().combine_chunks()


def _encode_block(texts: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return whole.dictionary_encode()


def _choose_code_type(count: int) -> np.dtype[Any]:
    """Return the smallest type of so many codes, and of -1."""
    return np.min_scalar_type(-max(count, 1))


def find_codes(labels: Iterable[object], others: Iterable[object]) -> Ints:
    """Return the codes of labels among others, -1 where they are not."""
    codes = {label: code for code, label in enumerate(others)}
    return np.array([codes.get(label, -1) for label in labels])


# --- periods ------------------------------------------------------------------------------------


def encode_period_column(column: pd.Series) -> Codes:
    """Return the codes of a column of periods; its labels are texts.

    Examples
    --------
    >>> encode_period_column(pd.Series(pd.to_datetime(["2024-01-31", "2023-12-01"])))
    Codes(codes=array([1, 0], dtype=int8), labels=['2023-12', '2024-01'])
    """
    column = _convert_to_numpy(column)
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    kind: Any = column.dtype
    near = None
    if isinstance(kind, pd.PeriodDtype):
        freq: Any = kind.freq
        near = _encode_by_table(
            column.array.asi8, lambda n: format_period(pd.Period(ordinal=n, freq=freq))
        )
    elif isinstance(kind, np.dtype) and kind.kind == "M":
        near = _encode_by_table(column.to_numpy().view(np.int64), str, kind)
    elif isinstance(kind, np.dtype) and kind.kind in "iu":
        near = _encode_by_table(column.to_numpy(), str)
    if near:
        return near
    found = encode_column(column)
    return found._replace(labels=[format_period(label) for label in found.labels])


def _encode_by_table(
    numbers: Ints, told: Callable[[Any], str], time: np.dtype[Any] | None = None
) -> Codes | None:
    """Give codes to numbers, or to the months of times, by a table; None if that were too long."""
    tick: Any = time and np.datetime_data(time)[0]
    day = int(np.timedelta64(1, "D") // np.timedelta64(1, tick)) if time else 0
    step, near = (day, _NEAR * _DAYS_OF_MONTH) if day else (1, _NEAR)
    ends = map_blocks(lambda rows: (numbers[rows].min(), numbers[rows].max()), len(numbers))
    first, last = int(min(low for low, _ in ends)), int(max(up for _, up in ends))
    least, most = first // step, last // step
    if most - least > near or first == _MISSING:
        return None
    between: Any = np.arange(least, most + 1)
    if day:
        between = between.astype("datetime64[D]").astype("datetime64[M]")
    labels, places = np.unique(between, return_inverse=True)
    table = places.astype(_choose_code_type(len(labels)))

    def look_up(rows: slice) -> Ints:
        steps = numbers[rows] // step if day else numbers[rows]
        return table.take(steps - least, mode="clip")

    return Codes(build_column(look_up, len(numbers)), [*map(told, labels)])


def _convert_to_numpy(column: pd.Series) -> pd.Series:
    """Take whole numbers and times of Arrow as those of numpy, in local time."""
    kind = getattr(column.dtype, "pyarrow_dtype", None)
    if kind is None or not (pa.types.is_integer(kind) or pa.types.is_temporal(kind)):
        return column
    values = column.array.__arrow_array__()
    if pa.types.is_date(kind):
        values = values.cast(pa.timestamp("s" if pa.types.is_date32(kind) else "ms"))
    elif getattr(kind, "tz", None):
        values = pc.local_timestamp(values)
    return column if values.null_count else pd.Series(values.to_numpy(), column.index, copy=False)


def format_period(value: object) -> str:
    """Return what `parse_period` shall read: of a date its month.

    Examples
    --------
    >>> format_period(date(2024, 1, 31)), format_period(2024), format_period(pd.Period("2024Q1"))
    ('2024-01', '2024', '2024-Q1')
    """
    if isinstance(value, pd.Period):
        return _label_pandas_period(value)
    is_date = isinstance(value, date) and not pd.isna(value)
    return f"{value:%Y-%m}" if is_date else str(value)


def _label_pandas_period(period: pd.Period) -> str:
    """Return the label of a period of pandas; of one that has no label, its own text."""
    first, last = period.start_time, period.end_time
    is_within = (first.year, first.month) == (last.year, last.month)
    is_whole = first.day == (period + 1).start_time.day == 1
    try:
        span = Period.of_months((first.year, first.month), (last.year, last.month))
    except PeriodError:
        return str(period)
    return str(span) if is_whole or is_within else str(period)
