"""Fonts: which have Chinese characters, and which characters none has.

The package ships a font of its own (docs/decisions/0006), so that a chart looks the same on every
machine; an installed one only adds the characters that are too rare for it. Registering a font adds
to what Matplotlib knows and changes no setting.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font, get_font_names

from provstats.store.files import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["chinese_families", "undrawable"]

_SHIPPED: Final = "Provstats Sans SC"
_SYSTEM: Final = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Heiti SC", "STHeiti", "Microsoft YaHei", "DengXian", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Arial Unicode MS",
)  # fmt: skip


def chinese_families() -> list[str]:
    """Return the font families that draw Chinese, for ``fontfamily=`` of texts of your own.

    The charts use them by themselves, and titles and axis labels set later on their axes do too.

    Returns
    -------
    list of str
        The shipped family, for GB 2312 and all names in the data, then an installed one, if there
        is any, for rare characters.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> text = figure.text(0, 0, "说明", fontfamily=ps.plot.chinese_families())
    >>> text.get_fontfamily()[0]
    'Provstats Sans SC'
    """
    shipped, installed = _shipped(), get_font_names()
    return shipped + [family for family in _SYSTEM if family in installed][:1]


def undrawable(text: str, families: Iterable[str]) -> str:
    """Return the characters of a text, each once, for which no family has a glyph.

    Parameters
    ----------
    text : str
        A text of any number of lines.
    families : iterable of str
        Families as Matplotlib takes them: it passes over those that are not there, and where none
        is takes its own.

    Examples
    --------
    >>> undrawable("山东，8.3%", ["DejaVu Sans"])
    '山东，'
    """
    paths = [path for path in map(_path, families) if path] or [_path("DejaVu Sans")]
    covered = [_characters(path) for path in paths]
    distinct = dict.fromkeys(text.replace("\n", ""))
    return "".join(char for char in distinct if not any(ord(char) in has for has in covered))


def _shipped() -> list[str]:
    """Register the shipped font once; a checkout that was never built has none."""
    font = data_folder() / "fonts" / "ProvstatsSansSC-Regular.ttf"
    if not font.is_file():
        return []
    if _SHIPPED not in get_font_names():
        fontManager.addfont(font)
    return [_SHIPPED]


def _path(family: str) -> str:
    """Return where a family lies; empty if it is not there."""
    properties = FontProperties(family=[family])  # alone it would be read as a pattern
    try:
        return findfont(properties, fallback_to_default=False)
    except ValueError:
        return ""


@cache
def _characters(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())
