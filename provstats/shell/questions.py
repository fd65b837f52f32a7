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
from provstats.shell.streams import read_terminal_lang
from provstats.store.regions import list_mainland_codes
from provstats.store.sources import list_source_ids
from provstats.tables.cite import cite
from provstats.tables.heads import HEADS
from provstats.tables.table import name_indicator, table
from provstats.words.languages import choose_language

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


def _split_words(words: list[str] | None) -> list[str] | None:
    """Return the parts of words that are joined by commas."""
    return words and [part for word in words for part in re.split("[,，、;；]", word) if part]


def _read_nature(options: argparse.Namespace) -> str | None:
    return None if options.nature == "all" else options.nature


def _read_vintage(options: argparse.Namespace) -> str | None:
    return None if options.vintage == "all" else options.vintage


def _find_series(options: argparse.Namespace, indicator: str) -> IndicatorSeries:
    """Return the series that the options ask for."""
    return series(
        indicator, period=_split_words(options.period), regions=_split_words(options.regions),
        nature=_read_nature(options), vintage=_read_vintage(options),
    )  # fmt: skip


def _choose_lang(options: argparse.Namespace) -> Lang:
    return options.lang or read_terminal_lang()


def _translate_heads(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    return frame.rename(columns={key: both[lang == "en"] for key, both in _HEADS.items()})


def _list_telling_columns(rows: pd.DataFrame, names: tuple[str, ...]) -> list[str]:
    """Return which columns say more than usual: than outcome, or than an empty text."""
    usual = {"nature": {"outcome"}}
    return [n for n in names if n in rows and set(rows[n].fillna("")) - usual.get(n, {""})]


# --- the figures ----------------------------------------------------------------------------------


def _print_figures(options: argparse.Namespace) -> None:
    rows = pd.concat(
        [_find_series(options, name).data for name in options.indicator], ignore_index=True
    )
    lang = _choose_lang(options)
    several = ["indicator"] if len(set(rows["indicator"])) > 1 else []
    told = _list_telling_columns(rows, ("nature", "among", "vintage"))
    columns = [
        "region", *several, "period", "value", "range", "printed", *told, "source", "paragraph",
    ]  # fmt: skip
    _print_title(options, rows, lang)
    print_answer(
        rows,
        lambda: _translate_heads(table(rows, lang=lang, columns=columns), lang),
        options.format,
    )


def _print_title(options: argparse.Namespace, rows: pd.DataFrame, lang: Lang) -> None:
    """Print the indicator of the rows above a table for people."""
    ids = rows["indicator"].unique().tolist()
    if options.format == "text" and len(ids) == 1:
        print(f"{name_indicator(ids[0], choose_language(lang))} ({ids[0]})")


def _print_indicators(options: argparse.Namespace) -> None:
    found = search(options.text)
    if found.empty:
        msg = f"no indicator is called {options.text!r}; a shorter word finds more"
        raise UnknownIndicatorError(msg)
    lang = _choose_lang(options)
    print_answer(
        found, lambda: _translate_heads(_summarize_indicators(found, lang), lang), options.format
    )


def _summarize_indicators(found: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Return what people look for in a list of indicators, with who reports them."""
    whole = len(list_mainland_codes())
    return pd.DataFrame(
        {
            "id": found["id"],
            f"name_{lang}": found[f"name_{lang}"],
            "unit": found["unit"],
            "coverage": [f"{count}/{whole}" for count in found["regions"]],
            "periods": [_shorten_periods(text) for text in found["periods"]],
        }
    )


def _shorten_periods(periods: str) -> str:
    if len(periods) <= _MOST_PERIODS:
        return periods
    return "… " + periods[-_MOST_PERIODS:].partition(", ")[2]


# --- comparisons ----------------------------------------------------------------------------------


def _print_comparison(
    options: argparse.Namespace,
    answer: Callable[[IndicatorSeries], pd.DataFrame],
    told: tuple[str, ...] = (),
    order: tuple[str, ...] = (),
) -> None:
    """Print the answer to one series; for people, the rows are sorted by ``order``."""
    rows, lang = answer(_find_series(options, options.indicator)), _choose_lang(options)
    _print_title(options, rows, lang)
    print_answer(rows, lambda: _format_comparison(rows, lang, told, order), options.format)


def _format_comparison(
    rows: pd.DataFrame, lang: Lang, told: tuple[str, ...], order: tuple[str, ...]
) -> pd.DataFrame:
    ordered = rows.sort_values([*order], kind="stable") if order else rows
    plain = ["region"] + (["period"] if len(set(rows["period"])) > 1 else [])
    known = ["value", "rank", "n", "national", "gap", "share", "previous", "yoy"]
    columns = [
        *plain,
        *(n for n in known if n in HEADS and n in rows),
        *_list_telling_columns(rows, told),
    ]
    return _translate_heads(table(ordered, lang=lang, columns=columns), lang)


def _print_ranks(options: argparse.Namespace) -> None:
    _print_comparison(options, rank, ("nature", "among"), ("period", "rank"))


def _print_gaps(options: argparse.Namespace) -> None:
    _print_comparison(options, gap_to_national, ("nature",))


def _print_shares(options: argparse.Namespace) -> None:
    _print_comparison(options, share_of_national, ("nature",))


def _print_yoy(options: argparse.Namespace) -> None:
    _print_comparison(options, yoy, ("nature", "reason"))


def _print_scorecard(options: argparse.Namespace) -> None:
    rows, lang = scorecard(options.region), _choose_lang(options)
    of_one = rows.drop(columns="region")  # the province is that of the question
    print_answer(rows, lambda: _translate_heads(table(of_one, lang=lang), lang), options.format)


# --- documents ------------------------------------------------------------------------------------


def _print_citations(options: argparse.Namespace) -> None:
    ids = dict.fromkeys(id_ for name in options.names for id_ in _list_documents(options, name))
    rows = pd.DataFrame({"source": [*ids], "citation": [cite(id_, options.style) for id_ in ids]})
    if options.format == "text":
        print(("\n\n" if options.style == "bibtex" else "\n").join(rows["citation"]))
    else:
        print_answer(rows, lambda: rows, options.format)


def _list_documents(options: argparse.Namespace, name: str) -> list[str]:
    """Return the ids of the documents that a document's id or an indicator names."""
    if name in list_source_ids():
        return [name]
    return [str(id_) for id_ in _find_series(options, name).data["source"].unique()]


QUESTIONS: Final[dict[str, Callable[[Any], None]]] = {
    "show": _print_figures,
    "search": _print_indicators,
    "rank": _print_ranks,
    "gap": _print_gaps,
    "share": _print_shares,
    "yoy": _print_yoy,
    "scorecard": _print_scorecard,
    "cite": _print_citations,
}
