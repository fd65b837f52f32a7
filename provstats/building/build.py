"""Build: the reviewed text tables under ``data/`` become the Parquet file.

A table holds one document. ``printed`` is the only place where a number is written; value,
bounds, unit and qualifier come from it through `parse_figure`. A cell of a printed table has no
unit of its own: ``headings.tsv`` names the units of the table once. An official table of many
regions and periods is a document of a second kind, see `provstats.building.tables`. Documents
of which only the headline indicators are encoded lie in a folder of their own, ``headline``.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from provstats.building.checks import (
    expect_cells,
    list_table_sources,
    read_checked_sources,
    refuse_wrong_breaks,
    refuse_wrong_regions,
)
from provstats.building.headings import read_headings
from provstats.building.tables import collect_table_rows
from provstats.errors import SchemaError
from provstats.indicators import GROWTHS, indicator
from provstats.reading.figures import parse_figure
from provstats.reading.periods import MONTHS_OF_YEAR, parse_period
from provstats.store.files import (
    add_place_to_errors,
    find_data_folder,
    read_records,
    read_whole_number,
)
from provstats.store.keys import FACT, NATURES
from provstats.store.observations import COLUMNS, DATA_VERSION, RESTATED, VERSION
from provstats.store.parquet import write_parquet
from provstats.store.regions import region
from provstats.store.sources import find_last_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from provstats.building.headings import Heading
    from provstats.reading.figures import Figure

    Row = dict[str, Any]

__all__ = ["TABLE_COLUMNS", "build", "build_observation_table"]

#: The columns of a text table.
TABLE_COLUMNS: Final = (
    "paragraph", "region", "indicator", "period", "nature", "printed", "note", "among",
)  # fmt: skip


def build(folder: Path | None = None) -> Path:
    """Write ``provinces.parquet`` from the text tables beside it, and return where it is.

    The file is replaced only when all of it is written, and is the same byte for byte each time.
    The tables are those of the checkout, or of a folder.
    """
    target = (folder or find_data_folder()) / "provinces.parquet"
    write_parquet(build_observation_table(target.parent), target)
    return target


def build_observation_table(folder: Path) -> pa.Table:
    """Return the observations of all documents as an Arrow table with the shipped schema."""
    import pyarrow as pa

    sources = read_checked_sources(folder)
    refuse_wrong_breaks(folder, sources)
    of_tables = list_table_sources(folder, sources)
    headings = _read_headings_by_source(folder)
    rows: list[Row] = []
    for source in sources:
        if source["id"] in of_tables:
            rows += _read_table_rows(folder, source["id"])
        else:
            place = folder / "headline" if source["encoded"] == "headline" else folder
            rows += _read_document_rows(place / f"{source['id']}.tsv", headings[source["id"]])
    refuse_wrong_regions(sources, rows)
    _refuse_repeated_facts(rows)
    days = {source["id"]: find_last_day(source["published"]) for source in sources}
    fields = [
        pa.field(name, pa.type_for_alias(kind), nullable=False, metadata={"description": text})
        for name, (kind, text) in COLUMNS.items()
    ]
    schema = pa.schema(fields, metadata=_build_metadata(_find_restated_rows(rows, days)))
    return pa.Table.from_pylist(rows, schema=schema)


def _build_metadata(restated: list[int]) -> dict[bytes | str, bytes | str]:
    descriptions = {name: text for name, (_, text) in COLUMNS.items()}
    return {
        VERSION: DATA_VERSION,
        "provstats.columns": json.dumps(descriptions, ensure_ascii=False),
        "provstats.vintage": "the publication date of the source; the latest is the valid one",
        RESTATED: " ".join(map(str, restated)),
    }


def _make_fact_key(row: Row) -> tuple[object, ...]:
    return tuple(row[column] for column in FACT)


def _refuse_repeated_facts(rows: list[Row]) -> None:
    """Refuse a document that states one fact in two rows."""
    stated = Counter((*_make_fact_key(row), row["source"]) for row in rows)
    if twice := [key for key, count in stated.items() if count > 1]:
        msg = f"{[*FACT, 'source']} must identify a row, these stand twice: {twice}"
        raise SchemaError(msg)


def _find_restated_rows(rows: list[Row], days: dict[str, str]) -> list[int]:
    """Return the numbers, from 0, of the rows whose fact a later document states."""
    by_age = sorted(range(len(rows)), key=lambda number: days[str(rows[number]["source"])])
    latest = {_make_fact_key(rows[number]): number for number in by_age}
    return sorted(set(by_age).difference(latest.values()))


# --- one document ---------------------------------------------------------------------------------


def _read_headings_by_source(folder: Path) -> defaultdict[str, list[Heading]]:
    headings = defaultdict(list)
    for heading in read_headings(folder):
        headings[heading.source].append(heading)
    return headings


def _read_document_rows(path: Path, headings: list[Heading]) -> list[Row]:
    make = partial(_make_observation, source=path.stem, headings=headings)
    return read_records(path, TABLE_COLUMNS, make)


def _read_table_rows(folder: Path, source: str) -> Iterator[Row]:
    for place, heading, row in collect_table_rows(folder, source):
        with add_place_to_errors(place):
            yield _add_checked_figure(row, parse_figure(row["printed"], unit=heading), source)


def _make_observation(row: dict[str, str], source: str, headings: list[Heading]) -> Row:
    unit, line = indicator(row["indicator"]).unit, read_whole_number(row, "paragraph")
    over = [heading for heading in headings if heading.paragraph < line <= heading.last]
    return _add_checked_figure(
        {**row, "paragraph": line}, _read_printed_figure(row["printed"], unit, over), source
    )


def _add_checked_figure(row: Row, figure: Figure, source: str) -> Row:
    """Return a row with its figure; a row whose cells contradict one another is refused."""
    entry = indicator(row["indicator"])
    period = parse_period(row["period"])
    expect_cells(
        {**row, "unit": figure.unit},
        indicator=entry.id,
        region=region(row["region"]).code,
        period=str(period),
        unit=entry.unit,
        nature=row["nature"] if figure.nature == "outcome" else figure.nature,
    )
    if row["nature"] not in NATURES:
        msg = f"nature must be of {NATURES}, got {row}"
        raise SchemaError(msg)
    if (entry.measure == "rank") != bool(row["among"]):
        msg = f"among must say whom a rank is among, and be empty for all else, got {row}"
        raise SchemaError(msg)
    if entry.measure in GROWTHS and (entry.measure == "growth") != (
        period.months <= MONTHS_OF_YEAR
    ):
        msg = f"a growth over several years has an id of its own, {GROWTHS[1:]}, got {row}"
        raise SchemaError(msg)
    read = {c: getattr(figure, c) for c in ("value", "lower", "upper", "unit", "qualifier")}
    return {**row, **read, "basis": "reported", "source": source}


def _read_printed_figure(printed: str, unit: str, headings: list[Heading]) -> Figure:
    """Read what is printed; a cell takes the unit of its heading that suits the indicator.

    No change at all (持平) has no unit of its own, and takes that of the indicator; a multiple of
    that unit is turned into it.
    """
    if not headings:
        figure = parse_figure(printed)
        return figure if figure.unit == unit else parse_figure(printed, unit=unit)
    figures = [parse_figure(printed + word) for word in headings[0].units]
    return next((figure for figure in figures if figure.unit == unit), figures[0])
