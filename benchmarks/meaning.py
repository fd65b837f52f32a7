"""What answers of equal meaning rest on, by whatever engine they are computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.catalogue.entries import adds_up
from provstats.reading.units import DIFFERENCES, unit_of_distance
from provstats.store.groups import places
from provstats.store.regions import NATION, provinces

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "LEAST", "NATION", "PROVINCES", "RATES", "TEXTS", "TOUCH", "RefusedError", "averages",
    "refuse_if", "refuse_regions", "units_of_change", "units_of_gap",
]  # fmt: skip

TEXTS: Final = ["region", "indicator", "unit"]
PROVINCES: Final = sorted(provinces())
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
    refuse_if(set(codes) - set(places()), "unknown regions")


def averages(units: Iterable[str]) -> list[str]:
    """Return the units of which provinces do not add up to the nation."""
    return [unit for unit in units if not adds_up("of_the_caller", unit)]


def units_of_gap(units: Iterable[str]) -> dict[str, str]:
    """Return the unit of a distance from the nation by the unit of the values."""
    return {unit: unit_of_distance(unit) for unit in units}


def units_of_change(units: Iterable[str]) -> dict[str, str]:
    """Return the unit of a change by the unit of the values."""
    return {unit: DIFFERENCES.get(unit, "percent") for unit in units}
