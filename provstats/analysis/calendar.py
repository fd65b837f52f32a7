"""Calendars: cumulative figures, as Chinese statistics report them, and those of single periods.

Most monthly figures are given from January on: January-February, the first quarter, January to
April, and so on. There is none for January alone: the Spring Festival falls into either month, so
that only the two together can be compared with those of another year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.engines.memory.inputs import check, rows_of
from provstats.errors import IncomparableError, SchemaError, first_rows
from provstats.indicators import known_indicator
from provstats.reading.periods import Period, parse_period

if TYPE_CHECKING:
    from provstats.engines.memory.inputs import Comparable

__all__ = ["to_cumulative", "to_periods"]

# Within these, figures of a year are subtracted and added.
_CHAIN: Final = ["region", "indicator", "nature", "year"]
_ENDS: Final = ["value", "lower", "upper"]
_ADDITIVE: Final = ("flow", "new")
_RATIOS: Final = ("growth", "share", "rank", "gap", "contribution")
_RATIO_UNITS: Final = ("percent", "percentage_point", "rank", "index")
# A balance of gains and losses can fall as the year goes on. What is only ever added up (output,
# revenue, investment, things counted) cannot. The words stand in the ids.
_BALANCES: Final = {"balance", "loss", "net", "profit"}
# A double holds 15 digits of any decimal number, and no more of every one.
_DIGITS: Final = 15


def to_periods(x: Comparable, *, can_fall: bool | None = None) -> pd.DataFrame:
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
        value or no period of two months and more from January on; January alone is one of these).
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
    ...         {"period": f"2018年{span}", "value": of.value, "lower": of.lower, "upper": of.upper}
    ...         for span, of in zip(printed, map(parse_figure, printed.values()))
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
    frame, _ = rows_of(x)
    rows = _additive(check(frame))
    is_cumulative = (rows["first"] == 1) & (rows["last"] > 1) & rows["value"].notna()
    rows = _kept(rows, is_cumulative, "a value for two months and more from January on")
    reached, amounts = _differences(rows)
    is_first = reached == 0
    only_rises = ~is_first & ~_may_fall(rows["indicator"], can_fall)
    revised = only_rises & (amounts["upper"] < 0)
    amounts = amounts.where(~only_rises, amounts.clip(lower=0.0)).mask(revised)
    refused = revised.map({True: "revised", False: ""})
    return _result(frame, rows.assign(first=reached + 1), amounts, is_first, refused)


def to_cumulative(x: Comparable) -> pd.DataFrame:
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
    frame, _ = rows_of(x)
    rows = _additive(check(frame))
    rows = _kept(rows, rows["first"] >= 1, "a period within a year")
    ordered = rows.sort_values(["first", "last"])
    reached = ordered.groupby(_CHAIN)["last"].shift().fillna(0.0)
    _refuse_overlaps(ordered, ordered["first"] <= reached)
    is_gap = (ordered["first"] > reached + 1) | ordered["value"].isna()
    sums = ordered.assign(size=_size(ordered), gaps=is_gap.astype("int64"))
    sums = sums.groupby(_CHAIN)[[*_ENDS, "size", "gaps"]].cumsum().loc[rows.index]
    refused = (sums["gaps"] > 0).map({True: "gap", False: ""})
    is_first = rows["first"] == 1
    amounts = rows[_ENDS].where(is_first, _decimal(sums[_ENDS], sums["size"]))
    amounts = amounts.where(refused == "")
    return _result(frame, rows.assign(first=1), amounts, is_first, refused)


# --- what can be added ---------------------------------------------------------------------------


def _additive(checked: pd.DataFrame) -> pd.DataFrame:
    """Add the months that rows span, and refuse rows that do not add up over time."""
    rows = checked.assign(nature=checked["nature"].astype(str))
    pairs = rows[["indicator", "unit"]].drop_duplicates()
    why = {(id_, unit): _obstacle(id_, unit) for id_, unit in pairs.itertuples(index=False)}
    obstacles = pd.MultiIndex.from_frame(rows[["indicator", "unit"]]).map(why)
    if (obstacles != "").any():
        wrong = rows[obstacles != ""]
        msg = f"{obstacles[obstacles != ''][0]}:{first_rows(wrong)}"
        raise IncomparableError(msg)
    rows = rows.join(_spans(rows["period"]))
    _refuse_mixed_units(rows)
    return rows


def _refuse_mixed_units(rows: pd.DataFrame) -> None:
    mixed = rows.groupby(_CHAIN)["unit"].transform("nunique") > 1
    if mixed.any():
        msg = f"figures of one year have different units:{first_rows(rows[mixed])}"
        raise IncomparableError(msg)


def _obstacle(id_: str, unit: str) -> str:
    """Say why figures of an indicator do not add up over time; empty where they do."""
    of = known_indicator(id_)
    measure = of.measure if of else id_.rpartition("_")[2]
    if measure == "level":
        return f"a stock does not add up over time, and {id_!r} is one; ps.yoy has its change"
    if measure in _RATIOS or unit in _RATIO_UNITS or "_per_" in id_:
        return (
            f"a growth rate, share, rank, gap or average of cumulative figures has no difference "
            f"or sum, and {id_!r} is one; take the levels that it was worked out from"
        )
    if of and measure not in _ADDITIVE:
        return f"{id_!r} is not known to add up over time: only flows and additions do"
    return ""


def _may_fall(ids: pd.Series, can_fall: bool | None) -> pd.Series:  # noqa: FBT001 - passed on as it is
    """Tell which cumulative figures may fall, as for what is unknown cannot be ruled out."""
    known = {
        id_: known_indicator(id_) is None or not _BALANCES.isdisjoint(id_.split("_"))
        for id_ in ids.unique()
    }
    return ids.map(known if can_fall is None else dict.fromkeys(known, can_fall)).astype(bool)


# --- the months of a year -------------------------------------------------------------------------


def _spans(labels: pd.Series) -> pd.DataFrame:
    """Return the year in which a period ends, and its first and last month counted from January."""
    periods = {label: parse_period(label) for label in labels.unique()}
    months = pd.DataFrame(
        [(of.end.year, of.end.month - of.months + 1, of.end.month) for of in periods.values()],
        columns=["year", "first", "last"],
        index=list(periods),
    )
    return months.loc[labels].set_axis(labels.index)


def _labels(rows: pd.DataFrame) -> pd.Series:
    spans = pd.MultiIndex.from_frame(rows[["year", "first", "last"]])
    names = {
        (year, first, last): str(Period.of_months((year, first), (year, last)))
        for year, first, last in spans.unique()
    }
    return pd.Series(spans.map(names), index=rows.index)


def _kept(rows: pd.DataFrame, fits: pd.Series, wanted: str) -> pd.DataFrame:
    """Keep the rows that fit, each with the number of its indicator and year that do not."""
    if not fits.any():
        msg = f"no row has {wanted}:{first_rows(rows)}"
        raise IncomparableError(msg)
    count = (~fits).groupby([rows["indicator"], rows["year"]]).transform("sum").astype("int64")
    return rows.assign(left_out=count)[fits]


def _refuse_overlaps(ordered: pd.DataFrame, overlaps: pd.Series) -> None:
    if overlaps.any():
        followed = overlaps.groupby([ordered[c] for c in _CHAIN]).shift(-1, fill_value=False)
        rows = ordered[overlaps | followed].sort_values([*_CHAIN, "first", "last"])
        msg = f"periods overlap and would be counted twice; keep one of them:{first_rows(rows)}"
        raise IncomparableError(msg)


# --- numbers --------------------------------------------------------------------------------------


def _differences(rows: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Return the month to which the figure before reaches, 0 if none, and what was added since."""
    columns = ["last", *_ENDS]
    before = rows.sort_values("last").groupby(_CHAIN)[columns].shift().loc[rows.index]
    since = before.fillna(0.0)
    amounts = pd.DataFrame({
        "value": rows["value"] - since["value"],
        "lower": rows["lower"] - since["upper"],
        "upper": rows["upper"] - since["lower"],
    })  # fmt: skip
    exact = _decimal(amounts, _size(rows).clip(lower=_size(since)))
    return since["last"].astype("int64"), rows[_ENDS].where(before["last"].isna(), exact)


def _size(rows: pd.DataFrame) -> pd.Series:
    size: pd.Series = rows[_ENDS].abs().max(axis="columns")
    return size


def _decimal(amounts: pd.DataFrame, size: pd.Series) -> pd.DataFrame:
    """Round to the decimals that figures of a size can have: binary arithmetic adds others."""
    digits = np.floor(np.log10(size.where(size > 0, 1.0))) + 1
    power = 10.0 ** (_DIGITS - digits).clip(0, 300)
    return amounts.mul(power, axis="index").round().div(power, axis="index") + 0.0


def _result(
    frame: pd.DataFrame,
    rows: pd.DataFrame,
    amounts: pd.DataFrame,
    is_first: pd.Series,
    refused: pd.Series,
) -> pd.DataFrame:
    return pd.DataFrame({
        **rows[["region", "indicator"]],
        "period": _labels(rows),
        **amounts,
        **rows[["unit", "nature"]],
        "basis": is_first.map({True: "reported", False: "derived"}),
        "months": rows["last"] - rows["first"] + 1,
        "refused": refused,
        "left_out": rows["left_out"],
    }, index=rows.index).set_axis(frame.index[rows.index])  # fmt: skip
