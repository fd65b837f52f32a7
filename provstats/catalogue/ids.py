"""Ids: the grammar by which growth, additions and claims of an indicator are named and linked.

``x`` is the level itself, ``x_growth`` its growth, ``x_growth_rank`` what a report claims of the
rank by growth, and so on. How ids are made, taken apart and linked is said here, nowhere else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

__all__ = [
    "CLAIMS", "GROWTHS", "NEVER_AFTER", "SUFFIXES", "TELLING", "Measure", "add_suffix",
    "find_concept", "find_stem", "is_average_by_name", "make_average_id", "make_linked_id",
    "make_ratio_id", "split_id", "split_rank_or_gap", "split_ratio",
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


def find_concept(id_: str) -> str:
    """Return what is measured: an id without the suffixes that say how.

    Examples
    --------
    >>> find_concept("industrial_value_added_growth_gap")
    'industrial_value_added'
    """
    stem, suffix = split_id(id_)
    return find_concept(stem) if suffix else id_


def split_rank_or_gap(id_: str) -> tuple[str, str] | None:
    """Return the indicator of a claimed rank or gap, and which it is; None for any other id.

    Examples
    --------
    >>> split_rank_or_gap("rd_intensity_gap"), split_rank_or_gap("rd_intensity")
    (('rd_intensity', 'gap'), None)
    """
    stem, suffix = split_id(id_)
    return (stem, suffix) if suffix in CLAIMS else None


def make_linked_id(id_: str, suffix: str) -> str:
    """Return the id of an indicator's growth, addition, claimed rank and so on.

    Examples
    --------
    >>> make_linked_id("little_giants", "new"), make_linked_id("exports_growth", "growth")
    ('little_giants_new', 'exports_growth')
    """
    return id_ if split_id(id_)[1] == suffix else add_suffix(id_, suffix)


def make_average_id(id_: str) -> str:
    """Return the id of the average over several years, of a level or of its growth.

    Examples
    --------
    >>> make_average_id("gdp"), make_average_id("gdp_growth")
    ('gdp_average_growth', 'gdp_average_growth')
    """
    stem, suffix = split_id(id_)
    return make_linked_id(stem if suffix == "growth" else id_, "average_growth")


def add_suffix(id_: str, suffix: str) -> str:
    """Return an id with one more suffix.

    Examples
    --------
    >>> add_suffix("rd_intensity_change", "change")
    'rd_intensity_change_change'
    """
    return f"{id_}_{suffix}"


def find_stem(id_: str, suffix: str) -> str:
    """Return what an id of a suffix is about, an empty text for any other id.

    Examples
    --------
    >>> find_stem("rd_intensity_gap", "gap"), find_stem("rd_intensity", "gap")
    ('rd_intensity', '')
    """
    stem, last = split_id(id_)
    return stem if last == suffix else ""


def make_ratio_id(id_: str, denominator: str) -> str:
    """Return the id of an indicator divided by another one.

    Examples
    --------
    >>> make_ratio_id("exports", "population"), make_ratio_id("exports", "gdp")
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


def is_average_by_name(id_: str) -> bool:
    """Tell whether an id or a name says that its values are per something, or an average.

    Examples
    --------
    >>> (
    ...     is_average_by_name("gdp_per_capita"),
    ...     is_average_by_name("exports_average_growth"),
    ...     is_average_by_name("gdp"),
    ... )
    (True, True, False)
    >>> (
    ...     is_average_by_name("人均GDP"),
    ...     is_average_by_name("GRP per capita"),
    ...     is_average_by_name("财政收入"),
    ... )
    (True, True, False)
    """
    return _AVERAGES.search(id_) is not None
