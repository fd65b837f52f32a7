"""Canvases: axes with the inks, the fonts and the words that all charts share.

Every text carries font families of its own, because glyphs are looked for only down the list that
the text itself has; so no rcParams are changed.
"""

from __future__ import annotations

from dataclasses import dataclass
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

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.typing import ColorType

    from provstats.labels import Voice
    from provstats.languages import Scale
    from provstats.plot.captions import Caption

__all__ = [
    "BODY", "GAP", "ROW", "SMALL", "Canvas", "Inks", "canvas_on", "finish", "inks", "name_rows",
    "scale_values", "settle", "write_column",
]  # fmt: skip

# Points: sizes of text, the gap between columns, the height of a row.
_TITLE, BODY, SMALL, GAP, ROW = 13.0, 9.0, 8.0, 14.0, 19.0
# Inches around a figure of our own.
_PAD: Final = 0.12
# Pixels kept clear at the edge of a figure.
_EDGE: Final = 4
# What the plot keeps of the axes' width, however wide the columns are.
_LEAST_PLOT: Final = 0.3


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
    ) -> Text:
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
    ax.tick_params(length=0)
    ax.spines[["left", "top", "right"]].set_visible(False)


def write_column(
    canvas: Canvas, labels: Sequence[str], colors: Sequence[ColorType], taken: float
) -> float:
    """Write one label a row, some points left of the right edge; return the points they take.

    Parameters
    ----------
    canvas : Canvas
        Where to write.
    labels, colors : sequence
        One for each row.
    taken : float
        The points that other columns take.
    """
    at_row = canvas.ax.get_yaxis_transform()
    style = {"xycoords": at_row, "ha": "right", "va": "center_baseline", "fontsize": BODY}
    texts = [
        canvas.write(label, (1, row), (-taken, 0), color=color, **style)
        for row, (label, color) in enumerate(zip(labels, colors, strict=True))
    ]
    return max(map(canvas.width, texts))


def settle(canvas: Canvas) -> None:
    """Let the layout find out how wide the axes are; nothing is drawn.

    Parameters
    ----------
    canvas : Canvas
        With all that stands beside the axes.
    """
    canvas.ax.figure.figure.draw_without_rendering()
    _keep_inside(canvas.ax)


def scale_values(
    canvas: Canvas, ends: tuple[float, float], scale: Scale, *, reserved: float
) -> None:
    """Scale the x axis so that the columns have the right of the axes to themselves.

    Parameters
    ----------
    canvas : Canvas
        A settled one.
    ends : tuple of float
        Between which all marks lie.
    scale : Scale
        How the ticks are printed.
    reserved : float
        The points that the columns take.
    """
    ax, (left, right) = canvas.ax, _aired(*ends)
    share = max(_LEAST_PLOT, 1 - reserved / canvas.points(ax.get_window_extent().width))
    ax.set_xlim(left, left + (right - left) / share)
    locator = MaxNLocator(5, steps=[1, 2, 5, 10])
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


def _aired(least: float, most: float) -> tuple[float, float]:
    """Return the ends of a scale with some air, which turns no positive scale negative."""
    air = 0.05 * (most - least) or 0.05 * abs(most) or 1.0
    return max(0.0, least - air) if least >= 0 else least - air, most + air


# --- words around the axes ----------------------------------------------------------------------


def finish(canvas: Canvas, words: Caption, *, rows: int, told: Iterable[str] = ()) -> Axes:
    """Write the words around the axes, keep all inside the figure, and keep the chart in words.

    Parameters
    ----------
    canvas : Canvas
        With all its marks.
    words : Caption
        Title, subtitle and footer.
    rows : int
        How many rows a figure of our own needs room for.
    told : iterable of str
        Sentences on what is seen, for those who cannot.

    Returns
    -------
    Axes
        The axes of the canvas.
    """
    around = _write_caption(canvas, words)
    if canvas.own:
        canvas.ax.figure.figure.set_figheight((around + ROW * rows) / 72 + 2 * _PAD)
    _keep_inside(canvas.ax)
    sentences = filter(None, (words.title, words.subtitle, *told, words.footer))
    say = canvas.voice.say
    keep(canvas.ax, (say("stop").join(sentences) + say("stop")).strip())
    return canvas.ax


def _write_caption(canvas: Canvas, words: Caption) -> float:
    """Write title and subtitle above and the footer below, all flush with the longest name.

    The points that they take above and below the axes are returned.
    """
    ax, frame = canvas.ax, canvas.ax.get_window_extent()
    names = [label.get_window_extent().x0 for label in ax.get_yticklabels() if label.get_text()]
    start = min(names, default=frame.x0)
    left, room = canvas.points(start - frame.x0), frame.x1 - start
    lead = _wrapped(canvas.write(words.subtitle, (0, 1), (left, 20), fontsize=BODY), room)
    pad = 27 + canvas.height(lead)
    style = {"x": (start - frame.x0) / frame.width, "pad": pad, "color": canvas.inks.text}
    title = ax.set_title(words.title, loc="left", fontsize=_TITLE, **style, **canvas.font)
    head = _wrapped(title, room)
    foot = _wrapped(canvas.write(words.footer, (0, 0), (left, -22), va="top"), room)
    return pad + canvas.height(head) + 22 + canvas.height(foot)


def _wrapped(text: Text, room: float) -> Text:
    words, width = text.get_text(), text.get_window_extent().width
    if width > room:
        text.set_text(fill(words, int(0.95 * len(words) * room / width)))
    return text


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
