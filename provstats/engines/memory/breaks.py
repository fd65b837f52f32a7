"""Breaks: where a change would reach across a point at which a series was measured anew.

A break is told by periods. Where vintages are mixed, the documents decide too: what one printed
before the document that tells of a break is measured the old way, whatever its period.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from provstats.engines.memory.checks import periods_of, texts_of
from provstats.engines.memory.frames import columns_of, is_foreign
from provstats.errors import SchemaError
from provstats.reading.periods import parse_period
from provstats.store.breaks import BREAK_COLUMNS, breaks
from provstats.store.regions import registry
from provstats.store.sources import last_day, published

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.panel import Panel

    Breaks = pd.DataFrame | HasColumns
    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

__all__ = ["Break", "Measured", "broken_cells", "checked_breaks", "day_of", "listed_breaks"]

#: All regions.
_ALL = "*"


class Measured(NamedTuple):
    """When a value was measured: the end of its period, and the day of its document, if known."""

    end: date
    day: str


class Break(NamedTuple):
    """One break; ``day`` is that of the document which tells of it, empty of a caller's own."""

    indicator: str
    region: str
    #: The last day measured the old way, and the first of those measured anew.
    before: date
    after: date
    day: str = ""

    @property
    def is_of_all(self) -> bool:
        """Whether it is of all regions."""
        return self.region == _ALL

    def is_of(self, region: str) -> bool:
        """Tell whether it is of a region."""
        return self.is_of_all or self.region == region

    def is_new(self, value: Measured) -> bool:
        """Tell whether a value is measured anew; of breaks that are known, one of our documents."""
        return self.after <= value.end and (not self.day or value.day >= self.day)

    def is_old(self, value: Measured) -> bool:
        """Tell whether a value is measured the old way."""
        return value.end <= self.before or bool(self.day and "" < value.day < self.day)


def day_of(source: str) -> str:
    """Return the day of one of our documents, and an empty text for any other.

    Examples
    --------
    >>> day_of("nbs-rd-bulletin-2023"), day_of("my own table")
    ('2024-10-02', '')
    """
    return _days().get(source, "")


@cache
def _days() -> dict[str, str]:
    return {id_: last_day(text) for id_, text in published().items()}


def listed_breaks(own: Breaks | None, regions: Iterable[str] = ()) -> list[Break]:
    """Return the breaks that are known, and after them a caller's own."""
    return [*_known(), *([] if own is None else _listed(checked_breaks(own, regions), {}))]


@cache
def _known() -> tuple[Break, ...]:
    return (*_listed(breaks(), _days()),)


def _listed(frame: pd.DataFrame, days: dict[str, str]) -> list[Break]:
    sources = frame["source"] if days else [""] * len(frame)
    rows = zip(*(frame[column] for column in BREAK_COLUMNS[:4]), sources, strict=True)
    return [
        Break(
            indicator, region, parse_period(before).end, parse_period(after).start,
            days.get(source, ""),
        )
        for indicator, region, before, after, source in rows
    ]  # fmt: skip


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


# --- of a panel -----------------------------------------------------------------------------------


def broken_cells(panel: Panel, own: Breaks | None, earlier: Ints | None) -> Ints:
    """Return the cells whose base lies across a break, a known one or a caller's own.

    The earlier lines are those of the bases, by line.
    """
    listed = listed_breaks(own, panel.region.labels)
    if earlier is None:
        return np.zeros(0, np.int64)
    spans = [parse_period(label).end for label in panel.period.labels]
    found = (_cells_across(panel, one, spans, earlier) for one in listed)
    return np.concatenate([np.zeros(0, np.int64), *found])


def _cells_across(panel: Panel, one: Break, ends: Sequence[date], earlier: Ints) -> Ints:
    """Return the cells whose base lies across one break."""
    ids, codes = panel.indicator.labels, panel.region.labels
    if one.indicator not in ids or not (one.is_of_all or one.region in codes):
        return np.zeros(0, np.int64)
    indicator, *_, period = panel.axes
    is_after = np.array([one.after <= end for end in ends])[period]
    lines = np.flatnonzero(
        (indicator == ids.index(one.indicator)) & is_after & (earlier[:-1] < panel.lines - 1)
    )
    is_before = np.array([end <= one.before for end in ends])[period[earlier[lines]]]
    regions = range(len(codes)) if one.is_of_all else [codes.index(one.region)]
    cells = np.add.outer(np.array(regions, np.int64) * panel.lines, lines)
    if not one.day:
        return cells[:, is_before].ravel()
    return _by_documents(panel, one, cells, cells + earlier[lines] - lines, is_before)


def _by_documents(panel: Panel, one: Break, now: Ints, base: Ints, is_before: Bools) -> Ints:
    """Return the cells printed after a break was told of, whose base is measured the old way."""
    days, earlier = (_days_of(panel, cells) for cells in (now, base))
    is_old = is_before | ((earlier != "") & (earlier < one.day))
    across: Ints = now[(days >= one.day) & is_old]
    return across


def _days_of(panel: Panel, cells: Ints) -> NDArray[Any]:
    """Return the days of the documents of cells, an empty text where none is known."""
    rows = panel.row_by_slot[panel.matrix.find(cells.ravel())]
    found = np.full(rows.shape, "", object)
    found[rows >= 0] = [day_of(source) for source in panel.sources(rows[rows >= 0])]
    return found.reshape(cells.shape)
