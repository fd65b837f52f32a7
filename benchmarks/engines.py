"""The engines: the rows as each holds them, and provstats among them.

Keys with categories are each engine's own enumeration, months are dates, and what is missing is
null. DuckDB has a table of its own, for it reads the categories of Arrow as plain strings.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb
import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

import provstats as ps  # the checkout, before what is installed

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import pyarrow as pa

    Calls = dict[str, Callable[[], Any]]

__all__ = [
    "COMPARISONS",
    "GROUP",
    "KEY",
    "OWN",
    "make_duckdb_table",
    "make_polars_table",
    "prepare_own",
    "ps",
    "set_keys",
]

GROUP: Final = ["indicator", "period"]
KEY: Final = ["region", *GROUP]
OWN: Final = "provstats"
#: The comparisons by the names that the page has for them.
COMPARISONS: Final = {"rank": ps.rank, "gap": ps.gap_to_national, "yoy": ps.yoy}


def prepare_own(frame: pd.DataFrame) -> Calls:
    """Compare by provstats: each from the frame, and all three on one panel."""
    return {
        "rank": lambda: ps.rank(frame),
        "gap": lambda: ps.gap_to_national(frame),
        "yoy": lambda: ps.yoy(frame),
        "all three": lambda: _compare_in_three_ways(frame),
    }


def _compare_in_three_ways(frame: pd.DataFrame) -> None:
    """Compare in three ways what is prepared once, and keep no answer longer than a peer does."""
    panel = ps.Panel(frame)
    for compare in COMPARISONS.values():
        compare(panel)


def make_polars_table(frame: pd.DataFrame) -> pl.DataFrame:
    """Return the rows in polars."""
    kinds: dict[str, Any] = {"period": pl.Date} | {
        name: pl.Enum(column.cat.categories.tolist())
        for name, column in frame.select_dtypes("category").items()
    }
    return pl.from_pandas(frame).cast(kinds)


def make_duckdb_table(frame: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """Return a database of DuckDB with the rows in its table ``panel``."""
    database = duckdb.connect(config={"preserve_insertion_order": False})
    database.execute("set enable_progress_bar = false")
    database.register("rows", frame)
    numbers = ", ".join(
        f"case when not isnan({name}) then {name} end as {name}"
        for name in frame.select_dtypes("float").columns
    )
    database.execute(
        f"create table panel as select * replace (period::date as period, {numbers}) from rows"
    )
    database.unregister("rows")
    return database


def set_keys(table: pd.DataFrame | pl.DataFrame | pa.Table) -> pd.DataFrame:
    """Return any engine's answer by region, indicator and month, each once."""
    frame = table if hasattr(table, "set_index") else pl.DataFrame(table).to_pandas()
    keys = {"region": "str", "indicator": "str", "period": "datetime64[s]"}
    return frame.astype(keys).set_index(KEY, verify_integrity=True)
