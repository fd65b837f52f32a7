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

from provstats.engines.memory.threads import ROWS, each_block
from provstats.errors import PeriodError
from provstats.reading.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Whole = NDArray[np.integer[Any]]

__all__ = ["Codes", "codes_in", "codes_of", "codes_of_periods", "period_text", "used"]

# A dictionary of the whole column grows slowly; one of so many rows stays in the cache. Shorter
# columns are encoded in some parts, so that both cores have work.
_TEXTS: Final = 1 << 20
_PARTS: Final = 4
# Whole numbers that lie nearer are their own codes, less the least of them.
_NEAR: Final = 1 << 12
# What a missing time is, as a number.
_MISSING: Final = np.iinfo(np.int64).min
# The days of ten thousand years.
_DAYS: Final = 3_660_000
# Ticks of a day, by the unit of a datetime.
_DAY: Final = {"s": 86_400, "ms": 86_400 * 10**3, "us": 86_400 * 10**6, "ns": 86_400 * 10**9}


class Codes(NamedTuple):
    """A column of few labels."""

    codes: Whole
    labels: Sequence[Any]

    def translated(self, numbers: Sequence[int] | Whole) -> Codes:
        """Return the codes of other labels, to which each label is led by its number."""
        small = np.asarray(numbers, np.min_scalar_type(-max(len(numbers), 1)))
        return self._replace(codes=small[self.codes])


def codes_of(column: pd.Series) -> Codes:
    """Return a column's codes.

    Examples
    --------
    >>> codes_of(pd.Series(["CN-BJ", "CN", "CN-BJ"])).codes.tolist()
    [0, 1, 0]
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Codes(column.array.codes, column.cat.categories.tolist())
    if hasattr(column.array, "__arrow_array__") and _is_text(column.dtype):
        return _of_arrow(column.array.__arrow_array__())
    if column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) == "string":
        return _of_arrow(pa.array(column.to_numpy(), type=pa.large_string(), from_pandas=True))
    try:
        codes, labels = pd.factorize(column)
    except TypeError:  # a list or a dict among the cells, which no column may hold
        codes, labels = pd.factorize(column.map(_with_hash))
    return Codes(codes, labels.tolist())


def _with_hash(cell: object) -> object:
    """Return what can be hashed in place of a cell that cannot, and is no text."""
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


def _of_arrow(texts: pa.Array | pa.ChunkedArray) -> Codes:
    """Give codes to the texts of each block by itself, and bring their labels together."""
    rows = min(max(len(texts) // _PARTS, ROWS), _TEXTS)
    found = each_block(
        lambda block: _encoded(texts[block.start : block.stop]), max(len(texts), 1), rows
    )
    number: dict[str | None, int] = {}
    for _, labels in found:
        for label in labels:
            number.setdefault(label, len(number))
    small = np.min_scalar_type(-max(len(number), 1))
    codes = np.empty(len(texts), small)

    def lead(one: slice) -> None:
        part, labels = found[one.start]
        to = np.array([*map(number.__getitem__, labels), -1], small)
        start = one.start * rows
        to.take(part, out=codes[start : start + len(part)], mode="wrap")

    each_block(lead, len(found), rows=1)
    return Codes(codes, list(number))


def _encoded(texts: pa.Array | pa.ChunkedArray) -> tuple[Whole, list[str | None]]:
    """Return the places of the labels, -1 for none, and the labels."""
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    chunk = texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()
    places = chunk.indices.fill_null(-1) if chunk.indices.null_count else chunk.indices
    return places.to_numpy(zero_copy_only=False), chunk.dictionary.to_pylist()


def codes_in(labels: Iterable[object], others: Iterable[object]) -> Whole:
    """Return the codes of labels among others, -1 where they are not."""
    codes = {label: code for code, label in enumerate(others)}
    return np.array([codes.get(label, -1) for label in labels])


def used(of: Codes) -> Codes:
    """Drop the labels that no row has."""
    if len(of.labels) == 1:
        return of
    is_used = np.zeros(len(of.labels) + 1, bool)  # the last one is that of -1

    def work(block: slice) -> None:
        is_used[of.codes[block]] = True

    each_block(work, len(of.codes))
    if is_used[:-1].all():
        return of
    labels = [label for label, has_rows in zip(of.labels, is_used, strict=False) if has_rows]
    return of._replace(labels=labels).translated([*(np.cumsum(is_used[:-1]) - 1), -1])


# --- periods ------------------------------------------------------------------------------------


def codes_of_periods(column: pd.Series) -> Codes:
    """Return the codes of a column of periods; its labels are texts.

    Examples
    --------
    >>> codes_of_periods(pd.Series(pd.to_datetime(["2024-01-31", "2023-12-01"])))
    Codes(codes=array([1, 0], dtype=int8), labels=['2023-12', '2024-01'])
    """
    column = _of_numpy(column)
    dtype = column.dtype
    if dtype.kind in ("i", "u") and isinstance(dtype, np.dtype):
        years = _of_whole(column.to_numpy())
        return years._replace(labels=[str(year) for year in years.labels])
    if isinstance(dtype, pd.PeriodDtype) and not column.hasnans:
        spans = _of_whole(column.array.asi8)
        ordinals = np.array(spans.labels)
        periods = pd.PeriodIndex.from_ordinals(ordinals, freq=dtype.freq)  # type: ignore[attr-defined]
        return spans._replace(labels=[period_text(period) for period in periods])
    if isinstance(dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if isinstance(column.dtype, np.dtype) and dtype.kind == "M":
        return _of_dates(column)
    return _of_any(column)


def _of_any(column: pd.Series) -> Codes:
    found = codes_of(column)
    return found._replace(labels=[period_text(label) for label in found.labels])


def _of_numpy(column: pd.Series) -> pd.Series:
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


def period_text(value: object) -> str:
    """Return what `parse_period` shall read: of a date its month.

    Examples
    --------
    >>> period_text(date(2024, 1, 31)), period_text(2024), period_text(pd.Period("2024Q1"))
    ('2024-01', '2024', '2024-Q1')
    """
    if isinstance(value, pd.Period):
        return _span(value)
    is_date = isinstance(value, date) and not pd.isna(value)
    return f"{value:%Y-%m}" if is_date else str(value)


def _span(period: pd.Period) -> str:
    """Return the label of a period of pandas; of one that has no label, its own text."""
    first, last = period.start_time, period.end_time
    is_within = (first.year, first.month) == (last.year, last.month)
    is_whole = first.day == (period + 1).start_time.day == 1
    try:
        span = Period.of_months((first.year, first.month), (last.year, last.month))
    except PeriodError:
        return str(period)
    return str(span) if is_whole or is_within else str(period)


def _of_whole(numbers: Whole) -> Codes:
    """Take numbers that lie near one another as codes."""
    least, most = int(numbers.min()), int(numbers.max())
    if most - least >= _NEAR:
        labels, codes = np.unique(numbers, return_inverse=True)
        return Codes(codes, labels.tolist())
    codes = np.empty(len(numbers), np.int16)

    def work(block: slice) -> None:
        codes[block] = numbers[block] - least

    each_block(work, len(numbers))
    return Codes(codes, range(least, most + 1))


def _of_dates(column: pd.Series) -> Codes:
    """Read months by a table of days: cheaper for each row than a calendar."""
    stamps = column.to_numpy()
    unit, _ = np.datetime_data(stamps.dtype)
    ticks, ticks_of_day = stamps.view(np.int64), _DAY[unit]
    ends = each_block(lambda block: (ticks[block].min(), ticks[block].max()), len(ticks))
    first = min(low for low, _ in ends) // ticks_of_day
    last = max(high for _, high in ends) // ticks_of_day
    if last - first > _DAYS or min(low for low, _ in ends) == _MISSING:
        return _of_any(column)
    months = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]")
    labels = np.arange(months[0], months[-1] + 1)
    month_of_day = (months - months[0]).astype(np.min_scalar_type(-len(labels)))
    codes = np.empty(len(ticks), month_of_day.dtype)

    def work(block: slice) -> None:
        days = ticks[block] // ticks_of_day
        days -= first
        month_of_day.take(days, out=codes[block], mode="clip")

    each_block(work, len(ticks))
    return Codes(codes, labels.astype(str).tolist())
