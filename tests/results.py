"""Results: one of every function of the library that gives a frame, for what must hold of all."""

from __future__ import annotations

import pandas as pd
import polars as pl

import provstats as ps

MONTHS = pd.DataFrame(
    {
        "region": "CN-BJ", "indicator": "jobs", "value": [1.0, 2.0, 3.0], "unit": "count",
        "period": ["2024-01/2024-02", "2024-Q1", "2024-01/2024-04"],
    }
)  # fmt: skip
REPORT = "全省地区生产总值增长7%，居全国第3位，2024年。"
RESULTS = {
    "aggregate": lambda: ps.aggregate("rd_expenditure"),
    "breaks": ps.breaks,
    "catalog": ps.catalog,
    "check_claims": ps.check_claims,
    "check_rows": lambda: ps.check_rows(ps.load().head(3), "增长7%"),
    "comparable": lambda: ps.comparable("industrial_value_added_growth"),
    "composite": lambda: ps.composite({"rd_intensity": 1, "rd_expenditure": 2}, period=2023),
    "convergence": lambda: ps.convergence("rd_intensity"),
    "coverage": ps.coverage,
    "dispersion": lambda: ps.dispersion("rd_intensity"),
    "gap_to_national": lambda: ps.gap_to_national("rd_intensity"),
    "groups": ps.groups,
    "implied_national": ps.implied_national,
    "load": lambda: ps.load(nature=None),
    "peers": lambda: ps.peers("北京"),
    "per": lambda: ps.per("rd_expenditure", "rd_intensity"),
    "polars": lambda: pl.from_pandas(MONTHS),
    "rank": lambda: ps.rank("rd_intensity"),
    "read_report": lambda: ps.read_report(REPORT, region="川", year=2024).rows,
    "reconcile": lambda: ps.reconcile("rd_expenditure"),
    "regions": ps.regions,
    "scorecard": lambda: ps.scorecard("北京"),
    "scorecard of several": lambda: ps.scorecard(["北京", "上海"]),
    "search": lambda: ps.search("5G"),
    "series": lambda: ps.series("little_giants"),
    "share_of_national": lambda: ps.share_of_national("rd_expenditure"),
    "sources": ps.sources,
    "targets": ps.targets,
    "tidy": lambda: ps.tidy(pd.DataFrame({"地区": ["北京"], "2023年": ["7%"]}), indicator="a"),
    "to_cumulative": lambda: ps.to_cumulative(MONTHS.head(1)),
    "to_periods": lambda: ps.to_periods(MONTHS),
    "unread": lambda: ps.read_report(REPORT, region="川", year=2024).unread,
    "weightings": lambda: ps.weightings({"a": 1, "b": 2}),
    "yoy": lambda: ps.yoy("rd_expenditure"),
}
