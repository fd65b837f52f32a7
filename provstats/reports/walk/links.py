"""Links: the words between a subject and its figures, and what they say of time and nature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provstats.reports.walk.state import State

if TYPE_CHECKING:
    from provstats.reports.words import Word

__all__ = ["Links"]

# Of firms and factories these are no counts.
_AMOUNTS: Final = ("产值", "产量", "总产", "金额", "总额", "总值")
# A growth as a thing that may rise or fall itself.
_SPEED: Final = re.compile("增速|增幅|增长速度|增长率|涨幅|降幅")
# A base that is not the year before.
_FAR_BACK: Final = re.compile("(?:19|20)[0-9]{2}|五末")


class Links(State):
    """The words that link a subject and its figures."""

    def _note_link(self, word: Word) -> None:
        is_time = word.kind in ("month", "year", "years", "plan")
        if word.kind == "month" and self._is_aside():
            self.clock.note_months(word.text, aside=True)
        elif not is_time or self._find_word_kind(-1) not in ("unknown", "base"):
            self.clock.note_word(word)
        self._note_speed_change(word)
        self.heard.roles[word.kind] = word
        if self._is_amount_of_stock(word):
            self._forget_subject()
        elif word.kind in ("new", "act", "foster", "award"):
            self.heard.verb = self._choose_verb(word.kind)
        elif word.kind == "forecast":
            self.expected = "here"
        else:
            self._note_doubts(word)

    def _note_speed_change(self, word: Word) -> None:
        """Note that a growth itself has changed: 增速提高; 增速加快、增长7% repeats the growth."""
        said = self.heard.find_text("growth") or self.heard.find_text("fall")
        if word.kind == "growth" and word.text.startswith("增长"):
            self.heard.roles.pop("speed", None)
        elif word.kind in ("growth", "fall", "change") and _SPEED.match(said):
            self.heard.roles["speed"] = word

    def _note_doubts(self, word: Word) -> None:
        """Note what a word makes doubtful: a base far back, 的目标, 目前."""
        if word.kind == "base" and not self.items and _FAR_BACK.search(word.text):
            self.clock.unsaid = "since when it is counted"
        elif word.text == "的目标":
            for statement in self.heard.chain:
                statement.doubts.append("a promise among what is reviewed")
        elif word.text.endswith("目前"):
            self.clock.unsaid = "to date, which may be in the next year"

    def _choose_verb(self, kind: str) -> str:
        """Return what counts are after a verb; 累计 makes totals of them, or sums of new ones."""
        if self.heard.has("sum"):
            return "summed" if kind == "new" else "sum"
        return kind

    def _is_amount_of_stock(self, word: Word) -> bool:
        """Tell whether a word turns a count into something else: 高新技术企业产值."""
        is_amount = word.kind == "mute" and word.text in _AMOUNTS
        waiting = self.items if is_amount and not self.heard.chain else []
        return bool(waiting) and all(item.subject.kind == "stock" for item in waiting)

    def _is_aside(self) -> bool:
        """Tell whether months are said in passing: 其中，9月份; 9月当月."""
        before = [word.text for word in self.words[max(0, self.at - 2) : self.at]]
        return "其中" in before or self.text.startswith(("当月", "单月"), self.words[self.at].end)
