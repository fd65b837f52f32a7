"""Layouts: where the table stands in a sheet; its titles, headings, body, sections and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.errors import SchemaError
from provstats.tables.kinds import Kind, infer_kinds
from provstats.tables.labels import read_region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.tables.kinds import Kinds
    from provstats.tables.sheets import Sheet

    Flags = NDArray[np.bool_]
    Places = NDArray[np.intp]

__all__ = ["Layout", "NoTableError", "find_layout"]

_NOTE: Final = re.compile(
    r"^[\"'“\s]*(?:注|说明|备注|资料来源|数据来源|来源|资料|数据库|指标|时间|地区[：:]|单位|频率|更新"
    r"|[Nn]otes?\b|[Ss]ources?\b|Data [Ss]ources?|[*＊#＃①]|[（(]?\d+[)）.、]\s*\D)"
)
_NUMBERED: Final = re.compile(r"\s*[(（]?[一二三四五六七八九十\d]{1,2}[、.．)）]")
#: A label is shorter than this.
_SENTENCE: Final = 60
#: Over so many rows the name of a column may be split.
_SPLIT: Final = 3


class NoTableError(SchemaError):
    """A sheet holds no table."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a sheet: titles above, headings, body, sections within it, and notes."""

    sheet: Sheet
    kinds: Kinds
    titles: tuple[int, ...]
    headings: tuple[int, ...]
    body: Places
    sections: tuple[int, ...]
    notes: tuple[int, ...]


def find_layout(sheet: Sheet) -> Layout:
    """Find the parts of the one table of a sheet."""
    kinds = infer_kinds(sheet)
    if not kinds.size or not (kinds != Kind.BLANK).any():
        msg = f"{sheet} is empty"
        raise NoTableError(msg)
    is_data = _are_data_rows(sheet, kinds)
    if not is_data.any():
        msg = f"{sheet} holds no table: no row has a number under a heading"
        raise NoTableError(msg)
    first, last = (int(place) for place in np.flatnonzero(is_data)[[0, -1]])
    is_data[first:last] |= _are_lone_numbers(kinds[first:last])
    start = _find_body_start(kinds, first)
    headings = _find_heading_rows(sheet, kinds, start)
    body = np.flatnonzero(is_data)
    gaps = (np.flatnonzero(~is_data[start : last + 1]) + start).tolist()
    between = [row for row in gaps if sheet.join_row_texts(row)]
    sections = _find_sections(sheet, kinds, headings, between)
    notes = (
        *(row for row in between if row not in sections),
        *_find_filled_rows(sheet, range(last + 1, len(kinds))),
    )
    titles = [row for row in range(start) if row not in headings and sheet.join_row_texts(row)]
    if sections and titles and _are_of_one_kind(sheet, (titles[-1], *sections)):
        sections = (titles.pop(), *sections)
    return Layout(sheet, kinds, tuple(titles), headings, body, sections, notes)


def _are_of_one_kind(sheet: Sheet, rows: tuple[int, ...]) -> bool:
    """Tell whether all lines are numbered, as 一、 and 二、, or all are regions."""
    said = [sheet.join_row_texts(row) for row in rows]
    return all(map(_NUMBERED.match, said)) or all(map(read_region, said))


def _find_filled_rows(sheet: Sheet, rows: range) -> list[int]:
    return [row for row in rows if sheet.join_row_texts(row)]


def _are_data_rows(sheet: Sheet, kinds: Kinds) -> Flags:
    """Tell which rows are data: a number, not a year; or a region with years or missing values."""
    numbers, years, missing, regions, words, periods = (
        (kinds == kind).sum(axis=1)
        for kind in (
            Kind.NUMBER, Kind.YEAR, Kind.MISSING, Kind.REGION, Kind.WORD, Kind.PERIOD,
        )
    )  # fmt: skip
    one_region = regions == 1
    dated = (periods + years > 0) & (words <= 1)
    rows = (numbers > 0) | one_region & ((years > 0) | (missing > 0))
    rows |= (missing > 0) & dated
    if kinds.shape[1] > 1:
        rows &= ((kinds != Kind.BLANK).sum(axis=1) > 1) | one_region
    rows &= ~_are_notes(sheet, kinds, words)
    for row in np.flatnonzero(rows)[:_SPLIT].tolist():
        rows[row] = not _is_numbering(sheet, kinds, row)
    return np.asarray(rows | (_are_region_rows(kinds, rows) & one_region))


def _are_region_rows(kinds: Kinds, rows: Flags) -> Flags:
    """Tell which rows have a region where most rows of data have one.

    Only rows below the first row of data count, or right above it with other cells.
    """
    regions = kinds == Kind.REGION
    if not regions[rows].any():
        return np.zeros(len(kinds), dtype=bool)
    named = regions[:, regions[rows].sum(axis=0).argmax()]
    first = int(np.argmax(rows))
    is_row = named & ((kinds != Kind.BLANK).sum(axis=1) > 1)
    while first and is_row[first - 1]:
        first -= 1
    return np.asarray(named & (np.arange(len(kinds)) >= first))


def _are_lone_numbers(kinds: Kinds) -> Flags:
    """Tell which rows hold one number and nothing else, not even a label."""
    filled = kinds != Kind.BLANK
    return np.asarray((filled.sum(axis=1) == 1) & (kinds[:, 1:] == Kind.NUMBER).any(axis=1))


def _are_notes(sheet: Sheet, kinds: Kinds, words: NDArray[np.intp]) -> Flags:
    """Tell which rows are sentences about the table, though numbers may stand beside them."""
    codes, distinct = pd.factorize(sheet.texts[:, 0])
    notes = np.array([bool(_NOTE.match(text)) for text in distinct])
    titled = np.array([bool(re.search("[:：]", text)) for text in distinct]) & notes
    long = np.array([len(text) > _SENTENCE for text in distinct]) | notes
    is_note = titled[codes] | (long[codes] & (words > 1))
    return np.asarray(is_note & (kinds[:, 0] == Kind.WORD))


def _is_numbering(sheet: Sheet, kinds: Kinds, row: int) -> bool:
    """Tell whether a row only counts the columns: 甲 1 2 3."""
    texts = [text.strip() for text in sheet.texts[row]]
    numbers = [text for text, kind in zip(texts, kinds[row], strict=True) if kind == Kind.NUMBER]
    others = "".join(
        text for text, kind in zip(texts, kinds[row], strict=True) if kind != Kind.NUMBER
    )
    counted = any(numbers == [str(n + k) for n in range(len(numbers))] for k in (0, 1, 2))
    return counted and bool(re.fullmatch("[甲乙丙A-C]?", others)) and len(numbers) > 1


def _find_body_start(kinds: Kinds, first: int) -> int:
    """Return where the body begins: at its data, or at the name of a section right above them."""
    filled = kinds != Kind.BLANK
    is_section = first > 1 and filled[first - 1, 0] and filled[first - 1].sum() == 1
    return first - 1 if is_section and filled[first - 2].sum() > 1 else first


def _find_heading_rows(sheet: Sheet, kinds: Kinds, first: int) -> tuple[int, ...]:
    """Return the rows above the data that name columns, upwards until the first that does not.

    Below the row that names the labels (地区) one cell may stand alone (#婴儿 under 死亡率); above
    it, a lone cell is a title or a unit.
    """
    data = sorted(_find_data_columns(kinds, first))
    metas = {row for row in range(first) if _is_meta(sheet, row, kinds)}
    over = (kinds[:first, data] != Kind.BLANK).sum(axis=1)
    named = (np.delete(kinds[:first], data, axis=1) != Kind.BLANK).any(axis=1)
    top = first
    for row in reversed(range(first)):
        is_lone = over[row] == 1 and (top == first or not named[top:].any())
        wider_above = any(over[max(0, row - _SPLIT) : row] > 1) and top < first
        if row in metas or not (over[row] > 1 or is_lone or wider_above):
            break
        top = row
    return tuple(
        row
        for row in range(top, first)
        if sheet.join_row_texts(row) and not _is_numbering(sheet, kinds, row)
    )


def _find_data_columns(kinds: Kinds, first: int) -> set[int]:
    below = kinds[first:]
    numbers = np.isin(below, (Kind.NUMBER, Kind.YEAR, Kind.MISSING)).sum(axis=0)
    names = np.isin(below, (Kind.REGION, Kind.PERIOD, Kind.WORD)).sum(axis=0)
    dated = ((below == Kind.YEAR).sum(axis=0) == numbers) & (np.arange(kinds.shape[1]) == 0)
    return set(np.flatnonzero((numbers >= np.maximum(1, names)) & ~dated).tolist())


def _is_meta(sheet: Sheet, row: int, kinds: Kinds) -> bool:
    """Tell whether a row says something of the table: 单位：亿元, or a comment."""
    filled = np.flatnonzero(kinds[row])
    first = sheet.texts[row, filled[0]] if len(filled) else ""
    if first.startswith("#"):
        return bool(filled[0] == 0)
    return bool(_NOTE.match(first)) and (bool(re.search("[:：]", first)) or len(filled) == 1)


def _find_sections(
    sheet: Sheet, kinds: Kinds, headings: tuple[int, ...], between: list[int]
) -> tuple[int, ...]:
    """Return the rows within the body that name a section; refuse a second table."""
    repeated = {tuple(sheet.texts[row]) for row in headings}
    sections = []
    for row in between:
        filled = np.flatnonzero(kinds[row])
        if tuple(sheet.texts[row]) in repeated:
            continue
        if len(filled) > 1 and headings and _is_other_heading(sheet, kinds, row):
            number, words = sheet.compute_row_number(row), sheet.join_row_texts(row)[:60]
            msg = (
                f"{sheet} holds two tables: another heading stands in row {number} ({words!r}); "
                "save each as a sheet or a file of its own"
            )
            raise SchemaError(msg)
        if len(filled) == 1 and filled[0] <= 1 and not _NOTE.match(sheet.texts[row, filled[0]]):
            sections.append(row)
    return tuple(sections)


def _is_other_heading(sheet: Sheet, kinds: Kinds, row: int) -> bool:
    filled = np.flatnonzero(kinds[row])
    names = (
        (kinds[row, filled] == Kind.WORD)
        | (kinds[row, filled] == Kind.PERIOD)
        | (kinds[row, filled] == Kind.YEAR)
        | (kinds[row, filled] == Kind.REGION)
    )
    return bool(names.all() and not _NOTE.match(sheet.texts[row, filled[0]]))
