"""Fonts: one family for both scripts, how wide its characters are, and which ones none has.

The package ships fonts of its own (docs/decisions/0006), so that a chart looks the same on every
machine; an installed one only adds the characters that are too rare for them. Registering a font
adds to what Matplotlib knows and changes no setting.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from matplotlib import ft2font
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font, get_font_names

from provstats.store.files import find_data_folder
from provstats.words.cautions import warn_caller

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["chinese_families", "find_undrawable", "list_latin_families", "measure_line"]

_CHINESE, _LATIN = "Provstats Sans SC", "Provstats Sans"
_SYSTEM: Final = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Heiti SC", "STHeiti", "Microsoft YaHei", "DengXian", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Arial Unicode MS",
)  # fmt: skip
# FreeType's flag for widths as they were designed, not rounded to pixels.
_NO_HINTING: Final = 2
# The size at which widths are taken, and how FreeType counts them.
_SIZE, _FIXED = 100.0, 65536.0


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
    installed = get_font_names()
    return _register_family(_CHINESE) + [family for family in _SYSTEM if family in installed][:1]


def list_latin_families() -> list[str]:
    """Return the family for English texts, with punctuation as narrow as English has it."""
    return _register_family(_LATIN)


def find_undrawable(text: str, families: Iterable[str], *, bold: bool = False) -> str:
    """Return the characters of a text, each once, for which no family has a glyph.

    Matplotlib skips families that are not installed, and takes its own where none is.

    Examples
    --------
    >>> find_undrawable("山东，8.3%", ["DejaVu Sans"])
    '山东，'
    """
    covered = [_read_characters(path) for path in _find_paths(tuple(families), bold)]
    distinct = dict.fromkeys(text.replace("\n", ""))
    return "".join(char for char in distinct if not any(ord(char) in has for has in covered))


def measure_line(text: str, size: float, families: Iterable[str], *, bold: bool = False) -> float:
    """Return how many points a line of text is wide, without laying it out.

    A picture of few pixels may need a few percent more or less, for there widths are rounded.

    Examples
    --------
    >>> round(measure_line("111", 10, ["DejaVu Sans"]), 1)
    19.1
    """
    paths = _find_paths(tuple(families), bold)
    return size * sum(_measure_character(char, paths) for char in text)


@cache
def _measure_character(char: str, paths: tuple[str, ...]) -> float:
    """Return the width of a character, for a font of size 1."""
    path = next((path for path in paths if ord(char) in _read_characters(path)), paths[0])
    font = get_font(path)
    font.set_size(_SIZE, 72)
    flags: Any = getattr(ft2font, "LoadFlags", int)(_NO_HINTING)  # a number in older versions
    glyph = font.load_char(ord(char), flags=flags)
    return float(glyph.linearHoriAdvance) / _FIXED / _SIZE


def _register_family(family: str) -> list[str]:
    """Register the shipped fonts of a family once; a checkout that was never built has none."""
    stem = family.replace(" ", "")
    files = sorted(
        (find_data_folder() / "fonts").glob(f"{stem}-*.ttf"), reverse=True
    )  # regular first
    if files and family not in get_font_names():
        files = [file for file in files if _register_font(file)]
    return [family] if files else []


@cache
def _register_font(font: Path) -> bool:
    """Register a font with Matplotlib; a file that is no font is skipped with one warning."""
    try:
        fontManager.addfont(font)
    except (OSError, RuntimeError) as error:  # FreeType's own errors are RuntimeError
        msg = f"the font of the charts, {font}, is damaged ({error}); installing anew mends it"
        warn_caller(msg)
        return False
    _find_paths.cache_clear()
    return True


@cache
def _find_paths(families: tuple[str, ...], bold: bool) -> tuple[str, ...]:  # noqa: FBT001 - a key
    paths = tuple(path for family in families if (path := _find_path(family, bold=bold)))
    return paths or (_find_path("DejaVu Sans", bold=bold),)


def _find_path(family: str, *, bold: bool) -> str:
    """Return the file of a family; empty if it is not installed."""
    # Alone it would be read as a pattern.
    properties = FontProperties(family=[family], weight="bold" if bold else "normal")
    try:
        return str(findfont(properties, fallback_to_default=False))
    except ValueError:
        return ""


@cache
def _read_characters(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())
