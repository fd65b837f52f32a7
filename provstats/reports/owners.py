"""Owners: the owner, or part of the province, that a sentence speaks of instead of the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provstats.reports.places import PLACE

if TYPE_CHECKING:
    from provstats.reports.words import Word

__all__ = ["find_owner", "find_paragraph_place"]

_OWNER: Final = re.compile(
    "省属|市属|省管|央企|国企|国有企业|上市公司|外资企业|民营企业|开发区规|园区规|(?<!加计)扣除|剔除"
    "|电子信息制造业|(?:集团|公司|股份)$"
)
# A clause that begins with an area speaks of it; one that supports or builds it does not.
_AREA: Final = re.compile(
    "(?!支持|推进|加快|争创|深化|实施|完善|制定|出台|新增|提升|发挥|聚焦|围绕|统筹|坚持|全面|深入|强化|优化|启动|开展)"
    "[一-龥]{1,9}?(?:都市圈|经济圈|经济区|经济带|城市群|开发区|高新区|园区|示范区|自贸区|自贸试验区|新区|片区"
    "|自由贸易港|(?<!亿)[市县州盟旗](?![场民政值委级域长容内际位])|各[市县]|中心城区)"
    "|成渝|川渝|京津|长三角|大湾区|粤港澳|闽台|市域|县域"
    # Without a name: those of the province as a kind, which are not all of it either.
    "|(?:国家级|省级|各类|各)?(?:都市圈|城市群|经济带|经开区|开发区|高新区|园区|示范区|自贸区|自贸试验区|新区|片区)"
    "|(?:民营|非公有制|非公|个体|外资|国有|县域)(?:经济|企业)"
)
_OPENED: Final = re.compile(f"(?:支持|推动|推进)?({PLACE.pattern})(?!都市圈)")
# So many counties, parks or firms are the ones that the rest of the sentence speaks of.
_SOME: Final = re.compile("(?:个|家)?[一-龥]{0,5}?[县市区镇乡村园](?![0-9])")
# Where a clause begins, and with it the part that it speaks of.
_BEGINNINGS: Final = ("", "comma", "stop", "own")


def find_owner(words: list[Word], at: int) -> str:
    """Return the owner or area that an unknown word names, or an empty text."""
    word = words[at]
    owner = _OWNER.search(word.text)
    found = owner or (
        _match_area(word)
        if _find_word_kind(words, at - 1) in _BEGINNINGS
        else _match_part(words, at)
    )
    return found[0] if found else ""


def find_paragraph_place(paragraph: str) -> str:
    """Return the prefecture that a paragraph begins with, or an empty text."""
    found = _OPENED.match(paragraph)
    return found[1] if found else ""


def _match_area(word: Word) -> re.Match[str] | None:
    return _AREA.match(word.text) or PLACE.match(word.text)


def _match_part(words: list[Word], at: int) -> re.Match[str] | None:
    """Match the place of an act, or the counties or parks that a sentence begins with."""
    before = _find_word_kind(words, at - 1)
    if before in ("act", "change"):
        return PLACE.match(words[at].text)
    heads = before == "figure" and _find_word_kind(words, at - 2) in ("", "stop")
    return _SOME.match(words[at].text) if heads else None


def _find_word_kind(words: list[Word], at: int) -> str:
    return words[at].kind if at >= 0 else ""
