"""Reports read into drafts: the wordings that decide, scopes, traps, bad input."""

from __future__ import annotations

import pytest

import provstats as ps
from provstats.reports.reasons import translate_reasons

YEAR = 2025
REVIEW = "一、2025年工作回顾\n"
FIVE = "一、“十四五”时期和2025年工作回顾\n五年来，我们走过不平凡的历程。\n"
TARGETS = "三、2026年工作安排\n"


def read(text: str, region: str = "四川", year: int = YEAR):
    """Return (indicator, period, nature, value, certainty) of each row."""
    rows = ps.read_report(text, region=region, year=year).rows
    columns = ["indicator", "period", "nature", "value", "certainty"]
    return list(rows[columns].itertuples(index=False, name=None))


def said(text: str, **options: object):
    """Return (indicator, value) of each row."""
    return [(row[0], row[3]) for row in read(text, **options)]


SURE = {
    "生产总值67665亿元，增长5.5%": [("gdp", 67665e8), ("gdp_growth", 5.5)],
    "规上工业增加值增长7.6%，高于全国1.7个百分点": [
        ("industrial_value_added_growth", 7.6), ("industrial_value_added_growth_gap", 1.7),
    ],
    "固定资产投资增长6%，居全国第四": [
        ("fixed_investment_growth", 6.0), ("fixed_investment_growth_rank", 4.0),
    ],
    "地区生产总值67665亿元，增长5.5%，总量和增速均居全国第5位": [
        ("gdp", 67665e8), ("gdp_growth", 5.5), ("gdp_rank", 5.0), ("gdp_growth_rank", 5.0),
    ],
    "汽车产量继续保持40%以上增长、达357万辆": [
        ("automobile_output_growth", 40.0), ("automobile_output", 357e4),
    ],
    "六大优势产业、高技术制造业、绿色低碳优势产业增加值分别增长6.8%、12.3%、7.8%": [
        ("hightech_manufacturing_value_added_growth", 12.3),
    ],
    "高技术制造业、装备制造业增加值分别增长23.7%、16.5%": [
        ("hightech_manufacturing_value_added_growth", 23.7),
        ("equipment_manufacturing_value_added_growth", 16.5),
    ],
    "新增规上工业企业1494家、国家级专精特新“小巨人”企业81家": [
        ("designated_size_enterprises_new", 1494.0), ("little_giants_new", 81.0),
    ],
    "新增高新技术企业711家、累计达2215家": [
        ("high_tech_enterprises_new", 711.0), ("high_tech_enterprises", 2215.0),
    ],
    "新培育6个国家级中小企业特色产业集群": [("sme_clusters_new", 6.0)],
    "城镇化率提升0.9个百分点、达62.1%": [
        ("urbanization_rate_change", 0.9), ("urbanization_rate", 62.1),
    ],
    "外贸进出口增长8.4%，总额突破8000亿元、排西部第二": [
        ("trade_growth", 8.4), ("trade", 8e11), ("trade_rank", 2.0),
    ],
    "居民消费价格下降0.1%": [("cpi", -0.1)],
    "社会消费品零售总额2.76万亿元增长6.1%": [
        ("retail_sales", 2.76e12), ("retail_sales_growth", 6.1),
    ],
    "先进制造业、高技术制造业增加值占规模以上工业比重分别提高到56.7%、31.6%": [
        ("hightech_manufacturing_value_added_share", 31.6),
    ],
    "全省地区生产总值连跨4个千亿台阶，2025年达到1.3万亿元、增长5.8%": [
        ("gdp", 1.3e12), ("gdp_growth", 5.8),
    ],
    "進出口總額增長４．５％": [("trade_growth", 4.5)],
    "粮食播种面积1266.6万亩、产量514.4万吨": [("grain_output", 514.4e4)],
    "粮食再获丰收，总产达到557亿斤": [("grain_output", 2785e4)],
    "新增3个国家级中小企业特色产业集群、总数达13个": [
        ("sme_clusters_new", 3.0), ("sme_clusters", 13.0),
    ],
    "地区生产总值增长6.1%、突破2万亿元": [("gdp_growth", 6.1), ("gdp", 2e12)],
    "一般公共预算收入增长2.3%、支出首次超过7000亿元": [
        ("fiscal_revenue_growth", 2.3), ("fiscal_expenditure", 7e11),
    ],
    "规模以上工业企业达7.6万家、增加值增长3%": [
        ("designated_size_enterprises", 76000.0), ("industrial_value_added_growth", 3.0),
    ],
    "技术合同登记数、成交额分别增长21.4%、25.2%": [("technology_contract_turnover_growth", 25.2)],
    "高技术制造业、装备制造业增加值分别增长12.5%、13.1%，占规上工业比重分别升至21.7%、33.6%": [
        ("hightech_manufacturing_value_added_growth", 12.5),
        ("equipment_manufacturing_value_added_growth", 13.1),
        ("hightech_manufacturing_value_added_share", 21.7),
        ("equipment_manufacturing_value_added_share", 33.6),
    ],
    "规上工业增加值、固定资产投资分别下降1.2%、0.5%": [
        ("industrial_value_added_growth", -1.2), ("fixed_investment_growth", -0.5),
    ],
    "国家级专精特新“小巨人”企业新增711家、累计达2215家、均居全国第一": [
        ("little_giants_new", 711.0), ("little_giants", 2215.0),
        ("little_giants_new_rank", 1.0), ("little_giants_rank", 1.0),
    ],
    "新增国家卓越级智能工厂22家": [("smart_factories_new", 22.0)],
    "居民消费价格与上年基本持平": [("cpi", 0.0)],
    "货物贸易增长20%": [("trade_growth", 20.0)],
    "固定资产投资较快增长，同比增长6.4%": [("fixed_investment_growth", 6.4)],
    "地区生产总值总量居全国第五、增速居全国第二": [("gdp_rank", 5.0), ("gdp_growth_rank", 2.0)],
    "规上工业增加值增长9.1%，增速位居31个省区市第2位": [
        ("industrial_value_added_growth", 9.1), ("industrial_value_added_growth_rank", 2.0),
    ],
    "实现算力总规模翻番": [("computing_power_growth", 100.0)],
}  # fmt: skip


@pytest.mark.parametrize("text", SURE)
def test_sure_wordings(text):
    """Each figure goes to its own subject, with the measure that its words say."""
    rows = read(f"{REVIEW}{text}。")
    assert [(row[0], row[3]) for row in rows] == SURE[text]
    assert {row[1:3] for row in rows} == {("2025", "outcome")}
    assert {row[4] for row in rows} == {"sure"}


TRAPS = [
    "海洋生产总值增长5.6%",
    "对东盟进出口增长8%",
    "“新三样”产品出口增长17.4%",
    "规上民营工业增加值增长11.6%",
    "规上纺织工业增加值增长24.8%",
    "单位生产总值能耗下降3%",
    "入选国家5G工厂29家",
    "建成智能算力规模24000P",
    "城镇居民人均可支配收入增长5.5%",
    "城乡居民人均可支配收入分别增长4.4%、5.6%",
    "高新技术企业、科技型中小企业贷款分别增长27.7%、31.1%",
    "泸州经济总量突破3000亿元，内江、眉山经济总量突破2000亿元",
    "经济总量超千亿元的县域达12个",
    "民生支出占一般公共预算支出比例76.7%",
    "省级以上绿色工厂1210家",
    "新能源汽车年产量稳步提升，34款创新药械获批",
    "制造业规模稳居全国第一梯队",
    "完成1万家规上工业企业数智化转型",
    "新能源汽车产量连续8个季度居全国第一",
    "规上工业增加值增速连续30个月居全国前10位",
    "扣除房地产开发投资后，固定资产投资增长2.7%",
    "加快庆阳数据中心集群建设，算力规模突破10万P",
    "64个县市新增城镇常住人口30.5万人，城镇化率提高1.1个百分点",
    "新增可再生能源装机占新增总装机的82%",
    "推广新能源汽车50万辆",
    "进出口总额排名由全国第8位升至第6位",
    "小巨人企业达200家，超过100家建成智能工厂",
    "3个集群入选国家先进制造业集群培育库",
    "城镇调查失业率与上年持平",
]


@pytest.mark.parametrize("text", TRAPS)
def test_traps(text):
    """A part, another's figure, a name: none is a sure row."""
    assert [row for row in read(f"{REVIEW}{text}。") if row[4] == "sure"] == []


DOUBTS = {
    "2023年工作回顾\n地区生产总值增长5.7%": "the heading reviews 2023, not",
    "出口增长5%": "alone may be something else",
    "培育国家级绿色工厂20家": "added in the period or in all",
    "成都都市圈建设提速，经济总量增长6%": "an owner or area",
    "开发区贡献突出，实现进出口总额3万亿元，增长8%": "an owner or area",
    "开发区以占全省2%的土地，实现进出口总额3万亿元": "an owner or area",
    "园区能级提升，规模以上工业增加值增长8%": "an owner or area",
    "民营经济蓬勃发展，规模以上工业增加值增长9%": "an owner or area",
    "省属企业提质增效，研发经费投入增长15.6%": "an owner or area",
    "新增电力装机3000万千瓦，其中可再生能源装机2000万千瓦": "an addition",
    "经济总量跨上5万亿元台阶": "a step",
    "地区生产总值达6万亿元、增长5%、居全国第5位": "of the level or of the growth",
    "5G基站、标准机架分别达到10.8万个、101.2万架": "an unknown name in the list",
    "初步预计，地区生产总值增长4.2%，进出口总额增长9.4%": "an expectation earlier",
    "高新技术企业3万家、科技型中小企业4万家，均居全国第一": "one rank after several names",
    "截至目前，5G基站达12万个": "to date",
    "新增甲、乙等国家先进制造业集群4个": "unknown words stand before",
}


@pytest.mark.parametrize("text", DOUBTS)
def test_doubts(text):
    """What the grammar cannot decide is to be checked, with the reason."""
    rows = ps.read_report(f"{REVIEW}{text}。", region="川", year=YEAR).rows
    doubtful = rows[rows["certainty"] == "check"]
    assert doubtful["reason"].str.contains(DOUBTS[text]).any()
    assert not doubtful["reason"].map(translate_reasons).str.contains("[a-z]{3}").any()


NOT_OF_2025 = {
    "某某省2024年国民经济和社会发展统计公报\n全年规模以上工业增加值增长7.6%。": "reviews 2024, not",
    "# 某某省2024年国民经济和社会发展统计公报\n2025年，工业投资增长9%。": "reviews 2024, not",
    "一、2024年工作回顾\n成绩显著。\n过去一年，工业投资增长9%。": "reviews 2024, not",
    "一、2024年工作总结\n二、2025年重点工作\n今年主要预期目标是：出口总额增长7%。": "reviews 2024",
    "2025年重点任务\n规模以上工业增加值增长7%，新增高新技术企业5000家。": "a plan of the year",
    "2025年工作要点\n工业投资增长8%。": "a plan of the year",
    "二、2025年工作安排\n2025年，工业投资增长8%。": "a plan of the year",
    "二、2025年工作安排\n今年主要预期目标是：地区生产总值增长7%。": "a plan of the year",
}


@pytest.mark.parametrize("text", NOT_OF_2025)
def test_a_text_of_another_year(text):
    """What a text says of itself against the year given puts a doubt on all that it says."""
    rows = ps.read_report(text, region="川", year=YEAR).rows
    assert len(rows)
    assert rows["reason"].str.contains(NOT_OF_2025[text]).all()
    assert not rows["reason"].map(translate_reasons).str.contains("[a-z]{3}").any()


def test_scopes():
    """Headings and openings govern period and nature."""
    text = (
        f"{FIVE}地区生产总值年均增长5.7%，达到6.8万亿元。城镇新增就业522万人。\n"
        "刚刚过去的2025年，地区生产总值增长5.5%。\n"
        "二、“十五五”时期主要目标任务\n地区生产总值年均增长5%左右。城镇化率达到65%。\n"
        f"{TARGETS}地区生产总值增长5%左右。"
    )
    assert read(text) == [
        ("gdp_average_growth", "2021/2025", "outcome", 5.7, "sure"),
        ("gdp", "2025", "outcome", 6.8e12, "sure"),
        ("urban_new_jobs", "2021/2025", "outcome", 522e4, "sure"),
        ("gdp_growth", "2025", "outcome", 5.5, "sure"),
        ("gdp_average_growth", "2026/2030", "target", 5.0, "sure"),
        ("urbanization_rate", "2030", "target", 65.0, "sure"),
        ("gdp_growth", "2026", "target", 5.0, "sure"),
    ]


def test_from_to():
    """The first figure is of the year named, the second of the end."""
    text = f"{FIVE}常住人口城镇化率从2020年的53.2%提升到57.7%。规上工业企业从4.7万家增加到6.1万家。"
    assert [(row[1], row[3], row[4]) for row in read(text)] == [
        ("2020", 53.2, "sure"), ("2025", 57.7, "sure"),
        ("2020", 47000.0, "check"), ("2025", 61000.0, "sure"),
    ]  # fmt: skip


def test_years_of_the_sentence():
    """A year that the sentence names wins; since a year is a span, and its growth doubtful."""
    text = (
        "1998年，进出口总额增长5%。2020年以来，进出口总额增长40%。2023—2024年，出口总额年均增长4%。"
    )
    assert read(f"{REVIEW}{text}") == [
        ("trade_growth", "1998", "outcome", 5.0, "sure"),
        ("trade_total_growth", "2020/2025", "outcome", 40.0, "check"),
        ("exports_average_growth", "2023/2024", "outcome", 4.0, "sure"),
    ]


def test_months_and_forecasts():
    """A period of the sentence wins over the scope; an expectation is no outcome."""
    assert read("初步预计，地区生产总值增长4.2%。") == [
        ("gdp_growth", "2025", "forecast", 4.2, "sure"),
    ]
    assert read("前三季度，全省规模以上工业增加值增长6%。预计全年进出口总额增长4%。") == [
        ("industrial_value_added_growth", "2025-01/2025-09", "outcome", 6.0, "sure"),
        ("trade_growth", "2025", "forecast", 4.0, "sure"),
    ]


def test_an_expectation_governs_its_sentence():
    """What follows 预计 in the sentence is a forecast too, to be checked; the next is none."""
    text = "预计地区生产总值增长5.2%，一般公共预算收入增长3.1%。城镇调查失业率5%。"
    assert read(f"{REVIEW}{text}") == [
        ("gdp_growth", "2025", "forecast", 5.2, "sure"),
        ("fiscal_revenue_growth", "2025", "forecast", 3.1, "check"),
        ("urban_unemployment_rate", "2025", "outcome", 5.0, "sure"),
    ]


def test_a_plan_tells_of_the_past_in_between():
    """After a paragraph about five years the plan goes on, though it is no more sure."""
    text = (
        f"{TARGETS}五年来，城镇化率达到60%。\n地区生产总值增长5%左右。\n"
        "三、“十五五”时期主要目标\n“十五五”时期，研发投入强度达到3%。"
    )
    assert read(text) == [
        ("urbanization_rate", "2025", "outcome", 60.0, "check"),
        ("gdp_growth", "2026", "target", 5.0, "check"),
        ("rd_intensity", "2030", "target", 3.0, "sure"),
    ]


def test_a_year_behind_some_of_its_months():
    """Once a text without parts has told of months, they go on, though they are doubtful."""
    text = "前三季度，地区生产总值增长5%。\n5G基站达12万个。\n全年，进出口总额增长4%。"
    assert read(text) == [
        ("gdp_growth", "2025-01/2025-09", "outcome", 5.0, "sure"),
        ("base_stations_5g", "2025-01/2025-09", "outcome", 120000.0, "check"),
        ("trade_growth", "2025", "outcome", 4.0, "sure"),
    ]


def test_a_list_that_shares_sign_or_unit():
    """What is shared is printed with …, so that the print says the value by itself."""
    text = "工业技改投资、制造业技改投资增速分别高于全国12.7个、12个百分点。"
    rows = ps.read_report(f"{REVIEW}{text}", region="川", year=YEAR).rows
    assert rows[["indicator", "printed", "value"]].values.tolist() == [
        ["technical_upgrade_investment_growth_gap", "高于全国12.7…个百分点", 12.7],
        ["manufacturing_technical_upgrade_investment_growth_gap", "高于全国…12个百分点", 12.0],
    ]
    assert ps.check_rows(rows, f"{REVIEW}{text}")["verdict"].eq("grounded").all()


def test_every_numeral_is_somewhere():
    """Rows and unread numerals together are all digits of the text, at their places."""
    text = (
        f"{REVIEW}地区生产总值增长5.5%，第3次修订，5G工厂29家，1—11月投资12亿元。\n附件\n增长9%。"
    )
    draft = ps.read_report(text, region="川", year=YEAR)
    lines = text.split("\n")
    for row in draft.rows.itertuples():
        assert lines[row.paragraph - 1][row.start : row.end] == row.printed
    for row in draft.unread.itertuples():
        assert lines[row.paragraph - 1][row.start : row.end] == row.text
    read_digits = sum(c.isdigit() for c in "".join(draft.rows["printed"]))
    unread_digits = sum(c.isdigit() for c in "".join(draft.unread["text"]))
    assert read_digits + unread_digits == sum(c.isdigit() for c in text)
    assert set(draft.unread["kind"]) >= {"date", "name", "other figure", "ordinal"}


def test_a_fact_stated_twice():
    """Once in rows; where the two differ both are to be checked."""
    once = read(f"{REVIEW}地区生产总值增长5.5%。\n全省地区生产总值增长5.5%。")
    assert once == [("gdp_growth", "2025", "outcome", 5.5, "sure")]
    twice = read(f"{REVIEW}地区生产总值增长5.5%。\n全省地区生产总值增长6.5%。")
    assert [row[3:] for row in twice] == [(5.5, "check"), (6.5, "check")]


def test_only_some_indicators():
    """A concept keeps what follows from it."""
    draft = ps.read_report(
        "生产总值增长5.5%，进出口总额增长4%。", region="川", year=YEAR, indicators=["trade"]
    )
    assert draft.rows["indicator"].to_list() == ["trade_growth"]


@pytest.mark.parametrize(
    ("text", "options", "error"),
    [
        ("", {}, "the report is empty"),
        (" \n ", {}, "the report is empty"),
        (7, {}, "a text or a Path"),
        ("增长5%", {"year": None}, "year must be"),
        ("增长5%", {"year": 24}, "year must be"),
        ("增长5%", {"region": "吉林市"}, "unknown region"),
        ("增长5%", {"indicators": ["jobs"]}, "unknown indicator"),
    ],
)
def test_bad_input(text, options, error):
    """A named error says what was given."""
    with pytest.raises(ps.ProvstatsError, match=error):
        ps.read_report(text, **{"region": "川", "year": YEAR, **options})


def test_missing_file(tmp_path):
    """A file that is not there or no text is named."""
    with pytest.raises(ps.SchemaError, match="cannot read the report"):
        ps.read_report(tmp_path / "none.txt", region="川", year=YEAR)
    (tmp_path / "page.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ps.SchemaError, match="not a text in UTF-8"):
        ps.read_report(tmp_path / "page.txt", region="川", year=YEAR)


def test_the_name_of_a_file_is_no_text(tmp_path):
    """A text that names a file is refused; the Path of it reads the file."""
    path = tmp_path / "报告.txt"
    path.write_text("全省地区生产总值增长5.5%。", encoding="utf-8")
    with pytest.raises(ps.SchemaError, match=r"the name of a file; Path\("):
        ps.read_report(str(path), region="川", year=YEAR)
    assert len(ps.read_report(path, region="川", year=YEAR).rows) == 1
    long = "地区生产总值增长5.5%。" * 400  # longer than any name of a file
    assert len(ps.read_report(long, region="川", year=YEAR).rows) == 1


def test_a_draft_says_what_it_holds():
    """At a prompt in one line, in a notebook with its rows, whatever they hold."""
    text = "全省地区生产总值增长5.5%，力争增长6%，办展会7场<b>。"
    draft = ps.read_report(text, region="川", year=YEAR)
    assert repr(draft) == "Draft: 2 rows (1 sure, 1 to check), 1 other numerals"
    page = draft._repr_html_()
    assert page.startswith(f"<p><b>{draft!r}</b></p><table")
    assert page.count("gdp_growth") == 2


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<html><body><p>增长5%</p><p>增长</p></body></html>", "a page of HTML"),
        ("GRP grew by 5.5% in 2024.", "in no Chinese"),
    ],
)
def test_texts_of_other_kinds(text, error):
    """A page of HTML and another language are named, not read into nothing."""
    with pytest.raises(ps.SchemaError, match=error):
        ps.read_report(text, region="川", year=YEAR)


@pytest.mark.parametrize(
    ("piece", "numerals"), [("地区生产总值增长5.5%、", 1), ("连续居中占每", 0), ("中1a（“", 1)]
)
def test_a_paragraph_without_end(piece, numerals):
    """In a paragraph of tens of thousands of characters each numeral is a row or stands unread."""
    draft = ps.read_report(piece * 4000, region="川", year=YEAR)
    assert len(draft.rows) + len(draft.unread) == 4000 * numerals
