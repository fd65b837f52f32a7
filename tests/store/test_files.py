"""Text tables: what cannot be read is named by file, line and column."""

from __future__ import annotations

import re

import pytest

from provstats import SchemaError
from provstats.store.files import read_records, read_table, read_whole_number

COLUMNS = ("name", "count")


@pytest.fixture
def table(tmp_path):
    """Write a table, and return where it is."""

    def write(raw):
        path = tmp_path / "own.tsv"
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        return path

    return write


@pytest.mark.parametrize(
    "text",
    ["name\tcount\n甲\t1\n", "name\tcount\n甲\t1", "name\tcount\r\n甲\t1\r\n",
     "\ufeffname\tcount\n甲\t1\n"],
)  # fmt: skip
def test_a_table_is_read_however_its_lines_end(table, text):
    """With or without a last line break, a carriage return, a byte order mark."""
    assert read_table(table(text), COLUMNS) == [{"name": "甲", "count": "1"}]


def test_quotes_are_plain(table):
    """A quotation mark is a character like any other."""
    assert read_table(table('name\tcount\n"甲\t"\n'), COLUMNS) == [{"name": '"甲', "count": '"'}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "own.tsv: columns must be ['name', 'count'], got []"),
        ("count\tname\n", "own.tsv: columns must be ['name', 'count'], got ['count', 'name']"),
        ("name\tcount\n甲\n", "own.tsv, line 2: 2 cells are needed, got ['甲']"),
        ("name\tcount\n甲\t1\n\n", "own.tsv, line 3: 2 cells are needed, got ['']"),
        ("name\tcount\n甲\t1\t2\n", "own.tsv, line 2: 2 cells are needed"),
        ("name\tcount\n甲\t1\n乙\t".encode() + b"\xff\n", "line 3, column 'count': byte 0xff"),
        ("name\tcount\n甲\t1".encode("utf-16"), "own.tsv, line 1, column"),
        ("name\tcount\n甲乙\t1".encode("gbk"), "line 2, column 'name': byte 0xbc is not"),
    ],
)  # fmt: skip
def test_a_damaged_table_is_named(table, text, message):
    """Its line, and where a byte is no text, its column."""
    with pytest.raises(SchemaError, match=re.escape(message)):
        read_table(table(text), COLUMNS)


def test_what_is_not_there_is_named(tmp_path):
    """A missing file, and a folder in its place."""
    for path in (tmp_path / "none.tsv", tmp_path):
        with pytest.raises(SchemaError, match=re.escape(f"{path} is missing or cannot be read")):
            read_table(path, COLUMNS)


@pytest.mark.parametrize("cell", ["one", "", "0", "-1", "1.5", "１", "²", " 1", "1_000"])
def test_a_cell_that_must_be_a_number(table, cell):
    """Is named with its line and column where it is none."""
    path = table(f"name\tcount\n甲\t1\n乙\t{cell}\n")
    wanted = f"own.tsv, line 3: count must be a whole number, 1 or more, got {cell!r}"
    with pytest.raises(SchemaError, match=re.escape(wanted)):
        read_records(path, COLUMNS, lambda row: read_whole_number(row, "count"))
