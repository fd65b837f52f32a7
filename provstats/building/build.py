"""Tables: the reviewed text tables under ``data/``, and the Parquet file built from them.

A table holds one document. ``printed`` is the only place where a number is written; value,
bounds, unit and qualifier come from it through `parse_figure`. A cell of a printed table has no
unit of its own: ``headings.tsv`` names the units of the table once.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.errors import ProvstatsError, SchemaError
from provstats.indicators import indicator
from provstats.reading.figures import parse_figure
from provstats.reading.periods import parse_period
from provstats.store.files import data_folder, read_table
from provstats.store.keys import KEY, NATURES
from provstats.store.observations import COLUMNS, DATA_VERSION
from provstats.store.regions import region
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from provstats.reading.figures import Figure

__all__ = ["TABLE_COLUMNS", "Heading", "build", "observation_table", "read_headings"]

#: The columns of a text table.
TABLE_COLUMNS: Final = ("paragraph", "region", "indicator", "period", "nature", "printed", "note")

#: The columns of the table of headings.
HEADING_COLUMNS: Final = ("source", "paragraph", "last", "units")


def build(folder: Path | None = None) -> Path:
    """Write ``provinces.parquet`` from the text tables beside it.

    The file is replaced only when all of it is written, and is the same byte for byte each time.

    Parameters
    ----------
    folder : Path, optional
        The folder of the tables; the data folder of the checkout by default.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    SchemaError
        If a row of a table does not hold; its document and line are named.
    """
    import pyarrow.parquet as pq

    target = (folder or data_folder()) / "provinces.parquet"
    table = observation_table(target.parent)
    draft = target.with_suffix(".part")
    pq.write_table(table, draft, compression="zstd")
    return draft.replace(target)


def observation_table(folder: Path) -> pa.Table:
    """Return the observations of all documents as an Arrow table with the shipped schema.

    Parameters
    ----------
    folder : Path
        Holds one ``<document id>.tsv`` a document.

    Raises
    ------
    SchemaError
        If a row does not hold, or a key stands twice.
    """
    import pyarrow as pa

    rows = [row for source in source_ids() for row in _observations(folder, source)]
    keys = Counter(tuple(row[c] for c in (*KEY, "source")) for row in rows)
    if twice := [key for key, rows_of_key in keys.items() if rows_of_key > 1]:
        msg = f"{[*KEY, 'source']} must identify a row, these stand twice: {twice}"
        raise SchemaError(msg)
    fields = [
        pa.field(name, pa.type_for_alias(kind), nullable=False, metadata={"description": text})
        for name, (kind, text) in COLUMNS.items()
    ]
    descriptions = json.dumps(
        {name: text for name, (_, text) in COLUMNS.items()}, ensure_ascii=False
    )
    metadata = {"provstats.version": DATA_VERSION, "provstats.columns": descriptions}
    metadata["provstats.vintage"] = (
        "the publication date of the source; the latest is the valid one"
    )
    return pa.Table.from_pylist(rows, schema=pa.schema(fields, metadata=metadata))


class Heading(NamedTuple):
    """The heading of a printed table: its paragraph, the last one of its rows, and its units."""

    source: str
    paragraph: int
    last: int
    units: tuple[str, ...]


def read_headings(folder: Path) -> list[Heading]:
    """Return the headings of the printed tables of all documents.

    Parameters
    ----------
    folder : Path
        Holds ``headings.tsv``.
    """
    rows = read_table(folder / "headings.tsv", HEADING_COLUMNS)
    return [
        Heading(r["source"], int(r["paragraph"]), int(r["last"]), tuple(r["units"].split()))
        for r in rows
    ]


def _figure(row: dict[str, str], unit: str, headings: list[Heading]) -> Figure:
    """Read what is printed; a cell takes the unit of its heading that suits the indicator."""
    line = int(row["paragraph"])
    if headed := [h for h in headings if h.paragraph < line <= h.last]:
        figures = [parse_figure(row["printed"] + word) for word in headed[0].units]
        return next((f for f in figures if f.unit == unit), figures[0])
    return parse_figure(row["printed"])


def _observations(folder: Path, source: str) -> list[dict[str, object]]:
    path = folder / f"{source}.tsv"
    headings = [h for h in read_headings(folder) if h.source == source]
    observations = []
    for line, row in enumerate(read_table(path, TABLE_COLUMNS), start=2):
        try:
            observations.append(_observation(row, source, headings))
        except (ProvstatsError, ValueError) as error:
            msg = f"{path.name}, line {line}: {error}"
            raise SchemaError(msg) from error
    return observations


def _observation(row: dict[str, str], source: str, headings: list[Heading]) -> dict[str, object]:
    of = indicator(row["indicator"])
    figure = _figure(row, of.unit, headings)
    allowed = {
        "region": region(row["region"]).code,
        "period": str(parse_period(row["period"])),
        "unit": of.unit,
        "nature": row["nature"] if figure.nature == "outcome" else figure.nature,
    }
    given = {**row, "unit": figure.unit}
    for column, value in allowed.items():
        if given[column] != value:
            msg = f"{column} of {row['printed']!r} must be {value!r}, got {given[column]!r}"
            raise SchemaError(msg)
    if row["nature"] not in NATURES or int(row["paragraph"]) < 1:
        msg = f"nature must be of {NATURES} and paragraph 1 or more, got {row}"
        raise SchemaError(msg)
    return {
        **row,
        **{c: getattr(figure, c) for c in ("value", "lower", "upper", "unit", "qualifier")},
        "basis": "reported",
        "source": source,
        "paragraph": int(row["paragraph"]),
    }
