"""Frames: tables of polars and Arrow in, and answers of the same kind out, none copied by pandas.

The columns that a comparison reads are wrapped as they lie in memory; the caller's own columns are
taken, and those of the answer joined to them, by the library that they came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeGuard, TypeVar

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]

__all__ = ["Frame", "HasColumns", "columns_of", "foreign_answer", "is_foreign"]


class HasColumns(Protocol):
    """What the frames of all libraries have in common, and nothing else that is compared has."""

    @property
    def columns(self) -> Any:  # noqa: ANN401 - each library has its own
        """The columns, or their names."""


#: A frame of another library in gives one of the same kind out.
Frame = TypeVar("Frame", bound=HasColumns)

_FOREIGN: Final = {("polars", "DataFrame"), ("pyarrow", "Table")}
_READ: Final = (
    "region", "indicator", "period", "value", "lower", "upper", "unit", "nature", "source",
)  # fmt: skip


def is_foreign(x: object) -> TypeGuard[HasColumns]:
    """Tell whether this is a table in memory of polars or Arrow; neither is imported.

    Parameters
    ----------
    x : object
        What a caller gave.

    Examples
    --------
    >>> is_foreign(pa.table({"region": ["CN"]})), is_foreign(pd.DataFrame())
    (True, False)
    """
    kind = type(x)
    return (kind.__module__.partition(".")[0], kind.__name__) in _FOREIGN


def columns_of(table: Any) -> tuple[list[str], pd.DataFrame]:  # noqa: ANN401 - of any library
    """Return the names of a table's columns, and those that comparisons read, wrapped.

    Parameters
    ----------
    table : polars.DataFrame or pyarrow.Table
        The caller's rows.
    """
    import narwhals.stable.v2 as nw

    frame = nw.from_native(table, eager_only=True)
    known = frame.select([name for name in _READ if name in frame.columns]).to_arrow()
    wrapped = {
        name: pd.Series(pd.arrays.ArrowExtensionArray(known[name]), copy=False)
        for name in known.column_names
    }
    return frame.columns, pd.DataFrame(wrapped, index=pd.RangeIndex(len(table)), copy=False)


def foreign_answer(table: Any, rows: Ints | None, added: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Return rows of a table, with columns added; what is missing in these is null.

    Parameters
    ----------
    table : polars.DataFrame or pyarrow.Table
        The caller's rows.
    rows : array of int or None
        Which of them, in order; None for all.
    added : mapping of arrays
        Columns, as long as the rows.
    """
    import narwhals.stable.v2 as nw

    frame = nw.from_native(table, eager_only=True)
    kept = frame if rows is None else frame[rows]
    columns = pa.table({name: pa.array(values, from_pandas=True) for name, values in added.items()})
    told = nw.from_arrow(columns, backend=frame.implementation)
    answer = nw.concat([kept.drop(*added, strict=False), told], how="horizontal")
    return answer.to_native()
