"""Tilemaps: a value for each of the 34 provinces, in a map of equal tiles without borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provstats.compare import rank
from provstats.plot.parts.captions import (
    Wishes,
    caption,
    counted,
    ends_told,
    nation_told,
    period_told,
    revision_told,
)
from provstats.plot.parts.classes import classes_of
from provstats.plot.parts.palette import ink_on
from provstats.plot.parts.selections import (
    as_pandas,
    compared,
    gaps_of,
    marked,
    nation_of,
    of_one_period,
)
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.tiles import (
    COLUMNS,
    ROWS,
    TILES,
    Tile,
    draw_key,
    draw_tiles,
    tile_values,
    write_tiles,
)
from provstats.plot.parts.titles import dated, how_many_stand, who_is_first
from provstats.store.regions import mainland, provinces
from provstats.words.numbers import scale_of
from provstats.words.voices import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.classes import Classes
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.voices import Voice

__all__ = ["tilemap"]

# How high a tile is beside its width, at most on a page, in a column and in the caller's axes.
_HIGH, _HIGH_IN_COLUMN, _HIGHEST = 0.74, 0.95, 1.1
# How wide a tile is beside its height at most, and the points between two.
_WIDEST, _GAP = 1.6, 3.0
# Tiles that the key takes, across and down.
_KEY: Final = (4.3, 1.3)


def tilemap(  # noqa: PLR0913 - the options of a chart
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
    """Draw a map of equal tiles, one a province, in a few classes with round boundaries.

    No outlines are drawn, so no boundary is asserted. Where the nation's value is known, it is a
    boundary: orange is below and blue above, the farther the darker; else all is in one hue. The
    key says how many provinces each class holds. Where the interval of a value reaches into another
    class, a corner of the tile has the colour of that class: the upper one for more, the lower one
    for less.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, of one indicator; of several periods as for `ranking`.
    lang, title, subtitle, source, unit, style, width
        As for `ranking`. By default the title counts the provinces that are certainly above the
        nation and below, or names up to three that are certainly above all others.
    highlight : str or iterable of str
        Regions to set off, by any name: their tiles are framed.
    ax : Axes, optional
        Where to draw; by default a new figure. In small axes names become abbreviations.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. They are as many units wide and high as
        points, from the upper left.

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
    >>> intensity = ps.series("rd_intensity", period="2023")
    >>> ax = ps.plot.tilemap(intensity, lang="en", ax=Figure((7, 8)).subplots())
    >>> print(ax.get_title(loc="left"))
    Only 7 of 31 provinces were above the
    nation in R&D intensity, 24 below, 2023
    """
    x = as_pandas(x)
    rows, choices = of_one_period(compared(x, rank), x)
    rows = rows.sort_values("rank", kind="stable", ignore_index=True)
    marks = marked(highlight, rows["region"].to_list())
    given = [title, subtitle, source, *rows["indicator"], *rows["unit"], *rows["source"]]
    voice = voice_of(lang, given, style)
    period = rows["period"].iloc[0]
    scale, nation = scale_of(rows, voice, unit), nation_of(x, period)
    gaps = gaps_of(x, period)
    sheet = open_sheet(ax, voice, style, width)
    classes = classes_of(rows, None if nation is None else nation["national"], sheet.palette)
    national = "" if nation is None else nation["national_source"]
    finding = who_is_first(rows, voice) if gaps is None else how_many_stand(gaps, voice)
    words = caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=dated(finding, voice.period(period), voice),
        about=[period_told(rows, choices, voice), counted(rows, voice),
               "" if nation is None else nation_told(nation, scale, voice)],
        notes=[*_notes(rows, classes, voice), revision_told(rows["source"], national, voice)],
        documents=[*rows["source"], *national.split()],
    )  # fmt: skip
    sheet.place(words, Margins(), _height(sheet))
    tiles = _tiles(sheet)
    framed = [code for code, is_on in zip(rows["region"], marks, strict=True) if is_on]
    draw_tiles(sheet, tiles, classes, framed)
    inks = {code: ink_on(classes.shade(code)) for code in classes.of}
    lacking = write_tiles(sheet, tiles, inks, tile_values(rows, scale), alike=True)
    draw_key(sheet, classes, scale, _key_room(tiles))
    sheet.warn_of_room(lacking)
    return sheet.finish(words, [ends_told(rows, scale, voice)])


def _height(sheet: Sheet) -> float:
    wide = sheet.inner / COLUMNS
    return float(ROWS * wide * (_HIGH_IN_COLUMN if sheet.is_column else _HIGH))


def _tiles(sheet: Sheet) -> dict[str, Tile]:
    """Let the tiles fill the axes from the upper left, neither too flat nor too narrow."""
    most = sheet.body[0] / COLUMNS, sheet.body[1] / ROWS
    wide, high = min(most[0], _WIDEST * most[1]), min(most[1], _HIGHEST * most[0])
    return {
        code: Tile(
            (column + 0.5) * wide, (row + 0.5) * high, max(wide - _GAP, 1), max(high - _GAP, 1)
        )
        for code, (row, column) in TILES.items()
    }


def _key_room(tiles: Mapping[str, Tile]) -> Tile:
    """Return the free corner at the upper left."""
    tile = tiles["CN-XJ"]
    wide, high = (tile.wide + _GAP) * _KEY[0], (tile.high + _GAP) * _KEY[1]
    return Tile(wide / 2 + _GAP, high / 2 + _GAP, wide, high)


def _notes(rows: pd.DataFrame, classes: Classes, voice: Voice) -> list[str]:
    beyond = rows["region"].isin(provinces() - mainland()).any()
    return [
        voice.say("corner") if classes.reached else "",
        "" if beyond else voice.say("beyond"),
        voice.say("places_only"),
    ]
