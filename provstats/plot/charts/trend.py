"""Trends: values over time, one line a region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

import pandas as pd

from provstats.compare import rank
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    say_first_and_last_value,
    say_last_highest_and_lowest,
    say_province_count,
)
from provstats.plot.parts.course import (
    Course,
    choose_hues,
    choose_value_ticks,
    collect_line_ends,
    compute_time_limits,
    measure_lines_height,
    measure_value_labels,
)
from provstats.plot.parts.end_labels import measure_end_labels, write_ends
from provstats.plot.parts.engine import is_interactive
from provstats.plot.parts.marks import blend_colors, draw_dots, draw_lines, draw_shapes
from provstats.plot.parts.paper import build_paper
from provstats.plot.parts.selections import (
    build_national_line,
    collect_compared_rows,
    convert_chart_input,
    mark_highlighted_regions,
    require_one_indicator,
)
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.timelines import (
    build_line_pieces,
    convert_end_to_years,
    name_span_of_rows,
    sort_by_time,
    write_times,
)
from provstats.plot.parts.titles import (
    add_period_to_title,
    say_highlighted_rise_or_fall,
    say_who_stays_first,
)
from provstats.plot.parts.value_axis import TICKS, draw_height_axis, has_wide_range
from provstats.plot.vega.trend import build_trend_chart
from provstats.store.regions import NATION
from provstats.words.numbers import choose_scale
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.end_labels import End
    from provstats.plot.parts.engine import Engine, Options
    from provstats.plot.parts.sheet import Sheet
    from provstats.plot.vega.interactive import InteractiveChart
    from provstats.words.voices import Voice

__all__ = ["trend"]


@overload
def trend(
    x: Comparable,
    *,
    engine: Literal["matplotlib"] = ...,
    breaks: Breaks | None = ...,
    across_breaks: bool = ...,
    ax: Axes | None = ...,
    **options: Unpack[Options],
) -> Axes: ...
@overload
def trend(
    x: Comparable,
    *,
    engine: Literal["vega"],
    breaks: Breaks | None = ...,
    across_breaks: bool = ...,
    **options: Unpack[Options],
) -> InteractiveChart: ...
def trend(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    engine: Engine = "matplotlib",
    breaks: Breaks | None = None,
    across_breaks: bool = False,
    lang: str | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    unit: str | None = None,
    style: Mapping[str, Any] | None = None,
    width: float | None = None,
    ax: Axes | None = None,
) -> Axes | InteractiveChart:
    """Draw the course of an indicator, one line a region, with gaps where values are missing.

    Where the greatest value is more than eight times the least the scale is logarithmic, and the
    subtitle says so. Every line is named at its end, as long as there is room.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, of one indicator and at least two periods of one length.
    breaks : DataFrame, optional
        Where a caller's series was measured anew, as for `yoy`.
    across_breaks : bool
        Whether lines lead across periods between which the series was measured anew; by default
        they end there, and the footer says so.
    engine, lang, title, subtitle, source, unit, style, width, ax
        As for `ranking`. By default the title says how the one highlighted region moved, or who is
        first throughout, where the intervals leave no doubt.
    highlight : str or iterable of str
        Regions to draw in colour, with the range of their values; all others are grey. Without any,
        up to four regions have a colour each.

    Returns
    -------
    Axes or InteractiveChart
        The axes drawn in: ``ax`` itself if it was given. The x axis is in years, the end of 2023
        at 2023.0; the y axis in the base unit. A reported national value that lies among those of
        the provinces is a dashed line.

    Raises
    ------
    IncomparableError
        If there are several indicators, a single period, periods of several lengths, or for what
        `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold, or the engine does not take an option.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period=[*range(2019, 2023)])
    >>> ax = ps.plot.trend(intensity, lang="en", highlight="安徽", ax=Figure((7, 6)).subplots())
    >>> ax.get_title(loc="left")
    'Anhui’s R&D intensity rose from 2.03% to 2.56%, 2019–2022'
    """
    wishes = Wishes(title, subtitle, source)
    interactive = is_interactive(engine, ax)
    shown = _prepare_content(
        convert_chart_input(x),
        highlight,
        wishes,
        breaks,
        across_breaks=across_breaks,
        lang=lang,
        unit=unit,
        style=style,
    )
    if interactive:
        return build_trend_chart(shown, build_paper(shown.voice, style, width))
    return _draw_content(shown, open_sheet(ax, shown.voice, style, width))


def _prepare_content(  # noqa: PLR0913 - what was asked for
    x: Comparable,
    highlight: str | Iterable[str],
    wishes: Wishes,
    breaks: Breaks | None,
    *,
    across_breaks: bool,
    lang: str | None,
    unit: str | None,
    style: Mapping[str, Any] | None,
) -> Course:
    """Find the rows, the nation's line and the words."""
    rows = sort_by_time(require_one_indicator(collect_compared_rows(x, rank)))
    codes = rows["region"].drop_duplicates().to_list()
    wanted = [
        code
        for code, is_on in zip(codes, mark_highlighted_regions(highlight, codes), strict=True)
        if is_on
    ]
    voice = choose_voice(lang, [*wishes, *rows["indicator"], *rows["unit"]], style)
    scale, nation = choose_scale(rows, voice, unit), build_national_line(x, rows)
    lines = rows if nation is None else pd.concat([rows, nation])
    anew = SeriesBreaks.from_rows(lines, breaks, across_breaks=across_breaks)
    is_log = has_wide_range(lines["value"], lines["lower"])
    when = name_span_of_rows(rows, voice)
    moved = say_highlighted_rise_or_fall(rows, wanted, scale, voice, anew)
    words = build_indicator_caption(
        rows, scale, voice, wishes,
        finding=add_period_to_title(moved, when, voice) or say_who_stays_first(rows, when, voice),
        about=[when, say_province_count(rows, voice), voice.say("log") if is_log else ""],
        notes=_list_notes(rows, voice, anew),
        documents=rows["source"],
    )  # fmt: skip
    told = [
        *(say_first_and_last_value(rows, code, scale, voice) for code in wanted),
        say_last_highest_and_lowest(rows, scale, voice),
    ]
    return Course(rows, wanted, voice, scale, nation, words, told, is_log, anew)


def _list_notes(rows: pd.DataFrame, voice: Voice, anew: SeriesBreaks) -> list[str]:
    natures = [nature for nature in rows["nature"].unique() if nature != "outcome"]
    return [
        anew.say_break_periods(voice),
        *(voice.say("hollow", nature=voice.say(nature)) for nature in natures),
    ]


def _draw_content(shown: Course, sheet: Sheet) -> Axes:
    hues = choose_hues(shown, sheet)
    ends = collect_line_ends(shown, hues, sheet)
    _place_sheet(sheet, shown, ends)
    _draw_lines(sheet, shown.rows, hues, shown.wanted, shown.anew)
    if shown.nation is not None:
        _draw_nation(sheet, shown.nation, shown.anew)
    write_times(sheet, shown.rows["period"].unique().tolist())
    write_ends(sheet, ends)
    sheet.warn_of_missing_parts("" if ends else "the names of its lines")
    return sheet.finish_chart(shown.words, shown.told)


def _place_sheet(sheet: Sheet, shown: Course, ends: Sequence[End]) -> None:
    """Place the sheet, and scale times and heights."""
    lines, ticks = shown.lines, choose_value_ticks(shown)
    left = measure_value_labels(sheet, ticks)
    margins = Margins(left, measure_end_labels(sheet, ends), 0.0, TICKS)
    sheet.place(shown.words, margins, measure_lines_height(sheet, ends))
    sheet.ax.set_xlim(*compute_time_limits(lines, sheet.body[0]))
    draw_height_axis(
        sheet, (lines["lower"].min(), lines["upper"].max()), ticks, is_log=shown.is_log
    )


# --- drawing --------------------------------------------------------------------------------------


def _draw_lines(
    sheet: Sheet,
    rows: pd.DataFrame,
    hues: Mapping[str, ColorType],
    wanted: Sequence[str],
    anew: SeriesBreaks,
) -> None:
    palette = sheet.palette
    pieces = build_line_pieces(rows, "value", anew)
    others = [piece for code, lines in pieces.items() if code not in hues for piece in lines]
    draw_lines(sheet, others, [palette.quiet], 0.8, zorder=1.5)
    lone = [piece[0] for piece in others if len(piece) == 1]
    _draw_points(sheet, lone, palette.quiet, 3.4)
    _draw_bands(sheet, rows[rows["region"].isin(wanted)], hues, anew)
    own = [(piece, hue) for code, hue in hues.items() for piece in pieces[code]]
    lines, inks = [piece for piece, _ in own], [hue for _, hue in own]
    draw_lines(sheet, lines, [palette.ground], 3.8, zorder=2, capstyle="round")
    draw_lines(sheet, lines, inks, 2.2, zorder=2.1, capstyle="round")
    for piece, hue in own:
        _draw_points(sheet, piece, hue, 4.6)
    open_ = rows[rows["nature"] != "outcome"]
    at = open_["period"].map(convert_end_to_years), open_["value"]
    inks = [hues.get(code, palette.quiet) for code in open_["region"]]
    draw_dots(sheet, at, inks, hollow=[True] * len(inks), zorder=3.5)


def _draw_points(
    sheet: Sheet, points: Sequence[tuple[float, float]], ink: ColorType, size: float
) -> None:
    if points:
        x, y = zip(*points, strict=True)
        draw_dots(sheet, (x, y), [ink] * len(points), size=size, rim=0.6, zorder=2.4)


def _draw_bands(
    sheet: Sheet, rows: pd.DataFrame, hues: Mapping[str, ColorType], anew: SeriesBreaks
) -> None:
    """Draw the range of each highlighted line behind it."""
    low, high = (build_line_pieces(rows, end, anew) for end in ("lower", "upper"))
    shapes = [
        ([*under, *reversed(over)], blend_colors(hues[code], sheet.palette.ground, 0.25))
        for code, pieces in low.items()
        for under, over in zip(pieces, high[code], strict=True)
        if len(under) > 1
    ]
    draw_shapes(sheet, [shape for shape, _ in shapes], [ink for _, ink in shapes], zorder=1.4)


def _draw_nation(sheet: Sheet, nation: pd.DataFrame, anew: SeriesBreaks) -> None:
    pieces = build_line_pieces(nation, "value", anew)[NATION]
    draw_lines(sheet, pieces, [sheet.palette.nation], 1.8, linestyles=[(0, (3, 1.5))], zorder=2.6)
