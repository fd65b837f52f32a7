"""Observations: one row per figure, tidy, as shipped or as a caller brings them."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from provstats.errors import IncomparableError, SchemaError, require_one_of, suggest_nearest
from provstats.store.files import find_data_folder
from provstats.store.keys import FACT, NATURES
from provstats.store.parquet import read_parquet
from provstats.store.sources import find_last_day, load_publication_dates

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = [
    "COLUMNS", "DATA_VERSION", "RESTATED", "VERSION", "data_version", "load", "read_observations",
    "refuse_unknown_nature",
]  # fmt: skip

#: The version of the shipped data, also in the metadata of the Parquet file.
DATA_VERSION: Final = "2026.12.2"

#: The version of the data that are installed, read from the file when first asked for.
data_version: str

#: Where the metadata of the file hold the version, and the rows that a later document restates.
VERSION: Final = b"provstats.version"
RESTATED: Final = b"provstats.restated"

#: Column, Arrow type and description, in the order of the file.
COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "region": ("string", "ISO 3166-2 code, CN for the nation, a registry id for other areas"),
    "indicator": ("string", "indicator id of the catalogue"),
    "period": ("string", "label such as 2024-01/2024-11; a stock has the one at whose end it is"),
    "value": ("float64", "value in the base unit; a decline is negative"),
    "lower": ("float64", "least value that the printed words allow; belongs to the interval"),
    "upper": ("float64", "greatest value that the printed words allow; belongs to the interval"),
    "unit": ("string", "percent, percentage_point, count, CNY, USD, rank, or a physical unit"),
    "qualifier": ("string", "exact, about, over, nearly, under or range"),
    "nature": ("string", "outcome, forecast or target"),
    "basis": ("string", "reported: printed in the document"),
    "source": ("string", "document id"),
    "paragraph": ("int32", "1-based line of the document"),
    "printed": ("string", "the figure exactly as printed; … stands for words between its parts"),
    "note": ("string", "a reading that could be disputed, and why; may be empty"),
    "among": ("string", "of a claimed rank, whom it is among; empty elsewhere"),
}  # fmt: skip


def load(*, nature: str | None = "outcome", vintage: str | date | None = "latest") -> pd.DataFrame:
    """Return the shipped observations.

    Parameters
    ----------
    nature : {"outcome", "forecast", "target"} or None
        Which rows; None for all.
    vintage : {"latest", "first"}, document id, date or None
        Where documents state the same figure: what the latest of them says, what was said first, or
        what was known when a document or on the day that a date names. None for all vintages.

    Returns
    -------
    DataFrame
        One row a figure, the columns of `COLUMNS`; no value is missing. It is the caller's own:
        changing it changes nothing else. With all vintages there is one column more, ``vintage``:
        the publication date of the document.

    Raises
    ------
    SchemaError
        If the nature or the vintage is unknown, or the data file is missing, damaged or of another
        schema.
    IncomparableError
        If nothing had been stated by the day that was asked for.

    Examples
    --------
    >>> import provstats as ps
    >>> data = ps.load()
    >>> data.loc[
    ...     data["printed"] == "超8万个", ["region", "value", "lower", "upper"]
    ... ].values.tolist()
    [['CN-SH', 80000.0, 80000.0, 90000.0]]

    The intensity of 2018 was stated as 2.19%, and revised a year later:

    >>> said = ps.load(vintage=None).query(
    ...     "region == 'CN' and indicator == 'rd_intensity' and period == '2018'"
    ... )
    >>> print(said[["value", "vintage"]].to_string(index=False))
     value    vintage
      2.19 2019-08-30
      2.14 2020-08-27
    """
    refuse_unknown_nature(nature)
    mine = _select_rows(nature, _resolve_vintage(vintage)).copy()
    mine.columns = mine.columns.to_list()  # not even the labels are shared
    return mine


def _resolve_vintage(vintage: str | date | None) -> str | None:
    """Return the name of a vintage as it is, and the day that any other vintage means."""
    if vintage is None or (isinstance(vintage, str) and vintage in ("latest", "first")):
        return vintage
    text = vintage.isoformat()[: len("2024-10-02")] if isinstance(vintage, date) else vintage
    try:
        day = find_last_day(load_publication_dates().get(text, text))
    except (ValueError, TypeError):
        words = ["latest", "first", *load_publication_dates()]
        msg = f"vintage must be 'latest', 'first', a document id, a date or None, got {vintage!r}"
        raise SchemaError(msg + suggest_nearest(str(vintage), words)) from None
    return _require_document_by(day)


def _require_document_by(day: str) -> str:
    """Return the day; a day before the first document is refused."""
    first = min(map(find_last_day, load_publication_dates().values()))
    if day < first:
        msg = f"nothing had been stated by {day}: the first of the documents is of {first}"
        raise IncomparableError(msg)
    return day


def refuse_unknown_nature(nature: str | None) -> None:
    """Refuse a nature that is not of the vocabulary."""
    require_one_of("nature", nature, (*NATURES, None))


@lru_cache(maxsize=8)
def _select_rows(nature: str | None, vintage: str | None) -> pd.DataFrame:
    """Return the rows of a nature and a vintage; a caller must copy them to hand them out."""
    import pyarrow.compute as pc

    table = _load_shipped_table()
    kept = _mark_vintage_rows(vintage)
    if nature is not None:
        kept &= pc.equal(table["nature"], nature).to_numpy()
    data: pd.DataFrame = (table if kept.all() else table.filter(kept)).to_pandas()
    return (
        data.assign(vintage=data["source"].map(load_publication_dates()))
        if vintage is None
        else data
    )


def _mark_vintage_rows(vintage: str | None) -> NDArray[np.bool_]:
    """Return for each of the shipped rows whether it is of a vintage."""
    import numpy as np

    table = _load_shipped_table()
    kept = np.ones(table.num_rows, dtype=bool)
    if vintage == "latest":
        restated = table.schema.metadata[RESTATED].decode()
        kept[np.fromstring(restated, dtype=np.int64, sep=" ")] = False
    elif vintage is not None:
        kept[:] = False
        kept[_find_vintage_rows(table, vintage)] = True
    return kept


def _find_vintage_rows(table: pa.Table, vintage: str) -> NDArray[np.int64]:
    """Return the rows that were stated first, or that had been stated last by a day."""
    data: pd.DataFrame = table.select([*FACT, "source"]).to_pandas()
    days = data["source"].map(
        {id_: find_last_day(text) for id_, text in load_publication_dates().items()}
    )
    if vintage != "first":
        days = days[days <= vintage]
    by_age = data.loc[days.sort_values(kind="stable").index]
    kept = by_age.drop_duplicates(FACT, keep="first" if vintage == "first" else "last")
    return kept.index.to_numpy()


@cache
def _load_shipped_table() -> pa.Table:
    """Return all observations; no caller can change an Arrow table."""
    return _read_checked_table(find_data_folder() / "provinces.parquet")


def read_observations(path: Path) -> pd.DataFrame:
    """Read a Parquet file of observations, the columns of `COLUMNS`, as the build wrote it.

    What is missing, damaged in a single bit, of another schema, or of a document that is not
    listed is refused.
    """
    data: pd.DataFrame = _read_checked_table(path).to_pandas()
    return data


def _read_checked_table(path: Path) -> pa.Table:
    import pyarrow.compute as pc

    table = read_parquet(path)
    given = {field.name: str(field.type) for field in table.schema}
    needed = {name: kind.replace("float64", "double") for name, (kind, _) in COLUMNS.items()}
    if list(given.items()) != list(needed.items()):
        msg = f"data file {path} has another schema: needs {needed}, got {given}"
        raise SchemaError(msg)
    if empty := [name for name in given if table[name].null_count]:
        msg = f"data file {path} misses cells in {empty}"
        raise SchemaError(msg)
    if unknown := set(pc.unique(table["source"]).to_pylist()) - set(load_publication_dates()):
        msg = f"data file {path} has rows of documents that sources.tsv does not list: {unknown}"
        raise SchemaError(msg)
    return table


def __getattr__(name: str) -> str:
    """Read the version of the shipped data when it is asked for."""
    if name != "data_version":
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return str(_load_shipped_table().schema.metadata[VERSION].decode())
