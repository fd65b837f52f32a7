"""Bare queries: rank, gap and yoy as each engine's own people write them, and nothing besides.

Where an engine has several ways, its fastest is here: pandas looks up by an index, for which a
merge needs half as long again; polars and DuckDB hold months as dates. The answers of polars and
DuckDB are in no order, which saves them time, and their gaps and pandas' may keep the rows of the
nation, where leaving them out would cost more.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import pandas as pd
import polars as pl
from engines import (
    COMPARISONS,
    GROUP,
    KEY,
    OWN,
    make_duckdb_table,
    make_polars_table,
    prepare_own,
    set_keys,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyarrow as pa
    from engines import Calls

__all__ = ["ENGINES", "LEAVES_OUT", "POLARS", "SQL", "check", "rank_in_pandas"]

Rows = TypeVar("Rows", pl.DataFrame, pl.LazyFrame)

#: What bare queries do not do, for the page.
LEAVES_OUT: Final = (
    "every check (keys that stand twice, unknown regions, units that differ, texts, infinite or "
    "missing values), intervals, `rank_best` and `rank_worst`, `n`, `left_out`, units, methods, "
    "reasons, and, but for pandas, the order of the rows. A missing value would be ranked first "
    "by polars and DuckDB, and a key that stands twice multiplies the rows of a join."
)


def prepare_pandas(frame: pd.DataFrame) -> Calls:
    """Compare by pandas."""
    return {
        "rank": lambda: rank_in_pandas(frame),
        "gap": lambda: measure_gap_in_pandas(frame),
        "yoy": lambda: measure_yoy_in_pandas(frame),
    }


def rank_in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """Rank the provinces within groups."""
    rows = frame[frame["region"] != "CN"]
    groups = rows.groupby(GROUP, observed=True, sort=False)
    return rows.assign(rank=groups["value"].rank(method="min", ascending=False))


def measure_gap_in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """Look up the nation's value."""
    nation = frame[frame["region"] == "CN"].set_index(GROUP)["value"]
    national = nation.reindex(pd.MultiIndex.from_frame(frame[GROUP])).to_numpy()
    return frame.assign(national=national, gap=frame["value"] - national)


def measure_yoy_in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """Look up the value of the year before."""
    year_on = frame["period"] + pd.DateOffset(years=1)
    earlier = frame.assign(period=year_on).set_index(KEY)["value"]
    previous = earlier.reindex(pd.MultiIndex.from_frame(frame[KEY])).to_numpy()
    return frame.assign(previous=previous, yoy=(frame["value"] / previous - 1) * 100)


# --- polars -------------------------------------------------------------------------------------


def prepare_polars(frame: pd.DataFrame) -> Calls:
    """Compare by polars, each step at once."""
    table = make_polars_table(frame)
    return {name: partial(query, table) for name, query in POLARS.items()}


def prepare_polars_streaming(frame: pd.DataFrame) -> Calls:
    """Compare by polars, planned as a whole and run in batches."""
    lazy = make_polars_table(frame).lazy()
    plans = {name: query(lazy) for name, query in POLARS.items()}
    return {name: partial(plan.collect, engine="streaming") for name, plan in plans.items()}


def rank_in_polars(table: Rows) -> Rows:
    """Rank the provinces within windows."""
    ranks = pl.col("value").rank("min", descending=True).over(GROUP)
    return table.filter(pl.col("region") != "CN").with_columns(rank=ranks)


def measure_gap_in_polars(table: Rows) -> Rows:
    """Join the nation's values."""
    nation = table.filter(pl.col("region") == "CN").select(*GROUP, national="value")
    joined = table.filter(pl.col("region") != "CN").join(nation, on=GROUP, how="left")
    return joined.with_columns(gap=pl.col("value") - pl.col("national"))


def measure_yoy_in_polars(table: Rows) -> Rows:
    """Join the values of the year before, by a number of the month."""
    month = pl.col("period").dt.year() * 12 + pl.col("period").dt.month()
    table = table.with_columns(month=month)
    earlier = table.select("region", "indicator", pl.col("month") + 12, previous="value")
    joined = table.join(earlier, on=["region", "indicator", "month"], how="left").drop("month")
    return joined.with_columns(yoy=(pl.col("value") / pl.col("previous") - 1) * 100)


#: The queries of polars.
POLARS: Final = {"rank": rank_in_polars, "gap": measure_gap_in_polars, "yoy": measure_yoy_in_polars}

# --- DuckDB -------------------------------------------------------------------------------------

#: The queries of DuckDB.
SQL: Final = {
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


def prepare_duckdb(frame: pd.DataFrame) -> Calls:
    """Compare by DuckDB, from a table of its own to Arrow."""
    database = make_duckdb_table(frame)

    def answer(query: str) -> pa.Table:
        return database.sql(query).to_arrow_table()

    return {name: partial(answer, query) for name, query in SQL.items()}


# --- all ----------------------------------------------------------------------------------------

#: What each engine needs to answer the frame's comparisons.
ENGINES: Final[dict[str, Callable[[pd.DataFrame], Calls]]] = {
    "pandas": prepare_pandas,
    "polars": prepare_polars,
    "polars streaming": prepare_polars_streaming,
    "DuckDB": prepare_duckdb,
    OWN: prepare_own,
}


def check(frame: pd.DataFrame, engines: Iterable[str]) -> None:
    """Raise AssertionError unless every engine answers as provstats does, to 1e-9."""
    answers = prepare_own(frame)
    for engine in engines:
        calls = ENGINES[engine](frame)
        for name in COMPARISONS:
            expected, found = set_keys(answers[name]())[name], set_keys(calls[name]())[name]
            found = found.reindex(expected.index).astype(float)
            np.testing.assert_allclose(found, expected, 1e-9, 1e-9, err_msg=f"{engine} {name}")
