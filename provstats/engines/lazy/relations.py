"""Relations: the rows of DuckDB with what comparing needs, as queries that nothing has run.

NaN and infinite values are missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from provstats.engines.lazy.codes import (
    AREAS,
    describe_all_ids,
    describe_ids,
    describe_units,
    plan_kinds,
    plan_spans,
)
from provstats.engines.lazy.schemas import ENDS
from provstats.indicators import add_suffix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.engines.recognise import Lazy

__all__ = ["Relation"]

# The caller's columns of texts that say of what kind a row is, and what they are called here.
_KINDS: Final = {"unit": "stated", "nature": "nature", "among": "among", "direction": "direction",
                 "additive": "additive"}  # fmt: skip
_WHOLE_YEAR: Final = "CASE WHEN r.period = trunc(r.period) THEN r.period::BIGINT::VARCHAR END"
# Queries that are read more than once.
_KEPT: Final = {"areas", "kinds", "spans", "labelled", "groups", "told"}


class Relation:
    """A caller's relation: what its columns are called in queries, and how these are put to it."""

    def __init__(self, native: Lazy) -> None:
        self.native = native
        # Of its own: by some versions all relations of a connection share the names of queries.
        self.name = f"provstats_{uuid4().hex}"
        self.types: dict[str, str] = dict(zip(native.columns, map(str, native.types), strict=True))
        self.kinds = ["indicator", *(name for c, name in _KINDS.items() if c in self.types)]
        # An enumeration says beforehand which ids there are.
        kind: Any = native.types[native.columns.index("indicator")]
        self._ids: list[str] | None = (
            [*map(str, kind.children[0][1])] if kind.id == "enum" else None
        )
        #: The columns that say how sure a value is; of a caller without bounds it is exact.
        self.ends = ENDS if self.has("lower", "upper") else ENDS[:1] * 3
        #: The columns that say to which group a row belongs.
        self.keys = [*self.kinds, "start" if self._has_dates() else "label"]

    def has(self, *columns: str) -> bool:
        """Tell whether the caller has one of some columns."""
        return any(column in self.types for column in columns)

    def may_hold(self, *suffixes: str) -> bool:
        """Tell whether an indicator may end so: the type of an enumeration says what there is."""
        ends = tuple(add_suffix("", suffix) for suffix in suffixes)
        return self._ids is None or any(id_.endswith(ends) for id_ in self._ids)

    def build_plan(self, queries: Mapping[str, str], added: Mapping[str, str]) -> Lazy:
        """Return the caller's columns, and those added, of the last query.

        The queries may read ``located``, the rows with what their numbers and regions say,
        ``kinds`` and ``spans``, what their texts say.
        """
        steps = {
            "areas": self._plan_areas(),
            **plan_kinds(self._plan_texts(), self.kinds),
            **self._plan_spans(),
            "located": self._plan_located_rows(),
            **queries,
        }
        listed = ",\n".join(
            f"{name} AS {'' if name in _KEPT else 'NOT '}MATERIALIZED (\n{query}\n)"
            for name, query in steps.items()
        )
        own = {name: f"given_{place}" for place, name in enumerate(self.types)}
        answer = ", ".join(
            f"{sql} AS {_quote_name(name)}" for name, sql in {**own, **added}.items()
        )
        return self._apply_query(f"WITH {listed}\nSELECT {answer} FROM {[*steps][-1]}")

    def _apply_query(self, query: str) -> Lazy:
        """Apply a query to the caller's rows and these tables, by their names here."""
        provstats_units = describe_units()  # noqa: F841 - the query's
        provstats_ids = describe_all_ids() if self._ids is None else describe_ids(self._ids)  # noqa: F841
        return self.native.query(self.name, query)

    # --- what queries read ------------------------------------------------------------------------

    def _has_dates(self) -> bool:
        return self.types["period"].startswith(("DATE", "TIMESTAMP"))

    def _has_texts(self) -> bool:
        return self.types["period"].startswith(("VARCHAR", "ENUM"))

    def _find_key_column(self, name: str) -> str:
        """Return a column of keys by the caller's columns."""
        if name == "start":
            return "year(r.period) * 12 + month(r.period)"
        if name == "label":
            return "r.period" if self._has_texts() else _WHOLE_YEAR
        given = next((column for column, own in _KINDS.items() if own == name), "")
        return f"coalesce(r.{given}::VARCHAR, '')" if given else f"r.{name}"

    def _plan_areas(self) -> str:
        """Return the query that numbers the regions; each has a bit of its own."""
        listed = ", ".join(f"('{code}', {area})" for code, area in AREAS.items())
        return (
            f"SELECT try_cast(code AS {self.types['region']}) AS region, area, 1::BIGINT << area"
            f" AS bit FROM (VALUES {listed}) areas(code, area)"
        )

    def _plan_texts(self) -> str:
        """Return the texts that say of what kind rows are, each once."""
        if self._ids is not None and self.kinds == ["indicator"]:
            return f"SELECT unnest(enum_range(NULL::{self.types['indicator']})) AS indicator"
        texts = ", ".join(f"{self._find_key_column(name)} AS {name}" for name in self.kinds)
        return f"SELECT DISTINCT {texts} FROM {self.name} r"

    def _plan_spans(self) -> dict[str, str]:
        if "label" not in self.keys:
            return {}
        kind = self.types["period"] if self._has_texts() else "VARCHAR"
        labels = (
            f"SELECT DISTINCT {self._find_key_column('label')}::VARCHAR AS label FROM {self.name} r"
        )
        return plan_spans(labels, kind)

    def _plan_located_rows(self) -> str:
        """Set beside each row its region's number and, if its value is usable, the region's bit."""
        given = ", ".join(
            f"r.{_quote_name(name)} AS given_{place}" for place, name in enumerate(self.types)
        )
        keys = ", ".join(f"{self._find_key_column(name)} AS {name}" for name in self.keys)
        value, is_there = _keep_finite("value"), "isfinite(r.value::DOUBLE)"
        numbers = {"value": value} | {
            # Of no value there are no bounds, and without bounds it is exact.
            end: f"CASE WHEN {is_there} THEN coalesce({_keep_finite(end)}, {value}) END"
            if self.has(end) else value
            for end in self.ends[1:] if end != "value"
        }  # fmt: skip
        listed = ", ".join(f"{number} AS num_{name}" for name, number in numbers.items())
        is_usable = "num_value IS NOT NULL"
        if "lower" in numbers:
            is_usable = "num_lower <= num_value AND num_value <= num_upper"
        texts = ", ".join(
            f"coalesce(r.{column}::VARCHAR, '') AS {name}" if self.has(column) else f"'' AS {name}"
            for column, name in {"source": "document", "printed": "printed"}.items()
        )
        return f"""
            SELECT * EXCLUDE ({", ".join(f"num_{name}" for name in numbers)}),
                   {", ".join(f"num_{name} AS {name}" for name in numbers)},
                   CASE WHEN {is_usable} THEN bit END AS used
            FROM (SELECT {given}, {keys}, areas.area, areas.bit, {texts}, {listed}
                  FROM {self.name} r LEFT JOIN areas ON r.region = areas.region)"""


def _quote_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _keep_finite(column: str) -> str:
    """Return finite numbers; others are missing, and minus zero is zero."""
    number = f"r.{column}::DOUBLE"
    return f"CASE WHEN isfinite({number}) THEN {number} + 0.0 END"
