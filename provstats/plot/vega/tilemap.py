"""Tile maps for Vega-Lite: tiles in their shades, corners, names and values, and the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.plot.parts.palette import choose_readable_ink
from provstats.plot.parts.tiles import (
    choose_fullest_words,
    collect_reached_corners,
    find_key_room,
    format_tile_values,
    lay_out_key,
    lay_out_tiles,
    measure_tiles_height,
    place_tile_lines,
)
from provstats.plot.vega.frame import (
    POINTED,
    Body,
    build_chart,
    build_text,
    convert_to_px,
    format_color,
    specify_field,
    specify_pixel_field,
    specify_pointer,
    specify_text_layer,
)
from provstats.plot.vega.tips import build_empty_tip, build_tip, specify_tooltip

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

__all__ = ["build_tilemap_chart"]

# Points of outlines, of frames, and between the nation's boundary and its name.
_OUTLINE, _FRAME, _ABOVE = 0.7, 2.2, 2.0
# A corner as a shape: the upper one for more, the lower one for less.
_UPPER: Final = "M-1,-1L1,-1L1,1Z"
_LOWER: Final = "M-1,1L1,1L1,-1Z"


def build_tilemap_chart(shown: Ranked, classes: Classes, paper: Paper) -> InteractiveChart:
    """Return the chart of a tile map."""
    body = Body(paper.inner, measure_tiles_height(paper))
    tiles = lay_out_tiles(body.wide, body.high)
    key = lay_out_key(paper, classes, shown.scale, find_key_room(tiles))
    values = _build_records(shown, classes, tiles, paper)
    words = [
        *_build_tile_texts(shown, classes, tiles, paper),
        *_build_key_texts(key, classes, paper),
    ]
    layers = [
        _specify_tiles(paper),
        *_specify_corners(tiles, classes, paper),
        *_specify_key_layers(key, classes, paper),
        specify_text_layer(words),
        *_specify_frames(values, shown, paper),
    ]
    return build_chart(shown, paper, body, values, layers)


def _build_records(
    shown: Ranked, classes: Classes, tiles: Mapping[str, Tile], paper: Paper
) -> list[Spec]:
    """Return the data of each of the 34 provinces, with its tooltip."""
    known = {row["region"]: row for _, row in shown.rows.iterrows()}
    set_off = set(shown.set_off)
    return [
        {
            "region": code,
            **_build_box(*tile.corners[0], *tile.corners[2]),
            "fill": format_color(
                classes.find_shade(code) if code in known else paper.palette.ground
            ),
            "framed": code in set_off,
            **(
                _build_value_fields(known[code], shown.scale, shown)
                if code in known
                else build_empty_tip(code, shown.voice)
            ),
        }
        for code, tile in tiles.items()
    ]


def _build_value_fields(row: pd.Series, scale: Scale, shown: Ranked) -> Spec:
    ends = {end: float(row[end]) for end in ("value", "lower", "upper")}
    return {**build_tip(row, scale, shown.voice), **ends}


def _build_box(left: float, top: float, right: float, bottom: float) -> Spec:
    return {
        "x": convert_to_px(left),
        "y": convert_to_px(top),
        "x2": convert_to_px(right),
        "y2": convert_to_px(bottom),
    }


def _specify_box_encoding() -> Spec:
    """Return the encoding of boxes whose edges are in pixels."""
    return {
        "x": specify_pixel_field("x"), "y": specify_pixel_field("y"),
        "x2": {"field": "x2"}, "y2": {"field": "y2"},
    }  # fmt: skip


# --- tiles --------------------------------------------------------------------------------------


def _specify_outline(paper: Paper) -> Spec:
    return {
        "stroke": format_color(paper.palette.outline),
        "strokeWidth": convert_to_px(_OUTLINE),
        "opacity": 1,
    }


def _specify_tiles(paper: Paper) -> Spec:
    return {
        "mark": {"type": "rect", **_specify_outline(paper)},
        "encoding": {**_specify_box_encoding(), "fill": specify_field("fill")},
    }


def _specify_corners(tiles: Mapping[str, Tile], classes: Classes, paper: Paper) -> list[Spec]:
    """Return the corners that have the shade of another class, if any."""
    values = []
    for shape, shade in collect_reached_corners(tiles, classes):
        (left, y), (right, _), (_, end) = shape
        side = right - left
        middle = left + side / 2, (y + end) / 2
        values.append({
            "x": convert_to_px(middle[0]), "y": convert_to_px(middle[1]),
            "size": convert_to_px(side) ** 2, "fill": format_color(shade),
            "shape": _UPPER if end > y else _LOWER,
        })  # fmt: skip
    if not values:
        return []
    return [{
        "data": {"values": values},
        "mark": {"type": "point", **_specify_outline(paper)},
        "encoding": {
            "x": specify_pixel_field("x"), "y": specify_pixel_field("y"),
            "fill": specify_field("fill"), "shape": specify_field("shape"),
            "size": {**specify_pixel_field("size"), "legend": None},
        },
    }]  # fmt: skip


def _specify_frames(values: Sequence[Spec], shown: Ranked, paper: Paper) -> list[Spec]:
    """Return the frames of tiles set off and of the one pointed at, and what takes the pointer."""
    frame = {
        "type": "rect", "fill": None, "stroke": format_color(paper.palette.text),
        "strokeWidth": convert_to_px(_FRAME), "filled": False,
    }  # fmt: skip
    said = {"tooltip": specify_tooltip(values, shown.voice), "description": specify_field("said")}
    return [
        {
            "transform": [{"filter": "datum.framed"}],
            "mark": frame, "encoding": _specify_box_encoding(),
        },
        {
            "transform": [{"filter": {"param": POINTED, "empty": False}}],
            "mark": frame, "encoding": _specify_box_encoding(),
        },
        {
            "params": specify_pointer(),
            "mark": {"type": "rect", "color": "transparent", "aria": True},
            "encoding": {**_specify_box_encoding(), **said},
        },
    ]  # fmt: skip


def _build_tile_texts(
    shown: Ranked, classes: Classes, tiles: Mapping[str, Tile], paper: Paper
) -> list[Spec]:
    """Return names and values, of one size in all tiles."""
    values = format_tile_values(shown.rows, shown.scale)
    found, size = choose_fullest_words(paper, tiles, values, list(tiles))
    quiet = paper.palette.quiet_text
    inks = {
        code: choose_readable_ink(classes.find_shade(code)) if code in classes.class_of else quiet
        for code in tiles
    }
    return [
        build_text(
            line, (tiles[code].x, y), size, inks[code], bold=bold, align="center", middle=True
        )
        for code, words in found.items()
        for line, y, bold in place_tile_lines(tiles[code], words, size)
    ]


# --- the key ------------------------------------------------------------------------------------


def _specify_key_layers(key: Key, classes: Classes, paper: Paper) -> list[Spec]:
    """Return the cells of the key, and its boundaries."""
    palette = paper.palette
    cells = [
        {**_build_box(left, key.top, right, key.bottom), "fill": format_color(shade)}
        for (left, right), shade in zip(key.cells, classes.shades, strict=True)
    ]
    ticks = [
        {**_build_box(at.x, key.top - (key.tick if at.is_nation else 0.0), at.x, key.below),
         "ink": format_color(palette.text if at.is_nation else palette.quiet),
         "size": convert_to_px(1.4 if at.is_nation else _OUTLINE)}
        for at in key.boundaries
    ]  # fmt: skip
    return [
        {**_specify_tiles(paper), "data": {"values": cells}},
        {
            "data": {"values": ticks},
            "mark": {"type": "rule", "strokeWidth": {"expr": "datum.size"}},
            "encoding": {**_specify_box_encoding(), "stroke": specify_field("ink")},
        },
    ]


def _build_key_texts(key: Key, classes: Classes, paper: Paper) -> list[Spec]:
    """Return the head of the key, the counts in its cells, and its boundaries."""
    palette, size, say = paper.palette, paper.sizes.small, paper.voice.say
    head = build_text(say("key_counts"), (key.cells[0][0], key.head), size, palette.quiet_text)
    middle = (key.top + key.bottom) / 2
    counts = [
        build_text(
            count,
            ((a + b) / 2, middle),
            size,
            choose_readable_ink(shade),
            bold=True,
            align="center",
            middle=True,
        )
        for (a, b), count, shade in zip(key.cells, key.counts, classes.shades, strict=True)
    ]
    labels = [
        build_text(at.label, (at.x, key.below + size), size,
                   palette.text if at.is_nation else palette.quiet_text, bold=at.is_nation,
                   align="center")
        for at in key.boundaries
    ]  # fmt: skip
    nation = [
        build_text(say("nation"), (at.x, key.top - key.tick - _ABOVE), size, palette.text,
                   bold=True, align="center")
        for at in key.boundaries if at.is_nation
    ]  # fmt: skip
    return [head, *counts, *labels, *nation]
