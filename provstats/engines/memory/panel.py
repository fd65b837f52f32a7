"""Panels: a frame of rows, checked and prepared once for any number of comparisons."""

from __future__ import annotations

from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import pandas as pd

from provstats.engines.memory.answers import IS_LAZY, texts
from provstats.engines.memory.checks import (
    known_natures,
    labels_of,
    natures_of,
    own_regions,
    refuse_columns,
    refuse_no_frame,
    refuse_unknown_regions,
    texts_of,
    units_of,
)
from provstats.engines.memory.codes import codes_in, used
from provstats.engines.memory.frames import columns_of
from provstats.engines.memory.intervals import Interval, taken
from provstats.engines.memory.matrix import DENSE, SMALL, cells_of
from provstats.engines.memory.numbers import bound_of, numbers_of, refuse_outside
from provstats.engines.memory.threads import each_block
from provstats.errors import SchemaError, first_rows
from provstats.store.keys import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import NDArray

    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.matrix import Cells

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = ["Panel"]

T = TypeVar("T")

_SHOWN: Final = ("region", "indicator", "period")


class Panel:
    """A tidy frame, checked and prepared once for several comparisons.

    `rank`, `gap_to_national` and `yoy` take it in place of the frame, and answer as they do for
    the frame; what all of them need is then worked out once.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        Columns ``region``, ``indicator``, ``period`` and ``value``; ``lower``, ``upper``,
        ``unit`` and ``nature`` are optional. Regions are codes (``ps.region(name).code``).
        Periods are labels, years, dates or datetimes (each stands for its month), or periods of
        pandas. Units are the words of the data (``percent``), as printed (``%``), or the caller's
        own. Keys that are categories are the quickest. The frame is not changed, and what is
        changed in it later does not change the panel.
    regions : collection of str, optional
        The codes of those that are compared with one another, by default of the provinces; they
        may be the caller's own, of counties or cities. Rows of the others are left out and
        counted; the nation stays the benchmark.

    Raises
    ------
    SchemaError
        If it is no frame or empty, a column is missing, a value is no number, bounds do not hold
        their value, a key stands twice, or ``regions`` are no codes.
    UnknownRegionError, PeriodError
        If a region or a period is not known; the first offending rows are shown.
    NotImplementedError
        If it is a lazy frame.

    Examples
    --------
    >>> import provstats as ps
    >>> panel = Panel(ps.load())
    >>> panel
    Panel: 1,536 rows, 37 regions, 597 indicators, 20 periods
    >>> len(ps.rank(panel)), len(ps.yoy(panel))
    (847, 1536)

    Three counties of one's own, by the codes that one's table has:

    >>> counties = pd.DataFrame(
    ...     {
    ...         "region": ["330106", "330110", "330122", "CN"],
    ...         "indicator": "rd_intensity",
    ...         "period": 2024,
    ...         "value": [4.1, 4.6, 1.9, 2.69],
    ...     }
    ... )
    >>> panel = Panel(counties, regions={"330106", "330110", "330122"})
    >>> ps.gap_to_national(panel)[["region", "gap"]].round(2).values.tolist()
    [['330106', 1.41], ['330110', 1.91], ['330122', -0.79]]
    """

    def __init__(
        self, frame: pd.DataFrame | HasColumns, *, regions: Collection[str] | None = None
    ) -> None:
        self.regions = None if regions is None else own_regions(regions)
        if isinstance(frame, pd.DataFrame):
            self.given: pd.DataFrame | HasColumns = frame.copy(deep=not IS_LAZY)
            self.frame = self.given
            refuse_columns([*frame.columns], len(frame))
        else:
            refuse_no_frame(frame)
            self.given = frame
            names, self.frame = columns_of(frame)
            refuse_columns(names, len(self.frame))
        frame = self.frame
        self.region = texts_of(frame, "region")
        self.indicator = texts_of(frame, "indicator")
        self.period = labels_of(frame)
        nature = natures_of(frame)
        self.unit = units_of(frame)
        value, self.missing = numbers_of(frame, "value")  # the rows that have no value
        self.values = Interval(value, *(bound_of(frame, end, value) for end in ("lower", "upper")))
        refuse_unknown_regions(frame, self.region, self.regions or ())
        self.nature = known_natures(frame, nature)
        refuse_outside(frame, self.values)
        self._known: dict[Callable[..., Any], Any] = {}
        self.cells = self._cells()
        if (twice := self.cells.twice()) is not None:
            rows = first_rows(frame[twice])
            msg = f"columns {KEY} must identify a row, these stand twice:{rows}"
            raise SchemaError(msg)

    def __len__(self) -> int:
        return len(self.value)

    def __repr__(self) -> str:
        counts = {axis: len(used(getattr(self, axis)).labels) for axis in _SHOWN}
        told = [f"{n:,} {axis}{'s' * (n != 1)}" for axis, n in {"row": len(self), **counts}.items()]
        return f"{type(self).__name__}: {', '.join(told)}"

    def checked(self, rows: Ints | slice = slice(None)) -> pd.DataFrame:
        """Return rows with all that comparing needs, as `check_frame` promises it.

        Parameters
        ----------
        rows : array of int or slice
            Which rows; all by default.
        """
        keys = ("region", "indicator", "period", "nature", "unit")
        axes = {key: getattr(self, key) for key in keys}
        return pd.DataFrame({
            **{key: texts([*of.labels], of.codes[rows]) for key, of in axes.items()},
            **{end: number[rows].copy() for end, number in self.values._asdict().items()},
        }, index=self.frame.index[rows])  # fmt: skip

    def once(self, work: Callable[[Panel], T]) -> T:
        """Return what the work makes of this panel; it is worked out once.

        Parameters
        ----------
        work : callable
            What another module knows of a panel.
        """
        if work not in self._known:
            self._known[work] = work(self)
        known: T = self._known[work]
        return known

    def interval(self, rows: Ints | slice) -> Interval:
        """Return the values of rows, NaN for a row of -1.

        Parameters
        ----------
        rows : array of int or slice
            Which rows.
        """
        value = taken(self.values.value, rows)
        if self.values.is_exact:
            return Interval(value, value, value)
        return Interval(value, *(taken(bound, rows) for bound in self.values[1:]))

    @property
    def value(self) -> Floats:
        """The values of all rows."""
        return self.values.value

    def has_value(self, rows: Ints) -> Bools:
        """Tell which of the rows, of which -1 is none, have a value."""
        return (rows >= 0) & ~np.isnan(self.value.take(rows, mode="clip"))

    # --- lines: an indicator, a nature and a period ---------------------------------------------

    def _cells(self) -> Cells:
        """Find each row's cell: the number of its region times that of lines, and its line's."""
        if self._is_sparse():
            for axis in ("region", "indicator", "nature", "period"):
                setattr(self, axis, used(getattr(self, axis)))
        number: Callable[[slice], Ints] = self._numbers
        if self._is_sparse():
            numbers = np.concatenate(each_block(number, len(self)))
            self._keys, lines = np.unique(numbers, return_inverse=True)
            number = lines.__getitem__
        else:
            self._keys = np.arange(prod(self._shape))
        count = len(self._keys) + 1  # the last line is nothing: it stays empty
        cells = np.empty(len(self), _whole(len(self.region.labels) * count))

        def work(block: slice) -> None:
            part = self.region.codes[block].astype(cells.dtype)
            part *= count
            part += number(block)
            cells[block] = part

        each_block(work, len(self))
        return cells_of(cells, len(self.region.labels), count)

    @property
    def _shape(self) -> tuple[int, int, int]:
        return len(self.indicator.labels), len(self.nature.labels), len(self.period.labels)

    def _is_sparse(self) -> bool:
        return len(self.region.labels) * prod(self._shape) > max(DENSE * len(self), SMALL)

    def _numbers(self, block: slice) -> Ints:
        """Return the number of each row's line, were there all lines."""
        indicators, natures, periods = self._shape
        number = self.indicator.codes[block].astype(_whole(indicators * natures * periods))
        if natures > 1:
            number *= natures
            number += self.nature.codes[block]
        number *= periods
        number += self.period.codes[block]
        return number

    @cached_property
    def lines(self) -> tuple[Ints, Ints, Ints]:
        """The codes of each line's indicator, nature and period."""
        rest, period = np.divmod(self._keys, self._shape[2])
        return (*np.divmod(rest, self._shape[1]), period)

    def lines_of(self, indicator: Ints, nature: Ints, period: Ints) -> Ints:
        """Return the lines of codes, the line that is nothing where a code is -1 or unused.

        Parameters
        ----------
        indicator, nature, period : array of int
            Codes of this panel; -1 for what it does not know.
        """
        _, natures, periods = self._shape
        keys = (indicator * natures + nature) * periods + period
        keys[(indicator < 0) | (nature < 0) | (period < 0)] = -1
        if len(self._keys) == prod(self._shape):
            return np.where(keys < 0, len(self._keys), keys)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[places] == keys, places, len(self._keys))

    def lines_as(self, rows: Panel) -> Ints:
        """Return this panel's line for each line of another, nothing for nothing.

        Parameters
        ----------
        rows : Panel
            The other; it may be this one.
        """
        if rows is self:
            return np.arange(self.cells.lines)
        axes = ("indicator", "nature", "period")
        codes = (
            codes_in(getattr(rows, axis).labels, getattr(self, axis).labels)[codes]
            for axis, codes in zip(axes, rows.lines, strict=True)
        )
        return np.append(self.lines_of(*codes), self.cells.lines - 1)

    def line_of(self, cells: Ints) -> Ints:
        """Return the lines of cells.

        Parameters
        ----------
        cells : array of int
            Cells of this panel.
        """
        return cells - cells // self.cells.lines * self.cells.lines

    def cells_at(self, places: Ints | slice) -> Ints:
        """Return the cells of rows.

        Parameters
        ----------
        places : array of int or slice
            Which rows.
        """
        cells = self.cells.cells
        return cells[places] if isinstance(places, slice) else cells.take(places, mode="clip")


def _whole(size: int) -> type[np.integer[Any]]:
    """Return the smaller type that counts so far."""
    return np.int32 if size < np.iinfo(np.int32).max else np.int64
