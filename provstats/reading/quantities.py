"""Quantities: a number with its unit, and the interval that each qualifier makes of it."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.reading.numerals import NUMERAL, Numeral, parse_numeral
from provstats.reading.refusals import refuse
from provstats.reading.units import UNITS, Scale, parse_unit
from provstats.reading.vocabulary import Qualifier, build_word_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Quantity", "find_quantity", "has_quantity"]

Number = Decimal | Fraction
Bounds = tuple[Number, Number]

# So many years are a date, not a span.
_LEAST_DATE: Final = 1000
_YEARS: Final = range(1900, 2100)
_VAGUE: Final = ("一批", "一期")
_PERCENT: Final = parse_unit("%")


class Quantity(NamedTuple):
    """A number in units of the data, and the interval that each qualifier makes of it.

    ``usual`` is the qualifier where no word says one; those without an interval cannot stand.
    """

    value: Number
    scale: Scale
    intervals: Mapping[Qualifier, Bounds]
    usual: Qualifier = "exact"

    @property
    def is_negative(self) -> bool:
        """Whether a minus is printed within it: -3%至5%."""
        return "range" in self.intervals and self.intervals["range"][0] < 0


# 米 is no unit after 千, of which 千米 is made.
_UNIT: Final = f"{build_word_pattern(UNITS.keys() - {'米'})}|(?<!千)米"


def _compile_quantity_pattern(unit: str) -> re.Pattern[str]:
    return re.compile(
        r"(?P<share>[1-9][0-9]{0,5})/(?P<parts>[1-9][0-9]{0,5})(?![0-9/.])"
        r"|(?P<digits>[二两三四2-4])位数"
        r"|(?P<equal>持平|零增长)"
        rf"|(?P<low>-?{NUMERAL})(?P<low_unit>{unit})?(?:-|—{{1,2}}|~|至|到)"
        rf"(?P<high>-?{NUMERAL})(?P<unit>{unit})"
        rf"|(?P<number>{NUMERAL})(?P<more>[余多])?(?P<one_unit>{unit})"
    )


_WITH_UNIT: Final = _compile_quantity_pattern(_UNIT)
_BARE: Final = _compile_quantity_pattern("")


def find_quantity(text: str, start: int, scale: Scale | None) -> tuple[Quantity, int] | None:
    """Return the quantity that starts there and where it ends; a bare number takes the scale."""
    found = _WITH_UNIT.match(text, start) or (scale and _BARE.match(text, start))
    if not found:
        return None
    printed = found["unit"] or found["one_unit"]
    own = parse_unit(printed) if printed else scale or _PERCENT
    kind = next(kind for kind in _KINDS if found[kind])
    return _KINDS[kind](found, own), found.end()


def has_quantity(text: str) -> bool:
    """Tell whether a number with a unit stands anywhere in a text."""
    return any(found[0][0] not in "百千万亿" for found in _WITH_UNIT.finditer(text))


def _read_fraction(found: re.Match[str], scale: Scale) -> Quantity:
    """Read a fraction; its neighbours are the fractions of the same numerator."""
    share, parts = int(found["share"]), int(found["parts"])
    if share >= parts or share in _YEARS or parts in _YEARS or scale.unit != "percent":
        refuse(f"{found[0]!r} is no part of a whole")
    below, value, above = (Fraction(100 * share, parts + step) for step in (1, 0, -1))
    half_way = (below + value) / 2, (value + above) / 2
    return Quantity(
        value, _PERCENT, _build_intervals(value, half_way, below, above, (below, above))
    )


def _read_digit_count(found: re.Match[str], _: Scale) -> Quantity:
    """Read 两位数: from 10 to 100 percent."""
    least = 10 ** (parse_numeral(found["digits"]).value - 1)
    return Quantity(least, _PERCENT, {"over": (least, 10 * least)}, "over")


def _read_zero_difference(_: re.Match[str], scale: Scale) -> Quantity:
    """Read 持平: a change or a gap of nothing, in percent where no unit is given."""
    nothing = Decimal(0)
    return Quantity(nothing, scale, {"exact": (nothing, nothing)})


def _read_single_number(found: re.Match[str], scale: Scale) -> Quantity:
    if found[0] in _VAGUE:
        refuse(f"{found[0]!r} is no number")
    number = _scale_number(found["number"], scale)
    value, half = number.value, number.last / 2
    if scale.is_counted and number.last >= 1 and set("万亿").isdisjoint(found["number"]):
        half = Decimal(0)  # a count in full
    rounded = value - half, value + half
    if not value:
        return Quantity(value, scale, {"exact": rounded})
    about = number.prev, 2 * value - number.prev
    intervals = _build_intervals(value, rounded, number.prev, number.next, about)
    if found["number"][0] in "百千万亿":
        del intervals["exact"]  # a bare 万 or 亿 is a number only after 超, 近 or 约
    return Quantity(value, scale, intervals, "over" if found["more"] else "exact")


def _read_range(found: re.Match[str], scale: Scale) -> Quantity:
    """Read 5%—5.5%: its ends are as printed, and the value is their middle."""
    low, high = found["low"], found["high"]
    shared = high[len(high.rstrip("百千万亿")) :]
    own = parse_unit(found["low_unit"]) if found["low_unit"] else scale
    lows = [low] if found["low_unit"] or low[-1] in "百千万亿" else [low + shared, low]
    top = _scale_number(high, scale).value
    for bottom in (_scale_number(text, own).value for text in lows):
        if bottom < top and own.unit == scale.unit:
            return Quantity((bottom + top) / 2, scale, {"range": (bottom, top)}, "range")
    return refuse(f"{found[0]!r} is no range from a lower to a higher number")


_KINDS: Final[dict[str, Callable[[re.Match[str], Scale], Quantity]]] = {
    "share": _read_fraction,
    "digits": _read_digit_count,
    "equal": _read_zero_difference,
    "low": _read_range,
    "number": _read_single_number,
}


def _scale_number(printed: str, scale: Scale) -> Numeral:
    """Return a number, with its minus, in units of the data."""
    number = parse_numeral(printed.removeprefix("-"))
    if scale.unit == "year" and number.value >= _LEAST_DATE:
        refuse(f"{printed + scale.printed!r} is a date")
    if scale.printed not in UNITS and not set("万亿").isdisjoint(printed):
        refuse(f"{printed!r} has a scale of its own beside that of {scale.printed!r}")
    return number * (-scale.factor if printed[0] == "-" else scale.factor)


def _build_intervals(
    value: Number, rounded: Bounds, below: Number, above: Number, about: Bounds
) -> dict[Qualifier, Bounds]:
    return {
        "exact": rounded, "over": (value, above), "nearly": (below, value),
        "under": (below, value), "about": about,
    }  # fmt: skip
