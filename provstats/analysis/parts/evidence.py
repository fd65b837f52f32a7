"""Evidence: what the data hold about claims, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from provstats.analysis.parts.averages import (
    compute_averages_for_claims,
    find_average_prices,
    list_years_with_base,
)
from provstats.analysis.parts.claims import Claim, Finding, resolve_universe
from provstats.analysis.parts.statements import derive_implied_values
from provstats.compare import rank
from provstats.engines.memory.inputs import prepare_rows_by_position
from provstats.engines.memory.intervals import TOUCH
from provstats.indicators import make_linked_id
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    #: By indicator and period.
    Rows = Mapping[tuple[str, str], list[Any]]
    Range = tuple[float, float]
    Averages = Mapping[tuple[str, str, str], Sequence[tuple[str, Range]]]

__all__ = ["Facts"]

# Suffixes of what else is evidence of an indicator whose rank or gap is claimed.
_TELLING = ("gap", "share")


@dataclass(frozen=True, slots=True)
class Facts:
    """What claims are compared with."""

    #: Outcomes, whose ``Index`` is their position, and what provinces imply of the nation.
    outcomes: Rows
    implied: Rows
    #: The least and the greatest rank, by universe, indicator, period and region.
    ranks: Mapping[tuple[str, str, str, str], Range]
    #: What the averages that are claimed may be, at each prices, by indicator, period and region.
    averages: Averages

    @classmethod
    def from_rows(cls, around: pd.DataFrame, claims: Sequence[Claim]) -> Facts:
        """Collect the rows that matter to some claims, and what follows from them."""
        ids = {claim.indicator for claim in claims}
        telling = {
            id_ for stem in ids for id_ in (stem, *_list_related_ids(stem), _make_growth_id(stem))
        }
        is_near = around["indicator"].isin(telling).to_numpy()
        near = around[is_near]
        if near.empty:
            return cls({}, {}, {}, {})
        rows = prepare_rows_by_position(near)
        rows.index = is_near.nonzero()[0]
        is_asked = rows["period"].isin(_list_periods(claims)).to_numpy()
        near, rows = near[is_asked], rows[is_asked]
        if near.empty:
            return cls({}, {}, {}, {})
        rows = rows[(rows["nature"] == "outcome") & rows["value"].notna()]
        outcomes, implied = _group_rows(rows), derive_implied_values(near)
        implied = implied[implied["nature"] == "outcome"]
        return cls(
            outcomes,
            _group_rows(implied),
            _compute_ranks(rows, outcomes, claims),
            compute_averages_for_claims(near, claims),
        )

    def decide_claim(self, claim: Claim) -> Finding:
        """Decide a claim by the facts."""
        decide = {
            "rank": self._decide_rank,
            "gap": self._decide_gap,
            "average_growth": self._decide_average,
        }
        found = decide[claim.kind](claim)
        needs = f"{claim.indicator} {claim.period}: {found.needs}" if found.needs else ""
        return found._replace(needs=needs)

    def _find_values(self, claim: Claim) -> list[Any]:
        return self.outcomes.get((claim.indicator, claim.period), [])

    def _decide_rank(self, claim: Claim) -> Finding:
        among = resolve_universe(claim.among)
        if claim.region not in among:
            return Finding("undecidable", "universe", needs=claim.among)
        values = [row for row in self._find_values(claim) if row.region in among]
        silent = among.difference(row.region for row in values)
        found = Finding("undecidable", n=len(values), evidence=tuple(row.Index for row in values))
        if claim.region in silent:
            return found._replace(reason="own_value", needs=claim.region)
        best, worst = self.ranks[claim.among, claim.indicator, claim.period, claim.region]
        worst += len(silent)
        found = found._replace(
            verdict=_choose_verdict(claim, best, worst), data_lower=best, data_upper=worst
        )
        for_all = not silent or (claim.lower <= best and worst <= claim.upper)
        if found.verdict == "contradicted" or for_all:
            return found
        return found._replace(
            verdict="undecidable", reason="silent", needs=" ".join(sorted(silent))
        )

    def _decide_gap(self, claim: Claim) -> Finding:
        values = self._find_values(claim)
        own = next((row for row in values if row.region == claim.region), None)
        nation = [row for row in values if row.region == NATION]
        implied = self.implied.get((claim.indicator, claim.period), [])
        said = nation or [row for row in implied if row.region != claim.region]
        said = [row for row in said if own is None or row.unit == own.unit]
        evidence = self._find_evidence_positions(
            claim, {claim.region, *(row.region for row in said)}
        )
        found = Finding("undecidable", n=len(said), evidence=evidence)
        if own is None:
            return found._replace(reason="own_value", needs=claim.region)
        least = max((row.lower for row in said), default=1.0)
        most = min((row.upper for row in said), default=0.0)
        if least > most + TOUCH:  # nobody says so, or those who do contradict one another
            return found._replace(reason="nation", needs=NATION)
        lower, upper = round(own.lower - most, 9), round(own.upper - least, 9)
        return found._replace(
            verdict=_choose_verdict(claim, lower, upper), data_lower=lower, data_upper=upper
        )

    def _decide_average(self, claim: Claim) -> Finding:
        ids = (claim.indicator, _make_growth_id(claim.indicator))
        labels = list_years_with_base(claim.period)
        rows = [
            row for id_ in ids for label in labels for row in self.outcomes.get((id_, label), [])
        ]
        evidence = tuple(sorted(row.Index for row in rows if row.region == claim.region))
        found = Finding("undecidable", n=len(evidence), evidence=evidence)
        known = self.averages.get((claim.indicator, claim.period, claim.region), ())
        prices = find_average_prices(claim.indicator)
        ranges = [ends for at, ends in known if at == prices]
        if not ranges:
            return found._replace(reason="own_value", needs=claim.region)
        lower, upper = next(
            (ends for ends in ranges if _choose_verdict(claim, *ends) != "consistent"), ranges[0]
        )
        return found._replace(
            verdict=_choose_verdict(claim, lower, upper),
            data_lower=round(lower, 9),
            data_upper=round(upper, 9),
        )

    def _find_evidence_positions(self, claim: Claim, regions: set[str]) -> tuple[int, ...]:
        """Return the positions of the rows in which regions state the indicator of a claim."""
        ids = (claim.indicator, *_list_related_ids(claim.indicator))
        rows = [row for id_ in ids for row in self.outcomes.get((id_, claim.period), [])]
        return tuple(sorted(row.Index for row in rows if row.region in regions))


def _list_periods(claims: Sequence[Claim]) -> set[str]:
    """Return the periods that matter to some claims: of an average, each of its years."""
    averages = (claim.period for claim in claims if claim.kind == "average_growth")
    years = (year for period in averages for year in list_years_with_base(period))
    return {*(claim.period for claim in claims), *years}


def _make_growth_id(id_: str) -> str:
    return make_linked_id(id_, "growth")


def _list_related_ids(id_: str) -> Iterable[str]:
    return (make_linked_id(id_, suffix) for suffix in _TELLING)


def _group_rows(rows: pd.DataFrame) -> Rows:
    found: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in _iterate_rows(rows):
        found[row.indicator, row.period].append(row)
    return found


def _iterate_rows(rows: pd.DataFrame) -> Iterable[Any]:
    return rows.itertuples()


def _compute_ranks(
    rows: pd.DataFrame, outcomes: Rows, claims: Sequence[Claim]
) -> dict[tuple[str, str, str, str], Range]:
    """Return the ranks that intervals allow, in each universe in which one is claimed."""
    found: dict[tuple[str, str, str, str], Range] = {}
    beside: dict[str, list[int]] = {}
    for among, groups in _group_by_universe(claims).items():
        for group in groups:
            own = [row for row in outcomes.get(group, []) if row.region in resolve_universe(among)]
            found |= {(among, *group, row.region): (1.0, 1.0) for row in own}
            if len(own) > 1:
                beside.setdefault(among, []).extend(row.Index for row in own)
    if not beside:
        return found
    # Ranks are among those of one universe, as claimed ranks are.
    ranked = rank(
        pd.concat([rows.loc[places].assign(among=universe) for universe, places in beside.items()])
    )
    for row in _iterate_rows(ranked):
        ends = float(row.rank_best), float(row.rank_worst)
        found[row.among, row.indicator, row.period, row.region] = ends
    return found


def _group_by_universe(claims: Sequence[Claim]) -> dict[str, set[tuple[str, str]]]:
    """Return the indicators and periods of claimed ranks, by the universe of the rank."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for claim in claims:
        if claim.kind == "rank" and resolve_universe(claim.among):
            found[claim.among].add((claim.indicator, claim.period))
    return found


def _choose_verdict(claim: Claim, lower: float, upper: float) -> str:
    apart = claim.upper < lower - TOUCH or upper + TOUCH < claim.lower
    return "contradicted" if apart else "consistent"
