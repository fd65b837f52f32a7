"""Tables: official tables of many regions and periods, transcribed wide, become rows.

The document of a table is a file of cells, one a line. ``data/tables/<source>/<table>.tsv`` holds
the cells of one indicator as they are printed, regions down and periods across. Its row
``paragraph`` names for each period the line of the first cell that is printed; those of the regions
below follow line by line. So each digit stands once, and each cell knows its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.building.marks import Marks, read_excluded_cells, read_notes
from provstats.errors import SchemaError
from provstats.reading.periods import parse_period
from provstats.store.files import (
    add_place_to_errors,
    read_header,
    read_records,
    read_table,
    read_whole_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = [
    "Cell", "Table", "TableRow", "collect_table_rows", "read_batches", "read_cells", "read_tables",
]  # fmt: skip

_COLUMNS: Final = ("source", "table", "indicator", "name", "unit", "heading", "nature")
_BATCHES: Final = ("source", "batch", "period")


class Table(NamedTuple):
    """The cells of one indicator in a document.

    ``name`` and ``unit`` are as the document prints them; ``heading`` is the unit in which the
    digits are read.
    """

    source: str
    table: str
    indicator: str
    name: str
    unit: str
    heading: str
    nature: str


class Cell(NamedTuple):
    """One printed cell, and its 1-based line in the document."""

    region: str
    period: str
    printed: str
    paragraph: int


class TableRow(NamedTuple):
    """A row of a table: where it stands, the unit in which its digits are read, and its cells."""

    place: str
    heading: str
    row: dict[str, Any]


def read_tables(folder: Path) -> list[Table]:
    """Return the tables of all documents; two of one document may not have one name."""
    tables = read_records(folder / "tables.tsv", _COLUMNS, lambda row: Table(**row))
    for key in ("table", "name"):
        names = [(table.source, getattr(table, key)) for table in tables]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            msg = f"tables.tsv: {key} must stand once in a document, these stand twice: {twice}"
            raise SchemaError(msg)
    return tables


def read_batches(folder: Path) -> dict[tuple[str, str], str]:
    """Return the periods of labels that name a batch and no date, by document and label."""
    return dict(read_records(folder / "batches.tsv", _BATCHES, _make_batch))


def _make_batch(row: dict[str, str]) -> tuple[tuple[str, str], str]:
    if row["period"] != str(parse_period(row["period"])):
        msg = f"period must be {str(parse_period(row['period']))!r}, got {row}"
        raise SchemaError(msg)
    return (row["source"], row["batch"]), row["period"]


def read_cells(folder: Path, table: Table) -> list[Cell]:
    """Return the printed cells of a table, period by period; an empty one was not printed."""
    path = folder / "tables" / table.source / f"{table.table}.tsv"
    header = read_header(path)
    first, *rows = read_table(path, header) or [{}]
    if first.get("region") != "paragraph":
        msg = f"{path.name}: the first column must be 'region', its first row 'paragraph'"
        raise SchemaError(msg)
    with add_place_to_errors(f"{path.name}, line 2"):
        return [cell for period in header[1:] for cell in _read_column(rows, period, first)]


def _read_column(
    rows: Iterable[dict[str, str]], period: str, first: dict[str, str]
) -> Iterator[Cell]:
    printed = [(row["region"], row[period]) for row in rows if row[period]]
    for line, (region, digits) in enumerate(printed, start=read_whole_number(first, period)):
        yield Cell(region, period, digits, line)


def collect_table_rows(folder: Path, source: str) -> Iterator[TableRow]:
    """Yield the rows of a document, with their notes and without what is excluded."""
    cells = [
        (table, cell)
        for table in read_tables(folder)
        if table.source == source
        for cell in read_cells(folder, table)
    ]
    excluded = Marks("cell-exclusions.tsv", source, read_excluded_cells(folder))
    notes = Marks("notes.tsv", source, read_notes(folder))
    for table, cell in cells:
        if not excluded.use_cell_texts(table.table, cell.region, cell.period):
            note = "; ".join(notes.use_cell_texts(table.indicator, cell.region, cell.period))
            place = f"{table.source}/{table.table}.tsv, {cell.region} {cell.period}"
            yield TableRow(place, table.heading, _make_row(table, cell, note))
    excluded.refuse_idle()
    notes.refuse_idle()


def _make_row(table: Table, cell: Cell, note: str) -> dict[str, Any]:
    said = {"indicator": table.indicator, "nature": table.nature, "note": note, "among": ""}
    return {**cell._asdict(), **said}
