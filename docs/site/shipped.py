"""Shipped: what the data hold, read once through the public API, and names and links of pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from writing import make_link

import provstats as ps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from meanings import Lang

__all__ = [
    "choose_document_title", "choose_fullest_period", "find_region_path",
    "group_indicators_by_domain", "join_region_names", "link_document", "link_indicator",
    "link_region", "link_source_line", "list_paged_indicators", "list_provinces", "load_all_rows",
    "load_catalog", "load_documents", "name_period", "name_region",
]  # fmt: skip


_PARTS: Final = ("eastern", "central", "western", "northeastern")


@cache
def load_catalog() -> pd.DataFrame:
    """Return the catalogue, by id."""
    return ps.catalog().set_index("id", drop=False).rename_axis(None)


@cache
def load_all_rows() -> pd.DataFrame:
    """Return the observations of all natures and vintages."""
    return ps.load(nature=None, vintage=None)


@cache
def load_documents() -> pd.DataFrame:
    """Return the documents, by id."""
    return ps.sources().set_index("id", drop=False).rename_axis(None)


@cache
def list_provinces() -> Sequence[str]:
    """Return the 31 provinces of the mainland: those of the four parts that it is divided into."""
    groups = ps.groups().set_index("id")["members"]
    members = {code for part in _PARTS for code in groups[part].split()}
    return [code for code in ps.regions()["code"] if code in members]


@cache
def list_paged_indicators() -> Sequence[str]:
    """Return the indicators that have a page: those that two or more provinces report."""
    return [str(id_) for id_ in load_catalog().index[load_catalog()["regions"] > 1]]


@cache
def group_indicators_by_domain() -> Mapping[str, pd.DataFrame]:
    """Return the catalogued indicators of which there are figures, by domain."""
    held = load_catalog()[load_catalog()["periods"] != ""]
    return {str(domain): rows for domain, rows in held.groupby("domain")}


def choose_fullest_period(rows: pd.DataFrame, periods: Sequence[str]) -> str:
    """Return the latest of the periods that most provinces report."""
    own = rows[rows["region"].isin(list_provinces())]
    counts = own.groupby("period")["region"].nunique().to_dict()
    return max(periods, key=lambda label: (counts.get(label, 0), periods.index(label)))


@cache
def name_period(period: str, lang: Lang) -> str:
    """Return the name of a period in a language, as a table writes it."""
    row = ps.load().head(1).assign(period=period)
    return str(ps.table(row, lang=lang, columns=["period"]).iloc[0, 0])


# --- names and links ----------------------------------------------------------------------------


@cache
def _load_region_names(lang: Lang) -> Mapping[str, str]:
    """Return the names of all regions and groups, by code."""
    frames = [ps.regions().set_index("code"), ps.groups().set_index("id")]
    return {code: name for frame in frames for code, name in frame[f"name_{lang}"].items()}


def name_region(code: str, lang: Lang) -> str:
    """Return the name of a region or a group."""
    return _load_region_names(lang)[code]


def join_region_names(codes: str, lang: Lang) -> str:
    """Return the names of regions, joined; their codes are given joined by blanks."""
    return ("、" if lang == "zh" else ", ").join(name_region(code, lang) for code in codes.split())


def find_region_path(code: str) -> str:
    """Return the page of a region, an empty text where it has none."""
    has_page = code == "CN" or code in list_provinces()
    return f"provinces/{code.lower()}" if has_page else ""


def link_region(code: str, lang: Lang) -> str:
    """Return the name of a region, a link where it has a page."""
    path = find_region_path(code)
    return make_link(name_region(code, lang), path and f"/{path}.md")


def link_indicator(id_: str, lang: Lang) -> str:
    """Return the name of an indicator, linked to its page, else to its line in the domain."""
    row = load_catalog().loc[id_]
    target = (
        f"indicators/{id_}.md"
        if id_ in list_paged_indicators()
        else f"domains/{row['domain']}.md#{id_}"
    )
    return make_link(row[f"name_{lang}"], f"/{target}")


def link_document(id_: str, lang: Lang, text: str = "") -> str:
    """Return the title of a document, or another text, linked to its page."""
    return make_link(text or choose_document_title(id_, lang), f"/documents/{id_}.md")


def choose_document_title(id_: str, lang: Lang) -> str:
    """Return the title of a document; in English, where it has no title, the Chinese one."""
    row = load_documents().loc[id_]
    return str((lang == "en" and row["title_en"]) or row["title"])


def link_source_line(source: str, paragraph: int, lang: Lang, *, brief: bool = False) -> str:
    """Return the document of a figure and its line there, or the line alone."""
    line = f"第{paragraph}行" if lang == "zh" else f"line {paragraph}"
    if brief:
        return link_document(source, lang, line)
    return f"{link_document(source, lang)} · {line}"
