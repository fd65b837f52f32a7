"""Papers: what every chart has before it is drawn: a language, colours, and sizes in points."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.errors import SchemaError
from provstats.plot.parts.line_breaks import wrap_text
from provstats.plot.parts.palette import choose_palette

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.palette import Palette
    from provstats.words.voices import Voice

__all__ = ["LEADINGS", "PAGE", "Paper", "Sizes", "build_paper", "choose_sizes", "resolve_width"]


class Sizes(NamedTuple):
    """Points of texts, from the title to the ticks, and of the margin of a sheet."""

    title: float
    lead: float
    body: float
    small: float
    margin: float


PAGE, _COLUMN = Sizes(13.5, 9.5, 9.0, 8.0, 10.0), Sizes(11.5, 8.5, 8.5, 7.5, 6.0)
# Inches of a figure of our own, and those below which it is a column.
_WIDTH: Final = 7.2
_NARROW: Final = 4.6
_LEAST_WIDTH: Final = 1.0
#: From one base line to the next, in sizes.
LEADINGS: Final = {"title": 1.28, "lead": 1.34, "foot": 1.36, "head": 1.22}
# Of the width that a line may fill: pictures of few pixels round widths up.
_FILLED: Final = 0.97


@dataclass(slots=True)
class Paper:
    """The language, the colours and the sizes of a chart, and the points that it is wide."""

    voice: Voice
    palette: Palette
    sizes: Sizes
    width: float

    @property
    def inner(self) -> float:
        """The points between the left and the right margin."""
        return self.width - 2 * self.sizes.margin

    @property
    def is_column(self) -> bool:
        """Tell whether it is as narrow as the column of a paper."""
        return self.sizes is _COLUMN

    def measure(self, text: str, size: float | None = None, *, bold: bool = False) -> float:
        """Return how many points a text is wide, by default of the size of names."""
        return self.voice.measure_width(text, size or self.sizes.body, bold=bold)

    def wrap(self, text: str, room: float, size: float, *, bold: bool = False) -> str:
        """Break a text into lines that have room."""
        return wrap_text(text, room, lambda line: self.voice.measure_width(line, size, bold=bold))

    def wrap_caption_part(self, part: str, words: Caption) -> str:
        """Break the words above or below a chart, ``title``, ``lead`` or ``foot``, into lines."""
        text = getattr(words, {"lead": "subtitle", "foot": "footer"}.get(part, part))
        size = getattr(self.sizes, {"foot": "small"}.get(part, part))
        is_bold = part == "title" and self.voice.choose_weight(text) == "bold"
        room = _FILLED * self.inner
        lines = (self.wrap(line, room, size, bold=is_bold) for line in text.split("\n"))
        return "\n".join(lines) if text else ""


def build_paper(voice: Voice, style: Mapping[str, Any] | None, width: float | None) -> Paper:
    """Return the paper of a chart of its own, so many inches wide."""
    inches = resolve_width(width)
    return Paper(voice, choose_palette(style), choose_sizes(inches), inches * 72)


def choose_sizes(inches: float) -> Sizes:
    """Return the sizes of a page, or those of a column."""
    return _COLUMN if inches < _NARROW else PAGE


def resolve_width(width: float | None) -> float:
    """Return the inches that were asked for, or those of a page."""
    if width is None:
        return _WIDTH
    is_number = isinstance(width, int | float) and not isinstance(width, bool)
    if not is_number or not _LEAST_WIDTH <= width < inf:
        msg = f"width must be inches, {_LEAST_WIDTH:g} or more, got {width!r}"
        raise SchemaError(msg)
    return float(width)
