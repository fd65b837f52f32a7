"""The reading of a text, sentence after sentence, each with what those before it left open."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from provstats.reports.owners import part_opened
from provstats.reports.passages import passages
from provstats.reports.statement import Told
from provstats.reports.titles import part_titled
from provstats.reports.walk import statements_of
from provstats.reports.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provstats.reports.passages import Passage
    from provstats.reports.statement import Statement
    from provstats.reports.texts import Line

__all__ = ["statements_in"]


def statements_in(
    lines: list[Line], year: int, own: tuple[str, ...]
) -> Iterator[tuple[Passage, list[Statement]]]:
    """Return each sentence of a report, its clock as it was before, with its statements.

    ``own`` are the names by which the report calls its own region.
    """
    part = part_titled(lines, own)
    for line, paragraph in groupby(passages(lines, year), lambda passage: passage.line):
        told = Told(document=part, part=part_opened(line.text) or part)
        for passage in paragraph:
            _, start, end, clock = passage
            kept = passage._replace(clock=replace(clock))
            said, told = statements_of(words_of(line.text, start, end, own), line.text, clock, told)
            yield kept, said
