"""Breaks: where a series was measured anew, and which document says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.store.files import data_folder, read_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BREAK_COLUMNS", "breaks"]

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

    rows = read_table(data_folder() / "breaks.tsv", BREAK_COLUMNS)
    return pd.DataFrame(rows, columns=list(BREAK_COLUMNS), dtype=str)
