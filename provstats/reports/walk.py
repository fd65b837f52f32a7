"""The walk: the words of a sentence from left to right, each figure to its subject.

A subject holds until an unknown word breaks the link or another subject comes; a chain of commas
goes on with the same one while its words are known. Doubts are gathered on the way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from provstats.errors import FigureError
from provstats.reading.figures import parse_figure
from provstats.reports.lexicon import elided
from provstats.reports.lists import figures_after, is_uneven, names_before
from provstats.reports.measures import meaning
from provstats.reports.owners import owner_named
from provstats.reports.prints import printed_at
from provstats.reports.ranks import among_whom, rank_meanings, read_rank
from provstats.reports.statement import Heard, Item, Statement, Told
from provstats.reports.times import Time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.reading.figures import Figure, Nature
    from provstats.reports.lists import Figures, Name
    from provstats.reports.measures import Meaning
    from provstats.reports.prints import Places
    from provstats.reports.times import Clock
    from provstats.reports.words import Word

__all__ = ["statements_of"]

_TIMES: Final = ("plan", "years", "base", "month", "year", "streak", "span")
_FIGURES: Final = ("figure", "range", "rank")
_PARTS: Final = ("comma", "pause", "stop")
# What may open a sentence that goes on with the subject of the one before.
_OPENING: Final = ("comma", "mute", "own", "month", "growth", "fall", "base")
# Of firms and factories these are no counts.
_AMOUNTS: Final = ("产值", "产量", "总产", "金额", "总额", "总值")
# What may touch a subject from the left without changing what it is.
_BEFORE: Final = (
    "own", *_TIMES, *_FIGURES, *_PARTS, "act", "foster", "award", "new", "forecast", "target",
    "mute", "moved", "and", "both",
    "growth", "change", "level", "sum",
)  # fmt: skip
_NOUN_AFTER: Final = re.compile("的|[县市区园州]|企业|产业|集群|级")
_SHOWN: Final = 8
# So many words lead back at most from a list to what was said before it.
_NEAR: Final = 60


def statements_of(
    words: list[Word], text: str, clock: Clock, before: Told
) -> tuple[list[Statement], Told]:
    """Return the statements of one sentence of a dressed paragraph, and what it leaves open."""
    walk = _Walk(words, text, clock, before)
    walk.run()
    first = before.first or next((said.subject for said in walk.found), None)
    chain = tuple(walk.heard.chain or walk.left)
    return walk.found, before._replace(chain=chain, first=first, part=walk.part)


class _Walk:
    """One walk over the words of a sentence: one method for each kind of word that matters."""

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

    def _kind(self, step: int) -> str:
        at = self.at + step
        return self.words[at].kind if 0 <= at < len(self.words) else ""

    # --- words that link, part and break ----------------------------------------------------------

    def _link(self, word: Word) -> None:
        is_time = word.kind in ("month", "year", "years", "plan")
        if word.kind == "month" and self._is_aside():
            self.clock.hear_months(word.text, aside=True)
        elif not is_time or self._kind(-1) not in ("unknown", "base"):
            self.clock.hear(word)
        self.heard.roles[word.kind] = word
        if self._is_amount_of_stock(word):
            self._drop()
        elif word.kind in ("new", "act", "foster", "award"):
            self.heard.verb = self._verb(word.kind)
        elif word.kind == "forecast":
            self.expected = "here"
        elif (
            word.kind == "base"
            and not self.items
            and re.search("(?:19|20)[0-9]{2}|五末", word.text)
        ):
            self.clock.unsaid = "since when it is counted"
        elif word.text == "的目标":
            for statement in self.heard.chain:
                statement.doubts.append("a promise among what is reviewed")
        elif word.text.endswith("目前"):
            self.clock.unsaid = "to date, which may be in the next year"

    def _verb(self, kind: str) -> str:
        """Return what a verb makes of counts; 累计 makes totals of them, or sums of what is new."""
        if self.heard.has("sum"):
            return "summed" if kind == "new" else "sum"
        return kind

    def _is_amount_of_stock(self, word: Word) -> bool:
        """Tell whether a word turns a count into something else: 高新技术企业产值."""
        is_amount = word.kind == "mute" and word.text in _AMOUNTS
        stocks = [item.subject.kind == "stock" for item in self.items]
        return is_amount and all(stocks) and not self.heard.chain

    def _is_aside(self) -> bool:
        """Tell whether months are said in passing: 其中，9月份; 9月当月."""
        before = [word.text for word in self.words[max(0, self.at - 2) : self.at]]
        return "其中" in before or self.text.startswith(("当月", "单月"), self.words[self.at].end)

    def _gap(self, word: Word) -> None:
        if "分别" in word.text:
            self._each(word)
        else:
            self._link(word)

    def _own(self, word: Word) -> None:
        self.heard.roles["own"] = word
        if word.text == "全年":
            self.clock.hear_whole_year()
        else:
            self.area, self.part = self.before.document, ""

    def _others(self, word: Word) -> None:
        """Take a whole that the report is not of, 全市 in one of a province, as an area."""
        self._unknown(word)
        self.area = word.text

    def _share(self, word: Word) -> None:
        """Take a share that has a name of its own as a subject: R&D as a share of the product."""
        before = self.heard.chain[-1].subject.concept if self.heard.chain else ""
        if subject := elided(re.sub("[为达到]+$", "", word.text), before):
            self._subject(replace(word, kind="subject", subject=subject))
        elif not self._share_each(word):
            self._link(word)

    def _share_each(self, word: Word) -> bool:
        """Give shares to the names of the list right before: A、B分别增长a、b，占工业的c、d."""
        figures = figures_after(self.words, self.at) if self.listed else None
        names = self._listed_again(figures) if figures else []
        if figures and names:
            figures.roles["share"] = word
            self._give(names, figures, [])
        return bool(names)

    def _unknown(self, word: Word) -> None:
        self.listed = []
        self.area = owner_named(self.words, self.at) or self.area
        if self._is_of_firms():
            self.area = self.words[self.at - 1].text
        if self._kind(-1) in _FIGURES and self.heard.chain:
            self._follow(word)
        self.unknown_name = True
        self.clock.span = 0
        self._drop()

    def _is_of_firms(self) -> bool:
        """Tell whether firms are the owners: 小巨人企业营业收入增长12%，研发强度7%."""
        before = self.words[self.at - 1] if self.at else None
        if before is None or before.subject is None or not before.text.endswith("企业"):
            return False
        is_said = self._kind(1) in ("growth", "fall", "figure", "level", "gap")
        return before.subject.kind == "stock" and is_said

    def _follow(self, word: Word) -> None:
        """Take back a figure that is part of the noun behind it: 超千亿元的县域."""
        end = max(statement.end for statement in self.heard.chain)
        latest = [statement for statement in self.heard.chain if statement.end == end]
        if _NOUN_AFTER.match(word.text):
            self.found = [statement for statement in self.found if statement not in latest]
        for statement in latest:
            statement.doubts.append(f"unknown words follow the figure: {word.text[:_SHOWN]}")

    def _drop(self) -> None:
        self.items, self.heard = [], Heard(self.clock, verb=self.heard.verb)

    def _comma(self, word: Word) -> None:
        del word
        self.verb_before = self.heard.verb
        self.heard.verb, self.unknown_name, self.clock.span = "", False, 0
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
        if not self.heard.chain and not self.heard.has("steps", "praise"):
            self._drop()
        self.heard.roles = {}

    def _stop(self, word: Word) -> None:
        del word
        self.left = self.heard.chain
        self._drop()

    # --- subjects ---------------------------------------------------------------------------------

    def _subject(self, word: Word) -> None:
        self.listed = []
        if self._is_foreign(word):
            self.unknown_name = True
            self._drop()
            return
        item = self._item(word)
        if self.heard.chain or self._kind(-1) not in ("pause", "and"):
            self.items = []
        self.items.append(item)
        expected = {k: w for k, w in self.heard.roles.items() if k in ("forecast", "target")}
        self.heard = Heard(self.clock, expected, verb=self.heard.verb)

    def _elided(self, word: Word) -> None:
        """Take a short name for the subject that the one before implies; else it is unknown."""
        chain = self.heard.chain or (self.before.chain if self.opens else ())
        near = self.text[max(0, word.start - _NEAR) : word.start]
        subject = elided(word.text, chain[-1].subject.concept if chain else "", near)
        if subject:
            self._subject(replace(word, kind="subject", subject=subject))
        else:
            self._unknown(word)

    def _is_foreign(self, word: Word) -> bool:
        """Tell whether the word before is a modifier: then something else is spoken of."""
        if word.subject is None:
            return True
        if self._is_part_of_other(word):
            return True
        before = word.subject.before
        if before and self.text.endswith(before, 0, word.start):
            return True
        return self._kind(-1) not in ("", *_BEFORE) and not self._ends_list_of(word)

    def _is_part_of_other(self, word: Word) -> bool:
        """Tell whether bare exports are a part of another subject: 软件业务收入a，其中出口b."""
        chain = self.heard.chain or (self.before.chain if self.opens else ())
        before = "".join(each.text for each in self.words[max(0, self.at - 2) : self.at])
        is_part = word.text == "出口" and before.endswith(("其中", "其中，")) and bool(chain)
        return is_part and chain[-1].subject.concept != "trade"

    def _ends_list_of(self, word: Word) -> bool:
        """Tell whether names of some stand before the noun of all: 甲、乙等国家先进制造业集群."""
        is_stock = word.subject is not None and word.subject.kind == "stock"
        return is_stock and self.words[self.at - 1].text.endswith("等")

    def _item(self, word: Word) -> Item:
        assert word.subject is not None  # noqa: S101  (narrows the type)
        doubts = self._doubts(word.text, sure=word.sure or self._is_part_of_trade(word))
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

    def _doubts(self, name: str, *, sure: bool) -> list[str]:
        alone = [] if sure else [f"{name} alone may be something else"]
        return [*alone, *([f"an owner or area is named before: {self.area}"] if self.area else [])]

    # --- figures ----------------------------------------------------------------------------------

    def _figure(self, word: Word) -> None:
        if self._counts_next(word):
            return
        self._take_up()
        self._hear_growth_after(word)
        made = [said for item in self.items for said in self._said(item)]
        if len(self.items) > 1 and not self.heard.has("both"):
            for statement in made:
                statement.doubts.append("one figure after several names")
        # An amount by which it changed is passed over: 比上年减少40万吨，减产3%.
        is_change = self.heard.has("base", "fall", "change", "new")
        self._add(made)
        if not made and not (self.heard.chain and (is_change or word.text.endswith("百分点"))):
            self._drop()

    def _take_up(self) -> None:
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

    def _hear_growth_after(self, word: Word) -> None:
        """Hear the growth that stands behind its figure: 继续保持40%以上增长."""
        if re.search("%|位数", word.text) and re.match(
            "的?(?:增长|增速)(?![到至为0-9])", self.text[word.end : word.end + 5]
        ):
            self.heard.roles["growth"] = self.words[self.at + 1]

    def _add(self, made: list[Statement]) -> None:
        if self.heard.has("sum"):
            self._turn_into_additions(made)
        self.found += made
        kept = ("share", "average") if self.heard.has("from") else ()
        if kept:
            self.clock.forget_base()
        roles = {kind: word for kind, word in self.heard.roles.items() if kind in kept}
        chain = [*self.heard.chain, *made]
        self.heard = Heard(self.clock, roles, chain, self.heard.verb)
        self.clock.every = ""

    def _turn_into_additions(self, totals: list[Statement]) -> None:
        """Take a count that a total follows as an addition: 单项冠军企业54家，累计237家."""
        subjects = [s.subject for s in totals if s.subject.kind == "stock" and not s.measure]
        for said in self.heard.chain:
            if said.subject in subjects and not said.measure:
                said.measure = "new"
                said.doubts.append("an addition, as a total follows")

    def _counts_next(self, word: Word) -> bool:
        """Read a count that stands before its noun: 新培育6个国家级中小企业特色产业集群."""
        awarded = self._kind(1) == "awarded"
        step = 2 if awarded else 1
        after = self.words[self.at + step] if self._kind(step) == "subject" else None
        if after is None or after.subject is None or after.subject.kind != "stock":
            return False
        if (after.start != word.end and not awarded) or self._kind(step + 1) == "unknown":
            return False
        if awarded:
            self.heard.verb = "award"
        item = self._item(after)
        self.items, self.heard.chain = [item], []
        made = list(self._said(item))
        for statement in made:
            if statement.measure != "new":
                statement.doubts.append("the figure stands before its noun")
        self.found += made
        self.heard = Heard(self.clock, {}, made, self.heard.verb)
        self.at += step
        return True

    def _said(self, item: Item) -> Iterable[Statement]:
        read = self._read()
        found = read and meaning(item.subject, read[0], self.heard)
        if read and found:
            yield self._statement(item, read[0], found, read[1])

    def _read(self) -> tuple[Figure, Places] | None:
        """Read a figure, with the word that gives its sign and the unit that it shares."""
        lead = self.heard.roles.get("fall") or self.heard.roles.get("gap")
        pieces = printed_at(self.words, self.at, self.text, lead)
        try:
            return parse_figure("…".join(self.text[start:end] for start, end in pieces)), pieces
        except FigureError:
            return None

    def _statement(
        self, item: Item, figure: Figure, found: Meaning, pieces: Places, among: str = ""
    ) -> Statement:
        nature, doubt = self._nature(found.time, figure)
        reasons = [*item.doubts, *found.doubts, found.time.doubt, doubt]
        return Statement(
            item.subject, found.measure, figure, found.time, nature, pieces[0][0], pieces[-1][1],
            list(filter(None, dict.fromkeys(reasons))), among, pieces if len(pieces) > 1 else (),
        )  # fmt: skip

    def _nature(self, time: Time, figure: Figure) -> tuple[Nature, str]:
        if time.nature == "target":
            return "target", ""
        if "forecast" in (figure.nature, *self.heard.roles) or self.expected == "here":
            return "forecast", ""
        if "target" in (figure.nature, *self.heard.roles):
            return "target", "a promise among what is reviewed"
        if self.expected:
            return "forecast", "an expectation earlier in the sentence"
        return time.nature, ""

    # --- ranks ------------------------------------------------------------------------------------

    def _rank(self, word: Word) -> None:
        read = None if self._is_streak(word) else read_rank(word)
        if read and "分别" in word.text:
            self._rank_each(word)
        elif read and (again := list(self._ranked_again(word, *read))):
            self.found += again
        elif read:
            self._hear_alike(word)
            ranks = [rank for item in self.items for rank in self._ranks(item, word, *read)]
            if re.search("[从由]", word.text):
                ranks = [_at_start(rank, self.clock) for rank in ranks]
            self.found += ranks
            self.heard.chain += ranks
        self.heard.roles = {}

    def _ranked_again(self, word: Word, figure: Figure, skipped: int) -> Iterable[Statement]:
        """Return what a rank right behind another is: 总量居全国第10位、中部第1位."""
        is_next = self._kind(-1) in ("pause", "comma", "and") and self._kind(-2) == "rank"
        if not is_next or re.search("增速|增幅|总量|[由从升到至]", word.text):
            return
        among = among_whom(word.text)
        for one in [said for said in self.found if said.end == self.words[self.at - 2].end]:
            doubts = one.doubts if among else [*one.doubts, "among whom the rank is"]
            yield replace(
                one, figure=figure, start=word.start + skipped, end=word.end,
                among=among or one.among, doubts=list(doubts),
            )  # fmt: skip

    def _rank_each(self, word: Word) -> None:
        """Give ranks to names by position, all or none: A、B增速分别居全国第3位、第5位."""
        names, places = self._named_before() or self.listed, [self.at]
        while self._kind(places[-1] - self.at + 2) == "rank":
            places.append(places[-1] + 2)
        spoken = "".join(each.text for each in self.words[max(0, self.at - 2) : self.at])
        roles = {"growth": word} if re.search("增速|增幅", spoken) else {}
        if len(names) == len(places):
            for item, place in zip(names, places, strict=True):
                read = read_rank(self.words[place])
                self.heard = Heard(self.clock, dict(roles))
                if item and read:
                    self.found += self._ranks(item, self.words[place], *read)
        self._drop()
        self.at = places[-1]

    def _is_streak(self, word: Word) -> bool:
        """Tell whether a rank is of each quarter in a row, or of each year beside an average."""
        streak = self.heard.text("streak") or word.text
        if not (self.clock.streak or "连续" in word.text):
            return False
        averaged = any(said.measure == "average_growth" for said in self.heard.chain)
        return averaged or self.heard.has("average") or bool(re.search("连续.{1,4}[季月]", streak))

    def _hear_alike(self, word: Word) -> None:
        """Let a rank be of all that was named or said before: 甲a家、乙b家，均居全国第一."""
        if "均" not in word.text:
            return
        named = [item for item in self._named_before() if item]
        if len(named) > len(self.items) and not self.heard.chain:
            self.items = named
        elif self.heard.chain and not self.heard.has("and"):
            near = self.words[max(0, self.at - _NEAR) : self.at]
            begins = [word.end for word in near if word.kind in ("unknown", "stop")]
            said = [one for one in self._said_since(max(begins, default=near[0].start))
                    if not one.among]  # fmt: skip
            self.items = list(_subjects_of(said))
            self.heard.chain = said
        for item in self.items if len(self.items) > 1 else []:
            item.doubts.append("one rank after several names")

    def _ranks(self, item: Item, word: Word, figure: Figure, skipped: int) -> Iterable[Statement]:
        among = among_whom(word.text)
        said = [s for s in self.heard.chain if s.subject is item.subject and not s.among]
        for found in rank_meanings(said, self.heard, word):
            made = self._statement(item, figure, found, ((word.start + skipped, word.end),))
            made.among = among or "provinces"
            made.doubts += [] if among else ["among whom the rank is"]
            yield made

    # --- lists ------------------------------------------------------------------------------------

    def _each(self, word: Word) -> None:
        """Give names and figures to one another by position, all or none."""
        figures = figures_after(self.words, self.at)
        names, said = self._named_before(), list[Statement]()
        if not names:
            said = self._said_near()
            names = self._listed_again(figures) or list(_subjects_of(said))
        if min(len(names), len(figures.places)) < 2:  # noqa: PLR2004
            for item in self.items if len(figures.places) > 1 else []:
                item.doubts.append("several figures for one name")
            self._link(word)
            return
        figures.roles.update({"gap": word} if word.kind == "gap" else {})
        self._give(names, figures, said)

    def _listed_again(self, figures: Figures) -> list[Item | None]:
        """Return the names of the list right before, if as many figures follow once more."""
        return self.listed if len(self.listed) == len(figures.places) else []

    def _give(self, names: list[Item | None], figures: Figures, said: list[Statement]) -> None:
        """Give each figure of a list to its name, if there are as many."""
        if len(names) == len(figures.places):
            uneven = is_uneven(self.words, figures.places)
            for name, place in zip(names, figures.places, strict=True):
                heard = Heard(self.clock, dict(figures.roles), verb=self.heard.verb)
                heard.chain = [s for s in said if name and s.subject is name.subject][-1:]
                self._listed(name, place, heard, uneven=uneven)
        self._drop()
        self.listed, self.unknown_name = names, True
        self.at = figures.end

    def _both(self, word: Word) -> None:
        """Give one figure to each of the names that the lexicon knows."""
        names = self._named_before()
        self._link(word)
        if len(names) > 1:
            self.items = [name for name in names if name]
            for item in self.items if None in names else []:
                item.doubts.append("unknown names share the figure")

    def _named_before(self) -> list[Item | None]:
        names = names_before(self.words, self.at, self.text)
        items = [self._listed_item(name, partial=None in names) for name in names]
        if names and names[-1] is None:
            # Its noun may be the noun of all: loans of high-tech enterprises and of others.
            return [self._with_own_noun(item) for item in items]
        return items

    def _with_own_noun(self, item: Item | None) -> Item | None:
        if item is None or item.subject.kind == "flow":
            return item
        if self._kind(-1) == "unknown" and self._kind(-2) == "subject":
            return None
        item.doubts.append("an unknown name in the list")
        return item

    def _listed_item(self, name: Name | None, *, partial: bool) -> Item | None:
        if name is None:
            return None
        doubts = self._doubts(name.text, sure=name.sure)
        if doubts and partial:
            doubts.append("an unknown name in the list")
        return Item(name.subject, doubts)

    def _said_near(self) -> list[Statement]:
        """Return the statements of the clause before: A达x、B达y，分别增长a、b."""
        near = self.words[max(0, self.at - _NEAR) : self.at]
        ends = [word.start for word in near if word.kind in ("comma", "stop")]
        return self._said_since(ends[-2] if len(ends) > 1 else near[0].start) if near else []

    def _said_since(self, start: int) -> list[Statement]:
        """Return the statements from a place on, in their order."""
        return list(takewhile(lambda said: said.start >= start, reversed(self.found)))[::-1]

    def _listed(self, name: Item | None, place: int, heard: Heard, *, uneven: bool) -> None:
        if name is None:
            return
        here, self.at = self.at, place
        self.heard = heard
        if self._kind(-1) in ("fall", "growth"):
            self.heard.roles[self._kind(-1)] = self.words[place - 1]
        for statement in self._said(name):
            statement.doubts += (
                ["one word after the last figure may hold for all"] if uneven else []
            )
            self.found.append(statement)
        self.at = here


def _subjects_of(said: list[Statement]) -> Iterable[Item]:
    """Return each subject of statements once, with its latest doubts."""
    return {s.subject.concept: Item(s.subject, list(s.doubts)) for s in said}.values()


def _at_start(rank: Statement, clock: Clock) -> Statement:
    """Take a rank for the first of two: 由第8位升至第6位."""
    rank.time = Time(str(clock.start()), "outcome")
    rank.doubts.append("the year at which it starts is not named")
    return rank
