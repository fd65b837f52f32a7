"""Descriptions: a few sentences on a result, with no claim that the intervals do not allow."""

from __future__ import annotations

from math import ceil, log10
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.analysis.parts.inputs import convert_to_pandas
from provstats.compare import rank
from provstats.engines.memory.inputs import prepare_rows_by_position, resolve_rows_and_context
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.panel import Panel
from provstats.errors import IncomparableError, format_first_rows
from provstats.indicators import CLAIMS, find_prices, look_up_indicator, make_linked_id, split_id
from provstats.reading.periods import Period, parse_period
from provstats.store.regions import NATION
from provstats.words.languages import choose_language
from provstats.words.numbers import choose_scale, count_needed_decimals, format_number
from provstats.words.phrases import LANGS, QUALIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provstats.analysis.parts.inputs import Asked
    from provstats.words.languages import Language

__all__ = ["describe"]

_MOST: Final = 5
#: How a qualifier is said behind the verb of a growth, in Chinese and in English.
_QUALIFIED: Final = {"exact": ("{}", "{}"), **QUALIFIED}
#: In Chinese the product of a province has one name, that of the nation another.
_PRODUCT: Final = ("地区生产总值", "国内生产总值")
_STATED: Final = ("qualifier", "base", "gap", "share", "yoy", "growth", "prices")
#: What is said of growth, by how an id ends: the verbs of a rise and of a fall.
_VERBS: Final = {
    "growth": ("d_rose", "d_fell"), "average_growth": ("d_average_rose", "d_average_fell"),
    "total_growth": ("d_total_rose", "d_total_fell"),
}  # fmt: skip
# These are no measures of a province, but of what its reports claim.
_UNTOLD: Final = (*CLAIMS, "streak", "record", "wins")


def describe(x: Asked | Panel, *, lang: str | None = None) -> str:
    """Say in a few sentences what a result shows, and nothing that the intervals leave open.

    It speaks of one indicator, the first of the result, and of the latest of the periods with most
    provinces: who is first and who is last, with their values, and the nation; where the result
    has them also the gap to the nation or the share of it, the change over the year or the average
    over several. A
    rank is named where the intervals leave no doubt of it, and a number with the digits that hold
    all that they allow. Growth of value added is real: no change of levels at current prices is
    said to be one. Of the shipped data `check_text` supports each sentence.

    Parameters
    ----------
    x : str, IndicatorSeries, DataFrame or Panel
        Observations, or what a comparison returns; of pandas, polars or Arrow.
    lang : {"zh", "en"}, optional
        The language; by default as `set_language` says.

    Returns
    -------
    str
        Up to five sentences: at least two, where two rows can be spoken of.

    Raises
    ------
    IncomparableError
        If there is no value to speak of, or it is of ranks or gaps that reports claim:
        `check_claims` speaks of those.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the language is not known, or the frame does not hold.

    Examples
    --------
    >>> import provstats as ps
    >>> intensity = ps.series("rd_intensity", period=2023, vintage="nbs-rd-bulletin-2023")
    >>> for sentence in describe(intensity, lang="en").split(". ")[:2]:
    ...     print(sentence)
    In 2023, ratio of R&D expenditure to GDP in Beijing was 6.73%, rank 1 of 31 provinces with data
    In 2023, ratio of R&D expenditure to GDP in Xizang was 0.30%, rank 31 of 31 provinces with data
    >>> set(ps.check_text(describe(intensity, lang="zh"))["verdict"])
    {'supported'}
    """
    language = choose_language(lang)
    frame = x.given if isinstance(x, Panel) else x
    given = resolve_rows_and_context(convert_to_pandas(frame))[0]
    rows = _choose_group(given)
    said = [sentence for sentence in _say_findings(rows, language) if sentence]
    if not said:
        msg = f"there is no value to speak of:{format_first_rows(rows)}"
        raise IncomparableError(msg)
    return ("" if language.lang == "zh" else " ").join(dict.fromkeys(said[:_MOST]))


def _choose_group(given: pd.DataFrame) -> pd.DataFrame:
    """Return the rows to describe: the first indicator, in the latest period with most of them."""
    rows = prepare_rows_by_position(given)
    names = [str(column) for column in given if column not in rows]
    told = {name: given[name].to_numpy() for name in names if name.startswith(_STATED)}
    rows = rows.assign(**told)
    valued = rows[rows["value"].notna()]
    own = valued[[not set(_list_suffixes(id_)) & set(_UNTOLD) for id_ in valued["indicator"]]]
    if own.empty:
        msg = (
            f"there is no value to speak of that is no claim of a report:{format_first_rows(rows)}"
        )
        raise IncomparableError(msg)
    own = own[own["indicator"] == own["indicator"].iloc[0]]
    nature = min(own["nature"], key=["outcome", "forecast", "target"].index)
    own = own[own["nature"] == nature]
    counts = own.groupby("period").size()
    latest = max(counts.index, key=lambda label: (counts[label], parse_period(str(label)).end))
    group: pd.DataFrame = own[own["period"] == latest]
    return group


def _list_suffixes(id_: str) -> Iterator[str]:
    """Return all suffixes of an id; the change of a rank has two."""
    stem, suffix = split_id(id_)
    while suffix:
        yield suffix
        stem, suffix = split_id(stem)


def _say_findings(rows: pd.DataFrame, language: Language) -> Iterator[str]:
    """Return what can be said, the most important first."""
    ranked = _sort_by_rank(rows)
    if len(ranked):
        first, last = ranked.iloc[0], ranked.iloc[-1]
        yield _say_value(first, language, len(ranked))
        yield from _say_comparisons(first, language)
        if len(ranked) > 1:
            yield _say_value(last, language, len(ranked))
    nation = rows[rows["region"] == NATION]
    others = rows[~rows["region"].isin([NATION, *ranked["region"]])]
    for _, row in pd.concat([nation, others]).iterrows():
        yield _say_value(row, language, 0)
        yield from _say_comparisons(row, language)
    if len(ranked) > 1:
        yield _say_value(ranked.iloc[1], language, len(ranked))


def _sort_by_rank(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the provinces by rank; no rows if the result has none."""
    try:
        ranked = rank(rows, min_n=1)
    except IncomparableError:
        return rows.head(0)
    in_order: pd.DataFrame = ranked.sort_values("rank", kind="stable")
    return in_order


# --- sentences ------------------------------------------------------------------------------------


def _say_value(row: Any, language: Language, n: int) -> str:  # noqa: ANN401 - a row of pandas
    """Say what a value is, and its rank where there is no doubt of it."""
    told = row.get("qualifier")
    qualifier = "exact" if told is None or pd.isna(told) or not told else told
    if qualifier not in _QUALIFIED or row["nature"] != "outcome":
        return ""
    stem, suffix = split_id(row["indicator"])
    verbs = _VERBS.get(suffix, ()) if look_up_indicator(stem) else ()
    sign = -1 if verbs and row["value"] < 0 else 1
    ends = sorted((sign * row["lower"], sign * row["upper"]))
    label = choose_scale(pd.DataFrame([row]), language).format_value(sign * row["value"], *ends)
    place = _say_rank(row, language, n)
    if verbs:
        value = _QUALIFIED[qualifier][LANGS.index(language.lang)].format(label)
        told = _build_phrase_arguments(row, language, stem)
        return language.say(verbs[sign < 0], value=value, place=place, **told)
    value = language.say(f"is_{qualifier}", value=label)
    told = _build_phrase_arguments(row, language, row["indicator"])
    return language.say("d_is", value=value, place=place, **told)


def _say_rank(row: Any, language: Language, n: int) -> str:  # noqa: ANN401 - as above
    if n < 2 or not row["rank"] == row["rank_best"] == row["rank_worst"]:  # noqa: PLR2004
        return ""
    return language.say("d_place", n=n, rank=row["rank"])


def _build_phrase_arguments(
    row: Any,  # noqa: ANN401 - as above
    language: Language,
    id_: str,
    when: str = "",
) -> dict[str, str]:
    """Return the names in a sentence on an indicator."""
    known = look_up_indicator(id_)
    name = str(getattr(known, f"name_{language.lang}")) if known else id_
    if row["region"] == NATION:
        name = name.replace(*_PRODUCT)
    return {
        "name": language.name_region(row["region"]),
        "when": language.name_period(when or row["period"]),
        "m": name[0].lower() + name[1:] if name[1:2].islower() else name,
    }


def _say_comparisons(row: Any, language: Language) -> Iterator[str]:  # noqa: ANN401 - as above
    """Say of a row what a comparison found: its gap, its change, its average."""
    if _has_interval(row, "gap") and row.get("gap_unit") == "percentage_point":
        yield _say_difference(row, "gap", "percentage_point", ("d_above", "d_below"), language)
    if _has_interval(row, "share"):
        yield _say_difference(row, "share", "percent", ("d_share", "d_share"), language)
    is_percent = row.get("yoy_unit") == "percent" and row["unit"] != "percent"
    if _has_interval(row, "yoy") and is_percent and _is_at_usual_prices(row, "growth"):
        yield _say_difference(row, "yoy", "percent", ("d_rose", "d_fell"), language)
    if (
        _has_interval(row, "growth")
        and _is_at_usual_prices(row, "average_growth")
        and (when := _infer_years(row))
    ):
        yield _say_difference(
            row, "growth", "percent", ("d_average_rose", "d_average_fell"), language, when
        )


def _has_interval(row: Any, name: str) -> bool:  # noqa: ANN401 - as above
    ends = (name, f"{name}_lower", f"{name}_upper")
    return all(end in row and pd.notna(row[end]) for end in ends)


def _is_at_usual_prices(row: Any, suffix: str) -> bool:  # noqa: ANN401 - as above
    """Tell whether a change is at the prices that the word growth means: of value added, real."""
    own, usual = (
        find_prices(id_) for id_ in (row["indicator"], make_linked_id(row["indicator"], suffix))
    )
    told = own if {"yoy", "growth"} <= {*row.index} else row.get("prices", own)
    return bool(told == usual)  # with two changes, it is unclear whose prices they are


def _infer_years(row: Any) -> str:  # noqa: ANN401 - as above
    """Return the label of the years of an average, by the base and the growth; empty if unclear."""
    span, base = parse_period(row["period"]), row.get("base")
    if span.months != 12 or span.start.month != 1 or not base or not base > 0 or row["value"] <= 0:  # noqa: PLR2004
        return ""
    step = log10(1 + row["growth"] / 100)
    years = log10(row["value"] / base) / step if abs(step) > TOUCH else 0
    whole = round(years)
    if whole < 2 or abs(years - whole) > TOUCH * 1000:  # noqa: PLR2004
        return ""
    return str(Period.of_months((span.end.year - whole + 1, 1), (span.end.year, 12)))


def _say_difference(  # noqa: PLR0913, PLR0917 - each is of its own
    row: Any,  # noqa: ANN401 - as above
    name: str,
    unit: str,
    keys: tuple[str, str],
    language: Language,
    when: str = "",
) -> str:
    """Say a difference or a growth, whose sign is certain, with digits that hold its interval."""
    lower, upper = row[f"{name}_lower"], row[f"{name}_upper"]
    if lower <= TOUCH and upper >= -TOUCH:
        return ""
    value, low, high = abs(row[name]), *sorted((abs(lower), abs(upper)))
    digits = _choose_decimals(value, low, high)
    if digits is None:
        return ""
    word = {"percent": ("%", "%"), "percentage_point": ("个百分点", " percentage points")}[unit]
    label = format_number(value, digits) + word[LANGS.index(language.lang)]
    key = keys[0] if lower > 0 else keys[1]
    return language.say(
        key, value=label, place="", **_build_phrase_arguments(row, language, row["indicator"], when)
    )


def _choose_decimals(value: float, low: float, high: float) -> int | None:
    """Return the decimals with which a rounded number holds all of its interval; None if none do.

    Examples
    --------
    >>> _choose_decimals(4.08, 4.07, 4.09), _choose_decimals(7.6, 3.1, 12.0) is None
    (1, True)
    """
    needed = count_needed_decimals(value) if high - low <= TOUCH else ceil(-log10(high - low))
    finest = min(2, max(0, needed))
    for digits in range(finest, -1, -1):
        shown, half = round(value, digits), 0.5 * 10.0**-digits
        if shown > 0 and shown - half <= low and high <= shown + half:
            return digits
    return None
