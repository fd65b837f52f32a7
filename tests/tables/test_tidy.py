"""Tables as people have them: each shape in one call, with the right rows."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import lines

import provstats as ps

CASES = {
    "long": (
        (
            "地区,年份,指标,数值,单位\n北京,2023,地区生产总值,43760.7,亿元\n"
            "天津,2023,常住人口,1364,万人\n"
        ),
        {},
        ["CN-BJ 地区生产总值 2023 4376070000000 CNY", "CN-TJ 常住人口 2023 13640000 count"],
    ),
    "wide by period": (
        "地区,2023年,2022年\n北京市,1.5,--\n广西省,2.5,…\n",
        {"indicator": "gdp", "unit": "亿元"},
        ["CN-BJ gdp 2023 150000000 CNY", "CN-GX gdp 2023 250000000 CNY"],
    ),
    "wide by indicator": (
        "表1 各省主要指标（2023年）\n地区,GDP(亿元),城镇化率(%)\n北  京,1.5,87.8\n",
        {},
        ["CN-BJ GDP 2023 150000000 CNY", "CN-BJ 城镇化率 2023 87.8 percent"],
    ),
    "years down, provinces across": (
        "年份,北京,全国\n2022年,1.1,2.2\n2023年,1.2,2.3\n",
        {"indicator": "gdp", "unit": "%"},
        [
            "CN-BJ gdp 2022 1.1 percent",
            "CN gdp 2022 2.2 percent",
            "CN-BJ gdp 2023 1.2 percent",
            "CN gdp 2023 2.3 percent",
        ],
    ),
    "indicators down, periods across, a region for all": (
        (
            "数据库：分省年度数据 \n时间： \n"
            "指标\t,2024年\t,2023年\t,\n财政支出 (亿元)\t,8396.49\t,7971.25\t,\n"
        ),
        {"region": "北京"},
        ["CN-BJ 财政支出 2024 839649000000 CNY", "CN-BJ 财政支出 2023 797125000000 CNY"],
    ),
    "indicators down, provinces across": (
        "指标,北京,天津\nGDP(亿元),1.1,1.2\n人口(万人),2.1,--\n",
        {"year": 2023},
        [
            "CN-BJ GDP 2023 110000000 CNY",
            "CN-TJ GDP 2023 120000000 CNY",
            "CN-BJ 人口 2023 21000 count",
        ],
    ),
    "two heading rows with spans": (
        (
            "各地区工业增加值（亿元）\n地区,2023年,,2022年,\n,绝对数,比上年增长(%),绝对数,比上年增长(%)\n"
            "北京,1.1,5.2,1.0,0.7\n"
        ),
        {},
        [
            "CN-BJ 工业增加值 2023 110000000 CNY",
            "CN-BJ 工业增加值 比上年增长 2023 5.2 percent",
            "CN-BJ 工业增加值 2022 100000000 CNY",
            "CN-BJ 工业增加值 比上年增长 2022 0.7 percent",
        ],
    ),
    "a row of units": (
        "地区,GDP,人口\n,亿元,万人\n北京,1.1,5.2\n",
        {"year": 2023},
        ["CN-BJ GDP 2023 110000000 CNY", "CN-BJ 人口 2023 52000 count"],
    ),
    "panels side by side": (
        "单位：亿元,,,\n地区,2023年,地区,2023年\n北京,1.1,上海,2.1\n天津,3.1,,\n",
        {"indicator": "gdp"},
        [
            "CN-BJ gdp 2023 110000000 CNY",
            "CN-SH gdp 2023 210000000 CNY",
            "CN-TJ gdp 2023 310000000 CNY",
        ],
    ),
    "a yearbook with subtotals, marks and notes": (
        (
            "3-1 地区生产总值（2023年）,,\n,,单位：亿元\n地  区,地区生产总值,第一产业\n"
            "全  国,1260582.1,89755.2\n东部地区,652084.2,\n北  京*,43760.7①,105.5\n注：初步数\n"
        ),
        {},
        [
            "CN 地区生产总值 2023 126058210000000 CNY",
            "CN 第一产业 2023 8975520000000 CNY",
            "CN-BJ 地区生产总值 2023 4376070000000 CNY",
            "CN-BJ 第一产业 2023 10550000000 CNY",
        ],
    ),
    "sections of indicators": (
        "地区,2023年\nGDP(亿元),\n北京,1.1\n天津,2\n人口(万人),\n北京,5\n天津,7\n",
        {},
        [
            "CN-BJ GDP 2023 110000000 CNY",
            "CN-TJ GDP 2023 200000000 CNY",
            "CN-BJ 人口 2023 50000 count",
            "CN-TJ 人口 2023 70000 count",
        ],
    ),
    "merged cells of regions": (
        "地区,指标,2023年\n北京,GDP(亿元),1.2\n,人口(万人),2.2\n天津,GDP(亿元),3.2\n",
        {},
        [
            "CN-BJ GDP 2023 120000000 CNY",
            "CN-BJ 人口 2023 22000 count",
            "CN-TJ GDP 2023 320000000 CNY",
        ],
    ),
    "a year and a month in two columns": (
        "地区,年,月,出口当期值(亿元)\n北京,2023,1,5.5\n北京,2023,2,5.6\n",
        {},
        ["CN-BJ 出口当期值 2023-01 550000000 CNY", "CN-BJ 出口当期值 2023-02 560000000 CNY"],
    ),
    "months down, years across": (
        "月份,2022年,2023年\n1月,1,2\n2月,3,4\n",
        {"region": "北京", "indicator": "出口当月值", "unit": "亿元"},
        [
            "CN-BJ 出口当月值 2022-01 100000000 CNY",
            "CN-BJ 出口当月值 2023-01 200000000 CNY",
            "CN-BJ 出口当月值 2022-02 300000000 CNY",
            "CN-BJ 出口当月值 2023-02 400000000 CNY",
        ],
    ),
    "quarters below years": (
        "地区,2023年,,2022年,\n,一季度,上半年,前三季度,全年\n北京,1,2,3,4\n",
        {"indicator": "gdp", "unit": "亿元"},
        [
            "CN-BJ gdp 2023-Q1 100000000 CNY",
            "CN-BJ gdp 2023-H1 200000000 CNY",
            "CN-BJ gdp 2022-01/2022-09 300000000 CNY",
            "CN-BJ gdp 2022 400000000 CNY",
        ],
    ),
    "a column that counts the rows": (
        "序号,地区,GDP(亿元)\n1,北京,1.5\n2,天津,2.5\n",
        {"year": 2023},
        ["CN-BJ GDP 2023 150000000 CNY", "CN-TJ GDP 2023 250000000 CNY"],
    ),
    "a row that counts the columns": (
        "地区,GDP(亿元),人口(万人)\n甲,1,2\n北京,1.5,2.5\n",
        {"year": 2023},
        ["CN-BJ GDP 2023 150000000 CNY", "CN-BJ 人口 2023 25000 count"],
    ),
    "ranks": (
        "排名,地区,GDP(亿元)\n1,广东,1.5\n2,江苏,1.2\n",
        {"year": 2023},
        [
            "CN-GD 排名 2023 1 rank",
            "CN-GD GDP 2023 150000000 CNY",
            "CN-JS 排名 2023 2 rank",
            "CN-JS GDP 2023 120000000 CNY",
        ],
    ),
    "years in the names of columns": (
        "地区,gdp2021,gdp2022,2021年人口(万人)\n北京,1.5,2,3\n",
        {"unit": {"gdp": "亿元"}},
        [
            "CN-BJ gdp 2021 150000000 CNY",
            "CN-BJ gdp 2022 200000000 CNY",
            "CN-BJ 人口 2021 30000 count",
        ],
    ),
    "figures that look like years": (
        "地区,2023年,2022年\n北京,2015,2016\n天津,2001,1999\n",
        {"indicator": "a", "unit": "家"},
        [
            "CN-BJ a 2023 2015 count",
            "CN-BJ a 2022 2016 count",
            "CN-TJ a 2023 2001 count",
            "CN-TJ a 2022 1999 count",
        ],
    ),
    "codes of regions": (
        "行政区划代码,地区,2023年\n110000,北京市,1.5\n",
        {"indicator": "a", "unit": "%"},
        ["CN-BJ a 2023 1.5 percent"],
    ),
    "only codes": (
        "code,2023\n110000,1.5\n120000,2.5\n",
        {"indicator": "a", "unit": "%"},
        ["CN-BJ a 2023 1.5 percent", "CN-TJ a 2023 2.5 percent"],
    ),
    "English": (
        (
            "Table 3-1 Gross Regional Product (2023)\n(100 million yuan)\n"
            "Region,GRP,Per Capita GRP (yuan)\n"
            "National Total,1260582.1,89358\nGuangxi Zhuang Autonomous Region,1,2\nShaanxi,3,4\n"
        ),
        {},
        [
            "CN GRP 2023 126058210000000 CNY",
            "CN Per Capita GRP 2023 89358 CNY",
            "CN-GX GRP 2023 100000000 CNY",
            "CN-GX Per Capita GRP 2023 2 CNY",
            "CN-SN GRP 2023 300000000 CNY",
            "CN-SN Per Capita GRP 2023 4 CNY",
        ],
    ),
    "remarks in a column": (
        "地区,GDP(亿元),备注\n广东,1.5,初步\n江苏,1.2,\n",
        {"year": 2023},
        ["CN-GD GDP 2023 150000000 CNY", "CN-JS GDP 2023 120000000 CNY"],
    ),
    "a column of figures chosen": (
        "地区,年份,gdp,pop\n北京,2022,1,2\n",
        {"value": "gdp", "unit": "亿元"},
        ["CN-BJ gdp 2022 100000000 CNY"],
    ),
    "an indicator chosen": (
        "地区,年份,gdp,pop\n北京,2022,1,2\n",
        {"indicator": "pop", "unit": "万人"},
        ["CN-BJ pop 2022 20000 count"],
    ),
    "columns named by the caller": (
        "who,when,what,much\n北京,2022,gdp,1\n北京,2022,出口,2\n",
        {
            "region": "who",
            "period": "when",
            "indicator": "what",
            "value": "much",
            "unit": "亿元",
        },
        ["CN-BJ gdp 2022 100000000 CNY", "CN-BJ 出口 2022 200000000 CNY"],
    ),
    "a period for all rows": (
        "地区,gdp\n北京,1\n",
        {"period": "2022年1—11月", "unit": "亿元"},
        ["CN-BJ gdp 2022-01/2022-11 100000000 CNY"],
    ),
    "a unit for a column in a comment": (
        (
            "# Title: prices\n# Units: Liquids unit: 2014 RMB/t, Gas unit: 2015 RMB/thousand m3\n"
            "province.name,liquids,gas\nTibet,8465,2790\n"
        ),
        {},
        ["CN-XZ liquids 2014 8465 CNY/t", "CN-XZ gas 2015 2.79 CNY/m3"],
    ),
    "an index": (
        "指标：居民消费价格指数(上年同月=100)\n地区,2020年2月\n北京市,103.6\n",
        {},
        ["CN-BJ 居民消费价格指数(上年同月=100) 2020-02 103.6 上年同月=100"],
    ),
    "thousandths": (
        "地区,出生率(‰)\n北京,5.67\n",
        {"year": 2023},
        ["CN-BJ 出生率 2023 0.567 percent"],
    ),
    "a lost unit": (
        "Indicators：Birth Rate(?)\nRegion,2022\nBeijing,5.67\n",
        {},
        ["CN-BJ Birth Rate 2022 5.67 "],
    ),
    "a title of two units, of which each column's name tells one": (
        "单位：人、‰\n(person,‰)\n地区,出生人数,出生率\n北京,5,5.67\n",
        {"year": 2023},
        ["CN-BJ 出生人数 2023 5 count", "CN-BJ 出生率 2023 0.567 percent"],
    ),
    "districts": (
        (
            "表20 各区学生（2017）\n单位：人\n地  区,毕业生数,\n,初  中,高  中\n"
            "总  计,30,9\n  浦东新区,10,4\n"
        ),
        {"region": "上海"},
        [
            "CN-SH 毕业生数 初中 2017 30 count",
            "CN-SH 毕业生数 高中 2017 9 count",
            "浦东新区 毕业生数 初中 2017 10 count",
            "浦东新区 毕业生数 高中 2017 4 count",
        ],
    ),
    "a name parted by its rows": (
        (
            "3-9 地区生产总值 (2019年),,,,\n地  区,地区生产总值,,人均地区,指数(上年=100)\n"
            ",,第一产业,生产总值(元),\n北  京,1.5,2.5,164220,106.1\n"
        ),
        {"unit": {"地区生产总值": "亿元", "地区生产总值 第一产业": "亿元"}},
        [
            "CN-BJ 地区生产总值 2019 150000000 CNY",
            "CN-BJ 地区生产总值 第一产业 2019 250000000 CNY",
            "CN-BJ 人均地区生产总值 2019 164220 CNY",
            "CN-BJ 指数(上年=100) 2019 106.1 上年=100",
        ],
    ),
    "two languages in one cell": (
        (
            "2-1 各地区人口数\n单位：万人 (10 000 persons)\n地区 Region,2020\n"
            "全国 National Total,141212\n北京 Beijing,2189\n"
        ),
        {},
        ["CN 人口数 2020 1412120000 count", "CN-BJ 人口数 2020 21890000 count"],
    ),
    "panels that begin with ranks, a year each": (
        "2022年,,,2023年,,\n排名,省份,GDP(亿元),排名,省份,GDP(亿元)\n1,广东,1.5,1,江苏,2.5\n",
        {},
        [
            "CN-GD 排名 2022 1 rank",
            "CN-GD GDP 2022 150000000 CNY",
            "CN-JS 排名 2023 1 rank",
            "CN-JS GDP 2023 250000000 CNY",
        ],
    ),
    "sections of years": (
        "2020年,\n地区,GDP(亿元)\n北京,1\n天津,3\n2021年,\n地区,GDP(亿元)\n北京,5\n天津,7\n",
        {},
        [
            "CN-BJ GDP 2020 100000000 CNY",
            "CN-TJ GDP 2020 300000000 CNY",
            "CN-BJ GDP 2021 500000000 CNY",
            "CN-TJ GDP 2021 700000000 CNY",
        ],
    ),
    "a scale after its unit": (
        "Region,Exports (USD million)\nBeijing,1.5\n",
        {"year": 2020},
        ["CN-BJ Exports 2020 1500000 USD"],
    ),
    "a heading that comes again": (
        "地区,2023年\n北京,1\n地区,2023年\n上海,3\n",
        {"indicator": "a", "unit": "%"},
        ["CN-BJ a 2023 1 percent", "CN-SH a 2023 3 percent"],
    ),
}


@pytest.mark.parametrize(("text", "arguments", "rows"), CASES.values(), ids=CASES.keys())
def test_shapes(tmp_path, text, arguments, rows):
    """Each shape is read in one call."""
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert lines(ps.tidy(path, **arguments)) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encodings(tmp_path, encoding, delimiter):
    """A text is read in whatever encoding and with whatever delimiter it comes, and it is told."""
    text = "地区,2023年,2022年\r\n北京,1.5 , 2 \r\n上海,３．０,\r\n".replace(",", delimiter)
    (tmp_path / "表.csv").write_bytes(text.encode(encoding))
    known = ps.understand(str(tmp_path / "表.csv"), unit="亿元", indicator="gdp")
    assert known.frame["value"].tolist() == [1.5e8, 2e8, 3e8]
    assert known.encoding == encoding.removesuffix("-sig")


def test_traditional_characters(tmp_path):
    """Big5 is told from GB18030 by the names of regions."""
    (tmp_path / "a.csv").write_bytes("地區,2023年\n廣東,1.5\n臺灣,2.5\n".encode("big5"))
    known = ps.understand(tmp_path / "a.csv", indicator="a", unit="%")
    assert known.frame["region"].tolist() == ["CN-GD", "CN-TW"]
    assert known.encoding == "big5hkscs"


WIDE = pd.DataFrame({"地区": ["北京", "天津"], 2022: [1.5, 2.0], 2023: [1.0, 3.25]})
FRAMES = {
    "pandas": WIDE,
    "indexed": WIDE.set_index("地区"),
    "polars": pl.from_pandas(WIDE.rename(columns=str)),
    "arrow": pa.Table.from_pandas(WIDE.rename(columns=str)),
    "filtered": pd.concat([WIDE, WIDE]).iloc[2:],
    "text": WIDE.astype({2022: str, 2023: str}),
    "two levels": pd.DataFrame(
        WIDE[[2022, 2023]].to_numpy(), index=pd.Index(WIDE["地区"]),
        columns=pd.MultiIndex.from_product([[2022, 2023], ["gdp"]]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_frames(frame):
    """Frames of all libraries, with or without an index of names, give the same rows."""
    got = ps.tidy(frame, indicator="gdp", unit="亿元")
    assert lines(got) == [
        "CN-BJ gdp 2022 150000000 CNY", "CN-BJ gdp 2023 100000000 CNY",
        "CN-TJ gdp 2022 200000000 CNY", "CN-TJ gdp 2023 325000000 CNY",
    ]  # fmt: skip


def test_tidy_frames_stay_as_they_are():
    """What has been read is not read again: bounds and what was printed stay."""
    got = ps.tidy(WIDE, indicator="gdp", unit="亿元")
    pd.testing.assert_frame_equal(ps.tidy(got), got)
    for other in (pl.from_pandas(got), pa.Table.from_pandas(got)):
        pd.testing.assert_frame_equal(ps.tidy(other), got, check_dtype=False)


def test_numbers_of_rows_are_no_years():
    """A part of a long frame keeps the numbers of its rows, which are not labels."""
    part = pd.DataFrame({"地区": ["北京"], "年份": [2023], "gdp(亿元)": [1.5]}, index=[1999])
    for index in ([1999], [4711]):
        assert lines(ps.tidy(part.set_axis(index))) == ["CN-BJ gdp 2023 150000000 CNY"]


def test_frames_are_not_changed():
    """The caller's frame stays as it is."""
    before = WIDE.copy()
    ps.tidy(WIDE, indicator="gdp", unit="亿元")
    pd.testing.assert_frame_equal(WIDE, before)


@pytest.mark.parametrize(
    ("printed", "unit", "value", "lower", "upper", "qualifier"),
    [
        ("1,234.5", "亿元", 1234.5e8, 1234.45e8, 1234.55e8, "exact"),
        ("１２３４", "亿元", 1234e8, 1233.5e8, 1234.5e8, "exact"),
        ("1349.0", "亿元", 1349e8, 1348.95e8, 1349.05e8, "exact"),
        ("857", "家", 857, 857, 857, "exact"),
        ("1.1万", "家", 11000, 10500, 11500, "exact"),
        ("1.1万家", None, 11000, 10500, 11500, "exact"),
        ("超800家", None, 800, 800, 900, "over"),
        ("约4.3", "万亿元", 4.3e12, 4.2e12, 4.4e12, "about"),
        ("－1.5", "%", -1.5, -1.55, -1.45, "exact"),
        ("下降3.9%", None, -3.9, -3.95, -3.85, "exact"),
        ("621 89", "人", 62189, 62189, 62189, "exact"),
        ("8.1 8", "%", 8.18, 8.175, 8.185, "exact"),
        ("1 234 567", "人", 1234567, 1234567, 1234567, "exact"),
        ("12.3①", "%", 12.3, 12.25, 12.35, "exact"),
        ("12.3*", "%", 12.3, 12.25, 12.35, "exact"),
        ("1.23E+06", "元", 1230000, 1225000, 1235000, "exact"),
        (".5", "%", 0.5, 0.45, 0.55, "exact"),
        ("12", "万人", 120000, 115000, 125000, "exact"),
        ("12", "元/人", 12, 11.5, 12.5, "exact"),
        ("+3", "%", 3, 2.5, 3.5, "exact"),
    ],
)  # fmt: skip
def test_cells(  # noqa: PLR0913, PLR0917 - a row of the table above
    printed, unit, value, lower, upper, qualifier
):
    """A cell is one figure with the bounds of its last printed digit."""
    table = pd.DataFrame({"地区": ["北京"], "2023年": [printed]})
    row = ps.tidy(table, indicator="a", unit=unit).iloc[0]
    assert row[["value", "lower", "upper", "qualifier"]].tolist() == [
        pytest.approx(value, rel=1e-15), pytest.approx(lower, rel=1e-15),
        pytest.approx(upper, rel=1e-15), qualifier,
    ]  # fmt: skip
    assert row["printed"] == printed.strip()


@pytest.mark.parametrize(
    "mark",
    ["", " ", "-", "--", "—", "——", "…", "......", "n/a", "NaN", "null", "暂无", "#N/A", "\t"],
)
def test_missing_marks(mark):
    """A mark of a missing value is no row."""
    table = pd.DataFrame({"地区": ["北京", "天津"], "2023年": ["1", mark]})
    known = ps.understand(table, indicator="a", unit="%")
    assert known.frame["region"].tolist() == ["CN-BJ"]
    assert "missing" in set(known.remarks["what"])


@pytest.mark.parametrize(
    ("label", "period", "since_january"),
    [
        ("2023年4月", "2023-04", "2023-01/2023-04"), ("201904", "2019-04", "2019-01/2019-04"),
        ("2019-04-30", "2019-04", "2019-01/2019-04"),
        ("2019年04月份", "2019-04", "2019-01/2019-04"),
        ("2019Q2", "2019-Q2", "2019-H1"), ("2019年第2季度", "2019-Q2", "2019-H1"),
        ("2019年第四季度", "2019-Q4", "2019"), ("Apr 2019", "2019-04", "2019-01/2019-04"),
        ("2022年第1-4季度", "2022", "2022"), ("2022年第1-2季度", "2022-H1", "2022-H1"),
        ("2022年1—11月", "2022-01/2022-11", "2022-01/2022-11"), ("2024.0", "2024", "2024"),
        ("2024年", "2024", "2024"), ("2024-11", "2024-11", "2024-11"),
        ("2024年上半年", "2024-H1", "2024-H1"),
        ("2019/04", "2019-04", "2019-01/2019-04"), ("2019M4", "2019-04", "2019-01/2019-04"),
    ],
)  # fmt: skip
def test_labels_of_periods(label, period, since_january):
    """Labels are read as sites print them; `cumulative` says where they begin."""
    table = pd.DataFrame({"地区": ["北京"], label: ["1.5"]})
    for cumulative, expected in ((False, period), (True, since_january)):
        got = ps.tidy(table, indicator="gdp", unit="亿元", cumulative=cumulative)
        assert got["period"].tolist() == [expected]


def monthly(values, **arguments):
    """Read a row of the months February to April of two years."""
    labels = [f"{year}年{month}月" for year in (2022, 2023) for month in (2, 3, 4)]
    table = pd.DataFrame([["北京", *map(str, values)]], columns=["地区", *labels])
    return ps.tidy(table, **({"indicator": "出口", "unit": "亿元"} | arguments))["period"].tolist()


def test_a_fall_each_january_tells():
    """A level that rises within each year and falls as one begins counts from January."""
    assert monthly([1, 2, 3, 1.5, 2.5, 3.5])[2] == "2022-01/2022-04"


def test_a_fall_within_the_year_tells():
    """A level that falls within a year is that of single months."""
    assert monthly([3, 2, 1, 3.5, 2.5, 1.5])[2] == "2022-04"


def test_no_fall_tells():
    """A level that never falls is a stock, at the end of each month."""
    assert monthly([1, 2, 3, 4, 5, 6])[2] == "2022-04"


@pytest.mark.parametrize(
    ("name", "first"), [("出口累计值", "2022-01/2022-02"), ("出口当期值", "2022-02")]
)
def test_names_tell(name, first):
    """累计 and 当期 say where a month begins."""
    assert monthly([3, 2, 1, 6, 5, 4], indicator=name)[0] == first


def test_months_are_asked():
    """Where nothing tells, both spellings are shown."""
    table = pd.DataFrame({"地区": ["北京", "上海"], "2023年4月": ["1", "2"]})
    with pytest.raises(ps.PeriodError, match=r"2023-04 alone .*2023-01/2023-04, all since January"):
        ps.tidy(table, indicator="出口", unit="亿元")


def test_stored_numbers_have_the_digits_of_their_column():
    """1349.0 among numbers of one decimal was printed with one."""
    table = pd.DataFrame({"地区": ["北京", "天津"], "2023年": [1349.0, 802.7]})
    assert ps.tidy(table, indicator="gdp", unit="亿元")["upper"].tolist() == [1349.05e8, 802.75e8]
    told = ps.tidy(table, indicator="gdp", unit="亿元", decimals=2)
    assert told["upper"].tolist() == [1349.005e8, 802.705e8]


def test_unpublished_zeros():
    """A period of which all values are 0 is not published yet, and it is said."""
    codes = ["北京", "天津", "河北", "山西", "上海"]
    table = pd.DataFrame({"地区": codes, "2023年": [0] * 5, "2022年": [1.5] * 5})
    with pytest.warns(UserWarning, match="5 values that are 0 .* not published"):
        got = ps.tidy(table, indicator="gdp", unit="亿元")
    assert set(got["period"]) == {"2022"}


def test_cells_left_out_are_said():
    """With errors='missing' cells that cannot be read are left out, each named in the warning."""
    table = pd.DataFrame({"地区": ["北京", "天津"], "2023年": ["1", "x1y"]})
    with pytest.warns(UserWarning, match=r"row 2, column B: 'x1y'"):
        got = ps.tidy(table, indicator="a", unit="%", errors="missing")
    assert got["region"].tolist() == ["CN-BJ"]


def test_what_was_understood_can_be_asked_for():
    """Headings, lines left out, units and periods are told, in a notebook too."""
    table = pd.DataFrame(
        [["指标：gdp(亿元)", ""], ["地区", "2023年"], ["北京", "1.5"], ["数据来源：局", ""]]
    )
    known = ps.understand(table)
    told = set(known.remarks[["what", "text", "meaning"]].itertuples(index=False, name=None))
    assert {
        ("heading", "地区 2023年", "names the columns"), ("note", "数据来源：局", "left out"),
        ("unit", "gdp", "CNY, times 10**8"), ("period", "2023年", "2023"),
        ("labels", "地区", "column of labels: region"),
    } <= told  # fmt: skip
    assert known.remarks.query("what == 'note'")["row"].item() == 4
    assert "数据来源：局" in known._repr_html_()
    assert str(known) == "1 figures of a frame"


def test_results_can_be_compared():
    """The rows go straight into comparisons."""
    table = pd.DataFrame({"地区": ["北京", "天津", "河北"], "2023年(亿元)": ["3.0", "1.0", "2.0"]})
    ranked = ps.rank(ps.tidy(table, indicator="gdp"))
    assert ranked["rank"].tolist() == [1, 3, 2]
