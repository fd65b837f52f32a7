"""`export`: which formats there are, and that the files are the same each time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import provstats as ps

FORMATS = ["datapackage", "sdmx-csv", "croissant"]


@pytest.mark.parametrize("format_", FORMATS)
def test_same_bytes(tmp_path, format_):
    """The same data give the same bytes, in a new folder and over an old export."""
    first = ps.export(tmp_path / "one", format_)
    ps.export(str(tmp_path / "two"), format_)
    again = ps.export(tmp_path / "two", format_)
    files = {path.name: path.read_bytes() for path in first.iterdir()}
    assert files == {path.name: path.read_bytes() for path in again.iterdir()}


def test_three_in_one_folder(tmp_path):
    """The formats may share a folder: none writes over what another describes."""
    alone = {}
    for format_ in FORMATS:
        written = ps.export(tmp_path / format_, format_).iterdir()
        alone |= {path.name: path.read_bytes() for path in written}
        ps.export(tmp_path / "all", format_)
    assert {path.name: path.read_bytes() for path in (tmp_path / "all").iterdir()} == alone
    for format_ in FORMATS:
        for path in (tmp_path / format_).iterdir():
            assert path.read_bytes() == alone[path.name]


@pytest.mark.parametrize("format_", ["data-package", "csv", "", None, ["croissant"], 3])
def test_unknown_format(tmp_path, format_):
    """A format that is none is refused with those that there are, and nothing is made."""
    with pytest.raises(ps.SchemaError, match="'datapackage', 'sdmx-csv', 'croissant'"):
        ps.export(tmp_path / "out", format_)
    assert [*tmp_path.iterdir()] == []


def test_nearest_format(tmp_path):
    """A slip of the pen is told what was meant."""
    with pytest.raises(ps.SchemaError, match="did you mean 'datapackage'"):
        ps.export(tmp_path / "out", "data-package")


@pytest.mark.parametrize("folder", [None, 3, "", b"out"])
def test_no_folder(folder):
    """What is no path is refused."""
    with pytest.raises(ps.SchemaError, match="folder must be a path"):
        ps.export(folder, "datapackage")


@pytest.mark.parametrize("format_", FORMATS)
def test_file_in_the_way(tmp_path, format_):
    """A file where the folder should be is not touched."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ps.SchemaError, match="is no folder"):
        ps.export(tmp_path / "out", format_)
    assert (tmp_path / "out").read_text() == "mine"


def test_documented_example(tmp_path, monkeypatch):
    """The calls of the page on other tools write what it says."""
    page = Path(ps.__file__).parents[1].joinpath("docs", "exchange.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1], {})  # noqa: S102 - our own page
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert written >= {
        "open/package/datapackage.json", "open/sdmx/sdmx-structure.xml", "open/set/croissant.json",
    }  # fmt: skip
