"""Groups: named sets of provinces, each with the document that defines it."""

from __future__ import annotations

import pandas as pd
import pytest

import provstats as ps
from provstats.store.groups import Group, find_group, find_region_codes, load_groups
from provstats.store.regions import list_mainland_codes, list_province_codes, load_regions


def test_every_group_has_provinces_and_a_document():
    """Members are provinces, each once, and a document with its date says so."""
    table = ps.groups()
    assert table["id"].is_unique
    assert (table[["document", "publisher", "published"]] != "").all(axis=None)
    for members in table["members"].str.split():
        assert len(set(members)) == len(members) > 1
        assert set(members) <= list_province_codes()


@pytest.mark.parametrize(
    "names",
    [("东部", "中部", "西部", "东北"), ("华北", "东北", "华东", "中南", "西南", "西北")],
)
def test_partitions(names):
    """The four economic regions, and the six by codes, part the mainland without a rest."""
    members = [code for name in names for code in find_group(name).members]
    assert len(members) == 31
    assert set(members) == list_mainland_codes()


def test_sizes():
    """The groups have as many members as their documents name."""
    sizes = {group.name_zh: len(group.members) for group in load_groups().values()}
    assert [sizes[name] for name in ("京津冀", "长三角", "成渝", "长江经济带", "黄河流域")] == [
        3,
        4,
        2,
        11,
        9,
    ]


@pytest.mark.parametrize(
    "name", ["长三角", "长三角地区", "Yangtze River Delta", "yangtze-river-delta", "长 三 角"]
)
def test_names_find_groups(name):
    """A group is found by its id and its names."""
    assert find_group(name).id == "yangtze-river-delta"


def test_a_group_stands_for_its_members():
    """Wherever regions are asked for, the name of a group does."""
    got = ps.series("rd_expenditure", regions="长三角", period="2023")
    assert got.regions == ["CN-SH", "CN-JS", "CN-ZJ", "CN-AH"]
    assert find_region_codes(["东北", "山东"])[:3] == ["CN-LN", "CN-JL", "CN-HL"]


def test_a_group_is_no_region():
    """A group has no code of the registry of its own, unless documents print figures of it."""
    ours = set(load_groups()) - set(load_regions())
    assert "yangtze-river-delta" in ours
    with pytest.raises(ps.UnknownRegionError):
        ps.region("长三角")


def test_figures_of_groups_are_never_ranked():
    """Figures of a group are taken, and no rank is given to them."""
    frame = pd.DataFrame(
        {"region": ["CN-BJ", "CN-TJ", "eastern"], "indicator": "a", "period": "2023",
         "value": [1.0, 2.0, 9.0]}
    )  # fmt: skip
    assert ps.rank(frame)["region"].tolist() == ["CN-BJ", "CN-TJ"]


def test_what_is_no_group():
    """A group needs provinces and a document."""
    with pytest.raises(ps.SchemaError, match="needs an id, a document and provinces"):
        Group("a", "甲", "A", ("CN-XX",), "d", "p", "2020", "", "")
