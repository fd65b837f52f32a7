"""Courses: what a chart of several periods shows and says, its hues, and where its lines end."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from provstats.plot.parts.end_labels import PITCH, End, measure_end_labels
from provstats.plot.parts.timelines import convert_end_to_years
from provstats.plot.parts.value_axis import choose_height_ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.typing import ColorType

    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.paper import Paper
    from provstats.plot.parts.series_breaks import SeriesBreaks
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = [
    "Course", "choose_hues", "choose_value_ticks", "collect_line_ends", "compute_time_limits",
    "measure_lines_height", "measure_value_labels",
]  # fmt: skip

# Points: the least height of the lines, what is left beside the ticks, and the first and last time.
_HEIGHT, _BESIDE_TICKS, _INSET = 215.0, 8.0, 5.0
# So many lines have a hue each without being highlighted.
_HUES: Final = 4
# What names take of the width at most.
_MOST_NAMES: Final = 0.65


class Course(NamedTuple):
    """Rows of one indicator by time, the regions set off, and the words."""

    rows: pd.DataFrame
    wanted: Sequence[str]
    voice: Voice
    scale: Scale
    nation: pd.DataFrame | None
    words: Caption
    #: What is said between title and footer to those who cannot see.
    told: Sequence[str]
    is_log: bool
    #: Where a line ends, for the series was measured anew.
    anew: SeriesBreaks

    @property
    def lines(self) -> pd.DataFrame:
        """The rows, and those of the nation's line."""
        return self.rows if self.nation is None else pd.concat([self.rows, self.nation])


def choose_hues(shown: Course, paper: Paper) -> dict[str, ColorType]:
    """Return the hues of lines, none that of the nation where it has a line too."""
    palette, codes = paper.palette, shown.rows["region"].drop_duplicates().to_list()
    hues = palette.lines if shown.nation is None else (*palette.lines[:-1], palette.mark)
    wanted = shown.wanted or (codes if len(codes) <= _HUES else [])
    return dict(zip(wanted, cycle(hues), strict=False))


def choose_value_ticks(shown: Course) -> tuple[list[float], list[str]]:
    """Return the ticks of the values, and how they are printed."""
    values = shown.lines["value"]
    return choose_height_ticks((values.min(), values.max()), shown.scale, is_log=shown.is_log)


def measure_value_labels(paper: Paper, ticks: tuple[list[float], list[str]]) -> float:
    """Return the points that the values of the axis take at the left of the lines."""
    return max(paper.measure(label, paper.sizes.small) for label in ticks[1]) + _BESIDE_TICKS


def measure_lines_height(paper: Paper, ends: Sequence[End]) -> float:
    """Return the points that lines need, so that all that ends have room."""
    return max(_HEIGHT, (len(ends) + 1) * PITCH * paper.sizes.body)


def compute_time_limits(lines: pd.DataFrame, room: float) -> tuple[float, float]:
    """Return the ends of the axis of times, some points beyond the first and the last one."""
    times = lines["period"].map(convert_end_to_years)
    per_point = (times.max() - times.min()) / max(room - 2 * _INSET, 1.0)
    return times.min() - _INSET * per_point, times.max() + _INSET * per_point


def collect_line_ends(shown: Course, hues: Mapping[str, ColorType], paper: Paper) -> list[End]:
    """Return the ends of lines: the highlighted first, then the nation, the outermost, the rest.

    There are none where their names would take too much of the width.
    """
    rows, nation = shown.rows, shown.nation
    last = rows.drop_duplicates("region", keep="last").sort_values(
        ["order", "rank"], ascending=[False, True]
    )
    ends = [
        _build_line_end(row, hues.get(row["region"]), shown, paper) for _, row in last.iterrows()
    ]
    first = [end for end in ends if end.must]
    rest = [end for end in ends if not end.must]
    ink = paper.palette.nation_text
    national = [] if nation is None else [_build_line_end(nation.iloc[-1], ink, shown, paper)]
    found = [*first, *national, *rest[:1], *rest[1:][::-1][:1], *rest[1:-1]]
    return found if measure_end_labels(paper, found) <= _MOST_NAMES * paper.inner else []


def _build_line_end(row: pd.Series, hue: ColorType | None, shown: Course, paper: Paper) -> End:
    return End(
        paper.voice.name_region(row["region"]),
        shown.scale.plain.format_value(row["value"], row["lower"], row["upper"]),
        convert_end_to_years(row["period"]), row["value"],
        paper.palette.quiet_text if hue is None else hue, hue is not None, row["region"],
    )  # fmt: skip
