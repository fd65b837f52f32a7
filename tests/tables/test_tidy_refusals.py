"""Tables that are none, or not of single figures: each refused by name, with what is wrong."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import provstats as ps

X = {"indicator": "x", "unit": "亿元"}
REFUSED = {
    "empty": ("", {}, "t.csv is empty"),
    "blank": ("\n\n \n", {}, "t.csv is empty"),
    "a text": ("这是一段文字。\n没有表格。\n", {}, "holds no table"),
    "a page": ("<html><table><tr><td>1</td></tr></table></html>", {}, "a page"),
    "two tables": (
        "地区,2023年\n北京,1\n天津,2\n\n地区,人口,面积\n北京,5,6\n",
        X,
        "two tables: another heading stands in row 5",
    ),
    "a total among provinces": (
        "地区,2023年\n北京,1.0\n天津,2.0\n合  计,3.0\n",
        X,
        r"a total stands among provinces .*\n.*row 4: total, '3.0'",
    ),
    "a province twice": (
        "地区,2023年\n北京,1.0\n天津,2.0\n北京市,3.0\n",
        X,
        r"stand twice.*CN-BJ, x, 2023:\n.*row 2: CN-BJ, '1.0'.*\n.*row 4: CN-BJ, '3.0'",
    ),
    "mixed units in a column": (
        "地区,2023年\n北京,1.1万家\n天津,5%\n",
        {"indicator": "x"},
        r"'x' is in several units:\n.*row 2: CN-BJ, '1.1万家', count\n.*row 3: .*'5%', percent",
    ),
    "a title of two units": (
        "单位：亿元、万人\n地区,a,b\n北京,1,2\n",
        {"year": 2023},
        r"names 亿元 and 万人 above the table.*pass unit=\{'a'",
    ),
    "a rate under a title of amounts": (
        "单位：亿元\n地区,增速\n北京,1\n",
        {"year": 2023},
        "names 亿元 above the table, and '增速' does not say",
    ),
    "a unit that contradicts the heading": (
        "地区,GDP(亿元)\n北京,1\n",
        {"year": 2023, "unit": "万元"},
        "unit='万元' contradicts 'GDP",
    ),
    "no region": ("年份,gdp\n2023,1\n2022,2\n", {}, "names no regions.*pass region="),
    "no period": ("地区,gdp\n北京,1\n", {}, "names no period for 'gdp'; pass period="),
    "no year": ("地区,1月\n北京,1.5\n", X, "pass period= or year="),
    "a city among provinces": (
        "地区,2023年\n吉林市,3\n吉林省,4\n辽宁,5\n",
        X,
        r"1 cells cannot be read.*\n  row 2, column A: '吉林市'",
    ),
    "an amount scaled twice": ("地区,2023年\n北京,1.1万\n天津,2\n", X, "'1.1万'"),
    "an unknown column of figures": (
        "地区,年份,gdp\n北京,2022,1\n",
        {"value": "pop"},
        r"value='pop' names no column of figures; there are \['gdp'\]",
    ),
    "an unknown indicator": (
        "地区,年份,gdp,pop\n北京,2022,1,2\n",
        {"indicator": "cpi"},
        r"neither a column nor one of the indicators \['gdp', 'pop'\]",
    ),
    "a column without a heading": (
        "地区,2023年,\n北京,1,2\n天津,3,4\n",
        X,
        "column C of the table holds figures and has no heading",
    ),
    "a region for a table that names its own": (
        "地区,2023年\n北京,1\n",
        X | {"region": "上海"},
        "the rows name their own regions",
    ),
    "a period for a table that names its own": (
        "地区,2023年\n北京,1\n",
        X | {"period": "2022"},
        "names its own",
    ),
    "errors": ("地区,2023年\n北京,1\n", X | {"errors": "ignore"}, "errors must be one of"),
    "decimals": ("地区,2023年\n北京,1\n", X | {"decimals": -1}, "decimals must be"),
    "cumulative": ("地区,2023年\n北京,1\n", X | {"cumulative": "yes"}, "cumulative must be"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "arguments", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(tmp_path, text, arguments, message):
    """Each is refused with an error that says what is wrong, and where."""
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ps.SchemaError, match=message):
        ps.tidy(tmp_path / "t.csv", **arguments)


def test_all_unreadable_cells_are_named_at_once():
    """One error names every cell, with row, column and text."""
    table = pd.DataFrame(
        {
            "地区": ["北京", "天津", "河北", "北就"],
            "2023年": ["1", "12.3.4", "7", "4"],
            "2022年": ["x", "5", "两三百", "5"],
        }
    )  # fmt: skip
    with pytest.raises(ps.SchemaError) as caught:
        ps.tidy(table, **X)
    assert [line.split(" (")[0].strip() for line in str(caught.value).splitlines()[1:]] == [
        "row 1, column C: 'x'", "row 2, column B: '12.3.4'", "row 3, column C: '两三百'",
        "row 4, column A: '北就'",
    ]  # fmt: skip


def test_unknown_region():
    """A region for all rows must be one."""
    with pytest.raises(ps.UnknownRegionError, match="unknown region '北就'"):
        ps.tidy(pd.DataFrame({"年份": ["2023"], "gdp": ["1"]}), region="北就")


def test_unknown_period():
    """A period for all rows must be one."""
    table = pd.DataFrame({"地区": ["北京"], "gdp": ["1"]})
    with pytest.raises(ps.PeriodError, match="neither a column of the table nor a period"):
        ps.tidy(table, period="去年")


def test_the_total_of_all_provinces_is_the_nation():
    """合计 is the nation's where all 31 provinces stand in the table and add up to it."""
    names = [*ps.regions().query("kind == 'province'")["name_zh"][:31]]
    table = pd.DataFrame({"地区": ["合计", *names], "2023年": ["31.0", *["1.0"] * 31]})
    assert ps.tidy(table, **X)["region"].iloc[0] == "CN"
    table.loc[0, "2023年"] = "99.0"
    with pytest.raises(ps.SchemaError, match="a total stands among provinces"):
        ps.tidy(table, **X)


def test_a_total_can_be_left_out():
    """With errors='missing' a total is left out, and it is said."""
    table = pd.DataFrame({"地区": ["北京", "天津", "合计"], "2023年": ["1", "2", "3"]})
    with pytest.warns(UserWarning, match="a total stands among provinces"):
        assert ps.tidy(table, **X, errors="missing")["region"].tolist() == ["CN-BJ", "CN-TJ"]


def test_lazy_frames():
    """A lazy frame is to be collected first."""
    with pytest.raises(ps.SchemaError, match=r"polars.*LazyFrame; collect a lazy frame first"):
        ps.tidy(pl.LazyFrame({"地区": ["北京"], "2023": [1]}), **X)


def test_no_file():
    """A text is the path of a file."""
    with pytest.raises(ps.SchemaError, match=r"there is no file 'nowhere\.csv'"):
        ps.tidy("nowhere.csv")


def test_no_text(tmp_path):
    """Bytes that are neither a workbook nor a text are refused."""
    (tmp_path / "a.csv").write_bytes(b"\x81\xff\xff\x80" * 50)
    with pytest.raises(ps.SchemaError, match="neither a workbook nor text"):
        ps.tidy(tmp_path / "a.csv")
