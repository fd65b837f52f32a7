"""Bumps: ranks over time, one curve a region."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from provstats.compare import rank
from provstats.plot.parts.captions import (
    Wishes,
    build_indicator_caption,
    format_rank,
    say_last_highest_and_lowest,
    say_province_count,
)
from provstats.plot.parts.marks import draw_dots, draw_lines
from provstats.plot.parts.rows import HEAD, choose_readable_step, lay_out_rows
from provstats.plot.parts.selections import (
    collect_compared_rows,
    convert_chart_input,
    mark_highlighted_regions,
    require_one_indicator,
)
from provstats.plot.parts.series_breaks import SeriesBreaks
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.timelines import (
    build_line_pieces,
    convert_end_to_years,
    name_span_of_rows,
    sort_by_time,
    write_times,
)
from provstats.plot.parts.titles import add_period_to_title, find_measure_of_rows
from provstats.words.numbers import Scale, choose_scale
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from provstats.engines.memory.breaks import Breaks
    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.sheet import Sheet
    from provstats.plot.parts.timelines import Piece
    from provstats.words.voices import Voice

__all__ = ["bump"]

# Points between curves and ranks, and ranks and names.
_BESIDE, _BETWEEN = 7.0, 5.0
# From one time to the next a curve has so many pieces.
_STEPS: Final = 24
# What names take of the width at most.
_MOST_NAMES: Final = 0.85
# How many regions a title names of each direction, and how many ties a footer.
_NAMED, _TIES = 2, 5


def bump(  # noqa: PLR0913 - the options of a chart
    x: Comparable,
    *,
    breaks: Breaks | None = None,
    across_breaks: bool = False,
    lang: str | None = None,
    highlight: str | Iterable[str] = (),
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    style: Mapping[str, Any] | None = None,
    width: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw ranks over time, the first on top: one curve a region, named at both ends.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame
        As for `rank`, of one indicator and at least two periods of one length.
    breaks : DataFrame, optional
        Where a caller's series was measured anew, as for `yoy`.
    across_breaks : bool
        Whether curves lead across periods between which the series was measured anew; by default
        they end there, and the footer says so.
    lang, title, subtitle, source, style, width, ax
        As for `ranking`. By default the title names those that certainly rose and fell most, or how
        the highlighted regions did.
    highlight : str or iterable of str
        Regions to draw in colour; by default those that the title names.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. The x axis is in years, the end of 2023 at
        2023.0; on the y axis the first place is 0, and equal ranks have places of their own, side
        by side, in the order of the registry.

    Raises
    ------
    IncomparableError
        If there are several indicators, a single period, periods of several lengths, or for what
        `rank` refuses.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> intensity = ps.series("rd_intensity", period=[*range(2019, 2023)])
    >>> ax = ps.plot.bump(intensity, lang="en", ax=Figure((7, 8)).subplots())
    >>> print(ax.get_title(loc="left"))
    By R&D intensity, Hainan rose 4 ranks, 2019–2022
    """
    rows = _assign_places(
        sort_by_time(require_one_indicator(collect_compared_rows(convert_chart_input(x), rank)))
    )
    shown = rows["region"].drop_duplicates().to_list()
    anew = SeriesBreaks.from_rows(rows, breaks, across_breaks=across_breaks)
    wanted = [
        code
        for code, is_on in zip(shown, mark_highlighted_regions(highlight, shown), strict=True)
        if is_on
    ]
    voice = choose_voice(lang, [title, subtitle, source, *rows["indicator"]], style)
    labels = rows["period"].unique().tolist()
    moves = _find_moves(rows, wanted, anew)
    sheet = open_sheet(ax, voice, style, width)
    natures = [nature for nature in rows["nature"].unique() if nature != "outcome"]
    words = build_indicator_caption(
        rows,
        Scale(1, "{}"),
        voice,
        Wishes(title, subtitle, source),
        subject=voice.say("rank_name", name="{name}"),
        finding=add_period_to_title(
            _say_finding(rows, moves, voice), name_span_of_rows(rows, voice), voice
        ),
        about=[name_span_of_rows(rows, voice), say_province_count(rows, voice)],
        notes=[
            _say_ties(rows, voice),
            anew.say_break_periods(voice),
            *(voice.say("hollow", nature=voice.say(nature)) for nature in natures),
        ],
        documents=rows["source"],
    )
    hues = _choose_hues(wanted or [move.region for move in moves], sheet)
    _draw_curves(sheet, words, rows, hues, anew)
    write_times(sheet, labels, above=True)
    scale = choose_scale(rows, voice)
    told = [
        *(_say_rank_course(rows, code, voice) for code in hues),
        say_last_highest_and_lowest(rows, scale, voice),
    ]
    return sheet.finish_chart(words, told)


# --- what moved -----------------------------------------------------------------------------------


class _Move(NamedTuple):
    """By how many ranks a region certainly rose; what is negative it fell."""

    region: str
    ranks: int


def _assign_places(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each row of a period a place of its own, equal ranks side by side."""
    return rows.assign(place=rows.groupby("order").cumcount())


def _find_moves(rows: pd.DataFrame, wanted: Sequence[str], anew: SeriesBreaks) -> list[_Move]:
    """Return the moves of highlighted regions, else of those that rose and fell most."""
    first, last = (
        rows[rows["period"] == rows["period"].iloc[end]].set_index("region") for end in (0, -1)
    )
    is_sure = set(first.index) == set(last.index) and (rows["nature"] == "outcome").all()
    if not is_sure:
        return []
    ends = rows["period"].iloc[0], rows["period"].iloc[-1]
    found = {}
    for code in first.index:
        ranks = (
            first.loc[code, ["rank_best", "rank_worst"]],
            last.loc[code, ["rank_best", "rank_worst"]],
        )
        is_known = all(best == worst for best, worst in ranks)
        if is_known and not anew.has_break_between(str(code), *ends):
            found[str(code)] = int(ranks[0].iloc[0] - ranks[1].iloc[0])
    if wanted:
        return [_Move(code, found[code]) for code in wanted if found.get(code)][: 2 * _NAMED]
    return [*_find_greatest_moves(found, 1), *_find_greatest_moves(found, -1)]


def _find_greatest_moves(found: Mapping[str, int], way: int) -> list[_Move]:
    most = max((way * ranks for ranks in found.values()), default=0)
    moved = [_Move(code, ranks) for code, ranks in found.items() if way * ranks == most > 0]
    return moved if len(moved) <= _NAMED else []


def _choose_hues(codes: Sequence[str], sheet: Sheet) -> dict[str, ColorType]:
    hues = sheet.palette.lines
    return {code: hues[place % len(hues)] for place, code in enumerate(codes)}


# --- drawing --------------------------------------------------------------------------------------


def _draw_curves(
    sheet: Sheet,
    words: Caption,
    rows: pd.DataFrame,
    hues: Mapping[str, ColorType],
    anew: SeriesBreaks,
) -> None:
    _place_sheet(sheet, words, rows, hues)
    palette = sheet.palette
    pieces = build_line_pieces(rows, "place", anew)
    others = [piece for code, lines in pieces.items() if code not in hues for piece in lines]
    draw_lines(sheet, [_compute_curve(piece) for piece in others], [palette.quiet], 0.8, zorder=1.5)
    beads = [point for piece in others for point in piece]
    if beads:
        x, y = zip(*beads, strict=True)
        many = len(beads)
        draw_dots(sheet, (x, y), [palette.quiet] * many, hollow=[True] * many, size=4.2, zorder=1.6)
    for code, hue in hues.items():
        curves = [_compute_curve(piece) for piece in pieces[code]]
        draw_lines(sheet, curves, [palette.ground], 4.6, zorder=2)
        draw_lines(sheet, curves, [hue], 2.4, zorder=2.1)
        x, y = zip(*(point for piece in pieces[code] for point in piece), strict=True)
        own = rows[rows["region"] == code]
        draw_dots(
            sheet, (x, y), [hue] * len(x), size=5.4, rim=0.8, zorder=2.2,
            hollow=own["nature"] != "outcome",
        )  # fmt: skip


class _Labels(NamedTuple):
    """Font size and widths of the ranks and names at the ends; without names their width is 0."""

    size: float
    numbers: float
    names: float


def _place_sheet(
    sheet: Sheet, words: Caption, rows: pd.DataFrame, hues: Mapping[str, ColorType]
) -> None:
    """Place the sheet between the names at both ends, and write these."""
    ends = [rows[rows["period"] == rows["period"].iloc[end]] for end in (0, -1)]
    labels = _measure_labels(sheet, ends, hues)
    margin = _BESIDE + labels.numbers + (_BETWEEN + labels.names if labels.names else 0.0)
    lines = lay_out_rows(int(rows["place"].max()) + 1)
    sheet.place(words, Margins(margin, margin, HEAD, 0.0), lines.height)
    times = rows["period"].map(convert_end_to_years)
    sheet.ax.set_xlim(times.min(), times.max())
    sheet.ax.set_ylim(lines.places[-1] + 0.5, -0.5)
    step = choose_readable_step(sheet, lines)
    for side, end in enumerate(ends):
        for _, row in end[end["place"] % step == 0].iterrows():
            _write_end(sheet, row, side, labels, hues.get(row["region"]))
    sheet.warn_of_missing_parts("" if labels.names else "the names of its curves")


def _measure_labels(
    sheet: Sheet, ends: Sequence[pd.DataFrame], hues: Mapping[str, ColorType]
) -> _Labels:
    size = sheet.sizes.small if sheet.is_column else sheet.sizes.body
    rows = [row for end in ends for _, row in end.iterrows()]
    numbers = max(sheet.measure(format_rank(row), size, bold=row["region"] in hues) for row in rows)
    names = max(
        sheet.measure(sheet.voice.name_region(code), size, bold=code in hues)
        for code in {row["region"] for row in rows}
    )
    has_names = 2 * (_BESIDE + numbers + _BETWEEN + names) <= _MOST_NAMES * sheet.inner
    return _Labels(size, numbers, names if has_names else 0.0)


def _write_end(
    sheet: Sheet, row: pd.Series, side: int, labels: _Labels, hue: ColorType | None
) -> None:
    """Write rank and name beside an end, the name outside."""
    way = 1 if side else -1
    style: dict[str, Any] = {
        "frame": "rows", "middle": True, "size": labels.size, "bold": hue is not None,
        "ink": sheet.palette.quiet_text if hue is None else hue,
    }  # fmt: skip
    at, edge = (side, row["place"]), _BESIDE + labels.numbers
    start = edge if side else -_BESIDE
    sheet.write(format_rank(row), at, (start, 0), ha="right", gid="number", **style)
    if labels.names:
        shift, ha = (way * (edge + _BETWEEN), 0), "left" if side else "right"
        sheet.write(sheet.voice.name_region(row["region"]), at, shift, ha=ha, gid="name", **style)


def _compute_curve(piece: Piece) -> list[tuple[float, float]]:
    """Return a curve that passes through each point of a piece and is level there."""
    along = np.linspace(0, 1, _STEPS + 1)
    rise = along**2 * (3 - 2 * along)
    points = [piece[0]]
    for (t0, y0), (t1, y1) in pairwise(piece):
        if y0 == y1:
            points.append((t1, y1))
        else:
            points += zip(
                (t0 + (t1 - t0) * along).tolist(), (y0 + (y1 - y0) * rise).tolist(), strict=True
            )
    return points


# --- words ----------------------------------------------------------------------------------------


def _say_finding(rows: pd.DataFrame, moves: Sequence[_Move], voice: Voice) -> str:
    if not moves:
        return ""
    told: dict[int, list[str]] = {}
    for move in moves:
        told.setdefault(move.ranks, []).append(voice.name_region(move.region))
    said = [
        voice.say(
            "t_ranks_up" if ranks > 0 else "t_ranks_down",
            name=voice.say_list(names),
            k=abs(ranks),
            ranks=voice.say("rank_one" if abs(ranks) == 1 else "rank_many"),
        )
        for ranks, names in told.items()
    ]
    joined = voice.say("comma").join(said) if voice.lang == "zh" else voice.say_list(said)
    return voice.say("t_ranks", m=find_measure_of_rows(rows, voice).name, moves=joined)


def _say_ties(rows: pd.DataFrame, voice: Voice) -> str:
    """Name those of equal value, which stand side by side, if they are few."""
    ties = [
        (str(period), [voice.name_region(code) for code in tied["region"]])
        for (period, _), tied in rows.groupby(["period", "rank"], sort=False)
        if len(tied) > 1
    ]
    if not ties:
        return ""
    if len(ties) > _TIES:
        return voice.say("ties")
    told = [f"{voice.name_period(period)} {voice.say_list(names)}" for period, names in ties]
    return voice.say("ties_named", ties=voice.say("or").join(told))


def _say_rank_course(rows: pd.DataFrame, code: str, voice: Voice) -> str:
    own = rows[rows["region"] == code]
    (old, first), (new, last) = (
        (format_rank(row), voice.name_period(row["period"]))
        for _, row in own.iloc[[0, -1]].iterrows()
    )
    return voice.say(
        "from_to", name=voice.name_region(code), old=old, new=new, first=first, last=last
    )
