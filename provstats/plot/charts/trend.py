"""Trends: values or ranks over time, one line a region."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pandas as pd

from provstats.compare import rank
from provstats.plot.parts.canvas import canvas_on, draw_dots, settle
from provstats.plot.parts.captions import Wishes, caption, counted, last_told, rank_text
from provstats.plot.parts.end_labels import End, write_ends
from provstats.plot.parts.findings import who_leads_throughout
from provstats.plot.parts.margins import PLAIN, finish
from provstats.plot.parts.scales import scale_heights, scale_ranks
from provstats.plot.parts.selections import compared, marked, national_line, one_indicator
from provstats.plot.parts.timelines import (
    alone,
    by_time,
    scale_times,
    span_words,
    time_of,
    timeline,
)
from provstats.store.regions import NATION
from provstats.words.labels import voice_of
from provstats.words.languages import Lang, Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas
    from provstats.words.labels import Voice

__all__ = ["trend"]

# Bands of fewer points are not seen.
_SEEN = 3.0
# Points: the height of a chart, of a line of a chart of ranks, the room beside the longest name.
_HEIGHT, _LINE, _BESIDE = 270.0, 11.0, 10.0


def trend(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    ranks: bool = False,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the course of an indicator, one line a region, with gaps where values are missing.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, of one indicator and at least two periods of one length.
    ranks : bool
        Draw the ranks, the first on top, instead of the values.
    lang, title, subtitle, source, ax
        As for `ranking`. By default the title says how the one highlighted region moved, or who
        leads throughout, where the intervals leave no doubt.
    highlight : str or iterable of str
        Regions to draw in colour, with the range of their values or ranks, and to name; all others
        are grey. Without any, as many are named as have room.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. The x axis is in years, the end of 2023
        at 2023.0; the y axis in the base unit, or in ranks from the top. A reported national value
        that lies among those of the provinces is a dashed line.

    Raises
    ------
    IncomparableError
        If there are several indicators, a single period, periods of several lengths, or for what
        `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period=[*range(2018, 2024)])
    >>> ax = ps.plot.trend(intensity, lang="en", highlight="安徽", ax=Figure().subplots())
    >>> ax.get_title(loc="left")
    'Anhui rose from 2.16% to 2.69%'
    """
    rows = by_time(one_indicator(compared(x, rank)))
    shown = rows["region"].drop_duplicates().to_list()
    wanted = [code for code, is_on in zip(shown, marked(highlight, shown), strict=True) if is_on]
    voice = voice_of(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]])
    scale = scale_of(rows, voice)
    drawn = _drawn(rows, scale, ranks=ranks)
    nation = None if ranks else national_line(x, rows)
    canvas = canvas_on(ax, voice)
    hues = dict(zip(wanted, cycle([canvas.inks.accent, *canvas.inks.others]), strict=False))
    _draw_lines(canvas, drawn, hues)
    if nation is not None:
        _draw_nation(canvas, nation)
        nation = _drawn(nation, scale, ranks=False)
    last = _last(drawn, nation, wanted)
    _scale_both(canvas, drawn, scale, _end_texts(last, voice), ranks=ranks)
    words = caption(
        rows, Scale(1, "{}") if ranks else scale, voice, Wishes(title, subtitle, source),
        subject=voice.say("rank_name", name="{name}") if ranks else "{name}",
        finding=_moved(drawn, wanted, voice, ranks=ranks) or who_leads_throughout(rows, voice),
        about=[span_words(rows, voice), counted(rows, voice)],
        notes=_notes(canvas, drawn, wanted, ranks=ranks),
        documents=rows["source"],
    )  # fmt: skip
    told = [*(_course(drawn, code, voice) for code in wanted), last_told(rows, scale, voice)]
    height = _HEIGHT if not ranks else max(_HEIGHT, _LINE * len(shown))
    finish(canvas, words, height=height, told=told, above=PLAIN)
    _name_lines(canvas, last, hues)
    return canvas.ax


# --- what is drawn ------------------------------------------------------------------------------


def _drawn(rows: pd.DataFrame, scale: Scale, *, ranks: bool) -> pd.DataFrame:
    """Add what is drawn and printed of each row: its value or its rank, and the range."""
    columns = ("rank", "rank_best", "rank_worst") if ranks else ("value", "lower", "upper")
    ends = {end: rows[column] for end, column in zip(("y", "low", "high"), columns, strict=True)}
    plain = scale if scale.form == "{}%" else scale._replace(form="{}")
    records = (row for _, row in rows.iterrows())
    labels = [
        rank_text(row) if ranks else plain.label(row["value"], row["lower"], row["upper"])
        for row in records
    ]
    return rows.assign(**ends, label=labels)


# --- drawing ------------------------------------------------------------------------------------


def _draw_lines(canvas: Canvas, drawn: pd.DataFrame, hues: dict[str, ColorType]) -> None:
    middle, low, high = (timeline(drawn, column) for column in ("y", "low", "high"))
    grey = canvas.pale(canvas.inks.text, 0.3 if hues else 0.45)
    for code, line in middle.items():
        color, width = hues.get(str(code), grey), 2.0 if code in hues else 1.0
        canvas.ax.plot(line.index, line, color=color, linewidth=width, zorder=1 + width)
        points = line if code in hues else alone(line)
        size = 2 + width
        canvas.ax.plot(points.index, points, "o", color=color, markersize=size, zorder=1 + width)
    for code, color in hues.items():
        band = canvas.pale(color, 0.25)
        canvas.ax.fill_between(
            low.index, low[code], high[code], color=band, linewidth=0, zorder=1.5
        )
    open_ = drawn[drawn["nature"] != "outcome"]
    colors = [hues.get(code, grey) for code in open_["region"]]
    draw_dots(
        canvas, (open_["period"].map(time_of), open_["y"]), colors, hollow=[True] * len(open_)
    )


def _draw_nation(canvas: Canvas, nation: pd.DataFrame) -> None:
    line = timeline(nation, "value")[NATION]
    canvas.ax.plot(line.index, line, "--", color=canvas.inks.nation, linewidth=1.4, zorder=2.5)


def _last(drawn: pd.DataFrame, nation: pd.DataFrame | None, wanted: Sequence[str]) -> pd.DataFrame:
    """Return where the lines end that may be named, the outermost first."""
    last = drawn.drop_duplicates("region", keep="last")
    is_now = last["period"] == drawn["period"].iloc[-1]
    named = last[last["region"].isin(wanted)] if wanted else last[is_now].sort_values("rank")
    outermost: pd.DataFrame = pd.concat([named[:1], named[1:][::-1][:1], named[1:-1]])
    return outermost if nation is None else pd.concat([outermost, nation.tail(1)])


def _end_texts(last: pd.DataFrame, voice: Voice) -> list[str]:
    named = zip(last["region"], last["label"], strict=True)
    return [f"{voice.name(code)} {label}" for code, label in named]


def _scale_both(
    canvas: Canvas, drawn: pd.DataFrame, scale: Scale, texts: list[str], *, ranks: bool
) -> None:
    """Scale the heights and the times, with room for the texts at the right."""
    if ranks:
        scale_ranks(canvas, int(drawn["high"].max()))
    else:
        scale_heights(canvas, (drawn["low"].min(), drawn["high"].max()), scale)
    probes = [canvas.write(text, (0, 0), (0, 0)) for text in texts]
    after = max(map(canvas.width, probes)) + _BESIDE
    for probe in probes:
        probe.remove()
    settle(canvas)
    scale_times(canvas, list(drawn["period"].unique()), after=after)


def _name_lines(canvas: Canvas, last: pd.DataFrame, hues: dict[str, ColorType]) -> None:
    """Write names where the lines end: of the highlighted and the nation, else of all that fit."""
    settle(canvas)  # the heights of lines are what the caption leaves
    known = {**hues, NATION: canvas.inks.nation_text}
    texts = _end_texts(last, canvas.voice)
    places = zip(last["period"].map(time_of), last["y"], strict=True)
    ends = [
        End(text, at, known.get(code, canvas.inks.muted), must=code in known)
        for text, at, code in zip(texts, places, last["region"], strict=True)
    ]
    write_ends(canvas, ends)


# --- in words -----------------------------------------------------------------------------------


def _ends_of(drawn: pd.DataFrame, code: str) -> tuple[pd.Series, pd.Series]:
    line = drawn[drawn["region"] == code]
    return line.iloc[0], line.iloc[-1]


def _moved(drawn: pd.DataFrame, wanted: Sequence[str], voice: Voice, *, ranks: bool) -> str:
    """Say from where to where the one highlighted region moved, if it did beyond doubt."""
    if len(wanted) != 1:
        return ""
    old, new = _ends_of(drawn, wanted[0])
    peers = [set(drawn.loc[drawn["period"] == end["period"], "region"]) for end in (old, new)]
    if {old["nature"], new["nature"]} != {"outcome"} or (ranks and peers[0] != peers[1]):
        return ""
    way = int(new["low"] > old["high"]) - int(new["high"] < old["low"])
    if not way:
        return ""
    ends = [voice.say("place", rank=end["label"]) if ranks else end["label"] for end in (old, new)]
    is_up = (way > 0) != ranks
    said = {"old": ends[0], "new": ends[1]}
    return voice.say("rose" if is_up else "fell", name=voice.name(wanted[0]), **said)


def _course(drawn: pd.DataFrame, code: str, voice: Voice) -> str:
    old, new = _ends_of(drawn, code)
    first, last = (voice.period(end["period"]) for end in (old, new))
    ends = {"old": old["label"], "new": new["label"], "first": first, "last": last}
    return voice.say("from_to", name=voice.name(code), **ends)


def _notes(canvas: Canvas, drawn: pd.DataFrame, wanted: Sequence[str], *, ranks: bool) -> list[str]:
    """Say what bands and hollow dots are, where there are any to be seen."""
    bottom, top = canvas.ax.get_ylim()
    marks = drawn[drawn["region"].isin(wanted)]
    widest = (marks["high"] - marks["low"]).max() / abs(top - bottom) if wanted else 0
    is_seen = widest * canvas.points(canvas.ax.get_window_extent().height) > _SEEN
    natures = [nature for nature in drawn["nature"].unique() if nature != "outcome"]
    return [
        canvas.voice.say("rank_bands" if ranks else "bands") if is_seen else "",
        *(canvas.voice.say("hollow", nature=canvas.voice.say(nature)) for nature in natures),
    ]
