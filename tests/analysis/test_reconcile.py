"""Growth reconciled: the hard case, a slow second implementation with fractions, soundness."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from frames import ENDS, assert_same, at, frame_from, frame_of, renamed, scaled, wider
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RENAMINGS, STEPS, WIDTHS, panels

from provstats import IncomparableError, catalog, load, parse_figure, parse_period, reconcile

METHODS = ["reported", "levels", "level_minus_new"]
BASE = ["implied_base", "implied_base_lower", "implied_base_upper"]
ADDED = [
    *(f"{method}{end}" for method in METHODS for end in ("", "_lower", "_upper")),
    "yoy_unit", "months", "agree", "conflict", "previous", *BASE, "prices", "reported_prices",
    "left_out",
]  # fmt: skip
PROPERTY = settings(max_examples=15, deadline=None)


def last_of(result, *columns):
    """Return some numbers of the last row, rounded to a tenth."""
    return result[list(columns)].iloc[-1].astype(float).round(1).tolist()


def printed(*rows):
    """Return a frame of printed figures, with the bounds that they allow."""
    figures = [parse_figure(row[-1]) for row in rows]
    ends = [[getattr(figure, end) for end in ENDS] for figure in figures]
    frame = frame_of(*([*row[:3], *end] for row, end in zip(rows, ends, strict=True)))
    return frame.assign(unit=[figure.unit for figure in figures])


def test_profits_of_2018_are_a_conflict():
    """Published levels fell by 8.1% and the reported growth is 17.1%: the base was another."""
    found = reconcile(printed(
        ("CN", "industrial_profit", "2017-01/2017-07", "42481.2亿元"),
        ("CN", "industrial_profit", "2018-01/2018-07", "39038.1亿元"),
        ("CN", "industrial_profit_growth", "2018-01/2018-07", "增长17.1%"),
    ))  # fmt: skip
    assert list(found.columns)[-len(ADDED) :] == ADDED
    assert len(found) == 2
    assert last_of(found, "reported", "reported_lower", "levels") == [17.1, 17.0, -8.1]
    assert last_of(found, "levels_lower", "levels_upper") == [-8.1, -8.1]
    assert found["agree"].tolist() == [pd.NA, False]
    assert [round(x / 1e8) for x in found[["previous", *BASE]].iloc[-1]] == [
        42481, 33337, 33323, 33352,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("growth", "agree"), [(10.0, True), (None, pd.NA), (10.5, False)], ids=["yes", "alone", "no"]
)
def test_agreement(growth, agree):
    """Two methods agree or not, and one alone is neither."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2023", 100.0), ("CN-BJ", "jobs", "2024", 110.0),
        ("CN-BJ", "jobs_growth", "2024", growth),
    )  # fmt: skip
    assert reconcile(frame)["agree"].tolist() == [pd.NA, agree]
    assert reconcile(frame)["agree"].dtype == "boolean"


def test_intervals_that_touch_agree():
    """Reported growth of 10% rounded meets levels that give 10.5."""
    found = reconcile(frame_of(
        ("CN-BJ", "jobs", "2023", 100.0, 100.0, 100.0),
        ("CN-BJ", "jobs", "2024", 110.5, 110.5, 110.5),
        ("CN-BJ", "jobs_growth", "2024", 10.0, 9.5, 10.5),
    ))  # fmt: skip
    assert found["agree"].iloc[-1]
    assert last_of(found, *BASE) == [100.5, 100.0, 100.9]


@pytest.mark.parametrize(
    ("span", "months", "agree"), [("2024", 12, False), ("2024-01/2024-11", 11, pd.NA)]
)
def test_additions_have_a_span_of_their_own(span, months, agree):
    """What was added over eleven months is no year's change, and contradicts none."""
    end = parse_period(span).end.strftime("%Y-%m")
    found = reconcile(frame_of(
        ("CN-BJ", "jobs", end, 120.0), ("CN-BJ", "jobs_new", span, 20.0),
        ("CN-BJ", "jobs_growth", end, 30.0),
    ))  # fmt: skip
    assert last_of(found, "reported", "level_minus_new", "months") == [30.0, 20.0, months]
    assert found["agree"].tolist() == [agree]


def test_rates_change_by_points():
    """Of a rate the change is a difference, reported as such, and the base is a difference too."""
    found = reconcile(printed(
        ("CN", "rd_intensity", "2023", "2.65%"), ("CN", "rd_intensity", "2022", "2.55%"),
        ("CN", "rd_intensity_change", "2023", "提高0.09个百分点"),
    ).sort_values("period"))  # fmt: skip
    now = found.iloc[-1]
    assert now["yoy_unit"] == "percentage_point"
    assert now[METHODS[:2]].tolist() == pytest.approx([0.09, 0.1])
    assert now[BASE].tolist() == pytest.approx([2.56, 2.55, 2.57])
    assert now["agree"]


@pytest.mark.parametrize(
    ("id_", "unit", "level"),
    [("rd_intensity", "percent", 2.0), ("nev_output", "count", 2.0), ("jobs", "count", 1.0)],
    ids=["rate", "flow", "nothing before"],
)  # fmt: skip
def test_months_only_where_additions_tell_a_change(id_, unit, level):
    """Where additions do not lead to a level before, their span is missing too."""
    frame = frame_of(("CN-BJ", id_, "2024", level), ("CN-BJ", f"{id_}_new", "2024", 1.0))
    found = reconcile(frame.assign(unit=unit))
    assert found[["level_minus_new", "months"]].isna().all(axis=None)


def test_growth_alone_is_nothing_to_reconcile():
    """Growth without a level is refused, with its rows."""
    with pytest.raises(IncomparableError, match="CN-BJ"):
        reconcile(frame_of(("CN-BJ", "jobs_growth", "2024", 5.0)))


def test_forecasts_are_counted_and_not_mixed():
    """The forecast of a level is left out, and its growth is no evidence on the outcome."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 110.0), ("CN-BJ", "jobs_growth", "2024", 10.0),
        ("CN-SH", "jobs", "2024", 120.0),
    ).assign(nature=["outcome", "forecast", "forecast"])  # fmt: skip
    found = reconcile(frame)
    assert found[["region", "left_out"]].to_numpy().tolist() == [["CN-BJ", 1]]
    assert found["reported"].isna().all()


# --- a slow second implementation ----------------------------------------------------------------


def corners(now, before, change):
    """Return a change at the values, and its least and greatest at the ends."""
    ends = [change(now[a], before[b]) for a in ENDS[1:] for b in ENDS[1:]]
    return [change(now["value"], before["value"]), min(ends), max(ends)]


def slow_reconciled(rows, row):
    """Return all methods, their agreement and the implied base of one level, by fractions."""
    found = {(r["region"], r["indicator"], r["period"]): r for r in rows}
    region, id_, period = row["region"], row["indicator"], row["period"]
    is_rate = id_ == "rd_intensity"

    def change(now, before):
        return now - before if is_rate else (now / before - 1) * 100

    def base(now, by):
        return now - by if is_rate else now / (1 + by / 100)

    answer, spans = {}, {"reported": 12, "levels": 12}
    stated = found.get((region, id_ + ("_change" if is_rate else "_growth"), period))
    if stated:
        answer["reported"] = [stated[end] for end in ENDS]
        answer["implied_base"] = corners(row, stated, base)
    before = found.get((region, id_, f"{int(period[:4]) - 1}{period[4:]}"))
    if before:
        answer["levels"] = corners(row, before, change)
    end = parse_period(period).end
    news = [r for r in rows if (r["region"], r["indicator"]) == (region, f"{id_}_new")]
    news = [r for r in news if parse_period(r["period"]).end == end]
    if news and not is_rate:
        new = max(news, key=lambda r: parse_period(r["period"]).months)
        # The level at the end is one number, above and below the line.
        answer["level_minus_new"] = corners(row, new, lambda now, more: change(now, now - more))
        spans["level_minus_new"] = parse_period(new["period"]).months
    pairs = [
        max(answer[a][1], answer[b][1]) <= min(answer[a][2], answer[b][2])
        for a in spans for b in spans
        if a < b and a in answer and b in answer and spans[a] == spans[b]
    ]  # fmt: skip
    flat = {f"{name}{end}": float(value) for name, values in answer.items()
            for end, value in zip(("", "_lower", "_upper"), values, strict=True)}  # fmt: skip
    return dict.fromkeys(ADDED) | flat | {
        "months": spans.get("level_minus_new"), "agree": all(pairs) if pairs else None,
        "conflict": not all(pairs), "previous": before and float(before["value"]),
        "left_out": 0, "prices": "", "reported_prices": "",
    }  # fmt: skip


@st.composite
def level_rows(draw):
    """Draw levels well above what is added to them, growth rates, and a rate with its change."""
    periods = ("2023", "2024", "2024-12", "2023-12")
    levels = draw(panels(ids=("jobs", "rd_intensity"), regions=("CN-BJ", "CN"), periods=periods,
                         values=(100, 140)))  # fmt: skip
    stated = draw(panels(ids=("jobs_growth", "jobs_new", "rd_intensity_change"),
                         regions=("CN-BJ", "CN"), periods=periods, values=(-20, 60)))  # fmt: skip
    return [row | {end: Fraction(row[end]) for end in ENDS} for row in levels + stated]


def is_level(row):
    """Return whether a drawn row is one to reconcile."""
    return row["indicator"] in {"jobs", "rd_intensity"}


@PROPERTY
@given(level_rows(), RENAMINGS, st.randoms(use_true_random=False))
def test_methods_agree_with_a_slow_search(rows, names, random):
    """Every method, base and agreement is as worked out with fractions, in any order and names."""
    for given_rows in (rows, renamed(random.sample(rows, len(rows)), names)):
        expected = [slow_reconciled(given_rows, row) for row in given_rows if is_level(row)]
        found = reconcile(frame_from(given_rows))
        assert list(found.columns) == [*rows[0], *ADDED]
        columns = [c for c in ADDED if c != "yoy_unit"]
        assert_same(found.to_dict("records"), expected, columns)


@PROPERTY
@given(level_rows(), st.integers(2, 9))
def test_scaling_levels_scales_bases_and_nothing_else(rows, factor):
    """In another unit the bases are in that unit, and all changes are the same."""
    one, other = (reconcile(frame_from(data))[ADDED].query("yoy_unit == 'percent'")
                  for data in (rows, scaled(rows, factor, {"jobs", "jobs_new"})))  # fmt: skip
    bases = ["previous", *BASE]
    assert other[bases].to_numpy() == pytest.approx(one[bases].to_numpy() * factor, nan_ok=True)
    rest = one.columns.difference(bases)
    pd.testing.assert_frame_equal(other[rest], one[rest])


@PROPERTY
@given(level_rows(), st.data())
def test_widening_never_narrows(rows, data):
    """Less certainty about one figure widens changes and bases, and makes no conflict."""
    place = data.draw(st.integers(0, len(rows) - 1))
    wide = wider(rows, place, data.draw(WIDTHS), data.draw(WIDTHS))
    one, other = (reconcile(frame_from(data)) for data in (rows, wide))
    for column in (*METHODS, "implied_base"):
        assert not (other[f"{column}_lower"] > one[f"{column}_lower"] + 1e-9).any()
        assert not (other[f"{column}_upper"] < one[f"{column}_upper"] - 1e-9).any()
    was, becomes = (answer["agree"].fillna(value=True).astype(bool) for answer in (one, other))
    assert not (was & ~becomes).any()


@PROPERTY
@given(st.integers(50, 90), st.integers(5, 60), st.tuples(*[WIDTHS] * 8), STEPS)
def test_true_figures_agree(before, added, widths, steps):
    """Where all figures are true within their intervals, the methods agree and hold the truth."""
    now = before + added
    growth = (now / before - 1) * 100
    true = [("jobs", "2023-12", before), ("jobs", "2024-12", now), ("jobs_new", "2024", added),
            ("jobs_growth", "2024-12", growth)]  # fmt: skip
    rows = [
        {"region": "CN-BJ", "indicator": id_, "period": period, "nature": "outcome",
         "value": value, "lower": value - down / 4, "upper": value + up / 4}
        for (id_, period, value), down, up in zip(true, widths[::2], widths[1::2], strict=True)
    ]  # fmt: skip
    found = reconcile(frame_from(at(rows, steps[: len(rows)]))).iloc[1]
    assert found["agree"]
    assert found["months"] == 12
    for method in METHODS:
        assert found[f"{method}_lower"] - 1e-9 <= growth <= found[f"{method}_upper"] + 1e-9
    assert found["implied_base_lower"] - 1e-9 <= before <= found["implied_base_upper"] + 1e-9


# --- the shipped data ----------------------------------------------------------------------------


#: Of these, work reports and releases state growth that does not follow from the levels, and why.
IN_HEADLINES = {
    "industrial_profit": "growth is on a comparable basis, of the firms of this year",
    "software_profit": "as for industrial profits",
    "software_revenue": "as for industrial profits",
    "retail_sales": "levels of the year before were revised by the census",
    "fiscal_revenue": "the table rounds otherwise, by less than 0.1 points",
    "power_generation": "a report counts other power stations than the table",
    "technology_contract_turnover": "a report counts contracts before they are final",
    "rd_expenditure": "a report has a first count, the bulletin the final one",
    "renewable_capacity_share": "new and renewable energy in one year, grid-connected in the other",
}


def test_shipped_conflicts_are_known():
    """The levels and changes of the shipped data part where the bulletins revised or say so."""
    found = reconcile(load(nature=None))
    parted = found[found["agree"].eq(other=False).fillna(value=False)]
    of_headlines = parted["indicator"].isin(IN_HEADLINES)
    assert set(parted.loc[of_headlines, "indicator"]) == set(IN_HEADLINES)
    parted = parted[~of_headlines]
    assert set(zip(parted["indicator"], parted["period"], strict=True)) == {
        ("rd_intensity", "2018"), ("rd_intensity", "2022"), ("rd_intensity", "2023"),
        ("science_function_expenditure", "2021"), ("science_function_expenditure", "2022"),
        ("other_function_science_expenditure", "2023"),
    }  # fmt: skip
    assert found["agree"].notna().sum() > 50
    for column in (*METHODS, "implied_base"):
        has = found[found[column].notna()]
        assert has[column].between(has[f"{column}_lower"], has[f"{column}_upper"]).all()


@pytest.mark.parametrize("id_", catalog().query("regions > 0")["id"][::15].to_list())
def test_every_shipped_indicator(id_):
    """Each id answers with the same columns, or is refused where it is no level."""
    if id_.endswith(("_growth", "_new", "_change", "_rank", "_gap")):
        with pytest.raises(IncomparableError, match="there are none"):
            reconcile(id_)
        return
    assert list(reconcile(id_).columns) == [*load().columns, *ADDED]
