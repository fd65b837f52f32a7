"""Table: the catalogue as a frame, with who reports what."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from provstats.catalogue.entries import load_indicators, look_up_indicator
from provstats.catalogue.spans import make_end_key
from provstats.store.observations import load
from provstats.store.regions import list_province_codes

if TYPE_CHECKING:
    import pandas as pd

    from provstats.catalogue.entries import Indicator

__all__ = ["catalog", "list_indicators"]

_FIRST: Final = (
    "id", "concept", "measure", "name_zh", "name_en", "unit", "scope", "direction", "domain",
)  # fmt: skip
_LAST: Final = ("additive", "family", "prices", "definition", "definition_zh")


def catalog() -> pd.DataFrame:
    """Return the catalogue of indicators.

    Returns
    -------
    DataFrame
        One row an indicator, sorted by id: ``id``, ``concept``, ``measure``, ``name_zh``,
        ``name_en``, ``unit``, ``scope``, ``direction``, ``domain``, ``regions`` (how many provinces
        have an outcome; 0 for one that only names what follows from it), ``periods`` (the labels of
        its rows, of whatever region and nature, in order of time and joined by ``", "``),
        ``additive`` (bool: do the provinces add up to the nation), ``family`` (what it may be
        looked at beside), ``prices``, ``definition`` and ``definition_zh``, the same in Chinese.

    Examples
    --------
    >>> catalog().set_index("id").loc["rd_intensity", "regions"].item()
    31
    """
    return _build_catalog().copy()


@cache
def _build_catalog() -> pd.DataFrame:
    import pandas as pd

    rows = list_indicators()
    table = pd.DataFrame({column: [getattr(entry, column) for entry in rows] for column in _FIRST})
    table["regions"] = table["id"].map(_count_provinces()).fillna(0).astype("int64")
    table["periods"] = table["id"].map(_list_periods()).fillna("")
    return table.assign(**{column: [getattr(entry, column) for entry in rows] for column in _LAST})


@cache
def list_indicators() -> list[Indicator]:
    """Return the indicators of the table and those of the data, sorted by id."""
    found = {*load_indicators(), *load(nature=None)["indicator"].unique()}
    return [known for id_ in sorted(found) if (known := look_up_indicator(id_))]


def _count_provinces() -> pd.Series:
    outcomes = load()
    outcomes = outcomes[outcomes["region"].isin(list_province_codes()) & outcomes["value"].notna()]
    return outcomes.groupby("indicator", sort=False)["region"].nunique()


def _list_periods() -> dict[str, str]:
    pairs = load(nature=None)[["indicator", "period"]].drop_duplicates()
    labels: dict[str, list[str]] = {}
    for id_, label in pairs.itertuples(index=False):
        labels.setdefault(id_, []).append(label)
    return {id_: ", ".join(sorted(found, key=make_end_key)) for id_, found in labels.items()}
