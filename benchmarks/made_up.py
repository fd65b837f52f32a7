"""The panels that are made up: 32 regions by 300 months by as many indicators as it takes."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.store.regions import list_mainland_codes

__all__ = ["KEYS", "KINDS", "ORDERS", "Case", "describe_panels", "make_panel"]

REGIONS: Final = ["CN", *sorted(list_mainland_codes())]
MONTHS: Final = 300
MISSING: Final = 0.05
#: A rate of its kind, so that provinces do not add up to the nation.
UNIT: Final = "CNY/person"
#: What is on either side of a value that has bounds.
HALF: Final = 0.05
KEYS: Final = ["category", "string"]
ORDERS: Final = ["shuffled", "sorted"]
#: Which further columns a panel has.
KINDS: Final = ["bare", "equal", "bounds"]


class Case(NamedTuple):
    """A panel to measure: so many rows, keys of a type, in an order."""

    rows: int
    keys: str
    order: str

    @property
    def is_plain(self) -> bool:
        """Whether the keys are categories and the rows shuffled, as the goals are set for."""
        return (self.keys, self.order) == ("category", "shuffled")


def make_panel(case: Case, kind: str = "bare") -> pd.DataFrame:
    """Return about so many rows, of one decimal, so that many values tie.

    A bare panel has keys and values; an equal one units too, and one with bounds both.
    """
    random = np.random.default_rng(0)
    indicators = max(1, round(case.rows / (len(REGIONS) * MONTHS * (1 - MISSING))))
    cell = np.flatnonzero(random.random(len(REGIONS) * MONTHS * indicators) >= MISSING)
    if case.order == "shuffled":
        random.shuffle(cell)
    rest, region = np.divmod(cell, len(REGIONS))
    indicator, month = np.divmod(rest, MONTHS)
    months = np.datetime64("2000-01", "M") + np.arange(MONTHS)
    frame = pd.DataFrame({
        "region": pd.Categorical.from_codes(region, REGIONS),
        "indicator": pd.Categorical.from_codes(indicator, _make_names(indicators)),
        "period": months.astype("datetime64[s]")[month],
        "value": random.normal(100, 15, len(cell)).round(1),
    })  # fmt: skip
    if kind != "bare":
        frame["unit"] = pd.Categorical.from_codes(np.zeros(len(frame), np.int8), [UNIT])
    if kind == "bounds":
        frame = frame.assign(lower=frame["value"] - HALF, upper=frame["value"] + HALF)
    texts = frame.select_dtypes("category").columns
    return frame if case.keys == "category" else frame.astype(dict.fromkeys(texts, "str"))


def _make_names(indicators: int) -> list[str]:
    return [f"indicator_{number:05d}" for number in range(indicators)]


def describe_panels() -> dict[str, float]:
    """Return what a reader of the results must know of the panels."""
    return {"regions": len(REGIONS), "months": MONTHS, "missing": MISSING, "half": HALF}
