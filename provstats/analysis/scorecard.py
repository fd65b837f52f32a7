"""Scorecard: provinces in all their indicators, each against the others and the nation."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.inputs import asked, compared_rows
from provstats.analysis.parts.meanings import are_added, directions_of
from provstats.analysis.parts.national import national_values
from provstats.compare import rank
from provstats.engines.memory.intervals import TOUCH
from provstats.errors import IncomparableError, SchemaError
from provstats.indicators import claim_of, known_indicator, linked_id
from provstats.reading.periods import parse_period
from provstats.store.groups import codes_of
from provstats.store.keys import GROUP
from provstats.store.observations import load
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.analysis.parts.inputs import Asked

__all__ = ["nothing_of", "scorecard", "standing_of", "without_claims"]

_NATIONAL: Final = [
    "national", "national_lower", "national_upper", "national_basis", "national_source",
]  # fmt: skip
_WORDED: Final = {"national_basis": object, "national_source": object}
_RANKS: Final = ["rank", "rank_best", "rank_worst"]
_COLUMNS: Final = [
    "region", "indicator", "name_zh", "name_en", "direction", "period", "nature", "value", "lower",
    "upper", "unit", "qualifier", *_RANKS, "n", *_NATIONAL, "gap", "gap_lower", "gap_upper",
    "standing", "printed", "source", "paragraph",
]  # fmt: skip
#: What above and below the nation is called, by the direction that is better.
_WORDS: Final = {"higher": ("better", "worse"), "lower": ("worse", "better")}
_NEITHER: Final = ("above", "below")


def scorecard(region: str | int | Iterable[str | int], x: Asked | None = None) -> pd.DataFrame:
    """Return provinces' every indicator, with their rank and their standing against the nation.

    Parameters
    ----------
    region : str, int or several
        The province or provinces, by any name or code; the name of a group (``"长三角"``) stands
        for those of its members that have a value.
    x : DataFrame, optional
        A tidy frame, as for `rank`, of pandas, polars or Arrow, in which a column ``direction`` may
        say what is better (``higher``, ``lower``, ``neutral``) and ``additive`` what adds up; the
        outcomes of the shipped data by default.

    Returns
    -------
    DataFrame
        One row a province and indicator, in the order of those asked for, then of the data, each in
        the last period in which the province and another have a value that can be compared, else in
        the last of the province: ``region``, ``indicator``, ``name_zh``, ``name_en`` (the id, for
        one that the catalogue does not know), ``direction``, ``period``, ``nature``, ``value``,
        ``lower``, ``upper``, ``unit``, ``qualifier``, ``rank``, ``rank_best``, ``rank_worst``
        (Int64, as `rank` has them, among all provinces; missing where nobody else has a value),
        ``n`` (how many have one), ``national``, ``national_lower``, ``national_upper``,
        ``national_basis``, ``national_source`` (NaN where it is neither reported nor implied
        without contradiction), ``gap``, ``gap_lower``, ``gap_upper`` (NaN too where the provinces
        add up to the nation: a gap to the sum is no finding) and ``standing``: ``better`` or
        ``worse`` than the nation where the intervals leave no doubt, ``above`` or ``below`` it
        where more is neither, and ``similar`` where they leave some; missing where there is no gap;
        ``printed``, ``source`` and ``paragraph`` of the value (empty and ``<NA>`` where the frame
        does not say).

    Raises
    ------
    UnknownRegionError
        If there is no such region.
    IncomparableError
        If one has no value that can be compared, as the nation and other areas have none.
    SchemaError, PeriodError
        If the frame does not hold, or no region is named.

    Examples
    --------
    >>> card = scorecard("重庆")
    >>> columns = ["period", "value", "rank_best", "rank_worst", "n", "gap", "standing"]
    >>> growth = card[card["indicator"] == "industrial_value_added_growth"]
    >>> print(growth[columns].round(1).to_string(index=False))
    period  value  rank_best  rank_worst  n  gap standing
      2024    7.3         15          16 20  1.5   better
    """
    rows = _shipped() if x is None else _counted(x)
    order = _asked_for(region, set(rows["region"]))
    own = rows[rows["region"].isin(order)]
    own = own.loc[own["region"].map(order).sort_values(kind="stable").index]
    card = _last_periods(own.reset_index(drop=True)).reset_index(drop=True)
    card = card.join(_ranks_of(card, rows))
    card = card.join(_nation_of(card, _shipped_beside(card) if x is None else asked(x)[1]))
    card = card.assign(direction=directions_of(card), **_gaps(card), **_names(card["indicator"]))
    return card.assign(standing=standing_of(card))[_COLUMNS]


def _asked_for(region: str | int | Iterable[str | int], held: set[str]) -> dict[str, int]:
    """Return the place of each region that is asked for; one that has nothing is refused."""
    names = [region] if isinstance(region, str | int) else [*region]
    codes: dict[str, int] = {}
    for name in names:
        found = [code for code in codes_of([name]) if code in held]
        if not found:
            raise IncomparableError(nothing_of(codes_of([name])[-1]))
        for code in found:
            codes.setdefault(code, len(codes))
    if not codes:
        msg = "region must name a province or several, got none"
        raise SchemaError(msg)
    return codes


@cache
def _shipped() -> pd.DataFrame:
    return _counted(None)


def _shipped_beside(card: pd.DataFrame) -> pd.DataFrame:
    """Return the shipped outcomes of the periods of a card."""
    data = load()
    return data[data["period"].isin(card["period"])]


def _counted(x: Asked | None) -> pd.DataFrame:
    """Return the rows that are compared, claims aside, each with how many there are beside it."""
    rows = without_claims(compared_rows(x))
    return rows.assign(n=rows.groupby(GROUP)["region"].transform("size"))


def without_claims(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out what reports claim of ranks and gaps: it is no indicator of the province."""
    is_claim = {id_: claim_of(id_) is not None for id_ in rows["indicator"].unique()}
    return rows[~rows["indicator"].map(is_claim).astype(bool)].reset_index(drop=True)


def nothing_of(code: str) -> str:
    """Say that a region cannot be looked at."""
    return f"{code} has no value in the data that could be compared with those of provinces"


def _last_periods(own: pd.DataFrame) -> pd.DataFrame:
    """Keep the last period of each indicator that another has too; of two ends, the longer one."""
    spans = {label: parse_period(label) for label in own["period"].unique()}
    ends = [
        (n > 1, spans[label].end, spans[label].months)
        for n, label in zip(own["n"], own["period"], strict=True)
    ]
    order = sorted(range(len(own)), key=ends.__getitem__)
    return own.iloc[order].drop_duplicates(["region", "indicator"], keep="last").sort_index()


def _ranks_of(card: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of a card, missing where a province is alone."""
    near = rows[rows["period"].isin(card["period"]) & (rows["n"] > 1)]
    beside = near.merge(card[GROUP].drop_duplicates(), on=GROUP)
    if beside.empty:
        return pd.DataFrame(index=card.index, columns=_RANKS, dtype="Int64")
    ranked = rank(beside.drop(columns="n"))[["region", *GROUP, *_RANKS]]
    found = card[["region", *GROUP]].merge(ranked, on=["region", *GROUP], how="left")
    return found[_RANKS].astype("Int64")


def _nation_of(card: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values on which all that is said of them agrees."""
    gaps = {linked_id(id_, "gap"): id_ for id_ in card["indicator"]}
    claimed = set(gaps).intersection(around["indicator"].unique())
    is_told = around["indicator"].isin({*claimed, *(gaps[id_] for id_ in claimed)})
    is_nation = (around["region"] == NATION) & around["indicator"].isin(card["indicator"])
    telling = around[is_told | is_nation]
    # Labels of a caller may be other words for a period: 2024-01/2024-12 is 2024.
    spans = {label: str(parse_period(label)) for label in telling["period"].unique()}
    telling = telling[telling["period"].map(spans).isin(card["period"])]
    if telling.empty:
        return pd.DataFrame(np.nan, card.index, _NATIONAL).astype(_WORDED)
    national = national_values(card, telling)
    agreed = national["national_lower"] <= national["national_upper"] + TOUCH
    return national[_NATIONAL].where(agreed).astype(_WORDED)


def _gaps(card: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the distances from the nation; there is none from a sum."""
    pairs = {
        "gap": ("value", "national"), "gap_lower": ("lower", "national_upper"),
        "gap_upper": ("upper", "national_lower"),
    }  # fmt: skip
    is_gap = ~are_added(card)
    return {name: (card[own] - card[nation]).where(is_gap) for name, (own, nation) in pairs.items()}


def _names(ids: pd.Series) -> dict[str, list[str]]:
    known = [(known_indicator(id_), id_) for id_ in ids]
    return {
        "name_zh": [of.name_zh if of else id_ for of, id_ in known],
        "name_en": [of.name_en if of else id_ for of, id_ in known],
    }


def standing_of(rows: pd.DataFrame) -> pd.Series:
    """Return where rows stand against the nation, as `scorecard` says it; missing without a gap.

    They have ``lower``, ``upper``, ``national_lower``, ``national_upper`` and ``direction``.
    """
    above = rows["lower"] > rows["national_upper"] + TOUCH
    below = rows["upper"] < rows["national_lower"] - TOUCH
    pairs = [_WORDS.get(direction, _NEITHER) for direction in rows["direction"]]
    high, low = (np.array([pair[side] for pair in pairs], object) for side in (0, 1))
    found = pd.Series(np.where(above, high, np.where(below, low, "similar")), rows.index, object)
    return found.where(rows["national_lower"].notna() & ~are_added(rows))
