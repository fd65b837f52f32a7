"""Comparisons: rank, gap to the nation, change over a year; each says what it compared.

Comparable are rows of the same indicator, unit, nature and period label. What is not comparable
is left out and counted, or refused; nothing is mixed, filled or guessed.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from provstats.errors import (
    IncomparableError,
    SchemaError,
    UnknownIndicatorError,
    first_rows,
    nearest,
)
from provstats.figures import Figure
from provstats.indicators import indicator
from provstats.observations import NATURES, check_frame, load
from provstats.periods import parse_period
from provstats.regions import NATION, mainland, registry
from provstats.series import IndicatorSeries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from provstats.indicators import Indicator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Comparable = str | IndicatorSeries | pd.DataFrame

__all__ = ["gap_to_national", "rank", "yoy"]

_GROUP: Final = ["indicator", "period"]
_RATES: Final = ("percent", "percentage_point")
# Two intervals touch if they are this near: it absorbs the rounding of binary arithmetic.
_TOUCH: Final = 1e-9


# --- what is compared ---------------------------------------------------------------------------


def _rows(x: Comparable) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows to compare, and all rows that may serve as benchmark or base.

    A shipped indicator finds these in the shipped data, a caller's frame only in itself.
    """
    if isinstance(x, str):
        data = load(nature=None)
        own = data[data["indicator"] == indicator(x).id].reset_index(drop=True)
        return _not_empty(own, x), data
    if isinstance(x, IndicatorSeries):
        return _not_empty(x.data, x.indicator.id), load(nature=None)
    return x, x


def _not_empty(rows: pd.DataFrame, id_: str) -> pd.DataFrame:
    if rows.empty:
        msg = f"no region reports {id_!r} for what was asked; ps.coverage() shows who reports what"
        raise IncomparableError(msg)
    return rows


def _checked(frame: pd.DataFrame) -> pd.DataFrame:
    """Check a frame; its rows are known by their position from here on."""
    return check_frame(frame).reset_index(drop=True)


def _with(frame: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the caller's rows that were compared, with the columns added."""
    return frame.iloc[added.index].assign(**{c: added[c].array for c in added})


def _of_one_nature(checked: pd.DataFrame) -> pd.Series:
    """Outcomes are compared with outcomes; forecasts only if there are none, and so on."""
    first = next(nature for nature in NATURES if (checked["nature"] == nature).any())
    return checked["nature"] == first


def _left_out(checked: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    """Keep rows, each with the number of those of its indicator and period that were not kept."""
    count = (~kept).groupby([checked[c] for c in _GROUP]).transform("sum").astype("int64")
    return checked.assign(left_out=count)[kept]


def _comparable(checked: pd.DataFrame) -> pd.DataFrame:
    provinces = [r.code for r in registry().values() if r.kind == "province"]
    kept = checked["region"].isin(provinces) & checked["value"].notna() & _of_one_nature(checked)
    if not kept.any():
        msg = f"no province has a value that could be compared:{first_rows(checked)}"
        raise IncomparableError(msg)
    _refuse_mixed_units(checked[kept | (checked["region"] == NATION)])
    return _left_out(checked, kept)


def _refuse_mixed_units(rows: pd.DataFrame) -> None:
    mixed = rows.groupby(_GROUP)["unit"].transform("nunique") > 1
    if mixed.any():
        msg = f"rows of one indicator and period have different units:{first_rows(rows[mixed])}"
        raise IncomparableError(msg)


def _known(id_: str) -> Indicator | None:
    """A caller's frame may carry indicators that the catalogue does not know."""
    try:
        return indicator(id_)
    except UnknownIndicatorError:
        return None


def _units(rows: pd.DataFrame) -> pd.Series:
    """Return the unit that a row states, else the catalogue's, else an empty text."""
    ids = {id_: of.unit for id_ in rows["indicator"].unique() if (of := _known(id_))}
    return rows["unit"].where(rows["unit"] != "", rows["indicator"].map(ids)).fillna("")


def _one_of(option: str, given: object, allowed: Iterable[str]) -> None:
    if given not in list(allowed):
        msg = f"{option} must be one of {list(allowed)}, got {given!r}{nearest(str(given), [*allowed])}"
        raise SchemaError(msg)


# --- rank ---------------------------------------------------------------------------------------

def rank(
    x: Comparable,
    *,
    order: Literal["ascending", "descending"] | None = None,
    ties: Literal["min", "max", "average", "dense"] = "min",
    universe: Literal["reporting", "all"] = "reporting",
    bounds: bool = True,
) -> pd.DataFrame:
    """Rank provinces within each indicator and period, with the range that intervals allow.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        An indicator id, a series, or a tidy frame with ``region``, ``indicator``, ``period`` and
        ``value``; it is not changed.
    order : {"ascending", "descending"}, optional
        Which end is first. By default the indicator's direction; a neutral one is descending.
    ties : {"min", "max", "average", "dense"}
        The rank of equal values.
    universe : {"reporting", "all"}
        Whether ``rank_worst`` allows for the mainland provinces, 31 in all, that do not report.
    bounds : bool
        Whether the range uses ``lower`` and ``upper``; otherwise the values alone.

    Returns
    -------
    DataFrame
        The input's rows of provinces, less the nation, other areas, missing values and rows of
        another nature than the one compared (outcomes where there are any), in the input's order
        and with its index and columns. Added: ``rank`` (int64; float64 for ``average``),
        ``rank_best`` (1 + those certainly ahead: their lower is above this upper), ``rank_worst``
        (1 + those possibly ahead), ``n`` (how many are ranked) and ``left_out`` (how many rows of
        the same indicator and period are not), int64 all. No value is missing. The range counts
        provinces, whatever ``ties`` says.

    Raises
    ------
    IncomparableError
        If nothing can be compared, or rows of one indicator and period differ in unit.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> ranked = rank("industrial_value_added_growth")
    >>> columns = ["region", "value", "rank", "rank_best", "rank_worst", "n"]
    >>> print(ranked.query("period == '2024-01/2024-11'")[columns].to_string(index=False))
    region  value  rank  rank_best  rank_worst  n
     CN-BJ    7.0     5          3           5  5
     CN-CQ    7.6     2          2           2  5
     CN-SD    8.3     1          1           1  5
     CN-ZJ    7.3     3          3           5  5
     CN-HI    7.2     4          3           5  5
    """
    _one_of("ties", ties, tuple(_TIES))
    _one_of("universe", universe, ("reporting", "all"))
    if order is not None:
        _one_of("order", order, ("ascending", "descending"))
    frame, _ = _rows(x)
    rows = _comparable(_checked(frame))
    ranked = {"rank": np.empty(len(rows), float if ties == "average" else np.int64)}
    ranked |= {column: np.empty(len(rows), np.int64) for column in ("rank_best", "rank_worst", "n")}
    for (id_, _), places in rows.groupby(_GROUP, sort=False).indices.items():
        group = rows.iloc[places]
        of = _known(id_)
        ascending = order == "ascending" if order else of is not None and of.direction == "lower"
        value, low, high = _heights(group, ascending=ascending, bounds=bounds)
        best, worst = _rank_range(low, high)
        silent = len(mainland().difference(group["region"])) if universe == "all" else 0
        ranked["rank"][places] = _TIES[ties](value)
        ranked["rank_best"][places] = best
        ranked["rank_worst"][places] = worst + silent
        ranked["n"][places] = len(group)
    return _with(frame, pd.DataFrame(ranked, index=rows.index).assign(left_out=rows["left_out"]))


def _heights(group: pd.DataFrame, *, ascending: bool, bounds: bool) -> tuple[Floats, Floats, Floats]:
    """Return value, lower and upper, turned so that the greater is ahead."""
    columns = ["value", "lower", "upper"] if bounds else ["value"] * 3
    value, low, high = (group[column].to_numpy() for column in columns)
    return (-value, -high, -low) if ascending else (value, low, high)


def _rank_range(low: Floats, high: Floats) -> tuple[Ints, Ints]:
    certainly_ahead = len(low) - np.searchsorted(np.sort(low), high, side="right")
    possibly_ahead = len(low) - np.searchsorted(np.sort(high), low, side="right") - (high > low)
    return 1 + certainly_ahead, 1 + possibly_ahead


def _min_rank(value: Floats) -> Ints:
    return 1 + len(value) - np.searchsorted(np.sort(value), value, side="right")


def _max_rank(value: Floats) -> Ints:
    return len(value) - np.searchsorted(np.sort(value), value, side="left")


_TIES: Final[dict[str, Callable[[Floats], Ints | Floats]]] = {
    "min": _min_rank,
    "max": _max_rank,
    "average": lambda value: (_min_rank(value) + _max_rank(value)) / 2,
    "dense": lambda value: 1 + np.unique(-value, return_inverse=True)[1],
}


# --- gap ----------------------------------------------------------------------------------------


def gap_to_national(x: Comparable, *, national: float | Figure | None = None) -> pd.DataFrame:
    """Measure each province's distance from the nation, within each indicator and period.

    The national value is the reported one, else the one that provinces imply: 7.6%, "1.8 points
    above the nation", implies 5.8%, and all that say so must agree.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`. An id or a series finds the nation in the shipped data, a frame in its own
        rows: ``region`` ``CN``, or the indicator ``<indicator>_gap`` of a province.
    national : float or Figure, optional
        A benchmark of the caller's own, for all rows.

    Returns
    -------
    DataFrame
        The rows that `rank` keeps. Added: ``national``, ``national_lower``, ``national_upper``,
        ``national_basis`` (``reported``, ``implied`` or ``given``), ``gap``, ``gap_lower``,
        ``gap_upper`` (value less national; NaN where the period has no benchmark), ``gap_unit``
        (``percentage_point`` for rates, else the unit) and ``left_out``.

    Raises
    ------
    IncomparableError
        If no row has a benchmark (the periods that have one are listed), if reports contradict one
        another on the national value, or for what `rank` refuses.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> gaps = gap_to_national("technical_upgrade_investment_growth")
    >>> gaps.query("period == '2024-01/2024-11'")[["region", "national", "gap"]].round(1).values.tolist()
    [['CN-CQ', 9.5, 13.8], ['CN-ZJ', 9.5, -0.6]]
    """
    frame, around = _rows(x)
    rows = _comparable(_checked(frame))
    marks = _given(rows, national) if national is not None else _benchmarks(rows, around)
    unit = _units(rows)
    added = marks.assign(
        gap=rows["value"] - marks["national"],
        gap_lower=rows["lower"] - marks["national_upper"],
        gap_upper=rows["upper"] - marks["national_lower"],
        gap_unit=unit.where(unit != "percent", "percentage_point"),
        left_out=rows["left_out"],
    )
    return _with(frame, added)


def _given(rows: pd.DataFrame, national: float | Figure) -> pd.DataFrame:
    if isinstance(national, Figure):
        ends = (national.value, national.lower, national.upper)
    else:
        ends = (float(national),) * 3
    columns = ["national", "national_lower", "national_upper"]
    marks = pd.DataFrame([ends] * len(rows), index=rows.index, columns=columns)
    return marks.assign(national_basis="given")


def _benchmarks(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the national value for each row, NaN where there is none."""
    ids = rows["indicator"].unique()
    related = around[around["indicator"].isin([*ids, *(f"{id_}_gap" for id_ in ids)])]
    base = _checked(related)
    base = base[base["nature"] == rows["nature"].iloc[0]]
    reported = _reported_nation(base[base["indicator"].isin(ids)])
    marks = pd.concat([reported, _implied_nation(base, without=reported.index)])
    wanted = pd.MultiIndex.from_frame(rows[_GROUP])
    if not wanted.isin(marks.index).any():
        known = sorted(f"{id_} {period}" for id_, period in marks.index) or ["none"]
        asked = sorted(f"{id_} {period}" for id_, period in set(wanted))
        msg = f"there is no national value for {asked}; there is one for: {', '.join(known)}"
        raise IncomparableError(msg)
    return marks.reindex(wanted).set_axis(rows.index)


def _reported_nation(base: pd.DataFrame) -> pd.DataFrame:
    nation = base[(base["region"] == NATION) & base["value"].notna()].set_index(_GROUP)
    return _as_marks(nation, "reported")


def _as_marks(nation: pd.DataFrame, basis: str) -> pd.DataFrame:
    names = {"value": "national", "lower": "national_lower", "upper": "national_upper"}
    return nation[list(names)].rename(columns=names).assign(national_basis=basis)


def _implied_nation(base: pd.DataFrame, without: pd.Index) -> pd.DataFrame:
    """Intersect what provinces imply by their distance from the nation."""
    claims = base[base["indicator"].str.endswith("_gap")]
    claims = claims.assign(indicator=claims["indicator"].str.removesuffix("_gap"))
    said = base.merge(claims, on=["region", *_GROUP], suffixes=("", "_gap"))
    said = said.assign(
        value=(said["value"] - said["value_gap"]).round(9),
        lower=(said["lower"] - said["upper_gap"]).round(9),
        upper=(said["upper"] - said["lower_gap"]).round(9),
    ).set_index(_GROUP)
    said = said[~said.index.isin(without)].dropna(subset="value")
    by_group = said.groupby(level=_GROUP)
    nation = by_group.agg(value=("value", "median"), lower=("lower", "max"), upper=("upper", "min"))
    for key in nation.index[nation["lower"] > nation["upper"] + _TOUCH]:
        _refuse_contradiction(key, said.loc[[key]])
    nation["value"] = nation["value"].clip(nation["lower"], nation["upper"])
    return _as_marks(nation, "implied")


def _refuse_contradiction(key: tuple[str, str], said: pd.DataFrame) -> None:
    ends = said.iloc[[said["lower"].argmax(), said["upper"].argmin()]]
    sides = " but ".join(
        f"{row.region} implies {row.lower:g} to {row.upper:g}" for row in ends.itertuples()
    )
    msg = f"reports contradict one another on the nation's {key[0]} in {key[1]}: {sides}"
    raise IncomparableError(msg)


# --- change over a year -------------------------------------------------------------------------


def yoy(x: Comparable) -> pd.DataFrame:
    """Measure the change over a year, by each method that the data allow.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`. An id or a series finds its ``_growth``, its ``_new`` and its earlier levels
        in the shipped data, a frame in its own rows. Periods match by their labels, and nothing
        is filled.

    Returns
    -------
    DataFrame
        The input's rows of one nature, with its index and columns; nation and areas stay. Added:
        ``previous`` (the level a year before: reported, else worked out), ``yoy``, ``yoy_lower``,
        ``yoy_upper``, ``yoy_unit`` (``percent``; the difference in ``percentage_point`` for rates),
        ``method`` (``reported`` growth first, then ``levels``, then ``level_minus_new``),
        ``months`` (the span really covered; Int64), ``conflict`` (two methods over the same span
        have intervals that do not meet) and ``left_out``. Without a method all are missing.

    Raises
    ------
    IncomparableError
        If an indicator has no observations.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> changes = yoy("base_stations_5g")
    >>> changes[["region", "previous", "yoy", "method", "months"]].round(1).values.tolist()
    [['CN-SD', 202000.0, 19.8, 'level_minus_new', 12], ['CN-GS', 58000.0, 31.0, 'level_minus_new', 12]]
    """
    frame, around = _rows(x)
    checked = _checked(frame)
    rows = _left_out(checked, _of_one_nature(checked))
    rows = rows.assign(unit=_units(rows))
    base = _base(rows, around)
    methods = {
        "reported": _reported_change(rows, base),
        "levels": _change_of_levels(rows, base),
        "level_minus_new": _change_less_new(rows, base),
    }
    added = pd.DataFrame(index=rows.index, columns=["previous", "yoy", "yoy_lower", "yoy_upper", "months"])
    added = added.astype("float64").assign(method=pd.Series(index=rows.index, dtype="str"))
    for method, change in methods.items():
        free = added["method"].isna() & change["yoy"].notna()
        added = added.where(~free, change.assign(method=method))
    earlier = methods["levels"]["previous"]
    return _with(frame, added.assign(
        previous=earlier.where(earlier.notna(), added["previous"]),
        yoy_unit=_change_unit(rows),
        months=added["months"].astype("Int64"),
        conflict=_conflict([*methods.values()]),
        left_out=rows["left_out"],
    )[_CHANGE])  # fmt: skip


_CHANGE: Final = [
    "previous", "yoy", "yoy_lower", "yoy_upper", "yoy_unit", "method", "months", "conflict",
    "left_out",
]  # fmt: skip
# Differences, not ratios, are what changes of these are counted in.
_DIFFERENCES: Final = {"percent": "percentage_point", "percentage_point": "percentage_point", "rank": "rank"}
_YEAR: Final = 12


def _base(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    ids = [f"{id_}{suffix}" for id_ in rows["indicator"].unique() for suffix in ("", "_growth", "_new")]
    base = _checked(around[around["indicator"].isin(ids)])
    base = base[(base["nature"] == rows["nature"].iloc[0]) & base["value"].notna()]
    return base.assign(unit=_units(base))


def _at(base: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Return the base's values at each row of keys, NaN where the base has none."""
    found = base.set_index(list(keys))[["value", "lower", "upper"]]
    return found.reindex(pd.MultiIndex.from_frame(keys)).set_axis(keys.index)


def _is_growth(rows: pd.DataFrame) -> pd.Series:
    return rows["indicator"].str.endswith("_growth")


def _months(labels: pd.Series) -> pd.Series:
    return labels.map({label: parse_period(label).months for label in labels.unique()})


def _change_unit(rows: pd.DataFrame) -> pd.Series:
    units = rows["unit"].map(_DIFFERENCES).fillna("percent")
    return units.where(~_is_growth(rows), "percent")


def _reported_change(rows: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """A growth rate is itself the change; a level's stands beside it, under its own id."""
    ids = rows["indicator"].where(_is_growth(rows), rows["indicator"] + "_growth")
    growth = _at(base, rows[["region", "period"]].assign(indicator=ids))
    is_ratio = ~_is_growth(rows) & ~rows["unit"].isin(_DIFFERENCES) & (growth["value"] > -100)
    return pd.DataFrame({
        "previous": (rows["value"] / (1 + growth["value"] / 100)).where(is_ratio),
        "yoy": growth["value"],
        "yoy_lower": growth["lower"],
        "yoy_upper": growth["upper"],
        "months": _months(rows["period"]).clip(lower=_YEAR),
    })  # fmt: skip


def _change_of_levels(rows: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    earlier = {
        label: str(period.previous_year)
        for label in rows["period"].unique()
        if (period := parse_period(label)).months <= _YEAR
    }
    keys = rows[["region", "indicator", "unit"]].assign(period=rows["period"].map(earlier))
    before = _at(base, keys).where(~_is_growth(rows))
    return _change(rows, before).assign(months=float(_YEAR))


def _change_less_new(rows: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """What was added since the start of a span, taken from the level at its end."""
    ends = {label: parse_period(label).end for label in {*rows["period"], *base["period"]}}
    added = base[base["indicator"].str.endswith("_new") & (_months(base["period"]) <= _YEAR)]
    added = added.assign(
        indicator=added["indicator"].str.removesuffix("_new"),
        end=added["period"].map(ends),
        months=_months(added["period"]),
    ).sort_values("months")
    keys = rows[["region", "indicator", "unit"]].assign(end=rows["period"].map(ends))
    longest = added.drop_duplicates(list(keys), keep="last")
    new = _at(longest, keys).where(~rows["unit"].isin(_DIFFERENCES))
    before = pd.DataFrame({
        "value": rows["value"] - new["value"],
        "lower": rows["lower"] - new["upper"],
        "upper": rows["upper"] - new["lower"],
    })  # fmt: skip
    spans = longest.set_index(list(keys))["months"].reindex(pd.MultiIndex.from_frame(keys))
    return _change(rows, before).assign(months=spans.to_numpy())


def _change(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the change from one interval to another; a base of zero or less has no ratio."""
    is_ratio = ~now["unit"].isin(_DIFFERENCES)
    base = before.where(~is_ratio | (before["value"] > 0))
    least = base["lower"].where(base["lower"] > 0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = [now[end].to_numpy() / base_end.to_numpy() for end in ("lower", "upper")
                for base_end in (least, base["upper"])]  # fmt: skip
        ratios = pd.DataFrame({
            "yoy": now["value"] / base["value"],
            "yoy_lower": np.nanmin(ends, axis=0),
            "yoy_upper": np.nanmax(ends, axis=0),
        }, index=now.index)  # fmt: skip
    differences = pd.DataFrame({
        "yoy": now["value"] - base["value"],
        "yoy_lower": now["lower"] - base["upper"],
        "yoy_upper": now["upper"] - base["lower"],
    })  # fmt: skip
    change = ((ratios - 1) * 100).where(is_ratio, differences)
    return change.where(base["value"].notna()).assign(previous=base["value"])


def _conflict(changes: list[pd.DataFrame]) -> pd.Series:
    conflict = pd.Series(data=False, index=changes[0].index)
    for one, other in combinations(changes, 2):
        apart = np.maximum(one["yoy_lower"], other["yoy_lower"]) > (
            np.minimum(one["yoy_upper"], other["yoy_upper"]) + _TOUCH
        )
        conflict |= apart & (one["months"] == other["months"])
    return conflict
