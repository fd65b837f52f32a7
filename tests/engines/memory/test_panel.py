"""The complete panel: R&D of the nation and 31 provinces from 2018 to 2024, and its vintages."""

from __future__ import annotations

import pytest

import provstats as ps
from provstats.store.regions import list_mainland_codes

YEARS = [str(year) for year in range(2018, 2025)]
REVISED = {"2018": (2.19, 2.14), "2019": (2.23, 2.24), "2020": (2.40, 2.41), "2021": (2.44, 2.43),
           "2022": (2.54, 2.56), "2023": (2.65, 2.58)}  # fmt: skip


@pytest.fixture(scope="module", params=["rd_expenditure", "rd_intensity"])
def panel(request):
    """Return the panel of one indicator, years across."""
    return ps.series(request.param, period=YEARS).to_wide()


def test_panel_is_complete(panel):
    """The nation and 31 provinces have a value in each year."""
    assert set(panel.index) == {"CN", *list_mainland_codes()}
    assert list(panel.columns) == YEARS
    assert panel.notna().all(axis=None)


def first_printed():
    """Return what the bulletins said first; of some years reports and releases spoke before."""
    data = ps.load(vintage=None).query("source.str.startswith('nbs-rd')")
    return data.sort_values("vintage").drop_duplicates(["region", "indicator", "period"])


def test_tables_give_448_rows():
    """Each bulletin gives two indicators of 32 regions, the intensities as then stated."""
    data = first_printed()
    cells = data[data["indicator"].isin(["rd_expenditure", "rd_intensity"])]
    tables = cells[cells["period"] == cells["source"].str[-4:]]
    assert len(tables) == 448
    assert tables.groupby(["period", "indicator"])["region"].nunique().eq(32).all()


@pytest.mark.parametrize(
    ("region", "indicator", "year", "value"),
    [
        ("CN", "rd_expenditure", "2023", 3.33571e12), ("CN", "rd_intensity", "2023", 2.65),
        ("CN-BJ", "rd_intensity", "2018", 6.17), ("CN-GD", "rd_expenditure", "2018", 2.7047e11),
        ("CN-SX", "rd_expenditure", "2023", 2.982e10), ("CN-SN", "rd_intensity", "2020", 2.42),
        ("CN-XZ", "rd_expenditure", "2018", 3.7e8), ("CN-XJ", "rd_intensity", "2023", 0.60),
        ("CN-TJ", "rd_intensity", "2024", 3.44), ("CN-HI", "rd_expenditure", "2024", 1.096e10),
    ],
)  # fmt: skip
def test_cells(region, indicator, year, value):
    """Known cells of the tables, the two that are easily confused among them."""
    own = f"nbs-rd-bulletin-{year}"
    row = ps.series(indicator, period=year, regions=[region], vintage=own).data.iloc[0]
    assert row["value"] == value
    assert row["lower"] < value < row["upper"]


@pytest.mark.parametrize("year", YEARS)
def test_nation_is_the_sum_of_the_provinces(year):
    """All 32 figures are rounded to 0.1亿元: the sum may be off by half of that for each."""
    own = f"nbs-rd-bulletin-{year}"
    spent = ps.series("rd_expenditure", period=year, vintage=own).data.set_index("region")
    assert ((spent["upper"] - spent["lower"]) / 2).round().eq(5e6).all()
    nation = spent.loc["CN", "value"]
    provinces = spent["value"].drop("CN").sum()
    assert abs(nation - provinces) <= 32 * 5e6


def test_implied_product_moves_plausibly():
    """Expenditure over intensity is a product that grows, but for the census and a slump or two."""
    said = first_printed().query("period in @years", local_dict={"years": [*map(str, YEARS)]})
    spent, share = (
        said[said["indicator"] == id_].pivot(index="region", columns="period", values="value")
        for id_ in ("rd_expenditure", "rd_intensity")
    )
    growth = (spent / share).T.pct_change(fill_method=None).T.iloc[:, 1:]
    later = growth.loc[:, "2020":]
    assert later.min(axis=None) > -0.06
    assert later.max(axis=None) < 0.36
    assert growth.loc["CN"].between(0.02, 0.14).all()
    # The economic census rebased provincial product between the bulletins of 2018 and 2019.
    assert growth.loc[["CN-TJ", "CN-JL", "CN-HL"], "2019"].lt(-0.15).all()


@pytest.mark.parametrize("year", REVISED)
def test_revisions_are_kept(year):
    """The first vintage has what was said then, the latest what a later bulletin made of it."""
    first, latest = REVISED[year]
    said = {
        vintage: ps.series("rd_intensity", period=year, regions=["CN"], vintage=vintage).data
        for vintage in ("first", "latest", f"nbs-rd-bulletin-{year}", None)
    }
    before = [2.64] if str(year) == "2023" else []  # a release was first
    assert said["first"]["value"].tolist() == [*before, first][:1]
    assert said["latest"]["value"].tolist() == [latest]
    assert said[f"nbs-rd-bulletin-{year}"]["value"].tolist() == [first]
    assert said[None].sort_values("vintage")["value"].tolist() == [*before, first, latest]
    assert said["latest"]["source"].item() == f"nbs-rd-bulletin-{int(year) + 1}"


def test_vintage_of_a_day():
    """Before the first bulletin nothing was known of it; on a day between two, the earlier."""
    kept = ps.load(vintage="2020-01-01")
    assert kept["source"].unique().tolist() == ["nbs-rd-bulletin-2018"]
    known = ps.load(vintage="2023-12-31").query("indicator == 'rd_intensity' and region == 'CN'")
    assert known.set_index("period")["value"]["2022"] == 2.54


@pytest.mark.parametrize("vintage", ["lastest", "2024-13-45", "9999-99", 2024, ""])
def test_unknown_vintage(vintage):
    """An unknown vintage is refused with what is allowed."""
    with pytest.raises(ps.SchemaError, match="vintage must be 'latest', 'first'"):
        ps.load(vintage=vintage)


def test_all_vintages_say_theirs():
    """With all vintages a column tells which; the wide table then has a level for it."""
    data = ps.load(vintage=None)
    assert list(data)[-1] == "vintage"
    assert (data["vintage"] == data["source"].map(ps.sources().set_index("id")["published"])).all()
    wide = ps.series("rd_intensity", vintage=None, regions=["CN"]).to_wide()
    assert wide.columns.names == ["period", "vintage"]


@pytest.mark.parametrize("universe", ["reporting", "all"])
def test_all_are_ranked(universe):
    """Where all 31 report, nobody's silence widens a rank."""
    ranked = ps.rank(ps.series("rd_intensity", period=YEARS), universe=universe)
    assert ranked.groupby("period")["rank"].count().eq(31).all()
    assert ranked["n"].eq(31).all()
    assert ranked["rank_worst"].max() == 31
    top = ranked.query("period == '2024' and rank <= 3").sort_values("rank")
    assert top["region"].tolist() == ["CN-BJ", "CN-SH", "CN-GD"]


def test_gap_to_the_reported_nation():
    """The nation's intensity is reported in each year, so every province has a gap."""
    gaps = ps.gap_to_national(ps.series("rd_intensity", period=YEARS))
    assert gaps["national_basis"].eq("reported").all()
    beijing = gaps.set_index(["region", "period"]).loc[("CN-BJ", "2023")]
    assert (beijing["gap"], beijing["gap_unit"]) == (pytest.approx(3.64), "percentage_point")


def test_change_over_six_years():
    """Growth of the nation is reported, of provinces it comes from their levels."""
    spent = ps.series("rd_expenditure", vintage="nbs-rd-bulletin-2023")
    changes = ps.yoy(spent).set_index(["region", "period"])
    nation, henan = changes.loc[("CN", "2021")], changes.loc[("CN-HA", "2021")]
    assert (nation["yoy"], nation["method"], nation["previous"]) == (14.6, "reported", 2.43931e12)
    assert henan["method"] == "levels"
    assert henan["yoy_lower"] < 100 * (1018.8 / 901.3 - 1) < henan["yoy_upper"]
    assert changes.loc[[("CN-HA", "2018")], "yoy"].isna().all()


def test_change_of_a_rate_is_a_difference():
    """The stated change of the intensity is in percentage points, and conflicts where revised."""
    changes = ps.yoy("rd_intensity").query("region == 'CN'").set_index("period")
    assert changes.loc["2020", ["yoy", "yoy_unit", "method"]].tolist() == [
        0.16, "percentage_point", "reported",
    ]  # fmt: skip
    assert changes.index[changes["conflict"]].tolist() == ["2022"]


@pytest.mark.parametrize("regions", [None, ["北京", "全国"], ["全国"]])
def test_a_series_keeps_to_its_vintage(regions):
    """How much a series holds does not change what it is compared with."""
    first = ps.series("rd_intensity", vintage="first", period="2023", regions=regions)
    change = ps.yoy(first).set_index("region").loc["CN"]
    assert (change["previous"], change["conflict"]) == (2.54, False)
    if regions is None or len(regions) > 1:
        gap = ps.gap_to_national(first).set_index("region").loc["CN-BJ"]
        assert (gap["national"], gap["national_source"]) == (2.65, "nbs-rd-bulletin-2023")


def test_all_vintages_are_not_compared():
    """Several statements of one value are no series to compare."""
    with pytest.raises(ps.IncomparableError, match="vintage='first'"):
        ps.rank(ps.series("rd_intensity", vintage=None))


def test_latest_nation_is_cited():
    """The revised national value comes from the bulletin of the next year, and says so."""
    gaps = ps.gap_to_national(ps.series("rd_intensity", period="2022"), national="latest")
    assert gaps["national_source"].unique().tolist() == ["nbs-rd-bulletin-2023"]
    implied = ps.gap_to_national("technical_upgrade_investment_growth")
    assert set(implied["national_source"].dropna()) == {"cena-2025-ten-provinces"}


@pytest.mark.parametrize(
    ("vintage", "known"),
    [("2024-10-01", 2.54), ("2024-10-02", 2.56), ("2024-10", 2.56), ("2024", 2.56), ("2023", 2.54)],
)
def test_a_month_or_a_year_is_its_last_day(vintage, known):
    """What was known in a month is what was known at its end."""
    data = ps.series("rd_intensity", period="2022", regions=["CN"], vintage=vintage).data
    assert data["value"].tolist() == [known]
