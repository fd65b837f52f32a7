"""Rows: one a region from the top, with names at the left and columns of numbers at the right."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib.collections import LineCollection

from provstats.plot.parts.sheet import Margins
from provstats.words.cautions import warn_caller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.sheet import Sheet

__all__ = [
    "HEAD", "Column", "Laid", "Names", "Rows", "Sides", "choose_readable_step", "format_ordinal",
    "lay_out_rows", "lay_out_sides", "write_name_lines", "write_rows",
]  # fmt: skip

# Points of a row, of which there are many or few, and how many few are.
_MANY, _FEW = 14.4, 21.0
_FEW_ROWS: Final = 12
# Points between names and marks, marks and columns, and columns.
_BESIDE_NAMES, _BESIDE_COLUMNS, _BETWEEN = 12.0, 16.0, 14.0
# Points between blocks of rows.
_BLOCK: Final = 6.0
# What marks keep of the width, however wide the columns are.
_LEAST_PLOT: Final = 0.3
# The least height of a row in which a line of text can be read, in sizes.
_READABLE: Final = 1.2
#: Points of heads of one line above the first row.
HEAD: Final = 13.0
_NUMBER: Final = re.compile("[+−]?[0-9,]+")


class Names(NamedTuple):
    """What the rows are called."""

    labels: Sequence[str]
    inks: Sequence[ColorType]
    bold: Sequence[bool]


class Column(NamedTuple):
    """Numbers of the rows, set flush at the decimal point, or at the right if they are ranges."""

    head: str
    labels: Sequence[str]
    inks: Sequence[ColorType]
    bold: Sequence[bool]
    by_point: bool = True


class Laid(NamedTuple):
    """A column of numbers, and the points right of the axes where each starts and all end."""

    column: Column
    starts: list[float]
    end: float


class Sides(NamedTuple):
    """The points that names take at the left of the axes and columns at the right."""

    left: float
    right: float
    columns: list[Laid]


class Rows(NamedTuple):
    """Where rows stand, in rows from the top, and how high one is in points."""

    places: list[float]
    pitch: float

    @property
    def height(self) -> float:
        """The points of all rows and the gaps between blocks."""
        return self.pitch * (self.places[-1] + 1)


def lay_out_rows(count: int, blocks: Sequence[int] = (), pitch: float | None = None) -> Rows:
    """Place rows from the top, with a gap after so many rows as each block ends with."""
    pitch = pitch or (_FEW if count <= _FEW_ROWS else _MANY)
    gap = _BLOCK / pitch
    return Rows([row + gap * sum(row >= end for end in blocks) for row in range(count)], pitch)


def write_rows(  # noqa: PLR0913 - what stands around rows
    sheet: Sheet,
    words: Caption,
    rows: Rows,
    names: Names,
    columns: Sequence[Column],
    *,
    head: float = HEAD,
    foot: float = 0.0,
) -> None:
    """Place the sheet, and write names, columns and words.

    Columns for which there is no room are left out, the first ones first.
    """
    sides = lay_out_sides(sheet, names, columns)
    left = sides.left
    sheet.place(words, Margins(left, sides.right, head, foot), rows.height)
    sheet.ax.set_ylim(rows.places[-1] + 0.5, -0.5)
    step = choose_readable_step(sheet, rows)
    _draw_hairs(sheet, rows)
    for row in range(0, len(rows.places), step):
        sheet.write(
            names.labels[row], (0, rows.places[row]), (-left, 0), frame="rows", middle=True,
            ink=names.inks[row], bold=names.bold[row], gid="name",
        )  # fmt: skip
    for laid in reversed(sides.columns):
        _write_column(sheet, rows, laid, step)


def lay_out_sides(paper: Paper, names: Names, columns: Sequence[Column]) -> Sides:
    """Find how wide names and columns are, and where the numbers start.

    Columns for which there is no room are left out, the first ones first.
    """
    named = zip(names.labels, names.bold, strict=True)
    left = max(paper.measure(label, bold=bold) for label, bold in named) + _BESIDE_NAMES
    sized = [(column, *_measure_column(paper, column)) for column in columns]
    while sized and paper.inner - left - _measure_all_columns(sized) < _LEAST_PLOT * paper.inner:
        sized.pop(0)
    end, laid = _BESIDE_COLUMNS - _BETWEEN, []
    for column, width, after in sized:
        end += _BETWEEN + width
        laid.append(Laid(column, _place_numbers(paper, column, end, after), end))
    return Sides(left, _measure_all_columns(sized), laid)


def _measure_all_columns(sized: Sequence[tuple[Column, float, float]]) -> float:
    widths = [width for _, width, _ in sized]
    return sum(widths) + _BETWEEN * (len(sized) - 1) + _BESIDE_COLUMNS if sized else 0.0


def _measure_column(paper: Paper, column: Column) -> tuple[float, float]:
    """Return how wide a column is, and what of it is behind the decimal point."""
    wide = [paper.measure(label, bold=is_bold) for label, is_bold in _list_labels(column)]
    head = paper.measure(column.head, paper.sizes.small) if column.head else 0.0
    if not column.by_point:
        return max([*wide, head]), 0.0
    before = [_measure_before_point(paper, *pair) for pair in _list_labels(column)]
    after = max(w - b for w, b in zip(wide, before, strict=True))
    return max(max(before) + after, head), after


def _place_numbers(paper: Paper, column: Column, end: float, after: float) -> list[float]:
    measure = _measure_before_point if column.by_point else _measure_label
    return [end - after - measure(paper, *pair) for pair in _list_labels(column)]


def _list_labels(column: Column) -> list[tuple[str, bool]]:
    return [*zip(column.labels, column.bold, strict=True)]


def _measure_label(paper: Paper, label: str, is_bold: bool) -> float:  # noqa: FBT001 - as zipped
    return paper.measure(label, bold=is_bold)


def _measure_before_point(paper: Paper, label: str, is_bold: bool) -> float:  # noqa: FBT001 - as zipped
    number = _NUMBER.search(label)
    return paper.measure(label[: number.end()] if number else label, bold=is_bold)


# --- writing --------------------------------------------------------------------------------------


def _write_column(sheet: Sheet, rows: Rows, laid: Laid, step: int) -> None:
    column = laid.column
    if column.head:
        head: dict[str, Any] = {
            "size": sheet.sizes.small,
            "ink": sheet.palette.quiet_text,
            "ha": "right",
        }
        sheet.write(column.head, (1, 1), (laid.end, 4), gid="head", **head)
    for row in range(0, len(column.labels), step):
        shift = laid.starts[row] if column.by_point else laid.end
        sheet.write(
            column.labels[row], (1, rows.places[row]), (shift, 0), frame="rows", middle=True,
            ink=column.inks[row], bold=column.bold[row], gid="number",
            ha=("right", "left")[column.by_point],
        )  # fmt: skip


def write_name_lines(
    sheet: Sheet,
    text: str,
    at: tuple[float, float],
    shift: tuple[float, float],
    **style: Any,  # noqa: ANN401 - as for other texts
) -> None:
    """Write a name of any number of lines around the middle of its row."""
    lines, pitch = text.split("\n"), 1.2 * sheet.sizes.body
    for place, line in enumerate(lines):
        lift = shift[1] + ((len(lines) - 1) / 2 - place) * pitch
        sheet.write(line, at, (shift[0], lift), middle=True, gid="name", **style)


def _draw_hairs(sheet: Sheet, rows: Rows) -> None:
    """Draw a faint line between rows, from the names to the last column."""
    width, margins = sheet.body[0], sheet.margins
    start, end = -margins.left / width, 1 + margins.right / width
    lines = [[(start, at + 0.5), (end, at + 0.5)] for at in rows.places[:-1]]
    sheet.ax.add_collection(
        LineCollection(
            lines, colors=[sheet.palette.hair], linewidths=0.6, zorder=0.5, clip_on=False,
            transform=sheet.build_transform("rows"),
        ),
        autolim=False,
    )  # fmt: skip


def choose_readable_step(sheet: Sheet, rows: Rows, lines: int = 1) -> int:
    """Return which rows are named where they stand too close to be read, and say so."""
    pitch = sheet.body[1] / (rows.places[-1] + 1)
    least = _READABLE * sheet.sizes.body * lines
    if sheet.own or pitch >= least:
        return 1
    step = ceil(least / pitch)
    need = (sheet.height - sheet.body[1] + least * (rows.places[-1] + 1)) / 72
    warn_caller(
        f"the axes have {sheet.height / 72:.1f} in, so only every {format_ordinal(step)} of "
        f"{len(rows.places)} rows is named; all are in {need:.1f} in, or without ax"
    )
    return step


def format_ordinal(number: int) -> str:
    """Return an English ordinal number.

    Examples
    --------
    >>> [format_ordinal(n) for n in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    is_teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
