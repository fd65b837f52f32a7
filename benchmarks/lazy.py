"""Lazy plans: those that provstats adds to, beside the bare query on the same engine.

Both sides start from the same table of the engine, run by the same one of its ways, and end in the
same kind of answer: polars in batches, DuckDB from its own table to Arrow, Dask from parts in
memory to pandas. Dask's own people shuffle for a rank, and merge for the others.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import dask.dataframe as dd
import numpy as np
import pandas as pd
from bare import POLARS, SQL, rank_in_pandas
from engines import COMPARISONS, GROUP, KEY, make_duckdb_table, make_polars_table, set_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engines import Calls

__all__ = ["ENGINES", "LEAVES_OUT", "check"]

#: What the bare queries beside the plans do not do, for the page.
LEAVES_OUT: Final = (
    "what they leave out in memory, and bounds: they read keys and values alone. The plan of "
    "DuckDB does not refuse rows either: it leaves them out of the comparison, and counts them"
)
#: The parts of Dask: its threads take turns on them.
PARTS: Final = 4


def prepare_polars(frame: pd.DataFrame, bare: pd.DataFrame) -> tuple[Calls, Calls]:
    """Return our plans of polars to run, and the bare ones."""
    table, keys = make_polars_table(frame).lazy(), make_polars_table(bare).lazy()

    def run(compare: Callable[[Any], Any], rows: Any) -> Any:  # noqa: ANN401 - of polars
        return compare(rows).collect(engine="streaming")

    return _prepare_both(run, table, POLARS, keys)


def prepare_duckdb(frame: pd.DataFrame, bare: pd.DataFrame) -> tuple[Calls, Calls]:
    """Return our plans of DuckDB to run, and the bare ones."""
    database, keys = make_duckdb_table(frame), make_duckdb_table(bare)

    def run(compare: Callable[[Any], Any], rows: Any) -> Any:  # noqa: ANN401 - of DuckDB
        return compare(rows).to_arrow_table()

    queries = {name: partial(_answer, query) for name, query in SQL.items()}
    own, _ = _prepare_both(run, database.table("panel"), {}, None)
    return own, {name: partial(run, query, keys) for name, query in queries.items()}


def _answer(query: str, database: Any) -> Any:  # noqa: ANN401 - of DuckDB
    return database.sql(query)


def prepare_dask(frame: pd.DataFrame, bare: pd.DataFrame) -> tuple[Calls, Calls]:
    """Return our plans of Dask to run, and the bare ones."""
    table, keys = (dd.from_pandas(rows, npartitions=PARTS, sort=False) for rows in (frame, bare))

    def run(compare: Callable[[Any], Any], rows: Any) -> Any:  # noqa: ANN401 - of Dask
        return compare(rows).compute()

    return _prepare_both(run, table, DASK, keys)


def _prepare_both(
    run: Callable[[Any, Any], Any], rows: Any, queries: dict[str, Any], bare: Any  # noqa: ANN401 - of any engine
) -> tuple[Calls, Calls]:  # fmt: skip
    own = {name: partial(run, compare, rows) for name, compare in COMPARISONS.items()}
    return own, {name: partial(run, query, bare) for name, query in queries.items()}


# --- Dask ---------------------------------------------------------------------------------------


def rank_in_dask(rows: dd.DataFrame) -> dd.DataFrame:
    """Bring the rows of an indicator together, and rank within groups."""
    meta = rows._meta.assign(rank=0.0)  # noqa: SLF001 - the types without the rows
    return rows.shuffle(on=["indicator"]).map_partitions(rank_in_pandas, meta=meta)


def measure_gap_in_dask(rows: dd.DataFrame) -> dd.DataFrame:
    """Merge the nation's values."""
    nation = rows[rows["region"] == "CN"][[*GROUP, "value"]].rename(columns={"value": "national"})
    merged = rows.merge(nation, on=GROUP, how="left")
    return merged.assign(gap=merged["value"] - merged["national"])


def measure_yoy_in_dask(rows: dd.DataFrame) -> dd.DataFrame:
    """Merge the values of the year before."""
    earlier = rows.assign(period=rows["period"] + pd.DateOffset(years=1))
    merged = rows.merge(earlier.rename(columns={"value": "previous"}), on=KEY, how="left")
    return merged.assign(yoy=(merged["value"] / merged["previous"] - 1) * 100)


DASK: Final = {"rank": rank_in_dask, "gap": measure_gap_in_dask, "yoy": measure_yoy_in_dask}

# --- all ----------------------------------------------------------------------------------------

#: What each engine needs to run our plans of a frame, and bare ones of its keys and values.
ENGINES: Final[dict[str, Callable[[pd.DataFrame, pd.DataFrame], tuple[Calls, Calls]]]] = {
    "polars": prepare_polars,
    "DuckDB": prepare_duckdb,
    "Dask": prepare_dask,
}


def check(frame: pd.DataFrame, engines: Iterable[str]) -> None:
    """Raise AssertionError unless plans answer as in memory, and bare queries too, to 1e-9."""
    for engine in engines:
        own, bare = ENGINES[engine](frame, frame[[*KEY, "value"]])
        for name, compare in COMPARISONS.items():
            expected = set_keys(compare(frame))
            numbers = expected.select_dtypes("number").columns
            for found, columns in ((own, numbers), (bare, [name])):
                answer = set_keys(found[name]()).reindex(expected.index)[columns].astype("Float64")
                np.testing.assert_allclose(
                    answer.to_numpy(float, na_value=np.nan),
                    expected[columns].astype("Float64").to_numpy(float, na_value=np.nan),
                    1e-9, 1e-9, err_msg=f"{engine} {name}",
                )  # fmt: skip
