"""Observations: one row per figure, tidy, as shipped or as a caller brings them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from provstats.errors import SchemaError, nearest
from provstats.reading.periods import parse_period
from provstats.store.files import data_folder
from provstats.store.keys import FACT, NATURES
from provstats.store.sources import published

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["COLUMNS", "DATA_VERSION", "load", "read_observations"]

#: The version of the shipped data, also in the metadata of the Parquet file.
DATA_VERSION: Final = "2026.11"

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


def load(*, nature: str | None = "outcome", vintage: str | None = "latest") -> pd.DataFrame:
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
    check_nature(nature)
    data = _of_vintage(_known_vintage(vintage))
    kept = data if nature is None else data[data["nature"] == nature]
    return kept.reset_index(drop=True)


def _known_vintage(vintage: str | None) -> str | None:
    if vintage is None or vintage in ("latest", "first"):
        return vintage
    if vintage in published():
        return _last_day(published()[vintage]).isoformat()
    with suppress(ValueError, TypeError):
        return _last_day(vintage).isoformat()
    words = ["latest", "first", *published()]
    msg = f"vintage must be 'latest', 'first', a document id, a date or None, got {vintage!r}"
    raise SchemaError(msg + nearest(str(vintage), words))


def _last_day(text: str) -> date:
    """Read a date; of a month or a year, as some documents are dated, the last day."""
    return date.fromisoformat(text) if len(text) > len("2024-10") else parse_period(text).end


@cache
def _of_vintage(vintage: str | None) -> pd.DataFrame:
    data, dates = _shipped(), published()
    if vintage is None:
        return data.assign(vintage=data["source"].map(dates))
    known = {source: _last_day(day).isoformat() for source, day in dates.items()}
    days = data["source"].map(known)
    if vintage not in ("latest", "first"):
        days = days[days <= vintage]
    by_age = data.loc[days.sort_values(kind="stable").index]
    kept = by_age.drop_duplicates(FACT, keep="first" if vintage == "first" else "last")
    return kept.sort_index(ignore_index=True)


def check_nature(nature: str | None) -> None:
    """Refuse a nature that is not of the vocabulary.

    Parameters
    ----------
    nature : str or None
        What a caller asked for.

    Raises
    ------
    SchemaError
        If it is neither None nor one of `NATURES`.
    """
    if nature is not None and nature not in NATURES:
        msg = f"nature must be one of {list(NATURES)} or None, got {nature!r}"
        raise SchemaError(msg + nearest(str(nature), NATURES))


@cache
def _shipped() -> pd.DataFrame:
    return read_observations(data_folder() / "provinces.parquet")


def read_observations(path: Path) -> pd.DataFrame:
    """Read a Parquet file of observations.

    Parameters
    ----------
    path : Path
        The file. It is read by path: reading by stream can abort the process at exit.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`.

    Raises
    ------
    SchemaError
        If the file is missing, is no Parquet file, or has other columns.
    """
    import pandas as pd

    if not path.is_file():
        msg = f"data file {path} is missing; reinstall provstats"
        raise SchemaError(msg)
    try:
        data = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        msg = f"data file {path} is damaged or no Parquet file: {error}"
        raise SchemaError(msg) from error
    if not _is_of_schema(data):
        needed = {name: kind for name, (kind, _) in COLUMNS.items()}
        given = {name: str(kind) for name, kind in data.dtypes.items()}
        msg = f"data file {path} has another schema: needs {needed}, got {given}"
        raise SchemaError(msg)
    return data


def _is_of_schema(data: pd.DataFrame) -> bool:
    from pandas.api.types import is_string_dtype

    return list(data) == list(COLUMNS) and all(
        is_string_dtype(data[name]) if kind == "string" else data[name].dtype == kind
        for name, (kind, _) in COLUMNS.items()
    )
