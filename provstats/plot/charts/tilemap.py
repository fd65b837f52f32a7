"""Tilemaps: a value for each of the 34 provinces, in a map of equal tiles without borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

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
from provstats.plot.parts.engine import is_interactive
from provstats.plot.parts.palette import ink_on, palette_for
from provstats.plot.parts.paper import paper_of
from provstats.plot.parts.ranked import Ranked
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
    draw_key,
    draw_tiles,
    key_room,
    lay_tiles,
    tile_values,
    tiles_height,
    write_tiles,
)
from provstats.plot.parts.titles import dated, how_many_stand, who_is_first
from provstats.plot.vega.tilemap import tilemap_spec
from provstats.store.regions import mainland, provinces
from provstats.words.numbers import scale_of
from provstats.words.voices import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.classes import Classes
    from provstats.plot.parts.engine import Engine, Options
    from provstats.plot.parts.sheet import Sheet
    from provstats.plot.vega.interactive import InteractiveChart
    from provstats.words.voices import Voice

__all__ = ["tilemap"]


@overload
def tilemap(
    x: Comparable,
    *,
    engine: Literal["matplotlib"] = ...,
    ax: Axes | None = ...,
    **options: Unpack[Options],
) -> Axes: ...
@overload
def tilemap(
    x: Comparable, *, engine: Literal["vega"], **options: Unpack[Options]
) -> InteractiveChart: ...
def tilemap(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    engine: Engine = "matplotlib",
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
    engine, lang, title, subtitle, source, unit, style, width
        As for `ranking`. By default the title counts the provinces that are certainly above the
        nation and below, or names up to three that are certainly above all others.
    highlight : str or iterable of str
        Regions to set off, by any name: their tiles are framed.
    ax : Axes, optional
        Where to draw; by default a new figure. In small axes names become abbreviations.

    Returns
    -------
    Axes or InteractiveChart
        The axes drawn in: ``ax`` itself if it was given. They are as many units wide and high as
        points, from the upper left.

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
    >>> intensity = ps.series("rd_intensity", period="2023")
    >>> ax = ps.plot.tilemap(intensity, lang="en", ax=Figure((7, 8)).subplots())
    >>> print(ax.get_title(loc="left"))
    Only 7 of 31 provinces were above the
    nation in R&D intensity, 24 below, 2023
    """
    wishes = Wishes(title, subtitle, source)
    interactive = is_interactive(engine, ax)
    shown, classes = _shown(as_pandas(x), highlight, wishes, lang=lang, unit=unit, style=style)
    if interactive:
        return tilemap_spec(shown, classes, paper_of(shown.voice, style, width))
    return _drawn(shown, classes, open_sheet(ax, shown.voice, style, width))


def _shown(  # noqa: PLR0913 - what was asked for
    x: Comparable,
    highlight: str | Iterable[str],
    wishes: Wishes,
    *,
    lang: str | None,
    unit: str | None,
    style: Mapping[str, Any] | None,
) -> tuple[Ranked, Classes]:
    """Find the rows, the nation's value, the classes and the words."""
    rows, choices = of_one_period(compared(x, rank), x)
    rows = rows.sort_values("rank", kind="stable", ignore_index=True)
    marks = marked(highlight, rows["region"].to_list())
    voice = voice_of(lang, [*wishes, *rows["indicator"], *rows["unit"], *rows["source"]], style)
    period = rows["period"].iloc[0]
    scale, nation, gaps = scale_of(rows, voice, unit), nation_of(x, period), gaps_of(x, period)
    known = None if nation is None else nation["national"]
    classes = classes_of(rows, known, palette_for(style))
    national = "" if nation is None else nation["national_source"]
    finding = who_is_first(rows, voice) if gaps is None else how_many_stand(gaps, voice)
    words = caption(
        rows, scale, voice, wishes,
        finding=dated(finding, voice.period(period), voice),
        about=[period_told(rows, choices, voice), counted(rows, voice),
               "" if nation is None else nation_told(nation, scale, voice)],
        notes=[*_notes(rows, classes, voice), revision_told(rows["source"], national, voice)],
        documents=[*rows["source"], *national.split()],
    )  # fmt: skip
    told = [ends_told(rows, scale, voice)]
    return Ranked(rows, marks, voice, scale, nation, words, told), classes


def _drawn(shown: Ranked, classes: Classes, sheet: Sheet) -> Axes:
    sheet.place(shown.words, Margins(), tiles_height(sheet))
    tiles = lay_tiles(*sheet.body)
    draw_tiles(sheet, tiles, classes, shown.set_off)
    inks = {code: ink_on(classes.shade(code)) for code in classes.of}
    lacking = write_tiles(sheet, tiles, inks, tile_values(shown.rows, shown.scale), alike=True)
    draw_key(sheet, classes, shown.scale, key_room(tiles))
    sheet.warn_of_room(lacking)
    return sheet.finish(shown.words, shown.told)


def _notes(rows: pd.DataFrame, classes: Classes, voice: Voice) -> list[str]:
    beyond = rows["region"].isin(provinces() - mainland()).any()
    return [
        voice.say("corner") if classes.reached else "",
        "" if beyond else voice.say("beyond"),
        voice.say("places_only"),
    ]
