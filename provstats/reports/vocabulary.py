"""The vocabulary of links: what words between a subject and its figure say, as closed lists.

Each kind is a list of small regular expressions over dressed text, parted by blanks; earlier kinds
are tried first. Adding a word that reports use is adding it to its list.
"""

from __future__ import annotations

import re
from typing import Final

from provstats.reading.numerals import NUMERAL
from provstats.reading.units import UNITS

__all__ = ["KINDS", "OWN"]


def _any(*lists: str) -> str:
    """Make one expression of lists of alternatives, each parted by blanks."""
    return f"(?:{'|'.join(alternative for words in lists for alternative in words.split())})"


_N: Final = "[0-9一二三四五六七八九十两]"
_COUNT: Final = "(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})"
_ROUND: Final = "[百千万亿]"
_UNIT: Final = _any(*sorted(map(re.escape, UNITS), key=len, reverse=True))
_NATION: Final = "全国(?:平均|同期)?(?:平均)?(?:水平|增速|增幅|平均水平|平均增速)?"

# --- figures ------------------------------------------------------------------------------------

_LEAST: Final = _any(
    "将近 接近 逼近 近 不低于 不少于 超过 超出 首破 首次突破 首超 突破 至少 多于 超 逾 不超过",
    "不高于 最多 不到 不足",
    "大约 约为 约 (?:高于|低于|少于)(?=[0-9]) 破(?=[0-9百千万])",
    f"[上过](?={_ROUND}+[元家户辆])",
)
_MOST: Final = _any("以上 以下 以内 左右 上下")
_QUANTITY: Final = _any(
    "[0-9]{1,6}/[1-9][0-9]{0,5}", "[二两三四]位数", f"{NUMERAL}分之{NUMERAL}",
    f"{NUMERAL}[余多]?{_UNIT}",
)  # fmt: skip
_BARE: Final = r"[0-9]+(?:\.[0-9]+)?(?:万亿|[百千]?[万亿])?"

# --- ranks --------------------------------------------------------------------------------------

_STANDS: Final = _any(
    "稳居 位居 位列 居于 跃居 升至 上升至 上升到 跃升至 跃升到 提升至 提升到 前移至 进至 晋升",
    "跃至 升到 升居 名列",
    "稳定在 排名 排在 保持 连续 排 列 居 处 为 均 分别 持续 继续 首次 跻身 进入 由 从 至 到",
    "晋位 进位 升 稳定 蝉联",
    f"{_N}+年",
)
_AMONG: Final = _any(
    "在 全国 全球 世界 国内 中西部 西部 中部 东部 东北 沿海 内陆 北方 南方 长三角 西北 西南",
    "长江经济带 沿黄 五大",
    "自治区 民族 副省级城市 直辖市 主要 一线 省级 城市 各省 各地 省[区市]* 地区 十个 九省区? 中",
)
# Not 第一梯队, 第2批 or 第二产业.
_PLACE: Final = _any(
    f"第{_COUNT}(?:[位名]|(?![个批家届次轮条季方梯阶期大代类产、位名])(?!{_N}))", "首位 榜首",
    f"前{_COUNT}[位名]",
)  # fmt: skip

# --- periods ------------------------------------------------------------------------------------

_MONTHS: Final = _any(
    f"1-[0-9]{{1,2}}月份? 前{_N}+个月 上半年 下半年 前[一二三]个?季度 第?[一二三四]季度",
    "一至[二三四]季度",
    "(?<![0-9])1[0-2]月份? (?<![0-9])[1-9]月份?",
)
_PLAN: Final = _any("期间 时期 以来 末期? 初期? 前[四三]年 的?[五四三]年来?")
_NAMED_YEAR: Final = _any("20[0-9]{2}", "二[〇零][〇零一二三四五六七八九]{2}")

#: What makes words of a kind, in the order in which the kinds are tried. ``subject`` and ``own``
#: come from the lexicon and the region.
KINDS: Final[dict[str, str]] = {
    "steps": (
        f"(?:接连|连续|先后|连)?{_any('迈上 跨越 跨过 跨上 迈过 再上 站上 突破 跨')}了?"
        f"(?:{_N}+个{_ROUND}*元?级?|[0-9]+{_ROUND}*(?=关口))新?大?(?:台阶|关口|大关)"
    ),
    "plan": f"十[一二三四五]五(?:规划)?{_PLAN}?",
    "name": _any(r"5G(?!(?:网络|通信)?基站)(?:-A|\+)?", r"[A-Za-z]+-?[0-9]+[A-Za-z0-9.-]*"),
    "base": _any(
        "[比较以按与](?:20[0-9]{2}年|去年|上年|前年|十[二三四]五末)(?:同期|年?[末底])?(?:相比)?",
        "是20[0-9]{2}年的",
    ),
    "years": "20[0-9]{2}(?:年)?[-至到](?:20)?[0-9]{2}年",
    "month": f"(?:截[至止])?(?:20[0-9]{{2}}年)?{_MONTHS}[末底]?(?![0-9日])",
    "year": _any(
        f"(?:到|至|截至|截止)?{_NAMED_YEAR}年(?:[底末内度]|全年)?(?![0-9])(?:以来|的)?",
        "去年(?:全年)? 今年(?:以来)? 上年 到今年底",
    ),
    "streak": f"连续{_COUNT}个?[年月季]度?",
    "span": f"(?:近|这|过去|前)?{_COUNT}个?年(?![均度级产货发旅接])(?:以?来|间|内|期间)?",
    "gap": _any(
        f"(?:增速|增幅)?{_any('均 分别 持续 继续')}*[比较]?{_NATION}"
        "(?:高出?|低|快|慢|多|少)[出于]?",
        f"(?:增速|增幅)?{_any('均 分别 持续')}*"
        f"{_any('高于 快于 低于 慢于 高出 超出 超过 领先于? 优于 好于 高 快 低 超')}{_NATION}",
    ),
    "share": _any(
        "占(?!全[省市区疆])(?:全国|[^，。；、：0-9]{0,14}?)?(?:的?(?:比重|比例|份额)|的)(?:为|达到?)?",
        "所?占比 占(?:全国|地区生产总值|GDP)(?=[0-9超近约]) 比重 份额",
    ),
    "rank": f"{_STANDS}*{_AMONG}*{_PLACE}",
    "subject": "",
    "every": f"每年|每人|每亿元?|每{_N}*[百千万]*[人元户家辆]|人均|户均|亩均",
    "range": f"{_LEAST}?{_BARE}{_UNIT}?[-至到~]{_BARE}{_UNIT}{_MOST}?",
    "figure": _any(
        f"(?!一[批个些]){_LEAST}?(?!{_ROUND}){_QUANTITY}{_MOST}?",
        f"{_LEAST}{_ROUND}+{_UNIT}{_MOST}?",
        "翻[一两]?番",
    ),
    "own": "",
    "each": "分别",
    "both": "均(?!值)|(?<!成)都(?=是|达|有|居|超|增长|实现|保持)|双双",
    "from": "从|由(?=[0-9近约超])",
    "forecast": "预计|有望|预期|预估",
    "target": "力争|确保|争取|目标|努力",
    "level": _any(
        f"{_any('增加 增长 扩大 提高 提升 上升 壮大 发展 跃升 攀升 扩容 跨越 增 升')}[到至为]",
        f"{_any('下降 降低 回落 减少 降')}[到至为]",
        "达到了? 达成 达(?!产) 突破 稳定(?:保持)?在 保持在 控制在 维持在 迈上 跨上 站上 跃上",
        "跨过 跨入 迈入 迈过",
        "为(?=[0-9超近约-]) 共有 拥有 总数 已有",
    ),
    "compound": "累计增长",
    "sum": "累计|合计|共计|总共",
    "average": "年均|年平均|平均每年",
    "growth": _any(
        "增长率? 增速 增幅 上涨 涨幅 净增长 增加(?=[0-9.]+[%倍]) (?:提高|提升)(?=[0-9.]+%)",
        "增(?=[0-9.]+%)",
    ),
    "fall": f"{_any('下降 回落 减少 降低 下跌 降幅 负增长 下滑 收窄 压减 微降 减 降')}(?![到至为])",
    "change": "提高|提升|上升|扩大|加快|回升",
    "new": _any(
        "新增加?(?!长) 净增加?(?!长) 增加(?![值到至]) 新(?:培育|认定|获批|入选|建成?)",
        "新(?:升|入库|登记|评定|晋|添|纳入) 再添 升规 入库",
    ),
    "award": _any("培育(?:认定|发展|出)? 入选 获批 认定 创建 评为 获评 晋级 纳入 遴选"),
    "act": _any(
        "提出 包括 培育(?:壮大|形成) 建成 集聚 打造 形成 推动 建设 开通 带动 拉动 促进 加快",
    ),
    "mute": _any(
        "同比 环比 实际 名义 按可比(?:价格?|口径)(?:计算)? 按不变价格?(?:计算)? 可比口径",
        "同口径 全口径",
        "总量 总额 规模 数量 总规模 总值 产值 产量 绝对额 金额 水平 总产 户数 家数",
        "均值 平均(?:值|水平)?",
        "首次 稳定 稳步 稳居 持续 继续 连续 保持 再次 再 又 也 已 共 达 其中 实现 完成",
        "初步(?:核算|预计) 约 总体 顺利",
        "成功 进一步 历史性 一举 快速 较快 大幅 平稳 基本 依然 仍 左右 以上 以内",
        "的(?:增长|增速|速度|目标) 逐年 一路",
        "高速 两位数 目前 截至目前 年[末底] 末 了 大关 按(?=增长) 安排 有效期内 迅速 双 较",
        "再?创(?:历史)?(?:新高|最高水平)",
    ),
    "comma": "[，,：:]",
    "and": "以及|和|及|与|并",
    "pause": "、",
    "stop": "[。；！？;!?]",
}  # fmt: skip

#: How a report calls its own province, whatever the province is.
OWN: Final = ("全省", "全市", "全区", "全疆", "全自治区", "我省", "我市", "我区", "省内", "全年")
