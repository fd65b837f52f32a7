"""Growth: the compound average over several years."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, overload

from provstats.analysis.parts.compounding import compute_average_growth
from provstats.engines.memory.frames import build_answer
from provstats.engines.memory.inputs import make_panel_with_context
from provstats.errors import SchemaError, require_one_of

if TYPE_CHECKING:
    import pandas as pd

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.frames import Frame, HasColumns
    from provstats.engines.memory.inputs import Comparable
    from provstats.engines.memory.panel import Panel

__all__ = ["growth"]


@overload
def growth(
    x: Comparable | Panel, *, years: int, breaks: Breaks | None = ..., across_breaks: bool = ...
) -> pd.DataFrame: ...
@overload
def growth(
    x: Frame, *, years: int, breaks: Breaks | None = ..., across_breaks: bool = ...
) -> Frame: ...
def growth(
    x: Comparable | Panel | HasColumns,
    *,
    years: int,
    breaks: Breaks | None = None,
    across_breaks: bool = False,
) -> pd.DataFrame | HasColumns:
    """Measure the average growth a year over several years, compounded.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
        As for `yoy`: levels or yearly rates, of pandas, polars or Arrow. An id or a series finds
        its earlier levels, its ``_growth`` and its ``_average_growth`` in the shipped data, a
        frame in its own rows. Periods match by their labels, and nothing is filled.
    years : int
        Over how many years: the growth from the level so many years before.
    breaks, across_breaks
        As for `yoy`: levels on two sides of a break are not compared, nor rates chained across a
        break of their own. Rates that documents report are chained across a break of the levels:
        each of them is on one basis.

    Returns
    -------
    DataFrame
        The input's rows of one nature, with its index and columns; nation and areas stay. Added:
        ``base``, ``base_lower``, ``base_upper`` (the level ``years`` before; NaN where it is not
        used), ``growth``, ``growth_lower``, ``growth_upper`` (percent a year; the ends are what
        all levels or rates within their intervals allow), ``method`` (``levels``, else ``chained``
        of the reported rates of all these years, or of indices of the year before), ``prices``
        (``constant``, ``current`` or empty: those of the method), ``reported``,
        ``reported_lower``, ``reported_upper`` (what a document states of just these years:
        年均增长), ``conflict`` (two of levels, chain and report are measured at the same prices and
        have intervals that do not meet), ``reason`` (why there is no growth: ``no_base``: a level
        or a rate is not there; ``base_not_positive``; ``break``; ``unit``: of shares and rates no
        quotient is taken, or units differ; ``missing``: the row has no value; else empty) and
        ``left_out`` (as for `yoy`). Where there is no growth, ``method`` is missing and the
        numbers are NaN.

    Raises
    ------
    SchemaError
        If ``years`` is no whole number of 1 or more, or the frame does not hold.
    IncomparableError, UnknownIndicatorError, UnknownRegionError, PeriodError
        As for `yoy`.
    NotImplementedError
        If it is a lazy frame.

    Examples
    --------
    >>> import provstats as ps
    >>> known = {"regions": "CN", "vintage": "nbs-rd-bulletin-2023"}
    >>> spent = ps.series("basic_research_expenditure", period=2023, **known)
    >>> grown = growth(spent, years=5)
    >>> columns = ["base", "growth", "growth_lower", "growth_upper", "method"]
    >>> grown[columns].round(2).values.tolist()
    [[109040000000.0, 15.68, 15.68, 15.68, 'levels']]

    Of one's own table, yearly rates are chained:

    >>> import pandas as pd
    >>> rates = pd.DataFrame(
    ...     {
    ...         "region": "CN-BJ",
    ...         "indicator": "output_growth",
    ...         "period": [2023, 2024],
    ...         "value": [10.0, 21.0],
    ...     }
    ... )
    >>> growth(rates, years=2)["growth"].round(3).tolist()
    [nan, 15.369]
    """
    require_one_of("across_breaks", across_breaks, (True, False))
    if not isinstance(years, Integral) or isinstance(years, bool) or years < 1:
        msg = f"years must be a whole number of 1 or more, got {years!r}"
        raise SchemaError(msg)
    panel = make_panel_with_context(x)
    found = compute_average_growth(panel, int(years), breaks, across_breaks=across_breaks)
    return build_answer(panel.given, *found)
