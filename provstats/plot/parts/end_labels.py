"""Ends: names where lines end, none over another, joined to their line where they are moved."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.plot.parts.marks import draw_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.sheet import Sheet

__all__ = ["PITCH", "End", "room_for_ends", "spread", "write_ends"]

#: From one name to the next, in sizes.
PITCH: Final = 1.24
# Points from a line to its leader and from there to the name, of the gutter for leaders, and
# between names and numbers.
_BESIDE, _GUTTER, _GUTTER_IN_COLUMN, _BETWEEN = 4.0, 34.0, 16.0, 9.0
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


def spread(wanted: Sequence[float], gap: float, most: float | None = None) -> list[float]:
    """Move ascending numbers as little as possible, so that each is a gap above the one before.

    None becomes less than 0 or more than the most, if there is one.

    Examples
    --------
    >>> spread([0.0, 1.0, 50.0], 10)
    [-4.5, 5.5, 50.0]
    >>> spread([0.0, 1.0, 50.0], 10, 50)
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


def room_for_ends(sheet: Sheet, ends: Sequence[End]) -> float:
    """Return the points that names and numbers take at the right of the lines."""
    if not ends:
        return 0.0
    names, numbers = _widths(sheet, ends)
    return _gutter(sheet) + names + (_BETWEEN + numbers if numbers else 0.0)


def _gutter(sheet: Sheet) -> float:
    return 2 * _BESIDE + (_GUTTER_IN_COLUMN if sheet.is_column else _GUTTER)


def _widths(sheet: Sheet, ends: Sequence[End]) -> tuple[float, float]:
    names = max((sheet.measure(end.name, bold=end.must) for end in ends), default=0.0)
    numbers = max((sheet.measure(end.number, bold=end.must) for end in ends), default=0.0)
    return names, numbers


def write_ends(sheet: Sheet, ends: Sequence[End]) -> None:
    """Write names and numbers in a column right of the lines, the first ones first."""
    pitch, room = PITCH * sheet.sizes.body, sheet.body[1]
    bottom, top = sheet.ax.get_ylim()
    wanted = {place: _points(sheet, end.height, bottom, top) for place, end in enumerate(ends)}
    most = max(1, int(room / pitch) + 1)
    kept = sorted(_kept(ends, wanted, pitch, most), key=wanted.__getitem__)
    moved = spread([wanted[place] for place in kept], pitch, room)
    gutter = _gutter(sheet)
    names, numbers = _widths(sheet, ends)
    left, right = sheet.ax.get_xlim()
    leaders, inks, wide = [], [], []
    for place, at in zip(kept, moved, strict=True):
        end = ends[place]
        start = (end.time - left) / (right - left) * sheet.body[0]
        leaders.append([
            _share(sheet, start + _BESIDE, wanted[place]),
            _share(sheet, sheet.body[0] + gutter - _BESIDE, at),
        ])  # fmt: skip
        inks.append(end.ink if end.must else sheet.palette.quiet)
        wide.append(1.0 if end.must else 0.5)
        style: dict[str, Any] = {"middle": True, "ink": end.ink, "bold": end.must}
        sheet.write(end.name, (1, 0), (gutter, at), gid="name", **style)
        edge = gutter + names + _BETWEEN + numbers - sheet.measure(end.number, bold=end.must)
        sheet.write(end.number, (1, 0), (edge, at), gid="number", **style)
    draw_lines(sheet, leaders, inks, wide, zorder=1.2, clip_on=False, transform=sheet.at("axes"))


def _kept(ends: Sequence[End], wanted: dict[int, float], pitch: float, most: int) -> list[int]:
    """Return all, if they have room; else those that must stand, and what fits between them."""
    if len(ends) <= most:
        return list(wanted)
    kept = [place for place, end in enumerate(ends) if end.must][:most]
    for place, at in wanted.items():
        far = all(abs(at - wanted[other]) >= pitch for other in kept)
        if place not in kept and far and len(kept) < most:
            kept.append(place)
    return kept


def _points(sheet: Sheet, height: float, bottom: float, top: float) -> float:
    """Return how many points above the bottom of the axes a value stands."""
    scale = sheet.ax.yaxis.get_transform()
    low, high, at = (float(scale.transform(value)) for value in (bottom, top, height))
    return (at - low) / (high - low) * sheet.body[1]


def _share(sheet: Sheet, x: float, y: float) -> tuple[float, float]:
    return x / sheet.body[0], y / sheet.body[1]
