"""Inputs: the rows that someone asks about, and those beside them, as frames of pandas."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from provstats.engines.memory.frames import is_foreign
from provstats.engines.memory.inputs import check, rows_of
from provstats.store.observations import load

if TYPE_CHECKING:
    import pandas as pd

    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.inputs import Comparable

    #: What may be asked about: an id, a series, or a frame of pandas, polars or Arrow.
    Asked = Comparable | HasColumns

__all__ = ["Asked", "asked", "checked_outcomes", "in_pandas"]


def in_pandas(x: Asked) -> Comparable:
    """Return a frame of polars or Arrow as one of pandas, and anything else as it is."""
    if not is_foreign(x):
        return x  # type: ignore[return-value]
    import narwhals.stable.v2 as nw

    frame: pd.DataFrame = nw.from_native(x, eager_only=True).to_pandas()  # type: ignore[call-overload]
    return frame


def asked(x: Asked) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows to look at, and all rows that may tell of the nation or of other periods."""
    return rows_of(in_pandas(x))


def checked_outcomes(x: Asked | None) -> pd.DataFrame:
    """Return checked rows, known by their position; without ``x`` the shipped outcomes."""
    return _shipped() if x is None else check(asked(x)[0])


@cache
def _shipped() -> pd.DataFrame:
    return check(load())
