"""Trends for Vega-Lite: a line a region, the one at which a reader points in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provstats.plot.parts.captions import cite_documents
from provstats.plot.parts.course import (
    choose_hues,
    choose_value_ticks,
    collect_line_ends,
    compute_time_limits,
    measure_lines_height,
    measure_value_labels,
)
from provstats.plot.parts.end_labels import BESIDE, measure_end_labels, place_ends
from provstats.plot.parts.marks import DOT, EDGE, blend_colors
from provstats.plot.parts.timelines import build_line_pieces, convert_end_to_years, place_times
from provstats.plot.parts.value_axis import TICKS, compute_height_limits, convert_heights_to_points
from provstats.plot.vega.frame import (
    POINTED,
    Body,
    build_chart,
    build_text,
    convert_to_px,
    format_color,
    specify_axis,
    specify_field,
    specify_pixel_field,
    specify_pointer,
    specify_text_layer,
)
from provstats.plot.vega.tips import build_tip, specify_tooltip
from provstats.store.regions import NATION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.typing import ColorType

    from provstats.plot.parts.course import Course
    from provstats.plot.parts.end_labels import Placed
    from provstats.plot.parts.paper import Paper
    from provstats.plot.vega.frame import Spec
    from provstats.plot.vega.interactive import InteractiveChart

__all__ = ["build_trend_chart"]

# Points below the axes at which the times stand.
_BELOW: Final = 4.0
# Pixels of dashes and gaps; points of dots and of lines.
_DASH: Final = [7.2, 3.6]
_DOT, _LONE = 4.6, 3.4
# The filter that keeps the line at which a reader points.
_KEPT: Final = {"param": POINTED, "empty": False}
_QUIET, _HUED, _NATIONAL, _HALO = 0.8, 2.2, 1.8, 3.8


def build_trend_chart(shown: Course, paper: Paper) -> InteractiveChart:
    """Return the chart of a trend."""
    hues = choose_hues(shown, paper)
    ends, ticks, lines = (
        collect_line_ends(shown, hues, paper),
        choose_value_ticks(shown),
        shown.lines,
    )
    left = measure_value_labels(paper, ticks)
    wide = paper.inner - left - measure_end_labels(paper, ends)
    body = Body(wide, measure_lines_height(paper, ends), left, TICKS)
    limits = compute_height_limits(
        (lines["lower"].min(), lines["upper"].max()), is_log=shown.is_log
    )
    heights = convert_heights_to_points(
        [end.height for end in ends], limits, body.high, is_log=shown.is_log
    )
    placed = place_ends(paper, ends, heights, body.high)
    times = compute_time_limits(lines, wide)
    x, y = _specify_axes(shown, times, limits, ticks)
    values = _build_records(shown, hues, paper)
    layers = [
        *_specify_bands(shown, hues, paper, x, y),
        *_specify_lines(paper, x, y),
        _specify_leaders(paper, placed, times, body),
        *_specify_dots(paper, x, y),
        specify_text_layer(_build_time_texts(shown, paper, times, body)),
        specify_text_layer(_build_end_texts(paper, placed, body), paper.palette.text),
        _specify_pointer_layer(values, shown, x, y),
    ]
    return build_chart(shown, paper, body, values, layers)


def _specify_axes(
    shown: Course,
    times: tuple[float, float],
    limits: tuple[float, float],
    ticks: tuple[list[float], list[str]],
) -> tuple[Spec, Spec]:
    """Return the encodings of times and values, which the layers share."""
    plain = {"nice": False, "zero": False}
    kind = "log" if shown.is_log else "linear"
    seen = [at for at in zip(*ticks, strict=True) if limits[0] <= at[0] <= limits[1]]
    steps, labels = [at for at, _ in seen], [label for _, label in seen]
    return {
        "field": "time", "type": "quantitative",
        "scale": {"domain": [float(end) for end in times], **plain},
        "axis": {"grid": False, "labels": False},
    }, {
        "field": "value", "type": "quantitative",
        "scale": {"type": kind, "domain": [float(end) for end in limits], "nice": False},
        "axis": specify_axis((steps, labels), domain=False),
    }  # fmt: skip


# --- data ---------------------------------------------------------------------------------------


def _build_records(shown: Course, hues: Mapping[str, ColorType], paper: Paper) -> list[Spec]:
    """Return the data of each value, with its tooltip, by region and then by time."""
    pieces = build_line_pieces(shown.lines, "value", shown.anew)
    own = {
        str(code): rows for code, rows in _prepare_line_rows(shown).groupby("region", sort=False)
    }
    return [
        {**_build_record(row, shown, paper), **_choose_look(code, hues, paper),
         "piece": f"{code} {place}", "alone": len(piece) == 1}
        for code, lines in pieces.items()
        for (place, piece), row in zip(
            ((place, piece) for place, piece in enumerate(lines) for _ in piece),
            (row for _, row in own[code].iterrows()),
            strict=True,
        )
    ]  # fmt: skip


def _prepare_line_rows(shown: Course) -> pd.DataFrame:
    """Return the lines; the nation's rows cite their documents, and have no paragraph or rank."""
    lines = shown.lines.reset_index(drop=True)
    if shown.nation is None:
        return lines
    is_nation = lines["region"] == NATION
    titles = [cite_documents(ids.split(), shown.voice) for ids in shown.nation["national_source"]]
    lines.loc[is_nation, "source"] = titles
    empty = [name for name in ("printed", "paragraph", "rank") if name in lines]
    return lines.astype(dict.fromkeys(empty, object)).mask(
        lines.columns.isin(empty) & is_nation.to_numpy()[:, None]
    )


def _build_record(row: pd.Series, shown: Course, paper: Paper) -> Spec:
    tip = build_tip(row, shown.scale, paper.voice, paper.voice.name_period(row["period"]))
    ends = {end: float(row[end]) for end in ("value", "lower", "upper")}
    is_open = row["nature"] != "outcome" and row["region"] != NATION
    return {
        "region": row["region"],
        "time": convert_end_to_years(row["period"]),
        "open": is_open,
        **tip,
        **ends,
    }


def _choose_look(code: str, hues: Mapping[str, ColorType], paper: Paper) -> Spec:
    if code == NATION:
        return {"kind": "nation", "ink": format_color(paper.palette.nation)}
    kind = "set off" if code in hues else "quiet"
    return {"kind": kind, "ink": format_color(hues.get(code, paper.palette.quiet))}


# --- lines --------------------------------------------------------------------------------------


def _specify_lines(paper: Paper, x: Spec, y: Spec) -> list[Spec]:
    """Return the lines: the quiet ones, those set off, the nation's, and the one pointed at."""
    text, ground = format_color(paper.palette.text), format_color(paper.palette.ground)
    return [
        _specify_line_layer("datum.kind == 'quiet'", x, y, _QUIET),
        _specify_line_layer("datum.kind == 'set off'", x, y, _HALO, stroke=ground),
        _specify_line_layer("datum.kind == 'set off'", x, y, _HUED),
        _specify_line_layer("datum.kind == 'nation'", x, y, _NATIONAL, strokeDash=_DASH),
        _specify_line_layer(_KEPT, x, y, _HALO, stroke=ground),
        _specify_line_layer(_KEPT, x, y, _HUED, stroke=text),
    ]


def _specify_line_layer(kept: str | Spec, x: Spec, y: Spec, thick: float, **style: Any) -> Spec:  # noqa: ANN401 - what a mark takes
    """Return the lines that are kept, in an ink that is given or in their own."""
    mark: Spec = {"type": "line", "strokeWidth": convert_to_px(thick), "strokeJoin": "round"}
    inks = {} if "stroke" in style else {"stroke": specify_field("ink")}
    return {
        "transform": [{"filter": kept}],
        "mark": {**mark, **style},
        "encoding": {"x": x, "y": y, "detail": specify_field("piece"), **inks},
    }


def _specify_bands(
    shown: Course, hues: Mapping[str, ColorType], paper: Paper, x: Spec, y: Spec
) -> list[Spec]:
    """Return the range of each line that was asked for."""
    ground = paper.palette.ground
    inks = {code: format_color(blend_colors(hues[code], ground, 0.25)) for code in shown.wanted}
    return [
        {
            "transform": [{"filter": f"datum.region == {code!r}"}],
            "mark": {"type": "area", "color": ink},
            "encoding": {
                "x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"},
                "detail": specify_field("piece"),
            },
        }
        for code, ink in inks.items()
    ]  # fmt: skip


def _specify_dots(paper: Paper, x: Spec, y: Spec) -> list[Spec]:
    """Return dots: of lone values, of lines set off, hollow ones, and of the line pointed at."""
    palette, inked = paper.palette, {"fill": specify_field("ink")}
    rim = {"stroke": format_color(palette.ground), "strokeWidth": convert_to_px(0.6)}
    hollow = {"fill": format_color(palette.ground), "strokeWidth": convert_to_px(EDGE)}
    at = {"x": x, "y": y}
    return [
        _specify_dot_layer(
            "datum.kind == 'quiet' && datum.alone && !datum.open", _LONE, rim, {**at, **inked}
        ),
        _specify_dot_layer("datum.kind == 'set off' && !datum.open", _DOT, rim, {**at, **inked}),
        _specify_dot_layer("datum.open", DOT, hollow, {**at, "stroke": specify_field("ink")}),
        _specify_dot_layer(_KEPT, _DOT, {**rim, "fill": format_color(palette.text)}, at),
    ]


def _specify_dot_layer(kept: str | Spec, size: float, style: Spec, encoding: Spec) -> Spec:
    mark = {"type": "point", "size": convert_to_px(size) ** 2, "opacity": 1, **style}
    return {"transform": [{"filter": kept}], "mark": mark, "encoding": encoding}


def _specify_pointer_layer(values: Sequence[Spec], shown: Course, x: Spec, y: Spec) -> Spec:
    """Return what takes the pointer: the value that is nearest to it."""
    return {
        "params": specify_pointer(nearest=True),
        "mark": {
            "type": "point", "size": convert_to_px(9.0) ** 2,
            "opacity": 0, "filled": True, "aria": True,
        },
        "encoding": {
            "x": x, "y": y, "tooltip": specify_tooltip(values, shown.voice),
            "description": specify_field("said"),
        },
    }  # fmt: skip


# --- words --------------------------------------------------------------------------------------


def _build_time_texts(
    shown: Course, paper: Paper, times: tuple[float, float], body: Body
) -> list[Spec]:
    size, ink = paper.sizes.small, paper.palette.quiet_text
    labels = shown.rows["period"].unique().tolist()
    y = body.high + _BELOW + 0.74 * size
    fitting = place_times(paper, labels, times[0], body.wide / (times[1] - times[0]))
    return [build_text(label, (start, y), size, ink) for label, start in fitting]


def _build_end_texts(paper: Paper, placed: Sequence[Placed], body: Body) -> list[Spec]:
    size = paper.sizes.body
    return [
        {"region": at.end.region,
         **build_text(text, (body.wide + x, body.high - at.height), size, at.end.ink,
                      bold=at.end.must, middle=True)}
        for at in placed
        for text, x in ((at.end.name, at.name), (at.end.number, at.number))
    ]  # fmt: skip


def _specify_leaders(
    paper: Paper, placed: Sequence[Placed], times: tuple[float, float], body: Body
) -> Spec:
    """Return the lines from where lines end to their names."""
    per_year, quiet = body.wide / (times[1] - times[0]), paper.palette.quiet
    values = [
        {
            "x": convert_to_px((at.end.time - times[0]) * per_year + BESIDE),
            "y": convert_to_px(body.high - at.wanted),
            "x2": convert_to_px(body.wide + at.leader), "y2": convert_to_px(body.high - at.height),
            "ink": format_color(at.end.ink if at.end.must else quiet),
            "size": convert_to_px(1.0 if at.end.must else 0.5),
        }
        for at in placed
    ]  # fmt: skip
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "strokeWidth": {"expr": "datum.size"}},
        "encoding": {
            "x": specify_pixel_field("x"), "y": specify_pixel_field("y"),
            "x2": {"field": "x2"}, "y2": {"field": "y2"},
            "stroke": specify_field("ink"),
        },
    }  # fmt: skip
