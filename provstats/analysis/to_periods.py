"""`to_periods`: cumulative figures, turned into those of single periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

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
from provstats.errors import SchemaError
from provstats.indicators import look_up_indicator

if TYPE_CHECKING:
    from provstats.analysis.parts.inputs import Asked

__all__ = ["to_periods"]

# A balance of gains and losses can fall as the year goes on. What is only ever added up (output,
# revenue, investment, things counted) cannot. The words stand in the ids.
_BALANCES: Final = {"balance", "loss", "net", "profit"}


def to_periods(x: Asked, *, can_fall: bool | None = None) -> pd.DataFrame:
    """Turn cumulative figures into those of single periods.

    Each figure from January on, less the one before it in the same year. Where one is missing, the
    difference spans what it spans (``2024-04/2024-05``); nothing is filled, and January-February is
    never split.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`; a frame without bounds is taken to be exact. Figures match by region,
        indicator, nature and year, whatever the order of rows.
    can_fall : bool, optional
        Whether a cumulative figure may be less than the one before. By default a balance may
        (profit and its kin), and an indicator that the catalogue does not know; output, revenue,
        investment and whatever else is only added up may not.

    Returns
    -------
    DataFrame
        One row for each cumulative figure, in the input's order and with its index: ``region``,
        ``indicator``, ``period`` (the months that were added since the figure before), ``value``,
        ``lower``, ``upper``, ``unit``, ``nature``, ``basis`` (``derived``; ``reported`` for the
        first of a year, which stands as given), ``months`` (int64), ``refused`` (a reason code,
        else empty) and ``left_out`` (int64: how many rows of the same indicator and year have no
        value or no period of two months and more from January on; January alone is one of these);
        ``printed``, ``source`` and ``paragraph`` are those of the cumulative figure (empty and
        missing where the rows do not say).
        ``lower`` is this lower less the previous upper, and ``upper`` the reverse. Where nothing
        can fall, what lies below 0 is cut off, and a value below 0 is 0. If even ``upper`` is below
        0, an earlier figure was revised: ``refused`` is ``revised`` and the numbers are NaN.

    Raises
    ------
    IncomparableError
        If nothing is cumulative, or rows do not add up over time: growth, shares, ranks, gaps,
        averages and stocks have no difference that is a figure of the period; or figures of one
        year have different units.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If an option or the frame does not hold.

    Notes
    -----
    The interval allows for rounding, not for revision. The National Bureau of Statistics revises
    months without restating the earlier totals: in 2018 it put April's profits at 576.03 billion
    yuan, while its totals to April and to March differ by 573.85.

    Examples
    --------
    Profits of industrial enterprises in 2018, as first printed; there is no figure to June here:

    >>> import pandas as pd
    >>> from provstats import parse_figure
    >>> printed = {
    ...     "1-2月": "9689亿元",
    ...     "一季度": "15533.2亿元",
    ...     "1-5月": "27298.3亿元",
    ...     "1-7月": "39038.1亿元",
    ... }
    >>> profits = pd.DataFrame(
    ...     [
    ...         {
    ...             "period": f"2018年{span}",
    ...             "value": figure.value,
    ...             "lower": figure.lower,
    ...             "upper": figure.upper,
    ...         }
    ...         for span, figure in zip(printed, map(parse_figure, printed.values()))
    ...     ]
    ... ).assign(region="CN", indicator="industrial_profit")
    >>> periods = to_periods(profits)
    >>> in_100_million = periods[["value", "lower", "upper"]] / 1e8
    >>> print(periods[["period", "basis"]].join(in_100_million).to_string(index=False))
             period    basis   value    lower    upper
    2018-01/2018-02 reported  9689.0  9688.50  9689.50
            2018-03  derived  5844.2  5843.65  5844.75
    2018-04/2018-05  derived 11765.1 11765.00 11765.20
    2018-06/2018-07  derived 11739.8 11739.70 11739.90
    """
    if not (can_fall is None or isinstance(can_fall, bool)):
        msg = f"can_fall must be True, False or None, got {can_fall!r}"
        raise SchemaError(msg)
    frame, _ = select_rows_and_context(x)
    rows = prepare_additive_rows(frame)
    is_cumulative = (rows["first"] == 1) & (rows["last"] > 1) & rows["value"].notna()
    rows = keep_fitting_rows(rows, is_cumulative, "a value for two months and more from January on")
    reached, amounts = _subtract_previous(rows)
    is_first = reached == 0
    only_rises = ~is_first & ~_may_fall(rows["indicator"], can_fall)
    revised = only_rises & (amounts["upper"] < 0)
    amounts = amounts.where(~only_rises, amounts.clip(lower=0.0)).mask(revised)
    refused = revised.map({True: "revised", False: ""})
    return build_result(frame, rows.assign(first=reached + 1), amounts, is_first, refused)


def _may_fall(ids: pd.Series, can_fall: bool | None) -> pd.Series:  # noqa: FBT001 - passed on as it is
    """Tell which cumulative figures may fall; those of unknown indicators may."""
    known = {
        id_: look_up_indicator(id_) is None or not _BALANCES.isdisjoint(id_.split("_"))
        for id_ in ids.unique()
    }
    return ids.map(known if can_fall is None else dict.fromkeys(known, can_fall)).astype(bool)


def _subtract_previous(rows: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Return the last month of the figure before, 0 if none, and what was added since."""
    columns = ["last", *ENDS]
    before = rows.sort_values("last").groupby(CHAIN)[columns].shift().loc[rows.index]
    since = before.fillna(0.0)
    amounts = pd.DataFrame({
        "value": rows["value"] - since["value"],
        "lower": rows["lower"] - since["upper"],
        "upper": rows["upper"] - since["lower"],
    })  # fmt: skip
    exact = round_to_decimals(amounts, measure_size(rows).clip(lower=measure_size(since)))
    return since["last"].astype("int64"), rows[ENDS].where(before["last"].isna(), exact)
