"""Breaks: where a series was measured anew, so that no line and no change leads across."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from provstats.engines.memory.breaks import list_breaks
from provstats.errors import require_one_of
from provstats.reading.periods import parse_period
from provstats.store.breaks import Measured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from provstats.engines.memory.breaks import Breaks
    from provstats.store.breaks import Break
    from provstats.words.voices import Voice

__all__ = ["SeriesBreaks"]


class SeriesBreaks(NamedTuple):
    """The breaks of the series that a chart shows; none, where it is to reach across them."""

    listed: Sequence[Break]
    #: The document of each value, by region and period.
    documents: Mapping[tuple[str, str], str]

    @classmethod
    def from_rows(
        cls, rows: pd.DataFrame, own: Breaks | None = None, *, across_breaks: bool = False
    ) -> SeriesBreaks:
        """Find the breaks of rows of one indicator: those that are known, and a caller's own."""
        require_one_of("across_breaks", across_breaks, (True, False))
        id_ = rows["indicator"].iloc[0]
        listed = [one for one in list_breaks(own, rows["region"]) if one.indicator == id_]
        keys = zip(rows["region"], rows["period"], strict=True)
        documents = dict(zip(keys, rows["source"], strict=True))
        return cls([] if across_breaks else listed, documents)

    def has_break_between(self, region: str, first: str, last: str) -> bool:
        """Tell whether the series of a region was measured anew between two periods."""
        if not self.listed:
            return False
        values = (
            Measured.from_period(at, self.documents.get((region, at), "")) for at in (first, last)
        )
        earlier, later = values
        return any(
            one.is_of_region(region) and one.is_between(earlier, later) for one in self.listed
        )

    def list_remeasured_regions(self, labels: Sequence[str]) -> list[str]:
        """Return the regions that were measured anew since some periods."""
        values = [
            (region, label, Measured.from_period(label, source))
            for (region, label), source in self.documents.items()
        ]
        over = [
            one
            for one in self.listed
            if any(one.is_of_region(region) and one.is_new(value) for region, _, value in values)
        ]
        found = dict.fromkeys(
            region
            for region, label, value in values
            if label in labels
            and any(one.is_of_region(region) and one.is_old(value) for one in over)
        )
        return list(found)

    def say_break_periods(self, voice: Voice) -> str:
        """Say after which periods lines end, for what follows is measured anew; else nothing."""
        ends = [voice.name_period(label) for label in self.list_break_periods()]
        return voice.say("lines_end", period=voice.say_list(ends)) if ends else ""

    def list_break_periods(self) -> list[str]:
        """Return, in order of time, the periods after which any of the series is measured anew."""
        labels: dict[str, list[str]] = {}
        for region, label in self.documents:
            labels.setdefault(region, []).append(label)
        broken = {
            one
            for region, own in labels.items()
            for one, other in pairwise(sorted(own, key=parse_period))
            if self.has_break_between(region, one, other)
        }
        return sorted(broken, key=parse_period)
