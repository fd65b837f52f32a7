"""The national value: what the nation reports, and what provinces say of it.

7.6%, "1.8 points above the nation", implies 5.8%; 60 firms, "half of the nation's", imply 120.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.engines.memory.codes import codes_in
from provstats.engines.memory.intervals import Interval
from provstats.engines.memory.panel import Panel
from provstats.indicators import known_indicator
from provstats.reading.units import unit_of_distance
from provstats.store.keys import GROUP
from provstats.store.regions import NATION, provinces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.integer[Any]]

__all__ = [
    "BASES",
    "NATIONAL",
    "OF_UNIT",
    "National",
    "all_statements",
    "base_of",
    "intersected",
    "known_national",
    "national_values",
    "statement",
    "statements",
]  # fmt: skip

_ENDS: Final = ("value", "lower", "upper")
OF_UNIT: Final = [*GROUP, "nature", "unit"]
#: How a national value is known.
BASES: Final = ("reported", "implied", "given")
#: What is told of it.
NATIONAL: Final = ("national", "national_lower", "national_upper", "national_basis",
                   "national_source")  # fmt: skip


class National(NamedTuple):
    """The national value of each line, NaN where there is none.

    ``basis`` and ``source`` are places in `BASES` and in the documents, -1 where there is none.
    Where provinces contradict one another, lower lies above upper.
    """

    interval: Interval
    basis: Ints
    source: Ints
    sources: list[str]


def known_national(panel: Panel) -> National:
    """Return what the nation reports, else what provinces imply by their gap to it."""
    rows = _rows_of_nation(panel)
    values = panel.interval.each(lambda end: np.where(rows < 0, np.nan, end[rows]))
    basis, source = np.where(rows < 0, -1, 0).astype(np.int8), np.full(len(rows), -1, np.int32)
    source[rows >= 0], names = pd.factorize(panel.sources(rows[rows >= 0]))
    sources = [*names]
    if not any(id_.endswith("_gap") for id_ in panel.indicator.labels):
        return National(values, basis, source, sources)
    said = statements(panel, "_gap")
    if len(said := said[rows[said["line"]] < 0]):
        implied = intersected(said, ["line"])
        line = implied.index.to_numpy()
        values = Interval.of(*(end.copy() for end in (values.value, values.lower, values.upper)))
        for end, name in zip((values.value, values.lower, values.upper), _ENDS, strict=True):
            end[line] = implied[name]
        basis[line] = BASES.index("implied")
        sources = list(dict.fromkeys([*sources, *implied["sources"]]))
        source[line] = codes_in(implied["sources"], sources)
    return National(values, basis, source, sources)


def _rows_of_nation(panel: Panel) -> Ints:
    """Return the row in which the nation reports its value in each line, -1 for none."""
    rows = np.full(panel.lines, -1)
    nation = codes_in([NATION], panel.region.labels)[0]
    own = np.flatnonzero(panel.region.codes == nation) if nation >= 0 else np.zeros(0, np.intp)
    own = own[~np.isnan(panel.interval.value[own])]
    rows[panel.line_of(own)] = own
    return rows


def national_values(rows: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return the `NATIONAL` columns for each row, beside others; NaN where there is no value.

    Where provinces contradict one another, lower lies above upper.
    """
    panel = Panel.beside(rows, base_of(around))
    found, line = panel.once(known_national), panel.line_of(slice(len(rows)))
    ends = (found.interval.value, found.interval.lower, found.interval.upper)
    basis = np.array([*BASES, np.nan], object)[found.basis]
    source = np.array([*found.sources, np.nan], object)[found.source]
    told = (*ends, basis, source)
    return pd.DataFrame(
        {name: of[line] for name, of in zip(NATIONAL, told, strict=True)}, index=rows.index
    )


# --- what provinces say of it ---------------------------------------------------------------------


def all_statements(around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values that provinces imply, by their gap to it or their share of it."""
    panel = Panel(around)
    return pd.concat([statements(panel, "_gap"), statements(panel, "_share")], ignore_index=True)


def statement(row: Any) -> str:  # noqa: ANN401 - a named tuple of pandas
    """Return what a row of `statements` says, in words."""
    return f"{row.region} implies {row.lower:.10g} to {row.upper:.10g}"


def base_of(around: pd.DataFrame) -> pd.DataFrame:
    """Check the rows that tell of the nation; each keeps its document."""
    panel = Panel(around)
    rows = panel.checked().assign(source=panel.sources(np.arange(len(panel))))
    return rows.reset_index(drop=True).dropna(subset="value")


def intersected(said: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Intersect what provinces imply; the ends cross where they contradict one another."""
    each = said.groupby(by, sort=False)
    nation = pd.DataFrame({
        "value": each["value"].median(), "lower": each["lower"].max(), "upper": each["upper"].min(),
        "n": each.size(),
    })  # fmt: skip
    nation["value"] = nation["value"].clip(nation["lower"], nation["upper"])
    number = each.ngroup()
    return nation.assign(**{f"{c}s": _joined(number, said[c]) for c in ("source", "region")})


def _joined(number: pd.Series, texts: pd.Series) -> list[str]:
    """Return the different texts of each number, joined by blanks."""
    found: dict[int, set[str]] = {}
    for group, text in zip(number, texts, strict=True):
        found.setdefault(group, set()).add(text)
    return [" ".join(sorted(each)) for each in found.values()]


def statements(panel: Panel, suffix: str) -> pd.DataFrame:
    """Return the national values that provinces imply by an indicator of a suffix.

    Each is the row in which the province states its own value, as `check_frame` returns it, with
    its ``source`` and ``line``; ``value``, ``lower`` and ``upper`` are the nation's.
    """
    own, claims = _pairs(panel, suffix)
    values, claimed = panel.interval.at(own), panel.interval.at(claims)
    if suffix == "_gap":
        is_meant = _is_distance(panel, own, claims)
        implied = values.minus(claimed).each(lambda end: end.round(9))
    else:
        is_meant = _is_share(panel, claims) & (values.lower >= 0) & (claimed.lower > 0)
        implied = values.over(claimed).each(lambda end: end * 100)
    said = panel.checked(own).assign(
        value=implied.value, lower=implied.lower, upper=implied.upper,
        source=panel.sources(own), line=panel.line_of(own),
    )  # fmt: skip
    return said[is_meant]


def _pairs(panel: Panel, suffix: str) -> tuple[Ints, Ints]:
    """Pair the rows of provinces' values with those of their claims, in the order of values."""
    stems = (
        id_.removesuffix(suffix) if id_.endswith(suffix) else "" for id_ in panel.indicator.labels
    )
    if (to := panel.lines_to(stems)) is None:
        return (np.zeros(0, np.intp),) * 2
    is_province = np.array([code in provinces() for code in panel.region.labels])
    leads = (to < panel.lines - 1)[panel.line_of(slice(None))]
    claims = np.flatnonzero(leads & is_province[panel.region.codes])
    own = panel.row_by_slot[panel.found(claims, to)]
    is_known = (own >= 0) & ~np.isnan(panel.interval.value[own] + panel.interval.value[claims])
    own, claims = own[is_known], claims[is_known]
    order = own.argsort(kind="stable")
    return own[order], claims[order]


def _is_distance(panel: Panel, own: Ints, claims: Ints) -> Bools:
    """Tell the claims whose unit is that of distances between values of the unit of rows."""
    words = np.array(panel.unit.labels, object)
    distances = np.array([*map(unit_of_distance, words)], object)
    unit, said = panel.unit.codes[own], panel.unit.codes[claims]
    is_blank = words == ""
    meant: Bools = (words[said] == distances[unit]) | is_blank[said] | is_blank[unit]
    return meant


def _is_share(panel: Panel, claims: Ints) -> Bools:
    """Tell the claims of a share of the nation."""
    known = map(known_indicator, panel.indicator.labels)
    of_nation = np.array([of is not None and of.name_zh.endswith("占全国比重") for of in known])
    return of_nation[panel.indicator.codes[claims]]
