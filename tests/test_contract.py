"""What the comparisons beyond rank, gap and change share: frames in every dress, and bad input."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from frames import SPAN, assert_same, frame_of

import provstats as ps
from provstats import (
    PeriodError,
    SchemaError,
    UnknownIndicatorError,
    UnknownRegionError,
    check_claims,
    comparable,
    growth,
    implied_national,
    peers,
    reconcile,
    scorecard,
    targets,
    tiers,
    top,
)


def top_two(frame):
    """Say who is among the first two."""
    return top(frame, 2)


def grown(frame):
    """Measure the growth over a year."""
    return growth(frame, years=1)


CALLS = {
    "comparable": comparable,
    "implied_national": implied_national,
    "reconcile": reconcile,
    "check_claims": check_claims,
    "targets": targets,
    "scorecard": lambda frame: scorecard("CN-BJ", frame),
    "peers": lambda frame: peers("CN-BJ", 2, frame),
    "tiers": tiers,
    "top": top_two,
    "growth": grown,
}
KEPT = (reconcile, check_claims, targets, tiers, top_two, grown)
EVERY = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
#: These keep the caller's rows, the others answer with a table of their own.
KEEPING = pytest.mark.parametrize("call", KEPT)

# A small frame in which each function finds something.
FULL = frame_of(
    ("CN-BJ", "jobs", "2023", 6.0, 5.5, 6.5),
    ("CN-BJ", "jobs", "2024", 7.0, 6.5, 7.5),
    ("CN-SH", "jobs", "2023", 4.0, 4.0, 4.0),
    ("CN-SH", "jobs", "2024", 5.0, 4.5, 5.5),
    ("CN-GD", "jobs", "2023", 5.0, 5.0, 5.0),
    ("CN-GD", "jobs", "2024", 9.0, 9.0, 9.0),
    ("CN", "jobs", "2024", 6.0, 6.0, 6.0),
    ("CN-BJ", "jobs_growth", "2024", 17.0, 16.0, 18.0),
    ("CN-BJ", "jobs_gap", "2024", 1.0, 0.5, 1.5),
    ("CN-BJ", "jobs_rank", "2024", 2.0, 2.0, 2.0),
    ("CN-SH", "jobs_new", SPAN, 1.0, 1.0, 1.0),
    ("ningbo", "jobs", "2024", 1.0, 1.0, 1.0),
).assign(
    nature="outcome", unit="count", qualifier="exact", note="among provinces", printed="7",
)  # fmt: skip
FULL = pd.concat([FULL, FULL.iloc[[1]].assign(nature="target", qualifier="over")])
FULL = FULL.reset_index(drop=True)
# What a caller brings at the least; natures only where targets are asked for.
BARE = FULL[["region", "indicator", "period", "value"]].iloc[:-1]


@EVERY
def test_caller_is_not_changed(call):
    """Neither the call nor writing into its answer changes the caller's frame."""
    frame, before = FULL.copy(), FULL.copy(deep=True)
    got = call(frame)
    assert type(got) is pd.DataFrame
    assert got.attrs == {}
    assert len(got)
    got.iloc[0, 0] = "changed"
    pd.testing.assert_frame_equal(frame, before)


@EVERY
def test_four_columns_are_enough(call):
    """Region, indicator, period and value answer with the columns of the full frame."""
    bare = BARE if call is not targets else BARE.assign(nature=["target"] + ["outcome"] * 11)
    added = [column for column in call(FULL).columns if column not in FULL]
    assert set(added) <= set(call(bare).columns)


@EVERY
@pytest.mark.parametrize(
    "index",
    [[7] * 13, [f"r{13 - i}" for i in range(13)], pd.MultiIndex.from_product([["a"], range(13)])],
    ids=["alike", "texts", "levels"],
)
def test_any_index(call, index):
    """The index is no matter to the answer; where rows are kept, it is kept with them."""
    frame, plain = FULL.set_axis(index), call(FULL)
    got = call(frame)
    keeps = call in KEPT
    assert got.index.equals(frame.index[plain.index] if keeps else plain.index)
    pd.testing.assert_frame_equal(got.reset_index(drop=True), plain.reset_index(drop=True))


@KEEPING
def test_rows_and_columns_are_kept(call):
    """Further columns of the caller come first and are as they were."""
    frame = FULL.assign(memo=[[i] for i in range(13)], detail="x", near=None)
    got = call(frame)
    assert list(got.columns)[: len(frame.columns)] == list(frame.columns)
    pd.testing.assert_frame_equal(got[frame.columns], frame.loc[got.index])


@EVERY
def test_further_columns_do_not_disturb(call):
    """Columns that bear the names of the answer, or of the work, change nothing in it."""
    plain = call(FULL)
    names = ["detail", "near", "months", "n", "source", "end", "within", "goal", "left_out"]
    taken = {column: "?" for column in names if column not in plain}
    got = call(FULL.assign(**taken))
    pd.testing.assert_frame_equal(got[plain.columns], plain)


@EVERY
def test_categories(call):
    """Texts that are categories answer as texts do."""
    texts = ["region", "indicator", "period", "nature", "unit", "qualifier", "note", "printed"]
    got, plain = call(FULL.astype(dict.fromkeys(texts, "category"))), call(FULL)
    assert_same(got.to_dict("records"), plain.to_dict("records"), plain.columns)


@EVERY
@pytest.mark.parametrize("dtype", ["Float64", "float32", "object", "int64"])
def test_numbers(call, dtype):
    """Numbers of any type answer as floats do."""
    whole = FULL.assign(lower=FULL["value"], upper=FULL["value"])
    ends = ["value", "lower", "upper"]
    got, plain = call(whole.astype(dict.fromkeys(ends, dtype))), call(whole)
    for column in plain.columns.difference(ends):
        pd.testing.assert_series_equal(got[column], plain[column])


@EVERY
def test_labels_of_one_span_are_alike(call):
    """A year is a year, however its label is written."""
    labels = FULL["period"].replace({"2024": "2024-01/2024-12", "2023": "2023年"})
    got, plain = call(FULL.assign(period=labels)), call(FULL)
    for column in plain.columns.difference(["period"]):
        pd.testing.assert_series_equal(got[column], plain[column])


# --- what is refused ----------------------------------------------------------------------------


def altered(column, value):
    """Return the full frame with one cell replaced."""
    cells = FULL[column].astype(object).to_list()
    return FULL.assign(**{column: [cells[0], value, *cells[2:]]})


BAD = {
    "no value": (FULL.drop(columns="value"), SchemaError, ["value"]),
    "typo": (FULL.rename(columns={"region": "regoin"}), SchemaError, ["'region'", "regoin"]),
    "text": (altered("value", "超8万个"), SchemaError, ["'value'", "超8万个", "CN-BJ"]),
    "infinite": (altered("value", float("inf")), SchemaError, ["'value'", "CN-BJ"]),
    "text bound": (altered("lower", "few"), SchemaError, ["'lower'", "few"]),
    "lower above": (altered("lower", 99.0), SchemaError, ["lower", "99.0"]),
    "duplicate": (pd.concat([FULL, FULL.iloc[[3]]]), SchemaError, ["twice", "CN-SH"]),
    "column twice": (pd.concat([FULL, FULL[["value"]]], axis=1), SchemaError, ["value"]),
    "nature": (altered("nature", "hope"), SchemaError, ["'nature'", "hope"]),
    "indicator": (altered("indicator", None), SchemaError, ["'indicator'"]),
    "region": (altered("region", "CN-XX"), UnknownRegionError, ["'region'", "CN-XX"]),
    "Chinese region": (altered("region", "北京"), UnknownRegionError, ["'region'", "北京"]),
    "period": (altered("period", "2024-13"), PeriodError, ["'period'", "2024-13"]),
    "empty": (FULL.iloc[:0], SchemaError, ["no rows"]),
    "dict": ({"region": ["CN"]}, SchemaError, ["dict"]),
    "number": (7, SchemaError, ["int"]),
    "list": ([1, 2], SchemaError, ["list"]),
}


@EVERY
@pytest.mark.parametrize(("frame", "error", "words"), BAD.values(), ids=BAD)
def test_bad_input(call, frame, error, words):
    """Each bad input has its named error, which names the column and shows the rows."""
    with pytest.raises(error) as raised:
        call(frame)
    for word in words:
        assert word in str(raised.value)


@pytest.mark.parametrize(
    "call", [comparable, implied_national, reconcile, check_claims, targets, tiers, top_two, grown]
)
def test_unknown_indicator_suggests_the_nearest(call):
    """A misspelt id is refused with the nearest ids."""
    with pytest.raises(UnknownIndicatorError, match="little_giants"):
        call("litle_giants")


@pytest.mark.parametrize("call", [comparable, reconcile])
def test_none_is_no_frame(call):
    """Where the data are no default, nothing is refused as nothing."""
    with pytest.raises(SchemaError, match="NoneType"):
        call(None)


# --- arrays ---------------------------------------------------------------------------------------

ANSWERS = {
    **CALLS,
    "rank": ps.rank, "gap_to_national": lambda frame: ps.gap_to_national(frame, national=3.0),
    "yoy": ps.yoy, "table": ps.table,
    "dispersion": ps.dispersion, "rank of some": lambda frame: ps.rank(frame.iloc[:2], min_n=1),
}  # fmt: skip
SHIPPED = {
    "load": ps.load, "catalog": ps.catalog, "search": lambda: ps.search("5G"),
    "regions": ps.regions, "sources": ps.sources, "breaks": ps.breaks, "groups": ps.groups,
    "coverage": ps.coverage, "series": lambda: ps.series("rd_intensity").data,
    "to_wide": lambda: ps.series("rd_intensity").to_wide(),
    "rank": lambda: ps.rank("rd_intensity"), "gap": lambda: ps.gap_to_national("rd_intensity"),
    "yoy": lambda: ps.yoy("rd_intensity"), "scorecard": lambda: ps.scorecard("粤"),
    "yoy of a series": lambda: ps.yoy(ps.series("rd_intensity")), "reconcile": lambda:
    ps.reconcile("rd_intensity"), "peers": lambda: ps.peers("粤"), "table":
    lambda: ps.table("rd_intensity"), "dispersion": lambda: ps.dispersion("rd_intensity"),
}  # fmt: skip


def written_over(frame):
    """Write into the arrays below a frame and its index, whatever may be written."""
    for array in [*(frame[column].array for column in frame), frame.index.array]:
        with suppress(TypeError, ValueError):
            array[:] = array[0] if array.dtype.kind == "b" else -77
        with suppress(TypeError, ValueError):
            array[:] = "mine"


@pytest.mark.parametrize("call", ANSWERS.values(), ids=ANSWERS)
def test_writing_into_an_answer_changes_no_input(call):
    """No array of an answer is that of the caller's frame, nor is its index."""
    rows = FULL.set_axis(np.arange(len(FULL)) * 2.5)
    before = rows.copy(deep=True)
    before.index = rows.index.copy(deep=True)
    written_over(call(rows))
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize("call", SHIPPED.values(), ids=SHIPPED)
def test_writing_into_an_answer_changes_no_later_one(call):
    """Nor is one that of a cache."""
    before = call().copy(deep=True)
    written_over(call())
    pd.testing.assert_frame_equal(call(), before)


def test_answers_of_a_panel_are_its_own():
    """Nor is one that of the panel, which answers again."""
    panel = ps.Panel(FULL)
    before = ps.yoy(panel).copy(deep=True)
    written_over(ps.yoy(panel))
    pd.testing.assert_frame_equal(ps.yoy(panel), before)


# --- odd cells ------------------------------------------------------------------------------------

TAKING = {
    **ANSWERS, "cite": ps.cite, "per": lambda frame: ps.per(frame, POPULATION),
    "aggregate": lambda frame: ps.aggregate(frame, by={"both": ["京", "沪"]}),
    "ranking": ps.plot.ranking,
    "share": lambda frame: ps.share_of_national(frame, national=100.0),
}  # fmt: skip
POPULATION = pd.DataFrame({"region": ["CN-BJ"], "period": "2024", "value": [2e7]})
ODD = [
    ("region", ["CN-BJ"]), ("region", 5), ("indicator", {}), ("indicator", 5),
    ("period", ["2024"]), ("period", "soon"), ("unit", ["%"]), ("nature", {}),
    ("value", "7.6%"), ("value", 10**400), ("value", Decimal("sNaN")), ("value", [1]),
    ("lower", "a"), ("upper", {}),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell"), ODD, ids=str)
@pytest.mark.parametrize("call", TAKING.values(), ids=TAKING)
def test_an_odd_cell_is_named_with_its_row_and_column(call, column, cell):
    """Whatever a cell holds: a named error shows it, and no other row."""
    rows = pd.DataFrame({
        "region": ["CN-BJ", "CN-SH", "CN-GD"], "indicator": "jobs", "period": 2024,
        "value": [1.0, 2.0, 3.0], "lower": 0.0, "upper": 4.0, "unit": "count",
        "nature": "outcome", "source": "nbs-rd-bulletin-2023",
    }, index=[71, 72, 73]).astype(object)  # fmt: skip
    cells = [rows[column].iloc[0], cell, rows[column].iloc[2]]
    rows[column] = pd.Series(cells, rows.index, object)  # pandas 2 makes no column of huge numbers
    with pytest.raises(ps.ProvstatsError) as error:
        call(rows)
    assert column in str(error.value)
    shown = str(error.value).splitlines()[1:]
    assert any(line.startswith(("72", "1 ")) for line in map(str.strip, shown))
