"""Voices: the language of a chart, and the fonts that have glyphs for what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matplotlib import rcParams
from matplotlib.font_manager import get_font_names

from provstats.errors import SchemaError
from provstats.words.cautions import warn_caller
from provstats.words.fonts import (
    chinese_families,
    find_undrawable,
    list_latin_families,
    measure_line,
)
from provstats.words.languages import Language, choose_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.words.languages import Lang

__all__ = ["Voice", "choose_voice"]


# Generic names, each for a family that is installed.
_GENERIC: Final = ("sans-serif", "sans", "serif", "monospace", "cursive", "fantasy")


@dataclass(frozen=True, slots=True)
class Voice(Language):
    """The language of a chart, and its font families, in the order in which they are searched."""

    families: tuple[str, ...]

    def can_draw(self, text: str) -> bool:
        """Tell whether there are glyphs for the text."""
        return not find_undrawable(text, self.families)

    def choose_text(self, given: str | None, default: str) -> str:
        """Return what the caller gave, where it can be drawn, else the default."""
        return default if given is None or not self.can_draw(given) else given

    def choose_weight(self, text: str) -> str:
        """Return the weight of a heading: bold, unless a character would have to be lighter."""
        return "normal" if find_undrawable(text, self.families[:2], bold=True) else "bold"

    def measure_width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return how many points the widest line of a text is wide."""
        lines = text.split("\n")
        return max(measure_line(line, size, self.families, bold=bold) for line in lines)


def choose_voice(
    lang: str | None, given: Iterable[str | None], style: Mapping[str, Any] | None = None
) -> Voice:
    """Choose the language and the fonts of a chart; warn of given texts that cannot be drawn."""
    lang = choose_language(lang).lang
    chinese, latin = chinese_families(), list_latin_families()
    shipped = [*chinese[:1], *latin, *chinese[1:]] if lang == "zh" else [*latin, *chinese]
    if not isinstance(style, Mapping | None):
        msg = f"style must map 'font' or names of ps.plot.palette to what to use, got {style!r:.50}"
        raise SchemaError(msg)
    font = (style or {}).get("font", ())
    own = _keep_installed([font] if isinstance(font, str) else list(font))
    families = tuple(dict.fromkeys([*own, *shipped, *rcParams["font.family"]]))
    voice = Voice(lang if chinese else "en", families)
    words = "".join(text for text in given if isinstance(text, str))
    if problem := _explain_lost_texts(lang, voice, find_undrawable(words, voice.families)):
        warn_caller(problem)
    return voice


def _keep_installed(families: list[str]) -> list[str]:
    """Return those of the caller's families that are installed; warn of the others."""
    known = {*get_font_names(), *_GENERIC}
    if lacking := [family for family in families if family not in known]:
        warn_caller(f"no font family {', '.join(map(repr, lacking))} is installed; others are used")
    return [family for family in families if family in known]


def _explain_lost_texts(wanted: Lang, voice: Voice, lost: str) -> str:
    """Say what will not be drawn, as glyphs are missing, if anything."""
    if wanted != voice.lang:
        return (
            "no font with Chinese characters is found, so the chart is in English and leaves out "
            "the Chinese texts given; installing provstats with pip brings one"
        )
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in lost)
    return f"no font has a glyph for {named}; the texts given with it are left out" if lost else ""
