"""Profiles: one province against all others, one row an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from matplotlib.colors import to_rgba

from provstats.plot.parts.canvas import BODY, canvas_on, draw_dots, settle
from provstats.plot.parts.captions import Wishes, composed, rank_text
from provstats.plot.parts.keys import draw_key_below
from provstats.plot.parts.margins import PLAIN, finish
from provstats.plot.parts.rows import name_rows, write_column
from provstats.plot.parts.scales import bars_told, scale_values
from provstats.plot.parts.selections import marked
from provstats.plot.parts.space import folded, name_room, warn_of_room
from provstats.plot.parts.spines import rows_beside, spines_of
from provstats.store.regions import region as find_region
from provstats.words.labels import voice_of
from provstats.words.languages import Lang, Scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas
    from provstats.plot.parts.spines import Spine
    from provstats.words.labels import Voice

__all__ = ["profile"]

# Points: what a name may take, a line of it, the air between rows.
_NAME, _LINE, _AIR = 190.0, 12.0, 9.0
# How high a mark of a benchmark is, in rows.
_MARK: Final = 0.3


def profile(  # noqa: PLR0913 - the options of a chart
    region: str | int,
    x: Comparable | None = None,
    *,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one province against all others: a row an indicator, from the worst to the best.

    Each row has a scale of its own that ends at the worst and the best province or benchmark; less
    is at the right where less is better. The mark is the nation where its value is known and is no
    total, else the median of the provinces shown.

    Parameters
    ----------
    region : str or int
        The province, by any name.
    x : str, IndicatorSeries or DataFrame, optional
        As for `rank`; each indicator in each period in which the province and at least one other
        have a value is a row. By default what all 31 provinces report, of the latest year, with its
        change over that year; and of the rest what at least five report.
    lang : {"zh", "en"}, optional
        The language of all words; by default as `set_language` says.
    highlight : str or iterable of str
        Other regions to set off, by any name: they are rings.
    title, subtitle, source : str, optional
        Texts to print instead of the default ones; ``""`` for none. By default the title counts
        where the province is certainly better or worse than the benchmark.
    ax : Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row an indicator and period, the first
        at 0; on the x axis 0 is the worst and 1 the best.

    Raises
    ------
    UnknownRegionError
        If the region is unknown, is no province, or has nothing to be compared; or if a highlighted
        region is unknown or not shown.
    IncomparableError
        For what `rank` refuses.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> ax = ps.plot.profile("甘肃", "base_stations_5g", lang="en", ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts[:2]]
    ['Rank', '2 of 2']
    """
    own = find_region(region).code
    rows = rows_beside(x, own)
    marks = marked(highlight, rows["region"].to_list())
    voice = voice_of(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]])
    spines = spines_of(rows, own, voice)
    canvas = canvas_on(ax, voice)
    height = _write_rows(canvas, spines)
    settle(canvas)
    scale_values(canvas, (0.0, 1.0), Scale(1.0, "{}"))
    _draw(canvas, spines, set(rows.loc[marks, "region"]))
    key = draw_key_below(canvas, _entries(canvas, spines, dict.fromkeys(rows.loc[marks, "region"])))
    words = composed(
        voice, Wishes(title, subtitle, source), _finding(spines, voice),
        about=_about(rows, voice), notes=_notes(canvas, spines),
        documents=[*rows["source"], *" ".join(rows["benchmark_source"]).split()],
    )  # fmt: skip
    told = [_told(spine, voice) for spine in spines]
    finish(canvas, words, height=height, told=told, below=2 * PLAIN + key)
    warn_of_room(canvas, "" if key else "the key to its marks")
    return canvas.ax


# --- rows ---------------------------------------------------------------------------------------


def _write_rows(canvas: Canvas, spines: Sequence[Spine]) -> float:
    """Write names, ranks and values; return the points that the rows need."""
    say, inks = canvas.voice.say, [canvas.inks.text] * len(spines)
    room = name_room(canvas, _NAME)
    names = [folded(canvas, spine.name, room, size=BODY) for spine in spines]
    name_rows(canvas, names, inks)
    canvas.ax.set_xticks([])
    ranks = [say("rank_of", rank=rank_text(spine.own), n=spine.own["n"]) for spine in spines]
    write_column(canvas, ranks, inks, say("rank"))
    accents = canvas.shades([True] * len(spines), canvas.inks.text)
    write_column(canvas, [spine.value for spine in spines], accents)
    most = max(name.count("\n") + 1 for name in names)
    return (_LINE * most + _AIR) * len(spines)


# --- drawing ------------------------------------------------------------------------------------


def _draw(canvas: Canvas, spines: Sequence[Spine], ringed: set[str]) -> None:
    """Draw each row, from the worst at 0 to the best at 1."""
    ax = canvas.ax
    ax.set_xticks([])
    ax.spines[:].set_visible(False)
    for at, (word, side) in enumerate((("worse_end", "left"), ("better_end", "right"))):
        style = {"xycoords": ax.get_xaxis_transform(), "ha": side}
        canvas.write(canvas.voice.say(word), (at, 1), (0, 4), **style)
    ax.hlines(range(len(spines)), 0, 1, colors=canvas.inks.faint, linewidth=1.2, zorder=1)
    for row, spine in enumerate(spines):
        _draw_others(canvas, spine, row, ringed)
        _draw_own(canvas, spine, row)


def _draw_others(canvas: Canvas, spine: Spine, row: int, ringed: set[str]) -> None:
    """Draw the other provinces as grey dots, with a ring around those that are set off."""
    at, ink = spine.others["value_at"], canvas.inks.text
    canvas.ax.scatter(at, [row] * len(at), s=20, color=_grey(canvas), linewidths=0)
    rings = at[spine.others["region"].isin(ringed)]
    many = len(rings)
    draw_dots(canvas, (rings, [row] * many), [ink] * many, hollow=[True] * many)


def _draw_own(canvas: Canvas, spine: Spine, row: int) -> None:
    """Draw the province with its interval, and the benchmark."""
    own, ink = spine.own, canvas.inks.accent
    at, low, high = own["benchmark_at"], row - _MARK, row + _MARK
    ends = own["lower_at"], own["upper_at"]
    canvas.ax.hlines(row, *ends, colors=[to_rgba(ink, 0.3)], linewidth=4.5, zorder=2)
    canvas.ax.vlines(at, low, high, colors=_mark(canvas, own), linewidth=2, zorder=2)
    draw_dots(canvas, ([own["value_at"]], [row]), [ink], hollow=[own["nature"] != "outcome"])


def _grey(canvas: Canvas) -> ColorType:
    return to_rgba(canvas.inks.text, 0.25)


def _mark(canvas: Canvas, own: pd.Series) -> ColorType:
    """Return the colour of a benchmark: the nation's, or grey for a median."""
    return canvas.inks.muted if own["benchmark_basis"] == "median" else canvas.inks.nation


def _entries(
    canvas: Canvas, spines: Sequence[Spine], ringed: Iterable[str]
) -> list[tuple[str, dict[str, Any]]]:
    """Return the meaning of the marks that are there."""
    inks, name, say = canvas.inks, canvas.voice.name, canvas.voice.say
    dot = {"marker": "o", "markeredgewidth": 0}
    ring = {"marker": "o", "markerfacecolor": "none", "color": inks.text}
    marks = {say(_basis(spine)): _mark(canvas, spine.own) for spine in spines}
    return [
        (name(spines[0].own["region"]), {**dot, "color": inks.accent}),
        *((name(code), ring) for code in ringed),
        (say("others"), {**dot, "color": _grey(canvas)}),
        *(
            (word, {"marker": "|", "markeredgewidth": 2, "color": ink})
            for word, ink in marks.items()
        ),
    ]


def _basis(spine: Spine) -> str:
    return "median" if spine.own["benchmark_basis"] == "median" else "nation"


# --- words --------------------------------------------------------------------------------------


def _finding(spines: Sequence[Spine], voice: Voice) -> str:
    """Count where the province is certainly better or worse; what is in doubt is neither."""
    stands = [str(spine.own["standing"]) for spine in spines if spine.own["standing"] != "neutral"]
    counts = {word: stands.count(word) for word in ("better", "worse")}
    key = "_".join(["profiled", *(word for word, count in counts.items() if count)])
    return voice.say(key, name=voice.name(spines[0].own["region"]), n=len(stands), **counts)


def _about(rows: pd.DataFrame, voice: Voice) -> list[str]:
    periods = rows["period"].unique()
    return [voice.say("rescaled"), voice.period(periods[0]) if len(periods) == 1 else ""]


def _notes(canvas: Canvas, spines: Sequence[Spine]) -> list[str]:
    own = pd.DataFrame([spine.own for spine in spines])
    ends = own[["lower_at", "upper_at"]]  # where less is better the lower end is at the right
    bars = bars_told(canvas, pd.DataFrame({"lower": ends.min(axis=1), "upper": ends.max(axis=1)}))
    is_starred = (own["standing"] == "neutral").any()
    return [bars, canvas.voice.say("starred") if is_starred else ""]


def _told(spine: Spine, voice: Voice) -> str:
    rank = voice.say("rank_of", rank=rank_text(spine.own), n=spine.own["n"])
    return voice.say("ranked", name=spine.name, value=spine.value, rank=rank)
