"""Places: names beside points, where neither another name nor a mark is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Box", "Named", "Placed", "place_leader", "place_names"]

# Where a name may stand beside its point, the best first, and from which distance it has a leader.
_SIDES: Final = (
    (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1),
)  # fmt: skip
_FAR: Final = (1.0, 2.2, 3.6, 5.2, 7.5)
# The parts of a size that letters take above and below the middle of a line.
_HALF: Final = 0.56
# Points between two names side by side.
_APART: Final = 3.0


#: Left, bottom, right and top, in points from the lower left.
Box = tuple[float, float, float, float]


class Named(NamedTuple):
    """A point in points from the lower left, and how wide and large its name is."""

    x: float
    y: float
    wide: float
    size: float
    #: One that must have a name takes a place across lines or farther away.
    must: bool


class Placed(NamedTuple):
    """Where a name starts and the middle of its line is; whether a leader joins it to its point."""

    start: float
    middle: float
    has_leader: bool


def place_names(
    names: Sequence[Named],
    lines: NDArray[np.float64],
    room: tuple[float, float],
    beside: float,
    taken: Sequence[Box] = (),
) -> list[Placed | None]:
    """Return a place for each name, in the order of their weight; None where none is free.

    Lines are the points of curves, which names cross only if they must stand and have no other
    place. What is taken already is in boxes.
    """
    dots = np.array([(name.x, name.y) for name in names]).reshape(-1, 2)
    boxes = [*taken]
    found: list[Placed | None] = []
    for name in names:
        place = _find_free_place(name, dots, lines, boxes, room, beside)
        found.append(place)
        if place is not None:
            boxes.append(_build_box(name, place))
    return found


def _find_free_place(  # noqa: PLR0913, PLR0917 - what may be in the way
    name: Named,
    dots: NDArray[np.float64],
    lines: NDArray[np.float64],
    boxes: Sequence[Box],
    room: tuple[float, float],
    beside: float,
) -> Placed | None:
    for may_cross, far in _list_attempts(must=name.must):
        for side in _SIDES:
            place = _place_at_side(name, side, beside * far, has_leader=far > 1)
            box = _build_box(name, place)
            blocks = _has_points(box, dots, beside * 0.7) or (
                not may_cross and _has_points(box, lines, 1.0)
            )
            if (
                _is_inside(box, room)
                and not blocks
                and not any(_are_overlapping(box, other) for other in boxes)
            ):
                return place
    return None


def _list_attempts(*, must: bool) -> list[tuple[bool, float]]:
    """Return whether lines may be crossed, and how far a name stands off, in the order of trial."""
    if not must:
        return [(False, _FAR[0])]
    return [(may_cross, far) for may_cross in (False, True) for far in _FAR]


def _place_at_side(
    name: Named, side: tuple[int, int], beside: float, *, has_leader: bool
) -> Placed:
    across, up = side
    off = beside * (0.75 if across and up else 1.0)
    start = name.x + (off if across > 0 else -off - name.wide if across else -name.wide / 2)
    rise = (beside * 0.9 + _HALF * name.size) if not across else beside * 0.75 + 2.0
    return Placed(start, name.y + up * rise, has_leader)


def _build_box(name: Named, place: Placed) -> Box:
    high = _HALF * name.size
    return place.start, place.middle - high, place.start + name.wide, place.middle + high


def _is_inside(box: Box, room: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= room[0] and box[3] <= room[1]


def _has_points(box: Box, points: NDArray[np.float64], air: float) -> bool:
    x, y = points[:, 0], points[:, 1]
    across = (x > box[0] - air) & (x < box[2] + air)
    return bool((across & (y > box[1] - air) & (y < box[3] + air)).any())


def _are_overlapping(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] + _APART
        and other[0] < one[2] + _APART
        and one[1] < other[3]
        and other[1] < one[3]
    )


def place_leader(name: Named, place: Placed) -> list[tuple[float, float]]:
    """Return the line from a point to the nearest edge of its name."""
    left, bottom, right, top = _build_box(name, place)
    return [(name.x, name.y), (min(max(name.x, left), right), min(max(name.y, bottom), top))]
