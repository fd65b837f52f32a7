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
        ("下降3位", 3),
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
