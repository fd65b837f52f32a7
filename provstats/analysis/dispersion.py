"""Dispersions: how unequal provinces are, and whether they grow more alike."""

from __future__ import annotations

import re
from math import inf, nan
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.inequalities import EXTENTS, INEQUALITIES, bounded, extremes
from provstats.engines.memory.inputs import check, rows_of
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.selection import compared
from provstats.errors import IncomparableError
from provstats.reading.periods import parse_period
from provstats.store.keys import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from provstats.engines.memory.inputs import Comparable

    Floats = NDArray[np.float64]
    Bounded = tuple[float, float, float]

__all__ = ["convergence", "dispersion"]

_MEASURES: Final = (
    "mean", "cv", "gini", "theil", "p90_p10", "minimum", "maximum", "range", "sigma",
)  # fmt: skip
# Half of something that may be negative, or of a rank, is not half as much.
_UNITS_WITHOUT_RATIOS: Final = ("percentage_point", "rank")
_IDS_WITHOUT_RATIOS: Final = re.compile("_(?:growth|change|gap|rank|contribution)$")
_MONTHS_OF_YEAR: Final = 12
_FEWEST: Final = 2


def dispersion(x: Comparable) -> pd.DataFrame:
    """Measure how unequal provinces are within each indicator and period.

    Every province counts once, whatever its size; all are the population, not a sample of one.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, and the same rows are compared.

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
    >>> print(unequal[columns].iloc[[0, -1]].round(3).to_string(index=False))
    period  n    cv  gini  gini_lower  gini_upper  p90_p10  sigma
      2018 31 0.681 0.341       0.340       0.343    4.500  0.663
      2023 31 0.592 0.309       0.308       0.310    4.214  0.628
    """
    frame, _ = rows_of(x)
    rows = compared(check(frame))
    return pd.DataFrame([_spread(group) for _, group in rows.groupby(GROUP, sort=False)])


def _spread(group: pd.DataFrame) -> dict[str, object]:
    """Return the row of one indicator and period."""
    candidates = extremes(*_intervals(group))
    found = _inequalities(group)
    found |= {name: bounded(measure, candidates) for name, measure in EXTENTS.items()}
    found = {name: found[name] for name in _MEASURES}
    told = group.iloc[0]
    return {
        "indicator": told["indicator"], "period": told["period"], "unit": told["unit"],
        "n": len(group), **_values(found), **_bounds(found), "left_out": told["left_out"],
    }  # fmt: skip


def _values(found: dict[str, Bounded]) -> dict[str, float]:
    return {name: value for name, (value, _, _) in found.items()}


def _bounds(found: dict[str, Bounded]) -> dict[str, float]:
    return {
        f"{name}_{end}": bound
        for name, (_, *bounds) in found.items()
        for end, bound in zip(("lower", "upper"), bounds, strict=True)
    }


def _intervals(group: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    value, lower, upper = group[["value", "lower", "upper"]].to_numpy().T
    return value, lower, upper


def _inequalities(
    group: pd.DataFrame, names: Iterable[str] = tuple(INEQUALITIES)
) -> dict[str, Bounded]:
    if not _has_ratios(group):
        return dict.fromkeys(names, (nan, nan, nan))
    value, lower, upper = _intervals(group)
    candidates = extremes(value, lower.clip(min=0), upper)
    return {name: bounded(INEQUALITIES[name], candidates) for name in names}


def _has_ratios(group: pd.DataFrame) -> bool:
    """Tell whether there are values of which one can be twice another."""
    id_, unit = group["indicator"].iloc[0], group["unit"].iloc[0]
    may_be_negative = unit in _UNITS_WITHOUT_RATIOS or _IDS_WITHOUT_RATIOS.search(id_)
    return len(group) >= _FEWEST and not may_be_negative and bool((group["value"] >= 0).all())


def convergence(x: Comparable) -> pd.DataFrame:
    """Measure sigma convergence: whether provinces grow more alike from period to period.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`. The periods of an indicator are of one length.

    Returns
    -------
    DataFrame
        One row for each indicator, in order of first appearance: ``indicator``, ``first``,
        ``last``, ``periods`` (how many), ``n`` (the provinces that have a value in every period;
        no others are used), ``sigma_first``, ``sigma_last`` (as `dispersion` defines sigma),
        ``change`` (of sigma from first to last, in percent), ``slope`` (of the least-squares line
        through the sigmas of all periods, per year; the trend regression of REAT's
        ``sigmaconv.t``), ``converging``, ``<measure>_lower`` and ``<measure>_upper`` of the four
        measures, and ``left_out`` (provinces that have a value in some periods only).

        ``converging`` (boolean) is true if sigma fell from first to last, false if it did not, and
        missing where the intervals leave room for both: what rounding can explain is no change.
        The provinces are all there are, so there is no sampling error; but a break in the series
        counts as a change. Numbers are NaN, and ``converging`` missing, where `dispersion` has no
        sigma.

    Raises
    ------
    IncomparableError
        If the periods of an indicator differ in length, nature or unit, if there is only one, if
        fewer than two provinces have a value in all, or for what `rank` refuses.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        As for `rank`.

    Examples
    --------
    >>> trend = convergence("rd_intensity")
    >>> columns = ["first", "last", "n", "change", "change_lower", "change_upper", "converging"]
    >>> print(trend[columns].round(1).to_string(index=False))
    first last  n  change  change_lower  change_upper  converging
     2018 2023 31    -5.3          -6.6          -4.0        True
    """
    frame, _ = rows_of(x)
    rows = compared(check(frame))
    table = pd.DataFrame([_trend(group) for _, group in rows.groupby("indicator", sort=False)])
    return table.astype({"converging": "boolean"})


def _trend(rows: pd.DataFrame) -> dict[str, object]:
    """Return the row of one indicator."""
    periods = _periods_alike(rows)
    panel = _balanced(rows, len(periods))
    sigmas = [
        _inequalities(panel[panel["period"] == label], ["sigma"])["sigma"] for label in periods
    ]
    first, last = sigmas[0], sigmas[-1]
    found = {
        "sigma_first": first, "sigma_last": last, "change": _percent_change(first, last),
        "slope": _slope(np.array(sigmas), periods),
    }  # fmt: skip
    n = panel["region"].nunique()
    return {
        "indicator": rows["indicator"].iloc[0], "first": periods[0], "last": periods[-1],
        "periods": len(periods), "n": n, **_values(found), "converging": _fell(first, last),
        **_bounds(found), "left_out": rows["region"].nunique() - n,
    }  # fmt: skip


def _periods_alike(rows: pd.DataFrame) -> list[str]:
    """Return the periods in order of time, or refuse those that are not of one kind."""
    kinds = rows.drop_duplicates("period").set_index("period")[["nature", "unit"]]
    spans = {label: parse_period(label) for label in kinds.index}
    kinds = kinds.assign(months=[span.months for span in spans.values()])
    id_ = rows["indicator"].iloc[0]
    for kind in ("months", "nature", "unit"):
        if len(set(kinds[kind])) > 1:
            told = ", ".join(f"{label} ({kind} {what})" for label, what in kinds[kind].items())
            msg = f"periods of {id_!r} are not of one kind, and cannot be one trend: {told}"
            raise IncomparableError(msg)
    if len(spans) < _FEWEST:
        msg = f"a trend needs two periods or more; {id_!r} has only {list(spans)}"
        raise IncomparableError(msg)
    return sorted(spans, key=spans.__getitem__)


def _balanced(rows: pd.DataFrame, periods: int) -> pd.DataFrame:
    """Keep the provinces that have a value in every period."""
    panel = rows[rows.groupby("region")["period"].transform("nunique") == periods]
    if panel["region"].nunique() < _FEWEST:
        msg = (
            f"fewer than two provinces have {rows['indicator'].iloc[0]!r} in each of "
            f"{list(rows['period'].unique())}; choose the periods"
        )
        raise IncomparableError(msg)
    return panel


def _percent_change(first: Bounded, last: Bounded) -> Bounded:
    (base, least, greatest), (value, low, high) = first, last
    if not base > 0:
        return nan, nan, nan
    ratios = value / base, low / greatest, high / least if least > 0 else inf
    now, lower, upper = ((ratio - 1) * 100 for ratio in ratios)
    return now, lower, upper


def _slope(sigmas: Floats, periods: list[str]) -> Bounded:
    """Return the least-squares slope per year: a sum of the sigmas, each with its weight."""
    ends = [parse_period(label).end for label in periods]
    years = np.array([end.year + end.month / _MONTHS_OF_YEAR for end in ends])
    years -= years.mean()
    weights = years / (years**2).sum()
    value, lower, upper = (sigmas * weights[:, None])[weights != 0].T
    return value.sum(), np.minimum(lower, upper).sum(), np.maximum(lower, upper).sum()


def _fell(first: Bounded, last: Bounded) -> bool | None:
    """Tell whether the second measure is below the first, None where the intervals leave doubt."""
    if last[2] < first[1] - TOUCH:
        return True
    return False if last[1] >= first[2] - TOUCH else None
