"""Pages of indicators: what it is, a chart, the figures with their intervals, and who is silent."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from charts import draw
from meanings import meaning
from shipped import (
    catalog,
    documents,
    fullest,
    link_of_document,
    link_of_indicator,
    link_of_region,
    provinces,
    title_of,
    where,
    words_for,
)
from words import say
from writing import Html, Page, Table, facts, fence, link, plain

import provstats as ps
from pages.claims import claims_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd
    from meanings import Lang
    from writing import Block

__all__ = ["page_of"]

# Periods side by side.
_PERIODS: Final = 10
# Documents that are named one by one.
_CITED: Final = 12


def page_of(id_: str, lang: Lang, folder: Path) -> Page:
    """Return the page of an indicator; its chart and its rows are written into a folder."""
    indicator, outcomes = ps.indicator(id_), ps.series(id_)
    compared = _compared(outcomes)
    blocks: list[Block] = [
        Html(_other_names(indicator, lang), ""),
        _definition(indicator, lang),
        facts(_told(indicator, outcomes, lang), say(lang, "colon")),
        fence(_call(id_, compared), "python"),
        *_figures(outcomes, compared, lang, folder),
        *_silent(id_, compared, lang),
        *_over_time(outcomes, lang, folder),
        *_breaks(id_, lang),
        *_claims(id_, lang),
        *_notes(outcomes, lang),
        *_cited(outcomes, compared, lang),
        *_beside(indicator, lang),
    ]
    title, told = _title(indicator, lang), _definition(indicator, lang)
    names = [indicator.name_zh, indicator.name_en, *indicator.aliases]
    return Page(f"indicators/{id_}", title, blocks, told, names, up=_up(indicator, lang))


# --- what it is -----------------------------------------------------------------------------------


def _title(indicator: ps.Indicator, lang: Lang) -> str:
    return indicator.name_zh if lang == "zh" else indicator.name_en


def _definition(indicator: ps.Indicator, lang: Lang) -> str:
    """Return the definition; in Chinese the English one, where there is none."""
    own = getattr(indicator, "definition_zh", "") if lang == "zh" else ""
    return plain(own or indicator.definition)


def _up(indicator: ps.Indicator, lang: Lang) -> list[str]:
    return [
        link(say(lang, "indicators"), "/indicators/index.md"),
        link(meaning("domain", indicator.domain, lang), f"/domains/{indicator.domain}.md"),
    ]


def _other_names(indicator: ps.Indicator, lang: Lang) -> str:
    other, tongue = (indicator.name_en, "en") if lang == "zh" else (indicator.name_zh, "zh")
    return f'<p class="other-name" lang="{tongue}">{escape(other)}</p>'


def _told(indicator: ps.Indicator, outcomes: ps.IndicatorSeries, lang: Lang) -> dict[str, str]:
    """Return the facts of an indicator, by their heads."""
    first, last = (words_for(outcomes.periods[end], lang) for end in (0, -1))
    span = say(lang, "periods_of", first=first, last=last, n=len(outcomes.periods))
    reporting = len(set(outcomes.regions) & set(provinces()))
    told = {
        "id": indicator.id,
        "unit": meaning("unit", indicator.unit, lang),
        "measure": meaning("measure", indicator.measure, lang),
        "prices": meaning("prices", indicator.prices, lang) if indicator.prices else "",
        "direction": meaning("direction", indicator.direction, lang),
        "adds_up": say(lang, "yes_adds" if indicator.additive else "no_adds"),
        "scope": indicator.scope,
        "family": indicator.family,
        "reported_by": say(lang, "n_of_31", n=reporting),
        "periods": first if first == last else span,
        "also": ("、" if lang == "zh" else ", ").join(indicator.aliases),
    }  # fmt: skip
    return {say(lang, key): text for key, text in told.items() if text}


# --- its figures ----------------------------------------------------------------------------------


def _compared(outcomes: ps.IndicatorSeries) -> str:
    """Return the period to compare: the latest that most provinces report; empty if none is.

    Claimed ranks are not compared, nor what no two provinces report of one period.
    """
    if outcomes.indicator.measure == "rank":
        return ""
    label = fullest(outcomes.data, outcomes.periods)
    with suppress(ps.IncomparableError):
        ps.rank(ps.series(outcomes.indicator.id, period=label))
        return label
    return ""


def _call(id_: str, period: str) -> str:
    asked = f', period="{period}"' if period else ""
    return f'import provstats as ps\n\nrows = ps.series("{id_}"{asked})'


def _figures(
    outcomes: ps.IndicatorSeries, period: str, lang: Lang, folder: Path
) -> Iterator[Block]:
    if outcomes.indicator.measure == "rank":
        yield f"## {say(lang, 'claims')}"
        yield say(lang, "claimed_ranks")
        yield from _table(outcomes.data.sort_values("period", ascending=False), lang)
        return
    if not period:
        yield f"## {say(lang, 'latest_each')}"
        yield say(lang, "no_ranking")
        yield from _table(outcomes.latest(), lang)
        return
    found = _found(outcomes.indicator.id, period)
    label = words_for(period, lang)
    count = int(found["rank"].notna().sum())
    yield f"## {say(lang, 'of_period', period=label, n=count)}"
    with suppress(ps.IncomparableError):
        x = ps.series(outcomes.indicator.id, period=period)
        yield draw(ps.plot.ranking, folder, outcomes.indicator.id, x=x, lang=lang)
    yield from _table(found, lang)


@cache
def _found(id_: str, period: str) -> pd.DataFrame:
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


def _table(rows: pd.DataFrame, lang: Lang) -> Iterator[Block]:
    """Return figures with their intervals; a document that all share is named once, below."""
    rows = rows.reset_index(drop=True)
    finding = [name for name in ("gap", "share") if name in rows]
    second = "rank" if "rank" in rows else "period"
    whom = ["among"] if (rows["among"] != "").any() else []
    columns = ["region", second, *whom, "value", "range", *finding, "printed", "source"]
    table = ps.table(rows, lang=lang, columns=columns)
    cells = [[plain(cell) for cell in row] for row in table.to_numpy().tolist()]
    is_one = len(set(rows["source"])) == 1
    for line, (_, row) in zip(cells, rows.iterrows(), strict=True):
        line[0] = link_of_region(row["region"], lang)
        line[-1] = where(row["source"], row["paragraph"], lang, brief=is_one)
    nation = [place for place, code in enumerate(rows["region"]) if code == "CN"]
    words = ("region", "period", "among", "printed", "source")
    align = "".join("l" if name in words else "r" for name in columns)
    heads = [say(lang, "among") if head == "among" else plain(head) for head in table]
    yield Table(heads, cells, align, strong=nation)
    has_range = bool((rows["lower"] < rows["upper"]).any())
    told = [say(lang, "interval_told" if has_range else "exact_told")]
    if is_one:
        told.append(say(lang, "all_from", document=link_of_document(rows["source"].iloc[0], lang)))
    yield ("" if lang == "zh" else " ").join(told)


# --- who is silent --------------------------------------------------------------------------------


def _silent(id_: str, period: str, lang: Lang) -> Iterator[Block]:
    if not period:
        return
    yield f"## {say(lang, 'silent')}"
    reporting = set(ps.series(id_, period=period).regions)
    silent = [code for code in provinces() if code not in reporting]
    if not silent:
        yield say(lang, "nobody_silent")
        return
    found = _comparable(id_, period)
    elsewhere = found[~found["compared"] & found["region"].isin(silent)]
    rest = [code for code in silent if code not in set(elsewhere["region"])]
    if len(elsewhere):
        yield say(lang, "silent_other", n=elsewhere["region"].nunique())
        yield Table(
            [say(lang, "province"), say(lang, "why"), say(lang, "has")],
            [
                [link_of_region(code, lang), meaning("left_out", why, lang), _has(detail, lang)]
                for code, why, detail in elsewhere[["region", "reason", "detail"]].itertuples(
                    index=False
                )
            ],
            "lll",
        )
    if rest:
        names = ("、" if lang == "zh" else ", ").join(link_of_region(code, lang) for code in rest)
        yield say(lang, "silent_rest", n=len(rest), names=names)


@cache
def _comparable(id_: str, period: str) -> pd.DataFrame:
    return ps.comparable(ps.series(id_, period=period))


def _has(detail: str, lang: Lang) -> str:
    """Return what a province reports instead: other periods, or other indicators."""
    known = catalog().index
    return ", ".join(
        link_of_indicator(word, lang) if word in known else plain(word) for word in detail.split()
    )


# --- other periods --------------------------------------------------------------------------------


def _over_time(outcomes: ps.IndicatorSeries, lang: Lang, folder: Path) -> Iterator[Block]:
    id_ = outcomes.indicator.id
    rows = ps.series(id_, nature=None, vintage=None).data
    csv = folder / "indicators" / f"{id_}.csv"
    csv.parent.mkdir(parents=True, exist_ok=True)
    rows.to_csv(csv, index=False)
    shown = _shown_periods(outcomes)
    yield f"## {say(lang, 'over_time')}"
    is_claim = outcomes.indicator.measure == "rank"  # among others in each cell
    if len(shown) > 1 and not is_claim and not outcomes.data.duplicated(["region", "period"]).any():
        own = outcomes.data[outcomes.data["period"].isin(shown)]
        order = {code: place for place, code in enumerate(outcomes.regions)}
        own = own.loc[own["region"].map(order).sort_values(kind="stable").index]
        table = ps.table(own, lang=lang, columns="period")
        yield _wide(table.drop(columns=table.columns[1]), own, lang)
        yield say(lang, "over_time_told", n=len(shown), m=len(rows), csv=f"{id_}.csv")
    else:
        yield say(lang, "csv_told", m=len(rows), csv=f"{id_}.csv")


def _shown_periods(outcomes: ps.IndicatorSeries) -> Sequence[str]:
    counts = outcomes.data.groupby("period")["region"].nunique()
    return [label for label in outcomes.periods if counts[label] > 1][-_PERIODS:]


def _wide(table: pd.DataFrame, own: pd.DataFrame, lang: Lang) -> Table:
    codes = own["region"].drop_duplicates().to_list()
    cells = [[plain(cell) for cell in row] for row in table.to_numpy().tolist()]
    for line, code in zip(cells, codes, strict=True):
        line[0] = link_of_region(code, lang)
    heads = [plain(head) for head in table]
    nation = [place for place, code in enumerate(codes) if code == "CN"]
    return Table(heads, cells, "l" + "r" * (len(heads) - 1), strong=nation)


# --- what to know ---------------------------------------------------------------------------------


def _breaks(id_: str, lang: Lang) -> Iterator[Block]:
    found = ps.breaks()
    found = found[found["indicator"] == id_]
    if found.empty:
        return
    yield f"## {say(lang, 'breaks')}"
    yield say(lang, "breaks_told")
    groups = found.groupby(["before", "after", "reason", "source"], sort=False)["region"]
    rows = [
        [plain(before), plain(after), _regions(codes, lang), plain(reason),
         link_of_document(source, lang)]
        for (before, after, reason, source), codes in groups
    ]  # fmt: skip
    heads = ("before", "after", "regions", "reason", "source")
    yield Table([say(lang, head) for head in heads], rows, "lllll")


def _regions(codes: pd.Series, lang: Lang) -> str:
    listed = codes.tolist()
    if "*" in listed or len(listed) == len(provinces()):
        return say(lang, "all_regions")
    return ("、" if lang == "zh" else ", ").join(link_of_region(code, lang) for code in listed)


def _claims(id_: str, lang: Lang) -> Iterator[Block]:
    found = _all_claims()
    found = found[found["subject"] == id_]
    if len(found):
        yield f"## {say(lang, 'claims')}"
        yield claims_table(found, lang)


@cache
def _all_claims() -> pd.DataFrame:
    """Return all claims, each with the indicator that it is about."""
    found = ps.check_claims()
    subject = found["indicator"].str.replace("_(?:rank|gap|average_growth)$", "", regex=True)
    return found.assign(subject=subject)


def _notes(outcomes: ps.IndicatorSeries, lang: Lang) -> Iterator[Block]:
    notes = outcomes.data.loc[outcomes.data["note"] != "", "note"].value_counts()
    if len(notes):
        yield f"## {say(lang, 'notes')}"
        rows = [[plain(note), str(count)] for note, count in notes.items()]
        yield Table([say(lang, "note"), say(lang, "rows")], rows, "lr")


# --- sources --------------------------------------------------------------------------------------


def _cited(outcomes: ps.IndicatorSeries, period: str, lang: Lang) -> Iterator[Block]:
    rows = ps.series(outcomes.indicator.id, period=period).data if period else outcomes.latest()
    ids = list(dict.fromkeys(rows["source"]))[:_CITED]
    yield f"## {say(lang, 'cite')}"
    yield "\n".join(f"- {_document(id_, lang)}" for id_ in ids)
    rest = outcomes.data["source"].nunique() - len(ids)
    if rest > 0:
        yield say(lang, "cite_more", n=rest)
    shown = rows[rows["source"].isin(ids)]
    yield fence(ps.cite(shown, style="gb7714" if lang == "zh" else "apa"), "text")


def _document(id_: str, lang: Lang) -> str:
    row = documents().loc[id_]
    address = row["url"]
    where = f"<{address}>" if address else say(lang, "no_address")
    parts = [plain(row["publisher"]), plain(row["published"]), where]
    return f"{link(title_of(id_, lang), f'/documents/{id_}.md')} · {' · '.join(parts)}"


def _beside(indicator: ps.Indicator, lang: Lang) -> Iterator[Block]:
    rows = catalog()
    near = rows[(rows["family"] == indicator.family) | (rows["concept"] == indicator.concept)]
    ids = [id_ for id_ in near.index if id_ != indicator.id and near.loc[id_, "periods"]]
    if ids:
        yield f"## {say(lang, 'beside')}"
        yield "\n".join(f"- {link_of_indicator(id_, lang)} `{id_}`" for id_ in ids)
