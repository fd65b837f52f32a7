"""Findings: what a title may say of the order of regions, as the intervals leave no doubt of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provstats.engines.memory.intervals import TOUCH
from provstats.store.regions import mainland
from provstats.words.languages import catalogued
from provstats.words.phrases import PHRASES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from provstats.words.languages import Language

__all__ = ["certain_cuts", "how_many", "signs", "who_leads", "who_leads_throughout"]

# More are no group to be named in a title.
_MOST_NAMED = 3
# The first of a ranking are the top ones, or where it rises the lowest.
_GROUPS = ("top", "lowest")


def certain_cuts(lower: ArrayLike, upper: ArrayLike) -> list[int]:
    """Return after how many of the rows, greatest first, all others are certainly less.

    Parameters
    ----------
    lower, upper : array-like
        The intervals. Such as only touch may be equal, so there is no cut between them.

    Examples
    --------
    >>> certain_cuts([8.25, 7.25, 7.15], [8.35, 7.35, 7.25])
    [1]
    """
    ahead = np.minimum.accumulate(np.asarray(lower))[:-1]
    behind = np.maximum.accumulate(np.asarray(upper)[::-1])[-2::-1]
    return [int(place) + 1 for place in np.flatnonzero(ahead > behind + TOUCH)]


def who_leads(ranked: pd.DataFrame, language: Language) -> str:
    """Say who is first and who is last, or which are the top two or three.

    Parameters
    ----------
    ranked : DataFrame
        Rows of one indicator and period, by rank.
    language : Language
        In which to say it.

    Returns
    -------
    str
        Empty where nothing is certain, where more is neither better nor worse, and for what is no
        outcome.
    """
    direction = catalogued(ranked, "direction")
    is_outcome = (ranked["nature"] == "outcome").all()
    if direction in ("", "neutral") or not is_outcome or len(ranked) == 1:
        return ""
    is_rising, cuts = _cuts(ranked)
    names = [language.name(code) for code in ranked["region"]]
    group, words = min(cuts, default=len(names)), _frame(ranked, language)
    if group > _MOST_NAMED or group == len(names):
        return ""
    form = ("lowest" if is_rising else "leads") if group == 1 else f"{_GROUPS[is_rising]}_{group}"
    first = language.say(form, name=names[0], names=language.listed(names[:group]), **words)
    if not group < len(names) - 1 in cuts:
        return first
    last = language.say("highest" if is_rising else "last", name=names[-1])
    return language.say("but").join([first, last])


def who_leads_throughout(ranked: pd.DataFrame, language: Language) -> str:
    """Say who is first in every period, else who is in the last one.

    Parameters
    ----------
    ranked : DataFrame
        Rows of one indicator, by the end of their period and then by rank.
    language : Language
        In which to say it.
    """
    periods = [rows for _, rows in ranked.groupby("period", sort=False)]
    if not (said := who_leads(periods[-1], language)):
        return ""
    first = {rows["region"].iloc[0] if 1 in _cuts(rows)[1] else "" for rows in periods}
    if len(first) == 1 and all(first) and (ranked["nature"] == "outcome").all():
        form = "lowest_throughout" if _cuts(periods[-1])[0] else "throughout"
        return language.say(form, name=language.name(*first), **_frame(ranked, language))
    period = language.period(periods[-1]["period"].iloc[0])
    return language.say("when", finding=said, period=period)


def _cuts(ranked: pd.DataFrame) -> tuple[bool, list[int]]:
    """Tell whether the first is the lowest, and after how many rows there is a cut."""
    value, lower, upper = (ranked[column].to_numpy() for column in ("value", "lower", "upper"))
    is_rising = bool(value[0] < value[-1])
    return is_rising, certain_cuts(-upper, -lower) if is_rising else certain_cuts(lower, upper)


def _frame(ranked: pd.DataFrame, language: Language) -> dict[str, str]:
    """Say among whom, unless among all, and of what, where the language needs it."""
    is_all, n = mainland().issubset(ranked["region"]), ranked["region"].nunique()
    measure = catalogued(ranked, "measure")
    among = {key: "" if is_all else language.say(key, n=n) for key in ("among", "of_among")}
    return {**among, "what": language.say(measure) if measure in PHRASES else ""}


def signs(lower: pd.Series, upper: pd.Series) -> NDArray[np.int64]:
    """Return 1 for what is certainly above zero, -1 for below, and 0 for what is not certain.

    Parameters
    ----------
    lower, upper : Series
        The intervals.
    """
    return (lower > TOUCH).to_numpy(np.int64) - (upper < -TOUCH).to_numpy(np.int64)


def how_many(
    kind: str,
    certain: NDArray[np.int64],
    codes: Sequence[str],
    language: Language,
    *,
    most: str = "",
) -> str:
    """Say how many regions are certainly up and down, and how many are neither.

    Parameters
    ----------
    kind : {"gap", "change"}
        Of what the signs are.
    certain : array of int
        As `signs` tells.
    codes : sequence of str
        The regions.
    language : Language
        In which to say it.
    most : str
        Of which it is most true, said after the first clause.

    Returns
    -------
    str
        Empty where nothing is certain.
    """
    ups, downs = int((certain > 0).sum()), int((certain < 0).sum())
    if ups == downs == 0:
        return ""
    rest = len(certain) - ups - downs
    clauses = [
        _first_clause(kind, "up" if ups else "down", ups or downs, codes, language),
        most,
        language.say(f"{kind}_rest_down", k=downs) if ups and downs else "",
        language.say(f"{kind}_rest", k=rest) if rest else "",
    ]
    return language.say("but").join(filter(None, clauses))


def _first_clause(kind: str, way: str, k: int, codes: Sequence[str], language: Language) -> str:
    n, every = len(codes), "_all" if mainland().issubset(codes) else ""
    words = {key: language.say(f"{key}{every}", n=n) for key in ("shown", "of_shown")}
    be = language.say("be" if k > 1 else "be_one")
    form = {1: "one_", 2: "both_"}.get(n, "all_") if k == n else ""
    return language.say(f"{kind}_{form}{way}", k=k, be=be, name=language.name(codes[0]), **words)
