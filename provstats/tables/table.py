"""`table`: rows as a reader wants them, with names, units, and decimals as printed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.engines.memory.checks import refuse_odd_cells
from provstats.engines.memory.frames import is_foreign
from provstats.engines.memory.inputs import resolve_rows_and_context
from provstats.errors import SchemaError
from provstats.indicators import find_prices, look_up_indicator, make_linked_id
from provstats.store.groups import load_regions_and_groups
from provstats.tables.heads import FINDINGS, HEADS, translate_code, translate_column_name
from provstats.tables.numbers import (
    choose_display_unit,
    format_derived_value,
    format_interval,
    format_qualified_number,
    scale_value,
)
from provstats.tables.sheets import convert_to_pandas
from provstats.tables.units import Measure
from provstats.words.languages import choose_language
from provstats.words.numbers import count_needed_decimals, format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provstats.words.languages import Language

__all__ = [
    "convert_to_checked_rows", "convert_to_rows", "convert_to_rows_with_index", "name_indicator",
    "name_region", "table",
]  # fmt: skip

#: What may stand across the head of a table.
_ACROSS: Final = ("region", "indicator", "period")
_NOTHING: Final = "—"
_NAN: Final = float("nan")
#: What may be asked of a table, or is shown only where it is asked for.
_HIDDEN: Final = {
    "nature", "source", "paragraph", "printed", "qualifier", "left_out", "refused", "conflict",
}  # fmt: skip


def table(
    x: Any,  # noqa: ANN401 - a series, an id, or a frame of any library
    *,
    lang: str | None = None,
    unit: str | None = None,
    columns: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return rows as a reader wants them: names, units, and decimals as printed.

    The result is a plain frame of texts: ``to_latex``, ``to_markdown`` (with ``provstats[tables]``)
    and ``to_html`` print it as it is. Notes and documents are told by `to_excel` and `cite`.

    Parameters
    ----------
    x : IndicatorSeries, str, or a frame of pandas, polars or Arrow
        Observations, or what any comparison returns.
    lang : {"zh", "en"}, optional
        The language of names and heads; by default as `set_language` says.
    unit : str, optional
        The unit of the figures, such as ``亿元``; by default the greatest that is still readable.
    columns : str or sequence of str, optional
        ``"region"``, ``"indicator"`` or ``"period"`` to have these side by side; or the columns to
        show, in their order: names of columns of `x`, and ``"range"``, the interval. By default a
        frame of observations alone has its periods or its indicators side by side, and the result
        of a comparison one row each.

    Returns
    -------
    DataFrame
        Texts; ``—`` stands for a missing figure. A rank that is not certain is a range (``3–5``), a
        number that was worked out has its own behind it (``0.36 (0.35–0.37)``).
        An indicator and a period that all rows share stand in the head of the figures. Beside a
        change of value added stands at which prices it is. Of no rows there are the heads.

    Raises
    ------
    SchemaError
        If a column is not there, or two rows would stand in one cell.
    IncomparableError
        If `unit` is not one of the indicator.

    Examples
    --------
    >>> import provstats as ps
    >>> ranked = ps.rank("industrial_value_added_growth").query("period == '2024-01/2024-11'")
    >>> print(ps.table(ranked, lang="en", columns=["region", "value", "rank"]).head(2).to_string())
          Region Value (%) Rank
    0    Beijing         7  3–5
    1  Chongqing       7.6    2
    """
    language = choose_language(lang)
    rows = _require_valid_cells(convert_to_rows_with_index(x))
    if not isinstance(columns, str | Iterable | None):
        msg = f"columns must be one of {_ACROSS} or a list of columns, got {columns!r}"
        raise SchemaError(msg)
    across = columns if isinstance(columns, str) else None
    if columns is None:
        across = _choose_across_label(rows)
    if across is None:
        shown = _choose_columns(rows, None if isinstance(columns, str) else columns)
        return _format_rows(rows, shown, language, unit)
    if across not in _ACROSS or across not in rows:
        msg = f"columns must be one of {_ACROSS} or a list of columns, got {columns!r}"
        raise SchemaError(msg)
    return _pivot_rows(rows, across, language, unit)


def convert_to_rows(x: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return the rows of a series, an id or a frame of any library, numbered anew."""
    if is_foreign(x):
        return convert_to_pandas(x)
    rows = x if isinstance(x, pd.DataFrame) else resolve_rows_and_context(x)[0]
    return rows.reset_index(drop=True)


def convert_to_rows_with_index(x: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return the rows as `convert_to_rows` does; a named index of a frame becomes a column."""
    is_named = isinstance(x, pd.DataFrame) and x.index.name is not None and x.index.name not in x
    return x.reset_index() if is_named else convert_to_rows(x)


def convert_to_checked_rows(x: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return the rows of a series, an id or a frame; cells of a wrong kind are refused."""
    return _require_valid_cells(convert_to_rows(x))


def _require_valid_cells(rows: pd.DataFrame) -> pd.DataFrame:
    refuse_odd_cells(_drop_rows_without_period(rows))
    ends = [end for end in ("value", "lower", "upper") if end in rows]
    return rows.astype({end: float for end in ends if rows[end].dtype == object})


def _drop_rows_without_period(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without those about sentences of a text that name no period."""
    return rows[rows["period"] != ""] if {"period", "verdict"} <= {*rows} else rows


def _choose_across_label(rows: pd.DataFrame) -> str | None:
    """Return the label to put side by side by default: the one of which there are several."""
    if FINDINGS & set(rows) or "value" not in rows:
        return None
    labels = [name for name in ("period", "indicator") if name in rows]
    several = [name for name in labels if not _is_shared_label(rows, name)]
    if len(several) != 1 or "region" not in rows:
        return None
    key = [name for name in _ACROSS if name in rows]
    return None if rows.duplicated(key).any() else several[0]


def _choose_columns(rows: pd.DataFrame, columns: Sequence[str] | None) -> list[str]:
    if columns is None:
        return _list_known_columns(rows) if "value" in rows else _list_all_columns(rows)
    unknown = [
        name for name in columns if name not in rows and name not in _list_interval_columns(rows)
    ]
    if unknown:
        msg = f"columns {unknown} are not in the rows; there are {[*rows.columns]}"
        raise SchemaError(msg)
    return [*columns]


def _list_interval_columns(rows: pd.DataFrame) -> list[str]:
    """Return the columns that show bounds without a figure."""
    names = {"range": "lower", "data": "data_lower"}
    return [name for name, end in names.items() if end in rows and name not in rows]


def _list_known_columns(rows: pd.DataFrame) -> list[str]:
    """Return the known columns of the rows, without labels that all rows share."""
    shared = [name for name in ("indicator", "period") if _is_shared_label(rows, name)]
    there = {*rows.columns, *(name for name in _list_interval_columns(rows) if name != "range")}
    silent = {"prices"} if not _has_several_prices(rows) else set()
    known = [name for name in HEADS if name in there and name not in {*shared, *_HIDDEN, *silent}]
    return [name for name in known if name != "unit" or "indicator" not in shared]


def _has_several_prices(rows: pd.DataFrame) -> bool:
    """Tell whether growth and levels are at different prices, as those of value added."""
    ids = rows["indicator"].unique() if "indicator" in rows else ()
    return any(
        find_prices(str(id_)) != find_prices(make_linked_id(str(id_), "growth")) for id_ in ids
    )


def _list_all_columns(rows: pd.DataFrame) -> list[str]:
    """Return all columns but bounds, which are shown in the cell of their value."""
    ends = {f"{name}_{end}" for name in rows for end in ("lower", "upper", "best", "worst")}
    return [str(name) for name in rows if name not in ends]


# --- names --------------------------------------------------------------------------------------


def name_region(code: str, language: Language) -> str:
    """Return the name of a region; one of the caller's own keeps its name."""
    return language.name_region(code) if code in load_regions_and_groups() else code


def name_indicator(name: str, language: Language) -> str:
    """Return the name of an indicator; one of the caller's own keeps its name."""
    known = look_up_indicator(name)
    return str(getattr(known, f"name_{language.lang}")) if known else name


def _name_period(label: str, language: Language) -> str:
    return language.name_period(label)


_NAMED: Final = {"region": name_region, "indicator": name_indicator, "period": _name_period}


# --- cells --------------------------------------------------------------------------------------


def _is_shared_label(rows: pd.DataFrame, name: str) -> bool:
    """Tell whether all rows share a label."""
    return name in rows and not rows.empty and bool((rows[name] == rows[name].iloc[0]).all())


def _format_rows(
    rows: pd.DataFrame, shown: list[str], language: Language, unit: str | None
) -> pd.DataFrame:
    """Return the columns as texts, under names in the language."""
    groups = rows.groupby("indicator", sort=False) if "indicator" in rows else [("", rows)]
    parts = [_Cells(part, language, unit).format_columns(shown) for _, part in groups if len(part)]
    none = pd.DataFrame(columns=shown, dtype=object)
    texts = pd.concat(parts or [none]).reindex(rows.index)
    heads = {name: translate_column_name(name, rows, language) for name in shown}
    if "value" in heads and _is_shared_label(rows, "indicator"):
        heads["value"] = _build_value_heading(rows, shown, language, unit)
    return texts.rename(columns=heads)


def _build_value_heading(
    rows: pd.DataFrame, shown: list[str], language: Language, unit: str | None
) -> str:
    """Return the head of the figures of one indicator: its name, or a word, and its unit."""
    alone = {"indicator", "range", *FINDINGS}.isdisjoint(shown)
    name = name_indicator(rows["indicator"].iloc[0], language) if alone else ""
    word = choose_display_unit(rows, language, unit).printed
    return (name or HEADS["value"][language.lang == "en"]) + _add_brackets(word, language)


def _add_brackets(word: str, language: Language) -> str:
    return (f"（{word}）" if language.lang == "zh" else f" ({word})") if word else ""


class _Cells:
    """The rows of one indicator as texts, in one unit."""

    def __init__(self, rows: pd.DataFrame, language: Language, unit: str | None) -> None:
        self.rows, self.language = rows, language
        measure = _choose_unit(rows, language, unit)
        self.power, self.word = measure.power, measure.printed
        amounts = ["national", "previous", "outcome", "implied", "implied_base"]
        amounts += [] if "value" in rows else ["reported"]
        self.printers: dict[str, Callable[[dict[str, Any]], str]] = {
            "unit": lambda _: self.word,
            "rank": _format_rank,
            "value": self._format_value,
            "gap": lambda row: self._format_difference(row, "gap"),
            "yoy": lambda row: self._format_difference(row, "yoy"),
            **{name: partial(self._format_amount, name=name) for name in amounts},
            **{
                name: partial(self._format_bounds, prefix=f"{name}_".removeprefix("range_"))
                for name in _list_interval_columns(rows)
            },
        }

    def format_columns(self, shown: list[str]) -> pd.DataFrame:
        """Return the columns as texts."""
        records = self.rows.to_dict("records")
        cells = {name: [self._format_cell(row, name) for row in records] for name in shown}
        return pd.DataFrame(cells, index=self.rows.index, columns=shown, dtype=object)

    def _format_cell(self, row: dict[Any, Any], name: str) -> str:
        if name in _NAMED and not pd.isna(row[name]):
            return _NAMED[name](str(row[name]), self.language) if row[name] else _NOTHING
        if name in self.printers:
            return self.printers[name](row)
        if f"{name}_lower" in row:
            return self._format_bounded_value(row, name)
        return translate_code(name, _format_plain_value(row[name]), self.language)

    def _format_value(self, row: dict[str, Any]) -> str:
        if row.get("qualifier") == "range":
            return format_interval(*_read_bounds(row, ""), self.power)
        return self._format_amount(row, "value")

    def _format_amount(self, row: dict[str, Any], name: str) -> str:
        if pd.isna(row[name]):
            return _NOTHING
        ends = _read_bounds(row, "" if name == "value" else f"{name}_")
        number, digits = scale_value(row[name], *ends, self.power)
        word = row.get("qualifier") if name == "value" else None
        return format_qualified_number(number, digits, word, self.language)

    def _format_bounds(self, row: dict[str, Any], prefix: str) -> str:
        """Return an interval; of a point its value."""
        lower, upper = _read_bounds(row, prefix)
        if lower == upper and prefix:
            return _format_plain_value(lower / 10.0**self.power)
        return format_interval(lower, upper, self.power) or (_NOTHING if prefix else "")

    def _format_difference(self, row: dict[str, Any], name: str) -> str:
        """Return a difference with its sign and, where it is no point, its range."""
        if pd.isna(row[name]):
            return _NOTHING
        power = self.power if row.get(f"{name}_unit") == row.get("unit") else 0
        ends = _read_bounds(row, f"{name}_")
        digits = min(scale_value(row[name], _NAN, _NAN, power)[1], 2)
        return format_derived_value(row[name], digits, *ends, power, signed=True)

    def _format_bounded_value(self, row: dict[str, Any], name: str) -> str:
        """Return a computed value with its interval."""
        value = row[name]
        if pd.isna(value) or isinstance(value, str):
            return _format_plain_value(value)
        return format_derived_value(
            value, count_needed_decimals(value), *_read_bounds(row, f"{name}_")
        )


def _choose_unit(rows: pd.DataFrame, language: Language, unit: str | None) -> Measure:
    """Return the unit of the figures of one indicator, or of what is implied of the nation."""
    if "value" not in rows and {"implied", "unit"} <= {*rows}:
        ends = {"implied": "value", "implied_lower": "lower", "implied_upper": "upper"}
        rows = rows[["indicator", "unit", *ends]].rename(columns=ends)
    return choose_display_unit(rows, language, unit) if "value" in rows else Measure("")


def _read_bounds(row: dict[str, Any], prefix: str) -> tuple[float, float]:
    return row.get(f"{prefix}lower", _NAN), row.get(f"{prefix}upper", _NAN)


def _format_rank(row: dict[str, Any]) -> str:
    """Return a rank with its range: 3–5."""
    if pd.isna(row["rank"]):
        return _NOTHING
    best, worst = (row.get(end, row["rank"]) for end in ("rank_best", "rank_worst"))
    return f"{best:.0f}" if best == worst else f"{best:.0f}–{worst:.0f}"


def _format_plain_value(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    if pd.isna(value):
        return _NOTHING
    return (
        format_number(value, count_needed_decimals(value))
        if isinstance(value, float)
        else str(value)
    )


# --- side by side -------------------------------------------------------------------------------


def _pivot_rows(
    rows: pd.DataFrame, across: str, language: Language, unit: str | None
) -> pd.DataFrame:
    """Return a column for each label of `across`, a row for each of the others."""
    down = [name for name in _ACROSS if name in rows and name != across]
    if rows.duplicated([*down, across]).any():
        msg = f"two rows would stand in one cell: {[*down, across]} is not unique in the rows"
        raise SchemaError(msg)
    labels = rows[across].unique().tolist()
    labels = sorted(labels) if across == "period" else labels
    table = rows[down].drop_duplicates(ignore_index=True)
    for label in labels:
        part = rows[rows[across] == label]
        texts = _format_rows(part, ["value"], language, unit).iloc[:, 0]
        head = _build_label_heading(part, across, str(label), language, unit)
        own = part[down].assign(**{head: texts})
        table = table.merge(own, on=down, how="left") if down else table
    for name in down:
        table[name] = [_NAMED[name](str(label), language) for label in table[name]]
    heads = {name: translate_column_name(name, rows, language) for name in down}
    return table.fillna(_NOTHING).rename(columns=heads)


def _build_label_heading(
    rows: pd.DataFrame, across: str, label: str, language: Language, unit: str | None
) -> str:
    word = (
        choose_display_unit(rows, language, unit).printed
        if _is_shared_label(rows, "indicator")
        else ""
    )
    return _NAMED[across](label, language) + _add_brackets(word, language)
