"""Multiples: one small chart a province, all on the same scale."""

from __future__ import annotations

import warnings
from math import ceil, sqrt
from typing import TYPE_CHECKING, Literal

from matplotlib.collections import LineCollection

from provstats.compare import rank
from provstats.engines.memory.checks import one_of
from provstats.errors import IncomparableError
from provstats.plot.charts.change import paired, what_changed
from provstats.plot.parts.alt_text import share
from provstats.plot.parts.canvas import SMALL, canvas_on, draw_dots, settle
from provstats.plot.parts.captions import Wishes, caption, counted, last_told
from provstats.plot.parts.insets import GAP, NAME, add_panels
from provstats.plot.parts.margins import PLAIN, finish
from provstats.plot.parts.scales import scale_heights, ticks
from provstats.plot.parts.selections import compared, marked, national_line, one_indicator
from provstats.plot.parts.tiles import TILES
from provstats.plot.parts.timelines import alone, by_time, span_words, time_of, timeline
from provstats.store.regions import NATION, mainland, registry
from provstats.words.labels import voice_of
from provstats.words.languages import Lang, Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas
    from provstats.plot.parts.insets import Place
    from provstats.words.labels import Voice

__all__ = ["panels"]

# Sorted panels stand in this many times as many columns as rows.
_ACROSS = 1.5
# Points of height that a panel needs, with its name.
_PANEL = 68.0


def panels(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    order: Literal["map", "value"] | None = None,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Figure | SubFigure:
    """Draw the course of an indicator in one panel a province, before the lines of all others.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `trend`.
    order : {"map", "value"}, optional
        Whether the panels stand as in a map of tiles, or by their last value, the first at the
        top left. By default as in a map where all 31 mainland provinces are shown.
    lang, title, subtitle, source
        As for `ranking`. By default the title counts the provinces that went up and down from the
        first period to the last.
    highlight : str or iterable of str
        Regions to draw in colour; without any, all are.
    ax : Axes, optional
        The place that the panels share; by default a new figure, as high as they need.

    Returns
    -------
    Figure or SubFigure
        The figure drawn in, that of ``ax`` if it was given. Its last axes are the panels, in the
        order of their places; all have the same scales, as in `trend`.

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
    >>> intensity = ps.series("rd_intensity", period=[*range(2018, 2024)])
    >>> place = Figure(figsize=(9, 9)).subplots()
    >>> figure = ps.plot.panels(intensity, lang="en", ax=place)
    >>> [panel.texts[0].get_text() for panel in figure.axes[-3:]]
    ['Guangdong', 'Fujian', 'Hainan']
    """
    if order is not None:
        one_of("order", order, ("map", "value"))
    rows = by_time(one_indicator(compared(x, rank)))
    places = _places(rows, order)
    marks = marked(highlight, list(places))
    voice = voice_of(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]])
    scale, nation = scale_of(rows, voice), national_line(x, rows)
    natures = [nature for nature in rows["nature"].unique() if nature != "outcome"]
    words = caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=_finding(rows, voice),
        about=[span_words(rows, voice), counted(rows, voice)],
        notes=[voice.say("grey"), voice.say("dashed") if nation is not None else "",
               *(voice.say("hollow", nature=voice.say(nature)) for nature in natures)],
        documents=rows["source"],
    )  # fmt: skip
    host = canvas_on(ax, voice)
    host.ax.set(xticks=[], yticks=[])
    host.ax.set_axis_off()
    settle(host)
    height = _PANEL * (1 + max(row for row, _ in places.values()))
    finish(host, words, height=height, told=[last_told(rows, scale, voice)], above=PLAIN)
    settle(host)
    ends = rows["lower"].min(), rows["upper"].max()
    canvases = add_panels(host, places, left=_widest_tick(host, ends, scale))
    lines = timeline(rows, "value")
    of_nation = None if nation is None else timeline(nation, "value")[NATION]
    for (code, canvas), is_marked in zip(canvases.items(), marks, strict=True):
        _draw_lines(canvas, lines, code, accent=is_marked or not any(marks))
        _draw_open(canvas, rows[rows["region"] == code])
        if of_nation is not None:
            ink = canvas.inks.nation
            canvas.ax.plot(of_nation.index, of_nation, "--", color=ink, linewidth=0.9, zorder=2)
        scale_heights(canvas, ends, scale)
    _scale_times(canvases, places, rows)
    _write_names(canvases, marks)
    share(host.ax, host.ax.figure)
    return host.ax.figure


# --- what stands where --------------------------------------------------------------------------


def _places(rows: pd.DataFrame, order: str | None) -> dict[str, Place]:
    """Return row and column of each region, from the top and from the left."""
    latest = rows.drop_duplicates("region", keep="last")
    codes = latest.sort_values(["order", "rank"], ascending=[False, True])["region"].to_list()
    if order == "value" or (order is None and not mainland().issubset(codes)):
        across = ceil(sqrt(_ACROSS * len(codes)))
        return {code: divmod(place, across) for place, code in enumerate(codes)}
    tiles = {code: tile for code, tile in TILES.items() if code in codes}
    down, across_ = (sorted({tile[axis] for tile in tiles.values()}) for axis in (0, 1))
    return {code: (down.index(row), across_.index(column)) for code, (row, column) in tiles.items()}


def _finding(rows: pd.DataFrame, voice: Voice) -> str:
    try:
        return what_changed(paired(rows).change, voice)
    except IncomparableError:  # no province has both the first and the last period
        return ""


# --- drawing ------------------------------------------------------------------------------------


def _widest_tick(host: Canvas, ends: tuple[float, float], scale: Scale) -> float:
    probes = [host.write(label, (0, 0), (0, 0)) for label in ticks(ends, scale, most=2)[1]]
    widths = [host.width(probe) for probe in probes]
    for probe in probes:
        probe.remove()
    return max(widths)


def _draw_lines(canvas: Canvas, lines: pd.DataFrame, code: str, *, accent: bool) -> None:
    """Draw the region's line before those of all others."""
    ink = canvas.inks.accent if accent else canvas.pale(canvas.inks.muted, 0.9)
    others = [list(zip(lines.index, lines[other], strict=True)) for other in lines if other != code]
    grey = canvas.pale(canvas.inks.text, 0.18)
    canvas.ax.add_collection(LineCollection(others, colors=[grey], linewidths=0.6, zorder=1))
    canvas.ax.plot(lines.index, lines[code], color=ink, linewidth=1.8, zorder=3)
    points = alone(lines[code])
    canvas.ax.plot(points.index, points, "o", color=ink, markersize=3, zorder=3)


def _draw_open(canvas: Canvas, own: pd.DataFrame) -> None:
    """Draw hollow what is no outcome."""
    open_ = own[own["nature"] != "outcome"]
    at, colors = (open_["period"].map(time_of), open_["value"]), [canvas.inks.accent] * len(open_)
    draw_dots(canvas, at, colors, hollow=[True] * len(open_))


def _scale_times(
    canvases: Mapping[str, Canvas], places: Mapping[str, Place], rows: pd.DataFrame
) -> None:
    """Name the first and the last period below panels, and values left of them, at the outside."""
    ends, taken = rows["period"].iloc[[0, -1]], set(places.values())
    for code, canvas in canvases.items():
        (row, column), ax = places[code], canvas.ax
        ax.set_xlim(*map(time_of, ends))
        _name_times(canvas, list(ends))
        # Beside a panel that ends a row above stand the periods of that row.
        is_outside = taken.isdisjoint([(row, column - 1), (row - 1, column - 1)])
        ax.tick_params(labelleft=is_outside, labelbottom=(row + 1, column) not in taken)


def _name_times(canvas: Canvas, ends: list[str]) -> None:
    """Name both ends within the panel, or the last alone where there is no room."""
    ax, say = canvas.ax, canvas.voice.period
    words = [label if label.isdigit() else say(label, brief=True) for label in ends]
    style = {"fontsize": SMALL, "color": canvas.inks.muted, **canvas.font}
    ax.set_xticks([*map(time_of, ends)], words, **style)
    room = canvas.points(ax.get_window_extent().width)
    if sum(map(canvas.width, ax.get_xticklabels())) > room - SMALL:
        ax.set_xticks([*map(time_of, ends)], ["", words[1]], **style)
    first, last = ax.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")


def _write_names(canvases: Mapping[str, Canvas], marks: list[bool]) -> None:
    """Name the panels, by abbreviations where whole names have no room, if there is any."""
    first = next(iter(canvases.values()))
    box = first.ax.get_window_extent()
    if first.points(box.height) < NAME:
        for canvas in canvases.values():
            canvas.ax.tick_params(labelleft=False, labelbottom=False)
        msg = (
            f"the panels are {first.points(box.height) / 72:.1f} in high, too small for their "
            f"{len(canvases)} names; leave out ax, or give a greater one"
        )
        warnings.warn(msg, stacklevel=3)
        return
    inks = first.stepped_back(marks)
    names = {
        code: canvas.write(canvas.voice.name(code), (0, 1), (0, 2), color=ink)
        for (code, canvas), ink in zip(canvases.items(), inks, strict=True)
    }
    if max(map(first.width, names.values())) <= first.points(box.width) + GAP:
        return
    for code, name in names.items():
        name.set_text(registry()[code].abbreviations[0] if first.voice.lang == "zh" else code[3:])
