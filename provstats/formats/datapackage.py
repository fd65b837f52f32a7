"""Data Package v2: a descriptor beside CSV files, each with its size and its digest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, get_args

from provstats.formats.tables import (
    DESCRIPTION,
    LICENSE,
    NAME,
    PUBLISHER,
    TITLE,
    build_tables,
    find_preparation_date,
    read_version,
)
from provstats.reading.vocabulary import Nature, Qualifier

if TYPE_CHECKING:
    import pandas as pd

    from provstats.formats.tables import Table

__all__ = ["build_datapackage_files", "encode_json"]

_PROFILE: Final = "https://datapackage.org/profiles/2.0/{}.json"
_LICENSE: Final = {"name": LICENSE, "path": "https://spdx.org/licenses/MIT.html"}
#: What the cells of some columns of the observations must be.
_CONSTRAINTS: Final[dict[str, dict[str, Any]]] = {
    "qualifier": {"enum": [*get_args(Qualifier)]},
    "nature": {"enum": [*get_args(Nature)]},
    "paragraph": {"minimum": 1},
}
#: Which column of the observations names a row of which list.
_LISTS: Final = {"region": "regions", "indicator": "indicators", "source": "sources"}


def build_datapackage_files() -> dict[str, bytes]:
    """Return the files of a Data Package, by name."""
    written = build_tables()
    files = {table.path: table.content for table in written}
    return {**files, "datapackage.json": encode_json(_build_descriptor(written))}


def encode_json(descriptor: dict[str, Any]) -> bytes:
    """Return a descriptor as JSON, the same bytes on every machine."""
    text = json.dumps(descriptor, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def _build_descriptor(written: list[Table]) -> dict[str, Any]:
    return {
        "$schema": _PROFILE.format("datapackage"),
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": read_version(),
        "created": f"{find_preparation_date()}T00:00:00Z",
        "licenses": [_LICENSE],
        "contributors": [{"title": PUBLISHER, "roles": ["creator"]}],
        "resources": [_describe_resource(table) for table in written],
    }


def _describe_resource(table: Table) -> dict[str, Any]:
    return {
        "$schema": _PROFILE.format("dataresource"),
        "name": table.name,
        "title": table.title,
        "path": table.path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.content),
        "hash": f"sha256:{table.digest}",
        "dialect": {"$schema": _PROFILE.format("tabledialect"), "lineTerminator": "\n"},
        "schema": _describe_schema(table),
    }


def _describe_schema(table: Table) -> dict[str, Any]:
    """Return the schema of a table; an empty cell is an empty text, never a missing one."""
    schema = {
        "$schema": _PROFILE.format("tableschema"),
        "fields": [_describe_field(table, name) for name in table.columns],
        "primaryKey": [*table.key],
        "missingValues": [],
    }
    return schema | ({"foreignKeys": _list_foreign_keys()} if table.name == "observations" else {})


def _describe_field(table: Table, name: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": _name_type(table.frame[name])}
    if name in table.descriptions:
        field["description"] = table.descriptions[name]
    of_observations = _CONSTRAINTS.get(name, {}) if table.name == "observations" else {}
    constraints = {"required": True} if name in table.key else {}
    return field | ({"constraints": c} if (c := constraints | of_observations) else {})


def _name_type(column: pd.Series) -> str:
    """Return the type of a column, as Table Schema names it."""
    kinds = {"b": "boolean", "i": "integer", "f": "number"}
    return kinds.get(column.dtype.kind, "string")


def _list_foreign_keys() -> list[dict[str, Any]]:
    ids = {"region": "code", "indicator": "id", "source": "id"}
    return [
        {"fields": [name], "reference": {"resource": resource, "fields": [ids[name]]}}
        for name, resource in _LISTS.items()
    ]
