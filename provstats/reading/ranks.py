"""Ranks: claims such as 居全国第13位, which have their own grammar.

Before the place stands among whom, and before that what is ranked, in any words. Words that take
the claim back, aim at it or tell of another figure are not read past.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from provstats.reading.numerals import NUMERAL, parse_numeral
from provstats.reading.quantities import has_quantity
from provstats.reading.refusals import refuse
from provstats.reading.vocabulary import AREAS, Nature, build_word_pattern

__all__ = ["Claim", "find_claim"]


class Claim(NamedTuple):
    """A claimed rank: the place, if it is the last of several (前10位), and if it is expected."""

    place: int
    is_last: bool
    nature: Nature


_PROVINCES: Final = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南"
    " 广东 广西 海南 重庆"
    " 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
)
_GROUP: Final = build_word_pattern(
    f"{AREAS} {_PROVINCES} 省 市 区 各 行业 同行业 工业 产业 企业 主产省 边境 沿海 内陆 自治区"
    f" 直辖市 副省级 地级 高校"
    " 港口 园区 同类 中国 我国 国家级 省级"
)
_STANDING: Final = build_word_pattern(
    "居 位居 稳居 跃居 高居 居于 位列 名列 列 排 排名 排在 排位 位次 均 保持 继续保持 蝉联 进入"
    " 首次进入 跻身 入围"
    " 达到 重返 重回 升至 升到 上升至 上升到 跃升至 跃升到 提升至 提升到 攀升至 前移至 降至 退至"
    " 退居 下降至 跌至 滑至"
    " 回落至 荣获 获 获得 夺得 实现 为 是 并列 在"
)
_RANKED: Final = build_word_pattern(
    "增量 总量 规模 数量 销量 产量 增速 增幅 总数 综合 指数 水平 占比 比重 排名 面积 产值 份额"
    " 产能 评价 考核 评估 测评 能力 质量 产销量 名次 得分"
)
_NEAR: Final = f'{_STANDING}|{_GROUP}|{_RANKED}|“[^”]{{1,20}}”|"[^"]{{1,20}}"|…'
_PLACE: Final = f"(?:首位|榜首|居首|之首|(?P<top>前|第)(?P<place>{NUMERAL})(?:位|名|大|城|强)?)"
_CLAIM: Final = re.compile(
    rf"(?:(?P<subject>[\u4e00-\u9fffA-Za-z0-9“”\"…·-]*?)(?:{_NEAR}){{1,8}})?{_PLACE}"
)
# What turns a claim around: it is denied, missed, lost, aimed at, or of another time.
_TURNED: Final = re.compile(
    "不(?!断|锈|动产)|未(?!来)|没|无(?!锡|人|线)|非(?!公|化石|遗|洲|金属)|莫|否"
    "|倒数|次于|逊于|落后|距离|远离|[仅只还]差|差点|险些|几乎|接近|逼近|直逼"
    "|近$|约$|超过?$|[高低]于$"
    "|失去|失守|[痛丧错]失|丢|让|退出|[跌掉滑]出|告别|取代|超越|打破|脱离|摆脱"
    "|瞄准|冲[刺击]|迈向|剑指|争[创当夺]|角逐|赶超|追赶|对标|看齐|挑战|目标|计划|规划|拟|预期"
    "|曾|此前|以前|过去|一度|原[来先]|^原$|如果|假如|若(?!干)|分别|第"
)
_NATURES: Final[dict[str, Nature]] = {
    "力争|争取|确保|努力": "target",
    "预计|有望|可望|将": "forecast",
}


def find_claim(plain: str) -> Claim | None:
    """Return the claim that a text makes, or None where it claims no rank."""
    found = _CLAIM.fullmatch(plain)
    if not found:
        return None
    subject, place = found["subject"] or "", parse_numeral(found["place"] or "一").value
    if place < 1 or place % 1:
        refuse("ranks begin at 1 and are whole", plain)
    if has_quantity(subject) or _TURNED.search(subject):
        refuse("a rank stands by itself, neither denied nor beside another figure", plain)
    natures = (nature for words, nature in _NATURES.items() if re.search(words, subject))
    return Claim(int(place), found["top"] == "前", next(natures, "outcome"))
