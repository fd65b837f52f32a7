"""Changes over a year, planned: each method finds its base by a join on the key of the base."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import or_
from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from provstats.comparables import TOUCH
from provstats.plans.meanings import first_case
from provstats.plans.relations import (
    ENDS,
    certain,
    count_of,
    named,
    of_one_nature,
    relation,
    result,
)
from provstats.units import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provstats.engines import Lazy

    Rows = nw.LazyFrame[Lazy]

__all__ = ["yoy"]

_YEAR: Final = 12
_METHODS: Final = ("reported", "levels", "level_minus_new")
_ALL_LOST: Final = -100
_INFINITE: Final = float("inf")


def yoy(native: Lazy) -> Lazy:
    """Plan `provstats.yoy`.

    Parameters
    ----------
    native : lazy frame
        Of an engine that narwhals plans for.
    """
    around = relation(native)
    is_valid = nw.col("is_valid")
    rows = _of_one_nature(around)
    base = around.filter(is_valid & ~nw.col("value").is_null())
    keyed = rows.with_columns(is_rate=nw.col("unit").is_in(list(DIFFERENCES)),
                              is_growth=nw.col("indicator").str.ends_with("_growth"))  # fmt: skip
    found = _with_base(keyed.with_columns(**_keys()), base)
    told = found.with_columns(**_reported(), **_of_levels(), **_less_new())
    return result(told.with_columns(**_first_method()), native, [
        "previous", "yoy", "yoy_lower", "yoy_upper", "yoy_unit", "method", "months", "conflict",
        "left_out",
    ])  # fmt: skip


def _of_one_nature(around: Rows) -> Rows:
    """Keep rows of one nature, and count the others of their indicator and period."""
    told = of_one_nature(around, nw.col("is_valid")).with_columns(
        is_kept=certain(nw.col("is_valid") & nw.col("is_natured"))
    )
    return told.with_columns(left_out=count_of(~nw.col("is_kept"))).filter("is_kept")


def _keys() -> dict[str, nw.Expr]:
    """Return by which key each method finds its base; missing where the method does not apply."""
    is_rate, is_growth = nw.col("is_rate"), nw.col("is_growth")
    id_, has_before = nw.col("indicator"), ~is_growth & (nw.col("months") <= _YEAR)
    return {
        "growth_id": first_case([
            (is_growth, id_),
            (is_rate, nw.concat_str(id_, nw.lit("_change"))),
            (~is_rate, nw.concat_str(id_, nw.lit("_growth"))),
        ]),
        "start_before": nw.when(has_before).then(nw.col("start") - _YEAR),
        "end_before": nw.when(has_before).then(nw.col("end") - _YEAR),
        # What is added within a span adds to a stock; from a flow it cannot be taken.
        "new_id": nw.when(~is_rate & ~nw.col("is_flow")).then(
            nw.concat_str(id_, nw.lit("_new"))
        ),
    }  # fmt: skip


def _with_base(rows: Rows, base: Rows) -> Rows:
    place = ["region", "place"]
    new = base.filter(nw.col("indicator").str.ends_with("_new") & (nw.col("months") <= _YEAR))
    longest = nw.col("months").max().over([*place, "indicator", "unit", "end"])
    new = new.with_columns(longest=longest).filter(nw.col("months") == nw.col("longest"))
    bases: Iterator[tuple[str, Rows, Mapping[str, str]]] = iter([
        ("growth", base, {"growth_id": "indicator", "start": "start", "end": "end"}),
        ("level", base, {"indicator": "indicator", "unit": "unit", "start_before": "start",
                         "end_before": "end"}),
        ("new", new, {"new_id": "indicator", "unit": "unit", "end": "end"}),
    ])  # fmt: skip
    for name, of, keys in bases:
        values = of.select(*place, **keys, **named(name, (*ENDS, "months")))
        rows = rows.join(values, on=[*place, *keys], how="left")
    return rows


def _told(method: str, **columns: nw.Expr) -> dict[str, nw.Expr]:
    """Name a method's columns; they are missing where it tells no change."""
    is_told = ~columns["value"].is_null()
    return {f"{method}_{name}": nw.when(is_told).then(column) for name, column in columns.items()}


def _reported() -> dict[str, nw.Expr]:
    """Take a growth rate as the change that it is; of others, the growth or the difference."""
    months, growth = nw.col("months"), nw.col("growth_value")
    is_ratio = ~nw.col("is_growth") & ~nw.col("is_rate")
    factor = nw.when(is_ratio & (growth > _ALL_LOST)).then(1 + growth / 100)
    return _told(
        "reported",
        **{end: nw.col(f"growth_{end}") for end in ENDS},
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
