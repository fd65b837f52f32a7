"""Languages: phrases, names and periods, in Chinese or in English.

Nothing here needs a font or draws: charts speak through `provstats.words.voices.Voice`, which knows
also for which texts there are glyphs.
"""

from __future__ import annotations

import locale
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from provstats.errors import require_one_of
from provstats.indicators import look_up_indicator
from provstats.reading.periods import parse_period
from provstats.store.groups import load_regions_and_groups
from provstats.words.phrases import LANGS, MONTHS, PHRASES, Lang

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["Lang", "Language", "choose_language", "read_catalogue_field", "set_language"]

_chosen: Lang | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """What can be said in one language.

    Examples
    --------
    >>> Language("zh").name_region("CN-SD"), Language("en").name_period("2024-01/2024-11")
    ('山东', 'January–November 2024')
    """

    lang: Lang

    def can_draw(self, text: str) -> bool:  # noqa: ARG002 - a chart's voice looks at the text
        """Tell whether there are glyphs for the text; always so where nothing is drawn."""
        return True

    def say(self, key: str, **values: object) -> str:
        """Return a phrase."""
        return PHRASES[key][LANGS.index(self.lang)].format(**values)

    def join_drawable(self, *parts: str) -> str:
        """Join the parts that are not empty and can be drawn."""
        return self.say("and").join(part for part in parts if part and self.can_draw(part))

    def say_list(self, parts: Iterable[str]) -> str:
        """List the parts, as in ``A, B and C``."""
        *first, last = parts
        return self.say("list_end").join([self.say("list").join(first), last] if first else [last])

    def name_region(self, code: str) -> str:
        """Return the name of a region."""
        return str(getattr(load_regions_and_groups()[code], f"name_{self.lang}"))

    def name_period(self, label: str, *, brief: bool = False) -> str:
        """Return the words for a period; brief ones shorten the months, as in ``Jan 2024``."""
        span = parse_period(label)
        a, b = span.start, span.end
        kind = label[5:] or "year"  # H1 for 2024-H1
        if kind[0] not in "HQy":
            months = "month" if span.months == 1 else "months" if a.year == b.year else "across"
            kind = months if "-" in label else "years"
        first, last = (MONTHS[day.month - 1][: 3 if brief else None] for day in (a, b))
        return self.say(kind, a=a, b=b, first=first, last=last)


def set_language(lang: str | None) -> None:
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
    >>> choose_language(None).name_region("CN-SD")
    '山东'
    >>> ps.set_language(None)
    """
    global _chosen  # noqa: PLW0603 - the one setting that there is
    _chosen = None if lang is None else choose_language(lang).lang


def choose_language(lang: str | None) -> Language:
    """Return the language that was asked for, else the one chosen, else that of the locale."""
    require_one_of("lang", lang, (*LANGS, None))
    return Language(cast("Lang", lang) if lang else _chosen or _read_locale_lang())


def _read_locale_lang() -> Lang:
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def read_catalogue_field(rows: pd.DataFrame, field: str) -> str:
    """Return a field of the catalogue for the one indicator of the rows, or an empty text."""
    known = look_up_indicator(rows["indicator"].iloc[0])
    return str(getattr(known, field)) if known else ""
