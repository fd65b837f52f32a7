"""Margins: the words around the axes, kept inside the figure."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

from provstats.plot.parts.alt_text import keep
from provstats.plot.parts.canvas import BODY, LEAST_PLOT, PAD, keep_inside, settle
from provstats.plot.parts.line_breaks import broken
from provstats.plot.parts.rows import thin_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.text import Annotation, Text

    from provstats.plot.parts.canvas import Canvas
    from provstats.plot.parts.captions import Caption

__all__ = ["HEADED", "PLAIN", "finish"]

# Points: the size of a title; the room between it and the subtitle, and for the labels of ticks.
_TITLE, _LEAD, _TICKS = 13.0, 7.0, 12.0
# Points between the words and the axes, without heads and with heads of one line, and below.
PLAIN, HEADED, _BELOW = 8.0, 20.0, 10.0
# The part of their height to which marks may be crowded before words give way.
_CROWDED = 0.6


class _Written(NamedTuple):
    """The words around the axes, in the order in which they give way."""

    foot: Annotation
    lead: Annotation
    head: Text


def finish(  # noqa: PLR0913 - what stands around the axes
    canvas: Canvas,
    words: Caption,
    *,
    height: float,
    told: Iterable[str] = (),
    above: float = HEADED,
    below: float = _BELOW,
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
    above, below : float
        The points between the axes and the words, with room for what stands there: `HEADED` for
        heads of one line, `PLAIN` for none.

    Returns
    -------
    Axes
        The axes of the canvas.
    """
    below += any(label.get_text() for label in canvas.ax.get_xticklabels()) * _TICKS
    written = _write_caption(canvas, words, above, below)
    if not canvas.own:
        _give_way(canvas, written, above + _LEAD + below, height)
    pad = above + _LEAD + canvas.height(written.lead)
    canvas.ax.set_title(written.head.get_text(), loc="left", pad=pad)
    if canvas.own:
        around = above + _LEAD + below + sum(map(canvas.height, written))
        canvas.ax.figure.figure.set_figheight((around + height) / 72 + 2 * PAD)
        keep_inside(canvas.ax)
    else:
        settle(canvas)
        thin_rows(canvas)
    _align(canvas, written)
    keep(canvas.ax, (words.title, words.subtitle, *told, words.footer), canvas.voice)
    return canvas.ax


def _write_caption(canvas: Canvas, words: Caption, above: float, below: float) -> _Written:
    """Write title and subtitle above the axes and the footer below, in lines that fit."""
    style = {"fontsize": _TITLE, "color": canvas.inks.text, **canvas.font}
    written = _Written(
        lead=canvas.write(words.subtitle, (0, 1), (0, above), fontsize=BODY),
        foot=canvas.write(words.footer, (0, 0), (0, -below), va="top"),
        head=canvas.ax.set_title(words.title, loc="left", **style),
    )
    for text in written:
        _wrap(text, canvas.ax.get_window_extent().x1 - _start(canvas.ax))
    _align(canvas, written)
    return written


def _give_way(canvas: Canvas, written: _Written, gaps: float, height: float) -> None:
    """Leave out words that would take the place of the marks, and say so."""
    frame = canvas.points(canvas.ax.get_window_extent().height)
    room = max((1 - LEAST_PLOT) * frame, frame - _CROWDED * height)
    dropped = []
    for part, text in written._asdict().items():
        if gaps + sum(map(canvas.height, written)) > room and text.get_text():
            text.set_text("")
            dropped.append({"foot": "source", "lead": "subtitle", "head": "title"}[part])
    if dropped:
        warnings.warn(
            f"the axes are {frame / 72:.1f} in high, too low for {' and '.join(dropped)}; "
            "ps.plot.alt_text has the words",
            stacklevel=4,
        )


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
