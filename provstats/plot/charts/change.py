"""Changes: from where to where provinces went between two periods."""

from __future__ import annotations

from math import ceil, floor, log10
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from provstats.compare import rank, yoy
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.yoy import change_between
from provstats.errors import IncomparableError, first_rows
from provstats.plot.parts.canvas import canvas_on, draw_dots, settle
from provstats.plot.parts.captions import Wishes, caption, counted, ends_told
from provstats.plot.parts.findings import certain_cuts, how_many, signs
from provstats.plot.parts.margins import finish
from provstats.plot.parts.rows import ROW, name_rows, reserved, write_column
from provstats.plot.parts.scales import bars_told, scale_values
from provstats.plot.parts.selections import compared, marked, one_indicator, periods_of_one_kind
from provstats.reading.periods import parse_period
from provstats.store.regions import provinces
from provstats.words.labels import voice_of
from provstats.words.languages import Lang, Scale, scale_of, signed_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.canvas import Canvas
    from provstats.words.labels import Voice

__all__ = ["change", "paired", "what_changed"]

_ENDS = ["value", "lower", "upper"]
_CHANGE = ["yoy", "yoy_lower", "yoy_upper"]
_YEAR = 12
# Points between a dot and the words beside it.
_BESIDE = 3.0


class Pairs(NamedTuple):
    """What was before, what is now, and the change: three tables with one row a province."""

    before: pd.DataFrame
    now: pd.DataFrame
    change: pd.DataFrame


def change(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw where provinces stood in a first period and stand in a last, and the change.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        Of one indicator. Of several periods the first and the last are taken; for a single one the
        level before is that of `yoy`, whose result may be given too.
    lang, title, subtitle, source, ax
        As for `ranking`. By default the title counts those that went up and down beyond doubt.
    highlight : str or iterable of str
        Regions to set off, by any name: all others fade.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a province that has both values,
        the one with the highest last value at 0; the x axis is in the base unit. Printed is the
        change: percent, of rates percentage points; its range where even the sign is in doubt.

    Raises
    ------
    IncomparableError
        If there are several indicators, periods of several lengths, no province with two values,
        or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or not in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period=[2018, 2023])
    >>> ax = ps.plot.change(intensity, lang="en", ax=Figure(figsize=(6, 9)).subplots())
    >>> ax.get_title(loc="left")
    'Up in all 31 provinces, most in Tianjin'
    """
    pairs = paired(x)
    codes = pairs.now["region"].to_list()
    marks = marked(highlight, codes)
    voice = voice_of(lang, [title, subtitle, source, *pairs.now["indicator"], *pairs.now["unit"]])
    scale, canvas = scale_of(pairs.now, voice), canvas_on(ax, voice)
    certain = signs(pairs.change["lower"], pairs.change["upper"])
    _draw_pairs(canvas, pairs, certain, marks)
    inks = canvas.stepped_back(marks)
    name_rows(canvas, [voice.name(code) for code in codes], inks)
    of_change = _change_scale(pairs.change, voice)
    head = voice.say("change_of", unit=of_change.word)
    write_column(canvas, _labels(pairs.change, certain, of_change, voice), inks, head)
    settle(canvas)
    shown = [*pairs.before[_ENDS].to_numpy().ravel(), *pairs.now[_ENDS].to_numpy().ravel()]
    scale_values(canvas, (min(shown), max(shown)), scale)
    old, new = _write_periods(canvas, pairs)
    words = caption(
        pairs.now, scale, voice, Wishes(title, subtitle, source),
        finding=what_changed(pairs.change, voice),
        about=[voice.say("between", old=old, new=new), voice.say("sorted", new=new),
               counted(pairs.now, voice)],
        notes=[bars_told(canvas, pairs.now)],
        documents=[*pairs.before["source"], *pairs.now["source"]],
    )  # fmt: skip
    told = [
        ends_told(pairs.now, scale, voice),
        f"{head} {ends_told(pairs.change, of_change, voice)}",
    ]
    return finish(canvas, words, height=ROW * len(codes), told=told)


# --- what changed -------------------------------------------------------------------------------


def paired(x: Comparable) -> Pairs:
    """Pair the last period with the first, a single one with the year before.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `change`.

    Raises
    ------
    IncomparableError
        If no province has two values of one indicator and length of period.
    """
    rows = one_indicator(compared(x, rank))
    periods = periods_of_one_kind(rows)
    if len(periods) == 1:
        now, before, change = _over_year(one_indicator(compared(x, yoy)))
    else:
        first, last = (rows[rows["period"] == period] for period in (periods[0], periods[-1]))
        now = last[last["region"].isin(first["region"])].set_index("region", drop=False)
        before = first.set_index("region", drop=False).reindex(now.index)
        change = change_between(now, before)
    change = now.assign(
        unit=change["yoy_unit"],
        **{end: change[column] for end, column in zip(_ENDS, _CHANGE, strict=True)},
    )
    order = now[change["value"].notna()].sort_values("value", ascending=False, kind="stable").index
    if order.empty:
        msg = f"no province has two values to compare:{first_rows(rows)}"
        raise IncomparableError(msg)
    return Pairs(*(table.loc[order].reset_index(drop=True) for table in (before, now, change)))


def _over_year(changes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the levels now and before, and the change, of provinces that have all."""
    now = changes[changes["region"].isin(provinces()) & changes["previous"].notna()]
    earlier = {label: str(parse_period(label).previous_year) for label in now["period"].unique()}
    is_year = (now["months"] == _YEAR).all()
    periods = now["period"].map(earlier) if is_year else ""
    return now, now.assign(period=periods, **dict.fromkeys(_ENDS, now["previous"])), now


def _change_scale(change: pd.DataFrame, voice: Voice) -> Scale:
    """Print changes with the digits that the narrowest interval leaves them."""
    widths = (change["upper"] - change["lower"]).loc[lambda width: width > TOUCH]
    digits = max(0, -floor(log10(widths.min()))) if len(widths) else 1
    is_ratio = change["unit"].iloc[0] == "percent"
    digits = min(digits, 1) if is_ratio else digits
    return scale_of(change, voice)._replace(digits=digits, signed=True)


def what_changed(change: pd.DataFrame, voice: Voice) -> str:
    """Say how many went up and down beyond doubt, and which most.

    Parameters
    ----------
    change : DataFrame
        Of `paired`.
    voice : Voice
        How words are printed.
    """
    certain = signs(change["lower"], change["upper"])
    ordered = change.sort_values("value", ascending=False, kind="stable")
    is_clear = (certain > 0).sum() > 1 and 1 in certain_cuts(ordered["lower"], ordered["upper"])
    word = "fastest_up" if change["unit"].iloc[0] == "percent" else "most_up"
    most = voice.say(word, name=voice.name(ordered["region"].iloc[0])) if is_clear else ""
    return how_many("change", certain, change["region"].to_list(), voice, most=most)


# --- drawing ------------------------------------------------------------------------------------


def _draw_pairs(
    canvas: Canvas, pairs: Pairs, certain: NDArray[np.int64], marks: Sequence[bool]
) -> None:
    before, now, _ = pairs
    places, inks = range(len(now)), canvas.by_sign(certain, marks)
    old = [canvas.pale(canvas.inks.muted, 0.5)] * len(now)
    for table, colors in ((before, old), (now, inks)):
        pale = [canvas.pale(color, 0.3) for color in colors]
        canvas.ax.hlines(
            places, table["lower"], table["upper"], colors=pale, linewidth=4.5, zorder=2
        )
    canvas.ax.hlines(places, before["value"], now["value"], colors=inks, linewidth=1.4, zorder=2.5)
    draw_dots(canvas, (before["value"], places), old, hollow=before["nature"] != "outcome")
    draw_dots(canvas, (now["value"], places), inks, hollow=now["nature"] != "outcome")


def _labels(
    change: pd.DataFrame, certain: NDArray[np.int64], scale: Scale, voice: Voice
) -> list[str]:
    """Print the change with its sign; its range where the sign is in doubt."""
    records = zip(change[_ENDS].to_numpy().tolist(), certain, strict=True)
    return [
        signed_text(value, scale.digits) if sign else _range(lower, upper, scale.digits, voice)
        for (value, lower, upper), sign in records
    ]


def _range(lower: float, upper: float, digits: int, voice: Voice) -> str:
    """Print an interval, rounded outwards so that it holds what it held."""
    step = 10.0**-digits
    ends = floor(lower / step + TOUCH) * step, ceil(upper / step - TOUCH) * step
    return voice.say("to").join(signed_text(end, digits) for end in ends)


def _write_periods(canvas: Canvas, pairs: Pairs) -> tuple[str, str]:
    """Write above the first row which dot is of which period; return the words."""
    voice, ax = canvas.voice, canvas.ax
    periods = [table["period"].iloc[0] for table in pairs[:2]]
    old, new = (
        voice.period(label, brief=True) if label else voice.say("before") for label in periods
    )
    places = [table["value"].iloc[0] for table in pairs[:2]]
    marks = [(old, places[0], canvas.inks.muted), (new, places[1], canvas.inks.text)]
    style = {"xycoords": ax.get_xaxis_transform()}
    (at_left, left), (at_right, right) = (
        (x, canvas.write(word, (x, 1), (0, 4), ha=ha, color=ink, **style))
        for (word, x, ink), ha in zip(
            sorted(marks, key=itemgetter(1)), ("right", "left"), strict=True
        )
    )
    room = canvas.points(ax.get_window_extent().width) - reserved(canvas) - canvas.width(right)
    start = min(_points_at(canvas, at_right) + _BESIDE, room)
    end = min(_points_at(canvas, at_left), start) - _BESIDE
    right.xyann = (start - _points_at(canvas, at_right), 4)
    left.xyann = (end - _points_at(canvas, at_left), 4)
    return old, new


def _points_at(canvas: Canvas, x: float) -> float:
    """Return how many points right of the axes' left edge a value stands."""
    pixels = canvas.ax.transData.transform((x, 0))[0] - canvas.ax.get_window_extent().x0
    return canvas.points(pixels)
