"""Comparisons of panels by the kernel and by the slow reference, dense and sparse."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import reference
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats as ps
from provstats import answers, blocks, cells, groups, panels

COMPARISONS = {"rank": ps.rank, "gap_to_national": ps.gap_to_national, "yoy": ps.yoy}
IDS = ["jobs", "jobs_growth", "jobs_new", "jobs_gap", "jobs_change", "little_giants_rank",
       "rd_intensity", "rd_intensity_change", "industrial_profit",
       "industrial_profit_new"]  # fmt: skip
LABELS = ["2022", "2023", "2024", "2023-11", "2024-11", "2023-01/2023-11", "2024-01/2024-11",
          "2023-Q4", "2024-Q4", "2024-H1", "2023-H1", "2024-12", "2021/2024",
          "2024-01/2024-12"]  # fmt: skip
REGIONS = ["CN", "CN-BJ", "CN-SH", "CN-GD", "CN-HK", "ningbo"]
PROPERTY = settings(max_examples=25, deadline=None)


@st.composite
def panels_of_rows(draw):
    """Draw a panel: gaps, ties, nulls, natures, units, bounds, in any order."""
    keys = draw(st.lists(
        st.tuples(
            st.sampled_from(REGIONS),
            st.sampled_from(IDS[: draw(st.sampled_from([1, 4, 10]))]),
            st.sampled_from(LABELS[: draw(st.sampled_from([1, 5, 13]))]),
            st.sampled_from(["outcome"] * 4 + ["forecast", "target"]),
        ),
        min_size=1, max_size=40, unique=True,
    ))  # fmt: skip
    values = st.one_of(st.integers(-3, 9).map(float), st.none())
    frame = pd.DataFrame(keys, columns=["region", "indicator", "period", "nature"])
    frame["value"] = pd.Series([draw(values) for _ in keys], dtype="float64")
    if draw(st.booleans()):
        widths = [draw(st.sampled_from([0.0, 0.5, 2.0])) for _ in keys]
        frame["lower"], frame["upper"] = frame["value"] - widths, frame["value"] + widths[::-1]
    if draw(st.booleans()):
        units = st.sampled_from(["%", "count", None, "家"] if draw(st.booleans()) else ["个"])
        frame["unit"] = pd.Series([draw(units) for _ in keys], dtype=object)
    if draw(st.booleans()):
        frame["source"] = [draw(st.sampled_from(["a", "b"])) for _ in keys]
    return frame if draw(st.booleans()) else frame.drop(columns="nature").drop_duplicates(
        ["region", "indicator", "period"])  # fmt: skip


def unordered(texts):
    """Return categories in another order than they appear, one of them unused and unknown."""
    return pd.Categorical(texts, categories=["Atlantis", *sorted(set(texts), reverse=True)])


def dictionary(texts):
    """Return a column of an Arrow dictionary."""
    return pd.array(texts, dtype=pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string())))


DRESSES = {
    "texts": lambda texts: texts,
    "objects": lambda texts: np.array(texts, object),
    "categories": unordered,
    "Arrow texts": lambda texts: pd.array(texts, dtype=pd.ArrowDtype(pa.string())),
    "Arrow dictionaries": dictionary,
}


def dressed(frame, dress):
    """Return the frame with its keys in another dress."""
    keys = ("region", "indicator", "period")
    return frame.assign(**{key: DRESSES[dress](frame[key].tolist()) for key in keys})


def answer_of(compare, frame, **options):
    """Return the answer, or None where the comparison is refused."""
    try:
        return compare(frame, **options)
    except ps.IncomparableError:
        return None


def assert_alike(name, frame, **options):
    """Assert that the kernel answers as the reference, or that both refuse."""
    got = answer_of(COMPARISONS[name], frame, **options)
    expected = answer_of(getattr(reference, name), frame, **options)
    assert (got is None) == (expected is None)
    if got is not None:
        pd.testing.assert_frame_equal(
            got, expected, check_dtype=False, check_index_type=False, rtol=1e-12, atol=1e-9
        )


@pytest.fixture(params=["dense", "sorted", "in blocks"])
def way(request, monkeypatch):
    """Take each way through the kernel, whatever the size of the panel."""
    if request.param == "sorted":
        for module in (cells, panels):
            monkeypatch.setattr(module, "SMALL", 0)
            monkeypatch.setattr(module, "DENSE", 0)
    if request.param == "in blocks":
        monkeypatch.setattr(blocks.each_block, "__defaults__", (3,))
        for module in (blocks, groups, answers):
            monkeypatch.setattr(module, "ROWS", 3)
    return request.param


@pytest.mark.parametrize("name", ["gap_to_national", "yoy"])
@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.usefixtures("way")
def test_comparisons_agree_with_the_reference(name, dress):
    """Whatever the keys are, and however full the panel is, the answers are the same."""

    @PROPERTY
    @given(panels_of_rows())
    def property_holds(frame):
        distinct = frame[~labels_twice(frame)]
        assert_alike(name, dressed(distinct, dress))

    property_holds()


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.usefixtures("way")
def test_ranks_agree_with_the_reference(dress):
    """Every option, with bounds and without, ranks as the reference does."""

    @PROPERTY
    @given(
        panels_of_rows(),
        st.sampled_from([None, "ascending", "descending"]),
        st.sampled_from(["min", "max", "average", "dense"]),
        st.sampled_from(["reporting", "all"]),
        st.booleans(),
    )
    def property_holds(frame, order, ties, universe, bounds):
        assert_alike(
            "rank", dressed(frame[~labels_twice(frame)], dress),
            order=order, ties=ties, universe=universe, bounds=bounds,
        )  # fmt: skip

    property_holds()


def labels_twice(frame):
    """Tell the rows whose key stands twice, as 2024 and as its twelve months."""
    same = frame.assign(period=frame["period"].replace("2024-01/2024-12", "2024"))
    keys = [key for key in ("region", "indicator", "period", "nature") if key in frame]
    return same.duplicated(keys)


@pytest.mark.parametrize("name", COMPARISONS)
@pytest.mark.usefixtures("way")
def test_a_panel_answers_as_its_frame(name):
    """What is prepared once answers as the frame, as often as it is asked."""

    @PROPERTY
    @given(panels_of_rows())
    def property_holds(frame):
        frame = frame[~labels_twice(frame)]
        panel, compare = ps.Panel(frame), COMPARISONS[name]
        expected = answer_of(compare, frame)
        for _ in range(2):
            got = answer_of(compare, panel)
            assert (got is None) == (expected is None)
            if got is not None:
                pd.testing.assert_frame_equal(got, expected)

    property_holds()
