"""Codes: what the texts of a frame say of its rows, as queries of DuckDB.

Texts are few and rows are many: each text is read once and joined to the rows. What Python knows of
ids and units lies before the engine as tables. Only what nobody can list beforehand, labels of
periods and units of a caller's own, is read by expressions.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from provstats.catalogue.entries import (
    _PER,
    _REAL_GROWTH,
    can_add_up,
    find_prices,
    load_indicators,
    look_up_indicator,
)
from provstats.catalogue.ids import _AVERAGES, SUFFIXES, add_suffix, make_linked_id
from provstats.reading.changes import INDEX, RATE, RATIO, VAGUE, classify_change, find_change_unit
from provstats.reading.index_units import _FIXED_YEAR, _YEAR_BEFORE
from provstats.reading.periods import parse_period
from provstats.reading.units import DIFFERENCES, UNITS, find_difference_unit, normalize_unit
from provstats.store.keys import NATURES
from provstats.store.regions import NATION, list_mainland_codes, list_province_codes, load_regions

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AREAS", "MAINLAND", "PROVINCES", "describe_all_ids", "describe_ids", "describe_units",
    "parse_span", "plan_kinds", "plan_spans", "quote_text",
]  # fmt: skip

#: The numbers of regions: of the nation 0, then of the mainland, of other provinces, of areas.
AREAS: Final = {
    code: number for number, code in enumerate(dict.fromkeys([
        NATION, *sorted(list_mainland_codes()), *sorted(list_province_codes()), *load_regions(),
    ]))
}  # fmt: skip
PROVINCES: Final = range(1, len(list_province_codes()) + 1)
MAINLAND: Final = range(1, len(list_mainland_codes()) + 1)


# --- ids and units, as tables ---------------------------------------------------------------------


@cache
def describe_all_ids() -> pa.Table:
    """Return what the catalogue says of its ids, and of these with one or two suffixes."""
    ids = [*load_indicators()]
    once = [f"{id_}_{suffix}" for id_ in ids for suffix in SUFFIXES]
    once = [id_ for id_ in once if look_up_indicator(id_)]
    return describe_ids(dict.fromkeys([
        *ids, *once, *(f"{id_}_{suffix}" for id_ in once for suffix in SUFFIXES),
    ]))  # fmt: skip


def describe_ids(ids: Iterable[str]) -> pa.Table:
    """Return what the catalogue says of those ids that it knows."""
    known = [entry for id_ in ids if (entry := look_up_indicator(id_))]
    return pa.table({
        "id": [entry.id for entry in known],
        "usual_unit": [entry.unit for entry in known],
        "is_lower_better": [entry.direction == "lower" for entry in known],
        "adds_up": [entry.additive for entry in known],
        "is_flow": [entry.measure == "flow" for entry in known],
        "lapses": [entry.lapses for entry in known],
        "is_of_nation": [entry.of_nation for entry in known],
        "prices_told": [entry.prices for entry in known],
        "growth_prices": [find_prices(make_linked_id(entry.id, "growth")) for entry in known],
    }, _IDS)  # fmt: skip


_IDS: Final = pa.schema([
    ("id", pa.string()), ("usual_unit", pa.string()),
    *((name, pa.bool_()) for name in
      ("is_lower_better", "adds_up", "is_flow", "lapses", "is_of_nation")),
    ("prices_told", pa.string()), ("growth_prices", pa.string()),
])  # fmt: skip


@cache
def describe_units() -> pa.Table:
    """Return what is known of units, by the word of the data and as printed."""
    words = {normalize_unit(text) for text in UNITS} | {
        entry.unit for entry in load_indicators().values()
    }
    texts = list(dict.fromkeys([*UNITS, *words, *DIFFERENCES, ""]))
    units = [normalize_unit(text) for text in texts]
    return pa.table({
        "printed_unit": texts,
        "word": units,
        "distance": [find_difference_unit(unit) for unit in units],
        "difference": [*map(find_change_unit, units)],
        "way_of_unit": [*map(classify_change, units)],
        "is_amount": [can_add_up("example", unit) for unit in units],
    })  # fmt: skip


# --- texts, as queries ----------------------------------------------------------------------------

_FULL_WIDTH: Final = "".join(map(chr, range(0xFF01, 0xFF5F)))
_ASCII: Final = "".join(map(chr, range(0x21, 0x7F)))
_SUFFIX: Final = f"_({'|'.join(SUFFIXES)})$"
_IN_LIST: Final = ", ".join(f"'{nature}'" for nature in NATURES)


def quote_text(word: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + word.replace("'", "''") + "'"


# A unit of a caller's own that is per something, or an index of something.
_IS_QUOTIENT: Final = (
    f"regexp_matches(unit, {quote_text(_PER.pattern)}) OR base <> '' AND hundred = '100'"
)


def _infer_change_kind() -> str:
    """Return how values in a caller's own unit change: the unit may be that of an index."""
    return f"""CASE
                WHEN base = '' AND index_text IN ('index', '指数') THEN {VAGUE}
                WHEN base = '' OR hundred <> '100' THEN {RATIO}
                WHEN regexp_full_match(base, {quote_text(_YEAR_BEFORE.pattern)}) THEN {INDEX}
                WHEN regexp_matches(base, {quote_text(f"^{_FIXED_YEAR.pattern}")}) THEN {RATIO}
                ELSE {VAGUE} END"""


def parse_span(label: str) -> tuple[int, int]:
    """Return the first month of a period since the year 0, and its length."""
    span = parse_period(str(label))
    return span.start.year * 12 + span.start.month, span.months


def _add_suffix(suffix: str) -> str:
    return f"id || {quote_text(add_suffix('', suffix))}"


# What stands before the suffix of an id, and the id of its growth.
_STEM: Final = "left(id, -length(suffix) - 1)"
_GROWTH_OF_ID: Final = f"CASE WHEN suffix = 'growth' THEN id ELSE {_add_suffix('growth')} END"


def _infer_prices(id_: str) -> str:
    """Return the prices of an id that the catalogue does not know."""
    is_real = f"regexp_matches({id_}, {quote_text(_REAL_GROWTH.pattern)})"
    return f"CASE WHEN {is_real} THEN 'constant' ELSE '' END"


def plan_kinds(texts: str, columns: list[str]) -> dict[str, str]:
    """Return the queries for what the texts of rows say: those of some columns, each once.

    ``series`` numbers the indicator and among whom it is, ``unit_code`` the unit.
    """
    has = columns.__contains__
    stated = "stated" if has("stated") else "''"
    nature = f"list_position([{_IN_LIST}], nature) - 1" if has("nature") else "0"
    known = " AND ".join(
        [f"{name} IN ({words})" for name, words in _TOLD.items() if has(name)] or ["true"]
    )
    among = ", among" if has("among") else ""
    return {
        "texts": texts,
        "identified": f"""
            SELECT texts.*, texts.indicator::VARCHAR AS id,
                   regexp_extract(texts.indicator::VARCHAR, '{_SUFFIX}', 1) AS suffix,
                   ids.* EXCLUDE (id), ids.id IS NOT NULL AS is_known,
                   coalesce(nullif({stated}, ''), ids.usual_unit, '') AS given_unit
            FROM texts LEFT JOIN provstats_ids ids ON ids.id = texts.indicator::VARCHAR""",
        "measured_in": f"""
            SELECT identified.*, units.* EXCLUDE (printed_unit), coalesce(word, given_unit) AS unit,
                   lower(trim(translate(
                       given_unit, {quote_text(_FULL_WIDTH)}, {quote_text(_ASCII)}
                   ), '() ')) AS index_text,
                   CASE WHEN contains(index_text, '=')
                        THEN trim(split_part(index_text, '=', 1)) ELSE '' END AS base,
                   trim(substr(index_text, strpos(index_text, '=') + 1)) AS hundred
            FROM identified LEFT JOIN provstats_units units ON printed_unit = given_unit""",
        "ways": f"""
            SELECT *, coalesce(way_of_unit, {_infer_change_kind()}) AS way_told,
                   (unit = '' OR way_told = {VAGUE})
                   AND list_contains(string_split(lower(id), '_'), 'pmi') AS is_point
            FROM measured_in""",
        "kinds": f"""
            SELECT {", ".join(columns)}, id, suffix, unit, is_known,
                   CASE WHEN {known} THEN {nature} END AS place,
                   coalesce(is_lower_better, false) AS is_ascending,
                   coalesce(adds_up, coalesce(is_amount, NOT ({_IS_QUOTIENT}))
                       AND suffix IN ('', 'new')
                       AND NOT regexp_matches(id, {quote_text(_AVERAGES.pattern)})) AS is_additive,
                   coalesce(distance, unit) AS gap_unit,
                   CASE WHEN suffix = 'gap' THEN {_STEM} END AS gap_of,
                   CASE WHEN suffix = 'share' AND is_of_nation THEN {_STEM} END AS share_of,
                   CASE WHEN suffix = 'growth' THEN 'percent' WHEN is_point THEN 'point'
                        ELSE coalesce(difference, 'percent') END AS yoy_unit,
                   CASE WHEN is_point THEN {RATE} ELSE way_told END AS way,
                   NOT coalesce(is_flow, false) AS is_stock, coalesce(lapses, false) AS lapses,
                   CASE WHEN suffix <> 'growth' AND way = {RATE} THEN {_add_suffix("change")}
                        ELSE {_GROWTH_OF_ID} END AS grown_id,
                   {_add_suffix("new")} AS new_id,
                   coalesce(prices_told, {_infer_prices("id")}) AS prices,
                   coalesce(growth_prices, {_infer_prices(_GROWTH_OF_ID)}) AS grown_prices,
                   dense_rank() OVER (ORDER BY id{among}) AS series,
                   dense_rank() OVER (ORDER BY unit) AS unit_code
            FROM ways""",
    }


# What else a caller may say of rows, and the words for it.
_TOLD: Final = {
    "direction": "'', 'higher', 'lower', 'neutral'", "additive": "'', 'true', 'false'",
}  # fmt: skip

_MONTH: Final = "(0[1-9]|1[0-2])"
_YEAR: Final = "[0-9]{4}"
# Labels as `provstats.Period` writes them: the first and the last month of each form.
_FORMS: Final = {
    _YEAR: ("year || '-01'", "year || '-12'"),
    f"{_YEAR}/{_YEAR}": ("year || '-01'", "right(label, 4) || '-12'"),
    f"{_YEAR}-{_MONTH}": ("label", "label"),
    f"{_YEAR}-{_MONTH}/{_YEAR}-{_MONTH}": ("left(label, 7)", "right(label, 7)"),
    **{
        f"{_YEAR}-{part}": (f"year || '-{first:02d}'", f"year || '-{last:02d}'")
        for part, (first, last) in {
            "H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12),
        }.items()
    },
}  # fmt: skip


def plan_spans(labels: str, kind: str) -> dict[str, str]:
    """Return the queries for what labels say: the first month since the year 0, and the length."""
    first, last = (
        "CASE " + " ".join(
            f"WHEN regexp_full_match(label, '{form}') THEN {ends[at]}"
            for form, ends in _FORMS.items()
        ) + " END" for at in (0, 1)
    )  # fmt: skip
    start, last_month = (
        f"left({end}, 4)::BIGINT * 12 + right({end}, 2)::BIGINT" for end in ("first", "last")
    )
    return {
        "labels": labels,
        "ends": f"""
            SELECT label, left(label, 4) AS year, {first} AS first, {last} AS last FROM labels""",
        "spans": f"""
            SELECT label::{kind} AS label, {start} AS start, {last_month} - start + 1 AS months
            FROM ends WHERE first <= last""",
    }
