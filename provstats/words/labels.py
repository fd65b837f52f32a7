"""Labels: the language of a chart, and the fonts that have glyphs for what it says."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib import rcParams

from provstats.words.fonts import chinese_families, undrawable
from provstats.words.languages import Language, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.words.languages import Lang

__all__ = ["Voice", "voice_of"]


@dataclass(frozen=True, slots=True)
class Voice(Language):
    """The language of a chart, and the families with Chinese characters."""

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


def voice_of(lang: Lang | None, given: Iterable[str | None]) -> Voice:
    """Choose the language of a chart, and the fonts for its Chinese characters.

    Parameters
    ----------
    lang : {"zh", "en"}, optional
        What the caller asked for; by default as `set_language` says.
    given : iterable of str
        The texts that the caller brings; without glyphs for them there is a warning.

    Raises
    ------
    SchemaError
        If the language is not known.
    """
    lang = language_of(lang).lang
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
