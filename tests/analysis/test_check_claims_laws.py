"""Claims against data: agreement with counting, and verdicts that hold for any values within."""

from __future__ import annotations

import numpy as np
import pandas as pd
from frames import WEST, assert_same, at, frame_from, only, renamed, row_of, scaled, wider
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import STEPS, WIDTHS, panels

from provstats import check_claims

TOLD = ["verdict", "reason", "data_lower", "data_upper"]
PROPERTY = settings(max_examples=15, deadline=None)
WESTERN = "among western provinces"

REPORTING = panels(regions=tuple(WEST), periods=("2024",), values=(0, 12), least=6, most=12)


def with_claim(rows, region, rank, top):
    """Add a claim of rank, or of a place among the first."""
    claim = row_of(region, "jobs_rank", float(rank), rank - 1 if top else 0, note=WESTERN)
    return [*({**row, "note": ""} for row in rows), claim]


CLAIMED = (st.sampled_from(WEST), st.integers(1, 12), st.booleans())


@PROPERTY
@given(REPORTING, *CLAIMED, st.permutations(WEST))
def test_ranks_agree_with_counting(rows, region, claimed, top, names):
    """Verdict, reason, range and need agree with counting, whatever the provinces are called."""
    own = [row for row in rows if row["region"] == region]
    silent = set(WEST) - {row["region"] for row in rows}
    expected = {"verdict": "undecidable", "reason": "own_value", "data_lower": None,
                "data_upper": None, "n": len(rows)}  # fmt: skip
    need = {region}
    if own:
        best = 1 + sum(row["lower"] > own[0]["upper"] for row in rows)
        others = [row for row in rows if row is not own[0]]
        worst = 1 + sum(row["upper"] > own[0]["lower"] for row in others) + len(silent)
        least = 1 if top else claimed
        if claimed < best or worst < least:
            verdict, reason, need = "contradicted", "", set()
        elif not silent or (least <= best and worst <= claimed):
            verdict, reason, need = "consistent", "", set()
        else:
            verdict, reason, need = "undecidable", "silent", silent
        expected |= {"verdict": verdict, "reason": reason, "data_lower": best, "data_upper": worst}
    for swap in ({}, dict(zip(WEST, names, strict=True))):
        swapped = renamed(with_claim(rows, region, claimed, top), swap)
        found = only(check_claims(frame_from(swapped)))
        assert_same([found], [expected], list(expected))
        assert set(found["needs"].split()[2:]) == {swap.get(code, code) for code in need}


@PROPERTY
@given(REPORTING, *CLAIMED, STEPS, st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_ranks_hold_for_any_values(rows, region, claimed, top, steps, unknown):  # noqa: PLR0913, PLR0917 - what is drawn
    """Wherever the values lie, spoken and silent, the range holds and a sure verdict is right."""
    found = only(check_claims(frame_from(with_claim(rows, region, claimed, top))))
    true = {row["region"]: row["value"] for row in at(rows, steps[: len(rows)])}
    true = {code: true.get(code, value / 4) for code, value in zip(WEST, unknown, strict=True)}
    if found["reason"] == "own_value":
        return
    rank = 1 + sum(value > true[region] for value in true.values())
    assert found["data_lower"] <= rank <= found["data_upper"]
    holds = (1 if top else claimed) <= rank <= claimed
    assert not (found["verdict"] == "contradicted" and holds)
    if found["verdict"] == "consistent" and len(rows) < len(WEST):
        assert holds


GAPS = panels(
    ids=("jobs", "jobs_gap"), regions=("CN-BJ", "CN-SH", "CN-GD", "CN"), periods=("2024",),
    least=4, most=8,
).filter(lambda rows: any(r["indicator"] == "jobs_gap" for r in rows))  # fmt: skip


def nation_for(rows, region):
    """Return the ends of the nation that a claimant is measured by, or None."""
    find = {(row["region"], row["indicator"]): row for row in rows}
    if nation := find.get(("CN", "jobs")):
        return nation["lower"], nation["upper"]
    said = [
        (own["lower"] - gap["upper"], own["upper"] - gap["lower"])
        for code in {row["region"] for row in rows} - {region}
        if (own := find.get((code, "jobs"))) and (gap := find.get((code, "jobs_gap")))
    ]
    ends = said and (max(s[0] for s in said), min(s[1] for s in said))
    return ends if ends and ends[0] <= ends[1] else None


@PROPERTY
@given(GAPS, st.integers(0, 4), st.integers(0, 4))
def test_gaps_agree_with_a_slow_search_and_hold_for_any_values(rows, mine, theirs):
    """Gap and verdict agree with a slow search, and hold wherever own and nation's values lie."""
    for found in check_claims(frame_from(rows)).to_dict("records"):
        own = [r for r in rows if (r["region"], r["indicator"]) == (found["region"], "jobs")]
        nation = nation_for(rows, found["region"])
        if not own or nation is None:
            assert found["reason"] == ("nation" if own else "own_value")
            continue
        low, high = own[0]["lower"] - nation[1], own[0]["upper"] - nation[0]
        apart = found["upper"] < low or high < found["lower"]
        told = ["contradicted" if apart else "consistent", "", low, high]
        assert_same([found], [dict(zip(TOLD, told, strict=True))], TOLD)
        value = own[0]["lower"] + (own[0]["upper"] - own[0]["lower"]) * mine / 4
        gap = value - (nation[0] + (nation[1] - nation[0]) * theirs / 4)
        assert found["data_lower"] <= gap <= found["data_upper"]
        assert not (found["verdict"] == "contradicted" and found["lower"] <= gap <= found["upper"])


@PROPERTY
@given(st.one_of(GAPS, st.builds(with_claim, REPORTING, *CLAIMED)), st.data())
def test_widening_only_opens(rows, data):
    """Less certainty widens ranges, and no claim becomes contradicted by it."""
    place = data.draw(st.integers(0, len(rows) - 1))
    wide = wider(rows, place, data.draw(WIDTHS) / 4, data.draw(WIDTHS) / 4)
    one, other = (check_claims(frame_from(data)) for data in (rows, wide))
    # Others that exclude one another may come to agree, and then there is a nation to measure by.
    known = one["verdict"].ne("contradicted") & one["reason"].ne("nation")
    assert not (other["verdict"].eq("contradicted") & known).any()
    assert not (other["data_lower"] > one["data_lower"]).any()
    assert not (other["data_upper"] < one["data_upper"]).any()


@PROPERTY
@given(GAPS, st.sampled_from([0.5, 4.0, 1024.0]))
def test_scaling_scales(rows, factor):
    """In another unit gaps are in that unit, and verdicts are the same."""
    one, other = (check_claims(frame_from(data)) for data in (rows, scaled(rows, factor)))
    pd.testing.assert_frame_equal(one[TOLD[:2]], other[TOLD[:2]])
    ends = TOLD[2:]
    assert np.allclose(one[ends] * factor, other[ends], equal_nan=True)
