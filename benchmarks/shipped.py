"""What users call on the shipped data, beside the goals in milliseconds.

Run it with ``python benchmarks/shipped.py`` on a machine at rest. Everything is loaded and asked
once before; a time is the median of many calls. The calls take turns, so that a noisy moment meets
all of them.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

import provstats as ps

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS: Final = 31
DATA: Final = ps.load()
#: Each call, and the most milliseconds that it should take.
CALLS: Final[dict[str, tuple[Callable[[], object], float]]] = {
    'rank("rd_intensity")': (lambda: ps.rank("rd_intensity"), 5),
    'gap_to_national("rd_intensity")': (lambda: ps.gap_to_national("rd_intensity"), 5),
    'yoy("rd_intensity")': (lambda: ps.yoy("rd_intensity"), 5),
    "catalog()": (ps.catalog, 5),
    'search("研发")': (lambda: ps.search("研发"), 5),
    'series("rd_intensity")': (lambda: ps.series("rd_intensity"), 2),
    'comparable("rd_intensity")': (lambda: ps.comparable("rd_intensity"), 20),
    "comparable(load())": (lambda: ps.comparable(DATA), 20),
    "coverage()": (ps.coverage, 20),
    'scorecard("重庆")': (lambda: ps.scorecard("重庆"), 20),
    "implied_national()": (ps.implied_national, 20),
    "check_claims()": (ps.check_claims, 60),
    "revisions()": (ps.revisions, 50),
    'peers("重庆")': (lambda: ps.peers("重庆"), 50),
    'convergence("rd_intensity")': (lambda: ps.convergence("rd_intensity"), 20),
    "explain_rank(...)": (lambda: ps.explain_rank("重庆", "rd_intensity", 2019, 2022), 50),
    'tiers("gdp")': (lambda: ps.tiers("gdp"), 50),
    'growth("rd_expenditure", years=5)': (lambda: ps.growth("rd_expenditure", years=5), 50),
    'describe("rd_intensity")': (lambda: ps.describe("rd_intensity"), 50),
}


def time_call(call: Callable[[], object]) -> float:
    """Return the time of one call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e3


def main() -> None:
    """Measure the calls in turn, and print them with their goals."""
    took: dict[str, list[float]] = {name: [time_call(call)] for name, (call, _) in CALLS.items()}
    for _ in range(ROUNDS):
        for name, (call, _) in CALLS.items():
            took[name].append(time_call(call))
    print(f"{len(DATA):,} rows\n")
    print(f"{'ms':34} {'first':>8} {'median':>8} {'least':>8} {'goal':>6}")
    for name, (first, *times) in took.items():
        goal = CALLS[name][1]
        missed = "" if median(times) <= goal else "  missed"
        print(f"{name:34} {first:8.1f} {median(times):8.1f} {min(times):8.1f} {goal:6.0f}{missed}")


if __name__ == "__main__":
    main()
