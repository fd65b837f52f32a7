"""Reports of other kinds: communiqués, briefings and plans, in wordings made up for the test.

A line of a table is a sentence and what is read of it: indicator, period and value of each row,
and nature and among where they are no outcome and no province's.
"""

from __future__ import annotations

import pytest

import provstats as ps

COMMUNIQUE = "某某省2021年国民经济和社会发展统计公报\n"
BRIEFING = "前三季度经济运行情况新闻发布会\n"


def read(text: str, region: str = "四川", year: int = 2021) -> list[str]:
    """Return what was read, a row a line, with a question mark where it is to be checked."""
    rows = ps.read_report(text, region=region, year=year).rows.to_dict("records")
    return [" ".join(_shown(row)) for row in rows]


def _shown(row: dict[str, object]) -> list[str]:
    nature = [] if row["nature"] == "outcome" else [str(row["nature"])]
    among = [str(row["among"])] if row["among"] not in ("", "provinces") else []
    doubt = ["?"] if row["certainty"] == "check" else []
    said = [str(row["indicator"]), str(row["period"]), f"{row['value']:.12g}"]
    return [*said, *nature, *among, *doubt]


YEAR = {
    "初步核算，全年全省地区生产总值41213.5亿元，按不变价格计算，比上年增长6.1%。其中，第一产业增加值"
    "4011.2亿元，增长5.2%；第三产业增加值21001.1亿元，增长7.1%。": [
        "gdp 2021 4.12135e+12", "gdp_growth 2021 6.1",
    ],
    "年末常住人口5012万人，其中城镇人口3012.1万人，占总人口比重（常住人口城镇化率）为60.1%，比上年末提高"
    "0.8个百分点。": [
        "population 2021 50120000",
        "urbanization_rate 2021 60.1",
        "urbanization_rate_change 2021 0.8",
    ],
    "全年粮食总产量1301.2万吨，比上年减少40.1万吨，减产3.0%。其中，夏粮产量201.1万吨，减产1.2%。": [
        "grain_output 2021 13012000", "grain_output_growth 2021 -3",
    ],
    "全年货物进出口总额5101.2亿元，比上年增长7.1%。其中，出口3011.4亿元，增长8.2%；"
    "进口2089.8亿元。": [
        "trade 2021 510120000000", "trade_growth 2021 7.1",
        "exports 2021 301140000000", "exports_growth 2021 8.2",
    ],
    "软件业务收入812.1亿元，增长9.1%。其中，出口12.1亿美元，增长3.1%。": [
        "software_revenue 2021 81210000000", "software_revenue_growth 2021 9.1",
    ],
    "规模以上工业企业营业收入3.1万亿元，增长8.1%；利润总额2012.3亿元，下降4.1%。": [
        "industrial_profit 2021 201230000000", "industrial_profit_growth 2021 -4.1",
    ],
    "研究与试验发展（R&D）经费支出812.3亿元，占地区生产总值的比重为1.97%。": [
        "rd_expenditure 2021 81230000000", "rd_intensity 2021 1.97",
    ],
    "研究与试验发展经费支出812.3亿元，增长9.1%，与地区生产总值之比为1.97%。": [
        "rd_expenditure 2021 81230000000",
        "rd_expenditure_growth 2021 9.1",
        "rd_intensity 2021 1.97",
    ],
    "高技术制造业、战略性新兴产业增加值分别增长15.1%、12.2%，占规模以上工业增加值的16.1%、"
    "22.3%。": [
        "hightech_manufacturing_value_added_growth 2021 15.1",
        "hightech_manufacturing_value_added_share 2021 16.1",
    ],
    "装备制造业、高技术制造业增加值分别增长9.1%和8.2%，占规上工业比重分别为31.1%和15.2%，比上年分别提高"
    "1.1个和0.6个百分点。": [
        "equipment_manufacturing_value_added_growth 2021 9.1",
        "hightech_manufacturing_value_added_growth 2021 8.2",
        "equipment_manufacturing_value_added_share 2021 31.1",
        "hightech_manufacturing_value_added_share 2021 15.2",
        "equipment_manufacturing_value_added_share_change 2021 1.1",
        "hightech_manufacturing_value_added_share_change 2021 0.6",
    ],
    "工业投资增长9.1%，占全省固定资产投资的31.2%。": [
        "industrial_investment_growth 2021 9.1", "industrial_investment_share 2021 31.2",
    ],
    "5G基站9.1万个，比上年末增加3.2万个，每万人拥有5G基站12个。": [
        "base_stations_5g 2021 91000", "base_stations_5g_new 2021 32000",
    ],
    "高技术制造业增加值增势强劲，增长12.1%。": [
        "hightech_manufacturing_value_added_growth 2021 12.1",
    ],
    "规模以上高技术制造业和装备制造业增加值分别增长9.1%、8.2%，三次产业结构优化。": [
        "hightech_manufacturing_value_added_growth 2021 9.1",
        "equipment_manufacturing_value_added_growth 2021 8.2",
    ],
    "城镇新增就业51.2万人，完成全年目标任务的102%。": ["urban_new_jobs 2021 512000"],
    "全年居民人均可支配收入比上年名义增长7.1%，扣除价格因素实际增长5.1%。": [
        "income_growth 2021 7.1",
    ],
    "进出口总额增长30.2%，两年平均增长12.1%。": [
        "trade_growth 2021 30.2", "trade_average_growth 2020/2021 12.1 ?",
    ],
    "技术合同成交额突破千亿元。": ["technology_contract_turnover 2021 100000000000"],
}  # fmt: skip


@pytest.mark.parametrize("text", YEAR)
def test_a_communique(text):
    """What a communiqué says of the year, its parts and other things left alone."""
    assert read(f"{COMMUNIQUE}{text}") == YEAR[text]


MONTHS = {
    "1—9月，规模以上工业增加值增长7.5%。9月份，规模以上工业增加值增长8.1%。"
    "其中，高技术制造业增加值增长10%。": [
        "industrial_value_added_growth 2021-01/2021-09 7.5",
        "industrial_value_added_growth 2021-09 8.1",
        "hightech_manufacturing_value_added_growth 2021-01/2021-09 10 ?",
    ],
    "截至9月底，规模以上工业增加值增长7.4%，高新技术企业7万家，增长9%，进出口总额3万亿元。": [
        "industrial_value_added_growth 2021-09 7.4 ?",
        "high_tech_enterprises 2021-09 70000",
        "high_tech_enterprises_growth 2021-09 9",
        "trade 2021-09 3e+12 ?",
    ],
    "前三季度，规模以上工业增加值同比增长8.1%，比上半年加快0.2个百分点，比全国高2.1个百分点，居全国第5位。"
    "其中，9月份增长7.2%。高技术制造业增加值增长12.1%。": [
        "industrial_value_added_growth 2021-01/2021-09 8.1",
        "industrial_value_added_growth_gap 2021-01/2021-09 2.1",
        "industrial_value_added_growth_rank 2021-01/2021-09 5",
        "industrial_value_added_growth 2021-09 7.2",
        "hightech_manufacturing_value_added_growth 2021-01/2021-09 12.1",
    ],
    "前三季度，地区生产总值增长5.4%。分季度看，一季度增长6.1%，二季度增长5.2%，三季度增长5.0%。": [
        "gdp_growth 2021-01/2021-09 5.4", "gdp_growth 2021-Q1 6.1", "gdp_growth 2021-Q2 5.2",
        "gdp_growth 2021-Q3 5",
    ],
    "9月份，居民消费价格同比下降0.1%，环比上涨0.2%。": ["cpi 2021-09 -0.1"],
    "前三季度，进出口总额7012.1亿元，增长9.1%，总量居全国第10位、中部第1位。"
    "9月当月进出口总额增长3.1%。": [
        "trade 2021-01/2021-09 701210000000", "trade_growth 2021-01/2021-09 9.1",
        "trade_rank 2021-01/2021-09 10", "trade_rank 2021-01/2021-09 1 central provinces",
        "trade_growth 2021-09 3.1",
    ],
    "上半年，就业稳定。二季度末城镇调查失业率为5.2%。全体居民人均可支配收入15012元。": [
        "urban_unemployment_rate 2021-06 5.2", "income 2021-H1 15012",
    ],
    "上半年，投资增长。截至6月末，新网络加快建设。5G基站达12万个。": [
        "base_stations_5g 2021-06 120000",
    ],
    "4月份，市场回暖。规模以上工业增加值增长6.1%。": [
        "industrial_value_added_growth 2021-04 6.1 ?",
    ],
    "前三季度，固定资产投资下降2.1%，降幅比全国低1.2个百分点。": [
        "fixed_investment_growth 2021-01/2021-09 -2.1",
    ],
    "前三季度，固定资产投资增长2.1%。\n5G基站达12万个。": [
        "fixed_investment_growth 2021-01/2021-09 2.1", "base_stations_5g 2021-01/2021-09 120000 ?",
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", MONTHS)
def test_a_briefing(text):
    """Months hold for their paragraph; those said in passing for their sentence alone."""
    assert read(f"{BRIEFING}{text}") == MONTHS[text]


PERIODS = {
    "高新技术企业五年增加2.5万家，增长78%。": [
        "high_tech_enterprises_new 2020/2024 25000",
        "high_tech_enterprises_total_growth 2020/2024 78 ?",
    ],
    "进出口总额比前年增长12%。": ["trade_total_growth 2023/2024 12"],
    "2023年，高新技术企业从2022年的5万家增加到6万家，进出口总额3万亿元。": [
        "high_tech_enterprises 2022 50000", "high_tech_enterprises 2023 60000", "trade 2023 3e+12",
    ],
    "2023年，高新技术企业从5万家增加到6万家。": [
        "high_tech_enterprises 2022 50000 ?", "high_tech_enterprises 2023 60000",
    ],
    "规模以上工业增加值增速较2023年7.6%回落0.1个百分点。": [],
    "规模以上工业增加值增速比上年提高2.3%。": ["industrial_value_added_growth 2024 2.3 ?"],
    "进出口总额增速较上年回落2.3%。": ["trade_growth 2024 -2.3 ?"],
    "规模以上工业增加值增速加快、增长7%。": ["industrial_value_added_growth 2024 7"],
    "规模以上工业增加值增速由2023年的全国第12位升至第6位。": [
        "industrial_value_added_growth_rank 2023 12", "industrial_value_added_growth_rank 2024 6 ?",
    ],
    "进出口总额总量由全国第8位升至全国第6位，增长5%。": [
        "trade_rank 2023 8 ?", "trade_rank 2024 6", "trade_growth 2024 5",
    ],
    "2020—2024年，规模以上工业增加值年均增长7.1%。": [
        "industrial_value_added_average_growth 2020/2024 7.1 ?",
    ],
    "2021—2024年，规模以上工业增加值年均增长7.1%。": [
        "industrial_value_added_average_growth 2021/2024 7.1",
    ],
    "高新技术企业从2020年的3.2万家增加到2024年的5.7万家，增长78%。": [
        "high_tech_enterprises 2020 32000",
        "high_tech_enterprises 2024 57000",
        "high_tech_enterprises_total_growth 2021/2024 78 ?",
    ],
    "规模以上工业增加值由2020年的3.8万亿元提高到5万亿元，增长31%。": [
        "industrial_value_added 2020 3.8e+12",
        "industrial_value_added 2024 5e+12",
        "industrial_value_added_total_growth 2021/2024 31 ?",
    ],
    "与2020年相比，2024年规模以上工业增加值增长31%，高新技术企业增加2.5万家。": [
        "industrial_value_added_total_growth 2021/2024 31 ?",
        "high_tech_enterprises_new 2021/2024 25000 ?",
    ],
    "到2024年，与“十三五”末相比，地区生产总值增长33%。": ["gdp_total_growth 2021/2024 33 ?"],
    "地区生产总值突破13万亿元，比2020年增加3.4万亿元，增长33%。": [
        "gdp 2024 1.3e+13", "gdp_total_growth 2021/2024 33 ?",
    ],
    "高新技术企业5.7万家，比2020年末增加1.5万家。进出口总额增长8%。": [
        "high_tech_enterprises 2024 57000",
        "high_tech_enterprises_new 2021/2024 15000",
        "trade_growth 2024 8",
    ],
    "高新技术企业比“十三五”末增加2.3万家，进出口总额比上年增长8%。": [
        "high_tech_enterprises_new 2021/2024 23000", "trade_growth 2024 8",
    ],
    "研发投入强度从2020年的2.9%提高至3.3%，年均提高0.1个百分点。": [
        "rd_intensity 2020 2.9",
        "rd_intensity 2024 3.3",
        "rd_intensity_change 2021/2024 0.1 ?",
    ],
    "高新技术企业6.7万家，年均新增5000家。": [
        "high_tech_enterprises 2024 67000", "high_tech_enterprises_new 2021/2024 5000 ?",
    ],
    "2023年，进出口总额比2022年增长5%，地区生产总值增长6%。": [
        "trade_growth 2023 5", "gdp_growth 2023 6",
    ],
    "“十三五”期间，规上工业增加值年均增长6.1%，规上工业企业达到1.2万家。": [
        "industrial_value_added_average_growth 2016/2020 6.1",
        "designated_size_enterprises 2020 12000 ?",
    ],
    "“十四五”以来，进出口总额年均增长5.6%；全社会研发经费投入年均增长11.2%。": [
        "trade_average_growth 2021/2024 5.6", "rd_expenditure_average_growth 2021/2024 11.2",
    ],
    "地区生产总值比2020年增长21.2%。": ["gdp_total_growth 2021/2024 21.2"],
    "比2020年，地区生产总值增长21.2%。": ["gdp_total_growth 2021/2024 21.2 ?"],
    "城镇化率达60.1%，较2020年提高3.1个百分点。": [
        "urbanization_rate 2024 60.1", "urbanization_rate_change 2021/2024 3.1",
    ],
    "2020年到2025年，工业投资占固定资产投资比重从17.1%提升到31.2%。": [
        "industrial_investment_share 2020 17.1 ?", "industrial_investment_share 2025 31.2 target",
    ],
    "“十四五”以来累计新增规上工业企业5200家。": ["designated_size_enterprises_new 2021/2024 5200"],
    "累计新增高新技术企业5200家。": ["high_tech_enterprises_new 2024 5200 ?"],
    "研发投入强度由全国第16位上升至第12位。": [
        "rd_intensity_rank 2023 16 ?", "rd_intensity_rank 2024 12 ?",
    ],
    "今年，将新增高新技术企业1500家。": ["high_tech_enterprises_new 2025 1500 target ?"],
    "到2027年，高新技术企业达到3万家，规上工业企业达到1万家；绿色算力增长，"
    "国家级绿色工厂达到300家。": [
        "high_tech_enterprises 2027 30000 target", "designated_size_enterprises 2027 10000 target",
        "green_factories 2027 300 target",
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", PERIODS)
def test_periods_of_other_years(text):
    """Plans that have ended, bases, promises: each with its years, or with a doubt."""
    assert read(f"一、2024年工作回顾\n{text}", year=2024) == PERIODS[text]


RANKS = {
    "进出口总额1.1万亿元，规模全国第八、西部第一。": [
        "trade 2024 1.1e+12", "trade_rank 2024 8", "trade_rank 2024 1 western provinces",
    ],
    "固定资产投资增速居全国第4位、中部第1位。": [
        "fixed_investment_growth_rank 2024 4",
        "fixed_investment_growth_rank 2024 1 central provinces",
    ],
    "地区生产总值增长5.8%，增速居全国前列、西部第2。": [
        "gdp_growth 2024 5.8", "gdp_growth_rank 2024 2 western provinces",
    ],
    "规上工业增加值、固定资产投资增速分别居全国第5、第7。": [
        "industrial_value_added_growth_rank 2024 5", "fixed_investment_growth_rank 2024 7",
    ],
    "零售平稳，社会消费品零售总额、出口总额分别增长5.4%、3.2%，增速分别居全国第7位、第9位。": [
        "retail_sales_growth 2024 5.4", "exports_growth 2024 3.2",
        "retail_sales_growth_rank 2024 7", "exports_growth_rank 2024 9",
    ],
    "居民消费价格上涨0.1%，涨幅低于全国0.2个百分点。": ["cpi 2024 0.1", "cpi_gap 2024 -0.2"],
    "外贸进出口总额排名前移2位，居全国第8位。": ["trade_rank 2024 8 ?"],
    "社会消费品零售总额增长5.3%，增速位列经济大省第一。": [
        "retail_sales_growth 2024 5.3", "retail_sales_growth_rank 2024 1 major economic provinces",
    ],
    "规上工业增加值增速稳居全国第一方阵。": [],
}  # fmt: skip


@pytest.mark.parametrize("text", RANKS)
def test_ranks(text):
    """Of what a rank is and among whom, where several stand side by side."""
    assert read(f"一、2024年工作回顾\n{text}", year=2024) == RANKS[text]


def test_last_year():
    """去年 is the year that a report reviews, and the one before where a text tells of months."""
    text = "去年，全省地区生产总值增长5.7%。"
    assert read(text, year=2024) == ["gdp_growth 2024 5.7"]
    months = "上半年，固定资产投资增长4.1%。\n"
    assert read(months + text, year=2024) == [
        "fixed_investment_growth 2024-H1 4.1", "gdp_growth 2023 5.7 ?",
    ]  # fmt: skip


def test_a_plan_by_its_title():
    """A plan promises for its years, and tells of the year before only where it says so."""
    text = (
        "重庆市先进制造业发展规划（2024—2027年）\n"
        "一、发展基础\n2023年，全市规模以上工业增加值增长6.1%。\n"
        "二、发展目标\n到2027年，高新技术企业达到8000家，新增国家级绿色工厂100家。研发投入强度达到2.8%。"
    )
    assert read(text, "重庆", 2023) == [
        "industrial_value_added_growth 2023 6.1",
        "high_tech_enterprises 2027 8000 target",
        "green_factories_new 2024/2027 100 target",
        "rd_intensity 2027 2.8 target ?",
    ]


def test_five_years_to_come():
    """What is promised for five years is of their end, of all or of their mean."""
    text = (
        "一、过去五年工作回顾\n五年来，地区生产总值年均增长6.1%。\n"
        "二、今后五年的目标任务\n地区生产总值年均增长6%左右，高新技术企业突破2万家，"
        "城镇新增就业400万人以上。\n"
        "三、2023年重点工作\n地区生产总值增长6%左右。"
    )
    assert read(text, year=2022) == [
        "gdp_average_growth 2018/2022 6.1",
        "gdp_average_growth 2023/2027 6 target",
        "high_tech_enterprises 2027 20000 target",
        "urban_new_jobs 2023/2027 4000000 target",
        "gdp_growth 2023 6 target",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "成都市制造业发展行动计划（2025—2027年）\n到2027年，高新技术企业达到1.6万家。",
        "成都市2024年国民经济和社会发展统计公报\n全年地区生产总值2.3万亿元，增长5.7%。",
        "一、2024年工作回顾\n全市地区生产总值增长5.7%，规上工业增加值增长6.3%。",
    ],
)
def test_a_city_is_not_its_province(text):
    """What a document of a city says, or a sentence of a whole that is another's, is not sure."""
    assert [row for row in read(text, "四川", 2024) if not row.endswith("?")] == []


def test_a_city_of_the_name_of_its_province():
    """吉林市 is no 吉林省, and 宁波市 is 宁波."""
    text = "{}2024年国民经济和社会发展统计公报\n全年地区生产总值增长5.7%。"
    assert read(text.format("吉林市"), "吉林", 2024) == ["gdp_growth 2024 5.7 ?"]
    assert read(text.format("吉林省"), "吉林", 2024) == ["gdp_growth 2024 5.7"]
    assert read(text.format("宁波市"), "宁波", 2024) == ["gdp_growth 2024 5.7"]


def test_a_whole_is_its_own():
    """全市 is the whole of a municipality, 全区 of an autonomous region."""
    text = "一、2024年工作回顾\n{}规模以上工业增加值增长6.3%。"
    for whole, region in (("全市", "重庆"), ("全区", "宁夏"), ("全疆", "新疆"), ("全省", "四川")):
        assert read(text.format(whole), region, 2024) == ["industrial_value_added_growth 2024 6.3"]


TRAPS = [
    "高新技术企业产值增长8%",
    "新增“四上”企业6500家，高新技术企业贷款增长8%",
    "厦门进出口总额增长1.5%，占全省46.9%",
    "每万人拥有5G基站25个",
    "居民人均可支配收入增速高于经济增速0.9个百分点",
    "进出口总额是2020年的1.4倍",
    "规上工业增加值增速居全国第一方阵",
    "截至目前，5G基站达12万个",
    "城镇调查失业率与上月持平",
    "固定资产投资（不含房地产）增长11.2%",
    "成都市建设公园城市。地区生产总值增长5.7%",
    "支持绵阳建设科技城。高新技术企业突破1000家，研发投入强度达7.2%",
    "39个欠发达县域固定资产投资增长8%，规上工业增加值增长9%",
    "“小巨人”企业营业收入增长12.1%，研发强度达7%",
    "省级一般公共预算收入1200亿元",
    "东方机械集团工业增加值增长12%，固定资产投资增长20%",
    "较“十三五”末，规上工业企业增长25%",
    "地区生产总值增长目标为6%，前景良好",
    "地区生产总值增长6%左右的目标如期实现",
]


@pytest.mark.parametrize("text", TRAPS)
def test_traps(text):
    """None of these is a sure row."""
    rows = read(f"一、2024年工作回顾\n{text}。", year=2024)
    assert [row for row in rows if not row.endswith("?")] == []


def test_the_nation():
    """What a communiqué of the nation calls its product."""
    text = "人均国内生产总值9.1万元。研发经费支出3.3万亿元，与国内生产总值之比为2.64%。"
    assert read(f"{COMMUNIQUE}{text}", "全国") == [
        "gdp_per_capita 2021 91000", "rd_expenditure 2021 3.3e+12", "rd_intensity 2021 2.64",
    ]  # fmt: skip


def test_a_text_that_names_no_year():
    """A count in news of no year is that of a day in it; a count under a heading is not."""
    news = "我国5G基站总数超300万个。"
    assert read(news, "全国", 2023) == ["base_stations_5g 2023 3000000 ?"]
    assert read(f"一、2023年工作回顾\n{news}", "全国", 2023) == ["base_stations_5g 2023 3000000"]
