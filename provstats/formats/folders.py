"""Folders: several files written as one, all of them or none."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from provstats.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["write_files"]


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made if need be; if one fails, nothing is changed."""
    with _name_folder_in_errors(folder):
        _refuse_blocked_paths(folder, files)
    with (
        _name_folder_in_errors(folder),
        _make_parent_folders(folder),
        _make_scratch_folder(folder) as scratch,
    ):
        new = scratch / "new"
        new.mkdir(mode=0o777)
        for name, content in files.items():
            (new / name).write_bytes(content)
        if folder.exists():
            _replace_files(new, folder, scratch, [*files])
        else:
            new.rename(folder)


def _refuse_blocked_paths(folder: Path, files: Mapping[str, bytes]) -> None:
    existing = next(
        path for path in (folder, *folder.parents) if path.exists() or path.is_symlink()
    )
    if not existing.is_dir():
        msg = f"cannot export into {folder}: {existing} is no folder"
        raise SchemaError(msg)
    for name in files:
        if (folder / name).is_dir():
            msg = f"cannot export into {folder}: a folder is in the way of the file {name}"
            raise SchemaError(msg)


@contextmanager
def _name_folder_in_errors(folder: Path) -> Iterator[None]:
    """Name the folder in the errors of the system."""
    try:
        yield
    except SchemaError:
        raise
    except (OSError, ValueError) as error:  # a ValueError of a name that no system allows
        reason = getattr(error, "strerror", None) or error
        msg = f"cannot export into {folder}: {reason}; nothing was written"
        raise SchemaError(msg) from error


@contextmanager
def _make_parent_folders(folder: Path) -> Iterator[None]:
    """Make the folders above one, and remove them again if the work inside fails."""
    missing = [path for path in folder.parents if not path.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in missing:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        raise


@contextmanager
def _make_scratch_folder(folder: Path) -> Iterator[Path]:
    """Make a folder on the same disk, and remove it again with all that is left in it."""
    scratch = Path(mkdtemp(prefix=".export-", dir=folder if folder.is_dir() else folder.parent))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _replace_files(new: Path, folder: Path, scratch: Path, names: list[str]) -> None:
    """Move files into place; if one cannot be moved, put back those that stood there."""
    old = scratch / "old"
    old.mkdir()
    done: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).rename(old / name)
            done.append(name)
            (new / name).rename(folder / name)
    except BaseException:
        for name in done:
            _put_back(old / name, folder / name)
        raise


def _put_back(old: Path, place: Path) -> None:
    place.unlink(missing_ok=True)
    if old.exists():
        old.rename(place)
