"""Scorecards: provinces by indicators, each cell coloured by where its value stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.errors import IncomparableError
from provstats.plot.parts.canvas import canvas_on, settle
from provstats.plot.parts.captions import Wishes, composed, counted, indicator_name
from provstats.plot.parts.cells import (
    STANDINGS,
    draw_cells,
    draw_shapes,
    figure_text,
    ink_on,
)
from provstats.plot.parts.keys import draw_key_below
from provstats.plot.parts.margins import PLAIN, finish
from provstats.plot.parts.rows import name_rows
from provstats.plot.parts.selections import marked
from provstats.plot.parts.space import folded, warn_of_room, write_heads
from provstats.plot.parts.standings import full_panel, standings
from provstats.store.keys import GROUP
from provstats.store.regions import registry
from provstats.words.labels import voice_of
from provstats.words.languages import Lang, Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas
    from provstats.words.labels import Voice

__all__ = ["scorecard"]

_MOST_COLUMNS: Final = 16
# Inches of a figure of our own: for the names, for a column, and at least.
_NAMES, _COLUMN, _LEAST = 1.1, 0.95, 5.2
# Points: the height of a row, and what texts keep clear of the next column.
_ROW, _CLEAR = 16.0, 6.0
# How many columns an error shows, and provinces a title names.
_SHOWN, _NAMED = 3, 4


def scorecard(  # noqa: PLR0913 - the options of a chart
    x: Comparable | None = None,
    *,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of provinces by indicators, coloured by where each value stands.

    Blue is better and orange worse than the benchmark, as the direction of the indicator has it:
    the nation where its value is known and is no total, else the median of the provinces; the head
    of the column says which. A value whose interval meets that of the benchmark is pale, strong
    colours are for those that are certainly in the first or last fifth, and grey is for indicators
    of which neither more nor less is better. Rows are sorted by the first column; nothing is summed
    up over columns.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        As for `rank`; each indicator in each period is a column, in the order of the rows. By
        default what all 31 provinces report, of the latest year, with its change over that year.
    lang : {"zh", "en"}, optional
        The language of all words; by default as `set_language` says.
    highlight : str or iterable of str
        Regions to set off, by any name.
    title, subtitle, source : str, optional
        Texts to print instead of the default ones; ``""`` for none. By default the title says who
        is certainly better than the benchmark in every column.
    ax : Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a province and one column an
        indicator and period, the first at 0.

    Raises
    ------
    IncomparableError
        If there are more than 16 columns, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> ax = ps.plot.scorecard(lang="en", ax=Figure((8, 10)).subplots())
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['Beijing', 'Shanghai', 'Tianjin']
    """
    rows = standings(x, full_panel)
    voice = voice_of(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]])
    columns = _columns(rows, voice)
    regions = _sorted(columns)
    marks = marked(highlight, regions)
    canvas = canvas_on(ax, voice)
    _draw_cells(canvas, columns, regions, marks)
    settle(canvas)
    lacking, heads = _fit_values(canvas), _write_heads(canvas, columns)
    key = draw_key_below(canvas, _entries(rows, voice))
    words = composed(
        voice, Wishes(title, subtitle, source), _finding(columns, voice),
        about=_about(rows, columns, voice),
        documents=[*rows["source"], *" ".join(rows["benchmark_source"]).split()],
    )  # fmt: skip
    told = [_told(column, voice) for column in columns]
    around = {"above": PLAIN + heads, "below": 2 * PLAIN + key}
    finish(canvas, words, height=_ROW * len(regions), told=told, **around)
    unkeyed = "" if key else "the key to its colours"
    warn_of_room(canvas, lacking, "" if heads else "the heads of its columns", unkeyed)
    return canvas.ax


# --- columns and rows ---------------------------------------------------------------------------


class _Column(NamedTuple):
    """One indicator in one period."""

    rows: pd.DataFrame
    scale: Scale
    #: The lines that tell it from other columns: indicator and unit, period, or both.
    names: list[str]


def _columns(rows: pd.DataFrame, voice: Voice) -> list[_Column]:
    groups = [of.set_index("region", drop=False) for _, of in rows.groupby(GROUP, sort=False)]
    if len(groups) > _MOST_COLUMNS:
        first = ", ".join(" ".join(of[GROUP].iloc[0]) for of in groups[:_SHOWN])
        msg = (
            f"a scorecard has at most {_MOST_COLUMNS} columns, got {len(groups)} indicators and "
            f"periods ({first} ...); choose some of them"
        )
        raise IncomparableError(msg)
    several, dated = (len(rows[column].unique()) > 1 for column in GROUP)
    scales = [scale_of(of, voice) for of in groups]
    return [
        _Column(of, scale, _names(of, scale, voice, named=several or not dated, dated=dated))
        for of, scale in zip(groups, scales, strict=True)
    ]


def _names(of: pd.DataFrame, scale: Scale, voice: Voice, *, named: bool, dated: bool) -> list[str]:
    unit = f"({scale.word})" if scale.word else ""
    name = f"{voice.joined(indicator_name(of, voice))} {unit}".strip()
    period = voice.period(of["period"].iloc[0])
    return [text for text, is_told in ((name, named), (period, dated)) if is_told]


def _sorted(columns: Sequence[_Column]) -> list[str]:
    """Sort regions by the first column; those that it lacks follow, by the next one."""
    last = len(registry())
    places = {
        code: [column.rows["rank"].get(code, last) for column in columns]
        for code in registry()
        if any(code in column.rows.index for column in columns)
    }
    return sorted(places, key=places.__getitem__)


# --- drawing ------------------------------------------------------------------------------------


def _draw_cells(
    canvas: Canvas, columns: Sequence[_Column], regions: Sequence[str], marks: Sequence[bool]
) -> None:
    """Draw the cells with their values; what is missing has a dash and no cell."""
    if canvas.own:
        width = max(_LEAST, _NAMES + _COLUMN * len(columns))
        canvas.ax.figure.figure.set_figwidth(width)
    inks = canvas.shades(marks, canvas.inks.text)
    name_rows(canvas, [canvas.voice.name(code) for code in regions], inks)
    right = len(columns) - 0.5
    canvas.ax.set(xlim=(-0.5, right), xticks=[])
    canvas.ax.spines[:].set_visible(False)
    for at, column in enumerate(columns):
        places = [(at, regions.index(code)) for code in column.rows.index]
        draw_cells(canvas, places, [STANDINGS[grade] for grade in column.rows["grade"]])
        canvas.in_rows.append(
            [_write_value(canvas, column, code, (at, row)) for row, code in enumerate(regions)]
        )
    frames = [_row_frame(row, right) for row, is_marked in enumerate(marks) if is_marked]
    draw_shapes(canvas, frames, "none", edgecolor=canvas.inks.text, linewidth=1.6, zorder=2)


def _row_frame(row: int, right: float) -> list[tuple[float, float]]:
    return [(-0.5, row - 0.5), (right, row - 0.5), (right, row + 0.5), (-0.5, row + 0.5)]


def _write_value(canvas: Canvas, column: _Column, code: str, at: tuple[int, int]) -> Text:
    style = {"xycoords": "data", "ha": "center", "va": "center_baseline"}
    if code not in column.rows.index:
        return canvas.write("—", at, (0, 0), **style)
    (_, row), *_ = column.rows.loc[[code]].iterrows()
    ink, plain = ink_on(STANDINGS[str(row["grade"])]), column.scale._replace(form="{}")
    return canvas.write(figure_text(row, plain), at, (0, 0), color=ink, **style)


def _fit_values(canvas: Canvas) -> str:
    """Leave out values that are wider than their cells; return what is left out."""
    values = [text for column in canvas.in_rows[1:] for text in column]
    if max(map(canvas.width, values)) + _CLEAR <= _cell_width(canvas):
        return ""
    for text in values:
        text.remove()
    del canvas.in_rows[1:]
    return "its values"


def _cell_width(canvas: Canvas) -> float:
    left, right = canvas.ax.get_xlim()
    return canvas.points(canvas.ax.get_window_extent().width) / (right - left)


def _write_heads(canvas: Canvas, columns: Sequence[_Column]) -> float:
    """Write the heads and what is below each the benchmark; return the points that they take."""
    room = _cell_width(canvas) - _CLEAR
    heads = [
        "\n".join(folded(canvas, part, room) for part in (*column.names, *_mark(column, canvas)))
        for column in columns
    ]
    return write_heads(canvas, heads, room)


def _mark(column: _Column, canvas: Canvas) -> list[str]:
    """Return the benchmark of a column, where there is one, with the digits of its values."""
    row = column.rows.iloc[0]
    if row["standing"] == "neutral" or row["n"] == 1:
        return []
    ends = row[["benchmark", "benchmark_lower", "benchmark_upper"]]
    label = column.scale._replace(form="{}").label(*ends)
    basis = "median" if row["benchmark_basis"] == "median" else "nation"
    return [f"{canvas.voice.say(basis)} {label}"]


# --- words --------------------------------------------------------------------------------------


def _entries(rows: pd.DataFrame, voice: Voice) -> list[tuple[str, dict[str, Any]]]:
    """Return the meaning of the colours that are there, from the best to the worst."""
    found = set(rows["grade"])
    return [(voice.say(g), {"facecolor": ink}) for g, ink in STANDINGS.items() if g in found]


def _finding(columns: Sequence[_Column], voice: Voice) -> str:
    """Say who is certainly better in every column, else what is shown."""
    judged = [of.rows["standing"] for of in columns if (of.rows["standing"] != "neutral").any()]
    better = [of.index[of == "better"] for of in judged]
    ahead = [code for code in registry() if better and all(code in codes for codes in better)]
    if len(judged) > 1 and 0 < len(ahead) <= _NAMED:
        names = voice.listed(map(voice.name, ahead))
        return voice.say("all_better", names=names, many=len(judged))
    ids = {of.rows["indicator"].iloc[0] for of in columns}
    if len(ids) == 1:
        return voice.joined(indicator_name(columns[0].rows, voice))
    shown = {code for of in columns for code in of.rows.index}
    return voice.say("scored", n=len(shown), many=len(columns))


def _about(rows: pd.DataFrame, columns: Sequence[_Column], voice: Voice) -> list[str]:
    """Return period, number of provinces, what colours are measured against, and the order."""
    periods = rows["period"].unique()
    period = voice.period(periods[0]) if len(periods) == 1 else ""
    is_judged = (rows["standing"] != "neutral").any()
    order = voice.say("by_first") if len(columns) > 1 else ""
    unit = columns[0].scale.word if len(rows["indicator"].unique()) == 1 else ""
    return [unit, period, counted(rows, voice), voice.say("coloured") if is_judged else "", order]


def _told(column: _Column, voice: Voice) -> str:
    counts = column.rows["standing"].value_counts()
    stands = {word: counts.get(word, 0) for word in ("better", "similar", "worse")}
    return (
        voice.say("stands", name=" ".join(column.names), **stands) if sum(stands.values()) else ""
    )
