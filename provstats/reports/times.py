"""Times: the period that a figure of a sentence stands for.

A period named in the sentence wins over the scope; what an average, an addition or a level takes
of several years differs, and where the words leave it open the answer carries a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.errors import PeriodError, ProvstatsError
from provstats.reading.numerals import parse_numeral
from provstats.reading.periods import Period, parse_period

if TYPE_CHECKING:
    from provstats.reading.figures import Nature
    from provstats.reports.scopes import Scope
    from provstats.reports.words import Word

__all__ = ["Clock", "Time"]

_PLAN_LENGTH: Final = 5
_FIRST_YEARS: Final = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
_CENTURY: Final = 100
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_THIS_YEAR: Final = "this year may be the one after"
_CARRIED: Final = "the period is carried over from a sentence before"
_BEFORE: Final = "a period is named in the sentence before"
_TO_DATE: Final = "to date, which may be in the next year"
_CHINESE_DIGITS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")


class Time(NamedTuple):
    """A period's label, the nature that it implies, and a doubt or an empty text."""

    label: str
    nature: Nature
    doubt: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it covers several whole years."""
        return "/" in self.label and "-" not in self.label


@dataclass(slots=True)
class Clock:
    """What a sentence has said of time so far, within a scope.

    ``unsaid`` is why the years of the scope may not hold where no period is said, ``carried`` why
    months said before may not; ``main`` are the last months that later sentences may be of.
    ``held_year`` is the year stated before ``from ... to``, which holds after its first figure.
    ``apart`` tells that the sentence was of a part of those, ``at_end`` that the months stand for
    the day at their end. ``since`` is the year that the sentence counts a change from, or 0;
    ``misdated`` is why the whole text may be of another year.
    """

    scope: Scope
    year: int
    stated_year: int | None = None
    held_year: int | None = None
    months: str = ""
    span: int = 0
    plan: tuple[int, int] | None = None
    from_year: bool = False
    every: str = ""
    carried: str = ""
    main: str = ""
    as_of: str = ""
    named: frozenset[str] = frozenset()
    streak: bool = False
    unsaid: str = ""
    ahead: bool = False
    until: bool = False
    dated: bool = True
    apart: bool = False
    at_end: bool = False
    since: int = 0
    misdated: str = ""

    def build_next_clock(self, scope: Scope, *, goes_on: bool) -> Clock:
        """Return the clock of the next sentence; after a semicolon the period goes on."""
        if goes_on and scope == self.scope:
            return replace(self, span=0, every="", streak=False, since=0)
        is_open = self.main and (self._is_open() or self.apart)
        carried = _CARRIED if is_open else self.carried
        clock = Clock(scope, self.year, months=self.main, main=self.main, carried=carried)
        clock.unsaid = "" if self.unsaid in (_BEFORE, _THIS_YEAR) else self.unsaid
        clock.dated, clock.as_of, clock.named = self.dated, self.as_of, self.named
        clock.misdated, clock.at_end = self.misdated, self.at_end
        if scope == self.scope and self._is_before_scope():
            clock.unsaid = _BEFORE
        return clock

    def _is_open(self) -> bool:
        """Tell whether the months named last may not hold: one of several, or a single month."""
        return len(self.named) > 1 or parse_period(self.main).months == 1

    def _is_before_scope(self) -> bool:
        """Tell whether the sentence was of years before those of its scope."""
        ends = (self.stated_year, self.plan[1] if self.plan else None)
        past = any(end is not None and end < self.scope.first for end in ends)
        return past and self.scope.nature == "outcome"

    def note_word(self, word: Word) -> None:
        """Update the clock by a word of time."""
        match word.kind:
            case "year":
                self._note_year(word.text)
            case "month":
                self.note_months(word.text)
            case "span":
                self.span = _read_count(word.text)
            case "plan":
                self.plan = self._read_plan_years(word.text)
                self.ahead = word.text.endswith(("时期", "期间"))
            case "years":
                self._note_year_range(word.text)
            case "every":
                self.every = "year" if word.text == "每年" else "head"
            case "streak":
                self.streak = True
            case "from":
                self.held_year = self.stated_year
            case "base":
                spoken = self.stated_year or self.scope.last
                self.since = spoken - 2 if "前年" in word.text else _read_base_year(word.text)
            case _:
                pass

    def close_span(self, times: set[str]) -> None:
        """Forget 五年 at a comma; after figures of them, changes count from the year before."""
        first, last = self.scope.last - self.span + 1, self.scope.last
        if f"{first}/{last}" in times:
            self.since = first - 1
        self.span = 0

    def clear_months(self) -> None:
        """Forget the months named before."""
        self.months, self.main, self.carried, self.unsaid = "", "", "", ""

    def _note_year(self, text: str) -> None:
        plain = text.translate(_CHINESE_DIGITS)
        self.months, self.main, self.carried = "", "", ""
        named = _YEAR.search(plain)
        if named and "以来" in text and int(named[0]) < self.scope.last:
            self.plan, self.stated_year = (int(named[0]), self.scope.last), None
        elif named:
            self.stated_year = int(named[0])
            self.named |= {named[0]}
        elif re.match("去年|上年", text):
            self._note_last_year()
        elif self.scope.nature == "target":
            self.stated_year = self.scope.first
        elif text.startswith("今年"):
            self.stated_year = self.year + 1 if self.dated else None
            self.unsaid = _THIS_YEAR
        self.until = text.startswith("到")

    def _note_last_year(self) -> None:
        """Take 去年 for the year reviewed; in a text of some of its months, for the one before."""
        self.stated_year = self.year - (not self.dated)
        self.unsaid = self.unsaid if self.dated else _THIS_YEAR

    def _note_year_range(self, text: str) -> None:
        first, last = int(text[:4]), int(re.findall("[0-9]+", text)[-1])
        last += first // _CENTURY * _CENTURY if last < _CENTURY else 0
        self.plan = (first, last) if first < last else None
        self.from_year = self.plan is not None

    def note_months(self, text: str, *, aside: bool = False) -> None:
        """Note months; those said in passing, 其中9月份, hold for their sentence alone."""
        plain = re.sub("^截[至止]", "", text)
        named = _YEAR.match(plain)
        stated = None if self.unsaid == _THIS_YEAR else self.stated_year
        year = int(named[0]) if named else stated or self.scope.last
        try:
            period = _read_months(plain, year)
        except PeriodError:
            self.months = ""
            return
        main = "" if self.carried else self.main
        self.months, self.carried = str(period), ""
        self.at_end = bool(re.match("截[至止]|.*[末底]$", text))
        self.as_of = self.months if text.startswith("截") else self.as_of
        if aside:
            return
        is_part = bool(main) and _is_within(period, parse_period(main))
        self.apart = is_part and not self.at_end
        if not is_part:
            self.main = self.months
            self.named |= {self.months}

    def _read_plan_years(self, text: str) -> tuple[int, int] | None:
        first = _FIRST_YEARS[text[1]]
        if "以来" in text or first <= self.year < first + _PLAN_LENGTH - 1:
            return first, self.year
        return first, first + _PLAN_LENGTH - 1

    def resume_held_year(self, year: int) -> None:
        """After the first figure of ``from ... to`` the held year holds, changes are since it."""
        self.since = year
        self.stated_year = self.held_year

    @property
    def base(self) -> int:
        """The year that changes are counted from, where it is not just the one before; else 0."""
        last = self.stated_year or self.scope.last
        return 0 if self.since == last - 1 else self.since

    # --- the period of a figure ------------------------------------------------------------------

    def infer_level_time(self, *, ends: bool = True) -> Time:
        """Return the period of a level: of several years their last, unless it may be their sum."""
        if self.months:
            return self._build_months_time()
        if self.stated_year is not None:
            return self._build_year_time(self.stated_year)
        if self.plan and self.ahead and self.plan[1] > self.scope.last:
            return self._build_time(
                self.plan[1], self.plan[1], "the end of the plan, or a year before"
            )
        if self.plan and self.from_year:
            return self._build_year_time(self.plan[1])
        if self.plan and self.plan[1] < self.scope.last:
            return self._build_time(
                self.plan[1], self.plan[1], "the end of the plan, or a year before"
            )
        doubt = "" if ends or not self.scope.is_long else "one year's or all years'"
        return self._build_time(self.scope.last, self.scope.last, doubt or self._explain_doubt())

    def infer_count_time(self) -> Time:
        """Return the period of a stock, which has no year where the text names none."""
        if self.as_of and self.months == self.main:
            return Time(self.as_of, "outcome", self._explain_doubt())
        time = self.infer_level_time()
        is_named = self.dated or self.months or self.stated_year is not None
        return time if is_named or time.doubt else time._replace(doubt=_TO_DATE)

    def infer_sum_time(self) -> Time:
        """Return the period of an addition or a sum: all the years of the scope."""
        if self.months:
            return self._infer_time_since_january()
        if self.stated_year is not None:
            return (
                self._infer_time_until(self.stated_year)
                if self.until
                else self._build_year_time(self.stated_year)
            )
        first, last = self._find_year_range() or (self.scope.first, self.scope.last)
        return self._build_time(first, last, self._explain_doubt())

    def _infer_time_until(self, year: int) -> Time:
        """Return the period of an addition until a year: from the first of the scope on."""
        if self.scope.is_long and self.scope.first < year <= self.scope.last:
            return Time(f"{self.scope.first}/{year}", "target")
        return self._build_year_time(year)._replace(doubt="since when it is counted")

    def _infer_time_since_january(self) -> Time:
        """Return the period of an addition by a month, which is mostly counted from January on."""
        period = parse_period(self.months)
        if period.months > 1:
            return self._build_months_time()
        first, last = (period.end.year, 1), (period.end.year, period.end.month)
        return Time(str(Period.of_months(first, last)), "outcome", "since when it is counted")

    def add_flow_doubt(self, time: Time) -> Time:
        """Doubt a single day as the period of a flow, which adds up over time: 截至6月底."""
        is_day = self.at_end and time.label == self.months and parse_period(time.label).months == 1
        return time._replace(doubt=time.doubt or "since when it is counted") if is_day else time

    def infer_growth_time(self) -> Time:
        """Return the period of a growth: over several years it is one as a whole."""
        if self.months:
            return self._build_months_time()
        if self.stated_year is not None:
            return self._build_year_time(self.stated_year)
        years = self._find_year_range()
        first, last = years or (self.scope.first, self.scope.last)
        doubt = "growth of a year or of all years" if first < last and not self.span else ""
        return self._build_time(first, last, doubt or self._explain_doubt())

    def infer_average_time(self) -> Time:
        """Return the period of an average over years."""
        years = self._find_year_range() or (
            (self.scope.first, self.scope.last) if self.scope.is_long else None
        )
        if years is None or years[0] == years[1]:
            first = (self.year - 1) // _PLAN_LENGTH * _PLAN_LENGTH + 1
            return self._build_time(
                min(first, self.year - 1), self.year, "which years the average covers"
            )
        # 近3年 may end with the year before, whose figure is the last one known.
        doubt = "" if self._is_clear() else "which years the average covers"
        return self._build_time(*years, self.scope.doubt or doubt)

    def _is_clear(self) -> bool:
        """Tell whether an average has clear years: 2020-2024年 are four or five of growth."""
        if self.plan is None:
            return self.scope.is_long
        first, last = self.plan
        return not self.from_year or last - first == 1 or first % _PLAN_LENGTH == 1

    def infer_time_since(self, year: int) -> Time:
        """Return the period of a change since a year that is named: 比2020年增长30%."""
        last = self.stated_year or self.scope.last
        doubt = "since when it is counted" if self.months or year >= last else ""
        return self._build_time(min(year + 1, last), last, doubt or self._explain_doubt())

    def find_start_year(self) -> int:
        """Return the year at which the period starts: the year before it, or the one named.

        The five years of a plan start at the end of the year before, 2020年到2025年 at 2020.
        """
        stated = self.stated_year or self.scope.last
        if stated != self.scope.last and not self.until:
            return stated - 1
        return (self._find_year_range() or (self.scope.first,))[0] - (not self.from_year)

    def _find_year_range(self) -> tuple[int, int] | None:
        if self.plan and self.plan[0] != self.plan[1]:
            return self.plan
        if self.span > 1:
            return self.scope.last - self.span + 1, self.scope.last
        return None

    def _explain_doubt(self) -> str:
        if self.every:
            return "per year or per head"
        return "so many years in a row" if self.streak else self.scope.doubt

    def _build_months_time(self) -> Time:
        return Time(self.months, "outcome", self.carried or self._explain_doubt())

    def _build_year_time(self, year: int) -> Time:
        nature: Nature = "target" if year > self.year else "outcome"
        told = nature == "outcome" and self.scope.nature == "target"
        doubt = "a past year in a part about what is to come" if told else ""
        this_year = _THIS_YEAR if self.unsaid == _THIS_YEAR else ""
        return Time(str(year), nature, doubt or this_year or self._explain_doubt())

    def _build_time(self, first: int, last: int, doubt: str) -> Time:
        label = str(first) if first == last else f"{first}/{last}"
        nature: Nature = "target" if last > self.year else self.scope.nature
        return Time(label, nature, doubt or self.unsaid)


def _read_base_year(text: str) -> int:
    """Return the year that a base names, 比2020年 or 比十三五末; prices, 按2020年, are no base."""
    if text.startswith("按"):
        return 0
    if plan := re.search("十([二三四])五末", text):
        return _FIRST_YEARS[plan[1]] + _PLAN_LENGTH - 1
    named = _YEAR.search(text)
    return int(named[0]) if named else 0


def _read_count(text: str) -> int:
    found = re.search("[0-9]{1,2}|[一二三四五六七八九十两]", text)
    try:
        return int(parse_numeral(found[0]).value) if found else 0
    except ProvstatsError:
        return 0


def _is_within(part: Period, whole: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _read_months(text: str, year: int) -> Period:
    """Read months; the end of several is the last of them: 二季度末."""
    period = parse_period(text, year=year)
    last = period.end.year, period.end.month
    return Period.of_months(last, last) if text.endswith(("末", "底")) else period
