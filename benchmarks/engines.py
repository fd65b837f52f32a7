"""The three comparisons as each engine's own people write them, over the same rows.

Each engine holds the rows in its own format, keys with categories as its own enumeration, and
answers with its own kind of table. Where an engine has several ways, its fastest is here: pandas
looks up by an index, for which a merge needs half as long again; polars and DuckDB hold months as
dates, and DuckDB a table of its own, for it reads the categories of Arrow as plain strings. The
answers of polars and DuckDB are in no order, which saves them time, and their gaps and pandas' may
keep the rows of the nation, where leaving them out would cost more.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import numpy as np
import pandas as pd
import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

import provstats as ps  # the checkout, before what is installed

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    Calls = dict[str, Callable[[], Any]]

__all__ = ["COMPARISONS", "ENGINES", "OWN", "check"]

Rows = TypeVar("Rows", pl.DataFrame, pl.LazyFrame)
GROUP = ["indicator", "period"]
KEY = ["region", *GROUP]
OWN = "provstats"
#: The comparisons, each with the column that answers it.
COMPARISONS = {"rank": "rank", "gap": "gap", "yoy": "yoy"}


def own(frame: pd.DataFrame) -> Calls:
    """Compare by provstats: each from the frame, and all three on one panel."""
    return {
        "rank": lambda: ps.rank(frame),
        "gap": lambda: ps.gap_to_national(frame),
        "yoy": lambda: ps.yoy(frame),
        "all three": lambda: all_three(frame),
    }


def all_three(frame: pd.DataFrame) -> None:
    """Compare in three ways what is prepared once, and keep no answer longer than a peer does."""
    panel = ps.Panel(frame)
    for compare in (ps.rank, ps.gap_to_national, ps.yoy):
        compare(panel)


# --- pandas -------------------------------------------------------------------------------------


def in_pandas(frame: pd.DataFrame) -> Calls:
    """Compare by pandas."""
    return {
        "rank": lambda: pandas_rank(frame),
        "gap": lambda: pandas_gap(frame),
        "yoy": lambda: pandas_yoy(frame),
    }


def pandas_rank(frame: pd.DataFrame) -> pd.DataFrame:
    """Rank the provinces within groups."""
    rows = frame[frame["region"] != "CN"]
    groups = rows.groupby(GROUP, observed=True, sort=False)
    return rows.assign(rank=groups["value"].rank(method="min", ascending=False))


def pandas_gap(frame: pd.DataFrame) -> pd.DataFrame:
    """Look up the nation's value."""
    nation = frame[frame["region"] == "CN"].set_index(GROUP)["value"]
    national = nation.reindex(pd.MultiIndex.from_frame(frame[GROUP])).to_numpy()
    return frame.assign(national=national, gap=frame["value"] - national)


def pandas_yoy(frame: pd.DataFrame) -> pd.DataFrame:
    """Look up the value of the year before."""
    year_on = frame["period"] + pd.DateOffset(years=1)
    earlier = frame.assign(period=year_on).set_index(KEY)["value"]
    previous = earlier.reindex(pd.MultiIndex.from_frame(frame[KEY])).to_numpy()
    return frame.assign(previous=previous, yoy=(frame["value"] / previous - 1) * 100)


# --- polars -------------------------------------------------------------------------------------


def in_polars(frame: pd.DataFrame) -> Calls:
    """Compare by polars, each step at once."""
    table = polars_table(frame)
    return {name: partial(query, table) for name, query in POLARS.items()}


def in_polars_streaming(frame: pd.DataFrame) -> Calls:
    """Compare by polars, planned as a whole and run in batches."""
    lazy = polars_table(frame).lazy()
    plans = {name: query(lazy) for name, query in POLARS.items()}
    return {name: partial(plan.collect, engine="streaming") for name, plan in plans.items()}


def polars_table(frame: pd.DataFrame) -> pl.DataFrame:
    """Return the rows with months as dates, and enumerations where there are categories."""
    kinds: dict[str, Any] = {"period": pl.Date} | {
        name: pl.Enum(column.cat.categories.tolist())
        for name, column in frame.select_dtypes("category").items()
    }
    return pl.from_pandas(frame).cast(kinds)


def polars_rank(table: Rows) -> Rows:
    """Rank the provinces within windows."""
    ranks = pl.col("value").rank("min", descending=True).over(GROUP)
    return table.filter(pl.col("region") != "CN").with_columns(rank=ranks)


def polars_gap(table: Rows) -> Rows:
    """Join the nation's values."""
    nation = table.filter(pl.col("region") == "CN").select(*GROUP, national="value")
    joined = table.filter(pl.col("region") != "CN").join(nation, on=GROUP, how="left")
    return joined.with_columns(gap=pl.col("value") - pl.col("national"))


def polars_yoy(table: Rows) -> Rows:
    """Join the values of the year before, by a number of the month."""
    month = pl.col("period").dt.year() * 12 + pl.col("period").dt.month()
    table = table.with_columns(month=month)
    earlier = table.select("region", "indicator", pl.col("month") + 12, previous="value")
    joined = table.join(earlier, on=["region", "indicator", "month"], how="left").drop("month")
    return joined.with_columns(yoy=(pl.col("value") / pl.col("previous") - 1) * 100)


POLARS = {"rank": polars_rank, "gap": polars_gap, "yoy": polars_yoy}


# --- DuckDB -------------------------------------------------------------------------------------

SQL = {
    "rank": """select *, rank() over (partition by indicator, period order by value desc) as rank
               from panel where region <> 'CN'""",
    "gap": """select panel.*, nation.value as national, panel.value - nation.value as gap
              from panel left join (from panel where region = 'CN') nation
              using (indicator, period)""",
    "yoy": """select panel.*, earlier.value as previous,
                     (panel.value / earlier.value - 1) * 100 as yoy
              from panel left join panel earlier
              on panel.region = earlier.region and panel.indicator = earlier.indicator
              and panel.period = earlier.period + interval 1 year""",
}


def in_duckdb(frame: pd.DataFrame) -> Calls:
    """Compare by DuckDB, from a table of its own to Arrow."""
    database = duckdb.connect(config={"preserve_insertion_order": False})
    database.execute("set enable_progress_bar = false")
    database.register("rows", frame)
    database.execute("create table panel as select * replace (period::date as period) from rows")
    database.unregister("rows")

    def answer(query: str) -> pa.Table:
        return database.sql(query).to_arrow_table()

    return {name: partial(answer, query) for name, query in SQL.items()}


#: What each engine needs to answer the frame's comparisons.
ENGINES: dict[str, Callable[[pd.DataFrame], Calls]] = {
    "pandas": in_pandas,
    "polars": in_polars,
    "polars streaming": in_polars_streaming,
    "DuckDB": in_duckdb,
    OWN: own,
}


def check(frame: pd.DataFrame, engines: list[str]) -> None:
    """Raise AssertionError unless every engine answers as provstats does, to 1e-9."""
    answers = own(frame)
    for engine in engines:
        calls = ENGINES[engine](frame)
        for name, column in COMPARISONS.items():
            expected, found = keyed(answers[name]())[column], keyed(calls[name]())[column]
            found = found.reindex(expected.index)
            np.testing.assert_allclose(found, expected, 1e-9, 1e-9, err_msg=f"{engine} {name}")


def keyed(table: pd.DataFrame | pl.DataFrame | pa.Table) -> pd.DataFrame:
    """Return any engine's answer by region, indicator and month, each once."""
    frame = table if isinstance(table, pd.DataFrame) else pl.DataFrame(table).to_pandas()
    keys = {"region": "str", "indicator": "str", "period": "datetime64[s]"}
    frame = frame.astype(keys).set_index(KEY, verify_integrity=True)
    return frame[[*set(COMPARISONS) & set(frame)]].astype(float)
