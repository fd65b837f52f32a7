"""The national value: what the nation reports, and what provinces say of it.

It is, in this order, what a row's own document states of the nation; what the nation had reported
when that document was published; what provinces imply; what the nation reported later. Rows of a
caller have one value of the nation, reported or else implied.
"""

from __future__ import annotations

from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import numpy as np
import pandas as pd

from provstats.engines.memory.checks import encode_periods, encode_words, read_intervals
from provstats.engines.memory.codes import find_codes
from provstats.engines.memory.frames import is_foreign, wrap_columns
from provstats.engines.memory.intervals import TOUCH, Interval, mask_values
from provstats.engines.memory.selection import list_lines
from provstats.engines.memory.statements import (
    describe_statement,
    find_implied_values,
    intersect_by_group,
    join_texts,
    list_statements,
)
from provstats.errors import IncomparableError, SchemaError, format_first_rows
from provstats.indicators import find_stem
from provstats.reading.figures import Figure
from provstats.reading.units import normalize_unit
from provstats.store.breaks import find_source_day
from provstats.store.keys import GROUP
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from provstats.engines.memory.arrays import Ints
    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection

    Benchmark = float | str | Figure | pd.DataFrame | HasColumns | None

__all__ = ["BASES", "National", "find_benchmarks", "find_national_values", "read_given_interval"]

_OF_UNIT: Final = [*GROUP, "nature", "unit"]
#: How a national value is known.
BASES: Final = ("reported", "implied", "given")


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


def find_benchmarks(
    panel: Panel, chosen: Selection, national: Benchmark, claim: str = "gap"
) -> National:
    """Return the national values of rows; refuse if no row has one, or provinces contradict."""
    if national is not None and not (isinstance(national, str) and national == "latest"):
        return _use_given_values(panel, chosen, national)
    known = find_national_values(panel, claim, newest=national is not None)
    used = np.flatnonzero(chosen.is_compared)
    if known.places is not None:
        used = np.unique(known.places[chosen.rows])
    if np.isnan(known.marks.value[used]).all() and not panel.is_part:
        raise IncomparableError(_explain_missing_benchmark(panel, chosen, known))
    if (known.marks.lower[used] > known.marks.upper[used] + TOUCH).any():
        _refuse_contradiction(panel, chosen, known, claim)
    return known


# --- the caller's own -----------------------------------------------------------------------------


def read_given_interval(national: float | Figure) -> tuple[float, float, float]:
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


def _use_given_values(panel: Panel, chosen: Selection, national: Any) -> National:  # noqa: ANN401 - what a caller gave
    """Return the caller's own national value for each line."""
    if isinstance(national, pd.DataFrame) or is_foreign(national):
        return _read_given_frame(panel, chosen, national)
    value, lower, upper = (np.full(panel.lines, end) for end in read_given_interval(national))
    if isinstance(national, Figure):
        _refuse_other_unit(panel, chosen, {national.unit})
    is_exact = lower[0] == value[0] == upper[0]
    marks = Interval(value) if is_exact else Interval.from_ends(value, lower, upper)
    nowhere = np.zeros(panel.lines, np.int8)
    return National(marks, nowhere + BASES.index("given"), nowhere, [""])


def _read_given_frame(panel: Panel, chosen: Selection, national: Any) -> National:  # noqa: ANN401 - of any library
    """Return the value that a frame has for the period of each line."""
    _, frame = wrap_columns(national)
    missing = [column for column in ("period", "value") if column not in frame]
    if missing or not len(frame):
        msg = f"national must have rows of period and value; the frame has {list(frame)}"
        raise SchemaError(msg)
    period, (values, without) = encode_periods(frame), read_intervals(frame)
    wrong = pd.Series(period.codes).duplicated(keep=False).to_numpy(copy=True)
    wrong[without] = True
    if wrong.any():
        msg = f"national must have one value for each period:{format_first_rows(frame[wrong])}"
        raise SchemaError(msg)
    _refuse_other_unit(panel, chosen, {*encode_words(frame, "unit", normalize_unit).labels})
    labels = [period.labels[code] for code in period.codes]
    row = np.append(find_codes(panel.period.labels, labels)[panel.axes[-1]], -1)
    documents, is_none = encode_words(frame, "source"), row < 0
    marks = mask_values(values.take(row), is_none)
    known = National(
        marks, np.where(is_none, -1, BASES.index("given")).astype(np.int8),
        np.where(is_none, -1, documents.codes[row]).astype(np.int32), [*documents.labels],
    )  # fmt: skip
    asked = chosen.is_compared
    if np.isnan(marks.value[asked]).all() and not panel.is_part:
        there = ", ".join(sorted(labels))
        msg = f"national has a value for {there}, and the rows are of {list_lines(panel, asked)}"
        raise IncomparableError(msg)
    return known


def _refuse_other_unit(panel: Panel, chosen: Selection, units: set[str]) -> None:
    words = panel.unit.labels
    if "" in units or set(words) <= {"", *units}:
        return
    used = np.unique(panel.unit.codes[chosen.rows])
    if others := [words[code] for code in used if words[code] not in {"", *units}]:
        msg = f"national is in {', '.join(sorted(units))}, the rows are in {others[0]}"
        raise IncomparableError(msg)


# --- the known one --------------------------------------------------------------------------------


def find_national_values(panel: Panel, claim: str = "gap", *, newest: bool = False) -> National:
    """Return what the nation reports, or what provinces imply by their gaps or their shares."""
    rows = _find_nation_rows(panel)
    marks = mask_values(panel.interval.take(rows), rows < 0)
    basis, source = np.where(rows < 0, -1, 0).astype(np.int8), np.full(len(rows), -1, np.int32)
    source[rows >= 0], names = pd.factorize(panel.find_sources(rows[rows >= 0]))
    known = National(marks, basis, source, [*names])
    if any(find_stem(id_, claim) for id_ in panel.indicator.labels):
        known = _fill_implied_values(panel, known, claim)
    return known if panel.vintages is None else _choose_by_vintage(panel, known, newest=newest)


def _fill_implied_values(panel: Panel, known: National, claim: str) -> National:
    """Take what provinces imply for the lines of which the nation reports nothing.

    Of rows with vintages it is taken for all: each finds what the nation reports by its document.
    """
    own, nation = find_implied_values(panel, claim)
    line = panel.find_lines(own)
    is_asked = (known.basis[line] < 0) | (panel.vintages is not None)
    if not is_asked.any():
        return known
    own, line = own[is_asked], line[is_asked]
    lines, found = intersect_by_group(line, nation.map(lambda end: end[is_asked]))
    names = join_texts(lines, line, panel.find_sources(own))
    sources = [*dict.fromkeys([*known.sources, *names])]
    marks = Interval.from_ends(
        known.marks.value, known.marks.lower.copy(), known.marks.upper.copy()
    )
    for end, ends in zip((marks.value, marks.lower, marks.upper), found.all, strict=True):
        end[lines] = ends
    known.basis[lines], known.source[lines] = BASES.index("implied"), find_codes(names, sources)
    return known._replace(marks=marks, sources=sources)


def _find_nation_rows(panel: Panel) -> Ints:
    """Return the row in which the nation reports its value in each line, -1 for none."""
    rows = np.full(panel.lines, -1)
    nation = find_codes([NATION], panel.region.labels)[0]
    own = np.flatnonzero(panel.region.codes == nation) if nation >= 0 else np.zeros(0, np.intp)
    own = own[~np.isnan(panel.interval.value[own])]
    rows[panel.find_lines(own)] = own
    return rows


def _choose_by_vintage(panel: Panel, known: National, *, newest: bool) -> National:
    """Take for each row what its own document states of the nation, else what was in force."""
    vintages: Any = panel.vintages
    said = vintages[vintages["region"] == NATION]
    by_group: dict[Any, list[tuple[str, str, int]]] = {}
    keys = zip(*(said[c].to_numpy(object) for c in (*_OF_UNIT, "source")), strict=True)
    for at, (*key, document) in enumerate(keys):
        by_group.setdefault(tuple(key), []).append((find_source_day(document), document, at))
    places = panel.find_lines(slice(len(panel))).astype(np.int64)
    axes = (getattr(panel, axis) for axis in _OF_UNIT)
    told = ([labels[code] for code in codes[: len(panel)]] for codes, labels in axes)
    documents = panel.find_sources(np.arange(len(panel)))
    found: dict[Any, int | None] = {}  # a document states many rows of one group
    for row, stated in enumerate(zip(*told, documents, strict=True)):
        if stated not in found:
            *group, document = stated
            found[stated] = _find_valid_statement(
                by_group.get(tuple(group), []), document, newest=newest
            )
        if (place := found[stated]) is not None:
            places[row] = panel.lines + place
    ends = zip(known.marks.all, ("value", "lower", "upper"), strict=True)
    sources = [*dict.fromkeys([*known.sources, *said["source"]])]
    return National(
        Interval.from_ends(*(np.append(end, said[name]) for end, name in ends)),
        np.append(known.basis, np.zeros(len(said), np.int8)),
        np.append(known.source, find_codes(said["source"], sources)).astype(np.int32),
        sources, places,
    )  # fmt: skip


def _find_valid_statement(
    stated: list[tuple[str, str, int]], document: str, *, newest: bool
) -> int | None:
    """Return the place of what a document states itself, else of the latest statement before it."""
    own = [place for _, source, place in stated if source == document]
    if own and not newest:
        return own[0]
    day = "9999" if newest else find_source_day(document)
    before = [said for said in stated if said[0] <= day]
    return max(before)[-1] if before else None


# --- errors ---------------------------------------------------------------------------------------


def _explain_missing_benchmark(panel: Panel, chosen: Selection, known: National) -> str:
    """Say that the rows have no national value, and which rows would have one."""
    asked = chosen.is_compared
    is_there = np.append(np.isin(panel.axes[0], panel.axes[0][asked[:-1]]), False)
    is_there &= ~np.isnan(known.marks.value[: panel.lines])
    return (
        f"there is no national value for {list_lines(panel, asked)}; there is one for: "
        f"{list_lines(panel, is_there) or 'none'}. A frame is compared only within itself; pass a "
        "series, or national="
    )


def _refuse_contradiction(panel: Panel, chosen: Selection, known: National, claim: str) -> NoReturn:
    """Refuse the contradiction that the first row meets, with those who contradict each other."""
    places = chosen.rows
    lines = panel.find_lines(places)
    at = lines if known.places is None else known.places[places]
    first = (known.marks.lower[at] > known.marks.upper[at] + TOUCH).argmax()
    said = list_statements(panel, claim)
    said = said[said["line"] == lines[first]]
    ends = (said["lower"] == said["lower"].max()) | (said["upper"] == said["upper"].min())
    sides = " but ".join(
        f"{describe_statement(row)} ({row.indicator}, {row.period})"
        for row in said[ends].itertuples()
    )
    msg = f"reports contradict one another on the national value: {sides}"
    raise IncomparableError(msg)
