"""The table of indicators: names that mislead nobody, families, and what each of them is."""

from __future__ import annotations

import re

import pytest

import provstats as ps
from provstats.indicators import load_indicators

LISTED = load_indicators()
#: Of each family some ids: one thing with a caveat (a measure, a bound, a sum), or things that are
#: looked at beside one another.
FAMILIES = """
software_revenue_growth software_it_services_growth information_software_revenue_growth
    information_technology_revenue_growth
base_stations_5g outdoor_base_stations_5g base_stations_5ga
sme_clusters_new equipment_sme_clusters_new
provincial_smart_factories_new digital_workshops_new smart_factories_workshops_new
electronics_industry_value_added_growth electronics_value_added_growth
green_manufacturing_units_new provincial_green_units_new
provincial_sme_clusters_new provincial_characteristic_clusters_new
designated_size_entrants small_to_designated_enterprises_new designated_size_enterprises_new
nev_penetration_rank nev_new_vehicle_share
large_tv_market_share large_tv_penetration
provincial_smart_factories_new smart_manufacturing_factories_new morning_star_factories
    smart_manufacturing_demonstration_factories_new digital_intelligence_factories
green_factories green_factories_any_level_new provincial_green_factories_new
    provincial_low_carbon_factories_new
technical_upgrade_projects technical_upgrade_projects_5m key_technical_upgrade_projects
    three_upgrade_projects
provincial_enterprise_technology_centers provincial_manufacturing_innovation_centers
    provincial_innovation_technology_centers_new one_enterprise_rd_centers_new
first_set_equipment_new first_version_software_new first_batch_materials_new four_first_products_new
    first_set_products
digitally_transformed_enterprises_new transformed_enterprises_new diagnosed_enterprises
    designated_size_digital_transformation_share sme_digital_transformation_share
served_enterprise_visits served_smes chain_cluster_enterprises
financed_enterprises bank_event_enterprises cluster_enterprises_financed bank_event_credit
    cluster_enterprises_financing_new
industrial_energy_intensity_growth industrial_energy_intensity_total_growth energy_intensity_growth
computing_power intelligent_computing_power_new
hundred_billion_yuan_clusters hundred_billion_yuan_district_clusters hundred_billion_yuan_industries
    hundred_billion_yuan_parks
future_industry_fields future_industries
pilot_test_platforms validation_pilot_platforms national_pilot_test_platforms
leading_manufacturers leading_manufacturers_pool
chain_leader_enterprises industrial_internet_chain_leaders
planned_key_projects major_manufacturing_projects industrial_projects key_chain_projects
industrial_parks_value_added_share provincial_industrial_parks_value_added_share
factories_5g factories_5g_new
traditional_pillar_industries renewed_traditional_industries traditional_manufacturing_industries
industrial_value_added_growth industry_value_added
"""


@pytest.mark.parametrize("ids", re.split(r"\n(?! )", FAMILIES.strip()))
def test_what_belongs_together_is_of_one_family(ids):
    """Indicators that may be looked at beside one another have one family, and keep their ids."""
    family = {ps.indicator(id_).family for id_ in ids.split()}
    assert len(family) == 1
    assert len({ps.indicator(id_).id for id_ in ids.split()}) == len(ids.split())


def test_families_have_heads():
    """A family is called after a concept, and that is of no other family."""
    families = {entry.concept: entry.family for entry in LISTED.values()}
    for entry in LISTED.values():
        assert families[entry.family] == entry.family, entry.id


def test_each_is_defined():
    """Every indicator of the catalogue, by rule or by row, says in a sentence what it is."""
    for id_ in ps.catalog()["id"]:
        assert ps.indicator(id_).definition.endswith(".")


def test_no_alias_is_the_name_of_another():
    """Whoever asks by the name of one indicator is not led to another."""
    names = {name: entry.id for entry in LISTED.values() for name in (entry.name_zh, entry.name_en)}
    assert len(names) == 2 * len(LISTED)
    for entry in LISTED.values():
        assert [alias for alias in entry.aliases if alias in names] == [], entry.id
        assert len(set(entry.aliases)) == len(entry.aliases), entry.id


@pytest.mark.parametrize(
    ("id_", "alias"),
    [("characteristic_clusters", "特色优势产业集群"), ("computing_power", "智能算力"),
     ("key_technical_upgrade_projects_investment", "技术改造投资"),
     ("digitally_transformed_enterprises", "技改数转"), ("lithium_battery_exports", "新三样"),
     ("industrial_rd_intensity", "R&D intensity")],
)  # fmt: skip
def test_names_of_other_things_are_no_aliases(id_, alias):
    """A name that belongs to another thing finds that one alone."""
    assert alias not in LISTED[id_].aliases


def test_amounts_have_prices_and_growth_of_value_added_is_real():
    """What is counted in yuan says in which prices; growth of value added is in constant ones."""
    for id_ in ps.catalog()["id"]:
        entry = ps.indicator(id_)
        assert not (entry.unit == "CNY" and entry.measure != "rank" and not entry.prices), id_
        if entry.concept in ("industrial_value_added", "gdp") and entry.measure == "growth":
            assert entry.prices == "constant"
    assert ps.indicator("digital_economy_value_added_growth").prices == ""


def test_only_stocks_lapse():
    """Titles that lapse are counted, and their additions and ranks are no stocks."""
    for entry in LISTED.values():
        assert not entry.lapses or (entry.unit, entry.measure) == ("count", "level"), entry.id
    lapsing = {"little_giants", "single_champions", "srdi_smes", "sme_clusters", "green_factories"}
    assert all(LISTED[id_].lapses for id_ in lapsing)
    assert not LISTED["base_stations_5g"].lapses


def test_rates_do_not_add_up():
    """Shares, growth, changes of rates, indices and what is per something have no sum."""
    for id_ in ps.catalog()["id"]:
        entry = ps.indicator(id_)
        assert not (
            entry.additive and entry.unit in ("percent", "percentage_point", "rank", "index")
        )
        assert not (entry.additive and "_per_" in id_), id_


def test_shares_of_the_nation_are_called_so():
    """A share implies a national total only if it is one of the nation's."""
    assert {entry.id for entry in LISTED.values() if entry.of_nation} == {
        "automobile_output_share", "ebike_standard_enterprises_share", "nev_output_share",
        "industrial_robot_output_share", "rd_expenditure_share",
    }  # fmt: skip


def test_growth_over_years_is_called_so():
    """A growth spans a year at most; over several it is an average or a total one."""
    data = ps.load(nature=None, vintage=None)
    for id_, label in data[["indicator", "period"]].drop_duplicates().to_numpy():
        measure, months = ps.indicator(id_).measure, ps.parse_period(label).months
        assert measure not in ("average_growth", "total_growth") or months > 12, (id_, label)
        assert measure != "growth" or months <= 12, (id_, label)
