"""Rankings for Vega-Lite: names, spindles, dots, numbers, and the nation across all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.plot.parts.captions import say_national_value
from provstats.plot.parts.marks import DOT, EDGE, TIP, compute_spindle_thickness
from provstats.plot.parts.ranked import (
    NATIONAL,
    build_names_and_columns,
    choose_inks,
    find_outer_bounds,
)
from provstats.plot.parts.rows import lay_out_rows, lay_out_sides
from provstats.plot.parts.value_axis import (
    LIFT,
    TICKS,
    choose_axis_ticks,
    find_label_start,
    widen_ends,
)
from provstats.plot.vega.frame import (
    POINTED,
    Body,
    build_chart,
    build_text,
    convert_to_px,
    format_color,
    specify_axis,
    specify_field,
    specify_pointer,
    specify_text_layer,
)
from provstats.plot.vega.tips import build_tip, specify_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.typing import ColorType

    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.ranked import Ranked
    from provstats.plot.parts.rows import Laid, Names, Sides
    from provstats.plot.vega.frame import Spec
    from provstats.plot.vega.interactive import InteractiveChart

__all__ = ["build_ranking_chart"]

# Points that the heads of columns stand above the rows.
_OVER: Final = 4.0
_ENDS: Final = ("value", "lower", "upper")


class _Plot(NamedTuple):
    """Where the marks are: their points, the limits of the values, and the encodings they share."""

    body: Body
    limits: tuple[float, float]
    x: Spec
    y: Spec
    #: A whole row, from the names to the last number.
    row: Spec

    @property
    def per_value(self) -> float:
        """The points of one unit."""
        return self.body.wide / (self.limits[1] - self.limits[0])


def build_ranking_chart(shown: Ranked, paper: Paper) -> InteractiveChart:
    """Return the chart of a ranking."""
    names, columns = build_names_and_columns(shown, paper.palette)
    sides = lay_out_sides(paper, names, columns)
    plot = _lay_out_plot(shown, paper, sides)
    values = [_build_record(shown, place, paper) for place in range(len(shown.rows))]
    words = [
        *_build_name_texts(paper, names, plot.body),
        *_build_number_texts(paper, sides, plot.body),
    ]
    layers = [
        *_specify_row_layers(shown, paper, plot),
        *_specify_nation_layers(shown, paper, plot),
        _specify_spindles(shown, paper, plot),
        _specify_dots(plot),
        specify_text_layer(words),
        _specify_pointer_layer(shown, values, plot),
    ]
    return build_chart(shown, paper, plot.body, values, layers)


def _lay_out_plot(shown: Ranked, paper: Paper, sides: Sides) -> _Plot:
    wide, high = paper.inner - sides.left - sides.right, lay_out_rows(len(shown.rows)).height
    limits, rows = widen_ends(find_outer_bounds(shown)), shown.rows["region"].to_list()
    x = {
        "field": "value", "type": "quantitative",
        "scale": {"domain": [float(end) for end in limits], "nice": False, "zero": False},
        "axis": specify_axis(choose_axis_ticks(paper, limits, shown.scale, wide)),
    }  # fmt: skip
    scale = {"type": "band", "domain": rows, "paddingInner": 0, "paddingOuter": 0}
    y = {"field": "region", "type": "nominal", "axis": None, "scale": scale}
    across = {
        "x": {"value": -convert_to_px(sides.left)},
        "x2": {"value": convert_to_px(wide + sides.right)},
    }
    return _Plot(Body(wide, high, sides.left, TICKS), limits, x, y, {**across, "y": y})


def _build_record(shown: Ranked, place: int, paper: Paper) -> Spec:
    """Return the data of a row, with its tooltip."""
    row, palette = shown.rows.iloc[place], paper.palette
    ink = choose_inks(shown, palette, palette.mark)[place]
    fill = ink if row["nature"] == "outcome" else palette.ground
    return {
        "region": row["region"], **build_tip(row, shown.scale, shown.voice),
        **{end: float(row[end]) for end in ("value", "lower", "upper")},
        "ink": format_color(ink), "fill": format_color(fill),
    }  # fmt: skip


# --- rows ---------------------------------------------------------------------------------------


def _specify_row_layers(shown: Ranked, paper: Paper, plot: _Plot) -> list[Spec]:
    """Return the ground of the row at which a reader points, and faint lines between rows."""
    last, ink = shown.rows["region"].iloc[-1], format_color(paper.palette.hair)
    return [
        {
            "transform": [{"filter": {"param": POINTED, "empty": False}}],
            "mark": {"type": "rect", "color": ink},
            "encoding": plot.row,
        },
        {
            "transform": [{"filter": f"datum.region != {last!r}"}],
            "mark": {"type": "rule", "color": ink, "strokeWidth": convert_to_px(0.6)},
            "encoding": {**plot.row, "y": {**plot.y, "bandPosition": 1}},
        },
    ]


def _specify_pointer_layer(shown: Ranked, values: Sequence[Spec], plot: _Plot) -> Spec:
    """Return what takes the pointer, wherever in a row it is."""
    tips = {"tooltip": specify_tooltip(values, shown.voice), "description": specify_field("said")}
    return {
        "params": specify_pointer(),
        "mark": {"type": "rect", "color": "transparent", "aria": True},
        "encoding": {**plot.row, **tips},
    }


def _specify_spindles(shown: Ranked, paper: Paper, plot: _Plot) -> Spec:
    """Return the interval of each value, thickest at the value."""
    rows, inks = shown.rows, choose_inks(shown, paper.palette, paper.palette.quiet)
    points = [
        point
        for (_, row), ink in zip(rows.iterrows(), inks, strict=True)
        for point in _build_spindle(row, ink, plot)
    ]
    size = {**specify_field("size"), "type": "quantitative", "legend": None}
    look = {"size": size, "color": specify_field("ink"), "detail": specify_field("region")}
    return {
        "data": {"values": points},
        "mark": {"type": "trail"},
        "encoding": {"x": plot.x, "y": plot.y, **look},
    }


def _build_spindle(row: pd.Series, ink: ColorType, plot: _Plot) -> list[Spec]:
    thick = compute_spindle_thickness((row["upper"] - row["lower"]) * plot.per_value)
    return [
        {
            "region": row["region"],
            "value": float(row[end]),
            "size": convert_to_px(size),
            "ink": format_color(ink),
        }
        for end, size in (("lower", TIP), ("value", thick), ("upper", TIP))
    ]


def _specify_dots(plot: _Plot) -> Spec:
    inks = {"fill": specify_field("fill"), "stroke": specify_field("ink")}
    return {
        "mark": {
            "type": "point",
            "size": convert_to_px(DOT) ** 2,
            "strokeWidth": convert_to_px(EDGE),
            "opacity": 1,
        },
        "encoding": {"x": plot.x, "y": plot.y, **inks},
    }


# --- words --------------------------------------------------------------------------------------


def _compute_row_middles(body: Body, count: int) -> list[float]:
    return [(place + 0.5) * body.high / count for place in range(count)]


def _build_name_texts(paper: Paper, names: Names, body: Body) -> list[Spec]:
    middles = _compute_row_middles(body, len(names.labels))
    return [
        build_text(label, (-body.left, y), paper.sizes.body, ink, bold=bold, middle=True)
        for label, y, ink, bold in zip(names.labels, middles, names.inks, names.bold, strict=True)
    ]


def _build_number_texts(paper: Paper, sides: Sides, body: Body) -> list[Spec]:
    return [written for laid in sides.columns for written in _build_column_texts(paper, laid, body)]


def _build_column_texts(paper: Paper, laid: Laid, body: Body) -> list[Spec]:
    column, end = laid.column, body.wide + laid.end
    ink, small = paper.palette.quiet_text, paper.sizes.small
    head = build_text(column.head, (end, -_OVER), small, ink, align="right")
    middles = _compute_row_middles(body, len(column.labels))
    starts = [body.wide + start if column.by_point else end for start in laid.starts]
    style: Spec = {"align": "left" if column.by_point else "right", "middle": True}
    return [head] + [
        build_text(label, (x, y), paper.sizes.body, ink, bold=bold, **style)
        for label, x, y, ink, bold in zip(
            column.labels, starts, middles, column.inks, column.bold, strict=True
        )
    ]


# --- the nation ---------------------------------------------------------------------------------


def _specify_nation_layers(shown: Ranked, paper: Paper, plot: _Plot) -> list[Spec]:
    """Return the nation's range, its value across all rows, and its label above."""
    if shown.nation is None:
        return []
    palette, lift = paper.palette, LIFT if paper.is_column else 0.0
    ends = {end: float(shown.nation[column]) for end, column in zip(_ENDS, NATIONAL, strict=True)}
    data = {"values": [ends]}
    band = {"x": {**plot.x, "field": "lower"}, "x2": {"field": "upper"}}
    high = {"y": {"value": -convert_to_px(lift)}, "y2": {"value": convert_to_px(plot.body.high)}}
    return [
        {"data": data, "mark": {"type": "rect", "color": format_color(palette.nation_band)},
         "encoding": band},
        {"data": data, "encoding": {"x": plot.x, **high},
         "mark": {"type": "rule", "color": format_color(palette.nation),
                  "strokeWidth": convert_to_px(1.1)}},
        specify_text_layer([_build_nation_text(shown, shown.nation, paper, plot)]),
    ]  # fmt: skip


def _build_nation_text(shown: Ranked, nation: pd.Series, paper: Paper, plot: _Plot) -> Spec:
    label, size = say_national_value(nation, shown.scale, shown.voice), paper.sizes.small + 0.5
    middle = (nation["national"] - plot.limits[0]) * plot.per_value
    wide = paper.measure(label, size, bold=True)
    at = find_label_start(middle, wide, plot.body.wide, plot.body.left), -_OVER
    if paper.is_column:
        at = at[0], -_OVER - LIFT
    return build_text(label, at, size, paper.palette.nation_text, bold=True)
