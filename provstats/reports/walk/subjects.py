"""Subjects: what a word names, whose it is, and what breaks its link to a figure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from provstats.reports.lexicon import resolve_short_name
from provstats.reports.owners import find_owner
from provstats.reports.statement import Heard, Item
from provstats.reports.walk.links import Links

if TYPE_CHECKING:
    from provstats.reports.words import Word

__all__ = ["NEAR", "Subjects"]

_TIMES: Final = ("plan", "years", "base", "month", "year", "streak", "span")
_FIGURES: Final = ("figure", "range", "rank")
_PARTS: Final = ("comma", "pause", "stop")
# What may touch a subject from the left without changing what it is.
_BEFORE: Final = (
    "own", *_TIMES, *_FIGURES, *_PARTS, "act", "foster", "award", "new", "forecast", "target",
    "mute", "moved", "and", "both",
    "growth", "change", "level", "sum",
)  # fmt: skip
_NOUN_AFTER: Final = re.compile("的|[县市区园州]|企业|产业|集群|级")
_SHOWN: Final = 8
# So many words lead back at most from a list to what was said before it.
NEAR: Final = 60


class Subjects(Links):
    """The words that name something, known or unknown."""

    def _note_unknown_word(self, word: Word) -> None:
        self.listed = []
        self.area = find_owner(self.words, self.at) or self.area
        if self._is_of_firms():
            self.area = self.words[self.at - 1].text
        if self._find_word_kind(-1) in _FIGURES and self.heard.chain:
            self._drop_or_doubt_figures(word)
        self.unknown_name = True
        self.clock.span = 0
        self._forget_subject()

    def _is_of_firms(self) -> bool:
        """Tell whether firms are the owners: 小巨人企业营业收入增长12%，研发强度7%."""
        before = self.words[self.at - 1] if self.at else None
        if before is None or before.subject is None or not before.text.endswith("企业"):
            return False
        is_said = self._find_word_kind(1) in ("growth", "fall", "figure", "level", "gap")
        return before.subject.kind == "stock" and is_said

    def _drop_or_doubt_figures(self, word: Word) -> None:
        """Take back a figure that is part of the noun after it: 超千亿元的县域."""
        end = max(statement.end for statement in self.heard.chain)
        latest = [statement for statement in self.heard.chain if statement.end == end]
        if _NOUN_AFTER.match(word.text):
            self.found = [statement for statement in self.found if statement not in latest]
        for statement in latest:
            statement.doubts.append(f"unknown words follow the figure: {word.text[:_SHOWN]}")

    def _note_other_region(self, word: Word) -> None:
        """Take a whole that is not the report's own, 全市 in a province's report, as an area."""
        self._note_unknown_word(word)
        self.area = word.text

    def _note_subject(self, word: Word) -> None:
        self.listed = []
        if self._is_foreign(word):
            self.unknown_name = True
            self._forget_subject()
            return
        item = self._build_item(word)
        if self.heard.chain or self._find_word_kind(-1) not in ("pause", "and"):
            self.items = []
        self.items.append(item)
        expected = {k: w for k, w in self.heard.roles.items() if k in ("forecast", "target")}
        self.heard = Heard(self.clock, expected, verb=self.heard.verb)

    def _note_short_name(self, word: Word) -> None:
        """Take a short name for the subject that the one before implies; else it is unknown."""
        chain = self.heard.chain or (self.before.chain if self.opens else ())
        near = self.text[max(0, word.start - NEAR) : word.start]
        subject = resolve_short_name(word.text, chain[-1].subject.concept if chain else "", near)
        if subject:
            self._note_subject(replace(word, kind="subject", subject=subject))
        else:
            self._note_unknown_word(word)

    def _is_foreign(self, word: Word) -> bool:
        """Tell whether the word before is a modifier: then something else is spoken of."""
        if word.subject is None:
            return True
        if self._is_part_of_other(word):
            return True
        before = word.subject.before
        if before and self.text.endswith(before, 0, word.start):
            return True
        return self._find_word_kind(-1) not in ("", *_BEFORE) and not self._is_noun_of_list(word)

    def _is_part_of_other(self, word: Word) -> bool:
        """Tell whether bare exports are a part of another subject: 软件业务收入a，其中出口b."""
        chain = self.heard.chain or (self.before.chain if self.opens else ())
        before = "".join(each.text for each in self.words[max(0, self.at - 2) : self.at])
        is_part = word.text == "出口" and before.endswith(("其中", "其中，")) and bool(chain)
        return is_part and chain[-1].subject.concept != "trade"

    def _is_noun_of_list(self, word: Word) -> bool:
        """Tell whether examples stand before the noun of all: 甲、乙等国家先进制造业集群."""
        is_stock = word.subject is not None and word.subject.kind == "stock"
        return is_stock and self.words[self.at - 1].text.endswith("等")

    def _build_item(self, word: Word) -> Item:
        assert word.subject is not None  # noqa: S101  (narrows the type)
        doubts = self._list_doubts(word.text, sure=word.sure or self._is_part_of_trade(word))
        before = self.words[self.at - 1].text if self.at else ""
        if before == "其中" and self.verb_before and word.subject.kind == "stock":
            doubts.append("of what was said before, which may be an addition")
        if self.unknown_name:
            doubts.append("unknown words stand before the name in its clause")
        return Item(word.subject, doubts)

    def _is_part_of_trade(self, word: Word) -> bool:
        """Tell whether bare exports follow imports and exports: 其中出口增长."""
        if not word.text.startswith("出口"):
            return False
        chain = self.heard.chain or (self.before.chain if self.opens else ())
        if chain and chain[-1].subject.concept == "trade":
            return True
        trade = any(said.subject.concept == "trade" for said in self.found)
        leads = self.words[max(0, self.at - 2) : self.at]
        return trade and any(w.text == "其中" for w in leads)

    def _list_doubts(self, name: str, *, sure: bool) -> list[str]:
        alone = [] if sure else [f"{name} alone may be something else"]
        return [*alone, *([f"an owner or area is named before: {self.area}"] if self.area else [])]
