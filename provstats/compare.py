"""Comparisons: rank, gap to the nation, change over a year; each says what it compared.

What is not comparable is left out and counted, or refused; nothing is mixed, filled or guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, overload

import numpy as np
import pandas as pd

from provstats.benchmarks import benchmarks, given
from provstats.changes import agreement, by_method, change_over_year, change_units, implied_base
from provstats.comparables import (
    GROUP,
    check,
    compared,
    left_out,
    of_one_nature,
    one_of,
    rows_of,
    units,
    with_columns,
)
from provstats.engines import engine_of, lazily
from provstats.errors import IncomparableError, first_rows
from provstats.indicators import known_indicator
from provstats.places import mainland

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from provstats.comparables import Comparable
    from provstats.engines import Frame, Lazy
    from provstats.figures import Figure

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Order = Literal["ascending", "descending"]
    Ties = Literal["min", "max", "average", "dense"]
    Universe = Literal["reporting", "all"]

__all__ = ["gap_to_national", "rank", "reconcile", "yoy"]


@overload
def rank(
    x: Comparable,
    *,
    order: Order | None = ...,
    ties: Ties = ...,
    universe: Universe = ...,
    bounds: bool = ...,
) -> pd.DataFrame: ...
@overload
def rank(
    x: Frame,
    *,
    order: Order | None = ...,
    ties: Ties = ...,
    universe: Universe = ...,
    bounds: bool = ...,
) -> Frame: ...
def rank(
    x: Comparable | Lazy,
    *,
    order: Order | None = None,
    ties: Ties = "min",
    universe: Universe = "reporting",
    bounds: bool = True,
) -> pd.DataFrame | Lazy:
    """Rank provinces within each indicator and period, with the range that intervals allow.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or lazy frame
        An indicator id (its periods with an outcome), a series, or a tidy frame with ``region``,
        ``indicator``, ``period`` and ``value``; it is not changed. A lazy frame of polars, DuckDB,
        PySpark or Dask gives a lazy frame of its engine: docs/engines.md has what differs.
    order : {"ascending", "descending"}, optional
        Which end is first. By default the indicator's direction; a neutral one is descending.
    ties : {"min", "max", "average", "dense"}
        The rank of equal values.
    universe : {"reporting", "all"}
        Whether ``rank_worst`` allows for the mainland provinces, 31 in all, that do not report.
    bounds : bool
        Whether the range uses ``lower`` and ``upper``; otherwise the values alone.

    Returns
    -------
    DataFrame
        The input's rows of provinces, less the nation, other areas, missing values and rows of
        another nature than the one compared (outcomes where there are any), in the input's order
        and with its index and columns. Added: ``rank`` (int64; float64 for ``average``),
        ``rank_best`` (1 + those certainly ahead: their lower is above this upper), ``rank_worst``
        (1 + those possibly ahead; intervals that only touch may tie, and a tie is not ahead),
        ``n`` (how many are ranked) and ``left_out`` (how many rows of the same indicator and period
        are not), int64 all. No value is missing. The range counts provinces, whatever ``ties``
        says.

    Raises
    ------
    IncomparableError
        If nothing can be compared, or rows of one indicator and period differ in unit.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> ranked = rank("industrial_value_added_growth")
    >>> columns = ["region", "value", "rank", "rank_best", "rank_worst", "n"]
    >>> print(ranked.query("period == '2024-01/2024-11'")[columns].to_string(index=False))
    region  value  rank  rank_best  rank_worst  n
     CN-BJ    7.0     5          3           5  5
     CN-CQ    7.6     2          2           2  5
     CN-SD    8.3     1          1           1  5
     CN-ZJ    7.3     3          3           4  5
     CN-HI    7.2     4          3           5  5
    """
    one_of("ties", ties, tuple(_TIES))
    one_of("universe", universe, ("reporting", "all"))
    if order is not None:
        one_of("order", order, ("ascending", "descending"))
    if engine_of(x):
        return lazily(rank, x, order=order, ties=ties, universe=universe, bounds=bounds)
    frame, _ = rows_of(x)
    rows = compared(check(frame))
    ranked = {"rank": np.empty(len(rows), float if ties == "average" else np.int64)}
    ranked |= {column: np.empty(len(rows), np.int64) for column in ("rank_best", "rank_worst", "n")}
    for places in rows.groupby(GROUP, sort=False).indices.values():
        group = rows.iloc[places]
        of = known_indicator(group["indicator"].iloc[0])
        ascending = order == "ascending" if order else of is not None and of.direction == "lower"
        value, low, high = _heights(group, ascending=ascending, bounds=bounds)
        best, worst = _rank_range(low, high)
        silent = len(mainland().difference(group["region"])) if universe == "all" else 0
        ranked["rank"][places] = _TIES[ties](value)
        ranked["rank_best"][places] = best
        ranked["rank_worst"][places] = worst + silent
        ranked["n"][places] = len(group)
    return with_columns(
        frame, pd.DataFrame(ranked, index=rows.index).assign(left_out=rows["left_out"])
    )


def _heights(
    group: pd.DataFrame, *, ascending: bool, bounds: bool
) -> tuple[Floats, Floats, Floats]:
    """Return value, lower and upper, turned so that the greater is ahead."""
    columns = ["value", "lower", "upper"] if bounds else ["value"] * 3
    value, low, high = (group[column].to_numpy() for column in columns)
    return (-value, -high, -low) if ascending else (value, low, high)


def _rank_range(low: Floats, high: Floats) -> tuple[Ints, Ints]:
    certainly_ahead = len(low) - np.searchsorted(np.sort(low), high, side="right")
    possibly_ahead = len(low) - np.searchsorted(np.sort(high), low, side="right") - (high > low)
    return 1 + certainly_ahead, 1 + possibly_ahead


def _min_rank(value: Floats) -> Ints:
    return 1 + len(value) - np.searchsorted(np.sort(value), value, side="right")


def _max_rank(value: Floats) -> Ints:
    return len(value) - np.searchsorted(np.sort(value), value, side="left")


_TIES: Final[dict[str, Callable[[Floats], Ints | Floats]]] = {
    "min": _min_rank,
    "max": _max_rank,
    "average": lambda value: (_min_rank(value) + _max_rank(value)) / 2,
    "dense": lambda value: 1 + np.unique(-value, return_inverse=True)[1],
}


@overload
def gap_to_national(x: Comparable, *, national: float | Figure | None = ...) -> pd.DataFrame: ...
@overload
def gap_to_national(x: Frame, *, national: float | Figure | None = ...) -> Frame: ...
def gap_to_national(
    x: Comparable | Lazy, *, national: float | Figure | None = None
) -> pd.DataFrame | Lazy:
    """Measure each province's distance from the nation, within each indicator and period.

    The national value is the reported one, else the one that provinces imply: 7.6%, "1.8 points
    above the nation", implies 5.8%, and all that say so must agree.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`. An id or a series finds the nation in the shipped data, a frame in its own
        rows: ``region`` ``CN``, or the indicator ``<indicator>_gap`` of a province. In the plan of
        a lazy frame a contradiction cannot raise: ``national_basis`` is then ``contradicted``.
    national : float or Figure, optional
        A benchmark of the caller's own, for all rows.

    Returns
    -------
    DataFrame
        The rows that `rank` keeps. Added: ``national``, ``national_lower``, ``national_upper``,
        ``national_basis`` (``reported``, ``implied`` or ``given``), ``gap``, ``gap_lower``,
        ``gap_upper`` (value less national; NaN where the period has no benchmark), ``gap_unit``
        (``percentage_point`` for rates, else the unit), ``left_out`` and ``national_source`` (the
        documents that the national value rests on, joined by blanks; it may be of a later vintage
        than a province's value).

    Raises
    ------
    IncomparableError
        If no row has a benchmark (the periods that have one are listed), if reports contradict one
        another on the national value, or for what `rank` refuses.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> gaps = gap_to_national("technical_upgrade_investment_growth")
    >>> gaps.query("period == '2024-01/2024-11'")[["region", "national", "gap"]].round(
    ...     1
    ... ).values.tolist()
    [['CN-CQ', 9.5, 13.8], ['CN-ZJ', 9.5, -0.6]]
    """
    if engine_of(x):
        return lazily(gap_to_national, x, national=national)
    frame, around = rows_of(x)
    rows = compared(check(frame))
    marks = given(rows, national) if national is not None else benchmarks(rows, around)
    unit = units(rows)
    added = marks.drop(columns="national_source").assign(
        gap=rows["value"] - marks["national"],
        gap_lower=rows["lower"] - marks["national_upper"],
        gap_upper=rows["upper"] - marks["national_lower"],
        gap_unit=unit.where(unit != "percent", "percentage_point"),
        left_out=rows["left_out"],
        national_source=marks["national_source"],
    )
    return with_columns(frame, added)


@overload
def yoy(x: Comparable) -> pd.DataFrame: ...
@overload
def yoy(x: Frame) -> Frame: ...
def yoy(x: Comparable | Lazy) -> pd.DataFrame | Lazy:
    """Measure the change over a year, by each method that the data allow.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`. An id or a series finds its ``_growth``, its ``_new`` and its earlier levels
        in the shipped data, a frame in its own rows. Periods match by their labels, and nothing
        is filled. A lazy frame answers lazily; a base that stands twice in it is none.

    Returns
    -------
    DataFrame
        The input's rows of one nature, with its index and columns; nation and areas stay. Added:
        ``previous`` (the level a year before: reported, else worked out), ``yoy``, ``yoy_lower``,
        ``yoy_upper``, ``yoy_unit`` (``percent``; the difference in ``percentage_point`` for rates),
        ``method`` (``reported`` growth first, then ``levels``, then ``level_minus_new``),
        ``months`` (the span really covered; Int64), ``conflict`` (two methods over the same span
        have intervals that do not meet) and ``left_out``. Where no method applies, ``method``,
        ``months`` and the numbers are missing.

    Raises
    ------
    IncomparableError
        If an indicator has no observations.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> changes = yoy("base_stations_5g")
    >>> columns = ["region", "previous", "yoy", "method", "months"]
    >>> print(changes[columns].round(1).to_string(index=False))
    region  previous  yoy          method  months
     CN-SD  202000.0 19.8 level_minus_new      12
     CN-GS   58000.0 31.0 level_minus_new      12
    """
    if engine_of(x):
        return lazily(yoy, x)
    frame, around = rows_of(x)
    table = check(frame)
    rows = left_out(table, of_one_nature(table))
    change = change_over_year(rows, around)
    return with_columns(frame, change.assign(left_out=rows["left_out"]))


def reconcile(x: Comparable) -> pd.DataFrame:
    """Set every way to know the change over a year side by side, and say whether they agree.

    Where they do not, a level was revised, its scope changed, or the reported growth is on a
    comparable basis: the base that the reported growth implies stands beside the published one.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `yoy`.

    Returns
    -------
    DataFrame
        The input's levels and rates of one nature, with its index and columns; rows that state
        growth, changes or additions serve as evidence, those of claimed ranks and gaps do not
        count. Added: ``reported``, ``levels`` and ``level_minus_new``, each with ``_lower`` and
        ``_upper`` (the change by that method, in ``yoy_unit``; NaN where it does not apply),
        ``months`` (the span of ``level_minus_new``; Int64), ``agree`` (boolean: the intervals of
        all methods over the same span meet; NA where there are not two), ``conflict`` (bool: they
        do not), ``previous`` (the published base; NaN where it is zero or less, and no base of a
        ratio), ``implied_base``, ``implied_base_lower``, ``implied_base_upper`` and ``left_out``.

    Raises
    ------
    IncomparableError
        If there is no level or rate to reconcile.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    Profits fell by the published levels, and rose as reported: the base was revised.

    >>> import pandas as pd
    >>> profits = pd.DataFrame(
    ...     [
    ...         ["CN", "industrial_profit", "2017-01/2017-07", 42481.2],
    ...         ["CN", "industrial_profit", "2018-01/2018-07", 39038.1],
    ...         ["CN", "industrial_profit_growth", "2018-01/2018-07", 17.1],
    ...     ],
    ...     columns=["region", "indicator", "period", "value"],
    ... )
    >>> row = reconcile(profits).iloc[-1]
    >>> row[["reported", "levels", "previous", "implied_base"]].astype(float).round(1).to_list()
    [17.1, -8.1, 42481.2, 33337.4]
    >>> bool(row["conflict"])
    True
    """
    frame, around = rows_of(x)
    table = check(frame)
    is_level = ~table["indicator"].str.fullmatch(r".*_(?:growth|new|change|rank|gap)")
    if not is_level.any():
        msg = f"growth is reconciled with levels, and there are none:{first_rows(table)}"
        raise IncomparableError(msg)
    rows = left_out(table, is_level & of_one_nature(table))
    changes = by_method(rows, around)
    agree, added = agreement(changes.values()), changes["level_minus_new"]
    return with_columns(frame, pd.DataFrame({
        **{name.replace("yoy", method): change[name]
           for method, change in changes.items() for name in ("yoy", "yoy_lower", "yoy_upper")},
        "yoy_unit": change_units(rows),
        "months": added["months"].where(added["yoy"].notna()).astype("Int64"),
        "agree": agree,
        "conflict": ~agree.fillna(value=True).astype(bool),
        "previous": changes["levels"]["previous"],
        **implied_base(rows, changes["reported"]),
        "left_out": rows["left_out"],
    }))  # fmt: skip
