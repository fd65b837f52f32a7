"""Blocks: texts of several lines whose base lines stand at equal distances.

Matplotlib sets lines apart by the letters that each happens to have; its versions differ in how.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from matplotlib.text import Text
from matplotlib.transforms import Bbox, ScaledTranslation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.transforms import Transform

__all__ = ["Block", "set_line_spacing"]


class Block(Text):
    """A text that draws its lines one by one, so many points apart, from its place down."""

    #: Points from one base line to the next.
    pitch = 0.0

    def draw(self, renderer: RendererBase) -> None:
        """Draw the lines, each as a text of its own."""
        with self._step_through_lines() as lines:
            for _ in lines:
                super().draw(renderer)
        self.stale = False

    def get_window_extent(
        self, renderer: RendererBase | None = None, dpi: float | None = None
    ) -> Bbox:
        """Return the box around all lines."""
        with self._step_through_lines() as lines:
            return Bbox.union([super(Block, self).get_window_extent(renderer, dpi) for _ in lines])

    @contextmanager
    def _step_through_lines(self) -> Iterator[Iterator[None]]:
        """Give the text each of its lines in turn, moved down, and then its own words again."""
        whole, transform = self.get_text(), self.get_transform()
        try:
            yield self._set_each_line(whole, transform)
        finally:
            self.set_text(whole)
            self.set_transform(transform)

    def _set_each_line(self, whole: str, transform: Transform) -> Iterator[None]:
        scale = cast("Axes", self.axes).figure.dpi_scale_trans
        for place, line in enumerate(whole.split("\n")):
            self.set_text(line)
            self.set_transform(transform + ScaledTranslation(0, -place * self.pitch / 72, scale))
            yield


def set_line_spacing(text: Text, leading: float) -> None:
    """Let a text draw its lines as many sizes apart as the leading says."""
    text.__class__ = Block  # the title of axes is made by them
    block = cast("Block", text)
    block.pitch = leading * float(block.get_fontsize())
