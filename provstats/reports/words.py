"""Words: a sentence as a chain of subjects, figures, periods and the words that link them.

Whatever is not of the vocabulary is a word of its own kind, ``unknown``, and an unknown word breaks
the link between a subject and a figure: that one rule is most of the precision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from provstats.reports.lexicon import (
    build_short_name_pattern,
    build_subject_pattern,
    find_subject_by_group,
)
from provstats.reports.vocabulary import KINDS, OWN, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provstats.reports.lexicon import Subject

__all__ = ["Word", "find_subject", "split_into_words"]


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a sentence: its kind, where it stands in the normalized paragraph, its text.

    Of a subject, ``sure`` tells whether its name alone says which one it is.
    """

    kind: str
    start: int
    end: int
    text: str
    subject: Subject | None = None
    sure: bool = True


@cache
def _build_word_pattern(own: tuple[str, ...]) -> re.Pattern[str]:
    others = [whole for whole in OWN if whole not in own] if own else []
    kinds = {
        **KINDS,
        "subject": build_subject_pattern(),
        "elided": build_short_name_pattern(),
        "own": f"{_join_escaped_names([*OWN, *own])}|{YEAR}",
        "others": f"(?:{_join_escaped_names(others)})(?![场域])",
    }
    return re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in kinds.items()))


def _join_escaped_names(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, names)) or "(?!)"


@cache
def _compile_subject_pattern() -> re.Pattern[str]:
    return re.compile(build_subject_pattern())


def split_into_words(text: str, start: int, end: int, own: tuple[str, ...] = ()) -> list[Word]:
    """Return the words of one sentence of a normalized paragraph, unknown ones in one piece.

    ``own`` are the names of the report's region; if given, other words for a whole are others'.
    """
    return list(_split_by_pattern(text, start, end, _build_word_pattern(own)))


def find_subject(text: str) -> tuple[Subject, bool] | None:
    """Return the subject that a whole text names, and whether the name is a sure one."""
    found = _compile_subject_pattern().fullmatch(text)
    return find_subject_by_group(str(found.lastgroup)) if found else None


def _split_by_pattern(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Word]:
    at = start
    for found in pattern.finditer(text, start, end):
        if found.end() == found.start():
            continue
        if found.start() > at:
            yield Word("unknown", at, found.start(), text[at : found.start()])
        yield _build_word(text, found)
        at = found.end()
    if at < end:
        yield Word("unknown", at, end, text[at:end])


def _build_word(text: str, found: re.Match[str]) -> Word:
    kind = str(found.lastgroup)
    if kind != "subject":
        return Word(kind, *found.span(), found[0])
    name = _compile_subject_pattern().match(text, found.start())
    subject, sure = (name and find_subject_by_group(str(name.lastgroup))) or (None, False)
    return Word(kind, *found.span(), found[0], subject, sure)
