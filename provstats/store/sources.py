"""Documents: the sources that the figures were printed in."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from provstats.reading.periods import parse_period
from provstats.store.files import find_data_folder, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

__all__ = [
    "find_last_day", "list_source_ids", "load_publication_dates", "load_reported_regions",
    "read_sources", "sources",
]  # fmt: skip

_COLUMNS: Final = (
    "id", "title", "publisher", "published", "language", "regions", "url", "accessed", "sha256",
    "title_en", "licence", "encoded",
)  # fmt: skip


def read_sources(folder: Path) -> list[dict[str, str]]:
    """Read the list of the documents that lies in a folder."""
    return read_table(folder / "sources.tsv", _COLUMNS)


@cache
def _load_shipped_sources() -> Mapping[str, Mapping[str, str]]:
    return {row["id"]: row for row in read_sources(find_data_folder())}


def list_source_ids() -> list[str]:
    """Return the ids of the documents, in the order of the data.

    Examples
    --------
    >>> list_source_ids()[0]
    'cena-2025-ten-provinces'
    """
    return list(_load_shipped_sources())


def load_publication_dates() -> dict[str, str]:
    """Return the publication date of each document, by id.

    Examples
    --------
    >>> load_publication_dates()["nbs-rd-bulletin-2023"]
    '2024-10-02'
    """
    return {id_: row["published"] for id_, row in _load_shipped_sources().items()}


def load_reported_regions() -> dict[str, frozenset[str]]:
    """Return the regions that each document has figures of, by id.

    Examples
    --------
    >>> sorted(load_reported_regions()["work-report-2025-sichuan"])
    ['CN-SC']
    """
    return {id_: frozenset(row["regions"].split()) for id_, row in _load_shipped_sources().items()}


def find_last_day(text: str) -> str:
    """Return a date; for a month or a year, as some documents are dated, its last day.

    Examples
    --------
    >>> find_last_day("2024-10-02"), find_last_day("2025-02")
    ('2024-10-02', '2025-02-28')
    """
    day = date.fromisoformat(text) if len(text) > len("2024-10") else parse_period(text).end
    return day.isoformat()


def sources() -> pd.DataFrame:
    """Return the documents.

    Returns
    -------
    DataFrame
        One row a document, all text: ``id`` (as in the column ``source`` of the observations),
        ``title``, ``publisher``, ``published`` (an ISO 8601 date, a month where no day is known),
        ``language`` (BCP 47), ``regions`` (the codes of those it has figures of, joined by
        blanks), ``url`` (where the text was taken from, or empty where no address is known),
        ``accessed`` (the day on which the text was last read for the data), ``sha256`` (of that
        text), ``citation`` (a line for a list of references, after GB/T 7714), ``title_en``
        (the title in English, official where there is one) and ``licence`` (of the copy of a table
        that was read: an SPDX id, or ``none stated``; empty for texts) and ``encoded`` (how far its
        figures are rows: ``all`` of them, or ``headline``, those of the indicators that
        `read_report` knows).

    Examples
    --------
    >>> print(sources().set_index("id").loc["nbs-rd-bulletin-2023", "citation"])
    国家统计局、科学技术部、财政部. 2023年全国科技经费投入统计公报[R/OL]. 2024-10-02.
    """
    import pandas as pd

    table = pd.DataFrame([*_load_shipped_sources().values()], columns=list(_COLUMNS))
    line = table["publisher"] + ". " + table["title"] + "[R/OL]. " + table["published"] + "."
    table.insert(_COLUMNS.index("title_en"), "citation", line)
    return table
