"""Origins: how a figure was printed, and in which document and paragraph."""

from __future__ import annotations

from typing import Final

import pandas as pd

__all__ = ["ORIGIN", "find_origins"]

#: Where a figure stands.
ORIGIN: Final = ["printed", "source", "paragraph"]
_UNSAID: Final = {"qualifier": "exact", "printed": "", "source": ""}


def find_origins(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the origin of each row; one without an origin is exact and has empty cells.

    Examples
    --------
    >>> find_origins(pd.DataFrame({"value": [7.0], "printed": ["7%"]})).values.tolist()
    [['exact', '7%', '', <NA>]]
    """
    texts = {
        name: frame[name].astype(object).where(frame[name].notna(), unsaid)
        if name in frame
        else unsaid
        for name, unsaid in _UNSAID.items()
    }
    nowhere = pd.Series(pd.NA, frame.index, "Int64")
    return pd.DataFrame(texts | {"paragraph": frame.get("paragraph", nowhere)}, index=frame.index)
