"""Figures: each is read, and goes to the subjects that wait for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provstats.errors import FigureError
from provstats.reading.figures import parse_figure
from provstats.reports.measures import interpret_figure
from provstats.reports.prints import find_figure_pieces
from provstats.reports.statement import Heard, Item, Statement
from provstats.reports.walk.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.reading.figures import Figure, Nature
    from provstats.reports.measures import Meaning
    from provstats.reports.prints import Places
    from provstats.reports.times import Time
    from provstats.reports.words import Word

__all__ = ["Figured"]


class Figured(Subjects):
    """The figures of a sentence, and the counts that stand before their nouns."""

    def _read_figure(self, word: Word) -> None:
        if self._read_count_before_noun(word) or self._is_of_base(word):
            return
        self._resume_subject()
        self._note_growth_after(word)
        made = [said for item in self.items for said in self._make_figure_statements(item)]
        if len(self.items) > 1 and not self.heard.has("both"):
            for statement in made:
                statement.doubts.append("one figure after several names")
        # An amount by which it changed is passed over: 比上年减少40万吨，减产3%.
        is_change = self.heard.has("base", "fall", "change", "new")
        self._add_statements(made)
        if not made and not (self.heard.chain and (is_change or word.text.endswith("百分点"))):
            self._forget_subject()

    def _is_of_base(self, word: Word) -> bool:
        """Tell whether a percentage is that of the base itself: 较2023年7.6%回落0.1个百分点."""
        return self._find_word_kind(-1) == "base" and bool(re.match("[0-9.]+%$", word.text))

    def _resume_subject(self) -> None:
        """Take up the subject of the sentence before, for other months: 其中，9月份增长8.1%."""
        if self.items or not self.opens:
            return
        heads = self.words[: self.at]
        if all(word.kind != "month" for word in heads):
            return
        if any(word.text.startswith("分季度") for word in heads):
            self.items = [Item(self.before.first, [])] if self.before.first else []
        elif {said.measure for said in self.before.chain} & {"growth"}:
            last = self.before.chain[-1]
            self.items = [Item(last.subject, [])]

    def _note_growth_after(self, word: Word) -> None:
        """Note the growth that stands after its figure: 继续保持40%以上增长."""
        if re.search("%|位数", word.text) and re.match(
            "的?(?:增长|增速)(?![到至为0-9])", self.text[word.end : word.end + 5]
        ):
            self.heard.roles["growth"] = self.words[self.at + 1]

    def _add_statements(self, made: list[Statement]) -> None:
        if self.heard.has("sum"):
            self._turn_into_additions(made)
        self.found += made
        kept = ("share", "average") if self.heard.has("from") else ()
        if kept:
            self.clock.resume_held_year(self._find_first_year(made))
        roles = {kind: word for kind, word in self.heard.roles.items() if kind in kept}
        chain = [*self.heard.chain, *made]
        self.heard = Heard(self.clock, roles, chain, self.heard.verb)
        self.clock.every = ""

    def _find_first_year(self, made: list[Statement]) -> int:
        """Return the year of the figure from which others go on."""
        return int(made[0].time.label[:4]) if made else self.clock.stated_year or 0

    def _turn_into_additions(self, totals: list[Statement]) -> None:
        """Take a count that a total follows as an addition: 单项冠军企业54家，累计237家."""
        subjects = [s.subject for s in totals if s.subject.kind == "stock" and not s.measure]
        for said in self.heard.chain:
            if said.subject in subjects and not said.measure:
                said.measure = "new"
                said.doubts.append("an addition, as a total follows")

    def _read_count_before_noun(self, word: Word) -> bool:
        """Read a count that stands before its noun: 新培育6个国家级中小企业特色产业集群."""
        awarded = self._find_word_kind(1) == "awarded"
        step = 2 if awarded else 1
        after = self.words[self.at + step] if self._find_word_kind(step) == "subject" else None
        if after is None or after.subject is None or after.subject.kind != "stock":
            return False
        if (after.start != word.end and not awarded) or self._find_word_kind(step + 1) == "unknown":
            return False
        if awarded:
            self.heard.verb = "award"
        item = self._build_item(after)
        self.items, self.heard.chain = [item], []
        made = list(self._make_figure_statements(item))
        for statement in made:
            if statement.measure != "new":
                statement.doubts.append("the figure stands before its noun")
        self.found += made
        self.heard = Heard(self.clock, {}, made, self.heard.verb)
        self.at += step
        return True

    def _make_figure_statements(self, item: Item) -> Iterable[Statement]:
        read = self._parse_signed_figure()
        found = read and interpret_figure(item.subject, read[0], self.heard)
        if read and found:
            yield self._build_statement(item, read[0], found, read[1])

    def _parse_signed_figure(self) -> tuple[Figure, Places] | None:
        """Read a figure, with the word that gives its sign and the unit that it shares."""
        lead = self.heard.roles.get("fall") or self.heard.roles.get("gap")
        pieces = find_figure_pieces(self.words, self.at, self.text, lead)
        try:
            return parse_figure("…".join(self.text[start:end] for start, end in pieces)), pieces
        except FigureError:
            return None

    def _build_statement(
        self, item: Item, figure: Figure, found: Meaning, pieces: Places, among: str = ""
    ) -> Statement:
        nature, doubt = self._infer_nature(found.time, figure)
        reasons = [*item.doubts, *found.doubts, found.time.doubt, doubt, self.clock.misdated]
        return Statement(
            item.subject, found.measure, figure, found.time, nature, pieces[0][0], pieces[-1][1],
            list(filter(None, dict.fromkeys(reasons))), among, pieces if len(pieces) > 1 else (),
        )  # fmt: skip

    def _infer_nature(self, time: Time, figure: Figure) -> tuple[Nature, str]:
        if time.nature == "target":
            return "target", ""
        if "forecast" in (figure.nature, *self.heard.roles) or self.expected == "here":
            return "forecast", ""
        if "target" in (figure.nature, *self.heard.roles):
            return "target", "a promise among what is reviewed"
        if self.expected:
            return "forecast", "an expectation earlier in the sentence"
        return time.nature, ""
