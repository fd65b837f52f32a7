"""Breaks: where a change would reach across a point at which a series was measured anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from provstats.engines.memory.checks import periods_of, texts_of
from provstats.engines.memory.frames import columns_of, is_foreign
from provstats.errors import SchemaError
from provstats.reading.periods import parse_period
from provstats.store.breaks import BREAK_COLUMNS, Break, known_breaks
from provstats.store.regions import registry
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.panel import Panel

    Breaks = pd.DataFrame | HasColumns
    Ints = NDArray[np.integer[Any]]

__all__ = ["breaks_of", "broken_cells", "checked_breaks"]

#: All regions.
_ALL = "*"


def broken_cells(panel: Panel, earlier: Ints | None, own: Breaks | None) -> Ints:
    """Return the cells whose base lies across a break, a known or a caller's own.

    ``earlier`` has the line of each line's base, a year or more before; None if there is no base.
    """
    of_caller = breaks_of(own, panel.region.labels)
    if earlier is None:
        return np.zeros(0, np.int64)
    known = _cells_across(panel, earlier, known_breaks())
    if panel.vintages is None and len(known):  # a caller's rows may be measured in another way
        known = known[np.isin(panel.sources(_rows_at(panel, known)), source_ids())]
    return np.append(known, _cells_across(panel, earlier, of_caller))


def checked_breaks(given: Breaks, regions: Iterable[str]) -> pd.DataFrame:
    """Check a caller's frame of breaks; labels of periods become the canonical ones."""
    if not isinstance(given, pd.DataFrame) and not is_foreign(given):
        msg = f"breaks must be a frame of {list(BREAK_COLUMNS)}, got {type(given)}"
        raise SchemaError(msg)
    frame = given if isinstance(given, pd.DataFrame) else columns_of(given, BREAK_COLUMNS)[1]
    if missing := [column for column in BREAK_COLUMNS[:4] if column not in frame]:
        msg = f"column(s) {missing} of breaks are missing; the frame has {list(frame)}"
        raise SchemaError(msg)
    if not len(frame):
        return frame
    for column in BREAK_COLUMNS[:2]:
        texts_of(frame, column)
    is_known = frame["region"].isin([_ALL, *registry(), *regions])
    if not is_known.all():
        msg = f"column 'region' of breaks must hold codes or '*':\n{frame[~is_known].head()}"
        raise SchemaError(msg)
    labels = {end: periods_of(frame.assign(period=frame[end])) for end in ("before", "after")}
    checked = frame.assign(**{
        end: [found.labels[code] for code in found.codes] for end, found in labels.items()
    })  # fmt: skip
    ends = [checked[end].map(lambda label: parse_period(label).end) for end in ("before", "after")]
    if (is_wrong := ends[0] >= ends[1]).any():
        msg = f"'before' must end before 'after' in breaks:\n{frame[is_wrong].head()}"
        raise SchemaError(msg)
    return checked


def breaks_of(own: Breaks | None, regions: Iterable[str]) -> dict[str, list[Break]]:
    """Return the breaks of a caller, whose documents are not known to be older than another."""
    found: dict[str, list[Break]] = {}
    if own is None:
        return found
    for row in checked_breaks(own, regions).itertuples():
        before, after = (parse_period(str(label)).end for label in (row.before, row.after))
        one = Break(str(row.region), before, after, frozenset())
        found.setdefault(str(row.indicator), []).append(one)
    return found


def _cells_across(panel: Panel, earlier: Ints, listed: Mapping[str, Sequence[Break]]) -> Ints:
    """Return the cells whose base a year before lies across one of some breaks."""
    ids, codes = panel.indicator.labels, panel.region.labels
    found: list[Ints] = [np.zeros(0, np.int64)]
    for id_ in [id_ for id_ in listed if id_ in ids]:
        lines = np.flatnonzero(panel.axes[0] == ids.index(id_))
        alike: dict[Break, list[int]] = {}  # most breaks are of many regions
        for one in listed[id_]:
            held = [code for code, label in enumerate(codes) if one.holds_for(label)]
            alike.setdefault(one._replace(region=_ALL), []).extend(held)
        for one, regions in alike.items():
            cells = np.add.outer(np.array(regions, np.int64) * panel.lines, lines).ravel()
            found.append(_across(panel, cells, earlier, one))
    return np.concatenate(found)


def _across(panel: Panel, cells: Ints, earlier: Ints, one: Break) -> Ints:
    """Return the cells of which value and base are on two sides of a break."""
    line = cells % panel.lines
    now, base = (_rows_at(panel, at) for at in (cells, cells - line + earlier[line]))
    both = np.flatnonzero((now >= 0) & (base >= 0))
    sides = _sides(panel, now[both], one), _sides(panel, base[both], one)
    return cells[both[sides[0] * sides[1] < 0]]


def _rows_at(panel: Panel, cells: Ints) -> Ints:
    rows: Ints = panel.row_by_slot[panel.matrix.find(cells)]
    return rows


def _sides(panel: Panel, rows: Ints, one: Break) -> Ints:
    """Return 1 for rows of the new measure, -1 for those of the old, 0 for those between."""
    ends = np.array([parse_period(label).end for label in panel.period.labels], "datetime64[D]")
    is_anew, is_old = ends >= np.datetime64(one.after), ends <= np.datetime64(one.before)
    sides = (is_anew.astype(np.int8) - is_old)[panel.period.codes[rows]]
    if one.earlier and len(rows):
        sides[(sides > 0) & np.isin(panel.sources(rows), [*one.earlier])] = -1
    return sides
