"""Tools: the questions that a caller from outside may ask, answered with plain data.

They need no protocol: `provstats.service.server` offers them by one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

from provstats.analysis.check_text import check_text as check_sentences
from provstats.analysis.tiers import tiers
from provstats.compare import gap_to_national, rank, share_of_national, yoy
from provstats.errors import UnknownIndicatorError, UnknownRegionError, require_one_of
from provstats.indicators import describe_periods, search, series
from provstats.indicators import indicator as find_indicator
from provstats.service.rows import build_rows_answer, refuse_wrong_limit
from provstats.store.groups import find_region_codes
from provstats.store.observations import load
from provstats.store.regions import list_mainland_codes
from provstats.store.sources import list_source_ids
from provstats.tables.cite import cite as cite_document
from provstats.tables.records import to_records

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

__all__ = ["TOOLS", "check_text", "cite", "compare", "get_observations", "search_indicators"]

How = Literal["rank", "gap", "share", "change", "tiers"]
Nature = Literal["outcome", "forecast", "target", "all"]

#: What each tool is for, as its caller is told.
TOOLS: Final = {
    "search_indicators": (
        "Find indicators of China's provinces by Chinese or English name, alias or id. Start here: "
        "the other tools take the ids. Each comes with its unit, its definition, how many of the "
        "31 provinces report it, and which periods there are, with how many regions in each."
    ),
    "get_observations": (
        "Get figures of one indicator, each with its interval (lower, upper: what the printed "
        "words allow), the figure as printed, document, paragraph and citation. regions: names or "
        "codes of provinces, CN for the nation, or groups (长三角); period: 2024, 2024-Q1, "
        "2024-01/2024-11, 2021-2023; both by default all. nature: outcome, forecast, target, all. "
        "vintage: latest, first, or a document id or a date for what was known then."
    ),
    "compare": (
        "Compare provinces in one indicator. how: rank (rank_best and rank_worst are what the "
        "intervals allow: claim no order that they do not), gap (distance from the nation, for "
        "rates and values per head), share (part of the national total), change (over a year, with "
        "its method, or the reason why there is none), tiers (groups that the intervals surely "
        "tell apart). regions: show only these, still compared with all who report. among: compare "
        "only these with one another. Only figures of the same period are compared; 'compared' "
        "says how many of 31 report it."
    ),
    "check_text": (
        "Check sentences about provinces, Chinese or English, against the data: each figure and "
        "rank is supported, contradicted or unknown, with the reason and the rows that say so. A "
        "sentence must name region, indicator and period; a period once named holds for the next. "
        "Check what you write of these data before you hand it out."
    ),
    "cite": (
        "Get references of the documents of an indicator, or of a document by its id. style: "
        "gb7714, bibtex or apa."
    ),
}
_MOST_EVIDENCE: Final = 10


# --- search ---------------------------------------------------------------------------------------


def search_indicators(query: str, limit: int = 10) -> dict[str, Any]:
    """Return the indicators that a query names, the best first, and who reports them."""
    refuse_wrong_limit(limit)
    found = search(query)
    if found.empty:
        msg = f"no indicator is called {query!r}; ask for one word of it, in Chinese or English"
        raise UnknownIndicatorError(msg)
    data = load(nature=None)
    listed = to_records(found.head(limit))
    return {
        "found": len(found),
        "indicators": [
            _describe_indicator(entry, data[data["indicator"] == entry["id"]]) for entry in listed
        ],
    }


def _describe_indicator(entry: dict[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    names = ("id", "name_zh", "name_en", "unit", "measure", "definition")
    return {
        **{name: entry[name] for name in names},
        "coverage": f"{entry['regions']} of {len(list_mainland_codes())} report",
        "periods": describe_periods(rows) if len(rows) else "none of its own",
    }


# --- figures --------------------------------------------------------------------------------------


def get_observations(  # noqa: PLR0913 - each narrows the question
    indicator: str,
    *,
    regions: list[str] | str | None = None,
    period: str | None = None,
    nature: Nature = "outcome",
    vintage: str = "latest",
    limit: int = 60,
) -> dict[str, Any]:
    """Return the figures of an indicator."""
    found = series(
        indicator, period=_split_names(period), regions=_split_names(regions),
        nature=None if nature == "all" else nature, vintage=vintage,
    )  # fmt: skip
    return {**_build_indicator_fields(indicator), **build_rows_answer(found.data, limit)}


def _build_indicator_fields(indicator: str) -> dict[str, Any]:
    known = find_indicator(indicator)
    return {"indicator": known.id, "indicator_name": f"{known.name_zh} {known.name_en}"}


def _split_names(names: list[str] | str | None) -> list[str] | None:
    """Return the names in a list, or in a text that joins them by commas; None of nothing."""
    parts = re.split("[,，、;；]", names) if isinstance(names, str) else names or []
    return [part.strip() for part in parts if part.strip()] or None


# --- comparisons ----------------------------------------------------------------------------------


def compare(  # noqa: PLR0913 - each narrows the question
    indicator: str,
    *,
    how: How = "rank",
    period: str | None = None,
    regions: list[str] | str | None = None,
    among: list[str] | str | None = None,
    vintage: str = "latest",
    limit: int = 40,
) -> dict[str, Any]:
    """Return a comparison of provinces in one indicator."""
    found = series(
        indicator, period=_split_names(period), regions=_split_names(among), vintage=vintage
    )
    rows = _choose_comparison(how)(found)
    answer = build_rows_answer(_sort_rows(_keep_regions(rows, _split_names(regions))), limit)
    return {**_build_indicator_fields(indicator), "compared": _say_compared_counts(rows), **answer}


def _choose_comparison(how: How) -> Callable[..., pd.DataFrame]:
    known: dict[str, Callable[..., pd.DataFrame]] = {
        "rank": rank, "gap": gap_to_national, "share": share_of_national, "change": yoy,
        "tiers": tiers,
    }  # fmt: skip
    require_one_of("how", how, tuple(known))
    return known[how]


def _keep_regions(rows: pd.DataFrame, regions: list[str] | None) -> pd.DataFrame:
    """Keep the rows of the regions that are to be shown."""
    if regions is None:
        return rows
    kept = rows[rows["region"].isin(find_region_codes(regions))]
    if kept.empty:
        reporting = " ".join(dict.fromkeys(rows["region"]))
        msg = f"none of {regions} is among those compared: {reporting}"
        raise UnknownRegionError(msg)
    return kept


def _sort_rows(rows: pd.DataFrame) -> pd.DataFrame:
    keys = ["period", "rank"] if "rank" in rows else ["period"]
    return rows.sort_values(keys, kind="stable")


def _say_compared_counts(rows: pd.DataFrame) -> dict[str, str]:
    """Say of each period how many of the mainland's provinces are compared."""
    own = rows[rows["region"].isin(list_mainland_codes())]
    counts = own.groupby("period")["region"].nunique()
    return {
        str(label): f"{n} of {len(list_mainland_codes())} report" for label, n in counts.items()
    }


# --- documents and texts --------------------------------------------------------------------------


def cite(
    of: str, period: str | None = None, style: Literal["gb7714", "bibtex", "apa"] = "gb7714"
) -> dict[str, Any]:
    """Return the references of an indicator's documents, or of one document."""
    if of in list_source_ids():
        return {"references": [cite_document(of, style)]}
    named = series(of, period=_split_names(period), nature=None).data["source"]
    return {
        **_build_indicator_fields(of),
        "references": [cite_document(id_, style) for id_ in named.unique()],
    }


def check_text(text: str) -> dict[str, Any]:
    """Return of each figure of a text whether the data bear it out, with the rows that say so."""
    data = load(nature=None, vintage=None)
    found = check_sentences(text)
    evidence = [_build_evidence(data.iloc[list(places)]) for places in found["rows"]]
    records = to_records(found.drop(columns="rows"))
    return {"figures": [record | rows for record, rows in zip(records, evidence, strict=True)]}


def _build_evidence(rows: pd.DataFrame) -> dict[str, Any]:
    """Return rows that a verdict rests on, each with its indicator, which may be another one."""
    answer = build_rows_answer(rows, _MOST_EVIDENCE)
    told = zip(rows["indicator"], answer["rows"], strict=False)
    return {**answer, "rows": [{"indicator": id_, **row} for id_, row in told]}
