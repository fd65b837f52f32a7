"""The national value: what the nation reports, and what provinces say of it.

It is, in this order, what a row's own document states of the nation; what the nation had reported
when that document was published; what provinces imply; what the nation reported later. Rows of a
caller have one value of the nation, reported or else implied. 7.6%, "1.8 points above the nation",
implies 5.8%; 60 firms, "half of the nation's", imply 120.
"""

from __future__ import annotations

from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import numpy as np
import pandas as pd

from provstats.engines.memory.checks import intervals_of, periods_of, words_of
from provstats.engines.memory.codes import codes_in
from provstats.engines.memory.frames import columns_of, is_foreign
from provstats.engines.memory.intervals import TOUCH, Interval
from provstats.engines.memory.panel import Panel
from provstats.engines.memory.selection import listed
from provstats.errors import IncomparableError, SchemaError, first_rows
from provstats.indicators import known_indicator
from provstats.reading.figures import Figure
from provstats.reading.units import unit_of_distance, unit_word
from provstats.store.keys import GROUP
from provstats.store.regions import NATION, provinces
from provstats.store.sources import last_day, published

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.selection import Selection

    Benchmark = float | str | Figure | pd.DataFrame | HasColumns | None
    Bools = NDArray[np.bool_]
    Ints = NDArray[np.integer[Any]]

__all__ = [
    "BASES", "NATIONAL", "OF_UNIT", "National", "all_statements", "base_of", "benchmarks",
    "given_interval", "intersected", "national_values", "statement", "statements",
]  # fmt: skip

# What is said so is no share that was worked out: 每4辆…1辆, one in four.
_WAY_OF_SPEAKING: Final = "每"
_ENDS: Final = ("value", "lower", "upper")
OF_UNIT: Final = [*GROUP, "nature", "unit"]
#: How a national value is known.
BASES: Final = ("reported", "implied", "given")
#: What is told of it.
NATIONAL: Final = ("national", "national_lower", "national_upper", "national_basis",
                   "national_source")  # fmt: skip


class National(NamedTuple):
    """National values; where provinces contradict one another, lower lies above upper.

    ``basis`` and ``source`` are the places in `BASES` and in ``sources``, -1 where there is none.
    ``places`` has the place of each row's mark; if it is None, that is the row's line.
    """

    marks: Interval
    basis: Ints
    source: Ints
    sources: list[str]
    places: Ints | None = None


def benchmarks(
    panel: Panel, chosen: Selection, national: Benchmark, claims: str = "_gap"
) -> National:
    """Return the national values of rows; refuse if no row has one, or provinces contradict."""
    if national is not None and not (isinstance(national, str) and national == "latest"):
        return _given(panel, chosen, national)
    known = _known(panel, claims, newest=national is not None)
    used = np.flatnonzero(chosen.lines & (chosen.n > 0))
    if known.places is not None:
        used = np.unique(known.places[chosen.places(slice(len(panel)))])
    if np.isnan(known.marks.value[used]).all() and not panel.is_part:
        raise IncomparableError(_no_benchmark(panel, chosen, known))
    if (known.marks.lower[used] > known.marks.upper[used] + TOUCH).any():
        _refuse_contradiction(panel, chosen, known, claims)
    return known


def national_values(
    rows: pd.DataFrame, around: pd.DataFrame, vintages: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the `NATIONAL` columns for each row, beside others; NaN where there is no value.

    The vintages are rows of all documents, as `load` returns them; the rows then state their
    ``source``. Where provinces contradict one another, lower lies above upper.
    """
    panel = Panel.beside(rows, base_of(around), vintages)
    found = _known(panel, "_gap")
    at = panel.line_of(slice(len(rows))) if found.places is None else found.places
    basis, source = (
        np.array([*words, np.nan], object)[codes]
        for words, codes in ((BASES, found.basis), (found.sources, found.source))
    )
    told = (found.marks.value, found.marks.lower, found.marks.upper, basis, source)
    return pd.DataFrame(
        {name: column[at] for name, column in zip(NATIONAL, told, strict=True)}, index=rows.index
    )


# --- the caller's own -----------------------------------------------------------------------------


def given_interval(national: float | Figure) -> tuple[float, float, float]:
    """Return value, lower and upper end of a caller's national value; a number is exact."""
    if isinstance(national, Figure):
        return national.value, national.lower, national.upper
    if isinstance(national, Real) and not isinstance(national, bool) and isfinite(national):
        return (float(national),) * 3
    msg = (
        "national must be a number, a Figure (ps.parse_figure), 'latest', or a frame with period "
        f"and value, got {national!r}"
    )
    raise SchemaError(msg)


def _given(panel: Panel, chosen: Selection, national: Any) -> National:  # noqa: ANN401 - what a caller gave
    """Return the caller's own national value for each line."""
    if isinstance(national, pd.DataFrame) or is_foreign(national):
        return _given_by_period(panel, chosen, national)
    value, lower, upper = (np.full(panel.lines, end) for end in given_interval(national))
    if isinstance(national, Figure):
        _refuse_other_unit(panel, chosen, {national.unit})
    is_exact = lower[0] == value[0] == upper[0]
    marks = Interval(value) if is_exact else Interval.of(value, lower, upper)
    nowhere = np.zeros(panel.lines, np.int8)
    return National(marks, nowhere + BASES.index("given"), nowhere, [""])


def _given_by_period(panel: Panel, chosen: Selection, national: Any) -> National:  # noqa: ANN401 - of any library
    """Return the value that a frame has for the period of each line."""
    frame = columns_of(national)[1] if is_foreign(national) else national
    missing = [column for column in ("period", "value") if column not in frame]
    if missing or not len(frame):
        msg = f"national must have rows of period and value; the frame has {list(frame)}"
        raise SchemaError(msg)
    period, (values, without) = periods_of(frame), intervals_of(frame)
    if len(without) or len(np.unique(period.codes)) < len(frame):
        twice = pd.Series(period.codes).duplicated(keep=False).to_numpy(copy=True)
        twice[without] = True
        msg = f"national must have one value for each period:{first_rows(frame[twice])}"
        raise SchemaError(msg)
    _refuse_other_unit(panel, chosen, {*words_of(frame, "unit", unit_word).labels})
    row_of_code = np.full(len(period.labels), -1)
    row_of_code[period.codes] = np.arange(len(frame))
    codes = codes_in(panel.period.labels, period.labels)[np.append(panel.axes[-1], -1)]
    row = np.where(codes < 0, -1, row_of_code[codes])
    row[-1] = -1
    marks = values.each(lambda end: np.where(row < 0, np.nan, end[row]))
    documents = words_of(frame, "source")
    is_there = row >= 0
    known = National(
        marks, np.where(is_there, BASES.index("given"), -1).astype(np.int8),
        np.where(is_there, documents.codes[row], -1).astype(np.int32), [*documents.labels],
    )  # fmt: skip
    asked = chosen.lines & (chosen.n > 0)
    if np.isnan(marks.value[asked]).all() and not panel.is_part:
        there = ", ".join(sorted(period.labels))
        msg = f"national has a value for {there}, and the rows are of {listed(panel, asked)}"
        raise IncomparableError(msg)
    return known


def _refuse_other_unit(panel: Panel, chosen: Selection, units: set[str]) -> None:
    words = panel.unit.labels
    if "" in units or set(words) <= {"", *units}:
        return
    used = np.unique(panel.unit.codes[chosen.places(slice(len(panel)))])
    if others := [words[code] for code in used if words[code] not in {"", *units}]:
        msg = f"national is in {', '.join(sorted(units))}, the rows are in {others[0]}"
        raise IncomparableError(msg)


# --- the known one --------------------------------------------------------------------------------


def _known(panel: Panel, claims: str, *, newest: bool = False) -> National:
    """Return what the nation reports, or what provinces imply by their claims of a suffix."""
    rows = _rows_of_nation(panel)
    marks = panel.interval.each(lambda end: np.where(rows < 0, np.nan, end[rows]))
    basis, source = np.where(rows < 0, -1, 0).astype(np.int8), np.full(len(rows), -1, np.int32)
    source[rows >= 0], names = pd.factorize(panel.sources(rows[rows >= 0]))
    known = National(marks, basis, source, [*names])
    if any(id_.endswith(claims) for id_ in panel.indicator.labels):
        said = statements(panel, claims)
        is_asked = (rows[said["line"]] < 0) | (panel.vintages is not None)
        known = _with_implied(known, said[is_asked]) if is_asked.any() else known
    if panel.vintages is None:
        return known
    said = panel.vintages[panel.vintages["region"] == NATION]
    return _by_vintage(panel, known, said, newest=newest)


def _with_implied(known: National, said: pd.DataFrame) -> National:
    """Take what provinces imply for their lines."""
    implied = intersected(said, ["line"])
    line, names = implied.index.to_numpy(), implied["sources"]
    marks = Interval.of(known.marks.value, known.marks.lower.copy(), known.marks.upper.copy())
    for end, name in zip((marks.value, marks.lower, marks.upper), _ENDS, strict=True):
        end[line] = implied[name]
    sources = list(dict.fromkeys([*known.sources, *names]))
    known.basis[line], known.source[line] = BASES.index("implied"), codes_in(names, sources)
    return known._replace(marks=marks, sources=sources)


def _rows_of_nation(panel: Panel) -> Ints:
    """Return the row in which the nation reports its value in each line, -1 for none."""
    rows = np.full(panel.lines, -1)
    nation = codes_in([NATION], panel.region.labels)[0]
    own = np.flatnonzero(panel.region.codes == nation) if nation >= 0 else np.zeros(0, np.intp)
    own = own[~np.isnan(panel.interval.value[own])]
    rows[panel.line_of(own)] = own
    return rows


def _by_vintage(panel: Panel, known: National, said: pd.DataFrame, *, newest: bool) -> National:
    """Take for each row what its own document states of the nation, else what was in force."""
    days = {id_: last_day(text) for id_, text in published().items()}
    by_group: dict[Any, list[tuple[str, str, int]]] = {}
    keys = zip(*(said[c].to_numpy(object) for c in (*OF_UNIT, "source")), strict=True)
    for at, (*key, document) in enumerate(keys):
        by_group.setdefault(tuple(key), []).append((days.get(document, ""), document, at))
    asked = panel.checked(np.arange(len(panel)))
    documents = panel.sources(np.arange(len(panel)))
    places = panel.line_of(slice(len(panel))).astype(np.int64)
    groups = zip(*(asked[c].to_numpy(object) for c in OF_UNIT), strict=True)
    found: dict[Any, int | None] = {}  # a document states many rows of one group
    for row, stated in enumerate(zip(groups, documents, strict=True)):
        group, document = stated
        if stated not in found:
            found[stated] = _in_force(by_group.get(group, []), document, days, newest=newest)
        place = found[stated]
        places[row] = places[row] if place is None else panel.lines + place
    ends = zip((known.marks.value, known.marks.lower, known.marks.upper), _ENDS, strict=True)
    marks = Interval.of(*(np.append(end, said[name]) for end, name in ends))
    sources = list(dict.fromkeys([*known.sources, *said["source"]]))
    basis = np.append(known.basis, np.zeros(len(said), np.int8))
    source = np.append(known.source, codes_in(said["source"], sources)).astype(np.int32)
    return National(marks, basis, source, sources, places)


def _in_force(
    stated: list[tuple[str, str, int]], document: str, days: dict[str, str], *, newest: bool
) -> int | None:
    """Return the place of what a document states itself, else of the latest statement before it."""
    own = [place for _, source, place in stated if source == document]
    if own and not newest:
        return own[0]
    day = "9999" if newest else days.get(document, "")
    before = [said for said in stated if said[0] <= day]
    return max(before)[-1] if before else None


# --- errors ---------------------------------------------------------------------------------------


def _no_benchmark(panel: Panel, chosen: Selection, known: National) -> str:
    """Say for which of the indicators there is a national value, and that none is theirs."""
    asked = chosen.lines & (chosen.n > 0)
    is_there = np.append(np.isin(panel.axes[0], panel.axes[0][asked[:-1]]), False)
    is_there &= ~np.isnan(known.marks.value[: panel.lines])
    return (
        f"there is no national value for {listed(panel, asked)}; there is one for: "
        f"{listed(panel, is_there) or 'none'}. A frame is compared only within itself; pass a "
        "series, or national="
    )


def _refuse_contradiction(
    panel: Panel, chosen: Selection, known: National, claims: str
) -> NoReturn:
    """Refuse the contradiction that the first row meets, with those who contradict each other."""
    places = chosen.places(slice(len(panel)))
    lines = panel.line_of(places)
    at = lines if known.places is None else known.places[places]
    first = (known.marks.lower[at] > known.marks.upper[at] + TOUCH).argmax()
    said = statements(panel, claims)
    said = said[said["line"] == lines[first]]
    ends = (said["lower"] == said["lower"].max()) | (said["upper"] == said["upper"].min())
    sides = " but ".join(
        f"{statement(row)} ({row.indicator}, {row.period})" for row in said[ends].itertuples()
    )
    msg = f"reports contradict one another on the national value: {sides}"
    raise IncomparableError(msg)


# --- what provinces say of it ---------------------------------------------------------------------


def all_statements(around: pd.DataFrame) -> pd.DataFrame:
    """Return the national values that provinces imply, by their gap to it or their share of it."""
    panel = Panel(around)
    panel.sources(np.arange(len(panel)))  # one that is partly missing is refused
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
    """Tell the claims of a share of the nation that are no way of speaking (每4辆…1辆)."""
    known = map(known_indicator, panel.indicator.labels)
    of_nation = np.array([of is not None and of.of_nation for of in known])
    if "printed" not in panel.frame:
        return of_nation[panel.indicator.codes[claims]]
    printed = panel.frame["printed"].iloc[claims].astype(str)
    is_figure = ~printed.str.contains(_WAY_OF_SPEAKING).to_numpy(bool)
    return of_nation[panel.indicator.codes[claims]] & is_figure
