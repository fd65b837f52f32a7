"""The lexicon: which words of a report name which indicator, from ``data/lexicon.tsv``.

A row has the concept, its kind (what a percentage of it means), the units that its level may have,
the names that are sure, those that need a look, and words that make it something else when they
stand right before it. Names are regular expressions over dressed text, parted by blanks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from provstats.errors import SchemaError
from provstats.store.files import data_folder, read_table

__all__ = ["Subject", "named", "subject_pattern", "subjects"]

#: A flow has a level over the period, a stock one at its end; of a rate, percent is the level; the
#: change of a price index is what is meant by it.
Kind = Literal["flow", "stock", "rate", "index"]

_COLUMNS: Final = ("concept", "kind", "units", "names", "doubtful", "before")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report may speak of: a concept, and how its figures are to be taken."""

    concept: str
    kind: Kind
    units: frozenset[str]
    names: tuple[str, ...]
    doubtful: tuple[str, ...]
    before: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            msg = f"lexicon.tsv: {self.concept!r} has the kind {self.kind!r}, not {get_args(Kind)}"
            raise SchemaError(msg)


def _of_row(row: dict[str, str]) -> Subject:
    names, doubtful, before = (
        tuple(row[column].split()) for column in ("names", "doubtful", "before")
    )
    units = frozenset(row["units"].split())
    return Subject(row["concept"], row["kind"], units, names, doubtful, before)  # type: ignore[arg-type]


@cache
def subjects() -> tuple[Subject, ...]:
    """Return the rows of the lexicon, in its order."""
    return tuple(map(_of_row, read_table(data_folder() / "lexicon.tsv", _COLUMNS)))


@cache
def _by_group() -> dict[str, tuple[Subject, bool]]:
    """Name the alternatives of the pattern: what each stands for, and whether it is sure."""
    return {
        f"s{number}{'d' if doubtful else ''}": (subject, not doubtful)
        for number, subject in enumerate(subjects())
        for doubtful in (False, True)
    }


def _longest_first(names: tuple[str, ...]) -> str:
    return "|".join(names) or "(?!)"


@cache
def subject_pattern() -> str:
    """Return the alternatives of all names, each row's in groups of its own."""
    return "|".join(
        f"(?P<{group}>{_longest_first(subject.names if sure else subject.doubtful)})"
        for group, (subject, sure) in _by_group().items()
    )


def named(group: str) -> tuple[Subject, bool] | None:
    """Return the subject of a group of the pattern, and whether its name is sure."""
    return _by_group().get(group)
