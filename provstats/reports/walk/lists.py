"""Lists: names and figures that belong together by position, or one figure for all."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from provstats.reports.lists import find_figures_after, find_names_before, is_uneven
from provstats.reports.statement import Heard, Item, Statement
from provstats.reports.walk.figures import Figured
from provstats.reports.walk.subjects import NEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.reports.lists import Figures, Name
    from provstats.reports.words import Word

__all__ = ["Listed", "list_subject_items"]


class Listed(Figured):
    """What 分别 and 均 give to the names of a list."""

    def _pair_names_and_figures(self, word: Word) -> None:
        """Pair names and figures by position, all or none."""
        figures = find_figures_after(self.words, self.at)
        names, said = self._find_items_before(), list[Statement]()
        if not names:
            said = self._find_clause_statements()
            names = self._reuse_listed_names(figures) or list(list_subject_items(said))
        if min(len(names), len(figures.places)) < 2:  # noqa: PLR2004
            for item in self.items if len(figures.places) > 1 else []:
                item.doubts.append("several figures for one name")
            self._note_link(word)
            return
        figures.roles.update({"gap": word} if word.kind == "gap" else {})
        self._assign_figures(names, figures, said)

    def _reuse_listed_names(self, figures: Figures) -> list[Item | None]:
        """Return the names of the list right before, if as many figures follow once more."""
        return self.listed if len(self.listed) == len(figures.places) else []

    def _assign_figures(
        self, names: list[Item | None], figures: Figures, said: list[Statement]
    ) -> None:
        """Give each figure of a list to its name, if there are as many."""
        if len(names) == len(figures.places):
            uneven = is_uneven(self.words, figures.places)
            for name, place in zip(names, figures.places, strict=True):
                heard = Heard(self.clock, dict(figures.roles), verb=self.heard.verb)
                heard.chain = [s for s in said if name and s.subject is name.subject][-1:]
                self._assign_figure(name, place, heard, uneven=uneven)
        self._forget_subject()
        self.listed, self.unknown_name = names, True
        self.at = figures.end

    def _share_next_figure(self, word: Word) -> None:
        """Let the next figure hold for each of the names that the lexicon knows."""
        names = self._find_items_before()
        self._note_link(word)
        if len(names) > 1:
            self.items = [name for name in names if name]
            for item in self.items if None in names else []:
                item.doubts.append("unknown names share the figure")

    def _find_items_before(self) -> list[Item | None]:
        names = find_names_before(self.words, self.at, self.text)
        items = [self._build_listed_item(name, partial=None in names) for name in names]
        if names and names[-1] is None:
            # Its noun may be the noun of all: loans of high-tech enterprises and of others.
            return [self._keep_or_doubt_item(item) for item in items]
        return items

    def _keep_or_doubt_item(self, item: Item | None) -> Item | None:
        if item is None or item.subject.kind == "flow":
            return item
        if self._find_word_kind(-1) == "unknown" and self._find_word_kind(-2) == "subject":
            return None
        item.doubts.append("an unknown name in the list")
        return item

    def _build_listed_item(self, name: Name | None, *, partial: bool) -> Item | None:
        if name is None:
            return None
        doubts = self._list_doubts(name.text, sure=name.sure)
        if doubts and partial:
            doubts.append("an unknown name in the list")
        return Item(name.subject, doubts)

    def _find_clause_statements(self) -> list[Statement]:
        """Return the statements of the clause before: A达x、B达y，分别增长a、b."""
        near = self.words[max(0, self.at - NEAR) : self.at]
        ends = [word.start for word in near if word.kind in ("comma", "stop")]
        return (
            self._find_statements_since(ends[-2] if len(ends) > 1 else near[0].start)
            if near
            else []
        )

    def _find_statements_since(self, start: int) -> list[Statement]:
        """Return the statements from a place on, in their order."""
        return list(takewhile(lambda said: said.start >= start, reversed(self.found)))[::-1]

    def _assign_figure(self, name: Item | None, place: int, heard: Heard, *, uneven: bool) -> None:
        if name is None:
            return
        here, self.at = self.at, place
        self.heard = heard
        if self._find_word_kind(-1) in ("fall", "growth"):
            self.heard.roles[self._find_word_kind(-1)] = self.words[place - 1]
        for statement in self._make_figure_statements(name):
            statement.doubts += (
                ["one word after the last figure may hold for all"] if uneven else []
            )
            self.found.append(statement)
        self.at = here

    def _assign_shares(self, word: Word) -> bool:
        """Give shares to the names of the list right before: A、B分别增长a、b，占工业的c、d."""
        figures = find_figures_after(self.words, self.at) if self.listed else None
        names = self._reuse_listed_names(figures) if figures else []
        if figures and names:
            figures.roles["share"] = word
            self._assign_figures(names, figures, [])
        return bool(names)


def list_subject_items(said: list[Statement]) -> Iterable[Item]:
    """Return each subject of statements once, with its latest doubts."""
    return {s.subject.concept: Item(s.subject, list(s.doubts)) for s in said}.values()
