"""Weights: those that a caller gives, and others over which a composite must hold up."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from provstats.analysis.parts.inputs import convert_to_pandas
from provstats.errors import SchemaError

if TYPE_CHECKING:
    from provstats.engines.memory.frames import HasColumns

    Frame = pd.DataFrame | HasColumns

__all__ = ["build_weightings", "weightings"]


def weightings(weights: Mapping[str, float]) -> pd.DataFrame:
    """Return the weightings over which `composite` states the range of ranks.

    Parameters
    ----------
    weights : mapping
        Indicator ids and their weights, positive numbers; only their proportions matter.

    Returns
    -------
    DataFrame
        One row a weighting, indicators across, each row of sum 1: ``as given``, ``equal``, and for
        each indicator ``without`` it (if there is another), its weight ``doubled`` and ``halved``.
        Excluding indicators and changing weights are the sources of uncertainty of the OECD and JRC
        *Handbook on Constructing Composite Indicators* (2008, step 7) that lie in the weights.

    Raises
    ------
    SchemaError
        If it is no mapping, is empty, or a weight is no positive finite number.

    Examples
    --------
    >>> usual = weightings({"rd_intensity": 3, "rd_expenditure": 1})
    >>> print(usual.round(2).reset_index().to_string(index=False))
                 weighting  rd_intensity  rd_expenditure
                  as given          0.75            0.25
                     equal          0.50            0.50
      without rd_intensity          0.00            1.00
      rd_intensity doubled          0.86            0.14
       rd_intensity halved          0.60            0.40
    without rd_expenditure          1.00            0.00
    rd_expenditure doubled          0.60            0.40
     rd_expenditure halved          0.86            0.14
    """
    given = scale_weights(weights)
    rows = {"as given": given, "equal": dict.fromkeys(given, 1.0)}
    for id_, weight in given.items():
        others = {other: given[other] for other in given if other != id_}
        rows |= {f"without {id_}": {id_: 0.0} | others} if others else {}
        rows |= {f"{id_} doubled": given | {id_: weight * 2}}
        rows |= {f"{id_} halved": given | {id_: weight / 2}}
    return _scale_to_sum_one(pd.DataFrame.from_dict(rows, orient="index", columns=list(given)))


def scale_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights by indicator, at most 1; refuse what is no positive number."""
    if not (isinstance(weights, Mapping) and weights and all(isinstance(i, str) for i in weights)):
        msg = (
            f"weights must map indicator ids to numbers, as {{'rd_intensity': 2}}, got {weights!r}"
        )
        raise SchemaError(msg)
    wrong = {id_: weight for id_, weight in weights.items() if not _is_positive(weight)}
    if wrong:
        msg = f"weights must be positive finite numbers, got {wrong}; leave out what has no weight"
        raise SchemaError(msg)
    greatest = max(weights.values())
    return {id_: float(weight / greatest) for id_, weight in weights.items()}


def _is_positive(weight: object) -> bool:
    if not isinstance(weight, Real) or isinstance(weight, bool):
        return False
    return isfinite(weight) and float(weight) > 0


def _scale_to_sum_one(rows: pd.DataFrame) -> pd.DataFrame:
    shares: pd.DataFrame = rows.div(rows.sum(axis="columns"), axis="index")
    shares.index.name = "weighting"
    return shares


def build_weightings(weights: Mapping[str, float], over: Frame | None) -> pd.DataFrame:
    """Return the weightings of a composite, that of the caller's weights first.

    Parameters
    ----------
    weights : mapping
        Indicator ids and their weights.
    over : DataFrame or None
        The caller's own weightings; those of `weightings` by default.

    Raises
    ------
    SchemaError
        If either does not hold.
    """
    usual = weightings(weights)
    if over is None:
        return usual
    given, others = usual.iloc[:1], _read_own_weightings(over, list(weights))
    is_given = np.isclose(others.to_numpy(), given.to_numpy()).all(axis=1)
    table: pd.DataFrame = pd.concat([given, others[~is_given]])
    return table


def _read_own_weightings(given: Frame, ids: list[str]) -> pd.DataFrame:
    over: Any = convert_to_pandas(given)
    is_frame = isinstance(over, pd.DataFrame) and len(over) > 0 and over.columns.is_unique
    if not is_frame or set(over) != set(ids):
        got = list(over) if isinstance(over, pd.DataFrame) else repr(over)
        msg = (
            f"over must be a frame with rows and the columns {ids}, as weightings gives, got {got}"
        )
        raise SchemaError(msg)
    numbers = over[ids].select_dtypes("number").reindex(columns=ids).astype("float64")
    sums = numbers.sum(axis="columns")
    wrong = ~(numbers.ge(0).all(axis="columns") & sums.gt(0) & sums.lt(inf))
    if wrong.any():
        rows = over[wrong].head().to_string()
        msg = f"over must hold numbers of zero or more, and one above zero in each row:\n{rows}"
        raise SchemaError(msg)
    return _scale_to_sum_one(numbers)
