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
from typing import TYPE_CHECKING, Final, Self

from provstats.errors import PeriodError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Period", "parse_period"]

_QUARTER = 3
_HALF = 6
_YEAR = 12


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
            if not (1 <= month <= _YEAR and date.min.year <= year <= date.max.year):
                msg = f"there is no month {month} in {year:04d}; months run from 1 to 12"
                raise PeriodError(msg)
        return cls(date(*start, 1), date(*end, monthrange(*end)[1]))

    @property
    def months(self) -> int:
        """The number of months that the span covers."""
        return (self.end.year - self.start.year) * _YEAR + self.end.month - self.start.month + 1

    @property
    def previous_year(self) -> Period:
        """The same months, one year earlier."""
        return Period.of_months(
            (self.start.year - 1, self.start.month), (self.end.year - 1, self.end.month)
        )

    def __str__(self) -> str:
        first, last = self.start, self.end
        if self.months % _YEAR == 0 and first.month == 1:
            return _joined(f"{first.year:04d}", f"{last.year:04d}")
        for length, letter in ((_HALF, "H"), (_QUARTER, "Q")):
            if self.months == length and last.month % length == 0:
                return f"{first.year:04d}-{letter}{last.month // length}"
        return _joined(f"{first:%Y-%m}", f"{last:%Y-%m}")


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


# A year may be left out in a report (1—11月); it then comes from the caller.
_Y = r"(?:(?P<year>\d{4})年?)?"
_DASH = "[-/~至到]"
_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_PLANS = {"十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
_N = r"(\d{1,2}|[一二两三四五六七八九十])"
_SPANS: Final[dict[str, Callable[..., tuple[int, int]]]] = {
    rf"{_Y}(?:全年|年内|年末|年底)?": lambda: (1, 12),
    rf"{_Y}上半年": lambda: (1, 6),
    rf"{_Y}下半年": lambda: (7, 12),
    rf"{_Y}第?{_N}季度": lambda n: (3 * n - 2, 3 * n),
    rf"{_Y}前{_N}季度": lambda n: (1, 3 * n),
    rf"{_Y}前{_N}个月": lambda n: (1, n),
    rf"{_Y}{_N}月(?:份|底|末|份末|份底)?": lambda n: (n, n),
    rf"{_Y}{_N}月?{_DASH}{_N}月(?:份|底|末)?": lambda first, last: (first, last),
    r"(?P<year>\d{4})-H(\d)": lambda n: (6 * n - 5, 6 * n),
    r"(?P<year>\d{4})-Q(\d)": lambda n: (3 * n - 2, 3 * n),
    r"(?P<year>\d{4})-(\d\d)": lambda n: (n, n),
}
_BETWEEN = (
    (r"(\d{4})-(\d\d)/(\d{4})-(\d\d)", lambda a, b, c, d: ((a, b), (c, d))),
    (rf"(\d{{4}})年?{_DASH}(\d{{4}})年?", lambda a, b: ((a, 1), (b, 12))),
)
_NORMAL = str.maketrans("０１２３４５６７８９—–－−‐～／", "0123456789-----~/")


@lru_cache(maxsize=4096)
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
    plain = re.sub(r"[\s“”\"']|^截至|^截止", "", str(text)).translate(_NORMAL)
    if since_plan := re.fullmatch("(十[二三四五])五(以来|期间|时期)?", plain):
        return _plan_years(since_plan, text, year)
    for pattern, months in _BETWEEN:
        if found := re.fullmatch(pattern, plain):
            return Period.of_months(*months(*map(int, found.groups())))
    for pattern, months_of in _SPANS.items():
        if plain and (found := re.fullmatch(pattern, plain)):
            stated, *numbers = found.groups()
            first, last = months_of(*(_NUMERALS.get(n) or int(n) for n in numbers))
            in_year = _known_year(stated, text, year)
            return Period.of_months((in_year, first), (in_year, last))
    msg = (
        f"{text!r} is no period; write '2024', '2024-H1', '2024-11', '2024-01/2024-11' or '1—11月'"
    )
    raise PeriodError(msg)


def _plan_years(found: re.Match[str], text: str, year: int | None) -> Period:
    """Five-year plans: the 14th is 2021 to 2025; 以来 runs to the end of the report year."""
    first = _PLANS[found[1]]
    last = _known_year(None, text, year) if found[2] == "以来" else first + 4
    return Period.of_months((first, 1), (last, _YEAR))


def _known_year(stated: str | None, text: str, year: int | None) -> int:
    if stated is None and year is None:
        msg = f"{text!r} names no year; pass year="
        raise PeriodError(msg)
    return int(stated) if stated is not None else int(year)  # type: ignore[arg-type]
