"""The review sheet: one HTML page on which a person decides on each row of a draft.

The page is ``review.html`` beside this module with the draft written into it: no server is needed
and no network.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from provstats.indicators import load_indicators, look_up_indicator
from provstats.reports.reasons import translate_reasons

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TABLE_COLUMNS", "write_review", "write_table"]

#: The columns of the project's text tables.
TABLE_COLUMNS: Final = (
    "paragraph", "region", "indicator", "period", "nature", "printed", "note", "among",
)  # fmt: skip
_SHOWN: Final = (*TABLE_COLUMNS, "start", "end", "certainty", "reason")
_PLACE: Final = "/*DATA*/null"


def write_review(path: Path, rows: pd.DataFrame, unread: pd.DataFrame, text: str) -> Path:
    """Write the page for the rows and the unread numerals of a report."""
    page = Path(__file__).with_name("review.html").read_text(encoding="utf-8")
    data = json.dumps(_build_page_data(rows, unread, text), ensure_ascii=False)
    # A text may hold what ends a script.
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    path.write_text(page.replace(_PLACE, safe), encoding="utf-8")
    return path


def _build_page_data(rows: pd.DataFrame, unread: pd.DataFrame, text: str) -> dict[str, Any]:
    source = rows["source"].iloc[0] if len(rows) else ""
    shown = rows[list(_SHOWN)].assign(
        shown=[f"{v:,.15g} {u}" for v, u in _pair_values_and_units(rows)],
        reason_zh=rows["reason"].map(translate_reasons),
    )
    return dict(
        columns=list(TABLE_COLUMNS), source=source, title=source,
        key=sha256(text.encode()).hexdigest()[:16], paragraphs=text.split("\n"),
        rows=shown.to_dict("records"), unread=unread.to_dict("records"),
        names=_list_indicator_names(rows["indicator"]),
    )  # fmt: skip


def _pair_values_and_units(rows: pd.DataFrame) -> zip[tuple[float, str]]:
    return zip(rows["value"], rows["unit"], strict=True)


def _list_indicator_names(used: pd.Series) -> dict[str, tuple[str, str]]:
    ids = {
        id_
        for concept in load_indicators()
        for id_ in (concept, f"{concept}_growth", f"{concept}_new")
    }
    known = (look_up_indicator(id_) for id_ in sorted({*ids, *used}))
    return {entry.id: (entry.name_zh, entry.name_en) for entry in known if entry}


def write_table(path: Path, rows: pd.DataFrame) -> Path:
    """Write rows as a text table of the project."""
    lines = ["\t".join(map(str, row)) for row in rows[list(TABLE_COLUMNS)].to_numpy()]
    path.write_text("\n".join(["\t".join(TABLE_COLUMNS), *lines, ""]), encoding="utf-8")
    return path
