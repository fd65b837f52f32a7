"""Search again, by what analysts type: names of reports, short forms, both scripts."""

from __future__ import annotations

from pathlib import Path

from provstats import search
from provstats.indicators import look_up_indicator
from provstats.store.files import read_table

QUERIES = read_table(Path(__file__).parent / "queries.tsv", ("query", "ids"))
#: One in a hundred may miss, so that a name can be taken away where it misleads.
ENOUGH = 0.99


def test_queries_name_indicators():
    """What is expected exists, and each query stands once."""
    assert all(look_up_indicator(id_) for row in QUERIES for id_ in row["ids"].split())
    assert len({row["query"] for row in QUERIES}) == len(QUERIES)


def test_queries_find_what_is_meant():
    """One of the expected indicators is among the first three."""
    found = {row["query"]: search(row["query"])["id"].head(3).to_list() for row in QUERIES}
    missed = {
        row["query"]: found[row["query"]]
        for row in QUERIES
        if not set(found[row["query"]]) & set(row["ids"].split())
    }
    assert len(missed) <= (1 - ENOUGH) * len(QUERIES), missed
