"""Implied national values: literal cases, a slow second implementation, and soundness."""

from __future__ import annotations

import pytest
from frames import ENDS, assert_same, at, frame_from, frame_of, group_of, renamed, scaled, wider
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RENAMINGS, STEPS, WIDTHS, panels

from provstats import IncomparableError, catalog, implied_national, load, series

COLUMNS = [
    "indicator", "period", "nature", "unit", "implied", "implied_lower", "implied_upper", "n",
    "regions", "statements", "reported", "reported_lower", "reported_upper", "conflict",
]  # fmt: skip
IMPLIED = ["implied", "implied_lower", "implied_upper"]
REPORTED = ["reported", "reported_lower", "reported_upper"]
PROPERTY = settings(max_examples=15, deadline=None)
SPAN = "2024-01/2024-11"


def first_of(result, *columns):
    """Return some cells of the first row as plain values."""
    return result.loc[result.index[0], list(columns)].tolist()


def test_gap_and_value_imply_the_nation():
    """A value less its stated gap is the nation's, and both intervals count."""
    found = implied_national(frame_of(
        ("CN-BJ", "jobs", "2024", 7.5, 7.25, 7.75), ("CN-BJ", "jobs_gap", "2024", 1.5, 1.25, 1.75),
    ))  # fmt: skip
    assert list(found.columns) == COLUMNS
    assert first_of(found, *IMPLIED, "n", "regions", "statements", "conflict") == [
        6.0, 5.5, 6.5, 1, "CN-BJ", "CN-BJ implies 5.5 to 6.5", False,
    ]  # fmt: skip
    assert found[REPORTED].isna().all(axis=None)


def test_share_and_value_imply_the_nation():
    """Sixty cars, a quarter to a half of the nation's, are part of 120 to 240."""
    found = implied_national(frame_of(
        ("CN-GD", "nev_output", "2024", 60.0, 60.0, 60.0),
        ("CN-GD", "nev_output_share", "2024", 40.0, 25.0, 50.0),
    ))  # fmt: skip
    assert first_of(found, "unit", *IMPLIED) == ["count", 150.0, 120.0, 240.0]


@pytest.mark.parametrize(
    "id_", [*[id_ for id_ in catalog()["id"] if id_.endswith("_share")][::8], "jobs_share"]
)
def test_only_shares_of_the_nation_imply_it(id_):
    """A share of anything else, as the Chinese name tells, implies no national value."""
    names = catalog().set_index("id")["name_zh"]
    frame = frame_of(
        ("CN-BJ", id_.removesuffix("_share"), "2024", 5.0), ("CN-BJ", id_, "2024", 2.0)
    )
    assert len(implied_national(frame)) == names.get(id_, "").endswith("占全国比重")


@pytest.mark.parametrize(("lower", "share"), [(60.0, 0.0), (-60.0, 40.0)])
def test_what_can_be_nothing_implies_no_bound(lower, share):
    """A share that may be zero, or a part that may be negative, implies no national value."""
    frame = frame_of(
        ("CN-GD", "nev_output", "2024", 60.0, lower, 60.0),
        ("CN-GD", "nev_output_share", "2024", 40.0, share, 50.0),
    )
    assert implied_national(frame).empty


def test_statements_are_intersected():
    """Two statements leave what both allow, and both speakers are named."""
    found = implied_national(frame_of(
        ("CN-SH", "jobs", "2024", 9.0, 8.5, 9.5), ("CN-SH", "jobs_gap", "2024", 3.0, 3.0, 3.0),
        ("CN-BJ", "jobs", "2024", 7.0, 6.0, 8.0), ("CN-BJ", "jobs_gap", "2024", 2.0, 2.0, 2.0),
        ("CN", "jobs", "2024", 5.75, 5.75, 5.75),
    ))  # fmt: skip
    assert first_of(found, *IMPLIED[1:], "n", "regions", *REPORTED, "conflict") == [
        5.5, 6.0, 2, "CN-BJ CN-SH", 5.75, 5.75, 5.75, False,
    ]  # fmt: skip
    assert 5.5 <= found["implied"].iloc[0] <= 6.0
    assert set(found["statements"].iloc[0].split("; ")) == {
        "CN-BJ implies 4 to 6", "CN-SH implies 5.5 to 6.5",
    }  # fmt: skip


def test_contradictions_are_shown_and_not_averaged():
    """Statements that exclude one another give no value, but stand there with their speakers."""
    found = implied_national(frame_of(
        ("CN-BJ", "jobs", "2024", 7.0), ("CN-BJ", "jobs_gap", "2024", 1.0),
        ("CN-SH", "jobs", "2024", 8.0), ("CN-SH", "jobs_gap", "2024", 5.0),
    ))  # fmt: skip
    assert found[IMPLIED].isna().all(axis=None)
    assert first_of(found, "n", "statements", "conflict") == [
        2, "CN-BJ implies 6 to 6; CN-SH implies 3 to 3", True,
    ]  # fmt: skip


@pytest.mark.parametrize(("reported", "conflict"), [(6.5, False), (6.75, True), (5.25, True)])
def test_reported_value_may_contradict(reported, conflict):
    """The nation's own value outside of what is implied is a conflict; touching it is none."""
    found = implied_national(frame_of(
        ("CN-BJ", "jobs", "2024", 7.0, 6.5, 7.5), ("CN-BJ", "jobs_gap", "2024", 1.0, 1.0, 1.0),
        ("CN", "jobs", "2024", reported, reported, reported),
    ))  # fmt: skip
    assert first_of(found, *IMPLIED, "reported", "conflict") == [6.0, 5.5, 6.5, reported, conflict]


def test_other_periods_natures_and_areas_do_not_pair():
    """A claim goes with the value of its own period and nature, and only provinces speak."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024-11", 7.0), ("CN-BJ", "jobs_gap", "2024-10", 1.0),
        ("CN-SH", "jobs", "2024-11", 7.0), ("CN-SH", "jobs_gap", "2024-11", 1.0),
        ("ningbo", "jobs", "2024-11", 7.0), ("ningbo", "jobs_gap", "2024-11", 2.0),
    ).assign(nature=["outcome"] * 3 + ["forecast"] + ["outcome"] * 2)  # fmt: skip
    found = implied_national(frame)
    assert found.empty
    one = implied_national(frame.assign(nature="outcome"))
    assert found.dtypes.to_dict() == one.dtypes.to_dict()
    assert list(found.columns) == COLUMNS


def test_units_stay_apart():
    """Statements in yuan say nothing of a value in dollars."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 7.0), ("CN-BJ", "jobs_gap", "2024", 1.0),
        ("CN-SH", "jobs", "2024", 3.0), ("CN-SH", "jobs_gap", "2024", 2.0),
        ("CN", "jobs", "2024", 1.0),
    ).assign(unit=["CNY", "CNY", "USD", "USD", "USD"])  # fmt: skip
    found = implied_national(frame)
    assert found[["unit", "implied", "n", "reported", "conflict"]].fillna(0).values.tolist() == [
        ["CNY", 6.0, 1, 0.0, False],
        ["USD", 1.0, 1, 1.0, False],
    ]


def test_a_series_asks_for_its_own_rows():
    """Of a series only the statements of its regions and periods count."""
    id_ = "industrial_value_added_growth"
    one = implied_national(series(id_, period=SPAN, regions=["重庆", "山东"]))
    assert one[["period", "n", "regions"]].to_numpy().tolist() == [[SPAN, 2, "CN-CQ CN-SD"]]
    assert implied_national(series(id_)).equals(implied_national(id_))


# --- a slow second implementation ----------------------------------------------------------------


def slow_statements(rows, group):
    """Return who implies which ends for one group, from each pair of rows."""
    said = []
    for own in rows:
        if own["region"] == "CN" or (*group_of(own), own["nature"]) != group:
            continue
        for claim in rows:
            if claim["region"] != own["region"] or claim["nature"] != own["nature"]:
                continue
            if group_of(claim) == (f"{group[0]}_gap", group[1]):
                ends = [
                    own[a] - claim[b] for a, b in zip(ENDS, ENDS[:1] + ENDS[:0:-1], strict=True)
                ]
            elif group_of(claim) == (f"{group[0]}_share", group[1]) and group[0] == "nev_output":
                ends = [
                    own[a] / claim[b] * 100
                    for a, b in zip(ENDS, ENDS[:1] + ENDS[:0:-1], strict=True)
                ]
            else:
                continue
            said.append((own["region"], *ends))
    return said


def slow_implied(rows):
    """Return each group's implied and reported nation, and whether they clash."""
    answers = {}
    for group in {(*group_of(row), row["nature"]) for row in rows}:
        said = slow_statements(rows, group)
        if not said:
            continue
        low, high = max(s[2] for s in said), min(s[3] for s in said)
        nation = [
            [r[e] for e in ENDS] for r in rows
            if r["region"] == "CN" and (*group_of(r), r["nature"]) == group
        ]  # fmt: skip
        value, below, above = nation[0] if nation else (None, low, high)
        clash = low > high
        answers[group] = {
            "implied_lower": None if clash else low, "implied_upper": None if clash else high,
            "n": len(said), "regions": " ".join(sorted({s[0] for s in said})), "reported": value,
            "conflict": clash or max(low, below) > min(high, above),
        }  # fmt: skip
    return answers


ROWS = panels(
    ids=("jobs", "jobs_gap", "nev_output", "nev_output_share", "nev_output_gap"),
    regions=("CN-BJ", "CN-SH", "CN"), periods=("2024", SPAN), natures=("outcome", "forecast"),
    values=(5, 20), least=4, most=24,
)  # fmt: skip


@PROPERTY
@given(ROWS, RENAMINGS, st.randoms(use_true_random=False))
def test_implied_values_agree_with_a_slow_search(rows, names, random):
    """Ends, counts, speakers and conflicts agree with a slow search, in any order and names."""
    for given_rows in (rows, renamed(random.sample(rows, len(rows)), names)):
        expected = slow_implied(given_rows)
        found = implied_national(frame_from(given_rows))
        groups = list(found[["indicator", "period", "nature"]].itertuples(index=False, name=None))
        assert set(groups) == set(expected)
        columns = ["implied_lower", "implied_upper", "n", "regions", "reported", "conflict"]
        assert_same(found.to_dict("records"), [expected[group] for group in groups], columns)
        valued = found.dropna(subset="implied")
        assert valued["implied"].between(valued["implied_lower"], valued["implied_upper"]).all()
        assert found["implied"].isna().equals(found["implied_lower"].isna())


@PROPERTY
@given(ROWS, st.sampled_from([0.25, 2.0, 1024.0]))
def test_scaling_scales(rows, factor):
    """What is counted in another unit implies a nation in that unit; shares stay."""
    ids = ["jobs", "jobs_gap", "nev_output", "nev_output_gap"]
    one, other = (implied_national(frame_from(data)) for data in (rows, scaled(rows, factor, ids)))
    numbers = [*IMPLIED, *REPORTED]
    # A statement of distance is rounded to nine digits, which takes off binary noise.
    assert other[numbers].to_numpy() == pytest.approx(one[numbers].to_numpy() * factor, nan_ok=True)
    assert other["conflict"].equals(one["conflict"])


@PROPERTY
@given(ROWS, st.data())
def test_widening_never_narrows(rows, data):
    """Less certainty about one figure widens what is implied, and makes no conflict."""
    place = data.draw(st.integers(0, len(rows) - 1))
    wide = wider(rows, place, data.draw(WIDTHS) / 4, data.draw(WIDTHS) / 4)
    one, other = (implied_national(frame_from(data)) for data in (rows, wide))
    key = ["indicator", "period", "nature"]
    both = one.merge(other, on=key, suffixes=("", "_wide"))
    assert not (both["conflict_wide"] & ~both["conflict"]).any()
    known = both.dropna(subset="implied")
    assert (known["implied_lower_wide"] <= known["implied_lower"] + 1e-9).all()
    assert (known["implied_upper_wide"] >= known["implied_upper"] - 1e-9).all()


@PROPERTY
@given(
    st.integers(20, 200),
    st.lists(st.tuples(WIDTHS, WIDTHS, WIDTHS, WIDTHS), min_size=3, max_size=3),
    STEPS,
)
def test_the_true_nation_lies_in_the_interval(nation, widths, steps):
    """Where provinces state true values, distances and shares, the nation is within."""
    rows = []
    for code, value, reach in zip(("CN-BJ", "CN-SH", "CN-GD"), steps, widths, strict=False):
        for id_, true in (("nev_output", 5 + value), ("nev_output_gap", 5 + value - nation),
                          ("nev_output_share", (5 + value) / nation * 100)):  # fmt: skip
            down, up = reach[:2] if id_ == "nev_output" else reach[2:]
            lower, upper = true - down / 8, true + up / 8
            rows.append({
                "region": code, "indicator": id_, "period": "2024", "nature": "outcome",
                "value": lower, "lower": lower, "upper": upper,
            })  # fmt: skip
    found = implied_national(frame_from(at(rows, steps[: len(rows)])))
    assert not found["conflict"].any()
    assert found["n"].tolist() == [6]
    assert found["implied_lower"].iloc[0] <= nation + 1e-6
    assert found["implied_upper"].iloc[0] >= nation - 1e-6


# --- the shipped data ----------------------------------------------------------------------------


def test_shipped_statements():
    """No statements clash, R&D shares of 2018 agree with the nation, one in four is no share."""
    found = implied_national()
    assert not found["conflict"].any()
    assert len(found) >= 25
    assert "nev_output" not in set(found["indicator"])
    rd = found.set_index("indicator").loc["rd_expenditure"]
    assert (rd["n"], rd["regions"]) == (6, "CN-BJ CN-GD CN-JS CN-SD CN-SH CN-ZJ")
    assert rd["implied_lower"] < rd["reported"] < rd["implied_upper"]
    key = ["indicator", "period", "nature"]
    assert not load(nature=None).merge(found[key]).empty


@pytest.mark.parametrize("id_", catalog().query("regions > 0")["id"][::15].to_list())
def test_every_shipped_indicator(id_):
    """Each id answers with the rows that the whole data have of it."""
    found, all_of_it = implied_national(id_), implied_national()
    assert found.equals(all_of_it[all_of_it["indicator"] == id_].reset_index(drop=True)) or (
        found.empty and id_ not in set(all_of_it["indicator"])
    )


def test_nobody_reports():
    """An id that is known and not reported is refused."""
    with pytest.raises(IncomparableError, match="little_giants_growth"):
        implied_national("little_giants_growth")
