"""Ranks, planned: by windows within indicator and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import narwhals.stable.v2 as nw

from provstats.places import mainland
from provstats.plans.relations import (
    ENDS,
    count_of,
    provinces_compared,
    relation,
    result,
    validated,
)

if TYPE_CHECKING:
    from provstats.engines import Lazy

    Rows = nw.LazyFrame[Lazy]
    Ties = Literal["min", "max", "average", "dense"]

__all__ = ["rank"]


def rank(native: Lazy, *, order: str | None, ties: Ties, universe: str, bounds: bool) -> Lazy:
    """Plan `provstats.rank`.

    Parameters
    ----------
    native : lazy frame
        Of an engine that narwhals plans for.
    order, ties, universe, bounds
        As for `provstats.rank`.
    """
    rows = _turned(provinces_compared(validated(relation(native))), order)
    height, kind = nw.col("height"), nw.Float64 if ties == "average" else nw.Int64
    ranked = rows.with_columns(
        rank=height.rank(ties, descending=True).over("group").cast(kind),
        silent=_silent() if universe == "all" else nw.lit(0),
    )
    has_bounds = bounds and {"lower", "upper"} & {*nw.from_native(native).columns}
    ranged = (_range_of_intervals if has_bounds else _range_of_values)(ranked)
    counted = ranged.with_columns(rank_worst=nw.col("rank_worst") + nw.col("silent"))
    return result(counted, native, ["rank", "rank_best", "rank_worst", "n", "left_out"])


def _silent() -> nw.Expr:
    """Count the mainland provinces that are not ranked."""
    return nw.lit(len(mainland())) - count_of(nw.col("is_mainland"))


def _turned(rows: Rows, order: str | None) -> Rows:
    """Turn value, lower and upper so that the greater is ahead."""
    up = nw.col("is_ascending") if order is None else nw.lit(value=order == "ascending")
    sign = nw.when(up).then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    value, lower, upper = (nw.col(end) * nw.col("sign") for end in ENDS)
    return rows.with_columns(sign=sign).with_columns(
        height=value,
        low=nw.when(up).then(upper).otherwise(lower),
        high=nw.when(up).then(lower).otherwise(upper),
    )


def _range_of_values(rows: Rows) -> Rows:
    first = nw.col("height").rank("min", descending=True).over("group").cast(nw.Int64)
    return rows.with_columns(rank_best=first, rank_worst=first)


def _range_of_intervals(rows: Rows) -> Rows:
    """Count who is certainly and who is possibly ahead, with all ends in one column.

    Among all ends of a group the rank of one counts the lower and the upper ends above it; its rank
    among those of its own kind counts these alone. The difference are those of the other kind.
    """
    is_high = nw.col("kind") == "high"
    # One pass over the rows: stacking them twice would plan all that stands before twice.
    ends = rows.with_columns(kind=nw.lit("high,low").str.split(",")).explode("kind")
    ends = ends.with_columns(end_height=nw.when(is_high).then("high").otherwise("low"))
    place = nw.col("end_height").rank("min", descending=True)
    of_all, of_kind = place.over("group"), place.over("group", "kind")
    ahead = of_all.cast(nw.Int64) - of_kind.cast(nw.Int64)
    both = ends.with_columns(ahead=ahead).with_columns(
        certainly=nw.when(is_high).then("ahead").max().over("group", "whose"),
        possibly=nw.when(~is_high).then("ahead").max().over("group", "whose"),
    )
    itself = (nw.col("high") > nw.col("low")).cast(nw.Int64)
    return both.filter(is_high).with_columns(
        rank_best=1 + nw.col("certainly"), rank_worst=1 + nw.col("possibly") - itself
    )
