"""The comparisons with equal meaning in DuckDB: one pass of windows, and joins by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from engines import make_duckdb_table
from meaning import (
    LEAST,
    NATION,
    PROVINCES,
    RATES,
    TEXTS,
    TOUCH,
    list_averages,
    name_units_of_change,
    name_units_of_gap,
    refuse_if,
    refuse_regions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb
    import pandas as pd
    import pyarrow as pa
    from engines import Calls

__all__ = ["prepare_duckdb"]

TEXT_TYPES: Final = ("VARCHAR", "ENUM")


class Checked(NamedTuple):
    """A table that holds, its units, and whether its values have bounds."""

    database: duckdb.DuckDBPyConnection
    units: list[str]
    is_ranged: bool

    @property
    def ends(self) -> tuple[str, str]:
        """The bounds, by default the values themselves."""
        if not self.is_ranged:
            return "value", "value"
        return "coalesce(lower, value)", "coalesce(upper, value)"

    def run(self, query: str) -> pa.Table:
        """Answer a query."""
        return self.database.sql(query).to_arrow_table()


def prepare_duckdb(frame: pd.DataFrame) -> Calls:
    """Compare by DuckDB, from a table of its own to Arrow."""
    database = make_duckdb_table(frame)
    return {
        name: lambda compare=compare: compare(check_rows(database))
        for name, compare in COMPARE.items()
    }


def _list_texts(words: Iterable[str]) -> str:
    """Return texts as a list of SQL; there is none that is NULL."""
    return ", ".join(f"'{word}'" for word in words) or "NULL"


MONTH: Final = "year(period) * 12 + month(period)"
IS_COMPARED: Final = f"(region IN ({_list_texts(PROVINCES)}) AND value IS NOT NULL)"
IS_NATION: Final = f"region = '{NATION}'"


# --- checks -------------------------------------------------------------------------------------


def check_rows(database: duckdb.DuckDBPyConnection) -> Checked:
    """Refuse what does not hold, and return the rest ready to compare."""
    panel = database.table("panel")
    kinds = dict(zip(panel.columns, map(str, panel.types), strict=True))
    for name in TEXTS:
        refuse_if(not kinds[name].startswith(TEXT_TYPES), f"{name} must hold texts")
    is_ranged = "lower" in kinds
    doubts = database.execute(f"SELECT {_list_faults(is_ranged=is_ranged)} FROM panel").fetchone()
    refuse_if(any(doubts), "keys are missing, numbers not finite, or outside their bounds")
    regions, units = (
        [word for (word,) in database.execute(f"SELECT DISTINCT {name} FROM panel").fetchall()]
        for name in ("region", "unit")
    )
    refuse_regions(regions)
    refuse_if(database.execute(DOUBLED).fetchone(), "keys stand twice")
    return Checked(database, units, is_ranged)


DOUBLED: Final = f"""SELECT 1 FROM panel GROUP BY region, indicator, {MONTH}
                     HAVING count(*) > 1 LIMIT 1"""


def _list_faults(*, is_ranged: bool) -> str:
    """Return what must hold of no row."""
    keys = " OR ".join(f"{name} IS NULL" for name in (*TEXTS, "period"))
    ends = ["value", "lower", "upper"] if is_ranged else ["value"]
    infinite = " OR ".join(f"isinf({end})" for end in ends)
    outside = "lower > value OR value > upper" if is_ranged else "FALSE"
    return ", ".join(f"bool_or({doubt})" for doubt in (keys, infinite, outside))


def _refuse_mixed(rows: Checked) -> None:
    """Refuse groups whose values, or whose nation's, have several units."""
    if len(rows.units) > 1:
        mixed = f"""SELECT 1 FROM panel WHERE {IS_COMPARED} OR ({IS_NATION} AND value IS NOT NULL)
                    GROUP BY indicator, {MONTH} HAVING count(DISTINCT unit) > 1 LIMIT 1"""
        refuse_if(rows.database.execute(mixed).fetchone(), "units differ")


# --- comparisons --------------------------------------------------------------------------------


def rank(rows: Checked) -> pa.Table:
    """Rank the provinces within windows, with the range that bounds allow."""
    _refuse_mixed(rows)
    found = rows.run(_query_rank_range(rows) if rows.is_ranged else _query_rank("rank", "rank"))
    refuse_if(not len(found), "nothing can be compared")
    return found


def _query_rank(best: str, worst: str, further: str = "", source: str = "panel") -> str:
    """Return the query of a rank: one window, in which what is not compared stands last."""
    return f"""
        SELECT * REPLACE (n::INTEGER AS n, left_out::INTEGER AS left_out),
               {best} AS rank_best, {worst} AS rank_worst
        FROM (SELECT *, rank() OVER w AS rank, count(*) FILTER ({IS_COMPARED}) OVER g AS n,
                     count(*) OVER g - n AS left_out {further}
              FROM {source}
              WINDOW g AS (PARTITION BY indicator, {MONTH}),
                     w AS (PARTITION BY indicator, {MONTH}
                           ORDER BY CASE WHEN {IS_COMPARED} THEN value END DESC NULLS LAST)
              QUALIFY {IS_COMPARED} AND n >= {LEAST})"""


def _query_rank_range(rows: Checked) -> str:
    """Return the query of a rank that counts, beside each row, the ends of its group."""
    low, high = rows.ends
    source = f"(SELECT *, {low} AS low, {high} AS high FROM panel)"
    listed = "".join(
        f", list({end}) FILTER ({IS_COMPARED}) OVER g AS {end}s" for end in ("low", "high")
    )
    after_low, after_high = _move_end("low"), _move_end("high")
    best = f"1 + len(list_filter(lows, lambda x: x > {after_high}))"
    is_own = f"(high > {after_low})::BIGINT"
    worst = f"1 + len(list_filter(highs, lambda x: x > {after_low})) - {is_own}"
    ranked = _query_rank(best, worst, listed, source)
    return f"SELECT * EXCLUDE (low, high, lows, highs) FROM ({ranked})"


def _move_end(end: str) -> str:
    """Return the end beyond which another one does not merely touch."""
    return f"({end} + {TOUCH} * greatest(1, abs({end})))"


def measure_gap(rows: Checked) -> pa.Table:
    """Join what is known of each group: the nation's value, and how many are compared."""
    _refuse_mixed(rows)
    low, high = rows.ends
    found = rows.run(f"""
        WITH groups AS (
            SELECT indicator, {MONTH} AS month,
                   (count(*) - count(*) FILTER ({IS_COMPARED}))::INTEGER AS left_out,
                   any_value(value) FILTER ({IS_NATION}) AS national,
                   any_value({low}) FILTER ({IS_NATION}) AS national_lower,
                   any_value({high}) FILTER ({IS_NATION}) AS national_upper
            FROM panel GROUP BY ALL)
        SELECT panel.*, national, national_lower, national_upper,
               CASE WHEN national IS NOT NULL THEN 'reported'::ENUM('reported') END
                   AS national_basis,
               CASE WHEN national IS NOT NULL THEN ''::ENUM('') END AS national_source,
               value - national AS gap, {low} - national_upper AS gap_lower,
               {high} - national_lower AS gap_upper,
               {_name_units(name_units_of_gap(rows.units))} AS gap_unit,
               left_out
        FROM panel JOIN groups
             ON panel.indicator = groups.indicator AND {MONTH} = groups.month
        WHERE {IS_COMPARED} AND unit IN ({_list_texts(list_averages(rows.units))})""")
    refuse_if(found["national"].null_count == len(found), "nothing has a national value")
    return found


def measure_yoy(rows: Checked) -> pa.Table:
    """Join the rows of the year before."""
    low, high = rows.ends
    is_rate = f"unit IN ({_list_texts(RATES)})" if {*RATES} & {*rows.units} else "FALSE"
    of_now, of_then = (
        f"SELECT *, {MONTH} {shift} AS month, {low} AS low, {high} AS high FROM panel"
        for shift in ("", "+ 12")
    )
    return rows.run(f"""
        WITH joined AS (
            SELECT now.*, base.value AS base_value, base.low AS base_low,
                   base.high AS base_high, {is_rate.replace("unit", "now.unit")} AS is_rate,
                   CASE WHEN now.value IS NULL THEN 'missing' WHEN base.value IS NULL THEN 'no_base'
                        WHEN base.unit <> now.unit THEN 'unit'
                        WHEN NOT is_rate AND base.value <= 0 THEN 'base_not_positive' ELSE ''
                   END::ENUM('', 'no_base', 'base_not_positive', 'unit', 'missing') AS reason
            FROM ({of_now}) now LEFT JOIN ({of_then}) base
                 ON now.region = base.region AND now.indicator = base.indicator
                 AND now.month = base.month),
        based AS (
            SELECT *, CASE WHEN reason = '' THEN base_value END AS previous,
                   CASE WHEN reason = '' THEN base_low END AS previous_lower,
                   CASE WHEN reason = '' THEN base_high END AS previous_upper
            FROM joined)
        SELECT * EXCLUDE (month, low, high, base_value, base_low, base_high, is_rate),
               {_query_changes(is_ranged=rows.is_ranged)},
               {_name_units(name_units_of_change(rows.units))} AS yoy_unit,
               CASE WHEN reason = '' THEN 'levels'::ENUM('levels') END AS method,
               CASE WHEN reason = '' THEN 12::BIGINT END AS months, FALSE AS conflict,
               ''::ENUM('') AS prices, 0::INTEGER AS left_out
        FROM based""")


def _query_changes(*, is_ranged: bool) -> str:
    """Return the changes from their bases, with the bounds that both intervals allow."""
    found = _query_change("value", "previous", "previous")
    if not is_ranged:
        return f"{found} AS yoy, yoy AS yoy_lower, yoy AS yoy_upper"
    least = "greatest(previous_lower, 0)"
    to_lower = f"CASE WHEN low < 0 THEN {least} ELSE previous_upper END"
    to_upper = f"CASE WHEN high > 0 THEN {least} ELSE previous_upper END"
    lower = _query_change("low", to_lower, "previous_upper")
    upper = _query_change("high", to_upper, "previous_lower")
    return f"""{found} AS yoy, CASE WHEN reason = '' THEN {lower} END AS yoy_lower,
               CASE WHEN reason = '' THEN {upper} END AS yoy_upper"""


def _query_change(now: str, divisor: str, less: str) -> str:
    return f"CASE WHEN is_rate THEN {now} - {less} ELSE ({now} / ({divisor}) - 1) * 100 END"


def _name_units(words: dict[str, str]) -> str:
    """Return the word for each unit."""
    kind = f"ENUM({_list_texts(dict.fromkeys(words.values()))})"
    if len(set(words.values())) == 1:
        return f"'{next(iter(words.values()))}'::{kind}"
    cases = " ".join(f"WHEN '{unit}' THEN '{word}'" for unit, word in words.items())
    return f"(CASE unit {cases} END)::{kind}"


def compare_in_three_ways(rows: Checked) -> None:
    """Compare in three ways what is checked once."""
    for compare in (rank, measure_gap, measure_yoy):
        compare(rows)


COMPARE: Final[dict[str, Any]] = {
    "rank": rank,
    "gap": measure_gap,
    "yoy": measure_yoy,
    "all three": compare_in_three_ways,
}
