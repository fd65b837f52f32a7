"""Labels: the language of a chart, and the fonts that have glyphs for what it says."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from matplotlib import font_manager, rcParams

from provstats.languages import Language, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.languages import Lang

__all__ = ["Voice", "voice_of"]

_CJK: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CJK_FAMILIES: Final = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Heiti SC", "STHeiti", "Microsoft YaHei", "DengXian", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Arial Unicode MS",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice(Language):
    """The language of a chart, and the family with Chinese characters, where there is one."""

    cjk: str | None

    @property
    def families(self) -> list[str]:
        """The font families of every text, in the order in which glyphs are looked for."""
        chinese = [self.cjk] if self.cjk else []
        own = list(rcParams["font.family"])
        return [*chinese, *own] if self.lang == "zh" else [*own, *chinese]

    def draws(self, text: str) -> bool:
        """Tell whether there are glyphs for the text."""
        return self.cjk is not None or not _CJK.search(text)

    def choice(self, given: str | None, default: str) -> str:
        """Return what the caller gave, where it can be drawn, else the default."""
        return default if given is None or not self.draws(given) else given


def voice_of(lang: Lang | None, given: Iterable[str | None]) -> Voice:
    """Choose the language of a chart, and the font for its Chinese characters.

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
    cjk = _cjk_family()
    if cjk is None and (lang == "zh" or any(_CJK.search(text or "") for text in given)):
        warnings.warn(
            "no font with Chinese characters is installed, so the chart is in English and leaves "
            "out the Chinese texts given; install one, such as Noto Sans CJK SC",
            stacklevel=3,
        )
        return Voice("en", None)
    return Voice(lang, cjk)


def _cjk_family() -> str | None:
    installed = set(font_manager.get_font_names())
    return next((family for family in _CJK_FAMILIES if family in installed), None)
