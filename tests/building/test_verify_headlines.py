"""Documents of which only headline indicators are encoded: proved by what the reader finds."""

from __future__ import annotations

import pandas as pd
import pytest

import provstats as ps
from provstats.building.verify_headlines import (
    HeadlineExclusion,
    Stated,
    prove_headlines,
    read_headline_exclusions,
)
from provstats.store.files import find_data_folder
from provstats.store.sources import list_source_ids

SOURCE = {"id": "doc", "regions": "CN-SC", "published": "2025-01-20"}
TEXT = "各位代表：\n全省地区生产总值增长5.7%。建成公园12个。\n成都市地区生产总值增长6.1%。"
GROWTH = Stated(2, "5.7%", "CN-SC", "gdp_growth", "2024", "outcome", 5.7)


@pytest.fixture
def prove(tmp_path):
    """Prove a text of our own."""

    def prove(text=TEXT, rows=(GROWTH,), entries=(), **source):
        path = tmp_path / "doc.txt"
        path.write_text(text, encoding="utf-8")
        return prove_headlines({**SOURCE, **source}, path, [*rows], [*entries])

    return prove


def test_all_holds(prove):
    """A row stands in its paragraph; numerals of other things need nothing."""
    proof = prove(TEXT.rpartition("\n")[0])
    assert (proof.findings, proof.rows, proof.numerals, proof.excluded) == ([], 1, 1, 0)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"rows": []}, "is read as gdp_growth, 2024, outcome, and no row"),
        ({"text": TEXT.replace("5.7", "5.8")}, "does not stand in the paragraph"),
        ({"text": TEXT.replace("5.7", "15.7")}, "does not stand in the paragraph"),
        ({"rows": [GROWTH._replace(paragraph=1)]}, "does not stand in the paragraph"),
        ({"rows": [GROWTH._replace(period="2025")]}, "is read as gdp_growth, 2024"),
        ({"rows": [GROWTH._replace(nature="target")]}, "is read as gdp_growth, 2024, outcome"),
        ({"published": "2024-03-20"}, "is read as gdp_growth, 2024, outcome"),
        (
            {"entries": [HeadlineExclusion("doc", 2, "gdp_growth", "9%", "subject")]},
            "is excluded but does not stand in the paragraph",
        ),
    ],
)
def test_what_does_not_hold_is_found(prove, change, problem):
    """A statement passed over, a changed figure, another year, a needless exclusion."""
    change.setdefault("text", TEXT.rpartition("\n")[0])
    if "published" in change:
        change["rows"] = [GROWTH._replace(period="2023")]
    assert any(problem in finding.problem for finding in prove(**change).findings)


def test_an_exclusion_accounts_for_a_reading(prove):
    """What the reader takes for the province's is accounted for by its line of the ledger."""
    text, rows = (
        "全省地区生产总值增长5.7%。扣除房地产开发投资后，固定资产投资增长3%。",
        [GROWTH._replace(paragraph=1)],
    )
    assert [finding.printed for finding in prove(text, rows).findings] == ["3%"]
    entry = HeadlineExclusion("doc", 1, "fixed_investment_growth", "3%", "indicator")
    proof = prove(text, rows, [entry])
    assert (proof.findings, proof.excluded) == ([], 1)


def test_a_row_may_stand_where_the_reader_does_not_look(prove):
    """A fact stated twice is one row, in whatever paragraph it is taken from."""
    text = "全省地区生产总值增长5.7%。\n过去一年，地区生产总值增长5.7%。"
    for paragraph in (1, 2):
        assert prove(text, [GROWTH._replace(paragraph=paragraph)]).findings == []


def test_unreadable_documents(tmp_path, prove):
    """A document that is missing, no UTF-8 or empty is a finding like any other."""
    missing = prove_headlines(SOURCE, tmp_path / "gone.txt", [GROWTH], [])
    assert [finding.problem for finding in missing.findings] == ["is not in the folder"]
    (tmp_path / "bad.txt").write_bytes("增长".encode("gb18030"))
    bad = prove_headlines(SOURCE, tmp_path / "bad.txt", [GROWTH], [])
    assert "cannot be read" in bad.findings[0].problem
    assert "does not stand" in prove("").findings[0].problem


def test_unknown_reason(tmp_path):
    """The reasons are a closed vocabulary."""
    header = "source\tparagraph\tindicator\tprinted\treason\n"
    (tmp_path / "headline-exclusions.tsv").write_text(f"{header}d\t1\tgdp\t1亿元\twhim\n", "utf-8")
    with pytest.raises(ps.SchemaError, match="'whim'"):
        read_headline_exclusions(tmp_path)


def test_the_ledger_is_of_headline_documents():
    """Each line belongs to a document encoded for headlines, and stands there once."""
    ledger = read_headline_exclusions(find_data_folder())
    encoded = ps.sources().set_index("id")["encoded"]
    assert {entry.source for entry in ledger} <= set(encoded[encoded == "headline"].index)
    assert len({entry[:4] for entry in ledger}) == len(ledger)


# --- what then works ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports():
    """Return what the work reports of 2025 and 2026 state, in all vintages."""
    data = ps.load(nature=None, vintage=None)
    return data[data["source"].str.startswith("work-report-")]


def test_31_provinces_state_targets_of_2025(reports):
    """Each province has a report of 2025, 23 have one of 2026, and all promise a growth of GDP."""
    of_2025 = reports[reports["source"].str.startswith("work-report-2025")]
    assert of_2025["region"].nunique() == len(
        [id_ for id_ in list_source_ids() if id_.startswith("work-report-2025")]
    )
    goals = of_2025.query("nature == 'target' and indicator == 'gdp_growth' and period == '2025'")
    assert len(goals) == 31
    assert reports[reports["source"].str.startswith("work-report-2026")]["region"].nunique() == 23


def test_growth_of_industry_is_ranked():
    """Of the provinces that state it Xizang leads in both years, and Gansu is among the first."""
    for year, count, last in (("2024", 20, "CN-QH"), ("2025", 15, "CN-GD")):
        ranked = ps.rank(ps.series("industrial_value_added_growth", period=year))
        ranked = ranked[ranked["source"].str.startswith("work-report-")].set_index("region")
        assert len(ranked) == count
        assert ranked["rank_worst"].idxmin() == "CN-XZ"
        assert ranked["rank_best"].idxmax() == last
        assert ranked.loc["CN-GS", "rank_worst"] <= 3


def test_targets_of_2025_are_judged():
    """Who met its target of industrial growth, who missed it, and where rounding stands between."""
    goals = ps.targets("industrial_value_added_growth").query("period == '2025'")
    verdicts = goals.groupby("verdict")["region"].agg(set)
    assert verdicts["missed"] == {"CN-GD", "CN-XZ"}
    assert verdicts["met"] == {
        "CN-GS", "CN-GX", "CN-HE", "CN-HA", "CN-JX", "CN-NX", "CN-QH", "CN-ZJ",
    }  # fmt: skip
    assert goals.loc[goals["reason"] == "interval", "region"].to_list() == ["CN-GZ"]


@pytest.mark.parametrize(("year", "rate", "regions"), [
    ("2024", 5.8, "CN-HN CN-SD"), ("2025", 5.9, "CN-GX CN-QH CN-SD"),
])  # fmt: skip
def test_the_nation_that_provinces_imply_is_the_one_reported(year, rate, regions):
    """What each says of its distance agrees with the others and with the statistical office."""
    implied = ps.implied_national("industrial_value_added_growth").set_index("period").loc[year]
    assert implied["implied"] == pytest.approx(rate)
    assert (implied["reported"], implied["conflict"]) == (rate, False)
    assert implied["regions"] == regions


def test_no_release_states_the_eleven_months_of_2024():
    """That the nation grew by 5.8% until November 2024 stays implied."""
    implied = ps.implied_national("industrial_value_added_growth").set_index("period")
    until_november = implied.loc["2024-01/2024-11"]
    assert until_november["implied"] == pytest.approx(5.8)
    assert pd.isna(until_november["reported"])


def test_months_and_months_since_january_are_two_things():
    """A month's growth and that since January stand beside one another, each by its label."""
    nation = ps.series("industrial_value_added_growth").data.query("region == 'CN'")
    rates = nation.set_index("period")["value"]
    assert rates[["2024-09", "2024-01/2024-09"]].to_list() == [5.4, 5.8]
    assert rates[["2024-04", "2024-H1", "2024", "2025"]].to_list() == [6.7, 6.0, 5.8, 5.9]
    months = rates.index.str.fullmatch(r"\d{4}-\d\d")
    assert months.sum() >= 15


def test_profits_grow_on_a_comparable_basis():
    """Growth of profits does not follow from the levels: the base that it implies is another."""
    data = ps.load().query("region == 'CN' and indicator.str.startswith('industrial_profit')")
    found = ps.reconcile(data).set_index("period")
    assert found.loc["2024-01/2024-07", "conflict"]
    assert found.loc["2023", "reported"] == -2.3
    assert found.loc["2023", "levels"] == pytest.approx(-8.54, abs=0.01)
    assert found.loc["2023", "implied_base"] < found.loc["2023", "previous"]
    assert found.loc["2025-01/2025-08", "agree"]


def test_claims_of_more_than_a_hundred():
    """Most claims of distance from the nation hold, and none is contradicted."""
    claims = ps.check_claims()
    claims = claims[claims["source"].str.startswith("work-report-")]
    assert len(claims) > 80
    gaps = claims[claims["indicator"].str.endswith("_gap")]
    assert (gaps["verdict"] == "consistent").sum() >= 17
    assert not (gaps["verdict"] == "contradicted").any()


def test_a_misprint_is_left_out():
    """Software revenue of ten months of 2024 was printed a tenth of what it was: no row."""
    ids = ps.series("software_revenue").data.query("region == 'CN'")["period"]
    assert "2024-01/2024-10" not in set(ids)
    ledger = read_headline_exclusions(find_data_folder())
    assert [entry.source for entry in ledger if entry.reason == "misprint"] == [
        "miit-release-2024-12-01"
    ]


def test_exaflops_are_a_thousand_petaflops():
    """What is printed in Eflops stands beside what is printed in P."""
    power = ps.series("computing_power").data.query("period == '2025'").set_index("region")
    assert power.loc["CN-GZ", ["value", "upper", "unit"]].to_list() == [160000, 170000, "PFLOPS"]
    assert power.loc["CN-HA", "value"] == pytest.approx(10360)
