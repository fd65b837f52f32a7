"""Frames: what every specification has around its marks: title, footer, words, colours, fonts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib.colors import to_hex

from provstats.plot.parts.alt_text import said
from provstats.plot.parts.captions import spoken
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
    "POINTED", "Body", "Spec", "chart_of", "colour", "of_field", "pointing", "px", "shown_at",
    "ticked", "word", "words_layer",
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


def px(points: float) -> float:
    """Return pixels, as precise as anyone can see."""
    return round(float(points) * _PX, 2)


def colour(ink: ColorType) -> str:
    """Return a colour as Vega-Lite takes it."""
    return to_hex(ink)


def chart_of(
    shown: Ranked | Course, paper: Paper, body: Body, values: Sequence[Spec], layers: Sequence[Spec]
) -> InteractiveChart:
    """Return the chart whose data and marks are given, with the words around them."""
    words = shown.words
    alt_text = said(spoken(words, shown.told), paper.voice)
    spec = {
        "$schema": _SCHEMA, "description": alt_text,
        "background": colour(paper.palette.ground),
        "padding": px(paper.sizes.margin),
        "title": _title(paper, words, body),
        "width": px(body.wide), "height": px(body.high),
        "data": {"values": list(values)},
        "layer": [*layers, *_footer(paper, words, body)],
        "config": _config(paper), "usermeta": {"embedOptions": _EMBEDDED},
    }  # fmt: skip
    if not spec["title"]:
        del spec["title"]
    return InteractiveChart(spec, words.title, alt_text, paper.voice.lang)


def _config(paper: Paper) -> Spec:
    palette = paper.palette
    axis = {
        "title": None, "ticks": False, "labelColor": colour(palette.quiet_text),
        "labelFontSize": px(paper.sizes.small), "labelPadding": px(4.0),
        "labelOverlap": False, "labelFlush": False,
        "gridColor": colour(palette.grid), "gridWidth": px(0.6),
        "domainColor": colour(palette.quiet), "domainWidth": px(0.8),
    }  # fmt: skip
    return {
        "font": ", ".join(paper.voice.families), "axis": axis,
        "view": {"stroke": None}, "mark": {"aria": False},
    }  # fmt: skip


def _title(paper: Paper, words: Caption, body: Body) -> Spec:
    """Return title and subtitle, flush with the names at the left; empty if there are none."""
    heading, lead = (paper.block(part, words) for part in ("title", "lead"))
    palette, sizes = paper.palette, paper.sizes
    title = {
        "text": heading.split("\n"), "color": colour(palette.text),
        "fontSize": px(sizes.title), "fontWeight": paper.voice.weight(heading),
        "lineHeight": _leading(sizes.title, "title"),
    }  # fmt: skip
    below = {
        "subtitle": lead.split("\n"), "subtitleColor": colour(palette.quiet_text),
        "subtitleFontSize": px(sizes.lead), "subtitleFontWeight": "normal",
        "subtitleLineHeight": _leading(sizes.lead, "lead"),
        "subtitlePadding": px(_BELOW_TITLE),
    }  # fmt: skip
    place = {
        "anchor": "start", "frame": "group", "dx": -px(body.left),
        "offset": px(_ABOVE_AXES),
    }  # fmt: skip
    return {**title, **(below if lead else {}), **place} if heading or lead else {}


def _footer(paper: Paper, words: Caption, body: Body) -> list[Spec]:
    """Return notes and sources as a text below the axes."""
    lines, size = paper.block("foot", words), paper.sizes.small
    if not lines:
        return []
    at = -body.left, body.high + body.foot + _ABOVE_FOOT + _ASCENT * size
    line = word(lines, at, size, paper.palette.quiet_text)
    layer = words_layer([line])
    layer["mark"]["lineHeight"] = _leading(size, "foot")
    return [layer]


def _leading(size: float, part: str) -> float:
    return px(size * LEADINGS[part])


# --- words --------------------------------------------------------------------------------------


def word(  # noqa: PLR0913 - what a text is
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
        "text": text, "x": px(x),
        "y": px(y + (_MIDDLE * size if middle else 0.0)),
        "size": px(size), "ink": colour(ink),
        "weight": "bold" if bold else "normal", "align": align,
    }  # fmt: skip


def words_layer(words: Sequence[Spec], pointed: ColorType | None = None) -> Spec:
    """Return the layer of texts that stand at places of their own.

    Those of a region have another ink, if one is given, while a reader points at the region.
    """
    style = {"fontSize": "size", "fontWeight": "weight", "align": "align"}
    given = {name: {"expr": f"datum.{field}"} for name, field in style.items()}
    ink = of_field("ink")
    if pointed is not None:
        ink["condition"] = {"param": POINTED, "empty": False, "value": colour(pointed)}
    return {
        "data": {"values": list(words)},
        "mark": {"type": "text", "baseline": "alphabetic", "lineBreak": "\n", **given},
        "encoding": {"x": shown_at("x"), "y": shown_at("y"), "text": of_field("text"), "fill": ink},
    }


def shown_at(field: str) -> Spec:
    """Return the encoding of a field that holds pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def of_field(field: str) -> Spec:
    """Return the encoding of a field used as it is: a text, a colour, a size."""
    return {"field": field, "type": "nominal", "scale": None}


def ticked(ticks: tuple[Sequence[float], Sequence[str]], **style: Any) -> Spec:  # noqa: ANN401 - what an axis takes
    """Return an axis with lines at given values, and the labels that these have."""
    steps, labels = (json.dumps(list(items), ensure_ascii=False) for items in ticks)
    label = f"{labels}[indexof({steps}, datum.value)]"
    return {"values": list(ticks[0]), "labelExpr": label, "grid": True, **style}


# --- pointing -----------------------------------------------------------------------------------


def pointing(*, nearest: bool = False) -> list[Spec]:
    """Return the parameter of a layer that takes the pointer: the region that it is on."""
    select = {
        "type": "point", "fields": ["region"], "on": "pointerover", "clear": "pointerout",
        "nearest": nearest,
    }  # fmt: skip
    return [{"name": POINTED, "select": select}]
