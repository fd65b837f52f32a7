"""Steps: into which of five shades a value falls, and into which its interval reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provstats.engines.memory.intervals import TOUCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Steps", "steps_of"]

# The number of steps, and of provinces that make two in each fifth.
_FIVE, _ENOUGH = 5, 10


class Steps(NamedTuple):
    """Which of five steps each region has, and to which its interval reaches."""

    way: str
    of: Mapping[str, int]
    down: Mapping[str, int]
    up: Mapping[str, int]

    @property
    def doubted(self) -> list[str]:
        """The regions whose interval reaches into another step."""
        return [code for code in self.of if self.down[code] != self.up[code]]


def steps_of(rows: pd.DataFrame) -> Steps:
    """Put values into five steps: fifths where there are ten or more, else equally wide ones.

    Parameters
    ----------
    rows : DataFrame
        Rows of one indicator and period.
    """
    values = rows["value"].to_numpy()
    if len(values) >= _ENOUGH:
        way, cuts = "fifths", np.quantile(values, np.arange(1, _FIVE) / _FIVE)
    else:
        way, cuts = "equal", np.linspace(values.min(), values.max(), _FIVE + 1)[1:-1]
    edges = np.array([_middle(values, cut) for cut in cuts])
    touch = TOUCH * np.maximum(1, np.abs(values))
    codes = rows["region"].to_list()
    steps = (
        np.searchsorted(edges, rows["lower"] + touch, side="right"),
        np.searchsorted(edges, rows["upper"] - touch, side="left"),
    )
    found = (np.searchsorted(edges, values), *steps)
    return Steps(way, *(dict(zip(codes, map(int, step), strict=True)) for step in found))


def _middle(values: NDArray[np.float64], cut: float) -> float:
    """Move a cut to the middle between the values around it, so that it favours neither."""
    above = values[values > cut]
    return (values[values <= cut].max() + above.min()) / 2 if len(above) else np.inf
