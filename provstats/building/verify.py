"""Citations: proof that each figure stands where the data say, and that no numeral was passed over.

For one document, every row's ``printed`` must stand in its paragraph, and every digit numeral of
every paragraph must lie in some row's ``printed``, in a period phrase that a row of the paragraph
has for its period, or in an exclusion with a named reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from provstats.building.build import read_headings
from provstats.errors import PeriodError, SchemaError
from provstats.reading.periods import parse_period
from provstats.store.files import data_folder, read_table
from provstats.store.observations import load
from provstats.store.sources import source_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from provstats.building.build import Heading

__all__ = ["Exclusion", "Finding", "Proof", "exclusions", "verify"]

#: Why a numeral is no figure: an ordinal or list number, part of a name or slogan, a date, a
#: technical grade, a threshold or class that defines what is counted or spoken of, a repetition of
#: a row, or noise of the page.
Reason = Literal["ordinal", "name", "date", "grade", "definition", "duplicate", "noise"]

_COLUMNS: Final = ("source", "paragraph", "printed", "reason")
_DIGITS: Final = "0-9０-９"
_NUMERAL: Final = re.compile(f"[{_DIGITS}]+(?:[.,．，][{_DIGITS}]+)*")
_PERIOD: Final = re.compile(
    "(?:20[0-9]{2}年?[—–~-])?20[0-9]{2}年(?:[0-9]{1,2}[—–~-])?(?:[0-9]{1,2}月)?"
    "|(?:[0-9]{1,2}月?[—–~-])?[0-9]{1,2}月(?![0-9]*日)(?:份|底|末)?"
)

Span = tuple[int, int]


class Exclusion(NamedTuple):
    """A text of a paragraph whose numerals are no figures, and the reason."""

    source: str
    paragraph: int
    printed: str
    reason: str


class Finding(NamedTuple):
    """Something that does not hold: where, what, and why."""

    source: str
    paragraph: int
    printed: str
    problem: str

    def __str__(self) -> str:
        return f"{self.source}:{self.paragraph}: {self.printed!r} {self.problem}"


class Proof(NamedTuple):
    """What was proved of one document.

    ``rows`` figures stand in their paragraphs, ``numerals`` digit numerals were looked at, of which
    ``excluded`` are accounted for by the ledger; ``findings`` is empty where all holds.
    """

    source: str
    rows: int
    numerals: int
    excluded: int
    findings: list[Finding]


def exclusions() -> list[Exclusion]:
    """Return the ledger of exclusions.

    Raises
    ------
    SchemaError
        If a reason is not of the vocabulary.

    Examples
    --------
    >>> {entry.reason for entry in exclusions()} <= set(get_args(Reason))
    True
    """
    entries = [
        Exclusion(row["source"], int(row["paragraph"]), row["printed"], row["reason"])
        for row in read_table(data_folder() / "exclusions.tsv", _COLUMNS)
    ]
    for entry in entries:
        if entry.reason not in get_args(Reason):
            msg = f"exclusions.tsv: reason must be one of {get_args(Reason)}, got {entry}"
            raise SchemaError(msg)
    return entries


def verify(folder: Path) -> list[Proof]:
    """Prove the shipped figures against the documents.

    Parameters
    ----------
    folder : Path
        Holds one ``<document id>.txt`` a document, a paragraph a line.

    Returns
    -------
    list of Proof
        One a document, in the order of the data.
    """
    data = load(nature=None, vintage=None)
    ledger = exclusions()
    proofs = []
    for source in source_ids():
        columns = ["paragraph", "printed", "period"]
        rows = data.loc[data["source"] == source, columns].itertuples(index=False, name=None)
        entries = [entry for entry in ledger if entry.source == source]
        headings = [heading for heading in read_headings(data_folder()) if heading.source == source]
        proofs.append(_prove(source, folder / f"{source}.txt", list(rows), entries, headings))
    return proofs


def _prove(
    source: str,
    path: Path,
    rows: list[tuple[int, str, str]],
    entries: list[Exclusion],
    headings: list[Heading],
) -> Proof:
    if not path.is_file():
        return Proof(source, 0, 0, 0, [Finding(source, 0, path.name, "is not in the folder")])
    paragraphs = path.read_text(encoding="utf-8").split("\n")
    findings = [
        Finding(source, heading.paragraph, unit, "does not stand in the heading")
        for heading in headings
        for unit in heading.units
        if unit not in "".join(paragraphs[heading.paragraph - 1 : heading.paragraph])
    ]
    proved = numerals = ledger = 0
    last = max(
        [len(paragraphs), *(row[0] for row in rows), *(entry.paragraph for entry in entries)]
    )
    for number in range(1, last + 1):
        text = paragraphs[number - 1] if number <= len(paragraphs) else ""
        own = [(printed, period) for paragraph, printed, period in rows if paragraph == number]
        excluded = [entry.printed for entry in entries if entry.paragraph == number]
        problems, found = _paragraph(text, own, excluded)
        findings += [Finding(source, number, *problem) for problem in problems]
        proved, numerals, ledger = proved + found[0], numerals + found[1], ledger + found[2]
    return Proof(source, proved, numerals, ledger, findings)


def _paragraph(
    text: str, rows: list[tuple[str, str]], excluded: list[str]
) -> tuple[list[tuple[str, str]], tuple[int, int, int]]:
    """Return what does not hold in one paragraph, and how many rows, numerals and exclusions do."""
    missing, figures = _claims(text, [printed for printed, _ in rows])
    periods = _period_spans(text, {period for _, period in rows})
    numerals = list(_NUMERAL.finditer(text))
    silent = [n for n in numerals if not _covered(n.span(), [*figures, *periods])]
    ledger = {printed: _occurrences(text, printed) for printed in excluded}
    problems = [(printed, "does not stand in the paragraph") for printed in missing]
    problems += [
        (printed, "is excluded but covers no numeral that needs it")
        for printed, spans in ledger.items()
        if not any(_covered(n.span(), spans) for n in silent)
    ]
    outside = [span for spans in ledger.values() for span in spans]
    open_ = [n for n in silent if not _covered(n.span(), outside)]
    problems += [
        (text[max(0, n.start() - 8) : n.end() + 8], f"has the numeral {n[0]} unaccounted for")
        for n in open_
    ]
    return problems, (len(rows) - len(missing), len(numerals), len(silent) - len(open_))


def _claims(text: str, printed: list[str]) -> tuple[list[str], list[Span]]:
    """Give each row its place; rows printed alike share the places there are, in order.

    Longer texts choose first, so that 4个 is not found inside 4个百分点.
    """
    missing: list[str] = []
    taken: list[Span] = []
    for figure in sorted(dict.fromkeys(printed), key=len, reverse=True):
        places = [p for p in _places(text, figure) if not _meet(_anchors(text, p), taken)]
        rows = printed.count(figure)
        missing += [figure] * (rows if not places else 0)
        taken += [span for place in places[:rows] for span in _anchors(text, place)]
    return missing, taken


def _anchors(text: str, place: list[Span]) -> list[Span]:
    """Return what a figure claims for itself: its numerals, or its words where it has none."""
    numerals = [n.span() for n in _NUMERAL.finditer(text)]
    return [n for n in numerals if _covered(n, place)] or place


def _places(text: str, printed: str) -> Iterator[list[Span]]:
    """Find where a figure stands; its parts around ``…`` stand in one sentence."""
    parts = [rf"((?<![{_DIGITS}.．]){re.escape(part)})" for part in printed.split("…")]
    for found in re.finditer("[^。]*?".join(parts), text):
        yield [found.span(i + 1) for i in range(len(parts))]


def _occurrences(text: str, printed: str) -> list[Span]:
    return [found.span() for found in re.finditer(re.escape(printed), text)]


def _period_spans(text: str, labels: set[str]) -> list[Span]:
    """Find the period phrases that state a period of the paragraph's rows."""
    years = {int(year) for label in labels for year in re.findall("[0-9]{4}", label)}
    return [
        found.span()
        for found in _PERIOD.finditer(text)
        if any(_label(found[0], year) in labels for year in years)
    ]


def _label(phrase: str, year: int) -> str | None:
    try:
        return str(parse_period(phrase, year=year))
    except PeriodError:
        return None


def _covered(span: Span, spans: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _meet(some: Iterable[Span], others: list[Span]) -> bool:
    return any(start < end and first < last for first, end in some for start, last in others)
