"""The data files: where they lie and how a text table is read.

In a wheel they lie inside the package, in a source checkout or an editable install beside it.
Nothing is fetched, ever.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from provstats.errors import ProvstatsError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "add_place_to_errors", "find_data_folder", "read_header", "read_records", "read_table",
    "read_whole_number",
]  # fmt: skip

Record = TypeVar("Record")


@cache
def find_data_folder() -> Path:
    """Return the folder of the shipped data: of an installed wheel, else of the checkout.

    Examples
    --------
    >>> (find_data_folder() / "provinces.parquet").exists()
    True
    """
    package = Path(__file__).parents[1]
    packaged = package / "data"
    return packaged if packaged.is_dir() else package.parent / "data"


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a tab-separated text table of the given columns, one mapping a row; cells are texts.

    Examples
    --------
    >>> columns = ("source", "paragraph", "last", "units")
    >>> read_table(find_data_folder() / "headings.tsv", columns)[0]["units"]
    '亿元 %'
    """
    header, *lines = _read_file_text(path).removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != columns:
        msg = f"{path.name}: columns must be {list(columns)}, got {header.split()}"
        raise SchemaError(msg)
    rows = [line.split("\t") for line in lines]
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            msg = f"{path.name}, line {number}: {len(columns)} cells are needed, got {row}"
            raise SchemaError(msg)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def read_header(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a tab-separated text table.

    Examples
    --------
    >>> read_header(find_data_folder() / "headings.tsv")
    ('source', 'paragraph', 'last', 'units')
    """
    return tuple(_read_file_text(path).split("\n", maxsplit=1)[0].split("\t"))


def _read_file_text(path: Path) -> str:
    try:
        raw = path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        msg = f"data file {path} is missing or cannot be read: {error.strerror}"
        raise SchemaError(msg) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemaError(_describe_bad_byte(path.name, raw, error.start)) from error


def _describe_bad_byte(name: str, raw: bytes, at: int) -> str:
    """Say in which cell a byte stands that is no UTF-8."""
    lines = raw[:at].split(b"\n")
    cell, header = lines[-1].count(b"\t"), raw.split(b"\n", maxsplit=1)[0].split(b"\t")
    column = header[min(cell, len(header) - 1)].decode("utf-8", "replace")
    return f"{name}, line {len(lines)}, column {column!r}: byte {raw[at]:#04x} is not UTF-8"


def read_records(
    path: Path, columns: tuple[str, ...], make: Callable[[dict[str, str]], Record]
) -> list[Record]:
    """Read a text table and make a record of each row; an error names the line of its row."""
    records = []
    for number, row in enumerate(read_table(path, columns), start=2):
        with add_place_to_errors(f"{path.name}, line {number}"):
            records.append(make(row))
    return records


@contextmanager
def add_place_to_errors(place: str) -> Iterator[None]:
    """Put a place before the message of an error that is raised within."""
    try:
        yield
    except (ProvstatsError, ValueError) as error:
        msg = f"{place}: {error}"
        raise SchemaError(msg) from error


def read_whole_number(row: dict[str, str], column: str) -> int:
    """Return a cell that must be a whole number, 1 or more.

    Examples
    --------
    >>> read_whole_number({"paragraph": "14"}, "paragraph")
    14
    """
    cell = row[column]
    if not (cell.isascii() and cell.isdecimal() and int(cell)):
        msg = f"{column} must be a whole number, 1 or more, got {cell!r}"
        raise SchemaError(msg)
    return int(cell)
