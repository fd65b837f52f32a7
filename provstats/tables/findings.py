"""Findings: what is found while a table is read."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from provstats.errors import SchemaError
from provstats.tables.sheets import format_column_letters

if TYPE_CHECKING:
    from provstats.tables.labels import Label
    from provstats.tables.sheets import Sheet
    from provstats.tables.units import Measure

__all__ = ["Findings", "Problem", "Remark"]

#: So many cells that cannot be read are shown; the others are counted.
_SHOWN: Final = 100
#: So much of a text is repeated in a remark.
_QUOTED: Final = 200
_Thing = TypeVar("_Thing")


class Remark(NamedTuple):
    """One thing that was understood, and where it stands."""

    sheet: str
    row: int
    what: str
    text: str
    meaning: str


class Problem(NamedTuple):
    """A cell that cannot be read."""

    sheet: str
    row: int
    column: str
    text: str
    why: str

    def __str__(self) -> str:
        sheet = f"sheet {self.sheet!r}, " if self.sheet else ""
        return f"{sheet}row {self.row}, column {self.column}: {self.text!r} ({self.why})"


@dataclass(slots=True)
class Findings:
    """The labels and units of a table, which its cells name by number; remarks and problems."""

    labels: list[Label] = field(default_factory=list)
    units: list[Measure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: Whether the caller's indicator is the name of a column, and not that of the figures.
    names_indicators: bool = False

    def add_label(self, label: Label) -> int:
        """Add a label once; return its number."""
        return _add_if_new(self.labels, label)

    def add_unit(self, unit: Measure) -> int:
        """Add a unit once; return its number."""
        return _add_if_new(self.units, unit)

    def add_remark(self, sheet: Sheet, row: int | None, what: str, text: str, meaning: str) -> None:
        """Note once how a row, or a whole sheet, was understood."""
        place = 0 if row is None else sheet.compute_row_number(row)
        line = Remark(sheet.name, place, what, " ".join(text.split())[:_QUOTED], meaning)
        if line not in self.remarks[-_SHOWN:]:
            self.remarks.append(line)

    def add_problem(self, sheet: Sheet, row: int, place: int, why: str) -> None:
        """Note a cell that cannot be read."""
        text = sheet.texts[row, place].strip()
        self.problems.append(
            Problem(
                sheet.name, sheet.compute_row_number(row), format_column_letters(place), text, why
            )
        )

    def report_problems(self, errors: str) -> None:
        """Raise for all cells that cannot be read, or warn that they were left out."""
        if not self.problems:
            return
        rest = len(self.problems) - _SHOWN
        ordered = sorted(self.problems, key=lambda problem: (problem.sheet, problem.row))
        lines = [*ordered[:_SHOWN], *([f"... and {rest} more"] if rest > 0 else [])]
        cells = "".join(f"\n  {line}" for line in lines)
        if errors == "raise":
            msg = f"{len(self.problems)} cells cannot be read (errors='missing' leaves them out):"
            raise SchemaError(msg + cells)
        msg = f"{len(self.problems)} cells cannot be read and are left out:{cells}"
        warnings.warn(msg, stacklevel=4)


def _add_if_new(things: list[_Thing], thing: _Thing) -> int:
    if thing not in things:
        things.append(thing)
    return things.index(thing)
