"""Languages: phrases, names, periods and numbers, in Chinese or in English.

Nothing here needs a font or draws: charts speak through `provstats.words.labels.Voice`, which knows
moreover for which texts there are glyphs.
"""

from __future__ import annotations

import locale
from dataclasses import dataclass
from decimal import Decimal
from math import floor, isclose, log10
from typing import TYPE_CHECKING, NamedTuple

from provstats.errors import SchemaError
from provstats.indicators import known_indicator
from provstats.reading.periods import parse_period
from provstats.store.groups import places
from provstats.words.phrases import LANGS, MONTHS, PHRASES, SCALES, Lang

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = [
    "Lang", "Language", "Scale", "catalogued", "digits_of", "language_of", "number_text",
    "scale_of", "set_language", "signed_text",
]  # fmt: skip

_chosen: Lang | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """What can be said in one language.

    Examples
    --------
    >>> Language("zh").name("CN-SD"), Language("en").period("2024-01/2024-11")
    ('山东', 'January–November 2024')
    """

    lang: Lang

    def draws(self, text: str) -> bool:  # noqa: ARG002 - a chart's voice looks at the text
        """Tell whether there are glyphs for the text; there are, where nothing is drawn."""
        return True

    def say(self, key: str, **values: object) -> str:
        """Return a phrase."""
        return PHRASES[key][LANGS.index(self.lang)].format(**values)

    def joined(self, *parts: str) -> str:
        """Join the parts that are not empty and can be drawn."""
        return self.say("and").join(part for part in parts if part and self.draws(part))

    def listed(self, parts: Iterable[str]) -> str:
        """List the parts, as in ``A, B and C``."""
        *first, last = parts
        return self.say("list_end").join([self.say("list").join(first), last] if first else [last])

    def name(self, code: str) -> str:
        """Return the name of a region."""
        return str(getattr(places()[code], f"name_{self.lang}"))

    def period(self, label: str, *, brief: bool = False) -> str:
        """Return the words for a period; brief ones shorten the months, as in ``Jan 2024``."""
        span = parse_period(label)
        a, b = span.start, span.end
        kind = label[5:] or "year"  # H1 for 2024-H1
        if kind[0] not in "HQy":
            months = "month" if span.months == 1 else "months" if a.year == b.year else "across"
            kind = months if "-" in label else "years"
        first, last = (MONTHS[day.month - 1][: 3 if brief else None] for day in (a, b))
        return self.say(kind, a=a, b=b, first=first, last=last)


def set_language(lang: Lang | None) -> None:
    """Choose the language in which charts and sentences are by default.

    Parameters
    ----------
    lang : {"zh", "en"} or None
        None for that of the locale: Chinese in a Chinese one, else English.

    Raises
    ------
    SchemaError
        If the language is not known.

    Examples
    --------
    >>> import provstats as ps
    >>> ps.set_language("zh")
    >>> language_of(None).name("CN-SD")
    '山东'
    >>> ps.set_language(None)
    """
    global _chosen  # noqa: PLW0603 - the one setting that there is
    _chosen = None if lang is None else language_of(lang).lang


def language_of(lang: Lang | None) -> Language:
    """Return the language that was asked for, else the one chosen, else that of the locale.

    Parameters
    ----------
    lang : {"zh", "en"}, optional
        What the caller asked for.

    Raises
    ------
    SchemaError
        If the language is not known.
    """
    if lang is not None and lang not in LANGS:
        msg = f"lang must be one of {list(LANGS)} or None, got {lang!r}"
        raise SchemaError(msg)
    return Language(lang or _chosen or _locale_lang())


def _locale_lang() -> Lang:
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def catalogued(rows: pd.DataFrame, field: str) -> str:
    """Return what the catalogue has on the indicator of the rows, or an empty text.

    Parameters
    ----------
    rows : DataFrame
        Rows of one indicator.
    field : str
        A field of `Indicator`.
    """
    of = known_indicator(rows["indicator"].iloc[0])
    return str(getattr(of, field)) if of else ""


# --- numbers ------------------------------------------------------------------------------------


class Scale(NamedTuple):
    """How the values of one chart are printed."""

    factor: float
    form: str
    digits: int = 0
    signed: bool = False

    @property
    def word(self) -> str:
        """The unit alone, as for a subtitle."""
        return " ".join(self.form.format("").removeprefix("个").split())

    def label(self, value: float, lower: float, upper: float) -> str:
        """Print a value: 7% and 7.0% differ, for the first allows 6.5 to 7.5."""
        digits = self.digits_of(value, lower, upper)
        return self.form.format(self._text(value / self.factor, digits))

    def digits_of(self, value: float, lower: float, upper: float) -> int:
        """Return the decimals that a value has: those it was printed with, or all it needs."""
        rounded = _rounded_to((upper - lower) / self.factor)
        return max(self.digits if rounded is None else rounded, digits_of(value / self.factor))

    def span(self, lower: float, upper: float) -> tuple[str, str]:
        """Print the ends of an interval, told apart and without needless zeros or the unit."""
        low, high = lower / self.factor, upper / self.factor
        finest = max(0, 1 - floor(log10(high - low))) if high > low else digits_of(low)
        digits = [_needed(f"{end:.{finest}f}") for end in (low, high)]
        return self._text(low, digits[0]), self._text(high, digits[1])

    def _text(self, number: float, digits: int) -> str:
        return (signed_text if self.signed else number_text)(number, digits)


def scale_of(rows: pd.DataFrame, language: Language) -> Scale:
    """Choose one step for all rows, the greatest in which the least value is still readable.

    Parameters
    ----------
    rows : DataFrame
        Checked rows of one indicator.
    language : Language
        Whose steps: 亿 or billions.
    """
    unit = rows["unit"].iloc[0] or catalogued(rows, "unit")
    plain = ((1.0, f"{{}} {unit}".strip() if language.draws(unit) else "{}"),)
    steps = [Scale(*step) for step in SCALES[language.lang].get(unit, plain)]
    sizes = rows["value"].abs()
    least = sizes[sizes > 0].min()
    step = next((step for step in steps if step.factor <= 10 * least), steps[-1])
    widths = (rows["upper"] - rows["lower"]) / step.factor
    own = [
        digits_of(value / step.factor)
        for value, width in zip(rows["value"], widths, strict=True)
        if _rounded_to(width) is None
    ]
    return step._replace(digits=max(own, default=0))


def _rounded_to(width: float) -> int | None:
    """Return the digits of a figure whose interval is what rounding leaves, as 1 for 0.1 wide."""
    digits = -log10(width) if width > 0 else 0.5
    return round(digits) if isclose(digits, round(digits), abs_tol=1e-6) else None


def digits_of(value: float) -> int:
    """Return how many decimals a value needs, to four significant digits.

    Parameters
    ----------
    value : float
        A finite value.

    Examples
    --------
    >>> digits_of(7.25), digits_of(80000)
    (2, 0)
    """
    return _needed(f"{value:.4g}")


def _needed(text: str) -> int:
    return max(0, -int(Decimal(text).normalize().as_tuple().exponent))


def number_text(value: float, digits: int) -> str:
    """Print a number with a true minus sign, separators, and never a negative zero.

    Parameters
    ----------
    value : float
        A finite value.
    digits : int
        The decimals.

    Examples
    --------
    >>> number_text(-1234.5, 1), number_text(-0.01, 1)
    ('−1,234.5', '0.0')
    """
    return f"{value:z,.{digits}f}".replace("-", "−")


def signed_text(value: float, digits: int) -> str:
    """Print a difference with its sign; what is rounded to zero has none.

    Parameters
    ----------
    value : float
        A finite value.
    digits : int
        The decimals.

    Examples
    --------
    >>> signed_text(2.5, 1), signed_text(-0.6, 1), signed_text(0.04, 1)
    ('+2.5', '−0.6', '0.0')
    """
    sign = "+" if round(value, digits) > 0 else ""
    return sign + number_text(value, digits)
