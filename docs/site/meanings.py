"""Meanings: what the codes of the data mean, in Chinese and in English.

The codes themselves are those of the package; `explain_code` refuses one that is not listed here,
so that no new code stays unexplained.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from provstats.analysis.comparable import REASONS as LEFT_OUT
from provstats.catalogue.entries import Direction, Domain, Prices
from provstats.catalogue.ids import SUFFIXES, Measure
from provstats.engines.memory.changes import METHODS
from provstats.engines.memory.changes import REASONS as NO_CHANGE
from provstats.reading.units import Unit
from provstats.reading.vocabulary import Nature, Qualifier
from provstats.store.observations import COLUMNS
from provstats.store.regions import Kind

__all__ = ["CODES", "Lang", "explain_code"]

Lang = Literal["zh", "en"]
LANGS: Final[tuple[Lang, ...]] = get_args(Lang)

#: The codes of each list, as the package has them.
CODES: Final[dict[str, tuple[str, ...]]] = {
    "column": tuple(COLUMNS),
    "nature": get_args(Nature),
    "qualifier": get_args(Qualifier),
    "basis": ("reported", "implied", "derived", "given"),
    "measure": get_args(Measure),
    "suffix": tuple(SUFFIXES),
    "unit": get_args(Unit),
    "prices": tuple(filter(None, get_args(Prices))),
    "direction": get_args(Direction),
    "domain": get_args(Domain),
    "kind": get_args(Kind),
    "method": tuple(filter(None, METHODS)),
    "no_change": tuple(filter(None, NO_CHANGE)),
    "left_out": tuple(LEFT_OUT),
    "verdict": ("consistent", "contradicted", "undecidable"),
    "claim_reason": ("own_value", "nation", "silent", "universe"),
    "target": ("met", "missed", "open", "undecidable"),
    "target_reason": ("no_outcome", "part_of_period", "interval", "below"),
    "standing": ("better", "worse", "above", "below", "similar"),
    "encoded": ("all", "headline"),
    "exclusion": (
        "ordinal", "name", "date", "grade", "definition", "duplicate", "noise", "subject",
        "indicator", "period", "nature", "measure", "unit", "misprint", "restated", "undecided",
        "blank", "revised", "scope",
    ),
}  # fmt: skip


def explain_code(code_list: str, code: str, lang: Lang) -> str:
    """Return what a code of a list means."""
    return _MEANINGS[code_list][code][LANGS.index(lang)]


_MEANINGS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "column": {
        "region": (
            "ISO 3166-2代码（CN-BJ）；CN为全国；其他区域用登记表中自己的代号",
            "ISO 3166-2 code (CN-BJ); CN the nation; other areas have ids of the registry",
        ),
        "indicator": ("指标目录中的代号", "the id in the catalogue of indicators"),
        "period": (
            "时期标签，如2024、2024-Q1、2024-11、2024-01/2024-11、2021/2024；存量记在期末所在的时期",
            ("a label such as 2024, 2024-Q1, 2024-11, 2024-01/2024-11, 2021/2024; "
            "a stock has the period at whose end it stands"),
        ),
        "value": (
            "以基本单位计的数值：7%是7.0，1.1万家是11000；下降为负",
            "in the base unit: 7% is 7.0, 1.1万家 is 11,000; a decline is negative",
        ),
        "lower": ("印出的写法所允许的最小值，含端点", "the least that the printed words allow"),
        "upper": ("印出的写法所允许的最大值，含端点", "the greatest that the printed words allow"),
        "unit": ("基本单位", "the base unit"),
        "qualifier": (
            "印出时的限定：确数、约、超、近、不足、区间",
            "how the figure is qualified in print",
        ),
        "nature": ("实际值、预计值还是目标值", "outcome, forecast or target"),
        "basis": (
            "数值从何而来：文件印出，还是比较时推得、算出",
            "where the value comes from: printed, or worked out by a comparison",
        ),
        "source": ("文件代号", "the id of the document"),
        "paragraph": ("在文件中的第几行，从1数起", "the line of the document, counted from 1"),
        "printed": (
            "原样的数字，含限定与单位；…表示其间隔着别的词",
            "the figure exactly as printed; … stands for words between its parts",
        ),
        "note": (
            "可能有争议的读法及理由，可为空",
            "a reading that could be disputed, and why; may be empty",
        ),
        "among": (
            "所称位次的比较范围，其他为空",
            "of a claimed rank, whom it is among; empty elsewhere",
        ),
    },
    "nature": {
        "outcome": ("实际值：已经发生的", "outcome: what has happened"),
        "forecast": ("预计值：预计、有望", "forecast: what a document expects (预计, 有望)"),
        "target": ("目标值：计划要达到的", "target: what a document sets out to reach"),
    },
    "qualifier": {
        "exact": (
            "完整印出的个数，或按末位四舍五入的数",
            "a full count, or rounded to its last printed digit",
        ),
        "about": ("约、左右", "about (约, 左右)"),
        "over": ("超、突破、以上、余", "over (超, 突破, 以上, 余)"),
        "nearly": ("近", "nearly (近)"),
        "under": ("不足、以内", "under (不足, 以内)"),
        "range": ("印出的区间，如5%—5.5%", "a range as printed, such as 5%—5.5%"),
    },
    "basis": {
        "reported": ("文件印出", "a document prints it"),
        "implied": (
            "由各省所称与全国之差推得",
            "follows from what provinces say of their distance",
        ),
        "derived": ("由其他数值算出", "is worked out from other values"),
        "given": ("由调用者给出", "the caller gives it"),
    },
    "measure": {
        "level": ("水平（存量）", "level: a stock at the end of the period"),
        "flow": ("流量：一段时期的总量", "flow: the total of the period"),
        "growth": ("同比增速（%）", "growth on the same period of the year before, %"),
        "new": ("本期新增", "added within the period"),
        "share": ("占比", "share"),
        "rank": ("所称位次", "claimed rank"),
        "gap": ("所称与全国之差", "claimed distance from the nation"),
        "contribution": ("贡献率、拉动", "contribution"),
        "change": ("比率的变动（百分点）", "change of a rate, in points"),
        "average_growth": ("多年年均增速（%）", "average growth over several years, % a year"),
        "total_growth": ("多年累计增幅（%）", "growth over several years as a whole, %"),
        "index": ("指数", "index"),
        "other": ("其他", "other"),
    },
    "suffix": {
        "average_growth": ("多年年均增速", "average growth over several years"),
        "total_growth": ("多年累计增幅", "growth over several years as a whole"),
        "growth": ("同比增速", "growth on the year before"),
        "change": ("比率的变动（百分点）", "change of a rate in points"),
        "new": ("本期新增", "added within the period"),
        "share": ("占比", "share"),
        "rank": ("报告自称的位次", "the rank that a report claims"),
        "gap": ("报告自称的与全国之差", "the distance from the nation that a report claims"),
        "contribution": ("贡献", "contribution"),
        "streak": ("连续期数", "for how many periods on end"),
        "record": ("纪录", "record"),
        "wins": ("居首次数", "how often it ranked first"),
    },
    "unit": {
        "percent": ("%", "percent"), "percentage_point": ("百分点", "percentage point"),
        "count": ("个", "count"), "CNY": ("元", "yuan"), "USD": ("美元", "US dollar"),
        "EUR": ("欧元", "euro"), "JPY": ("日元", "yen"), "HKD": ("港元", "Hong Kong dollar"),
        "rank": ("位", "rank"), "index": ("指数", "index"), "year": ("年", "year"),
        "month": ("月", "month"), "day": ("天", "day"), "hour": ("小时", "hour"),
        "minute": ("分钟", "minute"), "person_year": ("人年", "person-year"),
        "km": ("公里", "kilometre"), "km2": ("平方公里", "square kilometre"), "m": ("米", "metre"),
        "m2": ("平方米", "square metre"), "mu": ("亩", "mu (1/15 hectare)"),
        "ha": ("公顷", "hectare"), "t": ("吨", "tonne"),
        "tce": ("吨标准煤", "tonne of coal equivalent"), "m3": ("立方米", "cubic metre"),
        "ug/m3": ("微克/立方米", "microgram per cubic metre"),
        "TEU": ("标准箱", "twenty-foot equivalent unit"),
        "tce/10kCNY": ("吨标准煤/万元", "tonne of coal equivalent per 10,000 yuan"),
        "m3/10kCNY": ("立方米/万元", "cubic metre per 10,000 yuan"),
        "kW": ("千瓦", "kilowatt"), "MW": ("兆瓦", "megawatt"), "GW": ("吉瓦", "gigawatt"),
        "kVA": ("千伏安", "kilovolt-ampere"), "kWh": ("千瓦时", "kilowatt-hour"),
        "MWh": ("兆瓦时", "megawatt-hour"), "GWh": ("吉瓦时", "gigawatt-hour"),
        "GB": ("GB", "gigabyte"),
        "PFLOPS": ("PFLOPS（每秒千万亿次）", "petaflops"),
        "EFLOPS": ("EFLOPS（每秒百亿亿次）", "exaflops"),
        "上年=100": ("指数（上年=100）", "index of the year before (上年=100)"),
    },
    "prices": {
        "constant": ("不变价（实际）", "constant: real, the change of prices taken out"),
        "current": ("现价（名义）", "current: nominal, at the prices of the time"),
    },
    "direction": {
        "higher": ("越高越好", "higher is better"), "lower": ("越低越好", "lower is better"),
        "neutral": ("不分优劣", "neither is better"),
    },
    "domain": {
        "economy": ("经济总量", "Economy"), "investment": ("投资", "Investment"),
        "enterprises": (
            "企业",
            "Enterprises"), "clusters": ("产业集群与园区", "Clusters and parks",
        ),
        "innovation": ("创新", "Innovation"), "digital": ("数字化", "Digital"),
        "green": ("绿色", "Green"), "products": ("产品与行业", "Products and industries"),
        "trade": ("贸易与消费", "Trade and consumption"), "policy": ("政策", "Policy"),
        "population": ("人口与收入", "Population and income"), "employment": ("就业", "Employment"),
        "public_finance": ("财政", "Public finance"), "prices": ("价格", "Prices"),
        "agriculture": ("农业", "Agriculture"), "energy": ("能源", "Energy"),
    },
    "kind": {
        "nation": ("全国", "the nation"), "province": ("省级行政区", "province-level division"),
        "area": ("其他区域，如城市群", "another area, such as a group of cities"),
    },
    "method": {
        "reported": ("文件所报的增速", "the growth that a document reports"),
        "levels": ("由两期水平算出", "worked out from the levels of both periods"),
        "level_minus_new": ("由水平减新增得出基数", "the base is the level less what was added"),
        "index": ("数值本身是上年=100的指数", "the value is an index of the year before"),
    },
    "no_change": {
        "no_base": ("没有上年同期", "there is no value of a year before"),
        "base_not_positive": ("基数不是正数", "the base is not positive"),
        "break": ("其间口径或核算有变", "the series was measured anew in between"),
        "unit": ("单位不同，或指数基期不明", "another unit, or an index of unknown base"),
        "lapses": (
            "称号复核会失效，新增不等于变化",
            "titles lapse on review, so additions are no change",
        ),
        "missing": ("本期无数值", "the row has no value"),
    },
    "left_out": {
        "nation": ("全国是基准，不参与排位", "the nation is the benchmark, not a province"),
        "area": ("不是省份的区域", "an area that is no province"),
        "missing": ("无数值", "the value is missing"),
        "outcome": ("另一性质：实际值", "an outcome, where another nature is compared"),
        "forecast": ("预计值", "a forecast, where outcomes are compared"),
        "target": ("目标值", "a target, where outcomes are compared"),
        "other_unit": ("单位不同", "another unit"),
        "other_among": ("比较范围不同", "claims a rank among others"),
        "other_scope": ("报告口径相近的另一指标", "reports a near thing of another scope"),
        "other_period": ("只报告其他时期", "reports other periods only"),
    },
    "verdict": {
        "consistent": ("相符", "consistent"), "contradicted": ("矛盾", "contradicted"),
        "undecidable": ("无法判定", "undecidable"),
    },
    "claim_reason": {
        "own_value": ("缺本地区数值", "its own value is missing"),
        "nation": ("缺全国数值", "the national value is missing"),
        "silent": ("可能在前的省份没有数据", "provinces that may be ahead have no value"),
        "universe": ("比较范围不是省份", "it is a rank among others than provinces"),
    },
    "target": {
        "met": ("完成", "met"), "missed": ("未完成", "missed"), "open": ("未到期", "open"),
        "undecidable": ("无法判定", "undecidable"),
    },
    "target_reason": {
        "no_outcome": ("没有实际值", "there is no outcome"),
        "part_of_period": ("实际值只有部分时期", "the outcome is of part of the period"),
        "interval": ("取值区间分不出", "the interval leaves it open"),
        "below": (
            "价格低于目标，目标是否为上限不明",
            "prices rose by less, and nothing says whether the target was a ceiling",
        ),
    },
    "standing": {
        "better": ("优于全国", "better than the nation"), "worse": ("劣于全国", "worse"),
        "above": ("高于全国", "above the nation"), "below": ("低于全国", "below"),
        "similar": ("分不出", "cannot be told apart"),
    },
    "encoded": {
        "all": ("全部数字", "all its figures"),
        "headline": ("主要指标", "headline indicators only"),
    },
    "exclusion": {
        "ordinal": ("序号", "an ordinal"), "name": ("名称的一部分", "part of a name"),
        "date": ("日期", "a date"), "grade": ("等级", "a grade"),
        "definition": ("定义中的数", "part of a definition"),
        "duplicate": ("重复已收录的数", "repeats a figure that is a row"),
        "noise": ("不是数据", "is no figure"),
        "subject": ("说的是别的主体", "is of another subject"),
        "indicator": ("是另一指标", "is another indicator"),
        "period": ("是另一时期", "is of another period"),
        "nature": ("是另一性质", "is of another nature"),
        "measure": ("是另一种量", "is another measure"),
        "unit": ("目录中没有的单位", "has a unit that the catalogue does not have"),
        "misprint": ("原文印误", "is a misprint"),
        "restated": ("只有一地按新口径重述", "is restated for one region alone"),
        "undecided": ("原文未能确定", "is left undecided by the text"),
        "blank": ("印作0的空白", "is a blank printed as 0"),
        "revised": ("已被修订", "was revised by a document of the time"),
        "scope": ("口径与名称不符", "is of another scope than its name says"),
    },
}  # fmt: skip

for _list, _codes in CODES.items():
    if _unknown := [code for code in _codes if code not in _MEANINGS[_list]]:
        msg = f"no meaning is given of {_unknown} in the list {_list!r}"
        raise LookupError(msg)
