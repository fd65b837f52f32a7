"""Ranks: places that are claimed, of what was named or said before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from provstats.reports.ranks import find_rank_group, interpret_rank, read_rank
from provstats.reports.statement import Heard
from provstats.reports.times import Time
from provstats.reports.walk.lists import Listed, list_subject_items
from provstats.reports.walk.subjects import NEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.reading.figures import Figure
    from provstats.reports.statement import Item, Statement
    from provstats.reports.times import Clock
    from provstats.reports.words import Word

__all__ = ["Ranked"]


class Ranked(Listed):
    """The ranks of a sentence, one, several or one for each of a list."""

    def _read_ranks(self, word: Word) -> None:
        read = None if self._is_streak(word) else read_rank(word)
        if read and "分别" in word.text:
            self._assign_ranks(word)
        elif read and (again := list(self._repeat_last_rank(word, *read))):
            self.found += again
        elif read:
            self._extend_rank_to_all(word)
            ranks = [
                rank
                for item in self.items
                for rank in self._make_rank_statements(item, word, *read)
            ]
            if re.search("[从由]", word.text):
                ranks = [_set_start_time(rank, self.clock) for rank in ranks]
            self.found += ranks
            self.heard.chain += ranks
        self.heard.roles = self._keep_roles_after_rank(word)

    def _keep_roles_after_rank(self, word: Word) -> dict[str, Word]:
        """Return the words that hold after the first of two ranks: 增速由2023年的第8位升至第6位."""
        if not (self.heard.has("from") or re.search("[从由]", word.text)):
            return {}
        if self.heard.has("from"):
            self.clock.resume_held_year(0)
        return {kind: w for kind, w in self.heard.roles.items() if kind in ("growth", "mute")}

    def _repeat_last_rank(self, word: Word, figure: Figure, skipped: int) -> Iterable[Statement]:
        """Repeat the last rank for one right after it: 总量居全国第10位、中部第1位."""
        is_next = (
            self._find_word_kind(-1) in ("pause", "comma", "and")
            and self._find_word_kind(-2) == "rank"
        )
        if not is_next or re.search("增速|增幅|总量|[由从升到至]", word.text):
            return
        among = find_rank_group(word.text)
        for one in [said for said in self.found if said.end == self.words[self.at - 2].end]:
            doubts = one.doubts if among else [*one.doubts, "among whom the rank is"]
            yield replace(
                one, figure=figure, start=word.start + skipped, end=word.end,
                among=among or one.among, doubts=list(doubts),
            )  # fmt: skip

    def _assign_ranks(self, word: Word) -> None:
        """Give ranks to names by position, all or none: A、B增速分别居全国第3位、第5位."""
        names, places = self._find_items_before() or self.listed, [self.at]
        while self._find_word_kind(places[-1] - self.at + 2) == "rank":
            places.append(places[-1] + 2)
        spoken = "".join(each.text for each in self.words[max(0, self.at - 2) : self.at])
        led = find_rank_group(word.text)
        roles = {"growth": word} if re.search("增速|增幅", spoken) else {}
        if len(names) == len(places):
            for item, place in zip(names, places, strict=True):
                read = read_rank(self.words[place])
                self.heard = Heard(self.clock, dict(roles))
                if item and read:
                    self.found += self._make_rank_statements(
                        item, self.words[place], *read, led=led
                    )
        self._forget_subject()
        self.at = places[-1]

    def _is_streak(self, word: Word) -> bool:
        """Tell whether a rank is of each quarter in a row, or of each year beside an average."""
        streak = self.heard.find_text("streak") or word.text
        if not (self.clock.streak or "连续" in word.text):
            return False
        averaged = any(said.measure == "average_growth" for said in self.heard.chain)
        return averaged or self.heard.has("average") or bool(re.search("连续.{1,4}[季月]", streak))

    def _extend_rank_to_all(self, word: Word) -> None:
        """Let a rank hold for all that was named or stated before: 甲a家、乙b家，均居全国第一."""
        if "均" not in word.text:
            return
        named = [item for item in self._find_items_before() if item]
        if len(named) > len(self.items) and not self.heard.chain:
            self.items = named
        elif self.heard.chain and not self.heard.has("and"):
            near = self.words[max(0, self.at - NEAR) : self.at]
            begins = [word.end for word in near if word.kind in ("unknown", "stop")]
            said = [one for one in self._find_statements_since(max(begins, default=near[0].start))
                    if not one.among]  # fmt: skip
            self.items = list(list_subject_items(said))
            self.heard.chain = said
        for item in self.items if len(self.items) > 1 else []:
            item.doubts.append("one rank after several names")

    def _make_rank_statements(
        self, item: Item, word: Word, figure: Figure, skipped: int, led: str = ""
    ) -> Iterable[Statement]:
        """Yield a subject's statements of a rank; led is the group of the first rank of a list."""
        among = find_rank_group(word.text) or led
        said = [s for s in self.heard.chain if s.subject is item.subject and not s.among]
        for found in interpret_rank(said, self.heard, word):
            made = self._build_statement(item, figure, found, ((word.start + skipped, word.end),))
            made.among = among or "provinces"
            made.doubts += [] if among else ["among whom the rank is"]
            yield made


def _set_start_time(rank: Statement, clock: Clock) -> Statement:
    """Date a rank to the start, as the first of two: 由第8位升至第6位."""
    rank.time = Time(str(clock.find_start_year()), "outcome")
    rank.doubts.append("the year at which it starts is not named")
    return rank
