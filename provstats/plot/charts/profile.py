"""Profiles: one province among all others, one strip an indicator."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from provstats.errors import UnknownRegionError
from provstats.indicators import split_id
from provstats.plot.parts.captions import Wishes, build_caption, format_rank, name_indicator
from provstats.plot.parts.cells import format_qualified_value, list_box_corners
from provstats.plot.parts.keys import Entry, draw_entries, measure_key_height, say_missing_key
from provstats.plot.parts.marks import draw_dots, draw_lines, draw_shapes
from provstats.plot.parts.rows import HEAD, write_name_lines
from provstats.plot.parts.selections import convert_chart_input, mark_highlighted_regions
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.shipped import load_full_panel, load_latest_groups
from provstats.plot.parts.standings import build_standings
from provstats.plot.parts.strips import (
    STRIP_HIGH,
    TICK,
    build_countable_ticks,
    draw_nation,
    say_end_value,
    write_label_below,
)
from provstats.store.keys import GROUP
from provstats.store.regions import region as find_region
from provstats.words.measures import find_measure
from provstats.words.numbers import choose_scale
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["profile"]

# What is drawn of a row.
_SHOWN = ["region", "value", "lower", "upper", "qualifier"]
# Provinces that an indicator needs, in shipped and in a caller's data; the most rows by default.
_ENOUGH, _LEAST, _MOST = 5, 2, 12
# Points of a row with what is written above and below its strip, the least of it, and the least
# with only the value above.
_PITCH, _BOTH_PITCH, _LEAST_PITCH = 40.0, 37.0, 25.0
# Points: at the ends of a strip, beside names and ranks, and a dot.
_INSET, _BESIDE, _DOT = 4.0, 12.0, 9.0
# Points of the value above a strip, and between it and the name above that in a column.
_VALUE, _ABOVE = 12.5, 6.0
# What a name takes of the width at most.
_NAME_SHARE: Final = 0.3


class _Row(NamedTuple):
    """One indicator in one period: its name, all its rows by value, and the province's own."""

    name: str
    rows: pd.DataFrame
    own: pd.Series
    scale: Scale
    #: The lowest and the highest value.
    ends: tuple[float, float]


def profile(  # noqa: PLR0913 - the options of a chart
    region: str | int,
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
    """Draw one province among all others: a strip an indicator, with a tick for each province.

    Each strip reaches from the lowest value to the highest, and both are named; ticks that would
    lie over one another are cut into pieces, so that each can be counted. The dot is the province,
    the orange line the nation, where its value is known and is not the sum of the provinces.

    Parameters
    ----------
    region : str or int
        The province, by any name.
    x : str, IndicatorSeries or DataFrame, optional
        As for `rank`; each indicator in each period in which the province and at least one other
        have a value is a row. By default what all 31 provinces report, of the latest year, with its
        change over that year; and of the rest what at least five report, twelve rows at most.
    lang, title, subtitle, source, style, width, ax
        As for `ranking`. By default the title counts where the province is certainly better or
        worse than the nation.
    highlight : str or iterable of str
        Other regions to set off, by any name: they are rings.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row an indicator and period, the first
        at 0, named by a text with the gid ``name``; on the x axis 0 is the lowest and 1 the highest
        value.

    Raises
    ------
    UnknownRegionError
        If the region is unknown, is no province, or has nothing to be compared; or if a highlighted
        region is unknown or not shown.
    IncomparableError
        For what `rank` refuses.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> stations = ps.series("base_stations_5g", period=2024)
    >>> ax = ps.plot.profile("甘肃", stations, lang="en", ax=Figure((7, 3)).subplots())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "end"]
    ['Gansu 76,000', 'Shandong 242,000']
    """
    own = find_region(region).code
    rows = _build_comparable_standings(convert_chart_input(x), own)
    marks = mark_highlighted_regions(highlight, rows["region"].to_list())
    ringed = list(dict.fromkeys(rows.loc[marks, "region"]))
    voice = choose_voice(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]], style)
    strips = _build_strips(rows, own, voice)
    sheet = open_sheet(ax, voice, style, width)
    hues = dict(zip(ringed, sheet.palette.lines[1:] * len(ringed), strict=False))
    entries = [
        Entry(voice.name_region(code), sheet.palette.ground, hue, dot=8.0)
        for code, hue in hues.items()
    ]
    words = build_caption(
        voice, Wishes(title, subtitle, source), _say_finding(strips, voice),
        about=_list_subtitle_parts(rows, strips, voice),
        documents=[*rows["source"], *" ".join(rows["national_source"]).split()],
    )  # fmt: skip
    unkeyed = say_missing_key(sheet, entries)
    lacking = _draw_strips(sheet, words, strips, hues, [] if unkeyed else entries)
    sheet.warn_of_missing_parts(lacking, unkeyed)
    return sheet.finish_chart(words, [_say_strip(strip, voice) for strip in strips])


# --- rows -----------------------------------------------------------------------------------------


def _load_shipped_rows() -> pd.DataFrame:
    full, rest = load_full_panel(), load_latest_groups(_ENOUGH)
    return pd.concat([full, rest[~rest["indicator"].isin(full["indicator"])]], ignore_index=True)


@cache
def _load_shipped_standings() -> pd.DataFrame:
    return build_standings(None, _load_shipped_rows)


def _build_comparable_standings(x: Comparable | None, code: str) -> pd.DataFrame:
    """Return the standings by the indicators of which the province and others have values."""
    rows = _load_shipped_standings() if x is None else build_standings(x, _load_shipped_rows)
    groups = rows.groupby(GROUP)["region"]
    has_it = groups.transform(lambda codes: code in set(codes)).astype(bool)
    kept = rows[has_it & (rows["n"] >= _LEAST)]
    if kept.empty:
        shown = sorted(rows.loc[rows["n"] >= _LEAST, "region"].unique())
        msg = f"{code} has no value that could be set against another; those with one are {shown}"
        raise UnknownRegionError(msg)
    if x is None:
        first = kept[GROUP].drop_duplicates().head(_MOST)
        kept = kept.merge(first, on=GROUP)
    return kept


def _build_strips(rows: pd.DataFrame, code: str, voice: Voice) -> list[_Row]:
    is_dated = len(rows["period"].unique()) > 1
    found = []
    for _, group in rows.groupby(GROUP, sort=False):
        is_change = split_id(group["indicator"].iloc[0])[1] in ("change", "gap")
        scale = choose_scale(group, voice)._replace(signed=is_change)
        own = group[group["region"] == code].iloc[0]
        name = _name_strip(group, scale, voice, is_dated=is_dated)
        ordered = group[_SHOWN].sort_values("value", kind="stable")
        ends = float(ordered["value"].iloc[0]), float(ordered["value"].iloc[-1])
        found.append(_Row(name, ordered, own, scale, ends))
    return found


def _name_strip(group: pd.DataFrame, scale: Scale, voice: Voice, *, is_dated: bool) -> str:
    measure = find_measure(group["indicator"].iloc[0], group["unit"].iloc[0], voice)
    name = measure.head if measure.known else voice.join_drawable(name_indicator(group, voice))
    date = voice.name_period(group["period"].iloc[0], brief=True) if is_dated else ""
    return voice.say("unit_of").join(filter(None, (name, date, scale.word)))


# --- drawing --------------------------------------------------------------------------------------


def _draw_strips(
    sheet: Sheet,
    words: Caption,
    strips: Sequence[_Row],
    hues: Mapping[str, ColorType],
    entries: Sequence[Entry],
) -> str:
    """Draw the strips, and return what finds no room."""
    size, voice, palette = sheet.sizes, sheet.voice, sheet.palette
    ranks = [
        voice.say("rank_of", rank=format_rank(strip.own), n=strip.own["n"]) for strip in strips
    ]
    wide = max(sheet.measure(rank, bold=True) for rank in [*ranks, voice.say("rank")]) + _BESIDE
    # In a column the name stands above its strip, and the rank at the end of that line.
    room = sheet.inner - wide if sheet.is_column else _NAME_SHARE * sheet.inner
    names = [sheet.wrap(strip.name, room, size.body) for strip in strips]
    left, right = (
        (0.0, 0.0) if sheet.is_column else (max(map(sheet.measure, names)) + _BESIDE, wide)
    )
    most = max(name.count("\n") + 1 for name in names)
    lift = _ABOVE + 1.2 * size.body * most if sheet.is_column else 0.0
    foot = measure_key_height(sheet, entries)
    sheet.place(words, Margins(left, right, HEAD, foot), (_PITCH + lift) * len(strips))
    pitch = sheet.body[1] / len(strips)
    has_room, has_ends = pitch >= _LEAST_PITCH + lift, pitch >= _BOTH_PITCH + lift
    inset, down = _INSET / sheet.body[0], 0.5 * lift / pitch
    sheet.ax.set(xlim=(-inset, 1 + inset), ylim=(len(strips) - 0.5 - down, -0.5 - down))
    half = min(STRIP_HIGH, 0.5 * pitch) / 2 / pitch
    grounds = [
        list_box_corners(-inset, 1 + inset, row - half, row + half) for row in range(len(strips))
    ]
    draw_shapes(sheet, grounds, [palette.panel], zorder=0.4)
    lines: list[list[tuple[float, float]]] = []
    for row, strip in enumerate(strips):
        places = [_place_value(strip, value) for value in strip.rows["value"]]
        lines += build_countable_ticks(sheet, places, row, half)
        if pitch >= 1.2 * size.body * most + lift:
            up = STRIP_HIGH / 2 + _VALUE + 0.6 * size.body * most if lift else 0.0
            write_name_lines(sheet, names[row], (0, row), (-left, up), frame="rows")
            sheet.write(
                ranks[row], (1, row), (right, up), frame="rows", middle=True, ha="right", bold=True,
                ink=palette.accent, gid="number",
            )  # fmt: skip
        if has_room:
            _write_value(sheet, strip, row, half)
        used = _write_ends(sheet, strip, row, half) if has_ends else [(0.0, sheet.body[0])]
        _write_nation(sheet, strip, row, row + half, used)
        _draw_rings(sheet, strip, row, hues)
    draw_lines(sheet, lines, [palette.mark], TICK, zorder=1, capstyle="butt")
    own = [_place_value(strip, strip.own["value"]) for strip in strips]
    draw_dots(
        sheet, (own, range(len(strips))), [palette.accent] * len(strips), size=_DOT, rim=1.2,
        hollow=[strip.own["nature"] != "outcome" for strip in strips],
    )  # fmt: skip
    head: dict[str, Any] = {"size": size.small, "ink": palette.quiet_text, "gid": "head"}
    sheet.write(voice.say("lowest_end"), (0, 1), (0, 4), **head)
    sheet.write(voice.say("highest_end"), (1, 1), (0, 4), ha="right", **head)
    if not sheet.is_column:
        sheet.write(voice.say("rank"), (1, 1), (right, 4), ha="right", **head)
    draw_entries(sheet, entries, -left)
    if has_ends:
        return ""
    return "the ends of its strips" if has_room else "the values at its strips"


def _place_value(strip: _Row, value: float) -> float:
    """Return where a value stands between the lowest at 0 and the highest at 1."""
    least, most = strip.ends
    return (value - least) / (most - least) if most > least else 0.5


def _draw_rings(sheet: Sheet, strip: _Row, row: int, hues: Mapping[str, ColorType]) -> None:
    rows = strip.rows[strip.rows["region"].isin(hues)]
    places = [_place_value(strip, value) for value in rows["value"]]
    inks = [hues[code] for code in rows["region"]]
    draw_dots(
        sheet, (places, [row] * len(places)), inks, hollow=[True] * len(inks), size=8.0, zorder=2.8
    )


def _write_value(sheet: Sheet, strip: _Row, row: int, half: float) -> None:
    """Write the value above the dot."""
    own = format_qualified_value(strip.own, strip.scale.plain)
    at, wide = _place_value(strip, strip.own["value"]), sheet.measure(own, bold=True)
    left, right = sheet.ax.get_xlim()
    per_unit = sheet.body[0] / (right - left)
    start = min(max(at * per_unit - wide / 2, 0.0), per_unit - wide)
    ink = sheet.palette.accent
    sheet.write(own, (0, row - half), (start, 2.5), frame="data", bold=True, ink=ink, gid="value")


def _write_ends(sheet: Sheet, strip: _Row, row: int, half: float) -> list[tuple[float, float]]:
    """Write both ends below the strip; return what they take."""
    size, palette, voice = sheet.sizes, sheet.palette, sheet.voice
    left, right = sheet.ax.get_xlim()
    per_unit = sheet.body[0] / (right - left)
    ends = [say_end_value(strip.rows, side, strip.scale, voice) for side in (0, -1)]
    taken = [sheet.measure(end, size.small) for end in ends]
    style: dict[str, Any] = {"ink": palette.quiet_text, "gid": "end"}
    write_label_below(sheet, ends[0], row + half, _INSET, **style)
    if sum(taken) + 6 <= per_unit and ends[0] != ends[1]:
        write_label_below(sheet, ends[1], row + half, _INSET + per_unit - taken[1], **style)
    return [(0.0, _INSET + taken[0] + 4), (_INSET + per_unit - taken[1] - 4, sheet.body[0])]


def _write_nation(
    sheet: Sheet, strip: _Row, row: int, edge: float, used: Sequence[tuple[float, float]]
) -> None:
    """Mark the nation's value, where it lies between the ends."""
    ends = strip.own[["national", "national_lower", "national_upper"]]
    at = _place_value(strip, ends.iloc[0]) if pd.notna(ends.iloc[0]) else -1.0
    if 0 <= at <= 1:
        draw_nation(sheet, at, (2 * row - edge, edge), strip.scale.plain.format_value(*ends), used)


# --- words ----------------------------------------------------------------------------------------


def _say_finding(strips: Sequence[_Row], voice: Voice) -> str:
    """Count where the province is certainly better or worse; what is in doubt is neither."""
    stands = [str(strip.own["standing"]) for strip in strips]
    stands = [stand for stand in stands if stand in ("better", "similar", "worse")]
    counts = {word: stands.count(word) for word in ("better", "worse")}
    key = "_".join(["profiled", *(word for word, count in counts.items() if count)])
    return voice.say(key, name=voice.name_region(strips[0].own["region"]), n=len(stands), **counts)


def _list_subtitle_parts(rows: pd.DataFrame, strips: Sequence[_Row], voice: Voice) -> list[str]:
    periods, name = rows["period"].unique(), voice.name_region(strips[0].own["region"])
    has_nation = any(pd.notna(strip.own["national"]) for strip in strips)
    natures = [voice.say(nature) for nature in rows["nature"].unique() if nature != "outcome"]
    return [
        voice.name_period(periods[0]) if len(periods) == 1 else "",
        *natures,
        voice.say("ticks_told"),
        voice.say("dot_and_nation" if has_nation else "dot_told", name=name),
    ]


def _say_strip(strip: _Row, voice: Voice) -> str:
    rank = voice.say("rank_of", rank=format_rank(strip.own), n=strip.own["n"])
    return voice.say(
        "ranked", name=strip.name, value=format_qualified_value(strip.own, strip.scale), rank=rank
    )
