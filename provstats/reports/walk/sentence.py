"""A sentence: the walk from word to word, and the words that divide it.

A subject holds until an unknown word breaks the link or another subject comes; a chain of commas
goes on with the same one while its words are known. Doubts are gathered on the way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from provstats.reports.lexicon import elided
from provstats.reports.walk.ranks import Ranked

if TYPE_CHECKING:
    from provstats.reports.statement import Statement, Told
    from provstats.reports.times import Clock
    from provstats.reports.words import Word

__all__ = ["statements_of"]

# What may open a sentence that goes on with the subject of the one before.
_OPENING: Final = ("comma", "mute", "own", "month", "growth", "fall", "base")


def statements_of(
    words: list[Word], text: str, clock: Clock, before: Told
) -> tuple[list[Statement], Told]:
    """Return the statements of one sentence of a normalized paragraph, and what it leaves open."""
    walk = Walk(words, text, clock, before)
    walk.run()
    first = before.first or next((said.subject for said in walk.found), None)
    chain = tuple(walk.heard.chain or walk.left)
    return walk.found, before._replace(chain=chain, first=first, part=walk.part)


class Walk(Ranked):
    """One walk over the words of a sentence: one method for each kind of word that matters."""

    def run(self) -> None:
        steps = {
            "subject": self._subject, "elided": self._elided, "figure": self._figure,
            "range": self._figure, "gap": self._gap, "rank": self._rank, "each": self._each,
            "both": self._both, "own": self._own, "others": self._others, "share": self._share,
            "unknown": self._unknown,
            "comma": self._comma, "pause": self._pause, "stop": self._stop,
        }  # fmt: skip
        while self.at < len(self.words):
            word = self.words[self.at]
            steps.get(word.kind, self._link)(word)
            self.opens = self.opens and word.kind in _OPENING
            self.at += 1

    def _gap(self, word: Word) -> None:
        if "分别" in word.text:
            self._each(word)
        else:
            self._link(word)

    def _own(self, word: Word) -> None:
        self.heard.roles["own"] = word
        if word.text == "全年":
            self.clock.hear_whole_year()
        elif not self.text.endswith("占", 0, word.start):
            # 占全省2%的土地 is said of a part.
            self.area, self.part = self.before.document, ""

    def _share(self, word: Word) -> None:
        """Take a share that has a name of its own as a subject: R&D as a share of the product."""
        before = self.heard.chain[-1].subject.concept if self.heard.chain else ""
        if subject := elided(re.sub("[为达到]+$", "", word.text), before):
            self._subject(replace(word, kind="subject", subject=subject))
        elif not self._share_each(word):
            self._link(word)

    def _comma(self, word: Word) -> None:
        del word
        self.verb_before = self.heard.verb
        self.heard.verb, self.unknown_name = "", False
        self.clock.end_span({said.time.label for said in self.heard.chain})
        if self.expected and self._kind(-1) != "forecast":
            self.expected = "before"
        self._part()

    def _pause(self, word: Word) -> None:
        del word
        if self.heard.chain or not self.items:
            self.unknown_name = self.unknown_name and not self.heard.chain
            self._part()

    def _part(self) -> None:
        # Steps are passed over: 连跨4个千亿台阶，2024年达到1.3万亿元.
        if not self.heard.chain and not self.heard.has("steps", "praise", "moved"):
            self._drop()
        self.heard.roles = {}

    def _stop(self, word: Word) -> None:
        del word
        self.left = self.heard.chain
        self._drop()
