"""Tile maps for Vega-Lite: tiles in their shades, corners, names and values, and the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.plot.parts.palette import ink_on
from provstats.plot.parts.tiles import (
    fullest_words,
    key_room,
    lay_key,
    lay_tiles,
    reached_corners,
    tile_lines,
    tile_values,
    tiles_height,
)
from provstats.plot.vega.frame import (
    POINTED,
    Body,
    chart_of,
    colour,
    of_field,
    pointing,
    px,
    shown_at,
    word,
    words_layer,
)
from provstats.plot.vega.tips import no_tip, tip_of, tooltip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from provstats.plot.parts.classes import Classes
    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.ranked import Ranked
    from provstats.plot.parts.tiles import Key, Tile
    from provstats.plot.vega.frame import Spec
    from provstats.plot.vega.interactive import InteractiveChart
    from provstats.words.numbers import Scale

__all__ = ["tilemap_spec"]

# Points of outlines, of frames, and between the nation's boundary and its name.
_OUTLINE, _FRAME, _ABOVE = 0.7, 2.2, 2.0
# A corner as a shape: the upper one for more, the lower one for less.
_UPPER: Final = "M-1,-1L1,-1L1,1Z"
_LOWER: Final = "M-1,1L1,1L1,-1Z"


def tilemap_spec(shown: Ranked, classes: Classes, paper: Paper) -> InteractiveChart:
    """Return the chart of a tile map."""
    body = Body(paper.inner, tiles_height(paper))
    tiles = lay_tiles(body.wide, body.high)
    key = lay_key(paper, classes, shown.scale, key_room(tiles))
    values = _records(shown, classes, tiles, paper)
    words = [*_tile_words(shown, classes, tiles, paper), *_key_words(key, classes, paper)]
    layers = [
        _tiles(paper),
        *_corners(tiles, classes, paper),
        *_key_layers(key, classes, paper),
        words_layer(words),
        *_frames(values, shown, paper),
    ]
    return chart_of(shown, paper, body, values, layers)


def _records(
    shown: Ranked, classes: Classes, tiles: Mapping[str, Tile], paper: Paper
) -> list[Spec]:
    """Return the data of each of the 34 provinces, with its tooltip."""
    known = {row["region"]: row for _, row in shown.rows.iterrows()}
    set_off = set(shown.set_off)
    return [
        {
            "region": code, **_box(*tile.corners[0], *tile.corners[2]),
            "fill": colour(classes.shade(code) if code in known else paper.palette.ground),
            "framed": code in set_off,
            **(_measured(known[code], shown.scale, shown) if code in known
               else no_tip(code, shown.voice)),
        }
        for code, tile in tiles.items()
    ]  # fmt: skip


def _measured(row: pd.Series, scale: Scale, shown: Ranked) -> Spec:
    ends = {end: float(row[end]) for end in ("value", "lower", "upper")}
    return {**tip_of(row, scale, shown.voice), **ends}


def _box(left: float, top: float, right: float, bottom: float) -> Spec:
    return {"x": px(left), "y": px(top), "x2": px(right), "y2": px(bottom)}


def _boxed() -> Spec:
    """Return the encoding of boxes whose edges are in pixels."""
    return {
        "x": shown_at("x"), "y": shown_at("y"),
        "x2": {"field": "x2"}, "y2": {"field": "y2"},
    }  # fmt: skip


# --- tiles --------------------------------------------------------------------------------------


def _outlined(paper: Paper) -> Spec:
    return {"stroke": colour(paper.palette.outline), "strokeWidth": px(_OUTLINE), "opacity": 1}


def _tiles(paper: Paper) -> Spec:
    return {
        "mark": {"type": "rect", **_outlined(paper)},
        "encoding": {**_boxed(), "fill": of_field("fill")},
    }


def _corners(tiles: Mapping[str, Tile], classes: Classes, paper: Paper) -> list[Spec]:
    """Return the corners that have the shade of another class, if any."""
    values = []
    for shape, shade in reached_corners(tiles, classes):
        (left, y), (right, _), (_, end) = shape
        side = right - left
        middle = left + side / 2, (y + end) / 2
        values.append({
            "x": px(middle[0]), "y": px(middle[1]),
            "size": px(side) ** 2, "fill": colour(shade),
            "shape": _UPPER if end > y else _LOWER,
        })  # fmt: skip
    if not values:
        return []
    return [{
        "data": {"values": values},
        "mark": {"type": "point", **_outlined(paper)},
        "encoding": {
            "x": shown_at("x"), "y": shown_at("y"),
            "fill": of_field("fill"), "shape": of_field("shape"),
            "size": {**shown_at("size"), "legend": None},
        },
    }]  # fmt: skip


def _frames(values: Sequence[Spec], shown: Ranked, paper: Paper) -> list[Spec]:
    """Return the frames of tiles set off and of the one pointed at, and what takes the pointer."""
    frame = {
        "type": "rect", "fill": None, "stroke": colour(paper.palette.text),
        "strokeWidth": px(_FRAME), "filled": False,
    }  # fmt: skip
    said = {"tooltip": tooltip(values, shown.voice), "description": of_field("said")}
    return [
        {
            "transform": [{"filter": "datum.framed"}],
            "mark": frame, "encoding": _boxed(),
        },
        {
            "transform": [{"filter": {"param": POINTED, "empty": False}}],
            "mark": frame, "encoding": _boxed(),
        },
        {
            "params": pointing(),
            "mark": {"type": "rect", "color": "transparent", "aria": True},
            "encoding": {**_boxed(), **said},
        },
    ]  # fmt: skip


def _tile_words(
    shown: Ranked, classes: Classes, tiles: Mapping[str, Tile], paper: Paper
) -> list[Spec]:
    """Return names and values, of one size in all tiles."""
    values = tile_values(shown.rows, shown.scale)
    found, size = fullest_words(paper, tiles, values, list(tiles))
    quiet = paper.palette.quiet_text
    inks = {code: ink_on(classes.shade(code)) if code in classes.of else quiet for code in tiles}
    return [
        word(line, (tiles[code].x, y), size, inks[code], bold=bold, align="center", middle=True)
        for code, words in found.items()
        for line, y, bold in tile_lines(tiles[code], words, size)
    ]


# --- the key ------------------------------------------------------------------------------------


def _key_layers(key: Key, classes: Classes, paper: Paper) -> list[Spec]:
    """Return the cells of the key, and its boundaries."""
    palette = paper.palette
    cells = [
        {**_box(left, key.top, right, key.bottom), "fill": colour(shade)}
        for (left, right), shade in zip(key.cells, classes.shades, strict=True)
    ]
    ticks = [
        {**_box(at.x, key.top - (key.tick if at.is_nation else 0.0), at.x, key.below),
         "ink": colour(palette.text if at.is_nation else palette.quiet),
         "size": px(1.4 if at.is_nation else _OUTLINE)}
        for at in key.boundaries
    ]  # fmt: skip
    return [
        {**_tiles(paper), "data": {"values": cells}},
        {
            "data": {"values": ticks},
            "mark": {"type": "rule", "strokeWidth": {"expr": "datum.size"}},
            "encoding": {**_boxed(), "stroke": of_field("ink")},
        },
    ]


def _key_words(key: Key, classes: Classes, paper: Paper) -> list[Spec]:
    """Return the head of the key, the counts in its cells, and its boundaries."""
    palette, size, say = paper.palette, paper.sizes.small, paper.voice.say
    head = word(say("key_counts"), (key.cells[0][0], key.head), size, palette.quiet_text)
    middle = (key.top + key.bottom) / 2
    counts = [
        word(count, ((a + b) / 2, middle), size, ink_on(shade), bold=True, align="center",
             middle=True)
        for (a, b), count, shade in zip(key.cells, key.counts, classes.shades, strict=True)
    ]  # fmt: skip
    labels = [
        word(at.label, (at.x, key.below + size), size,
             palette.text if at.is_nation else palette.quiet_text, bold=at.is_nation,
             align="center")
        for at in key.boundaries
    ]  # fmt: skip
    nation = [
        word(say("nation"), (at.x, key.top - key.tick - _ABOVE), size, palette.text,
             bold=True, align="center")
        for at in key.boundaries if at.is_nation
    ]  # fmt: skip
    return [head, *counts, *labels, *nation]
