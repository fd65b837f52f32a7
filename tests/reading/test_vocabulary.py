"""Vocabulary: what the words around a number make of it: its sign, nature, qualifier."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from readings import interval, read, refusal
from strategies import Printed, bodies

import provstats as ps
from provstats.reading.signs import SIGNS

# --- signs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("增长3.9%", 3.9),
        ("增长了3.9%", 3.9),
        ("同比增长3.9%", 3.9),
        ("年均增长3.9%", 3.9),
        ("上涨3.9%", 3.9),
        ("大幅上升了3.3个百分点", 3.3),
        ("加快3.5个百分点", 3.5),
        ("拉动增长1.8个百分点", 1.8),
        ("增速3.9%", 3.9),
        ("增速为3.9%", 3.9),
        ("增速：3.9%", 3.9),
        ("增速是3.9%", 3.9),
        ("高达3.9%", 3.9),
        ("盈利18.4亿元", 1.84e9),
        ("下降3.9%", -3.9),
        ("下降了3.9%", -3.9),
        ("减少3.9%", -3.9),
        ("回落0.3个百分点", -0.3),
        ("放缓0.3个百分点", -0.3),
        ("降幅3.9%", -3.9),
        ("降幅为3.9%", -3.9),
        ("负增长3.9%", -3.9),
        ("负3.9%", -3.9),
        ("-3.9%", -3.9),
        ("增速-3.9%", -3.9),
        ("增速为-3.9%", -3.9),
        ("增长-3.9%", -3.9),
        ("同比-3.9%", -3.9),
        ("增速回落0.3个百分点", -0.3),
        ("亏损18.4亿元", -1.84e9),
        ("净亏损18.4亿元", -1.84e9),
        ("缩短8.9小时", -8.9),
        ("压减5万吨", -50000),
    ],
)
def test_signs(text: str, value: float) -> None:
    """What falls is negative, however that is said."""
    assert read(text)[0] == value


RISES = (
    "增长 增加 加快 拉动 净增 新增 延长 盈利 增 上升 提升 提高 跃升 攀升 回升 上涨 上调 升 涨"
    " 增速 增幅 涨幅 增长率"
)
FALLS = (
    "减少 放缓 净减 缩减 压减 缩短 负增长 净亏损 亏损 减 负 下降 降低 下滑 回落 下跌 滑落 下调 跌"
    " 降 降幅 跌幅 -"
)


def test_each_word_has_its_sign() -> None:
    """Each word of change is positive or negative, and may have 了 after it."""
    for word in RISES.split():
        assert read(f"{word}3.9%")[0] == read(f"{word}了3.9%")[0] == 3.9
    for word in FALLS.split():
        assert read(f"{word}3.9%")[0] == -3.9


FILLERS = (
    "累计 合计 总计 共计 同比 环比 连续 首次 成功 保持 继续 占比 比重 比例 共有 共 均 各 仅 只有"
    " 高达 多达 为 是 有"
    " 在 介于 实际 名义 大幅 小幅 稳步 持续 进一步 再 又 人民币 年均 月均 日均 季均 … ： + 占"
    " 占全国 占全国的 占GDP"
    " 达到 达 完成 实现 稳定在 保持在 维持在 控制在 运行在 全国 上年 提高到 提升至 上升到 回升至"
    " 攀升到 跃升至"
    " 增加到 增长到 扩大到 减少到 缩小到 缩短到 压缩到 增至 升至 降至 扩至 减至 下降到 降低到"
    " 下滑至 回落到 跌至"
)


def test_words_without_a_role() -> None:
    """Words that say nothing of the number change nothing, and two are as one."""
    for word in FILLERS.split():
        assert interval(f"{word}3.9%") == interval(f"{word}同比3.9%") == (3.9, 3.85, 3.95)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("降幅收窄0.5个百分点", 0.5),
        ("降幅较上月收窄0.5个百分点", 0.5),
        ("跌幅缩小0.5个百分点", 0.5),
        ("降幅扩大0.5个百分点", -0.5),
        ("涨幅收窄0.5个百分点", -0.5),
        ("增幅扩大0.5个百分点", 0.5),
        ("增速比上月收窄0.5个百分点", -0.5),
    ],
)
def test_what_narrows_or_widens(text: str, value: float) -> None:
    """A decline that narrows is a rise of the rate, and one that widens a fall."""
    assert read(text)[0] == value


@pytest.mark.parametrize(
    "text",
    [
        "收窄0.5个百分点", "扩大0.5个百分点", "缩小0.5个百分点", "降幅收窄5%", "收窄5万家",
        "下降-3.9%", "负-3.9%", "--3.9%", "降幅-3.9%", "降幅下降3.9%", "下降增长3.9%",
        "增长下降3.9%", "减亏18.4亿元", "增亏18.4亿元", "扭亏18.4亿元", "由盈转亏18.4亿元",
        "亏损增长18.4%", "降幅回落0.5个百分点", "低于全国下降0.5个百分点",
    ],
)  # fmt: skip
def test_signs_that_cannot_be_told(text: str) -> None:
    """What narrows without a word of what it is, or falls twice over, is refused."""
    assert refusal(text)


@settings(deadline=None, max_examples=300)
@given(bodies())
def test_decline_mirrors_rise(body: Printed) -> None:
    """A fall has the value and the interval of the same rise, mirrored at zero."""
    rise, fall = ps.parse_figure(f"增长{body.text}"), ps.parse_figure(f"下降{body.text}")
    assert (fall.value, fall.lower, fall.upper) == (-rise.value, -rise.upper, -rise.lower)
    assert (fall.unit, fall.qualifier, fall.nature) == (rise.unit, rise.qualifier, rise.nature)


@pytest.mark.parametrize("text", ["下降0%", "-0%", "低于全国0%", "负0.0%"])
def test_nothing_has_no_sign(text: str) -> None:
    """A fall by nothing is 0.0, and not -0.0."""
    assert str(read(text)[0]) == "0.0"


def test_each_sign_has_words() -> None:
    """No combination of signs is negative and positive at once, and none is nothing."""
    assert set(SIGNS.values()) == {1, -1}


# --- comparisons ---------------------------------------------------------------------------------

OTHERS = (
    "全国", "全国平均", "全国平均水平", "全国平均增速", "全省", "全省平均", "上年", "上年同期",
    "去年",
    "去年同期", "上月", "2020年", "2023年同期", "同期", "行业平均水平", "全部规上工业",
    "规模以上工业平均水平",
    "全省经济增速", "全部投资", "目标", "预期目标", "预期", "计划", "年度目标", "国家考核目标",
    "上年全年", "一季度",
    "去年四季度", "目标值", "1—9月份", "“十三五”末",
)  # fmt: skip


PARTS = (
    "全国 全省 全市 全区 全县 全球 世界 国际 国家 国内 大陆 亚洲 西部 东部 中部 中西部 东北 西北"
    " 西南 华东 华南 华北"
    " 华中 长三角 京津冀 地区 城市 省份 省区 省市 上年 去年 前年 上月 上个月 上季度 上半年 同期"
    " 同月 全年 年末 年底"
    " 平均 均值 水平 增速 增幅 总体 整体 行业 同行业 工业 规上 规模以上 全部 企业 经济 投资 消费"
    " 出口 利润 收入"
    " 支出 增加值 生产总值 地区生产总值 GDP 居民 城镇 农村 预期目标 目标 预期 计划 预计 任务 年度"
    " 年初 考核 1999年"
    " 2023年 11月 11月份 1—11月 一季度 前三季度 十三五 “十三五”"
)


def test_what_a_figure_is_compared_with() -> None:
    """Each area, time, level, subject and aim is compared with, by each word of comparison."""
    for part in PARTS.split():
        assert read(f"高于{part}1.8个百分点")[0] == read(f"比{part}高1.8个百分点")[0] == 1.8
        assert read(f"低于{part}水平1.8个百分点")[0] == read(f"较{part}低1.8个百分点")[0] == -1.8
    for word in [
        "高于",
        "高出",
        "高过",
        "超出",
        "超过",
        "超",
        "快于",
        "多于",
        "大于",
        "领先",
        "领先于",
    ]:
        assert read(f"{word}全国1.8个百分点")[0] == 1.8
    for word in ["低于", "慢于", "少于", "小于", "落后", "落后于", "不及"]:
        assert read(f"{word}全国1.8个百分点")[0] == -1.8
    for word in ["高", "快", "多", "高出", "快出", "多出"]:
        assert read(f"比全国{word}1.8个百分点")[0] == 1.8
    for word in ["低", "慢", "少"]:
        assert read(f"比全国{word}1.8个百分点")[0] == -1.8
    for word in ["比", "较", "与", "同", "和"]:
        assert read(f"{word}全国相比增长1.8%")[0] == 1.8


@pytest.mark.parametrize("other", OTHERS)
def test_distances(other: str) -> None:
    """A distance has its sign by the word of comparison, and is no target where that is of one."""
    for above in (f"高于{other}", f"超{other}", f"快于{other}", f"比{other}高", f"比{other}高出",
                  f"较{other}提高", f"多于{other}", f"领先{other}",
                  f"与{other}相比增加"):  # fmt: skip
        assert read(f"{above}1.8个百分点") == (
            1.8, 1.75, 1.85, "percentage_point", "exact", "outcome"
        )  # fmt: skip
    for below in (f"低于{other}", f"少于{other}", f"慢于{other}", f"比{other}低", f"较{other}下降",
                  f"小于{other}", f"落后{other}", f"不及{other}"):  # fmt: skip
        assert read(f"{below}5万家") == (-50000, -55000, -45000, "count", "exact", "outcome")


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("高于全国近2个百分点", (2, 1, 2)),
        ("高出全国平均水平约17个百分点", (17, 16, 18)),
        ("低于上年超5万家", (-50000, -60000, -50000)),
        ("比上年提高近30个百分点", (30, 20, 30)),
    ],
)
def test_distances_with_qualifiers(text: str, bounds: tuple[float, ...]) -> None:
    """The qualifier of a distance widens it away from or towards nothing."""
    assert interval(text) == bounds


@pytest.mark.parametrize(
    "text",
    [
        "不低于全国5%", "不高于上年5%", "不超过上年5万家", "不低于目标5%", "未达目标5%",
        "未达到目标5%",
        "未完成目标5%", "未实现预期目标5%", "完成目标5%", "达到预期目标5%", "高于低于5%", "比5%高",
        "距目标5%", "完成全年目标95%", "完成年度计划95%", "目标完成95%", "达到国家考核目标5%",
        "离目标还差0.5个百分点", "比上年5%", "较2020年5万家", "与全国5%",
        "与上年相比5%",
    ],
)  # fmt: skip
def test_no_distance_and_no_target(text: str) -> None:
    """A bound that is not a number, a target missed or met, is no figure of its own."""
    assert refusal(text)


@pytest.mark.parametrize(
    "text",
    ["与全国持平", "与上年持平", "与上年同期持平", "和去年持平", "较上月持平", "与2023年同期持平",
     "與上年持平", "同比持平", "环比持平", "持平", "保持持平", "零增长"],
)  # fmt: skip
def test_level_with(text: str) -> None:
    """Level with the nation or the year before is a distance or a change of nothing."""
    assert read(text) == (0, 0, 0, "percent", "exact", "outcome")
    assert read(text, unit="个百分点")[3] == "percentage_point"
    assert read(text, unit="rank") == (0, 0, 0, "rank", "exact", "outcome")


@pytest.mark.parametrize(
    "text",
    ["基本持平", "与上年基本持平", "大体持平", "近持平", "约持平", "持平以上", "不持平", "持平5%",
     "5%持平", "零增长5%"],
)  # fmt: skip
def test_nearly_level_is_refused(text: str) -> None:
    """Nearly level has no number, and level with a number has two."""
    assert refusal(text)


# --- natures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "upper", "nature"),
    [
        ("预计…有望突破4.2万家", 42000, 43000, "forecast"),
        ("预计突破4.2万家", 42000, 43000, "forecast"),
        ("有望超4.2万家", 42000, 43000, "forecast"),
        ("可望超4.2万家", 42000, 43000, "forecast"),
        ("将突破4.2万家", 42000, 43000, "forecast"),
        ("预计将突破4.2万家", 42000, 43000, "forecast"),
        ("力争突破4.2万家", 42000, 43000, "target"),
        ("争取突破4.2万家", 42000, 43000, "target"),
        ("确保突破4.2万家", 42000, 43000, "target"),
        ("目标超5%", 5, 6, "target"),
        ("预期目标超5%", 5, 6, "target"),
        ("计划超5%", 5, 6, "target"),
        ("突破4.2万家", 42000, 43000, "outcome"),
    ],
)
def test_natures(text: str, value: float, upper: float, nature: str) -> None:
    """Words of expectation make a forecast, words of intent a target."""
    assert read(text) == (value, value, upper, read(text)[3], "over", nature)


def test_each_word_has_its_nature() -> None:
    """Each word of expectation and of intent makes its nature, of any figure."""
    for word in ["预计", "预期", "预测", "有望", "可望", "将"]:
        assert read(f"{word}5%")[5] == "forecast"
    for word in [
        "预期目标",
        "主要目标",
        "目标",
        "力争",
        "争取",
        "确保",
        "计划",
        "规划",
        "努力",
        "拟",
    ]:
        assert read(f"{word}5%")[5] == "target"


@pytest.mark.parametrize("text", ["预计力争5%", "力争有望5%", "目标预计5%"])
def test_one_nature(text: str) -> None:
    """A forecast is no target."""
    assert "forecast and target" in refusal(text)


# --- levels --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("提高到77.8%", (77.8, 77.75, 77.85)),
        ("提升至77.8%", (77.8, 77.75, 77.85)),
        ("增至5万家", (50000, 45000, 55000)),
        ("增加到857家", (857, 857, 857)),
        ("降至3.9%", (3.9, 3.85, 3.95)),
        ("下降到3.9%", (3.9, 3.85, 3.95)),
        ("回落至-3.9%", (-3.9, -3.95, -3.85)),
        ("达到77.8%", (77.8, 77.75, 77.85)),
        ("达77.8%", (77.8, 77.75, 77.85)),
        ("稳定在5%左右", (5, 4, 6)),
        ("保持在20%以上", (20, 20, 30)),
        ("控制在5.5%以内", (5.5, 5.4, 5.5)),
        ("控制在5%…以内", (5, 4, 5)),
        ("9%…左右", (9, 8, 10)),
        ("增至近5万家", (50000, 40000, 50000)),
        ("降幅控制在5%以内", (-5, -5, -4)),
    ],
)
def test_levels(text: str, bounds: tuple[float, ...]) -> None:
    """The level that something rose or fell to has no sign of its own."""
    assert interval(text) == bounds


@pytest.mark.parametrize("text", ["由5%提高到7%", "从21家增至25家", "提高至多5%到", "达到", "增至"])
def test_levels_from_and_to(text: str) -> None:
    """From one level to another are two figures."""
    assert refusal(text)


# --- qualifiers ----------------------------------------------------------------------------------


WORDS = {
    "over": "超 超过 突破 首破 逾 破 高于 大于 多于 不低于 不少于 至少 最少 超出 跨越 迈上 >= ≥"
    " 不小于 不下 不止 起码 跨上 站上 登上 >",
    "nearly": "近 接近 将近 逼近 直逼",
    "under": "低于 少于 小于 不足 不到 不超过 不高于 不多于 最多 至多 未到 不满 <= ≤ 不超 不大于 <",
    "about": "约 大约 约为 大概",
}
BOUNDS = {"over": (400, 400, 500), "nearly": (400, 300, 400), "under": (400, 300, 400),
          "about": (400, 300, 500)}  # fmt: skip


@pytest.mark.parametrize("qualifier", WORDS)
def test_qualifiers_before(qualifier: str) -> None:
    """Each word before a number has its role, in front of amounts and counts alike."""
    for word in WORDS[qualifier].split():
        assert read(f"{word}400家") == (*BOUNDS[qualifier], "count", qualifier, "outcome")
        assert read(f"{word}400元")[4] == qualifier


@pytest.mark.parametrize(
    ("text", "bounds", "qualifier"),
    [
        ("400家以上", (400, 400, 500), "over"),
        ("400家及以上", (400, 400, 500), "over"),
        ("400余家", (400, 400, 500), "over"),
        ("400多家", (400, 400, 500), "over"),
        ("增长3倍多", (300, 300, 400), "over"),
        ("突破400家大关", (400, 400, 500), "over"),
        ("突破400家关口", (400, 400, 500), "over"),
        ("迈上400亿元台阶", (4e10, 4e10, 5e10), "over"),
        ("400家以下", (400, 300, 400), "under"),
        ("400家及以下", (400, 300, 400), "under"),
        ("400家之内", (400, 300, 400), "under"),
        ("保持20%以上的增长", (20, 20, 30), "over"),
        ("400家以内", (400, 300, 400), "under"),
        ("400家左右", (400, 300, 500), "about"),
        ("400家上下", (400, 300, 500), "about"),
        ("超过400家以上", (400, 400, 500), "over"),
        ("约400家左右", (400, 300, 500), "about"),
        ("上百家", (100, 100, 200), "over"),
        ("过万家", (10000, 10000, 20000), "over"),
        ("近千家", (1000, 900, 1000), "nearly"),
        ("千余家", (1000, 1000, 2000), "over"),
        ("占全国四成以上", (40, 40, 50), "over"),
        ("均超99%", (99, 99, 100), "over"),
        ("保持20%以上", (20, 20, 30), "over"),
        ("两位数增长", (10, 10, 100), "over"),
        ("预期目标5%左右", (5, 4, 6), "about"),
        ("下降超3.9%", (-3.9, -4.0, -3.9), "over"),
        ("下降近3.9%", (-3.9, -3.9, -3.8), "nearly"),
        ("下降不足4%", (-4, -4, -3), "under"),
        ("下降约4%", (-4, -5, -3), "about"),
        ("接近五年", (5, 4, 5), "nearly"),
        ("约占全国的三分之一", (100 / 3, 25, 50), "about"),
    ],
)
def test_qualifiers_around(text: str, bounds: tuple[float, ...], qualifier: str) -> None:
    """Words around a number reach to its neighbours, and a fall mirrors them."""
    assert (interval(text), read(text)[4]) == (bounds, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "超近5%", "近超5%", "约超5%", "超5%左右", "超5%以内", "约5%以上", "不足5%以上",
        "8万多家左右",
        "不超过5%以上", "近5%左右", "两位数左右", "近两位数", "超0%", "近0家", "约0%", "0%以上",
        "近五年", "近三年来", "近两个月", "近30天", "近1.5年", "连续近五年",
    ],
)  # fmt: skip
def test_qualifiers_that_cannot_be_said(text: str) -> None:
    """Qualifiers that contradict one another, of nothing, and spans of time are refused."""
    assert refusal(text)
