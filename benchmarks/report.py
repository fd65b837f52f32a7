"""The page of the benchmarks, from benchmarks/panels.json: run ``python benchmarks/report.py``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from picture import draw, headline, million

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Record = dict[str, Any]

__all__ = ["RESULTS", "lines", "write"]

ROOT: Final = Path(__file__).parents[1]
RESULTS: Final = ROOT / "benchmarks" / "panels.json"
OWN: Final = "provstats"
#: The fastest of these is what a goal is set against.
FAST: Final = ("polars", "polars streaming", "DuckDB")
PEERS: Final = ("pandas", *FAST)
#: How many times as fast as the fastest peer each comparison should be: the aim, and the least.
AIMS: Final = {"rank": (3, 2), "gap": (5, 3.5), "yoy": (5, 4), "all three": (8, 6)}

INTRODUCTION: Final = """\
`rank`, `gap_to_national` (gap) and `yoy` on long tables, one by one and all three on one
`ps.Panel`, beside pandas, polars and DuckDB. The panels are made up: 32 regions by 300 months by as
many indicators as it takes, one decimal, so that many values tie, and 5% of the rows missing. Keys
are categories or strings; rows are shuffled or sorted.
"""
TIMES: Final = """\
In milliseconds, and how many times as fast provstats is as the fastest of polars and DuckDB, and as
pandas. A dash is what was left out, because it takes too long or too much memory.
"""
GROWTH: Final = """\
Shuffled panels with categories: the time of a row; in brackets how many times as long that is as
one scatter and one gather of the values alone, which is the physical limit; and the most memory
that a process held in all while it compared in three ways, rows and answers included.
"""
METHOD: Final = """\
Each case is a process of its own, in which the engines take turns on rows that they already hold in
their own format. A time is the median of three calls after one that does not count; what takes
seconds is timed once or twice. Before each call the machine rests for half a second, and memory,
about 100 bytes a row but a gigabyte at most, is used and given back: a virtual machine is slow to
hand out what it has not used for a while, and that would be charged to whoever comes next. Peers'
"all three" is the sum of their three queries.

provstats does more than they do: it refuses bad rows and repeated keys, gives ranges beside each
number, units, methods and counts of what was left out, and keeps the order of the rows. Before
anything is timed the answers of all engines are compared on a small panel of the same kind, to
1e-9. Where an engine has several ways, the fastest found is used: `benchmarks/engines.py` has them.

At 50 million rows pandas and eager polars are left out, and except for shuffled rows
with categories the other peers too.

`python benchmarks/panels.py` measures everything and writes this page; with options, as in
`python benchmarks/panels.py --rows 1_000_000 --keys string --order sorted`, it prints single cases.
"""


def write(results: Record) -> None:
    """Write the page and the chart."""
    folder = ROOT / "docs"
    draw(results, middle(results["cases"]), plain(results["cases"]), folder / "benchmarks.png")
    (folder / "benchmarks.md").write_text("\n".join(page(results)), encoding="utf-8")


def page(results: Record) -> list[str]:
    """Return the lines of the page."""
    cases = results["cases"]
    of = middle(cases)
    told = f"{headline(of)}. " + " ".join(
        f"{name}: provstats {own:,.0f} ms, "
        + ", ".join(f"{peer} {of['ms'][peer][name]:,.0f} ms" for peer in PEERS if peer in of["ms"])
        + "."
        for name, own in of["ms"][OWN].items()
    )
    return [
        "# Benchmarks", "",
        *(["**A trial on small panels: these are not the numbers to go by.**", ""]
          if results["trial"] else []),
        INTRODUCTION,
        f"![{told}](benchmarks.png)", "",
        *setting(results),
        f"## Goals, at {million(of['asked'])} rows", "",
        "Categories and shuffled rows, unless it says otherwise.", "",
        *table(["", "aim", "at least", "reached", ""], goals(cases)),
        "## Times", "",
        TIMES,
        *(line for case in cases for line in lines(case)),
        "## Memory", "",
        f"The peak in MB above {million(of['asked'])} rows, each in a fresh process.", "",
        *memory(of),
        "## How cost grows, and what is left", "",
        GROWTH,
        *growth(plain(cases)),
        "## How it is measured", "",
        METHOD,
    ]  # fmt: skip


# --- cases ----------------------------------------------------------------------------------------


def plain(cases: Iterable[Record]) -> list[Record]:
    """Return the shuffled panels with categories, the smallest first."""
    kind = ("category", "shuffled")
    return sorted(
        (of for of in cases if (of["keys"], of["order"]) == kind), key=lambda of: of["rows"]
    )


def middle(cases: Iterable[Record]) -> Record:
    """Return the case that most goals are set for."""
    return next(of for of in cases if "peaks_mb" in of)


def ratio(of: Record, name: str, peers: Sequence[str] = FAST) -> float | None:
    """Return how many times as fast as the fastest of some peers we are, if any took part."""
    times = [of["ms"][peer][name] for peer in peers if peer in of["ms"]]
    return min(times) / of["ms"][OWN][name] if times else None


def per_row(of: Record, name: str) -> float:
    """Return the nanoseconds of a row."""
    return of["ms"][OWN][name] * 1e6 / of["rows"]


# --- tables ---------------------------------------------------------------------------------------


def goals(cases: list[Record]) -> list[list[str]]:
    """Return the goals beside what was reached."""
    of, smallest, largest = middle(cases), plain(cases)[0], plain(cases)[-1]
    strings = [case for case in cases
               if (case["keys"], case["asked"]) == ("string", of["asked"])]  # fmt: skip
    worst = min((ratio(case, name) or 0 for case in strings for name in AIMS), default=None)
    grown = max(per_row(largest, name) / per_row(smallest, name) for name in AIMS)
    return [
        *(goal(f"{name}: times as fast as the fastest of polars and DuckDB", ratio(of, name), *aim)
          for name, aim in AIMS.items()),
        goal("all three: times as fast as pandas", ratio(of, "all three", ["pandas"]), 25, 15),
        goal("string keys: times as fast as the fastest, at worst", worst, 1, 1),
        goal("memory above the rows, at most, MB", max(of["peaks_mb"][OWN].values()), 450),
        goal(f"memory in all at {million(largest['asked'])} rows, any keys, GB",
             max(case["resident_gb"] for case in cases), 8),
        goal(f"time of a row at {million(largest['asked'])} over that at "
             f"{million(smallest['asked'])}, at worst", grown, 1.5),
        goal("rank with ranges from bounds, over the plain rank",
             of["ranges_ms"]["bounded"] / of["ranges_ms"]["plain"], 4),
    ]  # fmt: skip


def goal(what: str, reached: float | None, aim: float, least: float | None = None) -> list[str]:
    """Return a goal as a row: with a least value more is better, otherwise less is."""
    limits = [f"{aim:g}", f"{least:g}"] if least is not None else ["", f"≤ {aim:g}"]
    if reached is None:
        return [what, *limits, "–", "not measured"]
    sign = -1 if least is None else 1
    if sign * reached >= sign * aim:
        verdict = "reached"
    else:
        verdict = "above the least" if least is not None and reached >= least else "**missed**"
    return [what, *limits, f"{reached:,.3g}", verdict]


def lines(of: Record) -> list[str]:
    """Return the times of one case under its title."""
    title = f"### {million(of['asked'])} rows, {KEYS[of['keys']]}, {of['order']}"
    rows = [
        [name, *beside(of["ms"], name),
         *(shown(ratio(of, name, peers), ".1f") for peers in (FAST, ["pandas"]))]
        for name in AIMS
    ]  # fmt: skip
    return [title, "", *table(["ms", *PEERS, OWN, "to the fastest", "to pandas"], rows)]


KEYS: Final = {"category": "categories", "string": "strings"}


def memory(of: Record) -> list[str]:
    """Return the peaks of memory."""
    return table(["MB", *PEERS, OWN], ([name, *beside(of["peaks_mb"], name)] for name in AIMS))


def growth(cases: Iterable[Record]) -> list[str]:
    """Return what a row costs on panels of growing size."""
    head = ["rows", *(f"{name}, ns" for name in AIMS), "GB in all"]
    rows = ([million(of["asked"]), *(near_limit(of, name) for name in AIMS),
             f"{of['resident_gb']:.2f}"] for of in cases)  # fmt: skip
    return table(head, rows)


def near_limit(of: Record, name: str) -> str:
    """Return what a row costs, and how many times as much as its values must."""
    return f"{per_row(of, name):.0f} ({of['ms'][OWN][name] / of['limit_ms']:.1f}×)"


def beside(by_engine: dict[str, dict[str, float]], name: str) -> list[str]:
    """Return one number of each engine, ours in bold."""
    peers = [shown(by_engine.get(peer, {}).get(name)) for peer in PEERS]
    return [*peers, f"**{shown(by_engine[OWN][name])}**"]


def shown(value: float | None, form: str = ",.0f") -> str:
    """Return a number; a dash for what was not measured."""
    return "–" if value is None else format(value, form)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table in Markdown, all but its first column to the right."""
    rule = [":--", *["--:"] * (len(head) - 1)]
    return [*(f"| {' | '.join(row)} |" for row in (head, rule, *rows)), ""]


def setting(of: Record) -> list[str]:
    """Return the machine, the versions and the date."""
    versions = ", ".join(f"{name} {version}" for name, version in of["versions"].items())
    machine = f"{of['processor']}, {of['cores']} cores, {of['memory_gb']} GB, {of['system']}"
    return [f"{of['date']} · {machine} · {versions}.", ""]


if __name__ == "__main__":
    write(json.loads(RESULTS.read_text(encoding="utf-8")))
