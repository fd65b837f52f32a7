"""`to_records`: any result as plain data, which every service can send as JSON."""

from __future__ import annotations

from typing import Any

import pandas as pd

from provstats.tables.table import convert_to_rows_with_index

__all__ = ["to_records"]


def to_records(x: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of any library
    """Return the rows of any result as dictionaries, with None for what is missing.

    All values are of Python itself: ``json.dumps(to_records(x), allow_nan=False)`` never fails.

    Parameters
    ----------
    x : IndicatorSeries, str, or a frame of pandas, polars or Arrow
        Observations, or what any function of the library returns.

    Returns
    -------
    list of dict
        One dictionary a row, from column to ``str``, ``int``, ``float``, ``bool`` or ``None``;
        dates as ISO 8601.

    Raises
    ------
    SchemaError
        If it is no table.

    Examples
    --------
    >>> import provstats as ps
    >>> ps.to_records(ps.yoy("gdp_per_capita"))[0]["yoy"] is None
    True
    """
    rows = convert_to_rows_with_index(x)
    columns = [[*map(_convert_to_python, rows[name].astype(object))] for name in rows]
    names = [str(name) for name in rows]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _convert_to_python(value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """Return a value as Python has it; None for NaN, NaT, NA and the infinite."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and abs(value) == float("inf"):
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)
