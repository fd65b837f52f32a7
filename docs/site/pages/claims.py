"""Claims: what reports say of themselves, as a table with verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meanings import explain_code
from shipped import link_source_line
from words import say
from writing import Table, escape_markdown

if TYPE_CHECKING:
    import pandas as pd
    from meanings import Lang

__all__ = ["make_claims_table"]


def make_claims_table(found: pd.DataFrame, lang: Lang) -> Table:
    """Return claims that `ps.check_claims` has checked, in its own words."""
    rows = [
        [
            explain_code("verdict", row["verdict"], lang),
            escape_markdown(row[lang]),
            link_source_line(row["source"], row["paragraph"], lang),
        ]
        for _, row in found.iterrows()
    ]
    heads = ("verdict", "claim", "source")
    return Table([say(lang, head) for head in heads], rows, "lll")
