"""Documents: the sources that the figures were printed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.store.files import data_folder, read_table

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["published", "source_ids", "sources"]

_COLUMNS: Final = ("id", "title", "publisher", "published", "language", "regions", "title_en")


def source_ids() -> list[str]:
    """Return the ids of the documents, in the order of the data.

    Examples
    --------
    >>> source_ids()[0]
    'cena-2025-ten-provinces'
    """
    return list(published())


def published() -> dict[str, str]:
    """Return the publication date of each document, by id.

    Examples
    --------
    >>> published()["nbs-rd-bulletin-2023"]
    '2024-10-02'
    """
    return {row["id"]: row["published"] for row in read_table(_path(), _COLUMNS)}


def sources() -> pd.DataFrame:
    """Return the documents.

    Returns
    -------
    DataFrame
        One row a document: ``id`` (as in the column ``source`` of the observations), ``title``,
        ``publisher``, ``published`` (an ISO 8601 date, a month where no day is known),
        ``language`` (BCP 47), ``regions`` (codes joined by blanks), ``title_en`` (the title in
        English, official where there is one) and ``citation`` (a line for a list of references,
        after GB/T 7714); all text.

    Examples
    --------
    >>> print(sources().set_index("id").loc["nbs-rd-bulletin-2023", "citation"])
    国家统计局、科学技术部、财政部. 2023年全国科技经费投入统计公报[R/OL]. 2024-10-02.
    """
    import pandas as pd

    table = pd.DataFrame(read_table(_path(), _COLUMNS), columns=list(_COLUMNS))
    line = table["publisher"] + ". " + table["title"] + "[R/OL]. " + table["published"] + "."
    return table.assign(citation=line)


def _path() -> Path:
    return data_folder() / "sources.tsv"
