"""Script: traditional characters, and the simplified ones that the data are written in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["simplify_characters"]


def simplify_characters(text: str) -> str:
    """Return a text with its common traditional characters as simplified ones.

    Examples
    --------
    >>> simplify_characters("專精特新企業")
    '专精特新企业'
    """
    return text.translate(_read_character_pairs())


@cache
def _read_character_pairs() -> dict[int, str]:
    """Return the simplified character of each traditional one that Big5 counts as common."""
    pairs = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").split()
    return {ord(pair[0]): pair[1] for pair in pairs}
