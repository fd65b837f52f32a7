"""Matching: how well the words that someone types fit the names of an indicator.

Latin words fit whole words only, or the beginning of one: AI is no part of training. Chinese has no
blanks: its characters fit as they stand, with a few between them, or in pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from provstats.catalogue.names import normalize_name
from provstats.catalogue.wordings import WORDINGS
from provstats.reading.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.catalogue.entries import Indicator

__all__ = ["WHOLE", "Named", "Query", "is_measure_term"]

_CHINESE: Final = "\u3400-\u9fff"
_TERM: Final = re.compile(rf"[{_CHINESE}]+|[^\W_{_CHINESE}]+(?:\.\d+)*")
# These words fit any figure: a search does not need them.
_SOFT_WORDS: Final = (
    "a an the of in on and or for by to per at with from number numbers count total amount rate "
    "size scale volume level value values data statistics figure figures indicator year annual how "
    "many much china chinese province provinces"
)
_SOFT: Final = frozenset(_SOFT_WORDS.split())
_SOFT_ENDS: Final = (
    "数量", "家数", "户数", "个数", "总数", "总量", "总额", "总值", "总计", "数额", "规模", "情况",
    "数据", "指标", "统计", "数", "额", "的",
)  # fmt: skip
_SOFT_STARTS: Final = ("全国", "各省", "各地区", "各地", "全省", "我国", "中国")
# What people write for a share.
_SHARES: Final = "占比 比重 比例 份额 比率 share proportion percentage ratio"

#: From here on a term fits as it stands, not in pieces.
WHOLE: Final = 0.75
_FEWEST: Final = 2  # characters of a piece
_BETWEEN: Final = 4  # characters that may stand between two of a term
_BEGINNING: Final = 4  # letters of a word that are enough to tell it


def is_measure_term(term: str) -> bool:
    """Tell whether a term says how something is measured, and not what."""
    return term in _list_measure_terms()


@cache
def _list_measure_terms() -> frozenset[str]:
    said = (
        wording.replace("{}", " ")
        for words in WORDINGS.values()
        for wording in (words.zh, words.en, *words.spoken_zh, *words.spoken_en)
    )
    return frozenset(term for text in (*said, _SHARES) for term in _split_terms(text))


def _split_terms(text: str) -> list[str]:
    """Return the Latin words and the Chinese runs of a text, in one script and case."""
    plain = simplify_characters(normalize("NFKC", text).casefold())
    plain = re.sub(r"[“”‘’\"'「」『』《》〈〉]", "", plain)
    return [
        _make_singular(term) for term in _TERM.findall(re.sub(r"(?<=\w)\s*&\s*(?=\w)", "", plain))
    ]


def _make_singular(word: str) -> str:
    if not word.isascii() or len(word) < _BEGINNING or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _strip_soft_parts(term: str) -> str:
    """Strip what could be said of any figure off a Chinese run, if something is left."""
    ends = (term.removesuffix(end) for end in _SOFT_ENDS)
    starts = (term.removeprefix(start) for start in _SOFT_STARTS)
    for shorter in (*ends, *starts):
        if _FEWEST <= len(shorter) < len(term):
            return _strip_soft_parts(shorter)
    return term


class Query(NamedTuple):
    """What someone looks for."""

    terms: tuple[str, ...]
    #: The terms without what is said of any figure.
    hard: tuple[str, ...]

    @classmethod
    def from_text(cls, text: str) -> Query:
        """Split a text into terms."""
        terms = _split_terms(text)
        hard = [_strip_soft_parts(term) for term in terms if term not in _SOFT]
        return cls(tuple(terms), tuple(hard or terms))

    @property
    def core(self) -> str:
        """The text without what is said of any figure."""
        return normalize_name("".join(self.hard))


class _Name(NamedTuple):
    """One name, split into terms."""

    words: frozenset[str]
    chinese: str
    length: int

    @classmethod
    def from_text(cls, text: str) -> _Name:
        terms = _split_terms(text)
        words = frozenset(term for term in terms if term.isascii())
        chinese = "|".join(term for term in terms if not term.isascii())
        return cls(words, chinese, sum(map(len, terms)))


@dataclass(frozen=True, slots=True)
class Named:
    """The names of an indicator, split into terms."""

    names: tuple[_Name, ...]
    words: frozenset[str]
    chinese: str

    @classmethod
    def from_indicator(cls, indicator: Indicator) -> Named:
        """Split the names into terms, and what people say for such a measure."""
        texts = (indicator.id.replace("_", " "), indicator.name_zh, indicator.name_en)
        names = tuple(map(_Name.from_text, (*texts, *indicator.aliases)))
        said = [*names, *map(_Name.from_text, _list_spoken_wordings(indicator))]
        words = frozenset[str]().union(*(name.words for name in said))
        return cls(names, words, "|".join(name.chinese for name in said))

    def measure_fit(self, term: str) -> float:
        """Tell how well a term fits, from 0 to 1."""
        return (
            _measure_word_fit(term, self.words)
            if term.isascii()
            else _measure_chinese_fit(term, self.chinese)
        )

    def compute_share_of_name(self, terms: Iterable[str]) -> float:
        """Return the share of a name that terms cover, from 0 to 1: the greatest of all names."""
        return max(
            sum(len(term) for term in terms if term in name.words or term in name.chinese)
            / max(name.length, 1)
            for name in self.names
        )


def _list_spoken_wordings(indicator: Indicator) -> list[str]:
    wording = WORDINGS.get(indicator.measure)
    said = [*wording.spoken_zh, *wording.spoken_en] if wording else []
    shares = [_SHARES] if indicator.measure == "share" else []
    return [text.replace("{}", " ") for text in said] + shares


def _measure_word_fit(word: str, words: frozenset[str]) -> float:
    if word in words:
        return 1.0
    is_begun = len(word) >= _BEGINNING and any(other.startswith(word) for other in words)
    return WHOLE if is_begun else 0.0


def _measure_chinese_fit(term: str, text: str) -> float:
    if term in text:
        return 1.0
    between = f"[^|]{{0,{_BETWEEN}}}?"
    if len(term) > _FEWEST and re.search(between.join(term), text):
        return (1 + WHOLE) / 2
    return _measure_coverage(term, text) * (WHOLE - 0.01)


def _measure_coverage(term: str, text: str) -> float:
    """Return the share of a term that a text has in pieces of two or more characters."""
    covered = start = 0
    while start < len(term):
        ends = range(len(term), start + 1, -1)
        end = next((end for end in ends if term[start:end] in text), start)
        covered += end - start
        start = max(end, start + 1)
    return covered / len(term)
