"""Comparisons: rank, gap to the nation and share of it, change; each says what it compared.

What is not comparable is left out and counted, or refused; nothing is mixed, filled or guessed.
"""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any, Literal, overload

from provstats.engines.confidence import compute_confidence_sets
from provstats.engines.memory.frames import build_answer
from provstats.engines.memory.gap import measure_gaps, measure_shares
from provstats.engines.memory.inputs import make_panel, make_panel_with_context
from provstats.engines.memory.rank import TIES, rank_rows
from provstats.engines.memory.yoy import measure_changes
from provstats.engines.recognise import find_engine
from provstats.errors import SchemaError, require_one_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.frames import Frame, HasColumns
    from provstats.engines.memory.inputs import Comparable
    from provstats.engines.memory.national import Benchmark
    from provstats.engines.memory.panel import Panel

    Order = Literal["ascending", "descending"]
    Ties = Literal["min", "max", "average", "dense"]
    Universe = Literal["reporting", "all"]

__all__ = ["gap_to_national", "rank", "share_of_national", "yoy"]


@overload
def rank(
    x: Comparable | Panel,
    *,
    order: Order | None = ...,
    ties: Ties = ...,
    universe: Universe = ...,
    bounds: bool = ...,
    min_n: int = ...,
    se: str | None = ...,
) -> pd.DataFrame: ...
@overload
def rank(
    x: Frame,
    *,
    order: Order | None = ...,
    ties: Ties = ...,
    universe: Universe = ...,
    bounds: bool = ...,
    min_n: int = ...,
    se: str | None = ...,
) -> Frame: ...
def rank(  # noqa: PLR0913 - each is of its own
    x: Comparable | Panel | HasColumns,
    *,
    order: Order | None = None,
    ties: Ties = "min",
    universe: Universe = "reporting",
    bounds: bool = True,
    min_n: int = 2,
    se: str | None = None,
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
        Which end is first. By default what a column ``direction`` of the frame says (``higher``,
        ``lower``, ``neutral``), else the indicator's direction; a neutral one is descending.
    ties : {"min", "max", "average", "dense"}
        The rank of equal values.
    universe : {"reporting", "all"}
        Whether ``rank_worst`` allows for the mainland provinces, 31 in all, that do not report; in
        a `Panel` of regions of the caller's own, for those of them.
    bounds : bool
        Whether the range uses ``lower`` and ``upper``; otherwise the values alone.
    min_n : int
        How many values make a ranking; rows of an indicator and period with fewer are left out.
    se : str, optional
        Of values that a sample estimates, the column of their standard errors: it adds the sets in
        which the ranks of what is estimated lie.

    Returns
    -------
    DataFrame
        The input's rows of provinces, or of a panel's own regions, less the nation, other areas,
        missing values and rows of another nature than the one compared (outcomes where there are
        any), in the input's order and with its index and columns. Of claimed ranks, those among
        the same (``among``) are compared. Added: ``rank`` (int64; float64
        for ``average``), ``rank_best`` (1 + those certainly ahead: their lower is above this upper;
        int64), ``rank_worst`` (1 + those possibly ahead; intervals that only touch may tie, and a
        tie is not ahead; int64), ``n`` (how many are ranked; int32) and ``left_out`` (how many rows
        of the same indicator and period are not; int32). No value is missing. The range counts
        regions, whatever ``ties`` says.

        With ``se`` also ``rank_marginal_lower`` and ``rank_marginal_upper`` (int64; the set holds
        the rank of this region in 95 of 100 samples) and ``rank_simultaneous_lower`` and
        ``rank_simultaneous_upper`` (the sets of all regions hold their ranks, all at once, in 95 of
        100 samples), after Mogstad, Romano, Shaikh and Wilhelm (Review of Economic Studies 91,
        2024), with independent, normal errors and 1,000 draws that are always the same. They allow
        for the intervals of the values too, unless ``bounds=False``; ``rank_best`` and
        ``rank_worst`` do not allow for sampling.

    Raises
    ------
    IncomparableError
        If nothing can be compared, no indicator and period has ``min_n`` values (how many report is
        listed), or rows of one indicator and period differ in unit.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If an option or the frame does not hold.
    NotImplementedError
        If it is a lazy frame, with ``se``.

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

    The mean scores of a survey, each with its standard error:

    >>> import pandas as pd
    >>> scores = pd.DataFrame(
    ...     {
    ...         "region": ["CN-BJ", "CN-SH", "CN-GD"],
    ...         "indicator": "score",
    ...         "period": 2024,
    ...         "value": [527.0, 526.0, 500.0],
    ...         "se": [2.5, 3.1, 2.7],
    ...     }
    ... )
    >>> sets = rank(scores, se="se")
    >>> sets[["rank", "rank_marginal_lower", "rank_marginal_upper"]].values.tolist()
    [[1, 1, 2], [2, 1, 2], [3, 3, 3]]
    """
    require_one_of("ties", ties, tuple(TIES))
    require_one_of("universe", universe, ("reporting", "all"))
    require_one_of("order", order, ("ascending", "descending", None))
    require_one_of("bounds", bounds, (True, False))
    if not isinstance(min_n, Integral) or isinstance(min_n, bool) or min_n < 1:
        msg = f"min_n must be a whole number of 1 or more, got {min_n!r}"
        raise SchemaError(msg)
    options: dict[str, Any] = {
        "order": order, "ties": ties, "universe": universe, "bounds": bounds, "min_n": min_n,
    }  # fmt: skip
    if (engine := find_engine(x)) and se is not None:
        msg = f"se needs rows in memory; collect those of {engine}"
        raise NotImplementedError(msg)
    if engine:
        return _plan_comparison(rank, x, **options)
    panel = make_panel(x)
    rows, columns = rank_rows(panel, **options)
    if se is not None:
        told = compute_confidence_sets(
            panel, rows, se, order=order, universe=universe, bounds=bounds
        )
        columns = {**columns, **told}
    return build_answer(panel.given, rows, columns)


@overload
def gap_to_national(x: Comparable | Panel, *, national: Benchmark = ...) -> pd.DataFrame: ...
@overload
def gap_to_national(x: Frame, *, national: Benchmark = ...) -> Frame: ...
def gap_to_national(
    x: Comparable | Panel | HasColumns, *, national: Benchmark = None
) -> pd.DataFrame | HasColumns:
    """Measure each province's distance from the nation, within each indicator and period.

    It is for what a province can share with the nation: rates, shares, averages, values per head.
    Where provinces add up to the nation, `share_of_national` gives the part of each.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
        As for `rank`. An id or a series finds the nation in the shipped data, a frame in its own
        rows: ``region`` ``CN``, or the indicator ``<indicator>_gap`` of a province. A boolean
        column ``additive`` of a frame says of the caller's own indicators whether provinces add up;
        by default a count or an amount does that is not per something. In the plan of a lazy frame
        a contradiction cannot raise: ``national_basis`` is then ``contradicted``.
    national : "latest", float, Figure or DataFrame, optional
        By default the nation's value is, in this order: what the row's own document states; what
        the nation had reported when that document was published; what provinces imply by their
        distance from it (7.6%, "1.8 points above the nation", implies 5.8%, and all that say so
        must agree); what it reported later. ``"latest"`` takes the newest report instead. A number
        or a figure is the caller's own, a frame with ``period`` and ``value`` (and bounds, a unit,
        a source) one for each period.

    Returns
    -------
    DataFrame
        The provinces' rows that are compared, as `rank` keeps them, less those of indicators that
        add up. Added: ``national``, ``national_lower``, ``national_upper``, ``national_basis``
        (``reported``, ``implied`` or ``given``), ``national_source`` (the documents that the
        national value rests on, joined by blanks), ``gap``, ``gap_lower``, ``gap_upper`` (value
        less national; NaN where there is no benchmark), ``gap_unit`` (``percentage_point`` for
        rates, else the unit) and ``left_out`` (how many rows of the same indicator and period are
        not compared; int32).

    Raises
    ------
    IncomparableError
        If all indicators add up, if no row has a benchmark (the periods that have one are listed),
        if reports contradict one another on the national value, or for what `rank` refuses.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> gaps = gap_to_national("technical_upgrade_investment_growth")
    >>> gaps.query("period == '2024-01/2024-11'")[["region", "national", "gap"]].round(
    ...     1
    ... ).values.tolist()
    [['CN-CQ', 9.5, 13.8], ['CN-ZJ', 9.5, -0.6]]

    Beijing's intensity of 2018 is set against the nation's of the same bulletin, not against that
    of the next one, which revised the nation alone:

    >>> gaps = gap_to_national("rd_intensity").query("region == 'CN-BJ' and period == '2018'")
    >>> gaps[["value", "national", "national_source"]].values.tolist()
    [[6.17, 2.19, 'nbs-rd-bulletin-2018']]
    """
    if find_engine(x):
        return _plan_comparison(gap_to_national, x, national=national)
    panel = make_panel_with_context(x)
    return build_answer(panel.given, *measure_gaps(panel, national))


@overload
def share_of_national(x: Comparable | Panel, *, national: Benchmark = ...) -> pd.DataFrame: ...
@overload
def share_of_national(x: Frame, *, national: Benchmark = ...) -> Frame: ...
def share_of_national(
    x: Comparable | Panel | HasColumns, *, national: Benchmark = None
) -> pd.DataFrame | HasColumns:
    """Give each province's part of the national total, within each indicator and period.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
        As for `gap_to_national`, of indicators in which provinces add up to the nation. A total is
        implied by ``<indicator>_share``, where the catalogue knows this as a share of the nation.
    national : "latest", float, Figure or DataFrame, optional
        The total, as for `gap_to_national`.

    Returns
    -------
    DataFrame
        The provinces' rows that are compared, less those of indicators that do not add up. Added:
        the columns on the nation that `gap_to_national` adds, ``share``, ``share_lower`` and
        ``share_upper`` (percent of the nation's value, as far as both intervals allow; NaN where
        there is no benchmark above zero), and ``left_out``. Look at ``source`` beside
        ``national_source``: where the provinces were revised and no document revises the nation, as
        GDP of 2023 after the economic census, shares add up to more than 100.

    Raises
    ------
    IncomparableError
        If no indicator adds up, and for what `gap_to_national` refuses.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> shares = share_of_national("rd_expenditure").query("period == '2023'")
    >>> shares.nlargest(2, "share")[["region", "share"]].round(1).values.tolist()
    [['CN-GD', 14.4], ['CN-JS', 12.6]]
    """
    if find_engine(x):
        return _plan_comparison(share_of_national, x, national=national)
    panel = make_panel_with_context(x)
    return build_answer(panel.given, *measure_shares(panel, national))


@overload
def yoy(
    x: Comparable | Panel, *, breaks: Breaks | None = ..., across_breaks: bool = ...
) -> pd.DataFrame: ...
@overload
def yoy(x: Frame, *, breaks: Breaks | None = ..., across_breaks: bool = ...) -> Frame: ...
def yoy(
    x: Comparable | Panel | HasColumns,
    *,
    breaks: Breaks | None = None,
    across_breaks: bool = False,
) -> pd.DataFrame | HasColumns:
    """Measure the change over a year, by each method that the data allow.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
        As for `rank`. An id or a series finds its ``_growth``, its ``_new`` and its earlier levels
        in the shipped data, a frame in its own rows. Periods match by their labels, and nothing
        is filled. A lazy frame answers lazily; a base that stands twice in it is none.
    breaks : DataFrame, optional
        Where a caller's series was measured anew, as `breaks` lists it of the shipped data:
        ``indicator``, ``region`` (``"*"`` for all), ``before`` and ``after``, the last period
        measured the old way and the first measured the new way. Levels on two sides of a break are
        not compared. Those of the shipped data hold for shipped rows, in a frame too.
    across_breaks : bool
        Whether levels are compared across breaks all the same.

    Returns
    -------
    DataFrame
        The input's rows of one nature, with its index and columns; nation and areas stay. Added:
        ``previous``, ``previous_lower``, ``previous_upper`` (the level a year before: reported,
        else worked out), ``yoy``, ``yoy_lower``, ``yoy_upper``, ``yoy_unit`` (``percent``; the
        difference in ``percentage_point`` for rates, in ``point`` for a diffusion index),
        ``method`` (``reported`` growth first, then ``levels``, then ``level_minus_new``; ``index``
        where the value is an index of the year before, such as 上年同月=100, and so the growth
        itself), ``months`` (the span really covered; Int64), ``reason`` (why there is no change:
        ``no_base``; ``base_not_positive``; ``break``; ``unit``: the base has another one, or it is
        an index of nobody knows what; ``lapses``: titles that lapse on review, of which
        ``yoy_upper`` holds the most that level and additions allow; ``missing``: the row has no
        value; else empty), ``conflict`` (two methods over the same span have intervals that do not
        meet, as where a work report of January states another growth than the levels of later
        tables, which it goes before), ``prices`` (at which the change is: ``constant`` of reported
        growth of value added, which is real and is held against no levels at current prices;
        ``current``; else empty) and ``left_out`` (how many rows of the same indicator and period
        are of another nature; int32). Where no method applies, ``method``, ``months`` and the
        numbers are missing.

    Raises
    ------
    IncomparableError
        If an indicator has no observations.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> changes = yoy("base_stations_5g").query("method == 'level_minus_new'")
    >>> columns = ["region", "previous", "yoy", "yoy_lower", "yoy_upper", "method", "months"]
    >>> print(changes[columns].round(1).to_string(index=False))
    region  previous  yoy  yoy_lower  yoy_upper          method  months
     CN-SD  202000.0 19.8       16.9       22.9 level_minus_new      12
     CN-GS   58000.0 31.0       29.7       32.5 level_minus_new      12

    A work report of January and the levels of the yearbook do not always meet:

    >>> apart = yoy("power_generation").query("conflict")
    >>> apart[["region", "period", "yoy", "method"]].values.tolist()[-1]
    ['CN-SN', '2024', 6.2, 'reported']

    Two vintages, stacked: the series was measured anew in 2023.

    >>> import pandas as pd
    >>> stacked = pd.DataFrame(
    ...     {
    ...         "region": "CN-BJ",
    ...         "indicator": "designated_firms",
    ...         "period": [2022, 2023],
    ...         "value": [100, 70],
    ...     }
    ... )
    >>> anew = pd.DataFrame(
    ...     {
    ...         "indicator": ["designated_firms"],
    ...         "region": ["*"],
    ...         "before": ["2022"],
    ...         "after": ["2023"],
    ...     }
    ... )
    >>> yoy(stacked, breaks=anew)["reason"].tolist()
    ['no_base', 'break']
    """
    require_one_of("across_breaks", across_breaks, (True, False))
    if find_engine(x):
        return _plan_comparison(yoy, x, breaks=breaks, across_breaks=across_breaks)
    panel = make_panel_with_context(x)
    return build_answer(panel.given, *measure_changes(panel, breaks, across_breaks=across_breaks))


def _plan_comparison(compare: Callable[..., Any], x: object, **options: object) -> HasColumns:
    """Return the plan of a comparison; what makes it is not loaded before."""
    from provstats.engines.lazy.plans import plan_comparison

    plan: HasColumns = plan_comparison(compare, x, **options)
    return plan
