"""Measuring: the time of calls that take turns, the memory of one, each in a process of its own."""

from __future__ import annotations

import ctypes
import gc
import os
import platform
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, TypeVarTuple

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

__all__ = [
    "describe_method",
    "describe_setting",
    "measure_peak",
    "run_afresh",
    "time_call",
    "time_calls",
    "time_least_work",
]

#: Seconds of one call after which it is not repeated.
PATIENCE: Final = 3
#: Seconds before each call in which the machine settles, and bytes of memory at hand for it, for
#: each row and at most.
SETTLED, AT_HAND, MOST_AT_HAND = 0.1, 96, 1 << 30
PACKAGES: Final = ("numpy", "pandas", "pyarrow", "polars", "duckdb", "dask")

Of = TypeVarTuple("Of")
Found = TypeVar("Found")


def run_afresh(measure: Callable[[*Of], Found], *arguments: *Of) -> Found:
    """Measure in a process of its own, which gives all its memory back."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def time_calls(
    calls: dict[Hashable, Callable[[], Any]], rows: int, rounds: int
) -> dict[Any, float]:
    """Return the median of each call in milliseconds, a first round not counted."""
    took: dict[Any, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        for name, call in calls.items():
            if sum(took[name]) < PATIENCE * 1e3:
                ms = time_call(call, rows)
                took[name] += [ms] if turn else []
    return {name: statistics.median(times) for name, times in took.items()}


def time_call(call: Callable[[], Any], rows: int) -> float:
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


def time_least_work(rows: int, order: str) -> float:
    """Return the time of one scatter and one gather of so many values, in one thread."""
    place, value = np.arange(rows), np.ones(rows)
    if order == "shuffled":
        np.random.default_rng(0).shuffle(place)

    def scatter_and_gather() -> NDArray[np.float64]:
        matrix = np.empty(rows)
        matrix[place] = value
        return matrix.take(place)

    return min(time_call(scatter_and_gather, rows) for _ in range(3))


def measure_peak(call: Callable[[], Any]) -> dict[str, float]:
    """Return the peak of memory of a call and its answer, above what is held before and in all."""
    _give_back()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
    before = _read_memory("VmRSS")
    answer = call()
    after = _read_memory("VmHWM")
    del answer
    return {"above_mb": (after - before) / 1e6, "resident_gb": after / 1e9}


def _give_back() -> None:
    """Return freed memory to the system: what is taken from it later then counts."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    ctypes.CDLL(None).malloc_trim(0)


def _read_memory(field: str) -> int:
    """Return a field of this process's memory in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{field}:")[1].split()[0]) * 1024


def describe_method(rounds: int) -> dict[str, float]:
    """Return what a reader of the results must know of the clock."""
    return {
        "rounds": rounds, "patience_s": PATIENCE, "settled_s": SETTLED,
        "at_hand_bytes": AT_HAND, "most_at_hand_gb": MOST_AT_HAND / (1 << 30),
    }  # fmt: skip


def describe_setting() -> dict[str, Any]:
    """Return what the numbers depend on: the machine, and what is installed on it."""
    processor = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("model name\t: ")[1]
    memory = Path("/proc/meminfo").read_text(encoding="ascii").split()[1]
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "processor": processor.splitlines()[0],
        "cores": os.cpu_count(),
        "memory_gb": round(int(memory) * 1024 / 1e9),
        "system": platform.system(),
        "load_before": round(os.getloadavg()[0], 1),
        "versions": {
            "Python": platform.python_version(),
            **{package: version(package) for package in PACKAGES},
        },
    }
