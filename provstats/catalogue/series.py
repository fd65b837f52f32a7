"""Series: the observations of one indicator, and which region has which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from provstats.catalogue.ids import find_concept
from provstats.catalogue.names import indicator as find_indicator
from provstats.catalogue.spans import find_asked_labels, make_end_key
from provstats.errors import IncomparableError, PeriodError, UnknownRegionError
from provstats.reading.periods import parse_period
from provstats.store.groups import convert_names_to_list, find_region_codes
from provstats.store.observations import load
from provstats.store.regions import NATION, load_regions

if TYPE_CHECKING:
    import pandas as pd

    from provstats.catalogue.entries import Indicator
    from provstats.catalogue.spans import Wishes
    from provstats.store.groups import Names

__all__ = ["IndicatorSeries", "coverage", "describe_periods", "series"]

# If there are more, the table in a notebook leaves out the middle ones.
_MOST_ROWS: Final = 40
# An error lists so many periods.
_MOST_TOLD: Final = 24


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
        return sorted(self.data["period"].unique(), key=make_end_key)

    @property
    def regions(self) -> list[str]:
        """The codes of the regions, in the order of the registry."""
        reporting = set(self.data["region"])
        return [code for code in load_regions() if code in reporting]

    def latest(self) -> pd.DataFrame:
        """Return each region's most recent rows.

        Returns
        -------
        DataFrame
            One row a region and nature, those of the period that ends last; where two end
            together, of the longer one, and of two vintages the later. Different regions may
            have different periods.
        """
        spans = {label: parse_period(label) for label in self.data["period"].unique()}
        by_length = sorted(spans, key=lambda label: (spans[label].end, spans[label].months))
        places = self.data["period"].map({label: place for place, label in enumerate(by_length)})
        ordered = self.data.loc[places.sort_values(kind="stable").index]
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
        indicator = self.indicator
        return (
            f"{type(self).__name__}: {indicator.name_en} ({indicator.id}), {indicator.unit}\n"
            f"{len(self)} observations, {len(self.regions)} regions, "
            f"periods: {', '.join(self.periods) or 'none'}"
        )

    def _repr_html_(self) -> str:
        indicator, counts = self.indicator, repr(self).splitlines()[-1]
        told = filter(None, (indicator.definition_zh, indicator.definition, counts))
        return (
            f"<p><b>{escape(indicator.name_zh)} · {escape(indicator.name_en)}</b> "
            f"(<code>{escape(indicator.id)}</code>, {escape(indicator.unit)})<br>"
            f"{'<br>'.join(map(escape, told))}</p>"
            + self._build_display_table().to_html(index=False, max_rows=_MOST_ROWS, border=0)
        )

    def _build_display_table(self) -> pd.DataFrame:
        """Return the columns for a reader: names, printed texts, values and intervals."""
        rows = self.data
        places = [load_regions()[code] for code in rows["region"]]
        ends = zip(rows["lower"], rows["upper"], strict=True)
        read = rows.assign(
            name=[f"{place.name_zh} {place.name_en}" for place in places],
            value=[_format_number(value) for value in rows["value"]],
            interval=[_format_interval(lower, upper) for lower, upper in ends],
        )
        told = ["nature"] if set(rows["nature"]) - {"outcome"} else []
        told += rows.columns.intersection(["vintage"]).to_list()
        return read[["region", "name", "period", "printed", "value", "interval", *told]]


def _format_number(value: float) -> str:
    return f"{value:,.15g}"


def _format_interval(lower: float, upper: float) -> str:
    """Format both ends; an empty text where they are equal."""
    return "" if lower == upper else f"{_format_number(lower)} to {_format_number(upper)}"


def series(
    indicator: str,
    *,
    period: Wishes | None = None,
    regions: Names | None = None,
    nature: str | None = "outcome",
    vintage: str | None = "latest",
) -> IndicatorSeries:
    """Return the shipped observations of one indicator.

    Parameters
    ----------
    indicator : str
        Its id, or any name or alias that is its alone.
    period : str, int, Period, date, range or several, optional
        Which periods; all by default. A label, a year (a number of any kind), or a text as printed
        with its year. ``"2018-2023"`` and ``range(2018, 2024)`` are the years that there are of
        these six (or what lies within, where there are no years); ``"2021/2023"`` is the label of
        one span of three years. A date stands for the periods at the end of its month.
    regions : str, int or several, optional
        Which regions or groups (``"长三角"``), by any name or code; all by default.
    nature : {"outcome", "forecast", "target"} or None
        Which rows; None for all.
    vintage : {"latest", "first"}, document id, date or None
        Which vintage, as for `load`.

    Returns
    -------
    IndicatorSeries
        Never empty: each period and region that was asked for has a row, and of a group of
        provinces at least one has.

    Raises
    ------
    UnknownIndicatorError, UnknownRegionError, PeriodError, SchemaError
        If a word is not known, or there is no row of a period or a region; the message says which
        periods there are and how many regions report them.
    IncomparableError
        If the data hold no row of the indicator in that nature.

    Examples
    --------
    >>> series("little_giants", regions=["上海"]).to_wide().values.tolist()
    [[857.0]]
    >>> series("R&D强度", period="2021-2023", regions="天津").to_wide().values.tolist()
    [[3.66, 3.49, 3.48]]
    """
    found = find_indicator(indicator)
    rows = _load_rows(found, nature, vintage)
    if period is not None:
        rows = rows[rows["period"].isin(_require_labels(found, rows, period))]
    if regions is not None:
        rows = rows[rows["region"].isin(_require_codes(found, rows, regions))]
    return IndicatorSeries(found, rows.reset_index(drop=True), vintage)


# --- what is asked for, and what is there ---------------------------------------------------------


def _load_rows(indicator: Indicator, nature: str | None, vintage: str | None) -> pd.DataFrame:
    try:
        data = load(nature=nature, vintage=vintage)
    except IncomparableError as error:  # a day before all documents
        raise IncomparableError(_explain_missing_rows(indicator, nature)) from error
    rows = data[data["indicator"] == indicator.id]
    if rows.empty:
        raise IncomparableError(_explain_missing_rows(indicator, nature))
    return rows


def _explain_missing_rows(indicator: Indicator, nature: str | None) -> str:
    """Say that an indicator has no rows, and which rows there are instead."""
    data = load(nature=None, vintage=None)
    own = data[data["indicator"] == indicator.id]
    if len(own):
        there = describe_periods(own)
        return f"the data hold no {nature} of {indicator.id!r} in this vintage, but {there}"
    near = sorted(
        id_ for id_ in data["indicator"].unique() if find_concept(id_) == indicator.concept
    )
    instead = f"; of the same concept they hold {near}" if near else ""
    return f"the data hold no row of {indicator.id!r}{instead}. ps.catalog() has what there is"


def describe_periods(rows: pd.DataFrame) -> str:
    """Say which periods there are, in which natures, and how many regions report each."""
    regions: dict[tuple[str, str], set[str]] = {}
    for label, nature, code in rows[["period", "nature", "region"]].itertuples(index=False):
        regions.setdefault((label, nature), set()).add(code)
    told = [
        f"{label}{'' if nature == 'outcome' else f' ({nature})'}: {_describe_regions(codes)}"
        for (label, nature), codes in sorted(
            regions.items(), key=lambda item: make_end_key(item[0][0])
        )
    ]
    if (rest := len(told) - _MOST_TOLD) > 0:
        told[_MOST_TOLD // 2 : -_MOST_TOLD // 2] = [f"... {rest} more ..."]
    return ", ".join(told)


def _describe_regions(codes: set[str]) -> str:
    count = len(codes - {NATION})
    told = [f"{count} region{'' if count == 1 else 's'}"] if count else []
    return " and ".join([*told, *(["the nation"] if NATION in codes else [])])


def _require_labels(indicator: Indicator, rows: pd.DataFrame, period: Wishes) -> set[str]:
    """Return the labels asked for; each must have rows."""
    asked = find_asked_labels(period, rows["period"].unique())
    lacking = [wish for wish, labels in asked.items() if not labels]
    if lacking or not asked:
        wishes = ", ".join(lacking) or "an empty list of periods"
        msg = f"the data hold no {indicator.id!r} of {wishes}; they hold {describe_periods(rows)}"
        raise PeriodError(msg)
    return {label for labels in asked.values() for label in labels}


def _require_codes(indicator: Indicator, rows: pd.DataFrame, regions: Names) -> set[str]:
    """Return the codes asked for; each region, and one of each group, must have rows."""
    asked = {str(name): find_region_codes([name]) for name in convert_names_to_list(regions)}
    held = set(rows["region"])
    lacking = [
        f"{name} ({' '.join(codes)})" for name, codes in asked.items() if not held & {*codes}
    ]
    if lacking or not asked:
        msg = (
            f"the data hold no {indicator.id!r} of "
            f"{', '.join(lacking) or 'an empty list of regions'}; "
            f"they hold {describe_periods(rows)}, of {' '.join(sorted(held))}"
        )
        raise UnknownRegionError(msg)
    return {code for codes in asked.values() for code in codes}


# --- who reports what -----------------------------------------------------------------------------


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
    '2024, 2025'
    """
    known = _build_coverage()
    labels = known.index.copy(deep=True), known.columns.copy(deep=True)  # pandas 2 shares them
    return known.copy().set_axis(labels[0], axis="index").set_axis(labels[1], axis="columns")


@cache
def _build_coverage() -> pd.DataFrame:
    import pandas as pd

    rows = load()[["region", "indicator", "period"]].drop_duplicates()
    codes, ids, labels = (rows[column].to_numpy(object) for column in rows)
    order = {label: place for place, label in enumerate(sorted(set(labels), key=make_end_key))}
    cells: dict[str, dict[str, list[str]]] = {id_: {} for id_ in sorted(set(ids))}
    for code, id_, label in zip(codes, ids, labels, strict=True):
        cells[id_].setdefault(code, []).append(label)
    told = {
        id_: {
            code: ", ".join(sorted(found, key=order.__getitem__)) for code, found in column.items()
        }
        for id_, column in cells.items()
    }
    held = set(codes)
    index = pd.Index([code for code in load_regions() if code in held], name="region", dtype="str")
    columns = {id_: [column.get(code, "") for code in index] for id_, column in told.items()}
    return pd.DataFrame(columns, index, dtype="str").rename_axis(columns="indicator")
