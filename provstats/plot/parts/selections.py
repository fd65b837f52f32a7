"""Selections: the rows that a chart shows, of one indicator, and the regions set off in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from provstats.compare import gap_to_national
from provstats.engines.memory.inputs import check_frame
from provstats.errors import IncomparableError, UnknownRegionError
from provstats.reading.periods import parse_period
from provstats.store.groups import codes_of
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from provstats.engines.memory.inputs import Comparable

__all__ = ["compared", "marked", "nation_of", "national_line", "one_group", "one_indicator",
    "periods_of_one_kind"]  # fmt: skip

# By these columns the result of a comparison is known.
_ADDED: Final = {
    "rank": {"rank", "rank_best", "rank_worst"},
    "gap_to_national": {"national", "gap", "gap_lower", "gap_upper"},
    "yoy": {"previous", "yoy", "yoy_lower", "yoy_upper"},
}


def compared(x: Comparable, compare: Callable[[Comparable], pd.DataFrame]) -> pd.DataFrame:
    """Return the rows that a comparison keeps, with every column that a chart needs.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for the comparison, or what it has returned.
    compare : function
        `rank`, `gap_to_national` or `yoy`.

    Returns
    -------
    DataFrame
        A fresh index; the columns of `check_frame`, those that the comparison adds, and
        ``qualifier`` and ``source``, where missing ``exact`` and empty.
    """
    result = (
        x
        if isinstance(x, pd.DataFrame) and _ADDED[compare.__name__] <= {*x.columns}
        else compare(x)
    )
    result = result.reset_index(drop=True)
    checked = check_frame(result)
    rest = result[[column for column in result if column not in checked]]
    defaults = {"qualifier": "exact", "source": ""}
    missing = {column: word for column, word in defaults.items() if column not in rest}
    return checked.join(rest).assign(**missing)


def one_indicator(rows: pd.DataFrame) -> pd.DataFrame:
    """Refuse rows of several indicators.

    Parameters
    ----------
    rows : DataFrame
        Checked rows.

    Raises
    ------
    IncomparableError
        If there are several; all are listed.
    """
    ids = list(rows["indicator"].unique())
    if len(ids) > 1:
        msg = f"this chart shows one indicator, got: {', '.join(ids)}; choose one"
        raise IncomparableError(msg)
    return rows


def periods_of_one_kind(rows: pd.DataFrame) -> list[str]:
    """Return the periods by their end; years and months do not stand side by side.

    Parameters
    ----------
    rows : DataFrame
        Checked rows.

    Raises
    ------
    IncomparableError
        If the periods differ in length.
    """
    periods = sorted(map(parse_period, rows["period"].unique()), key=lambda span: span.end)
    if len({span.months for span in periods}) > 1:
        msg = (
            f"the periods of a chart must be of one length, got: {', '.join(map(str, periods))}; "
            "choose some, as with ps.series(id, period=[...])"
        )
        raise IncomparableError(msg)
    return list(map(str, periods))


def one_group(rows: pd.DataFrame) -> pd.DataFrame:
    """Refuse rows of several indicators or periods.

    Parameters
    ----------
    rows : DataFrame
        Checked rows.

    Raises
    ------
    IncomparableError
        If there are several; all are listed.
    """
    groups = rows[["indicator", "period"]].drop_duplicates().to_numpy().tolist()
    if len(groups) > 1:
        listed = ", ".join(f"{id_} {period}" for id_, period in groups)
        msg = (
            f"this chart shows one indicator in one period, got: {listed}; "
            "choose one, as with ps.series({!r}, period={!r})".format(*groups[0])
        )
        raise IncomparableError(msg)
    return rows


def marked(highlight: str | Iterable[str], shown: Sequence[str]) -> list[bool]:
    """Tell which of the regions shown are highlighted.

    Parameters
    ----------
    highlight : str or iterable of str
        Names of regions.
    shown : sequence of str
        The codes of those shown.

    Raises
    ------
    UnknownRegionError
        If a name is unknown, or its region is not shown.
    """
    names = [highlight] if isinstance(highlight, str) else highlight
    found = {name: codes_of(name) for name in names}
    wanted = {code for codes in found.values() for code in codes}
    if missing := [name for name, codes in found.items() if set(shown).isdisjoint(codes)]:
        msg = (
            f"highlighted regions {missing} have no value in the chart; "
            f"those shown are {list(shown)}"
        )
        raise UnknownRegionError(msg)
    return [code in wanted for code in shown]


def nation_of(x: Comparable) -> pd.Series | None:
    """Return the nation's value as `gap_to_national` finds it, or None.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        Of one indicator and period.
    """
    try:
        return gap_to_national(x).iloc[0]
    except IncomparableError:  # no benchmark, or reports that contradict one another
        return None


def national_line(x: Comparable, rows: pd.DataFrame) -> pd.DataFrame | None:
    """Return the reported national values by period, where they lie among those of the provinces.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        Of one indicator.
    rows : DataFrame
        The provinces' rows.
    """
    try:
        gaps = gap_to_national(x).reset_index(drop=True)
    except IncomparableError:  # no benchmark, or reports that contradict one another
        return None
    reported = gaps[gaps["national_basis"] == "reported"].drop_duplicates("period")
    ends = {"value": "national", "lower": "national_lower", "upper": "national_upper"}
    nation = reported.assign(region=NATION, **{end: reported[of] for end, of in ends.items()})
    is_among = nation["value"].between(rows["lower"].min(), rows["upper"].max()).all()
    end = nation["period"].map(lambda label: parse_period(label).end)
    return nation.loc[end.sort_values().index] if len(nation) and is_among else None
