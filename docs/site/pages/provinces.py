"""Pages of provinces and of the nation: how it stands, what it claims, what it promised."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

import pandas as pd
from charts import draw, draw_once
from meanings import explain_code
from shipped import (
    choose_fullest_period,
    find_region_path,
    link_document,
    link_indicator,
    link_region,
    link_source_line,
    list_provinces,
    load_catalog,
    load_documents,
    name_region,
)
from words import say
from writing import Html, Page, Table, escape_markdown, make_fact_list, make_link

import provstats as ps
from pages.claims import make_claims_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from meanings import Lang
    from writing import Block

__all__ = ["make_index_page", "make_page"]

#: The columns for each indicator of a province.
_CARD: Final = ("value", "unit", "period", "rank", "n", "national", "gap", "standing", "source")

#: The ten by which a province is first looked at; all 31 report them.
HEADLINE: Final = (
    "gdp", "gdp_per_capita", "population", "industry_value_added",
    "industrial_value_added_growth", "rd_expenditure", "rd_intensity",
    "technology_contract_turnover", "fiscal_revenue", "power_generation",
)  # fmt: skip
#: Those of them that stand in the list of the provinces.
SHOWN: Final = ("gdp", "gdp_per_capita", "population", "rd_intensity")


def make_index_page(lang: Lang) -> Page:
    """Return the list of the provinces, with some headline indicators side by side."""
    cards = _make_headline_cards()
    own = cards[cards["indicator"].isin(SHOWN)]
    texts = _format_headline_cards(lang).loc[own.index]
    cells = {
        (code, id_): f"{value} ({rank.split('/')[0]})"
        for code, id_, value, rank in zip(
            own["region"], own["indicator"], texts["value"], texts["rank"], strict=True
        )
    }
    rows = [
        [link_region(code, lang), *(escape_markdown(cells[code, id_]) for id_ in SHOWN)]
        for code in list_provinces()
    ]
    heads = [say(lang, "province"), *(link_indicator(id_, lang) for id_ in SHOWN)]
    blocks: list[Block] = [
        say(lang, "provinces_told"),
        f"{link_region('CN', lang)}{say(lang, 'colon')}{say(lang, 'scorecard_told')}",
        Table(heads, rows, "l" + "r" * len(SHOWN)),
    ]
    return Page("provinces/index", say(lang, "provinces"), blocks, is_leaf=False)


def make_page(code: str, lang: Lang, folder: Path) -> Page:
    """Return the page of a province, or of the nation; its chart is drawn into a folder."""
    place = ps.region(code)
    make = _write_nation if code == "CN" else _write_province
    blocks: list[Block] = [
        Html(
            f'<p class="other-name">{escape(_join_other_names(place))}</p>',
            _join_other_names(place),
        ),
        make_fact_list(_list_facts(place, lang), say(lang, "colon")),
        *make(code, lang, folder),
        *_write_documents(code, lang),
    ]
    names = [place.name_zh, place.name_en, place.name_full, place.name_traditional,
             *place.abbreviations, place.pinyin]  # fmt: skip
    title = name_region(code, lang)
    up = [make_link(say(lang, "provinces"), "/provinces/index.md")]
    return Page(find_region_path(code), title, blocks, _join_other_names(place), names, up=up)


def _join_other_names(place: ps.Region) -> str:
    return f"{place.name_full} · {place.name_en}"


def _list_facts(place: ps.Region, lang: Lang) -> dict[str, str]:
    """Return the codes, names and groups of a region, by their heads."""
    groups = ps.groups()
    is_member = [place.code in members.split() for members in groups["members"]]
    told = {
        "code": place.code,
        "adcode": place.adcode,
        "abbreviations": "、".join(place.abbreviations),
        "figures": f"{(ps.load(nature=None)['region'] == place.code).sum():,}",
        "groups": ("、" if lang == "zh" else ", ").join(groups[f"name_{lang}"][is_member]),
    }
    return {say(lang, key): text for key, text in told.items() if text}


# --- a province -----------------------------------------------------------------------------------


@cache
def _make_cards() -> pd.DataFrame:
    return ps.scorecard(list_provinces())


@cache
def _make_headline_cards() -> pd.DataFrame:
    """Return the headline indicators of all provinces, of the period that most report."""
    every = [ps.series(id_) for id_ in HEADLINE]
    periods = [choose_fullest_period(series.data, series.periods) for series in every]
    rows = [ps.series(id_, period=label).data for id_, label in zip(HEADLINE, periods, strict=True)]
    return ps.scorecard(list_provinces(), pd.concat(rows, ignore_index=True))


@cache
def _format_headline_cards(lang: Lang) -> pd.DataFrame:
    return _format_cells(_make_headline_cards(), lang, ("indicator", *_CARD))


@cache
def _format_cards(lang: Lang) -> pd.DataFrame:
    """Return the cells of all cards at once, so that all have an indicator in one unit."""
    return _format_cells(_make_cards(), lang, ("indicator", *_CARD))


def _write_province(code: str, lang: Lang, folder: Path) -> Iterator[Block]:
    card = _make_cards()[_make_cards()["region"] == code]
    yield f"## {say(lang, 'profile')}"
    yield draw(ps.plot.profile, folder, code.lower(), region=code, lang=lang)
    yield f"## {say(lang, 'headline')}"
    own = _make_headline_cards()[_make_headline_cards()["region"] == code]
    yield _make_table(own, _format_headline_cards(lang).drop(columns="source"), lang)
    yield from _write_claims(code, lang)
    yield from _write_targets(code, lang)
    yield f"## {say(lang, 'all_figures')}"
    yield say(lang, "all_figures_told")
    yield from _write_by_domain(card, _format_cards(lang).drop(columns=["national", "gap"]), lang)


def _format_cells(rows: pd.DataFrame, lang: Lang, columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a reader wants them, under the names that the columns have in the data.

    The unit stands behind its value, and behind a rank of how many it is.
    """
    texts = ps.table(rows, lang=lang, columns=[*columns]).set_axis([*columns], axis="columns")
    texts["value"] += [f" {unit}" if unit[:1].isalpha() and unit.isascii() else unit
                       for unit in texts.pop("unit")]  # fmt: skip
    if "n" in texts:
        texts["rank"] += "/" + texts.pop("n")
    return texts


def _make_table(rows: pd.DataFrame, texts: pd.DataFrame, lang: Lang) -> Table:
    """Return rows of many indicators, each with a link to its page and to its document."""
    texts = texts.loc[rows.index]
    cells = [[escape_markdown(cell) for cell in row] for row in texts.to_numpy().tolist()]
    for line, (_, row) in zip(cells, rows.iterrows(), strict=True):
        line[0] = link_indicator(row["indicator"], lang)
        if "source" in texts:
            line[-1] = link_source_line(row["source"], row["paragraph"], lang)
    heads = [say(lang, name) for name in texts]
    words = ("indicator", "period", "standing", "source", "printed")
    return Table(heads, cells, "".join("l" if name in words else "r" for name in texts))


def _write_by_domain(rows: pd.DataFrame, texts: pd.DataFrame, lang: Lang) -> Iterator[Block]:
    domains = rows["indicator"].map(load_catalog()["domain"])
    for domain in dict.fromkeys(load_catalog()["domain"]):
        if len(own := rows[domains == domain]):
            yield f"### {explain_code('domain', domain, lang)}"
            yield _make_table(own, texts, lang)


@cache
def _check_all_claims() -> pd.DataFrame:
    return ps.check_claims()


def _write_claims(code: str, lang: Lang) -> Iterator[Block]:
    found = _check_all_claims()
    found = found[found["region"] == code]
    yield f"## {say(lang, 'claims_checked')}"
    if found.empty:
        yield say(lang, "no_claims")
        return
    counts = found["verdict"].value_counts()
    words = {"yes": "consistent", "no": "contradicted", "open": "undecidable"}
    yield say(lang, "claims_about", **{key: counts.get(word, 0) for key, word in words.items()})
    yield make_claims_table(found, lang)


@cache
def _check_all_targets() -> pd.DataFrame:
    return ps.targets()


def _write_targets(code: str, lang: Lang) -> Iterator[Block]:
    found = _check_all_targets()
    found = found[found["region"] == code].reset_index(drop=True)
    if found.empty:
        return
    yield f"## {say(lang, 'targets')}"
    columns = ("indicator", "period", "printed", "outcome", "outcome_period", "verdict")
    table = ps.table(found, lang=lang, columns=[*columns])
    cells = [[escape_markdown(cell) for cell in row] for row in table.to_numpy().tolist()]
    for line, (_, row) in zip(cells, found.iterrows(), strict=True):
        line[0] = link_indicator(row["indicator"], lang)
        line[2] = make_link(row["printed"], f"/documents/{row['source']}.md")
    heads = [escape_markdown(head) for head in table]
    heads[2] = say(lang, "target")
    yield Table(heads, cells, "lllrll")


# --- the nation -----------------------------------------------------------------------------------


def _write_nation(code: str, lang: Lang, folder: Path) -> Iterator[Block]:
    yield draw_once(ps.plot.scorecard, folder, "scorecard", lang=lang)
    yield from _write_claims(code, lang)
    yield from _write_targets(code, lang)
    yield f"## {say(lang, 'all_figures')}"
    yield say(lang, "latest_told")
    rows = _choose_latest_figures(code)
    columns = ("indicator", "value", "unit", "period", "printed", "source")
    yield from _write_by_domain(rows, _format_cells(rows, lang, columns), lang)


def _choose_latest_figures(code: str) -> pd.DataFrame:
    """Return a region's latest figure of each indicator."""
    rows = ps.load()
    rows = rows[(rows["region"] == code) & (rows["among"] == "")]
    ends = rows["period"].map({label: _make_end_key(label) for label in rows["period"].unique()})
    latest = rows.loc[ends.sort_values(kind="stable").index].drop_duplicates(
        "indicator", keep="last"
    )
    return latest.sort_values("indicator").reset_index(drop=True)


def _make_end_key(label: str) -> tuple[str, int]:
    span = ps.parse_period(label)
    return span.end.isoformat(), span.months


def _write_documents(code: str, lang: Lang) -> Iterator[Block]:
    rows = load_documents()
    # Tables have figures of everybody, and the nation's releases stand in the list of documents.
    own = [id_ for id_, regions in rows["regions"].items() if code in regions.split()]
    if code != "CN" and own:
        yield f"## {say(lang, 'its_documents')}"
        yield "\n".join(f"- {link_document(id_, lang)}" for id_ in own)
