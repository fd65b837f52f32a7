"""Relations: the rows of a lazy frame with what comparing needs, as a plan that nothing has run.

A plan cannot look at rows, so it cannot refuse any: what a frame in memory would be refused for
(a key that stands twice, bounds that do not hold the value, a label that is no period) is left out
and counted, as are missing values. NaN and infinite values are missing: some engines rank them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from provstats.engines.lazy.meanings import (
    beside,
    catalogued,
    each_once,
    first_case,
    located,
    spanned,
)
from provstats.engines.lazy.schemas import ENDS, checked, is_date
from provstats.store.keys import NATURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.engines.recognise import Lazy

    Rows = nw.LazyFrame[Lazy]

__all__ = [
    "certain", "count_of", "group_of", "named", "of_one_nature", "provinces_compared", "relation",
    "result", "validated",
]  # fmt: skip

# Keys are whole numbers: engines group, sort and join them faster than several columns of texts.
# Three natures; months since the year 0, to the year 9999, take 17 bits.
_NATURES: Final = 4
_MONTHS: Final = 2**17


def relation(native: Lazy, *suffixes: str) -> Rows:
    """Return a lazy frame's rows with what comparing needs.

    Parameters
    ----------
    native : polars.LazyFrame, duckdb.DuckDBPyRelation or pyspark.sql.DataFrame
        Columns as for `provstats.rank`.
    *suffixes : str
        As for `provstats.engines.lazy.meanings.catalogued`.

    Returns
    -------
    LazyFrame
        The caller's columns under the names ``given_0``, ``given_1`` ..., which `result` undoes;
        ``place`` (of the nature), ``value``, ``lower``, ``upper``, ``source``, the columns of
        `spanned`, `located` and `catalogued`, and the keys ``group`` (of indicator and period) and
        ``whose`` (of region and nature), missing where a part of them is.

    Raises
    ------
    SchemaError
        If a column is missing or of another type.
    """
    frame = checked(native)
    asked = ["indicator", "stated"] if "unit" in frame.columns else ["indicator"]
    named = frame.select(**_kept(frame.columns), **_columns(frame.collect_schema()))
    # Texts are read once a text, not once a row, and joined: texts are few, rows are many.
    places = located(each_once(named, "region"))
    ids = catalogued(each_once(named, *asked), suffixes)
    known = beside(beside(spanned(named), places, "region"), ids, *asked)
    return known.with_columns(
        group=group_of(nw.col("series"), nw.col("start")),
        whose=nw.col("area") * _NATURES + nw.col("place"),
    )


def group_of(series: nw.Expr, start: nw.Expr) -> nw.Expr:
    """Return the key of an indicator and of a period as long as that of the row.

    Parameters
    ----------
    series, start : Expr
        The number of the indicator, and the first month.
    """
    return (series * _MONTHS + start) * _MONTHS + nw.col("months")


def _kept(columns: list[str]) -> dict[str, nw.Expr]:
    return {f"given_{place}": nw.col(column) for place, column in enumerate(columns)}


def _columns(columns: Mapping[str, nw.dtypes.DType]) -> dict[str, nw.Expr]:
    """Return what comparing needs of a row, whatever of it the frame has."""
    value, period = _finite("value"), nw.col("period")
    ends = {c: nw.coalesce(_finite(c), value) if c in columns else value for c in ENDS[1:]}
    return {
        "region": nw.col("region").cast(nw.String),
        "indicator": nw.col("indicator").cast(nw.String),
        "label": period if is_date(columns["period"]) else period.cast(nw.String),
        "source": nw.col("source").cast(nw.String) if "source" in columns else nw.lit(""),
        "value": value,
        **ends,
        **(_nature() if "nature" in columns else {"place": nw.lit(0)}),
        **({"stated": nw.coalesce(nw.col("unit").cast(nw.String), nw.lit(""))}
           if "unit" in columns else {}),
    }  # fmt: skip


def _nature() -> dict[str, nw.Expr]:
    nature = nw.col("nature").cast(nw.String)
    cases = ((nature == name, nw.lit(place)) for place, name in enumerate(NATURES))
    return {"nature": nature, "place": first_case(cases)}


def _finite(column: str) -> nw.Expr:
    """Return numbers; what is none is missing, and the two zeros are one."""
    number = nw.col(column).cast(nw.Float64)
    return nw.when(number.is_finite()).then(number + 0.0)


def validated(rows: Rows) -> Rows:
    """Tell the rows that a check in memory would let pass, by themselves and within their key.

    Parameters
    ----------
    rows : LazyFrame
        Rows of a `relation`, whole series of them; ``is_valid`` is added.
    """
    value, lower, upper = (nw.col(column) for column in ENDS)
    is_outside = certain((lower > value) | (value > upper))
    stands_once = nw.len().over("group", "whose") == 1
    is_known = ~nw.col("group").is_null() & ~nw.col("whose").is_null()
    return rows.with_columns(is_valid=stands_once & is_known & ~is_outside)


def named(prefix: str, columns: tuple[str, ...] = ENDS) -> dict[str, nw.Expr]:
    """Return columns under a prefix, to be joined to others of their names.

    Parameters
    ----------
    prefix : str
        What comes before the name, with an underscore between.
    columns : tuple of str
        Which columns.
    """
    return {f"{prefix}_{column}": nw.col(column) for column in columns}


def count_of(holds: nw.Expr) -> nw.Expr:
    """Return for how many rows of the same indicator and period something holds.

    Parameters
    ----------
    holds : Expr
        True or false; missing is neither.
    """
    return holds.cast(nw.Int64).sum().over("group").cast(nw.Int64)


def certain(holds: nw.Expr) -> nw.Expr:
    """Take what is not known for what does not hold.

    Parameters
    ----------
    holds : Expr
        True, false or missing.
    """
    return nw.coalesce(holds, nw.lit(value=False))


def of_one_nature(rows: Rows, candidates: nw.Expr) -> Rows:
    """Tell the rows of the nature that the candidates of their indicator and period choose.

    Parameters
    ----------
    rows : LazyFrame
        Rows of a `relation`, `validated`; ``is_natured`` is added.
    candidates : Expr
        The rows that choose: outcome, else forecast, else target.
    """
    if "nature" not in rows.columns:
        return rows.with_columns(is_natured=nw.lit(value=True))
    first = nw.when(candidates).then("place").min().over("group")
    return rows.with_columns(first_place=first).with_columns(
        is_natured=nw.col("place") == nw.col("first_place")
    )


def provinces_compared(rows: Rows) -> Rows:
    """Keep provinces' values of one nature and one unit.

    Parameters
    ----------
    rows : LazyFrame
        Rows of a `relation`, `validated`; ``n`` and ``left_out`` are added: how many rows of the
        same indicator and period are compared, and how many are not.
    """
    is_known = nw.col("is_valid") & ~nw.col("value").is_null()
    is_province = certain(is_known & nw.col("is_province"))
    # The nation's unit counts too: what is compared is measured against it.
    is_concerned = is_province | certain(is_known & nw.col("is_nation"))
    natured = of_one_nature(rows, is_province)
    unit = nw.when(is_concerned & nw.col("is_natured")).then("unit_code")
    # Where no unit is stated, each indicator has the one of the catalogue.
    is_one = nw.lit(value=True)
    if "stated" in rows.columns:
        is_one = unit.min().over("group") == unit.max().over("group")
    is_compared = certain(is_province & nw.col("is_natured"))
    # All windows of one step: engines then sort the rows once.
    told = natured.with_columns(
        is_one_unit=is_one, n=count_of(is_compared), left_out=count_of(~is_compared)
    )
    return told.filter(is_compared & nw.col("is_one_unit"))


def result(rows: Rows, native: Lazy, added: list[str]) -> Lazy:
    """Return the caller's columns with those added, as a lazy frame of the caller's engine.

    Parameters
    ----------
    rows : LazyFrame
        Rows of a `relation`, with the columns to add.
    native : lazy frame
        What the caller gave.
    added : list of str
        The columns to add.
    """
    columns = nw.from_native(native).columns
    own = {column: nw.col(f"given_{place}") for place, column in enumerate(columns)}
    return rows.select(**{**own, **{column: nw.col(column) for column in added}}).to_native()
