"""Series: one indicator over regions and periods, and who reports what."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from provstats.indicators import Indicator
from provstats.indicators import indicator as find_indicator
from provstats.observations import load
from provstats.periods import Period, parse_period
from provstats.places import region, registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["IndicatorSeries", "coverage", "series"]

# More are cut from the middle of the table that a notebook shows.
_MOST_ROWS = 40


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
