"""Frames of Arrow and polars: the same answers as for pandas, in the same kind and order."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from engines.memory.test_kernel import DRESSES, answer_of, labels_twice, panels_of_rows
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats as ps

COMPARISONS = {
    "rank": ps.rank, "gap_to_national": ps.gap_to_national, "yoy": ps.yoy,
    "reconcile": ps.reconcile,
}  # fmt: skip
PROPERTY = settings(max_examples=25, deadline=None)


def arrow(frame):
    """Return a frame as a table of Arrow."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def polars(frame):
    """Return a frame as one of polars, where it is installed."""
    return pytest.importorskip("polars").from_arrow(arrow(frame))


KINDS = {"Arrow": arrow, "polars": polars}


@pytest.fixture(params=KINDS)
def kind(request):
    """Return what makes a frame of another library."""
    return KINDS[request.param]


def small(**columns):
    """Return the nation and two provinces in two years, shuffled."""
    frame = pd.DataFrame({
        "value": [5.0, 1.0, None, 2.0, 4.0, 3.0],
        "region": ["CN-SH", "CN", "CN-BJ", "CN-BJ", "CN", "CN-SH"],
        "indicator": "jobs",
        "period": ["2024", "2023", "2024", "2023", "2024", "2023"],
        "note": list("abcdef"),
    })  # fmt: skip
    return frame.assign(**columns)


def table_of(frame):
    """Return any frame as a table of Arrow, its texts in one type.

    In pandas 2 a column of texts that are all missing has no type of its own.
    """
    table = frame if isinstance(frame, pa.Table) else frame.to_arrow()
    are_texts = (pa.types.is_dictionary, pa.types.is_string, pa.types.is_null)
    texts = [
        field.with_type(pa.large_string()) if any(is_a(field.type) for is_a in are_texts) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(texts)).replace_schema_metadata(None)


def expected_of(answer):
    """Return an answer of pandas as a table of Arrow: what is missing is null."""
    return table_of(arrow(answer.reset_index(drop=True)))


@pytest.mark.parametrize("name", COMPARISONS)
def test_answers_are_of_the_same_kind_and_agree(name, kind):
    """The answer is a frame of the same library, with the rows and columns that pandas gets."""
    compare, frame = COMPARISONS[name], small()
    got = compare(kind(frame))
    assert type(got) is type(kind(frame))
    assert table_of(got).equals(expected_of(compare(frame)))


@pytest.mark.parametrize("name", [*COMPARISONS, "share_of_national"])
def test_any_panel_agrees(name, kind):
    """Gaps, nulls, natures, units and bounds, in keys of any type, are compared alike."""
    compare = getattr(ps, name)

    @PROPERTY
    @given(panels_of_rows(), st.sampled_from([*DRESSES]))
    def property_holds(frame, dress):
        frame = frame[~labels_twice(frame)].reset_index(drop=True)
        keys = {key: DRESSES[dress](frame[key].tolist()) for key in ("region", "indicator")}
        expected = answer_of(compare, frame)
        got = answer_of(compare, kind(frame.assign(**keys)))
        assert (got is None) == (expected is None)
        if got is not None:
            assert table_of(got).equals(expected_of(expected))

    property_holds()


def test_values_that_are_missing_are_null(kind):
    """The answer has null, never NaN, and the caller's frame stays as it is."""
    frame = kind(small())
    changes = table_of(ps.yoy(frame))
    assert changes["yoy"].to_pylist() == [pytest.approx(200 / 3), None, None, None, 300.0, None]
    assert changes["method"].to_pylist() == ["levels", None, None, None, "levels", None]
    assert changes["months"].to_pylist() == [12, None, None, None, 12, None]
    assert table_of(frame).equals(table_of(kind(small())))


@pytest.mark.parametrize("ask", [ps.rank, ps.yoy, ps.tiers])
def test_an_index_of_days_stays_as_it_is(ask):
    """A table may be indexed by days, in whatever order, and is answered without a warning."""
    days = pd.to_datetime(["2024-03-01", "2024-01-01", "2024-02-01"])
    frame = pd.DataFrame({"region": ["CN-BJ", "CN-SH", "CN-TJ"], "indicator": "jobs",
                          "period": "2024", "value": [1.0, 2.0, 3.0]}, index=days)  # fmt: skip
    assert ask(frame).index.equals(days)


def test_rows_keep_their_order_and_columns(kind):
    """Further columns stay beside their rows; a column of the same name is replaced."""
    ranked = table_of(ps.rank(kind(small(rank=9)), min_n=1))
    assert ranked["note"].to_pylist() == ["a", "d", "f"]
    assert ranked["rank"].to_pylist() == [1, 2, 1]
    assert sorted(ranked.column_names) == sorted(ps.rank(small(rank=9)).columns)


def test_a_panel_of_a_frame_answers_in_its_kind(kind):
    """A panel knows what it was made of."""
    frame = kind(small())
    panel = ps.Panel(frame)
    assert table_of(ps.rank(panel)).equals(table_of(ps.rank(frame)))
    assert repr(panel) == "Panel: 6 rows, 3 regions, 1 indicator, 2 periods"


TIMES = {
    "dates": [date(2024, 2, 29), date(2023, 2, 1)],
    "times": pd.DatetimeIndex(["2024-02-29 23:59", "2023-02-01"]),
    "zones": pd.DatetimeIndex(["2024-02-01", "2023-02-28 23:59"], tz="Asia/Shanghai"),
}


@pytest.mark.parametrize("times", ["dates", "times", "zones"])
@pytest.mark.parametrize("name", COMPARISONS)
def test_a_time_stands_for_its_month_where_it_was(name, times, kind):
    """Dates and times are read as the labels of their months, in their own time zone."""
    compare = COMPARISONS[name]
    labels = small(period=["2024-02", "2023-02"] * 3, region=["CN"] * 2 + ["CN-BJ"] * 2
                   + ["CN-SH"] * 2)  # fmt: skip
    stamps = pd.Series(TIMES[times]).repeat(3).iloc[[0, 3, 1, 4, 2, 5]]
    got = compare(kind(labels.assign(period=stamps.array)))
    columns = [name for name in table_of(got).column_names if name != "period"]
    assert table_of(got).select(columns).equals(expected_of(compare(labels)).select(columns))


def test_years_are_whole_numbers(kind):
    """A column of years is read as labels of years."""
    regions = ["CN", "CN", "CN-BJ", "CN-BJ", "CN-SH", "CN-SH"]
    changes = table_of(ps.yoy(kind(small(period=[2024, 2023] * 3, region=regions))))
    assert changes["previous"].to_pylist() == [1.0, None, None, None, 3.0, None]


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"region": "CN-XX"}, ps.UnknownRegionError, "'region' holds unknown codes"),
        ({"region": None}, ps.UnknownRegionError, "'region' must hold texts"),
        ({"period": "soon"}, ps.PeriodError, "soon"),
        ({"period": pd.array([None] * 6, dtype=pd.ArrowDtype(pa.date32()))}, ps.PeriodError,
         "period"),
        ({"value": "3"}, ps.SchemaError, "'value' holds what is no finite number"),
        ({"value": np.inf}, ps.SchemaError, "'value' holds what is no finite number"),
        ({"region": "CN-BJ", "period": "2024"}, ps.SchemaError, "stand twice"),
        ({"nature": "guess"}, ps.SchemaError, "'nature' must be of"),
        ({"lower": 99.0}, ps.SchemaError, "must hold the value"),
        ({"region": "ningbo", "period": ["2019", "2020", "2021", "2022", "2023", "2024"]},
         ps.IncomparableError, "no province"),
    ],
)  # fmt: skip
def test_bad_input_gets_the_named_error(change, error, said, kind):
    """What pandas' frames are refused for, others are refused for by the same name."""
    frame = small(**change)
    with pytest.raises(error, match=said):
        ps.rank(frame)
    with pytest.raises(error, match=said):
        ps.rank(kind(frame))


def test_contradictions_are_named(kind):
    """Provinces that contradict one another on the nation are named, whatever holds the rows."""
    rows = [["CN-BJ", "jobs", 5.0], ["CN-BJ", "jobs_gap", 1.0], ["CN-SH", "jobs", 5.0],
            ["CN-SH", "jobs_gap", 3.0]]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["region", "indicator", "value"]).assign(period="2024")
    with pytest.raises(ps.IncomparableError, match="CN-BJ implies 4 to 4"):
        ps.gap_to_national(kind(frame))
    with pytest.raises(ps.IncomparableError, match="there is no national value"):
        ps.gap_to_national(kind(small().query("region != 'CN'")))


def test_missing_columns_are_named_among_all(kind):
    """A column that is missing is told beside those that the frame has."""
    with pytest.raises(ps.SchemaError, match=r"'indicator'.*note.*did you mean 'indicators'"):
        ps.rank(kind(small().rename(columns={"indicator": "indicators"})))
    with pytest.raises(ps.SchemaError, match="no rows"):
        ps.rank(kind(small().head(0)))


def test_other_comparisons_answer_in_pandas(kind):
    """What answers with a table of its own takes frames of other libraries too."""
    pd.testing.assert_frame_equal(ps.comparable(kind(small())), ps.comparable(small()))


def test_nothing_is_loaded_before_it_is_needed():
    """Comparing frames of pandas loads neither polars nor narwhals."""
    code = (
        "import sys, provstats as ps; ps.rank(ps.Panel(ps.load())); ps.yoy('little_giants'); "
        "print(sorted({'polars', 'narwhals', 'duckdb', 'dask'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_times_of_zones_are_local():
    """The first hour of a month in Beijing is that month, though it is the one before in UTC."""
    stamp = datetime(2024, 1, 31, 17, tzinfo=UTC)
    column = pa.array([stamp] * 2, pa.timestamp("us", tz="Asia/Shanghai"))
    table = pa.table({"region": ["CN", "CN-BJ"], "indicator": ["jobs"] * 2, "period": column,
                      "value": [1.0, 2.0]})  # fmt: skip
    assert repr(ps.Panel(table)).endswith("1 period")
    assert list(ps.Panel(table).period.labels) == ["2024-02"]
