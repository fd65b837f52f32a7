"""Gaps: how far each province is from the nation."""

from __future__ import annotations

from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any, Final, NoReturn

import numpy as np
import pandas as pd

from provstats.engines.memory.frames import texts
from provstats.engines.memory.intervals import TOUCH, Interval
from provstats.engines.memory.national import (
    BASES,
    National,
    known_national,
    statement,
    statements,
)
from provstats.engines.memory.selection import compared_provinces, unit_texts
from provstats.engines.memory.threads import each_block
from provstats.errors import IncomparableError, SchemaError
from provstats.reading.figures import Figure
from provstats.reading.units import unit_of_distance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.integer[Any]]

__all__ = ["gaps", "given_interval"]

# So many groups are named in an error.
_LISTED: Final = 60


def gaps(panel: Panel, national: float | Figure | None) -> tuple[Ints | None, Columns]:
    """Return the rows that are measured, and the columns of `provstats.gap_to_national`."""
    chosen = panel.once(compared_provinces)
    known = _benchmarks(panel, chosen) if national is None else _given(panel, chosen, national)
    size = chosen.size(panel)
    nation = Interval.empty(size, exact=known.interval.is_exact)
    gap = Interval.empty(size, exact=known.interval.is_exact and panel.interval.is_exact)
    basis, source = np.empty(size, np.int8), np.empty(size, np.int32)
    left_out = np.empty(size, np.int32)

    def work(block: slice) -> None:
        places = chosen.places(block)
        line = panel.line_of(places)
        mark = known.interval.at(line)
        nation.fill(block, mark)
        gap.fill(block, panel.interval.at(places).minus(mark))
        basis[block] = known.basis.take(line, mode="clip")
        source[block] = known.source.take(line, mode="clip")
        left_out[block] = chosen.left_out.take(line, mode="clip")

    each_block(work, size)
    return chosen.rows, {
        **nation.columns("national"),
        ("national_basis",): texts(BASES, basis),
        **gap.columns("gap"),
        ("gap_unit",): unit_texts(panel, chosen, unit_of_distance),
        ("left_out",): left_out,
        ("national_source",): texts(known.sources, source),
    }


# --- the caller's own value -----------------------------------------------------------------------


def given_interval(national: float | Figure) -> tuple[float, float, float]:
    """Return value, lower and upper end of a caller's national value; a number is exact."""
    if isinstance(national, Figure):
        return national.value, national.lower, national.upper
    if isinstance(national, Real) and not isinstance(national, bool) and isfinite(national):
        return (float(national),) * 3
    msg = f"national must be a number or a Figure (ps.parse_figure), got {national!r}"
    raise SchemaError(msg)


def _given(panel: Panel, chosen: Selection, national: float | Figure) -> National:
    """Return the caller's own national value for each line."""
    value, lower, upper = (np.full(panel.lines, end) for end in given_interval(national))
    if isinstance(national, Figure):
        _refuse_other_unit(panel, chosen, national.unit)
    is_exact = (lower[0], upper[0]) == (value[0], value[0])
    values = Interval(value) if is_exact else Interval.of(value, lower, upper)
    nowhere = np.zeros(panel.lines, np.int8)
    return National(values, nowhere + BASES.index("given"), nowhere, [""])


def _refuse_other_unit(panel: Panel, chosen: Selection, unit: str) -> None:
    words = panel.unit.labels
    if set(words) <= {"", unit}:
        return
    used = np.unique(panel.unit.codes[chosen.places(slice(len(panel)))])
    if others := [words[code] for code in used if words[code] not in {"", unit}]:
        msg = f"national is in {unit}, the rows are in {others[0]}"
        raise IncomparableError(msg)


# --- the known one --------------------------------------------------------------------------------


def _benchmarks(panel: Panel, chosen: Selection) -> National:
    """Return the national value for each line; refuse if no row has one, or they contradict."""
    known = panel.once(known_national)
    asked = chosen.lines & (chosen.n > 0)
    if np.isnan(known.interval.value[asked]).all():
        raise IncomparableError(_no_benchmark(panel, asked, known))
    is_apart = known.interval.lower > known.interval.upper + TOUCH
    if (asked & is_apart).any():
        _refuse_contradiction(panel, chosen, is_apart)
    return known


def _no_benchmark(panel: Panel, asked: Bools, known: National) -> str:
    """Say for which of the indicators there is a national value, and that none is theirs."""
    missing, there = _labels(panel, asked), _labels(panel, ~np.isnan(known.interval.value))
    there = there[there["indicator"].isin(missing["indicator"])]
    return (
        f"there is no national value for {_listed(missing)}; there is one for: "
        f"{_listed(there) or 'none'}. A frame is compared only within itself; pass a series, or "
        "national="
    )


def _labels(panel: Panel, lines: Bools) -> pd.DataFrame:
    """Return indicator and period of lines."""
    indicator, _, period = (codes[lines[:-1]] for codes in panel.axes)
    return pd.DataFrame({
        "indicator": [panel.indicator.labels[code] for code in indicator],
        "period": [panel.period.labels[code] for code in period],
    })  # fmt: skip


def _listed(groups: pd.DataFrame) -> str:
    """Return indicators and periods in order, of many the first."""
    texts = sorted({f"{row.indicator} {row.period}" for row in groups.itertuples()})
    rest = f" and {len(texts) - _LISTED} more" if len(texts) > _LISTED else ""
    return ", ".join(texts[:_LISTED]) + rest


def _refuse_contradiction(panel: Panel, chosen: Selection, is_apart: Bools) -> NoReturn:
    """Refuse the contradiction that the first row meets, with those who contradict each other."""
    lines = panel.line_of(chosen.places(slice(len(panel))))
    said = statements(panel, "_gap")
    said = said[said["line"] == lines[is_apart[lines].argmax()]]
    ends = (said["lower"] == said["lower"].max()) | (said["upper"] == said["upper"].min())
    sides = " but ".join(
        f"{statement(row)} ({row.indicator}, {row.period})" for row in said[ends].itertuples()
    )
    msg = f"reports contradict one another on the national value: {sides}"
    raise IncomparableError(msg)
