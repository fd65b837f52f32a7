"""Months: rows that add up over the year, and which months they span.

Most monthly figures are given from January on: January-February, the first quarter, January to
April, and so on. There is none for January alone: the Spring Festival falls into either month, so
that only the two together can be compared with those of another year.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.origins import ORIGIN, find_origins
from provstats.engines.memory.inputs import prepare_rows_by_position
from provstats.errors import IncomparableError, format_first_rows
from provstats.indicators import (
    CLAIMS,
    GROWTHS,
    SUFFIXES,
    is_average_by_name,
    look_up_indicator,
    split_id,
)
from provstats.reading.periods import Period, parse_period
from provstats.reading.units import RATES

__all__ = [
    "CHAIN",
    "ENDS",
    "build_result",
    "keep_fitting_rows",
    "measure_size",
    "prepare_additive_rows",
    "round_to_decimals",
]

#: Within these, figures of a year are subtracted and added.
CHAIN: Final = ["region", "indicator", "nature", "year"]
#: A value and the ends of its interval.
ENDS: Final = ["value", "lower", "upper"]
_ADDED: Final = ("flow", "new")
_RATIOS: Final = (*GROWTHS, *CLAIMS, "share", "contribution", "change", "index")
# A double holds 15 digits of any decimal number, but not always 16.
_DIGITS: Final = 15


# --- what can be added ---------------------------------------------------------------------------


def prepare_additive_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Check rows, add the months that they span, and refuse those that do not add up over time."""
    checked = prepare_rows_by_position(frame)
    rows = checked.assign(nature=checked["nature"].astype(str))
    pairs = rows[["indicator", "unit"]].drop_duplicates()
    why = {(id_, unit): _explain_obstacle(id_, unit) for id_, unit in pairs.itertuples(index=False)}
    obstacles = pd.MultiIndex.from_frame(rows[["indicator", "unit"]]).map(why)
    if (obstacles != "").any():
        wrong = rows[obstacles != ""]
        msg = f"{obstacles[obstacles != ''][0]}:{format_first_rows(wrong)}"
        raise IncomparableError(msg)
    rows = rows.join(_find_month_spans(rows["period"]))
    _refuse_mixed_units(rows)
    return rows


def _refuse_mixed_units(rows: pd.DataFrame) -> None:
    mixed = rows.groupby(CHAIN)["unit"].transform("nunique") > 1
    if mixed.any():
        msg = f"figures of one year have different units:{format_first_rows(rows[mixed])}"
        raise IncomparableError(msg)


def _explain_obstacle(id_: str, unit: str) -> str:
    """Say why figures of an indicator do not add up over time; empty where they do."""
    known = look_up_indicator(id_)
    measure = known.measure if known else SUFFIXES.get(split_id(id_)[1])
    if measure == "level":
        return f"a stock does not add up over time, and {id_!r} is one; ps.yoy has its change"
    if measure in _RATIOS or unit in (*RATES, "rank") or is_average_by_name(id_):
        return (
            f"a growth rate, share, rank, gap or average of cumulative figures has no difference "
            f"or sum, and {id_!r} is one; take the levels that it was worked out from"
        )
    if known and measure not in _ADDED:
        return f"{id_!r} is not known to add up over time: only flows and additions do"
    return ""


# --- the months of a year -------------------------------------------------------------------------


def _find_month_spans(labels: pd.Series) -> pd.DataFrame:
    """Return the year in which a period ends, and its first and last month counted from January."""
    periods = {label: parse_period(label) for label in labels.unique()}
    months = pd.DataFrame(
        [
            (period.end.year, period.end.month - period.months + 1, period.end.month)
            for period in periods.values()
        ],
        columns=["year", "first", "last"],
        index=list(periods),
    )
    return months.loc[labels].set_axis(labels.index)


def _label_periods(rows: pd.DataFrame) -> pd.Series:
    spans = pd.MultiIndex.from_frame(rows[["year", "first", "last"]])
    names = {
        (year, first, last): str(Period.of_months((year, first), (year, last)))
        for year, first, last in spans.unique()
    }
    return pd.Series(spans.map(names), index=rows.index)


def keep_fitting_rows(rows: pd.DataFrame, fits: pd.Series, wanted: str) -> pd.DataFrame:
    """Keep the rows that fit, each with the number of its indicator and year that do not."""
    if not fits.any():
        msg = f"no row has {wanted}:{format_first_rows(rows)}"
        raise IncomparableError(msg)
    count = (~fits).groupby([rows["indicator"], rows["year"]]).transform("sum").astype("int64")
    return rows.assign(left_out=count)[fits]


# --- numbers --------------------------------------------------------------------------------------


def measure_size(rows: pd.DataFrame) -> pd.Series:
    """Return the greatest number of each row, whatever the signs."""
    size: pd.Series = rows[ENDS].abs().max(axis="columns")
    return size


def round_to_decimals(amounts: pd.DataFrame, size: pd.Series) -> pd.DataFrame:
    """Round to the decimals that figures of a size can have: binary arithmetic adds others."""
    digits = np.floor(np.log10(size.where(size > 0, 1.0))) + 1
    power = 10.0 ** (_DIGITS - digits).clip(0, 300)
    return amounts.mul(power, axis="index").round().div(power, axis="index") + 0.0


def build_result(
    frame: pd.DataFrame,
    rows: pd.DataFrame,
    amounts: pd.DataFrame,
    is_first: pd.Series,
    refused: pd.Series,
) -> pd.DataFrame:
    """Return what `to_periods` and `to_cumulative` return, with the caller's index."""
    return pd.DataFrame({
        **rows[["region", "indicator"]],
        "period": _label_periods(rows),
        **amounts,
        **rows[["unit", "nature"]],
        "basis": is_first.map({True: "reported", False: "derived"}),
        "months": rows["last"] - rows["first"] + 1,
        "refused": refused,
        "left_out": rows["left_out"],
        **find_origins(frame.iloc[rows.index].set_axis(rows.index))[ORIGIN],
    }, index=rows.index).set_axis(frame.index[rows.index])  # fmt: skip
