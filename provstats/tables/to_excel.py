"""`to_excel`: a workbook that can be published, with its notes and sources on the sheet."""

from __future__ import annotations

from io import BytesIO
from math import isinf
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pandas as pd

from provstats.errors import SchemaError
from provstats.store.sources import sources
from provstats.tables.cite import cite
from provstats.tables.heads import HEADS, translate_code
from provstats.tables.numbers import choose_display_unit, name_base_unit, scale_value
from provstats.tables.table import convert_to_checked_rows, name_indicator, name_region
from provstats.words.languages import choose_language
from provstats.words.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Hashable

    from provstats.tables.units import Measure
    from provstats.words.languages import Language

__all__ = ["to_excel"]

#: The columns of a sheet, in their order, as far as the rows have them; other amounts than the
#: value are in its unit.
_AMOUNTS: Final = (
    "value", "lower", "upper", "national", "national_lower", "national_upper", "previous",
    "previous_lower", "previous_upper", "base", "base_lower", "base_upper", "implied_base",
    "implied_base_lower", "implied_base_upper", "outcome", "outcome_lower", "outcome_upper",
)  # fmt: skip
_COLUMNS: Final = (
    "region", "indicator", "period", *_AMOUNTS[:3], "unit", "qualifier", "nature", "rank",
    "rank_best", "rank_worst", "n", "tier", "top", *_AMOUNTS[3:6], "gap", "gap_lower", "gap_upper",
    "gap_unit", "share", "share_lower", "share_upper", *_AMOUNTS[6:9], "yoy", "yoy_lower",
    "yoy_upper", "yoy_unit", *_AMOUNTS[9:12], "growth", "growth_lower", "growth_upper", "method",
    "prices", "reported", "reported_lower", "reported_upper", "levels", "levels_lower",
    "levels_upper", "level_minus_new", "level_minus_new_lower", "level_minus_new_upper",
    *_AMOUNTS[12:15], "agree", "conflict", *_AMOUNTS[15:], "outcome_period", "verdict", "reason",
    "standing", "printed", "source", "paragraph",
)  # fmt: skip
_WORDS: Final = {
    "lower": ("下界", "Lower bound"), "upper": ("上界", "Upper bound"),
    "nature": ("性质", "Nature"), "rank_best": ("最好位次", "Best rank"),
    "rank_worst": ("最差位次", "Worst rank"), "national_lower": ("全国下界", "China, lower"),
    "national_upper": ("全国上界", "China, upper"), "gap_lower": ("差下界", "Gap, lower"),
    "gap_upper": ("差上界", "Gap, upper"), "gap_unit": ("差的单位", "Unit of the gap"),
    "share_lower": ("比重下界", "Share, lower"), "share_upper": ("比重上界", "Share, upper"),
    "previous_lower": ("上年下界", "Year before, lower"),
    "previous_upper": ("上年上界", "Year before, upper"),
    "yoy_lower": ("变化下界", "Change, lower"), "yoy_upper": ("变化上界", "Change, upper"),
    "yoy_unit": ("变化的单位", "Unit of the change"), "base": ("基期", "Base"),
    "base_lower": ("基期下界", "Base, lower"), "base_upper": ("基期上界", "Base, upper"),
    "growth_lower": ("年均增长下界", "Average growth, lower"),
    "growth_upper": ("年均增长上界", "Average growth, upper"), "method": ("方法", "Method"),
    **{
        f"{name}_{end}": (HEADS[name][0] + words[0], HEADS[name][1] + words[1])
        for name in ("reported", "levels", "level_minus_new", "implied_base", "outcome")
        for end, words in {"lower": ("下界", ", lower"), "upper": ("上界", ", upper")}.items()
    },
    **HEADS,
}  # fmt: skip
#: Columns of texts that are shown as they are, even if a text equals a code.
_AS_GIVEN: Final = ("printed", "source")
_NOTES: Final = {
    "bounds": (
        "下界和上界为原文数字所允许的区间，两端均含在内。",
        "Lower and upper bounds are what the printed figure allows; both ends belong to it.",
    ),
    "ranks": (
        "最好位次和最差位次为区间所允许的位次。",
        "The best and the worst rank are those that the intervals allow.",
    ),
    "blank": ("空格为无数据。", "An empty cell means that there is no figure."),
    "status": (
        "性质为实际、预计或目标。",
        "Nature: an outcome, a forecast or a target.",
    ),
}
_HEADINGS: Final = {
    "sheet": ("表", "Table"), "notes": ("注", "Notes"), "sources": ("资料来源", "Sources"),
    "own": ("使用者自己的数据", "The user's own data"),
}  # fmt: skip


def to_excel(
    x: Any,  # noqa: ANN401 - a series, an id, or a frame of any library
    path: str | Path,
    *,
    lang: str | None = None,
) -> Path:
    """Write rows into a workbook, with title, units, notes and sources on the sheet.

    Numbers are numbers, shown with the decimals that were printed; no cells are merged; the heads
    stand in one row, above which is the title and below the rows the notes and the documents.

    Parameters
    ----------
    x : IndicatorSeries, str, or a frame of pandas, polars or Arrow
        Observations, or what any comparison returns.
    path : str or Path
        The file to write, ``.xlsx``; one that is there is replaced.
    lang : {"zh", "en"}, optional
        The language of names and heads; by default as `set_language` says.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    SchemaError
        If ``provstats[excel]`` is not installed, the rows have no value, or the path is none, does
        not end in ``.xlsx`` or cannot be written; what stood there is then as it was.

    Examples
    --------
    >>> import provstats as ps, tempfile
    >>> intensity = ps.series("rd_intensity")
    >>> path = ps.to_excel(intensity, tempfile.mkdtemp() + "/rd.xlsx", lang="en")
    >>> len(ps.tidy(path, value="Value")) == len(intensity.data)
    True
    """
    language, place = choose_language(lang), _require_xlsx_path(path)
    rows = convert_to_checked_rows(x)
    missing = {"indicator", "period", "value"} - set(rows)
    if missing or rows.empty:
        msg = f"a workbook needs rows with an indicator, a period and a value; without: {missing}"
        raise SchemaError(msg)
    try:
        import xlsxwriter  # noqa: PLC0415 - of the extra
    except ImportError:
        msg = "writing a workbook needs provstats[excel]"
        raise SchemaError(msg) from None
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"nan_inf_to_errors": False}) as book:
        _Sheet(book, rows, language).write()
    try:
        _write_file(content.getvalue(), place)
    except OSError as error:
        msg = f"cannot write the workbook {place}: {error.strerror}"
        raise SchemaError(msg) from error
    return place


def _write_file(content: bytes, place: Path) -> None:
    """Write a file whole or not at all: what stood there stays until the new one is complete."""
    draft = place.with_name(f"{place.name}.{uuid4().hex}.part")
    try:
        draft.write_bytes(content)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _require_xlsx_path(path: Any) -> Path:  # noqa: ANN401 - anything may be given
    """Return the path of the workbook; refuse one that does not end in .xlsx."""
    if not isinstance(path, str | PathLike) or Path(path).suffix.lower() != ".xlsx":
        msg = f"path must be that of a file .xlsx, got {path!r}"
        raise SchemaError(msg)
    return Path(path)


class _Sheet:
    """Writes the one sheet of a workbook."""

    def __init__(self, book: Any, rows: pd.DataFrame, language: Language) -> None:  # noqa: ANN401
        self.book, self.rows, self.language = book, rows, language
        self.place = language.lang == "en"
        self.sheet = book.add_worksheet(self._translate_heading("sheet"))
        self.columns = [name for name in _COLUMNS if name in rows]
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.formats: dict[int, Any] = {}

    def write(self) -> None:
        self.sheet.write_string(0, 0, self._build_title(), self.bold)
        for place, name in enumerate(self.columns):
            self.sheet.write_string(2, place, _WORDS[name][self.place], self.head)
            self.sheet.set_column(place, place, 28 if name in ("indicator", "source") else 12)
        self.sheet.freeze_panes(3, 1)
        line = 3
        for _, part in self.rows.groupby("indicator", sort=False):
            measure = choose_display_unit(part, self.language, None)
            for row in part.to_dict("records"):
                self._write_row(line, row, measure)
                line += 1
        self._write_notes_and_sources(line + 1)

    def _translate_heading(self, key: str) -> str:
        return _HEADINGS[key][self.place]

    def _build_title(self) -> str:
        """Return the indicators and periods that the table is of."""
        names = [
            name_indicator(name, self.language) for name in self.rows["indicator"].unique()[:3]
        ]
        labels = sorted(map(str, self.rows["period"].unique()))
        ends = [self.language.name_period(label) for label in (labels[0], labels[-1])]
        return self.language.join_drawable(
            self.language.say_list(names), "–".join(dict.fromkeys(ends))
        )

    def _write_row(self, line: int, row: dict[Hashable, Any], measure: Measure) -> None:
        for place, name in enumerate(self.columns):
            cell = row[name]
            if pd.isna(cell):
                continue
            if isinstance(cell, str | bool):
                self.sheet.write_string(line, place, self._format_text(name, str(cell), measure))
            else:
                self._write_number_cell(line, place, *self._scale_cell(name, row, measure))

    def _format_text(self, name: str, cell: str, measure: Measure) -> str:
        if name == "region":
            return name_region(cell, self.language)
        if name == "indicator":
            return name_indicator(cell, self.language)
        if name == "unit" or name.endswith("_unit"):
            return measure.printed if cell == measure.unit else name_base_unit(cell, self.language)
        return cell if name in _AS_GIVEN else translate_code(name, cell, self.language)

    def _scale_cell(
        self, name: str, row: dict[Hashable, Any], measure: Measure
    ) -> tuple[float, int]:
        """Return the number of a cell in the unit of its row, and its decimals."""
        if name in ("rank", "rank_best", "rank_worst", "n", "tier", "paragraph"):
            return float(row[name]), 0
        if name == "value":
            lower, upper = (row.get(end, float("nan")) for end in ("lower", "upper"))
            return scale_value(row["value"], lower, upper, measure.power)
        difference = name.split("_", maxsplit=1)[0]
        in_unit = name in _AMOUNTS or row.get(f"{difference}_unit") == row.get("unit")
        return scale_value(row[name], float("nan"), float("nan"), measure.power if in_unit else 0)

    def _write_number_cell(self, line: int, place: int, number: float, digits: int) -> None:
        """Write a number; an infinite one as text, since spreadsheets know none."""
        if isinf(number):
            self.sheet.write_string(line, place, format_number(number, 0))
            return
        if digits not in self.formats:
            form = "#,##0" + (f".{'0' * digits}" if digits else "")
            self.formats[digits] = self.book.add_format({"num_format": form})
        self.sheet.write_number(line, place, number, self.formats[digits])

    # --- below the rows -------------------------------------------------------------------------

    def _write_notes_and_sources(self, line: int) -> None:
        """Write notes and documents, one a line, so that no cell need be merged."""
        for heading, texts in (("notes", self._list_notes()), ("sources", self._list_sources())):
            self.sheet.write_string(line, 0, self._translate_heading(heading), self.bold)
            for text in texts:
                line += 1
                self.sheet.write_string(line, 0, text)
            line += 2

    def _list_notes(self) -> list[str]:
        told = {"bounds": "lower", "ranks": "rank_best", "status": "nature"}
        notes = [_NOTES[key][self.place] for key, name in told.items() if name in self.columns]
        own = [str(note) for note in self.rows.get("note", pd.Series(dtype=str)).unique() if note]
        return [*notes, _NOTES["blank"][self.place], *own]

    def _list_sources(self) -> list[str]:
        named = self.rows["source"].dropna().unique().tolist() if "source" in self.rows else []
        known = set(sources()["id"])
        ids = [str(id_) for id_ in named if id_]
        return [cite(id_) if id_ in known else id_ for id_ in ids] or [
            self._translate_heading("own")
        ]
