"""Gaps to the nation, planned: by joins on indicator, period and nature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from provstats.engines.lazy.meanings import first_case
from provstats.engines.lazy.relations import (
    group_of,
    named,
    provinces_compared,
    relation,
    result,
    validated,
)
from provstats.engines.lazy.schemas import ENDS
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.national import given_interval
from provstats.reading.figures import Figure

if TYPE_CHECKING:
    from provstats.engines.recognise import Lazy

    Rows = nw.LazyFrame[Lazy]

__all__ = ["gap_to_national"]

_OF_NATURE: Final = ["group", "place"]
_BASES: Final = ("reported", "implied")
_NATIONAL: Final = {"value": "national", "lower": "national_lower", "upper": "national_upper",
                    "source": "national_source"}  # fmt: skip
_IS_KNOWN: Final = nw.col("is_valid") & ~nw.col("value").is_null()


def gap_to_national(native: Lazy, *, national: float | Figure | None) -> Lazy:
    """Plan `provstats.gap_to_national`.

    Parameters
    ----------
    native : lazy frame
        Of an engine that narwhals plans for.
    national
        As for `provstats.gap_to_national`.
    """
    around = relation(native, "gap")
    rows = provinces_compared(validated(around))
    if national is None:
        marked = _known(rows, around, has_source="source" in nw.from_native(native).columns)
    else:
        marked = _given(rows, national)
    gaps = marked.with_columns(
        gap=nw.col("value") - nw.col("national"),
        gap_lower=nw.col("lower") - nw.col("national_upper"),
        gap_upper=nw.col("upper") - nw.col("national_lower"),
        gap_unit=_distance_unit(),
    )
    return result(gaps, native, [
        "national", "national_lower", "national_upper", "national_basis", "gap", "gap_lower",
        "gap_upper", "gap_unit", "left_out", "national_source",
    ])  # fmt: skip


def _distance_unit() -> nw.Expr:
    """Return the unit of a distance: of rates it is counted in points."""
    is_rate = nw.col("unit") == "percent"
    return nw.when(is_rate).then(nw.lit("percentage_point")).otherwise("unit")


def _given(rows: Rows, national: float | Figure) -> Rows:
    """Set the caller's national value beside each row; a row of another unit has none."""
    mark: dict[str, float | str] = dict(
        zip(_NATIONAL.values(), (*given_interval(national), ""), strict=True)
    )
    mark["national_basis"] = "given"
    fits = nw.lit(value=True)
    if isinstance(national, Figure):
        fits = nw.col("unit").is_in(["", national.unit])
    return rows.with_columns(
        nw.when(fits).then(nw.lit(value)).alias(column) for column, value in mark.items()
    )


def _known(rows: Rows, around: Rows, *, has_source: bool) -> Rows:
    """Set the national value beside each row: reported, else implied by what provinces say."""
    implied = _implied(_said(around), has_source=has_source)
    beside = rows.join(_reported(around), on=_OF_NATURE, how="left")
    beside = beside.join(implied, on=_OF_NATURE, how="left")
    lower, upper = nw.col("implied_lower"), nw.col("implied_upper")
    is_reported = ~nw.col("reported_value").is_null()
    is_implied = ~is_reported & (lower <= upper + TOUCH)
    cases = {"reported": is_reported, "implied": is_implied,
             "contradicted": ~is_reported & (lower > upper + TOUCH)}  # fmt: skip
    numbers = {
        name: first_case((cases[basis], nw.col(f"{basis}_{column}")) for basis in _BASES)
        for column, name in _NATIONAL.items()
    }
    basis = first_case((holds, nw.lit(name)) for name, holds in cases.items())
    return beside.with_columns(**numbers, national_basis=basis)


def _reported(around: Rows) -> Rows:
    """Return what the nation reports."""
    nation = validated(around.filter("is_nation")).filter(_IS_KNOWN)
    return nation.select(*_OF_NATURE, **named("reported", tuple(_NATIONAL)))


def _implied(said: Rows, *, has_source: bool) -> Rows:
    """Intersect what provinces imply by their distance; the ends cross where they contradict."""
    ends = said.group_by(_OF_NATURE).agg(
        nw.col("implied_value").median(),
        nw.col("implied_lower").max(),
        nw.col("implied_upper").min(),
    )
    value, lower, upper = (nw.col(f"implied_{end}") for end in ENDS)
    least = nw.when(value < lower).then(lower).otherwise(value)
    inside = ends.with_columns(implied_value=least).with_columns(
        implied_value=nw.when(value > upper).then(upper).otherwise(value)
    )
    if not has_source:
        return inside.with_columns(implied_source=nw.lit(""))
    return inside.join(_documents(said), on=_OF_NATURE, how="left")


def _said(around: Rows) -> Rows:
    """Return the national value that each province implies by its distance from it."""
    own = around.filter(nw.col("is_province") & ~nw.col("series_gap").is_null())
    claims = around.filter(nw.col("is_province") & nw.col("indicator").str.ends_with("_gap"))
    values = (
        validated(own)
        .filter(_IS_KNOWN)
        .with_columns(claim_group=group_of(nw.col("series_gap"), nw.col("start")))
    )
    claimed = (
        validated(claims)
        .filter(_IS_KNOWN)
        .select("whose", claim_group="group", **named("claim", (*ENDS, "unit")))
    )
    paired = values.join(claimed, on=["whose", "claim_group"], how="inner")
    is_unstated = (nw.col("unit") == "") | (nw.col("claim_unit") == "")
    said = paired.filter(is_unstated | (nw.col("claim_unit") == _distance_unit()))
    return said.select(
        *_OF_NATURE,
        "source",
        implied_value=nw.col("value") - nw.col("claim_value"),
        implied_lower=nw.col("lower") - nw.col("claim_upper"),
        implied_upper=nw.col("upper") - nw.col("claim_lower"),
    )


def _documents(said: Rows) -> Rows:
    """Join the documents of each group by blanks; narwhals has no words for it, engines have."""
    name, native = "implied_source", said.to_native()
    joined: Lazy
    if said.implementation.is_polars():
        import polars as pl

        joined = pl.col("source").unique().sort().str.join(" ")
        joined = native.group_by(_OF_NATURE).agg(joined.alias(name))
    elif said.implementation.is_duckdb():
        keys = ", ".join(f'"{column}"' for column in _OF_NATURE)
        joined = f"string_agg(DISTINCT source, ' ' ORDER BY source) AS {name}"
        joined = native.aggregate(f"{keys}, {joined}", keys)
    else:
        from pyspark.sql import functions as f

        joined = f.array_join(f.sort_array(f.collect_set("source")), " ")
        joined = native.groupBy(*_OF_NATURE).agg(joined.alias(name))
    documents: Rows = nw.from_native(joined)
    return documents
