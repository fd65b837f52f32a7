"""Routes: from the cells of a panel's rows to the rows that stand in other lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from provstats.engines.memory.codes import codes_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.engines.memory.panel import Panel

    Ints = NDArray[np.integer[Any]]

__all__ = ["Route", "route"]


class Route(NamedTuple):
    """The way from the cells of a panel to the rows of the same regions in other lines.

    Parameters
    ----------
    around : Panel
        Where the rows are.
    by_line : array of int
        How far the cell is from that of a row in each line; in another panel, the line there.
    lines : int
        How many lines there are where the way begins.
    regions : array of int or None
        In another panel, the code there of each region, -1 for none.
    """

    around: Panel
    by_line: Ints
    lines: int
    regions: Ints | None

    def rows(self, cells: Ints, line: Ints) -> Ints:
        """Return the rows that cells lead to, -1 where there is none that has a value.

        Parameters
        ----------
        cells, line : array of int
            Where the way begins.
        """
        found = self.by_line.take(line, mode="clip")
        if self.regions is None:
            found += cells
        else:
            region, count = self.regions[cells // self.lines], self.around.cells.lines
            found = np.where(region < 0, count - 1, region * count + found)
        rows = self.around.cells.find(found)
        if len(self.around.missing):
            rows = np.where(self.around.has_value(rows), rows, -1)
        return rows


def route(rows: Panel, around: Panel, to: Ints) -> Route:
    """Return the way from the cells of a panel to rows around it in other lines.

    Parameters
    ----------
    rows : Panel
        The panel of the cells.
    around : Panel
        Where the way leads; it may be the same one.
    to : array of int
        The line around for each line of the panel.
    """
    if rows is around:
        shift = to - np.arange(len(to))
        return Route(around, shift.astype(rows.cells.cells.dtype), rows.cells.lines, None)
    regions = codes_in(rows.region.labels, around.region.labels)
    return Route(around, to, rows.cells.lines, regions)
