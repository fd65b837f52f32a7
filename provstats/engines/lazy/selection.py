"""Selections: which rows are compared, worked out for groups, of which there are few.

A query cannot refuse rows, so what a frame in memory would be refused for (a key that stands twice,
bounds that do not hold the value, a label that is no period) is left out and counted, as are
missing values.

To find keys that stand twice without sorting the rows, each region has a bit. Of a group ``once``
has the bits of all regions that stand in it, ``odd`` those that stand there an odd number of times.
If all stand once or twice, the bits make up the number of rows, and ``odd`` are those that stand
once. If one stands more often, they do not, and the whole group is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.engines.lazy.codes import MAINLAND, PROVINCES
from provstats.engines.memory.intervals import TOUCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from provstats.engines.lazy.relations import Relation

__all__ = [
    "INFINITE", "IS_PROVINCE", "add_tolerance", "divide_ends", "plan_groups",
    "plan_province_groups", "select_provinces",
]  # fmt: skip

_NATION_AND_PROVINCES: Final = f"CASE WHEN area <= {PROVINCES[-1]} THEN used END"
INFINITE: Final = "'infinity'::DOUBLE"
IS_PROVINCE: Final = f"area BETWEEN {PROVINCES[0]} AND {PROVINCES[-1]}"


def plan_province_groups(
    relation: Relation, told: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the queries for the groups of provinces, the nation counted beside them."""
    queries = plan_groups(relation, _NATION_AND_PROVINCES, PROVINCES, told=told or {})
    return {**queries, "compared": "SELECT * FROM natured WHERE is_natured AND is_one"}


def plan_groups(
    relation: Relation, counted: str, ranked: range, *, blank: str = "", told: Mapping[str, str]
) -> dict[str, str]:
    """Return the queries for groups: their keys, what is told of them, how many are compared.

    Counted are the rows to which an expression gives a bit; those that are ranked, and the blank
    ones, are compared.
    """
    keys, kinds = ", ".join(relation.keys), ", ".join(relation.kinds)
    extra = {"blank": f"count_if({blank})"} if blank else {}
    columns = "".join(f", {sql} AS {name}" for name, sql in {**extra, **told}.items())
    span = "spans.start, spans.months" if "label" in relation.keys else "1 AS months"
    spans = "JOIN spans USING (label)" if "label" in relation.keys else ""
    return {
        "counted": f"""
            SELECT {keys}, count(*) AS total, count({counted}) AS counted,
                   bit_or({counted}) AS once, bit_xor({counted}) AS odd{columns}
            FROM located GROUP BY {keys}""",
        "labelled": f"""
            SELECT counted.*, kinds.* EXCLUDE ({kinds}), {span},
                   (series << 34) + (start << 17) + months AS "group"
            FROM counted JOIN kinds USING ({kinds}) {spans} WHERE start IS NOT NULL""",
        "together": _merge_groups(relation, [*extra], [*told]),
        "sound": """
            SELECT *, CASE WHEN bit_count(odd) + 2 * bit_count(once & ~odd) = counted THEN odd
                      ELSE 0 END AS single FROM together""",
        "natured": _mark_first_nature(relation, ranked, has_blank=bool(blank)),
    }


def _merge_groups(relation: Relation, sums: list[str], told: list[str]) -> str:
    """Put together what was counted under keys that mean the same."""
    if relation.keys == ["indicator", "start"]:  # no two do
        return "SELECT *, true AS is_one FROM labelled"
    replaced = {
        "total": "sum(total) OVER g", "once": "bit_or(once) OVER p", "odd": "bit_xor(odd) OVER p",
        **{column: f"sum({column}) OVER p" for column in ("counted", *sums)},
        **{column: f"max({column}) OVER p" for column in told},
        **{column: sql for word, (column, sql) in _OWN_WORDS.items() if word in relation.kinds},
    }  # fmt: skip
    columns = ", ".join(f"{sql} AS {name}" for name, sql in replaced.items())
    words = [f"nullif({word}, '')" for word in _OWN_WORDS if word in relation.kinds]
    is_one = " AND ".join(
        f"min({word}) OVER p IS NOT DISTINCT FROM max({word}) OVER p"
        for word in ("CASE WHEN counted > 0 THEN unit_code END", *words)
    )
    windows = f"""
            SELECT * REPLACE ({columns}), {is_one} AS is_one FROM {{}}
            WINDOW g AS (PARTITION BY "group"), p AS (PARTITION BY "group", place)"""
    if words:
        return windows.format("labelled")
    # Most groups have one key, and nothing to put together: to window them takes longest of all.
    several = 'SELECT "group" FROM labelled GROUP BY "group" HAVING count(*) > 1'
    return f"""
            SELECT *, true AS is_one FROM labelled ANTI JOIN ({several}) USING ("group")
            UNION ALL BY NAME
            {windows.format(f'(FROM labelled SEMI JOIN ({several}) USING ("group"))')}"""


# What a caller says of an indicator goes before what the catalogue does, or a rule.
_OWN_WORDS: Final = {
    "direction": (
        "is_ascending",
        "coalesce(max(nullif(direction, '')) OVER p = 'lower', is_ascending)",
    ),
    "additive": (
        "is_additive",
        (
            "coalesce(CASE WHEN NOT is_known THEN max(nullif(additive, '')) OVER p = 'true' END,"
            " is_additive)"
        ),
    ),
}


def _mark_first_nature(relation: Relation, ranked: range, *, has_blank: bool) -> str:
    """Tell the first nature that an indicator and period have, and how many are compared."""
    counts = {"n": ranked, "n_mainland": MAINLAND}
    columns = ", ".join(
        f"bit_count(single & {_build_bit_mask(areas)})::BIGINT AS {name}"
        for name, areas in counts.items()
    )
    kept = "n + blank" if has_blank else "n"
    first = f'min(place) FILTER ({kept} > 0) OVER (PARTITION BY "group")'
    first = first if "nature" in relation.kinds else "0"
    return f"""
            SELECT *, place = {first} AS is_natured, (total - ({kept}))::BIGINT AS left_out
            FROM (SELECT *, {columns} FROM sound)"""


def _build_bit_mask(areas: range) -> int:
    return sum(1 << area for area in areas)


def select_provinces(relation: Relation) -> str:
    """Return, as the subject of a query, provinces' values with what is known of their group."""
    keys = ", ".join(relation.keys)
    return f"""(
                SELECT located.*, groups.* EXCLUDE ({keys}) FROM located JOIN groups USING ({keys})
                WHERE {IS_PROVINCE} AND single & used <> 0)"""


def divide_ends(now: Iterable[str], base: Iterable[str]) -> list[str]:
    """Return the quotient of values and its ends; of what is not positive there is none."""
    (value, lower, upper), (by, least, most) = now, base
    if value == lower == upper and by == least == most:
        return [f"(CASE WHEN {by} > 0 THEN {value} / {by} END)"] * 3
    return [
        f"(CASE WHEN {by} > 0 THEN {value} / {by} END)",
        _divide_end(
            by, f"CASE WHEN {lower} >= 0 THEN {lower} / {most}", lower, least, f"-{INFINITE}"
        ),
        _divide_end(by, f"CASE WHEN {upper} <= 0 THEN {upper} / {most}", upper, least, INFINITE),
    ]


def _divide_end(by: str, case: str, end: str, least: str, otherwise: str) -> str:
    rest = f"WHEN {least} > 0 THEN {end} / {least} ELSE {otherwise} END"
    return f"(CASE WHEN {by} > 0 THEN {case} {rest} END)"


def add_tolerance(end: str) -> str:
    """Return the end beyond which another one does not merely touch."""
    return f"({end} + {TOUCH} * greatest(1, abs({end})))"
