"""Changes: from where to where provinces went between two periods."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final, Literal

from provstats.engines.memory.intervals import TOUCH
from provstats.errors import require_one_of
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    say_highest_and_lowest,
    say_province_count,
    say_regions,
    say_sparse_periods,
)
from provstats.plot.parts.findings import find_certain_signs
from provstats.plot.parts.marks import draw_comets, draw_dots, draw_lines
from provstats.plot.parts.pairs import choose_change_scale, pair_periods
from provstats.plot.parts.rows import Column, Names, lay_out_rows, write_rows
from provstats.plot.parts.selections import convert_chart_input, mark_highlighted_regions
from provstats.plot.parts.sheet import open_sheet
from provstats.plot.parts.timelines import name_span
from provstats.plot.parts.titles import add_period_to_title, say_counts_up_and_down
from provstats.plot.parts.value_axis import TICKS, draw_value_axis, widen_ends
from provstats.words.numbers import choose_scale, format_signed_number
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.pairs import Pairs, Unused
    from provstats.plot.parts.sheet import Sheet
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["change"]

_BOUNDS: Final = ["value", "lower", "upper"]
# Points above the first row for the names of the periods, and of the strokes to their dots.
_PERIODS, _STROKE = 18.0, 4.0


def change(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    sort: Literal["change", "last", "first"] = "change",
    breaks: Breaks | None = None,
    across_breaks: bool = False,
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
    """Draw where provinces stood in a first period and stand in a last, and the change.

    The ring is the first period and the dot the last; the wedge between them is thick where it
    ends. Up is blue, down is orange, and grey is what the intervals leave open.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        Of one indicator. Of several periods the first and the last are taken. Of an id these are,
        as for `convergence`, of those since the last break (of all, if one alone is since) that
        leave the largest table without gaps, of provinces by periods; the footer says which are
        not shown, and why. For a single period the level before is that of `yoy`, whose result may
        be given too.
    sort : {"change", "last", "first"}
        By what the rows are sorted: the change, or the value in the last or the first period.
    breaks : DataFrame, optional
        Where a caller's series was measured anew, as for `yoy`.
    across_breaks : bool
        Whether to draw provinces whose series was measured anew in between; by default they are
        left out, and the footer says so.
    lang, title, subtitle, source, unit, style, width, ax
        As for `ranking`. By default the title counts those that went up and down beyond doubt.
    highlight : str or iterable of str
        Regions to set off in bold, by any name.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. One row a province that has both values,
        its name a text with the gid ``name``; the x axis is in the base unit. Printed is the
        change: percent, of rates percentage points; its range where even the sign is in doubt.

    Raises
    ------
    IncomparableError
        If there are several indicators, periods of several lengths, no province with two values on
        one side of a break, or for what `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or not in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period=[2019, 2022])
    >>> ax = ps.plot.change(intensity, lang="en", ax=Figure((7, 9)).subplots())
    >>> print(ax.get_title(loc="left"))
    R&D intensity rose in 30 of 31 provinces and fell in 1, 2019–2022
    """
    require_one_of("sort", sort, ("change", "last", "first"))
    pairs = pair_periods(convert_chart_input(x), breaks, across_breaks=across_breaks)
    tables = {"change": pairs.change, "last": pairs.now, "first": pairs.before}
    pairs = pairs.sort_by(tables[sort])
    codes = pairs.now["region"].to_list()
    marks = mark_highlighted_regions(highlight, codes)
    voice = choose_voice(
        lang, [title, subtitle, source, *pairs.now["indicator"], *pairs.now["unit"]], style
    )
    scale, of_change = (
        choose_scale(pairs.now, voice, unit),
        choose_change_scale(pairs.change, voice),
    )
    old, new = _label_periods(pairs, voice)
    sheet = open_sheet(ax, voice, style, width)
    words = build_indicator_caption(
        pairs.now, scale, voice, Wishes(title, subtitle, source),
        finding=add_period_to_title(say_counts_up_and_down(pairs.change, voice),
                                    _name_span_of_pairs(pairs, voice), voice),
        about=[_name_span_of_pairs(pairs, voice), say_province_count(pairs.now, voice),
               voice.say(f"sorted_{sort}", old=old, new=new)],
        notes=[_say_precision(pairs.change, of_change, voice), _explain_hollow_dots(pairs, voice),
               say_regions("broken", pairs.broken, voice),
               *_say_unused_periods(pairs.unused, voice)],
        documents=[*pairs.before["source"], *pairs.now["source"]],
    )  # fmt: skip
    _draw_rows(sheet, words, pairs, marks, scales=(scale, of_change), periods=(old, new))
    head = voice.say("change_of", unit=of_change.word)
    return sheet.finish_chart(
        words,
        [
            say_highest_and_lowest(pairs.now, scale, voice),
            f"{head} {say_highest_and_lowest(pairs.change, of_change, voice)}",
        ],
    )


def _label_periods(pairs: Pairs, voice: Voice) -> tuple[str, str]:
    labels = [table["period"].iloc[0] for table in pairs[:2]]
    old, new = (
        (label if label.isdigit() else voice.name_period(label, brief=True))
        if label
        else voice.say("before")
        for label in labels
    )
    return old, new


def _name_span_of_pairs(pairs: Pairs, voice: Voice) -> str:
    old, new = (table["period"].iloc[0] for table in pairs[:2])
    return name_span(old, new, voice) if old else voice.name_period(new)


# --- drawing --------------------------------------------------------------------------------------


def _draw_rows(  # noqa: PLR0913 - what rows show
    sheet: Sheet,
    words: Caption,
    pairs: Pairs,
    marks: Sequence[bool],
    *,
    scales: tuple[Scale, Scale],
    periods: tuple[str, str],
) -> None:
    palette, voice, (scale, of_change) = sheet.palette, sheet.voice, scales
    certain, many = find_certain_signs(pairs.change["lower"], pairs.change["upper"]), len(pairs.now)
    lines, plain = lay_out_rows(many), [palette.text] * many
    names = Names([voice.name_region(code) for code in pairs.now["region"]], plain, marks)
    unit = "" if of_change.form == "{}%" else of_change.word
    columns = [
        Column(
            voice.say("change_of", unit=unit) if unit else voice.say("change"),
            _format_changes(pairs.change, certain, of_change, voice),
            plain,
            marks,
        )
    ]
    if not sheet.is_column:
        values = [_format_values(table, scale) for table in pairs[:2]]
        inks = [palette.quiet_text] * many, [palette.accent] * many
        columns = [
            *(
                Column(period, labels, ink, [False] * many)
                for period, labels, ink in zip(periods, values, inks, strict=True)
            ),
            *columns,
        ]
    write_rows(sheet, words, lines, names, columns, head=_PERIODS, foot=TICKS)
    shown = [*pairs.before[_BOUNDS].to_numpy().ravel(), *pairs.now[_BOUNDS].to_numpy().ravel()]
    draw_value_axis(sheet, widen_ends((min(shown), max(shown))), scale)
    old, new = pairs.before["value"].to_numpy(), pairs.now["value"].to_numpy()
    hues = {1: palette.accent, -1: palette.down, 0: palette.quiet}
    soft = {1: palette.accent_soft, -1: palette.down, 0: palette.quiet}
    draw_comets(sheet, old, new, lines.places, [soft[sign] for sign in certain])
    draw_dots(sheet, (old, lines.places), [palette.quiet] * many, hollow=[True] * many, size=6.2)
    draw_dots(
        sheet, (new, lines.places), [hues[sign] for sign in certain], size=6.2, zorder=3.2,
        hollow=pairs.now["nature"] != "outcome", rim=0.6,
    )  # fmt: skip
    _write_periods(sheet, (old[0], new[0]), periods)


def _format_values(table: pd.DataFrame, scale: Scale) -> list[str]:
    return [scale.plain.format_value(*row) for row in table[_BOUNDS].to_numpy().tolist()]


def _format_changes(
    change: pd.DataFrame, certain: NDArray[np.int64], scale: Scale, voice: Voice
) -> list[str]:
    """Print the change with its sign; its range where the sign is in doubt."""
    percent = "%" if scale.form == "{}%" else ""
    records = zip(change[_BOUNDS].to_numpy().tolist(), certain, strict=True)
    return [
        (
            format_signed_number(value, scale.digits or 0)
            if sign
            else _format_range(lower, upper, scale.digits or 0, voice)
        )
        + percent
        for (value, lower, upper), sign in records
    ]


def _format_range(lower: float, upper: float, digits: int, voice: Voice) -> str:
    """Print an interval, its ends rounded outwards so that nothing of it is lost."""
    step = 10.0**-digits
    ends = floor(lower / step + TOUCH) * step, ceil(upper / step - TOUCH) * step
    return voice.say("to").join(format_signed_number(end, digits) for end in ends)


def _write_periods(sheet: Sheet, values: tuple[float, float], periods: tuple[str, str]) -> None:
    """Write over the dots of the first row which is of which period."""
    palette, size = sheet.palette, sheet.sizes.small
    left, right = sheet.ax.get_xlim()
    points = [(value - left) / (right - left) * sheet.body[0] for value in values]
    wide = [
        sheet.measure(text, size, bold=is_new)
        for text, is_new in zip(periods, (False, True), strict=True)
    ]
    starts = _place_period_labels(points, wide, sheet.body[0])
    for text, start, ink, is_new in zip(
        periods, starts, (palette.quiet_text, palette.accent), (False, True), strict=True
    ):
        sheet.write(
            text, (0, 1), (start, _STROKE + 2), size=size, ink=ink, bold=is_new, gid="period"
        )
    high = _STROKE / sheet.body[1]
    strokes = [[(value, 1), (value, 1 + high)] for value in values]
    draw_lines(
        sheet, strokes, [palette.quiet, palette.accent], 0.8, clip_on=False,
        transform=sheet.build_transform("columns"),
    )  # fmt: skip


def _place_period_labels(
    points: Sequence[float], wide: Sequence[float], room: float
) -> list[float]:
    """Return where two texts start so that each is over its point, and neither over the other."""
    low, high = sorted((0, 1), key=lambda one: points[one])
    starts = {one: points[one] - wide[one] / 2 for one in (0, 1)}
    lack = starts[low] + wide[low] + 6 - starts[high]
    if lack > 0:
        starts[low] -= lack / 2
        starts[high] += lack / 2
    starts[high] = min(starts[high], room - wide[high])
    starts[low] = min(starts[low], starts[high] - 6 - wide[low])
    return [starts[0], starts[1]]


# --- words ----------------------------------------------------------------------------------------


def _say_precision(change: pd.DataFrame, scale: Scale, voice: Voice) -> str:
    """Say how sure the changes are, where all are alike."""
    half = (change["upper"] - change["lower"]) / 2
    if half.max() <= TOUCH or half.max() - half.min() > TOUCH * max(1, half.max()):
        return ""
    digits = scale.digits or 0
    return voice.say("known_to", half=scale.form.format(f"{half.max():.{digits}f}"))


def _say_unused_periods(unused: Unused, voice: Voice) -> tuple[str, str]:
    """Say which periods of an id are not shown, and why."""
    span = name_span(unused.old[0], unused.old[-1], voice) if unused.old else ""
    return say_regions("anew", unused.anew, voice, span=span), say_sparse_periods(
        unused.sparse, voice
    )


def _explain_hollow_dots(pairs: Pairs, voice: Voice) -> str:
    natures = [nature for nature in pairs.now["nature"].unique() if nature != "outcome"]
    return (
        voice.say("hollow", nature=voice.say_list([voice.say(nature) for nature in natures]))
        if natures
        else ""
    )
