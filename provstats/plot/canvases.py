"""Canvases: axes with the inks, the fonts and the words that all charts share.

Every text carries font families of its own, because glyphs are looked for only down the list that
the text itself has; so no rcParams are changed.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from math import ceil
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib import rcParams
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from provstats.languages import digits_of, number_text
from provstats.plot.alternatives import keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation, Text
    from matplotlib.typing import ColorType
    from numpy.typing import ArrayLike

    from provstats.labels import Voice
    from provstats.languages import Scale
    from provstats.plot.captions import Caption

__all__ = [
    "BODY", "GAP", "ROW", "SMALL", "Canvas", "Inks", "bars_told", "canvas_on", "draw_dots",
    "finish", "inks", "name_rows", "place_values", "scale_values", "settle", "write_above",
    "write_column",
]  # fmt: skip

# Points: sizes of text, the gap between columns, the height of a row.
_TITLE, BODY, SMALL, GAP, ROW = 13.0, 9.0, 8.0, 14.0, 19.0
# Inches around a figure of our own.
_PAD: Final = 0.12
# Pixels kept clear at the edge of a figure.
_EDGE: Final = 4
# What marks keep of the axes' width, however wide the columns are, and of the height from words.
_LEAST_PLOT: Final = 0.35
# Points beyond the outermost marks.
_INSET: Final = 6.0
# Points across a dot.
_DOT: Final = 6.0
# Points from one line of text to the next.
_LINE: Final = 12.0
# Points that a tick's label has room in.
_TICK: Final = 50.0
# Points between the axes and the words around them.
_AROUND: Final = 49.0


class Inks(NamedTuple):
    """The colours of a chart."""

    text: ColorType
    muted: ColorType
    faint: ColorType
    accent: ColorType
    nation: ColorType
    nation_text: ColorType


def inks() -> Inks:
    """Derive greys from the caller's style; the two hues differ for the colour-blind too."""
    text = rcParams["text.color"]
    light_on_dark = sum(to_rgb(text)) > 3 / 2
    hues = ("#6BACE6", "#F46A25", "#F46A25") if light_on_dark else ("#12436D", "#F46A25", "#B8430B")
    return Inks(text, to_rgba(text, 0.68), to_rgba(text, 0.12), *hues)


@dataclass(frozen=True, slots=True)
class Canvas:
    """The axes, and what all that is drawn in them shares."""

    ax: Axes
    voice: Voice
    inks: Inks
    #: Whether the figure is the chart's own, so that it may choose its height.
    own: bool
    #: The texts of the rows: the names, then the columns from the right.
    columns: list[Sequence[Text]] = field(default_factory=list)

    @property
    def font(self) -> dict[str, Any]:
        """The options that every text needs."""
        return {"fontfamily": self.voice.families, "parse_math": False}

    def shades(self, marked: Iterable[bool], plain: ColorType) -> list[ColorType]:
        """Return the accent for what is highlighted, else the plain ink."""
        return [self.inks.accent if is_marked else plain for is_marked in marked]

    def points(self, pixels: float) -> float:
        """Return pixels in points."""
        return pixels * 72 / self.ax.figure.dpi

    def width(self, text: Text) -> float:
        """Return the width of a text in points."""
        return self.points(text.get_window_extent().width) if text.get_text() else 0.0

    def height(self, text: Text) -> float:
        """Return the height of a text in points."""
        return self.points(text.get_window_extent().height) if text.get_text() else 0.0

    def write(
        self,
        text: str,
        xy: tuple[float, float],
        shift: tuple[float, float],
        **style: Any,  # noqa: ANN401 - what Matplotlib's texts take
    ) -> Annotation:
        """Write a text some points off a place, by default one in fractions of the axes."""
        default = {"xycoords": "axes fraction", "fontsize": SMALL, "color": self.inks.muted}
        return self.ax.annotate(
            text, xy, shift, textcoords="offset points", annotation_clip=False,
            **{**default, **self.font, **style},
        )  # fmt: skip


def canvas_on(ax: Axes | None, voice: Voice) -> Canvas:
    """Prepare the axes given, or new ones.

    Parameters
    ----------
    ax : Axes, optional
        The caller's axes; by default those of a new figure.
    voice : Voice
        The language and fonts of the chart.
    """
    own, ax = ax is None, _new_axes() if ax is None else ax
    _offer_chinese(ax, voice)
    return Canvas(ax, voice, inks(), own=own)


def _offer_chinese(ax: Axes, voice: Voice) -> None:
    """Let what the caller writes on the axes later be Chinese too."""
    for text in (ax.title, ax.xaxis.label, ax.yaxis.label):
        text.set_fontfamily(list(dict.fromkeys([*text.get_fontfamily(), *voice.chinese])))
    ax.tick_params(labelfontfamily=voice.families)


def _new_axes() -> Axes:
    from matplotlib import pyplot as plt  # noqa: PLC0415 - only here is its state touched

    layout = ConstrainedLayoutEngine(h_pad=_PAD, w_pad=_PAD)
    return plt.subplots(figsize=(7.2, 4.8), layout=layout)[1]


# --- rows and columns ---------------------------------------------------------------------------


def name_rows(canvas: Canvas, names: Sequence[str], colors: Sequence[ColorType]) -> None:
    """Make room for rows from the top, the first at 0, and write their names at the left.

    Parameters
    ----------
    canvas : Canvas
        Where to write.
    names, colors : sequence
        One for each row.
    """
    ax = canvas.ax
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_yticks(range(len(names)), names, fontsize=BODY, **canvas.font)
    for label, color in zip(ax.get_yticklabels(), colors, strict=True):
        label.set_color(color)
    canvas.columns.append(ax.get_yticklabels())
    ax.tick_params(length=0)
    ax.spines[["left", "top", "right"]].set_visible(False)


def write_column(
    canvas: Canvas, labels: Sequence[str], colors: Sequence[ColorType], head: str = ""
) -> None:
    """Write one label a row at the right edge, or left of the columns that are there.

    Parameters
    ----------
    canvas : Canvas
        Where to write.
    labels, colors : sequence
        One for each row.
    head : str
        What stands above the column.
    """
    taken = _reserved(canvas)
    at_row = canvas.ax.get_yaxis_transform()
    style = {"xycoords": at_row, "ha": "right", "va": "center_baseline", "fontsize": BODY}
    above = [canvas.write(head, (1, 1), (-taken, 4), ha="right")] if head else []
    texts = [
        canvas.write(label, (1, row), (-taken, 0), color=color, **style)
        for row, (label, color) in enumerate(zip(labels, colors, strict=True))
    ]
    canvas.columns.append(texts + above)


def _reserved(canvas: Canvas) -> float:
    """Return the points that the columns take at the right."""
    columns = [map(canvas.width, column) for column in canvas.columns[1:]]
    return sum(max(widths) + GAP for widths in columns)


def draw_dots(
    canvas: Canvas,
    at: tuple[ArrayLike, ArrayLike],
    colors: Sequence[ColorType],
    *,
    hollow: Iterable[bool],
) -> None:
    """Draw dots, hollow where something is not an outcome or in doubt.

    Parameters
    ----------
    canvas : Canvas
        Where to draw.
    at : tuple of array-like
        The places, x and y.
    colors : sequence
        One for each dot.
    hollow : iterable of bool
        Which are hollow.
    """
    ground, is_hollow = canvas.ax.get_facecolor(), list(hollow)
    faces = [ground if empty else color for color, empty in zip(colors, is_hollow, strict=True)]
    canvas.ax.scatter(
        *at, s=[26 if empty else 34 for empty in is_hollow], facecolors=faces, edgecolors=colors,
        linewidths=[1.3 if empty else 0 for empty in is_hollow], zorder=3, clip_on=False,
    )  # fmt: skip


def write_above(
    canvas: Canvas,
    labels: Sequence[str],
    at: float,
    **style: Any,  # noqa: ANN401 - as `write`
) -> None:
    """Write above the rows, at a value, the first of the labels that fits; turn it to the middle.

    Parameters
    ----------
    canvas : Canvas
        One with its scale.
    labels : sequence of str
        The longest first.
    at : float
        The place on the x axis.
    **style
        As for a text.
    """
    ax = canvas.ax
    share = ax.transAxes.inverted().transform(ax.transData.transform((at, 0)))[0]
    width = canvas.points(ax.get_window_extent().width)
    left, right = share * width, (1 - share) * width - _reserved(canvas)
    ha = "left" if right > left else "right"
    for label in labels:
        text = canvas.write(
            label, (at, 1), (0, 4), xycoords=ax.get_xaxis_transform(), ha=ha, **style
        )
        if canvas.width(text) <= max(left, right):
            return
        text.remove()


def settle(canvas: Canvas) -> None:
    """Let the layout find out how wide the axes are; nothing is drawn.

    Parameters
    ----------
    canvas : Canvas
        With all that stands beside the axes.
    """
    canvas.ax.figure.figure.draw_without_rendering()
    _keep_inside(canvas.ax)


def scale_values(canvas: Canvas, ends: tuple[float, float], scale: Scale) -> None:
    """Scale the x axis so that the columns have the right of the axes to themselves.

    Parameters
    ----------
    canvas : Canvas
        A settled one, with its columns; those for which there is no room are left out.
    ends : tuple of float
        Between which all marks lie.
    scale : Scale
        How the ticks are printed.
    """
    ax, (left, right) = canvas.ax, _aired(*ends)
    room = (1 - _LEAST_PLOT) * canvas.points(ax.get_window_extent().width)
    while _reserved(canvas) + _INSET > room and len(canvas.columns) > 1:
        for text in canvas.columns.pop():
            text.remove()
    place_values(canvas, (left, right), before=_INSET, after=_reserved(canvas))
    most = canvas.points(ax.get_window_extent().width) / _TICK
    locator = MaxNLocator(min(5, max(1, int(most))), steps=[1, 2, 5, 10])
    steps = locator.tick_values(left / scale.factor, right / scale.factor)
    ticks = [step for step in steps if left <= step * scale.factor <= right]
    digits = max(digits_of(tick) for tick in ticks)
    labels = [number_text(tick, digits) for tick in ticks]
    style = {"fontsize": SMALL, "color": canvas.inks.muted, **canvas.font}
    ax.set_xticks([tick * scale.factor for tick in ticks], labels, **style)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="x", color=canvas.inks.faint, linewidth=0.8, linestyle="-")
    ax.set_axisbelow(True)
    ax.spines["bottom"].set(bounds=(left, right), color=canvas.inks.muted)


def bars_told(canvas: Canvas, rows: pd.DataFrame) -> str:
    """Say what the bars are, where one is wide enough to be seen behind its dot.

    Parameters
    ----------
    canvas : Canvas
        One with its scale.
    rows : DataFrame
        ``lower`` and ``upper`` of the bars.
    """
    widest = (rows["upper"] - rows["lower"]).max()
    left, right = canvas.ax.get_xlim()
    points = widest / (right - left) * canvas.points(canvas.ax.get_window_extent().width)
    return canvas.voice.say("bars") if points > _DOT else ""


def place_values(canvas: Canvas, ends: tuple[float, float], *, before: float, after: float) -> None:
    """Set the limits of the x axis so that points are left before and after the values.

    Parameters
    ----------
    canvas : Canvas
        A settled one.
    ends : tuple of float
        The least and the greatest value.
    before, after : float
        The points to be left.
    """
    width = canvas.points(canvas.ax.get_window_extent().width)
    per_point = (ends[1] - ends[0]) / max(_LEAST_PLOT * width, width - before - after)
    canvas.ax.set_xlim(ends[0] - before * per_point, ends[1] + after * per_point)


def _aired(least: float, most: float) -> tuple[float, float]:
    """Return the ends of a scale with some air, which turns no positive scale negative."""
    air = 0.05 * (most - least) or 0.05 * abs(most) or 1.0
    return max(0.0, least - air) if least >= 0 else least - air, most + air


# --- words around the axes ----------------------------------------------------------------------


class _Written(NamedTuple):
    """The words around the axes, in the order in which they give way."""

    lead: Annotation
    foot: Annotation
    head: Text


def finish(canvas: Canvas, words: Caption, *, height: float, told: Iterable[str] = ()) -> Axes:
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

    Returns
    -------
    Axes
        The axes of the canvas.
    """
    written, around = _write_caption(canvas, words)
    if canvas.own:
        canvas.ax.figure.figure.set_figheight((around + height) / 72 + 2 * _PAD)
        _keep_inside(canvas.ax)
    else:
        settle(canvas)
        _thin_rows(canvas)
    _align(canvas, written)
    sentences = filter(None, (words.title, words.subtitle, *told, words.footer))
    say = canvas.voice.say
    keep(canvas.ax, (say("stop").join(sentences) + say("stop")).strip())
    return canvas.ax


def _write_caption(canvas: Canvas, words: Caption) -> tuple[_Written, float]:
    """Write title and subtitle above and the footer below; return them, and the points they take.

    In the caller's axes they give way to the marks: first the subtitle, then footer, then title.
    """
    ax, frame = canvas.ax, canvas.ax.get_window_extent()
    style = {"fontsize": _TITLE, "color": canvas.inks.text, **canvas.font}
    written = _Written(
        canvas.write(words.subtitle, (0, 1), (0, 20), fontsize=BODY),
        canvas.write(words.footer, (0, 0), (0, -22), va="top"),
        ax.set_title(words.title, loc="left", **style),
    )
    for text in written:
        _wrap(text, frame.x1 - _start(ax))
    heights = [canvas.height(text) for text in written]
    for place, text in enumerate(() if canvas.own else written):
        if _AROUND + sum(heights) > (1 - _LEAST_PLOT) * canvas.points(frame.height):
            text.set_text("")
            heights[place] = 0
    ax.set_title(written.head.get_text(), loc="left", pad=27 + heights[0])
    _align(canvas, written)
    return written, _AROUND + sum(heights)


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


def _thin_rows(canvas: Canvas) -> None:
    """Leave out the names and numbers of rows that stand too close to be read."""
    ax = canvas.ax
    height, rows = canvas.points(ax.get_window_extent().height), len(ax.get_yticks())
    if not canvas.columns or height >= _LINE * rows:
        return
    step = ceil(_LINE * rows / max(height, _LINE))
    for column in canvas.columns:
        for row, text in enumerate(column[:rows]):
            text.set_visible(row % step == 0)
    settle(canvas)
    warnings.warn(
        f"the axes are {height / 72:.1f} in high, so only every {step}th of {rows} rows is named; "
        f"all are in {_LINE * rows / 72:.1f} in, or without ax",
        stacklevel=4,
    )


def _wrap(text: Text, room: float) -> None:
    words, width = text.get_text(), text.get_window_extent().width
    if width > room:
        text.set_text(fill(words, int(0.95 * len(words) * room / width)))


def _keep_inside(ax: Axes) -> None:
    """Shrink axes whose texts leave the figure, where no layout engine does."""
    if ax.figure.figure.get_layout_engine() is not None:
        return
    texts = ax.get_tightbbox()
    if texts is None:  # invisible axes
        return
    room, box = ax.figure.bbox.padded(-_EDGE), ax.get_window_extent()
    left, bottom = max(room.x0 - texts.x0, 0), max(room.y0 - texts.y0, 0)
    right, top = max(texts.x1 - room.x1, 0), max(texts.y1 - room.y1, 0)
    inner = Bbox.from_extents(box.x0 + left, box.y0 + bottom, box.x1 - right, box.y1 - top)
    ax.set_position(inner.transformed(ax.figure.transSubfigure.inverted()))
    ax.set_in_layout(True)  # setting a position takes axes out of it
