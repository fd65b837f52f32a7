"""Vocabulary: the words around a printed number, each with the one role that it has.

A figure is a chain of words before the number, the number with its unit, and words after it. A
word that stands in none of these tables is not read, and neither is the figure that it is part of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AREAS",
    "Nature",
    "Qualifier",
    "build_word_pattern",
    "read_leading_roles",
    "read_trailing_roles",
]

Qualifier = Literal["exact", "about", "over", "nearly", "under", "range"]
Nature = Literal["outcome", "forecast", "target"]


def build_word_pattern(words: str | Iterable[str]) -> str:
    """Return a pattern for any of the words, longer ones first; a text is split at its blanks."""
    parted = words.split() if isinstance(words, str) else words
    return "|".join(sorted(map(re.escape, parted), key=len, reverse=True))


# --- whom or what a figure is compared with ------------------------------------------------------

#: Among whom a rank is, or against whom a figure is set.
AREAS: Final = (
    "全国 全省 全市 全区 全县 全球 世界 国际 国家 国内 大陆 亚洲 西部 东部 中部 中西部 东北 西北"
    " 西南 华东 华南 华北 华中"
    " 长三角 京津冀 地区 城市 省份 省区 省市"
)
_TIMES: Final = "上年 去年 前年 上月 上个月 上季度 上半年 同期 同月 全年 年末 年底 末 底"
_LEVELS: Final = "平均 均值 水平 增速 增幅 总体 整体 值"
_SUBJECTS: Final = (
    "行业 同行业 工业 规上 规模以上 全部 企业 经济 投资 消费 出口 利润 收入 支出 增加值 生产总值"
    " 地区生产总值 GDP"
    " 居民 城镇 农村"
)
_AIMS: Final = build_word_pattern("预期目标 目标 预期 计划 预计 任务 年度 年初 考核")
_DATED: Final = (
    "[12][0-9]{3}年|(?:[0-9]{1,2}[-—~至])?[0-9]{1,2}月份?|前?[一二三四]季度|“?十[一二三四五]五”?"
)
_ASIDE: Final = build_word_pattern(f"{AREAS} {_TIMES} {_LEVELS}")
# What stands after 高于 or 比: 全国平均水平, 上年同期, 年度目标.
_COMPARED: Final = f"(?:{_ASIDE}|{build_word_pattern(_SUBJECTS)}|{_AIMS}|{_DATED}){{1,8}}"
_AGAINST: Final = f"(?:比|较|与|同|和){_COMPARED}(?:相比|(?=持平))|(?:比|较){_COMPARED}"

# --- the roles of words before the number, tried in this order -----------------------------------

_MORE: Final = "高于|高出|高过|超出|超过|超|快于|多于|大于|领先于?"
_LESS: Final = "低于|慢于|少于|小于|落后于?|不及"
_ROSE: Final = build_word_pattern("提高 提升 上升 回升 攀升 跃升 下降 降低 下滑 回落 跌 升 降")
_GREW: Final = build_word_pattern(
    "增加 增长 扩大 减少 缩小 缩短 压缩 增 扩 减 稳定 保持 维持 控制 运行"
)
_TO: Final = "(?:到|至(?![少多今])|在)"
_OVER: Final = build_word_pattern(
    "不低于 不少于 不小于 不下 不止 超过 超出 首破 突破 高于 大于 多于 至少 最少 起码"
    " 跨越 跨过 迈过 迈上 跨上 站上 登上 跃上 超 逾 破 > >= ≥"
)
_UNDER: Final = build_word_pattern(
    "不超过 不超 不高于 不多于 不大于 低于 少于 小于 最多 至多 不到 不足 未到 不满 < <= ≤"
)
_BEFORE: Final = {
    "nearly": "接近|将近|逼近|直逼|近",
    # 目标完成95% tells what was done.
    "target": "(?:预期目标|主要目标|目标)(?!完成|实现)|力争|争取|确保|计划|规划|努力|拟",
    "forecast": "预计|预期|预测|有望|可望|将",
    # The level that something rose or fell to has no sign. A target that is met is none any more.
    "level": (f"(?:{_GREW}){_TO}|(?:达到|达|完成|实现)(?!(?:{_ASIDE}){{0,4}}(?:{_AIMS}))"),
    # 上升到3位 is a rank or a number of persons, and so is 排名3位.
    "standing": f"(?:{_ROSE}){_TO}|排名|位次|名次",
    "growth": "增速|增幅|涨幅|增长率",
    "decline": "降幅|跌幅",
    "widen": "扩大",
    "narrow": "收窄|缩小",
    "forward": "前移|前进|进步|上移|进位",
    "backward": "后移|后退|倒退|退步|下移|退后|退位",
    "up": build_word_pattern("上升 提升 提高 跃升 攀升 回升 上涨 上调 微涨 升 涨"),
    "down": build_word_pattern("下降 降低 下滑 回落 下跌 滑落 下调 微跌 微降 跌 降"),
    "rise": (
        f"(?:{_MORE}){_COMPARED}|(?:{_AGAINST})(?:高|快|多)出?|"
        + build_word_pattern("增长 增加 加快 拉动 净增 新增 增产 延长 盈利 增")
    ),
    "fall": (
        f"(?:{_LESS}){_COMPARED}|(?:{_AGAINST})(?:低|慢|少)|"
        + build_word_pattern("减少 放缓 净减 缩减 压减 减产 缩短 负增长 净亏损 亏损 减 负")
    ),
    # Before a range it belongs to the first number: -3%至5%.
    "minus": "-(?![0-9.]+[^0-9]{0,6}(?:[-—~至到])-?[0-9])",
    # 不低于全国 is a bound that is no number.
    "over": f"(?:上|过)(?=[百千万亿])|(?:{_OVER})(?!{_COMPARED})",
    "under": f"(?:{_UNDER})(?!{_COMPARED})",
    "about": "大约|约为|大概|约",
    "against": _AGAINST,
    "filler": (
        build_word_pattern(
            "累计 合计 总计 共计 同比 环比 连续 首次 成功 保持 继续 占比 比重 比例 共有 共 均 各"
            " 仅 只有 高达 多达 为 是 有 在 介于 实际 名义 大幅 小幅 稳步 持续 进一步 再 又"
            " 了 人民币"
        )
        + f"|占(?:{_COMPARED}的?)?|(?:{_ASIDE}){{1,6}}|[年月日季]均|…+|[:+]"
    ),
}
_AFTER: Final = {
    "over": "及?以上|余|多", "under": "及?以下|以内|之内", "about": "左右|上下", "rise": "的?增长",
    "range": "之间|区间", "filler": "大关|关口|(?<!个)台阶",
}  # fmt: skip


def _compile_role_pattern(roles: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{role}>{words})" for role, words in roles.items()))


_WORD_BEFORE: Final = _compile_role_pattern(_BEFORE)
_WORD_AFTER: Final = _compile_role_pattern(_AFTER)


def read_leading_roles(text: str) -> tuple[list[str], int]:
    """Return the roles of the words at the start of a text, and where they end."""
    return _read_roles(_WORD_BEFORE, text, 0)


def read_trailing_roles(text: str, start: int) -> tuple[list[str], int]:
    """Return the roles of the words after a number and its unit, and where they end."""
    return _read_roles(_WORD_AFTER, text, start)


def _read_roles(vocabulary: re.Pattern[str], text: str, start: int) -> tuple[list[str], int]:
    roles = []
    while found := vocabulary.match(text, start):
        roles.append(str(found.lastgroup))
        start = found.end()
    return roles, start
