"""Croissant: the same CSV files, described for those who train and test models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provstats.formats.datapackage import encode_json
from provstats.formats.tables import (
    DESCRIPTION,
    NAME,
    PUBLISHER,
    TITLE,
    build_tables,
    find_preparation_date,
    read_version,
)

if TYPE_CHECKING:
    from provstats.formats.tables import Table

__all__ = ["build_croissant_files"]

_CONTEXT: Final[dict[str, Any]] = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs",
    "column": "cr:column", "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract",
    "field": "cr:field", "fileObject": "cr:fileObject", "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key",
    "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
    "replace": "cr:replace", "samplingRate": "cr:samplingRate", "sc": "https://schema.org/",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
    "transform": "cr:transform",
}  # fmt: skip
_TYPES: Final = {"b": "sc:Boolean", "i": "sc:Integer", "f": "sc:Float"}
#: Which column of the observations names a row of which list.
_REFERENCES: Final = {
    "region": "regions/code", "indicator": "indicators/id", "source": "sources/id",
}  # fmt: skip


def build_croissant_files() -> dict[str, bytes]:
    """Return the files of a Croissant data set, by name."""
    written = build_tables()
    files = {table.path: table.content for table in written}
    return {**files, "croissant.json": encode_json(_build_descriptor(written))}


def _build_descriptor(written: list[Table]) -> dict[str, Any]:
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "version": read_version(),
        "datePublished": find_preparation_date(),
        "license": "https://spdx.org/licenses/MIT.html",
        "citeAs": _cite_dataset(),
        "creator": {"@type": "sc:Organization", "name": PUBLISHER},
        "inLanguage": ["zh", "en"],
        "isLiveDataset": False,
        "distribution": [_describe_file(table) for table in written],
        "recordSet": [_describe_record_set(table) for table in written],
    }


def _cite_dataset() -> str:
    return (
        f"@misc{{{NAME}, title={{{TITLE}}}, author={{{{{PUBLISHER}}}}}, "
        f"year={{{find_preparation_date()[:4]}}}, version={{{read_version()}}}}}"
    )


def _describe_file(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": table.path,
        "name": table.path,
        "description": table.title,
        "contentUrl": table.path,
        "contentSize": f"{len(table.content)} B",
        "encodingFormat": "text/csv",
        "sha256": table.digest,
    }


def _describe_record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.title,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_describe_field(table, name) for name in table.columns],
    }


def _describe_field(table: Table, name: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{name}",
        "name": name,
        "description": table.descriptions.get(name, name),
        "dataType": _TYPES.get(table.frame[name].dtype.kind, "sc:Text"),
        "source": {"fileObject": {"@id": table.path}, "extract": {"column": name}},
    }
    if table.name == "observations" and name in _REFERENCES:
        field["references"] = {"field": {"@id": _REFERENCES[name]}}
    return field
