"""Ratios: an indicator a head, or in percent of another, has its names from the catalogue."""

from provstats.indicators import look_up_indicator


def test_a_head():
    """What is added up can be divided by the people; the answer is not added up."""
    got = look_up_indicator("industry_value_added_per_capita")
    assert got.name_zh == "人均全部工业增加值"
    assert got.name_en == "Value added of industry, all enterprises per capita"
    assert (got.unit, got.additive, got.direction) == ("CNY", False, "higher")
    assert look_up_indicator("industry_value_added_per_capita_growth").unit == "percent"


def test_in_percent_of():
    """One amount of money by another is a rate."""
    got = look_up_indicator("exports_per_gdp")
    assert (got.name_zh, got.unit) == ("货物出口总额与地区生产总值之比", "percent")
    assert got.name_en.endswith("in percent of Gross regional product")


def test_what_is_no_ratio():
    """A rate has no heads, things in other units and unknown ones have no name."""
    for id_ in ("rd_intensity_per_capita", "jobs_per_capita", "_per_", "", "exports_per_jobs",
                "little_giants_per_gdp"):  # fmt: skip
        assert look_up_indicator(id_) is None
