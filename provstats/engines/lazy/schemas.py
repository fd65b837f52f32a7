"""Schemas: the columns and types that a lazy frame must have, checked before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from provstats.errors import SchemaError, suggest_nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.recognise import Lazy

__all__ = ["ENDS", "refuse_wrong_schema"]

#: A value and the ends of its interval.
ENDS: Final = ("value", "lower", "upper")
_TEXTS: Final = (
    "region", "indicator", "unit", "nature", "among", "source", "printed", "direction",
)  # fmt: skip
_NEEDED: Final = ("region", "indicator", "period", "value")


def refuse_wrong_schema(native: Lazy) -> None:
    """Refuse a frame whose schema lacks a column or has one of another type."""
    schema = nw.from_native(native).collect_schema()
    if missing := [column for column in _NEEDED if column not in schema]:
        hints = "".join(suggest_nearest(column, list(schema)) for column in missing)
        msg = f"column(s) {missing} are missing; the frame has {list(schema)}{hints}"
        raise SchemaError(msg)
    for column, (words, fits) in _TYPES.items():
        if column in schema and not fits(schema[column]):
            msg = f"column {column!r} must hold {words}, got {schema[column]}"
            raise SchemaError(msg)


def _is_text(kind: nw.dtypes.DType) -> bool:
    return isinstance(kind, nw.String | nw.Categorical | nw.Enum)


def _is_period(kind: nw.dtypes.DType) -> bool:
    return _is_text(kind) or kind.is_numeric() or isinstance(kind, nw.Date | nw.Datetime)


_TYPES: Final[dict[str, tuple[str, Callable[[nw.dtypes.DType], bool]]]] = {
    **dict.fromkeys(_TEXTS, ("texts", _is_text)),
    "additive": ("texts or truths", lambda kind: _is_text(kind) or isinstance(kind, nw.Boolean)),
    "period": ("labels, years or dates", _is_period),
    **dict.fromkeys(ENDS, ("numbers", lambda kind: kind.is_numeric())),
}
