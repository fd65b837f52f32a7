"""Proofs: what was found when the rows of a document were compared with it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Finding", "Proof", "make_failed_proof"]


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

    ``rows`` figures stand in their paragraphs, ``numerals`` digit numerals (of a table, cells; of a
    document encoded for headline indicators, statements that the reader finds) were looked at, of
    which ``excluded`` are accounted for by a ledger; ``findings`` is empty where all holds;
    ``sha256`` is the digest of the text, empty where there is none.
    """

    source: str
    rows: int
    numerals: int
    excluded: int
    findings: list[Finding]
    sha256: str = ""


def make_failed_proof(source: str, name: str, problem: str) -> Proof:
    """Return the proof of a document that cannot be read."""
    return Proof(source, 0, 0, 0, [Finding(source, 0, name, problem)])
