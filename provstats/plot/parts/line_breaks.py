"""Lines: texts broken into lines of like length, best where a clause ends."""

from __future__ import annotations

import re
from itertools import count
from typing import Final
from unicodedata import east_asian_width

__all__ = ["broken"]

# No line starts with a closing mark or ends with an opening one.
_OPENING: Final = "（“《「("
_CLOSING: Final = "，。；：、）”》」)"
_WIDE: Final = "\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff"
# A word or a Chinese character, with the marks around it and the blanks behind.
_WORDS: Final = re.compile(
    f"[{_OPENING}]*(?:[{_WIDE}]|[^\\s{_WIDE}{_OPENING}{_CLOSING}]+|)[{_CLOSING}]*\\s*"
)
_CLAUSES: Final = re.compile(".+?(?:[，。；] ?| · |$)", re.DOTALL)
# What a Chinese character and a Latin letter are wide.
_WIDEST: Final = 2.0
_LATIN: Final = 1.1
# Lines are balanced in steps of this part of their room.
_STEPS: Final = 20


def broken(text: str, share: float) -> str:
    """Break a text into as few lines as there must be, of like length.

    Parameters
    ----------
    text : str
        The text.
    share : float
        The part of it that has room in one line.

    Examples
    --------
    >>> print(broken("R&D intensity (%) · 2018–2023 · all 31 provinces", 0.8))
    R&D intensity (%)
    2018–2023 · all 31 provinces
    >>> print(broken("规模以上工业企业营业收入利润率", 0.6))
    规模以上工业企业
    营业收入利润率
    """
    room = max(share * _width(text), _WIDEST)
    clauses = _CLAUSES.findall(text)
    words = [part for word in _WORDS.findall(text) for part in _cut(word, room)]
    return next(
        "\n".join(lines)
        for most in count(1)
        for pieces in (clauses, words)
        for step in range(1, _STEPS + 1)
        if len(lines := _filled(pieces, room * step / _STEPS)) <= most
        and max(map(_width, lines)) <= room
    )


def _width(text: str) -> float:
    return sum(_WIDEST if east_asian_width(char) in "WF" else _LATIN for char in text.rstrip())


def _cut(word: str, room: float) -> list[str]:
    """Cut a word that is longer than a line."""
    most = max(1, int(room / _WIDEST)) if _width(word) > room else len(word)
    return [word[start : start + most] for start in range(0, len(word), most)] if word else []


def _filled(pieces: list[str], room: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and _width(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip().removesuffix(" ·") for line in lines]
