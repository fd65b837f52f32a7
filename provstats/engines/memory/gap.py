"""Marks: the national value for each line of a panel, given, reported or implied."""

from __future__ import annotations

from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import numpy as np
import pandas as pd

from provstats.engines.memory.codes import codes_in
from provstats.engines.memory.comparables import TOUCH
from provstats.engines.memory.intervals import Interval
from provstats.engines.memory.national import statement, statements
from provstats.engines.memory.routes import route
from provstats.engines.memory.selection import unit_codes, units_of
from provstats.errors import IncomparableError, SchemaError
from provstats.reading.figures import Figure
from provstats.reading.units import unit_of_distance
from provstats.store.regions import NATION, provinces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Group

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.integer[Any]]

__all__ = ["Marks", "benchmarks", "given", "given_interval"]

# So many groups are named in an error.
_LISTED: Final = 60


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
    ends = given_interval(national)
    if isinstance(national, Figure):
        _refuse_other_unit(panel, group, national.unit)
    lines = panel.cells.lines
    filled = {end: np.full(lines, float(end)) for end in ends}
    nowhere = np.zeros(lines, np.int8)
    return Marks(Interval(*map(filled.__getitem__, ends)), nowhere, nowhere, ["given"], [""])


def given_interval(national: float | Figure) -> tuple[float, float, float]:
    """Return value, lower and upper end of a caller's national value; a number is exact."""
    if isinstance(national, Figure):
        return national.value, national.lower, national.upper
    if isinstance(national, Real) and not isinstance(national, bool) and isfinite(national):
        return (float(national),) * 3
    msg = f"national must be a number or a Figure (ps.parse_figure), got {national!r}"
    raise SchemaError(msg)


def _refuse_other_unit(panel: Panel, group: Group, unit: str) -> None:
    _, words = panel.once(units_of)
    if set(words) <= {"", unit}:
        return
    used = unit_codes(panel, slice(None) if group.rows is None else group.rows)
    others = [words[code] for code in used if words[code] not in ("", unit)]
    if others:
        msg = f"national is in {unit}, the rows are in {others[0]}"
        raise IncomparableError(msg)


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
    asked = group.lines & (group.compared > 0)
    if np.isnan(marks.ends.value[asked]).all():
        raise IncomparableError(_no_benchmark(_labels(panel, asked), around))
    if (asked & (marks.ends.lower > marks.ends.upper + TOUCH)).any():
        _refuse_contradiction(marks, panel, group, around)
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
    line = around.line_of(around.cells_at(own))
    order = np.lexsort((value, line))
    value, lower, upper = value[order], lower[order], upper[order]
    line = line[order]
    first = np.flatnonzero(np.diff(line, prepend=-1))
    last = np.append(first[1:], len(line)) - 1
    low, high = np.maximum.reduceat(lower, first), np.minimum.reduceat(upper, first)
    median = (value[(first + last) // 2] + value[(first + last + 1) // 2]) / 2
    ends = Interval(np.minimum(np.maximum(median, low), high), low, high)
    sources = [""] * len(first)
    if "source" in around.frame:
        texts = around.frame["source"].iloc[own[order]].tolist()
        spans = zip(first, last + 1, strict=True)
        sources = [" ".join(sorted(set(texts[start:stop]))) for start, stop in spans]
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
        & (lines < len(lines))[around.line_of(around.cells.cells)]
        & ~np.isnan(around.value)
    )
    cells = around.cells_at(claims)
    own = route(around, around, lines).rows(cells, around.line_of(cells))
    is_meant = (own >= 0) & _is_distance(around, claims, own)
    return own[is_meant], claims[is_meant]


def _is_distance(around: Panel, claims: Ints, own: Ints) -> Bools:
    """Tell the claims whose unit is that of the distance between values in the unit of rows."""
    _, words = around.once(units_of)
    distance = codes_in(map(unit_of_distance, words), words)
    is_blank = np.array(words) == ""
    said, unit = unit_codes(around, claims), unit_codes(around, own)
    meant: Bools = (said == distance[unit]) | is_blank[said] | is_blank[unit]
    return meant


def _labels(panel: Panel, lines: Bools | list[int]) -> pd.DataFrame:
    """Return indicator, nature and period of lines."""
    places = np.arange(panel.cells.lines)[lines]
    axes = {"indicator": panel.indicator, "nature": panel.nature, "period": panel.period}
    return pd.DataFrame({
        name: [axis.labels[code] for code in codes[places]]
        for (name, axis), codes in zip(axes.items(), panel.lines, strict=True)
    })  # fmt: skip


def _no_benchmark(asked: pd.DataFrame, around: Panel) -> str:
    """Say for which of the indicators there is a national value, and that none is theirs."""
    marks = _with_implied(_reported(around, around), around, around)
    known = _labels(around, ~np.isnan(marks.ends.value))
    known = known[known["indicator"].isin(asked["indicator"])]
    return (
        f"there is no national value for {_listed(asked)}; there is one for: "
        f"{_listed(known) or 'none'}. A frame is compared only within itself; pass a series, or "
        "national="
    )


def _listed(groups: pd.DataFrame) -> str:
    """Return indicators and periods in order, of many the first."""
    texts = sorted({f"{row.indicator} {row.period}" for row in groups.itertuples()})
    rest = f" and {len(texts) - _LISTED} more" if len(texts) > _LISTED else ""
    return ", ".join(texts[:_LISTED]) + rest


def _refuse_contradiction(marks: Marks, panel: Panel, group: Group, around: Panel) -> NoReturn:
    """Refuse the contradiction that the first row meets, with those who contradict each other."""
    lines = panel.line_of(panel.cells_at(group.places(slice(0, len(panel)))))
    line = lines[(marks.ends.lower > marks.ends.upper + TOUCH)[lines].argmax()]
    asked = _labels(panel, [line])
    said = statements(_told_by_provinces(around, asked)).merge(asked)
    is_end = (said["lower"] == marks.ends.lower[line]) | (said["upper"] == marks.ends.upper[line])
    sides = " but ".join(
        f"{statement(row)} ({row.indicator}, {row.period})" for row in said[is_end].itertuples()
    )
    msg = f"reports contradict one another on the national value: {sides}"
    raise IncomparableError(msg)


def _told_by_provinces(around: Panel, asked: pd.DataFrame) -> pd.DataFrame:
    """Return the provinces' rows of the indicators that are asked for and of their gaps."""
    ids = {end for id_ in asked["indicator"] for end in (id_, f"{id_}_gap")}
    is_asked = np.array([label in ids for label in around.indicator.labels])
    is_province = np.array([label in provinces() for label in around.region.labels])
    told: pd.DataFrame = around.frame[
        is_asked[around.indicator.codes] & is_province[around.region.codes]
    ]
    return told
