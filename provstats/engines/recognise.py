"""Engines: lazy frames of polars, DuckDB, PySpark and Dask, recognised without loading any."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["ENGINES", "Lazy", "find_engine"]

#: A lazy frame of any engine: none has to be installed to name it.
Lazy = Any

#: The engines by package and name of their lazy frame, each with its extra.
ENGINES: Final[dict[tuple[str, str], str]] = {
    ("polars", "LazyFrame"): "polars",
    ("duckdb", "DuckDBPyRelation"): "duckdb",
    ("_duckdb", "DuckDBPyRelation"): "duckdb",
    ("pyspark", "DataFrame"): "spark",
    ("dask", "DataFrame"): "dask",
    ("dask_expr", "DataFrame"): "dask",
}


def find_engine(x: object) -> str:
    """Return the engine whose lazy frame this is, or an empty text; no engine is imported.

    Parameters
    ----------
    x : object
        What a caller gave.

    Examples
    --------
    >>> find_engine("little_giants"), find_engine([])
    ('', '')
    """
    names = ((cls.__module__.partition(".")[0], cls.__name__) for cls in type(x).__mro__)
    return next((ENGINES[name] for name in names if name in ENGINES), "")
