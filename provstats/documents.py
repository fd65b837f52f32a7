"""Sources: the documents that the figures were printed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.files import data_folder, read_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["source_ids", "sources"]

_COLUMNS: Final = ("id", "title", "publisher", "published", "language", "regions")


def source_ids() -> list[str]:
    """Return the ids of the documents, in the order of the data.

    Examples
    --------
    >>> source_ids()[0]
    'cena-2025-ten-provinces'
    """
    return [row["id"] for row in read_table(data_folder() / "sources.tsv", _COLUMNS)]


def sources() -> pd.DataFrame:
    """Return the documents.

    Returns
    -------
    DataFrame
        One row a document: ``id`` (as in the column ``source`` of the observations), ``title``,
        ``publisher``, ``published`` (an ISO 8601 date, a month where no day is known),
        ``language`` (BCP 47) and ``regions`` (codes joined by blanks); all text.

    Examples
    --------
    >>> sources()["id"].is_unique
    True
    """
    import pandas as pd

    return pd.DataFrame(read_table(data_folder() / "sources.tsv", _COLUMNS), columns=list(_COLUMNS))
