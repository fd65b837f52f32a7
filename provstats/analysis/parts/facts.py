"""Facts: what the data hold about a saying, and whether they support it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from provstats.analysis.growth import growth
from provstats.analysis.parts.averages import find_average_prices, list_years_with_base
from provstats.compare import gap_to_national, rank, share_of_national, yoy
from provstats.engines.memory.intervals import TOUCH
from provstats.errors import ProvstatsError
from provstats.indicators import (
    IndicatorSeries,
    find_concept,
    look_up_indicator,
    make_linked_id,
    series,
    split_id,
)
from provstats.store.observations import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from provstats.analysis.parts.sayings import Saying
    from provstats.reading.figures import Figure

__all__ = ["Verdict", "judge_saying"]


class Verdict(NamedTuple):
    """How a saying fares: columns of the result."""

    verdict: str
    reason: str = ""
    indicator: str = ""
    data_lower: float = float("nan")
    data_upper: float = float("nan")
    #: The positions of the rows in the data of all vintages.
    rows: tuple[int, ...] = ()


class _Fact(NamedTuple):
    """An interval that the data hold or allow, and the rows that it rests on."""

    indicator: str
    value: float
    lower: float
    upper: float
    unit: str
    qualifier: str
    printed: str
    rows: tuple[int, ...]
    note: str = ""


_SUPPORTED, _CONTRADICTED, _UNKNOWN = "supported", "contradicted", "unknown"


def judge_saying(said: Saying) -> Verdict:
    """Compare a saying with the data."""
    if lacking := _describe_missing_part(said):
        return Verdict(_UNKNOWN, lacking)
    found = [*_find_facts(said, said.ids)]
    if not found:
        return _judge_without_facts(said)
    verdicts = [_judge_figure(said.figure, fact) for fact in found if said.figure]
    best = min(verdicts, key=lambda one: _ORDER.index(one.verdict))
    if best.verdict == _CONTRADICTED and (said.doubts or _has_other_meaning(said, found)):
        reason = said.doubts[0] if said.doubts else "the words may mean another indicator"
        return best._replace(verdict=_UNKNOWN, reason=reason)
    return best


_ORDER: Final = (_SUPPORTED, _UNKNOWN, _CONTRADICTED)


def _describe_missing_part(said: Saying) -> str:
    """Say what a sentence fails to name; an empty text if nothing is missing."""
    if said.figure is None:
        return "the figure is not understood"
    if not said.concepts:
        return "no indicator is named"
    if not said.region:
        return next((d for d in said.doubts if "regions" in d), "no region is named")
    return "" if said.period else "no period is named"


def _has_other_meaning(said: Saying, found: list[_Fact]) -> bool:
    """Tell whether a name has another meaning, of which the data hold nothing here."""
    return not set(said.ids) <= {fact.indicator for fact in found}


# --- what the data hold ---------------------------------------------------------------------------


class _Data(NamedTuple):
    """The rows of all vintages, the latest first."""

    by_fact: Mapping[tuple[str, str, str], list[Any]]
    by_region: Mapping[tuple[str, str], list[Any]]
    by_indicator: Mapping[tuple[str, str], list[int]]


@cache
def _index_rows() -> _Data:
    """Return the rows by region, indicator and period, or by two of these."""
    data = load(nature=None, vintage=None)
    found = _Data(defaultdict(list), defaultdict(list), defaultdict(list))
    for row in data.sort_values("vintage", ascending=False, kind="stable").itertuples():
        region, id_, period = str(row.region), str(row.indicator), str(row.period)
        found.by_fact[region, id_, period].append(row)
        found.by_region[region, period].append(row)
        found.by_indicator[id_, period].append(int(str(row.Index)))
    return found


def _find_facts(said: Saying, ids: Iterable[str]) -> Iterator[_Fact]:
    """Return the facts that are stated about a saying, and those that follow from others."""
    for id_ in ids:
        is_rank = split_id(id_)[1] == "rank"
        is_worked_out = said.reporting or (_is_linked_share(said, id_) and not _is_of_nation(id_))
        stated = [] if is_worked_out else [*_find_stated_facts(said, id_)]
        yield from stated
        if is_rank and said.among == "provinces":
            yield from _derive_ranks(said, id_)
        elif not stated and said.nature == "outcome":
            yield from _derive_facts(said, id_)


def _find_stated_facts(said: Saying, id_: str) -> Iterator[_Fact]:
    rows = [
        row for row in _index_rows().by_fact.get((said.region, id_, said.period), ())
        if row.nature == said.nature and row.among in ("", said.among)
    ]  # fmt: skip
    latest = {(row.among): row for row in reversed(rows)}
    for row in rows:
        is_old = latest[row.among] is not row
        yield _Fact(
            id_, row.value, row.lower, row.upper, row.unit, row.qualifier, row.printed,
            (row.Index,), f"revised by {latest[row.among].source}" if is_old else "",
        )  # fmt: skip


def _list_vintages(said: Saying, stem: str) -> list[str]:
    """Return the vintages in which a fact was stated: the latest, and those that were revised."""
    rows = _index_rows().by_fact.get((said.region, stem, said.period), ())
    return ["latest", *dict.fromkeys(str(row.source) for row in rows[1:])]


def _describe_vintage(vintage: str) -> str:
    return "" if vintage == "latest" else f"as of {vintage}"


def _derive_ranks(said: Saying, id_: str) -> Iterator[_Fact]:
    """Return the rank that the data allow, among all provinces or those that report."""
    stem = id_.removesuffix("_rank")
    universe = "reporting" if said.reporting else "all"
    for vintage in _list_vintages(said, stem):
        for row in _run_comparison("rank", stem, universe, vintage):
            is_it = (row.region, row.period, row.nature) == (said.region, said.period, said.nature)
            if is_it and (not said.reporting or row.n == said.reporting):
                yield _Fact(
                    id_, row.rank, row.rank_best, row.rank_worst, "rank", "exact", "",
                    _find_row_positions(stem, said.period), _describe_vintage(vintage),
                )  # fmt: skip


def _derive_facts(said: Saying, id_: str) -> Iterator[_Fact]:
    """Return a gap, a share, a growth or an average that follows from what is stated."""
    stem, suffix = split_id(id_)
    if suffix == "average_growth":
        yield from _derive_averages(said, stem)
    elif suffix in _WORKED_OUT and (suffix != "growth" or _has_prices_of_levels(id_, stem)):
        call, name, unit = _WORKED_OUT[suffix]
        for vintage in _list_vintages(said, stem):
            for row in _run_comparison(call, stem, "", vintage):
                is_it = (row.region, row.period) == (said.region, said.period)
                found = getattr(row, f"{name}_unit", unit)
                if is_it and found == unit and getattr(row, "method", "levels") in _OF_LEVELS:
                    value, low, high = (
                        getattr(row, f"{name}{end}") for end in ("", "_lower", "_upper")
                    )
                    rows = _find_row_positions(stem, said.period)
                    yield _Fact(
                        id_, value, low, high, unit, "exact", "", rows, _describe_vintage(vintage)
                    )  # fmt: skip


#: By how an id ends: which comparison works it out, in which columns and unit.
_WORKED_OUT: Final = {
    "gap": ("gap", "gap", "percentage_point"), "share": ("share", "share", "percent"),
    "change": ("yoy", "yoy", "percentage_point"), "growth": ("yoy", "yoy", "percent"),
}  # fmt: skip
_OF_LEVELS: Final = ("levels", "level_minus_new")


def _derive_averages(said: Saying, stem: str) -> Iterator[_Fact]:
    """Return the averages of some years; from 2020 to 2023 may be four years or three."""
    years = len(list_years_with_base(said.period)) - 1
    last = said.period.rpartition("/")[2]
    for span in (years, years - 1) if years > 1 else ():
        for base in (stem, make_linked_id(stem, "growth")):
            for row in _run_comparison("growth", base, str(span)):
                is_it = (row.region, row.period) == (said.region, last)
                if (
                    is_it
                    and row.method in ("levels", "chained")
                    and row.prices == find_average_prices(stem)
                ):
                    ends = row.growth, row.growth_lower, row.growth_upper
                    id_ = make_linked_id(stem, "average_growth")
                    yield _Fact(id_, *ends, "percent", "exact", "", _find_row_positions(base, last))


def _is_linked_share(said: Saying, id_: str) -> bool:
    """Tell whether the words, not the indicator's name, say that it is a share of the nation."""
    return split_id(id_)[1] == "share" and id_ not in said.concepts


def _is_of_nation(id_: str) -> bool:
    known = look_up_indicator(id_)
    return known is not None and known.of_nation


def _has_prices_of_levels(id_: str, stem: str) -> bool:
    """Tell whether growth is measured at the prices of the levels."""
    growing, level = look_up_indicator(id_), look_up_indicator(stem)
    return growing is not None and level is not None and growing.prices == level.prices


@lru_cache(maxsize=512)
def _run_comparison(
    call: str, id_: str, option: str = "", vintage: str = "latest"
) -> tuple[Any, ...]:
    """Return the rows of a comparison of the shipped data; none where it is refused."""
    try:
        x = id_ if vintage == "latest" and call != "growth" else series(id_, vintage=vintage)
        return tuple(_CALLS[call](x, option).itertuples())
    except ProvstatsError:
        return ()


_CALLS: Final[dict[str, Callable[[str | IndicatorSeries, str], pd.DataFrame]]] = {
    "rank": lambda x, option: rank(x, universe="all" if option == "all" else "reporting"),
    "gap": lambda x, _: gap_to_national(x),
    "share": lambda x, _: share_of_national(x),
    "yoy": lambda x, _: yoy(x),
    "growth": lambda x, option: growth(x, years=int(option)),
}


def _find_row_positions(id_: str, period: str) -> tuple[int, ...]:
    """Return the positions of the rows of an indicator and period."""
    return tuple(sorted(_index_rows().by_indicator.get((id_, period), ())))


# --- whether they support it ----------------------------------------------------------------------


def _judge_figure(figure: Figure, fact: _Fact) -> Verdict:
    verdict, reason = _compare_intervals(figure, fact)
    reason = reason or fact.note
    return Verdict(verdict, reason, fact.indicator, fact.lower, fact.upper, fact.rows)


def _compare_intervals(figure: Figure, fact: _Fact) -> tuple[str, str]:
    """Compare two intervals; those that only touch support nothing."""
    if figure.unit != fact.unit:
        return _UNKNOWN, f"the data have it in {fact.unit}"
    near = TOUCH * max(1.0, abs(fact.upper), abs(figure.upper))
    common = min(figure.upper, fact.upper) - max(figure.lower, fact.lower)
    is_point = min(fact.upper - fact.lower, figure.upper - figure.lower) <= near
    is_same = figure.value == fact.value
    if (
        common < -near
        or (common <= near and not is_point)
        or _has_wrong_qualifier(figure, fact, near)
    ):
        told = f"the data say {_format_fact(fact)}" if fact.printed else "it follows otherwise"
        return _CONTRADICTED, told
    is_within = figure.lower <= fact.lower + near and fact.upper <= figure.upper + near
    if is_within or (is_same and figure.qualifier == fact.qualifier):
        return _SUPPORTED, ""
    is_finer = fact.lower <= figure.lower + near and figure.upper <= fact.upper + near
    return _UNKNOWN, "the data are less precise" if is_finer else "the data leave it open"


def _format_fact(fact: Any) -> str:  # noqa: ANN401 - a fact, or a row of observations
    """Return the printed text; for a number alone, from a table, the value with its unit."""
    if not re.fullmatch("[-−0-9.,]+", fact.printed):
        return str(fact.printed)
    return f"{fact.value:,.15g}" + ("" if fact.unit == "count" else f" {fact.unit}")


def _has_wrong_qualifier(figure: Figure, fact: _Fact, near: float) -> bool:
    """Tell whether words say over, nearly or under a value that is exactly the stated one."""
    is_exact = fact.upper - fact.lower <= near and abs(figure.value - fact.value) <= near
    return is_exact and figure.qualifier in ("over", "nearly", "under")


def _judge_without_facts(said: Saying) -> Verdict:
    """Say that the data have no such value, or that they have its numeral in another unit."""
    has_unit = re.search("[0-9]$", said.text) is None
    numeral = _find_numeral(said.text) if has_unit else ""
    concepts = {find_concept(id_) for id_ in said.concepts}
    for row in _index_rows().by_region.get((said.region, said.period), ()):
        is_other = said.figure is not None and row.unit != said.figure.unit
        is_it = is_other and not said.ids and find_concept(row.indicator) in concepts
        if is_it and numeral and _find_numeral(row.printed) == numeral:
            if said.doubts:
                return Verdict(_UNKNOWN, said.doubts[0])
            told = f"the data say {_format_fact(row)}"
            return Verdict(
                _CONTRADICTED, told, row.indicator, row.lower, row.upper, (row.Index,)
            )  # fmt: skip
    what = " or ".join(said.ids or said.concepts)
    return Verdict(
        _UNKNOWN, said.doubts[0] if said.doubts and not said.ids
        else f"the data hold no {what} of {said.region} in {said.period}",
    )  # fmt: skip


def _find_numeral(text: str) -> str:
    found = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)
    return found[0].replace(",", "") if found else ""
