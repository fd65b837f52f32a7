"""Indicators: what a figure measures, in both languages; and the series of one indicator.

The catalogue is a table of ids; the growth, the change, the addition, the claimed rank and the
claimed gap of any of them have ids by rule (``x_growth``, ``x_new``, ``x_rank``, ``x_gap``), so
that comparisons can link them. How ids are made and linked is said here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final, Literal, get_args
from unicodedata import normalize

from provstats.errors import SchemaError, UnknownIndicatorError, nearest
from provstats.reading.periods import Period, parse_period
from provstats.reading.units import Unit
from provstats.store.files import data_folder, read_table
from provstats.store.groups import codes_of
from provstats.store.observations import load
from provstats.store.regions import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

__all__ = [
    "CLAIMS", "GROWTHS", "SUFFIXES", "Direction", "Indicator", "IndicatorSeries", "Measure",
    "Prices", "adds_up", "catalog", "claim_of", "concept_of", "coverage", "indicator",
    "known_indicator", "linked_id", "listed", "search", "series", "split_id",
]  # fmt: skip

Measure = Literal[
    "level", "flow", "growth", "new", "share", "rank", "gap", "contribution", "change",
    "average_growth", "total_growth", "index", "other",
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
    "family", "direction", "scope", "domain", "definition", "aliases",
)  # fmt: skip
_YES_OR_NOT: Final = ("additive", "lapses", "of_nation")


# --- the grammar of ids --------------------------------------------------------------------------

#: What the last words of an id say of it.
SUFFIXES: Final[dict[str, Measure]] = {
    "average_growth": "average_growth", "total_growth": "total_growth", "growth": "growth",
    "change": "change", "new": "new", "share": "share", "rank": "rank", "gap": "gap",
    "contribution": "contribution", "streak": "other", "record": "other", "wins": "other",
}  # fmt: skip
#: What a report claims of an indicator.
CLAIMS: Final = ("rank", "gap")
#: All that is growth, of whatever span.
GROWTHS: Final = ("growth", "average_growth", "total_growth")
# After these, a suffix has no meaning.
_NEVER_AFTER: Final = {
    **dict.fromkeys(GROWTHS, (*GROWTHS, "change", *CLAIMS)),
    "change": ("change", "gap"), "new": (*GROWTHS, "change", "new", *CLAIMS),
    **dict.fromkeys(CLAIMS, CLAIMS),
}  # fmt: skip
_NOT_ADDED: Final = ("percent", "percentage_point", "rank", "index", "")
# Growth of these is printed in constant prices, whatever the prices of the amounts.
_REAL: Final = re.compile("(?:^|_)(?:value_added|gdp|gdp_per_capita)$")


def split_id(id_: str) -> tuple[str, str]:
    """Return what an id is about and its suffix, empty where it has none.

    Examples
    --------
    >>> split_id("little_giants_new"), split_id("exports_average_growth"), split_id("growth")
    (('little_giants', 'new'), ('exports', 'average_growth'), ('growth', ''))
    """
    words = (word for word in SUFFIXES if id_.endswith(f"_{word}"))
    suffix = next(words, "")
    return id_.removesuffix(f"_{suffix}") if suffix else id_, suffix


def concept_of(id_: str) -> str:
    """Return what is measured: an id without the suffixes that say how.

    Examples
    --------
    >>> concept_of("industrial_value_added_growth_gap")
    'industrial_value_added'
    """
    stem, suffix = split_id(id_)
    return concept_of(stem) if suffix else id_


def claim_of(id_: str) -> tuple[str, str] | None:
    """Return the indicator of which an id is a claim, and ``rank`` or ``gap``; None of others.

    Examples
    --------
    >>> claim_of("rd_intensity_gap"), claim_of("rd_intensity")
    (('rd_intensity', 'gap'), None)
    """
    stem, suffix = split_id(id_)
    return (stem, suffix) if suffix in CLAIMS else None


def linked_id(id_: str, suffix: str) -> str:
    """Return the id of an indicator's growth, addition, claimed rank and so on.

    Examples
    --------
    >>> linked_id("little_giants", "new"), linked_id("exports_growth", "growth")
    ('little_giants_new', 'exports_growth')
    """
    return id_ if split_id(id_)[1] == suffix else f"{id_}_{suffix}"


def adds_up(id_: str, unit: str) -> bool:
    """Tell whether the provinces add up to the nation.

    Of an indicator that the catalogue does not know, a count or an amount that is not per
    something does.

    Examples
    --------
    >>> adds_up("rd_expenditure", "CNY"), adds_up("rd_intensity", "percent"), adds_up("jobs", "")
    (True, False, False)
    """
    of = known_indicator(id_)
    if of is not None:
        return of.additive
    is_amount = split_id(id_)[1] in ("", "new") and unit not in _NOT_ADDED
    return is_amount and not re.search("_per_|_average_|^average_", f"{id_}_")


# --- the catalogue -------------------------------------------------------------------------------


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
        One sentence; may be empty for indicators that follow from another by rule.
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

    Raises
    ------
    SchemaError
        If a word is not of its vocabulary or a name is empty.

    Examples
    --------
    >>> indicator("little_giants_new").name_en
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
        return concept_of(self.id)


def _of_row(row: dict[str, str]) -> Indicator:
    for column in _YES_OR_NOT:
        if row[column] not in ("yes", ""):
            msg = f"indicator {row['id']!r}: {column} must be 'yes' or empty, got {row[column]!r}"
            raise SchemaError(msg)
    told = {column: row[column] == "yes" for column in _YES_OR_NOT}
    aliases = tuple(filter(None, row["aliases"].split(";")))
    return Indicator(**{**row, **told, "aliases": aliases})  # type: ignore[arg-type]


def _in_family(row: Indicator, rows: dict[str, Indicator]) -> Indicator:
    concept = rows.get(row.concept)
    return replace(row, family=row.family or (concept and concept.family) or row.concept)


@cache
def listed() -> Mapping[str, Indicator]:
    """Return the indicators that the table lists; others follow from them by rule.

    Examples
    --------
    >>> "little_giants" in listed(), "little_giants_rank_new" in listed()
    (True, False)
    """
    table = read_table(data_folder() / "indicators.tsv", _COLUMNS)
    rows = {row["id"]: _of_row(row) for row in table}
    return {id_: _in_family(row, rows) for id_, row in rows.items()}


_GROWTH_NAMES: Final = {
    "growth": ("同比增速", "year-on-year growth", "增速"),
    "average_growth": ("年均增速", "average annual growth", "年均增速"),
    "total_growth": ("累计增幅", "growth over several years", "累计增幅"),
}


def _growth(of: Indicator, suffix: Measure) -> Indicator:
    zh, en, short = _GROWTH_NAMES[suffix]
    chinese = (name for name in (of.name_zh, *of.aliases) if not name.isascii())
    return replace(
        of, name_zh=f"{of.name_zh}{zh}", name_en=f"{of.name_en}, {en}", unit="percent",
        aliases=(*of.aliases, *(f"{name}{short}" for name in chinese)), additive=False,
        prices="constant" if _REAL.search(of.id) else of.prices,
    )  # fmt: skip


def _change(of: Indicator, _: Measure) -> Indicator:
    unit: Unit = "percentage_point" if of.unit == "percent" else of.unit
    return replace(of, name_zh=f"{of.name_zh}变动", name_en=f"{of.name_en}, change", unit=unit)


def _new(of: Indicator, _: Measure) -> Indicator:
    return replace(of, name_zh=f"新增{of.name_zh}", name_en=f"{of.name_en}, added in the period")


def _rank(of: Indicator, _: Measure) -> Indicator:
    return replace(
        of, name_zh=f"{of.name_zh}位次", name_en=f"{of.name_en}, claimed rank", unit="rank",
        direction="lower", additive=False, prices="",
    )  # fmt: skip


def _gap(of: Indicator, _: Measure) -> Indicator:
    unit: Unit = "percentage_point" if of.unit == "percent" else of.unit
    return replace(
        of, name_zh=f"{of.name_zh}与全国差距", name_en=f"{of.name_en}, claimed gap to the nation",
        unit=unit, additive=False,
    )  # fmt: skip


_BY_RULE: Final[dict[str, Callable[[Indicator, Measure], Indicator]]] = {
    **dict.fromkeys(GROWTHS, _growth), "change": _change, "new": _new, "rank": _rank, "gap": _gap,
}  # fmt: skip


def _derived(of: Indicator, suffix: str) -> Indicator:
    """Return the indicator that follows from another by rule."""
    measure = SUFFIXES[suffix]
    made = _BY_RULE[suffix](of, measure)
    id_ = f"{of.id}_{suffix}"
    return replace(made, id=id_, measure=measure, definition="", lapses=False, of_nation=False)


@cache
def known_indicator(name: str) -> Indicator | None:
    """Return an indicator, or None for an id that the catalogue does not know.

    Parameters
    ----------
    name : str
        An indicator id, such as those of a caller's frame.

    Examples
    --------
    >>> known_indicator("jobs") is None
    True
    """
    if name in listed():
        return listed()[name]
    stem, suffix = split_id(name)
    if suffix not in _BY_RULE or split_id(stem)[1] in _NEVER_AFTER[suffix]:
        return None
    of = known_indicator(stem)
    return of and _derived(of, suffix)


def indicator(id_: str, /) -> Indicator:
    """Return one indicator.

    Parameters
    ----------
    id_ : str
        Its id; `search` finds ids by name.

    Returns
    -------
    Indicator

    Raises
    ------
    UnknownIndicatorError
        If there is no such id; the message has the nearest ids.

    Examples
    --------
    >>> indicator("industrial_value_added_growth_gap").unit
    'percentage_point'
    """
    found = known_indicator(id_) if isinstance(id_, str) else None
    if found is None:
        near = _named(str(id_)) or nearest(str(id_), _possible_ids())
        msg = f"unknown indicator {id_!r}{near or '.'} ps.search(text) finds ids by name."
        raise UnknownIndicatorError(msg)
    return found


def _named(text: str) -> str:
    """Suggest the id of which the text is a name."""
    ids = [
        id_ for id_ in _possible_ids() if (of := known_indicator(id_)) and text in _texts(of)[2:]
    ]
    return f"; that is a name of {' or '.join(map(repr, ids))}." if ids else ""


def _possible_ids() -> list[str]:
    """Return the ids of the registry, and those that follow from them by rule."""
    return [id_ + suffix for id_ in listed() for suffix in ("", *(f"_{s}" for s in _BY_RULE))]


def _ids() -> list[str]:
    return list(dict.fromkeys([*listed(), *load(nature=None)["indicator"]]))


_TOLD_FIRST: Final = (
    "id", "concept", "measure", "name_zh", "name_en", "unit", "scope", "direction", "domain",
)  # fmt: skip
_TOLD_LAST: Final = ("additive", "family", "prices", "definition")


def catalog() -> pd.DataFrame:
    """Return the catalogue of indicators.

    Returns
    -------
    DataFrame
        One row an indicator: ``id``, ``concept``, ``measure``, ``name_zh``, ``name_en``, ``unit``,
        ``scope``, ``direction``, ``domain``, ``regions`` (how many report it, in whatever nature; 0
        for one that only names its derivatives), ``periods`` (their labels, joined by ``", "``),
        ``additive``, ``family``, ``prices`` and ``definition``.

    Examples
    --------
    >>> catalog().set_index("id").loc["little_giants", "regions"].item()
    5
    """
    import pandas as pd

    reported = load(nature=None).groupby("indicator", sort=False)
    regions = reported["region"].nunique()
    periods = reported["period"].agg(lambda labels: ", ".join(sorted(set(labels))))
    of = [indicator(id_) for id_ in sorted(_ids())]
    table = pd.DataFrame({column: [getattr(i, column) for i in of] for column in _TOLD_FIRST})
    table["regions"] = table["id"].map(regions).fillna(0).astype("int64")
    table["periods"] = table["id"].map(periods).fillna("")
    return table.assign(**{column: [getattr(i, column) for i in of] for column in _TOLD_LAST})


def search(text: str) -> pd.DataFrame:
    """Find indicators by Chinese or English name, alias or id.

    Parameters
    ----------
    text : str
        Words that must all occur; case does not matter.

    Returns
    -------
    DataFrame
        The rows of `catalog` that match, those that more regions report first; empty where none.

    Examples
    --------
    >>> search("5G基站")["id"].to_list()[:2]
    ['base_stations_5g_new', 'base_stations_5g']
    """
    words = normalize("NFKC", str(text)).casefold().split()
    table = catalog()
    texts = [" ".join(_texts(indicator(i))).casefold() for i in table["id"]]
    found = [bool(words) and all(word in names for word in words) for names in texts]
    return table[found].sort_values("regions", ascending=False, kind="stable", ignore_index=True)


def _texts(of: Indicator) -> tuple[str, ...]:
    return of.id, of.id.replace("_", " "), of.name_zh, of.name_en, *of.aliases


# --- series --------------------------------------------------------------------------------------

# More are cut from the middle of the table that a notebook shows.
_MOST_ROWS = 40
find_indicator = indicator


@dataclass(frozen=True, slots=True, eq=False)
class IndicatorSeries:
    """The observations of one indicator.

    Parameters
    ----------
    indicator : Indicator
        What is measured.
    data : DataFrame
        A plain frame with the columns of the observations.
    vintage : str or None
        The vintage of the data, as for `load`; comparisons look for benchmarks in the same one.

    Examples
    --------
    >>> little_giants = series("little_giants", regions=["上海", "广东"])
    >>> little_giants
    IndicatorSeries: National-level “little giant” enterprises (little_giants), count
    2 observations, 2 regions, periods: 2024
    """

    indicator: Indicator
    data: pd.DataFrame
    vintage: str | None = "latest"

    @property
    def periods(self) -> list[str]:
        """The labels of the periods, by their end and then by their start."""
        return sorted(self.data["period"].unique(), key=_by_end)

    @property
    def regions(self) -> list[str]:
        """The codes of the regions, in the order of the registry."""
        reporting = set(self.data["region"])
        return [code for code in registry() if code in reporting]

    def latest(self) -> pd.DataFrame:
        """Return each region's most recent rows.

        Returns
        -------
        DataFrame
            One row a region and nature, those of the period that ends last; where two end
            together, of the longer one, and of two vintages the later. Different regions may
            have different periods.
        """
        ends = self.data["period"].map(lambda label: _by_end(label, longest_last=True))
        ordered = self.data.loc[ends.sort_values(kind="stable").index]
        return ordered.drop_duplicates(["region", "nature"], keep="last").sort_index()

    def to_wide(self) -> pd.DataFrame:
        """Return the values as a table.

        Returns
        -------
        DataFrame
            Regions down, periods across; NaN where a region does not report the period. Where
            the series holds several natures or vintages, they are further levels of the columns.
        """
        several = ["nature"] if len(set(self.data["nature"])) > 1 else []
        if self.data.duplicated(["region", "period", *several]).any():
            several.append("vintage")
        across = ["period", *several]
        wide = self.data.pivot(index="region", columns=across, values="value")  # noqa: PD010
        return wide.reindex(index=self.regions).reindex(columns=self.periods, level=0)

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        of = self.indicator
        return (
            f"{type(self).__name__}: {of.name_en} ({of.id}), {of.unit}\n"
            f"{len(self)} observations, {len(self.regions)} regions, "
            f"periods: {', '.join(self.periods) or 'none'}"
        )

    def _repr_html_(self) -> str:
        of, counts = self.indicator, repr(self).splitlines()[-1]
        return (
            f"<p><b>{escape(of.name_zh)} · {escape(of.name_en)}</b> "
            f"(<code>{escape(of.id)}</code>, {escape(of.unit)})<br>"
            f"{escape(of.definition)}<br>{escape(counts)}</p>"
            + self._as_read().to_html(index=False, max_rows=_MOST_ROWS, border=0)
        )

    def _as_read(self) -> pd.DataFrame:
        """Return what a reader looks for: names, what was printed, and what it allows."""
        rows = self.data
        places = [registry()[code] for code in rows["region"]]
        ends = zip(rows["lower"], rows["upper"], strict=True)
        read = rows.assign(
            name=[f"{place.name_zh} {place.name_en}" for place in places],
            value=[_number(value) for value in rows["value"]],
            interval=[_interval(lower, upper) for lower, upper in ends],
        )
        told = ["nature"] if set(rows["nature"]) - {"outcome"} else []
        told += rows.columns.intersection(["vintage"]).to_list()
        return read[["region", "name", "period", "printed", "value", "interval", *told]]


def _number(value: float) -> str:
    return f"{value:,.15g}"


def _interval(lower: float, upper: float) -> str:
    """Print both ends; nothing where there is no doubt."""
    return "" if lower == upper else f"{_number(lower)} to {_number(upper)}"


def _by_end(label: str, *, longest_last: bool = False) -> tuple[object, ...]:
    period = parse_period(label)
    return (period.end, period.months if longest_last else period.start)


def series(
    indicator: str,
    *,
    period: str | int | Period | Iterable[str | int | Period] | None = None,
    regions: str | int | Iterable[str | int] | None = None,
    nature: str | None = "outcome",
    vintage: str | None = "latest",
) -> IndicatorSeries:
    """Return the shipped observations of one indicator.

    Parameters
    ----------
    indicator : str
        Its id.
    period : str, int, Period or several, optional
        Which periods, as labels or as printed with a year; all by default. ``"2021/2023"`` is one
        span of three years; for three years give a list.
    regions : str, int or several, optional
        Which regions or groups (``"长三角"``), by any name or code; all by default.
    nature : {"outcome", "forecast", "target"} or None
        Which rows; None for all.
    vintage : {"latest", "first"}, document id, date or None
        Which vintage, as for `load`.

    Returns
    -------
    IndicatorSeries
        Empty where nobody reports what was asked for.

    Raises
    ------
    UnknownIndicatorError, UnknownRegionError, PeriodError, SchemaError
        If a word is not known.

    Examples
    --------
    >>> series("little_giants", regions=["上海"]).to_wide().values.tolist()
    [[857.0]]
    """
    of = find_indicator(indicator)
    data = load(nature=nature, vintage=vintage)
    kept = data["indicator"] == of.id
    if period is not None:
        labels = [period] if isinstance(period, str | int | Period) else period
        kept &= data["period"].isin([str(parse_period(str(label))) for label in labels])
    if regions is not None:
        kept &= data["region"].isin(codes_of(regions))
    return IndicatorSeries(of, data[kept].reset_index(drop=True), vintage)


def coverage() -> pd.DataFrame:
    """Return which region reports which indicator, and for which periods.

    Returns
    -------
    DataFrame
        Regions down, in the order of the registry, and indicator ids across; each cell holds the
        labels of the periods with an outcome, joined by ``", "``, or ``""``.

    Examples
    --------
    >>> coverage().loc["CN-SD", "single_champions"]
    '2024'
    """
    cells = (
        load()
        .groupby(["region", "indicator"])["period"]
        .agg(lambda labels: ", ".join(sorted(labels, key=_by_end)))
    )
    wide = cells.unstack(fill_value="")  # noqa: PD010
    return wide.reindex([code for code in registry() if code in wide.index])
