"""Frames: tables of pandas, polars and Arrow in, and answers of the same kind out.

The columns that a comparison reads are wrapped as they lie in memory; the caller's own columns are
taken, and those of the answer joined to them, by the library that they came from. No array of an
answer is the caller's; its own columns that are alike share their memory, as copies of pandas do,
until one of them is changed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeGuard, TypeVar, cast

import numpy as np
import pandas as pd
import pyarrow as pa

from provstats.engines.memory.threads import ROWS, map_blocks
from provstats.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from provstats.engines.memory.arrays import Ints

    #: Each column, or those that are alike, by name or names.
    Columns = Mapping[tuple[str, ...], Any]

__all__ = [
    "IS_LAZY",
    "Frame",
    "HasColumns",
    "build_answer",
    "decode_texts",
    "is_foreign",
    "wrap_columns",
]

#: Whether this pandas copies a frame only when it is changed.
IS_LAZY: Final = int(pd.__version__.split(".")[0]) >= 3  # noqa: PLR2004


class HasColumns(Protocol):
    """What the frames of all libraries have in common, and nothing else that is compared has."""

    @property
    def columns(self) -> Any:  # noqa: ANN401 - each library has its own
        """The columns, or their names."""


#: A frame of another library in gives one of the same kind out.
Frame = TypeVar("Frame", bound=HasColumns)

_FOREIGN: Final = {("polars", "DataFrame"), ("pyarrow", "Table")}
_READ: Final = (
    "region", "indicator", "period", "value", "lower", "upper", "unit", "nature", "among", "source",
    "printed", "direction", "additive",
)  # fmt: skip


def is_foreign(x: object) -> TypeGuard[HasColumns]:
    """Tell whether this is a table in memory of polars or Arrow; neither is imported.

    Examples
    --------
    >>> is_foreign(pa.table({"region": ["CN"]})), is_foreign(pd.DataFrame())
    (True, False)
    """
    kind = type(x)
    return (kind.__module__.partition(".")[0], kind.__name__) in _FOREIGN


def wrap_columns(
    table: Any,  # noqa: ANN401 - of any library
    read: Sequence[str] = _READ,
) -> tuple[list[str], pd.DataFrame]:
    """Return the names of a table's columns, and those that comparisons read, wrapped."""
    if isinstance(table, pd.DataFrame):
        return [*table.columns], table
    import narwhals.stable.v2 as nw

    frame = nw.from_native(table, eager_only=True)
    named = frame.select([name for name in read if name in frame.columns])
    try:
        known = named.to_arrow()
    except pa.ArrowInvalid as error:
        msg = f"a column is of a type that cannot be read, {dict(named.schema)}: {error}"
        raise SchemaError(msg) from None
    wrapped = {
        name: pd.Series(pd.arrays.ArrowExtensionArray(known[name]), copy=False)
        for name in known.column_names
    }
    return frame.columns, pd.DataFrame(wrapped, index=pd.RangeIndex(len(table)), copy=False)


# --- answers ------------------------------------------------------------------------------------


def build_answer(frame: Frame, rows: Ints | slice, added: Columns) -> Frame:
    """Return rows of the caller's frame, a slice for all, with columns added, in its kind."""
    if not isinstance(frame, pd.DataFrame):
        return cast("Frame", _build_foreign_answer(frame, rows, added))
    kept = _copy_frame(frame) if isinstance(rows, slice) else _take_rows(frame, rows)
    columns = _convert_columns(added, lambda array: pd.Series(array, index=kept.index, copy=False))
    told = pd.DataFrame(columns, copy=not IS_LAZY)
    if replaced := [name for name in columns if name in kept]:
        kept = kept.drop(columns=replaced)
    found = pd.concat([kept, told], axis="columns", sort=False)
    found.columns.name, found.attrs = frame.columns.name, frame.attrs
    return cast("Frame", found)


def _build_foreign_answer(table: Any, rows: Ints | slice, added: Columns) -> Any:  # noqa: ANN401 - of any library
    """Return rows of a table, with columns added; what is missing in these is null."""
    import narwhals.stable.v2 as nw

    frame = nw.from_native(table, eager_only=True)
    kept = frame if isinstance(rows, slice) else frame[rows]
    columns = _convert_columns(added, lambda array: pa.array(array, from_pandas=True))
    told = nw.from_arrow(pa.table(columns), backend=frame.implementation)
    return nw.concat([kept.drop(*columns, strict=False), told], how="horizontal").to_native()


def _convert_columns(added: Columns, made: Callable[[Any], Any]) -> dict[str, Any]:
    """Convert each column, once for all of its names, and return the results by name."""
    return {
        name: column for names, array in added.items() for column in [made(array)] for name in names
    }


def _copy_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose arrays are its own: what is written into one changes no other."""
    copied = frame.copy(deep=True)
    copied.index = frame.index.copy(deep=True)
    return copied


def _take_rows(frame: pd.DataFrame, rows: Ints) -> pd.DataFrame:
    """Take rows of a frame, several columns at a time if there are many rows."""
    if len(rows) <= ROWS or type(frame) is not pd.DataFrame:
        return _copy_frame(frame.iloc[rows])  # rows in a row are views

    def take(one: slice) -> Any:  # noqa: ANN401 - an array of numpy or of pandas
        column = frame.iloc[:, one.start]
        if isinstance(column.dtype, np.dtype):
            return column.to_numpy().take(rows, mode="clip")
        return column.array.take(rows)

    columns = map_blocks(take, frame.shape[1], rows=1)
    is_counted = frame.index.equals(pd.RangeIndex(len(frame)))
    index = (
        pd.Index(rows, name=frame.index.name, copy=not IS_LAZY)
        if is_counted
        else frame.index.take(rows)
    )
    taken = pd.DataFrame(dict(enumerate(columns)), index=index, copy=False)
    return taken.set_axis(frame.columns, axis="columns")


# --- texts --------------------------------------------------------------------------------------

_TEXT: Final = pd.Series([""]).dtype
_KIND: Final = pa.large_string()
# Rows of a block of texts: one that repeats a text is made for each call.
_TEXTS: Final = 1 << 16


def decode_texts(words: Sequence[str], codes: Ints) -> Any:  # noqa: ANN401 - an array of pandas
    """Return a column of texts by the places of words, -1 for a missing one.

    A text that stands in every row is stored for one block of them: of ten million rows that takes
    8 ms in place of 190.
    """
    if len(codes) <= _TEXTS or not isinstance(_TEXT, pd.StringDtype):
        return pd.Series([*words, np.nan], dtype=_TEXT).array.take(codes)
    labels = pa.array(words, _KIND)
    # All blocks that repeat a text share its memory.
    repeated = cache(lambda code: pa.repeat(labels[code], _TEXTS).buffers()[1:])

    def build_block(block: slice) -> pa.Array:
        some = codes[block]
        is_there, most = some >= 0, int(some.max())
        if ((some == most) != is_there).any():
            return labels.take(pa.array(some, mask=~is_there))
        bits = None if is_there.all() else pa.py_buffer(np.packbits(is_there, bitorder="little"))
        return pa.Array.from_buffers(_KIND, len(some), [bits, *repeated(most)])

    found = pa.chunked_array(map_blocks(build_block, len(codes), rows=_TEXTS), _KIND)
    return _TEXT.__from_arrow__(found)  # type: ignore[attr-defined]
