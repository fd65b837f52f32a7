"""`aggregate`: groups of provinces as one region: sums, or means with a stated weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd

from provstats.errors import (
    IncomparableError,
    SchemaError,
    UnknownRegionError,
    require_one_of,
    suggest_nearest,
)
from provstats.indicators import can_add_up
from provstats.store.groups import convert_names_to_list, find_group, load_groups
from provstats.store.regions import NATION, region
from provstats.tables.denominators import fill_bounds, find_denominators
from provstats.tables.table import convert_to_checked_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["aggregate"]

_LABELS: Final = ["indicator", "period", "unit", "nature"]
_ENDS: Final = ["value", "lower", "upper"]
_COLUMNS: Final = [
    "region", "indicator", "period", *_ENDS, "unit", "qualifier", "nature", "basis", "source",
    "members", "weight", "left_out",
]  # fmt: skip


def aggregate(
    x: Any,  # noqa: ANN401 - a series, an id, or a frame of any library
    by: str | Iterable[str] | Mapping[str, Iterable[str]] = ("东部", "中部", "西部", "东北"),
    *,
    weights: str | pd.DataFrame | None = None,
    missing: Literal["refuse", "widen"] = "refuse",
) -> pd.DataFrame:
    """Return the figures of groups of provinces: sums of what adds up, weighted means of rates.

    The growth of a group follows from its levels: ``yoy(aggregate(levels, by))``.

    Parameters
    ----------
    x : IndicatorSeries, str, or a frame of pandas, polars or Arrow
        Observations of provinces.
    by : str, several, or mapping
        Names of `groups`; or names of one's own, each with its provinces. By default the four
        economic regions.
    weights : str or frame, optional
        The denominator by which rates are averaged: an indicator, of the rows of `x` or of the
        shipped data, or a frame with ``region``, ``period`` and ``value``. Of rates without it the
        mean is refused.
    missing : {"refuse", "widen"}
        What a member without a value does to a sum. By default that period has none; with
        ``"widen"`` the missing part lies between nothing and what the nation's figure leaves for
        it, where the figures of the nation are known and none is negative.

    Returns
    -------
    DataFrame
        One row for each group, indicator and period that has a figure: ``region`` (the id of the
        group), ``indicator``, ``period``, ``value``, ``lower``, ``upper``, ``unit``, ``qualifier``
        (``range`` where a missing member widens, of which the value is the middle), ``nature``,
        ``basis`` (``derived``), ``source`` (the documents, joined by ``;``), ``members`` (the codes
        that have a figure), ``weight`` (the denominator of a mean, else empty) and ``left_out``
        (how many periods of the group and indicator have no figure).

    Raises
    ------
    UnknownRegionError
        If there is no such group or member, or a group has no members.
    IncomparableError
        If no period has all members (it is said who is missing), or a mean has no weight.
    SchemaError
        If two figures are of one member, indicator and period, or a column is missing.

    Examples
    --------
    >>> import provstats as ps
    >>> known = ps.series("rd_expenditure", vintage="nbs-rd-bulletin-2023")
    >>> delta = ps.aggregate(known, by="长三角")
    >>> print(delta.query("period == '2023'")[["region", "period", "value"]].to_string(index=False))
                 region period        value
    yangtze-river-delta   2023 1.016680e+12
    """
    require_one_of("missing", missing, ("refuse", "widen"))
    rows = _prepare_rows(convert_to_checked_rows(x))
    named = _resolve_groups(by)
    parts = []
    absent: list[str] = []
    for labels, part in rows.groupby(_LABELS, sort=False, dropna=False):
        weighed = None if _is_sum(part) else _find_weights(part, rows, weights)
        for group, members in named.items():
            figure, gone = _compute_figure(part, members, weighed, missing)
            if figure is None:
                absent.append(f"{group}, {labels[0]}, {labels[1]}: {', '.join(gone)}")
            parts.append(
                {"region": group, **dict(zip(_LABELS, labels, strict=True)), **(figure or {})}
            )
    return _build_answer(pd.DataFrame(parts), absent, weights)


def _prepare_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the columns that an aggregate needs."""
    lacking = {"region", "indicator", "period", "value"} - set(rows)
    if lacking:
        msg = f"columns {sorted(lacking)} are missing; there are {[*rows.columns]}"
        raise SchemaError(msg)
    rows = fill_bounds(rows).assign(
        unit=rows.get("unit", ""),
        nature=rows.get("nature", "outcome"),
        source=rows["source"].astype(str) if "source" in rows else "",
    )
    rows = rows[rows["value"].notna()]
    repeated = rows[rows.duplicated(["region", *_LABELS], keep=False)]
    if len(repeated):
        first = repeated.iloc[0][["region", *_LABELS]].tolist()
        msg = f"two figures are of {first}; choose a vintage first"
        raise SchemaError(msg)
    return rows


def _resolve_groups(
    by: str | Iterable[str] | Mapping[str, Iterable[str]],
) -> dict[str, tuple[str, ...]]:
    """Return the members of each group that is asked for."""
    if isinstance(by, Mapping):
        own = {str(name): tuple(_list_member_codes(members)) for name, members in by.items()}
        if empty := [name for name, members in own.items() if not members]:
            msg = f"groups need members, these have none: {empty}"
            raise UnknownRegionError(msg)
        return own
    found = {}
    for name in map(str, convert_names_to_list(by)):
        group = find_group(name)
        if group is None:
            known = [one.name_zh for one in load_groups().values()]
            hint = suggest_nearest(name, known)
            msg = f"unknown group {name!r}{hint}; there are {', '.join(known)}"
            raise UnknownRegionError(msg)
        found[group.id] = group.members
    return found


def _is_sum(part: pd.DataFrame) -> bool:
    if "additive" in part:
        return bool(part["additive"].all())
    return can_add_up(str(part["indicator"].iloc[0]), str(part["unit"].iloc[0]))


def _find_weights(
    part: pd.DataFrame, rows: pd.DataFrame, weights: str | pd.DataFrame | None
) -> pd.DataFrame:
    if weights is None:
        name = part["indicator"].iloc[0]
        msg = (
            f"{name!r} does not add up over provinces, and a mean needs weights=, such as the "
            f"denominator of the rate: an indicator or a frame"
        )
        raise IncomparableError(msg)
    return find_denominators(part, rows, weights).set_index(part["region"])


def _list_member_codes(names: Iterable[str]) -> dict[str, None]:
    """Return the codes of the members of a group, each once, whatever names are given."""
    return dict.fromkeys(region(name).code for name in convert_names_to_list(names))


def _compute_figure(
    part: pd.DataFrame, members: tuple[str, ...], weights: pd.DataFrame | None, missing: str
) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the figure of one group, or None and who is missing."""
    own = part[part["region"].isin(members)]
    gone = [code for code in members if code not in set(own["region"])]
    told = {"members": " ".join(own["region"]), "source": ";".join(dict.fromkeys(own["source"]))}
    values = own[_ENDS].to_numpy(float).T
    if weights is not None:
        weighed = weights.loc[own["region"], _ENDS]
        gone += weighed.index[weighed["value"].isna()].tolist()
        if gone:
            return None, gone
        ends = _compute_mean(values, weighed.to_numpy(float).T)
    elif gone and missing == "widen" and (limit := _compute_group_limit(part, members)) is not None:
        lower, upper = values[1].sum(), max(values[1].sum(), limit)
        ends, told = ((lower + upper) / 2, lower, upper), {**told, "qualifier": "range"}
    elif gone:
        return None, gone
    else:
        ends = tuple(values.sum(axis=1))
    return {**told, **dict(zip(_ENDS, ends, strict=True))}, []


def _compute_group_limit(part: pd.DataFrame, members: tuple[str, ...]) -> float | None:
    """Return the most that the nation's figure leaves for a group; None if not known."""
    nation = part[part["region"] == NATION]
    others = part[part["region"].str.fullmatch("CN-[A-Z]{2}") & ~part["region"].isin(members)]
    if len(nation) != 1 or (part["lower"] < 0).any():
        return None
    return float(nation["upper"].iloc[0] - others["lower"].sum())


def _compute_mean(values: Floats, weights: Floats) -> tuple[float, float, float]:
    """Return the weighted mean, and the least and the greatest that the intervals allow."""
    value = float(values[0] @ weights[0] / weights[0].sum())
    return (
        value,
        _compute_extreme_mean(values[1], weights, least=True),
        _compute_extreme_mean(values[2], weights, least=False),
    )


def _compute_extreme_mean(values: Floats, weights: Floats, *, least: bool) -> float:
    """Return the smallest or largest mean: values at that end get the highest weights allowed."""
    order = np.argsort(values if least else -values)
    low, high, sorted_values = weights[1][order], weights[2][order], values[order]
    means = []
    for heavy in range(len(order) + 1):
        chosen = np.where(np.arange(len(order)) < heavy, high, low)
        if chosen.sum() > 0:
            means.append(float(sorted_values @ chosen / chosen.sum()))
    return min(means) if least else max(means)


def _build_answer(
    table: pd.DataFrame, absent: list[str], weights: str | pd.DataFrame | None
) -> pd.DataFrame:
    """Return the rows that have a figure, with how many periods of each have none."""
    if "value" not in table or table["value"].isna().all():
        shown = "\n  ".join(absent[:10])
        msg = f"no period has a figure of all members; missing are:\n  {shown}"
        raise IncomparableError(msg)
    gaps = table["value"].isna()
    counts = gaps.groupby([table["region"], table["indicator"]]).transform("sum")
    qualifier = table["qualifier"].fillna("exact") if "qualifier" in table else "exact"
    sums = [
        can_add_up(str(name), str(unit))
        for name, unit in zip(table["indicator"], table["unit"], strict=True)
    ]
    weight = weights if isinstance(weights, str) else "given" if weights is not None else ""
    told = table.assign(
        qualifier=qualifier,
        basis="derived",
        left_out=counts.astype(int),
        weight=np.where(sums, "", weight),
    )
    return told[~gaps][_COLUMNS].reset_index(drop=True)
