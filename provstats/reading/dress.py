"""Dress: take off what mirrored pages, scans and forms put around a text.

Full-width forms, compatibility characters and dashes become the plain ones, traditional characters
simplified; blanks, thousands separators and the stray pinyin of some mirrored pages go.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from provstats.reading.script import simplify_characters

__all__ = ["normalize_characters", "normalize_text"]

# Full-width and small forms, the radicals that PDF files have for characters, and doubles.
_FORMS: Final = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0xFE50, 0xFF5F))
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASHES: Final = {"-": "−–‐‑‒", "—": "―─━", "~": "〜∼", " ": _INVISIBLE}
_PLAIN: Final = {form: unicodedata.normalize("NFKC", chr(form)) for form in _FORMS} | {
    ord(form): plain for plain, forms in _DASHES.items() for form in forms
}

_DIGIT: Final = "0-9.,/零〇一二两三四五六七八九"
# A blank between two numerals stays: 2 3个 may be two figures.
_BLANK: Final = re.compile(rf"(?<![{_DIGIT}十百千万亿]) | (?![{_DIGIT}])")
_PINYIN: Final = re.compile(r"(?<=[\u4e00-\u9fff])(?:\([a-zà-ɏ\u0300-\u030c]+\))+", re.IGNORECASE)
_GROUPED: Final = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")


def normalize_characters(text: str) -> str:
    """Return text in plain and simplified characters.

    Examples
    --------
    >>> normalize_characters("內蒙古１")
    '内蒙古1'
    """
    return simplify_characters(text.translate(_PLAIN))


def normalize_text(text: str) -> str:
    """Return text in the one form that the grammar reads.

    Examples
    --------
    >>> normalize_text("超過 １，２００ 億(yi) 元")
    '超过1200亿元'
    """
    plain = re.sub(r"\s+", " ", normalize_characters(text))
    plain = _PINYIN.sub("", _BLANK.sub("", plain))
    return _GROUPED.sub(lambda found: found[0].replace(",", ""), plain)
