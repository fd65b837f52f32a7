"""Pages of provinces and of the nation: how it stands, what it claims, what it promised."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

import pandas as pd
from charts import draw, draw_once
from meanings import meaning
from shipped import (
    catalog,
    documents,
    fullest,
    link_of_document,
    link_of_indicator,
    link_of_region,
    name_of,
    path_of_region,
    provinces,
    where,
)
from words import say
from writing import Html, Page, Table, facts, link, plain

import provstats as ps
from pages.claims import claims_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from meanings import Lang
    from writing import Block

__all__ = ["index_page", "page_of"]

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


def index_page(lang: Lang) -> Page:
    """Return the list of the provinces, with some headline indicators side by side."""
    cards = _headlines()
    own = cards[cards["indicator"].isin(SHOWN)]
    texts = _headline_texts(lang).loc[own.index]
    cells = {
        (code, id_): f"{value} ({rank.split('/')[0]})"
        for code, id_, value, rank in zip(
            own["region"], own["indicator"], texts["value"], texts["rank"], strict=True
        )
    }
    rows = [
        [link_of_region(code, lang), *(plain(cells[code, id_]) for id_ in SHOWN)]
        for code in provinces()
    ]
    heads = [say(lang, "province"), *(link_of_indicator(id_, lang) for id_ in SHOWN)]
    blocks: list[Block] = [
        say(lang, "provinces_told"),
        f"{link_of_region('CN', lang)}{say(lang, 'colon')}{say(lang, 'scorecard_told')}",
        Table(heads, rows, "l" + "r" * len(SHOWN)),
    ]
    return Page("provinces/index", say(lang, "provinces"), blocks, is_leaf=False)


def page_of(code: str, lang: Lang, folder: Path) -> Page:
    """Return the page of a province, or of the nation; its chart is drawn into a folder."""
    place = ps.region(code)
    make = _of_nation if code == "CN" else _of_province
    blocks: list[Block] = [
        Html(f'<p class="other-name">{escape(_other_names(place))}</p>', _other_names(place)),
        facts(_told(place, lang), say(lang, "colon")),
        *make(code, lang, folder),
        *_documents(code, lang),
    ]
    names = [place.name_zh, place.name_en, place.name_full, place.name_traditional,
             *place.abbreviations, place.pinyin]  # fmt: skip
    title = name_of(code, lang)
    up = [link(say(lang, "provinces"), "/provinces/index.md")]
    return Page(path_of_region(code), title, blocks, _other_names(place), names, up=up)


def _other_names(place: ps.Region) -> str:
    return f"{place.name_full} · {place.name_en}"


def _told(place: ps.Region, lang: Lang) -> dict[str, str]:
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
def _cards() -> pd.DataFrame:
    return ps.scorecard(provinces())


@cache
def _headlines() -> pd.DataFrame:
    """Return the headline indicators of all provinces, of the period that most report."""
    every = [ps.series(id_) for id_ in HEADLINE]
    periods = [fullest(series.data, series.periods) for series in every]
    rows = [ps.series(id_, period=label).data for id_, label in zip(HEADLINE, periods, strict=True)]
    return ps.scorecard(provinces(), pd.concat(rows, ignore_index=True))


@cache
def _headline_texts(lang: Lang) -> pd.DataFrame:
    return _cells_of(_headlines(), lang, ("indicator", *_CARD))


@cache
def _texts(lang: Lang) -> pd.DataFrame:
    """Return the cells of all cards at once, so that all have an indicator in one unit."""
    return _cells_of(_cards(), lang, ("indicator", *_CARD))


def _of_province(code: str, lang: Lang, folder: Path) -> Iterator[Block]:
    card = _cards()[_cards()["region"] == code]
    yield f"## {say(lang, 'profile')}"
    yield draw(ps.plot.profile, folder, code.lower(), region=code, lang=lang)
    yield f"## {say(lang, 'headline')}"
    own = _headlines()[_headlines()["region"] == code]
    yield _table_of(own, _headline_texts(lang).drop(columns="source"), lang)
    yield from _claims(code, lang)
    yield from _targets(code, lang)
    yield f"## {say(lang, 'all_figures')}"
    yield say(lang, "all_figures_told")
    yield from _by_domain(card, _texts(lang).drop(columns=["national", "gap"]), lang)


def _cells_of(rows: pd.DataFrame, lang: Lang, columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a reader wants them, under the names that the columns have in the data.

    The unit stands behind its value, and behind a rank of how many it is.
    """
    texts = ps.table(rows, lang=lang, columns=[*columns]).set_axis([*columns], axis="columns")
    texts["value"] += [f" {unit}" if unit[:1].isalpha() and unit.isascii() else unit
                       for unit in texts.pop("unit")]  # fmt: skip
    if "n" in texts:
        texts["rank"] += "/" + texts.pop("n")
    return texts


def _table_of(rows: pd.DataFrame, texts: pd.DataFrame, lang: Lang) -> Table:
    """Return rows of many indicators, each with a link to its page and to its document."""
    texts = texts.loc[rows.index]
    cells = [[plain(cell) for cell in row] for row in texts.to_numpy().tolist()]
    for line, (_, row) in zip(cells, rows.iterrows(), strict=True):
        line[0] = link_of_indicator(row["indicator"], lang)
        if "source" in texts:
            line[-1] = where(row["source"], row["paragraph"], lang)
    heads = [say(lang, name) for name in texts]
    words = ("indicator", "period", "standing", "source", "printed")
    return Table(heads, cells, "".join("l" if name in words else "r" for name in texts))


def _by_domain(rows: pd.DataFrame, texts: pd.DataFrame, lang: Lang) -> Iterator[Block]:
    domains = rows["indicator"].map(catalog()["domain"])
    for domain in dict.fromkeys(catalog()["domain"]):
        if len(own := rows[domains == domain]):
            yield f"### {meaning('domain', domain, lang)}"
            yield _table_of(own, texts, lang)


@cache
def _claimed() -> pd.DataFrame:
    return ps.check_claims()


def _claims(code: str, lang: Lang) -> Iterator[Block]:
    found = _claimed()
    found = found[found["region"] == code]
    yield f"## {say(lang, 'claims_checked')}"
    if found.empty:
        yield say(lang, "no_claims")
        return
    counts = found["verdict"].value_counts()
    words = {"yes": "consistent", "no": "contradicted", "open": "undecidable"}
    yield say(lang, "claims_about", **{key: counts.get(word, 0) for key, word in words.items()})
    yield claims_table(found, lang)


@cache
def _promised() -> pd.DataFrame:
    return ps.targets()


def _targets(code: str, lang: Lang) -> Iterator[Block]:
    found = _promised()
    found = found[found["region"] == code].reset_index(drop=True)
    if found.empty:
        return
    yield f"## {say(lang, 'targets')}"
    columns = ("indicator", "period", "printed", "outcome", "outcome_period", "verdict")
    table = ps.table(found, lang=lang, columns=[*columns])
    cells = [[plain(cell) for cell in row] for row in table.to_numpy().tolist()]
    for line, (_, row) in zip(cells, found.iterrows(), strict=True):
        line[0] = link_of_indicator(row["indicator"], lang)
        line[2] = link(row["printed"], f"/documents/{row['source']}.md")
    heads = [plain(head) for head in table]
    heads[2] = say(lang, "target")
    yield Table(heads, cells, "lllrll")


# --- the nation -----------------------------------------------------------------------------------


def _of_nation(code: str, lang: Lang, folder: Path) -> Iterator[Block]:
    yield draw_once(ps.plot.scorecard, folder, "scorecard", lang=lang)
    yield from _claims(code, lang)
    yield from _targets(code, lang)
    yield f"## {say(lang, 'all_figures')}"
    yield say(lang, "latest_told")
    rows = _latest_of(code)
    columns = ("indicator", "value", "unit", "period", "printed", "source")
    yield from _by_domain(rows, _cells_of(rows, lang, columns), lang)


def _latest_of(code: str) -> pd.DataFrame:
    """Return a region's latest figure of each indicator."""
    rows = ps.load()
    rows = rows[(rows["region"] == code) & (rows["among"] == "")]
    ends = rows["period"].map({label: _end(label) for label in rows["period"].unique()})
    latest = rows.loc[ends.sort_values(kind="stable").index].drop_duplicates(
        "indicator", keep="last"
    )
    return latest.sort_values("indicator").reset_index(drop=True)


def _end(label: str) -> tuple[str, int]:
    span = ps.parse_period(label)
    return span.end.isoformat(), span.months


def _documents(code: str, lang: Lang) -> Iterator[Block]:
    rows = documents()
    # Tables have figures of everybody, and the nation's releases stand in the list of documents.
    own = [id_ for id_, regions in rows["regions"].items() if code in regions.split()]
    if code != "CN" and own:
        yield f"## {say(lang, 'its_documents')}"
        yield "\n".join(f"- {link_of_document(id_, lang)}" for id_ in own)
