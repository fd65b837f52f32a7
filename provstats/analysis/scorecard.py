"""Scorecards: one province in all its indicators, and the provinces most like it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from provstats.compare import rank
from provstats.engines.memory.inputs import check
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.national import national_values
from provstats.engines.memory.selection import compared
from provstats.errors import IncomparableError, SchemaError
from provstats.indicators import known_indicator
from provstats.reading.periods import parse_period
from provstats.store.keys import GROUP
from provstats.store.observations import load
from provstats.store.regions import region as find_region

__all__ = ["peers", "scorecard"]

_ENDS: Final = ["value", "lower", "upper"]
_NATIONAL: Final = ["national", "national_lower", "national_upper", "national_basis"]
# What a report claims is no indicator of the province.
_CLAIM: Final = ".+_(?:rank|gap)"
# Of amounts and counts the nation is the sum, and no province is below it for that.
_RATES: Final = ("percent", "percentage_point", "index")


def scorecard(region: str | int, x: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return a province's every indicator, with its rank and its standing against the nation.

    Parameters
    ----------
    region : str or int
        The province, by any name or code.
    x : DataFrame, optional
        A tidy frame, as for `rank`; the outcomes of the shipped data by default.

    Returns
    -------
    DataFrame
        One row an indicator, in the order of the data, each in the last period in which the
        province has a value that can be compared: ``indicator``, ``name_zh``, ``name_en`` (the id,
        for one that the catalogue does not know), ``direction``, ``period``, ``nature``, ``value``,
        ``lower``, ``upper``, ``unit``, ``rank``, ``rank_best``, ``rank_worst``, ``n`` (as `rank`
        has them: among those that report the same), ``national``, ``national_lower``,
        ``national_upper``, ``national_basis`` (NaN where it is neither reported nor implied without
        contradiction), ``gap``, ``gap_lower``, ``gap_upper`` (of rates; of amounts and counts the
        nation is the sum) and ``standing``: ``better`` or ``worse`` than the nation where the
        intervals leave no doubt, ``similar`` where they do, ``different`` where more is neither
        better nor worse; missing where there is no gap.

    Raises
    ------
    UnknownRegionError
        If there is no such region.
    IncomparableError
        If it has no value that can be compared, as the nation and other areas have none.
    SchemaError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> card = scorecard("重庆")
    >>> columns = ["period", "value", "rank_best", "rank_worst", "n", "gap", "standing"]
    >>> growth = card[card["indicator"] == "industrial_value_added_growth"]
    >>> print(growth[columns].round(1).to_string(index=False))
             period  value  rank_best  rank_worst  n  gap standing
    2024-01/2024-11    7.6          2           2  5  1.8   better
    """
    code = find_region(region).code
    data = check(load() if x is None else x)
    rows = _without_claims(data)
    groups = _last_periods(_own(rows, code))
    ranked = rank(rows.merge(groups, on=GROUP))
    card = ranked[ranked["region"] == code].reset_index(drop=True)
    national = national_values(card, data)
    agreed = national["national_lower"] <= national["national_upper"] + TOUCH
    card = card.join(national[_NATIONAL].where(agreed))
    card = card.join(_gap(card)).join(_names(card["indicator"]))
    columns = ["indicator", "name_zh", "name_en", "direction", "period", "nature", "value", "lower",
               "upper", "unit", "rank", "rank_best", "rank_worst", "n", *_NATIONAL,
               "gap", "gap_lower", "gap_upper"]  # fmt: skip
    return card[columns].assign(standing=_standing(card))


def _without_claims(data: pd.DataFrame) -> pd.DataFrame:
    return data[~data["indicator"].str.fullmatch(_CLAIM)].reset_index(drop=True)


def _own(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the rows of a province that can be compared."""
    found = compared(rows)
    own = found[found["region"] == code]
    if own.empty:
        raise IncomparableError(_nothing_of(code))
    return own


def _nothing_of(code: str) -> str:
    return f"{code} has no value in the data that could be compared with those of provinces"


def _last_periods(own: pd.DataFrame) -> pd.DataFrame:
    """Return the last period of each indicator; where two end together, the longer."""
    spans = {label: parse_period(label) for label in own["period"].unique()}
    ends = own["period"].map(lambda label: (spans[label].end, spans[label].months))
    last = own.loc[ends.sort_values(kind="stable").index].drop_duplicates("indicator", keep="last")
    return last.sort_index()[GROUP]


def _gap(card: pd.DataFrame) -> pd.DataFrame:
    gap = pd.DataFrame({
        "gap": card["value"] - card["national"],
        "gap_lower": card["lower"] - card["national_upper"],
        "gap_upper": card["upper"] - card["national_lower"],
    })  # fmt: skip
    return gap.where(card["unit"].isin(_RATES) | card["indicator"].str.contains("_per_"))


def _names(ids: pd.Series) -> pd.DataFrame:
    known = [known_indicator(id_) for id_ in ids]
    return pd.DataFrame({
        "name_zh": [of.name_zh if of else id_ for of, id_ in zip(known, ids, strict=True)],
        "name_en": [of.name_en if of else id_ for of, id_ in zip(known, ids, strict=True)],
        "direction": [of.direction if of else "neutral" for of in known],
    }, index=ids.index)  # fmt: skip


def _standing(card: pd.DataFrame) -> pd.Series:
    above, below = card["gap_lower"] > TOUCH, card["gap_upper"] < -TOUCH
    words = {"higher": ("better", "worse"), "lower": ("worse", "better")}
    pairs = [words.get(direction, ("different",) * 2) for direction in card["direction"]]
    high, low = (
        pd.Series(side, index=card.index, dtype=object) for side in zip(*pairs, strict=True)
    )
    standing = high.where(above, low.where(below, "similar"))
    return standing.where(card["gap"].notna())


def peers(region: str | int, n: int = 5, x: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the provinces most like one, on the indicators that all provinces have.

    Every value is standardised: less the mean of all provinces, over their standard deviation (of
    the population). The distance is the root of the mean square of the differences, first over the
    periods of an indicator, then over indicators, so that each indicator counts the same. Provinces
    as far apart as two drawn by chance usually are have a distance of about 1.4. Ranks and gaps
    that reports claim are not counted.

    Parameters
    ----------
    region : str or int
        The province, by any name or code.
    n : int
        How many.
    x : DataFrame, optional
        A tidy frame, as for `rank`; the shipped data by default: R&D expenditure and intensity of
        31 provinces.

    Returns
    -------
    DataFrame
        The nearest first: ``region``, ``distance``, ``distance_lower``, ``distance_upper`` (what
        the intervals of the values allow, mean and deviation being those of the values), and
        ``indicators`` and ``values`` (how many of each the distance rests on, int64).

    Raises
    ------
    UnknownRegionError
        If there is no such region.
    IncomparableError
        If the province has no value, or there is no indicator that all provinces have and in which
        they differ.
    SchemaError, PeriodError
        If ``n`` is not a positive whole number, or the frame does not hold.

    Examples
    --------
    >>> print(peers("重庆", 3)[["region", "distance"]].round(2).to_string(index=False))
    region  distance
     CN-LN      0.10
     CN-SN      0.15
     CN-HE      0.26
    """
    code = find_region(region).code
    if not isinstance(n, int) or isinstance(n, bool) or n < 1:
        msg = f"n must be a whole number of 1 or more, got {n!r}"
        raise SchemaError(msg)
    rows = compared(_without_claims(check(load() if x is None else x)))
    if code not in set(rows["region"]):
        raise IncomparableError(_nothing_of(code))
    panel = _complete(rows)
    weights = _weights(panel["value"].columns)
    apart = _differences(panel, code)
    distances = {name: np.sqrt((by**2) @ weights) for name, by in apart.items()}
    table = pd.DataFrame(distances).rename_axis("region").reset_index()
    counts = {"indicators": weights.index.get_level_values(0).nunique(), "values": len(weights)}
    return table.assign(**counts).nsmallest(n, "distance", keep="first").reset_index(drop=True)


def _complete(rows: pd.DataFrame) -> pd.DataFrame:
    """Return standardised values and bounds where all provinces have one, and they differ."""
    wide = rows.pivot(index="region", columns=GROUP, values=_ENDS).dropna(axis="columns")  # noqa: PD010
    value = wide.reindex(columns=["value"], level=0).droplevel(0, axis="columns")
    mean, spread = value.mean(), value.std(ddof=0)
    differ = value.columns[value.max() > value.min()]  # the deviation may be a rounding error
    if differ.empty:
        n = rows["region"].nunique()
        msg = f"no indicator is there for all {n} provinces of the data, or they are alike in all"
        raise IncomparableError(msg)
    ends = {end: (wide[end][differ] - mean[differ]) / spread[differ] for end in _ENDS}
    return pd.concat(ends, axis="columns")


def _weights(groups: pd.Index) -> pd.Series:
    """Weigh the periods of an indicator so that each indicator counts the same."""
    ids = groups.get_level_values("indicator").to_series(index=groups)
    return 1 / (ids.groupby(ids).transform("size") * ids.nunique())


def _differences(panel: pd.DataFrame, code: str) -> dict[str, pd.DataFrame]:
    """Return how far others are from one, and how far at least and at most."""
    others = panel.drop(index=code)
    own = {end: panel[end].loc[code] for end in _ENDS}
    over = others["lower"] - own["upper"]
    under = own["lower"] - others["upper"]
    return {
        "distance": others["value"] - own["value"],
        "distance_lower": np.maximum(over, under).clip(lower=0),
        "distance_upper": np.maximum(-over, -under),
    }
