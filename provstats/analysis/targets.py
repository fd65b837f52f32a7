"""Targets: what provinces aim at, beside the outcomes that the data hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.analysis.parts.inputs import select_and_add_columns, select_rows_of_all_natures
from provstats.analysis.parts.meanings import find_directions
from provstats.engines.memory.inputs import prepare_rows_by_position
from provstats.errors import IncomparableError, format_first_rows
from provstats.indicators import look_up_indicator
from provstats.reading.periods import parse_period
from provstats.store.observations import load

if TYPE_CHECKING:
    from provstats.analysis.parts.inputs import Asked

__all__ = ["targets"]

_SERIES: Final = ["region", "indicator", "unit"]
# Here the printed value itself is the limit, for other qualifiers an end of the interval.
_STRICT: Final = ("exact", "over", "under")


def targets(x: Asked | None = None) -> pd.DataFrame:
    """Set targets beside outcomes, and say which were met.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        An indicator id, a series of ``nature=None``, or a tidy frame with the column ``nature``;
        all of the shipped data by default. A frame, of pandas, polars or Arrow, finds its outcomes
        in itself; its column ``direction`` may say what is better.

    Returns
    -------
    DataFrame
        The input's targets that have a value, with its index and columns. Added: ``outcome``,
        ``outcome_lower``, ``outcome_upper`` and ``outcome_period`` (of the target's own period,
        else the last within it; missing where there is none), ``verdict`` and ``reason``.

        A target of ``over``, or of something that is better higher, is met from its value on;
        one of ``under``, or better lower, up to it; any other within its interval. "About" and
        "nearly" count from the end of their interval. ``met`` and ``missed`` hold for every value
        that the outcome's interval allows; ``undecidable`` has the reason ``no_outcome``,
        ``part_of_period``, ``interval`` or ``below``: prices rose by less than a target that does
        not say whether it is a ceiling (控制在2%左右) or an aim; ``open`` is a period that ends
        after the last outcome in the data. Growth is set beside growth, so that what is real never
        meets current prices.

    Raises
    ------
    IncomparableError
        If there is no target, or nobody reports the indicator.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> plans = targets().query("region == 'CN'")
    >>> growth = plans[plans["indicator"] == "electronics_value_added_average_growth"]
    >>> growth[["period", "value", "verdict", "reason"]].values.tolist()
    [['2023/2024', 5.0, 'undecidable', 'no_outcome'], ['2025/2026', 7.0, 'open', '']]
    """
    frame, around = (load(nature=None),) * 2 if x is None else select_rows_of_all_natures(x)
    table = prepare_rows_by_position(frame)
    goals = table[(table["nature"] == "target") & table["value"].notna()]
    if goals.empty:
        msg = f"there is no row of nature 'target' with a value:{format_first_rows(table)}"
        raise IncomparableError(msg)
    known = prepare_rows_by_position(around)
    known = known[(known["nature"] == "outcome") & known["value"].notna()]
    outcomes = _find_outcomes(goals, known)
    stated = {c: frame[c].iloc[goals.index].array for c in ("qualifier", "direction") if c in frame}
    judged = _judge_targets(goals.assign(**{"qualifier": "", **stated}), outcomes)
    later = _find_end_dates(goals["period"]) > _find_end_dates(known["period"]).max()
    judged[later & (outcomes["outcome_period"] != goals["period"])] = "open", ""
    return select_and_add_columns(frame, outcomes.join(judged))


def _find_end_dates(labels: pd.Series) -> pd.Series:
    ends = {label: parse_period(label).end.isoformat() for label in labels.unique()}
    return labels.map(ends)


def _find_outcomes(goals: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return the outcome over each target's period, else the last one within it."""
    pairs = goals[_SERIES].assign(goal=goals.index, asked=goals["period"]).merge(known, on=_SERIES)
    spans = {label: parse_period(label) for label in {*pairs["asked"], *pairs["period"]}}
    wished, held = ([spans[label] for label in pairs[name]] for name in ("asked", "period"))
    pairs["within"] = [
        a.start <= b.start and b.end <= a.end for a, b in zip(wished, held, strict=True)
    ]
    pairs["end"], pairs["months"] = _find_end_dates(pairs["period"]), [span.months for span in held]
    within = pairs[pairs["within"].astype(bool)].sort_values(["end", "months"])
    last = within.drop_duplicates("goal", keep="last")
    ends = {"value": "outcome", "lower": "outcome_lower", "upper": "outcome_upper"}
    found = last.set_index("goal")[[*ends, "period"]].rename(columns=ends)
    return found.rename(columns={"period": "outcome_period"}).reindex(goals.index)


def _judge_targets(goals: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    floor, ceiling = _find_limits(goals)
    lower, upper = outcomes["outcome_lower"], outcomes["outcome_upper"]
    same = outcomes["outcome_period"] == goals["period"]
    met = same & (lower >= floor) & (upper <= ceiling)
    below = same & (upper < floor) & _are_neutral_price_targets(goals)
    missed = same & ((upper < floor) | (lower > ceiling)) & ~below
    verdict = np.select([met, missed], ["met", "missed"], "undecidable")
    part = outcomes["outcome_period"].notna()
    reason = np.select(
        [met | missed, below, same, part], ["", "below", "interval", "part_of_period"], "no_outcome"
    )
    return pd.DataFrame({"verdict": verdict, "reason": reason}, index=goals.index, dtype=object)


def _find_limits(goals: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the least and the greatest outcome that meet each target; infinite where all do."""
    sense = _find_target_directions(goals)
    strict = goals["qualifier"].isin(_STRICT) & (sense != "neutral")
    floor = goals["value"].where(strict, goals["lower"]).where(sense != "lower", -np.inf)
    ceiling = goals["value"].where(strict, goals["upper"]).where(sense != "higher", np.inf)
    return floor, ceiling


def _find_target_directions(goals: pd.DataFrame) -> pd.Series:
    """Return the direction in which each target is met: of its qualifier, else the indicator."""
    stated = goals["qualifier"].map({"over": "higher", "under": "lower"})
    return stated.fillna(find_directions(goals))


def _are_neutral_price_targets(goals: pd.DataFrame) -> pd.Series:
    """Tell the targets of prices that do not say on which side they are met."""
    known = {id_: look_up_indicator(id_) for id_ in goals["indicator"].unique()}
    prices = [id_ for id_, entry in known.items() if entry and entry.domain == "prices"]
    return goals["indicator"].isin(prices) & (_find_target_directions(goals) == "neutral")
