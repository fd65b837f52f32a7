"""Units: the words that the data have for them, and the ways in which reports print them."""

from __future__ import annotations

from typing import Final, Literal

__all__ = [
    "DIFFERENCES", "RATES", "UNITS", "WHOLE_UNITS", "Unit", "unit_of_distance", "unit_word",
]  # fmt: skip

Unit = Literal[
    "percent", "percentage_point", "count", "CNY", "USD", "rank",
    "index", "year", "month", "day", "km", "km2", "m", "m2", "mu", "ha", "t", "tce", "m3",
    "kW", "MW", "GW", "kWh", "GWh", "PFLOPS", "EFLOPS",
    "tce/10kCNY", "m3/10kCNY",  # for 10,000 yuan
]  # fmt: skip

_COUNTED: Final = (
    "台(套) 家(次) 家次 人次 场次 台套 大洲 个 家 户 项 款 台 套 件 次 场 条 名 人 座 辆 架 艘 种"
    " 类 块 颗 部 门 批 只 份 片 组 支 对 处 所 间 篇 轮 位 把 枚 根 张 幅 届 期 宗 例 株 头 国 大"
)
#: As printed: the word of the data, and how many of it one is.
UNITS: Final[dict[str, tuple[Unit, int]]] = {
    **dict.fromkeys(_COUNTED.split(), ("count", 1)),
    "年": ("year", 1), "年来": ("year", 1), "个月": ("month", 1), "天": ("day", 1),
    "%": ("percent", 1), "成": ("percent", 10), "倍": ("percent", 100),
    "个百分点": ("percentage_point", 1), "百分点": ("percentage_point", 1),
    "元": ("CNY", 1), "元人民币": ("CNY", 1), "美元": ("USD", 1),
    "公里": ("km", 1), "千米": ("km", 1), "平方公里": ("km2", 1), "米": ("m", 1),
    "亩": ("mu", 1), "公顷": ("ha", 1), "平方米": ("m2", 1), "立方米": ("m3", 1),
    "吨": ("t", 1), "吨标准煤": ("tce", 1),
    "千瓦": ("kW", 1), "兆瓦": ("MW", 1), "MW": ("MW", 1), "吉瓦": ("GW", 1), "GW": ("GW", 1),
    "千瓦时": ("kWh", 1), "GWh": ("GWh", 1), "P": ("PFLOPS", 1), "PFLOPS": ("PFLOPS", 1),
    "E": ("EFLOPS", 1), "EFLOPS": ("EFLOPS", 1),
    "吨标准煤/万元": ("tce/10kCNY", 1), "立方米/万元": ("m3/10kCNY", 1),
}  # fmt: skip
#: Rates and shares: a sum or a percentage of them says nothing.
RATES: Final = ("percent", "percentage_point", "index")
#: Changes of these are counted as differences, in these units, of all others as ratios.
DIFFERENCES: Final = {
    "percent": "percentage_point", "percentage_point": "percentage_point", "rank": "rank",
}  # fmt: skip
#: What is counted, not measured: printed in full it is exact.
WHOLE_UNITS: Final = ("count", "year", "month", "day")


def unit_word(text: str) -> str:
    """Return the word of the data for a unit as printed, and any other text as it is.

    Parameters
    ----------
    text : str
        A unit, such as ``%`` or ``percent``.

    Examples
    --------
    >>> unit_word("%"), unit_word("GW"), unit_word("jobs")
    ('percent', 'GW', 'jobs')
    """
    word, factor = UNITS.get(text, (text, 1))
    return word if factor == 1 else text


def unit_of_distance(unit: str) -> str:
    """Return the unit of the difference of two values: that of rates is counted in points.

    Parameters
    ----------
    unit : str
        The unit of the values.

    Examples
    --------
    >>> unit_of_distance("percent"), unit_of_distance("CNY")
    ('percentage_point', 'CNY')
    """
    return "percentage_point" if unit == "percent" else unit
