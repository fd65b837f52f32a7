"""Ranks in DuckDB: windows within an indicator and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.engines.lazy.codes import MAINLAND
from provstats.engines.lazy.relations import Relation
from provstats.engines.lazy.selection import add_tolerance, plan_province_groups, select_provinces

if TYPE_CHECKING:
    from provstats.engines.recognise import Lazy

__all__ = ["rank"]

_TIES: Final = {
    "min": "rank() OVER w", "max": "count(*) OVER w",
    "average": "(rank() OVER w + count(*) OVER w) / 2", "dense": "dense_rank() OVER w",
}  # fmt: skip


def rank(  # noqa: PLR0913 - those of `provstats.rank`
    native: Lazy, *, order: str | None, ties: str, universe: str, bounds: bool, min_n: int
) -> Lazy:
    """Plan `provstats.rank` for a relation of DuckDB."""
    relation = Relation(native)
    down = "is_ascending" if order is None else str(order == "ascending")
    silent = f" + {len(MAINLAND)} - n_mainland" if universe == "all" else ""
    _, lower, upper = relation.ends
    is_ranged = bounds and relation.has("lower", "upper")
    ends, queries = (_LISTED, _RANGED) if is_ranged else ("rank() OVER w AS first", {})
    return relation.build_plan({
        **plan_province_groups(relation),
        "groups": f"SELECT * FROM compared WHERE n >= {min_n:d}",
        "turned": f"""
            SELECT * EXCLUDE ({", ".join(relation.keys)}),
                   CASE WHEN {down} THEN -value ELSE value END AS height,
                   CASE WHEN {down} THEN -{upper} ELSE {lower} END AS low,
                   CASE WHEN {down} THEN -{lower} ELSE {upper} END AS high
            FROM {select_provinces(relation)}""",
        "placed": f"""
            SELECT *, {_TIES[ties]} AS place_of_value, {ends} FROM turned
            WINDOW g AS (PARTITION BY "group"), w AS (g ORDER BY height DESC)""",
        **queries,
    }, {
        "rank": "place_of_value", "rank_best": "best" if is_ranged else "first",
        "rank_worst": f"{'worst' if is_ranged else 'first'}{silent}", "n": "n",
        "left_out": "left_out",
    })  # fmt: skip


# All ends of a group beside each row: those beyond which another is surely ahead are counted.
_LISTED: Final = "list(low) OVER g AS lows, list(high) OVER g AS highs"
_RANGED: Final = {
    "marked": f"""
            SELECT *, {add_tolerance("low")} AS after_low, {add_tolerance("high")} AS after_high
            FROM placed""",
    "ranged": """
            SELECT *, 1 + len(list_filter(lows, lambda x: x > after_high)) AS best,
                   1 + len(list_filter(highs, lambda x: x > after_low))
                   - (high > after_low)::BIGINT AS worst FROM marked""",
}
