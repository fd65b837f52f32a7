"""Comparables: which rows can be compared, and which are left out.

Comparable are rows of the same indicator, unit, nature and period label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from provstats.errors import (
    IncomparableError,
    SchemaError,
    first_rows,
    nearest,
)
from provstats.indicator_series import IndicatorSeries
from provstats.indicators import indicator, known_indicator
from provstats.observations import KEY, NATURES, check_frame, load
from provstats.places import NATION, provinces

if TYPE_CHECKING:
    from collections.abc import Iterable

    Comparable = str | IndicatorSeries | pd.DataFrame

__all__ = [
    "GROUP", "TOUCH", "check", "comparable", "left_out", "of_one_nature",
    "one_of", "rows_of", "units", "with_columns",
]  # fmt: skip

#: Two intervals touch if they are this near: it absorbs the rounding of binary arithmetic.
TOUCH: Final = 1e-9

#: Rows are compared within these.
GROUP: Final = ["indicator", "period"]


def rows_of(x: Comparable) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows to compare, and all rows that may serve as benchmark or base.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        A shipped indicator finds its benchmark in the shipped data, a frame only in itself.

    Raises
    ------
    IncomparableError
        If nobody reports the indicator.
    """
    if isinstance(x, str):
        data = load(nature=None)
        return _not_empty(_with_outcomes(data[data["indicator"] == indicator(x).id]), x), data
    if isinstance(x, IndicatorSeries):
        if x.vintage is None:
            msg = "a series of all vintages cannot be compared; choose one, such as vintage='first'"
            raise IncomparableError(msg)
        around = pd.concat([x.data, load(nature=None, vintage=x.vintage)]).drop_duplicates(KEY)
        return _not_empty(x.data, x.indicator.id), around
    return x, x


def _with_outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the periods that have an outcome, with the forecasts beside it, to be counted."""
    periods = rows.loc[rows["nature"] == "outcome", "period"]
    kept = rows[rows["period"].isin(periods)] if len(periods) else rows
    return kept.reset_index(drop=True)


def _not_empty(rows: pd.DataFrame, id_: str) -> pd.DataFrame:
    if rows.empty:
        msg = (
            f"no region reports {id_!r} for what was asked; ps.load(nature=None) has what there is"
        )
        raise IncomparableError(msg)
    return rows


def check(frame: pd.DataFrame) -> pd.DataFrame:
    """Check a frame; its rows are known by their position from here on.

    Parameters
    ----------
    frame : DataFrame
        A tidy frame of the data or of a caller.
    """
    return check_frame(frame).reset_index(drop=True)


def with_columns(frame: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the caller's rows that were compared, with the columns added.

    Parameters
    ----------
    frame : DataFrame
        What the caller gave.
    added : DataFrame
        The columns to add, by the position of the row in the frame.
    """
    return frame.iloc[added.index].assign(**{str(c): added[c].array for c in added})


def of_one_nature(checked: pd.DataFrame, candidates: pd.Series | None = None) -> pd.Series:
    """Tell the rows that have the nature of their group: outcome, else forecast, else target.

    Parameters
    ----------
    checked : DataFrame
        Checked rows.
    candidates : Series of bool, optional
        The rows that choose the nature; all by default.
    """
    places = checked["nature"].map({nature: place for place, nature in enumerate(NATURES)})
    choosing = places if candidates is None else places.where(candidates)
    return places == choosing.groupby([checked[c] for c in GROUP]).transform("min")


def left_out(checked: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    """Keep rows, each with the number of those of its indicator and period that were not kept.

    Parameters
    ----------
    checked : DataFrame
        Checked rows.
    kept : Series
        Which to keep.
    """
    count = (~kept).groupby([checked[c] for c in GROUP]).transform("sum").astype("int64")
    return checked.assign(left_out=count)[kept]


def comparable(checked: pd.DataFrame) -> pd.DataFrame:
    """Keep provinces' values of one nature, and count what is left out.

    Parameters
    ----------
    checked : DataFrame
        Checked rows.

    Raises
    ------
    IncomparableError
        If nothing is left, or rows of one indicator and period differ in unit.
    """
    candidates = checked["region"].isin(provinces()) & checked["value"].notna()
    if not candidates.any():
        msg = f"no province has a value that could be compared:{first_rows(checked)}"
        raise IncomparableError(msg)
    natured = of_one_nature(checked, candidates)
    _refuse_mixed_units(checked[natured & (candidates | (checked["region"] == NATION))])
    return left_out(checked, candidates & natured)


def _refuse_mixed_units(rows: pd.DataFrame) -> None:
    rows = rows.assign(unit=units(rows))
    mixed = rows.groupby(GROUP)["unit"].transform("nunique") > 1
    if mixed.any():
        msg = f"rows of one indicator and period have different units:{first_rows(rows[mixed])}"
        raise IncomparableError(msg)


def units(rows: pd.DataFrame) -> pd.Series:
    """Return the unit that a row states, else the catalogue's, else an empty text.

    Parameters
    ----------
    rows : DataFrame
        Checked rows.
    """
    ids = {id_: of.unit for id_ in rows["indicator"].unique() if (of := known_indicator(id_))}
    return rows["unit"].where(rows["unit"] != "", rows["indicator"].map(ids)).fillna("")


def one_of(option: str, given: object, allowed: Iterable[str]) -> None:
    """Refuse an option that is not of its vocabulary.

    Parameters
    ----------
    option : str
        The option's name.
    given : object
        What the caller gave.
    allowed : iterable of str
        The vocabulary.

    Raises
    ------
    SchemaError
        If it is not one of them.
    """
    words = list(allowed)
    if given not in words:
        msg = f"{option} must be one of {words}, got {given!r}{nearest(str(given), words)}"
        raise SchemaError(msg)
