"""What can be compared and what falls out: each reason, a slow count, and agreement with rank."""

from __future__ import annotations

import pytest
from frames import KINDS, SPAN, frame_from, frame_of, group_of, renamed, row_of
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RENAMINGS, panels

from provstats import IncomparableError, catalog, comparable, load, rank
from provstats.analysis.comparable import REASONS

COLUMNS = [
    "indicator", "period", "among", "region", "nature", "unit", "value", "compared", "reason",
    "detail", "n", "printed", "source", "paragraph",
]  # fmt: skip
PROPERTY = settings(max_examples=15, deadline=None)


def told(result):
    """Return group and region of each row with what is said of it."""
    return {
        (row["indicator"], row["period"], row["region"], row["nature"]): (
            row["reason"], set(row["detail"].split()), row["n"],
        )
        for row in result.to_dict("records")
    }  # fmt: skip


def test_each_reason():
    """Each row and each absent province has its reason, and two are compared."""
    rows = [
        row_of("CN-BJ", "jobs", 3.0),
        row_of("CN-SD", "jobs", 4.0),
        row_of("CN", "jobs", 9.0),
        row_of("ningbo", "jobs", 2.0),
        row_of("CN-SH", "jobs", None),
        row_of("CN-GD", "jobs", 5.0, nature="forecast"),
        row_of("CN-BJ", "jobs", 6.0, nature="target"),
        row_of("CN-ZJ", "jobs", 5.0, period="2023"),
        row_of("CN-GS", "city_jobs", 5.0),
    ]
    found = comparable(frame_from(rows)).query("indicator == 'jobs' and period == '2024'")
    columns = ["region", "nature", "compared", "reason", "detail", "n"]
    assert found[columns].to_numpy().tolist() == [
        ["CN-BJ", "outcome", True, "", "", 2],
        ["CN-SD", "outcome", True, "", "", 2],
        ["CN", "outcome", False, "nation", "", 2],
        ["ningbo", "outcome", False, "area", "", 2],
        ["CN-SH", "outcome", False, "missing", "", 2],
        ["CN-GD", "forecast", False, "forecast", "", 2],
        ["CN-BJ", "target", False, "target", "", 2],
        ["CN-GS", "", False, "other_scope", "city_jobs", 2],
        ["CN-ZJ", "", False, "other_period", "2023", 2],
    ]
    assert set(found["reason"]) <= {"", *REASONS}


def test_claims_among_different_ones_are_not_comparable():
    """Place 1 in the west stands beside place 2 there, and not beside one in the nation."""
    west, nation = {"among": "western provinces"}, {"among": "provinces"}
    rows = [
        row_of("CN-CQ", "jobs_rank", 1.0, **west),
        row_of("CN-YN", "jobs_rank", 2.0, **west),
        row_of("CN-JS", "jobs_rank", 1.0, **nation),
        row_of("CN-CQ", "jobs_rank", 9.0, **nation, period="2023"),
    ]
    found = comparable(frame_from(rows)).query("period == '2024'")
    columns = ["among", "region", "compared", "reason", "detail", "n"]
    assert found[columns].to_numpy().tolist() == [
        ["western provinces", "CN-CQ", True, "", "", 2],
        ["western provinces", "CN-YN", True, "", "", 2],
        ["western provinces", "CN-JS", False, "other_among", "provinces", 2],
        ["provinces", "CN-JS", True, "", "", 1],
        ["provinces", "CN-CQ", False, "other_among", "western provinces", 1],
        ["provinces", "CN-YN", False, "other_among", "western provinces", 1],
    ]


def test_units_are_told_and_not_refused():
    """Rows of different units fall out together, and the columns still stand."""
    frame = frame_of(("CN-BJ", "jobs", "2024", 3.0), ("CN-SH", "jobs", "2024", 4.0))
    found = comparable(frame.assign(unit=["CNY", "USD"]))
    assert found[["unit", "reason", "n"]].to_numpy().tolist() == [
        ["CNY", "other_unit", 0],
        ["USD", "other_unit", 0],
    ]
    assert list(found.columns) == COLUMNS


def test_the_nearer_reason_is_told():
    """A near thing of the same period goes before the same thing of another period."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 3.0), ("CN-SH", "jobs", "2023", 4.0),
        ("CN-SH", "jobs", "2022", 4.0), ("CN-SH", "city_jobs", "2024", 1.0),
    )  # fmt: skip
    found = told(comparable(frame))
    assert found["jobs", "2024", "CN-SH", ""] == ("other_scope", {"city_jobs"}, 1)
    assert found["jobs", "2023", "CN-BJ", ""] == ("other_period", {"2024"}, 1)
    assert found["city_jobs", "2024", "CN-BJ", ""] == ("other_scope", {"jobs"}, 1)


def test_labels_of_one_span_are_one_period():
    """What stands under another label of the same span is no other period."""
    frame = frame_of(
        ("CN-BJ", "jobs", "2024", 3.0), ("CN-SH", "jobs", "2024-01/2024-12", 4.0),
        ("CN-GD", "city_jobs", "2024-01/2024-12", 1.0), ("CN-GS", "jobs", "2023-07/2023-12", 1.0),
    )  # fmt: skip
    found = told(comparable(frame))
    assert found["jobs", "2024", "CN-SH", "outcome"] == ("", set(), 2)
    assert found["jobs", "2024", "CN-GD", ""] == ("other_scope", {"city_jobs"}, 2)
    assert found["jobs", "2024", "CN-GS", ""] == ("other_period", {"2023-H2"}, 2)


def test_columns_of_the_caller_are_no_matter():
    """Columns that bear the names of the answer do not disturb it."""
    frame = frame_of(("CN-BJ", "jobs", "2024", 3.0), ("CN-SH", "city_jobs", "2024", 4.0))
    noisy = frame.assign(detail="x", reason="y", near="z", compared="?", n=-1)
    assert comparable(noisy).equals(comparable(frame))


def test_shipped_forecasts_of_another_period_are_shown():
    """For an id the periods without an outcome are shown, and fall out by their nature."""
    found = comparable("designated_size_enterprises")
    shown = found[found["region"].eq("CN-SD") & found["nature"].ne("")]
    assert shown["reason"].tolist() == ["forecast"]


# --- a slow second implementation ----------------------------------------------------------------


def slow_elsewhere(rows, group):
    """Say which provinces have a value of a group only elsewhere, and where."""
    present = {row["region"] for row in rows if group_of(row) == group}
    found = {}
    for row in rows:
        if row["region"] in present or KINDS[row["region"]] != "province" or row["value"] is None:
            continue
        (id_, period), said = group_of(row), found.get(row["region"], ("other_period", set()))
        short, long = sorted((id_, group[0]), key=len)
        if period == group[1] and long.endswith(f"_{short}"):
            known = said[1] if said[0] == "other_scope" else set()
            found[row["region"]] = "other_scope", known | {id_}
        elif id_ == group[0] and said[0] == "other_period":
            found[row["region"]] = "other_period", said[1] | {period}
    return {(region, ""): said for region, said in found.items()}


def slow_told(rows):
    """Say of each group what falls out and why, one row at a time."""
    answers = {}
    for group in {group_of(row) for row in rows}:
        inside = [row for row in rows if group_of(row) == group]
        valued = [r for r in inside if KINDS[r["region"]] == "province" and r["value"] is not None]
        order = ["outcome", "forecast", "target"]
        nature = min((r["nature"] for r in valued), key=order.index, default=None)
        reasons = {}
        for row in inside:
            if row["region"] == "CN":
                why = "nation"
            elif KINDS[row["region"]] != "province":
                why = "area"
            elif row["value"] is None:
                why = "missing"
            else:
                why = "" if row["nature"] == nature else row["nature"]
            reasons[row["region"], row["nature"]] = why, set()
        if any(KINDS[region] == "province" for region, _ in reasons):
            reasons |= slow_elsewhere(rows, group)
        n = sum(why == "" for why, _ in reasons.values())
        answers |= {(*group, *place): (*said, n) for place, said in reasons.items()}
    return answers


@st.composite
def mixed_rows(draw):
    """Draw rows with the nation, areas, other natures, near ids and missing values."""
    rows = draw(panels(
        ids=("jobs", "city_jobs", "new_city_jobs", "wages"),
        regions=("CN-BJ", "CN-SH", "CN-GD", "CN", "ningbo"),
        periods=("2023", "2024", "2024-01/2024-12", SPAN), natures=("outcome", "forecast"),
    ))  # fmt: skip
    rows = list({(*group_of(r), r["region"], r["nature"]): r for r in rows}.values())
    gone = draw(st.lists(st.sampled_from(range(len(rows))), max_size=2))
    return [
        row | dict.fromkeys(("value", "lower", "upper")) if place in gone else row
        for place, row in enumerate(rows)
    ]


@PROPERTY
@given(mixed_rows(), RENAMINGS, st.randoms(use_true_random=False))
def test_reasons_agree_with_a_slow_search(rows, names, random):
    """Reasons, details and counts agree with a slow search, whatever order and names rows have."""
    swapped = renamed(random.sample(rows, len(rows)), names)
    expected = slow_told(rows)
    found = comparable(frame_from(rows))
    assert list(found.columns) == COLUMNS
    assert (found["compared"] == (found["reason"] == "")).all()
    assert told(found) == expected
    assert told(comparable(frame_from(swapped))) == {
        (id_, period, names.get(region, region), nature): said
        for (id_, period, region, nature), said in expected.items()
    }


@PROPERTY
@given(mixed_rows())
def test_rank_ranks_what_is_comparable(rows):
    """The rows that are compared are those that rank keeps, as many as it counts."""
    frame = frame_from(rows)
    found = comparable(frame).query("compared")
    if found.empty:
        with pytest.raises(IncomparableError):
            rank(frame, min_n=1)
        return
    key = ["indicator", "period", "region", "value", "n"]
    ranked = rank(frame, min_n=1)
    ranked["period"] = [group_of(row)[1] for row in ranked.to_dict("records")]
    one, other = (sorted(map(tuple, table[key].to_numpy())) for table in (found, ranked))
    assert one == other


# --- the shipped data ----------------------------------------------------------------------------


def test_every_shipped_indicator():
    """Each id answers with the same columns, and its counts are those of rank."""
    ids = catalog().query("periods != ''")["id"]
    alone = {id_: comparable(id_) for id_ in ids[::20]}
    together = comparable(load(nature=None))
    assert set(together["indicator"]) == set(ids)
    ranked = rank(load(nature=None), min_n=1)
    group = ["indicator", "period", "among"]
    ranked = ranked.groupby(group)["n"].size()
    counts = together.groupby(group)["n"].first()
    assert counts[counts > 0].sort_index().to_dict() == ranked.sort_index().to_dict()
    for id_, found in alone.items():
        assert list(found.columns) == COLUMNS
        groups = together[together["indicator"].eq(id_)].groupby("period")["region"].agg(set)
        assert found.groupby("period")["region"].agg(set).to_dict() == groups.to_dict()


def test_nobody_reports():
    """An id that is known and not reported is refused."""
    with pytest.raises(IncomparableError, match="little_giants_growth"):
        comparable("little_giants_growth")
