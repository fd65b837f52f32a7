"""Shipped: what tables and profiles show of the data where a caller brings none."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from provstats.compare import yoy
from provstats.indicators import look_up_indicator, make_linked_id, split_id
from provstats.reading.periods import parse_period
from provstats.store.keys import GROUP
from provstats.store.observations import load
from provstats.store.regions import list_mainland_codes

__all__ = ["load_full_panel", "load_latest_groups"]

# What is shown first of what as many provinces report, as most readers look for it.
_FIRST: Final = (
    "rd_intensity", "rd_expenditure", "gdp_per_capita", "industry_value_added", "gdp",
    "rd_personnel_fte", "technology_contract_turnover", "invention_patents_in_force",
    "recognized_high_tech_enterprises_new", "retail_sales", "power_generation", "population",
)  # fmt: skip
# So many levels have room beside their changes.
_MOST: Final = 2
# The change of a rate is a difference, of anything else a growth, printed with so many decimals.
_CHANGES: Final = {"percent": ("growth", 1), "percentage_point": ("change", 2)}


@cache
def load_latest_groups(least: int) -> pd.DataFrame:
    """Return the outcomes that so many provinces report, each of its latest such period.

    The indicators that most report come first, of these the best known, rates before amounts; the
    nation's rows and what provinces say of their distance from it are among them.
    """
    data = load()
    own = data[data["region"].isin(list_mainland_codes())]
    own = own[~own["indicator"].str.contains("_(?:gap|rank)$")]
    sizes = own.groupby(GROUP)["region"].nunique()
    known = sizes[sizes >= least].reset_index(name="n")
    known["end"] = known["period"].map(lambda label: parse_period(label).end)
    last = known.sort_values("end", kind="stable").drop_duplicates("indicator", keep="last")
    rates = data.drop_duplicates("indicator").set_index("indicator")["unit"] == "percent"
    places = {id_: place for place, id_ in enumerate(_FIRST)}
    place = last["indicator"].map(places).fillna(len(_FIRST))
    last = last.assign(place=place, is_rate=last["indicator"].map(rates))
    order = {"n": False, "place": True, "is_rate": False, "indicator": True}
    ordered = last.sort_values([*order], ascending=[*order.values()])
    found: pd.DataFrame = ordered[GROUP].merge(data, on=GROUP)
    return found


@cache
def load_full_panel() -> pd.DataFrame:
    """Return the first levels that all 31 provinces report, each with its change over the year."""
    levels = load_latest_groups(len(list_mainland_codes()))
    ids = [id_ for id_ in levels["indicator"].unique() if not split_id(id_)[1]][:_MOST]
    groups = [levels[levels["indicator"] == id_] for id_ in ids]
    parts = [part for group in groups for part in (group, _compute_yearly_change(group))]
    panel: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return panel


def _compute_yearly_change(levels: pd.DataFrame) -> pd.DataFrame:
    """Return the change over a year, printed as bulletins do; the interval has room for that."""
    id_, period = levels[GROUP].iloc[0]
    data = load()
    linked = [make_linked_id(id_, suffix) for suffix, _ in _CHANGES.values()]
    own = data[data["indicator"].isin([id_, *linked])]
    found = yoy(own)
    found = found[(found["indicator"] == id_) & (found["period"] == period) & found["yoy"].notna()]
    if _has_real_growth(id_):  # growth in other prices than those of the levels
        found = found[found["method"] == "reported"]
    if found.empty:
        return levels.head(0)
    unit = found["yoy_unit"].iloc[0]
    name, digits = _CHANGES[unit]
    value, half = found["yoy"].round(digits), 0.5 * 10.0**-digits
    before = own[own["indicator"] == id_].groupby("period")["source"].first()
    changes: pd.DataFrame = found.assign(
        indicator=make_linked_id(id_, name), unit=unit, value=value, basis="derived", printed="",
        lower=np.minimum(found["yoy_lower"], value - half),
        upper=np.maximum(found["yoy_upper"], value + half),
        # The level itself cites its own document.
        source=before.get(str(parse_period(period).start.year - 1), ""),
    )[list(levels)]  # fmt: skip
    return changes


def _has_real_growth(id_: str) -> bool:
    growth = look_up_indicator(make_linked_id(id_, "growth"))
    return growth is not None and growth.prices == "constant"
