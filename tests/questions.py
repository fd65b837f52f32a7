"""Sixty questions with known answers, as a caller from outside would put them to the service.

Each is a question in words, the tool, its arguments, and what must be in the answer: of a search
the first indicator, of figures and comparisons a part of a row, of a refusal a part of it. The
answers were read in the documents and the tables, not in what the service says.
Vintages and regions are named, so that the answers stay true when data are added.
"""

from __future__ import annotations

from typing import Any, Final

REPORTS: Final = {"vintage": "cena-2025-ten-provinces"}
BULLETIN: Final = {"vintage": "nbs-rd-bulletin-2023"}
NOVEMBER: Final = {"period": "2024-01/2024-11", **REPORTS}
FIVE: Final = {"among": ["京", "渝", "鲁", "浙", "琼"], **NOVEMBER}
GROWTH: Final = "industrial_value_added_growth"

Question = tuple[str, str, dict[str, Any], dict[str, Any] | str]


def search(question: str, query: str, id_: str) -> Question:
    """Return a question for an indicator."""
    return question, "search_indicators", {"query": query}, {"id": id_}


def get(question: str, indicator: str, region: str, row: dict[str, Any], **more: Any) -> Question:
    """Return a question for a figure of a region."""
    arguments = {"indicator": indicator, "regions": [region], **more}
    return question, "get_observations", arguments, row


def compare(
    question: str, indicator: str, how: str, region: str, row: dict[str, Any], **more: Any
) -> Question:
    """Return a question for a comparison, of which one region is shown."""
    arguments = {"indicator": indicator, "how": how, "regions": [region], **more}
    return question, "compare", arguments, row


def refuse(question: str, tool: str, said: str, **arguments: Any) -> Question:
    """Return a question that has no answer, and what is said instead."""
    return question, tool, arguments, said


def check(question: str, text: str, figure: dict[str, Any]) -> Question:
    """Return a sentence to be held against the data, of which the first figure is judged."""
    return question, "check_text", {"text": text}, figure


YEAR: Final = {"period": "2024", **REPORTS}
OF_2023: Final = {"period": "2023", **BULLETIN}
OF_2018: Final = {"period": "2018"}

QUESTIONS: Final[list[Question]] = [
    # Which indicator is it?
    search("Is there anything on 5G masts?", "5G基站", "base_stations_5g"),
    search("What are the little giants called here?", "小巨人", "little_giants"),
    search("R&D as a part of GDP?", "R&D强度", "rd_intensity"),
    search("How fast does industry grow?", "规上工业增加值增速", GROWTH),
    search("Firms above designated size?", "规上工业企业", "designated_size_enterprises"),
    search("National single champions?", "制造业单项冠军", "single_champions"),
    search("In English: green factories?", "green factories", "green_factories"),
    search("How many robots are made?", "工业机器人产量", "industrial_robot_output"),
    # What was reported?
    get("How many little giants has Shanghai?", "little_giants", "沪",
        {"value": 857, "lower": 857, "upper": 857, "printed": "857家", "paragraph": 24}, **YEAR),
    get("And Beijing?", "little_giants", "Beijing",
        {"lower": 1000, "upper": 2000, "printed": "突破1000家", "qualifier": "over"}, **YEAR),
    get("And Guangdong?", "little_giants", "CN-GD", {"printed": "2089家", "paragraph": 56}, **YEAR),
    get("Yunnan, in traditional script?", "little_giants", "雲南", {"printed": "85户"}, **YEAR),
    get("Specialized small firms in Shanghai?", "srdi_smes", "上海",
        {"value": 11000, "lower": 10500, "upper": 11500, "printed": "1.1万家"}, **YEAR),
    get("In Guangdong?", "srdi_smes", "粤",
        {"lower": 27000, "upper": 28000, "printed": "超2.7万家"}, **YEAR),
    get("Did Beijing's industry grow by 7.0 percent?", GROWTH, "北京",
        {"value": 7, "lower": 6.5, "upper": 7.5, "printed": "7%", "paragraph": 3}, **NOVEMBER),
    get("How fast did Chongqing's grow?", GROWTH, "重庆",
        {"printed": "7.6%", "paragraph": 35, "lower": 7.55, "upper": 7.65}, **NOVEMBER),
    get("And Gansu's?", GROWTH, "甘", {"period": "2024-01/2024-10", "printed": "11.4%"},
        period="2024-01/2024-10", **REPORTS),
    get("Robots from Guangdong?", "industrial_robot_output", "广东",
        {"value": 214000, "printed": "21.4万台(套)"}, **NOVEMBER),
    get("Electric cars from Guangdong?", "nev_output", "粤", {"printed": "314.8万辆"}, **NOVEMBER),
    get("How many did Shandong expect to make?", "nev_output", "山东",
        {"nature": "forecast", "printed": "将达到60万辆"}, nature="forecast", **YEAR),
    get("How many large firms did Shandong expect?", "designated_size_enterprises", "鲁",
        {"lower": 42000, "upper": 43000, "nature": "forecast"}, nature="all", **YEAR),
    get("Green factories in Chongqing?", "green_factories", "渝", {"printed": "170家"}, **YEAR),
    get("Single champions of Shandong?", "single_champions", "山东", {"value": 237}, **YEAR),
    get("5G masts in Gansu?", "base_stations_5g", "甘肃",
        {"value": 76000, "lower": 75500, "upper": 76500, "printed": "7.6万个"}, **YEAR),
    get("What rank does Chongqing claim?", f"{GROWTH}_rank", "渝",
        {"value": 13, "among": "provinces", "printed": "居全国第13位"}, **NOVEMBER),
    get("How far ahead of the nation, by its own words?", f"{GROWTH}_gap", "渝",
        {"value": 1.8, "unit": "percentage_point", "printed": "高于全国1.8个百分点"}, **NOVEMBER),
    get("R&D intensity of Tianjin in 2023?", "rd_intensity", "天津",
        {"value": 3.58, "source": "nbs-rd-bulletin-2023", "paragraph": 15}, **OF_2023),
    get("Of the nation?", "rd_intensity", "CN", {"printed": "2.65"}, **OF_2023),
    get("What was first said of 2018?", "rd_intensity", "全国",
        {"value": 2.19, "source": "nbs-rd-bulletin-2018"}, **OF_2018,
        vintage="nbs-rd-bulletin-2018"),
    get("What did they make of it a year later?", "rd_intensity", "全国",
        {"value": 2.14, "printed": "2.14%"}, vintage="nbs-rd-bulletin-2019", **OF_2018),
    get("What was planned for electronics in 2024?", "electronics_revenue", "全国",
        {"nature": "target", "printed": "突破24万亿元"}, nature="target",
        period="2024", vintage="miit-2023-electronics-plan"),
    get("National growth in early 2026?", GROWTH, "全国", {"printed": "6.1%", "paragraph": 13},
        period="2026-Q1", vintage="miit-2026q1-briefing"),
    # Who is ahead?
    compare("Who leads the five?", GROWTH, "rank", "鲁",
            {"rank": 1, "rank_best": 1, "rank_worst": 1, "n": 5}, **FIVE),
    compare("Is Beijing surely last?", GROWTH, "rank", "京",
            {"rank": 5, "rank_best": 3, "rank_worst": 5, "printed": "7%"}, **FIVE),
    compare("Where is Zhejiang?", GROWTH, "rank", "浙",
            {"rank": 3, "rank_best": 3, "rank_worst": 4}, **FIVE),
    compare("Who spends most on R&D for its size?", "rd_intensity", "rank", "京",
            {"rank": 1, "n": 31, "printed": "6.73"}, **OF_2023),
    compare("Hainan's place?", "rd_intensity", "rank", "琼", {"rank": 23, "n": 31}, **OF_2023),
    compare("Gansu's place?", "rd_intensity", "rank", "甘肃", {"rank": 22, "n": 31}, **OF_2023),
    compare("Does Beijing have more little giants than Shanghai?", "little_giants", "rank", "沪",
            {"rank": 2, "rank_best": 2, "rank_worst": 2}, among=["京", "沪"], **YEAR),
    # How far from the nation, and from the year before?
    compare("How far is Chongqing below the nation in R&D?", "rd_intensity", "gap", "渝",
            {"national": 2.65, "gap": -0.17, "gap_unit": "percentage_point"}, **OF_2023),
    compare("And Beijing above it?", "rd_intensity", "gap", "京", {"gap": 4.08}, **OF_2023),
    compare("Technical upgrading in Chongqing?", "technical_upgrade_investment_growth", "gap", "渝",
            {"national": 9.5, "gap": 13.8}, **NOVEMBER),
    compare("Guangdong's part of all R&D?", "rd_expenditure", "share", "粤",
            {"share": 14.4}, **OF_2023),
    compare("Did Gansu's 5G masts grow?", "base_stations_5g", "change", "甘",
            {"previous": 58000, "method": "level_minus_new", "yoy": 31.0}, **YEAR),
    compare("Did its single champions?", "single_champions", "change", "甘",
            {"reason": "lapses"}, **YEAR),
    # What cannot be answered says what to ask.
    refuse("Profits of little giants?", "get_observations", "Call search_indicators",
           indicator="little_giant_profits"),
    refuse("Little giants in 1999?", "get_observations", "2024: ", indicator="little_giants",
           period="1999"),
    refuse("Jilin, but which?", "get_observations", "Name a province", indicator="rd_intensity",
           regions=["吉林川"]),
    refuse("A gap of totals?", "compare", "share_of_national", indicator="rd_expenditure",
           how="gap", **OF_2023),
    refuse("A rank of one?", "compare", "get_observations", indicator="rd_intensity",
           among=["京"], **OF_2023),
    # The official tables.
    get("How many live in Henan?", "population", "河南",
        {"value": 99_410_000, "lower": 99_405_000, "upper": 99_415_000, "printed": "9941",
         "paragraph": 2684}, period="2020", vintage="nbs_gdp_industry_population"),
    get("How much fibre lies in Sichuan?", "光缆线路长度", "Sichuan",
        {"value": 4392609.19, "unit": "km", "paragraph": 1604}, period="2022"),
    get("Guizhou's power?", "发电量", "黔", {"printed": "2368.80", "paragraph": 545},
        period="2023"),
    get("Green factories that Shandong gained?", "green_factories_new", "鲁",
        {"value": 31, "lower": 31, "upper": 31, "paragraph": 402}, period="2021"),
    compare("Hubei among all by product?", "gdp", "rank", "鄂",
            {"rank": 7, "rank_best": 7, "rank_worst": 7, "n": 31, "printed": "60013.0"},
            period="2024", vintage="nbs_gdp_industry_population"),
    compare("Guangdong's part of all patents?", "patents_granted", "share", "粤",
            {"share": 19.93, "national": 4_201_203}, period="2022"),
    compare("Did Yunnan's power grow?", "power_generation", "change", "滇",
            {"yoy": 3.345, "method": "levels", "months": 12}, period="2023"),
    compare("Shaanxi's R&D in 2015?", "rd_intensity", "gap", "陕",
            {"national": 2.07, "gap": 0.11}, period="2015", vintage="techme_rd_inputs"),
    compare("Is Tianjin surely third by then?", "rd_intensity", "tiers", "津",
            {"tier": 3, "printed": "3.08"}, period="2015", vintage="techme_rd_inputs"),
    check("Did 99.36 million live in Henan?", "2020年末，河南年末常住人口为9936万人。",
          {"verdict": "contradicted", "region": "CN-HA", "indicator": "population"}),
]  # fmt: skip
