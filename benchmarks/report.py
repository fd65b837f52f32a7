"""The page of the benchmarks, from benchmarks/panels.json: run ``python benchmarks/report.py``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bare import LEAVES_OUT as BARE_LEAVES_OUT
from engines import OWN
from equal import LEAVES_OUT as EQUAL_LEAVES_OUT
from lazy import LEAVES_OUT as LAZY_LEAVES_OUT
from picture import draw, find_speed, write_headline, write_millions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Record = dict[str, Any]

__all__ = ["RESULTS", "write", "write_times"]

ROOT: Final = Path(__file__).parents[1]
RESULTS: Final = ROOT / "benchmarks" / "panels.json"
PEERS: Final = ("pandas", "polars", "polars streaming", "DuckDB")
NAMES: Final = ("rank", "gap", "yoy", "all three")
#: What each kind of panel is called, and how many times as fast as the fastest peer we should be.
KINDS: Final = {
    "equal": "equal meaning, exact values",
    "bounds": "equal meaning, with bounds",
    "bare": "bare query",
}
GOALS: Final = {
    "equal": dict.fromkeys(NAMES, 5),
    "bounds": dict.fromkeys(NAMES, 5),
    "bare": {"rank": 2, "gap": 1.5, "yoy": 2, "all three": 3},
}
#: How many times as long as the bare query on the same engine a lazy plan may take.
LAZY_GOALS: Final = {"exact": 3, "bounds": 6}
LAZY: Final = {"exact": "exact values", "bounds": "with bounds"}
KEYS: Final = {"category": "categories", "string": "strings"}

INTRODUCTION: Final = """\
`rank`, `gap_to_national` (gap) and `yoy` on long tables, one by one and all three on one
`ps.Panel`, in memory and as lazy plans. Two questions have two answers:

- **Equal meaning**: how long does it take to get what provstats gives? Peers return the same
  columns (intervals, `n`, `left_out`, units, methods, reasons) and refuse the same rows (keys that
  stand twice, unknown regions, mixed units, texts that are none, numbers that are not finite,
  bounds that do not hold their value). This is the fair comparison.
- **Bare query**: what does this cost beyond the least that anyone would write? Peers check nothing
  and return a rank, a gap or a change.
"""
EQUAL: Final = """\
The queries are `benchmarks/equal_pandas.py`, `equal_polars.py` and `equal_duckdb.py`. Peers check
once for "all three", as `ps.Panel` does. What they still leave out: {left_out}
"""
BARE: Final = """\
The queries are `benchmarks/bare.py`; peers' "all three" is the sum of three. What they leave out:
{left_out}
"""
LAZY_PLANS: Final = """\
`ps.rank(frame)` of a lazy frame, run, beside the bare query run on the same engine; in brackets how
many times as long the plan takes. The bare queries leave out {left_out}.
"""
TIMES: Final = """\
In milliseconds, and how many times as fast provstats is as the fastest peer. A dash is what was
left out, because it takes too long or too much memory.
"""
MISSED: Final = """\
Why goals are missed: `docs/decisions/0012-what-a-comparison-costs.md` lists the steps that no
comparison can leave out, with what each takes. A plan answers more columns than the bare query
beside it; of a gap, which is one join, handing them over is much of the work.
"""
GROWTH: Final = """\
Shuffled panels with categories, bare: the time of a row; in brackets how many times as long that is
as one scatter and one gather of the values alone, which is the physical limit; and the most memory
that a process held in all while it compared in three ways, rows and answers included.
"""
METHOD: Final = """\
Panels are made up: {regions:g} regions by {months:g} months by as many indicators as it takes, one
decimal, so that many values tie, and {missing:.0%} of the rows missing; bounds are {half:g} on
either side of the value.

Each kind of each case is a process of its own, in which the engines take turns on rows that they
already hold in their own format. A first call does not count; a time is the median of the next
ones, {rounds:g} in number, but what took {patience_s:g} seconds is not repeated. Before each call
the machine rests for {settled_s:g} seconds, and memory, about {at_hand_bytes:g} bytes a row but
{most_at_hand_gb:g} GB at most, is used and given back: a virtual machine is slow to hand out what
it has not used for a while, and that would be charged to whoever comes next.

Before anything is timed, all answers are compared on a panel of about {checked_rows:,.0f} rows: all
added columns of equal meaning, on a panel with missing values, zeros, negative values, rates and
units that change, and that each engine refuses what we refuse; numbers to 1e-9. Where an engine has
several ways, the fastest found is used.

`python benchmarks/panels.py` measures everything and writes this page and `benchmarks/panels.json`;
`python benchmarks/report.py` writes the page again. `--rows` chooses the sizes, and `--print`
writes nothing. `python benchmarks/shipped.py` times what users call on the shipped data.
"""


def write(results: Record) -> None:
    """Write the page and the chart."""
    folder = ROOT / "docs"
    draw(results, find_middle(results["cases"]), folder / "benchmarks.png")
    (folder / "benchmarks.md").write_text("\n".join(write_page(results)), encoding="utf-8")


def write_page(results: Record) -> list[str]:
    """Return the lines of the page."""
    cases = results["cases"]
    case = find_middle(cases)
    return [
        "# Benchmarks", "",
        *(["**A trial, on few sizes or a busy machine: these are not the numbers to go by.**", ""]
          if results["trial"] else []),
        INTRODUCTION,
        f"![{describe_chart(case)}](benchmarks.png)", "",
        *write_setting(results),
        "## Goals", "",
        "Shuffled rows with categories.", "",
        *write_goals(list_plain(cases)),
        MISSED,
        *(line for kind, prose in PROSE.items() for line in write_section(cases, kind, prose)),
        "## Lazy plans", "",
        LAZY_PLANS.format(left_out=LAZY_LEAVES_OUT),
        *(line for case in list_plain(cases) if "lazy" in case for line in write_lazy_times(case)),
        "## Memory", "",
        *write_memory(find_measured_memory(cases)),
        "## How cost grows, and what is left", "",
        GROWTH,
        *write_growth(list_plain(cases)),
        "## How it is measured", "",
        METHOD.format(**results["panels"], **results["method"]),
    ]  # fmt: skip


PROSE: Final = {
    "equal": ("Equal meaning", EQUAL.format(left_out=EQUAL_LEAVES_OUT)),
    "bounds": ("Equal meaning, with bounds", "Values with `lower` and `upper`.\n"),
    "bare": ("Bare query", BARE.format(left_out=BARE_LEAVES_OUT)),
}


def describe_chart(case: Record) -> str:
    """Return the finding and its numbers, for those who do not see the chart."""
    engines = (*PEERS, OWN)
    times = (
        f"{KINDS[kind]}, {name}: "
        + ", ".join(
            f"{engine} {case['ms'][kind][engine][name]:,.0f} ms"
            for engine in engines
            if engine in case["ms"][kind]
        )
        for kind in ("equal", "bare")
        for name in NAMES
    )
    return f"{write_headline(case)}. {'; '.join(times)}."


def write_section(cases: Iterable[Record], kind: str, prose: tuple[str, str]) -> list[str]:
    """Return the times of one kind in all cases."""
    title, text = prose
    some = [case for case in cases if kind in case["ms"]]
    return [
        f"## {title}",
        "",
        text,
        *([TIMES] if kind == "equal" else []),
        *(
            line
            for case in some
            for line in [f"### {name_case(case)}", "", *write_times_of_kind(case, kind)]
        ),
    ]


def write_times(case: Record) -> list[str]:
    """Return all times of one case, to be printed."""
    found = [
        line
        for kind in case["ms"]
        for line in [f"### {name_case(case)}, {KINDS[kind]}", "", *write_times_of_kind(case, kind)]
    ]
    return [*found, *(write_lazy_times(case) if "lazy" in case else [])]


# --- cases ----------------------------------------------------------------------------------------


def list_plain(cases: Iterable[Record]) -> list[Record]:
    """Return the shuffled panels with categories, the smallest first."""
    kind = ("category", "shuffled")
    some = (case for case in cases if (case["keys"], case["order"]) == kind)
    return sorted(some, key=lambda case: case["rows"])


def find_middle(cases: Iterable[Record]) -> Record:
    """Return the largest case of which everything was measured: the one that is drawn."""
    return [case for case in list_plain(cases) if "lazy" in case][-1]


def find_measured_memory(cases: Iterable[Record]) -> Record:
    """Return the case of which memory was measured."""
    return next(case for case in cases if "peaks_mb" in case)


def name_case(case: Record) -> str:
    """Return the name of a case."""
    return f"{write_millions(case['asked'])} rows, {KEYS[case['keys']]}, {case['order']}"


def find_time_per_row(case: Record, name: str) -> float:
    """Return the nanoseconds of a row."""
    return case["ms"]["bare"][OWN][name] * 1e6 / case["rows"]


# --- tables ---------------------------------------------------------------------------------------


def write_goals(cases: Sequence[Record]) -> list[str]:
    """Return the goals beside what was reached in each size."""
    head = ["", "goal", *(f"{write_millions(case['asked'])} rows" for case in cases)]
    fast = [
        [f"{KINDS[kind]}, {name}: times as fast as the fastest peer", f"≥ {aim:g}",
         *(write_verdict(find_ratio(case, kind, name), aim, 1) for case in cases)]
        for kind, aims in GOALS.items() for name, aim in aims.items()
    ]  # fmt: skip
    engines = [*next((case["lazy"]["exact"] for case in cases if "lazy" in case), {})]
    slow = [
        [f"plan of {engine}, {LAZY[kind]}, {name}: times as long as the bare query", f"≤ {aim:g}",
         *(write_verdict(find_slowdown(case, kind, engine, name), aim, -1) for case in cases)]
        for kind, aim in LAZY_GOALS.items() for engine in engines for name in NAMES[:-1]
    ]  # fmt: skip
    return write_table(head, [*fast, *slow])


def find_ratio(case: Record, kind: str, name: str) -> float | None:
    """Return how many times as fast as the fastest peer we are, if any took part."""
    is_alone = len(case["ms"].get(kind, {})) < 2  # noqa: PLR2004 - we and another
    return None if is_alone else find_speed(case["ms"][kind], name)[0]


def find_slowdown(case: Record, kind: str, engine: str, name: str) -> float | None:
    """Return how many times as long as a bare query a plan takes, if it was measured."""
    if "lazy" not in case:
        return None
    took = case["lazy"][kind][engine][name]
    return took["own"] / took["bare"]


def write_verdict(reached: float | None, aim: float, sign: int) -> str:
    """Return what was reached, and whether it misses the goal; with sign 1 more is better."""
    if reached is None:
        return "–"
    return f"{reached:.1f}" if sign * reached >= sign * aim else f"**{reached:.1f} missed**"


def write_times_of_kind(case: Record, kind: str) -> list[str]:
    """Return the times of one kind in one case."""
    rows = [
        [
            name,
            *write_numbers(case["ms"][kind], name),
            write_number(find_ratio(case, kind, name), ".1f"),
        ]
        for name in NAMES
    ]
    return write_table(["ms", *PEERS, OWN, "times as fast"], rows)


def write_lazy_times(case: Record) -> list[str]:
    """Return the times of lazy plans and of the bare queries beside them."""
    engines = [*case["lazy"]["exact"]]
    head = ["ms", *(f"{engine}, {side}" for engine in engines for side in ("bare", "plan"))]
    rows = [
        [f"{name}, {LAZY[kind]}", *(cell for engine in engines
                                    for cell in plan_cells(case, kind, engine, name))]
        for kind in LAZY for name in NAMES[:-1]
    ]  # fmt: skip
    return [f"### {name_case(case)}, lazy plans", "", *write_table(head, rows)]


def plan_cells(case: Record, kind: str, engine: str, name: str) -> list[str]:
    """Return the time of a bare query, and that of a plan with how many times as long it takes."""
    took = case["lazy"][kind][engine][name]
    return [f"{took['bare']:,.0f}", f"{took['own']:,.0f} ({took['own'] / took['bare']:.1f}×)"]


def write_memory(case: Record) -> list[str]:
    """Return the peaks of memory."""
    found = write_table(
        ["MB", *PEERS, OWN], ([name, *write_numbers(case["peaks_mb"], name)] for name in NAMES[:-1])
    )
    what = (
        f"The peak in MB above {write_millions(case['asked'])} rows, bare, each in a new process; "
        "and ours for all three."
    )
    own = [[KINDS[kind], f"{took['above_mb']:,.0f}"] for kind, took in case["memory"].items()]
    return [what, "", *found, *write_table([f"MB, {OWN}", "all three"], own)]


def write_growth(cases: Iterable[Record]) -> list[str]:
    """Return what a row costs on panels of growing size."""
    head = ["rows", *(f"{name}, ns" for name in NAMES), "GB in all"]
    rows = ([write_millions(case["asked"]), *(write_cost_of_row(case, name) for name in NAMES),
             f"{case['memory']['bare']['resident_gb']:.2f}"] for case in cases)  # fmt: skip
    return write_table(head, rows)


def write_cost_of_row(case: Record, name: str) -> str:
    """Return what a row costs, and how many times as much as its values must."""
    took = case["ms"]["bare"][OWN][name]
    return f"{find_time_per_row(case, name):.0f} ({took / case['limit_ms']:.1f}×)"


def write_numbers(by_engine: dict[str, dict[str, float]], name: str) -> list[str]:
    """Return one number of each engine, ours in bold."""
    peers = [write_number(by_engine.get(peer, {}).get(name)) for peer in PEERS]
    return [*peers, f"**{write_number(by_engine[OWN][name])}**"]


def write_number(value: float | None, form: str = ",.0f") -> str:
    """Return a number; a dash for what was not measured."""
    return "–" if value is None else format(value, form)


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table in Markdown, all but its first column to the right."""
    rule = [":--", *["--:"] * (len(head) - 1)]
    return [*(f"| {' | '.join(row)} |" for row in (head, rule, *rows)), ""]


def write_setting(case: Record) -> list[str]:
    """Return the machine, the versions and the date."""
    versions = ", ".join(f"{name} {version}" for name, version in case["versions"].items())
    machine = (
        f"{case['processor']}, {case['cores']} cores, {case['memory_gb']} GB, {case['system']}"
    )
    load = f"{case['load_before']:g} other processes running at the start"
    return [f"{case['date']} · {machine}, {load} · {versions}.", ""]


if __name__ == "__main__":
    write(json.loads(RESULTS.read_text(encoding="utf-8")))
