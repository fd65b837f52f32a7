"""Names: whether a paragraph speaks of an indicator, by the names that the catalogue has for it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from provstats.indicators import load_indicators, look_up_indicator

if TYPE_CHECKING:
    from provstats.reports.texts import Line

    Doubt = tuple[str, str] | None

__all__ = ["explain_indicator_doubt"]

#: So much of a name, in pairs of characters, must stand in the paragraph, or the row is of
#: something else; with less than this in the clause, a full name of another one casts doubt.
_IN_PARAGRAPH: Final = 0.4
_IN_CLAUSE: Final = 0.45
#: Shorter names stand in too many others.
_LEAST_PAIRS: Final = 3
#: A row of a table has few words of its own; its heading stands not far above.
_FEW_WORDS: Final = 12
_HEADING: Final = 60


def explain_indicator_doubt(
    indicator: str, line: Line, place: tuple[int, int], lines: list[Line]
) -> Doubt:
    """Return why a figure may not be of an indicator, by the names near it; None where it may."""
    text = _strip_punctuation(line.printed)
    if len(re.findall("[一-龥]", text)) < _FEW_WORDS:
        above = lines[max(0, line.number - _HEADING) : line.number]
        heads = text + "".join(_strip_punctuation(each.printed) for each in above)
        return (
            None
            if measure_similarity(indicator, heads) >= _IN_PARAGRAPH
            else _explain_missing_name(indicator)
        )
    if measure_similarity(indicator, text) < _IN_PARAGRAPH:
        return _explain_missing_name(indicator)
    clause = _find_clause(line.printed, *place)
    if measure_similarity(indicator, clause) >= _IN_CLAUSE:
        return None
    other = _find_other_indicator(clause, indicator)
    return ("undecided", f"the clause names {other}") if other else None


def _explain_missing_name(indicator: str) -> Doubt:
    return "contradicted", f"no name of {indicator} stands in the paragraph"


def _find_clause(text: str, start: int, end: int) -> str:
    """Return the words between the figure before and this one, and those up to the next comma."""
    sentence = text[max(text.rfind(mark, 0, start) for mark in "。；;") + 1 : start]
    before = re.split("[0-9０-９]+", sentence)[-1]
    if len(re.findall("[一-龥]", _LINKS.sub("", before))) < _LEAST_PAIRS:
        before = sentence
    return _strip_punctuation(before + re.split("[，,。；;、0-9０-９]", text[end:])[0])


_LINKS: Final = re.compile("分别|增长|下降|同比|达到|和|及|亿元|万|家|个|以上|百分点|高于|全国")


def _find_other_indicator(clause: str, indicator: str) -> str:
    own = look_up_indicator(indicator)
    if own is None:
        return ""
    same_unit = (entry for entry in load_indicators().values() if entry.unit == own.unit)
    others = (entry.id for entry in same_unit if entry.concept != own.concept)
    return next((other for other in others if _is_named(other, clause)), "")


def _is_named(indicator: str, clause: str) -> bool:
    long = (pairs for pairs in _split_names_into_pairs(indicator) if len(pairs) >= _LEAST_PAIRS)
    return any(all(pair in clause for pair in pairs) for pairs in long)


def measure_similarity(indicator: str, text: str) -> float:
    """Return how much of the best fitting name stands in a plain text, from 0 to 1."""
    shares = [
        sum(pair in text for pair in pairs) / len(pairs)
        for pairs in _split_names_into_pairs(indicator)
    ]
    return max(shares, default=1.0)


@cache
def _split_names_into_pairs(indicator: str) -> list[frozenset[str]]:
    entry = look_up_indicator(indicator)
    concept = entry and look_up_indicator(entry.concept)
    names = {name for each in (entry, concept) if each for name in (each.name_zh, *each.aliases)}
    plain = [_strip_punctuation(name) for name in names if not name.isascii()]
    return [frozenset(n[i : i + 2] for i in range(len(n) - 1)) for n in plain if len(n) > 1]


@lru_cache(maxsize=1024)
def _strip_punctuation(text: str) -> str:
    return re.sub(r"[^\w&]", "", normalize("NFKC", text)).casefold()
