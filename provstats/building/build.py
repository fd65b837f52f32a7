"""Tables: the reviewed text tables under ``data/``, and the Parquet file built from them.

A table holds one document. ``printed`` is the only place where a number is written; value,
bounds, unit and qualifier come from it through `parse_figure`. A cell of a printed table has no
unit of its own: ``headings.tsv`` names the units of the table once.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.errors import ProvstatsError, SchemaError
from provstats.indicators import indicator
from provstats.reading.figures import parse_figure
from provstats.reading.periods import parse_period
from provstats.store.breaks import BREAK_COLUMNS
from provstats.store.files import data_folder, read_table
from provstats.store.keys import FACT, NATURES
from provstats.store.observations import COLUMNS, DATA_VERSION
from provstats.store.regions import region
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from provstats.reading.figures import Figure

__all__ = ["TABLE_COLUMNS", "Heading", "build", "observation_table", "read_headings"]

#: The columns of a text table.
TABLE_COLUMNS: Final = (
    "paragraph", "region", "indicator", "period", "nature", "printed", "note", "among",
)  # fmt: skip

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

    _check_breaks(folder)
    rows = [row for source in source_ids() for row in _observations(folder, source)]
    keys = Counter(tuple(row[c] for c in (*FACT, "source")) for row in rows)
    if twice := [key for key, rows_of_key in keys.items() if rows_of_key > 1]:
        msg = f"{[*FACT, 'source']} must identify a row, these stand twice: {twice}"
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


def _check_breaks(folder: Path) -> None:
    """Refuse a break of what is not known, or whose two sides are in no order."""
    for line, row in enumerate(read_table(folder / "breaks.tsv", BREAK_COLUMNS), start=2):
        with _at(f"breaks.tsv, line {line}"):
            _check_break(row)


def _check_break(row: dict[str, str]) -> None:
    indicator(row["indicator"])
    before, after = parse_period(row["before"]), parse_period(row["after"])
    code = "*" if row["region"] == "*" else region(row["region"]).code
    _expect(row, region=code, before=str(before), after=str(after))
    if before.end >= after.start or row["source"] not in source_ids() or not row["reason"]:
        msg = f"before must end before after begins, with a reason and a document id, got {row}"
        raise SchemaError(msg)


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Name the place of whatever does not hold within."""
    try:
        yield
    except (ProvstatsError, ValueError) as error:
        msg = f"{place}: {error}"
        raise SchemaError(msg) from error


def _expect(given: Mapping[str, object], **wanted: str) -> None:
    """Refuse a row whose cells are not those that follow from the others."""
    for column, value in wanted.items():
        if given[column] != value:
            where = f" of {given['printed']!r}" if "printed" in given else ""
            msg = f"{column}{where} must be {value!r}, got {given[column]!r}"
            raise SchemaError(msg)


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
        with _at(f"{path.name}, line {line}"):
            observations.append(_observation(row, source, headings))
    return observations


def _observation(row: dict[str, str], source: str, headings: list[Heading]) -> dict[str, object]:
    of = indicator(row["indicator"])
    figure = _figure(row, of.unit, headings)
    _expect(
        {**row, "unit": figure.unit},
        region=region(row["region"]).code,
        period=str(parse_period(row["period"])),
        unit=of.unit,
        nature=row["nature"] if figure.nature == "outcome" else figure.nature,
    )
    if row["nature"] not in NATURES or int(row["paragraph"]) < 1:
        msg = f"nature must be of {NATURES} and paragraph 1 or more, got {row}"
        raise SchemaError(msg)
    if (of.measure == "rank") != bool(row["among"]):
        msg = f"among must say whom a rank is among, and be empty for all else, got {row}"
        raise SchemaError(msg)
    return {
        **row,
        **{c: getattr(figure, c) for c in ("value", "lower", "upper", "unit", "qualifier")},
        "basis": "reported",
        "source": source,
        "paragraph": int(row["paragraph"]),
    }
