"""Convergence: whether provinces grow more alike from period to period."""

from __future__ import annotations

from math import inf, nan
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from provstats.analysis.parts.balance import find_balanced_periods
from provstats.analysis.parts.breaks import keep_since_last_break
from provstats.analysis.parts.inputs import prepare_compared_rows
from provstats.analysis.parts.spreads import (
    FEWEST,
    extract_bounds,
    extract_values,
    measure_inequalities,
)
from provstats.engines.memory.intervals import TOUCH
from provstats.errors import IncomparableError
from provstats.reading.periods import MONTHS_OF_YEAR, parse_period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.analysis.parts.inputs import Asked
    from provstats.engines.memory.breaks import Breaks

    Floats = NDArray[np.float64]
    Bounded = tuple[float, float, float]

__all__ = ["convergence"]


def convergence(
    x: Asked, *, breaks: Breaks | None = None, across_breaks: bool = False
) -> pd.DataFrame:
    """Measure sigma convergence: whether provinces grow more alike from period to period.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`; a frame of pandas, polars or Arrow. The periods of an indicator are of one
        length. Of an id they are those that leave the largest table without gaps, of provinces by
        periods: one that some provinces lack does not cost them all the others. A series or a
        frame is the caller's own choice, of which every period counts.
    breaks : DataFrame, optional
        Where a caller's series was measured anew, as for `yoy`.
    across_breaks : bool
        Whether periods before a break of the series are used too; by default only those after the
        last one, if it is of a province compared: one of ``breaks``, or a known one of rows of our
        documents.

    Returns
    -------
    DataFrame
        One row for each indicator, in order of first appearance: ``indicator``, ``first``,
        ``last``, ``periods`` (how many), ``n`` (the provinces that have a value in every period;
        no others are used), ``sigma_first``, ``sigma_last`` (as `dispersion` defines sigma),
        ``change`` (of sigma from first to last, in percent), ``slope`` (of the least-squares line
        through the sigmas of all periods, per year; the trend regression of REAT's
        ``sigmaconv.t``), ``converging``, ``<measure>_lower`` and ``<measure>_upper`` of the four
        measures, ``left_out`` (provinces that have a value in some of these periods only),
        ``before_break`` (how many periods are not used, for a break follows them; int64) and
        ``sparse`` (the other periods of an id that are not used, by time and joined by blanks:
        with them fewer provinces or periods would make up the table without gaps; empty where all
        are used).

        ``converging`` (boolean) is true if sigma fell from first to last, false if it did not, and
        missing where the intervals leave room for both: what rounding can explain is no change.
        The provinces are all there are, so there is no sampling error. Numbers are NaN, and
        ``converging`` missing, where `dispersion` has no sigma.

    Raises
    ------
    IncomparableError
        If the periods of an indicator differ in length, nature or unit, if there is only one, if
        fewer than two provinces have a value in all, or for what `rank` refuses.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        As for `rank`.

    Examples
    --------
    >>> from provstats import series
    >>> trend = convergence(series("rd_intensity", vintage="nbs-rd-bulletin-2023"))
    >>> columns = ["first", "last", "n", "change", "change_lower", "change_upper", "converging"]
    >>> print(trend[columns].round(1).to_string(index=False))
    first last  n  change  change_lower  change_upper  converging
     2019 2023 31    -3.4          -4.6          -2.1        True

    That some provinces report 2025 already does not narrow the trend of all:

    >>> convergence("rd_intensity")[["first", "last", "n", "sparse"]].values.tolist()
    [['2023', '2024', 31, '2025']]
    """
    every = prepare_compared_rows(x)
    rows = keep_since_last_break(every, breaks, across_breaks=across_breaks)
    kept = rows
    if isinstance(x, str):
        kept = rows[rows["period"].isin(find_balanced_periods(rows))]
    table = pd.DataFrame(
        [_compute_trend(group) for _, group in kept.groupby("indicator", sort=False)]
    )
    known, since = (
        table["indicator"].map(part.groupby("indicator")["period"].nunique())
        for part in (every, rows)
    )
    sparse = set(rows["period"]).difference(kept["period"])
    return table.assign(
        before_break=(known - since).astype("int64"),
        sparse=" ".join(sorted(sparse, key=parse_period)),
    ).astype({"converging": "boolean"})


def _compute_trend(rows: pd.DataFrame) -> dict[str, object]:
    """Return the row of one indicator."""
    periods = _sort_periods_of_one_kind(rows)
    panel = _keep_complete_provinces(rows, len(periods))
    sigmas = [
        measure_inequalities(panel[panel["period"] == label], ["sigma"])["sigma"]
        for label in periods
    ]
    first, last = sigmas[0], sigmas[-1]
    found = {
        "sigma_first": first, "sigma_last": last, "change": _compute_percent_change(first, last),
        "slope": _compute_slope(np.array(sigmas), periods),
    }  # fmt: skip
    n = panel["region"].nunique()
    return {
        "indicator": rows["indicator"].iloc[0],
        "first": periods[0],
        "last": periods[-1],
        "periods": len(periods),
        "n": n,
        **extract_values(found),
        "converging": _has_fallen(first, last),
        **extract_bounds(found),
        "left_out": rows["region"].nunique() - n,
    }


def _sort_periods_of_one_kind(rows: pd.DataFrame) -> list[str]:
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
    if len(spans) < FEWEST:
        msg = f"a trend needs two periods or more; {id_!r} has only {list(spans)}"
        raise IncomparableError(msg)
    return sorted(spans, key=spans.__getitem__)


def _keep_complete_provinces(rows: pd.DataFrame, periods: int) -> pd.DataFrame:
    """Keep the provinces that have a value in every period."""
    panel = rows[rows.groupby("region")["period"].transform("nunique") == periods]
    if panel["region"].nunique() < FEWEST:
        msg = (
            f"fewer than two provinces have {rows['indicator'].iloc[0]!r} in each of "
            f"{list(rows['period'].unique())}; choose the periods"
        )
        raise IncomparableError(msg)
    return panel


def _compute_percent_change(first: Bounded, last: Bounded) -> Bounded:
    (base, least, greatest), (value, low, high) = first, last
    if not base > 0:
        return nan, nan, nan
    ratios = value / base, low / greatest, high / least if least > 0 else inf
    now, lower, upper = ((ratio - 1) * 100 for ratio in ratios)
    return now, lower, upper


def _compute_slope(sigmas: Floats, periods: list[str]) -> Bounded:
    """Return the least-squares slope per year: a sum of the sigmas, each with its weight."""
    ends = [parse_period(label).end for label in periods]
    years = np.array([end.year + end.month / MONTHS_OF_YEAR for end in ends])
    years -= years.mean()
    weights = years / (years**2).sum()
    value, lower, upper = (sigmas * weights[:, None])[weights != 0].T
    return value.sum(), np.minimum(lower, upper).sum(), np.maximum(lower, upper).sum()


def _has_fallen(first: Bounded, last: Bounded) -> bool | None:
    """Tell whether the second measure is below the first, None where the intervals leave doubt."""
    if last[2] < first[1] - TOUCH:
        return True
    return False if last[1] >= first[2] - TOUCH else None
