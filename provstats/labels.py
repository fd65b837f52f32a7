"""Labels: the words, numbers and letters of charts, in Chinese and in English.

A chart is only as honest as its words: the title says no more than the intervals allow, a number
has the digits that were printed, and no text is drawn that has no glyphs.
"""

from __future__ import annotations

import locale
import warnings
from dataclasses import dataclass
from decimal import Decimal
from math import isclose, log10
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from matplotlib import rcParams

from provstats.documents import sources
from provstats.errors import SchemaError
from provstats.fonts import chinese_families, undrawable
from provstats.indicators import known_indicator
from provstats.periods import parse_period
from provstats.places import mainland, registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = [
    "QUALIFIED", "Lang", "Scale", "Voice", "digits_of", "number_text", "scale_of", "voice_of",
    "words_of",
]  # fmt: skip

Lang = Literal["zh", "en"]

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "zh": {
        "leads": "所列{n}个省份中{name}居首", "leads_all": "{name}居首",
        "n": "{all}省份中的{n}个", "rank": "位次", "to": "至", "bars": "横线为取值区间",
        "source": "资料来源：", "nation": "全国", "implied": "推算值", "reported": "公布值",
        "and": "，", "outcome": "", "forecast": "预计", "target": "目标",
        "": "{a.year}年", "years": "{a.year}—{b.year}年",
        "month": "{a.year}年{a.month}月", "months": "{a.year}年{a.month}—{b.month}月",
        "across": "{a.year}年{a.month}月—{b.year}年{b.month}月",
        "H1": "{a.year}年上半年", "H2": "{a.year}年下半年", "Q1": "{a.year}年一季度",
        "Q2": "{a.year}年二季度", "Q3": "{a.year}年三季度", "Q4": "{a.year}年四季度",
    },
    "en": {
        "leads": "{name} leads the {n} provinces shown", "leads_all": "{name} leads",
        "n": "{n} of {all} provinces", "rank": "Rank", "to": " to ",
        "bars": "Bars: range of each value", "source": "Source: ",
        "nation": "China", "implied": "implied", "reported": "reported",
        "and": " · ", "outcome": "", "forecast": "forecast", "target": "target",
        "": "{a.year}", "years": "{a.year}–{b.year}",
        "month": "{first} {a.year}", "months": "{first}–{last} {a.year}",
        "across": "{first} {a.year}–{last} {b.year}",
        "H1": "first half of {a.year}", "H2": "second half of {a.year}", "Q1": "Q1 {a.year}",
        "Q2": "Q2 {a.year}", "Q3": "Q3 {a.year}", "Q4": "Q4 {a.year}",
    },
}  # fmt: skip
# Not strftime: the caller's locale would choose the language.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# The steps in which a unit is printed, the greatest first; other units follow their number.
_SCALES: Final[dict[Lang, dict[str, tuple[tuple[float, str], ...]]]] = {
    "zh": {
        "percent": ((1, "{}%"),), "percentage_point": ((1, "{}个百分点"),),
        "count": ((1, "{}"),), "rank": ((1, "{}"),),
        "CNY": ((1e12, "{}万亿元"), (1e8, "{}亿元")),
        "USD": ((1e12, "{}万亿美元"), (1e8, "{}亿美元")),
    },
    "en": {
        "percent": ((1, "{}%"),), "percentage_point": ((1, "{} pp"),),
        "count": ((1, "{}"),), "rank": ((1, "{}"),),
        "CNY": ((1e12, "CNY {} trn"), (1e9, "CNY {} bn")),
        "USD": ((1e12, "USD {} trn"), (1e9, "USD {} bn")),
    },
}  # fmt: skip
QUALIFIED: Final = ("about", "over", "nearly", "under")


# --- language and fonts -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """The language of a chart, and the families with Chinese characters."""

    lang: Lang
    chinese: list[str]

    @property
    def families(self) -> list[str]:
        """The font families of every text, in the order in which glyphs are looked for."""
        own = list(rcParams["font.family"])
        return [*self.chinese, *own] if self.lang == "zh" else [*own, *self.chinese]

    def draws(self, text: str) -> bool:
        """Tell whether there are glyphs for the text."""
        return not undrawable(text, self.families)

    def choice(self, given: str | None, default: str) -> str:
        """Return what the caller gave, where it can be drawn, else the default."""
        return default if given is None or not self.draws(given) else given

    def say(self, key: str, **values: object) -> str:
        """Return a phrase in the language of the chart."""
        return _WORDS[self.lang][key].format(**values)

    def joined(self, *parts: str) -> str:
        """Join the parts that are not empty and can be drawn."""
        return self.say("and").join(part for part in parts if part and self.draws(part))

    def name(self, code: str) -> str:
        """Return the name of a region."""
        return str(getattr(registry()[code], f"name_{self.lang}"))


def voice_of(lang: Lang | None, given: Iterable[str | None]) -> Voice:
    """Choose the language of a chart, and the fonts for its Chinese characters.

    Parameters
    ----------
    lang : {"zh", "en"}, optional
        What the caller asked for; the language of the process by default.
    given : iterable of str
        The texts that the caller brings; without glyphs for them there is a warning.

    Raises
    ------
    SchemaError
        If the language is not known.
    """
    lang = lang or _locale_lang()
    if lang not in _WORDS:
        msg = f"lang must be one of {list(_WORDS)} or None, got {lang!r}"
        raise SchemaError(msg)
    chinese = chinese_families()
    voice = Voice(lang if chinese else "en", chinese)
    words = "".join(text for text in given if isinstance(text, str))
    if problem := _problem(lang, voice, undrawable(words, voice.families)):
        warnings.warn(problem, stacklevel=3)
    return voice


def _problem(wanted: Lang, voice: Voice, lost: str) -> str:
    """Say what will not be drawn for want of glyphs, if anything."""
    if wanted != voice.lang:
        return (
            "no font with Chinese characters is found, so the chart is in English and leaves out "
            "the Chinese texts given; installing provstats with pip brings one"
        )
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in lost)
    return f"no font has a glyph for {named}; the texts given with it are left out" if lost else ""


def _locale_lang() -> Lang:
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


# --- numbers ------------------------------------------------------------------------------------


class Scale(NamedTuple):
    """How the values of one chart are printed."""

    factor: float
    form: str
    digits: int = 0

    @property
    def word(self) -> str:
        """The unit alone, as for a subtitle."""
        return " ".join(self.form.format("").removeprefix("个").split())

    def label(self, value: float, lower: float, upper: float) -> str:
        """Print a value: 7% and 7.0% differ, for the first allows 6.5 to 7.5."""
        number = value / self.factor
        rounded = _rounded_to((upper - lower) / self.factor)
        claimed = self.digits if rounded is None else rounded
        return self.form.format(number_text(number, max(claimed, digits_of(number))))


def scale_of(rows: pd.DataFrame, voice: Voice) -> Scale:
    """Choose one step for all rows, the greatest in which the least value is still readable."""
    unit = rows["unit"].iloc[0] or _catalogued(rows, "unit")
    plain = ((1.0, f"{{}} {unit}".strip() if voice.draws(unit) else "{}"),)
    steps = [Scale(*step) for step in _SCALES[voice.lang].get(unit, plain)]
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
    return max(0, -int(Decimal(f"{value:.4g}").normalize().as_tuple().exponent))


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


# --- words --------------------------------------------------------------------------------------


def words_of(
    rows: pd.DataFrame,
    documents: Iterable[str],
    scale: Scale,
    voice: Voice,
    given: tuple[str | None, ...],
) -> tuple[str, str, str]:
    """Return title, subtitle and footer.

    Parameters
    ----------
    rows : DataFrame
        The ranked rows of the chart.
    documents : iterable of str
        The ids of the documents that the chart rests on.
    scale, voice : Scale, Voice
        How numbers and words are printed.
    given : tuple of str
        Title, subtitle and source as the caller wants them; None for the default.
    """
    title, subtitle, source = given
    name = _catalogued(rows, f"name_{voice.lang}") or rows["indicator"].iloc[0]
    finding = _finding(rows, voice)
    unit = f"({scale.word})" if scale.word else ""
    about = voice.joined(
        f"{voice.joined(name)} {unit}".strip() if finding else scale.word,
        voice.say(rows["nature"].iloc[0]),
        _period_words(rows["period"].iloc[0], voice),
        voice.say("n", n=len(rows), all=len(mainland().union(rows["region"]))),
    )
    named = voice.choice(source, _documents(documents, voice))
    footer = voice.joined(
        voice.say("bars") if (rows["upper"] > rows["lower"]).any() else "",
        named and voice.say("source") + named,
    )
    return voice.choice(title, finding or voice.joined(name)), voice.choice(subtitle, about), footer


def _finding(rows: pd.DataFrame, voice: Voice) -> str:
    """Say who leads, or nothing: where another may be first too, or where more is not better."""
    leaders = rows.loc[rows["rank_best"] == 1, "region"]
    if len(leaders) > 1 or len(rows) == 1 or _catalogued(rows, "direction") in ("", "neutral"):
        return ""
    leads = "leads_all" if mainland().issubset(rows["region"]) else "leads"
    return voice.say(leads, name=voice.name(leaders.iloc[0]), n=len(rows))


def _period_words(label: str, voice: Voice) -> str:
    span = parse_period(label)
    a, b = span.start, span.end
    kind = label[5:]  # empty for 2024, H1 for 2024-H1
    if kind and kind[0] not in "HQ":
        months = "month" if span.months == 1 else "months" if a.year == b.year else "across"
        kind = months if "-" in label else "years"
    return voice.say(kind, a=a, b=b, first=_MONTHS[a.month - 1], last=_MONTHS[b.month - 1])


def _documents(ids: Iterable[str], voice: Voice) -> str:
    """Name the documents by title, or by id where there are no glyphs for the title."""
    titles = dict(sources()[["id", "title"]].to_numpy())
    known = [id_ for id_ in dict.fromkeys(ids) if isinstance(id_, str) and id_]
    named = (voice.choice(titles.get(id_), id_) for id_ in known)
    return ("；" if voice.lang == "zh" else "; ").join(filter(voice.draws, named))


def _catalogued(rows: pd.DataFrame, field: str) -> str:
    of = known_indicator(rows["indicator"].iloc[0])
    return str(getattr(of, field)) if of else ""
