"""Lazy frames to their plan; Dask's by partition.

Where narwhals can express a comparison, its plan is written once. It has no ranks within keys for
Dask; there the rows of an indicator, which belong together, are shuffled into one partition, and
the comparison in memory runs inside each.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import pandas as pd

from provstats.engines.lazy.gap import gap_to_national
from provstats.engines.lazy.rank import rank
from provstats.engines.lazy.schemas import checked
from provstats.engines.lazy.yoy import yoy
from provstats.engines.recognise import Lazy, engine_of
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["lazily"]

Answer = TypeVar("Answer")

# An indicator and those that tell of it are compared together.
_TELLING: Final = r"(?:_(?:growth|new|change|gap|share|rank))+$"
_CONCEPT: Final = "provstats_concept"
_YEAR: Final = 12
# Rows that can always be compared, so that no partition is refused for having none.
_SPARE: Final = {
    "region": [NATION, "CN-BJ"], "indicator": ["spare"] * 2, "period": ["2024"] * 2,
    "value": [0.0] * 2, "lower": [0.0] * 2, "upper": [0.0] * 2, "unit": [""] * 2,
    "nature": ["outcome"] * 2, "source": [""] * 2,
}  # fmt: skip


def lazily(compare: Callable[..., Answer], x: Lazy, **options: object) -> Answer:
    """Return a comparison of a lazy frame as a lazy frame of the same engine.

    Parameters
    ----------
    compare : callable
        The comparison in memory, such as `provstats.rank`.
    x : lazy frame
        Of one of `ENGINES`.
    **options
        The options of the comparison.

    Raises
    ------
    SchemaError
        If a column is missing or of another type.
    """
    if is_by_partition := engine_of(x) == "dask":
        checked(x._meta)  # noqa: SLF001 - the types without the rows
    plan = partial(_by_partition, compare) if is_by_partition else _PLANS[compare.__name__]
    answer: Answer = plan(x, **options)
    return answer


_PLANS: Final[dict[str, Callable[..., Lazy]]] = {
    "gap_to_national": gap_to_national, "rank": rank, "yoy": yoy,
}  # fmt: skip


def _by_partition(compare: Callable[..., Lazy], frame: Lazy, **options: object) -> Lazy:
    """Shuffle the rows of an indicator into one partition, and compare inside each."""
    concept = frame["indicator"].astype(str).str.replace(_TELLING, "", regex=True)
    together = frame.assign(**{_CONCEPT: concept}).shuffle(on=[_CONCEPT])
    meta = _compared(together._meta, compare, options)  # noqa: SLF001 - the type of the answer
    return together.map_partitions(_compared, compare, options, meta=meta)


def _compared(
    part: pd.DataFrame, compare: Callable[..., pd.DataFrame], options: dict[str, object]
) -> pd.DataFrame:
    """Compare the rows of one partition, also where there is nothing to compare."""
    own = part.drop(columns=_CONCEPT)
    known = own[[column for column in _SPARE if column in own]]
    known = known.assign(period=_labels(known["period"]))
    spare = pd.DataFrame(_SPARE)[[*known]]
    rows = pd.concat([known, spare], ignore_index=True) if len(known) else spare
    found = compare(rows, **options)
    added = found[found.index < len(own)].drop(columns=[*known])
    return own.iloc[added.index].assign(**{str(c): added[c].array for c in added})


def _labels(periods: pd.Series) -> pd.Series:
    """Return the labels of dates, each of which stands for its month; labels stay as they are."""
    if (dates := getattr(periods, "dt", None)) is None:
        return periods
    months: pd.Series = dates.year * _YEAR + dates.month - 1
    labels = {at: f"{at // _YEAR:04.0f}-{at % _YEAR + 1:02.0f}" for at in months.dropna().unique()}
    return months.map(labels)
