"""Denominators: the figure of the same region and period by which another is divided or weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provstats.errors import IncomparableError, SchemaError
from provstats.indicators import indicator
from provstats.store.observations import load
from provstats.tables.table import convert_to_checked_rows

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["fill_bounds", "find_denominators"]

_KEY: Final = ["region", "period"]
_ENDS: Final = ["value", "lower", "upper"]


def fill_bounds(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with bounds; where none are given, a value is exact."""
    ends = {
        end: rows[end].fillna(rows["value"]) if end in rows else rows["value"] for end in _ENDS[1:]
    }
    return rows.assign(**ends)


def find_denominators(part: pd.DataFrame, rows: pd.DataFrame, given: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return value, bounds, unit and source of the denominator of each row; NaN where none is.

    Of several documents the row's own is used; several others are refused.
    """
    base = fill_bounds(_find_denominator_rows(rows, given))
    base = base.assign(
        unit=base.get("unit", ""),
        source=base["source"].astype(str) if "source" in base else "",
    )
    own = part[[*_KEY]].assign(source=part["source"].astype(str) if "source" in part else "")
    base = _prefer_own_document(own, base)
    wanted = base.merge(own[_KEY].drop_duplicates(), on=_KEY)
    repeated = wanted[wanted.duplicated(_KEY)]
    if len(repeated):
        first = repeated[_KEY].iloc[0].tolist()
        msg = f"the denominator has several figures for {first}; choose one vintage"
        raise IncomparableError(msg)
    found = own[_KEY].merge(wanted[[*_KEY, *_ENDS, "unit", "source"]], on=_KEY, how="left")
    if (found["lower"] <= 0).any():
        msg = "a denominator must be above zero, with all of its interval"
        raise IncomparableError(msg)
    return found.set_index(part.index)


def _find_denominator_rows(rows: pd.DataFrame, given: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return the rows of the denominator: those of a frame, of the rows themselves, or shipped."""
    if not isinstance(given, str):
        base = convert_to_checked_rows(given)
        lacking = {*_KEY, "value"} - set(base)
        if lacking:
            msg = f"the denominator needs the columns {sorted(lacking)}"
            raise SchemaError(msg)
        return base[base["value"].notna()]
    own = rows[(rows["indicator"] == given) & rows["value"].notna()]
    if len(own):
        return own
    data = load(nature="outcome")
    base = data[data["indicator"] == indicator(given).id]
    if base.empty:
        msg = f"no region reports {given!r}; give a frame with region, period and value"
        raise IncomparableError(msg)
    return base


def _prefer_own_document(own: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Return denominators; of several for one region and period, that of the row's document."""
    keys = own.assign(is_own=True).drop_duplicates()
    marked = base.merge(keys, on=[*_KEY, "source"], how="left")
    is_own = marked["is_own"].notna()
    has_own = is_own.groupby([marked["region"], marked["period"]]).transform("any")
    return marked[is_own | ~has_own]
