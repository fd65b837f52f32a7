"""Ids: the grammar by which growth, additions and claims of an indicator are named and linked.

``x`` is the level itself, ``x_growth`` its growth, ``x_growth_rank`` what a report claims of the
rank by growth, and so on. How ids are made, taken apart and linked is said here, nowhere else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

__all__ = [
    "CLAIMS", "GROWTHS", "NEVER_AFTER", "SUFFIXES", "TELLING", "Measure", "average_id", "claim_of",
    "concept_of", "linked_id", "ratio_id", "says_average", "split_id", "split_ratio", "stem_of",
    "with_suffix",
]  # fmt: skip

Measure = Literal[
    "level", "flow", "growth", "new", "share", "rank", "gap", "contribution", "change",
    "average_growth", "total_growth", "index", "other",
]  # fmt: skip

#: What the last words of an id say of it; a longer suffix stands before one that it ends in.
SUFFIXES: Final[dict[str, Measure]] = {
    "average_growth": "average_growth", "total_growth": "total_growth", "growth": "growth",
    "change": "change", "new": "new", "share": "share", "rank": "rank", "gap": "gap",
    "contribution": "contribution", "streak": "other", "record": "other", "wins": "other",
}  # fmt: skip

#: What a report claims of an indicator.
CLAIMS: Final = ("rank", "gap")

#: All that is growth, of whatever span.
GROWTHS: Final = ("growth", "average_growth", "total_growth")

#: What tells of a level: its change, its parts, its distance from the nation and its share of it.
TELLING: Final = ("growth", "change", "new", "gap", "average_growth", "share")

#: What a suffix cannot follow: there is no growth of a growth.
NEVER_AFTER: Final = {
    **dict.fromkeys(GROWTHS, (*GROWTHS, "change", *CLAIMS)),
    "change": ("change", "gap"), "new": (*GROWTHS, "change", "new", *CLAIMS),
    **dict.fromkeys(CLAIMS, CLAIMS),
}  # fmt: skip

_HEADS: Final = {"population": "capita"}
# In ids, and in the names that tables have for them.
_AVERAGES: Final = re.compile(
    r"(?:^|[_\W])(?:per|average|mean|median|price)(?:[_\W]|$)"
    "|人均|户均|地均|亩均|平均|均价|单价|价格|密度|每[百千万亿]?(?:人|户|平方|亩|公顷|元|台|辆|家|个)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # ids of callers' frames come and go
def split_id(id_: str) -> tuple[str, str]:
    """Return what an id is about and its suffix, empty where it has none.

    Examples
    --------
    >>> split_id("little_giants_new"), split_id("exports_average_growth"), split_id("growth")
    (('little_giants', 'new'), ('exports', 'average_growth'), ('growth', ''))
    """
    suffix = next((word for word in SUFFIXES if id_.endswith(f"_{word}")), "")
    return (id_.removesuffix(f"_{suffix}"), suffix) if suffix else (id_, "")


def concept_of(id_: str) -> str:
    """Return what is measured: an id without the suffixes that say how.

    Examples
    --------
    >>> concept_of("industrial_value_added_growth_gap")
    'industrial_value_added'
    """
    stem, suffix = split_id(id_)
    return concept_of(stem) if suffix else id_


def claim_of(id_: str) -> tuple[str, str] | None:
    """Return the indicator of a claimed rank or gap, and which it is; None for any other id.

    Examples
    --------
    >>> claim_of("rd_intensity_gap"), claim_of("rd_intensity")
    (('rd_intensity', 'gap'), None)
    """
    stem, suffix = split_id(id_)
    return (stem, suffix) if suffix in CLAIMS else None


def linked_id(id_: str, suffix: str) -> str:
    """Return the id of an indicator's growth, addition, claimed rank and so on.

    Examples
    --------
    >>> linked_id("little_giants", "new"), linked_id("exports_growth", "growth")
    ('little_giants_new', 'exports_growth')
    """
    return id_ if split_id(id_)[1] == suffix else with_suffix(id_, suffix)


def average_id(id_: str) -> str:
    """Return the id of the average over several years, of a level or of its growth.

    Examples
    --------
    >>> average_id("gdp"), average_id("gdp_growth")
    ('gdp_average_growth', 'gdp_average_growth')
    """
    stem, suffix = split_id(id_)
    return linked_id(stem if suffix == "growth" else id_, "average_growth")


def with_suffix(id_: str, suffix: str) -> str:
    """Return an id with one more suffix.

    Examples
    --------
    >>> with_suffix("rd_intensity_change", "change")
    'rd_intensity_change_change'
    """
    return f"{id_}_{suffix}"


def stem_of(id_: str, suffix: str) -> str:
    """Return what an id of a suffix is about, an empty text for any other id.

    Examples
    --------
    >>> stem_of("rd_intensity_gap", "gap"), stem_of("rd_intensity", "gap")
    ('rd_intensity', '')
    """
    stem, last = split_id(id_)
    return stem if last == suffix else ""


def ratio_id(id_: str, denominator: str) -> str:
    """Return the id of an indicator divided by another one.

    Examples
    --------
    >>> ratio_id("exports", "population"), ratio_id("exports", "gdp")
    ('exports_per_capita', 'exports_per_gdp')
    """
    return f"{id_}_per_{_HEADS.get(denominator, denominator)}"


def split_ratio(id_: str) -> tuple[str, str] | None:
    """Return what is divided by what, None for an id that is no ratio.

    Examples
    --------
    >>> split_ratio("exports_per_capita"), split_ratio("exports_per_gdp"), split_ratio("exports")
    (('exports', 'population'), ('exports', 'gdp'), None)
    """
    numerator, per, denominator = id_.rpartition("_per_")
    words = {word: id_ for id_, word in _HEADS.items()}
    return (numerator, words.get(denominator, denominator)) if per else None


def says_average(id_: str) -> bool:
    """Tell whether an id or a name says that its values are per something, or an average.

    Examples
    --------
    >>> says_average("gdp_per_capita"), says_average("exports_average_growth"), says_average("gdp")
    (True, True, False)
    >>> says_average("人均GDP"), says_average("GRP per capita"), says_average("财政收入")
    (True, True, False)
    """
    return _AVERAGES.search(id_) is not None
