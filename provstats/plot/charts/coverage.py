"""Coverages: who reports what, and when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from matplotlib.colors import to_rgba

from provstats.plot.parts.canvas import BODY, SMALL, canvas_on, settle
from provstats.plot.parts.captions import Wishes, composed, indicator_name
from provstats.plot.parts.cells import BLUES, draw_cells, ink_on
from provstats.plot.parts.keys import draw_key_below
from provstats.plot.parts.margins import PLAIN, finish
from provstats.plot.parts.rows import name_rows
from provstats.plot.parts.selections import marked
from provstats.plot.parts.space import folded, name_room, warn_of_room, write_heads
from provstats.plot.parts.tallies import rows_reported, tally_of
from provstats.reading.periods import parse_period
from provstats.store.regions import mainland, registry
from provstats.words.labels import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.typing import ColorType

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas
    from provstats.plot.parts.tallies import Tally
    from provstats.words.labels import Voice
    from provstats.words.languages import Lang

__all__ = ["coverage"]

# Points: the most that a name may take, a line of it, and the air between rows.
_NAME, _LINE, _AIR = 240.0, 11.5, 4.0
# Points of a figure of our own beside the columns, and of each of these, and the least of all.
_WIDTHS: Final = {"region": (_NAME + 60.0, 12.0), "period": (135.0, 62.0)}
_NARROWEST: Final = 330.0
_REPORTED: Final = BLUES[3]
_HOLLOW: Final = {"edgecolor": _REPORTED, "linewidth": 1.3}
# Points that texts keep clear of their neighbours.
_CLEAR: Final = 3.0


def coverage(  # noqa: PLR0913 - the options of a chart
    x: Comparable | None = None,
    *,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw who reports what and when: as an outcome, only as a forecast or target, or not at all.

    Of one indicator it is a table of provinces by periods, of several one of indicators by
    provinces, with the number of periods where there are more than one. Counts are those of
    outcomes: at the right of each row, and below each column.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        An indicator id, a series, or a tidy frame as for `rank`; by default all shipped
        observations. Of more than 20 indicators those that most provinces report are shown.
    lang : {"zh", "en"}, optional
        The language of all words; by default as `set_language` says.
    highlight : str or iterable of str
        Regions to set off, by any name.
    title, subtitle, source : str, optional
        Texts to print instead of the default ones; ``""`` for none. By default the title counts
        what is complete.
    ax : Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. The first row and column are at 0; all 31
        provinces of the mainland are there, and others where they report.

    Raises
    ------
    IncomparableError
        If no province has a value.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> ax = ps.plot.coverage("little_giants", lang="en", ax=Figure((6, 9)).subplots())
    >>> ax.get_title(loc="left")
    '5 of 31 provinces report'
    """
    rows = rows_reported(x)
    voice = voice_of(lang, [title, subtitle, source, *rows["indicator"]])
    shown = [code for code in registry() if code in set(rows["region"])]
    set_off = {c for c, is_set in zip(shown, marked(highlight, shown), strict=True) if is_set}
    grid = tally_of(rows)
    canvas = canvas_on(ax, voice)
    height, numbers = _write_names(canvas, grid, set_off), _draw_cells(canvas, grid)
    totals = _write_totals(canvas, grid)
    lacking, heads = _fit(canvas, numbers, grid), _write_heads(canvas, grid, set_off)
    key = draw_key_below(canvas, _entries(canvas, grid), gap=totals)
    words = composed(
        voice, Wishes(title, subtitle, source), _finding(rows, grid, voice),
        about=_about(rows, grid, voice), documents=_documents(rows, grid),
        notes=[voice.say("periods_told") if numbers and not lacking else "", voice.say("edges")],
    )  # fmt: skip
    around = {"above": PLAIN + heads, "below": 2 * PLAIN + (key or totals)}
    finish(canvas, words, height=height, told=_told(grid, voice), **around)
    unkeyed = "" if key else "the key to its colours"
    warn_of_room(canvas, lacking, "" if heads else "the heads of its columns", unkeyed)
    return canvas.ax


# --- drawing ------------------------------------------------------------------------------------


def _write_names(canvas: Canvas, grid: Tally, set_off: set[str]) -> float:
    """Write the names of the rows; return the points that the rows need."""
    if canvas.own:
        beside, pitch = _WIDTHS[grid.across]
        width = max(_NARROWEST, beside + pitch * len(grid.columns))
        canvas.ax.figure.figure.set_figwidth(width / 72)
    say = canvas.voice.name if grid.down == "region" else partial(_indicator_name, canvas.voice)
    room = name_room(canvas, _NAME)
    names = [folded(canvas, say(row), room, size=BODY) for row in grid.rows]
    name_rows(canvas, names, canvas.shades([row in set_off for row in grid.rows], canvas.inks.text))
    canvas.ax.set(xlim=(-0.5, len(grid.columns) - 0.5), xticks=[])
    canvas.ax.spines[:].set_visible(False)
    return (_LINE * max(name.count("\n") + 1 for name in names) + _AIR) * len(grid.rows)


def _indicator_name(voice: Voice, id_: str) -> str:
    return voice.joined(indicator_name(pd.DataFrame({"indicator": [id_]}), voice))


def _draw_cells(canvas: Canvas, grid: Tally) -> list[Text]:
    """Draw what is not reported, what is, and what is planned; return the numbers of periods."""
    at = {
        (row, column): (x, y)
        for y, row in enumerate(grid.rows)
        for x, column in enumerate(grid.columns)
    }
    planned = grid.plans.keys() - grid.outcomes.keys()
    absent = at.keys() - grid.outcomes.keys() - planned
    draw_cells(canvas, [at[cell] for cell in sorted(absent)], [_faint(canvas)])
    draw_cells(canvas, [at[cell] for cell in grid.outcomes], [_REPORTED])
    draw_cells(canvas, [at[cell] for cell in sorted(planned)], "none", inset=0.12, **_HOLLOW)
    style = {"xycoords": "data", "ha": "center", "va": "center_baseline"}
    return [
        canvas.write(f"{number}", at[cell], (0, 0), color=ink_on(_REPORTED), **style)
        for cell, number in grid.outcomes.items()
        if number > 1
    ]


def _faint(canvas: Canvas) -> ColorType:
    return to_rgba(canvas.inks.text, 0.07)


def _fit(canvas: Canvas, numbers: Sequence[Text], grid: Tally) -> str:
    """Leave out numbers that are larger than their cells; return what is left out."""
    frame = canvas.ax.get_window_extent()
    wide = _column(canvas, grid)
    high = canvas.points(frame.height) / len(grid.rows)
    if canvas.own or (high >= SMALL + _CLEAR and all(canvas.width(n) <= wide for n in numbers)):
        return ""
    for number in numbers:
        number.remove()
    return "the numbers of periods" if numbers else ""


def _write_heads(canvas: Canvas, grid: Tally, set_off: set[str]) -> float:
    """Write the names of provinces upright, or those of periods; return the points they take."""
    room = _column(canvas, grid)
    colors = canvas.shades([column in set_off for column in grid.columns], canvas.inks.muted)
    if grid.across == "period":
        labels = [canvas.voice.period(label) for label in grid.columns]
        labels = [folded(canvas, label, room - _CLEAR) for label in labels]
        return write_heads(canvas, labels, room, colors=colors)
    names = [canvas.voice.name(code) for code in grid.columns]
    if canvas.voice.lang == "zh":
        return write_heads(canvas, ["\n".join(name) for name in names], room, colors=colors)
    return write_heads(canvas, names, room, colors=colors, rotation=90)


def _write_totals(canvas: Canvas, grid: Tally) -> float:
    """Write the counts beside the rows and below the columns; return the points that these take."""
    ax, (by_row, by_column) = canvas.ax, grid.totals()
    right, below = ax.get_yaxis_transform(), ax.get_xaxis_transform()
    beside = {"xycoords": right, "va": "center_baseline"}
    counts = [canvas.write(f"{n}", (1, row), (6, 0), **beside) for row, n in enumerate(by_row)]
    canvas.in_rows.append(counts)
    settle(canvas)
    under = {"xycoords": below, "va": "top", "ha": "center"}
    totals = [canvas.write(f"{n}", (at, 0), (0, -4), **under) for at, n in enumerate(by_column)]
    if max(map(canvas.width, totals)) + 1 <= _column(canvas, grid):
        return 4 + max(map(canvas.height, totals))
    for total in totals:
        total.remove()
    return 0.0


def _column(canvas: Canvas, grid: Tally) -> float:
    """Return the points that a column is wide."""
    return canvas.points(canvas.ax.get_window_extent().width) / len(grid.columns)


# --- words --------------------------------------------------------------------------------------


def _entries(canvas: Canvas, grid: Tally) -> list[tuple[str, dict[str, Any]]]:
    """Return the meaning of the cells that are there."""
    say, cells = canvas.voice.say, len(grid.rows) * len(grid.columns)
    planned = len(grid.plans.keys() - grid.outcomes.keys())
    entries: list[tuple[int, tuple[str, dict[str, Any]]]] = [
        (len(grid.outcomes), (say("is_reported"), {"facecolor": _REPORTED})),
        (planned, (say("is_planned"), {"facecolor": "none", **_HOLLOW})),
        (
            cells - planned - len(grid.outcomes),
            (say("is_absent"), {"facecolor": _faint(canvas)}),
        ),
    ]
    return [entry for number, entry in entries if number]


def _finding(rows: pd.DataFrame, grid: Tally, voice: Voice) -> str:
    """Count what is complete."""
    if grid.down == "region":
        totals, many = grid.totals()[0], len(grid.columns)
        full, some = totals.count(many), len(totals) - totals.count(0)
        extent = "all" if full == len(totals) else "full" if many > 1 and full else "partly"
        return voice.say(f"covered_{extent}", k=full or some, n=len(totals), p=many)
    own = rows[(rows["nature"] == "outcome") & rows["region"].isin(mainland())]
    sizes = own.groupby("indicator")["region"].nunique()
    full, many = int((sizes == len(mainland())).sum()), len(rows["indicator"].unique())
    return voice.say("complete", k=full, many=many, n=len(mainland()))


def _about(rows: pd.DataFrame, grid: Tally, voice: Voice) -> list[str]:
    """Return the indicator, or which of them are shown and the years that they span."""
    if grid.down == "region":
        return [_indicator_name(voice, rows["indicator"].iloc[0])]
    many = len(rows["indicator"].unique())
    ends = [parse_period(label) for label in rows["period"].unique()]
    first, last = min(end.start.year for end in ends), max(end.end.year for end in ends)
    span = voice.period(f"{first}/{last}" if first < last else f"{first}")
    return [voice.say("most_reported", n=len(grid.rows)) if many > len(grid.rows) else "", span]


def _documents(rows: pd.DataFrame, grid: Tally) -> pd.Series:
    shown = rows["indicator"].isin(grid.rows) | (grid.down == "region")
    return rows.loc[shown, "source"]


def _told(grid: Tally, voice: Voice) -> list[str]:
    """Say of each indicator, or of each period, how many provinces report it."""
    by_row, by_column = grid.totals()
    if grid.down == "region":
        counts = zip(map(voice.period, grid.columns), by_column, strict=True)
    else:
        names = (_indicator_name(voice, id_) for id_ in grid.rows)
        counts = zip(names, by_row, strict=True)
    return [voice.say("report_it", name=name, n=n, all=len(mainland())) for name, n in counts]
