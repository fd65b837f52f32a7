"""Compare China's provinces on industrial statistics, with every figure traceable and honest.

>>> import provstats as ps
>>> ps.parse_figure("超8万个").upper
90000.0

Nothing is read and no heavy library is loaded before a call needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provstats import plot
    from provstats.benchmarks import implied_national
    from provstats.calendars import to_cumulative, to_periods
    from provstats.claims import check_claims
    from provstats.comparables import comparable
    from provstats.compare import gap_to_national, rank, yoy
    from provstats.composites import composite
    from provstats.dispersions import convergence, dispersion
    from provstats.documents import sources
    from provstats.errors import (
        FigureError,
        IncomparableError,
        PeriodError,
        ProvstatsError,
        SchemaError,
        UnknownIndicatorError,
        UnknownRegionError,
    )
    from provstats.figures import Figure, parse_figure
    from provstats.goals import targets
    from provstats.indicator_series import IndicatorSeries, coverage, series
    from provstats.indicators import Indicator, catalog, indicator, search
    from provstats.languages import set_language
    from provstats.observations import load
    from provstats.panels import Panel
    from provstats.periods import Period, parse_period
    from provstats.places import Region, region, regions
    from provstats.reconciliations import reconcile
    from provstats.scorecards import peers, scorecard
    from provstats.weights import weightings

__version__ = "0.3.0"

_HOMES = {
    "benchmarks": ("implied_national",),
    "calendars": ("to_cumulative", "to_periods"),
    "claims": ("check_claims",),
    "comparables": ("comparable",),
    "compare": ("gap_to_national", "rank", "yoy"),
    "composites": ("composite",),
    "dispersions": ("convergence", "dispersion"),
    "documents": ("sources",),
    "errors": (
        "FigureError", "IncomparableError", "PeriodError", "ProvstatsError", "SchemaError",
        "UnknownIndicatorError", "UnknownRegionError",
    ),
    "figures": ("Figure", "parse_figure"),
    "goals": ("targets",),
    "indicator_series": ("IndicatorSeries", "coverage", "series"),
    "indicators": ("Indicator", "catalog", "indicator", "search"),
    "languages": ("set_language",),
    "observations": ("load",),
    "panels": ("Panel",),
    "periods": ("Period", "parse_period"),
    "places": ("Region", "region", "regions"),
    "reconciliations": ("reconcile",),
    "scorecards": ("peers", "scorecard"),
    "weights": ("weightings",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Figure", "FigureError", "IncomparableError", "Indicator", "IndicatorSeries", "Panel", "Period",
    "PeriodError", "ProvstatsError", "Region", "SchemaError", "UnknownIndicatorError",
    "UnknownRegionError", "catalog", "check_claims", "comparable", "composite", "convergence",
    "coverage", "dispersion", "gap_to_national", "implied_national", "indicator", "load",
    "parse_figure", "parse_period", "peers", "plot", "rank", "reconcile", "region", "regions",
    "scorecard", "search", "series", "set_language", "sources", "targets", "to_cumulative",
    "to_periods", "weightings", "yoy",
]  # fmt: skip


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "plot":
        return import_module("provstats.plot")
    if name not in _HOME_OF:
        msg = f"module 'provstats' has no attribute {name!r}"
        raise AttributeError(msg)
    value = globals()[name] = getattr(import_module(f"provstats.{_HOME_OF[name]}"), name)
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
