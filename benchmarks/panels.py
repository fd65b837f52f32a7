"""What `rank`, `gap_to_national` and `yoy` cost on large panels, beside pandas, polars and DuckDB.

Run it with ``python benchmarks/panels.py``, on Linux with polars, duckdb and dask: it measures in
three ways and writes benchmarks/panels.json, docs/benchmarks.md and docs/benchmarks.png.

- Equal meaning: the peers answer and refuse what we do, with exact values and with bounds.
- Bare query: the peers check nothing, and answer less.
- Lazy plans of ours, beside the bare query on the same engine.

Shuffled rows with categories are measured in every size; other keys and orders in the smallest.
Each kind of each case is a fresh process, in which the engines take turns, so that a noisy moment
meets all of them: ratios count more than times. By default it takes about a quarter of an hour;
``--rows 1_000_000 10_000_000 50_000_000`` adds a size that needs an hour and 25 GB.
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

import bare
import equal
import lazy
from engines import COMPARISONS, OWN
from made_up import KEYS, ORDERS, Case, describe_panels, make_panel
from measuring import (
    describe_method,
    describe_setting,
    measure_peak,
    run_afresh,
    time_calls,
    time_least_work,
)
from report import RESULTS, write, write_times

if TYPE_CHECKING:
    from collections.abc import Callable


SIZES: Final = [1_000_000, 10_000_000]
#: From here on what takes each step at once is left out: it needs too much time or memory.
LARGE: Final = {"bare": 20_000_000, "equal": 5_000_000, "bounds": 5_000_000}
AT_ONCE: Final = ("pandas", "polars")
#: From here on there are no lazy plans.
LARGE_LAZY: Final = 20_000_000
#: Rows of the panels on which answers are compared, at most, and on which an engine warms up.
CHECKED, SMALL = 50_000, 10_000
#: How many processes may run before, for the numbers to count.
AT_REST: Final = 0.5
#: The peers of each kind of panel.
PEERS: Final = {"bare": bare, "equal": equal, "bounds": equal}


def list_engines(case: Case, kind: str) -> list[str]:
    """Return the engines that take part: on large panels few, or else hours go by."""
    left_out = AT_ONCE if case.rows >= LARGE[kind] else ()
    return [engine for engine in PEERS[kind].ENGINES if engine not in left_out]


def prepare_calls(case: Case, kind: str, engine: str) -> dict[str, Callable[[], Any]]:
    """Return the calls of an engine on a panel of a kind."""
    calls: dict[str, Callable[[], Any]] = PEERS[kind].ENGINES[engine](make_panel(case, kind))
    return calls


# --- one process --------------------------------------------------------------------------------


def measure_case(case: Case, kind: str, rounds: int) -> dict[str, Any]:
    """Check the answers of all engines, then measure their times in this process."""
    small, taking_part = case._replace(rows=CHECKED), list_engines(case, kind)
    PEERS[kind].check(make_panel(small, kind), taking_part)
    frame = make_panel(case, kind)
    calls = {
        (engine, name): call
        for engine in taking_part
        for name, call in PEERS[kind].ENGINES[engine](frame).items()
    }
    took = time_calls(calls, len(frame), rounds)
    ms = {engine: {} for engine in taking_part}
    for (engine, name), times in took.items():
        ms[engine][name] = times
    for (
        times
    ) in ms.values():  # bare peers have nothing to prepare: three queries are what three cost
        times.setdefault("all three", sum(times[name] for name in COMPARISONS))
    return {"rows": len(frame), "ms": ms, "limit_ms": time_least_work(len(frame), case.order)}


def measure_plans(case: Case, kind: str, rounds: int) -> dict[str, Any]:
    """Check and measure our lazy plans and the bare queries, by engine and comparison."""
    lazy.check(make_panel(case._replace(rows=CHECKED), kind), lazy.ENGINES)
    frame, keys = make_panel(case, kind), make_panel(case)
    calls = {
        (engine, side, name): call
        for engine, prepare in lazy.ENGINES.items()
        for side, calls in zip(("own", "bare"), prepare(frame, keys), strict=True)
        for name, call in calls.items()
    }
    found: dict[str, Any] = {}
    for (engine, side, name), ms in time_calls(calls, len(frame), rounds).items():
        found.setdefault(engine, {}).setdefault(name, {})[side] = ms
    return found


def measure_peak_of(case: Case, kind: str, engine: str, name: str) -> dict[str, float]:
    """Return the memory of a comparison, when all modules are loaded."""
    prepare_calls(case._replace(rows=SMALL), kind, engine)[name]()
    return measure_peak(prepare_calls(case, kind, engine)[name])


# --- all cases ----------------------------------------------------------------------------------


def record_case(case: Case, kinds: list[str], rounds: int) -> dict[str, Any]:
    """Return all that is measured of a case."""
    found = {kind: run_afresh(measure_case, case, kind, rounds) for kind in kinds}
    own = {kind: run_afresh(measure_peak_of, case, kind, OWN, "all three") for kind in kinds}
    record = {
        "asked": case.rows, "keys": case.keys, "order": case.order,
        "rows": found[kinds[0]]["rows"], "limit_ms": found[kinds[0]]["limit_ms"],
        "ms": {kind: times["ms"] for kind, times in found.items()}, "memory": own,
    }  # fmt: skip
    if case.is_plain and case.rows < LARGE_LAZY:
        record["lazy"] = {
            name: run_afresh(measure_plans, case, kind, rounds)
            for name, kind in (("exact", "bare"), ("bounds", "bounds"))
        }
    return record


def measure_peaks(case: Case) -> dict[str, dict[str, float]]:
    """Return the peak of memory in MB of each engine and bare comparison."""
    return {
        engine: {
            name: run_afresh(measure_peak_of, case, "bare", engine, name)["above_mb"]
            for name in COMPARISONS
        }
        for engine in list_engines(case, "bare")
    }


def read_arguments() -> argparse.Namespace:
    """Return what was asked for."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rows", nargs="+", type=int, default=SIZES, help="sizes of the panels")
    arguments.add_argument("--rounds", type=int, default=3, help="calls after a first one")
    arguments.add_argument(
        "--print", action="store_true", help="print the times, and write nothing"
    )
    return arguments.parse_args()


def list_cases(sizes: list[int]) -> list[tuple[Case, list[str]]]:
    """Return the panels to measure, each with the kinds of it."""
    plain = [(Case(rows, KEYS[0], ORDERS[0]), [*PEERS]) for rows in sizes]
    others = [Case(sizes[0], keys, order) for keys in KEYS for order in ORDERS]
    return plain + [(case, ["bare", "equal"]) for case in others if not case.is_plain]


def main() -> None:
    """Measure, print, and write the page."""
    asked = read_arguments()
    sizes = sorted(asked.rows)
    about = describe_setting()
    results = {
        "trial": sizes[: len(SIZES)] != SIZES or about["load_before"] > AT_REST,
        **about, "panels": describe_panels(),
        "method": describe_method(asked.rounds) | {"checked_rows": CHECKED}, "cases": [],
    }  # fmt: skip
    for case, kinds in list_cases(sizes):
        record = record_case(case, kinds, asked.rounds)
        if case.is_plain and case.rows == sizes[0]:
            record["peaks_mb"] = measure_peaks(case)
        results["cases"].append(record)
        print(*write_times(record), sep="\n", flush=True)
    if not asked.print:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        write(results)


if __name__ == "__main__":
    main()
