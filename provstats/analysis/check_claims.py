"""Claims: what reports say of their own rank or distance from the nation, against the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from provstats.compare import rank
from provstats.engines.memory.frames import with_columns
from provstats.engines.memory.inputs import check, rows_of
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.national import all_statements
from provstats.errors import IncomparableError, first_rows
from provstats.indicators import IndicatorSeries, indicator, known_indicator
from provstats.store.observations import load
from provstats.store.regions import NATION, mainland, western
from provstats.words.languages import Language
from provstats.words.numbers import scale_of
from provstats.words.phrases import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from provstats.engines.memory.inputs import Comparable
    from provstats.words.numbers import Scale

__all__ = ["check_claims"]

# Among whom the data can decide a rank; the note of a claim says among whom it is.
_AMONG: Final[Mapping[str, Callable[[], frozenset[str]]]] = {
    "provinces": mainland, "western provinces": western,
}  # fmt: skip
# Quotation marks within quotation marks.
_INNER: Final = str.maketrans("“”", "‘’")


def check_claims(x: Comparable | None = None) -> pd.DataFrame:
    """Check what reports claim of a rank, or of a gap to the nation, against the data.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        An indicator id or a series, whose ``_rank`` and ``_gap`` are checked, or a tidy frame with
        such rows (a column ``among`` may say ``western provinces``); all claims of the shipped
        data by default. A frame finds its evidence in itself.

    Returns
    -------
    DataFrame
        The input's claims, with its index and columns. Added: ``verdict``, ``reason``,
        ``data_lower``, ``data_upper`` (the ranks or gaps that the data allow; NaN where they tell
        none), ``n`` (how many provinces report, or tell of the nation), ``needs`` (what would
        decide it: indicator, period and regions), ``evidence`` (a tuple of the positions of the
        rows that it rests on, in the frame or in ``load(nature=None)`` of the same vintage), and a
        sentence in each language, ``zh`` and ``en``.

        A claim is ``contradicted`` if no values within their intervals bear it out, and
        ``consistent`` if the data agree with it as far as the printed precision goes. It is
        ``undecidable`` where a figure is missing: ``own_value``, ``nation`` (neither reported nor
        implied by another province), ``silent`` (provinces that may be ahead do not report) or
        ``universe`` (it is a rank among others than provinces).

    Raises
    ------
    IncomparableError
        If there is no claim.
    SchemaError, UnknownIndicatorError, UnknownRegionError, PeriodError
        If the frame does not hold.

    Examples
    --------
    >>> claims = check_claims("industrial_value_added_growth")
    >>> claims[["region", "unit", "verdict", "reason"]].head(2).values.tolist()
    [['CN-CQ', 'percentage_point', 'consistent', ''], ['CN-CQ', 'rank', 'undecidable', 'silent']]
    >>> print(claims["en"].iloc[1].split(": ")[1])
    undecidable, for 5 of 31 report, 1 of them surely ahead, 26 more may be.
    """
    frame, around = _asked(x)
    table = check(frame)
    own = (table["nature"] == "outcome") & table["value"].notna()
    claims = table[own & table["indicator"].str.fullmatch(".+_(?:rank|gap)")]
    if claims.empty:
        msg = f"there is no claim, an outcome of '<indicator>_rank' or '_gap':{first_rows(table)}"
        raise IncomparableError(msg)
    words = {c: _words(frame.iloc[claims.index], c) for c in ("note", "printed", "among")}
    claims = claims.assign(**words)
    facts = _Facts.of(around, claims)
    rows = [claim for _, claim in claims.iterrows()]
    found = [_finding(claim, facts) for claim in rows]
    added = pd.DataFrame(found, index=claims.index)
    for lang in LANGS:
        pairs = zip(rows, found, strict=True)
        added[lang] = [_sentence(*pair, Language(lang)) for pair in pairs]
    return with_columns(frame, added)


def _words(rows: pd.DataFrame, column: str) -> list[str] | str:
    """Return the texts of a caller's column, empty where there are none."""
    return rows[column].astype(object).fillna("").astype(str).to_list() if column in rows else ""


def _asked(x: Comparable | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that may hold the claims asked for, and those that may hold evidence."""
    if x is not None and not isinstance(x, str | IndicatorSeries):
        return x, x
    around = load(nature=None, vintage=x.vintage if isinstance(x, IndicatorSeries) else "latest")
    if x is None:
        return around, around
    id_ = x.indicator.id if isinstance(x, IndicatorSeries) else indicator(x).id
    asked = around["indicator"].isin([id_, f"{id_}_rank", f"{id_}_gap"])
    if isinstance(x, IndicatorSeries):
        asked &= around["period"].isin(x.periods) & around["region"].isin(x.regions)
    return (around[asked], around) if asked.any() else rows_of(x)


# --- evidence -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Facts:
    """What claims are held against: outcomes by position, and what provinces imply."""

    outcomes: pd.DataFrame
    implied: pd.DataFrame

    @classmethod
    def of(cls, around: pd.DataFrame, claims: pd.DataFrame) -> _Facts:
        stems = claims["indicator"].str.replace("_(?:rank|gap)$", "", regex=True).unique()
        ids = [f"{stem}{suffix}" for stem in stems for suffix in ("", "_gap", "_share")]
        near = check(around)
        near = near[near["indicator"].isin(ids) & (near["nature"] == "outcome")]
        return cls(near.dropna(subset="value"), all_statements(around))

    def values(self, id_: str, period: str) -> pd.DataFrame:
        """Return the outcomes of one indicator in one period."""
        of = self.outcomes
        return of[(of["indicator"] == id_) & (of["period"] == period)]

    def said_by_others(self, claim: pd.Series) -> pd.DataFrame:
        """Return the national values that other provinces imply."""
        of, stem = self.implied, claim["indicator"].rpartition("_")[0]
        wanted = {"indicator": stem, "period": claim["period"], "nature": "outcome"}
        same = (of[list(wanted)] == pd.Series(wanted)).all(axis="columns")
        others: pd.DataFrame = of[same & (of["region"] != claim["region"])]
        return others

    def rows_on(self, claim: pd.Series, regions: Iterable[str]) -> tuple[int, ...]:
        """Return the positions of what regions state of the indicator of a claim."""
        of, stem = self.outcomes, claim["indicator"].rpartition("_")[0]
        near = of["indicator"].isin([stem, f"{stem}_gap", f"{stem}_share"])
        return tuple(
            of.index[near & (of["period"] == claim["period"]) & of["region"].isin(regions)]
        )


class _Finding(NamedTuple):
    """How a claim fares: columns of the result."""

    verdict: str
    reason: str = ""
    data_lower: float = nan
    data_upper: float = nan
    n: int = 0
    needs: str = ""
    evidence: tuple[int, ...] = ()


def _finding(claim: pd.Series, facts: _Facts) -> _Finding:
    stem, _, kind = claim["indicator"].rpartition("_")
    values = facts.values(stem, claim["period"])
    found = _of_rank(claim, values) if kind == "rank" else _of_gap(claim, values, facts)
    needs = f"{stem} {claim['period']}: {found.needs}" if found.needs else ""
    return found._replace(needs=needs)


def _of_rank(claim: pd.Series, values: pd.DataFrame) -> _Finding:
    among = _AMONG.get(_among(claim), frozenset)()
    if claim["region"] not in among:
        return _Finding("undecidable", "universe", needs=_among(claim))
    values = values[values["region"].isin(among)]
    silent = among.difference(values["region"])
    found = _Finding("undecidable", n=len(values), evidence=tuple(values.index))
    if claim["region"] in silent:
        return found._replace(reason="own_value", needs=claim["region"])
    own = rank(values, min_n=1)[values["region"].to_numpy() == claim["region"]].iloc[0]
    best, worst = float(own["rank_best"]), float(own["rank_worst"] + len(silent))
    found = found._replace(verdict=_verdict(claim, best, worst), data_lower=best, data_upper=worst)
    for_all = not silent or (claim["lower"] <= best and worst <= claim["upper"])
    if found.verdict == "contradicted" or for_all:
        return found
    return found._replace(verdict="undecidable", reason="silent", needs=" ".join(sorted(silent)))


def _of_gap(claim: pd.Series, values: pd.DataFrame, facts: _Facts) -> _Finding:
    own = values[values["region"] == claim["region"]]
    nation = values[values["region"] == NATION]
    said = facts.said_by_others(claim) if nation.empty else nation
    said = said[said["unit"].isin(own["unit"]) | own.empty]
    evidence = facts.rows_on(claim, [claim["region"], *said["region"]])
    found = _Finding("undecidable", n=len(said), evidence=evidence)
    if own.empty:
        return found._replace(reason="own_value", needs=claim["region"])
    least, most = said["lower"].max(), said["upper"].min()
    if not least <= most + TOUCH:  # nobody says so, or those who do contradict one another
        return found._replace(reason="nation", needs=NATION)
    lower = round(own["lower"].iloc[0] - most, 9)
    upper = round(own["upper"].iloc[0] - least, 9)
    return found._replace(verdict=_verdict(claim, lower, upper), data_lower=lower, data_upper=upper)


def _verdict(claim: pd.Series, lower: float, upper: float) -> str:
    apart = claim["upper"] < lower - TOUCH or upper + TOUCH < claim["lower"]
    return "contradicted" if apart else "consistent"


def _among(claim: pd.Series) -> str:
    if claim["among"]:
        return str(claim["among"])
    found = re.search("among ([^;]+)", claim["note"])
    return found[1].strip() if found else "provinces"


# --- sentences ----------------------------------------------------------------------------------


def _sentence(claim: pd.Series, found: _Finding, language: Language) -> str:
    """Say what is claimed, how it fares, and why."""
    among = _AMONG.get(_among(claim), frozenset)()
    scale = scale_of(pd.DataFrame([claim]), language)
    known = found.data_lower <= found.data_upper
    ends = scale.span(found.data_lower, found.data_upper) if known else ()
    verdict = language.say(
        f"claim_{found.reason or found.verdict}", span=language.say("to").join(dict.fromkeys(ends)),
        n=found.n, all=len(among), silent=len(among) - found.n,
        ahead=f"{found.data_lower - 1:.0f}", among=_among(claim),
    )  # fmt: skip
    stem = claim["indicator"].rpartition("_")[0]
    of = known_indicator(stem)
    return language.say(
        "claim", name=language.name(claim["region"]), claim=_claimed(claim, scale, language),
        indicator=getattr(of, f"name_{language.lang}") if of else stem,
        period=language.period(claim["period"]), verdict=verdict,
    )  # fmt: skip


def _claimed(claim: pd.Series, scale: Scale, language: Language) -> str:
    """Put a claim into words: as printed, where it is in the language."""
    if language.lang == "zh" and claim["printed"]:
        return f"“{claim['printed'].translate(_INNER)}”"
    if claim["indicator"].endswith("_rank"):
        key = "claims_rank" if claim["lower"] == claim["upper"] else "claims_top"
        return language.say(key, rank=f"{claim['upper']:.0f}", among=_among(claim))
    lower, upper = sorted(map(abs, claim[["lower", "upper"]]))
    key = "claims_above" if claim["value"] >= 0 else "claims_below"
    return language.say(key, gap=scale.label(abs(claim["value"]), lower, upper))
