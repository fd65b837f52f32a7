"""The comparisons with equal meaning in pandas: groups are numbered once, then looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
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
    from engines import Calls
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["prepare_pandas"]

ENDS: Final = ["value", "lower", "upper"]


class Checked(NamedTuple):
    """Rows that hold, with their months, their keys, the number of their group, and their units."""

    frame: pd.DataFrame
    keys: pd.DataFrame
    group: NDArray[np.int64]
    units: list[str]

    @property
    def is_ranged(self) -> bool:
        """Whether the values have bounds."""
        return "lower" in self.frame

    def end(self, name: str) -> pd.Series:
        """Return the values or one of their bounds."""
        return self.frame[name if self.is_ranged else "value"]


def prepare_pandas(frame: pd.DataFrame) -> Calls:
    """Compare by pandas."""
    return {
        "rank": lambda: rank(check_rows(frame)),
        "gap": lambda: measure_gap(check_rows(frame)),
        "yoy": lambda: measure_yoy(check_rows(frame)),
        "all three": lambda: compare_in_three_ways(check_rows(frame)),
    }


def compare_in_three_ways(rows: Checked) -> None:
    """Compare in three ways what is checked once."""
    for compare in (rank, measure_gap, measure_yoy):
        compare(rows)


# --- checks -------------------------------------------------------------------------------------


def check_rows(frame: pd.DataFrame) -> Checked:
    """Refuse what does not hold, and return the rest ready to compare."""
    for name in TEXTS:
        refuse_if(not is_text(frame[name]) or frame[name].hasnans, f"{name} must hold texts")
    refuse_regions(frame["region"].unique())
    refuse_numbers(frame)
    month = frame["period"].dt.year * 12 + frame["period"].dt.month
    keys = frame[["region", "indicator"]].assign(month=month)
    refuse_if(frame["period"].hasnans or keys.duplicated().any(), "keys stand twice")
    groups = keys.groupby(["indicator", "month"], observed=True, sort=False)
    return Checked(frame, keys, groups.ngroup().to_numpy(), frame["unit"].unique().tolist())


def is_text(column: pd.Series) -> bool:
    """Tell whether a column holds texts by its type."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return is_text(kind.categories.to_series())
    return isinstance(kind, pd.StringDtype)


def refuse_numbers(frame: pd.DataFrame) -> None:
    """Refuse numbers that are not finite, and bounds that do not hold their value."""
    for name in ENDS:
        if name in frame:
            refuse_if(np.isinf(frame[name].to_numpy()).any(), f"{name} is not finite")
    if "lower" in frame:
        outside = (frame["lower"] > frame["value"]) | (frame["value"] > frame["upper"])
        refuse_if(outside.any(), "bounds do not hold the value")


def choose_compared(rows: Checked) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Return the rows that are compared, and by group how many are, and how many are not."""
    has_value = rows.frame["value"].notna()
    is_compared = rows.frame["region"].isin(PROVINCES).to_numpy() & has_value.to_numpy()
    if len(rows.units) > 1:
        is_told = is_compared | ((rows.frame["region"] == NATION) & has_value).to_numpy()
        units = rows.frame["unit"][is_told].groupby(rows.group[is_told]).nunique()
        refuse_if((units > 1).any(), "units differ")
    count = rows.group.max() + 1
    n = np.bincount(rows.group[is_compared], minlength=count)
    return is_compared, n, np.bincount(rows.group, minlength=count) - n


# --- comparisons --------------------------------------------------------------------------------


def rank(rows: Checked) -> pd.DataFrame:
    """Rank the provinces within groups, with the range that bounds allow."""
    is_compared, n, left_out = choose_compared(rows)
    is_compared &= n[rows.group] >= LEAST
    refuse_if(not is_compared.any(), "nothing can be compared")
    found, group = rows.frame[is_compared], rows.group[is_compared]
    ranks = rank_values(found["value"], group)
    best, worst = find_rank_range(found, group) if rows.is_ranged else (ranks, ranks)
    return found.assign(
        rank=ranks, rank_best=best, rank_worst=worst,
        n=n[group].astype(np.int32), left_out=left_out[group].astype(np.int32),
    )  # fmt: skip


def rank_values(values: pd.Series, group: NDArray[np.int64]) -> pd.Series:
    """Return the places of values within their groups, the greatest first."""
    ranks = values.groupby(group, sort=False).rank("min", ascending=False)
    return ranks.astype(np.int64)


def find_rank_range(found: pd.DataFrame, group: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the best and the worst rank: an end that only touches is not ahead."""
    low, high = found["lower"].fillna(found["value"]), found["upper"].fillna(found["value"])
    beyond_low, beyond_high = (end + TOUCH * np.maximum(1, end.abs()) for end in (low, high))
    best = 1 + count_above(low, beyond_high, group)
    return best, 1 + count_above(high, beyond_low, group) - (high > beyond_low).to_numpy()


def count_above(ends: pd.Series, marks: pd.Series, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the ends of the group above each mark, by ranking both together and marks alone."""
    both = pd.concat([marks, ends], ignore_index=True)
    together = rank_values(both, np.concatenate([group, group]))[: len(marks)]
    return together.to_numpy() - rank_values(marks, group).to_numpy()


def measure_gap(rows: Checked) -> pd.DataFrame:
    """Look up the nation's value of each group."""
    is_compared, _, left_out = choose_compared(rows)
    refuse_if(not is_compared.any(), "nothing can be compared")
    if len(shared := list_averages(rows.units)) < len(rows.units):
        is_compared &= rows.frame["unit"].isin(shared).to_numpy()
    refuse_if(not is_compared.any(), "provinces add up to the nation")
    found, group = rows.frame[is_compared], rows.group[is_compared]
    value, low, high = (find_nation(rows, name)[group] for name in ENDS)
    is_there = ~np.isnan(value)
    refuse_if(not is_there.any(), "no national value")
    own_low, own_high = find_bounds(found)
    return found.assign(
        national=value, national_lower=low, national_upper=high,
        national_basis=pd.Categorical.from_codes(is_there - 1, ["reported"]),
        national_source=pd.Categorical.from_codes(is_there - 1, [""]),
        gap=found["value"] - value, gap_lower=own_low - high, gap_upper=own_high - low,
        gap_unit=name_units(found["unit"], name_units_of_gap(rows.units)),
        left_out=left_out[group].astype(np.int32),
    )  # fmt: skip


def find_nation(rows: Checked, name: str) -> Floats:
    """Return the nation's value, or one of its bounds, by group."""
    is_nation = (rows.frame["region"] == NATION).to_numpy()
    found = np.full(rows.group.max() + 1, np.nan)
    end = rows.end(name)
    found[rows.group[is_nation]] = end[is_nation].fillna(rows.frame["value"][is_nation])
    return found


def find_bounds(found: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the bounds, by default the values themselves."""
    value = found["value"]
    if "lower" not in found:
        return value, value
    return found["lower"].fillna(value), found["upper"].fillna(value)


def measure_yoy(rows: Checked) -> pd.DataFrame:
    """Look up the rows of the year before."""
    keys, frame = rows.keys, rows.frame
    year_ago = pd.MultiIndex.from_frame(keys.assign(month=keys["month"] - 12))
    at = pd.MultiIndex.from_frame(keys).get_indexer(year_ago)
    base, base_low, base_high = (
        take_values(end, at) for end in (frame["value"], *find_bounds(frame))
    )
    is_rate = frame["unit"].isin(RATES).to_numpy() if {*RATES} & {*rows.units} else False
    why = find_reasons(rows, base, at, is_rate=is_rate)
    is_none = why != 0
    base, base_low, base_high = (np.where(is_none, np.nan, e) for e in (base, base_low, base_high))
    changes = measure_changes(frame, (base, base_low, base_high), is_rate)
    return frame.assign(
        previous=base, previous_lower=base_low, previous_upper=base_high, **changes,
        yoy_unit=name_units(frame["unit"], name_units_of_change(rows.units)),
        method=pd.Categorical.from_codes(np.where(is_none, -1, 0), ["levels"]),
        months=pd.arrays.IntegerArray(np.full(len(frame), 12), is_none),
        reason=pd.Categorical.from_codes(why, REASONS),
        conflict=False, prices=pd.Categorical.from_codes(np.zeros(len(frame), np.int8), [""]),
        left_out=np.int32(0),
    )  # fmt: skip


REASONS: Final = ["", "no_base", "base_not_positive", "unit", "missing"]


def find_reasons(rows: Checked, base: Floats, at: NDArray[np.intp], *, is_rate: Any) -> Any:  # noqa: ANN401 - arrays or one value for all
    """Return why rows have no change, as places in `REASONS`."""
    why = np.isnan(base).astype(np.int8)
    why[~is_rate & (base <= 0)] = REASONS.index("base_not_positive")
    if len(rows.units) > 1:
        unit = pd.Index(rows.units).get_indexer(rows.frame["unit"])
        why[(why != 1) & (unit[at] != unit)] = REASONS.index("unit")
    why[rows.frame["value"].isna()] = REASONS.index("missing")
    return why


def take_values(values: pd.Series, at: NDArray[np.intp]) -> Floats:
    """Return the values at some places, none where there is no place."""
    return np.where(at < 0, np.nan, values.to_numpy()[at])


def measure_changes(frame: pd.DataFrame, bases: tuple[Floats, ...], is_rate: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Return the changes from their bases, with the bounds that both intervals allow."""
    value, (low, high) = frame["value"].to_numpy(), (end.to_numpy() for end in find_bounds(frame))
    base, base_low, base_high = bases
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (value / base - 1) * 100
    found = [np.where(is_rate, value - base, ratio)] if np.any(is_rate) else [ratio]
    if "lower" not in frame:
        return dict.fromkeys(("yoy", "yoy_lower", "yoy_upper"), found[0])
    least = np.maximum(base_low, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = (low / np.where(low < 0, least, base_high) - 1) * 100
        upper = (high / np.where(high > 0, least, base_high) - 1) * 100
    if np.any(is_rate):
        lower = np.where(is_rate, low - base_high, lower)
        upper = np.where(is_rate, high - base_low, upper)
    is_none = np.isnan(found[0])
    ends = [np.where(is_none, np.nan, end) for end in (lower, upper)]
    return dict(zip(("yoy", "yoy_lower", "yoy_upper"), (*found, *ends), strict=True))


def name_units(unit: pd.Series, words: dict[str, str]) -> Any:  # noqa: ANN401 - an array of pandas
    """Return the word for each unit."""
    if len(set(words.values())) == 1:
        return pd.Categorical.from_codes(np.zeros(len(unit), np.int8), [*words.values()][:1])
    return unit.map(words)
