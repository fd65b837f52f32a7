"""Workbooks that can be published: numbers as numbers, notes and sources on the sheet."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import provstats as ps


def sheet_of(path):
    """Return the cells of the only sheet, and the ranges that are merged."""
    book = CalamineWorkbook.from_path(path)
    assert len(book.sheet_names) == 1
    sheet = book.get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges


def test_a_sheet(tmp_path):
    """Title, heads, numbers, notes and documents stand on one sheet without merged cells."""
    rows = ps.gap_to_national("rd_intensity").query("period == '2022'")
    cells, merged = sheet_of(ps.to_excel(rows, tmp_path / "a.xlsx", lang="zh"))
    assert not merged
    assert "2022年" in cells[0][0]
    head = cells[2]
    assert head[:6] == ["地区", "指标", "时期", "数值", "下界", "上界"]
    first = dict(zip(head, cells[3], strict=True))
    assert (first["地区"], first["数值"], first["单位"]) == ("北京", 6.83, "%")
    assert isinstance(first["与全国之差"], float)
    below = [row[0] for row in cells[3 + len(rows) :]]
    assert below.index("注") < below.index("资料来源")
    assert any("2022年全国科技经费投入统计公报" in text for text in below)


@pytest.mark.parametrize("x", ["rd_expenditure", "little_giants", "industrial_value_added_growth"])
def test_what_is_written_can_be_read(tmp_path, x):
    """`tidy` reads the workbook: the same values, in the same order."""
    data = ps.series(x).data.sort_values("indicator", kind="stable")
    path = ps.to_excel(ps.series(x), tmp_path / "a.xlsx", lang="en")
    got = ps.tidy(path, value="Value", cumulative=False)
    assert got["region"].tolist() == data["region"].tolist()
    np.testing.assert_allclose(got["value"], data["value"], rtol=1e-12)


def test_rows_without_a_value(tmp_path):
    """A frame without figures is refused."""
    with pytest.raises(ps.SchemaError, match="needs rows with an indicator"):
        ps.to_excel(ps.sources(), tmp_path / "a.xlsx")


def test_without_the_extra(tmp_path, monkeypatch):
    """Without the library that writes workbooks the extra is named."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ps.SchemaError, match=r"needs provstats\[excel\]"):
        ps.to_excel("rd_intensity", tmp_path / "a.xlsx")


@pytest.mark.parametrize("path", ["o.csv", "o", "", None, 5])
def test_a_path_that_is_none_of_a_workbook(path):
    """A program of spreadsheets knows a workbook by its ending."""
    with pytest.raises(ps.SchemaError, match=r"path must be that of a file \.xlsx"):
        ps.to_excel("rd_intensity", path)


def test_what_cannot_be_written(tmp_path):
    """A folder that is not there is named, and nothing is written."""
    with pytest.raises(ps.SchemaError, match=r"cannot write the workbook .*none.a\.xlsx"):
        ps.to_excel("rd_intensity", tmp_path / "none" / "a.xlsx")
    assert not [*tmp_path.iterdir()]


def test_a_full_disk_leaves_the_old_workbook(tmp_path, monkeypatch):
    """What cannot be written whole does not take the place of what stood there."""
    path = ps.to_excel("rd_intensity", tmp_path / "a.xlsx")
    before = path.read_bytes()
    write = Path.write_bytes

    def fill(self, content):
        write(self, content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill)
    with pytest.raises(ps.SchemaError, match=r"cannot write the workbook .*No space left"):
        ps.to_excel("rd_expenditure", path)
    assert path.read_bytes() == before
    assert [*tmp_path.iterdir()] == [path]


def one_row(**found):
    """Return one row of an indicator, with what was found of it."""
    row = {"region": "CN-BJ", "indicator": "a", "period": "2023", "value": 3.0, "unit": "count"}
    return pd.DataFrame([{**row, **found}])


@pytest.mark.parametrize(
    ("lang", "found", "shown"),
    [
        ("zh", {"yoy_upper": float("inf")}, {"变化上界": "∞"}),
        ("zh", {"yoy_lower": float("-inf"), "yoy": 2.0}, {"变化下界": "−∞", "同比变化": 2.0}),
        ("zh", {"national": 4.0, "national_upper": float("inf")}, {"全国": 4.0, "全国上界": "∞"}),
        ("zh", {"tier": pd.NA}, {"档次": ""}),
        ("zh", {"nature": "target", "standing": "better"}, {"性质": "目标", "与全国相比": "优于"}),
        ("zh", {"method": "levels", "reason": "no_base"},
         {"方法": "按水平推算", "原因": "没有基期数值"}),
        ("en", {"method": "levels", "reason": "no_base"},
         {"Method": "levels", "Reason": "no_base"}),
        ("zh", {"qualifier": "over", "yoy_unit": "percent"}, {"限定": "超过", "变化的单位": "%"}),
        ("en", {"gap_unit": "percentage_point"}, {"Unit of the gap": "pp"}),
        ("zh", {"growth": 5.0, "reported": 7.1, "reported_lower": 7.05, "reported_upper": 7.15,
                "conflict": True},
         {"公布值": 7.1, "公布值下界": 7.05, "公布值上界": 7.15, "矛盾": "是"}),
        ("zh", {"value": 5e8, "unit": "CNY", "outcome": 3e8, "outcome_upper": 4e8,
                "outcome_period": "2023", "verdict": "missed"},
         {"数值": 5.0, "实际": 3.0, "实际上界": 4.0, "实际时期": "2023", "判断": "未完成"}),
        ("en", {"value": 5e9, "unit": "CNY", "levels": 7.5, "level_minus_new": 8.5,
                "implied_base_lower": 2e9, "agree": True},
         {"From levels": 7.5, "From level less additions": 8.5, "Implied base, lower": 2.0,
          "Agree": "yes"}),
        ("zh", {"printed": "above", "source": "below"}, {"原文": "above", "来源": "below"}),
    ],
)  # fmt: skip
def test_cells(tmp_path, lang, found, shown):
    """Codes are said in words, and an end that is infinite is the sign of it."""
    sheet, _ = sheet_of(ps.to_excel(one_row(**found), tmp_path / "a.xlsx", lang=lang))
    cells = dict(zip(sheet[2], sheet[3], strict=True))
    assert {head: cells[head] for head in shown} == shown


def results():
    """Return results, and a head and a cell that a sheet of each must have."""
    gdp = ps.series("gdp", period=2023, regions=["粤", "琼", "全国"])
    return {
        "yoy": (ps.yoy(gdp), "价格", ["现价", "现价", "不变价"]),
        "growth": (ps.growth(gdp, years=5), "年均增长", None),
        "tiers": (ps.tiers(gdp), "档次", [1, 2]),
        "top": (ps.top(gdp, 1), "前列", ["确定", "确定不在"]),
        "conflict": (ps.yoy(gdp), "矛盾", ["否", "否", "否"]),
    }


@pytest.mark.parametrize(("rows", "head", "cells"), results().values(), ids=results())
def test_what_was_found_stands_on_the_sheet(tmp_path, rows, head, cells):
    """No finding of a result is left out without a word."""
    sheet, _ = sheet_of(ps.to_excel(rows, tmp_path / "a.xlsx", lang="zh"))
    found = [row[sheet[2].index(head)] for row in sheet[3 : 3 + len(rows)]]
    assert sorted(found) == sorted(cells) if cells else all(found[:2])
