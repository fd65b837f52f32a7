"""Sheets: the place of a chart, measured in points, and the words around its axes.

All places are worked out from the widths of texts before anything is drawn, so a chart is laid out
once. Every text carries font families of its own, because glyphs are looked for only down the list
that the text itself has; so no rcParams are changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine, TightLayoutEngine
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox, IdentityTransform, ScaledTranslation, TransformedPath

from provstats.errors import SchemaError
from provstats.plot.parts.alt_text import keep_alt_text
from provstats.plot.parts.blocks import set_line_spacing
from provstats.plot.parts.captions import collect_sentences
from provstats.plot.parts.palette import choose_palette
from provstats.plot.parts.paper import LEADINGS, Paper, Sizes, choose_sizes, resolve_width
from provstats.words.cautions import warn_caller

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.backend_bases import RendererBase
    from matplotlib.gridspec import SubplotSpec
    from matplotlib.typing import ColorType

    from provstats.plot.parts.captions import Caption
    from provstats.words.voices import Voice

__all__ = ["Margins", "Sheet", "open_sheet"]


# The parts of a line above and below its base line, in sizes.
_ASCENT, _DESCENT = 0.88, 0.24
# Points between title, subtitle, axes and footer.
_BELOW_TITLE, _ABOVE_AXES, _ABOVE_FOOT = 3.0, 9.0, 8.0
# What marks keep of the caller's height before words give way.
_LEAST_BODY: Final = 0.4
# Points that layouts leave around each cell.
_PADS: Final = {ConstrainedLayoutEngine: 5.0, TightLayoutEngine: 12.0}
# The middle of digits and capitals above their base line, in sizes.
_MIDDLE: Final = 0.365

_NO_CLIP: Final = TransformedPath(Path.unit_rectangle(), IdentityTransform())


class Margins(NamedTuple):
    """Points around the axes for what belongs to the marks: names, numbers, heads, ticks, keys."""

    left: float = 0.0
    right: float = 0.0
    head: float = 0.0
    foot: float = 0.0


@dataclass(slots=True)
class Sheet(Paper):
    """The axes of a chart, the points around them, and what all that is drawn there shares."""

    ax: Axes
    own: bool
    #: Points of the whole; that of a figure of our own is found when it is placed.
    height: float = 0.0
    margins: Margins = field(default_factory=Margins)
    #: Points of the axes themselves, once they are placed.
    body: tuple[float, float] = (0.0, 0.0)
    fonts: dict[tuple[float, str], FontProperties] = field(default_factory=dict)

    def write(  # noqa: PLR0913 - what a text is
        self,
        text: str,
        at: tuple[float, float],
        shift: tuple[float, float] = (0.0, 0.0),
        *,
        frame: str = "axes",
        size: float | None = None,
        ink: ColorType | None = None,
        bold: bool = False,
        middle: bool = False,
        **style: Any,  # noqa: ANN401 - what Matplotlib's texts take
    ) -> Text:
        """Write a text some points off a place: in parts of the axes, in rows, columns or data.

        A text in the middle has its digits around the place, whatever letters it has.
        """
        size = size or self.sizes.body
        drop = _MIDDLE * size if middle else 0.0
        written = Text(
            *at,
            text,
            transform=self.build_transform(frame, (shift[0], shift[1] - drop)),
            parse_math=False,
            fontproperties=self._find_font(size, "bold" if bold else "normal"),
            color=self.palette.text if ink is None else ink,
            clip_on=False,
            **style,
        )
        written.set_in_layout(False)
        written.set_clip_path(_NO_CLIP)  # else that of the axes is made for each
        self.ax.add_artist(written)
        return written

    def build_transform(self, frame: str, shift: tuple[float, float] = (0.0, 0.0)) -> Any:  # noqa: ANN401 - a transform
        """Return the transform of a frame, some points off."""
        frames = {
            "axes": lambda ax: ax.transAxes,
            "rows": lambda ax: ax.get_yaxis_transform(),
            "columns": lambda ax: ax.get_xaxis_transform(),
            "data": lambda ax: ax.transData,
        }
        if shift == (0.0, 0.0):
            return frames[frame](self.ax)
        scale = self.ax.figure.dpi_scale_trans
        return frames[frame](self.ax) + ScaledTranslation(shift[0] / 72, shift[1] / 72, scale)

    def _find_font(self, size: float, weight: str) -> FontProperties:
        key = size, weight
        if key not in self.fonts:
            families = list(self.voice.families)
            self.fonts[key] = FontProperties(family=families, size=size, weight=weight)
        return self.fonts[key]

    # --- words around the axes ------------------------------------------------------------------

    def place(self, words: Caption, margins: Margins, body: float) -> None:
        """Write the words, and place the axes between them; our own figure becomes as high.

        The body is the points that the axes need. In the caller's axes words give way to marks
        that would have too little, and what is left out is said.
        """
        blocks = {part: self.wrap_caption_part(part, words) for part in ("title", "lead", "foot")}
        if not self.own:
            self._drop_excess_words(blocks, margins, body)
        above = _measure_height_above(blocks, self.sizes) + margins.head
        below = margins.foot + _measure_height_below(blocks, self.sizes)
        if self.own:
            self.height = 2 * self.sizes.margin + above + body + below
            self.ax.figure.figure.set_size_inches(self.width / 72, self.height / 72)
        self.margins = margins
        self.body = (
            max(self.inner - margins.left - margins.right, 1.0),
            max(self.height - 2 * self.sizes.margin - above - below, 1.0),
        )
        _set_axes(self, above, below)
        self._write_words(blocks, above, below)

    def _drop_excess_words(self, blocks: dict[str, str], margins: Margins, body: float) -> None:
        """Leave out words that would take the place of the marks, and say so."""
        room = self.height - 2 * self.sizes.margin - margins.head - margins.foot
        dropped = []
        for part in ("foot", "lead", "title"):
            words = _measure_height_above(blocks, self.sizes) + _measure_height_below(
                blocks, self.sizes
            )
            if room - words >= min(_LEAST_BODY * self.height, body):
                break
            if blocks[part]:
                blocks[part] = ""
                dropped.append({"foot": "source", "lead": "subtitle"}.get(part, part))
        if dropped:
            warn_caller(
                f"the axes have {self.height / 72:.1f} in, too low for {' and '.join(dropped)}; "
                "ps.plot.alt_text has the words"
            )

    def _write_words(self, blocks: dict[str, str], above: float, below: float) -> None:
        """Write title and subtitle above the axes and the footer below, flush with the names."""
        sizes, left = self.sizes, -self.margins.left
        lead_top = above - _measure_block(blocks["title"], "title", sizes) - (
            _BELOW_TITLE if blocks["title"] else 0.0
        )  # fmt: skip
        foot_top = -(below - _measure_block(blocks["foot"], "foot", sizes))
        title = self.ax.set_title(blocks["title"], loc="left", y=1.0, pad=0)
        base = left, above - _ASCENT * sizes.title
        title.set(
            fontproperties=self._find_font(sizes.title, self.voice.choose_weight(blocks["title"])),
            color=self.palette.text, parse_math=False, verticalalignment="baseline",
            transform=self.build_transform("axes", base),
        )  # fmt: skip
        set_line_spacing(title, LEADINGS["title"])
        title.set_in_layout(False)
        for part, y, top in (("lead", 1.0, lead_top), ("foot", 0.0, foot_top)):
            if blocks[part]:
                size = sizes.lead if part == "lead" else sizes.small
                self.write_block(
                    blocks[part], (0, y), (left, top - _ASCENT * size), part, size=size,
                    ink=self.palette.quiet_text, gid="subtitle" if part == "lead" else "source",
                )  # fmt: skip

    def write_block(
        self,
        text: str,
        at: tuple[float, float],
        shift: tuple[float, float],
        part: str,
        **style: Any,  # noqa: ANN401 - as for other texts
    ) -> None:
        """Write lines from the base line of the first one, as far apart as a part has them."""
        set_line_spacing(self.write(text, at, shift, **style), LEADINGS[part])

    def write_head(
        self,
        head: str,
        at: tuple[float, float],
        up: float,
        **style: Any,  # noqa: ANN401
    ) -> None:
        """Write a head of some lines above a column, from the base line of the last one up."""
        rise = head.count("\n") * LEADINGS["head"] * self.sizes.small
        self.write_block(
            head, at, (0, up + rise), "head", frame="data", ha="center", size=self.sizes.small,
            gid="head", **style,
        )  # fmt: skip

    # --- the end --------------------------------------------------------------------------------

    def finish_chart(self, words: Caption, told: Iterable[str]) -> Axes:
        """Keep the chart in words, and return its axes."""
        keep_alt_text(self.ax, collect_sentences(words, told), self.voice)
        return self.ax

    def warn_of_missing_parts(self, *lacking: str) -> None:
        """Warn of what is left out because the caller's axes are too small."""
        if not any(lacking):
            return
        size = f"{self.width / 72:.1f} by {self.height / 72:.1f}"
        left_out = " and ".join(filter(None, lacking))
        msg = (
            f"the axes have only {size} in, so the chart lacks {left_out}; without ax there is room"
        )
        warn_caller(msg)


def _measure_block(text: str, part: str, sizes: Sizes) -> float:
    """Return the points that lines of text take."""
    if not text:
        return 0.0
    size: float = getattr(sizes, {"foot": "small"}.get(part, part))
    return size * (_ASCENT + _DESCENT + text.count("\n") * LEADINGS[part])


def _measure_height_above(blocks: Mapping[str, str], sizes: Sizes) -> float:
    title, lead = (_measure_block(blocks[part], part, sizes) for part in ("title", "lead"))
    words = title + lead + (_BELOW_TITLE if title and lead else 0.0)
    return words + (_ABOVE_AXES if words else 0.0)


def _measure_height_below(blocks: Mapping[str, str], sizes: Sizes) -> float:
    foot = _measure_block(blocks["foot"], "foot", sizes)
    return foot + (_ABOVE_FOOT if foot else 0.0)


# --- where the axes are ---------------------------------------------------------------------------


def open_sheet(
    ax: Axes | None,
    voice: Voice,
    style: Mapping[str, Any] | None = None,
    width: float | None = None,
) -> Sheet:
    """Prepare the axes given, or those of a new figure of some inches."""
    palette = choose_palette(style)
    if not isinstance(ax, Axes | None):
        msg = f"ax must be axes of Matplotlib, got {type(ax)}"
        raise SchemaError(msg)
    if ax is None:
        inches = resolve_width(width)
        new = _make_new_axes(inches)
        sheet = Sheet(voice, palette, choose_sizes(inches), inches * 72, new, own=True)
    else:
        box = _find_axes_place(ax)
        inches, high = box.width / ax.figure.dpi, box.height / ax.figure.dpi * 72
        sheet = Sheet(voice, palette, choose_sizes(inches), inches * 72, ax, own=False, height=high)
    if "ground" in (style or {}):
        sheet.ax.set_facecolor(palette.ground)
        if sheet.own:
            sheet.ax.figure.figure.set_facecolor(palette.ground)
    sheet.palette = replace(palette, ground=_find_ground_color(sheet.ax))
    _prepare_axes(sheet)
    return sheet


def _make_new_axes(inches: float) -> Axes:
    from matplotlib import pyplot as plt  # noqa: PLC0415 - only here is its state touched

    figure = plt.figure(figsize=(inches, inches))
    figure.set_layout_engine("none")
    return figure.add_axes((0.1, 0.1, 0.8, 0.8))


def _find_ground_color(ax: Axes) -> ColorType:
    ground = ax.get_facecolor()
    return ground if ground[-1] else ax.figure.get_facecolor()


def _prepare_axes(sheet: Sheet) -> None:
    """Let what the caller writes on the axes later have the fonts of the chart."""
    ax, families = sheet.ax, list(sheet.voice.families)
    for text in (ax.title, ax.xaxis.label, ax.yaxis.label):
        text.set_fontfamily(families)
    ax.tick_params(labelfontfamily=families, length=0)
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)


def _find_axes_place(ax: Axes) -> Bbox:
    """Return the caller's place, in pixels: a cell of the grid, else the box of the axes."""
    spec = ax.get_subplotspec()
    box = ax.get_position(original=True) if spec is None else _find_grid_cell(spec)
    pixels: Bbox = box.transformed(ax.figure.transSubfigure)
    pads = _PADS.get(type(ax.figure.figure.get_layout_engine()), 0.0) * ax.figure.dpi / 72
    return pixels.padded(-pads)


def _find_grid_cell(spec: SubplotSpec) -> Bbox:
    """Return a cell of a grid with its share of the gaps, in parts of the figure."""
    grid = spec.get_gridspec()
    outer = getattr(grid, "_subplot_spec", None)
    whole = Bbox.unit() if outer is None else _find_grid_cell(outer)
    across = _compute_cell_edges(grid.ncols, grid.get_width_ratios())
    down = _compute_cell_edges(grid.nrows, grid.get_height_ratios())
    columns, rows = spec.colspan, spec.rowspan
    x = (across[columns.start], across[columns.stop])
    y = (1 - down[rows.stop], 1 - down[rows.start])
    return Bbox.from_extents(
        whole.x0 + x[0] * whole.width, whole.y0 + y[0] * whole.height,
        whole.x0 + x[1] * whole.width, whole.y0 + y[1] * whole.height,
    )  # fmt: skip


def _compute_cell_edges(count: int, ratios: Any) -> list[float]:  # noqa: ANN401 - what grids take
    parts = list(ratios) if ratios is not None else [1.0] * count
    edges = [sum(parts[:place]) for place in range(count + 1)]
    return [edge / edges[-1] for edge in edges]


class _Around(Artist):
    """Stands for all that is written around axes.

    A layout leaves room for it, and a picture that is cut to what is in it, as a notebook shows
    them, has it whole.
    """

    def __init__(self, ax: Axes, points: tuple[float, float, float, float]) -> None:
        super().__init__()
        self.around, self.points = ax, points
        self.set_clip_on(False)
        ax.add_artist(self)
        self.set_clip_path(None)

    def draw(self, renderer: RendererBase) -> None:
        """Draw nothing."""

    def get_tightbbox(self, renderer: RendererBase | None = None) -> Bbox:  # noqa: ARG002 - as asked
        """Return the box of the axes and the points around them."""
        box, scale = self.around.get_window_extent(), self.around.figure.dpi / 72
        left, right, above, below = (scale * points for points in self.points)
        return Bbox.from_extents(box.x0 - left, box.y0 - below, box.x1 + right, box.y1 + above)


def _set_axes(sheet: Sheet, above: float, below: float) -> None:
    """Place the axes between what is around them, or tell a layout how much that is."""
    ax, margin = sheet.ax, sheet.sizes.margin
    around = (
        margin + sheet.margins.left, margin + sheet.margins.right, margin + above, margin + below,
    )  # fmt: skip
    _Around(ax, around)
    if not sheet.own and ax.figure.figure.get_layout_engine() is not None:
        return
    cell = (
        Bbox.unit()
        if sheet.own
        else _find_axes_place(ax).transformed(ax.figure.transSubfigure.inverted())
    )
    pixels = ax.figure.transSubfigure.transform_bbox(Bbox.unit())
    scale = ax.figure.dpi / 72
    left, right, over, under = (points * scale for points in around)
    width, height = pixels.width, pixels.height
    x, y = cell.x0 + left / width, cell.y0 + under / height
    end, top = cell.x1 - right / width, cell.y1 - over / height
    ax.set_position(Bbox.from_extents(x, y, max(end, x + 1 / width), max(top, y + 1 / height)))
    ax.set_in_layout(True)  # setting a position takes axes out of it
