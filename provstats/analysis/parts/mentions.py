"""Mentions: what an analyst's sentence names, as words of a few kinds, in Chinese or in English.

Regions and indicators are found by the names that the registry and the catalogue have for them; all
else by the vocabulary of the reader of reports, or a short one in English. What is in neither is a
word of its own kind, ``unknown``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from provstats.errors import FigureError, PeriodError
from provstats.indicators import load_indicators, look_up_indicator
from provstats.reading.figures import Figure, parse_figure
from provstats.reading.periods import parse_period
from provstats.reports.lexicon import build_subject_pattern, find_subject_by_group
from provstats.reports.ranks import find_rank_group, read_rank
from provstats.reports.texts import normalize_paragraph, split_sentences
from provstats.reports.words import Word, split_into_words
from provstats.store.observations import load
from provstats.store.regions import NATION, load_regions
from provstats.words.languages import Language
from provstats.words.measures import find_measure
from provstats.words.phrases import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provstats.indicators import Indicator
    from provstats.reading.units import Unit
    from provstats.reports.texts import Line
    from provstats.words.phrases import Lang

__all__ = ["Mention", "find_mentions"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text: its kind, its place in the text as given, and what it means."""

    kind: str
    start: int
    end: int
    text: str
    meaning: Any = None


def find_mentions(text: str, number: int, lang: Lang) -> Iterator[list[Mention]]:
    """Return the mentions of each sentence of a paragraph."""
    if lang == "zh":
        line = normalize_paragraph(number, text)
        return (
            _place_mentions(_find_chinese_mentions(line, *span), line)
            for span in split_sentences(line)
        )
    return (_find_english_mentions(text, *span) for span in _split_english_sentences(text))


# --- names ----------------------------------------------------------------------------------------


@cache
def _index_names(lang: Lang) -> dict[str, tuple[str, Any]]:
    """Return the kind and the meaning of each name: a region's code, or indicators' ids."""
    found: dict[str, tuple[str, Any]] = {}
    for name, ids in _index_indicator_names(lang).items():
        found[name] = "indicator", tuple(ids)
    for code, name in _list_region_names(lang):
        found[name] = "region", code
    return found


_HAN: Final = re.compile("[一-龥]")


def _index_indicator_names(lang: Lang) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for indicator in (*load_indicators().values(), *_list_change_indicators()):
        known = (getattr(indicator, f"name_{lang}"), *indicator.aliases)
        for name in (*known, find_measure(indicator.id, indicator.unit, Language(lang)).name):
            key = _make_name_key(name, lang)
            if key in _MEASURED:  # a unit is no name: many things have it
                continue
            if len(key) > 1 and (_HAN.search(key) is None) == (lang == "en"):
                ids = names.setdefault(key, [])
                ids += [indicator.id] if indicator.id not in ids else []
    return names


def _list_change_indicators() -> Iterator[Indicator]:
    """Return the changes that the data hold, which have names of their own."""
    for id_ in load(nature=None)["indicator"].unique():
        indicator = look_up_indicator(id_)
        if indicator and indicator.measure == "change" and id_ not in load_indicators():
            yield replace(indicator, aliases=())


def _list_region_names(lang: Lang) -> Iterable[tuple[str, str]]:
    for code, region in load_regions().items():
        if code != NATION:
            names = (region.name_en,) if lang == "en" else (region.name_full, region.name_zh)
            yield from ((code, _make_name_key(name, lang)) for name in names)
    if lang == "en":
        yield from ((NATION, name) for name in ("china", "the nation", "nationwide"))


def _escape_chinese_name(name: str) -> str:
    """Return the pattern of a Chinese name: in 甘肃省级, 甘肃 is the province, 甘肃省 is not."""
    is_full = _index_names("zh")[name][0] == "region" and name.endswith(("省", "市", "区"))
    return re.escape(name) + ("(?![级属管产内])" if is_full else "")


# What may stand between the words of a name.
_GAP: Final = r"[\s“”\"]+"


def _make_name_key(name: str, lang: Lang) -> str:
    plain = re.sub('[“”"]', " " if lang == "en" else "", name)
    return (
        normalize_paragraph(0, plain).text if lang == "zh" else " ".join(plain.casefold().split())
    )


@cache
def _compile_names(lang: Lang) -> re.Pattern[str]:
    longest = sorted(_index_names(lang), key=lambda name: -len(name))
    if lang == "zh":
        return re.compile("|".join(map(_escape_chinese_name, longest)))
    names = "|".join(_GAP.join(map(re.escape, name.split())) for name in longest)
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.IGNORECASE)


# --- Chinese --------------------------------------------------------------------------------------

_PLAIN: Final = re.compile(
    "(?:的|在|是|有|为|其|该省|该市|当地|此外|同时|而|则|另外|方面|来看|现有|仅|只|即|到|了|达|于|个省份?中"
    "|地区|所|最高|最低|数据显示|排|居|位|-)*"
)
_WHOLE: Final = re.compile(
    "(?:(?<=[，。；、年月度末底])|^)(?:全国|我国|中国)(?![第前平首]|居(?!民))"
)
_OF: Final = re.compile("有数据的([0-9]+)个省份中?")


def _find_chinese_mentions(line: Line, start: int, end: int) -> list[Mention]:
    """Return the mentions of a sentence, at their places in the normalized paragraph."""
    found: list[Mention] = []
    at = start
    for name in _find_chinese_names(line.text, start, end):
        found += _read_chinese_words(line.text, at, name.start)
        found.append(name)
        at = name.end
    return [*found, *_read_chinese_words(line.text, at, end)]


def _find_chinese_names(text: str, start: int, end: int) -> list[Mention]:
    names, last = [], start
    for found in _compile_names("zh").finditer(text, start, end):
        if found.start() < last:
            continue
        kind, meaning = _index_names("zh")[found[0]]
        last = _find_name_end(text, found, meaning, end) if kind == "indicator" else found.end()
        names.append(Mention(kind, found.start(), last, text[found.start() : last], meaning))
    names += [
        Mention("region", *m.span(), m[0], NATION) for m in _find_nation_words(text, start, end)
    ]
    names += [Mention("of", *m.span(), m[0], int(m[1])) for m in _OF.finditer(text, start, end)]
    return sorted(names, key=lambda name: name.start)


def _find_name_end(text: str, found: re.Match[str], ids: tuple[str, ...], end: int) -> int:
    """Return where a name ends: the reader of reports may know a longer form of it."""
    name = _compile_subjects().match(text, found.start(), end)
    subject = name and find_subject_by_group(str(name.lastgroup))
    is_same = subject is not None and subject[0].concept in ids
    return max(found.end(), name.end()) if name and is_same else found.end()


@cache
def _compile_subjects() -> re.Pattern[str]:
    return re.compile(build_subject_pattern())


def _find_nation_words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for found in _WHOLE.finditer(text[:end], start):
        if not any(
            n.start() <= found.start() < n.end() for n in _compile_names("zh").finditer(text)
        ):
            yield found


# What the reader takes for a word of its own, and belongs to a number.
_APART: Final = ("约", "近", "超")
# A number without a unit: a count, if the indicator is one.
_BARE: Final = re.compile(
    r"(?:超过?|近|约|不足|突破)?(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?:万亿|[万亿])?(?![0-9.年月日%])"
)


def _read_chinese_words(text: str, start: int, end: int) -> Iterator[Mention]:
    for word in split_into_words(text, start, end) if start < end else ():
        bare = _BARE.search(word.text) if word.kind == "unknown" else None
        for piece in _split_off_number(word, bare, text) if bare else (word,):
            yield _interpret_word(piece, text)


def _split_off_number(word: Word, bare: re.Match[str], text: str) -> Iterator[Word]:
    """Return a number without a unit apart from the unknown words around it."""
    first, last = bare.span()
    if first == 0 and text[word.start - 1 : word.start] in _APART:
        word = replace(word, start=word.start - 1, text=text[word.start - 1] + word.text)
        last += 1
    ends = (0, first, last, len(word.text))
    for kind, first, last in zip(("unknown", "bare", "unknown"), ends, ends[1:], strict=False):
        if first < last:
            at = word.start
            yield Word(kind, at + first, at + last, word.text[first:last])


# A minus before a number, and no dash between two.
_MINUS: Final = re.compile("(?<![0-9年月])-$")


def _interpret_word(word: Word, text: str) -> Mention:
    kind = word.kind
    meaning: Any = None
    if kind in ("figure", "range", "bare"):
        sign = "-" if _MINUS.search(text[: word.start]) else ""
        kind, meaning = "figure", _read_figure(f"{sign}{word.text}{'个' if kind == 'bare' else ''}")
    elif kind == "rank":
        kind, meaning = "rank", _read_chinese_rank(word)
    elif kind == "subject" and word.subject is not None:
        kind, meaning = "indicator", (word.subject.concept,)
    elif kind in ("year", "month", "years"):
        kind, meaning = (
            "period",
            re.sub("^(?:截[至止]|到|至)|[的底末内]$|全年$|以来$", "", word.text),
        )
    elif kind == "unknown" and _PLAIN.fullmatch(word.text):
        kind = "plain"
    return Mention(kind, word.start, word.end, text[word.start : word.end], meaning)


def _read_figure(text: str) -> Figure | None:
    try:
        return parse_figure(text)
    except FigureError:
        return None


def _read_chinese_rank(word: Word) -> tuple[Figure, str] | None:
    read = read_rank(word)
    return (read[0], find_rank_group(word.text) or "provinces") if read else None


def _place_mentions(mentions: list[Mention], line: Line) -> list[Mention]:
    """Return mentions at their places in the paragraph as given."""
    return [
        Mention(m.kind, *line.find_printed_span(m.start, m.end), m.text, m.meaning)
        for m in mentions
    ]


# --- English --------------------------------------------------------------------------------------

_MONTH: Final = "|".join(MONTHS)
_SCALES: Final = {
    "": 0, "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9,
    "trillion": 12, "tn": 12, "trn": 12,
}  # fmt: skip
_SCALE: Final = r"(?:thousand|million|billion|trillion|[mb]n|tr?n|[km])(?![a-zA-Z²³])"
# Units by how English writes them, and how many zeros they add; what is measured is rounded.
_MEASURED: Final[dict[str, tuple[Unit, int]]] = {
    "km²": ("km2", 0), "m²": ("m2", 0), "m³": ("m3", 0), "km": ("km", 0), "mu": ("mu", 0),
    "t": ("t", 0), "tonnes": ("t", 0), "tons": ("t", 0), "tce": ("tce", 0), "kw": ("kW", 0),
    "mw": ("kW", 3), "gw": ("kW", 6), "kwh": ("kWh", 0), "gwh": ("kWh", 6), "twh": ("kWh", 9),
    "gb": ("GB", 0), "pflops": ("PFLOPS", 0), "eflops": ("EFLOPS", 0), "years": ("year", 0),
    "months": ("month", 0), "person-years": ("person_year", 0), "pp": ("percentage_point", 0),
}  # fmt: skip
_MONEY: Final = {"cny": "元", "rmb": "元", "¥": "元", "usd": "美元", "us$": "美元"}
_BEFORE: Final = {
    "over": "超", "more than": "超", "above": "超", "exceeding": "超", "at least": "至少",
    "about": "约", "around": "约", "approximately": "约", "roughly": "约", "nearly": "近",
    "almost": "近", "under": "不足", "less than": "不足", "fewer than": "不足", "below": "不足",
    "up to": "不超过",
}  # fmt: skip
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_RISES: Final = r"grew|grows?|rose|rises?|increas(?:ed?|es|ing)|expanded|gained|climbed"
_FALLS: Final = (
    r"fell|falls?|declin(?:ed?|es|ing)|decreas(?:ed?|es)|dropp?(?:ed|s)?|shrank|contracted"
)
_YEAR: Final = "(?:19|20)[0-9]{2}"
_KINDS: Final = {
    "period": (
        rf"(?:{_MONTH})\s?[–-]\s?(?:{_MONTH}) {_YEAR}|(?:{_MONTH}) (?:to|and) (?:{_MONTH}) {_YEAR}"
        rf"|(?:{_MONTH}) {_YEAR}|Q[1-4] {_YEAR}|(?:the )?(?:first|second) half of {_YEAR}"
        rf"|{_YEAR}\s?[–-]\s?{_YEAR}|(?:the (?:end|year) of )?{_YEAR}"
    ),
    "of": r"(?:of|among) (?:the )?([0-9]+) provinces with data",
    "rank": (
        r"rank(?:s|ed|ing)?(?: in)?(?: the)?(?: place)?:? (?:no\. ?|number )?"
        r"[0-9]{1,2}(?:st|nd|rd|th)?\b"
        r"|(?:no\. ?|number )[0-9]{1,2}\b|\b[0-9]{1,2}(?:st|nd|rd|th)\b(?: place)?"
        rf"|(?:ranks?|ranked|came|stood|placed)(?: the)? (?:{'|'.join(_ORDINALS)})\b"
    ),
    "gap": r"(?:above|below|higher than|lower than|faster than|slower than) (?:that of )?"
           r"(?:the )?(?:nation(?:al (?:average|level|rate|figure))?|china)\b",
    "figure": (
        rf"(?:(?:{'|'.join(_BEFORE)}) )?(?:(?:CNY|RMB|USD) ?|US\$ ?|¥)?"
        rf"[−-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s?{_SCALE})?"
        rf"(?:\s?%|\s?(?:{'|'.join(_MEASURED)})(?![\w²³])"
        r"| per ?cent(?:age points?)?| (?:percentage )?points?| yuan| RMB)?"
    ),
    "average": r"(?:average annual|annual average|on average|average|a year|per year|annually)\b",
    "level": rf"(?:{_RISES}|{_FALLS}|up|down) to\b",
    "growth": rf"(?:growth(?: rate)?|{_RISES}|up)\b",
    "fall": rf"(?:{_FALLS}|down)\b",
    "change": r"(?:change|changed)\b",
    "new": r"(?:new(?:ly added)?|added)\b",
    "share": r"(?:share|accounted for)\b|of the national total",
    "forecast": r"(?:forecast|expected|projected)\b",
    "target": r"(?:target|aims?|planned)\b",
    "from": r"from\b",
    "comma": r"[,:]",
    "and": r"and\b|&",
    "each": r"respectively\b",
    "plain": (
        r"(?:the|of|in|between|was|is|were|are|at|to|its|it|with|among|provinces|reached|stood|had|has"
        r"|have|for|by|which|that|year[- ]on[- ]year|a|an|all|on|’s|'s|s|amounted|totall?ed|whose"
        r"|while|place|also|period|value)\b|’s|'s"
    ),
    "stop": r"[.;!?](?=\s|$)",
}  # fmt: skip
_WORDS: Final = re.compile(
    "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
    + r"|(?P<unknown>[^\W\d_]+)", re.IGNORECASE,
)  # fmt: skip


def _split_english_sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in re.finditer(r"(?<!No)[.;!?](?=\s|$)", text):
        yield start, stop.end()
        start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def _find_english_mentions(text: str, start: int, end: int) -> list[Mention]:
    found: list[Mention] = []
    at = start
    for name in _compile_names("en").finditer(text, start, end):
        kind, meaning = _index_names("en")[_make_name_key(name[0], "en")]
        if kind == "region" and _is_behind_comparison(text, name.start()):
            continue
        found += _read_english_words(text, at, name.start())
        found.append(Mention(kind, *name.span(), name[0], meaning))
        at = name.end()
    return [*found, *_read_english_words(text, at, end)]


def _is_behind_comparison(text: str, place: int) -> bool:
    """Tell whether a region is named only as what a value is compared with."""
    return bool(re.search(r"(?:above|below|than)(?: that of)? $", text[:place], re.IGNORECASE))


def _read_english_words(text: str, start: int, end: int) -> Iterator[Mention]:
    for found in _WORDS.finditer(text, start, end):
        kind, said = str(found.lastgroup), found[0]
        meaning: Any = None
        if kind == "figure":
            meaning = _read_english_figure(said)
        elif kind == "period":
            meaning = _translate_period(said)
        elif kind == "rank":
            meaning = _read_english_rank(said)
        elif kind == "of":
            meaning = int(re.findall("[0-9]+", said)[0])
        yield Mention(kind, *found.span(), said, meaning)


_ENGLISH_FIGURE: Final = re.compile(
    rf"(?:({'|'.join(_BEFORE)}) )?(CNY|RMB|USD|US\$|¥)? ?([−-]?[0-9][0-9,]*(?:\.[0-9]+)?)"
    rf"\s?({_SCALE})?(.*)", re.IGNORECASE,
)  # fmt: skip


def _read_english_figure(said: str) -> Figure | None:
    """Read a figure by the rules of its Chinese counterpart."""
    found = _ENGLISH_FIGURE.fullmatch(said)
    if found is None:
        return None
    before, money, number, scale, unit = ((part or "").lower() for part in found.groups())
    plain = number.replace(",", "").replace("−", "-")
    words = {**_MONEY, "%": "%", "percent": "%", "per cent": "%", "yuan": "元", "": "个"}
    measured, zeros = _MEASURED.get(unit.strip(), (None, 0))
    word = words.get(money or unit.strip(), "个百分点" if "point" in unit else "个")
    figure = _read_figure(f"{_BEFORE.get(before, '')}{plain}{'%' if measured else word}")
    if figure is None:
        return None
    scaled = _scale_figure(figure, plain, _SCALES[scale] + zeros, said)
    return replace(scaled, unit=measured) if measured else scaled


def _scale_figure(figure: Figure, number: str, zeros: int, said: str) -> Figure:
    factor = 10.0**zeros
    value, lower, upper = (end * factor for end in (figure.value, figure.lower, figure.upper))
    if zeros and figure.qualifier == "exact":
        half = factor * 10.0 ** int(Decimal(number).as_tuple().exponent) / 2
        lower, upper = value - half, value + half
    return replace(figure, value=value, lower=lower, upper=upper, printed=said)


def _read_english_rank(said: str) -> tuple[Figure, str] | None:
    number = re.findall("[0-9]+", said) or [
        str(_ORDINALS[word]) for word in said.lower().split() if word in _ORDINALS
    ]
    figure = _read_figure(f"第{number[0]}位") if number else None
    return (figure, "provinces") if figure else None


def _translate_period(said: str) -> str:
    """Return an English period as one that `parse_period` reads."""
    year = re.findall(_YEAR, said)[-1]
    months = [
        1 + number for word in re.findall(_MONTH, said, re.IGNORECASE)
        for number, month in enumerate(MONTHS) if month.lower() == word.lower()
    ]  # fmt: skip
    if months:
        return f"{year}年{'-'.join(map(str, dict.fromkeys(months)))}月"
    if half := re.search("(first|second) half", said, re.IGNORECASE):
        return f"{year}-H{1 + (half[1].lower() == 'second')}"
    if quarter := re.search("Q([1-4])", said, re.IGNORECASE):
        return f"{year}-Q{quarter[1]}"
    years = re.findall(_YEAR, said)
    return "/".join(years)


def read_period_label(said: str, year: int | None) -> str:
    """Return the label of a period in words, an empty text if it cannot be read."""
    words = re.sub("(?<=[0-9]{4})年?[-至到](?=(?:20)?[0-9]{2}年)", "/", said)
    try:
        return str(parse_period(re.sub("(?<=/[0-9]{4})年", "", words), year=year))
    except PeriodError:
        return ""


def find_unit(id_: str) -> str:
    """Return the unit that the catalogue has of an indicator."""
    known = look_up_indicator(id_)
    return known.unit if known else ""
