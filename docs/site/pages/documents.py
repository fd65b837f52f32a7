"""Pages of documents: what it is, its figures by paragraph, and what was left out."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from meanings import explain_code
from shipped import (
    choose_document_title,
    join_region_names,
    link_indicator,
    link_region,
    load_all_rows,
    load_documents,
)
from words import say
from writing import Html, Page, Table, escape_markdown, make_fact_list, make_fenced_block, make_link

import provstats as ps
from provstats.store.files import find_data_folder, read_header, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    from meanings import Lang
    from writing import Block

__all__ = ["make_index_page", "make_page"]


def make_index_page(lang: Lang) -> Page:
    """Return the list of the documents, by kind."""
    rows, counts = load_documents(), load_all_rows()["source"].value_counts()
    blocks: list[Block] = [say(lang, "documents_told", n=len(rows), m=f"{counts.sum():,}")]
    kinds = rows.apply(_classify_document, axis=1)
    for kind in ("tables", "reports", "work_reports", "releases"):
        own = rows[kinds == kind].sort_values("published", ascending=False, kind="stable")
        blocks += [f"## {say(lang, kind)}", _make_document_table(own, counts, lang)]
    return Page("documents/index", say(lang, "documents"), blocks, is_leaf=False)


def _classify_document(row: pd.Series) -> str:
    """Return the kind of a document, by what is encoded of it and its regions."""
    if row["licence"]:
        return "tables"
    if row["encoded"] == "all":
        return "reports"
    return "releases" if row["regions"] == "CN" else "work_reports"


def _make_document_table(rows: pd.DataFrame, counts: pd.Series, lang: Lang) -> Table:
    heads = [say(lang, key) for key in ("title", "publisher", "published", "figures_n")]
    cells = [
        [
            make_link(choose_document_title(str(id_), lang), f"/documents/{id_}.md"),
            escape_markdown(row["publisher"]),
            escape_markdown(row["published"]),
            f"{counts.get(id_, 0):,}",
        ]
        for id_, row in rows.iterrows()
    ]
    return Table(heads, cells, "lllr")


def make_page(id_: str, lang: Lang) -> Page:
    """Return the page of a document."""
    row, own = load_documents().loc[id_], load_all_rows()
    own = own[own["source"] == id_].sort_values("paragraph", kind="stable").reset_index(drop=True)
    blocks: list[Block] = [
        *_write_other_title(row, lang),
        make_fact_list(_list_facts(row, len(own), lang), say(lang, "colon")),
        f"## {say(lang, 'cite')}",
        make_fenced_block(ps.cite(id_, style="gb7714" if lang == "zh" else "apa"), "text"),
        *(_write_by_indicator(own, lang) if row["licence"] else _write_by_paragraph(own, lang)),
        *_write_exclusions(id_, row["encoded"], lang),
    ]
    titles = [row["title"], row["title_en"] or row["title"]]
    up = [make_link(say(lang, "documents"), "/documents/index.md")]
    return Page(
        f"documents/{id_}",
        choose_document_title(id_, lang),
        blocks,
        row["publisher"],
        titles,
        up=up,
    )


def _write_other_title(row: pd.Series, lang: Lang) -> list[Html]:
    """Return the title in the other language, where there is one."""
    other = row["title"] if lang == "en" else row["title_en"]
    has_other = other not in ("", choose_document_title(row["id"], lang))
    return (
        [Html(f'<p class="other-name">{escape(other)}</p>', escape_markdown(other))]
        if has_other
        else []
    )


def _list_facts(row: pd.Series, figures: int, lang: Lang) -> dict[str, str]:
    """Return what is known of a document."""
    licence = row["licence"]
    told = {
        "id": row["id"],
        "publisher": row["publisher"],
        "published": row["published"],
        "encoded": explain_code("encoded", row["encoded"], lang),
        "figures_n": f"{figures:,}",
        "accessed": row["accessed"],
        "licence": say(lang, "none_stated") if licence == "none stated" else licence,
        "regions": join_region_names(row["regions"], lang),
        "address": row["url"] or say(lang, "no_address"),
        "digest": row["sha256"],
    }
    return {say(lang, key): str(text) for key, text in told.items() if text}


# --- its figures ----------------------------------------------------------------------------------


def _write_by_paragraph(own: pd.DataFrame, lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, 'by_paragraph')}"
    columns = [
        "paragraph",
        "region",
        "indicator",
        "period",
        "nature",
        "printed",
        "value",
        "unit",
        "range",
    ]
    table = ps.table(own, lang=lang, columns=columns)
    cells = [[escape_markdown(cell) for cell in row] for row in table.to_numpy().tolist()]
    seen: set[int] = set()
    ids = []
    for line, (_, row) in zip(cells, own.iterrows(), strict=True):
        line[1], line[2] = (
            link_region(row["region"], lang),
            link_indicator(row["indicator"], lang),
        )
        ids.append("" if row["paragraph"] in seen else f"line-{row['paragraph']}")
        seen.add(row["paragraph"])
    yield Table([escape_markdown(head) for head in table], cells, "rllllrrlr", ids=ids)


def _write_by_indicator(own: pd.DataFrame, lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, 'by_indicator')}"
    yield say(lang, "table_told")
    cells = []
    for indicator, rows in own.groupby("indicator", sort=True):
        labels = sorted(rows["period"].unique(), key=lambda label: ps.parse_period(label).end)
        span = (
            labels[0]
            if len(labels) == 1
            else say(lang, "periods_of", first=labels[0], last=labels[-1], n=len(labels))
        )
        first, last = rows["paragraph"].min(), rows["paragraph"].max()
        cells.append(
            [
                link_indicator(str(indicator), lang),
                escape_markdown(span),
                f"{len(rows):,}",
                f"{first}–{last}",
            ]
        )
    heads = [say(lang, key) for key in ("indicator", "periods", "figures_n", "lines")]
    yield Table(heads, cells, "llrr")


# --- what was left out ----------------------------------------------------------------------------


@cache
def _read_ledger(name: str) -> Mapping[str, list[dict[str, str]]]:
    """Return a ledger of exclusions, by document: no public function returns it."""
    path = find_data_folder() / f"{name}.tsv"
    found: dict[str, list[dict[str, str]]] = {}
    for row in read_table(path, read_header(path)):
        found.setdefault(row["source"], []).append(row)
    return found


def _write_exclusions(id_: str, encoded: str, lang: Lang) -> Iterator[Block]:
    yield f"## {say(lang, 'excluded')}"
    if cells := _read_ledger("cell-exclusions").get(id_):
        yield say(lang, "excluded_cells")
        yield _make_excluded_cell_table(cells, lang)
    elif texts := _read_ledger("exclusions").get(id_):
        yield say(lang, "excluded_all")
        yield _make_exclusion_table(texts, lang)
    elif headlines := _read_ledger("headline-exclusions").get(id_):
        yield say(lang, "excluded_headline")
        yield _make_exclusion_table(headlines, lang)
    else:
        yield say(lang, "nothing_headline" if encoded == "headline" else "nothing_excluded")


def _make_exclusion_table(rows: list[dict[str, str]], lang: Lang) -> Table:
    has_indicator = "indicator" in rows[0]
    cells = [
        [row["paragraph"], escape_markdown(row["printed"]),
         *([link_known_indicator(row["indicator"], lang)] if has_indicator else []),
         explain_code("exclusion", row["reason"], lang)]
        for row in rows
    ]  # fmt: skip
    keys = ["paragraph", "printed", *(["indicator"] if has_indicator else []), "reason"]
    return Table([say(lang, key) for key in keys], cells, "rl" + "l" * (len(keys) - 2))


def link_known_indicator(indicator: str, lang: Lang) -> str:
    """Return an indicator, linked if the data have rows of it."""
    try:
        return link_indicator(indicator, lang)
    except KeyError:
        return f"`{indicator}`"


def _make_excluded_cell_table(rows: list[dict[str, str]], lang: Lang) -> Table:
    cells = [
        [
            f"`{row['table']}`",
            _link_region_or_all(row["region"], lang),
            _write_period_or_all(row["period"], lang),
            explain_code("exclusion", row["reason"], lang),
            escape_markdown(row["why"]),
        ]
        for row in rows
    ]
    heads = [say(lang, key) for key in ("indicator", "region", "period", "reason", "note")]
    return Table(heads, cells, "lllll")


def _link_region_or_all(region: str, lang: Lang) -> str:
    return say(lang, "all_regions") if region == "*" else link_region(region, lang)


def _write_period_or_all(period: str, lang: Lang) -> str:
    return say(lang, "all_regions") if period == "*" else escape_markdown(period)
