"""Gaps and shares in DuckDB: the nation's values are found once a group, and joined to the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.engines.lazy.codes import parse_span, quote_text
from provstats.engines.lazy.relations import Relation
from provstats.engines.lazy.selection import (
    IS_PROVINCE,
    divide_ends,
    plan_province_groups,
    select_provinces,
)
from provstats.engines.memory.frames import build_answer, is_foreign, wrap_columns
from provstats.engines.memory.gap import measure_gaps
from provstats.engines.memory.intervals import TOUCH
from provstats.engines.memory.panel import Panel
from provstats.reading.figures import Figure
from provstats.reading.units import normalize_unit

if TYPE_CHECKING:
    from provstats.engines.memory.national import Benchmark
    from provstats.engines.recognise import Lazy

__all__ = ["gap_to_national", "share_of_national"]

_NATIONAL: Final = ("national", "national_lower", "national_upper")
_TOLD: Final = (*_NATIONAL, "national_basis", "national_source")
_VALUES: Final = ("value", "lower", "upper")
# What the rows that tell of one national value have in common.
_LINE: Final = "series, place, start, months"


def gap_to_national(native: Lazy, *, national: Benchmark) -> Lazy:
    """Plan `provstats.gap_to_national` for a relation of DuckDB."""
    relation = Relation(native)
    _, lower, upper = relation.ends
    return relation.build_plan(
        _join_national_values(relation, national, "gap", "NOT is_additive"),
        {
            **{name: name for name in _TOLD},
            "gap": "value - national",
            "gap_lower": f"{lower} - national_upper",
            "gap_upper": f"{upper} - national_lower",
            "gap_unit": "gap_unit",
            "left_out": "left_out",
        },
    )


def share_of_national(native: Lazy, *, national: Benchmark) -> Lazy:
    """Plan `provstats.share_of_national` for a relation of DuckDB."""
    relation = Relation(native)
    shares = zip(_VALUES, divide_ends(relation.ends, _NATIONAL), strict=True)
    return relation.build_plan(_join_national_values(relation, national, "share", "is_additive"), {
        **{name: name for name in _TOLD},
        **{f"share_{end}".replace("_value", ""): f"100 * {share}" for end, share in shares},
        "left_out": "left_out",
    })  # fmt: skip


def _join_national_values(
    relation: Relation, national: Benchmark, name: str, condition: str
) -> dict[str, str]:
    """Return the queries for provinces' values beside the national one of their group."""
    chosen = f"SELECT * FROM compared WHERE {condition}"
    if national is None or (isinstance(national, str) and national == "latest"):
        queries = {
            **plan_province_groups(relation, _find_reported_values(relation)),
            "chosen": chosen,
        }
        queries |= _fill_implied_values(relation, name) if relation.may_hold(name) else _ALONE
    else:
        queries = {**plan_province_groups(relation), "chosen": chosen} | _use_given_values(national)
    return {**queries, "measured": f"SELECT * FROM {select_provinces(relation)}"}


# --- the caller's own -----------------------------------------------------------------------------


def _use_given_values(national: Any) -> dict[str, str]:  # noqa: ANN401 - what a caller gave
    """Return the queries that set the caller's value beside the groups of its unit."""
    frame: Any = wrap_columns(national)[1] if is_foreign(national) else national
    is_frame = isinstance(frame, pd.DataFrame)
    periods = [*dict.fromkeys(map(str, frame.get("period", ())))] if is_frame else ["2024"]
    example = Panel(pd.DataFrame({
        "region": "CN-BJ", "indicator": "example", "value": 0.0, "period": periods or ["2024"],
    }))  # fmt: skip
    example.is_part = True
    told: Any = build_answer(example.given, *measure_gaps(example, national))
    spans = [parse_span(label) for label in told["period"]]
    columns = (told[name].tolist() for name in (*_NATIONAL, "national_source"))
    rows = ((*span, *row) for span, row in zip(spans, zip(*columns, strict=True), strict=True))
    listed = ", ".join(
        f"({start}, {months}, {value!r}, {lower!r}, {upper!r}, {quote_text(source)})"
        for start, months, value, lower, upper, source in rows
    )
    same = "given.start = chosen.start AND given.months = chosen.months" if is_frame else "true"
    return {
        "given": f"""
            SELECT start, months, 'given' AS national_basis, national_source,
                   {", ".join(f"{name}::DOUBLE AS {name}" for name in _NATIONAL)}
            FROM (VALUES {listed}) told(start, months, {", ".join(_NATIONAL)}, national_source)""",
        "groups": f"""
            SELECT chosen.*, given.* EXCLUDE (start, months) FROM chosen LEFT JOIN given
            ON {same} AND {_is_of_unit(national, frame)}""",
    }


def _is_of_unit(national: object, frame: Any) -> str:  # noqa: ANN401 - of any library
    """Return the condition that the caller's value has the unit of a group; one of none has any."""
    units = {""}
    if isinstance(national, Figure):
        units = {national.unit}
    elif isinstance(frame, pd.DataFrame) and "unit" in frame:
        units = {normalize_unit(str(unit)) for unit in frame["unit"].fillna("")}
    listed = ", ".join(map(quote_text, ["", *units]))
    return "true" if "" in units else f"unit IN ({listed})"


# --- the known one --------------------------------------------------------------------------------


def _find_reported_values(relation: Relation) -> dict[str, str]:
    """Return the columns of groups that hold what the nation reports."""
    nation = "FILTER (area = 0 AND used IS NOT NULL)"
    return {
        **{
            name: f"max({end}) {nation}" for name, end in zip(_NATIONAL, relation.ends, strict=True)
        },
        "national_source": f"max(document) {nation}" if relation.has("source") else "''",
    }


_IS_REPORTED: Final = "(single & 1) = 1"
_ALONE: Final = {
    "groups": f"""
            SELECT * REPLACE ({", ".join(
                f"CASE WHEN {_IS_REPORTED} THEN {name} END AS {name}"
                for name in (*_NATIONAL, "national_source")
            )}), CASE WHEN {_IS_REPORTED} THEN 'reported' END AS national_basis FROM chosen""",
}  # fmt: skip


def _fill_implied_values(relation: Relation, name: str) -> dict[str, str]:
    """Return the queries that fill groups without a reported value by what provinces imply."""
    is_among = "AND own.among = kinds.among" if "among" in relation.kinds else ""
    listed = ", ".join(f"kinds.{column}" for column in relation.kinds)
    meant, ends = _SAID[name]
    value, lower, upper = (
        f"CASE WHEN {_IS_IMPLIED} THEN {told} ELSE {column} END AS {column}"
        for column, told in zip(_NATIONAL, ("middle", "least", "most"), strict=True)
    )
    return {
        "reported": _ALONE["groups"],
        "claims": f"""
            SELECT DISTINCT {listed}, own.series AS claimed, kinds.place, kinds.unit
            FROM kinds JOIN kinds own ON own.id = kinds.{name}_of {is_among}""",
        "said": _plan_statements(
            relation, "SELECT * EXCLUDE (claimed), claimed AS series FROM claims"
        ),
        "own": _plan_statements(
            relation, "SELECT * FROM kinds WHERE series IN (SELECT claimed FROM claims)"
        ),
        "each": f"""
            SELECT {_LINE}, own.document, {", ".join(ends)}
            FROM own JOIN said USING ({_LINE}, area) WHERE {meant}""",
        "implied": f"""
            SELECT {_LINE}, greatest(max(lower), least(min(upper), median(value))) AS middle,
                   max(lower) AS least, min(upper) AS most,
                   string_agg(DISTINCT document, ' ' ORDER BY document) AS documents
            FROM each GROUP BY {_LINE}""",
        "groups": f"""
            SELECT reported.* REPLACE (
                {value}, {lower}, {upper},
                CASE WHEN {_IS_IMPLIED} THEN documents ELSE national_source END AS national_source,
                CASE WHEN {_IS_IMPLIED} THEN 'implied'
                     WHEN national_basis IS NULL AND least > most THEN 'contradicted'
                     ELSE national_basis END AS national_basis)
            FROM reported LEFT JOIN implied USING ({_LINE})""",
    }


_IS_IMPLIED: Final = f"national_basis IS NULL AND least <= most + {TOUCH}"
_OWN, _CLAIM = ([f"{who}.{end}" for end in _VALUES] for who in ("own", "said"))
# By what is measured: which statements imply a national value, and which.
_SAID: Final = {
    "gap": (
        "own.unit = '' OR said.unit = '' OR said.unit = own.gap_unit",
        ["round(own.value - said.value, 9) AS value", "round(own.lower - said.upper, 9) AS lower",
         "round(own.upper - said.lower, 9) AS upper"],
    ),
    "share": (
        "own.lower >= 0 AND said.lower > 0 AND NOT contains(said.printed, '每')",
        [f"100 * {share} AS {end}"
         for end, share in zip(_VALUES, divide_ends(_OWN, _CLAIM), strict=True)],
    ),
}  # fmt: skip


def _plan_statements(relation: Relation, kinds: str) -> str:
    """Return the query for what provinces state exactly once, of some kinds of rows."""
    has_label = "label" in relation.keys
    span = "spans.start, spans.months" if has_label else "located.start, 1 AS months"
    return f"""
            SELECT told.* EXCLUDE ({", ".join(relation.kinds)}), {span}, area, document, printed,
                   value, {relation.ends[1]} AS lower, {relation.ends[2]} AS upper
            FROM located JOIN ({kinds}) told USING ({", ".join(relation.kinds)})
            {"JOIN spans USING (label)" if has_label else ""}
            WHERE {IS_PROVINCE} AND used IS NOT NULL
            QUALIFY count(*) OVER (PARTITION BY {_LINE}, area) = 1"""
