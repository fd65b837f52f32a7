"""Titles: what the lines above a table, its sheet and its file say of all its figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from provstats.tables.labels import clean_name, read_label, read_region, split_period
from provstats.tables.units import Measure, read_unit, read_units, split_unit

if TYPE_CHECKING:
    from provstats.tables.labels import Label
    from provstats.tables.layouts import Layout

__all__ = ["Clause", "Title", "drop_title_number", "read_title"]


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
    r"^\s*(?:附?续?表\s*[\d一二三四五六七八九十][\d.\-—一二三四五六七八九十]*|\d{1,3}(?:[-—–.]\d{1,3}){1,3}|Table\s+[\d.\-]+|[一二三四五六七八九十]+、)[.、:：]?\s*"
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
    r"^(?:全国)?各(?=地区生产总值)",
    r"^(?:全国)?(?:各|分|\d\d个?)(?:省份|省级|地区(?!生产总值)|省|市|自治区|直辖市|[(（]?[区市、]+[)）]?)+的?",
    r"\s+(?:in|of|by|for)\s+(?:china(?:'s)?\s+)?(?:provinces?|regions?|china)\b.*$",
    # The kind of table, not its subject.
    r"(?:排名|排行榜?|排序|一览表?|统计表|汇总表)+$",
)
# The years that a table covers (2022-2023年), which its columns tell; an average needs them.
_YEAR: Final = r"(?:19|20)\d\d\s*年?度?"
_YEARS: Final = re.compile(rf"\s*[(（]?\s*{_YEAR}\s*[-—–~～至到]+\s*{_YEAR}\s*[)）]?\s*")
_OVER_YEARS: Final = re.compile(
    "年均|平均|累[计积]|复合|增幅|average|cumulative|compound|CAGR", re.IGNORECASE
)
#: A unit that is not known has at most so many signs.
_LONGEST: Final = 12
_GENERIC_SHEET: Final = re.compile(
    r"(?:sheet|工作表|表|分省.*|data|数据)\s*\d*(?:\s*\(\d+\))?数?据?", re.IGNORECASE
)


def read_title(layout: Layout, file: str) -> Title:
    """Return what the lines above the table say; then its sheet, then its file."""
    lines = [line for row in layout.titles for line in _list_cell_texts(layout, row)]
    # A line with a key (指标：...) counts before a free title.
    lines.sort(key=lambda line: _META.match(line) is None)
    told = [*map(_read_line, lines), _read_sheet_name(layout.sheet.name)]
    named, period = split_period(re.sub(r"\s*\(\d+\)$", "", file))
    return Title(
        indicator=next((one.indicator for one in told if one.indicator), ""),
        units=_drop_repeated_units([unit for one in told for unit in one.units]),
        period=next((one.period for one in told if one.period), period),
        region=next((one.region for one in told if one.region), read_region(named)),
        clauses=tuple(clause for one in told for clause in one.clauses),
        file="" if read_region(named) else _read_file_name(named),
    )


def _read_line(line: str) -> Title:
    """Return what one line says: an indicator, unit, time or region by its key, or a title."""
    found = _META.match(line)
    if not found:
        return Title() if _OF_OTHERS.match(line) else _read_title_line(line)
    key, rest = found[1].lower(), found[2].strip()
    if key in ("单位", "计量单位", "unit", "units"):
        clauses = _read_unit_clauses(rest)
        return Title(clauses=clauses, units=() if clauses else _read_stated_units(rest))
    if key in ("时间", "year", "time", "period"):
        return Title(period=read_label(rest))
    if key in ("地区", "region"):
        return Title(region=read_region(rest))
    return _read_indicator_name(rest)


def _read_indicator_name(text: str) -> Title:
    """Return what the name of an indicator says, with its unit and period."""
    name, unit = split_unit(clean_name(text))
    name, period = split_period(name)
    return Title(_drop_year_range(name), (unit,) if unit else (), period)


def _drop_year_range(name: str) -> str:
    """Return a name without the range of years that a table covers."""
    return name if _OVER_YEARS.search(name) else _YEARS.sub(_choose_separator, name).strip() or name


def _choose_separator(years: re.Match[str]) -> str:
    """Return what replaces years in a name: a blank between Latin words, else nothing."""
    around = years.string[: years.start()][-1:], years.string[years.end() :][:1]
    return " " if all(sign.isascii() for sign in around) else ""


def _read_sheet_name(name: str) -> Title:
    """Return what the name of a sheet says: 2023, 北京, or GDP(亿元); Sheet1 says nothing."""
    if label := read_label(name):
        return Title(period=label)
    if code := read_region(name):
        return Title(region=code)
    return (
        Title() if _GENERIC_SHEET.fullmatch(split_period(name)[0]) else _read_indicator_name(name)
    )


def _read_stated_units(text: str) -> tuple[Measure, ...]:
    """Return the units after 单位：; one that is not known keeps its text."""
    bare = re.sub(r"[(（].*[)）]", "", text).strip()
    known = read_units(bare) or read_units(text)
    return tuple(known) or ((Measure(bare, 0, bare),) if 0 < len(bare) <= _LONGEST else ())


def _drop_repeated_units(units: list[Measure]) -> tuple[Measure, ...]:
    """Return each unit once, even if named in two languages."""
    return tuple({(unit.unit, unit.power): unit for unit in reversed(units)}.values())[::-1]


def _list_cell_texts(layout: Layout, row: int) -> list[str]:
    return [text.strip() for text in layout.sheet.texts[row] if text.strip()]


def _read_title_line(line: str) -> Title:
    """Return the name, units and period of a title; a line of units has no name."""
    bare = line.strip().lstrip("#").strip().strip("()（）")
    if units := read_units(bare):
        return Title(units=tuple(units))
    marked = _UNIT_LINE.search(line)
    if marked and (units := read_units(marked[1])):
        before = (
            _read_title_line(line[: marked.start()].rstrip("(（[【 "))
            if marked.start()
            else Title()
        )
        return replace(before, units=tuple(units))
    if period := read_label(bare):
        return Title(period=period)
    told = _read_indicator_name(drop_title_number(line.lstrip("# ")))
    is_english = not re.search("[\u4e00-\u9fff]", told.indicator)
    generic = is_english and re.match("statistics on|continued", told.indicator, re.IGNORECASE)
    return replace(told, indicator="" if generic else _drop_coverage(told.indicator))


def drop_title_number(line: str) -> str:
    """Return a title without its number: 表3-1, 3-9, 二、."""
    return _LEAD.sub("", line)


def _drop_coverage(name: str) -> str:
    for pattern in _COVERAGE:
        name = re.sub(pattern, "", name, flags=re.IGNORECASE) or name
    return name.strip()


def _read_file_name(stem: str) -> str:
    """Return the indicator that the name of a file tells, without its years and unit."""
    bare = re.sub(r"(?:19|20)\d\d年?(?:第?[一二三四1-4]季度|\d{1,2}月)?", " ", stem)
    bare = re.sub(r"[~～—–\-_至到\s]+", " ", bare).strip()
    return _drop_coverage(split_unit(clean_name(bare))[0])


_CLAUSE: Final = re.compile(
    r"(?P<name>[^:：,，;；]*?)\s*(?:units?|单位)?\s*[:：]\s*(?P<year>(?:19|20)\d\d)?\s*年?\s*(?P<unit>.+)",
    re.IGNORECASE,
)


def _read_unit_clauses(text: str) -> tuple[Clause, ...]:
    """Return the units that a line gives to columns, if all its parts do."""
    parts = [part.strip() for part in re.split("[,，;；、]", text) if part.strip()]
    found = [_CLAUSE.fullmatch(part) for part in parts]
    read = [
        Clause(
            _make_clause_key(match["name"]),
            unit,
            read_label(match["year"]) if match["year"] else None,
        )
        for match in found
        if match and match["name"].strip() and (unit := read_unit(match["unit"]))
    ]
    return tuple(read) if len(read) == len(parts) else ()


def _make_clause_key(name: str) -> str:
    return re.sub(r"[\W_]|单位|units?$", "", name.lower())


def find_clause(title: Title, name: str) -> Clause | None:
    """Return what the line of units says of the column of this name."""
    return next((clause for clause in title.clauses if clause.name == _make_clause_key(name)), None)
