"""Questions: the commands that ask the shipped data, each with what is shown of its answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.analysis.scorecard import scorecard
from provstats.compare import gap_to_national, rank, share_of_national, yoy
from provstats.errors import UnknownIndicatorError
from provstats.indicators import search, series
from provstats.shell.printing import print_answer
from provstats.shell.streams import terminal_lang
from provstats.store.regions import mainland
from provstats.store.sources import source_ids
from provstats.tables.cite import cite
from provstats.tables.heads import HEADS
from provstats.tables.table import name_of_indicator, table
from provstats.words.languages import language_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from provstats.indicators import IndicatorSeries
    from provstats.words.languages import Lang

__all__ = ["QUESTIONS"]

#: The heads of columns that `table` has no heads for.
_HEADS: Final = {
    "nature": ("性质", "Nature"), "vintage": ("发布", "Published"), "among": ("范围", "Among"),
    "reason": ("缺因", "Reason"), "note": ("注", "Note"), "id": ("指标代码", "Id"),
    "name_zh": ("名称", "Name"), "name_en": ("名称", "Name"), "unit": ("单位", "Unit"),
    "coverage": ("报告地区", "Reported by"), "periods": ("时期", "Periods"),
    "citation": ("文献", "Document"),
}  # fmt: skip
#: So many characters of a list of periods are shown, its end, with the latest.
_MOST_PERIODS: Final = 40


def _several(words: list[str] | None) -> list[str] | None:
    """Return the parts of words that are joined by commas."""
    return words and [part for word in words for part in re.split("[,，、;；]", word) if part]


def _nature(options: argparse.Namespace) -> str | None:
    return None if options.nature == "all" else options.nature


def _vintage(options: argparse.Namespace) -> str | None:
    return None if options.vintage == "all" else options.vintage


def _asked(options: argparse.Namespace, indicator: str) -> IndicatorSeries:
    """Return the series that the options ask for."""
    return series(
        indicator, period=_several(options.period), regions=_several(options.regions),
        nature=_nature(options), vintage=_vintage(options),
    )  # fmt: skip


def _lang(options: argparse.Namespace) -> Lang:
    return options.lang or terminal_lang()


def _headed(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    return frame.rename(columns={key: both[lang == "en"] for key, both in _HEADS.items()})


def _told(rows: pd.DataFrame, names: tuple[str, ...]) -> list[str]:
    """Return which columns say more than usual: than outcome, or than an empty text."""
    usual = {"nature": {"outcome"}}
    return [n for n in names if n in rows and set(rows[n].fillna("")) - usual.get(n, {""})]


# --- the figures ----------------------------------------------------------------------------------


def _show(options: argparse.Namespace) -> None:
    rows = pd.concat([_asked(options, name).data for name in options.indicator], ignore_index=True)
    lang = _lang(options)
    several = ["indicator"] if len(set(rows["indicator"])) > 1 else []
    told = _told(rows, ("nature", "among", "vintage"))
    columns = [
        "region", *several, "period", "value", "range", "printed", *told, "source", "paragraph",
    ]  # fmt: skip
    _title(options, rows, lang)
    print_answer(
        rows, lambda: _headed(table(rows, lang=lang, columns=columns), lang), options.format
    )


def _title(options: argparse.Namespace, rows: pd.DataFrame, lang: Lang) -> None:
    """Print the indicator of the rows above a table for people."""
    ids = rows["indicator"].unique().tolist()
    if options.format == "text" and len(ids) == 1:
        print(f"{name_of_indicator(ids[0], language_of(lang))} ({ids[0]})")


def _search(options: argparse.Namespace) -> None:
    found = search(options.text)
    if found.empty:
        msg = f"no indicator is called {options.text!r}; a shorter word finds more"
        raise UnknownIndicatorError(msg)
    lang = _lang(options)
    print_answer(found, lambda: _headed(_overview(found, lang), lang), options.format)


def _overview(found: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Return what people look for in a list of indicators, with who reports them."""
    whole = len(mainland())
    return pd.DataFrame(
        {
            "id": found["id"],
            f"name_{lang}": found[f"name_{lang}"],
            "unit": found["unit"],
            "coverage": [f"{count}/{whole}" for count in found["regions"]],
            "periods": [_end_of(text) for text in found["periods"]],
        }
    )


def _end_of(periods: str) -> str:
    if len(periods) <= _MOST_PERIODS:
        return periods
    return "… " + periods[-_MOST_PERIODS:].partition(", ")[2]


# --- comparisons ----------------------------------------------------------------------------------


def _compare(
    options: argparse.Namespace,
    answer: Callable[[IndicatorSeries], pd.DataFrame],
    told: tuple[str, ...] = (),
    order: tuple[str, ...] = (),
) -> None:
    """Print the answer to one series; for people, the rows are sorted by ``order``."""
    rows, lang = answer(_asked(options, options.indicator)), _lang(options)
    _title(options, rows, lang)
    print_answer(rows, lambda: _compared(rows, lang, told, order), options.format)


def _compared(
    rows: pd.DataFrame, lang: Lang, told: tuple[str, ...], order: tuple[str, ...]
) -> pd.DataFrame:
    ordered = rows.sort_values([*order], kind="stable") if order else rows
    plain = ["region"] + (["period"] if len(set(rows["period"])) > 1 else [])
    known = ["value", "rank", "n", "national", "gap", "share", "previous", "yoy"]
    columns = [*plain, *(n for n in known if n in HEADS and n in rows), *_told(rows, told)]
    return _headed(table(ordered, lang=lang, columns=columns), lang)


def _rank(options: argparse.Namespace) -> None:
    _compare(options, rank, ("nature", "among"), ("period", "rank"))


def _gap(options: argparse.Namespace) -> None:
    _compare(options, gap_to_national, ("nature",))


def _share(options: argparse.Namespace) -> None:
    _compare(options, share_of_national, ("nature",))


def _yoy(options: argparse.Namespace) -> None:
    _compare(options, yoy, ("nature", "reason"))


def _scorecard(options: argparse.Namespace) -> None:
    rows, lang = scorecard(options.region), _lang(options)
    of_one = rows.drop(columns="region")  # the province is that of the question
    print_answer(rows, lambda: _headed(table(of_one, lang=lang), lang), options.format)


# --- documents ------------------------------------------------------------------------------------


def _cite(options: argparse.Namespace) -> None:
    ids = dict.fromkeys(id_ for name in options.names for id_ in _documents(options, name))
    rows = pd.DataFrame({"source": [*ids], "citation": [cite(id_, options.style) for id_ in ids]})
    if options.format == "text":
        print(("\n\n" if options.style == "bibtex" else "\n").join(rows["citation"]))
    else:
        print_answer(rows, lambda: rows, options.format)


def _documents(options: argparse.Namespace, name: str) -> list[str]:
    """Return the ids of the documents that a document's id or an indicator names."""
    if name in source_ids():
        return [name]
    return [str(id_) for id_ in _asked(options, name).data["source"].unique()]


QUESTIONS: Final[dict[str, Callable[[Any], None]]] = {
    "show": _show, "search": _search, "rank": _rank, "gap": _gap, "share": _share, "yoy": _yoy,
    "scorecard": _scorecard, "cite": _cite,
}  # fmt: skip
