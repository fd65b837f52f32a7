"""Checks: rules for the lists beside the text tables, tested before anything is built."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from provstats.building.marks import read_excluded_cells, read_notes
from provstats.building.tables import read_batches, read_tables
from provstats.errors import SchemaError
from provstats.indicators import indicator
from provstats.reading.periods import parse_period
from provstats.store.breaks import BREAK_COLUMNS
from provstats.store.files import add_place_to_errors, read_records
from provstats.store.regions import region
from provstats.store.sources import find_last_day, read_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = [
    "expect_cells",
    "list_table_sources",
    "read_checked_sources",
    "refuse_wrong_breaks",
    "refuse_wrong_regions",
]

_EXTENTS: Final = ("all", "headline")
_FORMS: Final = {
    "sha256": ("[0-9a-f]{64}", "64 hexadecimal digits"),
    "url": ("(?:https?://[^ ]+)?", "an address or empty"),
}


def expect_cells(given: Mapping[str, object], **wanted: str) -> None:
    """Refuse a row whose cells are not those that follow from the others."""
    for column, value in wanted.items():
        if given[column] != value:
            where = f" of {given['printed']!r}" if "printed" in given else ""
            msg = f"{column}{where} must be {value!r}, got {given[column]!r}"
            raise SchemaError(msg)


def read_checked_sources(folder: Path) -> list[dict[str, str]]:
    """Return the listed documents; each must stand once, with its dates and digest."""
    sources = read_sources(folder)
    for number, source in enumerate(sources, start=2):
        with add_place_to_errors(f"sources.tsv, line {number}"):
            _refuse_wrong_source(source, sources[: number - 2])
    return sources


def _refuse_wrong_source(source: Mapping[str, str], others: list[dict[str, str]]) -> None:
    find_last_day(source["published"])
    expect_cells(source, accessed=find_last_day(source["accessed"]))
    if source["encoded"] not in _EXTENTS:
        msg = f"encoded must be one of {_EXTENTS}, got {source['encoded']!r}"
        raise SchemaError(msg)
    if any(other["id"] == source["id"] for other in others):
        msg = f"id must stand once, {source['id']!r} stands above"
        raise SchemaError(msg)
    for column, (pattern, words) in _FORMS.items():
        if not re.fullmatch(pattern, source[column]):
            msg = f"{column} must be {words}, got {source[column]!r}"
            raise SchemaError(msg)


def refuse_wrong_regions(
    sources: Iterable[Mapping[str, str]], rows: Iterable[Mapping[str, object]]
) -> None:
    """Refuse a document that is listed for other regions than its rows have."""
    told = defaultdict(set)
    for row in rows:
        told[row["source"]].add(row["region"])
    for number, source in enumerate(sources, start=2):
        listed = source["regions"].split()
        if len(listed) != len(set(listed)) or set(listed) != told[source["id"]]:
            apart = sorted(map(str, told[source["id"]].symmetric_difference(listed))) or listed
            where = f"sources.tsv, line {number}"
            msg = f"{where}: regions must be those of the rows, each once; see {apart}"
            raise SchemaError(msg)


def list_table_sources(folder: Path, sources: Iterable[Mapping[str, str]]) -> set[str]:
    """Return the documents that are tables; what is listed of another document is refused."""
    known, tables = {source["id"] for source in sources}, read_tables(folder)
    listed = {table.source for table in tables}
    told = {
        "tables.tsv": (listed, known),
        "notes.tsv": ({mark.source for mark in read_notes(folder)}, listed),
        "cell-exclusions.tsv": ({mark.source for mark in read_excluded_cells(folder)}, listed),
        "batches.tsv": ({source for source, _ in read_batches(folder)}, listed),
    }
    for file, (given, allowed) in told.items():
        if unknown := sorted(given - allowed):
            msg = f"{file}: source must be the id of a document that is a table, got {unknown}"
            raise SchemaError(msg)
    _refuse_unlisted_files(folder, {f"{table.source}/{table.table}.tsv" for table in tables})
    return listed


def _refuse_unlisted_files(folder: Path, listed: set[str]) -> None:
    """Refuse a file of a table that is not listed, as its rows would be missed."""
    lying = {
        path.relative_to(folder / "tables").as_posix()
        for path in (folder / "tables").rglob("*.tsv")
    }
    if unlisted := sorted(lying - listed):
        msg = f"tables.tsv: these files are not listed: {unlisted}"
        raise SchemaError(msg)


def refuse_wrong_breaks(folder: Path, sources: Iterable[Mapping[str, str]]) -> None:
    """Refuse a break with an unknown name, or whose two sides are not in order."""
    known = {source["id"] for source in sources}
    for row in read_records(folder / "breaks.tsv", BREAK_COLUMNS, _require_valid_break):
        if row["source"] not in known:
            msg = f"breaks.tsv: source must be a document id, got {row}"
            raise SchemaError(msg)


def _require_valid_break(row: dict[str, str]) -> dict[str, str]:
    before, after = parse_period(row["before"]), parse_period(row["after"])
    code = "*" if row["region"] == "*" else region(row["region"]).code
    id_ = indicator(row["indicator"]).id
    expect_cells(row, indicator=id_, region=code, before=str(before), after=str(after))
    if before.end >= after.start or not row["reason"]:
        msg = f"before must end before after begins, and have a reason, got {row}"
        raise SchemaError(msg)
    return row
