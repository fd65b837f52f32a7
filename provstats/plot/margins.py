"""Margins: the words around the axes, kept inside the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provstats.plot.alternatives import keep
from provstats.plot.canvases import BODY, LEAST_PLOT, PAD, keep_inside, settle
from provstats.plot.columns import thin_rows
from provstats.plot.lines import broken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.text import Annotation, Text

    from provstats.plot.canvases import Canvas
    from provstats.plot.captions import Caption

__all__ = ["finish"]

# Points: the size of a title; the room between it and the subtitle, between this and the axes, for
# heads there, between the axes and the footer, and for the labels of ticks there.
_TITLE, _LEAD, _ABOVE, _HEADS, _BELOW, _TICKS = 13.0, 7.0, 8.0, 12.0, 10.0, 12.0


class _Written(NamedTuple):
    """The words around the axes, in the order in which they give way."""

    lead: Annotation
    foot: Annotation
    head: Text


def finish(
    canvas: Canvas, words: Caption, *, height: float, told: Iterable[str] = (), heads: bool = True
) -> Axes:
    """Write the words around the axes, keep all inside the figure, and keep the chart in words.

    Parameters
    ----------
    canvas : Canvas
        With all its marks.
    words : Caption
        Title, subtitle and footer.
    height : float
        The points that the axes need; a figure of our own becomes as high.
    told : iterable of str
        Sentences on what is seen, for those who cannot.
    heads : bool
        Whether something is written right above the axes.

    Returns
    -------
    Axes
        The axes of the canvas.
    """
    written, around = _write_caption(canvas, words, above=_ABOVE + heads * _HEADS)
    if canvas.own:
        canvas.ax.figure.figure.set_figheight((around + height) / 72 + 2 * PAD)
        keep_inside(canvas.ax)
    else:
        settle(canvas)
        thin_rows(canvas)
    _align(canvas, written)
    keep(canvas.ax, (words.title, words.subtitle, *told, words.footer), canvas.voice)
    return canvas.ax


def _write_caption(canvas: Canvas, words: Caption, *, above: float) -> tuple[_Written, float]:
    """Write title and subtitle above and the footer below; return them, and the points they take.

    In the caller's axes they give way to the marks: first the subtitle, then footer, then title.
    """
    ax, frame = canvas.ax, canvas.ax.get_window_extent()
    below = _BELOW + any(label.get_text() for label in ax.get_xticklabels()) * _TICKS
    style = {"fontsize": _TITLE, "color": canvas.inks.text, **canvas.font}
    written = _Written(
        canvas.write(words.subtitle, (0, 1), (0, above), fontsize=BODY),
        canvas.write(words.footer, (0, 0), (0, -below), va="top"),
        ax.set_title(words.title, loc="left", **style),
    )
    for text in written:
        _wrap(text, frame.x1 - _start(ax))
    heights = [canvas.height(text) for text in written]
    for place, text in enumerate(() if canvas.own else written):
        if above + _LEAD + below + sum(heights) > (1 - LEAST_PLOT) * canvas.points(frame.height):
            text.set_text("")
            heights[place] = 0
    ax.set_title(written.head.get_text(), loc="left", pad=above + _LEAD + heights[0])
    _align(canvas, written)
    return written, above + _LEAD + below + sum(heights)


def _start(ax: Axes) -> float:
    """Return where the longest name starts, or the axes, in pixels."""
    names = [label for label in ax.get_yticklabels() if label.get_text() and label.get_visible()]
    starts = [name.get_window_extent().x0 for name in names]
    return float(min(starts, default=ax.get_window_extent().x0))


def _align(canvas: Canvas, written: _Written) -> None:
    """Set the words flush with the longest name."""
    frame = canvas.ax.get_window_extent()
    left = _start(canvas.ax) - frame.x0
    written.head.set_x(left / frame.width)
    for text in (written.lead, written.foot):
        text.xyann = (canvas.points(left), text.xyann[1])


def _wrap(text: Text, room: float) -> None:
    width = text.get_window_extent().width
    if width > room:
        text.set_text(broken(text.get_text(), 0.95 * room / width))
