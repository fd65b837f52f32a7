"""Pages of indicators: what it is, a chart, the figures with their intervals, and who is silent."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from charts import draw
from meanings import explain_code
from shipped import (
    choose_document_title,
    choose_fullest_period,
    link_document,
    link_indicator,
    link_region,
    link_source_line,
    list_provinces,
    load_catalog,
    load_documents,
    name_period,
)
from words import say
from writing import Html, Page, Table, escape_markdown, make_fact_list, make_fenced_block, make_link

import provstats as ps
from pages.claims import make_claims_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd
    from meanings import Lang
    from writing import Block

__all__ = ["make_page"]

# Periods side by side.
_PERIODS: Final = 10
# Documents that are named one by one.
_CITED: Final = 12


def make_page(id_: str, lang: Lang, folder: Path) -> Page:
    """Return the page of an indicator; its chart and its rows are written into a folder."""
    indicator, outcomes = ps.indicator(id_), ps.series(id_)
    compared = _choose_period(outcomes)
    blocks: list[Block] = [
        Html(_write_other_name(indicator, lang), ""),
        _choose_definition(indicator, lang),
        make_fact_list(_list_facts(indicator, outcomes, lang), say(lang, "colon")),
        make_fenced_block(_write_call(id_, compared), "python"),
        *_write_figures(outcomes, compared, lang, folder),
        *_write_silent_provinces(id_, compared, lang),
        *_write_over_time(outcomes, lang, folder),
        *_write_breaks(id_, lang),
        *_write_claims(id_, lang),
        *_write_notes(outcomes, lang),
        *_write_citations(outcomes, compared, lang),
        *_write_related_indicators(indicator, lang),
    ]
    title, told = _choose_title(indicator, lang), _choose_definition(indicator, lang)
    names = [indicator.name_zh, indicator.name_en, *indicator.aliases]
    return Page(f"indicators/{id_}", title, blocks, told, names, up=_link_parents(indicator, lang))


# --- what it is -----------------------------------------------------------------------------------


def _choose_title(indicator: ps.Indicator, lang: Lang) -> str:
    return indicator.name_zh if lang == "zh" else indicator.name_en


def _choose_definition(indicator: ps.Indicator, lang: Lang) -> str:
    """Return the definition; in Chinese the English one, where there is none."""
    own = getattr(indicator, "definition_zh", "") if lang == "zh" else ""
    return escape_markdown(own or indicator.definition)


def _link_parents(indicator: ps.Indicator, lang: Lang) -> list[str]:
    return [
        make_link(say(lang, "indicators"), "/indicators/index.md"),
        make_link(
            explain_code("domain", indicator.domain, lang), f"/domains/{indicator.domain}.md"
        ),
    ]


def _write_other_name(indicator: ps.Indicator, lang: Lang) -> str:
    other, tongue = (indicator.name_en, "en") if lang == "zh" else (indicator.name_zh, "zh")
    return f'<p class="other-name" lang="{tongue}">{escape(other)}</p>'


def _list_facts(
    indicator: ps.Indicator, outcomes: ps.IndicatorSeries, lang: Lang
) -> dict[str, str]:
    """Return the facts of an indicator, by their heads."""
    first, last = (name_period(outcomes.periods[end], lang) for end in (0, -1))
    span = say(lang, "periods_of", first=first, last=last, n=len(outcomes.periods))
    reporting = len(set(outcomes.regions) & set(list_provinces()))
    told = {
        "id": indicator.id,
        "unit": explain_code("unit", indicator.unit, lang),
        "measure": explain_code("measure", indicator.measure, lang),
        "prices": explain_code("prices", indicator.prices, lang) if indicator.prices else "",
        "direction": explain_code("direction", indicator.direction, lang),
        "adds_up": say(lang, "yes_adds" if indicator.additive else "no_adds"),
        "scope": indicator.scope,
        "family": indicator.family,
        "reported_by": say(lang, "n_of_31", n=reporting),
        "periods": first if first == last else span,
        "also": ("、" if lang == "zh" else ", ").join(indicator.aliases),
    }  # fmt: skip
    return {say(lang, key): text for key, text in told.items() if text}


# --- its figures ----------------------------------------------------------------------------------


def _choose_period(outcomes: ps.IndicatorSeries) -> str:
    """Return the period to compare: the latest that most provinces report; empty if none is.

    Claimed ranks are not compared, nor what no two provinces report of one period.
    """
    if outcomes.indicator.measure == "rank":
        return ""
    label = choose_fullest_period(outcomes.data, outcomes.periods)
    with suppress(ps.IncomparableError):
        ps.rank(ps.series(outcomes.indicator.id, period=label))
        return label
    return ""


def _write_call(id_: str, period: str) -> str:
    asked = f', period="{period}"' if period else ""
    return f'import provstats as ps\n\nrows = ps.series("{id_}"{asked})'


def _write_figures(
    outcomes: ps.IndicatorSeries, period: str, lang: Lang, folder: Path
) -> Iterator[Block]:
    if outcomes.indicator.measure == "rank":
        yield f"## {say(lang, 'claims')}"
        yield say(lang, "claimed_ranks")
        yield from _write_table(outcomes.data.sort_values("period", ascending=False), lang)
        return
    if not period:
        yield f"## {say(lang, 'latest_each')}"
        yield say(lang, "no_ranking")
        yield from _write_table(outcomes.latest(), lang)
        return
    found = _compute_ranking(outcomes.indicator.id, period)
    label = name_period(period, lang)
    count = int(found["rank"].notna().sum())
    yield f"## {say(lang, 'of_period', period=label, n=count)}"
    with suppress(ps.IncomparableError):
        x = ps.series(outcomes.indicator.id, period=period)
        yield draw(ps.plot.ranking, folder, outcomes.indicator.id, x=x, lang=lang)
    yield from _write_table(found, lang)


@cache
def _compute_ranking(id_: str, period: str) -> pd.DataFrame:
    """Return the ranking of a period, the nation first, with the gap to it or the share of it."""
    import pandas as pd  # noqa: PLC0415 - not for the types alone

    asked = ps.series(id_, period=period)
    ranked = ps.rank(asked).sort_values("rank", kind="stable")
    for compare, name in ((ps.gap_to_national, "gap"), (ps.share_of_national, "share")):
        with suppress(ps.IncomparableError):
            beside = compare(asked)
            added = [column for column in beside if column.startswith(name)]
            ranked = ranked.merge(beside[["region", *added]], on="region", how="left")
            break
    nation = asked.data[asked.data["region"] == "CN"]
    return pd.concat([nation, ranked], ignore_index=True) if len(nation) else ranked


def _write_table(rows: pd.DataFrame, lang: Lang) -> Iterator[Block]:
    """Return figures with their intervals; a document that all share is named once, below."""
    rows = rows.reset_index(drop=True)
    finding = [name for name in ("gap", "share") if name in rows]
    second = "rank" if "rank" in rows else "period"
    whom = ["among"] if (rows["among"] != "").any() else []
    columns = ["region", second, *whom, "value", "range", *finding, "printed", "source"]
    table = ps.table(rows, lang=lang, columns=columns)
    cells = [[escape_markdown(cell) for cell in row] for row in table.to_numpy().tolist()]
    is_one = len(set(rows["source"])) == 1
    for line, (_, row) in zip(cells, rows.iterrows(), strict=True):
        line[0] = link_region(row["region"], lang)
        line[-1] = link_source_line(row["source"], row["paragraph"], lang, brief=is_one)
    nation = [place for place, code in enumerate(rows["region"]) if code == "CN"]
    words = ("region", "period", "among", "printed", "source")
    align = "".join("l" if name in words else "r" for name in columns)
    heads = [say(lang, "among") if head == "among" else escape_markdown(head) for head in table]
    yield Table(heads, cells, align, strong=nation)
    has_range = bool((rows["lower"] < rows["upper"]).any())
    told = [say(lang, "interval_told" if has_range else "exact_told")]
    if is_one:
        told.append(say(lang, "all_from", document=link_document(rows["source"].iloc[0], lang)))
    yield ("" if lang == "zh" else " ").join(told)


# --- who is silent --------------------------------------------------------------------------------


def _write_silent_provinces(id_: str, period: str, lang: Lang) -> Iterator[Block]:
    if not period:
        return
    yield f"## {say(lang, 'silent')}"
    reporting = set(ps.series(id_, period=period).regions)
    silent = [code for code in list_provinces() if code not in reporting]
    if not silent:
        yield say(lang, "nobody_silent")
        return
    found = _find_comparable(id_, period)
    elsewhere = found[~found["compared"] & found["region"].isin(silent)]
    rest = [code for code in silent if code not in set(elsewhere["region"])]
    if len(elsewhere):
        yield say(lang, "silent_other", n=elsewhere["region"].nunique())
        yield Table(
            [say(lang, "province"), say(lang, "why"), say(lang, "has")],
            [
                [
                    link_region(code, lang),
                    explain_code("left_out", why, lang),
                    _link_alternatives(detail, lang),
                ]
                for code, why, detail in elsewhere[["region", "reason", "detail"]].itertuples(
                    index=False
                )
            ],
            "lll",
        )
    if rest:
        names = ("、" if lang == "zh" else ", ").join(link_region(code, lang) for code in rest)
        yield say(lang, "silent_rest", n=len(rest), names=names)


@cache
def _find_comparable(id_: str, period: str) -> pd.DataFrame:
    return ps.comparable(ps.series(id_, period=period))


def _link_alternatives(detail: str, lang: Lang) -> str:
    """Return what a province reports instead: other periods, or other indicators."""
    known = load_catalog().index
    return ", ".join(
        link_indicator(word, lang) if word in known else escape_markdown(word)
        for word in detail.split()
    )


# --- other periods --------------------------------------------------------------------------------


def _write_over_time(outcomes: ps.IndicatorSeries, lang: Lang, folder: Path) -> Iterator[Block]:
    id_ = outcomes.indicator.id
    rows = ps.series(id_, nature=None, vintage=None).data
    csv = folder / "indicators" / f"{id_}.csv"
    csv.parent.mkdir(parents=True, exist_ok=True)
    rows.to_csv(csv, index=False)
    shown = _choose_shown_periods(outcomes)
    yield f"## {say(lang, 'over_time')}"
    is_claim = outcomes.indicator.measure == "rank"  # among others in each cell
    if len(shown) > 1 and not is_claim and not outcomes.data.duplicated(["region", "period"]).any():
        own = outcomes.data[outcomes.data["period"].isin(shown)]
        order = {code: place for place, code in enumerate(outcomes.regions)}
        own = own.loc[own["region"].map(order).sort_values(kind="stable").index]
        table = ps.table(own, lang=lang, columns="period")
        yield _make_wide_table(table.drop(columns=table.columns[1]), own, lang)
        yield say(lang, "over_time_told", n=len(shown), m=len(rows), csv=f"{id_}.csv")
    else:
        yield say(lang, "csv_told", m=len(rows), csv=f"{id_}.csv")


def _choose_shown_periods(outcomes: ps.IndicatorSeries) -> Sequence[str]:
    counts = outcomes.data.groupby("period")["region"].nunique()
    return [label for label in outcomes.periods if counts[label] > 1][-_PERIODS:]


def _make_wide_table(table: pd.DataFrame, own: pd.DataFrame, lang: Lang) -> Table:
    codes = own["region"].drop_duplicates().to_list()
    cells = [[escape_markdown(cell) for cell in row] for row in table.to_numpy().tolist()]
    for line, code in zip(cells, codes, strict=True):
        line[0] = link_region(code, lang)
    heads = [escape_markdown(head) for head in table]
    nation = [place for place, code in enumerate(codes) if code == "CN"]
    return Table(heads, cells, "l" + "r" * (len(heads) - 1), strong=nation)


# --- what to know ---------------------------------------------------------------------------------


def _write_breaks(id_: str, lang: Lang) -> Iterator[Block]:
    found = ps.breaks()
    found = found[found["indicator"] == id_]
    if found.empty:
        return
    yield f"## {say(lang, 'breaks')}"
    yield say(lang, "breaks_told")
    groups = found.groupby(["before", "after", "reason", "source"], sort=False)["region"]
    rows = [
        [
            escape_markdown(before),
            escape_markdown(after),
            _link_regions(codes, lang),
            escape_markdown(reason),
            link_document(source, lang),
        ]
        for (before, after, reason, source), codes in groups
    ]
    heads = ("before", "after", "regions", "reason", "source")
    yield Table([say(lang, head) for head in heads], rows, "lllll")


def _link_regions(codes: pd.Series, lang: Lang) -> str:
    listed = codes.tolist()
    if "*" in listed or len(listed) == len(list_provinces()):
        return say(lang, "all_regions")
    return ("、" if lang == "zh" else ", ").join(link_region(code, lang) for code in listed)


def _write_claims(id_: str, lang: Lang) -> Iterator[Block]:
    found = _check_claims_by_indicator()
    found = found[found["subject"] == id_]
    if len(found):
        yield f"## {say(lang, 'claims')}"
        yield make_claims_table(found, lang)


@cache
def _check_claims_by_indicator() -> pd.DataFrame:
    """Return all claims, each with the indicator that it is about."""
    found = ps.check_claims()
    subject = found["indicator"].str.replace("_(?:rank|gap|average_growth)$", "", regex=True)
    return found.assign(subject=subject)


def _write_notes(outcomes: ps.IndicatorSeries, lang: Lang) -> Iterator[Block]:
    notes = outcomes.data.loc[outcomes.data["note"] != "", "note"].value_counts()
    if len(notes):
        yield f"## {say(lang, 'notes')}"
        rows = [[escape_markdown(note), str(count)] for note, count in notes.items()]
        yield Table([say(lang, "note"), say(lang, "rows")], rows, "lr")


# --- sources --------------------------------------------------------------------------------------


def _write_citations(outcomes: ps.IndicatorSeries, period: str, lang: Lang) -> Iterator[Block]:
    rows = ps.series(outcomes.indicator.id, period=period).data if period else outcomes.latest()
    ids = list(dict.fromkeys(rows["source"]))[:_CITED]
    yield f"## {say(lang, 'cite')}"
    yield "\n".join(f"- {_describe_document(id_, lang)}" for id_ in ids)
    rest = outcomes.data["source"].nunique() - len(ids)
    if rest > 0:
        yield say(lang, "cite_more", n=rest)
    shown = rows[rows["source"].isin(ids)]
    yield make_fenced_block(ps.cite(shown, style="gb7714" if lang == "zh" else "apa"), "text")


def _describe_document(id_: str, lang: Lang) -> str:
    row = load_documents().loc[id_]
    address = row["url"]
    where = f"<{address}>" if address else say(lang, "no_address")
    parts = [escape_markdown(row["publisher"]), escape_markdown(row["published"]), where]
    link = make_link(choose_document_title(id_, lang), f"/documents/{id_}.md")
    return f"{link} · {' · '.join(parts)}"


def _write_related_indicators(indicator: ps.Indicator, lang: Lang) -> Iterator[Block]:
    rows = load_catalog()
    near = rows[(rows["family"] == indicator.family) | (rows["concept"] == indicator.concept)]
    ids = [id_ for id_ in near.index if id_ != indicator.id and near.loc[id_, "periods"]]
    if ids:
        yield f"## {say(lang, 'beside')}"
        yield "\n".join(f"- {link_indicator(id_, lang)} `{id_}`" for id_ in ids)
