"""Tips: what a tooltip says of a row: value, range, rank, and where it was printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.plot.parts.captions import cited, rank_text, span_text
from provstats.tables.heads import HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = ["FIELDS", "no_tip", "tip_of", "tooltip"]

#: The fields of a tooltip, in their order.
FIELDS: Final = ("printed_value", "range", "rank", "printed", "source", "paragraph")
# The row of a mark, and of a cell around one.
_ROW: Final = "(datum.datum || datum)"
_HEADS: Final = {"printed_value": HEADS["value"], **HEADS}


def tip_of(row: pd.Series, scale: Scale, voice: Voice, when: str = "") -> dict[str, str]:
    """Return what is said of a row: ``name``, ``said`` for those who cannot see, and the fields.

    What the row does not have is empty.
    """
    name = voice.name(row["region"])
    own = row["value"], row["lower"], row["upper"]
    ends = scale.beside(own[0], scale.digits_of(*own), *own[1:]) if own[1] < own[2] else ()
    spread = voice.say("dash").join(ends)
    return {
        "name": name,
        "heading": voice.joined(name, when, voice.say(str(row["nature"]))),
        "said": f"{voice.joined(name, when)} {span_text(row, scale, voice)}",
        "printed_value": scale.label(*own),
        "range": spread and scale.form.format(spread),
        "rank": _rank(row, voice),
        "printed": _text(row.get("printed")),
        "source": cited([row["source"]], voice),
        "paragraph": _text(row.get("paragraph")),
    }


def no_tip(code: str, voice: Voice) -> dict[str, str]:
    """Return what is said of a region without a value."""
    name, nothing = voice.name(code), voice.say("missing")
    empty = dict.fromkeys(FIELDS, "")
    return {
        "name": name, "heading": name, "said": f"{name} {nothing}", **empty,
        "printed_value": nothing,
    }  # fmt: skip


def _rank(row: pd.Series, voice: Voice) -> str:
    if pd.isna(row["rank"]):  # of the nation
        return ""
    rank = rank_text(row[["rank_best", "rank_worst"]].astype(int))
    return voice.say("rank_of", rank=rank, n=int(row["n"])) if "n" in row else rank


def _text(cell: Any) -> str:  # noqa: ANN401 - a cell of the caller's
    """Return a cell as a text; a missing one is empty, and a whole number has no decimals."""
    if pd.isna(cell):
        return ""
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell)


def tooltip(tips: Iterable[dict[str, Any]], voice: Voice) -> dict[str, Any]:
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
