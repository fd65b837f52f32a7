"""Panels: a frame of rows, checked and prepared once for any number of comparisons."""

from __future__ import annotations

from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import numpy as np
import pandas as pd

from provstats.engines.memory.checks import (
    encode_natures,
    encode_periods,
    encode_texts,
    encode_units,
    encode_words,
    read_intervals,
    read_own_regions,
    refuse_columns,
    refuse_no_frame,
    refuse_unknown_regions,
)
from provstats.engines.memory.codes import encode_column, find_codes
from provstats.engines.memory.frames import IS_LAZY, decode_texts, wrap_columns
from provstats.engines.memory.matrix import Matrix, is_dense_enough
from provstats.engines.memory.threads import build_column
from provstats.errors import SchemaError, format_first_rows
from provstats.store.keys import FACT, KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from provstats.engines.memory.arrays import Ints, Values
    from provstats.engines.memory.codes import Codes
    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.intervals import Interval


__all__ = ["Panel"]

T = TypeVar("T")

_SHOWN: Final = ("region", "indicator", "period")
# What makes a line.
_AXES: Final = ("indicator", "among", "nature", "period")


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
    >>> panel = Panel(ps.series("rd_intensity", vintage="nbs-rd-bulletin-2023").data)
    >>> panel
    Panel: 193 rows, 32 regions, 1 indicator, 7 periods
    >>> len(ps.rank(panel)), len(ps.yoy(panel))
    (186, 193)

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
        self.regions = None if regions is None else read_own_regions(regions)
        refuse_no_frame(frame)
        self.given = frame.copy(deep=not IS_LAZY) if isinstance(frame, pd.DataFrame) else frame
        names, self.frame = wrap_columns(self.given)
        refuse_columns(names, len(self.frame))
        self._asked = len(self.frame)
        self.vintages: pd.DataFrame | None = None
        self.is_part = False  # of more rows: that these have nothing to compare is no fault
        self.region = encode_texts(self.frame, "region")
        self.indicator = encode_texts(self.frame, "indicator")
        self.period = encode_periods(self.frame)
        self.among = encode_words(self.frame, "among")
        self.nature = encode_natures(self.frame)
        self.unit = encode_units(self.frame, self.indicator)
        self.interval, self.missing = read_intervals(self.frame)  # and the rows that have no value
        refuse_unknown_regions(self.frame, self.region, self.regions or ())
        self._known: dict[Callable[..., Any], Any] = {}
        self._number_lines()
        #: The slots that have a value.
        self.is_filled = self.matrix.spread(
            np.broadcast_to(np.True_, len(self.frame)), nothing=False
        )
        if np.count_nonzero(self.is_filled) < len(self.frame):
            self._refuse_twice()
        self.is_filled[self.matrix.slots[self.missing]] = False

    def _refuse_twice(self) -> NoReturn:
        twice = pd.Series(self.cells).duplicated(keep=False).to_numpy()
        key = [column for column in FACT if column in KEY or column in self.frame]
        shown = format_first_rows(self.frame[twice])
        msg = f"columns {key} must identify a row, these stand twice:{shown}"
        raise SchemaError(msg)

    @classmethod
    def from_rows_and_context(
        cls, rows: pd.DataFrame, around: pd.DataFrame, vintages: pd.DataFrame | None = None
    ) -> Panel:
        """Return a panel that compares rows, with benchmarks and bases from those around."""
        lacking = [column for column in ("among", "source") if column not in rows]
        both = pd.concat([rows.assign(**dict.fromkeys(lacking, "")), around])
        key = [column for column in FACT if column in around]
        panel = cls.from_first_rows(both.drop_duplicates(key), len(rows), vintages)
        panel.given = rows
        return panel

    @classmethod
    def from_first_rows(
        cls, frame: pd.DataFrame, asked: int, vintages: pd.DataFrame | None = None
    ) -> Panel:
        """Return a panel that compares the first rows; the others are benchmarks and bases.

        The vintages are what all documents state, of rows that are shipped.
        """
        panel = cls(frame)
        panel.given, panel._asked, panel.vintages = frame.iloc[:asked], asked, vintages
        return panel

    def __len__(self) -> int:
        return self._asked

    def __repr__(self) -> str:
        counts = {axis: len(getattr(self, axis).drop_unused().labels) for axis in _SHOWN}
        told = [f"{n:,} {axis}{'s' * (n != 1)}" for axis, n in {"row": len(self), **counts}.items()]
        return f"{type(self).__name__}: {', '.join(told)}"

    def complete_rows(self, rows: Ints | slice = slice(None)) -> pd.DataFrame:
        """Return rows with all that comparing needs, as `prepare_frame` promises it."""
        keys = ["region", "indicator", "period", "nature", "unit"]
        keys += ["among"] if "among" in self.frame else []
        axes = {key: getattr(self, key) for key in keys}
        ends = {end: getattr(self.interval, end) for end in ("value", "lower", "upper")}
        return pd.DataFrame({
            **{key: decode_texts([*axis.labels], axis.codes[rows]) for key, axis in axes.items()},
            **{end: number[rows].copy() for end, number in ends.items()},
        }, index=self.frame.index[rows])  # fmt: skip

    def compute_once(self, work: Callable[[Panel], T]) -> T:
        """Return the result of work on this panel, which is done only once."""
        if work not in self._known:
            self._known[work] = work(self)
        known: T = self._known[work]
        return known

    @cached_property
    def _source(self) -> Codes | None:
        return encode_column(self.frame["source"]) if "source" in self.frame else None

    def find_sources(self, rows: Ints) -> Values:
        """Return the documents of rows, an empty text where none is stated."""
        if self._source is None or self._source.codes.max() < 0:
            return np.full(len(rows), "", object)
        codes, labels = self._source.codes[rows], self._source.labels
        is_text = np.array([*(isinstance(label, str) for label in labels), False])[codes]
        if is_text.all():
            return np.array([*labels, ""], object)[codes]
        shown = format_first_rows(self.frame.iloc[rows][~is_text], column="source")
        msg = f"column 'source' must hold texts:{shown}"
        raise SchemaError(msg)

    # --- slots: where the value of a region in a line is kept ------------------------------------

    @cached_property
    def by_slot(self) -> Interval:
        """The values by slot, NaN where there is none."""
        return self.interval.map(self.matrix.spread)

    @cached_property
    def row_by_slot(self) -> Ints:
        """The rows by slot, -1 where there is none."""
        return self.matrix.spread(np.arange(len(self.frame)), -1)

    # --- lines: an indicator, a nature and a period ---------------------------------------------

    def _number_lines(self) -> None:
        """Find each row's cell: the number of its region times that of lines, and its line's."""
        if not self._is_dense():
            for axis in ("region", *_AXES):
                setattr(self, axis, getattr(self, axis).drop_unused())
        number: Callable[[slice], Ints] = self._compute_keys
        if self._is_dense():
            self._keys = np.arange(prod(self._shape))
        else:  # so many numbers as there are lines, not as there might be
            self._keys, places = np.unique(self._compute_keys(slice(None)), return_inverse=True)
            number = places.__getitem__
        self.lines = len(self._keys) + 1  # the last line is nothing: it stays empty
        regions = len(self.region.labels)
        kind = _choose_integer_type(regions * self.lines)

        def compute_cells(block: slice) -> Ints:
            part = self.region.codes[block].astype(kind)
            part *= self.lines
            part += number(block)
            return part

        self.cells = build_column(compute_cells, len(self.frame))
        self.matrix = Matrix(self.cells, regions, self.lines)

    @property
    def _shape(self) -> tuple[int, ...]:
        return tuple(len(getattr(self, axis).labels) for axis in _AXES)

    def _is_dense(self) -> bool:
        return is_dense_enough(len(self.region.labels) * prod(self._shape), len(self.frame))

    def _compute_keys(self, block: slice) -> Ints:
        """Return the number of each row's line among all that are possible."""
        key = self.indicator.codes[block].astype(_choose_integer_type(prod(self._shape)))
        for axis in _AXES[1:]:
            codes, labels = getattr(self, axis)
            if len(labels) > 1:
                key *= len(labels)
                key += codes[block]
        return key

    @cached_property
    def axes(self) -> tuple[Ints, ...]:
        """The codes of each line's indicator, among, nature and period; not those of nothing."""
        return np.unravel_index(self._keys, self._shape)

    def find_linked_lines(
        self, ids: Iterable[str], periods: Ints | None = None, whom: str | None = None
    ) -> Ints | None:
        """Return, for each line, that of another indicator and period; None if all are nothing.

        The ids belong to the labels of indicators, the codes of periods to those of periods.
        ``whom`` is the group of a rank that is claimed, by default that of the line.
        """
        indicator, among, nature, period = self.axes
        indicator = find_codes(ids, self.indicator.labels)[indicator]
        if whom is not None:
            among = np.full_like(among, self.among.labels.index(whom))
        period = period if periods is None else periods[period]
        axes = (indicator, among, nature, period)
        keys = np.ravel_multi_index(axes, self._shape, mode="clip")
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        is_there = (self._keys[places] == keys) & (indicator >= 0) & (period >= 0)
        lines = np.append(np.where(is_there, places, self.lines - 1), self.lines - 1)
        return lines if is_there.any() else None

    def find_lines(self, rows: Ints | slice) -> Ints:
        """Return the lines of rows."""
        cells = self.find_cells(rows)
        return cells - cells // self.lines * self.lines

    def find_cells(self, rows: Ints | slice) -> Ints:
        """Return the cells of rows."""
        return self.cells[rows] if isinstance(rows, slice) else self.cells.take(rows, mode="clip")

    def find_linked_slots(self, rows: Ints | slice, to: Ints) -> Ints:
        """Return the slots of the same regions in the lines that ``to`` gives for theirs."""
        cells = self.find_cells(rows)
        step = (to - np.arange(self.lines)).astype(cells.dtype)
        return self.matrix.find(cells + step.take(cells % self.lines, mode="clip"))


def _choose_integer_type(size: int) -> type[np.integer[Any]]:
    """Return the smallest integer type that holds such a number."""
    return np.int32 if size < np.iinfo(np.int32).max else np.int64
