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
    from provstats.analysis.check_claims import check_claims
    from provstats.analysis.check_text import check_text
    from provstats.analysis.comparable import comparable
    from provstats.analysis.composite import composite
    from provstats.analysis.convergence import convergence
    from provstats.analysis.describe import describe
    from provstats.analysis.dispersion import dispersion
    from provstats.analysis.explain_rank import explain_rank
    from provstats.analysis.growth import growth
    from provstats.analysis.implied_national import implied_national
    from provstats.analysis.peers import peers
    from provstats.analysis.reconcile import reconcile
    from provstats.analysis.revisions import revisions
    from provstats.analysis.scorecard import scorecard
    from provstats.analysis.targets import targets
    from provstats.analysis.tiers import tiers
    from provstats.analysis.to_cumulative import to_cumulative
    from provstats.analysis.to_periods import to_periods
    from provstats.analysis.top import top
    from provstats.analysis.weightings import weightings
    from provstats.compare import gap_to_national, rank, share_of_national, yoy
    from provstats.engines.memory.panel import Panel
    from provstats.errors import (
        FigureError,
        IncomparableError,
        PeriodError,
        ProvstatsError,
        SchemaError,
        UnknownIndicatorError,
        UnknownRegionError,
    )
    from provstats.formats.export import export
    from provstats.indicators import (
        Indicator,
        IndicatorSeries,
        catalog,
        coverage,
        indicator,
        search,
        series,
    )
    from provstats.reading.figures import Figure, parse_figure
    from provstats.reading.periods import Period, parse_period
    from provstats.reports.check_rows import check_rows
    from provstats.reports.drafts import Draft, read_report
    from provstats.store.breaks import breaks
    from provstats.store.groups import groups
    from provstats.store.observations import data_version, load
    from provstats.store.regions import Region, region, regions
    from provstats.store.sources import sources
    from provstats.tables.aggregate import aggregate
    from provstats.tables.cite import cite
    from provstats.tables.per import per
    from provstats.tables.records import to_records
    from provstats.tables.table import table
    from provstats.tables.tidy import tidy, understand
    from provstats.tables.to_excel import to_excel
    from provstats.tables.understanding import Understanding
    from provstats.words.languages import set_language

__version__ = "0.4.0"

_HOMES = {
    "analysis.check_claims": ("check_claims",),
    "analysis.check_text": ("check_text",),
    "analysis.comparable": ("comparable",),
    "analysis.composite": ("composite",),
    "analysis.convergence": ("convergence",),
    "analysis.describe": ("describe",),
    "analysis.dispersion": ("dispersion",),
    "analysis.explain_rank": ("explain_rank",),
    "analysis.growth": ("growth",),
    "analysis.implied_national": ("implied_national",),
    "analysis.reconcile": ("reconcile",),
    "analysis.peers": ("peers",),
    "analysis.revisions": ("revisions",),
    "analysis.scorecard": ("scorecard",),
    "analysis.targets": ("targets",),
    "analysis.tiers": ("tiers",),
    "analysis.to_cumulative": ("to_cumulative",),
    "analysis.to_periods": ("to_periods",),
    "analysis.top": ("top",),
    "analysis.weightings": ("weightings",),
    "compare": ("gap_to_national", "rank", "share_of_national", "yoy"),
    "engines.memory.panel": ("Panel",),
    "errors": (
        "FigureError", "IncomparableError", "PeriodError", "ProvstatsError", "SchemaError",
        "UnknownIndicatorError", "UnknownRegionError",
    ),
    "formats.export": ("export",),
    "indicators": (
        "Indicator", "IndicatorSeries", "catalog", "coverage", "indicator", "search",
        "series",
    ),
    "reading.figures": ("Figure", "parse_figure"),
    "reading.periods": ("Period", "parse_period"),
    "reports.check_rows": ("check_rows",),
    "reports.drafts": ("Draft", "read_report"),
    "store.breaks": ("breaks",),
    "store.groups": ("groups",),
    "store.observations": ("data_version", "load"),
    "store.regions": ("Region", "region", "regions"),
    "store.sources": ("sources",),
    "tables.aggregate": ("aggregate",),
    "tables.cite": ("cite",),
    "tables.per": ("per",),
    "tables.records": ("to_records",),
    "tables.table": ("table",),
    "tables.tidy": ("tidy", "understand"),
    "tables.to_excel": ("to_excel",),
    "tables.understanding": ("Understanding",),
    "words.languages": ("set_language",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Draft", "Figure", "FigureError", "IncomparableError", "Indicator", "IndicatorSeries",
    "Panel", "Period", "PeriodError", "ProvstatsError", "Region", "SchemaError",
    "Understanding", "UnknownIndicatorError", "UnknownRegionError", "aggregate", "breaks",
    "catalog", "check_claims", "check_rows", "check_text", "cite", "comparable", "composite",
    "convergence", "coverage", "data_version", "describe", "dispersion", "explain_rank",
    "export", "gap_to_national", "groups", "growth", "implied_national", "indicator", "load",
    "parse_figure", "parse_period", "peers", "per", "plot", "rank", "read_report", "reconcile",
    "region", "regions", "revisions", "scorecard", "search", "series", "set_language",
    "share_of_national", "sources", "table", "targets", "tidy", "tiers", "to_cumulative",
    "to_excel", "to_periods", "to_records", "top", "understand", "weightings", "yoy",
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
