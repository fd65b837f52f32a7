"""Tiles: where each of the 34 provinces stands, what is written in its tile, and the key.

No borders are drawn, so none is asserted. Of the 70 land borders 40 are kept as edges between tiles
and 63 with corners; two pairs of 920 stand the wrong way round from west to east or north to south.
"""

from __future__ import annotations

from itertools import accumulate, product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.plot.parts.cells import figure_text
from provstats.plot.parts.marks import draw_lines, draw_shapes
from provstats.plot.parts.palette import ink_on
from provstats.store.regions import registry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.typing import ColorType

    from provstats.plot.parts.classes import Classes
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = [
    "COLUMNS", "ROWS", "TILES", "Tile", "draw_key", "draw_tiles", "tile_values", "write_tiles",
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


def draw_tiles(
    sheet: Sheet, tiles: Mapping[str, Tile], classes: Classes, framed: Sequence[str]
) -> None:
    """Draw the tiles in their shades, those without a value empty, and frame the highlighted.

    A corner has the shade of another class that the interval reaches into: the upper one for more,
    the lower one for less.
    """
    palette = sheet.palette
    sheet.ax.set(xlim=(0, sheet.body[0]), ylim=(sheet.body[1], 0))
    known = [code for code in tiles if code in classes.of]
    empty = [code for code in tiles if code not in classes.of]
    outline: dict[str, Any] = {"edgecolors": palette.outline, "linewidths": 0.7}
    faces = [classes.shade(code) for code in known]
    draw_shapes(sheet, [tiles[code].corners for code in known], faces, zorder=1, **outline)
    draw_shapes(
        sheet, [tiles[code].corners for code in empty], [palette.ground] * len(empty), zorder=1,
        **outline,
    )  # fmt: skip
    corners = [
        (_corner(tiles[code], top=top), classes.shades[end])
        for code, ends in classes.reached.items()
        for end, top in zip(ends, (False, True), strict=True)
        if end != classes.of[code]
    ]
    draw_shapes(
        sheet, [shape for shape, _ in corners], [shade for _, shade in corners], zorder=1.2,
        **outline,
    )  # fmt: skip
    frames = [tiles[code].corners for code in framed]
    style: dict[str, Any] = {"edgecolors": palette.text, "linewidths": 2.2, "zorder": 1.4}
    draw_shapes(sheet, frames, "none", **style)


def _corner(tile: Tile, *, top: bool) -> list[tuple[float, float]]:
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
        texts, size = _best(sheet, tiles, values, group)
        if not alike and not texts:
            _write_beside(sheet, tiles, group[0])
        for code, words in texts.items():
            _write_tile(sheet, tiles[code], words, size, inks.get(code, sheet.palette.quiet_text))
        if alike and (not texts or len(next(iter(texts.values()))) == 1):
            lacking = "values in its tiles" if texts else "names and values in its tiles"
    return lacking


def _best(
    sheet: Sheet, tiles: Mapping[str, Tile], values: Mapping[str, str], group: Sequence[str]
) -> tuple[dict[str, list[str]], float]:
    """Return the fullest words and the largest size for which all tiles of a group have room."""
    sizes = _SIZES[sheet.voice.lang]
    for count, name_of, size in product((2, 1), (_full, _broken, _short), sizes):
        texts = {code: [name_of(code, sheet.voice), values[code]][:count] for code in group}
        if all(_fits(sheet, tiles[code], words, size) for code, words in texts.items()):
            return texts, size
    return {}, sizes[-1]


def _fits(sheet: Sheet, tile: Tile, words: Sequence[str], size: float) -> bool:
    clear = _CLEAR * tile.wide
    wide = [sheet.measure(words[0], size), *(sheet.measure(w, size, bold=True) for w in words[1:])]
    lines = words[0].count("\n") + len(words)
    return max(wide) + clear <= tile.wide and lines * size * _LEADING + clear <= tile.high


def _write_beside(sheet: Sheet, tiles: Mapping[str, Tile], code: str) -> None:
    """Write the abbreviation at a side of a tile too small for it, where no other tile is."""
    tile, size, word = tiles[code], _SIZES[sheet.voice.lang][-1], _short(code, sheet.voice)
    wide, high = sheet.measure(word, size) + 2, size * _LEADING
    far = (tile.wide + wide) / 2, (tile.high + high) / 2
    for way in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        place = Tile(tile.x + way[0] * far[0], tile.y + way[1] * far[1], wide, high)
        is_inside = (
            wide / 2 <= place.x <= sheet.body[0] - wide / 2
            and high / 2 <= place.y <= sheet.body[1] - high / 2
        )
        if is_inside and not any(_meet(place, other) for other in tiles.values()):
            _write_tile(sheet, place, [word], size, sheet.palette.quiet_text)
            return


def _meet(one: Tile, other: Tile) -> bool:
    """Tell whether two tiles share more than an edge."""
    across = (one.wide + other.wide) / 2 - abs(one.x - other.x)
    down = (one.high + other.high) / 2 - abs(one.y - other.y)
    return min(across, down) > _TOUCH


def _full(code: str, voice: Voice) -> str:
    return voice.name(code)


def _broken(code: str, voice: Voice) -> str:
    return _BROKEN.get(voice.name(code), voice.name(code))


def _short(code: str, voice: Voice) -> str:
    """Return the one-character name in Chinese, the letters of the code in English."""
    return registry()[code].abbreviations[0] if voice.lang == "zh" else code.removeprefix("CN-")


def tile_values(rows: pd.DataFrame, scale: Scale) -> dict[str, str]:
    """Print the value of each of the 34, a dash where there is none."""
    known = {row["region"]: figure_text(row, scale.plain) for _, row in rows.iterrows()}
    return {code: known.get(code, "—") for code in TILES}


def _write_tile(
    sheet: Sheet, tile: Tile, words: Sequence[str], size: float, ink: ColorType
) -> None:
    """Write a name, and a value below it in bold, both in the middle of the tile."""
    lines = [*words[0].split("\n"), *words[1:]]
    for place, line in enumerate(lines):
        drop = (place - (len(lines) - 1) / 2) * size * _LEADING
        is_value = len(words) > 1 and place == len(lines) - 1
        sheet.write(
            line, (tile.x, tile.y + drop), frame="data", middle=True, ha="center", size=size,
            bold=is_value, ink=ink, gid="number" if is_value else "name",
        )  # fmt: skip


# --- the key --------------------------------------------------------------------------------------

# Points of the key: its bar, the ticks below it, the gap between its cells.
_BAR, _TICK, _GAP = 15.0, 3.0, 2.0


def draw_key(sheet: Sheet, classes: Classes, scale: Scale, room: Tile) -> None:
    """Draw a bar whose cells are as long as classes have provinces, the boundaries below."""
    palette, size, counts = sheet.palette, sheet.sizes.small, classes.counts
    left, top = room.x - room.wide / 2, room.y - room.high / 2
    head = sheet.voice.say("key_counts")
    sheet.write(
        head, (left, top + size), frame="data", size=size, ink=palette.quiet_text, gid="key"
    )
    bar = top + 1.5 * size
    each = (room.wide - _GAP * (len(counts) - 1)) / sum(counts)
    ends = list(accumulate(count * each for count in counts))
    cells = [
        (left + end - count * each + _GAP * place, left + end + _GAP * place)
        for place, (end, count) in enumerate(zip(ends, counts, strict=True))
    ]
    shapes = [[(a, bar), (b, bar), (b, bar + _BAR), (a, bar + _BAR)] for a, b in cells]
    style: dict[str, Any] = {"edgecolors": palette.outline, "linewidths": 0.7, "zorder": 1}
    draw_shapes(sheet, shapes, classes.shades, **style)
    for (a, b), count, shade in zip(cells, counts, classes.shades, strict=True):
        if count and sheet.measure(f"{count}", size, bold=True) + 2 <= b - a:
            sheet.write(
                f"{count}", ((a + b) / 2, bar + _BAR / 2), frame="data", middle=True, ha="center",
                size=size, bold=True, ink=ink_on(shade), gid="key",
            )  # fmt: skip
    places = [b + _GAP / 2 for _, b in cells[:-1]]
    _write_edges(sheet, classes, scale, places, bar)


def _write_edges(
    sheet: Sheet, classes: Classes, scale: Scale, places: Sequence[float], bar: float
) -> None:
    """Write the boundaries below the bar, the nation's first and bold, others as they have room."""
    palette, size = sheet.palette, sheet.sizes.small
    below = bar + _BAR + _TICK
    kept: list[tuple[float, float]] = []
    order = sorted(range(len(places)), key=lambda place: place != classes.nation)
    for place in order:
        is_nation = place == classes.nation
        label = scale.edge(classes.edges[place])
        half = sheet.measure(label, size, bold=is_nation) / 2 + 2
        line = [[(places[place], bar - (_TICK if is_nation else 0)), (places[place], below)]]
        ink, wide = (palette.text, 1.4) if is_nation else (palette.quiet, 0.7)
        draw_lines(sheet, line, [ink], wide, zorder=1.1)
        if any(abs(places[place] - x) < half + other for x, other in kept):
            continue
        kept.append((places[place], half))
        style: dict[str, Any] = {"frame": "data", "ha": "center", "size": size, "gid": "key"}
        if is_nation:
            name = sheet.voice.say("nation")
            sheet.write(name, (places[place], bar - _TICK - 2), bold=True, **style)
        sheet.write(
            label, (places[place], below + size), bold=is_nation,
            ink=palette.text if is_nation else palette.quiet_text, **style,
        )  # fmt: skip
