"""Frames: what every specification has around its marks: title, footer, words, colours, fonts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib.colors import to_hex

from provstats.plot.parts.alt_text import join_sentences
from provstats.plot.parts.captions import collect_sentences
from provstats.plot.parts.paper import LEADINGS
from provstats.plot.vega.interactive import InteractiveChart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.course import Course
    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.ranked import Ranked

__all__ = [
    "POINTED", "Body", "Spec", "build_chart", "build_text", "convert_to_px", "format_color",
    "specify_axis", "specify_field", "specify_pixel_field", "specify_pointer", "specify_text_layer",
]  # fmt: skip

Spec = dict[str, Any]

#: The parameter that holds what a reader points at.
POINTED: Final = "pointed"
_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
# Pixels of a point.
_PX: Final = 96 / 72
# Points between title and subtitle, subtitle and axes, axes and footer.
_BELOW_TITLE, _ABOVE_AXES, _ABOVE_FOOT = 3.0, 9.0, 8.0
# The middle of digits and capitals above their base line, and the rise of a line, in sizes.
_MIDDLE, _ASCENT = 0.365, 0.88
# How a page or a notebook shows it: texts as texts, and no link to an external editor.
_EMBEDDED: Final = {
    "renderer": "svg",
    "actions": {"export": True, "source": False, "compiled": False, "editor": False},
}


class Body(NamedTuple):
    """Points of the marks, of the names at their left, and of the ticks below them."""

    wide: float
    high: float
    left: float = 0.0
    foot: float = 0.0


def convert_to_px(points: float) -> float:
    """Return pixels, as precise as anyone can see."""
    return round(float(points) * _PX, 2)


def format_color(ink: ColorType) -> str:
    """Return a colour as Vega-Lite takes it."""
    return to_hex(ink)


def build_chart(
    shown: Ranked | Course, paper: Paper, body: Body, values: Sequence[Spec], layers: Sequence[Spec]
) -> InteractiveChart:
    """Return the chart whose data and marks are given, with the words around them."""
    words = shown.words
    alt_text = join_sentences(collect_sentences(words, shown.told), paper.voice)
    spec = {
        "$schema": _SCHEMA, "description": alt_text,
        "background": format_color(paper.palette.ground),
        "padding": convert_to_px(paper.sizes.margin),
        "title": _specify_title(paper, words, body),
        "width": convert_to_px(body.wide), "height": convert_to_px(body.high),
        "data": {"values": list(values)},
        "layer": [*layers, *_specify_footer(paper, words, body)],
        "config": _specify_config(paper), "usermeta": {"embedOptions": _EMBEDDED},
    }  # fmt: skip
    if not spec["title"]:
        del spec["title"]
    return InteractiveChart(spec, words.title, alt_text, paper.voice.lang)


def _specify_config(paper: Paper) -> Spec:
    palette = paper.palette
    axis = {
        "title": None, "ticks": False, "labelColor": format_color(palette.quiet_text),
        "labelFontSize": convert_to_px(paper.sizes.small), "labelPadding": convert_to_px(4.0),
        "labelOverlap": False, "labelFlush": False,
        "gridColor": format_color(palette.grid), "gridWidth": convert_to_px(0.6),
        "domainColor": format_color(palette.quiet), "domainWidth": convert_to_px(0.8),
    }  # fmt: skip
    return {
        "font": ", ".join(paper.voice.families), "axis": axis,
        "view": {"stroke": None}, "mark": {"aria": False},
    }  # fmt: skip


def _specify_title(paper: Paper, words: Caption, body: Body) -> Spec:
    """Return title and subtitle, flush with the names at the left; empty if there are none."""
    heading, lead = (paper.wrap_caption_part(part, words) for part in ("title", "lead"))
    palette, sizes = paper.palette, paper.sizes
    title = {
        "text": heading.split("\n"), "color": format_color(palette.text),
        "fontSize": convert_to_px(sizes.title), "fontWeight": paper.voice.choose_weight(heading),
        "lineHeight": _compute_line_height(sizes.title, "title"),
    }  # fmt: skip
    below = {
        "subtitle": lead.split("\n"), "subtitleColor": format_color(palette.quiet_text),
        "subtitleFontSize": convert_to_px(sizes.lead), "subtitleFontWeight": "normal",
        "subtitleLineHeight": _compute_line_height(sizes.lead, "lead"),
        "subtitlePadding": convert_to_px(_BELOW_TITLE),
    }  # fmt: skip
    place = {
        "anchor": "start", "frame": "group", "dx": -convert_to_px(body.left),
        "offset": convert_to_px(_ABOVE_AXES),
    }  # fmt: skip
    return {**title, **(below if lead else {}), **place} if heading or lead else {}


def _specify_footer(paper: Paper, words: Caption, body: Body) -> list[Spec]:
    """Return notes and sources as a text below the axes."""
    lines, size = paper.wrap_caption_part("foot", words), paper.sizes.small
    if not lines:
        return []
    at = -body.left, body.high + body.foot + _ABOVE_FOOT + _ASCENT * size
    line = build_text(lines, at, size, paper.palette.quiet_text)
    layer = specify_text_layer([line])
    layer["mark"]["lineHeight"] = _compute_line_height(size, "foot")
    return [layer]


def _compute_line_height(size: float, part: str) -> float:
    return convert_to_px(size * LEADINGS[part])


# --- words --------------------------------------------------------------------------------------


def build_text(  # noqa: PLR0913 - what a text is
    text: str,
    at: tuple[float, float],
    size: float,
    ink: ColorType,
    *,
    bold: bool = False,
    align: str = "left",
    middle: bool = False,
) -> Spec:
    """Return a text some points right of and below the upper left corner of the marks."""
    x, y = at
    return {
        "text": text, "x": convert_to_px(x),
        "y": convert_to_px(y + (_MIDDLE * size if middle else 0.0)),
        "size": convert_to_px(size), "ink": format_color(ink),
        "weight": "bold" if bold else "normal", "align": align,
    }  # fmt: skip


def specify_text_layer(words: Sequence[Spec], pointed: ColorType | None = None) -> Spec:
    """Return the layer of texts that stand at places of their own.

    Those of a region have another ink, if one is given, while a reader points at the region.
    """
    style = {"fontSize": "size", "fontWeight": "weight", "align": "align"}
    given = {name: {"expr": f"datum.{field}"} for name, field in style.items()}
    ink = specify_field("ink")
    if pointed is not None:
        ink["condition"] = {"param": POINTED, "empty": False, "value": format_color(pointed)}
    return {
        "data": {"values": list(words)},
        "mark": {"type": "text", "baseline": "alphabetic", "lineBreak": "\n", **given},
        "encoding": {
            "x": specify_pixel_field("x"),
            "y": specify_pixel_field("y"),
            "text": specify_field("text"),
            "fill": ink,
        },
    }


def specify_pixel_field(field: str) -> Spec:
    """Return the encoding of a field that holds pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def specify_field(field: str) -> Spec:
    """Return the encoding of a field used as it is: a text, a colour, a size."""
    return {"field": field, "type": "nominal", "scale": None}


def specify_axis(ticks: tuple[Sequence[float], Sequence[str]], **style: Any) -> Spec:  # noqa: ANN401 - what an axis takes
    """Return an axis with lines at given values, and the labels that these have."""
    steps, labels = (json.dumps(list(items), ensure_ascii=False) for items in ticks)
    label = f"{labels}[indexof({steps}, datum.value)]"
    return {"values": list(ticks[0]), "labelExpr": label, "grid": True, **style}


# --- pointing -----------------------------------------------------------------------------------


def specify_pointer(*, nearest: bool = False) -> list[Spec]:
    """Return the parameter of a layer that takes the pointer: the region that it is on."""
    select = {
        "type": "point", "fields": ["region"], "on": "pointerover", "clear": "pointerout",
        "nearest": nearest,
    }  # fmt: skip
    return [{"name": POINTED, "select": select}]
