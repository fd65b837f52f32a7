"""Files as statistical offices publish them, made small: each in one call, with the right rows.

Those under the names of cases have the shape of files that people have brought; the others are of
shapes that yearbooks, bulletins and sites have.
"""

from __future__ import annotations

import datetime as dt

import pytest
import xlsxwriter
from frames import lines

import provstats as ps

TEXTS = {
    "case 01: a wide export in GBK with three lines above and two below": (
        "gb18030",
        (
            "数据库：分省年度数据\r\n指标：地区生产总值(亿元)\r\n时间：最近20年\r\n"
            "地区,2024年,2023年\r\n北京市,49670.2,47353.7\r\n内蒙古自治区,26314.6,\r\n"
            "注：历史数据进行了系统修订。\r\n数据来源：国家统计局\r\n"
        ),
        {},
        [
            "CN-BJ 地区生产总值 2024 4967020000000 CNY",
            "CN-BJ 地区生产总值 2023 4735370000000 CNY",
            "CN-NM 地区生产总值 2024 2631460000000 CNY",
        ],
    ),
    "case 05, table 01: indices of months, the newest not published, a note of two lines": (
        "gb18030",
        (
            "数据库：分省月度数据\n指标：居民消费价格指数(上年同月=100)\n时间：2020\n"
            "地区,2020年3月,2020年2月\n北京市,,103.6\n天津市,,103.8\n"
            '"注：每五年进行一次基期轮换。\n新基期的调查目录进行了调整。"\n数据来源：国家统计局\n'
        ),
        {},
        [
            "CN-BJ 居民消费价格指数(上年同月=100) 2020-02 103.6 上年同月=100",
            "CN-TJ 居民消费价格指数(上年同月=100) 2020-02 103.8 上年同月=100",
        ],
    ),
    "case 05: the nation, months down and indices across": (
        "gb18030",
        (
            "数据库：月度数据\n时间：2016-\n"
            "时间,居民消费价格指数(上年同月=100),出口总值当期值(千美元)\n"
            "2020年2月,105.2,\n2020年1月,105.4,\n2019年12月,104.5,238267589\n"
            "注：1.进行基期轮换。\n　　　2.进出口数据来源于海关总署。\n数据来源：国家统计局\n"
        ),
        {"region": "全国"},
        [
            "CN 居民消费价格指数(上年同月=100) 2020-02 105.2 上年同月=100",
            "CN 居民消费价格指数(上年同月=100) 2020-01 105.4 上年同月=100",
            "CN 居民消费价格指数(上年同月=100) 2019-12 104.5 上年同月=100",
            "CN 出口总值当期值 2019-12 238267589000 USD",
        ],
    ),
    "case 07: names as people write them": (
        "utf-8",
        "地区,2019年\n广西省,21237.1\n西藏省,1697.8\n新疆省,13597.1\n内蒙古省,17212.5\n",
        {"indicator": "gdp", "unit": "亿元"},
        [
            "CN-GX gdp 2019 2123710000000 CNY",
            "CN-XZ gdp 2019 169780000000 CNY",
            "CN-XJ gdp 2019 1359710000000 CNY",
            "CN-NM gdp 2019 1721250000000 CNY",
        ],
    ),
    "case 14: sums since January under the labels of quarters": (
        "utf-8",
        "quarter,gdp,gdp_yoy\n2019Q1,218062.8,6.4\n2019Q2,460636.7,6.3\n2019Q4,990865.1,6.1\n",
        {"region": "全国", "indicator": "gdp", "unit": "亿元", "cumulative": True},
        [
            "CN gdp 2019-Q1 21806280000000 CNY",
            "CN gdp 2019-H1 46063670000000 CNY",
            "CN gdp 2019 99086510000000 CNY",
        ],
    ),
    "case 20: the new site, cells that end in a tab, indicators down, no region": (
        "utf-8-sig",
        (
            "数据库：分省年度数据 \n时间： \n指标\t,2024年\t,2023年\t,\n"
            "地方财政一般公共预算支出 (亿元)\t,8396.49\t,7971.25\t,\n"
            "地方财政国防支出 (亿元) \t,\t,7.71\t,\n"
            "注：1. 地方财政支出均为本级支出。\n数据来源：国家统计局\n"
        ),
        {"region": "北京"},
        [
            "CN-BJ 地方财政一般公共预算支出 2024 839649000000 CNY",
            "CN-BJ 地方财政一般公共预算支出 2023 797125000000 CNY",
            "CN-BJ 地方财政国防支出 2023 771000000 CNY",
        ],
    ),
    "table 04: an export in English whose per mille was lost": (
        "gb18030",
        (
            "Database???Annual by Province\nIndicators：Birth Rate(?)\nYear：2000-2022\n"
            "Region,2022,2020\nBeijing,5.67,\nShanxi,6.75,\nShaanxi,7.36,\n"
            "Data Sources：National Bureau of Statistics\n"
        ),
        {"unit": "‰"},
        [
            "CN-BJ Birth Rate 2022 0.567 percent",
            "CN-SX Birth Rate 2022 0.675 percent",
            "CN-SN Birth Rate 2022 0.736 percent",
        ],
    ),
    "table 06: fractions under a comment that is padded": (
        "utf-8",
        "# Urban population fraction,,\nprovince.name,1971,2010\nBeijing,0.525081515,0.86\n",
        {},
        [
            "CN-BJ Urban population fraction 1971 0.525081515 ",
            "CN-BJ Urban population fraction 2010 0.86 ",
        ],
    ),
    "table 08: years down, provinces across, a comma in a name": (
        "utf-8",
        ',Beijing,"Guangxi,",Shanxi,Shaanxi\n2020,36102.6,22156.7,17651.9,26181.9\n',
        {"indicator": "gdp", "unit": "亿元"},
        [
            "CN-BJ gdp 2020 3610260000000 CNY",
            "CN-GX gdp 2020 2215670000000 CNY",
            "CN-SX gdp 2020 1765190000000 CNY",
            "CN-SN gdp 2020 2618190000000 CNY",
        ],
    ),
    "table 10: units and years of columns in a comment": (
        "utf-8",
        (
            "# File: prices.csv\n# Title: regional fuel prices\n# Units: Refined liquids unit: "
            "2014 RMB/t, Gas unit: 2015 RMB/thousand m3, Coal units: 2015 RMB/t\n"
            "# Source: LBL, NDRC\n"
            "# Column types: cnnn\n# ----------\nprovince.name,coal,refined.liquids,gas\n"
            "Beijing,360.5,8980,2700\n"
        ),
        {},
        [
            "CN-BJ coal 2015 360.5 CNY/t",
            "CN-BJ refined.liquids 2014 8980 CNY/t",
            "CN-BJ gas 2015 2.7 CNY/m3",
        ],
    ),
    "two panels side by side, totals and notes": (
        "gb18030",
        (
            "表3  2023年各地区粮食产量,,,,,\n,,,,,单位：万吨\n"
            "地区,粮食产量,比上年增长(%),地区,粮食产量,比上年增长(%)\n"
            "全国,69541.0,1.3,河南,6624.3,-2.4\n注：增长按可比口径计算。,,,,,\n"
        ),
        {},
        [
            "CN 粮食产量 2023 695410000 t",
            "CN 粮食产量 比上年增长 2023 1.3 percent",
            "CN-HA 粮食产量 2023 66243000 t",
            "CN-HA 粮食产量 比上年增长 2023 -2.4 percent",
        ],
    ),
    "two tables of one heading, one below the other, each under its own title": (
        "utf-8",
        (
            "一、规模以上工业增加值增速(%)\n地区,2023年\n北京,0.4\n天津,3.7\n\n"
            "二、机构数\n地区,2023年\n北京,4\n天津,7\n"
        ),
        {},
        [
            "CN-BJ 规模以上工业增加值增速 2023 0.4 percent",
            "CN-TJ 规模以上工业增加值增速 2023 3.7 percent",
            "CN-BJ 机构数 2023 4 ",
            "CN-TJ 机构数 2023 7 ",
        ],
    ),
    "a bulletin: items down, and the nation, towns and villages across": (
        "utf-8",
        (
            "附表1  2023年居民消费价格比上年涨跌幅度,,,\n,,,单位：%\n指标,全国,城市,农村\n"
            "居民消费价格,0.2,0.3,0.1\n其中：食品烟酒,0.3,0.4,-0.1\n"
        ),
        {"region": "全国"},
        [
            "CN 居民消费价格 2023 0.2 percent",
            "CN 居民消费价格 城市 2023 0.3 percent",
            "CN 居民消费价格 农村 2023 0.1 percent",
            "CN 食品烟酒 2023 0.3 percent",
            "CN 食品烟酒 城市 2023 0.4 percent",
            "CN 食品烟酒 农村 2023 -0.1 percent",
        ],
    ),
    "years down, the nation and groups among provinces across, a mark at a year": (
        "utf-16",
        (
            "\t全国\t北京\t东部地区\n1978年\t3678.7\t108.8\t\n2023年①\t1260582.1\t43760.7\t652084.2\n"
            "① 初步核算数。\t\t\t\n"
        ),
        {"indicator": "gdp", "unit": "亿元"},
        [
            "CN gdp 1978 367870000000 CNY",
            "CN-BJ gdp 1978 10880000000 CNY",
            "CN gdp 2023 126058210000000 CNY",
            "CN-BJ gdp 2023 4376070000000 CNY",
        ],
    ),
    "a long table with codes beside all names": (
        "utf-8",
        (
            "行政区划代码,地区名称,指标代码,指标名称,时间代码,时间,数值,计量单位\n"
            "110000,北京市,A0201,地区生产总值,2023,2023年,43760.7,亿元\n"
            "110000,北京市,A0301,年末常住人口,2023,2023年,2185.8,万人\n"
        ),
        {},
        [
            "CN-BJ 地区生产总值 2023 4376070000000 CNY",
            "CN-BJ 年末常住人口 2023 21858000 count",
        ],
    ),
    "codes within the names": (
        "utf-8",
        "地区,2023年\n110000 北京市,1.5\n天津市(120000),2.5\n",
        {"indicator": "x", "unit": "%"},
        ["CN-BJ x 2023 1.5 percent", "CN-TJ x 2023 2.5 percent"],
    ),
    "groups in a column before the provinces": (
        "utf-8",
        "区域,省份,2023年\n东部,北京,1.1\n,天津,2.1\n中部,山西,3.1\n",
        {"indicator": "x", "unit": "%"},
        ["CN-BJ x 2023 1.1 percent", "CN-TJ x 2023 2.1 percent", "CN-SX x 2023 3.1 percent"],
    ),
    "rows of groups without figures": (
        "utf-8",
        "地区,企业单位数(个)\n全国总计,482192\n华北,\n北京,3033\n东北,\n辽宁,9221\n",
        {"year": 2023},
        [
            "CN 企业单位数 2023 482192 count",
            "CN-BJ 企业单位数 2023 3033 count",
            "CN-LN 企业单位数 2023 9221 count",
        ],
    ),
    "a title with its unit in brackets, ranks, units without brackets": (
        "utf-8",
        (
            "2023年全国各省市GDP排名（单位：亿元）,,,\n排名,地区,GDP亿元,增速 %\n"
            "1,广东,135673.16,4.8\n"
        ),
        {},
        [
            "CN-GD GDP 排名 2023 1 rank",
            "CN-GD GDP 2023 13567316000000 CNY",
            "CN-GD GDP 增速 2023 4.8 percent",
        ],
    ),
    "spans of months in English": (
        "utf-8",
        "Region,Jan-Nov 2024,First half 2024\nBeijing,7.0,6.5\n",
        {"indicator": "x", "unit": "%"},
        ["CN-BJ x 2024-01/2024-11 7 percent", "CN-BJ x 2024-H1 6.5 percent"],
    ),
    "preliminary and revised figures": (
        "utf-8",
        "地区,2023年(P),2022年\n北京,43760.7p,41540.9 r\n天津,16737.3,16132.2\n",
        {"indicator": "x", "unit": "亿元"},
        [
            "CN-BJ x 2023 4376070000000 CNY",
            "CN-BJ x 2022 4154090000000 CNY",
            "CN-TJ x 2023 1673730000000 CNY",
            "CN-TJ x 2022 1613220000000 CNY",
        ],
    ),
    "texts that a spreadsheet was forced to keep": (
        "utf-8",
        '地区,2023年\n="北京","=""1234.5"""\n',
        {"indicator": "x", "unit": "亿元"},
        ["CN-BJ x 2023 123450000000 CNY"],
    ),
    "amounts and growth, of the months up to one and of that month": (
        "utf-8",
        "地区,1-11月,,11月,\n,总量(亿元),同比(%),总量(亿元),同比(%)\n北京,13000.1,-2.8,1300.2,-14.1\n",
        {"year": 2024},
        [
            "CN-BJ 总量 2024-01/2024-11 1300010000000 CNY",
            "CN-BJ 同比 2024-01/2024-11 -2.8 percent",
            "CN-BJ 总量 2024-11 130020000000 CNY",
            "CN-BJ 同比 2024-11 -14.1 percent",
        ],
    ),
    "ranks after what they are of": (
        "utf-8",
        "地区,增速(%),位次,总量(亿元),位次\n北京,5.2,15,43760.7,13\n",
        {"year": 2023},
        [
            "CN-BJ 增速 2023 5.2 percent",
            "CN-BJ 增速 位次 2023 15 rank",
            "CN-BJ 总量 2023 4376070000000 CNY",
            "CN-BJ 总量 位次 2023 13 rank",
        ],
    ),
    "provinces above their months, each with a heading": (
        "utf-8",
        "北京,,\n月份,2022年,2023年\n1月,1.1,1.2\n天津,,\n月份,2022年,2023年\n1月,3.1,3.2\n",
        {"indicator": "出口当月值", "unit": "%"},
        [
            "CN-BJ 出口当月值 2022-01 1.1 percent",
            "CN-BJ 出口当月值 2023-01 1.2 percent",
            "CN-TJ 出口当月值 2022-01 3.1 percent",
            "CN-TJ 出口当月值 2023-01 3.2 percent",
        ],
    ),
    "a month and the months up to it": (
        "gb18030",
        (
            "2024年11月规模以上工业增加值增长速度,,\n地区,11月,1—11月\n"
            ",同比增长(%),累计增长(%)\n北京,5.5,7.0\n"
        ),
        {},
        [
            "CN-BJ 规模以上工业增加值增长速度 同比增长 2024-11 5.5 percent",
            "CN-BJ 规模以上工业增加值增长速度 累计增长 2024-01/2024-11 7 percent",
        ],
    ),
}


@pytest.mark.parametrize(("encoding", "text", "arguments", "rows"), TEXTS.values(), ids=TEXTS)
def test_texts(tmp_path, encoding, text, arguments, rows):
    """Each is read in one call."""
    (tmp_path / "table.csv").write_bytes(text.encode(encoding))
    assert lines(ps.tidy(tmp_path / "table.csv", **arguments)) == rows


DAYS = [dt.datetime(2023, month, 28) for month in (1, 2)]  # noqa: DTZ001 - as cells are
WORKBOOKS = {
    "case 03: an export with two notes": (
        {
            "分省年度数据": (
                [
                    ["数据库：分省年度数据"],
                    ["指标：地区生产总值(亿元)"],
                    ["时间：最近5年"],
                    ["地区", "2018年", "2017年"],
                    ["天津市", 13362.92, 18549.19],
                    ["注：1.本表按当年价格计算。"],
                    ["\u3000\u3000\u30002.2018年数据为根据第四次全国经济普查资料修订后数据。"],
                    ["数据来源：国家统计局"],
                ],
                [],
            )
        },
        {},
        ["CN-TJ 地区生产总值 2018 1336292000000 CNY", "CN-TJ 地区生产总值 2017 1854919000000 CNY"],
    ),
    "case 17: two rows of headings, the years merged over them": (
        {
            "Sheet0": (
                [
                    ["", "1952年", "", "1953年", ""],
                    ["", "GDP(亿元)", "人均GDP(元)", "GDP(亿元)", "人均GDP(元)"],
                    ["江苏", "48.41", "131", "49.80", "132"],
                    ["河北省", "--", "--", "40.1", "--"],
                ],
                ["B1:C1", "D1:E1"],
            )
        },
        {},
        [
            "CN-JS GDP 1952 4841000000 CNY",
            "CN-JS 人均GDP 1952 131 CNY",
            "CN-JS GDP 1953 4980000000 CNY",
            "CN-JS 人均GDP 1953 132 CNY",
            "CN-HE GDP 1953 4010000000 CNY",
        ],
    ),
    "table 02: numbers that have lost a zero": (
        {
            "分省年度数据": (
                [
                    ["数据库：分省年度数据"],
                    ["指标：地区生产总值(亿元)"],
                    ["地区", "2020年", "2010年"],
                    ["北京市", 35943.3, 14964.0],
                    ["河南省", 54259.4, 22655.0],
                    ["数据来源：国家统计局"],
                ],
                [],
            )
        },
        {},
        [
            "CN-BJ 地区生产总值 2020 3594330000000 CNY",
            "CN-BJ 地区生产总值 2010 1496400000000 CNY",
            "CN-HA 地区生产总值 2020 5425940000000 CNY",
            "CN-HA 地区生产总值 2010 2265500000000 CNY",
        ],
    ),
    "table 07: districts under two rows of headings": (
        {
            "Sheet1": (
                [
                    ["表20.14 各区普通中学学生（2017）"],
                    [],
                    ["单位：人"],
                    ["地  区", "毕业生数", "", "招生数", ""],
                    ["", "初  中", "高  中", "初  中", "高  中"],
                    ["总  计", 89901, 51344, 120561, 53276],
                    ["  浦东新区", 21747, 11350, 30287, 11836],
                ],
                [],
            )
        },
        {"region": "上海"},
        [
            "CN-SH 毕业生数 初中 2017 89901 count",
            "CN-SH 毕业生数 高中 2017 51344 count",
            "CN-SH 招生数 初中 2017 120561 count",
            "CN-SH 招生数 高中 2017 53276 count",
            "浦东新区 毕业生数 初中 2017 21747 count",
            "浦东新区 毕业生数 高中 2017 11350 count",
            "浦东新区 招生数 初中 2017 30287 count",
            "浦东新区 招生数 高中 2017 11836 count",
        ],
    ),
    "table 09: a sheet a year in two languages, blanks within numbers": (
        {
            year: (
                [
                    ["2-6 各区户籍总人口自然变动状况"],
                    [f"Statistics on Natural Changes ({year})"],
                    ["单位:人、‰"],
                    ["(person,‰)"],
                    ["地 区", "District", "年平均人数\nAnnual Average", "出 生\nBirth", ""],
                    ["", "", "", "人 数\nPopulation", "出生率\nBirth Rate"],
                    ["全市", "Total", "998 3224", "117960", "11.8 2"],
                    ["  荔湾区", "  Liwan", "789401", "5743", "7.28"],
                ],
                ["D5:E5"],
            )
            for year in ("2022", "2021")
        },
        {},
        [
            f"{region} {name} {year} {value} {unit}"
            for year in ("2022", "2021")
            for region, values in (
                ("全市", ("9983224", "117960", "1.182")),
                ("荔湾区", ("789401", "5743", "0.728")),
            )
            for name, value, unit in zip(
                ("年平均人数", "出生 人数", "出生 出生率"),
                values,
                ("count", "count", "percent"),
                strict=True,
            )
        ],
    ),
    "three rows of merged headings, of which one has its own unit": (
        {
            "3-9": (
                [
                    ["3-9  分地区生产总值及构成（2022年）"],
                    ["", "", "", "", "单位：亿元"],
                    ["地  区", "地区生产总值", "", "构成（%）", ""],
                    ["", "", "第一产业", "第一产业", "第二产业"],
                    ["北  京", 41540.9, 111.5, 0.3, 16.0],
                    ["注：本表按当年价格计算。"],
                ],
                ["A1:E1", "A3:A4", "B3:B4", "D3:E3"],
            )
        },
        {},
        [
            "CN-BJ 地区生产总值 2022 4154090000000 CNY",
            "CN-BJ 地区生产总值 第一产业 2022 11150000000 CNY",
            "CN-BJ 构成 第一产业 2022 0.3 percent",
            "CN-BJ 构成 第二产业 2022 16 percent",
        ],
    ),
    "an index of sheets, two tables, and an explanation": (
        {
            "目录": ([["1", "2022"], ["2", "2023"]], []),
            "表1": (
                [["表1 各地区地区生产总值（亿元）"], ["地区", 2022, 2023], ["北京", 1.5, 2.5]],
                [],
            ),
            "表2": ([["表2 各地区常住人口"], ["单位：万人"], ["地区", 2023], ["北京", 2.5]], []),
            "说明": ([["本资料由统计局编制"]], []),
        },
        {},
        [
            "CN-BJ 地区生产总值 2022 150000000 CNY",
            "CN-BJ 地区生产总值 2023 250000000 CNY",
            "CN-BJ 常住人口 2023 25000 count",
        ],
    ),
    "provinces merged over their indicators": (
        {
            "S": (
                [
                    ["年份", "北京", "", "天津", ""],
                    ["", "GDP（亿元）", "人口（万人）", "GDP（亿元）", "人口（万人）"],
                    [2022, 1.5, 2.5, 3.5, 4.5],
                ],
                ["B1:C1", "D1:E1"],
            )
        },
        {},
        [
            "CN-BJ GDP 2022 150000000 CNY",
            "CN-BJ 人口 2022 25000 count",
            "CN-TJ GDP 2022 350000000 CNY",
            "CN-TJ 人口 2022 45000 count",
        ],
    ),
    "years merged over amounts and growth": (
        {
            "S": (
                [
                    ["各地区社会消费品零售总额"],
                    ["地区", "2022年", "", "2023年", ""],
                    ["", "绝对额（亿元）", "比上年增长（%）", "绝对额（亿元）", "比上年增长（%）"],
                    ["北京", 13794.2, "-7.2", 14462.7, "4.8"],
                ],
                ["B2:C2", "D2:E2"],
            )
        },
        {},
        [
            "CN-BJ 社会消费品零售总额 2022 1379420000000 CNY",
            "CN-BJ 社会消费品零售总额 比上年增长 2022 -7.2 percent",
            "CN-BJ 社会消费品零售总额 2023 1446270000000 CNY",
            "CN-BJ 社会消费品零售总额 比上年增长 2023 4.8 percent",
        ],
    ),
    "a sheet a province": (
        {
            "北京": ([["年份", "GDP(亿元)"], [2022, 1.5], [2023, 2.5]], []),
            "天津": ([["年份", "GDP(亿元)"], [2022, 3.5]], []),
        },
        {},
        [
            "CN-BJ GDP 2022 150000000 CNY",
            "CN-BJ GDP 2023 250000000 CNY",
            "CN-TJ GDP 2022 350000000 CNY",
        ],
    ),
    "days as headings": (
        {"S": ([["地区", *DAYS], ["北京", 1.5, 2.5]], [])},
        {"indicator": "出口当月值", "unit": "亿元"},
        ["CN-BJ 出口当月值 2023-01 150000000 CNY", "CN-BJ 出口当月值 2023-02 250000000 CNY"],
    ),
    "names broken into lines, in two languages": (
        {
            "S": (
                [
                    ["地 区\nRegion", "人均地区\n生产总值\n(元)\nPer Capita GRP\n(yuan)"],
                    ["全 国\nNational Total", 85698],
                    ["内蒙古 Inner Mongolia", 96474],
                ],
                [],
            )
        },
        {"year": 2022},
        ["CN 人均地区生产总值 2022 85698 CNY", "CN-NM 人均地区生产总值 2022 96474 CNY"],
    ),
}


def workbook(path, sheets):
    """Write sheets of cells with merged ranges."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, (rows, merged) in sheets.items():
            sheet = book.add_worksheet(name)
            for cells in merged:
                sheet.merge_range(cells, "")
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell != "":
                        sheet.write(line, place, cell)
    return path


@pytest.mark.parametrize(("sheets", "arguments", "rows"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_workbooks(tmp_path, sheets, arguments, rows):
    """Each is read in one call, whatever is merged."""
    assert lines(ps.tidy(workbook(tmp_path / "a.xlsx", sheets), **arguments)) == rows


def test_quarters_that_are_not_published(tmp_path):
    """Table 03: sums since January under quarters, of which the last is 0 for all."""
    names = ["北京市", "天津市", "河北省", "山西省", "辽宁省"]
    heads = [
        "",
        "2021年第三季度",
        "2021年第二季度",
        "2021年第一季度",
        "2020年第四季度",
        "2020年第三季度",
    ]
    rows = [heads, *([name, 0, 19.03, 8.88, 36.55, 25.51] for name in names)]
    path = workbook(
        tmp_path / "2020年第三季度~2021年第三季度地区生产总值.xlsx", {"Sheet1": (rows, [])}
    )
    with pytest.warns(UserWarning, match="5 values that are 0 .* not published"):
        got = ps.tidy(path, unit="亿元")
    assert lines(got)[:4] == [
        "CN-BJ 地区生产总值 2021-H1 1903000000 CNY", "CN-BJ 地区生产总值 2021-Q1 888000000 CNY",
        "CN-BJ 地区生产总值 2020 3655000000 CNY",
        "CN-BJ 地区生产总值 2020-01/2020-09 2551000000 CNY",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("地区,2023年\n北京,(12.5)\n天津,3.5\n", ["'(12.5)'"]),
        ("地区,2023年\n北京,12.5e\n天津,3.5\n", ["'12.5e'"]),
        ("地区,2023年,2022年\n北京,见注,1\n天津,见注,2\n", ["row 2, column B", "row 3, column B"]),
        ("地区,2023年\n北京,1.5\n,2.5\n天津,3.5\n", ["row 3, column A"]),
        ("地区,2023年\n北京,见注\n天津,3.5\n", ["'见注'"]),
        ("地区,增速,比全国\n北京,5.2%,0.0个百分点\n天津,4.3%,平平\n", ["'平平'"]),
    ],
)  # fmt: skip
def test_no_row_is_lost(tmp_path, text, cells):
    """A cell that cannot be read is named, wherever it stands; it makes no row a heading."""
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ps.SchemaError, match=f"{len(cells)} cells cannot be read") as caught:
        ps.tidy(tmp_path / "t.csv", indicator="x" if "年" in text else None, year=2023)
    assert all(cell in str(caught.value) for cell in cells)


@pytest.mark.parametrize(
    ("label", "period"),
    [
        ("Jan-Nov 2024", "2024-01/2024-11"), ("2024 Jan.–Nov.", "2024-01/2024-11"),
        ("January to November 2024", "2024-01/2024-11"), ("Q1-Q3 2024", "2024-01/2024-09"),
        ("First three quarters of 2024", "2024-01/2024-09"), ("1H2024", "2024-H1"),
        ("2024/1-11", "2024-01/2024-11"), ("2024.1—11", "2024-01/2024-11"),
        ("1-11/2024", "2024-01/2024-11"), ("2024/11/30", "2024-11"), ("2024.11.30", "2024-11"),
    ],
)  # fmt: skip
def test_spans(tmp_path, label, period):
    """A part of a year is never taken for the whole."""
    (tmp_path / "t.csv").write_text(f"Region,{label}\nBeijing,7.0\n", encoding="utf-8")
    got = ps.tidy(tmp_path / "t.csv", indicator="x", unit="%", cumulative=False)
    assert got["period"].tolist() == [period]


def test_two_tables_side_by_side(tmp_path):
    """A second table at the right, of other labels, is refused with its column."""
    rows = [["地区", "GDP(亿元)", "", "年份", "全国CPI"], ["北京", 1.5, "", 2022, 102.0]]
    path = workbook(tmp_path / "a.xlsx", {"S": (rows, [])})
    with pytest.raises(ps.SchemaError, match="two tables: another begins in column D"):
        ps.tidy(path, year=2023)


def test_a_file_of_one_province(tmp_path):
    """Where nothing else tells a region, the name of the file does."""
    (tmp_path / "北京.csv").write_text("年份,GDP(亿元)\n2022,1.5\n", encoding="utf-8")
    assert lines(ps.tidy(tmp_path / "北京.csv")) == ["CN-BJ GDP 2022 150000000 CNY"]


def test_indices_alone_are_no_table(tmp_path):
    """A workbook of which all sheets only tell of others is refused by name."""
    sheets = {"目录": ([["表1", 1]], []), "说明": ([["a", 1]], [])}
    with pytest.raises(ps.SchemaError, match=r"no sheet is a table.*'目录', '说明'"):
        ps.tidy(workbook(tmp_path / "a.xlsx", sheets))


@pytest.mark.parametrize(
    "title",
    [
        "GDP 2019-2023 CAGR", "GDP compound growth 2019-2023", "2019-2023年GDP复合增长率",
        "2019-2023年R&D经费增幅", "2019-2023年R&D经费年均增速",
    ],
)  # fmt: skip
def test_the_years_of_a_growth_over_them_are_its_own(tmp_path, title):
    """Without them nobody knows over which years it is."""
    path = tmp_path / "a.csv"
    path.write_text(f"{title}\n单位：%\n地区,数值\n北京,1.5\n上海,2.5\n", encoding="utf-8")
    assert ps.tidy(path, period="2023", value="数值")["indicator"].tolist() == [title, title]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("表1 分地区R&D经费（2022-2023年）", "R&D经费"), ("2022—2023年各地区R&D经费", "R&D经费"),
        ("R&D经费（2022年至2023年）", "R&D经费"), ("R&D经费 2022~2023", "R&D经费"),
        ("R&D expenditure, 2022-2023", "R&D expenditure"),
        ("2022-2023年R&D经费年均值", "2022-2023年R&D经费年均值"),
        ("GDP 2019-2023 total", "GDP total"), ("GDP (2019-2023) total", "GDP total"),
        ("R&D（2022-2023年）经费", "R&D经费"),
    ],
)  # fmt: skip
def test_the_years_of_a_title_are_no_part_of_a_name(tmp_path, title, name):
    """The columns tell them; those of an average are its own."""
    path = tmp_path / "a.csv"
    path.write_text(f"{title}\n单位：亿元\n地区,2022,2023\n北京,1.5,2.5\n", encoding="utf-8")
    got = ps.tidy(path)
    assert got["indicator"].tolist() == [name, name]
    assert got["period"].tolist() == ["2022", "2023"]
