"""Ranks, planned: by windows within indicator and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import narwhals.stable.v2 as nw

from provstats.engines.lazy.relations import (
    count_of,
    provinces_compared,
    relation,
    result,
    validated,
)
from provstats.engines.lazy.schemas import ENDS
from provstats.store.regions import mainland

if TYPE_CHECKING:
    from provstats.engines.recognise import Lazy

    Rows = nw.LazyFrame[Lazy]
    Ties = Literal["min", "max", "average", "dense"]

__all__ = ["rank"]


def rank(  # noqa: PLR0913 - those of `provstats.rank`
    native: Lazy, *, order: str | None, ties: Ties, universe: str, bounds: bool, min_n: int
) -> Lazy:
    """Plan `provstats.rank`.

    Parameters
    ----------
    native : lazy frame
        Of an engine that narwhals plans for.
    order, ties, universe, bounds, min_n
        As for `provstats.rank`.
    """
    compared = provinces_compared(validated(relation(native)))
    rows = _turned(compared.filter(nw.col("n") >= min_n), order)
    has_bounds = bounds and {"lower", "upper"} & {*nw.from_native(native).columns}
    among = _among_ends if has_bounds else _among_values
    # All windows of one step: engines then sort the rows of an order once.
    placed = rows.with_columns(
        rank=_place("height", ties).cast(nw.Float64 if ties == "average" else nw.Int64),
        silent=_silent() if universe == "all" else nw.lit(0),
        **among(),
    )
    ranged = _range_of_intervals(placed) if has_bounds else placed
    counted = ranged.with_columns(rank_worst=nw.col("rank_worst") + nw.col("silent"))
    return result(counted, native, ["rank", "rank_best", "rank_worst", "n", "left_out"])


def _place(column: str, ties: Ties = "min") -> nw.Expr:
    """Return the place among the rows of an indicator and period; the greatest is the first."""
    return nw.col(column).rank(ties, descending=True).over("group")


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


def _among_values() -> dict[str, nw.Expr]:
    """Return the range that values alone leave: their own rank."""
    first = _place("height").cast(nw.Int64)
    return {"rank_best": first, "rank_worst": first}


def _among_ends() -> dict[str, nw.Expr]:
    """Return the place of each end among those of its kind."""
    return {f"{end}_place": _place(end).cast(nw.Int64) for end in ("low", "high")}


def _range_of_intervals(rows: Rows) -> Rows:
    """Count who is certainly and who is possibly ahead, with all ends in one column.

    The place of an end among all ends of a group counts the lower and the upper ends above it, its
    place among those of its kind counts these alone: the difference are those of the other kind.
    Who is certainly ahead is possibly ahead, so of the two numbers of a row that is the lesser.
    """
    is_high = nw.col("kind") == "high"
    # One pass over the rows: stacking them twice would plan all that stands before twice.
    ends = rows.with_columns(kind=nw.lit("high,low").str.split(",")).explode("kind")
    either = ends.with_columns(
        end=nw.when(is_high).then("high").otherwise("low"),
        end_place=nw.when(is_high).then("high_place").otherwise("low_place"),
    )
    ahead = either.with_columns(ahead=_place("end").cast(nw.Int64) - nw.col("end_place"))
    itself = (nw.col("high") > nw.col("low")).cast(nw.Int64)
    return ahead.with_columns(
        rank_best=1 + nw.col("ahead").min().over("group", "whose"),
        rank_worst=1 + nw.col("ahead").max().over("group", "whose") - itself,
    ).filter(is_high)
