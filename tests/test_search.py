"""Search: what people type finds what they mean, and nothing because letters happen to agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provstats import catalog, search
from provstats.indicators import look_up_indicator

#: A hundred usual queries, and what a person would expect among the first three: one of these ids,
#: after which * stands for the growth or the additions too.
USUAL = {
    # as reports and their readers say it
    "5G基站": "base_stations_5g",
    "5G基站数": "base_stations_5g",
    "规上企业数": "designated_size_enterprises",
    "规模以上工业企业数量": "designated_size_enterprises",
    "规上工业增加值增速": "industrial_value_added_growth",
    "工业增加值": "industrial_value_added* industry_value_added",
    "规模以上工业增加值增长": "industrial_value_added_growth",
    "工业投资": "industrial_investment",
    "工业投资增速": "industrial_investment_growth",
    "技改投资": "technical_upgrade_investment*",
    "技术改造投资增长": "technical_upgrade_investment_growth",
    "工业企业利润": "industrial_profit*",
    "工业企业利润总额": "industrial_profit*",
    "专精特新": "srdi_smes little_giants",
    "专精特新小巨人": "little_giants",
    "小巨人企业数量": "little_giants",
    "专精特新中小企业": "srdi_smes",
    "创新型中小企业": "innovative_smes",
    "单项冠军": "single_champions",
    "制造业单项冠军企业": "single_champions",
    "中小企业特色产业集群": "sme_clusters",
    "先进制造业集群": "advanced_clusters",
    "国家级绿色工厂": "green_factories",
    "绿色工厂数量": "green_factories",
    "新能源汽车产量": "nev_output",
    "新能源汽车": "nev_output",
    "电动汽车": "nev_output",
    "汽车产量": "automobile_output",
    "工业机器人": "industrial_robot_output",
    "工业机器人产量": "industrial_robot_output",
    "集成电路": "integrated_circuit_output integrated_circuit_exports",
    "芯片产量": "integrated_circuit_output",
    "锂电池": "lithium_battery_exports",
    "软件业务收入": "software_revenue",
    "软件业收入增速": "software_revenue_growth",
    "研发经费": "rd_expenditure",
    "R&D经费支出": "rd_expenditure",
    "研发投入强度": "rd_intensity",
    "研发强度": "rd_intensity",
    "基础研究经费": "basic_research_expenditure",
    "基础研究占比": "basic_research_expenditure_share",
    "高新技术企业": "high_tech_enterprises",
    "高企": "high_tech_enterprises",
    "算力": "computing_power",
    "工业互联网平台": "industrial_internet_platforms",
    "智能工厂": "provincial_smart_factories smart_factories smart_manufacturing_factories",
    "数字化车间": "digital_workshops",
    "数字经济占GDP比重": "digital_economy_share",
    "能耗强度": "energy_intensity*",
    "高技术制造业增加值": "hightech_manufacturing_value_added*",
    "装备制造业": "equipment_manufacturing_value_added*",
    "制造业投资": "manufacturing_investment*",
    "企业技术中心": "provincial_enterprise_technology_centers",
    "链主企业": "chain_leader_enterprises",
    "首台套": "first_set_equipment*",
    "专精特新「小巨人」": "little_giants",
    # traditional script
    "小巨人企業": "little_giants",
    "新能源汽車產量": "nev_output",
    "規上工業增加值": "industrial_value_added*",
    "研發經費": "rd_expenditure",
    # English
    "little giants": "little_giants",
    "little giant enterprises": "little_giants",
    "SRDI SMEs": "srdi_smes",
    "specialized and sophisticated SMEs": "srdi_smes",
    "innovative SMEs": "innovative_smes",
    "single champions": "single_champions",
    "SME clusters": "sme_clusters",
    "advanced manufacturing clusters": "advanced_clusters",
    "green factories": "green_factories",
    "5G base stations": "base_stations_5g",
    "number of 5G base stations": "base_stations_5g",
    "NEV": "nev_output",
    "NEV output": "nev_output",
    "new energy vehicles": "nev_output",
    "electric vehicles": "nev_output",
    "industrial robots": "industrial_robot_output",
    "value added of industry": "industrial_value_added* industry_value_added",
    "Value-added of industry, growth": "industrial_value_added_growth",
    "industrial value added growth": "industrial_value_added_growth",
    "industrial output growth": "industrial_value_added_growth",
    "industrial investment": "industrial_investment*",
    "technological upgrading investment": "technical_upgrade_investment*",
    "industrial profits": "industrial_profit*",
    "profits of industrial enterprises": "industrial_profit*",
    "enterprises above designated size": "designated_size_enterprises",
    "software revenue": "software_revenue",
    "R&D": "rd_expenditure rd_intensity",
    "R&D expenditure": "rd_expenditure",
    "R&D intensity": "rd_intensity",
    "research and development spending": "rd_expenditure",
    "R&D to GDP ratio": "rd_intensity",
    "basic research": "basic_research_expenditure",
    "high-tech enterprises": "high_tech_enterprises",
    "computing power": "computing_power",
    "industrial internet": "industrial_internet_platforms*",
    "energy intensity": "energy_intensity*",
    "car exports": "automobile_exports",
    "integrated circuits": "integrated_circuit_output integrated_circuit_exports",
    "semiconductor output": "integrated_circuit_output",
    "smart factories": "provincial_smart_factories smart_factories smart_manufacturing_factories",
}
FIRST = 3
ENOUGH = 90


def meant(ids):
    """Return the ids that are meant."""
    ends = {
        id_.rstrip("*"): ("", "_growth", "_new") if "*" in id_ else ("",) for id_ in ids.split()
    }
    return {id_ + end for id_, several in ends.items() for end in several}


def test_a_hundred_usual_queries():
    """Of a hundred usual queries at least ninety have the right indicator among the first three."""
    missed = {
        text: search(text)["id"].head(FIRST).to_list()
        for text, ids in USUAL.items()
        if not set(search(text)["id"].head(FIRST)) & meant(ids)
    }
    assert len(USUAL) == 100
    assert len(USUAL) - len(missed) >= ENOUGH, missed


#: Of what the data may come to hold: each is asked for once it is there.
PANEL = {
    "GDP": "gdp", "地区生产总值": "gdp", "GDP增速": "gdp_growth", "人均GDP": "gdp_per_capita",
    "常住人口": "population", "城镇化率": "urbanization_rate", "居民人均可支配收入": "income",
    "社会消费品零售总额": "retail_sales", "一般公共预算收入": "fiscal_revenue",
    "财政支出": "fiscal_expenditure", "进出口总额": "trade", "出口": "exports", "CPI": "cpi",
    "失业率": "urban_unemployment_rate", "城镇新增就业": "urban_new_jobs",
    "粮食产量": "grain_output", "发电量": "power_generation",
    "固定资产投资增速": "fixed_investment_growth",
    "unemployment rate": "urban_unemployment_rate", "GDP per capita": "gdp_per_capita",
    "retail sales": "retail_sales", "disposable income": "income", "grain output": "grain_output",
}  # fmt: skip


@pytest.mark.parametrize("text", PANEL)
def test_queries_of_the_panel(text):
    """What every yearbook has is found by its usual name, once the catalogue has it."""
    if look_up_indicator(PANEL[text]) is None or PANEL[text] not in set(catalog()["id"]):
        pytest.skip("not in the catalogue yet")
    assert PANEL[text] in search(text)["id"].head(FIRST).to_list()


# --- order --------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["id", "name_zh", "name_en"])
def test_an_exact_name_comes_first(column):
    """Whoever writes the name out gets its indicator first."""
    names = catalog().iloc[::7]
    wrong = {
        name: search(name)["id"].head(1).to_list()
        for id_, name in zip(names["id"], names[column], strict=True)
        if search(name)["id"].head(1).to_list() != [id_]
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "first"),
    [("5G基站", "base_stations_5g"), ("单项冠军", "single_champions"),
     ("软件业务收入", "software_revenue"), ("工业企业数", "designated_size_enterprises"),
     ("小巨人", "little_giants"), ("Value-added of industry", "industrial_value_added")],
)  # fmt: skip
def test_an_alias_comes_before_parts_of_names(text, first):
    """An alias is a name, and a level comes before what follows from it."""
    assert search(text)["id"].iloc[0] == first


@pytest.mark.parametrize(
    "pair",
    [("小巨人企業", "小巨人企业"), ("5G基站数", "5G基站"), ("“小巨人”", "小巨人"),
     ("「小巨人」", "小巨人"), ('专精特新"小巨人"', "专精特新“小巨人”"), ("５Ｇ基站", "5G基站"),
     ("LITTLE GIANTS", "little giants"), ("value-added", "value added"),
     ("R & D", "R&D"), ("green factory", "green factories"),
     ("the number of green factories", "green factories"), ("全国5G基站总数", "5G基站")],
)  # fmt: skip
def test_dress_does_not_matter(pair):
    """Script, quotation marks, width, case, plural, and what is said of any figure."""
    one, other = (search(text)["id"].to_list() for text in pair)
    assert one[:2] == other[:2]
    assert one


# --- what does not match ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["AI", "EV", "IT", "PC", "GDP", "SME"])
def test_short_words_are_whole_words(text):
    """AI is no part of training, and EV none of development."""
    for id_ in search(text)["id"]:
        entry = look_up_indicator(id_)
        names = " ".join([entry.id.replace("_", " "), entry.name_zh, entry.name_en, *entry.aliases])
        words = "".join(c if c.isascii() and c.isalnum() else " " for c in names.lower()).split()
        assert {text.lower(), f"{text.lower()}s"} & set(words), id_


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "[", "(.*", "…", "龘龘", None])
def test_what_finds_nothing_is_an_empty_catalogue(text):
    """No hit is an empty frame with the same columns, and no pattern is read into a text."""
    found = search(text)
    assert len(found) == 0
    assert list(found.columns) == list(catalog().columns)


@given(st.text(max_size=40))
def test_any_text_can_be_looked_for(text):
    """Whatever is typed, the rows are rows of the catalogue, each once."""
    found = search(text)
    assert found["id"].is_unique
    assert set(found["id"]) <= set(catalog()["id"])
    assert found.index.tolist() == list(range(len(found)))
