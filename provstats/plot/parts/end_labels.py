"""Ends: names at the ends of lines, none over another."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from provstats.plot.parts.canvas import SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.canvas import Canvas

__all__ = ["End", "spread", "write_ends"]

# Points from one name to the next, and from a line to its name.
_LINE, _BESIDE = 10.5, 7.0


class End(NamedTuple):
    """The end of a line, and what is to be written there."""

    text: str
    at: tuple[float, float]
    color: ColorType
    #: Names that must stand are moved apart; others stand only where there is room.
    must: bool


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Move numbers in order as little as possible, so that each is a gap above the one before.

    Parameters
    ----------
    wanted : sequence of float
        Numbers in ascending order.
    gap : float
        The least distance of two.

    Examples
    --------
    >>> spread([0.0, 1.0, 50.0], 10)
    [-4.5, 5.5, 50.0]
    """
    steps = [place * gap for place in range(len(wanted))]
    blocks: list[list[float]] = []
    for number, step in zip(wanted, steps, strict=True):
        blocks.append([number - step])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    moved = [at for block in blocks for at in [fmean(block)] * len(block)]
    return [at + step for at, step in zip(moved, steps, strict=True)]


def write_ends(canvas: Canvas, ends: Sequence[End]) -> None:
    """Write the names right of the ends of lines.

    Parameters
    ----------
    canvas : Canvas
        One with its scales.
    ends : sequence of End
        The most important first.
    """
    heights = [canvas.points(canvas.ax.transData.transform(end.at)[1]) for end in ends]
    must = sorted((height, place) for place, height in enumerate(heights) if ends[place].must)
    moved = spread([height for height, _ in must], _LINE)
    stands = {place: at for (_, place), at in zip(must, moved, strict=True)}
    for place, height in enumerate(heights):
        if place not in stands and all(abs(height - at) >= _LINE for at in stands.values()):
            stands[place] = height
    for place, at in stands.items():
        text, xy, color, _ = ends[place]
        style = {"xycoords": "data", "va": "center_baseline", "fontsize": SMALL, "color": color}
        canvas.write(text, xy, (_BESIDE, at - heights[place]), **style)
