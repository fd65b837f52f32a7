"""Numbers for readers: in the unit that one reads, with the decimals that were printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from provstats.errors import IncomparableError
from provstats.tables.units import Measure, read_unit
from provstats.words.numbers import Scale, format_number
from provstats.words.phrases import QUALIFIED

if TYPE_CHECKING:
    from provstats.words.languages import Language

__all__ = [
    "choose_display_unit",
    "format_derived_value",
    "format_interval",
    "format_qualified_number",
    "name_base_unit",
    "scale_value",
]

#: The units in which amounts are printed, the greatest first; others as they are.
_STEPS: Final = {
    "zh": {
        "CNY": ("万亿元", "亿元", "万元", "元"),
        "USD": ("万亿美元", "亿美元", "万美元", "美元"),
        "count": ("亿", "万", ""),
        "percent": ("%",),
        "percentage_point": ("百分点",),
        "rank": ("",),
    },
    "en": {
        "CNY": ("CNY trillion", "CNY billion", "CNY million", "CNY"),
        "USD": ("USD trillion", "USD billion", "USD million", "USD"),
        "count": ("million", "thousand", ""),
        "percent": ("%",),
        "percentage_point": ("pp",),
        "rank": ("",),
    },
}
#: A number with more decimals is hard to read.
_DECIMALS: Final = 2
_POWERS: Final = {
    "万亿": 12, "亿": 8, "万": 4, "trillion": 12, "billion": 9, "million": 6, "thousand": 3,
}  # fmt: skip


def choose_display_unit(rows: pd.DataFrame, language: Language, said: str | None) -> Measure:
    """Return the unit in which the figures of one indicator are printed.

    It is the caller's, or the largest in which the smallest figure is readable; exact figures
    are printed in full.
    """
    own = str(rows["unit"].iloc[0]) if "unit" in rows else ""
    if said is not None:
        return _read_asked_unit(own, said, str(rows["indicator"].iloc[0]))
    steps = [_build_measure(word, own) for word in _STEPS[language.lang].get(own, (own,))]
    exact = {"lower", "upper"} <= set(rows) and (rows["lower"] == rows["upper"]).any()
    fitting = (step for step in steps if not exact and _is_readable(rows, step.power))
    return next(fitting, steps[-1])


def name_base_unit(unit: str, language: Language) -> str:
    """Return the printed name of a unit whose numbers are not scaled."""
    return _STEPS[language.lang].get(unit, (unit,))[-1]


def _is_readable(rows: pd.DataFrame, power: int) -> bool:
    """Tell whether all figures are 1 or more in a unit, and have at most two decimals."""
    sizes = rows["value"].abs()
    least = sizes[sizes > 0].min()
    ends = [rows[end] if end in rows else rows["value"] for end in ("lower", "upper")]
    figures = zip(rows["value"], ends[0], ends[1], strict=True)
    digits = (scale_value(*figure, power)[1] for figure in figures if not pd.isna(figure[0]))
    return bool(least >= 10**power) and max(digits, default=0) <= _DECIMALS


def _read_asked_unit(own: str, said: str, indicator: str) -> Measure:
    measure = read_unit(said) if isinstance(said, str) else None
    if measure is None or measure.unit != own:
        msg = f"unit={said!r:.60} is no unit of {indicator!r}, whose figures are in {own!r}"
        raise IncomparableError(msg)
    return measure


def _build_measure(word: str, unit: str) -> Measure:
    return Measure(
        unit, next((power for scale, power in _POWERS.items() if scale in word), 0), word
    )


def scale_value(value: float, lower: float, upper: float, power: int) -> tuple[float, int]:
    """Return a value in the unit of a power of ten, and the decimals that it was printed with."""
    factor = 10.0**power
    ends = [value if pd.isna(end) else end for end in (lower, upper)]
    return value / factor, Scale(factor, "{}").choose_decimals(value, ends[0], ends[1])


def format_interval(lower: float, upper: float, power: int) -> str:
    """Return an interval, its ends distinct, without needless zeros; empty for a point or NaN."""
    if pd.isna(lower) or pd.isna(upper) or lower == upper:
        return ""
    return "–".join(Scale(10.0**power, "{}").format_bounds(lower, upper))


def format_derived_value(  # noqa: PLR0913 - a value, its ends, and how both are printed
    value: float, digits: int, lower: float, upper: float, power: int = 0, *, signed: bool = False
) -> str:
    """Return a computed value, and in brackets its interval, unless that is a point."""
    scale = Scale(10.0**power, "{}", signed=signed)
    text = scale.format_scaled_number(value / scale.factor, digits)
    if pd.isna(lower) or pd.isna(upper) or lower == upper:
        return text
    return f"{text} ({'–'.join(scale.format_matching_bounds(value, digits, lower, upper))})"


def format_qualified_number(
    number: float, digits: int, qualifier: object, language: Language
) -> str:
    """Return a number as text, with the word that it was printed with: 超8万."""
    text = format_number(number, digits)
    forms = QUALIFIED.get(str(qualifier))
    return forms[language.lang == "en"].format(text) if forms else text
