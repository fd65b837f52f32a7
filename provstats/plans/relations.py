"""Relations: the rows of a lazy frame with what comparing needs, as a plan that nothing has run.

A plan cannot look at rows, so it cannot refuse any: what a frame in memory would be refused for
(a key that stands twice, bounds that do not hold the value, a label that is no period) is left out
and counted, as are missing values. NaN and infinite values are missing: some engines rank them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from provstats.errors import SchemaError, nearest
from provstats.observations import NATURES
from provstats.places import NATION, provinces
from provstats.plans.meanings import catalogued, first_case, looked_up, spanned, unit_as_of_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provstats.engines import Lazy

__all__ = [
    "ENDS", "GROUP", "OF_NATURE", "certain", "checked", "count_of", "named", "of_one_nature",
    "provinces_compared", "relation", "result",
]  # fmt: skip

#: Rows are compared within these; a span is known by its first and its last month.
GROUP: Final = ["indicator", "start", "end"]
OF_NATURE: Final = [*GROUP, "place"]

_NEEDED: Final = ("region", "indicator", "period", "value")
#: A value and the ends of its interval.
ENDS: Final = ("value", "lower", "upper")


def relation(native: Lazy) -> nw.LazyFrame[Lazy]:
    """Return a lazy frame's rows with what comparing needs.

    Parameters
    ----------
    native : polars.LazyFrame, duckdb.DuckDBPyRelation or pyspark.sql.DataFrame
        Columns as for `provstats.rank`.

    Returns
    -------
    LazyFrame
        The caller's columns under the names ``given_0``, ``given_1`` ..., which `result` undoes,
        and ``region``, ``indicator``, ``start``, ``end`` (months since the year 0), ``place`` (of
        the nature), ``unit``, ``value``, ``lower``, ``upper``, ``source``, ``is_valid``, and what
        the catalogue says of the indicator: ``is_ascending``, ``is_flow``.

    Raises
    ------
    SchemaError
        If a column is missing or of another type.
    """
    frame = checked(native)
    named = frame.select(**_kept(frame.columns), **_columns(frame.collect_schema()))
    known = looked_up(spanned(named), "indicator", catalogued())
    unit = nw.when(nw.col("unit") != "").then("unit").otherwise("usual_unit")
    return known.with_columns(unit=unit, is_valid=_is_valid())


def checked(native: Lazy) -> nw.LazyFrame[Lazy]:
    """Check the columns of a lazy frame and their types, which a plan can.

    Parameters
    ----------
    native : lazy frame
        Of any engine that narwhals knows.

    Raises
    ------
    SchemaError
        If a column is missing or of another type.
    """
    frame: nw.LazyFrame[Lazy] = nw.from_native(native)
    schema = frame.collect_schema()
    if missing := [column for column in _NEEDED if column not in schema]:
        hints = "".join(nearest(column, list(schema)) for column in missing)
        msg = f"column(s) {missing} are missing; the frame has {list(schema)}{hints}"
        raise SchemaError(msg)
    for column, (words, fits) in _TYPES.items():
        if column in schema and not fits(schema[column]):
            msg = f"column {column!r} must hold {words}, got {schema[column]}"
            raise SchemaError(msg)
    return frame


def _is_text(kind: nw.dtypes.DType) -> bool:
    return isinstance(kind, nw.String | nw.Categorical | nw.Enum)


def _is_label(kind: nw.dtypes.DType) -> bool:
    return _is_text(kind) or kind.is_integer()


def _is_date(kind: nw.dtypes.DType) -> bool:
    return isinstance(kind, nw.Date | nw.Datetime)


_TYPES: Final[dict[str, tuple[str, Callable[[nw.dtypes.DType], bool]]]] = {
    **dict.fromkeys(("region", "indicator", "unit", "nature", "source"), ("texts", _is_text)),
    "period": ("labels, years or dates", lambda kind: _is_label(kind) or _is_date(kind)),
    **dict.fromkeys(ENDS, ("numbers", lambda kind: kind.is_numeric())),
}


def _kept(columns: list[str]) -> dict[str, nw.Expr]:
    return {f"given_{place}": nw.col(column) for place, column in enumerate(columns)}


def _columns(columns: Mapping[str, nw.dtypes.DType]) -> dict[str, nw.Expr]:
    """Return what comparing needs of a row, whatever of it the frame has."""
    value, period = _finite("value"), nw.col("period")
    ends = {c: nw.coalesce(_finite(c), value) if c in columns else value for c in ENDS[1:]}
    unit = nw.coalesce(nw.col("unit").cast(nw.String), nw.lit("")) if "unit" in columns else None
    nature = nw.col("nature").cast(nw.String) if "nature" in columns else nw.lit(NATURES[0])
    return {
        "region": nw.col("region").cast(nw.String),
        "indicator": nw.col("indicator").cast(nw.String),
        "label": period if _is_date(columns["period"]) else period.cast(nw.String),
        "unit": nw.lit("") if unit is None else unit_as_of_data(unit),
        "place": first_case((nature == name, nw.lit(place)) for place, name in enumerate(NATURES)),
        "source": nw.col("source").cast(nw.String) if "source" in columns else nw.lit(""),
        "value": value,
        **ends,
    }


def _finite(column: str) -> nw.Expr:
    """Return numbers; what is none is missing, and the two zeros are one."""
    number = nw.col(column).cast(nw.Float64)
    return nw.when(number.is_finite()).then(number + 0.0)


def _is_valid() -> nw.Expr:
    """Tell the rows that a check in memory would let pass, by themselves and within their key."""
    value, lower, upper = (nw.col(column) for column in ENDS)
    is_outside = certain((lower > value) | (value > upper))
    stands_once = nw.len().over("region", *OF_NATURE) == 1
    is_known = ~nw.col("start").is_null() & ~nw.col("place").is_null()
    return stands_once & is_known & ~is_outside


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
    return holds.cast(nw.Int64).sum().over(GROUP).cast(nw.Int64)


def certain(holds: nw.Expr) -> nw.Expr:
    """Take what is not known for what does not hold.

    Parameters
    ----------
    holds : Expr
        True, false or missing.
    """
    return nw.coalesce(holds, nw.lit(value=False))


def of_one_nature(rows: nw.LazyFrame[Lazy], candidates: nw.Expr) -> nw.LazyFrame[Lazy]:
    """Tell the rows of the nature that the candidates of their indicator and period choose.

    Parameters
    ----------
    rows : LazyFrame
        Rows of a `relation`; ``is_natured`` is added.
    candidates : Expr
        The rows that choose: outcome, else forecast, else target.
    """
    first = nw.when(candidates).then("place").min().over(GROUP)
    return rows.with_columns(first_place=first).with_columns(
        is_natured=nw.col("place") == nw.col("first_place")
    )


def provinces_compared(rows: nw.LazyFrame[Lazy]) -> nw.LazyFrame[Lazy]:
    """Keep provinces' values of one nature and one unit.

    Parameters
    ----------
    rows : LazyFrame
        Rows of a `relation`; ``n`` and ``left_out`` are added: how many rows of the same indicator
        and period are compared, and how many are not.
    """
    is_known = nw.col("is_valid") & ~nw.col("value").is_null()
    is_province = is_known & nw.col("region").is_in(sorted(provinces()))
    # The nation's unit counts too: what is compared is measured against it.
    is_concerned = is_province | (is_known & (nw.col("region") == NATION))
    natured = of_one_nature(rows, is_province)
    unit = nw.when(is_concerned & nw.col("is_natured")).then("unit")
    is_compared = certain(is_province & nw.col("is_natured"))
    # All windows of one step: engines then sort the rows once.
    told = natured.with_columns(
        is_one_unit=unit.min().over(GROUP) == unit.max().over(GROUP),
        n=count_of(is_compared),
        left_out=count_of(~is_compared),
    )
    return told.filter(is_compared & nw.col("is_one_unit"))


def result(rows: nw.LazyFrame[Lazy], native: Lazy, added: list[str]) -> Lazy:
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
