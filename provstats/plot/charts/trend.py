"""Trends: values over time, one line a region."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.compare import rank
from provstats.plot.parts.captions import Wishes, caption, counted, last_told
from provstats.plot.parts.end_labels import PITCH, End, room_for_ends, write_ends
from provstats.plot.parts.marks import blend, draw_dots, draw_lines, draw_shapes
from provstats.plot.parts.selections import (
    as_pandas,
    compared,
    marked,
    national_line,
    one_indicator,
)
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.timelines import by_time, pieces_of, span_words, time_of, write_times
from provstats.plot.parts.titles import dated, how_it_moved, who_stays_first
from provstats.plot.parts.value_axis import TICKS, draw_heights, height_ticks, is_logarithmic
from provstats.store.regions import NATION
from provstats.words.numbers import scale_of
from provstats.words.voices import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["trend"]

# Points: the least height of the lines, what is left beside the ticks, and the first and last time.
_HEIGHT, _BESIDE_TICKS, _INSET = 215.0, 8.0, 5.0
# So many lines have a hue each without being highlighted.
_HUES: Final = 4
# What names take of the width at most.
_MOST_NAMES: Final = 0.65


def trend(  # noqa: PLR0913 - the options of a chart
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
    lang, title, subtitle, source, unit, style, width, ax
        As for `ranking`. By default the title says how the one highlighted region moved, or who is
        first throughout, where the intervals leave no doubt.
    highlight : str or iterable of str
        Regions to draw in colour, with the range of their values; all others are grey. Without any,
        up to four regions have a colour each.

    Returns
    -------
    Axes
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
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period=[*range(2019, 2024)])
    >>> ax = ps.plot.trend(intensity, lang="en", highlight="安徽", ax=Figure((7, 6)).subplots())
    >>> ax.get_title(loc="left")
    'Anhui’s R&D intensity rose from 2.03% to 2.69%, 2019–2023'
    """
    x = as_pandas(x)
    rows = by_time(one_indicator(compared(x, rank)))
    shown = rows["region"].drop_duplicates().to_list()
    wanted = [code for code, is_on in zip(shown, marked(highlight, shown), strict=True) if is_on]
    voice = voice_of(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]], style)
    scale, nation = scale_of(rows, voice, unit), national_line(x, rows)
    labels = rows["period"].unique().tolist()
    sheet = open_sheet(ax, voice, style, width)
    lines = rows if nation is None else pd.concat([rows, nation])
    anew = SeriesBreaks.of(lines, breaks, across_breaks=across_breaks)
    is_log = is_logarithmic(lines["value"], lines["lower"])
    finding = dated(_moved(rows, wanted, scale, voice, anew), span_words(rows, voice), voice)
    broken = anew.last_before(shown, labels)
    natures = [nature for nature in rows["nature"].unique() if nature != "outcome"]
    words = caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=finding or dated(who_stays_first(rows, voice), span_words(rows, voice), voice),
        about=[span_words(rows, voice), counted(rows, voice), voice.say("log") if is_log else ""],
        notes=[voice.say("lines_end", period=voice.period(broken)) if broken else "",
               *(voice.say("hollow", nature=voice.say(nature)) for nature in natures)],
        documents=rows["source"],
    )  # fmt: skip
    hues = _hues(wanted or (shown if len(shown) <= _HUES else []), sheet, nation is not None)
    ends = _ends(rows, nation, hues, scale, sheet)
    has_room = room_for_ends(sheet, ends) <= _MOST_NAMES * sheet.inner
    ends = ends if has_room else []
    _place(sheet, words, lines, ends, scale, is_log=is_log)
    _draw_lines(sheet, rows, hues, wanted, anew)
    if nation is not None:
        _draw_nation(sheet, nation, anew)
    write_times(sheet, labels)
    write_ends(sheet, ends)
    sheet.warn_of_room("" if has_room else "the names of its lines")
    told = [*(_course(rows, code, scale, voice) for code in wanted), last_told(rows, scale, voice)]
    return sheet.finish(words, told)


# --- what stands where ----------------------------------------------------------------------------


def _hues(codes: Sequence[str], sheet: Sheet, has_nation: bool) -> dict[str, ColorType]:  # noqa: FBT001 - what it depends on
    """Return the hues of lines, none that of the nation where it has a line too."""
    palette = sheet.palette
    hues = (*palette.lines[:-1], palette.mark) if has_nation else palette.lines
    return dict(zip(codes, cycle(hues), strict=False))


def _ends(
    rows: pd.DataFrame,
    nation: pd.DataFrame | None,
    hues: Mapping[str, ColorType],
    scale: Scale,
    sheet: Sheet,
) -> list[End]:
    """Return the ends of lines: the highlighted first, then the nation, the outermost, the rest."""
    last = rows.drop_duplicates("region", keep="last").sort_values(
        ["order", "rank"], ascending=[False, True]
    )
    records = [row for _, row in last.iterrows()]
    ends = [_end(row, hues.get(row["region"]), scale, sheet) for row in records]
    first = [end for end in ends if end.must]
    rest = [end for end in ends if not end.must]
    national = [] if nation is None else [_national_end(nation.iloc[-1], scale, sheet)]
    return [*first, *national, *rest[:1], *rest[1:][::-1][:1], *rest[1:-1]]


def _end(row: pd.Series, hue: ColorType | None, scale: Scale, sheet: Sheet) -> End:
    return End(
        sheet.voice.name(row["region"]),
        scale.plain.label(row["value"], row["lower"], row["upper"]),
        time_of(row["period"]), row["value"],
        sheet.palette.quiet_text if hue is None else hue, hue is not None,
    )  # fmt: skip


def _national_end(row: pd.Series, scale: Scale, sheet: Sheet) -> End:
    return _end(row, sheet.palette.nation_text, scale, sheet)


def _place(  # noqa: PLR0913 - what a sheet needs
    sheet: Sheet,
    words: Caption,
    lines: pd.DataFrame,
    ends: Sequence[End],
    scale: Scale,
    *,
    is_log: bool,
) -> None:
    """Place the sheet, and scale times and heights."""
    ticks = height_ticks((lines["value"].min(), lines["value"].max()), scale, is_log=is_log)
    left = max(sheet.measure(label, sheet.sizes.small) for label in ticks[1]) + _BESIDE_TICKS
    height = max(_HEIGHT, (len(ends) + 1) * PITCH * sheet.sizes.body)
    margins = Margins(left, room_for_ends(sheet, ends), 0.0, TICKS)
    sheet.place(words, margins, height)
    times = lines["period"].map(time_of)
    per_point = (times.max() - times.min()) / max(sheet.body[0] - 2 * _INSET, 1.0)
    sheet.ax.set_xlim(times.min() - _INSET * per_point, times.max() + _INSET * per_point)
    draw_heights(sheet, (lines["lower"].min(), lines["upper"].max()), ticks, is_log=is_log)


# --- drawing --------------------------------------------------------------------------------------


def _draw_lines(
    sheet: Sheet,
    rows: pd.DataFrame,
    hues: Mapping[str, ColorType],
    wanted: Sequence[str],
    anew: SeriesBreaks,
) -> None:
    palette = sheet.palette
    pieces = pieces_of(rows, "value", anew)
    others = [piece for code, of in pieces.items() if code not in hues for piece in of]
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
    at = open_["period"].map(time_of), open_["value"]
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
    low, high = (pieces_of(rows, end, anew) for end in ("lower", "upper"))
    shapes = [
        ([*under, *reversed(over)], blend(hues[code], sheet.palette.ground, 0.25))
        for code, pieces in low.items()
        for under, over in zip(pieces, high[code], strict=True)
        if len(under) > 1
    ]
    draw_shapes(sheet, [shape for shape, _ in shapes], [ink for _, ink in shapes], zorder=1.4)


def _draw_nation(sheet: Sheet, nation: pd.DataFrame, anew: SeriesBreaks) -> None:
    pieces = pieces_of(nation, "value", anew)[NATION]
    draw_lines(sheet, pieces, [sheet.palette.nation], 1.8, linestyles=[(0, (3, 1.5))], zorder=2.6)


# --- words ----------------------------------------------------------------------------------------


def _moved(
    rows: pd.DataFrame, wanted: Sequence[str], scale: Scale, voice: Voice, anew: SeriesBreaks
) -> str:
    """Say how the one highlighted region moved, where that is beyond doubt."""
    if len(wanted) != 1:
        return ""
    own = rows[rows["region"] == wanted[0]]
    old, new = own.iloc[0], own.iloc[-1]
    ends = old["period"], new["period"]
    is_whole = ends == (rows["period"].iloc[0], rows["period"].iloc[-1])
    if not is_whole or anew.lie_between(wanted[0], *ends):
        return ""
    return how_it_moved(old, new, scale, voice)


def _course(rows: pd.DataFrame, code: str, scale: Scale, voice: Voice) -> str:
    own = rows[rows["region"] == code]
    (old, first), (new, last) = (
        (scale.label(row["value"], row["lower"], row["upper"]), voice.period(row["period"]))
        for _, row in own.iloc[[0, -1]].iterrows()
    )
    return voice.say("from_to", name=voice.name(code), old=old, new=new, first=first, last=last)
