"""Changes over a year, planned: each method finds its base by key, never by the order of rows."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import or_
from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from provstats.engines.lazy.meanings import first_case
from provstats.engines.lazy.relations import (
    certain,
    count_of,
    group_of,
    named,
    of_one_nature,
    relation,
    result,
    validated,
)
from provstats.engines.lazy.schemas import ENDS
from provstats.engines.memory.intervals import TOUCH
from provstats.reading.units import DIFFERENCES

if TYPE_CHECKING:
    from provstats.engines.recognise import Lazy

    Rows = nw.LazyFrame[Lazy]

__all__ = ["yoy"]

_YEAR: Final = 12
# What an addition has in common with its stock.
_ADDED: Final = ["whose", "unit_code", "end"]
_METHODS: Final = ("reported", "levels", "level_minus_new")
_ALL_LOST: Final = -100
_INFINITE: Final = float("inf")


def yoy(native: Lazy, *, breaks: object = None, across_breaks: bool = False) -> Lazy:
    """Plan `provstats.yoy`.

    Parameters
    ----------
    native : lazy frame
        Of an engine that narwhals plans for.
    """
    if breaks is not None or across_breaks:
        msg = "breaks and across_breaks need rows in memory; collect the lazy frame"
        raise NotImplementedError(msg)
    around = relation(native, "growth", "change", "new")
    rows = _with_levels(_with_left_out(validated(around)).filter("is_valid"))
    found = _with_evidence(rows.filter("is_natured"), around)
    told = found.with_columns(**_reported(), **_of_levels(), **_less_new())
    return result(told.with_columns(**_first_method()), native, [
        "previous", "yoy", "yoy_lower", "yoy_upper", "yoy_unit", "method", "months", "conflict",
        "left_out",
    ])  # fmt: skip


def _with_left_out(rows: Rows) -> Rows:
    """Tell the rows of one nature, and count the others of their indicator and period."""
    told = of_one_nature(rows, nw.col("is_valid"))
    is_kept = certain(nw.col("is_valid") & nw.col("is_natured"))
    is_rate = nw.col("unit").is_in(list(DIFFERENCES))
    return told.with_columns(left_out=count_of(~is_kept), is_rate=is_rate)


def _with_levels(rows: Rows) -> Rows:
    """Set the level a year before beside each row.

    Among rows of one span's length and last month the one before is a year before, or none is.
    """
    series, start = nw.col("series"), nw.col("start")
    keyed = rows.with_columns(season=group_of(series, start % _YEAR))
    before = keyed.with_columns(**{
        f"{column}_before": nw.col(column).shift(1).over(
            "whose", "unit_code", "season", order_by="start"
        )
        for column in (*ENDS, "start")
    })  # fmt: skip
    is_base = (nw.col("start_before") == start - _YEAR) & (nw.col("months") <= _YEAR)
    applies = is_base & ~nw.col("is_growth")
    return before.with_columns(
        **{f"level_{end}": nw.when(applies).then(f"{end}_before") for end in ENDS}
    )


def _with_evidence(rows: Rows, around: Rows) -> Rows:
    """Set the growth and the addition that the same teller states beside each row."""
    growth = _stated(around, "_growth", "_change")
    grown = nw.when("is_rate").then("series_change").otherwise("series_growth")
    # What is added within a span adds to a stock; from a flow it cannot be taken.
    is_stock = ~nw.col("is_rate") & ~nw.col("is_flow")
    keyed = rows.with_columns(
        growth_group=nw.when(~nw.col("is_growth")).then(group_of(grown, nw.col("start"))),
        new_series=nw.when(is_stock).then("series_new"),
    )
    growths = growth.select("whose", growth_group="group", **named("growth"))
    beside = keyed.join(growths, on=["whose", "growth_group"], how="left")
    return beside.join(_longest(_stated(around, "_new")), on=[*_ADDED, "new_series"], how="left")


def _stated(around: Rows, *suffixes: str) -> Rows:
    """Return the values of the indicators with a suffix."""
    stated = reduce(or_, (nw.col("indicator").str.ends_with(suffix) for suffix in suffixes))
    rows = validated(around.filter(stated))
    return rows.filter(nw.col("is_valid") & ~nw.col("value").is_null())


def _longest(added: Rows) -> Rows:
    """Return what was added within the longest span that ends in a month, up to a year."""
    within = added.filter(nw.col("months") <= _YEAR)
    longest = nw.col("months").max().over(*_ADDED, "series")
    chosen = within.with_columns(longest=longest).filter(nw.col("months") == nw.col("longest"))
    return chosen.select(*_ADDED, new_series="series", **named("new", (*ENDS, "months")))


def _told(method: str, **columns: nw.Expr) -> dict[str, nw.Expr]:
    """Name a method's columns; they are missing where it tells no change."""
    is_told = ~columns["value"].is_null()
    return {f"{method}_{name}": nw.when(is_told).then(column) for name, column in columns.items()}


def _reported() -> dict[str, nw.Expr]:
    """Take a growth rate as the change that it is; of others, the growth or the difference."""
    months, growth = nw.col("months"), nw.col("growth_value")
    is_growth = nw.col("is_growth")
    is_ratio = ~is_growth & ~nw.col("is_rate")
    factor = nw.when(is_ratio & (growth > _ALL_LOST)).then(1 + growth / 100)
    return _told(
        "reported",
        **{end: nw.when(is_growth).then(end).otherwise(f"growth_{end}") for end in ENDS},
        months=nw.when(months < _YEAR).then(nw.lit(_YEAR)).otherwise(months),
        previous=nw.col("value") / factor,
    )


def _of_levels() -> dict[str, nw.Expr]:
    value, lower, upper = (nw.col(f"level_{end}") for end in ENDS)
    return _told("levels", **_change(value, lower, upper), months=nw.lit(_YEAR)) | {
        "levels_previous": nw.when(nw.col("is_rate") | (value > 0)).then(value)
    }


def _less_new() -> dict[str, nw.Expr]:
    """Take what was added since the start of a span from the level at its end."""
    before = nw.col("value") - nw.col("new_value")
    lower, upper = nw.col("lower") - nw.col("new_upper"), nw.col("upper") - nw.col("new_lower")
    change = _change(before, lower, upper)
    return _told("level_minus_new", **change, months=nw.col("new_months"), previous=before)


def _change(value: nw.Expr, lower: nw.Expr, upper: nw.Expr) -> dict[str, nw.Expr]:
    """Return the change from an interval before; a base of zero or less has no ratio.

    Nothing is divided by what is not positive: engines do not agree on what that is.
    """
    now, least, most = (nw.col(end) for end in ENDS)
    base, low, high = (nw.when(end > 0).then(end) for end in (value, lower, upper))
    ratios = {
        "value": now / base,
        "lower": nw.when(least >= 0).then(least / high)
                   .otherwise(nw.coalesce(least / low, nw.lit(-_INFINITE))),
        "upper": nw.when(most > 0).then(nw.coalesce(most / low, nw.lit(_INFINITE)))
                   .otherwise(most / high),
    }  # fmt: skip
    differences = {"value": now - value, "lower": least - upper, "upper": most - lower}
    is_rate = nw.col("is_rate")
    return {
        end: nw.when(is_rate).then(differences[end]).otherwise((ratios[end] - 1) * 100)
        for end in ENDS
    }


def _first_method() -> dict[str, nw.Expr]:
    """Return what the first method that applies tells, and whether another contradicts it."""
    methods = [(~nw.col(f"{name}_value").is_null(), name) for name in _METHODS]
    of_first = {
        column: first_case((applies, nw.col(f"{name}_{column}")) for applies, name in methods)
        for column in (*ENDS, "months", "previous")
    }
    points = first_case(
        (~nw.col("is_growth") & (nw.col("unit") == unit), nw.lit(change))
        for unit, change in DIFFERENCES.items()
    )
    return {
        "previous": nw.coalesce("levels_previous", of_first["previous"]),
        "yoy": of_first["value"],
        "yoy_lower": of_first["lower"],
        "yoy_upper": of_first["upper"],
        "yoy_unit": nw.coalesce(points, nw.lit("percent")),
        "method": first_case((applies, nw.lit(name)) for applies, name in methods),
        "months": of_first["months"].cast(nw.Int64),
        "conflict": reduce(or_, (_conflict(*pair) for pair in combinations(_METHODS, 2))),
    }


def _conflict(one: str, other: str) -> nw.Expr:
    """Tell whether two changes over the same span have intervals that do not meet."""
    apart = (nw.col(f"{one}_lower") > nw.col(f"{other}_upper") + TOUCH) | (
        nw.col(f"{other}_lower") > nw.col(f"{one}_upper") + TOUCH
    )
    return certain(apart & (nw.col(f"{one}_months") == nw.col(f"{other}_months")))
