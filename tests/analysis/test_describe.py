"""Descriptions: what is said of results in both languages, what is left unsaid, and bad input."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import frame_from, frame_of
from hypothesis import given, settings
from strategies import panels

from provstats import (
    IncomparableError,
    Panel,
    SchemaError,
    UnknownIndicatorError,
    catalog,
    check_text,
    describe,
    gap_to_national,
    growth,
    rank,
    series,
    share_of_national,
    tiers,
    top,
    yoy,
)
from provstats.analysis.describe import _choose_decimals

PROPERTY = settings(max_examples=15, deadline=None)
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
INTENSITY = series("rd_intensity", period=2023, vintage="nbs-rd-bulletin-2023")
SPENDING = series("rd_expenditure", period=[2020, 2023])
RESULTS = {
    "series": lambda: INTENSITY, "rank": lambda: rank(INTENSITY), "tiers": lambda: tiers(INTENSITY),
    "top": lambda: top(INTENSITY, 3), "gap": lambda: gap_to_national(INTENSITY),
    "share": lambda: share_of_national(SPENDING), "yoy": lambda: yoy(SPENDING),
    "growth": lambda: growth(SPENDING, years=3),
    "id": lambda: "industrial_value_added_growth", "panel": lambda: Panel(INTENSITY.data),
    "polars": lambda: pl.from_pandas(INTENSITY.data),
    "Arrow": lambda: pa.Table.from_pandas(INTENSITY.data),
}  # fmt: skip


def jobs(**ends):
    """Return one row a region of the unknown indicator jobs, each with the ends of its interval."""
    rows = [
        (f"CN-{code}", "jobs", "2024", (low + high) / 2, low, high)
        for code, (low, high) in ends.items()
    ]
    return frame_of(*rows)


def sentences(x, lang="en"):
    """Return the sentences of a description."""
    mark = "。" if lang == "zh" else ". "
    return [text for text in (describe(x, lang=lang) + " ").split(mark) if text.strip()]


# --- what is said ---------------------------------------------------------------------------------


@LANGS
@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_results_are_described_and_supported(result, lang):
    """Of any result two to five sentences are said, and the data support each figure of them."""
    text = describe(result(), lang=lang)
    assert 2 <= len(sentences(result(), lang)) <= 5
    found = check_text(text, lang=lang)
    assert found[found["verdict"] != "supported"].empty
    assert len(found) >= 3


def test_words():
    """First, last, the nation and the second: values with their ranks among those that report."""
    said = "In 2023, ratio of R&D expenditure to GDP in {}"
    assert sentences(INTENSITY)[:3] == [
        said.format("Beijing was 6.73%, rank 1 of 31 provinces with data"),
        said.format("Xizang was 0.30%, rank 31 of 31 provinces with data"),
        said.format("China was 2.65%"),
    ]
    assert sentences(INTENSITY, "zh")[0] == (
        "2023年，北京研究与试验发展(R&D)经费投入强度为6.73%，在有数据的31个省份中居第1位"
    )


def test_no_rank_where_intervals_leave_it_open():
    """Who may be first or second is given no rank; who is surely third is."""
    said = sentences(jobs(BJ=(8.0, 10.0), SH=(7.0, 9.0), GD=(1.0, 1.0)))
    assert [("rank" in text) for text in said] == [False, True, False]
    assert "Guangdong was 1, rank 3 of 3" in said[1]


def test_no_sign_where_intervals_leave_it_open():
    """A gap or a change that may be none is not spoken of."""
    rows = [("CN-BJ", "rate", "2024", 5.1, 5.0, 5.2), ("CN", "rate", "2024", 5.1, 5.0, 5.2)]
    gaps = gap_to_national(frame_of(*rows).assign(unit="%"))
    assert "nation" not in describe(gaps, lang="en")
    rows[1] = ("CN", "rate", "2024", 4.0, 4.0, 4.0)
    gaps = gap_to_national(frame_of(*rows).assign(unit="%"))
    assert "1 percentage points above the nation" in describe(gaps, lang="en")


def test_qualifiers():
    """What is printed as over or about is said so."""
    frame = jobs(BJ=(80.0, 90.0), SH=(10.0, 10.0)).assign(
        value=[80.0, 10.0], qualifier=["over", "exact"]
    )
    assert "北京jobs超过80，" in describe(frame, lang="zh")
    assert "上海jobs为10，" in describe(frame, lang="zh")
    assert "over 80" in describe(frame, lang="en")
    grown = frame_of(("CN-BJ", "gdp_growth", "2024", 10.0)).assign(qualifier="over")
    assert "同比增长超10%" in describe(grown, lang="zh")


def test_the_product_of_the_nation_has_its_own_name():
    """In Chinese it is the domestic product; that of a province is the regional one."""
    frame = frame_of(
        ("CN-BJ", "gdp_per_capita", "2024", 2.0), ("CN", "gdp_per_capita", "2024", 1.0)
    )
    text = describe(frame, lang="zh")
    assert "北京人均地区生产总值为2" in text
    assert "全国人均国内生产总值为1" in text


def test_falls_and_averages():
    """Growth below zero falls, and an average is of the years that it covers."""
    frame = frame_of(("CN-BJ", "gdp_growth", "2024", -1.5), ("CN-SH", "gdp_growth", "2024", 2.0))
    text = describe(frame, lang="zh")
    assert "北京地区生产总值同比下降1.5%" in text
    assert "上海地区生产总值同比增长2%" in text
    levels = frame_of(("CN-BJ", "jobs", "2022", 100.0), ("CN-BJ", "jobs", "2024", 121.0))
    assert "2023—2024年，北京jobs年均增长10%" in describe(growth(levels, years=2), lang="zh")


def test_the_latest_period_with_most_provinces_and_the_first_indicator():
    """One group is spoken of: the latest of those with most provinces."""
    rows = [
        ("CN-BJ", "jobs", "2023", 1.0), ("CN-SH", "jobs", "2023", 2.0),
        ("CN-BJ", "jobs", "2022", 1.0), ("CN-SH", "jobs", "2022", 2.0),
        ("CN-BJ", "jobs", "2024", 3.0), ("CN-BJ", "other", "2024", 3.0),
    ]  # fmt: skip
    assert all(text.startswith("In 2023, jobs") for text in sentences(frame_of(*rows)))


@pytest.mark.parametrize(
    ("value", "low", "high", "digits"),
    [(4.08, 4.07, 4.09, 1), (7.6, 7.6, 7.6, 1), (7.6, 3.1, 12.0, None), (0.3, 0.2, 0.4, None)],
)
def test_digits_hold_the_interval(value, low, high, digits):
    """A number is printed with the digits that hold all that the interval allows, or not at all."""
    assert _choose_decimals(value, low, high) == digits


@LANGS
def test_indicators_of_the_data_are_described_and_supported(lang):
    """Whatever is shipped is described in words that the data support."""
    ids = ["grain_output_change", "industrial_value_added_growth_change", "income_growth"]
    for id_ in [*ids, *catalog()["id"].sample(25, random_state=3)]:
        try:
            found = check_text(describe(id_, lang=lang), lang=lang)
        except IncomparableError:
            continue
        assert found[found["verdict"] != "supported"].empty


# --- refused --------------------------------------------------------------------------------------


def test_refused():
    """What cannot be described has its named error."""
    with pytest.raises(SchemaError, match="lang"):
        describe(INTENSITY, lang="fr")
    with pytest.raises(UnknownIndicatorError, match="rd_intensity"):
        describe("rd_intensitty")
    with pytest.raises(IncomparableError, match="no claim"):
        describe(frame_of(("CN-BJ", "jobs_rank", "2024", 1.0)))
    with pytest.raises(IncomparableError, match="no value"):
        describe(frame_of(("CN-BJ", "jobs", "2024", None)))
    with pytest.raises(SchemaError, match="'value'"):
        describe(jobs(BJ=(1.0, 1.0)).drop(columns="value"))
    with pytest.raises(NotImplementedError, match="lazy"):
        describe(pl.LazyFrame({"region": ["CN-BJ"]}))


# --- laws -----------------------------------------------------------------------------------------


@PROPERTY
@given(panels(least=1))
def test_ranks_that_are_said_are_certain(rows):
    """No rank is said that another order within the intervals would change."""
    frame = frame_from(rows)
    text = describe(frame, lang="en")
    assert 1 <= len(sentences(frame)) <= 5
    ranked = rank(frame, min_n=1)
    sure = ranked[ranked["rank_best"] == ranked["rank_worst"]]
    ranks = set(sure["rank"].astype(str))
    assert {said.split()[0] for said in text.split("rank ")[1:]} <= ranks
    pd.testing.assert_frame_equal(frame, frame_from(rows))


@LANGS
@pytest.mark.parametrize("id_", ["gdp", "industry_value_added", "primary_industry_value_added"])
@pytest.mark.parametrize("call", [yoy, lambda x: growth(x, years=5)], ids=["yoy", "growth"])
def test_no_change_at_current_prices_is_called_growth_of_value_added(call, id_, lang):
    """Growth of value added is real; the quotient of two levels at current prices is not."""
    said = describe(call(id_), lang=lang)
    assert set(check_text(said, lang=lang)["verdict"]) == {"supported"}


def test_growth_of_product_at_current_prices_is_not_said():
    """Guangdong's product of 2023 is 4.0% more at current prices: this is not its growth."""
    said = describe(yoy(series("gdp", period=2023, regions="粤")), lang="zh")
    assert "137,905.4亿元" in said
    assert "增长" not in said
