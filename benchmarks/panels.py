"""What `rank`, `gap_to_national` and `yoy` cost on large panels, beside pandas, polars and DuckDB.

Run it with ``python benchmarks/panels.py 10_000_000``; it needs polars and duckdb. Each engine gets
the same rows in its own format and its own idiom, and answers with its own kind of table; all run
in one process, one after another, so that only ratios count. The peak of memory above the loaded
rows is that of a fresh process. Goals at ten million shuffled rows with categories, against the
fastest of polars and DuckDB: rank 3, gap 5, yoy 5, all three 8; against pandas 25 on all three.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import provstats as ps  # noqa: E402 - the checkout goes before what is installed
from provstats.places import mainland  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

REGIONS = ["CN", *sorted(mainland())]
MONTHS = 300
MISSING = 0.05
GOALS = {"rank": 3, "gap": 5, "yoy": 5, "all three": 8}


def panel(rows: int, *, keys: str, order: str, bounds: bool = False) -> pd.DataFrame:
    """Return about so many rows: 32 regions by 300 months, 5% of them missing, with many ties."""
    random = np.random.default_rng(0)
    indicators = max(1, round(rows / (len(REGIONS) * MONTHS * (1 - MISSING))))
    cells = len(REGIONS) * MONTHS * indicators
    cell = np.flatnonzero(random.random(cells) >= MISSING)
    if order == "shuffled":
        random.shuffle(cell)
    region, rest = cell % len(REGIONS), cell // len(REGIONS)
    month, indicator = rest % MONTHS, rest // MONTHS
    ids = [f"indicator_{i:05d}" for i in range(indicators)]
    months = np.datetime64("2000-01", "M") + np.arange(MONTHS)
    frame = pd.DataFrame({
        "region": pd.Categorical.from_codes(region, REGIONS),
        "indicator": pd.Categorical.from_codes(indicator, ids),
        "period": months.astype("datetime64[s]")[month],
        "value": random.normal(100, 20, len(cell)).round(1),
    })  # fmt: skip
    if bounds:
        frame["lower"], frame["upper"] = frame["value"] - 0.05, frame["value"] + 0.05
    return frame if keys == "category" else frame.astype({"region": "str", "indicator": "str"})


# --- pandas -------------------------------------------------------------------------------------

GROUP = ["indicator", "period"]


def pandas_rank(frame: pd.DataFrame) -> pd.DataFrame:
    """Rank the provinces by a grouped rank."""
    rows = frame[frame["region"] != "CN"]
    groups = rows.groupby(GROUP, observed=True, sort=False)
    return rows.assign(rank=groups["value"].rank(method="min", ascending=False))


def pandas_gap(frame: pd.DataFrame) -> pd.DataFrame:
    """Join the nation's values."""
    nation = frame.loc[frame["region"] == "CN", [*GROUP, "value"]]
    joined = frame.merge(nation.rename(columns={"value": "national"}), on=GROUP, how="left")
    return joined.assign(gap=joined["value"] - joined["national"])


def pandas_yoy(frame: pd.DataFrame) -> pd.DataFrame:
    """Join the values of the year before."""
    year_on = frame["period"].to_numpy().astype("datetime64[M]") + 12
    earlier = frame.assign(period=year_on.astype(frame["period"].dtype))
    earlier = earlier.rename(columns={"value": "previous"})
    joined = frame.merge(earlier, on=["region", *GROUP], how="left")
    return joined.assign(yoy=(joined["value"] / joined["previous"] - 1) * 100)


PANDAS = {"rank": pandas_rank, "gap": pandas_gap, "yoy": pandas_yoy}


# --- polars and DuckDB ----------------------------------------------------------------------------


def polars_queries(lazy: object) -> dict[str, object]:
    """Return the three comparisons as expressions."""
    import polars as pl  # noqa: PLC0415

    nation = lazy.filter(pl.col("region") == "CN").select(*GROUP, national="value")
    year_on = pl.col("period").dt.offset_by("1y")
    earlier = lazy.select("region", "indicator", period=year_on, previous="value")
    ranks = pl.col("value").rank("min", descending=True).over(GROUP)
    return {
        "rank": lazy.filter(pl.col("region") != "CN").with_columns(rank=ranks),
        "gap": lazy.join(nation, on=GROUP, how="left").with_columns(
            gap=pl.col("value") - pl.col("national")
        ),
        "yoy": lazy.join(earlier, on=["region", *GROUP], how="left").with_columns(
            yoy=(pl.col("value") / pl.col("previous") - 1) * 100
        ),
    }


SQL = {
    "rank": """select *, rank() over (partition by indicator, period order by value desc) as rank
               from panel where region <> 'CN'""",
    "gap": """select panel.*, nation.value as national, panel.value - nation.value as gap
              from panel left join (select * from panel where region = 'CN') nation
              using (indicator, period)""",
    "yoy": """select panel.*, earlier.value as previous,
                     (panel.value / earlier.value - 1) * 100 as yoy
              from panel left join panel earlier
              on panel.region = earlier.region and panel.indicator = earlier.indicator
              and panel.period = earlier.period + interval 1 year""",
}


def engines(frame: pd.DataFrame) -> dict[str, dict[str, Callable[[], object]]]:
    """Return what to time, by engine and comparison."""
    import duckdb  # noqa: PLC0415
    import polars as pl  # noqa: PLC0415

    table = pl.from_pandas(frame)
    eager = polars_queries_eager(table)
    lazy = polars_queries(table.lazy())
    database = duckdb.connect()
    database.register("panel", table.to_arrow())
    return {
        "pandas": {name: lambda f=f: f(frame) for name, f in PANDAS.items()},
        "polars": eager,
        "polars streaming": {
            name: lambda q=q: q.collect(engine="streaming") for name, q in lazy.items()
        },
        "duckdb": {name: lambda s=s: database.sql(s).to_arrow_table() for name, s in SQL.items()},
        "provstats": {
            "rank": lambda: ps.rank(frame),
            "gap": lambda: ps.gap_to_national(frame),
            "yoy": lambda: ps.yoy(frame),
            "all three": lambda: all_three(frame),
        },
    }  # fmt: skip


def polars_queries_eager(table: object) -> dict[str, Callable[[], object]]:
    """Return the three comparisons on an eager frame, each step at once."""
    names = ("rank", "gap", "yoy")
    return {name: lambda name=name: eager_query(table, name) for name in names}


def eager_query(table: object, name: str) -> object:
    """Answer one comparison on an eager frame."""
    import polars as pl  # noqa: PLC0415

    if name == "rank":
        ranks = pl.col("value").rank("min", descending=True).over(GROUP)
        return table.filter(pl.col("region") != "CN").with_columns(rank=ranks)
    if name == "gap":
        nation = table.filter(pl.col("region") == "CN").select(*GROUP, national="value")
        joined = table.join(nation, on=GROUP, how="left")
        return joined.with_columns(gap=pl.col("value") - pl.col("national"))
    year_on = pl.col("period").dt.offset_by("1y")
    earlier = table.select("region", "indicator", period=year_on, previous="value")
    joined = table.join(earlier, on=["region", *GROUP], how="left")
    return joined.with_columns(yoy=(pl.col("value") / pl.col("previous") - 1) * 100)


def all_three(frame: pd.DataFrame) -> None:
    """Compare in three ways what is prepared once."""
    prepared = ps.Panel(frame)
    for compare in (ps.rank, ps.gap_to_national, ps.yoy):
        compare(prepared)


# --- measuring ------------------------------------------------------------------------------------


def milliseconds(call: Callable[[], object]) -> float:
    """Return the wall time of one call, its answer thrown away outside the clock."""
    gc.collect()
    start = time.perf_counter()
    answer = call()
    took = time.perf_counter() - start
    del answer
    return took * 1e3


def measured(frame: pd.DataFrame, rounds: int, without: set[str]) -> pd.DataFrame:
    """Return the median time of each engine and comparison, a first round not counted."""
    asked = {engine: calls for engine, calls in engines(frame).items() if engine not in without}
    times = pd.DataFrame([
        {"engine": engine, "name": name, "round": turn, "ms": milliseconds(call)}
        for turn in range(rounds + 1)
        for engine, calls in asked.items()
        for name, call in calls.items()
    ]).query("round > 0")  # fmt: skip
    table = times.pivot_table(index="name", columns="engine", values="ms", aggfunc="median")
    own = list(PANDAS)
    table.loc["all three"] = table.loc["all three"].fillna(table.loc[own].sum())
    return table.loc[[*own, "all three"], list(asked)]


def limit(frame: pd.DataFrame) -> float:
    """Return the time of one scatter and one gather of the values, in one thread."""
    value = frame["value"].to_numpy()
    place = np.random.default_rng(0).permutation(len(value))

    def scatter_and_gather() -> object:
        matrix = np.empty(len(value))
        matrix[place] = value
        return matrix.take(place)

    return min(milliseconds(scatter_and_gather) for _ in range(3))


def peak(size: str, keys: str, compare: str) -> float:
    """Return the peak of memory in MB that one call needs above its rows, in a fresh process."""
    command = [sys.executable, __file__, size, "--keys", keys, "--peak", compare]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peak_here(frame: pd.DataFrame, compare: str) -> float:
    """Return the peak of memory in MB that one call needs above its rows, in this process."""
    ps.rank(frame.iloc[:1000])
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
    before = resident("VmRSS")
    answer = {"rank": ps.rank, "gap": ps.gap_to_national, "yoy": ps.yoy, "all three": all_three}[
        compare
    ](frame)
    after = resident("VmHWM")
    del answer
    return (after - before) * 1024 / 1e6


def resident(field: str) -> int:
    """Return a field of this process's memory in kB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{field}:")[1].split()[0])


def main() -> None:
    """Print times, ratios and memory."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("rows", nargs="?", default="1_000_000")
    arguments.add_argument("--keys", choices=["category", "string"], default="category")
    arguments.add_argument("--order", choices=["shuffled", "sorted"], default="shuffled")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--without", nargs="*", default=[], help="engines to leave out")
    arguments.add_argument("--bounds", action="store_true", help="rows have lower and upper")
    arguments.add_argument("--peak", help="print only the peak of memory of this comparison")
    asked = arguments.parse_args()
    frame = panel(int(asked.rows), keys=asked.keys, order=asked.order, bounds=asked.bounds)
    if asked.peak:
        print(peak_here(frame, asked.peak))
        return
    table = measured(frame, asked.rounds, set(asked.without))
    peers = table[table.columns.intersection(["polars", "polars streaming", "duckdb"])]
    if len(peers.columns):
        table["of the fastest"] = peers.min(axis="columns") / table["provstats"]
        table["goal"] = pd.Series(GOALS)
    if "pandas" in table:
        table["of pandas"] = table["pandas"] / table["provstats"]
    table["peak MB"] = [peak(asked.rows, asked.keys, name) for name in table.index]
    print(f"{len(frame):,} rows, {asked.keys} keys, {asked.order}; milliseconds, ratios, megabytes")
    print(table.round(1).to_string())
    print(f"one scatter and one gather of the values, one thread: {limit(frame):.1f} ms")
    print(f"all of it peaked at {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
