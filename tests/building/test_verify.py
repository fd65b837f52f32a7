"""The proof of citations, on a document of our own, and on the real ones where they are at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

import provstats as ps
from provstats import __main__ as command
from provstats.building import verify as citations
from provstats.building.headings import Heading
from provstats.building.spans import find_figure_places
from provstats.building.verify import Exclusion, verify
from provstats.store.sources import list_source_ids

DOCUMENTS = Path(__file__).parents[3] / "shared" / "sources"
ROWS = [
    (1, "7.6%", "2024-01/2024-11"),
    (1, "4个", "2024"),
    (1, "4个百分点", "2024-01/2024-11"),
    (2, "超过90%", "2024"),
    (2, "超过…70%", "2024"),
]
TEXT = "2024年1—11月增长7.6%,拉动4个百分点,建设4个5G平台。\n分别超过90%、70%。"
LEDGER = [Exclusion("doc", 1, "5G", "name")]


@pytest.fixture
def prove(tmp_path):
    """Prove a text of our own."""

    def prove(text=TEXT, rows=ROWS, ledger=LEDGER):
        path = tmp_path / "doc.txt"
        path.write_text(text, encoding="utf-8")
        return citations._prove("doc", path, rows, ledger, [])

    return prove


def test_all_holds(prove):
    """Figures, periods and exclusions account for every numeral."""
    proof = prove()
    assert proof.findings == []
    assert (proof.rows, proof.numerals, proof.excluded) == (5, 9, 1)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text": TEXT.replace("7.6", "7.8")}, "does not stand in the paragraph"),
        ({"text": TEXT.replace("7.6", "17.6")}, "does not stand in the paragraph"),
        ({"text": TEXT.replace("平台", "平台8座")}, "the numeral 8 unaccounted for"),
        ({"text": TEXT + "\n又建9座。"}, "the numeral 9 unaccounted for"),
        ({"text": TEXT.replace("70%", "75%")}, "does not stand in the paragraph"),
        ({"text": TEXT.replace("90%、", "90%。")}, "does not stand in the paragraph"),
        ({"text": TEXT.split("\n", maxsplit=1)[0]}, "does not stand in the paragraph"),
        ({"rows": ROWS[:-1]}, "the numeral 70 unaccounted for"),
        ({"rows": ROWS[1:]}, "the numeral 7.6 unaccounted for"),
        ({"ledger": []}, "the numeral 5 unaccounted for"),
        ({"ledger": [*LEDGER, Exclusion("doc", 1, "6G", "name")]}, "covers no numeral"),
        ({"ledger": [*LEDGER, Exclusion("doc", 9, "6G", "name")]}, "covers no numeral"),
        ({"ledger": [*LEDGER, Exclusion("doc", 1, "7.6%", "name")]}, "covers no numeral"),
        ({"rows": [(1, "7.6%", "2024"), *ROWS[1:2], (1, "4个百分点", "2024"), *ROWS[3:]]},
         "the numeral 11 unaccounted for"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_found(prove, change, problem):
    """A changed figure, a numeral passed over, a needless exclusion, a wrong period."""
    assert any(problem in finding.problem for finding in prove(**change).findings)


def test_unit_that_is_not_in_the_heading(tmp_path):
    """A table's unit must stand in its heading, wherever that is said to be."""
    path = tmp_path / "doc.txt"
    path.write_text("地区 经费（亿元）\n北京 1870.8", encoding="utf-8")
    for heading, problems in ((1, 1), (2, 2), (3, 2)):
        headings = [Heading("doc", heading, 9, ("亿元", "%"))]
        proof = citations._prove("doc", path, [(2, "1870.8", "2018")], [], headings)
        assert [f.problem for f in proof.findings] == ["does not stand in the heading"] * problems


def test_rows_printed_alike_need_as_many_places(prove):
    """Two facts may share one printed figure, but a figure printed twice needs two rows."""
    alike = [(1, "5个", "2024"), (1, "5个", "2024")]
    assert prove("建成5个。", alike, []).findings == []
    assert prove("建成5个和5个。", alike, []).findings == []
    assert len(prove("建成5个和5个。", alike[:1], []).findings) == 1


def test_unknown_reason(tmp_path, monkeypatch):
    """The ledger's reasons are a closed vocabulary."""
    path = tmp_path / "exclusions.tsv"
    path.write_text("source\tparagraph\tprinted\treason\ndoc\t1\t5G\twhim\n", encoding="utf-8")
    monkeypatch.setattr(citations, "find_data_folder", lambda: tmp_path)
    with pytest.raises(ps.SchemaError, match="'whim'"):
        citations.read_exclusions()


def test_ledger_names_documents():
    """Each exclusion belongs to a document, and stands there once."""
    ledger = citations.read_exclusions()
    assert {entry.source for entry in ledger} <= set(list_source_ids())
    assert len({entry[:3] for entry in ledger}) == len(ledger)


@pytest.mark.parametrize("shape", ["{}。", "又{}", "分别为{}、{}。"])
def test_repeats_take_no_longer_each(prove, shape):
    """A paragraph that repeats a figure thousands of times is proved in moments."""
    text = shape.replace("{}", "2574.2亿元") * 5000
    assert prove(text, [(1, "2574.2亿元", "2023")] * text.count("亿"), []).findings == []
    rows = [(1, "2574.2…亿元", "2023"), (1, "近…2574.2亿元", "2023")]
    found = prove(text, rows, []).findings
    assert "does not stand in the paragraph" in {finding.problem for finding in found}


def test_parts_stand_in_one_sentence():
    """The parts of a figure are sought in order, up to the next full stop."""
    assert [*find_figure_places("超5。超5%、近7%,超8%", "超…7%")] == [[(3, 4), (8, 10)]]
    assert [*find_figure_places("超5。7%", "超…7%")] == []
    assert [*find_figure_places("17%7%", "7%")] == [[(3, 5)]]
    assert [*find_figure_places("高于12.7个、12个百分点", "高于12.7…个百分点")] == [
        [(0, 6), (10, 14)]
    ]


def test_a_document_that_is_no_text(tmp_path):
    """A document that is not UTF-8, or no file, is a finding like any other."""
    (tmp_path / f"{list_source_ids()[0]}.txt").write_bytes("增长7.6%".encode("gb18030"))
    (tmp_path / f"{list_source_ids()[1]}.txt").mkdir()
    first, second, third = (proof.findings[0].problem for proof in islice(verify(tmp_path), 3))
    assert "cannot be read: 'utf-8' codec can't decode byte 0xd4 in position 0" in first
    assert "cannot be read" in second
    assert third == "is not in the folder"


def test_no_folder(tmp_path, capsys):
    """A folder that is not there is named, and the command ends with 1."""
    assert command.main(["verify", str(tmp_path / "gone")]) == 1
    assert "SchemaError" in capsys.readouterr().err


def test_findings_are_printed_on_any_stream(tmp_path):
    """Where the terminal has no Chinese, characters are printed by number."""
    (tmp_path / f"{list_source_ids()[0]}.txt").write_text("增长7.6%", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "provstats", "verify", str(tmp_path)], capture_output=True,
        encoding="cp1252", check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        cwd=Path(ps.__file__).parents[1],
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert "\\u4e2a" in done.stdout  # 个


def test_folder_without_documents(tmp_path, capsys):
    """Figures whose document is missing are not proved."""
    assert command.main(["verify", str(tmp_path)]) == 1
    assert capsys.readouterr().out.count("is not in the folder") == len(list_source_ids())


needs_documents = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the documents are not here")


@needs_documents
def test_real_documents(capsys):
    """Every shipped figure stands in its paragraph, and every numeral is accounted for."""
    assert command.main(["verify", str(DOCUMENTS)]) == 0
    said = capsys.readouterr().out
    assert said.endswith(f"{len(ps.load(nature=None, vintage=None))} figures proved, 0 findings\n")
    assert "another text than was encoded" not in said


@needs_documents
@pytest.mark.parametrize(("old", "new"), [("7.6%", "7.5%"), ("2089", "2098"), ("两轮", "三轮")])
def test_a_changed_document_is_found(tmp_path, old, new):
    """One changed character in a real document is a finding."""
    shutil.copytree(DOCUMENTS, tmp_path, dirs_exist_ok=True)
    path = tmp_path / f"{list_source_ids()[0]}.txt"
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    first, *others = verify(tmp_path)
    assert first.findings
    assert first.sha256 != ps.sources()["sha256"][0]
    assert not any(proof.findings for proof in others)


def test_build_command(monkeypatch, folder, capsys):
    """The build command says what it built, and ends with 1 where the data do not hold."""
    from provstats.building import build as tables

    monkeypatch.setattr(tables, "find_data_folder", lambda: folder / "empty")
    assert command.main(["build"]) == 1
    monkeypatch.setattr(tables, "find_data_folder", lambda: folder)
    assert command.main(["build"]) == 0
    assert capsys.readouterr().out == f"built {folder / 'provinces.parquet'}\n"


def test_unknown_command(capsys):
    """An unknown command is refused with what is allowed."""
    with pytest.raises(SystemExit):
        command.main(["prove"])
    assert "invalid choice: 'prove'" in capsys.readouterr().err
