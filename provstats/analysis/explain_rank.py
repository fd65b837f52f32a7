"""Why a rank moved: own change, that of others, revisions, and who reports; they add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from provstats.analysis.parts.breaks import is_across_break
from provstats.analysis.parts.inputs import convert_to_pandas
from provstats.analysis.parts.vintages import find_first_and_last
from provstats.compare import rank
from provstats.engines.memory.panel import Panel
from provstats.engines.memory.rank import find_ascending_lines
from provstats.errors import (
    IncomparableError,
    PeriodError,
    SchemaError,
    require_one_of,
    suggest_nearest,
)
from provstats.reading.periods import parse_period
from provstats.store.regions import region as find_region
from provstats.words.languages import Language
from provstats.words.phrases import LANGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.analysis.parts.inputs import Asked
    from provstats.engines.memory.breaks import Breaks

    Values = Mapping[str, float]

__all__ = ["explain_rank"]

_RANKS: Final = ["rank", "rank_best", "rank_worst"]


def explain_rank(  # noqa: PLR0913 - each is of its own
    region: str | int,
    indicator: Asked,
    before: object,
    after: object,
    *,
    breaks: Breaks | None = None,
    across_breaks: bool = False,
) -> pd.DataFrame:
    """Split the move of a province's rank from one period to another into parts that add up.

    The rank before is the one by the figures that were first published of that period, the rank
    after the one by the latest figures. On the way from one to the other the parts come in turn:
    the figures before are revised; those who report in only one of the periods leave, and come;
    of the others first the province's own value changes while theirs stand still, then theirs.

    Parameters
    ----------
    region : str or int
        The province, by any name or code.
    indicator : str, IndicatorSeries or DataFrame
        An indicator, or a tidy frame of one, of pandas, polars or Arrow. Where several documents
        state a fact in it (``source`` and ``vintage``, as for `revisions`), these are vintages.
    before, after : str, int or Period
        The periods, of one length, as labels or as printed.
    breaks, across_breaks
        As for `yoy`: by default periods on two sides of a break, of any province that is ranked in
        both, are refused.

    Returns
    -------
    DataFrame
        Four rows: ``part`` (``own``, ``others``, ``revision``, ``reports``); ``places`` (by how
        many the part moved the rank; negative is towards the first place; int64), whose sum is
        ``rank_after`` less ``rank_before``; ``came_ahead`` and ``fell_behind`` (tuples of the
        codes of those whom the part brought ahead of the province, or behind it; ``places`` is the
        number of the ones less that of the others); ``rank_before``, ``rank_after`` and of each
        ``_best`` and ``_worst`` (what the intervals allow, as in `rank`; int64), ``n_before`` and
        ``n_after`` (who are ranked), alike in all rows; and a sentence in each language, ``zh``
        and ``en``.

    Raises
    ------
    IncomparableError
        If the province is not ranked in both periods, they differ in length, nature or unit, or a
        break lies between them.
    PeriodError
        If there is no such period, or ``after`` does not end after ``before``.
    SchemaError
        If a frame has several indicators, or does not hold.
    UnknownIndicatorError, UnknownRegionError
        As for `rank`.

    Examples
    --------
    >>> found = explain_rank("重庆", "rd_intensity", 2019, 2022)
    >>> print(found[["part", "places", "rank_before", "rank_after"]].to_string(index=False))
        part  places  rank_before  rank_after
         own      -5           12          10
      others       3           12          10
    revision       0           12          10
     reports       0           12          10
    >>> print(found["en"].iloc[1])
    The change of others moved it down 3 ranks (Anhui, Hunan and Shandong came ahead of it).
    """
    require_one_of("across_breaks", across_breaks, (True, False))
    code = find_region(region).code
    first, last = find_first_and_last(convert_to_pandas(indicator))
    _refuse_several_indicators(last)
    labels = _require_labels(last, before, after)
    steps = _Steps.from_rows(first, last, labels, code)
    if not across_breaks and is_across_break(steps.compared, breaks, *labels):
        msg = (
            f"{labels[0]} and {labels[1]} lie on two sides of a break, ps.breaks() has its reason; "
            "across_breaks=True compares them all the same"
        )
        raise IncomparableError(msg)
    parts = steps.split_move()
    told = steps.ranks | {"n_before": len(steps.first), "n_after": len(steps.after)}
    rows = [
        {"part": part, "places": len(came) - len(fell), "came_ahead": came, "fell_behind": fell,
         **told, **_say_in_languages(part, code, came, fell)}
        for part, (came, fell) in parts.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _refuse_several_indicators(rows: pd.DataFrame) -> None:
    """Refuse rows of several indicators: one rank is explained."""
    ids = list(rows["indicator"].unique())
    if len(ids) > 1:
        msg = f"one indicator is needed, the frame has {len(ids)}: {ids[:8]}"
        raise SchemaError(msg)


def _require_labels(rows: pd.DataFrame, before: object, after: object) -> tuple[str, str]:
    """Return the labels of both periods, which must be there, in order and of one length."""
    spans = [parse_period(str(given)) for given in (before, after)]
    held = sorted(rows["period"].unique())
    for span in spans:
        if str(span) not in held:
            msg = f"there is no {str(span)!r} of {rows['indicator'].iloc[0]!r}; periods: {held}"
            raise PeriodError(msg + suggest_nearest(str(span), held))
    if spans[0].end >= spans[1].end:
        msg = f"'after' must end after 'before', got {spans[0]} and {spans[1]}"
        raise PeriodError(msg)
    if spans[0].months != spans[1].months:
        msg = f"periods of different length are not compared: {spans[0]} and {spans[1]}"
        raise IncomparableError(msg)
    return str(spans[0]), str(spans[1])


class _Steps(NamedTuple):
    """What is known at each step, by province, signed so that the greater is ahead."""

    code: str
    first: Values
    before: Values
    after: Values
    ranks: dict[str, int]
    compared: pd.DataFrame

    @classmethod
    def from_rows(
        cls, first: pd.DataFrame, last: pd.DataFrame, labels: tuple[str, str], code: str
    ) -> _Steps:
        """Rank both periods, the earlier one also by what was stated first."""
        stated = (first, labels[0]), (last, labels[0]), (last, labels[1])
        told, old, new = (_rank_period(rows, label, code) for rows, label in stated)
        _refuse_other_kinds(old, new, labels)
        sign = -1 if find_ascending_lines(Panel(last), None).any() else 1
        both = set(old["region"]) & set(new["region"])
        compared = last[last["region"].isin(both) & last["period"].isin(labels)]
        return cls(
            code, _map_values(told, sign), _map_values(old, sign), _map_values(new, sign),
            _collect_ranks(told, new, code), compared,
        )  # fmt: skip

    def split_move(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return who came ahead and who fell behind by each part."""
        shared = self.before.keys() & self.after.keys()
        old, new = ({r: values[r] for r in shared} for values in (self.before, self.after))
        own = old | {self.code: new[self.code]}
        moves = [
            (self._find_ahead(old), self._find_ahead(own)),
            (self._find_ahead(own), self._find_ahead(new)),
            (self._find_ahead(self.first), self._find_ahead(self.before)),
            (self._find_ahead(self.before) - shared, self._find_ahead(self.after) - shared),
        ]
        names = ("own", "others", "revision", "reports")
        pairs = zip(names, moves, strict=True)
        return {part: (_sort_codes(to - was), _sort_codes(was - to)) for part, (was, to) in pairs}

    def _find_ahead(self, values: Values) -> set[str]:
        return {region for region, value in values.items() if value > values[self.code]}


def _sort_codes(codes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(codes))


def _map_values(rows: pd.DataFrame, sign: int) -> Values:
    return dict(zip(rows["region"], sign * rows["value"], strict=True))


def _rank_period(rows: pd.DataFrame, label: str, code: str) -> pd.DataFrame:
    """Rank a period; refuse one in which the province has no value."""
    ranked = rank(rows[rows["period"] == label])
    if code not in set(ranked["region"]):
        msg = f"{code} is not ranked in {label}; {len(ranked)} are: {' '.join(ranked['region'])}"
        raise IncomparableError(msg)
    return ranked


def _refuse_other_kinds(old: pd.DataFrame, new: pd.DataFrame, labels: tuple[str, str]) -> None:
    for kind in ("nature", "unit"):
        both = [rows[kind].iloc[0] for rows in (old, new)]
        if both[0] != both[1]:
            told = ", ".join(f"{label}: {word}" for label, word in zip(labels, both, strict=True))
            msg = f"the periods differ in {kind} and are not compared ({told})"
            raise IncomparableError(msg)


def _collect_ranks(old: pd.DataFrame, new: pd.DataFrame, code: str) -> dict[str, int]:
    """Return the ranks before and after, and what the intervals allow."""
    found: dict[str, int] = {}
    for when, rows in (("before", old), ("after", new)):
        own = rows.loc[rows["region"] == code, _RANKS].iloc[0]
        for name in _RANKS:
            found[name.replace("rank", f"rank_{when}", 1)] = int(own[name])
    return found


# --- sentences ------------------------------------------------------------------------------------


def _say_in_languages(
    part: str, code: str, came: tuple[str, ...], fell: tuple[str, ...]
) -> dict[str, str]:
    """Say in each language what a part did."""
    return {lang: _say_part(part, code, came, fell, Language(lang)) for lang in LANGS}


def _say_part(
    part: str, code: str, came: tuple[str, ...], fell: tuple[str, ...], language: Language
) -> str:
    places = len(came) - len(fell)
    way = "up" if places < 0 else "down" if places else "none"
    word = language.say("rank_one" if abs(places) == 1 else "rank_many")
    who = [
        language.say(key, names=language.say_list(map(language.name_region, codes)))
        for key, codes in (("why_fell", fell), ("why_came", came))
        if codes
    ]
    return language.say(
        f"why_{part}", name=language.name_region(code),
        moved=language.say(f"why_{way}", k=abs(places), ranks=word),
        who=language.say("brackets", text=language.say("or").join(who)) if who else "",
    )  # fmt: skip
