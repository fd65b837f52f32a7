"""Claims: what reports say of their rank, distance from the nation or average, against the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from provstats.analysis.parts.claims import KINDS, Claim, split_claim_id
from provstats.analysis.parts.evidence import Facts
from provstats.analysis.parts.inputs import (
    convert_to_pandas,
    select_and_add_columns,
    select_rows_and_context,
)
from provstats.analysis.parts.verdicts import write_sentences
from provstats.engines.memory.inputs import prepare_rows_by_position
from provstats.errors import IncomparableError, format_first_rows
from provstats.indicators import IndicatorSeries, indicator, make_linked_id
from provstats.store.observations import load

if TYPE_CHECKING:
    from provstats.analysis.parts.inputs import Asked

__all__ = ["check_claims"]

_WORDS = ("note", "printed", "among", "qualifier")


def check_claims(x: Asked | None = None) -> pd.DataFrame:
    """Check what reports claim of a rank, a gap to the nation or an average, against the data.

    Parameters
    ----------
    x : str, IndicatorSeries or DataFrame, optional
        An indicator id or a series, whose ``_rank``, ``_gap`` and ``_average_growth`` are checked,
        or a tidy frame with such rows, of pandas, polars or Arrow (a column ``among`` may say
        ``western provinces`` or name another group of `groups`); all claims of the shipped data by
        default. A frame finds its evidence in itself.

    Returns
    -------
    DataFrame
        The input's claims, with its index and columns. Added: ``verdict``, ``reason``,
        ``data_lower``, ``data_upper`` (the ranks, gaps or averages that the data allow; NaN where
        they tell none), ``n`` (of how many provinces the data hold a value, what they say of the
        nation, or on how many rows an average rests), ``needs`` (what would decide it: indicator,
        period and regions), ``evidence`` (a tuple of the positions of the rows that it rests on,
        in the frame or in ``load(nature=None)`` of the same vintage), and a sentence in each
        language, ``zh`` and ``en``.

        A claim is ``contradicted`` if no values within their intervals bear it out, and
        ``consistent`` if the data agree with it as far as the printed precision goes. It is
        ``undecidable`` where a figure is missing: ``own_value``, ``nation`` (neither reported nor
        implied by another province), ``silent`` (the data hold no value of provinces that may be
        ahead) or ``universe`` (it is a rank among others than provinces). An average is held
        against `growth`, at the prices that it is at itself: ``own_value`` says that the data hold
        neither levels nor all yearly rates.

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
    undecidable, for the data hold 5 of 31, 1 surely ahead, 26 more may be.
    """
    frame, around = _select_claims_and_evidence(x)
    table = prepare_rows_by_position(frame)
    claims = _build_claims(table, frame)
    if not claims:
        msg = (
            f"there is no claim, an outcome of '<indicator>_rank', '_gap' or "
            f"'_average_growth':{format_first_rows(table)}"
        )
        raise IncomparableError(msg)
    facts = Facts.from_rows(around, claims)
    found = [facts.decide_claim(claim) for claim in claims]
    added = pd.DataFrame(found, index=[claim.place for claim in claims])
    return select_and_add_columns(frame, added.assign(**write_sentences(claims, found)))


def _select_claims_and_evidence(x: Asked | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that may hold the claims asked for, and those that may hold evidence."""
    x = None if x is None else convert_to_pandas(x)
    if x is not None and not isinstance(x, str | IndicatorSeries):
        return select_rows_and_context(x)
    around = load(nature=None, vintage=x.vintage if isinstance(x, IndicatorSeries) else "latest")
    if x is None:
        claims = [id_ for id_ in around["indicator"].unique() if split_claim_id(id_)]
        return around[around["indicator"].isin(claims)], around
    id_ = x.indicator.id if isinstance(x, IndicatorSeries) else indicator(x).id
    is_asked = around["indicator"].isin([id_, *(make_linked_id(id_, kind) for kind in KINDS)])
    if isinstance(x, IndicatorSeries):
        is_asked &= around["period"].isin(x.periods) & around["region"].isin(x.regions)
    return (around[is_asked], around) if is_asked.any() else select_rows_and_context(x)


def _build_claims(table: pd.DataFrame, frame: pd.DataFrame) -> list[Claim]:
    """Return the claims among checked rows, with what their documents say of them in words."""
    is_claim = {id_: split_claim_id(id_) is not None for id_ in table["indicator"].unique()}
    own = (table["nature"] == "outcome") & table["value"].notna()
    rows = table[own & table["indicator"].map(is_claim).astype(bool)]
    told = frame.iloc[rows.index]
    words = [
        told[c].astype(object).fillna("").astype(str) if c in told else [""] * len(rows)
        for c in _WORDS
    ]
    return [
        Claim.from_row(row, *said) for row, *said in zip(rows.itertuples(), *words, strict=True)
    ]
