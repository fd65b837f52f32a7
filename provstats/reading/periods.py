"""Periods: spans of whole months, as Chinese reports name them and as labels.

A label is unique to its span: a span that is a whole year, half or quarter takes that name, so
January to December of 2024 is ``2024`` and never ``2024-01/2024-12``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from numbers import Integral
from typing import TYPE_CHECKING, Final, Self

from provstats.errors import PeriodError
from provstats.reading.dress import normalize_text
from provstats.reading.numerals import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MONTHS_OF_YEAR", "PARTS_OF_YEAR", "Period", "parse_period"]

#: How many months a year has.
MONTHS_OF_YEAR: Final = 12
#: The parts of a year that have a label of their own: first and last month.
PARTS_OF_YEAR: Final = {
    "H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12),
}  # fmt: skip
_LABELS: Final = {months: part for part, months in PARTS_OF_YEAR.items()}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole calendar months.

    Parameters
    ----------
    start : date
        The first day of the first month.
    end : date
        The last day of the last month.

    Raises
    ------
    PeriodError
        If the span is not made of whole months, or ends before it starts.

    Examples
    --------
    >>> from datetime import date
    >>> str(Period(date(2024, 1, 1), date(2024, 11, 30)))
    '2024-01/2024-11'
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start.day != 1 or self.end.day != monthrange(self.end.year, self.end.month)[1]:
            msg = f"a period is made of whole months, got {self.start} to {self.end}"
            raise PeriodError(msg)
        if self.end < self.start:
            msg = f"a period cannot end before it starts, got {self.start} to {self.end}"
            raise PeriodError(msg)

    @classmethod
    def of_months(cls, start: tuple[int, int], end: tuple[int, int]) -> Self:
        """Make a period from its first and last (year, month).

        Parameters
        ----------
        start, end : tuple of int
            Year and month, 1 to 12.

        Raises
        ------
        PeriodError
            If a month does not exist or the end lies before the start.

        Examples
        --------
        >>> str(Period.of_months((2024, 1), (2024, 6)))
        '2024-H1'
        """
        for year, month in (start, end):
            if not (1 <= month <= MONTHS_OF_YEAR and date.min.year <= year <= date.max.year):
                msg = f"there is no month {month} in {year:04d}; months run from 1 to 12"
                raise PeriodError(msg)
        return cls(date(*start, 1), date(*end, monthrange(*end)[1]))

    @property
    def months(self) -> int:
        """The number of months that the span covers."""
        years = self.end.year - self.start.year
        return years * MONTHS_OF_YEAR + self.end.month - self.start.month + 1

    @property
    def previous_year(self) -> Period:
        """The same months, one year earlier."""
        return Period.of_months(
            (self.start.year - 1, self.start.month), (self.end.year - 1, self.end.month)
        )

    def __str__(self) -> str:
        first, last = self.start, self.end
        if self.months % MONTHS_OF_YEAR == 0 and first.month == 1:
            return _join_labels(f"{first.year:04d}", f"{last.year:04d}")
        if first.year == last.year and (part := _LABELS.get((first.month, last.month))):
            return f"{first.year:04d}-{part}"
        months = (f"{day.year:04d}-{day.month:02d}" for day in (first, last))
        return _join_labels(*months)


def _join_labels(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


# --- the names of periods ------------------------------------------------------------------------

# A year may be left out in a report (1—11月); it then comes from the caller.
_Y: Final = r"(?:(?P<year>\d{4})年?|今年)?"
_N: Final = r"(\d{1,2}|十[一二]?|[一二两三四五六七八九])"
_TO: Final = "(?:-{1,2}|[~至到/])"
_MONTH: Final = "月份?(?:末|底)?"
_QUARTER: Final = "季度末?"
#: Spans within one year: the first and last month, by the numbers in the name.
_SPANS: Final[dict[str, Callable[..., tuple[int, int]]]] = {
    rf"{_Y}(?:全年|年内|年末|年底|年度)?": lambda: (1, 12),
    rf"{_Y}上半年": lambda: (1, 6),
    rf"{_Y}下半年": lambda: (7, 12),
    r"(?:(?P<year>\d{4})年?-?)?H(\d)": lambda n: (6 * n - 5, 6 * n),
    r"(?:(?P<year>\d{4})年?-?)?Q(\d)": lambda n: (3 * n - 2, 3 * n),
    rf"{_Y}第?{_N}{_QUARTER}": lambda n: (3 * n - 2, 3 * n),
    rf"{_Y}前{_N}个?季度": lambda n: (1, 3 * n),
    rf"{_Y}第?{_N}(?:季度)?{_TO}第?{_N}{_QUARTER}": lambda a, b: (3 * a - 2, 3 * b),
    rf"{_Y}前{_N}个月": lambda n: (1, n),
    rf"{_Y}{_N}{_MONTH}": lambda n: (n, n),
    rf"{_Y}{_N}(?:月份?)?{_TO}{_N}{_MONTH}": lambda first, last: (first, last),
    r"(?P<year>\d{4})[-.]?(\d\d)": lambda n: (n, n),
    r"(?P<year>\d{4})/(\d\d?)": lambda n: (n, n),
    r"(?P<year>\d{4})\.0": lambda: (1, 12),
}
#: Spans of whole years up to the year of the report: the first year, by that and the number.
_YEARS: Final[dict[str, Callable[[int, int], int]]] = {
    r"(\d{4})年?(?:以来|至今)": lambda _, first: first,
    rf"(?:最?近|过去的?){_N}年来?": lambda year, length: year - length + 1,
}
_PLAN: Final = re.compile(rf"(十[一二三四五])五(?:(以来)|前{_N}年|(末)|规划|期间|时期)?")
# A day stands for the month that ends with it; in a table also for the one that begins with it.
_DAYS: Final = {
    r"(\d{4})年(\d\d?)月(\d\d?)日": False, r"(\d{4})(\d\d)(\d\d)": True,
    r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00:00(?:\.0+)?)?": True, r"(\d{4})/(\d\d?)/(\d\d?)": True,
}  # fmt: skip
_REWORDED: Final = (
    ("[“”「」\"']|^(?:截[至止]|到)|累计$", ""), ("—", "-"), ("年初至", "1-"), ("元月", "1月"),
    ("今年以来", "今年"),
)  # fmt: skip
_LONGEST: Final = 60


def parse_period(text: str, year: int | None = None) -> Period:
    """Read a period as a report prints it, or a label.

    Parameters
    ----------
    text : str
        ``"1—11月"``, ``"前三季度"``, ``"2023—2024年"``, ``"“十四五”以来"``, ``"近五年"``,
        ``"2024-H1"``, ``"202411"``, ``"2024-11-30"`` ...
    year : int, optional
        The report year, used where the text names none, and the last year of a span that runs up
        to the report (2021年以来).

    Returns
    -------
    Period
        Its ``str()`` is the label.

    Raises
    ------
    PeriodError
        If the text is no period, names no year and none is given, or is impossible.

    Examples
    --------
    >>> str(parse_period("1—11月", year=2024))
    '2024-01/2024-11'
    >>> str(parse_period("2024-01/2024-12"))
    '2024'
    """
    if not (year is None or (isinstance(year, Integral) and not isinstance(year, bool))):
        msg = f"year must be a whole number such as 2024, got {year!r}"
        raise PeriodError(msg)
    return _parse_text(str(text), None if year is None else int(year))


@lru_cache(maxsize=4096)
def _parse_text(text: str, year: int | None) -> Period:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    try:
        if period := _read_period(shown, year):
            return period
    except PeriodError as error:
        msg = f"cannot read period {shown!r}: {error}"
        raise PeriodError(msg) from None
    forms = "'2024', '2024-H1', '2024-11', '2024-01/2024-11' or '1—11月'"
    msg = f"cannot read period {shown!r}: write {forms}"
    raise PeriodError(msg)


def _read_period(text: str, year: int | None) -> Period | None:
    plain = (
        normalize_text(text).upper().replace("○", "〇")
    )  # the circle that many type for the zero
    for pattern, words in _REWORDED:
        plain = re.sub(pattern, words, plain)
    plain = re.sub("[〇零一二三四五六七八九]{4}(?=年)", _convert_to_digits, plain)
    return _read_single_period(plain, year) or _read_joined_periods(plain)


def _read_single_period(plain: str, year: int | None) -> Period | None:
    return (
        _read_plan(plain, year)
        or _read_years_to_report(plain, year)
        or _read_day(plain)
        or _read_span_in_year(plain, year)
    )


def _read_plan(plain: str, year: int | None) -> Period | None:
    """Read a five-year plan: the eleventh began in 2006."""
    plan = _PLAN.fullmatch(plain)
    if not plan:
        return None
    number, since, length, end = plan.groups()
    first = 1951 + 5 * _parse_integer(number)
    last = (
        _require_year(None, year)
        if since
        else first + (_parse_integer(length) if length else 5) - 1
    )
    return Period.of_months((last if end else first, 1), (last, MONTHS_OF_YEAR))


def _read_years_to_report(plain: str, year: int | None) -> Period | None:
    for pattern, first_of in _YEARS.items():
        if found := re.fullmatch(pattern, plain, re.ASCII):
            last = _require_year(None, year)
            return Period.of_months(
                (first_of(last, _parse_integer(found[1])), 1), (last, MONTHS_OF_YEAR)
            )
    return None


def _read_day(plain: str) -> Period | None:
    for pattern, may_begin in _DAYS.items():
        if found := re.fullmatch(pattern, plain, re.ASCII):
            year, month, day = map(int, found.groups())
            period = Period.of_months((year, month), (year, month))
            if day == period.end.day or (may_begin and day == 1):
                return period
            msg = f"day {day} within a month is no period"
            raise PeriodError(msg)
    return None


def _read_span_in_year(plain: str, year: int | None) -> Period | None:
    for pattern, months in _SPANS.items():
        if plain and (found := re.fullmatch(pattern, plain, re.ASCII)):
            stated, *numbers = found.groups()
            in_year = _require_year(stated, year)
            first, last = months(*map(_parse_integer, numbers))
            return Period.of_months((in_year, first), (in_year, last))
    return None


def _read_joined_periods(plain: str) -> Period | None:
    """Read two periods that name their years: 2021/2024, 2023年11月至2024年1月."""
    for to in re.finditer(_TO, plain):
        first = _read_single_period(plain[: to.start()], None)
        if first and (last := _read_single_period(plain[to.end() :], None)):
            return Period(first.start, last.end)
    return None


def _parse_integer(text: str) -> int:
    return int(text) if text.isascii() else int(parse_numeral(text).value)


def _convert_to_digits(words: re.Match[str]) -> str:
    return "".join(str(parse_numeral(char).value) for char in words[0])


def _require_year(stated: str | None, year: int | None) -> int:
    if stated is not None:
        return int(stated)
    if year is None:
        msg = "it names no year; pass year="
        raise PeriodError(msg)
    return year
