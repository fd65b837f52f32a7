"""What importing and loading cost, as ratios to pandas in the same run.

Run it with ``python benchmarks/cost.py``. Each case is a fresh interpreter; the time is the best of
several, less that of an interpreter that does nothing. Goals: importing provstats at most 5% of
importing pandas; the first load at most 1.15 times importing pandas and reading the same file with
it; a second load under 5 ms; the file under 1.5 MB.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 9
ROOT = Path(__file__).parents[1]
PARQUET = ROOT / "data" / "provinces.parquet"
CASES = {
    "nothing": "pass",
    "import pandas": "import pandas",
    "import provstats": "import provstats",
    "import pandas, read the file": f"import pandas; pandas.read_parquet({str(PARQUET)!r})",
    "provstats.load()": "import provstats; provstats.load()",
}


def measure_seconds(code: str) -> float:
    """Return the wall time of one fresh interpreter."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    return time.perf_counter() - start


def measure_second_load() -> float:
    """Return the time of a load when the data are in memory, the median of many."""
    sys.path.insert(0, str(ROOT))
    import provstats as ps  # noqa: PLC0415

    ps.load()
    times = []
    for _ in range(101):
        start = time.perf_counter()
        ps.load()
        times.append(time.perf_counter() - start)
    return sorted(times)[50]


def main() -> None:
    """Measure, interleaving the cases so that a noisy moment meets all of them."""
    best = dict.fromkeys(CASES, float("inf"))
    for _ in range(ROUNDS):
        for case, code in CASES.items():
            best[case] = min(best[case], measure_seconds(code))
    net = {case: best[case] - best["nothing"] for case in CASES}
    for case, value in net.items():
        print(f"{case:30} {value * 1e3:8.1f} ms")
    imported = net["import provstats"] / net["import pandas"]
    loaded = net["provstats.load()"] / net["import pandas, read the file"]
    print(f"import, of importing pandas    {imported:8.1%}    goal 5%")
    print(f"first load, of pandas' reading {loaded:8.2f}    goal 1.15")
    print(f"second load                    {measure_second_load() * 1e3:8.2f} ms goal 5 ms")
    print(f"provinces.parquet              {PARQUET.stat().st_size / 1e3:8.1f} kB goal 1,500 kB")


if __name__ == "__main__":
    main()
