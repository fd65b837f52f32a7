"""The vocabulary of links: what words between a subject and its figure say, as closed lists.

Each kind is a list of small regular expressions over normalized text, separated by blanks; earlier
kinds are tried first. Adding a word that reports use is adding it to its list.
"""

from __future__ import annotations

import re
from typing import Final

from provstats.reading.numerals import NUMERAL
from provstats.reading.units import UNITS

__all__ = ["KINDS", "OWN", "SHARED", "WHOLES", "YEAR"]


def _join_words(*lists: str) -> str:
    """Make one expression of lists of alternatives, each parted by blanks."""
    return f"(?:{'|'.join(alternative for words in lists for alternative in words.split())})"


_N: Final = "[0-9一二三四五六七八九十两]"
_COUNT: Final = "(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})"
_ROUND: Final = "[百千万亿]"
_UNIT: Final = _join_words(*sorted(map(re.escape, UNITS), key=len, reverse=True))
_NATION: Final = "全国(?:平均|同期)?(?:平均)?(?:水平|增速|增幅|平均水平|平均增速)?"

#: Words for a step that was taken, and may have been left behind since.
_STEP: Final = "(?:迈上|跨上|站上|跃上|登上|跨过|迈过|跨越)了?"

# --- figures ------------------------------------------------------------------------------------

_LEAST: Final = _join_words(
    "将近 接近 逼近 近 不低于 不少于 超过 超出 首破 首次突破 首超 突破 至少 多于 超 逾 不超过",
    "不高于 最多 不到 不足",
    "大约 约为 约 (?:高于|低于|少于)(?=[0-9]) 破(?=[0-9百千万])",
    f"{_STEP}(?=[0-9]+{_ROUND}+元|{_ROUND}+元)",
    f"[上过](?={_ROUND}+[元家户辆])",
)
_MOST: Final = _join_words("以上 以下 以内 左右 上下")
_NUMBER: Final = r"[0-9]{1,4}(?:\.[0-9]{1,2})?个?"
#: What follows a number that shares the unit of the last one: 1.2个、3.5个百分点.
SHARED: Final = f"(?:[、和]{_NUMBER}){{1,4}}百分点"
_QUANTITY: Final = _join_words(
    f"{_NUMBER}(?={SHARED})",
    "[0-9]{1,6}/[1-9][0-9]{0,5}", "[二两三四]位数", f"{NUMERAL}分之{NUMERAL}",
    f"{NUMERAL}[余多]?{_UNIT}",
)  # fmt: skip
_BARE: Final = r"(?<![0-9.])[0-9]{1,15}(?:\.[0-9]{1,9})?(?:万亿|[百千]?[万亿])?"

# --- ranks --------------------------------------------------------------------------------------

_STANDS: Final = _join_words(
    "稳居 位居 位列 居于 跃居 升至 上升至 上升到 跃升至 跃升到 提升至 提升到 前移[至到] 进至 晋升",
    "跃至 升到 升居 名列 有望 跃升 上升",
    "稳定在 排名 排在 保持 连续 排 列 居 处 为 均 分别 持续 继续 首次 跻身 进入 由 从 至 到",
    "晋位 进位 升 稳定 蝉联",
    f"{_N}{{1,3}}年",
)
_HELD: Final = _join_words("位居 稳居 保持 继续 跻身 进入 处于 位列 居")
_AMONG: Final = _join_words(
    "在 全国 全球 世界 31个(?=省) 各(?=城市|省|直辖市) 工业大省 主产省 省份 排名 位次",
    "经济大省 国内 中西部 西部 中部 东部 东北 沿海 内陆 北方 南方 长三角 西北 西南",
    "长江经济带 沿黄 五大",
    "自治区 民族 副省级城市 直辖市 主要 一线 省级 城市 各省 各地 省[区市]* 地区 十个 九省区? 中",
)
# Not 第一梯队, 第2批 or 第二产业.
_PLACE: Final = _join_words(
    f"第{_COUNT}(?:[位名]|(?![个批家届次轮条季方梯阶期大代类产、位名])(?!{_N}))", "首位 榜首",
    f"(?<=[国部省球居列])第{_COUNT}(?=、(?!第))",
    *(f"(?<=分别{stands}全国)第{_COUNT}(?=、第)" for stands in ("居", "列", "位居", "位列")),
    f"前{_COUNT}[位名]", "(?<=[国部省球])前(?:[三四五六七八九十]|[1-9][0-9]?)(?=[，。、；])",
)  # fmt: skip

# --- periods ------------------------------------------------------------------------------------

_MONTHS: Final = _join_words(
    f"1-[0-9]{{1,2}}月份? 前{_N}{{1,2}}个月 上半年 下半年 前[一二三]个?季度 第?[一二三四]季度",
    "一至[二三四]季度 1至[0-9]{1,2}月份?",
    "(?<![0-9])1[0-2]月份? (?<![0-9])[1-9]月份?",
)
_PLAN: Final = _join_words("期间 时期 以来 末期? 初期? 前[四三]年 的?[五四三]年来?")
_NAMED_YEAR: Final = _join_words("(?:19|20)[0-9]{2}", "二[〇零][〇零一二三四五六七八九]{2}")

# What a figure is set against, other than the nation: 比上年同期, 较1-8月.
_COMPARED: Final = (
    f"(?:{_join_words(f'{_NAMED_YEAR}年 去年 上年 前年 上月 上个?季度 十[二三四]五末', _MONTHS)}"
    "(?:同期|全年|年?[末底])?|同期)(?:水平)?"
)

#: What makes words of a kind, in the order in which the kinds are tried. ``subject``, ``elided``
#: and ``own`` come from the lexicon and the region.
KINDS: Final[dict[str, str]] = {
    "steps": (
        f"(?:接连|连续|先后|连)?{_join_words('迈上 跨越 跨过 跨上 迈过 再上 站上 突破 跨')}了?"
        f"(?:[0-9]+{_ROUND}+元?、)*(?:[0-9]+{_ROUND}+元?)?"
        f"(?:{_N}+个{_ROUND}*元?级?|[0-9]+{_ROUND}*(?=关口))新?大?(?:台阶|关口|大关)"
    ),
    "praise": _join_words(
        "再?创(?:历史)?(?:最高水平|新高) 再上新?台阶 (?:再|喜|又)获丰收 从无到有",
        "(?:实现)?历史性晋位",
        f"{_HELD}*(?:全国|[东中西]部)(?:前列|第一方阵|第一梯队|先进行列)",
        "(?:保持)?(?:平稳|较快|快速|稳定|稳步|继续|持续)(?:增长|提升|提高|扩大|上升)(?=，)",
        "(?:增长|提升|提高)(?:较快|平稳|加快|明显|强劲)(?=，)",
        "(?:增势|势头|走势|态势|支撑)(?:强劲|良好|迅猛|喜人|较好|有力|稳健|明显)(?=，)",
        "(?:稳中有进|稳中有升|稳中向好|持续向好|回升向好|运行平稳|表现亮眼|稳步攀升|逆势上扬|由负转正)(?=，)",
    ),
    "plan": f"十[一二三四五]五(?:规划)?{_PLAN}?",
    "name": _join_words(
        r"5G(?!(?:网络|通信)?基站)(?:-A|\+)?",
        r"(?<![A-Za-z])[A-Za-z]{1,12}-?[0-9]{1,8}[A-Za-z0-9.-]{0,12}",
    ),
    "base": _join_words(
        f"(?:[比较以按与]|[高低]于|[快慢]于){_COMPARED}(?:相比)?",
        "是(?:19|20)[0-9]{2}年的 环比",
    ),
    "years": "(?:19|20)[0-9]{2}(?:年)?[-至到](?:20)?[0-9]{2}年",
    "month": f"(?:截[至止])?(?:(?:19|20)[0-9]{{2}}年)?{_MONTHS}[末底]?(?![0-9日])",
    "year": _join_words(
        f"(?:到|至|截至|截止)?{_NAMED_YEAR}年(?:[底末内度]|全年)?(?![0-9])(?:以来|的)?",
        "去年(?:全年)? 今年(?:以来)? 上年 到今年底",
    ),
    "streak": f"连续{_COUNT}个?[年月季]度?",
    "span": f"(?:近|这|过去|前)?{_COUNT}个?年(?![均度级产货发旅接])(?:以?来|间|内|期间)?",
    "gap": _join_words(
        f"(?:增速|增幅)?{_join_words('均 分别 持续 继续')}{{0,3}}[比较]?{_NATION}"
        "(?:高出?|低|快|慢|多|少)[出于]?",
        f"(?:增速|增幅)?{_join_words('均 分别 持续')}{{0,3}}"
        f"{_join_words('高于 快于 低于 慢于 高出 超出 超过 领先于? 优于 好于 高 快 低 超')}"
        f"{_NATION}",
    ),
    "share": _join_words(
        "占(?!全[省市区疆])(?:全国|[^，。；、：0-9]{0,14}?)?(?:的?(?:比重|比例|份额)|的)(?:为|达到?)?",
        "所?占比重? 占(?:全国|地区生产总值|GDP)(?=[0-9超近约]) 比重 份额",
        "占(?:全[省市区疆])?(?:规上|规模以上)工业(?:增加值)?(?=[0-9超近约])",
        "占全[省市区疆](?:规上|规模以上)工业(?:增加值)?的?(?:比重)?(?:为|达到?)?",
        "占全[省市区疆](?:(?:固定资产)?投资|电?力?总?装机(?:容量)?)的?(?:比重)?(?:为|达到?)?",
        "占(?:电力|发电|全部)?(?:总)?装机(?:容量)?(?=[0-9超近约])",
    ),
    "moved": (
        f"(?:全国)?(?:排名|位次|排位)?(?:有望)?(?:上升|前移|提升|跃升|前进|晋升|进)了?{_N}{{1,2}}个?位次?"
        "(?!数)"
    ),
    "rank": f"{_STANDS}{{0,8}}{_AMONG}{{0,4}}{_STANDS}{{0,3}}{_PLACE}",
    "others": "",
    "subject": "",
    "elided": "",
    "every": f"每年|每人|每亿元?|每{_N}{{0,4}}[百千万]{{0,3}}[人元户家辆]|人均|户均|亩均",
    "range": f"{_LEAST}?{_BARE}{_UNIT}?[-至到~]{_BARE}{_UNIT}{_MOST}?",
    "figure": _join_words(
        f"(?<![0-9.第])(?!一[批个些]|三次产){_LEAST}?(?!{_ROUND}){_QUANTITY}{_MOST}?",
        f"{_LEAST}{_ROUND}+{_UNIT}{_MOST}?",
        "翻了?[一两]?番",
        "持平",
    ),
    "awarded": (
        "(?:产业)?(?:集群|企业|工厂)(?:成功)?(?:入选|获评|获批|纳入|晋级|入围|跻身|上榜)(?:为|成为)?"
        "(?:全国|首批|第[一二三四五六七]批|工信部)*"
    ),
    "own": "",
    "each": "分别",
    "both": "均(?!值)|(?<!成)都(?=是|达|有|居|超|增长|实现|保持)|双双",
    "from": "从|由(?=[0-9近约超]|上年)",
    "forecast": "(?:初步)?预计|有望|预估|预期(?=增长|达|突破|完成|实现|全年|全省|全市)",
    "target": _join_words(
        "力争 确保 争取 目标 努力 拟(?=新增|建)",
        "将(?=达|超|突破|新增|实现|建成|推动|力争|完成|增长|保持)",
        "计划(?=新增|完成|实现|达|到|建)",
    ),
    "level": _join_words(
        f"{_join_words('增加 增长 扩大 提高 提升 上升 壮大 发展 跃升 攀升 扩容 跨越 增 升')}"
        "[到至为]",
        f"{_join_words('下降 降低 回落 减少 降')}[到至为]",
        "达到了? 达成 (?<!发)达(?!产) 突破 稳定(?:保持)?在 保持在 控制在 维持在 迈上 跨上 站上",
        "跃上 跨过 跨入 迈入 迈过 有(?=国家|[省市]级|高新|科技|规上|规模以上)",
        "为(?=[0-9超近约-]) 共有 拥有 总数 已有",
    ),
    "compound": "累计增长",
    "sum": "累计|合计|共计|总共",
    "average": "年均|年平均|平均每年|(?<=[两三四五]年)平均(?=增长|增速)",
    "growth": _join_words(
        "增长(?:率|速度)? 增速 增幅 上涨 涨幅 净增长 增加(?=[0-9.]+[%倍])",
        "(?:提高|提升|增产)(?=[0-9.]+%) 增(?=[0-9.]+%)",
    ),
    "fall": _join_words(
        "(?:下降|回落|减少|降低|下跌|降幅|负增长|下滑|收窄|压减|微降|减产|减|降)(?![到至为])",
    ),
    "change": "提高|提升|上升|扩大|加快|回升|放缓|增产",
    "new": _join_words(
        "新增加?(?!长) 净增加?(?!长) 增加(?![值到至]) 新(?:培育|认定|获批|入选|建成?)",
        "新(?:升|入库|入统|入(?=规)|登记|评定|晋|添|纳入|开通|创建|评选|遴选) 再添 升规 入库",
    ),
    "foster": "培育(?!壮大|形成)(?:认定|发展|出)?",
    "award": _join_words("入选 获批 认定 创建 评为 获评 晋级 纳入 遴选"),
    "act": _join_words(
        "提出 包括 培育(?:壮大|形成) 建成 集聚 打造 形成 推动 建设 开通 带动 拉动 促进 加快",
    ),
    "mute": _join_words(
        "同比 实际 名义 按可比(?:价格?|口径)(?:计算)? 按不变价格?(?:计算)? 可比口径",
        "同口径 全口径",
        "总量 总额 规模 数量 总规模 总值 产值 产量 绝对额 金额 水平 总产 户数 家数",
        "均值 平均(?:值|水平)?",
        "首次 稳定 稳步 稳居 持续 继续 连续 保持 再次 再 又 也 已 共 (?<!发)达 其中 实现 完成",
        "与(?:去年|上年)(?:同期)?(?=(?:基本)?持平)",
        "初步核算 约 总体 顺利 正常年景下?",
        "成功 进一步 历史性 一举 快速 较快 大幅 平稳 基本 依然 仍 左右 以上 以内",
        "的(?:增长|增速|速度|目标) 逐年 一路",
        "高速 两位数 目前 截至目前 年[末底] 末 了 大关 按(?=增长) 在(?=[0-9]) 安排 有效期内",
        "新?台阶 温和 迅速 双 较 分季度来?看 [当单]月 有效(?=高新)",
    ),
    "comma": "[，,：:]",
    "and": "以及|和|及|与|并",
    "pause": "、",
    "stop": "[。；！？;!?]",
}

#: How a report calls the whole of what it is of, by the last character of the full name.
WHOLES: Final[dict[str, tuple[str, ...]]] = {
    "省": ("全省", "我省", "本省", "省内"), "市": ("全市", "我市", "本市"),
    "区": ("全区", "全疆", "全自治区", "我区"), "县": ("全县", "我县"), "州": ("全州", "我州"),
}  # fmt: skip
#: How a report calls its own province, whatever the province is.
OWN: Final = tuple(whole for wholes in WHOLES.values() for whole in wholes)
#: The whole of the year, and no target for it.
YEAR: Final = "全年(?!目标|任务|预期|计划)"
