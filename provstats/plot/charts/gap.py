"""Gaps: how far provinces are above or below the nation, and for which that is in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provstats.compare import gap_to_national
from provstats.errors import IncomparableError, first_rows
from provstats.plot.parts.canvas import LEAST_PLOT, canvas_on, draw_dots, settle
from provstats.plot.parts.captions import Wishes, caption, counted, ends_told, revision_told
from provstats.plot.parts.findings import how_many, signs
from provstats.plot.parts.margins import finish
from provstats.plot.parts.rows import ROW, name_rows
from provstats.plot.parts.scales import bars_told, place_values, write_above
from provstats.plot.parts.selections import compared, marked, one_group
from provstats.words.labels import voice_of
from provstats.words.languages import Lang, Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas

__all__ = ["gap"]

# Points between a mark and its label.
_BESIDE = 7.0


def gap(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how far provinces are from the nation; hollow where the intervals leave the sign open.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `gap_to_national`, or what it returned; of one indicator and one period with a
        national value.
    lang, title, subtitle, source, ax
        As for `ranking`. By default the title counts those that are above and below beyond doubt.
    highlight : str or iterable of str
        Regions to set off, by any name: all others fade.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a region, the greatest gap at 0;
        the x axis is the gap in its unit, percentage points for rates.

    Raises
    ------
    IncomparableError
        If there are several indicators or periods, no national value, or for what
        `gap_to_national` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    >>> ax = ps.plot.gap(growth, lang="en", ax=Figure().subplots())
    >>> ax.get_title(loc="left")
    'All 5 provinces shown are above the nation'
    """
    rows = one_group(_with_gaps(compared(x, gap_to_national)))
    marks = marked(highlight, rows["region"].to_list())
    voice = voice_of(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]])
    gaps, canvas = _as_values(rows), canvas_on(ax, voice)
    certain, scale = (
        signs(gaps["lower"], gaps["upper"]),
        scale_of(gaps, voice)._replace(signed=True),
    )
    _draw_lollipops(canvas, gaps, certain, marks)
    inks = canvas.stepped_back(marks)
    name_rows(canvas, [voice.name(code) for code in rows["region"]], inks)
    _write_labels(canvas, gaps, scale._replace(form="{}"), inks)
    nation = _draw_nation(canvas, rows)
    words = caption(
        gaps, scale, voice, Wishes(title, subtitle, source),
        subject=voice.say("gap_name", name="{name}"),
        finding=how_many("gap", certain, rows["region"].to_list(), voice),
        about=[voice.period(rows["period"].iloc[0]), nation, counted(rows, voice)],
        notes=[bars_told(canvas, gaps), "" if certain.all() else voice.say("gap_hollow"),
               revision_told(rows["source"], rows["national_source"].iloc[0], voice)],
        documents=[*rows["source"], *rows["national_source"].iloc[0].split()],
    )  # fmt: skip
    return finish(canvas, words, height=ROW * len(rows), told=[ends_told(gaps, scale, voice)])


def _with_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a gap, the greatest first."""
    kept = rows.dropna(subset="gap")
    if kept.empty:
        msg = f"no row has a gap to the nation:{first_rows(rows)}"
        raise IncomparableError(msg)
    return kept.sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def _as_values(rows: pd.DataFrame) -> pd.DataFrame:
    ends = {"value": "gap", "lower": "gap_lower", "upper": "gap_upper", "unit": "gap_unit"}
    return rows.assign(**{column: rows[gap] for column, gap in ends.items()})


def _draw_lollipops(
    canvas: Canvas, gaps: pd.DataFrame, certain: Iterable[int], marks: list[bool]
) -> None:
    places, colors = range(len(gaps)), canvas.by_sign(certain, marks)
    pale = [canvas.pale(color, 0.3) for color in colors]
    canvas.ax.hlines(places, gaps["lower"], gaps["upper"], colors=pale, linewidth=4.5, zorder=2)
    canvas.ax.hlines(places, 0, gaps["value"], colors=colors, linewidth=1.4, zorder=2.5)
    draw_dots(canvas, (gaps["value"], places), colors, hollow=[not sign for sign in certain])


def _write_labels(canvas: Canvas, gaps: pd.DataFrame, scale: Scale, inks: list[ColorType]) -> None:
    """Write each gap beyond its mark, on the side where it points, and make room for it."""
    room, texts = {-1: _BESIDE, 1: _BESIDE}, []
    for row, (value, lower, upper) in enumerate(gaps[["value", "lower", "upper"]].to_numpy()):
        side = 1 if value >= 0 else -1
        end = max(upper, 0) if side > 0 else min(lower, 0)
        style = {"ha": "left" if side > 0 else "right", "va": "center_baseline", "color": inks[row]}
        label = scale.label(value, lower, upper)
        text = canvas.write(label, (end, row), (side * _BESIDE, 0), xycoords="data", **style)
        room[side] = max(room[side], canvas.width(text) + 2 * _BESIDE)
        texts.append(text)
    settle(canvas)
    if sum(room.values()) > (1 - LEAST_PLOT) * canvas.points(canvas.ax.get_window_extent().width):
        for text in texts:
            text.remove()
        room, texts = {-1: _BESIDE, 1: _BESIDE}, []
    canvas.in_rows.extend([texts] if texts else [])
    ends = min(0, gaps["lower"].min()), max(0, gaps["upper"].max())
    place_values(canvas, ends, before=room[-1], after=room[1])
    canvas.ax.set_xticks([])
    canvas.ax.spines["bottom"].set_visible(False)


def _draw_nation(canvas: Canvas, rows: pd.DataFrame) -> str:
    """Draw the nation as the line of no gap; return its value in words."""
    first, voice = rows.iloc[0], canvas.voice
    value, *ends = (first[c] for c in ("national", "national_lower", "national_upper"))
    nation = rows.assign(value=value, lower=ends[0], upper=ends[1])
    label = f"{voice.say('nation')} {scale_of(nation, voice).label(value, *ends)}"
    canvas.ax.axvline(0, color=canvas.inks.text, linewidth=1, zorder=2.2)
    write_above(canvas, [voice.say("nation")], 0)
    return f"{label} ({voice.say(first['national_basis'])})"
