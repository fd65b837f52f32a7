"""A statement: one figure of one subject; and what a sentence has said when the figure comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from provstats.reading.figures import Figure, Nature
    from provstats.reports.lexicon import Subject
    from provstats.reports.times import Clock, Time
    from provstats.reports.words import Word

__all__ = ["Heard", "Item", "Statement", "Told"]


@dataclass(slots=True, eq=False)
class Statement:
    """A figure of a subject: what is measured of it, when, how sure, and where it is printed.

    ``pieces`` are the places of a print with a word or unit that it shares with others.
    """

    subject: Subject
    measure: str
    figure: Figure
    time: Time
    nature: Nature
    start: int
    end: int
    doubts: list[str] = field(default_factory=list)
    among: str = ""
    pieces: tuple[tuple[int, int], ...] = ()

    @property
    def indicator(self) -> str:
        """The id of the indicator that the figure is of."""
        return f"{self.subject.concept}_{self.measure}" if self.measure else self.subject.concept


@dataclass(slots=True)
class Item:
    """A subject that waits for its figures, with the doubts of the words before it."""

    subject: Subject
    doubts: list[str]


@dataclass(slots=True)
class Heard:
    """What the sentence has said before a figure.

    ``roles`` has the linking words since the subject or the last figure, by kind; ``chain`` the
    statements made of the same subject so far; ``verb`` the verb that rules a list.
    """

    clock: Clock
    roles: dict[str, Word] = field(default_factory=dict)
    chain: list[Statement] = field(default_factory=list)
    verb: str = ""

    def has(self, *kinds: str) -> bool:
        """Whether a linking word of one of these kinds was heard."""
        return not self.roles.keys().isdisjoint(kinds)

    def find_text(self, kind: str) -> str:
        """Return the linking word of a kind, or an empty text."""
        word = self.roles.get(kind)
        return word.text if word else ""


class Told(NamedTuple):
    """What the sentences before left open: the chain at the end of the last, and the first subject.

    ``document`` is the city or district that the whole document is of, ``part`` the one that the
    paragraph speaks of, or an empty text.
    """

    chain: tuple[Statement, ...] = ()
    first: Subject | None = None
    document: str = ""
    part: str = ""
