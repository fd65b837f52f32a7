"""Sheets: figures with a caption and a grid of panels, placed in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.transforms import ScaledTranslation

from provstats.plot.canvases import BODY, LEAST_PLOT, SMALL, Canvas, inks
from provstats.plot.lines import broken
from provstats.plot.margins import TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure, SubFigure

    from provstats.labels import Voice
    from provstats.plot.captions import Caption

__all__ = ["GAP", "NAME", "Sheet", "add_panels", "sheet_on"]

# Points: the width of a figure of our own, the height of a panel, of the name above it, and the gap
# between panels.
_WIDTH, _PANEL, NAME, GAP = 518.0, 68.0, 13.0, 8.0
# Points at the edge, between the words, and for the labels of ticks.
_EDGE, _LEAD, _LEFT, _BELOW = 9.0, 6.0, 18.0, 14.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure, and what is measured on it in points."""

    figure: Figure | SubFigure
    voice: Voice
    #: Whether the figure is the chart's own, so that it may choose its height.
    own: bool

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        box, per_point = self.figure.bbox, self.figure.dpi / 72
        return box.width / per_point, box.height / per_point

    def write(
        self,
        text: str,
        corner: tuple[int, int],
        shift: tuple[float, float],
        **style: Any,  # noqa: ANN401 - what Matplotlib's texts take
    ) -> float:
        """Write a text some points off a corner, in lines that fit; return its height."""
        right, up = shift
        offset = ScaledTranslation(right / 72, up / 72, self.figure.dpi_scale_trans)
        written = self.figure.text(
            *corner, text, transform=self.figure.transSubfigure + offset,
            fontfamily=self.voice.families, parse_math=False, **style,
        )  # fmt: skip
        room, per_point = self.size[0] - 2 * _EDGE, self.figure.dpi / 72
        width = written.get_window_extent().width / per_point
        if width > room:
            written.set_text(broken(text, 0.95 * room / width))
        return written.get_window_extent().height / per_point if text else 0.0


def sheet_on(figure: Figure | SubFigure | None, voice: Voice) -> Sheet:
    """Prepare the figure given, or a new one.

    Parameters
    ----------
    figure : Figure or SubFigure, optional
        The caller's figure.
    voice : Voice
        The language and fonts of the chart.
    """
    return Sheet(_new_figure() if figure is None else figure, voice, own=figure is None)


def _new_figure() -> Figure:
    from matplotlib import pyplot as plt  # noqa: PLC0415 - only here is its state touched

    return plt.figure(figsize=(_WIDTH / 72, _WIDTH / 72))


def add_panels(
    sheet: Sheet, words: Caption, places: Mapping[str, tuple[int, int]]
) -> dict[str, Canvas]:
    """Write the caption, and add axes for panels in what is left of the figure.

    Parameters
    ----------
    sheet : Sheet
        The figure.
    words : Caption
        Title, subtitle and footer; left out of a figure that is too small for them.
    places : mapping
        Row from the top and column from the left of each panel.

    Returns
    -------
    dict of Canvas
        One for each panel, each with room for its name above.
    """
    down, across = (1 + max(place[axis] for place in places.values()) for axis in (0, 1))
    above, below = _write_caption(sheet, words)
    if sheet.own:
        sheet.figure.figure.set_figheight((above + below + _PANEL * down) / 72)
    width, height = sheet.size
    cell = (width - 2 * _EDGE - _LEFT) / across, (height - above - below) / down
    return {
        code: _panel(
            sheet, (_EDGE + _LEFT + column * cell[0], height - above - (row + 1) * cell[1]), cell
        )
        for code, (row, column) in places.items()
    }


def _panel(sheet: Sheet, corner: tuple[float, float], cell: tuple[float, float]) -> Canvas:
    width, height = sheet.size
    inner = max(cell[0] - GAP, 1.0) / width, max(cell[1] - NAME, 1.0) / height
    ax = sheet.figure.add_axes((corner[0] / width, corner[1] / height, *inner))
    return Canvas(ax, sheet.voice, inks(), own=False)


def _write_caption(sheet: Sheet, words: Caption) -> tuple[float, float]:
    """Write the words; return the points that they take above and below."""
    colors, texts = inks(), len(sheet.figure.texts)
    style = {"color": colors.muted, "va": "top"}
    above = (
        _EDGE
        + _LEAD
        + sheet.write(
            words.title, (0, 1), (_EDGE, -_EDGE), fontsize=TITLE, color=colors.text, va="top"
        )
    )
    above += 2 * _LEAD + sheet.write(
        words.subtitle, (0, 1), (_EDGE, -above), fontsize=BODY, **style
    )
    foot = {"fontsize": SMALL, "color": colors.muted, "va": "bottom"}
    below = _EDGE + _BELOW + _LEAD + sheet.write(words.footer, (0, 0), (_EDGE, _EDGE), **foot)
    if sheet.own or above + below < (1 - LEAST_PLOT) * sheet.size[1]:
        return above, below
    for text in sheet.figure.texts[texts:]:
        text.remove()
    return _EDGE, _EDGE + _BELOW
