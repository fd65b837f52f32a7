"""Charts: what a comparison found, drawn into Matplotlib axes with its doubt left in.

Nothing global is touched: no rcParams, no backend, no font. Every text carries font families of
its own, because glyphs are looked for only down the list that the text itself has.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib import rcParams
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from provstats.compare import gap_to_national, rank
from provstats.errors import IncomparableError, UnknownRegionError
from provstats.fonts import chinese_families
from provstats.labels import (
    QUALIFIED,
    Lang,
    Scale,
    Voice,
    digits_of,
    number_text,
    scale_of,
    voice_of,
    words_of,
)
from provstats.observations import check_frame
from provstats.places import region

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.typing import ColorType

    from provstats.comparables import Comparable

__all__ = ["chinese_families", "ranking"]

# Points: sizes of text, the gap between columns, the height of a row.
_TITLE, _BODY, _SMALL, _GAP, _ROW = 13.0, 9.0, 8.0, 14.0, 19.0
# Inches around a figure of our own.
_PAD: Final = 0.12
# Pixels kept clear at the edge of a figure.
_EDGE: Final = 4
# What the plot keeps of the axes' width, however wide the columns are.
_LEAST_PLOT: Final = 0.3


def ranking(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    lang: Lang | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw provinces by rank: value, interval, range of ranks and, where known, the nation.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, but of one indicator and one period.
    lang : {"zh", "en"}, optional
        The language of all words; by default Chinese in a Chinese locale, else English.
    highlight : str or iterable of str
        Regions to set off, by any name.
    title, subtitle, source : str, optional
        Texts to print instead of the default ones; ``""`` for none. By default the title says who
        leads only where the intervals leave no doubt, and the source is what the rows name. One
        with a character that no font has is left out with a warning.
    ax : Axes, optional
        Where to draw; by default a new figure, as high as the rows need.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a region, the first at 0; the x
        axis is in the base unit.

    Raises
    ------
    IncomparableError
        If there are several indicators or periods, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If the language or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    >>> ax = ps.plot.ranking(growth, lang="en", highlight=["重庆"], ax=Figure().subplots())
    >>> ax.get_title(loc="left")
    'Shandong leads the 5 provinces shown'
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Shandong', 'Chongqing', 'Zhejiang', 'Hainan', 'Beijing']
    """
    rows = _ranked(x)
    marked = _marked(highlight, rows)
    given = [title, subtitle, source, *rows["indicator"], *rows["unit"], *rows["source"]]
    voice = voice_of(lang, given)
    scale = scale_of(rows, voice)
    own, ax = ax is None, _new_axes() if ax is None else ax
    pen = _Pen(ax, voice, _inks(), marked)
    nation = _nation(x)
    _offer_chinese(pen)
    _draw_rows(pen, rows)
    reserved = _draw_columns(pen, rows, scale)
    # Only a settled layout tells how wide the axes are; settling it draws nothing.
    ax.figure.figure.draw_without_rendering()
    _keep_inside(ax)
    _draw_scale(pen, _ends(rows, nation), reserved, scale)
    if nation is not None:
        _draw_nation(pen, nation, scale)
    cited = "" if nation is None else nation["national_source"]
    documents = [*rows["source"], *cited.split()]
    words = words_of(rows, documents, scale, voice, (title, subtitle, source))
    around = _draw_words(pen, *words)
    if own:
        ax.figure.figure.set_figheight((around + _ROW * len(rows)) / 72 + 2 * _PAD)
    _keep_inside(ax)
    return ax


# --- what is drawn ------------------------------------------------------------------------------


def _ranked(x: Comparable) -> pd.DataFrame:
    """Return the rows of the chart, best first, with every column that it needs."""
    ranked = rank(x).reset_index(drop=True)
    rows = check_frame(ranked).assign(
        qualifier=ranked.get("qualifier", "exact"),
        source=ranked.get("source", ""),
        **{column: ranked[column] for column in ("rank", "rank_best", "rank_worst")},
    )
    groups = rows[["indicator", "period"]].drop_duplicates().to_numpy().tolist()
    if len(groups) > 1:
        listed = ", ".join(f"{id_} {period}" for id_, period in groups)
        msg = (
            f"a chart ranks one indicator in one period, got: {listed}; "
            "choose one, as with ps.series({!r}, period={!r})".format(*groups[0])
        )
        raise IncomparableError(msg)
    return rows.sort_values("rank", kind="stable", ignore_index=True)


def _marked(highlight: str | Iterable[str], rows: pd.DataFrame) -> list[bool]:
    names = [highlight] if isinstance(highlight, str) else highlight
    wanted = {region(name).code: name for name in names}
    shown = rows["region"].to_list()
    if missing := [name for code, name in wanted.items() if code not in shown]:
        msg = f"highlighted regions {missing} have no value in the chart; those shown are {shown}"
        raise UnknownRegionError(msg)
    return [code in wanted for code in shown]


def _nation(x: Comparable) -> pd.Series | None:
    try:
        return gap_to_national(x).iloc[0]
    except IncomparableError:  # no benchmark, or reports that contradict one another
        return None


# --- drawing ------------------------------------------------------------------------------------


class _Inks(NamedTuple):
    text: ColorType
    muted: ColorType
    faint: ColorType
    accent: ColorType
    nation: ColorType
    nation_text: ColorType


def _inks() -> _Inks:
    """Derive greys from the caller's style; the two hues differ for the colour-blind too."""
    text = rcParams["text.color"]
    light_on_dark = sum(to_rgb(text)) > 3 / 2
    hues = ("#6BACE6", "#F46A25", "#F46A25") if light_on_dark else ("#12436D", "#F46A25", "#B8430B")
    return _Inks(text, to_rgba(text, 0.68), to_rgba(text, 0.12), *hues)


@dataclass(frozen=True, slots=True)
class _Pen:
    """The axes, and what all that is drawn in them shares."""

    ax: Axes
    voice: Voice
    inks: _Inks
    marked: list[bool]

    @property
    def font(self) -> dict[str, Any]:
        return {"fontfamily": self.voice.families, "parse_math": False}

    def shades(self, plain: ColorType) -> list[ColorType]:
        return [self.inks.accent if marked else plain for marked in self.marked]

    def points(self, pixels: float) -> float:
        return pixels * 72 / self.ax.figure.dpi

    def height(self, text: Text) -> float:
        return self.points(text.get_window_extent().height) if text.get_text() else 0.0

    def write(
        self,
        text: str,
        xy: tuple[float, float],
        shift: tuple[float, float],
        **style: Any,  # noqa: ANN401 - what Matplotlib's texts take
    ) -> Text:
        """Write a text some points off a place, by default one in fractions of the axes."""
        default = {"xycoords": "axes fraction", "fontsize": _SMALL, "color": self.inks.muted}
        return self.ax.annotate(
            text, xy, shift, textcoords="offset points", annotation_clip=False,
            **{**default, **self.font, **style},
        )  # fmt: skip


def _new_axes() -> Axes:
    from matplotlib import pyplot as plt  # noqa: PLC0415 - only here is its state touched

    layout = ConstrainedLayoutEngine(h_pad=_PAD, w_pad=_PAD)
    return plt.subplots(figsize=(7.2, 4.8), layout=layout)[1]


def _offer_chinese(pen: _Pen) -> None:
    """Let what the caller writes on the axes later be Chinese too."""
    for text in (pen.ax.title, pen.ax.xaxis.label, pen.ax.yaxis.label):
        text.set_fontfamily(list(dict.fromkeys([*text.get_fontfamily(), *pen.voice.chinese])))
    pen.ax.tick_params(labelfontfamily=pen.voice.families)


def _draw_rows(pen: _Pen, rows: pd.DataFrame) -> None:
    ax, places, inks = pen.ax, range(len(rows)), pen.shades(pen.inks.text)
    bars = [to_rgba(ink, 0.3) for ink in inks]
    ax.hlines(places, rows["lower"], rows["upper"], colors=bars, linewidth=4.5, zorder=2)
    dots = pen.shades(pen.inks.muted)
    ax.scatter(rows["value"], places, s=32, color=dots, linewidths=0, zorder=3, clip_on=False)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    names = [pen.voice.name(code) for code in rows["region"]]
    ax.set_yticks(places, names, fontsize=_BODY, **pen.font)
    for label, ink in zip(ax.get_yticklabels(), inks, strict=True):
        label.set_color(ink)
    ax.tick_params(length=0)
    ax.spines[["left", "top", "right"]].set_visible(False)


def _draw_columns(pen: _Pen, rows: pd.DataFrame, scale: Scale) -> float:
    """Write values and ranks at the right edge; return the points that they take."""
    pen.write(pen.voice.say("rank"), (1, 1), (0, 4), ha="right")
    taken = _draw_column(pen, [_rank_label(row) for _, row in rows.iterrows()], 0) + _GAP
    labels = [_value_label(row, scale, pen.voice) for _, row in rows.iterrows()]
    return taken + _draw_column(pen, labels, taken) + _GAP


def _keep_inside(ax: Axes) -> None:
    """Shrink axes whose texts leave the figure, where no layout engine does."""
    if ax.figure.figure.get_layout_engine() is not None:
        return
    texts = ax.get_tightbbox()
    if texts is None:  # invisible axes
        return
    room, box = ax.figure.bbox.padded(-_EDGE), ax.get_window_extent()
    left, bottom = max(room.x0 - texts.x0, 0), max(room.y0 - texts.y0, 0)
    right, top = max(texts.x1 - room.x1, 0), max(texts.y1 - room.y1, 0)
    inner = Bbox.from_extents(box.x0 + left, box.y0 + bottom, box.x1 - right, box.y1 - top)
    ax.set_position(inner.transformed(ax.figure.transSubfigure.inverted()))
    ax.set_in_layout(True)  # setting a position takes axes out of it


def _draw_column(pen: _Pen, labels: list[str], taken: float) -> float:
    at_row = pen.ax.get_yaxis_transform()
    style = {"xycoords": at_row, "ha": "right", "va": "center_baseline", "fontsize": _BODY}
    inks = pen.shades(pen.inks.text)
    texts = [
        pen.write(label, (1, row), (-taken, 0), color=ink, **style)
        for row, (label, ink) in enumerate(zip(labels, inks, strict=True))
    ]
    return pen.points(max(text.get_window_extent().width for text in texts))


def _rank_label(row: pd.Series) -> str:
    best, worst = row["rank_best"], row["rank_worst"]
    return f"{best}" if best == worst else f"{best}–{worst}"


def _value_label(row: pd.Series, scale: Scale, voice: Voice) -> str:
    """Print a value; one that was printed as a bound or about so, with its interval."""
    label = scale.label(row["value"], row["lower"], row["upper"])
    if row["qualifier"] not in QUALIFIED:
        return label
    ends = (row[end] / scale.factor for end in ("lower", "upper"))
    lower, upper = (number_text(end, digits_of(end)) for end in ends)
    return f"{label} ({lower}{voice.say('to')}{upper})"


def _ends(rows: pd.DataFrame, nation: pd.Series | None) -> tuple[float, float]:
    """Return the ends of the scale with some air, which turns no positive scale negative."""
    least, most = rows["lower"].min(), rows["upper"].max()
    if nation is not None:
        least, most = min(least, nation["national_lower"]), max(most, nation["national_upper"])
    air = 0.05 * (most - least) or 0.05 * abs(most) or 1.0
    return max(0.0, least - air) if least >= 0 else least - air, most + air


def _draw_scale(pen: _Pen, ends: tuple[float, float], reserved: float, scale: Scale) -> None:
    """Scale the x axis so that the columns have the right of the axes to themselves."""
    ax, (left, right) = pen.ax, ends
    share = max(_LEAST_PLOT, 1 - reserved / pen.points(ax.get_window_extent().width))
    ax.set_xlim(left, left + (right - left) / share)
    locator = MaxNLocator(5, steps=[1, 2, 5, 10])
    steps = locator.tick_values(left / scale.factor, right / scale.factor)
    ticks = [step for step in steps if left <= step * scale.factor <= right]
    digits = max(digits_of(tick) for tick in ticks)
    labels = [number_text(tick, digits) for tick in ticks]
    style = {"fontsize": _SMALL, "color": pen.inks.muted, **pen.font}
    ax.set_xticks([tick * scale.factor for tick in ticks], labels, **style)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="x", color=pen.inks.faint, linewidth=0.8, linestyle="-")
    ax.set_axisbelow(True)
    ax.spines["bottom"].set(bounds=ends, color=pen.inks.muted)


def _draw_nation(pen: _Pen, nation: pd.Series, scale: Scale) -> None:
    ax, at = pen.ax, nation["national"]
    ends = nation["national_lower"], nation["national_upper"]
    ax.axvspan(*ends, color=pen.inks.nation, alpha=0.12, linewidth=0, zorder=1)
    ax.axvline(at, color=pen.inks.nation, linewidth=1.2, linestyle="--", zorder=1.5)
    basis = pen.voice.say(nation["national_basis"])
    label = f"{pen.voice.say('nation')} {scale.label(at, *ends)} ({basis})"
    # The label turns to the middle of the plot, away from names and columns.
    ha = "left" if at < sum(ax.spines["bottom"].get_bounds()) / 2 else "right"
    style = {"xycoords": ax.get_xaxis_transform(), "ha": ha, "color": pen.inks.nation_text}
    pen.write(label, (at, 1), (0, 4), **style)


def _draw_words(pen: _Pen, title: str, subtitle: str, footer: str) -> float:
    """Write title and subtitle above and the footer below, all flush with the longest name.

    The points that they take above and below the axes are returned.
    """
    ax, frame = pen.ax, pen.ax.get_window_extent()
    start = min(label.get_window_extent().x0 for label in ax.get_yticklabels())
    left, room = pen.points(start - frame.x0), frame.x1 - start
    lead = _wrapped(pen.write(subtitle, (0, 1), (left, 20), fontsize=_BODY), room)
    pad = 27 + pen.height(lead)
    style = {"x": (start - frame.x0) / frame.width, "pad": pad, "color": pen.inks.text, **pen.font}
    head = _wrapped(ax.set_title(title, loc="left", fontsize=_TITLE, **style), room)
    foot = _wrapped(pen.write(footer, (0, 0), (left, -22), va="top"), room)
    return pad + pen.height(head) + 22 + pen.height(foot)


def _wrapped(text: Text, room: float) -> Text:
    words, width = text.get_text(), text.get_window_extent().width
    if width > room:
        text.set_text(fill(words, int(0.95 * len(words) * room / width)))
    return text
