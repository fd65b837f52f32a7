"""Values: the numbers of a caller's frame, as floats, with what bounds them."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from provstats.engines.memory.threads import each_block
from provstats.errors import SchemaError, first_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.engines.memory.intervals import Interval

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = ["bound_of", "numbers_of", "refuse_outside"]


def numbers_of(frame: pd.DataFrame, column: str) -> tuple[Floats, Ints]:
    """Return a column of numbers as floats, and the rows in which they are missing.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.
    column : str
        Which column.

    Raises
    ------
    SchemaError
        If a row has what is no finite number.
    """
    given = frame[column]
    if not pd.api.types.is_numeric_dtype(given) or given.dtype.kind in "bc":
        is_right = given.isna() | given.map(_is_number).astype(bool)
        _refuse_other_than_numbers(frame, column, np.flatnonzero(~is_right))
        given = pd.to_numeric(given, errors="coerce")
    numbers: Floats = given.to_numpy(np.float64, na_value=np.nan)
    blocks = each_block(
        lambda block: np.flatnonzero(~np.isfinite(numbers[block])) + block.start, len(numbers)
    )
    missing = np.concatenate(blocks)
    _refuse_other_than_numbers(frame, column, missing[np.isinf(numbers[missing])])
    return numbers, missing


def _refuse_other_than_numbers(frame: pd.DataFrame, column: str, wrong: Ints) -> None:
    if len(wrong):
        msg = f"column {column!r} holds what is no finite number (parse_figure reads texts):"
        raise SchemaError(msg + first_rows(frame.iloc[wrong]))


def _is_number(value: object) -> bool:
    return isinstance(value, Real | Decimal) and not isinstance(value, bool) and isfinite(value)


def bound_of(frame: pd.DataFrame, column: str, value: Floats) -> Floats:
    """Return a bound; one that is missing is the value.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.
    column : str
        ``lower`` or ``upper``.
    value : array of float
        The values; without such a column they are returned themselves.

    Raises
    ------
    SchemaError
        If a row has what is no finite number.
    """
    if column not in frame:
        return value
    bound, missing = numbers_of(frame, column)
    if len(missing):
        bound = bound.copy()
        bound[missing] = value[missing]
    return bound


def refuse_outside(frame: pd.DataFrame, values: Interval) -> None:
    """Refuse bounds that do not hold their value.

    Parameters
    ----------
    frame : DataFrame
        The caller's rows.
    values : Interval
        Their values.

    Raises
    ------
    SchemaError
        With the first rows.
    """
    if values.is_exact:
        return

    def work(block: slice) -> Bools:
        value, lower, upper = (end[block] for end in values)
        return (lower > value) | (value > upper)

    outside = np.concatenate(each_block(work, len(frame)))
    if outside.any():
        msg = f"columns 'lower' and 'upper' must hold the value:{first_rows(frame[outside])}"
        raise SchemaError(msg)
