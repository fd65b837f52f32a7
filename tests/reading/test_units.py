"""Units: each way in which reports print one, and what one of it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from readings import read

import provstats as ps
from provstats.reading.units import UNITS, find_difference_unit, normalize_unit, parse_unit

COUNTED = (
    "个 个人 家 户 项 款 台 套 件 次 场 条 名 人 座 辆 架 艘 种 类 块 颗 部 门 批 只 份 片 组 支"
    " 对 处 所 间 篇"
    " 轮 位 把 枚 根 张 幅 届 期 宗 例 株 头 国 大 列 册 本 首 幢 栋 孔 口 棵 起 尊 卷 班 羽 匹"
    " 台(套) 家(次)"
    " 家次 人次 场次 台套 大洲 户次 批次 件次 架次 艘次 辆次 列次 班次 例次"
)
MEASURED = """
percent % 1|percent ‰ 0.1|percent ‱ 0.01|percent 成 10|percent 倍 100
percentage_point 个百分点 1|percentage_point 百分点 1
CNY 元 1|CNY 元人民币 1|USD 美元 1|USD 美金 1|EUR 欧元 1|JPY 日元 1|HKD 港元 1|HKD 港币 1
km 公里 1|km 千米 1|km km 1|m 米 1|km2 平方公里 1|km2 平方千米 1|m2 平方米 1|m3 立方米 1
mu 亩 1|ha 公顷 1|ug/m3 微克/立方米 1|t 吨 1|t 千克 0.001|t 公斤 0.001|t 斤 0.0005
tce 吨标准煤 1|tce 吨标煤 1|tce/10kCNY 吨标准煤/万元 1|m3/10kCNY 立方米/万元 1
TEU 标箱 1|TEU 标准箱 1|TEU TEU 1|kW 千瓦 1|kW kW 1|MW 兆瓦 1|MW MW 1|GW 吉瓦 1|GW GW 1
kVA 千伏安 1|kWh 度电 1|kWh 万度 10000|kWh 亿度 100000000|kWh 千瓦时 1|kWh 千瓦小时 1
kWh kWh 1|kWh KWh 1|MWh 兆瓦时 1|MWh MWh 1|GWh 吉瓦时 1|GWh GWh 1|GB GB 1
PFLOPS P 1|PFLOPS PFLOPS 1|PFLOPS PFlops 1|PFLOPS PF 1|PFLOPS Pflops 1
EFLOPS E 1|EFLOPS EFLOPS 1|EFLOPS EFlops 1|EFLOPS EF 1|EFLOPS Eflops 1|EFLOPS 百亿亿次/秒 1
year 岁 1|hour 小时 1|minute 分钟 1|person_year 人年 1
count 路端 1|count 台/百人 1|count 个/百家 1
"""
ROWS = [row.split() for row in MEASURED.strip().replace("\n", "|").split("|")]
SPANS = {"年": "year", "年来": "year", "个月": "month", "天": "day"}
PLACES = ("个位次", "位次", "个名次", "名次")


@pytest.mark.parametrize("word", COUNTED.split())
def test_counted(word: str) -> None:
    """A count in full is exact, and a scaled one is rounded."""
    assert read(f"25{word}") == (25, 25, 25, "count", "exact", "outcome")
    assert read(f"25万{word}")[1:3] == (245000, 255000)


@pytest.mark.parametrize(("word", "unit"), SPANS.items())
def test_spans(word: str, unit: str) -> None:
    """Years, months and days are counted."""
    assert read(f"25{word}") == (25, 25, 25, unit, "exact", "outcome")


def test_a_year_before_dates() -> None:
    """Fewer than a thousand years are a span of time."""
    assert read("999年") == (999, 999, 999, "year", "exact", "outcome")


@pytest.mark.parametrize(("unit", "word", "factor"), ROWS)
def test_measured(unit: str, word: str, factor: str) -> None:
    """What is measured is rounded to the digit that is printed."""
    value, lower, upper = (float(Decimal(n) * Decimal(factor)) for n in ("25", "24.5", "25.5"))
    assert read(f"25{word}") == (value, lower, upper, unit, "exact", "outcome")


def test_every_unit_is_here() -> None:
    """No way to print a unit goes without a test."""
    words = {*COUNTED.split(), *SPANS, *PLACES, *(word for _, word, _ in ROWS)}
    assert words == set(UNITS)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("家", ("count", 1, True)),
        ("个位次", ("rank", 1, True)),
        ("年", ("year", 1, True)),
        ("岁", ("year", 1, False)),
        ("%", ("percent", 1, False)),
        ("‰", ("percent", Decimal("0.1"), False)),
        ("亿元", ("CNY", 10**8, False)),
        ("万人", ("count", 10**4, False)),
        ("百万吨", ("t", 10**6, False)),
        ("万亿元", ("CNY", 10**12, False)),
        ("亿千瓦时", ("kWh", 10**8, False)),
        ("percent", ("percent", 1, False)),
        ("count", ("count", 1, True)),
        ("index", ("index", 1, False)),
    ],
)
def test_scale_of(printed: str, expected: tuple[object, ...]) -> None:
    """A unit as a heading prints it has its word, its factor, and whether it is counted."""
    assert parse_unit(printed) == (printed, *expected)


@pytest.mark.parametrize("printed", ["", "bananas", "万", "亿亿元", "元亿", "1元", "亿percent"])
def test_no_unit(printed: str) -> None:
    """What is no unit is refused by name."""
    with pytest.raises(ps.FigureError) as caught:
        parse_unit(printed)
    assert repr(printed) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "word"),
    [("%", "percent"), ("家", "count"), ("GW", "GW"), ("‰", "‰"), ("倍", "倍"), ("jobs", "jobs")],
)
def test_unit_word(text: str, word: str) -> None:
    """A printed unit of which one is one is that of the data; any other text stays."""
    assert normalize_unit(text) == word


@pytest.mark.parametrize(
    ("unit", "distance"),
    [("percent", "percentage_point"), ("percentage_point", "percentage_point"), ("CNY", "CNY")],
)
def test_unit_of_distance(unit: str, distance: str) -> None:
    """The distance of two rates is counted in points."""
    assert find_difference_unit(unit) == distance


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("5ＧＷ", "GW", 5),
        ("100千米", "km", 100),
        ("五千米", "km", 5),
        ("5百米", "m", 500),
        ("1386.2亿斤", "t", 69310000),
        ("1.5亿kWh", "kWh", 1.5e8),
        ("5万亿度", "kWh", 5e12),
        ("5万千瓦时", "kWh", 5e4),
        ("5000万千瓦", "kW", 5e7),
        ("100个人", "count", 100),
    ],
)
def test_units_beside_scales(text: str, unit: str, value: float) -> None:
    """千 and 万 belong to the unit or to the number."""
    assert (read(text)[3], read(text)[0]) == (unit, value)
