"""`tidy`: a table as people have it, one figure a row, with what was printed kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd

from provstats.errors import SchemaError
from provstats.tables.asked import Asked
from provstats.tables.cells import read_cells
from provstats.tables.checks import (
    drop_unpublished,
    keep_chosen_indicator,
    name_totals,
    refuse_mixed_units,
    refuse_repeated,
)
from provstats.tables.figures import read_figures
from provstats.tables.files import read_sheets
from provstats.tables.findings import Findings, Remark
from provstats.tables.layouts import NoTableError
from provstats.tables.sheets import Sheet, build_sheet_from_frame, convert_to_pandas
from provstats.tables.spans import infer_cumulative_flags
from provstats.tables.understanding import Understanding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Objects = NDArray[np.object_]

__all__ = ["tidy", "understand"]

_COLUMNS: Final = [
    "region", "indicator", "period", "value", "lower", "upper", "unit", "qualifier", "printed",
]  # fmt: skip
#: Sheets about other sheets.
_ASIDE: Final = re.compile(
    "目录|索引|封面|(?:编制|编者|使用)?说明|主要?指标解释|index|contents?|table of contents|cover"
    "|read ?me|notes?|metadata|about",
    re.IGNORECASE,
)
#: The digits of so many stored numbers of one period tell how many were printed.
_ENOUGH: Final = 5


def tidy(  # noqa: PLR0913 - a table leaves many things open
    frame_or_path: Any,  # noqa: ANN401 - a frame of any library, or a path
    *,
    indicator: str | None = None,
    unit: str | Mapping[str, str] | None = None,
    year: int | None = None,
    decimals: int | None = None,
    region: str | None = None,
    period: str | None = None,
    value: str | None = None,
    sheet: str | int | None = None,
    cumulative: bool | None = None,
    errors: Literal["raise", "missing"] = "raise",
) -> pd.DataFrame:
    """Read a table as people have it into tidy rows with bounds.

    It knows the files of the sites of the statistical office, yearbooks and exports of
    spreadsheets: long, wide by period, by indicator or by region; stacked headings, panels side by
    side, a sheet a year; title, unit and notes around the table; names of regions and periods as
    people write them. What it took the table for is told by `understand`.

    Parameters
    ----------
    frame_or_path : DataFrame of pandas or polars, Arrow table, str or Path
        A frame, or a file: CSV or other delimited text (UTF-8, UTF-16, GB18030 or Big5, found by
        trial), ``.xls``, ``.xlsx``, ``.xlsb`` or ``.ods`` (these need ``provstats[excel]``).
    indicator : str, optional
        The name of the only indicator; the column of indicators; or the one to choose of several.
    unit : str or mapping, optional
        The unit of bare numbers (``亿元``), or one for each indicator.
    year : int, optional
        The year of labels that name none, and of a table that names no period.
    decimals : int, optional
        The digits after the point that were printed, where the table has lost them. By default
        a text has those that it shows, and a stored number as many as any of its indicator and
        period.
    region : str, optional
        The column of regions; or the region of all rows, where the table names none. The total of
        a table of districts is then this region.
    period : str, optional
        The column of periods; or the period of all rows.
    value : str, optional
        The column of figures, where only one is meant.
    sheet : str or int, optional
        One sheet, by its name or its place from 0; by default all that hold a table.
    cumulative : bool, optional
        Whether ``2023年4月`` means January to April, as on the sites of the office. Where it is not
        said, the names (累计, 当月) and the values (a level that falls each January) tell; where
        they do not, it is asked.
    errors : {"raise", "missing"}
        Whether cells that cannot be read are an error, or are left out with a warning.

    Returns
    -------
    DataFrame
        One row for each figure, in the order of reading: ``region`` (a code; regions of one's own,
        such as districts, as written), ``indicator``, ``period`` (a label), ``value``, ``lower``
        and ``upper`` in the base unit, ``unit`` (empty where the table does not say), ``qualifier``
        and ``printed``. Cells without a value have no row; no column has NaN.

    Raises
    ------
    SchemaError
        If the file is no table, holds two, is empty or protected; if cells cannot be read (all are
        named); if a total stands among provinces, a figure twice, an indicator in several units,
        or if nothing tells a region, an indicator or a unit of two.
    PeriodError
        If months may count from January or not, and nothing tells; if `period` is none.
    UnknownRegionError
        If `region` is neither a column nor a region.

    Notes
    -----
    A frame that has all these columns already comes back with them as they are.

    Examples
    --------
    >>> import pandas as pd
    >>> import provstats as ps
    >>> wide = pd.DataFrame(
    ...     {"地区": ["北  京", "广西省"], "2023年(亿元)": ["43,760.7①", "约2.7万亿元"]}
    ... )
    >>> ps.tidy(wide, indicator="gdp")[["region", "period", "value", "lower", "upper", "qualifier"]]
      region period         value         lower         upper qualifier
    0  CN-BJ   2023  4.376070e+12  4.376065e+12  4.376075e+12     exact
    1  CN-GX   2023  2.700000e+12  2.600000e+12  2.800000e+12     about
    """
    return understand(
        frame_or_path, indicator=indicator, unit=unit, year=year, decimals=decimals, region=region,
        period=period, value=value, sheet=sheet, cumulative=cumulative, errors=errors,
    ).frame  # fmt: skip


def understand(  # noqa: PLR0913 - as tidy
    frame_or_path: Any,  # noqa: ANN401 - a frame of any library, or a path
    *,
    indicator: str | None = None,
    unit: str | Mapping[str, str] | None = None,
    year: int | None = None,
    decimals: int | None = None,
    region: str | None = None,
    period: str | None = None,
    value: str | None = None,
    sheet: str | int | None = None,
    cumulative: bool | None = None,
    errors: Literal["raise", "missing"] = "raise",
) -> Understanding:
    """Read a table as `tidy` does, and tell what it was taken for.

    Parameters
    ----------
    frame_or_path, indicator, unit, year, decimals, region, period, value, sheet, cumulative, errors
        As in `tidy`.

    Returns
    -------
    Understanding
        Its ``frame`` is what `tidy` returns; its ``remarks`` say which rows are headings, which
        were left out, in which unit the figures are and for which period a label was taken; its
        ``encoding`` is that of a text file. It shows itself in a notebook.

    Raises
    ------
    SchemaError, PeriodError, UnknownRegionError
        As in `tidy`.

    Examples
    --------
    >>> import pandas as pd
    >>> import provstats as ps
    >>> wide = pd.DataFrame({"地区": ["北京", "天津"], "2023年": ["1.5", "--"]})
    >>> ps.understand(wide, indicator="gdp", unit="亿元").remarks.query("what == 'missing'")[
    ...     "meaning"
    ... ].item()
    '1 cells without a value, left out'
    """
    asked = Asked(indicator, unit, year, decimals, region, period, value, cumulative, errors)
    if _is_tidy(frame_or_path) and asked == Asked():
        frame = convert_to_pandas(frame_or_path)[_COLUMNS].reset_index(drop=True)
        return Understanding(frame, pd.DataFrame(columns=list(Remark._fields)), "", "")
    path = Path(frame_or_path) if isinstance(frame_or_path, (str, Path)) else None
    sheets, encoding = (
        read_sheets(path, sheet) if path else ([build_sheet_from_frame(frame_or_path)], "")
    )
    findings = Findings()
    cells = _read_all_cells(sheets, path.stem if path else "", asked, findings)
    table = _build_checked_table(
        _read_all_figures(cells, sheets, asked.decimals, findings), sheets, asked, findings
    )
    remarks = pd.DataFrame(findings.remarks, columns=list(Remark._fields))
    frame = table[_COLUMNS].reset_index(drop=True)
    return Understanding(frame, remarks, path.name if path else "", encoding)


def _is_tidy(frame_or_path: Any) -> bool:  # noqa: ANN401
    """Tell whether a frame already has all columns of a tidy table."""
    if not hasattr(frame_or_path, "shape"):  # a path, or a lazy frame
        return False
    names: Any = getattr(frame_or_path, "column_names", None)
    return {*_COLUMNS} <= {*(names or getattr(frame_or_path, "columns", ()))}


def _read_all_cells(
    sheets: list[Sheet], file: str, asked: Asked, findings: Findings
) -> pd.DataFrame:
    """Return the cells of all sheets; one without a table is passed over if another has one."""
    tables, refusals = [], []
    for number, sheet in enumerate(sheets):
        if len(sheets) > 1 and _ASIDE.fullmatch(sheet.name.strip()):
            findings.add_remark(sheet, None, "left out", sheet.name, "no table, by its name")
            continue
        try:
            cells = read_cells(sheet, file, asked, findings)
        except NoTableError as error:
            refusals.append(error)
            findings.add_remark(sheet, None, "left out", sheet.name, str(error))
        else:
            tables.append(cells.assign(sheet=number))
    if not tables and not refusals:
        msg = f"no sheet is a table, by their names: {[sheet.name for sheet in sheets]}"
        raise SchemaError(msg)
    if not tables:
        raise SchemaError(str(refusals[0])) from None
    return pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]


def _read_all_figures(
    cells: pd.DataFrame, sheets: list[Sheet], decimals: int | None, findings: Findings
) -> pd.DataFrame:
    """Return the cells with value, bounds, unit, qualifier, and the text as printed."""
    digits = _count_printed_digits(cells, decimals)
    of_unit = [(cells["unit"] == number).to_numpy() for number in range(len(findings.units))]
    parts = [
        read_figures(cells["text"][rows], unit, digits[rows])
        for rows, unit in zip(of_unit, findings.units, strict=True)
    ]
    figures = pd.concat(parts).reindex(cells.index) if len(parts) > 1 else parts[0]
    unread = figures["unit"].isna().to_numpy()
    for sheet, row, column in cells.loc[unread, ["sheet", "row", "column"]].to_numpy().tolist():
        why = "no figure that can be read without guessing"
        findings.add_problem(sheets[sheet], row, column, why)
    table = cells.drop(columns=["unit", "stored"]).rename(columns={"text": "printed"})
    table["printed"] = table["printed"].str.strip()
    return table.join(figures)[~unread]


def _count_printed_digits(cells: pd.DataFrame, said: int | None) -> Ints:
    """Return the digits after the point that were printed; -1 where the text itself shows them.

    A stored number has lost its trailing zeros: it has as many digits as any of its indicator and
    period, or of its indicator where these are few.
    """
    digits = np.full(len(cells), -1 if said is None else said)
    stored = cells["stored"].to_numpy()
    if said is not None or not stored.any():
        return digits
    numbers = cells.loc[stored, ["indicator", "period"]]
    shown = cells.loc[stored, "text"].str.partition(".")[2].str.len()
    of_period = shown.groupby([numbers["indicator"], numbers["period"]], sort=False)
    of_indicator = shown.groupby(numbers["indicator"], sort=False)
    many = of_period.transform("size") >= _ENOUGH
    digits[stored] = of_period.transform("max").where(many, of_indicator.transform("max"))
    return digits


def _build_checked_table(
    table: pd.DataFrame, sheets: list[Sheet], asked: Asked, findings: Findings
) -> pd.DataFrame:
    """Return the rows with labels of periods; refuse what is no table of single figures."""
    findings.report_problems(asked.errors)
    said = None if findings.names_indicators else asked.indicator
    chosen = keep_chosen_indicator(table, said)
    if chosen.empty:
        msg = f"no figure of {sheets[0]} could be read"
        raise SchemaError(msg)
    published = drop_unpublished(chosen, sheets[0], findings)
    named = name_totals(published, sheets, asked.errors)
    refuse_mixed_units(named, sheets)
    labelled = named.assign(period=_label_periods(named, findings, asked, sheets[0]))
    refuse_repeated(labelled, sheets)
    return labelled


def _label_periods(table: pd.DataFrame, findings: Findings, asked: Asked, sheet: Sheet) -> Objects:
    """Return the label of each row's period, from January if its indicator is cumulative."""
    cumulative = infer_cumulative_flags(table, findings.labels, said=asked.cumulative)
    plain = [str(label.period) for label in findings.labels]
    spans = [str(label.whole) for label in findings.labels]
    since = [name for name, counts in cumulative.items() if counts]
    for name in since:
        meaning = "months and quarters count from January"
        findings.add_remark(sheet, None, "period", name, meaning)
    places = table["period"].to_numpy()
    chosen = table["indicator"].isin(since).to_numpy()
    found: Objects = np.array([plain, spans], dtype=object)
    return np.asarray(found[chosen.astype(int), places])
