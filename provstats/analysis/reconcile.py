"""Reconciliations: every way to know a change over a year, side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np
import pandas as pd

from provstats.engines.memory.changes import (
    ALL_LOST,
    METHODS,
    Change,
    Rows,
    apply_methods,
    compare_methods,
)
from provstats.engines.memory.frames import build_answer, decode_texts
from provstats.engines.memory.inputs import make_panel_with_context
from provstats.engines.memory.intervals import Interval, choose_values, mask_values
from provstats.engines.memory.selection import select_first_nature
from provstats.engines.memory.ways import PRICES, list_change_units
from provstats.errors import IncomparableError, format_first_rows
from provstats.reading.changes import RATE

if TYPE_CHECKING:
    from provstats.engines.memory.frames import Frame, HasColumns
    from provstats.engines.memory.inputs import Comparable
    from provstats.engines.memory.panel import Panel
    from provstats.engines.memory.selection import Selection

__all__ = ["reconcile"]


@overload
def reconcile(x: Comparable | Panel) -> pd.DataFrame: ...
@overload
def reconcile(x: Frame) -> Frame: ...
def reconcile(x: Comparable | Panel | HasColumns) -> pd.DataFrame | HasColumns:
    """Set every way to know the change over a year side by side, and say whether they agree.

    Where they do not, a level was revised, its scope changed, or the reported growth is on a
    comparable basis: the base that the reported growth implies stands beside the published one.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
        As for `yoy`.

    Returns
    -------
    DataFrame
        The input's levels and rates of one nature, with its index and columns; rows that state
        growth, changes or additions serve as evidence, those of claimed ranks and gaps do not
        count. Added: ``reported``, ``levels`` and ``level_minus_new``, each with ``_lower`` and
        ``_upper`` (the change by that method, in ``yoy_unit``; NaN where it does not apply),
        ``months`` (the span of ``level_minus_new``; Int64), ``agree`` (boolean: the intervals of
        all methods over the same span meet; NA where there are not two), ``conflict`` (bool: they
        do not), ``previous`` (the published base; NaN where it is zero or less, and no base of a
        ratio), ``implied_base``, ``implied_base_lower``, ``implied_base_upper``, ``prices`` and
        ``reported_prices`` (at which the levels and the reported growth are: ``constant``,
        ``current``, or empty) and ``left_out``. Growth at other prices, such as real growth beside
        levels at current prices, is held against nothing and implies no base.

    Raises
    ------
    IncomparableError
        If there is no level or rate to reconcile.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    Profits fell by the published levels, and rose as reported: the base was revised.

    >>> import pandas as pd
    >>> profits = pd.DataFrame(
    ...     [
    ...         ["CN", "industrial_profit", "2017-01/2017-07", 42481.2],
    ...         ["CN", "industrial_profit", "2018-01/2018-07", 39038.1],
    ...         ["CN", "industrial_profit_growth", "2018-01/2018-07", 17.1],
    ...     ],
    ...     columns=["region", "indicator", "period", "value"],
    ... )
    >>> row = reconcile(profits).iloc[-1]
    >>> row[["reported", "levels", "previous", "implied_base"]].astype(float).round(1).to_list()
    [17.1, -8.1, 42481.2, 33337.4]
    >>> bool(row["conflict"])
    True
    """
    panel = make_panel_with_context(x)
    chosen = _choose_levels(panel)
    rows = Rows.from_panel(panel, chosen.rows)
    nothing = Change(rows.nothing, rows.nothing, np.zeros(len(rows.line), np.int64))
    found = dict.fromkeys(_METHODS, nothing) | apply_methods(rows)
    added = found["level_minus_new"]
    agree, is_known = compare_methods(found, rows)
    prices, prices_of_growth = (
        decode_texts(PRICES, codes[rows.line])
        for codes in (rows.ways.prices, rows.ways.prices_of_growth)
    )
    implied = mask_values(
        _infer_base(rows, found["reported"].amount), rows.ways.is_apart[rows.line]
    )
    columns: dict[tuple[str, ...], Any] = {}
    for method in _METHODS:
        columns |= found[method].amount.name_columns(method)
    return build_answer(panel.given, chosen.rows, columns | {
        ("yoy_unit",): list_change_units(panel, chosen),
        ("months",): pd.arrays.IntegerArray(
            added.months.astype(np.int64), np.isnan(added.amount.value)
        ),
        ("agree",): pd.arrays.BooleanArray(agree, ~is_known),
        ("conflict",): ~agree,
        ("previous",): found["levels"].previous.value,
        **implied.name_columns("implied_base"),
        ("prices",): prices,
        ("reported_prices",): prices_of_growth,
        ("left_out",): chosen.count_left_out(panel),
    })  # fmt: skip


def _infer_base(rows: Rows, reported: Interval) -> Interval:
    """Return the base that a reported change implies: by the growth, or less the difference."""
    known = np.where(reported.lower > ALL_LOST, 1.0, np.nan)
    factor = reported.map(lambda end: 1 + known * end / 100)
    base = choose_values(rows.kind == RATE, rows.now.subtract(reported), rows.now.divide(factor))
    return mask_values(base, np.isnan(base.value))


def _choose_levels(panel: Panel) -> Selection:
    """Return the rows of one nature that are levels, not statements of a change."""
    chosen = panel.compute_once(select_first_nature)
    is_level = np.array([not _EVIDENCE.fullmatch(id_) for id_ in panel.indicator.labels])
    rows = np.arange(len(panel))[chosen.rows]
    levels = rows[is_level[panel.indicator.codes[rows]]]
    if not len(levels):
        shown = format_first_rows(panel.complete_rows().reset_index(drop=True))
        msg = f"growth is reconciled with levels, and there are none:{shown}"
        raise IncomparableError(msg)
    return chosen._replace(rows=levels)


# The index of the year before is not compared with the others.
_METHODS: Final = METHODS[:3]
_EVIDENCE: Final = re.compile(".*_(?:growth|new|change|rank|gap)")
