"""Breaks: where a series was measured anew, and which document says so."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.reading.periods import parse_period
from provstats.store.files import data_folder, read_table
from provstats.store.sources import printed_before

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

__all__ = ["BREAK_COLUMNS", "Break", "breaks", "known_breaks"]

#: The columns of the table of breaks.
BREAK_COLUMNS: Final = ("indicator", "region", "before", "after", "reason", "source")


def breaks() -> pd.DataFrame:
    """Return where a series of the shipped data was measured anew.

    Values on the two sides of a break are measured differently: their difference is no change of
    what is measured. What a document itself states of the change across a break stays true.

    Returns
    -------
    DataFrame
        One row an indicator, region and break: ``indicator``; ``region`` (a code, or ``"*"`` for
        all); ``before``, the label of the last period measured the old way; ``after``, that of the
        first measured the new way; ``reason``; ``source``, the id of the document that says so.
        All are texts, none is missing. A value that an earlier document printed is of the old
        measure, whatever its period.

    Examples
    --------
    The provinces' R&D intensities of 2018 rest on products that the fourth census revised:

    >>> found = breaks().query("indicator == 'rd_intensity' and region == 'CN-TJ'")
    >>> found[["before", "after", "source"]].values.tolist()
    [['2018', '2019', 'nbs-rd-bulletin-2019']]
    """
    import pandas as pd

    return pd.DataFrame(_rows(), columns=list(BREAK_COLUMNS), dtype=str)


class Break(NamedTuple):
    """A break of the shipped data: where, between the ends of which periods, and what is older."""

    region: str
    before: date
    after: date
    #: The documents that were published before the one that says so.
    earlier: frozenset[str]

    def holds_for(self, region: str) -> bool:
        """Tell whether it is a break of a region's series."""
        return self.region in ("*", region)

    def is_anew(self, period: str, source: str) -> bool | None:
        """Tell whether a value is of the new measure; None if its period lies between the two.

        What a document printed before the break was known is of the old one, whatever its period.

        Examples
        --------
        >>> latest = known_breaks()["rd_intensity"][-1]
        >>> latest.is_anew("2023", "nbs-rd-bulletin-2023")
        False
        >>> latest.is_anew("2023", "nbs-rd-bulletin-2024")
        True
        """
        end = parse_period(period).end
        if end >= self.after:
            return source not in self.earlier
        return False if end <= self.before else None


@cache
def known_breaks() -> Mapping[str, tuple[Break, ...]]:
    """Return the breaks of the shipped data by indicator, in the order of their table."""
    found: dict[str, tuple[Break, ...]] = {}
    for row in _rows():
        before, after = (parse_period(row[side]).end for side in ("before", "after"))
        one = Break(row["region"], before, after, printed_before(row["source"]))
        found[row["indicator"]] = (*found.get(row["indicator"], ()), one)
    return found


@cache
def _rows() -> list[dict[str, str]]:
    return read_table(data_folder() / "breaks.tsv", BREAK_COLUMNS)
