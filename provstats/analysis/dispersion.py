"""Dispersion: how unequal provinces are within each indicator and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from provstats.analysis.parts.inequalities import EXTENTS, bound_measure, find_extreme_candidates
from provstats.analysis.parts.inputs import prepare_compared_rows
from provstats.analysis.parts.spreads import (
    extract_bounds,
    extract_values,
    measure_inequalities,
    read_intervals,
)
from provstats.store.keys import GROUP

if TYPE_CHECKING:
    from provstats.analysis.parts.inputs import Asked

__all__ = ["dispersion"]

_MEASURES: Final = (
    "mean", "cv", "gini", "theil", "p90_p10", "minimum", "maximum", "range", "sigma",
)  # fmt: skip


def dispersion(x: Asked) -> pd.DataFrame:
    """Measure how unequal provinces are within each indicator and period.

    Every province counts once, whatever its size; all are the population, not a sample of one.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, and the same rows are compared; a frame of pandas, polars or Arrow.

    Returns
    -------
    DataFrame
        One row for each indicator and period, in order of first appearance: ``indicator``,
        ``period``, ``unit``, ``n`` (provinces compared) and the measures of the values x as printed

        - ``mean``, ``minimum``, ``maximum``, ``range`` (maximum less minimum), in the unit;
        - ``cv``: population standard deviation over mean;
        - ``gini``: mean absolute difference of all n² pairs over twice the mean, 0 to (n - 1) / n;
        - ``theil``: Theil's T, the mean of x / mean * ln(x / mean), 0 to ln n;
        - ``p90_p10``: ninth decile over first, with linear interpolation (type 7 of Hyndman and Fan
          1996, the default of numpy and R);
        - ``sigma``: population standard deviation of ln x, the sigma of sigma convergence (Barro
          and Sala-i-Martin 1992).

        Then ``<measure>_lower`` and ``<measure>_upper`` of each: whatever the true values are, if
        they lie inside their intervals, the true measure lies inside these. The lower is sharp, and
        so is the upper if no interval lies inside another, as where all are rounded alike. Last
        ``left_out``, the rows of the indicator and period that were not compared.

        The measures from ``cv`` to ``p90_p10`` and ``sigma`` are NaN, with their bounds, where they
        mean nothing: for one province alone, for growth, changes, gaps, contributions (units and
        ids say so) and ranks, and if a value is negative; if all values are zero; ``p90_p10`` if
        the first decile is zero and ``sigma`` if any value is. An upper bound of infinity says that
        the intervals reach to where the measure has no limit. Values below zero are not thought
        possible of what is printed as zero or more.

    Raises
    ------
    IncomparableError, SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        As for `rank`.

    Examples
    --------
    >>> unequal = dispersion("rd_intensity")
    >>> columns = ["period", "n", "cv", "gini", "gini_lower", "gini_upper", "p90_p10", "sigma"]
    >>> told = unequal[unequal["period"].isin(["2018", "2023"])]
    >>> print(told[columns].round(3).to_string(index=False))
    period  n    cv  gini  gini_lower  gini_upper  p90_p10  sigma
      2018 31 0.681 0.341       0.340       0.343    4.500  0.663
      2023 31 0.571 0.303       0.302       0.304    4.193  0.625
    """
    rows = prepare_compared_rows(x)
    return pd.DataFrame([_measure_spread(group) for _, group in rows.groupby(GROUP, sort=False)])


def _measure_spread(group: pd.DataFrame) -> dict[str, object]:
    """Return the row of one indicator and period."""
    candidates = find_extreme_candidates(*read_intervals(group))
    found = measure_inequalities(group)
    found |= {name: bound_measure(measure, candidates) for name, measure in EXTENTS.items()}
    found = {name: found[name] for name in _MEASURES}
    told = group.iloc[0]
    return {
        "indicator": told["indicator"],
        "period": told["period"],
        "unit": told["unit"],
        "n": len(group),
        **extract_values(found),
        **extract_bounds(found),
        "left_out": told["left_out"],
    }
