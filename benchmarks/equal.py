"""Equal meaning: what provstats answers and refuses, written well in pandas, polars and DuckDB.

Each refuses doubled keys, unknown regions, mixed units, texts that are none, numbers that are not
finite and bounds that do not hold their value; each adds the columns that provstats adds. What all
three share is here, and the check that they answer and refuse alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from engines import COMPARISONS, GROUP, OWN, prepare_own, ps, set_keys
from equal_duckdb import prepare_duckdb
from equal_pandas import prepare_pandas
from equal_polars import prepare_polars, prepare_polars_streaming
from meaning import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engines import Calls

__all__ = ["ENGINES", "LEAVES_OUT", "check"]

#: What queries of equal meaning still do not do, for the page.
LEAVES_OUT: Final = (
    "what the panels do not have: several natures, what is claimed (`among`), spans of several "
    "months, the nation as implied by claims or of several vintages, growth and additions "
    "(`reported`, `level_minus_new`, `index`, hence conflicts), breaks, directions and the "
    "catalogue of indicators. Their refusals say that something is wrong, not which rows it is, "
    "and DuckDB does not keep the order of the rows."
)

#: What each engine needs to answer the frame's comparisons.
ENGINES: Final[dict[str, Callable[[pd.DataFrame], Calls]]] = {
    "pandas": prepare_pandas,
    "polars": prepare_polars,
    "polars streaming": prepare_polars_streaming,
    "DuckDB": prepare_duckdb,
    OWN: prepare_own,
}

#: Frames that must be refused: what is done to a good one.
FAULTS: Final[dict[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "doubled key": lambda frame: pd.concat([frame, frame.tail(1)], ignore_index=True),
    "unknown region": lambda frame: _put(frame, "region", "CN-XX"),
    "mixed units": lambda frame: _put(frame, "unit", "kg/person"),
    "no text": lambda frame: _put(frame, "indicator", None),
    "infinite": lambda frame: _put(frame, "value", np.inf),
    "outside its bounds": lambda frame: frame.assign(
        lower=frame["value"] - 1, upper=frame["value"] - 0.5
    ),
}


#: The part of values that are odd in each way, and a month in which most rows are missing, so that
#: there are groups of one.
ODD, SPARSE_MONTH, SPARSE = 0.03, 5, 0.97


def check(frame: pd.DataFrame, engines: Iterable[str]) -> None:
    """Raise AssertionError unless every engine answers as provstats does, and refuses as it does.

    The frame gets what a caller's may have: values that are missing, zero or negative, rates,
    a unit that changes between years, and groups with one value.
    """
    hard = _make_hard(frame)
    some = frame.sort_values(GROUP, ignore_index=True).head(2000)
    answers = {
        name: set_keys(call()) for name, call in prepare_own(hard).items() if name in COMPARISONS
    }
    for engine in engines:
        calls = ENGINES[engine](hard)
        for name, expected in answers.items():
            _refuse_difference(set_keys(calls[name]()), expected, f"{engine} {name}")
        for fault, spoil in FAULTS.items():
            _expect_refusal(engine, spoil(some), fault)


def _refuse_difference(found: pd.DataFrame, expected: pd.DataFrame, what: str) -> None:
    """Compare the columns that are added: numbers to 1e-9, texts as they are."""
    assert {*expected} == {*found}, (what, {*expected} ^ {*found})  # noqa: S101 - it is a check
    assert len(expected) == len(found), (what, len(expected), len(found))  # noqa: S101
    if not what.startswith("DuckDB"):
        assert found.index.equals(expected.index), f"{what}: the order of the rows"  # noqa: S101
    found = found.reindex(expected.index)
    for name, column in expected.items():
        one, other = column, found[name]
        if pd.api.types.is_numeric_dtype(one):
            numbers = (
                part.astype("Float64").to_numpy(float, na_value=np.nan) for part in (other, one)
            )
            np.testing.assert_allclose(*numbers, 1e-9, 1e-9, err_msg=f"{what} {name}")
        else:
            texts = (
                part.astype(object).where(part.notna(), "").astype(str) for part in (other, one)
            )
            np.testing.assert_array_equal(*texts, err_msg=f"{what} {name}")


def _expect_refusal(engine: str, frame: pd.DataFrame, fault: str) -> None:
    for name in COMPARISONS:
        if (fault, name) == ("mixed units", "yoy"):  # there it is a reason, not a refusal
            continue
        try:
            ENGINES[engine](frame)[name]()
        except (RefusedError, ps.ProvstatsError):
            continue
        msg = f"{engine} does not refuse in {name}: {fault}"
        raise AssertionError(msg)


def _put(frame: pd.DataFrame, column: str, what: object) -> pd.DataFrame:
    """Put something into a row of a province in a group with several."""
    row = frame.index[frame["region"] != "CN"][0]
    cells = frame[column].astype(object if column != "value" else float)
    cells.loc[row] = what
    kind = frame[column].dtype
    is_category = isinstance(kind, pd.CategoricalDtype)
    return frame.assign(**{column: cells.astype("category" if is_category else kind)})


def _make_hard(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with what is hard about frames."""
    random = np.random.default_rng(1)
    value = frame["value"].copy()
    for odd in (np.nan, 0.0, -20.0):
        value[random.random(len(frame)) < ODD] = odd
    is_rare = (frame["period"].dt.month == SPARSE_MONTH) & (random.random(len(frame)) < SPARSE)
    found = frame.assign(value=value, unit=_make_units(frame).astype(frame["unit"].dtype.name))
    if "lower" in frame:
        found = found.assign(lower=value - 0.05, upper=value + 0.05)
    return found[~is_rare]


def _make_units(frame: pd.DataFrame) -> pd.Series:
    """Return a rate for one indicator, a total for another, and one that changes for a third."""
    rate, total, changing = frame["indicator"].unique()[:3]
    unit = frame["unit"].astype("str")
    unit[frame["indicator"] == rate] = "percent"
    unit[frame["indicator"] == total] = "CNY"
    is_later = frame["period"] >= frame["period"].median().replace(day=1)
    unit[(frame["indicator"] == changing) & is_later] = "kg/person"
    return unit
