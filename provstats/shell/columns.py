"""Columns: a frame of texts laid out for a terminal, in which a Chinese character is two wide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

__all__ = ["count_cells", "format_lines"]

_GAP: Final = "  "
#: Figures, ranges of them and dashes, which stand at the right of their column.
_NUMBER: Final = re.compile(r"[-+−–—\d.,%()（） ]*")


def count_cells(text: str) -> int:
    """Return how many cells of a terminal a text takes.

    Examples
    --------
    >>> count_cells("5G基站"), count_cells("Gap")
    (6, 3)
    """
    return sum(0 if combining(char) else 1 + (east_asian_width(char) in "WF") for char in text)


def format_lines(frame: pd.DataFrame) -> Iterator[str]:
    r"""Return the lines of a table: its heads, then its rows, each column as wide as it must be.

    Examples
    --------
    >>> import pandas as pd
    >>> print(*format_lines(pd.DataFrame({"地区": ["山东", "北京"], "n": ["8", "10"]})), sep="\n")
    地区   n
    山东   8
    北京  10
    """
    columns = [[str(name), *map(_collapse_blanks, frame[name])] for name in frame]
    laid = [_pad_cells(cells) for cells in columns]
    for cells in zip(*laid, strict=True):
        yield _GAP.join(cells).rstrip()


def _collapse_blanks(cell: object) -> str:
    return " ".join(str(cell).split())


def _pad_cells(cells: Sequence[str]) -> list[str]:
    """Pad the cells of a column to one width; figures stand at the right."""
    width = max(map(count_cells, cells))
    at_right = all(_NUMBER.fullmatch(cell) for cell in cells[1:])
    pads = [" " * (width - count_cells(cell)) for cell in cells]
    return [pad + cell if at_right else cell + pad for cell, pad in zip(cells, pads, strict=True)]
