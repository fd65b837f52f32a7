"""Labels of rows and columns: what region, what period, or which word a cell of text is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from provstats.errors import PeriodError, UnknownRegionError
from provstats.reading.periods import Period, parse_period
from provstats.store.regions import region

__all__ = [
    "Label", "clean_name", "drop_footnote_marks", "is_group", "is_total", "read_label",
    "read_region", "split_period",
]  # fmt: skip

_MARKS: Final = re.compile(
    r"(?:\s*(?:[①-⑳⑴-⒇*＊†‡§#＃※¹²³⁴-⁹]|\[\d{1,2}\]|(?<=\D)\d{1,2}\)|[(（]\d{1,2}[)）]"
    # Preliminary and revised; an estimate (e) is another thing.
    r"|(?<=\d)\s?[pr]|[(（](?:[PpRr]|初步(?:核算)?数?|修订数?)[)）]))+$"
)
_EARLIEST, _LATEST = 1900, 2100
#: Two small letters are no region.
_SHORT: Final = 2


def drop_footnote_marks(text: str) -> str:
    """Return a text without the marks of footnotes at its end."""
    return _MARKS.sub("", text)


def clean_name(text: str) -> str:
    """Return a name without blanks between Chinese characters and without footnote marks."""
    plain = re.sub(r"\s+", " ", drop_footnote_marks(text.strip()).replace("\u3000", " "))
    plain = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", plain)
    return plain.strip(" \t,.，。、:：;；")


# --- regions ------------------------------------------------------------------------------------

_NATION: Final = re.compile(
    "(?:全国|中国|国家)(?:总计|合计|总数|平均|水平|平均水平)?"
    "|(?:national|china)(?: (?:total|average))?|whole country",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(
    "总计|合计|小计|总数|全省|全市|全区|(?:各?地区|各省|31省)合计|(?:sub-?|grand )?total|sum",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(
    "(?:其中[:：]?|按区域分|#)?"
    "(?:东部|中部|西部|东北|华北|华东|华南|华中|西南|西北|中南|东中部|沿海|内陆|南方|北方"
    "|长江经济带|黄河流域|长三角|珠三角|粤港澳大湾区|京津冀|成渝|环渤海)"
    "(?:地区|三省|区域|各省|小计|合计|省份|城市群)*"
    "|(?:eastern|central|western|northeast(?:ern)?|north|east|south|southwest|northwest)"
    "(?: china)?(?: region| provinces| area)?s?",
    re.IGNORECASE,
)
_BILINGUAL: Final = re.compile(r"([\u4e00-\u9fff]+)\s*([A-Za-z][A-Za-z' .,-]+)")
_CODED: Final = re.compile(
    r"([1-8]\d0000)[\s_\-—:：]*([^\d\s][^\d]*)|([^\d(（]+?)[\s_\-—:：]*[(（]?([1-8]\d0000)[)）]?"
)
_KIND_OF_PLACE: Final = re.compile("(?:省|市|(?:壮族|回族|维吾尔)(?:自治区)?|自治区|特别行政区)$")
_KIND_IN_ENGLISH: Final = re.compile(
    r" (?:province|municipality|city|(?:(?:zhuang|hui|uygur|uyghur) )?autonomous region"
    r"|a\.?r\.?|sar)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def read_region(text: str) -> str | None:
    """Return the code of a region as people write it: 北  京, 广西省; None if it is none."""
    name = clean_name(text).replace("其中：", "").lstrip("#＃ ")
    if found := _CODED.fullmatch(name):
        code, other = read_region(found[1] or found[4]), read_region(found[2] or found[3])
        return code if code == other else None
    if len(name) <= _SHORT and not re.fullmatch("[\u4e00-\u9fff]+|[A-Z]{2}", name):
        return None
    if _NATION.fullmatch(name):
        return "CN"
    for spelling in (name, _drop_place_kind(name)):
        try:
            return region(spelling).code
        except UnknownRegionError:
            continue
    found = _BILINGUAL.fullmatch(name)
    codes = {read_region(part) for part in found.groups()} if found else {None}
    return codes.pop() if len(codes) == 1 else None


def _drop_place_kind(name: str) -> str:
    """Return a name without its kind (省); 吉林市 stays, since it is not the province."""
    if name.endswith("市") and name[:-1] not in ("北京", "天津", "上海", "重庆"):
        return name
    return _KIND_IN_ENGLISH.sub("", _KIND_OF_PLACE.sub("", name))


def is_total(text: str) -> bool:
    """Tell whether a label is a total that does not say of what."""
    return bool(_TOTAL.fullmatch(clean_name(text)))


def is_group(text: str) -> bool:
    """Tell whether a label is that of several provinces: 东部地区."""
    return bool(_GROUP.fullmatch(clean_name(text)))


# --- periods ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """A period as a table labels it; a month or a quarter may mean all since January."""

    period: Period
    is_open: bool = False

    @property
    def whole(self) -> Period:
        """The span that it means where months and quarters count from January."""
        end = self.period.end
        whole = Period.of_months((end.year, 1), (end.year, end.month))
        return whole if self.is_open else self.period


_REWRITTEN: Final = (
    (r"(\d{4})\.0+", r"\1"),
    (r"(\d{4})(0[1-9]|1[0-2])(?:\.0)?", r"\1年\2月"),
    (r"(\d{4})(0[1-9]|1[0-2])[0-3]\d(?:\.0)?", r"\1年\2月"),
    (r"(\d{4})([-/.])(\d{1,2})\2\d{1,2}(?:[ T].*)?", r"\1年\3月"),
    (r"(\d{4})年\s?(\d{1,2})月\s?\d{1,2}日?(?:[ T].*)?", r"\1年\2月"),
    (r"(\d{4})[/. ]0?1-(1[0-2]|0?[2-9])月?", r"\1年1-\2月"),
    (r"0?1-(1[0-2]|0?[2-9])[/. ](\d{4})", r"\2年1-\1月"),
    (r"(\d{4})[./](\d{1,2})", r"\1年\2月"),
    (r"(\d{4})M(\d{1,2})", r"\1年\2月"),
    (r"(\d{4})年?第?[1一][-至到]([1-4一二三四])季度?", r"\1年前\2季度"),
    (r"(\d{4})年?第?([1-4一二三四])季度?", r"\1年\2季度"),
    (r"(\d{4})[ -]?Q([1-4])|(\d{4})[ -]?([1-4])Q", r"\1\3年\2\4季度"),
    (r"Q([1-4])[ ,/-]*(\d{4})|([1-4])Q[ ,/-]*(\d{4})", r"\2\4年\1\3季度"),
    (r"Q?1-Q?([2-4])[ ,/-]*(\d{4})", r"\2年前\1季度"),
    (r"(\d{4})[ ,/-]*Q1-Q?([2-4])", r"\1年前\2季度"),
    (r"(?:H1|1H)[ ,/-]*(\d{4})|(\d{4})[ -]?(?:H1|1H)", r"\1\2年上半年"),
    (r"(?:H2|2H)[ ,/-]*(\d{4})|(\d{4})[ -]?(?:H2|2H)", r"\1\2年下半年"),
    (r"(?:the )?first half (?:of )?(?:the year )?(\d{4})", r"\1年上半年"),
    (r"(?:the )?first three quarters (?:of )?(\d{4})", r"\1年前3季度"),
    (r"FY ?(\d{4})|(\d{4}) ?FY|YEAR ?(\d{4})|[XY_](\d{4})", r"\1\2\3\4"),
)
_MONTHS: Final = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]  # fmt: skip
_IN_ENGLISH: Final = re.compile(
    rf"({'|'.join(_MONTHS)})[a-z]*\.?[ ,-]*(\d{{4}}|\d\d)"
    rf"|(\d{{4}})[ ,-]*({'|'.join(_MONTHS)})[a-z]*\.?",
    re.IGNORECASE,
)
_MONTH: Final = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_MONTHS_IN_ENGLISH: Final = re.compile(
    rf"{_MONTH} ?(?:-|to) ?{_MONTH}[ ,]*(\d{{4}})|(\d{{4}})[ ,]*{_MONTH} ?(?:-|to) ?{_MONTH}",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"\d{4}(?:-(?:\d\d|Q\d|H\d))?(?:/\d{4}(?:-\d\d)?)?")


@lru_cache(maxsize=65536)
def read_label(text: str, year: int | None = None) -> Label | None:
    """Return the period that a label names, with the year where it has none; None if it is none."""
    plain = drop_footnote_marks(text.strip()).replace("\u3000", "").strip(" ,，.:：()（）\t")
    if not plain or not re.search(r"\d|[一二三四季年月]", plain):
        return None
    try:
        period = parse_period(_rewrite_period(plain), year=year)
    except PeriodError:
        return None
    if period.start.year < _EARLIEST or period.end.year > _LATEST:
        return None
    part_of_year = period.months in (1, 3) and not _LABEL.fullmatch(plain)
    spans = re.search(r"[-—–~～至到前初以]\s*(?:第?[\d一二三四]{1,3}\s*(?:月|季|个))", plain)
    return Label(
        period, is_open=part_of_year and not spans and not re.search("累计|当[月季期]", plain)
    )


def _rewrite_period(plain: str) -> str:
    dashed = re.sub(
        "[—–−～~]+", "-", plain.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    )
    if found := _IN_ENGLISH.fullmatch(dashed):
        month = _MONTHS.index((found[1] or found[4]).lower()) + 1
        year = found[2] or found[3]
        return f"{year if len(year) > 2 else '20' + year}年{month}月"  # noqa: PLR2004
    if found := _MONTHS_IN_ENGLISH.fullmatch(dashed):
        first, last = ((found[at] or found[at + 4]).lower() for at in (1, 2))
        ends = _MONTHS.index(first) + 1, _MONTHS.index(last) + 1
        return f"{found[3] or found[4]}年{ends[0]}-{ends[1]}月"
    compact = re.sub(r"\s", "", dashed) if re.search("[\u4e00-\u9fff]", dashed) else dashed
    compact = re.sub(r"(?:累计|当[月季期])", "", compact)
    for pattern, form in _REWRITTEN:
        if found := re.fullmatch(pattern, compact, re.IGNORECASE):
            return found.expand(form)
    return compact


_INSIDE: Final = (
    re.compile(r"^(\d{4}\s?年(?:度|末|底)?(?:\d{1,2}\s?[-—~至到]\s?\d{1,2}\s?月|\d{1,2}\s?月|[上下]半年|前?[一二三四]季度|第[一二三四]季度)?)"),
    re.compile(r"[(（]\s*(\d{3}\s?\d\s?年?(?:末|底|度)?)\s*[,，)）]"),
    re.compile(r"(?<![\d=.])((?:19|20)\d\d\s?年(?:末|底|度)?(?:\d{1,2}\s?[-—~至到]\s?\d{1,2}\s?月|\d{1,2}\s?月|[上下]半年|前?[一二三四]季度|第[一二三四]季度)?)(?!.{0,3}(?:价|=))"),
    re.compile(r"(?:^|[ _(-])((?:19|20)\d\d)(?:[ _)-]|$)"),
    re.compile(r"(?<=[A-Za-z])((?:19|20)\d\d)$"),
)  # fmt: skip


#: What is left of a label that must keep its year: a part of the year.
_PART: Final = re.compile(
    r"[\s,，.:：/年第前\d一二三四至到~—–-]*(?:个月|季度?|quarters?|half|months?|[HQ]\d|\d[HQ])?[\s\d:-]*"
    rf"|(?:{_MONTH})(?:\s*(?:-|–|—|to)\s*{_MONTH})?|[HQ]?\d\s*[-–—]\s*[HQ]?\d"
    r"|(?:the )?first (?:half|quarter|(?:two|three|\w+) (?:quarters|months))(?: of(?: the year)?)?",
    re.IGNORECASE,
)


def split_period(text: str) -> tuple[str, Label | None]:
    """Return a text without the one period that it holds, and the period: 2023年GDP is GDP, 2023.

    A text that names several years names none: 2007年第一季度~2021年第三季度.
    """
    if len(set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))) > 1:
        return text, None
    for pattern in _INSIDE:
        found = pattern.search(text)
        if found and (label := read_label(re.sub(r"\s", "", found[1]))):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            bare = " ".join(re.sub(r"[(（]\s*[)）]", "", rest).split()).strip(" _-")
            if bare and _PART.fullmatch(bare):
                whole = read_label(text)
                return ("", whole) if whole else (text, None)
            return bare, label
    return text, None
