"""Rankings for Vega-Lite: names, spindles, dots, numbers, and the nation across all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provstats.plot.parts.captions import nation_told
from provstats.plot.parts.marks import DOT, TIP, thickness_of
from provstats.plot.parts.ranked import NATIONAL, ends_shown, inks_of, names_and_numbers
from provstats.plot.parts.rows import HEAD, lay_rows, lay_sides
from provstats.plot.parts.value_axis import LIFT, TICKS, aired, axis_ticks, start_over
from provstats.plot.vega.frame import (
    POINTED,
    Body,
    chart_of,
    colour,
    of_field,
    pointing,
    px,
    ticked,
    word,
    words_layer,
)
from provstats.plot.vega.tips import tip_of, tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.ranked import Ranked
    from provstats.plot.parts.rows import Column, Laid, Names, Sides
    from provstats.plot.vega.frame import Spec
    from provstats.plot.vega.interactive import InteractiveChart

__all__ = ["ranking_spec"]

# Points that the heads of columns stand above the rows.
_OVER = 4.0


def ranking_spec(shown: Ranked, paper: Paper) -> InteractiveChart:
    """Return the chart of a ranking."""
    names, columns = names_and_numbers(shown, paper.palette)
    sides, high = lay_sides(paper, names, columns), lay_rows(len(shown.rows)).height
    lift = LIFT if shown.nation is not None and paper.is_column else 0.0
    wide = paper.inner - sides.left - sides.right
    body = Body(wide, high, sides.left, HEAD + lift, TICKS)
    limits = aired(ends_shown(shown))
    x, y = _axes(shown, paper, limits, body)
    across = {"x": {"value": -px(sides.left)}, "x2": {"value": px(wide + sides.right)}}
    values = [_record(shown, place, paper) for place in range(len(shown.rows))]
    layers = [
        *_row_layers(paper, {**across, "y": y}),
        *_nation_layers(shown, paper, x, body, limits),
        _spindles(shown, paper, x, y, body, limits),
        _dots(x, y),
        words_layer([*_name_words(paper, names, sides, body), *_number_words(paper, sides, body)]),
        _pointed(shown, values, {**across, "y": y}),
    ]
    return chart_of(paper, shown.words, shown.told, body, values, layers)


def _record(shown: Ranked, place: int, paper: Paper) -> Spec:
    """Return what is drawn and said of a row."""
    row, palette = shown.rows.iloc[place], paper.palette
    ink = inks_of(shown, palette, palette.mark)[place]
    fill = ink if row["nature"] == "outcome" else palette.ground
    return {
        "region": row["region"], **tip_of(row, shown.scale, shown.voice),
        **{end: float(row[end]) for end in ("value", "lower", "upper")},
        "ink": colour(ink), "fill": colour(fill),
    }  # fmt: skip


def _axes(
    shown: Ranked, paper: Paper, limits: tuple[float, float], body: Body
) -> tuple[Spec, Spec]:
    """Return the encodings of values and rows, which the layers share."""
    x = {
        "field": "value", "type": "quantitative",
        "scale": {"domain": [float(end) for end in limits], "nice": False, "zero": False},
        "axis": ticked(axis_ticks(paper, limits, shown.scale, body.wide)),
    }  # fmt: skip
    rows = shown.rows["region"].to_list()
    scale = {"type": "band", "domain": rows, "paddingInner": 0, "paddingOuter": 0}
    return x, {"field": "region", "type": "nominal", "axis": None, "scale": scale}


# --- rows ---------------------------------------------------------------------------------------


def _row_layers(paper: Paper, across: Spec) -> list[Spec]:
    """Return the ground of the row at which a reader points, and faint lines between rows."""
    last = across["y"]["scale"]["domain"][-1]
    return [
        {
            "transform": [{"filter": {"param": POINTED, "empty": False}}],
            "mark": {"type": "rect", "color": colour(paper.palette.hair)},
            "encoding": across,
        },
        {
            "transform": [{"filter": f"datum.region != {last!r}"}],
            "mark": {"type": "rule", "color": colour(paper.palette.hair), "strokeWidth": px(0.6)},
            "encoding": {**across, "y": {**across["y"], "bandPosition": 1}},
        },
    ]


def _pointed(shown: Ranked, values: Sequence[Spec], across: Spec) -> Spec:
    """Return what takes the pointer, wherever in a row it is."""
    return {
        "params": pointing(),
        "mark": {"type": "rect", "color": "transparent", "aria": True},
        "encoding": {
            **across, "tooltip": tooltip(values, shown.voice), "description": of_field("said"),
        },
    }  # fmt: skip


def _spindles(  # noqa: PLR0913 - what a place is worked out from
    shown: Ranked, paper: Paper, x: Spec, y: Spec, body: Body, limits: tuple[float, float]
) -> Spec:
    """Return the interval of each value, thickest at the value."""
    rows, per_value = shown.rows, body.wide / (limits[1] - limits[0])
    inks = inks_of(shown, paper.palette, paper.palette.quiet)
    points = [
        {
            "region": row["region"], "value": float(row[end]), "ink": colour(ink),
            "size": px(TIP if end != "value" else thick),
        }
        for (_, row), ink in zip(rows.iterrows(), inks, strict=True)
        if (thick := thickness_of((row["upper"] - row["lower"]) * per_value))
        for end in ("lower", "value", "upper")
    ]  # fmt: skip
    size = {**of_field("size"), "type": "quantitative", "legend": None}
    detail = {"detail": of_field("region")}
    return {
        "data": {"values": points},
        "mark": {"type": "trail"},
        "encoding": {"x": x, "y": y, "size": size, "color": of_field("ink"), **detail},
    }


def _dots(x: Spec, y: Spec) -> Spec:
    return {
        "mark": {"type": "point", "size": px(DOT) ** 2, "strokeWidth": px(1.2), "opacity": 1},
        "encoding": {"x": x, "y": y, "fill": of_field("fill"), "stroke": of_field("ink")},
    }


# --- words --------------------------------------------------------------------------------------


def _middles(body: Body, count: int) -> list[float]:
    return [(place + 0.5) * body.high / count for place in range(count)]


def _name_words(paper: Paper, names: Names, sides: Sides, body: Body) -> list[Spec]:
    size, middles = paper.sizes.body, _middles(body, len(names.labels))
    written = zip(names.labels, middles, names.inks, names.bold, strict=True)
    return [
        word(label, (-sides.left, y), size, ink, bold=bold, middle=True)
        for label, y, ink, bold in written
    ]


def _number_words(paper: Paper, sides: Sides, body: Body) -> list[Spec]:
    return [written for laid in sides.columns for written in _column_words(paper, laid, body)]


def _column_words(paper: Paper, laid: Laid, body: Body) -> list[Spec]:
    column, size, end = laid.column, paper.sizes.body, body.wide + laid.end
    head = word(
        column.head, (end, -_OVER), paper.sizes.small, paper.palette.quiet_text, align="right"
    )
    places = [(body.wide + start, "left") for start in laid.starts]
    if not column.by_point:
        places = [(end, "right")] * len(column.labels)
    written = _written(column, places, _middles(body, len(column.labels)))
    return [head, *(word(label, (x, y), size, ink, bold=bold, align=align, middle=True)
                    for label, x, y, ink, bold, align in written)]  # fmt: skip


def _written(
    column: Column, places: Sequence[tuple[float, str]], middles: Sequence[float]
) -> list[tuple[str, float, float, object, bool, str]]:
    return [
        (label, x, y, ink, bold, align)
        for label, (x, align), y, ink, bold in zip(
            column.labels, places, middles, column.inks, column.bold, strict=True
        )
    ]


# --- the nation ---------------------------------------------------------------------------------


def _nation_layers(
    shown: Ranked, paper: Paper, x: Spec, body: Body, limits: tuple[float, float]
) -> list[Spec]:
    """Return the nation's range, its value across all rows, and its label above."""
    if shown.nation is None:
        return []
    palette = paper.palette
    value, lower, upper = (float(shown.nation[end]) for end in NATIONAL)
    lift = LIFT if paper.is_column else 0.0
    data = {"values": [{"value": value, "lower": lower, "upper": upper}]}
    ends = {"x": {**x, "field": "lower"}, "x2": {"field": "upper"}}
    high = {"y": {"value": -px(lift)}, "y2": {"value": px(body.high)}}
    label = nation_told(shown.nation, shown.scale, shown.voice)
    size = paper.sizes.small + 0.5
    middle = (value - limits[0]) / (limits[1] - limits[0]) * body.wide
    start = start_over(middle, paper.measure(label, size, bold=True), body.wide, body.left)
    at = start, -_OVER - lift
    return [
        {"data": data, "mark": {"type": "rect", "color": colour(palette.nation_band)},
         "encoding": ends},
        {"data": data, "encoding": {"x": x, **high},
         "mark": {"type": "rule", "color": colour(palette.nation), "strokeWidth": px(1.1)}},
        words_layer([word(label, at, size, palette.nation_text, bold=True)]),
    ]  # fmt: skip
