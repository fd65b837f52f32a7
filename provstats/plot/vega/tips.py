"""Tips: what a tooltip says of a row: value, range, rank, and where it was printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.plot.parts.captions import cite_documents, format_rank, format_value_with_interval
from provstats.tables.heads import HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["FIELDS", "build_empty_tip", "build_tip", "specify_tooltip"]

#: The fields of a tooltip, in their order.
FIELDS: Final = ("printed_value", "range", "rank", "printed", "source", "paragraph")
# The row of a mark, and of a cell around one.
_ROW: Final = "(datum.datum || datum)"
_HEADS: Final = {"printed_value": HEADS["value"], **HEADS}


def build_tip(row: pd.Series, scale: Scale, voice: Voice, when: str = "") -> dict[str, str]:
    """Return what is said of a row: ``name``, ``said`` for those who cannot see, and the fields.

    What the row does not have is empty.
    """
    name = voice.name_region(row["region"])
    own = row["value"], row["lower"], row["upper"]
    ends = (
        scale.format_matching_bounds(own[0], scale.choose_decimals(*own), *own[1:])
        if own[1] < own[2]
        else ()
    )
    spread = voice.say("dash").join(ends)
    value = format_value_with_interval(row, scale, voice)
    return {
        "name": name,
        "heading": voice.join_drawable(name, when, voice.say(str(row["nature"]))),
        "said": f"{voice.join_drawable(name, when)} {value}",
        "printed_value": scale.format_value(*own),
        "range": spread and scale.form.format(spread),
        "rank": _say_row_rank(row, voice),
        "printed": _format_cell(row.get("printed")),
        "source": cite_documents([row["source"]], voice),
        "paragraph": _format_cell(row.get("paragraph")),
    }


def build_empty_tip(code: str, voice: Voice) -> dict[str, str]:
    """Return what is said of a region without a value."""
    name, nothing = voice.name_region(code), voice.say("missing")
    empty = dict.fromkeys(FIELDS, "")
    return {
        "name": name, "heading": name, "said": f"{name} {nothing}", **empty,
        "printed_value": nothing,
    }  # fmt: skip


def _say_row_rank(row: pd.Series, voice: Voice) -> str:
    if pd.isna(row["rank"]):  # of the nation
        return ""
    rank = format_rank(row[["rank_best", "rank_worst"]].astype(int))
    return voice.say("rank_of", rank=rank, n=int(row["n"])) if "n" in row else rank


def _format_cell(cell: Any) -> str:  # noqa: ANN401 - a cell of the caller's
    """Return a cell as a text; a missing one is empty, and a whole number has no decimals."""
    if pd.isna(cell):
        return ""
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell)


def specify_tooltip(tips: Iterable[dict[str, Any]], voice: Voice) -> dict[str, Any]:
    """Return the encoding of tooltips: the fields that any of the rows has, with their heads.

    It is written out, because versions of Vega-Lite differ in where the cells around the nearest
    values have their row.
    """
    rows, side = list(tips), voice.lang == "en"
    known = [name for name in FIELDS if any(row[name] for row in rows)]
    heads = {"title": "heading", **{_HEADS[name][side]: name for name in known}}
    pairs = (
        f"{json.dumps(head, ensure_ascii=False)}: {_ROW}.{name}" for head, name in heads.items()
    )
    return {"value": {"expr": f"{{{', '.join(pairs)}}}"}}
