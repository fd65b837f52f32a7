"""Spreads: measures of how unequal the rows of one indicator and period are."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Final

from provstats.analysis.parts.inequalities import (
    INEQUALITIES,
    bound_measure,
    find_extreme_candidates,
)
from provstats.indicators import CLAIMS, GROWTHS, split_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bounded = tuple[float, float, float]

__all__ = ["FEWEST", "extract_bounds", "extract_values", "measure_inequalities", "read_intervals"]

#: One value alone has no spread.
FEWEST: Final = 2
# What may be negative, and a rank, have no meaningful ratios.
_UNITS_WITHOUT_RATIOS: Final = ("percentage_point", "rank")
_WITHOUT_RATIOS: Final = (*GROWTHS, *CLAIMS, "change", "contribution")


def extract_values(found: dict[str, Bounded]) -> dict[str, float]:
    """Return the measures of the values as printed."""
    return {name: value for name, (value, _, _) in found.items()}


def extract_bounds(found: dict[str, Bounded]) -> dict[str, float]:
    """Return the bounds of measures, by the names of their columns."""
    return {
        f"{name}_{end}": bound
        for name, (_, *bounds) in found.items()
        for end, bound in zip(("lower", "upper"), bounds, strict=True)
    }


def read_intervals(group: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Return the values of rows and the ends of their intervals."""
    value, lower, upper = group[["value", "lower", "upper"]].to_numpy().T
    return value, lower, upper


def measure_inequalities(
    group: pd.DataFrame, names: Iterable[str] = tuple(INEQUALITIES)
) -> dict[str, Bounded]:
    """Return the measures that do not depend on the unit, NaN where they mean nothing."""
    if not _has_ratios(group):
        return dict.fromkeys(names, (nan, nan, nan))
    value, lower, upper = read_intervals(group)
    candidates = find_extreme_candidates(value, lower.clip(min=0), upper)
    return {name: bound_measure(INEQUALITIES[name], candidates) for name in names}


def _has_ratios(group: pd.DataFrame) -> bool:
    """Tell whether there are values of which one can be twice another."""
    id_, unit = group["indicator"].iloc[0], group["unit"].iloc[0]
    may_be_negative = unit in _UNITS_WITHOUT_RATIOS or split_id(id_)[1] in _WITHOUT_RATIOS
    return len(group) >= FEWEST and not may_be_negative and bool((group["value"] >= 0).all())
