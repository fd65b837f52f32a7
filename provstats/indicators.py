"""Indicators: what a figure measures, in both languages; and the series of one indicator.

The catalogue is a table of ids; the growth, the addition, the claimed rank and the claimed gap of
any of them have ids by rule (``x_growth``, ``x_new``, ``x_rank``, ``x_gap``), so that comparisons
can link them.
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
from provstats.store.observations import load
from provstats.store.regions import region, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

__all__ = [
    "Direction", "Indicator", "IndicatorSeries", "Measure", "catalog", "coverage", "indicator",
    "known_indicator", "listed", "search", "series",
]  # fmt: skip

Measure = Literal["level", "flow", "growth", "new", "share", "rank", "gap", "contribution", "other"]
Direction = Literal["higher", "lower", "neutral"]
Domain = Literal[
    "economy", "investment", "enterprises", "clusters", "innovation", "digital", "green",
    "products", "trade", "policy",
]  # fmt: skip

_COLUMNS: Final = (
    "id", "name_zh", "name_en", "unit", "measure", "direction", "scope", "domain", "definition",
    "aliases",
)  # fmt: skip
_SUFFIX: Final = re.compile(
    "_(?:growth|new|share|rank|gap|contribution|streak|record|change|wins)$"
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the catalogue.

    Parameters
    ----------
    id : str
        ``<concept>`` for the level, ``<concept>_growth`` year-on-year percent, ``_new`` added
        within the period, ``_share``; and ``_rank`` or ``_gap`` for what a report claims.
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

    def __post_init__(self) -> None:
        words = {"unit": Unit, "measure": Measure, "direction": Direction, "domain": Domain}
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
        concept = self.id
        while _SUFFIX.search(concept):
            concept = _SUFFIX.sub("", concept)
        return concept


def _of_row(row: dict[str, str]) -> Indicator:
    aliases = tuple(filter(None, row["aliases"].split(";")))
    return Indicator(**{**row, "aliases": aliases})  # type: ignore[arg-type]


@cache
def listed() -> Mapping[str, Indicator]:
    """Return the indicators that the table lists; others follow from them by rule.

    Examples
    --------
    >>> "little_giants" in listed(), "little_giants_rank_new" in listed()
    (True, False)
    """
    rows = [_of_row(row) for row in read_table(data_folder() / "indicators.tsv", _COLUMNS)]
    return {row.id: row for row in rows}


def _growth(of: Indicator) -> Indicator:
    chinese = (name for name in (of.name_zh, *of.aliases) if not name.isascii())
    return replace(
        of, id=f"{of.id}_growth", name_zh=f"{of.name_zh}同比增速",
        name_en=f"{of.name_en}, year-on-year growth", unit="percent", measure="growth",
        aliases=(*of.aliases, *(f"{name}增速" for name in chinese)),
    )  # fmt: skip


def _new(of: Indicator) -> Indicator:
    return replace(
        of, id=f"{of.id}_new", name_zh=f"新增{of.name_zh}",
        name_en=f"{of.name_en}, added in the period", measure="new",
    )  # fmt: skip


def _rank(of: Indicator) -> Indicator:
    return replace(
        of, id=f"{of.id}_rank", name_zh=f"{of.name_zh}位次", name_en=f"{of.name_en}, claimed rank",
        unit="rank", measure="rank", direction="lower",
    )  # fmt: skip


def _gap(of: Indicator) -> Indicator:
    unit: Unit = "percentage_point" if of.unit == "percent" else of.unit
    return replace(
        of, id=f"{of.id}_gap", name_zh=f"{of.name_zh}与全国差距",
        name_en=f"{of.name_en}, claimed gap to the nation", unit=unit, measure="gap",
    )  # fmt: skip


_BY_RULE: Final = {"growth": _growth, "new": _new, "rank": _rank, "gap": _gap}
_ENDS: Final = ("rank", "gap")


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
    stem, _, suffix = name.rpartition("_")
    if suffix not in _BY_RULE or stem.endswith(tuple(f"_{end}" for end in (*_ENDS, suffix))):
        return None
    of = known_indicator(stem)
    return of and replace(_BY_RULE[suffix](of), definition="")


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


def catalog() -> pd.DataFrame:
    """Return the catalogue of indicators.

    Returns
    -------
    DataFrame
        One row an indicator: ``id``, ``concept``, ``measure``, ``name_zh``, ``name_en``, ``unit``,
        ``scope``, ``direction``, ``domain``, ``regions`` (how many report it, in whatever nature; 0
        for one that only names its derivatives) and ``periods`` (their labels, joined by ``", "``).

    Examples
    --------
    >>> catalog().set_index("id").loc["little_giants", "regions"].item()
    5
    """
    import pandas as pd

    reported = load(nature=None).groupby("indicator", sort=False)
    regions = reported["region"].nunique()
    periods = reported["period"].agg(lambda labels: ", ".join(sorted(set(labels))))
    columns = [
        "id",
        "concept",
        "measure",
        "name_zh",
        "name_en",
        "unit",
        "scope",
        "direction",
        "domain",
    ]
    ids = sorted(_ids())
    table = pd.DataFrame(
        [[getattr(indicator(i), c) for c in columns] for i in ids], columns=columns
    )
    return table.assign(
        regions=table["id"].map(regions).fillna(0).astype("int64"),
        periods=table["id"].map(periods).fillna(""),
    )


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
        Which regions, by any name or code; all by default.
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
        names = [regions] if isinstance(regions, str | int) else regions
        kept &= data["region"].isin([region(name).code for name in names])
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
