"""Composite: several indicators as one score, by the caller's weights and never without doubt.

A composite index is an opinion about weights. So there is none without weights that the caller
gives, and none without the range of ranks over other weights that are stated with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.inequalities import (
    bound_measure,
    compute_deviation,
    find_extreme_candidates,
)
from provstats.analysis.parts.inputs import prepare_compared_rows, select_rows_and_context
from provstats.analysis.parts.meanings import find_directions
from provstats.analysis.weightings import build_weightings, scale_weights
from provstats.catalogue.spans import find_asked_labels
from provstats.engines.memory.inputs import prepare_rows_by_position
from provstats.engines.memory.intervals import TOUCH
from provstats.errors import IncomparableError, SchemaError, format_first_rows, suggest_nearest
from provstats.indicators import indicator
from provstats.store.observations import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from provstats.analysis.parts.inputs import Asked
    from provstats.catalogue.spans import Wishes
    from provstats.engines.memory.frames import HasColumns

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["composite"]

_INTERVAL: Final = ["value", "lower", "upper"]
_FEWEST: Final = 2


def composite(
    weights: Mapping[str, float],
    x: Asked | None = None,
    *,
    period: Wishes | None = None,
    over: pd.DataFrame | HasColumns | None = None,
) -> pd.DataFrame:
    """Score regions by several indicators, with the range of ranks over weights and intervals.

    The weights stand first: they are what the caller answers for.

    Parameters
    ----------
    weights : mapping
        Indicator ids (of the shipped data, any name of an indicator) and their weights, positive
        numbers, one of each indicator; only their proportions matter.
    x : DataFrame, optional
        A tidy frame, as for `rank`, of pandas, polars or Arrow; of it the indicators that have a
        weight are taken. A column ``direction`` may say what is better. By default
        the outcomes of the shipped data, in their latest vintage.
    period : str, int, Period, date, range or several, optional
        Which periods, as for `series`; by default each in which two regions or more have all the
        indicators.
    over : DataFrame, optional
        Other weightings than `weightings` gives: one a row, a column for each indicator, no
        negative number. Those of ``weights`` are always among them.

    Returns
    -------
    DataFrame
        One row for each period and each province that has all the indicators in it, in order of
        first appearance: ``region``, ``period``, ``score``, ``score_lower``, ``score_upper``,
        ``rank``, ``rank_best``, ``rank_worst``, ``n`` (provinces ranked), ``weightings`` (how many
        the range is over) and ``left_out`` (provinces that have some of the indicators only).
        Nothing is filled, and no value is missing.

        The score is the weighted mean of z-scores: value less mean over population standard
        deviation, of the provinces ranked, the sign turned where lower is better; a neutral
        indicator counts as higher is better, as in `rank`. ``score_lower`` and ``score_upper`` are
        those of the province's own intervals, mean and deviation being those of the values.

        ``rank`` is that of the score, ties as ``min``. ``rank_best`` to ``rank_worst`` holds the
        rank for any values inside the intervals, standardised anew, under any of the weightings; it
        may be wider than need be, never narrower.

    Raises
    ------
    IncomparableError
        If no two provinces have all the indicators in one period, if an indicator is the same
        everywhere, if natures differ within a period, or for what `rank` refuses.
    SchemaError
        If weights, weightings or the frame do not hold, or the frame lacks an indicator.
    UnknownIndicatorError, UnknownRegionError, PeriodError
        If a word is not known.

    Examples
    --------
    >>> scores = composite({"rd_intensity": 2, "rd_expenditure": 1}, period=2023)
    >>> columns = ["region", "score", "rank", "rank_best", "rank_worst", "n", "weightings"]
    >>> print(scores.sort_values("rank")[columns].head(5).round(2).to_string(index=False))
    region  score  rank  rank_best  rank_worst  n  weightings
     CN-BJ   2.84     1          1           3 31           8
     CN-GD   1.83     2          1           4 31           8
     CN-JS   1.51     3          2           5 31           8
     CN-SH   1.34     4          2           6 31           8
     CN-ZJ   1.00     5          4           6 31           8
    """
    frame = load() if x is None else select_rows_and_context(x)[0]
    named = _resolve_weights(scale_weights(weights), frame, is_shipped=x is None)
    chosen, ids = build_weightings(named, over).to_numpy(), list(named)
    rows = prepare_compared_rows(_keep_periods(frame[frame["indicator"].isin(ids)], period))
    groups = [group for _, group in rows.groupby("period", sort=False)]
    tables = [_score_provinces(group, whole, chosen) for group in groups
              if len(whole := _pivot_complete_provinces(group, ids)) >= _FEWEST]  # fmt: skip
    if not tables:
        found = rows.groupby(["period", "indicator"], sort=False).size().to_string()
        msg = f"no two provinces have all of {ids} in one period; there are\n{found}"
        raise IncomparableError(msg)
    return pd.concat(tables, ignore_index=True)


def _resolve_weights(
    weights: dict[str, float], frame: pd.DataFrame, *, is_shipped: bool
) -> dict[str, float]:
    """Return the weights by id; for the shipped data, indicators may have any of their names."""
    ids = [indicator(id_).id if is_shipped else id_ for id_ in weights]
    if twice := [name for name, id_ in zip(weights, ids, strict=True) if ids.count(id_) > 1]:
        msg = f"an indicator has one weight, and these are names of the same one: {twice}"
        raise SchemaError(msg)
    named = dict(zip(ids, weights.values(), strict=True))
    there = (
        list(prepare_rows_by_position(frame)["indicator"].unique())
        if not is_shipped
        else {*frame["indicator"]}
    )
    missing = [id_ for id_ in named if id_ not in there]
    if missing:
        hint = suggest_nearest(missing[0], there)
        msg = f"there are no rows of {missing}, which have a weight{hint}"
        raise SchemaError(msg)
    return named


def _keep_periods(frame: pd.DataFrame, period: Wishes | None) -> pd.DataFrame:
    """Keep the rows of the periods that are asked for."""
    if period is None:
        return frame
    labels = prepare_rows_by_position(frame)["period"]
    found = find_asked_labels(period, labels.unique())
    if lacking := [wish for wish, held in found.items() if not held]:
        msg = (
            f"no indicator that has a weight has a row of {', '.join(lacking)}, "
            f"only of {list(labels.unique())}"
        )
        raise IncomparableError(msg)
    return frame[labels.isin([label for held in found.values() for label in held]).to_numpy()]


def _pivot_complete_provinces(group: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """Return the intervals of the provinces that have all indicators, higher is better."""
    turned = _flip_lower_is_better(group)
    wide = turned.pivot(index="region", columns="indicator", values=_INTERVAL)  # noqa: PD010
    columns = pd.MultiIndex.from_product([_INTERVAL, ids])
    return wide.reindex(index=group["region"].unique(), columns=columns).dropna()


def _flip_lower_is_better(group: pd.DataFrame) -> pd.DataFrame:
    """Change the sign of what is better when lower."""
    is_lower = find_directions(group) == "lower"
    opposite = -group[_INTERVAL].set_axis(["value", "upper", "lower"], axis="columns")
    return group.assign(**group[_INTERVAL].where(~is_lower, opposite))


def _score_provinces(group: pd.DataFrame, whole: pd.DataFrame, chosen: Floats) -> pd.DataFrame:
    """Return the rows of one period; group has all its provinces, whole the ranked ones."""
    _refuse_several_natures(group)
    _refuse_constants(group, whole)
    value, lower, upper = (whole[column].to_numpy() for column in _INTERVAL)
    mean, spread = value.mean(axis=0), value.std(axis=0)
    score, least, greatest = ((ends - mean) / spread @ chosen[0] for ends in (value, lower, upper))
    best, worst = _compute_rank_range(value, lower, upper, chosen)
    return pd.DataFrame({
        "region": whole.index, "period": group["period"].iloc[0],
        "score": score, "score_lower": least, "score_upper": greatest,
        "rank": 1 + (score > score[:, None] + TOUCH).sum(axis=1),
        "rank_best": best, "rank_worst": worst,
        "n": len(whole), "weightings": len(chosen),
        "left_out": group["region"].nunique() - len(whole),
    })  # fmt: skip


def _refuse_several_natures(group: pd.DataFrame) -> None:
    kinds = group.drop_duplicates("nature")
    if len(kinds) > 1:
        msg = f"outcomes, forecasts and targets do not make one score:{format_first_rows(kinds)}"
        raise IncomparableError(msg)


def _refuse_constants(group: pd.DataFrame, whole: pd.DataFrame) -> None:
    values = whole["value"]
    same = list(values.columns[values.min() == values.max()])
    if same:
        period, n = group["period"].iloc[0], len(whole)
        msg = f"{same} cannot be scored: in {period} the {n} provinces to rank are all alike in it"
        raise IncomparableError(msg)


def _compute_rank_range(
    value: Floats, lower: Floats, upper: Floats, chosen: Floats
) -> tuple[Ints, Ints]:
    """Return the best and the worst rank over all weightings and all values in the intervals."""
    columns = zip(value.T, lower.T, upper.T, strict=True)
    spreads = [
        bound_measure(compute_deviation, find_extreme_candidates(*column)) for column in columns
    ]
    _, narrow, wide = np.array(spreads).T
    # By how much the one (second axis) leads the other (first axis), at least and at most, in
    # standard deviations, which are narrow or wide as the values may be.
    least, most = lower - upper[:, None], upper - lower[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.where(least < 0, least / narrow, least / wide)
        most = np.where(most > 0, most / narrow, most / wide)
    others = ~np.eye(len(value), dtype=bool)
    certainly, possibly = (
        np.array([_are_ahead(lead, weighting) & others for weighting in chosen]).sum(axis=2)
        for lead in (least, most)
    )
    return 1 + certainly.min(axis=0), 1 + possibly.max(axis=0)


def _are_ahead(lead: Floats, weighting: Floats) -> NDArray[np.bool_]:
    # A lead may be infinite: zero times it is NaN, so what has no weight is left out.
    used = weighting > 0
    return np.asarray((lead[..., used] * weighting[used]).sum(axis=-1) > TOUCH)
