"""Averages: what the data allow of the average growth that reports claim of several years."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from provstats.analysis.growth import growth
from provstats.indicators import known_indicator, linked_id
from provstats.reading.periods import MONTHS_OF_YEAR, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from provstats.analysis.parts.claims import Claim

    Range = tuple[float, float]
    Averages = dict[tuple[str, str, str], list[tuple[str, Range]]]

__all__ = ["averages_of", "prices_of", "years_of"]


def averages_of(around: pd.DataFrame, claims: Sequence[Claim]) -> Averages:
    """Return the averages that rows allow where one is claimed, each with its prices."""
    found: Averages = defaultdict(list)
    claimed = [claim for claim in claims if claim.kind == "average_growth"]
    for claim in claimed:
        key = (claim.indicator, claim.period, claim.region)
        if key not in found:
            found[key] = [*_ranges(around, claim)]
    return found


def _ranges(around: pd.DataFrame, claim: Claim) -> Iterable[tuple[str, Range]]:
    """Return what levels and what rates allow."""
    ids = [claim.indicator, linked_id(claim.indicator, "growth")]
    years = years_of(claim.period)
    is_own = around["indicator"].isin(ids) & around["region"].eq(claim.region)
    own = around[is_own & around["period"].astype(str).isin(years)]
    if "nature" in own:
        own = own[own["nature"] == "outcome"]
    if len(years) > 1 and len(own):
        grown = growth(own, years=len(years) - 1)
        found = grown[grown["method"].notna() & (grown["period"].astype(str) == years[-1])]
        ends = found[["growth_lower", "growth_upper"]].to_numpy(float)
        yield from zip(found["prices"], ends, strict=True)


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
