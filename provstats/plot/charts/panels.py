"""Panels: one small chart a province, so that each course can be read by itself."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from provstats.compare import rank
from provstats.errors import IncomparableError, require_one_of
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    say_last_highest_and_lowest,
    say_province_count,
)
from provstats.plot.parts.cells import list_box_corners
from provstats.plot.parts.marks import blend_colors, draw_dots, draw_lines, draw_shapes
from provstats.plot.parts.pairs import choose_change_scale, compute_row_changes, pair_periods
from provstats.plot.parts.selections import (
    build_national_line,
    collect_compared_rows,
    convert_chart_input,
    mark_highlighted_regions,
    require_one_indicator,
)
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.tiles import TILES
from provstats.plot.parts.timelines import (
    build_line_pieces,
    convert_end_to_years,
    name_span_of_rows,
    sort_by_time,
)
from provstats.plot.parts.titles import add_period_to_title, say_counts_up_and_down
from provstats.plot.parts.value_axis import choose_round_ticks, widen_ends
from provstats.store.regions import NATION, load_regions
from provstats.words.numbers import (
    choose_scale,
    count_needed_decimals,
    format_number,
    format_signed_number,
)
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.pairs import Pairs
    from provstats.plot.parts.sheet import Sheet
    from provstats.plot.parts.timelines import Piece
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["panels"]

# Points: between panels, the height of one, of the words above it, and of a label in it.
_GAP, _HIGH, _LABEL = 12.0, 50.0, 12.0
# Points beside the first and the last time, and beside ticks.
_AIR, _BESIDE = 4.0, 5.0
# Panels in a row of a page and of a column, where there are many.
_ACROSS, _ACROSS_IN_COLUMN = 8, 4
_SORTED: Final = ("change", "value")


class _Panel(NamedTuple):
    """The box of a panel in points from the upper left, what it stands for, and its ink."""

    code: str
    left: float
    right: float
    top: float
    bottom: float
    times: tuple[float, float]
    heights: tuple[float, float]
    ink: ColorType

    def place_piece(self, piece: Piece) -> Piece:
        """Return a piece of a line in points."""
        wide, room = self.right - self.left - 2 * _AIR, self.bottom - self.top - 2 * _LABEL
        (first, last), (low, high) = self.times, self.heights
        return [
            (
                self.left + _AIR + (time - first) / ((last - first) or 1.0) * wide,
                self.bottom - _LABEL - (value - low) / (high - low) * room,
            )
            for time, value in piece
        ]


def panels(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    order: Literal["change", "value", "map"] = "change",
    share: Literal["span", "common", "own"] = "span",
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
    """Draw the course of an indicator in one panel a province, with its change in the head.

    Every period is drawn, so the change is that of the provinces that have the first and the last;
    `change` of an id takes the periods that compare most of them.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `trend`.
    order : {"change", "value", "map"}
        Whether the panels are sorted by their change or their last value, or stand as in a map of
        tiles.
    share : {"span", "common", "own"}
        What panels have in common: the height that a difference has, each at a level of its own, so
        that slopes can be compared; the whole scale, with its ticks at every row; or nothing.
    breaks, across_breaks
        As for `trend`, of lines and changes.
    lang, title, subtitle, source, unit, style, width, ax
        As for `ranking`. By default the title counts the provinces that went up and down from the
        first period to the last.
    highlight : str or iterable of str
        Regions to draw in colour.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. They are as many units wide and high as
        points, from the upper left. A reported national value has a panel too, the last one.

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
    >>> ax = ps.plot.panels(intensity, lang="en", ax=Figure((8, 8)).subplots())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "name"][:3]
    ['Guangdong', 'Anhui', 'Beijing']
    """
    require_one_of("order", order, (*_SORTED, "map"))
    require_one_of("share", share, ("span", "common", "own"))
    x = convert_chart_input(x)
    rows = sort_by_time(require_one_indicator(collect_compared_rows(x, rank)))
    pairs = _find_pairs(rows, breaks, across_breaks=across_breaks)
    nation = build_national_line(x, rows)
    codes = _sort_regions(rows, pairs, order)
    marks = dict(zip(codes, mark_highlighted_regions(highlight, codes), strict=True))
    voice = choose_voice(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]], style)
    scale, labels = choose_scale(rows, voice, unit), rows["period"].unique().tolist()
    sheet = open_sheet(ax, voice, style, width)
    shown = rows if nation is None else pd.concat([rows, nation])
    anew = SeriesBreaks.from_rows(shown, breaks, across_breaks=across_breaks)
    spans = _choose_spans(shown, share)
    natures = [nature for nature in rows["nature"].unique() if nature != "outcome"]
    changes, of_change = _format_changes(rows, nation, pairs, voice, anew)
    step = scale if of_change is None or of_change.form == "{}%" else of_change
    finding = "" if pairs is None else say_counts_up_and_down(pairs.change, voice)
    words = build_indicator_caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=add_period_to_title(finding, name_span_of_rows(rows, voice), voice),
        about=[name_span_of_rows(rows, voice), say_province_count(rows, voice),
               _explain_scales(spans, share, step, voice),
               voice.say("sorted_change") if order == "change" and pairs is not None else ""],
        notes=[anew.say_break_periods(voice),
               *(voice.say("hollow", nature=voice.say(nature)) for nature in natures)],
        documents=rows["source"],
    )  # fmt: skip
    everyone = codes if nation is None else [*codes, NATION]
    places = _place_panels(everyone, order, sheet)
    left = _measure_ticks(sheet, spans, scale) if share == "common" else 0.0
    boxes = _place_sheet(sheet, words, places, left=left, has_changes=bool(changes))
    times = shown["period"].map(convert_end_to_years)
    panels_ = [
        _Panel(
            code,
            *boxes[code],
            (times.min(), times.max()),
            spans[code],
            _choose_ink(sheet, code, marks),
        )
        for code in everyone
    ]
    pieces = build_line_pieces(shown, "value", anew)
    _draw_lines(sheet, panels_, pieces)
    if share == "common":
        _draw_shared_scale(sheet, panels_, pieces, scale)
    _draw_ends(sheet, panels_, shown, scale)
    lacking = _write_heads(sheet, panels_, changes)
    _write_periods(sheet, panels_, labels)
    sheet.warn_of_missing_parts(lacking)
    return sheet.finish_chart(words, [say_last_highest_and_lowest(rows, scale, voice)])


# --- what stands where ----------------------------------------------------------------------------


def _find_pairs(rows: pd.DataFrame, breaks: Breaks | None, *, across_breaks: bool) -> Pairs | None:
    try:
        return pair_periods(rows, breaks, across_breaks=across_breaks)
    except IncomparableError:  # no province has both the first and the last period
        return None


def _sort_regions(rows: pd.DataFrame, pairs: Pairs | None, order: str) -> list[str]:
    """Return the regions by their change, those without one last, or by their last value."""
    last = rows.drop_duplicates("region", keep="last")
    by_value = last.sort_values(["order", "rank"], ascending=[False, True])["region"].to_list()
    if order == "value" or pairs is None:
        return by_value
    changes = pairs.change.set_index("region")["value"]
    return sorted(by_value, key=lambda code: -changes.get(code, -float("inf")))


def _place_panels(codes: Sequence[str], order: str, sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Return row and column of each panel."""
    if order != "map":
        most = _ACROSS_IN_COLUMN if sheet.is_column else _ACROSS
        across = min(most, max(2, ceil(sqrt(2 * len(codes)))), len(codes))
        return {code: divmod(place, across) for place, code in enumerate(codes)}
    tiles = {code: TILES[code] for code in codes if code in TILES}
    rows, columns = (sorted({tile[axis] for tile in tiles.values()}) for axis in (0, 1))
    found = {code: (rows.index(tile[0]), columns.index(tile[1])) for code, tile in tiles.items()}
    if NATION in codes:
        free = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
        found[NATION] = next((at for at in free if at not in found.values()), (len(rows), 0))
    return found


def _choose_spans(rows: pd.DataFrame, share: str) -> dict[str, tuple[float, float]]:
    """Return the values at bottom and top of each panel."""
    ends = rows.groupby("region")["value"].agg(["min", "max"])
    if share == "common":
        whole = widen_ends((ends["min"].min(), ends["max"].max()))
        return {str(code): whole for code in ends.index}
    widest = float((ends["max"] - ends["min"]).max())
    found = {}
    for code, least, most in ends.itertuples():
        wide = widest if share == "span" else most - least
        middle, half = (least + most) / 2, (wide or abs(most) or 1.0) / 2
        found[str(code)] = (middle - half, middle + half)
    return found


def _measure_ticks(sheet: Sheet, spans: Mapping[str, tuple[float, float]], scale: Scale) -> float:
    _, labels = choose_round_ticks(next(iter(spans.values())), scale, 2)
    return max(sheet.measure(label, sheet.sizes.small) for label in labels) + _BESIDE


def _place_sheet(
    sheet: Sheet,
    words: Caption,
    places: Mapping[str, tuple[int, int]],
    *,
    left: float,
    has_changes: bool,
) -> dict[str, tuple[float, float, float, float]]:
    """Place the sheet, and return left, right, top and bottom of each panel in points."""
    size = sheet.sizes
    down, across = (1 + max(place[axis] for place in places.values()) for axis in (0, 1))
    head = 1.3 * size.body + (1.3 * size.small if has_changes else 0.0)
    pitch = head + _HIGH + _GAP
    sheet.place(words, Margins(left, 0.0, 0.0, size.small), down * pitch - _GAP)
    sheet.ax.set(xlim=(0, sheet.body[0]), ylim=(sheet.body[1], 0))
    wide, pitch = (sheet.body[0] + _GAP) / across, (sheet.body[1] + _GAP) / down
    head = min(head, 0.45 * pitch)
    return {
        code: (
            column * wide, (column + 1) * wide - _GAP, row * pitch + head, (row + 1) * pitch - _GAP,
        )
        for code, (row, column) in places.items()
    }  # fmt: skip


# --- drawing --------------------------------------------------------------------------------------


def _choose_ink(sheet: Sheet, code: str, marks: Mapping[str, bool]) -> ColorType:
    if code == NATION:
        return sheet.palette.nation_text
    return sheet.palette.accent if marks[code] else sheet.palette.mark


def _draw_lines(
    sheet: Sheet, panels: Sequence[_Panel], pieces: Mapping[str, Sequence[Piece]]
) -> None:
    grounds = [
        list_box_corners(panel.left, panel.right, panel.top, panel.bottom) for panel in panels
    ]
    draw_shapes(sheet, grounds, [sheet.palette.panel], zorder=0.4)
    own = [
        (panel.place_piece(piece), panel.ink) for panel in panels for piece in pieces[panel.code]
    ]
    draw_lines(sheet, [line for line, _ in own], [ink for _, ink in own], 1.8, zorder=2)
    lone = [(line[0], ink) for line, ink in own if len(line) == 1]
    if lone:
        x, y = zip(*(at for at, _ in lone), strict=True)
        draw_dots(sheet, (x, y), [ink for _, ink in lone], size=3.6, zorder=2.5)


def _draw_shared_scale(
    sheet: Sheet, panels: Sequence[_Panel], pieces: Mapping[str, Sequence[Piece]], scale: Scale
) -> None:
    """Draw the lines of all others faintly behind each, and ticks at the left of every row."""
    palette, size = sheet.palette, sheet.sizes.small
    faint = blend_colors(palette.quiet, palette.panel, 0.35)
    behind = [
        panel.place_piece(piece)
        for panel in panels
        for code, lines in pieces.items()
        for piece in lines
        if code != panel.code
    ]
    draw_lines(sheet, behind, [faint], 0.4, zorder=1)
    first = {panel.top: panel for panel in sorted(panels, key=lambda panel: -panel.left)}
    for panel in first.values():
        for step, label in zip(*choose_round_ticks(panel.heights, scale, 2), strict=True):
            ((_, y),) = panel.place_piece([(panel.times[0], step)])
            sheet.write(
                label, (panel.left, y), (-_BESIDE, 0), frame="data", middle=True, ha="right",
                size=size, ink=palette.quiet_text, gid="tick",
            )  # fmt: skip


class _Dot(NamedTuple):
    """An end of a line, where it is drawn, and whether it is the last one and not an outcome."""

    at: tuple[float, float]
    ink: ColorType
    is_last: bool
    is_open: bool


def _draw_ends(sheet: Sheet, panels: Sequence[_Panel], rows: pd.DataFrame, scale: Scale) -> None:
    """Draw a dot at the first and the last value of each, and write both away from the line."""
    dots: list[_Dot] = []
    known = rows.dropna(subset="value")
    records = {code: own.to_dict("records") for code, own in known.groupby("region")}
    for panel in panels:
        own = records[panel.code]
        line = panel.place_piece(
            [(convert_end_to_years(row["period"]), row["value"]) for row in own]
        )
        for place in sorted({0, len(own) - 1}):
            row, is_last = own[place], place == len(own) - 1
            dots.append(_Dot(line[place], panel.ink, is_last, row["nature"] != "outcome"))
            label = scale.plain.format_value(row["value"], row["lower"], row["upper"])
            _write_value(sheet, panel, line, label, is_last=is_last)
    for is_last, size in ((False, 3.4), (True, 4.6)):
        found = [dot for dot in dots if dot.is_last == is_last]
        if found:
            x, y = zip(*(dot.at for dot in found), strict=True)
            inks, hollow = [dot.ink for dot in found], [dot.is_open for dot in found]
            draw_dots(sheet, (x, y), inks, hollow=hollow, size=size, rim=0.6, zorder=2.6)


def _write_value(sheet: Sheet, panel: _Panel, line: Piece, label: str, *, is_last: bool) -> None:
    size, palette = sheet.sizes.small, sheet.palette
    wide = sheet.measure(label, size, bold=is_last)
    if wide > panel.right - panel.left or panel.bottom - panel.top < 3 * size:
        return
    edge = panel.right - 1 if is_last else panel.left + 1
    reach = (edge - wide, edge) if is_last else (edge, edge + wide)
    y, shift = _place_label(line, line[-1 if is_last else 0][1], reach, size)
    sheet.write(
        label, (edge, y), (0, shift), frame="data", ha="right" if is_last else "left", size=size,
        bold=is_last, ink=panel.ink if is_last else palette.quiet_text, gid="number",
    )  # fmt: skip


def _place_label(
    line: Piece, at: float, reach: tuple[float, float], size: float
) -> tuple[float, float]:
    """Return where a label keeps clear of a line: from which height, and how far off.

    Above if the line leads down from there, else below.
    """
    x, y = zip(*line, strict=True)
    spots = np.linspace(*reach, 9)
    heights = np.append(np.interp(spots, x, y), at)
    over, under = at - heights.min(), heights.max() - at
    if over <= under:
        return float(heights.min()), 4.5
    return float(heights.max()), -4.5 - 0.74 * size


# --- words ----------------------------------------------------------------------------------------


def _write_heads(sheet: Sheet, panels: Sequence[_Panel], changes: Mapping[str, str]) -> str:
    """Name the panels, with their change below; return what finds no room."""
    size, first = sheet.sizes, panels[0]
    if first.top < size.body:
        return "the names of its panels"
    has_change = bool(changes) and first.top >= 1.25 * (size.body + size.small) - 1
    room = first.right - first.left + min(_GAP, sheet.sizes.margin) - 3
    for panel in panels:
        name, points = _fit_name(sheet, panel.code, room)
        is_plain = panel.ink == sheet.palette.mark
        sheet.write(
            name, (panel.left, panel.top), (0, 4.5 + (1.3 * size.small if has_change else 0.0)),
            frame="data", size=points, bold=True, ink=None if is_plain else panel.ink, gid="name",
        )  # fmt: skip
        if has_change and panel.code in changes:
            sheet.write(
                changes[panel.code], (panel.left, panel.top), (0, 4), frame="data", size=size.small,
                ink=sheet.palette.quiet_text if is_plain else panel.ink, gid="change",
            )  # fmt: skip
    return ""


def _fit_name(sheet: Sheet, code: str, wide: float) -> tuple[str, float]:
    """Return the name and the size in which it has room, else the abbreviation."""
    name = sheet.voice.name_region(code)
    for points in (sheet.sizes.body, sheet.sizes.body - 1, sheet.sizes.body - 2):
        if sheet.measure(name, points, bold=True) <= wide:
            return name, points
    short = load_regions()[code].abbreviations[0] if sheet.voice.lang == "zh" else code[3:]
    return short, sheet.sizes.body


def _format_changes(
    rows: pd.DataFrame,
    nation: pd.DataFrame | None,
    pairs: Pairs | None,
    voice: Voice,
    anew: SeriesBreaks,
) -> tuple[dict[str, str], Scale | None]:
    """Return the changes of all panels as texts, and the scale in which they are printed."""
    if pairs is None:
        return {}, None
    scale = choose_change_scale(pairs.change, voice)
    found = dict(zip(pairs.change["region"], pairs.change["value"], strict=True))
    ends = rows["period"].iloc[0], rows["period"].iloc[-1]
    if nation is not None and ends == (nation["period"].iloc[0], nation["period"].iloc[-1]):
        now, before = (nation.iloc[[end]].reset_index(drop=True) for end in (-1, 0))
        if not anew.has_break_between(NATION, *ends):
            found[NATION] = compute_row_changes(now, before)["yoy"].item()
    percent = "%" if scale.form == "{}%" else ""
    return {
        code: format_signed_number(value, scale.digits or 0) + percent
        for code, value in found.items()
    }, scale


def _write_periods(sheet: Sheet, panels: Sequence[_Panel], labels: Sequence[str]) -> None:
    """Write the first and the last period below the panels under which there is no other."""
    size, voice = sheet.sizes.small, sheet.voice
    words = [
        label if label.isdigit() else voice.name_period(label, brief=True)
        for label in (labels[0], labels[-1])
    ]
    room = sum(sheet.measure(word, size) for word in words) + 4
    lowest = {panel.left: panel for panel in sorted(panels, key=lambda panel: panel.bottom)}
    for panel in lowest.values():
        is_narrow = room > panel.right - panel.left
        sides = (("left", panel.left), ("right", panel.right))[int(is_narrow) :]
        for side, edge in sides:
            sheet.write(
                words[side == "right"], (edge, panel.bottom), (0, -2 - 0.8 * size), frame="data",
                ha=side, size=size, ink=sheet.palette.quiet_text, gid="tick",
            )  # fmt: skip


def _explain_scales(
    spans: Mapping[str, tuple[float, float]], share: str, scale: Scale, voice: Voice
) -> str:
    low, high = next(iter(spans.values()))
    height = ""
    if share == "span":
        number = float(f"{(high - low) / scale.factor:.2g}")
        height = scale.form.format(format_number(number, count_needed_decimals(number)))
    return voice.say(f"share_{share}", height=height)
