"""Verify: proof that each figure stands where the data say, and that no numeral was passed over.

For one document, every row's ``printed`` must stand in its paragraph, and every digit numeral of
every paragraph must lie in some row's ``printed``, in a period phrase that a row of the paragraph
has for its period, or in an exclusion with a named reason. Of a document that is a table, see
`provstats.building.verify_tables`, of one that is encoded for headline indicators only,
`provstats.building.verify_headlines`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar, get_args

from provstats.building.headings import read_headings
from provstats.building.marks import read_excluded_cells
from provstats.building.proofs import Finding, Proof, make_failed_proof
from provstats.building.spans import Spans, assign_places, find_numerals
from provstats.building.tables import read_batches, read_tables
from provstats.building.verify_headlines import (
    HeadlineExclusion,
    Stated,
    prove_headlines,
    read_headline_exclusions,
)
from provstats.building.verify_tables import Shipped, Told, prove_table
from provstats.errors import PeriodError, SchemaError
from provstats.reading.periods import parse_period
from provstats.store.files import find_data_folder, read_records, read_whole_number
from provstats.store.observations import load
from provstats.store.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from provstats.building.headings import Heading
    from provstats.building.spans import Span

__all__ = ["Exclusion", "Finding", "Proof", "read_exclusions", "verify"]

#: Why a numeral is no figure: an ordinal or list number, part of a name or slogan, a date, a
#: technical grade, a threshold or class that defines what is counted or spoken of, a repetition of
#: a row, or noise of the page.
Reason = Literal["ordinal", "name", "date", "grade", "definition", "duplicate", "noise"]

_COLUMNS: Final = ("source", "paragraph", "printed", "reason")
_PERIOD: Final = re.compile(
    "(?:20[0-9]{2}年?[—–~-])?20[0-9]{2}年(?:[0-9]{1,2}[—–~-])?(?:[0-9]{1,2}月)?"
    "|(?:[0-9]{1,2}月?[—–~-])?[0-9]{1,2}月(?![0-9]*日)(?:份|底|末)?"
)


_Entry = TypeVar("_Entry", "Exclusion", "Heading", HeadlineExclusion)


class Exclusion(NamedTuple):
    """A text of a paragraph whose numerals are no figures, and the reason."""

    source: str
    paragraph: int
    printed: str
    reason: str


def read_exclusions() -> list[Exclusion]:
    """Return the ledger of exclusions; a reason that is not of the vocabulary is refused.

    Examples
    --------
    >>> {entry.reason for entry in read_exclusions()} <= set(get_args(Reason))
    True
    """
    return read_records(find_data_folder() / "exclusions.tsv", _COLUMNS, _make_exclusion)


def _make_exclusion(row: dict[str, str]) -> Exclusion:
    if row["reason"] not in get_args(Reason):
        msg = f"reason must be one of {get_args(Reason)}, got {row}"
        raise SchemaError(msg)
    return Exclusion(
        row["source"], read_whole_number(row, "paragraph"), row["printed"], row["reason"]
    )


def verify(folder: Path) -> Iterator[Proof]:
    """Prove the shipped figures against a folder with one ``<document id>.txt`` a document.

    A paragraph is a line. Tables are ``tables/<document id>.tsv`` in it, a cell a line. The proofs
    come in the order of the documents, each when it is made: all of them take their time.
    """
    if not folder.is_dir():
        msg = f"{folder} is no folder: it must hold one <document id>.txt a document"
        raise SchemaError(msg)
    shipped = find_data_folder()
    told = Told(read_tables(shipped), read_batches(shipped), read_excluded_cells(shipped))
    ledger, headings = _group_by_source(read_exclusions()), _group_by_source(read_headings(shipped))
    readings = _group_by_source(read_headline_exclusions(shipped))
    of_tables = {table.source for table in told.tables}
    data = dict([*load(nature=None, vintage=None).groupby("source")])
    for document in read_sources(shipped):
        source = document["id"]
        rows = data[source]
        path = folder / f"{source}.txt"
        if document["encoded"] == "headline":
            stated = rows[list(Stated._fields)].itertuples(index=False, name=None)
            rows_ = [*map(Stated._make, stated)]
            yield prove_headlines(document, path, rows_, readings[source])
        elif source in of_tables:
            cells = rows[list(Shipped._fields)].itertuples(index=False, name=None)
            path = folder / "tables" / f"{source}.tsv"
            yield prove_table(source, path, map(Shipped._make, cells), told)
        else:
            figures = rows[["paragraph", "printed", "period"]].itertuples(index=False, name=None)
            yield _prove(source, path, [*figures], ledger[source], headings[source])


def _group_by_source(entries: Iterable[_Entry]) -> defaultdict[str, list[_Entry]]:
    """Return the lines of a list by their document."""
    groups = defaultdict(list)
    for entry in entries:
        groups[entry.source].append(entry)
    return groups


def _prove(
    source: str,
    path: Path,
    rows: list[tuple[int, str, str]],
    entries: list[Exclusion],
    headings: list[Heading],
) -> Proof:
    try:
        raw = path.read_bytes()
        paragraphs = raw.decode("utf-8").split("\n")
    except FileNotFoundError:
        return make_failed_proof(source, path.name, "is not in the folder")
    except (OSError, UnicodeDecodeError) as error:
        return make_failed_proof(source, path.name, f"cannot be read: {error}")
    figures, ledger = (
        _group_by_paragraph(rows),
        _group_by_paragraph(entry[1:3] for entry in entries),
    )
    findings = _check_heading_units(source, paragraphs, headings)
    proved = numerals = excluded = 0
    for number in range(1, max(len(paragraphs), *figures, *ledger, 1) + 1):
        text = "".join(paragraphs[number - 1 : number])
        printed = [entry for (entry,) in ledger[number]]
        problems, found = _check_paragraph(text, figures[number], printed)
        findings += [Finding(source, number, *problem) for problem in problems]
        proved, numerals, excluded = proved + found[0], numerals + found[1], excluded + found[2]
    return Proof(source, proved, numerals, excluded, findings, sha256(raw).hexdigest())


def _group_by_paragraph(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Return rows by their paragraph, the first of their cells."""
    groups = defaultdict(list)
    for paragraph, *row in rows:
        groups[paragraph].append(tuple(row))
    return groups


def _check_heading_units(
    source: str, paragraphs: list[str], headings: list[Heading]
) -> list[Finding]:
    """Return the units of printed tables that do not stand in their headings."""
    return [
        Finding(source, heading.paragraph, unit, "does not stand in the heading")
        for heading in headings
        for unit in heading.units
        if unit not in "".join(paragraphs[heading.paragraph - 1 : heading.paragraph])
    ]


def _check_paragraph(
    text: str, rows: list[tuple[Any, ...]], excluded: list[str]
) -> tuple[list[tuple[str, str]], tuple[int, int, int]]:
    """Return what does not hold in one paragraph, and how many rows, numerals and exclusions do."""
    places_ = find_numerals(text)
    numerals = places_.spans
    missing, figures = assign_places(text, [printed for printed, _ in rows], places_)
    told = Spans([*figures, *_find_period_spans(text, {period for _, period in rows})])
    silent = [span for span in numerals if not told.is_covering(span)]
    ledger = {printed: Spans(_find_occurrences(text, printed)) for printed in excluded}
    problems = [(printed, "does not stand in the paragraph") for printed in missing]
    problems += [
        (printed, "is excluded but covers no numeral that needs it")
        for printed, spans in ledger.items()
        if not any(spans.is_covering(span) for span in silent)
    ]
    outside = Spans(span for printed in ledger for span in _find_occurrences(text, printed))
    open_ = [span for span in silent if not outside.is_covering(span)]
    problems += [
        (text[max(0, start - 8) : end + 8], f"has the numeral {text[start:end]} unaccounted for")
        for start, end in open_
    ]
    return problems, (len(rows) - len(missing), len(numerals), len(silent) - len(open_))


def _find_occurrences(text: str, printed: str) -> Iterable[Span]:
    return (found.span() for found in re.finditer(re.escape(printed), text))


def _find_period_spans(text: str, labels: set[str]) -> list[Span]:
    """Find the period phrases that state a period of the paragraph's rows."""
    years = {int(year) for label in labels for year in re.findall("[0-9]{4}", label)}
    return [
        found.span()
        for found in _PERIOD.finditer(text)
        if any(_read_period_label(found[0], year) in labels for year in years)
    ]


@lru_cache(maxsize=1024)
def _read_period_label(phrase: str, year: int) -> str | None:
    try:
        return str(parse_period(phrase, year=year))
    except PeriodError:
        return None
