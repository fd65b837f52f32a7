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
from provstats.reading.figures import normal_text

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
            return _joined(f"{first.year:04d}", f"{last.year:04d}")
        if first.year == last.year and (part := _LABELS.get((first.month, last.month))):
            return f"{first.year:04d}-{part}"
        months = (f"{day.year:04d}-{day.month:02d}" for day in (first, last))
        return _joined(*months)


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


# A year may be left out in a report (1—11月); it then comes from the caller.
_Y = r"(?:(?P<year>\d{4})年?|今年)?"
_DASH = "(?:-{1,2}|[/~至到])"
_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {
    "两": 2,
    "十一": 11,
    "十二": 12,
}
_N = r"(\d{1,2}|十[一二]?|[一二两三四五六七八九])"
_PLANS = {"十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
_SPANS: Final[dict[str, Callable[..., tuple[int, int]]]] = {
    rf"{_Y}(?:全年|年内|年末|年底|以来|度)?": lambda: (1, 12),
    rf"{_Y}上半年": lambda: (1, 6),
    rf"{_Y}下半年": lambda: (7, 12),
    rf"{_Y}第?{_N}季度末?": lambda n: (3 * n - 2, 3 * n),
    rf"{_Y}前{_N}个?季度": lambda n: (1, 3 * n),
    rf"{_Y}前{_N}个月": lambda n: (1, n),
    rf"{_Y}{_N}月(?:份|底|末|份末|份底)?": lambda n: (n, n),
    rf"{_Y}{_N}月?{_DASH}{_N}月(?:份|底|末)?": lambda first, last: (first, last),
    r"(?:(?P<year>\d{4})年?-?)?H(\d)": lambda n: (6 * n - 5, 6 * n),
    r"(?:(?P<year>\d{4})年?-?)?Q(\d)": lambda n: (3 * n - 2, 3 * n),
    rf"{_Y}-(\d\d)": lambda n: (n, n),
}
_BETWEEN: Final[tuple[tuple[str, Callable[..., tuple[tuple[int, int], tuple[int, int]]]], ...]] = (
    (r"(\d{4})-(\d\d)/(\d{4})-(\d\d)", lambda a, b, c, d: ((a, b), (c, d))),
    (rf"(\d{{4}})年{_N}月{_DASH}(\d{{4}})年{_N}月", lambda a, b, c, d: ((a, b), (c, d))),
    (rf"(\d{{4}})年?{_DASH}(\d{{4}})年?", lambda a, b: ((a, 1), (b, 12))),
)
_DASHES = str.maketrans("—‒‑‐―〜～", "-------")


def parse_period(text: str, year: int | None = None) -> Period:
    """Read a period as a report prints it, or a label.

    Parameters
    ----------
    text : str
        ``"1—11月"``, ``"前三季度"``, ``"2023—2024年"``, ``"“十四五”以来"``, ``"2024-H1"`` ...
    year : int, optional
        The report year, used where the text names none.

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
    return _parsed(str(text), None if year is None else int(year))


@lru_cache(maxsize=4096)
def _parsed(text: str, year: int | None) -> Period:
    plain = normal_text(text).translate(_DASHES).upper()
    plain = plain.replace("年初至", "1-")
    plain = re.sub(r"[“”「」\"'\s]|^截[至止]", "", plain)
    try:
        return _read(plain, year)
    except PeriodError as error:
        msg = f"cannot read period {text!r}: {error}"
        raise PeriodError(msg) from None


def _read(plain: str, year: int | None) -> Period:
    if plan := re.fullmatch("(十[二三四五])五(以来|期间|时期)?", plain):
        first = _PLANS[plan[1]]
        last = _known_year(None, year) if plan[2] == "以来" else first + 4
        return Period.of_months((first, 1), (last, MONTHS_OF_YEAR))
    for pattern, ends in _BETWEEN:
        if found := re.fullmatch(pattern, plain, re.ASCII):
            return Period.of_months(*ends(*map(_whole, found.groups())))
    for pattern, months in _SPANS.items():
        if plain and (found := re.fullmatch(pattern, plain, re.ASCII)):
            stated, *numbers = found.groups()
            in_year = _known_year(stated, year)
            first_month, last_month = months(*map(_whole, numbers))
            return Period.of_months((in_year, first_month), (in_year, last_month))
    msg = "write '2024', '2024-H1', '2024-11', '2024-01/2024-11' or '1—11月'"
    raise PeriodError(msg)


def _whole(text: str) -> int:
    return _NUMERALS.get(text) or int(text)


def _known_year(stated: str | None, year: int | None) -> int:
    if stated is not None:
        return int(stated)
    if year is None:
        msg = "it names no year; pass year="
        raise PeriodError(msg)
    return year
