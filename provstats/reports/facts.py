"""Facts: what a report states twice is one row, and what it states differently is doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provstats.reports.statement import Statement
    from provstats.reports.texts import Line

    Said = tuple[Line, Statement]

__all__ = ["drop_repeated_statements"]


def drop_repeated_statements(read: list[Said]) -> list[Said]:
    """Keep one statement of each fact, the surer and more exact; all where they disagree."""
    facts: dict[tuple[str, ...], list[Said]] = {}
    for line, said in read:
        key = (said.indicator, said.time.label, said.nature, said.among)
        facts.setdefault(key, []).append((line, said))
    kept = {id(said) for same in facts.values() for _, said in _keep_distinct_statements(same)}
    return [one for one in read if id(one[1]) in kept]


def _keep_distinct_statements(same: list[Said]) -> list[Said]:
    yuan = [one for one in same if one[1].figure.unit == "CNY"]
    first, *others = sorted(yuan or same, key=_make_sort_key)
    distinct, sure = [first], not first[1].doubts
    for one in others:
        if any(_are_contradictory(one[1], other) for _, other in distinct):
            # What is doubtful anyway casts no doubt on what is sure.
            for _, said in [one] if sure and one[1].doubts else [one, *distinct]:
                said.doubts.append("the report states it twice, and differently")
            distinct.append(one)
    return distinct


def _make_sort_key(one: Said) -> tuple[bool, float]:
    figure = one[1].figure
    return bool(one[1].doubts), figure.upper - figure.lower


def _are_contradictory(one: Statement, other: Statement) -> bool:
    return one.figure.lower > other.figure.upper or other.figure.lower > one.figure.upper
