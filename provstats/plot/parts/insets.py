"""Insets: panels that share the place of one axes, and follow wherever a layout moves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from matplotlib.transforms import Bbox, BboxTransformTo

from provstats.plot.parts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.gridspec import SubplotSpec

__all__ = ["GAP", "NAME", "Place", "add_panels"]

#: Row from the top and column from the left.
Place = tuple[int, int]

# Points: above a panel for its name, between panels, beside and below for the labels of ticks.
NAME, GAP, _TICK, _BELOW = 13.0, 8.0, 5.0, 14.0
_LEAST: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Within:
    """Locates axes by their bounds in fractions of a host."""

    host: Axes
    bounds: tuple[float, float, float, float]

    def __call__(self, ax: object, renderer: RendererBase | None) -> Bbox:  # noqa: ARG002 - as asked
        return Bbox.from_bounds(*self.bounds).transformed(BboxTransformTo(self.host.get_position()))

    def get_subplotspec(self) -> SubplotSpec | None:
        """Return the place of the host, which layouts ask for."""
        return self.host.get_subplotspec()


def add_panels(host: Canvas, places: Mapping[str, Place], *, left: float) -> dict[str, Canvas]:
    """Add axes for panels in the place of a host.

    Parameters
    ----------
    host : Canvas
        A settled one, with nothing drawn in it.
    places : mapping
        Where each panel stands.
    left : float
        The points left of the first column, for the labels of ticks.

    Returns
    -------
    dict of Canvas
        One for each panel, with room for its name above.
    """
    box = host.ax.get_window_extent()
    width, height = host.points(box.width), host.points(box.height)
    down, across = (1 + max(place[axis] for place in places.values()) for axis in (0, 1))
    left += _TICK
    cell = max((width - left) / across, _LEAST), max((height - _BELOW) / down, _LEAST)
    size = max(cell[0] - GAP, _LEAST) / width, max(cell[1] - NAME, _LEAST) / height
    panels = {}
    for code, (row, column) in places.items():
        corner = (left + column * cell[0]) / width, 1 - (row + 1) * cell[1] / height
        ax = host.ax.figure.add_axes((*corner, *size))
        ax.set_axes_locator(_Within(host.ax, (*corner, *size)))
        ax.apply_aspect(_Within(host.ax, (*corner, *size))(ax, None))
        panels[code] = Canvas(ax, host.voice, host.inks, own=False)
    return panels
