"""Drafts: the rows that a report gives, what was left unread, and how sure each is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from provstats.errors import PeriodError, SchemaError
from provstats.indicators import known_indicator
from provstats.reports.review import write_review, write_table
from provstats.reports.scopes import first_scope, heading_scope, is_end, sentence_scope
from provstats.reports.texts import dress, read_text, sentences
from provstats.reports.times import Clock
from provstats.reports.unread import unread_numerals
from provstats.reports.walk import statements_of
from provstats.reports.words import words_of
from provstats.store.regions import region as find_region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from provstats.reports.scopes import Scope
    from provstats.reports.statement import Statement
    from provstats.reports.texts import Line
    from provstats.store.regions import Region

__all__ = ["Draft", "read_report"]

_TEXTS: Final = (
    "region", "indicator", "period", "value", "lower", "upper", "unit", "qualifier", "nature",
    "basis", "source", "paragraph", "printed", "note", "among",
)  # fmt: skip
#: The columns of a draft's rows: those of the observations, the place, and how sure the row is.
ROW_COLUMNS: Final = (*_TEXTS, "start", "end", "certainty", "reason")
UNREAD_COLUMNS: Final = ("paragraph", "start", "end", "text", "kind")
#: So many characters open a sentence; so many paragraphs lie right below a heading.
_OPENING: Final = 34
_FRESH: Final = 3
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
        If there is no text, the file cannot be read, or the year is none.
    UnknownRegionError, UnknownIndicatorError
        If a name is not known.

    Examples
    --------
    >>> draft = read_report("全省地区生产总值增长5.5%。", region="川", year=2024)
    >>> draft.rows[["indicator", "period", "printed", "certainty"]].values.tolist()
    [['gdp_growth', '2024', '5.5%', 'sure']]
    """
    import pandas as pd

    text, of = read_text(text_or_path), find_region(region)
    _check_year(year)
    wanted = None if indicators is None else _concepts(indicators)
    source = "" if isinstance(text_or_path, str) else text_or_path.stem
    lines = [dress(n, printed) for n, printed in enumerate(text.split("\n"), 1)]
    read = [
        (line, statement)
        for line, statement in _read(lines, of, int(year))
        if wanted is None or {statement.subject.concept, statement.indicator} & wanted
    ]
    rows = _rows(_single(read), of.code, source)
    taken: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        taken.setdefault(row["paragraph"], []).append((row["start"], row["end"]))
    unread = [n for line in lines for n in unread_numerals(line, taken.get(line.number, []))]
    return Draft(
        pd.DataFrame(rows, columns=list(ROW_COLUMNS)).astype({"paragraph": "int32"}),
        pd.DataFrame(unread, columns=list(UNREAD_COLUMNS)),
        text,
    )


def _check_year(year: object) -> None:
    if isinstance(year, bool) or not isinstance(year, int) or not _FIRST_YEAR <= year <= _LAST_YEAR:
        msg = f"year must be the year that the report reviews, such as 2024, got {year!r}"
        raise SchemaError(msg)


def _concepts(indicators: Iterable[str]) -> set[str]:
    from provstats.indicators import indicator

    ids = [indicators] if isinstance(indicators, str) else list(indicators)
    return {indicator(id_).id for id_ in ids}


def _read(lines: list[Line], of: Region, year: int) -> Iterator[tuple[Line, Statement]]:
    """Read line by line: headings and openings move the scope, sentences give statements."""
    own = _own_names(of)
    scope, opened = first_scope(year), 0
    for line in lines:
        if line.printed.startswith("#"):
            continue
        if is_end(line.text):
            return
        if heading := heading_scope(line.text, year):
            scope, opened = heading, line.number
            continue
        fresh = line.number - opened <= _FRESH
        scope, read = _read_line(line, scope, year, own, fresh=fresh)
        yield from ((line, statement) for statement in read)


def _own_names(of: Region) -> tuple[str, ...]:
    names = {of.name_full, of.name_zh, *(("我国", "中国") if of.kind == "nation" else ())}
    return tuple(sorted(names, key=len, reverse=True))


def _read_line(
    line: Line, scope: Scope, year: int, own: tuple[str, ...], *, fresh: bool
) -> tuple[Scope, list[Statement]]:
    read: list[Statement] = []
    months = ""
    for start, end in sentences(line):
        opening = line.text[start : min(end, start + _OPENING)]
        scope = sentence_scope(opening, scope, year, fresh=fresh)
        if not _HAS_NUMERAL.search(line.text, start, end):
            continue
        clock = Clock(scope, year, months=months, carried=bool(months))
        read += statements_of(words_of(line.text, start, end, own), line.text, clock)
        months = clock.months
    return scope, read


_HAS_NUMERAL: Final = re.compile("[0-9一二三四五六七八九十两半]|首位|榜首")


def _single(read: list[tuple[Line, Statement]]) -> list[tuple[Line, Statement]]:
    """Keep one statement of each fact, the surer and more exact; all where they disagree."""
    facts: dict[tuple[str, ...], list[tuple[Line, Statement]]] = {}
    for line, said in read:
        key = (said.indicator, said.time.label, said.nature, said.among)
        facts.setdefault(key, []).append((line, said))
    kept = {id(one[1]) for same in facts.values() for one in _distinct(same)}
    return [one for one in read if id(one[1]) in kept]


def _distinct(same: list[tuple[Line, Statement]]) -> list[tuple[Line, Statement]]:
    yuan = [one for one in same if one[1].figure.unit == "CNY"]
    same = sorted(yuan or same, key=lambda one: (bool(one[1].doubts), _width(one[1])))
    distinct = [same[0]]
    sure = not same[0][1].doubts
    for one in same[1:]:
        if any(_disagree(one[1], other) for _, other in distinct):
            disputed = [one, *distinct] if not (sure and one[1].doubts) else [one]
            for _, said in disputed:
                said.doubts.append("the report states it twice, and differently")
            distinct.append(one)
    return distinct


def _width(said: Statement) -> float:
    return said.figure.upper - said.figure.lower


def _disagree(one: Statement, other: Statement) -> bool:
    return one.figure.lower > other.figure.upper or other.figure.lower > one.figure.upper


def _rows(read: list[tuple[Line, Statement]], region: str, source: str) -> list[dict[str, Any]]:
    return [_row(line, said, region, source) for line, said in read]


def _row(line: Line, said: Statement, region: str, source: str) -> dict[str, Any]:
    start, end = line.span(said.start, said.end)
    figure = said.figure
    if known_indicator(said.indicator) is None:
        said.doubts.append("the catalogue does not know this indicator")
    return dict(
        region=region, indicator=said.indicator, period=_label(said.time.label),
        value=figure.value, lower=figure.lower, upper=figure.upper, unit=figure.unit,
        qualifier=figure.qualifier, nature=said.nature, basis="reported", source=source,
        paragraph=line.number, printed=line.printed[start:end],
        note="", among=said.among, start=start, end=end,
        certainty="check" if said.doubts else "sure", reason="; ".join(said.doubts),
    )  # fmt: skip


def _label(label: str) -> str:
    from provstats.reading.periods import parse_period

    try:
        return str(parse_period(label))
    except PeriodError:
        return label
