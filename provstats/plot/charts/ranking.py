"""Rankings: provinces by rank, with the ranges that intervals allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provstats.compare import rank
from provstats.plot.parts.captions import (
    Wishes,
    caption,
    counted,
    ends_told,
    nation_told,
    period_told,
    rank_text,
    revision_told,
)
from provstats.plot.parts.marks import draw_dots, draw_spindles
from provstats.plot.parts.rows import HEAD, Column, Names, lay_rows, set_rows
from provstats.plot.parts.selections import as_pandas, compared, marked, nation_of, of_one_period
from provstats.plot.parts.sheet import open_sheet
from provstats.plot.parts.titles import who_is_first
from provstats.plot.parts.value_axis import (
    LIFT,
    TICKS,
    aired,
    draw_nation_line,
    draw_value_axis,
)
from provstats.words.numbers import scale_of
from provstats.words.voices import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["ranking"]

_BOUNDS = ["value", "lower", "upper"]
_NATIONAL = ["national", "national_lower", "national_upper"]
# What was printed as a bound or about so is shown with its interval.
_QUALIFIED = ("about", "over", "nearly", "under")


def ranking(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    lang: str | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    unit: str | None = None,
    style: Mapping[str, Any] | None = None,
    width: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw provinces by rank: value, interval, range of ranks and, where known, the nation.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, but of one indicator and one period. Of an indicator or a series with several
        periods the latest of those is drawn that most provinces report, and the subtitle says so.
        Frames of polars and tables of Arrow are taken as those of pandas.
    lang : {"zh", "en"}, optional
        The language of all words; by default as `set_language` says.
    highlight : str or iterable of str
        Regions to set off, by any name.
    title, subtitle, source : str, optional
        Texts to print instead of the default ones; ``""`` for none. By default the title says who
        is first only where the intervals leave no doubt, and the source is what the rows name. One
        with a character that no font has is left out with a warning.
    unit : str, optional
        In which unit to print, such as ``亿元`` or ``CNY bn``; by default the greatest in which the
        values need few decimals.
    style : mapping, optional
        Colours by name instead of those of `provstats.plot.palette`, and ``font``, a family or
        several to look for glyphs in first.
    width : float, optional
        Inches of the new figure, 7.2 by default; below 4.6 it is set as the column of a paper.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the rows need. The words stand within the
        cell of the axes too.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a region, the first at 0, its name
        a text with the gid ``name``; the x axis is in the base unit.

    Raises
    ------
    IncomparableError
        If there are several indicators, a frame has several periods, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    >>> ax = ps.plot.ranking(growth, lang="en", highlight=["重庆"], ax=Figure().subplots())
    >>> print(ax.get_title(loc="left"))
    Industrial value added grew fastest in Shandong,
    of 5 provinces with data
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "name"]
    ['Shandong', 'Chongqing', 'Zhejiang', 'Hainan', 'Beijing']
    """
    x = as_pandas(x)
    rows, choices = of_one_period(compared(x, rank), x)
    rows = rows.sort_values("rank", kind="stable", ignore_index=True)
    marks = marked(highlight, rows["region"].to_list())
    given = [title, subtitle, source, *rows["indicator"], *rows["unit"], *rows["source"]]
    voice = voice_of(lang, given, style)
    scale, nation = scale_of(rows, voice, unit), nation_of(x, rows["period"].iloc[0])
    of_nation = "" if nation is None else nation_told(nation, scale, voice)
    national = "" if nation is None else nation["national_source"]
    sheet = open_sheet(ax, voice, style, width)
    words = caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=who_is_first(rows, voice),
        about=[period_told(rows, choices, voice), counted(rows, voice)],
        notes=[voice.say("spindles") if (rows["upper"] > rows["lower"]).any() else "",
               revision_told(rows["source"], national, voice)],
        documents=[*rows["source"], *national.split()],
    )  # fmt: skip
    _draw_rows(sheet, words, rows, marks, scale=scale, nation=nation)
    if nation is not None:
        draw_nation_line(sheet, nation[_NATIONAL].to_list(), of_nation)
    return sheet.finish(words, [ends_told(rows, scale, voice), of_nation])


def _draw_rows(  # noqa: PLR0913 - what a ranking shows
    sheet: Sheet,
    words: Caption,
    rows: pd.DataFrame,
    marks: Sequence[bool],
    *,
    scale: Scale,
    nation: pd.Series | None,
) -> None:
    """Write names, values and ranks, and draw each value with its interval."""
    palette, voice, lines = sheet.palette, sheet.voice, lay_rows(len(rows))
    inks, quiet, dots, spindles = (
        [palette.accent if is_on else plain for is_on in marks]
        for plain in (palette.text, palette.quiet_text, palette.mark, palette.quiet)
    )
    records = [row for _, row in rows.iterrows()]
    names = Names([voice.name(code) for code in rows["region"]], inks, marks)
    values = [_value_label(row, scale, voice) for row in records]
    columns = [
        Column(voice.say("value_head"), values, inks, marks),
        Column(
            voice.say("rank"),
            [*map(rank_text, records)],
            quiet,
            [False] * len(rows),
            by_point=False,
        ),
    ]
    lift = LIFT if nation is not None and sheet.is_column else 0.0
    set_rows(sheet, words, lines, names, columns, head=HEAD + lift, foot=TICKS)
    draw_value_axis(sheet, aired(_ends(rows, nation)), scale)
    draw_spindles(sheet, rows[_BOUNDS].to_numpy(), lines.places, spindles)
    draw_dots(sheet, (rows["value"], lines.places), dots, hollow=rows["nature"] != "outcome")


def _value_label(row: pd.Series, scale: Scale, voice: Voice) -> str:
    """Print a value; one that was printed as a bound or about so, with its interval."""
    label = scale.brief.label(row["value"], row["lower"], row["upper"])
    if row["qualifier"] not in _QUALIFIED:
        return label
    return f"{label} ({voice.say('dash').join(scale.span(row['lower'], row['upper']))})"


def _ends(rows: pd.DataFrame, nation: pd.Series | None) -> tuple[float, float]:
    least, most = rows["lower"].min(), rows["upper"].max()
    if nation is None:
        return least, most
    return min(least, nation["national_lower"]), max(most, nation["national_upper"])
