"""Entries: the indicators of the catalogue, those of the table and those that follow by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from provstats.catalogue.ids import (
    GROWTHS,
    NEVER_AFTER,
    SUFFIXES,
    Measure,
    find_concept,
    is_average_by_name,
    split_id,
    split_ratio,
)
from provstats.catalogue.wordings import WORDINGS
from provstats.errors import SchemaError
from provstats.reading.index_units import classify_index_base
from provstats.reading.units import RATES, Unit, find_difference_unit, normalize_unit
from provstats.store.files import find_data_folder, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Direction", "Indicator", "Prices", "can_add_up", "find_prices", "load_indicators",
    "look_up_indicator",
]  # fmt: skip

Prices = Literal["constant", "current", ""]
Direction = Literal["higher", "lower", "neutral"]
Domain = Literal[
    "economy", "investment", "enterprises", "clusters", "innovation", "digital", "green",
    "products", "trade", "policy", "population", "employment", "public_finance", "prices",
    "agriculture", "energy",
]  # fmt: skip

_COLUMNS: Final = (
    "id", "name_zh", "name_en", "unit", "measure", "additive", "prices", "lapses", "of_nation",
    "family", "direction", "scope", "domain", "definition", "definition_zh", "aliases",
)  # fmt: skip
_YES_OR_NOT: Final = ("additive", "lapses", "of_nation")

# Growth of these is printed in constant prices, whatever the prices of the amounts.
_REAL: Final = re.compile("(?:^|_)(?:value_added|gdp|gdp_per_capita)$")
_REAL_GROWTH: Final = re.compile(f"{_REAL.pattern[:-1]}_(?:{'|'.join(GROWTHS)})$")
# Values in these units do not add up to a whole, nor do those per something.
_NOT_ADDED: Final = (*RATES, "rank", "", "point", "year", "month", "day", "hour", "minute")
_PER: Final = re.compile(r"/|每|(?:^|\s)per\s")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the catalogue.

    Parameters
    ----------
    id : str
        ``<concept>`` for the level, ``<concept>_growth`` year-on-year percent,
        ``_average_growth`` and ``_total_growth`` over several years, ``_change`` of a rate in
        points, ``_new`` added within the period, ``_share``; and ``_rank`` or ``_gap`` for what a
        report claims.
    name_zh, name_en : str
        Names in both languages; the English as NBS and MIIT write it.
    unit : str
        The base unit of its values.
    measure : str
        One of `Measure`.
    direction : str
        ``higher`` or ``lower`` where that is better, else ``neutral``.
    scope : str
        What is covered, such as ``above designated size``; may be empty.
    domain : str
        The field of policy.
    definition : str
        One sentence; of one that follows from another by rule, that of the other too.
    aliases : tuple of str
        Further names that a search finds.
    additive : bool
        Whether the provinces add up to the nation: counts and amounts not per something do.
    prices : str
        ``constant`` for what is real, such as growth of value added; ``current``, or empty.
    lapses : bool
        Whether it is a stock of titles that lapse on review, so that its additions are no change.
    of_nation : bool
        Whether it is a share of the national total.
    family : str
        What it may be looked at beside, never ranked with; the concept where it has no other.
    definition_zh : str
        The definition in Chinese; empty where there is none.

    Raises
    ------
    SchemaError
        If a word is not of its vocabulary or a name is empty.

    Examples
    --------
    >>> import provstats as ps
    >>> ps.indicator("little_giants_new").name_en
    'National-level “little giant” enterprises, added in the period'
    """

    id: str
    name_zh: str
    name_en: str
    unit: Unit
    measure: Measure
    direction: Direction
    scope: str
    domain: Domain
    definition: str = ""
    aliases: tuple[str, ...] = ()
    additive: bool = False
    prices: Prices = ""
    lapses: bool = False
    of_nation: bool = False
    family: str = ""
    definition_zh: str = ""

    def __post_init__(self) -> None:
        words = {
            "unit": Unit, "measure": Measure, "direction": Direction, "domain": Domain,
            "prices": Prices,
        }  # fmt: skip
        for field, vocabulary in words.items():
            if getattr(self, field) not in get_args(vocabulary):
                given = getattr(self, field)
                msg = f"indicator {self.id!r}: {field} {given!r} is not of {get_args(vocabulary)}"
                raise SchemaError(msg)
        if not (re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", self.id) and self.name_zh and self.name_en):
            msg = f"indicator {self.id!r} needs an id in lower case and names in both languages"
            raise SchemaError(msg)

    @property
    def concept(self) -> str:
        """What is measured: the id without the suffixes that say how."""
        return find_concept(self.id)


def _parse_indicator(row: dict[str, str]) -> Indicator:
    for column in _YES_OR_NOT:
        if row[column] not in ("yes", ""):
            msg = f"indicator {row['id']!r}: {column} must be 'yes' or empty, got {row[column]!r}"
            raise SchemaError(msg)
    told = {column: row[column] == "yes" for column in _YES_OR_NOT}
    aliases = tuple(filter(None, row["aliases"].split(";")))
    return Indicator(**{**row, **told, "aliases": aliases})  # type: ignore[arg-type]


def _fill_family(row: Indicator, rows: dict[str, Indicator]) -> Indicator:
    concept = rows.get(row.concept)
    return replace(row, family=row.family or (concept and concept.family) or row.concept)


@cache
def load_indicators() -> Mapping[str, Indicator]:
    """Return the indicators that the table lists; others follow from them by rule.

    Examples
    --------
    >>> "little_giants" in load_indicators(), "little_giants_rank_new" in load_indicators()
    (True, False)
    """
    table = read_table(find_data_folder() / "indicators.tsv", _COLUMNS)
    rows = {row["id"]: _parse_indicator(row) for row in table}
    return {id_: _fill_family(row, rows) for id_, row in rows.items()}


@lru_cache(maxsize=4096)  # ids of callers' frames come and go
def look_up_indicator(id_: str) -> Indicator | None:
    """Return an indicator, or None for an id that the catalogue does not know.

    Examples
    --------
    >>> look_up_indicator("jobs") is None
    True
    """
    if id_ in load_indicators():
        return load_indicators()[id_]
    stem, suffix = split_id(id_)
    if suffix not in WORDINGS:
        return _derive_ratio(id_)
    if split_id(stem)[1] in NEVER_AFTER[suffix]:
        return None
    base = look_up_indicator(stem)
    return base and _derive_indicator(base, suffix)


def _derive_ratio(id_: str) -> Indicator | None:
    """Return an amount per head, or one in percent of another one in the same unit."""
    if not (parts := split_ratio(id_)):
        return None
    numerator, base = map(look_up_indicator, parts)
    if not (numerator and base and numerator.additive and base.additive):
        return None
    ways = {"population": ("人均{0}", "{0} per capita", numerator.unit)}
    if numerator.unit == base.unit:
        ways.setdefault(base.id, ("{0}与{1}之比", "{0} in percent of {1}", "percent"))
    if base.id not in ways:
        return None
    zh, en, unit = ways[base.id]
    return replace(
        numerator, id=id_, unit=unit, additive=False, aliases=(), lapses=False, of_nation=False,
        name_zh=zh.format(numerator.name_zh, base.name_zh),
        name_en=en.format(numerator.name_en, base.name_en),
        definition=f"{numerator.definition} Divided by: {base.definition}",
        definition_zh=_prefix_definition(f"{numerator.definition_zh}除以：", base.definition_zh),
    )  # fmt: skip


def _derive_indicator(base: Indicator, suffix: str) -> Indicator:
    """Return the indicator that follows from another by rule."""
    wording = WORDINGS[suffix]
    named = replace(
        base, id=f"{base.id}_{suffix}", measure=SUFFIXES[suffix],
        name_zh=wording.zh.format(base.name_zh), name_en=wording.en.format(base.name_en),
        aliases=wording.make_aliases((base.name_zh, base.name_en, *base.aliases)),
        definition=f"{wording.definition} Of what: {base.definition}",
        definition_zh=_prefix_definition(f"{wording.definition_zh}基础指标：", base.definition_zh),
        lapses=False, of_nation=False,
    )  # fmt: skip
    derived = replace(named, **_find_changed_fields(base, suffix))
    is_real = base.prices == "current" and derived.prices == "constant"
    return _reword_as_constant_prices(derived) if is_real else derived


def _reword_as_constant_prices(indicator: Indicator) -> Indicator:
    """Return an indicator whose definitions say constant prices where they said current prices."""
    return replace(
        indicator, definition=indicator.definition.replace("current prices", "constant prices"),
        definition_zh=indicator.definition_zh.replace("当年价格", "不变价格"),
    )  # fmt: skip


def _prefix_definition(how: str, definition: str) -> str:
    """Return a definition that rests on another one, an empty text if that one is empty."""
    return definition and f"{how}{definition}"


def _find_changed_fields(base: Indicator, suffix: str) -> dict[str, Any]:
    """Return how a growth, change, addition, rank or gap differs from the indicator itself."""
    if suffix in GROWTHS:
        prices = "constant" if _REAL.search(base.id) else base.prices
        return {"unit": "percent", "additive": False, "prices": prices}
    if suffix == "rank":
        return {"unit": "rank", "additive": False, "prices": "", "direction": "lower"}
    if suffix == "gap":
        return {"unit": find_difference_unit(base.unit), "additive": False}
    return {"unit": find_difference_unit(base.unit)} if suffix == "change" else {}


def find_prices(id_: str) -> Prices:
    """Return the prices at which values are, an empty text where none are known.

    Of an indicator that the catalogue does not know, growth of value added is real.

    Examples
    --------
    >>> find_prices("gdp_growth"), find_prices("gdp"), find_prices("tea_value_added_growth")
    ('constant', 'current', 'constant')
    """
    if known := look_up_indicator(id_):
        return known.prices
    return "constant" if _REAL_GROWTH.search(id_) else ""


def can_add_up(id_: str, unit: str) -> bool:
    """Tell whether the provinces add up to the nation.

    Of an indicator that the catalogue does not know, a count or an amount that is not per
    something does; an index does not.

    Examples
    --------
    >>> (
    ...     can_add_up("rd_expenditure", "CNY"),
    ...     can_add_up("rd_intensity", "percent"),
    ...     can_add_up("jobs", ""),
    ... )
    (True, False, False)
    """
    if known := look_up_indicator(id_):
        return known.additive
    is_level = split_id(id_)[1] in ("", "new") and not is_average_by_name(id_)
    return is_level and normalize_unit(unit) not in _NOT_ADDED and not _is_ratio_or_index_unit(unit)


def _is_ratio_or_index_unit(unit: str) -> bool:
    """Tell a unit of what is per something, or an index of something."""
    return bool(_PER.search(unit) or classify_index_base(unit))
