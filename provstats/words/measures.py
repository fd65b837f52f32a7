"""Measures: what an indicator is called within a sentence, shorter than in the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.indicators import GROWTHS, look_up_indicator, split_id
from provstats.words.phrases import LANGS

if TYPE_CHECKING:
    from provstats.words.languages import Language

__all__ = ["Measure", "capitalize_first_letter", "find_measure"]

#: Names that readers know without their definition, in Chinese and in English.
_SHORT: Final[dict[str, tuple[str, str]]] = {
    "advanced_clusters": ("国家先进制造业集群", "national advanced manufacturing clusters"),
    "automobile_output": ("汽车产量", "automobile output"),
    "base_stations_5g": ("5G基站", "5G base stations"),
    "computing_power": ("算力规模", "computing power"),
    "cpi": ("居民消费价格指数", "consumer price index"),
    "designated_size_enterprises": ("规上工业企业", "larger industrial enterprises"),
    "exports": ("出口额", "exports"),
    "fiscal_expenditure": ("一般公共预算支出", "fiscal expenditure"),
    "fiscal_revenue": ("一般公共预算收入", "fiscal revenue"),
    "fixed_investment": ("固定资产投资", "fixed investment"),
    "gdp": ("地区生产总值", "GDP"),
    "gdp_per_capita": ("人均地区生产总值", "GDP per head"),
    "grain_output": ("粮食产量", "grain output"),
    "green_factories": ("国家级绿色工厂", "national green factories"),
    "high_tech_enterprises": ("高新技术企业", "high-tech enterprises"),
    "high_tech_investment": ("高技术产业投资", "high-tech investment"),
    "income": ("居民人均可支配收入", "disposable income per head"),
    "industrial_investment": ("工业投资", "industrial investment"),
    "industrial_profit": ("规上工业企业利润", "industrial profits"),
    "industrial_robot_output": ("工业机器人产量", "industrial robot output"),
    "industrial_value_added": ("规上工业增加值", "industrial value added"),
    "industry_value_added": ("全部工业增加值", "value added of all industry"),
    "innovative_smes": ("创新型中小企业", "innovative SMEs"),
    "little_giants": ("专精特新“小巨人”企业", "“little giants”"),
    "manufacturing_investment": ("制造业投资", "manufacturing investment"),
    "nev_output": ("新能源汽车产量", "output of new energy vehicles"),
    "population": ("常住人口", "population"),
    "power_generation": ("发电量", "power generation"),
    "private_economy_share": ("民营经济占比", "share of the private economy"),
    "rd_expenditure": ("研发经费", "R&D spending"),
    "rd_intensity": ("研发强度", "R&D intensity"),
    "renewable_capacity": ("可再生能源装机", "renewable capacity"),
    "retail_sales": ("社会消费品零售总额", "retail sales"),
    "single_champions": ("国家制造业单项冠军企业", "national single champions"),
    "smart_factories": ("智能工厂", "smart factories"),
    "sme_clusters": ("国家级中小企业特色产业集群", "national SME clusters"),
    "software_revenue": ("软件业务收入", "software revenue"),
    "srdi_smes": ("专精特新中小企业", "specialized and sophisticated SMEs"),
    "technical_upgrade_investment": ("技术改造投资", "investment in technical upgrading"),
    "technology_contract_turnover": ("技术合同成交额", "turnover of technology contracts"),
    "tech_smes": ("科技型中小企业", "technology SMEs"),
    "trade": ("进出口总额", "foreign trade"),
    "urbanization_rate": ("城镇化率", "urbanization rate"),
    "urban_new_jobs": ("城镇新增就业", "new urban jobs"),
    "urban_unemployment_rate": ("城镇调查失业率", "urban unemployment rate"),
}  # fmt: skip
# How the measures that follow from another are called; of growth the verbs of a title say it too.
_FORMS: Final[dict[str, tuple[str, str]]] = {
    "growth": ("{}增速", "growth of {}"),
    "average_growth": ("{}年均增速", "average growth of {}"),
    "total_growth": ("{}累计增幅", "total growth of {}"),
    "change": ("{}变动", "change in {}"),
    "new": ("新增{}", "new {}"),
}
# A capital that begins a name, but no abbreviation.
_CAPITAL: Final = re.compile("[A-Z](?=[a-z-])")


# The first letter of a sentence, which may stand in quotation marks.
_FIRST: Final = re.compile("^[“(]?[a-z]")


class Measure(NamedTuple):
    """What is measured: its short name, that of what grows or is added, and how a title says it."""

    name: str
    base: str
    #: ``growth``, ``new``, ``count`` or ``value``.
    kind: str
    known: bool = True

    @property
    def head(self) -> str:
        """The name at the head of a sentence."""
        return capitalize_first_letter(self.name)

    @property
    def base_head(self) -> str:
        """The name of what grows or is added, at the head of a sentence."""
        return capitalize_first_letter(self.base)


def find_measure(id_: str, unit: str, language: Language) -> Measure:
    """Return what an indicator is called within a sentence; one of the caller's own by its id.

    Examples
    --------
    >>> from provstats.words.languages import Language
    >>> find_measure("industrial_value_added_growth", "percent", Language("en"))[:3]
    ('growth of industrial value added', 'industrial value added', 'growth')
    >>> find_measure("little_giants_new", "count", Language("zh")).name
    '新增专精特新“小巨人”企业'
    """
    stem, suffix = split_id(id_)
    known, side = look_up_indicator(id_), LANGS.index(language.lang)
    if known is None or not language.can_draw(getattr(known, f"name_{language.lang}")):
        own = id_ if language.can_draw(id_) else ""
        return Measure(own, own, "value", known=False)
    own = _SHORT.get(id_, ("", ""))[side]
    if suffix not in _FORMS or own:
        kind = "count" if known.additive and (unit or known.unit) == "count" else "value"
        name = own or _lower_first_letter(getattr(known, f"name_{language.lang}"))
        return Measure(name, name, kind)
    base = find_measure(stem, unit, language)
    if not base.known:
        name = _lower_first_letter(getattr(known, f"name_{language.lang}"))
        return Measure(name, name, "value")
    kind = "growth" if suffix in GROWTHS else "new" if suffix == "new" else "value"
    return Measure(_FORMS[suffix][side].format(base.name), base.name, kind)


def _lower_first_letter(name: str) -> str:
    """Return an English name as it stands within a sentence."""
    return (
        _CAPITAL.sub(lambda letter: letter[0].lower(), name, count=1)
        if _CAPITAL.match(name)
        else name
    )


def capitalize_first_letter(name: str) -> str:
    """Return a name as it stands at the head of a sentence."""
    return _FIRST.sub(lambda start: start[0].upper(), name, count=1)
