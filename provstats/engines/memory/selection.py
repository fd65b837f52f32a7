"""Groups: the rows of one indicator and period, which of them are compared, and how many are not.

The rules are those of `provstats.engines.memory.comparables`, worked out for lines instead of rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from provstats.engines.memory.answers import texts
from provstats.engines.memory.codes import codes_in
from provstats.engines.memory.comparables import units
from provstats.engines.memory.threads import ROWS, each_block
from provstats.errors import ROWS_SHOWN, IncomparableError, first_rows
from provstats.indicators import known_indicator
from provstats.store.regions import NATION, mainland, provinces

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from provstats.engines.memory.panel import Panel

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.integer[Any]]

__all__ = [
    "Group", "compared_provinces", "of_first_nature", "silent_regions", "unit_codes",
    "unit_texts", "units_of",
]  # fmt: skip


class Group(NamedTuple):
    """The rows that are compared.

    Parameters
    ----------
    rows : array of int or None
        Their places in the panel, in order; None if all are.
    regions : array of bool
        Which regions they may be of.
    lines : array of bool
        Which lines they stand in.
    compared, left_out : array of int
        Of each line, how many rows of its indicator and period are compared, and are not.
    """

    rows: Ints | None
    regions: Bools
    lines: Bools
    compared: Ints
    left_out: Ints

    def places(self, block: slice) -> Ints | slice:
        """Return the places in the panel of a block of the rows."""
        return block if self.rows is None else self.rows[block]

    def left_out_of_rows(self, panel: Panel) -> Ints:
        """Return, for each of the rows, how many of its indicator and period are left out."""
        if self.rows is None:  # no memory is taken for zeros before they are changed
            return np.zeros(len(panel), np.int32)
        line = panel.line_of(panel.cells_at(self.rows))
        return self.left_out.take(line).astype(np.int32)

    def size(self, panel: Panel) -> int:
        """Return how many rows of the panel they are."""
        return len(panel) if self.rows is None else len(self.rows)


def compared_provinces(panel: Panel) -> Group:
    """Return the provinces' values of one nature.

    Parameters
    ----------
    panel : Panel
        The rows to choose from.

    Raises
    ------
    IncomparableError
        If nothing is left, or rows of one indicator and period differ in unit.
    """
    regions = _are(panel, panel.regions or provinces())
    group = _of_one_nature(panel, regions, has_value=True)
    if not group.compared.any():
        shown = _shown(panel, np.arange(len(panel)))
        who = "province" if panel.regions is None else "region"
        msg = f"no {who} has a value that could be compared:{shown}"
        raise IncomparableError(msg)
    if (mixed := _mixed_lines(panel, group)).any():
        rows = group.places(slice(0, len(panel)))
        rows = np.arange(len(panel))[rows][mixed[panel.line_of(panel.cells_at(rows))]]
        msg = f"rows of one indicator and period have different units:{_shown(panel, rows)}"
        raise IncomparableError(msg)
    return group


def _shown(panel: Panel, rows: Ints) -> str:
    """Return the first of some rows, with the units that are meant, and how many there are."""
    first = panel.checked(rows[:ROWS_SHOWN]).set_axis(rows[:ROWS_SHOWN])
    return first_rows(first.assign(unit=units(first)), len(rows))


def of_first_nature(panel: Panel) -> Group:
    """Return all rows of the nature that their group compares.

    Parameters
    ----------
    panel : Panel
        The rows to choose from.
    """
    everywhere = np.ones(len(panel.region.labels), bool)
    return _of_one_nature(panel, everywhere, has_value=False)


def _are(panel: Panel, codes: AbstractSet[str]) -> Bools:
    return np.array([label in codes for label in panel.region.labels])


def _of_one_nature(panel: Panel, regions: Bools, *, has_value: bool) -> Group:
    """Choose each group's first nature among those that its candidates have."""
    total = panel.cells.total.copy()
    count = _counts_of_values(panel, regions) if has_value else total
    lines = np.ones(len(count), bool)
    if len(panel.nature.labels) > 1:
        indicator, nature, period = panel.lines
        _, place = np.unique(indicator * len(panel.period.labels) + period, return_inverse=True)
        first = np.full(place.max() + 1, len(panel.nature.labels))
        has = count[:-1] > 0
        np.minimum.at(first, place[has], nature[has])
        lines[:-1] = nature == first[place]
        count = np.where(lines, count, 0)
        count[:-1] = np.bincount(place, count[:-1])[place]
        total[:-1] = np.bincount(place, total[:-1])[place]
    group = Group(None, regions, lines, _small(count), _small(total - count))
    return (
        group if not group.left_out.any() else group._replace(rows=_rows(panel, group, has_value))
    )


def _counts_of_values(panel: Panel, regions: Bools) -> Ints:
    """Return how many rows of the regions each line has, less those without a value."""
    count = panel.cells.counts(regions)
    if not len(panel.missing):
        return count
    region, line = np.divmod(panel.cells.cells[panel.missing], panel.cells.lines)
    return count - np.bincount(line[regions[region]], minlength=len(count))


def silent_regions(panel: Panel) -> Ints:
    """Return, for each line, how many have no value there: of the mainland, or of the panel's own.

    Parameters
    ----------
    panel : Panel
        The rows.
    """
    expected = panel.regions or mainland()
    return len(expected) - _counts_of_values(panel, _are(panel, expected))


def _small(counts: Ints) -> Ints:
    """Return counts in the smallest type that holds them: a small table is quick to look up."""
    return counts.astype(np.min_scalar_type(counts.max()))


def _rows(panel: Panel, group: Group, has_value: bool) -> Ints:  # noqa: FBT001 - one caller
    def keep(block: slice) -> Bools:
        kept = group.regions.take(panel.region.codes[block])
        if has_value and len(panel.missing):
            kept &= ~np.isnan(panel.value[block])
        if not group.lines.all():
            kept &= group.lines.take(panel.line_of(panel.cells_at(block)))
        return kept

    masks = each_block(keep, len(panel))
    ends = np.cumsum([np.count_nonzero(mask) for mask in masks])
    rows = np.empty(ends[-1], np.int64)

    def number(one: slice) -> None:
        end, mask = ends[one.start], masks[one.start]
        places = np.flatnonzero(mask)
        np.add(places, one.start * ROWS, out=rows[end - len(places) : end])

    each_block(number, len(masks), rows=1)
    return rows


# --- units --------------------------------------------------------------------------------------


def units_of(panel: Panel) -> tuple[Ints, list[str]]:
    """Return the codes of units, by indicator and stated unit, and the units.

    Parameters
    ----------
    panel : Panel
        Its rows state a unit, or have that of the catalogue, or none.
    """
    known = [_unit_of_catalogue(id_) for id_ in panel.indicator.labels]
    words = list(dict.fromkeys([*panel.unit.labels, *known]))
    stated, catalogue = codes_in(panel.unit.labels, words), codes_in(known, words)
    is_blank = stated == codes_in([""], words)
    return np.where(is_blank, catalogue[:, None], stated), words


def _unit_of_catalogue(id_: str) -> str:
    of = known_indicator(id_)
    return of.unit if of else ""


def unit_codes(panel: Panel, rows: Ints | slice) -> Ints:
    """Return the code of each row's unit, of those of `units_of`.

    Parameters
    ----------
    panel : Panel
        The rows' panel.
    rows : array of int or slice
        Which rows.
    """
    table, _ = panel.once(units_of)
    return table[panel.indicator.codes[rows], panel.unit.codes[rows]]


def unit_texts(panel: Panel, group: Group, units: tuple[Ints, list[str]]) -> Any:  # noqa: ANN401 - an array of pandas
    """Return the text of each row's unit.

    Parameters
    ----------
    panel : Panel
        The rows' panel.
    group : Group
        Which rows.
    units : array of int, list of str
        Codes by indicator and stated unit, and what they stand for.
    """
    table, words = units
    used = sorted({words[code] for code in np.unique(table)})
    table = np.array([used.index(word) if word in used else -1 for word in words])[table]
    if len(used) == 1:
        return texts(used, np.zeros(group.size(panel), np.int8))
    rows = slice(None) if group.rows is None else group.rows
    return texts(used, table[panel.indicator.codes[rows], panel.unit.codes[rows]])


def _mixed_lines(panel: Panel, group: Group) -> Bools:
    """Tell the lines where rows that are compared, or the nation's, have different units."""
    mixed = np.zeros(panel.cells.lines, bool)
    if len(panel.unit.labels) == 1:
        return mixed
    concerned = group._replace(regions=group.regions | _are(panel, {NATION}))
    rows = _rows(panel, concerned, True)  # noqa: FBT003
    line, unit = panel.line_of(panel.cells_at(rows)), unit_codes(panel, rows)
    one = np.zeros(panel.cells.lines, unit.dtype)
    one[line] = unit
    mixed[line[one[line] != unit]] = True
    return mixed
