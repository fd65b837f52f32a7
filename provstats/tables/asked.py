"""What a caller says of a table, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provstats.errors import PeriodError, SchemaError, require_one_of
from provstats.store.regions import region
from provstats.tables.labels import Label, clean_name, read_label, read_region
from provstats.tables.units import Measure, read_unit

__all__ = ["Asked", "is_same_name"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of a caller."""

    indicator: str | None = None
    unit: str | Mapping[str, str] | None = None
    year: int | None = None
    decimals: int | None = None
    region: str | None = None
    period: str | None = None
    value: str | None = None
    cumulative: bool | None = None
    errors: str = "raise"

    def __post_init__(self) -> None:
        require_one_of("errors", self.errors, ("raise", "missing"))
        require_one_of("cumulative", self.cumulative, (None, True, False))
        if not isinstance(self.indicator, str | None):
            msg = f"indicator must be a text, got {self.indicator!r:.60}"
            raise SchemaError(msg)
        if self.decimals is not None and not (type(self.decimals) is int and self.decimals >= 0):
            msg = f"decimals must be a whole number such as 2, got {self.decimals!r}"
            raise SchemaError(msg)

    def is_column_for(self, role: str, name: str) -> bool:
        """Tell whether the caller named this heading as the column of a role, such as regions."""
        said = getattr(self, role)
        return said is not None and is_same_name(name, said)

    def find_unit(self, indicator: str) -> Measure | None:
        """Return the unit that the caller gives an indicator."""
        said = self.unit.get(indicator) if isinstance(self.unit, Mapping) else self.unit
        return None if said is None else read_unit(said) or Measure(said, 0, said)

    def read_common_region(self) -> str | None:
        """Return the region of all rows, where the argument names no column."""
        return None if self.region is None else read_region(self.region) or region(self.region).code

    def read_common_period(self) -> Label | None:
        """Return the period of all rows, where the argument names no column; else the year."""
        said = self.period if self.period is not None else self.year
        if said is None:
            return None
        if label := read_label(str(said), self.year):
            return Label(label.period)
        msg = f"period={said!r} is neither a column of the table nor a period such as '2024-11'"
        raise PeriodError(msg)


def is_same_name(one: str, other: object) -> bool:
    """Tell whether two headings are the same."""
    return clean_name(one).casefold() == clean_name(str(other)).casefold()
