"""Verify headlines: proof of documents of which only the headline indicators are encoded.

Each row must stand in its paragraph. Every statement of a headline indicator that `read_report`
finds in the document must be a row, or be excluded by a line of the ledger, whose text stands in
its paragraph. Other numerals are not looked at: what the reader does not find, readers found.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from provstats.building.proofs import Finding, Proof, make_failed_proof
from provstats.building.spans import assign_places, find_figure_places, find_numerals
from provstats.errors import SchemaError
from provstats.reports.drafts import read_report
from provstats.store.files import read_records, read_whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["HeadlineExclusion", "Stated", "prove_headlines", "read_headline_exclusions"]

#: Why a statement that the reader finds is no row of that indicator: it is of another subject (a
#: city, some firms), of another indicator, period or nature, of another measure (in all or added,
#: a streak, a mean of years), in a unit that the catalogue does not have, less exact than a row, a
#: misprint, a value of an earlier year on another basis, or the text leaves it undecided.
Reason = Literal[
    "subject", "indicator", "period", "nature", "measure", "unit", "duplicate", "misprint",
    "restated", "undecided",
]  # fmt: skip

_COLUMNS: Final = ("source", "paragraph", "indicator", "printed", "reason")
_WINTER: Final = ("01", "02")


class HeadlineExclusion(NamedTuple):
    """A figure of a paragraph that is not what the reader takes it for, and the reason."""

    source: str
    paragraph: int
    indicator: str
    printed: str
    reason: str


class Stated(NamedTuple):
    """What a row or the reader says that a document states, and where."""

    paragraph: int
    printed: str
    region: str
    indicator: str
    period: str
    nature: str
    value: float

    @property
    def fact(self) -> tuple[object, ...]:
        """Return what is stated, wherever it stands; the last bits of a number do not count."""
        return (*self[2:-1], f"{self.value:.9g}")


def read_headline_exclusions(folder: Path) -> list[HeadlineExclusion]:
    """Return the ledger of readings that are no rows; a reason that is not known is refused."""
    return read_records(folder / "headline-exclusions.tsv", _COLUMNS, _make_exclusion)


def _make_exclusion(row: dict[str, str]) -> HeadlineExclusion:
    if row["reason"] not in get_args(Reason):
        msg = f"reason must be one of {get_args(Reason)}, got {row}"
        raise SchemaError(msg)
    return HeadlineExclusion(**{**row, "paragraph": read_whole_number(row, "paragraph")})  # type: ignore[arg-type]


def prove_headlines(
    source: dict[str, str], path: Path, rows: list[Stated], entries: list[HeadlineExclusion]
) -> Proof:
    """Prove the rows of a document of one region; its numerals are what the reader finds."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except FileNotFoundError:
        return make_failed_proof(source["id"], path.name, "is not in the folder")
    except (OSError, UnicodeDecodeError) as error:
        return make_failed_proof(source["id"], path.name, f"cannot be read: {error}")
    paragraphs = text.split("\n")
    found = _find_statements(text, source["regions"], _find_reviewed_year(source["published"]))
    facts, excluded = {row.fact for row in rows}, {entry[1:4] for entry in entries}
    no_rows = [statement for statement in found if statement.fact not in facts]
    silent = [one for one in no_rows if (one.paragraph, one.indicator, one.printed) not in excluded]
    missing = [*_find_missing_rows(paragraphs, rows)]
    problems = [
        *missing,
        *_find_unfounded_exclusions(paragraphs, entries),
        *(
            (one.paragraph, one.printed, f"is read as {_describe_statement(one)}, and no row")
            for one in silent
        ),
    ]
    findings = [Finding(source["id"], *problem) for problem in sorted(problems)]
    counts = (len(rows) - len(missing), len(found), len(no_rows) - len(silent))
    return Proof(source["id"], *counts, findings, sha256(raw).hexdigest())


def _find_reviewed_year(published: str) -> int:
    """Return the year that a document reviews: in January and February it is the year before."""
    return int(published[:4]) - (published[5:7] in _WINTER)


@lru_cache(maxsize=512)
def _find_statements(text: str, region: str, year: int) -> tuple[Stated, ...]:
    """Return what the reader finds; it is kept, as the same text is read many times."""
    if not text.strip():
        return ()
    rows = read_report(text, region=region, year=year).rows
    return tuple(map(Stated._make, rows[list(Stated._fields)].itertuples(index=False, name=None)))


def _find_missing_rows(
    paragraphs: list[str], rows: Iterable[Stated]
) -> Iterator[tuple[int, str, str]]:
    """Return the rows whose figure does not stand in their paragraph."""
    printed: dict[int, list[str]] = {}
    for row in rows:
        printed.setdefault(row.paragraph, []).append(row.printed)
    for number, figures in printed.items():
        text = "".join(paragraphs[number - 1 : number])
        for figure in assign_places(text, figures, find_numerals(text))[0]:
            yield number, figure, "does not stand in the paragraph"


def _find_unfounded_exclusions(
    paragraphs: list[str], entries: Iterable[HeadlineExclusion]
) -> Iterator[tuple[int, str, str]]:
    for entry in entries:
        text = "".join(paragraphs[entry.paragraph - 1 : entry.paragraph])
        if not any(find_figure_places(text, entry.printed)):
            yield entry.paragraph, entry.printed, "is excluded but does not stand in the paragraph"


def _describe_statement(one: Stated) -> str:
    return f"{one.indicator}, {one.period}, {one.nature}"
