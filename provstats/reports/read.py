"""The reading of a text, sentence after sentence, each with what those before it left open."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from provstats.reports.owners import find_paragraph_place
from provstats.reports.passages import split_into_passages
from provstats.reports.statement import Told
from provstats.reports.titles import find_document_place
from provstats.reports.walk import read_sentence
from provstats.reports.words import split_into_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provstats.reports.passages import Passage
    from provstats.reports.statement import Statement
    from provstats.reports.texts import Line

__all__ = ["read_statements"]


def read_statements(
    lines: list[Line], year: int, own: tuple[str, ...]
) -> Iterator[tuple[Passage, list[Statement]]]:
    """Return each sentence of a report, its clock as it was before, with its statements.

    ``own`` are the names by which the report calls its own region.
    """
    part = find_document_place(lines, own)
    for line, paragraph in groupby(split_into_passages(lines, year), lambda passage: passage.line):
        told = Told(document=part, part=find_paragraph_place(line.text) or part)
        for passage in paragraph:
            _, start, end, clock = passage
            kept = passage._replace(clock=replace(clock))
            said, told = read_sentence(
                split_into_words(line.text, start, end, own), line.text, clock, told
            )
            yield kept, said
