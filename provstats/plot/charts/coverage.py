"""Coverages: who reports what, and when."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.plot.parts.captions import Wishes, build_caption, name_indicator
from provstats.plot.parts.cells import list_box_corners
from provstats.plot.parts.keys import Entry, draw_entries, measure_key_height, say_missing_key
from provstats.plot.parts.marks import draw_dots, draw_lines, draw_shapes
from provstats.plot.parts.palette import choose_readable_ink
from provstats.plot.parts.rows import Rows, choose_readable_step, write_name_lines
from provstats.plot.parts.selections import convert_chart_input, mark_highlighted_regions
from provstats.plot.parts.sheet import Margins, open_sheet
from provstats.plot.parts.tallies import build_tally, collect_province_rows
from provstats.reading.periods import parse_period
from provstats.store.regions import list_mainland_codes, load_regions
from provstats.words.measures import find_measure
from provstats.words.voices import choose_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from provstats.engines.memory.inputs import Comparable
    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.sheet import Sheet
    from provstats.plot.parts.tallies import Tally
    from provstats.words.voices import Voice

__all__ = ["coverage"]

# Points: the height of a row, a column at least and at most, the folded one, counts, beside names.
_PITCH, _LEAST, _MOST, _FOLDED, _COUNTS, _BESIDE = 15.0, 22.0, 40.0, 34.0, 20.0, 8.0
_LEAST_IN_COLUMN: Final = 17.0
# What names take of the width at most.
_NAME_SHARE: Final = 0.45
# Points that a cell keeps clear of its neighbours.
_PAD: Final = 1.5
# A cell that stands for all that are folded away.
_REST: Final = "rest"


class _Table(NamedTuple):
    """What is drawn: rows and columns by their key, and the regions that are folded away."""

    tally: Tally
    rows: list[str]
    columns: list[str]
    folded: list[str]

    @property
    def by_region(self) -> bool:
        """Tell whether the columns are provinces."""
        return self.tally.across == "region"


def coverage(  # noqa: PLR0913 - the options of a chart
    x: Comparable | None = None,
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
    """Draw which figures there are, of whom and when: outcomes, forecasts or targets, or none.

    Of one indicator it is a table of provinces by periods, of several one of indicators by
    provinces, with the number of periods. Provinces that have no more than what all have are folded
    into one. Counts are those of outcomes, at the right of each row.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        An indicator id, a series, or a tidy frame as for `rank`; by default all shipped
        observations. Of more than 16 indicators those that most provinces have are shown.
    lang, title, subtitle, source, style, width, ax
        As for `ranking`. By default the title counts what is complete.
    highlight : str or iterable of str
        Regions to set off, by any name; they are not folded away.

    Returns
    -------
    Axes
        The axes drawn in: ``ax`` itself if it was given. They are as many units wide and high as
        points, from the upper left; the names of rows are texts with the gid ``name``, those of
        columns ``head``.

    Raises
    ------
    IncomparableError
        If no province has a value.
    UnknownRegionError
        If a highlighted region is unknown or has no value in the chart.
    SchemaError, UnknownIndicatorError, PeriodError
        If an option or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> from matplotlib.figure import Figure
    >>> growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    >>> ax = ps.plot.coverage(growth, lang="en", ax=Figure((6, 5)).subplots())
    >>> ax.get_title(loc="left")
    'There are figures of 5 of 31 provinces'
    """
    rows = collect_province_rows(convert_chart_input(x))
    voice = choose_voice(lang, [title, subtitle, source, *rows["indicator"]], style)
    has_rows = set(rows["region"].unique())
    shown = [code for code in load_regions() if code in has_rows]
    set_off = {
        code
        for code, is_on in zip(shown, mark_highlighted_regions(highlight, shown), strict=True)
        if is_on
    }
    sheet = open_sheet(ax, voice, style, width)
    tally = build_tally(rows)
    table = _build_table(tally, set_off, sheet)
    entries = _list_key_entries(table, sheet)
    unkeyed = say_missing_key(sheet, entries)
    words = build_caption(
        voice, Wishes(title, subtitle, source), _say_finding(rows, tally, voice),
        about=_list_subtitle_parts(rows, table, voice), notes=_list_notes(table, voice),
        documents=_list_documents(rows, tally),
    )  # fmt: skip
    lacking = _draw_table(sheet, words, table, set_off, [] if unkeyed else entries)
    sheet.warn_of_missing_parts(*lacking, unkeyed)
    return sheet.finish_chart(words, _say_counts(tally, voice))


# --- what is folded -------------------------------------------------------------------------------


def _build_table(tally: Tally, set_off: set[str], sheet: Sheet) -> _Table:
    """Fold away regions that report only what all report, and more where columns lack room."""
    regions = tally.columns if tally.across == "region" else tally.rows
    full = {
        key
        for key in (tally.rows if tally.across == "region" else tally.columns)
        if all(_locate_cell(tally, region, key) in tally.outcomes for region in regions)
    }
    has_own = [
        region
        for region in regions
        if region in set_off
        or any(
            _read_cell_key(tally, cell) not in full for cell in _list_region_cells(tally, region)
        )
    ]
    kept = has_own
    if tally.across == "region":
        most = _count_fitting_columns(sheet)
        # Where most is reported those stand out that lack something, else those that report.
        is_mostly = 2 * len(tally.outcomes) > len(tally.rows) * len(tally.columns)
        others = [code for code in kept if code not in set_off][:: -1 if is_mostly else 1]
        kept = [*filter(set_off.__contains__, kept), *others]
        kept = sorted(kept[: max(most, 1)], key=regions.index)
    folded = [region for region in regions if region not in kept]
    if len(folded) == 1:
        kept, folded = list(regions), []
    if tally.across == "region":
        return _Table(tally, tally.rows, [*kept, *([_REST] if folded else [])], folded)
    return _Table(tally, [*kept, *([_REST] if folded else [])], tally.columns, folded)


def _locate_cell(tally: Tally, region: str, key: str) -> tuple[str, str]:
    return (key, region) if tally.across == "region" else (region, key)


def _read_cell_key(tally: Tally, cell: tuple[str, str]) -> str:
    return cell[0] if tally.across == "region" else cell[1]


def _list_region_cells(tally: Tally, region: str) -> list[tuple[str, str]]:
    place = 1 if tally.across == "region" else 0
    return [cell for cell in (*tally.outcomes, *tally.plans) if cell[place] == region]


def _count_fitting_columns(sheet: Sheet) -> int:
    room = sheet.inner * (1 - _NAME_SHARE) - _FOLDED - _COUNTS
    return int(room / (_LEAST_IN_COLUMN if sheet.is_column else _LEAST))


# --- drawing --------------------------------------------------------------------------------------


class _Grid(NamedTuple):
    """Where columns and rows are, in points from the upper left of the axes."""

    left: float
    edges: list[float]
    tops: list[float]

    @property
    def pitch(self) -> float:
        """The height of the lowest row."""
        return min(below - top for top, below in pairwise(self.tops))

    def find_middle(self, row: int, column: int) -> tuple[float, float]:
        """Return the middle of a cell."""
        return (
            (self.edges[column] + self.edges[column + 1]) / 2,
            (self.tops[row] + self.tops[row + 1]) / 2,
        )

    def find_corners(self, row: int, column: int) -> list[tuple[float, float]]:
        """Return the corners of a cell."""
        left, right = self.edges[column] + _PAD, self.edges[column + 1] - _PAD
        return list_box_corners(left, right, self.tops[row] + _PAD, self.tops[row + 1] - _PAD)


def _draw_table(
    sheet: Sheet,
    words: Caption,
    table: _Table,
    set_off: set[str],
    entries: Sequence[Entry],
) -> list[str]:
    """Draw the table, and return what finds no room in it."""
    names = [_name_row(sheet, table, row) for row in table.rows]
    room = _NAME_SHARE * sheet.inner
    names = [sheet.wrap(name, room, sheet.sizes.body, bold=True) for name in names]
    heads = [_name_column(sheet, table, column) for column in table.columns]
    grid, heads = _place_sheet(sheet, words, table, names, heads, entries)
    if heads:
        _write_heads(sheet, grid, heads, [column in set_off for column in table.columns])
    lines = max(name.count("\n") + 1 for name in names)
    step = choose_readable_step(
        sheet, Rows([float(row) for row in range(len(names))], _PITCH), lines
    )
    half = 0.6 * sheet.sizes.body * lines
    for row in range(0, len(names), step):
        if grid.find_middle(row, 0)[1] + half > sheet.body[1] and step > 1:
            break
        is_on, is_rest = table.rows[row] in set_off, table.rows[row] == _REST
        ink = sheet.palette.quiet_text if is_rest else sheet.palette.text
        at = 0.0, grid.find_middle(row, 0)[1]
        write_name_lines(sheet, names[row], at, (-grid.left, 0), frame="data", bold=is_on, ink=ink)
        if not is_rest:
            _write_count(sheet, grid, table, row)
    ends = -grid.left, sheet.body[0] + _COUNTS
    hairs = [[(x, top) for x in ends] for top in grid.tops[1:-1]]
    draw_lines(sheet, hairs, [sheet.palette.hair], 0.6, zorder=0.5, clip_on=False)
    unsaid = _draw_cells(sheet, table, grid, write=step == 1)
    draw_entries(sheet, entries, -grid.left)
    return ["" if heads else "the heads of its columns", "" if sheet.own else unsaid]


def _place_sheet(  # noqa: PLR0913, PLR0917 - what a sheet needs
    sheet: Sheet,
    words: Caption,
    table: _Table,
    names: Sequence[str],
    heads: Sequence[str],
    entries: Sequence[Entry],
) -> tuple[_Grid, list[str]]:
    """Place the sheet; return where rows and columns are, and the heads that have room."""
    size, lines = sheet.sizes, [name.count("\n") + 1 for name in names]
    left = max(sheet.measure(name, bold=True) for name in names) + _BESIDE
    wide = _measure_columns(sheet, left, heads, _build_cells(table, sheet.voice))
    edges = [sum(wide[:place]) for place in range(len(wide) + 1)]
    shown = _choose_heads(sheet, table, heads, edges)
    high = max(head.count("\n") + 1 for head in heads) * 1.25 * size.small + 4 if shown else 0.0
    needed = [max(_PITCH, count * 1.2 * size.body + 5) for count in lines]
    right = sheet.inner - left - edges[-1] if sheet.own else _COUNTS
    margins = Margins(left, right, high, measure_key_height(sheet, entries))
    sheet.place(words, margins, sum(needed))
    sheet.ax.set(xlim=(0, sheet.body[0]), ylim=(sheet.body[1], 0))
    edges = [edge * sheet.body[0] / edges[-1] for edge in edges]
    share = sheet.body[1] / sum(needed)
    tops = [share * sum(needed[:row]) for row in range(len(needed) + 1)]
    return _Grid(left, edges, tops), shown


def _choose_heads(
    sheet: Sheet, table: _Table, heads: Sequence[str], edges: Sequence[float]
) -> list[str]:
    """Return the heads that fit side by side, of periods every nth; an empty list if none fit."""
    last, most = len(heads) - 1, 1 if table.by_region else len(heads)
    for step in range(1, most + 1):
        shown = ["" if (last - place) % step else head for place, head in enumerate(heads)]
        middles = [(a + b) / 2 for a, b in pairwise(edges)]
        spans = [
            (middle - half, middle + half)
            for middle, head in zip(middles, shown, strict=True)
            if head and (half := sheet.measure(head, sheet.sizes.small) / 2)
        ]
        if all(end + 1 <= start for (_, end), (start, _) in pairwise(spans)):
            return shown
    return []


def _measure_columns(
    sheet: Sheet, left: float, heads: Sequence[str], cells: Mapping[tuple[int, int], _Cell]
) -> list[float]:
    """Return the widths that hold the heads and what is written in the cells."""
    room = sheet.inner - left - _COUNTS
    need = [_LEAST_IN_COLUMN if sheet.is_column else _LEAST] * len(heads)
    written = [*enumerate(heads), *((column, cell.label) for (_, column), cell in cells.items())]
    for column, text in dict.fromkeys(written):
        need[column] = max(need[column], sheet.measure(text, sheet.sizes.small) + 4)
    if not sheet.own or sum(need) > room:
        return [room * wide / sum(need) for wide in need]
    more = min((room - sum(need)) / len(need), _MOST)
    return [wide + more for wide in need]


def _name_row(sheet: Sheet, table: _Table, row: str) -> str:
    if row == _REST:
        key = "n_others" if len(table.rows) > 1 else "n_all"
        return sheet.voice.say(key, n=len(table.folded), all=len(table.folded))
    if table.by_region:
        return _name_indicator_by_id(sheet.voice, row)
    return sheet.voice.name_region(row)


def _name_indicator_by_id(voice: Voice, id_: str) -> str:
    measure = find_measure(id_, "", voice)
    return measure.head if measure.known else voice.join_drawable(id_)


def _name_column(sheet: Sheet, table: _Table, column: str) -> str:
    """Return the name of a column; of a province in English its letters if names lack room."""
    voice = sheet.voice
    if column == _REST:
        key = "n_others_folded" if len(table.columns) > 1 else "n_all"
        return voice.say(key, n=len(table.folded), all=len(table.folded))
    if not table.by_region:
        return sheet.wrap(voice.name_period(column, brief=True), 56.0, sheet.sizes.small)
    is_short = voice.lang == "en" and len(table.columns) * _MOST > sheet.inner * (1 - _NAME_SHARE)
    return column.removeprefix("CN-") if is_short else voice.name_region(column)


def _write_heads(sheet: Sheet, grid: _Grid, heads: Sequence[str], bold: Sequence[bool]) -> None:
    inks = sheet.palette.quiet_text, sheet.palette.text
    for column, (head, is_on) in enumerate(zip(heads, bold, strict=True)):
        at = grid.find_middle(0, column)[0], 0
        sheet.write_head(head, at, 6, bold=is_on, ink=inks[is_on])


def _write_count(sheet: Sheet, grid: _Grid, table: _Table, row: int) -> None:
    """Write at the right edge how many cells of a row have outcomes."""
    count = sum(cell[0] == table.rows[row] for cell in table.tally.outcomes)
    at = 1.0, 1 - grid.find_middle(row, 0)[1] / sheet.body[1]
    sheet.write(f"{count}", at, (_COUNTS, 0), middle=True, bold=True, ha="right", gid="number")


def _draw_cells(sheet: Sheet, table: _Table, grid: _Grid, *, write: bool) -> str:
    """Draw what there is, what is planned and what there is not, with the numbers of periods."""
    palette, cells = sheet.palette, _build_cells(table, sheet.voice)
    filled = [at for at, cell in cells.items() if cell.outcomes]
    planned = [at for at, cell in cells.items() if cell.plans and not cell.outcomes]
    empty = [
        grid.find_middle(*at) for at, cell in cells.items() if not (cell.plans or cell.outcomes)
    ]
    draw_shapes(sheet, [grid.find_corners(*at) for at in filled], [palette.up], zorder=1)
    frames = [grid.find_corners(*at) for at in planned]
    draw_shapes(sheet, frames, "none", edgecolors=palette.up, linewidths=1.2, zorder=1)
    if empty:
        x, y = zip(*empty, strict=True)
        draw_dots(sheet, (x, y), [palette.quiet] * len(empty), size=2.2)
    labels = {at: cells[at].label for at in filled if cells[at].label}
    fits = all(
        sheet.measure(label, sheet.sizes.small) + 4 <= grid.edges[at[1] + 1] - grid.edges[at[1]]
        for at, label in labels.items()
    )
    if not write or not fits:
        return "its numbers" if set(labels.values()) - {"1"} else ""
    for at, label in labels.items():
        sheet.write(
            label, grid.find_middle(*at), frame="data", middle=True, ha="center", gid="number",
            size=sheet.sizes.small, ink=choose_readable_ink(palette.up),
        )  # fmt: skip
    return ""


class _Cell(NamedTuple):
    """Whether there are outcomes, or plans, and what is written."""

    outcomes: bool
    plans: bool
    label: str


def _build_cells(table: _Table, voice: Voice) -> dict[tuple[int, int], _Cell]:
    """Return what there is by the places of row and column."""
    return {
        (row, column): _build_cell(table, down, across, voice)
        for row, down in enumerate(table.rows)
        for column, across in enumerate(table.columns)
    }


def _build_cell(table: _Table, row: str, column: str, voice: Voice) -> _Cell:
    """Return what a cell shows; the cell of folded regions says how many of them report it."""
    tally = table.tally
    if _REST not in (row, column):
        number = tally.outcomes.get((row, column), 0)
        label = f"{number}" if table.by_region else ""
        return _Cell(bool(number), (row, column) in tally.plans, label)
    cells = [(row, code) if table.by_region else (code, column) for code in table.folded]
    have = sum(cell in tally.outcomes for cell in cells)
    label = voice.say("all_of_them") if have == len(cells) else f"{have}/{len(cells)}"
    return _Cell(have > 0, any(cell in tally.plans for cell in cells), label)


# --- words ----------------------------------------------------------------------------------------


def _list_key_entries(table: _Table, sheet: Sheet) -> list[Entry]:
    """Return the meaning of the cells that are there."""
    say, palette, tally = sheet.voice.say, sheet.palette, table.tally
    planned = tally.plans.keys() - tally.outcomes.keys()
    cells = len(tally.rows) * len(tally.columns)
    entries = [Entry(say("is_reported"), palette.up)] if tally.outcomes else []
    if planned:
        entries.append(Entry(say("is_planned"), palette.ground, palette.up))
    if len(tally.outcomes) + len(planned) < cells:
        entries.append(Entry(say("is_absent"), palette.quiet, dot=2.4))
    return entries


def _say_finding(rows: pd.DataFrame, tally: Tally, voice: Voice) -> str:
    """Count what is complete."""
    if tally.down == "region":
        totals, many = tally.count_reported_cells()[0], len(tally.columns)
        full, some = totals.count(many), len(totals) - totals.count(0)
        extent = "all" if full == len(totals) else "full" if many > 1 and full else "partly"
        return voice.say(f"covered_{extent}", k=full or some, n=len(totals), p=many)
    own = rows[(rows["nature"] == "outcome") & rows["region"].isin(list_mainland_codes())]
    sizes = own.groupby("indicator")["region"].nunique()
    full, many = (
        int((sizes == len(list_mainland_codes())).sum()),
        len(rows["indicator"].unique()),
    )
    return voice.say("complete", k=full, many=many, n=len(list_mainland_codes()))


def _list_subtitle_parts(rows: pd.DataFrame, table: _Table, voice: Voice) -> list[str]:
    """Return the indicator, or which of them are shown and the years that they span."""
    if not table.by_region:
        return [voice.join_drawable(name_indicator(rows, voice))]
    many = len(rows["indicator"].unique())
    ends = [parse_period(label) for label in rows["period"].unique()]
    first, last = min(end.start.year for end in ends), max(end.end.year for end in ends)
    span = voice.name_period(f"{first}/{last}" if first < last else f"{first}")
    shown = len(table.rows)
    which = "most_of_rest" if table.tally.full else "most_reported"
    return [
        voice.say(which, n=shown) if many > shown else "",
        span,
        voice.say("periods_told"),
    ]


def _list_notes(table: _Table, voice: Voice) -> list[str]:
    counts = voice.say("counts_told") if table.rows != [_REST] else ""
    if not table.folded or len(table.rows) == 1 or len(table.columns) == 1:
        return [counts]
    return [counts, voice.say("folded_told", n=len(table.folded))]


def _list_documents(rows: pd.DataFrame, tally: Tally) -> list[str]:
    """Return the documents of what is shown."""
    shown = rows["indicator"].isin(tally.rows) | (tally.down == "region")
    return rows.loc[shown, "source"].unique().tolist()


def _say_counts(tally: Tally, voice: Voice) -> list[str]:
    """Say of each indicator, or of each period, of how many provinces there are figures."""
    by_row, by_column = tally.count_reported_cells()
    if tally.down == "region":
        counts = zip(map(voice.name_period, tally.columns), by_column, strict=True)
    else:
        names = (_name_indicator_by_id(voice, id_) for id_ in tally.rows)
        counts = zip(names, by_row, strict=True)
    return [
        voice.say("report_it", name=name, n=n, all=len(list_mainland_codes())) for name, n in counts
    ]
