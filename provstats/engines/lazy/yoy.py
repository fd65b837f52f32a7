"""Changes over a year in DuckDB: each method finds its base by key, never by the order of rows."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any, Final

from provstats.engines.lazy.codes import AREAS, parse_span, quote_text
from provstats.engines.lazy.relations import Relation
from provstats.engines.lazy.schemas import ENDS
from provstats.engines.lazy.selection import INFINITE, add_tolerance, divide_ends, plan_groups
from provstats.engines.memory.breaks import list_breaks
from provstats.engines.memory.changes import METHODS
from provstats.reading.changes import INDEX, RATE, RATIO, VAGUE
from provstats.reading.periods import MONTHS_OF_YEAR
from provstats.store.breaks import find_source_day
from provstats.store.sources import list_source_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from provstats.engines.recognise import Lazy

    Ends = Sequence[str]
    Methods = Mapping[str, tuple[Ends, Ends, str]]

__all__ = ["yoy"]

_SUFFIXES: Final = ("", "_lower", "_upper")
_IS_BLANK: Final = "(area IS NOT NULL AND value IS NULL)"
# A key is one number of 63 bits: of a series, which takes what is left, 17 bits of the first month
# since the year 0, 12 of the length, 6 of the region and 2 of the nature. Longer spans have none.
_KEY: Final = (
    "CASE WHEN months < 4096 THEN ({} << 37) + (start << 20) + (months << 8) + (area << 2) + place"
    " END"
)
_YEAR_OF_KEY: Final = MONTHS_OF_YEAR << 20


def yoy(native: Lazy, *, breaks: Any, across_breaks: bool) -> Lazy:  # noqa: ANN401 - a frame of any library
    """Plan `provstats.yoy` for a relation of DuckDB."""
    relation = Relation(native)
    broken = None if across_breaks else _plan_breaks(relation, breaks)
    methods, ends = _list_methods(relation), dict.fromkeys(relation.ends)
    may_lapse = "level_minus_new" in methods
    most = (
        f"CASE WHEN lapses THEN {_compute_growth_from_new(relation.ends)[2]} END"
        if may_lapse
        else "NULL::DOUBLE"
    )
    upper = f"CASE WHEN method IS NULL THEN most ELSE change_{relation.ends[2]} END"
    return relation.build_plan(
        {
            **plan_groups(relation, "used", range(len(AREAS)), blank=_IS_BLANK, told={}),
            **_plan_checked_rows(relation),
            **_plan_levels(broken, ends),
            **_plan_growth(relation, ends),
            **_plan_additions(relation, ends),
            "each_method": f"""
            SELECT *, {most} AS most, {_list_method_columns(methods, ends)} FROM with_new""",
            "first_method": f"SELECT *, {_choose_first_method(methods, ends)} FROM each_method",
        },
        {
            **{
                f"{name}{suffix}": f"{told}_{end}"
                for name, told in (("previous", "previous"), ("yoy", "change"))
                for suffix, end in zip(_SUFFIXES, relation.ends, strict=True)
            },
            **({"yoy_upper": upper} if may_lapse else {}),
            "yoy_unit": "yoy_unit",
            "method": "method",
            "months": "months_told",
            "reason": f"CASE WHEN method IS NOT NULL THEN '' {_REASONS} END",
            "conflict": "conflict",
            "prices": "CASE WHEN method = 'reported' THEN grown_prices WHEN method IS NOT NULL"
            " THEN prices ELSE '' END",
            "left_out": "left_out",
        },
    )


def _plan_checked_rows(relation: Relation) -> dict[str, str]:
    """Return the queries for the rows that a check would accept, with their groups and keys."""
    keys = ", ".join(relation.keys)
    among = ", among" if "among" in relation.kinds else ""
    is_among = " AND {0}.among = natured.among" if among else ""
    partners = [name for name, ends in _PARTNERS.items() if relation.may_hold(*ends)]
    joins = " ".join(
        f"LEFT JOIN ids {name} ON {name}.id = natured.{name}_id" + is_among.format(name)
        for name in partners
    )
    claims = ""
    if among and "grown" in partners:
        joins += " LEFT JOIN ids unsaid ON unsaid.id = natured.grown_id AND unsaid.among = ''"
        partners.append("unsaid")
        claims = """, count(*) FILTER (used IS NOT NULL AND among <> '')
                   OVER (PARTITION BY id, place, start, months, area) AS claims"""
    columns = "".join(f", {name}.series AS {name}_series" for name in partners)
    return {
        "ids": f"SELECT DISTINCT id{among}, series FROM kinds",
        "groups": f"SELECT natured.*{columns} FROM natured {joins}",
        "told": f"""
            SELECT located.*, groups.* EXCLUDE ({keys}),
                   {_KEY.format("series")} AS key, suffix = 'growth' AS is_growth{claims}
            FROM located JOIN groups USING ({keys})
            WHERE {_IS_BLANK} OR single & used <> 0""",
    }  # fmt: skip


_PARTNERS: Final = {"grown": ("growth", "change"), "new": ("new",)}


# --- what tells of a change -----------------------------------------------------------------------


def _plan_levels(broken: str | None, ends: Iterable[str]) -> dict[str, str]:
    """Return the queries that set the level a year before beside each row."""
    is_broken = "false" if broken is None else f"EXISTS (SELECT 1 FROM broken WHERE {_is_across()})"
    base = (*ends, "unit_code", *(["document"] if broken else []))
    listed = {} if broken is None else {"broken": broken}
    return {
        **listed,
        "with_levels": f"""
            SELECT told.*, base.* EXCLUDE (base_key), {is_broken} AS is_broken
            FROM told LEFT JOIN (
                SELECT key + {_YEAR_OF_KEY} AS base_key, {_rename_columns("base", base)}
                FROM told WHERE used IS NOT NULL AND months <= {MONTHS_OF_YEAR}
            ) base ON base_key = key
            WHERE is_natured""",
    }


def _find_document_day(document: str) -> str:
    """Return the day of a document as SQL, an empty text where none is known."""
    days = " ".join(
        f"WHEN {quote_text(id_)} THEN {quote_text(find_source_day(id_))}"
        for id_ in list_source_ids()
    )
    return f"CASE {document} {days} ELSE '' END"


# The last month of a row, and that of its base.
_NOW, _THEN = "told.start + told.months - 1", "told.start + told.months - 13"


def _is_new(month: str, document: str) -> str:
    """Return what `Break.is_new` says, months numbered."""
    return f"(broken.after <= {month} AND broken.day <= {_find_document_day(document)})"


def _is_old(month: str, document: str) -> str:
    """Return what `Break.is_old` says, months numbered."""
    day = _find_document_day(document)
    return f"(broken.before >= {month} OR ('' < {day} AND {day} < broken.day))"


def _is_across() -> str:
    """Return what `Break.parts` says of a row and its base."""
    now, then = (_NOW, "told.document"), (_THEN, "base.base_document")
    return f"""broken.series = told.series
                AND (broken.area IS NULL OR broken.area = told.area)
                AND ({_is_old(*then)} AND {_is_new(*now)}
                     OR {_is_new(*then)} AND {_is_old(*now)})"""


def _plan_breaks(relation: Relation, own: Any) -> str | None:  # noqa: ANN401 - a frame of any library
    """Return the query for the breaks that may lie between a row and its base; None for none."""
    has_documents = relation.has("source")
    rows = [
        f"({quote_text(one.indicator)}, {AREAS.get(one.region, 'NULL')}, "
        f"{_find_month_number(one.before)}, {_find_month_number(one.after)}, {quote_text(one.day)})"
        for one in list_breaks(own)
        if has_documents or not one.day
    ]
    if not rows:
        return None
    return f"""
            SELECT DISTINCT series, area, before, after, day FROM kinds
            JOIN (VALUES {", ".join(rows)}) told(id, area, before, after, day) USING (id)"""


def _find_month_number(day: date) -> int:
    """Return the number of a month."""
    return parse_span(f"{day:%Y-%m}")[0]


def _plan_growth(relation: Relation, ends: Iterable[str]) -> dict[str, str]:
    """Return the queries that set the growth stated beside each row, of rates the difference."""
    if not relation.may_hold(*_PARTNERS["grown"]):
        return {"with_growth": f"SELECT *, {_make_null_columns('grown', ends)} FROM with_levels"}
    stated = f"""
            SELECT key AS stated_key, {_rename_columns("stated", ends)} FROM told
            WHERE used IS NOT NULL AND (id LIKE '%growth' OR id LIKE '%change')"""
    own = f"LEFT JOIN stated own ON own.stated_key = {_KEY.format('grown_series')}"
    if "among" not in relation.kinds:
        columns = ", ".join(f"own.stated_{end} AS grown_{end}" for end in ends)
        return {
            "stated": stated,
            "with_growth": f"SELECT with_levels.*, {columns} FROM with_levels {own}",
        }
    # The difference of ranks that names nobody is that of the only claim.
    columns = ", ".join(
        f"CASE WHEN own.stated_value IS NULL AND way = {RATE} AND NOT is_growth AND claims = 1"
        f" THEN other.stated_{end} ELSE own.stated_{end} END AS grown_{end}"
        for end in ends
    )
    other = f"LEFT JOIN stated other ON other.stated_key = {_KEY.format('unsaid_series')}"
    return {
        "stated": stated,
        "with_growth": f"SELECT with_levels.*, {columns} FROM with_levels {own} {other}",
    }


def _plan_additions(relation: Relation, ends: Iterable[str]) -> dict[str, str]:
    """Return the queries that set what was added, in the longest span of up to a year.

    Besides the longest that is of the unit of the row there is the longest of any unit.
    """
    if not relation.may_hold(*_PARTNERS["new"]):
        nothing = (
            _make_null_columns("new", (*ends, "months")),
            _make_null_columns("any", ("value", "unit_code")),
        )
        return {"with_new": f"SELECT *, {', '.join(nothing)} FROM with_growth"}
    whose = "series AS new_of, start + months AS finish, area, place"
    same = " AND ".join(
        f"{{0}}.{column} = with_growth.{own}" for column, own in (
            ("new_of", "new_series"), ("area", "area"), ("place", "place"),
            ("finish", "start + with_growth.months"),
        )
    )  # fmt: skip
    return {
        "added": f"""
            SELECT {whose}, unit_code, {", ".join(ends)}, months FROM told
            WHERE used IS NOT NULL AND months <= {MONTHS_OF_YEAR} AND id LIKE '%new'""",
        "with_new": f"""
            SELECT with_growth.*, {_rename_table_columns("longest", "new", (*ends, "months"))},
                   {_rename_table_columns("sole", "any", ("value", "unit_code"))}
            FROM with_growth
            LEFT JOIN (
                SELECT * FROM added QUALIFY months = max(months) OVER
                (PARTITION BY new_of, finish, area, place, unit_code)
            ) longest ON {same.format("longest")} AND longest.unit_code = with_growth.unit_code
                AND way = {RATIO} AND is_stock
            LEFT JOIN (
                SELECT * FROM added QUALIFY months = max(months) OVER
                (PARTITION BY new_of, finish, area, place)
            ) sole ON {same.format("sole")} AND way = {RATIO} AND is_stock""",
    }


def _rename_columns(prefix: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{column} AS {prefix}_{column}" for column in columns)


def _rename_table_columns(table: str, prefix: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{table}.{column} AS {prefix}_{column}" for column in columns)


def _make_null_columns(prefix: str, columns: Iterable[str]) -> str:
    return ", ".join(f"NULL::DOUBLE AS {prefix}_{column}" for column in columns)


# --- the methods ----------------------------------------------------------------------------------


def _keep_ends_where(condition: str, ends: Ends) -> Ends:
    return [f"CASE WHEN {condition} THEN {end} END" for end in ends]


def _add_prefix(prefix: str, ends: Ends) -> Ends:
    return [f"{prefix}_{end}" for end in ends]


def _compute_change(now: Ends, base: Ends) -> Ends:
    """Return the change from a base: of rates the difference, else the quotient."""
    return [
        f"CASE WHEN way = {RATE} THEN {one} ELSE ({other} - 1) * 100 END"
        for one, other in zip(_subtract_ends(now, base), divide_ends(now, base), strict=True)
    ]


def _subtract_ends(now: Ends, base: Ends) -> Ends:
    (value, lower, upper), (by, least, most) = now, base
    return [f"({value} - {by})", f"({lower} - {most})", f"({upper} - {least})"]


def _compute_growth_from_new(now: Ends) -> Ends:
    """Return the growth by what is added to a level; the level at the end is one number."""
    new = _add_prefix("new", now)
    base = _subtract_ends(now, new)
    value = f"({divide_ends(now, base)[0]} - 1) * 100"
    if now[0] == now[1]:
        return [value] * 3
    corners = ", ".join(
        f"CASE WHEN {level} > {more} THEN 100 * {more} / ({level} - {more}) ELSE {INFINITE} END"
        for level, more in product(now[1:], new[1:])
    )
    ends = [f"{function}({value}, {corners})" for function in ("least", "greatest")]
    return [value, *_keep_ends_where(f"{base[0]} > 0", ends)]


def _list_methods(relation: Relation) -> dict[str, tuple[Ends, Ends, str]]:
    """Return how each method that may apply tells the change, the level before and the months."""
    now = relation.ends
    grown, base, new = (_add_prefix(name, now) for name in ("grown", "base", "new"))
    is_level = f"{_HAS_BASE} AND base_unit_code = unit_code AND NOT is_broken AND way < {INDEX}"
    is_factor = f"way = {RATIO} AND NOT is_growth AND grown_value > -100 AND NOT {_IS_APART}"
    factor = [f"(1 + {end} / 100)" for end in grown]
    is_rate = f"way = {RATE} AND NOT is_growth"
    worked_out = [
        f"CASE WHEN {is_rate} THEN {less} ELSE {by} END"
        for less, by in zip(
            _subtract_ends(now, grown),
            _keep_ends_where(is_factor, divide_ends(now, factor)),
            strict=True,
        )
    ]
    told = {
        "reported": (grown, worked_out, f"greatest(months, {MONTHS_OF_YEAR})"),
        "levels": (
            _keep_ends_where(is_level, _compute_change(now, base)),
            _keep_ends_where(f"{is_level} AND (way = {RATE} OR base_value > 0)", base),
            str(MONTHS_OF_YEAR),
        ),
        "level_minus_new": (
            _keep_ends_where("NOT lapses", _compute_growth_from_new(now)),
            _keep_ends_where("NOT lapses AND value > new_value", _subtract_ends(now, new)),
            "new_months",
        ),
        "index": (
            _keep_ends_where(f"way = {INDEX}", [f"{end} - 100" for end in now]),
            ["NULL::DOUBLE"] * 3,
            f"greatest(months, {MONTHS_OF_YEAR})",
        ),
    }
    may_apply = {
        "reported": relation.may_hold(*_PARTNERS["grown"]),
        "level_minus_new": relation.may_hold(*_PARTNERS["new"]),
        "index": relation.has("unit"),
    }  # fmt: skip
    return {name: told[name] for name in METHODS if may_apply.get(name, True)}


# Growth at other prices than those of the levels, such as real growth.
_IS_APART: Final = "(grown_prices <> prices)"
_HAS_BASE: Final = "base_value IS NOT NULL AND NOT is_growth"
_REASONS: Final = f"""
    WHEN value IS NULL THEN 'missing'
    WHEN way = {VAGUE} THEN 'unit'
    WHEN {_HAS_BASE} AND base_unit_code <> unit_code THEN 'unit'
    WHEN {_HAS_BASE} AND is_broken THEN 'break'
    WHEN {_HAS_BASE} AND way = {RATIO} AND base_value <= 0 THEN 'base_not_positive'
    WHEN most IS NOT NULL THEN 'lapses'
    WHEN any_unit_code <> unit_code THEN 'unit'
    WHEN any_value IS NOT NULL THEN 'base_not_positive'
    ELSE 'no_base'"""


def _list_method_columns(methods: Methods, ends: Iterable[str]) -> str:
    """Return the columns that each method tells."""
    columns = {
        f"{name}_{kind}{end}": sql
        for name, (change, before, _) in methods.items()
        for kind, told in (("", change), ("before_", before))
        for end, sql in zip(ENDS, told, strict=True)
        if end in ends
    } | {f"{name}_months": months for name, (*_, months) in methods.items()}
    return _list_columns(columns)


def _choose_first_method(methods: Methods, ends: Iterable[str]) -> str:
    """Return what the first method that applies tells, and whether another contradicts it."""

    def choose_first(column: str) -> str:
        cases = (f"WHEN {name}_value IS NOT NULL THEN {column.format(name)}" for name in methods)
        return f"CASE {' '.join(cases)} END"

    apart = [
        f"coalesce({_is_apart(*pair, ends)}, false)"
        + (f" AND NOT {_IS_APART}" if "reported" in pair else "")
        for pair in combinations(methods, 2)
    ]
    return _list_columns(
        {
            **{f"change_{end}": choose_first(f"{{}}_{end}") for end in ends},
            # A base that is reported goes before any other.
            **{
                f"previous_{end}": "CASE WHEN levels_before_value IS NULL THEN"
                f" {choose_first('{}_before_' + end)}"
                f" WHEN {choose_first('true')} THEN levels_before_{end} END"
                for end in ends
            },
            "method": choose_first("'{}'"),
            "months_told": f"({choose_first('{}_months')})::BIGINT",
            "conflict": " OR ".join(apart) or "false",
        }
    )


def _is_apart(one: str, other: str, ends: Iterable[str]) -> str:
    """Return the condition that two changes over the same span have intervals that do not meet."""
    lower, upper = ("lower", "upper") if "lower" in ends else ("value", "value")
    beyond = " OR ".join(
        f"{some}_{lower} > {add_tolerance(f'{others}_{upper}')}"
        for some, others in ((one, other), (other, one))
    )
    return f"({one}_months = {other}_months AND ({beyond}))"


def _list_columns(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
