"""Breaks: where a series was measured anew, and which document says so.

A break lies between two periods. Where vintages are mixed, the documents decide too: what was
printed before the document that states the break is measured the old way, whatever its period.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.reading.periods import parse_period
from provstats.store.files import find_data_folder, read_table
from provstats.store.sources import find_last_day, load_publication_dates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

__all__ = [
    "ALL_REGIONS", "BREAK_COLUMNS", "Break", "Measured", "breaks", "find_source_day", "load_breaks",
]  # fmt: skip

#: What stands for all regions in a table of breaks.
ALL_REGIONS: Final = "*"

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
        All are texts, none is missing. What a document printed before that one states is
        measured the old way, whatever its period.

    Examples
    --------
    The provinces' R&D intensities of 2018 rest on products that the fourth census revised:

    >>> found = breaks().query("indicator == 'rd_intensity' and region == 'CN-TJ'")
    >>> found[["before", "after", "source"]].values.tolist()
    [['2018', '2019', 'nbs-rd-bulletin-2019']]
    """
    import pandas as pd

    return pd.DataFrame(_read_break_rows(), columns=list(BREAK_COLUMNS), dtype=str)


class Measured(NamedTuple):
    """When a value was measured: the end of its period, and the day of its document, if known."""

    end: date
    day: str

    @classmethod
    def from_period(cls, period: str, source: str) -> Measured:
        """Return when a document's value of a period was measured."""
        return cls(parse_period(period).end, find_source_day(source))


class Break(NamedTuple):
    """One break; ``day`` is that of the document that states it, empty for a caller's own."""

    indicator: str
    region: str
    #: The last day measured the old way, and the first of those measured anew.
    before: date
    after: date
    day: str = ""

    @classmethod
    def from_row(cls, row: Mapping[str, str], day: str = "") -> Break:
        """Return the break of a row of a table."""
        old, new = (parse_period(row[side]) for side in ("before", "after"))
        return cls(row["indicator"], row["region"], old.end, new.start, day)

    def is_of_region(self, region: str) -> bool:
        """Tell whether it is in the series of a region."""
        return self.region in (ALL_REGIONS, region)

    def is_new(self, value: Measured) -> bool:
        """Tell whether a value is measured the new way, by its period and the day of its document.

        Examples
        --------
        >>> newest = [one for one in load_breaks() if one.indicator == "rd_intensity"][-1]
        >>> documents = ("nbs-rd-bulletin-2023", "nbs-rd-bulletin-2024")
        >>> [newest.is_new(Measured.from_period("2023", one)) for one in documents]
        [False, True]
        """
        return self.after <= value.end and (not self.day or value.day >= self.day)

    def is_old(self, value: Measured) -> bool:
        """Tell whether a value is measured the old way."""
        return value.end <= self.before or bool(self.day and "" < value.day < self.day)

    def is_between(self, one: Measured, other: Measured) -> bool:
        """Tell whether it lies between two values."""
        return (self.is_old(one) and self.is_new(other)) or (
            self.is_new(one) and self.is_old(other)
        )


@cache
def load_breaks() -> tuple[Break, ...]:
    """Return the breaks of the shipped data, in the order of their table."""
    return tuple(Break.from_row(row, find_source_day(row["source"])) for row in _read_break_rows())


def find_source_day(source: str) -> str:
    """Return the day of one of our documents, and an empty text for any other.

    Examples
    --------
    >>> find_source_day("nbs-rd-bulletin-2023"), find_source_day("my own table")
    ('2024-10-02', '')
    """
    return _load_source_days().get(source, "")


@cache
def _load_source_days() -> dict[str, str]:
    return {id_: find_last_day(text) for id_, text in load_publication_dates().items()}


@cache
def _read_break_rows() -> list[dict[str, str]]:
    return read_table(find_data_folder() / "breaks.tsv", BREAK_COLUMNS)
