"""Comparisons: rank, gap to the nation, change over a year; each says what it compared.

What is not comparable is left out and counted, or refused; nothing is mixed, filled or guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from provstats.engines.memory.checks import one_of
from provstats.engines.memory.frames import answer
from provstats.engines.memory.gap import gaps
from provstats.engines.memory.inputs import panel_beside, panel_of
from provstats.engines.memory.rank import TIES, ranks
from provstats.engines.memory.yoy import yoys
from provstats.engines.recognise import engine_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from provstats.engines.memory.frames import Frame, HasColumns
    from provstats.engines.memory.inputs import Comparable
    from provstats.engines.memory.panel import Panel
    from provstats.reading.figures import Figure

    Order = Literal["ascending", "descending"]
    Ties = Literal["min", "max", "average", "dense"]
    Universe = Literal["reporting", "all"]

__all__ = ["gap_to_national", "rank", "yoy"]


@overload
def rank(
    x: Comparable | Panel,
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
    x: Comparable | Panel | HasColumns,
    *,
    order: Order | None = None,
    ties: Ties = "min",
    universe: Universe = "reporting",
    bounds: bool = True,
) -> pd.DataFrame | HasColumns:
    """Rank provinces within each indicator and period, with the range that intervals allow.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame, Panel or lazy frame
        An indicator id (its periods with an outcome), a series, or a tidy frame with ``region``,
        ``indicator``, ``period`` and ``value``, or a `Panel` of one; it is not changed. Frames of
        polars and tables of Arrow give their own kind. So does a lazy frame of polars, DuckDB,
        PySpark or Dask, without being run: docs/engines.md has what differs.
    order : {"ascending", "descending"}, optional
        Which end is first. By default the indicator's direction; a neutral one is descending.
    ties : {"min", "max", "average", "dense"}
        The rank of equal values.
    universe : {"reporting", "all"}
        Whether ``rank_worst`` allows for the mainland provinces, 31 in all, that do not report; in
        a `Panel` of regions of the caller's own, for those of them.
    bounds : bool
        Whether the range uses ``lower`` and ``upper``; otherwise the values alone.

    Returns
    -------
    DataFrame
        The input's rows of provinces, or of a panel's own regions, less the nation, other areas,
        missing values and rows of another nature than the one compared (outcomes where there are
        any), in the input's order and with its index and columns. Added: ``rank`` (int64; float64
        for ``average``), ``rank_best`` (1 + those certainly ahead: their lower is above this upper;
        int64), ``rank_worst`` (1 + those possibly ahead; intervals that only touch may tie, and a
        tie is not ahead; int64), ``n`` (how many are ranked; int32) and ``left_out`` (how many rows
        of the same indicator and period are not; int32). No value is missing. The range counts
        regions, whatever ``ties`` says.

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
    one_of("ties", ties, tuple(TIES))
    one_of("universe", universe, ("reporting", "all"))
    if order is not None:
        one_of("order", order, ("ascending", "descending"))
    options: dict[str, Any] = {
        "order": order, "ties": ties, "universe": universe, "bounds": bounds,
    }  # fmt: skip
    if engine_of(x):
        return _lazily(rank, x, **options)
    panel = panel_of(x)
    return answer(panel.given, *ranks(panel, **options))


@overload
def gap_to_national(
    x: Comparable | Panel, *, national: float | Figure | None = ...
) -> pd.DataFrame: ...
@overload
def gap_to_national(x: Frame, *, national: float | Figure | None = ...) -> Frame: ...
def gap_to_national(
    x: Comparable | Panel | HasColumns, *, national: float | Figure | None = None
) -> pd.DataFrame | HasColumns:
    """Measure each province's distance from the nation, within each indicator and period.

    The national value is the reported one, else the one that provinces imply: 7.6%, "1.8 points
    above the nation", implies 5.8%, and all that say so must agree.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
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
        return _lazily(gap_to_national, x, national=national)
    panel = panel_beside(x)
    return answer(panel.given, *gaps(panel, national))


@overload
def yoy(x: Comparable | Panel) -> pd.DataFrame: ...
@overload
def yoy(x: Frame) -> Frame: ...
def yoy(x: Comparable | Panel | HasColumns) -> pd.DataFrame | HasColumns:
    """Measure the change over a year, by each method that the data allow.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
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
        have intervals that do not meet) and ``left_out`` (int32). Where no method applies,
        ``method``, ``months`` and the numbers are missing.

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
        return _lazily(yoy, x)
    panel = panel_beside(x)
    return answer(panel.given, *yoys(panel))


def _lazily(compare: Callable[..., Any], x: object, **options: object) -> HasColumns:
    """Return the plan of a comparison; what makes it is not loaded before."""
    from provstats.engines.lazy.dask import lazily

    planned: HasColumns = lazily(compare, x, **options)
    return planned
