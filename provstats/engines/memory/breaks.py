"""Breaks: where a change would reach across a point at which a series was measured anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from provstats.engines.memory.checks import encode_periods, encode_texts
from provstats.engines.memory.frames import is_foreign, wrap_columns
from provstats.errors import SchemaError
from provstats.reading.periods import parse_period
from provstats.store.breaks import (
    ALL_REGIONS,
    BREAK_COLUMNS,
    Break,
    Measured,
    load_breaks,
)
from provstats.store.regions import load_regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provstats.engines.memory.arrays import Bools, Ints
    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.panel import Panel

    Breaks = pd.DataFrame | HasColumns

__all__ = ["find_broken_cells", "list_breaks"]


def list_breaks(own: Breaks | None, regions: Iterable[str] = ()) -> list[Break]:
    """Return the breaks that are known, and after them a caller's own, checked."""
    return [*load_breaks(), *(() if own is None else _read_own_breaks(own, regions))]


def _read_own_breaks(given: Breaks, regions: Iterable[str]) -> Iterator[Break]:
    if not isinstance(given, pd.DataFrame) and not is_foreign(given):
        msg = f"breaks must be a frame of {list(BREAK_COLUMNS)}, got {type(given)}"
        raise SchemaError(msg)
    _, frame = wrap_columns(given, BREAK_COLUMNS)
    columns = [*BREAK_COLUMNS[:4]]
    if missing := [column for column in columns if column not in frame]:
        msg = f"column(s) {missing} of breaks are missing; the frame has {list(frame)}"
        raise SchemaError(msg)
    if not len(frame):
        return
    for column in columns[:2]:
        encode_texts(frame, column)
    is_known = frame["region"].isin([ALL_REGIONS, *load_regions(), *regions])
    if not is_known.all():
        msg = f"column 'region' of breaks must hold codes or '*':\n{frame[~is_known].head()}"
        raise SchemaError(msg)
    labels = {end: encode_periods(frame.assign(period=frame[end])) for end in columns[2:]}
    told = frame[columns].assign(**{
        end: [found.labels[code] for code in found.codes] for end, found in labels.items()
    })  # fmt: skip
    before, after = (told[end].map(lambda label: parse_period(label).end) for end in columns[2:])
    if (is_wrong := before >= after).any():
        msg = f"'before' must end before 'after' in breaks:\n{frame[is_wrong].head()}"
        raise SchemaError(msg)
    for row in told.itertuples(index=False):
        yield Break.from_row(dict(zip(columns, row, strict=True)))


# --- of a panel -----------------------------------------------------------------------------------


def find_broken_cells(panel: Panel, earlier: Ints | None, own: Breaks | None) -> Ints:
    """Return the cells whose base lies across a break, a known or a caller's own.

    ``earlier`` has the line of each line's base, a year or more before; None if there is no base.
    """
    listed = list_breaks(own, panel.region.labels)
    if earlier is None:
        return np.zeros(0, np.int64)
    has_documents = "source" in panel.frame
    regions: dict[Break, list[str]] = {}  # most breaks are of many regions
    for one in listed:
        if one.indicator in panel.indicator.labels and (has_documents or not one.day):
            regions.setdefault(one._replace(region=""), []).append(one.region)
    found = (_find_cells_across_break(panel, earlier, one, codes) for one, codes in regions.items())
    return np.concatenate([np.zeros(0, np.int64), *found])


def _find_cells_across_break(panel: Panel, earlier: Ints, one: Break, regions: list[str]) -> Ints:
    """Return the cells of some regions whose base lies across a break of them."""
    labels = panel.region.labels
    held = labels if ALL_REGIONS in regions else regions
    codes = np.flatnonzero([label in held for label in labels])
    lines = np.flatnonzero(panel.axes[0] == panel.indicator.labels.index(one.indicator))
    cells = np.add.outer(codes * panel.lines, lines).ravel()
    line = cells % panel.lines
    now, base = (_find_rows(panel, at) for at in (cells, cells - line + earlier[line]))
    both = np.flatnonzero((now >= 0) & (base >= 0))
    (is_old, is_new), (was_old, was_new) = (
        _mark_old_and_new(panel, rows[both], one) for rows in (now, base)
    )
    return cells[both[(is_old & was_new) | (is_new & was_old)]]


def _find_rows(panel: Panel, cells: Ints) -> Ints:
    rows: Ints = panel.row_by_slot[panel.matrix.find(cells)]
    return rows


def _mark_old_and_new(panel: Panel, rows: Ints, one: Break) -> tuple[Bools, Bools]:
    """Tell which rows are measured the old way and which anew."""
    document, names = pd.factorize(panel.find_sources(rows) if one.day else np.full(len(rows), ""))
    # Codes are of small integers, which their products may not be.
    periods = panel.period.codes[rows].astype(np.int64)
    pairs, place = np.unique(periods * len(names) + document, return_inverse=True)
    labels = panel.period.labels
    measured = [
        Measured.from_period(labels[pair // len(names)], names[pair % len(names)])
        for pair in pairs.tolist()
    ]
    is_old, is_new = (
        np.array([*map(tells, measured)], bool)[place] for tells in (one.is_old, one.is_new)
    )
    return is_old, is_new
