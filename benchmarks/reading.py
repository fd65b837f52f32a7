"""What it costs to read: tables of a million rows, long reports, texts that are no figures.

Run it with ``python benchmarks/reading.py``. Each case is a fresh interpreter, in three sizes of
which each is ten times the one before, so that growth can be seen: time and memory should grow in
proportion. Goals: a long text of a million rows in five seconds of one core, a report of a million
characters in ten, a text of a million characters that is no figure at once.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import provstats as ps  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

YEARS, PROVINCES = range(1990, 2022), 31
#: What the largest size of each case may take, in seconds.
GOALS = {"tables": 5.0, "reports": 10.0, "nonsense": 10.0, "figures": 0.1}
SIZES = {
    "tables": (10_000, 100_000, 1_000_000),
    "reports": (10_000, 100_000, 1_000_000),
    "nonsense": (10_000, 100_000, 1_000_000),
    "figures": (10_000, 100_000, 1_000_000),
}
STATEMENT = "地区生产总值增长5.5%，规模以上工业增加值增长7.6%。\n"


def time_table(rows: int) -> Callable[[], object]:
    """Return the reading of a long text of so many rows."""
    names = ps.regions().query("kind == 'province'")["name_zh"].head(PROVINCES)
    count = -(-rows // (PROVINCES * len(YEARS)))
    keys = product(names, YEARS, [f"指标{place}" for place in range(count)])
    lines = (
        f"{name},{year},{indicator},{place * 7 % 100_000_007 / 10}\n"
        for place, (name, year, indicator) in zip(range(rows), keys, strict=False)
    )
    path = Path(tempfile.mkdtemp()) / "long.csv"
    path.write_text("地区,年份,指标,数值\n" + "".join(lines), encoding="utf-8")
    return lambda: ps.tidy(path, unit="亿元")


def time_report(characters: int) -> Callable[[], object]:
    """Return the reading of a report of so many characters."""
    text = STATEMENT * (characters // len(STATEMENT))
    return lambda: ps.read_report(text, region="川", year=2025)


def time_nonsense(characters: int) -> Callable[[], object]:
    """Return the reading of one paragraph in which nothing makes sense."""
    text = "中1a（“" * (characters // 5)
    return lambda: ps.read_report(text, region="川", year=2025)


def time_figure(characters: int) -> Callable[[], object]:
    """Return the refusal of a text that is no figure."""

    def refused() -> str:
        try:
            ps.parse_figure("增长" * (characters // 2))
        except ps.FigureError as error:
            return str(error)
        raise AssertionError

    return refused


CASES = {
    "tables": time_table,
    "reports": time_report,
    "nonsense": time_nonsense,
    "figures": time_figure,
}


def measure(case: str, size: int) -> None:
    """Print the seconds and the memory, in MB beyond what was held before, of one case."""
    read = CASES[case](size)
    CASES[case](1000)()  # the registry and the engines are loaded by it
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    read()
    seconds = time.process_time() - start
    print(seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3)


def main() -> None:
    """Measure each case in each size, in a process of its own."""
    for case, sizes in SIZES.items():
        for size in sizes:
            command = [sys.executable, __file__, case, str(size)]
            found = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds, memory = map(float, found.stdout.split())
            goal = f"   goal {GOALS[case]} s" if size == sizes[-1] else ""
            print(f"{case:10} {size:9,} {seconds:8.2f} s {memory:8.0f} MB{goal}", flush=True)


if __name__ == "__main__":
    if arguments := sys.argv[1:]:
        measure(arguments[0], int(arguments[1]))
    else:
        main()
