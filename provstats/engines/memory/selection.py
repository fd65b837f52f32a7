"""Selections: which rows are compared, and why the others are not.

Compared are the values of provinces, or of a panel's own regions, within an indicator and period:
outcomes where there are any, else forecasts, else targets; all of one unit, which the nation has
too. This is worked out for lines, of which there are few, and not for rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from provstats.engines.memory.checks import told_of
from provstats.engines.memory.frames import texts
from provstats.engines.memory.threads import each_block
from provstats.errors import ROWS_SHOWN, IncomparableError, SchemaError, first_rows
from provstats.indicators import adds_up, known_indicator
from provstats.store.regions import NATION, mainland, provinces

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container

    from provstats.engines.memory.arrays import Bools, Ints, Values
    from provstats.engines.memory.codes import Codes
    from provstats.engines.memory.panel import Panel


__all__ = [
    "Selection", "additive_lines", "choose", "compared_provinces", "is_in", "listed",
    "mixed_lines", "narrowed", "of_first_nature", "silent_regions", "unit_texts", "words_by_line",
]  # fmt: skip

# So many groups are named in an error.
_LISTED: Final = 60


class Selection(NamedTuple):
    """The places of the rows that are compared, a slice for all, and their regions and lines.

    ``n`` and ``left_out`` have for each line how many rows of its indicator and period are
    compared, and how many are not.
    """

    rows: Ints | slice
    regions: Bools
    lines: Bools
    n: Ints
    left_out: Ints

    def places(self, block: slice) -> Ints | slice:
        """Return the places in the panel of a block of the rows."""
        return block if isinstance(self.rows, slice) else self.rows[block]

    @property
    def size(self) -> int:
        """How many rows they are."""
        return int(self.rows.stop) if isinstance(self.rows, slice) else len(self.rows)

    @property
    def is_compared(self) -> Bools:
        """Which lines have something that is compared."""
        return self.lines & (self.n > 0)

    def left_out_of_rows(self, panel: Panel) -> Ints:
        """Return, for each of the rows, how many of its indicator and period are left out."""
        if isinstance(self.rows, slice):  # no memory is taken for zeros before they are changed
            return np.zeros(self.size, np.int32)
        return self.left_out.take(panel.line_of(self.rows)).astype(np.int32)


def compared_provinces(panel: Panel) -> Selection:
    """Return the provinces' values of one nature; refuse none at all, and several units."""
    chosen = choose(panel, is_in(panel, panel.regions or provinces()), has_value=True)
    if not (chosen.n.any() or panel.is_part):
        who = "province" if panel.regions is None else "region"
        msg = f"no {who} has a value that could be compared:{_shown(panel, np.arange(len(panel)))}"
        raise IncomparableError(msg)
    if (mixed := mixed_lines(panel, chosen)).any():
        rows = np.arange(len(panel))[chosen.rows]
        shown = _shown(panel, rows[mixed[panel.line_of(rows)]])
        msg = f"rows of one indicator and period have different units:{shown}"
        raise IncomparableError(msg)
    return chosen


def _shown(panel: Panel, rows: Ints) -> str:
    """Return the first of some rows, and how many there are."""
    return first_rows(panel.checked(rows[:ROWS_SHOWN]).set_axis(rows[:ROWS_SHOWN]), len(rows))


def of_first_nature(panel: Panel) -> Selection:
    """Return all rows of the nature that is compared within their indicator and period."""
    return choose(panel, np.ones(len(panel.region.labels), bool), has_value=False)


def narrowed(panel: Panel, chosen: Selection, lines: Bools) -> Selection:
    """Keep of the values that are compared those in some lines."""
    kept = chosen._replace(lines=chosen.lines & lines)
    if not (chosen.is_compared & ~lines).any():
        return kept
    return kept._replace(rows=_rows(panel, kept, has_value=True))


def listed(panel: Panel, lines: Bools, told: Callable[[int], str] = lambda _: "") -> str:
    """Return the indicators and periods of lines in order, of many the first."""
    indicator, *_, period = panel.axes
    words = sorted({
        f"{panel.indicator.labels[indicator[line]]} {panel.period.labels[period[line]]}{told(line)}"
        for line in np.flatnonzero(lines[:-1]).tolist()
    })  # fmt: skip
    rest = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    return ", ".join(words[:_LISTED]) + rest


def silent_regions(panel: Panel) -> Ints:
    """Return, for each line, how many have no value there: of the mainland, or the panel's own."""
    expected = panel.regions or mainland()
    return len(expected) - _count(panel, is_in(panel, expected))


def unit_texts(panel: Panel, chosen: Selection, word: Callable[[str], str]) -> Any:  # noqa: ANN401 - an array of pandas
    """Return what a word makes of the unit of each row."""
    words = [*map(word, panel.unit.labels)]
    if len(set(words)) == 1:
        return texts(words, np.broadcast_to(np.int8(0), chosen.size))
    return texts(words, panel.unit.codes[chosen.rows])


# --- lines --------------------------------------------------------------------------------------


def is_in(panel: Panel, codes: Container[str]) -> Bools:
    """Tell which regions have one of some codes."""
    return np.array([label in codes for label in panel.region.labels])


def choose(panel: Panel, regions: Bools, *, has_value: bool) -> Selection:
    """Choose for each indicator and period the first nature that its candidates have."""
    missing = panel.line_of(panel.missing[panel.missing < len(panel)])
    total = _count(panel, np.ones_like(regions)) + np.bincount(missing, minlength=panel.lines)
    n = _count(panel, regions) if has_value else total
    lines = np.ones(panel.lines, bool)
    if len(panel.nature.labels) > 1:
        indicator, among, nature, period = panel.axes
        group = (indicator * len(panel.among.labels) + among) * len(panel.period.labels) + period
        _, group = np.unique(group, return_inverse=True)
        first = np.full(group.max() + 1, len(panel.nature.labels))
        np.minimum.at(first, group[n[:-1] > 0], nature[n[:-1] > 0])
        lines[:-1] = nature == first[group]
        n = np.where(lines, n, 0)
        n[:-1], total[:-1] = (np.bincount(group, c[:-1])[group] for c in (n, total))
    chosen = Selection(slice(0, len(panel)), regions, lines, _small(n), _small(total - n))
    if not (total > n).any():
        return chosen
    return chosen._replace(rows=_rows(panel, chosen, has_value=has_value))


def _count(panel: Panel, regions: Bools) -> Ints:
    """Count the values of regions in each line."""
    if panel.matrix.is_dense and len(panel) == len(panel.frame):
        is_filled = panel.matrix.table(panel.is_filled)[regions].view(np.uint8)
        kind = np.min_scalar_type(len(is_filled))
        counts: Ints = is_filled.sum(axis=0, dtype=kind).astype(np.int64)
        return counts
    rows = slice(len(panel))
    is_there = regions[panel.region.codes[rows]] & ~np.isnan(panel.interval.value[rows])
    return np.bincount(panel.line_of(rows)[is_there], minlength=panel.lines)


def _small(counts: Ints) -> Ints:
    """Return counts in the smallest type that holds them: a small table is quick to look up."""
    return counts.astype(np.min_scalar_type(counts.max()))


def _rows(panel: Panel, chosen: Selection, *, has_value: bool) -> Ints:
    """Return the places of the rows that are in the regions and lines of a selection."""

    def keep(block: slice) -> Ints:
        kept = chosen.regions.take(panel.region.codes[block])
        if has_value and len(panel.missing):
            kept &= ~np.isnan(panel.interval.value[block])
        if not chosen.lines.all():
            kept &= chosen.lines.take(panel.line_of(block))
        places: Ints = np.flatnonzero(kept) + block.start
        return places

    return np.concatenate(each_block(keep, len(panel)))


def mixed_lines(panel: Panel, chosen: Selection) -> Bools:
    """Tell the lines where rows that are compared, or the nation's, have different units."""
    mixed = np.zeros(panel.lines, bool)
    if len(panel.unit.labels) == 1:
        return mixed
    is_nation = is_in(panel, {NATION})
    rows = _rows(panel, chosen._replace(regions=chosen.regions | is_nation), has_value=True)
    around = np.arange(len(panel), len(panel.frame))
    around = around[is_nation[panel.region.codes[around]]]
    rows = np.append(rows, around[chosen.n[panel.line_of(around)] > 0])
    _, mixed = _by_line(panel, panel.unit, rows)
    return mixed


# --- what is told of lines ------------------------------------------------------------------------


def _by_line(panel: Panel, column: Codes, rows: Ints | slice) -> tuple[Ints, Bools]:
    """Return the code that rows give to each line, 0 for none, and where they give several."""
    line, codes = panel.line_of(rows), column.codes[rows]
    one, mixed = np.zeros(panel.lines, codes.dtype), np.zeros(panel.lines, bool)
    one[line] = codes
    mixed[line[one[line] != codes]] = True
    return one, mixed


def words_by_line(panel: Panel, column: str, allowed: Collection[str]) -> Values | None:
    """Return what a caller's column tells of each line, an empty text for nothing."""
    if (told := told_of(panel.frame, column, allowed)) is None:
        return None
    rows = np.flatnonzero(np.array([label != "" for label in told.labels])[told.codes])
    one, mixed = _by_line(panel, told, rows)
    if mixed.any():
        shown = first_rows(panel.frame.iloc[rows[mixed[panel.line_of(rows)]]])
        msg = f"column {column!r} must be the same for all rows of an indicator and period:{shown}"
        raise SchemaError(msg)
    words = np.full(panel.lines, "", object)
    line = panel.line_of(rows)
    words[line] = np.array(told.labels, object)[one[line]]
    return words


def additive_lines(panel: Panel) -> Bools:
    """Tell the lines in which what is compared adds up to the nation."""
    ids, units = panel.indicator.labels, panel.unit.labels
    unit = np.zeros(panel.lines, np.int64)
    if len(units) > 1:
        rows = panel.once(compared_provinces).rows
        unit = _by_line(panel, panel.unit, rows)[0].astype(np.int64)
    pairs, place = np.unique(panel.axes[0] * len(units) + unit[:-1], return_inverse=True)
    adds = np.array([adds_up(ids[pair // len(units)], units[pair % len(units)]) for pair in pairs])
    lines = np.append(adds[place], False)
    told = words_by_line(panel, "additive", ("true", "false"))
    if told is not None:
        is_own = np.array([*(known_indicator(id_) is None for id_ in ids), False])
        is_told = (told != "") & is_own[np.append(panel.axes[0], -1)]
        lines = np.where(is_told, told == "true", lines)
    return lines
