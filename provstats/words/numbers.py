"""Numbers: values in the units and with the decimals that readers know them by."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil, floor, inf, isclose, isfinite, isinf, log10
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.errors import require_one_of
from provstats.words.languages import read_catalogue_field
from provstats.words.phrases import SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from provstats.words.languages import Language

__all__ = [
    "Scale",
    "choose_scale",
    "count_needed_decimals",
    "format_number",
    "format_signed_number",
]

# The decimals up to which a greater unit is taken.
_FEW: Final = {"zh": 2, "en": 3}
# Decimals that are taken as given, and the significant digits of what was computed.
_GIVEN, _SIGNIFICANT = 2, 4
# So many digits of a number are no noise; from here on, all of them stand before the point.
_SOUND: Final = 12
_WHOLE: Final = 10**_SOUND


class Scale(NamedTuple):
    """How the values of one chart or table are printed."""

    factor: float
    form: str
    #: The decimals of values whose interval does not say them; None for all that each needs.
    digits: int | None = None
    signed: bool = False

    @property
    def word(self) -> str:
        """The unit alone, as for a subtitle."""
        return " ".join(self.form.format("").removeprefix("个").split())

    @property
    def plain(self) -> Scale:
        """The same without the unit."""
        return self._replace(form="{}")

    @property
    def brief(self) -> Scale:
        """The same without the unit, unless it is as short as a percent sign."""
        return self if self.form == "{}%" else self.plain

    def format_value(self, value: float, lower: float, upper: float) -> str:
        """Format a value: 7% and 7.0% differ, for the first allows 6.5 to 7.5."""
        return self.form.format(
            self.format_scaled_number(
                value / self.factor, self.choose_decimals(value, lower, upper)
            )
        )

    def choose_decimals(self, value: float, lower: float, upper: float) -> int:
        """Return the decimals that a value has: those it was printed with, or all that it needs.

        Beyond the twelfth digit there is noise, and there are none.
        """
        number, width = value / self.factor, (upper - lower) / self.factor
        return min(self._choose_decimals(number, width), _count_sound_decimals(number))

    def _choose_decimals(self, number: float, width: float) -> int:
        rounded, needed = _infer_decimals(width), count_needed_decimals(number)
        if rounded is not None or self.digits is None:
            return max(rounded or 0, needed)
        if not 0 < width < inf:
            return self.digits
        return max(self.digits, min(needed, ceil(-log10(width))))

    def format_bounds(self, lower: float, upper: float, most: int | None = None) -> tuple[str, str]:
        """Format the ends of an interval so that they differ, without needless zeros or the unit.

        They are rounded outwards, so that no value within them is printed outside, and have at most
        so many decimals.
        """
        low, high = lower / self.factor, upper / self.factor
        finest = _count_interval_decimals(low, high)
        digits = finest if most is None else min(finest, most)
        return self._format_bound(low, digits, ROUND_FLOOR), self._format_bound(
            high, digits, ROUND_CEILING
        )

    def format_matching_bounds(
        self, value: float, digits: int, lower: float, upper: float
    ) -> tuple[str, str]:
        """Format the ends to stand next to their value, which is printed with these decimals.

        A value that was rounded might stand outside of ends that are finer than it is.
        """
        number = value / self.factor
        is_rounded = _drop_noise(number) != Decimal(f"{number:.{digits}f}")
        return self.format_bounds(lower, upper, digits if is_rounded else None)

    def _format_bound(self, number: float, digits: int, rounding: str) -> str:
        if isinf(number):
            return self.format_scaled_number(number, 0)
        end = _round_in_direction(number, digits, rounding)
        return self.format_scaled_number(float(end), _count_decimals(end))

    def format_edge(self, value: float) -> str:
        """Format a round number, such as a boundary, with the decimals that it needs."""
        number = value / self.factor
        label = self.format_scaled_number(number, count_needed_decimals(number))
        return self.form.format(label) if self.form == "{}%" else label

    def format_scaled_number(self, number: float, digits: int) -> str:
        """Format a number that is in this unit already."""
        return (format_signed_number if self.signed else format_number)(number, digits)


def choose_scale(rows: pd.DataFrame, language: Language, unit: str | None = None) -> Scale:
    """Choose one unit for all rows: the one asked for, else the greatest that needs few decimals.

    Examples
    --------
    >>> import pandas as pd
    >>> from provstats.words.languages import Language
    >>> spending = {"indicator": "rd_expenditure", "unit": "CNY", "value": [2947.1e8, 7.2e8]}
    >>> rows = pd.DataFrame(spending).eval("lower = value - 5e6").eval("upper = value + 5e6")
    >>> choose_scale(rows, Language("zh")).format_value(*rows[["value", "lower", "upper"]].iloc[0])
    '2,947.1亿元'
    >>> choose_scale(rows, Language("zh"), "万亿元").word
    '万亿元'
    """
    word = str(rows["unit"].iloc[0] or read_catalogue_field(rows, "unit"))
    steps = _list_scales(word, language)
    if unit is not None:
        return _set_decimals(_find_scale(unit, steps), rows)
    sizes = rows["value"].abs()
    least = sizes[sizes > 0].min()
    readable = [step for step in steps if step.factor <= 10 * least] or steps[-1:]
    scales = [_set_decimals(step, rows) for step in readable]
    few = _FEW[language.lang]
    return next((scale for scale in scales if _count_most_decimals(scale, rows) <= few), scales[-1])


def _list_scales(unit: str, language: Language) -> list[Scale]:
    """Return the scales of a unit, the greatest first; for an unknown unit, its own word."""
    blank = " " if unit[:1].isascii() else ""
    braced = unit.replace("{", "{{").replace("}", "}}")
    own = f"{{}}{blank}{braced}".strip() if language.can_draw(unit) else "{}"
    return [Scale(*step) for step in SCALES[language.lang].get(unit, ((1.0, own),))]


def _find_scale(unit: str, steps: Sequence[Scale]) -> Scale:
    words = {step.word: step for step in steps}
    require_one_of("unit", unit, words)
    return words[unit]


def _set_decimals(step: Scale, rows: pd.DataFrame) -> Scale:
    """Add the decimals of those values whose interval does not say them."""
    records = zip(rows["value"], (rows["upper"] - rows["lower"]), strict=True)
    free = [
        value / step.factor
        for value, width in records
        if _infer_decimals(width / step.factor) is None
    ]
    return step._replace(digits=_choose_shared_decimals(free))


def _choose_shared_decimals(values: Iterable[float]) -> int:
    """Return the decimals that all values have, or fewer where they would be false precision.

    Up to two are taken as given; of more, as of computed values, four significant digits of the
    greatest are left.
    """
    known = list(values)
    exact = max((_count_decimals(Decimal(f"{value:.9g}")) for value in known), default=0)
    most = max(map(abs, known), default=0.0)
    if exact <= _GIVEN or most == 0:
        return exact
    sound = max(0, _SIGNIFICANT - 1 - floor(log10(most)))
    return min(max(map(count_needed_decimals, known)), sound)


def _count_most_decimals(scale: Scale, rows: pd.DataFrame) -> int:
    ends = rows[["value", "lower", "upper"]].to_numpy().tolist()
    return max(scale.choose_decimals(*row) for row in ends)


def _infer_decimals(width: float) -> int | None:
    """Return the decimals to which an interval of this width was rounded: 1 for 0.1; else None."""
    digits = -log10(width) if 0 < width < inf else 0.5
    return max(0, round(digits)) if isclose(digits, round(digits), abs_tol=1e-6) else None


def _count_interval_decimals(low: float, high: float) -> int:
    """Return the decimals that an interval needs; for a point or an open one, those of its ends.

    Two digits of its width are enough.
    """
    width = high - low
    return (
        max(0, 1 - floor(log10(width)))
        if 0 < width < inf
        else max(map(count_needed_decimals, (low, high)))
    )


def count_needed_decimals(value: float) -> int:
    """Return how many decimals a value needs, to four significant digits; an infinite one none.

    Examples
    --------
    >>> count_needed_decimals(7.25), count_needed_decimals(80000)
    (2, 0)
    """
    return _count_decimals(Decimal(f"{value:.4g}"))


def _round_in_direction(number: float, digits: int, rounding: str) -> Decimal:
    """Round a number in one direction, if it has more decimals."""
    sound = _drop_noise(number)
    step = Decimal(1).scaleb(-digits)
    return sound.quantize(step, rounding) if _count_decimals(sound) > digits else sound


def _drop_noise(number: float) -> Decimal:
    """Return a number without its noise: decimals beyond its twelfth digit."""
    return Decimal(number) if abs(number) >= _WHOLE else Decimal(f"{number:.{_SOUND}g}")


def _count_sound_decimals(number: float) -> int:
    """Return how many decimals of a number are no noise."""
    whole = Decimal(number).adjusted() + 1 if isfinite(number) else _SOUND
    return max(0, _SOUND - whole)


def _count_decimals(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent)) if number.is_finite() else 0


def format_number(value: float, digits: int) -> str:
    """Format a number with a true minus sign, separators, and never a negative zero.

    Examples
    --------
    >>> format_number(-1234.5, 1), format_number(-0.01, 1), format_number(float("-inf"), 1)
    ('−1,234.5', '0.0', '−∞')
    """
    return f"{value:z,.{digits}f}".replace("-", "−").replace("inf", "∞")


def format_signed_number(value: float, digits: int) -> str:
    """Format a difference with its sign; what is rounded to zero has none.

    Examples
    --------
    >>> format_signed_number(2.5, 1), format_signed_number(-0.6, 1), format_signed_number(0.04, 1)
    ('+2.5', '−0.6', '0.0')
    """
    sign = "+" if round(value, digits) > 0 else ""
    return sign + format_number(value, digits)
