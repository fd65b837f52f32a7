"""Results as plain data: every one can be sent as JSON."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import polars as pl
import pytest

import provstats as ps

RESULTS = {
    "rank": lambda: ps.rank("rd_intensity"), "yoy": lambda: ps.yoy("rd_expenditure"),
    "gap": lambda: ps.gap_to_national("rd_intensity"), "scorecard": lambda: ps.scorecard("北京"),
    "series": lambda: ps.series("little_giants"), "sources": ps.sources,
    "dispersion": lambda: ps.dispersion("rd_intensity"), "coverage": ps.coverage,
    "aggregate": lambda: ps.aggregate("rd_expenditure"),
    "polars": lambda: pl.DataFrame({"a": [1, None]}),
}  # fmt: skip


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())
def test_json(result):
    """No result has anything that JSON has not."""
    records = ps.to_records(result())
    assert json.loads(json.dumps(records, allow_nan=False)) == records
    assert len(records) > 0


def test_named_rows():
    """A frame whose rows have names keeps them, as a column."""
    assert ps.to_records(ps.coverage())[0]["region"] == ps.coverage().index[0]


def test_values():
    """What is missing is None, numbers are numbers, dates are texts."""
    frame = pd.DataFrame(
        {
            "n": np.array([1, 2], dtype="int32"), "x": [0.5, np.inf], "s": ["a", None],
            "b": [True, False], "d": [pd.Timestamp("2024-01-02"), pd.NaT],
            "i": pd.array([1, pd.NA], dtype="Int64"),
        }
    )  # fmt: skip
    assert ps.to_records(frame) == [
        {"n": 1, "x": 0.5, "s": "a", "b": True, "d": "2024-01-02T00:00:00", "i": 1},
        {"n": 2, "x": None, "s": None, "b": False, "d": None, "i": None},
    ]
    assert [type(value) for value in ps.to_records(frame)[0].values()] == [
        int, float, str, bool, str, int,
    ]  # fmt: skip
