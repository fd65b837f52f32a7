"""Pages of domains: all indicators in tables, and the index of those that have a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meanings import explain_code
from shipped import group_indicators_by_domain, list_paged_indicators
from words import say
from writing import Html, Page, Table, escape_markdown, make_link

if TYPE_CHECKING:
    import pandas as pd
    from meanings import Lang
    from writing import Block

__all__ = ["make_index_page", "make_page"]


def make_index_page(lang: Lang) -> Page:
    """Return the index of the indicators, by domain."""
    held = sum(len(rows) for rows in group_indicators_by_domain().values())
    blocks: list[Block] = [say(lang, "domains_told", all=held, pages=len(list_paged_indicators()))]
    for domain, rows in group_indicators_by_domain().items():
        own = rows[rows["regions"] > 1].sort_values(["regions", "id"], ascending=[False, True])
        blocks += [
            f"## {explain_code('domain', domain, lang)}",
            Html(*_make_indicator_list(own, lang)),
        ]
        blocks.append(make_link(say(lang, "all_of_domain", n=len(rows)), f"/domains/{domain}.md"))
    return Page("indicators/index", say(lang, "indicators"), blocks, is_leaf=False)


def _make_indicator_list(rows: pd.DataFrame, lang: Lang) -> tuple[str, str]:
    """Return a list of indicators with how many provinces report each, as HTML and Markdown."""
    items = [
        (make_link(row[f"name_{lang}"], f"/indicators/{id_}.md"), row["regions"])
        for id_, row in rows.iterrows()
    ]
    html = "".join(f'<li>{item} <span class="n">{n}</span></li>' for item, n in items)
    return (
        f'<ul class="indicator-list">{html}</ul>',
        "\n".join(f"- {item} ({n})" for item, n in items),
    )


def make_page(domain: str, lang: Lang) -> Page:
    """Return the page of a domain, with all its indicators."""
    rows = group_indicators_by_domain()[domain]
    cells = [
        [
            _link_name(str(id_), row, lang),
            f"`{id_}`",
            explain_code("measure", row["measure"], lang),
            escape_markdown(explain_code("unit", row["unit"], lang)),
            str(row["regions"]),
            escape_markdown(_choose_definition(row, lang)),
        ]
        for id_, row in rows.iterrows()
    ]
    heads = [say(lang, key) for key in
             ("indicator", "id", "measure", "unit", "provinces_n", "definition")]  # fmt: skip
    blocks: list[Block] = [
        say(lang, "domain_told", n=len(rows), pages=int((rows["regions"] > 1).sum())),
        Table(heads, cells, "llllrl", ids=[str(id_) for id_ in rows.index]),
    ]
    up = [make_link(say(lang, "indicators"), "/indicators/index.md")]
    return Page(f"domains/{domain}", explain_code("domain", domain, lang), blocks, up=up)


def _link_name(id_: str, row: pd.Series, lang: Lang) -> str:
    name = str(row[f"name_{lang}"])
    return make_link(name, f"/indicators/{id_}.md") if row["regions"] > 1 else escape_markdown(name)


def _choose_definition(row: pd.Series, lang: Lang) -> str:
    """Return the definition; in Chinese the English one, where there is none."""
    return str((lang == "zh" and row.get("definition_zh")) or row["definition"])
