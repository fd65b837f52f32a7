"""State: what one walk over the words of a sentence knows on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provstats.reports.statement import Heard

if TYPE_CHECKING:
    from provstats.reports.statement import Item, Statement, Told
    from provstats.reports.times import Clock
    from provstats.reports.words import Word

__all__ = ["State"]


class State:
    """The words, where the walk stands among them, and what it has found and heard."""

    def __init__(self, words: list[Word], text: str, clock: Clock, before: Told) -> None:
        self.words, self.text, self.clock, self.before = words, text, clock, before
        self.found: list[Statement] = []
        self.items: list[Item] = []
        self.heard = Heard(clock)
        self.left: list[Statement] = []
        self.listed: list[Item | None] = []
        self.area = self.part = before.part
        self.expected = ""
        self.verb_before = ""
        self.unknown_name = False
        self.at = 0
        # Whether nothing but links stands before in the sentence.
        self.opens = True

    def _find_word_kind(self, step: int) -> str:
        at = self.at + step
        return self.words[at].kind if 0 <= at < len(self.words) else ""

    def _forget_subject(self) -> None:
        self.items, self.heard = [], Heard(self.clock, verb=self.heard.verb)
