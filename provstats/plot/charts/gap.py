"""Gaps: how far provinces are above or below the nation, and for which that is in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from provstats.compare import gap_to_national, rank
from provstats.errors import IncomparableError, format_first_rows
from provstats.indicators import split_rank_or_gap
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    say_highest_and_lowest,
    say_national_revision,
    say_national_value,
    say_period,
    say_province_count,
)
from provstats.plot.parts.findings import find_certain_signs
from provstats.plot.parts.marks import (
    draw_bars,
    draw_dots,
    draw_lines,
    draw_spindles,
    draw_value_marks,
)
from provstats.plot.parts.rows import HEAD, Column, Names, lay_out_rows, write_rows
from provstats.plot.parts.selections import (
    choose_one_period,
    collect_compared_rows,
    convert_chart_input,
    mark_highlighted_regions,
    require_one_indicator,
)
from provstats.plot.parts.sheet import open_sheet
from provstats.plot.parts.titles import add_period_to_title, say_counts_above_and_below
from provstats.plot.parts.value_axis import TICKS, draw_value_axis, widen_ends
from provstats.words.numbers import choose_scale
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale

__all__ = ["gap"]

_BOUNDS: Final = ["value", "lower", "upper"]
# Points between the nation's name and the words beside it.
_BESIDE: Final = 10.0


def gap(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    lang: str | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    unit: str | None = None,
    style: Mapping[str, Any] | None = None,
    width: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how far provinces are from the nation, apart those whose intervals leave the sign open.

    A bar reaches to the nearer end of the interval and tapers off to its farther end; the black
    tick in it is the value. What cannot be told apart from the nation is a hollow dot between the
    others.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `gap_to_national`, or what it returned; of one indicator with a national value; of
        several periods as for `ranking`.
    lang, title, subtitle, source, unit, style, width, ax
        As for `ranking`. By default the title counts those that are above and below beyond doubt.
    highlight : str or iterable of str
        Regions to set off in bold, by any name.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a region, its name a text with the
        gid ``name``, from the greatest gap down; the x axis is the gap in its unit, percentage
        points for rates.

    Raises
    ------
    IncomparableError
        If there are several indicators, a frame has several periods, or for what `gap_to_national`
        refuses: no national value, or a sum of which no province is above or below.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    >>> ax = ps.plot.gap(growth, lang="en", ax=Figure((7, 4)).subplots())
    >>> print(ax.get_title(loc="left"))
    All 5 provinces with data were above the nation in growth of
    industrial value added, January–November 2024
    """
    x = convert_chart_input(x)
    _refuse_several_indicators(x)
    rows, choices = choose_one_period(
        _keep_rows_with_gap(collect_compared_rows(x, gap_to_national)), x
    )
    gaps = _use_gaps_and_units(rows)
    certain = find_certain_signs(gaps["lower"], gaps["upper"])
    gaps = _sort_into_blocks(gaps, certain)
    certain = find_certain_signs(gaps["lower"], gaps["upper"])
    marks = mark_highlighted_regions(highlight, gaps["region"].to_list())
    given = [title, subtitle, source, *rows["indicator"], *rows["unit"], *rows["source"]]
    voice = choose_voice(lang, given, style)
    scale, period = choose_scale(gaps, voice, unit)._replace(signed=True), gaps["period"].iloc[0]
    nation = say_national_value(
        rows.iloc[0], choose_scale(_use_nation_as_value(rows), voice), voice
    )
    national = rows["national_source"].iloc[0]
    sheet = open_sheet(ax, voice, style, width)
    words = build_indicator_caption(
        gaps,
        scale,
        voice,
        Wishes(title, subtitle, source),
        subject=voice.say("gap_name", name="{name}"),
        finding=add_period_to_title(
            say_counts_above_and_below(gaps, voice), voice.name_period(period), voice
        ),
        about=[
            say_period(rows, choices, voice),
            nation,
            say_province_count(rows, voice),
            _say_count_in_doubt(certain, sheet),
        ],
        notes=[
            *_explain_marks(gaps, certain, sheet),
            say_national_revision(rows["source"], national, voice),
        ],
        documents=[*rows["source"], *national.split()],
    )
    _draw_rows(sheet, words, gaps, marks, scale=scale)
    return sheet.finish_chart(words, [say_highest_and_lowest(gaps, scale, voice)])


# --- rows -----------------------------------------------------------------------------------------


def _refuse_several_indicators(x: Comparable) -> None:
    """Refuse several indicators, even if some have no gap; claims do not count as indicators."""
    rows = collect_compared_rows(x, rank)
    require_one_indicator(rows[[split_rank_or_gap(id_) is None for id_ in rows["indicator"]]])


def _keep_rows_with_gap(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows.dropna(subset="gap")
    if kept.empty:
        msg = f"no row has a gap to the nation:{format_first_rows(rows)}"
        raise IncomparableError(msg)
    return kept.sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def _use_gaps_and_units(rows: pd.DataFrame) -> pd.DataFrame:
    ends: dict[str, Any] = {
        "value": "gap",
        "lower": "gap_lower",
        "upper": "gap_upper",
        "unit": "gap_unit",
    }
    return rows.assign(**{column: rows[gap] for column, gap in ends.items()})


def _use_nation_as_value(rows: pd.DataFrame) -> pd.DataFrame:
    ends: dict[str, Any] = {
        "value": "national",
        "lower": "national_lower",
        "upper": "national_upper",
    }
    return rows.head(1).assign(**{column: rows[national] for column, national in ends.items()})


def _sort_into_blocks(gaps: pd.DataFrame, certain: NDArray[np.int64]) -> pd.DataFrame:
    """Put first those certainly above, then those in doubt, then those certainly below."""
    order = np.argsort(-certain, kind="stable")
    return gaps.iloc[order].reset_index(drop=True)


# --- drawing --------------------------------------------------------------------------------------


def _draw_rows(
    sheet: Sheet,
    words: Caption,
    gaps: pd.DataFrame,
    marks: Sequence[bool],
    *,
    scale: Scale,
) -> None:
    palette, voice = sheet.palette, sheet.voice
    certain = find_certain_signs(gaps["lower"], gaps["upper"])
    ends = [int((certain > 0).sum()), int((certain >= 0).sum())]
    lines = lay_out_rows(len(gaps), [end for end in ends if 0 < end < len(gaps)])
    inks = [
        palette.text if sign or on else palette.quiet_text
        for sign, on in zip(certain, marks, strict=True)
    ]
    labels = [scale.plain.format_value(*row) for row in gaps[_BOUNDS].to_numpy().tolist()]
    names = Names([voice.name_region(code) for code in gaps["region"]], inks, marks)
    columns = [Column(voice.say("gap_head"), labels, inks, marks)]
    write_rows(sheet, words, lines, names, columns, head=HEAD, foot=TICKS)
    least, most = min(0.0, gaps["lower"].min()), max(0.0, gaps["upper"].max())
    left, right = widen_ends((least, most))
    draw_value_axis(sheet, (left if least < 0 else 0.0, right if most > 0 else 0.0), scale.plain)
    _draw_nation_and_rules(sheet, lines.places, ends)
    _draw_marks(sheet, gaps[_BOUNDS].to_numpy(), np.array(lines.places), certain)
    _write_heads(sheet)


def _draw_nation_and_rules(sheet: Sheet, at: Sequence[float], ends: Sequence[int]) -> None:
    """Draw the nation's line, and rules between the blocks."""
    palette, margins, wide = sheet.palette, sheet.margins, sheet.body[0]
    line = [[(0, 0), (0, 1)]]
    draw_lines(
        sheet, line, [palette.text], 1.2, zorder=2.5, transform=sheet.build_transform("columns")
    )
    edges = -margins.left / wide, 1 + margins.right / wide
    middles = [(at[end - 1] + at[end]) / 2 for end in dict.fromkeys(ends) if 0 < end < len(at)]
    rules = [[(edges[0], y), (edges[1], y)] for y in middles]
    style: dict[str, Any] = {
        "zorder": 0.6,
        "clip_on": False,
        "transform": sheet.build_transform("rows"),
    }
    draw_lines(sheet, rules, [palette.quiet], 0.6, **style)


def _draw_marks(
    sheet: Sheet, ends: NDArray[np.float64], at: NDArray[np.float64], certain: NDArray[np.int64]
) -> None:
    palette, is_open = sheet.palette, certain == 0
    inks = [palette.up if sign > 0 else palette.down for sign in certain[~is_open]]
    draw_bars(sheet, ends[~is_open], at[~is_open], inks)
    draw_value_marks(sheet, ends[~is_open, 0], at[~is_open])
    many = int(is_open.sum())
    draw_spindles(sheet, ends[is_open], at[is_open], [palette.quiet] * many)
    draw_dots(
        sheet,
        (ends[is_open, 0], at[is_open]),
        [palette.mark] * many,
        hollow=[True] * many,
        size=6.4,
    )


def _write_heads(sheet: Sheet) -> None:
    """Write the nation's name above its line, and beside it which side is what."""
    palette, say, size = sheet.palette, sheet.voice.say, sheet.sizes.small
    left, right = sheet.ax.get_xlim()
    middle = -left / (right - left) * sheet.body[0]
    half = sheet.measure(say("nation"), size, bold=True) / 2
    sheet.write(say("nation"), (0, 1), (middle - half, 4), size=size, bold=True, gid="nation")
    beyond = half + _BESIDE
    for key, ink, start in (
        ("gap_below", palette.down_text, middle - beyond - sheet.measure(say("gap_below"), size)),
        ("gap_above", palette.up, middle + beyond),
    ):
        end = start + sheet.measure(say(key), size)
        if start >= -sheet.margins.left and end <= sheet.body[0]:
            sheet.write(say(key), (0, 1), (start, 4), size=size, ink=ink, gid="head")


# --- words ----------------------------------------------------------------------------------------


def _say_count_in_doubt(certain: NDArray[np.int64], sheet: Sheet) -> str:
    many = int((certain == 0).sum())
    return sheet.voice.say("gap_open", k=many) if many and many < len(certain) else ""


def _explain_marks(gaps: pd.DataFrame, certain: NDArray[np.int64], sheet: Sheet) -> list[str]:
    say, is_known = sheet.voice.say, (gaps["lower"] < gaps["upper"]).to_numpy()
    return [
        say("tapers") if (is_known & (certain != 0)).any() else "",
        say("gap_hollow") if (certain == 0).any() else "",
    ]
