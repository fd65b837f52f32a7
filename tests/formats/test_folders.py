"""Folders: several files as one, and nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

import provstats as ps
from provstats.formats.folders import write_files


def names_in(folder: Path) -> dict[str, str]:
    """Return the texts of the files of a folder."""
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_new_folder(tmp_path):
    """A folder is made, with those above it."""
    write_files(tmp_path / "a" / "b", {"x.csv": b"1", "y.csv": b"2"})
    assert names_in(tmp_path / "a" / "b") == {"x.csv": "1", "y.csv": "2"}
    assert [*(tmp_path / "a").iterdir()] == [tmp_path / "a" / "b"]


def test_folder_that_is_there(tmp_path):
    """What has another name stays, what has the same is replaced."""
    (tmp_path / "own.txt").write_text("mine")
    (tmp_path / "x.csv").write_text("old")
    write_files(tmp_path, {"x.csv": b"new"})
    assert names_in(tmp_path) == {"own.txt": "mine", "x.csv": "new"}


def test_file_in_the_way(tmp_path):
    """A file where the folder or one above it should be is named, and stays."""
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(ps.SchemaError, match="file is no folder"):
            write_files(folder, {"x.csv": b""})
    assert names_in(tmp_path) == {"file": "mine"}


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_no_name(tmp_path, name):
    """A name that the system does not allow is a named error."""
    with pytest.raises(ps.SchemaError, match="nothing was written"):
        write_files(tmp_path / name, {"x.csv": b""})
    assert names_in(tmp_path) == {}


def test_broken_link_in_the_way(tmp_path):
    """A link that leads nowhere is no folder."""
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(ps.SchemaError, match="link is no folder"):
        write_files(tmp_path / "link", {"x.csv": b""})


def test_folder_in_the_way_of_a_file(tmp_path):
    """A folder where a file should be is named before anything is written."""
    (tmp_path / "y.csv").mkdir()
    with pytest.raises(ps.SchemaError, match=r"in the way of the file y\.csv"):
        write_files(tmp_path, {"x.csv": b"", "y.csv": b""})
    assert [path.name for path in tmp_path.iterdir()] == ["y.csv"]


def test_folder_without_leave(tmp_path, monkeypatch):
    """A folder that may not be written is a named error, and those above it are not left."""

    def fail(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("provstats.formats.folders.mkdtemp", fail)
    with pytest.raises(ps.SchemaError, match=r"cannot export into .*: Permission denied"):
        write_files(tmp_path / "a" / "b" / "new", {"x.csv": b""})
    assert [*tmp_path.iterdir()] == []


def failing_at(monkeypatch, operation: str, name: str) -> None:
    """Let an operation on a path of a name fail, as a full disk does."""
    real = getattr(Path, operation)

    def fail(path: Path, *args, **options):
        if path.name == name:
            raise OSError(28, "No space left on device")
        return real(path, *args, **options)

    monkeypatch.setattr(Path, operation, fail)


@pytest.mark.parametrize("operation", ["write_bytes", "mkdir"])
def test_full_disk(tmp_path, monkeypatch, operation):
    """What cannot be written whole leaves nothing, not even the folder."""
    failing_at(monkeypatch, operation, {"write_bytes": "y.csv", "mkdir": "new"}[operation])
    with pytest.raises(ps.SchemaError, match="No space left on device; nothing was written"):
        write_files(tmp_path / "a" / "out", {"x.csv": b"1", "y.csv": b"2"})
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("error", "raised"),
    [(OSError(1, "not permitted"), ps.SchemaError), (KeyboardInterrupt(), KeyboardInterrupt)],
)
def test_half_moved(tmp_path, monkeypatch, error, raised):
    """If a file cannot be moved into place, those moved before it are put back."""
    for name in ("x.csv", "y.csv"):
        (tmp_path / name).write_text("old")
    real = Path.rename

    def fail(path: Path, target: Path):
        if path.parent.name == "new" and path.name == "y.csv":
            raise error
        return real(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(raised):
        write_files(tmp_path, {"w.csv": b"new", "x.csv": b"new", "y.csv": b"new"})
    assert names_in(tmp_path) == {"x.csv": "old", "y.csv": "old"}
