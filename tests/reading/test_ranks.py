"""Ranks: what is claimed, what only looks like a claim, and by how much a rank moved."""

from __future__ import annotations

import pytest
from readings import read, refusal


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第13位", 13),
        ("第十三位", 13),
        ("第1名", 1),
        ("第13", 13),
        ("第一", 1),
        ("全国第三", 3),
        ("居首位", 1),
        ("首位", 1),
        ("位居榜首", 1),
        ("居全国首位", 1),
        ("稳居全国第一", 1),
        ("均居全国第1位", 1),
        ("排西部第二", 2),
        ("西部地区第1", 1),
        ("位列全国第3", 3),
        ("保持全国第4位", 4),
        ("并列第一", 1),
        ("规模居西部第二", 2),
        ("增量排名全国第一", 1),
        ("国内…销量第一", 1),
        ("全国“小巨人”第一城", 1),
        ("工业第四大", 4),
        ("全省第一大", 1),
        ("居云南省各行业第一", 1),
        ("高速公路通车里程全国第四", 4),
        ("两化融合发展水平西北第一", 1),
        ("5G基站数居全国第二", 2),
        ("万人拥有高速公路里程居全国第三", 3),
        ("规上工业增加值增速居全国第3位", 3),
        ("非公经济增加值居全国第一", 1),
        ("未来产业规模居全国第五", 5),
        ("区域创新能力升至全国第二", 2),
        ("由于出口增长，", None),
        ("退居全国第二", 2),
        ("跌至第五", 5),
    ],
)
def test_claims(text: str, place: int | None) -> None:
    """A claimed rank is exact whatever it is a rank among."""
    if place is None:
        assert refusal(text)
    else:
        assert read(text) == (place, place, place, "rank", "exact", "outcome")


STANDING = (
    "居 位居 稳居 跃居 高居 居于 位列 名列 列 排 排名 排在 排位 位次 均 保持 继续保持 蝉联 进入"
    " 首次进入 跻身 入围 达到"
    " 重返 重回 升至 升到 上升至 上升到 跃升至 跃升到 提升至 提升到 攀升至 前移至 降至 退至 退居"
    " 下降至 跌至 滑至"
    " 回落至 荣获 获 获得 夺得 实现 为 是 并列 在"
)
GROUPS = (
    "全国 全省 全球 西部 西北 大陆 长三角 地区 城市 省份 各省 云南省 云南 重庆市 重庆 内蒙古自治区"
    " 内蒙古 各行业"
    " 同行业 工业 产业 企业"
    " 主产省 边境 沿海 内陆 自治区 直辖市 副省级 地级 高校 港口 园区 同类 中国 我国 国家级 省级 区"
    " 北京 天津 河北"
    " 山西 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川"
    " 贵州 西藏"
    ' 陕西 甘肃 青海 宁夏 新疆 “小巨人” "小巨人" …'
)
RANKED = (
    "增量 总量 规模 数量 销量 产量 增速 增幅 总数 综合 指数 水平 占比 比重 面积 产值 份额 产能"
    " 评价 考核 评估 测评"
    " 能力 质量 产销量 名次 得分"
)


def test_words_of_claims() -> None:
    """Each verb of standing, each group and each thing ranked may stand before the place."""
    for word in f"{STANDING} {GROUPS} {RANKED}".split():
        assert read(f"{word}第3位")[:4] == (3, 3, 3, "rank")
        assert read(f"钢材{word}第三")[0] == 3


@pytest.mark.parametrize("place", ["第3位", "第3名", "第3大", "第3城", "第3强", "第3", "第三"])
def test_what_a_place_is_called(place: str) -> None:
    """A place may be called a place, a name, the third largest."""
    assert read(f"全国{place}") == (3, 3, 3, "rank", "exact", "outcome")


TURNING = (
    "不 未 没 无 非 莫 否 倒数 次于 逊于 落后 距离 远离 仅差 只差 还差 差点 险些 几乎 接近 逼近"
    " 直逼 失去 失守 痛失"
    " 丧失 错失 丢 让出 让位 退出 跌出 掉出 滑出 告别 取代 超越 打破 脱离 摆脱 瞄准 冲刺 冲击 迈向"
    " 剑指 争创 争当"
    " 争夺 角逐 赶超 追赶 对标 看齐 挑战 目标 计划 规划 拟 预期 曾 此前 以前 过去 一度 原来 原先"
    " 如果 假如 若 分别 第"
    " 近 约 超 超过 高于 低于 原"
)


def test_words_that_turn_a_claim() -> None:
    """Each word that takes a claim back, misses it or aims at it is seen before other words."""
    for word in TURNING.split():
        assert refusal(f"{word}居全国第一")
        if word not in {"近", "约", "超", "超过", "高于", "低于", "原"}:
            assert refusal(f"{word}规模居全国第一")


@pytest.mark.parametrize(
    "subject",
    [
        "不断扩大规模",
        "不锈钢",
        "不动产",
        "未来产业",
        "无锡",
        "无人机",
        "无线",
        "非公经济",
        "非化石能源",
        "非遗",
        "非洲",
        "非金属",
        "若干指标",
        "中原城市",
    ],
)
def test_words_that_only_look_so(subject: str) -> None:
    """Names with such a character in them are no denials."""
    assert read(f"{subject}产量居全国第一")[0] == 1


@pytest.mark.parametrize("word", ["力争", "争取", "确保", "努力", "预计", "有望", "可望", "将"])
def test_natures_of_claims_by_word(word: str) -> None:
    """Each word of intent and of expectation makes the nature of a claim."""
    nature = "target" if word in {"力争", "争取", "确保", "努力"} else "forecast"
    assert read(f"{word}居全国第一")[5] == nature


@pytest.mark.parametrize(
    ("text", "place"),
    [("前10位", 10), ("全国前10", 10), ("前十名", 10), ("进入前十", 10), ("跻身全球前20名", 20),
     ("居全国前5位", 5), ("综合评价前50强", 50)],
)  # fmt: skip
def test_among_the_first(text: str, place: int) -> None:
    """Among the first ten is any rank from 1 to 10."""
    assert read(text) == (place, 1, place, "rank", "under", "outcome")


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("全国排名有望上升至第20位", "forecast"),
        ("预计居全国第一", "forecast"),
        ("力争进入前10位", "target"),
        ("确保稳居全国第一", "target"),
    ],
)
def test_natures_of_claims(text: str, nature: str) -> None:
    """A rank that is expected is a forecast, one that is fought for a target."""
    assert read(text)[3:] == ("rank", read(text)[4], nature)


@pytest.mark.parametrize(
    "text",
    [
        # lost or given up
        "跌出前10位", "掉出前十", "退出前十", "滑出全国前10", "失去第一", "失去全国第一",
        "痛失第一",
        "丢掉第一", "让出第一", "让出全国第一", "拱手让出全国首位", "告别全国第一", "取代第一",
        # not reached
        "仅次于第一", "次于全国第一", "落后全国第一", "没能进入前10", "未能进入前10位", "没有第一",
        "未进入前十", "无缘前十", "不是第一", "并非第一", "非第一", "不再是全国第一",
        "距离全国第一",
        "只差第一", "险些居第一", "几乎居全国第一", "接近全国第一", "近全国第一", "超过全国第一",
        # aimed at, without a word that makes it a target
        "瞄准前10位", "冲刺全国第一", "冲击第一", "迈向全国第一", "争创全国第一", "对标全国第一",
        "赶超第一", "目标全国第一",
        # of another time, or of none
        "此前3名", "目前3名", "提前3位", "曾居全国第一", "曾经第一", "如果居第一", "原居第一",
        # other things with 第 and 前
        "倒数第一", "全国倒数第一", "第一批", "第一季度", "前三季度", "第二产业", "第一第二",
        "从第9名提升至第2名", "首位度", "前列", "末位", "居全国首位。", "第0位", "第1.5位", "前0位",
        # beside another figure
        "3次荣获全国第一", "连续7年居全国第一", "增长5%，居全国第3位", "增长五成居全国第3位",
        "超8万个居全国第一", "由第11位跃升至第5位", "11位跃升至第5位", "增速分别居全国第5位",
    ],
)  # fmt: skip
def test_what_is_no_claim(text: str) -> None:
    """Ranks that are denied, lost, aimed at or told beside another figure are refused."""
    assert refusal(text)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("上升3位", -3),
        ("提高16位", -16),
        ("提升3名", -3),
        ("跃升6位", -6),
        ("前移3位", -3),
        ("前进五位", -5),
        ("上升了3位", -3),
        ("上升3个位次", -3),
        ("位次前移3位", -3),
        ("全国排名上升4位", -4),
        ("较上年上升4位", -4),
        ("比2020年提升7位", -7),
        ("排名较上年提升11个名次", -11),
        ("进步3位", -3),
        ("回升3位", -3),
        ("升3位", -3),
        ("下降3位", 3),
        ("降3位", 3),
        ("退步3位", 3),
        ("下滑2位", 2),
        ("后移3位", 3),
        ("后退1名", 1),
        ("回落3位", 3),
        ("排名较上年下降2位", 2),
    ],
)
def test_moves(text: str, change: int) -> None:
    """Places gained are negative, as the rank becomes a lower number; places lost are positive."""
    assert read(text) == (change, change, change, "rank", "exact", "outcome")


def test_a_move_by_more_than() -> None:
    """A move with a qualifier reaches to the neighbouring number, away from where it was."""
    assert read("上升超10位") == (-10, -20, -10, "rank", "over", "outcome")
    assert read("有望上升3位") == (-3, -3, -3, "rank", "exact", "forecast")


@pytest.mark.parametrize("text", ["7位", "新增3位", "增加3名", "减少3名", "157名"])
def test_persons_are_counted(text: str) -> None:
    """位 and 名 also count persons, who are more or fewer but do not move."""
    assert read(text)[3] == "count"


@pytest.mark.parametrize(
    "text", ["3个位次", "增加3个位次", "前移3%", "后退3家", "上升下降3位", "居全国前移3位"]
)
def test_what_is_no_move(text: str) -> None:
    """Places that do not move, and moves of what is no place, are refused."""
    assert refusal(text)
