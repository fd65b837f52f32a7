"""Strips: a tick for each province on one scale, so that all can be counted, and what is below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.plot.parts.cells import format_qualified_value
from provstats.plot.parts.marks import draw_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = [
    "STRIP_HIGH", "TICK", "build_countable_ticks", "draw_nation", "find_free_start",
    "say_end_value", "write_label_below",
]  # fmt: skip

#: Points that a strip is high, and that a tick is wide.
STRIP_HIGH, TICK = 13.0, 1.1
# How near two ticks are that are cut into pieces, and the gap between these.
_NEAR, _CUT = 0.8, 1.4
# Points from a strip to what is written below it, and by which the nation's line is longer.
_BELOW, _BEYOND = 2.5, 2.5
# Points by which the nation's label may stand off its line.
_FAR: Final = 16.0
# The height of digits, in sizes.
_DIGITS: Final = 0.76


def build_countable_ticks(
    sheet: Sheet, places: Sequence[float], row: float, half: float
) -> list[list[tuple[float, float]]]:
    """Return a tick for each place, ascending; those that lie together are cut into pieces."""
    near = _NEAR * _measure_point_in_data(sheet)[0]
    groups: list[list[float]] = []
    for place in places:
        if groups and place - groups[-1][0] < near:
            groups[-1].append(place)
        else:
            groups.append([place])
    gap = _CUT * _measure_point_in_data(sheet)[1]
    return [line for group in groups for line in _cut_tick(group, (row - half, row + half), gap)]


def _cut_tick(
    group: Sequence[float], ends: tuple[float, float], gap: float
) -> list[list[tuple[float, float]]]:
    """Cut the tick of a group into as many pieces as it stands for."""
    edges, x, last = np.linspace(*ends, len(group) + 1).tolist(), float(np.mean(group)), len(group)
    return [
        [
            (x, edges[place] + (gap / 2 if place else 0.0)),
            (x, edges[place + 1] - (gap / 2 if place + 1 < last else 0.0)),
        ]
        for place in range(last)
    ]


def _measure_point_in_data(sheet: Sheet) -> tuple[float, float]:
    """Return what a point is across and down, in data."""
    (left, right), (bottom, top) = sheet.ax.get_xlim(), sheet.ax.get_ylim()
    return (right - left) / sheet.body[0], abs(top - bottom) / sheet.body[1]


def say_end_value(rows: pd.DataFrame, side: int, scale: Scale, voice: Voice) -> str:
    """Name the province at an end of rows by value, or how many there are."""
    row = rows.iloc[side]
    label = format_qualified_value(row, scale.plain)
    many = int((rows["value"] == row["value"]).sum())
    if many == 1:
        return f"{voice.name_region(row['region'])} {label}"
    return label + voice.say("brackets", text=voice.say("n_provinces", n=many))


def find_free_start(
    wide: float,
    starts: Sequence[float],
    taken: Sequence[tuple[float, float]],
    room: tuple[float, float],
) -> float | None:
    """Return the first start of a text within the room that meets nothing taken, or None.

    Where none does, it may stand beside what is taken, so near as it can to the first.

    Examples
    --------
    >>> find_free_start(10, [5], [], (0, 100)), find_free_start(10, [5], [(12, 14)], (0, 100))
    (5, 2)
    """
    beside = [at for a, b in taken for at in (a - wide, b)]
    for start in [*starts, *sorted(beside, key=lambda at: abs(at - starts[0]))]:
        is_within = room[0] <= start and start + wide <= room[1]
        if is_within and all(start + wide <= a or b <= start for a, b in taken):
            return start
    return None


def draw_nation(
    sheet: Sheet,
    at: float,
    edges: tuple[float, float],
    label: str,
    taken: Sequence[tuple[float, float]],
) -> None:
    """Draw a line across the strip for the nation, and write its value below, where it is near.

    What is taken there is in points from the left of the axes.
    """
    size, palette, (across, down) = sheet.sizes.small, sheet.palette, _measure_point_in_data(sheet)
    line = [[(at, edges[0]), (at, edges[1] + _BEYOND * down)]]
    draw_lines(sheet, line, [palette.ground], 3.6, zorder=2, capstyle="butt")
    draw_lines(sheet, line, [palette.nation], 2.0, zorder=2.1, capstyle="butt")
    told, x = f"{sheet.voice.say('nation')} {label}", (at - sheet.ax.get_xlim()[0]) / across
    wide = sheet.measure(told, size, bold=True)
    start = find_free_start(
        wide, (x - wide / 2, x - 2, x - wide + 2), taken,
        (max(0.0, x - wide - _FAR), min(sheet.body[0], x + wide + _FAR)),
    )  # fmt: skip
    if start is not None:
        write_label_below(
            sheet, told, edges[1], start, bold=True, ink=palette.nation_text, gid="nation"
        )


def write_label_below(sheet: Sheet, text: str, edge: float, start: float, **style: Any) -> None:  # noqa: ANN401 - as for other texts
    """Write a text below the edge of a strip, so many points from the left of the axes."""
    size = sheet.sizes.small
    sheet.write(
        text, (0, edge), (start, -_BELOW - _DIGITS * size), frame="rows", size=size, **style
    )
