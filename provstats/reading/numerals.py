"""Numerals as Chinese reports print them, with the digits that the print makes significant.

``2.7万``, ``13万2千`` and ``两百`` are numbers; ``两三`` and ``一百五`` are ways of speaking,
refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from provstats.errors import FigureError

__all__ = ["NUMERAL", "Numeral", "is_compound", "parse_numeral", "spell_number"]

_PLACES: Final = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_DIGITS: Final = "零一二三四五六七八九"
# No report prints longer ones; the bounds keep arithmetic exact and reading fast.
_WORDS: Final = "[零〇一二两三四五六七八九十百千万亿]{1,30}"
_FIGURES: Final = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?"
_SCALE: Final = "(?:万亿|[百千]?[亿万]|[百千])"
_MIXED: Final = rf"[1-9][0-9]{{0,3}}{_SCALE}(?:零?[1-9][0-9]{{0,3}}{_SCALE}?){{1,4}}"
_SPOKEN: Final = rf"{_WORDS}点[{_DIGITS}〇]{{1,9}}(?:万亿|[亿万])?"

#: A regular expression for one numeral, without groups.
NUMERAL: Final = f"(?:{_MIXED}|{_FIGURES}{_SCALE}?|{_SPOKEN}|{_WORDS})"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number, with one unit of its last printed and of its last significant digit.

    The two differ by the trailing zeros of a whole number, which are printed but not significant.
    """

    value: Decimal
    last: Decimal
    significant: Decimal

    @classmethod
    def from_whole_number(cls, value: Decimal) -> Numeral:
        """Make the numeral of a whole number that is printed to its last digit."""
        digits = str(int(value))
        zeros = len(digits) - len(digits.rstrip("0")) if value >= 1 else 0
        return cls(value, Decimal(1), Decimal(10**zeros))

    def __mul__(self, factor: Decimal | int) -> Numeral:
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


def is_compound(text: str) -> bool:
    """Tell whether a text is nothing but a number of several parts with a 万 or 亿 among them.

    Examples
    --------
    >>> is_compound("十万零一千"), is_compound("13万2千"), is_compound("1.1万"), is_compound("十五")
    (True, True, False, False)
    """
    is_number = re.fullmatch(f"{_MIXED}|{_WORDS}", text)
    return bool(is_number and re.search("[万亿].*[一二三四五六七八九1-9][十百千]?", text))


def parse_numeral(text: str) -> Numeral:
    """Read one numeral, as `NUMERAL` describes; refuse words that are not how one is written.

    Examples
    --------
    >>> int(parse_numeral("十五").value), int(parse_numeral("1.3万亿").value)
    (15, 1300000000000)
    """
    if re.fullmatch(f"{_FIGURES}{_SCALE}?", text):
        return _parse_digits(text)
    if spoken := re.fullmatch(f"({_WORDS})点(.+?)([万亿]*)", text):
        part = "".join(str(_DIGITS.index(c)) for c in spoken[2].replace("〇", "零"))
        return _parse_digits(f"{_parse_words(spoken[1])}.{part}{spoken[3]}")
    words = re.sub("[0-9]+", lambda digits: spell_number(int(digits[0])), text)
    read = Numeral.from_whole_number(Decimal(_parse_words(words, text)))
    return Numeral(read.value, Decimal(_find_last_place_value(text, read)), read.significant)


def _find_last_place_value(text: str, read: Numeral) -> Decimal | int:
    """Return one unit of the last digit in words: 1000 of 两万五千, 10000 of 二十万, 1 of 一百."""
    if scale := text[len(text.rstrip("万亿")) :]:
        return _parse_words(f"一{scale}")
    is_round = not set("万亿").isdisjoint(text) and not text[-1].isdigit()
    return read.significant if is_round else 1


def _parse_digits(text: str) -> Numeral:
    mantissa = text.rstrip("百千万亿")
    places = len(mantissa.partition(".")[2])
    value, last = Decimal(mantissa), Decimal(1).scaleb(-places)
    read = Numeral(value, last, last) if places else Numeral.from_whole_number(value)
    return read * _parse_words(f"一{text[len(mantissa) :]}")


def _parse_words(words: str, printed: str = "") -> int:
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
            section, digit = section + (digit or 1) * _PLACES[char], 0
    number = total + section + digit
    if plain not in _list_wordings(number) or "两十" in words:
        msg = f"{printed or words!r} is not how one number is written"
        raise FigureError(msg)
    return number


def _list_wordings(number: int) -> set[str]:
    """Return a number in words, also with the 零 of 十万零一千 and without the 一 of 一万零一十."""
    ways = {words := spell_number(number), re.sub("(?<=[万亿])(?=.千)", "零", words)}
    return ways | {way.replace("零一十", "零十") for way in ways}


def spell_number(number: int) -> str:
    """Write a whole number from 0 to below 10**16 in Chinese words.

    Examples
    --------
    >>> spell_number(1205)
    '一千二百零五'
    """
    for char, place in _PLACES.items():
        if number >= place:
            high, low = divmod(number, place)
            zero = "零" if 0 < low * 10 < place else ""
            return spell_number(high) + char + zero + (spell_number(low) if low else "")
    return _DIGITS[number]
