"""Units: the words that the data have for them, and the ways in which reports print them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final, Literal, NamedTuple, get_args

from provstats.errors import FigureError, suggest_nearest
from provstats.reading.numerals import parse_numeral
from provstats.reading.vocabulary import build_word_pattern

__all__ = [
    "COUNTED", "DIFFERENCES", "MULTIPLES", "PLACES", "RATES", "UNITS", "WHOLE_UNITS", "Scale",
    "Unit", "find_difference_unit", "normalize_unit", "parse_unit",
]  # fmt: skip

Unit = Literal[
    "percent", "percentage_point", "count", "CNY", "USD", "EUR", "JPY", "HKD", "rank", "index",
    "year", "month", "day", "hour", "minute", "person_year",
    "km", "km2", "m", "m2", "mu", "ha", "t", "tce", "m3", "ug/m3", "TEU",
    "tce/10kCNY", "m3/10kCNY",  # for 10,000 yuan
    "kW", "MW", "GW", "kVA", "kWh", "MWh", "GWh", "GB", "PFLOPS", "EFLOPS",
    "上年=100",  # an index of the year before
]  # fmt: skip

_THINGS: Final = (
    "台(套) 家(次) 家次 人次 场次 台套 大洲 户次 批次 件次 架次 艘次 辆次 列次 班次 例次 个人 个"
    " 家 户 项 款 台 套"
    " 件 次 场 条 名 人 座 辆 架 艘 种 类 块 颗 部 门 批 只 份 片 组 支 对 处 所 间 篇 轮 位 把 枚"
    " 根 张 幅 届"
    " 期 宗 例 株 头 国 大 列 册 本 首 幢 栋 孔 口 棵 起 尊 卷 班 羽 匹"
)
_SPANS: Final[dict[str, Unit]] = {"年": "year", "年来": "year", "个月": "month", "天": "day"}
#: Words of the places that a rank moves by; 位 and 名 count persons too.
PLACES: Final = ("位", "名", "个位次", "位次", "个名次", "名次")
#: Words of what is counted, not measured: printed in full, such a number is exact.
COUNTED: Final = frozenset({*_THINGS.split(), *_SPANS, *PLACES})
_THOUSANDTH: Final = Decimal("0.001")

#: As printed: the word of the data, and how many of it one is.
UNITS: Final[dict[str, tuple[Unit, int | Decimal]]] = {
    **dict.fromkeys(PLACES, ("rank", 1)),
    **dict.fromkeys(_THINGS.split(), ("count", 1)),
    **{word: (unit, 1) for word, unit in _SPANS.items()},
    "岁": ("year", 1), "小时": ("hour", 1), "分钟": ("minute", 1), "人年": ("person_year", 1),
    "%": ("percent", 1), "‰": ("percent", Decimal("0.1")), "‱": ("percent", Decimal("0.01")),
    "成": ("percent", 10),
    "倍": ("percent", 100), "个百分点": ("percentage_point", 1), "百分点": ("percentage_point", 1),
    "元": ("CNY", 1), "元人民币": ("CNY", 1), "美元": ("USD", 1), "美金": ("USD", 1),
    "欧元": ("EUR", 1), "日元": ("JPY", 1), "港元": ("HKD", 1), "港币": ("HKD", 1),
    "公里": ("km", 1), "千米": ("km", 1), "km": ("km", 1), "米": ("m", 1),
    "平方公里": ("km2", 1), "平方千米": ("km2", 1), "平方米": ("m2", 1), "立方米": ("m3", 1),
    "亩": ("mu", 1), "公顷": ("ha", 1), "微克/立方米": ("ug/m3", 1),
    "吨": ("t", 1), "千克": ("t", _THOUSANDTH), "公斤": ("t", _THOUSANDTH),
    "斤": ("t", _THOUSANDTH / 2), "吨标准煤": ("tce", 1), "吨标煤": ("tce", 1),
    "标箱": ("TEU", 1), "标准箱": ("TEU", 1), "TEU": ("TEU", 1),
    "千瓦": ("kW", 1), "kW": ("kW", 1), "兆瓦": ("MW", 1), "MW": ("MW", 1), "吉瓦": ("GW", 1),
    "GW": ("GW", 1), "千伏安": ("kVA", 1),
    # 度 alone may be a temperature or an angle.
    "度电": ("kWh", 1), "万度": ("kWh", 10**4), "亿度": ("kWh", 10**8),
    "千瓦时": ("kWh", 1), "千瓦小时": ("kWh", 1), "kWh": ("kWh", 1), "KWh": ("kWh", 1),
    "兆瓦时": ("MWh", 1), "MWh": ("MWh", 1), "吉瓦时": ("GWh", 1), "GWh": ("GWh", 1),
    "吨标准煤/万元": ("tce/10kCNY", 1), "立方米/万元": ("m3/10kCNY", 1),
    "GB": ("GB", 1), "P": ("PFLOPS", 1), "PFLOPS": ("PFLOPS", 1), "PFlops": ("PFLOPS", 1),
    "E": ("EFLOPS", 1), "EFLOPS": ("EFLOPS", 1), "EFlops": ("EFLOPS", 1),
    # Of telephone exchanges; counts of so many persons or firms are measured.
    "路端": ("count", 1), "台/百人": ("count", 1), "个/百家": ("count", 1),
    "PF": ("PFLOPS", 1), "Pflops": ("PFLOPS", 1), "EF": ("EFLOPS", 1), "Eflops": ("EFLOPS", 1),
    "百亿亿次/秒": ("EFLOPS", 1),
}  # fmt: skip
#: Rates and shares: a sum or a percentage of them says nothing.
RATES: Final = ("percent", "percentage_point", "index", "上年=100")
#: Changes of these are counted as differences, in these units, of all others as ratios.
DIFFERENCES: Final = {
    "percent": "percentage_point", "percentage_point": "percentage_point", "rank": "rank",
    "point": "point", "点": "point", "diffusion index": "point", "扩散指数": "point",
}  # fmt: skip
#: Units that are so many of another, in which the data have them.
MULTIPLES: Final[dict[Unit, tuple[Unit, int]]] = {"EFLOPS": ("PFLOPS", 1000)}
#: What is counted, not measured: printed in full it is exact.
WHOLE_UNITS: Final = ("count", "year", "month", "day", "rank")

_SCALE: Final = "[十百千]?(?:万亿|[万亿])|[十百千]"


class Scale(NamedTuple):
    """A unit as printed, its word in the data, how many of it one is, and if it is counted."""

    printed: str
    unit: Unit
    factor: int | Decimal
    is_counted: bool


@cache
def parse_unit(printed: str) -> Scale:
    """Read a printed unit; 万 and 亿 may stand before it, as in headings.

    Examples
    --------
    >>> parse_unit("亿元").factor, parse_unit("percent").unit
    (Decimal('100000000'), 'percent')
    """
    if printed in UNITS:
        return Scale(printed, *UNITS[printed], printed in COUNTED)
    if printed in get_args(Unit):
        return Scale(printed, printed, 1, printed in WHOLE_UNITS)  # type: ignore[arg-type]
    found = re.fullmatch(f"({_SCALE})({build_word_pattern(UNITS)})", printed)
    if not found:
        known = suggest_nearest(printed, [*UNITS, *get_args(Unit)])
        msg = f"{printed!r} is no unit{known or '; units are such as 亿元, 万人, % or percent'}"
        raise FigureError(msg)
    unit, factor = UNITS[found[2]]
    return Scale(printed, unit, parse_numeral(found[1]).value * factor, is_counted=False)


def normalize_unit(text: str) -> str:
    """Return the word of the data for a unit as printed, and any other text as it is.

    Examples
    --------
    >>> normalize_unit("%"), normalize_unit("GW"), normalize_unit("jobs")
    ('percent', 'GW', 'jobs')
    """
    word, factor = UNITS.get(text, (text, 1))
    return word if factor == 1 else text


def find_difference_unit(unit: str) -> str:
    """Return the unit of the difference of two values: that of rates is counted in points.

    Examples
    --------
    >>> find_difference_unit("percent"), find_difference_unit("CNY")
    ('percentage_point', 'CNY')
    """
    return "percentage_point" if unit == "percent" else unit
