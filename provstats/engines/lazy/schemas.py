"""Schemas: the columns and types that a lazy frame must have, checked before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from provstats.errors import SchemaError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.recognise import Lazy

__all__ = ["ENDS", "checked", "is_date"]

#: A value and the ends of its interval.
ENDS: Final = ("value", "lower", "upper")
_NEEDED: Final = ("region", "indicator", "period", "value")


def checked(native: Lazy) -> nw.LazyFrame[Lazy]:
    """Check the columns of a lazy frame and their types, which a plan can.

    Parameters
    ----------
    native : lazy frame
        Of any engine that narwhals knows.

    Raises
    ------
    SchemaError
        If a column is missing or of another type.
    """
    frame: nw.LazyFrame[Lazy] = nw.from_native(native)
    schema = frame.collect_schema()
    if missing := [column for column in _NEEDED if column not in schema]:
        hints = "".join(nearest(column, list(schema)) for column in missing)
        msg = f"column(s) {missing} are missing; the frame has {list(schema)}{hints}"
        raise SchemaError(msg)
    for column, (words, fits) in _TYPES.items():
        if column in schema and not fits(schema[column]):
            msg = f"column {column!r} must hold {words}, got {schema[column]}"
            raise SchemaError(msg)
    return frame


def _is_text(kind: nw.dtypes.DType) -> bool:
    return isinstance(kind, nw.String | nw.Categorical | nw.Enum)


def is_date(kind: nw.dtypes.DType) -> bool:
    """Tell whether a column holds dates or datetimes, of any unit or zone.

    Parameters
    ----------
    kind : DType
        The type of the column.
    """
    return isinstance(kind, nw.Date | nw.Datetime)


def _is_period(kind: nw.dtypes.DType) -> bool:
    return _is_text(kind) or kind.is_integer() or is_date(kind)


_TYPES: Final[dict[str, tuple[str, Callable[[nw.dtypes.DType], bool]]]] = {
    **dict.fromkeys(("region", "indicator", "unit", "nature", "source"), ("texts", _is_text)),
    "period": ("labels, years or dates", _is_period),
    **dict.fromkeys(ENDS, ("numbers", lambda kind: kind.is_numeric())),
}
