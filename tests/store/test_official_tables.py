"""Sweeps over the official tables: they are complete, add up, and bear one another out.

What does not is listed here with its cause, and each entry of the lists is needed.
"""

from __future__ import annotations

import re

import pandas as pd
import pytest

import provstats as ps
from provstats.building.marks import read_excluded_cells
from provstats.building.tables import read_cells, read_tables
from provstats.reading.figures import parse_figure
from provstats.reading.periods import parse_period
from provstats.store.files import find_data_folder

PROVINCES = [*ps.regions().query("kind == 'province'")["code"][:31]]
ENDS = ["value", "lower", "upper"]
GDP = "nbs_gdp_industry_population"
RD = "techme_rd_inputs"

#: Indicators that fewer than 31 provinces report in some year, and how many in the poorest.
RAGGED = """
computers_communication_electronics_losses 30 computers_communication_electronics_profit 30
coal_consumption 28 coke_consumption 27 coke_output 27 crude_oil_consumption 25 crude_oil_output 19
diesel_consumption 28 diesel_output 26 electricity_consumption 29 fuel_oil_consumption 28
fuel_oil_output 25 gasoline_consumption 28 gasoline_output 27 hydropower_generation 30
kerosene_consumption 28 kerosene_output 25 natural_gas_consumption 28 natural_gas_output 25
dial_up_subscribers 25 embedded_software_revenue 28 information_security_revenue 28
it_services_revenue 30 local_exchange_capacity 29 long_distance_exchange_capacity 9
rural_broadband_subscribers 30 software_exports 23 software_products_revenue 29 software_revenue 30
hightech_manufacturing_domestic_technology_expenditure 27
hightech_manufacturing_new_product_exports 29 hightech_manufacturing_new_product_sales 30
hightech_manufacturing_rd_institutions 30 hightech_manufacturing_technical_renovation_expenditure 30
hightech_manufacturing_technology_assimilation_expenditure 10
hightech_manufacturing_technology_import_expenditure 18
design_patent_applications 30 technology_contract_turnover 28 technology_contracts 28
enterprise_funded_rd_expenditure 30 foreign_funded_rd_expenditure 28
"""

#: Where provinces do not add up to the nation within the printed precision: the indicator, the
#: years, the least and the greatest difference in percent of the nation, and the cause.
HMT = "the nation includes Hong Kong, Macao and Taiwan"
ABROAD = "the nation includes Hong Kong, Macao, Taiwan and abroad"
ROUNDED = "each province is rounded or revised apart from the nation"
SUMS = [
    ("absorbed_technology_contract_turnover", "2000/2023", -22.2, -3.9, ABROAD),
    ("absorbed_technology_contracts", "2000/2023", -3.3, -0.3, ABROAD),
    ("technology_contract_turnover", "2010/2023", -9.3, -2.8, ABROAD),
    ("technology_contracts", "2010/2023", -0.91, -0.47, ABROAD),
    ("patent_applications", "2010/2023", -2.3, -0.3, HMT),
    ("invention_patent_applications", "2010/2023", -4, -0.7, HMT),
    ("utility_model_patent_applications", "2010/2023", -2.7, -0.15, HMT),
    ("design_patent_applications", "2010/2023", -0.83, -0.25, HMT),
    ("patents_granted", "2010/2023", -2.9, -0.3, HMT),
    ("invention_patents_granted", "2010/2023", -7.5, -0.7, HMT),
    ("utility_model_patents_granted", "2010/2023", -3.4, -0.16, HMT),
    ("design_patents_granted", "2010/2023", -1.2, -0.2, HMT),
    ("patents_in_force", "2010/2023", -5.2, -0.6, HMT),
    ("invention_patents_in_force", "2010/2023", -10.9, -1.8, HMT),
    ("utility_model_patents_in_force", "2010/2023", -6.1, -0.27, HMT),
    ("design_patents_in_force", "2010/2023", -2, -0.4, HMT),
    ("enterprise_funded_rd_expenditure", "2012", -4.9, -4.8, "Beijing is not printed"),
    ("rd_expenditure", "2010/2011", 0, 0.001, ROUNDED),
    ("enterprise_funded_rd_expenditure", "2010/2011", 0, 0.001, ROUNDED),
    ("experimental_development_expenditure", "2010/2012", 0, 0.001, ROUNDED),
    ("applied_research_expenditure", "2010/2011", 0, 0.001, ROUNDED),
    ("basic_research_expenditure", "2010/2011", 0, 0.001, ROUNDED),
    ("government_funded_rd_expenditure", "2010/2011", 0, 0.001, ROUNDED),
    ("other_funded_rd_expenditure", "2010/2011", 0, 0.002, ROUNDED),
    ("rd_personnel_fte", "2010/2011", 0, 0.002, ROUNDED),
    ("researchers_fte", "2010/2011", 0, 0.003, ROUNDED),
    ("basic_research_fte", "2010/2011", 0, 0.031, ROUNDED),
    ("applied_research_fte", "2011", 0, 0.012, ROUNDED),
    ("experimental_development_fte", "2011", 0, 0.001, ROUNDED),
    ("applied_research_fte", "2022", 0.05, 0.06, "439 person-years that the next kind lacks"),
    ("experimental_development_fte", "2022", -0.01, 0, "438 person-years of the kind before"),
]  # fmt: skip

#: Wholes and their parts in one document.
PARTS = """
sectors: nbs_gdp_industry_population: gdp
  agriculture_forestry_fishery_value_added industry_value_added construction_value_added
  wholesale_retail_value_added transport_storage_post_value_added hotels_catering_value_added
  financial_intermediation_value_added real_estate_value_added other_services_value_added
industries: nbs_gdp_industry_population: gdp
  primary_industry_value_added secondary_industry_value_added tertiary_industry_value_added
final industries: nbs_gdp_long: gdp
  primary_industry_value_added secondary_industry_value_added tertiary_industry_value_added
people: nbs_gdp_industry_population: population
  urban_population rural_population
rd by kind: techme_rd_inputs: rd_expenditure
  basic_research_expenditure applied_research_expenditure experimental_development_expenditure
rd by fund: techme_rd_inputs: rd_expenditure
  government_funded_rd_expenditure enterprise_funded_rd_expenditure
  foreign_funded_rd_expenditure other_funded_rd_expenditure
rd staff: techme_rd_inputs: rd_personnel_fte
  basic_research_fte applied_research_fte experimental_development_fte
applied for: techme_patents_technology_market: patent_applications
  invention_patent_applications utility_model_patent_applications design_patent_applications
granted: techme_patents_technology_market: patents_granted
  invention_patents_granted utility_model_patents_granted design_patents_granted
in force: techme_patents_technology_market: patents_in_force
  invention_patents_in_force utility_model_patents_in_force design_patents_in_force
broadband: nbs_telecom_internet_software: broadband_subscribers
  urban_broadband_subscribers rural_broadband_subscribers
software: nbs_telecom_internet_software: software_revenue
  software_products_revenue it_services_revenue embedded_software_revenue
  information_security_revenue
"""
WHOLES = re.findall(r"^(\S.*): (.*): (.*)\n((?: .*\n)+)", PARTS, re.MULTILINE)

#: Where parts do not add up to their whole: how far at most, in percent, in which years; and the
#: single cells that are farther off.
SPREAD = {
    "rd by kind": (0.011, "2010/2021"), "rd by fund": (0.005, "2010/2015"),
    "rd staff": (0.063, "2010/2023"), "software": (0.037, "2023"),
}  # fmt: skip
CELLS = {
    ("rd by kind", "CN-SH", "2021"): 0.11,  # the kinds exceed the total by 2.0 billion yuan
    ("rd staff", "CN-SC", "2011"): 0.25,  # by 205 person-years
}

#: What cannot be more than another thing.
LESS = [
    ("industry_value_added", "secondary_industry_value_added"),
    ("secondary_industry_value_added", "gdp"),
    ("researchers_fte", "rd_personnel_fte"),
    ("local_fiscal_education_expenditure", "fiscal_expenditure"),
    ("local_science_function_expenditure", "fiscal_expenditure"),
    ("thermal_power_generation", "power_generation"),
    ("hydropower_generation", "power_generation"),
    ("long_distance_optical_cable_length", "optical_cable_length"),
    ("hightech_manufacturing_rd_expenditure", "rd_expenditure"),
    ("hightech_manufacturing_new_product_sales", "hightech_manufacturing_revenue"),
    ("hightech_manufacturing_new_product_exports", "hightech_manufacturing_new_product_sales"),
    ("hightech_manufacturing_invention_patent_applications",
     "hightech_manufacturing_patent_applications"),
    ("ecommerce_enterprises", "informatization_survey_enterprises"),
    ("computers_communication_electronics_liabilities",
     "computers_communication_electronics_assets"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    """Return what the official tables state, all vintages."""
    documents = ps.sources()
    tables = documents.loc[documents["licence"] != "", "id"]
    data = ps.load(nature=None, vintage=None)
    return data[data["source"].isin(tables)]


def cells_of(rows, indicator, source=None):
    """Return the values of an indicator by region and period."""
    own = rows[rows["indicator"] == indicator]
    own = own[own["source"] == source] if source else own.drop_duplicates(["region", "period"])
    return own.set_index(["region", "period"])[ENDS]


def is_within(period, span):
    """Tell whether a period lies within another."""
    outer, inner = parse_period(span), parse_period(period)
    return outer.start <= inner.start and inner.end <= outer.end


def test_all_provinces_are_there(rows):
    """31 provinces report every year of an indicator, or it is listed as ragged."""
    own = rows[rows["region"].isin(PROVINCES)]
    counts = own.groupby(["source", "indicator", "period"])["region"].nunique()
    poorest = counts.groupby("indicator").min()
    words = RAGGED.split()
    listed = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    assert poorest[poorest < 31].to_dict() == listed
    assert len(poorest) - len(listed) >= 100


def test_provinces_add_up_to_the_nation(rows):
    """The sum of 31 provinces meets the nation's value, or the difference is listed."""
    added = {id_ for id_ in rows["indicator"].unique() if ps.indicator(id_).additive}
    rows = rows[rows["indicator"].isin(added)]
    key = ["source", "indicator", "period"]
    sums = rows[rows["region"].isin(PROVINCES)].groupby(key)[ENDS].sum()
    nation = rows[rows["region"] == "CN"].set_index(key)[ENDS]
    sums = sums.reindex(nation.index)
    apart = (sums["upper"] < nation["lower"] - 1) | (sums["lower"] > nation["upper"] + 1)
    found = ((sums["value"] / nation["value"] - 1) * 100)[apart]
    assert len(nation) > 600
    needed = set()
    for (_, id_, period), percent in found.items():
        fitting = [
            entry for entry in SUMS if entry[0] == id_ and is_within(period, entry[1])
            and entry[2] <= percent <= entry[3]
        ]  # fmt: skip
        assert fitting, (id_, period, percent)
        needed.update(fitting)
    assert needed == set(SUMS)


@pytest.mark.parametrize(("name", "source", "whole", "parts"), WHOLES)
def test_parts_add_up_to_their_whole(rows, name, source, whole, parts):
    """The sum of the parts meets the whole, or the difference is listed."""
    all_ = cells_of(rows, whole, source)
    each = [cells_of(rows, part, source) for part in parts.split()]
    sums = sum(part.reindex(all_.index) for part in each).dropna()
    all_ = all_.reindex(sums.index)
    assert len(sums) >= 31
    apart = (sums["upper"] < all_["lower"] - 1) | (sums["lower"] > all_["upper"] + 1)
    off = ((sums["value"] / all_["value"] - 1) * 100)[apart].abs()
    most, span = SPREAD.get(name, (0, "2000"))
    for (region, period), percent in off.items():
        assert percent <= CELLS.get((name, region, period), most), (region, period)
        assert is_within(period, span), (region, period)
    assert (name in SPREAD) == (len(off) > 0)


@pytest.mark.parametrize(("less", "more"), LESS)
def test_a_part_is_no_more_than_its_whole(rows, less, more):
    """Nothing exceeds what it is a part of."""
    part, whole = cells_of(rows, less), cells_of(rows, more)
    both = part.index.intersection(whole.index)
    assert len(both) >= 31
    assert (part.loc[both, "lower"] <= whole.loc[both, "upper"]).all()


def test_product_a_head_is_product_over_mean_population(rows):
    """What is printed a head meets GDP over the mean population of the year."""
    gdp, people = cells_of(rows, "gdp", GDP), cells_of(rows, "population")
    printed = cells_of(rows, "gdp_per_capita")
    checked = 0
    for (region, period), row in printed.iterrows():
        ends = [(region, str(int(period) - back)) for back in (0, 1)]
        if (region, period) in gdp.index and all(end in people.index for end in ends):
            mean = people.loc[ends].mean()
            assert gdp["lower"][region, period] / mean["upper"] <= row["upper"], (region, period)
            assert gdp["upper"][region, period] / mean["lower"] >= row["lower"], (region, period)
            checked += 1
    assert checked == 31 * 8


def test_index_and_growth_of_product_agree(rows):
    """What GDP grew by beyond its index is a change of prices as it may be in a province."""
    gdp = cells_of(rows, "gdp", "nbs_gdp_long")["value"]
    index = cells_of(rows, "gdp_index")["value"]
    before = [gdp[region, str(int(period) - 1)] for region, period in index.index]
    prices = gdp.reindex(index.index) / before / index * 100
    assert len(prices) == 31 * 9
    assert prices.between(0.95, 1.16).all()
    assert prices.median() == pytest.approx(1.012, abs=0.001)


def test_an_index_of_the_year_before_is_the_growth():
    """The change of GDP by its index is the index less 100, never a quotient of two."""
    change = ps.yoy("gdp_index")
    assert set(change["method"]) == {"index"}
    assert (change["yoy"] - (change["value"] - 100)).abs().max() < 1e-9
    assert change["value"].between(94, 113).all()
    assert ps.series("consumer_price_index").data["value"].between(99, 104).all()


def test_final_product_is_the_latest_vintage():
    """The first estimate of 2024 stands first, the final figure is what is loaded."""
    said = ps.series("gdp", period=2024, regions="北京", vintage=None).data
    assert said["printed"].tolist() == ["49843.1", "49670.2"]
    assert ps.series("gdp", period=2024, regions="北京").data["printed"].tolist() == ["49670.2"]


def test_a_second_document_bears_the_first_one_out(rows):
    """GDP of 2016 to 2023 stands alike in two tables; bulletins and yearbooks meet."""
    both = [cells_of(rows, "gdp", source)["value"] for source in (GDP, "nbs_gdp_long")]
    pairs = pd.concat(both, axis=1, join="inner", keys=["one", "other"])
    pairs = pairs[pairs.index.get_level_values("period") != "2024"]
    assert len(pairs) == 31 * 8
    assert (pairs["one"] == pairs["other"]).all()
    data = ps.load(vintage=None)
    bulletins = data[data["source"].str.startswith("nbs-rd-bulletin")]
    for id_ in ("rd_expenditure", "basic_research_expenditure", "applied_research_expenditure"):
        ours = cells_of(rows, id_, RD)
        theirs = bulletins[bulletins["indicator"] == id_].set_index(["region", "period"])[ENDS]
        met = theirs.join(ours.add_suffix("_finer"), how="inner")
        assert len(met) >= 6
        assert (met["lower"] <= met["upper_finer"]).all()
        assert (met["lower_finer"] <= met["upper"]).all()


def test_what_is_excluded_as_a_duplicate_is_stated_elsewhere():
    """For a cell that is left out as a duplicate there is a row whose interval meets it."""
    data, folder = ps.load(nature=None, vintage=None), find_data_folder()
    marks = [mark for mark in read_excluded_cells(folder) if is_duplicate(mark)]
    tables = [t for t in read_tables(folder) if any(mark[:2] == t[:2] for mark in marks)]
    near = data[data["indicator"].isin([table.indicator for table in tables])]
    stated = near.groupby(["indicator", "region", "period"])[ENDS].agg(list).to_dict("index")
    checked = 0
    for table in tables:
        own = [mark for mark in marks if mark[:2] == table[:2]]
        for cell in read_cells(folder, table):
            if any(mark.is_of_cell(cell.region, cell.period) for mark in own):
                figure = parse_figure(cell.printed, unit=table.heading)
                rows = stated[table.indicator, cell.region, cell.period]
                ends = zip(rows["lower"], rows["upper"], strict=True)
                assert any(low <= figure.upper and figure.lower <= up for low, up in ends), cell
                checked += 1
    assert checked > 800


def is_duplicate(mark):
    """Tell whether a mark says that another row states the same."""
    lines = (find_data_folder() / "cell-exclusions.tsv").read_text(encoding="utf-8").splitlines()
    return "\t".join([*mark[:4], "duplicate", mark.said]) in lines


def test_batches_are_additions_of_a_time():
    """Two batches of one year stand in its halves, and nothing is added up."""
    named = ps.series("green_factories_new", regions="全国").to_wide()
    assert named.loc["CN"].to_dict() == {
        "2017": 201, "2018-H1": 208, "2018-H2": 391, "2019": 602, "2020": 719, "2021": 662,
    }  # fmt: skip
