"""`per`: figures by another, a head or a unit of output, with bounds that hold all quotients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.errors import IncomparableError, SchemaError
from provstats.indicators import make_ratio_id
from provstats.tables.denominators import fill_bounds, find_denominators
from provstats.tables.table import convert_to_checked_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["per"]

_ENDS: Final = ["value", "lower", "upper"]
_TOLD: Final = {
    "value": "denominator", "lower": "denominator_lower", "upper": "denominator_upper",
    "unit": "denominator_unit", "source": "denominator_source",
}  # fmt: skip
#: Figures per head keep their own unit.
_PEOPLE: Final = "population"


def per(x: Any, denominator: Any) -> pd.DataFrame:  # noqa: ANN401 - of any library
    """Return figures by another of the same region and period: a head, or per unit of GDP.

    Parameters
    ----------
    x : IndicatorSeries, str, or a frame of pandas, polars or Arrow
        Observations of counts or amounts.
    denominator : str or frame
        ``"population"``, ``"gdp"`` or another indicator, of the rows of `x` or else of the shipped
        data; or a frame with ``region``, ``period`` and ``value`` (bounds and unit optional). A
        stock is that at the end of the same period.

    Returns
    -------
    DataFrame
        The rows of `x` that have a denominator, in their order and with all their columns:
        ``indicator`` with ``_per_capita`` or ``_per_<denominator>`` behind it, ``value``, ``lower``
        and ``upper`` the quotients (in percent, where both have one unit), ``unit`` accordingly,
        ``basis`` (``derived``), and ``denominator``, ``denominator_lower``, ``denominator_upper``,
        ``denominator_unit``, ``denominator_source`` and ``left_out`` (how many rows have none).

    Raises
    ------
    IncomparableError
        If no row has a denominator of its region and period (it is said for which periods there is
        one), if a denominator is not above zero, or has several figures.
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> import provstats as ps
    >>> gdp = pd.DataFrame(
    ...     {
    ...         "region": ["CN-BJ"],
    ...         "indicator": "gdp",
    ...         "period": "2023",
    ...         "value": [4376e9],
    ...         "lower": [4375.5e9],
    ...         "upper": [4376.5e9],
    ...         "unit": "CNY",
    ...     }
    ... )
    >>> people = pd.DataFrame(
    ...     {
    ...         "region": ["CN-BJ"],
    ...         "period": "2023",
    ...         "value": [2186e4],
    ...         "lower": [2185.5e4],
    ...         "upper": [2186.5e4],
    ...         "unit": "count",
    ...         "indicator": "population",
    ...     }
    ... )
    >>> ps.per(gdp, people)[
    ...     ["indicator", "value", "lower", "upper", "unit"]
    ... ].round().values.tolist()
    [['gdp_per_capita', 200183.0, 200114.0, 200252.0, 'CNY']]
    """
    rows = convert_to_checked_rows(x)
    lacking = {"region", "indicator", "period", "value"} - set(rows)
    if lacking:
        msg = f"columns {sorted(lacking)} are missing; there are {[*rows.columns]}"
        raise SchemaError(msg)
    rows = fill_bounds(rows).assign(unit=rows.get("unit", ""))
    name = _find_denominator_id(denominator)
    rows, base = _keep_divisible_rows(rows, find_denominators(rows, rows, denominator), name)
    unit, factor = _divide_units(rows["unit"], base["unit"], name)
    quotients = dict(zip(_ENDS, _compute_quotients(rows, base) * factor, strict=True))
    answer = rows.assign(
        indicator=[make_ratio_id(id_, name) for id_ in rows["indicator"]],
        **quotients,
        unit=unit,
        basis="derived",
    )
    return answer.join(base[[*_TOLD]].rename(columns=_TOLD)).reset_index(drop=True)


def _divide_units(own: pd.Series, other: pd.Series, name: str) -> tuple[pd.Series, Any]:
    """Return the units of quotients, and a factor: two figures of one unit give percent."""
    if name == _PEOPLE:
        return own, 1.0
    same = (own == other) & (own != "")
    return (own + "/" + other).str.strip("/").mask(same, "percent"), np.where(same, 100.0, 1.0)


def _find_denominator_id(denominator: Any) -> str:  # noqa: ANN401
    """Return the id of a denominator."""
    if isinstance(denominator, str):
        return denominator
    base = convert_to_checked_rows(denominator)
    names = base["indicator"].unique() if "indicator" in base else ["denominator"]
    if len(names) != 1:
        msg = f"a denominator is one indicator, got {[*names]}"
        raise SchemaError(msg)
    return str(names[0])


def _keep_divisible_rows(
    rows: pd.DataFrame, base: pd.DataFrame, name: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that can be divided, and their denominators."""
    own = rows["indicator"] != name
    found = base["value"].notna() & rows["value"].notna()
    kept = found & own
    if not kept.any():
        asked = ", ".join(map(str, sorted(rows.loc[own, "period"].unique())[:10]))
        msg = f"no row has a figure of {name!r} for its own region and period, such as {asked}"
        raise IncomparableError(msg)
    return rows[kept].assign(left_out=int((own & ~found).sum())), base[kept]


def _compute_quotients(rows: pd.DataFrame, base: pd.DataFrame) -> Any:  # noqa: ANN401 - an array of three rows
    """Return the quotients, the least and the greatest that the intervals allow."""
    value = rows["value"] / base["value"]
    corners = np.stack([rows[own] / base[other] for own in _ENDS[1:] for other in _ENDS[1:]])
    return np.stack([value, corners.min(axis=0), corners.max(axis=0)])
