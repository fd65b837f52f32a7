"""Results as plain data: every one can be sent as JSON."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from results import RESULTS

import provstats as ps


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
