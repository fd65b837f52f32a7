"""Sheets: the cells of a table as texts, each with its place, wherever they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from provstats.errors import SchemaError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Texts = NDArray[np.object_]
    Flags = NDArray[np.bool_]

__all__ = ["Sheet", "build_sheet_from_cells", "build_sheet_from_frame", "build_sheet_from_texts"]


#: Row numbers that are years.
_YEARS: Final = range(1901, 2101)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet as texts, and which were stored as numbers (no printed digits)."""

    name: str
    texts: Texts
    stored: Flags
    #: How many lines of headings stand above the first row: those of a frame have no number.
    unnumbered: int = 0

    def __str__(self) -> str:
        return f"sheet {self.name!r}" if self.name else "the table"

    def compute_row_number(self, row: int) -> int:
        """Return the number that a reader gives a row, from 1; the headings of a frame have 0."""
        return max(0, row + 1 - self.unnumbered)

    def join_row_texts(self, row: int) -> str:
        """Return the texts of a row in one line."""
        return " ".join(text.strip() for text in self.texts[row] if text.strip())


def format_column_letters(column: int) -> str:
    """Return the name of a column as spreadsheets give it: A, B, ..., AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _convert_to_text(cell: Any) -> str:  # noqa: ANN401 - a cell holds anything
    if isinstance(cell, str):
        return cell
    if cell is None or cell is pd.NaT or cell is pd.NA or cell != cell:  # noqa: PLR0124 - a NaN
        return ""
    if isinstance(cell, (float, np.floating)):
        return f"{cell:.15g}"
    if isinstance(cell, (bool, np.bool_)):
        return str(cell)
    return str(cell)


def _is_number(cell: Any) -> bool:  # noqa: ANN401
    return isinstance(cell, (int, float, np.number)) and not isinstance(cell, bool) and cell == cell  # noqa: PLR0124


def _convert_column(cells: pd.Series) -> tuple[Texts, Flags]:
    """Return a column as texts, and which were numbers; each distinct value is written once."""
    codes, distinct = pd.factorize(cells.astype(object), use_na_sentinel=True)
    texts = np.array([*map(_convert_to_text, distinct), ""], dtype=object)
    stored = np.array([*map(_is_number, distinct), False])
    return texts[codes], stored[codes]


def build_sheet_from_cells(name: str, cells: pd.DataFrame) -> Sheet:
    """Return a sheet of cells as a spreadsheet or a text file holds them."""
    columns = [_convert_column(cells.iloc[:, place]) for place in range(cells.shape[1])]
    return _build_sheet(name, len(cells), columns)


def build_sheet_from_texts(cells: pd.DataFrame) -> Sheet:
    """Return the sheet of a text file, whose cells are texts as they are printed."""
    numbers = np.zeros(len(cells), dtype=bool)
    columns = [(cells.iloc[:, place].to_numpy(object), numbers) for place in range(cells.shape[1])]
    return _build_sheet("", len(cells), columns)


def _build_sheet(
    name: str, rows: int, columns: list[tuple[Texts, Flags]], unnumbered: int = 0
) -> Sheet:
    filled = [any(texts != "") for texts, _ in columns]
    last = max((place for place, some in enumerate(filled) if some), default=-1)
    texts = np.full((rows, last + 1), "", dtype=object)
    stored = np.zeros((rows, last + 1), dtype=bool)
    for place, (own, numbers) in enumerate(columns[: last + 1]):
        texts[:, place], stored[:, place] = own, numbers
    return Sheet(name, texts, stored, unnumbered)


def build_sheet_from_frame(frame: Any) -> Sheet:  # noqa: ANN401 - of any library
    """Return a sheet of a frame of pandas, polars or Arrow; its headings are the first rows."""
    table = convert_to_pandas(frame)
    if _is_part(table):
        table = table.reset_index(drop=True)
    if not (isinstance(table.index, pd.RangeIndex) and table.index.name is None):
        named = [*filter(None, table.index.names)]
        hides = set(named) & {*map(str, table.columns)}
        table = table.reset_index(
            drop=bool(hides) or _is_row_numbering(table.index),
            names=_name_index_levels(table.index),
        )
    levels = table.columns.nlevels
    heads = [_clean_headings(table.columns.get_level_values(level)) for level in range(levels)]
    columns = []
    for place in range(table.shape[1]):
        texts, stored = _convert_column(table.iloc[:, place])
        head = np.array([level[place] for level in heads], dtype=object)
        columns.append(
            (np.concatenate([head, texts]), np.concatenate([np.zeros(levels, bool), stored]))
        )
    return _build_sheet("", len(table) + levels, columns, levels)


def _is_part(table: pd.DataFrame) -> bool:
    """Tell whether a frame is a part of a longer one, whose rows have kept their numbers."""
    names = {str(name).lower() for name in table.columns}
    dated = not names.isdisjoint({"period", "year", "年份", "时间", "时期"})
    return dated and table.index.name is None and pd.api.types.is_integer_dtype(table.index)


def convert_to_pandas(frame: Any) -> pd.DataFrame:  # noqa: ANN401 - of any library
    """Return a frame of any library as one of pandas; refuse a lazy one."""
    if isinstance(frame, pd.DataFrame):
        return frame
    import narwhals.stable.v2 as nw

    try:
        table: pd.DataFrame = nw.from_native(frame, eager_only=True).to_pandas()
    except TypeError:
        msg = (
            f"a table is a frame of pandas, polars or Arrow in memory, or the path of a file, "
            f"got {type(frame).__module__}.{type(frame).__name__}; collect a lazy frame first"
        )
        raise SchemaError(msg) from None
    return table


def _is_row_numbering(index: pd.Index) -> bool:
    return (
        index.name is None
        and index.nlevels == 1
        and pd.api.types.is_integer_dtype(index)
        and not (index.is_unique and index.isin(_YEARS).all())
    )


def _name_index_levels(index: pd.Index) -> list[str]:
    return [
        str(name) if name is not None else " " * (1 + place)
        for place, name in enumerate(index.names)
    ]


def _clean_headings(names: pd.Index) -> list[str]:
    """Return the names of columns; blank if a name is only a number or missing."""
    if isinstance(names, pd.RangeIndex) and names.start == 0:
        return [""] * len(names)
    return ["" if text.startswith("Unnamed: ") else text for text in map(_convert_to_text, names)]
