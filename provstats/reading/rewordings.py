"""Rewordings: other ways to print what the chain of words and number says already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provstats.reading.numerals import NUMERAL, parse_numeral

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["reword_figure"]

_TENTH: Final = "[一二两三四五六七八九]"


def _reword_fraction(words: re.Match[str]) -> str:
    parts, share = (parse_numeral(word).value for word in words.groups())
    return f"{share:f}/{parts:f}"


def _reword_doubling(words: re.Match[str]) -> str:
    """翻一番 is a growth of about 100 percent, 翻两番 of about 300."""
    before, within, times, more = (word or "" for word in words.groups())
    growth = 100 * (2 ** int(parse_numeral(times or "一").value) - 1)
    return f"增长{before + within or ('' if more else '约')}{growth}%{more}"


_REWORDED: Final[tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]] = (
    ("百分之百", "100%"),
    (f"百分之({NUMERAL})", r"\1%"),
    (f"千分之({NUMERAL})", r"\1‰"),
    (f"万分之({NUMERAL})", r"\1‱"),
    (f"({NUMERAL})分之({NUMERAL})", _reword_fraction),
    # A way of speaking, so about a quarter.
    (r"每([0-9]+)(\w)[^0-9]{0,30}?([0-9]+)\2", r"约\3/\1"),
    (f"({_TENTH})成({_TENTH})", r"\1点\2成"),
    (f"({_TENTH})成半", r"\1点五成"),
    ("过半", "超五成"),
    ("近半数?", "近五成"),
    ("半数|一半", "五成"),
    (f"(接近|近)?翻了?(接近|近|超过|超)?({_TENTH})?番(多|以上)?", _reword_doubling),
    ("([余多])(万亿|[亿万])", r"\2\1"),
)
_PATTERNS: Final = tuple((re.compile(pattern), chain) for pattern, chain in _REWORDED)


def reword_figure(plain: str) -> str:
    """Return a figure in the words of the chain.

    Examples
    --------
    >>> reword_figure("近四分之一"), reword_figure("翻两番")
    ('近1/4', '增长约300%')
    """
    for pattern, chain in _PATTERNS:
        plain = pattern.sub(chain, plain)
    return plain
