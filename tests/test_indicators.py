"""The catalogue: ids, names, rules of derivation, search, and what an indicator refuses."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provstats import (
    Indicator,
    SchemaError,
    UnknownIndicatorError,
    catalog,
    indicator,
    load,
    parse_period,
    regions,
    search,
)
from provstats.catalogue.names import find_ids
from provstats.indicators import (
    can_add_up,
    find_concept,
    load_indicators,
    look_up_indicator,
    split_id,
)

#: Ids that are fixed: measure, unit, and a Chinese and an English word that must find it.
FIXED = {
    "industrial_value_added": ("flow", "CNY", "工业增加值", "value added"),
    "industrial_investment": ("flow", "CNY", "工业投资", "industrial investment"),
    "technical_upgrade_investment": ("flow", "CNY", "技改", "technological"),
    "industrial_profit": ("flow", "CNY", "利润", "profits"),
    "designated_size_enterprises": ("level", "count", "规上工业企业", "above designated size"),
    "little_giants": ("level", "count", "小巨人", "little giant"),
    "srdi_smes": ("level", "count", "专精特新中小企业", "SRDI"),
    "innovative_smes": ("level", "count", "创新型中小企业", "innovative smes"),
    "single_champions": ("level", "count", "单项冠军", "champion"),
    "sme_clusters": ("level", "count", "中小企业特色产业集群", "clusters of SMEs"),
    "advanced_clusters": ("level", "count", "先进制造业集群", "manufacturing clusters"),
    "green_factories": ("level", "count", "绿色工厂", "green factor"),
    "base_stations_5g": ("level", "count", "5G基站", "5g base stations"),
    "nev_output": ("flow", "count", "新能源汽车", "new energy vehicles"),
    "industrial_robot_output": ("flow", "count", "工业机器人", "robots"),
    "software_revenue": ("flow", "CNY", "软件业务收入", "software"),
    "rd_expenditure": ("flow", "CNY", "研发经费", "R&D"),
    "rd_intensity": ("share", "percent", "投入强度", "R&D expenditure to GDP"),
}
COLUMNS = [
    "id", "concept", "measure", "name_zh", "name_en", "unit", "scope", "direction", "domain",
    "regions", "periods", "additive", "family", "prices", "definition", "definition_zh",
]  # fmt: skip
MEASURES = {
    "level", "flow", "growth", "new", "share", "rank", "gap", "contribution", "change",
    "average_growth", "total_growth", "index", "other",
}  # fmt: skip


@pytest.fixture(scope="module")
def table():
    """Return the catalogue."""
    return catalog()


@pytest.fixture(scope="module")
def everything():
    """Return all shipped observations."""
    return load(nature=None)


# --- the catalogue ------------------------------------------------------------------------------


def test_catalogue_has_the_columns_as_documented(table):
    """The columns come in the documented order, texts as texts and the count whole."""
    assert list(table.columns) == COLUMNS
    assert table["regions"].dtype == "int64"
    assert not table.isna().any(axis=None)
    assert type(table) is pd.DataFrame


def test_every_indicator_of_the_data_is_in_the_catalogue(table, everything):
    """No row of the data has an id without a name in both languages."""
    named = table.set_index("id")
    for id_ in everything["indicator"].unique():
        assert named.loc[id_, "name_zh"], id_
        assert named.loc[id_, "name_en"], id_


@pytest.mark.parametrize("column", ["id", "name_zh", "name_en"])
def test_names_are_unique(table, column):
    """No two indicators share an id or a name, in either language."""
    twice = table[table.duplicated(column, keep=False)]
    assert twice[["id", column]].to_numpy().tolist() == []


def test_names_are_in_their_languages(table):
    """Chinese names have Chinese characters, English ones have none."""
    assert table["name_zh"].str.contains("[\u4e00-\u9fff]").all()
    assert not table["name_en"].str.contains("[\u4e00-\u9fff]").any()
    assert (table["name_zh"] == table["name_zh"].str.strip()).all()
    assert (table["name_en"] == table["name_en"].str.strip()).all()


def test_words_are_of_their_vocabularies(table):
    """Measures and directions are the documented words."""
    assert set(table["measure"]) <= MEASURES
    assert set(table["direction"]) <= {"higher", "lower", "neutral"}
    assert (table["domain"] != "").all()


def test_catalogue_agrees_with_each_indicator(table):
    """The row of an indicator is what indicator(id) says."""
    for row in table.itertuples():
        entry = indicator(row.id)
        assert [getattr(entry, c) for c in COLUMNS[:9]] == [getattr(row, c) for c in COLUMNS[:9]]


def test_regions_and_periods_are_counted_from_the_data(table, everything):
    """How many provinces have an outcome, and all periods, is what a loop over the data finds."""
    provinces = set(regions().query("kind == 'province'")["code"])
    for row in table.itertuples():
        own = everything[everything["indicator"] == row.id]
        outcomes = own[own["nature"] == "outcome"]
        assert row.regions == len(set(outcomes["region"]) & provinces), row.id
        labels = list(filter(None, row.periods.split(", ")))
        assert set(labels) == set(own["period"]), row.id
        assert labels == sorted(labels, key=lambda label: parse_period(label).end), row.id


def test_every_indicator_has_a_definition(table):
    """What follows by rule is defined by what it follows from."""
    assert (table["definition"] != "").all()
    growth = indicator("industrial_value_added_growth").definition
    assert growth.endswith(indicator("industrial_value_added").definition)


def test_every_indicator_has_a_definition_in_chinese(table):
    """Each is a sentence in Han characters; one that follows by rule ends in that of another."""
    told = table["definition_zh"]
    assert told.str.fullmatch(r"[^\s.;]*[\u4e00-\u9fff][^\s.;]*。").all()
    titles = "获得国家级专精特新“小巨人”企业称号的企业数。"
    assert indicator("little_giants").definition_zh == titles
    assert (
        indicator("little_giants_new").definition_zh == f"报告期内新增加的部分。基础指标：{titles}"
    )
    exports, people = "货物出口总额，以人民币计价。", "期末在本地区常住的人口，不论户籍所在地。"
    assert indicator("exports_per_capita").definition_zh == f"{exports}除以：{people}"


def test_real_growth_is_defined_at_constant_prices():
    """What is defined at current prices grows at constant ones, where its growth is real."""
    assert indicator("construction_value_added").definition.endswith(" at current prices.")
    real = indicator("construction_value_added_growth")
    assert real.definition.endswith(" at constant prices.")
    assert real.definition_zh.endswith("建筑业增加值，按不变价格计算。")
    nominal = indicator("retail_sales_average_growth")
    assert nominal.definition.endswith(" at current prices.")
    assert nominal.definition_zh.endswith("，按当年价格计算。")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [("designated size|size designated", "规模以上"), ("at current prices", "按当年价格"),
     ("at constant prices", "按不变价格"),
     ("end of the (?:year|period)", "[年期]末"), ("invention patent", "发明专利"),
     ("full-time equivalent", "全时当量"), ("diffusion index", "扩散指数")],
)  # fmt: skip
def test_definitions_say_the_same_in_both_languages(table, english, chinese):
    """What limits an indicator is said in both languages or in neither."""
    in_english = table["definition"].str.contains(english, case=False)
    in_chinese = table["definition_zh"].str.contains(chinese)
    differs = in_english != in_chinese
    assert table.loc[differs, "id"].to_list() == []
    assert in_english.any()


@pytest.mark.parametrize("id_", FIXED)
def test_fixed_ids_are_in_the_catalogue(table, id_):
    """Every id that the documentation fixes exists, with its measure and unit."""
    assert id_ in set(table["id"])
    entry = indicator(id_)
    assert (entry.measure, entry.unit) == FIXED[id_][:2]
    assert entry.concept == entry.id == id_ or entry.measure == "share"
    assert entry.definition


@pytest.mark.parametrize(
    ("id_", "measure", "unit", "direction"),
    [
        ("industrial_value_added_growth", "growth", "percent", "higher"),
        ("industrial_value_added_growth_gap", "gap", "percentage_point", None),
        ("industrial_value_added_growth_rank", "rank", "rank", "lower"),
        ("little_giants_new", "new", "count", "higher"),
        ("little_giants_rank", "rank", "rank", "lower"),
        ("little_giants_gap", "gap", "count", None),
        ("base_stations_5g_new", "new", "count", "higher"),
        ("rd_intensity_gap", "gap", "percentage_point", None),
        ("rd_expenditure_growth_rank", "rank", "rank", "lower"),
        ("rd_expenditure_average_growth", "average_growth", "percent", "higher"),
        ("little_giants_total_growth", "total_growth", "percent", "higher"),
        ("rd_intensity_change", "change", "percentage_point", "higher"),
        ("industrial_profit_growth_change", "change", "percentage_point", None),
        ("little_giants_rank_change", "change", "rank", "lower"),
        ("rd_expenditure_growth_rank_change", "change", "rank", "lower"),
    ],
)
def test_ids_by_rule(id_, measure, unit, direction):
    """Growth, changes, additions and claims follow from any indicator by rule."""
    entry = indicator(id_)
    assert (entry.id, entry.measure, entry.unit) == (id_, measure, unit)
    assert direction in (None, entry.direction)
    stem, _ = split_id(id_)
    assert entry.concept == indicator(stem).concept
    assert entry.name_zh != indicator(stem).name_zh
    assert entry.name_en != indicator(stem).name_en


def test_measures_and_ids_agree(table):
    """An id that ends in growth, new, rank or gap is measured so, and the other way round."""
    for row in table.itertuples():
        for ending in ("growth", "new", "rank", "gap", "change"):
            is_several = ending == "growth" and row.measure in ("average_growth", "total_growth")
            is_so = row.measure == ending or is_several
            assert is_so == row.id.endswith(f"_{ending}"), row.id


@pytest.mark.parametrize(
    ("id_", "additive", "prices", "family"),
    [
        ("industrial_value_added", True, "current", "industrial_value_added"),
        ("industrial_value_added_growth", False, "constant", "industrial_value_added"),
        ("industrial_value_added_growth_gap", False, "constant", "industrial_value_added"),
        ("industrial_value_added_growth_rank", False, "", "industrial_value_added"),
        ("rd_expenditure_growth", False, "current", "rd_expenditure"),
        ("rd_expenditure_change", True, "current", "rd_expenditure"),
        ("rd_expenditure_per_fte", False, "current", None),
        ("rd_intensity", False, "", None),
        ("rd_intensity_change", False, "", "rd_intensity"),
        ("little_giants", True, "", "little_giants"),
        ("little_giants_new", True, "", "little_giants"),
        ("rd_100bn_industries", False, "", None),
    ],
)
def test_what_adds_up_and_in_which_prices(id_, additive, prices, family):
    """Counts and amounts add up to the nation; rates, averages, ranks and gaps do not."""
    entry = indicator(id_)
    assert (entry.additive, entry.prices) == (additive, prices)
    assert family in (None, entry.family)


def test_what_lapses_is_a_stock_of_titles(table):
    """Titles lapse on review; what is added to them, or claimed of them, does not."""
    assert indicator("little_giants").lapses
    assert not any(indicator(f"little_giants_{end}").lapses for end in ("new", "rank", "gap"))
    lapsing = [row.measure for row in table.itertuples() if indicator(row.id).lapses]
    assert set(lapsing) == {"level"}


def test_what_adds_up_is_an_amount(table):
    """Nothing that is a rate, a rank, a share or an index adds up."""
    adding = table[table["additive"]]
    assert set(adding["measure"]) <= {"level", "flow", "new", "change"}
    assert not set(adding["unit"]) & {"percent", "percentage_point", "rank", "index"}


@pytest.mark.parametrize(
    ("id_", "unit", "adds"),
    [("jobs", "count", True), ("jobs_new", "count", True), ("sales", "CNY", True),
     ("jobs", "", False), ("jobs_growth", "percent", False), ("jobs_rank", "rank", False),
     ("pay_per_head", "CNY", False), ("average_pay", "CNY", False), ("pay_average", "CNY", False),
     ("price", "index", False), ("jobs_average_growth", "percent", False),
     ("居民消费价格指数", "上年同月=100", False), ("人均GDP", "CNY", False),
     ("GRP per capita", "CNY", False), ("平均工资", "CNY", False), ("出口总值", "USD", True),
     ("每万人发明专利拥有量", "count", False), ("住户存款余额", "CNY", True),
     ("prices", "上年同月=100", False), ("prices", "2020=100", False), ("turnover", "day", False),
     ("turnover", "天", False), ("jobs", "%", False), ("firms", "家/万人", False),
     ("firms", "每万人", False), ("pay", "CNY per person", False), ("turnover", "元", True)],
)  # fmt: skip
def test_what_adds_up_of_a_callers_own(id_, unit, adds):
    """A count or an amount that is not per something adds up."""
    assert can_add_up(id_, unit) is adds


@pytest.mark.parametrize(
    ("id_", "stem", "suffix", "concept"),
    [("a", "a", "", "a"), ("a_growth", "a", "growth", "a"), ("growth", "growth", "", "growth"),
     ("a_average_growth", "a", "average_growth", "a"), ("a_new_growth", "a_new", "growth", "a"),
     ("a_growth_rank_change", "a_growth_rank", "change", "a"), ("a_news", "a_news", "", "a_news"),
     ("a_contribution_share", "a_contribution", "share", "a")],
)  # fmt: skip
def test_ids_are_taken_apart(id_, stem, suffix, concept):
    """An id is what it is about and a suffix, the longest that it has."""
    assert split_id(id_) == (stem, suffix)
    assert find_concept(id_) == concept


def test_units_follow_from_measures(table):
    """Growth is in percent, ranks are ranks, shares percents, and a rank is better if lower."""
    units = {"growth": "percent", "rank": "rank", "share": "percent"}
    for measure, unit in units.items():
        assert set(table.loc[table["measure"] == measure, "unit"]) == {unit}
    assert set(table.loc[table["measure"] == "rank", "direction"]) == {"lower"}


def test_near_things_are_not_merged():
    """A provincial title is not the national one, and has other words for it."""
    assert indicator("little_giants").scope != indicator("srdi_smes").scope
    ids = ["green_factories", "provincial_green_factories_new", "little_giants", "srdi_smes",
           "innovative_smes"]  # fmt: skip
    assert len({indicator(id_).name_zh for id_ in ids}) == 5


# --- one indicator ------------------------------------------------------------------------------


def test_indicator_is_frozen():
    """An indicator cannot be changed."""
    entry = indicator("little_giants")
    with pytest.raises(FrozenInstanceError):
        entry.unit = "CNY"
    with pytest.raises((AttributeError, TypeError)):
        entry.more = 1


def test_indicator_compares_and_hashes_by_content():
    """Equal content is equal, and an indicator can be a key."""
    entry = indicator("little_giants")
    assert replace(entry) == entry
    assert hash(replace(entry)) == hash(entry)
    assert entry != indicator("srdi_smes")


def test_indicator_has_the_fields_as_documented():
    """Every field that the documentation names can be read."""
    entry = indicator("little_giants")
    given_fields = {field.name for field in fields(Indicator)} | {"concept"}
    assert {"id", "concept", "measure", "name_zh", "name_en", "unit", "scope", "direction",
            "domain", "definition", "definition_zh"} <= given_fields  # fmt: skip
    assert "小巨人" in entry.name_zh


@pytest.mark.parametrize(
    ("field", "word"),
    [("unit", "dollars"), ("unit", ""), ("measure", "stock"), ("measure", None),
     ("prices", "real"), ("direction", "up"), ("direction", ""), ("domain", "sports"),
     ("id", "Little Giants"),
     ("id", ""), ("id", "little__giants"), ("id", "小巨人"), ("name_zh", ""), ("name_en", "")],
)  # fmt: skip
def test_bad_words_are_refused(field, word):
    """A word that is not of its vocabulary, or a missing name, is refused with the id."""
    with pytest.raises(SchemaError, match="indicator") as raised:
        replace(indicator("little_giants"), **{field: word})
    if field in ("unit", "measure", "direction", "domain", "prices"):
        assert field in str(raised.value)
        assert repr(word) in str(raised.value)


@pytest.mark.parametrize(
    ("given_id", "near"),
    [
        ("litle_giants", "little_giants"),
        ("base_station_5g", "base_stations_5g"),
        ("industrial_value_add", "industrial_value_added"),
        ("srdi_sme", "srdi_smes"),
        ("rd_intensty", "rd_intensity"),
        ("industrial_value_aded_growth", "industrial_value_added"),
    ],
)
def test_unknown_id_has_the_nearest(given_id, near):
    """A misspelt id is refused with the nearest ones."""
    with pytest.raises(UnknownIndicatorError, match="did you mean") as raised:
        indicator(given_id)
    assert repr(given_id) in str(raised.value)
    assert near in str(raised.value)


@pytest.mark.parametrize(
    "given_id",
    ["", " ", "_growth", "_gap", "little_giants_rank_gap", "little_giants_gap_rank", "增速", "新增",
     "little_giants_gap_growth", "nothing_growth_gap", None, 7, ["little_giants"], "growth",
     "增" * 9999],
)  # fmt: skip
def test_what_is_no_id_is_refused(given_id):
    """Whatever is neither id nor name, another type included, raises the named error."""
    with pytest.raises(UnknownIndicatorError):
        indicator(given_id)


@given(st.text(max_size=30))
def test_any_text_is_a_name_or_refused(text):
    """A text is a name of one indicator, or refused with the text."""
    try:
        entry = indicator(text)
    except UnknownIndicatorError as error:
        assert repr(text) in str(error)  # noqa: PT017
    else:
        assert find_ids(text) == [entry.id]


@pytest.mark.parametrize(
    ("name", "id_"),
    [("规上工业增加值增速", "industrial_value_added_growth"), ("小巨人企业", "little_giants"),
     ("Value-added of industry, growth", "industrial_value_added_growth"),
     ("小巨人企業", "little_giants"), ("国家级专精特新「小巨人」企业", "little_giants"),
     ("Little Giants", "little_giants"), ("新增小巨人企业", "little_giants_new"),
     ("5G基站", "base_stations_5g"), ("R&D强度", "rd_intensity"),
     ("growth of R&D expenditure", "rd_expenditure_growth"),
     ("R&D expenditure, average annual growth", "rd_expenditure_average_growth"),
     ("研发强度变动", "rd_intensity_change"), ("小巨人企业位次", "little_giants_rank"),
     ("规上工业增加值增速与全国差距", "industrial_value_added_growth_gap"),
     ("规上工业增加值增速位次变动", "industrial_value_added_growth_rank_change")],
)  # fmt: skip
def test_a_name_is_an_id(name, id_):
    """A name or an alias leads to its indicator, with what is said of growth around it."""
    assert indicator(name).id == id_
    assert indicator(name) == indicator(id_)


def test_names_lead_back(table):
    """The names of an indicator lead to it, or are refused because others have them too."""
    for row in table.itertuples():
        for name in (row.name_zh, row.name_en):
            assert row.id in find_ids(name), name


def test_a_name_of_several_is_refused_with_them():
    """What two indicators are called is not guessed."""
    shared = [ids for ids in map(find_ids, indicator_aliases()) if len(ids) > 1]
    assert shared
    for text in ("设备更新", "惠企政策"):
        ids = find_ids(text)
        with pytest.raises(UnknownIndicatorError, match="several indicators") as raised:
            indicator(text)
        assert all(repr(id_) in str(raised.value) for id_ in ids)


def indicator_aliases():
    """Return every alias of the table."""
    return {alias for entry in load_indicators().values() for alias in entry.aliases}


def test_ids_of_callers_are_not_kept():
    """However many ids callers bring, few are remembered."""
    for number in range(20_000):
        look_up_indicator(f"mine_{number}")
    assert look_up_indicator.cache_info().currsize <= 5_000


# --- search -------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", FIXED)
@pytest.mark.parametrize("word", [2, 3], ids=["Chinese", "English"])
def test_search_finds_fixed_ids_by_name(id_, word):
    """Words of either language find the fixed ids."""
    assert id_ in set(search(FIXED[id_][word])["id"])


@pytest.mark.parametrize("id_", FIXED)
def test_search_finds_ids(id_):
    """An id finds itself."""
    assert id_ in set(search(id_)["id"])


@pytest.mark.parametrize("id_", FIXED)
def test_search_finds_every_alias_and_full_name(id_):
    """Names and aliases as they stand in the catalogue find their indicator."""
    entry = indicator(id_)
    for text in (entry.name_zh, entry.name_en, *entry.aliases):
        assert id_ in set(search(text)["id"]), text


@pytest.mark.parametrize(
    ("text", "id_"),
    [("规上工业企业", "designated_size_enterprises"), ("5G", "base_stations_5g"),
     ("NEV", "nev_output"), ("专精特新", "srdi_smes"), ("工业增加值", "industrial_value_added"),
     ("little giants", "little_giants"), ("LITTLE GIANTS", "little_giants"),
     ("giants little", "little_giants"), ("  little   giants ", "little_giants")],
)  # fmt: skip
def test_search_by_what_people_say(text, id_):
    """Aliases, case, order of words and blanks do not stand in the way."""
    assert id_ in set(search(text)["id"])


def test_search_returns_rows_of_the_catalogue(table):
    """A search has the catalogue's columns and rows."""
    found = search("小巨人")
    expected = table[table["id"].isin(found["id"])]
    pd.testing.assert_frame_equal(
        found.sort_values("id", ignore_index=True), expected.sort_values("id", ignore_index=True)
    )
    assert found.index.tolist() == list(range(len(found)))


def test_catalogue_is_the_callers_own(table):
    """Changing the frame changes nothing for the next caller."""
    mine = catalog()
    mine.loc[:, "unit"] = "changed"
    pd.testing.assert_frame_equal(catalog(), table)


@pytest.mark.parametrize("name", ["工业增加值", "工業增加值"])
def test_value_added_of_industry_may_be_of_all_or_of_large_enterprises(name):
    """The office calls that of all industry so, and reports that above designated size."""
    with pytest.raises(UnknownIndicatorError) as error:
        indicator(name)
    assert "'industrial_value_added' or 'industry_value_added'" in str(error.value)
