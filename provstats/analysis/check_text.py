"""Texts: an analyst's own sentences against the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from provstats.analysis.parts.facts import judge_saying
from provstats.analysis.parts.mentions import find_mentions
from provstats.analysis.parts.sayings import find_sayings
from provstats.errors import SchemaError
from provstats.reports.texts import load_text
from provstats.words.languages import choose_language

if TYPE_CHECKING:
    from pathlib import Path

    from provstats.analysis.parts.sayings import Saying
    from provstats.words.languages import Lang

__all__ = ["check_text"]

_COLUMNS: Final = [
    "paragraph", "start", "end", "text", "region", "indicator", "period", "nature", "value",
    "lower", "upper", "unit", "verdict", "reason", "data_lower", "data_upper", "rows",
]  # fmt: skip
_CHINESE: Final = re.compile("[一-龥]")


def check_text(text: str | Path, *, lang: str | None = None) -> pd.DataFrame:
    """Hold each figure of a text that someone wrote against the shipped data.

    A sentence must name what it speaks of: a region, an indicator (by a name of the catalogue or a
    word of reports) and a period; a period once named holds for the next sentences. Nothing is
    guessed: what a sentence does not name, or the data do not hold, is unknown, and so is a figure
    with words beside it that are not understood and that the data do not bear out.

    Parameters
    ----------
    text : str or Path
        The text itself, or the Path of a file in UTF-8; a paragraph a line.
    lang : {"zh", "en"}, optional
        Its language; by default that of each paragraph, Chinese where it has Chinese characters.

    Returns
    -------
    DataFrame
        One row for each figure and rank, in the order of the text: ``paragraph`` (1-based),
        ``start``, ``end`` and ``text`` (where it stands in the paragraph); ``region``,
        ``indicator``, ``period`` and ``nature`` (what it is said of; empty where the sentence does
        not say); ``value``, ``lower``, ``upper``, ``unit`` (of the figure, NaN where it is not
        understood); ``verdict``: ``supported`` (all that the data allow lies within what is said,
        as printed or as it follows from levels, the nation or the ranking), ``contradicted`` (none
        of it does) or ``unknown``; ``reason``; ``data_lower``, ``data_upper`` (what the data
        allow; NaN where they hold nothing); and ``rows`` (a tuple of the positions of the rows
        that it rests on, in ``load(nature=None, vintage=None)``).

        A figure that a later document revised is supported, and the reason names that document.

    Raises
    ------
    SchemaError
        If there is no text, or it is the name of a file, the file cannot be read, or the language
        is not known.

    Examples
    --------
    >>> found = check_text("2022年，北京研发强度为6.83%，居全国第1位；上海为5.34%。")
    >>> found.loc[[0, 2], ["text", "region", "verdict"]].values.tolist()
    [['6.83%', 'CN-BJ', 'supported'], ['5.34%', 'CN-SH', 'contradicted']]
    >>> found["reason"].iloc[2]
    'the data say 4.44 percent'
    >>> check_text("In 2022, Beijing's R&D intensity fell to 5.1%.")["verdict"].item()
    'contradicted'
    """
    told = None if lang is None else choose_language(lang).lang
    rows = [
        _build_row(number, said)
        for number, paragraph in enumerate(_read_text(text).split("\n"), 1)
        for said in find_sayings(find_mentions(paragraph, number, told or _detect_lang(paragraph)))
    ]
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"paragraph": "int32"})


def _read_text(text: str | Path) -> str:
    found = load_text(text, "text")
    if not found.strip():
        msg = "the text is empty: there is nothing to check"
        raise SchemaError(msg)
    return found


def _detect_lang(paragraph: str) -> Lang:
    return "zh" if _CHINESE.search(paragraph) else "en"


def _build_row(number: int, said: Saying) -> dict[str, object]:
    found, figure = judge_saying(said), said.figure
    ends = (figure.value, figure.lower, figure.upper) if figure else (float("nan"),) * 3
    return {
        "paragraph": number, "start": said.start, "end": said.end, "text": said.text,
        "region": said.region, "indicator": found.indicator or " ".join(said.ids),
        "period": said.period, "nature": said.nature,
        **dict(zip(("value", "lower", "upper"), ends, strict=True)),
        "unit": figure.unit if figure else "", "verdict": found.verdict, "reason": found.reason,
        "data_lower": found.data_lower, "data_upper": found.data_upper, "rows": found.rows,
    }  # fmt: skip
