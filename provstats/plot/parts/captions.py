"""Captions: the words above and below a chart, which say no more than the data do."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from provstats.store.regions import list_mainland_codes
from provstats.store.sources import load_publication_dates, sources
from provstats.words.languages import read_catalogue_field
from provstats.words.measures import capitalize_first_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from provstats.words.numbers import Scale
    from provstats.words.voices import Voice

__all__ = [
    "Caption", "Wishes", "build_caption", "build_indicator_caption", "cite_documents",
    "collect_sentences", "format_rank", "format_value_with_interval", "name_indicator",
    "say_first_and_last_value", "say_highest_and_lowest", "say_last_highest_and_lowest",
    "say_national_revision", "say_national_value", "say_period", "say_province_count",
    "say_regions", "say_sparse_periods",
]  # fmt: skip


# More regions are counted instead of named.
_MOST_NAMED: Final = 6


class Wishes(NamedTuple):
    """The words that a caller wants; None for the default ones, empty for none."""

    title: str | None
    subtitle: str | None
    source: str | None


class Caption(NamedTuple):
    """The words above and below a chart; in the footer the sources stand on lines of their own."""

    title: str
    subtitle: str
    footer: str


def build_indicator_caption(  # noqa: PLR0913 - the parts of a caption
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
    """Return the words of a chart of one indicator.

    The title is the finding, or the measure where nothing is certain; the subtitle says what is
    measured in which unit, of what nature, and then the rest.
    """
    name = voice.join_drawable(subject.format(name=name_indicator(rows, voice)))
    title = voice.choose_text(wishes.title, finding or name)
    parts = ("" if title == name else name, scale.word)
    measured = voice.say("unit_of").join(filter(None, parts))
    natures = rows["nature"].unique()
    nature = voice.say(*natures) if len(natures) == 1 else ""
    about = [measured, nature, *about]
    return build_caption(voice, wishes, title, about=about, notes=notes, documents=documents)


def build_caption(  # noqa: PLR0913 - the parts of a caption
    voice: Voice,
    wishes: Wishes,
    title: str,
    *,
    about: Iterable[str] = (),
    notes: Iterable[str] = (),
    documents: Iterable[str] = (),
) -> Caption:
    """Return the words of a chart of any number of indicators; the subtitle is only `about`."""
    subtitle = voice.choose_text(
        wishes.subtitle, capitalize_first_letter(voice.join_drawable(*about))
    )
    named = voice.choose_text(wishes.source, cite_documents(documents, voice))
    said = voice.say("notes").join(filter(None, notes))
    footer = "\n".join(filter(None, (said, named and voice.say("source") + named)))
    return Caption(voice.choose_text(wishes.title, title), subtitle, footer)


def name_indicator(rows: pd.DataFrame, voice: Voice) -> str:
    """Return the name of the indicator, or the id that a caller gave to one of their own."""
    return read_catalogue_field(rows, f"name_{voice.lang}") or str(rows["indicator"].iloc[0])


def say_period(rows: pd.DataFrame, choices: int, voice: Voice) -> str:
    """Name the period, and say of how many it was chosen."""
    period = voice.name_period(rows["period"].iloc[0])
    return period if choices == 1 else voice.say("chosen", period=period, n=choices)


def say_province_count(rows: pd.DataFrame, voice: Voice) -> str:
    """Say how many of the provinces are shown."""
    shown = set(rows["region"])
    everyone = list_mainland_codes() | shown
    return voice.say("n_all" if shown == everyone else "n", n=len(shown), all=len(everyone))


def cite_documents(ids: Iterable[str], voice: Voice) -> str:
    """Name the documents by title; those that differ only in their year, together.

    Examples
    --------
    >>> from provstats.words.voices import Voice
    >>> bulletins = [f"nbs-rd-bulletin-{year}" for year in (2021, 2022, 2023)]
    >>> print(cite_documents([*bulletins, "my own"], Voice("en", ())))
    Communiqué on National Expenditures on Science and Technology in 2021–2023; my own
    """
    titles = _load_document_titles(voice.lang)
    known = [id_ for id_ in dict.fromkeys(ids) if isinstance(id_, str) and id_]
    years: dict[tuple[str, str], list[int]] = {}
    for title in (titles.get(id_, id_) for id_ in known):
        before, *rest = re.split("([0-9]{4})", title, maxsplit=1)
        year, after = rest or ("", "")
        years.setdefault((before, after), []).extend([int(year)] if year else [])
    named = [
        f"{before}{_format_years(own, voice)}{after}" for (before, after), own in years.items()
    ]
    return voice.say("or").join(filter(voice.can_draw, named))


@cache
def _load_document_titles(lang: str) -> dict[str, str]:
    table = sources()
    return dict(zip(table["id"], table["title_en" if lang == "en" else "title"], strict=True))


def _format_years(years: list[int], voice: Voice) -> str:
    if len(years) > 1 and max(years) - min(years) == len(set(years)) - 1:
        return voice.say("span_of_years", a=min(years), b=max(years))
    return voice.say_list(map(str, sorted(years))) if years else ""


def say_national_revision(documents: Iterable[str], national: str, voice: Voice) -> str:
    """Say that the national value is of a later vintage than those of the provinces."""
    days = load_publication_dates()
    own = [days[id_] for id_ in documents if id_ in days]
    later = [days[id_] for id_ in national.split() if id_ in days]
    return voice.say("revised") if own and later and min(later) > max(own) else ""


def say_regions(key: str, codes: Sequence[str], voice: Voice, **rest: str) -> str:
    """Say something of regions: a few are named, more are counted; of none say nothing."""
    if not codes:
        return ""
    if len(codes) > _MOST_NAMED:
        return voice.say(f"{key}_all", n=len(codes), **rest)
    return voice.say(key, names=voice.say_list([voice.name_region(code) for code in codes]), **rest)


def say_sparse_periods(held: Mapping[str, int], voice: Voice) -> str:
    """Say that periods are not shown, and of how many provinces each has data; of none nothing."""
    if not held:
        return ""
    total = len(list_mainland_codes())
    if len(held) > _MOST_NAMED:
        return voice.say("sparse_all", many=len(held), n=max(held.values()), all=total)
    periods, counts = (
        voice.say_list(map(voice.name_period, held)),
        voice.say_list(map(str, held.values())),
    )
    key = "sparse" if len(held) > 1 else "sparse_one"
    return voice.say(key, periods=periods, n=counts, all=total)


def say_national_value(nation: pd.Series, scale: Scale, voice: Voice) -> str:
    """Say the nation's value, its range where it has one, and how it is known."""
    ends = nation[["national", "national_lower", "national_upper"]].astype(float)
    basis = str(nation["national_basis"])
    known = [voice.say(basis)] if basis != "reported" else []
    if ends.iloc[1] < ends.iloc[2] and basis != "reported":
        known.append(voice.say("dash").join(_format_interval(scale, *ends)))
    about = voice.say("brackets", text=voice.say("comma").join(known)) if known else ""
    return f"{voice.say('nation')} {scale.format_value(*ends)}{about}"


def format_rank(row: pd.Series) -> str:
    """Print a rank, as a range where the intervals leave one."""
    best, worst = row["rank_best"], row["rank_worst"]
    return f"{best}" if best == worst else f"{best}–{worst}"


# --- for those who cannot see -------------------------------------------------------------------


def say_highest_and_lowest(rows: pd.DataFrame, scale: Scale, voice: Voice) -> str:
    """Say which regions have the highest and the lowest value, with the intervals."""
    most, least = (
        f"{voice.name_region(row['region'])} {format_value_with_interval(row, scale, voice)}"
        for _, row in rows.loc[[rows["value"].idxmax(), rows["value"].idxmin()]].iterrows()
    )
    return voice.say("ends" if len(rows) > 1 else "alone", most=most, least=least)


def format_value_with_interval(row: pd.Series, scale: Scale, voice: Voice) -> str:
    """Print a value with its interval, where it has one."""
    label = scale.format_value(row["value"], row["lower"], row["upper"])
    if row["lower"] == row["upper"]:
        return label
    lower, upper = _format_interval(scale, row["value"], row["lower"], row["upper"])
    return voice.say("span", label=label, lower=lower, upper=upper)


def _format_interval(scale: Scale, value: float, lower: float, upper: float) -> tuple[str, str]:
    """Print an interval as it stands beside the label of its value."""
    return scale.format_matching_bounds(
        value, scale.choose_decimals(value, lower, upper), lower, upper
    )


def collect_sentences(words: Caption, told: Iterable[str]) -> list[str]:
    """Return the sentences of a chart in words: its own around what it shows."""
    return [words.title, words.subtitle, *told, *words.footer.split("\n")]


def say_last_highest_and_lowest(rows: pd.DataFrame, scale: Scale, voice: Voice) -> str:
    """Say which regions have the highest and the lowest value in the last period."""
    last = rows[rows["period"] == rows["period"].iloc[-1]]
    period = voice.name_period(last["period"].iloc[0])
    return voice.say("when", finding=say_highest_and_lowest(last, scale, voice), period=period)


def say_first_and_last_value(rows: pd.DataFrame, code: str, scale: Scale, voice: Voice) -> str:
    """Say the first and the last value of a region of rows by time."""
    own = rows[rows["region"] == code]
    (old, first), (new, last) = (
        (
            scale.format_value(row["value"], row["lower"], row["upper"]),
            voice.name_period(row["period"]),
        )
        for _, row in own.iloc[[0, -1]].iterrows()
    )
    return voice.say(
        "from_to", name=voice.name_region(code), old=old, new=new, first=first, last=last
    )
