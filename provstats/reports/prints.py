"""Prints: where a figure stands, with the word that gives its sign and the unit that it shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provstats.reports.vocabulary import SHARED

if TYPE_CHECKING:
    from provstats.reports.words import Word

__all__ = ["Places", "find_figure_pieces"]

Places = tuple[tuple[int, int], ...]

_SHARED: Final = re.compile(SHARED)
_WITHOUT: Final = re.compile("^(?:增速|增幅)?(?:均|分别|持续|继续)*")


def find_figure_pieces(words: list[Word], at: int, text: str, lead: Word | None) -> Places:
    """Return the places of a figure in a normalized text; lead is the sign before its list."""
    word, before = words[at], words[at - 1] if at else None
    shared = _SHARED.match(text, word.end)
    number = word.text.rstrip("个")
    own = (word.start, word.start + len(number)) if shared else (word.start, word.end)
    tail = ((shared.end() - len("个百分点"), shared.end()),) if shared else ()
    if before is not None and before.end == word.start and _is_sign_word(before, word):
        start = _find_sign_start(before) if "分别" in before.text else before.start
        return ((start, own[1]), *tail)
    return (*_find_shared_sign(before, lead), own, *tail)


def _find_shared_sign(before: Word | None, lead: Word | None) -> Places:
    """Return the place of the word that gives a list its sign: 分别下降1.2%、0.5%."""
    if before is None or before.kind not in ("pause", "and"):
        return ()
    return ((_find_sign_start(lead), lead.end),) if lead and lead.end <= before.start else ()


def _find_sign_start(lead: Word) -> int:
    """Return where the sign begins in 增速分别低于全国."""
    return lead.end - len(_WITHOUT.sub("", lead.text))


def _is_sign_word(before: Word, figure: Word) -> bool:
    times = before.text == "增长" and re.search("倍|番", figure.text)
    return before.kind in ("fall", "gap") or bool(times)
