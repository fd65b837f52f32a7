"""Scorecards and peers: literal cases, slow second implementations, bounds for any values."""

from __future__ import annotations

from math import sqrt
from statistics import fmean, pstdev

import numpy as np
import pandas as pd
import pytest
from frames import MAINLAND, assert_same, at, frame_from, frame_of, group_of, renamed, scaled, wider
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import PROVINCES, RENAMINGS, STEPS, WIDTHS, panels

from provstats import (
    IncomparableError,
    SchemaError,
    UnknownRegionError,
    comparable,
    gap_to_national,
    indicator,
    parse_period,
    peers,
    rank,
    scorecard,
)

CARD = [
    "region", "indicator", "name_zh", "name_en", "direction", "period", "nature", "value", "lower",
    "upper", "unit", "qualifier", "rank", "rank_best", "rank_worst", "n", "national",
    "national_lower", "national_upper", "national_basis", "national_source", "gap", "gap_lower",
    "gap_upper", "standing", "printed", "source", "paragraph",
]  # fmt: skip
PEERS = ["region", "distance", "distance_lower", "distance_upper", "indicators", "values"]
DISTANCES = ["distance", "distance_lower", "distance_upper"]
PROPERTY = settings(max_examples=15, deadline=None)
LOWER = "industrial_energy_intensity_total_growth"


# --- scorecards ----------------------------------------------------------------------------------


def test_a_card():
    """Each indicator has its last comparable period, its rank among those there, and its gap."""
    frame = frame_of(
        ("CN-BJ", "rd_intensity", "2023", 6.0), ("CN-BJ", "jobs", "2023", 5.0),
        ("CN-BJ", "jobs", "2024-01/2024-11", 7.0), ("CN-SH", "jobs", "2024-01/2024-11", 8.0),
        ("CN-SH", "jobs", "2024", 9.0), ("CN-GD", "rd_intensity", "2023", 3.0),
        ("CN", "rd_intensity", "2023", 2.65), ("CN", "jobs", "2024-01/2024-11", 99.0),
        ("CN-BJ", "jobs_rank", "2024", 1.0), ("CN-BJ", "jobs_gap", "2023", 1.0),
    )  # fmt: skip
    is_count = frame["indicator"] == "jobs"
    frame["unit"] = np.where(is_count, "count", "")
    card = scorecard("北京", frame)
    assert list(card.columns) == CARD
    assert card["indicator"].tolist() == ["rd_intensity", "jobs"]
    columns = ["period", "value", "rank", "n", "national", "national_basis", "direction"]
    assert card[columns].to_numpy().tolist() == [
        ["2023", 6.0, 1, 2, 2.65, "reported", "higher"],
        ["2024-01/2024-11", 7.0, 2, 2, 99.0, "reported", "neutral"],
    ]
    assert card["gap"].tolist() == pytest.approx([3.35, np.nan], nan_ok=True)
    assert card["standing"].fillna("").tolist() == ["better", ""]
    assert card["name_en"].tolist() == [indicator("rd_intensity").name_en, "jobs"]


@pytest.mark.parametrize(
    ("id_", "value", "standing"),
    [
        ("rd_intensity", 3.0, "better"), ("rd_intensity", 2.0, "worse"),
        ("rd_intensity", 2.5, "similar"), ("rd_intensity", 2.75, "similar"),
        (LOWER, 3.0, "worse"), (LOWER, 2.0, "better"), (LOWER, 2.5, "similar"),
        ("jobs", 3.0, "above"), ("jobs", 2.0, "below"), ("jobs", 2.5, "similar"),
    ],
)  # fmt: skip
def test_standing_knows_the_direction(id_, value, standing):
    """Above the nation is better, worse or just above, and similar where intervals touch."""
    frame = frame_of(
        ("CN-BJ", id_, "2024", value, value - 0.125, value + 0.125),
        ("CN", id_, "2024", 2.5, 2.375, 2.625),
    ).assign(unit="percent")  # fmt: skip
    assert scorecard("CN-BJ", frame)["standing"].tolist() == [standing]


@pytest.mark.parametrize(
    ("direction", "standing"),
    [("lower", "worse"), ("higher", "better"), ("neutral", "above"), (None, "better")],
)
def test_a_column_says_the_direction(direction, standing):
    """What is better of an indicator of one's own, or here of a known one, a column says."""
    rows = [("CN-BJ", "rd_intensity", "2024", 5.9), ("CN-SH", "rd_intensity", "2024", 4.1),
            ("CN", "rd_intensity", "2024", 5.0)]  # fmt: skip
    card = scorecard("CN-BJ", frame_of(*rows).assign(direction=direction))
    assert card[["direction", "standing"]].to_numpy().tolist() == [
        [direction or "higher", standing]
    ]


@pytest.mark.parametrize(
    ("unit", "additive", "is_added"),
    [("count", None, True), ("CNY", None, True), ("percent", None, False), ("", None, False),
     ("count", False, False), ("percent", True, True), ("", "true", True)],
)  # fmt: skip
def test_nobody_stands_against_a_sum(unit, additive, is_added):
    """Of what adds up to the nation there is no gap and no standing, whoever says so."""
    frame = frame_of(("CN-BJ", "jobs", "2024", 5.0), ("CN", "jobs", "2024", 9.0)).assign(unit=unit)
    frame = frame if additive is None else frame.assign(additive=additive)
    card = scorecard("CN-BJ", frame)
    assert card["gap"].isna().tolist() == card["standing"].isna().tolist() == [is_added]
    assert card["national"].tolist() == [9.0]


def test_who_is_alone_has_no_rank():
    """A rank needs a rival; the last period that has one comes before a later one without."""
    rows = [("CN-BJ", "jobs", "2023", 5.0), ("CN-SH", "jobs", "2023", 4.0),
            ("CN-BJ", "jobs", "2024", 6.0), ("CN-BJ", "farms", "2024", 6.0)]  # fmt: skip
    card = scorecard("CN-BJ", frame_of(*rows))
    assert card[["indicator", "period", "n"]].to_numpy().tolist() == [
        ["jobs", "2023", 2], ["farms", "2024", 1],
    ]  # fmt: skip
    assert card["rank"].dtype == card["rank_worst"].dtype == "Int64"
    assert card["rank"].fillna(0).tolist() == [1, 0]
    alone = scorecard("CN-BJ", frame_of(rows[-1]))
    assert list(alone.columns) == CARD
    assert alone["rank_best"].isna().all()


def test_statements_that_contradict_one_another_give_no_nation():
    """A card refuses nothing: without agreement there is no national value."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 7.0), ("CN-BJ", "jobs_gap", "2024", 1.0),
        ("CN-SH", "jobs", "2024", 7.0), ("CN-SH", "jobs_gap", "2024", 3.0),
    ).assign(unit=["percent", "percentage_point"] * 2)  # fmt: skip
    card = scorecard("CN-BJ", frame)
    assert card[["national", "national_basis", "gap", "standing"]].isna().all(axis=None)
    agreed = scorecard("CN-BJ", frame.iloc[:2])
    assert agreed[["national", "national_basis"]].to_numpy().tolist() == [[6.0, "implied"]]


def test_several_provinces_and_groups():
    """Each province in the order asked for, a group those of its members that have a value."""
    rows = frame_of(
        ("CN-BJ", "jobs", "2024", 5.0), ("CN-SH", "jobs", "2024", 4.0),
        ("CN-AH", "jobs", "2024", 6.0), ("CN-SH", "farms", "2023", 1.0),
        ("CN-GD", "jobs", "2024", 7.0),
    )  # fmt: skip
    card = scorecard(["京", "长三角", "上海"], rows)
    assert card[["region", "indicator", "rank", "n"]].to_numpy().tolist() == [
        ["CN-BJ", "jobs", 3, 4], ["CN-SH", "jobs", 4, 4], ["CN-SH", "farms", pd.NA, 1],
        ["CN-AH", "jobs", 2, 4],
    ]  # fmt: skip
    with pytest.raises(IncomparableError, match="CN-TJ has no value"):
        scorecard(["京", "津"], rows)
    with pytest.raises(SchemaError, match="got none"):
        scorecard([], rows)


def test_cards_say_where_figures_stand():
    """What was printed stays with its document and paragraph; without them they are not told."""
    rows = frame_of(("CN-BJ", "jobs", "2024", 5.0), ("CN-SH", "jobs", "2024", 4.0))
    told = rows.assign(
        qualifier=["over", None], printed=["超5", None], source=["a", ""], paragraph=[3, 4]
    )
    origin = ["qualifier", "printed", "source", "paragraph"]
    for frame, first in ((told, ["over", "超5", "a", 3]), (rows, ["exact", "", "", pd.NA])):
        assert scorecard("CN-BJ", frame)[origin].to_numpy().tolist() == [first]
    assert scorecard("CN-SH", told)[origin].to_numpy().tolist() == [["exact", "", "", 4]]


@pytest.mark.parametrize("region", ["CN", "ningbo", "CN-HK"])
def test_who_has_no_card(region):
    """Areas, the nation, and a province without a value are refused."""
    with pytest.raises(IncomparableError, match=region):
        scorecard(region)


CARDS = panels(
    ids=("jobs", "rd_intensity", LOWER), regions=("CN-BJ", "CN-SH", "CN-GD", "CN"),
    periods=("2023", "2024", "2024-12", "2024-01/2024-11"), natures=("outcome", "forecast"),
)  # fmt: skip


def answered(compare, frame):
    """Return the rows of Beijing that a comparison keeps; none where it refuses."""
    try:
        return compare(frame).query("region == 'CN-BJ'")
    except IncomparableError:
        return pd.DataFrame(columns=["indicator", "period"])


def has_card(code, frame):
    """Tell whether a province has a value that can be compared."""
    found = comparable(frame)
    return bool((found["compared"] & (found["region"] == code)).any())


@PROPERTY
@given(CARDS, st.permutations(["CN-BJ", "CN-SH", "CN-GD"]))
def test_cards_of_several_are_those_of_each(rows, codes):
    """A card of several provinces is nothing but their cards, one below the other."""
    frame = frame_from(rows)
    held = [code for code in codes if has_card(code, frame)]
    assume(held)
    each = pd.concat([scorecard(code, frame) for code in held], ignore_index=True)
    pd.testing.assert_frame_equal(scorecard(held, frame), each)


def matching(found, row):
    """Return the records of the same indicator and period."""
    same = (found["indicator"] == row["indicator"]) & (found["period"] == row["period"])
    return found[same].to_dict("records")


@PROPERTY
@given(CARDS, st.randoms(use_true_random=False))
def test_cards_agree_with_rank_and_gap(rows, random):
    """A card holds what rank and gap_to_national say of the last period of each indicator."""
    frame = frame_from(rows)
    found = comparable(frame).query("compared and region == 'CN-BJ'")
    if found.empty:
        with pytest.raises(IncomparableError):
            scorecard("CN-BJ", frame)
        return
    last = {}
    for row in found.to_dict("records"):
        span = parse_period(row["period"])
        order = (row["n"] > 1, span.end, span.months)
        if row["indicator"] not in last or order > last[row["indicator"]][0]:
            last[row["indicator"]] = order, row
    card = scorecard("CN-BJ", frame).set_index("indicator", drop=False)
    assert set(card.index) == set(last)
    ranked = answered(rank, frame)
    gaps = answered(gap_to_national, frame)
    for id_, (_, row) in last.items():
        assert_same([card.loc[id_]], [row], ["period", "nature", "value", "n"])
        if row["n"] > 1:
            assert_same([card.loc[id_]], matching(ranked, row), ["rank", "rank_best", "rank_worst"])
        if len(gap := matching(gaps, row)):
            assert_same([card.loc[id_]], gap, ["national", "national_basis", "gap", "gap_lower"])
    shuffled = scorecard("CN-BJ", frame_from(random.sample(rows, len(rows))))
    other = shuffled.set_index("indicator", drop=False).loc[card.index]
    pd.testing.assert_frame_equal(other, card)


@PROPERTY
@given(CARDS.filter(lambda rows: any(row["region"] == "CN-BJ" for row in rows)), st.data())
def test_widening_a_card_only_makes_it_similar(rows, data):
    """Less certainty changes no standing but to similar, and narrows no range."""
    place = data.draw(st.integers(0, len(rows) - 1))
    wide = wider(rows, place, data.draw(WIDTHS) / 4, data.draw(WIDTHS) / 4)
    try:
        one, other = (scorecard("CN-BJ", frame_from(data)) for data in (rows, wide))
    except IncomparableError:
        assume(condition=False)
    changed = one["standing"].fillna("") != other["standing"].fillna("")
    assert set(other.loc[changed, "standing"]) <= {"similar"}
    narrow, broad = ((card["rank_worst"] - card["rank_best"]).fillna(0) for card in (one, other))
    assert (broad >= narrow).all()


@pytest.mark.parametrize("code", MAINLAND)
def test_every_shipped_province(code):
    """Each province has a card of at least the R&D panel, each indicator once."""
    card = scorecard(code)
    assert list(card.columns) == CARD
    assert card["indicator"].is_unique
    assert {"rd_expenditure", "rd_intensity"} <= set(card["indicator"])
    assert not card["indicator"].str.endswith(("_rank", "_gap")).any()
    assert (card["rank"].isna() == (card["n"] == 1)).all()
    ranked = card.dropna(subset="rank")
    assert ranked["rank"].between(ranked["rank_best"], ranked["rank_worst"]).all()
    assert not any(indicator(id_).additive for id_ in card.loc[card["gap"].notna(), "indicator"])
    known = card.dropna(subset="gap")
    assert known["gap"].between(known["gap_lower"], known["gap_upper"]).all()
    assert known["standing"].notna().all()


# --- peers ---------------------------------------------------------------------------------------


def test_distances():
    """Two indicators of two and one periods, in standard deviations, each indicator counts once."""
    frame = frame_of(*[
        (f"CN-{code}", id_, period, value)
        for id_, period, values in (
            ("jobs", "2023", (0.0, 2.0, 4.0)), ("jobs", "2024", (10.0, 10.0, 16.0)),
            ("wages", "2024", (3.0, 1.0, 2.0)), ("even", "2024", (0.1, 0.1, 0.1)),
        )
        for code, value in zip(("BJ", "SH", "GD"), values, strict=True)
    ], ("CN-BJ", "rare", "2024", 1.0))  # fmt: skip
    found = peers("北京", 5, frame)
    assert list(found.columns) == PEERS
    near = {
        "CN-SH": sqrt(((4 / (8 / 3) + 0) / 2 + 4 / (2 / 3)) / 2),
        "CN-GD": sqrt(((16 / (8 / 3) + 36 / 8) / 2 + 1 / (2 / 3)) / 2),
    }
    assert dict(zip(found["region"], found["distance"], strict=True)) == pytest.approx(near)
    assert found[["indicators", "values"]].to_numpy().tolist() == [[2, 3]] * 2


@pytest.mark.parametrize("values", [(0.1, 0.1, 0.1), (5.0, 5.0, 5.0), (1 / 3, 1 / 3, 1 / 3)])
def test_provinces_alike_have_no_distance(values):
    """Where provinces do not differ, be it by the rounding of binary numbers, none is nearer."""
    rows = [(f"CN-{code}", "jobs", "2024", value)
            for code, value in zip(("BJ", "SH", "GD"), values, strict=True)]  # fmt: skip
    with pytest.raises(IncomparableError, match="alike"):
        peers("CN-BJ", 1, frame_of(*rows))


def test_boasts_are_no_likeness():
    """Ranks and gaps that provinces claim are not values of theirs."""
    frame = frame_of(*[
        (f"CN-{code}", id_, "2024", value)
        for id_ in ("jobs", "jobs_rank", "jobs_gap")
        for code, value in (("BJ", 1.0), ("SH", 2.0), ("GD", 4.0))
    ], ("CN-ZJ", "wages_rank", "2024", 1.0))  # fmt: skip
    assert peers("CN-BJ", 1, frame)[["indicators", "values"]].to_numpy().tolist() == [[1, 1]]


@pytest.mark.parametrize(
    ("n", "words"), [(0, "0"), (-1, "-1"), (2.0, "2.0"), (None, "None"), (True, "True"), ("3", "3")]
)
def test_bad_number_of_peers(n, words):
    """Not a positive whole number is refused as given."""
    with pytest.raises(SchemaError, match="whole number") as raised:
        peers("CN-BJ", n)
    assert words in str(raised.value)


@pytest.mark.parametrize("ask", [scorecard, peers])
def test_unknown_region(ask):
    """A city that bears a province's name is not taken for it."""
    with pytest.raises(UnknownRegionError):
        ask("吉林市")


@pytest.mark.parametrize("region", ["CN", "ningbo", "CN-HK"])
def test_who_has_no_peers(region):
    """Areas, the nation, and a province without a value have no peers."""
    with pytest.raises(IncomparableError, match=region):
        peers(region)


def slow_distance(groups, me, other):
    """Return distance and bounds of two provinces over indicators, one value at a time."""
    per_indicator = {}
    for (id_, _), values in groups.items():
        spread = pstdev([row["value"] for row in values.values()])
        one, two = values[me], values[other]
        middle = abs(one["value"] - two["value"])
        least = max(one["lower"] - two["upper"], two["lower"] - one["upper"], 0)
        most = max(one["upper"] - two["lower"], two["upper"] - one["lower"])
        squares = [(part / spread) ** 2 for part in (middle, least, most)]
        per_indicator.setdefault(id_, []).append(squares)
    means = [
        [fmean(part) for part in zip(*values, strict=True)] for values in per_indicator.values()
    ]
    return [sqrt(fmean(part)) for part in zip(*means, strict=True)]


def complete(rows):
    """Return the groups that all provinces have, by province, if they differ."""
    everyone = {row["region"] for row in rows}
    groups = {}
    for row in rows:
        groups.setdefault(group_of(row), {})[row["region"]] = row
    return {
        group: values for group, values in groups.items()
        if set(values) == everyone and len({row["value"] for row in values.values()}) > 1
    }  # fmt: skip


@st.composite
def full_panels(draw):
    """Draw panels of which most groups are complete."""
    rows = [
        row
        for id_, period in (("jobs", "2023"), ("jobs", "2024"), ("wages", "2024"))
        for row in draw(panels(ids=(id_,), periods=(period,), least=5, most=5))
    ]
    gone = draw(st.lists(st.integers(0, len(rows) - 1), max_size=1))
    return [row for place, row in enumerate(rows) if place not in gone]


@PROPERTY
@given(full_panels(), RENAMINGS, st.sampled_from([0.5, 64.0]), st.randoms(use_true_random=False))
def test_distances_agree_with_a_slow_sum(rows, names, factor, random):
    """Distances agree with a slow sum, in whatever order, names and unit of one indicator."""
    groups = complete(rows)
    assume(groups)
    expected = {code: slow_distance(groups, "CN-BJ", code) for code in PROVINCES if code != "CN-BJ"}
    found = peers("CN-BJ", 9, frame_from(random.sample(rows, len(rows))))
    assert found["distance"].is_monotonic_increasing
    assert set(found["region"]) == set(expected)
    for row in found.to_dict("records"):
        assert [row[column] for column in DISTANCES] == pytest.approx(expected[row["region"]])
        assert (row["indicators"], row["values"]) == (len({g[0] for g in groups}), len(groups))
    other = peers(names["CN-BJ"], 9, frame_from(renamed(scaled(rows, factor, {"jobs"}), names)))
    for row in other.to_dict("records"):
        code = next(old for old, new in names.items() if new == row["region"])
        assert [row[column] for column in DISTANCES] == pytest.approx(expected[code])


@PROPERTY
@given(full_panels(), STEPS, st.data())
def test_distances_hold_for_any_values(rows, steps, data):
    """Mean and deviation fixed, any values drawn inside give distances within the bounds."""
    groups = complete(rows)
    assume(groups)
    found = peers("CN-BJ", 9, frame_from(rows)).set_index("region")
    spread = {g: pstdev([r["value"] for r in values.values()]) for g, values in groups.items()}
    drawn = {(*group_of(row), row["region"]): row["value"]
             for row in at(rows, steps[: len(rows)])}  # fmt: skip
    for code, row in found.iterrows():
        parts = {}
        for group in groups:
            apart = (drawn[*group, code] - drawn[*group, "CN-BJ"]) / spread[group]
            parts.setdefault(group[0], []).append(apart**2)
        distance = sqrt(fmean([fmean(part) for part in parts.values()]))
        assert row["distance_lower"] - 1e-9 <= distance <= row["distance_upper"] + 1e-9
    place = data.draw(st.integers(0, len(rows) - 1))
    wide = wider(rows, place, data.draw(WIDTHS) / 4, data.draw(WIDTHS) / 4)
    after = peers("CN-BJ", 9, frame_from(wide)).set_index("region").loc[found.index]
    assert (after["distance_lower"] <= found["distance_lower"] + 1e-9).all()
    assert (after["distance_upper"] >= found["distance_upper"] - 1e-9).all()


def test_every_shipped_peer():
    """Distances between 31 provinces are symmetric, and all rest on the same values."""
    apart, rested = {}, set()
    for code in MAINLAND:
        found = peers(code, 99)
        assert set(found["region"]) == set(MAINLAND) - {code}
        rested |= {*found[["indicators", "values"]].itertuples(index=False, name=None)}
        apart |= {(code, row.region): row.distance for row in found.itertuples()}
    [(indicators, values)] = rested
    assert indicators > 100
    assert values > 900
    assert all(value == pytest.approx(apart[b, a]) for (a, b), value in apart.items())


def test_one_row_says_for_all_what_is_better():
    """A direction stated in the row of another province is that of the indicator."""
    rows = pd.DataFrame({
        "region": ["CN-BJ", "CN-TJ", "CN-HE"], "indicator": "unemployment", "period": "2024",
        "value": [4.1, 3.6, 5.9], "direction": [None, "lower", None],
    })  # fmt: skip
    card = scorecard("京", rows).iloc[0]
    assert card[["direction", "rank"]].tolist() == ["lower", 2]
    with pytest.raises(SchemaError, match="'direction' must be of"):
        scorecard("京", rows.assign(direction="up"))
