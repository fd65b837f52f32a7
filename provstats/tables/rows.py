"""Rows: what the columns of labels say of each row, its region, period, indicator and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.errors import UnknownRegionError
from provstats.store.groups import load_groups
from provstats.store.regions import region as find_region
from provstats.tables.blocks import Block, find_main_kind
from provstats.tables.headings import read_heading
from provstats.tables.kinds import Kind, is_missing
from provstats.tables.labels import clean_name, is_group, is_total, read_label, read_region
from provstats.tables.titles import drop_title_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from provstats.tables.asked import Asked
    from provstats.tables.findings import Findings

    Flags = NDArray[np.bool_]
    Objects = NDArray[np.object_]

__all__ = ["TOTAL", "Rows", "read_rows"]

#: The region of a row that is a total and does not say of what.
TOTAL: Final = "total"

#: What a column of labels is called.
_NAMES: Final = {
    "ignored": (
        r"序号|编号|no\.?|备注|说明|注释|限定|性质|原文|段落|(?:数据)?来源|notes?|sources?|remarks?"
        "|comments?|(?:as )?printed|id|qualifier|nature|basis|among|direction"
        r"|.*(?:代码|编码)|(?:.*[\W_])?code|(?:ad|area|region|indicator)code"
    ),
    "unit": "单位|计量单位|units?",
    "month": "月|月份|months?",
    "quarter": "季|季度|quarters?",
    "region": (
        "(?:.*[^a-z])?(?:地区|区域|省|省份|省市|省区市|市|县|区|城市|地市|区县|市县|名称"
        "|region|province|district|area|city|cities|county|name|prov)"
    ),
    "indicator": (
        "指标|指标名称|项目|行业|类别|产品|品种|分类"
        "|indicators?|items?|variables?|series|category|industry"
    ),
}
_PLACE: Final = re.compile("[区县市省州盟旗镇乡]$")
#: So many rows tell what a column of words holds.
_SAMPLE: Final = 200


@dataclass(frozen=True, slots=True)
class Rows:
    """The labels of the rows of a body; None where no column says it."""

    kept: Flags
    region: Objects | None
    period: Objects | None
    indicator: Objects | None
    unit: Objects | None
    #: Whether the regions are the caller's own, districts or cities, and no provinces.
    own: bool


def read_rows(
    block: Block, asked: Asked, findings: Findings, year: int | None, *, across: bool
) -> Rows:
    """Return what the labels of each row say; `across`: the regions stand in the headings."""
    roles = _infer_roles(block, asked, across=across)
    for place, role in roles.items():
        name = read_heading(block, place)
        findings.add_remark(block.layout.sheet, None, "labels", name, f"column of labels: {role}")
    reader = _Reader(block, roles, findings, year)
    labels = reader.read_regions(), reader.read_period_texts(), reader.read_indicator_names()
    region, period, indicator = reader.add_section_labels(*labels)
    return Rows(
        reader.kept, region, period, indicator, reader.read_unit_texts(), "own" in roles.values()
    )


# --- what a column of labels is -----------------------------------------------------------------


def _infer_roles(block: Block, asked: Asked, *, across: bool) -> dict[int, str]:
    """Return the role of each column of labels; of several columns of regions the first counts."""
    roles: dict[int, str] = {}
    aside = _find_group_columns(block)
    for place in block.labels:
        if place in aside:
            roles[place] = "ignored"
            continue
        has_region = across or not {"region", "own"}.isdisjoint(roles.values())
        role = _infer_role(block, place, asked, has_region=has_region)
        roles[place] = "ignored" if has_region and role in ("region", "own") else role
    return roles


def _find_group_columns(block: Block) -> set[int]:
    """Return the columns of groups of provinces, if another column names the provinces."""
    texts = block.layout.sheet.texts[block.layout.body[:_SAMPLE]]
    found = {
        place for place in block.labels
        if all(map(is_group, filter(str.strip, texts[:, place].tolist())))
    }  # fmt: skip
    others = (place for place in block.labels if place not in found)
    is_named = any(find_main_kind(block.layout, place) == Kind.REGION for place in others)
    return found if is_named else set()


def _infer_role(block: Block, place: int, asked: Asked, *, has_region: bool) -> str:
    name, main = read_heading(block, place), find_main_kind(block.layout, place)
    for role in ("region", "period", "indicator"):
        if asked.is_column_for(role, name):
            return "own" if role == "region" and main == Kind.WORD else role
    if main == Kind.REGION:
        return "region"
    for role in ("ignored", "unit", "month", "quarter"):
        if re.fullmatch(_NAMES[role], name, re.IGNORECASE):
            return role
    if main in (Kind.PERIOD, Kind.YEAR, Kind.NUMBER):
        return "period"
    return _infer_word_role(block, place, name, has_region=has_region)


def _infer_word_role(block: Block, place: int, name: str, *, has_region: bool) -> str:
    if re.fullmatch(_NAMES["indicator"], name, re.IGNORECASE):
        return "indicator"
    texts = block.layout.sheet.texts[block.layout.body[:_SAMPLE], place]
    words = [clean_name(text) for text in texts if text.strip()]
    if has_region:
        is_english = not any(re.search("[\u4e00-\u9fff]", word) for word in words)
        return "ignored" if is_english and re.search("[a-z]", name, re.IGNORECASE) else "indicator"
    places = sum(bool(_PLACE.search(word)) or is_total(word) for word in words)
    named = re.fullmatch(_NAMES["region"], re.sub(r"\s", "", name), re.IGNORECASE)
    return "own" if named or places * 2 > len(words) else "indicator"


# --- what its cells say -------------------------------------------------------------------------


class _Reader:
    """Reads the columns of labels, each distinct text once."""

    def __init__(
        self, block: Block, roles: dict[int, str], findings: Findings, year: int | None
    ) -> None:
        self.block, self.roles, self.findings, self.year = block, roles, findings, year
        self.sheet, self.body = block.layout.sheet, block.layout.body
        self.kept = np.ones(len(self.body), dtype=bool)

    def read_regions(self) -> Objects | None:
        place = next(iter(self._find_columns("region", "own")), None)
        if place is None:
            return None
        if self.roles[place] == "own":
            return self._map_column_texts(
                place, lambda text: read_region(text) or clean_name(text) or None
            )
        regions = self._map_column_texts(place, _read_region_or_total)
        if self._find_columns("period", "indicator", "month", "quarter"):
            regions = _fill_blanks_from_above(regions, self._read_column_texts(place))
        unread = pd.isna(regions)
        for row in np.flatnonzero(unread).tolist():
            self._report_missing_region(row, place)
        self.kept &= ~unread
        return regions

    def read_period_texts(self) -> Objects | None:
        """Return the texts that name periods; a year and a month in two columns are joined."""
        places = self._find_columns("period", "month", "quarter")
        if not places:
            return None
        texts = [self._read_column_texts(place) for place in places]
        texts[0] = _fill_blanks_from_above(texts[0], texts[0])
        if len(places) == 1:
            return _add_period_suffix(texts[0], self.roles[places[0]])
        parts = [_add_period_suffix(texts[0], "year")]
        parts += [
            _add_period_suffix(text, self.roles[place])
            for text, place in zip(texts[1:], places[1:], strict=True)
        ]
        return np.asarray(np.sum(parts, axis=0), dtype=object)

    def read_indicator_names(self) -> Objects | None:
        columns = [
            self._map_column_texts(place, _clean_indicator_name)
            for place in self._find_columns("indicator")
        ]
        if not columns:
            return None
        columns[0] = _fill_blanks_from_above(columns[0], columns[0])
        if len(columns) == 1:
            return columns[0]
        joined = [" ".join(filter(None, names)) for names in zip(*columns, strict=True)]
        return np.array(joined, dtype=object)

    def read_unit_texts(self) -> Objects | None:
        places = self._find_columns("unit")
        if not places:
            return None
        return self._map_column_texts(
            places[0], lambda text: None if is_missing(text) else text.strip()
        )

    def add_section_labels(
        self, region: Objects | None, period: Objects | None, indicator: Objects | None
    ) -> tuple[Objects | None, Objects | None, Objects | None]:
        """Return the labels with those of the sections, if the same rows come again in each."""
        rows = self.block.layout.sections
        if rows and region is None:
            return self._read_section_regions(), period, indicator
        if not rows or region is None:
            return region, period, indicator
        labels = pd.DataFrame({"region": region, "period": period, "indicator": indicator})
        if not labels[self.kept].duplicated().any():
            return region, period, indicator
        said = [drop_title_number(clean_name(self.sheet.join_row_texts(row))) for row in rows]
        names = np.array(["", *said], dtype=object)
        sections = names[np.searchsorted(np.array(rows), self.body)]
        if all(read_label(name) for name in set(sections) if name):
            return region, sections, indicator
        return region, period, sections if indicator is None else sections + " " + indicator

    def _read_section_regions(self) -> Objects | None:
        """Return the region of each row by its section; None if a row has none."""
        rows = self.block.layout.sections
        codes = [None, *(read_region(self.sheet.join_row_texts(row)) for row in rows)]
        found = np.array(codes, dtype=object)[np.searchsorted(np.array(rows), self.body)]
        return None if pd.isna(found).any() else np.asarray(found)

    def _find_columns(self, *roles: str) -> list[int]:
        return [place for place, role in self.roles.items() if role in roles]

    def _read_column_texts(self, place: int) -> Objects:
        return np.asarray(self.sheet.texts[self.body, place])

    def _map_column_texts(self, place: int, read: Callable[[str], str | None]) -> Objects:
        codes, distinct = pd.factorize(self._read_column_texts(place))
        found = np.array([read(text) for text in distinct], dtype=object)
        return np.asarray(found[codes])

    def _report_missing_region(self, row: int, place: int) -> None:
        at, text = int(self.body[row]), self._read_column_texts(place)[row]
        if is_group(text):
            self.findings.add_remark(self.sheet, at, "left out", text, "several provinces together")
        elif text.strip() or (self.sheet.texts[at, list(self.block.data)] != "").any():
            self.findings.add_problem(
                self.sheet, at, place, _explain_unknown_region(clean_name(text))
            )


def _clean_indicator_name(text: str) -> str:
    """Return the name of an indicator, without 其中 (a part of the one above)."""
    return re.sub(r"^(?:其中[:：\s]*|[#＃]\s*)", "", clean_name(text))


def _read_region_or_total(text: str) -> str | None:
    """Return the code of a region or a total; None for a group of provinces."""
    code = read_region(text)
    if code is None:
        return TOTAL if is_total(text) else None
    return None if code in load_groups() else code


def _explain_unknown_region(name: str) -> str:
    """Return why a name is no region, with the nearest one."""
    try:
        find_region(name)
    except UnknownRegionError as error:
        return str(error).split(" Allowed", maxsplit=1)[0].rstrip(".")
    return "no region"


def _fill_blanks_from_above(values: Objects, texts: Objects) -> Objects:
    """Return values with blanks filled from above, as for merged cells."""
    codes, distinct = pd.factorize(texts)
    blank = np.array([not text.strip() for text in distinct])[codes]
    if not blank.any() or blank[0]:
        return values
    above: NDArray[np.intp] = np.maximum.accumulate(np.where(blank, 0, np.arange(len(values))))
    return np.asarray(values[above])


def _add_period_suffix(texts: Objects, role: str) -> Objects:
    """Return bare numbers as the periods that the name of their column says: 4 in 月 is 4月."""
    suffixes = {"month": "月", "quarter": "季度", "year": "年"}
    if role not in suffixes:
        return texts
    bare = [re.sub(r"\.0+|月份?|第|季度?|年|[Qq]", "", text.strip()) for text in texts]
    return np.array([f"{text}{suffixes[role]}" if text else "" for text in bare], dtype=object)
