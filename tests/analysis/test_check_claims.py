"""Claims against data: each verdict and reason in both languages, and the shipped ones."""

from __future__ import annotations

import re
from math import nan

import pandas as pd
import pytest
from frames import (
    ENDS,
    MAINLAND,
    WEST,
    assert_same,
    frame_from,
    frame_of,
    only,
    row_of,
)

from provstats import IncomparableError, catalog, check_claims, load, parse_figure, series
from provstats.store.regions import load_regions

ADDED = [
    "verdict", "reason", "data_lower", "data_upper", "n", "needs", "evidence", "zh", "en",
]  # fmt: skip
TOLD = ["verdict", "reason", "data_lower", "data_upper"]
WESTERN = "among western provinces"


def of_west(values, claim, code="CN-CQ", id_="jobs"):
    """Return rows of western provinces by their values, and one claim of rank among them."""
    rows = [row_of(place, id_, value, note="") for place, value in values.items()]
    return frame_from([*rows, row_of(code, f"{id_}_rank", claim, note=WESTERN)])


# --- literal verdicts ----------------------------------------------------------------------------

ALL_WEST = {code: 10.0 + place for place, code in enumerate(WEST)}  # Tibet leads
SOME_WEST = {code: ALL_WEST[code] for code in WEST[:6]}


@pytest.mark.parametrize(
    ("values", "region", "claim", "told"),
    [
        (ALL_WEST, "CN-XJ", 3, ["consistent", "", 3, 3]),
        (ALL_WEST, "CN-XJ", 2, ["contradicted", "", 3, 3]),
        (ALL_WEST, "CN-XJ", 4, ["contradicted", "", 3, 3]),
        (SOME_WEST, "CN-NM", 2, ["undecidable", "silent", 2, 8]),
        (SOME_WEST, "CN-NM", 8, ["undecidable", "silent", 2, 8]),
        (SOME_WEST, "CN-NM", 1, ["contradicted", "", 2, 8]),
        (SOME_WEST, "CN-NM", 9, ["contradicted", "", 2, 8]),
        (SOME_WEST, "CN-NX", 1, ["undecidable", "silent", 1, 7]),
        (SOME_WEST, "CN-QH", 1, ["undecidable", "own_value", nan, nan]),
        (ALL_WEST, "CN-BJ", 1, ["undecidable", "universe", nan, nan]),
    ],
    ids=["third", "better than true", "worse than true", "silent", "last of silent", "surely ahead",
         "too few ahead", "lead with silent", "own value", "no western province"],
)  # fmt: skip
def test_claims_of_rank(values, region, claim, told):
    """A rank holds, fails or stays open by those surely ahead and those that are silent."""
    found = only(check_claims(of_west(values, claim, region)))
    assert_same([found], [dict(zip(TOLD, told, strict=True))], TOLD)


def test_intervals_leave_a_range_of_ranks():
    """A rank that an interval allows is consistent, the next one is not."""
    frame = of_west(ALL_WEST, 2, "CN-XJ")
    frame.loc[frame["region"].eq("CN-XJ") & frame["indicator"].eq("jobs"), "upper"] = 20.5
    found = only(check_claims(frame))
    assert found[TOLD].tolist() == ["consistent", "", 2.0, 3.0]
    frame.loc[frame["indicator"] == "jobs_rank", ENDS] = 1.0
    assert only(check_claims(frame))["verdict"] == "contradicted"


def test_a_place_among_the_first_may_be_sure():
    """A place among the first eight holds although others are silent, if they are few enough."""
    frame = of_west(SOME_WEST, 8, "CN-NM")
    frame.loc[frame["indicator"] == "jobs_rank", ["lower", "upper"]] = [1.0, 8.0]
    assert only(check_claims(frame))["verdict"] == "consistent"


def test_less_may_be_better():
    """Where lower is better the least value leads."""
    id_ = catalog().query("direction == 'lower' and measure != 'rank'")["id"].iloc[0]
    for region, rank in ((WEST[0], 1), (WEST[-1], 12)):
        assert only(check_claims(of_west(ALL_WEST, rank, region, id_)))["verdict"] == "consistent"


def test_what_would_decide():
    """An open claim names the indicator, the period and the regions that are missing."""
    found = only(check_claims(of_west(SOME_WEST, 2, "CN-NM")))
    assert found["needs"] == "jobs 2024: " + " ".join(WEST[6:])
    assert (found["n"], found["evidence"]) == (6, (0, 1, 2, 3, 4, 5))
    assert only(check_claims(of_west(ALL_WEST, 3, "CN-XJ")))["needs"] == ""


@pytest.mark.parametrize("note", ["", "among provinces", None, nan])
def test_a_claim_without_a_note_is_of_all_provinces(note):
    """Of 31 provinces are all that do not say otherwise; a missing note says nothing."""
    frame = frame_of(("CN-BJ", "jobs", "2024", 5.0), ("CN-BJ", "jobs_rank", "2024", 1.0))
    found = only(check_claims(frame.assign(note=[None, note], printed=[None, note])))
    assert found["needs"].split()[2:] == [code for code in MAINLAND if code != "CN-BJ"]
    assert only(check_claims(frame))["needs"] == found["needs"]


@pytest.mark.parametrize(
    ("region", "note"), [("CN-BJ", "among cities"), ("CN-HK", ""), ("ningbo", ""), ("CN", "")]
)
def test_ranks_among_others_are_not_decided(region, note):
    """A rank among cities, or of what is no mainland province, is beyond the data."""
    frame = frame_of((region, "jobs", "2024", 5.0), (region, "jobs_rank", "2024", 1.0))
    found = only(check_claims(frame.assign(note=note)))
    assert found[["verdict", "reason", "n"]].tolist() == ["undecidable", "universe", 0]
    assert found["needs"] == f"jobs 2024: {note.removeprefix('among ') or 'provinces'}"


OWN = ("CN-BJ", "jobs", "2024", 7.0, 6.75, 7.25)
CLAIM = ("CN-BJ", "jobs_gap", "2024", 2.0, 1.75, 2.25)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([("CN", "jobs", "2024", 5.0, 5.0, 5.0)], ["consistent", "", 1.75, 2.25]),
        ([("CN", "jobs", "2024", 4.5, 4.5, 4.5)], ["consistent", "", 2.25, 2.75]),
        ([("CN", "jobs", "2024", 4.25, 4.25, 4.25)], ["contradicted", "", 2.5, 3.0]),
        ([("CN", "jobs", "2023", 5.0, 5.0, 5.0)], ["undecidable", "nation", nan, nan]),
        ([("CN-SH", "jobs", "2024", 6.0, 6.0, 6.0), ("CN-SH", "jobs_gap", "2024", 1.0, 1.0, 1.0)],
         ["consistent", "", 1.75, 2.25]),
        ([("CN-SH", "jobs", "2024", 9.0, 9.0, 9.0), ("CN-SH", "jobs_gap", "2024", 1.0, 1.0, 1.0)],
         ["contradicted", "", -1.25, -0.75]),
        ([("CN-SH", "jobs", "2024", 9.0, 9.0, 9.0), ("CN-SH", "jobs_gap", "2024", 1.0, 1.0, 1.0),
          ("CN", "jobs", "2024", 5.0, 5.0, 5.0)], ["consistent", "", 1.75, 2.25]),
        ([], ["undecidable", "nation", nan, nan]),
    ],
    ids=["reported", "touching", "reported otherwise", "another period", "implied",
         "implied otherwise", "reported goes first", "only itself"],
)  # fmt: skip
def test_claims_of_a_gap(others, told):
    """A gap is held against the reported nation, else the one that others imply, never itself."""
    found = only(check_claims(frame_of(OWN, CLAIM, *others)).query("region == 'CN-BJ'"))
    assert_same([found], [dict(zip(TOLD, told, strict=True))], TOLD)
    assert found["needs"] == ("jobs 2024: CN" if told[1] else "")


def test_gap_without_own_value():
    """Without the claimant's own figure the nation's alone decides nothing."""
    found = only(check_claims(frame_of(CLAIM, ("CN", "jobs", "2024", 5.0, 5.0, 5.0))))
    assert found[["reason", "needs"]].tolist() == ["own_value", "jobs 2024: CN-BJ"]


def test_others_that_contradict_one_another_decide_nothing():
    """Where others imply different nations there is none to measure by."""
    others = [
        (code, id_, "2024", value, value, value)
        for code, gap in (("CN-SH", 1.0), ("CN-GD", 3.0))
        for id_, value in (("jobs", 9.0), ("jobs_gap", gap))
    ]
    found = check_claims(frame_of(OWN, CLAIM, *others)).iloc[0]
    assert found[["verdict", "reason"]].tolist() == ["undecidable", "nation"]


def test_a_nation_in_another_unit_decides_nothing():
    """Dollars are no benchmark for yuan."""
    frame = frame_of(OWN, CLAIM, ("CN", "jobs", "2024", 5.0, 5.0, 5.0))
    found = only(check_claims(frame.assign(unit=["CNY", "CNY", "USD"])))
    assert found[["verdict", "reason"]].tolist() == ["undecidable", "nation"]


def test_forecasts_are_no_claims_and_no_evidence():
    """Only outcomes are claimed, and only outcomes tell of them."""
    frame = frame_of(OWN, CLAIM, ("CN", "jobs", "2024", 5.0, 5.0, 5.0))
    found = check_claims(frame.assign(nature=["outcome", "outcome", "forecast"]))
    assert only(found)["reason"] == "nation"
    with pytest.raises(IncomparableError, match="no claim"):
        check_claims(frame.assign(nature=["outcome", "forecast", "outcome"]))


# --- sentences -----------------------------------------------------------------------------------


SILENT = (
    "无法判定，数据收录12个省份中的6个，其中1个确定在前，另有6个可能在前",
    "undecidable, for the data hold 6 of 12, 1 surely ahead, 6 more may be",
)


@pytest.mark.parametrize(
    ("values", "claim", "code", "zh", "en"),
    [
        (ALL_WEST, 3, "CN-XJ", "与数据相符（按数据为3）", "consistent with the data (3)"),
        (ALL_WEST, 2, "CN-XJ", "与数据矛盾（按数据为3）", "contradicted by the data (3)"),
        (SOME_WEST, 2, "CN-NM", *SILENT),
        (
            SOME_WEST,
            1,
            "CN-QH",
            "无法判定，缺本地区数值",
            "undecidable, for its own value is missing",
        ),
    ],
)
def test_sentences_of_ranks(values, claim, code, zh, en):
    """A claim, what the data say and why, in both languages."""
    found, region = only(check_claims(of_west(values, claim, code))), load_regions()[code]
    assert found["zh"] == f"{region.name_zh}称jobs（2024年）居第{claim}位：{zh}。"
    among = "among western provinces (jobs, 2024)"
    assert found["en"] == f"{region.name_en} claims rank {claim} {among}: {en}."


@pytest.mark.parametrize("claim", ["高于全国1.8个百分点", "低于全国1.8个百分点"])
def test_sentences_of_gaps(claim):
    """Chinese quotes what is printed, English says which side of the nation."""
    figure, id_ = parse_figure(claim), "industrial_value_added_growth"
    frame = frame_of(
        ("CN-CQ", id_, "2024", 7.6, 7.55, 7.65),
        ("CN-CQ", f"{id_}_gap", "2024", figure.value, figure.lower, figure.upper),
        ("CN", id_, "2024", 5.8, 5.75, 5.85),
    )
    found = only(check_claims(frame.assign(printed=["7.6%", claim, "5.8%"])))
    assert f"“{claim}”" in found["zh"]
    side = "above" if figure.value > 0 else "below"
    assert f"1.8 pp {side} the nation" in found["en"]
    assert found["verdict"] == ("consistent" if figure.value > 0 else "contradicted")


def test_english_keeps_what_chinese_prints():
    """A distance printed with about is claimed with about in English too."""
    figure = parse_figure("高于全国约17个百分点")
    rows = frame_of(
        ("CN-SD", "jobs_growth", "2024", 20.0, 19.5, 20.5),
        ("CN-SD", "jobs_growth_gap", "2024", figure.value, figure.lower, figure.upper),
        ("CN", "jobs_growth", "2024", 3.0, 2.5, 3.5),
    ).assign(unit=["percent", "percentage_point", "percent"], qualifier=["exact", "about", "exact"])
    assert "claims about 17 pp above the nation" in only(check_claims(rows))["en"]
    without = rows.drop(columns="qualifier")
    assert "claims 17 pp above the nation" in only(check_claims(without))["en"]


def test_a_way_of_speaking_implies_nothing():
    """One in every four tells nothing of the nation."""
    rows = frame_of(
        ("CN-GD", "nev_output", "2024", 313.0), ("CN-GD", "nev_output_share", "2024", 25.0),
        ("CN-SH", "nev_output", "2024", 100.0), ("CN-SH", "nev_output_gap", "2024", -900.0),
    )  # fmt: skip
    told = [
        only(check_claims(rows.assign(printed=["313", share, "100", "−900"])))["reason"]
        for share in ("25%", "每4辆…1辆")
    ]
    assert told == ["", "nation"]


@pytest.mark.parametrize(
    ("among", "n"), [("provinces", 3), ("western provinces", 1), ("长三角", 1), ("cities", 0)]
)
def test_a_universe_is_a_group(among, n):
    """Among whom a rank is claimed is a group of provinces, by any of its names."""
    code = {"western provinces": "CN-CQ"}.get(among, "CN-SH")
    rows = [("CN-SH", "jobs", "2024", 5.0), ("CN-CQ", "jobs", "2024", 4.0),
            ("CN-GD", "jobs", "2024", 3.0), (code, "jobs_rank", "2024", 1.0)]  # fmt: skip
    assert only(check_claims(frame_of(*rows).assign(among=["", "", "", among])))["n"] == n


# --- the shipped data ----------------------------------------------------------------------------


def test_every_shipped_claim():
    """Each claim has a verdict, what it rests on, and a sentence in each language."""
    data, found = load(nature=None), check_claims()
    assert list(found.columns) == [*data.columns, *ADDED]
    kinds = ("_rank", "_gap", "_average_growth")
    claims = data["indicator"].str.endswith(kinds) & data["nature"].eq("outcome")
    assert found.index.tolist() == data.index[claims].tolist()
    first = found.query("verdict == 'consistent' and source == 'cena-2025-ten-provinces'")
    assert first["region"].to_list() == ["CN-CQ", "CN-SD", "CN-ZJ"]
    assert (found["verdict"].eq("undecidable") == found["reason"].ne("")).all()
    assert (found["needs"].ne("") == found["reason"].ne("")).all()
    for claim in found.to_dict("records"):
        evidence = data.loc[list(claim["evidence"])]
        is_average = claim["indicator"].endswith("_average_growth")
        assert is_average or set(evidence["period"]) <= {claim["period"]}
        assert (
            is_average
            or evidence["indicator"].str.startswith(claim["indicator"].rpartition("_")[0]).all()
        )
        assert claim["zh"].endswith("。")
        assert claim["en"].endswith(".")
        assert not re.search(r"\bnan\b|{|}", claim["zh"] + claim["en"])


@pytest.mark.parametrize("id_", sorted(set(check_claims()["indicator"]))[::4])
def test_every_shipped_indicator(id_):
    """An id, its stem and its series answer with its claims among all."""
    found, stem = check_claims(), re.sub("_(rank|gap|average_growth)$", "", id_)
    mine = found[found["indicator"].isin([id_, f"{id_}_rank", f"{id_}_gap"])]
    pd.testing.assert_frame_equal(check_claims(id_), mine)
    pd.testing.assert_frame_equal(check_claims(series(id_)), mine)
    assert set(mine.index[mine["indicator"] == id_]) <= set(check_claims(stem).index)


@pytest.mark.parametrize("id_", ["little_giants_growth", "gdp_index"])
def test_without_a_claim(id_):
    """An indicator of which nothing is claimed is refused."""
    with pytest.raises(IncomparableError):
        check_claims(id_)


# --- averages -------------------------------------------------------------------------------------

LEVELS = [("CN-BJ", "jobs", "2022", 100.0, 100.0, 100.0),
          ("CN-BJ", "jobs", "2024", 121.0, 120.0, 122.0)]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "rows", "told"),
    [
        ("10%", LEVELS, ["consistent", "", 9.544511501, 10.453610172]),
        ("11.0%", LEVELS, ["contradicted", "", 9.544511501, 10.453610172]),
        ("11.0%", LEVELS[1:], ["undecidable", "own_value", nan, nan]),
        ("11.0%", [("CN-SH", *row[1:]) for row in LEVELS], ["undecidable", "own_value", nan, nan]),
        ("10.0%", [("CN-BJ", "jobs_growth", "2023", 0.0, 0.0, 0.0),
                   ("CN-BJ", "jobs_growth", "2024", 21.0, 21.0, 21.0)],
         ["consistent", "", 10.0, 10.0]),
    ],
)  # fmt: skip
def test_claims_of_an_average(printed, rows, told):
    """An average over some years is held against levels, or all the yearly rates."""
    figure = parse_figure(printed)
    claim = ("CN-BJ", "jobs_average_growth", "2023/2024", figure.value, figure.lower, figure.upper)
    frame = frame_of(*rows, claim).assign(unit=[*["count", "count"][: len(rows)], "percent"])
    found = only(check_claims(frame))
    assert_same([found], [dict(zip(TOLD, told, strict=True))], TOLD)
    assert f"average growth of {printed} a year" in found["en"]
    assert f"年均增长{printed}" in found["zh"]
    assert len(found["evidence"]) == (0 if rows[0][0] == "CN-SH" else len(rows))


def test_an_average_at_other_prices_is_open():
    """Real growth is not held against levels at current prices, but against real rates."""
    claim = ("CN-BJ", "gdp_average_growth", "2023/2024", 5.0, 4.95, 5.05)
    levels = [("CN-BJ", "gdp", row[2], *row[3:]) for row in LEVELS]
    assert only(check_claims(frame_of(*levels, claim)))["verdict"] == "undecidable"
    rates = [("CN-BJ", "gdp_growth", year, 7.0, 6.95, 7.05) for year in ("2023", "2024")]
    assert only(check_claims(frame_of(*levels, *rates, claim)))["verdict"] == "contradicted"
