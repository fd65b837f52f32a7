"""Rows: each number with its names, its interval, what was printed, and where that stands."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from provstats.errors import SchemaError
from provstats.store.groups import load_regions_and_groups
from provstats.store.sources import list_source_ids
from provstats.tables.cite import cite
from provstats.tables.records import to_records

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "build_rows_answer", "cite_sources", "refuse_wrong_limit"]

#: The most rows that one answer may have.
MOST: Final = 200
#: What an answer says once for all its rows, or need not say.
_TOLD_ONCE: Final = ("indicator", "basis", "left_out")


def build_rows_answer(rows: pd.DataFrame, limit: int) -> dict[str, Any]:
    """Return the first rows as plain data, and say how many more there are."""
    refuse_wrong_limit(limit)
    told = [_build_row(record) for record in to_records(rows.head(limit))]
    more = len(rows) - len(told)
    answer: dict[str, Any] = {"rows": told}
    if more > 0:
        answer["more"] = f"{more} more rows; name a period or regions, or raise limit (to {MOST})"
    return answer


def refuse_wrong_limit(limit: int) -> None:
    """Refuse a number of rows below 1, or of more than can be read."""
    if not 1 <= limit <= MOST:
        msg = f"limit must be from 1 to {MOST}, got {limit}"
        raise SchemaError(msg)


def _build_row(record: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what is empty, and with what a reader needs to trust it."""
    told = {
        name: value
        for name, value in record.items()
        if value not in (None, "") and name not in _TOLD_ONCE
    }
    named = {"region": told.pop("region"), "name": _name_region(record["region"])}
    cited = {"citation": cite_sources(record["source"])} if "source" in told else {}
    nation = record.get("national_source")
    beside = {"national_citation": cite_sources(nation)} if nation else {}
    return {**named, **told, **cited, **beside}


def _name_region(code: str) -> str:
    place = load_regions_and_groups().get(code)
    return f"{place.name_zh} {place.name_en}" if place else code


@cache
def cite_sources(ids: str) -> str:
    """Return the references of documents, whose ids are joined by blanks."""
    known = set(list_source_ids())
    return " ".join(cite(id_) for id_ in ids.split(" ") if id_ in known)
