"""Headings: the units of printed tables, whose cells have none of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.store.files import read_records, read_whole_number

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Heading", "read_headings"]

_COLUMNS: Final = ("source", "paragraph", "last", "units")


class Heading(NamedTuple):
    """The heading of a printed table: its paragraph, the last one of its rows, and its units."""

    source: str
    paragraph: int
    last: int
    units: tuple[str, ...]


def read_headings(folder: Path) -> list[Heading]:
    """Return the headings of the printed tables of all documents."""
    return read_records(folder / "headings.tsv", _COLUMNS, _make_heading)


def _make_heading(row: dict[str, str]) -> Heading:
    first, last = read_whole_number(row, "paragraph"), read_whole_number(row, "last")
    return Heading(row["source"], first, last, tuple(row["units"].split()))
