"""Search: indicators by what people call them."""

from __future__ import annotations

from functools import cache
from math import log2
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.catalogue.entries import look_up_indicator
from provstats.catalogue.matching import WHOLE, Named, Query, is_measure_term
from provstats.catalogue.names import find_ids, normalize_name
from provstats.catalogue.table import catalog, list_indicators
from provstats.catalogue.wordings import WORDINGS

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    import pandas as pd

    from provstats.catalogue.entries import Indicator

__all__ = ["search"]

# If fewer match as a whole, up to so many follow that match in part, from this fit on.
_FEW: Final = 3
_SOME: Final = 10
_IN_PARTS: Final = 0.36


def search(text: str) -> pd.DataFrame:
    """Find indicators by Chinese or English name, alias or id.

    Parameters
    ----------
    text : str
        What is looked for. Case, script (traditional, simplified), quotation marks and what is said
        of any figure (数量, number of) do not matter.

    Returns
    -------
    DataFrame
        The rows of `catalog` that match, the best first: that of which the text is a name, then
        those whose names have its words, and only then, if there are few, those that have parts of
        it. Of equals, those come first that more provinces report. Empty where nothing matches.

    Examples
    --------
    >>> search("5G基站数")["id"].to_list()[:2]
    ['base_stations_5g', 'base_stations_5ga']
    """
    found = _find_places(str(text))
    return catalog().take(found).reset_index(drop=True)


class _Entry(NamedTuple):
    """A row of the catalogue, as a search sees it."""

    place: int
    indicator: Indicator
    named: Named
    #: How many provinces report it, and at most anything of its concept.
    regions: int
    of_concept: int


@cache
def _build_index() -> list[_Entry]:
    table = catalog()
    of_concept = table.groupby("concept")["regions"].transform("max")
    counts = zip(list_indicators(), table["regions"].to_list(), of_concept.to_list(), strict=True)
    return [
        _Entry(place, indicator, Named.from_indicator(indicator), *both)
        for place, (indicator, *both) in enumerate(counts)
    ]


def _find_places(text: str) -> list[int]:
    """Return the places of the entries that match, the best first."""
    query = Query.from_text(text)
    if not query.hard:
        return []
    exact = _score_exact_matches(text, query)
    whole = [
        entry
        for entry in _build_index()
        if entry.indicator.id in exact or _is_whole_match(query, entry)
    ]
    bonus = {entry.place: exact.get(entry.indicator.id, 0.0) for entry in whole}
    parts = _find_partial_matches(query, bonus) if len(whole) < _FEW else []
    return (
        _sort_places_by_score(query, whole, bonus) + _sort_places_by_score(query, parts, {})[:_SOME]
    )


def _is_whole_match(query: Query, entry: _Entry) -> bool:
    return all(entry.named.measure_fit(term) >= WHOLE for term in query.hard)


def _find_partial_matches(query: Query, found: Container[int]) -> list[_Entry]:
    """Return the entries that match in part, by the terms that say what is measured."""
    matter = [term for term in query.hard if not is_measure_term(term)]
    return [
        entry for entry in _build_index()
        if matter and entry.place not in found and _compute_mean_fit(matter, entry) >= _IN_PARTS
    ]  # fmt: skip


def _sort_places_by_score(
    query: Query, found: list[_Entry], bonus: Mapping[int, float]
) -> list[int]:
    scores = {e.place: bonus.get(e.place, 0.0) + _score_entry(e, query) for e in found}
    ordered = sorted(found, key=lambda e: (-scores[e.place], -e.regions, e.indicator.id))
    return [entry.place for entry in ordered]


def _score_exact_matches(text: str, query: Query) -> dict[str, float]:
    """Return the score of each id that the text, or its core, names."""
    core = dict.fromkeys(find_ids(query.core), 10.0)
    whole = {id_: 21.0 if _is_own_name(text, id_) else 20.0 for id_ in find_ids(text)}
    return core | whole


def _is_own_name(text: str, id_: str) -> bool:
    known = look_up_indicator(id_)
    return known is not None and normalize_name(text) in map(
        normalize_name, (id_, known.name_zh, known.name_en)
    )


def _score_entry(entry: _Entry, query: Query) -> float:
    """Score an entry: how well terms fit, how much of a name they are, how common it is."""
    is_derived = entry.indicator.measure in WORDINGS
    return (
        4 * _compute_mean_fit(query.hard, entry) + 3 * entry.named.compute_share_of_name(query.hard)
        - 0.5 * is_derived + 0.1 * log2(1 + entry.of_concept)
    )  # fmt: skip


def _compute_mean_fit(terms: Sequence[str], entry: _Entry) -> float:
    """Return the mean fit, weighted by the length of terms; a letter is half a character."""
    weights = {term: len(term) / (2 if term.isascii() else 1) for term in terms}
    fits = sum(weight * entry.named.measure_fit(term) for term, weight in weights.items())
    return fits / sum(weights.values())
