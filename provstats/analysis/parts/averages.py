"""Averages: what the data allow of the average growth that reports claim of several years."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pandas as pd

from provstats.analysis.growth import growth
from provstats.indicators import known_indicator, linked_id, split_id
from provstats.reading.periods import MONTHS_OF_YEAR, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provstats.analysis.parts.claims import Claim

    Range = tuple[float, float]
    Averages = dict[tuple[str, str, str], list[tuple[str, Range]]]

__all__ = ["averages_of", "prices_of", "years_of"]


def averages_of(around: pd.DataFrame, claims: Sequence[Claim]) -> Averages:
    """Return the averages that rows allow where one is claimed, each with its prices."""
    claimed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for claim in claims:
        if claim.kind == "average_growth":
            claimed[claim.period].add((claim.indicator, claim.region))
    found: Averages = defaultdict(list)
    for period, lines in claimed.items():  # one call for all that is claimed of the same years
        for line, average in _averages(around, lines, years_of(period)):
            found[line[0], period, line[1]].append(average)
    return found


def _averages(
    around: pd.DataFrame, lines: set[tuple[str, str]], years: list[str]
) -> Iterable[tuple[tuple[str, str], tuple[str, Range]]]:
    """Return what levels and what rates of some years allow, by indicator and region."""
    own = _stated(around, lines, years)
    if len(years) > 1 and len(own):
        grown = growth(own, years=len(years) - 1)
        found = grown[grown["method"].notna() & (grown["period"].astype(str) == years[-1])]
        columns = ["indicator", "region", "prices", "growth_lower", "growth_upper"]
        for id_, region, prices, lower, upper in found[columns].itertuples(index=False):
            stem = id_ if (id_, region) in lines else split_id(id_)[0]
            yield (stem, region), (prices, (float(lower), float(upper)))


def _stated(around: pd.DataFrame, lines: set[tuple[str, str]], years: list[str]) -> pd.DataFrame:
    """Keep the outcomes of some years that indicators or their yearly growth have."""
    near = around[around["period"].astype(str).isin(years)]
    if "nature" in near:
        near = near[near["nature"] == "outcome"]
    grown = {(linked_id(id_, "growth"), region) for id_, region in lines}
    is_own = pd.MultiIndex.from_frame(near[["indicator", "region"]]).isin([*lines, *grown])
    return near[is_own]


def years_of(label: str) -> list[str]:
    """Return the year before some whole years, and these; nothing of other spans.

    Examples
    --------
    >>> years_of("2023/2024"), years_of("2024-01/2024-11")
    (['2022', '2023', '2024'], [])
    """
    span = parse_period(label)
    if span.months % MONTHS_OF_YEAR or span.start.month != 1:
        return []
    return [str(year) for year in range(span.start.year - 1, span.end.year + 1)]


def prices_of(id_: str) -> str:
    """Return at which prices the average of an indicator is measured, where it is known."""
    of = known_indicator(linked_id(id_, "average_growth"))
    return of.prices if of else ""
