"""Ranks, planned: by windows within indicator and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import narwhals.stable.v2 as nw

from provstats.places import mainland
from provstats.plans.relations import ENDS, GROUP, provinces_compared, relation, result

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
    rows = _turned(provinces_compared(relation(native)), order)
    height, kind = nw.col("height"), nw.Float64 if ties == "average" else nw.Int64
    silent = nw.lit(len(mainland())) - _count_of(nw.col("region").is_in(sorted(mainland())))
    ranked = rows.with_columns(
        rank=height.rank(ties, descending=True).over(GROUP).cast(kind),
        first=height.rank("min", descending=True).over(GROUP).cast(nw.Int64),
        n=nw.len().over(GROUP).cast(nw.Int64),
        silent=silent if universe == "all" else nw.lit(0),
    )
    if bounds:
        ranged = _ranged(ranked)
    else:
        ranged = ranked.with_columns(rank_best="first", rank_worst=nw.col("first"))
    counts = ranged.with_columns(
        (nw.col(c).cast(nw.Int64) for c in ("rank_best", "n")),
        rank_worst=(nw.col("rank_worst") + nw.col("silent")).cast(nw.Int64),
    )
    return result(counts, native, ["rank", "rank_best", "rank_worst", "n", "left_out"])


def _count_of(holds: nw.Expr) -> nw.Expr:
    return holds.cast(nw.Int64).sum().over(GROUP).cast(nw.Int64)


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


def _ranged(rows: Rows) -> Rows:
    """Count who is certainly and who is possibly ahead, with all ends in one column.

    Among all ends of a group the rank of one counts the lower and the upper ends not above it; its
    rank among those of its own kind counts these alone. The difference are those of the other kind.
    """
    ends = nw.concat([
        rows.with_columns(end_height=nw.col(end), is_low=nw.lit(place))
        for place, end in enumerate(("high", "low"))
    ])  # fmt: skip
    not_above = nw.col("end_height").rank("max")
    crossed = not_above.over(GROUP).cast(nw.Int64) - not_above.over([*GROUP, "is_low"]).cast(
        nw.Int64
    )
    ahead = ends.with_columns(ahead=nw.col("n") - crossed)
    by_end = [
        nw.when(nw.col("is_low") == place).then("ahead").max().over(["region", *GROUP])
        for place in range(2)
    ]
    told = ahead.with_columns(certainly=by_end[0], possibly=by_end[1]).filter(nw.col("is_low") == 0)
    itself = (nw.col("high") > nw.col("low")).cast(nw.Int64)
    return told.with_columns(
        rank_best=1 + nw.col("certainly"), rank_worst=1 + nw.col("possibly") - itself
    )
