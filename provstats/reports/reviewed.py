"""Reviewed documents: what the shipped rows say of a text, where it is one of their documents."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from provstats.store.observations import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provstats.reports.texts import Line

__all__ = ["Claim", "find_reviewed_claims"]

#: Region, indicator, period and nature.
Claim = tuple[str, str, str, str]
_Claims = dict[tuple[int, str], set[Claim]]


def find_reviewed_claims(lines: Sequence[Line]) -> _Claims:
    """Return the reviewed rows by paragraph and print; none for a text that is not shipped."""
    for claims in _load_claims_by_document().values():
        if all(_is_in_paragraph(number, printed, lines) for number, printed in claims):
            return claims
    return {}


def _is_in_paragraph(number: int, printed: str, lines: Sequence[Line]) -> bool:
    text = lines[number - 1].printed if number <= len(lines) else ""
    return all(part in text for part in printed.split("…"))


@cache
def _load_claims_by_document() -> dict[str, _Claims]:
    documents: dict[str, _Claims] = {}
    columns = ["source", "paragraph", "printed", "region", "indicator", "period", "nature"]
    rows = load(nature=None, vintage=None)[columns].itertuples(index=False, name=None)
    for source, paragraph, printed, *claim in rows:
        place = int(paragraph), str(printed)
        documents.setdefault(source, {}).setdefault(place, set()).add(tuple(claim))
    return documents
