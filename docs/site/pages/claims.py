"""Claims: what reports say of themselves, as a table with verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meanings import meaning
from shipped import where
from words import say
from writing import Table, plain

if TYPE_CHECKING:
    import pandas as pd
    from meanings import Lang

__all__ = ["claims_table"]


def claims_table(found: pd.DataFrame, lang: Lang) -> Table:
    """Return claims that `ps.check_claims` has checked, in its own words."""
    rows = [
        [
            meaning("verdict", row["verdict"], lang),
            plain(row[lang]),
            where(row["source"], row["paragraph"], lang),
        ]
        for _, row in found.iterrows()
    ]
    heads = ("verdict", "claim", "source")
    return Table([say(lang, head) for head in heads], rows, "lll")
