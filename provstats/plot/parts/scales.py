"""Scales: axes of values, with room for what is written beside the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from provstats.plot.parts.canvas import LEAST_PLOT, SMALL
from provstats.plot.parts.rows import reserved
from provstats.words.languages import digits_of, number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from provstats.plot.parts.canvas import Canvas
    from provstats.words.languages import Scale

__all__ = ["bars_told", "place_values", "scale_heights", "scale_ranks", "scale_values", "ticks",
    "write_above"]  # fmt: skip

# Points beyond the outermost marks, across a dot, and that the label of a tick has across and down.
_INSET, _DOT, _TICK, _LINE = 6.0, 6.0, 50.0, 20.0


def scale_values(canvas: Canvas, ends: tuple[float, float], scale: Scale) -> None:
    """Scale the x axis so that the columns have the right of the axes to themselves.

    Parameters
    ----------
    canvas : Canvas
        A settled one, with its columns; those for which there is no room are left out.
    ends : tuple of float
        Between which all marks lie.
    scale : Scale
        How the ticks are printed.
    """
    ax, (left, right) = canvas.ax, _aired(*ends)
    room = (1 - LEAST_PLOT) * canvas.points(ax.get_window_extent().width)
    while reserved(canvas) + _INSET > room and canvas.columns:
        for text in canvas.columns.pop():
            text.remove()
    place_values(canvas, (left, right), before=_INSET, after=reserved(canvas))
    most = canvas.points(ax.get_window_extent().width) / _TICK
    steps, labels = ticks((left, right), scale, most)
    style = {"fontsize": SMALL, "color": canvas.inks.muted, **canvas.font}
    ax.set_xticks(steps, labels, **style)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="x", color=canvas.inks.faint, linewidth=0.8, linestyle="-")
    ax.set_axisbelow(True)
    ax.spines["bottom"].set(bounds=(left, right), color=canvas.inks.muted)


def ticks(ends: tuple[float, float], scale: Scale, most: float) -> tuple[list[float], list[str]]:
    """Return round values between the ends, and how they are printed.

    Parameters
    ----------
    ends : tuple of float
        The least and the greatest value.
    scale : Scale
        How they are printed.
    most : float
        About how many there may be, up to five.
    """
    locator = MaxNLocator(min(5, max(1, int(most))), steps=[1, 2, 5, 10])
    left, right = (end / scale.factor for end in ends)
    steps = [step for step in locator.tick_values(left, right) if left <= step <= right]
    digits = max(digits_of(step) for step in steps)
    return [step * scale.factor for step in steps], [number_text(step, digits) for step in steps]


def scale_heights(canvas: Canvas, ends: tuple[float, float], scale: Scale) -> None:
    """Scale the y axis of lines.

    Parameters
    ----------
    canvas : Canvas
        Where the lines are.
    ends : tuple of float
        Between which they lie.
    scale : Scale
        How the ticks are printed.
    """
    bottom, top = _aired(*ends)
    canvas.ax.set_ylim(bottom, top)
    most = canvas.points(canvas.ax.get_window_extent().height) / _LINE
    _rule(canvas, *ticks((bottom, top), scale, most))


def scale_ranks(canvas: Canvas, last: int) -> None:
    """Scale the y axis of ranks, the first on top.

    Parameters
    ----------
    canvas : Canvas
        Where the lines are.
    last : int
        The last rank.
    """
    canvas.ax.set_ylim(last + 0.6, 0.4)
    ranks = [1, *range(5, last + 1, 5)]
    _rule(canvas, ranks, [f"{place}" for place in ranks])


def _rule(canvas: Canvas, steps: Sequence[float], labels: Sequence[str]) -> None:
    """Draw faint lines across, with their values at the left, and nothing else."""
    ax = canvas.ax
    ax.set_yticks(steps, labels, fontsize=SMALL, color=canvas.inks.muted, **canvas.font)
    ax.tick_params(length=0)
    ax.spines[["left", "top", "right"]].set_visible(False)
    ax.spines["bottom"].set_color(canvas.inks.muted)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="y", color=canvas.inks.faint, linewidth=0.8, linestyle="-")
    ax.set_axisbelow(True)


def place_values(canvas: Canvas, ends: tuple[float, float], *, before: float, after: float) -> None:
    """Set the limits of the x axis so that points are left before and after the values.

    Parameters
    ----------
    canvas : Canvas
        A settled one.
    ends : tuple of float
        The least and the greatest value.
    before, after : float
        The points to be left.
    """
    width = canvas.points(canvas.ax.get_window_extent().width)
    per_point = (ends[1] - ends[0]) / max(LEAST_PLOT * width, width - before - after)
    canvas.ax.set_xlim(ends[0] - before * per_point, ends[1] + after * per_point)


def _aired(least: float, most: float) -> tuple[float, float]:
    """Return the ends of a scale with some air, which turns no positive scale negative."""
    air = 0.05 * (most - least) or 0.05 * abs(most) or 1.0
    return max(0.0, least - air) if least >= 0 else least - air, most + air


def bars_told(canvas: Canvas, rows: pd.DataFrame) -> str:
    """Say what the bars are, where one is wide enough to be seen behind its dot.

    Parameters
    ----------
    canvas : Canvas
        One with its scale.
    rows : DataFrame
        ``lower`` and ``upper`` of the bars.
    """
    widest = (rows["upper"] - rows["lower"]).max()
    left, right = canvas.ax.get_xlim()
    points = widest / (right - left) * canvas.points(canvas.ax.get_window_extent().width)
    return canvas.voice.say("bars") if points > _DOT else ""


def write_above(
    canvas: Canvas,
    labels: Sequence[str],
    at: float,
    **style: Any,  # noqa: ANN401 - as `write`
) -> None:
    """Write above the rows, at a value, the first of the labels that fits; turn it to the middle.

    Parameters
    ----------
    canvas : Canvas
        One with its scale.
    labels : sequence of str
        The longest first.
    at : float
        The place on the x axis.
    **style
        As for a text.
    """
    ax = canvas.ax
    share = ax.transAxes.inverted().transform(ax.transData.transform((at, 0)))[0]
    width = canvas.points(ax.get_window_extent().width)
    left, right = share * width, (1 - share) * width - reserved(canvas)
    ha = "left" if right > left else "right"
    for label in labels:
        text = canvas.write(
            label, (at, 1), (0, 4), xycoords=ax.get_xaxis_transform(), ha=ha, **style
        )
        if canvas.width(text) <= max(left, right):
            return
        text.remove()
