"""A sentence: the walk from word to word, and the words that divide it.

A subject holds until an unknown word breaks the link or another subject comes; a chain of commas
goes on with the same one while its words are known. Doubts are gathered on the way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from provstats.reports.lexicon import resolve_short_name
from provstats.reports.walk.ranks import Ranked

if TYPE_CHECKING:
    from provstats.reports.statement import Statement, Told
    from provstats.reports.times import Clock
    from provstats.reports.words import Word

__all__ = ["read_sentence"]

# What may open a sentence that goes on with the subject of the one before.
_OPENING: Final = ("comma", "mute", "own", "month", "growth", "fall", "base")


def read_sentence(
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
            "subject": self._note_subject,
            "elided": self._note_short_name,
            "figure": self._read_figure,
            "range": self._read_figure,
            "gap": self._note_gap,
            "rank": self._read_ranks,
            "each": self._pair_names_and_figures,
            "both": self._share_next_figure,
            "own": self._note_own_region,
            "others": self._note_other_region,
            "share": self._note_share,
            "unknown": self._note_unknown_word,
            "comma": self._note_comma,
            "pause": self._note_pause,
            "stop": self._note_stop,
        }
        while self.at < len(self.words):
            word = self.words[self.at]
            steps.get(word.kind, self._note_link)(word)
            self.opens = self.opens and word.kind in _OPENING
            self.at += 1

    def _note_gap(self, word: Word) -> None:
        if "分别" in word.text:
            self._pair_names_and_figures(word)
        else:
            self._note_link(word)

    def _note_own_region(self, word: Word) -> None:
        self.heard.roles["own"] = word
        if word.text == "全年":
            self.clock.clear_months()
        elif not self.text.endswith("占", 0, word.start):
            # 占全省2%的土地 is said of a part.
            self.area, self.part = self.before.document, ""

    def _note_share(self, word: Word) -> None:
        """Take a share that has a name of its own as a subject: R&D as a share of the product."""
        before = self.heard.chain[-1].subject.concept if self.heard.chain else ""
        if subject := resolve_short_name(re.sub("[为达到]+$", "", word.text), before):
            self._note_subject(replace(word, kind="subject", subject=subject))
        elif not self._assign_shares(word):
            self._note_link(word)

    def _note_comma(self, word: Word) -> None:
        del word
        self.verb_before = self.heard.verb
        self.heard.verb, self.unknown_name = "", False
        self.clock.close_span({said.time.label for said in self.heard.chain})
        if self.expected and self._find_word_kind(-1) != "forecast":
            self.expected = "before"
        self._close_clause()

    def _note_pause(self, word: Word) -> None:
        del word
        if self.heard.chain or not self.items:
            self.unknown_name = self.unknown_name and not self.heard.chain
            self._close_clause()

    def _close_clause(self) -> None:
        # Steps are passed over: 连跨4个千亿台阶，2024年达到1.3万亿元.
        if not self.heard.chain and not self.heard.has("steps", "praise", "moved"):
            self._forget_subject()
        self.heard.roles = {}

    def _note_stop(self, word: Word) -> None:
        del word
        self.left = self.heard.chain
        self._forget_subject()
