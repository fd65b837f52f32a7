"""Breaks: where a change would reach across a point at which a series was measured anew."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from provstats.engines.memory.checks import periods_of, texts_of
from provstats.engines.memory.frames import columns_of, is_foreign
from provstats.errors import SchemaError
from provstats.reading.periods import parse_period
from provstats.store.breaks import BREAK_COLUMNS, breaks
from provstats.store.regions import registry
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.panel import Panel

    Breaks = pd.DataFrame | HasColumns
    Ints = NDArray[np.integer[Any]]

__all__ = ["broken_cells", "checked_breaks"]

#: All regions.
_ALL = "*"


def broken_cells(panel: Panel, own: Breaks | None, years: int = 1) -> Ints:
    """Return the cells whose base so many years before lies across a break, known or one's own."""
    known = _cells_across(panel, _known_breaks(), years)
    if panel.vintages is None and len(known):  # a caller's rows may be measured in another way
        rows = panel.row_by_slot[panel.matrix.find(known)]
        known = known[(rows >= 0) & np.isin(panel.sources(rows), source_ids())]
    if own is None:
        return known
    return np.append(known, _cells_across(panel, checked_breaks(own, panel.region.labels), years))


@cache
def _known_breaks() -> pd.DataFrame:
    return breaks()


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


def _before(day: date, years: int) -> date:
    return day.replace(year=max(day.year - years, 1), day=min(day.day, 28))


def _cells_across(panel: Panel, listed: pd.DataFrame, years: int) -> Ints:
    """Return the cells whose base so many years before lies across one of some breaks."""
    ids, codes = panel.indicator.labels, panel.region.labels
    indicator, *_, period = panel.axes
    found = [np.zeros(0, np.int64)]
    spans = [parse_period(label) for label in panel.period.labels]
    for row in listed.itertuples():
        if row.indicator in ids and (row.region == _ALL or row.region in codes):
            last, first = (parse_period(str(label)).end for label in (row.before, row.after))
            is_across = np.array([
                first <= span.end and _before(span.end, years) <= last for span in spans
            ])  # fmt: skip
            lines = np.flatnonzero((indicator == ids.index(row.indicator)) & is_across[period])
            regions = range(len(codes)) if row.region == _ALL else [codes.index(row.region)]
            cells = np.add.outer(np.array(regions, np.int64) * panel.lines, lines)
            found.append(cells.ravel())
    return np.concatenate(found)
