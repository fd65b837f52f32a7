"""Index numbers: which base an index has, as its unit tells."""

from __future__ import annotations

import re
from typing import Final, Literal
from unicodedata import normalize

__all__ = ["classify_index_base"]

# What an index of the year before is called, and one whose base stays.
_YEAR_BEFORE: Final = re.compile(
    "(?:上年|去年)(?:同月|同期|同季)?"
    "|(?:same (?:month|period|quarter) (?:of |in )?)?"
    "(?:the )?(?:previous|preceding|last|prior) year"
)
_FIXED_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")


def classify_index_base(unit: str) -> Literal["year_before", "fixed", "unknown", ""]:
    """Return which kind of base an index has by its unit; an empty text where it is no index.

    Examples
    --------
    >>> [
    ...     classify_index_base(unit)
    ...     for unit in ("上年同月=100", "2020=100", "上月=100", "index", "CNY")
    ... ]
    ['year_before', 'fixed', 'unknown', 'unknown', '']
    """
    text = normalize("NFKC", unit).strip("() ").lower()
    base, is_index, rest = (part.strip() for part in text.partition("="))
    if not is_index or rest != "100":
        return "unknown" if text in {"index", "指数"} else ""
    if _YEAR_BEFORE.fullmatch(base):
        return "year_before"
    return "fixed" if _FIXED_YEAR.match(base) else "unknown"
