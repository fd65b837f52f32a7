"""Titles: what a chart shows, in a sentence that names the measure and that the intervals prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provstats.plot.parts.findings import find_certain_signs, find_rank_cuts
from provstats.store.regions import list_mainland_codes
from provstats.words.measures import find_measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from provstats.plot.parts.series_breaks import SeriesBreaks
    from provstats.words.languages import Language
    from provstats.words.measures import Measure
    from provstats.words.numbers import Scale

__all__ = [
    "add_period_to_title", "find_measure_of_rows", "say_counts_above_and_below",
    "say_counts_up_and_down", "say_highlighted_rise_or_fall", "say_rise_or_fall",
    "say_who_is_first", "say_who_stays_first",
]  # fmt: skip

# More are no group to be named in a title.
_MOST_NAMED: Final = 3
# So few of all are worth an "only".
_FEW: Final = 10


def find_measure_of_rows(rows: pd.DataFrame, language: Language) -> Measure:
    """Return the measure of rows of one indicator."""
    return find_measure(str(rows["indicator"].iloc[0]), str(rows["unit"].iloc[0]), language)


def add_period_to_title(title: str, when: str, language: Language) -> str:
    """Add the period to a title; an empty title stays empty."""
    return language.say("t_dated", title=title, when=when) if title else ""


def say_who_is_first(ranked: pd.DataFrame, language: Language) -> str:
    """Say which one, two or three are certainly first of outcomes by rank; else nothing."""
    if len(ranked) == 1 or (ranked["nature"] != "outcome").any():
        return ""
    is_rising, cuts = find_rank_cuts(ranked)
    group = min(cuts, default=len(ranked))
    if group > _MOST_NAMED or group == len(ranked):
        return ""
    if not (measure := find_measure_of_rows(ranked, language)).name:
        return ""
    names = language.say_list(
        [language.name_region(code) for code in ranked["region"].iloc[:group]]
    )
    title = language.say(
        _choose_superlative(measure, ranked.iloc[0], is_rising=is_rising), names=names,
        have=language.say("has" if group == 1 else "have"), **_collect_measure_names(measure),
    )  # fmt: skip
    return _add_province_count(title, ranked["region"].to_list(), language)


def _choose_superlative(measure: Measure, first: pd.Series, *, is_rising: bool) -> str:
    if is_rising:
        return "t_least_value"
    # What shrank least did not grow fastest, and what lost least added nothing.
    kind = measure.kind if measure.kind == "count" or first["lower"] > 0 else "value"
    return f"t_most_{kind}"


def _collect_measure_names(measure: Measure) -> dict[str, str]:
    return {"m": measure.name, "M": measure.head, "b": measure.base, "B": measure.base_head}


def _add_province_count(title: str, codes: Sequence[str], language: Language) -> str:
    """Add the number of provinces to a title, unless it is of all."""
    if not title or list_mainland_codes().issubset(codes):
        return title
    return language.say("t_of_n", title=title, n=len(set(codes)))


def say_who_stays_first(ranked: pd.DataFrame, when: str, language: Language) -> str:
    """Say who is first in every period, by period and then by rank, else who is in the last one.

    The one is dated as all periods are, the other as the last period: never twice.
    """
    periods = [rows for _, rows in ranked.groupby("period", sort=False)]
    first = {rows["region"].iloc[0] if 1 in find_rank_cuts(rows)[1] else "" for rows in periods}
    measure = find_measure_of_rows(ranked, language)
    is_outcome = (ranked["nature"] == "outcome").all()
    if len(first) == 1 and all(first) and is_outcome and measure.name:
        form = "t_lowest_throughout" if find_rank_cuts(periods[-1])[0] else "t_throughout"
        title = language.say(form, name=language.name_region(*first), m=measure.name)
        return add_period_to_title(
            _add_province_count(title, ranked["region"].to_list(), language), when, language
        )
    last = periods[-1]
    title = say_who_is_first(last, language)
    return add_period_to_title(title, language.name_period(last["period"].iloc[0]), language)


def say_rise_or_fall(old: pd.Series, new: pd.Series, scale: Scale, language: Language) -> str:
    """Say from where to where outcomes of one region certainly went."""
    way = int(new["lower"] > old["upper"]) - int(new["upper"] < old["lower"])
    if not way or {old["nature"], new["nature"]} != {"outcome"}:
        return ""
    measure = find_measure(str(new["indicator"]), str(new["unit"]), language)
    if not measure.name:
        return ""
    ends = (scale.format_value(row["value"], row["lower"], row["upper"]) for row in (old, new))
    return language.say(
        "t_rose" if way > 0 else "t_fell", name=language.name_region(new["region"]), m=measure.name,
        **dict(zip(("old", "new"), ends, strict=True)),
    )  # fmt: skip


def say_highlighted_rise_or_fall(
    rows: pd.DataFrame,
    wanted: Sequence[str],
    scale: Scale,
    language: Language,
    anew: SeriesBreaks,
) -> str:
    """Say how the one region wanted moved from the first period to the last, if that is sure."""
    if len(wanted) != 1:
        return ""
    own = rows[rows["region"] == wanted[0]]
    old, new = own.iloc[0], own.iloc[-1]
    ends = old["period"], new["period"]
    is_whole = ends == (rows["period"].iloc[0], rows["period"].iloc[-1])
    if not is_whole or anew.has_break_between(wanted[0], *ends):
        return ""
    return say_rise_or_fall(old, new, scale, language)


# --- how many -------------------------------------------------------------------------------------


def say_counts_above_and_below(gaps: pd.DataFrame, language: Language) -> str:
    """Say how many of outcomes are certainly above and below the nation."""
    return _say_certain_counts("gap", gaps, language)


def say_counts_up_and_down(changes: pd.DataFrame, language: Language) -> str:
    """Say how many certainly went up and down, and who did most."""
    title = _say_certain_counts("change", changes, language)
    certain = find_certain_signs(changes["lower"], changes["upper"])
    most = _say_who_rose_most(changes, language) if title and (certain > 0).sum() > 1 else ""
    return title + most


def _say_who_rose_most(changes: pd.DataFrame, language: Language) -> str:
    ordered = changes.sort_values("value", ascending=False, kind="stable")
    group = min(find_rank_cuts(ordered)[1], default=len(ordered))
    if group > _MOST_NAMED - 1 or group == len(ordered):
        return ""
    names = language.say_list(
        [language.name_region(code) for code in ordered["region"].iloc[:group]]
    )
    is_ratio = changes["unit"].iloc[0] == "percent"
    return language.say("t_fastest_up" if is_ratio else "t_most_up", names=names)


def _say_certain_counts(kind: str, rows: pd.DataFrame, language: Language) -> str:
    certain = find_certain_signs(rows["lower"], rows["upper"])
    ups, downs = int((certain > 0).sum()), int((certain < 0).sum())
    if ups == downs == 0 or (rows["nature"] != "outcome").any():
        return ""
    words = _collect_title_words(rows, language)
    if not words["m"]:
        return ""
    way, count = ("up", ups) if ups else ("down", downs)
    if len(rows) == 1:
        return language.say(f"t_{kind}_one_{way}", **words)
    if count == len(rows):
        return language.say(f"t_{kind}_all_{way}", **words)
    few = "few_" if kind == "gap" and way == "up" and _is_few(count, rows) else ""
    be = language.say("was" if count == 1 else "were")
    title = language.say(f"t_{kind}_{few}{way}", k=count, were=be, **words)
    return title + (language.say(f"t_{kind}_also_down", j=downs) if ups and downs else "")


def _is_few(count: int, rows: pd.DataFrame) -> bool:
    return count < _FEW and list_mainland_codes().issubset(rows["region"])


def _collect_title_words(rows: pd.DataFrame, language: Language) -> dict[str, Any]:
    codes = rows["region"].to_list()
    is_all = list_mainland_codes().issubset(codes)
    extent = language.say("t_all_of" if is_all else "t_with_data", n=len(codes))
    return {
        **_collect_measure_names(find_measure_of_rows(rows, language)),
        "of": extent,
        "name": language.name_region(codes[0]),
    }
