"""The chart of the benchmarks: what each comparison takes, and how that grows with the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    Record = dict[str, Any]

__all__ = ["draw", "headline", "million"]

OWN: Final = "provstats"
#: The engines from the top, with the hues of their lines.
HUES: Final = {
    OWN: "#12436D", "DuckDB": "#B8430B", "polars streaming": "#1E7B73", "polars": "#6B4FA0",
    "pandas": "#6B7680",
}  # fmt: skip
TITLES: Final = {"rank": "Rank", "gap": "Gap", "yoy": "Year on year", "all three": "All three"}
TEXT, MUTED, FAINT, BAR = "#000000", "#525252", "#E0E0E0", "#BCC9D6"
TITLE, BODY, SMALL = 12, 9, 8
MARGIN = 0.017


def draw(results: Record, middle: Record, plain: Sequence[Record], path: Path) -> None:
    """Draw one panel in detail, and all sizes together."""
    with mpl.rc_context({**mpl.rcParamsDefault, "font.size": SMALL, "text.color": TEXT}):
        figure = Figure(figsize=(7.2, 6), dpi=150)
        bars = figure.subplots(1, 4, gridspec_kw={
            "left": 0.172, "right": 0.945, "top": 0.81, "bottom": 0.545, "wspace": 0.42,
        })  # fmt: skip
        for ax, name in zip(bars, TITLES, strict=True):
            draw_bars(ax, name, middle)
        bars[0].set_yticks(range(len(HUES)), HUES, fontsize=BODY, color=MUTED)
        bars[0].get_yticklabels()[0].set_color(TEXT)
        draw_growth(figure.add_axes((0.075, 0.105, 0.705, 0.3)), plain)
        write_words(figure, results, middle)
        figure.savefig(path)


def draw_bars(ax: Axes, name: str, of: Record) -> None:
    """Draw the times of one comparison, each written at its end."""
    for row, engine in enumerate(HUES):
        seconds = of["ms"][engine][name] / 1e3
        is_own = engine == OWN
        ax.barh(row, seconds, height=0.62, color=HUES[OWN] if is_own else BAR)
        ax.annotate(f"{seconds:#.2g}".rstrip("."), (seconds, row), (3, 0), va="center",
                    textcoords="offset points", color=TEXT if is_own else MUTED)  # fmt: skip
    ax.set_title(TITLES[name], loc="left", fontsize=BODY, color=TEXT, pad=17)
    ax.text(0, 1.05, f"{speed(of, name)[0]:.1f}× the fastest peer", transform=ax.transAxes,
            color=HUES[OWN])  # fmt: skip
    ax.set(yticks=[], xticks=[])
    ax.invert_yaxis()
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.spines["left"].set_color(MUTED)
    ax.tick_params(length=0)


def draw_growth(ax: Axes, cases: Sequence[Record]) -> None:
    """Draw what a row costs on panels of growing size, each line named at its end."""
    ends = []
    for engine, hue in HUES.items():
        took = [(of["rows"], of["ms"][engine]["all three"] * 1e6 / of["rows"])
                for of in cases if engine in of["ms"]]  # fmt: skip
        ax.plot(*zip(*took, strict=True), "o-", color=hue, markersize=4,
                linewidth=2.2 if engine == OWN else 1.4, zorder=3, clip_on=False)  # fmt: skip
        ends.append((*took[-1], engine))
    ax.set_xscale("log")
    ax.margins(x=0)
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_locator(FixedLocator([of["rows"] for of in cases]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xticklabels([million(of["asked"]) for of in cases], color=MUTED)
    ax.yaxis.set_major_locator(MaxNLocator(4))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.tick_params(length=0, labelcolor=MUTED)
    ax.tick_params(axis="x", pad=7)
    ax.grid(axis="y", color=FAINT, linewidth=0.8)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(MUTED)
    name_ends(ax, ends)


def name_ends(ax: Axes, ends: list[tuple[float, float, str]]) -> None:
    """Write names to the right of the lines' ends, those at one size apart from one another."""
    step = 0.115 * ax.get_ylim()[1]
    floor = dict.fromkeys({rows for rows, _, _ in ends}, -step)
    for rows, cost, engine in sorted(ends):
        floor[rows] = max(cost, floor[rows] + step)
        ax.annotate(f"{engine} {cost:,.0f}", (rows, floor[rows]), (7, 0), va="center",
                    textcoords="offset points", color=HUES[engine], annotation_clip=False,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})  # fmt: skip


def write_words(figure: Figure, results: Record, of: Record) -> None:
    """Write the finding, what is shown, and where the numbers come from."""
    what = "A trial: seconds" if results["trial"] else "Seconds"
    words = [
        (0.967, headline(of), TITLE, TEXT),
        (0.925, f"{what} for {million(of['asked'])} shuffled rows with categories", BODY, MUTED),
        (0.465, "All three comparisons, nanoseconds a row", BODY, TEXT),
        (0.433, "by the number of rows", SMALL, MUTED),
        (0.022, source(results), SMALL, MUTED),
    ]
    for height, text, points, ink in words:
        figure.text(MARGIN, height, text, fontsize=points, color=ink, va="center")


def source(results: Record) -> str:
    """Return the machine, the versions and the date."""
    of = results["versions"]
    return (
        f"{results['cores']} cores, {results['memory_gb']} GB · pandas {of['pandas']}, "
        f"polars {of['polars']}, DuckDB {of['duckdb']} · {results['date']}"
    )


def headline(of: Record) -> str:
    """Return what the chart finds."""
    ratio, peer = speed(of, "all three")
    named = {"polars streaming": "streaming polars"}.get(peer, peer)
    return f"All three comparisons at {ratio:.1f} times the speed of {named}"


def speed(of: Record, name: str) -> tuple[float, str]:
    """Return how many times as fast as the fastest peer a comparison is, and which that is."""
    took, peer = min((of["ms"][engine][name], engine) for engine in HUES if engine != OWN)
    return took / of["ms"][OWN][name], peer


def million(rows: float) -> str:
    """Return a number of rows in words."""
    return f"{rows / 1e6:g} million" if rows >= 1e6 else f"{rows:,.0f}"  # noqa: PLR2004 - a million
