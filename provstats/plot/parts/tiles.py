"""Tiles: where each of the 34 provinces stands, what is written in its tile, and the key.

No borders are drawn, so none is asserted. Of the 70 land borders 40 are kept as edges between tiles
and 63 with corners; two pairs of 920 stand the wrong way round from west to east or north to south.
"""

from __future__ import annotations

from itertools import accumulate, product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.plot.parts.cells import format_qualified_value, list_box_corners
from provstats.plot.parts.marks import draw_lines, draw_shapes
from provstats.plot.parts.palette import choose_readable_ink
from provstats.store.regions import load_regions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.typing import ColorType

    from provstats.plot.parts.classes import Classes
    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = [
    "COLUMNS", "ROWS", "TILES", "Boundary", "Key", "Tile", "choose_fullest_words",
    "collect_reached_corners", "draw_key", "draw_tiles", "find_key_room", "format_tile_values",
    "lay_out_key", "lay_out_tiles", "measure_tiles_height", "place_tile_lines", "write_tiles",
]  # fmt: skip

_MAP: Final = """
.  .  .  .  .  HL .
.  .  .  .  .  JL .
.  .  .  NM BJ LN .
XJ GS NX SX HE TJ .
XZ QH SN HA SD .  .
.  SC CQ HB AH JS SH
.  YN GZ HN JX ZJ .
.  .  GX GD FJ TW .
.  .  HI MO HK .  .
"""
#: Row from the top and column from the left, by code.
TILES: Final[dict[str, tuple[int, int]]] = {
    f"CN-{letters}": (row, column)
    for row, line in enumerate(_MAP.strip().splitlines())
    for column, letters in enumerate(line.split())
    if letters != "."
}
ROWS, COLUMNS = (1 + max(axis) for axis in zip(*TILES.values(), strict=True))

# The part of a tile's width that its words leave free, and their sizes from the best to the least.
_CLEAR: Final = 0.08
_SIZES: Final = {"zh": (11.0, 10.0, 9.0, 8.0, 7.0, 6.5), "en": (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)}
# From one base line to the next, in sizes; the points by which tiles that touch may overlap.
_LEADING: Final = 1.15
_TOUCH: Final = 0.1
# Names of one tile that stand on two lines.
_BROKEN: Final = {
    "Heilongjiang": "Heilong-\njiang",
    "Inner Mongolia": "Inner\nMongolia",
    "Hong Kong": "Hong\nKong",
    "Guangdong": "Guang-\ndong",
    "Guangxi": "Guang-\nxi",
    "Chongqing": "Chong-\nqing",
    "Shandong": "Shan-\ndong",
    "Shanghai": "Shang-\nhai",
    "Zhejiang": "Zhe-\njiang",
    "Xinjiang": "Xin-\njiang",
    "Guizhou": "Gui-\nzhou",
    "Liaoning": "Liao-\nning",
    "Qinghai": "Qing-\nhai",
    "Sichuan": "Si-\nchuan",
    "Shaanxi": "Shaan-\nxi",
    "Jiangxi": "Jiang-\nxi",
    "Jiangsu": "Jiang-\nsu",
    "Ningxia": "Ning-\nxia",
    "Yunnan": "Yun-\nnan",
    "Tianjin": "Tian-\njin",
}


class Tile(NamedTuple):
    """A tile in points, from the upper left of the axes: its middle, width and height."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def corners(self) -> list[tuple[float, float]]:
        """The corners, from the upper left on."""
        left, right = self.x - self.wide / 2, self.x + self.wide / 2
        top, bottom = self.y - self.high / 2, self.y + self.high / 2
        return [(left, top), (right, top), (right, bottom), (left, bottom)]


# How high a tile is beside its width, on a page, in a column and at most; how wide at most.
_HIGH, _HIGH_IN_COLUMN, _HIGHEST, _WIDEST = 0.74, 0.95, 1.1, 1.6
# Points between two tiles, and tiles that the key takes, across and down.
_BETWEEN: Final = 3.0
_KEY: Final = (4.3, 1.3)


def measure_tiles_height(paper: Paper) -> float:
    """Return the points that tiles need where nothing else says how high they are."""
    high = _HIGH_IN_COLUMN if paper.is_column else _HIGH
    return float(ROWS * paper.inner / COLUMNS * high)


def lay_out_tiles(wide: float, high: float) -> dict[str, Tile]:
    """Let the tiles fill so many points from the upper left, neither too flat nor too narrow."""
    most = wide / COLUMNS, high / ROWS
    wide, high = min(most[0], _WIDEST * most[1]), min(most[1], _HIGHEST * most[0])
    return {
        code: Tile(
            (column + 0.5) * wide, (row + 0.5) * high, max(wide - _BETWEEN, 1),
            max(high - _BETWEEN, 1),
        )
        for code, (row, column) in TILES.items()
    }  # fmt: skip


def find_key_room(tiles: Mapping[str, Tile]) -> Tile:
    """Return the free corner at the upper left."""
    tile = tiles["CN-XJ"]
    wide, high = (tile.wide + _BETWEEN) * _KEY[0], (tile.high + _BETWEEN) * _KEY[1]
    return Tile(wide / 2 + _BETWEEN, high / 2 + _BETWEEN, wide, high)


def draw_tiles(
    sheet: Sheet, tiles: Mapping[str, Tile], classes: Classes, framed: Sequence[str]
) -> None:
    """Draw the tiles in their shades, those without a value empty, and frame the highlighted.

    A corner has the shade of another class that the interval reaches into: the upper one for more,
    the lower one for less.
    """
    palette = sheet.palette
    sheet.ax.set(xlim=(0, sheet.body[0]), ylim=(sheet.body[1], 0))
    known = [code for code in tiles if code in classes.class_of]
    empty = [code for code in tiles if code not in classes.class_of]
    outline: dict[str, Any] = {"edgecolors": palette.outline, "linewidths": 0.7}
    faces = [classes.find_shade(code) for code in known]
    draw_shapes(sheet, [tiles[code].corners for code in known], faces, zorder=1, **outline)
    draw_shapes(
        sheet, [tiles[code].corners for code in empty], [palette.ground] * len(empty), zorder=1,
        **outline,
    )  # fmt: skip
    corners = collect_reached_corners(tiles, classes)
    draw_shapes(
        sheet, [shape for shape, _ in corners], [shade for _, shade in corners], zorder=1.2,
        **outline,
    )  # fmt: skip
    frames = [tiles[code].corners for code in framed]
    style: dict[str, Any] = {"edgecolors": palette.text, "linewidths": 2.2, "zorder": 1.4}
    draw_shapes(sheet, frames, "none", **style)


def collect_reached_corners(
    tiles: Mapping[str, Tile], classes: Classes
) -> list[tuple[list[tuple[float, float]], ColorType]]:
    """Return the corners that have the shade of another class, each with its shade."""
    return [
        (_build_corner(tiles[code], top=top), classes.shades[end])
        for code, ends in classes.reached.items()
        for end, top in zip(ends, (False, True), strict=True)
        if end != classes.class_of[code]
    ]


def _build_corner(tile: Tile, *, top: bool) -> list[tuple[float, float]]:
    side = 0.22 * min(tile.wide, tile.high)
    x, y = tile.x + tile.wide / 2, tile.y + (-tile.high if top else tile.high) / 2
    return [(x - side, y), (x, y), (x, y + (side if top else -side))]


# --- words ----------------------------------------------------------------------------------------


def write_tiles(
    sheet: Sheet,
    tiles: Mapping[str, Tile],
    inks: Mapping[str, ColorType],
    values: Mapping[str, str],
    *,
    alike: bool,
) -> str:
    """Write names and values as large as tiles have room for; return what finds none.

    Texts are of one size in all tiles that are alike, else of the size that fits each.
    """
    lacking = ""
    for group in [list(tiles)] if alike else [[code] for code in tiles]:
        texts, size = choose_fullest_words(sheet, tiles, values, group)
        if not alike and not texts:
            _write_abbreviation(sheet, tiles, group[0])
        for code, words in texts.items():
            _write_tile(sheet, tiles[code], words, size, inks.get(code, sheet.palette.quiet_text))
        if alike and (not texts or len(next(iter(texts.values()))) == 1):
            lacking = "values in its tiles" if texts else "names and values in its tiles"
    return lacking


def choose_fullest_words(
    paper: Paper, tiles: Mapping[str, Tile], values: Mapping[str, str], group: Sequence[str]
) -> tuple[dict[str, list[str]], float]:
    """Return the fullest words and the largest size for which all tiles of a group have room."""
    sizes = _SIZES[paper.voice.lang]
    for count, name_of, size in product(
        (2, 1), (_name_in_full, _name_in_two_lines, _name_in_short), sizes
    ):
        texts = {code: [name_of(code, paper.voice), values[code]][:count] for code in group}
        if all(
            _has_room_for_words(paper, tiles[code], words, size) for code, words in texts.items()
        ):
            return texts, size
    return {}, sizes[-1]


def _has_room_for_words(paper: Paper, tile: Tile, words: Sequence[str], size: float) -> bool:
    clear = _CLEAR * tile.wide
    wide = [paper.measure(words[0], size), *(paper.measure(w, size, bold=True) for w in words[1:])]
    lines = words[0].count("\n") + len(words)
    return max(wide) + clear <= tile.wide and lines * size * _LEADING + clear <= tile.high


def _write_abbreviation(sheet: Sheet, tiles: Mapping[str, Tile], code: str) -> None:
    """Write the abbreviation at a side of a tile too small for it, where no other tile is."""
    tile, size, word = tiles[code], _SIZES[sheet.voice.lang][-1], _name_in_short(code, sheet.voice)
    wide, high = sheet.measure(word, size) + 2, size * _LEADING
    far = (tile.wide + wide) / 2, (tile.high + high) / 2
    for way in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        place = Tile(tile.x + way[0] * far[0], tile.y + way[1] * far[1], wide, high)
        is_inside = (
            wide / 2 <= place.x <= sheet.body[0] - wide / 2
            and high / 2 <= place.y <= sheet.body[1] - high / 2
        )
        if is_inside and not any(_are_overlapping(place, other) for other in tiles.values()):
            _write_tile(sheet, place, [word], size, sheet.palette.quiet_text)
            return


def _are_overlapping(one: Tile, other: Tile) -> bool:
    """Tell whether two tiles share more than an edge."""
    across = (one.wide + other.wide) / 2 - abs(one.x - other.x)
    down = (one.high + other.high) / 2 - abs(one.y - other.y)
    return min(across, down) > _TOUCH


def _name_in_full(code: str, voice: Voice) -> str:
    return voice.name_region(code)


def _name_in_two_lines(code: str, voice: Voice) -> str:
    return _BROKEN.get(voice.name_region(code), voice.name_region(code))


def _name_in_short(code: str, voice: Voice) -> str:
    """Return the one-character name in Chinese, the letters of the code in English."""
    return load_regions()[code].abbreviations[0] if voice.lang == "zh" else code.removeprefix("CN-")


def format_tile_values(rows: pd.DataFrame, scale: Scale) -> dict[str, str]:
    """Print the value of each of the 34, a dash where there is none."""
    known = {row["region"]: format_qualified_value(row, scale.plain) for _, row in rows.iterrows()}
    return {code: known.get(code, "—") for code in TILES}


def _write_tile(
    sheet: Sheet, tile: Tile, words: Sequence[str], size: float, ink: ColorType
) -> None:
    """Write a name, and a value below it in bold, both in the middle of the tile."""
    for line, y, is_value in place_tile_lines(tile, words, size):
        sheet.write(
            line, (tile.x, y), frame="data", middle=True, ha="center", size=size,
            bold=is_value, ink=ink, gid="number" if is_value else "name",
        )  # fmt: skip


def place_tile_lines(
    tile: Tile, words: Sequence[str], size: float
) -> list[tuple[str, float, bool]]:
    """Return the lines of a name, and of a value below it, with their middles.

    The value, of which is told that it is one, is written in bold.
    """
    lines = [*words[0].split("\n"), *words[1:]]
    first = tile.y - (len(lines) - 1) / 2 * size * _LEADING
    last = len(lines) - 1 if len(words) > 1 else None
    return [
        (line, first + place * size * _LEADING, place == last) for place, line in enumerate(lines)
    ]


# --- the key --------------------------------------------------------------------------------------

# Points of the key: its bar, the ticks below it, the gap between its cells.
_BAR, _TICK, _GAP = 15.0, 3.0, 2.0


class Key(NamedTuple):
    """Where the key stands, in points: its bar with a cell for each class, and its boundaries."""

    #: The base line of the head, and the top of the bar, its bottom and the end of the ticks.
    head: float
    top: float
    bottom: float
    below: float
    #: The edges of the cells, from left to right, and the counts that have room in them.
    cells: list[tuple[float, float]]
    counts: list[str]
    boundaries: list[Boundary]

    @property
    def tick(self) -> float:
        """How far boundaries reach below the bar, and the nation's above it."""
        return self.below - self.bottom


class Boundary(NamedTuple):
    """A boundary between two classes: where it is, and what is written below it, if anything."""

    x: float
    label: str
    is_nation: bool


def lay_out_key(paper: Paper, classes: Classes, scale: Scale, room: Tile) -> Key:
    """Lay out a bar whose cells are as long as classes have provinces."""
    size, counts = paper.sizes.small, classes.counts
    left, top = room.x - room.wide / 2, room.y - room.high / 2
    bar = top + 1.5 * size
    each = (room.wide - _GAP * (len(counts) - 1)) / sum(counts)
    ends = list(accumulate(count * each for count in counts))
    cells = [
        (left + end - count * each + _GAP * place, left + end + _GAP * place)
        for place, (end, count) in enumerate(zip(ends, counts, strict=True))
    ]
    written = [
        f"{n}" if n and paper.measure(f"{n}", size, bold=True) + 2 <= b - a else ""
        for (a, b), n in zip(cells, counts, strict=True)
    ]
    places = [b + _GAP / 2 for _, b in cells[:-1]]
    boundaries = _build_boundaries(paper, classes, scale, places)
    return Key(top + size, bar, bar + _BAR, bar + _BAR + _TICK, cells, written, boundaries)


def _build_boundaries(
    paper: Paper, classes: Classes, scale: Scale, places: Sequence[float]
) -> list[Boundary]:
    """Return the boundaries, the nation's first; others are written as they have room."""
    kept: list[tuple[float, float]] = []
    found = []
    for place in sorted(range(len(places)), key=lambda place: place != classes.nation):
        is_nation, x = place == classes.nation, places[place]
        label = scale.format_edge(classes.edges[place])
        half = paper.measure(label, paper.sizes.small, bold=is_nation) / 2 + 2
        if any(abs(x - other) < half + far for other, far in kept):
            label = ""
        else:
            kept.append((x, half))
        found.append(Boundary(x, label, is_nation))
    return found


def draw_key(sheet: Sheet, classes: Classes, scale: Scale, room: Tile) -> None:
    """Draw a bar whose cells are as long as classes have provinces, the boundaries below."""
    palette, size = sheet.palette, sheet.sizes.small
    key = lay_out_key(sheet, classes, scale, room)
    at, head = (room.x - room.wide / 2, key.head), sheet.voice.say("key_counts")
    sheet.write(head, at, frame="data", size=size, ink=palette.quiet_text, gid="key")
    shapes = [list_box_corners(a, b, key.top, key.bottom) for a, b in key.cells]
    style: dict[str, Any] = {"edgecolors": palette.outline, "linewidths": 0.7, "zorder": 1}
    draw_shapes(sheet, shapes, classes.shades, **style)
    for (a, b), count, shade in zip(key.cells, key.counts, classes.shades, strict=True):
        if count:
            sheet.write(
                count, ((a + b) / 2, (key.top + key.bottom) / 2), frame="data", middle=True,
                ha="center", size=size, bold=True, ink=choose_readable_ink(shade), gid="key",
            )  # fmt: skip
    for boundary in key.boundaries:
        _draw_boundary(sheet, key, boundary)


def _draw_boundary(sheet: Sheet, key: Key, boundary: Boundary) -> None:
    palette, size = sheet.palette, sheet.sizes.small
    line = [[(boundary.x, key.top - (_TICK if boundary.is_nation else 0)), (boundary.x, key.below)]]
    ink, wide = (palette.text, 1.4) if boundary.is_nation else (palette.quiet, 0.7)
    draw_lines(sheet, line, [ink], wide, zorder=1.1)
    style: dict[str, Any] = {"frame": "data", "ha": "center", "size": size, "gid": "key"}
    if boundary.is_nation:
        name = sheet.voice.say("nation")
        sheet.write(name, (boundary.x, key.top - _TICK - 2), bold=True, **style)
    if boundary.label:
        sheet.write(
            boundary.label, (boundary.x, key.below + size), bold=boundary.is_nation,
            ink=palette.text if boundary.is_nation else palette.quiet_text, **style,
        )  # fmt: skip
