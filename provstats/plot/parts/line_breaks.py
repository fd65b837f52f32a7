"""Lines: texts broken into lines of like length, best where a clause ends."""

from __future__ import annotations

import re
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["wrap_text"]

# No line starts with a closing mark or ends with an opening one.
_OPENING: Final = "（“《「("
_CLOSING: Final = "，。；：、）》”」)·"
_WIDE: Final = "\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff"
# A number with what it counts, a word or a Chinese character, with the marks around it and the
# blanks behind.
_COUNTED: Final = (
    "第?(?:[0-9]{4}年)?[0-9][0-9,.—–−+-]*"
    "(?:%|年|月|日|位|倍|项|期|个?百分点|个省份|个|[万亿]+[元人]?|(?![A-Za-z0-9]))"
)
_WORDS: Final = re.compile(
    f"[{_OPENING}]*(?:{_COUNTED}|[{_WIDE}]|[^\\s{_WIDE}{_OPENING}{_CLOSING}]+|)[{_CLOSING}]*\\s*"
)
_PARTS: Final = re.compile(".+?(?: · |$)")
_CLAUSES: Final = re.compile(".+?(?:[，。；：] ?|[,;:] | · |$)")
# A line of a clause may be so much shorter than the longest one.
_SHORTEST: Final = 0.3
# Lines are balanced in steps of this part of their room.
_STEPS: Final = 20


def wrap_text(text: str, room: float, measure: Callable[[str], float]) -> str:
    """Break a text into as few lines as there must be, of like length.

    Examples
    --------
    >>> print(wrap_text("R&D intensity (%) · 2018–2023 · all 31 provinces", 30, len))
    R&D intensity (%)
    2018–2023 · all 31 provinces
    >>> print(wrap_text("规模以上工业企业营业收入利润率", 8, len))
    规模以上工业企业
    营业收入利润率
    """
    if measure(text) <= room:
        return text
    wide = cache(measure)
    parts, clauses = _PARTS.findall(text), _CLAUSES.findall(text)
    words = [part for word in _WORDS.findall(text) for part in _cut_long_word(word, room, wide)]
    room = max(room, *map(wide, words))
    return next(
        "\n".join(lines)
        for most in count(2)
        for pieces in (parts, clauses, words)
        for step in range(1, _STEPS + 1)
        if _is_good(lines := _fill_lines(pieces, room * step / _STEPS, wide), most, room, wide)
        and (pieces is words or _is_even(lines, wide))
    )


def _is_good(lines: Sequence[str], most: int, room: float, wide: Callable[[str], float]) -> bool:
    return len(lines) <= most and max(map(wide, lines)) <= room


def _is_even(lines: Sequence[str], wide: Callable[[str], float]) -> bool:
    widths = list(map(wide, lines))
    return min(widths) >= _SHORTEST * max(widths)


def _cut_long_word(word: str, room: float, wide: Callable[[str], float]) -> list[str]:
    """Cut a word that is longer than a line."""
    if not word or wide(word.rstrip()) <= room:
        return [word] if word else []
    most = max(1, int(len(word) * room / wide(word)))
    return [word[start : start + most] for start in range(0, len(word), most)]


def _fill_lines(pieces: Sequence[str], room: float, wide: Callable[[str], float]) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and wide((lines[-1] + piece).rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip().removesuffix(" ·") for line in lines]
