"""What answers of equal meaning rest on, by whatever engine they are computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.catalogue.entries import can_add_up
from provstats.reading.units import DIFFERENCES, find_difference_unit
from provstats.store.groups import load_regions_and_groups
from provstats.store.regions import NATION, list_province_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "LEAST", "NATION", "PROVINCES", "RATES", "TEXTS", "TOUCH", "RefusedError", "list_averages",
    "name_units_of_change", "name_units_of_gap", "refuse_if", "refuse_regions",
]  # fmt: skip

TEXTS: Final = ["region", "indicator", "unit"]
PROVINCES: Final = sorted(list_province_codes())
#: Units of which a change is a difference.
RATES: Final = sorted(DIFFERENCES)
#: Intervals touch if they are this near.
TOUCH: Final = 1e-9
#: How many values make a ranking.
LEAST: Final = 2


class RefusedError(ValueError):
    """Rows that may not be compared."""


def refuse_if(wrong: object, what: str) -> None:
    """Refuse rows in which something is wrong."""
    if wrong:
        raise RefusedError(what)


def refuse_regions(codes: Iterable[str]) -> None:
    """Refuse codes that the registry does not know, each judged once."""
    refuse_if(set(codes) - set(load_regions_and_groups()), "unknown regions")


def list_averages(units: Iterable[str]) -> list[str]:
    """Return the units of which provinces do not add up to the nation."""
    return [unit for unit in units if not can_add_up("of_the_caller", unit)]


def name_units_of_gap(units: Iterable[str]) -> dict[str, str]:
    """Return the unit of a distance from the nation by the unit of the values."""
    return {unit: find_difference_unit(unit) for unit in units}


def name_units_of_change(units: Iterable[str]) -> dict[str, str]:
    """Return the unit of a change by the unit of the values."""
    return {unit: DIFFERENCES.get(unit, "percent") for unit in units}
