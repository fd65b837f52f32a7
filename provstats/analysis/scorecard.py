"""Scorecard: provinces in all their indicators, each against the others and the nation."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.inputs import prepare_rows_without_claims, select_rows_and_context
from provstats.analysis.parts.meanings import are_additive, find_directions
from provstats.analysis.parts.national import NATIONAL, build_national_columns
from provstats.compare import rank
from provstats.engines.memory.intervals import TOUCH
from provstats.errors import IncomparableError, SchemaError
from provstats.indicators import look_up_indicator, make_linked_id
from provstats.reading.periods import parse_period
from provstats.store.groups import find_region_codes
from provstats.store.keys import GROUP
from provstats.store.observations import load
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from provstats.analysis.parts.inputs import Asked

__all__ = ["explain_no_values", "find_standings", "scorecard"]

_WORDED: Final = {"national_basis": object, "national_source": object}
_RANKS: Final = ["rank", "rank_best", "rank_worst"]
_COLUMNS: Final = [
    "region", "indicator", "name_zh", "name_en", "direction", "period", "nature", "value", "lower",
    "upper", "unit", "qualifier", *_RANKS, "n", *NATIONAL, "gap", "gap_lower", "gap_upper",
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
    cards = _load_shipped_cards() if x is None else _build_cards(*select_rows_and_context(x))
    codes = _resolve_codes(region, cards)
    return pd.concat([cards[code].copy() for code in codes], ignore_index=True)[_COLUMNS]


def _resolve_codes(region: str | int | Iterable[str | int], held: Container[str]) -> list[str]:
    """Return the codes that are asked for, each once; refuse one that has no values."""
    names = [region] if isinstance(region, str | int) else [*region]
    codes: list[str] = []
    for name in names:
        found = [code for code in find_region_codes([name]) if code in held]
        if not found:
            raise IncomparableError(explain_no_values(find_region_codes([name])[-1]))
        codes += found
    if not codes:
        msg = "region must name a province or several, got none"
        raise SchemaError(msg)
    return list(dict.fromkeys(codes))


@cache
def _load_shipped_cards() -> dict[str, pd.DataFrame]:
    return _build_cards(None, load())


def _build_cards(x: pd.DataFrame | None, around: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the card of each province."""
    rows = prepare_rows_without_claims(x)
    rows = rows.assign(n=rows.groupby(GROUP)["region"].transform("size"))
    card = _keep_last_periods(rows)
    card = card.join(_rank_card(card, rows)).join(_find_agreed_national_values(card, around))
    card = card.assign(
        direction=find_directions(card),
        **_compute_gaps(card),
        **_build_name_columns(card["indicator"]),
    )
    card = card.assign(standing=find_standings(card))
    return {str(code): own for code, own in card.groupby("region", sort=False)}


def explain_no_values(code: str) -> str:
    """Say that a region has no value to compare."""
    return f"{code} has no value in the data that could be compared with those of provinces"


def _keep_last_periods(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the last period that other provinces have too; of those with one end, the longest."""
    spans = {label: parse_period(label) for label in rows["period"].unique()}
    by_end = sorted(spans, key=lambda label: (spans[label].end, spans[label].months))
    place = rows["period"].map({label: place for place, label in enumerate(by_end)})
    order = pd.DataFrame({"is_shared": rows["n"] > 1, "place": place})
    by_time = rows.loc[order.sort_values(["is_shared", "place"], kind="stable").index]
    last = by_time.drop_duplicates(["region", "indicator"], keep="last")
    return last.sort_index().reset_index(drop=True)


def _rank_card(card: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of a card, missing where a province is alone."""
    beside = rows[rows["n"] > 1].merge(card[GROUP].drop_duplicates(), on=GROUP)
    if beside.empty:
        return pd.DataFrame(index=card.index, columns=_RANKS, dtype="Int64")
    ranked = rank(beside.drop(columns="n"))[["region", *GROUP, *_RANKS]]
    found = card[["region", *GROUP]].merge(ranked, on=["region", *GROUP], how="left")
    return found[_RANKS].astype("Int64")


def _find_agreed_national_values(card: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values on which all statements of them agree."""
    ids = set(card["indicator"].unique())
    gaps = {make_linked_id(id_, "gap"): id_ for id_ in ids}
    claimed = set(gaps).intersection(around["indicator"].unique())
    is_told = around["indicator"].isin({*claimed, *(gaps[id_] for id_ in claimed)})
    is_nation = (around["region"] == NATION) & around["indicator"].isin(ids)
    telling = around[is_told | is_nation]
    if telling.empty:
        return pd.DataFrame(np.nan, card.index, [*NATIONAL]).astype(_WORDED)
    national = build_national_columns(card, telling)
    agreed = national["national_lower"] <= national["national_upper"] + TOUCH
    return national[[*NATIONAL]].where(agreed).astype(_WORDED)


def _compute_gaps(card: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the distances from the nation; there is none from a sum."""
    pairs = {
        "gap": ("value", "national"), "gap_lower": ("lower", "national_upper"),
        "gap_upper": ("upper", "national_lower"),
    }  # fmt: skip
    is_gap = ~are_additive(card)
    return {name: (card[own] - card[nation]).where(is_gap) for name, (own, nation) in pairs.items()}


def _build_name_columns(ids: pd.Series) -> dict[str, list[str]]:
    known = [(look_up_indicator(id_), id_) for id_ in ids]
    return {
        "name_zh": [entry.name_zh if entry else id_ for entry, id_ in known],
        "name_en": [entry.name_en if entry else id_ for entry, id_ in known],
    }


def find_standings(rows: pd.DataFrame) -> pd.Series:
    """Return where rows stand against the nation, as `scorecard` says it; missing without a gap.

    They have ``lower``, ``upper``, ``national_lower``, ``national_upper`` and ``direction``.
    """
    above = rows["lower"] > rows["national_upper"] + TOUCH
    below = rows["upper"] < rows["national_lower"] - TOUCH
    pairs = [_WORDS.get(direction, _NEITHER) for direction in rows["direction"]]
    high, low = (np.array([pair[side] for pair in pairs], object) for side in (0, 1))
    found = pd.Series(np.where(above, high, np.where(below, low, "similar")), rows.index, object)
    return found.where(rows["national_lower"].notna() & ~are_additive(rows))
