"""Kinds of cells: blank, missing, number, year, period, region or word, by their texts."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from provstats.errors import FigureError
from provstats.reading.dress import normalize_text
from provstats.reading.figures import parse_figure
from provstats.tables.labels import drop_footnote_marks, read_label, read_region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.tables.sheets import Sheet

    Kinds = NDArray[np.uint8]

__all__ = ["Kind", "clean_number", "infer_kinds", "is_missing"]


class Kind(IntEnum):
    """What a cell looks like, without regard to its neighbours."""

    BLANK = 0
    MISSING = 1
    NUMBER = 2
    YEAR = 3  # a number that may be a year or a month: 2024, 202404
    PERIOD = 4
    REGION = 5
    WORD = 6


_MISSING: Final = re.compile(
    r"[-–—―－─_.．…·/]{1,6}|\(-+\)|n/?a|nan|null|none|nil|<na>|#n/a|#value!|#div/0!"
    "|缺|缺失|空|无|暂无|无数据|未公布|不详",
    re.IGNORECASE,
)
_NUMBER: Final = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$"
_YEAR: Final = re.compile(
    r"(?:19|20)[0-9]{2}(?:\.0+)?|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-3][0-9])?(?:\.0)?"
)
#: GB/T 2260: 110000 is Beijing.
_PROVINCE_CODE: Final = r"^[1-8][0-9]0000$"
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:[,，'’\s][0-9]{3})+(?:\.[0-9]+)?")
#: A number in an unusual form whose meaning is not known: (12.5), 12.5e.
_DRESSED: Final = re.compile(
    r"[(（][+-]?[0-9][0-9,]*\.[0-9]+[)）]|[+-]?[0-9][0-9,]*\.[0-9]+\s?[a-zA-Z]{1,2}"
)
_PARTED: Final = re.compile(r"[+-]?[0-9][0-9 ]*(?:\.[0-9 ]+)?")


def is_missing(text: str) -> bool:
    """Tell whether a cell says that there is no value."""
    return not text.strip() or bool(_MISSING.fullmatch(text.strip()))


def clean_number(text: str) -> str | None:
    """Return the number of a cell in plain digits; None if the cell is not one number.

    Blanks between its digits, as a scan leaves them, do not separate numbers.
    """
    plain = drop_footnote_marks(normalize_text(text.strip())).strip()
    if _GROUPED.fullmatch(plain):
        return re.sub(r"[,，'’\s]", "", plain)
    if _PARTED.fullmatch(plain):
        plain = plain.replace(" ", "")
    found = re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", plain)
    return plain if found else None


def infer_kinds(sheet: Sheet) -> Kinds:
    """Return the kind of each cell of a sheet."""
    kinds = np.zeros(sheet.texts.shape, dtype=np.uint8)
    for place, texts in enumerate(sheet.texts.T):
        codes, distinct = pd.factorize(texts)
        kinds[:, place] = _infer_text_kinds(distinct)[codes]
    return kinds


def _infer_text_kinds(texts: Any) -> Kinds:  # noqa: ANN401 - an array of texts
    trimmed = pc.utf8_trim_whitespace(pa.array(texts, type=pa.string()))
    kinds = np.full(len(texts), Kind.NUMBER, dtype=np.uint8)
    number, year, code = (
        pc.match_substring_regex(trimmed, pattern).to_numpy(zero_copy_only=False)
        for pattern in (_NUMBER, f"^(?:{_YEAR.pattern})$", _PROVINCE_CODE)
    )
    for place in np.flatnonzero(~number | year):
        kinds[place] = infer_kind(texts[place])
    # Codes are regions only if most numbers of the column are codes.
    if code.sum() * 2 > number.sum():
        kinds[code] = [Kind.REGION if read_region(text) else Kind.NUMBER for text in texts[code]]
    return kinds


def infer_kind(text: str) -> Kind:
    """Return what one cell looks like."""
    plain = text.strip()
    if not plain:
        return Kind.BLANK
    if _MISSING.fullmatch(plain):
        return Kind.MISSING
    if _YEAR.fullmatch(plain) and read_label(plain):
        return Kind.YEAR
    is_number = clean_number(plain)
    if not is_number and read_label(plain, 2000):
        return Kind.PERIOD
    if not is_number and read_region(plain):
        return Kind.REGION
    return Kind.NUMBER if is_number or _is_figure(plain) else Kind.WORD


def _is_figure(text: str) -> bool:
    if not re.search(r"\d|[一二三四五六七八九十百千万亿]", text):
        return False
    if _DRESSED.fullmatch(text):
        return True
    for words in (drop_footnote_marks(text), f"{drop_footnote_marks(text)}个"):
        try:
            parse_figure(words)
        except FigureError:
            continue
        return True
    return False
