"""Targets beside outcomes: each verdict for each kind of target, a slow oracle, soundness."""

from __future__ import annotations

from math import inf, nan

import pandas as pd
import pytest
from frames import assert_same, frame_from, frame_of, renamed, row_of, scaled, wider
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RENAMINGS, WIDTHS, panels

from provstats import (
    IncomparableError,
    catalog,
    indicator,
    load,
    parse_figure,
    parse_period,
    series,
    targets,
)

ADDED = ["outcome", "outcome_lower", "outcome_upper", "outcome_period", "verdict", "reason"]
TOLD = ["verdict", "reason"]
PROPERTY = settings(max_examples=15, deadline=None)
HIGHER, LOWER, NEUTRAL = "rd_intensity", "industrial_energy_intensity_total_growth", "jobs"
PRICES = "cpi"


def beside(target, outcome, id_=HIGHER, period="2024", outcome_period="2024"):
    """Return the verdict on a printed target, given a printed outcome."""
    rows = [
        row_of("CN-BJ", id_, figure.value, period=label, nature=nature, qualifier=figure.qualifier)
        | {"lower": figure.lower, "upper": figure.upper}
        for figure, label, nature in (
            (parse_figure(target), period, "target"),
            (parse_figure(outcome), outcome_period, "outcome"),
        )
    ]
    return targets(frame_from(rows)).iloc[0]


def test_directions():
    """The indicators used here have the directions that the tests take them to have."""
    assert [indicator(id_).direction for id_ in (HIGHER, LOWER)] == ["higher", "lower"]


@pytest.mark.parametrize(
    ("target", "outcome", "id_", "verdict"),
    [
        ("5.0%", "5.1%", HIGHER, "met"),
        ("5.0%", "4.9%", HIGHER, "missed"),
        ("5.0%", "5.0%", HIGHER, "interval"),
        ("5.0%", "4.9%", LOWER, "met"),
        ("5.0%", "5.1%", LOWER, "missed"),
        ("5.0%", "5.0%", LOWER, "interval"),
        ("5.0%", "5.0%", NEUTRAL, "met"),
        ("5.0%", "5.2%", NEUTRAL, "missed"),
        ("5.0%", "4.8%", NEUTRAL, "missed"),
        ("5.0%", "5%", NEUTRAL, "interval"),
        ("5%以上", "超5%", HIGHER, "met"),
        ("5%以上", "5.0%", HIGHER, "interval"),
        ("5%以上", "4.9%", HIGHER, "missed"),
        ("5%以上", "5.1%", LOWER, "met"),
        ("5%以上", "7.0%", NEUTRAL, "met"),
        ("5%以下", "4.9%", HIGHER, "met"),
        ("5%以下", "不足5%", NEUTRAL, "met"),
        ("5%以下", "5.1%", NEUTRAL, "missed"),
        ("5%以下", "3.0%", NEUTRAL, "met"),
        ("5%左右", "4.1%", HIGHER, "met"),
        ("5%左右", "4.0%", HIGHER, "interval"),
        ("5%左右", "3.9%", HIGHER, "missed"),
        ("5%左右", "9.0%", HIGHER, "met"),
        ("5%左右", "9.0%", NEUTRAL, "missed"),
        ("5%左右", "5.9%", LOWER, "met"),
        ("5%左右", "6.1%", LOWER, "missed"),
        ("近5%", "4.1%", HIGHER, "met"),
        ("近5%", "3.9%", HIGHER, "missed"),
        ("近5%", "4.9%", LOWER, "met"),
        ("2%左右", "0.2%", PRICES, "below"),
        ("2%", "0.2%", PRICES, "below"),
        ("2%左右", "1.4%", PRICES, "met"),
        ("2%左右", "1%", PRICES, "interval"),
        ("2%左右", "3.2%", PRICES, "missed"),
        ("2%以内", "0.2%", PRICES, "met"),
        ("2%以上", "0.2%", PRICES, "missed"),
        ("近5%", "5.1%", LOWER, "missed"),
    ],
)
def test_verdicts(target, outcome, id_, verdict):
    """Words and direction say what meets a target; an interval may leave it open."""
    told = ["undecidable", verdict] if verdict in {"interval", "below"} else [verdict, ""]
    assert beside(target, outcome, id_)[TOLD].tolist() == told


@pytest.mark.parametrize(
    ("period", "outcome_period", "told"),
    [
        ("2024", "2024-01/2024-12", ["met", ""]),
        ("2024", "2024-01/2024-10", ["open", ""]),
        ("2023/2024", "2024", ["undecidable", "part_of_period"]),
        ("2025", "2024", ["open", ""]),
        ("2024", "2025", ["undecidable", "no_outcome"]),
    ],
)
def test_periods(period, outcome_period, told):
    """Only an outcome of the whole period decides; what ends after all outcomes is open."""
    found = beside("5%", "9%", period=period, outcome_period=outcome_period)
    assert found[TOLD].tolist() == told
    if outcome_period != "2025" and period != "2025":
        assert found[ADDED[:4]].tolist() == [
            9.0, 8.5, 9.5, str(parse_period(outcome_period)),
        ]  # fmt: skip
    else:
        assert found[ADDED[:4]].isna().all()


def test_last_outcome_within_the_period_is_shown():
    """Until the year is over the last figure within it stands beside the target."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 9.0), ("CN-BJ", "jobs", "2024-Q1", 2.0),
        ("CN-BJ", "jobs", "2024-01/2024-10", 7.0), ("CN-BJ", "jobs", "2024-10", 1.0),
        ("CN-BJ", "jobs", "2023-11/2024-11", 8.0), ("CN-SH", "jobs", "2024", 9.0),
    ).assign(nature=["target"] + ["outcome"] * 5)  # fmt: skip
    found = targets(frame).iloc[0]
    assert found[[*ADDED[:4], *TOLD]].tolist() == [
        7.0, 7.0, 7.0, "2024-01/2024-10", "undecidable", "part_of_period",
    ]  # fmt: skip


def test_no_outcome_at_all():
    """A frame of targets alone is answered, with no outcome."""
    frame = frame_of(("CN-BJ", "jobs", "2024", 9.0)).assign(nature="target")
    found = targets(frame)
    assert found[TOLD].to_numpy().tolist() == [["undecidable", "no_outcome"]]
    assert found[ADDED[:4]].isna().all(axis=None)


def test_units_and_forecasts_do_not_decide():
    """An outcome in dollars, or a forecast, is no outcome of a target in yuan."""
    frame = frame_of(*[("CN-BJ", "jobs", "2024", value) for value in (9.0, 8.0, 9.5)])
    frame = frame.assign(nature=["target", "outcome", "forecast"], unit=["CNY", "USD", "CNY"])
    assert targets(frame)[TOLD].to_numpy().tolist() == [["undecidable", "no_outcome"]]


@pytest.mark.parametrize("qualifier", [None, nan, "exact", "about", "nearly"])
def test_without_bounds_a_target_is_its_value(qualifier):
    """A frame without bounds is exact, whatever its qualifier, if there is one."""
    frame = frame_of(("CN-BJ", "jobs", "2024", 5.0), ("CN-BJ", "jobs", "2024", 5.0))
    frame = frame.assign(nature=["target", "outcome"])
    assert targets(frame)["verdict"].tolist() == ["met"]
    assert targets(frame.assign(qualifier=qualifier))["verdict"].tolist() == ["met"]


# --- a slow second implementation ----------------------------------------------------------------


def limits(row):
    """Return from where to where an outcome meets a target."""
    sense = {"over": 1, "under": -1}.get(row["qualifier"])
    if sense is None:
        sense = {HIGHER: 1, LOWER: -1}.get(row["indicator"], 0)
    is_value = row["qualifier"] in {"exact", "over", "under"}
    if sense > 0:
        return (row["value"] if is_value else row["lower"]), inf
    if sense < 0:
        return -inf, (row["value"] if is_value else row["upper"])
    return row["lower"], row["upper"]


def slow_judged(rows, row):
    """Return the outcome beside a target and the verdict, from each row in turn."""
    span = parse_period(row["period"])
    outcomes = [r for r in rows if r["nature"] == "outcome"]
    held = [
        r for r in outcomes
        if (r["region"], r["indicator"]) == (row["region"], row["indicator"])
        and span.start <= parse_period(r["period"]).start
        and parse_period(r["period"]).end <= span.end
    ]  # fmt: skip
    same = [r for r in held if r["period"] == row["period"]]
    last = lambda r: (parse_period(r["period"]).end, parse_period(r["period"]).months)  # noqa: E731
    best = same[0] if same else max(held, key=last, default=None)
    low, high = limits(row)
    if same and same[0]["lower"] >= low and same[0]["upper"] <= high:
        told = "met", ""
    elif same and same[0]["upper"] < low and row["indicator"] == PRICES and (
        row["qualifier"] not in {"over", "under"}
    ):  # fmt: skip
        told = "undecidable", "below"
    elif same and (same[0]["upper"] < low or same[0]["lower"] > high):
        told = "missed", ""
    elif same:
        told = "undecidable", "interval"
    elif outcomes and span.end > max(parse_period(r["period"]).end for r in outcomes):
        told = "open", ""
    else:
        told = "undecidable", "part_of_period" if best else "no_outcome"
    shown = [best and best[end] for end in ("value", "lower", "upper", "period")]
    return dict(zip(ADDED, [*shown, *told], strict=True))


@st.composite
def goal_rows(draw):
    """Draw targets of every qualifier and direction, and outcomes of some of their periods."""
    rows = draw(panels(
        ids=(HIGHER, LOWER, NEUTRAL, PRICES), regions=("CN-BJ", "CN"),
        natures=("target", "outcome"),
        periods=("2023", "2024", "2024-01/2024-10", "2023/2024"), values=(-4, 4), least=4, most=20,
    ).filter(lambda rows: any(row["nature"] == "target" for row in rows)))  # fmt: skip
    words = st.sampled_from(["exact", "over", "under", "about", "nearly"])
    return [row | {"qualifier": draw(words)} for row in rows]


@PROPERTY
@given(goal_rows(), RENAMINGS, st.randoms(use_true_random=False), st.sampled_from([0.5, 4.0]))
def test_verdicts_agree_with_a_slow_search(rows, names, random, factor):
    """Outcomes and verdicts agree with a slow search, in whatever order, names and unit."""
    for given_rows in (
        rows, renamed(random.sample(rows, len(rows)), names), scaled(rows, factor),
    ):  # fmt: skip
        expected = [slow_judged(given_rows, r) for r in given_rows if r["nature"] == "target"]
        found = targets(frame_from(given_rows))
        assert list(found.columns) == [*rows[0], *ADDED]
        assert_same(found.to_dict("records"), expected, ADDED)


@PROPERTY
@given(goal_rows(), st.integers(0, 4))
def test_sure_verdicts_hold_for_any_outcome(rows, step):
    """What is met or missed stays so wherever the outcome lies in its interval."""
    for row in targets(frame_from(rows)).to_dict("records"):
        low, high = limits(row)
        value = row["outcome_lower"] + (row["outcome_upper"] - row["outcome_lower"]) * step / 4
        if row["verdict"] in {"met", "missed"}:
            assert (low <= value <= high) == (row["verdict"] == "met")


@PROPERTY
@given(goal_rows(), st.data())
def test_less_certain_outcomes_only_open(rows, data):
    """Widening an outcome changes no verdict but to undecidable."""
    places = [place for place, row in enumerate(rows) if row["nature"] == "outcome"]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    wide = wider(rows, place, data.draw(WIDTHS) / 4, data.draw(WIDTHS) / 4)
    one, other = (targets(frame_from(data))["verdict"] for data in (rows, wide))
    changed = one != other
    assert set(other[changed]) <= {"undecidable"}
    assert set(one[changed]) <= {"met", "missed"}


# --- the shipped data ----------------------------------------------------------------------------


def test_every_shipped_target():
    """Each target of the data has its verdict, by whole data and by its id alone."""
    data, found = load(nature=None), targets()
    assert found.index.tolist() == data.index[data["nature"] == "target"].tolist()
    assert list(found.columns) == [*data.columns, *ADDED]
    plans = found.query("region == 'CN' and indicator == 'electronics_value_added_average_growth'")
    assert plans[["printed", "period", *TOLD]].to_numpy().tolist() == [
        ["5%左右", "2023/2024", "undecidable", "no_outcome"],
        ["7%左右", "2025/2026", "open", ""],
    ]
    assert set(found["verdict"]) <= {"met", "missed", "open", "undecidable"}
    assert (found["verdict"].eq("undecidable") == found["reason"].ne("")).all()
    for id_ in set(found["indicator"]):
        alone, again = targets(id_), targets(series(id_, nature=None))
        pd.testing.assert_frame_equal(alone, found[found["indicator"] == id_])
        assert again[TOLD].to_numpy().tolist() == alone[TOLD].to_numpy().tolist()


@pytest.mark.parametrize(
    "id_", ["little_giants", "little_giants_growth", *catalog()["id"][::90].to_list()]
)
def test_without_a_target(id_):
    """An indicator that nobody has set a target for is refused."""
    if id_ in set(load(nature="target")["indicator"]):
        return
    with pytest.raises(IncomparableError):
        targets(id_)


def test_a_series_of_outcomes_has_no_target():
    """A series of outcomes alone is refused, though its indicator has targets."""
    with pytest.raises(IncomparableError, match="nature 'target'"):
        targets(series("little_giants_new"))
