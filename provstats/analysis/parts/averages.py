"""Averages: what the data allow of the average growth that reports claim of several years."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from provstats.analysis.growth import growth
from provstats.indicators import look_up_indicator, make_linked_id, split_id
from provstats.reading.periods import MONTHS_OF_YEAR, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from provstats.analysis.parts.claims import Claim

    Range = tuple[float, float]
    Averages = dict[tuple[str, str, str], list[tuple[str, Range]]]

__all__ = ["compute_averages_for_claims", "find_average_prices", "list_years_with_base"]


def compute_averages_for_claims(around: pd.DataFrame, claims: Sequence[Claim]) -> Averages:
    """Return the averages that rows allow, for each claim of one, with their prices."""
    claimed: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for claim in claims:
        if claim.kind == "average_growth":
            years = len(list_years_with_base(claim.period)) - 1
            claimed[years].add((claim.indicator, claim.period, claim.region))
    claimed.pop(-1, None)  # a span of parts of years has no average
    found: Averages = defaultdict(list)
    for years, lines in claimed.items():  # one call for all claims of as many years
        for line, average in _compute_averages(_keep_claimed_outcomes(around, lines), lines, years):
            found[line].append(average)
    return found


def _compute_averages(
    own: pd.DataFrame, lines: set[tuple[str, str, str]], years: int
) -> Iterable[tuple[tuple[str, str, str], tuple[str, Range]]]:
    """Return the averages that levels and rates of so many years allow, each with its claim."""
    if own.empty:
        return
    grown = growth(own, years=years)
    grown = grown[grown["method"].notna()]
    columns = ["indicator", "region", "period", "prices", "growth_lower", "growth_upper"]
    ending = {list_years_with_base(period)[-1]: period for _, period, _ in lines}
    for id_, region, year, prices, lower, upper in grown[columns].itertuples(index=False):
        for stem in (id_, split_id(id_)[0]):
            line = stem, ending.get(str(year), ""), region
            if line in lines:
                yield line, (prices, (float(lower), float(upper)))
                break


def _keep_claimed_outcomes(around: pd.DataFrame, lines: set[tuple[str, str, str]]) -> pd.DataFrame:
    """Keep the outcomes of indicators, and of their yearly growth, in the years of claims."""
    ids = {id_ for stem, *_ in lines for id_ in (stem, make_linked_id(stem, "growth"))}
    years = {year for _, period, _ in lines for year in list_years_with_base(period)}
    is_own = around["indicator"].isin(ids) & around["period"].astype(str).isin(years)
    is_own &= around["region"].isin({region for *_, region in lines})
    if "nature" in around:
        is_own &= around["nature"] == "outcome"
    return around[is_own]


def list_years_with_base(label: str) -> list[str]:
    """Return whole years and the year before them; an empty list for any other span.

    Examples
    --------
    >>> list_years_with_base("2023/2024"), list_years_with_base("2024-01/2024-11")
    (['2022', '2023', '2024'], [])
    """
    span = parse_period(label)
    if span.months % MONTHS_OF_YEAR or span.start.month != 1:
        return []
    return [str(year) for year in range(span.start.year - 1, span.end.year + 1)]


def find_average_prices(id_: str) -> str:
    """Return at which prices the average of an indicator is measured, where it is known."""
    known = look_up_indicator(make_linked_id(id_, "average_growth"))
    return known.prices if known else ""
