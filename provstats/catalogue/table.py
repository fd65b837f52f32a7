"""Table: the catalogue as a frame, with who reports what."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from provstats.catalogue.entries import known_indicator, listed
from provstats.catalogue.spans import by_end
from provstats.store.observations import load
from provstats.store.regions import provinces

if TYPE_CHECKING:
    import pandas as pd

    from provstats.catalogue.entries import Indicator

__all__ = ["catalog", "entries"]

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
    return _catalog().copy()


@cache
def _catalog() -> pd.DataFrame:
    import pandas as pd

    rows = entries()
    table = pd.DataFrame({column: [getattr(entry, column) for entry in rows] for column in _FIRST})
    table["regions"] = table["id"].map(_provinces_of()).fillna(0).astype("int64")
    table["periods"] = table["id"].map(_periods_of()).fillna("")
    return table.assign(**{column: [getattr(entry, column) for entry in rows] for column in _LAST})


@cache
def entries() -> list[Indicator]:
    """Return the indicators of the table and those of the data, sorted by id."""
    found = {*listed(), *load(nature=None)["indicator"].unique()}
    return [known for id_ in sorted(found) if (known := known_indicator(id_))]


def _provinces_of() -> pd.Series:
    outcomes = load()
    outcomes = outcomes[outcomes["region"].isin(provinces()) & outcomes["value"].notna()]
    return outcomes.groupby("indicator", sort=False)["region"].nunique()


def _periods_of() -> dict[str, str]:
    pairs = load(nature=None)[["indicator", "period"]].drop_duplicates()
    labels: dict[str, list[str]] = {}
    for id_, label in pairs.itertuples(index=False):
        labels.setdefault(id_, []).append(label)
    return {id_: ", ".join(sorted(found, key=by_end)) for id_, found in labels.items()}
