"""Canvases: axes with the inks and the fonts that all charts share.

Every text carries font families of its own, because glyphs are looked for only down the list that
the text itself has; so no rcParams are changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib import rcParams
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Annotation, Text
    from matplotlib.typing import ColorType
    from numpy.typing import ArrayLike

    from provstats.words.labels import Voice

__all__ = [
    "BODY", "LEAST_PLOT", "PAD", "SMALL", "Canvas", "Inks", "canvas_on", "draw_dots", "inks",
    "keep_inside", "settle",
]  # fmt: skip

# Points: sizes of text.
BODY, SMALL = 9.0, 8.0
# Inches around a figure of our own.
PAD: Final = 0.12
# What marks keep of the axes' width, however wide the columns are, and of the height from words.
LEAST_PLOT: Final = 0.35
# Pixels kept clear at the edge of a figure.
_EDGE: Final = 4


class Inks(NamedTuple):
    """The colours of a chart."""

    text: ColorType
    muted: ColorType
    faint: ColorType
    accent: ColorType
    nation: ColorType
    nation_text: ColorType
    #: For several highlighted lines, after the accent.
    others: tuple[ColorType, ...]


def inks() -> Inks:
    """Derive greys from the caller's style; the hues differ for the colour-blind too."""
    text = rcParams["text.color"]
    light_on_dark = sum(to_rgb(text)) > 3 / 2
    greys = text, to_rgba(text, 0.68), to_rgba(text, 0.12)
    if light_on_dark:
        return Inks(*greys, "#6BACE6", "#F46A25", "#F46A25", ("#E58AB8", "#5CC8BE", "#BBA6E8"))
    return Inks(*greys, "#12436D", "#F46A25", "#B8430B", ("#801650", "#1E7B73", "#6B4FA0"))


@dataclass(frozen=True, slots=True)
class Canvas:
    """The axes, and what all that is drawn in them shares."""

    ax: Axes
    voice: Voice
    inks: Inks
    #: Whether the figure is the chart's own, so that it may choose its height.
    own: bool
    #: The texts at the right edge, column by column from there.
    columns: list[Sequence[Text]] = field(default_factory=list)
    #: All texts that stand in rows, each list one a row: they are left out where rows are crowded.
    in_rows: list[Sequence[Text]] = field(default_factory=list)

    @property
    def font(self) -> dict[str, Any]:
        """The options that every text needs."""
        return {"fontfamily": self.voice.families, "parse_math": False}

    def shades(self, marked: Iterable[bool], plain: ColorType) -> list[ColorType]:
        """Return the accent for what is highlighted, else the plain ink."""
        return [self.inks.accent if is_marked else plain for is_marked in marked]

    def by_sign(self, certain: Iterable[int], marked: Sequence[bool]) -> list[ColorType]:
        """Return a hue for up, another for down, grey for doubt; pale beside highlighted ones."""
        inks = {1: self.inks.accent, -1: self.inks.nation, 0: self.inks.muted}
        return [
            self.pale(inks[sign], 0.4 if any(marked) and not is_marked else 1)
            for sign, is_marked in zip(certain, marked, strict=True)
        ]

    def stepped_back(self, marked: Sequence[bool]) -> list[ColorType]:
        """Return grey for the texts beside highlighted ones."""
        inks = self.inks
        return [inks.text if is_marked or not any(marked) else inks.muted for is_marked in marked]

    def pale(self, color: ColorType, share: float) -> ColorType:
        """Return a colour thinned with the ground: unlike a see-through one, it may be overlaid."""
        *rgb, opacity = to_rgba(color)
        pairs, share = zip(rgb, to_rgb(self.ax.get_facecolor()), strict=True), share * opacity
        red, green, blue = (share * of + (1 - share) * ground for of, ground in pairs)
        return red, green, blue

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

    layout = ConstrainedLayoutEngine(h_pad=PAD, w_pad=PAD)
    return plt.subplots(figsize=(7.2, 4.8), layout=layout)[1]


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
    if not is_hollow:
        return
    faces = [ground if empty else color for color, empty in zip(colors, is_hollow, strict=True)]
    canvas.ax.scatter(
        *at, s=[26 if empty else 34 for empty in is_hollow], facecolors=faces, edgecolors=colors,
        linewidths=[1.3 if empty else 0 for empty in is_hollow], zorder=3, clip_on=False,
    )  # fmt: skip


def settle(canvas: Canvas) -> None:
    """Let the layout find out how wide the axes are; nothing is drawn.

    Parameters
    ----------
    canvas : Canvas
        With all that stands beside the axes.
    """
    canvas.ax.figure.figure.draw_without_rendering()
    keep_inside(canvas.ax)


def keep_inside(ax: Axes) -> None:
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
