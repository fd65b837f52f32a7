"""Keys: what the colours of cells and the marks mean, in a line or two below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.plot.parts.cells import list_box_corners
from provstats.plot.parts.marks import draw_dots, draw_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.sheet import Sheet

__all__ = ["STRIP", "Entry", "draw_entries", "measure_key_height", "say_missing_key"]

# Points of a swatch, between it and its label, between entries, and from one line to the next.
_WIDE, _HIGH, _BESIDE, _BETWEEN, _LINE = 15.0, 9.5, 4.0, 12.0, 15.0
# What a key takes of the caller's height at most.
_MOST_SHARE: Final = 0.15
#: Points of the strip at an edge of a pale cell.
STRIP: Final = 3.0


class Entry(NamedTuple):
    """A swatch and what it means: filled, with an edge, with a strip at one side, or a dot."""

    label: str
    face: ColorType
    edge: ColorType | None = None
    strip: ColorType | None = None
    at_right: bool = False
    #: The points of a dot; a hollow one has an edge.
    dot: float = 0.0


def measure_key_height(sheet: Sheet, entries: Sequence[Entry]) -> float:
    """Return the points that the key takes below the axes."""
    return len(_split_into_lines(sheet, entries)) * _LINE + 4.0 if entries else 0.0


def say_missing_key(sheet: Sheet, entries: Sequence[Entry]) -> str:
    """Name the key as left out if the caller's axes have no room for it; else return nothing."""
    high = measure_key_height(sheet, entries)
    has_room = sheet.own or high <= _MOST_SHARE * sheet.height
    return "" if has_room else "the key to its colours"


def draw_entries(
    sheet: Sheet, entries: Sequence[Entry], left: float, *, below: float = 0.0
) -> None:
    """Draw the key so many points below the axes and right of their left edge."""
    size, wide, high = sheet.sizes.small, sheet.body[0], sheet.body[1]
    shapes: list[tuple[Any, ColorType, ColorType | None]] = []
    dots: list[tuple[float, float, Entry]] = []
    for row, line in enumerate(_split_into_lines(sheet, entries)):
        x, y = left, -(below + 8.0 + _HIGH / 2 + row * _LINE)
        for entry in line:
            if entry.dot:
                dots.append((x + _WIDE / 2, y, entry))
            else:
                edges = x, x + _WIDE, y + _HIGH / 2, y - _HIGH / 2
                shapes.append((list_box_corners(*edges), entry.face, entry.edge))
                if entry.strip is not None:
                    start = edges[1] - STRIP if entry.at_right else edges[0]
                    shapes.append(
                        (list_box_corners(start, start + STRIP, *edges[2:]), entry.strip, None)
                    )
            sheet.write(
                entry.label, (0, 0), (x + _WIDE + _BESIDE, y), middle=True, size=size,
                ink=sheet.palette.quiet_text, gid="key",
            )  # fmt: skip
            x += _measure_entry(sheet, entry)
    draw_shapes(
        sheet, [[(a / wide, b / high) for a, b in shape] for shape, _, _ in shapes],
        [face for _, face, _ in shapes], clip_on=False, transform=sheet.build_transform("axes"),
        zorder=1.05, edgecolors=[face if edge is None else edge for _, face, edge in shapes],
        linewidths=[0.0 if edge is None else 0.8 for _, _, edge in shapes],
    )  # fmt: skip
    for x, y, entry in dots:
        is_ring = entry.edge is not None
        draw_dots(
            sheet, ([x / wide], [y / high]), [entry.edge or entry.face], hollow=[is_ring],
            size=entry.dot, transform=sheet.build_transform("axes"),
        )  # fmt: skip


def _measure_entry(sheet: Sheet, entry: Entry) -> float:
    return _WIDE + _BESIDE + sheet.measure(entry.label, sheet.sizes.small) + _BETWEEN


def _split_into_lines(sheet: Sheet, entries: Sequence[Entry]) -> list[list[Entry]]:
    lines: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        wide = _measure_entry(sheet, entry)
        if lines[-1] and used + wide - _BETWEEN > sheet.inner:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += wide
    return lines
