"""Funnels: rates against the size of what they are rates of, with the limits of chance."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from provstats.compare import rank
from provstats.errors import IncomparableError
from provstats.indicators import look_up_indicator
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    say_highest_and_lowest,
    say_period,
    say_province_count,
    say_regions,
)
from provstats.plot.parts.limits import INNER, OUTER, compute_chance_limits
from provstats.plot.parts.marks import draw_dots, draw_lines, draw_shapes
from provstats.plot.parts.places import Named, place_leader, place_names
from provstats.plot.parts.selections import (
    choose_one_period,
    collect_compared_rows,
    convert_chart_input,
    mark_highlighted_regions,
)
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.sizes import find_size_measure, find_sizes
from provstats.plot.parts.titles import add_period_to_title, find_measure_of_rows
from provstats.plot.parts.value_axis import TICKS, choose_height_ticks, draw_height_axis
from provstats.words.numbers import Scale, choose_scale, format_number
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType
    from numpy.typing import NDArray

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.places import Box
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.measures import Measure
    from provstats.words.voices import Voice

__all__ = ["funnel"]

# Points of the height, of dots and triangles, from these to names, and of the name of the x axis.
_HEIGHT, _HEIGHT_IN_COLUMN, _DOT, _TRIANGLE, _BESIDE, _NAME = 265.0, 215.0, 5.4, 6.8, 6.0, 13.0
# Points beside ticks, and that a tick of the x axis takes across.
_BESIDE_TICKS, _ACROSS = 6.0, 34.0
# Points from one place of a limit to the next, and the part of the rates that is free above them.
_STEP, _AIR = 3.0, 0.06
# Rates are so many of a round amount that the average is one at least.
_PERCENT: Final = 100.0


class _Rates(NamedTuple):
    """Rates by province with all that is drawn: `value` is in what the y axis shows."""

    #: region, value, lower, upper, nature, size, qualifier, source and so on.
    rows: pd.DataFrame
    #: The rate of all together, and by how much a rate is multiplied to be shown.
    average: float
    factor: float
    is_share: bool

    def compute_limits(self, sizes: NDArray[np.float64], deviation: float) -> NDArray[np.float64]:
        """Return the least and the greatest rate that chance leaves, as they are shown."""
        rate = self.average / self.factor
        return self.factor * np.array(
            compute_chance_limits(rate, sizes, deviation, is_share=self.is_share)
        )

    @property
    def sides(self) -> NDArray[np.int64]:
        """1 for what is certainly more than chance gives, -1 for less, else 0."""
        low, high = self.compute_limits(self.rows["size"].to_numpy(), OUTER)
        above, below = (self.rows["lower"] > high), (self.rows["upper"] < low)
        sides: NDArray[np.int64] = above.to_numpy(np.int64) - below.to_numpy(np.int64)
        return sides


def funnel(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    denominator: Any,  # noqa: ANN401 - an indicator, or a frame of any library
    *,
    lang: str | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    style: Mapping[str, Any] | None = None,
    width: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw rates against the size of their denominator, and how far apart chance alone puts them.

    Small provinces have extreme rates by chance; a ranking of rates takes that for merit. Within
    the inner limits 95% would lie if all had one rate, within the outer ones 99.8%. What lies
    outside of these with all of its interval is a triangle; all else is a dot.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, of one indicator: counts, which are divided by the denominator (limits of
        Poisson's distribution), or shares in percent of it (binomial limits). Of several periods as
        for `ranking`.
    denominator : str or DataFrame
        ``"population"``, ``"gdp"`` or another indicator of the shipped data, or a frame with
        ``region``, ``period`` and ``value`` (bounds, unit, source and indicator optional), for the
        period of `x`. That of shares is a count of what they are shares of.
    lang, title, subtitle, source, style, width, ax
        As for `ranking`. By default the title counts those that are certainly outside.
    highlight : str or iterable of str
        Regions to name, with a dot in the accent colour.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. The x axis is the square root of the
        denominator in its base unit, the y axis the rate as the subtitle has it. Provinces without
        a denominator are left out, which the footer says.

    Raises
    ------
    IncomparableError
        If `x` is neither a count nor a share, a share's denominator is no count, no province has a
        denominator (it is said for which periods there are some), there are several indicators, a
        frame has several periods, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or a frame does not hold.

    Examples
    --------
    >>> import pandas as pd
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> firms = pd.DataFrame(
    ...     {
    ...         "region": ["CN-BJ", "CN-SD", "CN-GZ"],
    ...         "indicator": "little_giants",
    ...         "period": "2024",
    ...         "value": [1035, 1035, 100],
    ...         "unit": "count",
    ...     }
    ... )
    >>> people = firms.assign(value=[2183e4, 10080e4, 3860e4], indicator="population")
    >>> ax = ps.plot.funnel(firms, people, lang="en", ax=Figure((7, 5)).subplots())
    >>> print(ax.get_title(loc="left"))
    For their population, 1 province has more “little
    giants” than chance would give, 2 fewer, 2024
    """
    x = convert_chart_input(x)
    rows, choices = choose_one_period(collect_compared_rows(x, rank), x)
    is_share = _is_share(rows)
    sizes = find_sizes(rows, denominator)
    rates = _compute_rates(rows, sizes, is_share=is_share)
    shown = rates.rows["region"].to_list()
    marks = dict(zip(shown, mark_highlighted_regions(highlight, shown), strict=True))
    given = [title, subtitle, source, *rows["indicator"], *rows["source"]]
    voice = choose_voice(lang, given, style)
    size, measure = find_size_measure(denominator, voice), find_measure_of_rows(rows, voice)
    amount = _say_amount(rates, sizes, voice)
    without = [code for code in rows["region"] if code not in shown]
    sheet = open_sheet(ax, voice, style, width)
    period = voice.name_period(rates.rows["period"].iloc[0])
    finding = add_period_to_title(_say_finding(rates, size, voice), period, voice)
    words = build_indicator_caption(
        rates.rows, Scale(1, "{}%" if is_share else "{}"), voice, Wishes(title, subtitle, source),
        subject="{name}" if is_share else voice.say("rate_of", name=measure.head or "{name}",
                                                    amount=amount, size=size.name),
        finding=finding,
        about=[say_period(rows, choices, voice), say_province_count(rates.rows, voice)],
        notes=[voice.say("binomial" if is_share else "poisson"), _explain_ranges(rates, voice),
               say_regions("no_denominator", without, voice)],
        documents=[*rates.rows["source"], *sizes.loc[shown, "source"]],
    )  # fmt: skip
    scale = _choose_scale(rates)
    _place_sheet(sheet, words, rates, scale)
    _draw_limits(sheet, rates)
    _write_sizes(sheet, rates, sizes, size)
    _draw_rates(sheet, rates, marks)
    lacking = _write_names(sheet, rates, marks)
    sheet.warn_of_missing_parts("" if sheet.own else lacking)
    return sheet.finish_chart(
        words,
        [*_say_regions_outside(rates, voice), say_highest_and_lowest(rates.rows, scale, voice)],
    )


# --- rates ----------------------------------------------------------------------------------------


def _is_share(rows: pd.DataFrame) -> bool:
    """Tell shares from counts; refuse what is neither."""
    id_, unit = str(rows["indicator"].iloc[0]), str(rows["unit"].iloc[0])
    indicator = look_up_indicator(id_)
    unit = unit or (indicator.unit if indicator else "")
    if unit == "percent" and (indicator is None or indicator.measure == "share"):
        return True
    if unit != "count":
        msg = (
            f"the limits of a funnel are those of counts and of shares of a count, and {id_!r} is "
            f"{'no share' if unit == 'percent' else f'in {unit!r}'}; ps.per divides it, and "
            "ps.plot.ranking draws that"
        )
        raise IncomparableError(msg)
    return False


def _compute_rates(rows: pd.DataFrame, sizes: pd.DataFrame, *, is_share: bool) -> _Rates:
    known = rows[rows["region"].isin(sizes.index)].reset_index(drop=True)
    if known.empty:
        msg = (
            f"no province of {[*rows['region']]} has a denominator for {rows['period'].iloc[0]}; "
            f"those that have one are {[*sizes.index]}"
        )
        raise IncomparableError(msg)
    own = sizes.loc[known["region"]].reset_index(drop=True)
    if is_share:
        if not {*own["unit"]} <= {"", "count"}:
            msg = f"the denominator of a share must be a count, got one in {own['unit'].iloc[0]!r}"
            raise IncomparableError(msg)
        average = float((known["value"] * own["value"]).sum() / own["value"].sum())
        return _Rates(known.assign(size=own["value"]), average, _PERCENT, is_share=True)
    rate = float(known["value"].sum() / own["value"].sum())
    factor = 10.0 ** ceil(-log10(rate)) if rate > 0 else 1.0
    ends = {
        "value": known["value"] / own["value"],
        "lower": known["lower"].clip(lower=0) / own["upper"],
        "upper": known["upper"] / own["lower"],
    }
    shown: Any = {end: factor * quotient for end, quotient in ends.items()}
    return _Rates(known.assign(**shown, size=own["value"]), factor * rate, factor, is_share=False)


def _choose_scale(rates: _Rates) -> Scale:
    """Choose the scale of rates: three significant digits of the average."""
    digits = max(0, 2 - floor(log10(rates.average))) if rates.average > 0 else 1
    return Scale(1, "{}%" if rates.is_share else "{}", digits)


def _say_amount(rates: _Rates, sizes: pd.DataFrame, voice: Voice) -> str:
    """Print the amount of the denominator that a rate is per."""
    amount = rates.factor
    one = {"indicator": "", "unit": sizes["unit"].iloc[:1]}
    # A tenth, for which units are taken that are no more than the amount.
    row = pd.DataFrame({**one, **dict.fromkeys(("value", "lower", "upper"), amount / 10)})
    return choose_scale(row, voice)._replace(digits=0).format_value(amount, amount, amount)


# --- drawing --------------------------------------------------------------------------------------


def _place_sheet(sheet: Sheet, words: Caption, rates: _Rates, scale: Scale) -> None:
    """Place the sheet, and scale sizes and rates."""
    top = max(float(rates.rows["upper"].max()), rates.average)
    low = 0.0
    if rates.is_share:
        low, high = (
            float(ends.min() if side == 0 else ends.max())
            for side, ends in enumerate(rates.compute_limits(rates.rows["size"].to_numpy(), OUTER))
        )
        low, top = min(low, float(rates.rows["lower"].min())), max(top, high)
    ticks = choose_height_ticks((low, top), scale, is_log=False)
    left = max(sheet.measure(label, sheet.sizes.small) for label in ticks[1]) + _BESIDE_TICKS
    height = _HEIGHT_IN_COLUMN if sheet.is_column else _HEIGHT
    told = _say_average(rates, sheet.voice)
    right = _BESIDE + max(sheet.measure(text, sheet.sizes.small, bold=True) for text in told)
    sheet.place(words, Margins(left, right, sheet.sizes.small, TICKS + _NAME), height)
    root = np.sqrt(rates.rows["size"].to_numpy())
    sheet.ax.set_xlim(0, float(root.max()) * (1 + _AIR))
    draw_height_axis(sheet, (low, top), ticks, is_log=False)
    if not rates.is_share:
        sheet.ax.set_ylim(0, top * (1 + _AIR))


def _draw_limits(sheet: Sheet, rates: _Rates) -> None:
    """Draw the bands that chance leaves, their edges, and the rate of all together."""
    palette, ax = sheet.palette, sheet.ax
    roots = _choose_roots(sheet)
    edges: list[list[tuple[float, float]]] = []
    for deviation, ground in ((OUTER, palette.funnel[1]), (INNER, palette.funnel[0])):
        low, high = np.clip(rates.compute_limits(roots**2, deviation), *_find_outer_heights(sheet))
        sides = [list(zip(roots.tolist(), side.tolist(), strict=True)) for side in (low, high)]
        draw_shapes(sheet, [[*sides[0], *reversed(sides[1])]], [ground], zorder=0.4)
        edges += sides
    style: dict[str, Any] = {"linestyles": ["solid", "solid", (0, (3, 2)), (0, (3, 2))]}
    draw_lines(sheet, edges, [palette.quiet], 1.0, zorder=0.8, **style)
    middle = [[(0, rates.average), (ax.get_xlim()[1], rates.average)]]
    draw_lines(sheet, middle, [palette.nation], 1.4, zorder=1.2)
    left, bottom, _, top = _place_average(sheet, rates)
    for text, y in zip(_say_average(rates, sheet.voice), (top, bottom), strict=True):
        sheet.write(
            text, (0, 0), (left, (2 * y + bottom + top) / 4), middle=True, bold=True,
            size=sheet.sizes.small, ink=palette.nation_text, gid="nation",
        )  # fmt: skip


def _say_average(rates: _Rates, voice: Voice) -> tuple[str, str]:
    return voice.say("average"), _choose_scale(rates).format_value(*[rates.average] * 3)


def _place_average(sheet: Sheet, rates: _Rates) -> Box:
    """Return where the average is written, at the right of its line."""
    _, (middle,) = _convert_to_points(sheet, np.zeros(1), np.array([rates.average]))
    half, left = 1.2 * sheet.sizes.small, sheet.body[0] + _BESIDE
    wide = sheet.margins.right - _BESIDE
    return left, float(middle) - half, left + wide, float(middle) + half


def _choose_roots(sheet: Sheet) -> NDArray[np.float64]:
    """Return the places along the x axis at which limits are worked out."""
    right = sheet.ax.get_xlim()[1]
    count = max(2, int(sheet.body[0] / _STEP))
    return np.array([right / 1000, *np.linspace(right / count, right, count)])


def _find_outer_heights(sheet: Sheet) -> tuple[float, float]:
    """Return heights well outside of the axes."""
    bottom, top = sheet.ax.get_ylim()
    return bottom - (top - bottom), top + (top - bottom)


def _write_sizes(sheet: Sheet, rates: _Rates, sizes: pd.DataFrame, size: Measure) -> None:
    """Write round sizes below the axes, and what they are."""
    voice, small, ink = sheet.voice, sheet.sizes.small, sheet.palette.quiet_text
    unit = {"indicator": "", "unit": sizes["unit"].iloc[0]}
    frame = rates.rows.assign(**unit, value=rates.rows["size"])
    scale = choose_scale(frame.assign(lower=frame["value"], upper=frame["value"]), voice)
    right = sheet.ax.get_xlim()[1]
    per_root = sheet.body[0] / right
    taken: list[tuple[float, float]] = []
    for step in _list_round_sizes(right**2 / scale.factor):
        label = format_number(step, max(0, -floor(log10(step))) if step else 0)
        middle, half = np.sqrt(step * scale.factor) * per_root, sheet.measure(label, small) / 2 + 7
        is_free = all(middle + half <= a or b <= middle - half for a, b in taken)
        if is_free and (step == 0 or middle + half <= sheet.body[0] + 4):
            taken.append((middle - half, middle + half))
            sheet.write(label, (0, 0), (middle, -4 - 0.74 * small), ha="center", size=small,
                        ink=ink, gid="tick")  # fmt: skip
    told = voice.say("unit_of").join(filter(None, (size.head, scale.word)))
    for text in (voice.say("root_axis", name=told), voice.say("root_axis_brief", name=told)):
        if sheet.measure(text, small) <= sheet.body[0] + sheet.margins.left:
            sheet.write(text, (1, 0), (0, -4 - TICKS - 0.74 * small), ha="right", size=small,
                        ink=ink, gid="axis")  # fmt: skip
            return


def _list_round_sizes(most: float) -> list[float]:
    """Return round sizes up to the most, those first that must have a label."""
    power = floor(log10(most))
    order = (1.0, 5.0, 2.0, 3.0, 4.0, 8.0)
    steps = [by * 10.0 ** (power - down) for down in range(3) for by in order]
    return [0.0, *(step for step in sorted(steps, key=lambda at: order.index(_find_first_digit(at)))
                   if step <= most)]  # fmt: skip


def _find_first_digit(step: float) -> float:
    """Return the first digit of a round number."""
    return float(round(step / 10.0 ** floor(log10(step) + 1e-9)))


def _draw_rates(sheet: Sheet, rates: _Rates, marks: Mapping[str, bool]) -> None:
    """Draw the range of each rate, dots inside the limits, triangles outside."""
    palette, rows, sides = sheet.palette, rates.rows, rates.sides
    root = np.sqrt(rows["size"].to_numpy())
    per_point = abs(np.subtract(*sheet.ax.get_ylim())) / sheet.body[1]
    is_wide = ((rows["upper"] - rows["lower"]) > _DOT * per_point).to_numpy()
    ranges = [
        [(x, low), (x, high)]
        for x, low, high in np.c_[root, rows[["lower", "upper"]].to_numpy()][is_wide].tolist()
    ]
    draw_lines(sheet, ranges, [palette.quiet], 1.2, zorder=2)
    inks = _choose_inks(sheet, rates, marks)
    for side, marker in ((0, "o"), (1, "^"), (-1, "v")):
        here = np.flatnonzero(sides == side)
        draw_dots(
            sheet, (root[here], rows["value"].to_numpy()[here]), [inks[place] for place in here],
            hollow=(rows["nature"] != "outcome").to_numpy()[here], rim=0.8, marker=marker,
            size=_TRIANGLE if side else _DOT,
        )  # fmt: skip


def _choose_inks(sheet: Sheet, rates: _Rates, marks: Mapping[str, bool]) -> list[ColorType]:
    palette = sheet.palette
    by_side = {1: palette.accent, -1: palette.down, 0: palette.quiet}
    return [
        palette.accent if marks[code] and not side else by_side[side]
        for code, side in zip(rates.rows["region"], rates.sides.tolist(), strict=True)
    ]


def _write_names(sheet: Sheet, rates: _Rates, marks: Mapping[str, bool]) -> str:
    """Name what is highlighted or outside, and of the others those that have a free place.

    Return what must be named and has no place.
    """
    rows, sides, inks = rates.rows, rates.sides, _choose_inks(sheet, rates, marks)
    must = (sides != 0) | np.array([marks[code] for code in rows["region"]])
    order = np.lexsort((-np.abs(rows["value"] - rates.average), ~must)).tolist()
    texts = [sheet.voice.name_region(code) for code in rows["region"]]
    names = _measure_names(sheet, rates, texts, must)
    room = sheet.body[0] + sheet.margins.right, sheet.body[1]
    taken = [_place_average(sheet, rates)]
    found = place_names(
        [names[at] for at in order], _list_line_points(sheet, rates), room, _BESIDE, taken
    )
    leaders, lost = [], []
    for at, place in zip(order, found, strict=True):
        if place is None:
            lost += [texts[at]] if must[at] else []
            continue
        quiet = sheet.palette.quiet_text
        ink = sheet.palette.down_text if sides[at] < 0 else inks[at] if must[at] else quiet
        sheet.write(
            texts[at], (0, 0), (place.start, place.middle), middle=True, size=names[at].size,
            bold=bool(must[at]), ink=ink, gid="name",
        )  # fmt: skip
        if place.has_leader:
            leaders.append(place_leader(names[at], place))
    wide, high = sheet.body
    drawn = [[(x / wide, y / high) for x, y in line] for line in leaders]
    style: dict[str, Any] = {
        "zorder": 1.8,
        "transform": sheet.build_transform("axes"),
        "clip_on": False,
    }
    draw_lines(sheet, drawn, [sheet.palette.quiet], 0.7, **style)
    return f"the names of {', '.join(lost)}" if lost else ""


def _measure_names(
    sheet: Sheet, rates: _Rates, texts: Sequence[str], must: NDArray[np.bool_]
) -> list[Named]:
    size = sheet.sizes.small if sheet.is_column else sheet.sizes.body
    x, y = np.sqrt(rates.rows["size"].to_numpy()), rates.rows["value"].to_numpy()
    across, up = (points.tolist() for points in _convert_to_points(sheet, x, y))
    return [
        Named(across[at], up[at], sheet.measure(text, size, bold=is_bold), size, is_bold)
        for at, (text, is_bold) in enumerate(zip(texts, must.tolist(), strict=True))
    ]


def _convert_to_points(
    sheet: Sheet, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where data stand in the axes, in points."""
    (left, right), (bottom, top) = sheet.ax.get_xlim(), sheet.ax.get_ylim()
    wide, high = sheet.body
    return (x - left) / (right - left) * wide, (y - bottom) / (top - bottom) * high


def _list_line_points(sheet: Sheet, rates: _Rates) -> NDArray[np.float64]:
    """Return points of all lines that names should not cross."""
    roots = _choose_roots(sheet)
    sides = [*rates.compute_limits(roots**2, OUTER), *rates.compute_limits(roots**2, INNER),
             np.full(len(roots), rates.average)]  # fmt: skip
    return np.concatenate([np.c_[_convert_to_points(sheet, roots, side)] for side in sides])


# --- words ----------------------------------------------------------------------------------------


def _say_finding(rates: _Rates, size: Measure, voice: Voice) -> str:
    """Count those that are certainly outside the outer limits, of outcomes."""
    measure = find_measure_of_rows(rates.rows, voice)
    if (rates.rows["nature"] != "outcome").any() or not measure.name:
        return ""
    more, less = (int((rates.sides == side).sum()) for side in (1, -1))
    kind = "share" if rates.is_share else "count"
    words = {"m": measure.name, "size": size.name}
    if not more and not less:
        return voice.say("t_funnel_none", **words)
    way, k = ("more", more) if more else ("less", less)
    have = voice.say("has" if k == 1 else "have")
    provinces = voice.say("province_one" if k == 1 else "province_many")
    title = voice.say(f"t_funnel_{kind}_{way}", k=k, have=have, provinces=provinces, **words)
    also = voice.say(f"t_funnel_{kind}_also_less", j=less) if more and less else ""
    return title + also


def _explain_ranges(rates: _Rates, voice: Voice) -> str:
    longest = (rates.rows["upper"] - rates.rows["lower"]).max()
    is_seen = longest * _HEIGHT > _DOT * rates.rows["upper"].max()
    return voice.say("rates_ranges") if is_seen else ""


def _say_regions_outside(rates: _Rates, voice: Voice) -> Sequence[str]:
    """Name those that are outside, for those who cannot see."""
    found = []
    for side, key in ((1, "outside_more"), (-1, "outside_less")):
        codes = rates.rows["region"][rates.sides == side]
        if len(codes):
            found.append(voice.say(key, names=voice.say_list(map(voice.name_region, codes))))
    return found
