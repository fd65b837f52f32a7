"""Spines: one province's value on a scale from the worst of all to the best."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from provstats.errors import UnknownRegionError
from provstats.plot.parts.captions import indicator_name
from provstats.plot.parts.cells import figure_text
from provstats.plot.parts.standings import full_panel, latest_groups, standings
from provstats.store.keys import GROUP
from provstats.words.languages import Scale, catalogued, scale_of

if TYPE_CHECKING:
    from provstats.engines.memory.inputs import Comparable
    from provstats.words.labels import Voice

__all__ = ["Spine", "rows_beside", "spines_of"]

# How many provinces a shipped indicator must have, and a caller's.
_ENOUGH, _LEAST = 5, 2


def _shipped() -> pd.DataFrame:
    full, rest = full_panel(), latest_groups(_ENOUGH)
    return pd.concat([full, rest[~rest["indicator"].isin(full["indicator"])]], ignore_index=True)


def rows_beside(x: Comparable | None, code: str) -> pd.DataFrame:
    """Return the standings of indicators and periods in which a province has a value with others.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        By default the full panel, and what at least five provinces report.
    code : str
        The province.

    Raises
    ------
    UnknownRegionError
        If there are none.
    """
    rows = standings(x, _shipped)
    groups = rows.groupby(GROUP)["region"]
    has_it = groups.transform(lambda codes: code in set(codes)).astype(bool)
    kept = rows[has_it & (rows["n"] >= _LEAST)]
    if kept.empty:
        shown = sorted(rows.loc[rows["n"] >= _LEAST, "region"].unique())
        msg = f"{code} has no value that could be set against another; those with one are {shown}"
        raise UnknownRegionError(msg)
    return kept


class Spine(NamedTuple):
    """One indicator in one period; places are from 0, the worst, to 1, the best."""

    name: str
    own: pd.Series
    others: pd.DataFrame
    scale: Scale

    @property
    def value(self) -> str:
        """The province's value in words."""
        return figure_text(self.own, self.scale)


def spines_of(rows: pd.DataFrame, code: str, voice: Voice) -> list[Spine]:
    """Return one spine an indicator and period, each named with what tells it from the others.

    Parameters
    ----------
    rows : DataFrame
        As `rows_beside` returns them.
    code : str
        The province.
    voice : Voice
        How words are printed.
    """
    is_dated = len(rows["period"].unique()) > 1
    return [
        _spine(group, code, _name(group, voice, is_dated=is_dated), scale_of(group, voice))
        for _, group in rows.groupby(GROUP, sort=False)
    ]


def _name(group: pd.DataFrame, voice: Voice, *, is_dated: bool) -> str:
    star = "*" if group["standing"].iloc[0] == "neutral" else ""
    name = voice.joined(indicator_name(group, voice)) + star
    date = voice.period(group["period"].iloc[0]) if is_dated else ""
    return voice.say("but").join(filter(None, (name, date)))


def _spine(group: pd.DataFrame, code: str, name: str, scale: Scale) -> Spine:
    ends = group[["lower", "upper", "benchmark"]].to_numpy()
    least, most = ends.min(), ends.max()
    columns = ["value", "lower", "upper", "benchmark"]
    places = (group[columns] - least) / (most - least) if most > least else group[columns] * 0 + 0.5
    if catalogued(group, "direction") == "lower":
        places = 1 - places
    placed = group.join(places.add_suffix("_at"))
    is_own = group["region"] == code
    own = placed[is_own].iloc[0]
    return Spine(name, own, placed[~is_own], scale)
