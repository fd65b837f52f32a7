"""Headings: what a column of figures is, from the cells above it, stacked and spanning."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from provstats.tables.labels import Label, clean_name, read_label, read_region, split_period
from provstats.tables.units import Measure, read_unit, split_unit

if TYPE_CHECKING:
    from provstats.tables.blocks import Block

__all__ = ["ASPECT", "Column", "read_columns", "read_heading"]

_VALUE: Final = re.compile(
    r"数值|值|数据|value|val|obs_value|data|figure|figures|amount", re.IGNORECASE
)

_GROWTH: Final = (
    "(?:比上年|同比|累计|本月|当月|年均|环比)?(?:增长|增速|增减|增幅|下降)(?:率|速度|百分比)?"
)
#: What a column may say of another: its growth or its rank.
ASPECT: Final = re.compile(
    f"{_GROWTH}|累计|本月|当月|同比|环比|累计值|当期值|比上年.*|指数|位次|排名|比重|占比|占全国比重"
    "|growth(?: rate)?|share|rank",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """What the headings say of one column of figures; what they do not say is empty."""

    place: int
    heading: str
    indicator: str = ""
    period: Label | None = None
    part: str = ""
    region: str | None = None
    unit: Measure | None = None

    @property
    def without_region(self) -> Column:
        """The column where rows name the regions: a region in its heading is only a word."""
        if not (self.region and self.indicator):
            return self
        return replace(self, indicator=clean_name(self.heading), region=None)


def read_columns(block: Block, year: int | None) -> list[Column]:
    """Return what each column of figures of a block is."""
    spread = _spread_headings(block)
    return _name_repeated_aspects(
        [_read_column(place, spread[place], year) for place in block.data]
    )


def _name_repeated_aspects(columns: list[Column]) -> list[Column]:
    """Return the columns; a repeated aspect, such as 位次, gets the name of the one before it."""
    keys = [(column.indicator, column.period, column.part, column.region) for column in columns]
    told: list[Column] = []
    main = ""
    for column, key in zip(columns, keys, strict=True):
        is_aspect = bool(ASPECT.fullmatch(column.indicator))
        name = f"{main} {column.indicator}" if is_aspect and main and keys.count(key) > 1 else ""
        main = main if is_aspect and main else column.indicator
        told.append(replace(column, indicator=name) if name else column)
    return told


def read_heading(block: Block, place: int) -> str:
    """Return the cleaned name of a column of labels."""
    texts = block.layout.sheet.texts
    parts = _drop_translations(
        [text for row in block.layout.headings for text in _split_lines(texts[row, place])]
    )
    return clean_name(" ".join(parts))


def _spread_headings(block: Block) -> dict[int, list[str]]:
    """Return the stacked headings of each column; a blank cell belongs to the one on its left.

    It does so where the two have the same headings above, and something stands below it.
    """
    texts = block.layout.sheet.texts
    stacks: dict[int, list[str]] = {place: [] for place in block.data}
    rows = block.layout.headings
    for depth, row in enumerate(rows):
        before = {place: tuple(stack) for place, stack in stacks.items()}
        for left, place in zip((-1, *block.data), block.data, strict=False):
            text = texts[row, place].strip()
            is_spanned = not text and left in before and before[left] == before[place]
            below = any(texts[lower, place].strip() for lower in rows[depth + 1 :])
            stacks[place].append(stacks[left][-1] if is_spanned and below else text)
    return {place: _join_split_headings(place, stacks) for place in stacks}


def _join_split_headings(place: int, stacks: dict[int, list[str]]) -> list[str]:
    """Return the headings of a column; a name split over two of its own rows is joined."""
    stack = stacks[place]
    others = [other for column, other in stacks.items() if column != place]
    parts: list[str] = []
    for depth, text in enumerate(stack):
        is_own = depth > 0 and all(other[:depth] != stack[:depth] for other in others)
        if is_own and text and parts and _is_name(parts[-1]) and _is_name(text):
            parts[-1] += text
        else:
            parts.append(text)
    return parts


def _is_name(text: str) -> bool:
    """Tell whether a heading is a Chinese word, and neither a unit nor a period."""
    first = bool(re.match("[\u4e00-\u9fff]", text) and re.search("[\u4e00-\u9fff)）]$", text))
    return first and not (read_unit(text) or read_label(text, 2000) or read_region(text))


def _split_lines(text: str) -> list[str]:
    """Return the lines of a cell; a Chinese name that is broken into lines is whole again."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if lines and _is_name(lines[-1]) and _is_name(line) and not split_unit(lines[-1])[1]:
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def _drop_translations(parts: list[str]) -> list[str]:
    """Return each part once, without the English that repeats the Chinese."""
    chinese = False
    kept: list[str] = []
    for part in parts:
        has_words = bool(re.search("[\u4e00-\u9fff]", part)) and not (
            read_unit(part.strip("()（）")) or read_label(part)
        )
        is_english = bool(re.search("[a-z]{2}", part)) and not re.search("[\u4e00-\u9fff]", part)
        if part not in kept and not (chinese and is_english):
            kept.append(part)
        chinese |= has_words
    return kept


def _read_column(place: int, stack: list[str], year: int | None) -> Column:
    heading = " ".join(" ".join(part.split()) for part in stack if part)
    words, units, regions, labels, partial = [], [], [], [], ""
    for text in _drop_translations([line for part in stack for line in _split_lines(part)]):
        bare = re.sub(r"^[(（](.*)[)）]$", r"\1", text).strip()
        if label := read_label(bare):
            labels.append(label)
        elif read_label(bare, 2000):
            partial = bare
        elif unit := read_unit(bare):
            units.append(unit)
            words += [bare] if unit.unit == "rank" else []  # 位次 is a name, too
        elif code := read_region(text):
            regions.append(code)
        else:
            name, unit = split_unit(clean_name(text))
            name, inside = split_period(name)
            units += [unit] if unit else []
            labels += [inside] if inside else []
            words += [name] if name and not _VALUE.fullmatch(name) else []
    period = max(labels, key=lambda label: label.period.start, default=None)
    if partial and (known := period.period.start.year if period else year):
        period, partial = read_label(partial, known), ""
    region, unit = next(iter(regions), None), next(reversed(units), None)
    return Column(place, heading, " ".join(words), period, partial, region, unit)
