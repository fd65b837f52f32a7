"""The comparisons with equal meaning in polars: windows over groups, and joins by month."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import polars as pl
from engines import make_polars_table
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
    import pandas as pd
    from engines import Calls

__all__ = ["prepare_polars", "prepare_polars_streaming"]

MONTH: Final = (pl.col("period").dt.year() * 12 + pl.col("period").dt.month()).alias("month")
GROUP: Final = ["indicator", "month"]
KEY: Final = ["region", *GROUP]
TEXT_TYPES: Final = (pl.String, pl.Enum, pl.Categorical)
VALUE, UNIT = pl.col("value"), pl.col("unit")
IS_COMPARED: Final = pl.col("region").is_in(PROVINCES) & VALUE.is_not_null()
IS_NATION: Final = pl.col("region") == NATION


class Checked(NamedTuple):
    """Rows that hold, with their months and their units, and how their plans are run."""

    table: pl.LazyFrame
    units: list[str]
    is_ranged: bool
    engine: str

    def run(self, plan: pl.LazyFrame) -> pl.DataFrame:
        """Run a plan."""
        return plan.collect(engine=self.engine)


def prepare_polars(frame: pd.DataFrame) -> Calls:
    """Compare by polars in memory."""
    return _prepare_calls(make_polars_table(frame), "in-memory")


def prepare_polars_streaming(frame: pd.DataFrame) -> Calls:
    """Compare by polars in batches."""
    return _prepare_calls(make_polars_table(frame), "streaming")


def _prepare_calls(table: pl.DataFrame, engine: str) -> Calls:
    return {
        name: lambda compare=compare: compare(check_rows(table, engine))
        for name, compare in COMPARE.items()
    }


# --- checks -------------------------------------------------------------------------------------


def check_rows(table: pl.DataFrame, engine: str) -> Checked:
    """Refuse what does not hold, and return the rest ready to compare."""
    for name in TEXTS:
        is_text = isinstance(table.schema[name], TEXT_TYPES)
        refuse_if(not is_text or table[name].null_count(), f"{name} must hold texts")
    refuse_regions(table["region"].unique().to_list())
    is_ranged = "lower" in table.columns
    refuse_if(table["period"].null_count(), "periods are missing")
    facts = table.lazy().select(**_list_faults(is_ranged=is_ranged)).collect(engine=engine).row(0)
    refuse_if(any(facts), "numbers are not finite, or bounds do not hold the value")
    keys = table.lazy().select("region", "indicator", MONTH)
    most = keys.group_by(KEY).len().select(pl.col("len").max()).collect(engine=engine).item()
    refuse_if(most > 1, "keys stand twice")
    units = table["unit"].unique().to_list()
    return Checked(table.lazy().with_columns(MONTH), units, is_ranged, engine)


def _list_faults(*, is_ranged: bool) -> dict[str, pl.Expr]:
    """Return what must hold of no row."""
    if not is_ranged:
        return {"infinite": VALUE.is_infinite().any()}
    low, high = pl.col("lower"), pl.col("upper")
    ends = pl.any_horizontal(end.is_infinite() for end in (VALUE, low, high))
    return {"infinite": ends.any(), "outside": ((low > VALUE) | (high < VALUE)).any()}


def _refuse_mixed(rows: Checked) -> None:
    """Refuse groups whose values, or whose nation's, have several units."""
    if len(rows.units) > 1:
        told = rows.table.filter(IS_COMPARED | (IS_NATION & VALUE.is_not_null()))
        most = told.group_by(GROUP).agg(UNIT.n_unique()).select(UNIT.max())
        refuse_if(rows.run(most).item() > 1, "units differ")


# --- comparisons --------------------------------------------------------------------------------


def rank(rows: Checked) -> pl.DataFrame:
    """Rank the provinces within windows, with the range that bounds allow."""
    _refuse_mixed(rows)
    value = pl.when(IS_COMPARED).then(VALUE)
    n = value.count().over(GROUP).cast(pl.Int32)
    first = value.rank("min", descending=True).over(GROUP).cast(pl.Int64)
    counted = rows.table.with_columns(
        rank=first, n=n, left_out=pl.len().over(GROUP).cast(pl.Int32) - n
    ).filter(IS_COMPARED & (pl.col("n") >= LEAST))
    best, worst = _find_rank_range() if rows.is_ranged else (pl.col("rank"), pl.col("rank"))
    found = rows.run(counted.with_columns(rank_best=best, rank_worst=worst).drop("month"))
    refuse_if(not found.height, "nothing can be compared")
    return found


def _find_rank_range() -> tuple[pl.Expr, pl.Expr]:
    """Return the best and the worst rank: an end that only touches is not ahead."""
    low, high = _find_bounds(is_ranged=True)
    beyond_low, beyond_high = (
        end + TOUCH * pl.max_horizontal(1.0, end.abs()) for end in (low, high)
    )
    best = 1 + _count_above(low, beyond_high)
    return best, 1 + _count_above(high, beyond_low) - (high > beyond_low).cast(pl.Int64)


def _count_above(ends: pl.Expr, marks: pl.Expr) -> pl.Expr:
    """Count the ends of the group above each mark."""
    below = ends.sort().search_sorted(marks, "right").cast(pl.Int64)
    return (pl.len().cast(pl.Int64) - below).over(GROUP)


def _find_bounds(*, is_ranged: bool) -> tuple[pl.Expr, pl.Expr]:
    """Return the bounds, by default the values themselves."""
    if not is_ranged:
        return VALUE, VALUE
    return pl.coalesce("lower", "value"), pl.coalesce("upper", "value")


def measure_gap(rows: Checked) -> pl.DataFrame:
    """Join what is known of each group: the nation's value, and how many are compared."""
    _refuse_mixed(rows)
    low, high = _find_bounds(is_ranged=rows.is_ranged)
    value, is_shared = pl.col("national"), UNIT.is_in(list_averages(rows.units))
    groups = rows.table.group_by(GROUP).agg(
        left_out=(pl.len() - IS_COMPARED.sum()).cast(pl.Int32),
        national=VALUE.filter(IS_NATION).first(),
        national_lower=low.filter(IS_NATION).first(), national_upper=high.filter(IS_NATION).first(),
    )  # fmt: skip
    kept = rows.table.filter(IS_COMPARED & is_shared)
    joined = kept.join(groups, on=GROUP, how="left", maintain_order="left")
    found = rows.run(joined.with_columns(
        national_basis=_say_where(value.is_not_null(), "reported"),
        national_source=_say_where(value.is_not_null(), ""),
        gap=VALUE - value, gap_lower=low - pl.col("national_upper"),
        gap_upper=high - pl.col("national_lower"),
        gap_unit=_name_units(name_units_of_gap(rows.units)),
    ).drop("month"))  # fmt: skip
    refuse_if(found["national"].null_count() == found.height, "nothing has a national value")
    return found


def measure_yoy(rows: Checked) -> pl.DataFrame:
    """Join the rows of the year before."""
    low, high = _find_bounds(is_ranged=rows.is_ranged)
    earlier = rows.table.select(
        "region", "indicator", pl.col("month") + 12, previous=VALUE, previous_lower=low,
        previous_upper=high, unit_before=UNIT,
    )  # fmt: skip
    joined = rows.table.join(earlier, on=KEY, how="left", maintain_order="left")
    is_rate = UNIT.is_in(RATES) if {*RATES} & {*rows.units} else pl.lit(False)  # noqa: FBT003
    why = _find_reasons(is_rate)
    known = pl.col("reason") == ""
    based = joined.with_columns(reason=why).with_columns(
        pl.when(known).then(pl.col(name)) for name in PREVIOUS
    )
    return rows.run(based.with_columns(
        **_measure_changes(low, high, is_rate, is_ranged=rows.is_ranged),
        yoy_unit=_name_units(name_units_of_change(rows.units)), method=_say_where(known, "levels"),
        months=pl.when(known).then(pl.lit(12, pl.Int64)), conflict=pl.lit(False),  # noqa: FBT003
        prices=pl.lit("", pl.Enum([""])), left_out=pl.lit(0, pl.Int32),
    ).drop("month", "unit_before"))  # fmt: skip


PREVIOUS: Final = ("previous", "previous_lower", "previous_upper")
REASONS: Final = pl.Enum(["", "no_base", "base_not_positive", "unit", "missing"])


def _find_reasons(is_rate: pl.Expr) -> pl.Expr:
    """Return why rows have no change."""
    base, word = pl.col("previous"), partial(pl.lit, dtype=REASONS)
    return (
        pl.when(VALUE.is_null()).then(word("missing"))
        .when(base.is_null()).then(word("no_base"))
        .when(pl.col("unit_before") != UNIT).then(word("unit"))
        .when(~is_rate & (base <= 0)).then(word("base_not_positive"))
        .otherwise(word(""))
    )  # fmt: skip


def _measure_changes(
    low: pl.Expr, high: pl.Expr, is_rate: pl.Expr, *, is_ranged: bool
) -> dict[str, pl.Expr]:
    """Return the changes from their bases, with the bounds that both intervals allow."""
    base, base_low, base_high = map(pl.col, PREVIOUS)
    found = _measure_change(VALUE, base, base, is_rate)
    if not is_ranged:
        return dict.fromkeys(("yoy", "yoy_lower", "yoy_upper"), found)
    least = pl.max_horizontal(base_low, 0.0)
    to_lower = pl.when(low < 0).then(least).otherwise(base_high)
    to_upper = pl.when(high > 0).then(least).otherwise(base_high)
    ends = (
        _measure_change(low, to_lower, base_high, is_rate),
        _measure_change(high, to_upper, base_low, is_rate),
    )
    is_known = base.is_not_null()
    lower, upper = (pl.when(is_known).then(end) for end in ends)
    return {"yoy": found, "yoy_lower": lower, "yoy_upper": upper}


def _measure_change(now: pl.Expr, divisor: pl.Expr, less: pl.Expr, is_rate: pl.Expr) -> pl.Expr:
    return pl.when(is_rate).then(now - less).otherwise((now / divisor - 1) * 100)


def _say_where(where: pl.Expr, word: str) -> pl.Expr:
    """Return a word where something holds."""
    return pl.when(where).then(pl.lit(word, pl.Enum([word])))


def _name_units(words: dict[str, str]) -> pl.Expr:
    """Return the word for each unit."""
    kind = pl.Enum([*dict.fromkeys(words.values())])
    if len(kind.categories) == 1:
        return pl.lit(kind.categories[0], kind)
    return UNIT.cast(pl.String).replace_strict(words, return_dtype=kind)


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
