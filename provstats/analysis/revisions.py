"""Revisions: what later documents added, changed or dropped."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from provstats.analysis.parts.breaks import is_measured_anew
from provstats.analysis.parts.inputs import convert_to_pandas
from provstats.analysis.parts.vintages import collect_statements
from provstats.engines.memory.intervals import TOUCH
from provstats.errors import IncomparableError, format_first_rows
from provstats.store.regions import NATION
from provstats.store.sources import load_reported_regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from provstats.analysis.parts.inputs import Asked

    #: What was stated last of each region.
    Known = dict[str, Any]
    #: What each document states, by its day and its id.
    _Table = dict[tuple[str, str], Known]

__all__ = ["revisions"]

_KEYS: Final = ["indicator", "period", "nature", "among"]
_COLUMNS: Final = [
    "region", *_KEYS, "unit", "kind", "previous", "previous_lower", "previous_upper", "value",
    "lower", "upper", "change", "change_lower", "change_upper", "direction", "of_interval",
    "within", "anew", "previous_source", "source", "previous_vintage", "vintage",
]  # fmt: skip
_ENDS: Final = ("value", "lower", "upper")


def revisions(x: Asked | None = None) -> pd.DataFrame:
    """Say what each later document added, changed or dropped of what earlier ones had stated.

    A document restates a table, an indicator of one period, if it states at least one of the
    figures that earlier ones have of it. What it states besides is added; what it has no figure of
    any more is dropped, if it has figures of that region at all. The nation and the provinces are
    two tables. Of each fact one statement is held against the one before it.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        An indicator id, a series (its periods and regions), or a tidy frame in which several
        documents state the same: with ``source`` and, for documents that are not those of
        `sources`, ``vintage``, the day on which each was published. All shipped figures by
        default. Frames are of pandas, polars or Arrow.

    Returns
    -------
    DataFrame
        One row for each fact and document that restates its table, the earliest document first:
        ``region``, ``indicator``, ``period``, ``nature``, ``among``, ``unit``; ``kind``
        (``changed``, ``unchanged``, ``added`` or ``dropped``); ``previous``, ``previous_lower``,
        ``previous_upper`` (NaN where something is added); ``value``, ``lower``, ``upper`` (NaN
        where it is dropped); ``change``, ``change_lower``, ``change_upper`` (in the unit; NaN
        where there is none, or the unit changed); ``direction`` (``up`` or ``down`` where the
        intervals leave no doubt, ``open`` where they meet, else empty); ``of_interval`` (the size
        of the change as a share of the width of the earlier interval: 5 is five times as wide; NaN
        of an exact figure); ``within`` (boolean: the later value lies in the earlier interval, so
        that what was said first has held; missing where there is no pair); ``anew`` (bool: a break
        of `breaks` lies between the documents, so that they measure two things);
        ``previous_source``, ``source``, ``previous_vintage`` and ``vintage`` (the documents and
        their days).

    Raises
    ------
    IncomparableError
        If no document restates what an earlier one states.
    SchemaError
        If a frame has no ``source``, or the day of a document is not known.
    UnknownIndicatorError, UnknownRegionError, PeriodError
        As for `rank`.

    Examples
    --------
    >>> found = revisions("rd_intensity").query("period == '2018' and region == 'CN'")
    >>> found[["kind", "previous", "value", "direction", "of_interval"]].round(2).values.tolist()
    [['changed', 2.19, 2.14, 'down', 5.0]]

    How reliable first figures have been, by indicator, is the share of them that held:

    >>> held = revisions().groupby("indicator")["within"].mean()
    >>> bool(held["rd_intensity"] < 1)
    True
    """
    rows = collect_statements(x if x is None else convert_to_pandas(x))
    covered = load_reported_regions()
    found = [
        one
        for table in _group_rows_by_table(_keep_restated_tables(rows))
        for one in _pair_statements(table, covered)
    ]
    if not found:
        shown = format_first_rows(rows[["region", "indicator", "period", "value", "source"]])
        msg = f"no document restates what an earlier one states:{shown}"
        raise IncomparableError(msg)
    told = pd.DataFrame([_build_row(one) for one in found], columns=_COLUMNS)
    told = told.astype({"within": "boolean"})
    return told.sort_values("vintage", kind="stable", ignore_index=True)


class _Pair(NamedTuple):
    """A statement, the one before it, and the document that made, or left out, the later one."""

    before: Any
    after: Any
    source: str
    day: str


def _keep_restated_tables(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of tables in which several documents state the same figure."""
    rows = rows.assign(is_nation=rows["region"] == NATION)
    table = rows.groupby([*_KEYS, "is_nation"]).ngroup()
    is_again = rows.assign(table=table).duplicated(["table", "region"])
    return rows[table.isin(table[is_again])]


def _group_rows_by_table(rows: pd.DataFrame) -> Iterable[_Table]:
    """Return the tables, each as what the documents state of it, the earliest first."""
    tables: dict[tuple[object, ...], _Table] = {}
    for row in rows.sort_values(["vintage", "source"], kind="stable").itertuples():
        key = (row.indicator, row.period, row.nature, row.among, row.region == NATION)
        stated = tables.setdefault(key, {}).setdefault((str(row.vintage), str(row.source)), {})
        stated[str(row.region)] = row
    return tables.values()


def _pair_statements(table: _Table, covered: Mapping[str, frozenset[str]]) -> Iterator[_Pair]:
    """Pair what each document that restates a table states, or drops, with what came before."""
    known: Known = {}
    for (day, source), stated in table.items():
        if known.keys() & stated.keys():
            for region, row in stated.items():
                yield _Pair(known.get(region), row, source, day)
            for region in _find_dropped_regions(known, stated, covered.get(source)):
                yield _Pair(known.pop(region), None, source, day)
        known |= stated


def _find_dropped_regions(
    known: Known, stated: Iterable[str], covered: frozenset[str] | None
) -> list[str]:
    lacking = known.keys() - set(stated)
    return sorted(lacking if covered is None else lacking & covered)


def _build_row(pair: _Pair) -> dict[str, object]:
    """Return the row of the answer."""
    before, after = pair.before, pair.after
    one = before if after is None else after
    return {
        **{column: getattr(one, column) for column in ("region", *_KEYS, "unit")},
        "anew": _is_pair_measured_anew(pair),
        **_build_bounds("previous", before),
        **_build_bounds("", after),
        **_describe_change(before, after),
        "previous_source": before.source if before else "",
        "source": pair.source,
        "previous_vintage": before.vintage if before else "",
        "vintage": pair.day,
    }


def _is_pair_measured_anew(pair: _Pair) -> bool:
    """Tell whether the two documents measure two things."""
    one = pair.before
    return (
        one is not None
        and pair.after is not None
        and is_measured_anew(one.indicator, one.region, one.period, (one.source, pair.source))
    )


def _build_bounds(name: str, row: Any) -> dict[str, float]:  # noqa: ANN401 - a named tuple of pandas
    words = {end: end if not name else name if end == "value" else f"{name}_{end}" for end in _ENDS}
    return {word: nan if row is None else getattr(row, end) for end, word in words.items()}


def _describe_change(before: Any, after: Any) -> dict[str, object]:  # noqa: ANN401 - as above
    """Say how a statement differs from the one before it."""
    if before is None or after is None:
        return {"kind": "added" if before is None else "dropped", "direction": "", "within": None}
    is_same = all(getattr(before, c) == getattr(after, c) for c in (*_ENDS, "unit"))
    told: dict[str, object] = {"kind": "unchanged" if is_same else "changed", "direction": ""}
    if before.unit != after.unit:
        return told | {"within": None}
    change, least, most = (
        round(number, 9)
        for number in (
            after.value - before.value, after.lower - before.upper, after.upper - before.lower,
        )
    )  # fmt: skip
    width = before.upper - before.lower
    return told | {
        "change": change, "change_lower": least, "change_upper": most,
        "direction": "" if is_same else _find_direction(least, most),
        "of_interval": abs(change) / width if width > 0 else nan,
        "within": before.lower - TOUCH <= after.value <= before.upper + TOUCH,
    }  # fmt: skip


def _find_direction(least: float, most: float) -> str:
    return "up" if least > TOUCH else "down" if most < -TOUCH else "open"
