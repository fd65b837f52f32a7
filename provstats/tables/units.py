"""Units as tables print them: 亿元, 万人, ‰, (上年同月=100), 100 million yuan, RMB/t.

A unit that is not known keeps its text, and its numbers stay as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from provstats.reading.dress import normalize_text
from provstats.reading.units import UNITS, WHOLE_UNITS

__all__ = ["RATES", "Measure", "is_rate_name", "read_unit", "read_units", "split_unit"]

#: Units of rates, of which a title may name one beside that of its amounts (人、‰).
RATES: Final = ("percent", "percentage_point")


@dataclass(frozen=True, slots=True)
class Measure:
    """How a bare number counts: its unit, and the power of ten that 1 stands for."""

    unit: str
    power: int = 0
    printed: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether a number printed in full is exact."""
        return self.unit in (*WHOLE_UNITS, "rank") and self.power == 0


_SCALES: Final = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8,
    "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2, "十": 1,
    "trillion": 12, "100 billion": 11, "10 billion": 10, "billion": 9, "100 million": 8,
    "10 million": 7, "million": 6, "100 000": 5, "100000": 5, "10 000": 4, "10000": 4,
    "1 000": 3, "1000": 3, "thousand": 3, "100": 2,
}  # fmt: skip
_SCALED: Final = re.compile(rf"({'|'.join(_SCALES)}) ?(?=\D)")
#: USD million, as well as million USD.
_SCALED_AFTER: Final = re.compile("([a-z$]+) (trillion|billion|million|thousand)")
#: Further words of tables, beside those that reports print with a figure.
_WORDS: Final = {
    word: measure
    for measure, words in {
        ("percent", -1): "‰;%o;per mille;per thousand",
        ("percent", 0): "percent;per cent",
        ("percentage_point", 0): "percentage points;percentage point;pp",
        ("CNY", 0): "yuan;rmb;rmb yuan;yuan rmb;cny;人民币;人民币元",
        ("USD", 0): "usd;us$;us dollar;us dollars;dollars",
        ("count", 0): (
            "count;person;persons;people;unit;units;set;sets;piece;pieces;item;items;household;"
            "households;enterprise;enterprises;case;cases;head;床"
        ),
        ("t", 0): "t;ton;tons;tonne;tonnes",
        ("kg", 0): "kg;千克;公斤",
        ("tce", 0): "tce;吨标煤;吨标准煤",
        ("km", 0): "km;kilometer;kilometers",
        ("m2", 0): "m2;m²;sq.m;sq m;square meters",
        ("km2", 0): "km2;km²;sq.km;sq km;square kilometers",
        ("m3", 0): "m3;m³;cu.m;cu m;cubic meters",
        ("ha", 0): "ha;hectare;hectares",
        ("mu", 0): "mu",
        ("kW", 0): "kw",
        ("kWh", 0): "kwh;kw·h;千瓦小时",
        ("MW", 0): "mw",
    }.items()
    for word in words.split(";")
}
_POWERS: Final = {10**power: power for power in range(4)}
# 上年=100, 上年同月=100, 1978年=100: the number is the base of an index, and no scale.
_LAST_YEAR: Final = "of (?:the )?(?:previous|preceding|last) year"
_BASES: Final = (
    ("(?:上年|上一年)同月=100", "上年同月=100"),
    ("(?:上年|上一年)同期=100", "上年同期=100"),
    ("(?:上年|上一年|以上年为)=?100", "上年=100"),
    (f"(?:the )?same month {_LAST_YEAR}=100", "上年同月=100"),
    (f"(?:the )?same period {_LAST_YEAR}=100", "上年同期=100"),
    ("(?:the )?(?:previous|preceding|last) year=100", "上年=100"),
)


def _normalize_unit_text(text: str) -> str:
    spaced = re.sub(r"\s+", " ", text.replace("／", "/")).strip()
    spaced = re.sub(r"(?<=\d),(?=\d)", "", spaced)
    plain = normalize_text(spaced) if re.search("[\u4e00-\u9fff]", spaced) else spaced
    return re.sub(r"\s*=\s*", "=", plain).strip(" :：.,，")


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Measure | None:
    """Return how a bare number of this unit counts; None if the text is no known unit."""
    plain = _normalize_unit_text(text.replace("＝", "=").replace("％", "%"))
    return (
        _read_index_base(plain)
        or _read_amount_unit(plain, text.strip())
        or _read_ratio_unit(plain, text.strip())
    )


def _read_index_base(plain: str) -> Measure | None:
    for pattern, base in _BASES:
        if re.fullmatch(pattern, plain, re.IGNORECASE):
            return Measure(base, 0, base)
    return Measure(plain, 0, plain) if re.fullmatch(r"[^()]{1,20}=1(?:00|000)?", plain) else None


def _read_amount_unit(plain: str, printed: str) -> Measure | None:
    if known := _find_known_unit(plain):
        return Measure(*known, printed)
    found = _SCALED.match(plain.lower())
    after = _SCALED_AFTER.fullmatch(plain.lower())
    scale = found[1] if found else after[2] if after else ""
    word = plain[found.end() :].strip() if found else after[1] if after else ""
    known = _find_known_unit(word)
    return Measure(known[0], known[1] + _SCALES[scale], printed) if known else None


def _find_known_unit(word: str) -> tuple[str, int] | None:
    if word in UNITS and UNITS[word][1] in _POWERS:
        unit, factor = UNITS[word]
        return unit, _POWERS[factor]
    return _WORDS.get(word.lower())


def _read_ratio_unit(plain: str, printed: str) -> Measure | None:
    above, slash, below = plain.partition("/")
    over, under = _read_amount_unit(above.strip(), above), _read_amount_unit(below.strip(), below)
    if not (slash and over and under):
        return None
    word = re.sub(r"^(?:万|亿)", "", below.strip()) if under.unit == "count" else under.unit
    return Measure(f"{over.unit}/{word}", over.power - under.power, printed)


def read_units(text: str) -> list[Measure]:
    """Return the units that a line such as 人、‰ names; empty if any part of it is none."""
    whole = read_unit(text)
    parts = re.split(r"[、,，;；]|\s和\s|\sand\s", text)
    found = [whole] if whole else [read_unit(part) for part in parts if part.strip()]
    return [unit for unit in found if unit] if all(found) else []


_BRACKET: Final = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*")
_TAIL: Final = re.compile(r"(?:\s*[,，:：/／_]\s*|\s*单位[:：]\s*)([^,，:：_\s]{1,12})$")


#: A unit without a bracket: GDP亿元, 增速 %; in 每万人 and 超亿元 it is none.
_BARE: Final = re.compile(
    r"(?<![每超过达上破近逾\d\s十百千])\s*([十百千]?(?:万亿|[万亿])"
    r"(?:元|美元|人次?|吨|户|家|个|辆|台|千瓦时?|平方米|公顷|亩|件|套)|[%‰％])$"
)


@lru_cache(maxsize=4096)
def split_unit(name: str) -> tuple[str, Measure | None]:
    """Return a heading without its unit, and the unit: 人均GDP(元) is 人均GDP, in 元.

    The base of an index stays in the name, of which it is a part.
    """
    for found in _BRACKET.finditer(name):
        unit = _read_lost_unit(found[1]) or read_unit(found[1].removeprefix("单位").strip(" :："))
        if unit and "=" in unit.unit:
            return name, unit
        if unit:
            rest = f"{name[: found.start()]} {name[found.end() :]}"
            return " ".join(rest.split()), unit
    tail = _TAIL.search(name)
    if tail and tail.start() and (unit := read_unit(tail[1])):
        return name[: tail.start()].strip(), unit
    bare = _BARE.search(name)
    if bare and bare.start() and (unit := read_unit(bare[1])):
        return name[: bare.start()].strip(), unit
    return name, None


def _read_lost_unit(text: str) -> Measure | None:
    """Return the unknown unit of a heading whose sign was lost in a conversion: (?)."""
    return Measure("", 0, text) if re.fullmatch(r"[?？\ufffd]+", text.strip()) else None


def is_rate_name(name: str) -> bool:
    """Tell whether a name is that of a rate: 出生率, 比重, growth rate."""
    return bool(
        re.search("率|比重|占比|增速|增长|比例|构成|rate|share|growth|ratio", name, re.IGNORECASE)
    )
