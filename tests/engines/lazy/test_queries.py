"""Queries: on frames of every make, DuckDB answers as the comparison in memory does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from cases_compared import CASES, frame_of_case

import provstats as ps
from provstats.errors import ProvstatsError

duckdb = pytest.importorskip("duckdb")

KEY = ["region", "indicator", "period", "nature", "among"]
REGIONS = ["CN", "CN-BJ", "CN-SH", "CN-ZJ", "CN-SD", "CN-HK", "CN-TJ", "xiongan"]
PERIODS = ["2018", "2019", "2022/2024", "2023", "2024", "2023-H1", "2024-H1", "2024-Q2", "2023-11",
           "2024-11", "2023-01/2023-11", "2024-01/2024-11", "2024-12", "2024-H2"]  # fmt: skip
CONCEPTS = ["jobs", "widgets", "pmi", "cpi", "industrial_profit", "little_giants", "rd_intensity",
            "rd_expenditure", "urban_unemployment_rate", "income_per_head", "gdp",
            "tea_value_added"]  # fmt: skip
SUFFIXES = ["", "_growth", "_new", "_change", "_rank", "_gap", "_share"]
UNITS = ["", "percent", "%", "count", "CNY", "CNY/t", "index", "上年=100", "（上年同月＝100）",
         "2020=100", "上月=100", "day", "家/万人", "CNY per person"]  # fmt: skip
BREAKS = pd.DataFrame({
    "indicator": ["jobs", "rd_intensity"], "region": ["*", "CN-BJ"],
    "before": ["2023", "2018"], "after": ["2024", "2019"],
})  # fmt: skip
MARKS = pd.DataFrame({
    "period": ["2024", "2023"], "value": [2.0, 3.0], "lower": [1.0, 2.0], "source": ["own", ""],
})  # fmt: skip


def frame_of(seed):
    """Return rows with the columns, units and ids that chance chooses."""
    random = np.random.default_rng(seed)
    ids = [concept + suffix for concept in CONCEPTS for suffix in SUFFIXES]
    ids = random.choice(ids, random.integers(3, 14), replace=False).tolist()
    periods = random.choice(PERIODS, random.integers(2, 9), replace=False).tolist()
    rows = pd.MultiIndex.from_product([REGIONS, ids, periods], names=KEY[:3]).to_frame(index=False)
    rows = rows.sample(frac=random.choice([0.3, 0.9]), random_state=seed).reset_index(drop=True)
    count = len(rows)
    rows["value"] = random.integers(-2, 9, count) * random.choice([1.0, 10.0, 0.1], count)
    if random.random() < 0.7:
        rows["lower"] = rows["value"] - random.integers(0, 3, count) / 2
        rows["upper"] = rows["value"] + random.integers(0, 3, count) / 2
        rows.loc[random.random(count) < 0.3, ["lower", "upper"]] = np.nan
    rows.loc[random.random(count) < 0.1, "value"] = np.nan
    return rows.assign(**told_of(rows, ids, random))


def told_of(rows, ids, random):
    """Return some of the columns that a frame may have, those of an indicator alike in its rows."""
    count = len(rows)
    by_row = {
        "nature": ["outcome", "outcome", "forecast", "target"],
        "among": ["", "provinces", "west"],
        "source": ["nbs-rd-bulletin-2018", "nbs-rd-bulletin-2019", "first", "second"],
    }
    by_id = {
        "unit": UNITS, "direction": ["", "higher", "lower", "neutral"],
        "additive": ["", "true", "false"],
    }  # fmt: skip
    columns = {name: random.choice(words, count) for name, words in by_row.items()}
    for name, words in by_id.items():
        chosen = dict(zip(ids, random.choice(words, len(ids)), strict=True))
        columns[name] = rows["indicator"].map(chosen)
    return {name: column for name, column in columns.items() if random.random() < 0.5}


def lazy(rows):
    """Return a relation over a table of its own: NaN stays NaN there."""
    import pyarrow as pa

    arrays = {c: pa.array(rows[c].tolist(), from_pandas=False) for c in rows}
    return duckdb.connect().from_arrow(pa.table(arrays))


def assert_same(relation, expected):
    """Assert that an answer has the rows and cells of that in memory, in whatever order."""
    answer = pd.DataFrame(relation.to_arrow_table().to_pylist(), columns=relation.columns)
    assert list(answer) == list(expected)
    key = [column for column in KEY if column in expected]
    both = [frame.sort_values(key).reset_index(drop=True) for frame in (answer, expected)]
    assert len(answer) == len(expected)
    for column in expected:
        if pd.api.types.is_numeric_dtype(expected[column].dtype):
            numbers = [pd.to_numeric(frame[column]).astype("Float64") for frame in both]
            plain = [column.to_numpy(float, na_value=np.nan) for column in numbers]
            np.testing.assert_allclose(*plain, rtol=1e-9, atol=1e-9, err_msg=column)
        else:
            texts = [frame[column].astype(object).where(frame[column].notna(), None).tolist()
                     for frame in both]  # fmt: skip
            assert texts[0] == texts[1], column


def comparisons(seed):
    """Return the comparisons, with options that chance chooses."""
    random = np.random.default_rng(seed + 1_000_000)
    options = {
        "ties": str(random.choice(["min", "max", "average", "dense"])),
        "universe": str(random.choice(["all", "reporting"])),
        "bounds": bool(random.random() < 0.7), "min_n": int(random.integers(1, 4)),
    }  # fmt: skip
    national = [None, 3.0, ps.parse_figure("约5%"), "latest", MARKS][random.integers(5)]
    breaks = BREAKS if random.random() < 0.5 else None
    return [
        (ps.rank, options), (ps.gap_to_national, {"national": national}),
        (ps.share_of_national, {"national": national}),
        (ps.yoy, {"breaks": breaks, "across_breaks": bool(random.random() < 0.2)}),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_queries_answer_as_memory(seed):
    """Whatever columns, units, ids and options there are, the answer is that in memory."""
    rows = frame_of(seed)
    for compare, options in comparisons(seed):
        try:
            expected = compare(rows, **options)
        except ProvstatsError:  # that a query leaves out instead has tests of its own
            continue
        assert_same(compare(lazy(rows), **options), expected)


@pytest.mark.parametrize("name", CASES)
def test_same_rows_are_compared(name):
    """Which rows of a case are compared is what the table of cases says."""
    rows, why = frame_of_case(name)
    relation = ps.rank(lazy(rows.assign(row=np.arange(len(rows)))), min_n=1)
    kept = sorted(relation.to_arrow_table()["row"].to_pylist())
    assert kept == [row for row, reason in enumerate(why) if not reason]


@pytest.mark.parametrize("light", ["text", "enumeration"])
def test_texts_and_enumerations_say_the_same(light):
    """Keys that are enumerations answer as texts do, whatever ids their type has besides."""
    rows = frame_of(3)
    relation = lazy(rows)
    if light == "enumeration":
        ids = ", ".join(f"'{id_}'" for id_ in sorted({*rows["indicator"], "unused_growth"}))
        relation = relation.select(duckdb.SQLExpression(
            f"* replace (indicator::enum({ids}) as indicator)"
        ))  # fmt: skip
    assert_same(ps.yoy(relation), ps.yoy(rows))


def test_no_table_of_the_caller_is_taken_for_another():
    """Names that the queries use may be those of the caller's tables and columns."""
    rows = frame_of(3)
    names = ["area", "bit", "document", "groups", "located", "given_0", "total"]
    odd = rows.assign(**dict.fromkeys(names, 7.0))
    assert_same(ps.yoy(lazy(odd)), ps.yoy(odd))
