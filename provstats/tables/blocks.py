"""Blocks: the panels of a table that stand side by side; its columns of labels and of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from provstats.errors import SchemaError
from provstats.tables.kinds import Kind
from provstats.tables.labels import clean_name, read_label, read_region
from provstats.tables.sheets import format_column_letters

if TYPE_CHECKING:
    from provstats.tables.layouts import Layout

__all__ = ["Block", "find_blocks", "find_main_kind"]

_PERIODS: Final = re.compile(
    "年|年份|年度|月份|时间|日期|时期|季度|period|year|date|time|month|quarter"
)
_PARTS: Final = re.compile(
    "月|月份|month|季度|quarter|年份|year|序号|编号|no\\.?|index|.*(?:代码|编码)|(?:.*[^a-z])?code|(?:ad|area)code"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One panel: the columns of labels and the columns of data."""

    layout: Layout
    labels: tuple[int, ...]
    data: tuple[int, ...]


def find_blocks(layout: Layout, forced: tuple[int, ...] = ()) -> list[Block]:
    """Return the panels that stand side by side, each from its first column of labels on."""
    roles = [_is_label(layout, place) or place in forced for place in range(layout.kinds.shape[1])]
    starts = _find_panel_starts(layout, roles)
    blocks = []
    for start, end in zip(starts, [*starts[1:], len(roles)], strict=True):
        labels = [place for place in range(start, end) if roles[place]]
        data = [
            place
            for place in range(start, end)
            if not roles[place] and _is_filled_column(layout, place)
        ]
        blocks.append(Block(layout, tuple(labels), tuple(data)))
    return [block for block in blocks if block.data]


def _find_panel_starts(layout: Layout, roles: list[bool]) -> list[int]:
    """Return where each panel begins: where regions or years come again after data.

    If the first panel has columns before its labels, so have the others.
    """
    main = roles.index(True) if True in roles else None
    starts, seen_data = [0], False
    for place, is_label in enumerate(roles):
        again = is_label and seen_data and main not in (None, place)
        if again and _is_same_role(layout, int(main or 0), place):
            starts.append(place - _count_leading_columns(layout, int(main or 0), place))
            seen_data = False
        elif (
            again
            and not _is_filled_column(layout, place - 1)
            and _has_regions_or_periods(layout, place)
        ):
            msg = (
                f"{layout.sheet} holds two tables: another begins in column "
                f"{format_column_letters(place)}; save each as a sheet or a file of its own"
            )
            raise SchemaError(msg)
        seen_data |= not is_label and _is_filled_column(layout, place)
    return starts


def _has_regions_or_periods(layout: Layout, place: int) -> bool:
    """Tell whether a column names regions or periods, as the first of a table does."""
    return find_main_kind(layout, place) in (Kind.REGION, Kind.PERIOD, Kind.YEAR)


def _count_leading_columns(layout: Layout, main: int, place: int) -> int:
    """Return how many columns stand before a panel's labels, named as in the first panel."""
    last = layout.sheet.texts[layout.headings[-1]] if layout.headings else []
    return main if [*last[:main]] == [*last[place - main : place]] else 0


def _is_same_role(layout: Layout, one: int, other: int) -> bool:
    return find_main_kind(layout, one) == find_main_kind(layout, other) and (
        _join_heading(layout, one) == _join_heading(layout, other)
        or find_main_kind(layout, other) == Kind.REGION
    )


def _join_heading(layout: Layout, place: int) -> str:
    return clean_name("".join(layout.sheet.texts[row, place] for row in layout.headings))


def find_main_kind(layout: Layout, place: int) -> int:
    """Return what most cells of a column of the body look like."""
    kinds = layout.kinds[layout.body, place]
    counts = np.bincount(kinds, minlength=len(Kind))
    counts[Kind.BLANK] = counts[Kind.MISSING] = 0
    return int(counts.argmax()) if counts.any() else int(Kind.BLANK)


def _is_label(layout: Layout, place: int) -> bool:
    """Tell whether a column labels the rows: by its regions, periods or words, or its name."""
    main = find_main_kind(layout, place)
    name = _join_heading(layout, place).lower()
    if main in (Kind.REGION, Kind.PERIOD, Kind.WORD):
        return not (place and main == Kind.WORD and read_label(name))
    if main == Kind.YEAR:
        named = _PERIODS.fullmatch(name) or (
            place == 0 and not read_label(name) and not read_region(name)
        )
        return bool(named or _PARTS.fullmatch(name)) or _is_leading_year_column(layout, place)
    return bool(_PARTS.fullmatch(name))


def _is_leading_year_column(layout: Layout, place: int) -> bool:
    """Tell whether an unnamed column of years stands left of all numbers."""
    return not _join_heading(layout, place) and all(
        find_main_kind(layout, before) not in (Kind.NUMBER, Kind.YEAR) for before in range(place)
    )


def _is_filled_column(layout: Layout, place: int) -> bool:
    kinds = layout.kinds[layout.body, place]
    return bool((kinds != Kind.BLANK).any()) or any(
        layout.sheet.texts[row, place].strip() for row in layout.headings
    )
