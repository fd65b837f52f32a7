"""Ranked rows: what a chart of one period shows and says, and how its rows are labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.plot.parts.captions import format_rank
from provstats.plot.parts.rows import Column, Names

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.typing import ColorType

    from provstats.plot.parts.captions import Caption
    from provstats.plot.parts.palette import Palette
    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["NATIONAL", "Ranked", "build_names_and_columns", "choose_inks", "find_outer_bounds"]

#: The nation's value and its range.
NATIONAL: Final = ["national", "national_lower", "national_upper"]
# What was printed as a bound or about so is shown with its interval.
_QUALIFIED: Final = ("about", "over", "nearly", "under")


class Ranked(NamedTuple):
    """Rows of one indicator and period by rank, which of them are set off, and the words."""

    rows: pd.DataFrame
    marks: Sequence[bool]
    voice: Voice
    scale: Scale
    nation: pd.Series | None
    words: Caption
    #: What is said between title and footer to those who cannot see.
    told: Sequence[str]

    @property
    def set_off(self) -> list[str]:
        """The regions that are set off."""
        return [code for code, is_on in zip(self.rows["region"], self.marks, strict=True) if is_on]


def find_outer_bounds(shown: Ranked) -> tuple[float, float]:
    """Return the least and the greatest end of all intervals, that of the nation's value too."""
    rows, nation = shown.rows, shown.nation
    least, most = rows["lower"].min(), rows["upper"].max()
    if nation is None:
        return least, most
    return min(least, nation["national_lower"]), max(most, nation["national_upper"])


def choose_inks(shown: Ranked, palette: Palette, plain: ColorType) -> list[ColorType]:
    """Return the ink of each row: the accent of those set off, of others the plain one."""
    return [palette.accent if is_on else plain for is_on in shown.marks]


def build_names_and_columns(shown: Ranked, palette: Palette) -> tuple[Names, list[Column]]:
    """Return what the rows are called, and the columns of their values and their ranks."""
    rows, voice = shown.rows, shown.voice
    inks, quiet = (choose_inks(shown, palette, ink) for ink in (palette.text, palette.quiet_text))
    records = [row for _, row in rows.iterrows()]
    values = [_format_value(row, shown.scale, voice) for row in records]
    ranks, plain = [*map(format_rank, records)], [False] * len(rows)
    return Names([*map(voice.name_region, rows["region"])], inks, shown.marks), [
        Column(voice.say("value_head"), values, inks, shown.marks),
        Column(voice.say("rank"), ranks, quiet, plain, by_point=False),
    ]


def _format_value(row: pd.Series, scale: Scale, voice: Voice) -> str:
    """Print a value; one that was printed as a bound or about so, with its interval."""
    label = scale.brief.format_value(row["value"], row["lower"], row["upper"])
    if row["qualifier"] not in _QUALIFIED:
        return label
    return f"{label} ({voice.say('dash').join(scale.format_bounds(row['lower'], row['upper']))})"
