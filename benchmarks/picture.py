"""The chart of the benchmarks: what each comparison takes, with equal meaning and bare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    Record = dict[str, Any]
    Times = dict[str, dict[str, float]]

__all__ = ["draw", "find_speed", "write_headline", "write_millions"]

OWN: Final = "provstats"
#: The engines from the top.
ENGINES: Final = (OWN, "DuckDB", "polars streaming", "polars", "pandas")
TITLES: Final = {"rank": "Rank", "gap": "Gap", "yoy": "Year on year", "all three": "All three"}
#: The two rows of bars: where they stand, and what they show.
ROWS: Final = {
    "equal": (0.79, "Equal meaning: the same answers, intervals, counts and refusals"),
    "bare": (0.36, "Bare query: peers check nothing and answer less"),
}
TEXT, MUTED, FULL, BAR = "#000000", "#525252", "#12436D", "#BCC9D6"
TITLE, BODY, SMALL = 11, 9, 8
MARGIN = 0.017


def draw(results: Record, case: Record, path: Path) -> None:
    """Draw one panel in both ways."""
    with mpl.rc_context({**mpl.rcParamsDefault, "font.size": SMALL, "text.color": TEXT}):
        figure = Figure(figsize=(7.2, 6), dpi=150)
        for kind, (top, what) in ROWS.items():
            bars = figure.subplots(1, len(TITLES), gridspec_kw={
                "left": 0.172, "right": 0.945, "top": top - 0.075, "bottom": top - 0.31,
                "wspace": 0.42,
            })  # fmt: skip
            for ax, name in zip(bars, TITLES, strict=True):
                draw_bars(ax, name, case["ms"][kind])
            bars[0].set_yticks(range(len(ENGINES)), ENGINES, fontsize=BODY, color=MUTED)
            bars[0].get_yticklabels()[0].set_color(TEXT)
            figure.text(MARGIN, top + 0.025, what, fontsize=BODY, va="center")
        write_words(figure, results, case)
        figure.savefig(path)


def draw_bars(ax: Axes, name: str, took: Times) -> None:
    """Draw the times of one comparison, each written at its end; a dash for none."""
    for row, engine in enumerate(ENGINES):
        is_own = engine == OWN
        seconds = took[engine][name] / 1e3 if engine in took else 0
        words = f"{seconds:#.2g}".rstrip(".") if seconds else "–"
        ax.barh(row, seconds, height=0.62, color=FULL if is_own else BAR)
        ax.annotate(words, (seconds, row), (3, 0), va="center",
                    textcoords="offset points", color=TEXT if is_own else MUTED)  # fmt: skip
    ax.set_title(TITLES[name], loc="left", fontsize=BODY, color=TEXT, pad=17)
    ax.text(0, 1.05, f"{find_speed(took, name)[0]:.1f}× the fastest peer", transform=ax.transAxes,
            color=FULL)  # fmt: skip
    ax.set(yticks=[], xticks=[], ylim=(len(ENGINES) - 0.5, -0.5))
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.spines["left"].set_color(MUTED)
    ax.tick_params(length=0)


def write_words(figure: Figure, results: Record, case: Record) -> None:
    """Write the finding, what is shown, and where the numbers come from."""
    what = "A trial: seconds" if results["trial"] else "Seconds"
    words = [
        (0.967, write_headline(case), TITLE, TEXT),
        (
            0.92,
            f"{what} for {write_millions(case['asked'])} shuffled rows with categories",
            BODY,
            MUTED,
        ),
        (0.022, write_source(results), SMALL, MUTED),
    ]
    for height, text, points, ink in words:
        figure.text(MARGIN, height, text, fontsize=points, color=ink, va="center")


def write_source(results: Record) -> str:
    """Return the machine, the versions and the date."""
    versions = results["versions"]
    return (
        f"{results['cores']} cores, {results['memory_gb']} GB · pandas {versions['pandas']}, "
        f"polars {versions['polars']}, DuckDB {versions['duckdb']} · {results['date']}"
    )


def write_headline(case: Record) -> str:
    """Return what the chart finds."""
    (equal, peer), (bare, _) = (
        find_speed(case["ms"][kind], "all three") for kind in ("equal", "bare")
    )
    named = {"polars streaming": "streaming polars"}.get(peer, peer)
    return f"All three, with equal meaning: {equal:.1f}× the speed of {named}; bare: {bare:.1f}×"


def find_speed(took: Times, name: str) -> tuple[float, str]:
    """Return how many times as fast as the fastest peer a comparison is, and which that is."""
    fastest, peer = min((times[name], engine) for engine, times in took.items() if engine != OWN)
    return fastest / took[OWN][name], peer


def write_millions(rows: float) -> str:
    """Return a number of rows in words."""
    return f"{rows / 1e6:g} million" if rows >= 1e6 else f"{rows:,.0f}"  # noqa: PLR2004 - a million
