"""Rankings: provinces by rank, with the ranges that intervals allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, Unpack, overload

import numpy as np

from provstats.analysis.tiers import assign_tiers
from provstats.compare import rank
from provstats.errors import SchemaError
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    say_highest_and_lowest,
    say_national_revision,
    say_national_value,
    say_period,
    say_province_count,
)
from provstats.plot.parts.engine import is_interactive
from provstats.plot.parts.marks import draw_dots, draw_spindles
from provstats.plot.parts.paper import build_paper
from provstats.plot.parts.ranked import (
    NATIONAL,
    Ranked,
    build_names_and_columns,
    choose_inks,
    find_outer_bounds,
)
from provstats.plot.parts.rows import HEAD, lay_out_rows, write_rows
from provstats.plot.parts.selections import (
    choose_one_period,
    collect_compared_rows,
    convert_chart_input,
    find_national_row,
    mark_highlighted_regions,
)
from provstats.plot.parts.sheet import open_sheet
from provstats.plot.parts.titles import say_who_is_first
from provstats.plot.parts.value_axis import (
    LIFT,
    TICKS,
    draw_nation_line,
    draw_value_axis,
    widen_ends,
)
from provstats.plot.vega.ranking import build_ranking_chart
from provstats.words.numbers import choose_scale
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.engine import Engine, Options
    from provstats.plot.parts.sheet import Sheet
    from provstats.plot.vega.interactive import InteractiveChart
    from provstats.words.voices import Voice

__all__ = ["ranking"]

_BOUNDS: Final = ["value", "lower", "upper"]
# The part of the scale that is as wide as a dot on a page.
_WITHIN_DOT: Final = 0.015


@overload
def ranking(
    x: Comparable,
    *,
    engine: Literal["matplotlib"] = ...,
    tiers: bool = ...,
    ax: Axes | None = ...,
    **options: Unpack[Options],
) -> Axes: ...
@overload
def ranking(
    x: Comparable, *, engine: Literal["vega"], **options: Unpack[Options]
) -> InteractiveChart: ...
def ranking(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    engine: Engine = "matplotlib",
    lang: str | None = None,
    highlight: str | Iterable[str] = (),
    tiers: bool = False,
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    unit: str | None = None,
    style: Mapping[str, Any] | None = None,
    width: float | None = None,
    ax: Axes | None = None,
) -> Axes | InteractiveChart:
    """Draw provinces by rank: value, interval, range of ranks and, where known, the nation.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, but of one indicator and one period. Of an indicator or a series with several
        periods the latest of those is drawn that most provinces report, and the subtitle says so.
        Frames of polars and tables of Arrow are taken as those of pandas.
    engine : {"matplotlib", "vega"}
        What draws it. ``"vega"`` gives an `InteractiveChart` with tooltips, which needs
        ``provstats[interactive]`` to be saved as a page or a picture.
    lang : {"zh", "en"}, optional
        The language of all words; by default as `set_language` says.
    highlight : str or iterable of str
        Regions to set off, by any name.
    tiers : bool
        Whether rows stand in the groups of `tiers`: a gap parts those who are surely ahead from
        those who are surely behind, and rows without a gap between them are not told apart. Only
        for Matplotlib.
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
        cell of the axes too. Only for Matplotlib.

    Returns
    -------
    Axes or InteractiveChart
        The axes drawn in: ``ax`` itself if it was given. One row a region, the first at 0 and each
        one further on, more after a gap, its name a text with the gid ``name``; the x axis is in
        the base unit.

    Raises
    ------
    IncomparableError
        If there are several indicators, a frame has several periods, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold, or the engine does not take an option.

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
    wishes = Wishes(title, subtitle, source)
    interactive = is_interactive(engine, ax)
    if interactive and tiers:
        msg = "tiers are set apart by engine='matplotlib' alone; leave out tiers, or the engine"
        raise SchemaError(msg)
    shown = _prepare_content(
        convert_chart_input(x), highlight, wishes, lang=lang, unit=unit, style=style, tiers=tiers
    )
    if interactive:
        return build_ranking_chart(shown, build_paper(shown.voice, style, width))
    ends = _find_tier_ends(shown.rows) if tiers else []
    return _draw_content(shown, open_sheet(ax, shown.voice, style, width), ends)


def _prepare_content(  # noqa: PLR0913 - what was asked for
    x: Comparable,
    highlight: str | Iterable[str],
    wishes: Wishes,
    *,
    lang: str | None,
    unit: str | None,
    style: Mapping[str, Any] | None,
    tiers: bool,
) -> Ranked:
    """Find the rows, the nation's value and the words."""
    rows, choices = choose_one_period(collect_compared_rows(x, rank), x)
    rows = rows.sort_values("rank", kind="stable", ignore_index=True)
    marks = mark_highlighted_regions(highlight, rows["region"].to_list())
    voice = choose_voice(lang, [*wishes, *rows["indicator"], *rows["unit"], *rows["source"]], style)
    scale, nation = choose_scale(rows, voice, unit), find_national_row(x, rows["period"].iloc[0])
    national = "" if nation is None else nation["national_source"]
    words = build_indicator_caption(
        rows, scale, voice, wishes,
        finding=say_who_is_first(rows, voice),
        about=[say_period(rows, choices, voice), say_province_count(rows, voice)],
        notes=[_explain_spindles(rows, voice),
               voice.say("tiers_told") if tiers else "",
               say_national_revision(rows["source"], national, voice)],
        documents=[*rows["source"], *national.split()],
    )  # fmt: skip
    told = [say_highest_and_lowest(rows, scale, voice)]
    if nation is not None:
        told.append(say_national_value(nation, scale, voice))
    return Ranked(rows, marks, voice, scale, nation, words, told)


def _draw_content(shown: Ranked, sheet: Sheet, ends: Sequence[int]) -> Axes:
    _draw_rows(sheet, shown, ends)
    if shown.nation is not None:
        label = say_national_value(shown.nation, shown.scale, shown.voice)
        draw_nation_line(sheet, shown.nation[NATIONAL].to_list(), label)
    return sheet.finish_chart(shown.words, shown.told)


def _draw_rows(sheet: Sheet, shown: Ranked, ends: Sequence[int]) -> None:
    """Write names, values and ranks, and draw each value with its interval."""
    rows, palette, lines = shown.rows, sheet.palette, lay_out_rows(len(shown.rows), ends)
    lift = LIFT if shown.nation is not None and sheet.is_column else 0.0
    names, columns = build_names_and_columns(shown, palette)
    write_rows(sheet, shown.words, lines, names, columns, head=HEAD + lift, foot=TICKS)
    draw_value_axis(sheet, widen_ends(find_outer_bounds(shown)), shown.scale)
    spindles, dots = (choose_inks(shown, palette, ink) for ink in (palette.quiet, palette.mark))
    draw_spindles(sheet, rows[_BOUNDS].to_numpy(), lines.places, spindles)
    draw_dots(sheet, (rows["value"], lines.places), dots, hollow=rows["nature"] != "outcome")


def _find_tier_ends(rows: pd.DataFrame) -> list[int]:
    """Return after how many rows each tier ends, the last one's end aside."""
    tier = assign_tiers(rows["rank_best"].to_numpy(), np.zeros(len(rows), np.int64))
    ends: list[int] = (np.flatnonzero(np.diff(tier)) + 1).tolist()
    return ends


def _explain_spindles(rows: pd.DataFrame, voice: Voice) -> str:
    """Say what the spindles are, or that none is longer than its dot."""
    longest = (rows["upper"] - rows["lower"]).max()
    if not longest > 0:
        return ""
    is_hidden = bool(longest <= _WITHIN_DOT * (rows["upper"].max() - rows["lower"].min()))
    return voice.say("within_dots" if is_hidden else "spindles")
