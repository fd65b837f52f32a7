"""Breaks: where a series was measured anew, so that no line and no change leads across."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provstats.engines.memory.breaks import listed_breaks
from provstats.errors import one_of
from provstats.store.breaks import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from provstats.engines.memory.breaks import Breaks
    from provstats.store.breaks import Break

__all__ = ["SeriesBreaks"]


class SeriesBreaks(NamedTuple):
    """The breaks of the series that a chart shows; none, where it is to reach across them."""

    listed: Sequence[Break]
    #: The document of each value, by region and period.
    documents: Mapping[tuple[str, str], str]

    @classmethod
    def of(
        cls, rows: pd.DataFrame, own: Breaks | None = None, *, across_breaks: bool = False
    ) -> SeriesBreaks:
        """Find the breaks of rows of one indicator: those that are known, and a caller's own."""
        one_of("across_breaks", across_breaks, (True, False))
        id_ = rows["indicator"].iloc[0]
        listed = [one for one in listed_breaks(own, rows["region"]) if one.indicator == id_]
        keys = zip(rows["region"], rows["period"], strict=True)
        documents = dict(zip(keys, rows["source"], strict=True))
        return cls([] if across_breaks else listed, documents)

    def lie_between(self, region: str, first: str, last: str) -> bool:
        """Tell whether the series of a region was measured anew between two periods."""
        if not self.listed:
            return False
        values = (Measured.of(at, self.documents.get((region, at), "")) for at in (first, last))
        earlier, later = values
        return any(one.is_of(region) and one.parts(earlier, later) for one in self.listed)

    def last_before(self, codes: Sequence[str], labels: Sequence[str]) -> str:
        """Return the last of the periods after which none of the regions is measured anew."""
        broken = [label for code in codes for label in self._before(code, labels)]
        return max(broken, key=labels.index, default="")

    def _before(self, code: str, labels: Sequence[str]) -> Iterator[str]:
        """Return the periods of a region's values that a break sets apart from its last one."""
        own = [label for label in labels if (code, label) in self.documents]
        return (label for label in own[:-1] if self.lie_between(code, label, own[-1]))
