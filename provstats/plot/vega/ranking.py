"""Rankings for Vega-Lite: names, spindles, dots, numbers, and the nation across all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.plot.parts.captions import nation_told
from provstats.plot.parts.marks import DOT, EDGE, TIP, thickness_of
from provstats.plot.parts.ranked import NATIONAL, ends_shown, inks_of, names_and_numbers
from provstats.plot.parts.rows import lay_rows, lay_sides
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

    import pandas as pd
    from matplotlib.typing import ColorType

    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.ranked import Ranked
    from provstats.plot.parts.rows import Laid, Names, Sides
    from provstats.plot.vega.frame import Spec
    from provstats.plot.vega.interactive import InteractiveChart

__all__ = ["ranking_spec"]

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


def ranking_spec(shown: Ranked, paper: Paper) -> InteractiveChart:
    """Return the chart of a ranking."""
    names, columns = names_and_numbers(shown, paper.palette)
    sides = lay_sides(paper, names, columns)
    plot = _plot(shown, paper, sides)
    values = [_record(shown, place, paper) for place in range(len(shown.rows))]
    words = [*_name_words(paper, names, plot.body), *_number_words(paper, sides, plot.body)]
    layers = [
        *_row_layers(shown, paper, plot),
        *_nation_layers(shown, paper, plot),
        _spindles(shown, paper, plot),
        _dots(plot),
        words_layer(words),
        _pointed(shown, values, plot),
    ]
    return chart_of(shown, paper, plot.body, values, layers)


def _plot(shown: Ranked, paper: Paper, sides: Sides) -> _Plot:
    wide, high = paper.inner - sides.left - sides.right, lay_rows(len(shown.rows)).height
    limits, rows = aired(ends_shown(shown)), shown.rows["region"].to_list()
    x = {
        "field": "value", "type": "quantitative",
        "scale": {"domain": [float(end) for end in limits], "nice": False, "zero": False},
        "axis": ticked(axis_ticks(paper, limits, shown.scale, wide)),
    }  # fmt: skip
    scale = {"type": "band", "domain": rows, "paddingInner": 0, "paddingOuter": 0}
    y = {"field": "region", "type": "nominal", "axis": None, "scale": scale}
    across = {"x": {"value": -px(sides.left)}, "x2": {"value": px(wide + sides.right)}}
    return _Plot(Body(wide, high, sides.left, TICKS), limits, x, y, {**across, "y": y})


def _record(shown: Ranked, place: int, paper: Paper) -> Spec:
    """Return the data of a row, with its tooltip."""
    row, palette = shown.rows.iloc[place], paper.palette
    ink = inks_of(shown, palette, palette.mark)[place]
    fill = ink if row["nature"] == "outcome" else palette.ground
    return {
        "region": row["region"], **tip_of(row, shown.scale, shown.voice),
        **{end: float(row[end]) for end in ("value", "lower", "upper")},
        "ink": colour(ink), "fill": colour(fill),
    }  # fmt: skip


# --- rows ---------------------------------------------------------------------------------------


def _row_layers(shown: Ranked, paper: Paper, plot: _Plot) -> list[Spec]:
    """Return the ground of the row at which a reader points, and faint lines between rows."""
    last, ink = shown.rows["region"].iloc[-1], colour(paper.palette.hair)
    return [
        {
            "transform": [{"filter": {"param": POINTED, "empty": False}}],
            "mark": {"type": "rect", "color": ink},
            "encoding": plot.row,
        },
        {
            "transform": [{"filter": f"datum.region != {last!r}"}],
            "mark": {"type": "rule", "color": ink, "strokeWidth": px(0.6)},
            "encoding": {**plot.row, "y": {**plot.y, "bandPosition": 1}},
        },
    ]


def _pointed(shown: Ranked, values: Sequence[Spec], plot: _Plot) -> Spec:
    """Return what takes the pointer, wherever in a row it is."""
    tips = {"tooltip": tooltip(values, shown.voice), "description": of_field("said")}
    return {
        "params": pointing(),
        "mark": {"type": "rect", "color": "transparent", "aria": True},
        "encoding": {**plot.row, **tips},
    }


def _spindles(shown: Ranked, paper: Paper, plot: _Plot) -> Spec:
    """Return the interval of each value, thickest at the value."""
    rows, inks = shown.rows, inks_of(shown, paper.palette, paper.palette.quiet)
    points = [
        point
        for (_, row), ink in zip(rows.iterrows(), inks, strict=True)
        for point in _spindle(row, ink, plot)
    ]
    size = {**of_field("size"), "type": "quantitative", "legend": None}
    look = {"size": size, "color": of_field("ink"), "detail": of_field("region")}
    return {
        "data": {"values": points},
        "mark": {"type": "trail"},
        "encoding": {"x": plot.x, "y": plot.y, **look},
    }


def _spindle(row: pd.Series, ink: ColorType, plot: _Plot) -> list[Spec]:
    thick = thickness_of((row["upper"] - row["lower"]) * plot.per_value)
    return [
        {"region": row["region"], "value": float(row[end]), "size": px(size), "ink": colour(ink)}
        for end, size in (("lower", TIP), ("value", thick), ("upper", TIP))
    ]


def _dots(plot: _Plot) -> Spec:
    inks = {"fill": of_field("fill"), "stroke": of_field("ink")}
    return {
        "mark": {"type": "point", "size": px(DOT) ** 2, "strokeWidth": px(EDGE), "opacity": 1},
        "encoding": {"x": plot.x, "y": plot.y, **inks},
    }


# --- words --------------------------------------------------------------------------------------


def _middles(body: Body, count: int) -> list[float]:
    return [(place + 0.5) * body.high / count for place in range(count)]


def _name_words(paper: Paper, names: Names, body: Body) -> list[Spec]:
    middles = _middles(body, len(names.labels))
    return [
        word(label, (-body.left, y), paper.sizes.body, ink, bold=bold, middle=True)
        for label, y, ink, bold in zip(names.labels, middles, names.inks, names.bold, strict=True)
    ]


def _number_words(paper: Paper, sides: Sides, body: Body) -> list[Spec]:
    return [written for laid in sides.columns for written in _column_words(paper, laid, body)]


def _column_words(paper: Paper, laid: Laid, body: Body) -> list[Spec]:
    column, end = laid.column, body.wide + laid.end
    ink, small = paper.palette.quiet_text, paper.sizes.small
    head = word(column.head, (end, -_OVER), small, ink, align="right")
    middles = _middles(body, len(column.labels))
    starts = [body.wide + start if column.by_point else end for start in laid.starts]
    style: Spec = {"align": "left" if column.by_point else "right", "middle": True}
    return [head] + [
        word(label, (x, y), paper.sizes.body, ink, bold=bold, **style)
        for label, x, y, ink, bold in zip(
            column.labels, starts, middles, column.inks, column.bold, strict=True
        )
    ]


# --- the nation ---------------------------------------------------------------------------------


def _nation_layers(shown: Ranked, paper: Paper, plot: _Plot) -> list[Spec]:
    """Return the nation's range, its value across all rows, and its label above."""
    if shown.nation is None:
        return []
    palette, lift = paper.palette, LIFT if paper.is_column else 0.0
    ends = {end: float(shown.nation[column]) for end, column in zip(_ENDS, NATIONAL, strict=True)}
    data = {"values": [ends]}
    band = {"x": {**plot.x, "field": "lower"}, "x2": {"field": "upper"}}
    high = {"y": {"value": -px(lift)}, "y2": {"value": px(plot.body.high)}}
    return [
        {"data": data, "mark": {"type": "rect", "color": colour(palette.nation_band)},
         "encoding": band},
        {"data": data, "encoding": {"x": plot.x, **high},
         "mark": {"type": "rule", "color": colour(palette.nation),
                  "strokeWidth": px(1.1)}},
        words_layer([_nation_word(shown, shown.nation, paper, plot)]),
    ]  # fmt: skip


def _nation_word(shown: Ranked, nation: pd.Series, paper: Paper, plot: _Plot) -> Spec:
    label, size = nation_told(nation, shown.scale, shown.voice), paper.sizes.small + 0.5
    middle = (nation["national"] - plot.limits[0]) * plot.per_value
    wide = paper.measure(label, size, bold=True)
    at = start_over(middle, wide, plot.body.wide, plot.body.left), -_OVER
    if paper.is_column:
        at = at[0], -_OVER - LIFT
    return word(label, at, size, paper.palette.nation_text, bold=True)
