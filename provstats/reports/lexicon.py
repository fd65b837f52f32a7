"""The lexicon: which words of a report name which indicator, from ``data/lexicon.tsv``.

A row has the concept, its kind (what a percentage of it means), the units that its level may have,
the names that are sure, those that need a look, and words that make it something else when they
stand right before it. An ``elided`` name is a short one: it stands for the concept after a figure
of one of the concepts or words of ``after``, as in 一般公共预算收入增长2%、支出增长3%. Names are
regular expressions over normalized text, separated by blanks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from provstats.errors import SchemaError
from provstats.store.files import find_data_folder, read_table

__all__ = [
    "Subject",
    "build_short_name_pattern",
    "build_subject_pattern",
    "find_subject_by_group",
    "load_subjects",
    "resolve_short_name",
]

#: A flow has a level over the period, a stock one at its end; of a rate, percent is the level; the
#: change of a price index is what is meant by it.
Kind = Literal["flow", "stock", "rate", "index"]

_COLUMNS: Final = ("concept", "kind", "units", "names", "doubtful", "before", "elided", "after")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report may speak of: a concept, and how its figures are to be taken."""

    concept: str
    kind: Kind
    units: frozenset[str]
    names: tuple[str, ...]
    doubtful: tuple[str, ...]
    before: tuple[str, ...]
    elided: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            msg = f"lexicon.tsv: {self.concept!r} has the kind {self.kind!r}, not {get_args(Kind)}"
            raise SchemaError(msg)


def _build_subject(row: dict[str, str]) -> Subject:
    words = (tuple(row[column].split()) for column in _COLUMNS[3:])
    units = frozenset(row["units"].split())
    return Subject(row["concept"], row["kind"], units, *words)  # type: ignore[arg-type]


@cache
def load_subjects() -> tuple[Subject, ...]:
    """Return the rows of the lexicon, in its order."""
    return tuple(map(_build_subject, read_table(find_data_folder() / "lexicon.tsv", _COLUMNS)))


@cache
def _index_subjects_by_group() -> dict[str, tuple[Subject, bool]]:
    """Return what each group of the pattern stands for, and whether its names are sure."""
    return {
        f"s{number}{'d' if doubtful else ''}": (subject, not doubtful)
        for number, subject in enumerate(load_subjects())
        for doubtful in (False, True)
    }


def _join_patterns(names: tuple[str, ...]) -> str:
    return "|".join(names) or "(?!)"


@cache
def build_subject_pattern() -> str:
    """Return the alternatives of all names, each row's in groups of its own."""
    return "|".join(
        f"(?P<{group}>{_join_patterns(subject.names if sure else subject.doubtful)})"
        for group, (subject, sure) in _index_subjects_by_group().items()
    )


def find_subject_by_group(group: str) -> tuple[Subject, bool] | None:
    """Return the subject of a group of the pattern, and whether its name is sure."""
    return _index_subjects_by_group().get(group)


@cache
def build_short_name_pattern() -> str:
    """Return the alternatives of the short names, which stand first in their part of a clause."""
    names = "|".join(name for subject in load_subjects() for name in subject.elided)
    return f"(?<=[，、；])(?:{names or '(?!)'})"


# What may stand between a name and the short one behind it, beside figures.
_BETWEEN: Final = "[0-9.万亿元%，、；比上去年同期增长下降]*$"


def resolve_short_name(name: str, after: str, near: str = "") -> Subject | None:
    """Return the subject of a short name after a figure of a concept, or near fitting words."""
    named_so = (subject for subject in load_subjects() if _has_short_name(subject, name))
    return next((subject for subject in named_so if _may_follow(subject, after, near)), None)


def _has_short_name(subject: Subject, name: str) -> bool:
    return any(re.fullmatch(short, name) for short in subject.elided)


def _may_follow(subject: Subject, after: str, near: str) -> bool:
    return after in subject.after or any(
        re.search(f"{words}{_BETWEEN}", near) for words in subject.after
    )
