"""Charts: what a comparison found, drawn into Matplotlib axes with its doubt left in.

Nothing global is touched: no rcParams, no backend, no font. Every text carries font families of
its own, because glyphs are looked for only down the list that the text itself has.
"""

from __future__ import annotations

import locale
import re
import warnings
from dataclasses import dataclass
from decimal import Decimal
from math import isclose, log10
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from matplotlib import font_manager, rcParams
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from provstats.compare import gap_to_national, rank
from provstats.documents import sources
from provstats.errors import (
    IncomparableError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
)
from provstats.indicators import indicator
from provstats.observations import check_frame
from provstats.periods import parse_period
from provstats.places import mainland, region, registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.typing import ColorType

    from provstats.comparables import Comparable

__all__ = ["ranking"]

Lang = Literal["zh", "en"]

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "zh": {
        "leads": "有数据的{n}个省份中{name}居首", "leads_all": "{name}居首",
        "n": "{all}省份中{n}个有数据", "rank": "位次", "to": "至", "bars": "横线为取值区间",
        "source": "资料来源：", "nation": "全国", "implied": "推算值", "reported": "公布值",
        "and": "，", "outcome": "", "forecast": "预计", "target": "目标",
        "": "{a.year}年", "years": "{a.year}—{b.year}年",
        "month": "{a.year}年{a.month}月", "months": "{a.year}年{a.month}—{b.month}月",
        "across": "{a.year}年{a.month}月—{b.year}年{b.month}月",
        "H1": "{a.year}年上半年", "H2": "{a.year}年下半年", "Q1": "{a.year}年一季度",
        "Q2": "{a.year}年二季度", "Q3": "{a.year}年三季度", "Q4": "{a.year}年四季度",
    },
    "en": {
        "leads": "{name} leads the {n} provinces that report", "leads_all": "{name} leads",
        "n": "reported by {n} of {all} provinces", "rank": "Rank", "to": " to ",
        "bars": "Bars: range of each value", "source": "Source: ",
        "nation": "China", "implied": "implied", "reported": "reported",
        "and": " · ", "outcome": "", "forecast": "forecast", "target": "target",
        "": "{a.year}", "years": "{a.year}–{b.year}",
        "month": "{first} {a.year}", "months": "{first}–{last} {a.year}",
        "across": "{first} {a.year}–{last} {b.year}",
        "H1": "first half of {a.year}", "H2": "second half of {a.year}", "Q1": "Q1 {a.year}",
        "Q2": "Q2 {a.year}", "Q3": "Q3 {a.year}", "Q4": "Q4 {a.year}",
    },
}  # fmt: skip
# Not strftime: the caller's locale would choose the language.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# The steps in which a unit is printed, the greatest first; other units follow their number.
_SCALES: Final[dict[Lang, dict[str, tuple[tuple[float, str], ...]]]] = {
    "zh": {
        "percent": ((1, "{}%"),), "percentage_point": ((1, "{}个百分点"),),
        "count": ((1, "{}"),), "rank": ((1, "{}"),),
        "CNY": ((1e12, "{}万亿元"), (1e8, "{}亿元")),
        "USD": ((1e12, "{}万亿美元"), (1e8, "{}亿美元")),
    },
    "en": {
        "percent": ((1, "{}%"),), "percentage_point": ((1, "{} pp"),),
        "count": ((1, "{}"),), "rank": ((1, "{}"),),
        "CNY": ((1e12, "CNY {} trn"), (1e9, "CNY {} bn")),
        "USD": ((1e12, "USD {} trn"), (1e9, "USD {} bn")),
    },
}  # fmt: skip
_QUALIFIED: Final = ("about", "over", "nearly", "under")
_CJK: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CJK_FAMILIES: Final = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Heiti SC", "STHeiti", "Microsoft YaHei", "DengXian", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Arial Unicode MS",
)  # fmt: skip

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
        The language of all words; by default Chinese in a Chinese locale, else English. Chinese
        needs an installed font: without one the chart is in English, and a warning says so.
    highlight : str or iterable of str
        Regions to set off, by any name.
    title, subtitle, source : str, optional
        Texts to print instead of the default ones; ``""`` for none. By default the title says who
        leads only where the intervals leave no doubt, and the source is what the rows name.
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
    'Shandong leads the 5 provinces that report'
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Shandong', 'Chongqing', 'Zhejiang', 'Hainan', 'Beijing']
    """
    rows = _ranked(x)
    marked = _marked(highlight, rows)
    voice = _voice(lang, [title, subtitle, source, *rows["indicator"], *rows["unit"]])
    scale = _scale(rows, voice)
    own, ax = ax is None, _new_axes() if ax is None else ax
    pen = _Pen(ax, voice, _inks(), marked)
    nation = _nation(x)
    _draw_rows(pen, rows)
    reserved = _draw_columns(pen, rows, scale)
    # Only a settled layout tells how wide the axes are; settling it draws nothing.
    ax.figure.figure.draw_without_rendering()
    _keep_inside(ax)
    _draw_scale(pen, _ends(rows, nation), reserved, scale)
    if nation is not None:
        _draw_nation(pen, nation, scale)
    around = _draw_words(pen, *_words(rows, scale, voice, (title, subtitle, source)))
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


def _catalogued(rows: pd.DataFrame, field: str) -> str:
    """Look an indicator up; a caller's frame may carry one that the catalogue does not know."""
    try:
        return str(getattr(indicator(rows["indicator"].iloc[0]), field))
    except UnknownIndicatorError:
        return ""


# --- language and fonts -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Voice:
    """The language of a chart, and the family with Chinese characters, where there is one."""

    lang: Lang
    cjk: str | None

    @property
    def families(self) -> list[str]:
        chinese = [self.cjk] if self.cjk else []
        own = list(rcParams["font.family"])
        return [*chinese, *own] if self.lang == "zh" else [*own, *chinese]

    def draws(self, text: str) -> bool:
        return self.cjk is not None or not _CJK.search(text)

    def choice(self, given: str | None, default: str) -> str:
        return default if given is None or not self.draws(given) else given

    def say(self, key: str, **values: object) -> str:
        return _WORDS[self.lang][key].format(**values)

    def joined(self, *parts: str) -> str:
        return self.say("and").join(part for part in parts if part and self.draws(part))

    def name(self, code: str) -> str:
        return str(getattr(registry()[code], f"name_{self.lang}"))


def _voice(lang: Lang | None, given: Iterable[str | None]) -> _Voice:
    lang = lang or _locale_lang()
    if lang not in _WORDS:
        msg = f"lang must be one of {list(_WORDS)} or None, got {lang!r}"
        raise SchemaError(msg)
    cjk = _cjk_family()
    if cjk is None and (lang == "zh" or any(_CJK.search(text or "") for text in given)):
        warnings.warn(
            "no font with Chinese characters is installed, so the chart is in English and leaves "
            "out the Chinese texts given; install one, such as Noto Sans CJK SC",
            stacklevel=3,
        )
        return _Voice("en", None)
    return _Voice(lang, cjk)


def _locale_lang() -> Lang:
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _cjk_family() -> str | None:
    installed = set(font_manager.get_font_names())
    return next((family for family in _CJK_FAMILIES if family in installed), None)


# --- numbers ------------------------------------------------------------------------------------


class _Scale(NamedTuple):
    """How the values of one chart are printed."""

    factor: float
    form: str
    digits: int = 0

    @property
    def word(self) -> str:
        return " ".join(self.form.format("").removeprefix("个").split())

    def label(self, value: float, lower: float, upper: float) -> str:
        """Print a value: 7% and 7.0% differ, for the first allows 6.5 to 7.5."""
        number = value / self.factor
        rounded = _rounded_to((upper - lower) / self.factor)
        claimed = self.digits if rounded is None else rounded
        return self.form.format(_number(number, max(claimed, _digits(number))))


def _scale(rows: pd.DataFrame, voice: _Voice) -> _Scale:
    """Choose one step for all rows, the greatest in which the least value is still readable."""
    unit = rows["unit"].iloc[0] or _catalogued(rows, "unit")
    plain = ((1.0, f"{{}} {unit}".strip() if voice.draws(unit) else "{}"),)
    steps = [_Scale(*step) for step in _SCALES[voice.lang].get(unit, plain)]
    sizes = rows["value"].abs()
    least = sizes[sizes > 0].min()
    step = next((step for step in steps if step.factor <= 10 * least), steps[-1])
    widths = (rows["upper"] - rows["lower"]) / step.factor
    own = [
        _digits(value / step.factor)
        for value, width in zip(rows["value"], widths, strict=True)
        if _rounded_to(width) is None
    ]
    return step._replace(digits=max(own, default=0))


def _rounded_to(width: float) -> int | None:
    """Return the digits of a figure whose interval is what rounding leaves, as 1 for 0.1 wide."""
    digits = -log10(width) if width > 0 else 0.5
    return round(digits) if isclose(digits, round(digits), abs_tol=1e-6) else None


def _digits(value: float) -> int:
    return max(0, -int(Decimal(f"{value:.4g}").normalize().as_tuple().exponent))


def _number(value: float, digits: int) -> str:
    return f"{value:z,.{digits}f}".replace("-", "−")


# --- words --------------------------------------------------------------------------------------


def _words(
    rows: pd.DataFrame, scale: _Scale, voice: _Voice, given: tuple[str | None, ...]
) -> tuple[str, str, str]:
    """Return title, subtitle and footer."""
    title, subtitle, source = given
    name = _catalogued(rows, f"name_{voice.lang}") or rows["indicator"].iloc[0]
    finding = _finding(rows, voice)
    unit = f"({scale.word})" if scale.word else ""
    about = voice.joined(
        f"{voice.joined(name)} {unit}".strip() if finding else scale.word,
        voice.say(rows["nature"].iloc[0]),
        _period_words(rows["period"].iloc[0], voice),
        voice.say("n", n=len(rows), all=len(mainland().union(rows["region"]))),
    )
    named = voice.choice(source, _documents(rows, voice))
    footer = voice.joined(
        voice.say("bars") if (rows["upper"] > rows["lower"]).any() else "",
        named and voice.say("source") + named,
    )
    return voice.choice(title, finding or voice.joined(name)), voice.choice(subtitle, about), footer


def _finding(rows: pd.DataFrame, voice: _Voice) -> str:
    """Say who leads, or nothing: where another may be first too, or where more is not better."""
    leaders = rows.loc[rows["rank_best"] == 1, "region"]
    if len(leaders) > 1 or len(rows) == 1 or _catalogued(rows, "direction") in ("", "neutral"):
        return ""
    leads = "leads_all" if mainland().issubset(rows["region"]) else "leads"
    return voice.say(leads, name=voice.name(leaders.iloc[0]), n=len(rows))


def _period_words(label: str, voice: _Voice) -> str:
    span = parse_period(label)
    a, b = span.start, span.end
    kind = label[5:]  # empty for 2024, H1 for 2024-H1
    if kind and kind[0] not in "HQ":
        months = "month" if span.months == 1 else "months" if a.year == b.year else "across"
        kind = months if "-" in label else "years"
    return voice.say(kind, a=a, b=b, first=_MONTHS[a.month - 1], last=_MONTHS[b.month - 1])


def _documents(rows: pd.DataFrame, voice: _Voice) -> str:
    """Name the documents by title, or by id where there are no glyphs for the title."""
    titles = dict(sources()[["id", "title"]].to_numpy())
    ids = [id_ for id_ in rows["source"].dropna().unique() if id_]
    named = (voice.choice(titles.get(id_), id_) for id_ in ids)
    return ("；" if voice.lang == "zh" else "; ").join(filter(voice.draws, named))


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
    voice: _Voice
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


def _draw_columns(pen: _Pen, rows: pd.DataFrame, scale: _Scale) -> float:
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


def _value_label(row: pd.Series, scale: _Scale, voice: _Voice) -> str:
    """Print a value; one that was printed as a bound or about so, with its interval."""
    label = scale.label(row["value"], row["lower"], row["upper"])
    if row["qualifier"] not in _QUALIFIED:
        return label
    ends = (row[end] / scale.factor for end in ("lower", "upper"))
    lower, upper = (_number(end, _digits(end)) for end in ends)
    return f"{label} ({lower}{voice.say('to')}{upper})"


def _ends(rows: pd.DataFrame, nation: pd.Series | None) -> tuple[float, float]:
    """Return the ends of the scale with some air, which turns no positive scale negative."""
    least, most = rows["lower"].min(), rows["upper"].max()
    if nation is not None:
        least, most = min(least, nation["national_lower"]), max(most, nation["national_upper"])
    air = 0.05 * (most - least) or 0.05 * abs(most) or 1.0
    return max(0.0, least - air) if least >= 0 else least - air, most + air


def _draw_scale(pen: _Pen, ends: tuple[float, float], reserved: float, scale: _Scale) -> None:
    """Scale the x axis so that the columns have the right of the axes to themselves."""
    ax, (left, right) = pen.ax, ends
    share = max(_LEAST_PLOT, 1 - reserved / pen.points(ax.get_window_extent().width))
    ax.set_xlim(left, left + (right - left) / share)
    locator = MaxNLocator(5, steps=[1, 2, 5, 10])
    steps = locator.tick_values(left / scale.factor, right / scale.factor)
    ticks = [step for step in steps if left <= step * scale.factor <= right]
    digits = max(_digits(tick) for tick in ticks)
    labels = [_number(tick, digits) for tick in ticks]
    style = {"fontsize": _SMALL, "color": pen.inks.muted, **pen.font}
    ax.set_xticks([tick * scale.factor for tick in ticks], labels, **style)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="x", color=pen.inks.faint, linewidth=0.8, linestyle="-")
    ax.set_axisbelow(True)
    ax.spines["bottom"].set(bounds=ends, color=pen.inks.muted)


def _draw_nation(pen: _Pen, nation: pd.Series, scale: _Scale) -> None:
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
