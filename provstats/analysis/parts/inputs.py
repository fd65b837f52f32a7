"""Inputs: the rows that someone asks about, and those beside them, as frames of pandas."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

import numpy as np

from provstats.analysis.parts.origins import origins_of
from provstats.engines.memory.frames import is_foreign
from provstats.engines.memory.inputs import check, rows_of
from provstats.engines.memory.panel import Panel
from provstats.engines.memory.selection import compared_provinces, words_by_line
from provstats.indicators import Direction, claim_of, indicator
from provstats.store.observations import load

if TYPE_CHECKING:
    import pandas as pd

    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.inputs import Comparable

    #: What may be asked about: an id, a series, or a frame of pandas, polars or Arrow.
    Asked = Comparable | HasColumns

__all__ = ["Asked", "asked", "checked_rows", "compared_rows", "in_every_nature", "in_pandas",
           "unclaimed_rows", "with_columns"]  # fmt: skip

# What a caller may say of an indicator, and the words for it.
_STATED = {"direction": get_args(Direction), "additive": ("true", "false")}


def in_pandas(x: Asked) -> Comparable:
    """Return a frame of polars or Arrow as one of pandas, and anything else as it is."""
    if not is_foreign(x):
        return x  # type: ignore[return-value]
    import narwhals.stable.v2 as nw

    frame: pd.DataFrame = nw.from_native(x, eager_only=True).to_pandas()  # type: ignore[call-overload]
    return frame


def asked(x: Asked) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows asked about, and all rows that may state the nation or other periods."""
    return rows_of(in_pandas(x))


def in_every_nature(x: Asked) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows asked about, those of an id in every nature, and all rows around them."""
    if not isinstance(x, str):
        return asked(x)
    data = load(nature=None)
    own = data[data["indicator"] == indicator(x).id]
    return (own, data) if len(own) else asked(x)  # which refuses it


def checked_rows(x: Asked | None) -> pd.DataFrame:
    """Return checked rows, indexed by their position; without ``x`` the shipped outcomes."""
    return check(asked(x)[0]) if x is not None else _shipped().checked()


def compared_rows(x: Asked) -> pd.DataFrame:
    """Return the rows that are compared, how many are ``left_out``, and the origin of each.

    What a caller's frame says of its indicators stays.
    """
    return _compared(Panel(asked(x)[0]))


def unclaimed_rows(x: Asked | None) -> pd.DataFrame:
    """Return the rows that are compared, without the ranks and gaps that reports claim.

    Such a claim is no indicator of a province. Without ``x`` they are the shipped outcomes.
    """
    return _shipped_rows() if x is None else _without_claims(compared_rows(x))


@cache
def _shipped_rows() -> pd.DataFrame:
    return _without_claims(_compared(_shipped()))


def _without_claims(rows: pd.DataFrame) -> pd.DataFrame:
    claims = [id_ for id_ in rows["indicator"].unique() if claim_of(id_)]
    return rows[~rows["indicator"].isin(claims)].reset_index(drop=True)


def _compared(panel: Panel) -> pd.DataFrame:
    chosen = panel.once(compared_provinces)
    places = np.arange(len(panel))[chosen.rows]
    given = panel.frame.iloc[places].reset_index(drop=True)
    rows = panel.checked(places).reset_index(drop=True).join(origins_of(given))
    told = {c: words_by_line(panel, c, words) for c, words in _STATED.items()}
    lines = panel.line_of(places)
    return rows.assign(
        left_out=chosen.left_out_of_rows(panel).astype(np.int64),
        source=panel.sources(places),
        **{c: words[lines] for c, words in told.items() if words is not None},
    )


@cache
def _shipped() -> Panel:
    return Panel(load())


def with_columns(frame: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a frame that an index of added columns chooses, with these columns."""
    return frame.iloc[added.index].assign(**{str(c): added[c].array for c in added})
