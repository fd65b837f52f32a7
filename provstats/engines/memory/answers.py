"""Answers: the caller's rows with the columns that a comparison adds, copied no more than needed.

Columns that are alike share their memory as pandas' copies do, until one of them is changed; texts
that stand in every row are stored for one block of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from provstats.engines.memory.frames import foreign_answer, is_foreign
from provstats.engines.memory.threads import ROWS, each_block

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]

__all__ = ["IS_LAZY", "answer", "filled", "texts"]

#: Whether this pandas copies a frame only when it is changed.
IS_LAZY: Final = int(pd.__version__.split(".")[0]) >= 3  # noqa: PLR2004
_TEXT: Final = pd.Series([""]).dtype
_KIND: Final = pa.large_string()
#: Rows of a block of texts: one that repeats a text is made for each call.
_TEXTS: Final = 1 << 16


def answer(frame: Any, rows: Ints | None, added: Mapping[str, Any]) -> pd.DataFrame:  # noqa: ANN401
    """Return rows of the caller's frame, with columns added, as a frame of the same kind.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        What the caller gave; it stays as it is.
    rows : array of int or None
        Which rows, in order; None for all.
    added : mapping of arrays
        Columns, as long as the rows. The same array may stand under several names.
    """
    if is_foreign(frame):
        of_its_kind: pd.DataFrame = foreign_answer(frame, rows, added)
        return of_its_kind
    kept = frame.copy(deep=not IS_LAZY) if rows is None else _taken(frame, rows)
    columns: dict[int, pd.Series] = {}
    for name, array in added.items():
        column = columns.setdefault(id(array), pd.Series(array, index=kept.index, copy=False))
        kept[name] = column
    return kept


def _taken(frame: pd.DataFrame, rows: Ints) -> pd.DataFrame:
    """Take rows of a frame, several columns at a time if there are many rows."""
    if len(rows) <= ROWS or type(frame) is not pd.DataFrame:
        return frame.iloc[rows].copy(deep=False)  # one that may be changed without a warning

    def take(one: slice) -> Any:  # noqa: ANN401 - an array of numpy or of pandas
        column = frame.iloc[:, one.start]
        if isinstance(column.dtype, np.dtype):
            return column.to_numpy().take(rows, mode="clip")
        return column.array.take(rows)

    columns = each_block(take, frame.shape[1], rows=1)
    is_counted = frame.index.equals(pd.RangeIndex(len(frame)))
    index = (
        pd.Index(rows, name=frame.index.name, copy=False) if is_counted else frame.index.take(rows)
    )
    taken = pd.DataFrame(dict(enumerate(columns)), index=index, copy=False)
    taken.attrs = frame.attrs
    return taken.set_axis(frame.columns, axis="columns")


def filled(
    count: int, kinds: Mapping[str, Any], work: Callable[[slice], Mapping[str, NDArray[Any]]]
) -> dict[str, NDArray[Any]]:
    """Return columns that are worked out block by block.

    Parameters
    ----------
    count : int
        How many rows there are.
    kinds : mapping
        The dtype of each column.
    work : callable
        It returns the columns of a block of rows. Columns that are one array there are one here.
    """
    head = slice(0, count if count <= ROWS else 1)  # it tells which columns are one array
    first = work(head)
    owner: dict[int, str] = {}
    owners = {name: owner.setdefault(id(first[name]), name) for name in kinds}
    columns = {name: np.empty(count, kinds[name]) for name in owner.values()}

    def fill(block: slice) -> None:
        parts = first if block == head else work(block)
        for name, column in columns.items():
            column[block] = parts[name]

    each_block(fill, count)
    return {name: columns[of] for name, of in owners.items()}


def texts(words: Sequence[str], codes: Ints) -> Any:  # noqa: ANN401 - an array of pandas
    """Return a column of texts.

    Parameters
    ----------
    words : sequence of str
        The different texts.
    codes : array of int
        The place of each row's text, -1 for a missing one.
    """
    if len(codes) <= _TEXTS or not isinstance(_TEXT, pd.StringDtype):
        return pd.Series([*words, np.nan], dtype=_TEXT).array.take(codes)
    labels, repeated = pa.array(words, _KIND), cache(_repeated)

    def work(block: slice) -> pa.Array:
        some = codes[block]
        least, most = some.min(), some.max()
        is_there = some >= 0
        if most < 0 or ((some == most) != is_there).any():
            return labels.take(pa.array(some, mask=~is_there))
        bits = pa.py_buffer(np.packbits(is_there, bitorder="little")) if least < 0 else None
        return pa.Array.from_buffers(_KIND, len(some), [bits, *repeated(words[most])])

    found = pa.chunked_array(each_block(work, len(codes), rows=_TEXTS), _KIND)
    return _TEXT.__from_arrow__(found)  # type: ignore[attr-defined]


def _repeated(word: str) -> list[pa.Buffer]:
    """Return one text as often as a block needs it; all blocks of it share this memory."""
    ends = np.arange(_TEXTS + 1, dtype=np.int64) * len(word.encode())
    return [pa.py_buffer(ends), pa.py_buffer(word.encode() * _TEXTS)]
