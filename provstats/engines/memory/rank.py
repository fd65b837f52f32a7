"""Ranks: places within an indicator and period, counted for many of them at once.

Counting who is ahead takes the square of the rows of a column, and is still quicker than sorting
for some thirty regions: it is a few instructions of the processor for each pair. Of hundreds each
column is sorted and searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

import numpy as np

from provstats.engines.memory.intervals import Interval, add_tolerance
from provstats.engines.memory.selection import (
    count_missing_regions,
    keep_lines,
    list_lines,
    read_words_by_line,
    select_provinces,
)
from provstats.engines.memory.threads import build_columns
from provstats.errors import IncomparableError
from provstats.indicators import Direction, look_up_indicator

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.engines.memory.arrays import Bools, Floats, Ints, Values
    from provstats.engines.memory.frames import Columns
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection


__all__ = ["TIES", "find_ascending_lines", "negate_ascending", "rank_rows"]

# From so many rows on a column is sorted.
_MANY: Final = 256
_WORST: Final = "rank_worst"


def rank_rows(  # noqa: PLR0913 - those of `provstats.rank`
    panel: Panel, order: str | None, *, ties: str, universe: str, bounds: bool, min_n: int
) -> tuple[Ints | slice, Columns]:
    """Return the rows that are ranked, and the columns of `provstats.rank`."""
    chosen = _keep_rankable_lines(panel, panel.compute_once(select_provinces), min_n)
    values = panel.by_slot if bounds else Interval(panel.by_slot.value)
    tables = _build_rank_tables(panel, chosen, values, find_ascending_lines(panel, order), ties)
    silent = count_missing_regions(panel) if universe == "all" else None

    def build_block(block: slice) -> dict[tuple[str, ...], Values]:
        places = chosen.find_places(block)
        slots, line = panel.matrix.slots[places], panel.find_lines(places)
        found: dict[tuple[str, ...], Values] = {}
        for names, table in tables.items():
            found[names] = table.take(slots, mode="clip").astype(np.int64)
            if silent is not None and _WORST in names:  # any of the silent may be ahead
                best = found.pop(names)
                found |= {names[:-1]: best, (_WORST,): best + silent.take(line, mode="clip")}
        if ties == "average":
            found["rank",] = found["rank",] / 2
        return {
            **found,
            ("n",): chosen.n.take(line, mode="clip").astype(np.int32),
            ("left_out",): chosen.left_out.take(line, mode="clip").astype(np.int32),
        }

    return chosen.rows, build_columns(build_block, chosen.size)


def _keep_rankable_lines(panel: Panel, chosen: Selection, least: int) -> Selection:
    """Keep the indicators and periods with enough values; refuse if none has."""
    found = keep_lines(panel, chosen, chosen.n >= least)
    if not (found.size or panel.is_part):
        lines = chosen.is_compared
        report = list_lines(panel, lines, lambda line: f" ({chosen.n[line]} report)")
        msg = f"fewer than min_n={least} values are no ranking: {report}"
        raise IncomparableError(msg)
    return found


def find_ascending_lines(panel: Panel, order: str | None) -> Bools:
    """Tell for each line whether the least value is first."""
    if order:
        return np.full(panel.lines, order == "ascending")
    known = map(look_up_indicator, panel.indicator.labels)
    ids = np.array([*(entry is not None and entry.direction == "lower" for entry in known), False])
    by_catalogue: Bools = ids[np.append(panel.axes[0], -1)]
    told = read_words_by_line(panel, "direction", get_args(Direction))
    if told is not None:
        by_catalogue = np.where(told == "", by_catalogue, told == "lower")
    return by_catalogue


def _build_rank_tables(
    panel: Panel, chosen: Selection, values: Interval, ascending: Bools, ties: str
) -> dict[tuple[str, ...], Ints]:
    """Return the ranks by slot, those that are alike once; an average is doubled."""
    kind, names = (
        choose_count_type(len(panel.region.labels)),
        _group_column_names(exact=values.is_exact, ties=ties),
    )
    tables = {columns: np.zeros(panel.matrix.size, kind) for columns in names}

    def rank_lines(place: Any, lines: Ints | slice) -> None:  # noqa: ANN401 - an index of numpy
        part = values.map(lambda end: panel.matrix.reshape_to_table(end)[place])
        if ascending[lines].any():
            part = negate_ascending(part, ascending[lines])
        found = (
            _compute_rank_range(part)
            if len(names) == 1
            else [TIES[ties](part.value), *_compute_rank_range(part)]
        )
        for table, counts in zip(tables.values(), found, strict=True):
            panel.matrix.reshape_to_table(table)[place] = counts

    panel.matrix.apply_to_columns(rank_lines, chosen.regions, chosen.rows)
    return tables


def _group_column_names(*, exact: bool, ties: str) -> list[tuple[str, ...]]:
    """Return the names of the columns, together those that are alike."""
    rank, best = "rank", "rank_best"
    if exact:
        return [(rank, best, _WORST)] if ties == "min" else [(rank,), (best, _WORST)]
    return [(rank,), (best,), (_WORST,)]


def negate_ascending(values: Interval, ascending: Bools) -> Interval:
    """Turn the values of some columns so that the greater is ahead."""
    value = values.value * np.where(ascending, -1.0, 1.0)
    if values.is_exact:
        return Interval(value)
    lower = np.where(ascending, -values.upper, values.lower)
    return Interval.from_ends(value, lower, np.where(ascending, -values.lower, values.upper))


def _compute_rank_range(values: Interval) -> list[Ints]:
    """Return the best and worst rank that intervals allow; one that only touches is not ahead."""
    if values.is_exact:
        return [1 + count_above(values.value, values.value)]
    beyond = values.map(add_tolerance)
    best = 1 + count_above(values.lower, beyond.upper)
    return [best, 1 + count_above(values.upper, beyond.lower) - (values.upper > beyond.lower)]


# --- counting -----------------------------------------------------------------------------------


def choose_count_type(rows: int) -> np.dtype[np.unsignedinteger[Any]]:
    """Return the smallest type that holds twice a rank among so many rows.

    Examples
    --------
    >>> choose_count_type(31), choose_count_type(3000)
    (dtype('uint8'), dtype('uint16'))
    """
    return np.min_scalar_type(2 * rows + 1)


def count_above(values: Floats, marks: Floats, *, or_equal: bool = False) -> Ints:
    """Count, for each mark, the values of its column that are above it; NaN is above nothing.

    Examples
    --------
    >>> count_above(np.array([[3.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [2.0]])).tolist()
    [[2], [0], [1]]
    """
    counts = np.zeros(marks.shape, choose_count_type(len(marks)))
    (_count_by_pairs if len(marks) < _MANY else _count_by_search)(values, marks, counts, or_equal)
    return counts


def _count_by_pairs(values: Floats, marks: Floats, counts: Ints, or_equal: bool) -> None:  # noqa: FBT001
    compare = np.greater_equal if or_equal else np.greater
    is_above = np.empty(marks.shape, bool)
    for turn in range(len(marks)):  # every mark meets the value so many rows further on
        rest = len(marks) - turn
        compare(values[turn:], marks[:rest], out=is_above[:rest])
        compare(values[:turn], marks[rest:], out=is_above[rest:])
        counts += is_above.view(np.uint8)


def _count_by_search(values: Floats, marks: Floats, counts: Ints, or_equal: bool) -> None:  # noqa: FBT001
    in_order = np.sort(values.T)
    known = np.count_nonzero(~np.isnan(in_order), axis=1)  # NaN stand at the end
    for column, (some, count) in enumerate(zip(in_order, known, strict=True)):
        below = some[:count].searchsorted(marks[:, column], "left" if or_equal else "right")
        counts[:, column] = count - below


def _rank_ties_min(value: Floats) -> Ints:
    return 1 + count_above(value, value)


def _rank_ties_max(value: Floats) -> Ints:
    return count_above(value, value, or_equal=True)


def _rank_ties_dense(value: Floats) -> Ints:
    """Count only the first of those that are equal."""
    order = value.argsort(axis=0, kind="stable")
    in_order = np.take_along_axis(value, order, axis=0)
    in_order[1:][in_order[1:] == in_order[:-1]] = np.nan
    first = np.empty_like(value)
    np.put_along_axis(first, order, in_order, axis=0)
    return 1 + count_above(first, value)


#: The rank of equal values; the average is twice what it says, to stay whole.
TIES: Final[dict[str, Callable[[Floats], Ints]]] = {
    "min": _rank_ties_min,
    "max": _rank_ties_max,
    "average": lambda value: _rank_ties_min(value) + _rank_ties_max(value),
    "dense": _rank_ties_dense,
}
