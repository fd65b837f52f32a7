"""Printed figures: one figure as a report prints it, read into a value and its interval.

The grammar is a chain of small closed vocabularies, in the order in which they are printed::

    预计 增长 全国平均水平 超过 ...  numeral  余/多  unit  以上/左右

Whatever does not fit the chain raises `FigureError`; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Final, Literal, NoReturn, get_args

from provstats.errors import FigureError
from provstats.reading.numerals import NUMERAL, Numeral, parse_numeral
from provstats.reading.units import UNITS, WHOLE_UNITS, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Figure", "Nature", "Qualifier", "normal_text", "parse_figure"]

Qualifier = Literal["exact", "about", "over", "nearly", "under"]
Nature = Literal["outcome", "forecast", "target"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure.

    Parameters
    ----------
    value : float
        In the base unit: 7% is 7.0, 1.1万家 is 11000.0; a decline is negative.
    lower, upper : float
        The interval that the printed words allow; both ends belong to it.
    unit : str
        One of `Unit`.
    qualifier : str
        One of `Qualifier`.
    nature : str
        One of `Nature`.
    printed : str
        The text as given.

    Raises
    ------
    FigureError
        If the interval does not hold the value, or a word is not of its vocabulary.

    Examples
    --------
    >>> Figure(7.0, 6.5, 7.5, "percent", "exact", "outcome", "7%").unit
    'percent'
    """

    value: float
    lower: float
    upper: float
    unit: Unit
    qualifier: Qualifier
    nature: Nature
    printed: str

    def __post_init__(self) -> None:
        if not (self.lower <= self.value <= self.upper and isfinite(self.upper - self.lower)):
            msg = f"{self.printed!r}: value {self.value} is not in [{self.lower}, {self.upper}]"
            raise FigureError(msg)
        vocabularies = {"unit": Unit, "qualifier": Qualifier, "nature": Nature}
        for field, vocabulary in vocabularies.items():
            if getattr(self, field) not in get_args(vocabulary):
                msg = f"{field} must be one of {get_args(vocabulary)}, got {getattr(self, field)!r}"
                raise FigureError(msg)

    def __str__(self) -> str:
        return self.printed


# --- one dress for all texts --------------------------------------------------------------------

_TRADITIONAL: Final = (
    "萬億兩個項條輛臺場戶噸畝點餘約過達預計將減長續連總與較幾門處種類級國內為區淨標爭確東數"
    "於劃負動頃時來幣準間對組塊顆輪張屆頭隻華"
)
_SIMPLIFIED: Final = (
    "万亿两个项条辆台场户吨亩点余约过达预计将减长续连总与较几门处种类级国内为区净标争确东数"
    "于划负动顷时来币准间对组块颗轮张届头只华"
)
_WIDE: Final = "".join(chr(0xFF01 + i) for i in range(94))
_ASCII: Final = "".join(chr(0x21 + i) for i in range(94))
_DRESS: Final = str.maketrans(f"{_TRADITIONAL}{_WIDE}\u3000−–", f"{_SIMPLIFIED}{_ASCII} --")
_PINYIN: Final = re.compile(r"\([a-z]+\)")
_SEPARATOR: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
# Between two digits a blank is no dress: 2 3个 may be two figures.
_BLANK: Final = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")


def normal_text(text: str) -> str:
    """Return text in the one dress that the grammar reads.

    Full-width forms become ASCII and the grammar's traditional characters simplified; blanks,
    thousands separators and the stray pinyin of some mirrored pages go.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> normal_text("超過 １，２００ 億(yi) 元")
    '超过1200亿元'
    """
    plain = _PINYIN.sub("", text.translate(_DRESS))
    return _BLANK.sub("", _SEPARATOR.sub("", plain))


# --- the vocabularies ---------------------------------------------------------------------------

# So many years are a date, not a span.
_LEAST_DATE: Final = 1000

# Roles of the words before the number, tried in this order, longer words first. 高于 is a bound
# where the number follows at once (高于5%) and the sign of a gap where the one compared with does.
_OTHERS: Final = "全国|全省|全市|全区|上年|去年|同期|上月"
_COMPARED: Final = f"(?<={_OTHERS}|平均|水平)"
_BEFORE: Final = {
    "nearly": "接近|将近|逼近|近",
    "target": "预期目标|力争|目标|计划|争取|确保",
    "forecast": "预计|预期|有望|将",
    # Not 下降为, 减少到 or 降至: they state the level that it fell to.
    "fall": (
        "(?:下降|减少|降低|回落|下滑|放缓|收窄|降幅|净减|减|降)(?![为到]|至(?![少多]))|负增长|负|-"
        f"|(?:低于|慢于|低|慢)(?={_OTHERS})|{_COMPARED}[低慢少]"
    ),
    "rise": (
        "增长|上升|提高|提升|增加|加快|扩大|回升|拉动|净增|新增|增速|增幅|增"
        f"|(?:高于|高出|超出|超过|超|快于|高|快)(?={_OTHERS})|{_COMPARED}[高快多]"
    ),
    "over": "(?:上|过)(?=[百千万亿])|不低于|不少于|超过|超出|首破|突破|高于|至少|多于|超|逾|破",
    "under": "不超过|不高于|最多|不到|不足|低于|少于|至多",
    "about": "大约|约为|大概|约",
    "filler": (
        f"(?:{_OTHERS})(?:同期)?(?:平均)?(?:水平|增速)?"
        r"|累计|合计|总计|共计|同比|年均|连续|首次|保持|占比|比重|达到|共有|占|达|共|均|各|仅|为|比|较|…+|\+"
    ),
}
_AFTER: Final = {
    "over": "以上|余|多", "under": "以下|以内", "about": "左右|上下", "rise": "增长",
}  # fmt: skip
_QUALIFIERS: Final[tuple[Qualifier, ...]] = ("over", "nearly", "under", "about")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _one_of(roles: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{role}>{words})" for role, words in roles.items()))


_WORD_BEFORE: Final = _one_of(_BEFORE)
_WORD_AFTER: Final = _one_of(_AFTER)
_QUALIFIED: Final = re.compile(f"(?:{'|'.join(_BEFORE[role] for role in _QUALIFIERS)})$")
_QUANTITY: Final = re.compile(
    rf"(?P<share>[0-9]{{1,6}})/(?P<parts>[1-9][0-9]{{0,5}})"
    r"|(?P<places>[二两三四2-4])位数"
    rf"|(?P<number>{NUMERAL})(?P<more>[余多])?(?P<unit>{_any_of(UNITS)})"
)
# Among whom (全国, 西部, 各行业) is an open vocabulary; it may not turn the claim around.
_RANK: Final = re.compile(
    r"(?P<among>(?!.*(?:倒数|百分点|[非不未无]))(?:(?!第)[\u4e00-\u9fff“”\"…])*?)"
    rf"(?:首位|榜首|居首|(?P<top>(?<![目提当])前|第)(?P<place>{NUMERAL})(?:位|名|大|城)?)"
)


def _fraction(words: re.Match[str]) -> str:
    parts, share = (parse_numeral(word).value for word in words.groups())
    return f"{share:f}/{parts:f}"


# Other ways to print what the chain says already.
_REWRITTEN: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile("百分之百"), "100%"),
    (re.compile("近半数?"), "近五成"),
    (re.compile(rf"百分之({NUMERAL})"), r"\1%"),
    (re.compile(f"({NUMERAL})分之({NUMERAL})"), _fraction),
    (re.compile(r"每([0-9]+)(\w)[^0-9]*?([0-9]+)\2"), r"\3/\1"),
    (re.compile(r"([一二两三四五六七八九])成([一二三四五六七八九])"), r"\1点\2成"),
    (re.compile(r"([一二两三四五六七八九])成半"), r"\1点五成"),
    (re.compile(r"([余多])(万亿|[亿万])"), r"\2\1"),
    (re.compile(r"过半"), "超五成"),
    (re.compile(r"半数|一半"), "五成"),
    (re.compile(r"翻一?番"), "增长1倍"),
    (re.compile(r"翻两番"), "增长3倍"),
)


# --- reading ------------------------------------------------------------------------------------


def parse_figure(text: str) -> Figure:
    """Read one figure as a report prints it.

    Parameters
    ----------
    text : str
        The figure with its qualifier, sign word and unit: ``"超8万个"``, ``"下降3.9%"``,
        ``"近四成"``, ``"居全国第13位"``. ``…`` may stand for words left out.

    Returns
    -------
    Figure
        Value and interval in the base unit. A full count is exact; anything measured or scaled
        by 万 or 亿 is rounded, half a unit of its last printed digit each side. 超, 近, 不足 and
        约 reach to the neighbouring number with as many significant digits.

    Raises
    ------
    FigureError
        If any part of the text is not of the grammar: a range, two figures, a vague number
        (几, 两三), an unknown unit, a bare number.

    Examples
    --------
    >>> figure = parse_figure("超2.7万家")
    >>> figure.value, figure.lower, figure.upper, figure.qualifier
    (27000.0, 27000.0, 28000.0, 'over')
    >>> parse_figure("下降3.9%").value
    -3.9
    """
    if not isinstance(text, str):
        msg = f"a figure is a text such as '超8万个', got {text!r}"
        raise FigureError(msg)
    plain = normal_text(text)
    try:
        for pattern, chain in _REWRITTEN:
            plain = pattern.sub(chain, plain)
        return _rank(text, rank) if (rank := _RANK.fullmatch(plain)) else _chain(text, plain)
    except FigureError as error:
        msg = f"cannot read {text!r}: {error}"
        raise FigureError(msg) from None


def _chain(text: str, plain: str) -> Figure:
    before, start = _words(_WORD_BEFORE, plain, 0)
    quantity = _QUANTITY.match(plain, start) or _refuse(plain, start, "no number and unit")
    after, end = _words(_WORD_AFTER, plain, quantity.end())
    if end != len(plain):
        _refuse(plain, end, "nothing may follow the unit")
    roles = [*before, *after, *(["over"] if quantity["more"] or quantity["places"] else [])]
    for allowed in (_QUALIFIERS, ("fall", "rise"), ("forecast", "target")):
        if len(set(allowed).intersection(roles)) > 1 or roles.count("fall") > 1:
            _refuse(plain, start, "the words before and after it contradict one another")
    return _figure(text, quantity, set(roles))


def _words(vocabulary: re.Pattern[str], text: str, start: int) -> tuple[list[str], int]:
    roles = []
    while found := vocabulary.match(text, start):
        roles.append(str(found.lastgroup))
        start = found.end()
    return roles, start


def _rank(text: str, found: re.Match[str]) -> Figure:
    among = found["among"]
    place = parse_numeral(found["place"]).value if found["place"] else Decimal(1)
    if place < 1 or place % 1:
        _refuse(text, 0, "ranks begin at 1 and are whole")
    if _QUANTITY.search(among) or _QUALIFIED.search(among):
        _refuse(text, 0, "a rank stands by itself, without another figure or a qualifier")
    roles = {str(word.lastgroup) for word in _WORD_BEFORE.finditer(among)}
    top = found["top"] == "前"
    lower = 1.0 if top else float(place)
    qualifier: Qualifier = "under" if top else "exact"
    return Figure(float(place), lower, float(place), "rank", qualifier, _nature(roles), text)


def _figure(text: str, found: re.Match[str], roles: set[str]) -> Figure:
    number, unit = _measured(found)
    qualifier: Qualifier = next((q for q in _QUALIFIERS if q in roles), "exact")
    if number.value == 0 and qualifier != "exact":
        _refuse(text, 0, "zero has no neighbours")
    if qualifier == "exact" and re.match("[百千万亿]", found["number"] or ""):
        _refuse(text, 0, "a bare 万 or 亿 is a number only after 超, 近 or 约")
    scaled = bool(found["number"]) and not set("万亿").isdisjoint(found["number"])
    value = number.value
    lower, upper = {
        "exact": _rounded(number, exact=unit in WHOLE_UNITS and not scaled),
        "over": (value, 10 * value if found["places"] else number.next),
        "nearly": (number.prev, value),
        "under": (number.prev, value),
        "about": (number.prev, 2 * value - number.prev),
    }[qualifier]
    if "fall" in roles:
        value, lower, upper = -value, -upper, -lower
    return Figure(
        float(value), float(lower), float(upper), unit, qualifier, _nature(roles), text
    )  # fmt: skip


def _measured(found: re.Match[str]) -> tuple[Numeral, Unit]:
    if found["share"]:
        return Numeral.fraction(Decimal(found["share"]), Decimal(found["parts"])) * 100, "percent"
    if found["places"]:
        digits = parse_numeral(found["places"]).value
        return Numeral.whole(10 ** (digits - 1)), "percent"
    unit, factor = UNITS[found["unit"]]
    number = parse_numeral(found["number"])
    if unit == "year" and number.value >= _LEAST_DATE:
        _refuse(found[0], 0, "a date is no figure")
    return number * factor, unit


def _rounded(number: Numeral, *, exact: bool) -> tuple[Decimal, Decimal]:
    half = Decimal(0) if exact else number.last / 2
    return number.value - half, number.value + half


def _nature(roles: set[str]) -> Nature:
    return "target" if "target" in roles else "forecast" if "forecast" in roles else "outcome"


def _refuse(plain: str, at: int, why: str) -> NoReturn:
    msg = f"{why}, at character {at + 1}: {plain[at:]!r}"
    raise FigureError(msg)
