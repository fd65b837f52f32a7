"""What `rank`, `gap_to_national` and `yoy` cost on large panels, beside pandas, polars and DuckDB.

Run it with ``python benchmarks/panels.py``, on Linux with polars and duckdb: it measures every
case and writes benchmarks/panels.json, docs/benchmarks.md and docs/benchmarks.png. Options choose
cases, which are only printed unless ``--write`` is given. Each case is a fresh process, in which
the engines take turns, so that a noisy moment meets all of them: ratios count more than times.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import os
import platform
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, TypeVarTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from engines import COMPARISONS, ENGINES, OWN, check
from report import RESULTS, lines, write

from provstats.store.regions import mainland

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

REGIONS = ["CN", *sorted(mainland())]
MONTHS = 300
MISSING = 0.05
SIZES = [1_000_000, 10_000_000, 50_000_000]
KEYS = ["category", "string"]
ORDERS = ["shuffled", "sorted"]
#: From here on an engine that takes each step at once needs too much time or memory.
LARGE = 20_000_000
#: Seconds of one engine's comparison after which it is not repeated.
PATIENCE = 3
#: Seconds before each call in which the machine settles, and bytes of memory at hand for it, for
#: each row and at most.
SETTLED, AT_HAND, MOST_AT_HAND = 0.5, 96, 1 << 30
#: Rows of the panels on which answers are compared, and on which an engine warms up.
CHECKED, SMALL = 100_000, 10_000
Of = TypeVarTuple("Of")
Found = TypeVar("Found")


class Case(NamedTuple):
    """A panel to measure."""

    rows: int
    keys: str
    order: str

    @property
    def is_plain(self) -> bool:
        """Whether the keys are categories and the rows shuffled, as most goals are set for."""
        return (self.keys, self.order) == ("category", "shuffled")

    def engines(self) -> list[str]:
        """Return the engines that take part: on large panels few, or else hours go by."""
        if self.rows < LARGE:
            return [*ENGINES]
        return ["polars streaming", "DuckDB", OWN] if self.is_plain else [OWN]


def panel(case: Case) -> pd.DataFrame:
    """Return about so many rows: 32 regions by 300 months, 5% of them missing, with many ties."""
    random = np.random.default_rng(0)
    indicators = max(1, round(case.rows / (len(REGIONS) * MONTHS * (1 - MISSING))))
    cell = np.flatnonzero(random.random(len(REGIONS) * MONTHS * indicators) >= MISSING)
    if case.order == "shuffled":
        random.shuffle(cell)
    rest, region = np.divmod(cell, len(REGIONS))
    indicator, month = np.divmod(rest, MONTHS)
    months = np.datetime64("2000-01", "M") + np.arange(MONTHS)
    frame = pd.DataFrame({
        "region": pd.Categorical.from_codes(region, REGIONS),
        "indicator": pd.Categorical.from_codes(indicator, names(indicators)),
        "period": months.astype("datetime64[s]")[month],
        "value": random.normal(100, 15, len(cell)).round(1),
    })  # fmt: skip
    return frame if case.keys == "category" else frame.astype({"region": "str", "indicator": "str"})


def names(indicators: int) -> list[str]:
    """Return ids of a usual length."""
    return [f"indicator_{number:05d}" for number in range(indicators)]


# --- one process --------------------------------------------------------------------------------


def measured(case: Case, rounds: int) -> dict[str, Any]:
    """Measure the times of all engines in this process, and first of all our own memory."""
    frame = panel(case)
    memory = peak(case, frame, OWN, "all three")
    check(panel(case._replace(rows=CHECKED)), case.engines())
    times = timed({
        (engine, name): call
        for engine in case.engines()
        for name, call in ENGINES[engine](frame).items()
    }, len(frame), rounds)  # fmt: skip
    ms = {engine: {name: of for (by, name), of in times.items() if by == engine}
          for engine in case.engines()}  # fmt: skip
    for of in ms.values():  # peers have nothing to prepare: three queries are what three cost
        of.setdefault("all three", sum(of[name] for name in COMPARISONS))
    return {**case._asdict(), "rows": len(frame), "asked": case.rows, **memory, "ms": ms,
            "limit_ms": limit(len(frame), case.order)}  # fmt: skip


def timed(calls: dict[Hashable, Callable[[], Any]], rows: int, rounds: int) -> dict[Any, float]:
    """Return the median of each call in milliseconds, a first round not counted."""
    took: dict[Any, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        for name, call in calls.items():
            if sum(took[name]) < PATIENCE * 1e3:
                ms = milliseconds(call, rows)
                took[name] += [ms] if turn else []
    return {name: statistics.median(of) for name, of in took.items()}


def milliseconds(call: Callable[[], Any], rows: int) -> float:
    """Return the wall time of one call on so many rows, its answer thrown away outside the clock.

    A virtual machine hands back to its host what is free for a while, and to get it again can take
    longer than the call. So some memory is used just before, whoever's turn it is, and what the
    last one gave back is let go before that.
    """
    gc.collect()
    time.sleep(SETTLED)
    np.ones(min(AT_HAND * rows, MOST_AT_HAND), np.uint8)
    start = time.perf_counter()
    answer = call()
    took = time.perf_counter() - start
    del answer
    return took * 1e3


def limit(rows: int, order: str) -> float:
    """Return the time of one scatter and one gather of so many values, in one thread."""
    place, value = np.arange(rows), np.ones(rows)
    if order == "shuffled":
        np.random.default_rng(0).shuffle(place)

    def scatter_and_gather() -> NDArray[np.float64]:
        matrix = np.empty(rows)
        matrix[place] = value
        return matrix.take(place)

    return min(milliseconds(scatter_and_gather, rows) for _ in range(3))


def ranges(case: Case, rounds: int) -> dict[str, float]:
    """Return the times of a plain rank, and of one with the ranges that bounds allow."""
    frame = panel(case)
    bounds = {"lower": frame["value"] - 0.05, "upper": frame["value"] + 0.05}
    bounded = ENGINES[OWN](frame.assign(**bounds))["rank"]
    return timed({"plain": ENGINES[OWN](frame)["rank"], "bounded": bounded}, len(frame), rounds)


def peak_of(case: Case, engine: str, name: str) -> float:
    """Return the peak of memory in MB that a comparison needs above its rows."""
    return peak(case, panel(case), engine, name)["above_mb"]


def peak(case: Case, frame: pd.DataFrame, engine: str, name: str) -> dict[str, float]:
    """Return the peak of memory of a comparison and its answer, above the rows and in all."""
    ENGINES[engine](panel(case._replace(rows=SMALL)))[name]()  # all modules are loaded
    call = ENGINES[engine](frame)[name]
    give_back()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
    before = resident("VmRSS")
    answer = call()
    after = resident("VmHWM")
    del answer
    return {"above_mb": (after - before) / 1e6, "resident_gb": after / 1e9}


def give_back() -> None:
    """Return freed memory to the system: what is taken from it later then counts."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    ctypes.CDLL(None).malloc_trim(0)


def resident(field: str) -> int:
    """Return a field of this process's memory in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{field}:")[1].split()[0]) * 1024


# --- all cases ----------------------------------------------------------------------------------


def afresh(measure: Callable[[*Of], Found], *of: *Of) -> Found:
    """Measure in a process of its own, which gives all its memory back."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, *of).result()


def peaks(case: Case) -> dict[str, dict[str, float]]:
    """Return the peak of memory of each engine and comparison."""
    return {
        engine: {
            name: afresh(peak_of, case, engine, name)
            for name in [*COMPARISONS, *(["all three"] if engine == OWN else [])]
        }
        for engine in case.engines()
    }


def setting() -> dict[str, Any]:
    """Return what the numbers depend on."""
    processor = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("model name\t: ")[1]
    memory = Path("/proc/meminfo").read_text(encoding="ascii").split()[1]
    packages = ["numpy", "pandas", "pyarrow", "polars", "duckdb"]
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "processor": processor.splitlines()[0],
        "cores": os.cpu_count(),
        "memory_gb": round(int(memory) * 1024 / 1e9),
        "system": platform.system(),
        "versions": {"Python": platform.python_version(), **{of: version(of) for of in packages}},
    }


def chosen() -> argparse.Namespace:
    """Return what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", nargs="+", type=int, default=SIZES)
    arguments.add_argument("--keys", nargs="+", choices=KEYS, default=KEYS)
    arguments.add_argument("--order", nargs="+", choices=ORDERS, default=ORDERS)
    arguments.add_argument("--rounds", type=int, default=3, help="after a first one")
    arguments.add_argument(
        "--write", action="store_true", help="write the page; shuffled categories are needed"
    )
    return arguments.parse_args()


def main() -> None:
    """Measure, print, and write the page."""
    asked = chosen()
    sizes = sorted(asked.rows)
    middle = sizes[len(sizes) // 2]  # here memory and ranges are measured too
    cases = [*map(Case._make, product(sizes, asked.keys, asked.order))]
    records = []
    for case in cases:
        record = afresh(measured, case, asked.rounds)
        if case.is_plain and case.rows == middle:
            record |= {"peaks_mb": peaks(case), "ranges_ms": afresh(ranges, case, asked.rounds)}
        records.append(record)
        print(*lines(record), sep="\n", flush=True)
    everything = [*product(SIZES, KEYS, ORDERS)]
    if asked.write or cases == everything:
        results = {"trial": cases != everything, **setting(), "cases": records}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        write(results)


if __name__ == "__main__":
    main()
