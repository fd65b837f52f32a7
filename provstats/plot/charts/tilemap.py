"""Tilemaps: a value for each of the 34 provinces, in a map of equal tiles without borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from provstats.compare import rank
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    say_highest_and_lowest,
    say_national_revision,
    say_national_value,
    say_period,
    say_province_count,
)
from provstats.plot.parts.classes import build_classes
from provstats.plot.parts.engine import is_interactive
from provstats.plot.parts.palette import choose_palette, choose_readable_ink
from provstats.plot.parts.paper import build_paper
from provstats.plot.parts.ranked import Ranked
from provstats.plot.parts.selections import (
    choose_one_period,
    collect_compared_rows,
    convert_chart_input,
    find_national_row,
    find_period_gaps,
    mark_highlighted_regions,
)
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.tiles import (
    draw_key,
    draw_tiles,
    find_key_room,
    format_tile_values,
    lay_out_tiles,
    measure_tiles_height,
    write_tiles,
)
from provstats.plot.parts.titles import (
    add_period_to_title,
    say_counts_above_and_below,
    say_who_is_first,
)
from provstats.plot.vega.tilemap import build_tilemap_chart
from provstats.store.regions import list_mainland_codes, list_province_codes
from provstats.words.numbers import choose_scale
from provstats.words.voices import choose_voice

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
    shown, classes = _prepare_content(
        convert_chart_input(x), highlight, wishes, lang=lang, unit=unit, style=style
    )
    if interactive:
        return build_tilemap_chart(shown, classes, build_paper(shown.voice, style, width))
    return _draw_content(shown, classes, open_sheet(ax, shown.voice, style, width))


def _prepare_content(  # noqa: PLR0913 - what was asked for
    x: Comparable,
    highlight: str | Iterable[str],
    wishes: Wishes,
    *,
    lang: str | None,
    unit: str | None,
    style: Mapping[str, Any] | None,
) -> tuple[Ranked, Classes]:
    """Find the rows, the nation's value, the classes and the words."""
    rows, choices = choose_one_period(collect_compared_rows(x, rank), x)
    rows = rows.sort_values("rank", kind="stable", ignore_index=True)
    marks = mark_highlighted_regions(highlight, rows["region"].to_list())
    voice = choose_voice(lang, [*wishes, *rows["indicator"], *rows["unit"], *rows["source"]], style)
    period = rows["period"].iloc[0]
    scale, nation, gaps = (
        choose_scale(rows, voice, unit),
        find_national_row(x, period),
        find_period_gaps(x, period),
    )
    known = None if nation is None else nation["national"]
    classes = build_classes(rows, known, choose_palette(style))
    national = "" if nation is None else nation["national_source"]
    finding = (
        say_who_is_first(rows, voice) if gaps is None else say_counts_above_and_below(gaps, voice)
    )
    words = build_indicator_caption(
        rows,
        scale,
        voice,
        wishes,
        finding=add_period_to_title(finding, voice.name_period(period), voice),
        about=[
            say_period(rows, choices, voice),
            say_province_count(rows, voice),
            "" if nation is None else say_national_value(nation, scale, voice),
        ],
        notes=[
            *_list_notes(rows, classes, voice),
            say_national_revision(rows["source"], national, voice),
        ],
        documents=[*rows["source"], *national.split()],
    )
    told = [say_highest_and_lowest(rows, scale, voice)]
    return Ranked(rows, marks, voice, scale, nation, words, told), classes


def _draw_content(shown: Ranked, classes: Classes, sheet: Sheet) -> Axes:
    sheet.place(shown.words, Margins(), measure_tiles_height(sheet))
    tiles = lay_out_tiles(*sheet.body)
    draw_tiles(sheet, tiles, classes, shown.set_off)
    inks = {code: choose_readable_ink(classes.find_shade(code)) for code in classes.class_of}
    lacking = write_tiles(
        sheet, tiles, inks, format_tile_values(shown.rows, shown.scale), alike=True
    )
    draw_key(sheet, classes, shown.scale, find_key_room(tiles))
    sheet.warn_of_missing_parts(lacking)
    return sheet.finish_chart(shown.words, shown.told)


def _list_notes(rows: pd.DataFrame, classes: Classes, voice: Voice) -> list[str]:
    beyond = rows["region"].isin(list_province_codes() - list_mainland_codes()).any()
    return [
        voice.say("corner") if classes.reached else "",
        "" if beyond else voice.say("beyond"),
        voice.say("places_only"),
    ]
