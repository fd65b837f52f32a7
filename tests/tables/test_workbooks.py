"""Workbooks: sheets, numbers that have lost their digits, and what cannot be opened."""

from __future__ import annotations

import pytest
import xlsxwriter

import provstats as ps


@pytest.fixture
def workbook(tmp_path):
    """Write sheets of rows into a workbook."""

    def write(**sheets):
        path = tmp_path / "book.xlsx"
        book = xlsxwriter.Workbook(path)
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        book.close()
        return path

    return write


HEAD = ["地区", "GDP(亿元)"]


def test_a_sheet_a_year(workbook):
    """Sheets named by years are one table."""
    path = workbook(**{"2022": [HEAD, ["北京", 1.5]], "2023": [HEAD, ["北京", 2.0]]})
    got = ps.tidy(path)
    assert got[["period", "value", "lower"]].to_numpy().tolist() == [
        ["2022", 1.5e8, 1.45e8], ["2023", 2e8, 1.95e8],
    ]  # fmt: skip


def test_a_sheet_an_indicator(workbook):
    """Sheets named by indicators are one table; one without a table is passed over and said."""
    path = workbook(
        **{
            "GDP(亿元)": [["地区", "2023年"], ["北京", 1.5]],
            "人口(万人)": [["地区", "2023年"], ["北京", 2]],
            "说明": [["这是说明。"]],
        }
    )
    known = ps.understand(path)
    assert known.frame["indicator"].tolist() == ["GDP", "人口"]
    assert known.frame["value"].tolist() == [1.5e8, 2e4]
    assert known.remarks.query("what == 'left out'")["sheet"].tolist() == ["说明"]


@pytest.mark.parametrize("sheet", [1, "b"])
def test_one_sheet(workbook, sheet):
    """One sheet is chosen by name or place."""
    path = workbook(a=[HEAD, ["北京", 1]], b=[HEAD, ["天津", 2]])
    assert ps.tidy(path, sheet=sheet, year=2023)["region"].tolist() == ["CN-TJ"]


def test_unknown_sheet(workbook):
    """A sheet that is not there is refused with those that are."""
    with pytest.raises(ps.SchemaError, match=r"has no sheet 'c'; it has \['a'\]"):
        ps.tidy(workbook(a=[HEAD]), sheet="c")


def test_an_empty_sheet(workbook):
    """An empty sheet holds no table."""
    with pytest.raises(ps.SchemaError, match="sheet 'a' is empty"):
        ps.tidy(workbook(a=[]))


def test_districts_of_a_sheet_a_year(workbook):
    """Stacked bilingual headings, blanks that a scan left, and a unit in a cell are read."""
    rows = [
        ["2-9 各区人口变动(2009年)"], [""], ["单位：人、‰(person，‰)"],
        ["", "", "", "  出生", "", "  死亡", "", ""],
        ["", "", "", "  Birth", "", "  Death", "", ""],
        ["", "Districts", "年平均人数", "", "", "", "", ""],
        ["  区、县级市", "and Cities", "Annual Average", "", "", "", "", ""],
        ["", "", " Population", "  人数", " 出生率", " 人数", " 死亡率", ""],
        ["", "", "", " Number", " Birth Rate", " Number", " Death Rate", " #婴儿"],
        ["全市", "Total", "78939 25", "76482", "9.69", "42746", "5.42", "4.46"],
        ["  荔湾区", " Liwan", "70630 0", "4746", "6.72", "5520", "7.8 2", "4.20"],
    ]  # fmt: skip
    got = ps.tidy(workbook(**{"2009": rows}))
    last = got[got["region"] == "荔湾区"]
    assert last[["indicator", "value", "unit"]].to_numpy().tolist() == [
        ["年平均人数", 706300.0, "count"], ["出生 人数", 4746.0, "count"],
        ["出生 出生率", pytest.approx(0.672), "percent"], ["死亡 人数", 5520.0, "count"],
        ["死亡 死亡率", pytest.approx(0.782), "percent"],
        ["死亡 死亡率 #婴儿", pytest.approx(0.42), "percent"],
    ]  # fmt: skip
    assert set(got["period"]) == {"2009"}


def test_a_password(tmp_path):
    """A workbook under a password is a container with an encrypted package."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (tmp_path / "a.xlsx").write_bytes(head + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(ps.SchemaError, match="protected by a password"):
        ps.tidy(tmp_path / "a.xlsx")


def test_a_damaged_workbook(tmp_path):
    """A file that only begins like a workbook is refused."""
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04" + bytes(50))
    with pytest.raises(ps.SchemaError, match="no workbook that can be read"):
        ps.tidy(tmp_path / "a.xlsx")
