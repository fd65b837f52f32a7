"""Strips over time: a tick for each province in every period, and how the followed ones moved."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from provstats.compare import rank
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    format_rank,
    say_first_and_last_value,
    say_last_highest_and_lowest,
    say_province_count,
)
from provstats.plot.parts.cells import format_qualified_value, list_box_corners
from provstats.plot.parts.findings import find_rank_cuts
from provstats.plot.parts.keys import Entry, draw_entries, measure_key_height, say_missing_key
from provstats.plot.parts.marks import draw_dots, draw_lines, draw_shapes
from provstats.plot.parts.rows import Column, Names, lay_out_rows, write_rows
from provstats.plot.parts.selections import (
    build_national_line,
    collect_compared_rows,
    convert_chart_input,
    mark_highlighted_regions,
    require_one_indicator,
)
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.plot.parts.sheet import open_sheet
from provstats.plot.parts.strips import (
    STRIP_HIGH,
    TICK,
    build_countable_ticks,
    draw_nation,
    find_free_start,
    say_end_value,
    write_label_below,
)
from provstats.plot.parts.timelines import (
    build_line_pieces,
    convert_end_to_years,
    name_span_of_rows,
    sort_by_time,
)
from provstats.plot.parts.titles import (
    add_period_to_title,
    say_highlighted_rise_or_fall,
    say_who_stays_first,
)
from provstats.plot.parts.value_axis import TICKS, draw_value_axis, widen_ends
from provstats.words.numbers import choose_scale
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.sheet import Sheet
    from provstats.plot.parts.timelines import Piece
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["strip"]

# What is drawn of a row.
_KEPT, _BOUNDS = ["order", "region", "period", "qualifier"], ["value", "lower", "upper"]
# Points of a row, and of one without the names of the ends; how many rows have these.
_PITCH, _LOW_PITCH, _NAMED = 37.0, 20.0, 12
# Points of a row below which the ends are not named, of a dot, and between words below a strip.
_LEAST_PITCH, _DOT, _APART = 27.0, 8.0, 5.0


def strip(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
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
) -> Axes:
    """Draw a strip a period with a tick for each province, and follow one or some through them.

    All strips have one scale. Ticks that would lie over one another are cut into pieces, so that
    each can be counted; the lowest and the highest value of a period are named below its strip.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, of one indicator and at least two periods of one length.
    breaks : DataFrame, optional
        Where a caller's series was measured anew, as for `yoy`.
    across_breaks : bool
        Whether lines lead across periods between which the series was measured anew; by default
        they end there, and the footer says so.
    lang, title, subtitle, source, unit, style, width, ax
        As for `ranking`. By default the title says how the one highlighted region moved, or who is
        first throughout, where the intervals leave no doubt.
    highlight : str or iterable of str
        Regions to follow, each with a line of its own colour; one alone has its values and ranks in
        columns. Without any, the one that is certainly first in the last period.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a period, the first at 0, named by
        a text with the gid ``name``; the x axis is in the base unit. A reported national value that
        lies among those of the provinces is a line across its strip.

    Raises
    ------
    IncomparableError
        If there are several indicators, a single period, periods of several lengths, or for what
        `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period=[*range(2019, 2023)])
    >>> ax = ps.plot.strip(intensity, lang="en", highlight="安徽", ax=Figure((7, 5)).subplots())
    >>> ax.get_title(loc="left")
    'Anhui’s R&D intensity rose from 2.03% to 2.56%, 2019–2022'
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "end"][-2:]
    ['Xizang 0.33', 'Beijing 6.83']
    """
    x = convert_chart_input(x)
    rows = sort_by_time(require_one_indicator(collect_compared_rows(x, rank)))
    shown = rows["region"].drop_duplicates().to_list()
    anew = SeriesBreaks.from_rows(rows, breaks, across_breaks=across_breaks)
    wanted = [
        code
        for code, is_on in zip(shown, mark_highlighted_regions(highlight, shown), strict=True)
        if is_on
    ]
    voice = choose_voice(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]], style)
    scale, nation = choose_scale(rows, voice, unit), build_national_line(x, rows)
    sheet = open_sheet(ax, voice, style, width)
    hues = _choose_hues(wanted or _find_leader(rows), sheet)
    natures = [nature for nature in rows["nature"].unique() if nature != "outcome"]
    when = name_span_of_rows(rows, voice)
    moved = say_highlighted_rise_or_fall(rows, wanted, scale, voice, anew)
    words = build_indicator_caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=add_period_to_title(moved, when, voice) or say_who_stays_first(rows, when, voice),
        about=[when, say_province_count(rows, voice), voice.say("ticks_told"),
               _explain_marks(hues, voice, has_nation=nation is not None)],
        notes=[anew.say_break_periods(voice),
               *(voice.say("hollow", nature=voice.say(nature)) for nature in natures)],
        documents=rows["source"],
    )  # fmt: skip
    entries = _list_key_entries(hues, sheet)
    unkeyed = say_missing_key(sheet, entries)
    at = _place_sheet(sheet, words, rows, hues, [] if unkeyed else entries, scale=scale)
    courses = _build_courses(rows, at, hues, anew)
    passing = [piece for lines in courses.values() for piece in lines]
    _draw_strips(sheet, rows, nation, at, passing, scale=scale)
    _draw_courses(sheet, rows, at, courses, hues)
    sheet.warn_of_missing_parts(unkeyed)
    told = [say_first_and_last_value(rows, code, scale, voice) for code in hues]
    return sheet.finish_chart(words, [*told, say_last_highest_and_lowest(rows, scale, voice)])


# --- who is followed ------------------------------------------------------------------------------


def _find_leader(rows: pd.DataFrame) -> list[str]:
    """Return the region that is certainly first in the last period, if there is one."""
    last = rows[rows["period"] == rows["period"].iloc[-1]]
    is_sure = len(last) > 1 and 1 in find_rank_cuts(last)[1]
    return [str(last["region"].iloc[0])] if is_sure else []


def _choose_hues(codes: Sequence[str], sheet: Sheet) -> dict[str, ColorType]:
    hues = sheet.palette.lines[:-1]  # the last one is near the nation's
    return {code: hues[place % len(hues)] for place, code in enumerate(codes)}


def _list_key_entries(hues: Mapping[str, ColorType], sheet: Sheet) -> list[Entry]:
    """Return a key to the hues of several."""
    if len(hues) == 1:
        return []
    return [Entry(sheet.voice.name_region(code), hue, dot=_DOT) for code, hue in hues.items()]


def _explain_marks(hues: Mapping[str, ColorType], voice: Voice, *, has_nation: bool) -> str:
    if len(hues) == 1:
        key = "dot_and_nation" if has_nation else "dot_told"
        return voice.say(key, name=voice.name_region(next(iter(hues))))
    return voice.say("nation_told") if has_nation else ""


# --- drawing --------------------------------------------------------------------------------------


def _place_sheet(  # noqa: PLR0913 - what a sheet needs
    sheet: Sheet,
    words: Caption,
    rows: pd.DataFrame,
    hues: Mapping[str, ColorType],
    entries: Sequence[Entry],
    *,
    scale: Scale,
) -> dict[str, float]:
    """Place the sheet: a row for each period, beside it value and rank of the followed region.

    Return where each period stands.
    """
    labels = rows["period"].unique().tolist()
    lines = lay_out_rows(len(labels), pitch=_PITCH if len(labels) <= _NAMED else _LOW_PITCH)
    periods = [sheet.voice.name_period(label, brief=True) for label in labels]
    plain = [sheet.palette.text] * len(labels), [False] * len(labels)
    foot = TICKS + measure_key_height(sheet, entries)
    columns = _build_columns(sheet, rows, hues, scale)
    write_rows(sheet, words, lines, Names(periods, *plain), columns, foot=foot)
    draw_value_axis(sheet, widen_ends((rows["value"].min(), rows["value"].max())), scale)
    draw_entries(sheet, entries, -sheet.margins.left, below=TICKS)
    return dict(zip(labels, lines.places, strict=True))


def _build_columns(
    sheet: Sheet, rows: pd.DataFrame, hues: Mapping[str, ColorType], scale: Scale
) -> list[Column]:
    if len(hues) != 1:
        return []
    ((code, hue),) = hues.items()
    own = rows[rows["region"] == code].set_index("period")
    known = [own.loc[label] if label in own.index else None for label in rows["period"].unique()]
    values = ["—" if row is None else format_qualified_value(row, scale.plain) for row in known]
    ranks = ["" if row is None else format_rank(row) for row in known]
    inks, bold = [hue] * len(known), [True] * len(known)
    return [
        Column(sheet.voice.name_region(code), values, inks, bold),
        Column(sheet.voice.say("rank"), ranks, inks, bold, by_point=False),
    ]


def _draw_strips(  # noqa: PLR0913 - what strips show
    sheet: Sheet,
    rows: pd.DataFrame,
    nation: pd.DataFrame | None,
    at: Mapping[str, float],
    courses: Sequence[Piece],
    *,
    scale: Scale,
) -> None:
    """Draw a strip a period, and what is known of it below, beside the courses."""
    pitch = sheet.body[1] / len(at)
    half, has_room = min(STRIP_HIGH, 0.6 * pitch) / 2 / pitch, pitch >= _LEAST_PITCH
    left, right = sheet.ax.get_xlim()
    grounds = [list_box_corners(left, right, row - half, row + half) for row in at.values()]
    draw_shapes(sheet, grounds, [sheet.palette.panel], zorder=0.4)
    ticks: list[list[tuple[float, float]]] = []
    known = {} if nation is None else nation.set_index("period")[_BOUNDS].T.to_dict("list")
    ascending = rows[[*_KEPT, *_BOUNDS]].sort_values(["order", "value"], kind="stable")
    for label, ordered in ascending.groupby("period", sort=False):
        row = at[str(label)]
        ticks += build_countable_ticks(sheet, ordered["value"].to_list(), row, half)
        taken = _find_crossings(sheet, courses, row + half)
        if has_room:
            taken += _write_ends(sheet, ordered, row + half, taken, scale)
        if label in known:
            told = scale.plain.format_value(*known[label])
            used = taken if has_room else [(0.0, sheet.body[0])]
            draw_nation(sheet, known[label][0], (row - half, row + half), told, used)
    draw_lines(sheet, ticks, [sheet.palette.mark], TICK, zorder=1, capstyle="butt")


def _find_crossings(
    sheet: Sheet, courses: Sequence[Piece], edge: float
) -> list[tuple[float, float]]:
    """Return where courses pass through the words below the edge of a strip, in points."""
    left, right = sheet.ax.get_xlim()
    per_unit, bottom = sheet.body[0] / (right - left), edge + 0.5
    passed = []
    for piece in courses:
        for (x0, y0), (x1, y1) in pairwise(piece):
            if y0 <= edge < y1:
                ends = [x0 + (x1 - x0) * (min(y, y1) - y0) / (y1 - y0) for y in (edge, bottom)]
                passed.append((
                    (min(ends) - left) * per_unit - _APART, (max(ends) - left) * per_unit + _APART,
                ))  # fmt: skip
    return passed


def _write_ends(
    sheet: Sheet,
    ordered: pd.DataFrame,
    edge: float,
    taken: Sequence[tuple[float, float]],
    scale: Scale,
) -> list[tuple[float, float]]:
    """Name the lowest and the highest below the strip; return what they take."""
    left, right = sheet.ax.get_xlim()
    used: list[tuple[float, float]] = []
    for side in (0, -1) if _has_two_ends(ordered["value"]) else (0,):
        text = say_end_value(ordered, side, scale, sheet.voice)
        wide = sheet.measure(text, sheet.sizes.small)
        at = (ordered["value"].iloc[side] - left) / (right - left) * sheet.body[0]
        start = at + 2 - wide if side else at - 2
        room = (-sheet.margins.left, sheet.body[0] + sheet.margins.right)
        found = find_free_start(wide, [start], [*taken, *used], room)
        if found is not None:
            write_label_below(sheet, text, edge, found, ink=sheet.palette.quiet_text, gid="end")
            used.append((found - _APART, found + wide + _APART))
    return used


def _has_two_ends(ordered: pd.Series) -> bool:
    return bool(ordered.iloc[0] < ordered.iloc[-1])


def _build_courses(
    rows: pd.DataFrame,
    at: Mapping[str, float],
    hues: Mapping[str, ColorType],
    anew: SeriesBreaks,
) -> dict[str, list[Piece]]:
    """Return the line of each followed region, from strip to strip."""
    rows_at = {convert_end_to_years(label): row for label, row in at.items()}
    pieces = build_line_pieces(rows[rows["region"].isin(hues)], "value", anew)
    return {
        code: [[(value, rows_at[time]) for time, value in piece] for piece in lines]
        for code, lines in pieces.items()
    }


def _draw_courses(
    sheet: Sheet,
    rows: pd.DataFrame,
    at: Mapping[str, float],
    courses: Mapping[str, Sequence[Piece]],
    hues: Mapping[str, ColorType],
) -> None:
    """Draw the line of each followed region, with a dot in each strip."""
    for code, hue in hues.items():
        own = rows[rows["region"] == code]
        draw_lines(sheet, courses[code], [sheet.palette.ground], 3.4, zorder=2.3)
        draw_lines(sheet, courses[code], [hue], 1.6, zorder=2.4)
        draw_dots(
            sheet, (own["value"], [at[label] for label in own["period"]]), [hue] * len(own),
            hollow=own["nature"] != "outcome", size=_DOT, rim=1.2,
        )  # fmt: skip
