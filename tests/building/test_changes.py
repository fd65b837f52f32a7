"""Changes between two data files: what was added, changed, withdrawn."""

from __future__ import annotations

import pandas as pd
import pytest

import provstats as ps
from provstats.__main__ import main
from provstats.building.changes import compare_data_files, summarize_changes

ROW = {
    "region": "CN-SD", "indicator": "gdp_growth", "period": "2024", "nature": "outcome",
    "among": "", "source": "x", "value": 5.0, "lower": 4.5, "upper": 5.5, "unit": "percent",
    "qualifier": "exact", "printed": "5%", "paragraph": 3, "note": "",
}  # fmt: skip


def file_of(path, *rows):
    """Write rows as a data file."""
    pd.DataFrame([{**ROW, **row} for row in rows]).to_parquet(path)
    return path


@pytest.fixture
def pair(tmp_path):
    """Return two versions: one figure kept, one changed, one withdrawn, one added."""
    old = file_of(
        tmp_path / "old.parquet", {}, {"region": "CN-BJ"}, {"region": "CN-SH", "printed": "6%"}
    )
    new = file_of(
        tmp_path / "new.parquet", {"paragraph": 4, "note": "moved"},
        {"region": "CN-BJ", "value": 5.2, "printed": "5.2%"}, {"region": "CN-JS"},
    )  # fmt: skip
    return old, new


def test_changes(pair):
    """Each figure that is not the same is named once; a moved paragraph is no other figure."""
    found = compare_data_files(*pair)
    told = found[["change", "region", "before", "after", "what"]].fillna("")
    assert told.to_numpy().tolist() == [
        ["added", "CN-JS", "", "5%", ""],
        ["changed", "CN-BJ", "5%", "5.2%", "value printed"],
        ["withdrawn", "CN-SH", "6%", "", ""],
    ]


def test_older_schema(tmp_path):
    """Data from before a rank had an ``among`` are compared as if it were empty."""
    old = tmp_path / "old.parquet"
    pd.DataFrame([ROW]).drop(columns="among").to_parquet(old)
    assert compare_data_files(old, file_of(tmp_path / "new.parquet", {})).empty


def test_shipped(tmp_path):
    """The new file is by default the shipped one."""
    data = ps.load(nature=None, vintage=None).drop(columns="vintage")
    data.drop(index=[0]).to_parquet(tmp_path / "old.parquet")
    (row,) = compare_data_files(tmp_path / "old.parquet").to_dict("records")
    assert (row["change"], row["after"]) == ("added", data["printed"][0])


def test_no_data_file(tmp_path):
    """What is no data file is refused, and so is a table of other things."""
    (tmp_path / "text.parquet").write_text("text")
    for path in (tmp_path / "gone.parquet", tmp_path / "text.parquet"):
        with pytest.raises(ps.SchemaError, match="is missing, or no data file"):
            compare_data_files(path)
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "other.parquet")
    with pytest.raises(ps.SchemaError, match="holds no observations: columns"):
        compare_data_files(tmp_path / "other.parquet")


def test_fold(pair, tmp_path):
    """For people a document's additions are one line, what changed one an indicator."""
    old, _ = pair
    plans = {"source": "y", "nature": "target"}
    new = file_of(
        tmp_path / "more.parquet", {**plans, "region": "CN-JS"}, {**plans, "indicator": "gdp"},
        *({"region": code, "printed": "7%"} for code in ("CN-SD", "CN-BJ", "CN-SH")),
    )  # fmt: skip
    assert summarize_changes(compare_data_files(old, new)).to_numpy().tolist() == [
        ["added", "y", 2, "2 indicators", "2 regions", "2024", "", "5%", ""],
        ["changed", "x", 3, "gdp_growth", "3 regions", "2024", "…", "7%", "printed"],
    ]
    assert [*summarize_changes(compare_data_files(new, new))] == [
        *summarize_changes(compare_data_files(old, new))
    ]


def test_command(pair, capsys):
    """The command prints them, all for programs, folded for people; and where there is none."""
    old, new = map(str, pair)
    assert main(["changes", old, new]) == 0
    *table, last = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in table] == ["change", "added", "changed", "withdrawn"]
    assert last == "1 added, 1 changed, 1 withdrawn"
    assert main(["changes", old, new, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("added,CN-JS,gdp_growth,2024,")
    assert main(["changes", new, new]) == 0
    assert capsys.readouterr().out == "no figure was added, changed or withdrawn\n"
