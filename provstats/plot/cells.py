"""Cells: filled rectangles in rows and columns, with texts that can be read on them."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, Final

from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from provstats.plot.canvases import SMALL
from provstats.plot.lines import broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.legend import Legend
    from matplotlib.typing import ColorType

    from provstats.languages import Scale
    from provstats.plot.canvases import Canvas

__all__ = [
    "BLUES", "STANDINGS", "corner", "draw_cells", "draw_key", "draw_key_below", "draw_shapes",
    "figure_text", "folded", "ink_on", "name_room", "warn_of_room", "write_heads",
]  # fmt: skip

#: From light to dark, for more; neighbours differ in luminance by at least 1.5.
BLUES: Final = ("#E1ECF7", "#A9CDEE", "#6BACE6", "#2073BC", "#12436D")
#: Blue for better and orange for worse, which the colour-blind tell apart too.
STANDINGS: Final = {
    "best": "#2073BC",
    "better": "#B5D3EF",
    "similar": "#F2F2F0",
    "worse": "#FBD5B8",
    "worst": "#BF5410",
    "neutral": "#D8DADD",
}

# What heads or a key may take of the height of the caller's axes.
_HEAD_SHARE: Final = 0.25
# The width of lines is only guessed before they are drawn: what of the room they may count on at
# least, and from one try to the next.
_SLACK, _STEP = 0.6, 0.9
# How a figure is marked that is printed without its interval.
_SIGNS: Final = {"over": "≥", "nearly": "≤", "under": "≤", "about": "~"}
# What a name may take of the width of the caller's axes.
_NAME_SHARE: Final = 0.45
# Points between the axes and a key.
_AIR: Final = 6.4
# Below this sRGB is linear.
_LINEAR: Final = 0.04045


def ink_on(color: ColorType) -> str:
    """Return black or white, whichever stands out more by the contrast that WCAG defines.

    Parameters
    ----------
    color : color
        The ground of a text.

    Examples
    --------
    >>> ink_on("#E1ECF7"), ink_on("#12436D")
    ('black', 'white')
    """
    light = _luminance(color) + 0.05
    return "black" if light / 0.05 >= 1.05 / light else "white"


def _luminance(color: ColorType) -> float:
    """Return the relative luminance that WCAG 2 defines."""
    linear = (c / 12.92 if c <= _LINEAR else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color))
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# --- rectangles ---------------------------------------------------------------------------------

Place = tuple[float, float]


def draw_cells(
    canvas: Canvas,
    places: Iterable[Place],
    faces: Sequence[ColorType] | str,
    *,
    inset: float = 0.0,
    **style: Any,  # noqa: ANN401 - what Matplotlib's collections take
) -> PolyCollection:
    """Draw one cell at each place, with a gap as wide as its edge.

    Parameters
    ----------
    canvas : Canvas
        Where to draw.
    places : iterable of tuple
        Column and row of each cell, its middle.
    faces : sequence or "none"
        One colour for each.
    inset : float
        What the cell leaves free at each side, as a part of its size.
    **style
        Options of the collection; by default the edge has the colour of the ground.

    Returns
    -------
    PolyCollection
        The cells, in the order of the places.
    """
    half = 0.5 - inset
    shapes = [
        [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
        for x, y in places
    ]
    return draw_shapes(canvas, shapes, faces, **style)


def draw_shapes(
    canvas: Canvas,
    shapes: Sequence[Sequence[Place]],
    faces: Sequence[ColorType] | str,
    **style: Any,  # noqa: ANN401 - what Matplotlib's collections take
) -> PolyCollection:
    """Draw cells or parts of them, each within an edge of the colour of the ground.

    Parameters
    ----------
    canvas : Canvas
        Where to draw.
    shapes : sequence
        The corners of each.
    faces : sequence or "none"
        One colour for each.
    **style
        Options of the collection.

    Returns
    -------
    PolyCollection
        The shapes, in their order.
    """
    default = {"edgecolor": canvas.ax.get_facecolor(), "linewidth": 2.5}
    drawn = PolyCollection(shapes, facecolors=faces, **{**default, **style})
    canvas.ax.add_collection(drawn, autolim=False)
    return drawn


def corner(place: Place, *, top: bool) -> list[Place]:
    """Return the right corner of a cell, a triangle.

    Parameters
    ----------
    place : tuple
        Column and row of the cell.
    top : bool
        Whether it is the upper one.
    """
    x, y, side = place[0] + 0.5, place[1] + (-0.5 if top else 0.5), 0.2
    return [(x - side, y), (x, y), (x, y + (side if top else -side) * 1.3)]


# --- texts --------------------------------------------------------------------------------------


def folded(canvas: Canvas, text: str, room: float, *, size: float = SMALL) -> str:
    """Break a text into the fewest lines that fit, of about the same length.

    Parameters
    ----------
    canvas : Canvas
        Whose fonts are used.
    text : str
        One line.
    room : float
        The points that a line may take; if a Latin word is longer, what that takes.
    size : float
        Of the text, in points.
    """
    probe = canvas.write(text, (0, 0), (0, 0), fontsize=size)
    width, lines, share = canvas.width(probe), text, room
    while canvas.width(probe) > room and share > _SLACK * room:
        lines = broken(text, share / width)
        probe.set_text(lines)
        share *= _STEP
    while _words(lines) - _words(text):
        share /= _STEP
        lines = broken(text, share / width)
    probe.remove()
    return lines


def figure_text(row: pd.Series, scale: Scale) -> str:
    """Print a value; a bound or an approximation has a sign instead of its interval.

    Parameters
    ----------
    row : Series
        ``value``, ``lower``, ``upper`` and ``qualifier``.
    scale : Scale
        How numbers are printed.
    """
    label = scale.label(row["value"], row["lower"], row["upper"])
    return _SIGNS.get(row["qualifier"], "") + label


def name_room(canvas: Canvas, most: float) -> float:
    """Return the points that a row's name may take: in the caller's axes less than half of them.

    Parameters
    ----------
    canvas : Canvas
        Where the rows are.
    most : float
        The points that it may take anyway.
    """
    width = canvas.points(canvas.ax.get_window_extent().width)
    return most if canvas.own else min(most, _NAME_SHARE * width)


def _words(text: str) -> set[str]:
    return set(re.findall("[A-Za-z]+", text))


def write_heads(
    canvas: Canvas,
    heads: Sequence[str],
    room: float,
    *,
    colors: Sequence[ColorType] = (),
    **style: Any,  # noqa: ANN401 - what Matplotlib's texts take
) -> float:
    """Write one head above each column, the first at 0; return the points that they take.

    Where there is no room for them, none is written, and 0 returned.

    Parameters
    ----------
    canvas : Canvas
        Where to write.
    heads : sequence of str
        One for each column, of any number of lines.
    room : float
        The points that a column is wide.
    colors : sequence, optional
        One for each.
    **style
        Options of the texts.
    """
    default = {"xycoords": canvas.ax.get_xaxis_transform(), "ha": "center", "linespacing": 1.1}
    inks = colors or [canvas.inks.muted] * len(heads)
    texts = [
        canvas.write(head, (at, 1), (0, 5), color=ink, **{**default, "va": "bottom", **style})
        for at, (head, ink) in enumerate(zip(heads, inks, strict=True))
    ]
    high = max(map(canvas.height, texts))
    if max(map(canvas.width, texts)) <= room and _has_room(canvas, high):
        return 5 + high
    for text in texts:
        text.remove()
    return 0.0


def draw_key_below(
    canvas: Canvas, entries: Sequence[tuple[str, dict[str, Any]]], *, gap: float = 0.0
) -> float:
    """Draw a key below the axes, in as few lines as fit; return the points that it takes.

    Where there is no room for it, it is not drawn, and 0 returned.

    Parameters
    ----------
    canvas : Canvas
        Where to draw.
    entries : sequence of tuple
        As for `draw_key`.
    gap : float
        The points that something else takes between the axes and the key.
    """
    gap += _AIR
    place = {"loc": "upper left", "bbox_to_anchor": (0, 0), "borderaxespad": gap / SMALL}
    room = canvas.ax.get_window_extent().width
    for columns in range(len(entries), 0, -1):
        key = draw_key(canvas, entries, ncols=columns, **place)
        box = key.get_window_extent()
        if box.width <= room:
            break
    if _has_room(canvas, canvas.points(box.height)):
        return canvas.points(box.height) + gap
    key.remove()
    return 0.0


def _has_room(canvas: Canvas, high: float) -> bool:
    """Tell whether the caller's axes have room for words so high; our own figures grow."""
    frame = canvas.points(canvas.ax.get_window_extent().height)
    return canvas.own or high <= _HEAD_SHARE * frame


def draw_key(
    canvas: Canvas,
    entries: Iterable[tuple[str, dict[str, Any]]],
    **place: Any,  # noqa: ANN401 - what Matplotlib's legends take
) -> Legend:
    """Draw a key: what the colours of cells or marks mean.

    Parameters
    ----------
    canvas : Canvas
        Where to draw.
    entries : iterable of tuple
        A label each, and the options of its line if it is a marker, else of its patch.
    **place
        Options of the legend: where it stands, its title, how many columns it has.

    Returns
    -------
    Legend
        It belongs to the axes.
    """
    handles = [
        Line2D([], [], label=label, linestyle="", markersize=6, **style)
        if "marker" in style
        else Patch(label=label, **{"linewidth": 0, **style})
        for label, style in entries
    ]
    fonts = {"family": canvas.voice.families, "size": SMALL}
    legend = canvas.ax.legend(
        handles=handles, prop=fonts, title_fontproperties=fonts, labelcolor=canvas.inks.muted,
        alignment="left", frameon=False, borderpad=0, handlelength=1.3, handleheight=1.1,
        labelspacing=0.35, columnspacing=1, handletextpad=0.5, **{"borderaxespad": 0, **place},
    )  # fmt: skip
    legend.get_title().set_color(canvas.inks.muted)
    for text in (*legend.get_texts(), legend.get_title()):
        text.set_parse_math(False)
    return legend


def warn_of_room(canvas: Canvas, *lacking: str) -> None:
    """Warn of what is left out because the caller's axes are too small; to be called by a chart.

    Parameters
    ----------
    canvas : Canvas
        With the caller's axes.
    *lacking : str
        What is left out; empty texts are passed over.
    """
    if not any(lacking):
        return
    box = canvas.ax.get_window_extent()
    size = " by ".join(f"{canvas.points(pixels) / 72:.1f}" for pixels in (box.width, box.height))
    left_out = " and ".join(filter(None, lacking))
    msg = f"the axes are only {size} in, so the chart lacks {left_out}; without ax there is room"
    warnings.warn(msg, stacklevel=3)
