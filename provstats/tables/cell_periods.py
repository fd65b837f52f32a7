"""Periods of cells: from the row, the column, the caller or the title, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from provstats.errors import SchemaError
from provstats.tables.labels import Label, read_label
from provstats.tables.titles import Title, find_clause

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.tables.asked import Asked
    from provstats.tables.blocks import Block
    from provstats.tables.findings import Findings
    from provstats.tables.headings import Column
    from provstats.tables.rows import Rows
    from provstats.tables.sheets import Sheet

    Objects = NDArray[np.object_]
    Places = NDArray[np.intp]

__all__ = ["Reader", "read_cell_periods"]


class Reader(Protocol):
    """What is needed to read part of a block."""

    block: Block
    title: Title
    asked: Asked
    findings: Findings
    sheet: Sheet
    year: int | None


def read_cell_periods(
    reader: Reader, column: Column, rows: Rows, places: Places, indicators: str | Objects
) -> int | Places:
    """Return the number of the period of each cell of a column; -1 where it cannot be read."""
    if rows.period is None:
        return _resolve_column_period(
            reader, column, indicators if isinstance(indicators, str) else ""
        )
    year = column.period.period.start.year if column.period else reader.year
    codes, distinct = pd.factorize(rows.period[places])
    found = np.full(len(distinct), -1)
    for at, text in enumerate(distinct):
        if label := _read_row_period(str(text), column, year) or _find_default_period(
            str(text), column, reader
        ):
            found[at] = reader.findings.add_label(label)
        else:
            _report_unread_periods(reader, places[codes == at], str(text))
    return np.asarray(found[codes])


def _read_row_period(text: str, column: Column, year: int | None) -> Label | None:
    """Return the period of a row, with what the column says of it: 2023 and 一季度."""
    if column.part and (stated := read_label(text)):
        return read_label(column.part, stated.period.start.year)
    return read_label(text, year)


def _find_default_period(text: str, column: Column, reader: Reader) -> Label | None:
    """Return the period of a blank label: that of its column, or of the title."""
    return None if text.strip() else column.period or reader.title.period


def _report_unread_periods(reader: Reader, places: Places, text: str) -> None:
    why = "it names no year; pass year=" if read_label(text, 2000) else "no period"
    labels = reader.block.labels
    for row in reader.block.layout.body[places]:
        cells = {reader.sheet.texts[row, place].strip(): place for place in labels}
        reader.findings.add_problem(reader.sheet, int(row), cells.get(text.strip(), labels[0]), why)


def _resolve_column_period(reader: Reader, column: Column, indicator: str) -> int:
    clause = find_clause(reader.title, column.indicator or indicator)
    stated = column.period or (clause.period if clause else None)
    wanted = stated is None or reader.asked.period is not None
    said = reader.asked.read_common_period() if wanted else None
    if stated and said and said.period != stated.period:
        msg = (
            f"period={reader.asked.period!r} is no column, and the heading {column.heading!r} "
            f"names its own"
        )
        raise SchemaError(msg)
    label = stated or said or reader.title.period
    if label is None:
        name = column.heading or indicator
        msg = f"{reader.sheet} names no period for {name!r}; pass period= or year="
        raise SchemaError(msg)
    reader.findings.add_remark(
        reader.sheet, None, "period", column.heading or indicator, str(label.period)
    )
    return reader.findings.add_label(label)
