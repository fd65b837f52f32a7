"""Sizes: the figure by which provinces are drawn larger, or that a rate is a rate of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.errors import IncomparableError, SchemaError
from provstats.indicators import indicator
from provstats.plot.parts.selections import convert_chart_input
from provstats.store.observations import load
from provstats.store.regions import list_mainland_codes, list_province_codes
from provstats.tables.denominators import find_denominators
from provstats.words.measures import Measure, find_measure

if TYPE_CHECKING:
    from provstats.words.voices import Voice

__all__ = ["find_size_measure", "find_sizes"]

# How many periods or indicators an error lists.
_LISTED: Final = 8


def find_sizes(rows: pd.DataFrame, size: Any) -> pd.DataFrame:  # noqa: ANN401 - what callers give
    """Return value, bounds, unit and source by province, in the one period of rows.

    Provinces without a size are left out; where none has one, what there is is listed.
    """
    given, period = _resolve_size(convert_chart_input(size)), str(rows["period"].iloc[0])
    _refuse_unusable_size(given, period)
    documents = rows.set_index("region")["source"]
    asked = pd.DataFrame({"region": sorted(list_province_codes()), "period": period})
    asked = asked.assign(source=asked["region"].map(documents).fillna(""))
    found = find_denominators(asked, rows, given).assign(region=asked["region"])
    known: pd.DataFrame = found.dropna(subset="value").set_index("region")
    if known.empty:
        counts = _count_provinces_by_period(given)
        msg = f"the size has no value of a province for {period}; it has {counts}"
        raise IncomparableError(msg)
    return known


def _resolve_size(given: Any) -> Any:  # noqa: ANN401
    """Return the id of an indicator, by whatever name it was given; a frame as it is."""
    return indicator(given).id if isinstance(given, str) else given


def _refuse_unusable_size(given: Any, period: str) -> None:  # noqa: ANN401
    """Refuse what is neither a frame nor an indicator that provinces report."""
    if isinstance(given, pd.DataFrame):
        return
    if not isinstance(given, str):
        msg = (
            "a size is an indicator or a frame with region, period and value, "
            f"got {type(given).__name__}"
        )
        raise SchemaError(msg)
    if not _count_provinces_by_period(given):
        msg = f"no province reports {given!r}; give a frame with region, period and value, or "
        raise IncomparableError(
            msg + f"what all report for {period}: {_list_possible_sizes(period)}"
        )


def _count_provinces_by_period(given: str | pd.DataFrame) -> dict[str, int]:
    """Return how many provinces have a size in each period, of the last ones."""
    rows = given
    if isinstance(rows, str):
        data = load(nature="outcome")
        rows = data[data["indicator"] == rows]
    counts = rows[rows["region"].isin(list_province_codes())].groupby("period")["region"].nunique()
    return {str(label): int(n) for label, n in counts.tail(_LISTED).items()}


def _list_possible_sizes(period: str) -> list[str]:
    """Return indicators that add up and that all provinces report."""
    data = load(nature="outcome")
    own = data[(data["period"] == period) & data["region"].isin(list_mainland_codes())]
    counts = own.groupby("indicator")["region"].nunique()
    full = counts[counts == len(list_mainland_codes())].index.astype(str)
    return [id_ for id_ in full if indicator(id_).additive][:_LISTED]


def find_size_measure(size: Any, voice: Voice) -> Measure:  # noqa: ANN401
    """Return what a size is called: by its indicator, else as one that was given."""
    given = _resolve_size(convert_chart_input(size))
    ids = [given] if isinstance(given, str) else [*given.get("indicator", pd.Series()).unique()]
    if len(ids) == 1 and isinstance(ids[0], str):
        known = find_measure(ids[0], "", voice)
        if known.name:
            return known
    own = voice.say("size_given")
    return Measure(own, own, "value", known=False)
