"""Which rows are compared: one table of cases that every engine has to answer alike.

A case has literal rows (`ROW` says their columns), and for each row why it is not compared: a code
of `provstats.analysis.comparable.REASONS`, or an empty text if it is. Where rows of a group
have different units, comparing them is refused in memory and left out in a plan.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

#: The columns of a row.
ROW: Final = ("region", "indicator", "period", "nature", "among", "unit", "value")

_JOBS: Final = ("jobs", "2024", "outcome", "", "percent")

#: By name: rows, each with why it is not compared.
CASES: Final[dict[str, list[tuple[tuple[object, ...], str]]]] = {
    "provinces, the nation and a city": [
        (("CN-BJ", *_JOBS, 1.0), ""),
        (("CN-SH", *_JOBS, 2.0), ""),
        (("CN", *_JOBS, 3.0), "nation"),
        (("ningbo", *_JOBS, 4.0), "area"),
    ],
    "Hong Kong is a province": [
        (("CN-HK", *_JOBS, 1.0), ""),
        (("CN-BJ", *_JOBS, 2.0), ""),
    ],
    "a value is missing": [
        (("CN-BJ", *_JOBS, 1.0), ""),
        (("CN-SH", *_JOBS, None), "missing"),
        (("CN-GD", *_JOBS, 2.0), ""),
    ],
    "outcomes go before forecasts and targets": [
        (("CN-BJ", "jobs", "2024", "outcome", "", "percent", 1.0), ""),
        (("CN-SH", "jobs", "2024", "outcome", "", "percent", 2.0), ""),
        (("CN-GD", "jobs", "2024", "forecast", "", "percent", 3.0), "forecast"),
        (("CN-BJ", "jobs", "2024", "target", "", "percent", 4.0), "target"),
    ],
    "forecasts where no province has an outcome": [
        (("CN", "jobs", "2024", "outcome", "", "percent", 1.0), "nation"),
        (("CN-BJ", "jobs", "2024", "forecast", "", "percent", 2.0), ""),
        (("CN-SH", "jobs", "2024", "forecast", "", "percent", 3.0), ""),
        (("CN-SH", "jobs", "2024", "target", "", "percent", 3.0), "target"),
    ],
    "an outcome without a value chooses no nature": [
        (("CN-BJ", "jobs", "2024", "outcome", "", "percent", None), "missing"),
        (("CN-BJ", "jobs", "2024", "target", "", "percent", 2.0), ""),
        (("CN-SH", "jobs", "2024", "target", "", "percent", 3.0), ""),
    ],
    "each period has its own nature": [
        (("CN-BJ", "jobs", "2023", "outcome", "", "percent", 1.0), ""),
        (("CN-SH", "jobs", "2023", "forecast", "", "percent", 2.0), "forecast"),
        (("CN-BJ", "jobs", "2024", "forecast", "", "percent", 3.0), ""),
        (("CN-SH", "jobs", "2024", "forecast", "", "percent", 4.0), ""),
    ],
    "claims among different ones are apart": [
        (("CN-BJ", "jobs_rank", "2024", "outcome", "provinces", "rank", 1.0), ""),
        (("CN-SH", "jobs_rank", "2024", "outcome", "provinces", "rank", 2.0), ""),
        (("CN-SC", "jobs_rank", "2024", "outcome", "western provinces", "rank", 1.0), ""),
        (("CN-SC", "jobs_rank", "2024", "forecast", "provinces", "rank", 9.0), "forecast"),
        (("CN-GZ", "jobs_rank", "2024", "forecast", "cities", "rank", 3.0), ""),
    ],
    "the units of provinces differ": [
        (("CN-BJ", "jobs", "2024", "outcome", "", "CNY", 1.0), "other_unit"),
        (("CN-SH", "jobs", "2024", "outcome", "", "USD", 2.0), "other_unit"),
        (("CN-BJ", "jobs", "2023", "outcome", "", "CNY", 1.0), ""),
        (("CN-SH", "jobs", "2023", "outcome", "", "CNY", 2.0), ""),
    ],
    "the unit of the nation differs": [
        (("CN-BJ", "jobs", "2024", "outcome", "", "percent", 1.0), "other_unit"),
        (("CN", "jobs", "2024", "outcome", "", "count", 2.0), "nation"),
        (("CN-BJ", "jobs", "2023", "outcome", "", "percent", 1.0), ""),
    ],
    "the unit of what is not compared may differ": [
        (("CN-BJ", "jobs", "2024", "outcome", "", "percent", 1.0), ""),
        (("CN-SH", "jobs", "2024", "target", "", "count", 2.0), "target"),
        (("ningbo", "jobs", "2024", "outcome", "", "count", 2.0), "area"),
        (("CN-GD", "jobs", "2024", "outcome", "", "count", None), "missing"),
    ],
    "units as printed and as the data write them are one": [
        (("CN-BJ", "jobs", "2024", "outcome", "", "%", 1.0), ""),
        (("CN-SH", "jobs", "2024", "outcome", "", "percent", 2.0), ""),
    ],
    "a blank unit is that of the catalogue": [
        (("CN-BJ", "rd_intensity", "2024", "outcome", "", "", 1.0), ""),
        (("CN-SH", "rd_intensity", "2024", "outcome", "", "percent", 2.0), ""),
    ],
    "twelve months are a year": [
        (("CN-BJ", "jobs", "2024", "outcome", "", "percent", 1.0), ""),
        (("CN-SH", "jobs", "2024-01/2024-12", "target", "", "percent", 2.0), "target"),
        (("CN-GD", "jobs", "2024-12", "target", "", "percent", 2.0), ""),
    ],
}  # fmt: skip


def frame_of_case(name: str) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows of a case, and why each is not compared."""
    rows, why = zip(*CASES[name], strict=True)
    frame = pd.DataFrame(list(rows), columns=list(ROW)).astype({"value": "float64"})
    return frame, list(why)
