"""Drafts: the rows that a report gives, what was left unread, and how sure each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from provstats.errors import PeriodError, SchemaError
from provstats.indicators import look_up_indicator
from provstats.reading.figures import convert_to_unit
from provstats.reports.facts import drop_repeated_statements
from provstats.reports.passages import list_own_region_names
from provstats.reports.read import read_statements
from provstats.reports.review import write_review, write_table
from provstats.reports.texts import normalize_paragraph, read_report_text
from provstats.reports.unread import find_unread_numerals
from provstats.store.regions import region as find_region

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from provstats.reports.statement import Statement
    from provstats.reports.texts import Line
    from provstats.store.regions import Region

__all__ = ["Draft", "read_report"]

_OBSERVED: Final = (
    "region", "indicator", "period", "value", "lower", "upper", "unit", "qualifier", "nature",
    "basis", "source", "paragraph", "printed", "note", "among",
)  # fmt: skip
#: The columns of a draft's rows: those of the observations, the place, and how sure the row is.
ROW_COLUMNS: Final = (*_OBSERVED, "start", "end", "certainty", "reason")
UNREAD_COLUMNS: Final = ("paragraph", "start", "end", "text", "kind")
# What a notebook shows of so many rows; more are cut from the middle.
_SHOWN: Final = ("paragraph", "indicator", "period", "nature", "printed", "certainty", "reason")
_MOST_ROWS: Final = 40
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """What was read of a report.

    Parameters
    ----------
    rows : DataFrame
        One row a figure: the columns of the observations, then ``start`` and ``end`` (the place of
        ``printed`` in its paragraph), ``certainty`` (``sure`` or ``check``) and ``reason``.
    unread : DataFrame
        Every other numeral: ``paragraph``, ``start``, ``end``, ``text``, ``kind``.
    text : str
        The report.
    """

    rows: pd.DataFrame
    unread: pd.DataFrame
    text: str

    def __repr__(self) -> str:
        n, sure = len(self.rows), int((self.rows["certainty"] == "sure").sum())
        return (
            f"{type(self).__name__}: {n} rows ({sure} sure, {n - sure} to check), "
            f"{len(self.unread)} other numerals"
        )

    def _repr_html_(self) -> str:
        shown = self.rows[list(_SHOWN)].to_html(index=False, max_rows=_MOST_ROWS, border=0)
        return f"<p><b>{escape(repr(self))}</b></p>{shown}"

    def to_review(self, path: str | Path) -> Path:
        """Write one self-contained HTML page on which to accept, correct or reject each row.

        Parameters
        ----------
        path : str or Path
            The file to write. It works without a server or a network, on a keyboard alone, and
            saves the accepted rows as a text table of the project.

        Returns
        -------
        Path
            The file written.
        """
        return write_review(Path(path), self.rows, self.unread, self.text)

    def to_table(self, path: str | Path) -> Path:
        """Write all rows, those to be checked too, as a text table of the project.

        Parameters
        ----------
        path : str or Path
            The file to write.

        Returns
        -------
        Path
            The file written.
        """
        return write_table(Path(path), self.rows)


def read_report(
    text_or_path: str | Path, *, region: str, year: int, indicators: Iterable[str] | None = None
) -> Draft:
    """Read a report of a province into a draft of rows.

    Parameters
    ----------
    text_or_path : str or Path
        A text itself, or the Path of a file in UTF-8; a paragraph a line.
    region : str
        The region that the report is of, by any name that `region` knows.
    year : int
        The year that the report reviews.
    indicators : iterable of str, optional
        Ids to keep, a concept with all that follows from it; all of the lexicon by default. What
        is read of others stands in ``unread``.

    Returns
    -------
    Draft
        ``rows``, ``unread``, ``to_review`` and ``to_table``. A row that is ``sure`` is a promise;
        ``check`` says why it needs a look. Nothing is guessed, and no numeral is dropped.

    Raises
    ------
    SchemaError
        If there is no text, or it is the name of a file, the file cannot be read, or the year is
        none.
    UnknownRegionError, UnknownIndicatorError
        If a name is not known.

    Examples
    --------
    >>> draft = read_report("全省地区生产总值增长5.5%。", region="川", year=2024)
    >>> draft
    Draft: 1 rows (1 sure, 0 to check), 0 other numerals
    >>> draft.rows[["indicator", "period", "printed", "certainty"]].values.tolist()
    [['gdp_growth', '2024', '5.5%', 'sure']]
    """
    import pandas as pd

    text, report_region = read_report_text(text_or_path), find_region(region)
    _require_year(year)
    wanted = None if indicators is None else _resolve_indicators(indicators)
    source = "" if isinstance(text_or_path, str) else text_or_path.stem
    lines = [normalize_paragraph(n, printed) for n, printed in enumerate(text.split("\n"), 1)]
    read = [
        (line, statement)
        for line, statement in _read_lines(lines, report_region, int(year))
        if wanted is None or {statement.subject.concept, statement.indicator} & wanted
    ]
    rows = _build_rows(drop_repeated_statements(read), report_region.code, source)
    taken: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        taken.setdefault(row["paragraph"], []).append((row["start"], row["end"]))
    unread = [n for line in lines for n in find_unread_numerals(line, taken.get(line.number, []))]
    return Draft(
        pd.DataFrame(rows, columns=list(ROW_COLUMNS)).astype({"paragraph": "int32"}),
        pd.DataFrame(unread, columns=list(UNREAD_COLUMNS)),
        text,
    )


def _require_year(year: object) -> None:
    if isinstance(year, bool) or not isinstance(year, int) or not _FIRST_YEAR <= year <= _LAST_YEAR:
        msg = f"year must be the year that the report reviews, such as 2024, got {year!r}"
        raise SchemaError(msg)


def _resolve_indicators(indicators: Iterable[str]) -> set[str]:
    from provstats.indicators import indicator

    is_several = isinstance(indicators, Iterable) and not isinstance(indicators, str)
    ids: list[Any] = [*indicators] if is_several else [indicators]
    return {indicator(id_).id for id_ in ids}


def _read_lines(lines: list[Line], region: Region, year: int) -> Iterator[tuple[Line, Statement]]:
    for passage, said in read_statements(lines, year, list_own_region_names(region)):
        yield from ((passage.line, statement) for statement in said)


def _build_rows(
    read: list[tuple[Line, Statement]], region: str, source: str
) -> list[dict[str, Any]]:
    return [_build_row(line, said, region, source) for line, said in read]


def _build_row(line: Line, said: Statement, region: str, source: str) -> dict[str, Any]:
    start, end = line.find_printed_span(said.start, said.end)
    entry = look_up_indicator(said.indicator)
    figure = convert_to_unit(said.figure, entry.unit) if entry else said.figure
    if entry is None:
        said.doubts.append("the catalogue does not know this indicator")
    elif entry.unit != figure.unit:
        said.doubts.append(f"the catalogue has it in {entry.unit}")
    return dict(
        region=region, indicator=said.indicator, period=_normalize_period(said.time.label),
        value=figure.value, lower=figure.lower, upper=figure.upper, unit=figure.unit,
        qualifier=figure.qualifier, nature=said.nature, basis="reported", source=source,
        paragraph=line.number, printed=_join_printed_pieces(line, said),
        note="", among=said.among, start=start, end=end,
        certainty="check" if said.doubts else "sure", reason="; ".join(dict.fromkeys(said.doubts)),
    )  # fmt: skip


def _join_printed_pieces(line: Line, said: Statement) -> str:
    """Return what is printed, with … for what stands between its pieces."""
    places = (line.find_printed_span(*piece) for piece in said.pieces or [(said.start, said.end)])
    return "…".join(line.printed[start:end] for start, end in places)


def _normalize_period(label: str) -> str:
    from provstats.reading.periods import parse_period

    try:
        return str(parse_period(label))
    except PeriodError:
        return label
