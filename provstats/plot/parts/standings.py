"""Standings: where provinces are against the nation or the middle, as far as intervals allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from provstats.compare import rank, yoy
from provstats.engines.memory.inputs import rows_of
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.national import national_values
from provstats.plot.parts.selections import compared
from provstats.reading.periods import parse_period
from provstats.store.keys import GROUP, KEY
from provstats.store.observations import load
from provstats.store.regions import mainland
from provstats.words.languages import catalogued

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.memory.inputs import Comparable

__all__ = ["full_panel", "latest_groups", "standings"]

# Of these the nation's value is no sum of the provinces' values.
_RATES: Final = ("percent", "percentage_point", "index")
# The change of a rate is a difference, of anything else a growth, printed with so many decimals.
_CHANGES: Final = {"percent": ("growth", 1), "percentage_point": ("change", 2)}
_SIGNS: Final = {"higher": 1, "lower": -1}
_WORDS: Final = {1: "better", 0: "similar", -1: "worse"}


def standings(x: Comparable | None, shipped: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Rank provinces, and set each against its benchmark.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        As for `rank`; of any number of indicators and periods.
    shipped : function
        Returns what is taken without ``x``; the nation is then looked for in all shipped data too.

    Returns
    -------
    DataFrame
        The rows that `rank` keeps, indicators and periods as they come first. Added: ``benchmark``,
        ``benchmark_lower``, ``benchmark_upper`` and ``benchmark_source``; ``benchmark_basis``
        (``reported`` or ``implied`` for the nation; ``median`` of the provinces where it is not
        known or is a total); ``standing``: ``better`` or ``worse`` where the intervals do not meet,
        else ``similar``, and ``neutral`` where neither is better; and ``grade``: the same, but
        ``best`` and ``worst`` for those of them that are certainly in the first or last fifth.

    Raises
    ------
    IncomparableError
        For what `rank` refuses.
    """
    given = shipped() if x is None else x
    rows, (_, around) = compared(given, rank), rows_of(given)
    if x is None:
        around = pd.concat([around, load(nature=None)]).drop_duplicates(KEY)
    groups = [_against(group, around) for _, group in rows.groupby(GROUP, sort=False)]
    return pd.concat(groups, ignore_index=True)


def _against(group: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    mark = _nation(group, around) or _median(group)
    above = group["lower"] > mark["benchmark_upper"] + TOUCH
    below = group["upper"] < mark["benchmark_lower"] - TOUCH
    sign = _SIGNS.get(catalogued(group, "direction"), 0)
    side = (above.astype(int) - below.astype(int)) * sign
    standing = side.map(_WORDS) if sign else pd.Series("neutral", group.index)
    first = (standing == "better") & (5 * group["rank_worst"] <= group["n"])
    last = (standing == "worse") & (5 * (group["n"] + 1 - group["rank_best"]) <= group["n"])
    grade = standing.mask(first, "best").mask(last, "worst")
    return group.assign(**mark, standing=standing, grade=grade)


def _nation(group: pd.DataFrame, around: pd.DataFrame) -> dict[str, Any] | None:
    """Return the nation's value as a benchmark, unless it is unknown or a total."""
    nation = national_values(group, around).iloc[0]
    if not nation["national_lower"] <= nation["national_upper"] + TOUCH:
        return None  # nobody says it, or reports contradict one another
    is_rate = group["unit"].iloc[0] in _RATES
    if not (is_rate or group["value"].min() <= nation["national"] <= group["value"].max()):
        return None
    return {str(name).replace("national", "benchmark"): value for name, value in nation.items()}


def _median(group: pd.DataFrame) -> dict[str, Any]:
    """Return the middle value; its interval is that of the middle of the ends."""
    middle = group[["value", "lower", "upper"]].median()
    names = ["benchmark", "benchmark_lower", "benchmark_upper"]
    ends = dict(zip(names, middle, strict=True))
    return {**ends, "benchmark_basis": "median", "benchmark_source": ""}


# --- what is shown without data -----------------------------------------------------------------


def latest_groups(least: int) -> pd.DataFrame:
    """Return the shipped outcomes that enough provinces report, each of its latest such period.

    Parameters
    ----------
    least : int
        How many provinces are enough.

    Returns
    -------
    DataFrame
        Rows as those of `load`, the nation's and what provinces say of their distance from it
        among them; the indicators that most report first, rates before amounts.
    """
    data = load()
    own = data[data["region"].isin(mainland())]
    own = own[~own["indicator"].str.contains("_(?:gap|rank)$")]
    sizes = own.groupby(GROUP)["region"].nunique()
    known = sizes[sizes >= least].reset_index(name="n")
    known["end"] = known["period"].map(lambda label: parse_period(label).end)
    last = known.sort_values("end", kind="stable").drop_duplicates("indicator", keep="last")
    rates = data.drop_duplicates("indicator").set_index("indicator")["unit"] == "percent"
    last = last.assign(is_rate=last["indicator"].map(rates))
    ordered = last.sort_values(["n", "is_rate", "indicator"], ascending=[False, False, True])
    return ordered[GROUP].merge(data, on=GROUP)


def full_panel() -> pd.DataFrame:
    """Return what all 31 provinces report, of the latest year, and its change over that year.

    Returns
    -------
    DataFrame
        A tidy frame of provinces and the nation, each indicator followed by its change.
    """
    levels = latest_groups(len(mainland()))
    parts = [
        part for _, of in levels.groupby("indicator", sort=False) for part in (of, _change(of))
    ]
    return pd.concat(parts, ignore_index=True)


def _change(levels: pd.DataFrame) -> pd.DataFrame:
    """Return the change over a year, printed as bulletins do; the interval has room for that."""
    id_, period = levels[GROUP].iloc[0]
    data = load()
    own = data[data["indicator"].isin([id_, *(f"{id_}_{name}" for name, _ in _CHANGES.values())])]
    changes = yoy(own).query("indicator == @id_ and period == @period and yoy.notna()")
    unit = changes["yoy_unit"].iloc[0]
    name, digits = _CHANGES[unit]
    value, half = changes["yoy"].round(digits), 0.5 * 10.0**-digits
    before = own[own["indicator"] == id_].groupby("period")["source"].first()
    return changes.assign(
        indicator=f"{id_}_{name}", unit=unit, value=value, basis="derived", printed="",
        lower=np.minimum(changes["yoy_lower"], value - half),
        upper=np.maximum(changes["yoy_upper"], value + half),
        # The level itself cites its own document.
        source=before[_year_before(period)],
    )[list(levels)]  # fmt: skip


def _year_before(period: str) -> str:
    return str(parse_period(period).start.year - 1)
