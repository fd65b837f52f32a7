"""Verdicts: what is claimed, how it fares and why, as a sentence in each language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from provstats.analysis.parts.claims import resolve_universe
from provstats.indicators import look_up_indicator, make_linked_id
from provstats.words.languages import Language
from provstats.words.numbers import choose_scale
from provstats.words.phrases import LANGS, QUALIFIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provstats.analysis.parts.claims import Claim, Finding
    from provstats.words.numbers import Scale

__all__ = ["write_sentences"]

# Quotation marks within quotation marks.
_INNER: Final = str.maketrans("“”", "‘’")


def write_sentences(claims: Sequence[Claim], found: Sequence[Finding]) -> dict[str, list[str]]:
    """Return a sentence on each claim, by language."""
    pairs = [*zip(claims, found, strict=True)]
    return {lang: [_write_sentence(*pair, Language(lang)) for pair in pairs] for lang in LANGS}


def _write_sentence(claim: Claim, found: Finding, language: Language) -> str:
    known = look_up_indicator(claim.indicator)
    return language.say(
        "claim",
        name=language.name_region(claim.region),
        claim=_describe_claim(claim, language),
        indicator=getattr(known, f"name_{language.lang}") if known else claim.indicator,
        period=language.name_period(claim.period),
        verdict=_explain_verdict(claim, found, language),
    )


def _explain_verdict(claim: Claim, found: Finding, language: Language) -> str:
    """Say whether the data support a claim, and why."""
    among = len(resolve_universe(claim.among))
    ends: tuple[str, ...] = ()
    if found.data_lower <= found.data_upper:
        ends = _choose_claim_scale(claim, language).format_bounds(
            found.data_lower, found.data_upper
        )
    return language.say(
        f"claim_{found.reason or found.verdict}",
        span=language.say("to").join(dict.fromkeys(ends)),
        n=found.n,
        all=among,
        silent=among - found.n,
        ahead=f"{found.data_lower - 1:.0f}",
        among=claim.among,
    )


def _choose_claim_scale(claim: Claim, language: Language) -> Scale:
    id_ = make_linked_id(claim.indicator, claim.kind)
    return _choose_indicator_scale(
        id_, claim.unit, (claim.value, claim.lower, claim.upper), language
    )


@lru_cache(maxsize=256)
def _choose_indicator_scale(
    id_: str, unit: str, ends: tuple[float, float, float], language: Language
) -> Scale:
    numbers = dict(zip(("value", "lower", "upper"), ends, strict=True))
    return choose_scale(pd.DataFrame({"indicator": [id_], "unit": unit, **numbers}), language)


def _describe_claim(claim: Claim, language: Language) -> str:
    """Put a claim into words: as printed, where it is in the language."""
    if language.lang == "zh" and claim.printed:
        return f"“{claim.printed.translate(_INNER)}”"
    if claim.kind == "rank":
        key = "claims_rank" if claim.lower == claim.upper else "claims_top"
        return language.say(key, rank=f"{claim.upper:.0f}", among=claim.among)
    lower, upper = sorted(map(abs, (claim.lower, claim.upper)))
    label = _choose_claim_scale(claim, language).format_value(abs(claim.value), lower, upper)
    words = QUALIFIED.get(claim.qualifier, ("{}", "{}"))[LANGS.index(language.lang)]
    if claim.kind == "average_growth":
        return language.say(
            "claims_average", rate=words.format(label if claim.value >= 0 else f"−{label}")
        )
    key = "claims_above" if claim.value >= 0 else "claims_below"
    return language.say(key, gap=words.format(label))
