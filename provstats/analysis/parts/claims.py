"""Claims: one that a report makes of its rank, its distance from the nation or its average."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from provstats.indicators import CLAIMS, split_id
from provstats.store.groups import find_group
from provstats.store.regions import list_mainland_codes

__all__ = ["KINDS", "Claim", "Finding", "resolve_universe", "split_claim_id"]

#: What is claimed, as ids end.
KINDS: Final = (*CLAIMS, "average_growth")


class Claim(NamedTuple):
    """A claim: its place, its indicator, and what it says."""

    place: int
    region: str
    #: The indicator, and what is claimed of it: one of `KINDS`.
    indicator: str
    kind: str
    period: str
    unit: str
    value: float
    lower: float
    upper: float
    printed: str
    among: str
    qualifier: str

    @classmethod
    def from_row(cls, row: Any, note: str, printed: str, among: str, qualifier: str) -> Claim:  # noqa: ANN401 - a named tuple of pandas
        """Make a claim of a checked row and the words of its document."""
        stem, kind = split_claim_id(row.indicator) or (row.indicator, "")
        said = re.search("among ([^;]+)", note)
        universe = among or (said[1].strip() if said else "provinces")
        return cls(
            row.Index, row.region, stem, kind, row.period, row.unit, row.value, row.lower,
            row.upper, printed, universe, qualifier,
        )  # fmt: skip


class Finding(NamedTuple):
    """How a claim fares: columns of the result."""

    verdict: str
    reason: str = ""
    data_lower: float = float("nan")
    data_upper: float = float("nan")
    n: int = 0
    needs: str = ""
    evidence: tuple[int, ...] = ()


def split_claim_id(id_: str) -> tuple[str, str] | None:
    """Return the indicator and the kind of a claim's id, None for any other id.

    Examples
    --------
    >>> (
    ...     split_claim_id("rd_intensity_gap"),
    ...     split_claim_id("gdp_average_growth"),
    ...     split_claim_id("gdp_growth"),
    ... )
    (('rd_intensity', 'gap'), ('gdp', 'average_growth'), None)
    """
    stem, suffix = split_id(id_)
    return (stem, suffix) if suffix in KINDS else None


def resolve_universe(among: str) -> frozenset[str]:
    """Return the provinces among which a rank is claimed; none if it is among something else.

    Examples
    --------
    >>> (
    ...     len(resolve_universe("provinces")),
    ...     len(resolve_universe("western provinces")),
    ...     resolve_universe("cities"),
    ... )
    (31, 12, frozenset())
    """
    if among == "provinces":
        return list_mainland_codes()
    group = find_group(among.removesuffix(" provinces"))
    return frozenset(group.members if group else ())
