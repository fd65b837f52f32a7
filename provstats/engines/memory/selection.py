"""Selections: which rows are compared, and why the others are not.

Compared are the values of provinces, or of a panel's own regions, within an indicator and period:
outcomes where there are any, else forecasts, else targets; all of one unit, which the nation has
too. This is worked out for lines, of which there are few, and not for rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from provstats.engines.memory.checks import encode_allowed_words
from provstats.engines.memory.frames import decode_texts
from provstats.engines.memory.threads import map_blocks
from provstats.errors import ROWS_SHOWN, IncomparableError, SchemaError, format_first_rows
from provstats.indicators import can_add_up, look_up_indicator
from provstats.store.regions import NATION, list_mainland_codes, list_province_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container

    from provstats.engines.memory.arrays import Bools, Ints, Values
    from provstats.engines.memory.codes import Codes
    from provstats.engines.memory.panel import Panel


__all__ = [
    "Selection", "convert_units", "count_missing_regions", "find_additive_lines",
    "find_mixed_lines", "is_in", "keep_lines", "list_lines", "read_words_by_line",
    "select_first_nature", "select_provinces", "select_rows",
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

    def find_places(self, block: slice) -> Ints | slice:
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

    def count_left_out(self, panel: Panel) -> Ints:
        """Return, for each of the rows, how many of its indicator and period are left out."""
        if isinstance(self.rows, slice):  # no memory is taken for zeros before they are changed
            return np.zeros(self.size, np.int32)
        return self.left_out.take(panel.find_lines(self.rows)).astype(np.int32)


def select_provinces(panel: Panel) -> Selection:
    """Return the provinces' values of one nature; refuse none at all, and several units."""
    chosen = select_rows(
        panel, is_in(panel, panel.regions or list_province_codes()), has_value=True
    )
    if not (chosen.n.any() or panel.is_part):
        who = "province" if panel.regions is None else "region"
        shown = _describe_rows(panel, np.arange(len(panel)))
        msg = f"no {who} has a value that could be compared:{shown}"
        raise IncomparableError(msg)
    if (mixed := find_mixed_lines(panel, chosen)).any():
        rows = np.arange(len(panel))[chosen.rows]
        shown = _describe_rows(panel, rows[mixed[panel.find_lines(rows)]])
        msg = f"rows of one indicator and period have different units:{shown}"
        raise IncomparableError(msg)
    return chosen


def _describe_rows(panel: Panel, rows: Ints) -> str:
    """Return the first of some rows, and how many there are."""
    return format_first_rows(
        panel.complete_rows(rows[:ROWS_SHOWN]).set_axis(rows[:ROWS_SHOWN]), len(rows)
    )


def select_first_nature(panel: Panel) -> Selection:
    """Return all rows of the nature that is compared within their indicator and period."""
    return select_rows(panel, np.ones(len(panel.region.labels), bool), has_value=False)


def keep_lines(panel: Panel, chosen: Selection, lines: Bools) -> Selection:
    """Keep of the values that are compared those in some lines."""
    kept = chosen._replace(lines=chosen.lines & lines)
    if not (chosen.is_compared & ~lines).any():
        return kept
    return kept._replace(rows=_find_rows(panel, kept, has_value=True))


def list_lines(panel: Panel, lines: Bools, told: Callable[[int], str] = lambda _: "") -> str:
    """Return the indicators and periods of lines in order, of many the first."""
    indicator, *_, period = panel.axes
    words = sorted({
        f"{panel.indicator.labels[indicator[line]]} {panel.period.labels[period[line]]}{told(line)}"
        for line in np.flatnonzero(lines[:-1]).tolist()
    })  # fmt: skip
    rest = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    return ", ".join(words[:_LISTED]) + rest


def count_missing_regions(panel: Panel) -> Ints:
    """Return, for each line, how many have no value there: of the mainland, or the panel's own."""
    expected = panel.regions or list_mainland_codes()
    return len(expected) - _count_values(panel, is_in(panel, expected))


def convert_units(panel: Panel, chosen: Selection, word: Callable[[str], str]) -> Any:  # noqa: ANN401 - an array of pandas
    """Return what a word makes of the unit of each row."""
    words = [*map(word, panel.unit.labels)]
    if len(set(words)) == 1:
        return decode_texts(words, np.broadcast_to(np.int8(0), chosen.size))
    return decode_texts(words, panel.unit.codes[chosen.rows])


# --- lines --------------------------------------------------------------------------------------


def is_in(panel: Panel, codes: Container[str]) -> Bools:
    """Tell which regions have one of some codes."""
    return np.array([label in codes for label in panel.region.labels])


def select_rows(panel: Panel, regions: Bools, *, has_value: bool) -> Selection:
    """Choose for each indicator and period the first nature that its candidates have."""
    missing = panel.find_lines(panel.missing[panel.missing < len(panel)])
    total = _count_values(panel, np.ones_like(regions)) + np.bincount(
        missing, minlength=panel.lines
    )
    n = _count_values(panel, regions) if has_value else total
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
    chosen = Selection(
        slice(0, len(panel)), regions, lines, _shrink_counts(n), _shrink_counts(total - n)
    )
    if not (total > n).any():
        return chosen
    return chosen._replace(rows=_find_rows(panel, chosen, has_value=has_value))


def _count_values(panel: Panel, regions: Bools) -> Ints:
    """Count the values of regions in each line."""
    if panel.matrix.is_dense and len(panel) == len(panel.frame):
        is_filled = panel.matrix.reshape_to_table(panel.is_filled)[regions].view(np.uint8)
        kind = np.min_scalar_type(len(is_filled))
        counts: Ints = is_filled.sum(axis=0, dtype=kind).astype(np.int64)
        return counts
    rows = slice(len(panel))
    is_there = regions[panel.region.codes[rows]] & ~np.isnan(panel.interval.value[rows])
    return np.bincount(panel.find_lines(rows)[is_there], minlength=panel.lines)


def _shrink_counts(counts: Ints) -> Ints:
    """Return counts in the smallest type that holds them: a small table is quick to look up."""
    return counts.astype(np.min_scalar_type(counts.max()))


def _find_rows(panel: Panel, chosen: Selection, *, has_value: bool) -> Ints:
    """Return the places of the rows that are in the regions and lines of a selection."""

    def keep(block: slice) -> Ints:
        kept = chosen.regions.take(panel.region.codes[block])
        if has_value and len(panel.missing):
            kept &= ~np.isnan(panel.interval.value[block])
        if not chosen.lines.all():
            kept &= chosen.lines.take(panel.find_lines(block))
        places: Ints = np.flatnonzero(kept) + block.start
        return places

    return np.concatenate(map_blocks(keep, len(panel)))


def find_mixed_lines(panel: Panel, chosen: Selection) -> Bools:
    """Tell the lines where rows that are compared, or the nation's, have different units."""
    mixed = np.zeros(panel.lines, bool)
    if len(panel.unit.labels) == 1:
        return mixed
    is_nation = is_in(panel, {NATION})
    rows = _find_rows(panel, chosen._replace(regions=chosen.regions | is_nation), has_value=True)
    around = np.arange(len(panel), len(panel.frame))
    around = around[is_nation[panel.region.codes[around]]]
    rows = np.append(rows, around[chosen.n[panel.find_lines(around)] > 0])
    _, mixed = _find_line_codes(panel, panel.unit, rows)
    return mixed


# --- what is told of lines ------------------------------------------------------------------------


def _find_line_codes(panel: Panel, column: Codes, rows: Ints | slice) -> tuple[Ints, Bools]:
    """Return the code that rows give to each line, 0 for none, and where they give several."""
    line, codes = panel.find_lines(rows), column.codes[rows]
    one, mixed = np.zeros(panel.lines, codes.dtype), np.zeros(panel.lines, bool)
    one[line] = codes
    mixed[line[one[line] != codes]] = True
    return one, mixed


def read_words_by_line(panel: Panel, column: str, allowed: Collection[str]) -> Values | None:
    """Return what a caller's column tells of each line, an empty text for nothing."""
    if (told := encode_allowed_words(panel.frame, column, allowed)) is None:
        return None
    rows = np.flatnonzero(np.array([label != "" for label in told.labels])[told.codes])
    one, mixed = _find_line_codes(panel, told, rows)
    if mixed.any():
        shown = format_first_rows(panel.frame.iloc[rows[mixed[panel.find_lines(rows)]]])
        msg = f"column {column!r} must be the same for all rows of an indicator and period:{shown}"
        raise SchemaError(msg)
    words = np.full(panel.lines, "", object)
    line = panel.find_lines(rows)
    words[line] = np.array(told.labels, object)[one[line]]
    return words


def find_additive_lines(panel: Panel) -> Bools:
    """Tell the lines in which what is compared adds up to the nation."""
    ids, units = panel.indicator.labels, panel.unit.labels
    unit = np.zeros(panel.lines, np.int64)
    if len(units) > 1:
        rows = panel.compute_once(select_provinces).rows
        unit = _find_line_codes(panel, panel.unit, rows)[0].astype(np.int64)
    pairs, place = np.unique(panel.axes[0] * len(units) + unit[:-1], return_inverse=True)
    adds = np.array(
        [can_add_up(ids[pair // len(units)], units[pair % len(units)]) for pair in pairs]
    )
    lines = np.append(adds[place], False)
    told = read_words_by_line(panel, "additive", ("true", "false"))
    if told is not None:
        is_own = np.array([*(look_up_indicator(id_) is None for id_ in ids), False])
        is_told = (told != "") & is_own[np.append(panel.axes[0], -1)]
        lines = np.where(is_told, told == "true", lines)
    return lines
