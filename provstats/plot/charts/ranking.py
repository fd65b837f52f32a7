"""Rankings: provinces by rank, with the ranges that intervals allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.colors import to_rgba

from provstats.compare import rank
from provstats.plot.parts.canvas import canvas_on, draw_dots, settle
from provstats.plot.parts.captions import (
    Wishes,
    caption,
    counted,
    ends_told,
    rank_text,
    revision_told,
)
from provstats.plot.parts.findings import who_leads
from provstats.plot.parts.margins import finish
from provstats.plot.parts.rows import ROW, name_rows, write_column
from provstats.plot.parts.scales import bars_told, scale_values, write_above
from provstats.plot.parts.selections import compared, marked, nation_of, one_group
from provstats.words.labels import voice_of
from provstats.words.languages import Lang, Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from matplotlib.axes import Axes

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas
    from provstats.words.labels import Voice

__all__ = ["ranking"]

# What was printed as a bound or about so is shown with its interval.
_QUALIFIED = ("about", "over", "nearly", "under")


def ranking(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw provinces by rank: value, interval, range of ranks and, where known, the nation.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, but of one indicator and one period.
    lang : {"zh", "en"}, optional
        The language of all words; by default as `set_language` says.
    highlight : str or iterable of str
        Regions to set off, by any name.
    title, subtitle, source : str, optional
        Texts to print instead of the default ones; ``""`` for none. By default the title says who
        leads only where the intervals leave no doubt, and the source is what the rows name. One
        with a character that no font has is left out with a warning.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the rows need.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a region, the first at 0; the x
        axis is in the base unit.

    Raises
    ------
    IncomparableError
        If there are several indicators or periods, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    >>> ax = ps.plot.ranking(growth, lang="en", highlight=["重庆"], ax=Figure().subplots())
    >>> ax.get_title(loc="left")
    'Shandong leads the 5 provinces shown'
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Shandong', 'Chongqing', 'Zhejiang', 'Hainan', 'Beijing']
    """
    rows = one_group(compared(x, rank)).sort_values("rank", kind="stable", ignore_index=True)
    marks = marked(highlight, rows["region"].to_list())
    given = [title, subtitle, source, *rows["indicator"], *rows["unit"], *rows["source"]]
    voice = voice_of(lang, given)
    scale, nation = scale_of(rows, voice), nation_of(x)
    canvas = canvas_on(ax, voice)
    _draw_rows(canvas, rows, marks)
    _write_columns(canvas, rows, marks, scale)
    settle(canvas)
    scale_values(canvas, _ends(rows, nation), scale)
    of_nation = "" if nation is None else _draw_nation(canvas, nation, scale)
    national = "" if nation is None else nation["national_source"]
    words = caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=who_leads(rows, voice),
        about=[voice.period(rows["period"].iloc[0]), counted(rows, voice)],
        notes=[bars_told(canvas, rows), revision_told(rows["source"], national, voice)],
        documents=[*rows["source"], *national.split()],
    )  # fmt: skip
    return finish(
        canvas, words, height=ROW * len(rows), told=[ends_told(rows, scale, voice), of_nation]
    )


def _draw_rows(canvas: Canvas, rows: pd.DataFrame, marks: list[bool]) -> None:
    ax, places, inks = canvas.ax, range(len(rows)), canvas.shades(marks, canvas.inks.text)
    bars = [to_rgba(ink, 0.3) for ink in inks]
    ax.hlines(places, rows["lower"], rows["upper"], colors=bars, linewidth=4.5, zorder=2)
    dots = canvas.shades(marks, canvas.inks.muted)
    draw_dots(canvas, (rows["value"], places), dots, hollow=rows["nature"] != "outcome")
    name_rows(canvas, [canvas.voice.name(code) for code in rows["region"]], inks)


def _write_columns(canvas: Canvas, rows: pd.DataFrame, marks: list[bool], scale: Scale) -> None:
    """Write ranks at the right edge, and values beside them."""
    inks, records = canvas.shades(marks, canvas.inks.text), [row for _, row in rows.iterrows()]
    write_column(canvas, [rank_text(row) for row in records], inks, canvas.voice.say("rank"))
    write_column(canvas, [_value_label(row, scale, canvas.voice) for row in records], inks)


def _value_label(row: pd.Series, scale: Scale, voice: Voice) -> str:
    """Print a value; one that was printed as a bound or about so, with its interval."""
    label = scale.label(row["value"], row["lower"], row["upper"])
    if row["qualifier"] not in _QUALIFIED:
        return label
    return f"{label} ({voice.say('to').join(scale.span(row['lower'], row['upper']))})"


def _ends(rows: pd.DataFrame, nation: pd.Series | None) -> tuple[float, float]:
    least, most = rows["lower"].min(), rows["upper"].max()
    if nation is None:
        return least, most
    return min(least, nation["national_lower"]), max(most, nation["national_upper"])


def _draw_nation(canvas: Canvas, nation: pd.Series, scale: Scale) -> str:
    """Draw the nation as a line across the rows; return its label."""
    ax, inks, at = canvas.ax, canvas.inks, nation["national"]
    ends = nation["national_lower"], nation["national_upper"]
    ax.axvspan(*ends, color=inks.nation, alpha=0.12, linewidth=0, zorder=1)
    ax.axvline(at, color=inks.nation, linewidth=1.2, linestyle="--", zorder=1.5)
    label = f"{canvas.voice.say('nation')} {scale.label(at, *ends)}"
    full = f"{label} ({canvas.voice.say(nation['national_basis'])})"
    write_above(canvas, [full, label], at, color=inks.nation_text)
    return full
