"""Timelines: values by the end of their periods, in pieces where something is missing or broken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from provstats.errors import IncomparableError
from provstats.plot.parts.selections import list_periods_of_one_length
from provstats.reading.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.series_breaks import SeriesBreaks
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.voices import Voice

__all__ = [
    "Piece", "build_line_pieces", "convert_end_to_years", "name_span", "name_span_of_rows",
    "place_times", "sort_by_time", "write_times",
]  # fmt: skip

#: The places of values that are joined by a line.
Piece = list[tuple[float, float]]

_DAY: Final = timedelta(days=1)
# Points between the labels of two times.
_BETWEEN: Final = 10.0


def convert_end_to_years(label: str) -> float:
    """Return the end of a period in years; the end of 2023 is 2023.0.

    Examples
    --------
    >>> convert_end_to_years("2023"), convert_end_to_years("2024-H1")
    (2023.0, 2023.5)
    """
    end = parse_period(label).end
    return end.year + (end.month - 12) / 12


def sort_by_time(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ranked rows by period and rank; there must be two periods of one length."""
    periods = list_periods_of_one_length(rows)
    if len(periods) == 1:
        msg = (
            f"a trend needs at least two periods, got {periods[0]} alone; ps.plot.ranking draws it"
        )
        raise IncomparableError(msg)
    order = rows["period"].map({label: place for place, label in enumerate(periods)})
    return rows.assign(order=order).sort_values(["order", "rank"], kind="stable", ignore_index=True)


def build_line_pieces(
    rows: pd.DataFrame, column: str, anew: SeriesBreaks
) -> dict[str, list[Piece]]:
    """Cut each region's line into pieces: no piece crosses a gap or a break of the series."""
    found: dict[str, list[Piece]] = {str(code): [] for code in rows["region"].unique()}
    known = rows[rows[column].notna()]
    before: dict[str, str] = {}
    names = ("region", "period", column)
    for code, now, height in zip(*(known[name].to_list() for name in names), strict=True):
        last = before.get(code)
        if (
            last is None
            or not _is_next_period(now, last)
            or anew.has_break_between(code, last, now)
        ):
            found[code].append([])
        found[code][-1].append((convert_end_to_years(now), float(height)))
        before[code] = now
    return found


def _is_next_period(later: str, earlier: str) -> bool:
    one, other = parse_period(earlier), parse_period(later)
    return other.start == one.end + _DAY or other.previous_year == one


def name_span(first: str, last: str, voice: Voice) -> str:
    """Name a span by its first and its last period, which may be one."""
    if first == last:
        return voice.name_period(first)
    if first.isdigit() and last.isdigit():
        return voice.name_period(f"{first}/{last}")
    return voice.say("between", old=voice.name_period(first), new=voice.name_period(last))


def name_span_of_rows(rows: pd.DataFrame, voice: Voice) -> str:
    """Name the first and the last period of rows by time."""
    return name_span(rows["period"].iloc[0], rows["period"].iloc[-1], voice)


def write_times(sheet: Sheet, labels: Sequence[str], *, above: bool = False) -> None:
    """Write the times below or above the axes: both ends, and as many between as have room."""
    size = sheet.sizes.small
    left, right = sheet.ax.get_xlim()
    for word, start in place_times(sheet, labels, left, sheet.body[0] / (right - left)):
        sheet.write(
            word, (0, 1 if above else 0), (start, 6.0 if above else -4 - 0.74 * size), size=size,
            ink=sheet.palette.quiet_text, gid="tick",
        )  # fmt: skip


def place_times(
    paper: Paper, labels: Sequence[str], left: float, per_year: float
) -> list[tuple[str, float]]:
    """Return the times that have room, and the points from the left edge at which each starts."""
    words = _format_times(labels, paper.voice)
    middles = [(convert_end_to_years(label) - left) * per_year for label in labels]
    wide = [paper.measure(word, paper.sizes.small) for word in words]
    kept = _choose_fitting_labels(middles, wide)
    return [(words[place], middles[place] - wide[place] / 2) for place in kept]


def _choose_fitting_labels(middles: Sequence[float], wide: Sequence[float]) -> list[int]:
    """Return which labels stand apart: the last, the first, and from the last on those between."""
    kept: list[int] = []
    for place in dict.fromkeys([len(middles) - 1, 0, *range(len(middles) - 2, 0, -1)]):
        room = ((wide[place] + wide[other]) / 2 + _BETWEEN for other in kept)
        apart = (abs(middles[place] - middles[other]) for other in kept)
        if all(far >= need for far, need in zip(apart, room, strict=True)):
            kept.append(place)
    return kept


def _format_times(labels: Sequence[str], voice: Voice) -> list[str]:
    """Return years with two digits between the first and the last, and other periods in brief."""
    if not all(label.isdigit() for label in labels):
        return [voice.name_period(label, brief=True) for label in labels]
    ends = (0, len(labels) - 1)
    is_one_century = len({label[:2] for label in labels}) == 1
    return [
        label if place in ends or not is_one_century else label[2:]
        for place, label in enumerate(labels)
    ]
