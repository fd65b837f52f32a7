"""Rows held against their text: seeded errors are found, right rows pass."""

from __future__ import annotations

import random
import re

import pandas as pd
import polars as pl
import pytest

import provstats as ps

TEXT = """一、2025年工作回顾
地区生产总值6.8万亿元，增长5.5%。建成5G基站超25万个，新增高新技术企业711家。居民消费价格下降0.1%。
三、2026年工作安排
地区生产总值增长5%左右，城镇新增就业85万人。"""


@pytest.fixture(scope="module")
def rows():
    """Return the rows that the text states, as a reader has them."""
    draft = ps.read_report(TEXT, region="川", year=2025).rows
    columns = ["paragraph", "region", "indicator", "period", "nature", "printed", "value", "unit"]
    return draft[columns]


def verdict(rows, at, **changes):
    """Return verdict and reason of one row after a change."""
    wrong = rows.copy()
    for column, value in changes.items():
        wrong.loc[at, column] = value
    found = ps.check_rows(wrong, TEXT).loc[at]
    return found["verdict"], found["reason"]


def test_right_rows_are_grounded(rows):
    """Every row that the text states passes, and the caller's frame stays as it was."""
    before = rows.copy()
    checked = ps.check_rows(rows, TEXT)
    assert list(checked) == [*rows, "verdict", "reason"]
    assert set(checked["verdict"]) == {"grounded"}
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize(
    ("at", "changes", "reason"),
    [
        (0, {"printed": "7.8万亿元"}, "does not stand"),
        (0, {"value": 6.9e12}, "does not follow"),
        (1, {"period": "2024"}, "2025"),
        (1, {"indicator": "trade_growth"}, "speaks of gdp_growth"),
        (1, {"indicator": "gdp"}, "is in percent"),
        (1, {"nature": "target"}, "outcome"),
        (2, {"printed": "25万个", "value": 25e4}, "'超'"),
        (4, {"printed": "0.1%", "value": 0.1}, "'下降'"),
        (5, {"nature": "outcome"}, "target"),
        (5, {"printed": "5%", "value": 5.0}, "'左右'"),
        (6, {"paragraph": 9}, "has 4 paragraphs"),
    ],
)
def test_errors_are_found(rows, at, changes, reason):
    """Each error is contradicted, and the reason says what the text has."""
    found = verdict(rows, at, **changes)
    assert found[0] == "contradicted"
    assert reason in found[1]


def test_a_year_that_all_rows_have_wrong_is_found(rows):
    """The heading says which year is reviewed, whatever most rows say."""
    checked = ps.check_rows(rows[rows["nature"] == "outcome"].assign(period="2024"), TEXT)
    assert set(checked["verdict"]) == {"contradicted"}
    assert checked["reason"].str.contains("2025").all()


def test_a_period_without_a_year_is_contradicted(rows):
    """One row whose period says nothing does not stop the others from being checked."""
    found = verdict(rows, rows.index[0], period="then")
    assert found == ("contradicted", "period 'then' names no year")


def test_frames_of_others(rows):
    """Tables of polars and Arrow are taken; no table, or one that lacks a column, is refused."""
    for frame in (pl.from_pandas(rows), pl.from_pandas(rows).to_arrow()):
        assert set(ps.check_rows(frame, TEXT)["verdict"]) == {"grounded"}
    with pytest.raises(ps.SchemaError, match=r"missing: \['printed'\]"):
        ps.check_rows(rows.drop(columns="printed"), TEXT)
    with pytest.raises(ps.SchemaError, match=r"a table of pandas, polars or Arrow, .*got list"):
        ps.check_rows([1], TEXT)
    with pytest.raises(ps.SchemaError, match="paragraph must be a whole number"):
        ps.check_rows(rows.assign(paragraph=0), TEXT)
    with pytest.raises(ps.SchemaError, match="period must name a year"):
        ps.check_rows(rows.assign(period="then"), TEXT)
    with pytest.raises(ps.SchemaError, match="a lazy one collected; got LazyFrame of polars"):
        ps.check_rows(pl.from_pandas(rows).lazy(), TEXT)


# A text that no document of the data is, of which a row a line is stated.
_NAMES = {
    "规上工业增加值": "industrial_value_added", "固定资产投资": "fixed_investment",
    "社会消费品零售总额": "retail_sales", "一般公共预算收入": "fiscal_revenue",
    "进出口总额": "trade", "工业投资": "industrial_investment",
}  # fmt: skip


def wrong_digit(row, rng):
    """Change a digit."""
    places = [found.start() for found in re.finditer("[0-9]", row["printed"])]
    at = rng.choice(places)
    digit = str((int(row["printed"][at]) + rng.randint(1, 9)) % 10)
    return {"printed": row["printed"][:at] + digit + row["printed"][at + 1 :]}


def wrong_year(row, rng):
    """Move the period by a year."""
    return {"period": str(int(row["period"]) + rng.choice([-1, 1]))}


def wrong_subject(row, rng):
    """Name another indicator."""
    others = [f"{name}_growth" for name in _NAMES.values()]
    return {"indicator": rng.choice([name for name in others if name != row["indicator"]])}


def wrong_nature(row, rng):
    """Take a target as an outcome, or an outcome as a target."""
    del rng
    return {"nature": "target" if row["nature"] == "outcome" else "outcome"}


def lost_word(row, rng):
    """Lose the word of the interval."""
    del rng
    return {"printed": re.sub("超|左右", "", row["printed"])}


def no_quote(row, rng):
    """Quote what is not there."""
    del row
    return {"printed": f"{rng.randint(100, 999)}.25%"}


ERRORS = (wrong_digit, wrong_year, wrong_subject, wrong_nature, lost_word, no_quote)


def test_two_hundred_seeded_errors():
    """All are found, one at a time, among rows that pass."""
    rng = random.Random("two hundred errors")  # noqa: S311 - no secret
    review = [f"{name}增长超{at + 2}.{at}%" for at, name in enumerate(_NAMES)]
    ahead = [f"{name}增长{at + 3}.{at}%左右" for at, name in enumerate(_NAMES)]
    text = "\n".join(
        [
            "一、2025年工作回顾",
            "，".join(review) + "。",
            "三、2026年工作安排",
            "，".join(ahead) + "。",
        ]
    )
    draft = ps.read_report(text, region="川", year=2025).rows
    assert len(draft) == 2 * len(_NAMES)
    columns = ["paragraph", "region", "indicator", "period", "nature", "printed"]
    rows = draft[columns]
    missed = []
    for at in range(200):
        wrong, place = rows.copy(), rng.randrange(len(rows))
        error = ERRORS[at % len(ERRORS)]
        for column, value in error(rows.loc[place], rng).items():
            wrong.loc[place, column] = value
        verdicts = ps.check_rows(wrong, text)["verdict"]
        found = verdicts[place] != "grounded" and set(verdicts.drop(place)) == {"grounded"}
        missed += [] if found else [(error.__name__, dict(wrong.loc[place]))]
    assert missed == []
