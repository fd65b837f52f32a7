"""Marks: texts on some cells of a table, notes or why the cells are no rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from provstats.errors import SchemaError
from provstats.reading.periods import parse_period
from provstats.store.files import read_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["ALL", "Mark", "Marks", "Why", "read_excluded_cells", "read_notes"]

#: All regions, or all periods.
ALL: Final = "*"

#: Why a cell is no row: another cell or document states it (as finely, or as it was at the same
#: time), a later document revised it, a blank stands as 0, or it is of something else than its
#: table says.
Why = Literal["duplicate", "revised", "blank", "scope"]

_NOTES: Final = ("source", "indicator", "region", "period", "note")
_EXCLUDED: Final = ("source", "table", "region", "period", "reason", "why")


class Mark(NamedTuple):
    """A text on the cells of a region, or all, in the periods that lie within one, or all.

    ``subject`` is the indicator of a note, and the table of an exclusion.
    """

    source: str
    subject: str
    region: str
    period: str
    said: str

    def is_of_cell(self, region: str, period: str) -> bool:
        """Tell whether it is about the cell of a region and a period."""
        return self.region in (ALL, region) and _is_within(period, self.period)


def _is_within(period: str, span: str) -> bool:
    if span in (ALL, period):
        return True
    outer, inner = parse_period(span), parse_period(period)
    return outer.start <= inner.start and inner.end <= outer.end


class Marks:
    """The marks of a document, each of which must be about some cell."""

    def __init__(self, file: str, source: str, marks: Iterable[Mark]) -> None:
        self._file = file
        self._idle = {mark: True for mark in marks if mark.source == source}

    def use_cell_texts(self, subject: str, region: str, period: str) -> list[str]:
        """Return the texts on a cell; their marks are no longer idle."""
        found = [m for m in self._idle if m.subject == subject and m.is_of_cell(region, period)]
        self._idle.update(dict.fromkeys(found, False))
        return [mark.said for mark in found]

    def refuse_idle(self) -> None:
        """Refuse a mark that is about no cell."""
        if idle := [tuple(mark) for mark, is_idle in self._idle.items() if is_idle]:
            msg = f"{self._file}: these are of no cell: {idle}"
            raise SchemaError(msg)


def read_notes(folder: Path) -> list[Mark]:
    """Return the notes on cells; a note is of an indicator."""
    return read_records(folder / "notes.tsv", _NOTES, _make_note)


def _make_note(row: dict[str, str]) -> Mark:
    return _make_mark(row, row["indicator"], row["note"])


def read_excluded_cells(folder: Path) -> list[Mark]:
    """Return which cells are no rows; a reason that is not of the vocabulary is refused."""
    return read_records(folder / "cell-exclusions.tsv", _EXCLUDED, _make_exclusion)


def _make_exclusion(row: dict[str, str]) -> Mark:
    if row["reason"] not in get_args(Why):
        msg = f"reason must be one of {get_args(Why)}, got {row}"
        raise SchemaError(msg)
    return _make_mark(row, row["table"], row["why"])


def _make_mark(row: dict[str, str], subject: str, said: str) -> Mark:
    if not said:
        msg = f"what is to be said of the cells is missing, got {row}"
        raise SchemaError(msg)
    if row["period"] != ALL:
        parse_period(row["period"])
    return Mark(row["source"], subject, row["region"], row["period"], said)
