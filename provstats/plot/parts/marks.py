"""Marks: dots, and the shapes that show how sure a value is, each kind drawn in one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.typing import ColorType
    from numpy.typing import ArrayLike, NDArray

    from provstats.plot.parts.sheet import Sheet

__all__ = [
    "DOT",
    "EDGE",
    "TIP",
    "blend_colors",
    "compute_spindle_thickness",
    "draw_bars",
    "draw_comets",
    "draw_dots",
    "draw_lines",
    "draw_shapes",
    "draw_spindles",
]

#: Points of the height of a spindle at its ends.
TIP: Final = 1.3
# The ink of a spindle in square points, and its least and greatest height in the middle: the
# longer, the thinner, so that the least certain value does not carry the most ink.
_INK, _THIN, _THICK = 62.0, 1.4, 3.4
# What a bar takes of the height of its row at most.
_MOST_OF_ROW: Final = 0.7
#: Points of dots.
DOT: Final = 5.2
#: Points of the edge of hollow ones.
EDGE: Final = 1.2

Floats = "NDArray[np.float64]"


def blend_colors(color: ColorType, ground: ColorType, share: float) -> ColorType:
    """Return a colour thinned with the ground: unlike a see-through one, it may be overlaid."""
    pairs = zip(to_rgb(color), to_rgb(ground), strict=True)
    red, green, blue = (share * over + (1 - share) * under for over, under in pairs)
    return red, green, blue


def draw_dots(  # noqa: PLR0913 - what dots are
    sheet: Sheet,
    at: tuple[ArrayLike, ArrayLike],
    inks: Sequence[ColorType],
    *,
    hollow: Iterable[bool] = (),
    size: float = DOT,
    rim: float = 0.0,
    zorder: float = 3.0,
    **style: Any,  # noqa: ANN401 - what Matplotlib's collections take
) -> None:
    """Draw dots, hollow where something is no outcome or in doubt; a rim sets them off."""
    if not len(inks):
        return
    ground = sheet.palette.ground
    is_hollow = list(hollow) or [False] * len(inks)
    faces = [ground if empty else ink for ink, empty in zip(inks, is_hollow, strict=True)]
    edges = [
        ink if empty or not rim else ground for ink, empty in zip(inks, is_hollow, strict=True)
    ]
    wide = [EDGE if empty else rim for empty in is_hollow]
    sizes = [(size - EDGE if empty else size + rim) ** 2 for empty in is_hollow]
    sheet.ax.scatter(
        *at, s=sizes, facecolors=faces, edgecolors=edges, linewidths=wide, zorder=zorder,
        clip_on=False, **style,
    )  # fmt: skip


def compute_spindle_thickness(length: float) -> float:
    """Return how many points a spindle of some length is high in the middle."""
    return min(max(2 * _INK / max(length, 1) - TIP, _THIN), _THICK)


def draw_spindles(
    sheet: Sheet, ends: NDArray[np.float64], rows: Sequence[float], inks: Sequence[ColorType]
) -> None:
    """Draw the interval of each value (value, lower, upper), thickest at the value."""
    scale = _measure_points_per_value(sheet), _measure_points_per_row(sheet)
    shapes = []
    for (value, lower, upper), row in zip(ends.tolist(), rows, strict=True):
        length = (upper - lower) * scale[0]
        tip, middle = (points / 2 / scale[1] for points in (TIP, compute_spindle_thickness(length)))
        shapes.append([
            (lower, row - tip), (value, row - middle), (upper, row - tip),
            (upper, row + tip), (value, row + middle), (lower, row + tip),
        ])  # fmt: skip
    draw_shapes(sheet, shapes, inks, zorder=2)


def draw_bars(
    sheet: Sheet, ends: NDArray[np.float64], rows: Sequence[float], inks: Sequence[ColorType]
) -> None:
    """Draw bars from zero to the nearer end of each interval, which taper to its farther end."""
    high = _measure_points_per_row(sheet)
    full, tip = min(6.8 / high, _MOST_OF_ROW) / 2, 1.2 / 2 / high
    shapes = []
    for (_, lower, upper), row in zip(ends.tolist(), rows, strict=True):
        near, far = (lower, upper) if lower > 0 else (upper, lower)
        shapes.append([
            (0, row - full), (near, row - full), (far, row - tip),
            (far, row + tip), (near, row + full), (0, row + full),
        ])  # fmt: skip
    draw_shapes(sheet, shapes, inks, zorder=2)


def draw_value_marks(sheet: Sheet, values: ArrayLike, rows: ArrayLike) -> None:
    """Draw a black tick at each value, with a white rim that sets it off from its bar."""
    high = min(4.6 / _measure_points_per_row(sheet), 0.6 * _MOST_OF_ROW)
    lines = [[(x, y - high), (x, y + high)] for x, y in np.c_[values, rows].tolist()]
    palette = sheet.palette
    draw_lines(sheet, lines, [palette.ground], 2.4, zorder=2.6, capstyle="butt")
    draw_lines(sheet, lines, [palette.text], 1.3, zorder=2.7, capstyle="butt")


def draw_comets(
    sheet: Sheet,
    old: NDArray[np.float64],
    new: NDArray[np.float64],
    rows: Sequence[float],
    inks: Sequence[ColorType],
) -> None:
    """Draw a wedge from what was to what is: where it is thick is the end."""
    high = _measure_points_per_row(sheet)
    thin, thick = 1.0 / 2 / high, 4.4 / 2 / high
    shapes = [
        [(a, row - thin), (b, row - thick), (b, row + thick), (a, row + thin)]
        for a, b, row in zip(old.tolist(), new.tolist(), rows, strict=True)
    ]
    draw_shapes(sheet, shapes, inks, zorder=2)


def draw_shapes(
    sheet: Sheet,
    shapes: Sequence[Sequence[tuple[float, float]]],
    faces: Sequence[ColorType] | str,
    **style: Any,  # noqa: ANN401 - what Matplotlib's collections take
) -> PolyCollection | None:
    """Draw shapes in data coordinates, in one piece."""
    if not len(shapes):
        return None
    drawn = PolyCollection(shapes, facecolors=faces, **{"linewidths": 0, **style})
    sheet.ax.add_collection(drawn, autolim=False)
    return drawn


def draw_lines(
    sheet: Sheet,
    lines: Sequence[Sequence[tuple[float, float]]],
    inks: Sequence[ColorType],
    wide: float | Sequence[float],
    **style: Any,  # noqa: ANN401 - what Matplotlib's collections take
) -> LineCollection | None:
    """Draw lines in one piece."""
    if not len(lines):
        return None
    drawn = LineCollection(lines, colors=inks, linewidths=wide, **style)
    sheet.ax.add_collection(drawn, autolim=False)
    return drawn


def _measure_points_per_value(sheet: Sheet) -> float:
    left, right = sheet.ax.get_xlim()
    return sheet.body[0] / (right - left)


def _measure_points_per_row(sheet: Sheet) -> float:
    bottom, top = sheet.ax.get_ylim()
    return sheet.body[1] / abs(top - bottom)
