"""Cartograms: the map of tiles, each as large as its province is by some measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.compare import rank
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    say_highest_and_lowest,
    say_national_revision,
    say_national_value,
    say_period,
    say_province_count,
    say_regions,
)
from provstats.plot.parts.classes import build_classes
from provstats.plot.parts.findings import find_certain_signs
from provstats.plot.parts.palette import choose_readable_ink
from provstats.plot.parts.selections import (
    choose_one_period,
    collect_compared_rows,
    convert_chart_input,
    find_national_row,
    find_period_gaps,
    mark_highlighted_regions,
)
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.sizes import find_size_measure, find_sizes
from provstats.plot.parts.squares import place_squares
from provstats.plot.parts.tiles import Tile, draw_key, draw_tiles, format_tile_values, write_tiles
from provstats.plot.parts.titles import (
    add_period_to_title,
    find_measure_of_rows,
    say_counts_above_and_below,
    say_who_is_first,
)
from provstats.store.regions import list_mainland_codes, list_province_codes
from provstats.words.numbers import choose_scale
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.classes import Classes
    from provstats.plot.parts.sheet import Sheet
    from provstats.plot.parts.squares import Squares
    from provstats.words.measures import Measure
    from provstats.words.voices import Voice

__all__ = ["cartogram"]

# Points of the key across, of its height, of the air around it, and of the outlines of squares.
_KEY_WIDE, _KEY_HIGH, _AIR, _EDGE = 170.0, 52.0, 6.0, 0.6
# By how much squares shrink until they have room beside the key, and how often at most.
_LESS, _TRIALS = 0.98, 80
# What the key takes of the width at most.
_KEY_SHARE: Final = 0.62


def cartogram(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    size: Any = "population",  # noqa: ANN401 - an indicator, or a frame of any library
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
    """Draw a map of squares, one a province, of areas in proportion to a size such as population.

    Colours, corners and key are those of `tilemap`. The squares stand as near to their places in
    its map as they can without lying over one another; provinces without a size are small empty
    squares. Where a name has no room its abbreviation stands.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `tilemap`.
    size : str or DataFrame
        ``"population"``, ``"gdp"`` or another indicator of the shipped data, or a frame with
        ``region``, ``period`` and ``value`` (bounds, unit, source and indicator optional), for the
        period of `x`.
    lang, title, subtitle, source, unit, style, width, ax
        As for `ranking`. By default the title says which part of the size those have that are above
        the nation, where the intervals leave no doubt of any; else as for `tilemap`.
    highlight : str or iterable of str
        Regions to set off, by any name: their squares are framed.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. They are as many units wide and high as
        points, from the upper left.

    Raises
    ------
    IncomparableError
        If there are several indicators, a frame has several periods, no province has a size (it is
        said for which periods there are some, or what else there is), a size is not above zero, or
        for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or a frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period=2023)
    >>> axes = Figure((7, 9)).subplots()
    >>> ax = ps.plot.cartogram(intensity, "rd_expenditure", lang="en", ax=axes)
    >>> print(ax.get_title(loc="left"))
    The 7 provinces above the nation in R&D intensity
    account for 56% of total R&D spending, 2023
    """
    x = convert_chart_input(x)
    rows, choices = choose_one_period(collect_compared_rows(x, rank), x)
    rows = rows.sort_values("rank", kind="stable", ignore_index=True)
    marks = mark_highlighted_regions(highlight, rows["region"].to_list())
    sizes = find_sizes(rows, size)
    given = [title, subtitle, source, *rows["indicator"], *rows["unit"], *rows["source"]]
    voice = choose_voice(lang, given, style)
    measure, period = find_size_measure(size, voice), rows["period"].iloc[0]
    scale, nation, gaps = (
        choose_scale(rows, voice, unit),
        find_national_row(x, period),
        find_period_gaps(x, period),
    )
    sheet = open_sheet(ax, voice, style, width)
    classes = build_classes(rows, None if nation is None else nation["national"], sheet.palette)
    national = "" if nation is None else nation["national_source"]
    finding = _say_finding(rows, gaps, sizes, measure, voice)
    words = build_indicator_caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=add_period_to_title(finding, voice.name_period(period), voice),
        about=[say_period(rows, choices, voice), say_province_count(rows, voice),
               "" if nation is None else say_national_value(nation, scale, voice),
               voice.say("areas_told", size=measure.name)],
        notes=[*_list_notes(rows, classes, sizes, voice),
               say_national_revision(rows["source"], national, voice)],
        documents=[*rows["source"], *national.split(), *sizes["source"]],
    )  # fmt: skip
    squares = place_squares(dict(zip(map(str, sizes.index), sizes["value"], strict=True)))
    sheet.place(words, Margins(), _measure_height(sheet, squares))
    tiles = _fit_squares(sheet, squares)
    framed = [code for code, is_on in zip(rows["region"], marks, strict=True) if is_on]
    draw_tiles(sheet, tiles, classes, framed)
    inks = {code: choose_readable_ink(classes.find_shade(code)) for code in classes.class_of}
    write_tiles(sheet, tiles, inks, format_tile_values(rows, scale), alike=False)
    draw_key(sheet, classes, scale, _find_key_room(sheet))
    return sheet.finish_chart(words, [say_highest_and_lowest(rows, scale, voice)])


# --- where squares stand --------------------------------------------------------------------------


def _find_key_room(sheet: Sheet) -> Tile:
    wide = min(_KEY_WIDE, _KEY_SHARE * sheet.inner)
    return Tile(wide / 2, _KEY_HIGH / 2, wide, _KEY_HIGH)


def _measure_height(sheet: Sheet, squares: Squares) -> float:
    """Return the points that the squares need, at the full width, and the key above them."""
    scale = (sheet.inner - 2 * _EDGE) / squares.wide
    return squares.high * scale + _measure_drop(sheet, squares, scale, 0.0) + 2 * _EDGE


def _measure_drop(sheet: Sheet, squares: Squares, scale: float, along: float) -> float:
    """Return by how many points the squares stand lower, so that none is below the key."""
    room = _find_key_room(sheet).wide + _AIR
    tops = [
        (y - squares.sides[code] / 2) * scale
        for code, (x, y) in squares.middles.items()
        if (x - squares.sides[code] / 2) * scale + along < room
    ]
    return max(0.0, _KEY_HIGH + _AIR - min(tops, default=_KEY_HIGH + _AIR))


def _fit_squares(sheet: Sheet, squares: Squares) -> dict[str, Tile]:
    """Let the squares fill the axes as far as they stay squares, the key above or beside them."""
    wide, high = (points - 2 * _EDGE for points in sheet.body)
    scale = min(wide / squares.wide, high / squares.high)
    along = drop = 0.0
    for _ in range(_TRIALS):
        along = min(max(0.0, wide - squares.wide * scale), _find_key_room(sheet).wide + _AIR)
        drop = _measure_drop(sheet, squares, scale, along)
        if drop + squares.high * scale <= high + _EDGE:
            break
        scale *= _LESS
    return {
        code: Tile(
            x * scale + along + _EDGE, y * scale + drop + _EDGE,
            squares.sides[code] * scale, squares.sides[code] * scale,
        )
        for code, (x, y) in squares.middles.items()
    }  # fmt: skip


# --- words ----------------------------------------------------------------------------------------


def _say_finding(
    rows: pd.DataFrame, gaps: pd.DataFrame | None, sizes: pd.DataFrame, size: Measure, voice: Voice
) -> str:
    """Say which share of the size the regions above the nation have, if all is known."""
    if gaps is None:
        return say_who_is_first(rows, voice)
    certain = find_certain_signs(gaps["lower"], gaps["upper"])
    above = gaps["region"][certain > 0]
    is_known = list_mainland_codes() <= {*gaps["region"]} and list_mainland_codes() <= {
        *sizes.index
    }
    is_sure = (certain != 0).all() and (rows["nature"] == "outcome").all() and size.known
    share = (
        _say_share(sizes.loc[sorted(list_mainland_codes())], above) if is_known and is_sure else ""
    )
    name = find_measure_of_rows(rows, voice).name
    if not share or not name or not 1 < len(above) < len(gaps):
        return say_counts_above_and_below(gaps, voice)
    return voice.say("t_share", k=len(above), m=name, share=share, size=size.name)


def _say_share(sizes: pd.DataFrame, above: pd.Series) -> str:
    """Print the share of some regions in the sum, as a range where intervals leave one."""
    is_above = sizes.index.isin(above)
    own, rest = sizes[is_above].sum(numeric_only=True), sizes[~is_above].sum(numeric_only=True)
    ends = (
        own["lower"] / (own["lower"] + rest["upper"]),
        own["upper"] / (own["upper"] + rest["lower"]),
    )
    low, high = (round(100 * float(np.round(end, 9))) for end in ends)
    return f"{low}" if low == high else f"{low}–{high}"


def _list_notes(
    rows: pd.DataFrame, classes: Classes, sizes: pd.DataFrame, voice: Voice
) -> list[str]:
    unsized = [code for code in rows["region"] if code not in sizes.index]
    beyond = rows["region"].isin(list_province_codes() - list_mainland_codes()).any()
    return [
        voice.say("corner") if classes.reached else "",
        say_regions("no_size", unsized, voice),
        "" if beyond else voice.say("beyond"),
        voice.say("squares_only"),
    ]
