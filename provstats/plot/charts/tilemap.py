"""Tilemaps: a value for each of the 34 provinces, in a map of equal tiles without borders."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd
from matplotlib.colors import to_rgba

from provstats.compare import rank
from provstats.plot.parts.canvas import SMALL, canvas_on, settle
from provstats.plot.parts.captions import Wishes, caption, counted, ends_told
from provstats.plot.parts.cells import (
    BLUES,
    corner,
    draw_cells,
    draw_shapes,
    figure_text,
    ink_on,
)
from provstats.plot.parts.classes import steps_of
from provstats.plot.parts.findings import certain_cuts
from provstats.plot.parts.keys import draw_key
from provstats.plot.parts.margins import PLAIN, finish
from provstats.plot.parts.selections import compared, marked, nation_of, one_group
from provstats.plot.parts.space import warn_of_room
from provstats.plot.parts.tiles import TILES
from provstats.store.regions import mainland, provinces, registry
from provstats.words.labels import voice_of
from provstats.words.languages import Lang, Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas
    from provstats.plot.parts.classes import Steps
    from provstats.words.labels import Voice

__all__ = ["tilemap"]

_ROWS, _COLUMNS = (1 + max(axis) for axis in zip(*TILES.values(), strict=True))
# Inches: the width of a figure of our own; points: the height of its tiles.
_WIDTH, _HIGH = 6.9, 47.0
# How much wider than high a tile may be, and how much higher than wide.
_WIDEST, _HIGHEST = 1.5, 1.1
# How many provinces a title names.
_NAMED: Final = 3
# Points of names, from the best size to the least, and what texts keep clear of the edges.
_NAME_SIZES, _CLEAR = (10.0, 9.0, 8.0), 4.0
# The height of a line, in its size.
_LINE = 1.2
# Names of one tile that stand on two lines.
_BROKEN: Final = {
    "Heilongjiang": "Heilong-\njiang",
    "Inner Mongolia": "Inner\nMongolia",
    "Hong Kong": "Hong\nKong",
}


def tilemap(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a map of equal tiles, one a province, in five steps from light to dark.

    No outlines are drawn, so no boundary is asserted. The steps hold a fifth of the provinces each
    where ten or more are shown, and otherwise are equally wide; the key says which, and from which
    value to which each step really reaches. Where the interval of a value reaches into another
    step, a corner of the tile has the colour of that step: the upper one for more, the lower one
    for less.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, but of one indicator and one period.
    lang : {"zh", "en"}, optional
        The language of all words; by default as `set_language` says.
    highlight : str or iterable of str
        Regions to set off, by any name: their tiles are framed.
    title, subtitle, source : str, optional
        Texts to print instead of the default ones; ``""`` for none. By default the title names up
        to three provinces that are certainly above all others.
    ax : Axes, optional
        Where to draw; by default a new figure. In small axes names become abbreviations.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. The tile of a province is at the column
        and the row of the layout.

    Raises
    ------
    IncomparableError
        If there are several indicators or periods, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period="2023")
    >>> ax = ps.plot.tilemap(intensity, lang="en", ax=Figure((7, 8)).subplots())
    >>> ax.get_title(loc="left")
    'Highest in Beijing, Shanghai and Tianjin'
    >>> [text.get_text() for text in ax.get_legend().get_texts()][:2]
    ['0.30–1.15', '1.16–1.61']
    """
    rows = one_group(compared(x, rank)).set_index("region", drop=False)
    marks = marked(highlight, rows["region"].to_list())
    voice = voice_of(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]])
    scale, nation, steps = scale_of(rows, voice), nation_of(x), steps_of(rows)
    canvas = canvas_on(ax, voice)
    _draw_tiles(canvas, steps, rows.index[marks])
    of_nation = "" if nation is None else _told(nation, scale, voice)
    words = caption(
        rows, scale, voice, Wishes(title, subtitle, source),
        finding=_finding(rows, voice),
        about=[voice.period(rows["period"].iloc[0]), counted(rows, voice), of_nation],
        notes=_notes(rows, steps, voice),
        documents=[*rows["source"], *("" if nation is None else nation["national_source"]).split()],
    )  # fmt: skip
    if canvas.own:
        canvas.ax.figure.figure.set_figwidth(_WIDTH)
    settle(canvas)
    finish(canvas, words, height=_HIGH * _ROWS, told=[ends_told(rows, scale, voice)], above=PLAIN)
    settle(canvas)
    room = _place_tiles(canvas)
    lacking = _write_tiles(canvas, rows, steps, scale, room)
    warn_of_room(canvas, lacking, _explain(canvas, rows, steps, scale, room))
    return canvas.ax


# --- drawing ------------------------------------------------------------------------------------


def _at(code: str) -> tuple[int, int]:
    row, column = TILES[code]
    return column, row


def _draw_tiles(canvas: Canvas, steps: Steps, framed: Iterable[str]) -> None:
    faces = [BLUES[step] for step in steps.of.values()]
    draw_cells(canvas, map(_at, steps.of), faces)
    missing = [_at(code) for code in TILES if code not in steps.of]
    draw_cells(canvas, missing, "none", inset=0.04, **_dashed(canvas))
    _draw_corners(canvas, steps)
    style = {"edgecolor": canvas.inks.nation, "linewidth": 2.5, "zorder": 3}
    draw_cells(canvas, map(_at, framed), "none", inset=0.03, **style)
    canvas.ax.set(xticks=[], yticks=[])
    canvas.ax.spines[:].set_visible(False)


def _draw_corners(canvas: Canvas, steps: Steps) -> None:
    """Show the steps that an interval reaches into besides that of its value."""
    ends = [
        (corner(_at(code), top=top), BLUES[reached[code]])
        for top, reached in ((True, steps.up), (False, steps.down))
        for code, step in steps.of.items()
        if reached[code] != step
    ]
    shapes, faces = zip(*ends, strict=True) if ends else ((), ())
    draw_shapes(canvas, shapes, faces, linewidth=1.5, zorder=2)


class _Room(NamedTuple):
    """Points that one tile is wide and high."""

    wide: float
    high: float


def _place_tiles(canvas: Canvas) -> _Room:
    """Let the tiles fill the axes from the upper left, neither too flat nor too narrow."""
    frame = canvas.ax.get_window_extent()
    width, height = canvas.points(frame.width), canvas.points(frame.height)
    most = width / _COLUMNS, height / _ROWS
    room = _Room(min(most[0], _WIDEST * most[1]), min(most[1], _HIGHEST * most[0]))
    canvas.ax.set_xlim(-0.5, width / room.wide - 0.5)
    canvas.ax.set_ylim(height / room.high - 0.5, -0.5)
    return room


def _write_tiles(
    canvas: Canvas, rows: pd.DataFrame, steps: Steps, scale: Scale, room: _Room
) -> str:
    """Write names and values as large as all tiles have room for; return what finds none."""
    plain = scale._replace(form="{}")
    numbers = {code: figure_text(row, plain) for code, row in rows.iterrows()}
    inks = {code: ink_on(BLUES[step]) for code, step in steps.of.items()}
    shown = {code: numbers.get(code, "—") for code in TILES}
    for names, with_values, size in _tries(canvas.voice):
        texts = [
            text
            for code, name in names.items()
            for text in _write_tile(
                canvas, code, [name, shown[code]][: 1 + with_values], size, inks.get(code)
            )
        ]
        lines = with_values + max(map(_lines, names.values()))
        if _fit(canvas, texts, room, _LINE * size * lines):
            return "" if with_values else "values in its tiles"
        for text in texts:
            text.remove()
    return "names and values in its tiles"


def _tries(voice: Voice) -> Iterable[tuple[dict[str, str], bool, float]]:
    """Return names, whether values go with them, and the size: from the best to the least."""
    full = {code: voice.name(code) for code in TILES}
    broken = {code: _BROKEN.get(name, name) for code, name in full.items()}
    short = {code: _short(code, voice) for code in TILES}
    return product((broken, short), (True, False), _NAME_SIZES)


def _short(code: str, voice: Voice) -> str:
    """Return the one-character name in Chinese, the letters of the code in English."""
    return registry()[code].abbreviations[0] if voice.lang == "zh" else code.removeprefix("CN-")


def _lines(text: str) -> int:
    return text.count("\n") + 1


def _write_tile(
    canvas: Canvas, code: str, words: list[str], size: float, ink: str | None
) -> list[Text]:
    """Write a name, and a value below it, both in the middle of the tile."""
    name, *number = words
    above = _LINE * size * (_lines(name) + len(number)) / 2
    style = {"xycoords": "data", "ha": "center", "color": ink or canvas.inks.muted}
    head = {**style, "va": "top", "fontsize": size, "linespacing": 1}
    foot = {**style, "va": "bottom", "fontsize": max(SMALL, size - 1)}
    return [
        canvas.write(name, _at(code), (0, above), **head),
        *(canvas.write(text, _at(code), (0, -above), **foot) for text in number),
    ]


def _fit(canvas: Canvas, texts: list[Text], room: _Room, high: float) -> bool:
    """Tell whether texts that are so many points high find room in their tiles."""
    return max(map(canvas.width, texts)) + _CLEAR <= room.wide and high + _CLEAR <= room.high


# --- words --------------------------------------------------------------------------------------


def _explain(canvas: Canvas, rows: pd.DataFrame, steps: Steps, scale: Scale, room: _Room) -> str:
    """Draw the key into the free corner at the upper left; return what finds no room there."""
    unit = f" ({scale.word})" if scale.word else ""
    style = {"title": canvas.voice.say(steps.way) + unit, "loc": "upper left"}
    entries = _entries(canvas, rows, steps, scale)
    for columns in (1, 2, 3):
        key = draw_key(canvas, entries, ncols=columns, **style)
        box = key.get_window_extent()
        wide, high = canvas.points(box.width) / room.wide, canvas.points(box.height) / room.high
        if (wide < 5 and high < 2) or (wide < 3 and high < 3):  # noqa: PLR2004 - tiles left free
            return ""
    key.remove()
    return "the key to its colours"


def _entries(
    canvas: Canvas, rows: pd.DataFrame, steps: Steps, scale: Scale
) -> list[tuple[str, dict[str, Any]]]:
    """Return from which value to which each step reaches, so that no two share an edge."""
    say, groups = canvas.voice.say, rows.sort_values("value").groupby(pd.Series(steps.of))
    dash = "–" if rows["value"].min() >= 0 else say("to")
    plain, bounds = scale._replace(form="{}"), ["value", "lower", "upper"]
    entries: list[tuple[str, dict[str, Any]]] = []
    for step, of in groups:
        ends = [plain.label(*of[bounds].iloc[place]) for place in (0, -1)]
        entries.append((dash.join(dict.fromkeys(ends)), {"facecolor": BLUES[step]}))
    return [*entries, (say("missing"), {"facecolor": "none", **_dashed(canvas)})]


def _dashed(canvas: Canvas) -> dict[str, Any]:
    ink = to_rgba(canvas.inks.text, 0.35)
    return {"linestyle": (0, (3, 2)), "edgecolor": ink, "linewidth": 0.8}


def _finding(rows: pd.DataFrame, voice: Voice) -> str:
    """Name up to three provinces that are certainly above all others; their order is not said."""
    ordered = rows.sort_values("value", ascending=False, kind="stable")
    cuts = [cut for cut in certain_cuts(ordered["lower"], ordered["upper"]) if cut <= _NAMED]
    if not cuts or (rows["nature"] != "outcome").any():
        return ""
    names = voice.listed(map(voice.name, ordered["region"].iloc[: max(cuts)]))
    is_all = mainland().issubset(rows["region"])
    return voice.say("highest_in" if is_all else "highest_in_of", names=names, n=len(rows))


def _told(nation: pd.Series, scale: Scale, voice: Voice) -> str:
    ends = nation[["national", "national_lower", "national_upper"]]
    return f"{voice.say('nation')} {scale.label(*ends)} ({voice.say(nation['national_basis'])})"


def _notes(rows: pd.DataFrame, steps: Steps, voice: Voice) -> list[str]:
    beyond = rows["region"].isin(provinces() - mainland()).any()
    return [
        voice.say("corner") if steps.doubted else "",
        "" if beyond else voice.say("beyond"),
    ]
