"""Axes of values: limits, ticks at round numbers, and the nation as a line across rows."""

from __future__ import annotations

from math import ceil, floor, log2, log10
from typing import TYPE_CHECKING, Final

from matplotlib.ticker import MaxNLocator

from provstats.plot.parts.marks import draw_lines, draw_shapes
from provstats.words.numbers import count_needed_decimals, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.typing import ColorType

    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale

__all__ = [
    "LIFT",
    "TICKS",
    "choose_axis_ticks",
    "choose_round_ticks",
    "compute_height_limits",
    "convert_heights_to_points",
    "draw_nation_line",
    "draw_value_axis",
    "find_label_start",
    "widen_ends",
    "write_label_above",
]

#: Points that the labels of ticks take below the axes.
TICKS: Final = 14.0
#: Points by which the nation's label stands above the heads of a column's columns.
LIFT: Final = 12.0
# Points that the label of a tick has across, and how many there are at most.
_ACROSS, _MOST, _MOST_IN_COLUMN = 46.0, 5, 4
# How much more than the least the greatest value is on a logarithmic scale.
_FOLD: Final = 8.0
_SMALL: Final = 0.02
# Ticks at each double are too many where it is even more.
_MANY_FOLD: Final = 64.0
# Points between the values of the y axis and the axes.
_BESIDE_TICKS: Final = 6.0
# The part of the range that is left free at both ends.
_AIR: Final = 0.04


def widen_ends(ends: tuple[float, float]) -> tuple[float, float]:
    """Widen the ends of a scale a little, but never from positive to negative."""
    least, most = ends
    air = _AIR * (most - least) or 0.05 * abs(most) or 1.0
    return (max(0.0, least - air) if least >= 0 else least - air), most + air


def choose_round_ticks(
    ends: tuple[float, float], scale: Scale, most: int
) -> tuple[list[float], list[str]]:
    """Return values at steps of 1, 2 or 5 between the ends, and how they are printed."""
    locator = MaxNLocator(max(1, most), steps=[1, 2, 5, 10])
    left, right = (end / scale.factor for end in ends)
    steps = [step for step in locator.tick_values(left, right) if left <= step <= right]
    digits = max((count_needed_decimals(step) for step in steps), default=0)
    labels = [scale.format_scaled_number(step, digits) for step in steps]
    if labels and scale.form == "{}%":
        labels[-1] = scale.form.format(labels[-1])
    return [step * scale.factor for step in steps], labels


def choose_axis_ticks(
    paper: Paper, ends: tuple[float, float], scale: Scale, room: float
) -> tuple[list[float], list[str]]:
    """Return as many round values as have room on an x axis, and how they are printed."""
    limit = _MOST_IN_COLUMN if paper.is_column else _MOST
    return choose_round_ticks(ends, scale, min(limit, int(room / _ACROSS)))


def draw_value_axis(sheet: Sheet, ends: tuple[float, float], scale: Scale) -> None:
    """Scale the x axis, with faint lines at its ticks and their values below."""
    ax, palette = sheet.ax, sheet.palette
    ax.set_xlim(*ends)
    steps, labels = choose_axis_ticks(sheet, ends, scale, sheet.body[0])
    grid = [[(step, 0), (step, 1)] for step in steps]
    across = ax.get_xaxis_transform()
    draw_lines(sheet, grid, [palette.grid], 0.6, zorder=0.6, transform=across)
    base = [[(0, 0), (1, 0)]]
    draw_lines(
        sheet, base, [palette.quiet], 0.8, clip_on=False, transform=sheet.build_transform("axes")
    )
    for step, label in zip(steps, labels, strict=True):
        sheet.write(
            label, (step, 0), (0, -4 - 0.74 * sheet.sizes.small), frame="columns", ha="center",
            size=sheet.sizes.small, ink=palette.quiet_text, gid="tick",
        )  # fmt: skip


# --- heights --------------------------------------------------------------------------------------


def has_wide_range(values: pd.Series, lower: pd.Series) -> bool:
    """Tell whether the greatest value is so much more than the least that others lie flat."""
    return bool(lower.min() > 0 and values.max() > _FOLD * values.min())


def choose_height_ticks(
    ends: tuple[float, float], scale: Scale, *, is_log: bool
) -> tuple[list[float], list[str]]:
    """Return round values for the y axis, each the double of the one before on a log scale."""
    if not is_log:
        return choose_round_ticks(widen_ends(ends), scale, _MOST)
    least, most = (end / scale.factor for end in ends)
    steps = _list_doubles(least, most) if most / least <= _MANY_FOLD else _list_decades(least, most)
    labels = [format_number(step, count_needed_decimals(step)) for step in steps]
    return [step * scale.factor for step in steps], labels


def _list_doubles(least: float, most: float) -> list[float]:
    """Return round values of which each is the double of the one before."""
    start = 10.0 ** floor(log10(least))
    first = next(start * by for by in (1.0, 2.0, 5.0, 10.0) if start * by >= 0.7 * least)
    if _SMALL <= least < 1 / _SMALL:  # from a quarter to 64 doubles of one are round
        first = 2.0 ** ceil(log2(least) - 0.5)
    return [first * 2.0**power for power in range(int(log2(most / first)) + 1)]


def _list_decades(least: float, most: float) -> list[float]:
    powers = range(floor(log10(least)), ceil(log10(most)) + 1)
    few = len(powers) <= 3  # noqa: PLR2004 - two ticks would be too few
    return [by * 10.0**power for power in powers for by in ((1, 3) if few else (1,))]


def compute_height_limits(ends: tuple[float, float], *, is_log: bool) -> tuple[float, float]:
    """Return the ends of the y axis, with some air."""
    air = (ends[1] / ends[0]) ** _AIR if is_log else 1.0
    return (ends[0] / air, ends[1] * air) if is_log else widen_ends(ends)


def convert_heights_to_points(
    heights: Iterable[float], limits: tuple[float, float], room: float, *, is_log: bool
) -> list[float]:
    """Return how many points above the bottom of the axes values stand.

    Examples
    --------
    >>> convert_heights_to_points([1.0, 10.0], (0.1, 10.0), 100, is_log=True)
    [50.0, 100.0]
    """
    scaled = log10 if is_log else float
    bottom, top = (scaled(end) for end in limits)
    return [(scaled(height) - bottom) / (top - bottom) * room for height in heights]


def draw_height_axis(
    sheet: Sheet,
    ends: tuple[float, float],
    ticks: tuple[list[float], list[str]],
    *,
    is_log: bool,
) -> None:
    """Scale the y axis, with faint lines at its ticks and their values at the left."""
    ax, palette, size = sheet.ax, sheet.palette, sheet.sizes.small
    if is_log:
        ax.set_yscale("log")
        ax.set_yticks([])
        ax.set_yticks([], minor=True)
    ax.set_ylim(*compute_height_limits(ends, is_log=is_log))
    bottom, top = ax.get_ylim()
    shown = [(at, label) for at, label in zip(*ticks, strict=True) if bottom <= at <= top]
    grid = [[(0, at), (1, at)] for at, _ in shown]
    draw_lines(
        sheet, grid, [palette.grid], 0.6, zorder=0.6, transform=sheet.build_transform("rows")
    )
    base = [[(0, 0), (1, 0)]]
    draw_lines(
        sheet, base, [palette.quiet], 0.8, clip_on=False, transform=sheet.build_transform("axes")
    )
    for at, label in shown:
        shift = -_BESIDE_TICKS - sheet.measure(label, size), 0.0
        sheet.write(
            label, (0, at), shift, frame="rows", middle=True, size=size, ink=palette.quiet_text,
            gid="tick",
        )  # fmt: skip


# --- the nation -----------------------------------------------------------------------------------


def draw_nation_line(sheet: Sheet, ends: Sequence[float], label: str) -> None:
    """Draw the nation's value across all rows with the range that it has, and its label above.

    In a column the label stands above the heads, joined to the line by a stub.
    """
    palette, across = sheet.palette, sheet.ax.get_xaxis_transform()
    value, lower, upper = ends
    lift = LIFT if sheet.is_column else 0.0
    box = [(lower, 0), (upper, 0), (upper, 1), (lower, 1)]
    draw_shapes(sheet, [box], [palette.nation_band], zorder=0.55, transform=across)
    line = [(value, 0), (value, 1 + lift / sheet.body[1])]
    draw_lines(sheet, [line], [palette.nation], 1.1, zorder=1.5, clip_on=False, transform=across)
    size = sheet.sizes.small + 0.5
    write_label_above(
        sheet, label, value, (4 + lift), size=size, bold=True, ink=palette.nation_text
    )


def write_label_above(  # noqa: PLR0913 - what a label is
    sheet: Sheet, label: str, value: float, up: float, *, size: float, bold: bool, ink: ColorType
) -> None:
    """Write a label above the axes, centred on a value as far as it stays within them."""
    left, right = sheet.ax.get_xlim()
    wide, room = sheet.measure(label, size, bold=bold), sheet.body[0]
    start = find_label_start((value - left) / (right - left) * room, wide, room, sheet.margins.left)
    sheet.write(label, (0, 1), (start, up), size=size, bold=bold, ink=ink, gid="nation")


def find_label_start(middle: float, wide: float, room: float, before: float) -> float:
    """Return where a label starts that stays within the axes, or begins in what is before them.

    Examples
    --------
    >>> find_label_start(50, 20, 100, 0), find_label_start(95, 20, 100, 0)
    (40.0, 80)
    """
    return max(min(middle - wide / 2, room - wide), -before)
