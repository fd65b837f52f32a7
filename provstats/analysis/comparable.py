"""Comparable: how many provinces can be compared, what falls out, and why."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import pandas as pd

from provstats.analysis.parts.inputs import select_rows_of_all_natures
from provstats.analysis.parts.origins import ORIGIN, find_origins
from provstats.engines.memory.inputs import mark_outcome_periods, prepare_rows_by_position
from provstats.engines.memory.panel import Panel
from provstats.engines.memory.selection import find_mixed_lines, is_in, select_rows
from provstats.indicators import look_up_indicator, split_id
from provstats.store.keys import GROUP, NATURES
from provstats.store.regions import NATION, list_province_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from provstats.analysis.parts.inputs import Asked

    #: By region, what else each of them has.
    Elsewhere = Mapping[str, list[str]]
    Key = TypeVar("Key")
    _Tables = defaultdict[Key, "_Table"]

__all__ = ["REASONS", "comparable"]

#: Why a row, or a province, is not compared within an indicator and period.
REASONS: Final[dict[str, str]] = {
    "nation": "the nation is the benchmark, not a province",
    "area": "an area that is no province",
    "missing": "the value is missing",
    **{nature: f"{nature}: another nature is compared" for nature in NATURES},
    "other_unit": "rows of the group have different units; comparing them is refused",
    "other_among": "the province claims a rank among others",
    "other_scope": "the province reports a near thing of another scope",
    "other_period": "the province reports other periods only",
}

# A claimed rank is compared with ranks among the same group.
_GROUP: Final = [*GROUP, "among"]
_COLUMNS: Final = [
    *_GROUP, "region", "nature", "unit", "value", "compared", "reason", "detail", "n", *ORIGIN,
]  # fmt: skip


def comparable(x: Asked) -> pd.DataFrame:
    """Say how many provinces can be compared, what falls out, and why.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`; a frame of pandas, polars or Arrow.

    Returns
    -------
    DataFrame
        By indicator and period, and of claimed ranks by whom they are among, a row for each row of
        the input and, beside other provinces, for each province that has a value only elsewhere:
        ``indicator``, ``period``, ``among`` (empty but of claimed ranks), ``region``, ``nature``,
        ``unit``, ``value`` (NaN for a province without a row here), ``compared`` (bool),
        ``reason`` (empty for what is compared, else a code of
        ``provstats.analysis.comparable.REASONS``), ``detail`` (the other periods or indicators
        that the province has, joined by blanks, or whom it claims a rank among), ``n`` (how many
        provinces are compared; int64),
        ``printed``, ``source`` and ``paragraph`` of the value (empty and missing where there is
        none).
        Units are not refused here but told: ``other_unit`` marks the rows that `rank` refuses. Of
        another scope are indicators of one family that are measured in one way, and two ids of
        which one is the other with words before it, such as ``equipment_sme_clusters``.

    Raises
    ------
    IncomparableError
        If nobody reports the indicator.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> found = comparable("industrial_value_added_growth").query("period == '2024-01/2024-11'")
    >>> found["n"].iloc[0].item()
    5
    >>> found.loc[~found["compared"], ["region", "reason", "detail"]].values.tolist()[0]
    ['CN-GS', 'other_period', '2024-01/2024-10 2024 2025 2026']
    """
    given, around = select_rows_of_all_natures(x)
    own = _fill_among(prepare_rows_by_position(given))
    why = _find_reasons(own)
    if isinstance(x, str):  # a period without outcomes was not asked for, but is shown
        why = why.where((why != "") | mark_outcome_periods(own), own["nature"])
    absent = _find_absent_provinces(own, None if around is given else around)
    own = own.assign(compared=why == "", reason=why, detail="")
    own = own.join(find_origins(given.reset_index(drop=True)))
    found = pd.concat([own, absent], ignore_index=True)
    groups = found.groupby(_GROUP, sort=False)
    found["n"] = groups["compared"].transform("sum").astype("int64")
    by_group = groups.ngroup().sort_values(kind="stable")
    return found.loc[by_group.index, _COLUMNS].reset_index(drop=True)


def _fill_among(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with a column ``among``, empty where they have none."""
    return rows if "among" in rows else rows.assign(among="")


class _Table(defaultdict[str, list[str]]):
    """What each region has."""

    def __init__(self) -> None:
        super().__init__(list)


def _find_absent_provinces(own: pd.DataFrame, around: pd.DataFrame | None) -> pd.DataFrame:
    """Return the provinces that are not in a group of provinces, but have a value elsewhere.

    Without ``around``, only the checked rows themselves are searched.
    """
    held: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for *group, region in _zip_columns(own, [*_GROUP, "region"]):
        held[tuple(group)].add(region)
    present = {group: codes for group, codes in held.items() if codes & list_province_codes()}
    ids = list(dict.fromkeys(id_ for id_, *_ in present))
    others = own if around is None else around
    near = _find_near_ids(ids, [str(id_) for id_ in others["indicator"].unique()])
    if around is not None and ids:
        others = _fill_among(
            prepare_rows_by_position(around[around["indicator"].isin([*ids, *near])])
        )
    known = others[others["region"].isin(list_province_codes()) & others["value"].notna()]
    whom, periods, scopes = (
        _collect_claimed_groups(known),
        *_collect_periods_and_scopes(known, near),
    )
    rows = [
        (id_, period, among, region, reason, " ".join(dict.fromkeys(details)))
        for (id_, period, among), codes in present.items()
        for region, reason, details in _explain_absences(
            codes, other_among=whom[id_, period], other_scope=scopes[id_, period],
            other_period=periods[id_],
        )
    ]  # fmt: skip
    found = pd.DataFrame(rows, columns=[*_GROUP, "region", "reason", "detail"], dtype=object)
    return found.assign(nature="", unit="", compared=False).join(find_origins(found))


def _zip_columns(rows: pd.DataFrame, columns: list[str]) -> Iterator[tuple[str, ...]]:
    """Return some columns of rows as tuples, without converting them."""
    return zip(*(rows[column].to_list() for column in columns), strict=True)


def _explain_absences(
    present: set[str], **elsewhere: Elsewhere
) -> Iterator[tuple[str, str, list[str]]]:
    """Return absent regions, the first reason that applies to each, and what they have."""
    told = set(present)
    for reason, details in elsewhere.items():
        if details.keys() <= told:
            continue
        yield from ((region, reason, had) for region, had in details.items() if region not in told)
        told |= details.keys()


def _collect_claimed_groups(known: pd.DataFrame) -> Mapping[tuple[str, str], Elsewhere]:
    """Return the groups among which provinces claim a rank, by indicator and period."""
    whom: _Tables[tuple[str, str]] = defaultdict(_Table)
    claimed = known[known["among"] != ""]
    for id_, period, among, region in _zip_columns(claimed, [*_GROUP, "region"]):
        whom[id_, period][region].append(among)
    return whom


def _collect_periods_and_scopes(
    known: pd.DataFrame, near: Mapping[str, list[str]]
) -> tuple[Mapping[str, Elsewhere], Mapping[tuple[str, str], Elsewhere]]:
    """Return who has an indicator in which periods, and near ones in each period."""
    periods: _Tables[str] = defaultdict(_Table)
    scopes: _Tables[tuple[str, str]] = defaultdict(_Table)
    for id_, period, region in _zip_columns(known, [*GROUP, "region"]):
        periods[id_][region].append(period)
        for other in near.get(id_, ()):
            scopes[other, period][region].append(id_)
    return periods, scopes


def _find_near_ids(ids: Sequence[str], others: Sequence[str]) -> dict[str, list[str]]:
    """Return, for ids of the data, to which of the asked ones each is near."""
    pairs = {*_pair_by_family(ids, others), *_pair_by_ending(ids, others)}
    pairs |= {(other, id_) for id_, other in _pair_by_ending(others, ids)}
    near = defaultdict(list)
    for id_, other in sorted(pairs):
        if id_ != other:
            near[other].append(id_)
    return near


def _pair_by_family(ids: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pair ids of the catalogue that are of one family, measured in one way."""
    kin = defaultdict(list)
    for other in others:
        kin[_find_family(other)].append(other)
    return ((id_, other) for id_ in ids for other in kin[_find_family(id_)])


def _find_family(id_: str) -> tuple[str, str]:
    known = look_up_indicator(id_)
    return (known.family, split_id(id_)[1]) if known else (id_, "")


def _pair_by_ending(ids: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pair ids with longer ones that end in them: the same noun, but another thing."""
    there = set(ids)
    for other in others:
        end = other
        while end := end.partition("_")[2]:
            if end in there:
                yield end, other


def _find_reasons(checked: pd.DataFrame) -> pd.Series:
    """Return the code of `REASONS` why each row is not compared; empty if it is."""
    panel = Panel(checked)
    chosen = select_rows(panel, is_in(panel, list_province_codes()), has_value=True)
    line, region = panel.find_lines(slice(None)), panel.region.codes
    why = pd.Series("", index=checked.index, dtype=object)
    why[find_mixed_lines(panel, chosen)[line]] = "other_unit"
    why[~chosen.lines[line]] = checked["nature"]
    why[np.isnan(panel.interval.value)] = "missing"
    why[~chosen.regions[region]] = "area"
    why[is_in(panel, {NATION})[region]] = "nation"
    return why
