"""The data files: where they lie and how a text table is read.

In a wheel they lie inside the package, in a source checkout or an editable install beside it.
Nothing is fetched, ever.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from provstats.errors import SchemaError

__all__ = ["data_folder", "read_table"]


@cache
def data_folder() -> Path:
    """Return the folder that holds the shipped data.

    Returns
    -------
    Path
        ``provstats/data`` of an installed wheel, else ``data`` of the checkout.

    Examples
    --------
    >>> (data_folder() / "provinces.parquet").exists()
    True
    """
    package = Path(__file__).parents[1]
    packaged = package / "data"
    return packaged if packaged.is_dir() else package.parent / "data"


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a tab-separated text table.

    Parameters
    ----------
    path : Path
        A UTF-8 file with one header line; quotes are plain characters.
    columns : tuple of str
        The header that the file must have.

    Returns
    -------
    list of dict
        One mapping a row, from column to text; an empty cell is ``""``.

    Raises
    ------
    SchemaError
        If the file is missing, its header differs, or a row has more or fewer cells than it.

    Examples
    --------
    >>> rows = read_table(
    ...     data_folder() / "sources.tsv",
    ...     ("id", "title", "publisher", "published", "language", "regions", "title_en"),
    ... )
    >>> rows[0]["id"]
    'cena-2025-ten-provinces'
    """
    if not path.is_file():
        msg = f"data file {path} is missing"
        raise SchemaError(msg)
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = [*csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)] or [[]]
    if tuple(header) != columns:
        msg = f"{path.name}: columns must be {list(columns)}, got {header}"
        raise SchemaError(msg)
    for line, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            msg = f"{path.name}, line {line}: {len(columns)} cells are needed, got {row}"
            raise SchemaError(msg)
    return [dict(zip(columns, row, strict=True)) for row in rows]
