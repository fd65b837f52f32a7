"""Classes: into which of a few shades a value falls, with boundaries that are round numbers."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from provstats.engines.memory.intervals import TOUCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.typing import ColorType
    from numpy.typing import NDArray

    from provstats.plot.parts.palette import Palette

__all__ = ["Classes", "build_classes"]

# Classes where there is no nation's value, and provinces that one must hold on average.
_FIVE, _LEAST = 5, 2
# How far a boundary may stand from its part of the provinces, as a part of them.
_LEEWAY: Final = 0.16


class Classes(NamedTuple):
    """The boundaries between classes, their shades from the least up, and who is in which."""

    edges: list[float]
    shades: list[ColorType]
    class_of: dict[str, int]
    #: The classes that the interval of a value reaches into, where there are several.
    reached: dict[str, tuple[int, int]]
    #: Which of the boundaries is the nation's value, if one is.
    nation: int | None = None

    def find_shade(self, code: str) -> ColorType:
        """Return the shade of a region."""
        return self.shades[self.class_of[code]]

    @property
    def counts(self) -> list[int]:
        """How many regions each class holds."""
        return [list(self.class_of.values()).count(place) for place in range(len(self.shades))]


def build_classes(rows: pd.DataFrame, nation: float | None, palette: Palette) -> Classes:
    """Class values: below and above the nation apart, the farther the darker, else in one hue."""
    values = np.sort(rows["value"].to_numpy())
    if nation is None or not values[0] < nation < values[-1]:
        edges = _choose_round_edges(values, len(palette.one_hue))
        shades = _spread_shades(palette.one_hue, len(edges) + 1)
        return _assign_classes(rows, edges, shades, None)
    under, over = values[values < nation], values[values >= nation]
    low = _choose_round_edges(under, len(palette.below))
    high = _choose_round_edges(over, len(palette.above))
    shades = [
        *palette.below[len(palette.below) - len(low) - 1 :][::-1],
        *palette.above[: len(high) + 1],
    ]
    return _assign_classes(rows, [*low, nation, *high], shades, len(low))


def _spread_shades(hues: Sequence[ColorType], count: int) -> list[ColorType]:
    places = np.linspace(0, len(hues) - 1, count).round().astype(int) if count > 1 else [2]
    return [hues[place] for place in places]


def _assign_classes(
    rows: pd.DataFrame, edges: list[float], shades: list[ColorType], nation: int | None
) -> Classes:
    codes = rows["region"].to_list()
    value, lower, upper = (rows[end].to_numpy() for end in ("value", "lower", "upper"))
    touch = TOUCH * np.maximum(1, np.abs(value))
    own = np.searchsorted(edges, value, side="right")
    ends = (
        np.searchsorted(edges, lower + touch, side="right"),
        np.searchsorted(edges, upper - touch, side="right"),
    )
    reached = {
        code: (int(low), int(high))
        for code, low, high in zip(codes, *ends, strict=True)
        if low < high
    }
    return Classes(edges, shades, dict(zip(codes, map(int, own), strict=True)), reached, nation)


def _choose_round_edges(values: NDArray[np.float64], most: int) -> list[float]:
    """Return round numbers that part sorted values into classes of about the same size."""
    count = min(most, len(np.unique(values)), max(1, len(values) // _LEAST))
    edges: list[float] = []
    leeway = ceil(_LEEWAY * len(values))
    for part in range(1, count):
        place = round(part * len(values) / count)
        low = values[max(place - leeway, 0)]
        high = values[min(place + leeway - 1, len(values) - 1)]
        edge = _find_roundest_number(low, high)
        if edge is not None and (not edges or edge > edges[-1]) and values[0] < edge <= values[-1]:
            edges.append(edge)
    return edges


def _find_roundest_number(low: float, high: float) -> float | None:
    """Return the roundest number above `low` and not above `high`."""
    if not high > low:
        return None
    start = ceil(log10(max(abs(low), abs(high), high - low))) + 1
    stop = floor(log10(high - low)) - 1
    for power in range(start, stop, -1):
        for by in (1.0, 0.5, 0.25, 0.2):
            step = by * 10.0**power
            edge = (floor(low / step * (1 + TOUCH)) + 1) * step
            if low < edge <= high:
                return float(f"{edge:.12g}")
    return None
