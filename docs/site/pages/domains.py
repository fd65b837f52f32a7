"""Pages of domains: all indicators in tables, and the index of those that have a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meanings import meaning
from shipped import catalogued, paged
from words import say
from writing import Html, Page, Table, link, plain

if TYPE_CHECKING:
    import pandas as pd
    from meanings import Lang
    from writing import Block

__all__ = ["index_page", "page_of"]


def index_page(lang: Lang) -> Page:
    """Return the index of the indicators, by domain."""
    held = sum(len(rows) for rows in catalogued().values())
    blocks: list[Block] = [say(lang, "domains_told", all=held, pages=len(paged()))]
    for domain, rows in catalogued().items():
        own = rows[rows["regions"] > 1].sort_values(["regions", "id"], ascending=[False, True])
        blocks += [f"## {meaning('domain', domain, lang)}", Html(*_listed(own, lang))]
        blocks.append(link(say(lang, "all_of_domain", n=len(rows)), f"/domains/{domain}.md"))
    return Page("indicators/index", say(lang, "indicators"), blocks, is_leaf=False)


def _listed(rows: pd.DataFrame, lang: Lang) -> tuple[str, str]:
    """Return a list of indicators with how many provinces report each, as HTML and Markdown."""
    items = [
        (link(row[f"name_{lang}"], f"/indicators/{id_}.md"), row["regions"])
        for id_, row in rows.iterrows()
    ]
    html = "".join(f'<li>{item} <span class="n">{n}</span></li>' for item, n in items)
    return (
        f'<ul class="indicator-list">{html}</ul>',
        "\n".join(f"- {item} ({n})" for item, n in items),
    )


def page_of(domain: str, lang: Lang) -> Page:
    """Return the page of a domain, with all its indicators."""
    rows = catalogued()[domain]
    cells = [
        [
            _named(str(id_), row, lang),
            f"`{id_}`",
            meaning("measure", row["measure"], lang),
            plain(meaning("unit", row["unit"], lang)),
            str(row["regions"]),
            plain(_defined(row, lang)),
        ]
        for id_, row in rows.iterrows()
    ]
    heads = [say(lang, key) for key in
             ("indicator", "id", "measure", "unit", "provinces_n", "definition")]  # fmt: skip
    blocks: list[Block] = [
        say(lang, "domain_told", n=len(rows), pages=int((rows["regions"] > 1).sum())),
        Table(heads, cells, "llllrl", ids=[str(id_) for id_ in rows.index]),
    ]
    up = [link(say(lang, "indicators"), "/indicators/index.md")]
    return Page(f"domains/{domain}", meaning("domain", domain, lang), blocks, up=up)


def _named(id_: str, row: pd.Series, lang: Lang) -> str:
    name = str(row[f"name_{lang}"])
    return link(name, f"/indicators/{id_}.md") if row["regions"] > 1 else plain(name)


def _defined(row: pd.Series, lang: Lang) -> str:
    """Return the definition; in Chinese the English one, where there is none."""
    return str((lang == "zh" and row.get("definition_zh")) or row["definition"])
