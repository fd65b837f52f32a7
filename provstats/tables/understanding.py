"""What a table was taken for: the rows, and a line for each thing that was read into them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Understanding"]


@dataclass(frozen=True, slots=True, eq=False)
class Understanding:
    """What `understand` made of a table.

    Parameters
    ----------
    frame : DataFrame
        The tidy rows, as `tidy` returns them.
    remarks : DataFrame
        One row for each thing that was understood: ``sheet``, ``row`` (as a reader counts, 0 for
        the whole sheet), ``what`` (``title``, ``heading``, ``section``, ``note``, ``labels``,
        ``unit``, ``period``, ``missing``, ``left out``), ``text`` (as it stands in the table) and
        ``meaning`` (what it was taken for).
    source : str
        The name of the file; empty for a frame.
    encoding : str
        That of a text file, found by trial; empty for others.

    Examples
    --------
    >>> import pandas as pd
    >>> import provstats as ps
    >>> wide = pd.DataFrame({"地区": ["北京", "天津"], "2023年": ["43760.7", "16737.3"]})
    >>> known = ps.understand(wide, indicator="gdp", unit="亿元")
    >>> known.remarks.query("what == 'unit'")["meaning"].tolist()
    ['CNY, times 10**8']
    """

    frame: pd.DataFrame
    remarks: pd.DataFrame
    source: str
    encoding: str

    def __str__(self) -> str:
        head = f"{len(self.frame)} figures of {self.source or 'a frame'}"
        return head + (f", read as {self.encoding}" if self.encoding else "")

    def __repr__(self) -> str:
        return f"<Understanding: {self}>"

    def _repr_html_(self) -> str:
        table = self.remarks.to_html(index=False, border=0, justify="left")
        return f"<p><b>{escape(str(self))}</b></p>{table}{self.frame.head().to_html(border=0)}"
