"""Units of cells: from the row, the heading, the caller or the title; no two may disagree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from provstats.errors import SchemaError
from provstats.tables.titles import find_clause
from provstats.tables.units import RATES, Measure, is_rate_name, read_unit, split_unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provstats.tables.cell_periods import Reader
    from provstats.tables.headings import Column
    from provstats.tables.rows import Rows

    Objects = NDArray[np.object_]
    Places = NDArray[np.intp]

__all__ = ["read_cell_units"]

_RANK: Final = re.compile("(?:位次|排名|名次|排位)$|(?:^|[ _])rank(?:ing)?$", re.IGNORECASE)


def read_cell_units(
    reader: Reader, column: Column, rows: Rows, places: Places, indicators: str | Objects
) -> int | Places:
    """Return the number of the unit of each cell of a column."""
    told = rows.indicator if rows.unit is None else rows.unit
    if told is None:
        return _resolve_unit(reader, column, str(indicators), "")
    names, name_list = pd.factorize(np.broadcast_to(np.array(indicators, object), places.shape))
    owns, own_list = pd.factorize(np.where(pd.isna(told[places]), "", told[places]))
    pairs, distinct = pd.factorize(names * len(own_list) + owns)
    found = [
        _resolve_unit(
            reader,
            column,
            str(name_list[pair // len(own_list)]),
            str(own_list[pair % len(own_list)]),
        )
        for pair in distinct.tolist()
    ]
    return np.array(found, dtype=np.intp)[pairs]


def _resolve_unit(reader: Reader, column: Column, name: str, own: str) -> int:
    """Return the number of the unit of an indicator; `own` is what its row says."""
    stated = _find_stated_unit(reader, column, name, own)
    said = reader.asked.find_unit(name)
    if stated and said and (said.unit, said.power) != (stated.unit, stated.power):
        place = column.heading or own or "the title"
        msg = f"unit={said.printed!r} contradicts {place!r}, which is in {stated.printed!r}"
        raise SchemaError(msg)
    unit = stated or said or _choose_title_unit(reader, name)
    scale = f", times 10**{unit.power}" if unit.power else ""
    reader.findings.add_remark(
        reader.sheet,
        None,
        "unit",
        name,
        (unit.unit or "none stated: each cell's own, if any") + scale,
    )
    return reader.findings.add_unit(unit)


def _find_stated_unit(reader: Reader, column: Column, name: str, own: str) -> Measure | None:
    clause = find_clause(reader.title, column.indicator or name)
    stated = (
        read_unit(own) or split_unit(own)[1] or column.unit or (clause.unit if clause else None)
    )
    if stated is None and _RANK.search(name):
        return Measure("rank", 0, "rank")
    return stated if stated and stated.unit else None


def _choose_title_unit(reader: Reader, name: str) -> Measure:
    """Return the title's unit; of two, the one for rates if `name` is a rate, else the other."""
    units = [unit for unit in reader.title.units if unit.unit]
    fitting = [unit for unit in units if (unit.unit in RATES) == is_rate_name(name)]
    if not units or len(fitting) == 1:
        return fitting[0] if fitting else Measure("")
    if len(units) == 1 and units[0].unit in RATES:
        return units[0]
    names = " and ".join(unit.printed for unit in units)
    msg = (
        f"{reader.sheet} names {names} above the table, and {name!r} does not say whether that "
        f"is its unit; pass unit={{{name!r}: ...}}"
    )
    raise SchemaError(msg)
