"""Charts: drawn twice, for a screen and as narrow as a telephone, with their words."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import matplotlib.pyplot as plt
from writing import Picture

import provstats as ps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw", "draw_once"]

# Inches drawn, and pixels of the page as which an inch is shown.
_WIDE: Final = (7.2, 100)
_NARROW: Final = (3.4, 105)
# A hundredth of a point is finer than any screen, and half as long; small numbers may be scales.
_LONG: Final = re.compile(rb"(\d\d\.\d\d)\d+")
mpl.rcParams["svg.hashsalt"] = "provstats"


def draw(make: Callable[..., Axes], folder: Path, name: str, **options: Any) -> Picture:  # noqa: ANN401 - as charts take them
    """Draw a chart in both widths into the pictures of a language, and return it with its words."""
    inches, shown = _NARROW
    narrow = _save_chart(make(**options, width=inches), folder, f"{name}-narrow", shown)
    inches, shown = _WIDE
    wide = make(**options, width=inches)
    alt = ps.plot.alt_text(wide)
    return Picture(*_save_chart(wide, folder, name, shown), *narrow, alt)


def draw_once(make: Callable[..., Axes], folder: Path, name: str, **options: Any) -> Picture:  # noqa: ANN401 - as above
    """Draw a chart that has one width alone."""
    drawn = make(**options)
    alt = ps.plot.alt_text(drawn)
    saved = _save_chart(drawn, folder, name, _WIDE[1])
    return Picture(*saved, *saved, alt)


def _save_chart(drawn: Axes, folder: Path, name: str, shown: int) -> tuple[str, tuple[int, int]]:
    """Save a chart, and return its path and its size in pixels of the page."""
    path = folder / "pictures" / f"{name}.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    figure: Figure = drawn.figure.figure
    path.write_bytes(_render_svg(figure))
    width, height = figure.get_size_inches()
    plt.close(figure)
    return f"pictures/{path.name}", (round(width * shown), round(height * shown))


def _render_svg(figure: Figure) -> bytes:
    file = BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return _LONG.sub(rb"\1", file.getvalue())
