"""Lists: names before ``respectively`` and ``alike``, and the figures that follow by position."""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.reports.words import find_subject

if TYPE_CHECKING:
    from provstats.reports.lexicon import Subject
    from provstats.reports.words import Word

__all__ = ["Figures", "Name", "find_figures_after", "find_names_before"]

_ENDS: Final = ("comma", "stop", "figure", "range", "rank")
_LEADS: Final = (
    "own",
    "plan",
    "years",
    "month",
    "year",
    "span",
    "base",
    "act",
    "foster",
    "award",
    "new",
    "forecast",
    "target",
)
# A clause of these alone names nothing: 比上年分别提高.
_LINKS: Final = ("share", "level", "mute", "base")
_TAILS: Final = (
    "增加值", "投资", "产量", "营业收入", "收入", "利润", "销售额", "总额", "企业",
)  # fmt: skip


# A、B分别占规上工业增加值比重的: a share of value added is one of value added.
_SHARE_OF_INDUSTRY: Final = re.compile("占(?:规上|规模以上)工业")
# What ends like this needs no noun of the last name.
_WHOLE: Final = re.compile(".*(?:总额|增加值|收入|投资|产量|总值)")


_SHORT: Final = 4


class Name(NamedTuple):
    """A name of a list: its subject, whether the name is sure, and its text."""

    subject: Subject
    sure: bool
    text: str


class Figures(NamedTuple):
    """The figures of a list: where they stand among the words, where it ends, its linking words."""

    places: list[int]
    end: int
    roles: dict[str, Word]


def find_names_before(words: list[Word], at: int, text: str) -> list[Name | None]:
    """Return the names of the clause before a word; None for one the lexicon does not know."""
    begin = _find_clause_start(words, at)
    if begin > 1 and words[begin - 1].kind == "comma" and _are_only_links(words[begin:at]):
        # A、B，同比分别增长: the names stand in the clause before.
        at = begin - 1
        begin = _find_clause_start(words, at)
    if all(word.kind in _LINKS for word in words[begin:at]):
        return []
    parts: list[list[Word]] = [[]]
    for word in words[begin:at]:
        if word.kind in ("pause", "and"):
            parts.append([])
        else:
            parts[-1].append(word)
    parts = [part for part in parts if part]
    if any(_SHARE_OF_INDUSTRY.match(word.text) for word in words[begin : at + 2]):
        return [_read_name(part, "增加值", text) for part in parts]
    names = [
        _read_name(part, "" if part is parts[-1] else _find_shared_noun(parts[-1]), text)
        for part in parts
    ]
    return [
        name or (_read_name_with_head(before, part) if before else None)
        for before, part, name in zip([None, *parts], parts, names, strict=False)
    ]


def _read_name_with_head(before: list[Word], part: list[Word]) -> Name | None:
    """Return what a short name is with the head of the one before: 技术合同登记数、成交额."""
    head, short = (
        "".join(word.text for word in dropwhile(_is_leading_word, each)) for each in (before, part)
    )
    if len(short) > _SHORT:
        return None
    for end in range(len(head) - 1, 1, -1):
        if found := find_subject(head[:end] + short):
            return Name(found[0], found[1], short)
    return None


def _find_clause_start(words: list[Word], at: int) -> int:
    while at > 0 and words[at - 1].kind not in _ENDS:
        at -= 1
    return at


def _are_only_links(words: list[Word]) -> bool:
    return all(word.kind in ("mute", "average", "growth") for word in words)


def _find_shared_noun(last: list[Word]) -> str:
    """Return the noun that all names may share with the last: 高技术制造业、装备制造业增加值."""
    ending = "".join(word.text for word in last if _is_part_of_name(word))
    return next((tail for tail in _TAILS if ending.endswith(tail)), "")


def _is_part_of_name(word: Word) -> bool:
    """Tell whether a word is part of a name: a noun of links may be its last one, as 产量 is."""
    return word.kind in ("unknown", "subject") or word.text in _TAILS


def _read_name(part: list[Word], tail: str, text: str) -> Name | None:
    own = [word for word in dropwhile(_is_leading_word, part) if word.kind != "share"]
    while own and own[-1].kind in ("mute", "base", "growth") and own[-1].text not in _TAILS:
        own.pop()
    if not own:
        return None
    printed = re.sub("^规模(?!以上)", "", "".join(word.text for word in own))
    lent = "" if printed.endswith(tail) else tail
    found = find_subject(printed + lent) or (
        find_subject(printed) if _WHOLE.match(printed) else None
    )
    if found is None or text[: own[0].start].endswith(found[0].before or ("\0",)):
        return None
    return Name(*found, printed)


def _is_leading_word(word: Word) -> bool:
    return word.kind in _LEADS or word.text in ("其中", "实现", "完成")


def find_figures_after(words: list[Word], at: int) -> Figures:
    """Return the figures of the list after a word, separated by commas alone."""
    places: list[int] = []
    roles = _find_roles_before(words, at)
    for place in range(at + 1, len(words)):
        word = words[place]
        if word.kind in ("figure", "range"):
            places.append(place)
        elif word.kind in ("pause", "and", "comma"):
            if not places or _find_word_kind(words, place + 1) not in (
                "figure",
                "range",
                "fall",
                "growth",
            ):
                return Figures(places, place - 1, roles)
        elif word.kind in ("unknown", "subject", "stop", "rank", "each"):
            return Figures(places, place - 1, roles)
        elif not places:
            roles[word.kind] = word
    return Figures(places, len(words) - 1, roles)


def _find_roles_before(words: list[Word], at: int) -> dict[str, Word]:
    """Return the linking words between the names and ``respectively``: 年均分别增长."""
    roles: dict[str, Word] = {}
    for word in reversed(words[:at]):
        if word.kind in ("subject", "unknown", *_ENDS):
            break
        roles[word.kind] = word
    return roles


def _find_word_kind(words: list[Word], at: int) -> str:
    return words[at].kind if at < len(words) else ""


def is_uneven(words: list[Word], places: list[int]) -> bool:
    """Tell whether 左右 or 以上 stands after some figures of a list only: it may hold for all."""
    return len({bool(re.search("左右|以[上内下]", words[place].text)) for place in places}) > 1
