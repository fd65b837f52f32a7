"""Verify tables: proof that each row of a table is its cell, and that no cell was passed over.

A line of the document is a cell: region, period, name, value, unit and note, parted by tabs, below
a line on where the copy comes from and one of headings. A row must stand in the line that it names,
with the same region, period, indicator, digits and unit; a line without a row must be excluded.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.building.proofs import Finding, Proof, make_failed_proof
from provstats.errors import UnknownRegionError
from provstats.reading.units import parse_unit
from provstats.store.regions import region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from provstats.building.marks import Mark
    from provstats.building.tables import Table

__all__ = ["Shipped", "Told", "prove_table"]

_HEADINGS: Final = ["region", "period", "indicator", "value", "unit", "note"]
_FIRST: Final = 3


class Shipped(NamedTuple):
    """What is shipped of one cell."""

    paragraph: int
    region: str
    period: str
    indicator: str
    printed: str
    unit: str


class Told(NamedTuple):
    """What the lists beside the data state of documents: tables, batches and exclusions."""

    tables: list[Table]
    batches: dict[tuple[str, str], str]
    excluded: list[Mark]


class _Line(NamedTuple):
    """A cell of the document, and why it is no row, where it is none."""

    shipped: Shipped
    excluded: list[str]


def prove_table(source: str, path: Path, rows: Iterable[Shipped], told: Told) -> Proof:
    """Prove the rows of a document that is a table."""
    try:
        raw = path.read_bytes()
        lines = raw.decode("utf-8").split("\n")
    except FileNotFoundError:
        return make_failed_proof(source, path.name, "is not in the folder")
    except (OSError, UnicodeDecodeError) as error:
        return make_failed_proof(source, path.name, f"cannot be read: {error}")
    if lines[1:2] != ["\t".join(_HEADINGS)]:
        return make_failed_proof(source, path.name, f"must have the headings {_HEADINGS} in line 2")
    findings: list[Finding] = []
    cells = dict(_read_lines(source, lines, told, findings))
    proved = [row for row in rows if not _check_row(source, row, cells, findings)]
    stated = {row.paragraph for row in proved}
    excluded = _count_excluded_cells(source, cells, stated, findings)
    return Proof(source, len(stated), len(cells), excluded, findings, sha256(raw).hexdigest())


def _read_lines(
    source: str, lines: list[str], told: Told, findings: list[Finding]
) -> Iterator[tuple[int, _Line]]:
    """Yield the cells of a document by their lines; what cannot be read is a finding."""
    tables = {(table.name, table.unit): table for table in told.tables if table.source == source}
    for number, line in enumerate(lines[_FIRST - 1 :], start=_FIRST):
        if line:
            try:
                yield number, _read_line(source, number, line.split("\t"), tables, told)
            except (ValueError, KeyError, UnknownRegionError) as error:
                findings.append(Finding(source, number, line, f"is no cell of a table: {error}"))


def _read_line(
    source: str, number: int, line: list[str], tables: dict[tuple[str, str], Table], told: Told
) -> _Line:
    place, label, name, value, unit, _ = line
    table, code = tables[name, unit], region(place).code
    period = told.batches.get((source, label), label)
    word = parse_unit(table.heading).unit
    excluded = [
        mark.said
        for mark in told.excluded
        if mark[:2] == table[:2] and mark.is_of_cell(code, period)
    ]
    return _Line(Shipped(number, code, period, table.indicator, value, word), excluded)


def _check_row(
    source: str, row: Shipped, cells: dict[int, _Line], findings: list[Finding]
) -> list[Finding]:
    """Return the problems of a row, and add them to the findings."""
    found = []
    line = cells.get(row.paragraph)
    if line is None or line.shipped != row:
        other = f", where {line.shipped[1:]} does" if line else ""
        problem = f"of {row[1:]} does not stand in the line{other}"
        found.append(Finding(source, row.paragraph, row.printed, problem))
    elif line.excluded:
        problem = f"is a row and excluded as {line.excluded}"
        found.append(Finding(source, row.paragraph, row.printed, problem))
    findings += found
    return found


def _count_excluded_cells(
    source: str, cells: dict[int, _Line], stated: set[int], findings: list[Finding]
) -> int:
    """Return how many cells are excluded; any other without a row is a finding."""
    silent = {number: line for number, line in cells.items() if number not in stated}
    findings += [
        Finding(source, number, line.shipped.printed, f"of {line.shipped[1:]} has no row")
        for number, line in silent.items()
        if not line.excluded
    ]
    return sum(1 for line in silent.values() if line.excluded)
