"""Comparables: which rows can be compared, and which are left out.

Comparable are rows of the same indicator, unit, nature and period label.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from provstats.engines.memory.frames import is_foreign
from provstats.engines.memory.panel import Panel
from provstats.engines.recognise import engine_of
from provstats.errors import (
    IncomparableError,
    SchemaError,
    first_rows,
    nearest,
)
from provstats.indicators import IndicatorSeries, indicator, known_indicator
from provstats.store.keys import GROUP, KEY, NATURES
from provstats.store.observations import load
from provstats.store.regions import NATION, provinces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.engines.memory.frames import HasColumns

    Comparable = str | IndicatorSeries | pd.DataFrame

__all__ = [
    "GROUP", "REASONS", "TOUCH", "by_outcomes", "check", "check_frame", "compared", "left_out",
    "of_one_nature", "one_of", "panel_of", "panels_of", "reasons", "rows_of", "units",
    "with_columns",
]  # fmt: skip

#: Two intervals touch if they are this near: it absorbs the rounding of binary arithmetic.
TOUCH: Final = 1e-9

#: Why a row, or a province, is not compared within an indicator and period.
REASONS: Final[dict[str, str]] = {
    "nation": "the nation is the benchmark, not a province",
    "area": "an area that is no province",
    "missing": "the value is missing",
    **{nature: f"a {nature}, where another nature is compared" for nature in NATURES},
    "other_unit": "rows of the group have different units; comparing them is refused",
    "other_scope": "the province reports a near thing of another scope",
    "other_period": "the province reports other periods only",
}


def rows_of(x: Comparable | Panel | HasColumns) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows to compare, and all rows that may serve as benchmark or base.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        A shipped indicator finds its benchmark in the shipped data, a frame only in itself.

    Raises
    ------
    IncomparableError
        If nobody reports the indicator.
    SchemaError
        If it is none of these.
    NotImplementedError
        If it is a lazy frame: some comparisons plan for it, and never come here.
    """
    rows = _rows_of(x)
    if isinstance(x, str):
        return rows, load(nature=None)
    return rows, _around(x) if isinstance(x, IndicatorSeries) else rows


def _rows_of(x: Comparable | Panel | HasColumns) -> pd.DataFrame:
    """Return the rows to compare."""
    if engine := engine_of(x):
        msg = f"rank, gap_to_national and yoy alone take a lazy frame; collect that of {engine}"
        raise NotImplementedError(msg)
    if isinstance(x, str):
        data = load(nature=None)
        rows = data[data["indicator"] == indicator(x).id]
        return _not_empty(rows[by_outcomes(rows)].reset_index(drop=True), x)
    if isinstance(x, IndicatorSeries):
        if x.vintage is None:
            msg = "a series of all vintages cannot be compared; choose one, such as vintage='first'"
            raise IncomparableError(msg)
        return _not_empty(x.data, x.indicator.id)
    if not isinstance(x, pd.DataFrame):
        hint = "; .to_pandas() gives one" if is_foreign(x) else ""
        msg = f"an IndicatorSeries, an indicator id or a DataFrame is needed, got {type(x)}{hint}"
        raise SchemaError(msg)
    return x


def _around(x: IndicatorSeries, telling: Iterable[str] | None = None) -> pd.DataFrame:
    """Return the rows of a series before those of its vintage; of these, some ids or all."""
    shipped = load(nature=None, vintage=x.vintage)
    if telling:
        shipped = shipped[shipped["indicator"].isin(telling)]
    return pd.concat([x.data, shipped]).drop_duplicates(KEY)


def panel_of(x: Comparable | Panel | HasColumns) -> Panel:
    """Return the rows to compare, checked and prepared.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame, Panel, or frame of another library
        As for `rows_of`; a panel is taken as it is.
    """
    if isinstance(x, Panel):
        return x
    return Panel(x if is_foreign(x) else _rows_of(x))


def panels_of(x: Comparable | Panel | HasColumns) -> tuple[Panel, Panel]:
    """Return the rows to compare, and all rows that may serve as benchmark or base.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame, Panel, or frame of another library
        As for `panel_of`.
    """
    panel = panel_of(x)
    if isinstance(x, IndicatorSeries):
        telling = [x.indicator.id + end for end in ("", "_growth", "_change", "_new", "_gap")]
        return panel, Panel(_around(x, telling))
    return panel, _shipped() if isinstance(x, str) else panel


@cache
def _shipped() -> Panel:
    return Panel(load(nature=None))


def by_outcomes(rows: pd.DataFrame) -> pd.Series:
    """Tell the rows of periods that have an outcome; all, where none has."""
    periods = rows.loc[rows["nature"] == "outcome", "period"]
    return rows["period"].isin(periods) | periods.empty


def _not_empty(rows: pd.DataFrame, id_: str) -> pd.DataFrame:
    if rows.empty:
        msg = (
            f"no region reports {id_!r} for what was asked; ps.load(nature=None) has what there is"
        )
        raise IncomparableError(msg)
    return rows


def check_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Check a caller's tidy frame and complete what comparing needs.

    Parameters
    ----------
    frame : DataFrame
        The columns that `provstats.Panel` takes.

    Returns
    -------
    DataFrame
        A new frame with the caller's index and those eight columns: bounds default to the value,
        nature to ``outcome``, unit to ``""``; period labels are the canonical ones.

    Raises
    ------
    SchemaError
        If it is no frame or empty, a column is missing, a value is no number, bounds do not hold
        their value, or a key stands twice.
    UnknownRegionError, PeriodError
        If a region or a period is not known; the first offending rows are shown.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {"region": ["CN-BJ"], "indicator": ["jobs"], "period": [2024], "value": [3]}
    ... )
    >>> print(check_frame(frame).to_string(index=False))
    region indicator period  nature unit  value  lower  upper
     CN-BJ      jobs   2024 outcome         3.0    3.0    3.0
    """
    return Panel(frame).checked()


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


def reasons(checked: pd.DataFrame) -> pd.Series:
    """Tell why each row is not compared; an empty text if it is.

    Parameters
    ----------
    checked : DataFrame
        Checked rows.

    Returns
    -------
    Series of str
        The codes of `REASONS` that concern a row by itself or within its group.
    """
    is_province = checked["region"].isin(provinces())
    is_nation, has_value = checked["region"] == NATION, checked["value"].notna()
    natured = of_one_nature(checked, is_province & has_value)
    mixed = _mixed_units(checked, natured & has_value & (is_province | is_nation))
    why = pd.Series("", index=checked.index, dtype=object)
    why[mixed] = "other_unit"
    why[~natured] = checked["nature"]
    why[~has_value] = "missing"
    why[~is_province] = "area"
    why[is_nation] = "nation"
    return why


def _mixed_units(checked: pd.DataFrame, concerned: pd.Series) -> pd.Series:
    """Mark the groups in which the rows concerned have different units."""
    unit = units(checked).where(concerned)
    return unit.groupby([checked[c] for c in GROUP]).transform("nunique") > 1


def compared(checked: pd.DataFrame) -> pd.DataFrame:
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
    why = reasons(checked)
    if (mixed := why == "other_unit").any():
        rows = checked.assign(unit=units(checked))[mixed]
        msg = f"rows of one indicator and period have different units:{first_rows(rows)}"
        raise IncomparableError(msg)
    if not (why == "").any():
        msg = f"no province has a value that could be compared:{first_rows(checked)}"
        raise IncomparableError(msg)
    return left_out(checked, why == "")


def units(rows: pd.DataFrame) -> pd.Series:
    """Return the unit that a row states, else the catalogue's, else an empty text.

    Parameters
    ----------
    rows : DataFrame
        Checked rows.
    """
    ids = {id_: of.unit for id_ in rows["indicator"].unique() if (of := known_indicator(id_))}
    stated = rows["unit"].where(rows["unit"] != "", rows["indicator"].map(ids))
    return stated.fillna("").astype(str)


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
