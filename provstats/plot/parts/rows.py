"""Columns: what stands row by row, the names at the left and numbers at the right edge."""

from __future__ import annotations

import warnings
from math import ceil
from typing import TYPE_CHECKING, Final

from provstats.plot.parts.canvas import BODY, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.canvas import Canvas

__all__ = ["ROW", "name_rows", "reserved", "thin_rows", "write_column"]

# Points: the height of a row, the gap between columns, from one line of text to the next.
ROW: Final = 19.0
_GAP: Final = 14.0
_LINE: Final = 12.0


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
    canvas.in_rows.append(ax.get_yticklabels())
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
    taken = reserved(canvas)
    at_row = canvas.ax.get_yaxis_transform()
    style = {"xycoords": at_row, "ha": "right", "va": "center_baseline", "fontsize": BODY}
    above = [canvas.write(head, (1, 1), (-taken, 4), ha="right")] if head else []
    texts = [
        canvas.write(label, (1, row), (-taken, 0), color=color, **style)
        for row, (label, color) in enumerate(zip(labels, colors, strict=True))
    ]
    canvas.columns.append(texts + above)
    canvas.in_rows.append(texts)


def reserved(canvas: Canvas) -> float:
    """Return the points that the columns take at the right."""
    return sum(max(map(canvas.width, column)) + _GAP for column in canvas.columns)


def thin_rows(canvas: Canvas) -> None:
    """Leave out the names and numbers of rows that stand too close to be read."""
    ax = canvas.ax
    height, rows = canvas.points(ax.get_window_extent().height), len(ax.get_yticks())
    lines = max((label.get_text().count("\n") + 1 for label in ax.get_yticklabels()), default=1)
    need = _LINE * lines * rows
    if not canvas.in_rows or height >= need:
        return
    step = ceil(need / max(height, _LINE))
    for texts in canvas.in_rows:
        for row, text in enumerate(texts):
            text.set_visible(row % step == 0)
    settle(canvas)
    warnings.warn(
        f"the axes are {height / 72:.1f} in high, so only every {step}th of {rows} rows is named; "
        f"all are in {need / 72:.1f} in, or without ax",
        stacklevel=4,
    )
