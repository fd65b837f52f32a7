"""Cells: every figure of a sheet with what its row, its column and the title say of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.errors import SchemaError
from provstats.tables.asked import Asked, is_same_name
from provstats.tables.blocks import Block, find_blocks, find_main_kind
from provstats.tables.cell_periods import read_cell_periods
from provstats.tables.cell_units import read_cell_units
from provstats.tables.headings import ASPECT, Column, read_columns, read_heading
from provstats.tables.kinds import Kind
from provstats.tables.labels import is_group, is_total, read_region
from provstats.tables.layouts import NoTableError, find_layout
from provstats.tables.rows import TOTAL, Rows, read_rows
from provstats.tables.sheets import Sheet, format_column_letters
from provstats.tables.titles import Title, read_title
from provstats.tables.units import split_unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.tables.findings import Findings
    from provstats.tables.layouts import Layout

    Objects = NDArray[np.object_]
    Places = NDArray[np.intp]

__all__ = ["read_cells"]

# 绝对数 is the indicator that the title names; 比上年增长 is its growth.
_LEVEL: Final = re.compile(
    "绝对[数量额值]|金额|总量|总额|数量|本年|全年|level|total", re.IGNORECASE
)


def read_cells(sheet: Sheet, file: str, asked: Asked, findings: Findings) -> pd.DataFrame:
    """Return the cells of the table of a sheet, one row each, in the order in which one reads."""
    layout = find_layout(sheet)
    title = read_title(layout, file)
    _add_line_remarks(layout, findings)
    blocks = find_blocks(layout, _find_named_label_columns(layout, asked))
    if not blocks:
        msg = f"{sheet} holds no table: no column of figures"
        raise NoTableError(msg)
    names = (read_heading(block, place) for block in blocks for place in block.labels)
    findings.names_indicators |= any(asked.is_column_for("indicator", name) for name in names)
    tables = [_BlockReader(block, title, asked, findings).read_block() for block in blocks]
    cells = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]
    if cells["row"].is_monotonic_increasing:
        return cells
    return cells.sort_values(["row", "column"], kind="stable", ignore_index=True)


def _add_line_remarks(layout: Layout, findings: Findings) -> None:
    lines = (
        ("title", layout.titles, "said of the whole table"),
        ("heading", layout.headings, "names the columns"),
        ("section", layout.sections, "names the rows below"),
        ("note", layout.notes, "left out"),
    )
    for what, rows, meaning in lines:
        for row in rows:
            findings.add_remark(layout.sheet, row, what, layout.sheet.join_row_texts(row), meaning)


def _find_named_label_columns(layout: Layout, asked: Asked) -> tuple[int, ...]:
    """Return the columns that the caller names as labels, unless they hold figures."""
    block = Block(layout, (), ())
    columns = [(place, read_heading(block, place)) for place in range(layout.kinds.shape[1])]
    return tuple(
        place
        for place, name in columns
        if (asked.is_column_for("region", name) and not _is_of_region(layout, place, name))
        or asked.is_column_for("period", name)
        or (asked.is_column_for("indicator", name) and find_main_kind(layout, place) == Kind.WORD)
    )


def _is_of_region(layout: Layout, place: int, name: str) -> bool:
    """Tell whether a column holds the figures of the region that it is named by."""
    return find_main_kind(layout, place) == Kind.NUMBER and read_region(name) is not None


class _BlockReader:
    """Adds the labels of rows and columns to the cells of a block."""

    def __init__(self, block: Block, title: Title, asked: Asked, findings: Findings) -> None:
        self.block, self.title, self.asked, self.findings = block, title, asked, findings
        self.sheet = block.layout.sheet
        self.has_aspects = False
        own_year = title.period.period.start.year if title.period else None
        self.year = own_year if asked.year is None else asked.year

    def read_block(self) -> pd.DataFrame:
        columns = self._choose_columns()
        across = self._are_regions_across(columns)
        if not across:
            columns = [column.without_region for column in columns]
        else:
            columns = [column for column in map(self._resolve_region_column, columns) if column]
        self.has_aspects = len({column.indicator for column in columns}) > 1
        rows = read_rows(self.block, self.asked, self.findings, self.year, across=across)
        regions = None if across else self._resolve_regions(rows)
        tables = [self._read_column_cells(column, rows, regions) for column in columns]
        return pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]

    # --- columns --------------------------------------------------------------------------------

    def _are_regions_across(self, columns: list[Column]) -> bool:
        """Tell whether most headings name regions (with other words, only if the rows do not)."""
        bare = sum(bool(column.region and not column.indicator) for column in columns)
        worded = sum(bool(column.region and column.indicator) for column in columns)
        kinds = {find_main_kind(self.block.layout, place) for place in self.block.labels}
        return (bare + (0 if Kind.REGION in kinds else worded)) * 2 > len(columns)

    def _choose_columns(self) -> list[Column]:
        columns = read_columns(self.block, self.year)
        if self.asked.value is not None:
            columns = self._keep_value_columns(columns)
        elif self.asked.indicator is not None:
            said = self.asked.indicator
            columns = [one for one in columns if is_same_name(one.indicator, said)] or columns
        bare = [format_column_letters(one.place) for one in columns if not one.heading]
        if bare and len(columns) > 1:
            msg = f"column {', '.join(bare)} of {self.sheet} holds figures and has no heading"
            raise SchemaError(msg)
        return columns

    def _keep_value_columns(self, columns: list[Column]) -> list[Column]:
        chosen = [column for column in columns if self.asked.is_column_for("value", column.heading)]
        if not chosen:
            names = [column.heading for column in columns]
            msg = f"value={self.asked.value!r} names no column of figures; there are {names}"
            raise SchemaError(msg)
        return chosen

    def _resolve_region_column(self, column: Column) -> Column | None:
        """Return a column with its region, or as a total; leave out groups of provinces."""
        if column.region:
            return column
        if is_total(column.heading):
            return replace(column, region=TOTAL, indicator="")
        row = self.block.layout.headings[-1]
        if is_group(column.heading):
            meaning = "several provinces together"
            self.findings.add_remark(self.sheet, row, "left out", column.heading, meaning)
        else:
            why = "no region, among columns of regions"
            self.findings.add_problem(self.sheet, row, column.place, why)
        return None

    # --- regions --------------------------------------------------------------------------------

    def _resolve_regions(self, rows: Rows) -> Objects:
        if rows.region is not None:
            return self._name_district_totals(rows, rows.region)
        said = self.asked.read_common_region() or self.title.region
        if said is None:
            msg = (
                f"{self.sheet} names no regions, neither in a column nor in the headings; "
                "pass region= (a region for all rows, or the name of the column)"
            )
            raise SchemaError(msg)
        return np.full(len(rows.kept), said, dtype=object)

    def _name_district_totals(self, rows: Rows, regions: Objects) -> Objects:
        """Return the regions of rows; the total of districts is the caller's region."""
        names = (read_heading(self.block, place) for place in self.block.labels)
        if self.asked.region is None or any(
            self.asked.is_column_for("region", name) for name in names
        ):
            return regions
        if not rows.own:
            msg = f"region={self.asked.region!r} is no column, and the rows name their own regions"
            raise SchemaError(msg)
        code = self.asked.read_common_region()
        return np.array([code if is_total(name or "") else name for name in regions], dtype=object)

    # --- one column of figures ------------------------------------------------------------------

    def _read_column_cells(
        self, column: Column, rows: Rows, regions: Objects | None
    ) -> pd.DataFrame:
        body = self.block.layout.body
        kinds = self.block.layout.kinds[body, column.place]
        places = np.flatnonzero((kinds != Kind.BLANK) & (kinds != Kind.MISSING) & rows.kept)
        self._add_missing_remark(column, int(rows.kept.sum()) - len(places))
        indicators = self._name_indicators(column, rows, places)
        table = pd.DataFrame({"row": body[places], "column": column.place})
        table["region"] = column.region if regions is None else regions[places]
        table["indicator"] = indicators
        table["period"] = read_cell_periods(self, column, rows, places, indicators)
        table["unit"] = read_cell_units(self, column, rows, places, indicators)
        table["text"] = self.sheet.texts[body[places], column.place]
        table["stored"] = self.sheet.stored[body[places], column.place]
        return table[(table["period"] >= 0).to_numpy()]

    def _add_missing_remark(self, column: Column, count: int) -> None:
        if count:
            meaning = f"{count} cells without a value, left out"
            self.findings.add_remark(self.sheet, None, "missing", column.heading, meaning)

    def _name_indicators(self, column: Column, rows: Rows, places: Places) -> str | Objects:
        if rows.indicator is None:
            return self._require_indicator(self._add_title_to_name(column.indicator))
        # A name that all columns share, such as 金额, is no indicator.
        aspect = column.indicator if self.has_aspects else ""
        codes, distinct = pd.factorize(rows.indicator[places])
        own = [split_unit(name)[0] or self.title.indicator for name in distinct]
        names = [" ".join(filter(None, (name, aspect))) for name in own]
        return np.array([self._require_indicator(name) for name in names], dtype=object)[codes]

    def _add_title_to_name(self, name: str) -> str:
        """Return a column's name; the title's indicator replaces 绝对数 and precedes 比上年增长."""
        title = self.title.indicator
        if not name or _LEVEL.fullmatch(name):
            return title or name or ("" if self.asked.indicator else self.title.file)
        return f"{title} {name}" if title and ASPECT.fullmatch(name) else name

    def _require_indicator(self, name: str) -> str:
        if name or self.asked.indicator:
            return name or str(self.asked.indicator)
        msg = f"{self.sheet} names no indicator; pass indicator="
        raise SchemaError(msg)
