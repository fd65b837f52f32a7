"""Timelines: values by the end of their periods, in pieces where something is missing or broken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from provstats.errors import IncomparableError
from provstats.plot.parts.selections import periods_of_one_kind
from provstats.reading.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.series_breaks import SeriesBreaks
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.voices import Voice

__all__ = [
    "Piece", "by_time", "fitting_times", "pieces_of", "span_of", "span_words", "time_of",
    "write_times",
]  # fmt: skip

#: The places of values that are joined by a line.
Piece = list[tuple[float, float]]

_DAY: Final = timedelta(days=1)
# Points between the labels of two times.
_BETWEEN: Final = 10.0


def time_of(label: str) -> float:
    """Return the end of a period in years; the end of 2023 is 2023.0.

    Examples
    --------
    >>> time_of("2023"), time_of("2024-H1")
    (2023.0, 2023.5)
    """
    end = parse_period(label).end
    return end.year + (end.month - 12) / 12


def by_time(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ranked rows by period and rank; there must be two periods of one length."""
    periods = periods_of_one_kind(rows)
    if len(periods) == 1:
        msg = (
            f"a trend needs at least two periods, got {periods[0]} alone; ps.plot.ranking draws it"
        )
        raise IncomparableError(msg)
    order = rows["period"].map({label: place for place, label in enumerate(periods)})
    return rows.assign(order=order).sort_values(["order", "rank"], kind="stable", ignore_index=True)


def pieces_of(rows: pd.DataFrame, column: str, anew: SeriesBreaks) -> dict[str, list[Piece]]:
    """Return the pieces of each region's line: none leads over a gap or a break of the series."""
    found: dict[str, list[Piece]] = {str(code): [] for code in rows["region"].unique()}
    known = rows[rows[column].notna()]
    before: dict[str, str] = {}
    names = ("region", "period", column)
    for code, now, height in zip(*(known[name].to_list() for name in names), strict=True):
        last = before.get(code)
        if last is None or not _follows(now, last) or anew.lie_between(code, last, now):
            found[code].append([])
        found[code][-1].append((time_of(now), float(height)))
        before[code] = now
    return found


def _follows(later: str, earlier: str) -> bool:
    one, other = parse_period(earlier), parse_period(later)
    return other.start == one.end + _DAY or other.previous_year == one


def span_of(first: str, last: str, voice: Voice) -> str:
    """Name a span by its first and its last period, which may be one."""
    if first == last:
        return voice.period(first)
    if first.isdigit() and last.isdigit():
        return voice.period(f"{first}/{last}")
    return voice.say("between", old=voice.period(first), new=voice.period(last))


def span_words(rows: pd.DataFrame, voice: Voice) -> str:
    """Name the first and the last period of rows by time."""
    return span_of(rows["period"].iloc[0], rows["period"].iloc[-1], voice)


def write_times(sheet: Sheet, labels: Sequence[str], *, above: bool = False) -> None:
    """Write the times below or above the axes: both ends, and as many between as have room."""
    size = sheet.sizes.small
    left, right = sheet.ax.get_xlim()
    for word, start in fitting_times(sheet, labels, left, sheet.body[0] / (right - left)):
        sheet.write(
            word, (0, 1 if above else 0), (start, 6.0 if above else -4 - 0.74 * size), size=size,
            ink=sheet.palette.quiet_text, gid="tick",
        )  # fmt: skip


def fitting_times(
    paper: Paper, labels: Sequence[str], left: float, per_year: float
) -> list[tuple[str, float]]:
    """Return the times that have room, and the points from the left edge at which each starts."""
    words = _time_words(labels, paper.voice)
    middles = [(time_of(label) - left) * per_year for label in labels]
    wide = [paper.measure(word, paper.sizes.small) for word in words]
    kept = _fitting(middles, wide)
    return [(words[place], middles[place] - wide[place] / 2) for place in kept]


def _fitting(middles: Sequence[float], wide: Sequence[float]) -> list[int]:
    """Return which labels stand apart: the last, the first, and from the last on those between."""
    kept: list[int] = []
    for place in dict.fromkeys([len(middles) - 1, 0, *range(len(middles) - 2, 0, -1)]):
        room = ((wide[place] + wide[other]) / 2 + _BETWEEN for other in kept)
        apart = (abs(middles[place] - middles[other]) for other in kept)
        if all(far >= need for far, need in zip(apart, room, strict=True)):
            kept.append(place)
    return kept


def _time_words(labels: Sequence[str], voice: Voice) -> list[str]:
    """Return years with two digits between the first and the last, and other periods in brief."""
    if not all(label.isdigit() for label in labels):
        return [voice.period(label, brief=True) for label in labels]
    ends = (0, len(labels) - 1)
    is_one_century = len({label[:2] for label in labels}) == 1
    return [
        label if place in ends or not is_one_century else label[2:]
        for place, label in enumerate(labels)
    ]
