"""Benchmarks: the national value that provinces are measured against."""

from __future__ import annotations

from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import numpy as np
import pandas as pd

from provstats.comparables import GROUP, TOUCH, check, rows_of, units
from provstats.errors import IncomparableError, SchemaError
from provstats.figures import Figure
from provstats.groups import unit_codes, units_of
from provstats.indicators import known_indicator
from provstats.observations import load
from provstats.panels import Interval, codes_in
from provstats.places import NATION, provinces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from provstats.comparables import Comparable
    from provstats.groups import Group
    from provstats.panels import Panel

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.integer[Any]]

__all__ = ["benchmarks", "given", "implied_national", "national_values", "statements"]

_OF_NATURE: Final = [*GROUP, "nature"]
_IMPLIED: Final = {"value": "implied", "lower": "implied_lower", "upper": "implied_upper"}
_REPORTED: Final = {"value": "reported", "lower": "reported_lower", "upper": "reported_upper"}
_COLUMNS: Final = [
    *_OF_NATURE, "unit", *_IMPLIED.values(), "n", "regions", "statements", *_REPORTED.values(),
    "conflict",
]  # fmt: skip


class Marks(NamedTuple):
    """The national value for each line of a panel.

    Parameters
    ----------
    ends : Interval
        The values; NaN where there is no benchmark.
    basis, source : array of int
        The places of the texts below, -1 where there is no benchmark.
    bases, sources : list of str
        How the values are known, and by which documents.
    """

    ends: Interval
    basis: Ints
    source: Ints
    bases: list[str]
    sources: list[str]


def given(panel: Panel, group: Group, national: float | Figure) -> Marks:
    """Return the caller's own national value for each line.

    Parameters
    ----------
    panel : Panel
        The rows to measure.
    group : Group
        Which of them are measured.
    national : float or Figure
        A number is exact, a figure keeps its interval.

    Raises
    ------
    IncomparableError
        If the figure has another unit than the rows.
    SchemaError
        If it is neither.
    """
    if isinstance(national, Figure):
        ends = (national.value, national.lower, national.upper)
        _refuse_other_unit(panel, group, national.unit)
    elif isinstance(national, Real) and not isinstance(national, bool) and isfinite(national):
        ends = (float(national),) * 3
    else:
        msg = f"national must be a number or a Figure (ps.parse_figure), got {national!r}"
        raise SchemaError(msg)
    lines = panel.cells.lines
    filled = {end: np.full(lines, float(end)) for end in ends}
    nowhere = np.zeros(lines, np.int8)
    return Marks(Interval(*map(filled.__getitem__, ends)), nowhere, nowhere, ["given"], [""])


def _refuse_other_unit(panel: Panel, group: Group, unit: str) -> None:
    _, words = panel.once(units_of)
    if set(words) <= {"", unit}:
        return
    used = unit_codes(panel, slice(None) if group.rows is None else group.rows)
    others = [words[code] for code in used if words[code] not in ("", unit)]
    if others:
        msg = f"national is in {unit}, the rows are in {others[0]}"
        raise IncomparableError(msg)


def implied_national(x: Comparable | None = None) -> pd.DataFrame:
    """Return every national value that provinces imply, beside the reported one.

    7.6%, "1.8 points above the nation", implies 5.8%; 60 firms, "half of the nation's", imply 120.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        Whose statements, as for `rank`; all of the shipped data by default. A province states its
        value and, for the same period, ``<indicator>_gap`` or its ``<indicator>_share`` of the
        nation.

    Returns
    -------
    DataFrame
        One row a national value: ``indicator``, ``period``, ``nature``, ``unit``, ``implied``,
        ``implied_lower``, ``implied_upper`` (the intersection of all statements; NaN where they
        contradict one another), ``n`` (how many statements; int64), ``regions`` (who makes them,
        codes joined by blanks), ``statements`` (what each implies), ``reported``,
        ``reported_lower``, ``reported_upper`` (NaN where the nation reports none) and ``conflict``
        (bool: the statements contradict one another or the reported value). Without statements
        there is no row.

    Raises
    ------
    IncomparableError
        If nobody reports the indicator.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> implied = implied_national("industrial_value_added_growth")
    >>> columns = ["period", "implied", "implied_lower", "implied_upper", "regions"]
    >>> print(implied[columns].round(2).to_string(index=False))
             period  implied  implied_lower  implied_upper           regions
    2024-01/2024-11      5.8            5.7            5.9 CN-CQ CN-SD CN-ZJ
    2024-01/2024-10      5.8            5.7            5.9             CN-GS
    """
    asked, around = (load(nature=None),) * 2 if x is None else rows_of(x)
    base, said = _base(around), statements(around)
    said = said[said["indicator"].isin(asked["indicator"])]
    nation = _intersected(said).rename(columns=lambda name: _IMPLIED.get(name, name))
    told = said.assign(statements=[_statement(row) for row in said.itertuples()])
    nation["statements"] = told.groupby(_OF_NATURE)["statements"].agg("; ".join)
    nation["unit"] = said.groupby(_OF_NATURE)["unit"].first()
    reported = base[base["region"] == NATION].set_index(_OF_NATURE)[list(_REPORTED)]
    nation = nation.join(reported.rename(columns=_REPORTED))
    apart = nation["implied_lower"] > nation["implied_upper"] + TOUCH
    nation["conflict"] = apart | (
        nation[["implied_lower", "reported_lower"]].max(axis="columns", skipna=False)
        > nation[["implied_upper", "reported_upper"]].min(axis="columns", skipna=False) + TOUCH
    )
    nation.loc[apart, list(_IMPLIED.values())] = np.nan
    return nation.reset_index()[_COLUMNS]


def statements(around: pd.DataFrame) -> pd.DataFrame:
    """Return the national value that each province implies, by its gap to it or its share of it.

    Parameters
    ----------
    around : DataFrame
        Rows of the data or of a caller.

    Returns
    -------
    DataFrame
        One row a statement: ``region``, ``indicator``, ``period``, ``nature``, ``unit``,
        ``value``, ``lower``, ``upper``, ``source``; further columns are the province's own.
    """
    base = _base(around)
    return pd.concat([_by_gap(base), _by_share(base)], ignore_index=True)


def _statement(row: Any) -> str:  # noqa: ANN401 - a named tuple of pandas
    return f"{row.region} implies {row.lower:.10g} to {row.upper:.10g}"


def benchmarks(panel: Panel, group: Group, around: Panel) -> Marks:
    """Return the national value for each line: reported, else implied by what provinces say.

    Parameters
    ----------
    panel : Panel
        The rows to measure.
    group : Group
        Which of them are measured, of one nature in each indicator and period.
    around : Panel
        Where the nation's values and the provinces' claims of their gap are found.

    Raises
    ------
    IncomparableError
        If no row has a benchmark, or provinces contradict one another.
    """
    marks = _with_implied(_reported(panel, around), panel, around)
    asked = group.lines & (group.count > 0)
    if np.isnan(marks.ends.value[asked]).all():
        raise IncomparableError(_no_benchmark(_labels(panel, asked), around.frame))
    if (asked & (marks.ends.lower > marks.ends.upper + TOUCH)).any():
        _refuse_contradiction(marks, panel, group, around.frame)
    return marks


def _reported(panel: Panel, around: Panel) -> Marks:
    """Find the nation's own values."""
    nation = codes_in([NATION], around.region.labels)[0]
    rows = around.cells.find(nation * around.cells.lines + around.lines_as(panel))
    rows = np.where(around.has_value(rows) & (nation >= 0), rows, -1)
    basis = np.where(rows < 0, -1, 0).astype(np.int8)
    source, sources = basis, [""]
    if "source" in around.frame:
        source = np.full(len(rows), -1)
        source[rows >= 0], found = pd.factorize(around.frame["source"].iloc[rows[rows >= 0]])
        sources = list(found)
    return Marks(around.interval(rows), basis, source, ["reported"], sources)


def _with_implied(marks: Marks, panel: Panel, around: Panel) -> Marks:
    """Fill the lines that have no reported value by what provinces imply."""
    if (implied := around.once(_implied)) is None:
        return marks
    lines = panel.lines_as(around)[implied.lines]
    is_new = (lines < panel.cells.lines - 1) & (marks.basis[lines] < 0)
    if not is_new.any():
        return marks
    lines = lines[is_new]
    ends = Interval(*(end.copy() for end in marks.ends))
    for end, found in zip(ends, implied.ends, strict=True):
        end[lines] = found[is_new]
    basis, source = marks.basis.copy(), marks.source.astype(np.int64)
    basis[lines] = 1
    sources = list(dict.fromkeys([*marks.sources, *implied.sources]))
    source[lines] = codes_in(implied.sources, sources)[is_new]
    return Marks(ends, basis, source, ["reported", "implied"], sources)


class _Implied(NamedTuple):
    """The national values that provinces imply, by line; the ends cross where they contradict."""

    lines: Ints
    ends: Interval
    sources: list[str]


def _implied(around: Panel) -> _Implied | None:
    """Intersect, in each line, the values less the gaps that the same provinces claim."""
    own, claims = _claims(around)
    if not len(own):
        return None
    said = around.interval(own).less(around.interval(claims))
    value, lower, upper = (end.round(9) for end in said)
    line = around.cells.cells[own] % around.cells.lines
    order = np.lexsort((value, line))
    value, lower, upper, line = (each[order] for each in (value, lower, upper, line))
    first = np.flatnonzero(np.diff(line, prepend=-1))
    last = np.append(first[1:], len(line)) - 1
    low, high = np.maximum.reduceat(lower, first), np.minimum.reduceat(upper, first)
    median = (value[(first + last) // 2] + value[(first + last + 1) // 2]) / 2
    ends = Interval(np.minimum(np.maximum(median, low), high), low, high)
    sources = [""] * len(first)
    if "source" in around.frame:
        texts = around.frame["source"].iloc[own[order]].tolist()
        spans = zip(first, last + 1, strict=True)
        sources = [_set_of(texts[start:stop]) for start, stop in spans]
    return _Implied(line[first], ends, sources)


def _claims(around: Panel) -> tuple[Ints, Ints]:
    """Pair the row of each province's value with that of its claim of its gap to the nation."""
    ids = around.indicator.labels
    stems = [id_.removesuffix("_gap") if id_.endswith("_gap") else None for id_ in ids]
    codes = codes_in(stems, ids)
    nothing = np.zeros(0, np.int64)
    if (codes < 0).all():
        return nothing, nothing
    indicator, nature, period = around.lines
    lines = around.lines_of(codes[indicator], nature, period)
    is_province = np.array([code in provinces() for code in around.region.labels])
    claims = np.flatnonzero(
        is_province[around.region.codes]
        & (lines < len(lines))[around.cells.cells % around.cells.lines]
        & ~np.isnan(around.value)
    )
    cells = around.cells_at(claims)
    own = around.route(around, lines).rows(cells, cells % around.cells.lines)
    _, words = around.once(units_of)
    percent, points, none = codes_in(("percent", "percentage_point", ""), words)
    is_meant = np.isin(unit_codes(around, claims), [points, none]) | (
        unit_codes(around, own) != percent
    )
    return own[is_meant & (own >= 0)], claims[is_meant & (own >= 0)]


def _labels(panel: Panel, lines: Bools | list[int]) -> pd.DataFrame:
    """Return indicator, nature and period of lines."""
    places = np.arange(panel.cells.lines)[lines]
    axes = {"indicator": panel.indicator, "nature": panel.nature, "period": panel.period}
    return pd.DataFrame({
        name: [axis.labels[code] for code in codes[places]]
        for (name, axis), codes in zip(axes.items(), panel.lines, strict=True)
    })  # fmt: skip


def national_values(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the national value for each row as `benchmarks` does, refusing nothing.

    Parameters
    ----------
    rows : DataFrame
        The checked rows to measure, of one nature in each indicator and period.
    around : DataFrame
        Where the nation's values and the provinces' claims of their gap are found.

    Returns
    -------
    DataFrame
        The index of ``rows``; ``national``, ``national_lower``, ``national_upper`` (NaN where the
        period has no benchmark), ``national_source`` and ``national_basis``; where provinces
        contradict one another, lower lies above upper.
    """
    marks = _known(rows, around).reindex(pd.MultiIndex.from_frame(rows[_OF_NATURE]))
    return marks.set_axis(rows.index)


def _known(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values of the indicators of rows, by what a benchmark is known by."""
    ids = rows["indicator"].unique()
    base = _base(around[around["indicator"].isin([*ids, *(f"{id_}_gap" for id_ in ids)])])
    reported = _reported_nation(base[base["indicator"].isin(ids)])
    implied = _as_marks(_intersected(_by_gap(base)), "implied")
    return pd.concat([reported, implied[~implied.index.isin(reported.index)]])


def _no_benchmark(rows: pd.DataFrame, around: pd.DataFrame) -> str:
    known = sorted(f"{id_} {period}" for id_, period, _ in _known(rows, around).index)
    asked = sorted({f"{id_} {period}" for id_, period in rows[GROUP].itertuples(index=False)})
    return (
        f"there is no national value for {asked}; there is one for: {', '.join(known) or 'none'}. "
        "A frame is compared only within itself; pass a series, or national="
    )


def _base(around: pd.DataFrame) -> pd.DataFrame:
    """Check the rows that tell of the nation; each keeps its document."""
    sources = around["source"].to_numpy() if "source" in around else ""
    base = check(around).assign(source=sources).dropna(subset="value")
    return base.assign(unit=units(base))


def _reported_nation(base: pd.DataFrame) -> pd.DataFrame:
    return _as_marks(base[base["region"] == NATION].set_index(_OF_NATURE), "reported")


def _as_marks(nation: pd.DataFrame, basis: str) -> pd.DataFrame:
    columns = ["value", "lower", "upper", "source"]
    marks = nation[columns].assign(basis=basis).add_prefix("national_")
    return marks.rename(columns={"national_value": "national"})


def _intersected(said: pd.DataFrame) -> pd.DataFrame:
    """Intersect what provinces imply; the ends cross where they contradict one another."""
    by_group = said.groupby(_OF_NATURE, sort=False)
    nation = by_group.agg(
        value=("value", "median"),
        lower=("lower", "max"),
        upper=("upper", "min"),
        source=("source", _set_of),
        regions=("region", _set_of),
        n=("region", "size"),
    )
    nation["value"] = nation["value"].clip(nation["lower"], nation["upper"])
    return nation


def _set_of(texts: Iterable[str]) -> str:
    return " ".join(sorted(set(texts)))


def _by_gap(base: pd.DataFrame) -> pd.DataFrame:
    """Return the national value that each province implies by its distance from it."""
    said = _claimed(base, "_gap")
    said = said[said["unit_claim"].isin(["percentage_point", ""]) | (said["unit"] != "percent")]
    return said.assign(
        value=(said["value"] - said["value_claim"]).round(9),
        lower=(said["lower"] - said["upper_claim"]).round(9),
        upper=(said["upper"] - said["lower_claim"]).round(9),
    )


def _by_share(base: pd.DataFrame) -> pd.DataFrame:
    """Return the national value that each province implies by its share of it."""
    said = _claimed(base, "_share")
    said = said[said["indicator"].map(_is_share_of_nation).astype(bool) & (said["lower_claim"] > 0)]
    return said.assign(
        value=said["value"] / said["value_claim"] * 100,
        lower=said["lower"] / said["upper_claim"] * 100,
        upper=said["upper"] / said["lower_claim"] * 100,
    )


def _is_share_of_nation(id_: str) -> bool:
    of = known_indicator(f"{id_}_share")
    return of is not None and of.name_zh.endswith("占全国比重")


def _claimed(base: pd.DataFrame, suffix: str) -> pd.DataFrame:
    """Pair each province's value with what the province says of it."""
    own = base[base["region"].isin(provinces())]
    claims = own[own["indicator"].str.endswith(suffix)]
    claims = claims.assign(indicator=claims["indicator"].str.removesuffix(suffix))
    return own.merge(claims, on=["region", *_OF_NATURE], suffixes=("", "_claim"))


def _refuse_contradiction(
    marks: Marks, panel: Panel, group: Group, around: pd.DataFrame
) -> NoReturn:
    """Refuse the contradiction that the first row meets, with those who contradict each other."""
    lines = panel.cells_at(group.places(slice(0, len(panel)))) % panel.cells.lines
    line = lines[(marks.ends.lower > marks.ends.upper + TOUCH)[lines].argmax()]
    said = statements(around).merge(_labels(panel, [line]), on=_OF_NATURE)
    is_end = (said["lower"] == marks.ends.lower[line]) | (said["upper"] == marks.ends.upper[line])
    sides = " but ".join(
        f"{_statement(row)} ({row.indicator}, {row.period})" for row in said[is_end].itertuples()
    )
    msg = f"reports contradict one another on the national value: {sides}"
    raise IncomparableError(msg)
