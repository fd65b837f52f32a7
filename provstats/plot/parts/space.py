"""Rooms: what finds room in the axes, and what is left out of small ones with a warning."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

from provstats.plot.parts.canvas import SMALL
from provstats.plot.parts.line_breaks import broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.canvas import Canvas

__all__ = ["folded", "has_room", "name_room", "warn_of_room", "write_heads"]

# What heads or a key may take of the height of the caller's axes, and a name of their width.
_HEAD_SHARE, _NAME_SHARE = 0.25, 0.45
# The width of lines is only guessed before they are drawn: what of the room they may count on at
# least, and from one try to the next.
_SLACK, _STEP = 0.6, 0.9


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


def _words(text: str) -> set[str]:
    return set(re.findall("[A-Za-z]+", text))


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


def has_room(canvas: Canvas, high: float) -> bool:
    """Tell whether there is room for words above or below the axes; our own figures grow.

    Parameters
    ----------
    canvas : Canvas
        Where the words are.
    high : float
        The points that they take.
    """
    frame = canvas.points(canvas.ax.get_window_extent().height)
    return canvas.own or high <= _HEAD_SHARE * frame


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
    if max(map(canvas.width, texts)) + 1 <= room and has_room(canvas, high):
        return 5 + high
    for text in texts:
        text.remove()
    return 0.0


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
