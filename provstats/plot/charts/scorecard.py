"""Scorecards: provinces by indicators, each cell coloured by where it stands against the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from provstats.analysis.parts.meanings import are_additive
from provstats.indicators import split_id
from provstats.plot.parts.captions import Wishes, build_caption, name_indicator, say_province_count
from provstats.plot.parts.cells import format_qualified_value, list_box_corners
from provstats.plot.parts.keys import (
    STRIP,
    Entry,
    draw_entries,
    measure_key_height,
    say_missing_key,
)
from provstats.plot.parts.marks import draw_lines, draw_shapes
from provstats.plot.parts.palette import choose_readable_ink
from provstats.plot.parts.paper import PAGE
from provstats.plot.parts.rows import Rows, choose_readable_step
from provstats.plot.parts.selections import convert_chart_input, mark_highlighted_regions
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.shipped import load_full_panel
from provstats.plot.parts.standings import build_standings
from provstats.reading.periods import parse_period
from provstats.store.keys import GROUP
from provstats.store.regions import load_regions
from provstats.words.measures import find_measure
from provstats.words.numbers import choose_scale
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.palette import Palette
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["scorecard"]

_MOST_COLUMNS: Final = 16
# Points: the height of a row and of the cell in it, between columns, beside the names.
_PITCH, _CELL, _GUTTER, _BESIDE = 14.4, 12.8, 3.0, 9.0
# Points that a column has at least in a figure of our own, beside its figures, and for one word.
_LEAST, _PAD, _LONGEST = 62.0, 6.0, 110.0
# Rows that the nation takes, what heads take of the caller's height, and numbers beside bars.
_FIRST, _HEAD_SHARE, _NUMBERS = 1.25, 0.25, 0.46
# How many provinces a title names.
_NAMED: Final = 4
# The grades, from the worst to the best.
_GRADES: Final = ("worst", "worse", "similar", "better", "best")


class _Column(NamedTuple):
    """One indicator in one period."""

    rows: pd.DataFrame
    scale: Scale
    head: str

    @property
    def is_size(self) -> bool:
        """Tell whether provinces add up to the nation, so that it is nothing to be above."""
        return bool(are_additive(self.rows).iloc[0])

    @property
    def has_nation(self) -> bool:
        """Tell whether cells are set against the nation."""
        return bool(self.rows["standing"].iloc[0])


def scorecard(  # noqa: PLR0913 - the options of a chart
    x: Comparable | None = None,
    *,
    lang: str | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    style: Mapping[str, Any] | None = None,
    width: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of provinces by indicators, coloured by where each value is against the nation.

    Blue is better and orange worse than the nation, as the direction of the indicator has it, or
    above and below it where neither is better. White cells cannot be told apart from it, strong
    colours are for those that are certainly in the first or last fifth too. The nation is the first
    row. What provinces add up to the nation is a size: a number with a bar and no colour; what has
    no national value has no colour either. Rows are sorted by the first column; nothing is summed
    up over columns.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        As for `rank`, or what `scorecard` gives, whose ranks among all provinces and national
        values stay; each indicator in each period is a column, in the order of the rows, those of
        one indicator by time. By default what all 31 provinces report, of the latest year, with its
        change over that year.
    lang, title, subtitle, source, style, width, ax
        As for `ranking`. By default the title says who is certainly better than the nation in every
        column that is set against it.
    highlight : str or iterable of str
        Regions to set off, by any name.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. They are as many units wide and high as
        points, from the upper left; the names are texts with the gid ``name``.

    Raises
    ------
    IncomparableError
        If there are more than 16 columns, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> ax = ps.plot.scorecard(lang="en", ax=Figure((8, 10)).subplots())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "name"][:4]
    ['China', 'Beijing', 'Shanghai', 'Guangdong']
    """
    rows = build_standings(convert_chart_input(x), load_full_panel, most=_MOST_COLUMNS)
    given = [title, subtitle, source, *rows["indicator"], *rows["unit"]]
    voice = choose_voice(lang, given, style)
    columns = _build_columns(rows, voice)
    regions = _sort_regions(columns)
    marks = dict(zip(regions, mark_highlighted_regions(highlight, regions), strict=True))
    sheet = open_sheet(ax, voice, style, width or _measure_figure(columns, regions, voice))
    entries = _list_key_entries(rows, sheet)
    unkeyed = say_missing_key(sheet, entries)
    words = build_caption(
        voice, Wishes(title, subtitle, source), _say_finding(columns, voice),
        about=_list_subtitle_parts(rows, columns, voice),
        notes=[voice.say("similar_told") if (rows["standing"] == "similar").any() else "",
               voice.say("fifths_told") if rows["grade"].isin(["best", "worst"]).any() else ""],
        documents=[*rows["source"], *" ".join(rows["national_source"]).split()],
    )  # fmt: skip
    lacking = _draw_table(sheet, words, columns, marks, [] if unkeyed else entries)
    sheet.warn_of_missing_parts(*lacking, unkeyed)
    return sheet.finish_chart(words, [_say_column(column, voice) for column in columns])


# --- columns and rows ---------------------------------------------------------------------------


def _build_columns(rows: pd.DataFrame, voice: Voice) -> list[_Column]:
    groups = [group.set_index("region", drop=False) for _, group in rows.groupby(GROUP, sort=False)]
    several, dated = (len(rows[column].unique()) > 1 for column in GROUP)
    if not several:
        groups.sort(key=lambda group: parse_period(group["period"].iloc[0]).end)
    scales = [_choose_scale(group, voice) for group in groups]
    return [
        _Column(
            group, scale, _name_column(group, scale, voice, named=several or not dated, dated=dated)
        )
        for group, scale in zip(groups, scales, strict=True)
    ]


def _choose_scale(group: pd.DataFrame, voice: Voice) -> Scale:
    """Choose the scale of a column; changes and gaps have their sign."""
    is_change = split_id(group["indicator"].iloc[0])[1] in ("change", "gap")
    return choose_scale(group, voice)._replace(signed=is_change)


def _name_column(
    group: pd.DataFrame, scale: Scale, voice: Voice, *, named: bool, dated: bool
) -> str:
    measure = find_measure(group["indicator"].iloc[0], group["unit"].iloc[0], voice)
    name = measure.head if measure.known else voice.join_drawable(name_indicator(group, voice))
    parts = ([name] if named else []) + (
        [voice.name_period(group["period"].iloc[0])] if dated else []
    )
    return voice.say("unit_of").join([*parts, *filter(None, [scale.word])])


def _sort_regions(columns: Sequence[_Column]) -> list[str]:
    """Sort regions by their rank in the first column; those without one by the next column."""
    last = len(load_regions())
    places = {
        code: [column.rows["rank"].get(code, last) for column in columns]
        for code in load_regions()
        if any(code in column.rows.index for column in columns)
    }
    return sorted(places, key=places.__getitem__)


def _measure_figure(columns: Sequence[_Column], codes: Sequence[str], voice: Voice) -> float:
    """Return the inches of a figure of our own: more than a page where columns need it."""
    names = [voice.say("nation"), *map(voice.name_region, codes)]
    left = max(voice.measure_width(name, PAGE.body, bold=True) for name in names) + _BESIDE
    wide = max(_LEAST, *(_measure_column(column, voice) for column in columns))
    return max(7.2, (2 * PAGE.margin + left + wide * len(columns)) / 72)


def _measure_column(column: _Column, voice: Voice) -> float:
    """Return the points that a column needs for its widest figure, and the longest word above."""
    figures = max(
        voice.measure_width(text, PAGE.body, bold=True) for text in _format_qualified_values(column)
    )
    word = max(voice.measure_width(word, PAGE.small, bold=True) for word in column.head.split())
    beside_bars = figures / _NUMBERS if column.is_size else figures
    return max(beside_bars + _PAD, min(word, _LONGEST)) + _GUTTER


def _format_qualified_values(column: _Column) -> list[str]:
    return [format_qualified_value(row, column.scale.plain) for _, row in column.rows.iterrows()]


# --- drawing --------------------------------------------------------------------------------------


class _Grid(NamedTuple):
    """Where rows and columns are, in points from the upper left of the axes."""

    left: float
    wide: float
    pitch: float
    tops: dict[str, float]

    def find_edges(self, column: int) -> tuple[float, float]:
        """Return left and right of a column."""
        return column * self.wide, (column + 1) * self.wide - _GUTTER

    def find_corners(self, column: int, code: str) -> list[tuple[float, float]]:
        """Return the corners of a cell."""
        pad = (1 - _CELL / _PITCH) * self.pitch / 2
        return list_box_corners(
            *self.find_edges(column), self.tops[code] + pad, self.tops[code] + self.pitch - pad
        )


def _draw_table(
    sheet: Sheet, words: Caption, columns: Sequence[_Column], marks: Mapping[str, bool],
    entries: Sequence[Entry],
) -> list[str]:  # fmt: skip
    """Draw the table, and return what finds no room in it."""
    grid, heads = _place_sheet(sheet, words, columns, list(marks), entries)
    lines = Rows([row + _FIRST for row in range(len(marks))], _PITCH)
    step = choose_readable_step(sheet, lines)
    if heads:
        _write_heads(sheet, grid, heads)
    if step == 1:
        _write_nation(sheet, columns, grid)
    _write_names(sheet, grid, marks, step)
    fits = step == 1 and all(_has_room_for_values(sheet, column, grid.wide) for column in columns)
    for place, column in enumerate(columns):
        _draw_cells(sheet, grid, place, column)
        if column.is_size and grid.wide >= _LEAST and not sheet.is_column:
            _draw_sizes(sheet, grid, place, column, has_numbers=fits)
        elif fits:
            _write_values(sheet, grid, place, column)
    draw_entries(sheet, entries, -grid.left)
    return ["" if heads else "the heads of its columns", "" if fits or step > 1 else "its values"]


def _place_sheet(
    sheet: Sheet, words: Caption, columns: Sequence[_Column], codes: Sequence[str],
    entries: Sequence[Entry],
) -> tuple[_Grid, list[str]]:  # fmt: skip
    """Place the sheet; return where rows and columns are, and the heads, if they have room."""
    size, voice = sheet.sizes.small, sheet.voice
    names = [voice.say("nation"), *map(voice.name_region, codes)]
    left = max(sheet.measure(name, bold=True) for name in names) + _BESIDE
    wide = (sheet.inner - left + _GUTTER) / len(columns)
    heads = [_wrap_head(sheet, column, wide - _GUTTER - 2) for column in columns]
    high = max(head.count("\n") + 1 for head in heads) * size * 1.25 + 4
    is_narrow = any(sheet.measure(head, size, bold=True) > wide for head in heads)
    if not sheet.own and (is_narrow or high > _HEAD_SHARE * sheet.height):
        heads, high = [], 0.0
    rows = len(codes) + _FIRST
    sheet.place(words, Margins(left, 0.0, high, measure_key_height(sheet, entries)), _PITCH * rows)
    sheet.ax.set(xlim=(0, sheet.body[0]), ylim=(sheet.body[1], 0))
    pitch = sheet.body[1] / rows
    tops = {code: (row + _FIRST) * pitch for row, code in enumerate(codes)}
    return _Grid(left, wide, pitch, tops), heads


def _wrap_head(sheet: Sheet, column: _Column, room: float) -> str:
    """Break a head that is too wide, its unit on a line of its own."""
    size, unit = sheet.sizes.small, column.scale.word
    whole = sheet.wrap(column.head, room, size, bold=True)
    if whole.count("\n") <= 1 or not unit:
        return whole
    name = column.head.removesuffix(sheet.voice.say("unit_of") + unit)
    return f"{sheet.wrap(name, room, size, bold=True)}\n{unit}"


def _write_heads(sheet: Sheet, grid: _Grid, heads: Sequence[str]) -> None:
    for place, head in enumerate(heads):
        sheet.write_head(head, (sum(grid.find_edges(place)) / 2, 0), 7, bold=True)


def _write_names(sheet: Sheet, grid: _Grid, marks: Mapping[str, bool], step: int) -> None:
    """Write the names of provinces, and frame the highlighted rows."""
    for row, (code, is_on) in enumerate(marks.items()):
        if row % step == 0:
            at = 0, grid.tops[code] + grid.pitch / 2
            name = sheet.voice.name_region(code)
            sheet.write(
                name, at, (-grid.left, 0), frame="data", middle=True, bold=is_on, gid="name"
            )
    tops = [grid.tops[code] for code, is_on in marks.items() if is_on]
    frames = [list_box_corners(-grid.left, sheet.body[0], top, top + grid.pitch) for top in tops]
    style: dict[str, Any] = {"edgecolors": sheet.palette.text, "linewidths": 1.4, "zorder": 3}
    draw_shapes(sheet, frames, "none", clip_on=False, **style)


def _has_room_for_values(sheet: Sheet, column: _Column, wide: float) -> bool:
    return max(map(sheet.measure, _format_qualified_values(column))) + _PAD <= wide - _GUTTER


def _write_nation(sheet: Sheet, columns: Sequence[_Column], grid: _Grid) -> None:
    """Write the nation above the provinces, with a rule below, where there is a value of it."""
    palette = sheet.palette
    if not any(column.rows["national"].notna().any() for column in columns):
        return
    style: dict[str, Any] = {"frame": "data", "middle": True, "bold": True}
    ink, y = palette.nation_text, grid.pitch / 2
    sheet.write(sheet.voice.say("nation"), (0, y), (-grid.left, 0), ink=ink, gid="name", **style)
    for place, column in enumerate(columns):
        row = column.rows.iloc[0]
        if pd.notna(row["national"]):
            label = _format_national_value(row, column.scale.plain)
            middle = sum(grid.find_edges(place)) / 2
            sheet.write(label, (middle, y), ha="center", ink=ink, gid="nation", **style)
    rule = [[(-grid.left, 1.1 * grid.pitch), (sheet.body[0], 1.1 * grid.pitch)]]
    draw_lines(sheet, rule, [palette.text], 0.9, clip_on=False)


def _format_national_value(row: pd.Series, scale: Scale) -> str:
    """Print the nation's value; an exact one has its own decimals, whatever those of provinces."""
    ends = row["national_lower"], row["national_upper"]
    scale = scale._replace(digits=None) if ends[0] == ends[1] else scale
    return scale.format_value(row["national"], *ends)


def _draw_cells(sheet: Sheet, grid: _Grid, place: int, column: _Column) -> None:
    """Draw the cells of a column that is set against the nation; pale ones have a strip."""
    grades = dict(zip(column.rows["region"], column.rows["grade"], strict=True))
    shapes: list[Any] = []
    faces: list[ColorType] = []
    for code, grade in grades.items() if column.has_nation else ():
        cell, shade = grid.find_corners(place, code), _choose_shade(grade, sheet.palette)
        shapes.append(cell)
        faces.append(shade.face)
        if shade.strip is not None:
            (left, top), (right, _), (_, bottom), _ = cell
            start = right - STRIP if shade.at_right else left
            shapes.append(list_box_corners(start, start + STRIP, top, bottom))
            faces.append(shade.strip)
    draw_shapes(sheet, shapes, faces, zorder=1)


def _write_values(sheet: Sheet, grid: _Grid, place: int, column: _Column) -> None:
    """Write the values of a column; what is missing has a dash."""
    middle = sum(grid.find_edges(place)) / 2
    records = {row["region"]: row for _, row in column.rows.iterrows()}
    for code, top in grid.tops.items():
        text, ink = "—", sheet.palette.quiet_text
        if code in records:
            text = format_qualified_value(records[code], column.scale.plain)
            face = _choose_shade(records[code]["grade"], sheet.palette).face
            ink = choose_readable_ink(face) if column.has_nation else sheet.palette.text
        sheet.write(
            text, (middle, top + grid.pitch / 2), frame="data", middle=True, ha="center", ink=ink,
            gid="number",
        )  # fmt: skip


def _draw_sizes(
    sheet: Sheet, grid: _Grid, place: int, column: _Column, *, has_numbers: bool
) -> None:
    """Write the sizes of provinces, where they have room, each with a bar at its right."""
    (left, right), palette = grid.find_edges(place), sheet.palette
    texts = [format_qualified_value(row, column.scale.plain) for _, row in column.rows.iterrows()]
    start = left + max(_NUMBERS * (right - left), *map(sheet.measure, texts))
    room = max(right - start - 4, 0.0)
    most = column.rows["value"].abs().max() or 1.0
    bars = []
    for code, value, text in zip(column.rows.index, column.rows["value"], texts, strict=True):
        middle = grid.tops[str(code)] + grid.pitch / 2
        end = start + 4 + room * abs(value) / most
        bars.append(
            list_box_corners(start + 4, end, middle - 0.3 * grid.pitch, middle + 0.3 * grid.pitch)
        )
        if has_numbers:
            at = start, middle
            sheet.write(text, at, frame="data", middle=True, ha="right", gid="number")
    draw_shapes(sheet, bars, [palette.quiet], zorder=1)
    if not has_numbers:
        return
    for code in grid.tops.keys() - set(column.rows.index):
        at = start, grid.tops[code] + grid.pitch / 2
        sheet.write("—", at, frame="data", middle=True, ha="right", ink=palette.quiet_text)


class _Shade(NamedTuple):
    """The colour of a cell, that of its strip if it is pale, and the side of that."""

    face: ColorType
    strip: ColorType | None = None
    at_right: bool = False


def _choose_shade(grade: str, palette: Palette) -> _Shade:
    grade = {"above": "better", "below": "worse"}.get(grade, grade)
    face = palette.heat[_GRADES.index(grade)] if grade in _GRADES else palette.ground
    if grade == "worse":
        return _Shade(face, palette.down)
    return _Shade(face, palette.up, at_right=True) if grade == "better" else _Shade(face)


# --- words ----------------------------------------------------------------------------------------


def _list_key_entries(rows: pd.DataFrame, sheet: Sheet) -> list[Entry]:
    """Return the meaning of the colours that are there, from the worst to the best."""
    found, palette, say = set(rows["grade"]), sheet.palette, sheet.voice.say
    entries = []
    for grade in (*_GRADES[:2], "below", *_GRADES[2:4], "above", _GRADES[4]):
        if grade in found:
            edge = palette.quiet if grade == "similar" else None
            face, strip, at_right = _choose_shade(grade, palette)
            entries.append(Entry(say(f"g_{grade}"), face, edge, strip, at_right=at_right))
    return entries


def _say_finding(columns: Sequence[_Column], voice: Voice) -> str:
    """Say who is certainly better in every column, else what is shown."""
    ids = {column.rows["indicator"].iloc[0] for column in columns}
    if len(ids) == 1:
        return voice.join_drawable(name_indicator(columns[0].rows, voice))
    judged = [
        column for column in columns if column.rows["standing"].isin(["better", "worse"]).any()
    ]
    better = [set(column.rows.index[column.rows["standing"] == "better"]) for column in judged]
    ahead = [code for code in load_regions() if better and all(code in codes for codes in better)]
    if len(judged) > 1 and 0 < len(ahead) <= _NAMED:
        names = voice.say_list([voice.name_region(code) for code in ahead])
        return voice.say("t_all_better", names=names, many=len(judged))
    if len(judged) > 1 and ahead:
        return voice.say("t_many_better", k=len(ahead), many=len(judged))
    shown = {code for column in columns for code in column.rows.index}
    return voice.say("scored", n=len(shown), many=len(columns))


def _list_subtitle_parts(rows: pd.DataFrame, columns: Sequence[_Column], voice: Voice) -> list[str]:
    """Return period, number of provinces, what colours are measured against, and the order."""
    periods = rows["period"].unique()
    period = voice.name_period(periods[0]) if len(periods) == 1 else ""
    is_judged = (rows["standing"] != "").any()
    order = voice.say("by_first") if len(columns) > 1 else ""
    natures = [voice.say(nature) for nature in rows["nature"].unique() if nature != "outcome"]
    return [
        period,
        *natures,
        say_province_count(rows, voice),
        voice.say("coloured") if is_judged else "",
        order,
    ]


def _say_column(column: _Column, voice: Voice) -> str:
    counts = column.rows["standing"].value_counts()
    words = (
        ("better", "similar", "worse")
        if not {"above", "below"} & set(counts.index)
        else ("above", "similar", "below")
    )
    if not column.has_nation:
        return ""
    said = voice.say("comma").join(voice.say(f"n_{word}", n=counts.get(word, 0)) for word in words)
    return voice.say("stands", name=column.head, said=said)
