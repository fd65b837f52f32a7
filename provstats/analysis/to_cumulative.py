"""`to_cumulative`: figures of single periods, added up from January on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provstats.analysis.parts.inputs import select_rows_and_context
from provstats.analysis.parts.months import (
    CHAIN,
    ENDS,
    build_result,
    keep_fitting_rows,
    measure_size,
    prepare_additive_rows,
    round_to_decimals,
)
from provstats.errors import IncomparableError, format_first_rows

if TYPE_CHECKING:
    import pandas as pd

    from provstats.analysis.parts.inputs import Asked

__all__ = ["to_cumulative"]


def to_cumulative(x: Asked) -> pd.DataFrame:
    """Add up figures of single periods from January on: the inverse of `to_periods`.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `to_periods`. Months, quarters and halves may follow one another; January and
        February may be one period.

    Returns
    -------
    DataFrame
        One row for each period within a year, in the input's order and with its index, and the
        columns of `to_periods`: ``period`` runs from January, ``value``, ``lower`` and ``upper``
        are sums, and ``basis`` is ``reported`` for a period that begins in January. From the first
        gap of a year on, whether a period or its value is missing, ``refused`` is ``gap`` and the
        numbers are NaN. ``left_out`` counts the rows of the same indicator whose period ends in the
        year and begins in an earlier one. Sums of differences have the values from which these
        were taken, and wider intervals.

    Raises
    ------
    IncomparableError
        If periods overlap (months beside their quarter, cumulative figures), no period lies
        within a year, or rows do not add up over time.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    With numbers made up for the purpose:

    >>> import pandas as pd
    >>> jobs = pd.DataFrame(
    ...     {
    ...         "region": "CN-BJ",
    ...         "indicator": "jobs",
    ...         "period": ["2024-01/2024-02", "2024-03", "2024-Q2", "2024-08"],
    ...         "value": [20, 10, 30, 10],
    ...     }
    ... )
    >>> sums = to_cumulative(jobs)
    >>> print(sums[["period", "value", "basis", "refused", "months"]].to_string(index=False))
             period  value    basis refused  months
    2024-01/2024-02   20.0 reported               2
            2024-Q1   30.0  derived               3
            2024-H1   60.0  derived               6
    2024-01/2024-08    NaN  derived     gap       8
    """
    frame, _ = select_rows_and_context(x)
    rows = prepare_additive_rows(frame)
    rows = keep_fitting_rows(rows, rows["first"] >= 1, "a period within a year")
    ordered = rows.sort_values(["first", "last"])
    reached = ordered.groupby(CHAIN)["last"].shift().fillna(0.0)
    _refuse_overlaps(ordered, ordered["first"] <= reached)
    is_gap = (ordered["first"] > reached + 1) | ordered["value"].isna()
    sums = ordered.assign(size=measure_size(ordered), gaps=is_gap.astype("int64"))
    sums = sums.groupby(CHAIN)[[*ENDS, "size", "gaps"]].cumsum().loc[rows.index]
    refused = (sums["gaps"] > 0).map({True: "gap", False: ""})
    is_first = rows["first"] == 1
    amounts = rows[ENDS].where(is_first, round_to_decimals(sums[ENDS], sums["size"]))
    amounts = amounts.where(refused == "")
    return build_result(frame, rows.assign(first=1), amounts, is_first, refused)


def _refuse_overlaps(ordered: pd.DataFrame, overlaps: pd.Series) -> None:
    if overlaps.any():
        followed = overlaps.groupby([ordered[c] for c in CHAIN]).shift(-1, fill_value=False)
        rows = ordered[overlaps | followed].sort_values([*CHAIN, "first", "last"])
        shown = format_first_rows(rows)
        msg = f"periods overlap and would be counted twice; keep one of them:{shown}"
        raise IncomparableError(msg)
