"""Trends for Vega-Lite: a line a region, the one at which a reader points in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provstats.plot.parts.captions import cited
from provstats.plot.parts.course import (
    hues_of,
    line_ends,
    line_height,
    room_for_values,
    time_limits,
    value_ticks,
)
from provstats.plot.parts.end_labels import BESIDE, place_ends, room_for_ends
from provstats.plot.parts.marks import DOT, EDGE, blend
from provstats.plot.parts.timelines import fitting_times, pieces_of, time_of
from provstats.plot.parts.value_axis import TICKS, height_limits, points_up
from provstats.plot.vega.frame import (
    POINTED,
    Body,
    chart_of,
    colour,
    of_field,
    pointing,
    px,
    shown_at,
    ticked,
    word,
    words_layer,
)
from provstats.plot.vega.tips import tip_of, tooltip
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

__all__ = ["trend_spec"]

# Points below the axes at which the times stand.
_BELOW: Final = 4.0
# Pixels of dashes and gaps; points of dots and of lines.
_DASH: Final = [7.2, 3.6]
_DOT, _LONE = 4.6, 3.4
# The filter that keeps the line at which a reader points.
_KEPT: Final = {"param": POINTED, "empty": False}
_QUIET, _HUED, _NATIONAL, _HALO = 0.8, 2.2, 1.8, 3.8


def trend_spec(shown: Course, paper: Paper) -> InteractiveChart:
    """Return the chart of a trend."""
    hues = hues_of(shown, paper)
    ends, ticks, lines = line_ends(shown, hues, paper), value_ticks(shown), shown.lines
    left = room_for_values(paper, ticks)
    wide = paper.inner - left - room_for_ends(paper, ends)
    body = Body(wide, line_height(paper, ends), left, TICKS)
    limits = height_limits((lines["lower"].min(), lines["upper"].max()), is_log=shown.is_log)
    heights = points_up([end.height for end in ends], limits, body.high, is_log=shown.is_log)
    placed = place_ends(paper, ends, heights, body.high)
    times = time_limits(lines, wide)
    x, y = _axes(shown, times, limits, ticks)
    values = _records(shown, hues, paper)
    layers = [
        *_bands(shown, hues, paper, x, y),
        *_lines(paper, x, y),
        _leaders(paper, placed, times, body),
        *_marks(paper, x, y),
        words_layer(_time_words(shown, paper, times, body)),
        words_layer(_end_words(paper, placed, body), paper.palette.text),
        _pointed(values, shown, x, y),
    ]
    return chart_of(shown, paper, body, values, layers)


def _axes(
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
        "axis": ticked((steps, labels), domain=False),
    }  # fmt: skip


# --- data ---------------------------------------------------------------------------------------


def _records(shown: Course, hues: Mapping[str, ColorType], paper: Paper) -> list[Spec]:
    """Return the data of each value, with its tooltip, by region and then by time."""
    pieces = pieces_of(shown.lines, "value", shown.anew)
    own = {str(code): rows for code, rows in _named(shown).groupby("region", sort=False)}
    return [
        {**_record(row, shown, paper), **_look(code, hues, paper),
         "piece": f"{code} {place}", "alone": len(piece) == 1}
        for code, lines in pieces.items()
        for (place, piece), row in zip(
            ((place, piece) for place, piece in enumerate(lines) for _ in piece),
            (row for _, row in own[code].iterrows()),
            strict=True,
        )
    ]  # fmt: skip


def _named(shown: Course) -> pd.DataFrame:
    """Return the lines; the nation's rows cite their documents, and have no paragraph or rank."""
    lines = shown.lines.reset_index(drop=True)
    if shown.nation is None:
        return lines
    is_nation = lines["region"] == NATION
    titles = [cited(ids.split(), shown.voice) for ids in shown.nation["national_source"]]
    lines.loc[is_nation, "source"] = titles
    empty = [name for name in ("printed", "paragraph", "rank") if name in lines]
    return lines.astype(dict.fromkeys(empty, object)).mask(
        lines.columns.isin(empty) & is_nation.to_numpy()[:, None]
    )


def _record(row: pd.Series, shown: Course, paper: Paper) -> Spec:
    tip = tip_of(row, shown.scale, paper.voice, paper.voice.period(row["period"]))
    ends = {end: float(row[end]) for end in ("value", "lower", "upper")}
    is_open = row["nature"] != "outcome" and row["region"] != NATION
    return {"region": row["region"], "time": time_of(row["period"]), "open": is_open, **tip, **ends}


def _look(code: str, hues: Mapping[str, ColorType], paper: Paper) -> Spec:
    if code == NATION:
        return {"kind": "nation", "ink": colour(paper.palette.nation)}
    kind = "set off" if code in hues else "quiet"
    return {"kind": kind, "ink": colour(hues.get(code, paper.palette.quiet))}


# --- lines --------------------------------------------------------------------------------------


def _lines(paper: Paper, x: Spec, y: Spec) -> list[Spec]:
    """Return the lines: the quiet ones, those set off, the nation's, and the one pointed at."""
    text, ground = colour(paper.palette.text), colour(paper.palette.ground)
    return [
        _line("datum.kind == 'quiet'", x, y, _QUIET),
        _line("datum.kind == 'set off'", x, y, _HALO, stroke=ground),
        _line("datum.kind == 'set off'", x, y, _HUED),
        _line("datum.kind == 'nation'", x, y, _NATIONAL, strokeDash=_DASH),
        _line(_KEPT, x, y, _HALO, stroke=ground),
        _line(_KEPT, x, y, _HUED, stroke=text),
    ]


def _line(kept: str | Spec, x: Spec, y: Spec, thick: float, **style: Any) -> Spec:  # noqa: ANN401 - what a mark takes
    """Return the lines that are kept, in an ink that is given or in their own."""
    mark: Spec = {"type": "line", "strokeWidth": px(thick), "strokeJoin": "round"}
    inks = {} if "stroke" in style else {"stroke": of_field("ink")}
    return {
        "transform": [{"filter": kept}],
        "mark": {**mark, **style},
        "encoding": {"x": x, "y": y, "detail": of_field("piece"), **inks},
    }


def _bands(
    shown: Course, hues: Mapping[str, ColorType], paper: Paper, x: Spec, y: Spec
) -> list[Spec]:
    """Return the range of each line that was asked for."""
    ground = paper.palette.ground
    inks = {code: colour(blend(hues[code], ground, 0.25)) for code in shown.wanted}
    return [
        {
            "transform": [{"filter": f"datum.region == {code!r}"}],
            "mark": {"type": "area", "color": ink},
            "encoding": {
                "x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"},
                "detail": of_field("piece"),
            },
        }
        for code, ink in inks.items()
    ]  # fmt: skip


def _marks(paper: Paper, x: Spec, y: Spec) -> list[Spec]:
    """Return dots: of lone values, of lines set off, hollow ones, and of the line pointed at."""
    palette, inked = paper.palette, {"fill": of_field("ink")}
    rim = {"stroke": colour(palette.ground), "strokeWidth": px(0.6)}
    hollow = {"fill": colour(palette.ground), "strokeWidth": px(EDGE)}
    at = {"x": x, "y": y}
    return [
        _dots("datum.kind == 'quiet' && datum.alone && !datum.open", _LONE, rim, {**at, **inked}),
        _dots("datum.kind == 'set off' && !datum.open", _DOT, rim, {**at, **inked}),
        _dots("datum.open", DOT, hollow, {**at, "stroke": of_field("ink")}),
        _dots(_KEPT, _DOT, {**rim, "fill": colour(palette.text)}, at),
    ]


def _dots(kept: str | Spec, size: float, style: Spec, encoding: Spec) -> Spec:
    mark = {"type": "point", "size": px(size) ** 2, "opacity": 1, **style}
    return {"transform": [{"filter": kept}], "mark": mark, "encoding": encoding}


def _pointed(values: Sequence[Spec], shown: Course, x: Spec, y: Spec) -> Spec:
    """Return what takes the pointer: the value that is nearest to it."""
    return {
        "params": pointing(nearest=True),
        "mark": {
            "type": "point", "size": px(9.0) ** 2,
            "opacity": 0, "filled": True, "aria": True,
        },
        "encoding": {
            "x": x, "y": y, "tooltip": tooltip(values, shown.voice),
            "description": of_field("said"),
        },
    }  # fmt: skip


# --- words --------------------------------------------------------------------------------------


def _time_words(shown: Course, paper: Paper, times: tuple[float, float], body: Body) -> list[Spec]:
    size, ink = paper.sizes.small, paper.palette.quiet_text
    labels = shown.rows["period"].unique().tolist()
    y = body.high + _BELOW + 0.74 * size
    fitting = fitting_times(paper, labels, times[0], body.wide / (times[1] - times[0]))
    return [word(label, (start, y), size, ink) for label, start in fitting]


def _end_words(paper: Paper, placed: Sequence[Placed], body: Body) -> list[Spec]:
    size = paper.sizes.body
    return [
        {"region": at.end.region,
         **word(text, (body.wide + x, body.high - at.height), size, at.end.ink,
                bold=at.end.must, middle=True)}
        for at in placed
        for text, x in ((at.end.name, at.name), (at.end.number, at.number))
    ]  # fmt: skip


def _leaders(
    paper: Paper, placed: Sequence[Placed], times: tuple[float, float], body: Body
) -> Spec:
    """Return the lines from where lines end to their names."""
    per_year, quiet = body.wide / (times[1] - times[0]), paper.palette.quiet
    values = [
        {
            "x": px((at.end.time - times[0]) * per_year + BESIDE),
            "y": px(body.high - at.wanted),
            "x2": px(body.wide + at.leader), "y2": px(body.high - at.height),
            "ink": colour(at.end.ink if at.end.must else quiet),
            "size": px(1.0 if at.end.must else 0.5),
        }
        for at in placed
    ]  # fmt: skip
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "strokeWidth": {"expr": "datum.size"}},
        "encoding": {
            "x": shown_at("x"), "y": shown_at("y"),
            "x2": {"field": "x2"}, "y2": {"field": "y2"},
            "stroke": of_field("ink"),
        },
    }  # fmt: skip
