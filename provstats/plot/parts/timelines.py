"""Timelines: values by the end of their periods, with gaps where something is missing."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from provstats.errors import IncomparableError
from provstats.plot.parts.canvas import SMALL
from provstats.plot.parts.scales import place_values
from provstats.plot.parts.selections import periods_of_one_kind
from provstats.reading.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from provstats.plot.parts.canvas import Canvas
    from provstats.words.labels import Voice

__all__ = ["alone", "by_time", "scale_times", "span_words", "time_of", "timeline"]

_DAY = timedelta(days=1)
# Points beyond the first time and between the labels of two.
_INSET, _GAP = 6.0, 10.0


def time_of(label: str) -> float:
    """Return the end of a period in years; the end of 2023 is 2023.0.

    Parameters
    ----------
    label : str
        A period.

    Examples
    --------
    >>> time_of("2023"), time_of("2024-H1")
    (2023.0, 2023.5)
    """
    end = parse_period(label).end
    return end.year + (end.month - 12) / 12


def timeline(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return a column as a table of times and regions.

    Parameters
    ----------
    rows : DataFrame
        Rows with ``region``, ``period`` and the column; the periods of one length.
    column : str
        Which one.

    Returns
    -------
    DataFrame
        Times down, regions across; NaN where a region has no value, and between periods that do
        not follow one another.
    """
    labels = sorted(rows["period"].unique(), key=time_of)
    wide: pd.DataFrame = rows.pivot_table(
        index="period", columns="region", values=column, sort=False
    )
    wide = wide.reindex(labels).set_axis([time_of(label) for label in labels])
    apart = [
        (time_of(one) + time_of(other)) / 2
        for one, other in pairwise(labels)
        if not _follows(other, one)
    ]
    return wide.reindex(sorted([*wide.index, *apart]))


def by_time(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ranked rows by period and rank.

    Parameters
    ----------
    rows : DataFrame
        With ``period`` and ``rank``.

    Raises
    ------
    IncomparableError
        If there are not two periods, or they differ in length.
    """
    periods = periods_of_one_kind(rows)
    if len(periods) == 1:
        msg = (
            f"a trend needs at least two periods, got {periods[0]} alone; ps.plot.ranking draws it"
        )
        raise IncomparableError(msg)
    order = rows["period"].map({label: place for place, label in enumerate(periods)})
    return rows.assign(order=order).sort_values(["order", "rank"], kind="stable", ignore_index=True)


def span_words(rows: pd.DataFrame, voice: Voice) -> str:
    """Name the first and the last period.

    Parameters
    ----------
    rows : DataFrame
        By time.
    voice : Voice
        How words are printed.
    """
    old, new = rows["period"].iloc[0], rows["period"].iloc[-1]
    if old.isdigit() and new.isdigit():
        return voice.period(f"{old}/{new}")
    return voice.say("between", old=voice.period(old), new=voice.period(new))


def _follows(later: str, earlier: str) -> bool:
    one, other = parse_period(earlier), parse_period(later)
    return other.start == one.end + _DAY or other.previous_year == one


def alone(line: pd.Series) -> pd.Series:
    """Return the values that have no neighbour to be joined with.

    Parameters
    ----------
    line : Series
        Of a timeline.
    """
    known = line.notna()
    return line[known & ~known.shift(1, fill_value=False) & ~known.shift(-1, fill_value=False)]


def scale_times(canvas: Canvas, labels: Sequence[str], *, after: float) -> None:
    """Scale the x axis by the ends of periods; as many are named as have room.

    Parameters
    ----------
    canvas : Canvas
        A settled one.
    labels : sequence of str
        The periods, the last one last.
    after : float
        The points to be left after the last.
    """
    ax, times = canvas.ax, [time_of(label) for label in labels]
    place_values(canvas, (times[0], times[-1]), before=_INSET, after=after)
    words = [canvas.voice.period(label, brief=True) for label in labels]
    style = {"fontsize": SMALL, "color": canvas.inks.muted, **canvas.font}
    ax.set_xticks(times, words, **style)
    widest = max(map(canvas.width, ax.get_xticklabels())) + _GAP
    ax.tick_params(axis="x", pad=5)
    ax.spines["bottom"].set_bounds(times[0], times[-1])
    # Rules end with the lines, not behind the names.
    end = ax.transAxes.inverted().transform(ax.transData.transform((times[-1], 0)))[0]
    for rule in ax.get_ygridlines():
        rule.set_xdata([0, end])
    left, right = ax.get_xlim()
    per_year = canvas.points(ax.get_window_extent().width) / (right - left)
    step = ceil(widest / (per_year * float(np.diff(times).min())))
    ax.set_xticks(times[::-1][::step][::-1], words[::-1][::step][::-1], **style)
