"""How well reports are read: what is found of reviewed rows, and how many sure rows are right.

Run it with ``python benchmarks/reader.py TABLES TEXTS``: a folder of reviewed tables (a table a
document, as in ``data/``) and one with the texts under the same names. Documents without a text
are left out. A row is found if the draft has its region, indicator, period, nature and value; a
sure row of the draft is wrong if the table has none such. ``--only PATTERN`` takes part of the
documents, ``--list`` prints what is missed and what is wrong.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pandas as pd  # noqa: E402

import provstats as ps  # noqa: E402
from provstats.indicators import look_up_indicator  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Key = tuple[str, str, str, str, float]

MAIN: Final = "levels, growth, additions"
#: The kinds as goals are set for them, by the measure of the indicator.
KINDS: Final = {
    "rank": "ranks", "gap": "gaps", "average_growth": "averages over years", "share": "shares",
    "total_growth": "other measures", "change": "other measures",
}  # fmt: skip
GOALS: Final = {
    MAIN: 95, "ranks": 80, "gaps": 80, "averages over years": 80,
    "shares": 80,
}  # fmt: skip


class Score(NamedTuple):
    """What was read of one document: the reviewed rows, and those of the draft."""

    document: str
    reviewed: dict[Key, str]
    draft: dict[Key, str]

    @property
    def wrong(self) -> list[Key]:
        """The sure rows that the table does not have."""
        return [
            k
            for k, certainty in self.draft.items()
            if certainty == "sure" and k not in self.reviewed
        ]


def score_document(table: Path, text: Path) -> Score:
    """Read a document and hold the draft against its table."""
    rows = pd.read_csv(table, sep="\t", dtype=str, keep_default_na=False, quoting=3)
    reviewed = {key: kind for row in rows.to_dict("records") for key, kind in _review(row)}
    region = rows["region"].mode().iloc[0]
    draft = ps.read_report(text, region=region, year=_find_year(table.stem, rows)).rows
    found = {_make_key(row, row["value"]): row["certainty"] for row in draft.to_dict("records")}
    return Score(table.stem, reviewed, found)


def _find_year(document: str, rows: pd.DataFrame) -> int:
    """Return the year that a document reviews: before that of its title, or of most outcomes."""
    if named := re.match("work-report-([0-9]{4})", document):
        return int(named[1]) - 1
    outcomes = rows.loc[rows["nature"] == "outcome", "period"]
    years = (outcomes if len(outcomes) else rows["period"]).str.findall("[0-9]{4}").str[-1]
    return int(years.mode().iloc[-1])


def _review(row: dict[Any, Any]) -> Iterator[tuple[Key, str]]:
    known = look_up_indicator(row["indicator"])
    figure = _read_figure(row["printed"], known.unit) if known else None
    if known and figure:
        yield _make_key(row, figure.value), KINDS.get(known.measure, MAIN)


def _read_figure(printed: str, unit: str) -> ps.Figure | None:
    for given in (None, unit):
        try:
            figure = ps.parse_figure(printed, unit=given)
        except ps.FigureError:
            continue
        if figure.unit == unit:
            return figure
    return None


def _make_key(row: dict[Any, Any], value: float) -> Key:
    told = (str(row[column]) for column in ("region", "indicator", "period", "nature"))
    return (*told, round(float(value), 9))  # type: ignore[return-value]


def write_scores(scores: list[Score]) -> Iterator[str]:
    """Return the lines of the report: found by kind, then how many sure rows are right."""
    counts, found, sure = Counter[str](), Counter[str](), Counter[str]()
    for each in scores:
        for key, kind in each.reviewed.items():
            counts[kind] += 1
            found[kind] += key in each.draft
            sure[kind] += each.draft.get(key) == "sure"
    yield f"{len(scores)} documents"
    yield f"{'':28}{'rows':>6}{'found':>8}{'sure':>8}{'goal':>6}"
    for kind in [*GOALS, *sorted(counts.keys() - GOALS.keys())]:
        if counts[kind]:
            shares = (f"{100 * part[kind] / counts[kind]:7.1f}%" for part in (found, sure))
            yield f"{kind:28}{counts[kind]:6}{''.join(shares)}{GOALS.get(kind, ''):>6}"
    called = sum(list(each.draft.values()).count("sure") for each in scores)
    wrong = sum(len(each.wrong) for each in scores)
    right = 100 * (called - wrong) / called if called else float("nan")
    checks = sum(list(each.draft.values()).count("check") for each in scores)
    yield f"{called} sure rows, {wrong} wrong: {right:.2f}% right; {checks} to be checked"


def list_faults(scores: Iterable[Score]) -> Iterator[str]:
    """Return a line for each reviewed row that is missed, and each sure row that is wrong."""
    for each in scores:
        for key, kind in each.reviewed.items():
            if key not in each.draft:
                yield "\t".join(["missed", each.document, kind, *map(str, key[1:])])
        for key in each.wrong:
            yield "\t".join(["wrong", each.document, "", *map(str, key[1:])])


def main() -> None:
    """Print the scores of the documents of two folders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--only", default="", help="a pattern of documents")
    parser.add_argument("--list", action="store_true", help="print what is missed and wrong")
    asked = parser.parse_args()
    pairs = [
        (table, asked.texts / f"{table.stem}.txt")
        for table in sorted(asked.tables.rglob("*.tsv"))
        if re.search(asked.only, table.stem)
    ]
    scores = [score_document(table, text) for table, text in pairs if text.exists()]
    print(*(list_faults(scores) if asked.list else ()), *write_scores(scores), sep="\n")


if __name__ == "__main__":
    main()
