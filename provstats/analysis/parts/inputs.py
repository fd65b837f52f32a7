"""Inputs: the rows that someone asks about, and those beside them, as frames of pandas."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

import numpy as np

from provstats.analysis.parts.origins import find_origins
from provstats.engines.memory.frames import is_foreign
from provstats.engines.memory.inputs import resolve_rows_and_context
from provstats.engines.memory.panel import Panel
from provstats.engines.memory.selection import read_words_by_line, select_provinces
from provstats.indicators import Direction, indicator, split_rank_or_gap
from provstats.store.observations import load

if TYPE_CHECKING:
    import pandas as pd

    from provstats.engines.memory.frames import HasColumns
    from provstats.engines.memory.inputs import Comparable

    #: What may be asked about: an id, a series, or a frame of pandas, polars or Arrow.
    Asked = Comparable | HasColumns

__all__ = [
    "Asked", "convert_to_pandas", "prepare_compared_rows",
    "prepare_rows_without_claims", "select_and_add_columns", "select_rows_and_context",
    "select_rows_of_all_natures",
]  # fmt: skip

# What a caller may say of an indicator, and the words for it.
_STATED = {"direction": get_args(Direction), "additive": ("true", "false")}


def convert_to_pandas(x: Asked) -> Comparable:
    """Return a frame of polars or Arrow as one of pandas, and anything else as it is."""
    if not is_foreign(x):
        return x  # type: ignore[return-value]
    import narwhals.stable.v2 as nw

    frame: pd.DataFrame = nw.from_native(x, eager_only=True).to_pandas()  # type: ignore[call-overload]
    return frame


def select_rows_and_context(x: Asked) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows asked about, and all rows that may state the nation or other periods."""
    return resolve_rows_and_context(convert_to_pandas(x))


def select_rows_of_all_natures(x: Asked) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows asked about, those of an id in every nature, and all rows around them."""
    if not isinstance(x, str):
        return select_rows_and_context(x)
    data = load(nature=None)
    own = data[data["indicator"] == indicator(x).id]
    return (own, data) if len(own) else select_rows_and_context(x)  # which refuses it


def prepare_compared_rows(x: Asked) -> pd.DataFrame:
    """Return the rows that are compared, how many are ``left_out``, and the origin of each.

    What a caller's frame says of its indicators stays.
    """
    return _build_compared_rows(Panel(select_rows_and_context(x)[0]))


def prepare_rows_without_claims(x: Asked | None) -> pd.DataFrame:
    """Return the rows that are compared, without the ranks and gaps that reports claim.

    Such a claim is no indicator of a province. Without ``x`` they are the shipped outcomes.
    """
    return _prepare_shipped_rows() if x is None else _drop_claims(prepare_compared_rows(x))


@cache
def _prepare_shipped_rows() -> pd.DataFrame:
    return _drop_claims(_build_compared_rows(_load_shipped_panel()))


def _drop_claims(rows: pd.DataFrame) -> pd.DataFrame:
    claims = [id_ for id_ in rows["indicator"].unique() if split_rank_or_gap(id_)]
    return rows[~rows["indicator"].isin(claims)].reset_index(drop=True)


def _build_compared_rows(panel: Panel) -> pd.DataFrame:
    chosen = panel.compute_once(select_provinces)
    places = np.arange(len(panel))[chosen.rows]
    given = panel.frame.iloc[places].reset_index(drop=True)
    rows = panel.complete_rows(places).reset_index(drop=True).join(find_origins(given))
    told = {c: read_words_by_line(panel, c, words) for c, words in _STATED.items()}
    lines = panel.find_lines(places)
    return rows.assign(
        left_out=chosen.count_left_out(panel).astype(np.int64),
        source=panel.find_sources(places),
        **{c: words[lines] for c, words in told.items() if words is not None},
    )


@cache
def _load_shipped_panel() -> Panel:
    return Panel(load())


def select_and_add_columns(frame: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a frame that an index of added columns chooses, with these columns."""
    return frame.iloc[added.index].assign(**{str(c): added[c].array for c in added})
