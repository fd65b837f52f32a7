"""Cells: filled rectangles in rows and columns, with texts that can be read on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.typing import ColorType

    from provstats.plot.parts.canvas import Canvas
    from provstats.words.languages import Scale

__all__ = [
    "BLUES", "STANDINGS", "corner", "draw_cells", "draw_shapes", "figure_text", "ink_on",
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

# How a figure is marked that is printed without its interval.
_SIGNS: Final = {"over": "≥", "nearly": "≤", "under": "≤", "about": "~"}
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
