"""Folders of text tables to build from: the shipped texts, and a small table of our own."""

from __future__ import annotations

import shutil

import pytest

from provstats.store.files import find_data_folder, read_header

#: What lists tables: without tables these have only their headings.
LISTS = ("tables.tsv", "batches.tsv", "notes.tsv", "cell-exclusions.tsv")
DIGEST = "0" * 64
SMALL = {
    "sources.tsv": """
id title publisher published language regions url accessed sha256 title_en licence encoded
yearbook 年鉴 统计局 2024-12 zh-Hans CN|CN-BJ|CN-SH _ 2026-11-30 DIGEST Y MIT all
""",
    "tables.tsv": """
source table indicator name unit heading nature
yearbook gdp gdp 地区生产总值 亿元 亿元 outcome
yearbook green_factories_new green_factories_new 绿色工厂数 家 家 outcome
""",
    "tables/yearbook/gdp.tsv": """
region 2022 2023
paragraph 3 5
CN 12 13.5
CN-BJ _ 4.50
CN-SH 7 9
""",
    "tables/yearbook/green_factories_new.tsv": """
region 2018-H1 2019
paragraph 8 9
CN-BJ 3 0
""",
    "batches.tsv": """
source batch period
yearbook 第2批 2018-H1
""",
    "notes.tsv": """
source indicator region period note
yearbook gdp * 2023 first|estimate
yearbook gdp CN * with|others
""",
    "cell-exclusions.tsv": """
source table region period reason why
yearbook green_factories_new CN-BJ 2019/2020 blank a|blank
""",
    "breaks.tsv": "indicator region before after reason source",
    "headings.tsv": "source paragraph last units",
}
DOCUMENT = """
#|SOURCE|a|copy
region period indicator value unit note
全国 2022 地区生产总值 12 亿元 _
上海 2022 地区生产总值 7 亿元 _
全国 2023 地区生产总值 13.5 亿元 a|remark
北京 2023 地区生产总值 4.50 亿元 _
上海 2023 地区生产总值 9 亿元 _
北京 第2批 绿色工厂数 3 家 _
北京 2019 绿色工厂数 0 家 _
"""


def tabbed(text):
    """Return a table whose blanks are tabs and whose bars are blanks; _ is an empty cell."""
    cells = [["" if cell == "_" else cell for cell in line.split(" ")] for line in lines_of(text)]
    return "\n".join("\t".join(line) for line in cells).replace("|", " ").replace("DIGEST", DIGEST)


def lines_of(text):
    """Return the lines of a text in which no blank is forgotten at the end."""
    return text.strip("\n").split("\n")


@pytest.fixture
def folder(tmp_path):
    """Copy the tables of the texts, to be changed."""
    for path in find_data_folder().glob("*.tsv"):
        shutil.copy(path, tmp_path)
    shutil.copytree(find_data_folder() / "headline", tmp_path / "headline")
    for name in LISTS:
        header = "\t".join(read_header(find_data_folder() / name)) + "\n"
        (tmp_path / name).write_text(header, encoding="utf-8")
    _keep(tmp_path / "sources.tsv", lambda row: not row[-2])
    kept = {
        line.split("\t")[0] for line in (tmp_path / "sources.tsv").read_text("utf-8").split("\n")
    }
    _keep(tmp_path / "breaks.tsv", lambda row: row[-1] in kept)
    return tmp_path


def _keep(path, is_kept):
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if is_kept(line.split("\t"))]
    path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")


@pytest.fixture
def small(tmp_path):
    """Write a folder with one small table and its document."""
    for name, text in SMALL.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tabbed(text) + "\n", encoding="utf-8")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "yearbook.tsv").write_text(tabbed(DOCUMENT) + "\n", encoding="utf-8")
    return tmp_path
