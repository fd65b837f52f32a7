"""The text tables and the Parquet file built from them."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pyarrow.parquet as pq
import pytest

import provstats as ps
from provstats.building.build import TABLE_COLUMNS, build, build_observation_table
from provstats.building.tables import read_tables
from provstats.store.files import find_data_folder, read_table
from provstats.store.observations import COLUMNS, DATA_VERSION
from provstats.store.sources import find_last_day, list_source_ids

SHIPPED = find_data_folder() / "provinces.parquet"


def test_shipped_file_is_what_the_tables_say():
    """The shipped file holds the tables' rows, types and metadata."""
    assert pq.read_table(SHIPPED).equals(
        build_observation_table(find_data_folder()), check_metadata=True
    )


def test_build_is_reproducible(tmp_path):
    """Two builds are equal byte for byte, and equal the shipped one of the same writer."""
    for name in ("one", "other"):
        ignored = shutil.ignore_patterns("fonts", "*.parquet")
        shutil.copytree(find_data_folder(), tmp_path / name, ignore=ignored)
    first, second = build(tmp_path / "one"), build(tmp_path / "other")
    assert first.read_bytes() == second.read_bytes()
    writers = [pq.read_metadata(path).created_by for path in (first, SHIPPED)]
    assert writers[0] != writers[1] or first.read_bytes() == SHIPPED.read_bytes()


def test_metadata_carries_version_and_columns():
    """The file says which data it is and what its columns mean."""
    schema = pq.read_schema(SHIPPED)
    assert schema.metadata[b"provstats.version"].decode() == DATA_VERSION
    described = json.loads(schema.metadata[b"provstats.columns"])
    assert described == {name: text for name, (_, text) in COLUMNS.items()}
    types = {field.name: str(field.type).replace("double", "float64") for field in schema}
    assert types == {name: kind for name, (kind, _) in COLUMNS.items()}


def test_file_is_small():
    """The file stays under 1.5 MB."""
    assert SHIPPED.stat().st_size < 1_500_000


def test_no_number_is_written_twice():
    """A table has no column that could contradict what is printed."""
    assert set(TABLE_COLUMNS).isdisjoint({"value", "lower", "upper", "unit", "qualifier"})


def test_tables_hold_figures_not_sentences():
    """What is printed is a figure: short, and without the marks of a sentence."""
    printed = ps.load(nature=None)["printed"]
    assert printed.str.len().max() <= 24
    assert not printed.str.contains("[。,;,;]").any()


def change(path, old, new):
    """Change one place of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("超200亿块", "超若干块", "line 12: cannot read '超若干块'"),
        ("超200亿块", "超200亿元", "unit of '超200亿元' must be 'count', got 'CNY'"),
        ("CN-BJ", "北京", "region of '40项' must be 'CN-BJ', got '北京'"),
        ("2024-01/2024-11", "2024-01/2024-13", "no month 13"),
        ("2024-01/2024-11", "1—11月", "names no year"),
        ("industrial_policies_issued", "industrial_policy", "unknown indicator"),
        ("outcome\t40项", "hope\t40项", "nature must be of"),
        ("forecast\t有望突破4.2万家", "outcome\t有望突破4.2万家", "must be 'forecast'"),
        ("outcome\t11.4%", "outcome\t11.4%左右年均", "cannot read"),
        ("growth\t2024-01/2024-11\toutcome\t7%", "growth\t2023/2024\toutcome\t7%", "several years"),
        (
            "industrial_energy_intensity_total_growth\t2021/2024",
            "industrial_energy_intensity_total_growth\t2024",
            "several years",
        ),
        ("\t40项", "\t40项\tmore", "cells are needed"),
        ("paragraph\tregion", "line\tregion", "columns must be"),
    ],
)
def test_a_row_that_does_not_hold_stops_the_build(folder, old, new, message):
    """A bad row is named by document and line, and the file that stood there still stands."""
    before = build(folder).read_bytes()
    change(folder / "cena-2025-ten-provinces.tsv", old, new)
    with pytest.raises(ps.SchemaError, match=message):
        build(folder)
    assert (folder / "provinces.parquet").read_bytes() == before
    assert not list(folder.glob("*.part"))


def test_a_fact_stated_twice_stops_the_build(folder):
    """Within one document a key stands once."""
    path = folder / "cena-2025-ten-provinces.tsv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, first, first, *rest]) + "\n", encoding="utf-8")
    with pytest.raises(ps.SchemaError, match="stand twice"):
        build(folder)


def test_sources_are_the_tables():
    """Each document has a table, or is one of many regions, and each table a document."""
    header = "\t".join(TABLE_COLUMNS) + "\n"
    files = [*find_data_folder().glob("*.tsv"), *find_data_folder().glob("headline/*.tsv")]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    of_texts = [name for name, text in texts.items() if text.startswith(header)]
    of_tables = {table.source for table in read_tables(find_data_folder())}
    assert sorted([*of_texts, *of_tables]) == sorted(list_source_ids())
    licences = ps.sources().set_index("id")["licence"]
    assert set(licences[licences != ""].index) == of_tables
    encoded = ps.sources().set_index("id")["encoded"]
    assert set(encoded) == {"all", "headline"}
    in_folder = {path.stem for path in find_data_folder().glob("headline/*.tsv")}
    assert set(encoded[encoded == "headline"].index) == in_folder


def test_sources_frame():
    """The registry of documents has the columns that is documented and known regions."""
    table = ps.sources()
    assert list(table) == [
        "id", "title", "publisher", "published", "language", "regions", "url", "accessed",
        "sha256", "citation", "title_en", "licence", "encoded",
    ]  # fmt: skip
    assert table["title_en"].str.contains("[A-Za-z]").all()
    assert pd.to_datetime(table["published"], format="ISO8601").notna().all()
    assert (
        pd.to_datetime(table["accessed"]) >= pd.to_datetime(table["published"], format="ISO8601")
    ).all()
    assert table["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert set(ps.load(nature=None, vintage=None)["source"]) == set(table["id"])


def test_documents_name_the_regions_of_their_rows():
    """The list and the rows tell the same regions, areas and the nation among them."""
    told = ps.load(nature=None, vintage=None).groupby("source")["region"].agg(set)
    listed = ps.sources().set_index("id")["regions"].str.split().map(set)
    assert told.to_dict() == listed.to_dict()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\tCN\t", "\tCN CN-HK\t", "sources.tsv, line 3: regions must be .* see .'CN-HK'"),
        (" guangdong-outer", "", "line 2: regions must be .* see .'guangdong-outer'"),
        (
            "CN-BJ CN-SH",
            "CN-BJ CN-BJ CN-SH",
            "line 2: regions must be those of the rows, each once",
        ),
        ("2026-11-29", "yesterday", "line 2: "),
        ("2026-11-29", "2026-11", "line 2: accessed must be '2026-11-30', got '2026-11'"),
        ("2025-01\t", "2025-13\t", "line 2: .*there is no month 13"),
        ("\te9543f84", "\tE9543f84", "line 2: sha256 must be 64 hexadecimal digits"),
        ("https://github", "github", "url must be an address or empty, got 'github.com"),
    ],
)
def test_a_document_that_does_not_hold_stops_the_build(folder, old, new, message):
    """A document listed for other regions than its rows have, or badly, is named by its line."""
    change(folder / "sources.tsv", old, new)
    with pytest.raises(ps.SchemaError, match=message):
        build(folder)


def test_a_document_listed_twice_stops_the_build(folder):
    """Each document stands once in the list."""
    lines = (folder / "sources.tsv").read_text(encoding="utf-8").splitlines()
    (folder / "sources.tsv").write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(ps.SchemaError, match=r"sources\.tsv, line \d+: id must stand once"):
        build(folder)


def test_the_file_tells_which_rows_a_later_document_restates():
    """What the file says of its vintages is what comes of the dates of the documents."""
    stated = pq.read_schema(SHIPPED).metadata[b"provstats.restated"].split()
    everything = ps.load(nature=None, vintage=None)
    everything["vintage"] = everything["vintage"].map(find_last_day)
    everything = everything.sort_values("vintage", kind="stable")
    key = ["region", "indicator", "period", "nature", "among"]
    restated = everything[everything.duplicated(key, keep="last")].index
    assert sorted(map(int, stated)) == sorted(restated)
    assert len(stated) > 0


def test_missing_table(tmp_path):
    """A table that is missing is refused by the reader."""
    with pytest.raises(ps.SchemaError, match=r"none\.tsv is missing"):
        read_table(tmp_path / "none.tsv", TABLE_COLUMNS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("CN-TJ", "天津", "region must be 'CN-TJ', got '天津'"),
        ("CN-TJ", "Atlantis", "breaks.tsv, line 4: unknown region 'Atlantis'"),
        ("rd_intensity", "rd_intensities", "breaks.tsv, line 2: unknown indicator"),
        ("2017\t2018", "2018\t2018", "before must end before after begins"),
        ("2017\t2018", "2017年\t2018", "before must be '2017', got '2017年'"),
        ("bulletin-2019", "bulletin-1919", "a document id"),
    ],
)
def test_a_break_that_does_not_hold_stops_the_build(folder, old, new, message):
    """A break of what is not known, or in no order, is named by its line."""
    change(folder / "breaks.tsv", old, new)
    with pytest.raises(ps.SchemaError, match=message):
        build(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("implied\tcities", "implied\t"),
        ("40项\tperiod implied\t", "40项\tperiod implied\tprovinces"),
    ],
)
def test_whom_a_rank_is_among_must_be_said(folder, old, new):
    """A rank without it stops the build, and so does anything else with it."""
    change(folder / "cena-2025-ten-provinces.tsv", old, new)
    with pytest.raises(ps.SchemaError, match="whom a rank is among"):
        build(folder)
