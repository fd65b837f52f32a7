"""Croissant: no error, no warning, and the rows as they are."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

import provstats as ps


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return an export of the shipped data."""
    return ps.export(tmp_path_factory.mktemp("open") / "set", "croissant")


def test_descriptor(folder):
    """Every file has its digest, every column its field."""
    descriptor = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    digests = {file["@id"]: file["sha256"] for file in descriptor["distribution"]}
    assert digests == {
        path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.csv")
    }
    fields = descriptor["recordSet"][0]["field"]
    assert [field["name"] for field in fields] == [*ps.load(vintage=None)]


@pytest.mark.filterwarnings("default")
def test_valid(folder, caplog):
    """Mlcroissant reports neither error nor warning, and reads what was written."""
    mlc = pytest.importorskip("mlcroissant")
    dataset = mlc.Dataset(str(folder / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    records = [*dataset.records("observations")]
    assert [record for record in caplog.records if record.levelname != "INFO"] == []
    data = ps.load(nature=None, vintage=None)
    for name in data:
        cells = [record[f"observations/{name}"] for record in records]
        read = [cell.decode() if isinstance(cell, bytes) else cell for cell in cells]
        assert ["" if cell is None else cell for cell in read] == data[name].to_list()
