"""Titles: what the lines above a table, its sheet and its file say of all its figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from provstats.tables.labels import clean_name, period_in, read_label, read_region
from provstats.tables.units import Measure, read_units, strip_unit, unit_of

if TYPE_CHECKING:
    from provstats.tables.labels import Label
    from provstats.tables.layouts import Layout

__all__ = ["Clause", "Title", "read_title"]


@dataclass(frozen=True, slots=True)
class Clause:
    """What a line of units says of one column: Gas unit: 2015 RMB/thousand m3."""

    name: str
    unit: Measure
    period: Label | None


@dataclass(frozen=True, slots=True)
class Title:
    """What holds for the whole table, where its cells and headings say nothing else."""

    indicator: str = ""
    units: tuple[Measure, ...] = ()
    period: Label | None = None
    region: str | None = None
    clauses: tuple[Clause, ...] = ()
    #: What the file is called, where nothing else names an indicator.
    file: str = ""


_LEAD: Final = re.compile(
    r"^\s*(?:续?表\s*[\d一二三四五六七八九十][\d.\-—一二三四五六七八九十]*|\d{1,3}(?:[-—–.]\d{1,3}){1,3}|Table\s+[\d.\-]+|[一二三四五六七八九十]+、)[.、:：]?\s*"
)
_META: Final = re.compile(
    r"^[#\s]*(指标|指标名称|时间|单位|计量单位|地区|Indicators?|Title|Units?|Year|Time|Region|Period)"
    r"\s*[:：=]\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OF_OTHERS: Final = re.compile(
    r"^[#\s]*(?:数据库|注|说明|备注|资料来源|数据来源|来源|频率|更新|-{3,}"
    "|File|Source|Description|Column types|Note|(?:Indicators)?Database)",
    re.IGNORECASE,
)
_UNIT_LINE: Final = re.compile(r"(?:单位|units?)\s*[:：]?\s*([^()（）]*)", re.IGNORECASE)
_COVERAGE: Final = (
    r"^(?:全国)?(?:各|分|\d\d个?)(?:省份|省级|地区|省|市|自治区|直辖市|[(（]?[区市、]+[)）]?)+的?",
    r"\s+(?:in|of|by|for)\s+(?:china(?:'s)?\s+)?(?:provinces?|regions?|china)\b.*$",
)
#: A unit that is not known has at most so many signs.
_LONGEST: Final = 12
_GENERIC_SHEET: Final = re.compile(
    r"(?:sheet|工作表|表|分省.*|data|数据)\s*\d*(?:\s*\(\d+\))?数?据?", re.IGNORECASE
)


def read_title(layout: Layout, file: str) -> Title:
    """Return what the lines above the table say; then its sheet, then its file."""
    indicator, region, period, units, clauses = "", None, None, [], []
    for row in layout.titles:
        for line in _cells(layout, row):
            found = _META.match(line)
            key, rest = (found[1].lower(), found[2].strip()) if found else ("", line)
            if key in ("指标", "指标名称", "indicator", "indicators", "title"):
                indicator, unit = strip_unit(clean_name(rest))
                units += [unit] if unit else []
                indicator, own = period_in(indicator)
                period = period or own
            elif key in ("单位", "计量单位", "unit", "units"):
                clauses += _clauses(rest)
                units += [] if clauses else _stated_units(rest)
            elif key in ("时间", "year", "time", "period"):
                period = period or read_label(rest)
            elif key in ("地区", "region"):
                region = read_region(rest)
            elif not _OF_OTHERS.match(line):
                name, own_units, own = _free_line(line)
                units += own_units
                period = period or own
                indicator = indicator or name
    sheet = layout.sheet.name
    named, own = period_in(sheet)
    period = period or read_label(sheet) or own
    if not indicator and named and not _GENERIC_SHEET.fullmatch(named) and not read_label(sheet):
        indicator, unit = strip_unit(clean_name(named))
        units += [unit] if unit else []
    named, own = period_in(re.sub(r"\s*\(\d+\)$", "", file))
    return Title(
        indicator, _distinct(units), period or own, region, tuple(clauses), _of_file(named)
    )


def _stated_units(text: str) -> list[Measure]:
    """Return the units after 单位：; one that is not known keeps its text."""
    bare = re.sub(r"[(（].*[)）]", "", text).strip()
    known = read_units(bare) or read_units(text)
    return known or ([Measure(bare, 0, bare)] if 0 < len(bare) <= _LONGEST else [])


def _distinct(units: list[Measure]) -> tuple[Measure, ...]:
    """Return units once each, though two languages name them."""
    return tuple({(unit.unit, unit.power): unit for unit in reversed(units)}.values())[::-1]


def _cells(layout: Layout, row: int) -> list[str]:
    return [text.strip() for text in layout.sheet.texts[row] if text.strip()]


def _free_line(line: str) -> tuple[str, list[Measure], Label | None]:
    """Return the name, units and period of a title; a line of units has no name."""
    bare = line.strip().lstrip("#").strip().strip("()（）")
    if units := read_units(bare):
        return "", units, None
    marked = _UNIT_LINE.search(line)
    if marked and (units := read_units(marked[1])):
        name, _, period = _free_line(line[: marked.start()]) if marked.start() else ("", [], None)
        return name, units, period
    if period := read_label(bare):
        return "", [], period
    name, period = period_in(_LEAD.sub("", line.lstrip("# ")))
    name, unit = strip_unit(clean_name(name))
    if not re.search("[\u4e00-\u9fff]", name) and re.match(
        "statistics on|continued", name, re.IGNORECASE
    ):
        name = ""
    return _without_coverage(name), [unit] if unit else [], period


def _without_coverage(name: str) -> str:
    for pattern in _COVERAGE:
        name = re.sub(pattern, "", name, flags=re.IGNORECASE) or name
    return name.strip()


def _of_file(stem: str) -> str:
    """Return the indicator that the name of a file tells, without its years and unit."""
    bare = re.sub(r"(?:19|20)\d\d年?(?:第?[一二三四1-4]季度|\d{1,2}月)?", " ", stem)
    bare = re.sub(r"[~～—–\-_至到\s]+", " ", bare).strip()
    return _without_coverage(strip_unit(clean_name(bare))[0])


_CLAUSE: Final = re.compile(
    r"(?P<name>[^:：,，;；]*?)\s*(?:units?|单位)?\s*[:：]\s*(?P<year>(?:19|20)\d\d)?\s*年?\s*(?P<unit>.+)",
    re.IGNORECASE,
)


def _clauses(text: str) -> list[Clause]:
    """Return the units of single columns that a line names, if all of it does."""
    parts = [part.strip() for part in re.split("[,，;；、]", text) if part.strip()]
    found = [_CLAUSE.fullmatch(part) for part in parts]
    read = [
        Clause(_key(match["name"]), unit, read_label(match["year"]) if match["year"] else None)
        for match in found
        if match and match["name"].strip() and (unit := unit_of(match["unit"]))
    ]
    return read if len(read) == len(parts) else []


def _key(name: str) -> str:
    return re.sub(r"[\W_]|单位|units?$", "", name.lower())


def clause_of(title: Title, name: str) -> Clause | None:
    """Return what the line of units says of the column of this name."""
    return next((clause for clause in title.clauses if clause.name == _key(name)), None)
