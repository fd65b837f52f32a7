"""Ends: names where lines end, none over another, joined to their line where they are moved."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.plot.parts.marks import draw_lines
from provstats.plot.parts.value_axis import convert_heights_to_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.sheet import Sheet

__all__ = [
    "BESIDE",
    "PITCH",
    "End",
    "Placed",
    "measure_end_labels",
    "move_numbers_apart",
    "place_ends",
    "write_ends",
]

#: From one name to the next, in sizes.
PITCH: Final = 1.24
#: Points from a line to its leader, and from there to the name.
BESIDE: Final = 4.0
# Points of the gutter for leaders on a page and in a column, and between names and numbers.
_GUTTER, _GUTTER_IN_COLUMN, _BETWEEN = 34.0, 16.0, 9.0
# Points by which a name may be moved without a leader.
_STILL: Final = 1.5


class End(NamedTuple):
    """The end of a line: what is written there, its place, and how it is written."""

    name: str
    number: str
    time: float
    height: float
    ink: ColorType
    #: Names that must stand are bold and moved apart; others stand only where there is room.
    must: bool
    region: str = ""


class Placed(NamedTuple):
    """Where an end is written, in points right of the lines and above their bottom."""

    end: End
    #: The height at which the line ends, and that of the name.
    wanted: float
    height: float
    #: Where the leader ends, the name starts and the number starts.
    leader: float
    name: float
    number: float


def move_numbers_apart(
    wanted: Sequence[float], gap: float, most: float | None = None
) -> list[float]:
    """Move ascending numbers as little as possible, so that each is a gap above the one before.

    None becomes less than 0 or more than the most, if there is one.

    Examples
    --------
    >>> move_numbers_apart([0.0, 1.0, 50.0], 10)
    [-4.5, 5.5, 50.0]
    >>> move_numbers_apart([0.0, 1.0, 50.0], 10, 50)
    [0.0, 10.0, 50.0]
    """
    steps = [place * gap for place in range(len(wanted))]
    blocks: list[list[float]] = []
    for number, step in zip(wanted, steps, strict=True):
        blocks.append([number - step])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    moved = [at for block in blocks for at in [fmean(block)] * len(block)]
    if most is not None:
        top = max(most - gap * (len(wanted) - 1), 0.0)
        moved = [min(max(at, 0.0), top) for at in moved]
    return [at + step for at, step in zip(moved, steps, strict=True)]


def measure_end_labels(paper: Paper, ends: Sequence[End]) -> float:
    """Return the points that names and numbers take at the right of the lines."""
    if not ends:
        return 0.0
    names, numbers = _measure_names_and_numbers(paper, ends)
    return _measure_gutter(paper) + names + (_BETWEEN + numbers if numbers else 0.0)


def _measure_gutter(paper: Paper) -> float:
    return 2 * BESIDE + (_GUTTER_IN_COLUMN if paper.is_column else _GUTTER)


def _measure_names_and_numbers(paper: Paper, ends: Sequence[End]) -> tuple[float, float]:
    names = max((paper.measure(end.name, bold=end.must) for end in ends), default=0.0)
    numbers = max((paper.measure(end.number, bold=end.must) for end in ends), default=0.0)
    return names, numbers


def place_ends(
    paper: Paper, ends: Sequence[End], wanted: Sequence[float], room: float
) -> list[Placed]:
    """Place names and numbers right of lines that end so many points above the bottom.

    The first ones go first where not all have room; the lowest comes first in what is returned.
    """
    pitch = PITCH * paper.sizes.body
    most = max(1, int(room / pitch) + 1)
    kept = sorted(
        _choose_shown_ends(ends, dict(enumerate(wanted)), pitch, most), key=wanted.__getitem__
    )
    moved = move_numbers_apart([wanted[place] for place in kept], pitch, room)
    gutter, (names, numbers) = _measure_gutter(paper), _measure_names_and_numbers(paper, ends)
    edge = gutter + names + _BETWEEN + numbers
    return [
        Placed(
            ends[place], wanted[place], at, gutter - BESIDE, gutter,
            edge - paper.measure(ends[place].number, bold=ends[place].must),
        )
        for place, at in zip(kept, moved, strict=True)
    ]  # fmt: skip


def write_ends(sheet: Sheet, ends: Sequence[End]) -> None:
    """Write names and numbers right of the lines, joined to those from which they are moved."""
    is_log = sheet.ax.get_yscale() == "log"
    heights = [end.height for end in ends]
    wanted = convert_heights_to_points(heights, sheet.ax.get_ylim(), sheet.body[1], is_log=is_log)
    left, right = sheet.ax.get_xlim()
    leaders, inks, wide = [], [], []
    for end, own, at, leader, name, number in place_ends(sheet, ends, wanted, sheet.body[1]):
        start = (end.time - left) / (right - left) * sheet.body[0]
        leaders.append(
            [
                _convert_to_axes_parts(sheet, start + BESIDE, own),
                _convert_to_axes_parts(sheet, sheet.body[0] + leader, at),
            ]
        )
        inks.append(end.ink if end.must else sheet.palette.quiet)
        wide.append(1.0 if end.must else 0.5)
        style: dict[str, Any] = {"middle": True, "ink": end.ink, "bold": end.must}
        sheet.write(end.name, (1, 0), (name, at), gid="name", **style)
        sheet.write(end.number, (1, 0), (number, at), gid="number", **style)
    draw_lines(
        sheet,
        leaders,
        inks,
        wide,
        zorder=1.2,
        clip_on=False,
        transform=sheet.build_transform("axes"),
    )


def _choose_shown_ends(
    ends: Sequence[End], wanted: dict[int, float], pitch: float, most: int
) -> list[int]:
    """Return all, if they have room; else those that must stand, and what fits between them."""
    if len(ends) <= most:
        return list(wanted)
    kept = [place for place, end in enumerate(ends) if end.must][:most]
    for place, at in wanted.items():
        far = all(abs(at - wanted[other]) >= pitch for other in kept)
        if place not in kept and far and len(kept) < most:
            kept.append(place)
    return kept


def _convert_to_axes_parts(sheet: Sheet, x: float, y: float) -> tuple[float, float]:
    return x / sheet.body[0], y / sheet.body[1]
