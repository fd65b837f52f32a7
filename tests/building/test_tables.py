"""Official tables: wide transcripts become rows, and the rows are proved against the cells."""

from __future__ import annotations

import pytest

import provstats as ps
from provstats.building.build import build_observation_table
from provstats.building.marks import read_excluded_cells
from provstats.building.tables import read_batches, read_cells, read_tables
from provstats.building.verify_tables import Shipped, Told, prove_table


def change(path, old, new):
    """Change one place of a file, in which blanks are tabs."""
    text = path.read_text(encoding="utf-8")
    old, new = (part.replace(" ", "\t") for part in (old, new))
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def built(small):
    """Return the rows of the small table."""
    return build_observation_table(small / "data").to_pandas()


def proved(small, rows):
    """Hold rows against the document of the small table."""
    data = small / "data"
    told = Told(read_tables(data), read_batches(data), read_excluded_cells(data))
    cells = rows[list(Shipped._fields)].itertuples(index=False, name=None)
    return prove_table(
        "yearbook", small / "tables" / "yearbook.tsv", map(Shipped._make, cells), told
    )


def test_cells_become_rows(small):
    """Each cell has its line, its bounds by its digits, and the notes that are of it."""
    rows = built(small)
    columns = ["region", "indicator", "period", "value", "lower", "upper", "unit", "paragraph"]
    assert rows[columns].to_numpy().tolist() == [
        ["CN", "gdp", "2022", 12e8, 11.5e8, 12.5e8, "CNY", 3],
        ["CN-SH", "gdp", "2022", 7e8, 6.5e8, 7.5e8, "CNY", 4],
        ["CN", "gdp", "2023", 13.5e8, 13.45e8, 13.55e8, "CNY", 5],
        ["CN-BJ", "gdp", "2023", 4.5e8, 4.495e8, 4.505e8, "CNY", 6],
        ["CN-SH", "gdp", "2023", 9e8, 8.5e8, 9.5e8, "CNY", 7],
        ["CN-BJ", "green_factories_new", "2018-H1", 3, 3, 3, "count", 8],
    ]
    assert rows["printed"].tolist() == ["12", "7", "13.5", "4.50", "9", "3"]
    assert rows["note"].tolist() == [
        "with others", "", "first estimate; with others", "first estimate", "first estimate", "",
    ]  # fmt: skip


def test_an_empty_cell_has_no_line(small):
    """What was not printed takes no line of the document."""
    table = read_tables(small / "data")[0]
    found = {
        (cell.region, cell.period): cell.paragraph for cell in read_cells(small / "data", table)
    }
    assert ("CN-BJ", "2022") not in found
    assert found["CN-SH", "2022"] == 4


def test_all_is_proved(small):
    """Every row is its cell, and the cell that is no row is excluded."""
    proof = proved(small, built(small))
    assert proof.findings == []
    assert (proof.rows, proof.numerals, proof.excluded) == (6, 7, 1)
    assert len(proof.sha256) == 64


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("全国 2022 地区生产总值 12", "全国 2022 地区生产总值 13", "'13', 'CNY') does"),
        ("4.50", "4.5", "'4.5', 'CNY') does"),
        ("全国 2022", "天津 2022", "('CN-TJ', '2022', 'gdp'"),
        ("全国 2022", "全国 2021", "('CN', '2021', 'gdp'"),
        ("第2批", "第3批", "is no cell of a table"),
        ("绿色工厂数 3", "地区生产总值 3", "is no cell of a table"),
        ("7 亿元", "7 万元", "is no cell of a table"),
        ("全国 2022", "某地 2022", "is no cell of a table: unknown region"),
        ("上海 2023", "上海 2023 ", "is no cell of a table"),
        ("北京 2019 绿色工厂数 0", "北京 2021 绿色工厂数 0", "has no row"),
        ("region period", "place period", "must have the headings"),
    ],
)
def test_a_doctored_document_is_found(small, old, new, problem):
    """A digit, a region, a year, a name or a unit that differs is found."""
    rows = built(small)
    change(small / "tables" / "yearbook.tsv", old, new)
    assert any(problem in str(finding) for finding in proved(small, rows).findings)


def test_a_line_more_and_a_line_less_are_found(small):
    """So is a cell that was passed over, and one that is gone."""
    path, rows = small / "tables" / "yearbook.tsv", built(small)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[2].replace("2022", "2024")]), encoding="utf-8")
    assert [f.paragraph for f in proved(small, rows).findings] == [10]
    path.write_text("\n".join(lines[:7]), encoding="utf-8")
    assert "does not stand in the line" in str(proved(small, rows).findings[0])


def test_rows_that_differ_are_found(small):
    """Two rows of one cell, a row that is excluded, and another unit are found."""
    rows = built(small)
    moved = rows.assign(paragraph=[3, 3, 5, 6, 7, 8])
    assert len(proved(small, moved).findings) == 2
    assert proved(small, rows.assign(unit="USD")).rows == 0
    excluded = rows.iloc[[5]].assign(period="2019", printed="0", paragraph=9)
    assert "is a row and excluded" in str(proved(small, excluded).findings[0])


def test_documents_that_cannot_be_read(small):
    """A missing document and one that is no text are found by name."""
    path, rows = small / "tables" / "yearbook.tsv", built(small)
    path.write_bytes(b"\xff\xfe")
    assert "cannot be read" in proved(small, rows).findings[0].problem
    path.unlink()
    assert "is not in the folder" in proved(small, rows).findings[0].problem


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("tables/yearbook/gdp.tsv", "13.5", "much", "yearbook/gdp.tsv, CN 2023: cannot read"),
        ("tables/yearbook/gdp.tsv", "CN-SH 7", "上海 7", "region of '7' must be 'CN-SH'"),
        ("tables/yearbook/gdp.tsv", "CN-SH 7", "CN-TJ 7", "regions must be those of the rows"),
        ("tables/yearbook/gdp.tsv", "CN-SH 7 9", "CN-SH 7 9\nCN-SH 7 9", "must identify a row"),
        (
            "tables/yearbook/gdp.tsv",
            "region 2022",
            "region 2022年",
            "period of '12' must be '2022'",
        ),
        ("tables/yearbook/gdp.tsv", "paragraph 3", "paragraph x", "must be a whole number"),
        ("tables/yearbook/gdp.tsv", "paragraph 3", "line 3", "its first row 'paragraph'"),
        ("tables/yearbook/gdp.tsv", "CN 12", "CN 12 1", "cells are needed"),
        ("tables.tsv", "亿元 亿元", "亿元 万吨", "unit of '12' must be 'CNY', got 't'"),
        ("tables.tsv", "亿元 亿元", "亿元 箩筐", "is no unit"),
        ("tables.tsv", "gdp gdp", "gdp gross", "unknown indicator"),
        ("tables.tsv", "gdp gdp", "other gdp", "these files are not listed"),
        ("tables.tsv", "green_factories_new green", "gdp green", "table must stand once"),
        ("tables.tsv", "绿色工厂数", "地区生产总值", "name must stand once"),
        ("tables.tsv", "家 outcome", "家 hope", "nature must be of"),
        ("tables.tsv", "yearbook green", "almanac green", "id of a document that is a table"),
        ("notes.tsv", "yearbook gdp *", "almanac gdp *", "notes.tsv: source must be the id"),
        ("notes.tsv", "gdp CN *", "gdp CN-TJ *", "notes.tsv: these are of no cell"),
        ("notes.tsv", "* 2023", "* 2027", "notes.tsv: these are of no cell"),
        ("notes.tsv", "* 2023", "* soon", "notes.tsv, line 2"),
        ("notes.tsv", "with others", "", "is missing"),
        ("cell-exclusions.tsv", "2019/2020", "2020", "these are of no cell"),
        ("cell-exclusions.tsv", "blank a", "whim a", "reason must be one of"),
        ("batches.tsv", "yearbook", "almanac", "batches.tsv: source must be"),
        ("batches.tsv", "2018-H1", "2018年上半年", "batches.tsv, line 2: period must be '2018-H1'"),
    ],
)
def test_what_does_not_hold_stops_the_build(small, file, old, new, message):
    """A cell, a list or a mark that does not hold is named by its place."""
    if new == "":
        path = small / "data" / file
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    else:
        change(small / "data" / file, old, new)
    with pytest.raises(ps.SchemaError, match=message):
        built(small)


def test_a_finer_table_may_stand_beside_a_rounded_one(small):
    """Two names of one indicator are two tables; what the rounded one repeats is excluded."""
    data = small / "data"
    rounded = "region 2023 2024\nparagraph 10 11\nCN 14 15\n".replace(" ", "\t")
    (data / "tables/yearbook/gdp-rounded.tsv").write_text(rounded, encoding="utf-8")
    with (data / "tables.tsv").open("a", encoding="utf-8") as file:
        file.write("yearbook\tgdp-rounded\tgdp\t生产总值\t亿元\t亿元\toutcome\n")
    with pytest.raises(ps.SchemaError, match="must identify a row"):
        built(small)
    with (data / "cell-exclusions.tsv").open("a", encoding="utf-8") as file:
        file.write("yearbook\tgdp-rounded\t*\t2023\tduplicate\tmore finely in gdp\n")
    rows = built(small)
    assert rows[rows["region"] == "CN"]["printed"].tolist() == ["12", "13.5", "15"]
