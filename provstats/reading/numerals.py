"""Numerals as Chinese reports print them, with the digits that the print makes significant.

``2.7万`` and ``两百`` are numbers; ``两三`` and ``一百五`` are ways of speaking and are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from provstats.errors import FigureError

__all__ = ["NUMERAL", "Numeral", "in_words", "parse_numeral"]

_PLACES: Final = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_DIGITS: Final = "零一二三四五六七八九"
# No report prints longer ones; the bound keeps arithmetic exact.
_WORDS: Final = "[零〇一二两三四五六七八九十百千万亿]{1,20}"
_DECIMAL: Final = re.compile(rf"(?P<whole>{_WORDS})点(?P<part>[{_DIGITS}〇]+)(?P<scale>[万亿]*)")

#: A regular expression for one numeral, without groups.
NUMERAL: Final = (
    r"(?:[0-9]{1,15}(?:\.[0-9]{1,9})?(?:万亿|[百千]?[亿万]|[百千])?"
    rf"|{_WORDS}点[{_DIGITS}〇]{{1,9}}(?:万亿|[亿万])?|{_WORDS})"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number, with one unit of its last printed and of its last significant digit.

    The two differ by the trailing zeros of a whole number, which are printed but not significant.

    Parameters
    ----------
    value : Decimal
        The number.
    last : Decimal
        One unit of the last printed digit: 1 for ``80,000``, 1000 for ``2.7万``.
    significant : Decimal
        One unit of the last significant digit: 10000 for ``80,000``.

    Examples
    --------
    >>> parse_numeral("2.7万").next
    Decimal('28000.0')
    """

    value: Decimal
    last: Decimal
    significant: Decimal

    @classmethod
    def whole(cls, value: Decimal) -> Numeral:
        """Make the numeral of a number printed to the unit.

        Parameters
        ----------
        value : Decimal
            The number; of a fraction only the whole part has significant digits.
        """
        digits = str(int(value))
        zeros = len(digits) - len(digits.rstrip("0")) if value >= 1 else 0
        return cls(value, Decimal(1), Decimal(10**zeros))

    @classmethod
    def fraction(cls, share: Decimal, parts: Decimal) -> Numeral:
        """Make the numeral of a fraction, as significant as its percentage: 1/4 as 25%, 1/5 as 20%.

        Parameters
        ----------
        share, parts : Decimal
            Numerator and denominator.
        """
        value = (share / parts).normalize()
        exponent = value.adjusted() - min(len(value.as_tuple().digits), 2) + 1
        significant = Decimal(10) ** exponent
        return cls(value, min(significant, Decimal("0.01")), significant)

    def __mul__(self, factor: int) -> Numeral:
        return Numeral(self.value * factor, self.last * factor, self.significant * factor)

    @property
    def next(self) -> Decimal:
        """The neighbour above with as many significant digits."""
        return self.value + self.significant

    @property
    def prev(self) -> Decimal:
        """The neighbour below with as many significant digits: 900 below 1000, 8 below 9."""
        digits = (self.value / self.significant).as_tuple().digits
        is_power_of_ten = digits[0] == 1 and not any(digits[1:])
        return self.value - self.significant / (10 if is_power_of_ten else 1)


def parse_numeral(text: str) -> Numeral:
    """Read one numeral.

    Parameters
    ----------
    text : str
        Digits or Chinese words, with or without 万 and 亿, as `NUMERAL` describes.

    Raises
    ------
    FigureError
        If the words are not how that number is written.

    Examples
    --------
    >>> int(parse_numeral("十五").value), int(parse_numeral("1.3万亿").value)
    (15, 1300000000000)
    """
    if text[0] in "0123456789":
        return _in_figures(text)
    if spoken := _DECIMAL.fullmatch(text):
        part = "".join(str(_DIGITS.index(c)) for c in spoken["part"].replace("〇", "零"))
        return _in_figures(f"{_value(spoken['whole'])}.{part}{spoken['scale']}")
    read = Numeral.whole(Decimal(_value(text)))
    scale = text[len(text.rstrip("万亿")) :]
    last = _value(f"一{scale}") if scale or set("万亿").isdisjoint(text) else read.significant
    return Numeral(read.value, Decimal(last), read.significant)


def _in_figures(text: str) -> Numeral:
    mantissa = text.rstrip("百千万亿")
    places = len(mantissa.partition(".")[2])
    value, last = Decimal(mantissa), Decimal(1).scaleb(-places)
    read = Numeral(value, last, last) if places else Numeral.whole(value)
    return read * _value(f"一{text[len(mantissa) :]}")


def _value(words: str) -> int:
    plain = words.replace("两", "二").replace("〇", "零")
    plain = f"一{plain}" if plain[0] in _PLACES else plain
    total = section = digit = 0
    for char in plain:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in "万亿":
            earlier = total if char == "亿" else 0
            total += (earlier + section + digit) * _PLACES[char] - earlier
            section = digit = 0
        else:
            section, digit = section + digit * _PLACES[char], 0
    number = total + section + digit
    if in_words(number) != plain or "两十" in words:
        msg = f"{words!r} is not how one number is written"
        raise FigureError(msg)
    return number


def in_words(number: int) -> str:
    """Write a whole number in Chinese words.

    Parameters
    ----------
    number : int
        Zero or more, below 10**16.

    Examples
    --------
    >>> in_words(1205)
    '一千二百零五'
    """
    for char, place in _PLACES.items():
        if number >= place:
            high, low = divmod(number, place)
            zero = "零" if 0 < low * 10 < place else ""
            return in_words(high) + char + zero + (in_words(low) if low else "")
    return _DIGITS[number]
