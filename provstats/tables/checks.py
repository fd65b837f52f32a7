"""Checks of all rows of a table: what is no figure of a province, and what is refused."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

from provstats.errors import SchemaError
from provstats.store.regions import NATION, list_mainland_codes
from provstats.tables.asked import is_same_name
from provstats.tables.rows import TOTAL

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from provstats.tables.findings import Findings
    from provstats.tables.sheets import Sheet

__all__ = [
    "drop_unpublished", "keep_chosen_indicator", "name_totals", "refuse_mixed_units",
    "refuse_repeated",
]  # fmt: skip

_KEY: Final = ["region", "indicator", "period"]
#: A period is unpublished if at least so many of its values, all of them, are 0.
_ENOUGH: Final = 5
#: An error shows so many cells.
_SHOWN: Final = 5


def keep_chosen_indicator(table: pd.DataFrame, said: str | None) -> pd.DataFrame:
    """Return the rows of the indicator that the caller names; or the only one under that name."""
    names = table["indicator"].unique()
    if said is None or not len(names):
        return table
    chosen = [name for name in names if is_same_name(name, said)] or [*names]
    if len(chosen) > 1:
        msg = f"indicator={said!r} is neither a column nor one of the indicators {[*names[:20]]}"
        raise SchemaError(msg)
    return table[table["indicator"].isin(chosen)].assign(indicator=said)


def drop_unpublished(table: pd.DataFrame, sheet: Sheet, findings: Findings) -> pd.DataFrame:
    """Return the rows without the periods not yet published, whose values are all 0."""
    if not (table["value"] == 0).any():
        return table
    size = table["value"].abs()
    groups = size.groupby([table["indicator"], table["period"]], sort=False)
    nothing = (groups.transform("size") >= _ENOUGH) & (groups.transform("max") == 0)
    unpublished = nothing & (size.groupby(table["indicator"], sort=False).transform("max") > 0)
    if count := int(unpublished.sum()):
        meaning = f"{count} values that are 0 for every region of a period: not published, left out"
        warnings.warn(meaning, stacklevel=4)
        findings.add_remark(sheet, None, "missing", "0", meaning)
    return table[~unpublished]


def name_totals(table: pd.DataFrame, sheets: list[Sheet], errors: str) -> pd.DataFrame:
    """Return the rows with totals named: a total that is the sum of 31 provinces is the nation.

    Any other total is refused or left out.
    """
    totals = (table["region"] == TOTAL).to_numpy()
    if not totals.any():
        return table
    found = set(table["region"])
    if list_mainland_codes() <= found and NATION not in found and _are_sums(table, totals):
        return table.assign(region=table["region"].mask(totals, NATION))
    shown = _describe_cells(table[totals], sheets)
    msg = (
        f"a total stands among provinces and does not say of what:{shown}\n"
        "name it in the table (全国 for the nation), or leave it out with errors='missing'"
    )
    if errors == "raise":
        raise SchemaError(msg)
    warnings.warn(f"{msg}; it is left out", stacklevel=4)
    return table[~totals]


def _are_sums(table: pd.DataFrame, totals: NDArray[np.bool_]) -> bool:
    provinces = table[table["region"].isin(list_mainland_codes())]
    sums = provinces.groupby(_KEY[1:])[["lower", "upper"]].sum()
    printed = table[totals].set_index(_KEY[1:])
    if not printed.index.isin(sums.index).all():
        return False
    sums = sums.loc[printed.index]
    touches = (sums["lower"] <= printed["upper"]) & (printed["lower"] <= sums["upper"])
    return bool(touches.all())


def refuse_mixed_units(table: pd.DataFrame, sheets: list[Sheet]) -> None:
    """Refuse an indicator whose figures are in several units."""
    distinct = table.drop_duplicates(["indicator", "unit"])
    mixed = distinct[distinct.duplicated("indicator", keep=False)]
    if len(mixed):
        name = mixed["indicator"].iloc[0]
        shown = _describe_cells(mixed[mixed["indicator"] == name], sheets)
        msg = f"{name!r} is in several units:{shown}"
        raise SchemaError(msg)


def refuse_repeated(table: pd.DataFrame, sheets: list[Sheet]) -> None:
    """Refuse a table in which a region has two figures of one indicator and period."""
    repeated = table[table.duplicated(_KEY, keep=False)]
    if len(repeated):
        key = repeated[_KEY].iloc[0]
        first = repeated[(repeated[_KEY] == key).all(axis=1)]
        count = repeated.duplicated(_KEY).sum()
        msg = (
            f"{count} figures stand twice, the first of them for {', '.join(map(str, key))}:"
            f"{_describe_cells(first, sheets)}"
        )
        raise SchemaError(msg)


def _describe_cells(rows: pd.DataFrame, sheets: list[Sheet]) -> str:
    """Return the first offending cells, with what is printed in them."""
    columns = rows[["sheet", "row", "region", "printed", "unit"]].head(_SHOWN)
    return "".join(
        f"\n  {sheets[sheet]}, row {sheets[sheet].compute_row_number(row)}: {region}, {printed!r}, "
        f"{unit or 'no unit'}"
        for sheet, row, region, printed, unit in columns.to_numpy(object).tolist()
    )
