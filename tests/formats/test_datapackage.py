"""Data Package: valid, nothing lost, and a flipped byte is caught."""

from __future__ import annotations

import csv
import json
from hashlib import sha256

import pandas as pd
import pytest

import provstats as ps


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return an export of the shipped data."""
    return ps.export(tmp_path_factory.mktemp("open") / "package", "datapackage")


def test_descriptor(folder):
    """The descriptor is of version 2, and has size and digest of every file."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["version"] == ps.data_version
    for resource in descriptor["resources"]:
        raw = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == f"sha256:{sha256(raw).hexdigest()}"
        header = raw.decode().split("\n")[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_nothing_is_lost(folder):
    """Read by the standard library, every cell is that of the data, to the last bit."""
    data = ps.load(nature=None, vintage=None)
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [*rows[0]] == [*data]
    for name in data:
        kind = {"f": float, "i": int}.get(data[name].dtype.kind, str)
        assert [kind(row[name]) for row in rows] == data[name].to_list()


def test_keys_hold(folder):
    """The primary key is one, and foreign keys lead somewhere."""
    read = {
        path.stem: pd.read_csv(path, keep_default_na=False, dtype=str)
        for path in folder.glob("*.csv")
    }
    rows = read["observations"]
    key = ["region", "indicator", "period", "nature", "among", "source"]
    assert not rows.duplicated(key).any()
    assert not read["breaks"].duplicated(["indicator", "region", "before"]).any()
    for name, (table, id_) in {
        "region": ("regions", "code"), "indicator": ("indicators", "id"),
        "source": ("sources", "id"),
    }.items():  # fmt: skip
        assert set(rows[name]) <= set(read[table][id_])


@pytest.mark.filterwarnings("default")
def test_valid(folder):
    """Frictionless finds nothing amiss, and reads what was written."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    assert [warning for task in report.tasks for warning in task.warnings] == []
    package = frictionless.Package(str(folder / "datapackage.json"))
    rows = package.get_resource("observations").read_rows()
    data = ps.load(nature=None, vintage=None)
    for name in data:
        kind = float if data[name].dtype.kind == "f" else lambda cell: cell
        assert [kind(row[name]) for row in rows] == data[name].to_list()


@pytest.mark.filterwarnings("default")
def test_flipped_byte(tmp_path):
    """A 7.6 that became a 7.9 is caught."""
    frictionless = pytest.importorskip("frictionless")
    folder = ps.export(tmp_path / "package", "datapackage")
    raw = (folder / "observations.csv").read_bytes()
    (folder / "observations.csv").write_bytes(raw.replace(b",7.6,", b",7.9,", 1))
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert [error[0] for error in report.flatten(["type"])] == ["hash-count"]
