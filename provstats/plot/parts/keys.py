"""Keys: what the colours of cells and marks mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from provstats.plot.parts.canvas import SMALL
from provstats.plot.parts.space import has_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.legend import Legend

    from provstats.plot.parts.canvas import Canvas

__all__ = ["draw_key", "draw_key_below"]

# Points between the axes and a key.
_AIR: Final = 6.4


def draw_key(
    canvas: Canvas,
    entries: Iterable[tuple[str, dict[str, Any]]],
    **place: Any,  # noqa: ANN401 - what Matplotlib's legends take
) -> Legend:
    """Draw a key: what the colours of cells or marks mean.

    Parameters
    ----------
    canvas : Canvas
        Where to draw.
    entries : iterable of tuple
        A label each, and the options of its line if it is a marker, else of its patch.
    **place
        Options of the legend: where it stands, its title, how many columns it has.

    Returns
    -------
    Legend
        It belongs to the axes.
    """
    handles = [
        Line2D([], [], label=label, linestyle="", markersize=6, **style)
        if "marker" in style
        else Patch(label=label, **{"linewidth": 0, **style})
        for label, style in entries
    ]
    fonts = {"family": canvas.voice.families, "size": SMALL}
    legend = canvas.ax.legend(
        handles=handles, prop=fonts, title_fontproperties=fonts, labelcolor=canvas.inks.muted,
        alignment="left", frameon=False, borderpad=0, handlelength=1.3, handleheight=1.1,
        labelspacing=0.35, columnspacing=1, handletextpad=0.5, **{"borderaxespad": 0, **place},
    )  # fmt: skip
    legend.get_title().set_color(canvas.inks.muted)
    for text in (*legend.get_texts(), legend.get_title()):
        text.set_parse_math(False)
    return legend


def draw_key_below(
    canvas: Canvas, entries: Sequence[tuple[str, dict[str, Any]]], *, gap: float = 0.0
) -> float:
    """Draw a key below the axes, in as few lines as fit; return the points that it takes.

    Where there is no room for it, it is not drawn, and 0 returned.

    Parameters
    ----------
    canvas : Canvas
        Where to draw.
    entries : sequence of tuple
        As for `draw_key`.
    gap : float
        The points that something else takes between the axes and the key.
    """
    gap += _AIR
    place = {"loc": "upper left", "bbox_to_anchor": (0, 0), "borderaxespad": gap / SMALL}
    room = canvas.ax.get_window_extent().width
    for columns in range(len(entries), 0, -1):
        key = draw_key(canvas, entries, ncols=columns, **place)
        box = key.get_window_extent()
        if box.width <= room:
            break
    if has_room(canvas, canvas.points(box.height)):
        return canvas.points(box.height) + gap
    key.remove()
    return 0.0
