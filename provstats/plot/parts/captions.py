"""Captions: the words above and below a chart, which say no more than the data do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from provstats.store.regions import mainland
from provstats.store.sources import sources
from provstats.words.languages import catalogued

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from provstats.words.labels import Voice
    from provstats.words.languages import Scale

__all__ = [
    "Caption", "Wishes", "caption", "cited", "composed", "counted", "ends_told",
    "indicator_name", "last_told", "rank_text", "revision_told", "span_text",
]  # fmt: skip


class Wishes(NamedTuple):
    """The words that a caller wants; None for the default ones, empty for none."""

    title: str | None
    subtitle: str | None
    source: str | None


class Caption(NamedTuple):
    """The words above and below a chart."""

    title: str
    subtitle: str
    footer: str


def caption(  # noqa: PLR0913 - the parts of a caption
    rows: pd.DataFrame,
    scale: Scale,
    voice: Voice,
    wishes: Wishes,
    *,
    subject: str = "{name}",
    finding: str = "",
    about: Iterable[str] = (),
    notes: Iterable[str] = (),
    documents: Iterable[str] = (),
) -> Caption:
    """Return title, subtitle and footer of a chart of one indicator.

    Parameters
    ----------
    rows : DataFrame
        The rows of the chart.
    scale, voice : Scale, Voice
        How numbers and words are printed.
    wishes : Wishes
        What the caller wants instead.
    subject : str
        What is drawn of the indicator, as ``"{name}, gap to the nation"``.
    finding : str
        What the chart shows, true under the intervals; the indicator is the title where there is
        nothing to be said.
    about : iterable of str
        What the subtitle says after indicator, unit and nature, as period and number of provinces.
    notes : iterable of str
        What the footer says before the source.
    documents : iterable of str
        The ids of the documents that the chart rests on.
    """
    name = voice.joined(subject.format(name=indicator_name(rows, voice)))
    title = voice.choice(wishes.title, finding or name)
    unit = f"({scale.word})" if scale.word else ""
    measured = scale.word if title == name else f"{name} {unit}".strip()
    natures = rows["nature"].unique()
    nature = voice.say(*natures) if len(natures) == 1 else ""
    about = [measured, nature, *about]
    return composed(voice, wishes, title, about=about, notes=notes, documents=documents)


def composed(  # noqa: PLR0913 - the parts of a caption
    voice: Voice,
    wishes: Wishes,
    title: str,
    *,
    about: Iterable[str] = (),
    notes: Iterable[str] = (),
    documents: Iterable[str] = (),
) -> Caption:
    """Return title, subtitle and footer of a chart of any number of indicators.

    Parameters
    ----------
    voice : Voice
        How words are printed.
    wishes : Wishes
        What the caller wants instead.
    title : str
        What the chart shows.
    about, notes, documents : iterable of str
        As for `caption`; the subtitle says nothing else.
    """
    title = voice.choice(wishes.title, title)
    subtitle = voice.choice(wishes.subtitle, voice.joined(*about))
    named = voice.choice(wishes.source, cited(documents, voice))
    cites = named and voice.say("source") + named
    footer = voice.say("notes").join(filter(None, (*notes, cites)))
    return Caption(title, subtitle, footer)


def indicator_name(rows: pd.DataFrame, voice: Voice) -> str:
    """Return the name of the indicator, or the id that a caller gave to one of their own.

    Parameters
    ----------
    rows : DataFrame
        Rows of one indicator.
    voice : Voice
        How words are printed.
    """
    return catalogued(rows, f"name_{voice.lang}") or str(rows["indicator"].iloc[0])


def counted(rows: pd.DataFrame, voice: Voice) -> str:
    """Say how many of the provinces are shown.

    Parameters
    ----------
    rows : DataFrame
        Rows of provinces.
    voice : Voice
        How words are printed.
    """
    shown = set(rows["region"])
    everyone = mainland() | shown
    return voice.say("n_all" if shown == everyone else "n", n=len(shown), all=len(everyone))


def cited(ids: Iterable[str], voice: Voice) -> str:
    """Name the documents by title; those that differ only in their year, together.

    Parameters
    ----------
    ids : iterable of str
        Ids of documents, or a caller's own sources; missing ones are passed over.
    voice : Voice
        How words are printed.

    Examples
    --------
    >>> from provstats.words.labels import Voice
    >>> bulletins = [f"nbs-rd-bulletin-{year}" for year in (2021, 2022, 2023)]
    >>> print(cited([*bulletins, "my own"], Voice("en", [])))
    Communiqué on National Expenditures on Science and Technology in 2021–2023; my own
    """
    titles = sources().set_index("id")["title_en" if voice.lang == "en" else "title"]
    known = [id_ for id_ in dict.fromkeys(ids) if isinstance(id_, str) and id_]
    years: dict[tuple[str, str], list[int]] = {}
    for title in (titles.get(id_, id_) for id_ in known):
        before, *rest = re.split("([0-9]{4})", title, maxsplit=1)
        year, after = rest or ("", "")
        years.setdefault((before, after), []).extend([int(year)] if year else [])
    named = [f"{before}{_years(of, voice)}{after}" for (before, after), of in years.items()]
    return voice.say("or").join(filter(voice.draws, named))


def revision_told(documents: Iterable[str], national: str, voice: Voice) -> str:
    """Say that the national value comes from a later document than those of the provinces.

    Parameters
    ----------
    documents : iterable of str
        The documents of the provinces' values.
    national : str
        Those of the national value, joined by blanks.
    voice : Voice
        How words are printed.
    """
    apart = bool(national) and set(national.split()).isdisjoint(documents)
    return voice.say("revised") if apart else ""


def _years(years: list[int], voice: Voice) -> str:
    if len(years) > 1 and max(years) - min(years) == len(set(years)) - 1:
        return voice.say("span_of_years", a=min(years), b=max(years))
    return voice.listed(map(str, sorted(years))) if years else ""


def rank_text(row: pd.Series) -> str:
    """Print a rank, as a range where the intervals leave one.

    Parameters
    ----------
    row : Series
        ``rank_best`` and ``rank_worst``.
    """
    best, worst = row["rank_best"], row["rank_worst"]
    return f"{best}" if best == worst else f"{best}–{worst}"


# --- for those who cannot see -------------------------------------------------------------------


def ends_told(rows: pd.DataFrame, scale: Scale, voice: Voice) -> str:
    """Say which regions have the highest and the lowest value, with the intervals.

    Parameters
    ----------
    rows : DataFrame
        Rows of one period, with ``region``, ``value``, ``lower`` and ``upper``.
    scale, voice : Scale, Voice
        How numbers and words are printed.
    """
    most, least = (
        f"{voice.name(row['region'])} {span_text(row, scale, voice)}"
        for _, row in rows.loc[[rows["value"].idxmax(), rows["value"].idxmin()]].iterrows()
    )
    return voice.say("ends" if len(rows) > 1 else "alone", most=most, least=least)


def span_text(row: pd.Series, scale: Scale, voice: Voice) -> str:
    """Print a value with its interval, where it has one.

    Parameters
    ----------
    row : Series
        ``value``, ``lower`` and ``upper``.
    scale, voice : Scale, Voice
        How numbers and words are printed.
    """
    label = scale.label(row["value"], row["lower"], row["upper"])
    if row["lower"] == row["upper"]:
        return label
    lower, upper = scale.span(row["lower"], row["upper"])
    return voice.say("span", label=label, lower=lower, upper=upper)


def last_told(rows: pd.DataFrame, scale: Scale, voice: Voice) -> str:
    """Say which regions have the highest and the lowest value in the last period.

    Parameters
    ----------
    rows : DataFrame
        Rows by time.
    scale, voice : Scale, Voice
        How numbers and words are printed.
    """
    last = rows[rows["period"] == rows["period"].iloc[-1]]
    period = voice.period(last["period"].iloc[0])
    return voice.say("when", finding=ends_told(last, scale, voice), period=period)
