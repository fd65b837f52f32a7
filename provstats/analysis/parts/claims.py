"""Claims: one that a report makes of its own rank, or of its distance from the nation."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from provstats.indicators import claim_of
from provstats.store.groups import find_group
from provstats.store.regions import mainland

__all__ = ["Claim", "Finding", "members_of"]


class Claim(NamedTuple):
    """A claim: where it stands, of what it is, and what it says."""

    place: int
    region: str
    #: What is claimed of, and ``rank`` or ``gap``.
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
    def of(cls, row: Any, note: str, printed: str, among: str, qualifier: str) -> Claim:  # noqa: ANN401 - a named tuple of pandas
        """Take a checked row, and what its document says of it in words."""
        stem, kind = claim_of(row.indicator) or (row.indicator, "")
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


def members_of(among: str) -> frozenset[str]:
    """Return the provinces among whom a rank is claimed; none where it is among others.

    Examples
    --------
    >>> len(members_of("provinces")), len(members_of("western provinces")), members_of("cities")
    (31, 12, frozenset())
    """
    if among == "provinces":
        return mainland()
    group = find_group(among.removesuffix(" provinces"))
    return frozenset(group.members if group else ())
