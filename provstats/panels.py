"""Panels: a frame of rows, checked and prepared once for any number of comparisons."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from math import isfinite, prod
from numbers import Real
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from provstats.answers import IS_LAZY, texts
from provstats.blocks import each_block
from provstats.cells import DENSE, SMALL, cells_of
from provstats.codes import Codes, codes_of, codes_of_periods, period_text
from provstats.errors import (
    PeriodError,
    SchemaError,
    UnknownRegionError,
    first_rows,
    nearest,
)
from provstats.keys import KEY, NATURES
from provstats.periods import parse_period
from provstats.places import registry
from provstats.units import unit_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from provstats.cells import Cells

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

T = TypeVar("T")

__all__ = ["Interval", "Panel", "codes_in"]


class Interval(NamedTuple):
    """Values with the ends of their intervals; of exact values all three are one array."""

    value: Floats
    lower: Floats
    upper: Floats

    @property
    def is_exact(self) -> bool:
        """Whether the ends are the values themselves."""
        return self.lower is self.value and self.upper is self.value

    def at(self, places: Ints) -> Interval:
        """Return the values at some places.

        Parameters
        ----------
        places : array of int
            Where.
        """
        value = self.value.take(places, mode="clip")
        if self.is_exact:
            return Interval(value, value, value)
        return Interval(value, *(bound.take(places, mode="clip") for bound in self[1:]))

    def less(self, other: Interval) -> Interval:
        """Return the differences from other values, from the least one to the greatest.

        Parameters
        ----------
        other : Interval
            What is subtracted.
        """
        value = self.value - other.value
        if self.is_exact and other.is_exact:
            return Interval(value, value, value)
        return Interval(value, self.lower - other.upper, self.upper - other.lower)


class Panel:
    """A tidy frame, checked and prepared once for several comparisons.

    `rank`, `gap_to_national` and `yoy` take it in place of the frame, and answer as they do for
    the frame; what all of them need is then worked out once.

    Parameters
    ----------
    frame : DataFrame
        Columns ``region``, ``indicator``, ``period`` and ``value``; ``lower``, ``upper``,
        ``unit`` and ``nature`` are optional. Regions are codes (``ps.region(name).code``).
        Periods are labels, years, dates or datetimes (each stands for its month), or periods of
        pandas. Units are the words of the data (``percent``), as printed (``%``), or the caller's
        own. Keys that are categories are the quickest. The frame is not changed, and what is
        changed in it later does not change the panel.

    Raises
    ------
    SchemaError
        If it is no frame or empty, a column is missing, a value is no number, bounds do not hold
        their value, or a key stands twice.
    UnknownRegionError, PeriodError
        If a region or a period is not known; the first offending rows are shown.

    Examples
    --------
    >>> import provstats as ps
    >>> panel = Panel(ps.load())
    >>> panel
    Panel: 1,536 rows, 37 regions, 597 indicators, 20 periods
    >>> len(ps.rank(panel)), len(ps.yoy(panel))
    (847, 1536)
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        _refuse_strange(frame)
        self.frame = frame.copy(deep=not IS_LAZY)
        self.region = _texts(frame, "region")
        self.indicator = _texts(frame, "indicator")
        self.period = _labels(frame)
        nature = _natures(frame)
        self.unit = _unit_words(frame)
        value = _numbers(frame, "value")
        self.values = Interval(value, *(_bound(frame, end, value) for end in ("lower", "upper")))
        _refuse_unknown_regions(frame, self.region)
        self.nature = _known_natures(frame, nature)
        _refuse_outside(frame, self.values)
        self._known: dict[Callable[..., Any], Any] = {}
        self.cells = self._cells()
        if (twice := self.cells.twice()) is not None:
            rows = first_rows(frame[twice])
            msg = f"columns {KEY} must identify a row, these stand twice:{rows}"
            raise SchemaError(msg)

    def __len__(self) -> int:
        return len(self.value)

    def __repr__(self) -> str:
        counts = (
            f"{len(set(of.codes.tolist()))} {name}s" for name, of in
            (("region", self.region), ("indicator", self.indicator), ("period", self.period))
        )  # fmt: skip
        return f"{type(self).__name__}: {len(self):,} rows, {', '.join(counts)}"

    def checked(self) -> pd.DataFrame:
        """Return the rows with all that comparing needs, as `check_frame` promises it."""
        values = dict(zip(("value", "lower", "upper"), self.values, strict=True))
        keys = ("region", "indicator", "period", "nature", "unit")
        return pd.DataFrame({
            **{key: texts([*getattr(self, key).labels], getattr(self, key).codes) for key in keys},
            **{end: number.copy() for end, number in values.items()},
        }, index=self.frame.index)  # fmt: skip

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
        value = _taken(self.values.value, rows)
        if self.values.is_exact:
            return Interval(value, value, value)
        return Interval(value, *(_taken(bound, rows) for bound in self.values[1:]))

    @property
    def value(self) -> Floats:
        """The values of all rows."""
        return self.values.value

    def has_value(self, rows: Ints) -> Bools:
        """Tell which of the rows, of which -1 is none, have a value."""
        return (rows >= 0) & ~np.isnan(self.value.take(rows, mode="clip"))

    @cached_property
    def missing(self) -> Ints:
        """The rows that have no value."""
        found = each_block(
            lambda block: np.flatnonzero(np.isnan(self.value[block])) + block.start, len(self)
        )
        return np.concatenate(found)

    # --- lines: an indicator, a nature and a period ---------------------------------------------

    def _cells(self) -> Cells:
        """Find each row's cell: the number of its region times that of lines, and its line's."""
        if self._is_sparse():
            for axis in ("region", "indicator", "nature", "period"):
                setattr(self, axis, _used(getattr(self, axis)))
        number, self._keys = self._numbers, np.arange(prod(self._shape))
        if self._is_sparse():
            numbers = np.concatenate(each_block(self._numbers, len(self)))
            self._keys, lines = np.unique(numbers, return_inverse=True)
            number = lines.__getitem__
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

    def route(self, rows: Panel, to: Ints) -> Route:
        """Return the way from the cells of another panel to this panel's rows in other lines.

        Parameters
        ----------
        rows : Panel
            The panel of the cells; it may be this one.
        to : array of int
            This panel's line for each line of the other.
        """
        if rows is self:
            shift = to - np.arange(len(to))
            return Route(self, shift.astype(self.cells.cells.dtype), rows.cells.lines, None)
        regions = codes_in(rows.region.labels, self.region.labels)
        return Route(self, to, rows.cells.lines, regions)

    def cells_at(self, places: Ints | slice) -> Ints:
        """Return the cells of rows.

        Parameters
        ----------
        places : array of int or slice
            Which rows.
        """
        cells = self.cells.cells
        return cells[places] if isinstance(places, slice) else cells.take(places, mode="clip")


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


def _taken(values: Floats, rows: Ints | slice) -> Floats:
    if isinstance(rows, slice):
        return values[rows]
    taken = values.take(rows, mode="clip")
    np.copyto(taken, np.nan, where=rows < 0)
    return taken


def codes_in(labels: Iterable[object], others: Iterable[object]) -> Ints:
    """Return the codes of labels among others, -1 where they are not.

    Parameters
    ----------
    labels, others : iterable
        Labels, and those that have codes by their place.
    """
    codes = {label: code for code, label in enumerate(others)}
    return np.array([codes.get(label, -1) for label in labels])


def _whole(size: int) -> type[np.integer[Any]]:
    """Return the smaller type that counts so far."""
    return np.int32 if size < np.iinfo(np.int32).max else np.int64


def _used(of: Codes) -> Codes:
    """Drop the labels that no row has."""
    if len(of.labels) == 1:
        return of
    used = np.zeros(len(of.labels) + 1, bool)  # the last one is that of -1
    each_block(lambda block: used.__setitem__(of.codes[block], True), len(of.codes))
    if used[:-1].all():
        return of
    labels = [label for label, is_used in zip(of.labels, used, strict=False) if is_used]
    return of._replace(labels=labels).translated([*(np.cumsum(used[:-1]) - 1), -1])


# --- what a frame must be -----------------------------------------------------------------------


def _refuse_strange(frame: object) -> None:
    if not isinstance(frame, pd.DataFrame):
        msg = f"an IndicatorSeries, an indicator id or a DataFrame is needed, got {type(frame)}"
        raise SchemaError(msg)
    missing = [c for c in ("region", "indicator", "period", "value") if c not in frame]
    if missing:
        hints = "".join(nearest(c, [str(name) for name in frame.columns]) for c in missing)
        msg = f"column(s) {missing} are missing; the frame has {list(frame.columns)}{hints}"
        raise SchemaError(msg)
    if frame.empty:
        msg = "the frame has no rows; nothing can be compared"
        raise SchemaError(msg)
    if not frame.columns.is_unique:
        msg = f"each column may stand once; the frame has {list(frame.columns)}"
        raise SchemaError(msg)


def _wrong(of: Codes, is_right: Iterable[bool]) -> Bools | None:
    """Return the rows whose label is not right, or that have none; None if there are none."""
    wrong = np.array([*(not right for right in is_right), True])
    if not wrong[:-1].any() and of.codes.min() >= 0:
        return None
    rows = np.concatenate(each_block(lambda block: wrong[of.codes[block]], len(of.codes)))
    return rows if rows.any() else None


def _texts(frame: pd.DataFrame, column: str) -> Codes:
    found = codes_of(frame[column])
    is_right = [isinstance(label, str) for label in found.labels]
    if (wrong := _wrong(found, is_right)) is None:
        return found if all(is_right) else _used(found)
    rows = frame[wrong]
    msg = f"column {column!r} must hold texts, got {rows[column].iloc[0]!r}:{first_rows(rows)}"
    raise (UnknownRegionError if column == "region" else SchemaError)(msg)


def _labels(frame: pd.DataFrame) -> Codes:
    """Give a period its label: what is written in two ways is one period."""
    found = codes_of_periods(frame["period"])
    labels = [_label(str(text)) for text in found.labels]
    if (wrong := _wrong(found, (label is not None for label in labels))) is not None:
        first = int(wrong.argmax())
        rows = frame[found.codes == found.codes[first]]
        try:
            parse_period(period_text(frame["period"].iloc[first]))
        except PeriodError as error:
            msg = f"column 'period': {error}{first_rows(rows)}"
            raise PeriodError(msg) from None
    if None in labels:  # of a label that no row has
        found = _used(found)
        labels = [_label(str(text)) for text in found.labels]
    return _merged(found, labels)


def _label(text: str) -> str | None:
    try:
        return str(parse_period(text))
    except PeriodError:
        return None


def _merged(of: Codes, labels: Sequence[str]) -> Codes:
    """Give codes the labels, those that are alike one code."""
    numbers = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    renamed = of._replace(labels=list(numbers))
    if len(numbers) == len(labels):
        return renamed
    return renamed.translated([numbers[label] for label in labels])


def _everywhere(label: str, length: int) -> Codes:
    return Codes(np.broadcast_to(np.int8(0), length), [label])


def _natures(frame: pd.DataFrame) -> Codes:
    return codes_of(frame["nature"]) if "nature" in frame else _everywhere("outcome", len(frame))


def _known_natures(frame: pd.DataFrame, found: Codes) -> Codes:
    """Return the natures in use, the one that is compared first at the head."""
    if (wrong := _wrong(found, (label in NATURES for label in found.labels))) is not None:
        msg = f"column 'nature' must be of {list(NATURES)}:{first_rows(frame[wrong])}"
        raise SchemaError(msg)
    used = _used(found)
    order = sorted(used.labels, key=NATURES.index)
    return used._replace(labels=order).translated(codes_in(used.labels, order))


def _unit_words(frame: pd.DataFrame) -> Codes:
    """Read units as the data write them; a missing one is an empty text."""
    if "unit" not in frame:
        return _everywhere("", len(frame))
    found = codes_of(frame["unit"])
    if found.codes.min() < 0:
        found = Codes(np.where(found.codes < 0, len(found.labels), found.codes), [*found.labels, ""])
    return _used(_merged(found, [unit_word(str(label)) for label in found.labels]))


def _numbers(frame: pd.DataFrame, column: str) -> Floats:
    given = frame[column]
    if given.dtype == np.float64 and isinstance(given.dtype, np.dtype):
        values = given.to_numpy()
        if not any(each_block(lambda block: np.isinf(values[block]).any(), len(values))):
            return values
    if pd.api.types.is_numeric_dtype(given) and given.dtype.kind not in "bc":
        wrong = given.isin([np.inf, -np.inf])
    else:
        wrong = given.notna() & ~given.map(_is_number).astype(bool)
    if wrong.any():
        msg = f"column {column!r} holds what is no finite number (parse_figure reads texts):"
        raise SchemaError(msg + first_rows(frame[wrong]))
    return pd.to_numeric(given, errors="coerce").astype("float64").to_numpy()


def _is_number(value: object) -> bool:
    return isinstance(value, Real | Decimal) and not isinstance(value, bool) and isfinite(value)


def _bound(frame: pd.DataFrame, column: str, value: Floats) -> Floats:
    """Read a bound; one that is missing is the value."""
    if column not in frame:
        return value
    bound = _numbers(frame, column)
    if not any(each_block(lambda block: np.isnan(bound[block]).any(), len(bound))):
        return bound
    return np.where(np.isnan(bound), value, bound)


def _refuse_unknown_regions(frame: pd.DataFrame, found: Codes) -> None:
    if (wrong := _wrong(found, (label in registry() for label in found.labels))) is None:
        return
    rows = frame[wrong]
    hint = nearest(str(rows["region"].iloc[0]), list(registry()))
    hint = hint or "; ps.region(name).code finds a code"
    msg = f"column 'region' holds unknown codes{hint}:{first_rows(rows)}"
    raise UnknownRegionError(msg)


def _refuse_outside(frame: pd.DataFrame, values: Interval) -> None:
    if values.is_exact:
        return

    def work(block: slice) -> Bools:
        value, lower, upper = (end[block] for end in values)
        return (lower > value) | (value > upper)

    outside = np.concatenate(each_block(work, len(frame)))
    if outside.any():
        msg = f"columns 'lower' and 'upper' must hold the value:{first_rows(frame[outside])}"
        raise SchemaError(msg)
